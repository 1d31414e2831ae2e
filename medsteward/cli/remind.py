"""``medsteward remind``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import click

from medsteward.advice.case.remind import reminders_for
from medsteward.cli.answers import Writer, answer, bundles, document_lines, document_pages, one_by_one, rows
from medsteward.cli.cases import cases
from medsteward.cli.options import (
    as_of_option,
    format_option,
    input_option,
    output_option,
    patient_options,
    table_option,
)
from medsteward.cli.running import Outcome, write_bytes
from medsteward.reminders.reminder import RemindReport
from medsteward.tables.table import FactorTable

_EXAMPLES = """

\b
Examples:
  medsteward remind "morphine ER 30 mg tablet, 1 tablet q12h" --age 70 --condition copd
  medsteward remind --input case.toml --format ics --output reminders.ics
"""


@click.command(
    epilog=_EXAMPLES,
    help="""Bowel regimen, naloxone and monitoring: what to offer, when, and why.

    Due days follow from the days in the case: when an opioid started and what was done last ([done] in a case file).
    A calendar file needs the extra `calendar`; its titles name nothing unless --name-drug is given.
    """,
)
@click.argument("sigs", metavar="[SIG]...", nargs=-1)
@input_option
@table_option
@as_of_option
@patient_options
@click.option("--all", "everything", is_flag=True, help="Show every step, product and caution.")
@click.option("--name-drug", "named", is_flag=True, help="Say in calendar titles what a reminder is about.")
@format_option("text", "json", "jsonl", "csv", "md", "ics", "fhir")
@output_option
def remind(
    sigs: tuple[str, ...],
    source: str | None,
    tables: tuple[FactorTable, ...],
    as_of: date | None,
    patient: Mapping[str, Any],
    everything: bool,
    named: bool,
    style: str,
    output: str | None,
) -> int:
    """Read, remind, write."""
    reports = (
        reminders_for(case, table=table)
        for case in cases(sigs, source, as_of=as_of, patient=patient)
        for table in dict.fromkeys(tables)
    )
    if style == "ics":
        return _calendar(list(reports), named, output)
    return answer(reports, _writers(style, everything), style, output)


def _calendar(reports: list[RemindReport], named: bool, output: str | None) -> int:
    from medsteward.writers.remind.ics import calendar_bytes

    if len(reports) != 1:
        raise click.UsageError("a calendar file is of one case under one table")
    (report,) = reports
    stamp = datetime(report.as_of.year, report.as_of.month, report.as_of.day, tzinfo=UTC)
    write_bytes(calendar_bytes(report, stamp=stamp, named=named), output)
    outcome = Outcome()
    outcome.note(report.exit_code, len(report.problems))
    return outcome.end()


def _writers(style: str, everything: bool) -> Mapping[str, Writer]:
    if style == "fhir":
        from medsteward.writers.remind.fhir import document as fhir_document

        return {"fhir": bundles(fhir_document)}
    if style in ("json", "jsonl"):
        from medsteward.writers.remind.document import document

        return {"json": document_pages(document), "jsonl": document_lines(document)}
    from medsteward.writers.remind import table as remind_table

    def text(report: RemindReport) -> str:
        return remind_table.text(report, points=everything)

    return {
        "text": one_by_one(text),
        "md": one_by_one(remind_table.markdown_text, "\n"),
        "csv": rows(remind_table.csv_rows),
    }
