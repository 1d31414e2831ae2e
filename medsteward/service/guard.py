"""What stands before every route: it lets in, reads the body within bounds, answers what fails, and writes the log."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.routing import Router
from starlette.types import Message, Receive, Scope, Send

from medsteward.service.answer import HttpAnswer, NotAnswered, problem
from medsteward.service.head import Head, refusal, too_large
from medsteward.service.headers import headers_for, preflight
from medsteward.service.log import Write, place_of, request_line
from medsteward.service.request import ANSWER, HEAD, ISSUER
from medsteward.service.settings import Settings


class Gone(Exception):
    """The client went away before its request was whole."""


class Guard:
    """The application: what is checked before the routes of ``router``.

    ``template_of`` gives the route of a path as it may be written down.
    """

    def __init__(self, router: Router, settings: Settings, log: Write, template_of: Callable[[str], str]) -> None:
        """Nobody is served yet."""
        self._router, self._settings, self._log, self._template_of = router, settings, log, template_of
        self._busy = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """HttpAnswer one request."""
        if scope["type"] != "http":
            return
        began = time.perf_counter()
        head = head_of(scope)
        scope[HEAD] = head
        scope["app"] = self  # the router then raises what it does not find
        try:
            answer = await self._answered(head, scope, receive)
        except Gone:
            return
        await _sent(answer, head, self._settings, send)
        taken = (time.perf_counter() - began) * 1000
        self._log(request_line(self._template_of(head.path), answer.status, taken, scope.get(ISSUER)))

    async def _answered(self, head: Head, scope: Scope, receive: Receive) -> HttpAnswer:
        refused = refusal(head, self._settings)
        if refused is not None:
            return refused
        if head.method == "OPTIONS" and head.is_json:
            return preflight(head, self._settings)
        if self._busy >= self._settings.bounds.requests:
            return BUSY
        self._busy += 1
        try:
            body = await self._whole(head, receive)
            return await self._routed(body, scope)
        except NotAnswered as error:
            return error.answer
        except HTTPException as error:
            return problem(error.status_code, error.detail, headers=tuple((error.headers or {}).items()))
        except Gone:
            raise
        except Exception as error:
            self._log(f"internal error: {place_of(error)}")
            return problem(500, f"internal error ({type(error).__name__}); the log says where", exit_code=1)
        finally:
            self._busy -= 1

    async def _whole(self, head: Head, receive: Receive) -> bytes:
        """The body. Raises ``NotAnswered`` for one that is too large or too slow."""
        most = head.allowed_bytes(self._settings)
        chunks: list[bytes] = []
        size = 0
        try:
            async with asyncio.timeout(self._settings.bounds.body):
                while True:
                    message = await receive()
                    if message["type"] != "http.request":
                        raise Gone
                    chunk = message.get("body", b"")
                    size += len(chunk)
                    if size > most:
                        raise NotAnswered(too_large(most))
                    if chunk:
                        chunks.append(chunk)
                    if not message.get("more_body", False):
                        return b"".join(chunks)
        except TimeoutError:
            seconds = self._settings.bounds.body
            raise NotAnswered(problem(408, f"the body was not whole after {seconds:g} seconds", closes=True)) from None

    async def _routed(self, body: bytes, scope: Scope) -> HttpAnswer:
        """What the route answers. It leaves its answer in the scope, and is handed a body that is whole."""

        async def whole() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def unsent(message: Message) -> None:
            """Routes send nothing by themselves."""

        await self._router(scope, whole, unsent)
        answer: HttpAnswer = scope[ANSWER]
        return answer


BUSY = problem(503, "too many requests at once; try again", headers=(("Retry-After", "1"),), closes=True)


def head_of(scope: Scope) -> Head:
    """The head of a request of ASGI."""
    headers = tuple((key.decode("latin-1").lower(), value.decode("latin-1")) for key, value in scope["headers"])
    return Head(scope["method"], scope["path"], headers)


async def _sent(answer: HttpAnswer, head: Head, settings: Settings, send: Send) -> None:
    headers = headers_for(answer, head, settings)
    if answer.status != 204:
        headers.append(("Content-Length", str(len(answer.body))))
    raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    await send({"type": "http.response.start", "status": answer.status, "headers": raw})
    await send({"type": "http.response.body", "body": b"" if head.method == "HEAD" else answer.body})
