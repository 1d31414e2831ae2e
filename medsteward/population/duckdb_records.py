"""Files of records as DuckDB reads them: the text that names their cells, and rows that it cannot take."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path

from medsteward.population.engine import Value
from medsteward.population.faults import out_of_room
from medsteward.population.records import KEY, RecordFiles
from medsteward.readers.fills.parquet import FOLDERS
from medsteward.readers.fills.source import MAX_CELL, MAX_LINE


def quoted(text: str) -> str:
    """Text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def quoted_name(text: str) -> str:
    """The name of a table or a column as SQL writes it."""
    return '"' + text.replace('"', '""') + '"'


OURS = "hive_partitioning=false"
"""Of files whose folders' names say nothing: our own, and text, whose copies hold what the names of folders say."""


def _paths(files: RecordFiles) -> str:
    return "[" + ", ".join(quoted(path) for path in files.paths) + "]"


_NO_NULL = "\x01\x02"
"""What stands for NULL in CSV, which is nothing: an empty cell is empty text, and NULL a cell that is not there."""


def aside_of(files: RecordFiles) -> str:
    """The table of the rows that DuckDB sets aside as it reads these files."""
    return f"set_aside_{files.number}"


def delimited(files: RecordFiles, *, parallel: bool, first: bool) -> str:
    """CSV with one column more than its header has: a row of another width shows by which cells are there.

    At the first question rows that cannot be taken are set aside.
    """
    columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(files.header.width + 1))
    aside = aside_of(files)
    more = (
        f"store_rejects=true, rejects_table='{aside}', rejects_scan='{aside}_scans'" if first else "ignore_errors=true"
    )
    return (
        f"read_csv({_paths(files)}, {OURS}, columns={{{columns}}}, delim={quoted(files.delimiter)}, quote='\"', "
        f"escape='\"', header=true, auto_detect=false, max_line_size={MAX_LINE}, null_padding=true, "
        f"nullstr={quoted(_NO_NULL)}, parallel={str(parallel).lower()}, {more})"
    )


def parquet_of(files: RecordFiles) -> str:
    """Files of parquet as a source."""
    return f"read_parquet({_paths(files)}, {FOLDERS})"


def selected(files: RecordFiles, columns: Sequence[str], source: str, types: dict[str, str]) -> str:
    """The rows of a source with our columns as text, and whether a row has another width than the header."""
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
        text = _as_text(quoted_name(name), types.get(name, "VARCHAR"))
        shown.append(f"{text} AS {column}")
    return f"SELECT {', '.join(shown)} FROM {source}{blank}"


def _as_text(name: str, kind: str) -> str:
    """A cell of parquet as CSV would hold it, as ``readers.fills.parquet`` writes it: NULL is empty.

    Text is cut only where it is too long: to cut every cell takes as long as to read it.
    """
    if kind == "VARCHAR":
        return f"CASE WHEN strlen({name}) <= {MAX_CELL} THEN {name} ELSE COALESCE(left({name}, {MAX_CELL}), '') END"
    return f"COALESCE({_written(name, kind)}, '')"


def _written(name: str, kind: str) -> str:
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

    text = f"read_csv({quoted(path)}, {OURS}, columns={{'line': 'VARCHAR'}}, delim=chr(1), quote='', escape='', "
    text += f"header=false, auto_detect=false, compression='zstd', max_line_size={MAX_LINE}, parallel=false)"
    try:
        with connection() as database:
            database.execute(
                f"COPY (SELECT line FROM {text}) TO {quoted(str(copy))} (FORMAT csv, HEADER false, QUOTE '', "
                "ESCAPE '', DELIMITER chr(1))"
            )
    except Exception as error:
        raise out_of_room(error, path) from None


def read_by_python(files: RecordFiles, columns: Sequence[str], lines: Sequence[str]) -> Iterator[list[Value]]:
    """Rows that DuckDB set aside, as Python's csv module reads them."""
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
