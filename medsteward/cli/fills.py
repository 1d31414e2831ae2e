"""``medsteward fills``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from itertools import chain, pairwise

import click

from medsteward.cli.desk import opened, today
from medsteward.cli.files_apart import read_from, written_to
from medsteward.cli.lines import names_a_file, to_read
from medsteward.cli.options import (
    Whole,
    Word,
    as_of_option,
    codes_option,
    format_option,
    once,
    output_option,
    table_option,
)
from medsteward.cli.plan_files import file_bytes
from medsteward.cli.waiting import progress_shown, quiet_option
from medsteward.cli.words import ReadText
from medsteward.fills.definitions import WINDOW_DAYS
from medsteward.tables.table import FactorTable
from medsteward.writers.formats import FILLS

_EXAMPLES = """

\b
Examples:
  medsteward fills --input fills.csv
  medsteward fills --input fills.csv --mode shifted --format jsonl --output fills.jsonl
  medsteward fills --input fills.csv --dates mdy --failed failed.csv --format csv --output patients.csv
  medsteward fills --input fills.csv --measure HDO --measure COB --format json
"""

_HIGHEST_WINDOW = 3660


def column_of(text: str) -> tuple[str, str]:
    """``ours=theirs``: a column of ours and the header that it goes by (``ValueError``)."""
    ours, equals, theirs = text.partition("=")
    if not equals or not theirs.strip():
        raise ValueError(f'"{text[:40]}" is written as days_supply=Tage')
    return ours.strip(), theirs.strip()


def _show_columns(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if not value or ctx.resilient_parsing:
        return
    from medsteward.cli.running import write
    from medsteward.readers.fills.columns import COLUMNS, aliases
    from medsteward.readers.fills.layouts import our_layouts
    from medsteward.writers.shared.screen import fitted

    headers: dict[str, list[str]] = {}
    for header, column in aliases().items():
        headers.setdefault(column, []).append(header)
    lines = [f"{column}: {about}\n  {', '.join(headers.get(column, ()))}\n" for column, about in COLUMNS.items()]
    lines += ["\nlayouts, found by their headers or named with --layout:\n"]
    lines += [
        f"  {each.id}: {each.title}{', refused: it lacks ' + '; '.join(each.refused) if each.refused else ''}\n"
        + (f"    needs a second source: {each.second_source}\n" if each.second_source else "")
        for each in our_layouts().values()
    ]
    write(map(fitted, lines), None, shared=True)
    ctx.exit()


class _FromFile(click.Command):
    """A command that says how to name the file where it was given without ``--input``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the words; a file that no option takes is answered by its own words."""
        words = ["", *args]
        try:
            return super().parse_args(ctx, args)
        except click.MissingParameter:
            alone = [word for before, word in pairwise(words) if names_a_file(word) and not before.startswith("-")]
            if not alone:
                raise
            ctx.fail(to_read(alone[0]))


@click.command(
    cls=_FromFile,
    epilog=_EXAMPLES,
    help="""Dispensing records: MME by calendar day, the four definitions, overlaps, early refills, measures.

    Reads exports of pharmacies, claims and prescription monitoring programs (.csv, .parquet). They need a patient key,
    a day of filling, a drug, a quantity and a days' supply; many names of columns are known. A row that is not
    understood fails and is listed with its reason; nothing is guessed. Each patient gives one answer, and a last one
    says what became of all rows.
    """,
)
@click.option(
    "--input",
    "-i",
    "source",
    metavar="FILE",
    required=True,
    multiple=True,
    callback=lambda ctx, param, value: read_from(ctx, param, once(ctx, param, value)),
    help="Records (.csv, .parquet), or - for standard input.",
)
@click.option(
    "--dates",
    type=Word(["iso", "mdy", "dmy"], case_sensitive=False),
    help="How days are written where they could be read in two ways.",
)
@click.option(
    "--mode",
    type=Word(["summed", "shifted"], case_sensitive=False),
    default="summed",
    show_default=True,
    help="Overlapping fills of one drug: both counted, or the early one shifted.",
)
@click.option(
    "--window",
    type=Whole(1, _HIGHEST_WINDOW),
    default=WINDOW_DAYS,
    show_default=True,
    help="Days of the fixed window, from the patient's first covered day.",
)
@click.option(
    "--measure", "names", multiple=True, metavar="NAME", help="Only this quality measure; repeat it for more."
)
@click.option("--layout", metavar="NAME", help="The layout of the file.  [default: the only one that fits]")
@click.option("--layouts", metavar="FILE", callback=read_from, help="Your own layouts, in TOML, beside medsteward's.")
@click.option(
    "--column",
    "columns",
    type=ReadText("ours=theirs", column_of),
    multiple=True,
    help="A header of your file, as in days_supply=Tage; repeat it.",
)
@click.option(
    "--patient", metavar="KEY", help="The key of the patient, for a report of one patient without such a column."
)
@click.option("--orders", is_flag=True, help="Count rows that are orders, where the layout tells them apart.")
@click.option(
    "--columns",
    "list_columns",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_columns,
    help="List the columns, headers and layouts that medsteward knows.",
)
@codes_option
@click.option(
    "--failed",
    metavar="FILE",
    callback=written_to,
    help="Write rows that failed to this file: row, column, code, reason.",
)
@table_option
@as_of_option
@format_option(FILLS)
@quiet_option
@output_option
def fills(
    source: str,
    dates: str | None,
    mode: str,
    window: int,
    names: tuple[str, ...],
    layout: str | None,
    layouts: str | None,
    columns: tuple[tuple[str, str], ...],
    patient: str | None,
    orders: bool,
    codes: str | None,
    failed: str | None,
    tables: tuple[FactorTable, ...],
    as_of: date | None,
    style: str,
    output: str | None,
) -> int:
    """Read, report, write."""
    from medsteward.cli.fills_run import Failures, all_tables, note
    from medsteward.cli.running import NOT_ALL_COUNTED, Outcome, counted
    from medsteward.fills.by_day import Mode
    from medsteward.fills.measures import default_measures, measures_named
    from medsteward.fills.report import FillsReport, Tally, report
    from medsteward.readers.codes.resolving import resolver_for
    from medsteward.readers.fills.cells import DateOrder
    from medsteward.readers.fills.header import HeaderReading
    from medsteward.readers.fills.layouts import layouts_with
    from medsteward.readers.fills.records import in_batches, open_records

    measures = measures_named(names) if names else default_measures()
    tallies = {
        table: Tally(table, as_of or today(), Mode(mode.casefold()), window, measures)
        for table in dict.fromkeys(tables)
    }
    with ExitStack() as desk:
        order = DateOrder(dates.casefold()) if dates else None
        known = None if layouts is None else layouts_with(*file_bytes(layouts))
        how = HeaderReading(layout, known, dict(columns), patient, orders)
        records = open_records(*opened(source), desk, dates=order, resolver=resolver_for(codes), how=how)
        for notice in records.notices:
            note(notice)
        failures = desk.enter_context(Failures(failed))
        compare_with = all_tables()

        def reports(outcome: Outcome) -> Iterator[FillsReport]:
            with progress_shown(output):
                for histories in in_batches(records.histories(note)):
                    batch = [
                        report(
                            history,
                            table=table,
                            as_of=tally.as_of,
                            mode=tally.mode,
                            window=window,
                            measures=measures,
                            compare_with=compare_with,
                        )
                        for history in histories
                        for table, tally in tallies.items()
                    ]
                    for each in batch:
                        tallies[each.table].add(each)
                        failures.add(each)
                        outcome.note(each.exit_code, len(each.problems))
                        if each.is_shown:
                            yield each

        code = counted(
            lambda outcome: FILLS.write(style, chain(reports(outcome), tallies.values())),
            output,
            incomplete=NOT_ALL_COUNTED,
        )
        failures.finish(tallies.values())
    return code
