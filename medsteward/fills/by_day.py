"""Fills laid on the calendar: which days each one covers, and the MME of every day.

Days are ordinals here (``date.toordinal``) and MME whole millionths, so everything is a sum of integers. What is made
here is never changed, but not frozen either: there is one for every fill, and frozen ones take three times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from fractions import Fraction

from attrs import define

from medsteward.fills.supply import FillSupply, TotalOf, millionths
from medsteward.mme.reckon import Bands
from medsteward.model.amount import Amount
from medsteward.model.fill import Fill
from medsteward.tables.table import factor_for


class Mode(Enum):
    """What happens to fills of the same drug that overlap."""

    SUMMED = "summed"
    SHIFTED = "shifted"


@define
class Placed:
    """One fill on the calendar: the day it was filled, and its first and last covered day, both included."""

    fill: Fill
    supply: FillSupply
    filled: int
    first: int
    last: int

    @property
    def days(self) -> int:
        """The days it covers, which are its days' supply."""
        return self.last - self.first + 1


@define
class Early:
    """A fill before the supply of the one before it had run out.

    ``days`` counts from the last fill alone, ``days_with_stock`` with everything that was left over.
    """

    fill: Fill
    supply: FillSupply
    days: int
    days_with_stock: int


@define
class DaySegment:
    """Days that follow one another and have the same MME (millionths), from first to last, both included."""

    first: int
    last: int
    mme: int

    @property
    def days(self) -> int:
        """How many days."""
        return self.last - self.first + 1


@define
class _Supplied:
    """What was supplied of one drug up to the fills of ``day``. Ends are the day after the last one covered.

    ``due_alone`` is the end of the fills of the day before that, ``due`` the end of everything that was left over;
    ``own_end`` and ``end`` are the same of the fills of this day.
    """

    day: int
    due_alone: int
    due: int
    own_end: int = 0
    end: int = 0


def place(fills: Sequence[tuple[Fill, FillSupply]], mode: Mode) -> tuple[list[Placed], list[Early]]:
    """Put fills on the calendar, in order of day and row, and find the early ones.

    Summed: each covers its days' supply from the day it was filled. Shifted: one filled before the same drug has run
    out begins the day after it does. Fills of the same drug on the same day begin together.
    """
    shifted = mode is Mode.SHIFTED
    placed: list[Placed] = []
    early: list[Early] = []
    running: dict[str, _Supplied] = {}
    in_order = sorted(
        [(fill.filled.toordinal(), fill.row, number, fill, supply) for number, (fill, supply) in enumerate(fills)]
    )
    for day, _, _, fill, supply in in_order:
        days = supply.dispensed.days
        drug = supply.same_drug
        if drug not in running:
            now = running[drug] = _Supplied(day, day, day)
            start = day
        else:
            now = running[drug]
            if now.day != day:
                now.day, now.due_alone, now.due = day, now.own_end, now.end
                now.own_end = now.end = 0
            start = now.due if now.due > day else day
            if supply.kinds and (now.due_alone > day or start > day):
                early.append(Early(fill, supply, max(now.due_alone - day, 0), start - day))
        if day + days > now.own_end:
            now.own_end = day + days
        if start + days > now.end:
            now.end = start + days
        first = start if shifted else day
        placed.append(Placed(fill, supply, day, first, first + days - 1))
    return placed, early


def segments(placed: Sequence[Placed]) -> list[DaySegment]:
    """The MME of every covered day, as runs of equal days in order. Days without supply are in none of them.

    Each fill brings its MME, rounded already. Where a factor has bands, the day's total of the ingredient chooses
    among them, and each fill's part is rounded by itself.
    """
    changes: list[tuple[int, int, int]] = []
    banded: list[Placed] = []
    for each in placed:
        if each.supply.is_banded:
            banded.append(each)
            mme = 0
        else:
            mme = each.supply.mme or 0
        changes += ((each.first, mme, 1), (each.last + 1, -mme, -1))
    changes.sort()
    found: list[DaySegment] = []
    start = mme = number = 0
    first = end = run = 0  # the run of equal days so far: its first day, the day after it, its MME
    for day, more, fills in changes:
        if number and day > start:
            total = mme + (_banded(banded, start) if banded else 0)
            if total != run or start != end:
                if end:
                    found.append(DaySegment(first, end - 1, run))
                first, run = start, total
            end = day
        start = day
        mme += more
        number += fills
    if end:
        found.append(DaySegment(first, end - 1, run))
    return found


def _banded(placed: Sequence[Placed], day: int) -> int:
    """The MME of one day of the fills whose factor the day's total decides."""
    return together(each.supply for each in placed if each.first <= day <= each.last)


def together(supplies: Iterable[FillSupply]) -> int:
    """The MME of banded dispensings taken on the same day, each band chosen by the total of its ingredient."""
    groups: dict[TotalOf, list[tuple[Amount, Bands]]] = {}
    for each in supplies:
        if each.total_of is not None and each.dose is not None:
            groups.setdefault(each.total_of, []).append((each.dose, each.bands))
    mme = 0
    for doses in groups.values():
        per = doses[0][1][0].per
        total = Amount(sum((dose.to(per).value for dose, _ in doses), Fraction(0)), per)
        for dose, bands in doses:
            factor = factor_for(bands, total)
            assert factor.value is not None
            mme += millionths(dose.to(factor.per).value * factor.value)
    return mme


def total_of(found: Iterable[DaySegment]) -> int:
    """The MME of all days together, in millionths."""
    return sum([each.mme * (each.last - each.first + 1) for each in found])


def within(found: Iterable[DaySegment], first: int, last: int) -> int:
    """The MME of the days from ``first`` to ``last``, in millionths. Segments are in order."""
    total = 0
    for each in found:
        if each.first > last:
            break
        start = each.first if each.first > first else first
        end = each.last if each.last < last else last
        if start <= end:
            total += each.mme * (end - start + 1)
    return total


def covered(placed: Iterable[Placed]) -> list[tuple[int, int]]:
    """The days that any of the fills covers, as spans in order."""
    return joined([(each.first, each.last) for each in placed])


def joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that touch made one."""
    in_order = sorted(spans)
    if not in_order:
        return []
    found: list[tuple[int, int]] = []
    start, end = in_order[0]
    for first, last in in_order:
        if first > end + 1:
            found.append((start, end))
            start, end = first, last
        elif last > end:
            end = last
    found.append((start, end))
    return found


def both(ours: Sequence[tuple[int, int]], theirs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The days that are in both lists of spans."""
    found: list[tuple[int, int]] = []
    i = j = 0
    while i < len(ours) and j < len(theirs):
        begins, ends = ours[i]
        first, last = theirs[j]
        if begins > first:
            first = begins
        if ends < last:
            last = ends
            i += 1
        else:
            j += 1
        if first <= last:
            found.append((first, last))
    return found


def days_in(spans: Iterable[tuple[int, int]]) -> int:
    """How many days the spans hold."""
    return sum([last - first + 1 for first, last in spans])
