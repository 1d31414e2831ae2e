"""Tapers worked by hand: totals, days, percentages, and where no product makes a step."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import partial

import pytest

import medsteward
from medsteward.advice.plan.figures import forced_steps
from medsteward.advice.saved.revise import report_again, revised
from medsteward.model.amount import Amount
from medsteward.model.unit import Unit
from medsteward.schedules.avoid import avoided_days
from medsteward.schedules.dates import Calendar, Interval
from medsteward.schedules.event import Event, HoldAt, Pause, Resume, Reverse, SlowTo, Taken
from medsteward.schedules.plan import NeedsChoice, ReachesTarget, WhenStuck
from medsteward.schedules.replay import NotPossible
from medsteward.schedules.step import StepKind
from medsteward.writers.plan.table import marks, step_rows
from tests.build import choice_of, own, plan_of, tapered, there

START = date(2027, 1, 4)
CDC = medsteward.factor_table("cdc_2022")
report = partial(tapered, as_of=date(2026, 12, 1), start=START)
TWO_DRUGS = (
    "morphine ER 60 mg tablet, 1 tablet every 12 hours",
    "oxycodone IR 10 mg tablet, 1 tablet four times daily",
)


PRODUCTS = tuple(own("morphine", "ER", 15, 30, 60) + own("oxycodone", "IR", 5))


def two_drugs(**options):
    asked = {"every": Interval(days=28), "ceiling": Fraction(10), "first": "er", "products": PRODUCTS, **options}
    return report(*TWO_DRUGS, **asked)


def totals(found):
    assert found.plan is not None
    return [step.total.value for step in plan_of(found).steps]


def daily(found, drug):
    assert found.plan is not None
    return [day.amount.value for step in plan_of(found).steps for day in step.daily if day.drug == drug]


# --- two opioids, the extended-release one first ------------------------------------------------------------------


def test_two_opioids_go_down_by_what_can_be_dispensed():
    found = two_drugs()
    within = [165, 150, 135, 127.5, 120, 112.5, 105, 97.5, 90, 82.5, 75]
    assert [float(total) for total in totals(found)] == [*within, 60, 45, 30, 15, 0]
    assert daily(found, "morphine")[:3] == [105, 90, 75]
    assert daily(found, "oxycodone")[:11] == [40, 40, 40, 35, 30, 25, 20, 15, 10, 5, 0]
    assert plan_of(found).steps[0].first_day == START
    assert plan_of(found).steps[10].first_day == date(2027, 10, 11)
    assert all(step.total.unit is Unit.MME_PER_D and step.mme == step.total for step in plan_of(found).steps)


def test_it_needs_a_choice_where_the_next_step_is_a_fifth_and_is_whole_all_the_same():
    found = two_drugs()
    assert "20 %" in choice_of(found).reason
    assert "60 mg/d" in choice_of(found).reason
    assert found.exit_code == 3
    steps = plan_of(found).steps
    assert {step.kind for step in steps[:-1]} == {StepKind.REDUCE}
    assert steps[-1].kind is StepKind.STOP
    # 60 MME is the one step beyond the ceiling above a third of the first dose; it is held twice as long
    assert [step.number for step in steps if step.forced] == [12, 13, 14, 15, 16]
    assert (float(steps[11].total.value), steps[11].days) == (60.0, 56)
    assert [step.number for step in forced_steps(plan_of(found))] == [12]


def test_each_step_says_what_was_asked_and_what_it_is():
    second = two_drugs().plan.steps[1]
    assert second.asked_percent == 10
    assert second.basis == "current"
    assert second.percent_of_current == Fraction(100, 11)
    assert second.percent_of_original == Fraction(100, 12)
    assert second.ceiling == 10


def test_the_third_step_takes_the_ceiling_exactly():
    assert two_drugs().plan.steps[2].percent_of_current == 10


# --- a tablet is too large a step -----------------------------------------------------------------------------------


def test_one_tablet_three_times_a_day_needs_a_choice_at_once():
    found = report("oxycodone IR 5 mg tablet tid")
    assert totals(found) == [10, 5, 0]
    assert "33.3 %" in choice_of(found).reason
    assert found.exit_code == 3


def test_its_alternatives_are_plans_in_short():
    options = {each.option.split(";")[0]: each for each in report("oxycodone IR 5 mg tablet tid").alternatives}
    halves = options["halves of scored tablets"]
    assert halves.first_percent == Fraction(50, 3)
    assert halves.forced
    solution = options["oral solution 1 mg/mL of oxycodone"]
    assert solution.first_percent == 10
    whole = options["this plan: the smallest steps, each forced one held longer"]
    assert whole.largest_percent == 50  # 15, 10, 5, 0: the stop is left out
    assert whole.steps == 3
    assert "stay at the present dose" in options
    for each in (halves, solution, whole):
        assert there(each.command).startswith("medsteward taper ")
        assert each.steps is not None
        assert each.steps > 0
        assert each.last_day is not None
        assert each.last_day > START
        assert each.largest_percent is not None
        assert each.largest_percent > 0
    assert options["buprenorphine"].command is None


def test_whole_tablets_go_on_with_forced_steps_held_twice_as_long():
    found = report("oxycodone IR 5 mg tablet tid", when_stuck=WhenStuck.SMALLEST_STEP)
    steps = plan_of(found).steps
    assert totals(found) == [10, 5, 0]
    assert [step.days for step in steps[:2]] == [56, 56]
    assert all(step.forced and step.why_forced for step in steps)
    assert steps[-1].kind is StepKind.STOP
    assert isinstance(plan_of(found).outcome, ReachesTarget)


def test_forced_steps_name_the_products_that_would_spare_them():
    found = report(
        "tramadol ER 200 mg tablet, 1 tablet once daily", because="patient-wish", when_stuck=WhenStuck.SMALLEST_STEP
    )
    assert totals(found) == [100, 0]
    assert all(step.forced for step in plan_of(found).steps)
    options = {each.option: each for each in found.alternatives}
    capsules = options["extended-release capsules 100 to 300 mg of tramadol"]
    assert there(capsules.largest_percent) < 50
    assert there(capsules.command).startswith("medsteward taper 'tramadol ER capsule, 200 mg once daily")


def test_tablets_and_capsules_of_plain_gabapentin_are_mixed():
    found = report("gabapentin 600 mg tablet, 1 tablet 3 times daily", because="patient-wish")
    assert totals(found) == [1500, 1200, 900, 600, 300, 0]  # 300 mg a week
    assert not any(step.forced for step in plan_of(found).steps)
    assert isinstance(plan_of(found).outcome, ReachesTarget)


def test_a_plan_without_forced_steps_has_no_other_ways():
    assert report("gabapentin 300 mg capsule, 2 capsules 3 times daily", because="patient-wish").alternatives == ()


def test_orally_disintegrating_tablets_are_another_form_of_tablets():
    options = {
        each.option: each
        for each in report("clonazepam 0.5 mg tablet, 1 tablet at bedtime", because="other").alternatives
    }
    found = options["immediate-release orally disintegrating tablets 0.125 to 2 mg of clonazepam"]
    assert found.steps == 4  # 0.375, 0.25, 0.125, 0
    assert found.first_percent == 25


def test_one_extended_release_tablet_twice_a_day_needs_a_choice():
    found = report("morphine ER 30 mg tablet, 1 tablet every 12 hours", ceiling=Fraction(10))
    assert totals(found) == [45, 30, 15, 0]
    assert "45 mg/d" in choice_of(found).reason
    assert "25 %" in choice_of(found).reason
    assert any("solution" in each.option for each in found.alternatives)


def test_a_patch_of_25_has_no_step_that_is_small_enough():
    found = report("fentanyl patch 25 mcg/h every 72 hours", policy="fda_label_ceiling")
    assert "52 %" in choice_of(found).reason
    assert found.alternatives


SMALLEST = [
    "oxycodone IR 5 mg tablet, 1 tablet at bedtime",
    "morphine ER 15 mg tablet, 1 tablet at bedtime",
    "buprenorphine 5 mcg/h patch every 7 days",
    "fentanyl 12 mcg/h patch every 3 days",
    "hydrocodone ER 20 mg tablet, 1 tablet once daily",
    "temazepam 7.5 mg capsule, 1 capsule at bedtime",
    "duloxetine 20 mg capsule, 1 capsule once daily",
    "clonazepam 0.5 mg tablet, half a tablet at bedtime",
]


@pytest.mark.parametrize("sig", SMALLEST)
def test_the_last_dose_can_be_left_from_the_smallest(sig):
    found = report(sig, because="patient-wish", answers=(("oud", "no"),), split="half" in sig)
    (stop,) = plan_of(found).steps
    assert stop.kind is StepKind.STOP
    assert stop.is_last_dose
    assert isinstance(plan_of(found).outcome, ReachesTarget)
    assert found.exit_code == 0


IN_TURN = [
    (
        ("clonazepam 1 mg tablet, 1 tablet twice daily", "oxycodone IR 10 mg tablet, 1 tablet twice daily"),
        "oxycodone",
        "Steps 1, 2, 3, 6 and 7 are larger than the limit",
    ),
    (
        ("clonazepam 1 mg tablet, 1 tablet twice daily", "fentanyl 25 mcg/h patch every 3 days"),
        "fentanyl",
        "Steps 1, 4 and 5 are larger than the limit",
    ),
    (
        ("clonazepam 1 mg tablet, 1 tablet twice daily", "morphine ER 30 mg tablet every 12 hours"),
        "clonazepam",
        "Steps 2, 3, 5, 6 and 7 are larger than the limit",
    ),
]


@pytest.mark.parametrize(("sigs", "first", "beyond"), IN_TURN)
def test_the_last_dose_of_the_first_of_two_medicines_is_left_as_planned(sigs, first, beyond):
    found = report(*sigs, because="patient-wish", answers=(("oud", "no"),), first=first, when_stuck="smallest-step")
    plan = plan_of(found)
    (end,) = (step for step in plan.steps[:-1] if not step.total.value)
    assert end.kind is StepKind.REDUCE
    assert end.forced
    assert end.is_last_dose
    assert end not in forced_steps(plan)
    rows = step_rows(plan, START)
    assert rows[end.number - 1][-1] == "planned"
    assert beyond in marks(found)


def test_what_leaves_one_of_two_opioids_that_are_counted_together_is_not_the_last_dose():
    sigs = ("morphine ER 30 mg tablet, 1 tablet every 12 hours", "morphine IR 15 mg tablet, 1 tablet twice daily")
    plan = plan_of(report(*sigs, because="patient-wish", answers=(("oud", "no"),), when_stuck="smallest-step"))
    end = next(step for step in plan.steps if [bool(day.amount.value) for day in step.daily] == [False, True])
    assert end.total.value
    assert end in forced_steps(plan)
    assert not end.is_last_dose


@pytest.mark.parametrize("when_stuck", WhenStuck)
def test_a_plan_never_begins_with_its_end_from_more_than_the_smallest_dose(when_stuck):
    products = tuple(own("oxycodone", "IR", 10))
    found = report("oxycodone IR 10 mg tablet once daily", when_stuck=when_stuck, products=products)
    assert plan_of(found).steps == ()
    assert isinstance(plan_of(found).outcome, NeedsChoice)


# --- paused, slowed, held, reversed ---------------------------------------------------------------------------------


def paused():
    plan = two_drugs().plan
    return plan, revised(plan, Event(date(2027, 3, 15), Pause(date(2027, 3, 15), date(2027, 4, 4)), "illness"), CDC)


def test_a_pause_lengthens_the_step_in_force_and_moves_the_rest():
    plan, later = paused()
    assert [step.first_day for step in later.steps[:3]] == [step.first_day for step in plan.steps[:3]]
    assert later.steps[2].days == 49
    assert later.steps[3].first_day == date(2027, 4, 19)
    assert later.steps[4].first_day == date(2027, 5, 17)
    assert [step.number for step in later.steps] == [step.number for step in plan.steps]
    assert later.base == plan.base


def test_a_pause_needs_so_many_more_tablets():
    plan, later = paused()
    for before, after in zip(plan.steps[2].dispense, later.steps[2].dispense, strict=True):
        assert after.quantity * 28 == before.quantity * 49


def test_slowing_asks_for_less_and_waits_longer():
    plan = two_drugs().plan
    slower = revised(plan, Event(date(2027, 2, 10), SlowTo(Fraction(5), Interval(days=56)), "tired"), CDC)
    assert slower.steps[:1] == plan.steps[:1]
    assert slower.steps[1].days == 56
    # a forced step is held as long as that, and not twice
    assert all(step.days == 56 for step in slower.steps[2:-1])


@pytest.mark.parametrize("change", [SlowTo(Fraction(15), Interval(days=28)), SlowTo(Fraction(5), Interval(days=14))])
def test_a_plan_is_never_made_faster(change):
    with pytest.raises(NotPossible, match="only slowed"):
        revised(two_drugs().plan, Event(date(2027, 2, 10), change), CDC)


def test_holding_at_a_step_ends_the_plan_there_until_it_is_resumed():
    plan = two_drugs().plan
    held = revised(plan, Event(date(2027, 3, 10), HoldAt(3), "surgery"), CDC)
    assert [step.number for step in held.steps] == [1, 2, 3]
    assert isinstance(held.outcome, NeedsChoice)
    resumed = revised(held, Event(date(2027, 6, 1), Resume(date(2027, 6, 7)), "well again"), CDC)
    assert resumed.steps[3].first_day == date(2027, 6, 7)
    assert resumed.steps[2].last_day == date(2027, 6, 6)
    assert [step.total for step in resumed.steps] == [step.total for step in plan.steps]


def test_going_back_is_to_the_dose_before_and_needs_a_reason():
    plan = two_drugs().plan
    with pytest.raises(NotPossible, match="reason"):
        revised(plan, Event(date(2027, 3, 7), Reverse()), CDC)
    back = revised(plan, Event(date(2027, 3, 7), Reverse(), "pain much worse"), CDC)
    assert back.steps[3].kind is StepKind.START
    assert back.steps[3].total == plan.steps[1].total
    assert back.steps[3].first_day == date(2027, 3, 7)
    assert max(step.total.value for step in back.steps[4:]) < back.steps[3].total.value


# --- days -------------------------------------------------------------------------------------------------------


def days(first: date, number: int, avoid: str = "", every: int = 7) -> list[date]:
    calendar = Calendar(avoided_days(avoid))
    found = [calendar.first_from(first)]
    while len(found) < number:
        found.append(calendar.first_from(date.fromordinal(found[-1].toordinal() + every)))
    return found


def test_weekly_steps_move_on_from_a_holiday():
    assert days(date(2028, 2, 14), 5)[1:] == [date(2028, 2, 21), date(2028, 2, 28), date(2028, 3, 6), date(2028, 3, 13)]
    assert days(date(2028, 2, 14), 3, "holidays:US")[1:] == [date(2028, 2, 22), date(2028, 2, 29)]


def test_four_weeks_keep_off_weekends_and_holidays():
    found = days(date(2027, 10, 30), 4, "weekends,holidays:US", every=28)
    assert found == [date(2027, 11, 1), date(2027, 11, 29), date(2027, 12, 27), date(2028, 1, 24)]


def test_the_plan_itself_keeps_off_them():
    found = two_drugs(start=date(2027, 10, 30), avoid="weekends,holidays:US")
    assert [step.first_day for step in plan_of(found).steps[:4]] == [
        date(2027, 11, 1),
        date(2027, 11, 29),
        date(2027, 12, 27),
        date(2028, 1, 24),
    ]


def test_months_are_counted_from_the_first_day():
    found = two_drugs(start=date(2027, 1, 31), every=Interval(months=1))
    assert [step.first_day for step in plan_of(found).steps[:4]] == [
        date(2027, 1, 31),
        date(2027, 2, 28),
        date(2027, 3, 31),
        date(2027, 4, 30),
    ]


def test_patches_change_on_patch_days():
    found = report(
        "fentanyl patch 100 mcg/h every 72 hours", policy="fda_label_ceiling", when_stuck=WhenStuck.SMALLEST_STEP
    )
    first = plan_of(found).steps[0].first_day
    assert plan_of(found).steps[0].days == 30  # 28 days, rounded up to the next change of a patch
    assert all((step.first_day - first).days % 3 == 0 for step in plan_of(found).steps)


def test_a_weekday_is_kept():
    found = two_drugs(start=date(2027, 1, 6), weekday=0)
    assert {step.first_day.weekday() for step in plan_of(found).steps} == {0}
    assert plan_of(found).steps[0].first_day == date(2027, 1, 11)


# --- as needed, partners, forms -------------------------------------------------------------------------------------


def test_as_needed_starts_from_what_is_taken_never_from_the_most():
    sig = "oxycodone IR 5 mg tablet, 1-2 tablets every 4 hours as needed"
    asked = report(sig)
    assert asked.plan is None
    assert [problem.code for problem in asked.problems] == ["TAPER-021"]
    assert asked.exit_code == 3
    taken = report(sig, taken_per_day=(("oxycodone", Amount(Fraction(30), Unit.MG)),), policy="fda_label_ceiling")
    assert plan_of(taken).request.courses[0].tracks[0].daily == 30


def test_without_a_form_the_forms_are_named():
    found = report("oxycodone 10 mg q6h")
    assert found.plan is None
    assert found.problems[0].code == "DIR-010"
    assert {"tablet", "solution"} <= set(found.problems[0].suggestions)


def test_a_combination_never_brings_more_of_its_partner():
    found = report("hydrocodone/acetaminophen 10/325 tablet, 1 tablet four times daily", policy="fda_label_ceiling")
    for step in plan_of(found).steps:
        assert sum(item.count for dose in step.doses for item in dose.items) <= 4
    assert any("acetaminophen" in caution.text for caution in found.cautions)


# --- what bounds a plan ---------------------------------------------------------------------------------------------


def test_a_ceiling_above_the_policys_needs_a_reason_and_says_so():
    refused = report("oxycodone IR 5 mg tablet tid", ceiling=Fraction(40))
    assert refused.plan is None
    assert refused.exit_code == 3
    stated = report("oxycodone IR 5 mg tablet tid", ceiling=Fraction(40), reason="the patient asks for it")
    assert any("the patient asks for it" in caution.text for caution in stated.cautions)


def test_the_target_is_where_it_ends():
    found = two_drugs(target=Amount(Fraction(100), Unit.MME))
    assert totals(found)[-1] == 105
    assert isinstance(plan_of(found).outcome, ReachesTarget)


def test_a_weekly_pace_says_whose_pace_it_exceeds():
    found = two_drugs(every=Interval(days=7))
    assert any("CDC 2022" in title for title in found.faster_than)
    assert two_drugs().faster_than == ()


# --- days without the opioid ----------------------------------------------------------------------------------------


def missed(plan, number):
    for n in range(number):
        plan = revised(plan, Event(date(2027, 3, 20), Taken(date(2027, 3, 10 + n), Fraction(0))), CDC)
    return plan


@pytest.mark.parametrize(("made", "limit"), [(lambda: two_drugs().plan, 3), (lambda: ir_alone().plan, 5)])
def test_so_many_days_without_the_opioid_end_the_plan(made, limit):
    plan = made()
    fewer, enough = missed(plan, limit - 1), missed(plan, limit)
    assert fewer.outcome == plan.outcome
    assert isinstance(enough.outcome, NeedsChoice)
    assert "tolerance" in enough.outcome.reason
    assert "naloxone" in enough.outcome.reason
    assert enough.last_day == date(2027, 3, 9 + limit)
    with pytest.raises(NotPossible, match="no longer holds"):
        revised(enough, Event(date(2027, 3, 20), Pause(date(2027, 3, 15), date(2027, 4, 4))), CDC)


def ir_alone():
    return report("oxycodone IR 10 mg tablet, 1 tablet four times daily", when_stuck=WhenStuck.SMALLEST_STEP)


def test_from_the_second_day_on_it_says_to_call():
    plan = two_drugs().plan
    codes = [[each.code for each in report_again(missed(plan, n), date(2027, 3, 20), CDC).cautions] for n in (1, 2)]
    assert "TAPER-111" not in codes[0]
    assert "TAPER-111" in codes[1]


def test_nobody_goes_back_up_after_days_without_it():
    with pytest.raises(NotPossible, match="tolerance"):
        revised(missed(two_drugs().plan, 1), Event(date(2027, 3, 20), Reverse(), "pain"), CDC)


def test_methadone_ends_from_the_third_day():
    sig = "methadone 10 mg tablet, 1 tablet three times daily"
    plan = report(sig, policy="fda_label_ceiling", reason="pain; with the pain specialist", ceiling=Fraction(25)).plan
    assert isinstance(missed_in_january(plan, 3).outcome, NeedsChoice)
    assert "no longer holds" in missed_in_january(plan, 3).outcome.reason
    assert "no longer holds" not in getattr(missed_in_january(plan, 2).outcome, "reason", "")


def missed_in_january(plan, number):
    for n in range(number):
        plan = revised(plan, Event(date(2027, 1, 20), Taken(date(2027, 1, 10 + n), Fraction(0))), CDC)
    return plan


def test_an_extended_release_line_is_not_turned_into_doses_beside_another_line_of_its_drug():
    both = report(
        "morphine ER 60 mg tablet, 1 tablet every 12 hours", "morphine IR 15 mg tablet, 1 tablet 4 times daily"
    )
    lines = [there(each.command) for each in both.alternatives if each.command is not None]
    assert lines
    assert all("morphine ER" in each for each in lines if "solution" in each or "IR" in each)
