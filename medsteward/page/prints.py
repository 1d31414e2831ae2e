"""Screen 6: what is printed and sent: card, pages for pharmacy and clinician, calendar, FHIR, note."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from attrs import frozen

from medsteward.errors import MedstewardError
from medsteward.page.answer import Answer
from medsteward.page.form import SentForm
from medsteward.page.plans import saved_plan
from medsteward.page.view import page
from medsteward.writers.card.asked import Sheets
from medsteward.writers.formats import PLAN, Whom
from medsteward.writers.shared.cells import plain
from medsteward.writers.shared.problems import problem_sentences


@frozen
class Paper:
    """One thing to print or send: its format, for whom, its kind, and the name of its file (empty: it is shown)."""

    words: str
    style: str
    whom: Whom | None
    kind: str
    file: str = ""


PAPERS: Mapping[str, Paper] = MappingProxyType(
    {
        "card": Paper("Patient card", "html", Whom.PATIENT, "text/html"),
        "pharmacy": Paper("Pharmacy page", "html", Whom.PHARMACY, "text/html"),
        "clinician": Paper("Clinician page", "html", Whom.CLINICIAN, "text/html"),
        "calendar": Paper("Calendar file", "ics", Whom.PATIENT, "text/calendar", "plan.ics"),
        "fhir": Paper("FHIR bundle", "fhir", None, "application/fhir+json", "plan-fhir.json"),
        "note": Paper("Note for the record", "note", Whom.CLINICIAN, "text/plain"),
        "file": Paper("Plan file", "json", Whom.CLINICIAN, "application/json", "plan.json"),
    }
)
"""Everything that can be had of a plan, by the name of its button."""

_SHOWN = {"papers": PAPERS, "options_sheets": [(each.value, each.value) for each in Sheets]}


def prints(form: SentForm, today: date) -> Answer:
    """The list of what can be had, or one of them."""
    paper = PAPERS.get(form.text("paper"))
    if not form.has("plan"):
        return page("print", {**_SHOWN, "form": form, "problems": ()})
    try:
        saved, report, problems = saved_plan(form, today)
        if saved is None or report is None:
            return page("print", {**_SHOWN, "form": form, "problems": problem_sentences(problems)}, status=400)
        if paper is None:
            return page("print", {**_SHOWN, "form": form, "problems": problem_sentences(report.problems)})
        sheets = form.text("sheets")
        options: dict[str, bool | str] = {"large_print": form.has("large_print"), "clinic": form.text("clinic")}
        options |= {"sheets": sheets} if sheets in {each.value for each in Sheets} else {}
        texts = list(PLAN.write(paper.style, [report], paper.whom, **options))
    except (MedstewardError, ValueError) as error:
        return page("print", {**_SHOWN, "form": form, "problems": (plain(str(error)),)}, status=400)
    body = b"".join(each if isinstance(each, bytes) else str(each).encode() for each in texts)
    if paper.style == "html":
        return Answer(body, paper.kind, is_paper=True)
    return Answer(body, paper.kind, file=paper.file)
