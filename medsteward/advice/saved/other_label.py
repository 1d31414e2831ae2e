"""The one line of a plan in a form that is labeled in other mg: of the base where it was of a salt, or back.

The labels say how the two compare, so the dose in force goes on: a bridge. What is lowered is counted in the new mg.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from attrs import evolve

from medsteward.advice.plan.weights import scales_of
from medsteward.advice.saved.another_form import asked_product, in_whole_mg, label_share, of_product
from medsteward.advice.saved.replan import AskedAnew, course_anew
from medsteward.advice.taper.courses import PlanningStops
from medsteward.advice.taper.track_supplies import Making
from medsteward.drugs.index import drug_of
from medsteward.model.problem import Problem
from medsteward.schedules.dispensable import level_of, levels_below
from medsteward.schedules.drafting import present_level
from medsteward.schedules.event import Relabeled, Replan
from medsteward.schedules.make import originals
from medsteward.schedules.moment import Moment
from medsteward.schedules.naming import line_names
from medsteward.schedules.plan import Plan, Request
from medsteward.schedules.step import Step, StepKind
from medsteward.schedules.supply import OtherForm, Track
from medsteward.tables.table import FactorTable


def relabeled(
    plan: Plan, request: Request, day: date, asked: AskedAnew, *, why: str, table: FactorTable
) -> Replan | None:
    """The change to a form that is labeled in other mg; None where the labels are alike, or the plan has other lines.

    ``plan`` is as it stands, ``request`` what its later steps follow from. Raises ``PlanningStops`` as ``replan``.
    """
    if len(request.courses) != 1 or len(request.courses[0].tracks) != 1:
        return None
    course, track = request.courses[0], request.courses[0].tracks[0]
    form = _form(track, asked)
    if form is None or form.drug not in ("", track.drug):
        return None
    split, mark = request.split or asked.split, asked.mark or request.mark
    making = Making(asked.products, split, mark)
    product = asked_product(track, form, making)
    share = label_share(track, product)
    here = plan.on(day)
    if here is not None and here.first_day == day and here.kind is not StepKind.START:
        here = plan.on(day - timedelta(days=1))
    if share in (None, 1) or (here is not None and not here.doses):
        return None
    assert share is not None
    before = _doses(track, here)
    scaled = evolve(track, doses=tuple((time, amount * share) for time, amount in before))
    names = {name for each in plan.requests for names in line_names(each.courses) for name in names}
    made = _same_dose(of_product(scaled, product, making, names - {line_names(request.courses)[0][0]}), scaled)
    whole = originals(request, scales_of(request, table))[0]
    words = _words(product.release or "", product.form or "", made, share, track)
    said = [words]
    anew = course_anew(
        evolve(course, tracks=(made,), original=whole * share, target=course.target * share, lowered=()),
        asked,
        day,
        why,
        table,
        said,
    )
    return Replan(
        day=day,
        courses=(anew,),
        when_stuck=asked.when_stuck or request.when_stuck,
        larger=asked.larger or request.larger,
        split=split,
        mark=mark,
        fill_days=asked.fill_days or request.fill_days,
        said=tuple(said),
        avoid=asked.avoid,
        weekday=asked.weekday,
        relabeled=Relabeled(share, words),
    )


def _form(track: Track, asked: AskedAnew) -> OtherForm | None:
    """The form that is asked for, by name or by the user's own products; None: the one of now."""
    if asked.forms:
        return asked.forms[0]
    own = [each for each in asked.products if (each.ingredient, each.route) == (track.drug, track.route)]
    if not own or (track.form, track.release or "IR") in [(each.form, each.release) for each in own]:
        return None
    return OtherForm(own[0].form, own[0].release)


def _doses(track: Track, step: Step | None) -> Sequence[tuple[Moment, Fraction]]:
    """What is taken before the change, at each time of the day."""
    if step is None:
        return track.doses
    found: dict[Moment, Fraction] = {}
    for dose in step.doses:
        found[dose.time] = found.get(dose.time, Fraction(0)) + dose.amount.value
    return tuple(found.items())


def _same_dose(made: Track, wanted: Track) -> Track:
    """The line at its own doses where its products make them, else at even ones. Refuses another day's dose."""
    kept = evolve(made, doses=wanted.doses)
    if len(made.doses) == len(kept.doses) and level_of(kept, kept.doses) is not None:
        return kept
    if made.daily == wanted.daily and present_level(made) is not None:
        return made
    more = evolve(kept, doses=tuple((time, amount * 2) for time, amount in kept.doses))
    level = next((each for each in levels_below(more) if each.daily <= wanted.daily), None)
    if level is not None and level.daily == wanted.daily:
        return evolve(made, doses=tuple((dose.time, dose.amount) for dose in level.doses))
    what = " ".join(filter(None, (made.drug, made.release, made.form)))
    instead = f"; the next lower dose that they make is {made.daily_amount(level.daily)}" if level else ""
    text = f"no product of {what} makes the dose in force, {made.daily_amount(wanted.daily)} on its label{instead}"
    raise PlanningStops(Problem("TAPER-024", "form", text))


def _words(release: str, form: str, made: Track, share: Fraction, before: Track) -> str:
    """What the labels say of both, how it is taken, and that MME counts what is on the label."""
    of_base = drug_of(made.drug).of_base
    use = of_base.use if of_base is not None and share == of_base.share else ""
    said = (
        " ".join(filter(None, (made.drug, "as", release, form))) + f": by the labels {in_whole_mg(share)}",
        f"so {before.daily_amount(made.daily / share)} goes on as {made.daily_amount(made.daily)}",
        use,
        "MME counts the mg of the label",
    )
    return ", ".join(filter(None, said))
