"""Records that are no files: tables of a database, and frames that give themselves as an Arrow stream.

They are written as parquet into the run's own folder, and read from there as any file: what a table or a stream gives
may change between two looks at it, and a run looks twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from medsteward.errors import UnreadableInput
from medsteward.population.engine import SqlEngine
from medsteward.readers.fills.parquet import connection

TABLE = "::"
"""Stands before the name of a table: ``claims.duckdb::fills``; on Spark ``::catalog.schema.fills``."""


@runtime_checkable
class ArrowStream(Protocol):
    """A frame of pandas, polars, DuckDB, Arrow or Spark: whatever gives itself as an Arrow C stream."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The stream."""


Records = str | ArrowStream


def paths_among(inputs: Sequence[Records]) -> tuple[str, ...]:
    """The inputs that name files and folders."""
    return tuple(each for each in inputs if isinstance(each, str) and TABLE not in each)


def written_out(inputs: Sequence[Records], engine: SqlEngine, folder: Path) -> tuple[str, ...]:
    """The other inputs as parquet files in ``folder``. Refuses (``UnreadableInput``) a table that is not there."""
    found = []
    for number, each in enumerate(inputs):
        path = folder / f"table-{number}.parquet"
        if isinstance(each, str):
            if TABLE not in each:
                continue
            engine.export(each, path)
        elif isinstance(each, ArrowStream):
            _write_frame(each, path)
        else:
            raise UnreadableInput("an input", "it is no path and has no Arrow C stream; give a frame or a file")
        found += sorted(map(str, path.glob("*.parquet"))) if path.is_dir() else [str(path)]
    return tuple(found)


def _write_frame(frame: ArrowStream, path: Path) -> None:
    quoted = str(path).replace("'", "''")
    with connection() as database:
        try:
            database.register("frame", frame.__arrow_c_stream__())
            database.execute(f"COPY (FROM frame) TO '{quoted}' (FORMAT parquet)")
        except Exception as error:
            raise UnreadableInput("the frame", f"its Arrow stream cannot be read ({type(error).__name__})") from None
