"""What is dispensed over a plan, for the pharmacy: text for a terminal, markdown, and rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

from medsteward.advice.plan.report import PlanReport
from medsteward.model.number import decimal_text
from medsteward.writers.plan.page import dispensing_words, fill_rows, way_out_words
from medsteward.writers.plan.table import NEW_PRESCRIPTION, headline, marks
from medsteward.writers.remind.table import Section, problem_line
from medsteward.writers.shared.cells import cell, csv_text, markdown, markdown_table, plain
from medsteward.writers.shared.screen import bold, folded

CSV_HEADER = (
    "id",
    "as_of",
    "number",
    "first_day",
    "last_day",
    "days",
    "product",
    "release",
    "quantity",
    "unit",
    "schedule",
    "new_prescription",
    "directions",
    "marks",
    "due",
    "stock_before",
    "new_strength",
    "dispensed",
)


def text(report: PlanReport) -> str:
    """The dispensings for a terminal, with the marks of the plan above them, and its problems where it has any."""
    parts = [bold(folded(plain(headline(report)), "")), *(folded(plain(mark), "") for mark in marks(report)), ""]
    if report.plan is not None and report.plan.steps:
        lead = [*dispensing_words(report.plan), *way_out_words(report.exit)]
        parts += [*(folded(plain(line)) for line in lead), ""]
        parts += [line for each in fill_rows(report.plan)[1] for line in _dispensing(each)]
        parts.append("")
    for title, lines in _problems(report):
        parts += [title, *(folded(plain(line)) for line in lines), ""]
    return "\n".join(parts).rstrip() + "\n"


def _dispensing(row: Sequence[str]) -> list[str]:
    """A dispensing as lines: its number, days, quantity and product, then what is special of it and its directions."""
    number, first, days, product, quantity, *rest = map(plain, row)
    said = folded(f"{number}. {first}, {days} day{'s' if days != '1' else ''}: {quantity}, {product}", "")
    return [said, *(folded(each, "     ") for each in rest if each)]


def markdown_text(report: PlanReport) -> str:
    """The dispensings as markdown."""
    parts = [f"## {markdown(headline(report))}", "", *(f"**{markdown(mark)}**" for mark in marks(report)), ""]
    if report.plan is not None and report.plan.steps:
        lead = [*dispensing_words(report.plan), *way_out_words(report.exit)]
        parts += [*(f"- {markdown(line)}" for line in lead), ""]
        header, rows = fill_rows(report.plan)
        if rows:
            parts.append(markdown_table(header, [[markdown(each) for each in row] for row in rows]))
    for title, lines in _problems(report):
        parts += [f"### {markdown(title)}", "", *(f"- {markdown(line)}" for line in lines), ""]
    return "\n".join(parts).rstrip() + "\n"


def csv_rows(report: PlanReport, *, with_header: bool = True) -> str:
    """A row for each dispensing; none where nothing is planned. What every page says of the plan is in each row."""
    said = "; ".join(marks(report))
    rows = [
        (
            cell(report.case_id or ""),
            report.as_of.isoformat(),
            str(number),
            each.first_day.isoformat(),
            each.last_day.isoformat(),
            str((each.last_day - each.first_day).days + 1),
            cell(each.product),
            cell(each.release or ""),
            decimal_text(each.quantity),
            each.unit.value,
            each.schedule,
            "yes" if each.schedule == NEW_PRESCRIPTION else "no",
            cell(each.sig),
            cell(said),
            "" if each.due is None else each.due.isoformat(),
            decimal_text(each.stock_before),
            "yes" if each.new_strength else "no",
            "yes" if report.plan is not None and report.plan.is_given(each) else "no",
        )
        for number, each in enumerate(() if report.plan is None else report.plan.fills, start=1)
    ]
    return csv_text(CSV_HEADER, rows, with_header=with_header)


def _problems(report: PlanReport) -> list[Section]:
    return [("Problems", [problem_line(each) for each in report.problems])] if report.problems else []
