"""``medsteward tables``."""

from __future__ import annotations

import click

from medsteward.cli.answers import answer_known
from medsteward.cli.options import TableId, format_option, output_option
from medsteward.tables.diff import compared
from medsteward.tables.load import factor_table, table_ids
from medsteward.tables.table import FactorTable
from medsteward.writers.formats import TABLE, TABLE_DIFF, TABLE_LIST


@click.group()
def tables() -> None:
    """The factor tables, their sources and their differences."""


@tables.command("list")
@format_option(TABLE_LIST)
@output_option
def list_tables(style: str, output: str | None) -> int:
    """Every factor table with its publisher, year and status."""
    answer_known(TABLE_LIST, [factor_table(each) for each in table_ids()], style, output)
    return 0


@tables.command()
@click.argument("table", metavar="ID", type=TableId())
@format_option(TABLE)
@output_option
def show(table: FactorTable, style: str, output: str | None) -> int:
    """One table: citation, limits, every row with its standing."""
    answer_known(TABLE, table, style, output)
    return 0


@tables.command("diff")
@click.argument("first", metavar="A", type=TableId())
@click.argument("second", metavar="B", type=TableId())
@format_option(TABLE_DIFF)
@output_option
def difference(first: FactorTable, second: FactorTable, style: str, output: str | None) -> int:
    """Row by row, what differs between tables A and B."""
    answer_known(TABLE_DIFF, compared(first, second), style, output)
    return 0
