"""``/api``: a body to a command and back. The answer is the command line's bytes, the exit code is in a header."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from medsteward.service.answer import EXIT, JSON, HttpAnswer, NotAnswered, problem
from medsteward.service.body import DRAFTS, CallBody, asked, document_bytes, lines_of
from medsteward.service.bounds import Bounds
from medsteward.service.calling import Command
from medsteward.service.head import media_type
from medsteward.service.headers import printed_policy
from medsteward.service.request import WebRequest

INPUT = "-"
_ROWS = ("fills", "products")
"""Documents that are rows of CSV: a list of objects is written as such."""


def answer_call(command: Command, today: Callable[[], date], bounds: Bounds, request: WebRequest) -> HttpAnswer:
    """The answer of a command to a body. Raises ``NotAnswered`` where there is none."""
    media = wanted(request.head.get("accept"), command.media)
    if media is None:
        raise NotAnswered(problem(406, f"it is answered as {', '.join(command.media)}"))
    found = asked(request.body, command.document, command.documents, bounds, takes_drafts=command.takes_drafts)
    options, drafts = _with_drafts(found.options)
    if command.takes_drafts:
        _refuse_too_many(found, options, bounds)
    result = command.ask(options, {**_documents(command, found), **drafts}, today=today(), media=media)
    if not result.body:
        said = list(result.said) or ["nothing was answered"]
        return problem(400, said[-1], said=said[:-1], exit_code=result.exit_code)
    headers: list[tuple[str, str]] = [(EXIT, str(result.exit_code))]
    if media == "text/html":
        headers.append(("Content-Security-Policy", printed_policy(result.body)))
    return HttpAnswer(200, result.body, result.media, tuple(headers))


def handler(command: Command, today: Callable[[], date], bounds: Bounds) -> Callable[[WebRequest], HttpAnswer]:
    """The route's function of one command."""
    return partial(answer_call, command, today, bounds)


def _with_drafts(options: Sequence[tuple[str, Any]]) -> tuple[list[tuple[str, Any]], dict[str, bytes]]:
    """Options in which each draft that is a document has a name, and the documents by those names."""
    found: list[tuple[str, Any]] = []
    documents: dict[str, bytes] = {}
    for key, value in options:
        if key in DRAFTS and value is not None:
            drafts = value if isinstance(value, list) else [value]
            named = [f"draft {n}" if isinstance(each, dict | list) else each for n, each in enumerate(drafts, start=1)]
            documents |= {
                name: document_bytes(each)
                for name, each in zip(named, drafts, strict=True)
                if isinstance(each, dict | list)
            }
            value = named
        found.append((key, value))
    return found, documents


def _refuse_too_many(found: CallBody, options: Sequence[tuple[str, Any]], bounds: Bounds) -> None:
    """Raises ``NotAnswered`` (413) for more drafts than can be held one by one against so long a list in good time."""
    drafts = sum(len(value) for key, value in options if key in DRAFTS and isinstance(value, list))
    lines = lines_of(found.document or b"")
    if drafts * (lines + drafts) > bounds.drafts_by_lines:
        text = f"{drafts} drafts beside {lines} medications; send fewer drafts in one call"
        raise NotAnswered(problem(413, text, exit_code=2))


def _documents(command: Command, found: CallBody) -> Mapping[str, bytes]:
    held = dict(found.others)
    if found.document is not None:
        held[INPUT] = found.document
    return {
        name: _as_rows(data) if (command.document if name == INPUT else name) in _ROWS else data
        for name, data in held.items()
    }


def _as_rows(data: bytes) -> bytes:
    """A list of objects as CSV; all else as it stands."""
    if not data.lstrip().startswith(b"["):
        return data
    rows = json.loads(data, parse_float=str, parse_int=str)
    if not all(isinstance(row, dict) and not any(isinstance(v, dict | list) for v in row.values()) for row in rows):
        raise NotAnswered(problem(400, "rows are a list of flat objects, or a text of CSV", exit_code=2))
    columns = list(dict.fromkeys(key for row in rows for key in row))
    written = io.StringIO(newline="")
    table = csv.writer(written, lineterminator="\n")
    table.writerow(columns)
    table.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return written.getvalue().encode("utf-8", "surrogatepass")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def wanted(accept: str | None, offered: tuple[str, ...]) -> str | None:
    """The media type that a client prefers among those offered, JSON where it does not mind; None where none will do.

    Weights are looked at, and of equal ones the first that the client names is taken.
    """
    if not accept or not accept.strip():
        return JSON
    ranges: list[tuple[float, int, str]] = []
    for number, each in enumerate(accept.split(",")[:50]):
        name, _ = media_type(each)
        weight = _weight(each)
        if weight is None:
            return None
        ranges.append((-weight, number, name))
    refused = {name for weight, _, name in ranges if weight == 0}
    for weight, _, name in sorted(ranges):
        if weight == 0:
            continue
        if name == "*/*" or (name == "application/*" and JSON in offered):
            if JSON not in refused:
                return JSON
        elif name in offered:
            return name
        elif name.endswith("/*"):
            first = next((each for each in offered if each.startswith(name[:-1]) and each not in refused), None)
            if first is not None:
                return first
    return None


def _weight(text: str) -> float | None:
    for part in text.split(";")[1:]:
        key, _, value = part.partition("=")
        if key.strip().casefold() == "q":
            value = value.strip()
            if not value.replace(".", "", 1).isdecimal() or not value.isascii():
                return None
            return min(float(value), 1.0)
    return 1.0
