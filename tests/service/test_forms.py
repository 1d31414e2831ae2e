"""Forms of pages: taken from our own pages alone, whole or not at all, and never kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import gettempdir
from urllib.parse import quote

import pytest
from attrs import frozen

from medsteward.service.bounds import Bounds
from medsteward.service.forms import MOST_FIELDS
from medsteward.service.pages import Asset, Fields, Site, Uploaded
from medsteward.service.settings import Settings
from tests.server import Reply, Service, Start

FORM = "application/x-www-form-urlencoded"


@frozen
class Shown:
    status: int
    body: bytes
    media: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


def echo(fields: Fields, files: Mapping[str, Uploaded], *, today: date) -> Shown:
    """A screen that shows what it was sent."""
    found = {name: list(values) for name, values in fields.items()}
    held = {name: (each.name, len(each.data)) for name, each in files.items()}
    return Shown(200, repr((found, held)).encode())


SITE = Site({"/": echo}, {"/page.css": Asset(b"body{}", "text/css")})


@pytest.fixture
def there(start: Start) -> Service:
    return start(Settings(), SITE)


def sent(there: Service, body: bytes = b"a=1", **headers: str | None) -> Reply:
    return there.send("POST", "/", body, **{"content_type": FORM, **headers})


def test_a_form_of_our_own_page_is_taken(there: Service):
    own = f"http://127.0.0.1:{there.port}"
    assert sent(there, sec_fetch_site="same-origin", origin=own).status == 200
    assert sent(there, sec_fetch_site="same-origin").status == 200
    assert sent(there, origin=own).status == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", "", "Same-Origin"])
def test_a_form_from_elsewhere_is_not(there: Service, site: str):
    assert sent(there, sec_fetch_site=site).status == 403


@pytest.mark.parametrize("origin", [None, "null", "http://127.0.0.1", "https://evil.example", "http://localhost:1"])
def test_a_form_without_our_origin_is_not(there: Service, origin: str | None):
    assert sent(there, origin=origin).status == 403
    assert origin is None or sent(there, origin=origin, sec_fetch_site="same-origin").status == 403


def test_a_list_of_origins_for_programs_opens_no_page(start: Start):
    there = start(Settings(cors_origins=("https://ehr.example.org",)), SITE)
    assert sent(there, origin="https://ehr.example.org").status == 403


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "", None])
def test_a_form_has_the_type_of_one(there: Service, kind: str | None):
    assert sent(there, sec_fetch_site="same-origin", content_type=kind).status == 415


def test_a_page_is_shown_to_anyone_who_opens_it_and_keeps_nothing(there: Service):
    for site in ("none", "cross-site", "same-origin"):
        reply = there.send("GET", "/?a=1", sec_fetch_site=site)
        assert reply.body == b"({}, {})"
        assert reply.headers["content-type"] == "text/html; charset=utf-8"
        assert reply.headers["cache-control"] == "no-store"
        assert "set-cookie" not in reply.headers
    assert there.send("GET", "/page.css").headers["content-type"] == "text/css; charset=utf-8"


def test_fields_come_in_their_order_and_with_every_value(there: Service):
    body = f"a=1&b=&a={quote('é ')}+x&c".encode()
    assert (
        sent(there, body, sec_fetch_site="same-origin").body.decode()
        == "({'a': ['1', 'é  x'], 'b': [''], 'c': ['']}, {})"
    )


@pytest.mark.parametrize("body", [b"a=%ff", b"\xff=1", b"&".join([b"a=1"] * (MOST_FIELDS + 1))])
def test_a_form_that_cannot_be_read_is_a_problem(there: Service, body: bytes):
    assert sent(there, body, sec_fetch_site="same-origin").status == 400


def multipart(*parts: tuple[str, bytes]) -> bytes:
    pieces = [b"--x\r\ncontent-disposition: form-data; %s\r\n\r\n%s\r\n" % (h.encode(), data) for h, data in parts]
    return b"".join(pieces) + b"--x--\r\n"


def uploaded(there: Service, body: bytes, kind: str = "multipart/form-data; boundary=x") -> Reply:
    return sent(there, body, sec_fetch_site="same-origin", content_type=kind)


def test_a_file_comes_with_a_form_and_stays_in_memory(there: Service):
    before = set(Path(gettempdir()).iterdir())
    data = b"row\n" * 600_000
    body = multipart(('name="a"', b"1"), ('name="f"; filename="C:\\\\x\\\\..\\\\fills.csv"', data), ('name="a"', b"2"))
    assert uploaded(there, body).body.decode() == f"({{'a': ['1', '2']}}, {{'f': ('fills.csv', {len(data)})}})"
    new = {path.name for path in set(Path(gettempdir()).iterdir()) - before}
    assert not [name for name in new if name.startswith("tmp")]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "multipart/form-data"),
        (b"x", "multipart/form-data; boundary=x"),
        (b"--x\r\n" * 3, "multipart/form-data; boundary=x"),
        (multipart(('name="a"', b"1"))[:-12], "multipart/form-data; boundary=x"),
        (multipart(*[('name="a"', b"")] * (MOST_FIELDS + 20)), "multipart/form-data; boundary=x"),
    ],
)
def test_half_a_form_with_files_is_a_problem(there: Service, body: bytes, kind: str):
    assert uploaded(there, body, kind).status == 400
    assert there.send("GET", "/health").status == 200


def test_a_form_is_bounded_and_one_with_files_more_widely(start: Start):
    there = start(Settings(bounds=Bounds(body_bytes=1_000, upload_bytes=10_000)), SITE)
    assert sent(there, b"a=" + b"x" * 2_000, sec_fetch_site="same-origin").status == 413
    assert uploaded(there, multipart(('name="a"', b"x" * 2_000))).status == 200
    assert uploaded(there, multipart(('name="a"', b"x" * 20_000))).status == 413
