"""The card as PDF: what is read out of it agrees with the plan, it is tagged, and repeats to the byte."""

from __future__ import annotations

import io
import re
import sys
from typing import Any

import pytest
from pypdf import PdfReader

from medsteward.errors import MissingPart
from medsteward.schedules.step import StepKind
from medsteward.writers.card import pdf as card_pdf
from medsteward.writers.card.days import card_of
from tests.build import pages_of_pdf as pages
from tests.unit.test_card import HOSTILE, MADE, hostile, plan_of

everyone = pytest.mark.parametrize("name", ["patch", "benzodiazepine", "gabapentinoid", "trial"])


@everyone
def test_the_text_of_the_pdf_agrees_with_the_plan(name):
    report, plan = MADE[name], plan_of(name)
    card = card_of(report)
    text = " ".join(pages(card_pdf.document(report)))
    days = 0
    for month in card.months:
        part = text[text.index(f" {month.title} ") :]
        for stretch in month.stretches:
            assert stretch.when in part
            for row in stretch.rows:
                assert f"{row.product} {row.take}" in part
            for change in stretch.changes:
                assert change in part
            week = [cell for found in stretch.weeks for cell in found if cell is not None]
            days += len(week)
        numbers = [
            int(day) for day in re.findall(r"(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat) (\d+)\b", part[: _end(part, month.title)])
        ]
        assert numbers == [int(cell.number) for s in month.stretches for w in s.weeks for cell in w if cell is not None]
    assert days == (plan.last_day - plan.first_day).days + 1
    if plan.steps[-1].kind is StepKind.STOP:
        patch = any(track.wear_days for course in plan.request.courses for track in course.tracks)
        said = "Take the old patch off, and put no new one on." if patch else "Take no more of it from this day on."
        assert said in text


def _end(part: str, title: str) -> int:
    """Where the next month begins."""
    found = re.compile(
        r" (?:January|February|March|April|May|June|July|August|September|October|November|December) 20\d\d "
    )
    after = [each.start() for each in found.finditer(part) if each.group().strip() != title]
    return after[0] if after else len(part)


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
