"""OMOP's concept tables beside drug_exposure: which RxNorm product each standard concept is.

A copy of each file of exposures gets the RxCUI and the name of its concept. A concept of RxNorm that is a product is
itself; another (RxNorm Extension, mostly) is the one nearest product of RxNorm above it, if there is just one. Boxes
and packs are left as they are: a quantity may count boxes. A row without a concept keeps what its source says.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from medsteward.errors import UnreadableInput
from medsteward.population.faults import out_of_room
from medsteward.population.files import PACKED, PARQUET
from medsteward.readers.fills.parquet import FOLDERS, ParquetSource, connection
from medsteward.readers.fills.source import MAX_CELL, CsvSource

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CONCEPT, ANCESTOR = "concept", "concept_ancestor"
_ID = "drug_concept_id"
_NEEDED = {
    CONCEPT: (
        "concept_id",
        "concept_name",
        "domain_id",
        "vocabulary_id",
        "concept_class_id",
        "standard_concept",
        "concept_code",
    ),
    ANCESTOR: ("ancestor_concept_id", "descendant_concept_id", "min_levels_of_separation"),
}
PRODUCTS = ("Clinical Drug", "Quant Clinical Drug", "Branded Drug", "Quant Branded Drug")
"""Classes of RxNorm's concepts that are a product of one strength and form. From memory: needs a second source."""
_NOTICE = "which concept classes are products needs a second source: " + ", ".join(PRODUCTS)
_MADE = ("rxcui", "concept_name", "drug_concept_name")


def with_products(paths: Sequence[str], concepts: str, work: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Copies of the files of exposures, each row with the product of its concept, and what deserves a word.

    Files without ``drug_concept_id`` are left. Refuses (``UnreadableInput``) a folder without the two tables, and
    tables without the columns that are needed.
    """
    notices = [_NOTICE]
    made: list[str] = []
    with connection() as database:
        for name in (CONCEPT, ANCESTOR):
            _see_table(database, name, concepts)
        for number, path in enumerate(paths):
            source, names = _source(path)
            found = {each.strip().casefold(): each for each in names}
            if _ID not in found:
                made.append(path)
                continue
            copy = work / f"exposures-{number}{PARQUET}"
            _copy(database, path, source, found, copy)
            notices.append(_counted(database, copy))
            made.append(str(copy))
    return tuple(made), tuple(dict.fromkeys(notices))


def _see_table(database: DuckDBPyConnection, name: str, folder: str) -> None:
    root = Path(folder)
    if not root.is_dir():
        raise UnreadableInput(folder, f"give the folder that holds the tables {CONCEPT} and {ANCESTOR}")
    files = [each for each in sorted(root.iterdir()) if each.is_file() and each.name.split(".")[0].casefold() == name]
    if len(files) != 1:
        said = f"it holds {len(files)} files of the table {name}; give one, as {name.upper()}.csv or .parquet"
        raise UnreadableInput(folder, said)
    source, names = _source(str(files[0]))
    found = {each.strip().casefold(): each for each in names}
    lacking = [each for each in _NEEDED[name] if each not in found]
    if lacking:
        raise UnreadableInput(str(files[0]), f"the table {name} has no column {lacking[0]}")
    shown = ", ".join(f"trim(CAST({_name(found[each])} AS VARCHAR)) AS {each}" for each in _NEEDED[name])
    if name == CONCEPT:
        invalid = _name(found["invalid_reason"]) if "invalid_reason" in found else "NULL"
        where = f"COALESCE(trim(CAST({invalid} AS VARCHAR)), '') = '' AND {_name(found['domain_id'])} = 'Drug'"
    else:
        where = f"{_name(found['ancestor_concept_id'])} <> {_name(found['descendant_concept_id'])}"
    _run(database, f"CREATE TABLE {name} AS SELECT {shown} FROM {source} WHERE {where}", str(files[0]))


def _source(path: str) -> tuple[str, Sequence[str]]:
    """A file as DuckDB reads it, and its header."""
    low = path.casefold()
    if low.endswith(PARQUET):
        return f"read_parquet({_quoted(path)}, {FOLDERS})", ParquetSource(path, MAX_CELL).header()
    if low.endswith(PACKED):
        raise UnreadableInput(path, "with --concepts files are read unpacked; unpack it first")
    with ExitStack() as desk:
        text = CsvSource(path, cast(IO[bytes], desk.enter_context(open(path, "rb"))))
        header, delimiter = text.header(), text.delimiter
    columns = ", ".join(f"{_quoted(each)}: 'VARCHAR'" for each in header)
    quote = "" if delimiter == "\t" else '"'  # the vocabularies' own files quote nothing
    return (
        f"read_csv({_quoted(path)}, {FOLDERS}, delim={_quoted(delimiter)}, quote='{quote}', escape='{quote}', "
        f"header=true, auto_detect=false, columns={{{columns}}})",
        header,
    )


_PRODUCT = f"vocabulary_id = 'RxNorm' AND concept_class_id IN ({', '.join(repr(each) for each in PRODUCTS)})"
_PLAIN = r"regexp_matches({}, '^[0-9]{{1,8}}$')"


def _copy(database: DuckDBPyConnection, path: str, source: str, found: dict[str, str], copy: Path) -> None:
    """Write a file again, with the product of each row's concept.

    A concept that the table has twice with different codes is none.
    """
    words = found.get("drug_source_value")
    said = f"COALESCE(trim(CAST(x.{_name(words)} AS VARCHAR)), '')" if words is not None else "''"
    left = ", ".join(_name(found[each]) for each in _MADE if each in found)
    rest = f"x.* EXCLUDE ({left})" if left else "x.*"
    _run(
        database,
        f"""
CREATE OR REPLACE TABLE known AS
SELECT concept_id, min(concept_name) AS name, min(concept_code) AS code, bool_and({_PRODUCT}) AS is_product,
       bool_or(contains(concept_class_id, 'Box') OR contains(concept_class_id, 'Pack')) AS is_box
FROM {CONCEPT} WHERE standard_concept = 'S'
GROUP BY concept_id HAVING count(DISTINCT concept_code) = 1;
CREATE OR REPLACE TABLE nearest AS
SELECT a.descendant_concept_id AS concept_id, min(k.code) AS code
FROM {ANCESTOR} a JOIN known k ON k.concept_id = a.ancestor_concept_id AND k.is_product
JOIN known d ON d.concept_id = a.descendant_concept_id AND NOT d.is_product AND NOT d.is_box
JOIN (
  SELECT n.descendant_concept_id AS concept_id, min(CAST(n.min_levels_of_separation AS BIGINT)) AS levels
  FROM {ANCESTOR} n JOIN known p ON p.concept_id = n.ancestor_concept_id AND p.is_product GROUP BY 1
) AS least ON least.concept_id = a.descendant_concept_id
  AND CAST(a.min_levels_of_separation AS BIGINT) = least.levels
GROUP BY a.descendant_concept_id HAVING count(DISTINCT k.code) = 1;
CREATE OR REPLACE TABLE meant AS
SELECT k.concept_id, k.name,
       CASE WHEN k.is_product THEN k.code WHEN k.is_box THEN '' ELSE COALESCE(n.code, '') END AS code
FROM known k LEFT JOIN nearest n ON n.concept_id = k.concept_id;
COPY (
  SELECT {rest},
         CASE WHEN m.concept_id IS NOT NULL THEN m.code WHEN {_PLAIN.format(said)} THEN {said} ELSE '' END AS rxcui,
         CASE WHEN m.concept_id IS NOT NULL THEN m.name WHEN {_PLAIN.format(said)} THEN '' ELSE {said}
         END AS concept_name
  FROM {source} x LEFT JOIN meant m ON m.concept_id = trim(CAST(x.{_name(found[_ID])} AS VARCHAR))
) TO {_quoted(str(copy))} (FORMAT parquet)
""",
        path,
    )


def _counted(database: DuckDBPyConnection, copy: Path) -> str:
    """How many rows have a product, and how many have none."""
    mapped = f"trim(CAST(x.{_ID} AS VARCHAR)) IN (SELECT concept_id FROM meant)"
    text = f"""
SELECT count(*), count(CASE WHEN {mapped} AND rxcui <> '' THEN 1 END), count(CASE WHEN {mapped} THEN 1 END)
FROM read_parquet({_quoted(str(copy))}) x
"""
    ((rows, product, concept),) = database.execute(text).fetchall()
    return (
        f"of {rows:,} exposures {product:,} have a concept that is or belongs to one product of RxNorm, "
        f"{concept - product:,} another concept, {rows - concept:,} none: these are read by their source"
    )


def _run(database: DuckDBPyConnection, text: str, path: str) -> None:
    try:
        database.execute(text)
    except Exception as error:  # its words may hold a row
        raise out_of_room(error, path) from None


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'
