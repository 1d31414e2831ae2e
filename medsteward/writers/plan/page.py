"""What the clinician's and the pharmacy's page of a plan show, as plain data. HTML and PDF draw it and decide nothing.

The clinician's page is the whole plan; the pharmacy's what is dispensed, numbered, so that no line of it can get lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from attrs import evolve, field, frozen
from attrs.validators import min_len

from medsteward.advice.plan.report import MeasureLine, PlanReport
from medsteward.schedules.naming import line_names, lines_of_plan
from medsteward.schedules.plan import Plan, PlannedFill
from medsteward.schedules.restart import waiting
from medsteward.schedules.sig_lines import count_words, directions
from medsteward.schedules.step import StepKind
from medsteward.version import __version__
from medsteward.writers.card.curve import Curve, curves_of
from medsteward.writers.card.days import nothing_to_print
from medsteward.writers.card.language import language
from medsteward.writers.card.partners import PARTNER_TOPICS, partner_rows, partners_of
from medsteward.writers.card.patient_words import all_told
from medsteward.writers.plan import ways
from medsteward.writers.plan.fill_rules import rule_words
from medsteward.writers.plan.in_short import (
    SIGNED,
    length_line,
    new_strengths,
    support_lines,
    units_a_day,
    visit_lines,
)
from medsteward.writers.plan.policy import pace_words
from medsteward.writers.plan.slope import has_slope, slope_words
from medsteward.writers.plan.step_table import first_words
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
    stated_words,
    step_header,
    step_rows,
)
from medsteward.writers.plan.trial_words import MEASURED
from medsteward.writers.shared.cells import plain

NEW = "new, no refill"
"""How a dispensing that needs a new prescription is marked."""

_FILL_HEADER = ("no.", "from", "days", "product", "quantity", "directions for the label")
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
    """The whole page. ``marks`` stand on every page of it; ``table`` are the steps, or what is dispensed.

    ``blanks`` are lines to write on at its head, ``signed`` those after its parts. ``appendix`` is the working: parts
    that are folded on a screen and begin a new sheet on paper.
    """

    title: str
    case_id: str
    made: str
    made_on: date
    headline: str
    marks: tuple[str, ...]
    lead: tuple[str, ...]
    table: PageTable | None
    parts: tuple[PagePart, ...] = ()
    blanks: tuple[str, ...] = ()
    curves: tuple[Curve, ...] = ()
    signed: tuple[str, ...] = ()
    appendix: tuple[PagePart, ...] = ()


APPENDIX = "Appendix: working, sources, policy"
"""The title of what is folded."""

_FIRST = frozenset(
    {
        "Problems",
        "Decision",
        "Steps that need attention",
        "What happened since",
        "To know about the plan",
        "Ceiling",
        "Rules set before the first dose",
        MEASURED,
        "Reminders at the start",
        "Findings of the present regimen",
        "With the present regimen",
        "To know",
    }
)
"""Parts that stand before the appendix. Visits and supportive care stand there in short."""


def clinician(report: PlanReport) -> PlanPage:
    """The whole plan: what was asked, each step with its percentages, sources. Problems are shown where it has any."""
    plan = report.plan
    has_steps = plan is not None and bool(plan.steps)
    first = _FIRST | {ways.title(report)} if report.awaits_choice else _FIRST
    whole = [(title, _part(report, title, lines)) for title, lines in sections(report)]
    lead = [] if plan is None else [*now_words(plan), *(_paces_in_short(plan) if has_steps else paces(plan))]
    made = _page(
        report,
        plain(f"{report.kind.capitalize()} plan"),
        lead=[length_line(plan), *lead] if plan is not None and has_steps and length_line(plan) else lead,
        table=_steps(plan, report.as_of) if plan is not None and has_steps else None,
        parts=(*(part for title, part in whole if title in first), *_in_short(report)),
    )
    if plan is None or not has_steps:
        return evolve(made, parts=tuple(part for _, part in whole))
    paced = [] if plan.request.trial is not None else [PagePart("Pace", tuple(_entries(paces(plan))))]
    return evolve(
        made,
        curves=() if plan.awaits_restart or len(plan.steps) < 2 else curves_of(plan, language("en"), report.as_of),
        signed=SIGNED,
        appendix=(*paced, *(part for title, part in whole if title not in first), *_recalled(report)),
    )


def _paces_in_short(plan: Plan) -> list[str]:
    """What is asked for, in a line for each course, and by whom; of a trial all of it."""
    if plan.request.trial is not None:
        return paces(plan)
    said = [
        f"{' and '.join(names)}: {pace_words(course.policy)}"
        + (f". Asked instead: {', '.join(course.overrides)}" if course.overrides else "")
        for course, names in zip(plan.request.courses, line_names(plan.request.courses), strict=True)
    ]
    return [*said, *stated_words(plan), *([f"for: {plan.request.indication}"] if plan.request.indication else [])]


def _in_short(report: PlanReport) -> Iterable[PagePart]:
    """Visits as a rule with their dates, and what is offered beside the plan."""
    if report.plan is None or not report.plan.steps:
        return
    for title, said in (("Visits", visit_lines(report.checkpoints)), ("Supportive care", support_lines(report))):
        if said:
            yield PagePart(title, tuple(PageEntry(plain(each)) for each in said))


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
    return evolve(_page(report, "For the pharmacy", lead=lead, table=_fills(report.plan)), blanks=_WRITTEN)


def now_words(plan: Plan) -> list[str]:
    """What was taken when the plan was asked for, line by line; nothing for a trial, which starts from none."""
    if plan.request.trial is not None:
        return []
    return [
        f"taken until now: {track.written or name}, {track.daily_amount(track.daily)} of {name}"
        for course, names in zip(plan.origin.courses, line_names(plan.origin.courses), strict=True)
        for track, name in zip(course.tracks, names, strict=True)
    ]


_WRITTEN = ("Patient", "Date of birth", "Prescriber", "Date")
"""Lines at the head of the pharmacy's page."""

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


def _first_of(plan: Plan, fill: PlannedFill) -> str:
    """The first day with a dose of a dispensing, where days lie between doses."""
    step = plan.on(fill.first_day)
    return "" if step is None else first_words(step, fill.name, since=fill.first_day)


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
        days = each.first_day.isoformat(), str(each.days_supply)
        product = f"NEW STRENGTH: {fill_product(each)}" if each.new_strength else fill_product(each)
        rows.append((str(number), *days, product, quantity, *kind, f"{each.sig}{_first_of(plan, each)}"))
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
    header, rows = step_header(plan), step_rows(plan, as_of)
    if plan.request.trial is None and not plan.awaits_restart:
        place = header.index("a day")
        rows = [
            (
                *row[:place],
                "; ".join(filter(None, (row[place], units_a_day(step)))),
                *row[place + 1 : -1],
                ", ".join(filter(None, (row[-1], new_strengths(plan, step)))),
            )
            for step, row in zip(plan.steps, rows, strict=True)
        ]
    return _table("Steps", header, rows, header.index("a day"))


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
        rows += [(str(step.number), *days, name, f"{sig}{first_words(step, name)}") for name, sig in taken]
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
