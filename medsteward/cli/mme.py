"""``medsteward mme``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import click

from medsteward.advice.case.mme import mme_per_day
from medsteward.cli.answers import answer
from medsteward.cli.cases import cases
from medsteward.cli.drafts import answer_proposed, draft_option
from medsteward.cli.options import (
    as_of_option,
    format_option,
    input_option,
    output_option,
    patient_options,
    table_option,
    verbose_option,
)
from medsteward.cli.running import NOT_ALL_COUNTED
from medsteward.cli.waiting import quiet_option
from medsteward.tables.table import FactorTable
from medsteward.writers.formats import MME, PROPOSED

_EXAMPLES = """

\b
Examples:
  medsteward mme "oxycodone 10 mg, 1-2 tablets every 4 to 6 hours as needed, #60, 10 days"
  medsteward mme "fentanyl patch 25 mcg/h" "tapentadol 50 mg bid" --table cdc_2022 --table anzca_2021
  medsteward mme --input case.toml --format json
  medsteward mme --input cases.jsonl --format jsonl --output totals.jsonl
  medsteward mme "oxycodone 5 mg every 6 hours" --draft "oxycodone 10 mg every 6 hours"
"""


@click.command(
    epilog=_EXAMPLES,
    help="""Morphine milligram equivalents per day, with every step of the calculation.

    Each SIG is one medication as written, in quotes: drug, strength, how much, how often. "scheduled" counts
    as-needed doses as none and ranges at their low end. "maximum" counts the most the directions allow, and is the
    headline. "expected" is what quantity and days' supply imply. An opioid that cannot be counted is named, and makes
    the total "at least".
    """,
)
@click.argument("sigs", metavar="[SIG]...", nargs=-1)
@input_option
@draft_option
@table_option
@as_of_option
@patient_options
@format_option(MME, PROPOSED)
@verbose_option
@quiet_option
@output_option
def mme(
    sigs: tuple[str, ...],
    source: str | None,
    drafts: tuple[str, ...],
    tables: tuple[FactorTable, ...],
    as_of: date | None,
    patient: Mapping[str, object],
    style: str,
    verbose: bool,
    output: str | None,
) -> int:
    """Read, count, write."""
    if drafts:
        return answer_proposed(
            drafts, sigs, source, tables=tables, as_of=as_of, patient=patient, style=style, output=output
        )
    reports = (
        mme_per_day(case, table=table)
        for case in cases(sigs, source, as_of=as_of, patient=patient)
        for table in dict.fromkeys(tables)
    )
    return answer(MME, reports, style, output, incomplete=NOT_ALL_COUNTED, verbose=verbose)
