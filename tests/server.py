"""A service that runs in this process on a free port of the loopback, and what is said to it byte for byte."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import jsonschema
from attrs import define, evolve

from medsteward.cli.served import served
from medsteward.schemas import schema_text
from medsteward.service.app import application
from medsteward.service.pages import NO_SITE, Site
from medsteward.service.run import bound, server_of
from medsteward.service.settings import Settings


@define
class Reply:
    """What came back: the status, the headers in lower case, the body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@define
class Service:
    """A running service, and every line that it wrote down."""

    settings: Settings
    lines: list[str]

    @property
    def port(self) -> int:
        return self.settings.port

    def raw(self, data: bytes, *, then: bytes = b"", ends: bool = True) -> bytes:
        """Send bytes as they are and read until the service closes; ``then`` is sent once something came back."""
        with self.connect() as connection:
            connection.sendall(data)
            if then:
                first = connection.recv(65536)
                connection.sendall(then)
                return first + _rest(connection)
            if ends:
                connection.shutdown(socket.SHUT_WR)
            return _rest(connection)

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def send(
        self, method: str, path: str, body: bytes = b"", *, host: str | None = None, **headers: str | None
    ) -> Reply:
        """One request on its own connection. Header names are written with underscores; None leaves one out."""
        given: dict[str, str | None] = {"host": host or f"127.0.0.1:{self.port}", "connection": "close"}
        if method == "POST":
            given |= {"content-type": "application/json", "content-length": str(len(body))}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        head = "".join(f"{name}: {value}\r\n" for name, value in given.items() if value is not None)
        reply = read_reply(self.raw(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode("latin-1") + body, ends=False))
        if reply.status == 200 and method != "HEAD" and path.startswith("/cds-services"):
            _follows(reply, path)
        return reply

    def ask(self, path: str, body: Any, **headers: str | None) -> Reply:
        """A JSON body to a route."""
        return self.send("POST", path, json.dumps(body).encode(), **headers)


def _follows(reply: Reply, path: str) -> None:
    """Every answer of CDS Hooks follows its schema, in whatever test it is given."""
    if path == "/cds-services":
        jsonschema.validate(reply.json, json.loads(schema_text("cds_discovery")))
    elif path.endswith("/feedback"):
        assert reply.json == {}
    else:
        jsonschema.validate(reply.json, json.loads(schema_text("cds_cards")))


def _rest(connection: socket.socket) -> bytes:
    found = b""
    try:
        while chunk := connection.recv(65536):
            found += chunk
    except ConnectionResetError:
        pass
    return found


def read_reply(data: bytes) -> Reply:
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Reply(int(first.split()[1]), headers, body)


@contextmanager
def running(settings: Settings, site: Site = NO_SITE) -> Iterator[Service]:
    """A service with these settings until the block ends."""
    listener = bound(evolve(settings, port=0))
    there = evolve(settings, port=listener.getsockname()[1])
    lines: list[str] = []
    ready = threading.Event()
    server = server_of(application(served(), there, site=site, log=lines.append), there, lines.append, ready.set)
    thread = threading.Thread(target=lambda: server.run(sockets=[listener]), daemon=True)
    thread.start()
    assert ready.wait(20)
    try:
        yield Service(there, lines)
    finally:
        server.should_exit = True
        thread.join(20)
        listener.close()
        assert not thread.is_alive()


Start = Callable[..., Service]
