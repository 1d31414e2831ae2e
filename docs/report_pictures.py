"""Pictures of a population report of made-up fills for ``docs/population.md``: ``python docs/report_pictures.py``.

On a screen, on a phone and on paper. The paper needs pdftoppm (poppler-utils).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
PLACE = HERE / "pictures"
RECORDS = HERE.parent / "benchmarks" / "population_records.py"
ROWS = "60000"


def main() -> None:
    """Make fills, run, report, look."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        fills, out, page = (str(Path(folder, name)) for name in ("fills.csv", "out", "report.html"))
        ours = [sys.executable, "-m", "medsteward", "population"]
        subprocess.run([sys.executable, str(RECORDS), fills, "--rows", ROWS], check=True)
        subprocess.run([*ours, "run", "--input", fills, "--output", out, "--days"], check=True)
        subprocess.run([*ours, "report", out, "--by", "age_band", "--output", page], check=True)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, width, height in (("screen", 1280, 1000), ("phone", 390, 844)):
            tab = browser.new_context(viewport={"width": width, "height": height}).new_page()
            tab.goto(Path(page).as_uri())
            tab.screenshot(path=PLACE / f"report_{name}.png")
        paper = str(Path(folder, "report.pdf"))
        tab.pdf(path=paper, format="Letter", print_background=True)
        browser.close()
        picture = str(PLACE / "report_paper")
        subprocess.run(
            ["pdftoppm", "-r", "60", "-f", "1", "-l", "1", "-singlefile", "-png", paper, picture], check=True
        )


if __name__ == "__main__":
    main()
