"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Never, TypeVar

import click

from medsteward.cli.files_apart import changed_in, read_from, written_to
from medsteward.errors import UnknownTable
from medsteward.model.conditions import Indication
from medsteward.readers.shared.days import day_of
from medsteward.schedules.dates import FIRST_DAY
from medsteward.tables.load import factor_table, table_ids
from medsteward.tables.table import FactorTable
from medsteward.writers.formats import Written

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

F = TypeVar("F", bound=Callable[..., object])
T = TypeVar("T")


class Day(click.ParamType[date]):
    """A day as 2027-01-04."""

    name = "date"

    def convert(self, value: date | str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read a day."""
        if isinstance(value, date):
            return value
        try:
            return day_of(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class PlanDay(Day):
    """The first day of a plan."""

    def convert(self, value: date | str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read a day that a plan may begin on."""
        day = super().convert(value, param, ctx)
        if day < FIRST_DAY:
            self.fail(f"{day} is before {FIRST_DAY.year}; look at the year", param, ctx)
        return day


class TableId(click.ParamType[FactorTable]):
    """The id of a factor table."""

    name = "id"

    def convert(
        self, value: FactorTable | str, param: click.Parameter | None, ctx: click.Context | None
    ) -> FactorTable:
        """Load the table."""
        if isinstance(value, FactorTable):
            return value
        try:
            return factor_table(value.casefold())
        except UnknownTable as error:
            self.fail(str(error), param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The ids that begin like what is typed."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(each) for each in table_ids() if each.startswith(incomplete)]


class Word(click.Choice[str]):
    """One of some words; a near one is offered."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read the word."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            from difflib import get_close_matches

            near = get_close_matches(str(value)[:40].casefold(), self.choices, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            self.fail(f'"{str(value)[:40]}" is not one of {", ".join(self.choices)}{hint}', param, ctx)


class Whole(click.IntRange):
    """A whole number between bounds."""

    def convert(self, value: int | str, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the number."""
        try:
            number: int = super().convert(value, param, ctx)  # type: ignore[arg-type]  # click reads text here too
        except click.BadParameter:
            bounds = f"from {self.min} to {self.max}" if self.max is not None else f"of {self.min} or more"
            self.fail(f'"{str(value)[:40]}" is not a whole number {bounds}', param, ctx)
        return number


class Number(click.ParamType[Decimal]):
    """A number that is kept exact."""

    name = "number"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """Read a number."""
        try:
            number = Decimal(value.replace("_", " "))
        except (InvalidOperation, ValueError):
            self.fail(f'"{str(value)[:40]}" is not a number', param, ctx)
        if not number.is_finite() or number < 0:
            self.fail(f'"{str(value)[:40]}" is not a number that is not negative', param, ctx)
        return number


def once(ctx: click.Context, param: click.Parameter, value: tuple[T, ...]) -> T | None:
    """An option that is given at most once: a second one would be dropped in silence."""
    if len(value) > 1:
        raise click.BadParameter("it is given more than once", ctx, param)
    return value[0] if value else None


def table_option(command: F) -> F:
    """``--table``: one or several factor tables."""
    return click.option(
        "--table",
        "tables",
        type=TableId(),
        multiple=True,
        default=("cdc_2022",),
        help="Factor table; repeat it to compare tables.  [default: cdc_2022]",
    )(command)


def as_of_option(command: F) -> F:
    """``--as-of``: the day asked about."""
    return click.option(
        "--as-of",
        type=Day(),
        multiple=True,
        callback=once,
        help="The day asked about, as 2027-01-04.  [default: today]",
    )(command)


class FormatName(Word):
    """One of the formats of a command's reports, the first being the default."""

    def __init__(self, *kinds: Written[Never]) -> None:
        super().__init__(tuple(dict.fromkeys(name for kind in kinds for name in kind.names)), case_sensitive=False)
        self.kinds = kinds


def format_option(*kinds: Written[Never]) -> Callable[[F], F]:
    """``--format``, as the table of formats has it for what a command answers."""
    formats = FormatName(*kinds)
    return click.option(
        "--format",
        "style",
        type=formats,
        default=formats.choices[0],
        show_default=True,
        help="How the answer is written.",
    )


def verbose_option(command: F) -> F:
    """``--verbose``: text with its working and sources."""
    return click.option(
        "--verbose", "-v", is_flag=True, help="Text: show the calculation, all sources, and what it is not for."
    )(command)


def output_option(command: F) -> F:
    """``--output``: a file, written whole or not at all."""
    return click.option(
        "--output",
        "-o",
        metavar="FILE",
        default=None,
        callback=written_to,
        help="Write to this file instead of the terminal.",
    )(command)


CODES = "medsteward.codes"
"""Where the context of a command keeps the index that ``--codes`` names."""


def _keep_codes(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    ctx.meta[CODES] = read_from(ctx, param, value)


def codes_option(command: F) -> F:
    """``--codes``: an index to write or ask, given to the command."""
    return click.option("--codes", metavar="FILE", callback=changed_in, help="A code index other than your own.")(
        command
    )


def input_option(command: F) -> F:
    """``--input``: a case file, or standard input; and ``--codes``, the index that reads the codes in it."""
    command = click.option(
        "--codes",
        metavar="FILE",
        expose_value=False,
        callback=_keep_codes,
        help="A code index other than your own, made by `medsteward codes load`.",
    )(command)
    return click.option(
        "--input",
        "-i",
        "source",
        metavar="FILE",
        default=None,
        callback=lambda ctx, param, value: read_from(ctx, param, once(ctx, param, value)),
        multiple=True,
        help="A list (.txt), a case (.toml, .json), cases (.jsonl), FHIR R4 (.json, .ndjson), fills (.csv, .parquet), "
        "or - for standard input.",
    )(command)


_PATIENT = (
    click.option("--age", type=Whole(0, 130), help="Age in whole years."),
    click.option("--sex", help="female or male; used to calculate creatinine clearance."),
    click.option(
        "--condition",
        "conditions",
        multiple=True,
        metavar="NAME",
        help="A condition, by its name or code (C79.51); repeat it for more.",
    ),
    click.option("--egfr", type=Number(), help="eGFR in mL/min/1.73 m2."),
    click.option("--crcl", type=Number(), help="Creatinine clearance in mL/min."),
    click.option("--weight", "weight_kg", type=Number(), help="Weight in kg."),
    click.option("--indication", help=f"What it is for: {', '.join(each.value for each in Indication)}."),
    click.option("--pregnant", is_flag=True, default=None, help="The patient is pregnant."),
)


def patient_options(command: F) -> F:
    """Facts about the patient, gathered into one ``patient`` argument."""
    from functools import wraps

    names = ("age", "sex", "egfr", "crcl", "weight_kg", "indication", "pregnant", "conditions")

    @wraps(command)
    def gathered(*args: object, **options: object) -> object:
        facts = {name: options.pop(name) for name in names}
        stated = {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in facts.items()
            if value not in (None, ())
        }
        return command(*args, patient=stated, **options)

    wrapped: Callable[..., object] = gathered
    for option in reversed(_PATIENT):
        wrapped = option(wrapped)
    return wrapped  # type: ignore[return-value]
