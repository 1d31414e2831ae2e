"""``medsteward mme``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import click

from medsteward.advice.mme import MmeReport, mme_per_day
from medsteward.cli.cases import cases
from medsteward.cli.options import (
    as_of_option,
    format_option,
    input_option,
    output_option,
    patient_options,
    table_option,
)
from medsteward.cli.running import Outcome, counted
from medsteward.tables.table import FactorTable

_EXAMPLES = """

\b
Examples:
  medsteward mme "oxycodone 10 mg, 1-2 tablets every 4 to 6 hours as needed, #60, 10 days"
  medsteward mme "fentanyl patch 25 mcg/h" "tapentadol 50 mg bid" --table cdc_2022 --table anzca_2021
  medsteward mme --input case.toml --format json
  medsteward mme --input cases.jsonl --format jsonl --output totals.jsonl
"""


@click.command(
    epilog=_EXAMPLES,
    help="""Morphine milligram equivalents per day, with the working shown.

    Each SIG is one medication as written, in quotes: drug, strength, how much, how often. "scheduled" counts
    as-needed doses as none and ranges at their low end; "maximum" counts the most the directions allow, and is the
    headline; "expected" is what quantity and days' supply imply. An opioid that cannot be counted makes the total
    "at least", never smaller in silence.
    """,
)
@click.argument("sigs", metavar="[SIG]...", nargs=-1)
@input_option
@table_option
@as_of_option
@patient_options
@format_option("text", "json", "jsonl", "csv", "md")
@output_option
def mme(
    sigs: tuple[str, ...],
    source: str | None,
    tables: tuple[FactorTable, ...],
    as_of: date | None,
    patient: Mapping[str, Any],
    style: str,
    output: str | None,
) -> int:
    """Read, count, write."""

    def chunks(outcome: Outcome) -> Iterator[str]:
        return _WRITERS[style](_reports(sigs, source, tables, as_of, patient, outcome))

    return counted(chunks, output)


def _reports(
    sigs: tuple[str, ...],
    source: str | None,
    tables: tuple[FactorTable, ...],
    as_of: date | None,
    patient: Mapping[str, Any],
    outcome: Outcome,
) -> Iterator[MmeReport]:
    chosen = tuple(dict.fromkeys(tables))
    for case in cases(sigs, source, as_of=as_of, patient=patient):
        for table in chosen:
            report = mme_per_day(case, table=table)
            outcome.note(report.exit_code, len(report.problems))
            yield report


def _text(reports: Iterable[MmeReport]) -> Iterator[str]:
    from medsteward.writers.mme_table import text

    for number, report in enumerate(reports):
        yield ("\n\n" if number else "") + text(report)


def _markdown(reports: Iterable[MmeReport]) -> Iterator[str]:
    from medsteward.writers.mme_table import markdown_text

    for number, report in enumerate(reports):
        yield ("\n" if number else "") + markdown_text(report)


def _csv(reports: Iterable[MmeReport]) -> Iterator[str]:
    from medsteward.writers.mme_table import csv_rows

    for number, report in enumerate(reports):
        yield csv_rows(report, with_header=number == 0)


def _json(reports: Iterable[MmeReport]) -> Iterator[str]:
    from medsteward.writers.json_text import pages
    from medsteward.writers.mme_json import document

    yield from pages([document(report) for report in reports])


def _lines(reports: Iterable[MmeReport]) -> Iterator[str]:
    from medsteward.writers.json_text import one_line
    from medsteward.writers.mme_json import document

    for report in reports:
        yield one_line(document(report))


_WRITERS = {"text": _text, "json": _json, "jsonl": _lines, "csv": _csv, "md": _markdown}
