"""A day of a plan in other products or another form: the same amounts, as what is dispensed from now on makes them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from medsteward.schedules.day_pattern import EVERY_DAY
from medsteward.schedules.dispensable import NOTHING, Level, TakenAtOnce, level_of, levels_below
from medsteward.schedules.drafting import State, present_level
from medsteward.schedules.naming import line_names
from medsteward.schedules.plan import Request
from medsteward.schedules.restart import NoRestart
from medsteward.schedules.step import Step, TimedDose
from medsteward.schedules.supply import Track


def restated(request: Request, step: Step, before: Request) -> State:
    """The state that a step stands for, which followed from ``before``, out of the products of ``request``.

    Each line keeps its doses where its products still make them; otherwise it has the simplest day of the same amount.
    Raises ``NoRestart`` for an amount that they do not make.
    """
    amounts = iter(day.amount.value for day in step.daily)
    return tuple(
        tuple(
            _level(request, track, next(amounts), [dose for dose in step.doses if dose.name == name])
            for track, name in zip(course.tracks, names, strict=True)
        )
        for course, names in zip(request.courses, line_names(before.courses), strict=True)
    )


def as_amounts(request: Request, step: Step) -> State:
    """The same by its amounts and times alone: what a way down begins from, and nothing that is dispensed."""
    amounts = iter(day.amount.value for day in step.daily)
    return tuple(tuple(_bare(step, track, next(amounts)) for track in course.tracks) for course in request.courses)


def _level(request: Request, track: Track, amount: Fraction, doses: Sequence[TimedDose]) -> Level | None:
    if not amount:
        return NOTHING
    if amount == track.daily:
        if present_level(track) is None:
            raise _not_made(request, track, amount)
        return None
    timed = [(dose.time, dose.amount.value) for dose in doses]
    if track.release == "IR" and any(dose.release == "ER" for dose in doses):
        timed = []  # doses that lasted longer are given more often
    allowed = dict(track.doses)
    if timed and all(amount <= allowed.get(time, Fraction(0)) for time, amount in timed):
        same = _as_it_was(track, amount, doses) or level_of(track, timed)
        if same is not None:
            return same if same.daily == amount else same.on(doses[0].days)
    for level in levels_below(track, request.larger):
        if level.daily == amount and not level.is_last:
            return level
    raise _not_made(request, track, amount)


def _as_it_was(track: Track, amount: Fraction, doses: Sequence[TimedDose]) -> Level | None:
    """The very same tablets, where all of them are still dispensed."""
    known = {supply.product: supply for supply in track.supplies}
    if any(not dose.items or any(item.product not in known for item in dose.items) for dose in doses):
        return None
    taken = tuple(
        TakenAtOnce(dose.time, dose.amount.value, tuple((known[item.product], item.count) for item in dose.items))
        for dose in doses
    )
    products = {supply.product for dose in taken for supply, _ in dose.items}
    return Level(
        amount, taken, len(products), sum((n for dose in taken for _, n in dose.items), Fraction(0)), days=doses[0].days
    )


def _bare(step: Step, track: Track, amount: Fraction) -> Level | None:
    if amount == track.daily:
        return None
    if not amount:
        return NOTHING
    doses = tuple(TakenAtOnce(dose.time, dose.amount.value, ()) for dose in step.doses if dose.drug == track.drug)
    days = next((dose.days for dose in step.doses if dose.drug == track.drug), EVERY_DAY)
    return Level(amount, doses, days=days)


def _not_made(request: Request, track: Track, amount: Fraction) -> NoRestart:
    lower = next((each.daily for each in levels_below(track, request.larger) if 0 < each.daily < amount), None)
    instead = "" if lower is None else f"; the next lower dose that they make is {track.daily_amount(lower)}"
    what = " ".join(filter(None, (track.drug, track.release, track.form)))
    return NoRestart(f"no product of {what} makes the dose in force, {track.daily_amount(amount)}{instead}")
