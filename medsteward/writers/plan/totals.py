"""Words about a whole plan: its length, what lifts its ceiling, and a day's total in one unit or none."""

from __future__ import annotations

from medsteward.advice.plan.figures import LONG_MONTHS, figures_of, forced_steps, in_years, lifting_ceiling
from medsteward.model.number import decimal_text
from medsteward.schedules.plan import Plan
from medsteward.schedules.step import Step
from medsteward.writers.shared.amounts import amount_words


def total_title(plan: Plan) -> str:
    """``total``; where several things are lowered one after the other, MME, or nothing where no step has any."""
    if not several(plan):
        return "total"
    return "MME" if any(total_words(step, plan) for step in plan.steps) else ""


def several(plan: Plan) -> bool:
    """Whether medicines are lowered that have no total in common."""
    return any(len(request.courses) > 1 for request in plan.requests)


def total_words(step: Step, plan: Plan) -> str:
    """The day's total, and the MME beside it where that is another figure; of several medicines the MME alone."""
    if several(plan):
        return amount_words(step.mme) if step.mme is not None and step.mme.value else ""
    if step.mme is None or step.mme == step.total or not step.mme.value:
        return amount_words(step.total)
    return f"{amount_words(step.total)} ({amount_words(step.mme)})"


def long_words(plan: Plan) -> str:
    """How long a plan of more than two years is."""
    figures = figures_of(plan)
    if not figures.is_long:
        return ""
    return f", after more than {LONG_MONTHS} months ({in_years(figures.months)})"


def lifting_words(plan: Plan) -> str:
    """The option that lifts the ceiling of the step that is forced first."""
    forced = forced_steps(plan)
    lifting = lifting_ceiling(plan, forced[0].course) if forced else None
    return "" if lifting is None else f" (--ceiling {decimal_text(lifting)} lifts it)"
