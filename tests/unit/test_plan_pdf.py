"""Plans as PDF for clinician and pharmacy: what is read out of them agrees with the plan; tagged, marked."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from attrs import evolve
from pypdf import PdfReader

from medsteward.errors import MissingPart, NothingToPrint
from medsteward.schedules.sig_lines import count_words
from medsteward.writers.plan.html import SEVERAL
from medsteward.writers.plan.page import clinician, pharmacy
from medsteward.writers.plan.pdf import clinician_document, pharmacy_document
from tests.build import pages_of_pdf as pages
from tests.unit.test_card import MADE, hostile, plan_of
from tests.unit.test_plan_pages import fills

both = pytest.mark.parametrize("document", [clinician_document, pharmacy_document])


def tags(data: bytes) -> list[str]:
    """The names of the elements that a screen reader is told of."""

    def walk(element: Any) -> Iterator[str]:
        element = element.get_object()
        if isinstance(element, list):
            for each in element:
                yield from walk(each)
        elif isinstance(element, dict):
            if "/S" in element:
                yield str(element["/S"])
            if "/K" in element:
                yield from walk(element["/K"])

    root: Any = PdfReader(io.BytesIO(data)).trailer["/Root"].get_object()
    return list(walk(root["/StructTreeRoot"]))


@pytest.mark.parametrize("name", ["opioids", "patch", "trial"])
def test_the_text_agrees_with_the_pages_and_the_plan(name):
    text = " ".join(pages(clinician_document(MADE[name])))
    page = clinician(MADE[name])
    for part in (*page.parts, *page.appendix):
        assert part.title in text
        for row in part.table.rows if part.table is not None else ():
            assert " ".join(" ".join(row).split()) in text
        for entry in part.entries:
            for line in (entry.text, *entry.more):
                assert " ".join(line.split()) in text
    text = " ".join(pages(pharmacy_document(MADE[name])))
    for number, each in enumerate(plan_of(name).fills, start=1):
        quantity = count_words(each.quantity, each.unit)
        product = f"NEW STRENGTH: {each.product}" if each.new_strength else each.product
        days = f"{each.first_day} {each.days_supply}"
        assert f"{number} {days} {product} {quantity} {each.sig}" in text
    for line in pharmacy(MADE[name]).lead:
        assert line in text


@both
def test_it_is_tagged_titled_and_has_headings_and_tables(document):
    data = document(MADE["opioids"])
    reader = PdfReader(io.BytesIO(data))
    root: Any = reader.trailer["/Root"].get_object()
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert reader.metadata is not None
    assert reader.metadata.title in ("Taper plan", "For the pharmacy")
    found = tags(data)
    assert found.count("/H1") == 1
    tables = 1 if document is pharmacy_document else 3
    assert found.count("/Table") == found.count("/THead") == tables
    assert found.count("/TH") >= 6 * tables - 1


@both
def test_marks_and_numbers_stand_on_every_page(document):
    made = evolve(MADE["opioids"], plan=fills(plan_of("opioids"), 120), faster_than=("a source",))
    found = pages(document(made))
    assert len(found) > 1
    for number, page in enumerate(found, start=1):
        assert page.count("Faster than: a source") == (2 if number == 1 else 1)
        assert f"story-a4, page {number} / {len(found)}" in page


@pytest.mark.parametrize("count", [1, 24, 30])
def test_what_is_dispensed_is_one_page(count):
    (page,) = pages(pharmacy_document(evolve(MADE["opioids"], plan=fills(plan_of("opioids"), count))))
    assert SEVERAL not in page


def test_more_than_a_page_holds_goes_on_with_its_header_and_is_said():
    plan = fills(plan_of("opioids"), 150)
    found = pages(pharmacy_document(evolve(MADE["opioids"], plan=plan)))
    assert len(found) > 1
    assert SEVERAL in found[0]
    for page in found:
        assert "no. from days product quantity directions for the label" in page
    numbers = [int(each) for page in found for each in re.findall(r"(?<!\S)(\d+) \d{4}-\d\d-\d\d \d+ ", page)]
    assert numbers == list(range(1, 151))


@both
def test_hostile_text_stays_text(document):
    shown = " ".join(pages(document(hostile(MADE["trial"]))))
    assert "<script>alert(1)</script>" in shown
    assert "*#[x]" in shown
    assert "\u202e" not in shown


@both
def test_the_same_plan_gives_the_same_bytes(document):
    assert document(MADE["patch"]) == document(MADE["patch"])


def test_without_a_plan_the_problems_are_shown_to_the_clinician_only():
    empty = evolve(MADE["patch"], plan=None)
    assert "nothing is planned" in " ".join(pages(clinician_document(empty)))
    with pytest.raises(NothingToPrint):
        pharmacy_document(empty)


def test_a_missing_part_names_its_command(monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingPart, match=re.escape("pip install 'medsteward[pdf]'")):
        clinician_document(MADE["trial"])
