"""Which reports there are, in which formats each is written, and by which writer: the one table of them.

The choices of ``--format``, its help, ``docs/formats.md`` and the tests read it. A new format is a module with a
function that writes one report, and a row here. A writer is named as text and imported when it is used, so that a
command loads no more than it writes.

The first row of a format is taken where nobody says whom it is for. The order of rows is that of the help; the first
format is the default.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from attrs import field, frozen

from medsteward.writers.shared.several import (
    Texts,
    apart,
    as_written,
    below,
    bundles,
    documents,
    lines,
    one_page,
    rows,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from medsteward.advice.case.dose_lookup import LimitsOf
    from medsteward.advice.case.lookup import About
    from medsteward.advice.case.mme_report import MmeReport
    from medsteward.advice.case.proposed import Proposed
    from medsteward.advice.case.review import Review
    from medsteward.advice.pain.matching import PainMatch
    from medsteward.advice.plan.held import ScheduleCheck
    from medsteward.advice.plan.report import PlanReport, PlanSheet
    from medsteward.advice.population.report import PopulationReport
    from medsteward.advice.saved.moved import Moved
    from medsteward.fills.report import FillsReport, Tally
    from medsteward.interactions.result import CheckReport
    from medsteward.interactions.rule import Rule
    from medsteward.limits.limit import DoseLimit
    from medsteward.model.drug import Drug
    from medsteward.reminders.reminder import RemindReport
    from medsteward.scales.scale import ScoreReport
    from medsteward.tables.diff import Comparison
    from medsteward.tables.table import FactorTable
    from medsteward.writers.known.rxnorm_name import TakenApart
    from medsteward.writers.plan.changes import Revision

R_contra = TypeVar("R_contra", contravariant=True)
Write = Callable[..., Any]
"""What writes one report, or all of them: what it takes and gives is what its way of putting together asks for."""


class Whom(Enum):
    """Whom a plan is written for."""

    PATIENT = "patient"
    CLINICIAN = "clinician"
    PHARMACY = "pharmacy"


@frozen
class Format:
    """One row: a format by its name, the writer, and how several reports are put together.

    ``writer`` is a module of ``medsteward.writers`` and its function, as ``mme.table:text``. ``takes`` names the
    options that it listens to; others do nothing. ``whom`` is None where it makes no difference. ``shows_problems``:
    what is not understood stands in the answer; else it is said beside it. ``only`` names a function, as ``writer``
    does, that lets the reports through of which this format is made.
    """

    name: str
    together: Callable[[Write, Iterable[Any]], Texts]
    writer: str
    takes: tuple[str, ...] = ()
    whom: Whom | None = None
    shows_problems: bool = True
    only: str = ""

    def loaded(self) -> Write:
        """The writer, imported now."""
        return _imported(self.writer)

    def let_through(self, reports: Iterable[Any]) -> Iterable[Any]:
        """The reports of which this format is made; raises at another."""
        return cast(Iterable[Any], _imported(self.only)(reports)) if self.only else reports


def _imported(name: str) -> Write:
    module, _, function = name.partition(":")
    return cast(Write, getattr(import_module(f"medsteward.writers.{module}"), function))


_STANDS = "plan.choice:that_stand"


@frozen
class Written(Generic[R_contra]):
    """A report of one kind and every format it is written in. ``about`` says what it is."""

    name: str
    about: str
    formats: tuple[Format, ...] = field()

    @formats.validator
    def _each_once(self, _attribute: object, formats: tuple[Format, ...]) -> None:
        if len({(each.name, each.whom) for each in formats}) != len(formats):
            raise ValueError(f"{self.name}: a format is there twice for the same reader")

    @property
    def names(self) -> tuple[str, ...]:
        """Its formats by name, the default first."""
        return tuple(dict.fromkeys(each.name for each in self.formats))

    def format(self, name: str, whom: Whom | None = None) -> Format | None:
        """A row; None where there is no such format, or not for this reader."""
        found = (each for each in self.formats if each.name == name and whom in (None, each.whom))
        return next(found, None)

    def shows_problems(self, name: str) -> bool:
        """Whether what is not understood stands in an answer in this format; else it is said beside it."""
        return any(each.shows_problems for each in self.formats if each.name == name)

    def names_for(self, whom: Whom) -> tuple[str, ...]:
        """The formats that there are for a reader."""
        return tuple(each.name for each in self.formats if each.whom is whom)

    def names_taking(self, option: str) -> tuple[str, ...]:
        """The formats in which an option does something."""
        return tuple(dict.fromkeys(each.name for each in self.formats if option in each.takes))

    def write(self, name: str, reports: Iterable[R_contra], whom: Whom | None = None, **options: bool | str) -> Texts:
        """The reports in a format, as they come; of the options those that the format takes.

        Refuses (``KeyError``) a format that is not in the table. Raises ``OneOnly`` for several reports in a format
        that holds one, and what the writer raises, such as ``MissingPart``.
        """
        row = self.format(name, whom)
        if row is None:
            raise KeyError(name)
        taken = {option: options[option] for option in row.takes if option in options}
        write = row.loaded()
        return row.together(partial(write, **taken) if taken else write, row.let_through(reports))


MME: Written[MmeReport] = Written(
    "mme",
    "MME per day, with the working",
    (
        Format("text", apart, "mme.table:text", takes=("verbose",)),
        Format("json", documents, "mme.document:document"),
        Format("jsonl", lines, "mme.document:document"),
        Format("csv", rows, "mme.table:csv_rows"),
        Format("md", below, "mme.table:markdown_text"),
        Format("fhir", bundles, "mme.fhir:document"),
    ),
)
CHECK: Written[CheckReport] = Written(
    "check",
    "findings of drugs, conditions, age and dates",
    (
        Format("text", apart, "check.table:text", takes=("everything", "verbose")),
        Format("json", documents, "check.document:document"),
        Format("jsonl", lines, "check.document:document"),
        Format("csv", rows, "check.table:csv_rows"),
        Format("md", below, "check.table:markdown_text", takes=("everything",)),
        Format("fhir", bundles, "check.fhir:document"),
    ),
)
REMIND: Written[RemindReport] = Written(
    "remind",
    "what to offer, when, and why",
    (
        Format("text", apart, "remind.table:text", takes=("everything",)),
        Format("json", documents, "remind.document:document"),
        Format("jsonl", lines, "remind.document:document"),
        Format("csv", rows, "remind.table:csv_rows"),
        Format("md", below, "remind.table:markdown_text"),
        Format("ics", as_written, "remind.ics:calendars", takes=("name_drug",)),
        Format("fhir", bundles, "remind.fhir:document"),
    ),
)
REVIEW: Written[Review] = Written(
    "review",
    "MME, findings and reminders of one case",
    (
        Format("text", apart, "review.screen:text", takes=("verbose",)),
        Format("json", documents, "review.document:document"),
        Format("jsonl", lines, "review.document:document"),
        Format("md", below, "review.table:markdown_text"),
        Format("html", apart, "review.html:page"),
        Format("note", apart, "review.note:text"),
        Format("fhir", bundles, "review.fhir:document"),
    ),
)
PROPOSED: Written[Proposed] = Written(
    "proposed",
    "what proposed orders change: now, with them, and what they bring",
    (
        Format("text", apart, "proposed.table:text"),
        Format("json", documents, "proposed.document:document"),
        Format("jsonl", lines, "proposed.document:document"),
        Format("md", below, "proposed.table:markdown_text"),
    ),
)
SCORE: Written[ScoreReport] = Written(
    "score",
    "a clinical scale",
    (
        Format("text", apart, "known.score_table:text"),
        Format("json", documents, "known.score_json:document"),
    ),
)

_CARD = ("large_print", "language", "sheets", "clinic")
_PLAN = (
    Format("text", apart, "plan.table:text", takes=("verbose", "explain"), whom=Whom.CLINICIAN),
    Format("text", apart, "plan.pharmacy:text", whom=Whom.PHARMACY, only=_STANDS),
    Format("json", documents, "plan.document:document", whom=Whom.CLINICIAN),
    Format("csv", rows, "plan.table:csv_rows", whom=Whom.CLINICIAN),
    Format("csv", rows, "plan.pharmacy:csv_rows", whom=Whom.PHARMACY, only=_STANDS),
    Format("md", below, "plan.table:markdown_text", takes=("explain",), whom=Whom.CLINICIAN),
    Format("md", below, "plan.pharmacy:markdown_text", whom=Whom.PHARMACY, only=_STANDS),
    Format("note", apart, "plan.note:note", whom=Whom.CLINICIAN),
    Format(
        "ics", as_written, "plan.ics:calendars", takes=("name_drug", "dose_reminders"), whom=Whom.PATIENT, only=_STANDS
    ),
    Format("fhir", documents, "plan.fhir:document", only=_STANDS),
    Format("html", one_page, "card.html:page", takes=_CARD, whom=Whom.PATIENT, only=_STANDS),
    Format("html", one_page, "plan.html:clinician_page", takes=("large_print",), whom=Whom.CLINICIAN, only=_STANDS),
    Format("html", one_page, "plan.html:pharmacy_page", takes=("large_print",), whom=Whom.PHARMACY, only=_STANDS),
    Format("pdf", one_page, "card.pdf:document", takes=_CARD, whom=Whom.PATIENT, only=_STANDS),
    Format("pdf", one_page, "plan.pdf:clinician_document", takes=("large_print",), whom=Whom.CLINICIAN, only=_STANDS),
    Format("pdf", one_page, "plan.pdf:pharmacy_document", takes=("large_print",), whom=Whom.PHARMACY, only=_STANDS),
)
PLAN: Written[PlanReport] = Written("plan", "a taper or a trial", _PLAN)
SHEET: Written[PlanSheet] = Written(
    "sheet",
    "a plan and its days alone, for the patient",
    tuple(each for each in _PLAN if each.whom is Whom.PATIENT),
)
RHYTHM: Written[PlanReport] = Written(
    "rhythm",
    "the clinic's contacts of the first weeks, which have no doses",
    tuple(each for each in _PLAN if each.name != "ics"),
)
PLAN_CHANGES: Written[Revision] = Written(
    "plan changes",
    "what the last revision changed",
    (
        Format("text", below, "plan.changes:revision_text"),
        Format("json", documents, "plan.changes:revision_document"),
    ),
)
PLAN_MOVED: Written[Moved] = Written(
    "plan moved",
    "what changes moved in a plan",
    (Format("text", apart, "plan.moved:text"),),
)
PLAN_CHECK: Written[ScheduleCheck] = Written(
    "plan check",
    "a schedule checked against a policy",
    (
        Format("text", apart, "held.table:text"),
        Format("json", documents, "held.document:document"),
        Format("jsonl", lines, "held.document:document"),
        Format("csv", rows, "held.table:csv_rows"),
        Format("md", below, "held.table:markdown_text"),
    ),
)
FILLS: Written[FillsReport | Tally] = Written(
    "fills",
    "dispensing records, patient by patient, and what became of all rows",
    (
        Format("text", as_written, "fills.stream:text"),
        Format("json", as_written, "fills.stream:json"),
        Format("jsonl", as_written, "fills.stream:jsonl"),
        Format("csv", as_written, "fills.stream:csv"),
    ),
)
POPULATION: Written[PopulationReport] = Written(
    "population",
    "a population: MME by each definition, sedatives, measures, what was not counted",
    (
        Format("html", one_page, "population.html:page"),
        Format("md", below, "population.text:markdown_text"),
        Format("csv", below, "population.text:csv_rows"),
        Format("json", documents, "population.text:document"),
    ),
)
CODES: Written[Mapping[str, object]] = Written(
    "codes",
    "a code, or what an index of codes holds",
    (
        Format("text", below, "known.codes:text"),
        Format("json", documents, "known.codes:document"),
    ),
)
DRUG_LIST: Written[Sequence[Drug]] = Written(
    "drug list",
    "drugs, a line each",
    (
        Format("text", below, "known.drugs:list_text"),
        Format("json", documents, "known.drugs:list_document"),
        Format("csv", below, "known.drugs:list_csv"),
        Format("md", below, "known.drugs:list_markdown"),
    ),
)
DRUG: Written[About] = Written(
    "drug",
    "what is known of a drug, a class or a product",
    (
        Format("text", below, "known.drugs:about_text", shows_problems=False),
        Format("json", documents, "known.drugs:about_document"),
        Format("csv", below, "known.drugs:about_csv", shows_problems=False),
        Format("md", below, "known.drugs:about_markdown", shows_problems=False),
    ),
)
RXNORM_NAME: Written[TakenApart] = Written(
    "rxnorm name",
    "a name of RxNorm, taken apart",
    (
        Format("text", below, "known.rxnorm_name:text"),
        Format("json", documents, "known.rxnorm_name:document"),
        Format("csv", below, "known.rxnorm_name:csv_rows", shows_problems=False),
        Format("md", below, "known.rxnorm_name:markdown_text", shows_problems=False),
    ),
)
MATCHING: Written[PainMatch] = Written(
    "matching",
    "what fits a kind of pain",
    (
        Format("text", apart, "known.matching_table:text"),
        Format("json", documents, "known.matching_json:document"),
        Format("csv", rows, "known.matching_table:csv_rows"),
        Format("md", below, "known.matching_table:markdown_text"),
    ),
)
TABLE_LIST: Written[Sequence[FactorTable]] = Written(
    "table list",
    "factor tables, a line each",
    (
        Format("text", below, "known.tables:list_text"),
        Format("json", documents, "known.tables:list_document"),
        Format("csv", below, "known.tables:list_csv"),
        Format("md", below, "known.tables:list_markdown"),
    ),
)
TABLE: Written[FactorTable] = Written(
    "table",
    "a factor table with its rows",
    (
        Format("text", below, "known.tables:show_text"),
        Format("json", documents, "known.tables:show_document"),
        Format("csv", below, "known.tables:show_csv"),
        Format("md", below, "known.tables:show_markdown"),
    ),
)
TABLE_DIFF: Written[Comparison] = Written(
    "table diff",
    "how two factor tables differ",
    (
        Format("text", below, "known.tables:diff_text"),
        Format("json", documents, "known.tables:diff_document"),
        Format("csv", below, "known.tables:diff_csv"),
        Format("md", below, "known.tables:diff_markdown"),
    ),
)
DOSE_LIST: Written[Sequence[DoseLimit]] = Written(
    "dose limits",
    "dose limits, a line each",
    (
        Format("text", below, "known.doses:list_text"),
        Format("json", documents, "known.doses:list_document"),
        Format("csv", below, "known.doses:list_csv"),
        Format("md", below, "known.doses:list_markdown"),
    ),
)
DOSES: Written[LimitsOf] = Written(
    "doses",
    "the dose limits of a medicine",
    (
        Format("text", below, "known.doses:show_text", shows_problems=False),
        Format("json", documents, "known.doses:show_document"),
        Format("csv", below, "known.doses:show_csv", shows_problems=False),
        Format("md", below, "known.doses:show_markdown", shows_problems=False),
    ),
)
RULE_LIST: Written[Sequence[Rule]] = Written(
    "rule list",
    "every rule, a line each",
    (
        Format("text", below, "check.rules:list_text"),
        Format("json", documents, "check.rules:document"),
        Format("md", below, "check.rules:list_markdown"),
    ),
)
RULES: Written[Sequence[Rule]] = Written(
    "rules",
    "rules in full",
    (
        Format("text", below, "check.rules:text"),
        Format("json", documents, "check.rules:document"),
        Format("md", below, "check.rules:markdown_text"),
    ),
)
TEMPLATE: Written[str] = Written(
    "template",
    "a case to fill in",
    (
        Format("toml", below, "case.template:toml"),
        Format("json", below, "case.template:json"),
    ),
)

ALL = (
    *(
        MME,
        CHECK,
        REMIND,
        REVIEW,
        PROPOSED,
        SCORE,
        PLAN,
        SHEET,
        RHYTHM,
        PLAN_CHANGES,
        PLAN_MOVED,
        PLAN_CHECK,
        FILLS,
        POPULATION,
        CODES,
    ),
    *(
        DRUG_LIST,
        DRUG,
        RXNORM_NAME,
        MATCHING,
        TABLE_LIST,
        TABLE,
        TABLE_DIFF,
        DOSE_LIST,
        DOSES,
        RULE_LIST,
        RULES,
        TEMPLATE,
    ),
)
"""Every kind of report."""
