"""A saved plan recounted: what its steps say of days, totals, MME and quantities against the doses that they hold."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction

from medsteward.advice.plan.weights import scales_of
from medsteward.model.amount import Amount
from medsteward.model.unit import Unit
from medsteward.schedules.drafting import Scales
from medsteward.schedules.make import originals
from medsteward.schedules.plan import Plan, Request
from medsteward.schedules.replay import NotPossible
from medsteward.schedules.step import Step, StepKind
from medsteward.schedules.supply import DAILY_UNITS
from medsteward.tables.table import FactorTable


def recheck(plan: Plan, table: FactorTable) -> None:
    """Refuse (``NotPossible``) a plan whose base does not add up: a file that no medsteward wrote, or a damaged one."""
    request = plan.origin
    scales = scales_of(request, table)
    before = originals(request, scales)
    wholes = tuple(before)
    home: dict[str, Fraction] = {}
    for place, step in enumerate(plan.base):
        later = {item.product for each in plan.base[place + 1 :] for dose in each.doses for item in dose.items}
        for wrong in (
            *_of_day(step, request, scales),
            *_of_percent(step, before[step.course], wholes[step.course]),
            *_of_quantities(step, home, later),
        ):
            raise NotPossible(f"step {step.number} of the plan does not add up: {wrong}; make the plan again")
        before[step.course] = step.total.value


def _of_day(step: Step, request: Request, scales: Scales) -> Iterator[str]:
    """The day's amounts are those of the doses, in the unit of each drug, and the totals those of the amounts."""
    tracks = [track for course in request.courses for track in course.tracks]
    drugs = [track.drug for track in tracks]
    if [day.drug for day in step.daily] != drugs or {dose.drug for dose in step.doses} - set(drugs):
        yield "its day lists other drugs than the plan"
        return
    for day, track in zip(step.daily, tracks, strict=True):
        if day.amount.unit is not track.daily_unit:
            yield f"the day of {day.drug} is in {day.amount.unit.value}, not {track.daily_unit.value}"
            return
    for drug in dict.fromkeys(track.drug for track in tracks):
        taken = sum((d.amount.value * d.days.share for d in step.doses if d.drug == drug), Fraction(0))
        said = sum((day.amount.value for day in step.daily if day.drug == drug), Fraction(0))
        units = {DAILY_UNITS.get(dose.amount.unit) for dose in step.doses if dose.drug == drug}
        unit = next(day.amount.unit for day in step.daily if day.drug == drug)
        if units - {unit}:
            yield f"the doses of {drug} are in another unit than its day"
        elif taken != said:
            yield f"the doses of {drug} are {Amount(taken, unit)}, not {Amount(said, unit)}"
    amounts = tuple(day.amount.value for day in step.daily)
    first = sum(len(course.tracks) for course in request.courses[: step.course])
    course = request.courses[step.course]
    own = Amount(scales.totals[step.course](amounts[first : first + len(course.tracks)]), course.total_unit)
    if step.total != own:
        yield f"its total is {own}, not {step.total}"
    mme = scales.mme(amounts)
    if (None if step.mme is None else step.mme.value) != mme or (step.mme and step.mme.unit is not Unit.MME_PER_D):
        yield f"its MME are {'unknown' if mme is None else Amount(mme, Unit.MME_PER_D)}, not {step.mme or 'unknown'}"


def _of_percent(step: Step, before: Fraction, whole: Fraction) -> Iterator[str]:
    """A reduction says how much it takes off, and that it is above the limit where it is."""
    if step.percent_of_current is None or not before or not whole:
        return
    off = before - step.total.value
    if step.percent_of_current != off / before * 100 or step.percent_of_original != off / whole * 100:
        yield "the percentages that it takes off are others"
    above = step.ceiling is not None and step.percent_of_current > step.ceiling
    if above and not step.forced and step.kind is not StepKind.STOP:
        yield "it takes off more than its limit and does not say so"


def _of_quantities(step: Step, home: dict[str, Fraction], later: Collection[str]) -> Iterator[str]:
    """What is dispensed is of the products taken, as much as their days need, and what is left over is kept.

    Where several short steps are one dispensing, the first holds what is taken ``later`` too.
    """
    taken = _taken(step)
    for found in step.dispense:
        if found.product not in taken and not (found.taken == 0 and found.product in later):
            yield f"{found.product[:60]} is dispensed and not taken"
        elif found.product in taken and not _fits(found.taken, taken[found.product]):
            yield f"it needs another quantity of {found.product[:60]}"
        had = home.get(found.product, Fraction(0))
        if found.quantity.denominator != 1 or had + found.quantity - found.taken != found.left_over:
            yield f"the quantity of {found.product[:60]} is not what is taken and left over"
        home[found.product] = found.left_over


def _taken(step: Step) -> Mapping[str, Sequence[tuple[Unit, Fraction]]]:
    found: dict[str, list[tuple[Unit, Fraction]]] = {}
    for dose in step.doses:
        days = dose.days.days_on(step.first_day, 0, step.days)
        for item in dose.items:
            found.setdefault(item.product, []).append((item.unit, item.count * days))
    return found


def _fits(said: Fraction, items: Sequence[tuple[Unit, Fraction]]) -> bool:
    """Whether a quantity is that of these counts over a step; patches are changed every day at the most."""
    most = sum((count for _, count in items), Fraction(0))
    if any(unit is Unit.PATCH for unit, _ in items):
        return 0 < said <= most
    return said == most
