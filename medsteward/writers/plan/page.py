"""What the clinician's and the pharmacy's page of a plan show, as plain data. HTML and PDF draw it and decide nothing.

The clinician's page is the whole plan; the pharmacy's what is dispensed, numbered, so that no line of it can get lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from attrs import field, frozen
from attrs.validators import min_len

from medsteward.advice.plan.report import MeasureLine, PlanReport
from medsteward.schedules.naming import line_names, lines_of_plan
from medsteward.schedules.plan import Plan
from medsteward.schedules.restart import waiting
from medsteward.schedules.sig_lines import count_words, directions
from medsteward.schedules.step import StepKind
from medsteward.version import __version__
from medsteward.writers.card.days import nothing_to_print
from medsteward.writers.card.partners import PARTNER_TOPICS, partner_rows, partners_of
from medsteward.writers.card.patient_words import all_told
from medsteward.writers.plan.fill_rules import rule_words
from medsteward.writers.plan.slope import has_slope, slope_words
from medsteward.writers.plan.table import (
    DISPENSING,
    NEW_PRESCRIPTION,
    TAKING,
    fill_product,
    headline,
    marks,
    paces,
    quantity_words,
    sections,
    step_header,
    step_rows,
)
from medsteward.writers.plan.trial_words import MEASURED
from medsteward.writers.shared.cells import plain

NEW = "new, no refill"
"""How a dispensing that needs a new prescription is marked."""

_FILL_HEADER = ("no.", "from", "to", "product", "quantity", "directions for the label")
_TAKING_HEADER = ("step", "from", "to", "drug", "directions")


@frozen
class PageEntry:
    """A line of a list, and what belongs to it: limits of a support, the command of another way on."""

    text: str
    more: tuple[str, ...] = ()


@frozen
class Slope:
    """A measure that was taken more than once, to be drawn; ``words`` say the same."""

    line: MeasureLine
    words: str


@frozen
class PageTable:
    """Rows under a header. The first cell of a row names it; ``wide`` is the column that takes what room is left."""

    name: str
    header: tuple[str, ...] = field(validator=min_len(1))
    rows: tuple[tuple[str, ...], ...]
    wide: int


@frozen
class PagePart:
    """A titled part: a table, drawings, a list, or several of these."""

    title: str
    entries: tuple[PageEntry, ...] = ()
    table: PageTable | None = None
    slopes: tuple[Slope, ...] = ()


@frozen
class PlanPage:
    """The whole page. ``marks`` stand on every page of it; ``table`` are the steps, or what is dispensed."""

    title: str
    case_id: str
    made: str
    made_on: date
    headline: str
    marks: tuple[str, ...]
    lead: tuple[str, ...]
    table: PageTable | None
    parts: tuple[PagePart, ...] = ()


def clinician(report: PlanReport) -> PlanPage:
    """The whole plan: what was asked, each step with its percentages, sources. Problems are shown where it has any."""
    plan = report.plan
    return _page(
        report,
        f"{report.kind.capitalize()} plan",
        lead=[] if plan is None else [*now_words(plan), *paces(plan)],
        table=_steps(plan, report.as_of) if plan is not None and plan.steps else None,
        parts=(*(_part(report, title, lines) for title, lines in sections(report)), *_recalled(report)),
    )


def _recalled(report: PlanReport) -> tuple[PagePart, ...]:
    """What the patient card says from memory: to be read before it is given out. The card itself does not mark it."""
    if report.plan is None or not report.plan.steps:
        return ()
    tracks = tuple(lines_of_plan(report.plan).values())
    beside = (
        row
        for track in partners_of(report.plan, tracks)
        for topic in PARTNER_TOPICS
        for row in partner_rows(track, topic, report.kind)
    )
    told = dict.fromkeys((*all_told(tracks, report.kind), *beside))
    found = tuple(PageEntry(row.text) for row in told if row.needs_second_source)
    return (PagePart("On the patient card, and in need of a second source", found),) if found else ()


def pharmacy(report: PlanReport) -> PlanPage:
    """What is dispensed: days, product, quantity, directions. Raises ``NothingToPrint`` without a step."""
    if report.plan is None or not report.plan.steps:
        raise nothing_to_print(report)
    lead = [*dispensing_words(report.plan), *way_out_words(report.exit)]
    return _page(report, "For the pharmacy", lead=lead, table=_fills(report.plan))


def now_words(plan: Plan) -> list[str]:
    """What was taken when the plan was asked for, line by line; nothing for a trial, which starts from none."""
    if plan.request.trial is not None:
        return []
    return [
        f"taken until now: {track.written or name}, {track.daily_amount(track.daily)} of {name}"
        for course, names in zip(plan.origin.courses, line_names(plan.origin.courses), strict=True)
        for track, name in zip(course.tracks, names, strict=True)
    ]


_RENEWED = "what is needed to go on is prescribed as before, outside this plan"
"""What the pharmacy is told while a plan waits and the present dose goes on."""


def dispensing_words(plan: Plan) -> list[str]:
    """How many dispensings there are, and whether each needs a new prescription."""
    count = len(plan.fills)
    waits = [*waiting(plan), _RENEWED] if plan.goes_on else list(waiting(plan))
    if not count:
        return ["nothing is dispensed", *waits]
    said = [f"{count} dispensing{'s' if count > 1 else ''}, numbered; the last one is number {count}"]
    if all(each.schedule == NEW_PRESCRIPTION for each in plan.fills):
        said.append("each dispensing is a new prescription; no refills")
    return [*said, *rule_words(plan), *waits]


def way_out_words(leaving: Plan | None) -> list[str]:
    """What a trial's way out would need, so that it is at hand when it is decided on; not dispensed before."""
    if leaving is None or not leaving.fills:
        return []
    needed = "; ".join(f"{count_words(each.quantity, each.unit)}, {fill_product(each)}" for each in leaving.fills)
    return [f"not to dispense before {leaving.first_day}, and only if the trial ends then: {needed}"]


def fill_rows(plan: Plan) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The header and a row for each dispensing. What holds for all of them is not said in each."""
    fills = plan.fills
    some = any(each.schedule == NEW_PRESCRIPTION for each in fills)
    marked = some and not all(each.schedule == NEW_PRESCRIPTION for each in fills)
    header = (*_FILL_HEADER[:-1], "prescription", _FILL_HEADER[-1]) if marked else _FILL_HEADER
    rows = []
    for number, each in enumerate(fills, start=1):
        kind = (NEW if each.schedule == NEW_PRESCRIPTION else "",) if marked else ()
        quantity = quantity_words(each, is_given=plan.is_given(each))
        days = each.first_day.isoformat(), each.last_day.isoformat()
        rows.append((str(number), *days, fill_product(each), quantity, *kind, each.sig))
    return header, rows


def _page(
    report: PlanReport, title: str, *, lead: Iterable[str], table: PageTable | None, parts: tuple[PagePart, ...] = ()
) -> PlanPage:
    case_id = plain(report.case_id or "", 60)
    case = f"{case_id}, " if case_id else ""
    return PlanPage(
        title=title,
        case_id=case_id,
        made=f"{case}as of {report.as_of}, medsteward {__version__}",
        made_on=report.as_of,
        headline=plain(headline(report)),
        marks=tuple(map(plain, marks(report))),
        lead=tuple(map(plain, lead)),
        table=table,
        parts=parts,
    )


def _table(name: str, header: Sequence[str], rows: Iterable[Sequence[str]], wide: int) -> PageTable:
    cells = tuple(tuple(plain(each) for each in row) for row in rows)
    return PageTable(name, tuple(each or "note" for each in header), cells, wide)


def _steps(plan: Plan, as_of: date) -> PageTable:
    header = step_header(plan)
    return _table("Steps", header, step_rows(plan, as_of), header.index("a day"))


def _fills(plan: Plan) -> PageTable | None:
    header, rows = fill_rows(plan)
    return _table("Dispensings", header, rows, len(header) - 1) if rows else None


def _taking(plan: Plan) -> PageTable:
    if plan.awaits_restart:
        return _table(
            TAKING, _TAKING_HEADER, [("", "", "", "", each) for each in waiting(plan)], len(_TAKING_HEADER) - 1
        )
    rows = []
    for step in plan.steps:
        days = step.first_day.isoformat(), step.last_day.isoformat()
        if step.kind is StepKind.STOP:
            rows.append((str(step.number), days[0], "", "", "take none"))
            continue
        taken = directions(step, plan.request_of(step).courses) or [("", "take none")]
        rows += [(str(step.number), *days, name, sig) for name, sig in taken]
    return _table(TAKING, _TAKING_HEADER, rows, len(_TAKING_HEADER) - 1)


def _part(report: PlanReport, title: str, lines: Sequence[str]) -> PagePart:
    """A part of the text; what the text lists in lines of one shape is a table here, and measures are drawn."""
    if report.plan is not None and title == TAKING:
        return PagePart(title, table=_taking(report.plan))
    if report.plan is not None and title == DISPENSING:
        return PagePart(title, table=_fills(report.plan))
    if title == MEASURED:
        drawn = tuple(Slope(each, plain(slope_words(each, bars=False))) for each in report.measures if has_slope(each))
        said = tuple(PageEntry(plain(slope_words(each, bars=False))) for each in report.measures if not has_slope(each))
        return PagePart(title, entries=said, slopes=drawn)
    return PagePart(title, entries=tuple(_entries(lines)))


def _entries(lines: Sequence[str]) -> Iterable[PageEntry]:
    """Lines as entries: those set in belong to the one above them."""
    found: list[list[str]] = []
    for line in lines:
        if line.startswith("  ") and found:
            found[-1].append(plain(line.strip()))
        else:
            found.append([plain(line)])
    return [PageEntry(first, tuple(more)) for first, *more in found]
