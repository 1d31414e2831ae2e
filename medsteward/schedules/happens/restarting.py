"""A dose that a clinician states: after a gap, or because somebody changed the dose in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from attrs import evolve

from medsteward.schedules.drafting import course_amounts, start_draft, state_of, unchanged
from medsteward.schedules.event import Event, Present, StatedDose
from medsteward.schedules.happens.kind import EventKind, Waiting
from medsteward.schedules.happens.replaying import NotPossible, Replay, Waits
from medsteward.schedules.missed import NOT_TOLERANT_FROM, reported
from medsteward.schedules.plan import Plan
from medsteward.schedules.redraft import ended_on
from medsteward.schedules.restart import NoRestart, bound_of, restart_state

ABOVE = "above-tolerated"
"""The question that is asked where a dose is stated above the last one tolerated."""
_CHANGED = "the dose as a prescriber stated it"


def _refused(plan: Plan, event: Event, what: Present) -> str:
    if plan.awaits_restart and what.day < event.on:
        return f"a restart on {what.day} lies before {event.on}; give --on {event.on} or a later day"
    return ""


def _state(replay: Replay, event: Event, what: Present) -> None:
    """Go on from the dose that the clinician states, as of a day."""
    if replay.is_trial:
        raise NotPossible(
            "a trial that ended early is not restarted, and its doses are not stated anew; plan a new one with "
            "`medsteward trial`"
        )
    waits = replay.waits if replay.waits is not None else _under_way(replay, what.day)
    note, bound = _CHANGED, "the original dose"
    if replay.waits is not None:
        note, bound = "restart at the dose that the prescriber stated", "the last dose tolerated"
    day, nothing = what.day, sorted(each for each, amount in reported(replay.taken).items() if not amount)
    last = waits.ends_on or (replay.live()[-1].first_day if replay.waits is not None else None)
    gap = [each for each in nothing if waits.ends_on is not None and each > waits.ends_on]
    latest = max([*([] if last is None else [last]), *gap], default=None)
    if latest is not None and day <= latest:
        raise NotPossible(f"a restart is after {latest}; give a later day with --on")
    before = replay.steps(day)
    try:
        state = restart_state(
            replay.request, waits.most, waits.course, what.doses, (*replay.base, *before), bound=bound
        )
    except NoRestart as error:
        raise NotPossible(error.what) from None
    replay.history = before if waits.ends_on is not None else ended_on(before, day - timedelta(days=1))
    replay.not_taken |= frozenset(nothing)
    replay.given = None if replay.given is None else evolve(replay.given, not_taken=replay.not_taken)
    replay.restart, replay.parked, replay.waits, replay.taken = day, None, None, []
    number = max((step.number for step in replay.history), default=0) + 1
    interval = replay.request.courses[waits.course].policy.phases[0].every
    note += f": {event.why}" if event.why else ""
    replay.drafts = [start_draft(replay.request, replay.scales, number, waits.course, state, interval, note)]
    replay.plan_on(0)


def _under_way(replay: Replay, day: date) -> Waits:
    """What may be stated on a day of a plan that goes on: at most the original dose, of the course in force."""
    step = replay.live(day)[replay.in_force(day)]
    state = state_of(replay.request, step)
    most = (*state[: step.course], unchanged(replay.request)[step.course], *state[step.course + 1 :])
    return Waits(most, step.course, "")


def above_tolerated(plan: Plan, day: date, doses: Sequence[StatedDose]) -> str:
    """What is stated above the last dose tolerated, in words; empty: nothing is.

    Tolerated are the doses taken in the week before the day.
    """
    here = plan.on(day)
    if here is None or plan.awaits_restart:
        return ""
    since = day - timedelta(days=NOT_TOLERANT_FROM)
    steps = [step for step in plan.steps if step.course == here.course and step.first_day <= day]
    known = [state_of(plan.request, step) for step in steps if step.last_day >= since]
    if steps[0].first_day > since:
        known.append(unchanged(plan.request))
    highest = max(known, key=lambda state: sum(course_amounts(plan.request, state, here.course)))
    try:
        restart_state(plan.request, highest, here.course, doses, (*plan.base, *plan.steps))
    except NoRestart as error:
        return bound_of(plan.request, highest, here.course) if error.is_above else ""
    return ""


def _words(what: Present, plan: Plan) -> str:
    stated = " and ".join(" ".join(filter(None, (each.drug, each.told, str(each.amount)))) for each in what.doses)
    step = plan.on(what.day)
    if step is not None and any(note.startswith(_CHANGED) for note in step.notes):
        return f"the dose was changed on {what.day} to {stated}"
    return f"restarted on {what.day} at {stated}"


PRESENT = EventKind(
    Present,
    said=_words,
    refused=_refused,
    replayed=_state,
    is_told=True,
    waiting=Waiting.ALWAYS,
)
