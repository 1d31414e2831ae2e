"""NDC-level files (CSV or xlsx) to rows for the code index: an NDC with a RxCUI, or with a name for a label."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from medsteward.errors import MissingPart, UnreadableInput

MAX_BYTES = 400_000_000
MAX_CELL = 10_000
COMMAND = "pip install 'medsteward[codes]'"

_HEADERS: Mapping[str, tuple[str, ...]] = {
    "ndc": ("ndc", "ndc11", "ndc_11", "ndcpackagecode", "ndc_code", "national_drug_code"),
    "rxcui": ("rxcui", "rxnorm", "rxcui_scd"),
    "name": ("drug_name", "gennme", "generic_name", "nonproprietaryname", "drug", "name", "substancename"),
    "strength": ("strength_per_unit", "strength", "active_numerator_strength"),
    "unit": ("uom", "strength_unit", "active_ingred_unit"),
    "form": ("master_form", "form", "dosageformname", "dosage_form"),
    "release": ("longshortacting", "release"),
}
"""The columns by what they mean; headers are compared in lower case. A new alias is one more word here."""


def ndc_rows(path: str) -> tuple[Iterator[tuple[str, str | None, str | None]], str]:
    """The rows of an NDC file and the file's SHA-256.

    Needed is a column for the NDC and one for the RxCUI or the name. Refuses (``UnreadableInput``) other files;
    ``MissingPart`` where xlsx cannot be read.
    """
    file = Path(path)
    try:
        size = file.stat().st_size
        if file.is_dir():
            raise UnreadableInput(path, "this is a folder; give a CSV or xlsx file")
        if size > MAX_BYTES:
            raise UnreadableInput(path, f"it has {size:,} bytes; at most {MAX_BYTES:,} are read")
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        raise UnreadableInput(path, (error.strerror or "it cannot be opened").lower()) from None
    table = _xlsx(path) if file.suffix.casefold() == ".xlsx" else _csv(path)
    header = next(table, None)
    if header is None:
        raise UnreadableInput(path, "it is empty")
    places = _places(header)
    if "ndc" not in places or not {"rxcui", "name"} & set(places):
        raise UnreadableInput(path, "it needs a column NDC and one of RxCUI or drug_name")
    return _rows(table, places), f"sha256:{digest}"


def _places(header: Sequence[str]) -> dict[str, int]:
    seen = [" ".join(each.strip().casefold().split()).replace(" ", "_") for each in header]
    return {
        meaning: next(seen.index(alias) for alias in aliases if alias in seen)
        for meaning, aliases in _HEADERS.items()
        if any(alias in seen for alias in aliases)
    }


def _rows(table: Iterator[Sequence[str]], places: Mapping[str, int]) -> Iterator[tuple[str, str | None, str | None]]:
    for row in table:
        cells = {meaning: row[at].strip() if at < len(row) else "" for meaning, at in places.items()}
        if not any(cells.values()):
            continue
        yield cells["ndc"], cells.get("rxcui") or None, _label(cells)


def _label(cells: Mapping[str, str]) -> str | None:
    """The name as a label has it: ``oxycodone 5 mg tablet``."""
    name = cells.get("name", "")
    if not name:
        return None
    unit = cells.get("unit", "").casefold().removesuffix("/1")
    strength = f"{cells['strength']} {unit}".strip() if cells.get("strength") else ""
    release = "ER" if cells.get("release", "").casefold() in ("la", "long acting", "er") else ""
    return " ".join(filter(None, (name, release, strength, cells.get("form", ""))))[:MAX_CELL]


def _csv(path: str) -> Iterator[Sequence[str]]:
    data = Path(path).read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    if "\0" in text:
        raise UnreadableInput(path, "it holds NUL bytes; it is no CSV file")
    first = text.partition("\n")[0]
    separator = max((",", "\t", ";", "|"), key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise UnreadableInput(path, f"it is not a CSV file: {error}") from None


def _xlsx(path: str) -> Iterator[Sequence[str]]:
    try:
        import openpyxl
    except ImportError as error:
        raise MissingPart("reading xlsx", COMMAND) from error
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # the library raises many kinds for a file that is none
        raise UnreadableInput(path, f"it is no xlsx file ({type(error).__name__}); save it as CSV") from None
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(values_only=True):
        yield [_shown(value) for value in row]


def _shown(value: Any) -> str:
    """A cell as text. A number that lost its leading zeros stays short, and is read so."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)[:MAX_CELL]
