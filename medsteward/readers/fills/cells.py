"""Cells of dispensing records: days and numbers as different programs write them.

What could mean two things is not read.

How a whole column writes its days, and a file its numbers, is looked up first (``Habits``); then each cell is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import Enum
from fractions import Fraction

from attrs import define, field, frozen

from medsteward.caches import remembered
from medsteward.errors import UnreadableInput
from medsteward.model.problem import Problem

KEPT = 20_000
"""How many different cells are remembered."""


class DateOrder(Enum):
    """How days are written with numbers alone."""

    ISO = "iso"
    MONTH_FIRST = "mdy"
    DAY_FIRST = "dmy"

    __hash__ = object.__hash__


# --- days -------------------------------------------------------------------------------------------------------

_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: [\d:]+(?: ?[AaPp][Mm])?)?", re.ASCII)
_DAY_NAMED = re.compile(r"(\d{1,2})[ -]?([A-Za-z]{3,9})\.?[ -]?,?(\d{4})(?:[: ].*)?", re.ASCII)
_NAMED_DAY = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.\d{1,12})?", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})/(\d\d?)/(\d\d?)", re.ASCII)
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october")
_MONTH_NAMES = (*_MONTHS, "november", "december")
_YEARS = range(1900, 2200)


@remembered(KEPT)
def day(text: str, order: DateOrder | None) -> date | Problem:
    """A day. ``order`` is that of the column; ISO: nothing else is read; None: no cell of the column needs one."""
    plain = text.strip()
    parts = _parts(plain, order)
    if parts is None:
        if _SERIAL.fullmatch(plain):
            return _no_day(plain, "a spreadsheet's number of a day; format the column as a date and save it again")
        return _no_day(plain, "write it as 2027-01-04")
    year, month, number = parts
    if year not in _YEARS:
        return _no_day(plain, f"the year {year} cannot be meant")
    try:
        return date(year, month, number)
    except ValueError:
        hint = f"; the column is read as {order.value}" if order is not None else ""
        return _no_day(plain, f"there is no such day{hint}")


def _parts(text: str, order: DateOrder | None) -> tuple[int, int, int] | None:
    match = _ISO.fullmatch(text) or _COMPACT.fullmatch(text)
    if match:
        return int(match[1]), int(match[2]), int(match[3])
    if order is DateOrder.ISO:
        return None
    if match := _YEAR_FIRST.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _NUMBERS.fullmatch(text):
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        return (year, second, first) if order is DateOrder.DAY_FIRST else (year, first, second)
    if match := _DAY_NAMED.fullmatch(text):
        month = _month(match[2])
        return (int(match[3]), month, int(match[1])) if month else None
    if match := _NAMED_DAY.fullmatch(text):
        month = _month(match[1])
        return (int(match[3]), month, int(match[2])) if month else None
    return None


def _month(text: str) -> int:
    low = text.casefold()
    return next((n for n, name in enumerate(_MONTH_NAMES, start=1) if name == low or name[:3] == low), 0)


def _no_day(text: str, hint: str) -> Problem:
    return Problem("FILL-002", "", f'"{text[:30]}" is no day this program reads: {hint}')


# --- numbers ----------------------------------------------------------------------------------------------------


class DecimalMark(Enum):
    """What stands before the decimals in a file: a point, a comma, or nothing that tells."""

    POINT = "."
    COMMA = ","
    UNTOLD = "untold"
    BOTH = "both"

    __hash__ = object.__hash__


_WHOLE = re.compile(r"\d{1,9}", re.ASCII)
_POINT = re.compile(r"\d{0,9}\.\d{1,9}|\d{1,9}\.", re.ASCII)
_CUT_OFF = re.compile(r"\d{0,9}[.,]\d{10,40}", re.ASCII)
_COMMA = re.compile(r"\d{1,9},\d{1,9}", re.ASCII)
_GROUPS_THEN_POINT = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d{1,9})?", re.ASCII)
_GROUPS_THEN_COMMA = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d{1,9})?", re.ASCII)
_ONE_GROUP = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_SPACED = re.compile(r"(?<=\d)[ \u00a0\u202f'\u2019](?=\d{3}(?!\d))")


@remembered(KEPT)
def number(text: str, mark: DecimalMark) -> Fraction | Problem:
    """A number that is not negative, exact. A single group of three (1,000) is read as the file writes its decimals."""
    plain = _SPACED.sub("", text.strip())
    if _WHOLE.fullmatch(plain):
        return Fraction(int(plain))
    if plain.startswith("-") and any(c.isdigit() for c in plain):
        return _no_number(text, "it is negative; take reversed claims out first, with what they reverse")
    if _ONE_GROUP.fullmatch(plain):
        if mark is DecimalMark.BOTH or mark is DecimalMark.UNTOLD:
            return _no_number(text, "thousands or decimals? Write it without a mark, or with more decimals")
        decimals = plain[-4] == mark.value
        return Fraction(plain.replace(",", ".")) if decimals else Fraction(re.sub(r"[.,]", "", plain))
    if _POINT.fullmatch(plain):
        return Fraction(plain)
    if _CUT_OFF.fullmatch(plain):
        return _no_number(text, "a quotient that was cut off; write the numbers it was made from, or up to 9 decimals")
    if _GROUPS_THEN_POINT.fullmatch(plain):
        return Fraction(plain.replace(",", ""))
    if _GROUPS_THEN_COMMA.fullmatch(plain):
        return Fraction(plain.replace(".", "").replace(",", "."))
    if _COMMA.fullmatch(plain):
        return Fraction(plain.replace(",", "."))
    return _no_number(text, "write digits, as in 30 or 2.5")


def _no_number(text: str, hint: str) -> Problem:
    return Problem("FILL-003", "", f'"{text.strip()[:30]}" is no number this program reads: {hint}')


def places(text: str) -> int:
    """How many decimal places a number is written with, whichever mark it uses."""
    return len(re.split(r"[.,]", text.strip())[-1]) if re.search(r"[.,]", text) else 0


# --- how a file writes ------------------------------------------------------------------------------------------


@define
class _Days:
    """What was seen of one column of days."""

    month_first: bool = False
    day_first: bool = False
    either: bool = False

    def look(self, text: str) -> None:
        """Look at one cell of days."""
        match = _NUMBERS.fullmatch(text.strip())
        if not match:
            return
        first, second = int(match[1]), int(match[2])
        if first > 12 >= second:
            self.day_first = True
        elif second > 12 >= first:
            self.month_first = True
        elif first != second:
            self.either = True


class _Seen(set[str]):
    """Cells that were looked at. Those that come again teach nothing."""

    def __init__(self, look: Callable[[str], None]) -> None:
        self._look = look

    def new(self, text: str) -> None:
        """Look at a cell that is not one of them."""
        if len(self) >= KEPT:
            self.clear()
        self.add(text)
        self._look(text)


@define
class Looking:
    """Looks at the days and numbers of a file, row by row, before any is read.

    Columns are given with their places: those of days and those of numbers.
    """

    _days_at: Mapping[str, int]
    _numbers_at: Sequence[int]
    _days: dict[str, _Days] = field(init=False)
    _seen: list[tuple[int, _Seen]] = field(init=False)
    _point: bool = field(init=False, default=False)
    _comma: bool = field(init=False, default=False)

    def __attrs_post_init__(self) -> None:
        self._days = {column: _Days() for column in self._days_at}
        numbers = _Seen(self._number)
        self._seen = [(place, _Seen(self._days[column].look)) for column, place in self._days_at.items()]
        self._seen += [(place, numbers) for place in self._numbers_at]

    def row(self, cells: Sequence[str]) -> None:
        """Look at the days and numbers of one row."""
        for place, seen in self._seen:
            text = cells[place]
            if text not in seen:
                seen.new(text)

    def _number(self, text: str) -> None:
        plain = text.strip()
        if plain.isdigit() or _ONE_GROUP.fullmatch(plain):
            return
        if _POINT.fullmatch(plain) or (_GROUPS_THEN_POINT.fullmatch(plain) and "." in plain):
            self._point = True
        elif _COMMA.fullmatch(plain) or (_GROUPS_THEN_COMMA.fullmatch(plain) and "," in plain):
            self._comma = True

    def habits(
        self, declared: DateOrder | None, delimiter: str, name: str, *, usual: DateOrder | None = None
    ) -> Habits:
        """How the file writes. Refuses (``UnreadableInput``) a column of days that could be read in two ways.

        ``usual`` is the order of the file's layout, where no day of a column tells. What is declared, or usual, and
        contradicted by a day of the column is refused as well.
        """
        orders = {column: _order(column, found, name, declared, usual) for column, found in self._days.items()}
        if self._point and self._comma:
            mark = DecimalMark.BOTH
        elif self._point or self._comma:
            mark = DecimalMark.POINT if self._point else DecimalMark.COMMA
        else:
            mark = DecimalMark.UNTOLD if delimiter == ";" else DecimalMark.POINT
        return Habits(orders, mark, _notices(orders, declared))


@frozen
class Habits:
    """How a file writes its days, by column, and its numbers. ``notices`` say what was concluded."""

    order: dict[str, DateOrder | None]
    mark: DecimalMark
    notices: tuple[str, ...] = ()


def _order(
    column: str, found: _Days, name: str, declared: DateOrder | None, usual: DateOrder | None
) -> DateOrder | None:
    if found.month_first and found.day_first:
        raise UnreadableInput(
            name,
            f"{column} holds days with the month first and days with the day first; write them all as 2027-01-04",
        )
    shown = DateOrder.MONTH_FIRST if found.month_first else DateOrder.DAY_FIRST if found.day_first else None
    said = declared or (usual if shown is not None or found.either else None)
    if said is not None and shown is not None and said not in (shown, DateOrder.ISO):
        whose = f"--dates {declared.value}" if declared is not None else "the layout"
        raise UnreadableInput(name, f"{column} holds a day that cannot be {said.value}, against {whose}; check which")
    if said is not None or shown is not None:
        return said or shown
    if found.either:
        raise UnreadableInput(
            name,
            f"the days in {column} could have the day or the month first; write them as 2027-01-04, "
            "or say which with `fills --dates mdy` or dmy",
        )
    return None


def _notices(orders: dict[str, DateOrder | None], declared: DateOrder | None) -> tuple[str, ...]:
    if declared is not None:
        return ()
    return tuple(
        f"{column} is read with the {'month' if order is DateOrder.MONTH_FIRST else 'day'} first, as its days show"
        for column, order in orders.items()
        if order is not None
    )
