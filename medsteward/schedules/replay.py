"""A plan with its events: base and events replayed. A plan is only ever slowed, or stated anew by a prescriber."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from attrs import evolve

from medsteward.schedules.drafting import Scales
from medsteward.schedules.entry import refused
from medsteward.schedules.event import Event, standing
from medsteward.schedules.happens.index import kind_of
from medsteward.schedules.happens.kind import Waiting
from medsteward.schedules.happens.replaying import NotPossible, Replay
from medsteward.schedules.make import Avoided
from medsteward.schedules.plan import Plan, Request

__all__ = ["NotPossible", "request_in_force", "with_event", "with_events"]


Weighing = Callable[[Request], Scales]
"""How the days of a request are weighed. A plan that was planned anew has several."""


def with_event(plan: Plan, event: Event, weigh: Weighing, avoided: Avoided) -> Plan:
    """The plan with one more event. Raises ``NotPossible`` for a change that it does not allow."""
    before = with_events(plan, plan.events, weigh, avoided, as_of=event.on)
    why_not = refused(before, event)
    if why_not:
        raise NotPossible(why_not)
    now = with_events(plan, (*plan.events, event), weigh, avoided)
    why_not = kind_of(event.what).checked(before, now, event)
    if why_not:
        raise NotPossible(why_not)
    return now


def with_events(
    plan: Plan, events: Sequence[Event], weigh: Weighing, avoided: Avoided, *, as_of: date | None = None
) -> Plan:
    """The plan with these events instead of its own, replayed from the base in the order they were entered.

    What was taken back is left out. What was dispensed until the day of an event stays as it is. A plan that is held is
    dispensed for until after the last event, and after ``as_of`` where that is later.
    """
    replay = _replayed(plan, events, weigh, avoided)
    if not events:
        return evolve(plan, events=(), **replay.parts(plan.origin.start))
    until = max(event.on for event in events)
    return evolve(plan, events=tuple(events), **replay.parts(until if as_of is None else max(until, as_of)))


def request_in_force(plan: Plan, weigh: Weighing, avoided: Avoided) -> Request:
    """What the later steps of a plan follow from, with what slowed it since."""
    return _replayed(plan, plan.events, weigh, avoided).request


def _replayed(plan: Plan, events: Sequence[Event], weigh: Weighing, avoided: Avoided) -> Replay:
    replay = Replay(evolve(plan, request=plan.origin, stages=()), weigh, avoided)
    for event in standing(events):
        _apply(replay, event)
    return replay


def _apply(replay: Replay, event: Event) -> None:
    """Take one event into account. Raises ``NotPossible``."""
    kind, waits = kind_of(event.what), replay.waits
    if replay.ended is not None and not kind.after_the_end:
        raise NotPossible(f"the plan ends on {replay.ended}, so it is not changed any more; --undo takes that back")
    if kind.fixes:
        replay.fix(event.on)
    if waits is not None and kind.waiting is not Waiting.ALWAYS:
        if waits.ends_on is not None:
            raise NotPossible(f"the plan no longer holds since {waits.ends_on}: {waits.why}")
        if kind.waiting is Waiting.NEVER:
            raise NotPossible(f"{waits.why}. Or --resume DATE goes on with the plan")
    if kind.plans_anew and replay.is_ahead(event.on):
        raise NotPossible(_AHEAD)
    kind.replayed(replay, event, event.what)


_AHEAD = (
    "later steps are to be planned anew already, and that day is still ahead; take that back first (--undo), and give "
    "both changes in one call"
)
