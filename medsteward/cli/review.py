"""``medsteward review``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import click
from attrs import evolve

from medsteward.advice.case.review import Review
from medsteward.advice.case.review import review as review_of
from medsteward.cli.answers import answer
from medsteward.cli.cases import cases, only_case
from medsteward.cli.check import acknowledgement_options, earlier
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
from medsteward.writers.formats import PROPOSED, REVIEW

_EXAMPLES = """

\b
Examples:
  medsteward review --input case.toml
  medsteward review --input case.toml --all
  medsteward review --input case.toml --format note
  medsteward review --input case.toml --format html --output review.html
"""


@click.command(
    epilog=_EXAMPLES,
    help="""MME, findings and reminders for one case in one report, most important first.

    It says each thing once, lists what is missing, and says which of the 12 recommendations of CDC 2022 apply.
    A printable page (html) needs the extra `handout`.
    """,
)
@click.argument("sigs", metavar="[SIG]...", nargs=-1)
@input_option
@draft_option
@click.option("--all", "everything", is_flag=True, help="Show every finding in full, tier 3 too.")
@acknowledgement_options
@table_option
@as_of_option
@patient_options
@format_option(REVIEW, PROPOSED)
@verbose_option
@quiet_option
@output_option
def review(
    sigs: tuple[str, ...],
    source: str | None,
    drafts: tuple[str, ...],
    everything: bool,
    acknowledge: tuple[str, ...],
    by: str,
    acknowledged: str | None,
    new_since: str | None,
    tables: tuple[FactorTable, ...],
    as_of: date | None,
    patient: Mapping[str, object],
    style: str,
    verbose: bool,
    output: str | None,
) -> int:
    """Read, review, write."""
    if drafts:
        if new_since is not None:
            raise click.UsageError("--draft already shows what is new with it; leave --new-since out")
        return answer_proposed(
            drafts,
            sigs,
            source,
            tables=tables,
            as_of=as_of,
            patient=patient,
            style=style,
            output=output,
            acknowledged=lambda case: earlier(acknowledge, acknowledged, case, by),
        )
    before = only_case(new_since, as_of=as_of) if new_since is not None else None

    def reports() -> Iterator[Review]:
        for case in cases(sigs, source, as_of=as_of, patient=patient):
            said = earlier(acknowledge, acknowledged, case, by)
            for table in dict.fromkeys(tables):
                report = review_of(case, table=table, acknowledged=said, new_since=before)
                yield evolve(report, everything=everything)

    return answer(REVIEW, reports(), style, output, incomplete=NOT_ALL_COUNTED, verbose=verbose)
