"""The patient card: what it tells to whom, in words that are easily read, and safe with any text."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from fractions import Fraction
from html import unescape

import pytest
from attrs import evolve

from medsteward.advice.plan.report import PlanReport
from medsteward.errors import MissingPart, NothingToPrint
from medsteward.model.problem import Problem
from medsteward.model.unit import Unit
from medsteward.schedules.plan import Plan
from medsteward.schedules.step import StepKind
from medsteward.writers.card import html as card_html
from medsteward.writers.card.days import card_of
from medsteward.writers.card.language import language
from medsteward.writers.card.sheets import PAGE, PDF, dense_months, sheets
from medsteward.writers.card.text import AFTER_GAP, WAITING
from medsteward.writers.card.words import dose_words
from medsteward.writers.shared import html
from tests import printed_plans as printed

MADE = {
    "opioids": printed.report(printed.plan(printed.course(printed.MORPHINE, printed.OXYCODONE))),
    "patch": printed.report(printed.plan(printed.course(printed.FENTANYL))),
    "benzodiazepine": printed.report(printed.plan(printed.course(printed.CLONAZEPAM))),
    "gabapentinoid": printed.report(printed.plan(printed.course(printed.GABAPENTIN))),
    "liquid": printed.report(printed.plan(printed.course(printed.SOLUTION, named=printed.weekly()))),
    "trial": printed.trial(),
}
OPIOID, PATCH = {"opioids", "patch", "liquid"}, {"patch"}
everyone = pytest.mark.parametrize("name", MADE)


def plan_of(name: str) -> Plan:
    found = MADE[name].plan
    assert found is not None
    return found


def said(report: PlanReport) -> str:
    """Every sentence of the card's text, titles among them."""
    card = card_of(report)
    lines = [line for block in card.blocks for line in (f"{block.title}.", *block.lines)]
    lines += [sentence for row in card.overview for sentence in row.changes]
    lines += [*card.marks, card.ending]
    return " ".join(lines)


# --- what is told to whom -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "whose"),
    [
        ("Naloxone", OPIOID),
        ("laxative", OPIOID),
        ("opioid", OPIOID),
        ("slow or stop your breathing", OPIOID),
        ("patch", PATCH),
        ("heating pad", PATCH),
        ("seizure", {"benzodiazepine"}),
        ("Do not drink alcohol", set(MADE) - {"trial"}),
        ("You can ask us to slow down or pause", set(MADE) - {"trial"}),
        ("Do not go back up on your own", set(MADE) - {"trial"}),
        ("Do not take more than the card says", {"trial"}),
        ("more pain for a while", set(MADE) - {"trial"}),
        ("Skip the dose you missed", set(MADE) - PATCH),
        ("Do not drive", set(MADE)),
        ("take-back site", set(MADE)),
    ],
)
def test_each_class_is_told_its_own(words, whose):
    assert {name for name, report in MADE.items() if words in said(report)} == whose


@everyone
def test_the_numbers_of_the_country_are_filled_in_and_those_of_the_clinic_are_not(name):
    found = {each.label: each.value for each in card_of(MADE[name]).contacts}
    assert [value for value in found.values() if value] == ["911", "988", "1-800-222-1222"]
    assert found["My clinic"] == found["Phone by day"] == ""


@everyone
def test_no_equivalents_and_no_words_that_hurt(name):
    shown = unescape(card_html.page(MADE[name])).lower()
    for word in ("mme", "equivalent", "abuse", "addict", "fail", "drug seeking", "clean", "compliance", " qd", "µ"):
        assert word not in re.sub(r"<style>.*?</style>", "", shown, flags=re.S), word


def test_a_dose_is_a_count_and_an_amount():
    rows = card_of(MADE["opioids"]).months[0].stretches[0].rows
    assert ("take 2 tablets (10 mg)") in {row.take for row in rows if row.product.startswith("oxycodone")}


def test_halves_are_words():
    words = language("en")
    item = plan_of("benzodiazepine").steps[0].doses[0].items[0]
    assert dose_words(evolve(item, count=Fraction(1, 2)), words) == "take half a tablet (0.25 mg)"
    assert dose_words(evolve(item, count=Fraction(3, 2)), words) == "take 1 and a half tablets (0.75 mg)"
    assert dose_words(evolve(item, count=Fraction(1)), words) == "take 1 tablet (0.5 mg)"
    assert dose_words(evolve(item, unit=Unit.CAPSULE, count=Fraction(2)), words) == "take 2 capsules (1 mg)"


def test_a_patch_has_a_box_on_the_days_it_is_changed():
    card = card_of(MADE["patch"])
    cells = [
        cell
        for month in card.months
        for stretch in month.stretches
        if stretch.step == 1
        for week in stretch.weeks
        for cell in week
        if cell is not None
    ]
    first = plan_of("patch").steps[0]
    assert [cell.day for cell in cells if cell.boxes == (True,)] == [
        cell.day for cell in cells if (cell.day - first.first_day).days % 3 == 0
    ]


def test_a_change_day_says_what_changes():
    card = card_of(MADE["gabapentinoid"])
    boxed = [stretch for month in card.months for stretch in month.stretches if stretch.change_day]
    assert len(boxed) == len(plan_of("gabapentinoid").steps)
    assert boxed[0].change_day == "Change day: Monday, January 4"
    assert boxed[0].changes[0].startswith("gabapentin: lower, from 1,800 mg a day to ")
    assert plan_of("gabapentinoid").steps[-1].kind is StepKind.STOP
    assert boxed[-1].changes == ("gabapentin: stop. Take no more of it from this day on.",)


def test_a_trial_starts_and_goes_up():
    card = card_of(MADE["trial"])
    assert card.title == "My trial plan"
    assert [row.changes[0] for row in card.overview] == [
        "duloxetine: start with 30 mg a day.",
        "duloxetine: higher, from 30 mg a day to 60 mg a day.",
    ]
    assert "we decide with you if you go on. If not, you go down step by step." in card.ending
    assert any("Time to decide together" in check for month in card.months for check in month.checks)


def test_a_check_within_some_days_names_the_first_and_the_last():
    day, *_ = points = MADE["trial"].checkpoints
    week = evolve(day, first_day=date(2027, 1, 25), last_day=date(2027, 1, 31), kind="follow_up")
    alone = evolve(day, first_day=date(2027, 1, 11), last_day=date(2027, 1, 11), kind="follow_up")
    checks = [
        check
        for month in card_of(evolve(MADE["trial"], checkpoints=(*points, alone, week))).months
        for check in month.checks
    ]
    assert "Monday, January 11: Visit or call" in checks
    assert "between Monday, January 25 and Sunday, January 31: Visit or call" in checks
    spanish = card_of(evolve(MADE["trial"], checkpoints=(week,)), language_code="es")
    said_so = [check for month in spanish.months for check in month.checks]
    assert any("entre el lunes 25 de enero y el domingo 31 de enero" in check for check in said_so)


def test_who_has_no_laxative_is_told_to_ask():
    assert "If you have a laxative, keep taking it. If not, ask us." in said(MADE["opioids"])
    assert "that your clinic gave you" not in said(MADE["opioids"])


def test_a_pause_is_drawn_and_told():
    made = printed.plan(printed.course(printed.MORPHINE))
    held = printed.paused(made, date(2027, 3, 15), date(2027, 4, 4))
    (curve,) = card_of(printed.report(held)).curves
    assert [(span.first, span.last) for span in curve.holds] == [(date(2027, 3, 15), date(2027, 4, 4))]
    assert "There is 1 pause." in curve.alt
    page = card_html.page(printed.report(held))
    assert page.count("url(#hold1)") == 1
    assert 'aria-label="morphine: from 120 mg a day' in page


# --- how easily it is read ----------------------------------------------------------------------------------------

VOWELS = re.compile(r"[aeiouy]+")
MOST = 6


def syllables(word: str) -> int:
    """Groups of vowels, a silent end left out."""
    word = word.lower()
    cut = re.sub(r"(?:[^laeiouy]es?|[^tdaeiouy]ed)$", "", word) if len(word) > 3 else word
    cut = re.sub(r"(?<![ts])io", "i-o", cut)
    return max(1, len(VOWELS.findall(cut)))


def grades(text: str) -> tuple[float, float]:
    """Flesch-Kincaid grade (1975) and automated readability index (1967), of text without drug names."""
    sentences = [each for each in re.split(r"[.!?]+(?:\s|$)", text) if re.search(r"[A-Za-z]", each)]
    words = [word for each in sentences for word in re.findall(r"[A-Za-z']+", each)]
    letters = sum(len(re.sub("[^A-Za-z]", "", word)) for word in words)
    pace = len(words) / len(sentences)
    kincaid = 0.39 * pace + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    automated = 4.71 * letters / len(words) + 0.5 * pace - 21.43
    return kincaid, automated


def test_the_formulas_know_hard_from_easy():
    hard = "Concomitant administration of benzodiazepines necessitates individualized deprescribing consideration."
    assert min(grades(hard)) > 15
    assert max(grades("The cat sat on the mat. It was a big cat.")) < 2
    assert [syllables(word) for word in ("make", "table", "opioid", "call", "laxative", "needed")] == [1, 2, 3, 1, 3, 2]


@everyone
def test_the_card_is_read_at_sixth_grade_or_below(name):
    text = said(MADE[name])
    for drug in ("morphine", "oxycodone", "fentanyl", "clonazepam", "gabapentin", "duloxetine", "naloxone"):
        text = re.sub(drug, "it", text, flags=re.I)
    assert max(grades(text)) <= MOST, grades(text)


@everyone
def test_no_block_of_it_is_harder_than_eighth_grade(name):
    for block in card_of(MADE[name]).blocks:
        text = re.sub("naloxone", "it", " ".join(block.lines), flags=re.I)
        assert max(grades(text)) <= 8, (block.id, grades(text))


@pytest.mark.parametrize("block", [WAITING, AFTER_GAP])
def test_what_stands_in_place_of_doses_is_read_at_sixth_grade_or_below(block):
    text = re.sub("naloxone", "it", " ".join(line.text for line in block.lines), flags=re.I)
    assert max(grades(text)) <= MOST, grades(text)


# --- the page -----------------------------------------------------------------------------------------------------

HOSTILE = "\u202e</td><script>alert(1)</script>\"'{{ 7*7 }}&#x202e;\x00*#[x]"


def hostile(report: PlanReport) -> PlanReport:
    """The same report with hostile text in every field that reaches the card."""
    plan = report.plan
    assert plan is not None
    steps = tuple(
        evolve(
            step,
            doses=tuple(
                evolve(
                    dose,
                    drug=HOSTILE,
                    items=tuple(evolve(item, product=HOSTILE) for item in dose.items),
                )
                for dose in step.doses
            ),
            daily=tuple(evolve(each, drug=HOSTILE) for each in step.daily),
        )
        for step in plan.steps
    )
    course = plan.request.courses[0]
    courses = (evolve(course, tracks=tuple(evolve(track, drug=HOSTILE) for track in course.tracks)),)
    plan = evolve(plan, steps=steps, base=steps, request=evolve(plan.request, courses=courses))
    return evolve(report, plan=plan, case_id=HOSTILE)


@everyone
def test_hostile_text_stays_text(name):
    page = card_html.page(hostile(MADE[name]))
    assert "<script" not in page
    assert "</td>&lt;" not in page
    assert "\u202e" not in page
    assert "\x00" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7*7 }}" in page


@everyone
@pytest.mark.parametrize("large", [False, True])
def test_a_page_is_built_of_headings_and_tables_and_needs_nothing(name, large):
    page = card_html.page(MADE[name], large_print=large)
    assert page.count("<h1") == 1
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert f"font-size: {'18pt' if large else '14pt'}" in page
    assert "font-style: italic" not in page
    assert "text-transform" not in page
    for what in ("<script", "src=", "@import", "url(http", "http://", "javascript:", " on"):
        assert not re.search(rf"<[^>]*{re.escape(what)}\w+=" if what == " on" else re.escape(what), _own(page)), what
    for table in re.findall(r"<table.*?</table>", page, flags=re.S):
        assert "<th" in table
    for image in re.findall(r"<svg[^>]*>", page):
        assert "aria-label=" in image or 'aria-hidden="true"' in image


def _own(page: str) -> str:
    """The page without the name of the namespace of its drawings."""
    return page.replace('xmlns="http://www.w3.org/2000/svg"', "")


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    parts = [int(digits[n : n + 2], 16) if len(digits) == 6 else int(digits[n // 2] * 2, 16) for n in (0, 2, 4)]
    linear = [part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("large", "least"), [(False, 4.5), (True, 7)])
def test_letters_stand_out_from_the_paper(large, least):
    page = card_html.page(MADE["opioids"], large_print=large)
    named = dict(re.findall(r"--(\w+): (#\w+)", page))
    for ink in ("ink", "soft"):
        for paper in ("#fff", named["wash"]):
            assert (luminance(paper) + 0.05) / (luminance(named[ink]) + 0.05) >= least
    assert not re.findall(r"(?<![-\w])color: (?!var\(--(?:ink|soft)\)|inherit)", page)


def test_without_a_plan_there_is_no_card():
    problem = Problem("TAPER-001", "line 1", "out of scope")
    with pytest.raises(NothingToPrint, match="out of scope"):
        card_of(evolve(MADE["trial"], plan=None, problems=(problem,)))


def test_a_missing_part_names_its_command(monkeypatch):
    html.template.cache_clear()
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(MissingPart, match=re.escape("pip install 'medsteward[handout]'")):
        card_html.page(MADE["trial"])
    html.template.cache_clear()


def test_the_same_plan_gives_the_same_bytes_in_another_process():
    made = (
        "import sys, hashlib; from tests import printed_plans as p; from medsteward.writers.card.html import page;"
        "print(hashlib.sha256(page(p.trial()).encode()).hexdigest())"
    )
    found = {
        subprocess.run([sys.executable, "-c", made], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    }
    assert len(found) == 1


# --- before therapy -----------------------------------------------------------------------------------------------


def test_a_dose_before_therapy_has_a_box_on_the_days_of_therapy_and_never_says_stop():
    report = printed.sessions()
    card = card_of(report)
    assert [row.changes for row in card.overview] == [
        ("acetaminophen: start with 650 mg before each therapy.",),
        ("acetaminophen: lower, from 650 mg before each therapy to 325 mg before each therapy.",),
    ]
    cells = [
        (cell, stretch)
        for month in card.months
        for stretch in month.stretches
        for week in stretch.weeks
        for cell in week
        if cell is not None
    ]
    assert len(cells) == 42
    assert report.plan is not None
    for cell, stretch in cells:
        step = report.plan.on(cell.day)
        assert step is not None
        assert cell.boxes == (bool(step.doses),)
        if step.doses:
            taken = "take 2 tablets (650 mg)" if step.total.value == 650 else "take 1 tablet (325 mg)"
            assert [row.take for row in stretch.rows] == [taken]
        assert stretch.boxes == ("Before therapy",)
        assert "Take it only on the days with a box. On other days take none." in stretch.notes
    assert cells[0][1].rows[0].time == "30 to 60 minutes before therapy"
    assert "The plan ends on Sunday, January 17, 2027" in card.ending
    assert card.curves == ()
    page = card_html.page(report)
    assert "stop. Take no more" not in page
    assert "The plan as a picture" not in page


# --- sheets -------------------------------------------------------------------------------------------------------


def test_a_month_is_set_dense_only_where_that_saves_a_sheet():
    plenty = card_of(printed.report(printed.plan(printed.course(printed.OXYCODONE))))
    for points in (14, 18):
        for sheet in (PAGE, PDF):
            found = dense_months(plenty, points, sheet)
            for month in plenty.months:
                roomy, dense = (sheets(month, plenty, points, sheet, dense=each) for each in (False, True))
                assert (month.id in found) is (dense < roomy)
                assert min(roomy, dense) <= (1 if points == 14 and len(month.stretches) == 1 else 2)
    few = card_of(printed.report(printed.plan(printed.course(printed.FENTANYL))))
    assert "2027-01" not in dense_months(few, 14, PAGE)
