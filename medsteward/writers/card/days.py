"""The patient card as plain data: which day shows what, in words. HTML and PDF are drawn from it and decide nothing.

Every day of the plan is on the card once, in the month it falls in, under the step in force. What is taken on it is a
list of rows, one for each product at each time of the day, with count and amount, so that each checks the other.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date, timedelta
from fractions import Fraction

from attrs import evolve, field, frozen
from attrs.validators import min_len

from medsteward.advice.plan.report import Checkpoint, PlanSheet
from medsteward.errors import NothingToPrint
from medsteward.model.amount import Amount
from medsteward.model.unit import Unit
from medsteward.schedules.moment import Moment
from medsteward.schedules.naming import LineKey, lines_of
from medsteward.schedules.plan import NeedsChoice, Plan, ReachesTarget
from medsteward.schedules.step import Step, StepKind, TimedDose
from medsteward.schedules.supply import Track
from medsteward.schedules.trial import Trial
from medsteward.writers.card.curve import Curve, curves_of
from medsteward.writers.card.language import WEEK_BEGINS, Language, language, noted
from medsteward.writers.card.sessions import folded, is_before_therapy, taken_words, therapy_days
from medsteward.writers.card.text import (
    AFTER_GAP,
    BLOCKS,
    CHECK_DAY,
    CHECK_DAYS,
    PLANNED,
    US,
    USES,
    WAITING,
    Block,
    CardLine,
    Group,
    group_of,
)
from medsteward.writers.card.words import MOMENTS, dose_words, line_words, named_product, unit_words
from medsteward.writers.shared.cells import plain


@frozen
class CardRow:
    """What is taken of one product at one time of the day. ``time`` is empty where it is that of the row above."""

    time: str
    product: str
    take: str


@frozen
class Cell:
    """One day. ``name`` is the day in words; ``change`` is the word on a change day, else empty.

    ``boxes`` says for each row of boxes whether there is one to tick on this day.
    """

    day: date
    number: str
    name: str
    change: str
    boxes: tuple[bool, ...]


@frozen
class Stretch:
    """The days of one step that lie in one month. ``weeks`` have seven places each, None where no day of it stands.

    ``changes`` say what the step changes, in the month in which it begins. ``boxes`` name the rows of tick boxes.
    """

    step: int
    title: str
    when: str
    change_day: str
    changes: tuple[str, ...]
    rows: tuple[CardRow, ...]
    totals: tuple[str, ...]
    notes: tuple[str, ...]
    boxes: tuple[str, ...]
    weeks: tuple[tuple[Cell | None, ...], ...]


@frozen
class Month:
    """A month of the plan. ``checks`` are days on which something is talked about, ``next_change`` what comes after."""

    id: str
    title: str
    stretches: tuple[Stretch, ...] = field(validator=min_len(1))
    checks: tuple[str, ...]
    next_change: str


@frozen
class ChangeRow:
    """A step in the overview: its number, its first day, what changes, and what is taken in one day."""

    step: str
    day: str
    changes: tuple[str, ...]
    totals: tuple[str, ...]


@frozen
class TextBlock:
    """A titled block of paragraphs. ``loud`` ones stand in a thick frame."""

    id: str
    title: str
    lines: tuple[str, ...]
    loud: bool


@frozen
class Contact:
    """A line with a number, or to be filled in by hand (``value`` empty)."""

    label: str
    value: str


@frozen
class Labels:
    """The fixed words of the card in its language."""

    overview: str
    step: str
    from_day: str
    changes: str
    in_one_day: str
    chart: str
    contacts: str
    time: str
    medicine: str
    take: str
    tick: str
    box: str
    notes: str
    months: str
    check_days: str
    approved: str
    clinic_phone: str
    page: str


@frozen
class Card:
    """The whole card. ``marks``, ``for_staff`` and ``footer`` stand on every page.

    ``for_staff`` is for the clinic, in English whatever the language: that the words are not yet reviewed.
    """

    language: str
    title: str
    subtitle: str
    made: date
    footer: str
    marks: tuple[str, ...]
    for_staff: str
    overview: tuple[ChangeRow, ...]
    ending: str
    curves: tuple[Curve, ...]
    contacts: tuple[Contact, ...]
    blocks: tuple[TextBlock, ...]
    months: tuple[Month, ...]
    week: tuple[tuple[str, str], ...]
    labels: Labels


# Translators: Shown until a clinician who speaks the language has read the words.
NOT_REVIEWED = noted("Translation not yet reviewed.")


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
    lines = lines_of(plan.request.courses)
    told = _changes(plan, lines, words)
    return Card(
        language=words.code,
        title=_title(report, words),
        subtitle=words.say(
            "From {first} to {last}", first=words.full_date(plan.first_day), last=words.full_date(plan.last_day)
        ),
        made=report.as_of,
        footer=_footer(report, plan, words),
        marks=_marks(report, plan, words),
        for_staff="" if words.reviewed else NOT_REVIEWED,
        overview=tuple(_overview_row(step, told[step.number], words) for step in plan.steps),
        ending=_ending(report, report.plan, words),
        curves=() if is_before_therapy(plan) else curves_of(plan, words),
        contacts=_contacts(words),
        blocks=tuple(_blocks(report, list(lines.values()), words)),
        months=tuple(_months(report, plan, lines, told, words)),
        week=words.week,
        labels=_labels(words),
    )


def _waiting(report: PlanSheet, plan: Plan, words: Language) -> Card:
    """The card of a plan that waits: what to do, whom to call, what helps; no step, day or dose to take."""
    tracks = list(lines_of(plan.request.courses).values())
    dose = "; ".join(_totals(plan.steps[-1], words))
    first = _block(WAITING if plan.goes_on else AFTER_GAP, report.kind, tracks, words, dose=dose)
    return Card(
        language=words.code,
        title=_title(report, words),
        subtitle=words.full_date(report.as_of),
        made=report.as_of,
        footer=_footer(report, plan, words),
        marks=(
            words.say("Your plan waits. Call your clinic today."),
            *(() if words.reviewed else (words.say(NOT_REVIEWED),)),
        ),
        for_staff="" if words.reviewed else NOT_REVIEWED,
        overview=(),
        ending="",
        curves=(),
        contacts=_contacts(words),
        blocks=(first, *(block for block in _blocks(report, tracks, words) if block.id not in PLANNED)),
        months=(),
        week=words.week,
        labels=_labels(words),
    )


def nothing_to_print(report: PlanSheet) -> NothingToPrint:
    """Why there is no page: the problem, or the choice that comes before the first step."""
    why = ""
    if report.plan is not None and isinstance(report.plan.outcome, NeedsChoice):
        why = report.plan.outcome.reason
    elif report.problems:
        why = report.problems[0].text
    return NothingToPrint(why, report.exit_code)


# --- the whole ----------------------------------------------------------------------------------------------------


def _title(report: PlanSheet, words: Language) -> str:
    return words.say("My trial plan") if report.kind == "trial" else words.say("My plan for a lower dose")


def _footer(report: PlanSheet, plan: Plan, words: Language) -> str:
    made, version = words.full_date(report.as_of), str(len(plan.events) + 1)
    if report.case_id:
        return words.say(
            "Plan {name}, version {version}, {date}", name=plain(report.case_id, 60), version=version, date=made
        )
    return words.say("Plan version {version}, {date}", version=version, date=made)


def _marks(report: PlanSheet, plan: Plan, words: Language) -> tuple[str, ...]:
    """What every page of the card has to say about the plan and about its own words."""
    marks = []
    if report.is_draft:
        marks.append(words.say("Draft: why the dose is lowered is not stated yet."))
    if report.faster_than or any(course.overrides for course in plan.request.courses):
        marks.append(words.say("Your clinic chose a pace of its own for this plan. Ask why if you want to know."))
    if any(step.forced and step.kind is not StepKind.STOP for step in plan.steps):
        marks.append(
            words.say("Some steps are bigger than usual, as no smaller dose can be made. Call if one is hard.")
        )
    if not words.reviewed:
        marks.append(words.say(NOT_REVIEWED))
    return tuple(marks)


def _ending(report: PlanSheet, plan: Plan, words: Language) -> str:
    last = words.day(plan.last_day)
    if isinstance(plan.outcome, ReachesTarget) and plan.steps[-1].total.value == 0:
        return words.say("The plan ends on {last}. Talk with your clinic about how you are then.", last=last)
    decided = next((each.last_day for each in report.checkpoints if each.kind == "fair_trial"), None)
    if decided is not None and plan.request.ends_at_once:
        return words.say(
            "The plan goes up to {last}. On {day} we decide with you if you go on.", last=last, day=words.day(decided)
        )
    if decided is not None:
        return words.say(
            "The plan goes up to {last}. On {day} we decide with you if you go on. If not, you go down step by step. "
            "Get what you need for that from us before your last dose.",
            last=last,
            day=words.day(decided),
        )
    if all(track.is_as_needed for course in plan.request.courses for track in course.tracks):
        return words.say("The plan goes up to {last}. Talk with us before then about what comes next.", last=last)
    return words.say(
        "The plan goes up to {last}. Do not stop then. Stay at the last dose and talk with us about what comes next.",
        last=last,
    )


def _contacts(words: Language) -> tuple[Contact, ...]:
    return (
        Contact(words.say("My clinic"), ""),
        Contact(words.say("Phone by day"), ""),
        Contact(words.say("Nights and weekends"), ""),
        Contact(words.say("My pharmacy"), ""),
        # Translators: The number beside it is that of the country (911 in the United States).
        Contact(words.say("Emergency"), US.emergency),
        # Translators: The 988 Suicide & Crisis Lifeline, which is called or sent a text message.
        Contact(words.say("If you think of harming yourself, call or text"), US.crisis),
        # Translators: The national telephone line of that name; keep the English name beside yours.
        Contact(words.say("Poison Help"), US.poison),
    )


def _blocks(report: PlanSheet, tracks: Sequence[Track], words: Language) -> Iterable[TextBlock]:
    by_clock = not all(track.is_as_needed for track in tracks)
    at_once = report.plan is not None and report.plan.request.ends_at_once
    patched, others = _groups(tracks)
    for block in BLOCKS:
        if (block.by_clock and not by_clock) or (block.in_steps and at_once) or (block.at_once and not at_once):
            continue
        if report.kind in block.kinds and block.groups & (patched if block.only_patch else patched | others):
            shown = block if by_clock else evolve(block, lines=tuple(line for line in block.lines if not line.by_clock))
            yield _block(shown, report.kind, tracks, words)


def _groups(tracks: Sequence[Track]) -> tuple[set[Group], set[Group]]:
    """The groups of what is worn, and of what is taken otherwise."""
    patched = {group_of(track.drug_class) for track in tracks if track.wear_days is not None}
    return patched, {group_of(track.drug_class) for track in tracks if track.wear_days is None}


def _block(block: Block, kind: str, tracks: Sequence[Track], words: Language, *, dose: str = "") -> TextBlock:
    patched, others = _groups(tracks)
    lines = tuple(
        words.say(line.text, emergency=US.emergency, dose=dose)
        for line in block.lines
        if _is_for(line, kind, patched, others)
    )
    return TextBlock(block.id, words.say(block.title), lines, block.loud)


def _is_for(line: CardLine, kind: str, patched: set[Group], others: set[Group]) -> bool:
    if line.only_taper and kind != "taper":
        return False
    return bool(line.groups & (patched if line.only_patch else others if line.not_patch else patched | others))


def _labels(words: Language) -> Labels:
    return Labels(
        overview=words.say("My change days"),
        step=words.say("Step"),
        from_day=words.say("From"),
        changes=words.say("What changes"),
        in_one_day=words.say("In one day"),
        chart=words.say("The plan as a picture"),
        contacts=words.say("Who to call"),
        time=words.say("When"),
        medicine=words.say("Medicine"),
        take=words.say("How much"),
        tick=words.say("Tick a box for each dose"),
        # Translators: Read aloud by screen readers for a box that is ticked by hand.
        box=words.say("box to tick"),
        notes=words.say("My notes"),
        months=words.say("My months"),
        check_days=words.say("Check days"),
        # Translators: A line on which the clinician who went over the card with the patient writes name and date.
        approved=words.say("Gone over with me by (name, date)"),
        clinic_phone=words.say("Clinic phone"),
        page=words.say("Page"),
    )


# --- what a step changes ------------------------------------------------------------------------------------------


@frozen
class _Told:
    """What a step changes: a word for its day, and a sentence for each line of a drug."""

    word: str
    sentences: tuple[str, ...]


_Lines = Mapping[LineKey, Track]


def _changes(plan: Plan, lines: _Lines, words: Language) -> Mapping[int, _Told]:
    """What each step changes against the one before it; against what is taken now, before the first."""
    found = {}
    needed: frozenset[LineKey] = frozenset()
    before: Mapping[LineKey, Amount] = {} if plan.steps[0].kind is StepKind.START else _now(lines)
    if plan.steps[0].kind is StepKind.START and plan.request.hold:
        before = _now(lines)
    for step in plan.steps:
        after = _daily(step)
        told = needed | _as_needed(step)
        found[step.number] = _told(before, after, words, before_therapy=is_before_therapy(plan), needed=told)
        needed = _as_needed(step)
        before = {**{line: Amount(Fraction(0), amount.unit) for line, amount in before.items()}, **after}
    return found


def _as_needed(step: Step) -> frozenset[LineKey]:
    return frozenset((dose.drug, dose.told) for dose in step.doses if dose.time is Moment.AS_NEEDED)


def _now(lines: _Lines) -> dict[LineKey, Amount]:
    return {line: track.daily_amount(track.daily) for line, track in lines.items()}


def _daily(step: Step) -> dict[LineKey, Amount]:
    """The day's amount of each line in a step."""
    return {(each.drug, each.told): each.amount for each in step.daily}


def _told(
    before: Mapping[LineKey, Amount],
    after: Mapping[LineKey, Amount],
    words: Language,
    *,
    before_therapy: bool,
    needed: Set[LineKey],
) -> _Told:
    marks, sentences = set(), []
    for line in dict.fromkeys((*before, *after)):
        old, new = before.get(line), after.get(line)
        was = old.value if old is not None else Fraction(0)
        will = new.value if new is not None else Fraction(0)
        unit = (new or old or Amount(Fraction(0), Unit.MG_PER_D)).unit
        parts = {
            "drug": line_words(*line, words),
            "before": _day_words(Amount(was, unit), words, before_therapy=before_therapy, most=line in needed),
            "after": _day_words(Amount(will, unit), words, before_therapy=before_therapy, most=line in needed),
        }
        if was == will:
            continue
        if was == 0:
            # Translators: A change day in a cell of a calendar: one word of at most seven letters. Also "Stop",
            # "Lower", "Higher", "Same" and "Change".
            marks.add(words.say("Start"))
            sentences.append(words.say("{drug}: start with {after}.", **parts))
        elif will == 0:
            marks.add(words.say("Stop"))
            is_patch = unit is Unit.MCG_PER_H
            sentences.append(
                words.say("{drug}: stop. Take the old patch off, and put no new one on.", **parts)
                if is_patch
                else words.say("{drug}: stop. Take no more of it from this day on.", **parts)
            )
        elif will < was:
            marks.add(words.say("Lower"))
            # Translators: {before} and {after} are amounts, as in "120 mg a day"; {drug} is the name on the label.
            sentences.append(words.say("{drug}: lower, from {before} to {after}.", **parts))
        else:
            marks.add(words.say("Higher"))
            sentences.append(words.say("{drug}: higher, from {before} to {after}.", **parts))
    if not sentences:
        return _Told(
            words.say("Same"), (words.say("The same dose in one day. Look at the names and times with care."),)
        )
    return _Told(marks.pop() if len(marks) == 1 else words.say("Change"), tuple(sentences))


def _overview_row(step: Step, told: _Told, words: Language) -> ChangeRow:
    return ChangeRow(str(step.number), words.day(step.first_day), told.sentences, _totals(step, words))


def _totals(step: Step, words: Language) -> tuple[str, ...]:
    """What is taken of each line of a drug in one day."""
    therapy = bool(step.doses) and all(dose.time is Moment.BEFORE_THERAPY for dose in step.doses)
    needed = _as_needed(step)
    return tuple(
        words.say(
            "{drug}: {amount}",
            drug=line_words(*line, words),
            amount=_day_words(amount, words, before_therapy=therapy, most=line in needed),
        )
        for line, amount in _daily(step).items()
    )


def _day_words(amount: Amount, words: Language, *, before_therapy: bool, most: bool) -> str:
    said = taken_words(amount.value, amount.unit, words, before_therapy=before_therapy)
    return words.say("at most {amount}, only if you need it", amount=said) if most and amount.value else said


# --- months -------------------------------------------------------------------------------------------------------


def _months(
    report: PlanSheet, plan: Plan, lines: _Lines, told: Mapping[int, _Told], words: Language
) -> Iterable[Month]:
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


def _next(plan: Plan, told: Mapping[int, _Told], last: date, words: Language) -> str:
    after = next((step for step in plan.steps if step.first_day > last), None)
    if after is None:
        return ""
    return words.say("Next change: {day}.", day=words.day(after.first_day))


def _stretch(
    step: Step,
    first: date,
    last: date,
    lines: _Lines,
    sessions: frozenset[date],
    uses: tuple[str, ...],
    told: _Told,
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
        totals=_totals(step, words),
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


def _patch_notes(step: Step, lines: _Lines, words: Language) -> tuple[str, ...]:
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


def _as_needed_notes(step: Step, lines: _Lines, words: Language) -> tuple[str, ...]:
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


def _wear_days(dose: TimedDose, lines: _Lines) -> int:
    """How many days a patch of this dose stays on; 1 for what is taken each day."""
    if dose.time is not Moment.WORN:
        return 1
    track = lines.get((dose.drug, dose.told))
    return (track.wear_days or 1) if track is not None else 1


@frozen
class _Ticks:
    """On which days a dose has a box: each day, each so many days for a patch, or on days of therapy."""

    lines: _Lines
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
