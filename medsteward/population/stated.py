"""Days, birth dates and ages as the scalar reader reads them, each distinct spelling once; and how files write them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from medsteward.population.records import FILLED, SOLD, Looked, RecordFiles
from medsteward.readers.fills.cells import DateOrder, Looking
from medsteward.readers.fills.rows import RowFault, RowReader

DAYS_OF = (FILLED, SOLD, "birth_date")
NUMBERS_OF = ("quantity", "days_supply", "reported_mme", "age")


def habits(files: RecordFiles, spellings: Iterable[tuple[str, str]], dates: DateOrder | None) -> Looked:
    """How files write days and numbers, from the different cells of each of those columns.

    Refuses (``UnreadableInput``) days that could be read in two ways.
    """
    at = files.header.at
    looking = Looking(
        {column: at[column] for column in DAYS_OF if column in at},
        [at[column] for column in NUMBERS_OF if column in at],
    )
    for column, cell in spellings:
        row = [""] * files.header.width
        row[at[column]] = cell
        looking.row(row)
    layout = files.header.layout
    usual = None if layout is None else layout.dates
    return Looked(files, looking.habits(dates, files.delimiter, files.paths[0], usual=usual))


def day_number(day: date) -> int:
    """A day as the number 20270104."""
    return day.year * 10_000 + day.month * 100 + day.day


def days_of(reader: RowReader, cells: Sequence[tuple[str, str]]) -> Iterable[tuple[tuple[str, str], date | RowFault]]:
    """The day of filling of each (filled, sold)."""
    for filled, sold in cells:
        found = reader.filled_on(filled.strip(), sold.strip())
        yield (filled, sold), found if isinstance(found, RowFault) else found[0]


def persons_of(
    reader: RowReader, cells: Sequence[tuple[str, str]]
) -> Iterable[tuple[tuple[str, str], tuple[int | None, int | None]]]:
    """The birth date, as a number, and the age of each (birth date, age)."""
    for birth, age in cells:
        born, years, _ = reader.person((birth, age))
        yield (birth, age), (None if born is None else day_number(born), years)
