"""From a route to a plain function of a request, and back: small ones at once, others in a thread."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from attrs import frozen
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from medsteward.service.answer import HttpAnswer
from medsteward.service.head import Head

ANSWER = "medsteward.answer"
"""Where a route leaves its answer in the scope."""
HEAD = "medsteward.head"
ISSUER = "medsteward.issuer"
"""Who called, by the name in the list of clients."""
_AT_ONCE = 20_000
"""Bytes of a body that is answered without a thread: it takes milliseconds, and a thread would cost more than it."""


@frozen
class WebRequest:
    """A request that was let in and is whole. ``parameters`` are the parts of its path."""

    head: Head
    body: bytes
    parameters: Mapping[str, str]


@frozen
class CalledBy:
    """Notes for the log beside an answer. ``issuer`` is the name in the list of clients."""

    answer: HttpAnswer
    issuer: str | None = None


class Handler(Protocol):
    """A plain function that answers. It raises ``NotAnswered`` for what has no document."""

    def __call__(self, request: WebRequest, /) -> HttpAnswer | CalledBy:
        """The answer."""


class Endpoint:
    """A route's end: the handler, called here, or in a thread where it is ``slow`` or the body large."""

    def __init__(self, handler: Handler, *, slow: bool = False) -> None:
        """``slow``: it takes tens of milliseconds whatever the body is."""
        self._handler, self._slow = handler, slow

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Leave the answer in the scope."""
        message = await receive()
        request = WebRequest(scope[HEAD], message["body"], scope.get("path_params", {}))
        if self._slow or len(request.body) > _AT_ONCE:
            found = await run_in_threadpool(self._handler, request)
        else:
            found = self._handler(request)
        if isinstance(found, CalledBy):
            scope[ISSUER], found = found.issuer, found.answer
        scope[ANSWER] = found
