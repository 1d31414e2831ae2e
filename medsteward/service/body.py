"""The body of a request to values: exact JSON, bounded in depth and count, apart from what is asked of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from attrs import frozen

from medsteward.errors import UnreadableInput
from medsteward.readers.shared.json_text import json_of, text_of
from medsteward.service.answer import NotAnswered, problem
from medsteward.service.bounds import Bounds

NAME = "body"
DRAFTS = ("draft", "drafts")
"""Proposed orders: ids, lines, and documents."""
_MEDICATIONS = frozenset(
    {"MedicationRequest", "MedicationStatement", "MedicationDispense", "MedicationAdministration", "MedicationOrder"}
)


@frozen
class CallBody:
    """What a body holds: the document that it is about, as bytes, the options in their order, and other documents."""

    document: bytes | None
    options: tuple[tuple[str, Any], ...]
    others: Mapping[str, bytes]


def parsed(data: bytes, bounds: Bounds) -> Any:
    """The JSON of a body, numbers exact. Raises ``NotAnswered`` (400, 413) for what is no JSON, too deep, too much."""
    try:
        found = json_of(text_of(data, NAME, max(len(data), 1)), NAME)
    except UnreadableInput as error:
        raise NotAnswered(problem(400, str(error), exit_code=2)) from None
    if _depth(found) > bounds.depth:
        raise NotAnswered(problem(400, f"it is nested more than {bounds.depth} deep", exit_code=2))
    count = medications_in(found)
    if count > bounds.lines:
        raise NotAnswered(problem(413, f"it holds {count:,} medications; at most {bounds.lines} are read", exit_code=2))
    return found


def _depth(value: Any) -> int:
    """How deeply lists and objects are nested."""
    level, depth = [value], 0
    while level:
        inner: list[Any] = []
        for each in level:
            if isinstance(each, dict):
                inner.extend(each.values())
            elif isinstance(each, list):
                inner.extend(each)
        level = [each for each in inner if isinstance(each, dict | list)]
        depth += 1
    return depth


def medications_in(value: Any) -> int:
    """How many medications a document holds: lines of a case, and resources wherever they stand."""
    count, waiting = 0, [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            count += each.get("resourceType") in _MEDICATIONS if isinstance(each.get("resourceType"), str) else 0
            lines = each.get("medications")
            count += len(lines) if isinstance(lines, list) else 0
            waiting.extend(held for held in each.values() if isinstance(held, dict | list))
        else:
            waiting.extend(held for held in each if isinstance(held, dict | list)) if isinstance(each, list) else None
    return count


def lines_of(document: bytes) -> int:
    """How many medications a document holds at most: those of JSON, or the lines of a text."""
    try:
        return medications_in(json.loads(document))
    except ValueError:
        return document.count(b"\n") + 1


def asked(
    data: bytes, name: str | None, documents: Sequence[str], bounds: Bounds, *, takes_drafts: bool = False
) -> CallBody:
    """A bare document, or ``{name: document, "options": {...}}``.

    ``name`` is what the document is called; None where a call has none, and a bare body holds the options. Options are
    an object, or a list of objects where their order or number matters. ``documents`` are options that hold a document.
    """
    found = parsed(data, bounds)
    if not _is_wrapped(found, name):
        if name is None:
            return _with_options(None, found, documents)
        if not isinstance(found, dict | list):
            raise NotAnswered(problem(400, f"the body is a {name}, or an object with {name} and options", exit_code=2))
        return CallBody(data, (), {})
    known = (name, "options", *documents, *(DRAFTS if takes_drafts else ()))
    unknown = [key for key in found if key not in known]
    if unknown:
        what = " and ".join(['"options"'] if name is None else [f'"{name}"', '"options"'])
        raise NotAnswered(
            problem(400, f'"{unknown[0][:40]}" is not known beside them; a body holds {what}', exit_code=2)
        )
    held = found.get(name) if name is not None else None
    document = None if held is None else document_bytes(held)
    beside = {key: found[key] for key in known[2:] if key in found}
    return _with_options(document, found.get("options", {}), documents, beside)


def _is_wrapped(found: Any, name: str | None) -> bool:
    if not isinstance(found, dict) or "resourceType" in found or "schema" in found:
        return False
    return "options" in found or (name is not None and name in found)


def _with_options(
    document: bytes | None, options: Any, documents: Sequence[str], beside: Mapping[str, Any] | None = None
) -> CallBody:
    tables = options if isinstance(options, list) else [options]
    if not all(isinstance(each, dict) for each in tables):
        raise NotAnswered(problem(400, "options are an object, or a list of objects", exit_code=2))
    pairs = [(key, value) for table in tables for key, value in table.items()] + list((beside or {}).items())
    others: dict[str, bytes] = {}
    for key, value in pairs:
        if key.replace("-", "_") in documents and value is not None:
            others[key.replace("-", "_")] = document_bytes(value)
    return CallBody(document, tuple(pairs), others)


def document_bytes(value: Any) -> bytes:
    """A document as the bytes of a file: a text as it stands, rows as CSV, all else as JSON with the same numbers."""
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    return _dumped(value).encode()


def _dumped(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(key)}:{_dumped(held)}" for key, held in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(_dumped(each) for each in value) + "]"
    if isinstance(value, Decimal):
        return str(value)
    return json.dumps(value)
