"""Factor tables from their two files: rows in ``<id>.csv``, citation and limits in ``<id>.toml``."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from medsteward.caches import made_once, remembered
from medsteward.errors import BadTable, UnknownTable
from medsteward.model.source import Standing
from medsteward.model.unit import Unit
from medsteward.tables.files import choice, data_folder, decoded, digest, number, read, rows
from medsteward.tables.table import UNITS, Factor, FactorTable, Formula, TableStatus, Threshold, only_one

FOLDER = "conversion_tables"
"""The folder of the packaged factor tables, in ``data``."""

COLUMNS = (
    "ingredient",
    "route",
    "dose_form",
    "formula",
    "per",
    "above",
    "up_to",
    "factor",
    "where",
    "standing",
    "note",
)
"""The header of a table's CSV file, exactly."""

_TEXTS = ("id", "title", "citation", "publisher", "region")
_OPTIONAL_TEXTS = ("doi", "url")
_LISTS = ("not_for", "notes")
_KEYS = {*_TEXTS, *_OPTIONAL_TEXTS, *_LISTS, "year", "status", "checked_on", "thresholds"}
_PACKAGED_ID = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)


@made_once
def table_ids() -> tuple[str, ...]:
    """The ids of the packaged tables, in alphabetical order."""
    stems = (path.stem for path in data_folder(FOLDER).glob("*.csv"))
    return tuple(sorted(stem for stem in stems if _PACKAGED_ID.fullmatch(stem)))


@remembered(1024)
def factor_table(table_id: str) -> FactorTable:
    """A packaged table by its id, such as ``cdc_2022``; any other text is refused (``UnknownTable``).

    The id is looked up among ``table_ids()`` and is never taken as part of a path. A damaged file raises
    ``BadTable``.
    """
    if table_id not in table_ids():
        from difflib import get_close_matches

        near = tuple(get_close_matches(table_id[:40].casefold(), table_ids(), n=2, cutoff=0.8))
        raise UnknownTable(table_id, table_ids(), near)
    folder = data_folder(FOLDER)
    table = load_table(folder / f"{table_id}.csv", folder / f"{table_id}.toml")
    if table.id != table_id:
        raise BadTable(f"{table_id}.toml", f'its id is "{table.id}"; it must be the name of the file')
    return table


def load_table(csv_path: str | Path, toml_path: str | Path) -> FactorTable:
    """A table from two files, such as a user's own.

    Refuses files that cannot be read (``UnreadableInput``) and files that break the format (``BadTable``,
    which names the file and, in the CSV, the row as a text editor counts it). Line ends of either kind give
    the same digest.
    """
    csv_path, toml_path = Path(csv_path), Path(toml_path)
    csv_bytes, toml_bytes = read(csv_path), read(toml_path)
    factors = _rows(csv_path.name, decoded(csv_path, csv_bytes))
    try:
        head = _head(toml_path.name, decoded(toml_path, toml_bytes))
        return only_one(FactorTable(**head, factors=factors, digest=digest(csv_bytes, toml_bytes)))
    except BadTable as error:
        if error.where.startswith(csv_path.name):
            raise
        raise BadTable(toml_path.name, error.what) from None


def _rows(name: str, text: str) -> list[Factor]:
    return [_factor(where, cells) for where, cells in rows(name, text, COLUMNS)]


def _factor(row: str, cells: dict[str, str]) -> Factor:
    return Factor(
        ingredient=cells["ingredient"],
        route=cells["route"],
        dose_form=cells["dose_form"] or None,
        formula=choice(row, "formula", Formula, cells["formula"]),
        per=_unit(row, cells["per"]),
        above=number(row, "above", cells["above"]),
        up_to=number(row, "up_to", cells["up_to"]) if cells["up_to"] else None,
        value=number(row, "factor", cells["factor"]) if cells["factor"] else None,
        where=cells["where"],
        standing=choice(row, "standing", Standing, cells["standing"]),
        note=cells["note"],
        row=row,
    )


def _unit(row: str, text: str) -> Unit:
    for unit in UNITS:
        if unit.value == text:
            return unit
    raise BadTable(row, f'unknown unit "{text}" in per; write {", ".join(unit.value for unit in UNITS)}')


def _head(name: str, text: str) -> dict[str, Any]:
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError, ArithmeticError) as error:
        raise BadTable(name, f"not readable as TOML ({error})") from None
    if unknown := sorted(data.keys() - _KEYS):
        raise BadTable(name, f"unknown field {', '.join(unknown)}")
    for key in _TEXTS:
        if not isinstance(data.get(key), str) or not data[key]:
            raise BadTable(name, f"{key} is missing or is not text")
    for key in _OPTIONAL_TEXTS:
        if not isinstance(data.get(key), str | None):
            raise BadTable(name, f"{key} is not text")
    for key in _LISTS:
        lines = data.get(key, [])
        if not isinstance(lines, list) or not all(isinstance(line, str) and line for line in lines):
            raise BadTable(name, f"{key} is not a list of sentences")
    year, checked_on = data.get("year"), data.get("checked_on")
    if year is not None and type(year) is not int:
        raise BadTable(name, "year is not a whole number")
    if not isinstance(checked_on, date) or isinstance(checked_on, datetime):
        raise BadTable(name, "checked_on is missing or is not a day, as in 2026-11-23")
    return {
        **{key: data[key] for key in _TEXTS},
        **{key: data.get(key) for key in _OPTIONAL_TEXTS},
        **{key: tuple(data.get(key, [])) for key in _LISTS},
        "year": year,
        "status": choice(name, "status", TableStatus, data.get("status")),
        "checked_on": checked_on,
        "thresholds": tuple(_thresholds(name, data.get("thresholds", []))),
    }


def _thresholds(name: str, entries: object) -> list[Threshold]:
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise BadTable(name, "thresholds are written as [[thresholds]], each with at, where and text")
    found = []
    for entry in entries:
        at, where, text = entry.get("at"), entry.get("where"), entry.get("text")
        if entry.keys() != {"at", "where", "text"} or not isinstance(where, str) or not isinstance(text, str):
            raise BadTable(name, "a threshold has exactly at, where and text")
        if type(at) is not int:
            raise BadTable(name, "a threshold's at is a whole number of MME/d")
        found.append(Threshold(Fraction(at), where, text))
    return found
