"""A checked schedule for people: text for a terminal, markdown, and rows for a spreadsheet."""

from __future__ import annotations

from medsteward.advice.plan.held import ScheduleCheck
from medsteward.model.number import decimal_text
from medsteward.schedules.held_schedule import HeldStep, excess_words
from medsteward.writers.held.words import (
    NOT_FOR,
    change_words,
    daily_words,
    gentler_words,
    headline,
    irregular_words,
    total_words,
)
from medsteward.writers.plan.policy import percent, policy_lines
from medsteward.writers.remind.table import Section, caution_line, cited, problem_line
from medsteward.writers.shared.cells import cell, csv_text, markdown, markdown_table, plain
from medsteward.writers.shared.screen import folded
from medsteward.writers.shared.text_table import text_table

_HEADER = ("step", "first day", "days", "total", "of current", "of original", "")
CSV_HEADER = (
    "as_of",
    "policy",
    "status",
    "step",
    "change",
    "first_day",
    "last_day",
    "days",
    "daily",
    "total",
    "unit",
    "percent_of_current",
    "percent_of_original",
    "exceeds",
    "planned",
    "gentler",
)


def text(report: ScheduleCheck) -> str:
    """The check for a terminal: the answer, the steps, what they exceed, what the policy asks."""
    parts = [headline(report), *filter(None, [total_words(report)]), ""]
    if report.held is not None:
        rows = [[plain(each) for each in _row(step)] for step in report.held.steps]
        parts += [text_table(_HEADER, rows), ""]
    for title, sentences in _sections(report):
        parts += [title, *(folded(plain(sentence)) for sentence in sentences), ""]
    return "\n".join(parts).rstrip() + "\n"


def markdown_text(report: ScheduleCheck) -> str:
    """The check as markdown."""
    parts = [f"## {markdown(headline(report))}", "", markdown(total_words(report)), ""]
    if report.held is not None:
        rows = [[markdown(each) for each in _row(step)] for step in report.held.steps]
        parts.append(markdown_table(("step", "first day", "days", "total", "of current", "of original", "is"), rows))
    for title, sentences in _sections(report):
        parts += [f"### {markdown(title)}", "", *(f"- {markdown(sentence)}" for sentence in sentences), ""]
    return "\n".join(parts).rstrip() + "\n"


def csv_rows(report: ScheduleCheck, *, with_header: bool = True) -> str:
    """One row per step, then one per irregularity and one per problem."""
    rows = [] if report.held is None else [_csv_step(report, step) for step in report.held.steps]
    for each in report.irregular:
        shown = {"first_day": each.first_day.isoformat(), "last_day": each.last_day.isoformat()}
        rows.append(_csv_row(report, status=each.kind.value, exceeds=cell(each.because), **shown))
    for problem in report.problems:
        rows.append(_csv_row(report, status="problem", exceeds=cell(problem_line(problem))))
    return csv_text(CSV_HEADER, rows, with_header=with_header)


def _row(step: HeldStep) -> tuple[str, ...]:
    return (
        str(step.number),
        step.first_day.isoformat(),
        str(step.days),
        str(step.total),
        percent(step.percent_of_current),
        percent(step.percent_of_original),
        _verdict(step),
    )


def _verdict(step: HeldStep) -> str:
    if step.phase is None:
        return change_words(step.change)
    if not step.is_within:
        return f"exceeds the {' and the '.join(each.bound.value for each in step.exceeds if not each.planned)}"
    if step.exceeds:
        return f"planned: {step.exceeds[0].planned}"
    return "within"


def _sections(report: ScheduleCheck) -> list[Section]:
    found: list[Section] = []
    if report.problems:
        found.append(("Problems", [problem_line(each) for each in report.problems]))
    if report.held is not None:
        exceeding = [f"step {step.number}: {excess_words(each)}" for step in report.held.steps for each in step.exceeds]
        if exceeding:
            found.append(("What exceeds the policy", exceeding))
        gentler = [f"step {step.number}: {gentler_words(step)}" for step in report.held.steps if step.gentler]
        if gentler:
            found.append(("Gentler than the policy asks", gentler))
    if report.irregular:
        found.append(("Days to look at", [irregular_words(each) for each in report.irregular]))
    if report.cautions:
        found.append(("To know", [caution_line(each) for each in report.cautions]))
    policy = report.policy
    found.append((f"The policy, {policy.id}", [*policy_lines(policy), *policy.notes]))
    found.append(("Sources", [cited([source]) for source in policy.sources]))
    found.append(("This is not for", list(NOT_FOR)))
    return found


def _csv_step(report: ScheduleCheck, step: HeldStep) -> list[str]:
    def figure(value: object) -> str:
        return "" if value is None else decimal_text(value)  # type: ignore[arg-type]

    return _csv_row(
        report,
        status="within" if step.is_within else "exceeds",
        step=str(step.number),
        change=step.change.value,
        first_day=step.first_day.isoformat(),
        last_day=step.last_day.isoformat(),
        days=str(step.days),
        daily=cell(daily_words(step)),
        total=decimal_text(step.total.value),
        unit=step.total.unit.value,
        percent_of_current=figure(step.percent_of_current),
        percent_of_original=figure(step.percent_of_original),
        exceeds=cell("; ".join(excess_words(each) for each in step.exceeds if not each.planned)),
        planned=cell("; ".join(excess_words(each) for each in step.exceeds if each.planned)),
        gentler=" ".join(bound.value for bound in step.gentler),
    )


def _csv_row(report: ScheduleCheck, **cells: str) -> list[str]:
    cells = {"as_of": report.as_of.isoformat(), "policy": report.policy.id, **cells}
    return [cells.get(column, "") for column in CSV_HEADER]
