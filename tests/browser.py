"""A browser without a window, spoken to over pipes by its own protocol: what a page really looks like and does.

Nothing but chromium is needed. One browser serves a whole module; each page is opened in a tab of its own. Whatever a
page asks for from a network is refused and written down.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from select import select
from tempfile import TemporaryDirectory
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PATIENCE = 60
"""Seconds to wait for an answer of the browser."""

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--hide-scrollbars",
    "--no-first-run",
    "--remote-debugging-pipe",
)


class Tab:
    """One page. ``asked`` are the addresses it asked for besides its own, ``errors`` what its policy refused."""

    def __init__(self, browser: Browser, session: str) -> None:
        self._browser, self._session = browser, session
        self.asked: list[str] = []
        self.errors: list[str] = []
        self.dialogs: list[str] = []

    def call(self, method: str, **parts: Any) -> Any:
        """Ask for one thing and wait for the answer."""
        return self._browser.call(method, parts, self._session)

    def value(self, script: str) -> Any:
        """What an expression gives, run from outside the page: the page's own policy and switches do not matter."""
        found = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in found:
            raise AssertionError(found["exceptionDetails"])
        return found["result"].get("value")

    def width(self, pixels: int, height: int = 900) -> None:
        """Make the window as wide as a telephone or a desk."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=pixels,
            height=height,
            deviceScaleFactor=1,
            mobile=pixels < 600,
        )

    def paper(self) -> bytes:
        """The page as it comes out of a printer, as PDF on the paper that the page asks for."""
        made = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        return base64.b64decode(made["data"])

    def picture(self, *, whole: bool = True) -> bytes:
        """What is seen, as PNG."""
        made = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        return base64.b64decode(made["data"])

    def heard(self, event: str, parts: Mapping[str, Any]) -> None:
        """Write down what the page did."""
        if event == "Fetch.requestPaused":
            address = parts["request"]["url"]
            if address.startswith(("file:", "data:")):
                self._browser.send("Fetch.continueRequest", {"requestId": parts["requestId"]}, self._session)
            else:
                self.asked.append(address)
                refusal = {"requestId": parts["requestId"], "errorReason": "AccessDenied"}
                self._browser.send("Fetch.failRequest", refusal, self._session)
        elif event == "Page.javascriptDialogOpening":
            self.dialogs.append(parts["message"])
            self._browser.send("Page.handleJavaScriptDialog", {"accept": True}, self._session)
        elif event == "Log.entryAdded":
            self.errors.append(parts["entry"]["text"])
        elif event == "Network.requestWillBeSent" and not parts["request"]["url"].startswith("file:"):
            self.asked.append(parts["request"]["url"])


class Browser:
    """A running chromium."""

    def __init__(self, profile: Path) -> None:
        (heard, self._to), (self._from, said) = os.pipe(), os.pipe()
        ends = [fcntl.fcntl(each, fcntl.F_DUPFD, 10) for each in (heard, said)]  # clear of 3 and 4, where it listens

        def connect() -> None:
            os.dup2(ends[0], 3)
            os.dup2(ends[1], 4)

        self._process = subprocess.Popen(
            [str(CHROMIUM), *_FLAGS, f"--user-data-dir={profile}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            close_fds=False,
            preexec_fn=connect,
        )
        for end in (heard, said, *ends):
            os.close(end)
        self._rest = b""
        self._number = 0
        self._tabs: dict[str, Tab] = {}

    def close(self) -> None:
        """End the browser."""
        with suppress(OSError):
            self.send("Browser.close", {})
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._to)
        os.close(self._from)

    def send(self, method: str, parts: Mapping[str, Any], session: str | None = None) -> int:
        """Ask for something without waiting; gives the number of the question."""
        self._number += 1
        said = {"id": self._number, "method": method, "params": parts}
        if session is not None:
            said["sessionId"] = session
        data = json.dumps(said).encode() + b"\0"
        while data:
            data = data[os.write(self._to, data) :]
        return self._number

    def call(self, method: str, parts: Mapping[str, Any], session: str | None = None) -> Any:
        """Ask for something and wait for the answer; what pages do in the meantime is written down."""
        number = self.send(method, parts, session)
        while True:
            said = self._next()
            if said.get("id") == number:
                if "error" in said:
                    raise AssertionError(f"{method}: {said['error']}")
                return said["result"]
            self._note(said)

    def _next(self) -> Any:
        while b"\0" not in self._rest:
            if not select([self._from], [], [], PATIENCE)[0]:
                raise TimeoutError("the browser does not answer")
            data = os.read(self._from, 1 << 20)
            if not data:
                raise ConnectionError("the browser went away")
            self._rest += data
        first, _, self._rest = self._rest.partition(b"\0")
        return json.loads(first)

    def _note(self, said: Mapping[str, Any]) -> None:
        tab = self._tabs.get(said.get("sessionId", ""))
        if tab is not None and "method" in said:
            if said["method"] == "Page.loadEventFired":
                self._loaded = True
            tab.heard(said["method"], said.get("params", {}))

    @contextmanager
    def opened(self, page: Path, *, width: int = 1000, scripts: bool = True) -> Iterator[Tab]:
        """A file in a tab, loaded. ``scripts`` False: as in a browser whose scripts are switched off."""
        target = self.call("Target.createTarget", {"url": "about:blank"})["targetId"]
        session = self.call("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        tab = self._tabs[session] = Tab(self, session)
        for part in ("Page", "Network", "Log", "Runtime"):
            tab.call(f"{part}.enable")
        tab.call("Fetch.enable", patterns=[{"urlPattern": "*"}])
        tab.call("Emulation.setScriptExecutionDisabled", value=not scripts)
        tab.width(width)
        self._loaded = False
        self.send("Page.navigate", {"url": page.as_uri()}, session)
        while not self._loaded:
            self._note(self._next())
        try:
            yield tab
        finally:
            self.call("Target.closeTarget", {"targetId": target})
            del self._tabs[session]


@contextmanager
def running() -> Iterator[Browser]:
    """A browser for as long as it is needed."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(Path(profile))
        try:
            yield browser
        finally:
            browser.close()
