"""One step set, left out or put in by hand: dispensable, marked, never above the step before.

Worked for oxycodone 180 mg a day under a ceiling of 10 % of the current dose, from 2027-01-04 in steps of 28 days:
165, 150, 135, 125, 115, 105 mg ... Only tablets of 5 and 20 mg are at hand; with every strength sold, other steps are
chosen, and what these cases are about does not hang on which.
"""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from fractions import Fraction

import pytest

import medsteward
from medsteward.advice.saved.as_it_stands import replayed
from medsteward.advice.saved.revise import report_again, revised
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.plan import taper
from medsteward.readers.plan.words import insert_of, present_of, set_of
from medsteward.schedules.event import Event, HoldAt, SkipStep, Undo
from medsteward.schedules.plan import WhenStuck
from medsteward.schedules.replay import NotPossible
from medsteward.schedules.step import StepKind
from medsteward.writers.plan.changes import change_words
from medsteward.writers.plan.table import text
from tests.build import own

START = date(2027, 1, 4)
CDC = medsteward.factor_table("cdc_2022")


def planned(*sigs, **options):
    case = medsteward.case_of(*sigs, as_of=START, patient={"age": 50, "indication": "chronic pain"})
    found = taper(case, TaperOptions(**{"start": START, **options}), table=CDC).plan
    assert found is not None
    return found


PLAN = planned(
    "oxycodone IR 30 mg tablet, 1 tablet every 4 hours",
    when_stuck=WhenStuck.SMALLEST_STEP,
    products=tuple(own("oxycodone", "IR", 5, 20)),
)
TWO = planned(
    "morphine ER 60 mg tablet, 1 tablet every 12 hours",
    "oxycodone IR 10 mg tablet, 1 tablet every 6 hours",
    when_stuck=WhenStuck.SMALLEST_STEP,
)


def after(plan, *changes, why="agreed with the patient", day="2027-01-10"):
    for each in changes:
        plan = revised(plan, Event(date.fromisoformat(day), each, why), CDC)
    return plan


def totals(plan, number=None):
    return [step.total.value for step in plan.steps[:number]]


def test_the_plan_as_it_was():
    assert totals(PLAN, 6) == [165, 150, 135, 125, 115, 105]


def test_a_step_is_set_and_what_follows_stays_and_is_marked_where_it_goes_beyond():
    plan = after(PLAN, set_of("3=oxycodone=140 mg/d"))
    assert totals(plan) == [165, 150, 140, *totals(PLAN)[3:]]
    third, fourth = plan.steps[2:4]
    assert (third.percent_of_current, third.forced) == (Fraction(20, 3), False)
    assert "set by hand: agreed with the patient" in third.notes
    # 140 to 125 is 10.7 %
    assert (fourth.percent_of_current, fourth.forced) == (Fraction(75, 7), True)
    assert fourth.why_forced.startswith("beyond the ceiling, after a step that was changed by hand")
    assert fourth.days == 56
    assert "set by hand" in text(report_again(plan, START, CDC))


def test_above_the_ceiling_needs_a_reason():
    for what in (set_of("3=oxycodone=120 mg/d"), set_of("3=oxycodone=140 mg/d"), SkipStep(3)):
        with pytest.raises(NotPossible, match="above the ceiling; state why it may: --why"):
            after(PLAN, what, why="")
    assert totals(after(PLAN, set_of("3=oxycodone=145 mg/d"), insert_of("4=oxycodone=135 mg/d"))) == [
        165,
        150,
        145,
        *totals(PLAN)[2:],
    ]


def test_a_step_set_below_those_that_follow_replaces_them():
    plan = after(PLAN, set_of("3=oxycodone=115 mg/d"))
    assert totals(plan, 4) == [165, 150, 115, 105]
    assert plan.steps[2].forced
    assert [step.number for step in plan.steps] == list(range(1, len(plan.steps) + 1))


def test_doses_are_set_at_their_times():
    plan = after(TWO, set_of("2=morphine ER=45 mg morning + 45 mg evening"))
    doses = {dose.time.value: dose.amount.value for dose in plan.steps[1].doses if dose.drug == "morphine"}
    assert doses == {"morning": 45, "evening": 45}
    event = plan.events[0]
    assert change_words(event, plan).startswith("step 2 set to morphine ER 45 mg morning + 45 mg evening")


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("2=morphine ER=45 mg morning", "at least 2 times a day"),
        ("2=morphine ER=40 mg morning + 40 mg evening", "no product makes morphine 40 mg morning"),
        ("2=morphine ER=75 mg morning + 15 mg evening", "above the largest one before the plan, 60 mg"),
        ("2=morphine ER=45 mg morning + 45 mg morning", "written once"),
        ("2=morphine ER=105 mg/d", "not below the step before, 105 mg/d"),
        ("2=morphine ER=120 mg/d", "not below the step before, 105 mg/d"),
        ("2=morphine ER=0.05 mg/d", "no product makes"),
        ("2=morphine ER=25 mcg/h", "write it in that"),
        ("2=oxycodone=30 mg/d", r"step 2 lowers morphine; set that, or put in a step for oxycodone: --insert 2="),
        ("2=hydromorphone=8 mg/d", "hydromorphone is not what was lowered"),
        ("1=morphine ER=90 mg/d", "began on 2027-01-04; what is taken since then is stated with --present"),
        ("99=morphine ER=90 mg/d", "there is no step 99; the steps are 1 to"),
    ],
)
def test_what_cannot_be_set_is_refused(what, said):
    with pytest.raises(NotPossible, match=said):
        after(TWO, set_of(what))


def test_a_step_left_out_gives_its_days_to_the_next_one():
    plan = after(PLAN, SkipStep(3))
    assert totals(plan) == [165, 150, *totals(PLAN)[3:]]
    assert plan.steps[2].first_day == PLAN.steps[2].first_day
    assert [step.number for step in plan.steps] == list(range(1, len(plan.steps) + 1))
    assert (plan.steps[2].forced, plan.steps[2].percent_of_current) == (True, Fraction(50, 3))


def test_the_last_step_of_a_line_is_not_left_out():
    with pytest.raises(NotPossible, match="is the last one of oxycodone"):
        after(PLAN, SkipStep(len(PLAN.steps)))


def test_a_step_put_in_moves_those_behind_it():
    plan = after(PLAN, insert_of("3=oxycodone=145 mg/d"), why="")
    assert totals(plan) == [165, 150, 145, *totals(PLAN)[2:]]
    shift = timedelta(days=28)
    assert [step.first_day for step in plan.steps[3:]] == [step.first_day + shift for step in PLAN.steps[2:]]
    assert not any(step.forced for step in plan.steps[:5])


def test_one_line_changes_in_a_step_whatever_is_put_in_or_left_out():
    lowered = [
        after(TWO, insert_of("2=oxycodone=35 mg/d")),
        after(TWO, SkipStep(2)),
        after(TWO, set_of("2=morphine ER=75 mg/d")),
    ]
    for plan in lowered:
        before = [Fraction(120), Fraction(40)]
        for step in plan.steps:
            now = [day.amount.value for day in step.daily]
            assert sum(one != other for one, other in zip(before, now, strict=True)) == 1 or step.kind is StepKind.STOP
            assert all(one >= other for one, other in zip(before, now, strict=True))
            before = now


@pytest.mark.parametrize("amount", [15, 30])
def test_a_dose_by_hand_is_never_made_of_the_tablets_of_another_line(amount):
    """A day of the other line with the same number of mg was taken for it: morphine out of oxycodone tablets."""
    assert [step for step in TWO.steps for day in step.daily if day.drug == "oxycodone" and day.amount.value == amount]
    plan = after(TWO, insert_of(f"2=morphine ER={amount} mg/d"))
    made = [(dose.drug, item.product) for step in plan.steps for dose in step.doses for item in dose.items]
    assert made
    assert all(product.startswith(f"{drug} ") for drug, product in made)


def test_an_opioid_and_a_sedative_are_never_lowered_in_one_step():
    plan = planned(
        "oxycodone IR 30 mg tablet, 1 tablet every 4 hours",
        "lorazepam 1 mg tablet, 1 tablet 4 times daily",
        when_stuck=WhenStuck.SMALLEST_STEP,
        first="oxycodone",
        because="risk",
    )
    for what in (set_of("3=lorazepam=3 mg/d"), insert_of("3=lorazepam=3 mg/d")):
        with pytest.raises(NotPossible, match="lorazepam is lowered in steps of its own, one course after the other"):
            after(plan, what)
    later = next(step for step in plan.steps if step.course == 1)
    skipped = after(plan, SkipStep(later.number))
    for before, step in itertools.pairwise(skipped.steps):
        changed = {one.drug for one, other in zip(before.daily, step.daily, strict=True) if one != other}
        assert len(changed) == 1


def test_a_held_plan_is_resumed_first():
    with pytest.raises(NotPossible, match="the plan is held; --resume DATE"):
        after(PLAN, HoldAt(2), SkipStep(4))


@pytest.mark.parametrize("what", [set_of("3=oxycodone=140 mg/d"), SkipStep(3), insert_of("3=oxycodone=145 mg/d")])
def test_a_step_by_hand_is_taken_back(what):
    back = after(after(PLAN, what), Undo(), day="2027-01-20")
    first = replayed(PLAN, CDC)
    assert (back.steps, back.fills, back.outcome) == (first.steps, first.fills, first.outcome)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("3", "is not a step and its dose"),
        ("3=", "is not a step and its dose"),
        ("3=oxycodone", "is not a step and its dose"),
        ("x=oxycodone=5 mg", "is not the number of a step"),
        ("0=oxycodone=5 mg", "is not the number of a step"),
        ("3=nothing=5 mg", "is not a drug we know"),
        ("3=oxycodone=5", "is not a dose"),
        ("3=oxycodone=", "is not a dose"),
        ("3=oxycodone=5 mg + 5 mg", "is not a time of day"),
        ("3=oxycodone=5 mg teatime", "is not a time of day"),
        ("3=oxycodone=" + "5 mg morning + " * 9 + "5 mg noon", "is not a dose"),
        ("3=oxycodone=0 mg morning + 5 mg noon", "each dose is an amount"),
    ],
)
def test_other_words_for_a_step_are_refused(text, said):
    with pytest.raises(ValueError, match=said):
        set_of(text)


@pytest.mark.parametrize(
    ("text", "told"), [("morphine ER", "ER"), ("morphine IR", "IR"), ("morphine", ""), ("MS Contin", "")]
)
def test_a_release_tells_lines_of_one_drug_apart(text, told):
    stated = present_of(f"{text}=30 mg")
    assert (stated.drug, stated.told) == ("morphine", told)
