"""A calendar day is paused once, whatever is entered twice; and holds, pauses and resumptions do not pile up."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from attrs import evolve

import medsteward
from medsteward.advice.saved.as_it_stands import replayed
from medsteward.advice.saved.revise import revised
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.plan import taper
from medsteward.schedules.dates import Interval
from medsteward.schedules.event import Event, HoldAt, Pause, Resume, SlowTo
from medsteward.schedules.plan import NeedsChoice
from medsteward.schedules.replay import NotPossible

START = date(2027, 1, 4)
CDC = medsteward.factor_table("cdc_2022")


def planned(**options):
    case = medsteward.case_of(
        "oxycodone IR 30 mg tablet, 1 tablet every 4 hours",
        as_of=START,
        patient={"age": 50, "indication": "chronic pain"},
    )
    found = taper(case, TaperOptions(start=START, **options), table=CDC).plan
    assert found is not None
    return found


PLAN = planned()


def on(month_day: str) -> date:
    return date.fromisoformat(f"2027-{month_day}")


def pause(first: str, last: str) -> Pause:
    return Pause(on(first), on(last))


def changed(plan, day, what):
    return revised(plan, Event(on(day), what, "asked for"), CDC)


def starts(plan, number=4):
    return [f"{step.first_day:%m-%d}" for step in plan.steps[:number]]


THREE_WEEKS = changed(PLAN, "01-18", pause("01-18", "02-07"))


@pytest.mark.parametrize("again", [pause("01-18", "02-07"), pause("01-20", "02-01"), pause("02-07", "02-07")])
def test_days_that_are_paused_already_are_refused_with_a_clear_word(again):
    with pytest.raises(NotPossible, match="paused already; a day is paused once"):
        changed(THREE_WEEKS, "01-18", again)


@pytest.mark.parametrize(
    ("other", "days"),
    [
        (pause("02-01", "02-14"), 28),  # 7 days of it are new
        (pause("01-11", "02-14"), 35),  # around it
        (pause("01-11", "01-20"), 28),
        (pause("02-08", "02-14"), 28),  # it follows at once
        (pause("02-10", "02-14"), 26),  # apart from it, in the same step
    ],
)
def test_overlapping_pauses_count_each_day_once_in_any_order(other, days):
    first = Event(on("01-05"), pause("01-18", "02-07"), "a")
    second = Event(on("01-05"), other, "b")
    one, two = (replayed(evolve(PLAN, events=both), CDC) for both in ((first, second), (second, first)))
    assert one.steps == two.steps
    assert one.steps[0].days == 28 + days
    assert starts(one)[1] == f"{START + timedelta(days=28 + days):%m-%d}"


def test_a_file_with_the_same_pause_twice_counts_it_once():
    twice = evolve(PLAN, events=THREE_WEEKS.events * 2)
    assert replayed(twice, CDC).steps == THREE_WEEKS.steps


def test_a_pause_of_later_days_stays_on_its_days_when_an_earlier_one_moves_the_steps():
    later = changed(PLAN, "01-18", pause("02-15", "02-21"))  # in step 2, which then lasts 35 days
    both = changed(later, "01-18", pause("01-18", "02-07"))  # step 1 would end on 02-21
    assert starts(both)[:3] == ["01-04", "03-01", "03-29"]
    assert [step.days for step in both.steps[:2]] == [56, 28]


def test_no_step_begins_within_a_pause():
    plan = planned(avoid="weekends")
    paused = changed(plan, "01-18", pause("01-30", "02-07"))
    assert starts(paused)[1] == "02-10"  # 28 days and 9 paused ones end on 02-09


def test_a_plan_that_is_held_is_not_held_or_paused_again():
    held = changed(PLAN, "01-18", HoldAt(1))
    with pytest.raises(NotPossible, match="held at step 1 already"):
        changed(held, "01-18", HoldAt(1))
    with pytest.raises(NotPossible, match="which is a pause already"):
        changed(held, "01-18", pause("02-10", "02-20"))


def test_a_hold_entered_twice_in_a_file_keeps_the_steps_that_wait():
    held = changed(PLAN, "01-18", HoldAt(1))
    again = evolve(held, events=(*held.events, Event(on("01-19"), HoldAt(1), "")))
    resumed = changed(replayed(again, CDC), "02-20", Resume(on("03-01")))
    assert [step.total for step in resumed.steps] == [step.total for step in PLAN.steps]
    assert resumed.outcome == PLAN.outcome


def test_holding_earlier_than_a_later_hold_keeps_all_that_waits():
    later = changed(PLAN, "01-18", HoldAt(4))
    earlier = changed(later, "01-18", HoldAt(2))
    assert len(earlier.steps) == 2
    resumed = changed(earlier, "02-20", Resume(on("03-10")))
    assert [step.total for step in resumed.steps] == [step.total for step in PLAN.steps]


def test_a_pause_and_a_hold_of_the_same_days_are_not_added():
    held = changed(changed(PLAN, "01-18", pause("01-18", "02-07")), "01-20", HoldAt(1))
    resumed = changed(held, "02-20", Resume(on("02-22")))
    assert resumed.steps[1].first_day == on("02-22")  # 28 days and 21 paused ones, as without the hold


def test_resuming_within_a_pause_or_in_the_past_or_twice_is_refused():
    held = changed(THREE_WEEKS, "01-20", HoldAt(1))
    with pytest.raises(NotPossible, match=r"within the pause .* resume on 2027-02-08 or later"):
        changed(held, "01-25", Resume(on("02-01")))
    with pytest.raises(NotPossible, match="resume on 2027-03-05 or later"):
        changed(held, "03-05", Resume(on("03-01")))
    resumed = changed(held, "03-05", Resume(on("03-08")))
    with pytest.raises(NotPossible, match="not held"):
        changed(resumed, "03-05", Resume(on("03-08")))


def test_slowing_a_held_plan_does_not_let_it_go():
    held = changed(PLAN, "01-18", HoldAt(2))
    slowed = changed(held, "01-18", SlowTo(Fraction(5), Interval(days=56)))
    assert isinstance(slowed.outcome, NeedsChoice)
    assert "held at step 2" in slowed.outcome.reason
    assert len(slowed.steps) == 2
