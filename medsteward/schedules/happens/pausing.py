"""A plan that stands still or goes on more slowly: pauses, holds, a slower pace."""

from __future__ import annotations

from datetime import date, timedelta

from attrs import evolve

from medsteward.model.number import decimal_text
from medsteward.schedules.drafting import unchanged
from medsteward.schedules.event import Event, HoldAt, Pause, Resume, SlowTo
from medsteward.schedules.happens.kind import EventKind, Waiting
from medsteward.schedules.happens.replaying import NotPossible, Replay
from medsteward.schedules.make import drafts_from, originals
from medsteward.schedules.plan import Plan
from medsteward.schedules.redraft import asked, longer, slowed
from medsteward.schedules.step import StepKind
from medsteward.schedules.timeline import paused_days

# --- a pause ----------------------------------------------------------------------------------------------------


def _pause_refused(plan: Plan, event: Event, what: Pause) -> str:
    first, last = what.first, what.last
    if paused_days(plan.standing).within(first, last) == (last - first).days + 1:
        return f"{first} to {last} is paused already; a day is paused once"
    step = plan.on(first)
    if plan.held_at is not None and plan.steps and first >= plan.steps[-1].first_day:
        return f"the plan is held at step {plan.steps[-1].number}, which is a pause already; --resume DATE goes on"
    if step is not None and step.last_day < event.on:
        return (
            f"step {step.number} ended on {step.last_day}, and what came after it is dispensed; pause from {event.on} "
            "on, and enter what was taken before with --taken DATE=DOSE"
        )
    return ""


def _pause(replay: Replay, event: Event, what: Pause) -> None:
    replay.in_force(what.first)
    replay.paused = replay.paused.with_run(what.first, what.last)


PAUSE = EventKind(
    Pause,
    said=lambda what, plan: f"paused from {what.first} to {what.last}",
    refused=_pause_refused,
    replayed=_pause,
    keeps_the_dose=True,
)

# --- a hold -----------------------------------------------------------------------------------------------------


def _hold_refused(plan: Plan, event: Event, what: HoldAt) -> str:
    if plan.held_at == what.step:
        return f"the plan is held at step {what.step} already; --resume DATE goes on"
    return ""


def _hold(replay: Replay, event: Event, what: HoldAt) -> None:
    place = next((p for p, draft in enumerate(replay.drafts) if draft.step.number == what.step), None)
    if place is None:
        numbers = [draft.step.number for draft in replay.drafts]
        steps = f"the steps are {numbers[0]} to {numbers[-1]}" if numbers else "the plan has no steps yet"
        raise NotPossible(f"there is no step {what.step}; {steps}")
    step = replay.live(event.on)[place]
    if step.kind is StepKind.STOP:
        raise NotPossible(f"step {what.step} is the stop; hold at an earlier step")
    if step.last_day < event.on:
        raise NotPossible(f"step {what.step} ended on {step.last_day}; only the step in force or a later one is held")
    parked = replay.parked
    after = (*replay.drafts[place + 1 :], *(parked.drafts if parked is not None else ()))
    replay.park(place, after, replay.outcome if parked is None else parked.outcome)


HOLD = EventKind(
    HoldAt,
    said=lambda what, plan: f"held at step {what.step}",
    refused=_hold_refused,
    replayed=_hold,
    keeps_the_dose=True,
)


def _resume_refused(plan: Plan, event: Event, what: Resume) -> str:
    if what.day < event.on:
        return f"{what.day} lies before {event.on}, and the days between were held; resume on {event.on} or later"
    run = paused_days(plan.standing).run_with(what.day)
    if run is not None and what.day > run[0]:
        after: date = run[1] + timedelta(days=1)
        return f"{what.day} is within the pause from {run[0]} to {run[1]}; resume on {after} or later"
    return ""


def _resume(replay: Replay, event: Event, what: Resume) -> None:
    if replay.parked is None:
        raise NotPossible("the plan is not held, so there is nothing to resume")
    held = replay.live()[-1]
    if what.day <= held.first_day:
        raise NotPossible(f"the step held began on {held.first_day}; resume on a later day")
    replay.drafts = [*replay.drafts[:-1], evolve(replay.drafts[-1], not_before=what.day), *replay.parked.drafts]
    replay.outcome, replay.parked = replay.parked.outcome, None
    replay.waits = replay.asks = None


RESUME = EventKind(
    Resume,
    said=lambda what, plan: f"resumed on {what.day}",
    refused=_resume_refused,
    replayed=_resume,
    waiting=Waiting.IF_THE_DOSE_GOES_ON,
)

# --- a slower pace ----------------------------------------------------------------------------------------------


def _slow(replay: Replay, event: Event, what: SlowTo) -> None:
    if replay.is_trial:
        raise NotPossible("a trial has no percentage to slow; pause it, hold it at a step, or go back a dose")
    percent, every = what.percent, what.every
    begins = replay.live()[0].first_day if replay.drafts else None
    place = replay.in_force(event.on) if begins is None or event.on >= begins else None
    if place is None and replay.restart is not None:
        place = 0
    course = 0 if place is None else replay.drafts[place].step.course
    whole = originals(replay.request, replay.scales)[course]
    total = whole if place is None else replay.drafts[place].step.total.value
    phase = replay.request.courses[course].policy.phase_at(total / whole)
    if total * percent / 100 > asked(replay.request.courses[course], phase, total, whole):
        raise NotPossible(f"{decimal_text(percent)} % is faster than what is asked for now; a plan is only slowed")
    if every.least_days < phase.every.least_days:
        raise NotPossible(f"every {every} is sooner than every {phase.every} now; a plan is only slowed")
    replay.request = slowed(replay.request, course, percent, every)
    if place is None:
        state = unchanged(replay.request)
        number = replay.drafts[0].step.number if replay.drafts else 1
        replay.hold_again(*drafts_from(replay.request, replay.scales, state, first=0, number=number))
        return
    now = replay.drafts[place]
    replay.drafts = [*replay.drafts[:place], evolve(now, interval=longer(now.interval, every))]
    replay.plan_on(place)


SLOW = EventKind(
    SlowTo,
    said=lambda what, plan: f"slowed to {decimal_text(what.percent)} % every {what.every}",
    replayed=_slow,
    plans_anew=True,
)
