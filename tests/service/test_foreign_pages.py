"""What a web page of somebody else can do to the service from a real browser: nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import CHROMIUM
from tests.server import Service

pytestmark = pytest.mark.slow
CALLS = """async (port) => {
  const url = `http://127.0.0.1:${port}/api/mme`, body = '{"medications": [{"drug": "oxycodone"}]}', said = [];
  const tries = [
    {method: 'POST', mode: 'no-cors', headers: {'content-type': 'text/plain'}, body},
    {method: 'POST', mode: 'cors', headers: {'content-type': 'application/json'}, body},
    {method: 'POST', mode: 'cors', credentials: 'include', headers: {'content-type': 'text/plain'}, body},
    {method: 'GET', mode: 'cors'},
  ];
  for (const each of tries) {
    try { const answer = await fetch(url, each); said.push(answer.type === 'opaque' ? 'opaque' : await answer.text()); }
    catch (error) { said.push('refused'); }
  }
  return said;
}"""


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[int]:
    """A page of another origin."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>elsewhere</title><p>elsewhere")

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        found = play.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--host-resolver-rules=MAP rebound.example 127.0.0.1"]
        )
        yield found
        found.close()


def test_a_foreign_page_is_answered_nothing(service: Service, browser: Browser, elsewhere: int):
    before = len(service.lines)
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{elsewhere}/")
    assert set(page.evaluate(CALLS, service.port)) <= {"opaque", "refused"}
    page.set_content(
        f'<form method="post" enctype="text/plain" action="http://127.0.0.1:{service.port}/api/mme">'
        '<input name=\'{"medications": [], "id": "\' value=\'"}\'><button>send</button></form>'
    )
    page.click("button")
    page.close()
    statuses = {line.split()[2] for line in service.lines[before:] if " /api/mme " in line}
    assert statuses <= {"403", "405", "415"}
    assert statuses


def test_a_name_bound_to_this_machine_is_refused(service: Service, browser: Browser):
    page = browser.new_page()
    answer = page.goto(f"http://rebound.example:{service.port}/version")
    assert answer is not None
    assert answer.status == 400
    assert "sha256" not in page.content()
    page.close()


def test_a_foreign_page_cannot_frame_the_service(service: Service, browser: Browser, elsewhere: int):
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{elsewhere}/")
    page.set_content(f'<iframe src="http://127.0.0.1:{service.port}/version"></iframe>')
    page.wait_for_load_state("networkidle")
    assert all("sha256" not in frame.content() for frame in page.frames)
    page.close()
