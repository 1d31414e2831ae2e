"""DuckDB as the engine of a run: in memory, and on the disk what does not fit there.

What it does not share with Spark, and why:

* ``whole_part``, ``strip``, ``day_of``, ``joined_numbers`` and ``collect_list`` are macros here; Spark has other words.
* NamedNumbers are named ``$name`` where the common text has ``:name``.
* Tables are joined as they are written, the largest first: DuckDB cannot know how many rows a file of CSV holds.
* A row of CSV that its reader cannot take is set aside by it and read again by Python's, as ``fills`` would.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medsteward.errors import UnreadableInput, part_for
from medsteward.population.engine import PART, Running, SqlColumn, SqlType, Value, Values
from medsteward.population.faults import out_of_room
from medsteward.population.records import KEY, RecordFiles
from medsteward.readers.fills.parquet import COMMAND
from medsteward.readers.fills.source import MAX_CELL, MAX_LINE

if TYPE_CHECKING:
    import duckdb

_BATCH = 10_000
ROWS_AT_ONCE = 1_000_000
"""About so many rows are taken together, so that what they come to stays near the processor."""
ROOM_OF_TEXT = 4
"""Kept text and what is made of it take up to so many times the size of the files."""
_SPACE = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
_MACROS = (
    "whole_part(a, b) AS a // b",
    "day_of(ordinal) AS DATE '0001-01-01' + CAST(ordinal - 1 AS INTEGER)",
    "collect_list(x) AS list(x)",
    "joined_numbers(numbers) AS array_to_string(list_sort(numbers), ',')",
)
_TYPES = {SqlType.TEXT: "VARCHAR", SqlType.WHOLE: "BIGINT", SqlType.TRUTH: "BOOLEAN"}
_NAMED = re.compile(r"(?<![:\w]):(\w+)")


class DuckDbEngine:
    """A database in memory; what does not fit goes into ``folder``, which is this run's own and goes when it ends."""

    name = "duckdb"
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
        stripped = f"CASE WHEN x = '' OR ({plain}) THEN x ELSE trim(x, {_quoted(_SPACE)}) END"
        self._database.execute(f"CREATE OR REPLACE MACRO strip(x) AS {stripped}")

    def close(self) -> None:
        """Let the file go."""
        self._database.close()

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

    def _memory(self) -> int:
        ((size,),) = self._ask_plain("SELECT current_setting('memory_limit')")
        return bytes_of(str(size))

    def _see_records(self, again: Mapping[int, bool], *, first: bool = False, parallel: bool = True) -> None:
        parts = []
        for each in self._files:
            if each.is_parquet:
                parts.append(_selected(each, self._columns, _parquet(each), self._types[each.number]))
                continue
            if first:
                aside = _aside(each)
                self._database.execute(f"DROP TABLE IF EXISTS {aside}; DROP TABLE IF EXISTS {aside}_scans")
            if again.get(each.number):
                parts.append(f"SELECT * FROM again_{each.number}")
            source = _delimited(each, parallel=parallel, first=first)
            parts.append(_selected(each, self._columns, source, {}))
        name = "records_of_files" if self._keeps else "records"
        with self._guarded(self._files[0].paths[0]):
            self._database.execute(f"CREATE OR REPLACE VIEW {name} AS {' UNION ALL '.join(parts)}")

    def _types_of(self, files: RecordFiles) -> dict[str, str]:
        with self._guarded(files.paths[0]):
            return {
                str(name): str(kind) for name, kind, *_ in self._ask_plain(f"DESCRIBE SELECT * FROM {_parquet(files)}")
            }

    def _read_again(self, files: RecordFiles) -> bool:
        """Rows that DuckDB set aside, read as Python's csv module reads them; whether there are any."""
        found = self._ask_plain(f"SELECT DISTINCT file_id, line, csv_line FROM {_aside(files)} ORDER BY ALL")
        names = [SqlColumn("source", SqlType.WHOLE), SqlColumn("wrong_width", SqlType.TRUTH)]
        names += [SqlColumn(column, SqlType.TEXT) for column in self._columns]
        rows = _again(files, self._columns, [str(line) for _, _, line in found])
        self.put(f"again_{files.number}", names, rows)
        return bool(found)

    # --- questions ------------------------------------------------------------------------------------------

    def put(self, name: str, columns: Sequence[SqlColumn], rows: Iterable[Sequence[Value]]) -> None:
        """By way of a file, which is a hundred times faster than handing over row by row."""
        path = self._folder / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            for row in rows:
                file.write(",".join(map(_cell, row)) + "\n")
        typed = ", ".join(f"{_quoted(each.name)}: {_quoted(_TYPES[each.type])}" for each in columns)
        self._run(
            f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM read_csv({_quoted(str(path))}, columns={{{typed}}}, "
            f"delim=',', quote='\"', escape='\"', header=false, auto_detect=false, allow_quoted_nulls=false, "
            f"new_line='\\n', max_line_size={4 * MAX_LINE}, parallel=false)",
            {},
        )
        path.unlink()

    def make(self, name: str, text: str, values: Values) -> None:
        """Make a table of an answer."""
        self._run(f"CREATE OR REPLACE TABLE {name} AS {text}", values)

    def see(self, name: str, text: str, values: Values) -> None:
        """A view holds no settings, so they are written into it: they are whole numbers."""
        for setting, value in values.items():
            text = re.sub(rf"(?<![:\w]):{setting}\b", str(value), text)
        self._run(f"DROP VIEW IF EXISTS {name}; CREATE VIEW {name} AS {text}", {})

    def ask(self, text: str, values: Values) -> Iterator[tuple[Value, ...]]:
        """An answer, row by row, on a cursor of its own."""
        with self._guarded(""):
            cursor = self._database.cursor()
            found = cursor.execute(*_named(text, values))
            while rows := found.fetchmany(_BATCH):
                yield from rows

    def write(self, text: str, path: Path, values: Values) -> None:
        """Write parquet, compressed with zstd, whole or not at all. A part is read only once, and written quickly."""
        unfinished = path.with_name(f"unfinished-{path.name}")
        kind = "uncompressed" if path.name.startswith(PART) else "zstd"
        self._run(f"COPY ({text}) TO {_quoted(str(unfinished))} (FORMAT parquet, COMPRESSION {kind})", values)
        unfinished.replace(path)

    def gather(self, parts: Sequence[Path], path: Path, order: Sequence[str]) -> None:
        """One file of several. Their rows are in order, and so are they."""
        named = ", ".join(_quoted(str(part)) for part in parts)
        self._database.execute("SET preserve_insertion_order = true")
        self.write(f"SELECT * FROM read_parquet([{named}])", path, {})
        self._database.execute("SET preserve_insertion_order = false")
        for part in parts:
            part.unlink()

    def export(self, table: str, path: Path) -> None:
        """A table of a file of DuckDB, which is only read."""
        file, _, name = table.rpartition("::")
        if not os.path.isfile(file):
            raise UnreadableInput(file or table, "no such file; a table of DuckDB is written as claims.duckdb::fills")
        named = ".".join(_name(part) for part in ("others", *name.split(".")))
        with self._guarded(f"{file}::{name}"):
            self._database.execute(f"ATTACH {_quoted(file)} AS others (READ_ONLY)")
            try:
                self._database.execute(f"COPY (FROM {named}) TO {_quoted(str(path))} (FORMAT parquet)")
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
        self._run(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet({_quoted(str(path))})", {})

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


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return '"' + value.replace('"', '""') + '"'


def _paths(files: RecordFiles) -> str:
    return "[" + ", ".join(_quoted(path) for path in files.paths) + "]"


_NO_NULL = "\x01\x02"
"""What stands for NULL in CSV, which is nothing: an empty cell is empty text, and NULL a cell that is not there."""


def _aside(files: RecordFiles) -> str:
    return f"set_aside_{files.number}"


def _delimited(files: RecordFiles, *, parallel: bool, first: bool) -> str:
    """CSV with one column more than its header has: a row of another width shows by which cells are there.

    At the first question rows that cannot be taken are set aside.
    """
    columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(files.header.width + 1))
    aside = _aside(files)
    more = (
        f"store_rejects=true, rejects_table='{aside}', rejects_scan='{aside}_scans'" if first else "ignore_errors=true"
    )
    return (
        f"read_csv({_paths(files)}, columns={{{columns}}}, delim={_quoted(files.delimiter)}, quote='\"', escape='\"', "
        f"header=true, auto_detect=false, max_line_size={MAX_LINE}, null_padding=true, nullstr={_quoted(_NO_NULL)}, "
        f"parallel={str(parallel).lower()}, {more})"
    )


def _parquet(files: RecordFiles) -> str:
    return f"read_parquet({_paths(files)})"


def _selected(files: RecordFiles, columns: Sequence[str], source: str, types: dict[str, str]) -> str:
    last = files.header.width
    wrong = "FALSE" if files.is_parquet else f"c{last - 1} IS NULL OR c{last} IS NOT NULL"
    blank = "" if files.is_parquet else " WHERE CASE WHEN c1 IS NULL THEN strip(c0) <> '' ELSE TRUE END"
    shown = [f"CAST({files.number} AS BIGINT) AS source", f"{wrong} AS wrong_width"]
    for column in columns:
        place = files.header.at.get(column)
        if place is None:
            shown.append(f"'' AS {column}")
            continue
        name = files.names[place] if files.is_parquet else f"c{place}"
        text = f"COALESCE({_as_text(_name(name), types.get(name, 'VARCHAR'))}, '')"
        shown.append(f"{text} AS {column}")
    return f"SELECT {', '.join(shown)} FROM {source}{blank}"


def _as_text(name: str, kind: str) -> str:
    """A cell of parquet as CSV would hold it, as ``readers.fills.parquet`` writes it."""
    if kind == "VARCHAR":
        return f"left({name}, {MAX_CELL})"
    if kind == "BOOLEAN":
        return f"CASE WHEN {name} THEN 'yes' WHEN NOT {name} THEN 'no' END"
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"strftime(make_timestamp(epoch_us({name})), '%Y-%m-%d')"
    if kind.startswith("TIMESTAMP"):
        return f"strftime(CAST({name} AS TIMESTAMP), '%Y-%m-%d')"
    if kind in ("FLOAT", "DOUBLE"):
        whole = f"abs({name}) < 1e15 AND {name} = floor({name})"
        return (
            f"CASE WHEN {whole} THEN CAST(CAST({name} AS BIGINT) AS VARCHAR) ELSE CAST(CAST({name} AS DOUBLE) AS "
            "VARCHAR) END"
        )
    return f"left(CAST({name} AS VARCHAR), {MAX_CELL})"


def unpacked(path: str, copy: Path) -> None:
    """Unpack text that is packed with zstd, line by line."""
    from medsteward.readers.fills.parquet import connection

    text = f"read_csv({_quoted(path)}, columns={{'line': 'VARCHAR'}}, delim=chr(1), quote='', escape='', header=false, "
    text += f"auto_detect=false, compression='zstd', max_line_size={MAX_LINE}, parallel=false)"
    try:
        with connection() as database:
            database.execute(
                f"COPY (SELECT line FROM {text}) TO {_quoted(str(copy))} (FORMAT csv, HEADER false, QUOTE '', "
                "ESCAPE '', DELIMITER chr(1))"
            )
    except Exception as error:
        raise out_of_room(error, path) from None


def _again(files: RecordFiles, columns: Sequence[str], lines: Sequence[str]) -> Iterator[list[Value]]:
    csv.field_size_limit(MAX_CELL)
    key = files.header.at[KEY]
    for line in lines:
        for cells in csv.reader(StringIO(line, newline=""), delimiter=files.delimiter):
            if not cells or (len(cells) == 1 and not cells[0].strip()):
                continue
            wrong = len(cells) != files.header.width
            row: list[Value] = [files.number, wrong]
            for column in columns:
                place = files.header.at.get(column)
                known = place is not None and place < len(cells) and (not wrong or place == key)
                cell = cells[place] if known and place is not None else ""
                row.append(cell)
            yield row
