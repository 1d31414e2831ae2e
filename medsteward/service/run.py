"""The server around the application: its socket, its end, and nothing that uvicorn would write down by itself."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from starlette.types import ASGIApp
from uvicorn.config import Config
from uvicorn.server import Server

from medsteward.service.bounds import Bounds
from medsteward.service.log import Write
from medsteward.service.protocol import bounded
from medsteward.service.settings import Settings

_ENDS = ("SIGINT", "SIGTERM", "SIGBREAK", "SIGHUP")


class CleanServer(Server):
    """Ends with what is in flight answered, and with exit code 0: a stop that was asked for is no failure.

    ``told`` is called once it listens.
    """

    def __init__(self, config: Config, bounds: Bounds, told: Callable[[], None]) -> None:
        """Not running yet."""
        super().__init__(config)
        self.bounds, self.told = bounds, told
        self.protocol = bounded(bounds)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen. Half a greeting of TLS is waited for no longer than half a head."""
        loop = asyncio.get_running_loop()
        wait = self.bounds.head if self.config.ssl is not None else None

        def protocol() -> asyncio.BaseProtocol:
            return self.protocol(self.config, self.server_state, {}, loop)

        self.servers = [
            await loop.create_server(
                protocol,
                sock=each,
                ssl=self.config.ssl,
                backlog=512,
                ssl_handshake_timeout=wait,
                ssl_shutdown_timeout=wait,
            )
            for each in sockets or []
        ]
        self.started = True
        self.told()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop at the first signal that ends us, at once at the second; signals are not raised again afterwards."""
        if threading.current_thread() is not threading.main_thread():  # only that one may ask for signals
            yield
            return
        before = {}
        for name in _ENDS:
            number = getattr(signal, name, None)
            if number is not None:
                before[number] = signal.signal(number, self._end)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _end(self, number: int, frame: FrameType | None) -> None:
        if self.should_exit:
            self.force_exit = True
        self.should_exit = True


class _TypeAlone(logging.Handler):
    """What uvicorn says, without the values in it and without the text of an error."""

    def __init__(self, log: Write) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line."""
        kind = record.exc_info[0] if record.exc_info else None
        said = str(record.msg).strip().partition("\n")[0].rstrip(".")
        self._log(f"server: {said}{f' ({kind.__name__})' if kind is not None else ''}")


def bound(settings: Settings) -> socket.socket:
    """A socket at its address, not listening yet. Raises ``OSError`` where the port is taken.

    The protocol is named: without it each answer of a kept connection waits 40 ms for the client's acknowledgement.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((settings.host, settings.port))
    except BaseException:
        found.close()
        raise
    return found


def server_of(app: ASGIApp, settings: Settings, log: Write, told: Callable[[], None]) -> CleanServer:
    """The server, not running yet. Raises ``OSError`` or ``ssl.SSLError`` for key files that cannot be used."""
    logger = logging.getLogger("uvicorn.error")
    logger.handlers[:] = [_TypeAlone(log)]
    logger.propagate = False
    logging.getLogger("uvicorn.access").handlers[:] = []
    config = Config(
        app,
        http="h11",
        ws="none",
        loop="asyncio",
        lifespan="off",
        interface="asgi3",
        access_log=False,
        log_config=None,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=settings.bounds.idle,
        timeout_graceful_shutdown=settings.bounds.ending,
        h11_max_incomplete_event_size=16_384,
        backlog=512,
    )
    config.load()
    config.ssl = tls_of(settings)
    return CleanServer(config, settings.bounds, told)


def tls_of(settings: Settings) -> ssl.SSLContext | None:
    """What encrypts, by the files that the settings name: TLS 1.2 or later."""
    if settings.tls_cert is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(settings.tls_cert, settings.tls_key)
    return context
