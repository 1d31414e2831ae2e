"""What commands about plans share: their formats and the options of pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, TypeVar

import click

from medsteward.cli.answers import Writer, document_pages, one_by_one, rows
from medsteward.cli.options import Word
from medsteward.cli.saying import say
from medsteward.writers.card.language import LANGUAGES

F = TypeVar("F", bound=Callable[..., Any])
P = TypeVar("P", str, bytes)

PLAN_FORMATS = ("text", "json", "csv", "md", "note", "ics", "fhir", "html", "pdf")
"""How a plan may be written."""


def plan_pages(command: F) -> F:
    """The options of calendars and printed pages, gathered into one ``pages`` argument."""
    from functools import wraps

    @wraps(command)
    def gathered(
        *args: Any,
        name_drug: bool,
        dose_reminders: bool,
        large_print: bool,
        language: str,
        for_whom: str | None,
        **options: Any,
    ) -> Any:
        pages = {
            "name_drug": name_drug,
            "doses": dose_reminders,
            "large_print": large_print,
            "language": language,
            "for": for_whom,
        }
        return command(*args, pages=pages, **options)

    wrapped: Any = gathered
    for option in (
        click.option(
            "--for",
            "for_whom",
            type=Word(["patient", "clinician", "pharmacy"]),
            help="Whom it is for: patient (html, pdf, ics), clinician (the whole plan) or pharmacy (what is dispensed: "
            "html, pdf, text, md, csv).  [default: patient for html, pdf and ics; else the whole plan]",
        ),
        click.option(
            "--language",
            type=Word(list(LANGUAGES), case_sensitive=False),
            default="en",
            show_default=True,
            help="Patient card: its language, en English or es Spanish. All else, calendars too, stays English.",
        ),
        click.option("--large-print", is_flag=True, help="Page: in letters of 18 points."),
        click.option("--dose-reminders", is_flag=True, help="Calendar: a reminder for each dose."),
        click.option("--name-drug", is_flag=True, help="Calendar: name what is taken in titles."),
    ):
        wrapped = option(wrapped)
    return wrapped  # type: ignore[no-any-return]


WHOLE = ("text", "md", "csv", "json", "note")
"""Formats of the whole plan, which is the clinician's."""

FORMATS_FOR: Mapping[str, tuple[str, ...]] = {
    "patient": ("html", "pdf", "ics"),
    "clinician": ("html", "pdf", *WHOLE),
    "pharmacy": ("html", "pdf", "text", "md", "csv"),
}
"""Which formats there are for whom. A plan in FHIR is for programs, and for nobody of these."""


def reader(style: str, asked: str | None) -> str:
    """Whom a plan is written for. Refuses (``UsageError``) a format that there is not for them."""
    if asked is None:
        return "patient" if style in FORMATS_FOR["patient"] else "clinician"
    if style not in FORMATS_FOR[asked]:
        formats = ", ".join(FORMATS_FOR[asked])
        raise click.UsageError(f"--for {asked} is made as {formats}, not as {style}")
    return asked


def needs_sheet_alone(style: str, pages: Mapping[str, Any]) -> bool:
    """Whether a format shows the plan and its days alone, and nothing of what goes beside it."""
    return style in FORMATS_FOR["patient"] and reader(style, pages["for"]) == "patient"


def plan_writers(style: str, pages: Mapping[str, Any]) -> Mapping[str, Writer]:
    """The writers of a plan; each is imported when it is used. Refuses a format that there is not for whom it is."""
    whom = reader(style, pages["for"])
    _say_unused(style, whom, pages)
    if style == "json":
        from medsteward.writers.plan.document import document

        return {"json": document_pages(document)}
    if style == "ics":
        from medsteward.writers.plan.ics import calendar_bytes

        def calendars(reports: Iterable[Any]) -> Iterator[str]:
            found = [report for report in reports if report.plan is not None]
            if len(found) > 1:
                raise click.UsageError("a calendar holds one plan; give one case")
            for report in found:
                yield calendar_bytes(report, name_drug=pages["name_drug"], doses=pages["doses"]).decode()

        return {"ics": calendars}
    if style == "fhir":
        from medsteward.writers.plan import fhir as fhir_plan

        return {"fhir": document_pages(fhir_plan.document)}
    if style in ("html", "pdf"):
        page = _page_for(style, whom, pages["language"])
        return {style: one_page(lambda report: page(report, large_print=pages["large_print"]))}
    if style == "note":
        from medsteward.writers.plan import note as plan_note

        return {"note": one_by_one(plan_note.note)}
    if whom == "pharmacy":
        from medsteward.writers.plan import pharmacy as pharmacy_table

        return {
            "text": one_by_one(pharmacy_table.text),
            "md": one_by_one(pharmacy_table.markdown_text, "\n"),
            "csv": rows(pharmacy_table.csv_rows),
        }
    from medsteward.writers.plan import table as plan_table

    return {
        "text": one_by_one(plan_table.text),
        "md": one_by_one(plan_table.markdown_text, "\n"),
        "csv": rows(plan_table.csv_rows),
    }


def _say_unused(style: str, whom: str, pages: Mapping[str, Any]) -> None:
    """Say on standard error which options of pages and calendars do nothing here."""
    printed = style in ("html", "pdf")
    for given, works, what in (
        (pages["language"] != "en", printed and whom == "patient", "--language is for the patient's card"),
        (pages["large_print"], printed, "--large-print is for printed pages (html, pdf)"),
        (pages["doses"], style == "ics", "--dose-reminders is for calendars (ics)"),
        (pages["name_drug"], style == "ics", "--name-drug is for calendars (ics)"),
    ):
        if given and not works:
            say(f"{what}; nothing changed")


def _page_for(style: str, whom: str, language: str) -> Callable[..., Any]:
    """The page for the patient, the clinician or the pharmacy, as HTML or PDF."""
    if whom == "patient" and style == "html":
        from medsteward.writers.card import html as card_html

        return partial(card_html.page, language=language)
    if whom == "patient":
        from medsteward.writers.card import pdf as card_pdf

        return partial(card_pdf.document, language=language)
    if style == "html":
        from medsteward.writers.plan import html as plan_html

        return plan_html.clinician_page if whom == "clinician" else plan_html.pharmacy_page
    from medsteward.writers.plan import pdf as plan_pdf

    return plan_pdf.clinician_document if whom == "clinician" else plan_pdf.pharmacy_document


def one_page(made: Callable[[Any], P]) -> Callable[[Iterable[Any]], Iterator[P]]:
    """A writer of pages: of one plan, for more are not to be mixed up."""

    def writer(reports: Iterable[Any]) -> Iterator[P]:
        first, *more = reports
        if more:
            raise click.UsageError("a page is about one plan; give one case")
        yield made(first)

    return writer
