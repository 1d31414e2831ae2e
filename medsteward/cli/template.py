"""``medsteward template``."""

from __future__ import annotations

import click

from medsteward.cli.options import format_option, output_option
from medsteward.cli.running import write
from medsteward.schemas import template_text


@click.command()
@click.argument("name", type=click.Choice(["case"]))
@format_option("toml", "json")
@output_option
def template(name: str, style: str, output: str | None) -> int:
    """A case file to fill in, with every field explained (toml) or bare (json)."""
    write([template_text(name, style)], output)
    return 0
