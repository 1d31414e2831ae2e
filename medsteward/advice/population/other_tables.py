"""Other tables that print the same: as long as there is one in which a hidden count differs, nobody can work it out.

A reader knows what is printed, every sum, and that a hidden count is at least 1. One hidden count is changed by 1, then
another in each sum that no longer adds up, until all do. What is found is a proof. What is not found within bounds is
taken as told, and more is hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import define, field

from medsteward.advice.population.counts import CountedParts, ReportCount, SumsOf

MOST_CHANGES = 24
MOST_TRIES = 4000


@define
class _Changing:
    """A table on the way to another one: the changes so far, and the sums that do not add up."""

    sums: SumsOf
    changes: dict[ReportCount, int] = field(factory=dict)
    off: dict[CountedParts, int] = field(factory=dict)
    tries: int = 0

    def change(self, count: ReportCount, by: int) -> None:
        """Change a count, and note what it does to its sums."""
        self.changes[count] = by
        self._shift(count, by)

    def undo(self, count: ReportCount) -> None:
        """Take a change back."""
        self._shift(count, -self.changes.pop(count))

    def _shift(self, count: ReportCount, by: int) -> None:
        for each, sign in self.sums.get(count, ()):
            self.off[each] = self.off.get(each, 0) + sign * by
            if not self.off[each]:
                del self.off[each]

    def settled(self) -> bool:
        """Change more until every sum adds up; False, with the changes as before, where no way is found."""
        if not self.off:
            return True
        self.tries += 1
        if len(self.changes) >= MOST_CHANGES or self.tries > MOST_TRIES:
            return False
        each, gap = next(reversed(self.off.items()))
        for _, count, by in sorted(self._ways(each, 1 if gap > 0 else -1), key=lambda way: way[0]):
            self.change(count, by)
            if self.settled():
                return True
            self.undo(count)
        return False

    def _ways(self, each: CountedParts, too_much: int) -> Iterable[tuple[int, ReportCount, int]]:
        """Counts of a sum that may change, with how many sums would be off then."""
        for count in each.counts:
            by = too_much if count is each.whole else -too_much
            if count.hidden and count not in self.changes and count.value + by >= 1:
                off = sum(
                    abs(self.off.get(at, 0) + sign * by) - abs(self.off.get(at, 0)) for at, sign in self.sums[count]
                )
                yield off, count, by


def another_table(count: ReportCount, sums: SumsOf) -> Sequence[ReportCount]:
    """The counts that differ in a table that prints the same and has another value of this count; none: none found."""
    for by in (1, -1):
        if count.value + by >= 1:
            table = _Changing(sums)
            table.change(count, by)
            if table.settled():
                return tuple(table.changes)
    return ()
