"""Plans that are planned anew from a day on, and plans that go on from a regimen that a prescriber states.

Worked by hand for morphine ER 60 mg every 12 hours from 2027-01-04, the smallest step where none is within the ceiling:
105 mg a day from 01-04, 90 from 03-01, 75 from 04-26, each forced and so held for 8 weeks.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest
from attrs import evolve

import medsteward
from medsteward.advice.plan.held import check_plan
from medsteward.advice.saved.as_it_stands import replayed
from medsteward.advice.saved.regimen import stated_dose
from medsteward.advice.saved.replan import AskedAnew, taken_instead
from medsteward.advice.saved.revise import changed, replanned, report_again
from medsteward.advice.taper.courses import PlanningStops
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.plan import taper
from medsteward.model.amount import Amount
from medsteward.model.stated import Because
from medsteward.model.unit import Unit
from medsteward.schedules.dates import Interval
from medsteward.schedules.event import Change, NotTaken, Pause, Present, Reverse, SlowTo, StatedDose, Undo
from medsteward.schedules.plan import Plan, WhenStuck
from medsteward.schedules.replay import NotPossible
from medsteward.schedules.step import StepKind
from medsteward.schedules.supply import OtherForm, OwnProduct
from medsteward.writers.plan.ics import history, plan_name

START = date(2027, 1, 4)
CDC = medsteward.factor_table("cdc_2022")
IR_TABLET = OtherForm("tablet", "IR")


def planned(sig="morphine ER 60 mg tablet, 1 tablet every 12 hours", **options):
    sigs = (sig,) if isinstance(sig, str) else sig
    case = medsteward.case_of(*sigs, as_of=START, patient={"age": 50, "indication": "chronic pain"})
    asked = TaperOptions(**{"start": START, "when_stuck": WhenStuck.SMALLEST_STEP, **options})
    found = taper(case, asked, table=CDC).plan
    assert found is not None
    return found


ER = planned()
OXYCODONE = planned("oxycodone IR 10 mg tablet, 1 tablet every 6 hours")


def on(month_day: str) -> date:
    return date.fromisoformat(f"2027-{month_day}")


def anew(plan, entered, day, why="asked for", **asked):
    """The plan planned anew, or the code of what is asked first."""
    make = [lambda now: replanned(now, on(day), AskedAnew(**asked), why=why, table=CDC)]
    found, problems = changed(plan, make, on=on(entered), why=why, table=CDC)
    return problems[0].code if problems else found


def stated(plan, entered, day, dose, why="rotated"):
    make = [lambda now: stated_dose(now, on(day), (dose,), AskedAnew(), why=why, table=CDC)]
    found, problems = changed(plan, make, on=on(entered), why=why, table=CDC)
    return problems[0].code if problems else found


def as_it_is(change: Change) -> Callable[[Plan], Change]:
    return lambda _: change


def after(plan, entered, *changes, why="w"):
    found, problems = changed(plan, [as_it_is(each) for each in changes], on=on(entered), why=why, table=CDC)
    assert not problems
    return found


def days(plan, number=None):
    return [(f"{each.first_day:%m-%d}", each.total.value, each.kind.value) for each in plan.steps[:number]]


def product(strength, release="IR", form="tablet", drug="oxycodone", route="oral"):
    unit = {"tablet": Unit.TABLET, "patch": Unit.PATCH, "solution": Unit.ML}[form]
    measure = {"patch": Unit.MCG_PER_H, "solution": Unit.MG_PER_ML}.get(form, Unit.MG)
    return OwnProduct(drug, route, form, release, Amount(Fraction(strength), measure), unit, "no")


# --- extended release to immediate release ----------------------------------------------------------------------------


def test_er_to_ir_of_the_same_drug_and_route_is_a_bridge_at_the_same_total():
    plan = anew(ER, "03-08", "03-10", forms=(IR_TABLET,))
    assert days(plan, 4) == [
        ("01-04", 105, "reduce"),
        ("03-01", 90, "reduce"),
        ("03-10", 90, "bridge"),
        ("05-05", 75, "reduce"),
    ]
    bridge = plan.steps[2]
    assert "form changes, dose does not" in bridge.notes[0]
    # the label of morphine IR tablets says every 4 hours: 6 doses of 15 mg
    assert [dose.amount.value for dose in bridge.doses] == [15] * 6
    assert {dose.release for dose in bridge.doses} == {"IR"}
    assert [day.name for day in bridge.daily] == ["morphine IR"]
    assert not bridge.forced
    assert bridge.percent_of_current is None


def test_a_bridge_counts_percentages_of_the_dose_before_the_plan():
    plan = anew(ER, "03-08", "03-10", forms=(IR_TABLET,))
    step = plan.steps[3]
    assert (step.percent_of_current, step.percent_of_original) == (Fraction(15, 90) * 100, Fraction(15, 120) * 100)


def test_on_the_day_of_a_planned_step_the_bridge_keeps_the_dose_that_is_taken():
    assert days(anew(ER, "03-08", "04-26", forms=(IR_TABLET,)))[2:4] == [
        ("04-26", 90, "bridge"),
        ("06-21", 75, "reduce"),
    ]


@pytest.mark.parametrize(
    "sig",
    [
        "hydrocodone ER 20 mg capsule, 1 capsule every 12 hours",
        "hydrocodone ER 40 mg tablet, 1 tablet daily",
    ],
)
def test_er_forms_without_a_bridge_are_refused_as_rotations(sig):
    assert anew(planned(sig), "01-08", "01-11", forms=(IR_TABLET,)) in ("TAPER-027", "TAPER-024")


def test_a_dose_that_the_other_form_does_not_make_is_refused_with_the_next_lower_one():
    plan = planned("morphine ER 50 mg capsule, 1 capsule every 12 hours")
    assert days(plan, 1) == [("01-04", 90, "reduce")]
    with pytest.raises(NotPossible, match=r"makes the dose in force, 100 mg/d; the next lower dose .* 90 mg/d"):
        anew(plan, "01-04", "01-04", forms=(IR_TABLET,))
    assert anew(plan, "01-08", "01-11", forms=(IR_TABLET,)).steps[1].total.value == 90


# --- rotations --------------------------------------------------------------------------------------------------------

PATCH = planned("fentanyl patch 50 mcg/h, every 72 hours")


@pytest.mark.parametrize(
    ("plan", "asked"),
    [
        (PATCH, {"forms": (OtherForm("tablet"),)}),
        (PATCH, {"products": (product(5, form="tablet", drug="fentanyl", route="buccal"),)}),
        (ER, {"forms": (OtherForm("tablet", "IR", "methadone"),)}),
        (ER, {"products": (product(5, drug="methadone"),)}),
        (ER, {"products": (product(2, drug="buprenorphine", route="sublingual"),)}),
        (OXYCODONE, {"forms": (OtherForm("tablet", "ER"),)}),
        (OXYCODONE, {"products": (product(10, "ER"),)}),
    ],
    ids=["patch", "patch to buccal", "methadone", "methadone products", "buprenorphine", "to ER", "ER products"],
)
def test_a_change_of_drug_or_route_is_a_rotation_and_refused_with_that_reason(plan, asked):
    make = [lambda now: replanned(now, on("03-15"), AskedAnew(**asked), why="w", table=CDC)]
    found, problems = changed(plan, make, on=on("03-10"), why="w", table=CDC)
    assert found is plan
    assert [each.code for each in problems] == ["TAPER-027"]
    assert problems[0].exit_code == 5
    assert "is a rotation" in problems[0].text
    assert "MME compares risk and gives no dose" in problems[0].text
    assert "--present" in problems[0].text


# --- products, pace and policy ----------------------------------------------------------------------------------------


def test_other_products_at_the_same_dose_until_the_next_step_is_due():
    plan = anew(OXYCODONE, "03-10", "03-15", products=(product(10), product(5)), why="insurance")
    assert days(plan, 4) == [*days(OXYCODONE, 2), ("03-15", 30, "bridge"), ("04-26", 25, "reduce")]
    used = {item.product for step in plan.steps[2:] for dose in step.doses for item in dose.items}
    assert used <= {"oxycodone 10 mg tablet", "oxycodone 5 mg tablet"}
    assert plan.last_day == OXYCODONE.last_day


def test_on_the_day_of_a_step_other_products_make_that_step():
    plan = anew(OXYCODONE, "03-10", "04-26", products=(product(10), product(5)))
    assert days(plan) == days(OXYCODONE)


def test_a_slower_pace_keeps_the_dose_in_force_for_as_long_as_it_asks():
    slower = anew(OXYCODONE, "03-10", "03-15", percent=Fraction(5), every=Interval(days=84))
    by_slowing = after(OXYCODONE, "03-10", SlowTo(Fraction(5), Interval(days=84)))
    assert [(s.first_day, s.total) for s in slower.steps] == [(s.first_day, s.total) for s in by_slowing.steps]


def test_a_next_step_never_comes_sooner_than_the_pace_allows():
    plan = anew(OXYCODONE, "03-10", "03-15", every=Interval(days=28))
    assert plan.steps[2].first_day == on("04-26")


def test_replanning_is_planning_from_that_day():
    """The steps from 2027-04-26 on are those of a taper that begins then at the dose in force, with its products."""
    plan = anew(OXYCODONE, "04-20", "04-26", products=(product(10), product(5)), percent=Fraction(10))
    fresh = planned(
        "oxycodone IR 5 mg tablet, 1 tablet in the morning, 1 at noon, 2 in the evening and 2 at bedtime",
        start=on("04-26"),
        products=(product(10), product(5)),
        percent=Fraction(10),
    )
    assert [(s.first_day, s.total.value) for s in plan.steps[2:5]] == [
        (s.first_day, s.total.value) for s in fresh.steps[:3]
    ]
    assert [s.doses for s in plan.steps[2:5]] == [s.doses for s in fresh.steps[:3]]


def test_on_a_day_within_a_pause_the_next_lower_dose_waits_until_that_is_over():
    """It began on the first day of the pause, before the day that was asked for."""
    slow = after(OXYCODONE, "01-10", SlowTo(Fraction(5), Interval(days=140)))
    plan = after(slow, "03-20", Pause(on("04-30"), on("05-09")))
    later = anew(plan, "03-20", "05-03", every=Interval(days=28))
    assert [step.first_day for step in later.steps[:2]] == [START, on("05-10")]


def test_a_ceiling_above_that_of_the_policy_says_why():
    assert anew(OXYCODONE, "03-10", "03-15", why="", ceiling=Fraction(20)) == "TAPER-024"
    plan = anew(OXYCODONE, "03-10", "03-15", why="asked to go faster", ceiling=Fraction(20))
    assert plan.request.courses[0].policy.ceiling.percent == 20


def test_a_policy_for_other_drugs_is_refused():
    assert anew(OXYCODONE, "03-10", "03-15", policy="gabapentinoid_exit") == "TAPER-023"
    assert anew(OXYCODONE, "03-10", "03-15", policy="va_slower").request.courses[0].policy.id == "va_slower"


# --- the same plan goes on --------------------------------------------------------------------------------------------


def test_the_plan_keeps_its_name_its_base_and_its_past():
    plan = anew(ER, "03-08", "03-10", forms=(IR_TABLET,))
    assert plan_name(plan) == plan_name(ER)
    assert (plan.base, plan.origin) == (ER.base, ER.request)
    assert plan.steps[0] == replayed(ER, CDC).steps[0]
    assert [step.number for step in plan.steps] == list(range(1, len(plan.steps) + 1))
    assert replayed(evolve(plan, steps=plan.base, fills=()), CDC, on("03-08")) == plan


def test_the_calendar_keeps_its_names_and_its_sequence_rises():
    plan = anew(ER, "03-08", "03-10", forms=(IR_TABLET,))
    before, now = ({sent.uid: sent for sent in history(report_again(each, on("03-08"), CDC))} for each in (ER, plan))
    assert set(before) <= set(now)
    for uid, sent in before.items():
        moved = now[uid].entry != sent.entry or now[uid].gone
        assert now[uid].sequence == (1 if moved else 0)


def test_undo_restores_steps_doses_and_fills():
    plan = anew(ER, "03-08", "03-10", forms=(IR_TABLET,))
    back = after(plan, "03-09", Undo())
    first = replayed(ER, CDC, on("03-09"))
    assert (back.steps, back.fills, back.outcome, back.request) == (
        first.steps,
        first.fills,
        first.outcome,
        first.request,
    )
    with pytest.raises(NotPossible, match="began on 2027-03-10"):
        after(plan, "03-10", Undo())


def test_until_that_day_the_plan_is_paused_and_told_of_but_not_planned_anew_once_more():
    plan = anew(ER, "03-08", "03-10", forms=(IR_TABLET,))
    paused = after(plan, "03-09", Pause(on("03-09"), on("03-11")))
    assert days(paused)[2] == ("03-13", 90, "bridge")
    with pytest.raises(NotPossible, match="that day is still ahead; take that back first"):
        after(plan, "03-09", SlowTo(Fraction(5), Interval(days=84)))
    assert after(plan, "03-10", SlowTo(Fraction(5), Interval(days=84))).steps[2].kind is StepKind.BRIDGE


def test_a_gap_before_that_day_is_held_to_the_form_that_was_taken_then():
    """3 days without an extended-release form end a plan, 3 without the immediate-release one do not."""
    plan = anew(ER, "03-01", "03-20", forms=(IR_TABLET,))
    assert after(plan, "03-09", NotTaken(on("03-06"), on("03-08"))).awaits_restart
    assert not after(plan, "03-29", NotTaken(on("03-26"), on("03-28"))).awaits_restart


def test_a_dose_that_is_stated_before_that_day_goes_before_it():
    plan = anew(ER, "03-01", "03-20", forms=(IR_TABLET,))
    stated_now = after(
        plan, "03-10", Present(on("03-10"), (StatedDose("morphine", "", Amount(Fraction(75), Unit.MG)),))
    )
    assert {dose.release for step in stated_now.steps for dose in step.doses} == {"ER"}
    assert "what was to be planned anew later is not" in stated_now.steps[2].notes[0]


# --- a regimen that a prescriber states -------------------------------------------------------------------------------


def test_a_regimen_of_another_drug_is_planned_from():
    dose = StatedDose("methadone", "", Amount(Fraction(15), Unit.MG))
    plan = stated(ER, "03-08", "03-10", dose)
    assert days(plan, 3) == [("01-04", 105, "reduce"), ("03-01", 90, "reduce"), ("03-10", 15, "start")]
    assert {day.drug for step in plan.steps[2:] for day in step.daily} == {"methadone"}
    assert "a new regimen as the prescriber stated it: rotated" in plan.steps[2].notes[0]
    assert plan.steps[3].percent_of_original == plan.steps[3].percent_of_current
    assert replayed(evolve(plan, steps=plan.base, fills=()), CDC, on("03-08")) == plan
    assert report_again(plan, on("03-12"), CDC).plan == plan


def test_another_route_of_the_same_drug_is_a_regimen_of_its_own():
    plan = stated(PATCH, "03-08", "03-10", StatedDose("buprenorphine", "patch", Amount(Fraction(10), Unit.MCG_PER_H)))
    assert plan.steps[2].daily[0].amount == Amount(Fraction(10), Unit.MCG_PER_H)


def test_a_regimen_needs_a_reason_a_form_and_a_dose_that_products_make():
    dose = StatedDose("methadone", "", Amount(Fraction(15), Unit.MG))
    with pytest.raises(NotPossible, match="a new regimen is stated with its reason"):
        stated(ER, "03-08", "03-10", dose, why="")
    assert stated(PATCH, "03-08", "03-10", StatedDose("morphine", "", Amount(Fraction(60), Unit.MG))) == "DIR-010"
    odd = StatedDose("morphine", "IR tablet", Amount(Fraction(50), Unit.MG))
    assert stated(PATCH, "03-08", "03-10", odd) == "TAPER-024"


def test_a_benzodiazepine_does_not_end_by_a_rotation():
    case = medsteward.case_of(
        "morphine ER 30 mg tablet, 1 tablet every 12 hours",
        "diazepam 5 mg tablet, 1 tablet twice daily",
        as_of=START,
        patient={"age": 50, "indication": "chronic pain"},
    )
    asked = TaperOptions(START, first="opioid", because="risk", when_stuck=WhenStuck.SMALLEST_STEP)
    plan = taper(case, asked, table=CDC).plan
    assert plan is not None
    assert stated(plan, "01-08", "01-11", StatedDose("methadone", "", Amount(Fraction(10), Unit.MG))) == "TAPER-024"


# --- going back twice -------------------------------------------------------------------------------------------------


def test_a_second_reversal_needs_a_reason_of_its_own_and_never_passes_the_original_dose():
    plan = after(OXYCODONE, "03-03", Reverse(), why="pain")
    assert plan.on(on("03-03")).total.value == 35
    with pytest.raises(NotPossible, match="going back needs a reason"):
        after(plan, "03-05", Reverse(), why="")
    # 40 mg, the dose before the plan, was not taken for 8 weeks: it is stated first
    assert after(plan, "03-05", Reverse(), why="still pain").awaits_restart
    early = after(OXYCODONE, "01-07", Reverse(), why="pain")
    assert early.on(on("01-07")).total.value == 40
    with pytest.raises(NotPossible, match="this is the original dose"):
        after(early, "01-09", Reverse(), why="still pain")


# --- order, days and what is really taken -----------------------------------------------------------------------------

TWO = planned(
    [
        "morphine ER 60 mg tablet, 1 tablet every 12 hours",
        "oxycodone IR 10 mg tablet, 1 tablet every 6 hours as needed",
    ],
    taken_per_day=(("oxycodone", Amount(Fraction(30), Unit.MG)),),
)
MANY = "oxycodone IR 30 mg tablet, 1 tablet every 4 hours"
MONTHLY = planned(MANY)
WIDER = {"percent": Fraction(20), "ceiling": Fraction(20), "because": Because.PATIENT_WISH}


def amounts(plan, number):
    return [int(each.amount.value) for each in plan.steps[number].daily]


def test_another_line_is_lowered_first_and_lines_keep_their_places():
    assert amounts(TWO, 1) == [90, 30]
    as_before, other = (anew(TWO, "02-15", "03-01", **WIDER, **more) for more in ({}, {"first": "oxycodone"}))
    assert [amounts(as_before, place) for place in (2, 3)] == [[75, 30], [60, 30]]
    assert [amounts(other, place) for place in (2, 3, 4)] == [[90, 15], [90, 0], [75, 0]]
    assert [[day.drug for day in step.daily] for step in other.steps] == [["morphine", "oxycodone"]] * len(other.steps)
    assert anew(TWO, "02-15", "03-01", first="fentanyl") == "TAPER-024"


def test_the_order_that_was_asked_stays_when_the_plan_is_planned_anew_or_slowed():
    other = anew(TWO, "02-15", "03-01", **WIDER, first="ir")
    again = anew(other, "03-02", "03-29", fill_days=14)
    assert [amounts(again, place) for place in (2, 3, 4)] == [[90, 15], [90, 0], [75, 0]]
    assert [amounts(after(other, "03-02", SlowTo(Fraction(5), Interval(days=56))), 3)] != [[75, 15]]


def test_steps_keep_to_another_weekday_from_then_on():
    wednesdays = anew(MONTHLY, "02-15", "03-01", weekday=2)
    assert [each.first_day for each in wednesdays.steps][:4] == [on("01-04"), on("02-01"), on("03-03"), on("03-31")]
    assert {each.first_day.weekday() for each in wednesdays.steps[2:]} == {2}


def test_steps_keep_away_from_other_days_from_then_on():
    thirty = planned(MANY, every=Interval(days=31))
    spared = anew(thirty, "01-05", "02-04", avoid="weekends")
    assert any(each.first_day.weekday() >= 5 for each in thirty.steps[2:])
    assert not any(each.first_day.weekday() >= 5 for each in spared.steps[1:])


def test_earlier_steps_keep_to_their_days_when_a_pause_follows():
    wednesdays = anew(MONTHLY, "02-15", "03-29", weekday=2)
    paused = after(wednesdays, "02-16", Pause(on("02-17"), on("02-23")))
    assert [each.first_day for each in paused.steps[:4]] == [on("01-04"), on("02-01"), on("03-08"), on("04-07")]
    assert {each.first_day.weekday() for each in paused.steps[3:]} == {2}


def actually(plan, day, drug, number, **asked):
    wish = AskedAnew(taken_per_day=((drug, Amount(Fraction(number), Unit.MG)),), **asked)
    make: list[Callable[[Plan], Change]] = [
        lambda now: taken_instead(now, on(day), wish),
        lambda now: replanned(now, on(day), wish, why="w", table=CDC),
    ]
    found, problems = changed(plan, make, on=on(day), why="w", table=CDC)
    return problems[0].code if problems else found


def test_a_plan_goes_on_from_what_is_really_taken_of_an_as_needed_medicine():
    found = actually(TWO, "03-03", "oxycodone", 20)
    assert found.on(on("03-03")).kind is StepKind.START
    assert [amounts(found, place) for place in (3, 4)] == [[90, 20], [90, 15]]
    assert [each.first_day for each in found.steps[3:5]] == [on("03-03"), on("03-31")]


def test_what_is_really_taken_may_be_told_in_tablets():
    wish = AskedAnew(taken_per_day=(("oxycodone", Amount(Fraction(2), Unit.TABLET)),))
    assert taken_instead(TWO, on("03-03"), wish) == taken_instead(
        TWO, on("03-03"), AskedAnew(taken_per_day=(("oxycodone", Amount(Fraction(20), Unit.MG)),))
    )
    with pytest.raises(PlanningStops, match="of which strength the 2 capsules of oxycodone are"):
        taken_instead(TWO, on("03-03"), evolve(wish, taken_per_day=(("oxycodone", Amount(Fraction(2), Unit.CAPSULE)),)))


def test_what_is_taken_is_planned_on_from_on_the_first_day_of_the_plan_too():
    found = actually(TWO, "01-04", "oxycodone", 20)
    assert amounts(found, 0) == [105, 20]
    assert all(now.total.value < was.total.value for was, now in itertools.pairwise(found.steps))


def test_more_than_was_tolerated_asks_and_a_scheduled_line_is_stated_instead():
    assert actually(TWO, "03-03", "oxycodone", 40) == "TAPER-026"
    assert actually(TWO, "03-03", "morphine", 60) == "TAPER-024"


# --- strengths of the base and of a salt ------------------------------------------------------------------------------

CAPSULE = OtherForm("capsule", "ER")
TWICE = "oxycodone ER 20 mg tablet, 1 tablet every 12 hours"


@pytest.mark.parametrize(("salt", "base"), [(10, 9), (15, Fraction(27, 2)), (20, 18), (30, 27), (40, 36)])
def test_each_strength_of_the_base_goes_on_from_its_strength_of_the_salt_and_back(salt, base):
    """The label of the capsules: 9, 13.5, 18, 27 and 36 mg are 10, 15, 20, 30 and 40 mg of the hydrochloride."""
    there = anew(planned(f"oxycodone ER {salt} mg tablet, 1 tablet every 12 hours"), "01-04", "01-04", forms=(CAPSULE,))
    assert [(dose.amount.value, len(dose.items)) for dose in there.steps[0].doses] == [(base, 1), (base, 1)]
    assert there.steps[0].kind is StepKind.BRIDGE
    written = str(float(base)).removesuffix(".0")
    sig = f"Xtampza ER {written} mg capsule, 1 capsule every 12 hours"
    back = anew(planned(sig), "01-04", "01-04", forms=(OtherForm("tablet", "ER"),))
    assert [dose.amount.value for dose in back.steps[0].doses] == [salt, salt]


def test_another_label_goes_on_at_the_same_dose_and_its_percentages_go_on():
    plan = planned(TWICE)
    there = anew(plan, "02-08", "02-10", forms=(CAPSULE,))
    assert days(there, 3) == [("01-04", 35, "reduce"), ("02-10", Fraction(63, 2), "bridge"), ("03-10", 27, "reduce")]
    bridge = there.steps[1]
    assert "9 mg are the same dose as 10 mg of the label before, so 35 mg/d goes on as 31.5 mg/d" in bridge.notes[0]
    assert "take with food" in bridge.notes[0]
    assert "peak" not in bridge.notes[0]
    # 30 of 40 mg is what 27 of 36 mg is
    assert there.steps[2].percent_of_original == plan.steps[1].percent_of_original == Fraction(25, 2)
    assert all(
        step.total.value < before.total.value for before, step in zip(there.steps[1:], there.steps[2:], strict=False)
    )


def test_a_plan_with_another_label_is_held_to_a_policy_in_the_mg_of_its_beginning():
    there = anew(planned(TWICE), "02-08", "02-10", forms=(CAPSULE,))
    found = check_plan(there, policy=there.request.courses[0].policy, table=CDC, as_of=on("02-10"))
    assert found.held is not None
    assert [step.total.value for step in found.held.steps[:3]] == [35, 30, 25]
    assert [each.code for each in found.cautions] == ["SCHED-104"]
    assert check_plan(planned(TWICE), policy=found.policy, table=CDC, as_of=START).cautions == ()


def test_a_step_that_was_held_longer_is_held_as_long_with_another_label():
    # the first step is beyond the ceiling and lasts 8 weeks
    there = anew(planned(TWICE), "01-05", "01-06", forms=(CAPSULE,))
    assert there.steps[2].first_day == planned(TWICE).steps[1].first_day


def test_the_base_goes_on_as_tablets_of_immediate_release():
    there = anew(planned("Xtampza ER 18 mg capsule, 1 capsule every 12 hours"), "01-04", "01-04", forms=(IR_TABLET,))
    assert [dose.amount.value for dose in there.steps[0].doses] == [10, 10, 10, 10]
    assert "its peak is higher" in there.steps[0].notes[0]
    assert "food" not in there.steps[0].notes[0]


def test_products_of_another_label_are_followed_too():
    own_capsules = tuple(
        OwnProduct("oxycodone", "oral", "capsule", "ER", Amount(Fraction(mg), Unit.MG), Unit.CAPSULE, "no")
        for mg in (9, "13.5", 18)
    )
    there = anew(planned(TWICE), "02-08", "02-10", products=own_capsules)
    assert there.steps[1].total.value == Fraction(63, 2)
    few = anew(planned(TWICE), "02-08", "02-10", products=own_capsules[:1])
    assert few == "TAPER-024"


def test_another_label_is_taken_back_and_later_changes_are_of_its_own_mg():
    plan = planned(TWICE)
    there = anew(plan, "01-05", "01-11", forms=(CAPSULE,))
    again = after(there, "01-05", Undo())
    assert (again.steps, again.fills) == (plan.steps, replayed(plan, CDC, on("01-05")).fills)
    paused = after(there, "01-20", Pause(on("01-20"), on("01-26")))
    assert [step.total for step in paused.steps] == [step.total for step in there.steps]
    lower = after(there, "01-20", Present(on("01-22"), (StatedDose("oxycodone", "", Amount(Fraction(18), Unit.MG)),)))
    assert lower.steps[2].total.value == 18


def test_with_another_line_beside_it_the_prescriber_states_the_dose():
    two = planned((TWICE, "morphine IR 15 mg tablet, 1 tablet every 6 hours"))
    asked = AskedAnew(forms=(evolve(CAPSULE, drug="oxycodone"),))
    make = [lambda now: replanned(now, on("01-11"), asked, why="w", table=CDC)]
    same, problems = changed(two, make, on=on("01-05"), why="w", table=CDC)
    assert same == replayed(two, CDC, on("01-05"))
    assert [each.code for each in problems] == ["TAPER-024"]
    assert "9 mg are the same dose as 10 mg" in problems[0].text


def test_forms_that_are_both_of_the_salt_are_bridged_as_before():
    plan = anew(planned("oxycodone ER 10 mg tablet, 2 tablets every 12 hours"), "01-05", "03-15", forms=(IR_TABLET,))
    assert any(each.kind is StepKind.BRIDGE for each in plan.steps)
