"""The printable page in a real browser: what it builds from the HTML, and that it fits telephone, desk and paper."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
from html import escape

import pytest

from medsteward.advice.case.review import review
from medsteward.tables.load import factor_table
from medsteward.writers.review import html as review_html
from tests.spec.check_language import case_of

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="needs chromium on the PATH (apt-get install chromium)"),
]

CASE = (
    "Percocet 10/325, 1 tablet every 6 hours + Contrave + morphine ER 30 mg tablet, 1 tablet every 12 hours + senna"
    " + tramadol 50 mg tablet, 1 tablet 4 times daily + paroxetine"
    " [age 58; egfr 25; sleep apnea; home <b>x</b> & averyveryverylongwordwithoutanyspacewhatsoeverinit]"
)
MEASURE = "<script>parent.postMessage(document.documentElement.scrollWidth + ' of ' + innerWidth, '*')</script>"
LISTEN = "<script>onmessage = event => { document.title = event.data }</script>"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "review.html"
    path.write_text(review_html.page(review(case_of(CASE), table=factor_table("cdc_2022"))), encoding="utf-8")
    return path


def browse(page, *arguments, folder=None):
    """Run the browser once on a file; it reaches no network."""
    return subprocess.run(
        [
            str(CHROMIUM),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--hide-scrollbars",
            f"--user-data-dir={(folder or page.parent) / 'profile'}",
            *arguments,
            page.as_uri(),
        ],
        capture_output=True,
        timeout=120,
        check=True,
    ).stdout


def test_the_browser_builds_what_was_written(page):
    dom = browse(page, "--dump-dom").decode()
    body = dom[dom.index("<body") :]
    assert re.findall(r"<h1>(.*?)</h1>", body) == ["Medication review"]
    titles = re.findall(r"<h2[^>]*>(.*?)</h2>", body)
    assert titles[:5] == ["Needs a decision first", "MME per day", "Other findings", "More", "Due"]
    assert len(re.findall(r"<table", body)) == 3
    assert "DDI-033" in body
    assert "<b>x</b>" not in body
    assert "&lt;b&gt;x&lt;/b&gt; &amp; averyvery" in body


@pytest.mark.parametrize("width", [390, 1000])
def test_the_page_is_drawn(page, tmp_path, width):
    shot = tmp_path / "page.png"
    browse(page, f"--screenshot={shot}", f"--window-size={width},3000", folder=tmp_path)
    drawn = shot.read_bytes()
    assert drawn.startswith(b"\x89PNG")
    assert struct.unpack(">II", drawn[16:24]) == (width, 3000)
    assert len(drawn) > 50_000, "an empty page is smaller"


@pytest.mark.parametrize("width", [320, 390, 700, 1000])
def test_nothing_is_wider_than_the_window(page, tmp_path, width):
    """A frame of that width measures itself: a window of the browser may have a least width of its own."""
    text = re.sub(r"<meta http-equiv[^>]*>", "", page.read_text(encoding="utf-8"))  # the page's own policy runs nothing
    frame = escape(text.replace("</body>", f"{MEASURE}</body>"), quote=True)
    outer = tmp_path / "outer.html"
    outer.write_text(
        f'<!DOCTYPE html>{LISTEN}<iframe width="{width}" height="900" style="border:0" srcdoc="{frame}"></iframe>',
        encoding="utf-8",
    )
    dom = browse(outer, "--dump-dom", "--window-size=1200,1000", "--virtual-time-budget=3000", folder=tmp_path).decode()
    found = re.search(r"<title>(\d+) of (\d+)</title>", dom)
    assert found is not None
    assert int(found[2]) == width
    assert int(found[1]) <= width


def test_it_prints(page, tmp_path):
    paper = tmp_path / "page.pdf"
    browse(page, f"--print-to-pdf={paper}", "--no-pdf-header-footer", folder=tmp_path)
    data = paper.read_bytes()
    assert data.startswith(b"%PDF")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", data)) <= 6
