"""The patient card: what it tells to whom, in words that are easily read, and safe with any text."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date, timedelta
from fractions import Fraction
from html import unescape

import pytest
from attrs import evolve

import medsteward
from medsteward.advice.plan.report import PlanReport
from medsteward.advice.trial.asked import TrialOptions
from medsteward.advice.trial.plan import trial
from medsteward.errors import MissingPart, NothingToPrint
from medsteward.model.problem import Problem
from medsteward.model.stated import Because, RequestedBy, Stated
from medsteward.model.unit import Unit
from medsteward.schedules.plan import Plan
from medsteward.schedules.step import StepKind
from medsteward.schedules.trial import Measure
from medsteward.writers.card import html as card_html
from medsteward.writers.card.days import card_of
from medsteward.writers.card.fit import LARGE, LEAST, SMALL
from medsteward.writers.card.language import language
from medsteward.writers.card.steps import turns_of
from medsteward.writers.card.text import AFTER_GAP, WAITING
from medsteward.writers.card.words import dose_words
from medsteward.writers.shared import html
from tests import printed_plans as printed
from tests.cards import cells, checks, lines, parts
from tests.twelve import twelve

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
    return " ".join(lines(card_of(report, sheets="all")))


# --- what is told to whom -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "whose"),
    [
        ("naloxone", OPIOID),
        ("laxative", OPIOID),
        ("slow or stop your breathing", OPIOID),
        ("patch", PATCH),
        ("heating pad", PATCH),
        ("oral syringe", {"liquid"}),
        ("Swallow it whole. Do not cut", {"opioids"}),
        ("a seizure", {"benzodiazepine", "gabapentinoid", "trial"}),
        ("see or hear things", {"benzodiazepine"}),
        ("988", set(MADE)),
        ("Do not drink alcohol", set(MADE) - {"trial"}),
        ("Take nothing else that makes you sleepy", set(MADE) - {"trial"}),
        ("You can ask us to slow down or pause", set(MADE) - {"trial"}),
        ("Do not go back up on your own", set(MADE) - {"trial"}),
        ("Do not take more than the card says", {"trial"}),
        ("It does not mean that you did something wrong", set(MADE) - {"trial"}),
        ("What you may feel in the first weeks", {"trial"}),
        ("Skip it. Take the next one", {"opioids", "liquid"}),
        ("Do not drive", set(MADE)),
        ("take-back site", set(MADE)),
        ("flush", {"opioids", "liquid", "patch"}),
        ("Do not stop all at once", set(MADE)),
    ],
)
def test_each_class_is_told_its_own(words, whose):
    assert {name for name, report in MADE.items() if words in said(report)} == whose


@everyone
def test_the_numbers_of_the_country_are_filled_in_and_those_of_the_clinic_are_not(name):
    found = {each.label: each.value for each in card_of(MADE[name]).contacts}
    assert [value for value in found.values() if value] == ["911", "988", "1-800-222-1222"]
    assert found["My clinic"] == found["Phone by day"] == ""


@pytest.mark.parametrize(
    ("typed", "name", "phone"),
    [
        ("Hill Clinic; 555-0100", "Hill Clinic", "555-0100"),
        ("Hill Clinic", "Hill Clinic", ""),
        (";555 0100", "", "555 0100"),
        ("  a ;  b; c ", "a", "b; c"),
    ],
)
def test_the_clinic_is_typed_in(typed, name, phone):
    made = card_of(MADE["opioids"], clinic=typed)
    found = {each.label: each.value for each in made.contacts}
    assert (found["My clinic"], found["Phone by day"], made.phone) == (name, phone, phone)
    page = card_html.page(MADE["opioids"], clinic=typed)
    assert page.count(f"Clinic phone: {phone}") == len(made.sheets) + 1


def test_the_box_of_danger_stands_on_page_one_and_says_each_sign_once():
    both = printed.report(printed.plan(printed.course(printed.MORPHINE), printed.course(printed.GABAPENTIN)))
    danger = card_of(both).danger
    assert danger is not None
    text = " ".join(danger.lines)
    for sign in ("cannot be woken", "naloxone", "seizure", "988", "Do not drink alcohol"):
        assert sign in text
    assert text.count("If you think of harming yourself, call or text 988.") == 1
    assert text.count("Do not drink alcohol") == 1


@everyone
def test_no_equivalents_and_no_words_that_hurt(name):
    shown = unescape(card_html.page(MADE[name])).lower()
    for word in ("mme", "equivalent", "abuse", "addict", "fail", "drug seeking", "get clean", "compliance", " qd", "µ"):
        assert word not in re.sub(r"<style>.*?</style>", "", shown, flags=re.S), word


def test_a_dose_is_a_count_its_word_and_an_amount():
    now = card_of(MADE["opioids"]).now
    assert now is not None
    assert {row.take for row in now.rows if row.product.startswith("oxycodone")} == {"take 2 (two) tablets (10 mg)"}


def test_halves_are_words():
    words = language("en")
    item = plan_of("benzodiazepine").steps[0].doses[0].items[0]
    assert dose_words(evolve(item, count=Fraction(1, 2)), words) == "take half a tablet (0.25 mg)"
    assert dose_words(evolve(item, count=Fraction(3, 2)), words) == "take 1 (one) and a half tablets (0.75 mg)"
    assert dose_words(evolve(item, count=Fraction(1)), words) == "take 1 (one) tablet (0.5 mg)"
    assert dose_words(evolve(item, unit=Unit.CAPSULE, count=Fraction(2)), words) == "take 2 (two) capsules (1 mg)"


def test_a_patch_has_a_line_on_the_days_it_is_changed():
    card = card_of(MADE["patch"], sheets="all")
    steps = plan_of("patch").steps
    for step in steps:
        days = [each.day for part in parts(card) if part.step == step.number for each in part.patches]
        worn = [step.first_day + timedelta(days=n) for n in range(0, step.days, 3)] if step.doses else []
        assert days == worn
    assert cells(card) == []
    assert "per hour" in parts(card)[0].patches[0].patch
    assert "In one day" not in card_html.page(MADE["patch"], sheets="all")


def test_a_change_day_says_what_changes():
    card = card_of(MADE["gabapentinoid"], sheets="all")
    boxed = [part for part in parts(card) if part.change_day]
    assert len(boxed) == len(plan_of("gabapentinoid").steps) - 1
    assert boxed[0].change_day == "Change day: Mon, Jan 4."
    assert boxed[0].changes[0].startswith("Gabapentin goes down: 1,800 to 1,")
    assert plan_of("gabapentinoid").steps[-1].kind is StepKind.STOP
    assert card.sheets[-1].next_change.endswith("Gabapentin: stop. Take no more of it from this day on.")
    assert card.steps is not None
    assert card.steps.rows[-1].note == "Gabapentin: stop. Take no more of it from this day on."


def test_a_trial_starts_goes_up_and_says_goal_measure_and_decision():
    card = card_of(MADE["trial"], sheets="all")
    assert card.title == "My trial plan"
    assert [part.changes[0] for part in parts(card) if part.changes] == [
        "Duloxetine: start with 30 mg a day.",
        "Duloxetine goes up: 30 to 60 mg a day.",
    ]
    assert "we decide with you if you go on. Until then, stay at the dose of your last step." in card.ending
    assert any("Time to decide together" in check for check in checks(card))
    found = spec_trial()
    about = {each.label: each.value for each in card_of(found).about}
    assert (about["My goal"], about["How we measure it"]) == ("walk 20 minutes", "PEG: 7 now")
    assert about["We decide on"] == "Monday, February 1, 2027"


def spec_trial() -> PlanReport:
    """A trial as the command makes it."""
    case = medsteward.case_of(as_of=date(2026, 12, 1), patient={"age": 50, "egfr": 90})
    asked = TrialOptions(
        "duloxetine", date(2026, 12, 7), goal="walk 20 minutes", baseline=(Measure("PEG", Fraction(7)),)
    )
    return trial(case, asked, table=medsteward.factor_table("cdc_2022"))


def test_why_a_dose_is_lowered_is_said_only_where_the_patient_asks():
    plan = plan_of("opioids")
    for asks, shown in ((RequestedBy.PATIENT, "too sleepy"), (RequestedBy.CLINICIAN, ""), (None, "")):
        stated = Stated(requested_by=asks, because=Because.OTHER, reason="too sleepy")
        if asks is RequestedBy.PATIENT:
            stated = Stated(requested_by=asks, reason="too sleepy")
        report = evolve(MADE["opioids"], plan=evolve(plan, request=evolve(plan.request, stated=stated)))
        assert {each.label: each.value for each in card_of(report).about}["Why"] == shown


def test_a_check_within_some_days_names_the_first_and_the_last():
    day, *_ = points = MADE["trial"].checkpoints
    week = evolve(day, first_day=date(2027, 1, 25), last_day=date(2027, 1, 31), kind="follow_up")
    alone = evolve(day, first_day=date(2027, 1, 11), last_day=date(2027, 1, 11), kind="follow_up")
    made = checks(card_of(evolve(MADE["trial"], checkpoints=(*points, alone, week)), sheets="all"))
    assert "Visit or call: Mon, Jan 11; Mon, Jan 25 to Sun, Jan 31." in made
    spanish = checks(card_of(evolve(MADE["trial"], checkpoints=(week,)), language_code="es", sheets="all"))
    assert any("lun 25 de ene a dom 31 de ene" in check for check in spanish)


def test_who_has_no_laxative_is_told_to_ask():
    assert "If you have a laxative, keep taking it. If not, ask us." in said(MADE["opioids"])
    assert "An opioid makes stools hard." in said(MADE["opioids"])


def test_a_pause_and_today_are_drawn_and_told():
    made = printed.plan(printed.course(printed.MORPHINE))
    held = printed.paused(made, date(2027, 3, 15), date(2027, 4, 4))
    report = evolve(printed.report(held), as_of=date(2027, 2, 1))
    (curve,) = card_of(report).curves
    assert [(span.first, span.last) for span in curve.holds] == [(date(2027, 3, 15), date(2027, 4, 4))]
    assert curve.today == date(2027, 2, 1)
    assert "There is 1 pause." in curve.alt
    page = card_html.page(report)
    assert page.count("url(#hold1)") == 1
    assert 'aria-label="morphine: from 120 mg a day' in page
    assert ">You are here</text>" in page
    assert ">You are here</text>" not in card_html.page(printed.report(held))


# --- the plan on page 1 -------------------------------------------------------------------------------------------


def test_the_table_counts_the_tablets_of_each_time_and_marks_new_ones():
    card = card_of(MADE["opioids"])
    table = card.steps
    assert table is not None
    assert table.times == ("Morning", "Noon", "Evening", "Bedtime")
    assert len(table.rows) == len(plan_of("opioids").steps)
    first = table.rows[0]
    assert [(line.medicine, line.counts, line.mark) for line in first.lines] == [
        ("morphine ER 15 mg", ("3 (three)", "", "4 (four)", ""), "NEW TABLETS"),
        ("oxycodone 5 mg", ("2 (two)", "2 (two)", "2 (two)", "2 (two)"), ""),
    ]
    assert table.rows[1].lines[0].mark == ""
    assert "No more morphine ER 60 mg." in first.note


def test_the_table_does_not_say_of_a_strength_that_comes_again_that_it_ends():
    plan = plan_of("opioids")
    without = evolve(plan.steps[1], doses=tuple(dose for dose in plan.steps[1].doses if dose.drug != "morphine"))
    report = evolve(MADE["opioids"], plan=evolve(plan, steps=(plan.steps[0], without, *plan.steps[2:])))
    table = card_of(report).steps
    assert table is not None
    assert "No more" in table.rows[0].note
    assert "No more" not in table.rows[1].note


def test_new_tablets_stand_first_on_the_sheet_and_the_rest_has_a_place():
    framed = [part.new for part in parts(card_of(MADE["opioids"], sheets="all")) if part.new]
    assert framed[0] == (
        "NEW TABLETS: morphine ER 15 mg.",
        "Bring what is left of morphine ER 60 mg to a take-back site.",
    )
    kept = [line for part in parts(card_of(MADE["gabapentinoid"], sheets="all")) for line in part.new]
    again = [line for line in kept if line.startswith("Keep what is left of")]
    for line in again:
        assert "You need it again on" in line


def test_a_product_that_is_needed_again_is_kept():
    steps = plan_of("opioids").steps
    without = evolve(steps[1], doses=tuple(dose for dose in steps[1].doses if dose.drug != "morphine"))
    plan = evolve(plan_of("opioids"), steps=(steps[0], without, steps[2]))
    turn = turns_of(plan)[without.number]
    found = next((item.product, turn.again[item.product]) for _, item in turn.gone)
    assert found == ("morphine ER 15 mg tablet", steps[2].first_day)


def test_a_reprint_begins_today():
    steps = plan_of("opioids").steps
    today = steps[3].first_day + timedelta(days=9)
    card = card_of(evolve(MADE["opioids"], as_of=today), sheets="all")
    assert card.steps is not None
    states = [row.state for row in card.steps.rows]
    assert states == ["past"] * 3 + ["now"] + [""] * (len(steps) - 4)
    assert all(row.lines == () and row.note.startswith("Past: ") for row in card.steps.rows[:3])
    assert card.steps.rows[3].mark == "You are here"
    assert cells(card)[0][0].day == today
    assert card.now is not None
    assert card.now.lead.startswith("Step 4, from today up to ")


def test_after_its_last_day_a_card_says_to_call():
    after = plan_of("opioids").last_day + timedelta(days=1)
    card = card_of(evolve(MADE["opioids"], as_of=after))
    assert card.now is not None
    assert card.now.lead.startswith("The last day of this plan was ")
    assert card.sheets == ()


@pytest.mark.parametrize("name", [*MADE])
def test_which_sheets_are_printed(name):
    report, plan = MADE[name], plan_of(name)
    count = {which: len(card_of(report, sheets=which).sheets) for which in ("none", "next", "3m", "all")}
    assert count["none"] == 0 < count["next"] <= count["3m"] <= count["all"]
    following = next(fill for fill in plan.fills if fill.first_day >= report.as_of) if plan.fills else None
    last = following.last_day if following else plan.steps[0].last_day
    made = card_of(report)
    days = [cell.day for cell, _ in cells(made)] + [each.day for part in parts(made) for each in part.patches]
    assert max(days) >= last - timedelta(days=3)
    in_all = [*(cell.day for cell, _ in cells(card_of(report, sheets="all")))]
    assert len(in_all) == len(set(in_all))


def test_what_is_taken_as_needed_has_its_limit_and_a_place_for_each_time():
    sig = "oxycodone IR 5 mg tablet, 1 tablet every 6 hours as needed"
    case = medsteward.case_of(as_of=date(2026, 12, 1), patient={"age": 50, "egfr": 90, "sex": "male"})
    asked = TrialOptions(
        sig,
        date(2026, 12, 7),
        goal="sleep",
        baseline=(Measure("PEG", Fraction(7)),),
        line=medsteward.case_of(sig, as_of=date(2026, 12, 1)).lines[0],
        days=5,
    )
    card = card_of(trial(case, asked, table=medsteward.factor_table("cdc_2022")))
    assert card.now is not None
    assert card.now.notes == (
        "Oxycodone: wait at least 6 hours between two doses.",
        "Oxycodone: at most 4 doses in 24 hours. You may take fewer, or none.",
    )
    (part,) = parts(card)
    assert [(row.name, row.timed) for row in part.boxes] == [(f"Dose {n}", True) for n in range(1, 5)]
    titles = {block.id for block in card.blocks}
    assert "stop" not in titles
    assert "missed" not in titles
    text = " ".join(lines(card))
    assert "If you are or may be pregnant" not in text


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
    card = card_of(report, sheets="all")
    assert [part.changes for part in parts(card) if part.changes] == [
        ("Acetaminophen: start with 650 mg before each therapy.",),
        ("Acetaminophen goes down: 650 mg before each therapy to 325 mg before each therapy.",),
    ]
    found = cells(card)
    assert len(found) == 42
    assert report.plan is not None
    for cell, part in found:
        step = report.plan.on(cell.day)
        assert step is not None
        assert cell.boxes == (bool(step.doses),)
        if step.doses:
            taken = "take 2 (two) tablets (650 mg)" if step.total.value == 650 else "take 1 (one) tablet (325 mg)"
            assert [row.take for row in part.rows] == [taken]
        assert [row.name for row in part.boxes] == ["Before therapy"]
        assert "Take it only on the days with a box. On other days take none." in part.notes
    assert found[0][1].rows[0].time == "30 to 60 minutes before therapy"
    assert "The plan ends on Sunday, January 17, 2027" in card.ending
    assert card.curves == ()
    page = card_html.page(report)
    assert "stop. Take no more" not in page
    assert "The plan as a picture" not in page


# --- sheets -------------------------------------------------------------------------------------------------------


@everyone
@pytest.mark.parametrize("points", [SMALL, LARGE])
def test_every_sheet_has_boxes_that_can_be_ticked(name, points):
    for sheet in card_of(MADE[name], sheets="all", points=points).sheets:
        assert LEAST <= sheet.height <= 2
        assert sum(len(part.weeks) for part in sheet.parts) <= 6


# --- other ingredients, other medicines -----------------------------------------------------------------------------


def test_the_other_ingredient_of_a_combination_is_told_of_too():
    card = card_of(twelve("combination"))
    assert card.danger is not None
    assert "Took too much? Call Poison Help at 1-800-222-1222 at once, also if you feel well." in card.danger.lines
    care = next(block for block in card.blocks if block.id == "care")
    assert any(line.startswith("Acetaminophen: Add up all of it.") for line in care.lines)
    told = " ".join(lines(card))
    assert "You can drive." not in told
    assert "You may stop it on any day." not in told


def test_a_product_of_one_ingredient_is_told_of_no_other():
    assert "acetaminophen" not in " ".join(lines(card_of(twelve("extended and immediate release")))).casefold()


def test_a_card_beside_other_medicines_says_that_it_does_not_change_them():
    now = card_of(twelve("beside another medicine")).now
    assert now is not None
    assert now.notes == ("This card is only for oxycodone. It does not change your other medicines.",)
    alone = card_of(twelve("benzodiazepine")).now
    assert alone is not None
    assert alone.notes == ()


def test_a_card_of_before_the_plan_says_until_when_nothing_changes():
    now = card_of(twelve("benzodiazepine")).now
    assert now is not None
    assert now.lead == "Before Monday, January 4, 2027, go on as you do today. From that day on, take:"
