"""What commands about plans share: for whom a plan is written, and the options of pages and calendars."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import TYPE_CHECKING, TypeVar

import click
from attrs import frozen

from medsteward.cli.answers import answer
from medsteward.cli.options import Word
from medsteward.cli.saying import say
from medsteward.writers.card.asked import Sheets
from medsteward.writers.card.language import LANGUAGES, REVIEWED
from medsteward.writers.formats import PLAN, SHEET, Format, Whom, Written

F = TypeVar("F", bound=Callable[..., object])

if TYPE_CHECKING:
    from medsteward.advice.plan.report import PlanReport, PlanSheet

_ENGLISH = "en"


@frozen
class Pages:
    """What was asked of calendars and printed pages. ``whom`` None: whoever a format is for if nothing is said."""

    name_drug: bool
    dose_reminders: bool
    large_print: bool
    language: str
    sheets: str
    clinic: str
    verbose: bool
    whom: Whom | None


def _some(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _help_of_whom() -> str:
    names = {whom: ", ".join(PLAN.names_for(whom)) for whom in Whom}
    first = [name for name in PLAN.names if (row := PLAN.format(name)) is not None and row.whom is Whom.PATIENT]
    return (
        f"Whom it is for: patient ({names[Whom.PATIENT]}), clinician (the whole plan) or pharmacy "
        f"({names[Whom.PHARMACY]}).  [default: patient for {_some(tuple(first))}; else the whole plan]"
    )


def _languages() -> str:
    return ", ".join(f"{code} {name}" for code, name in LANGUAGES.items())


_OPTIONS = (
    click.option("--name-drug", is_flag=True, help="Calendar: name what is taken in titles."),
    click.option("--dose-reminders", is_flag=True, help="Calendar: a reminder for each dose."),
    click.option("--large-print", is_flag=True, help="Page: 18-point type."),
    click.option(
        "--language",
        type=Word(list(LANGUAGES), case_sensitive=False),
        default=_ENGLISH,
        show_default=True,
        help=f"Patient card: its language ({_languages()}). All else, calendars too, stays English.",
    ),
    click.option(
        "--unreviewed",
        is_flag=True,
        help="Patient card: print it in a language whose words no clinician has read yet, marked on every page.",
    ),
    click.option(
        "--sheets",
        type=Word([each.value for each in Sheets], case_sensitive=False),
        default=Sheets.NEXT.value,
        show_default=True,
        help="Patient card: sheets to tick. next: to the end of the next fill; 3m: three months.",
    ),
    click.option(
        "--clinic", default="", metavar="'NAME; PHONE'", help="Patient card: whom to call; else lines to write on."
    ),
    click.option("--verbose", "-v", is_flag=True, help="Text: all of it, with sources."),
    click.option("--for", "for_whom", type=Word([each.value for each in Whom]), help=_help_of_whom()),
)


def plan_pages(command: F) -> F:
    """The options of calendars and printed pages, gathered into one ``pages`` argument."""

    @wraps(command)
    def gathered(
        *args: object,
        name_drug: bool,
        dose_reminders: bool,
        large_print: bool,
        language: str,
        unreviewed: bool,
        sheets: str,
        clinic: str,
        verbose: bool,
        for_whom: str | None,
        **options: object,
    ) -> object:
        if language not in REVIEWED and not unreviewed:
            raise click.UsageError(
                f"no clinician has reviewed the card in {LANGUAGES[language]} yet; have it read before you give it to "
                f"anyone, and write --language {language} --unreviewed to print it, marked on every page"
            )
        whom = Whom(for_whom) if for_whom is not None else None
        pages = Pages(name_drug, dose_reminders, large_print, language, sheets, clinic, verbose, whom)
        return command(*args, pages=pages, **options)

    wrapped: Callable[..., object] = gathered
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped  # type: ignore[return-value]


def row_of(style: str, whom: Whom | None) -> Format:
    """The row of the table of formats. Refuses (``UsageError``) a format that there is not for this reader."""
    row = PLAN.format(style, whom)
    if row is None:
        assert whom is not None
        formats = ", ".join(PLAN.names_for(whom))
        raise click.UsageError(f"--for {whom.value} is made as {formats}, not as {style}")
    return row


def needs_sheet_alone(style: str, pages: Pages) -> bool:
    """Whether a format shows the plan and its days alone, and nothing of what goes beside it."""
    return row_of(style, pages.whom).whom is Whom.PATIENT


def answer_sheet(report: PlanSheet, style: str, pages: Pages, output: str | None) -> int:
    """Write a plan and its days alone, for the patient."""
    return _answer(SHEET, iter([report]), style, pages, output)


def answer_plans(
    reports: Iterator[PlanReport],
    style: str,
    pages: Pages,
    output: str | None,
    kind: Written[PlanReport] = PLAN,
    *,
    explain: bool = False,
) -> int:
    """Write plans. Refuses (``UsageError``) a format that there is not for whom it is asked for."""
    return _answer(kind, reports, style, pages, output, explain=explain)


S = TypeVar("S", "PlanSheet", "PlanReport")


def _answer(
    kind: Written[S], reports: Iterator[S], style: str, pages: Pages, output: str | None, *, explain: bool = False
) -> int:
    row = row_of(style, pages.whom)
    _say_unused(row, pages)
    return answer(
        kind,
        reports,
        style,
        output,
        whom=row.whom,
        name_drug=pages.name_drug,
        dose_reminders=pages.dose_reminders,
        large_print=pages.large_print,
        language=pages.language,
        sheets=pages.sheets,
        clinic=pages.clinic,
        verbose=pages.verbose,
        explain=explain,
    )


def _say_unused(row: Format, pages: Pages) -> None:
    """Say on standard error which options of pages and calendars do nothing here."""
    for given, option, what in (
        (pages.language != _ENGLISH, "language", "the patient's card"),
        (pages.sheets != Sheets.NEXT.value, "sheets", "the patient's card"),
        (bool(pages.clinic), "clinic", "the patient's card"),
        (pages.large_print, "large_print", f"printed pages ({', '.join(PLAN.names_taking('large_print'))})"),
        (pages.dose_reminders, "dose_reminders", f"calendars ({', '.join(PLAN.names_taking('dose_reminders'))})"),
        (pages.name_drug, "name_drug", f"calendars ({', '.join(PLAN.names_taking('name_drug'))})"),
    ):
        if given and option not in row.takes:
            say(f"--{option.replace('_', '-')} is for {what}; nothing changed")
