"""Lines that may be one prescription said more than once: a renewal, a report beside an order, a line typed twice.

Nobody can tell from the lines alone whether the patient takes one of them or all. So nothing is left out: whoever adds
up gives two figures, all of them taken and each prescription once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import permutations
from operator import itemgetter

from attrs import evolve, frozen

from medsteward.caches import remembered
from medsteward.doses.daily import REMEMBERED, daily_doses
from medsteward.model.amount import Amount
from medsteward.model.number import Ratio
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


def all_differ(lines: Sequence[Line]) -> bool:
    """Whether no two lines are of the same ingredients and no record links any: then none is said twice or renewed."""
    products = [line.regimen.product.ingredients for line in lines if line.regimen is not None]
    return len(set(products)) == len(products) and {line.link for line in lines} <= {""}


def renewals(lines: Sequence[Line], day: date) -> tuple[Group, ...]:
    """The groups of lines, active together on a day, that may be one prescription; in the order of their first line.

    These are lines of one product (the same ingredients and strengths, and no stated difference in form, route or
    release) with the same directions (the same amount, as often, at the same times of day). "morphine" beside "morphine
    ER" is not one product, and of two bare names it is not known. Of an order and a report,
    a statement or a dispensing the directions may differ, and lines that a record links are one group. Products of
    different strength, and an ER beside an IR product, are a normal regimen. A line whose supply has ended belongs to a
    group only where another of the group goes on.
    """
    if not _may_repeat(lines):
        return ()
    alike: dict[frozenset[str], list[int]] = {}
    linked: dict[str, list[int]] = {}
    for number, line in enumerate(lines, start=1):
        if line.regimen is not None:
            alike.setdefault(line.regimen.product.ingredients, []).append(number)
            if line.link:
                linked.setdefault(line.link, []).append(number)
    found: list[list[int]] = []
    for numbers in (numbers for numbers in alike.values() if len(numbers) > 1):
        found += _alike_groups(lines, [number for number in numbers if lines[number - 1].is_active_on(day)])
    for joined in linked.values():
        joined[:] = [number for number in joined if lines[number - 1].is_active_on(day)]
    for joined in (numbers for numbers in linked.values() if len(numbers) > 1):
        apart = [group for group in found if not set(group).isdisjoint(joined)]
        found = [group for group in found if group not in apart]
        found.append(sorted({*joined, *(number for group in apart for number in group)}))
    goes_on = (group for group in found if any(lines[number - 1].lapsed is None for number in group))
    return tuple(sorted(tuple(group) for group in goes_on))


def _may_repeat(lines: Sequence[Line]) -> bool:
    """Whether any prescription may be there twice, or a record links lines. Mostly not, and every case asks."""
    seen: dict[frozenset[str], list[Line]] = {}
    for line in lines:
        if line.link:
            return True
        if line.regimen is None:
            continue
        alike = seen.setdefault(line.regimen.product.ingredients, [])
        for each in alike:
            if _may_be_one(each, line):
                return True
        alike.append(line)
    return False


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


def follow_on(lines: Sequence[Line], days: int) -> frozenset[int]:
    """The numbers of lines of one product and the same directions of which one follows the other.

    The later one begins at most so many days before or after the last day of the earlier one.
    """
    alike: dict[frozenset[str], list[int]] = {}
    for number, line in enumerate(lines, start=1):
        if line.start is not None and line.regimen is not None:
            alike.setdefault(line.regimen.product.ingredients, []).append(number)
    found: set[int] = set()
    for numbers in (numbers for numbers in alike.values() if len(numbers) > 1):
        for one, other in permutations(numbers, 2):
            earlier, later = lines[one - 1], lines[other - 1]
            end, start = earlier.last_day, later.start
            if end is None or start is None or earlier.start is None or not earlier.start < start:
                continue
            if abs((start - end).days) <= days and _may_be_one(earlier, later):
                found.update((one, other))
    return frozenset(found)


def repeated(lines: Sequence[Line], groups: Sequence[Group]) -> frozenset[int]:
    """The numbers of the lines that would not count if each prescription counted once: all but one of each group.

    The one that is kept is the one that comes to the most a day.
    """
    found: set[int] = set()
    for group in groups:
        kept = max(group, key=lambda number: (_most(lines[number - 1].regimen), -number))
        found.update(number for number in group if number != kept)
    return frozenset(found)


def _may_be_one(one: Line, other: Line) -> bool:
    assert one.regimen is not None
    assert other.regimen is not None
    here, there = _prescribed(one.regimen), _prescribed(other.regimen)
    if not here.may_be_product(there):
        return False
    if one.origin is not other.origin and not {one.origin, other.origin} <= _NEVER:
        return True
    if not (here.says_something and there.says_something):
        return False
    return (here.release == "ER") is (there.release == "ER") and here.directions == there.directions


@frozen(eq=False)
class _Prescribed:
    """What may tell a regimen from another of the same ingredients; None: not stated. Amounts are whole numbers.

    ``says_something``: a strength or directions are stated. Two bare names are not known to be one product.
    """

    strengths: tuple[tuple[str, _Strength | None], ...]
    form: str | None
    route: str | None
    release: str | None
    says_something: bool
    directions: object

    def may_be_product(self, other: _Prescribed) -> bool:
        """Whether nothing that is stated tells two products apart; strengths do so most often."""
        if self.strengths != other.strengths:
            for (_, mine), (_, theirs) in zip(self.strengths, other.strengths, strict=True):
                if mine != theirs and mine is not None and theirs is not None:
                    return False
        return _agree(self.form, other.form) and _agree(self.route, other.route) and _agree(self.release, other.release)


_Strength = tuple[Unit, Ratio]


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


@remembered(REMEMBERED)
def _prescribed(regimen: Regimen) -> _Prescribed:
    product, sig = regimen.product, regimen.sig
    strengths = sorted(
        {c.ingredient: None if c.strength is None else _whole(c.strength) for c in product.components}.items(),
        key=itemgetter(0),
    )
    stated = bool(sig.takings or sig.daily_total or any(c.strength for c in product.components))
    return _Prescribed(tuple(strengths), product.form, product.route, product.release, stated, _directions(regimen))


def _whole(amount: Amount) -> _Strength:
    unit, value = _plain(amount)
    return unit, value.as_integer_ratio()


def _plain(amount: Amount) -> tuple[Unit, Fraction]:
    base = _BASE.get(amount.unit.dimension)
    return (amount.unit, amount.value) if base is None else (base, amount.to(base).value)


def _directions(regimen: Regimen) -> object:
    """What is taken a day and how often, the same for "1 tablet every 12 hours" and "5 mg twice daily"."""
    sig = regimen.sig
    doses = daily_doses(regimen).ingredients
    if any(dose.daily is None for dose in doses):
        return evolve(sig, reason=None, duration_days=None)
    amounts = [
        (dose.ingredient, _whole(dose.daily.scheduled), _whole(dose.daily.maximum))
        for dose in doses
        if dose.daily is not None
    ]
    times = [
        None
        if taking.times_per_day is None
        else (taking.times_per_day.low.as_integer_ratio(), taking.times_per_day.high.as_integer_ratio())
        for taking in sig.takings
    ]
    moments = [taking.moments for taking in sig.takings]
    return sig.as_needed, tuple(amounts), tuple(times), tuple(moments)


@remembered(REMEMBERED)
def _most(regimen: Regimen | None) -> Fraction:
    """The most a day of the first ingredient that can be counted."""
    if regimen is None:
        return Fraction(0)
    counted = (dose.daily.maximum for dose in daily_doses(regimen).ingredients if dose.daily is not None)
    return max((_plain(each)[1] for each in counted), default=Fraction(0))
