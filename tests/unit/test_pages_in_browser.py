"""The pages of a plan in a real browser: telephone and paper, scripts on and off, text that means harm, contrast."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve
from click.testing import CliRunner
from pypdf import PdfReader

from medsteward.advice.plan.report import (
    Alternative,
    Checkpoint,
    MeasureLine,
    PlanReport,
    StopRule,
    Support,
)
from medsteward.cli import _group
from medsteward.schedules.event import Event, Pause
from medsteward.schedules.trial import Measure, Stage, Trial
from medsteward.writers.card import html as card_html
from medsteward.writers.card.days import card_of
from medsteward.writers.card.fit import LARGE, SMALL
from medsteward.writers.plan.html import SEVERAL, clinician_page, pharmacy_page
from medsteward.writers.plan.page import APPENDIX
from tests import printed_plans as printed
from tests.browser import CHROMIUM, Browser, running
from tests.twelve import TWELVE, twelve
from tests.unit.test_card import MADE, hostile, plan_of
from tests.unit.test_plan_pages import fills

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="needs chromium on the PATH (apt-get install chromium)"),
]

WRITERS = {"card": card_html.page, "clinician": clinician_page, "pharmacy": pharmacy_page}
every = pytest.mark.parametrize("name", WRITERS)

HARM = (
    "</style></title></td><script>document.title='harm';alert(1)</script>"
    "<img src=http://example.invalid/x onerror=alert(2)>\"'><svg onload=alert(3)>"
    "<a href=javascript:alert(4)>\u202e\u2066txt</a>{{ 7*7 }}\\22 } * { display: none } " + "averylongword" * 12
)


def harmful(report: PlanReport) -> PlanReport:
    """The same report with harmful text wherever text from outside reaches a page."""
    made = hostile(report)
    plan = made.plan
    assert plan is not None
    notes = tuple(evolve(step, notes=(HARM,), why_forced=HARM) for step in plan.steps)
    dispensed = tuple(evolve(each, product=HARM, sig=HARM) for each in plan.fills)
    request = evolve(plan.request, reason=HARM, indication=HARM)
    courses = tuple(
        evolve(
            one,
            overrides=(HARM,),
            first_because=HARM,
            tracks=tuple(evolve(track, written=HARM) for track in one.tracks),
        )
        for one in request.courses
    )
    request = evolve(request, courses=courses)
    event = Event(plan.first_day, Pause(plan.first_day, plan.first_day), HARM)
    values = ((plan.first_day, Fraction(7)), (plan.last_day, Fraction(4)))
    return evolve(
        made,
        case_id=HARM,
        plan=evolve(plan, steps=notes, base=notes, fills=dispensed, request=request, events=(event,), notes=(HARM,)),
        faster_than=(HARM,),
        supports=(Support("sleep", HARM, (HARM,)),),
        alternatives=(Alternative(HARM, f"medsteward {HARM}", note=HARM),),
        checkpoints=(Checkpoint("review", plan.first_day, plan.first_day, HARM),),
        stop_rules=(StopRule("any", HARM),),
        measures=(MeasureLine("peg", "", HARM, HARM, "lower", HARM, values),),
        not_for=(HARM,),
    )


def tried() -> PlanReport:
    """A trial with harm in its goal and joint."""
    report = MADE["trial"]
    plan = report.plan
    assert plan is not None
    trial = Trial(
        of="duloxetine",
        goal=HARM,
        baseline=(Measure("peg", Fraction(7)),),
        stages=(Stage(0, ()),),
        safety=(1, 14),
        first_impression=(14, 28),
        fair_trial=(42, 56),
        ceiling=Fraction(60),
        pain=HARM,
        site=HARM,
    )
    return evolve(report, plan=evolve(plan, request=evolve(plan.request, trial=trial, reason=HARM)))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running() as one:
        yield one


def written(tmp_path, page: str):
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    return path


WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OUTSIDE = """
[...document.querySelectorAll('body *')].filter(each => {
    const box = each.getBoundingClientRect();
    if (!box.width || !box.height || each.closest('.wide') || each.closest('.sr, thead, title, desc')) return false;
    return box.right > document.documentElement.clientWidth + 1 || box.left < -1;
}).map(each => each.tagName + '.' + each.className)
"""
SCROLLING = """
[...document.querySelectorAll('body *')].filter(each => each.scrollWidth > each.clientWidth + 1
    && ['auto', 'scroll'].includes(getComputedStyle(each).overflowX)
    && !(each.tabIndex === 0 && each.getAttribute('role') === 'region' && each.getAttribute('aria-label'))).length
"""


@every
@pytest.mark.parametrize("large", [False, True])
def test_a_telephone_shows_all_of_it(browser, tmp_path, name, large):
    for report in (MADE["opioids"], MADE["trial"], printed.sessions()):
        page = written(tmp_path, WRITERS[name](report, large_print=large))
        with browser.opened(page, width=390) as tab:
            assert tab.value(WIDER) <= 0
            assert tab.value(OUTSIDE) == []
            assert tab.value(SCROLLING) == 0, "what scrolls can be reached by keyboard and has a name"


@every
@pytest.mark.parametrize("scripts", [True, False])
def test_nothing_is_asked_for_and_nothing_depends_on_scripts(browser, tmp_path, name, scripts):
    page = written(tmp_path, WRITERS[name](MADE["opioids"]))
    with browser.opened(page, scripts=scripts) as tab:
        assert tab.asked == []
        assert tab.errors == []
        assert tab.value("document.querySelectorAll('h1').length") == 1
        assert tab.value("document.querySelectorAll('table th[scope]').length") > 5
        assert tab.value("/step/i.test(document.body.innerText)")


@every
@pytest.mark.parametrize("report", [harmful(MADE["opioids"]), harmful(MADE["patch"]), tried()])
def test_harmful_text_is_shown_and_does_nothing(browser, tmp_path, name, report):
    page = written(tmp_path, WRITERS[name](report))
    text = page.read_text(encoding="utf-8")
    bare = re.sub(r"<meta http-equiv[^>]*>", "", text)
    for policy in (text, bare):  # the page is safe without its policy, too
        page.write_text(policy, encoding="utf-8")
        with browser.opened(page, width=390) as tab:
            assert tab.asked == []
            assert tab.dialogs == []
            assert tab.value("document.title") != "harm"
            assert tab.value("document.querySelectorAll('script, img, a[href^=javascript], iframe').length") == 0
            assert tab.value(WIDER) <= 0
            assert tab.value("getComputedStyle(document.querySelector('h1')).display") == "block"
            assert not re.search("[\u202a-\u202e\u2066-\u2069]", tab.value("document.body.textContent"))


EXAMPLE = Path(__file__).parents[2] / "examples" / "chronic-pain.toml"
AXE = Path(__file__).parents[1] / "node" / "node_modules" / "axe-core" / "axe.min.js"
VIOLATED = """
axe.run(document, {resultTypes: ['violations']}).then(found =>
    found.violations.map(each => each.id + ': ' + each.nodes[0].html.slice(0, 150)))
"""


@pytest.mark.skipif(not AXE.exists(), reason='needs "npm ci" in tests/node')
@every
@pytest.mark.parametrize("kind", ["extended and immediate release", "patch", "as needed", "trial", "reprint"])
def test_axe_finds_nothing_on_a_telephone_and_on_a_desk(browser, tmp_path, name, kind):
    page = written(tmp_path, WRITERS[name](twelve(kind)))
    with browser.opened(page) as tab:
        for pixels in (390, 1280):
            tab.width(pixels)
            tab.value("document.querySelectorAll('details').forEach(each => each.open = true); 1")
            tab.value(AXE.read_text(encoding="utf-8") + "; 1")
            assert tab.value(VIOLATED) == []
            assert tab.value(WIDER) <= 0


@pytest.mark.skipif(not AXE.exists(), reason='needs "npm ci" in tests/node')
@pytest.mark.parametrize("kind", ["patch", "combination"])
def test_a_spanish_card_in_large_print_fits_a_telephone(browser, tmp_path, kind):
    page = written(tmp_path, card_html.page(twelve(kind), language="es", large_print=True, sheets="all"))
    with browser.opened(page, width=390) as tab:
        tab.value(AXE.read_text(encoding="utf-8") + "; 1")
        assert tab.value(VIOLATED) == []
        assert tab.value(WIDER) <= 0
        assert tab.value(OUTSIDE) == []


@pytest.mark.skipif(not AXE.exists(), reason='needs "npm ci" in tests/node')
def test_axe_finds_nothing_on_a_review(browser, tmp_path):
    page = tmp_path / "page.html"
    done = CliRunner().invoke(_group, ["review", "--input", str(EXAMPLE), "--format", "html", "--output", str(page)])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    with browser.opened(page) as tab:
        for pixels in (390, 1280):
            tab.width(pixels)
            tab.value("document.querySelectorAll('details').forEach(each => each.open = true); 1")
            tab.value(AXE.read_text(encoding="utf-8") + "; 1")
            assert tab.value(VIOLATED) == []
            assert tab.value(WIDER) <= 0


def test_the_total_of_a_step_is_reached_on_a_telephone(browser, tmp_path):
    page = written(tmp_path, clinician_page(twelve("extended and immediate release")))
    with browser.opened(page, width=390) as tab:
        total = "[...document.querySelectorAll('[aria-label=Steps] thead th')].find(each => each.innerText === 'total')"
        assert tab.value(f"{total}.getBoundingClientRect().width") > 0
        frame = f"{total}.closest('.wide')"
        assert tab.value(f"{frame}.tabIndex") == 0
        assert tab.value(f"{frame}.scrollWidth >= {total}.offsetLeft + {total}.offsetWidth")


def test_the_appendix_is_folded_on_a_screen_and_printed_on_paper(browser, tmp_path):
    page = written(tmp_path, clinician_page(twelve("liquid")))
    with browser.opened(page) as tab:
        assert tab.value("document.querySelector('.appendix').open") is False
        assert "About the policy" not in tab.value("document.body.innerText")
    found = paper(browser, page)
    begins = next(number for number, each in enumerate(found) if APPENDIX in each)
    assert 0 < begins <= 3
    assert "About the policy" in " ".join(found[begins:])


CONTRAST = """
(() => {
    const part = each => { each /= 255; return each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4; };
    const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
    const color = text => text.match(/[\\d.]+/g).map(Number);
    const paper = each => {
        for (; each; each = each.parentElement) {
            const found = color(getComputedStyle(each).backgroundColor);
            if (found.length < 4 || found[3] > 0) return found;
        }
        return [255, 255, 255];
    };
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let least = 21;
    while (walk.nextNode()) {
        const owner = walk.currentNode.parentElement;
        if (!walk.currentNode.data.trim()) continue;
        const style = getComputedStyle(owner);
        const ink = owner.closest('svg') ? color(style.fill) : color(style.color);
        const [one, other] = [light(ink), light(paper(owner))].sort((a, b) => b - a);
        least = Math.min(least, (one + 0.05) / (other + 0.05));
    }
    return least;
})()
"""


@every
@pytest.mark.parametrize(("large", "least"), [(False, 4.5), (True, 7)])
def test_all_letters_stand_out_from_what_is_behind_them(browser, tmp_path, name, large, least):
    days = date(2026, 12, 7), date(2027, 1, 4)
    peg = MeasureLine("peg", "", "PEG", "", "lower", "", tuple(zip(days, map(Fraction, (7, 4)), strict=True)))
    report = evolve(MADE["opioids"], measures=(peg,), faster_than=("a source",))
    with browser.opened(written(tmp_path, WRITERS[name](report, large_print=large))) as tab:
        assert tab.value(CONTRAST) >= least


SMALLEST = """
Math.min(...[...document.querySelectorAll('body *')].filter(each => each.getBoundingClientRect().height
    && !each.closest('svg, .sr') && [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    .map(each => parseFloat(getComputedStyle(each).fontSize))) * 0.75
"""


def test_letters_of_the_card_are_not_small_on_a_screen(browser, tmp_path):
    with browser.opened(written(tmp_path, card_html.page(MADE["opioids"]))) as tab:
        assert tab.value(SMALLEST) >= 12
    with browser.opened(written(tmp_path, card_html.page(MADE["opioids"], large_print=True))) as tab:
        assert tab.value(SMALLEST) >= 16


# --- paper --------------------------------------------------------------------------------------------------------


def paper(browser: Browser, page) -> list[str]:
    """The words of each printed page, any white space one space."""
    with browser.opened(page) as tab:
        pages = PdfReader(io.BytesIO(tab.paper())).pages
    assert {(round(float(each.mediabox.width)), round(float(each.mediabox.height))) for each in pages} == {(612, 792)}
    return [" ".join(each.extract_text().split()) for each in pages]


MOST_DAYS = 550
"""Days of plans whose dispensings fit on one page: a year and a half of two drugs."""


@pytest.mark.parametrize("name", TWELVE)
def test_a_browser_prints_as_few_pages_as_the_pdf_has(browser, tmp_path, name):
    report = twelve(name)
    plan = report.plan
    assert plan is not None
    card = paper(browser, written(tmp_path, card_html.page(report, sheets="none", clinic="Hill Clinic; 555-0100")))
    assert len(card) <= (2 if name == "as needed" else 4)
    assert "Now" in card[0]
    assert "take " in card[0] or "wear " in card[0]
    staff = paper(browser, written(tmp_path, clinician_page(report)))
    assert next(number for number, page in enumerate(staff) if APPENDIX in page) <= 3
    dispensed = paper(browser, written(tmp_path, pharmacy_page(report)))
    if (plan.last_day - plan.first_day).days <= MOST_DAYS:
        assert len(dispensed) == 1
    assert (SEVERAL in dispensed[0]) is (len(dispensed) > 1)


@pytest.mark.parametrize("count", [1, 12, 24, 30])
def test_what_is_dispensed_is_printed_on_one_page(browser, tmp_path, count):
    report = evolve(MADE["opioids"], plan=fills(plan_of("opioids"), count))
    (page,) = paper(browser, written(tmp_path, pharmacy_page(report)))
    assert SEVERAL not in page
    assert "page 1 / 1" in page


def test_more_than_a_page_holds_goes_on_with_its_header_its_marks_and_is_said(browser, tmp_path):
    report = evolve(MADE["opioids"], plan=fills(plan_of("opioids"), 120), faster_than=("a source",))
    found = paper(browser, written(tmp_path, pharmacy_page(report)))
    assert len(found) > 1
    assert SEVERAL in found[0]
    for number, page in enumerate(found, start=1):
        assert "directions for the label" in page
        assert page.count("Faster than: a source") == (2 if number == 1 else 1)
        assert f"page {number} / {len(found)}" in page
    rows = [int(each) for page in found for each in re.findall(r"(?<!\S)(\d+) \d{4}-\d\d-\d\d \d+ ", page)]
    assert rows == list(range(1, 121))


def test_the_foot_of_a_page_lies_over_nothing(browser, tmp_path):
    """The marks stand below the last line of every page: nothing of the page is drawn under them."""
    report = evolve(MADE["opioids"], faster_than=("a source",))
    with browser.opened(written(tmp_path, clinician_page(report))) as tab:
        pages = PdfReader(io.BytesIO(tab.paper())).pages
    for page in pages:
        heights: dict[str, list[float]] = {"foot": [], "text": []}

        def seen(text, all_of_it, place, _font, _size, heights=heights):
            height = place[5] * all_of_it[3] + all_of_it[5]
            if text.strip():
                heights["foot" if "larger than the limit" in text or "Faster than" in text else "text"].append(height)

        page.extract_text(visitor_text=seen)
        foot = min(heights["foot"])
        assert foot > 30
        number = min(heights["text"])
        assert number < foot - 8, "the number of the page stands below the marks"
        assert all(each > foot + 8 for each in heights["text"] if each > number + 1)


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("name", ["opioids", "patch", "gabapentinoid", "trial"])
def test_each_sheet_is_one_page(browser, tmp_path, name, large):
    points = LARGE if large else SMALL
    sheets = card_of(MADE[name], sheets="all", points=points).sheets
    found = paper(browser, written(tmp_path, card_html.page(MADE[name], sheets="all", large_print=large)))
    first = next(n for n, page in enumerate(found) if page.startswith(sheets[0].title))
    assert [page[: len(each.title)] for page, each in zip(found[first:], sheets, strict=True)] == [
        each.title for each in sheets
    ]
    for page in found[first:]:
        assert "Clinic phone" in page
