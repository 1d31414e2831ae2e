"""A plan as printable pages for the clinician (all of it) and the pharmacy (what is dispensed, when, with directions).

No script, nothing loaded; the marks of a plan that exceeds its bounds stand on every printed page.
"""

from __future__ import annotations

from medsteward.advice.plan_report import PlanReport
from medsteward.schedules.sig_lines import count_words
from medsteward.version import __version__
from medsteward.writers.card import nothing_to_print
from medsteward.writers.cells import plain
from medsteward.writers.html import template
from medsteward.writers.plan_table import NEW_PRESCRIPTION, headline, marks, paces, sections, step_header, step_rows

FILL_HEADER = ("from", "to", "product", "quantity", "prescription", "directions for the label")


def clinician_page(report: PlanReport, *, large_print: bool = False) -> str:
    """The whole plan: what was asked, each step with its percentages, sources. Problems are shown where it has any."""
    plan = report.plan
    rows = step_rows(plan, report.as_of) if plan is not None else []
    return _page(
        report,
        f"{report.kind.capitalize()} plan",
        large_print,
        lead=paces(plan) if plan is not None else [],
        table=(step_header(plan) if plan is not None else (), rows),
        parts=sections(report),
    )


def pharmacy_page(report: PlanReport, *, large_print: bool = False) -> str:
    """What is dispensed: days, product, quantity, directions. Raises ``NothingToPrint`` without a step."""
    if report.plan is None or not report.plan.steps:
        raise nothing_to_print(report)
    rows: list[tuple[str, ...]] = [
        (
            each.first_day.isoformat(),
            each.last_day.isoformat(),
            each.product,
            count_words(each.quantity, each.unit),
            "new, no refill" if each.schedule == NEW_PRESCRIPTION else "",
            each.sig,
        )
        for each in report.plan.fills
    ]
    return _page(report, "For the pharmacy", large_print, lead=[], table=(FILL_HEADER, rows), parts=[])


def _page(
    report: PlanReport,
    title: str,
    large: bool,
    *,
    lead: list[str],
    table: tuple[tuple[str, ...], list[tuple[str, ...]]],
    parts: list[tuple[str, list[str]]],
) -> str:
    header, rows = table
    case = f"{plain(report.case_id, 60)}, " if report.case_id else ""
    made = template("plan.html.j2", "a printable page").render(
        title=title,
        made=f"{case}as of {report.as_of}, medsteward {__version__}",
        headline=headline(report),
        marks=[plain(each) for each in marks(report)],
        lead=[plain(each) for each in lead],
        header=header,
        rows=[[plain(each) for each in row] for row in rows],
        parts=[(name, [plain(each) for each in lines]) for name, lines in parts],
        large=large,
    )
    return made + "\n"
