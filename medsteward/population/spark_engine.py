"""Spark as the engine of a run: whatever session it is given (``spark_session`` makes them).

What it does not share with DuckDB, and why:

* Functions of the common text are temporary SQL functions here.
* Keys stand for themselves: to number them, all machines would have to agree.
* Tables that are asked more than once are written into the run's folder and read back: Spark would reckon them again
  at each use, and a plan of everything at once grows beyond all bounds. A worker that dies takes none of them along.
  On a cluster the folder must be one that all machines see, as must the files.
* Files of CSV are read one to a task, as a cell may hold the end of a line; a row of another width is told by Spark.
* Parquet that is written is a folder of parts.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medsteward.population.engine import Running, SqlColumn, Value, Values
from medsteward.population.faults import out_of_room
from medsteward.population.records import KEY, RecordFiles
from medsteward.readers.fills.source import MAX_CELL

if TYPE_CHECKING:
    from pyarrow import RecordBatch
    from pyspark.sql import DataFrame, SparkSession

    BatchWork = Callable[[Iterable[RecordBatch]], Iterator[RecordBatch]]

_SPACE = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
_FUNCTIONS = (
    "whole_part(a BIGINT, b BIGINT) RETURNS BIGINT RETURN a div b",
    "day_of(ordinal BIGINT) RETURNS DATE RETURN date_add(DATE '0001-01-01', CAST(ordinal - 1 AS INT))",
    "part_of(key STRING, parts BIGINT) RETURNS BIGINT RETURN pmod(xxhash64(key), parts)",
    "joined_numbers(numbers ARRAY<BIGINT>) RETURNS STRING "
    "RETURN array_join(transform(array_sort(numbers), n -> CAST(n AS STRING)), ',')",
    f"strip(x STRING) RETURNS STRING RETURN trim(BOTH '{_SPACE}' FROM x)",
)
_KEPT = frozenset({"records", "spellings", "facts", "used", "stock", "placed", "spans", "given", "checked"})
"""Tables that are asked more than once."""
_BROKEN = "_not_a_row"
_NO_NULL = "\x01\x02"


class SparkEngine:
    """A Spark session."""

    name = "spark"
    key_number = "key"
    running = Running(in_order=False)
    in_part = "part_of(patient, :parts) = :part"

    def __init__(self, session: SparkSession, folder: Path) -> None:
        self._spark, self._folder = session, folder
        self._made = 0
        for function in _FUNCTIONS:
            session.sql(f"CREATE OR REPLACE TEMPORARY FUNCTION {function}")

    def close(self) -> None:
        """Nothing: tables go with the folder, and the session stays with whom it belongs to."""

    def read(self, files: Sequence[RecordFiles], columns: Sequence[str]) -> None:
        """Make ``records`` of all files."""
        with self._guarded(files[0].paths[0]):
            found = [self._records(each, columns) for each in files]
            together = found[0]
            for each in found[1:]:
                together = together.unionByName(each)
            self._keep("records", together)

    def look(self, name: str, text: str) -> None:
        """Make a table: Spark takes every row, whatever its width."""
        self.make(name, text, {})

    def export(self, table: str, path: Path) -> None:
        """A table that the session knows."""
        with self._guarded(table):
            self._spark.table(table.rpartition("::")[2]).write.parquet(_address(path))

    def parts(self, wanted: int) -> Sequence[Values]:
        """Patients by their keys, in as many parts as are asked for."""
        return [{"part": part, "parts": wanted} for part in range(wanted)]

    def side_by_side(self, most: int) -> Sequence[SparkEngine]:
        """The cluster shares out the work itself."""
        return [self]

    def rest(self) -> None:
        """Nothing: there is one, and its tables go with the run."""

    def _records(self, files: RecordFiles, columns: Sequence[str]) -> DataFrame:
        paths = [_to_read(Path(path)) for path in files.paths]
        if files.is_parquet:
            source = self._parquet(files)
            kinds = dict(source.dtypes)
            cells = {column: _as_text(files.names[place], kinds) for column, place in files.header.at.items()}
            wrong, where = "FALSE", "TRUE"
        else:
            schema = ", ".join(f"c{place} STRING" for place in range(files.header.width))
            source = self._spark.read.csv(
                paths,
                schema=f"{schema}, {_BROKEN} STRING",
                sep=files.delimiter,
                quote='"',
                escape='"',
                header=True,
                multiLine=True,
                nullValue=_NO_NULL,
                emptyValue="",
                mode="PERMISSIVE",
                columnNameOfCorruptRecord=_BROKEN,
                enforceSchema=True,
                maxCharsPerColumn=MAX_CELL,
            )
            cells = {column: f"c{place}" for column, place in files.header.at.items()}
            wrong, where = f"{_BROKEN} IS NOT NULL", f"NOT ({_BROKEN} IS NOT NULL AND strip({_BROKEN}) = '')"
        shown = [f"CAST({files.number} AS BIGINT) AS source", f"{wrong} AS wrong_width"]
        for column in columns:
            text = f"COALESCE({cells[column]}, '')" if column in cells else "''"
            shown.append(f"{text} AS {column}")
        shown.append("monotonically_increasing_id() AS arrived")
        return source.where(where).selectExpr(*shown)

    def _parquet(self, files: RecordFiles) -> DataFrame:
        """Files of parquet, with what stands in the names of their folders as text: 007 is not 7."""
        paths = [Path(path).absolute() for path in files.paths]
        source = self._spark.read.parquet(*map(_to_read, paths))
        schema = source.schema
        lacking = [name for name in files.names if name not in schema.names]
        if not lacking:
            return source
        for name in lacking:
            schema = schema.add(name, "string")
        found = None
        for root, below in groupby(sorted(paths, key=_above_columns), _above_columns):
            reader = self._spark.read.schema(schema).option("basePath", _address(root))
            some = reader.parquet(*map(_to_read, below))
            found = some if found is None else found.unionByName(some)
        assert found is not None
        return found

    def put(self, name: str, columns: Sequence[SqlColumn], rows: Iterable[Sequence[Value]]) -> None:
        """Hand rows over from Python: there are few."""
        schema = ", ".join(f"{each.name} {each.type.value}" for each in columns)
        with self._guarded(""):
            self._keep(name, self._spark.createDataFrame([tuple(row) for row in rows], schema))

    def make(self, name: str, text: str, values: Values) -> None:
        """Make a table of an answer, and keep it."""
        with self._guarded(""):
            self._keep(name, self._asked(text, values))

    def see(self, name: str, text: str, values: Values) -> None:
        """Give an answer a name."""
        with self._guarded(""):
            self._asked(text, values).createOrReplaceTempView(name)

    def spread(self, name: str, text: str, columns: Sequence[SqlColumn], work: BatchWork, parts: int) -> None:
        """Make a table of what ``work`` makes of an answer, group by group of patients, on the machines of the cluster.

        Rows of a patient come together, in the order in which they arrived; the answer has ``patient_key``, and
        ``arrived``, which is left out.
        """
        schema = ", ".join(f"{each.name} {each.type.value}" for each in columns)
        with self._guarded(""):
            found = self._asked(text, {}).repartition(parts, KEY).sortWithinPartitions(KEY, "arrived").drop("arrived")
            self._keep(name, found.mapInArrow(work, schema))

    def ask(self, text: str, values: Values) -> Iterator[tuple[Value, ...]]:
        """An answer, row by row."""
        with self._guarded(""):
            for row in self._asked(text, values).toLocalIterator():
                yield tuple(row)

    def write(self, text: str, path: Path, values: Values) -> None:
        """Write a folder of parquet, whole or not at all."""
        unfinished = path.with_name(f"unfinished-{path.name}")
        with self._guarded(""):
            self._asked(text, values).write.mode("overwrite").parquet(_address(unfinished))
        unfinished.replace(path)

    def write_part(self, text: str, path: Path, values: Values, *, stays: bool) -> None:
        """A folder of parquet."""
        self.write(text, path, values)

    def gather(self, parts: Sequence[Path], path: Path, order: Sequence[str]) -> None:
        """One folder of several, in order."""
        with self._guarded(""):
            found = self._spark.read.parquet(*map(_to_read, parts))
            found.orderBy(*order).write.parquet(_address(path))
        for part in parts:
            shutil.rmtree(part)

    def see_file(self, name: str, path: Path) -> None:
        """Give parquet a name."""
        self._spark.read.parquet(_to_read(path)).createOrReplaceTempView(name)

    def drop(self, *names: str) -> None:
        """Forget tables."""
        for name in names:
            self._spark.catalog.dropTempView(name)

    def _asked(self, text: str, values: Values) -> DataFrame:
        used = {name: value for name, value in values.items() if f":{name}" in text}
        return self._spark.sql(text, args=used) if used else self._spark.sql(text)

    def _keep(self, name: str, table: DataFrame) -> None:
        if name in _KEPT:
            self._made += 1
            path = self._folder / f"{name}-{self._made}"
            table.write.parquet(_address(path))
            table = self._spark.read.parquet(_to_read(path))
        table.createOrReplaceTempView(name)

    @contextmanager
    def _guarded(self, where: str) -> Iterator[None]:
        """Say what went wrong without a row: Spark's own words may hold a patient's."""
        import os

        try:
            yield
        except Exception as error:
            if os.environ.get("MEDSTEWARD_DEBUG"):
                raise
            raise out_of_room(error, where) from None


def _address(path: Path) -> str:
    """A file as Spark names it: as it is written, since Spark takes %20 for three letters."""
    return f"file://{path.absolute().as_posix()}"


def _to_read(path: Path) -> str:
    """The same where Spark would take signs for a pattern."""
    return re.sub(r"([*?\[\]{}\\])", r"\\\1", _address(path))


def _above_columns(path: Path) -> Path:
    """The folder above those whose names hold columns."""
    return next((each.parent for each in reversed(path.parents) if "=" in each.name), path.parent)


def _as_text(name: str, kinds: dict[str, Any]) -> str:
    """A cell of parquet as CSV would hold it."""
    kind, quoted = str(kinds[name]), "`" + name.replace("`", "``") + "`"
    if kind == "boolean":
        return f"CASE WHEN {quoted} THEN 'yes' WHEN NOT {quoted} THEN 'no' END"
    if kind.startswith("timestamp"):
        return f"date_format({quoted}, 'yyyy-MM-dd')"
    if kind in ("float", "double"):
        whole = f"abs({quoted}) < 1e15 AND {quoted} = floor({quoted})"
        return (
            f"CASE WHEN {whole} THEN CAST(CAST({quoted} AS BIGINT) AS STRING) ELSE CAST(CAST({quoted} AS DOUBLE) AS "
            "STRING) END"
        )
    return f"left(CAST({quoted} AS STRING), {MAX_CELL})"
