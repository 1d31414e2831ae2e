"""The sheets to tick: one for each step, or fill of a step; short steps share one. Weeks begin on their own first day.

Each day of the sheets that were asked for is on them once, with a box for each medicine and time at which it is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from attrs import evolve, field, frozen

from medsteward.advice.plan.report import Checkpoint, PlanSheet
from medsteward.schedules.moment import Moment
from medsteward.schedules.plan import Plan
from medsteward.schedules.step import Step, TimedDose
from medsteward.writers.card.asked import Sheets
from medsteward.writers.card.fewer_days import fewer_days_notes, none_words
from medsteward.writers.card.fit import LEAST, MOST_NOTES, NO_NOTE, ONE_NOTE, ROOMY, name_lines, row_height
from medsteward.writers.card.language import Language, capital, noted
from medsteward.writers.card.sheet import BoxRow, Cell, PatchDay, SheetPart, TickSheet
from medsteward.writers.card.steps import Turn, as_needed_notes, change_words, grouped_rows, new_lines, worn_days
from medsteward.writers.card.text import CHECK_DAY, CHECK_DAYS
from medsteward.writers.card.told import Lines, Told, totals
from medsteward.writers.card.words import MOMENTS, line_words, strength_words_of
from medsteward.writers.shared.cells import plain

_ONE = timedelta(days=1)
WEEK = 7
FOUR_WEEKS = 28
_LONGEST = 35
"""Days of a sheet at most: a fill of a month has five rows."""
_SHORT = 14
"""Steps up to so many days share a sheet with the next."""
_TOGETHER = 42
"""Days of steps that share a sheet at most."""
_MOST_TIMED = 8
"""Rows for doses as needed at most; what may be taken more often is told above them."""


_THREE_MONTHS = 91


@frozen
class Ticked:
    """What sheets are made from."""

    report: PlanSheet
    plan: Plan
    lines: Lines
    told: Mapping[int, Told]
    turns: Mapping[int, Turn]
    sessions: frozenset[date]
    words: Language
    points: int
    marks: int
    first: date = field(init=False)

    @first.default
    def _today(self) -> date:
        return max(self.report.as_of, self.plan.first_day)


@frozen
class _Piece:
    """Days of one step, first to last."""

    step: Step
    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def sheets_of(ticked: Ticked, which: Sheets) -> Iterator[TickSheet]:
    """The sheets from today on."""
    if which is Sheets.NONE or ticked.first > ticked.plan.last_day:
        return
    until = _until(ticked, which)
    pieces = [each for each in _pieces(ticked) if each.first <= until and each.step.doses]
    groups = list(_fitting(ticked, pieces))
    for number, group in enumerate(groups):
        shown = _sheet(ticked, group, is_first=number == 0)
        yield evolve(shown, id=f"s{number + 1}")


def _until(ticked: Ticked, which: Sheets) -> date:
    """The last day up to which sheets begin."""
    plan, today = ticked.plan, ticked.first
    if which is Sheets.ALL:
        return plan.last_day
    if which is Sheets.THREE_MONTHS:
        return today + timedelta(days=_THREE_MONTHS) if (date.max - today).days > _THREE_MONTHS else date.max
    fills = [fill for fill in plan.fills if fill.last_day >= today]
    following = min((fill.first_day for fill in fills if fill.first_day >= today), default=None)
    if following is not None:
        return max(fill.last_day for fill in fills if fill.first_day <= following)
    here = plan.on(today)
    return here.last_day if here is not None else today


def _pieces(ticked: Ticked) -> Iterator[_Piece]:
    """The days from today on, cut at steps, at fills, and where they are too long for a sheet.

    Patches that stay on for days have a line for each change: their steps are cut by that alone.
    """
    for step in ticked.plan.steps:
        if step.last_day < ticked.first:
            continue
        begins = max(step.first_day, ticked.first)
        if _is_worn(ticked, step):
            yield _Piece(step, begins, step.last_day)
            continue
        cuts = [begins]
        for fill in ticked.plan.fills:
            inside = begins < fill.first_day <= step.last_day
            if (
                inside
                and (fill.first_day - cuts[-1]).days >= WEEK
                and (step.last_day - fill.first_day).days >= WEEK - 1
            ):
                cuts.append(fill.first_day)
        for place, first in enumerate(cuts):
            last = cuts[place + 1] - _ONE if place + 1 < len(cuts) else step.last_day
            yield from _short_enough(_Piece(step, first, last), _LONGEST, FOUR_WEEKS)


def _short_enough(piece: _Piece, most: int, cut: int) -> Iterator[_Piece]:
    first = piece.first
    while (piece.last - first).days + 1 > most:
        last = first + timedelta(days=cut - 1)
        yield _Piece(piece.step, first, last)
        first = last + _ONE
    yield _Piece(piece.step, first, piece.last)


def _fitting(ticked: Ticked, pieces: Sequence[_Piece]) -> Iterator[tuple[_Piece, ...]]:
    """Pieces by sheet: short ones together, one that is too high for a sheet in halves."""
    held: tuple[_Piece, ...] = ()
    for piece in (part for each in pieces for part in _halved(ticked, each)):
        together = (*held, piece)
        days = (piece.last - together[0].first).days + 1
        if held and days <= _TOGETHER and min(each.days for each in together) <= _SHORT:
            least = LEAST if all(each.days <= _SHORT for each in together) else ROOMY
            if _sheet(ticked, together).height >= least:
                held = together
                continue
        if held:
            yield held
        held = (piece,)
    if held:
        yield held


def _is_worn(ticked: Ticked, step: Step) -> bool:
    """Whether a step has nothing but patches that stay on for days."""
    return bool(step.doses) and all(worn_days(dose, ticked.lines) > 1 for dose in step.doses)


def _halved(ticked: Ticked, piece: _Piece) -> Iterator[_Piece]:
    """A piece, in weeks as many as fit on a sheet; one of patches, in as many changes of them."""
    if _is_worn(ticked, piece.step):
        yield from _by_changes(ticked, piece)
        return
    weeks = whole = -(-piece.days // WEEK)
    while weeks > 1 and not _fits(ticked, next(_short_enough(piece, weeks * WEEK, weeks * WEEK))):
        weeks -= 1
    if weeks < whole:
        # as even as it goes: four weeks of which three fit are two and two
        weeks = -(-whole // -(-whole // weeks))
    yield from _short_enough(piece, weeks * WEEK, weeks * WEEK)


def _by_changes(ticked: Ticked, piece: _Piece) -> Iterator[_Piece]:
    """The days of patches: on each sheet as many changes as fit. The first has fewer, as it tells what is new."""
    days = max(worn_days(dose, ticked.lines) for dose in piece.step.doses)
    while True:
        units = -(-piece.days // days)
        while units > 1 and not _fits(ticked, next(_short_enough(piece, units * days, units * days))):
            units -= 1
        here, *rest = _short_enough(piece, units * days, units * days)
        yield here
        if not rest:
            return
        piece = _Piece(piece.step, rest[0].first, piece.last)


def _fits(ticked: Ticked, piece: _Piece) -> bool:
    return _sheet(ticked, (piece,)).height >= LEAST


# --- one sheet --------------------------------------------------------------------------------------------------------


def _sheet(ticked: Ticked, group: Sequence[_Piece], *, is_first: bool = False) -> TickSheet:
    words, first, last = ticked.words, group[0].first, group[-1].last
    parts = tuple(_part(ticked, piece) for piece in group)
    after = last if last < ticked.plan.last_day else date.max
    since = date.min if is_first else first
    points = (each for each in ticked.report.checkpoints if since <= each.last_day <= after)
    checks = check_words((each for each in points if each.last_day >= ticked.report.as_of), words)
    change = _next(ticked, last)
    around = (_checks_line(checks), change)
    heights = {
        notes: row_height(parts, around, ticked.points, ticked.marks, notes=notes)
        for notes in (MOST_NOTES, ONE_NOTE, NO_NOTE)
    }
    notes = MOST_NOTES if heights[MOST_NOTES] >= ROOMY else ONE_NOTE
    if heights[notes] < LEAST and (last - first).days < WEEK:
        # no sheet has fewer days than one week: boxes that can be ticked go before lines for notes
        notes = NO_NOTE
    steps = tuple(dict.fromkeys(str(each.step.number) for each in group))
    # Translators: The title of a sheet to tick: its steps, and its first and last day.
    title = words.count(
        "Step {steps}: {first} to {last}",
        "Steps {steps}: {first} to {last}",
        len(steps),
        steps=", ".join(steps),
        first=words.full_date(first),
        last=words.full_date(last),
    )
    return TickSheet("", title, parts, checks, change, round(heights[notes], 2), notes)


def _checks_line(checks: Sequence[str]) -> str:
    return " ".join(checks)


def check_words(points: Iterable[Checkpoint], words: Language) -> tuple[str, ...]:
    """The days of talks by what they are about: each a day, or the days within which it is."""
    by_what: dict[str, list[str]] = {}
    for point in points:
        what = words.say(CHECK_DAYS.get(point.kind, CHECK_DAY))
        day = words.near_day(point.last_day)
        if point.first_day < point.last_day:
            # Translators: The days within which something is done, each with its weekday.
            day = words.say("{first} to {last}", first=words.near_day(point.first_day), last=day)
        by_what.setdefault(what, []).append(day)
    # Translators: {what} is a kind of talk with the clinic, {days} are its days.
    return tuple(words.say("{what}: {days}.", what=what, days="; ".join(days)) for what, days in by_what.items())


def _next(ticked: Ticked, last: date) -> str:
    """The change after a sheet; where nothing is taken from then on, what stops."""
    after = next((step for step in ticked.plan.steps if step.first_day > last), None)
    here = ticked.plan.on(last)
    if after is None or here is None:
        return ""
    change = change_words(here, after, ticked.lines, ticked.words)
    return change if after.doses else " ".join((change, *ticked.told[after.number].ended))


def _part(ticked: Ticked, piece: _Piece) -> SheetPart:
    words, step, told = ticked.words, piece.step, ticked.told[piece.step.number]
    begins = piece.first == step.first_day
    boxes = tuple(_box_rows(step, ticked.lines, words, ticked.points))
    return SheetPart(
        step=step.number,
        title=words.say("Step {number}", number=str(step.number)),
        when=_when(piece, words),
        new=new_lines(ticked.turns[step.number], words) if begins else (),
        change_day=words.say("Change day: {day}.", day=words.near_day(piece.first)) if begins else "",
        changes=told.sentences if begins else (),
        rows=grouped_rows(step.doses, words),
        totals=() if begins and told.sentences else totals(step, words),
        notes=tuple(map(capital, _notes(ticked, step, piece.first))),
        boxes=tuple(name for name, _, _ in boxes),
        week=words.week_from(piece.first),
        weeks=tuple(_weeks(ticked, piece, boxes, told.word if begins else "")) if boxes else (),
        patches=tuple(_patches(ticked, piece)),
    )


def _when(piece: _Piece, words: Language) -> str:
    if piece.first == piece.last:
        return words.say("Only on {day}", day=words.short_day(piece.first))
    return words.say("From {first} to {last}", first=words.short_day(piece.first), last=words.short_day(piece.last))


# --- boxes ------------------------------------------------------------------------------------------------------------

_Box = tuple[BoxRow, TimedDose, int]
"""A row, the dose it is for, and its place among doses as needed."""


def _box_rows(step: Step, lines: Lines, words: Language, points: int) -> Iterator[_Box]:
    """A row for each line and time; one for each dose that a day may have of what is taken as needed."""
    several = len({(dose.drug, dose.told) for dose in step.doses}) > 1
    seen: dict[tuple[str, str, Moment], int] = {}
    for dose in sorted(step.doses, key=lambda each: (each.time is not Moment.WORN, each.time.hour)):
        if worn_days(dose, lines) > 1:
            continue
        key = (dose.drug, dose.told, dose.time)
        place = seen.get(key, 0) + 1
        seen[key] = place
        needed = dose.time is Moment.AS_NEEDED
        if (place > 1 and not needed) or place > _MOST_TIMED:
            continue
        time = (
            # Translators: The first, second, third dose of a day that is taken only if needed: a row of boxes.
            words.say("Dose {number}", number=str(place))
            if needed
            else words.say(_BOXES.get(dose.time) or MOMENTS[dose.time])
        )
        name = f"{time}: {line_words(dose.drug, dose.told, words)}" if several else time
        yield BoxRow(name, needed, name_lines(name, points)), dose, place


_BOXES = {Moment.WORN: noted("New patch"), Moment.BEFORE_THERAPY: noted("Before therapy")}
"""Names of rows of boxes that are not times of the day."""


def _weeks(ticked: Ticked, piece: _Piece, boxes: Sequence[_Box], word: str) -> Iterator[tuple[Cell | None, ...]]:
    words, week = ticked.words, []
    for number in range(piece.days):
        day = piece.first + timedelta(days=number)
        ticks = tuple(_is_taken(ticked, piece.step, dose, day) for _, dose, _ in boxes)
        none = tuple(
            "" if dose.days.is_on(day, piece.step.first_day) else none_words(dose, words) for _, dose, _ in boxes
        )
        week.append(Cell(day, str(day.day), words.short_day(day), word if number == 0 else "", ticks, none))
        if len(week) == WEEK:
            yield tuple(week)
            week = []
    if week:
        yield (*week, *[None] * (WEEK - len(week)))


def _is_taken(ticked: Ticked, step: Step, dose: TimedDose, day: date) -> bool:
    """Whether there is a box to tick for a dose on a day."""
    if dose.time is Moment.BEFORE_THERAPY:
        return day in ticked.sessions
    return dose.days.is_on(day, step.first_day)


def _patches(ticked: Ticked, piece: _Piece) -> Iterator[PatchDay]:
    """The days of a piece on which a patch that stays on for days is changed."""
    words, several = ticked.words, len({dose.drug for dose in piece.step.doses}) > 1
    for number in range(piece.days):
        day = piece.first + timedelta(days=number)
        names = [
            f"{line_words(dose.drug, dose.told, words)} {strength_words_of(item, words)}"
            if several
            else strength_words_of(item, words)
            for dose in piece.step.doses
            if (days := worn_days(dose, ticked.lines)) > 1 and (day - piece.step.first_day).days % days == 0
            for item in dose.items
        ]
        if names:
            yield PatchDay(day, words.label_day(day), ", ".join(names))


# --- notes ------------------------------------------------------------------------------------------------------------


def _notes(ticked: Ticked, step: Step, first: date) -> Iterator[str]:
    words, lines = ticked.words, ticked.lines
    for dose in step.doses:
        days = worn_days(dose, lines)
        if days > 1:
            yield words.say(
                "{drug}: put on a new patch every {days} days, on the days in the list.",
                drug=line_words(dose.drug, dose.told, words),
                days=str(days),
            )
            break
    if (trial := ticked.plan.request.trial) is not None and trial.site:
        yield words.say("Where to put it: {site}.", site=plain(trial.site, 40))
    if any(dose.time is Moment.BEFORE_THERAPY for dose in step.doses):
        yield words.say("Take it only on the days with a box. On other days take none.")
    yield from fewer_days_notes(step, first, words)
    if step.is_on_fewer_days:
        yield words.say("Take it only on the days with a box. On other days take none.")
    yield from as_needed_notes(step, lines, words)
