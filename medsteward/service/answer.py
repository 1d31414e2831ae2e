"""An answer as a value: status, bytes, media type, headers. Where there is no document it is a problem (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from http import HTTPStatus

from attrs import frozen

JSON = "application/json"
PROBLEM = "application/problem+json"


@frozen
class HttpAnswer:
    """What is sent back. ``closes``: the connection ends with it, since the rest of the request was not read."""

    status: int
    body: bytes
    media: str = JSON
    headers: tuple[tuple[str, str], ...] = ()
    closes: bool = False


def problem(
    status: int,
    detail: str,
    *,
    said: Sequence[str] = (),
    exit_code: int | None = None,
    headers: tuple[tuple[str, str], ...] = (),
    closes: bool = False,
) -> HttpAnswer:
    """An answer without a document. ``detail`` and ``said`` name no patient."""
    found: dict[str, object] = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    if exit_code is not None:
        found["exit_code"] = exit_code
        headers = (*headers, (EXIT, str(exit_code)))
    if said:
        found["said"] = list(said)
    return HttpAnswer(status, json_bytes(found), PROBLEM, headers, closes)


EXIT = "Medsteward-Exit"
"""The header with the command's exit code."""


def json_bytes(value: object) -> bytes:
    """A document as the service writes its own: UTF-8, a line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


class NotAnswered(Exception):
    """A request that is not answered with a document. ``answer`` says why."""

    def __init__(self, answer: HttpAnswer) -> None:
        self.answer = answer
        super().__init__(f"HTTP {answer.status}")
