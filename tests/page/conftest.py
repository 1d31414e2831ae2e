"""A browser for these tests, and the page in it: served, and as static files."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
NODE = Path(__file__).parents[1] / "node" / "node_modules"
PARTS = all(find_spec(each) for each in ("starlette", "uvicorn", "playwright")) and CHROMIUM is not None

if os.environ.get("MEDSTEWARD_NO_SKIP") or PARTS:
    from playwright.sync_api import Browser, sync_playwright

    from medsteward.service.settings import Settings
    from medsteward.service.site import site
    from tests.server import running
else:
    collect_ignore_glob = ["test_*.py"]


class Quiet(SimpleHTTPRequestHandler):
    """A web server of files as anybody has one."""

    def log_message(self, *_: object) -> None:
        """Nothing is said."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="session")
def served() -> Iterator[str]:
    """The address of the page on the service."""
    with running(Settings(), site()) as service:
        yield f"http://127.0.0.1:{service.port}/"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static files."""
    from medsteward.page.static_site import static_site

    if not (NODE / "pyodide").is_dir() and not os.environ.get("MEDSTEWARD_NO_SKIP"):
        pytest.skip("the npm package pyodide is not there; run npm ci in tests/node")
    place = tmp_path_factory.mktemp("static")
    for name, data in static_site(NODE / "pyodide"):
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_bytes(data)
    return place


@pytest.fixture
def static(folder: Path) -> Iterator[tuple[str, ThreadingHTTPServer]]:
    """The address of the static files, and the server of them, which a test may end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", server
    server.shutdown()
    server.server_close()
