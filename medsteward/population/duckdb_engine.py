"""DuckDB as the engine of a run: in memory, and on the disk what does not fit there.

What it does not share with Spark, and why:

* ``whole_part``, ``strip``, ``day_of``, ``joined_numbers`` and ``collect_list`` are macros here; Spark has other words.
* NamedNumbers are named ``$name`` where the common text has ``:name``.
* Tables are joined as they are written, the largest first: DuckDB cannot know how many rows a file of CSV holds.
* A row of CSV that its reader cannot take is set aside by it and read again by Python's, as ``fills`` would.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medsteward.errors import UnreadableInput, part_for
from medsteward.population.duckdb_records import (
    OURS,
    aside_of,
    delimited,
    parquet_of,
    quoted,
    quoted_name,
    read_by_python,
    selected,
)
from medsteward.population.engine import Running, SqlColumn, SqlType, Value, Values
from medsteward.population.faults import out_of_room
from medsteward.population.records import RecordFiles
from medsteward.readers.fills.parquet import COMMAND
from medsteward.readers.fills.source import MAX_LINE

if TYPE_CHECKING:
    import duckdb

_BATCH = 10_000
ROWS_AT_ONCE = 500_000
"""About so many rows are taken together, so that what they come to stays near the processor."""
ROOM_OF_PART = 1 << 29
"""Memory for what a part comes to while it is worked on, in bytes, with room to spare."""
ROOM_OF_TEXT = 4
"""Kept text and what is made of it take up to so many times the size of the files."""
_SPACE = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
_MACROS = (
    "whole_part(a, b) AS a // b",
    "day_of(ordinal) AS DATE '0001-01-01' + CAST(ordinal - 1 AS INTEGER)",
    "collect_list(x) AS list(x)",
    "joined_numbers(numbers) AS array_to_string(list_sort(numbers), ',')",
)
_TYPES = {SqlType.TEXT: "VARCHAR", SqlType.WHOLE: "BIGINT", SqlType.SMALL: "INTEGER", SqlType.TRUTH: "BOOLEAN"}
_NAMED = re.compile(r"(?<![:\w]):(\w+)")


class DuckDbEngine:
    """A database in memory; what does not fit goes into ``folder``, which is this run's own and goes when it ends."""

    name = "duckdb"
    _table, _view = "TABLE", "VIEW"
    key_number = "CAST(row_number() OVER () AS INTEGER)"
    running = Running(in_order=True)
    in_part = "patient >= :from_patient AND patient < :to_patient"

    def __init__(self, folder: Path, *, memory: str | None = None, threads: int | None = None) -> None:
        self._folder = folder
        config: dict[str, str | bool | int | float | list[str]] = {
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
            "preserve_insertion_order": "false",
            "disabled_optimizers": "join_order,build_side_probe_side",
            "temp_directory": str(folder / "spilled"),
        }
        if memory is not None:
            config["memory_limit"] = memory
        if threads is not None:
            config["threads"] = str(threads)
        with part_for("a population", "duckdb", COMMAND):
            import duckdb
        self._database: duckdb.DuckDBPyConnection = duckdb.connect(":memory:", config=config)
        self._database.execute("SET enable_progress_bar = false")
        for macro in _MACROS:
            self._database.execute(f"CREATE OR REPLACE MACRO {macro}")
        plain = "x >= '!' AND x < chr(128) AND right(x, 1) >= '!' AND right(x, 1) < chr(128)"
        stripped = f"CASE WHEN x = '' OR ({plain}) THEN x ELSE trim(x, {quoted(_SPACE)}) END"
        self._database.execute(f"CREATE OR REPLACE MACRO strip(x) AS {stripped}")

    def close(self) -> None:
        """Let the file go."""
        self._database.close()

    def side_by_side(self, most: int) -> Sequence[DuckDbEngine]:
        """As many as there are threads and room for. Each works in the same database, with tables of its own.

        Sums along rows in order are one thread's work, so that parts are what threads can share.
        """
        wanted = max(1, min(self._threads(), most, self._memory() // ROOM_OF_PART))
        return [_Desk(self, self._folder / f"desk-{number}") for number in range(wanted)]

    def rest(self) -> None:
        """Nothing: only desks rest."""

    # --- records --------------------------------------------------------------------------------------------

    def read(self, files: Sequence[RecordFiles], columns: Sequence[str]) -> None:
        """Name ``records``. Text of CSV is kept where there is room; else files are gone through at each question."""
        self._files, self._columns = tuple(files), tuple(columns)
        self._types = {each.number: self._types_of(each) for each in files if each.is_parquet}
        texts = [path for each in files if not each.is_parquet for path in each.paths]
        self._keeps = bool(texts) and ROOM_OF_TEXT * sum(map(os.path.getsize, texts)) < self._memory()
        self._see_records({}, first=True)

    def look(self, name: str, text: str) -> None:
        """Rows that DuckDB sets aside at the first question are read again and put beside the others.

        It does not read in parallel where a quoted cell holds the end of a line.
        """
        parallel = True
        with self._guarded(self._files[0].paths[0]):
            try:
                self._first_question(name, text)
            except Exception as error:
                if "quoted new lines" not in str(error):
                    raise
                parallel = False
                self._see_records({}, first=True, parallel=False)
                self._first_question(name, text)
            again = {each.number: self._read_again(each) for each in self._files if not each.is_parquet}
        if not self._keeps:
            self._see_records(again, parallel=parallel)
        elif any(again.values()):
            for number in (number for number, any_ in again.items() if any_):
                self._run(f"INSERT INTO records SELECT * FROM again_{number}", {})
        if any(again.values()):
            self.make(name, text, {})

    def _first_question(self, name: str, text: str) -> None:
        if self._keeps:
            self._database.execute("CREATE OR REPLACE TABLE records AS FROM records_of_files")
        self._database.execute(f"CREATE OR REPLACE TABLE {name} AS {text}")

    def _threads(self) -> int:
        ((threads,),) = self._ask_plain("SELECT current_setting('threads')")
        return int(threads)

    def _memory(self) -> int:
        ((size,),) = self._ask_plain("SELECT current_setting('memory_limit')")
        return bytes_of(str(size))

    def _see_records(self, again: Mapping[int, bool], *, first: bool = False, parallel: bool = True) -> None:
        parts = []
        for each in self._files:
            if each.is_parquet:
                parts.append(selected(each, self._columns, parquet_of(each), self._types[each.number]))
                continue
            if first:
                aside = aside_of(each)
                self._database.execute(f"DROP TABLE IF EXISTS {aside}; DROP TABLE IF EXISTS {aside}_scans")
            if again.get(each.number):
                parts.append(f"SELECT * FROM again_{each.number}")
            source = delimited(each, parallel=parallel, first=first)
            parts.append(selected(each, self._columns, source, {}))
        name = "records_of_files" if self._keeps else "records"
        with self._guarded(self._files[0].paths[0]):
            self._database.execute(f"CREATE OR REPLACE VIEW {name} AS {' UNION ALL '.join(parts)}")

    def _types_of(self, files: RecordFiles) -> dict[str, str]:
        with self._guarded(files.paths[0]):
            return {
                str(name): str(kind)
                for name, kind, *_ in self._ask_plain(f"DESCRIBE SELECT * FROM {parquet_of(files)}")
            }

    def _read_again(self, files: RecordFiles) -> bool:
        """Rows that DuckDB set aside, read as Python's csv module reads them; whether there are any."""
        found = self._ask_plain(f"SELECT DISTINCT file_id, line, csv_line FROM {aside_of(files)} ORDER BY ALL")
        names = [SqlColumn("source", SqlType.WHOLE), SqlColumn("wrong_width", SqlType.TRUTH)]
        names += [SqlColumn(column, SqlType.TEXT) for column in self._columns]
        rows = read_by_python(files, self._columns, [str(line) for _, _, line in found])
        self.put(f"again_{files.number}", names, rows)
        return bool(found)

    # --- questions ------------------------------------------------------------------------------------------

    def put(self, name: str, columns: Sequence[SqlColumn], rows: Iterable[Sequence[Value]]) -> None:
        """By way of a file, which is a hundred times faster than handing over row by row."""
        path = self._folder / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            for row in rows:
                file.write(",".join(map(_cell, row)) + "\n")
        typed = ", ".join(f"{quoted(each.name)}: {quoted(_TYPES[each.type])}" for each in columns)
        self._run(
            f"CREATE OR REPLACE {self._table} {name} AS "
            f"SELECT * FROM read_csv({quoted(str(path))}, {OURS}, columns={{{typed}}}, "
            f"delim=',', quote='\"', escape='\"', header=false, auto_detect=false, allow_quoted_nulls=false, "
            f"new_line='\\n', max_line_size={4 * MAX_LINE}, parallel=false)",
            {},
        )
        path.unlink()

    def make(self, name: str, text: str, values: Values) -> None:
        """Make a table of an answer."""
        self._run(f"CREATE OR REPLACE {self._table} {name} AS {text}", values)

    def see(self, name: str, text: str, values: Values) -> None:
        """A view holds no settings, so they are written into it: they are whole numbers."""
        for setting, value in values.items():
            text = re.sub(rf"(?<![:\w]):{setting}\b", str(value), text)
        self._run(f"CREATE OR REPLACE {self._view} {name} AS {text}", {})

    def ask(self, text: str, values: Values) -> Iterator[tuple[Value, ...]]:
        """An answer, row by row, on a cursor of its own."""
        with self._guarded(""):
            cursor = self._database.cursor()
            found = cursor.execute(*_named(text, values))
            while rows := found.fetchmany(_BATCH):
                yield from rows

    def write(self, text: str, path: Path, values: Values) -> None:
        """Write parquet, compressed with zstd, whole or not at all."""
        self._write(text, path, values, "zstd")

    def write_part(self, text: str, path: Path, values: Values, *, stays: bool) -> None:
        """A file that is read only once is written quickly; what need not outlive the run is a table."""
        if stays:
            self._write(text, path, values, "uncompressed")
        else:
            self._run(f"CREATE TABLE {quoted_name(path.stem)} AS {text}", values)

    def _write(self, text: str, path: Path, values: Values, kind: str) -> None:
        unfinished = path.with_name(f"unfinished-{path.name}")
        self._run(f"COPY ({text}) TO {quoted(str(unfinished))} (FORMAT parquet, COMPRESSION {kind})", values)
        unfinished.replace(path)

    def gather(self, parts: Sequence[Path], path: Path, order: Sequence[str]) -> None:
        """One file of several. Their rows are in order, and so are they."""
        tables = {str(name) for (name,) in self._ask_plain("SELECT table_name FROM duckdb_tables()")}
        kept = [part for part in parts if part.stem not in tables]
        named = [f"FROM {quoted_name(part.stem)}" for part in parts if part.stem in tables]
        if kept:
            named.append(f"FROM read_parquet([{', '.join(quoted(str(part)) for part in kept)}], {OURS})")
        together = " UNION ALL ".join(named)
        self._database.execute("SET preserve_insertion_order = true")
        if self._threads() == 1 and len(named) > 1:  # then COPY alone would mix what it is given
            self.make("gathered", together, {})
            together = "FROM gathered"
        self.write(together, path, {})
        self.drop("gathered")
        self._database.execute("SET preserve_insertion_order = false")
        for part in parts:
            part.unlink(missing_ok=True)
            self._run(f"DROP TABLE IF EXISTS {quoted_name(part.stem)}", {})

    def export(self, table: str, path: Path) -> None:
        """A table of a file of DuckDB, which is only read."""
        file, _, name = table.rpartition("::")
        if not os.path.isfile(file):
            raise UnreadableInput(file or table, "no such file; a table of DuckDB is written as claims.duckdb::fills")
        named = ".".join(quoted_name(part) for part in ("others", *name.split(".")))
        with self._guarded(f"{file}::{name}"):
            self._database.execute(f"ATTACH {quoted(file)} AS others (READ_ONLY)")
            try:
                self._database.execute(f"COPY (FROM {named}) TO {quoted(str(path))} (FORMAT parquet)")
            finally:
                self._database.execute("DETACH others")

    def parts(self, wanted: int) -> Sequence[Values]:
        """Patients by their numbers, so many that each part has rows enough for the work and few enough for memory."""
        counted = "SELECT patient, count(*) AS rows_of FROM facts WHERE patient IS NOT NULL GROUP BY patient"
        summed = f"SELECT patient, CAST(sum(rows_of) OVER (ORDER BY patient) AS BIGINT) AS so_far FROM ({counted})"
        ((rows,),) = self._ask_plain("SELECT count(*) FROM facts WHERE patient IS NOT NULL")
        size = max(min(ROWS_AT_ONCE, -(-rows // wanted)), 1)
        found = self._ask_plain(f"SELECT min(patient) FROM ({summed}) GROUP BY (so_far - 1) // {size} ORDER BY 1")
        firsts = [int(first) for (first,) in found] or [0]  # no row has a patient: one part, in which nobody is
        return [{"from_patient": a, "to_patient": b} for a, b in zip(firsts, [*firsts[1:], 1 << 31], strict=True)]

    def see_file(self, name: str, path: Path) -> None:
        """Give a parquet file a name."""
        self._run(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet({quoted(str(path))}, {OURS})", {})

    def drop(self, *names: str) -> None:
        """Forget tables."""
        kinds = {str(name): "VIEW" for (name,) in self._ask_plain("SELECT view_name FROM duckdb_views()")}
        for name in names:
            self._run(f"DROP {kinds.get(name, 'TABLE')} IF EXISTS {name}", {})

    def _run(self, text: str, values: Values) -> None:
        with self._guarded(""):
            self._database.execute(*_named(text, values))

    def _ask_plain(self, text: str) -> list[tuple[Any, ...]]:
        return self._database.execute(text).fetchall()

    @contextmanager
    def _guarded(self, where: str) -> Iterator[None]:
        """Say what went wrong without a row: DuckDB's own words may hold a patient's."""
        try:
            yield
        except Exception as error:
            if isinstance(error, UnreadableInput) or os.environ.get("MEDSTEWARD_DEBUG"):
                raise
            raise out_of_room(error, where) from None


class _Desk(DuckDbEngine):
    """One of several that work in the same database at once. What it makes is its own, and goes with it."""

    _table, _view = "TEMP TABLE", "TEMP VIEW"

    def __init__(self, engine: DuckDbEngine, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder
        with self._guarded(""):
            self._database = engine._database.cursor()

    def rest(self) -> None:
        """Let its tables go."""
        self._database.close()

    def ask(self, text: str, values: Values) -> Iterator[tuple[Value, ...]]:
        """The whole answer at once: another cursor would not see the tables of this one."""
        with self._guarded(""):
            yield from self._database.execute(*_named(text, values)).fetchall()


def bytes_of(size: str) -> int:
    """An amount of memory as DuckDB and people write it: 4GB, 3.7 GiB."""
    found = re.fullmatch(r"([\d.]+) ?([KMGT]?)(i?)B?(?:ytes)?", size.strip(), re.IGNORECASE)
    if found is None:
        return 0
    thousand = 1024 if found[3] else 1000
    return int(float(found[1]) * thousand ** " KMGT".index(found[2].upper() or " "))


def _named(text: str, values: Values) -> tuple[str, dict[str, Value]]:
    """The text with settings as DuckDB names them, and those that it names."""
    used = {name for name in _NAMED.findall(text) if name in values}
    return _NAMED.sub(lambda match: f"${match[1]}" if match[1] in values else match[0], text), {
        name: values[name] for name in used
    }


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return '"' + value.replace('"', '""') + '"'
