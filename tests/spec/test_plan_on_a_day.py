"""What a plan says of a day after each kind of event: the step in force, and what is next.

Of oxycodone 30 mg every 4 hours from 2027-01-04, in steps of 28 days: the second from 02-01, the third from 03-01.
Which doses these are is planned elsewhere.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

import medsteward
from medsteward.advice.saved.as_it_stands import replayed
from medsteward.advice.saved.replan import AskedAnew
from medsteward.advice.saved.revise import changed, replanned, revised
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.plan import taper
from medsteward.model.amount import Amount
from medsteward.model.unit import Unit
from medsteward.schedules.dates import Interval
from medsteward.schedules.event import (
    Dispense,
    End,
    Event,
    FillBecause,
    HoldAt,
    InsertStep,
    NotTaken,
    Pause,
    Present,
    Resume,
    Reverse,
    SetStep,
    SkipStep,
    SlowTo,
    StatedDay,
    StatedDose,
    Taken,
    Undo,
)
from medsteward.writers.plan.today import today_words

START = date(2027, 1, 4)
CDC = medsteward.factor_table("cdc_2022")
RESTART = "Next: the prescriber states a dose to go on from, and the plan goes on from there."
CASE = medsteward.case_of(
    "oxycodone IR 30 mg tablet, 1 tablet every 4 hours",
    as_of=START,
    patient={"age": 50, "indication": "chronic pain"},
)


def planned():
    plan = taper(CASE, TaperOptions(START), table=CDC).plan
    assert plan is not None
    return plan


PLAN = planned()


def on(month_day: str) -> date:
    return date.fromisoformat(f"2027-{month_day}")


def after(entered, *changes):
    plan = PLAN
    for change in changes:
        plan = revised(plan, Event(on(entered), change, "asked for"), CDC)
    return plan


def said_on(plan, day):
    return today_words(replayed(plan, CDC, on(day)), on(day))


def oxycodone(number):
    return (StatedDose("oxycodone", "", Amount(Fraction(number), Unit.MG)),)


def day_of(number):
    return StatedDay("oxycodone", "", Amount(Fraction(number), Unit.MG))


MISSED = NotTaken(on("02-03"), on("02-09"))
DOSES = [f"oxycodone {step.total}" for step in PLAN.steps]
SECOND, THIRD = f"step 2, {DOSES[1]}, until", "Next: step 3 on"


@pytest.mark.parametrize(
    ("entered", "changes", "day", "said"),
    [
        ("02-10", [Pause(on("02-12"), on("02-20"))], "03-05", (f"{SECOND} 2027-03-09.", f"{THIRD} 2027-03-10")),
        ("02-10", [SlowTo(Fraction(5), Interval(days=56))], "03-05", (f"{SECOND} 2027-03-28.", f"{THIRD} 2027-03-29")),
        ("02-10", [HoldAt(2)], "03-25", (SECOND, "Next: nothing until the plan is resumed.")),
        ("02-10", [HoldAt(2), Resume(on("03-15"))], "03-10", (f"{SECOND} 2027-03-14.", f"{THIRD} 2027-03-15")),
        ("02-10", [SkipStep(3)], "02-25", (SECOND, f"{THIRD} 2027-03-01, {DOSES[3]}.")),
        ("02-10", [SetStep(3, day_of(140))], "02-25", (SECOND, f"{THIRD} 2027-03-01, oxycodone 140 mg/d.")),
        ("02-10", [InsertStep(3, day_of(140))], "02-25", (SECOND, f"{THIRD} 2027-03-01, oxycodone 140 mg/d.")),
        ("02-10", [SkipStep(3), Undo()], "02-25", (SECOND, f"{THIRD} 2027-03-01, {DOSES[2]}.")),
        (
            "02-03",
            [Reverse()],
            "02-05",
            (f"step 3, {DOSES[0]}, until 2027-03-02.", "Next: step 4 on"),
        ),
        ("02-10", [Reverse()], "02-12", (f"{DOSES[1]} goes on unchanged, as before.", RESTART)),
        ("02-10", [End(on("02-20"))], "02-15", (SECOND, "Next: nothing; the plan's last day is 2027-02-20.")),
        ("02-10", [Dispense(on("02-10"), 7, FillBecause.LOST)], "02-12", (SECOND, f"{THIRD} 2027-03-01")),
        ("02-10", [Taken(on("02-10"), Fraction(120))], "02-12", (SECOND, f"{THIRD} 2027-03-01")),
        ("02-10", [NotTaken(on("02-09"), on("02-09"))], "02-10", (SECOND, f"{THIRD} 2027-03-01")),
        (
            "02-10",
            [Present(on("02-10"), oxycodone(120))],
            "02-10",
            ("step 3, oxycodone 120 mg/d,", "Next: step 4"),
        ),
    ],
)
def test_after_each_event_the_step_in_force_and_what_is_next_are_said(entered, changes, day, said):
    here, following = said_on(after(entered, *changes), day)[:2]
    assert here.startswith(f"On {on(day)}: {said[0]}")
    assert following.startswith(said[1])


def test_after_it_is_planned_anew_the_step_in_force_and_what_is_next_are_said():
    asked = AskedAnew(percent=Fraction(5), every=Interval(days=84))
    make = [lambda now: replanned(now, on("02-20"), asked, why="slower", table=CDC)]
    plan, problems = changed(PLAN, make, on=on("02-10"), why="slower", table=CDC)
    assert not problems
    here, following = said_on(plan, "03-05")[:2]
    assert here == f"On 2027-03-05: {SECOND} 2027-04-25."
    assert following.startswith("Next: step 3 on 2027-04-26")


def test_after_its_end_no_step_is_in_force():
    said = ("On 2027-02-25 no step is in force: the plan's last day was 2027-02-20.",)
    assert said_on(after("02-10", End(on("02-20"))), "02-25") == said


def test_after_a_gap_no_dose_is_planned_and_the_prescriber_is_next():
    found = said_on(after("02-10", MISSED), "02-10")
    assert found == (
        "On 2027-02-10 no step is in force: after the days without the medicine no dose is planned.",
        RESTART,
    )
    assert said_on(after("02-10", MISSED), "02-02") == ("On 2027-02-02: " + SECOND + " 2027-02-07.", RESTART)


def test_a_dose_stated_for_a_later_day_leaves_the_days_before_it_as_they_are():
    found = after("02-10", Present(on("02-20"), oxycodone(120)))
    assert said_on(found, "02-19")[:2] == (
        f"On 2027-02-19: {SECOND} 2027-02-19.",
        "Next: step 3 on 2027-02-20, oxycodone 120 mg/d.",
    )
    assert said_on(found, "02-20")[0].startswith("On 2027-02-20: step 3, oxycodone 120 mg/d, until")


def test_between_a_gap_and_the_restart_no_step_is_in_force_and_the_restart_is_next():
    found = after("02-10", MISSED, Present(on("02-15"), oxycodone(60)))
    assert said_on(found, "02-12")[:2] == (
        "On 2027-02-12 no step is in force.",
        "Next: step 3 on 2027-02-15, oxycodone 60 mg/d.",
    )


# --- days told as not taken, and a dose stated then ---


def restated(*told, day):
    """The plan after what was told of its first day and a dose stated for a day, and its first fill from then on."""
    found = after("01-04", *told, Present(on(day), oxycodone(PLAN.steps[0].total.value)))
    return found, next(fill for fill in found.fills if not found.is_given(fill))


NOTHING = Taken(on("01-04"), Fraction(0))


def test_a_dose_that_is_stated_for_a_day_is_taken_on_it_whatever_was_told_before():
    found, untold = restated(NOTHING, day="01-04")[0], restated(day="01-04")[0]
    assert (found.steps, found.fills) == (untold.steps, untold.fills)


def test_what_was_not_taken_today_is_still_at_home_when_a_dose_is_stated_for_later():
    untold, told = restated(day="01-08")[1], restated(NOTHING, day="01-08")[1]
    one_day = PLAN.fills[0].quantity / PLAN.steps[0].days
    assert (untold.product, told.product) == (PLAN.fills[0].product,) * 2
    assert told.stock_before == untold.stock_before + one_day
    assert told.quantity == untold.quantity - one_day
