"""``medsteward check``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TypeVar

import click

from medsteward.advice.case.check import check_case
from medsteward.cli.answers import answer
from medsteward.cli.cases import cases, only_case
from medsteward.cli.desk import opened
from medsteward.cli.drafts import answer_proposed, draft_option
from medsteward.cli.files_apart import read_from
from medsteward.cli.options import (
    as_of_option,
    format_option,
    input_option,
    output_option,
    patient_options,
    table_option,
    verbose_option,
)
from medsteward.cli.waiting import quiet_option
from medsteward.interactions.result import CheckReport
from medsteward.model.acknowledgement import Acknowledgement
from medsteward.model.regimen import Case
from medsteward.tables.table import FactorTable
from medsteward.writers.formats import CHECK, PROPOSED

F = TypeVar("F", bound=Callable[..., object])

_EXAMPLES = """

\b
Examples:
  medsteward check "oxycodone 5 mg tid" "alprazolam 0.5 mg bid" --age 71 --condition "sleep apnea"
  medsteward check --input case.toml --format json --output findings.json
  medsteward check --input case.toml --acknowledge DDI-001=will_monitor
  medsteward check --input new.toml --new-since old.toml
  medsteward check "oxycodone 5 mg tid" --draft "alprazolam 0.5 mg bid"
"""


def acknowledgement_options(command: F) -> F:
    """``--acknowledge``, ``--by``, ``--acknowledged`` and ``--new-since``."""
    options = (
        click.option(
            "--acknowledge",
            metavar="RULE=REASON",
            multiple=True,
            help="Record that a finding was seen and decided about, as in DDI-001=will_monitor; repeat it for more.",
        ),
        click.option(
            "--by",
            metavar="CLINICIAN",
            default="",
            help="Who decided: findings that interrupt at each signing then rest for 7 days.",
        ),
        click.option(
            "--acknowledged",
            metavar="FILE",
            default=None,
            callback=read_from,
            help="An earlier check or review as JSON, whose decisions still hold unless something changed.",
        ),
        click.option(
            "--new-since",
            metavar="CASE",
            default=None,
            callback=read_from,
            help="Show only what is new since this earlier case.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def earlier(acknowledge: tuple[str, ...], acknowledged: str | None, case: Case, by: str) -> tuple[Acknowledgement, ...]:
    """The decisions of an earlier check, and those of this call, which answer the case as it is now."""
    from medsteward.interactions.check import known_rule
    from medsteward.readers.case.acknowledgements import read_acknowledged, read_acknowledgement
    from medsteward.readers.case.files import read_json

    kept = read_acknowledged(read_json(*opened(acknowledged)), acknowledged) if acknowledged is not None else ()
    said = [read_acknowledgement(text, on=case.as_of, by=by) for text in acknowledge]
    for each in said:
        known_rule(each.rule)
    return (*kept, *said)


@click.command(
    epilog=_EXAMPLES,
    help="""Interactions and hazards of drugs, conditions, age and dates.

    A line needs only a drug or brand; strength, directions and dates sharpen the answer. What is not known is listed,
    and an unknown name is a problem beside the findings, never "no interactions". Tier 1 is for what should
    interrupt; tier 3 is counted, and shown with --all. Findings offer and ask; they are not orders.
    """,
)
@click.argument("sigs", metavar="[SIG]...", nargs=-1)
@input_option
@draft_option
@click.option("--all", "everything", is_flag=True, help="Show tier 3 as well.")
@acknowledgement_options
@table_option
@as_of_option
@patient_options
@format_option(CHECK, PROPOSED)
@verbose_option
@quiet_option
@output_option
def check(
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
    """Read, check, write."""
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

    def reports() -> Iterator[CheckReport]:
        for case in cases(sigs, source, as_of=as_of, patient=patient):
            said = earlier(acknowledge, acknowledged, case, by)
            for table in dict.fromkeys(tables):
                yield check_case(case, table=table, acknowledged=said, new_since=before)

    return answer(CHECK, reports(), style, output, everything=everything, verbose=verbose)
