"""Checkpoints: dated, few, and each with something to decide."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medsteward.advice.plan.checkpoints import MOST_DAYS, checkpoints
from medsteward.model.amount import Amount
from medsteward.model.drug import DrugClass
from medsteward.model.source import Standing
from medsteward.model.unit import Unit
from medsteward.schedules.moment import Moment
from medsteward.schedules.plan import Course, NeedsChoice, Plan, ReachesTarget, Request
from medsteward.schedules.policies import policy
from medsteward.schedules.step import DrugDay, Step, StepKind
from medsteward.schedules.supply import Supply, Track

START = date(2027, 1, 4)
CLASSES = {
    "morphine": (DrugClass.OPIOID_FULL_AGONIST, "humane"),
    "lorazepam": (DrugClass.BENZODIAZEPINE, "asam_2025_benzodiazepine"),
    "gabapentin": (DrugClass.GABAPENTINOID, "gabapentinoid_exit"),
}


def course(drug, name=None):
    drug_class, usual = CLASSES[drug]
    supply = Supply(f"{drug} 1 mg tablet", Fraction(1), Unit.TABLET)
    track = Track(drug, drug_class, "oral", "tablet", "IR", Unit.MG, ((Moment.MORNING, Fraction(100)),), (supply,))
    return Course(policy(name or usual), (track,), Unit.MG_PER_D)


def plan_of(*parts, outcome=None, hold=""):
    """A plan of (course, amounts by step, days of each step)."""
    first = START
    steps: list[Step] = []
    courses: list[Course] = []
    left = {each.tracks[0].drug: Fraction(100) for each, _, _ in parts}
    for number, (each, amounts, days) in enumerate(parts):
        courses.append(each)
        drug = each.tracks[0].drug
        for amount in amounts:
            left[drug] = Fraction(amount)
            last = first + timedelta(days=days - 1)
            daily = tuple(DrugDay(name, Amount(value, Unit.MG_PER_D)) for name, value in left.items())
            kind = StepKind.START if hold else StepKind.REDUCE if amount else StepKind.STOP
            total = Amount(left[drug], Unit.MG_PER_D)
            steps.append(Step(len(steps) + 1, kind, first, last, (), daily, total, course=number))
            first = last + timedelta(days=1)
    ends = outcome or ReachesTarget()
    request = Request(START, tuple(courses), "cdc_2022", "chronic pain", hold=hold)
    return Plan(request, tuple(steps), ends, tuple(steps), ends)


def told(plan):
    return [(each.kind, each.first_day.isoformat(), each.last_day.isoformat()) for each in checkpoints(plan)]


def test_a_monthly_taper():
    plan = plan_of((course("morphine"), (75, 50, 25, 0), 28))
    assert told(plan) == [
        ("first_follow_up", "2027-01-11", "2027-01-11"),
        ("before_step", "2027-01-25", "2027-01-31"),
        ("after_step", "2027-02-08", "2027-02-08"),
        ("middle_review", "2027-02-22", "2027-02-28"),
        ("after_step", "2027-03-08", "2027-03-08"),
        ("before_step", "2027-03-22", "2027-03-28"),
        ("after_stop", "2027-04-04", "2027-04-25"),
    ]


def test_steps_of_eight_weeks_have_a_call_every_month():
    plan = plan_of((course("morphine"), (75, 50, 0), 56))
    assert told(plan) == [
        ("first_follow_up", "2027-01-11", "2027-01-11"),
        ("monthly", "2027-02-02", "2027-02-08"),
        ("before_step", "2027-02-22", "2027-02-28"),
        ("after_step", "2027-03-08", "2027-03-08"),
        ("monthly", "2027-03-30", "2027-04-05"),
        ("before_step", "2027-04-19", "2027-04-25"),
        ("after_stop", "2027-05-02", "2027-05-23"),
    ]
    monthly = checkpoints(plan)[1]
    assert any("at least monthly" in source.where for source in monthly.sources)


def test_what_each_is_to_decide():
    every = checkpoints(plan_of((course("morphine"), (75, 50, 25, 0), 28)))
    found = [each for each in every if each.kind != "after_step"]
    assert "whether the pace fits" in found[0].decide
    assert "from 2027-01-09 to 2027-01-14" in found[1].decide
    assert "Before 2027-02-01: go on, stay longer or slow down." in found[1].decide
    assert "a lower dose that holds" in found[2].decide
    assert "morphine is no longer taken" in found[3].decide
    assert "tolerance is lost" in found[4].decide
    assert all("SOWS or COWS" in each.decide for each in found)
    assert all(each.sources for each in found)


def test_the_policy_says_when_the_first_follow_up_is():
    (first, *_) = checkpoints(plan_of((course("morphine", "va_slower"), (75, 50, 25, 0), 28)))
    assert first.first_day == START + timedelta(days=14)


def test_weekly_steps_share_the_first():
    plan = plan_of((course("morphine", "va_faster"), (75, 50, 25, 0), 7))
    assert told(plan) == [
        ("first_follow_up", "2027-01-10", "2027-01-10"),
        ("middle_review", "2027-01-12", "2027-01-17"),
        ("before_step", "2027-01-19", "2027-01-24"),
        ("after_stop", "2027-01-31", "2027-02-21"),
    ]
    assert "Before 2027-01-11" in checkpoints(plan)[0].decide


def test_daily_steps_do_not_drown_it():
    plan = plan_of((course("morphine"), tuple(range(95, -1, -5)), 1))
    assert len(checkpoints(plan)) <= 5
    assert checkpoints(plan)[-1].kind == "after_stop"


def test_a_choice_is_a_checkpoint_of_its_own():
    plan = plan_of((course("morphine"), (75, 50), 28), outcome=NeedsChoice("no step is allowed"))
    assert told(plan)[-1] == ("choice", "2027-02-22", "2027-02-28")


def test_a_plan_that_keeps_a_dose_is_looked_at_after_its_last_step():
    plan = plan_of((course("morphine"), (75, 50), 28))
    assert told(plan)[-1][0] == "after_last_step"


def test_each_course_has_its_own_end_and_scale():
    found = checkpoints(plan_of((course("morphine"), (50, 0), 28), (course("lorazepam"), (50, 0), 28)))
    assert [each.kind for each in found].count("after_stop") == 2
    opioid_free = [each for each in found if each.first_day >= date(2027, 3, 1)]
    assert opioid_free
    assert all("COWS" not in each.decide and "aloxone" not in each.decide for each in opioid_free)
    assert any("CIWA-B" in each.decide for each in opioid_free)


@pytest.mark.parametrize("drug", ["lorazepam", "gabapentin"])
def test_without_an_opioid_nothing_of_opioids_is_said(drug):
    for each in checkpoints(plan_of((course(drug), (50, 25, 12, 0), 14))):
        assert "COWS" not in each.decide
        assert "aloxone" not in each.decide
        assert ("CIWA-B" in each.decide) is (drug == "lorazepam")


def test_a_hold_is_reviewed_within_a_week_then_every_four():
    plan = plan_of((course("morphine"), (100,), 60), outcome=NeedsChoice("pregnancy"), hold="pregnancy")
    assert told(plan) == [
        ("hold_review", "2027-01-05", "2027-01-11"),
        ("hold_review", "2027-01-25", "2027-02-01"),
        ("hold_review", "2027-02-22", "2027-03-01"),
    ]


def test_a_plan_without_a_step_has_none():
    plan = plan_of((course("morphine"), (), 28), outcome=NeedsChoice("no step is allowed"))
    assert checkpoints(plan) == ()


def test_the_standing_of_follow_up_is_shown():
    (first, *_) = checkpoints(plan_of((course("morphine", "hhs_2019"), (50, 0), 28)))
    assert Standing.OURS in {source.standing for source in first.sources}


@st.composite
def plans(draw):
    drugs = draw(st.lists(st.sampled_from(sorted(CLASSES)), min_size=1, max_size=2, unique=True))
    parts = []
    for drug in drugs:
        amounts = draw(st.lists(st.integers(0, 99), min_size=1, max_size=12, unique=True))
        parts.append((course(drug), sorted(amounts, reverse=True), draw(st.integers(1, 60))))
    outcome = draw(st.sampled_from([ReachesTarget(), NeedsChoice("x")]))
    return plan_of(*parts, outcome=outcome)


@given(plans())
def test_at_most_one_a_step_besides_the_first_and_the_ends(plan):
    found = checkpoints(plan)
    assert [each.first_day for each in found] == sorted(each.first_day for each in found)
    assert all(each.first_day <= each.last_day for each in found)
    ends = ("after_stop", "after_last_step", "choice")
    each_step = [each for each in found if each.kind in ("before_step", "middle_review")]
    assert len(each_step) <= len(plan.steps) - 1
    assert sum(each.kind == "first_follow_up" for each in found) <= 1
    assert 1 <= sum(each.kind in ends for each in found) <= len(plan.request.courses) + 1
    contacts = sorted(each.last_day for each in found)
    taken = [each for each in contacts if (step := plan.on(each)) and any(day.amount.value for day in step.daily)]
    for one, other in pairwise([plan.first_day, *taken]):
        assert (other - one).days <= MOST_DAYS
    for one, other in pairwise(each_step):
        assert one.last_day < other.first_day
    for each in each_step:
        assert sum(step.first_day <= each.first_day and each.last_day <= step.last_day for step in plan.steps) == 1
        assert plan.on(each.last_day + timedelta(days=1)) is not plan.on(each.last_day)
