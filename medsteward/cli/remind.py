"""``medsteward remind``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import click

from medsteward.advice.case.remind import reminders_for
from medsteward.cli.answers import answer
from medsteward.cli.cases import cases
from medsteward.cli.options import (
    as_of_option,
    format_option,
    input_option,
    output_option,
    patient_options,
    table_option,
)
from medsteward.cli.waiting import quiet_option
from medsteward.tables.table import FactorTable
from medsteward.writers.formats import REMIND

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
@format_option(REMIND)
@quiet_option
@output_option
def remind(
    sigs: tuple[str, ...],
    source: str | None,
    tables: tuple[FactorTable, ...],
    as_of: date | None,
    patient: Mapping[str, object],
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
    return answer(REMIND, reports, style, output, everything=everything, name_drug=named)
