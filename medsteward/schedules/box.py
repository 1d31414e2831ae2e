"""Single doses out of the products of a track: which can be made, in how many units, and out of what."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce
from itertools import combinations
from math import gcd, lcm

from attrs import evolve, frozen

from medsteward.errors import MedstewardError
from medsteward.model.unit import Unit
from medsteward.schedules.day_pattern import EVERY_DAY, DayPattern
from medsteward.schedules.moment import Moment
from medsteward.schedules.supply import Supply, Track

MANY_UNITS = 4
"""Units in one dose above which another way is preferred."""
ENOUGH_STRENGTHS = 2
"""Strengths together that are tried before more units are."""
_FINEST = 20_000
"""Marks from nothing to the largest single dose; finer ladders than that are refused."""


SMALLEST_VOLUME = Fraction(1, 10)
"""Volumes up to this are not drawn up: oral syringes were inaccurate there (Arenas-Lopez 2017, secondary use ours)."""
_MARKS = ((Fraction(1), Fraction(1, 10)), (Fraction(3), Fraction(1, 5)), (Fraction(10), Fraction(1, 2)))
"""Up to which volume a syringe is marked how finely, in mL. Ours."""
WHOLE = 1000
"""Thousandths of a unit."""


def syringe_mark(volume: Fraction) -> Fraction:
    """The mark of the oral syringe that a volume is drawn up with, in mL."""
    return next((mark for most, mark in _MARKS if volume <= most), _MARKS[-1][1])


_TWO = 2


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
    ``days`` are those on which its doses are taken; ``daily`` is the average of a day then.
    """

    daily: Fraction
    doses: tuple[TakenAtOnce, ...] = ()
    strengths: int = 0
    units: Fraction = Fraction(0)
    is_last: bool = False
    days: DayPattern = EVERY_DAY

    def on(self, days: DayPattern) -> Level:
        """The same doses on these days alone."""
        return evolve(self, daily=self.daily / self.days.share * days.share, days=days)


Vector = tuple[tuple[Moment, int], ...]
"""Doses at their times, in marks."""
Subset = tuple[int, ...]
"""Places of supplies in a box."""


class Box:
    """The supplies of one track, and how to make single doses of them. Amounts are counted in marks inside."""

    def __init__(self, track: Track, most: Fraction) -> None:
        at_most = track.most_units
        self.supplies = ordered_supplies(track)
        pieces = [supply.strength * supply.part for supply in self.supplies]
        self.mark = reduce(_common, pieces)
        self.pieces = [int(piece / self.mark) for piece in pieces]
        self.smallest = min(self.pieces)
        self.most = self.marks_of(most)
        if self.most > _FINEST:
            raise TooFine(track.drug)
        self.weights = [1 if supply.is_liquid else int(supply.part * WHOLE) for supply in self.supplies]
        self.tables: dict[Subset, list[tuple[int, int] | None]] = {}
        self.is_solid = not self.supplies[0].is_liquid
        usual = {supply.strength for supply in self.supplies if not supply.few_makers}
        self.stacked = frozenset(
            n for n, supply in enumerate(self.supplies) if supply.few_makers and supply.strength * 2 in usual
        )
        """Supplies of few makers of which two are what more makers sell as one."""
        self.is_counted = self.supplies[0].unit not in (Unit.ML, Unit.PATCH)
        self.many = MANY_UNITS * WHOLE
        self.together = frozenset(
            int(sum(pair) / self.mark)
            for pair in track.worn_together
            if set(pair) <= {s.strength for s in self.supplies}
        )
        everything = self.table(tuple(range(len(self.supplies))))
        self.most_units: int | None = None
        if at_most is not None:
            self.many = self.most_units = int(at_most * WHOLE)
        elif self.supplies[0].unit is Unit.PATCH:
            # as many patches at once as now: two small ones in place of one are no smaller dose, only more to mix up
            self.most_units = next((made[0] for made in reversed(everything) if made is not None and made[0]), WHOLE)
        self.singles = self._singles(everything)
        self.single_set = frozenset(self.singles)

    @property
    def singles_of_few(self) -> frozenset[int]:
        """The single doses that few strengths together make."""
        sizes = range(1, ENOUGH_STRENGTHS + 1)
        subsets = (subset for size in sizes for subset in combinations(range(len(self.supplies)), size))
        return frozenset(marks for subset in subsets for marks in self.singles_of(subset))

    def _singles(self, table: Sequence[tuple[int, int] | None]) -> list[int]:
        """The single doses that a table of units makes and that may be taken at one time."""
        made = [(marks, units[0]) for marks, units in enumerate(table) if marks and units is not None]
        if self.most_units is not None:
            made = [(n, units) for n, units in made if units <= self.most_units or n in self.together]
        if self.supplies[0].is_liquid:
            made = [(n, units) for n, units in made if self._is_drawn_up(n * self.mark / self.supplies[0].strength)]
        return [marks for marks, _ in made]

    def _is_drawn_up(self, volume: Fraction) -> bool:
        """Whether a volume stands at a mark of the syringe for it, and is large enough to be drawn up well."""
        return volume > SMALLEST_VOLUME and (not self.supplies[0].by_volume or not volume % syringe_mark(volume))

    def singles_of(self, subset: Subset) -> list[int]:
        """The single doses that these supplies make."""
        return self._singles(self.table(subset)) if len(subset) < len(self.supplies) else self.singles

    def marks_of(self, amount: Fraction) -> int:
        """How many whole marks an amount holds."""
        return int(amount / self.mark)

    def level(self, vector: Vector, subset: Subset | None = None) -> Level:
        """These doses out of a set of supplies, else the simplest: few strengths over the day, then few units."""
        marks = [mark for _, mark in vector]
        chosen = subset if subset is not None else self._simplest(marks)
        doses = tuple(TakenAtOnce(time, mark * self.mark, self._items(chosen, mark)) for time, mark in vector)
        used = {supply.product for dose in doses for supply, _ in dose.items}
        units = sum((count for dose in doses for supply, count in dose.items), Fraction(0))
        return Level(sum(marks) * self.mark, doses, len(used), units)

    def _simplest(self, marks: Sequence[int]) -> Subset:
        best: tuple[tuple[bool, int, int], Subset] | None = None
        for size in range(1, len(self.supplies) + 1):
            for subset in combinations(range(len(self.supplies)), size):
                table = self.table(subset)
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
        return best[1]

    def table(self, subset: Subset) -> list[tuple[int, int] | None]:
        """For every number of marks: the fewest units that make it and the last piece put in; None: cannot be made.

        Units are counted in thousandths; a mark of a liquid counts for one, as it is all drawn up at once.
        """
        if subset in self.tables:
            return self.tables[subset]
        table: list[tuple[int, int] | None] = [(0, -1)] + [None] * self.most
        for number in subset:
            piece, weight = self.pieces[number], self.weights[number]
            for amount in range(piece, self.most + 1):
                before, here = table[amount - piece], table[amount]
                if before is not None and (here is None or before[0] + weight < here[0]):
                    table[amount] = before[0] + weight, number
        self.tables[subset] = table
        return table

    def used(self, subset: Subset, mark: int) -> set[int]:
        """Which supplies of a set a single dose is made of."""
        if len(subset) == 1:
            return set(subset)
        table, found = self.table(subset), set()
        while mark:
            made = table[mark]
            assert made is not None
            found.add(made[1])
            mark -= self.pieces[made[1]]
        return found

    def stacks(self, subset: Subset, mark: int) -> bool:
        """Whether a single dose takes two or more of a supply of few makers, two of which are sold as one by more."""
        if self.stacked.isdisjoint(subset):
            return False
        counts = {supply.product: count for supply, count in self._items(subset, mark)}
        return any(counts.get(self.supplies[n].product, 0) >= _TWO for n in self.stacked)

    def _items(self, subset: Subset, mark: int) -> tuple[tuple[Supply, Fraction], ...]:
        table, counts = self.table(subset), dict.fromkeys(subset, 0)
        if len(subset) == 1:
            counts[subset[0]], mark = divmod(mark, self.pieces[subset[0]])
        while mark:
            made = table[mark]
            assert made is not None
            counts[made[1]] += 1
            mark -= self.pieces[made[1]]
        found = sorted(counts.items(), reverse=True)
        return tuple((self.supplies[number], count * self.supplies[number].part) for number, count in found if count)


def ordered_supplies(track: Track) -> list[Supply]:
    """The supplies of a track by their strength: the bits of a way are their places here."""
    supplies = sorted(track.supplies, key=lambda supply: (supply.strength, supply.product))
    return supplies if track.most_units is not None else _never_halved_for_a_whole(supplies)


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
