"""``medsteward doses``."""

from __future__ import annotations

import click

from medsteward.advice.case.dose_lookup import all_limits, limits_of
from medsteward.cli.answers import answer_known
from medsteward.cli.options import format_option, output_option
from medsteward.cli.saying import say
from medsteward.model.source import Standing
from medsteward.writers.formats import DOSE_LIST, DOSES


@click.group()
def doses() -> None:
    """Published dose limits, each with its source and standing."""


@doses.command("list")
@click.option(
    "--standing",
    type=click.Choice([each.value for each in Standing]),
    default=None,
    help="Only rows of this standing, as in 'recalled': those that need a second source.",
)
@format_option(DOSE_LIST)
@output_option
def list_doses(standing: str | None, style: str, output: str | None) -> int:
    """Every dose limit, a line each."""
    answer_known(DOSE_LIST, all_limits(None if standing is None else Standing(standing)), style, output)
    return 0


@doses.command()
@click.argument("name", metavar="DRUG", nargs=-1, required=True)
@format_option(DOSES)
@output_option
def show(name: tuple[str, ...], style: str, output: str | None) -> int:
    """The limits of one DRUG, brand or combination: its own rows, then those of its group."""
    found = limits_of(" ".join(name))
    if found.problem is not None:
        say(found.problem.text)
        if not DOSES.shows_problems(style):
            return found.problem.exit_code
    answer_known(DOSES, found, style, output)
    return found.problem.exit_code if found.problem is not None else 0
