"""A whole plan where the line's own product makes none, and what is said of the stop of an ER opioid."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

import medsteward
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.plan import taper
from medsteward.model.stated import Because
from medsteward.schedules.plan import NeedsChoice, WhenStuck
from medsteward.schedules.step import StepKind
from medsteward.schedules.supply import OtherForm

START = date(2027, 1, 4)
CDC = medsteward.factor_table("cdc_2022")


def report(*sigs, conditions=("insomnia",), **options):
    patient = {"age": 50, "indication": "chronic pain", "conditions": list(conditions)}
    case = medsteward.case_of(*sigs, as_of=START, patient=patient)
    return taper(case, TaperOptions(**{"start": START, "because": Because.PATIENT_WISH, **options}), table=CDC)


def said(found):
    return {each.code: each for each in found.cautions}


def products(found):
    return {item.product for step in found.plan.steps for dose in step.doses for item in dose.items}


@pytest.mark.parametrize("when_stuck", list(WhenStuck))
@pytest.mark.parametrize(
    ("sig", "made_of"),
    [
        ("quazepam 15 mg tablet, 1 tablet at bedtime", "quazepam 15 mg tablet"),
        # half of 0.5 mg is sold whole, as a tablet that melts
        ("clonazepam 0.5 mg tablet, 1 tablet at bedtime", "clonazepam 0.125 mg orally disintegrating tablet"),
        ("oxycodone 20 mg/mL solution, 1 mL every 6 hours", "oxycodone hydrochloride 1 mg/mL solution"),
    ],
)
def test_what_its_own_product_cannot_end_is_planned_out_of_another_and_waits(sig, made_of, when_stuck):
    found = report(sig, when_stuck=when_stuck)
    plan = found.plan
    assert plan.steps[-1].kind is StepKind.STOP
    assert len(plan.steps) > 1
    assert isinstance(plan.outcome, NeedsChoice)
    assert found.exit_code == 3
    assert found.awaits_choice
    assert made_of in products(found)
    assert said(found)["TAPER-136"].mark
    assert any(each.command is not None for each in found.alternatives)
    totals = [step.total.value for step in plan.steps]
    assert all(later < earlier for earlier, later in pairwise(totals))


def test_a_weaker_liquid_says_how_much_weaker_and_what_to_do_with_the_old_one():
    text = said(report("oxycodone 20 mg/mL solution, 1 mL every 6 hours"))["TAPER-136"].text
    assert "20 times weaker" in text
    assert "none of the stronger one is left at home" in text


def test_a_tablet_is_not_halved_where_its_half_is_sold_whole():
    found = report("clonazepam 0.5 mg tablet, 1 tablet at bedtime")
    counts = [item.count for step in found.plan.steps for dose in step.doses for item in dose.items]
    assert all(count.denominator == 1 for count in counts)


@pytest.mark.parametrize(
    "sig",
    [
        "oxycodone IR 10 mg tablet, 1 tablet every 6 hours",
        "lorazepam 1 mg tablet, 1 tablet twice daily",
        "oxycodone IR 5 mg tablet, 1 tablet at bedtime",
    ],
)
def test_a_line_whose_product_makes_a_plan_keeps_it(sig):
    assert "TAPER-136" not in said(report(sig))


@pytest.mark.parametrize(
    ("sig", "mme"),
    [
        ("hydromorphone ER 8 mg tablet, 1 tablet once daily", "40 MME a day"),
        ("hydromorphone ER 16 mg tablet, 1 tablet once daily", "40 MME a day"),
        ("morphine ER 15 mg tablet, 1 tablet every 12 hours", None),
        ("hydrocodone ER 20 mg tablet, 1 tablet once daily", None),
        ("hydromorphone IR 2 mg tablet, 1 tablet at bedtime", None),
    ],
)
def test_doses_after_the_smallest_hydromorphone_er_tablet_are_advised_and_named(sig, mme):
    found = said(report(sig, when_stuck=WhenStuck.SMALLEST_STEP)).get("TAPER-137")
    assert (found is None) is (mme is None)
    if found is not None:
        assert mme in found.text
        assert mme in found.mark
        assert "--tail" in found.text


@pytest.mark.parametrize(
    ("others", "is_advised"),
    [
        (("lorazepam 1 mg tablet, 1 tablet twice daily",), True),
        (("oxycodone IR 5 mg tablet, 1 tablet twice daily",), True),
        # what goes on of the drug itself is the tail
        (("hydromorphone IR 2 mg tablet, 1 tablet twice daily",), False),
    ],
)
def test_beside_other_lines_the_end_of_hydromorphone_er_is_named_as_well(others, is_advised):
    sig = "hydromorphone ER 8 mg tablet, 1 tablet once daily"
    found = said(report(sig, *others, first="opioid" if "lora" in others[0] else "er")).get("TAPER-137")
    assert (found is not None) is is_advised
    if found is not None:
        assert "40 MME a day" in found.text
        assert "plan hydromorphone alone" in found.text


def test_nothing_is_advised_where_the_doses_after_it_are_planned():
    sig = "hydromorphone ER 8 mg tablet, 1 tablet once daily"
    found = report(sig, when_stuck=WhenStuck.SMALLEST_STEP, tail=OtherForm("tablet", "IR"))
    assert "TAPER-137" not in said(found)


def test_two_tablets_of_few_makers_are_not_taken_for_one_that_many_make():
    found = report("tramadol 100 mg tablet, 1 tablet three times daily", when_stuck=WhenStuck.SMALLEST_STEP)
    for step in found.plan.steps:
        for dose in step.doses:
            rare = [item for item in dose.items if item.strength.value == 25]
            assert all(item.count < 2 for item in rare), (step.number, dose)
