"""Plans that go on: changed by others, ended, dispensed by hand, several changes at once, changes taken back.

Worked by hand for oxycodone 30 mg every 4 hours from 2027-01-04, in steps of 28 days:

=========  ==========  ========  ==================  ==================
step       from        a day     tablets a day       for 28 days
=========  ==========  ========  ==================  ==================
1          2027-01-04  165 mg    9 of 15, 3 of 10    252 and 84
2          2027-02-01  150 mg    6 of 20, 6 of 5     168 and 168
3          2027-03-01  135 mg    6 of 20, 3 of 5     168 and 84
=========  ==========  ========  ==================  ==================
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import get_args

import pytest
from attrs import evolve

import medsteward
from medsteward.advice.saved.as_it_stands import before_last_event, replayed
from medsteward.advice.saved.moved import Moved
from medsteward.advice.saved.revise import changed, report_again, revised
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.plan import taper
from medsteward.model.amount import Amount
from medsteward.model.unit import Unit
from medsteward.schedules.event import (
    Change,
    Dispense,
    End,
    Event,
    FillBecause,
    HoldAt,
    NotTaken,
    Pause,
    Present,
    Resume,
    Reverse,
    StatedDose,
    Taken,
    Undo,
    standing,
)
from medsteward.schedules.happens.index import KINDS, event_words
from medsteward.schedules.plan import NeedsChoice, Plan, ReachesTarget, WhenStuck
from medsteward.schedules.replay import NotPossible
from medsteward.schedules.saved import KIND_OF
from medsteward.writers.plan.ics import history
from medsteward.writers.plan.moved import text as moved_text
from medsteward.writers.plan.table import text
from medsteward.writers.shared.screen import WIDE, Terminal, on_screen
from tests.build import own, there

START = date(2027, 1, 4)
TWO_STRENGTHS = tuple(own("oxycodone", "IR", 5, 20))
"""Enough to keep the plans of these cases simple: 165, 150, 135 mg a day and so on."""
CDC = medsteward.factor_table("cdc_2022")
FIRST = [("01-04", 20, 168), ("01-04", 5, 252)]


def planned(sig="oxycodone IR 30 mg tablet, 1 tablet every 4 hours", **options):
    case = medsteward.case_of(sig, as_of=START, patient={"age": 50, "indication": "chronic pain"})
    options = {"products": TWO_STRENGTHS, **options} if "30 mg" in sig else options
    found = taper(case, TaperOptions(**{"start": START, **options}), table=CDC).plan
    assert found is not None
    return found


PLAN = planned()


def on(month_day: str) -> date:
    return date.fromisoformat(f"2027-{month_day}")


def event(day, what, why="asked for", *answers):
    return Event(on(day), what, why, answers)


def after(plan, day, what, why="asked for", *answers):
    return revised(plan, event(day, what, why, *answers), CDC)


def as_it_is(change: Change) -> Callable[[Plan], Change]:
    return lambda _: change


def together(plan, day, *changes, why="asked for"):
    found, asked = changed(plan, [as_it_is(each) for each in changes], on=on(day), why=why, table=CDC)
    assert not asked
    return found


def fills(plan, number=None):
    """The day, strength in mg and quantity of each dispensing."""
    return [(f"{each.first_day:%m-%d}", int(each.product.split()[-3]), each.quantity) for each in plan.fills[:number]]


def days(plan, number=None):
    """The first and last day and the dose of each step."""
    return [(f"{each.first_day:%m-%d}", f"{each.last_day:%m-%d}", each.total.value) for each in plan.steps[:number]]


def oxycodone(number):
    return (StatedDose("oxycodone", "", Amount(Fraction(number), Unit.MG)),)


# --- every kind is declared once --------------------------------------------------------------------------------------


def test_each_kind_of_event_is_declared_once_and_has_a_name_of_its_own():
    assert set(KINDS) == set(get_args(Change))
    assert len({KIND_OF[each] for each in KINDS}) == len(KINDS)
    assert all(kind.of is made for made, kind in KINDS.items())


# --- somebody changed the dose ----------------------------------------------------------------------------------------


def test_a_lower_dose_that_a_colleague_set_is_gone_on_from():
    plan = after(PLAN, "01-20", Present(on("01-18"), oxycodone(135)), "Dr. B lowered it")
    assert days(plan, 3) == [("01-04", "01-17", 165), ("01-18", "02-14", 135), ("02-15", "03-14", 125)]
    assert "Dr. B lowered it" in plan.steps[1].notes[0]
    assert [step.number for step in plan.steps] == list(range(1, len(plan.steps) + 1))
    assert event_words(plan.events[0], plan).startswith("the dose was changed on 2027-01-18 to oxycodone 135 mg")


def test_a_dose_above_the_last_one_tolerated_asks_first():
    raise_it = event("02-20", Present(on("02-20"), oxycodone(165)), "Dr. B raised it")
    with pytest.raises(NotPossible, match=r"above the last dose tolerated, oxycodone 150 mg/d.*--answer above-tol"):
        revised(PLAN, raise_it, CDC)
    answered = evolve(raise_it, answers=(("above-tolerated", "seen today, awake; naloxone at home"),))
    plan = revised(PLAN, answered, CDC)
    assert days(plan)[1:4] == [("02-01", "02-19", 150), ("02-20", "03-19", 165), ("03-20", "04-16", 150)]
    unknown = evolve(raise_it, answers=(("above-tolerated", "not asked yet"),))
    with pytest.raises(NotPossible, match="above the last dose tolerated"):
        revised(PLAN, unknown, CDC)


@pytest.mark.parametrize(("day", "asks"), [("02-06", False), ("02-07", False), ("02-08", True)])
def test_a_dose_taken_within_the_week_counts_as_tolerated(day, asks):
    stated = event(day, Present(on(day), oxycodone(165)))
    if asks:
        with pytest.raises(NotPossible, match="above the last dose tolerated"):
            revised(PLAN, stated, CDC)
    else:
        assert there(revised(PLAN, stated, CDC).on(on(day))).total.value == 165


def test_nobody_goes_above_the_original_dose_and_another_drug_is_another_plan():
    with pytest.raises(NotPossible, match="above the original dose, 180 mg/d"):
        after(PLAN, "01-20", Present(on("01-20"), oxycodone(195)), "w", ("above-tolerated", "seen"))
    morphine = (StatedDose("morphine", "", Amount(Fraction(60), Unit.MG)),)
    with pytest.raises(NotPossible, match="morphine is not what was lowered; state oxycodone"):
        after(PLAN, "01-20", Present(on("01-20"), morphine))
    with pytest.raises(NotPossible, match="no step is in force on 2027-01-01"):
        after(PLAN, "01-20", Present(on("01-01"), oxycodone(150)))


# --- the end ----------------------------------------------------------------------------------------------------------


def test_a_plan_that_ends_says_that_the_dose_goes_on_and_that_nothing_stops_at_once():
    plan = after(PLAN, "02-10", End(on("02-20")), "enough for now")
    assert days(plan) == [("01-04", "01-31", 165), ("02-01", "02-20", 150)]
    assert fills(plan) == [*FIRST, ("02-01", 20, 168), ("02-01", 5, 168)]
    assert isinstance(plan.outcome, NeedsChoice)
    assert "oxycodone 150 mg/d goes on unchanged, prescribed outside this plan" in plan.outcome.reason
    assert "nothing is stopped at once" in text(report_again(plan, on("02-10"), CDC)).replace("\n    ", " ")
    assert not plan.awaits_restart


def test_what_follows_the_end_is_not_dispensed_and_what_was_dispensed_stays():
    plan = after(PLAN, "01-20", End(on("02-14")))
    assert fills(plan) == [
        *FIRST,
        ("02-01", 20, 84),
        ("02-01", 5, 84),
    ]  # 14 days of 6 and 6


def test_a_goal_that_is_reached_early_ends_the_plan_as_planned():
    to_there = planned(target=Amount(Fraction(150), Unit.MG_PER_D))
    assert isinstance(after(to_there, "02-10", End(on("02-15"))).outcome, ReachesTarget)


def test_a_plan_that_ended_takes_no_change_but_that_it_did_not_end():
    ended = after(PLAN, "02-10", End(on("02-20")))
    for what in (Pause(on("02-12"), on("02-13")), HoldAt(2), Present(on("02-15"), oxycodone(135)), End(on("02-19"))):
        with pytest.raises(NotPossible, match="ends on 2027-02-20, so it is not changed any more; --undo"):
            after(ended, "02-11", what)
    assert after(ended, "02-12", Taken(on("02-12"), Fraction(150))).steps == ended.steps
    assert after(ended, "02-12", Undo()).steps == replayed(PLAN, CDC).steps


def test_a_held_plan_ends_at_the_dose_it_is_held_at():
    held = after(PLAN, "01-20", HoldAt(1))
    ended = after(held, "02-10", End(on("02-28")))
    assert days(ended) == [("01-04", "02-28", 165)]
    assert ended.held_at is None


# --- missed days ------------------------------------------------------------------------------------------------------


def test_a_run_of_missed_days_is_the_same_as_its_days_one_by_one():
    for last, waits in (("01-13", False), ("01-17", True)):
        run = after(PLAN, last, NotTaken(on("01-13"), on(last)))
        single = PLAN
        for number in range(13, int(last[3:]) + 1):
            single = after(single, last, Taken(on(f"01-{number}"), Fraction(0)))
        assert run.awaits_restart is waits
        assert (run.steps, run.outcome, run.fills) == (single.steps, single.outcome, single.fills)
        one, other = (report_again(each, on("01-18"), CDC).cautions for each in (run, single))
        assert one == other


def test_a_day_that_was_not_missed_after_all_is_told_again():
    gap = after(PLAN, "01-17", NotTaken(on("01-13"), on("01-17")))
    assert gap.awaits_restart
    again = after(gap, "01-18", Taken(on("01-15"), Fraction(165)))
    assert not again.awaits_restart
    assert again.steps == replayed(PLAN, CDC).steps


# --- dispensed by hand ------------------------------------------------------------------------------------------------


def test_what_was_lost_is_replaced_and_only_that():
    # on 01-14 the whole month is gone: 7 days are 42 of 20 mg and 63 of 5; from 01-21 on 11 days are missing
    plan = after(PLAN, "01-14", Dispense(on("01-14"), 7, FillBecause.LOST), "stolen from the car")
    assert fills(plan, 6) == [
        *FIRST,
        ("01-14", 20, 42),
        ("01-14", 5, 63),
        ("01-21", 20, 66),
        ("01-21", 5, 99),
    ]
    assert fills(plan)[6:8] == [("02-01", 20, 168), ("02-01", 5, 168)]
    # 10 days were taken: 60 and 90; 108 and 162 are gone
    first = plan.steps[0].dispense
    assert [(each.quantity, each.taken, each.left_over) for each in first] == [(276, 168, 0), (414, 252, 0)]


def test_what_is_dispensed_early_is_taken_later_and_less_follows():
    # 28 days from 01-29 on: 3 days of step 1 and 25 of step 2, beside the 3 days at home
    plan = after(PLAN, "01-29", Dispense(on("01-29"), 28, FillBecause.TRAVEL), "away until 02-25")
    assert fills(plan, 6) == [
        *FIRST,
        ("01-29", 20, 18),
        ("01-29", 5, 27),
        ("01-29", 20, 150),
        ("01-29", 5, 150),
    ]
    # with the 3 days at home that is enough for step 2, and 9 of 5 mg are left for step 3
    assert fills(plan)[6:8] == [("03-01", 20, 168), ("03-01", 5, 75)]
    assert plan.fills[6].due == on("02-26")


def test_a_loss_that_is_told_later_leaves_what_was_dispensed_after_it():
    plan = after(PLAN, "02-03", Dispense(on("01-30"), 2, FillBecause.LOST))
    # two days of step 1; what was dispensed on 02-01 is still there
    assert fills(plan, 6) == [
        *FIRST,
        ("01-30", 20, 12),
        ("01-30", 5, 18),
        ("02-01", 20, 168),
        ("02-01", 5, 168),
    ]
    assert fills(plan)[6:8] == [("03-01", 20, 168), ("03-01", 5, 84)]


def test_what_was_dispensed_after_days_without_tablets_is_at_home_in_full():
    """Days on which nothing was there were taken off what came later, so that too much was dispensed next."""
    # from 01-20 on 12 days are gone, and 2 of them are replaced; on 02-01 step 2 is dispensed whole
    plan = after(PLAN, "02-03", Dispense(on("01-20"), 2, FillBecause.LOST))
    assert fills(plan)[2:8] == [
        ("01-20", 20, 12),
        ("01-20", 5, 18),
        ("02-01", 20, 168),
        ("02-01", 5, 168),
        ("03-01", 20, 168),
        ("03-01", 5, 84),
    ]


def test_a_dispensing_of_days_without_a_dose_is_refused():
    stop = planned(target=Amount(Fraction(0), Unit.MG_PER_D), when_stuck=WhenStuck.SMALLEST_STEP)
    day = stop.last_day
    with pytest.raises(NotPossible, match="no step is in force"):
        revised(stop, Event(day, Dispense(day, 3, FillBecause.EARLY), "w"), CDC)


# --- several changes in one call --------------------------------------------------------------------------------------


def test_changes_are_made_in_their_order_and_count_as_one_revision():
    plan = together(PLAN, "01-18", Pause(on("01-18"), on("02-07")), HoldAt(2))
    assert [each.together for each in plan.events] == [False, True]
    assert days(plan)[0] == ("01-04", "02-21", 165)
    assert plan.held_at == 2
    assert before_last_event(plan, CDC).events == ()


def test_all_changes_are_made_or_none():
    with pytest.raises(NotPossible, match="there is no step 99"):
        together(PLAN, "01-18", Pause(on("01-18"), on("02-07")), HoldAt(99))
    raised = [as_it_is(Pause(on("02-20"), on("02-21"))), as_it_is(Present(on("02-25"), oxycodone(165)))]
    found, asked = changed(PLAN, raised, on=on("02-20"), table=CDC)
    assert found is PLAN
    assert [each.code for each in asked] == ["TAPER-026"]


def test_what_moved_is_told_before_and_after():
    plan = after(PLAN, "01-18", Pause(on("01-18"), on("02-07")), "flu")
    with on_screen(Terminal(WIDE)):
        said = moved_text(Moved(replayed(PLAN, CDC), report_again(plan, on("01-18"), CDC), 1))
    lines = [" ".join(line.split()) for line in said.splitlines()]
    assert "2027-01-18: paused from 2027-01-18 to 2027-02-07 (flu)" in lines
    assert "1 2027-01-04 to 2027-01-31, oxycodone 165 mg/d 2027-01-04 to 2027-02-21" in lines
    number = len(plan.steps)
    last, then = PLAN.last_day, plan.last_day
    joined = f"2 to {number} 2027-02-01 to {last}, {number - 1} of them 2027-02-22 to {then}, each 21 days later"
    assert joined in lines
    assert any(line.startswith("oxycodone 5 mg tablet - 2027-02-01, 189 tablets") for line in lines)
    assert f"Last day: {last} before, {then} after." in lines
    assert len(lines) < 40


def test_a_change_that_moves_nothing_says_so():
    plan = after(PLAN, "01-18", Taken(on("01-18"), Fraction(165)))
    said = moved_text(Moved(replayed(PLAN, CDC), report_again(plan, on("01-18"), CDC), 1))
    assert "No step and no dispensing changes." in said


# --- taking back ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "what",
    [
        [Pause(on("01-18"), on("02-07"))],
        [HoldAt(2)],
        [End(on("02-20"))],
        [Pause(on("01-18"), on("02-07")), HoldAt(2)],
    ],
)
def test_a_change_that_is_taken_back_leaves_steps_doses_and_fills_as_they_were(what):
    plan = together(PLAN, "01-18", *what)
    back = after(plan, "01-20", Undo(), "a slip")
    first = replayed(PLAN, CDC, on("01-20"))
    assert (back.steps, back.fills, back.outcome) == (first.steps, first.fills, first.outcome)
    assert len(back.events) == len(what) + 1  # the history stays
    assert standing(back.events) == ()
    assert event_words(back.events[-1], back).startswith("taken back: ")


def test_a_change_is_not_taken_back_once_it_took_effect():
    paused = after(PLAN, "01-18", Pause(on("01-18"), on("02-07")))
    assert after(paused, "01-31", Undo()).standing == ()
    with pytest.raises(NotPossible, match="began on 2027-02-01, and is not taken back after it"):
        after(paused, "02-01", Undo())
    back = after(PLAN, "02-04", Reverse(), "pain")
    with pytest.raises(NotPossible, match="began on 2027-02-04"):
        after(back, "02-04", Undo())


def test_the_change_before_is_taken_back_next_and_then_nothing_is_left():
    plan = after(after(PLAN, "01-05", HoldAt(3)), "01-06", Pause(on("01-18"), on("02-07")))
    once = after(plan, "01-07", Undo())
    assert once.steps == replayed(after(PLAN, "01-05", HoldAt(3)), CDC, on("01-07")).steps
    twice = after(once, "01-07", Undo())
    assert twice.steps == replayed(PLAN, CDC).steps
    with pytest.raises(NotPossible, match="nothing to take back"):
        after(twice, "01-07", Undo())


@pytest.mark.parametrize(
    "what",
    [
        Taken(on("01-18"), Fraction(0)),
        NotTaken(on("01-17"), on("01-18")),
        Dispense(on("01-18"), 3, FillBecause.LOST),
        Present(on("01-18"), oxycodone(150)),
    ],
)
def test_what_happened_is_not_taken_back(what):
    with pytest.raises(NotPossible, match="what happened is not taken back; tell it again"):
        after(after(PLAN, "01-18", what), "01-18", Undo())


def test_a_change_after_one_that_was_taken_back_counts_as_the_only_one():
    undone = after(after(PLAN, "01-05", HoldAt(2)), "01-06", Undo())
    with pytest.raises(NotPossible, match="not held"):
        after(undone, "01-20", Resume(on("02-10")))
    paused = after(undone, "01-18", Pause(on("01-18"), on("02-07")))
    assert paused.steps == after(PLAN, "01-18", Pause(on("01-18"), on("02-07"))).steps


def test_the_calendar_takes_back_what_a_change_had_moved():
    paused = after(PLAN, "01-18", Pause(on("01-18"), on("02-07")))
    back = after(paused, "01-20", Undo())
    first, then, last = (
        {sent.entry.key: sent for sent in history(report_again(plan, on("01-20"), CDC))}
        for plan in (PLAN, paused, back)
    )
    assert first.keys() <= then.keys() == last.keys()
    for key, entry in first.items():
        assert last[key].entry == entry.entry
        assert last[key].revision >= then[key].revision >= entry.revision
        assert (last[key].revision == 2) is (then[key].entry != entry.entry)
    assert all(last[key].gone for key in last.keys() - first.keys())


def test_the_calendar_of_an_ended_plan_cancels_what_went():
    ended = after(PLAN, "02-10", End(on("02-20")))
    sent = {each.entry.key: each for each in history(report_again(ended, on("02-10"), CDC))}
    assert [sent[f"step-{n}"].gone for n in (1, 2, 3, 4)] == [False, False, True, True]


# --- on a day ---------------------------------------------------------------------------------------------------------


def test_a_plan_says_which_step_is_in_force_and_what_is_next():
    said = " ".join(text(report_again(PLAN, on("02-10"), CDC)).split())
    assert "On 2027-02-10: step 2, oxycodone 150 mg/d, until 2027-02-28." in said
    assert "Next: step 3 on 2027-03-01, oxycodone 135 mg/d." in said
    assert "The next prescription is due on 2027-02-26." in said
    assert "step in force" not in said
    before = text(report_again(PLAN, date(2026, 12, 20), CDC))
    assert "On 2026-12-20" not in before
    held = " ".join(text(report_again(after(PLAN, "01-20", HoldAt(1)), on("01-25"), CDC)).split())
    assert "Next: nothing until the plan is resumed." in held
