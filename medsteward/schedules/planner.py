"""Choosing the steps: an exact search over the days that can be dispensed, never rounding.

Of all ways down that keep within the ceiling, the one that comes closest to the target; among those, the one that goes
least beyond the source's own pace where a smaller step can be made; then the one nearest to what the policy asks for
(the least sum over its steps of asked less actual, in the day's total); then fewer strengths, fewer units, fewer steps.
One drug changes per step: the first in order that has an allowed step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from math import lcm

from attrs import frozen

from medsteward.caches import of_object
from medsteward.errors import MedstewardError
from medsteward.model.number import PLACES, decimal_text, rounded
from medsteward.schedules.dispensable import Level, levels_below
from medsteward.schedules.moment import Moment
from medsteward.schedules.plan import Course, NeedsChoice, Outcome, ReachesTarget, WhenStuck
from medsteward.schedules.policy import Basis, Phase

Weigh = Callable[[tuple[Fraction, ...]], Fraction]
"""The day's amounts of a course's drugs, in the order of its tracks, to the day's total."""

_MOST_STATES = 200_000
_MOST_STEPS = 1_500_000
"""Single steps looked at between the days of a search; some seconds of work."""

Count = int | Fraction
"""A total in units so small that nearly every one is whole: comparing integers is much quicker, and as exact."""

Place = tuple[int, ...]
"""Where each track stands: 0 is the present dose, n the nth day below it."""


class TooManyDays(MedstewardError):
    """More days to choose among than this program searches. ``drugs`` names the drugs."""

    def __init__(self, drugs: tuple[str, ...]) -> None:
        self.drugs = drugs
        super().__init__(f"too many ways to dose {' and '.join(drugs)}; use a larger mark or fewer products")


@frozen
class Move:
    """One step of a course before it has days.

    ``levels`` are the days of all tracks, None where the present dose is unchanged. ``asked`` is what the policy asks
    to take off, ``taken_off`` what the step does, both in the course's total; ``before`` and ``total`` the totals
    before and after. ``bottom``: one of the last, smallest steps.
    """

    levels: tuple[Level | None, ...]
    before: Fraction
    total: Fraction
    asked: Fraction
    asked_percent: Fraction | None
    basis: Basis | None
    forced: bool = False
    bottom: bool = False
    why_forced: str = ""

    @property
    def taken_off(self) -> Fraction:
        """How much the step takes off."""
        return self.before - self.total


def plan_course(
    course: Course,
    weigh: Weigh,
    *,
    names: Sequence[str] = (),
    original: Fraction | None = None,
    larger: Moment | None = None,
    when_stuck: WhenStuck = WhenStuck.ASK,
) -> tuple[tuple[Move, ...], Outcome]:
    """The steps of one course and how it ends.

    ``names`` are what its tracks are called (by default their drugs). ``original`` is the total that shares and
    original percentages are of, by default that of the present doses. A course never begins with its end:
    where the first step could only be the stop, it needs a choice. Raises ``TooFine`` or ``TooManyDays``.
    """
    search = _Search(course, weigh, larger, original, names)
    here: Place = (0,) * len(course.tracks)
    moves: list[Move] = []
    bottom = False
    while True:
        if not bottom:
            for there in search.best_way(here):
                moves.append(search.move(here, there))
                here = there
        if search.is_done(here):
            return tuple(moves), ReachesTarget()
        smallest = search.smallest_step(here)
        if smallest is None:
            return tuple(moves), ReachesTarget()
        if bottom or search.total(here) <= search.original * course.policy.bottom_share:
            bottom = True
            why = "the bottom: no product makes a smaller step, so the smallest is taken"
            if search.stops_from(here):
                why = "the bottom: by this policy the step after the half dose is the stop"
        elif when_stuck is WhenStuck.SMALLEST_STEP and (moves or search.total(smallest)):
            why = "no product makes a step within the ceiling, so the smallest is taken"
        else:
            return tuple(moves), NeedsChoice(search.why_stuck(here, smallest))
        moves.append(search.move(here, smallest, forced=True, bottom=bottom, why=why))
        here = smallest


_Cost = tuple[Count, Count, Count, int, int, int]
"""Of a way down: where it ends, how far beyond the source's pace and how far off what is asked it is in all, strengths,
thousandths of units, steps."""


class _Search:
    """The days of a course as places, their totals, and the best way through them."""

    def __init__(
        self,
        course: Course,
        weigh: Weigh,
        larger: Moment | None,
        original: Fraction | None,
        names: Sequence[str],
    ) -> None:
        self.course, self.weigh = course, weigh
        self.names = names or [track.drug for track in course.tracks]
        # a dose that is only there for the stop is none to stay at
        self.ladders = [
            tuple(level for level in levels_below(track, larger) if not (course.target and level.is_last))
            for track in course.tracks
        ]
        self.simple = [[(level.strengths, int(level.units * 1000)) for level in ladder] for ladder in self.ladders]
        self.total = of_object(self._total, most=100_000)
        self.count = of_object(self._count, most=100_000)
        self.simplicity = of_object(self._simplicity, most=100_000)
        self.scale = self._scale()
        self.target = self._counted(course.target)
        self.original = original if original is not None else self.total((0,) * len(course.tracks))

    # --- places ---

    def _total(self, place: Place) -> Fraction:
        return self.weigh(
            tuple(
                self.ladders[number][at - 1].daily if at else self.course.tracks[number].daily
                for number, at in enumerate(place)
            )
        )

    def _scale(self) -> int:
        """What makes whole numbers of the totals along each track and of the percentages that are taken of them."""
        policy, start = self.course.policy, (0,) * len(self.course.tracks)
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

    def _lower(self, here: Place, number: int) -> Iterator[tuple[Place, Count]]:
        """The places below on one track that do not pass the target, with their totals counted, nearest first."""
        now, before, after, count, target = self.count(here), here[:number], here[number + 1 :], self.count, self.target
        for at in range(here[number] + 1, len(self.ladders[number]) + 1):
            there = (*before, at, *after)
            total = count(there)
            if total < target:
                return
            if total < now:
                yield there, total

    def allowed(self, here: Place) -> list[Place]:
        """Where one step within the ceiling may lead: of the first track in order that has any."""
        ceiling = self.course.policy.ceiling
        for number, track in enumerate(self.course.tracks):
            if ceiling.percent is not None:
                least = self._counted(self.total(here) * (1 - ceiling.percent / 100))
                found = []
                for there, total in self._lower(here, number):
                    if total < least:
                        break
                    found.append(there)
            else:
                most = dict(ceiling.amounts).get(track.drug, Fraction(0))
                daily = self._daily(here, number)
                found = [each for each, _ in self._lower(here, number) if daily - self._daily(each, number) <= most]
            if found:
                return found
        return []

    def _daily(self, place: Place, number: int) -> Fraction:
        at = place[number]
        return self.ladders[number][at - 1].daily if at else self.course.tracks[number].daily

    def is_done(self, here: Place) -> bool:
        """Whether the target is reached."""
        return self.total(here) <= self.course.target

    def smallest_step(self, here: Place) -> Place | None:
        """The step down that takes off least, by the order of the tracks where two are equal; None at the end.

        It is the stop where the policy stops from here.
        """
        if self.stops_from(here):
            return tuple(len(ladder) for ladder in self.ladders)
        nearest = [next(self._lower(here, number), None) for number in range(len(self.ladders))]
        found = [each[0] for each in nearest if each is not None]
        return max(found, key=self.count) if found else None

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

    def stops_from(self, here: Place) -> bool:
        """Whether the policy's next step is the stop, whatever smaller dose the products make."""
        policy = self.course.policy
        return policy.stops_at_bottom and not self.target and self.total(here) <= self.original * policy.bottom_share

    def move(self, here: Place, there: Place, *, forced: bool = False, bottom: bool = False, why: str = "") -> Move:
        """The step from one place to another."""
        phase = self.phase(here)
        return Move(
            levels=tuple(self.ladders[number][at - 1] if at else None for number, at in enumerate(there)),
            before=self.total(here),
            total=self.total(there),
            asked=self.asked(here),
            asked_percent=phase.percent,
            basis=phase.basis,
            forced=forced,
            bottom=bottom,
            why_forced=why,
        )

    def why_stuck(self, here: Place, smallest: Place) -> str:
        """Why no step is allowed, with the smallest that the products make."""
        now, then = self.total(here), self.total(smallest)
        number = next(n for n, (old, new) in enumerate(zip(here, smallest, strict=True)) if old != new)
        track = self.course.tracks[number]
        percent = (now - then) / now * 100
        ceiling = self.course.policy.ceiling.percent
        limit = f"the ceiling of {decimal_text(ceiling)} %" if ceiling is not None else "the ceiling"
        # as many places as tell it from the ceiling: 10.04 % is above 10 %
        places = next((n for n in range(1, PLACES) if rounded(percent, n) != ceiling), PLACES)
        unit = self.course.total_unit.value
        least = f"{self.names[number]} to {track.daily_amount(self._daily(smallest, number))}"
        return (
            f"at {decimal_text(now)} {unit} no product makes a step within {limit}: the smallest, {least}, is "
            f"{decimal_text(percent, places)} % of the current dose"
        )

    # --- the search ---

    def best_way(self, start: Place) -> list[Place]:
        """The places of the best way down from a place by allowed steps."""
        ways = self._ways(start)
        best: dict[Place, tuple[_Cost, Place | None]] = {}
        for here in sorted(ways, key=self.count):
            now, asked = self.count(here), self._counted(self.asked(here))
            end_here = self.target if self.stops_from(here) else now
            chosen: tuple[_Cost, Place | None] = ((end_here, 0, 0, 0, 0, 0), None)
            wanted, least = now - asked, now - self._counted(self.pace(here))
            avoidable = bool(ways[here]) and self.count(ways[here][0]) >= least
            for there in ways[here]:
                end, beyond, off, strengths, units, steps = best[there][0]
                total = self.count(there)
                if avoidable and total < least:
                    beyond += least - total
                apart: Count = total - wanted
                off += apart if apart >= 0 else -apart
                if chosen[1] is not None and (end, beyond, off) > chosen[0][:3]:
                    continue
                kinds, count = self.simplicity(there)
                cost = (end, beyond, off, strengths + kinds, units + count, steps + 1)
                if chosen[1] is None or cost < chosen[0]:
                    chosen = cost, there
            best[here] = chosen
        path: list[Place] = []
        here = start
        while (after := best[here][1]) is not None:
            path.append(after)
            here = after
        return path

    def _ways(self, start: Place) -> dict[Place, list[Place]]:
        """Every place that allowed steps reach, with the steps from it."""
        ways: dict[Place, list[Place]] = {}
        todo, steps = [start], 0
        while todo:
            here = todo.pop()
            if here in ways:
                continue
            ways[here] = [] if self.is_done(here) or self.stops_from(here) else self.allowed(here)
            steps += len(ways[here])
            if len(ways) > _MOST_STATES or steps > _MOST_STEPS:
                raise TooManyDays(tuple(track.drug for track in self.course.tracks))
            todo += [there for there in ways[here] if there not in ways]
        return ways

    def _simplicity(self, place: Place) -> tuple[int, int]:
        """How many strengths and (thousandths of) units the days of a place take."""
        chosen = [self.simple[number][at - 1] for number, at in enumerate(place) if at]
        return sum([strengths for strengths, _ in chosen]), sum([units for _, units in chosen])
