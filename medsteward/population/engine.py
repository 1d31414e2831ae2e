"""What a database must be able to do for a run: hold small tables, read records, run one text, write parquet.

Everything else is the same on every engine. Text is SQL that DuckDB and Spark both read; what they do not share stands
in the module of each engine, with the reason. Settings are named in the text (``:window``) and handed over beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Protocol

from attrs import frozen

from medsteward.population.columns import ColumnKind
from medsteward.population.records import RecordFiles

PART = "part-"
"""How names of files begin that are put together at the end."""
Value = str | int | bool | None
Values = Mapping[str, Value]


class SqlType(Enum):
    """The few types that tables of a run are made of, as both engines call them."""

    TEXT = "STRING"
    WHOLE = "BIGINT"
    SMALL = "INT"
    TRUTH = "BOOLEAN"


@frozen
class SqlColumn:
    """A column of a small table."""

    name: str
    type: SqlType


TYPES = {
    ColumnKind.TEXT: SqlType.TEXT,
    ColumnKind.WHOLE: SqlType.WHOLE,
    ColumnKind.MME: SqlType.WHOLE,
    ColumnKind.TRUTH: SqlType.TRUTH,
}
"""What a column of an answer is in a table that is put from Python. Days are made by the database."""


@frozen
class Running:
    """How rows that follow one another are looked at, which is most of the work of a run.

    ``in_order``: the database keeps the order of a sorted question, so that running sums go along its rows as they
    come, from one patient into the next; sorting once costs half of what a window with parts does. Else each window has
    parts and an order of its own. The texts hold under both: they compare whose the row before is, and what a
    patient's fills add they also take away.
    """

    in_order: bool

    def ordered(self, *columns: str) -> str:
        """At the end of the question whose rows are looked at."""
        return f" ORDER BY {', '.join(columns)}" if self.in_order else ""

    def so_far(self, *columns: str) -> str:
        """The window of a running sum or maximum up to a row and those that are equal in order. The last orders."""
        if self.in_order:
            return "OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
        *parts, order = columns
        return (
            f"OVER (PARTITION BY {', '.join(parts)} ORDER BY {order} RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
        )

    def beside(self, *columns: str) -> str:
        """The window of the row before or after. The last column orders."""
        if self.in_order:
            return "OVER ()"
        *parts, order = columns
        return f"OVER (PARTITION BY {', '.join(parts)} ORDER BY {order})"


class SqlEngine(Protocol):
    """A database.

    ``key_number`` is what stands for a text ``key`` in later tables: a number, or the key itself. ``in_part`` says
    whether a row of ``facts`` is of a part, by the settings that ``parts`` gives each.
    """

    name: str
    key_number: str
    running: Running
    in_part: str

    def read(self, files: Sequence[RecordFiles], columns: Sequence[str]) -> None:
        """Name ``records``: every row of the files with ``columns`` as text, NULL in none."""

    def look(self, name: str, text: str) -> None:
        """Make a table of what the first question to ``records`` answers, and see to rows that could not be taken."""

    def export(self, table: str, path: Path) -> None:
        """Write a table of a database as parquet: ``FILE::NAME``, or ``::NAME`` where the engine is the database."""

    def parts(self, wanted: int) -> Sequence[Values]:
        """The settings of the parts in which patients are taken, at least as many as are wanted if there are."""

    def side_by_side(self, most: int) -> Sequence[SqlEngine]:
        """Engines that can take parts at the same time, at least one and at most so many.

        All see the tables of this one, and each makes tables that are its own, which go when it rests.
        """

    def rest(self) -> None:
        """The end of work side by side."""

    def put(self, name: str, columns: Sequence[SqlColumn], rows: Iterable[Sequence[Value]]) -> None:
        """Make a table of rows that Python has."""

    def make(self, name: str, text: str, values: Values) -> None:
        """Make a table, or make it again, of what a question answers."""

    def see(self, name: str, text: str, values: Values) -> None:
        """Give what a question answers a name, without making a table of it."""

    def ask(self, text: str, values: Values) -> Iterator[tuple[Value, ...]]:
        """What a question answers, row by row."""

    def write(self, text: str, path: Path, values: Values) -> None:
        """Write what a question answers as parquet."""

    def write_part(self, text: str, path: Path, values: Values, *, stays: bool) -> None:
        """Keep a part of an answer for ``gather``, under the name of ``path``; as that file where it has to stay."""

    def gather(self, parts: Sequence[Path], path: Path, order: Sequence[str]) -> None:
        """Put what was kept in parts together as parquet, in order, and remove the parts."""

    def see_file(self, name: str, path: Path) -> None:
        """Give parquet that was written a name."""

    def drop(self, *names: str) -> None:
        """Forget tables that are no longer needed."""
