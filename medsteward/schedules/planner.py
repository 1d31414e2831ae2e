"""Choosing the steps: an exact search over the days that can be dispensed, never rounding; by the order of wishes.

A plan is whole: where no step within the ceiling can be made, the smallest one is taken, marked and held longer, and
the plan needs a choice unless forced steps are accepted. One drug changes per step: the first in order that has an
allowed step.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from medsteward.model.number import PLACES, decimal_text, rounded
from medsteward.model.unit import Unit
from medsteward.schedules.dispensable import NOTHING, Level
from medsteward.schedules.moment import Moment
from medsteward.schedules.places import Arc, Place
from medsteward.schedules.plan import Course, NeedsChoice, Outcome, ReachesTarget, Weigh, WhenStuck
from medsteward.schedules.policy import Basis
from medsteward.schedules.search import Node, Search, TooManyDays
from medsteward.schedules.supply import Track

__all__ = ["Move", "TooManyDays", "Weigh", "plan_course"]


@frozen
class Move:
    """One step of a course before it has days.

    ``levels`` are the days of all tracks, None where the present dose is unchanged. ``asked`` is what the policy asks
    to take off, ``taken_off`` what the step does, both in the course's total; ``before`` and ``total`` the totals
    before and after. ``bottom``: one of the last, smallest steps, or the stop from the smallest dose: planned for, and
    no choice. ``rises``: a single dose rises on it, as the step could not be made otherwise.
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
    rises: bool = False

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
    original percentages are of, by default that of the present doses. The plan is whole, whatever the outcome says; but
    a course begins with its end only where the smallest usual dose is what is taken. Raises ``TooFine`` or
    ``TooManyDays``.
    """
    search = _Course(course, weigh, larger, original, names)
    moves = search.moves()
    if search.ends_above and not search.course.target:
        return tuple(moves), NeedsChoice(search.ends_above)
    stuck = next((move for move in moves if move.forced and not move.bottom), None)
    if stuck is not None and stuck is moves[0] and not stuck.total:
        return (), NeedsChoice(search.stuck_words)
    if stuck is None or when_stuck is WhenStuck.SMALLEST_STEP:
        return tuple(moves), ReachesTarget()
    return tuple(moves), NeedsChoice(search.stuck_words)


class _Course(Search):
    """A search whose way is told as moves."""

    def __init__(
        self,
        course: Course,
        weigh: Weigh,
        larger: Moment | None,
        original: Fraction | None,
        names: Sequence[str],
    ) -> None:
        super().__init__(course, weigh, larger, original)
        self.names = names or [track.drug for track in course.tracks]
        self.stuck_words = ""
        self.ends_above = ""

    def moves(self) -> list[Move]:
        """The best way down from the present dose."""
        here, chosen = self.start, (-1,) * len(self.start)
        found: list[Move] = []
        for (there, ways), arc in self.best_way(here):
            if arc.forced and not arc.planned and not self.stuck_words:
                self.stuck_words = self._why_stuck(here, there)
            found.append(self._move((here, chosen), (there, ways), arc))
            here, chosen = there, ways
        self.ends_above = self._why_above(here)
        return found

    def _move(self, node: Node, after: Node, arc: Arc) -> Move:
        (here, before), (there, chosen) = node, after
        phase = self.phase(here)
        ways = [self.way(there, chosen, number) for number in range(len(there))]
        levels: list[Level | None] = []
        for at, way in zip(there, ways, strict=True):
            levels.append(None if not at else NOTHING if way is None else way.level())
        return Move(
            levels=tuple(levels),
            before=self.total(here),
            total=self.total(there),
            asked=self.asked(here),
            asked_percent=phase.percent,
            basis=phase.basis,
            forced=arc.forced,
            bottom=arc.forced and arc.planned,
            why_forced=self._why(here, there) if arc.forced else "",
            rises=self.raises_a_dose((here, before), (there, chosen)),
        )

    def _why_above(self, here: Place) -> str:
        """Why a product ends above the target, where it may not be taken at a lower dose; empty: it does not."""
        below = [
            f"{name} is not planned below {track.daily_amount(track.lowest)} out of {_named(track)}, a concentrate for "
            "who is tolerant; go on in a weaker product"
            for number, (name, track) in enumerate(zip(self.names, self.course.tracks, strict=True))
            if track.lowest and self.daily(here, number)
        ]
        return "; ".join(below)

    def _why(self, here: Place, there: Place) -> str:
        """Why a step is beyond the ceiling."""
        if self.stops_from(here):
            return "by this policy the step after the half dose is the stop"
        if self.is_on_fewer_days(there):
            return "the last dose is taken on fewer days before the stop: planned for, outside the ceiling"
        if not self.total(there) and self.is_last_dose(here):
            return "the last dose is left from the smallest: a stop that is planned for, outside the ceiling"
        if self.at_bottom(here):
            return "smallest possible step"
        return "no product makes a smaller step, so this one is larger than the limit"

    def _why_stuck(self, here: Place, smallest: Place) -> str:
        """Why no step is allowed, with the smallest that the products make."""
        now, then = self.total(here), self.total(smallest)
        number = next(n for n, (old, new) in enumerate(zip(here, smallest, strict=True)) if old != new)
        track = self.course.tracks[number]
        percent = (now - then) / now * 100
        ceiling = self.course.policy.ceiling.percent
        limit = f"the limit of {decimal_text(ceiling)} %" if ceiling is not None else "the limit of the policy"
        # as many places as tell it from the ceiling: 10.04 % is above 10 %
        places = next((n for n in range(1, PLACES) if rounded(percent, n) != ceiling), PLACES)
        unit = self.course.total_unit
        figure = f"{decimal_text(now, 1 if unit is Unit.MME_PER_D else PLACES)} {unit.value}"
        least = f"{self.names[number]} to {track.daily_amount(self.daily(smallest, number))}"
        return (
            f"at {figure} the smallest step that products allow, {least}, is {decimal_text(percent, places)} % of the "
            f"current dose, above {limit}"
        )


def _named(track: Track) -> str:
    return " or ".join(supply.product for supply in track.supplies)
