"""``medsteward schema``."""

from __future__ import annotations

import click

from medsteward.cli.options import output_option
from medsteward.cli.running import write
from medsteward.schemas import schema_names, schema_text


@click.command()
@click.argument("name", type=click.Choice(schema_names()))
@output_option
def schema(name: str, output: str | None) -> int:
    """The JSON Schema of a document: what goes in (case) and what comes out (mme, fills, drugs, tables)."""
    write([schema_text(name)], output)
    return 0
