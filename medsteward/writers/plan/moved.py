"""What a change moved, for a terminal: before and after, with days and quantities, and not the whole plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from difflib import SequenceMatcher
from fractions import Fraction
from itertools import groupby, zip_longest

from attrs import frozen

from medsteward.advice.saved.moved import Moved
from medsteward.schedules.changes import step_changes
from medsteward.schedules.plan import NeedsChoice, Plan, PlannedFill
from medsteward.schedules.sig_lines import count_words, daily_words
from medsteward.schedules.step import Step, StepKind
from medsteward.writers.plan.changes import change_words
from medsteward.writers.plan.table import headline, marks
from medsteward.writers.remind.table import caution_line, problem_line
from medsteward.writers.shared.cells import plain
from medsteward.writers.shared.screen import folded
from medsteward.writers.shared.text_table import text_table

_NONE = "-"
_RUN = 3
"""Rows from which a run of the same is one row."""
_FILLS = 4
"""Dispensings of one product that are shown one by one; those after them are added up."""
_Span = tuple[date, date]
_DEVIATIONS = "TAPER-11"
"""Codes that begin so are about days on which something else was taken than planned."""


@frozen
class _Pair:
    """A step or dispensing before and after: its days, what tells it beside them, and its name."""

    name: str
    old: _Span | None
    new: _Span | None
    was: str
    now: str
    is_fill: bool = False

    @property
    def shift(self) -> timedelta | None:
        """By how much it moved where nothing else changed."""
        if self.old is None or self.new is None or self.was != self.now:
            return None
        moved = self.new[0] - self.old[0]
        return moved if moved and self.new[1] - self.old[1] == moved else None


def text(moved: Moved) -> str:
    """How the plan ends now, what happened, what moved, and what is to be looked at."""
    now, report = moved.now, moved.report
    parts = [plain(headline(report)), *(plain(mark) for mark in marks(report)), ""]
    events = now.events[len(now.events) - moved.changes :]
    parts += [plain(f"{each.on}: {change_words(each, now)}") for each in events]
    steps = list(_step_rows(moved.before, now))
    fills = list(_fill_rows(moved.before, now))
    for header, rows in ((("step", "before", "after"), steps), (("to dispense", "before", "after"), fills)):
        if rows:
            parts += ["", text_table(header, [[plain(each) for each in row] for row in rows])]
    if not steps and not fills:
        parts += ["", "No step and no dispensing changes."]
    parts += ["", f"Last day: {_last(moved.before)} before, {_last(now)} after."]
    if now.outcome != moved.before.outcome:
        reason = now.outcome.reason if isinstance(now.outcome, NeedsChoice) else "reaches its target"
        parts.append(plain(f"How it ends: {reason}"))
    parts += [folded(plain(problem_line(each))) for each in report.problems]
    parts += [folded(plain(caution_line(each))) for each in report.cautions if each.code.startswith(_DEVIATIONS)]
    return "\n".join(parts).rstrip() + "\n"


def _last(plan: Plan) -> date:
    return plan.last_day


# --- steps ------------------------------------------------------------------------------------------------------


def _step_rows(before: Plan, now: Plan) -> Iterator[list[str]]:
    """A row for each step that changed; steps that follow one another and moved by as many days are one."""
    pairs = []
    for number in dict.fromkeys(change.number for change in step_changes(before, now)):
        old, new = (next((step for step in plan.steps if step.number == number), None) for plan in (before, now))
        pairs.append(_Pair(str(number), _days(old), _days(new), _dose(old), _dose(new)))
    yield from _joined(pairs)


def _days(step: Step | None) -> _Span | None:
    return None if step is None else (step.first_day, step.last_day)


def _dose(step: Step | None) -> str:
    if step is None:
        return ""
    return "none" if step.kind is StepKind.STOP else daily_words(step) or "none"


# --- dispensings ------------------------------------------------------------------------------------------------


def _fill_rows(before: Plan, now: Plan) -> Iterator[list[str]]:
    """A row for each dispensing that changed, product by product; those that moved together are one."""
    common = Counter(map(_key, before.fills)) & Counter(map(_key, now.fills))
    old, new = _others(before.fills, common), _others(now.fills, common)
    for product in dict.fromkeys(fill.product for fill in sorted((*old, *new), key=lambda fill: fill.first_day)):
        was, then = ([fill for fill in fills if fill.product == product] for fills in (old, new))
        pairs = [
            _Pair(product, _span(one), _span(other), _quantity(one), _quantity(other), is_fill=True)
            for one, other in _aligned(was, then)
        ]
        rows = list(_joined(pairs))
        if len(rows) <= _FILLS:
            yield from rows
            continue
        yield from ([pair.name, *_cells(pair)] for pair in pairs[: _FILLS - 1])
        later = pairs[_FILLS - 1 :]
        old_left = was[len([pair for pair in pairs if pair.old]) - len([pair for pair in later if pair.old]) :]
        new_left = then[len([pair for pair in pairs if pair.new]) - len([pair for pair in later if pair.new]) :]
        yield [f"{product}, later", _in_all(old_left), _in_all(new_left)]


def _aligned(
    old: Sequence[PlannedFill], new: Sequence[PlannedFill]
) -> Iterator[tuple[PlannedFill | None, PlannedFill | None]]:
    """Dispensings that are the same but for their day side by side, so that one that was added stands alone."""
    alike = SequenceMatcher(None, [fill.quantity for fill in old], [fill.quantity for fill in new], autojunk=False)
    for _, begin, end, since, until in alike.get_opcodes():
        yield from zip_longest(old[begin:end], new[since:until])


def _in_all(fills: Sequence[PlannedFill]) -> str:
    """Dispensings added up: their days, how many they are, and what they are together."""
    if not fills:
        return _NONE
    together = count_words(sum((fill.quantity for fill in fills), Fraction(0)), fills[0].unit)
    span = _cell((fills[0].first_day, fills[-1].first_day), together)
    return f"{span} in {len(fills)}" if len(fills) > 1 else span


_Key = tuple[str, date, object]


def _key(fill: PlannedFill) -> _Key:
    return fill.product, fill.first_day, fill.quantity


def _others(fills: Sequence[PlannedFill], common: Counter[_Key]) -> list[PlannedFill]:
    left, found = Counter(common), []
    for fill in fills:
        if left[_key(fill)]:
            left[_key(fill)] -= 1
        else:
            found.append(fill)
    return found


def _span(fill: PlannedFill | None) -> _Span | None:
    return None if fill is None else (fill.first_day, fill.first_day)


def _quantity(fill: PlannedFill | None) -> str:
    return "" if fill is None else count_words(fill.quantity, fill.unit)


# --- rows -------------------------------------------------------------------------------------------------------


def _joined(pairs: Sequence[_Pair]) -> Iterator[list[str]]:
    """A row for each pair; runs that moved by as many days, or are all new or all gone, are one."""
    for (shift, is_old, is_new), group in groupby(
        pairs, key=lambda pair: (pair.shift, pair.old is not None, pair.new is not None)
    ):
        found = list(group)
        if len(found) < _RUN or (shift is None and is_old and is_new):
            yield from ([pair.name, *_cells(pair)] for pair in found)
            continue
        first, last = found[0], found[-1]
        name = first.name if first.name == last.name else f"{first.name} to {last.name}"
        many = f"{len(found)} of them"
        old, new = _both(first.old, last.old), _both(first.new, last.new)
        yield [name, _cell(old, many), _cell(new, many if shift is None else _by(shift.days))]


def _by(days: int) -> str:
    return f"each {abs(days)} day{'' if abs(days) == 1 else 's'} {'later' if days > 0 else 'earlier'}"


def _both(one: _Span | None, other: _Span | None) -> _Span | None:
    return None if one is None or other is None else (one[0], other[1])


def _cells(pair: _Pair) -> tuple[str, str]:
    """Days before and after, and what was and is: once where it is the same."""
    return _cell(pair.old, pair.was), _cell(pair.new, "" if pair.was == pair.now and not pair.is_fill else pair.now)


def _cell(days: _Span | None, what: str) -> str:
    if days is None:
        return _NONE
    span = str(days[0]) if days[0] == days[1] else f"{days[0]} to {days[1]}"
    return f"{span}, {what}" if what else span
