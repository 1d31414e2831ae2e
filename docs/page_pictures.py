"""Pictures of the screens for ``docs/page.md``, taken in Chromium: ``python docs/page_pictures.py``."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

from medsteward.service.settings import Settings
from medsteward.service.site import site
from tests.page.tasks import Visitor, a_plan, pharmacist_checks, taper_to_choice, trial_and_decision, why_this_factor
from tests.server import running

PLACE = Path(__file__).with_name("pictures")


def main() -> None:
    """Visit, look, keep."""
    PLACE.mkdir(exist_ok=True)
    with running(Settings(), site()) as service, sync_playwright() as playwright:
        address = f"http://127.0.0.1:{service.port}/"
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 1100, "height": 780}).new_page()
        visitor = Visitor(page)

        def taken(name: str) -> None:
            page.screenshot(path=PLACE / f"page_{name}.png")

        page.goto(address)
        taken("start")
        page.get_by_role("button", name="Try an example").click()
        taken("medicines")
        for screen in ("MME", "Safety"):
            visitor.go(screen)
            taken(screen.casefold())
        page.goto(address)
        taper_to_choice(visitor)
        taken("taper")
        page.goto(address)
        a_plan(visitor)
        page.evaluate("window.scrollTo(0, 0)")
        taken("plan")
        page.goto(address)
        why_this_factor(visitor)
        taken("look_up")
        page.goto(address)
        trial_and_decision(visitor)
        page.evaluate("window.scrollTo(0, 0)")
        taken("trial")
        visitor.go("Print")
        taken("print")
        page.goto(address)
        pharmacist_checks(visitor)
        page.evaluate("window.scrollTo(0, 0)")
        taken("pharmacist")
        browser.close()


if __name__ == "__main__":
    main()
