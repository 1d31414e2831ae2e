"""How many pages a card has, and that its plan is on the first: over plans of each kind, as set on paper."""

from __future__ import annotations

import pytest
from attrs import evolve

from medsteward.advice.plan.report import PlanReport
from medsteward.writers.card import pdf as card_pdf
from medsteward.writers.card.days import card_of
from medsteward.writers.card.fit import LARGE, SMALL
from medsteward.writers.shared.paper import LETTER, MM
from tests import printed_plans as printed
from tests.build import pages_of_pdf as pages
from tests.twelve import MORPHINE, TWELVE, tapered, twelve
from tests.words_on_paper import PDFTOTEXT, Word, overlapping, words_of_pdf


def taper(*tracks, **more) -> PlanReport:
    return printed.report(printed.plan(printed.course(*tracks), **more))


PLANS = {
    "two opioids, 14 months": (taper(printed.MORPHINE, printed.OXYCODONE), 5, 22),
    "extended release": (taper(printed.MORPHINE), 4, 20),
    "short-acting": (taper(printed.OXYCODONE), 4, 22),
    "patch": (taper(printed.FENTANYL), 4, 14),
    "benzodiazepine": (taper(printed.CLONAZEPAM), 4, 12),
    "gabapentinoid": (taper(printed.GABAPENTIN), 4, 28),
    "trial": (printed.trial(), 3, 6),
    "before therapy": (printed.sessions(), 3, 6),
}


@pytest.mark.parametrize("name", PLANS)
def test_a_card_is_short_and_its_first_page_is_the_plan(name):
    report, alone, whole = PLANS[name]
    found = pages(card_pdf.document(report, sheets="none"))
    assert len(found) <= alone
    first = found[0].replace("\u00a0", " ")
    assert " Now " in first
    assert "take " in first or "wear " in first
    assert "Who to call" in first
    assert "Danger: get help" in first
    assert len(pages(card_pdf.document(report, sheets="all"))) <= whole


ALONE = {
    "extended and immediate release": 4,
    "benzodiazepine": 3,
    "patch": 3,
    "liquid": 4,
    "gabapentinoid": 3,
    "SNRI": 3,
    "combination": 4,
    "beside another medicine": 3,
    "needs a choice": 4,
    "trial": 3,
    "as needed": 2,
    "reprint": 4,
}


@pytest.mark.parametrize("name", TWELVE)
def test_twelve_plans_have_few_pages_and_the_first_answers_five_questions(name):
    """What do I take, when does it change, what if I miss one, whom do I call, which tablets do I need."""
    report = twelve(name)
    clinic = "Hill Clinic; 555-0100"
    found = [page.replace("\u00a0", " ") for page in pages(card_pdf.document(report, sheets="none", clinic=clinic))]
    assert len(found) <= ALONE[name]
    plan = report.plan
    assert plan is not None
    sheets = card_of(report, sheets="all").sheets
    assert len(pages(card_pdf.document(report, sheets="all", clinic=clinic))) == len(found) + len(sheets)
    assert len(sheets) <= max(len(plan.steps), 2 * len({fill.first_day for fill in plan.fills}))
    now = card_of(report).now
    assert now is not None
    for row in now.rows:
        assert row.product in found[0]
        assert row.take in found[0]
    later = [step for step in plan.steps if step.first_day > max(report.as_of, plan.first_day)]
    said = "Next change of dose: " if name == "patch" else "Next change: "
    assert (said in found[0]) == bool(later)
    assert "My clinic: Hill Clinic" in found[0]
    assert "Phone by day: 555-0100" in found[0]
    assert "Emergency: 911" in found[0]
    as_needed = "wait at least 6 hours between two doses" in found[0]
    assert ("If you miss a dose" in " ".join(found)) is not as_needed


WANTED = {
    "two opioids, 10 months": (
        lambda: tapered(
            "morphine ER 30 mg tablet, 1 tablet every 12 hours",
            "oxycodone IR 5 mg tablet, 1 tablet four times daily",
            first="er",
        ),
        10,
        4,
        15,
    ),
    "two opioids, 15 months": (
        lambda: tapered(MORPHINE, "oxycodone IR 5 mg tablet, 1 tablet three times daily", first="er"),
        15,
        5,
        22,
    ),
    "halves, 18 months": (
        lambda: tapered("oxycodone IR 10 mg tablet, 1 tablet three times daily", split=True),
        17,
        5,
        26,
    ),
    "patch, 9 months": (lambda: twelve("patch"), 9, 4, 12),
    "gabapentin, 5 weeks": (lambda: twelve("gabapentinoid"), 1, 3, 5),
    "duloxetine, a trial": (lambda: twelve("trial"), 1, 3, 5),
    "as needed, 7 days": (lambda: twelve("as needed"), 0, 2, 3),
}
"""Months, and pages without sheets and with all of them, as they are wanted."""


@pytest.mark.parametrize("name", WANTED)
def test_cards_have_the_pages_that_are_wanted(name):
    made, months, alone, whole = WANTED[name]
    report = made()
    plan = report.plan
    assert plan is not None
    assert (plan.last_day - plan.first_day).days // 30 >= months
    assert len(pages(card_pdf.document(report, sheets="none"))) <= alone
    assert len(pages(card_pdf.document(report, sheets="all"))) <= whole


@pytest.mark.parametrize("points", [SMALL, LARGE])
def test_patches_have_each_change_on_one_line_of_few_sheets(points):
    report = twelve("patch")
    plan = report.plan
    assert plan is not None
    sheets = card_of(report, sheets="all", points=points).sheets
    days = [each.day for sheet in sheets for part in sheet.parts for each in part.patches]
    assert len(days) == len(set(days)) == sum(-(-step.days // 3) for step in plan.steps if step.doses)
    assert len(sheets) <= (8 if points == SMALL else 20)


needs_poppler = pytest.mark.skipif(not PDFTOTEXT, reason="needs pdftotext of poppler-utils")


@needs_poppler
@pytest.mark.parametrize("name", TWELVE)
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("code", ["en", "es"])
def test_no_word_of_a_card_is_set_over_another_or_beyond_the_margins(name, large, code):
    """Words of one line that begin where another has not ended: a column that was too narrow."""
    document = card_pdf.document(twelve(name), sheets="next", large_print=large, language=code)
    for number, words in enumerate(words_of_pdf(document), start=1):
        for word in words:
            assert word.left >= 15 * MM - 1, (number, word)
            assert word.right <= LETTER[0] - 15 * MM + 1, (number, word)
        over = [(one, other) for one, other in overlapping(words)]
        assert not over, (number, over[0])


def test_a_word_over_another_is_found():
    one, other = Word("morphine", 10, 100, 60, 112), Word("2 (two)", 40, 103, 90, 115)
    assert list(overlapping([one, other])) == [(one, other)]
    assert not list(overlapping([one, evolve(other, left=60)]))
    assert not list(overlapping([one, evolve(other, top=112, bottom=124)]))
