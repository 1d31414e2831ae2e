"""What is dispensed: whole units for each step, leftovers carried on, and the same cut into fills."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from fractions import Fraction
from math import ceil

from attrs import evolve, frozen

from medsteward.model.unit import Unit
from medsteward.schedules.moment import Moment
from medsteward.schedules.plan import Fill
from medsteward.schedules.sig_lines import label_line
from medsteward.schedules.step import Dispensed, Step


@frozen
class Rhythm:
    """What is needed beside the doses of a drug: days of wear, its schedule, hours between doses, how it is used."""

    wear_days: int | None = None
    schedule: str = ""
    hours_apart: Fraction | None = None
    use: str = ""


@frozen
class _Need:
    """What a span of days takes of one product."""

    product: str
    unit: Unit
    taken: Fraction


def with_quantities(steps: Iterable[Step], rhythms: Mapping[str, Rhythm]) -> tuple[Step, ...]:
    """The steps with what is dispensed for each. ``rhythms`` are by the name of a line.

    Halves are counted as taken and whole tablets dispensed; what is left over is used first in the next step that
    takes the same product.
    """
    home: dict[str, Fraction] = {}
    return tuple(
        evolve(step, dispense=tuple(found for found, _ in _with_drug(step, 0, step.days, rhythms, home)))
        for step in steps
    )


def fills_of(
    steps: Iterable[Step], rhythms: Mapping[str, Rhythm], fill_days: int | None, *, first_days: int | None = None
) -> tuple[Fill, ...]:
    """Each dispensing: one per step and product, or one per ``fill_days`` where a step lasts longer.

    ``first_days`` is the length of the very first one, where that is another. The fills of a step add up to what is
    dispensed for it; a fill in which nothing is due is left out.
    """
    home: dict[str, Fraction] = {}
    fills: list[Fill] = []
    for place, step in enumerate(steps):
        for begin, end in _spans(step.days, fill_days, None if place else first_days):
            for dispensed, drug in _with_drug(step, begin, end, rhythms, home):
                if not dispensed.quantity:
                    continue
                fills.append(
                    Fill(
                        step.first_day + timedelta(days=begin),
                        step.first_day + timedelta(days=end - 1),
                        dispensed.product,
                        dispensed.unit,
                        dispensed.quantity,
                        dispensed.schedule,
                        _sig(step, dispensed, rhythms.get(dispensed.name, Rhythm())),
                        drug,
                        dispensed.release,
                        dispensed.name,
                    )
                )
    return tuple(fills)


def _sig(step: Step, found: Dispensed, rhythm: Rhythm) -> str:
    line = label_line(step.doses, found.name, found.product, wear_days=rhythm.wear_days, hours_apart=rhythm.hours_apart)
    return f"{line}; {rhythm.use}" if rhythm.use else line


def _spans(days: int, fill_days: int | None, first_days: int | None) -> Iterable[tuple[int, int]]:
    """The days of a step in parts: from the first day of each, counted from 0, to the one after its last."""
    begin, length = 0, first_days or fill_days or days
    while begin < days:
        end = min(days, begin + length)
        yield begin, end
        begin, length = end, fill_days or days


def _with_drug(
    step: Step, begin: int, end: int, rhythms: Mapping[str, Rhythm], home: dict[str, Fraction]
) -> list[tuple[Dispensed, str]]:
    """What is dispensed for the days of a step from ``begin`` until before ``end``, with its drug.

    ``home`` is what is left over, and is kept up. A step begins on a day on which patches are changed.
    """
    needs: dict[tuple[str, str], _Need] = {}
    of = {dose.name: dose for dose in step.doses}
    for dose in step.doses:
        wear = rhythms.get(dose.name, Rhythm()).wear_days if dose.time is Moment.WORN else None
        times = len(range(0, end, wear)) - len(range(0, begin, wear)) if wear else end - begin
        for item in dose.items:
            key = (dose.name, item.product)
            before = needs[key].taken if key in needs else Fraction(0)
            needs[key] = _Need(item.product, item.unit, before + item.count * times)
    found = []
    for (name, product), need in needs.items():
        had = home.get(product, Fraction(0))
        quantity = Fraction(max(0, ceil(need.taken - had)))
        home[product] = had + quantity - need.taken
        schedule = rhythms.get(name, Rhythm()).schedule
        left, dose = home[product], of[name]
        dispensed = Dispensed(product, need.unit, quantity, need.taken, left, schedule, dose.release, name)
        found.append((dispensed, dose.drug))
    return found
