"""``medsteward rules``."""

from __future__ import annotations

import click

from medsteward.cli.options import format_option, output_option
from medsteward.cli.running import write


@click.group()
def rules() -> None:
    """Every rule in words, with source, standing and review day."""


@rules.command("list")
@format_option("text", "json", "md")
@output_option
def list_rules(style: str, output: str | None) -> int:
    """Every rule, a line each."""
    from medsteward.interactions.check import rules as every_rule
    from medsteward.writers.check import rules as writer
    from medsteward.writers.shared.json_text import pretty

    answer = {
        "text": lambda: writer.list_text(every_rule()),
        "md": lambda: writer.markdown_page(),
        "json": lambda: pretty(writer.document(every_rule())),
    }[style]()
    write([answer], output, shared=True)
    return 0


@rules.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@format_option("text", "json", "md")
@output_option
def show(ids: tuple[str, ...], style: str, output: str | None) -> int:
    """One or several rules in full, as in `rules show DDI-001`."""
    from medsteward.interactions.check import rules as every_rule
    from medsteward.writers.check import rules as writer
    from medsteward.writers.shared.json_text import pretty

    by_id = {rule.id: rule for rule in every_rule()}
    unknown = [each for each in ids if each.upper() not in by_id]
    if unknown:
        raise click.UsageError(f'there is no rule "{unknown[0][:40]}"; `medsteward rules list` has every id')
    found = [by_id[each.upper()] for each in ids]
    answer = {
        "text": lambda: writer.text(found),
        "md": lambda: writer.markdown_page({"Rules": found}),
        "json": lambda: pretty(writer.document(found)),
    }[style]()
    write([answer], output, shared=True)
    return 0
