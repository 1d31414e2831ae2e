"""The review as document, text, markdown, note and page; the schemas of the documents it is made of."""

from __future__ import annotations

import builtins
import json
import re
from datetime import date
from fractions import Fraction
from itertools import pairwise

import jsonschema
import pytest

from medsteward.advice.case.check import check_case
from medsteward.advice.case.remind import reminders_for
from medsteward.advice.case.review import review
from medsteward.errors import MissingPart
from medsteward.interactions.check import acknowledge
from medsteward.model.acknowledgement import Reason
from medsteward.readers.case.table import read_case
from medsteward.scales.score import score
from medsteward.schemas import schema_text
from medsteward.tables.load import factor_table
from medsteward.writers.check import document as check_json
from medsteward.writers.known import score_json
from medsteward.writers.remind import document as remind_json
from medsteward.writers.review import document as review_json
from medsteward.writers.review import html as review_html
from medsteward.writers.review import note as review_note
from medsteward.writers.review import page as review_page
from medsteward.writers.review import screen as review_screen
from medsteward.writers.review import table as review_table
from medsteward.writers.shared import html
from medsteward.writers.shared.json_text import pretty
from tests.spec.check_language import case_of

TABLE = factor_table("cdc_2022")
BAD = "<script>alert(1)</script>\x1b[31m\u202e{{ 7*7 }}|x|`y`"
CASES = [
    "",
    "amoxicillin",
    "oxycodone 5 mg tablet, 1 tablet tid + alprazolam + zolpidem + gabapentin 600 mg tid [age 71; sleep apnea]",
    "Percocet 10/325, 1 tablet every 6 hours + Contrave + morphine ER 30 mg tablet, 1 tablet every 12 hours + senna"
    " + tramadol 50 mg tablet, 1 tablet 4 times daily + paroxetine [age 58; egfr 25; opioid use disorder]",
    "phenelzine to 2026-03-01 + meperidine from 2026-03-04",
    "Suboxone 8/2 daily for opioid use disorder + lorazepam 1 mg bid from 2026-03-01",
    "methadone 10 mg tablet, 1 tablet tid + lubiprostone + citalopram + ondansetron + fluconazole + clarithromycin"
    " + alprazolam + carisoprodol + pregabalin + quetiapine + diphenhydramine + ibuprofen 800 mg tablet + warfarin"
    " + lisinopril + naproxen tablet [age 82; heart failure; copd; alcohol use; ckd stage 4; home children]",
]


def reviewed(text):
    case = case_of(text) if text else read_case({"medications": []}, as_of=date(2026, 3, 4))
    return review(case, table=TABLE)


@pytest.fixture(params=CASES, ids=lambda text: text[:20] or "empty")
def report(request):
    return reviewed(request.param)


@pytest.fixture
def hostile():
    table = {
        "id": BAD,
        "patient": {
            "age": 71,
            "conditions": ["sleep apnea", BAD],
            "household": [BAD, "children"],
            "context": [BAD],
            "indication": BAD,
            "sex": "female",
        },
        "medications": [{"sig": f"oxycodone 5 mg tablet, 1 tablet tid {BAD}"}, {"sig": BAD}, {"sig": "lorazepam"}],
        "done": {"pdmp": date(2026, 3, 1)},
    }
    return review(read_case(table, as_of=date(2026, 3, 4)), table=TABLE)


# --- documents --------------------------------------------------------------------------------------------------


def valid(name, document):
    schema = json.loads(schema_text(name))
    jsonschema.Draft202012Validator(schema).validate(json.loads(pretty(document)))


def test_the_document_fits_its_schema(report):
    document = review_json.document(report)
    valid("review", document)
    assert list(document)[:9] == [
        "schema", "medsteward", "id", "as_of", "mme", "check", "remind", "recommendations", "unknown",
    ]  # fmt: skip
    assert document["check"] == check_json.document(report.check)
    assert document["remind"] == remind_json.document(report.remind)


def test_a_hostile_document_fits_its_schema(hostile):
    valid("review", review_json.document(hostile))


@pytest.mark.parametrize("text", CASES[1:])
def test_the_parts_fit_their_schemas(text):
    case = case_of(text)
    valid("check", check_json.document(check_case(case, table=TABLE)))
    valid("remind", remind_json.document(reminders_for(case, table=TABLE)))


def test_a_decision_fits_the_schema():
    case = case_of("oxycodone 5 mg tablet, 1 tablet tid + lorazepam")
    said = acknowledge(case, "DDI-001", Reason.WILL_MONITOR, note="seen")
    report = review(case, table=TABLE, acknowledged=[said])
    assert report.check.acknowledged
    valid("review", review_json.document(report))


@pytest.mark.parametrize(
    ("scale", "given"),
    [
        ("peg", {"pain": 7, "enjoyment": 6, "activity": 5, "before": 8}),
        ("peg", {"pain": 11}),
        ("tug", {"before": 12, "after": Fraction(21, 2)}),
    ],
)
def test_scores_fit_their_schema(scale, given):
    valid("score", score_json.document(score(scale, given)))


@pytest.mark.parametrize("name", ["mme", "check", "remind"])
def test_the_schema_of_a_review_holds_those_of_its_parts(name):
    whole, part = json.loads(schema_text("review")), json.loads(schema_text(name))
    assert whole["$defs"][name] == {key: value for key, value in part.items() if key not in ("$schema", "$id")}


def test_a_wrong_document_does_not_fit():
    document = review_json.document(reviewed(CASES[2]))
    document["check"]["findings"][0]["tier"] = 4
    with pytest.raises(jsonschema.ValidationError):
        valid("review", document)


def test_the_same_case_gives_the_same_bytes(report):
    again = review(case_of(CASES[2]), table=TABLE)
    once = review(case_of(CASES[2]), table=TABLE)
    assert pretty(review_json.document(again)) == pretty(review_json.document(once))
    assert review_html.page(report) == review_html.page(report)


# --- text, markdown, note ---------------------------------------------------------------------------------------


def test_text_fits_a_terminal_and_carries_no_control_characters(report, hostile):
    for each in (report, hostile):
        shown = review_screen.text(each)
        assert all(c.isprintable() or c == "\n" for c in shown)
    assert max(len(line) for line in review_screen.text(report).splitlines()) <= 100


def test_markdown_is_plain_text_of_ours(hostile):
    shown = review_table.markdown_text(hostile)
    assert "<script>" not in shown.replace("\\<", "")
    assert all(c.isprintable() or c == "\n" for c in shown)
    rows = [line for line in shown.splitlines() if line.startswith("| ")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {7}


def test_the_note_is_short_and_plain(report, hostile):
    for each in (report, hostile):
        shown = review_note.text(each)
        assert len(shown.splitlines()) < 20
        assert max(map(len, shown.splitlines())) <= review_note.WIDTH
        assert all(c.isprintable() or c == "\n" for c in shown)


def test_the_note_counts_what_it_leaves_out():
    report = reviewed(CASES[-1])
    assert re.search(r"and \d+ more, in the full review", review_note.text(report))


def test_most_important_first():
    shown = review_screen.text(reviewed(CASES[3]))
    places = [
        shown.index(f"\n{title}\n")
        for title in (
            "Needs a decision first",
            "MME per day",
            "Other findings",
            "Due",
            "Recommendations of CDC 2022 that apply",
            "Missing",
            "Medicines",
            "Sources",
        )
    ]
    assert places == sorted(places)


def blocks_of(page: review_page.Page) -> list[review_page.FindingBlock | review_page.DueBlock]:
    return [*page.first, *page.second, *page.due]


def test_every_source_is_cited_and_every_citation_is_a_source(report):
    page = review_page.page_of(report)
    cited = {n for block in blocks_of(page) for n in block.cites}
    assert cited == set(range(1, len(page.sources) + 1))
    assert all(block.cites for block in blocks_of(page))


def test_nothing_is_said_twice(report):
    page = review_page.page_of(report)
    sections = [
        {sentence for block in page.first for sentence in _sentences(block.consider)},
        {sentence for block in page.second for sentence in _sentences(block.consider)},
        {sentence for block in page.due for sentence in _sentences(block.consider)},
        {sentence for line in page.applying for sentence in _sentences(line)},
    ]
    for number, one in enumerate(sections[2:], start=2):
        for other in sections[:number]:
            assert not one & other
    reasons = [why for block in page.due for why in block.because]
    assert len(reasons) == len(set(reasons))
    ids = [block.rule for block in (*page.first, *page.second)]
    assert len(ids) == len(set(ids))
    assert len(page.unknown) == len(set(page.unknown))
    assert len(page.to_know) == len(set(page.to_know))
    assert len(page.problems) == len(set(page.problems))


def _sentences(text):
    return [each.strip().casefold() for each in re.split(r"[.;]", text) if len(each.strip()) > 12]


@pytest.mark.parametrize("write", [review_screen.text, review_table.markdown_text, review_note.text, review_html.page])
def test_nothing_is_told_to_be_given_up_at_once(report, write):
    shown = " ".join(write(report).split())
    for match in re.finditer(r"(?i)\bstop (?:the |this |all )?(\w+)", shown):
        assert match[1].casefold() not in {"opioid", "benzodiazepine", "clonidine", "oxycodone", "alprazolam"}, match[0]


def test_findings_of_the_third_tier_are_counted():
    report = reviewed("oxycodone + citalopram + senna + loratadine")
    assert "And 1 minor: other opioid with SSRI or SNRI [DDI-064]" in review_screen.text(report)


# --- the page ---------------------------------------------------------------------------------------------------


def test_hostile_text_stays_text(hostile):
    page = review_html.page(hostile)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "{{ 7*7 }}" in page
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_the_page_loads_and_runs_nothing(report):
    page = review_html.page(report)
    assert not re.search(r"(?i)<script|<link|<img|<iframe|@import|url\(|\bsrc=|https?://|\son\w+=", page)
    assert "default-src 'none'" in page


def test_the_page_has_real_headings_and_tables(report):
    page = review_html.page(report)
    assert page.startswith("<!DOCTYPE html>")
    assert page.count("<h1") == 1
    levels = [int(level) for level in re.findall(r"<h(\d)", page)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for table in re.findall(r"(?s)<table.*?</table>", page):
        assert 'scope="col"' in table
        columns = table.count('scope="col"')
        for row in re.findall(r"(?s)<tr[^>]*>(.*?)</tr>", table):
            assert len(re.findall(r"<t[hd][ >]", row)) == columns
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert set(re.findall(r'aria-labelledby="([^"]+)"', page)) <= set(ids)


def test_every_colour_is_legible():
    page = review_html.page(reviewed(""))
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", page))
    for ink in ("ink", "soft", "alarm", "warn", "calm"):
        for ground in ("paper", "wash"):
            assert _contrast(colours[ink], colours[ground]) >= 4.5
    assert _contrast("#ffffff", colours["alarm"]) >= 4.5


def _contrast(one, other):
    """The ratio of WCAG 2."""
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_a_missing_part_is_named_with_its_command(monkeypatch):
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name == "jinja2":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    html.template.cache_clear()
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingPart, match=r"medsteward\[handout\]"):
        review_html.page(reviewed("oxycodone"))
