"""What is dispensed: whole units for each step, leftovers carried on, and the same cut into fills."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from attrs import evolve

from medsteward.schedules.fill_days import EARLY_DAYS, ONE_FILL_DAYS, fill_length, is_controlled
from medsteward.schedules.needs import Need, Rhythm, needs_of, taken_of
from medsteward.schedules.plan import PlannedFill
from medsteward.schedules.sig_lines import label_line
from medsteward.schedules.step import Step
from medsteward.schedules.stock import AlreadyDispensed, at_home, dispensed_of

_ONE = timedelta(days=1)
_SATURDAY = 5


def with_quantities(steps: Iterable[Step], rhythms: Mapping[str, Rhythm]) -> tuple[Step, ...]:
    """The steps with what is dispensed for each. ``rhythms`` are by the name of a line.

    Halves are counted as taken and whole tablets dispensed; what is left over is used first in the next step that
    takes the same product.
    """
    home: dict[str, Fraction] = {}
    found = []
    for step in steps:
        dispense = []
        for need in needs_of(step, 0, step.days, rhythms):
            quantity = _short_of(need, home)
            home[need.product] = home.get(need.product, Fraction(0)) + quantity - need.taken
            dispense.append(dispensed_of(need, quantity, home[need.product], rhythms))
        found.append(evolve(step, dispense=tuple(dispense)))
    return tuple(found)


def fills_of(
    steps: Iterable[Step],
    rhythms: Mapping[str, Rhythm],
    fill_days: int | None,
    *,
    first_days: int | None = None,
    usual: Sequence[int] = (),
    given: AlreadyDispensed | None = None,
    known: Collection[str] = (),
    avoided: Callable[[date], bool] | None = None,
    last: date | None = None,
) -> tuple[PlannedFill, ...]:
    """Each dispensing: one per step and product, or one per ``fill_days`` where a step lasts longer.

    Where no length is asked for, that of controlled medicines is ``usual_days``, and steps that are over within a week
    are dispensed once.
    ``first_days`` is the length of the very first one, where that is another; ``usual`` how long each step is without
    pauses and holds, so that a longer one has more fills and no larger ones. What is ``given`` stays; after it only
    what is missing is dispensed, from the day on which what is at home no longer makes a whole day. ``known`` are
    products that the patient has already; ``avoided`` the days that are no working days beside weekends; fills of steps
    that begin after ``last`` are left out. The fills of a step add up to what is dispensed for it; a fill in which
    nothing is due is left out.
    """
    steps = tuple(steps)
    if is_one_fill(steps, fill_days) and (given is None or not given.fills):
        return _at_once(steps, rhythms, known, avoided, None if given is None else given.until)
    fills: list[PlannedFill] = [] if given is None else list(given.fills)
    seen = {*known, *(fill.product for fill in fills)}
    home = {} if given is None else at_home(given.until, steps, rhythms, given)
    spared = frozenset[date]() if given is None else given.not_taken
    for place, step in enumerate(steps):
        begin = 0
        if last is not None and step.first_day > last:
            break
        if given is not None:
            if step.last_day < given.until:
                continue
            lasts = given.until if given.by_hand_until is None else max(given.until, given.by_hand_until)
            if step.first_day <= lasts:
                begin = _covered(step, max(0, (given.until - step.first_day).days), rhythms, home, spared)
        most = fill_days or usual_days(step, rhythms, usual[place] if place < len(usual) else step.days)
        first = first_days if not place and not begin else None
        for since, end in _spans(begin, step.days, most, first):
            day, new = step.first_day + timedelta(days=since), set()
            for need in taken_of(step, since, end, rhythms, spared):
                before, quantity = home.get(need.product, Fraction(0)), _short_of(need, home)
                home[need.product] = before + quantity - need.taken
                if not quantity:
                    continue
                rhythm = rhythms.get(need.name, Rhythm())
                fills.append(
                    PlannedFill(
                        day,
                        step.first_day + timedelta(days=end - 1),
                        need.product,
                        need.unit,
                        quantity,
                        rhythm.schedule,
                        _sig(step, need, rhythm),
                        need.drug,
                        need.release,
                        need.name,
                        due=_due(day, None if given is None else given.until, avoided),
                        stock_before=before,
                        new_strength=need.product not in seen,
                    )
                )
                new.add(need.product)
            seen |= new
    return tuple(fills)


def usual_days(step: Step, rhythms: Mapping[str, Rhythm], days: int) -> int:
    """How many of the ``days`` of a step one dispensing lasts where nobody asks: all, where none is controlled."""
    named = (rhythms.get(name, Rhythm()) for name in dict.fromkeys(dose.name for dose in step.doses))
    length = fill_length(each.wear_days for each in named if is_controlled(each.schedule))
    return days if length is None else length.of(days)


def is_one_fill(steps: Sequence[Step], fill_days: int | None) -> bool:
    """Whether steps are over so soon that they are dispensed once: several, within a week and what is asked for."""
    taken = [step for step in steps if step.doses]
    days = sum(step.days for step in taken)
    return len(taken) > 1 and days <= min(fill_days or ONE_FILL_DAYS, ONE_FILL_DAYS)


def _at_once(
    steps: Sequence[Step],
    rhythms: Mapping[str, Rhythm],
    known: Collection[str],
    avoided: Callable[[date], bool] | None,
    today: date | None,
) -> tuple[PlannedFill, ...]:
    """One dispensing of each product for all steps, with what is taken in each of them on its label."""
    needs: dict[tuple[str, str], Need] = {}
    sigs: dict[tuple[str, str], list[str]] = {}
    taken = [step for step in steps if step.doses]
    for step in taken:
        for need in needs_of(step, 0, step.days, rhythms):
            key = (need.name, need.product)
            before = needs[key].taken if key in needs else Fraction(0)
            needs[key] = evolve(need, taken=before + need.taken)
            sigs.setdefault(key, []).append(
                f"{step.first_day} to {step.last_day}: {_sig(step, need, rhythms.get(need.name, Rhythm()))}"
            )
    first = taken[0].first_day
    return tuple(
        PlannedFill(
            first,
            taken[-1].last_day,
            need.product,
            need.unit,
            Fraction(ceil(need.taken)),
            rhythms.get(need.name, Rhythm()).schedule,
            "; ".join(sigs[key]),
            need.drug,
            need.release,
            need.name,
            due=_due(first, today, avoided),
            new_strength=need.product not in known,
        )
        for key, need in needs.items()
    )


def by_hand(
    day: date, days: int, steps: Iterable[Step], rhythms: Mapping[str, Rhythm], home: Mapping[str, Fraction]
) -> tuple[PlannedFill, ...]:
    """What so many days from ``day`` on take, as dispensings of that day, one for each step and product."""
    last, kept, found = day + timedelta(days=days - 1), dict(home), []
    for step in steps:
        begin, end = (max(day, step.first_day) - step.first_day).days, (min(last, step.last_day) - step.first_day).days
        for need in needs_of(step, begin, end + 1, rhythms) if begin <= end else ():
            quantity, rhythm = Fraction(ceil(need.taken)), rhythms.get(need.name, Rhythm())
            before = kept.get(need.product, Fraction(0))
            kept[need.product] = before + quantity
            if quantity:
                found.append(
                    PlannedFill(
                        day,
                        step.first_day + timedelta(days=end),
                        need.product,
                        need.unit,
                        quantity,
                        rhythm.schedule,
                        _sig(step, need, rhythm),
                        need.drug,
                        need.release,
                        need.name,
                        due=day,
                        stock_before=before,
                    )
                )
    return tuple(found)


def _covered(
    step: Step, begin: int, rhythms: Mapping[str, Rhythm], home: dict[str, Fraction], not_taken: Collection[date]
) -> int:
    """Until before which day of the step what is at home is enough, from ``begin`` on; it is taken from ``home``."""

    def is_enough(end: int) -> bool:
        needs = taken_of(step, begin, end, rhythms, not_taken)
        return all(need.taken <= home.get(need.product, Fraction(0)) for need in needs)

    low, high = begin, step.days
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if is_enough(middle) else (low, middle - 1)
    for need in taken_of(step, begin, low, rhythms, not_taken):
        home[need.product] = home.get(need.product, Fraction(0)) - need.taken
    return low


def _due(first_day: date, today: date | None, avoided: Callable[[date], bool] | None) -> date:
    """The day on which a prescription is due: the last working day before what is at home ends, at most two before it.

    What is at home ends the day before the fill begins. Where neither of the two days before is a working day it is due
    on the last one itself, as payers count what is filled earlier as an overlap; only where that is none either, on the
    last working day before. What is needed sooner is due today.
    """
    ends = first_day - _ONE
    back = (*range(1, EARLY_DAYS + 1), 0, *range(EARLY_DAYS + 1, _LOOK_BACK))
    days = (ends - timedelta(days=each) for each in back)
    due = next((day for day in days if day.weekday() < _SATURDAY and not (avoided and avoided(day))), ends)
    return due if today is None else min(first_day, max(due, today))


_LOOK_BACK = 31
"""Days looked through for a working day; no country has so many holidays together."""


def _short_of(need: Need, home: Mapping[str, Fraction]) -> Fraction:
    """Whole units that are missing for a need."""
    return Fraction(max(0, ceil(need.taken - home.get(need.product, Fraction(0)))))


def _sig(step: Step, need: Need, rhythm: Rhythm) -> str:
    line = label_line(step.doses, need.name, need.product, wear_days=rhythm.wear_days, hours_apart=rhythm.hours_apart)
    return f"{line}; {rhythm.use}" if rhythm.use else line


def _spans(begin: int, days: int, most: int, first: int | None) -> Iterable[tuple[int, int]]:
    """The days of a step in parts: from the first day of each, counted from 0, to the one after its last."""
    length = first or most
    while begin < days:
        end = min(days, begin + length)
        yield begin, end
        begin, length = end, most
