"""How a way on is told: its plan in short."""

from __future__ import annotations

from fractions import Fraction

from medsteward.advice.plan.figures import figures_of, is_planned_end
from medsteward.advice.plan.report import Alternative
from medsteward.model.amount import Amount
from medsteward.schedules.plan import NeedsChoice, Plan
from medsteward.schedules.step import StepKind


def in_short(option: str, plan: Plan, command: str | None, note: str = "") -> Alternative:
    """A plan as an alternative: how long, until when, its first and its largest step, the last stop left out."""
    figures = figures_of(plan)
    last = plan.steps[-1] if plan.steps else None
    if last is not None and last.kind is StepKind.STOP and last.forced and not is_planned_end(last, plan):
        note = "; ".join(
            filter(None, (note, f"the last step stops from {_before_last(plan)}, as nothing smaller is made"))
        )
    end = plan.steps[-1].total if plan.steps else None
    stuck = f"ends at {end}, where it needs a choice again" if end is not None and end.value else ""
    return Alternative(
        option=option,
        command=command,
        steps=len(plan.steps),
        last_day=plan.last_day if plan.steps else None,
        largest_percent=figures.largest or Fraction(0),
        forced=any(step.forced for step in plan.steps),
        note="; ".join(filter(None, (note, stuck if isinstance(plan.outcome, NeedsChoice) else ""))),
        ends=figures.length,
        first_percent=figures.first,
        forced_steps=figures.forced,
        units_a_day=figures.units_a_day,
        bottles=figures.bottles,
        strength_changes=figures.changes,
        halves=figures.halves,
    )


def _before_last(plan: Plan) -> Amount:
    return plan.steps[-2].total if len(plan.steps) > 1 else plan.steps[-1].total
