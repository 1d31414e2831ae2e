"""A plan on a day: the step in force and what is next."""

from __future__ import annotations

from datetime import date

from medsteward.schedules.plan import Plan
from medsteward.schedules.sig_lines import daily_words
from medsteward.schedules.step import Step, StepKind


def today_words(plan: Plan, day: date) -> tuple[str, ...]:
    """The step in force on a day and the one after it, and the next prescription; nothing before the plan begins."""
    if not plan.steps or day < plan.first_day or plan.awaits_restart:
        return ()
    here = plan.on(day)
    if here is None:
        return (f"On {day} no step is in force: the plan's last day was {plan.last_day}.",)
    found = [f"On {day}: step {here.number}, {_dose(here)}, until {here.last_day}."]
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


def _dose(step: Step) -> str:
    return "none from this day" if step.kind is StepKind.STOP else daily_words(step)
