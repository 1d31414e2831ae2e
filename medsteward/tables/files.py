"""The two files of a published set of figures: bytes, text, digest and rows, checked the same way for every set."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from medsteward.errors import BadTable, NotANumber, UnreadableInput
from medsteward.model.number import exact

_Choice = TypeVar("_Choice", bound=Enum)
_PACKAGE = Path(__file__).resolve().parents[1]


def data_folder(name: str) -> Path:
    """A folder of packaged figures: inside the installed package, or beside it in a checkout.

    Neither place there raises ``BadTable``, with what to do.
    """
    for parent in (_PACKAGE, _PACKAGE.parent):
        if (parent / "data" / name).is_dir():
            return parent / "data" / name
    raise BadTable(f"data/{name}", f"the data are neither in {_PACKAGE} nor beside it; install medsteward again")


def read(path: Path) -> bytes:
    """The bytes of a file with one kind of line end; ``UnreadableInput`` where it cannot be read."""
    try:
        return path.read_bytes().replace(b"\r\n", b"\n")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "no such name"
        raise UnreadableInput(str(path), f"the file cannot be read ({why})") from None


def decoded(path: Path, content: bytes) -> str:
    """The text of a file; ``BadTable`` where it is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadTable(path.name, "the file is not UTF-8 text; save it as UTF-8") from None


def digest(csv_bytes: bytes, toml_bytes: bytes) -> str:
    """What tells two versions of a set apart."""
    return "sha256:" + hashlib.sha256(csv_bytes + b"\0" + toml_bytes).hexdigest()


def rows(name: str, text: str, columns: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Each row with its place in the file. ``BadTable`` for another header, a row of another length, or no row."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    found = False
    try:
        if next(reader, []) != [*columns]:
            raise BadTable(f"{name} row 1", f"the header must be {','.join(columns)}")
        for cells in reader:
            if not cells:
                continue
            where = f"{name} row {reader.line_num}"
            if len(cells) != len(columns):
                raise BadTable(where, f"{len(cells)} cells instead of {len(columns)}; quote a note that holds a comma")
            found = True
            yield where, dict(zip(columns, cells, strict=True))
    except csv.Error as error:
        raise BadTable(f"{name} row {reader.line_num}", f"not a readable CSV row ({error})") from None
    if not found:
        raise BadTable(name, "the table has no rows")


def number(row: str, column: str, text: str) -> Fraction:
    """An exact number of a cell; ``BadTable`` for anything else."""
    try:
        return exact(text)
    except NotANumber as error:
        raise BadTable(row, f"{column} {error}") from None


def choice(where: str, name: str, choices: type[_Choice], text: object) -> _Choice:
    """A word of a closed list; ``BadTable``, with the list, for another."""
    try:
        return choices(text)
    except ValueError:
        known = ", ".join(str(each.value) for each in choices)
        raise BadTable(where, f'{name} "{text}" is none of {known}' if text else f"{name} is missing") from None
