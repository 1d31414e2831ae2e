"""The command line: each command reads, calls the library, writes. Commands are imported when they are called."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from medsteward.cli.running import guarded
from medsteward.version import __version__

COMMANDS = {
    "mme": "Morphine milligram equivalents per day, line by line, with the working.",
    "check": "Interactions and hazards of drugs, conditions, age and dates.",
    "remind": "Bowel regimen, naloxone, monitoring: what to offer, when, and why.",
    "review": "The three above for one case in one report.",
    "taper": "A new dated, dispensable, humane taper.",
    "trial": "A new time-limited trial: ramp, review days, decision, exit taper.",
    "plan": "Show, check, pause or slow a saved plan, and decide a trial.",
    "fills": "Dispensing records: MME by calendar day, definitions, overlaps, measures.",
    "population": "Dispensing records of many patients at once, in a database.",
    "codes": "Load your own RxNorm or NDC release, and look codes up.",
    "score": "A clinical scale from its items.",
    "drugs": "What is known of a drug, a class of drugs or a product.",
    "doses": "Dose limits, each with its source and standing.",
    "tables": "The factor tables, their sources and their differences.",
    "rules": "Every rule in words, with source, standing and review day.",
    "schema": "The JSON Schema of a document.",
    "template": "A case file to fill in.",
    "serve": "An HTTP service: a JSON API, CDS Hooks, and the page.",
    "page": "The page as static files that run wholly in the browser.",
}
"""Every command with its one line of help, so that help needs no command's code."""

_PAGE = """Medication stewardship in pain care.

medsteward reads prescriptions as people write them and shows how it understood each line. It
counts the day's morphine milligram equivalents (MME) with the factor table named. It reports
every line that it could not read.

\b
  medsteward mme "morphine ER 60 mg tablet, 1 tablet every 12 hours" \\
                 "oxycodone 10 mg, 1 tablet every 6 hours as needed, max 4 per day"

Each argument in quotes is one medication. A case file (medsteward template case) holds more:
dates, quantities, the patient's age and conditions.

For adults, for clinicians and programmers who can check the working shown. MME is a gauge of
exposure. It is not a dose, not a way to switch opioids, and by itself no reason to lower or stop
a medicine. Opioids are never stopped abruptly because of it.

\b
Exit codes: 0 complete; 2 wrong usage or unreadable file; 3 needs confirmation; 4 incomplete;
5 refused (out of scope or unsafe); 1 a bug in medsteward.
"""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which they are of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command, or suggest a near one."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"medsteward.cli.{cmd_name}"), cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Say what was likely meant when a command is not known."""
        name = args[0] if args else ""
        if name not in COMMANDS and not name.startswith("-"):
            import difflib

            near = difflib.get_close_matches(name[:40], COMMANDS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"the commands are {', '.join(COMMANDS)}"
            ctx.fail(f'there is no command "{name[:40]}"; {hint}')
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands with their one line, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _print_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if not value or ctx.resilient_parsing:
        return
    from medsteward.tables.load import factor_table, table_ids

    click.echo(f"medsteward {__version__}")
    for each in table_ids():
        click.echo(f"{each} {factor_table(each).digest}")
    ctx.exit()


@click.group(
    cls=LazyGroup, help=_PAGE, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the program's version and the digest of every factor table.",
)
def _group() -> None:
    """Run one of the commands."""


def main() -> None:
    """Run the command line. Errors are one to three lines on standard error; a traceback is a defect."""
    sys.exit(guarded(_group))
