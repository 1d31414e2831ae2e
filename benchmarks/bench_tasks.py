"""The eight tasks of the page in clicks, keys and seconds, in a real browser (needs chromium and playwright).

    PYTHONPATH=. .venv/bin/python benchmarks/bench_tasks.py

Seconds are those of somebody who knows what to type: the keystroke-level model (Card, Moran and Newell 1980: 0.28 s a
key, 1.1 s to point, 0.2 s to click, 0.4 s between mouse and keyboard, 1.35 s to think before each field or button) and
the time that the page was waited for, measured. A list of medicines is pasted, as from a chart: two keys. A choice
from a list is a click, a thought and a second click. Reading the answer is not in it.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable

from attrs import define
from playwright.sync_api import Browser, Locator, sync_playwright

from medsteward.service.settings import Settings
from medsteward.service.site import load, site
from tests.page.tasks import PATIENCE, TASKS, Visitor
from tests.server import running

KEY, POINT, CLICK, HOMING, THOUGHT = 0.28, 1.1, 0.2, 0.4, 1.35
PASTED = frozenset({"medicines"})
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@define
class Counted(Visitor):
    """A visitor whose clicks and keys are counted."""

    clicks: int = 0
    keys: int = 0
    thoughts: int = 0
    homings: int = 0

    def press(self, button: Locator) -> None:
        """Point and click."""
        self.clicks += 1
        self.thoughts += 1
        Visitor.press(self, button)

    def type(self, field: str, text: str) -> None:
        """Click into a field, to the keyboard, type or paste, and back."""
        self.clicks += 1
        self.thoughts += 1
        self.homings += 2
        self.keys += 2 if field in PASTED else len(text)
        Visitor.type(self, field, text)

    def choose(self, field: str, value: str) -> None:
        """Open a list and click on a line of it."""
        self.clicks += 2
        self.thoughts += 1
        Visitor.choose(self, field, value)

    @property
    def by_hand(self) -> float:
        """Seconds of a person."""
        return self.keys * KEY + self.clicks * (POINT + CLICK) + self.homings * HOMING + self.thoughts * THOUGHT


def done(browser: Browser, address: str, task: Callable[[Visitor], None]) -> tuple[Counted, float]:
    """A task done once, and the seconds that it took without a person."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    visitor = Counted(page)
    begun = time.perf_counter()
    task(visitor)
    waited = time.perf_counter() - begun
    context.close()
    return visitor, waited


def main() -> None:
    """A line for each task."""
    if CHROMIUM is None:
        print("chromium is not there: the tasks were not measured")
        return
    load()
    with running(Settings(), site()) as service, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        address = f"http://127.0.0.1:{service.port}/"
        done(browser, address, TASKS["mme_with_a_slip"])
        print(f"{'task':24} clicks  keys  seconds by hand  waiting  whole")
        for name, task in TASKS.items():
            visitor, waited = done(browser, address, task)
            whole = visitor.by_hand + waited
            print(
                f"{name.replace('_', ' '):24} {visitor.clicks:6} {visitor.keys:5} "
                f"{visitor.by_hand:16.0f} {waited:8.1f} {whole:6.0f}"
            )
        browser.close()


if __name__ == "__main__":
    main()
