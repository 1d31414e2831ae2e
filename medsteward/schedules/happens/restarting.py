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
_REGIMEN = "a new regimen as the prescriber stated it"


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
    lapsed = _lapsed(replay, what.day)
    if what.courses:
        _begin_regimen(replay, event, what)
        return
    waits = replay.waits if replay.waits is not None else _under_way(replay, what.day)
    note, bound = _CHANGED, "the original dose"
    if replay.waits is not None:
        note, bound = "restart at the dose that the prescriber stated", "the last dose tolerated"
    _after_the_gap(replay, what.day)
    before = replay.steps(what.day)
    known = replay.of_regimen((*replay.base, *before))
    try:
        state = restart_state(replay.request, waits.most, waits.course, what.doses, known, bound=bound)
    except NoRestart as error:
        raise NotPossible(error.what) from None
    number = begin_anew(replay, what.day)
    interval = replay.request.courses[waits.course].policy.phases[0].every
    note += lapsed + (f": {event.why}" if event.why else "")
    replay.drafts = [start_draft(replay.request, replay.scales, number, waits.course, state, interval, note)]
    replay.plan_on(0)


def _lapsed(replay: Replay, day: date) -> str:
    """A dose that is stated before the day from which is planned anew goes before it: what is noted of that."""
    if not replay.is_ahead(day):
        return ""
    while replay.is_ahead(day):
        replay.drop_stage()
    return " (what was to be planned anew later is not; enter it again)"


def _after_the_gap(replay: Replay, day: date) -> None:
    """Refuse (``NotPossible``) a day that is not after a gap, or not after the step at which a plan waits."""
    waits = replay.waits
    if waits is None:
        return
    nothing = [each for each, amount in reported(replay.taken).items() if not amount]
    gap = [each for each in nothing if waits.ends_on is not None and each > waits.ends_on]
    latest = max(waits.ends_on or replay.live()[-1].first_day, *gap, date.min)
    if day <= latest:
        raise NotPossible(f"a restart is after {latest}; give a later day with --on")


def begin_anew(replay: Replay, day: date) -> int:
    """End what was, as of a day; the number of the step that begins then."""
    waits, before = replay.waits, replay.steps(day)
    # on its own day the stated dose is taken, whatever was told of that day before
    nothing = sorted(each for each, amount in reported(replay.taken).items() if not amount and each < day)
    ended = waits is not None and waits.ends_on is not None
    replay.history = before if ended else ended_on(before, day - timedelta(days=1))
    replay.not_taken |= frozenset(nothing)
    replay.given = None if replay.given is None else evolve(replay.given, not_taken=replay.not_taken)
    replay.restart, replay.parked, replay.taken = day, None, []
    replay.waits = replay.asks = None
    return max((step.number for step in replay.history), default=0) + 1


def _begin_regimen(replay: Replay, event: Event, what: Present) -> None:
    """Go on from a regimen of another drug or route, which the prescriber states with a reason."""
    if not event.why:
        raise NotPossible("a new regimen is stated with its reason; add --why")
    if replay.waits is None:
        replay.in_force(what.day)
    _after_the_gap(replay, what.day)
    number = begin_anew(replay, what.day)
    replay.begin(number, evolve(replay.request, courses=what.courses, hold=""), is_regimen=True)
    interval = what.courses[0].policy.phases[0].every
    state = unchanged(replay.request)
    note = f"{_REGIMEN}: {event.why}"
    replay.drafts = [start_draft(replay.request, replay.scales, number, 0, state, interval, note)]
    replay.plan_on(0)


def _under_way(replay: Replay, day: date) -> Waits:
    """What may be stated on a day of a plan that goes on: at most the original dose, of the course in force."""
    step = replay.live(day)[replay.in_force(day)]
    state = replay.amounts_of(step)
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
    own = [step for step in plan.steps if step.number >= plan.regimen_from]
    steps = [step for step in own if step.course == here.course and step.first_day <= day]
    if not steps:
        return ""
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
    if what.courses:
        return f"a new regimen was stated from {what.day} on: {stated}"
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
