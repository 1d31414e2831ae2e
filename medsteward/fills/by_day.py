"""Fills laid on the calendar: which days each one covers, and the MME of every day.

Days are ordinals here (``date.toordinal``) and MME whole millionths, so everything is a sum of integers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from medsteward.fills.supply import Supply, millionths
from medsteward.model.amount import Amount
from medsteward.model.fill import Fill
from medsteward.tables.table import factor_for


class Mode(Enum):
    """What happens to fills of the same drug that overlap."""

    SUMMED = "summed"
    SHIFTED = "shifted"


class Placed(NamedTuple):
    """One fill on the calendar, from its first to its last covered day, both included."""

    fill: Fill
    supply: Supply
    first: int
    last: int

    @property
    def days(self) -> int:
        """The days it covers, which are its days' supply."""
        return self.last - self.first + 1


class Early(NamedTuple):
    """A fill before the supply of the one before it had run out.

    ``days`` counts from the last fill alone, ``days_with_stock`` with everything that was left over.
    """

    fill: Fill
    supply: Supply
    days: int
    days_with_stock: int


class Segment(NamedTuple):
    """Days that follow one another and have the same MME (millionths), from first to last, both included."""

    first: int
    last: int
    mme: int

    @property
    def days(self) -> int:
        """How many days."""
        return self.last - self.first + 1


class _Supplied:
    """What was supplied of one drug up to the fills of one day. Ends are the day after the last one covered.

    ``due_alone`` is the end of the fills of the day before that, ``due`` the end of everything that was left over.
    """

    __slots__ = ("day", "due", "due_alone", "end", "own_end")

    def __init__(self, day: int, due_alone: int, due: int) -> None:
        self.day, self.due_alone, self.due = day, due_alone, due
        self.own_end = self.end = 0


def place(fills: Iterable[tuple[Fill, Supply]], mode: Mode) -> tuple[list[Placed], list[Early]]:
    """Put fills on the calendar, in order of day and row, and find the early ones.

    Summed: each covers its days' supply from the day it was filled. Shifted: one filled before the same drug has run
    out begins the day after it does. Fills of the same drug on the same day begin together.
    """
    shifted = mode is Mode.SHIFTED
    placed: list[Placed] = []
    early: list[Early] = []
    running: dict[tuple[object, ...], _Supplied] = {}
    for fill, supply in sorted(fills, key=_by_day):
        day, days = fill.filled.toordinal(), supply.dispensed.days
        now = running.get(supply.same_drug)
        if now is None or now.day != day:
            now = _Supplied(day, day, day) if now is None else _Supplied(day, now.own_end, now.end)
            running[supply.same_drug] = now
        start = now.due if now.due > day else day
        if day + days > now.own_end:
            now.own_end = day + days
        if start + days > now.end:
            now.end = start + days
        if supply.kinds and (now.due_alone > day or now.due > day):
            early.append(Early(fill, supply, max(now.due_alone - day, 0), max(now.due - day, 0)))
        first = start if shifted else day
        placed.append(Placed(fill, supply, first, first + days - 1))
    return placed, early


def _by_day(item: tuple[Fill, Supply]) -> tuple[int, int]:
    return item[0].filled.toordinal(), item[0].row


def segments(placed: Sequence[Placed]) -> list[Segment]:
    """The MME of every covered day, as runs of equal days in order. Days without supply are in none of them.

    Each fill brings its MME, rounded already. Where a factor has bands, the day's total of the ingredient chooses
    among them, and each fill's part is rounded by itself.
    """
    if len(placed) == 1 and not placed[0].supply.is_banded:
        one = placed[0]
        return [Segment(one.first, one.last, one.supply.mme or 0)]
    change: dict[int, int] = {}
    cover: dict[int, int] = {}
    banded: list[Placed] = []
    for each in placed:
        first, after = each.first, each.last + 1
        cover[first] = cover.get(first, 0) + 1
        cover[after] = cover.get(after, 0) - 1
        if each.supply.is_banded:
            banded.append(each)
            continue
        mme = each.supply.mme or 0
        change[first] = change.get(first, 0) + mme
        change[after] = change.get(after, 0) - mme
    found: list[Segment] = []
    mme = number = 0
    for day, after in pairwise(sorted(cover)):
        mme += change.get(day, 0)
        number += cover[day]
        if not number:
            continue
        total = mme + (_banded(banded, day) if banded else 0)
        if found and found[-1].mme == total and found[-1].last == day - 1:
            found[-1] = Segment(found[-1].first, after - 1, total)
        else:
            found.append(Segment(day, after - 1, total))
    return found


def _banded(placed: Sequence[Placed], day: int) -> int:
    """The MME of one day of the fills whose factor the day's total decides."""
    by_drug: dict[str, list[Supply]] = {}
    for each in placed:
        if each.first <= day <= each.last:
            by_drug.setdefault(each.supply.drug, []).append(each.supply)
    return sum(together(supplies) for supplies in by_drug.values())


def together(supplies: Sequence[Supply]) -> int:
    """The MME of dispensings of one ingredient taken on the same day, the band chosen by their total."""
    doses = [supply.dose for supply in supplies if supply.dose is not None]
    bands = supplies[0].bands
    total = sum((dose.to(bands[0].per).value for dose in doses), Fraction(0))
    factor = factor_for(bands, Amount(total, bands[0].per))
    assert factor.value is not None
    value = factor.value
    return sum(millionths(dose.to(factor.per).value * value) for dose in doses)


def total_of(found: Iterable[Segment]) -> int:
    """The MME of all days together, in millionths."""
    return sum([mme * (last - first + 1) for first, last, mme in found])


def within(found: Iterable[Segment], first: int, last: int) -> int:
    """The MME of the days from ``first`` to ``last``, in millionths."""
    return sum(
        each.mme * (min(each.last, last) - max(each.first, first) + 1)
        for each in found
        if each.first <= last and each.last >= first
    )


def covered(placed: Iterable[Placed]) -> list[tuple[int, int]]:
    """The days that any of the fills covers, as spans in order."""
    return joined([(each.first, each.last) for each in placed])


def joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that touch made one."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1] + 1:
            if last > found[-1][1]:
                found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


def both(ours: Sequence[tuple[int, int]], theirs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The days that are in both lists of spans."""
    found: list[tuple[int, int]] = []
    i = j = 0
    while i < len(ours) and j < len(theirs):
        first, last = max(ours[i][0], theirs[j][0]), min(ours[i][1], theirs[j][1])
        if first <= last:
            found.append((first, last))
        if ours[i][1] < theirs[j][1]:
            i += 1
        else:
            j += 1
    return found


def days_in(spans: Iterable[tuple[int, int]]) -> int:
    """How many days the spans hold."""
    return sum([last - first + 1 for first, last in spans])
