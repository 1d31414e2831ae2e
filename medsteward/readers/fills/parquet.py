"""Rows of a parquet file, read by DuckDB one after another, every cell as text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from medsteward.errors import UnreadableInput, part_for

if TYPE_CHECKING:
    from collections.abc import Callable

    import duckdb

COMMAND = 'pip install "medsteward[population]"'
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "memory_limit": "1GB",
    "threads": "1",
    "temp_directory": "",
}
"""Of every connection: nothing is fetched or loaded from elsewhere, and no row is put on a disk."""

FOLDERS = "hive_types_autocast=false"
"""What stands in the names of folders stays the text that it is: 007 is not 7."""
READ = f"read_parquet(?, {FOLDERS})"

_BATCH = 2000
_EXACT = 10**15
_MOMENT = "TIMESTAMP WITH TIME ZONE"
"""DuckDB's word for a timestamp that is adjusted to UTC: it is shown in the zone of the machine unless asked not to."""
_START = datetime(1970, 1, 1, tzinfo=UTC)


@contextmanager
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory. Raises ``MissingPart`` or ``BrokenPart`` without DuckDB."""
    with part_for("a parquet file", "duckdb", COMMAND):
        import duckdb
    with duckdb.connect(":memory:", config=SETTINGS) as database:
        yield database


class ParquetSource:
    """The rows of a file. Moments that are adjusted to UTC count by their day in UTC, on every machine; that is said.

    Refuses (``UnreadableInput``) a file that is damaged, or none.
    """

    delimiter = ","

    def __init__(self, path: str, most_cell: int) -> None:
        if any(mark in path for mark in "*?["):
            raise UnreadableInput(path, "a name with * ? or [ would be taken for a pattern; rename the file")
        self.name, self._most_cell = path, most_cell
        self.notices: list[str] = []
        with connection():
            pass  # that DuckDB is missing is said before anything of the file
        with self._asked("not a parquet file"), connection() as database:
            ((count,),) = database.execute(f"SELECT count(*) FROM {READ}", [path]).fetchall()
            columns = database.execute(f"DESCRIBE SELECT * FROM {READ}", [path]).fetchall()
        self.size = int(count)
        self._columns = [str(column[0]) for column in columns]
        self.types = tuple(str(column[1]) for column in columns)
        self._moments = [str(column[0]) for column in columns if column[1] == _MOMENT]
        if self._moments:
            named = ", ".join(self._moments[:5])
            self.notices.append(
                f"moments in UTC ({named}) count by their day in UTC; where your records mean the day of another zone, "
                "write plain dates"
            )

    def header(self) -> list[str]:
        """The names of the columns."""
        return list(self._columns)

    def rows(self, progress: Callable[[int], None] | None = None) -> Iterator[tuple[int, list[str]]]:
        """Every row with its number, the first being 1."""
        number = 0
        moments = {self._columns.index(name) for name in self._moments}
        with connection() as database:
            with self._asked("row 1"):
                found = database.execute(self._select(), [self.name])
            while True:
                with self._asked(f"row {number + 1:,}"):
                    batch = found.fetchmany(_BATCH)
                if not batch:
                    return
                for row in batch:
                    number += 1
                    yield (
                        number,
                        [
                            _day_of(value) if place in moments else _as_text(value, self._most_cell)
                            for place, value in enumerate(row)
                        ],
                    )
                if progress is not None:
                    progress(number)

    def _select(self) -> str:
        names = (name.replace('"', '""') for name in self._moments)
        asked = ", ".join(f'epoch_us("{name}") AS "{name}"' for name in names)
        return f"SELECT *{f' REPLACE ({asked})' if asked else ''} FROM {READ}"

    @contextmanager
    def _asked(self, where: str) -> Iterator[None]:
        """Ask DuckDB; a damaged file makes it raise errors of many kinds, its own and others."""
        try:
            yield
        except UnreadableInput:
            raise
        except Exception as error:
            said = " ".join(str(error).split())
            kind = type(error).__name__
            if isinstance(error, MemoryError) or kind == "OutOfMemoryException":
                raise UnreadableInput(self.name, "there is not enough memory to read it; write it as CSV") from None
            said = said.partition("LINE 1:")[0].partition("SELECT ")[0]  # our own question, which nobody asked about
            what = (said.partition(": ")[2] or said).strip()[:120]
            raise UnreadableInput(self.name, f"{where}: {what or 'it is damaged'}") from None


def _day_of(microseconds: Any) -> str:
    """The day in UTC of a moment, counted from 1970; what no calendar holds stays a number, and is no day."""
    if microseconds is None:
        return ""
    try:
        return (_START + timedelta(microseconds=int(microseconds))).date().isoformat()
    except (OverflowError, ValueError):
        return str(microseconds)


def _as_text(value: Any, most: int) -> str:
    """A cell as CSV would hold it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if abs(value) < _EXACT and value == int(value) else repr(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)[:most]
