"""The days that tablets, patches and liquids can make: every lower total, each with the ways to make it.

A rung is a day's total; its ways are the sets of products that make it. The times of the directions are kept as long as
possible; doses are as even as the products of a way allow, the larger ones later in the day unless another time is
named. Choices of this project: doses of one day differ by no more than the smallest piece there is or half of the
larger dose, unless they differ now; at most four units in a dose and eight a day where two strengths allow it; a tablet
is never halved where its half is sold whole, nor are two of few makers taken for one that more sell. These bound how a
total is made, never which totals there are: that pace chooses first. Which way a plan takes is decided in ``wishes``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, islice
from math import ceil

from attrs import evolve, frozen

from medsteward.caches import remembered
from medsteward.schedules.box import ENOUGH_STRENGTHS, WHOLE, Box, Level, Subset, TakenAtOnce, TooFine, Vector
from medsteward.schedules.day_pattern import EVERY_DAY, DayPattern
from medsteward.schedules.moment import Moment
from medsteward.schedules.supply import Track

__all__ = ["NOTHING", "DoseWay", "Level", "Rung", "TakenAtOnce", "TooFine", "level_of", "levels_below", "rungs_below"]

MANY_A_DAY = 8
"""Units in a day above which another way is preferred."""
_MOST_STRENGTHS = 3
_EVEN = 2
"""Doses of one day differ by no more than the larger one divided by this."""
NOTHING = Level(Fraction(0))


@frozen(eq=False)
class DoseWay:
    """One way to make a rung: by a set of products.

    ``kinds`` are the places of the products among the track's supplies, as bits; ``amounts`` what is taken at each time
    of the track, in its order, in marks of its box. ``uneven`` is by how much doses differ, in thousandths of the
    largest; ``units`` are thousandths of a day's units; ``over`` those above four in a dose or eight a day; ``rare``
    how many of its products have fewer makers than their siblings. ``days`` are those on which it is taken.
    """

    kinds: int
    amounts: tuple[int, ...]
    uneven: int
    strengths: int
    units: int
    over: int
    rare: int
    box: Box
    vector: Vector
    is_last: bool = False
    days: DayPattern = EVERY_DAY

    def level(self) -> Level:
        """The day, with what is taken when."""
        found = self.box.level(self.vector, tuple(n for n in range(len(self.box.supplies)) if self.kinds >> n & 1))
        found = evolve(found, is_last=True) if self.is_last else found
        return found if self.days.is_daily else found.on(self.days)


@frozen(eq=False)
class Rung:
    """A day's total that the products make, and the ways to make it, the simplest first."""

    daily: Fraction
    ways: tuple[DoseWay, ...] = ()

    @property
    def is_last(self) -> bool:
        """Whether it is one dose at bedtime, for the last step before the stop alone."""
        return bool(self.ways) and self.ways[0].is_last

    @property
    def days(self) -> DayPattern:
        """On which days it is taken."""
        return self.ways[0].days if self.ways else EVERY_DAY

    @property
    def is_for_the_end(self) -> bool:
        """Whether it only leads to the stop, and is nothing to stay at."""
        return self.is_last or not self.days.is_daily


_END = Rung(Fraction(0))


@remembered(256)
def levels_below(track: Track, larger: Moment | None = None) -> tuple[Level, ...]:
    """Every day below the present one that the track's supplies can make, highest first, nothing last.

    Each is made in its simplest way. Raises ``TooFine``.
    """
    return tuple(rung.ways[0].level() if rung.ways else NOTHING for rung in rungs_below(track, larger))


@remembered(256)
def rungs_below(track: Track, larger: Moment | None = None) -> tuple[Rung, ...]:
    """Every total below the present one that the track's supplies can make, highest first, nothing last.

    No dose at any time is larger than the one taken then now; at bedtime, where the track ends so, the smallest dose
    there is; then the last dose on fewer and fewer days, where the track has such days. Raises ``TooFine``.
    """
    if not track.supplies:
        return (_END,)
    return _Ladder(track, larger).rungs()


def level_of(track: Track, doses: Sequence[tuple[Moment, Fraction]]) -> Level | None:
    """These very doses out of the track's supplies, or None where they cannot be made."""
    if not track.supplies:
        return None
    box = Box(track, max(amount for _, amount in doses))
    vector = tuple((time, box.marks_of(amount)) for time, amount in doses)
    if any(
        marks not in box.single_set or marks * box.mark != amount
        for (_, marks), (_, amount) in zip(vector, doses, strict=True)
    ):
        return None
    return box.level(vector)


_Made = tuple[tuple[int, int], Vector]
"""A day by one set of products, with its rank: times dropped, then the spread between its sizes of dose."""


class _Ladder:
    """The rungs of one track."""

    def __init__(self, track: Track, larger: Moment | None) -> None:
        self.track, self.larger = track, larger
        self.box = Box(track, max(amount for _, amount in track.doses))
        # a total in marks that is not whole is above every one that is not above its whole part
        self.now = ceil(track.daily / self.box.mark)
        self.found: dict[int, dict[Subset, _Made]] = {}
        self.orders: dict[tuple[Moment, ...], dict[int, tuple[tuple[Moment, ...], list[Moment]]]] = {}

    def rungs(self) -> tuple[Rung, ...]:
        """The totals, highest first, nothing last."""
        places = range(len(self.box.supplies))
        for size in range(1, ENOUGH_STRENGTHS + 1):
            for subset in combinations(places, size):
                self._collect(subset)
        ways = {total: self._ways(made) for total, made in self.found.items()}
        short = {total for total, these in ways.items() if these[0].over}
        if short or len(self.box.singles) > len(self.box.singles_of_few):
            for subset in combinations(places, _MOST_STRENGTHS):
                self._collect(subset)
            known = ways
            ways = {
                total: self._ways(made) if total in short or total not in known else known[total]
                for total, made in self.found.items()
            }
        rungs = [Rung(total * self.box.mark, these) for total, these in ways.items()]
        rungs = [rung for rung in rungs if rung.daily >= max(self.track.floor, self.track.lowest)]
        rungs.sort(key=lambda rung: -rung.daily)
        if not self.track.days.is_daily:
            rungs = []  # what is taken on some days is not taken daily again
        rungs += self._at_bedtime(rungs)
        rungs = self._on_fewer_days(rungs)
        return tuple(rungs) if self.track.lowest else (*rungs, _END)

    def _at_bedtime(self, rungs: Sequence[Rung]) -> list[Rung]:
        """One smallest dose at bedtime, longer apart than the label says, where the track ends so."""
        track = self.track
        if not (track.ends_at_bedtime and track.fewest_times > 1 and len(track.doses) > 1):
            return []
        smallest = self.box.singles[0]
        if rungs and smallest * self.box.mark >= rungs[-1].daily:
            return []
        subset = next((n,) for n, piece in enumerate(self.box.pieces) if piece == smallest)
        way = self._way(subset, (0, 0), ((Moment.BEDTIME, smallest),))
        return [Rung(smallest * self.box.mark, (evolve(way, is_last=True),))]

    def _on_fewer_days(self, rungs: list[Rung]) -> list[Rung]:
        """The rungs, down to the dose that is taken on fewer and fewer days before the stop, and these after it."""
        track = self.track
        if not track.last_days:
            return rungs
        kept = [rung for rung in rungs if track.last_dose is None or rung.daily >= track.last_dose]
        if not kept and track.days.is_daily and track.daily != track.last_dose:
            kept = rungs
        ways = kept[-1].ways if kept else self._present_ways()
        full = kept[-1].daily if kept else track.daily / track.days.share
        if not ways:
            return rungs
        for days in track.days_to_come:
            kept = [*kept, Rung(full * days.share, tuple(evolve(way, days=days) for way in ways))]
        return kept

    def _present_ways(self) -> tuple[DoseWay, ...]:
        """The ways to make the doses that are taken now."""
        box = self.box
        vector = tuple([(time, box.marks_of(amount)) for time, amount in self.track.doses if amount])
        if not vector or sum(mark for _, mark in vector) * box.mark * self.track.days.share != self.track.daily:
            return ()
        made: dict[Subset, _Made] = {}
        for size in range(1, ENOUGH_STRENGTHS + 1):
            for subset in combinations(range(len(box.supplies)), size):
                table = box.table(subset)
                if all(table[mark] is not None for _, mark in vector):
                    made[subset] = (0, 0), vector
        return self._ways(made) if made else ()

    def _collect(self, subset: Subset) -> None:
        """Every day of at most two sizes of dose out of exactly these products."""
        box, track, singles = self.box, self.track, self.box.singles_of(subset)
        if not singles:
            return
        caps = {time: _within(singles, box.marks_of(amount)) for time, amount in track.doses}
        times = [time for time, _ in track.doses if caps[time]]
        for number in range(len(times), min(track.fewest_times, len(times)) - 1, -1):
            kept, by_size = self._order(tuple(times), number)
            tops = [caps[time] for time in by_size]
            # a time is dropped only where no product can keep it
            below = self.now if number == len(track.doses) else min(self.now, (number + 1) * box.singles[0])
            for low, small in enumerate(singles):
                if small * number >= below:
                    break
                # volumes of one day are the same, or next to one another on the syringe
                for large in islice(singles, low, None if box.is_solid else low + 2):
                    if box.is_solid and large - small > max(box.smallest, large // _EVEN):
                        break
                    for count in range(1, number + 1) if large != small else (number,):
                        day = [min(top, large if n < count else small) for n, top in enumerate(tops)]
                        total = sum(day)
                        if total >= below:
                            break
                        made = self.found.setdefault(total, {})
                        rank = len(track.doses) - number, large - small
                        if subset not in made or rank < made[subset][0]:
                            marks = dict(zip(by_size, day, strict=True))
                            made[subset] = rank, tuple([(time, marks[time]) for time in kept])

    def _order(self, times: tuple[Moment, ...], number: int) -> tuple[tuple[Moment, ...], list[Moment]]:
        """The times that stay where only so many doses are left, by the clock and by where a larger dose goes first."""
        known = self.orders.setdefault(times, {})
        if number not in known:
            # of those that stay where one more is left: a time that was left does not come back
            more = times if number == len(times) else self._order(times, number + 1)[0]
            kept = _kept(more, number, self.larger)
            known[number] = kept, sorted(kept, key=lambda time: _preference(time, self.larger))
        return known[number]

    def _ways(self, made: dict[Subset, _Made]) -> tuple[DoseWay, ...]:
        """The ways to make a total: with the fewest times dropped, and as few units too many as can be."""
        dropped = min(rank[0] for rank, _ in made.values())
        ways = [self._way(subset, *day) for subset, day in made.items() if day[0][0] == dropped]
        best: dict[int, DoseWay] = {}
        for way in ways:
            if way.kinds not in best or way.uneven < best[way.kinds].uneven:
                best[way.kinds] = way
        few = [way for way in best.values() if not way.over and way.strengths <= ENOUGH_STRENGTHS]
        least = min(way.over for way in best.values())
        kept = few or [way for way in best.values() if way.over == least]
        if self.box.stacked:
            spared = [way for way in kept if not self._stacks(way)]
            kept = [way for way in kept if way in spared or not any(way.amounts == each.amounts for each in spared)]
        return tuple(sorted(kept, key=lambda way: (way.rare, way.strengths, way.units, way.uneven, way.kinds)))

    def _stacks(self, way: DoseWay) -> bool:
        """Whether a dose takes two of a product of few makers, which more makers sell as one."""
        subset = tuple(n for n in range(len(self.box.supplies)) if way.kinds >> n & 1)
        return any(self.box.stacks(subset, mark) for _, mark in way.vector)

    def _way(self, subset: Subset, rank: tuple[int, int], vector: Vector) -> DoseWay:
        box, marks = self.box, [mark for _, mark in vector]
        table = box.table(subset)
        units, kinds = [], 0
        for mark in marks:
            made = table[mark]
            assert made is not None
            units.append(made[0])
            for number in box.used(subset, mark):
                kinds |= 1 << number
        over = 0
        if box.is_counted:
            over = sum([max(0, each - box.many) for each in units])
            over += max(0, sum(units) - MANY_A_DAY * WHOLE) if self.track.most_units is None else 0
        taken = dict(vector)
        return DoseWay(
            kinds=kinds,
            amounts=tuple([taken.get(time, 0) for time, _ in self.track.doses]),
            uneven=(max(marks) - min(marks)) * WHOLE // max(marks),
            strengths=kinds.bit_count(),
            units=sum(units),
            over=over,
            rare=sum(supply.few_makers for n, supply in enumerate(box.supplies) if kinds >> n & 1),
            box=box,
            vector=vector,
        )


def _within(singles: Sequence[int], most: int) -> int:
    """The largest single dose that is not above an amount, in marks; 0 where there is none."""
    number = bisect_right(singles, most)
    return singles[number - 1] if number else 0


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
