"""Schedules held against a policy: gaps, overlaps, rises, forced steps, several drugs, and plans of ours."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from medsteward.advice.plan.held import ScheduleCheck, check_plan, check_schedule
from medsteward.advice.plan.weights import scales_of
from medsteward.advice.taper.track_supplies import Making
from medsteward.advice.taper.tracks import tracks_of
from medsteward.model.amount import Amount
from medsteward.model.dated import DatedAmount
from medsteward.model.unit import Unit
from medsteward.readers.directions.line import read_line
from medsteward.schedules.held_schedule import LAST_STOP, Bound, Irregularity, TotalChange
from medsteward.schedules.make import make_plan
from medsteward.schedules.plan import Course, Plan, Request, WhenStuck
from medsteward.schedules.policies import policy
from medsteward.schedules.step import DrugDay
from medsteward.tables.load import factor_table

CDC = factor_table("cdc_2022")
START = date(2027, 1, 4)


def row(
    first: int, last: int, amount: str, drug: str = "morphine", unit: Unit = Unit.MG_PER_D, forced: str = ""
) -> DatedAmount:
    """A row by the numbers of its days."""
    days = START + timedelta(days=first), START + timedelta(days=last)
    return DatedAmount(*days, drug, Amount(Fraction(amount), unit), forced)


def check(*rows: DatedAmount, name: str = "humane", present: tuple[DrugDay, ...] = ()) -> ScheduleCheck:
    return check_schedule(rows, policy=policy(name), table=CDC, as_of=START, present=present)


def kinds(found: ScheduleCheck) -> list[Irregularity]:
    return [each.kind for each in found.irregular]


def test_a_schedule_within_every_bound():
    found = check(row(0, 27, "100"), row(28, 55, "90"), row(56, 83, "81"))
    assert found.exit_code == 0
    assert found.is_within
    assert found.held is not None
    assert [step.number for step in found.held.steps] == [0, 1, 2]
    assert found.held.steps[2].percent_of_original == 9


def test_the_order_of_rows_does_not_matter():
    rows = (row(0, 27, "100"), row(28, 55, "90"), row(56, 83, "81"))
    assert check(*rows) == check(*reversed(rows))


def test_a_gap_is_named_and_the_amount_before_goes_on():
    found = check(row(0, 27, "100"), row(30, 57, "90"))
    assert kinds(found) == [Irregularity.GAP]
    (gap,) = found.irregular
    assert (gap.first_day, gap.last_day) == (START + timedelta(28), START + timedelta(29))
    assert found.held is not None
    assert found.held.steps[1].percent_of_current == 10
    assert found.exit_code == 3


def test_an_overlap_is_added_up_and_named():
    found = check(row(0, 27, "100"), row(27, 55, "90"))
    assert Irregularity.OVERLAP in kinds(found)
    overlap = next(each for each in found.irregular if each.kind is Irregularity.OVERLAP)
    assert overlap.first_day == overlap.last_day == START + timedelta(27)
    assert found.held is not None
    assert found.held.steps[1].total.value == 190


def test_a_row_within_an_earlier_longer_one_is_an_overlap_and_no_gap():
    found = check(row(0, 50, "100"), row(10, 20, "10"), row(51, 80, "90"))
    assert [each for each in kinds(found) if each is not Irregularity.RISE] == [Irregularity.OVERLAP]


def test_a_rise_is_named_and_has_no_percentage():
    found = check(row(0, 27, "90"), row(28, 55, "100"))
    assert kinds(found) == [Irregularity.RISE]
    assert found.held is not None
    assert found.held.steps[1].change is TotalChange.RISE
    assert found.held.steps[1].percent_of_current is None


def test_equal_rows_are_one_dose():
    found = check(row(0, 27, "100"), row(28, 40, "90"), row(41, 55, "90"), row(56, 60, "81"))
    assert found.held is not None
    assert [step.days for step in found.held.steps] == [28, 28, 5]
    assert found.is_within


def test_a_step_that_is_too_short_says_so_and_the_last_one_is_not_judged():
    found = check(row(0, 27, "100"), row(28, 30, "90"), row(31, 32, "85"))
    assert found.held is not None
    assert [[each.bound for each in step.exceeds] for step in found.held.steps] == [[], [Bound.INTERVAL], []]
    assert found.held.steps[1].exceeds[0].actual == 3


def test_gentler_is_allowed_and_said():
    found = check(row(0, 27, "100"), row(28, 127, "97"), row(128, 140, "94"))
    assert found.held is not None
    assert found.held.steps[1].gentler == (Bound.ASKED, Bound.INTERVAL)
    assert found.exit_code == 0


def test_a_stop_from_a_high_dose_is_never_the_planned_one():
    found = check(row(0, 27, "100"), row(28, 28, "0"))
    assert found.held is not None
    stop = found.held.steps[1]
    assert stop.change is TotalChange.STOP
    assert not stop.is_within
    assert found.exit_code == 3


def test_a_stop_from_the_bottom_is_planned_and_named():
    present = (DrugDay("morphine", Amount(Fraction(90), Unit.MG_PER_D)),)
    found = check(row(0, 27, "81"), row(28, 55, "30", forced="as agreed"), row(56, 56, "0"), present=present)
    assert found.held is not None
    assert [step.number for step in found.held.steps] == [1, 2, 3]
    assert {each.planned for each in found.held.steps[1].exceeds} == {"as agreed"}
    assert {each.planned for each in found.held.steps[2].exceeds} == {LAST_STOP}
    assert found.exit_code == 0


def test_several_opioids_are_weighed_by_the_table():
    rows = [
        row(0, 55, "120"),
        row(0, 27, "40", "oxycodone"),
        row(28, 55, "30", "oxycodone"),
    ]
    found = check(*rows)
    assert found.table is CDC
    assert found.held is not None
    assert [str(step.total) for step in found.held.steps] == ["180 MME/d", "165 MME/d"]
    assert [each.code for each in found.cautions] == ["SCHED-103"]


def test_one_opioid_ends_while_another_goes_on():
    found = check(row(0, 55, "90"), row(0, 27, "5", "oxycodone"))
    assert found.held is not None
    assert found.held.steps[1].change is TotalChange.REDUCE
    assert str(found.held.steps[1].total) == "90 MME/d"


def test_several_opioids_one_without_a_factor_have_no_total():
    found = check(row(0, 27, "90"), row(0, 27, "8", "buprenorphine"))
    assert found.held is None
    assert [each.code for each in found.problems] == ["MME-001"]
    assert found.exit_code == 4


def test_one_drug_without_a_factor_has_its_own_amount():
    rows = [row(0, 27, "20", "buprenorphine", Unit.MCG_PER_H), row(28, 55, "10", "buprenorphine", Unit.MCG_PER_H)]
    found = check(*rows, name="fda_label_ceiling")
    assert found.held is not None
    assert str(found.held.original) == "20 mcg/h"
    assert found.exit_code == 3


def test_mg_and_mcg_of_one_drug_are_one_drug():
    found = check(
        row(0, 27, "1", "clonidine"), row(28, 29, "900", "clonidine", Unit.MCG_PER_D), name="clonidine_er_exit"
    )
    assert found.held is not None
    assert str(found.held.steps[1].total) == "0.9 mg/d"
    assert found.is_within


def test_a_policy_that_is_for_another_drug_is_refused_with_those_that_are_not():
    found = check(row(0, 27, "20", "diazepam"))
    (problem,) = found.problems
    assert problem.code == "SCHED-003"
    assert "asam_2025_benzodiazepine" in problem.suggestions
    assert found.exit_code == 3
    assert not found.is_within


def test_opioid_and_benzodiazepine_lowered_on_one_day():
    rows = [
        row(0, 27, "100"),
        row(28, 55, "90"),
        row(0, 27, "20", "diazepam"),
        row(28, 55, "18", "diazepam"),
    ]
    found = check(*rows)
    assert kinds(found) == [Irregularity.TOGETHER]
    assert found.irregular[0].drugs == ("morphine", "diazepam")
    assert [each.code for each in found.cautions] == ["SCHED-102"]
    assert found.exit_code == 3


def test_a_switch_is_named():
    found = check(row(0, 27, "120"), row(28, 55, "60"), row(0, 27, "20", "oxycodone"), row(28, 55, "40", "oxycodone"))
    assert kinds(found) == [Irregularity.SWITCH]


def test_two_gabapentinoids_have_no_total_in_common():
    found = check(row(0, 6, "900", "gabapentin"), row(0, 6, "150", "pregabalin"), name="gabapentinoid_exit")
    assert [each.code for each in found.problems] == ["SCHED-004"]


@pytest.mark.parametrize("rows", [(), (row(0, 27, "0"),), (row(0, 6, "0"), row(7, 9, "5"))])
def test_nothing_to_hold(rows):
    found = check(*rows)
    assert found.held is None
    assert [each.code for each in found.problems] == ["SCHED-003"]


def test_a_schedule_that_cannot_be():
    with pytest.raises(ValueError, match="before it begins"):
        row(2, 1, "5")


def plan_of(*sigs: str, unit: Unit, name: str = "humane") -> Plan:
    """A plan for lines as they are written, with the smallest steps where it is stuck."""
    tracks, problems = tracks_of([(number, read_line(sig)) for number, sig in enumerate(sigs, 1)], Making())
    assert problems == ()
    course = Course(policy(name), tracks, unit)
    request = Request(START, (course,), "cdc_2022", "chronic pain", when_stuck=WhenStuck.SMALLEST_STEP)
    return make_plan(request, scales_of(request, CDC), lambda day: False)


def test_a_plan_of_ours_is_within_its_own_policy_and_names_its_forced_steps():
    sigs = ("morphine ER 60 mg tablet, 1 tablet every 12 hours", "oxycodone IR 10 mg tablet, 1 tablet 4 times daily")
    plan = plan_of(*sigs, unit=Unit.MME_PER_D)
    found = check_plan(plan, policy=policy("humane"), table=CDC, as_of=START)
    assert found.held is not None
    assert str(found.held.original) == "180 MME/d"
    assert found.cautions == ()
    assert found.is_within
    assert len(found.held.steps) == len(plan.steps)
    for step, ours in zip(found.held.steps, plan.steps, strict=True):
        assert (step.number, step.first_day, step.total.value) == (ours.number, ours.first_day, ours.total.value)
        assert step.percent_of_current == ours.percent_of_current
        assert step.percent_of_original == ours.percent_of_original
        assert bool(step.exceeds) <= ours.forced
    assert any(step.forced for step in found.held.steps)


def test_two_products_of_one_drug_are_one_amount():
    sigs = ("morphine ER 30 mg tablet, 1 tablet every 12 hours", "morphine IR 15 mg tablet, 1 tablet twice daily")
    plan = plan_of(*sigs, unit=Unit.MG_PER_D)
    found = check_plan(plan, policy=policy("humane"), table=CDC, as_of=START)
    assert found.held is not None
    assert str(found.held.original) == "90 mg/d"
    assert found.irregular == ()
    assert [step.total.value for step in found.held.steps] == [step.total.value for step in plan.steps]
