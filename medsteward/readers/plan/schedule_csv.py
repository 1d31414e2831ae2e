"""A schedule from CSV: ``first_day,last_day,drug,amount,unit``, a day's amount of one drug in each row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from attrs import frozen

from medsteward.drugs.index import name_of
from medsteward.drugs.suggest import suggestions
from medsteward.errors import NotANumber, UnitMismatch, UnknownUnit, UnreadableInput
from medsteward.model.amount import Amount
from medsteward.model.dated import DatedAmount
from medsteward.model.number import exact
from medsteward.model.problem import Caution, Problem
from medsteward.model.unit import Dimension, Unit
from medsteward.units import amount

MAX_BYTES = 1_000_000
"""Bytes of a schedule."""
MAX_ROWS = 5_000
"""Rows of a schedule."""
COLUMNS = ("first_day", "last_day", "drug", "amount", "unit")

_OF_A_PLAN = frozenset({"step", "kind", "time", "product", "percent_of_current"})
"""Columns that a plan has as CSV, whose rows are doses and not days."""

_DAY = re.compile(r"(19|20|21)\d\d-\d\d-\d\d", re.ASCII)
_SHOWN = 40


@frozen
class ReadSchedule:
    """The rows that were understood, and a problem for each that was not."""

    rows: tuple[DatedAmount, ...]
    problems: tuple[Problem, ...] = ()
    cautions: tuple[Caution, ...] = ()


class _Refused(Exception):
    """A row that cannot be read: the code, the sentence and what may be meant."""

    def __init__(self, code: str, text: str, *offers: str) -> None:
        self.code, self.text, self.offers = code, text, offers
        super().__init__(text)


def read_schedule(data: bytes, name: str) -> ReadSchedule:
    """The schedule in the bytes of a CSV file.

    Days are written as 2027-01-04, amounts as in 45 or 2.5, units mg/d, mcg/d, g/d, or mcg/h for patches; mg, mcg and
    g alone are taken a day. Columns may come in any order, apart by commas or semicolons. Refuses (``UnreadableInput``)
    what is no such file at all: too large, empty, not UTF-8, or without one of the columns.
    """
    text = _text(data, name)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[DatedAmount] = []
    problems: list[Problem] = []
    at: Mapping[str, int] | None = None
    cautions: tuple[Caution, ...] = ()
    read = 0
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if at is None:
                at, cautions = _header(cells, name)
                continue
            read += 1
            where = f"row {reader.line_num}"
            if read > MAX_ROWS:
                problems.append(
                    Problem("SCHED-002", where, f"a schedule has at most {MAX_ROWS:,} rows; the rest was not read")
                )
                break
            try:
                rows.append(_row(cells, at, where))
            except _Refused as refused:
                problems.append(Problem(refused.code, where, refused.text, refused.offers))
    except csv.Error as error:
        raise UnreadableInput(name, f"not CSV at row {reader.line_num}: {str(error)[:80]}") from None
    if at is None:
        raise UnreadableInput(name, f"it is empty; the first row is {','.join(COLUMNS)}")
    if not read:
        raise UnreadableInput(name, "it has no row below the names of its columns")
    return ReadSchedule(tuple(rows), tuple(problems), cautions)


def _text(data: bytes, name: str) -> str:
    if len(data) > MAX_BYTES:
        raise UnreadableInput(name, f"a schedule has at most {MAX_BYTES:,} bytes")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise UnreadableInput(name, "it is UTF-16; save it as CSV in UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableInput(name, f"byte {error.start + 1:,} is not UTF-8; save it as CSV in UTF-8") from None
    if "\x00" in text:
        raise UnreadableInput(name, "it is not text; save it as CSV in UTF-8")
    return text


def _delimiter(text: str) -> str:
    head = text.lstrip().partition("\n")[0]
    return ";" if ";" in head and "," not in head else ","


def _header(cells: list[str], name: str) -> tuple[Mapping[str, int], tuple[Caution, ...]]:
    found = [re.sub(r"[\s-]+", "_", cell.strip().casefold()) for cell in cells]
    if set(found) >= _OF_A_PLAN:
        raise UnreadableInput(name, "this is the plan as a table; save it with --save and check that file")
    missing = [column for column in COLUMNS if column not in found]
    if missing:
        expected = ",".join(COLUMNS)
        raise UnreadableInput(name, f"the column {missing[0]} is missing; the first row is {expected}")
    for column in COLUMNS:
        if found.count(column) > 1:
            raise UnreadableInput(name, f"the column {column} is there twice")
    others = [cell for cell in found if cell and cell not in COLUMNS]
    cautions: tuple[Caution, ...] = ()
    if others:
        shown = ", ".join(f'"{cell[:_SHOWN]}"' for cell in others[:5])
        cautions = (Caution("SCHED-101", f"not read: the column {shown}"),)
    return {column: found.index(column) for column in COLUMNS}, cautions


def _row(cells: list[str], at: Mapping[str, int], where: str) -> DatedAmount:
    if len(cells) <= max(at.values()):
        raise _Refused("SCHED-001", f"the row has {len(cells)} cells, fewer than there are columns")
    got = {column: cells[place].strip() for column, place in at.items()}
    first, last = _day(got["first_day"], "first_day"), _day(got["last_day"], "last_day")
    if last < first:
        raise _Refused("SCHED-001", f"the last day, {last}, is before the first, {first}")
    return DatedAmount(first, last, _drug(got["drug"]), _daily(got["amount"], got["unit"]), where=where)


def _day(text: str, column: str) -> date:
    if not text:
        raise _Refused("SCHED-001", f"{column} is empty; write the day, as in 2027-01-04")
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise _Refused("SCHED-001", f"{column}: there is no {text} in the calendar") from None
    raise _Refused("SCHED-001", f'{column}: "{text[:_SHOWN]}" is not a day; write it as in 2027-01-04')


def _drug(text: str) -> str:
    if not text:
        raise _Refused("DRUG-004", "no drug is named")
    plain = " ".join(text.casefold().split())
    found = name_of(plain)
    if found is None:
        near = suggestions(plain)
        hint = (
            f"; did you mean {' or '.join(near)}?" if near else "; write the drug's full name, without strength or form"
        )
        raise _Refused("DRUG-001", f'"{text[:_SHOWN]}" is not a known name{hint}', *near)
    if found.is_combination:
        parts = " and ".join(found.ingredients)
        raise _Refused("DRUG-003", f"{plain} holds {parts}; write the one that is lowered", *found.ingredients)
    return found.ingredients[0]


_COUNTED = re.compile(r"[x*\u00d7]", re.IGNORECASE)
_COUNT = re.compile(
    r"(\d{1,3}(?:\.\d{1,2})?)\s*[x*\u00d7]\s*(\d{1,4}(?:\.\d{1,3})?)\s*(mcg|mg|g)", re.IGNORECASE | re.ASCII
)
_MOST_COUNTS = 12
"""Strengths that a day is counted of, at most."""


def _counted(text: str, unit: str) -> Amount:
    """A day as it is counted out: ``4 x 100 mg + 2 x 30 mg``. Refuses a unit beside it that is not one of mass."""
    parts = [_COUNT.fullmatch(part.strip()) for part in text.split("+")]
    if len(parts) > _MOST_COUNTS or any(part is None for part in parts):
        raise _Refused(
            "SCHED-001",
            f'"{text[:_SHOWN]}" is not counted as we read it; write how many of which strength are taken in a day, '
            "as in 4 x 100 mg + 2 x 30 mg",
        )
    if unit.casefold() not in _BESIDE_COUNTS:
        raise _Refused(
            "UNIT-001",
            f'unit "{unit[:_SHOWN]}": units that are counted say their strength; leave it empty or write mg/d',
        )
    found = [amount(f"{part[2]} {part[3].casefold()}").to(Unit.MG).value * exact(part[1]) for part in parts if part]
    return Amount(sum(found, Fraction(0)), Unit.MG_PER_D)


_BESIDE_COUNTS = ("", "mg", "mg/d")


def _daily(number: str, unit: str) -> Amount:
    """A day's amount: mg/d or mcg/d, or the mcg/h worn; or what is taken in a day, counted."""
    if not number:
        raise _Refused("SCHED-001", "the amount is empty; write 0 where none is taken")
    if _COUNTED.search(number):
        return _counted(number, unit)
    try:
        exact(number)
        found = amount(f"{number} {unit}")
    except NotANumber as error:
        raise _Refused(error.code, f'"{number[:_SHOWN]}" is not an amount: {error.hint}') from None
    except UnitMismatch:
        raise _Refused("UNIT-001", f'"{unit[:_SHOWN]}" is no unit of a daily amount; write mg/d or mcg/h') from None
    except UnknownUnit as error:
        raise _Refused("UNIT-001", f'unit "{unit[:_SHOWN]}": {error.hint}') from None
    if found.unit in (Unit.MCG, Unit.MCG_PER_D):
        return Amount(found.value, Unit.MCG_PER_D)
    if found.unit.dimension is Dimension.MASS:
        return Amount(found.to(Unit.MG).value, Unit.MG_PER_D)
    if found.unit.dimension is Dimension.MASS_PER_DAY:
        return found.to(Unit.MG_PER_D)
    if found.unit.dimension is Dimension.RATE:
        return found.to(Unit.MCG_PER_H)
    raise _Refused(
        "UNIT-001", f'"{unit[:_SHOWN]}" is no unit of a daily amount of a drug; write mg/d, or mcg/h for a patch'
    )
