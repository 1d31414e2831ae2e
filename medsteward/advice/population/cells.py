"""Counts of a report, and which of them are hidden so that none that is small can be worked out.

A count is one however often it is printed, so that what is hidden in one place is hidden in all. Sums that a reader
knows (parts of a whole) are stated beside the counts, and used against us as a reader would.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import define, field

from medsteward.advice.population.counts import CountedParts, ReportCount, SumsOf, sums_of
from medsteward.advice.population.other_tables import another_table


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
        sums = sums_of(self.sums)
        proofs: dict[ReportCount, Sequence[ReportCount]] = {}
        while (found := self._given_away(below, sums, proofs)) is not None:
            found.hidden = True
        self._show_again(below, sums, proofs)

    def _show_again(self, below: int, sums: SumsOf, proofs: dict[ReportCount, Sequence[ReportCount]]) -> None:
        """Show what turns out to be hidden for nothing, the largest first: each hidden count tells a reader less."""
        others = [each for each in self.counts if each.hidden and each.value >= below]
        for shown in sorted(others, key=lambda count: -count.value):
            shown.hidden = False
            kept = {count: proof for count, proof in proofs.items() if count is not shown and shown not in proof}
            if any(_tells(each, below) for each, _ in sums.get(shown, ())) or self._told(sums, kept):
                shown.hidden = True
            else:
                proofs = kept

    def _given_away(
        self, below: int, sums: SumsOf, proofs: dict[ReportCount, Sequence[ReportCount]]
    ) -> ReportCount | None:
        """What has to be hidden next, of the counts in sums that give a hidden one away.

        What is asked first goes last. Of others that which leaves the fewest such sums: one that closes two sums at
        once spares others. A part goes before a whole, on which other sums lean, unless that closes several.
        """
        telling = [each for each in self.sums if _tells(each, below)]
        found = _choice(telling, sums, below)
        if found is None and (told := self._told(sums, proofs)) is not None:
            found = _choice([each for each, _ in sums[told]], sums, below)
            found = found or _choice([each for each in self.sums if any(c.hidden for c in each.counts)], sums, below)
        return found

    def _told(self, sums: SumsOf, proofs: dict[ReportCount, Sequence[ReportCount]]) -> ReportCount | None:
        """A hidden count that no other table leaves open. ``proofs`` has the counts that differ in one, and grows."""
        for each in self.counts:
            if each.hidden and each not in proofs:
                differ = another_table(each, sums)
                if not differ:
                    return each
                proofs.update((count, differ) for count in differ if count not in proofs)
        return None


_CLOSES_SEVERAL = -2


def _choice(telling: Sequence[CountedParts], sums: SumsOf, below: int) -> ReportCount | None:
    parts = {count for each in telling for count in each.parts if not count.hidden and count.value}
    wholes = {each.whole for each in telling if not each.whole.hidden and each.whole.value}

    def cost(count: ReportCount) -> tuple[bool, bool, int, int]:
        left = _left(count, sums, below)
        return count.asked_first, count not in parts and left > _CLOSES_SEVERAL, left, count.value

    return min((*parts, *(wholes - parts)), key=cost, default=None)


def _tells(each: CountedParts, below: int) -> bool:
    """Whether a sum gives a hidden count away by itself: it is the only one, or what is left over is a small number."""
    hidden = sum(count.hidden for count in each.counts)
    small = [count.value for count in each.parts if count.hidden]
    narrow = bool(small) and not each.whole.hidden and sum(small) < max(below, len(small) + 1)
    return hidden == 1 or narrow


def _left(count: ReportCount, sums: SumsOf, below: int) -> int:
    """How many more of the sums that hold a count give something away once it is hidden."""
    before = sum(_tells(each, below) for each, _ in sums[count])
    count.hidden = True
    after = sum(_tells(each, below) for each, _ in sums[count])
    count.hidden = False
    return after - before
