"""Lines that may be one prescription said more than once: a renewal, a report beside an order, a line typed twice.

Nobody can tell from the lines alone whether the patient takes one of them or all. So nothing is left out: whoever adds
up gives two figures, all of them taken and each prescription once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

from attrs import evolve

from medsteward.doses.daily import REMEMBERED, daily_doses
from medsteward.model.amount import Amount
from medsteward.model.product import Product
from medsteward.model.regimen import Line, Origin, Regimen
from medsteward.model.unit import Dimension, Unit

Group = tuple[int, ...]
"""Numbers of lines, from 1, that may be one prescription."""

_NEVER = frozenset({Origin.STATED, Origin.ORDER})
_BASE = {
    Dimension.MASS: Unit.MG,
    Dimension.CONCENTRATION: Unit.MG_PER_ML,
    Dimension.RATE: Unit.MCG_PER_H,
    Dimension.MASS_PER_DAY: Unit.MG_PER_D,
}


def renewals(lines: Sequence[Line], day: date) -> tuple[Group, ...]:
    """The groups of lines, active together on a day, that may be one prescription; in the order of their first line.

    These are lines of one product (the same ingredients and strengths, and no stated difference in form, route or
    release) with the same directions (the same amount, as often, at the same times of day). "morphine" beside "morphine
    ER" is not one product, and of two bare names it is not known. Of an order and a report,
    a statement or a dispensing the directions may differ, and lines that a record links are one group. Products of
    different strength, and an ER beside an IR product, are a normal regimen. A line whose supply has ended belongs to a
    group only where another of the group goes on.
    """
    if len(lines) < 2:
        return ()
    alike: dict[str | frozenset[str], list[int]] = {}
    linked: dict[str, list[int]] = {}
    for number, line in enumerate(lines, start=1):
        if line.regimen is not None:
            alike.setdefault(_ingredients(line.regimen.product), []).append(number)
            if line.link:
                linked.setdefault(line.link, []).append(number)
    several = [numbers for numbers in alike.values() if len(numbers) > 1]
    if not several and not linked:  # the usual case
        return ()
    found: list[list[int]] = []
    for numbers in several:
        found += _alike_groups(lines, [number for number in numbers if lines[number - 1].is_active_on(day)])
    for joined in linked.values():
        joined[:] = [number for number in joined if lines[number - 1].is_active_on(day)]
    for joined in (numbers for numbers in linked.values() if len(numbers) > 1):
        apart = [group for group in found if not set(group).isdisjoint(joined)]
        found = [group for group in found if group not in apart]
        found.append(sorted({*joined, *(number for group in apart for number in group)}))
    goes_on = (group for group in found if any(lines[number - 1].lapsed is None for number in group))
    return tuple(sorted(tuple(group) for group in goes_on))


def _ingredients(product: Product) -> str | frozenset[str]:
    """What is in a product, in whatever order; asked of every line of every case, so it makes as little as it can."""
    components = product.components
    return components[0].ingredient if len(components) == 1 else frozenset([each.ingredient for each in components])


def _alike_groups(lines: Sequence[Line], numbers: Sequence[int]) -> list[list[int]]:
    """Lines of the same ingredients in groups that may be one prescription, each of two or more."""
    groups: list[list[int]] = []
    for number in numbers:
        for group in groups:
            if all(_may_be_one(lines[other - 1], lines[number - 1]) for other in group):
                group.append(number)
                break
        else:
            groups.append([number])
    return [group for group in groups if len(group) > 1]


def repeated(lines: Sequence[Line], day: date) -> frozenset[int]:
    """The numbers of the lines that would not count if each prescription counted once: all but one of each group.

    The one that is kept is the one that comes to the most a day.
    """
    found: set[int] = set()
    for group in renewals(lines, day):
        kept = max(group, key=lambda number: (_most(lines[number - 1].regimen), -number))
        found.update(number for number in group if number != kept)
    return frozenset(found)


def _may_be_one(one: Line, other: Line) -> bool:
    assert one.regimen is not None
    assert other.regimen is not None
    here, there = one.regimen.product, other.regimen.product
    if not _is_one_product(here, there):
        return False
    if one.origin is not other.origin and not {one.origin, other.origin} <= _NEVER:
        return True
    if not (_says_something(one.regimen) and _says_something(other.regimen)):
        return False
    return (here.release == "ER") is (there.release == "ER") and _directions(one.regimen) == _directions(other.regimen)


@lru_cache(maxsize=REMEMBERED)
def _says_something(regimen: Regimen) -> bool:
    """Whether a strength or directions are stated: two bare names are not known to be one product."""
    return bool(regimen.sig.takings or regimen.sig.daily_total or any(c.strength for c in regimen.product.components))


@lru_cache(maxsize=REMEMBERED)
def _is_one_product(one: Product, other: Product) -> bool:
    """Whether nothing that is stated tells two products of the same ingredients apart."""
    for name in ("form", "route", "release"):
        if None not in (here := {getattr(one, name), getattr(other, name)}) and len(here) > 1:
            return False
    strengths = [{c.ingredient: c.strength for c in product.components} for product in (one, other)]
    return all(_is_one_strength(strengths[0][name], strengths[1][name]) for name in strengths[0])


def _is_one_strength(one: Amount | None, other: Amount | None) -> bool:
    return one is None or other is None or _plain(one) == _plain(other)


def _plain(amount: Amount) -> tuple[Unit, Fraction]:
    base = _BASE.get(amount.unit.dimension)
    return (amount.unit, amount.value) if base is None else (base, amount.to(base).value)


@lru_cache(maxsize=REMEMBERED)
def _directions(regimen: Regimen) -> Any:
    """What is taken a day and how often, the same for "1 tablet every 12 hours" and "5 mg twice daily"."""
    sig = regimen.sig
    doses = daily_doses(regimen).ingredients
    if any(dose.daily is None for dose in doses):
        return evolve(sig, reason=None, duration_days=None)
    amounts = [
        (dose.ingredient, _plain(dose.daily.scheduled), _plain(dose.daily.maximum))
        for dose in doses
        if dose.daily is not None
    ]
    times = [
        (None if taking.times_per_day is None else (taking.times_per_day.low, taking.times_per_day.high))
        for taking in sig.takings
    ]
    moments = [taking.moments for taking in sig.takings]
    return sig.as_needed, tuple(amounts), tuple(times), tuple(moments)


@lru_cache(maxsize=REMEMBERED)
def _most(regimen: Regimen | None) -> Fraction:
    """The most a day of the first ingredient that can be counted."""
    if regimen is None:
        return Fraction(0)
    counted = (dose.daily.maximum for dose in daily_doses(regimen).ingredients if dose.daily is not None)
    return max((_plain(each)[1] for each in counted), default=Fraction(0))
