"""``medsteward template``."""

from __future__ import annotations

import click

from medsteward.cli.options import Word, format_option, output_option
from medsteward.cli.running import write
from medsteward.schemas import template_text
from medsteward.writers.formats import TEMPLATE


@click.command()
@click.argument("name", metavar="case|products", type=Word(["case", "products"]))
@format_option(TEMPLATE)
@output_option
def template(name: str, style: str, output: str | None) -> int:
    """A file to fill in: a case with every field explained (toml) or bare (json), or products for a plan (CSV)."""
    write([template_text(name, "csv")] if name == "products" else TEMPLATE.write(style, [name]), output)
    return 0
