"""HTTP/1.1 on a connection, with an end to waiting: for a head, and for a client that does not take its answer."""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from medsteward.service.bounds import Bounds

_FULL = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def bounded(bounds: Bounds) -> type[H11Protocol]:
    """The protocol with these bounds: uvicorn makes one of it for each connection."""

    class BoundedProtocol(H11Protocol):
        """Ends a connection that is silent, half a head, or not read from."""

        def __init__(
            self,
            config: Config,
            server_state: ServerState,
            app_state: dict[str, Any],
            _loop: asyncio.AbstractEventLoop | None = None,
        ) -> None:
            super().__init__(config, server_state, app_state, _loop)
            self._timer: asyncio.TimerHandle | None = None
            self._unread: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            """Wait for a head, unless there are too many connections."""
            assert isinstance(transport, asyncio.Transport)
            super().connection_made(transport)
            if len(self.connections) > bounds.connections:
                transport.write(_FULL)
                transport.close()
                return
            self._wait()

        def data_received(self, data: bytes) -> None:
            """Take bytes; a head that has begun must be whole in time."""
            super().data_received(data)
            if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
                if self._timer is None:
                    self._wait()
            else:
                self._stop()

        def connection_lost(self, exc: Exception | None) -> None:
            """Wait for nothing more."""
            self._stop()
            if self._unread is not None:
                self._unread.cancel()
            super().connection_lost(exc)

        def pause_writing(self) -> None:
            """The client does not take its answer."""
            super().pause_writing()
            if self._unread is None:
                self._unread = self.loop.call_later(bounds.unread, self.transport.abort)

        def resume_writing(self) -> None:
            """It does again."""
            super().resume_writing()
            if self._unread is not None:
                self._unread.cancel()
                self._unread = None

        def _wait(self) -> None:
            self._timer = self.loop.call_later(bounds.head, self.transport.abort)

        def _stop(self) -> None:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None

    return BoundedProtocol
