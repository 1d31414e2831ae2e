"""What is asked of a plan anew: its later steps by other products, another form, pace, policy or ceiling."""

from __future__ import annotations

from calendar import day_name
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from attrs import evolve, frozen

from medsteward.advice.plan.crisis import case_of_plan
from medsteward.advice.plan.weights import scales_of
from medsteward.advice.saved.another_form import in_form, out_of_products, rotation
from medsteward.advice.taper.courses import PlanningStops, fitting_all, is_named, overridden, target_of
from medsteward.advice.taper.last_days import around, with_last_days
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.track_supplies import Making
from medsteward.advice.taper.tracks import is_open
from medsteward.model.amount import Amount
from medsteward.model.problem import Caution, Problem
from medsteward.model.regimen import Regimen
from medsteward.model.stated import Because
from medsteward.model.unit import Unit
from medsteward.schedules.avoid import avoided_days
from medsteward.schedules.course import Course, WhenStuck
from medsteward.schedules.dates import Interval
from medsteward.schedules.event import Present, Replan, StatedDose
from medsteward.schedules.last_days import LastDays
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
    first: str | None = None
    avoid: str | None = None
    weekday: int | None = None
    taken_per_day: tuple[tuple[str, Amount], ...] = ()
    last_days: LastDays | None = None


def replan(plan: Plan, request: Request, day: date, asked: AskedAnew, *, why: str, table: FactorTable) -> Replan:
    """The change that plans a plan's steps anew from a day on.

    ``plan`` is as it stands, ``request`` what its later steps follow from. Raises ``PlanningStops`` with the problem
    where that cannot be asked: another drug or route, a policy that does not fit, a ceiling above its own without why.
    """
    split, mark = request.split or asked.split, asked.mark or request.mark
    making = Making(
        asked.products, split, asked.mark or (None if request.by_volume else request.mark), floor=request.floor
    )
    _refuse_other_drugs(request, asked)
    wholes = originals(request, scales_of(request, table))
    used = {name for each in plan.requests for names in line_names(each.courses) for name in names}
    said: list[str] = []
    courses = []
    for course, names in zip(request.courses, line_names(request.courses), strict=True):
        tracks = tuple(
            _line(track, name, asked, making, used, said) for track, name in zip(course.tracks, names, strict=True)
        )
        tracks = _on_last_days(tracks, course.tracks, plan, asked, request, said)
        forms = [(track.drug, track.form, track.release) for track in tracks]
        if len(set(forms)) < len(forms) and tracks != course.tracks:
            text = "another line of the drug has that form already; state what is taken of both: --present, --on, --why"
            raise PlanningStops(Problem("TAPER-024", "form", text))
        courses.append(course_anew(evolve(course, tracks=tracks, original=None), asked, day, why, table, said))
    if asked.split and not request.split:
        said.append("halves of scored tablets")
    if asked.larger is not None:
        said.append(f"larger dose: {asked.larger.value}")
    if asked.first is not None:
        courses = _lowered_first(courses, asked.first, said)
    if asked.avoid is not None:
        avoided_days(asked.avoid)  # says which days are not known
        said.append(f"no step begins on {asked.avoid}" if asked.avoid else "steps begin on any day")
    if asked.weekday is not None:
        said.append(f"steps begin on {day_name[asked.weekday]}s")
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
        avoid=asked.avoid,
        weekday=asked.weekday,
    )


def taken_instead(plan: Plan, day: date, asked: AskedAnew) -> Present:
    """The dose to plan on from where less is really taken of what is as needed.

    Raises ``PlanningStops`` for a line that is not as needed, whose dose a prescriber states.
    """
    step, doses = plan.on(day), []
    request = plan.request if step is None else plan.request_of(step)
    tracks = [track for course in request.courses for track in course.tracks]
    written = [line.regimen for line in case_of_plan(plan).lines if line.regimen is not None]
    open_drugs = {each.product.lead for each in written if is_open(each.sig)}
    stated = {drug: _in_mass(drug, amount, written) for drug, amount in asked.taken_per_day}
    for drug in stated:
        own = [track for track in tracks if track.drug == drug]
        if len(own) != 1 or drug not in open_drugs:
            text = (
                f"{drug} is no line of the plan that is taken as needed; a dose that was changed is stated: "
                f'--present "{drug}=..." --on {day}'
            )
            raise PlanningStops(Problem("TAPER-024", "taken_per_day", text))
    in_force = step.course if step is not None else 0
    own_course, names = request.courses[in_force], line_names(request.courses)[in_force]
    if any(drug not in {track.drug for track in own_course.tracks} for drug in stated):
        text = f"on {day} the plan lowers {' and '.join(names)}; state what is taken of that"
        raise PlanningStops(Problem("TAPER-024", "taken_per_day", text))
    begin = sum(len(course.tracks) for course in request.courses[:in_force])
    for place, (track, name) in enumerate(zip(own_course.tracks, names, strict=True), start=begin):
        now = track.daily if step is None else step.daily[place].amount.value
        told = name.removeprefix(track.drug).strip()
        doses.append(StatedDose(track.drug, told, stated.get(track.drug) or Amount(now, track.unit)))
    return Present(day, tuple(doses))


def _in_mass(drug: str, amount: Amount, written: Sequence[Regimen]) -> Amount:
    """What is taken of a drug where it is told in tablets or capsules: so many of the one that is written."""
    if amount.unit not in (Unit.TABLET, Unit.CAPSULE):
        return amount
    strengths = {
        component.strength
        for each in written
        for component in each.product.components
        if component.ingredient == drug and component.strength is not None and each.product.unit is amount.unit
    }
    if len(strengths) != 1:
        text = f"of which strength the {amount} of {drug} are is not known; write the day's dose in mg"
        raise PlanningStops(Problem("TAPER-024", "taken_per_day", text))
    strength = next(iter(strengths))
    return evolve(strength, value=strength.value * amount.value)


def _lowered_first(courses: Sequence[Course], first: str, said: list[str]) -> list[Course]:
    """The courses, in each of which the lines that are named come first."""
    found, named = [], False
    for course in courses:
        mine = [is_named(track, first) for track in course.tracks]
        named = named or any(mine)
        order = tuple(sorted(range(len(mine)), key=lambda place: not mine[place])) if any(mine) else course.lowered
        found.append(evolve(course, lowered=order if len(mine) > 1 else ()))
    if not named:
        tracks = [track for course in courses for track in course.tracks]
        known = ", ".join(dict.fromkeys(["ir", "er", *(track.drug for track in tracks)]))
        raise PlanningStops(Problem("TAPER-024", "first", f'"{first[:40]}" is none of {known}'))
    said.append(f"{first} first")
    return found


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


def _on_last_days(
    tracks: tuple[Track, ...],
    before: tuple[Track, ...],
    plan: Plan,
    asked: AskedAnew,
    request: Request,
    said: list[str],
) -> tuple[Track, ...]:
    """Lines with the days on which the last dose is taken, anew where that is asked or a line has another form."""
    pairs = list(zip(tracks, before, strict=True))
    changed = [new for new, old in pairs if (new.form, new.release) != (old.form, old.release)]
    if asked.last_days is None and not changed:
        return tracks
    wanted = asked.last_days or request.last_days
    case = case_of_plan(plan)
    made, refused = with_last_days(tracks, wanted, around(case, enumerate(case.lines, start=1)))
    if refused is not None:
        raise PlanningStops(refused)
    if asked.last_days is not None:
        said.append("the last dose on fewer days" if any(t.last_days for t in made) else "the last dose every day")
    return made


def _is_other(track: Track, form: OtherForm) -> bool:
    return form.form != track.form or form.release not in (None, track.release)


def _finer(supply: Supply, asked: AskedAnew) -> Supply:
    if supply.is_liquid:
        return supply if asked.mark is None else evolve(supply, part=asked.mark, by_volume=False)
    return evolve(supply, part=Fraction(1, 2)) if asked.split and supply.may_be_split else supply


def course_anew(course: Course, asked: AskedAnew, day: date, why: str, table: FactorTable, said: list[str]) -> Course:
    """A course as it is lowered from now on; ``said`` is told what was asked. Raises ``PlanningStops``."""
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
