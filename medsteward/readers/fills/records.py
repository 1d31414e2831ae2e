"""Dispensing records of many patients, one patient at a time.

Rows of one patient must stand together. Where they do not, rows are sorted by patient on disk first. Memory holds one
patient at a time.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from datetime import date
from typing import IO

from attrs import define

from medsteward.drugs.codes import ListedCodes
from medsteward.errors import UnreadableInput
from medsteward.model.code import Resolver
from medsteward.model.fill import ExcludedRow, FailedRow, Fill, History
from medsteward.model.problem import Caution, Problem
from medsteward.progress import far_in
from medsteward.readers.fills.cells import DateOrder, Habits, Looking
from medsteward.readers.fills.header import PLAIN_READING, Header, HeaderReading, read_header
from medsteward.readers.fills.rows import RowReader
from medsteward.readers.fills.source import Cells, RecordSource, open_source
from medsteward.readers.shared.by_key import ByKey

MOST_ROWS = 20_000
"""Rows of one patient that are used; more can only be a key that many patients share."""
_KEYS_SEEN = 500_000
_ROWS_AT_ONCE = 500

Numbered = tuple[int, Cells]
Say = Callable[[str], None]


@define
class Records:
    """The records of a file that was looked at: its header, how it writes days and numbers, and whether it is grouped.

    ``rows`` is how many rows it holds; ``notices`` say what was concluded from the file itself.
    """

    source: RecordSource
    header: Header
    habits: Habits
    resolver: Resolver
    rows: int
    grouped: bool
    notices: tuple[str, ...]

    def histories(self, say: Say) -> Iterator[History]:
        """Every patient with all rows. ``say`` is told, in a sentence, when rows have to be sorted first."""
        yield from grouped(self.rows_by_patient(say), self.reader(), self.header)

    def reader(self) -> RowReader:
        """A reader of its rows."""
        return RowReader(self.header, self.habits, self.resolver)

    def rows_by_patient(self, say: Say) -> Iterator[Numbered]:
        """Every row, those of a patient together and as they came. ``say`` as in ``histories``."""
        progress = far_in("reading records", self.source.size)
        if self.grouped:
            yield from self.source.rows(progress)
            return
        say(f"the file is not sorted by patient; sorting {self.rows:,} rows first")
        with closing(ByKey(self.source.name)) as desk:
            yield from _sorted(self.source.rows(progress), self.reader(), desk)


def open_records(
    path: str,
    stdin: IO[bytes] | None,
    desk: ExitStack,
    *,
    dates: DateOrder | None = None,
    resolver: Resolver | None = None,
    how: HeaderReading = PLAIN_READING,
) -> Records:
    """Look at a file from end to end: its header, its days and numbers, and whether it is grouped by patient.

    ``desk`` closes what is opened; ``resolver`` looks up codes, by default those of our own list; ``how`` says how the
    header is read. Refuses
    (``UnreadableInput``) a file that is not a table of records, lacks a column that is needed, or writes days in a way
    that could mean two things and is not declared by ``dates``.
    """
    source = open_source(path, stdin, desk)
    header = read_header(source.header(), source.name, how)
    looking = Looking(
        {column: header.at[column] for column in ("filled_date", "sold_date", "birth_date") if column in header.at},
        [header.at[column] for column in ("quantity", "days_supply", "reported_mme", "age") if column in header.at],
    )
    patient = header.at.get("patient_key", -1)
    rows, grouped, ordered = 0, True, True
    last: str | None = None
    seen: set[int] = set()
    for _, cells in source.rows():
        rows += 1
        if len(cells) != header.width:
            continue
        looking.row(cells)
        if patient < 0:
            continue
        key = cells[patient].strip()
        if key == last:
            continue
        ordered = ordered and (last is None or last < key)
        last = key
        if len(seen) < _KEYS_SEEN:
            mark = hash(key)
            grouped = grouped and mark not in seen
            seen.add(mark)
        elif not ordered:
            grouped = False
    if rows == 0:
        raise UnreadableInput(source.name, "it has a header and no rows")
    layout = header.layout
    usual = None if layout is None else layout.dates
    habits = looking.habits(dates, source.delimiter, source.name, usual=usual)
    notices = [*source.notices, *about_layout(header), *habits.notices]
    if header.not_kept:
        notices.append(f"columns with names or addresses are not read or passed on: {', '.join(header.not_kept)[:200]}")
    if "filled_date" in header.at and "sold_date" in header.at:
        notices.append("supply is counted from filled_date; sold_date is used only where that is empty")
    elif "filled_date" not in header.at:
        notices.append("there is no filled_date, so supply is counted from sold_date")
    return Records(source, header, habits, resolver or ListedCodes(), rows, grouped, tuple(notices))


def about_layout(header: Header) -> Iterator[str]:
    """What is said of the layout that a file is of."""
    layout = header.layout
    if layout is None:
        return
    yield f"read as the layout {layout.id} ({layout.title}); --layout none reads the headers one by one"
    if layout.says:
        yield f"{layout.id}: {layout.says}"
    asked = {each.header for each in layout.only_if} | ({layout.kinds.header} if layout.kinds is not None else set())
    if layout.second_source and not asked.isdisjoint(header.places):
        yield f"{layout.id}: needs a second source: {layout.second_source}"
    if layout.orders:
        yield f"{layout.id}: its rows are orders, not dispensings: whether they were filled is not known"
    if layout.kinds is not None:
        if layout.kinds.header not in header.places:
            yield f"there is no {layout.kinds.header}, so every row was taken as a dispensing"
        elif not header.orders:
            yield f"rows that are orders by {layout.kinds.header} are left out; --orders counts them"


def in_batches(histories: Iterable[History]) -> Iterator[list[History]]:
    """Patients in order, a few at a time: reading, reporting and writing by turns is slower one by one."""
    batch: list[History] = []
    rows = 0
    for history in histories:
        batch.append(history)
        rows += history.rows
        if rows >= _ROWS_AT_ONCE:
            yield batch
            batch, rows = [], 0
    if batch:
        yield batch


def grouped(rows: Iterator[Numbered], reader: RowReader, header: Header) -> Iterator[History]:
    """Every patient of rows that stand together by patient."""
    names = tuple(name for _, name in header.other)
    at = header.at.get("patient_key", header.width)
    key = written = None
    gathered: list[Numbered] = []
    shared = False
    for numbered in rows:
        cells = numbered[1]
        if len(cells) <= at or cells[at] != written:  # most rows write the key as the row before does
            patient = reader.patient(cells)
            written = cells[at] if len(cells) > at else None
            if patient != key:
                if gathered:
                    yield _too_many(gathered) if shared else _history(key or "", gathered, reader, names)
                key, gathered, shared = patient, [], False
        gathered.append(numbered)
        if len(gathered) > MOST_ROWS and key:
            yield _too_many(gathered)
            gathered, shared = [], True
        elif len(gathered) > MOST_ROWS:  # rows without a key are no patient
            yield _history("", gathered, reader, names)
            gathered = []
    if gathered:
        yield _too_many(gathered) if shared else _history(key or "", gathered, reader, names)


def _history(key: str, rows: list[Numbered], reader: RowReader, names: tuple[str, ...]) -> History:
    fills: list[Fill] = []
    failed: list[FailedRow] = []
    excluded: list[ExcludedRow] = []
    stated: set[tuple[str, ...]] = set()
    for number, cells in rows:
        found = reader.read(number, cells)
        if type(found) is Fill:
            fills.append(found)
            stated.add(reader.stated_person(cells))
        elif isinstance(found, FailedRow):
            failed.append(found)
        elif isinstance(found, ExcludedRow):
            excluded.append(found)
    births: set[date] = set()
    ages: set[int] = set()
    unread = False
    for said in stated:
        birth, age, bad = reader.person(said)
        unread = unread or bad
        if birth is not None:
            births.add(birth)
        if age is not None:
            ages.add(age)
    cautions = (*reader.cautions, _UNREAD_AGE) if unread or len(births) > 1 else reader.cautions
    return History(
        key,
        tuple(fills),
        tuple(failed),
        tuple(excluded),
        next(iter(births)) if len(births) == 1 else None,
        min(ages) if ages else None,
        names,
        cautions,
    )


_UNREAD_AGE = Caution("FILL-104", "a birth date or an age cannot be read, or differs between rows")


def _too_many(rows: list[Numbered]) -> History:
    """Rows that no one patient has: all of them fail, and memory is kept."""
    text = f"more than {MOST_ROWS:,} rows have this row's patient key; check that each patient has a key"
    problem = Problem("FILL-003", "", text)
    return History("", (), tuple(FailedRow(number, "patient_key", problem) for number, _ in rows))


# --- sorting on disk --------------------------------------------------------------------------------------------


def _sorted(rows: Iterator[Numbered], reader: RowReader, desk: ByKey) -> Iterator[Numbered]:
    """Rows by patient, and within a patient as they came."""
    for number, cells in rows:
        desk.add(reader.patient(cells), number, marshal.dumps(cells))
    for number, kept in desk.in_order():
        yield number, marshal.loads(kept)
