"""What is dispensed: whole units for each step, leftovers carried on, and the same cut into fills."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from attrs import evolve, frozen

from medsteward.model.unit import Unit
from medsteward.schedules.plan import Fill
from medsteward.schedules.sig_lines import sig_line
from medsteward.schedules.step import Dispensed, Item, Step, TimedDose


@frozen
class Rhythm:
    """What is needed beside the doses of a drug: how long a patch stays on, its schedule, hours between doses."""

    wear_days: int | None = None
    schedule: str = ""
    hours_apart: Fraction | None = None


@frozen
class _Need:
    """What a span of days takes of one product."""

    product: str
    unit: Unit
    taken: Fraction


def with_quantities(steps: Iterable[Step], rhythms: Mapping[str, Rhythm]) -> tuple[Step, ...]:
    """The steps with what is dispensed for each. ``rhythms`` are by drug.

    Halves are counted as taken and whole tablets dispensed; what is left over is used first in the next step that
    takes the same product.
    """
    home: dict[str, Fraction] = {}
    return tuple(evolve(step, dispense=_dispensed(step, step.days, rhythms, home)) for step in steps)


def fills_of(
    steps: Iterable[Step], rhythms: Mapping[str, Rhythm], fill_days: int | None, *, first_days: int | None = None
) -> tuple[Fill, ...]:
    """Each dispensing: one per step and product, or one per ``fill_days`` where a step lasts longer.

    ``first_days`` is the length of the very first one, where that is another.
    """
    home: dict[str, Fraction] = {}
    fills: list[Fill] = []
    for place, step in enumerate(steps):
        for first, last in _spans(step.first_day, step.last_day, fill_days, None if place else first_days):
            days = (last - first).days + 1
            for dispensed, drug in _with_drug(step, days, rhythms, home):
                if not dispensed.quantity:
                    continue
                doses = [
                    dose for dose in step.doses if dose.drug == drug and dispensed.product in _products(dose.items)
                ]
                fills.append(
                    Fill(
                        first,
                        last,
                        dispensed.product,
                        dispensed.unit,
                        dispensed.quantity,
                        dispensed.schedule,
                        _sig(doses, drug, rhythms.get(drug, Rhythm())),
                    )
                )
    return tuple(fills)


def _sig(doses: list[TimedDose], drug: str, rhythm: Rhythm) -> str:
    return sig_line(doses, drug, wear_days=rhythm.wear_days, hours_apart=rhythm.hours_apart)


def _spans(
    first: date, last: date, fill_days: int | None, first_days: int | None = None
) -> Iterable[tuple[date, date]]:
    days = first_days or fill_days
    while first <= last:
        end = last if days is None else min(last, first + timedelta(days=days - 1))
        yield first, end
        first, days = end + timedelta(days=1), fill_days


def _products(items: Iterable[Item]) -> set[str]:
    return {item.product for item in items}


def _dispensed(
    step: Step, days: int, rhythms: Mapping[str, Rhythm], home: dict[str, Fraction]
) -> tuple[Dispensed, ...]:
    return tuple(dispensed for dispensed, _ in _with_drug(step, days, rhythms, home))


def _with_drug(
    step: Step, days: int, rhythms: Mapping[str, Rhythm], home: dict[str, Fraction]
) -> list[tuple[Dispensed, str]]:
    """What is dispensed for so many days of a step, with its drug; ``home`` is what is left over, and is kept up."""
    needs: dict[tuple[str, str], _Need] = {}
    for dose in step.doses:
        wear = rhythms.get(dose.drug, Rhythm()).wear_days
        times = ceil(Fraction(days, wear)) if wear else days
        for item in dose.items:
            key = (dose.drug, item.product)
            before = needs[key].taken if key in needs else Fraction(0)
            needs[key] = _Need(item.product, item.unit, before + item.count * times)
    found = []
    for (drug, product), need in needs.items():
        had = home.get(product, Fraction(0))
        quantity = Fraction(max(0, ceil(need.taken - had)))
        home[product] = had + quantity - need.taken
        schedule = rhythms.get(drug, Rhythm()).schedule
        found.append((Dispensed(product, need.unit, quantity, need.taken, home[product], schedule), drug))
    return found
