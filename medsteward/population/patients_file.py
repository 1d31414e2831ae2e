"""A file of what is known of patients beside their records: birth dates, enrolment, kinds of care, state and payer.

It counts as though each row of the patient's records said so. What it says of a birth date goes before what they say; a
kind of care is one that either states.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date

from attrs import define, field, frozen

from medsteward.errors import UnreadableInput
from medsteward.model.fill import ExclusionKind
from medsteward.model.problem import Problem
from medsteward.population.columns import STATED_GROUPS, exclusion_column
from medsteward.readers.fills.cells import DateOrder, Habits, Looking, day
from medsteward.readers.fills.rows import said_yes
from medsteward.readers.fills.source import Cells, RecordSource, open_source

KEY, BIRTH, FROM, TO = "patient_key", "birth_date", "enrolled_from", "enrolled_to"
DAYS = (BIRTH, FROM, TO)
CARE = {exclusion_column(kind): kind for kind in ExclusionKind}
GROUPS = tuple(each.name for each in STATED_GROUPS)
COLUMNS = (KEY, *DAYS, *CARE, *GROUPS)
SEVERAL = "several"
"""The group of a patient whose rows state different ones."""
_LONGEST = 40
ALWAYS = date(2199, 12, 31)
"""The end of a span that has none."""


@frozen
class StatedPatient:
    """What is stated of one patient. ``enrolled`` are spans of days, both ends in them, in order, none touching.

    ``groups`` has the state and the payer, None where none is stated.
    """

    key: str
    birth: date | None
    care: frozenset[ExclusionKind]
    enrolled: tuple[tuple[date, date], ...]
    groups: tuple[str | None, ...]


@define
class _Gathering:
    """One patient's rows so far."""

    birth: date | None = None
    care: set[ExclusionKind] = field(factory=set)
    spans: list[tuple[date, date]] = field(factory=list)
    groups: dict[str, str] = field(factory=dict)


def stated_patients(path: str, dates: DateOrder | None) -> tuple[StatedPatient, ...]:
    """The patients of a file; one may have several rows, one for each span.

    Refuses (``UnreadableInput``) a file without the columns, and a cell that cannot be read, by its row and column: who
    is left out of a measure is not guessed. No message holds a cell.
    """
    with ExitStack() as desk:
        source = open_source(path, None, desk)
        at = _places(source.header(), path)
        habits = _habits(source, at, dates, path)
        found: dict[str, _Gathering] = {}
        for number, cells in source.rows():
            _take(found, number, cells, at, habits, path)
    return tuple(
        StatedPatient(
            key, each.birth, frozenset(each.care), tuple(_joined(each.spans)), tuple(map(each.groups.get, GROUPS))
        )
        for key, each in found.items()
    )


def _places(header: Sequence[str], path: str) -> dict[str, int]:
    names = [cell.strip().casefold() for cell in header]
    twice = next((name for name in COLUMNS if names.count(name) > 1), None)
    if twice is not None:
        raise UnreadableInput(path, f"two columns are named {twice}; keep one of them")
    at = {name: names.index(name) for name in COLUMNS if name in names}
    if KEY not in at or len(at) == 1:
        raise UnreadableInput(path, f"a file of patients has {KEY} and at least one of {', '.join(COLUMNS[1:])}")
    if TO in at and FROM not in at:
        raise UnreadableInput(path, f"{TO} is there without {FROM}")
    return at


def _habits(source: RecordSource, at: Mapping[str, int], dates: DateOrder | None, path: str) -> Habits:
    looking = Looking({column: at[column] for column in DAYS if column in at}, [])
    width = max(at.values())
    for number, cells in source.rows():
        if len(cells) <= width:
            raise UnreadableInput(path, f"row {number:,} has fewer cells than the header")
        looking.row(cells)
    return looking.habits(dates, source.delimiter, path)


def _take(
    found: dict[str, _Gathering], number: int, cells: Cells, at: Mapping[str, int], habits: Habits, path: str
) -> None:
    def day_in(column: str) -> date | None:
        text = cells[at[column]].strip() if column in at else ""
        if not text:
            return None
        said = day(text, habits.order[column])
        if isinstance(said, Problem):
            raise UnreadableInput(
                path, f"row {number:,}: {column} is no day this program reads; write it as 2027-01-04"
            )
        return said

    key = cells[at[KEY]].strip()
    if not key:
        raise UnreadableInput(path, f"row {number:,} has no {KEY}")
    one = found.setdefault(key, _Gathering())
    birth, first, last = (day_in(column) for column in DAYS)
    if birth is not None and one.birth not in (None, birth):
        raise UnreadableInput(path, f"row {number:,}: {BIRTH} differs from an earlier row of the same patient")
    one.birth = birth or one.birth
    if first is not None:
        if last is not None and last < first:
            raise UnreadableInput(path, f"row {number:,}: {TO} is before {FROM}")
        one.spans.append((first, last or ALWAYS))
    elif last is not None:
        raise UnreadableInput(path, f"row {number:,}: {TO} is there without {FROM}")
    for column, kind in CARE.items():
        if column in at:
            said = said_yes(cells[at[column]])
            if said is None:
                raise UnreadableInput(path, f"row {number:,}: {column} is neither yes nor no")
            if said:
                one.care.add(kind)
    for column in GROUPS:
        text = cells[at[column]].strip() if column in at else ""
        if len(text) > _LONGEST:
            raise UnreadableInput(
                path, f"row {number:,}: {column} is longer than {_LONGEST} letters; write a short name"
            )
        if text:
            one.groups[column] = text if one.groups.get(column, text) == text else SEVERAL


def _joined(spans: Sequence[tuple[date, date]]) -> Iterator[tuple[date, date]]:
    """Spans in order, those that touch as one."""
    open_: tuple[date, date] | None = None
    for first, last in sorted(spans):
        if open_ is not None and first.toordinal() <= open_[1].toordinal() + 1:
            open_ = (open_[0], max(open_[1], last))
            continue
        if open_ is not None:
            yield open_
        open_ = (first, last)
    if open_ is not None:
        yield open_
