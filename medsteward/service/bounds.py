"""How much a request may hold and how long it may take. All of them are this project's own choice."""

from __future__ import annotations

from attrs import frozen


@frozen
class Bounds:
    """Sizes in bytes, times in seconds, counts.

    ``requests`` are answered at once, ``connections`` held at once; more get 503. ``lines`` are medications of a case,
    and draft orders. Where each draft is held against all of them by itself, ``drafts_by_lines`` bounds the number of
    drafts times that of drafts and lines. ``depth`` is how deeply JSON is nested. ``head`` is the time for the head of
    a request, ``body`` for all of its body, ``idle`` between two requests of a connection, ``unread`` for a client that
    does not take its answer, ``ending`` for requests in flight when the service stops.
    """

    body_bytes: int = 1_000_000
    upload_bytes: int = 20_000_000
    lines: int = 200
    drafts_by_lines: int = 1_200
    depth: int = 40
    requests: int = 64
    connections: int = 512
    head: float = 5.0
    body: float = 10.0
    idle: int = 5
    unread: float = 20.0
    ending: int = 10


BOUNDS = Bounds()
