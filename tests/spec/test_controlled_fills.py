"""How long one dispensing of a controlled medicine lasts, in what packages, and what its prescription may be."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import lcm

import pytest
from hypothesis import given
from hypothesis import strategies as st

import medsteward
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.plan import taper
from medsteward.model.amount import Amount
from medsteward.model.unit import Unit
from medsteward.schedules.dates import Interval
from medsteward.schedules.fill_days import FillLength, fill_length, is_controlled
from medsteward.schedules.plan import WhenStuck
from medsteward.writers.plan.pharmacy import text as pharmacy_text
from tests.counts import examples

START = date(2027, 1, 4)
CDC = medsteward.factor_table("cdc_2022")


def report(sig, *, conditions=(), **options):
    patient = {"age": 50, "indication": "chronic pain", "conditions": list(conditions)}
    case = medsteward.case_of(sig, as_of=START, patient=patient)
    asked = {"start": START, "because": "patient-wish", "when_stuck": WhenStuck.SMALLEST_STEP, **options}
    return taper(case, TaperOptions(**asked), table=CDC)


def lengths(found):
    """Days of each day's dispensings, in order."""
    return [fill.days_supply for fill in {fill.first_day: fill for fill in found.plan.fills}.values()]


def length_of(worn) -> FillLength:
    found = fill_length(worn)
    assert found is not None
    return found


OXYCODONE = "oxycodone IR 10 mg tablet, 1 tablet every 6 hours"


@pytest.mark.parametrize(
    ("days", "parts"),
    [(28, [28]), (29, [21, 8]), (31, [21, 10]), (35, [21, 14]), (42, [21, 21]), (56, [28, 28]), (84, [28, 28, 28])],
)
def test_a_longer_step_of_tablets_has_several_dispensings_of_whole_weeks(days, parts):
    found = report(OXYCODONE, every=Interval(days=days), ceiling=Fraction(60))
    first = found.plan.steps[0]
    within = {fill.first_day: fill.days_supply for fill in found.plan.fills if fill.first_day <= first.last_day}
    assert first.days == days
    assert list(within.values()) == parts


@pytest.mark.parametrize(
    ("patch", "days", "parts"),
    [
        ("fentanyl patch 75 mcg/h every 72 hours", 30, [30]),
        ("fentanyl patch 75 mcg/h every 72 hours", 27, [27]),
        ("fentanyl patch 75 mcg/h every 72 hours", 42, [30, 12]),
        ("fentanyl patch 75 mcg/h every 48 hours", 42, [30, 12]),
        ("buprenorphine patch 20 mcg/h every 7 days", 28, [28]),
        ("buprenorphine patch 20 mcg/h every 7 days", 42, [28, 14]),
    ],
)
def test_patches_are_dispensed_in_cartons_and_the_end_of_a_step_in_what_is_left(patch, days, parts):
    found = report(patch, every=Interval(days=days), ceiling=Fraction(60))
    first = found.plan.steps[0]
    # two patches that are worn together are dispensed on the same days
    within = {fill.first_day: fill.days_supply for fill in found.plan.fills if fill.first_day <= first.last_day}
    assert list(within.values()) == parts


@pytest.mark.parametrize(
    ("sig", "days", "cartons"),
    [
        # 15 patches of 2 days, three cartons, are 30 days
        (("fentanyl patch 50 mcg/h every 48 hours",), 60, True),
        (("fentanyl patch 25 mcg/h every 48 hours",), 60, True),
        # a day of change each third day: 10 and 9 patches
        (("fentanyl patch 50 mcg/h every 72 hours",), 57, False),
        (("buprenorphine patch 20 mcg/h every 7 days",), 56, False),
    ],
)
def test_steps_of_patches_of_two_days_last_for_whole_cartons(sig, days, cartons):
    found = report(*sig)
    lowered = [step for step in found.plan.steps if step.doses]
    assert {step.days for step in lowered} == {days}
    assert all(not fill.quantity % 5 for fill in found.plan.fills) is cartons


def test_patches_of_two_days_keep_weeks_beside_tablets_and_cartons_after_them():
    case = medsteward.case_of(
        "fentanyl patch 50 mcg/h every 48 hours", "oxycodone IR 5 mg tablet, 1 tablet every 6 hours", as_of=START
    )
    asked = TaperOptions(start=START, because="patient-wish", when_stuck=WhenStuck.SMALLEST_STEP, first="ir")
    plan = taper(case, asked, table=CDC).plan
    assert plan is not None
    steps = [step for step in plan.steps if step.doses]
    both = {step.days for step in steps if len({dose.drug for dose in step.doses}) > 1}
    alone = {step.days for step in steps if {dose.drug for dose in step.doses} == {"fentanyl"}}
    assert both <= {28, 56}
    assert alone <= {30, 60}
    assert alone


def test_beside_tablets_patches_are_dispensed_for_27_days():
    assert length_of([3, None]).of(54) == 27
    assert length_of([3]).of(54) == 30


def test_what_is_not_controlled_has_one_dispensing_for_each_step():
    found = report("duloxetine DR 60 mg capsule, 1 capsule daily", every=Interval(days=56))
    assert lengths(found)[0] == 56


def test_a_length_that_is_asked_for_is_taken():
    assert lengths(report(OXYCODONE, every=Interval(days=60), fill_days=30))[:2] == [30, 30]


@pytest.mark.parametrize(
    ("conditions", "options"),
    [
        (("prior overdose",), {}),
        (("early run-out",), {}),
        (("ran out early",), {}),
        (("history of early refills",), {}),
        (
            (),
            {
                "taken_per_day": (("oxycodone", Amount(Fraction(60), Unit.MG)),),
                "answers": (("more-taken", "pain by day"),),
            },
        ),
    ],
)
def test_a_past_overdose_or_running_out_early_makes_supplies_of_a_week(conditions, options):
    found = report(OXYCODONE, conditions=conditions, **options)
    assert set(lengths(found)) == {7}
    assert "filled in parts" in pharmacy_text(found)


def test_a_past_overdose_changes_no_supply_of_what_is_not_controlled():
    found = report("duloxetine DR 60 mg capsule, 1 capsule daily", conditions=("prior overdose",))
    assert lengths(found)[0] == 28


def test_an_exit_of_a_week_is_dispensed_once_and_adds_up():
    found = report("oxycodone IR 5 mg tablet, 1 tablet 3 times daily", policy="brief_exposure_days")
    taken = [step for step in found.plan.steps if step.doses]
    assert len(taken) > 1
    assert sum(step.days for step in taken) <= 7
    fills = found.plan.fills
    assert {fill.first_day for fill in fills} == {START}
    need = sum(item.count * step.days for step in taken for dose in step.doses for item in dose.items)
    assert sum(fill.quantity for fill in fills) >= need
    assert sum(each.quantity for step in found.plan.steps for each in step.dispense) == sum(f.quantity for f in fills)
    assert all(str(step.first_day) in fills[0].sig for step in taken)


def test_the_page_says_what_a_prescription_of_each_schedule_may_be():
    second = pharmacy_text(report(OXYCODONE))
    assert "at most 90 days together" in " ".join(second.split())
    assert "refills only within" not in second
    fourth = " ".join(pharmacy_text(report("lorazepam 1 mg tablet, 1 tablet twice daily")).split())
    assert "at most 5, none later than 6 months" in fourth
    assert "your state or payer may be stricter" in fourth
    fifth = " ".join(pharmacy_text(report("pregabalin 150 mg capsule, 1 capsule twice daily")).split())
    assert "Schedule V" in fifth
    assert "federal" not in pharmacy_text(report("duloxetine DR 60 mg capsule, 1 capsule daily"))


@examples(200)
@given(days=st.integers(1, 400), worn=st.lists(st.sampled_from([None, 2, 3, 7]), min_size=1, max_size=3))
def test_dispensings_never_last_longer_than_usual_and_are_as_few_as_that_allows(days, worn):
    length = length_of(worn)
    part = length.of(days)
    most = 30 if None not in worn and len(set(worn)) == 1 and worn[0] != 7 else 28
    assert part <= length.most <= most
    assert -(-days // part) == -(-days // length.most)
    if part < days and lcm(*(each or 1 for each in worn)) <= 28:
        assert all(part % each == 0 for each in worn if each)


@pytest.mark.parametrize(
    ("schedule", "controlled"),
    [("CII", True), ("CV", True), ("", False), ("not controlled (Epidiolex descheduled 2020)", False)],
)
def test_a_schedule_says_whether_it_is_controlled(schedule, controlled):
    assert is_controlled(schedule) is controlled
