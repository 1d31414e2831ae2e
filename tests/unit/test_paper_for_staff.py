"""The pages for clinician and pharmacy over twelve plans: short, in the order in which they are read, to be signed."""

from __future__ import annotations

import re

import pytest
from attrs import evolve

from medsteward.advice.plan.report import Support
from medsteward.writers.plan.html import clinician_page, pharmacy_page
from medsteward.writers.plan.in_short import MOST_SUPPORTS, SIGNED
from medsteward.writers.plan.page import APPENDIX, clinician, pharmacy
from medsteward.writers.plan.pdf import clinician_document, pharmacy_document
from medsteward.writers.plan.ways import title
from tests.build import pages_of_pdf as pages
from tests.twelve import TWELVE, twelve
from tests.words_on_paper import PDFTOTEXT, overlapping, words_of_pdf

every = pytest.mark.parametrize("name", TWELVE)
MOST_PAGES = 3


@every
def test_a_clinician_reads_three_pages_and_signs_before_the_appendix(name):
    found = pages(clinician_document(twelve(name)))
    (begins,) = (number for number, page in enumerate(found) if APPENDIX in page)
    assert begins <= MOST_PAGES
    assert found[begins].lstrip().startswith(APPENDIX)
    before = " ".join(found[:begins])
    for line in SIGNED:
        assert line in before
    assert ("Visits" in before) is bool(twelve(name).checkpoints)


@every
def test_the_curve_stands_before_the_steps_and_the_working_is_folded(name):
    page, made = clinician_page(twelve(name)), clinician(twelve(name))
    plan = twelve(name).plan
    assert plan is not None
    assert len(made.curves) == (
        0 if len(plan.steps) < 2 else len({track for c in plan.request.courses for track in c.tracks})
    )
    if made.curves:
        assert page.index('<figure class="curve">') < page.index('aria-label="Steps"')
    folded = page[page.index('<details class="appendix">') :]
    for part in made.appendix:
        assert f"<h3>{part.title}</h3>" in folded
    for part in made.parts:
        assert f"<h2>{part.title}</h2>" in page[: page.index("<details")]


@every
def test_nothing_of_the_plan_is_lost_between_the_pages_and_the_appendix(name):
    made = clinician(twelve(name))
    titles = [part.title for part in (*made.parts, *made.appendix)]
    assert "What to take" in titles
    assert [title for title in titles if title not in ("Visits", "Supportive care")] == list(
        dict.fromkeys(title for title in titles if title not in ("Visits", "Supportive care"))
    )


def test_the_ways_on_of_a_plan_that_needs_a_choice_stand_before_the_appendix():
    report = twelve("needs a choice")
    assert report.awaits_choice
    (ways_on,) = (part for part in clinician(report).parts if part.title == title(report))
    assert ways_on.entries
    assert title(report) not in [part.title for part in clinician(report).appendix]


def test_visits_are_a_rule_with_its_dates():
    report = twelve("extended and immediate release")
    (visits,) = (part for part in clinician(report).parts if part.title == "Visits")
    said = " ".join(entry.text for entry in visits.entries)
    assert len(visits.entries) == len({each.kind for each in report.checkpoints})
    for each in report.checkpoints:
        assert str(each.last_day) in said


def test_forced_steps_and_new_strengths_are_marked_in_the_table():
    report = twelve("extended and immediate release")
    plan, table = report.plan, clinician(report).table
    assert plan is not None
    assert table is not None
    notes = [row[-1] for row in table.rows]
    assert notes[0] == "NEW STRENGTH: morphine 15 mg"
    for step, note in zip(plan.steps, notes, strict=True):
        assert ("forced" in note) is (step.forced and not step.is_last_dose)
    counted = [row[table.header.index("a day")] for row in table.rows]
    assert all(re.search(r"; \d+ tablets?$", each) for each in counted[:-1])


def test_many_supports_are_ten_lines_and_all_of_them_in_the_appendix():
    many = tuple(Support(f"s{n}", f"Offer {n}.") for n in range(14))
    made = clinician(evolve(twelve("liquid"), supports=many))
    (short,) = (part for part in made.parts if part.title == "Supportive care")
    (whole,) = (part for part in made.appendix if part.title == "Supportive care")
    assert len(short.entries) == MOST_SUPPORTS
    assert short.entries[-1].text == "and 5 more in the appendix"
    assert len(whole.entries) == len(many)


@every
def test_the_pharmacy_has_one_page_with_patient_prescriber_and_date(name):
    report = twelve(name)
    found = pages(pharmacy_document(report))
    plan = report.plan
    assert plan is not None
    assert len(found) == 1 or len(plan.fills) > 30
    for blank in ("Patient:", "Prescriber:", "Date:"):
        assert blank in found[0]
        assert f"<dt>{blank}</dt>" in pharmacy_page(report)
    table = pharmacy(report).table
    assert table is not None
    for fill, row in zip(plan.fills, table.rows, strict=True):
        assert ("NEW STRENGTH" in row[table.header.index("product")]) is fill.new_strength
        assert row[table.header.index("days")] == str(fill.days_supply)
        assert ("at home" in row[table.header.index("quantity")]) is bool(fill.stock_before)


@pytest.mark.skipif(not PDFTOTEXT, reason="needs pdftotext of poppler-utils")
@every
@pytest.mark.parametrize("document", [clinician_document, pharmacy_document])
def test_no_word_for_staff_is_set_over_another(name, document):
    for number, words in enumerate(words_of_pdf(document(twelve(name))), start=1):
        over = list(overlapping(words))
        assert not over, (number, over[0])
