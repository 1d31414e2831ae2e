"""Pictures of the pages that people keep, for ``docs/pages.md``: ``make pictures``. Needs pdftoppm and Chromium."""

from __future__ import annotations

import base64
import subprocess
from pathlib import Path

from medsteward.writers.card import html as card_html
from medsteward.writers.card import pdf as card_pdf
from medsteward.writers.plan.pdf import clinician_document, pharmacy_document
from tests.browser import running
from tests.fonts import FONTS
from tests.twelve import twelve

PLACE = Path(__file__).with_name("pictures")
BUILD = Path("build")
CLINIC = "Hill Clinic; 555-0100"
BOTH = "extended and immediate release"
BLURS = (0, 1, 1.5)
"""Gaussian blur of the picture of the zero: the standard deviation in pixels of 1/96 inch."""

_ZERO = """<!DOCTYPE html><html lang="en"><style>
@font-face {{ font-family: d; src: url(data:font/ttf;base64,{font}); }}
body {{ margin: 8px; font: 14pt/1.5 d; width: 520px; }} small {{ font: 12px sans-serif; }}
</style>{rows}</html>"""


def main() -> None:
    """Print, draw, keep."""
    PLACE.mkdir(exist_ok=True)
    BUILD.mkdir(exist_ok=True)
    plan = card_pdf.document(twelve(BOTH), clinic=CLINIC)
    drawn("card_plan", plan, 1)
    drawn("card_words", plan, 3)
    drawn("card_sheet", plan, 5)
    drawn("card_reprint", card_pdf.document(twelve("reprint"), clinic=CLINIC), 1)
    drawn("card_trial", card_pdf.document(twelve("trial"), clinic=CLINIC), 1)
    drawn("card_as_needed", card_pdf.document(twelve("as needed"), clinic=CLINIC), 3)
    drawn("card_patch", card_pdf.document(twelve("patch"), clinic=CLINIC), 4)
    spanish = card_pdf.document(twelve(BOTH), language="es", large_print=True, clinic=CLINIC)
    drawn("card_spanish_large", spanish, 8)
    drawn("clinician", clinician_document(twelve(BOTH)), 1)
    drawn("pharmacy", pharmacy_document(twelve(BOTH)), 1)
    seen("card_phone", card_html.page(twelve(BOTH), clinic=CLINIC), 390, height=900)
    font = base64.b64encode((FONTS / "MedstewardDoses-Bold.ttf").read_bytes()).decode()
    rows = "".join(
        f'<small>14 point, blur {blur} px</small><div style="filter: blur({blur}px)">'
        "take 10 mg, 100 mg, 80 mg, 60 mL, 8.5 mL, OxyContin 10</div>"
        for blur in BLURS
    )
    seen("zero", _ZERO.format(font=font, rows=rows), 640, height=190)


def drawn(name: str, document: bytes, page: int) -> None:
    """One page of a PDF, small and gray."""
    path = BUILD / f"{name}.pdf"
    path.write_bytes(document)
    only = ("-f", str(page), "-l", str(page), "-singlefile")
    subprocess.run(["pdftoppm", "-r", "60", *only, "-gray", "-png", str(path), str(PLACE / name)], check=True)


def seen(name: str, page: str, width: int, *, height: int) -> None:
    """The top of a page on a screen of a size."""
    path = BUILD / f"{name}.html"
    path.write_text(page, encoding="utf-8")
    with running() as browser, browser.opened(path.absolute(), width=width) as tab:
        tab.width(width, height)
        (PLACE / f"{name}.png").write_bytes(tab.picture(whole=False))


if __name__ == "__main__":
    main()
