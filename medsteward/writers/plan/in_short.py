"""What stands on the first pages for the clinician: the length, visits as a rule with dates, supports in few lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from medsteward.advice.plan.figures import figures_of, items_of
from medsteward.advice.plan.report import Checkpoint, PlanReport
from medsteward.model.labels import strength_words
from medsteward.model.number import decimal_text
from medsteward.model.unit import Unit
from medsteward.schedules.plan import Plan
from medsteward.schedules.step import Item, Step
from medsteward.writers.card.steps import turns_of
from medsteward.writers.plan.policy import percent

SIGNED = ("Prescriber (name, signature, date)", "Patient (name, signature, date)")
"""Lines to sign."""

MOST_SUPPORTS = 10
"""Lines of supportive care before the appendix."""

_VISITS = {
    "first_follow_up": "First visit",
    "after_step": "After each step",
    "before_step": "Before each step",
    "middle_review": "Review at the middle",
    "monthly": "Each month of a long step",
    "choice": "Choice to make",
    "after_stop": "After the last dose",
    "after_last_step": "After the last step",
    "hold_review": "Review of the hold",
    "restart": "Restart",
    "safety_check": "Safety check",
    "first_impression": "First look at how it helps",
    "fair_trial": "Decision",
}
"""Kinds of visits in words; ours."""


def length_line(plan: Plan) -> str:
    """How long the plan is, its largest step and the most that is taken in one day; nothing for a trial."""
    figures = figures_of(plan)
    if plan.request.trial is not None or figures.largest is None:
        return ""
    largest = next(step for step in plan.steps if step.percent_of_current == figures.largest)
    return f"{figures.length}; largest step {percent(figures.largest)} of the current dose (step {largest.number})"


def visit_lines(found: Iterable[Checkpoint]) -> list[str]:
    """The visits by their kind, each with all of its dates: a day, or the last day of a span."""
    by_kind: dict[str, list[Checkpoint]] = {}
    for each in found:
        by_kind.setdefault(each.kind, []).append(each)
    return [
        f"{_VISITS.get(kind, kind.replace('_', ' ').capitalize())}: {', '.join(_dates(each))}"
        for kind, each in by_kind.items()
    ]


def _dates(points: Sequence[Checkpoint]) -> list[str]:
    if len(points) == 1 and points[0].first_day < points[0].last_day:
        return [f"{points[0].first_day} to {points[0].last_day}"]
    return [str(each.last_day) if each.first_day == each.last_day else f"by {each.last_day}" for each in points]


def support_lines(report: PlanReport) -> list[str]:
    """Supportive care without its limits and sources, in few lines; the appendix has all of it."""
    offered = [each.consider for each in report.supports if not each.is_note]
    more = len(offered) - MOST_SUPPORTS
    return offered if more <= 0 else [*offered[: MOST_SUPPORTS - 1], f"and {more + 1} more in the appendix"]


def units_a_day(step: Step) -> str:
    """How many tablets, capsules, patches or mL are taken in one day: ``7 tablets``."""
    counts: dict[Unit, Fraction] = {}
    for item in items_of(step):
        counts[item.unit] = counts.get(item.unit, Fraction(0)) + item.count
    return ", ".join(f"{decimal_text(count)} {unit.value}{_many(count, unit)}" for unit, count in counts.items())


def _many(count: Fraction, unit: Unit) -> str:
    return "s" if count > 1 and unit not in (Unit.ML, Unit.G) else ""


def new_strengths(plan: Plan, step: Step) -> str:
    """The strengths that were not taken before this step: ``NEW STRENGTH: morphine 15 mg``."""
    turn = turns_of(plan)[step.number]
    new = [f"{' '.join(filter(None, line))} {_strength(item)}" for line, item in turn.new]
    return f"NEW STRENGTH: {', '.join(new)}" if new else ""


def _strength(item: Item) -> str:
    return strength_words(item.strength, item.unit, item.per_ml)
