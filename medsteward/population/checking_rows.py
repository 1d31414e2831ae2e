"""The check of patients whose rows a cluster hands over, by patient and in order.

The machines of the cluster run this; medsteward is installed there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from attrs import frozen

from medsteward.population.checked_patient import CheckedPatient, check_patient
from medsteward.population.columns import CHECK_COLUMNS
from medsteward.population.engine import TYPES, SqlColumn, SqlType, Value
from medsteward.population.records import KEY, Looked
from medsteward.readers.codes.resolving import resolver_for
from medsteward.readers.fills.records import Numbered, grouped
from medsteward.readers.fills.rows import RowReader
from medsteward.tables.table import FactorTable

if TYPE_CHECKING:
    from pyarrow import RecordBatch

CheckRow = tuple[Value, ...]
CHECKED = (*(SqlColumn(each.name, TYPES[each.kind]) for each in CHECK_COLUMNS), SqlColumn("is_whole", SqlType.TRUTH))
"""A row of each finding, and one without a rule of each patient; each says whether the patient's case was whole."""
_ROWS_AT_ONCE = 4_000


def rows_of(patient: str, found: CheckedPatient) -> Iterator[CheckRow]:
    """The rows of ``CHECKED`` of one patient."""
    yield from ((*each, found.is_whole) for each in found.rows)
    yield (patient, *([None] * (len(CHECKED) - 2)), found.is_whole)


@frozen
class RowsCheck:
    """What is done with rows: how their files are laid out, the columns that come, the day and the table."""

    looked: Looked
    columns: tuple[str, ...]
    as_of: date
    table: FactorTable
    codes: str | None

    def checked(self, rows: Iterable[CheckRow]) -> Iterator[CheckRow]:
        """Rows of ``CHECKED``; those that come have ``wrong_width`` and the columns, and are sorted by patient."""
        header = self.looked.files.header
        reader = RowReader(header, self.looked.habits, resolver_for(self.codes))
        for history in grouped(self._as_read(rows), reader, header):
            if history.patient:
                yield from rows_of(history.patient, check_patient(history, self.as_of, self.table))

    def __call__(self, batches: Iterable[RecordBatch]) -> Iterator[RecordBatch]:
        """The same in batches of Arrow, as Spark's ``mapInArrow`` has it."""
        import pyarrow

        kinds = {SqlType.TEXT: pyarrow.string(), SqlType.WHOLE: pyarrow.int64(), SqlType.TRUTH: pyarrow.bool_()}
        schema = pyarrow.schema([(each.name, kinds[each.type]) for each in CHECKED])
        rows = (row for batch in batches for row in zip(*(each.to_pylist() for each in batch.columns), strict=True))
        found = self.checked(rows)
        while some := list(islice(found, _ROWS_AT_ONCE)):
            cells = zip(zip(*some, strict=True), schema.types, strict=True)
            yield pyarrow.RecordBatch.from_arrays([pyarrow.array(each, kind) for each, kind in cells], schema=schema)

    def _as_read(self, rows: Iterable[CheckRow]) -> Iterator[Numbered]:
        """Rows as the reader of a file gives them. One of another width is given a width that no row has."""
        width = self.looked.files.header.width
        places = [self.looked.files.header.at[column] for column in self.columns]
        key = self.columns.index(KEY)
        for number, (wrong, *cells) in enumerate(rows, start=1):
            row = [""] * (width + 1 if wrong else width)
            for place, cell in zip(places, cells, strict=True):
                row[place] = str(cell)
            if wrong:
                row = [""] * (width + 1)
                row[places[key]] = str(cells[key])
            yield number, row
