"""Page 1 over twelve plans: what it has to say of danger, patches, acetaminophen and counts."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

import pytest

import medsteward
from medsteward.advice.saved.revise import report_again
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.plan import taper
from medsteward.schedules.plan import WhenStuck
from medsteward.writers.card.days import card_of
from medsteward.writers.card.patient_words import told_rows
from tests.cards import lines
from tests.twelve import BEFORE, CDC, START, TWELVE, tapered, twelve

every = pytest.mark.parametrize("name", TWELVE)
HARM = "If you think of harming yourself, call or text 988."
COMBINATION = "hydrocodone/acetaminophen 10-325 mg tablet, 1 tablet every 6 hours"


def page_one(name: str) -> tuple[str, ...]:
    now = card_of(twelve(name)).now
    assert now is not None
    return (now.lead, *now.notes, now.next_change)


@every
@pytest.mark.parametrize("code", ["en", "es"])
def test_the_danger_box_names_both_lines_once_and_alcohol(name, code):
    danger = card_of(twelve(name), language_code=code).danger
    assert danger is not None
    text = " ".join(danger.lines)
    assert text.count("988") == 1
    assert "911" in text
    assert "alcohol" in text


@pytest.mark.parametrize("name", ["benzodiazepine", "gabapentinoid"])
def test_where_a_seizure_may_follow_the_box_says_so(name):
    danger = card_of(twelve(name)).danger
    assert danger is not None
    assert any("911" in line and "seizure" in line for line in danger.lines)


def test_the_line_for_who_thinks_of_harm_is_one_sentence_wherever_it_is_said():
    said = [row.text for rows in told_rows().values() for row in rows if "988" in row.text]
    assert len(said) > 10
    assert all(text.endswith(HARM) for text in said)


@every
def test_no_card_says_to_take_extra(name):
    text = " ".join(lines(card_of(twelve(name), sheets="all"))).casefold()
    assert "extra" not in text
    assert text.count("take two") == text.count("never take two")


def test_a_patch_says_how_often_it_is_changed_and_tells_that_from_a_change_of_dose():
    said = page_one("patch")
    assert "Fentanyl: put on a new patch every 3 days, at the same time. Take every old patch off first." in said
    assert "The next patch is due on Monday, January 4, 2027." in said
    assert said[-1] == "Next change of dose: Tuesday, March 2, 2027. See My steps."
    assert page_one("benzodiazepine")[-1].startswith("Next change: ")


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2027, 1, 4), "Monday, January 4"),
        (date(2027, 1, 5), "Thursday, January 7"),
        (date(2027, 1, 7), "Thursday, January 7"),
        (date(2027, 3, 1), "Tuesday, March 2"),
        (date(2027, 10, 15), ""),
    ],
)
def test_the_day_of_the_next_patch_is_that_of_the_sheets(day, due):
    plan = twelve("patch").plan
    assert plan is not None
    card = card_of(report_again(plan, day, CDC), sheets="all")
    assert card.now is not None
    said = [note for note in card.now.notes if note.startswith("The next patch")]
    assert said == ([f"The next patch is due on {due}, 2027."] if due else [])
    listed = [each.name for sheet in card.sheets for part in sheet.parts for each in part.patches]
    assert not due or listed[0].split(", ")[1] == due.split(", ")[1].replace("January", "Jan").replace("March", "Mar")


def test_on_a_reprint_what_was_begun_before_is_new_no_more():
    plan = twelve("patch").plan
    assert plan is not None
    for day, marked in ((date(2027, 1, 4), True), (date(2027, 1, 5), False)):
        steps = card_of(report_again(plan, day, CDC)).steps
        assert steps is not None
        assert any(line.mark for line in steps.rows[0].lines) is marked
        assert any(line.mark for row in steps.rows[1:] for line in row.lines)


def test_a_liquid_is_measured_with_an_oral_syringe():
    assert "Measure each dose with the oral syringe." in page_one("liquid")
    assert not [name for name in TWELVE if name != "liquid" and "syringe" in " ".join(page_one(name))]


def notes_of(sig: str = COMBINATION, **patient: object) -> tuple[str, ...]:
    case = medsteward.case_of(sig, as_of=BEFORE, patient={"age": 58, "indication": "chronic pain", **patient})
    report = taper(case, TaperOptions(START, when_stuck=WhenStuck.SMALLEST_STEP), table=CDC)
    now = card_of(report).now
    assert now is not None
    return now.notes


@pytest.mark.parametrize(
    ("patient", "most"),
    [
        ({}, "4,000"),
        ({"conditions": ["liver disease"]}, "2,000"),
        ({"weight_kg": 40}, "2,400"),
        ({"weight_kg": 49}, "2,940"),
    ],
)
def test_a_combination_says_the_acetaminophen_of_a_day_and_the_most_of_it(patient, most):
    held, limit = notes_of(**patient)
    assert held == "Acetaminophen is in it too: 1,300 mg a day."
    assert limit == (
        f"Ask us before you take any other product with acetaminophen. With this one counted: at most {most} mg a day."
    )


def test_where_a_days_tablets_hold_the_most_of_it_nothing_may_be_added():
    held, limit = notes_of("hydrocodone/acetaminophen 10-325 mg tablet, 2 tablets every 6 hours", weight_kg=34)
    assert held == "Acetaminophen is in it too: 2,600 mg a day."
    assert limit == "Take no other product with acetaminophen."


@pytest.mark.parametrize("name", [each for each in TWELVE if each != "combination"])
def test_what_holds_no_acetaminophen_does_not_name_it(name):
    assert "acetaminophen" not in " ".join(page_one(name)).casefold()


def test_the_acetaminophen_of_a_liquid_is_counted_by_its_volume():
    report = tapered("codeine/acetaminophen 12-120 mg/5 mL solution, 15 mL every 6 hours")
    plan = report.plan
    assert plan is not None
    volume = sum((item.count for dose in plan.steps[0].doses for item in dose.items), Fraction(0))
    now = card_of(report).now
    assert now is not None
    assert f"Acetaminophen is in it too: {float(volume * 24):,g} mg a day." in now.notes


@every
def test_what_is_counted_has_its_figure_and_its_word(name):
    now = card_of(twelve(name)).now
    assert now is not None
    for row in now.rows:
        assert re.search(r"\d \([a-z]+\)|mL|half", row.take), row.take


@every
def test_the_last_day_is_a_line_and_has_no_sheet(name):
    report = twelve(name)
    plan = report.plan
    assert plan is not None
    card = card_of(report, sheets="all")
    stops = [step for step in plan.steps if not step.doses]
    shown = {part.step for sheet in card.sheets for part in sheet.parts}
    assert not shown & {step.number for step in stops}
    if stops:
        assert card.steps is not None
        assert "stop" in card.steps.rows[-1].note
        assert not card.steps.rows[-1].lines


def test_a_reprint_has_past_steps_in_one_line_and_no_box_of_the_past():
    report = twelve("reprint")
    card = card_of(report, sheets="all")
    assert card.steps is not None
    states = [row.state for row in card.steps.rows]
    assert states[: states.index("now")] == ["past"] * states.index("now")
    assert states.index("now") > 0
    for row in card.steps.rows[: states.index("now")]:
        assert row.lines == ()
        assert row.note.startswith("Past: ")
    days = [cell.day for sheet in card.sheets for part in sheet.parts for week in part.weeks for cell in week if cell]
    assert min(days) == report.as_of
