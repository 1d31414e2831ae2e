"""Counts of a report, and the sums of them that a reader knows."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define


@define(eq=False)
class ReportCount:
    """One count. ``hidden``: it is not printed. ``asked_first``: readers come for it, and others are hidden before."""

    value: int
    hidden: bool = False
    asked_first: bool = False


@define(eq=False)
class CountedParts:
    """A whole that is the sum of its parts, as a reader of the report knows."""

    whole: ReportCount
    parts: tuple[ReportCount, ...]

    @property
    def counts(self) -> tuple[ReportCount, ...]:
        """All of them, the whole last: it is the last to be hidden."""
        return (*self.parts, self.whole)


SumsOf = dict[ReportCount, list[tuple[CountedParts, int]]]


def sums_of(sums: Iterable[CountedParts]) -> SumsOf:
    """The sums that each count is in: 1 as a part, -1 as the whole."""
    found: SumsOf = {}
    for each in sums:
        for part in each.parts:
            found.setdefault(part, []).append((each, 1))
        found.setdefault(each.whole, []).append((each, -1))
    return found
