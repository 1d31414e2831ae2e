"""What the screens of a plan share: the plan in the form, its rows and its curve."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import frozen
from markupsafe import Markup

from medsteward.advice.plan.report import PlanReport
from medsteward.advice.saved.as_it_stands import replayed
from medsteward.advice.saved.revise import report_again
from medsteward.model.problem import Problem
from medsteward.page.form import SentForm
from medsteward.readers.plan.document import SavedPlan, read_plan
from medsteward.schedules.plan import Plan
from medsteward.schedules.step import Step
from medsteward.tables.load import factor_table
from medsteward.writers.card.curve import curves_of, svg
from medsteward.writers.card.language import language
from medsteward.writers.formats import PLAN
from medsteward.writers.plan.step_table import verdict
from medsteward.writers.plan.table import daily_words, taking_words
from medsteward.writers.plan.totals import total_words
from medsteward.writers.shared.cells import plain

NAME = "the plan"
"""What a plan of a form is called in messages."""


@frozen
class StepRow:
    """One step as a row. ``taking`` are the directions, ``strengths`` what is new in the hand."""

    number: int
    first_day: str
    last_day: str
    days: int
    daily: str
    total: str
    percent: str
    flags: str
    taking: tuple[str, ...]
    is_now: bool
    is_new: bool


@frozen
class Drawn:
    """A curve as markup of ours, and its words."""

    markup: Markup
    alt: str
    title: str


def plan_text(report: PlanReport) -> str:
    """The plan as the file that ``--save`` writes; empty where there is none."""
    return "" if report.plan is None else "".join(map(str, PLAN.write("json", [report])))


def saved_plan(form: SentForm, today: date) -> tuple[SavedPlan | None, PlanReport | None, tuple[Problem, ...]]:
    """The plan of a form and the report on it as it stands; None and the problems where it cannot be read."""
    text = form.text("plan")
    saved, problems = read_plan(text.encode(), NAME)
    if saved is None:
        return None, None, problems
    table = factor_table(saved.plan.request.table)
    day = plan_day(form, today)
    return saved, report_again(replayed(saved.plan, table, day), day, table), ()


def plan_day(form: SentForm, today: date) -> date:
    """The day on which a plan is looked at."""
    try:
        return date.fromisoformat(form.text("on"))
    except ValueError:
        return today


def step_rows(plan: Plan, day: date) -> tuple[StepRow, ...]:
    """Every step of a plan as a row, the one in force marked."""
    here = plan.on(day)
    seen: set[str] = set()
    rows = []
    for step in plan.steps:
        strengths = {item.product for dose in step.doses for item in dose.items}
        rows.append(_row(step, plan, step is here, bool(seen) and not strengths <= seen))
        seen |= strengths
    return tuple(rows)


def _row(step: Step, plan: Plan, is_now: bool, is_new: bool) -> StepRow:
    percent = step.percent_of_current
    return StepRow(
        number=step.number,
        first_day=step.first_day.isoformat(),
        last_day=step.last_day.isoformat(),
        days=step.days,
        daily=daily_words(step),
        total=total_words(step, plan),
        percent="" if percent is None else f"{float(percent):.1f}".removesuffix(".0") + " %",
        flags=verdict(step),
        taking=tuple(plain(each) for each in taking_words(step, plan)),
        is_now=is_now,
        is_new=is_new,
    )


def curves(plan: Plan) -> tuple[Drawn, ...]:
    """The dose of each medicine over the days, as drawings of ours."""
    words = language("en")
    return tuple(
        Drawn(Markup(svg(curve, number, font="system-ui, sans-serif")), curve.alt, curve.title)  # noqa: S704: escaped where it is drawn
        for number, curve in enumerate(curves_of(plan, words))
        if curve.actual
    )


def document_of(text: str) -> Mapping[str, Any]:
    """A plan file as plain data; empty where it is none."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
