"""What is at home of each product, from day to day: what was lost goes first, then what comes, then what is taken.

Nothing is ever less than nothing: what is dispensed after days on which something did not last is there in full.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from attrs import evolve, frozen

from medsteward.schedules.needs import Need, Rhythm, taken_of
from medsteward.schedules.plan import PlannedFill
from medsteward.schedules.step import Step, StepDispensed


@frozen
class Lost:
    """So much of a product that was at home is gone at the beginning of a day."""

    day: date
    product: str
    quantity: Fraction


@frozen
class AlreadyDispensed:
    """What was dispensed up to a day, that day included: facts, which no revision changes.

    ``not_taken`` are days on which nothing of it was taken, so that it is still at home; ``lost`` is what was lost.
    Until ``by_hand_until`` what was dispensed by hand was meant to last.
    """

    fills: tuple[PlannedFill, ...]
    until: date
    not_taken: frozenset[date] = frozenset()
    lost: tuple[Lost, ...] = ()
    by_hand_until: date | None = None


class _AtHome:
    """What is at home while steps are taken one after another."""

    def __init__(self, fills: Iterable[PlannedFill], lost: Iterable[Lost]) -> None:
        self.home: dict[str, Fraction] = {}
        gone = [(each.day, False, each.product, each.quantity) for each in lost]
        came = [(fill.first_day, True, fill.product, fill.quantity) for fill in fills]
        self._moves = sorted(gone + came, key=lambda move: move[:2], reverse=True)

    def take(
        self, step: Step, days: int, rhythms: Mapping[str, Rhythm], not_taken: Collection[date]
    ) -> dict[str, Need]:
        """Take so many of a step's days; what they take of each product."""
        last = step.first_day + timedelta(days=days - 1)
        between = {(day - step.first_day).days for day, *_ in self._moves if step.first_day < day <= last}
        cuts = sorted({0, days, *between})
        for begin, end in pairwise(cuts):
            self.move(step.first_day + timedelta(days=begin))
            for need in taken_of(step, begin, end, rhythms, not_taken):
                self._less(need.product, need.taken)
        return {need.product: need for need in taken_of(step, 0, days, rhythms, not_taken)}

    def move(self, until: date | None = None) -> None:
        """Tell what was lost and what came until a day, that day included; or all of it."""
        while self._moves and (until is None or self._moves[-1][0] <= until):
            _, came, product, quantity = self._moves.pop()
            if came:
                self.home[product] = self.home.get(product, Fraction(0)) + quantity
            else:
                self._less(product, quantity)

    def _less(self, product: str, quantity: Fraction) -> None:
        self.home[product] = max(Fraction(0), self.home.get(product, Fraction(0)) - quantity)


def at_home(
    day: date, steps: Iterable[Step], rhythms: Mapping[str, Rhythm], given: AlreadyDispensed
) -> dict[str, Fraction]:
    """What is there of each product on a day before its doses, with all that was given; what was lost is gone."""
    found = _AtHome(given.fills, given.lost)
    for step in steps:
        days = min(step.days, (day - step.first_day).days)
        if days > 0:
            found.take(step, days, rhythms, given.not_taken)
    found.move()
    return found.home


def with_fills(
    steps: Iterable[Step],
    rhythms: Mapping[str, Rhythm],
    fills: Sequence[PlannedFill],
    not_taken: Collection[date] = (),
    lost: Sequence[Lost] = (),
) -> tuple[Step, ...]:
    """The steps with what the fills dispense in each, what it takes of that, and what is left at home after it."""
    stock = _AtHome(fills, lost)
    found = []
    for step in steps:
        within = [fill for fill in fills if step.first_day <= fill.first_day <= step.last_day]
        needs = stock.take(step, step.days, rhythms, not_taken)
        for fill in within:
            none = Need(fill.product, fill.unit, Fraction(0), fill.drug, fill.release, fill.name)
            needs.setdefault(fill.product, none)
        dispense = []
        for product, need in needs.items():
            quantity = sum((fill.quantity for fill in within if fill.product == product), Fraction(0))
            dispense.append(dispensed_of(need, quantity, stock.home.get(product, Fraction(0)), rhythms))
        found.append(evolve(step, dispense=tuple(dispense)))
    return tuple(found)


def dispensed_of(need: Need, quantity: Fraction, left: Fraction, rhythms: Mapping[str, Rhythm]) -> StepDispensed:
    """What a step was given of a product, what it takes, and what is ``left`` at home after it."""
    schedule = rhythms.get(need.name, Rhythm()).schedule
    return StepDispensed(need.product, need.unit, quantity, need.taken, left, schedule, need.release, need.name)
