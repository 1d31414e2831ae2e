"""The patient card as plain data: which day shows what, in words. HTML and PDF are drawn from it and decide nothing.

Every day of the plan is on the card once, in the month it falls in, under the step in force. What is taken on it is a
list of rows, one for each product at each time of the day, with count and amount, so that each checks the other.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from attrs import frozen

from medsteward.advice.plan.report import Checkpoint, PlanSheet
from medsteward.errors import NothingToPrint
from medsteward.schedules.moment import Moment
from medsteward.schedules.naming import lines_of_plan
from medsteward.schedules.plan import NeedsChoice, Plan
from medsteward.schedules.step import Step, TimedDose
from medsteward.schedules.trial import Trial
from medsteward.writers.card.blocks import (
    NOT_REVIEWED,
    block_of,
    blocks_of,
    contacts_of,
    ending_of,
    footer_of,
    labels_of,
    marks_of,
    title_of,
)
from medsteward.writers.card.curve import curves_of
from medsteward.writers.card.language import WEEK_BEGINS, Language, language, noted
from medsteward.writers.card.sessions import folded, is_before_therapy, therapy_days
from medsteward.writers.card.sheet import Card, CardRow, Cell, Month, Stretch
from medsteward.writers.card.text import (
    AFTER_GAP,
    CHECK_DAY,
    CHECK_DAYS,
    PLANNED,
    USES,
    WAITING,
)
from medsteward.writers.card.told import Lines, Told, changes_of, overview_row, totals
from medsteward.writers.card.words import MOMENTS, dose_words, line_words, named_product, unit_words
from medsteward.writers.shared.cells import plain

# Translators: Shown until a clinician who speaks the language has read the words.


def card_of(report: PlanSheet, *, language_code: str = "en") -> Card:
    """A report as a card.

    A plan that waits for a restart dose has a card without a dose, which says what to do. Raises ``NothingToPrint``
    without a step, ``UnknownLanguage`` for a language not known.
    """
    if report.plan is None or not report.plan.steps:
        raise nothing_to_print(report)
    words, plan = language(language_code), folded(report.plan)
    if plan.awaits_restart:
        return _waiting(report, plan, words)
    lines = lines_of_plan(plan)
    told = changes_of(plan, words)
    return Card(
        language=words.code,
        title=title_of(report, words),
        subtitle=words.say(
            "From {first} to {last}", first=words.full_date(plan.first_day), last=words.full_date(plan.last_day)
        ),
        made=report.as_of,
        footer=footer_of(report, plan, words),
        marks=marks_of(report, plan, words),
        for_staff="" if words.reviewed else NOT_REVIEWED,
        overview=tuple(overview_row(step, told[step.number], words) for step in plan.steps),
        ending=ending_of(report, report.plan, words),
        curves=() if is_before_therapy(plan) else curves_of(plan, words),
        contacts=contacts_of(words),
        blocks=tuple(blocks_of(report, list(lines.values()), words)),
        months=tuple(_months(report, plan, lines, told, words)),
        week=words.week,
        labels=labels_of(words),
    )


def _waiting(report: PlanSheet, plan: Plan, words: Language) -> Card:
    """The card of a plan that waits: what to do, whom to call, what helps; no step, day or dose to take."""
    tracks = list(lines_of_plan(plan).values())
    dose = "; ".join(totals(plan.steps[-1], words))
    first = block_of(WAITING if plan.goes_on else AFTER_GAP, report.kind, tracks, words, dose=dose)
    return Card(
        language=words.code,
        title=title_of(report, words),
        subtitle=words.full_date(report.as_of),
        made=report.as_of,
        footer=footer_of(report, plan, words),
        marks=(
            words.say("Your plan waits. Call your clinic today."),
            *(() if words.reviewed else (words.say(NOT_REVIEWED),)),
        ),
        for_staff="" if words.reviewed else NOT_REVIEWED,
        overview=(),
        ending="",
        curves=(),
        contacts=contacts_of(words),
        blocks=(first, *(block for block in blocks_of(report, tracks, words) if block.id not in PLANNED)),
        months=(),
        week=words.week,
        labels=labels_of(words),
    )


def nothing_to_print(report: PlanSheet) -> NothingToPrint:
    """Why there is no page: the problem, or the choice that comes before the first step."""
    why = ""
    if report.plan is not None and isinstance(report.plan.outcome, NeedsChoice):
        why = report.plan.outcome.reason
    elif report.problems:
        why = report.problems[0].text
    return NothingToPrint(why, report.exit_code)


# --- months -------------------------------------------------------------------------------------------------------


def _months(report: PlanSheet, plan: Plan, lines: Lines, told: Mapping[int, Told], words: Language) -> Iterable[Month]:
    first = plan.first_day.replace(day=1)
    sessions = frozenset() if report.plan is None else therapy_days(report.plan)
    uses = tuple(_uses(plan.request.trial, words)) if plan.request.trial is not None else ()
    while first <= plan.last_day:
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        stretches = tuple(
            _stretch(step, first, last, lines, sessions, uses, told[step.number], words)
            for step in plan.steps
            if step.first_day <= last and step.last_day >= first
        )
        # what comes after the last dose stands on the last month
        until = date.max if last >= plan.last_day else last
        if stretches:
            yield Month(
                id=first.strftime("%Y-%m"),
                title=words.month(first),
                stretches=stretches,
                checks=tuple(_check(each, words) for each in report.checkpoints if first <= each.last_day <= until),
                next_change=_next(plan, told, last, words),
            )
        if last == date.max:
            return
        first = last + timedelta(days=1)


def _check(point: Checkpoint, words: Language) -> str:
    what = words.say(CHECK_DAYS.get(point.kind, CHECK_DAY))
    if point.first_day < point.last_day:
        first, last = words.short_day(point.first_day), words.short_day(point.last_day)
        # Translators: The days within which something is done, each with its weekday.
        return words.say("between {first} and {last}: {what}", first=first, last=last, what=what)
    return words.say("{day}: {what}", day=words.short_day(point.last_day), what=what)


def _next(plan: Plan, told: Mapping[int, Told], last: date, words: Language) -> str:
    after = next((step for step in plan.steps if step.first_day > last), None)
    if after is None:
        return ""
    return words.say("Next change: {day}.", day=words.day(after.first_day))


def _stretch(
    step: Step,
    first: date,
    last: date,
    lines: Lines,
    sessions: frozenset[date],
    uses: tuple[str, ...],
    told: Told,
    words: Language,
) -> Stretch:
    start, end = max(step.first_day, first), min(step.last_day, last)
    begins = start == step.first_day
    return Stretch(
        step=step.number,
        title=words.say("Step {number}", number=str(step.number)),
        when=_when(start, end, words),
        change_day=words.say("Change day: {day}", day=words.short_day(start)) if begins else "",
        changes=told.sentences if begins else (),
        rows=tuple(_rows(step.doses, words)),
        totals=totals(step, words),
        notes=(
            *_patch_notes(step, lines, words),
            *uses,
            *_therapy_notes(step, words),
            *_as_needed_notes(step, lines, words),
        ),
        boxes=_box_names(step, words),
        weeks=tuple(_weeks(step, start, end, _Ticks(lines, sessions), told.word if begins else "", words)),
    )


def _when(start: date, end: date, words: Language) -> str:
    if start == end:
        return words.say("Only on {day}", day=words.short_day(start))
    return words.say("From {first} to {last}", first=words.short_day(start), last=words.short_day(end))


def _rows(doses: Sequence[TimedDose], words: Language) -> Iterable[CardRow]:
    before = None
    shown = dict.fromkeys(sorted(doses, key=lambda each: (each.time is not Moment.WORN, each.time.hour)))
    for dose in shown:
        named = [(named_product(item, dose, words), dose_words(item, words)) for item in dose.items]
        unnamed = (line_words(dose.drug, dose.told, words), unit_words(dose.amount.value, dose.amount.unit, words))
        for product, take in named or [unnamed]:
            yield CardRow("" if dose.time is before else words.say(MOMENTS[dose.time]), product, take)
            before = dose.time


def _uses(trial: Trial, words: Language) -> Iterable[str]:
    """How and where what is tried is used."""
    if trial.site:
        yield words.say("Where to put it: {site}.", site=plain(trial.site, 40))
    for each in USES.get(trial.of, ()):
        yield words.say(each)


def _patch_notes(step: Step, lines: Lines, words: Language) -> tuple[str, ...]:
    found = []
    for dose in step.doses:
        days = _wear_days(dose, lines)
        if days > 1:
            found.append(
                words.count(
                    "{drug}: put on a new patch every day.",
                    "{drug}: put on a new patch every {days} days, on the days with a box.",
                    days,
                    drug=line_words(dose.drug, dose.told, words),
                    days=str(days),
                )
            )
    return tuple(dict.fromkeys(found))


def _as_needed_notes(step: Step, lines: Lines, words: Language) -> tuple[str, ...]:
    """What a dose as needed has in place of boxes: how long between two, how many in a day, and that fewer will do."""
    found = []
    for line in dict.fromkeys((dose.drug, dose.told) for dose in step.doses if dose.time is Moment.AS_NEEDED):
        most = sum((dose.drug, dose.told) == line for dose in step.doses)
        apart = lines[line].hours_apart if line in lines else None
        if apart is not None:
            found.append(
                words.say(
                    "{drug}: wait at least {hours} hours between two doses.",
                    drug=line_words(*line, words),
                    hours=words.number(apart),
                )
            )
        found.append(
            words.count(
                "{drug}: at most {count} dose in 24 hours. You may take none.",
                "{drug}: at most {count} doses in 24 hours. You may take fewer, or none.",
                most,
                drug=line_words(*line, words),
                count=str(most),
            )
        )
    return tuple(found)


def _moments(step: Step) -> tuple[Moment, ...]:
    """The times with a box to tick. A dose as needed has none: an empty box asks to be filled."""
    found = {dose.time for dose in step.doses} - {Moment.AS_NEEDED}
    return tuple(sorted(found, key=lambda each: (each is not Moment.WORN, each.hour)))


def _therapy_notes(step: Step, words: Language) -> tuple[str, ...]:
    if Moment.BEFORE_THERAPY not in _moments(step):
        return ()
    return (words.say("Take it only on the days with a box. On other days take none."),)


_BOXES = {Moment.WORN: noted("New patch"), Moment.BEFORE_THERAPY: noted("Before therapy")}
"""Names of rows of boxes that are not times of the day."""


def _box_names(step: Step, words: Language) -> tuple[str, ...]:
    return tuple(words.say(_BOXES.get(moment) or MOMENTS[moment]) for moment in _moments(step))


def _wear_days(dose: TimedDose, lines: Lines) -> int:
    """How many days a patch of this dose stays on; 1 for what is taken each day."""
    if dose.time is not Moment.WORN:
        return 1
    track = lines.get((dose.drug, dose.told))
    return (track.wear_days or 1) if track is not None else 1


@frozen
class _Ticks:
    """On which days a dose has a box: each day, each so many days for a patch, or on days of therapy."""

    lines: Lines
    sessions: frozenset[date]

    def on(self, dose: TimedDose, day: date, step: Step) -> bool:
        """Whether a dose is taken on this day of a step."""
        if dose.time is Moment.BEFORE_THERAPY:
            return day in self.sessions
        return (day - step.first_day).days % _wear_days(dose, self.lines) == 0


def _weeks(
    step: Step, start: date, end: date, ticks: _Ticks, word: str, words: Language
) -> Iterable[tuple[Cell | None, ...]]:
    moments = _moments(step)
    week: list[Cell | None] = [None] * ((start.weekday() - WEEK_BEGINS) % 7)
    day = start
    while True:
        since = (day - step.first_day).days
        boxes = tuple(
            any(dose.time is moment and ticks.on(dose, day, step) for dose in step.doses) for moment in moments
        )
        week.append(Cell(day, str(day.day), words.short_day(day), word if since == 0 else "", boxes))
        if len(week) == 7:
            yield tuple(week)
            week = []
        if day == end:
            break
        day += timedelta(days=1)
    if week:
        yield (*week, *[None] * (7 - len(week)))
