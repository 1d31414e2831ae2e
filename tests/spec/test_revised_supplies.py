"""What a revision dispenses: what was dispensed until its day is a fact, and only what is missing is added.

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

from datetime import date
from fractions import Fraction

import pytest

import medsteward
from medsteward.advice.saved.as_it_stands import replayed
from medsteward.advice.saved.revise import report_again, revised
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.plan import taper
from medsteward.model.amount import Amount
from medsteward.model.unit import Unit
from medsteward.schedules.event import Event, HoldAt, Pause, Present, Resume, Reverse, StatedDose
from medsteward.schedules.plan import NeedsChoice
from medsteward.writers.plan.ics import _prescriptions
from medsteward.writers.plan.pharmacy import text as pharmacy_text
from medsteward.writers.plan.table import text
from tests.build import own

START = date(2027, 1, 4)
TWO_STRENGTHS = tuple(own("oxycodone", "IR", 5, 20))
"""Enough to keep the plans of these cases simple: 165, 150, 135 mg a day and so on."""
CDC = medsteward.factor_table("cdc_2022")
FIRST = [("01-04", "01-31", 20, 168), ("01-04", "01-31", 5, 252)]
SECOND = [("02-01", "02-28", 20, 168), ("02-01", "02-28", 5, 168)]


def planned(sig="oxycodone IR 30 mg tablet, 1 tablet every 4 hours", **options):
    case = medsteward.case_of(sig, as_of=START, patient={"age": 50, "indication": "chronic pain"})
    options = {"products": TWO_STRENGTHS, **options} if "30 mg" in sig else options
    found = taper(case, TaperOptions(**{"start": START, **options}), table=CDC).plan
    assert found is not None
    return found


PLAN = planned()


def on(month_day: str) -> date:
    return date.fromisoformat(f"2027-{month_day}")


def changed(plan, day, what, why="asked for"):
    return revised(plan, Event(on(day), what, why), CDC)


def fills(plan, number=None):
    """Days, strength in mg and quantity of each dispensing."""
    return [
        (f"{each.first_day:%m-%d}", f"{each.last_day:%m-%d}", int(each.product.split()[-3]), each.quantity)
        for each in plan.fills[:number]
    ]


def due(plan):
    return [f"{each.due:%m-%d}" for each in plan.fills]


PAUSED = changed(PLAN, "01-18", Pause(on("01-18"), on("02-07")))


def test_the_plan_itself_dispenses_each_step():
    assert fills(PLAN, 6) == [*FIRST, *SECOND, ("03-01", "03-28", 20, 168), ("03-01", "03-28", 5, 84)]


def test_a_pause_keeps_the_first_dispensing_and_adds_what_is_missing_when_it_ends():
    # the first lasts until 01-31; 21 days more: 21 x 6 = 126 and 21 x 9 = 189; then step 2 as before
    assert fills(PAUSED, 6) == [
        *FIRST,
        ("02-01", "02-21", 20, 126),
        ("02-01", "02-21", 5, 189),
        ("02-22", "03-21", 20, 168),
        ("02-22", "03-21", 5, 168),
    ]
    first = PAUSED.steps[0]
    assert [(each.quantity, each.taken, each.left_over) for each in first.dispense] == [(294, 294, 0), (441, 441, 0)]


def test_the_next_prescription_is_due_on_the_last_working_day_before_the_tablets_end():
    # 01-31 is a Sunday; the last working day before it is Friday 01-29
    assert due(PAUSED)[2:6] == ["01-29", "01-29", "02-19", "02-19"]
    entries = {each.key: each.first_day for each in _prescriptions(PAUSED)}
    assert entries["prescription-2"] == on("01-29")


@pytest.mark.parametrize(
    ("start", "avoid", "expected"),
    [
        # the first 28 days end on a Wednesday: the day before
        (date(2027, 1, 7), "", date(2027, 2, 2)),
        # on Sunday 14 February: the Friday before it
        (date(2027, 1, 18), "", date(2027, 2, 12)),
        # on a Monday: that day, as the Friday would be three days early
        (date(2027, 1, 12), "", date(2027, 2, 8)),
        # on Monday 15 February, which is Washington's birthday: no working day among the three, so the Friday
        (date(2027, 1, 19), "", date(2027, 2, 12)),
        (date(2027, 1, 19), "holidays:GB", date(2027, 2, 15)),
        # on Tuesday 16 February, after that holiday: that day
        (date(2027, 1, 20), "", date(2027, 2, 16)),
        (date(2027, 1, 20), "holidays:US", date(2027, 2, 16)),
    ],
)
def test_due_days_are_working_days_at_most_two_before_the_day_on_which_it_runs_out(start, avoid, expected):
    if avoid:
        pytest.importorskip("holidays")
    plan = planned(start=start, avoid=avoid)
    assert [each.due for each in plan.fills[2:4]] == [expected, expected]


def test_going_back_within_a_week_carries_what_is_at_home_into_the_next_step():
    # 5 days of step 2: 168 - 5 x 6 = 138 of each are left, 15 days of step 1 again; 13 days are missing then
    back = changed(PLAN, "02-06", Reverse(), "pain much worse")
    assert fills(back, 8) == [
        *FIRST,
        *SECOND,
        ("02-21", "03-05", 20, 30),
        ("02-21", "03-05", 5, 114),
        ("03-06", "04-02", 20, 168),
        ("03-06", "04-02", 5, 168),
    ]
    assert [each.stock_before for each in back.fills[4:8]] == [48, 3, 0, 0]
    assert [each.due for each in back.fills[4:6]] == [on("02-19"), on("02-19")]
    assert [(each.quantity, each.taken, each.left_over) for each in back.steps[1].dispense] == [(168, 30, 138)] * 2


def test_going_back_after_nine_days_remembers_the_tablets_at_home():
    # 168 - 9 x 6 = 114 of each
    waiting = changed(PLAN, "02-10", Reverse(), "pain much worse")
    assert fills(waiting, 4) == [*FIRST, *SECOND]
    dose = StatedDose("oxycodone", "", Amount(Fraction(165), Unit.MG))
    again = changed(waiting, "02-10", Present(on("02-10"), (dose,)))
    assert fills(again, 8) == [
        *FIRST,
        *SECOND,
        ("02-22", "03-09", 20, 54),
        ("02-22", "03-09", 5, 138),
        ("03-10", "04-06", 20, 168),
        ("03-10", "04-06", 5, 168),
    ]
    # 9 days of step 2: 114 of each are left, 12 days of step 1 again
    assert [each.stock_before for each in again.fills[4:6]] == [42, 6]


def test_a_hold_lists_the_next_dispensing_and_only_that():
    held = changed(PLAN, "01-18", HoldAt(1))
    assert fills(held) == [
        *FIRST,
        ("02-01", "02-28", 20, 168),
        ("02-01", "02-28", 5, 252),
    ]
    assert due(held)[2:] == ["01-29", "01-29"]
    assert held.steps[-1].last_day == on("02-28")
    later = replayed(held, CDC, on("02-10"))
    assert fills(later)[4:] == [("03-01", "03-28", 20, 168), ("03-01", "03-28", 5, 252)]


@pytest.mark.parametrize("fill_days", [7, 14, 28, 30])
@pytest.mark.parametrize("paused", ["01-24", "02-02", "02-07"])
def test_the_next_dispensing_of_a_hold_is_whole_and_stays_as_it_was_listed(fill_days, paused):
    """A pause shifts the end of the step away from the rhythm of the fills; the last one was cut short there."""
    plan = changed(planned(fill_days=fill_days), "01-18", Pause(on("01-18"), on(paused)))
    held = changed(plan, "02-06", HoldAt(1))
    last = max(each.first_day for each in held.fills)
    assert {(each.last_day - last).days + 1 for each in held.fills if each.first_day == last} == {fill_days}
    assert held.steps[-1].last_day == max(each.last_day for each in held.fills)
    later = replayed(held, CDC, on("03-20"))
    assert later.fills[: len(held.fills)] == held.fills
    resumed = changed(held, "03-20", Resume(on("04-01")))
    for before, after in zip(later.fills, resumed.fills, strict=False):
        if before.first_day <= on("03-20"):
            assert (before.first_day, before.product, before.quantity) == (
                after.first_day,
                after.product,
                after.quantity,
            )


def test_what_was_dispensed_during_a_hold_is_a_fact_when_it_is_resumed():
    held = changed(PLAN, "01-18", HoldAt(1))
    resumed = changed(held, "02-10", Resume(on("02-15")))
    # 14 days of the second dispensing are left over: 14 x 6 and 14 x 9
    assert fills(resumed, 6) == [
        *FIRST,
        ("02-01", "02-28", 20, 168),
        ("02-01", "02-28", 5, 252),
        ("02-15", "03-14", 20, 84),
        ("02-15", "03-14", 5, 42),
    ]
    assert [each.left_over for each in resumed.steps[0].dispense] == [84, 126]


def test_a_long_pause_is_dispensed_in_parts_no_longer_than_the_step():
    long = changed(PLAN, "01-18", Pause(on("01-18"), on("03-19")))  # 61 days: until 04-02
    assert fills(long, 8) == [
        *FIRST,
        ("02-01", "02-28", 20, 168),
        ("02-01", "02-28", 5, 252),
        ("03-01", "03-28", 20, 168),
        ("03-01", "03-28", 5, 252),
        ("03-29", "04-02", 20, 30),
        ("03-29", "04-02", 5, 45),
    ]


def test_weekly_fills_keep_their_rhythm_through_a_pause():
    weekly = planned(fill_days=7)
    paused = changed(weekly, "01-20", Pause(on("01-20"), on("01-29")))
    assert fills(paused, 6) == fills(weekly, 6)
    assert [each[0] for each in fills(paused, 12)[::2]] == ["01-04", "01-11", "01-18", "01-25", "02-01", "02-08"]
    assert fills(paused, 12)[10:] == [("02-08", "02-10", 20, 18), ("02-08", "02-10", 5, 27)]


def test_a_strength_is_new_only_in_its_first_dispensing():
    assert [each.new_strength for each in PLAN.fills[:6]] == [True, True, False, False, False, False]
    known = planned("oxycodone IR 20 mg tablet, 2 tablets every 6 hours", products=TWO_STRENGTHS)
    assert [(each.product.split()[-3], each.new_strength) for each in known.fills[:2]] == [("20", False), ("5", True)]


def test_patches_are_counted_by_the_days_they_are_changed():
    # 28 days: changed on days 0, 3, ... 27, which is 10; the next step begins on a change day, so 30 days
    plan = planned(
        "fentanyl patch 100 mcg/h, change every 3 days", ceiling=Fraction(25), reason="asks for larger steps"
    )
    first = plan.fills[0]
    assert (first.quantity, first.days_supply) == (10, 30)
    paused = changed(plan, "01-20", Pause(on("01-20"), on("01-31")))
    mine = [each for each in paused.fills if each.product == first.product][:2]
    # 12 days more: 40 days, and 42 to the next change day: 4 patches more
    assert [(each.quantity, each.first_day, each.last_day) for each in mine] == [
        (10, START, on("02-02")),
        (4, on("02-03"), on("02-14")),
    ]


def test_pages_say_what_was_dispensed_what_is_at_home_and_when_it_is_due():
    back = report_again(changed(PLAN, "02-06", Reverse(), "pain much worse"), on("02-06"), CDC)
    for page in (text(back), pharmacy_text(back)):
        assert "252 tablets (dispensed)" in page
        assert "30 tablets (48 tablets at home)" in page
    assert "due 2027-02-19" in " ".join(text(back).split())


def test_a_change_of_the_past_is_refused():
    with pytest.raises(medsteward.errors.MedstewardError, match="2027-01-31, and what came after it is dispensed"):
        changed(PLAN, "02-10", Pause(on("01-25"), on("02-14")))
    with pytest.raises(medsteward.errors.MedstewardError, match="--as-of 2027-01-18"):
        changed(PAUSED, "01-10", HoldAt(1))


def test_a_held_plan_stays_held_when_it_is_slowed_or_goes_back():
    held = changed(PLAN, "02-03", HoldAt(2))
    back = changed(held, "02-06", Reverse(), "pain")
    assert isinstance(back.outcome, NeedsChoice)
    assert "held at step 3" in back.outcome.reason
    assert [step.total.value for step in back.steps] == [165, 150, 165]
