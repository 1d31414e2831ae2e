"""What kind a file is, by how it begins, so that a file for another command is sent there in a line.

Only its first bytes are looked at, and its name is not: names lie. What is not recognized is left to its reader.
"""

from __future__ import annotations

import re
import shlex
from enum import Enum

from attrs import frozen

from medsteward.errors import UnreadableInput

HEAD = 65_536
"""Bytes that are looked at."""
_LINES = 10
"""Lines of a text that may be a header."""
_BOM = b"\xef\xbb\xbf"


class FileKind(Enum):
    """A kind of file: what it is called, and what can be done with it. ``{}`` is its name."""

    PLAN = ("a saved plan", "print it with `medsteward plan show {}`")
    ANSWER = ("an answer of medsteward", "give the file that the answer was made from")
    FHIR = ("FHIR", "read it with `medsteward review --input {}`")
    CASE = ("a case", "read it with `medsteward review --input {}`")
    FILLS = ("a table of dispensing records", "read it with `medsteward fills --input {}`")
    PRODUCTS = ("a file of products", "give it to a taper with `--products {}`")
    SCHEDULE = ("a taper schedule", "check it with `medsteward plan check {} --policy humane`")
    CALENDAR = ("a calendar", "")
    PAGE = ("a web page", "")
    PDF = ("a PDF", "")
    PICTURE = ("a picture", "")
    SHEET = ("a spreadsheet", "save it as CSV")
    DOCUMENT = ("a document of a word processor", "save it as text (.txt)")
    PACKED = ("a packed file", "unpack it first")
    PARQUET = ("a parquet file", "read it with `medsteward fills --input {}`")
    DATABASE = ("a database", "")
    BYTES = ("a file that is not text", "")

    @property
    def called(self) -> str:
        """What it is called, with its article."""
        return str(self.value[0])

    @property
    def use(self) -> str:
        """What can be done with it; empty where nothing can."""
        return str(self.value[1])


@frozen
class Wanted:
    """What a reader wants: how it is called, what to do where nothing can be done with a file of another kind."""

    called: str
    instead: str
    kinds: frozenset[FileKind]


A_CASE = Wanted(
    "a case or a list",
    "type or paste the medications, one a line, into a .txt file",
    frozenset({FileKind.CASE, FileKind.FHIR}),
)
A_PLAN = Wanted("a saved plan", "give the file that --save wrote", frozenset({FileKind.PLAN, FileKind.FHIR}))
A_SCHEDULE = Wanted("a plan or a schedule", "give the file that --save wrote", frozenset({FileKind.SCHEDULE}))
PRODUCTS_FILE = Wanted(
    "a file of products",
    "see `medsteward template products`",
    frozenset({FileKind.PRODUCTS}),
)
RECORDS = Wanted(
    "a table of dispensing records",
    "give CSV or parquet; see `medsteward fills --columns`",
    frozenset({FileKind.FILLS, FileKind.PARQUET, FileKind.BYTES}),
)

_BEGINS = (
    (b"%PDF", FileKind.PDF),
    (b"\x89PNG", FileKind.PICTURE),
    (b"\xff\xd8\xff", FileKind.PICTURE),
    (b"GIF8", FileKind.PICTURE),
    (b"BM", FileKind.PICTURE),
    (b"II*\0", FileKind.PICTURE),
    (b"MM\0*", FileKind.PICTURE),
    (b"PAR1", FileKind.PARQUET),
    (b"SQLite format 3", FileKind.DATABASE),
    (b"\xd0\xcf\x11\xe0", FileKind.SHEET),
    (b"\x1f\x8b", FileKind.PACKED),
    (b"\x28\xb5\x2f\xfd", FileKind.PACKED),
    (b"7z\xbc\xaf", FileKind.PACKED),
    (b"{\\rtf", FileKind.DOCUMENT),
    (b"BEGIN:VCALENDAR", FileKind.CALENDAR),
)
_STDIN = {"standard input": "-"}
_OURS = re.compile(rb'"schema"\s*:\s*"medsteward\.([a-z_]+)/')
_TABLE = re.compile(rb"^[ \t]*\[\[?[ \t]*(?:patient|medications|done|taper)[ \t]*\]\]?[ \t]*\r?$", re.MULTILINE)


def kind_of(start: bytes) -> FileKind | None:
    """The kind of a file that begins so; None where it is not recognized."""
    for begins, kind in _BEGINS:
        if start.startswith(begins):
            return None if begins == b"BM" and b"\0" not in start else kind
    if start.startswith(b"PK\x03\x04"):
        return _of_a_zip(start)
    text = start[:HEAD].removeprefix(_BOM).lstrip()
    if text.startswith((b"{", b"[{", b"[\n", b"[\r\n")):
        return _of_json(text)
    if text[:200].lower().startswith((b"<!doctype html", b"<html")):
        return FileKind.PAGE
    if b"\0" in text and start[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return FileKind.BYTES
    return _of_text(text)


def _of_a_zip(start: bytes) -> FileKind:
    if b"xl/" in start:
        return FileKind.SHEET
    return FileKind.DOCUMENT if b"word/" in start else FileKind.PACKED


def _of_json(text: bytes) -> FileKind | None:
    ours = _OURS.search(text)
    if ours is not None and ours[1] != b"case":
        return FileKind.PLAN if ours[1] == b"plan" else FileKind.ANSWER
    if b'"resourceType"' in text:
        return FileKind.FHIR
    return FileKind.CASE if b'"medications"' in text else None


def _of_text(text: bytes) -> FileKind | None:
    if _TABLE.search(text):
        return FileKind.CASE
    lines = [line.decode("utf-8", "replace") for line in text.splitlines()[:_LINES]]
    if not lines:
        return None
    first = lines[0].casefold()
    if "strength_value" in first and "ingredient" in first:
        return FileKind.PRODUCTS
    if "first_day" in first and "amount" in first:
        return FileKind.SCHEDULE
    from medsteward.readers.fills.around import names_columns

    return FileKind.FILLS if any(names_columns(line) for line in lines) else None


def said_other(start: bytes, name: str, wanted: Wanted) -> str | None:
    """What a file is, if it is of a kind that a reader does not want, and what to do with it; else None."""
    kind = kind_of(start)
    if kind is None or kind in wanted.kinds:
        return None
    use = kind.use.format(shlex.quote(_STDIN.get(name, name))) or wanted.instead
    return f"this is {kind.called}, not {wanted.called}; {use}"


def refuse_other(start: bytes, name: str, wanted: Wanted) -> None:
    """Refuse (``UnreadableInput``) a file of a kind that a reader does not want."""
    what = said_other(start, name, wanted)
    if what is not None:
        raise UnreadableInput(name, what)
