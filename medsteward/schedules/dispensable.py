"""The days that tablets, patches and liquids can make: every lower total, each with what is taken when.

A day is chosen in this order: the times of the directions are kept as long as possible; the doses are as even as the
products allow, the larger ones later in the day unless another time is named; few strengths; few units. Choices of this
project: doses of one day differ by no more than the smallest piece there is, unless they differ now; more than four
units are in one dose only where nothing else makes it; a tablet is never halved where its half is sold whole.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import reduce
from itertools import combinations, islice
from math import gcd, lcm

from attrs import evolve, frozen

from medsteward.caches import remembered
from medsteward.errors import MedstewardError
from medsteward.model.unit import Unit
from medsteward.schedules.moment import Moment
from medsteward.schedules.supply import Supply, Track

MANY_UNITS = 4
"""Units in one dose above which another recipe is preferred."""
_FINEST = 20_000
"""Marks from nothing to the largest single dose; finer ladders than that are refused."""


_WHOLE = 1000
"""Thousandths of a unit."""


class TooFine(MedstewardError):
    """Products or marks so small beside the dose that its days cannot be listed. ``drug`` names it."""

    def __init__(self, drug: str) -> None:
        self.drug = drug
        super().__init__(f"{drug}: the products are too small beside the dose to plan with; use a larger mark")


@frozen
class TakenAtOnce:
    """What is taken at one time: the amount and the products, as (supply, count of its units)."""

    time: Moment
    amount: Fraction
    items: tuple[tuple[Supply, Fraction], ...]


@frozen
class Level:
    """A day that can be dispensed. ``strengths`` and ``units`` say how simple it is; no doses: nothing is taken.

    ``is_last``: one dose at bedtime, longer apart than the label says, for the last step before the stop alone.
    """

    daily: Fraction
    doses: tuple[TakenAtOnce, ...] = ()
    strengths: int = 0
    units: Fraction = Fraction(0)
    is_last: bool = False


NOTHING = Level(Fraction(0))


@remembered(256)
def levels_below(track: Track, larger: Moment | None = None) -> tuple[Level, ...]:
    """Every day below the present one that the track's supplies can make, highest first, nothing last.

    No dose at any time is larger than the one taken then now; at bedtime, where the track ends so, the smallest dose
    there is. Raises ``TooFine``.
    """
    if not track.supplies:
        return (NOTHING,)
    box = _Box(track.drug, track.supplies, max(amount for _, amount in track.doses), track.most_units)
    best: dict[int, tuple[tuple[int, int], _Vector]] = {}
    for rank, vector in _days(track, box, larger):
        total = sum([marks for _, marks in vector])
        if total not in best or rank < best[total][0]:
            best[total] = rank, vector
    found = [box.level(vector) for total, (_, vector) in best.items() if total * box.mark < track.daily]
    found.sort(key=lambda level: -level.daily)
    if track.ends_at_bedtime and track.fewest_times > 1 and len(track.doses) > 1:
        last = evolve(box.level(((Moment.BEDTIME, box.singles[0]),)), is_last=True)
        found += [last] if last.daily < min((level.daily for level in found), default=track.daily) else []
    return (*found, NOTHING)


def level_of(track: Track, doses: Sequence[tuple[Moment, Fraction]]) -> Level | None:
    """These very doses out of the track's supplies, or None where they cannot be made."""
    if not track.supplies:
        return None
    box = _Box(track.drug, track.supplies, max(amount for _, amount in doses), track.most_units)
    vector = tuple((time, box.marks_of(amount)) for time, amount in doses)
    if any(
        marks not in box.single_set or marks * box.mark != amount
        for (_, marks), (_, amount) in zip(vector, doses, strict=True)
    ):
        return None
    return box.level(vector)


_Vector = tuple[tuple[Moment, int], ...]
"""Doses at their times, in marks."""


def _days(track: Track, box: _Box, larger: Moment | None) -> Iterator[tuple[tuple[int, int], _Vector]]:
    """Every day of at most two sizes of dose, with its rank: times dropped, then the spread between the sizes."""
    singles = box.singles
    caps = {time: box.largest_within(amount) for time, amount in track.doses}
    times = [time for time, _ in track.doses if caps[time]]
    for number in range(len(times), min(track.fewest_times, len(times)) - 1, -1):
        kept = _kept(times, number, larger)
        by_size = sorted(kept, key=lambda time: _preference(time, larger))
        # a time is dropped only where the products cannot keep it
        below = (number + 1) * singles[0] if number < len(times) else None
        for low, small in enumerate(singles):
            for large in islice(singles, low, None):
                if large - small > box.smallest:
                    break
                for count in range(1, number + 1) if large != small else (number,):
                    bigger = by_size[:count]
                    vector = tuple([(time, min(caps[time], large if time in bigger else small)) for time in kept])
                    if below is None or sum([marks for _, marks in vector]) < below:
                        yield (len(times) - number, large - small), vector


def _preference(time: Moment, larger: Moment | None) -> int:
    """Where a larger dose goes first: to the time named and those after it, else as late in the day as can be."""
    # at night comes after midnight: it is no evening dose
    return -(time.hour % 24) if larger is None else (time.hour - larger.hour) % 24


def _kept(times: Sequence[Moment], number: int, larger: Moment | None) -> tuple[Moment, ...]:
    """Which times stay when only so many doses are left: as evenly spread as can be, the larger dose's among them."""
    if number == len(times):
        return tuple(times)

    def merit(chosen: tuple[Moment, ...]) -> tuple[int, int, list[int]]:
        hours = [time.hour for time in chosen]
        gaps = [(later - earlier) % 24 or 24 for earlier, later in zip(hours, hours[1:] + hours[:1], strict=True)]
        return min(gaps), -max(gaps), [-_preference(time, larger) for time in reversed(chosen)]

    return max(combinations(times, number), key=merit)


class _Box:
    """The supplies of one drug, and how to make single doses of them. Amounts are counted in marks inside."""

    def __init__(
        self, drug: str, supplies: tuple[Supply, ...], most: Fraction, at_most: Fraction | None = None
    ) -> None:
        self.supplies = sorted(supplies, key=lambda supply: (supply.strength, supply.product))
        if at_most is None:
            self.supplies = _never_halved_for_a_whole(self.supplies)
        pieces = [supply.strength * supply.part for supply in self.supplies]
        self.mark = reduce(_common, pieces)
        self.pieces = [int(piece / self.mark) for piece in pieces]
        self.smallest = min(self.pieces)
        self.most = self.marks_of(most)
        if self.most > _FINEST:
            raise TooFine(drug)
        self.weights = [1 if supply.is_liquid else int(supply.part * _WHOLE) for supply in self.supplies]
        self.tables: dict[tuple[int, ...], list[tuple[int, int] | None]] = {}
        reachable = self._table(tuple(range(len(self.supplies))))
        made = [(marks, units[0]) for marks, units in enumerate(reachable) if marks and units is not None]
        self.many = MANY_UNITS * _WHOLE
        if made and (at_most is not None or self.supplies[0].unit is Unit.PATCH):
            # as many patches at once as now: two small ones in place of one are no smaller dose, only more to mix up
            self.many = made[-1][1] if at_most is None else int(at_most * _WHOLE)
            made = [(marks, units) for marks, units in made if units <= self.many]
        self.singles = [marks for marks, _ in made]
        self.single_set = frozenset(self.singles)

    def marks_of(self, amount: Fraction) -> int:
        """How many whole marks an amount holds."""
        return int(amount / self.mark)

    def largest_within(self, amount: Fraction) -> int:
        """The largest single dose that is not above an amount, in marks; 0 where there is none."""
        number = bisect_right(self.singles, self.marks_of(amount))
        return self.singles[number - 1] if number else 0

    def level(self, vector: _Vector) -> Level:
        """The simplest way to make these doses: few strengths over the day, then few units."""
        marks = [mark for _, mark in vector]
        best: tuple[tuple[bool, int, int], tuple[int, ...]] | None = None
        for size in range(1, len(self.supplies) + 1):
            for subset in combinations(range(len(self.supplies)), size):
                table = self._table(subset)
                made = [table[mark] for mark in marks]
                if any(each is None for each in made):
                    continue
                units = [each[0] for each in made if each is not None]
                key = (max(units) > self.many, size, sum(units))
                if best is None or key < best[0]:
                    best = key, subset
            if best is not None and not best[0][0]:
                break
        assert best is not None
        doses = tuple(TakenAtOnce(time, mark * self.mark, self._items(best[1], mark)) for time, mark in vector)
        used = {supply.product for dose in doses for supply, _ in dose.items}
        return Level(sum(marks) * self.mark, doses, len(used), Fraction(best[0][2], _WHOLE))

    def _table(self, subset: tuple[int, ...]) -> list[tuple[int, int] | None]:
        """For every number of marks: the fewest units that make it and the last piece put in; None: cannot be made.

        Units are counted in thousandths; a mark of a liquid counts for one, as it is all drawn up at once.
        """
        if subset in self.tables:
            return self.tables[subset]
        table: list[tuple[int, int] | None] = [(0, -1)] + [None] * self.most
        for amount in range(1, self.most + 1):
            here: tuple[int, int] | None = None
            for number in subset:
                piece = self.pieces[number]
                before = table[amount - piece] if piece <= amount else None
                if before is None:
                    continue
                units = before[0] + self.weights[number]
                if here is None or units < here[0]:
                    here = units, number
            table[amount] = here
        self.tables[subset] = table
        return table

    def _items(self, subset: tuple[int, ...], mark: int) -> tuple[tuple[Supply, Fraction], ...]:
        table, counts = self._table(subset), dict.fromkeys(subset, 0)
        if len(subset) == 1:
            counts[subset[0]], mark = divmod(mark, self.pieces[subset[0]])
        while mark:
            made = table[mark]
            assert made is not None
            counts[made[1]] += 1
            mark -= self.pieces[made[1]]
        found = sorted(counts.items(), reverse=True)
        return tuple((self.supplies[number], count * self.supplies[number].part) for number, count in found if count)


def _never_halved_for_a_whole(supplies: Sequence[Supply]) -> list[Supply]:
    """The supplies, those whose half is sold whole among them never halved: one tablet of 15 mg, not half of 30 mg.

    A combination is left as it is: half a tablet holds half of its partner too, which the weaker tablet may not.
    """
    whole = {(supply.unit, supply.strength) for supply in supplies}
    half = Fraction(1, 2)
    return [
        evolve(supply, part=Fraction(1))
        if supply.part == half and (supply.unit, supply.strength / 2) in whole
        else supply
        for supply in supplies
    ]


def _common(one: Fraction, other: Fraction) -> Fraction:
    """The largest amount of which both are whole multiples."""
    bottom = lcm(one.denominator, other.denominator)
    return Fraction(gcd(int(one * bottom), int(other * bottom)), bottom)
