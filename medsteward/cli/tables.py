"""``medsteward tables``."""

from __future__ import annotations

import click

from medsteward.cli.options import Table, format_option, output_option
from medsteward.cli.running import write
from medsteward.tables.diff import diff, same_count
from medsteward.tables.load import factor_table, table_ids
from medsteward.tables.table import FactorTable

_FORMATS = ("text", "json", "csv", "md")


@click.group()
def tables() -> None:
    """The factor tables, their sources and their differences."""


@tables.command("list")
@format_option(*_FORMATS)
@output_option
def list_tables(style: str, output: str | None) -> int:
    """Every factor table with its publisher, year and status."""
    from medsteward.writers.known import tables as writer
    from medsteward.writers.shared.json_text import pretty

    found = [factor_table(each) for each in table_ids()]
    rows = writer.list_rows(found)
    answer = {
        "text": lambda: writer.table_text(writer.LIST_HEADER[:5], [row[:5] for row in rows]),
        "md": lambda: writer.table_markdown(writer.LIST_HEADER, rows),
        "csv": lambda: writer.table_csv(writer.LIST_HEADER, rows),
        "json": lambda: pretty(writer.list_document(found)),
    }[style]()
    write([answer], output, shared=True)
    return 0


@tables.command()
@click.argument("table", metavar="ID", type=Table())
@format_option(*_FORMATS)
@output_option
def show(table: FactorTable, style: str, output: str | None) -> int:
    """One table: citation, limits, every row with its standing."""
    from medsteward.writers.known import tables as writer
    from medsteward.writers.shared.json_text import pretty

    answer = {
        "text": lambda: writer.show_text(table),
        "md": lambda: writer.show_markdown(table),
        "csv": lambda: writer.table_csv(writer.ROW_HEADER, writer.factor_rows(table)),
        "json": lambda: pretty(writer.show_document(table)),
    }[style]()
    write([answer], output, shared=True)
    return 0


@tables.command("diff")
@click.argument("first", metavar="A", type=Table())
@click.argument("second", metavar="B", type=Table())
@format_option(*_FORMATS)
@output_option
def difference(first: FactorTable, second: FactorTable, style: str, output: str | None) -> int:
    """Row by row, what differs between tables A and B."""
    from medsteward.writers.known import tables as writer
    from medsteward.writers.shared.json_text import pretty

    found = diff(first, second)
    same = same_count(first, second)
    rows = writer.diff_rows(found)
    header = (*writer.DIFF_HEADER[:5], first.id, second.id)
    summary = f"{len(found)} uses differ, {same} are the same.\n"
    answer = {
        "text": lambda: (writer.table_text(header, rows) + "\n" if rows else "") + summary,
        "md": lambda: (writer.table_markdown(header, rows) + "\n" if rows else "") + summary,
        "csv": lambda: writer.table_csv(header, rows),
        "json": lambda: pretty(writer.diff_document(first, second, found, same)),
    }[style]()
    write([answer], output, shared=True)
    return 0
