"""What patients are told of a medicine: which rows are chosen, how they read, and what none of them may say."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from attrs import evolve

from medsteward.drugs.index import drug_named
from medsteward.model.drug_class import DrugClass
from medsteward.model.source import Standing
from medsteward.model.unit import Unit
from medsteward.schedules.moment import Moment
from medsteward.schedules.supply import Track
from medsteward.writers.card import html as card_html
from medsteward.writers.card.patient_words import EVERYTHING, ToldRow, Topic, all_told, told_of, told_rows
from medsteward.writers.plan.html import clinician_page
from medsteward.writers.plan.page import clinician
from tests import printed_plans as printed
from tests.unit.test_card import grades

ROWS = [row for rows in told_rows().values() for row in rows]
SERIOUS = frozenset({Topic.CALL_TODAY, Topic.CALL_911, Topic.MISSED, Topic.STOPPING})


def track(drug: str, drug_class: DrugClass, **more: object) -> Track:
    made = printed.track(drug, drug_class, (10,), ("10",))
    return evolve(made, **more)  # type: ignore[arg-type]


OXYCODONE_ER = track("oxycodone", DrugClass.OPIOID_FULL_AGONIST, release="ER")
CAPSULE_ER = evolve(OXYCODONE_ER, form="capsule")
DULOXETINE = track("duloxetine", DrugClass.SNRI, release=None)
TRAMADOL = track("tramadol", DrugClass.OPIOID_FULL_AGONIST)
CODEINE = track("codeine", DrugClass.OPIOID_FULL_AGONIST)
AS_NEEDED = evolve(printed.OXYCODONE, doses=((Moment.AS_NEEDED, printed.HALF),))


def said(line: Track, topic: Topic, plan: str = "taper") -> str:
    return " ".join(row.text for row in told_of(line, topic, plan))


def test_every_row_is_of_a_drug_or_a_class_that_exists():
    classes = {f"class:{each.name.lower()}" for each in DrugClass} | {"class:opioid", EVERYTHING}
    for of in {row.of for row in ROWS}:
        assert of in classes or drug_named(of) is not None, of
    assert {row.plan for row in ROWS} == {"taper", "trial", "both"}
    assert Counter(row.taken for row in ROWS)["as needed"] == 2


def test_every_row_has_a_source_with_its_standing():
    standings = Counter(row.source.standing for row in ROWS)
    assert standings[Standing.VERIFIED] > 100
    assert standings[Standing.RECALLED] < standings[Standing.VERIFIED] + standings[Standing.SECONDARY]
    for row in ROWS:
        assert row.needs_second_source is (row.source.standing is Standing.RECALLED)
        assert row.source.where or row.source.key not in ("MEMORY", "OURS")


@pytest.mark.parametrize(
    ("line", "topic", "has", "has_not"),
    [
        (printed.FENTANYL, Topic.DISPOSAL, "Fold the used patch so that it sticks to itself. Flush it at once", "dirt"),
        (printed.FENTANYL, Topic.USE, "Do not cut it", "cut the patch"),
        (printed.OXYCODONE, Topic.DISPOSAL, "flush it down the toilet", "coffee"),
        (TRAMADOL, Topic.DISPOSAL, "coffee grounds", "flush"),
        (CODEINE, Topic.DISPOSAL, "coffee grounds", "flush"),
        (printed.CLONAZEPAM, Topic.DISPOSAL, "coffee grounds", "flush"),
        (printed.OXYCODONE, Topic.MISSED, "Skip it", "when you think of it"),
        (DULOXETINE, Topic.MISSED, "when you think of it", "Skip it. Take"),
        (printed.CLONAZEPAM, Topic.STOPPING, "seizure", "very sick"),
        (printed.GABAPENTIN, Topic.STOPPING, "seizure", "very sick"),
        (printed.GABAPENTIN, Topic.LASTS, "about a week, and for some longer", "5 to 10 days"),
        (printed.FENTANYL, Topic.LASTS, "1 to 2 weeks", "5 to 10 days"),
        (TRAMADOL, Topic.FEELS, "pins and needles", "heartburn"),
        (OXYCODONE_ER, Topic.WHOLE, "Swallow it whole", "applesauce"),
        (CAPSULE_ER, Topic.WHOLE, "open it onto soft food", "crush or chew"),
        (printed.SOLUTION, Topic.USE, "oral syringe", "patch"),
        (printed.OXYCODONE, Topic.USE, "", "syringe"),
    ],
)
def test_each_medicine_is_told_its_own(line, topic, has, has_not):
    found = said(line, topic)
    assert has in found
    assert has_not not in found


def test_what_is_taken_as_needed_is_not_told_about_stopping_all_at_once():
    assert "only now and then" in said(AS_NEEDED, Topic.STOPPING, "trial")
    assert "all at once" not in said(AS_NEEDED, Topic.STOPPING, "trial")
    assert said(AS_NEEDED, Topic.PREGNANCY) == "If you are or may be pregnant, call us before you take it."
    assert "all at once" in said(printed.OXYCODONE, Topic.PREGNANCY)
    assert "day and night for more than 3 days" in said(printed.OXYCODONE, Topic.STOPPING, "trial")


def test_what_is_told_of_withdrawal_is_for_tapers_and_of_first_weeks_for_trials():
    assert told_of(DULOXETINE, Topic.FEELS, "taper")
    assert told_of(DULOXETINE, Topic.FEELS, "trial") == ()
    assert told_of(DULOXETINE, Topic.FIRST_WEEKS, "trial")
    assert told_of(DULOXETINE, Topic.FIRST_WEEKS, "taper") == ()


def test_two_lines_of_one_class_say_a_sentence_once():
    both = all_told((printed.MORPHINE, printed.OXYCODONE), "taper")
    assert len({row.text for row in both}) == len(both)
    assert {row.text for row in all_told((printed.MORPHINE,), "taper")} <= {row.text for row in both}


@pytest.mark.parametrize(
    ("line", "of_911"),
    [
        (printed.MORPHINE, ("cannot be woken", "naloxone", "988")),
        (printed.CLONAZEPAM, ("seizure", "cannot be woken", "988")),
        (printed.GABAPENTIN, ("breathe slowly", "seizure", "swells", "988")),
    ],
)
def test_signs_of_danger_of_what_is_lowered_most_often(line, of_911):
    for each in of_911:
        assert each in said(line, Topic.CALL_911)


def test_what_is_from_memory_is_listed_for_the_clinician_and_not_on_the_card():
    report = printed.report(printed.plan(printed.course(printed.MORPHINE)))
    title = "On the patient card, and in need of a second source"
    listed = [entry.text for part in clinician(report).appendix if part.title == title for entry in part.entries]
    told = all_told((printed.MORPHINE,), "taper")
    assert listed == [row.text for row in told if row.needs_second_source] != []
    assert title in clinician_page(report)
    assert "second source" not in card_html.page(report)


NEVER = re.compile(
    r"take extra|take more of it for|catch up|double (?:up|the dose)|\bMME\b|equivalent|\bsafe to\b|addict|abuse"
    r"|\bfail(?:ed|ure)\b|most people feel fine|withdrawal is (?:not|never) dangerous|stop (?:it )?at once",
    re.IGNORECASE,
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.of}-{row.topic.name}")
def test_no_row_says_what_a_card_never_says(row: ToldRow):
    assert not NEVER.search(row.text)
    opioid_patch = row.of in ("class:opioid", "fentanyl", "buprenorphine") and "patch" in row.form
    assert not (opioid_patch and re.search(r"(?<!not )\bcut it\b", row.text))
    assert max(len(each.split()) for each in re.split(r"[.!?:]\s", row.text)) <= 22
    assert bool(row.spanish)


@pytest.mark.parametrize("topic", Topic)
def test_each_topic_reads_at_sixth_grade_or_below(topic):
    text = " ".join(row.text for row in ROWS if row.topic is topic)
    assert max(grades(re.sub(r"\b911\b", "nine one one", text))) <= 6


def test_no_serious_row_stops_what_must_not_be_stopped():
    """ "Stop it" is said only of what a label lets a patient stop: rashes, bleeding, sleep walking, swelling."""
    may = {
        "class:nsaid_oral",
        "class:nsaid_topical",
        "class:z_drug",
        "senna",
        "polyethylene glycol 3350",
        "acetaminophen",
    }
    may |= {
        "lidocaine topical",
        "capsaicin",
        "pregabalin",
        "ketorolac",
        "diclofenac topical",
        "naproxen",
        "celecoxib",
        "ibuprofen",
    }
    for row in ROWS:
        if row.topic in SERIOUS and re.search(r"(?:^|[.;:] )(?:Stop|Do not take more of) it", row.text):
            assert row.of in may | {EVERYTHING}, (row.of, row.text)


def test_a_liquid_is_a_liquid_by_its_unit_too():
    bottle = evolve(
        printed.OXYCODONE, supplies=tuple(evolve(each, unit=Unit.ML) for each in printed.OXYCODONE.supplies)
    )
    assert "oral syringe" in said(bottle, Topic.USE)
