"""Something that was dispensed outside the plan's own dispensings: early, for what was lost, for travel."""

from __future__ import annotations

from datetime import timedelta

from attrs import evolve

from medsteward.schedules.event import Dispense, Event, FillBecause
from medsteward.schedules.happens.kind import EventKind
from medsteward.schedules.happens.replaying import NotPossible, Replay
from medsteward.schedules.make import rhythms_of
from medsteward.schedules.plan import Plan
from medsteward.schedules.quantities import by_hand
from medsteward.schedules.stock import AlreadyDispensed, Lost, at_home


def _refused(plan: Plan, event: Event, what: Dispense) -> str:
    if what.day > event.on:
        return (
            f"{what.day} is after {event.on}: a dispensing is entered on its day or later; give --as-of {what.day} "
            "where that is today"
        )
    return ""


def _dispense(replay: Replay, event: Event, what: Dispense) -> None:
    """The dispensing becomes a fact; what was at home before it is lost where that is why."""
    replay.in_force(what.day)
    given, steps = replay.given, replay.all_steps(what.day + timedelta(days=what.days))
    assert given is not None  # its kind fixes what was dispensed before it
    rhythms = rhythms_of(*replay.before, replay.request)
    before = tuple(fill for fill in given.fills if fill.first_day < what.day)
    earlier = tuple(each for each in given.lost if each.day <= what.day)
    known = AlreadyDispensed(before, given.until, given.not_taken, earlier)
    home = at_home(what.day, steps, rhythms, known)
    lost: tuple[Lost, ...] = ()
    if what.because is FillBecause.LOST:
        lost, home = tuple(Lost(what.day, product, left) for product, left in home.items() if left), {}
    fresh = by_hand(what.day, what.days, steps, rhythms, home)
    if not fresh:
        raise NotPossible(f"nothing is taken on the {what.days} days from {what.day} on, so nothing is dispensed")
    fills = tuple(sorted((*given.fills, *fresh), key=lambda fill: fill.first_day))
    ends = max(fill.last_day for fill in fresh)
    until = ends if given.by_hand_until is None else max(ends, given.by_hand_until)
    replay.given = evolve(given, fills=fills, lost=(*given.lost, *lost), by_hand_until=until)


_WHY = {
    FillBecause.EARLY: "early",
    FillBecause.LOST: "for what was lost",
    FillBecause.TRAVEL: "for travel",
}


def _words(what: Dispense, plan: Plan) -> str:
    return f"{what.days} day{'' if what.days == 1 else 's'} dispensed on {what.day}, {_WHY[what.because]}"


DISPENSE = EventKind(Dispense, said=_words, refused=_refused, replayed=_dispense, is_told=True, keeps_the_dose=True)
