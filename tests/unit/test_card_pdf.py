"""The card as PDF: what is read out of it agrees with the plan, it is tagged, and repeats to the byte."""

from __future__ import annotations

import io
import re
import sys
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from medsteward.advice.plan.report import PlanReport
from medsteward.errors import MissingPart
from medsteward.model.stated import Because, RequestedBy
from medsteward.schedules.step import StepKind
from medsteward.schedules.trial import Measure
from medsteward.writers.card import html as card_html
from medsteward.writers.card import pdf as card_pdf
from medsteward.writers.card.days import card_of
from medsteward.writers.card.fit import LARGE, SMALL
from tests.build import pages_of_pdf as pages
from tests.fonts import FONTS, ZEROS
from tests.twelve import twelve
from tests.unit.test_card import HOSTILE, MADE, hostile, plan_of

everyone = pytest.mark.parametrize("name", ["patch", "benzodiazepine", "gabapentinoid", "trial"])


@everyone
def test_the_text_of_the_pdf_agrees_with_the_plan(name):
    report, plan = MADE[name], plan_of(name)
    card = card_of(report, sheets="all")
    text = " ".join(pages(card_pdf.document(report, sheets="all"))).replace("\u00a0", " ")
    for sheet in card.sheets:
        part = text[text.index(sheet.title) :]
        for each in sheet.parts:
            for row in each.rows:
                assert row.product in part
                assert row.take in part
            for change in (*each.changes, *each.new):
                assert change in part
            for change_of_patch in each.patches:
                assert change_of_patch.name in part
    if plan.steps[-1].kind is StepKind.STOP:
        patch = any(track.wear_days for course in plan.request.courses for track in course.tracks)
        said = "Take every old patch off, and put no new one on." if patch else "Take no more of it from this day on."
        assert said in text


@everyone
@pytest.mark.parametrize("large", [False, True])
def test_each_sheet_is_one_page(name, large):
    """The boxes of a sheet are as high as the page allows, and no higher."""
    for which in ("none", "all"):
        sheets = card_of(MADE[name], sheets=which, points=LARGE if large else SMALL).sheets
        found = pages(card_pdf.document(MADE[name], sheets=which, large_print=large))
        if which == "none":
            before = len(found)
        else:
            assert len(found) == before + len(sheets)


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_the_letters_of_doses_differ_in_the_zero_alone(weight):
    made = TTFont(FONTS / f"MedstewardDoses-{weight}.ttf")["glyf"]
    own = TTFont(FONTS / f"AtkinsonHyperlegibleNext-{weight}.ttf")["glyf"]
    drawn = ({name: list(font[name].getCoordinates(font)[0]) for name in own.keys()} for font in (own, made))  # noqa: SIM118
    before, after = drawn
    assert {name for name, points in before.items() if after[name] != points} == set(ZEROS)
    for zero in ZEROS:
        assert made[zero].numberOfContours == 2, "a stroke would cut the inside in two"


def test_doses_are_set_in_letters_whose_zero_has_no_stroke():
    for page in PdfReader(io.BytesIO(card_pdf.document(MADE["opioids"]))).pages:
        fonts = page["/Resources"]["/Font"]  # type: ignore[index]
        names = {str(each.get_object()["/BaseFont"]) for each in fonts.values()}
        assert names
        assert all("MedstewardDoses" in each for each in names), names


@everyone
def test_every_page_names_the_plan_and_where_to_call(name):
    found = pages(card_pdf.document(MADE[name], large_print=True))
    for number, page in enumerate(found, start=1):
        assert card_of(MADE[name]).footer in page
        assert f"Page {number} / {len(found)}" in page
        assert "Clinic phone" in page


def test_it_is_tagged_titled_and_has_words_for_its_drawings():
    data = card_pdf.document(MADE["opioids"])
    reader = PdfReader(io.BytesIO(data))
    root: Any = reader.trailer["/Root"].get_object()
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "My plan for a lower dose"
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_the_same_plan_gives_the_same_bytes():
    assert card_pdf.document(MADE["patch"]) == card_pdf.document(MADE["patch"])


def test_hostile_text_stays_text():
    shown = " ".join(pages(card_pdf.document(hostile(MADE["trial"]))))
    assert "<script>alert(1)</script>" in shown
    assert "*#[x]" in shown
    assert "\u202e" in HOSTILE
    assert "\u202e" not in shown


def test_a_missing_part_names_its_command(monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingPart, match=re.escape("pip install 'medsteward[pdf]'")):
        card_pdf.document(MADE["trial"])


def with_hostile_words(name: str) -> PlanReport:
    """A report whose every text that is typed in means harm: reason, goal, measure, site, clinic, case."""
    report = twelve(name)
    plan = report.plan
    assert plan is not None
    request = plan.request
    stated = evolve(request.stated, because=Because.PATIENT_WISH, requested_by=RequestedBy.PATIENT, reason=HOSTILE)
    tried = request.trial and evolve(
        request.trial, goal=HOSTILE, site=HOSTILE, baseline=(Measure(HOSTILE, Fraction(7), HOSTILE),)
    )
    request = evolve(request, stated=stated, reason=HOSTILE, indication=HOSTILE, trial=tried)
    return evolve(report, case_id=HOSTILE, plan=evolve(plan, request=request))


@pytest.mark.parametrize("name", ["beside another medicine", "combination", "trial", "as needed"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_words_that_are_typed_in_stay_words_on_paper_and_on_a_screen(name, language):
    report = with_hostile_words(name)
    clinic = f"{HOSTILE[:30]}; {HOSTILE[:20]}"
    shown = " ".join(pages(card_pdf.document(report, language=language, clinic=clinic)))
    page = card_html.page(report, language=language, clinic=clinic)
    assert "<script>" in shown
    assert "<script" not in page
    assert "&lt;script" in page
    for text in (shown, page):
        assert not re.search("[\\u202a-\\u202e\\u2066-\\u2069\\x00]", text)
