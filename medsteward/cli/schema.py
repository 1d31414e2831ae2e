"""``medsteward schema``."""

from __future__ import annotations

import click

from medsteward.cli.options import Word, output_option
from medsteward.cli.running import write
from medsteward.schemas import schema_names, schema_text


@click.command(
    help=f"""The JSON Schema of a document: what goes in (case) and what comes out.

    NAME is one of {", ".join(schema_names())}.
    """
)
@click.argument("name", metavar="NAME", type=Word(schema_names()))
@output_option
def schema(name: str, output: str | None) -> int:
    """Write it."""
    write([schema_text(name)], output, shared=True)
    return 0
