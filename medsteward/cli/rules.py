"""``medsteward rules``."""

from __future__ import annotations

import re

import click

from medsteward.cli.answers import answer_known
from medsteward.cli.options import format_option, output_option
from medsteward.model.source import Standing
from medsteward.writers.formats import RULE_LIST, RULES


@click.group()
def rules() -> None:
    """Every rule in words, with source, standing and review day."""


@rules.command("list")
@click.option(
    "--standing",
    type=click.Choice([each.value for each in Standing]),
    default=None,
    help="Only rules of this standing, as in 'recalled': those that need a second source.",
)
@format_option(RULE_LIST)
@output_option
def list_rules(standing: str | None, style: str, output: str | None) -> int:
    """Every rule, a line each."""
    from medsteward.interactions.check import rules_of

    answer_known(RULE_LIST, rules_of(None if standing is None else Standing(standing)), style, output)
    return 0


@rules.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@format_option(RULES)
@output_option
def show(ids: tuple[str, ...], style: str, output: str | None) -> int:
    """One or several rules in full, as in `rules show DDI-001`."""
    from medsteward.interactions.check import rules as every_rule

    by_id = {rule.id: rule for rule in every_rule()}
    asked = [_id(each) for each in ids]
    unknown = [each for each, id_ in zip(ids, asked, strict=True) if id_ not in by_id]
    if unknown:
        raise click.UsageError(f'there is no rule "{unknown[0][:40]}"; `medsteward rules list` has every id')
    answer_known(RULES, [by_id[each] for each in asked], style, output)
    return 0


def _id(text: str) -> str:
    """An id as the list has it: ``ddi-1`` and ``ddi001`` are DDI-001."""
    match = re.fullmatch(r"([A-Za-z]{3})[- ]?(\d{1,3})", text.strip())
    return f"{match[1].upper()}-{int(match[2]):03}" if match else text.upper()
