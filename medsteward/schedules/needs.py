"""What the days of a step take of each product, and what is left of it when some days were missed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from fractions import Fraction

from attrs import evolve, frozen

from medsteward.model.unit import Unit
from medsteward.schedules.moment import Moment
from medsteward.schedules.step import Step


@frozen
class Rhythm:
    """What is needed beside the doses of a drug: days of wear, its schedule, hours between doses, how it is used."""

    wear_days: int | None = None
    schedule: str = ""
    hours_apart: Fraction | None = None
    use: str = ""


@frozen
class Need:
    """What a span of days takes of one product, for a line of a drug by its name."""

    product: str
    unit: Unit
    taken: Fraction
    drug: str = ""
    release: str | None = None
    name: str = ""


def needs_of(step: Step, begin: int, end: int, rhythms: Mapping[str, Rhythm]) -> list[Need]:
    """What the days of a step from ``begin`` until before ``end`` take of each product.

    A step begins on a day on which patches are changed.
    """
    needs: dict[tuple[str, str], Need] = {}
    for dose in step.doses:
        wear = rhythms.get(dose.name, Rhythm()).wear_days if dose.time is Moment.WORN else None
        if wear:
            times = len(range(0, end, wear)) - len(range(0, begin, wear))
        else:
            times = dose.days.days_on(step.first_day, begin, end)
        for item in dose.items:
            key = (dose.name, item.product)
            before = needs[key].taken if key in needs else Fraction(0)
            taken = before + item.count * times
            needs[key] = Need(item.product, item.unit, taken, dose.drug, dose.release, dose.name)
    return list(needs.values())


def taken_of(
    step: Step, begin: int, end: int, rhythms: Mapping[str, Rhythm], not_taken: Collection[date]
) -> list[Need]:
    """The same without the days on which nothing was taken."""
    spared: dict[tuple[str, str], Fraction] = {}
    for day in not_taken:
        place = (day - step.first_day).days
        if begin <= place < end:
            for need in needs_of(step, place, place + 1, rhythms):
                spared[need.name, need.product] = spared.get((need.name, need.product), Fraction(0)) + need.taken
    return [
        evolve(need, taken=need.taken - spared.get((need.name, need.product), Fraction(0)))
        for need in needs_of(step, begin, end, rhythms)
    ]
