"""What the command does with each medicine whose end has a fact: plan it, say what to do instead, or turn elsewhere."""

from __future__ import annotations

import csv
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

import medsteward
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.plan import taper
from medsteward.schedules.plan import WhenStuck
from medsteward.schedules.policies import POLICIES
from medsteward.schedules.step import StepKind
from medsteward.writers.plan.table import text

START = date(2027, 1, 4)
CDC = medsteward.factor_table("cdc_2022")
EXITS = Path(__file__).with_name("exits.csv")
CODES = {"stop_directly": "TAPER-131", "conversation": "TAPER-032", "not_ours": "TAPER-034"}
REFUSING = {"TAPER-002", "TAPER-033", "TAPER-035"}
FIRST_WORDS = "TAPER-132"


def rows():
    with EXITS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def report(*lines, conditions=(), **options):
    case = medsteward.case_of(*lines, as_of=START, patient={"age": 50, "conditions": list(conditions)})
    asked = {"start": START, "because": "patient-wish", "when_stuck": WhenStuck.SMALLEST_STEP, **options}
    return taper(case, TaperOptions(**asked), table=CDC)


def codes(found):
    return {each.code for each in (*found.problems, *found.cautions)}


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["line"])
def test_each_medicine_gets_what_its_exit_says(row):
    found = report(row["line"], conditions=tuple(filter(None, row["conditions"].split(";"))))
    if row["action"] in CODES:
        assert found.plan is None
        assert CODES[row["action"]] in codes(found)
    elif row["action"] == "refuse":
        assert found.plan is None
        assert found.exit_code == 5
        assert codes(found) & REFUSING
        assert found.sources
    else:
        assert found.plan is not None, found.problems
        assert not found.problems
        assert found.plan.steps[-1].kind is StepKind.STOP
        assert (FIRST_WORDS in codes(found)) == (row["action"] == "plan_slow")


@pytest.mark.parametrize("row", [row for row in rows() if row["least_days"]], ids=lambda row: row["line"])
def test_no_step_of_a_plan_is_shorter_or_larger_than_the_exit_allows(row):
    found = report(row["line"], conditions=tuple(filter(None, row["conditions"].split(";"))))
    now = found.plan.request.courses[0].tracks[0].daily
    for step in found.plan.steps:
        if step.kind is StepKind.STOP:
            continue
        assert step.days >= int(row["least_days"])
        if row["most_amount"] and not step.forced:
            assert now - step.total.value <= Fraction(row["most_amount"])
        now = step.total.value


def test_the_warning_of_a_slow_plan_comes_first():
    found = report("carbamazepine IR 200 mg tablet, 1 tablet twice daily")
    assert found.cautions[0].code == FIRST_WORDS
    assert "CYP3A4" in " ".join(each.text for each in found.cautions)


@pytest.mark.parametrize(
    ("line", "condition"),
    [
        ("sertraline 100 mg tablet, 1 tablet daily", "bipolar disorder"),
        ("amitriptyline 50 mg tablet, 1 tablet at bedtime", "schizophrenia"),
        ("bupropion XL 300 mg tablet, 1 tablet daily", "seizure disorder"),
        ("lorazepam IR 1 mg tablet, 1 tablet twice daily", "alcohol use disorder"),
        ("gabapentin 300 mg capsule, 1 capsule three times daily", "ckd stage 5"),
        ("pregabalin IR 75 mg capsule, 1 capsule twice daily", "dialysis"),
        ("baclofen 10 mg tablet, 1 tablet three times daily", "dialysis"),
        ("tizanidine 4 mg tablet, 1 tablet three times daily", "heart failure"),
    ],
)
def test_who_treats_a_disease_is_asked_before_its_medicine_is_lowered(line, condition):
    asked = report(line, conditions=(condition,))
    assert asked.plan is None
    assert "TAPER-036" in codes(asked)
    assert asked.exit_code == 3
    agreed = report(line, conditions=(condition,), answers=(("specialist", "agreed with the clinic"),))
    assert agreed.plan is not None, agreed.problems


def test_dialysis_is_spoken_of_beside_every_plan():
    found = report("morphine ER 30 mg tablet, 1 tablet every 12 hours", conditions=("dialysis",))
    assert any("dialysis team" in each.text for each in found.cautions)


@pytest.mark.parametrize("other", [{"sertraline": "fluoxetine"}, {"alprazolam": "diazepam"}, {"morphine": "methadone"}])
def test_no_policy_is_a_switch_to_another_medicine(other):
    for one, another in other.items():
        assert not [each for each in POLICIES.values() if {one, another} <= each.drugs and len(each.drugs) == 2]


@pytest.mark.parametrize("name", ["asam_2025_benzodiazepine", "ssri_exit", "ng222_exit", "carisoprodol_exit"])
def test_label_paces_that_are_faster_than_guidelines_are_shown_as_a_conflict(name):
    assert any(note.startswith("A conflict: ") for note in POLICIES[name].notes)


def test_the_published_steps_of_an_ssri_are_its_plan():
    def totals(line):
        return [step.total.value for step in report(line).plan.steps]

    assert totals("citalopram 40 mg tablet, 1 tablet daily") == [30, 20, 10, 0]
    assert totals("escitalopram 20 mg tablet, 1 tablet daily") == [15, 10, 5, 0]
    assert totals("sertraline 100 mg tablet, 2 tablets daily") == [150, 100, 50, 25, 0]
    assert totals("paroxetine 40 mg tablet, 1 tablet daily") == [30, 20, 10, 0]
    assert totals("fluoxetine 40 mg capsule, 1 capsule daily") == [30, 20, 10, 0]


@pytest.mark.parametrize(
    ("line", "interval"),
    [
        ("bupropion 150 mg ER tablet, 1 tablet twice daily", "12"),
        ("bupropion 150 mg ER tablet, 2 tablets once daily", "24"),
    ],
)
def test_forms_of_bupropion_are_not_exchanged(line, interval):
    supplies = report(line).plan.request.courses[0].tracks[0].supplies
    assert {each.strength for each in supplies} == ({100, 150, 200} if interval == "12" else {150, 300, 450})


def test_a_policy_of_several_medicines_names_only_its_own_on_a_plan():
    shown = " ".join(text(report("paroxetine 20 mg tablet, 1 tablet daily")).split())
    assert "paroxetine 10 mg/d every 4 weeks" in shown
    assert "escitalopram 5 mg/d" not in shown
