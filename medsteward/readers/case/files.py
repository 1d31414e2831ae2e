"""Files and streams to cases: TOML, JSON, JSON lines without an end, FHIR, and plain lists. Sizes are bounded."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from attrs import frozen

from medsteward.errors import UnreadableInput
from medsteward.model.code import Resolver
from medsteward.model.problem import Problem
from medsteward.model.regimen import Case
from medsteward.readers.case.medication import LISTED
from medsteward.readers.case.table import read_case
from medsteward.readers.shared.json_text import json_of, text_of
from medsteward.readers.shared.kinds import A_CASE, HEAD, refuse_other, said_other

MAX_CASE = 4_000_000
"""Bytes of one case, alone in its file or as one line of a stream."""

_BOM = b"\xef\xbb\xbf"
_READ_ELSEWHERE = {".csv": "dispensing records", ".parquet": "dispensing records"}
_SUFFIXES = (".toml", ".json", ".jsonl", ".ndjson", ".txt")
_NAMELESS = "name it by what it is: a list .txt, a case .toml or .json, many cases .jsonl, FHIR .json or .ndjson"
_CURLY = "\u201c\u201d\u201e\u201f\u2018\u2019"
"""Quotes that TOML does not take."""
_FHIR = b'"resourceType"'
"""What a FHIR resource holds, and a case does not."""

Tell = Callable[[str], None]
"""Tells the person who waits what is going on."""


def read_cases(
    path: str,
    stdin: IO[bytes] | None,
    *,
    as_of: date,
    resolver: Resolver | None = None,
    tell: Tell | None = None,
    drafts: Collection[str] | None = (),
) -> Iterator[Case]:
    """The cases of a file (``.toml``, ``.json``, ``.jsonl``) or, for ``-``, of standard input, which is looked at.

    A plain list is a line a medicine (``.txt``). FHIR is read from ``.json`` with a ``resourceType`` and from
    ``.ndjson``; ``resolver`` looks up the codes in it, ``drafts`` names orders of it that are proposed (None: all).
    ``tell`` is told what takes long. JSON lines are read one by one, so memory stays flat; a line that cannot be read
    gives a case that says so. Refuses (``UnreadableInput``) files that are missing, too large, empty, not UTF-8, or
    not what their name says.
    """
    ways = _Ways(as_of, resolver, tell, drafts)
    if path == "-":
        if stdin is None:
            raise UnreadableInput("standard input", "it is closed; give a file")
        yield from _from_stream(stdin, "standard input", None, ways)
        return
    if _is_folder(path):
        raise UnreadableInput(path, "this is a folder; give a file in it")
    suffix = Path(path).suffix.casefold()
    if suffix in _READ_ELSEWHERE:
        raise UnreadableInput(path, f"{_READ_ELSEWHERE[suffix]} are not read here; give a case as .toml or .json")
    try:
        with Path(path).open("rb") as stream:
            if suffix not in _SUFFIXES:
                refuse_other(stream.read(HEAD), path, A_CASE)
                raise UnreadableInput(path, _NAMELESS)
            yield from _from_stream(stream, path, suffix, ways)
    except OSError as error:
        raise UnreadableInput(path, (error.strerror or "it cannot be opened").lower()) from None


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except OSError:
        return False  # what is wrong with the name is said when it is opened


def read_json(path: str, stdin: IO[bytes] | None = None) -> Any:
    """A JSON file as it stands, or standard input for ``-``: numbers as int and Decimal.

    Refuses (``UnreadableInput``) what is not one.
    """
    if path == "-" and stdin is not None:
        return parse_json(stdin.read(MAX_CASE + 1), "standard input")
    try:
        with Path(path).open("rb") as stream:
            return parse_json(stream.read(MAX_CASE + 1), path)
    except OSError as error:
        raise UnreadableInput(path, (error.strerror or "it cannot be opened").lower()) from None


def parse_json(data: bytes, name: str) -> Any:
    """The bytes of a JSON file, numbers as int and Decimal. Refuses (``UnreadableInput``) what is not one."""
    return json_of(decoded(data, name), name)


def decoded(data: bytes, name: str) -> str:
    """The bytes of a small file as text. Refuses (``UnreadableInput``) what is not UTF-8."""
    return text_of(data, name, MAX_CASE)


@frozen
class _Ways:
    """How things are read."""

    as_of: date
    resolver: Resolver | None
    tell: Tell | None
    drafts: Collection[str] | None = ()

    @property
    def known(self) -> Resolver:
        """The resolver of cases: without another, the codes that we bring."""
        return LISTED if self.resolver is None else self.resolver


def _from_stream(stream: IO[bytes], name: str, suffix: str | None, ways: _Ways) -> Iterator[Case]:
    blank = 0
    first = stream.readline(MAX_CASE + 1)
    while first and not first.removeprefix(_BOM).strip() and len(first) <= MAX_CASE:
        blank += 1
        first = stream.readline(MAX_CASE + 1)
    first = first.removeprefix(_BOM)
    refuse_other(first, name, A_CASE)
    if suffix == ".ndjson" or (suffix in (None, ".jsonl") and _FHIR in first and _is_fhir(_whole_object(first))):
        yield from _fhir_lines(stream, first, blank, name, ways)
        return
    if suffix == ".jsonl":
        yield from _lines(stream, [first], blank, name, ways)
        return
    if suffix is None and _whole_object(first) is not None:
        second = _next_text(stream)
        if second:
            yield from _lines(stream, [first, second], blank, name, ways)
            return
        yield read_case(json_of(text_of(first, name, MAX_CASE), name), as_of=ways.as_of, resolver=ways.known)
        return
    data = first + stream.read(MAX_CASE + 1 - min(len(first), MAX_CASE))
    if suffix != ".toml" and _FHIR in data and data.lstrip().startswith((b"{", b"[")):
        yield from _fhir_document(stream, data, name, ways)
        return
    text = text_of(data, name, MAX_CASE)
    refuse_other(data[:HEAD], name, A_CASE)
    if not text.strip():
        raise UnreadableInput(name, "it is empty; see `medsteward template case` for what belongs in it")
    as_json = suffix == ".json" or (suffix is None and _looks_like_json(text))
    if suffix == ".txt" and _looks_like_json(text):
        raise UnreadableInput(name, "it holds JSON; name it .json")
    if suffix == ".txt" or (suffix is None and not as_json):
        from medsteward.readers.case.medication_list import looks_like_list, read_list

        if suffix == ".txt" or looks_like_list(text):
            yield read_list(text, as_of=ways.as_of)
            return
    if suffix is None and not as_json and not _looks_like_toml(text):
        what = "no line of it names a drug; standard input is a list (a line a medicine), a case (TOML, JSON) or FHIR"
        raise UnreadableInput(name, what)
    yield from _of_tables(json_of(text, name) if as_json else _toml(text, name), name, ways)


def _of_tables(found: Any, name: str, ways: _Ways) -> Iterator[Case]:
    tables = [_checked(table, name) for table in (found if isinstance(found, list) else [found])]
    if not tables:
        raise UnreadableInput(name, "it holds no case; see `medsteward template case` for what belongs in it")
    for table in tables:
        yield read_case(table, as_of=ways.as_of, resolver=ways.known)


def _is_fhir(found: Any) -> bool:
    """Whether this is a FHIR resource, or a list of them. A case may hold one, and is none."""
    if isinstance(found, list):
        return any(_is_fhir(each) for each in found if isinstance(each, dict))
    return isinstance(found, dict) and "resourceType" in found


def _fhir_lines(stream: IO[bytes], head: bytes, blank: int, name: str, ways: _Ways) -> Iterator[Case]:
    """A resource a line."""
    from medsteward.readers.fhir.cases import ResourceReader
    from medsteward.readers.fhir.stream import read_lines

    yield from read_lines(
        stream,
        head,
        name,
        ResourceReader(ways.resolver, drafts=ways.drafts),
        as_of=ways.as_of,
        tell=ways.tell,
        before=blank,
    )


def _fhir_document(stream: IO[bytes], head: bytes, name: str, ways: _Ways) -> Iterator[Case]:
    """One resource or Bundle, or a list of resources; or else a case that holds one."""
    from medsteward.readers.fhir.cases import ResourceReader
    from medsteward.readers.fhir.decode import MAX_RESOURCE, decode

    data = head + stream.read(MAX_RESOURCE + 1 - min(len(head), MAX_RESOURCE))
    found = decode(data, name)
    if _is_fhir(found):
        yield from ResourceReader(ways.resolver, drafts=ways.drafts).read(found, as_of=ways.as_of)
        return
    text_of(data, name, MAX_CASE)
    yield from _of_tables(found, name, ways)


def _looks_like_json(text: str) -> bool:
    """A JSON object or array; ``[patient]`` and ``[[medications]]`` begin TOML tables, ``[ ]`` a line of a list."""
    return bool(re.match(r"\s*(?:\{|\[(?!\[?\s*[A-Za-z_])(?! *\] *[A-Za-z]))", text))


def _looks_like_toml(text: str) -> bool:
    """Whether any line could be one of TOML: a table's name, a field and its value, a comment alone."""
    return bool(re.search(r"^[ \t]*(?:\[|#|[^=\s][^=\n]*=)", text, re.MULTILINE))


def _next_text(stream: IO[bytes]) -> bytes:
    while line := stream.readline(MAX_CASE + 1):
        if line.strip():
            return line
    return b""


def _whole_object(line: bytes) -> dict[str, Any] | None:
    """The JSON object that a line is by itself, as the first line of JSON lines is; or None."""
    if not line.lstrip().startswith(b"{") or not line.rstrip().endswith(b"}"):
        return None
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _lines(stream: IO[bytes], waiting: list[bytes], blank: int, name: str, ways: _Ways) -> Iterator[Case]:
    number, found = blank, 0
    while True:
        line = waiting.pop(0) if waiting else stream.readline(MAX_CASE + 1)
        if not line:
            break
        number += 1
        if not line.strip():
            continue
        found += 1
        if len(line) > MAX_CASE:
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_CASE)
            yield _unread(number, f"is longer than {MAX_CASE:,} bytes", ways.as_of)
            continue
        try:
            table = json_of(text_of(line, name, MAX_CASE), name)
        except UnreadableInput as error:
            yield _unread(number, f"cannot be read: {error.what}", ways.as_of)
            continue
        if not isinstance(table, Mapping):
            yield _unread(number, "is not a case, which is an object", ways.as_of)
            continue
        if (other := said_other(line[:HEAD], name, A_CASE)) is not None:
            yield _unread(number, f"cannot be read: {other}", ways.as_of)
            continue
        yield read_case(table, as_of=ways.as_of, resolver=ways.known)
    if found == 0:
        raise UnreadableInput(name, "it is empty; each line is one case as JSON")


def _unread(number: int, what: str, as_of: date) -> Case:
    where = f"input line {number}"
    return Case(as_of=as_of, problems=(Problem("CASE-001", where, f"line {number} {what}"),), unread=(where,))


def _toml(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableInput(name, f"not TOML: {str(error)[:160]}{_curly(text, str(error))}") from None
    except (RecursionError, ValueError, ArithmeticError):
        raise UnreadableInput(name, "not TOML that a case could be") from None


def _curly(text: str, error: str) -> str:
    """What to write where the line that an error names has the quotes of a word processor."""
    at = re.search(r"\(at line (\d{1,9}),", error)
    line = "".join(text.split("\n")[int(at[1]) - 1 : int(at[1])]) if at else ""
    return '; a curly quote: write "' if any(quote in line for quote in _CURLY) else ""


def _checked(table: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(table, Mapping):
        raise UnreadableInput(name, "a case is a table; see `medsteward template case`")
    return table
