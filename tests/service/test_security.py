"""Each line of what the service promises about security, by raw socket."""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time

import pytest

from medsteward.service.bounds import Bounds
from medsteward.service.settings import Settings
from tests.server import Service, Start, read_reply

CASE = {"medications": [{"sig": "oxycodone 10 mg, 1 tablet every 6 hours"}]}
BODY = json.dumps(CASE).encode()
TOKEN = "0123456789abcdef0123456789abcdef"
QUICK = Bounds(head=0.2, body=0.3, idle=1)


# Host: the one guard against a name that was bound to this machine.


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "LocalHost", "localhost.", "localhost:1", "127.0.0.1:80"]
)
def test_own_names_are_answered(service: Service, host: str):
    assert service.send("GET", "/health", host=host).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "evil.example:8460",
        "localhost@evil.example",
        "localhost:8460:1",
        "localhost:x",
        "[::1",
        "[::1]x",
        "*",
        "www.localhost",
        "0.0.0.0",
    ],
)
def test_other_names_are_refused(service: Service, host: str):
    assert service.send("GET", "/health", host=host).status == 400
    assert service.ask("/api/mme", CASE, host=host).status == 400


@pytest.mark.parametrize(
    "lines",
    [b"", b"host: \r\n", b"host: localhost\r\nhost: evil.example\r\n", b"host: localhost\r\nhost: localhost\r\n"],
)
def test_an_empty_double_or_missing_host_is_refused(service: Service, lines: bytes):
    assert read_reply(service.raw(b"GET /health HTTP/1.1\r\n" + lines + b"\r\n")).status == 400


def test_http_1_0_without_a_host_is_refused(service: Service):
    assert read_reply(service.raw(b"GET /health HTTP/1.0\r\n\r\n")).status == 400


def test_an_allowed_host_is_answered_and_no_other(start: Start):
    there = start(Settings(allowed_hosts=("cds.example.org",)))
    assert there.send("GET", "/health", host="CDS.example.org:443").status == 200
    assert there.send("GET", "/health", host="a.cds.example.org").status == 400


def test_the_host_comes_before_everything_else(service: Service):
    reply = service.ask("/api/mme", CASE, host="evil.example", content_type="text/plain", origin="https://evil.example")
    assert reply.status == 400


# Origin and type.


def test_a_foreign_origin_may_not_call(service: Service):
    for origin in ("https://evil.example", "null", f"http://127.0.0.1:{service.port + 1}", "http://localhost"):
        assert service.ask("/api/mme", CASE, origin=origin).status == 403
    assert service.ask("/api/mme", CASE, origin=f"http://127.0.0.1:{service.port}").status == 200


def test_a_page_of_another_origin_may_not_call_without_naming_it(service: Service):
    assert service.ask("/api/mme", CASE, sec_fetch_site="cross-site").status == 403
    assert service.ask("/api/mme", CASE, sec_fetch_site="same-site").status == 403
    assert service.ask("/api/mme", CASE, sec_fetch_site="same-origin").status == 200


def test_a_listed_origin_may_call_and_read(start: Start):
    there = start(Settings(cors_origins=("https://ehr.example.org",)))
    reply = there.ask("/api/mme", CASE, origin="https://ehr.example.org")
    assert (reply.status, reply.headers["access-control-allow-origin"]) == (200, "https://ehr.example.org")
    assert "access-control-allow-credentials" not in reply.headers
    assert reply.headers["vary"] == "Origin"
    assert there.ask("/api/mme", CASE, origin="https://other.example.org").status == 403
    asked = {"access_control_request_method": "POST", "access_control_request_headers": "content-type,authorization"}
    granted = there.send("OPTIONS", "/api/mme", b"", origin="https://ehr.example.org", **asked)
    assert (granted.status, granted.headers["access-control-allow-headers"]) == (204, "authorization, content-type")
    more = {**asked, "access_control_request_headers": "x-other"}
    assert there.send("OPTIONS", "/api/mme", b"", origin="https://ehr.example.org", **more).status == 403
    assert there.send("OPTIONS", "/api/mme", b"", origin="https://other.example.org", **asked).status == 403


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonx", "", None]
)
def test_json_routes_take_json_alone(service: Service, kind: str | None):
    assert service.ask("/api/mme", CASE, content_type=kind).status == 415


def test_json_may_name_its_encoding_if_it_is_utf_8(service: Service):
    assert service.ask("/api/mme", CASE, content_type="application/json; charset=UTF-8").status == 200
    assert service.ask("/api/mme", CASE, content_type="application/json; charset=latin-1").status == 415


def test_a_compressed_body_is_refused(service: Service):
    assert service.ask("/api/mme", CASE, content_encoding="gzip").status == 415


# Sizes.


def test_a_body_that_says_it_is_too_large_is_refused_unread(service: Service):
    head = (
        f"POST /api/mme HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
        f"content-length: {Bounds().body_bytes + 1}\r\n\r\n"
    )
    assert read_reply(service.raw(head.encode(), ends=False)).status == 413


def test_a_body_in_pieces_is_counted(start: Start):
    there = start(Settings(bounds=Bounds(body_bytes=1000)))
    head = (
        b"POST /api/mme HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
        b"transfer-encoding: chunked\r\n\r\n"
    )
    piece = b"1f4\r\n" + b" " * 500 + b"\r\n"
    assert read_reply(there.raw(head + piece * 3, ends=False)).status == 413
    assert read_reply(there.raw(head + b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY), then=b" ")).status == 200


@pytest.mark.parametrize("length", ["-1", "1e3", "99999999999999999999", "1, 1", "+5"])
def test_a_length_that_is_no_number_is_refused(service: Service, length: str):
    assert service.send("POST", "/api/mme", BODY, content_length=length).status in (400, 413)


def test_too_many_medications_are_refused(service: Service):
    most = Bounds().lines
    many = {"medications": [{"drug": "naloxone"}] * (most + 1)}
    assert service.ask("/api/check", many).status == 413
    orders = [{"resource": {"resourceType": "MedicationRequest"}}] * (most + 1)
    assert service.ask("/api/mme", {"resourceType": "Bundle", "entry": orders}).status == 413
    assert service.ask("/api/check", {"medications": [{"drug": "naloxone"}] * most}).status == 200


def test_deep_nesting_is_refused(service: Service):
    for depth in (Bounds().depth + 1, 3_000, 200_000):
        assert service.send("POST", "/api/mme", b'{"a":' + b"[" * depth + b"]" * depth + b"}").status == 400


@pytest.mark.parametrize("body", [b"", b"{", b'{"a": NaN}', b'{"a":1,"a":2}', b"\xff", b'"\\ud800"', b"1e999", b"null"])
def test_a_body_that_is_no_document_is_a_problem(service: Service, body: bytes):
    reply = service.send("POST", "/api/mme", body)
    assert (reply.status, reply.headers["content-type"]) == (400, "application/problem+json")
    assert reply.json["status"] == 400
    assert reply.json["detail"]


# Time.


@pytest.mark.parametrize("sent", [b"", b"GET /hea", b"GET /health HTTP/1.1\r\nhost: localhost\r\nx: "])
def test_a_connection_that_says_nothing_whole_is_ended(start: Start, sent: bytes):
    there = start(Settings(bounds=QUICK))
    assert there.raw(sent, ends=False) == b""
    assert there.send("GET", "/health").status == 200


def test_a_slow_body_is_answered_with_408(start: Start):
    there = start(Settings(bounds=QUICK))
    head = b"POST /api/mme HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n"
    assert read_reply(there.raw(head + b'{"me', ends=False)).status == 408


def test_half_a_second_head_on_a_kept_connection_is_ended(start: Start):
    there = start(Settings(bounds=QUICK))
    whole = b"GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n"
    assert there.raw(whole, then=b"GET /he").count(b"HTTP/1.1 ") == 1


def _keep_sending(connection: socket.socket, data: bytes) -> None:
    for _ in range(1200):
        connection.sendall(data)
        time.sleep(0.05)


def test_a_client_that_does_not_read_is_let_go(start: Start):
    there = start(Settings(bounds=Bounds(unread=0.3, idle=1)))
    body = json.dumps({"case": {"medications": [CASE["medications"][0]] * 60}}).encode()
    request = (
        b"POST /api/check HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
        b"content-length: %d\r\n\r\n%s" % (len(body), body)
    )
    with socket.socket() as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        slow.connect(("127.0.0.1", there.port))
        slow.settimeout(120)
        with pytest.raises(ConnectionError):
            _keep_sending(slow, request * 10)
    assert there.send("GET", "/health").status == 200


def test_too_many_requests_at_once_are_told_to_come_back(start: Start):
    there = start(Settings(bounds=Bounds(requests=1)))
    head = b"POST /api/mme HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n"
    with there.connect() as waiting:
        waiting.sendall(head)
        reply = there.send("GET", "/health")
        while reply.status == 200:
            reply = there.send("GET", "/health")
        assert (reply.status, reply.headers["retry-after"]) == (503, "1")
    reply = there.send("GET", "/health")
    while reply.status == 503:
        reply = there.send("GET", "/health")
    assert reply.status == 200


def test_too_many_connections_are_told_to_come_back(start: Start):
    there = start(Settings(bounds=Bounds(connections=2)))
    with there.connect(), there.connect():
        reply = read_reply(there.raw(b"", ends=False))
        assert (reply.status, reply.headers["retry-after"]) == (503, "1")


# Headers and methods.


@pytest.mark.parametrize("path", ["/health", "/version", "/openapi.json", "/nothing", "/api/mme"])
def test_every_answer_has_the_headers(service: Service, path: str):
    reply = service.send("GET", path)
    policy = reply.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for part in ("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "connect-src 'self'"):
        assert part in policy
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["cross-origin-opener-policy"] == "same-origin"
    assert reply.headers["referrer-policy"] == "same-origin"
    assert "set-cookie" not in reply.headers
    assert "server" not in reply.headers


def test_what_is_not_there_is_a_problem(service: Service):
    assert service.send("GET", "/nothing").json["status"] == 404
    reply = service.send("GET", "/api/mme")
    assert (reply.status, reply.headers["allow"]) == (405, "POST")
    assert service.send("DELETE", "/health").status == 405
    assert service.send("GET", "/health/").status == 404


def test_head_has_no_body(service: Service):
    reply = service.send("HEAD", "/health")
    assert (reply.status, reply.body) == (200, b"")
    assert int(reply.headers["content-length"]) > 0


def test_a_websocket_is_not_opened(service: Service):
    reply = service.send("GET", "/health", connection="Upgrade", upgrade="websocket", sec_websocket_key="x")
    assert reply.status in (200, 400)


# Tokens, and what is open to whom.


def test_a_token_is_asked_for_where_there_is_one(start: Start):
    there = start(Settings(token=TOKEN.encode()))
    assert there.ask("/api/mme", CASE).status == 401
    for wrong in ("", TOKEN[:-1], TOKEN + "0", TOKEN.upper(), f"Basic {TOKEN}", "\xe9" * 32):
        assert there.ask("/api/mme", CASE, authorization=f"Bearer {wrong}").status == 401
    reply = there.ask("/api/mme", CASE, authorization=f"Bearer {TOKEN}")
    assert reply.status == 200
    assert there.send("GET", "/health").status == 200
    assert TOKEN not in "".join(there.lines)


def test_without_a_token_the_api_is_closed_to_others(start: Start):
    there = start(Settings(behind_proxy=True, base_url="https://cds.example.org"))
    assert there.ask("/api/mme", CASE, host="cds.example.org").status == 401


def test_headers_of_a_proxy_change_nothing(start: Start):
    there = start(Settings(behind_proxy=True, base_url="https://cds.example.org", token=TOKEN.encode()))
    more = {"x_forwarded_for": "127.0.0.1", "x_forwarded_host": "localhost", "x_forwarded_proto": "http"}
    assert there.ask("/api/mme", CASE, host="cds.example.org", **more).status == 401
    assert there.ask("/api/mme", CASE, host="evil.example", **more).status == 400


def test_old_tls_is_refused_and_new_answered(start: Start, key_pair: tuple[str, str]):
    key, certificate = key_pair
    there = start(Settings(tls_key=key, tls_cert=certificate))
    context = ssl.create_default_context(cafile=certificate)
    with there.connect() as plain, context.wrap_socket(plain, server_hostname="localhost") as secure:
        secure.sendall(b"GET /health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
        data = b"".join(iter(lambda: secure.recv(4096), b""))
    assert read_reply(data).headers["strict-transport-security"]
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.load_verify_locations(certificate)
    old.set_ciphers("DEFAULT:@SECLEVEL=0")
    old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    with there.connect() as plain, pytest.raises((ssl.SSLError, ConnectionError)):
        old.wrap_socket(plain, server_hostname="localhost")


def test_half_a_greeting_of_tls_is_ended(start: Start, key_pair: tuple[str, str]):
    key, certificate = key_pair
    there = start(Settings(tls_key=key, tls_cert=certificate, bounds=QUICK))
    assert there.raw(b"\x16\x03\x01", ends=False) == b""


# What is written down.


def test_no_name_is_written_down_or_answered_beyond_the_document(service: Service):
    name = "Zuckerhut-Planted"
    service.send("GET", f"/{name}?patient={name}", referer=f"https://ehr/{name}", user_agent=name)
    service.ask(f"/api/mme?x={name}", {**CASE, "id": name}, user_agent=name)
    wrong = service.ask("/api/mme", {"case": CASE, "options": {"as_of": "soon"}, name: 1})
    broken = service.send("POST", "/api/mme", b'{"id": "%s", ' % name.encode())
    drug = service.ask("/api/mme", {"medications": [{"sig": f"{name} 10 mg, 1 tablet daily"}]})
    assert wrong.status == broken.status == 400
    assert name not in broken.body.decode()
    assert name in drug.body.decode()
    assert name not in "\n".join(service.lines)
    assert any(" /api/mme 200 " in line for line in service.lines)


def test_an_error_of_ours_is_written_down_by_kind_and_place(start: Start, monkeypatch: pytest.MonkeyPatch):
    there = start(Settings())
    monkeypatch.setattr("medsteward.service.api.asked", lambda *_, **__: 1 / 0)
    reply = there.ask("/api/mme", {"id": "Zuckerhut"})
    assert (reply.status, reply.json["exit_code"]) == (500, 1)
    assert any("ZeroDivisionError in " in line for line in there.lines)
    assert "Zuckerhut" not in "\n".join(there.lines)


# At once.


def test_several_at_once_give_the_same_bytes(service: Service):
    bodies = {
        "/api/mme": CASE,
        "/api/check": {"medications": [*CASE["medications"], {"drug": "diazepam"}]},
        "/api/review": CASE,
        "/api/taper": {
            "case": {
                "patient": {"indication": "chronic pain"},
                "medications": [{"sig": "oxycodone IR 5 mg tablet, 3 tablets 4 times daily"}],
            },
            "options": {"start": "2027-01-04", "requested_by": "patient", "when_stuck": "smallest-step"},
        },
    }
    alone = {path: service.ask(path, body).body for path, body in bodies.items()}
    found: list[tuple[str, bytes]] = []

    def client(path: str) -> None:
        found.extend((path, service.ask(path, bodies[path]).body) for _ in range(5))

    threads = [threading.Thread(target=client, args=(path,)) for path in bodies for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(found) == 40
    assert all(body == alone[path] for path, body in found)
