"""The days of a course as places: their totals, what the policy asks for at each, and the steps between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import lcm

from attrs import frozen

from medsteward.caches import of_object
from medsteward.schedules.dispensable import Rung, rungs_below
from medsteward.schedules.moment import Moment
from medsteward.schedules.plan import Course, Weigh
from medsteward.schedules.policy import Basis, Phase
from medsteward.schedules.wishes import LEAST_SHARE, SHARES, Count, cost, quarters, quarters_off

Place = tuple[int, ...]
"""Where each track stands: 0 is the present dose, n the nth rung below it."""
PRESENT = -1
"""In place of a way of a rung: the present dose, or nothing taken."""


@frozen
class Arc:
    """A step between two places: what it costs in pace; ``forced`` beyond the ceiling; ``planned`` for all the same."""

    there: Place
    cost: int
    forced: bool = False
    planned: bool = False


class Places:
    """The places of a course, their totals, what is asked at each, and the steps between them."""

    def __init__(self, course: Course, weigh: Weigh, larger: Moment | None, original: Fraction | None) -> None:
        self.course, self.weigh = course, weigh
        # a dose that is only there for the stop is none to stay at
        self.ladders: list[tuple[Rung, ...]] = [
            tuple(rung for rung in rungs_below(track, larger) if not (course.target and rung.is_for_the_end))
            for track in course.tracks
        ]
        self.start: Place = (0,) * len(course.tracks)
        self.total = of_object(self._total, most=100_000)
        self.count = of_object(self._count, most=100_000)
        self.must_rise = of_object(self._must_rise, most=100_000)
        self.scale = self._scale()
        self.target = self._counted(course.target)
        self.original = original if original is not None else self.total(self.start)
        self.doses = [self._present_doses(number) for number in range(len(course.tracks))]

    # --- places ---

    def _total(self, place: Place) -> Fraction:
        return self.weigh(tuple(self.daily(place, number) for number in range(len(place))))

    def daily(self, place: Place, number: int) -> Fraction:
        """The day's amount of one track at a place."""
        at = place[number]
        return self.ladders[number][at - 1].daily if at else self.course.tracks[number].daily

    def _scale(self) -> int:
        """What makes whole numbers of the totals along each track and of the percentages that are taken of them."""
        policy, start = self.course.policy, self.start
        highs = (phase.percents.high for phase in policy.phases if phase.percents is not None)
        asked = (phase.percent for phase in policy.phases)
        percents = [each for each in (policy.ceiling.percent, *asked, *highs) if each]
        rows = (
            self.total((*start[:number], at, *start[number + 1 :]))
            for number, ladder in enumerate(self.ladders)
            for at in range(len(ladder) + 1)
        )
        return lcm(*{total.denominator for total in rows}) * lcm(*(percent.denominator * 100 for percent in percents))

    def _counted(self, value: Fraction) -> Count:
        """A total, or part of one, times the scale: a whole number but for the odd one that the scale does not fit."""
        count = value * self.scale
        return count.numerator if count.denominator == 1 else count

    def _count(self, place: Place) -> Count:
        return self._counted(self.total(place))

    def lower(self, here: Place, number: int) -> Iterator[tuple[Place, Count]]:
        """The places below on one track that do not pass the target, with their totals counted, nearest first."""
        now, before, after, count, target = self.count(here), here[:number], here[number + 1 :], self.count, self.target
        alone = not any(self.daily(here, other) for other in range(len(here)) if other != number)
        for at in range(here[number] + 1, len(self.ladders[number]) + 1):
            if not alone and not self.ladders[number][at - 1].days.is_daily:
                continue  # fewer days are for the end of the last one
            there = (*before, at, *after)
            total = count(there)
            if total < target:
                return
            if total < now:
                yield there, total

    def is_done(self, here: Place) -> bool:
        """Whether the target is reached."""
        return self.count(here) <= self.target

    # --- what is asked ---

    def phase(self, here: Place) -> Phase:
        """The phase of the policy that holds at a place."""
        return self.course.policy.phase_at(self.total(here) / self.original)

    def asked(self, here: Place) -> Fraction:
        """What the policy asks to take off, in the day's total."""
        phase = self.phase(here)
        if phase.percent is None:
            amounts = dict(phase.amounts)
            drugs = [track.drug for track in self.course.tracks if track.drug in amounts]
            return min(amounts[drugs[0]], self.total(here)) if drugs else Fraction(0)
        base = self.original if phase.basis is Basis.ORIGINAL else self.total(here)
        return base * phase.percent / 100

    def pace(self, here: Place) -> Fraction:
        """The most that the source's own pace takes off, in the day's total; what is asked for where that is more."""
        phase = self.phase(here)
        if phase.percent is None:
            return self.total(here)
        high = phase.percents.high if phase.percents is not None else None
        base = self.original if phase.basis is Basis.ORIGINAL else self.total(here)
        return base * max(phase.percent, high or phase.percent) / 100

    def at_bottom(self, here: Place) -> bool:
        """Whether the end of the policy begins here, where a stop is planned for."""
        return self.total(here) <= self.original * self.course.policy.bottom_share

    def stops_from(self, here: Place) -> bool:
        """Whether the policy's next step is the stop, whatever smaller dose the products make."""
        return self.course.policy.stops_at_bottom and not self.target and self.at_bottom(here)

    def is_last_dose(self, here: Place) -> bool:
        """Whether what is taken is one smallest usual dose, or the floor of a liquid: the step from it is the stop."""
        left = [number for number in range(len(here)) if self.daily(here, number)]
        if len(left) != 1:
            return False
        number, track = left[0], self.course.tracks[left[0]]
        if here[number] + 1 < len(self.ladders[number]):
            return False
        smallest = track.least or min((supply.strength for supply in track.supplies), default=track.daily)
        times = 1 if track.ends_at_bedtime else track.fewest_times
        return bool(track.floor) or self.daily(here, number) <= smallest * times

    def is_on_fewer_days(self, there: Place) -> bool:
        """Whether what is left is taken on some days only, before the stop."""
        return any(at and not self.ladders[n][at - 1].days.is_daily for n, at in enumerate(there))

    # --- steps ---

    def arcs(self, here: Place) -> list[Arc]:
        """The steps from a place: those within the ceiling, else the smallest one, forced."""
        if self.is_done(here):
            return []
        now, asked, pace = self.count(here), self._counted(self.asked(here)), self._counted(self.pace(here))
        allowed = [] if self.stops_from(here) else self.allowed(here)
        if not allowed:
            there = self.smallest_step(here)
            return [] if there is None else [self._forced(here, there)]
        nearest = now - self.count(allowed[0])
        found = []
        for there in allowed:
            off = now - self.count(there)
            # where the nearest is beyond the pace already, what goes beyond that is
            within = max(pace, nearest)
            beyond = quarters(off - within, pace) if off > within else 0
            found.append(Arc(there, cost(beyond=beyond, off=quarters_off(off - asked, asked))))
        return found

    def _forced(self, here: Place, there: Place) -> Arc:
        now = self.total(here)
        ends = not self.total(there) and self.is_last_dose(here)
        planned = self.at_bottom(here) or ends or self.is_on_fewer_days(there)
        share = (now - self.total(there)) / now * SHARES
        excess = share.numerator // share.denominator
        return Arc(there, 0 if planned else cost(forced=1, excess=excess), forced=True, planned=planned)

    def allowed(self, here: Place) -> list[Place]:
        """Where one step within the ceiling may lead: of the first track in order that has any.

        Steps that raise a single dose are left out where others are allowed, and so are steps of less than a quarter
        of what is asked.
        """
        rising: list[Place] = []
        for number in range(len(self.course.tracks)):
            found = self._within(here, number)
            steady = [there for there in found if not self.must_rise(number, here[number], there[number])]
            if steady:
                return self._large_enough(here, steady)
            rising = rising or found
        return self._large_enough(here, rising)

    def _large_enough(self, here: Place, found: list[Place]) -> list[Place]:
        least = self.count(here) - self._counted(self.asked(here)) * LEAST_SHARE
        large = [there for there in found if self.count(there) <= least]
        return large or found

    def _within(self, here: Place, number: int) -> list[Place]:
        ceiling, track = self.course.policy.ceiling, self.course.tracks[number]
        if ceiling.percent is not None:
            least = self._counted(self.total(here) * (1 - ceiling.percent / 100))
            found = []
            for there, total in self.lower(here, number):
                if total < least:
                    break
                found.append(there)
            return found
        most, daily = dict(ceiling.amounts).get(track.drug, Fraction(0)), self.daily(here, number)
        return [each for each, _ in self.lower(here, number) if daily - self.daily(each, number) <= most]

    def smallest_step(self, here: Place) -> Place | None:
        """The step down that takes off least, by the order of the tracks where two are equal; None at the end.

        It is the stop where the policy stops from here.
        """
        if self.stops_from(here):
            return tuple(len(ladder) for ladder in self.ladders)
        nearest = [next(self.lower(here, number), None) for number in range(len(self.ladders))]
        found = [each[0] for each in nearest if each is not None]
        return max(found, key=self.count) if found else None

    # --- single doses ---

    def _present_doses(self, number: int) -> list[Count]:
        """What is taken now at each time, in the marks of the ways."""
        mark = next((rung.ways[0].box.mark for rung in self.ladders[number] if rung.ways), Fraction(1))
        counts = [amount / mark for _, amount in self.course.tracks[number].doses]
        return [count.numerator if count.denominator == 1 else count for count in counts]

    def _amounts(self, number: int, at: int, which: int) -> Sequence[Count]:
        if not at:
            return self.doses[number]
        return self.ladders[number][at - 1].ways[which].amounts

    def _must_rise(self, number: int, old: int, new: int) -> bool:
        ways = self.ladders[number][new - 1].ways
        if not ways or self.ladders[number][new - 1].is_last:
            return False
        before = range(len(self.ladders[number][old - 1].ways)) if old else [PRESENT]
        return all(self.rises(number, old, one, new, other) for one in before for other in range(len(ways)))

    def rises(self, number: int, old: int, one: int, new: int, other: int) -> bool:
        """Whether the dose at any time is larger after a step; at a time without one now every dose is."""
        before, after = self._amounts(number, old, one), self._amounts(number, new, other)
        return any(now > then for then, now in zip(before, after, strict=True))
