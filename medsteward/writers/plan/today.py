"""A plan on a day: the step in force and what is next."""

from __future__ import annotations

from datetime import date

from medsteward.schedules.plan import Plan
from medsteward.schedules.sig_lines import daily_words
from medsteward.schedules.step import Step, StepKind


def today_words(plan: Plan, day: date) -> tuple[str, ...]:
    """The step in force on a day and the one after it, and the next prescription; nothing before the plan begins."""
    if not plan.steps or day < plan.first_day:
        return ()
    here = plan.on(day)
    if plan.awaits_restart:
        return (_while_it_waits(plan, day, here), _RESTART)
    if here is None and day > plan.last_day:
        return (f"On {day} no step is in force: the plan's last day was {plan.last_day}.",)
    found = [f"On {day} no step is in force." if here is None else _in_force(day, here)]
    following = next((step for step in plan.steps if step.first_day > day), None)
    if following is not None:
        found.append(f"Next: step {following.number} on {following.first_day}, {_dose(following)}.")
    elif plan.held_at is not None:
        found.append("Next: nothing until the plan is resumed.")
    else:
        found.append(f"Next: nothing; the plan's last day is {plan.last_day}.")
    due = min((fill.due for fill in plan.fills if fill.due is not None and fill.first_day > day), default=None)
    if due is not None:
        found.append(f"The next prescription is due on {due}.")
    return tuple(found)


_RESTART = "Next: the prescriber states a dose to go on from, and the plan goes on from there."


def _while_it_waits(plan: Plan, day: date, here: Step | None) -> str:
    if here is not None:
        return _in_force(day, here)
    if plan.goes_on:
        return f"On {day}: {plan.goes_on} goes on unchanged, as before."
    return f"On {day} no step is in force: after the days without the medicine no dose is planned."


def _in_force(day: date, step: Step) -> str:
    return f"On {day}: step {step.number}, {_dose(step)}, until {step.last_day}."


def _dose(step: Step) -> str:
    return "none from this day" if step.kind is StepKind.STOP else daily_words(step)
