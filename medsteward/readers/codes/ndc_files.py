"""NDC-level files (CSV or xlsx) to rows for the code index: an NDC with a RxCUI, or with a name for a label."""

from __future__ import annotations

import codecs
import csv
import hashlib
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from medsteward.errors import UnreadableInput, part_for

MAX_BYTES = 400_000_000
"""Bytes of a file; of a workbook, of all it holds when it is unpacked."""
MAX_LINE = 1_000_000
"""Characters of one line."""
MAX_CELL = 10_000
MAX_COLUMNS = 200
MAX_ROWS = 1_048_576
"""Rows of a sheet: the most that a workbook may have."""
_TOO_LARGE = "there is not enough memory to read it; save it as CSV"
COMMAND = "pip install 'medsteward[codes]'"

_HEADERS: Mapping[str, tuple[str, ...]] = {
    "ndc": ("ndc", "ndc11", "ndc_11", "ndcpackagecode", "ndc_code", "national_drug_code", "ndc_numeric"),
    "rxcui": ("rxcui", "rxnorm", "rxcui_scd"),
    "name": ("drug_name", "gennme", "generic_name", "nonproprietaryname", "drug", "name", "substancename"),
    "strength": ("strength_per_unit", "strength", "active_numerator_strength"),
    "unit": ("uom", "strength_unit", "active_ingred_unit"),
    "form": ("master_form", "form", "dosageformname", "dosage_form"),
}
"""The columns by what they mean; headers are compared in lower case. A new alias is one more word here."""


def ndc_rows(path: str) -> tuple[Iterator[tuple[str, str | None, str | None]], str]:
    """The rows of an NDC file and the file's SHA-256.

    Needed is a column for the NDC and one for the RxCUI or the name. The rows of a workbook are those of every sheet
    that has these columns. Refuses (``UnreadableInput``) other files; ``MissingPart`` where xlsx cannot be read.
    """
    digest, encoding = _looked_over(path)
    tables = _sheets(path) if zipfile.is_zipfile(path) else iter([_csv(path, encoding)])
    first = next((found for table in tables if (found := _from_header(table)) is not None), None)
    if first is None:
        raise UnreadableInput(path, "it needs a column NDC and one of RxCUI or drug_name")
    others = (rows for table in tables if (rows := _from_header(table)) is not None)
    return chain(first, chain.from_iterable(others)), f"sha256:{digest}"


def _looked_over(path: str) -> tuple[str, str]:
    """The digest of a file and the encoding of its text, read once from end to end a piece at a time."""
    hashed, as_utf8 = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
    encoding, size = "utf-8-sig", 0
    try:
        with Path(path).open("rb") as stream:
            while piece := stream.read(1 << 20):
                if not size and piece[:2] in (b"\xff\xfe", b"\xfe\xff"):
                    raise UnreadableInput(path, "it is UTF-16; save it as UTF-8")
                size += len(piece)
                if size > MAX_BYTES:
                    raise UnreadableInput(path, f"it has more than {MAX_BYTES:,} bytes, which is the most that is read")
                hashed.update(piece)
                if encoding != "latin-1":
                    try:
                        as_utf8.decode(piece)
                    except UnicodeDecodeError:
                        encoding = "latin-1"
    except IsADirectoryError:
        raise UnreadableInput(path, "this is a folder; give a CSV or xlsx file") from None
    except OSError as error:
        raise UnreadableInput(path, (error.strerror or "it cannot be opened").lower()) from None
    if not size:
        raise UnreadableInput(path, "it is empty")
    if encoding != "latin-1":
        try:
            as_utf8.decode(b"", final=True)
        except UnicodeDecodeError:
            encoding = "latin-1"  # a character cut off at the end
    return hashed.hexdigest(), encoding


def _from_header(table: Iterator[Sequence[str]]) -> Iterator[tuple[str, str | None, str | None]] | None:
    """The rows below a header that has what is needed; None for a table of something else."""
    places = _places(next(table, ()))
    return _rows(table, places) if "ndc" in places and {"rxcui", "name"} & set(places) else None


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


_SKIN = frozenset({"coated", "film coated", "sugar coated", "gelatin coated", "multilayer"})
"""What FDA's forms say of the outside of a tablet; it changes nothing here."""
_PER_COUNTED = re.compile(r"\s*/\s*1$")
_PER_VOLUME = re.compile(r"/\s*(\d[\d.]*)\s*ml$")


def _label(cells: Mapping[str, str]) -> str | None:
    """The name as a label has it: ``oxycodone 5 mg tablet``.

    A product is extended release only where its form says so: CDC's column LongShortActing calls methadone long acting
    whatever its form. Several substances (``A; B`` beside ``325; 5``) take the strength in the same place.
    """
    name = cells.get("name", "")
    if not name:
        return None
    names = [each.strip() for each in name.split(";")]
    strengths = [each.strip() for each in cells.get("strength", "").split(";")]
    units = [_unit(each) for each in cells.get("unit", "").split(";")]
    if len(names) == len(strengths) == len(units):
        said = " / ".join(
            f"{each} {strength} {unit}".strip() for each, strength, unit in zip(names, strengths, units, strict=True)
        )
    else:
        said = f"{' / '.join(names)} {cells.get('strength', '')} {cells.get('unit', '')}".strip()
    form = [part.strip() for part in cells.get("form", "").split(",")]
    shape = " ".join(part for part in form if part.casefold() not in _SKIN)
    return f"{said} {shape}".strip()[:MAX_CELL]


def _unit(text: str) -> str:
    """``mg/1`` is mg of each, ``mg/5mL`` is mg/5 mL."""
    plain = _PER_COUNTED.sub("", text.strip().casefold())
    return _PER_VOLUME.sub(r"/\1 mL", plain)


def _csv(path: str, encoding: str) -> Iterator[Sequence[str]]:
    with Path(path).open(encoding=encoding, newline="") as stream:
        first = stream.readline(MAX_LINE)
        stream.seek(0)
        separator = max((",", "\t", ";", "|"), key=first.count)
        try:
            yield from csv.reader(_text_lines(path, stream), delimiter=separator)
        except csv.Error as error:
            raise UnreadableInput(path, f"it is not a CSV file: {error}") from None


def _text_lines(path: str, stream: Any) -> Iterator[str]:
    number = 0
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            raise UnreadableInput(path, f"line {number:,} is longer than {MAX_LINE:,} characters")
        if "\0" in line:
            raise UnreadableInput(path, f"line {number:,} holds a NUL byte; it is no CSV file")
        yield line


def _sheets(path: str) -> Iterator[Iterator[Sequence[str]]]:
    """The sheets of a workbook, each as rows of text."""
    with part_for("reading xlsx", "openpyxl", COMMAND):
        import openpyxl
    _check_size(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        sheets = book.worksheets
    except MemoryError:
        raise UnreadableInput(path, _TOO_LARGE) from None
    except Exception as error:  # the library raises many kinds for a file that is none
        raise UnreadableInput(path, f"it is no xlsx file ({type(error).__name__}); save it as CSV") from None
    for sheet in sheets:
        yield _sheet(path, sheet)


def _check_size(path: str) -> None:
    """Refuse a workbook that unpacks to more than we read; Python's zipfile gives no more than is declared."""
    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(each.file_size for each in packed.infolist())
            for each in packed.infolist():
                with packed.open(each) as part:
                    if b"<!" in part.read(4096).replace(b"<!--", b""):
                        raise UnreadableInput(path, "it declares entities, as no workbook does; save it as CSV")
    except UnreadableInput:
        raise
    except MemoryError:
        raise UnreadableInput(path, _TOO_LARGE) from None
    except Exception as error:  # what is cut off or overwritten raises errors of zip, of zlib and of text
        raise UnreadableInput(path, f"it is no xlsx file ({type(error).__name__}); save it as CSV") from None
    if size > MAX_BYTES:
        raise UnreadableInput(path, f"it unpacks to {size:,} bytes; at most {MAX_BYTES:,} are read")


def _sheet(path: str, sheet: Any) -> Iterator[Sequence[str]]:
    try:
        sheet.reset_dimensions()  # what a sheet says of its size may be anything
        for number, row in enumerate(sheet.iter_rows(values_only=True, max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS)):
            if number >= MAX_ROWS:
                raise UnreadableInput(path, f"a sheet has rows beyond {MAX_ROWS:,}, as no workbook has; save it as CSV")
            if not number or row.count(None) < len(row):
                yield [_shown(value) for value in row]
    except UnreadableInput:
        raise
    except MemoryError:
        raise UnreadableInput(path, _TOO_LARGE) from None
    except Exception as error:
        raise UnreadableInput(path, f"a sheet cannot be read ({type(error).__name__}); save it as CSV") from None


def _shown(value: Any) -> str:
    """A cell as text. A number that lost its leading zeros stays short, and is read so."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)[:MAX_CELL]
