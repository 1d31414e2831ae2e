"""A change that is taken back."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from medsteward.schedules.event import Event, Undo
from medsteward.schedules.happens.kind import EventKind
from medsteward.schedules.plan import Plan


def _refused_after(before: Plan, now: Plan, event: Event) -> str:
    """Only before the day on which it takes effect, and before a fill that it changes."""
    effect = first_difference(before, now)
    if effect is not None and effect <= event.on:
        return (
            f"what the change made of the plan began on {effect}, and is not taken back after it; change the plan as "
            "it stands, or state the dose in force with --present and --on"
        )
    return ""


def first_difference(one: Plan, other: Plan) -> date | None:
    """The first day on which two versions of a plan give another dose, or dispense something else; None: on none."""
    starts = sorted({day for plan in (one, other) for day in _boundaries(plan)})
    doses = next((day for day in starts if _doses(one, day) != _doses(other, day)), None)
    fills = Counter((fill.first_day, fill.product, fill.quantity) for fill in one.fills)
    others = Counter((fill.first_day, fill.product, fill.quantity) for fill in other.fills)
    changed = [day for day, _, _ in ((fills - others) + (others - fills))]
    return min([*([] if doses is None else [doses]), *changed], default=None)


def _boundaries(plan: Plan) -> list[date]:
    return [day for step in plan.steps for day in (step.first_day, step.last_day + timedelta(days=1))]


def _doses(plan: Plan, day: date) -> object:
    step = plan.on(day)
    return None if step is None else step.doses


UNDO = EventKind(
    Undo,
    said=lambda what, plan: "taken back",
    checked=_refused_after,
    replayed=lambda replay, event, what: None,
    after_the_end=True,
)
