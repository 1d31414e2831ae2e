"""Files and streams to cases: TOML, JSON, and JSON lines without an end. Sizes are bounded."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from medsteward.errors import UnreadableInput
from medsteward.model.code import Resolver
from medsteward.model.problem import Problem
from medsteward.model.regimen import Case
from medsteward.readers.case import read_case
from medsteward.readers.medication import LISTED

MAX_CASE = 4_000_000
"""Bytes of one case, alone in its file or as one line of a stream."""

_BOM = b"\xef\xbb\xbf"
_READ_ELSEWHERE = {".csv": "dispensing records", ".parquet": "dispensing records", ".ndjson": "FHIR resources"}


def read_cases(path: str, stdin: IO[bytes] | None, *, as_of: date, resolver: Resolver = LISTED) -> Iterator[Case]:
    """The cases of a file (``.toml``, ``.json``, ``.jsonl``) or, for ``-``, of standard input, which is looked at.

    JSON lines are read one by one, so memory stays flat; a line that cannot be read gives a case that says so.
    Refuses (``UnreadableInput``) files that are missing, too large, empty, not UTF-8, or not what their name says.
    """
    if path == "-":
        if stdin is None:
            raise UnreadableInput("standard input", "it is closed; give a file")
        yield from _from_stream(stdin, "standard input", None, as_of, resolver)
        return
    suffix = Path(path).suffix.casefold()
    if suffix in _READ_ELSEWHERE:
        raise UnreadableInput(path, f"{_READ_ELSEWHERE[suffix]} are not read here; give a case as .toml or .json")
    if suffix not in (".toml", ".json", ".jsonl"):
        raise UnreadableInput(path, "the name does not say what it is; a case is .toml or .json, many cases .jsonl")
    try:
        with Path(path).open("rb") as stream:
            yield from _from_stream(stream, path, suffix, as_of, resolver)
    except IsADirectoryError:
        raise UnreadableInput(path, "this is a folder; give a file") from None
    except OSError as error:
        raise UnreadableInput(path, (error.strerror or "it cannot be opened").lower()) from None


def read_json(path: str) -> Any:
    """A JSON file as it stands, numbers as int and Decimal. Refuses (``UnreadableInput``) what is not one."""
    try:
        with Path(path).open("rb") as stream:
            return parse_json(stream.read(MAX_CASE + 1), path)
    except OSError as error:
        raise UnreadableInput(path, (error.strerror or "it cannot be opened").lower()) from None


def parse_json(data: bytes, name: str) -> Any:
    """The bytes of a JSON file, numbers as int and Decimal. Refuses (``UnreadableInput``) what is not one."""
    return _json(_text(data, name), name)


def decoded(data: bytes, name: str) -> str:
    """The bytes of a small file as text. Refuses (``UnreadableInput``) what is not UTF-8."""
    return _text(data, name)


def _from_stream(stream: IO[bytes], name: str, suffix: str | None, as_of: date, resolver: Resolver) -> Iterator[Case]:
    if suffix == ".jsonl":
        yield from _lines(stream, b"", name, as_of, resolver)
        return
    first = stream.readline(MAX_CASE + 1)
    while first and not first.removeprefix(_BOM).strip() and len(first) <= MAX_CASE:
        first = stream.readline(MAX_CASE + 1)
    first = first.removeprefix(_BOM)
    if suffix is None and _is_whole_object(first):
        second = _next_text(stream)
        if second:
            yield from _lines(stream, first.rstrip(b"\r\n") + b"\n" + second, name, as_of, resolver)
            return
        yield read_case(_json(_text(first, name), name), as_of=as_of, resolver=resolver)
        return
    text = _text(first + stream.read(MAX_CASE + 1 - min(len(first), MAX_CASE)), name)
    if not text.strip():
        raise UnreadableInput(name, "it is empty; see `medsteward template case` for what belongs in it")
    as_json = suffix == ".json" or (suffix is None and _looks_like_json(text))
    data = _json(text, name) if as_json else _toml(text, name)
    tables = [_checked(table, name) for table in (data if isinstance(data, list) else [data])]
    if not tables:
        raise UnreadableInput(name, "it holds no case; see `medsteward template case` for what belongs in it")
    for table in tables:
        yield read_case(table, as_of=as_of, resolver=resolver)


def _looks_like_json(text: str) -> bool:
    """A JSON object or array; ``[patient]`` and ``[[medications]]`` begin TOML tables."""
    return bool(re.match(r"\s*(?:\{|\[(?!\[?\s*[A-Za-z_]))", text))


def _next_text(stream: IO[bytes]) -> bytes:
    while line := stream.readline(MAX_CASE + 1):
        if line.strip():
            return line
    return b""


def _is_whole_object(line: bytes) -> bool:
    """Whether a line is a JSON object by itself, as the first line of JSON lines is."""
    if not line.lstrip().startswith(b"{") or not line.rstrip().endswith(b"}"):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _lines(stream: IO[bytes], head: bytes, name: str, as_of: date, resolver: Resolver) -> Iterator[Case]:
    number = found = 0
    waiting = head.splitlines(keepends=True)
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
            yield _unread(number, f"is longer than {MAX_CASE:,} bytes", as_of)
            continue
        try:
            table = _json(_text(line, name), name)
        except UnreadableInput as error:
            yield _unread(number, f"cannot be read: {error.what}", as_of)
            continue
        if not isinstance(table, Mapping):
            yield _unread(number, "is not a case, which is an object", as_of)
            continue
        yield read_case(table, as_of=as_of, resolver=resolver)
    if found == 0:
        raise UnreadableInput(name, "it is empty; each line is one case as JSON")


def _unread(number: int, what: str, as_of: date) -> Case:
    where = f"input line {number}"
    return Case(as_of=as_of, problems=(Problem("CASE-001", where, f"line {number} {what}"),), unread=(where,))


def _text(data: bytes, name: str) -> str:
    if len(data) > MAX_CASE:
        raise UnreadableInput(name, f"a case has at most {MAX_CASE:,} bytes; split it, or write one case a line")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise UnreadableInput(name, "it is UTF-16; save it as UTF-8")
    try:
        text = data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise UnreadableInput(name, f"byte {error.start + 1:,} is not UTF-8; save it as UTF-8") from None
    if "\\u" in text and _LONE_SURROGATE.search(text):
        raise UnreadableInput(name, "it holds half a character (\\ud800 to \\udfff); save it as UTF-8")
    return text


_LONE_SURROGATE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)


def _json(text: str, name: str) -> Any:
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise UnreadableInput(name, f"not JSON at line {error.lineno}, column {error.colno}: {error.msg}") from None
    except RecursionError:
        raise UnreadableInput(name, "it is nested too deeply") from None
    except ArithmeticError:
        raise UnreadableInput(name, "it holds a number without end; write plain numbers") from None
    except ValueError as error:
        what = "it holds a number without end; write plain numbers" if "digits" in str(error) else str(error)[:120]
        raise UnreadableInput(name, f"not JSON: {what}") from None


def _refused(constant: str) -> Any:
    raise ValueError(f"{constant} is not a number JSON knows")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(key for i, (key, _) in enumerate(pairs) if key in {k for k, _ in pairs[:i]})
        raise ValueError(f'"{twice[:40]}" is given twice')
    return found


_DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_refused, object_pairs_hook=_unique)


def _toml(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableInput(name, f"not TOML: {str(error)[:160]}") from None
    except (RecursionError, ValueError, ArithmeticError):
        raise UnreadableInput(name, "not TOML that a case could be") from None


def _checked(table: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(table, Mapping):
        raise UnreadableInput(name, "a case is a table; see `medsteward template case`")
    if "resourceType" in table:
        raise UnreadableInput(name, "this is a FHIR resource, which is not read here; give a case")
    return table
