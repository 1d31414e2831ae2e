"""What is asked of a plan anew: its later steps by other products, another form, pace, policy or ceiling."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from attrs import evolve, frozen

from medsteward.advice.plan.weights import scales_of
from medsteward.advice.saved.another_form import in_form, out_of_products, rotation
from medsteward.advice.taper.courses import PlanningStops, fitting_all, overridden, target_of
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.track_supplies import Making
from medsteward.model.amount import Amount
from medsteward.model.problem import Caution, Problem
from medsteward.model.stated import Because
from medsteward.schedules.course import Course, WhenStuck
from medsteward.schedules.dates import Interval
from medsteward.schedules.event import Replan
from medsteward.schedules.make import originals
from medsteward.schedules.moment import Moment
from medsteward.schedules.naming import line_names
from medsteward.schedules.plan import Plan, Request
from medsteward.schedules.policies import policy
from medsteward.schedules.policy import Basis, Policy
from medsteward.schedules.supply import OtherForm, OwnProduct, Supply, Track
from medsteward.tables.table import FactorTable


@frozen
class AskedAnew:
    """What is asked anew of a plan. None and empty: as before."""

    policy: str | None = None
    percent: Fraction | None = None
    every: Interval | None = None
    basis: Basis | None = None
    ceiling: Fraction | None = None
    target: Amount | None = None
    because: Because | None = None
    products: tuple[OwnProduct, ...] = ()
    forms: tuple[OtherForm, ...] = ()
    split: bool = False
    mark: Fraction | None = None
    larger: Moment | None = None
    when_stuck: WhenStuck | None = None
    fill_days: int | None = None


def replan(plan: Plan, request: Request, day: date, asked: AskedAnew, *, why: str, table: FactorTable) -> Replan:
    """The change that plans a plan's steps anew from a day on.

    ``plan`` is as it stands, ``request`` what its later steps follow from. Raises ``PlanningStops`` with the problem
    where that cannot be asked: another drug or route, a policy that does not fit, a ceiling above its own without why.
    """
    split, mark = request.split or asked.split, asked.mark or request.mark
    making = Making(asked.products, split, mark)
    _refuse_other_drugs(request, asked)
    wholes = originals(request, scales_of(request, table))
    used = {name for each in plan.requests for names in line_names(each.courses) for name in names}
    said: list[str] = []
    courses = []
    for course, names in zip(request.courses, line_names(request.courses), strict=True):
        tracks = tuple(
            _line(track, name, asked, making, used, said) for track, name in zip(course.tracks, names, strict=True)
        )
        forms = [(track.drug, track.form, track.release) for track in tracks]
        if len(set(forms)) < len(forms) and tracks != course.tracks:
            text = "another line of the drug has that form already; state what is taken of both: --present, --on, --why"
            raise PlanningStops(Problem("TAPER-024", "form", text))
        courses.append(_course(evolve(course, tracks=tracks, original=None), asked, day, why, table, said))
    if asked.split and not request.split:
        said.append("halves of scored tablets")
    if asked.larger is not None:
        said.append(f"larger dose: {asked.larger.value}")
    anew = evolve(request, courses=tuple(courses))
    totals = originals(anew, scales_of(anew, table))
    return Replan(
        day=day,
        courses=tuple(
            course if total == whole else evolve(course, original=whole)
            for course, total, whole in zip(courses, totals, wholes, strict=True)
        ),
        when_stuck=asked.when_stuck or request.when_stuck,
        larger=asked.larger or request.larger,
        split=split,
        mark=mark,
        fill_days=asked.fill_days or request.fill_days,
        said=tuple(dict.fromkeys(said)),
    )


def _refuse_other_drugs(request: Request, asked: AskedAnew) -> None:
    own = dict.fromkeys(track.drug for course in request.courses for track in course.tracks)
    named = dict.fromkeys([*(each.drug for each in asked.forms if each.drug)])
    products = dict.fromkeys(each.ingredient for each in asked.products)
    others = [drug for drug in named if drug not in own]
    if products and not set(products) & set(own):
        others += list(products)
    if others:
        raise rotation(f"from {' and '.join(own)} to {' and '.join(dict.fromkeys(others))}")


def _line(track: Track, name: str, asked: AskedAnew, making: Making, used: set[str], said: list[str]) -> Track:
    """A line as it is dispensed from now on."""
    own = [each for each in asked.products if each.ingredient == track.drug]
    form = next((each for each in asked.forms if each.drug in ("", track.drug)), None)
    made = track
    if form is not None:
        made = in_form(track, form, making, used - {name}) if _is_other(track, form) else track
    elif own:
        made = out_of_products(track, own, making, used - {name})
    if asked.split or asked.mark is not None:
        made = evolve(made, supplies=tuple(_finer(supply, asked) for supply in made.supplies))
    if (made.form, made.release) != (track.form, track.release):
        said.append(f"{track.drug} as {' '.join(filter(None, (made.release, made.form)))}")
    elif own:
        said.append(f"{name} out of {', '.join(supply.strength_words(track.unit) for supply in made.supplies)}")
    return made


def _is_other(track: Track, form: OtherForm) -> bool:
    return form.form != track.form or form.release not in (None, track.release)


def _finer(supply: Supply, asked: AskedAnew) -> Supply:
    if supply.is_liquid:
        return supply if asked.mark is None else evolve(supply, part=asked.mark, by_volume=False)
    return evolve(supply, part=Fraction(1, 2)) if asked.split and supply.may_be_split else supply


def _course(course: Course, asked: AskedAnew, day: date, why: str, table: FactorTable, said: list[str]) -> Course:
    chosen = _policy(course, asked)
    options = TaperOptions(
        day,
        percent=asked.percent,
        every=asked.every,
        basis=asked.basis,
        ceiling=asked.ceiling,
        target=asked.target,
        because=asked.because,
        reason=why,
    )
    cautions: list[Caution] = []
    changed, words = overridden(chosen, options, cautions)
    if asked.policy is not None:
        said.append(f"by {chosen.id}")
    said += words
    made = evolve(
        course,
        policy=changed,
        overrides=words if asked.policy is not None else (*course.overrides, *words),
    )
    if asked.target is not None:
        said.append(f"target {asked.target}")
        made = evolve(made, target=target_of(made, options, table))
    return made


def _policy(course: Course, asked: AskedAnew) -> Policy:
    if asked.policy is None:
        return course.policy
    chosen = policy(asked.policy)
    fitting: Sequence[Policy] = fitting_all(course.tracks)
    if chosen not in fitting:
        names = " and ".join(track.drug for track in course.tracks)
        known = ", ".join(each.id for each in fitting)
        text = f"{chosen.id} is not a policy for {names}; those that are: {known}"
        raise PlanningStops(Problem("TAPER-023", "policy", text))
    return chosen
