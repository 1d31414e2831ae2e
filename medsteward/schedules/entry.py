"""What a change may not be when it is entered. A replay is more lenient: what was once kept is read back."""

from __future__ import annotations

from datetime import date, timedelta

from medsteward.schedules.event import Event, HoldAt, Measured, Pause, Present, Resume, Reverse, Taken
from medsteward.schedules.plan import Plan
from medsteward.schedules.timeline import NEVER_PAUSED, PausedDays


def refused(plan: Plan, event: Event) -> str:
    """Why a change is not entered into a plan as it stands, and what to do instead; empty: it may be.

    The past is not rewritten: what was dispensed for it is with the patient. A day is paused once, and a plan that is
    held is paused already.
    """
    last = max((each.on for each in plan.events if not isinstance(each.what, Measured)), default=None)
    if last is not None and event.on < last and not isinstance(event.what, Measured):
        return (
            f"the plan was last changed on {last}, after {event.on}; changes are entered in their order: "
            f"use --as-of {last} or a later day"
        )
    match event.what:
        case Pause(first, until):
            return _pause(plan, event.on, first, until)
        case HoldAt(step) if _held_at(plan) == step:
            return f"the plan is held at step {step} already; --resume DATE goes on"
        case Resume(day):
            return _resume(plan, event.on, day)
        case Reverse() if plan.request.trial is not None and _held_at(plan) is not None:
            return "the trial is held; --resume DATE goes on, and then it can go back a dose"
        case Taken(day, _) if day > event.on:
            return f"{day} is after {event.on}: what was taken is entered on its day or later"
        case Present(day, _) if day < event.on:
            return f"a restart on {day} lies before {event.on}; give --on {event.on} or a later day"
    return ""


def paused_days(plan: Plan) -> PausedDays:
    """The days on which a plan is paused."""
    paused = NEVER_PAUSED
    for event in plan.events:
        if isinstance(event.what, Pause):
            paused = paused.with_run(event.what.first, event.what.last)
    return paused


def _held_at(plan: Plan) -> int | None:
    """The number of the step at which a plan is held; None: it is not."""
    held = None
    for event in plan.events:
        if isinstance(event.what, HoldAt):
            held = event.what.step
        elif isinstance(event.what, Resume | Present):
            held = None
    return held


def _pause(plan: Plan, on: date, first: date, last: date) -> str:
    if paused_days(plan).within(first, last) == (last - first).days + 1:
        return f"{first} to {last} is paused already; a day is paused once"
    step = plan.on(first)
    if _held_at(plan) is not None and plan.steps and first >= plan.steps[-1].first_day:
        return f"the plan is held at step {plan.steps[-1].number}, which is a pause already; --resume DATE goes on"
    if step is not None and step.last_day < on:
        return (
            f"step {step.number} ended on {step.last_day}, and what came after it is dispensed; pause from {on} on, "
            "and enter what was taken before with --taken DATE=DOSE"
        )
    return ""


def _resume(plan: Plan, on: date, day: date) -> str:
    if day < on:
        return f"{day} lies before {on}, and the days between were held; resume on {on} or later"
    run = paused_days(plan).run_with(day)
    if run is not None and day > run[0]:
        after = run[1] + timedelta(days=1)
        return f"{day} is within the pause from {run[0]} to {run[1]}; resume on {after} or later"
    return ""
