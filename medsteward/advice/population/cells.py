"""Counts of a report, and which of them are hidden so that none that is small can be worked out.

A count is one however often it is printed, so that what is hidden in one place is hidden in all. Sums that a reader
knows (parts of a whole) are stated beside the counts, and used against us as a reader would.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from attrs import define, field


@define(eq=False)
class ReportCount:
    """One count. ``hidden``: it is not printed."""

    value: int
    hidden: bool = False


@define(eq=False)
class CountedParts:
    """A whole that is the sum of its parts, as a reader of the report knows."""

    whole: ReportCount
    parts: tuple[ReportCount, ...]

    @property
    def counts(self) -> tuple[ReportCount, ...]:
        """All of them, the whole last: it is the last to be hidden."""
        return (*self.parts, self.whole)


@define
class SmallCounts:
    """The counts of one report and the sums that they are in."""

    sums: list[CountedParts] = field(factory=list)
    counts: list[ReportCount] = field(factory=list)

    def count(self, value: int) -> ReportCount:
        """A count."""
        self.counts.append(ReportCount(value))
        return self.counts[-1]

    def whole(self, whole: ReportCount, parts: Iterable[ReportCount]) -> None:
        """State that parts make a whole."""
        self.sums.append(CountedParts(whole, tuple(parts)))

    def hide(self, below: int) -> None:
        """Hide each count from 1 to below this, and as many others as are needed that none can be worked out.

        A count of 0 says nothing of anybody and is shown. ``below`` 0 or 1 hides nothing.
        """
        for each in self.counts:
            each.hidden = 0 < each.value < below
        while (found := self._given_away(below)) is not None:
            found.hidden = True

    def _given_away(self, below: int) -> ReportCount | None:
        """What has to be hidden next: the smallest count that stands in a sum which gives a hidden one away.

        A whole is hidden only where no part is left to hide: other sums lean on it.
        """
        known = self._worked_out()
        parts: list[ReportCount] = []
        wholes: list[ReportCount] = []
        for each in self.sums:
            hidden = [count for count in each.counts if count.hidden]
            small = [count.value for count in each.parts if count.hidden]
            narrow = bool(small) and not each.whole.hidden and sum(small) < max(below, len(small) + 1)
            if len(hidden) == 1 or narrow or any(count in known for count in hidden):
                parts += [count for count in each.parts if not count.hidden and count.value]
                wholes += [each.whole] if not each.whole.hidden and each.whole.value else []
        return min(parts or wholes, key=lambda count: count.value, default=None)

    def _worked_out(self) -> set[ReportCount]:
        """The hidden counts that the sums together determine, by elimination."""
        hidden = [count for count in self.counts if count.hidden]
        place = {count: number for number, count in enumerate(hidden)}
        rows = [_row(each, place) for each in self.sums if any(count.hidden for count in each.counts)]
        return {hidden[number] for number in _determined(rows)}


def _row(each: CountedParts, place: dict[ReportCount, int]) -> dict[int, Fraction]:
    row: dict[int, Fraction] = {}
    for count in each.parts:
        if count.hidden:
            row[place[count]] = row.get(place[count], Fraction(0)) + 1
    if each.whole.hidden:
        row[place[each.whole]] = row.get(place[each.whole], Fraction(0)) - 1
    return {column: value for column, value in row.items() if value}


def _determined(rows: Sequence[dict[int, Fraction]]) -> set[int]:
    """The unknowns that a system of sums leaves no choice: after elimination they stand alone in a row."""
    solved: list[tuple[int, dict[int, Fraction]]] = []
    for given in rows:
        row = dict(given)
        for pivot, other in solved:
            row = _without(row, pivot, other)
        if not row:
            continue
        pivot = next(iter(row))
        row = {column: value / row[pivot] for column, value in row.items()}
        solved = [(at, _without(other, pivot, row)) for at, other in solved]
        solved.append((pivot, row))
    return {pivot for pivot, row in solved if len(row) == 1}


def _without(row: dict[int, Fraction], pivot: int, by: dict[int, Fraction]) -> dict[int, Fraction]:
    times = row.get(pivot)
    if not times:
        return row
    made = dict(row)
    for column, value in by.items():
        made[column] = made.get(column, Fraction(0)) - times * value
    return {column: value for column, value in made.items() if value}
