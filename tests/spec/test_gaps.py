"""After a gap nobody goes back to the old dose by a click: the clinician states a restart dose first."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

import medsteward
from medsteward.advice.saved.revise import report_again, revised, taken_on
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.plan import taper
from medsteward.model.amount import Amount
from medsteward.model.unit import Unit
from medsteward.schedules.event import Event, NotTaken, Present, Resume, Reverse, StatedDose, Taken
from medsteward.schedules.plan import NeedsChoice, WhenStuck
from medsteward.schedules.replay import NotPossible
from medsteward.schedules.restart import NO_DOSE
from medsteward.schedules.step import StepKind
from medsteward.schedules.supply import OwnProduct
from medsteward.writers.card.days import card_of
from medsteward.writers.card.html import page as card_page
from medsteward.writers.plan.document import document as plan_document
from medsteward.writers.plan.fhir import document as fhir
from medsteward.writers.plan.ics import history
from medsteward.writers.plan.note import note
from medsteward.writers.plan.page import clinician
from medsteward.writers.plan.pharmacy import text as pharmacy_text
from medsteward.writers.plan.table import csv_rows, text
from tests.build import own

START = date(2027, 1, 4)
TWO_STRENGTHS = tuple(own("oxycodone", "IR", 5, 20))
"""Enough to keep the plans of these cases simple: 165, 150, 135 mg a day and so on."""
CDC = medsteward.factor_table("cdc_2022")
OXYCODONE = "oxycodone IR 30 mg tablet, 1 tablet every 4 hours"
METHADONE = "methadone 10 mg tablet, 1 tablet three times daily"


def planned(*sigs, **options):
    case = medsteward.case_of(*sigs, as_of=START, patient={"age": 50, "indication": "chronic pain"})
    options = {"products": TWO_STRENGTHS, **options} if sigs == (OXYCODONE,) else options
    given = {"start": START, "when_stuck": WhenStuck.SMALLEST_STEP, "reason": "with the pain specialist", **options}
    found = taper(case, TaperOptions(**given), table=CDC).plan
    assert found is not None
    return found


def day(number: int) -> date:
    """A day of the plan, counted from 0."""
    return START + timedelta(days=number)


def missed(plan, first: int, number: int):
    for each in range(first, first + number):
        plan = revised(plan, Event(day(first + number), Taken(day(each), Fraction(0))), CDC)
    return plan


def stated(drug: str, number, unit=Unit.MG, release="") -> StatedDose:
    return StatedDose(drug, release, Amount(Fraction(number), unit))


def restarted(plan, number: int, *doses: StatedDose, on: int | None = None):
    return revised(plan, Event(day(number if on is None else on), Present(day(number), doses), "seen"), CDC)


def codes(plan, number: int = 30):
    return [each.code for each in report_again(plan, day(number), CDC).cautions if each.code.startswith("TAPER-11")]


# --- from how many days on --------------------------------------------------------------------------------------------


def liquid():
    sig = "oxycodone 5 mg/5 mL solution, 30 mL every 6 hours"
    return planned(sig)


GAPS = [
    (lambda: planned(METHADONE), 3),
    (lambda: planned("morphine ER 60 mg tablet, 1 tablet every 12 hours"), 3),
    (lambda: planned("fentanyl patch 50 mcg/h, change every 3 days"), 3),
    (lambda: planned("buprenorphine patch 20 mcg/h, change every 7 days"), 3),
    (liquid, 3),
    (lambda: planned(OXYCODONE), 5),
]


@pytest.mark.parametrize(("made", "limit"), GAPS)
def test_from_that_many_days_on_no_dose_is_planned(made, limit):
    plan = made()
    fewer, enough = missed(plan, 10, limit - 1), missed(plan, 10, limit)
    assert not fewer.awaits_restart
    assert enough.awaits_restart
    assert enough.awaits_restart
    assert isinstance(enough.outcome, NeedsChoice)
    for word in ("naloxone", "restart dose", "never above the last dose tolerated", "tolerance may be lost"):
        assert word in enough.outcome.reason
    assert enough.last_day == day(9 + limit)
    assert [each for each in enough.fills if each.first_day > day(10 + limit)] == []
    assert "TAPER-115" in codes(enough)


BROKEN_OFF = missed(planned(METHADONE), 10, 3)


def test_no_page_of_a_plan_that_was_broken_off_has_a_dose_to_take():
    report = report_again(BROKEN_OFF, day(13), CDC)
    assert report.exit_code == 3
    said = text(report)
    assert "no dose is planned until the prescriber has stated a restart dose" in NO_DOSE
    assert NO_DOSE in said
    assert not [line for line in said.splitlines() if "Take " in line]
    assert "--present" in said
    card = card_of(report)
    assert (card.now, card.steps, card.sheets, card.curves, card.ending) == (None, None, (), (), "")
    assert "Do not take your old dose again. It can stop your breathing." in card.blocks[0].lines
    assert any("Call your clinic today" in line for line in card.blocks[0].lines)
    timed = [sent for sent in history(report, name_drug=True, doses=True) if sent.entry.at is not None]
    assert all(sent.gone for sent in timed)
    resources = [entry["resource"]["resourceType"] for entry in fhir(report)["entry"]]
    assert "MedicationRequest" not in resources
    rows = csv_rows(report).splitlines()
    assert [row.split(",")[7:14] for row in rows[1:]] == [[""] * 7]
    taking = next(part for part in clinician(report).appendix if part.title == "What to take")
    assert taking.table is not None
    assert [row[-1] for row in taking.table.rows] == [NO_DOSE, "call the clinic today, before any further dose"]
    assert [each.kind for each in report.checkpoints] == ["restart"]


# --- the restart ------------------------------------------------------------------------------------------------------


def test_a_restart_goes_on_from_the_dose_stated_with_what_is_at_home():
    # 140 tablets of 5 mg for the first 28 days at 25 mg; 10 days took 50, and 3 days nothing: 90 are at home
    plan = restarted(BROKEN_OFF, 14, stated("methadone", 15))
    step = next(each for each in plan.steps if each.first_day == day(14))
    assert (step.kind, step.total.value) == (StepKind.START, 15)
    assert "prescriber stated: seen" in step.notes[0]
    assert plan.steps[0].dispense[0].left_over == 90
    assert not plan.awaits_restart
    assert max(each.total.value for each in plan.steps if each.first_day > day(14)) < 15
    # 28 days of 3 tablets take 84 of them, so nothing more is dispensed for the step
    assert [each for each in plan.fills if each.first_day <= step.last_day] == list(BROKEN_OFF.fills)
    assert "TAPER-112" not in codes(plan)


@pytest.mark.parametrize(
    ("doses", "said"),
    [
        ([stated("methadone", 30)], "above the last dose tolerated, 25 mg/d"),
        ([stated("methadone", 12)], "no product makes 12 mg/d of methadone; the next lower dose that they make is 10"),
        ([stated("methadone", 0)], "more than 0"),
        ([stated("morphine", 15)], "state methadone"),
        ([stated("methadone", 15), stated("morphine", 15)], "morphine is not what was lowered"),
        ([stated("methadone", 15), stated("methadone", 10)], "once"),
        ([stated("methadone", 25, Unit.MCG_PER_H)], "write it in that"),
    ],
)
def test_a_restart_dose_that_does_not_go_is_refused(doses, said):
    with pytest.raises(NotPossible, match=said):
        restarted(BROKEN_OFF, 14, *doses)


def test_a_restart_is_after_the_gap_and_not_in_the_past():
    known = planned(METHADONE)
    for each in (10, 11, 12):
        known = revised(known, Event(day(12), Taken(day(each), Fraction(0))), CDC)
    with pytest.raises(NotPossible, match=f"a restart is after {day(12)}"):
        restarted(known, 12, stated("methadone", 15))
    with pytest.raises(NotPossible, match="lies before"):
        restarted(BROKEN_OFF, 14, stated("methadone", 15), on=15)


def test_a_dose_that_somebody_changed_without_a_gap_is_gone_on_from():
    plan = restarted(planned(METHADONE), 14, stated("methadone", 15))
    assert [(step.first_day, step.total.value) for step in plan.steps[:2]] == [(day(0), 25), (day(14), 15)]
    assert plan.steps[0].last_day == day(13)


def test_drugs_of_both_releases_are_each_stated_with_their_release():
    def own(release, *strengths):
        return [
            OwnProduct("morphine", "oral", "tablet", release, Amount(Fraction(s), Unit.MG), Unit.TABLET, "unknown")
            for s in strengths
        ]

    plan = planned(
        "morphine ER 60 mg tablet, 1 tablet every 12 hours",
        "morphine IR 15 mg tablet, 1 tablet four times daily",
        products=(*own("ER", 15, 30, 60), *own("IR", 5, 15)),
        first="er",
    )
    gap = missed(plan, 10, 3)
    with pytest.raises(NotPossible, match="write which, as in morphine ER or morphine IR"):
        restarted(gap, 14, stated("morphine", 60))
    with pytest.raises(NotPossible, match="state morphine IR as well"):
        restarted(gap, 14, stated("morphine", 60, release="ER"))
    again = restarted(gap, 14, stated("morphine", 60, release="ER"), stated("morphine", 60, release="IR"))
    step = next(each for each in again.steps if each.first_day == day(14))
    assert [each.amount.value for each in step.daily] == [60, 60]


def test_a_second_gap_after_a_restart_waits_again():
    plan = missed(restarted(BROKEN_OFF, 14, stated("methadone", 15)), 20, 3)
    assert plan.awaits_restart
    assert "methadone 15 mg/d" in plan.outcome.reason
    with pytest.raises(NotPossible, match="above the last dose tolerated, 15 mg/d"):
        restarted(plan, 25, stated("methadone", 25))


# --- going back -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "waits"), [(6, False), (7, True), (20, True)])
def test_a_dose_not_taken_for_a_week_is_not_gone_back_to(number, waits):
    plan = planned(OXYCODONE)
    back = revised(plan, Event(day(28 + number), Reverse(), "pain"), CDC)
    assert back.awaits_restart is waits
    planned_then = [step.total.value for step in back.steps if step.last_day >= day(28 + number)]
    assert planned_then == [] if waits else max(planned_then) == 165
    assert back.goes_on == ("oxycodone 150 mg/d" if waits else "")


WAITING = revised(planned(OXYCODONE), Event(day(37), Reverse(), "pain"), CDC)


@pytest.mark.parametrize(
    ("options", "number"),
    [
        ({"weekday": 0}, 31),
        ({"weekday": 0}, 34),
        ({"avoid": "weekends"}, 33),
        ({"weekday": 2, "avoid": "weekends"}, 33),
    ],
)
def test_the_dose_before_begins_on_the_day_it_is_gone_back_to_whatever_days_the_plan_keeps_to(options, number):
    """It began on the next Monday, which may be more than a week after that dose was left."""
    plan = planned(OXYCODONE, **options)
    left = plan.steps[1].first_day
    back = revised(plan, Event(day(number), Reverse(), "pain"), CDC)
    assert (day(number) - left).days < 7
    assert [step.first_day for step in back.steps[1:3]] == [left, day(number)]
    assert [int(step.total.value) for step in back.steps[1:3]] == [150, 165]
    if "weekday" in options:
        assert {step.first_day.weekday() for step in back.steps[3:]} == {options["weekday"]}


def test_a_patch_is_gone_back_to_when_it_is_changed_next():
    plan = planned("fentanyl patch 100 mcg/h, change every 3 days")
    left = plan.steps[1].first_day
    back = revised(plan, Event(left + timedelta(days=4), Reverse(), "pain"), CDC)
    assert back.steps[2].first_day == left + timedelta(days=6)


def test_a_weekly_patch_that_would_be_gone_back_to_after_a_week_waits_for_a_stated_dose():
    plan = planned("buprenorphine patch 20 mcg/h, change every 7 days")
    left = plan.steps[1].first_day
    waiting = revised(plan, Event(left + timedelta(days=3), Reverse(), "pain"), CDC)
    assert waiting.awaits_restart
    assert isinstance(waiting.outcome, NeedsChoice)
    later = left + timedelta(days=7)
    assert f"not taken since {left}, and will not be until the patch is changed on {later}" in waiting.outcome.reason


def test_a_gap_that_was_none_after_all_leaves_what_was_asked_before_it():
    """A dose told again took the question of the reversal with it, and the plan was held without a word."""
    gap = revised(WAITING, Event(day(44), NotTaken(day(37), day(43)), "w"), CDC)
    assert "days without the opioid" in gap.outcome.reason  # type: ignore[union-attr]
    again = revised(gap, Event(day(44), Taken(day(40), Fraction(150)), "w"), CDC)
    assert again.awaits_restart
    assert again.outcome == WAITING.outcome


WORDS = ("restart dose", "oxycodone 150 mg/d, goes on unchanged", "do not stop it at once", "all the clinic today")


def says_it(text: str) -> bool:
    return all(word in " ".join(text.split()) for word in WORDS)


def test_until_a_restart_dose_is_stated_no_dose_is_planned():
    assert isinstance(WAITING.outcome, NeedsChoice)
    for word in (
        "165 mg/d was not taken for 9 days",
        "naloxone",
        "restart dose",
        "the dose of step 2 goes on unchanged",
    ):
        assert word in WAITING.outcome.reason
    assert [(step.total.value, step.last_day) for step in WAITING.steps] == [(165, day(27)), (150, day(36))]  # type: ignore[comparison-overlap]
    # those that were dispensed are facts, and none follows
    assert {fill.first_day for fill in WAITING.fills} == {day(0), day(28)}
    assert "TAPER-115" in codes(WAITING)
    first = text(report_again(WAITING, day(37), CDC)).splitlines()[0]
    assert "lifts it" not in first
    with pytest.raises(NotPossible, match="restart dose"):
        revised(WAITING, Event(day(38), Reverse(), "pain"), CDC)


def test_each_page_of_a_plan_that_waits_says_why_and_what_to_do_and_names_no_dose_to_take():
    report = report_again(WAITING, day(37), CDC)
    assert report.exit_code == 3
    said = text(report)
    assert says_it(said)
    assert says_it(note(report))
    assert not [line for line in said.splitlines() if "Take " in line]
    pharmacist = pharmacy_text(report)
    assert says_it(pharmacist)
    assert "prescribed as before, outside this plan" in " ".join(pharmacist.split())
    (care_plan, *others) = [entry["resource"] for entry in fhir(report)["entry"]]
    assert "MedicationRequest" not in [each["resourceType"] for each in others]
    assert max(each["detail"]["scheduledPeriod"]["end"] for each in care_plan["activity"]) == str(day(36))
    assert any(says_it(each["text"]) for each in care_plan["note"])
    taking = next(part for part in clinician(report).appendix if part.title == "What to take")
    assert taking.table is not None
    assert says_it("; ".join(row[-1] for row in taking.table.rows))
    assert [row.split(",")[7:14] for row in csv_rows(report).splitlines()[1:]] == [[""] * 7] * 2
    found = plan_document(report)
    assert (found["awaits_restart"], found["goes_on"]) == (True, "oxycodone 150 mg/d")
    assert [each.first_day for each in report.checkpoints] == [day(37)]


@pytest.mark.parametrize("names", [False, True])
def test_the_calendar_of_a_plan_that_waits_says_to_call_on_that_day(names):
    report = report_again(WAITING, day(37), CDC)
    entries = [sent.entry for sent in history(report, name_drug=names, doses=True) if not sent.gone]
    (call,) = [each for each in entries if each.title == "Plan: call the clinic today"]
    assert call.first_day == day(37)
    assert "goes on unchanged: do not stop it at once" in call.detail
    assert ("oxycodone" in call.detail) is names
    assert all(each.at is None for each in entries)
    assert max(each.last_day for each in entries) == day(37)


def test_the_card_of_a_plan_that_waits_has_no_step_and_no_day_and_says_what_to_do():
    report = report_again(WAITING, day(37), CDC)
    card = card_of(report)
    assert (card.now, card.steps, card.sheets, card.curves, card.ending) == (None, None, (), (), "")
    lines = " ".join(card.blocks[0].lines)
    for words in ("150 mg a day", "Do not stop it all at once", "Do not go back to your old dose", "Call your clinic"):
        assert words in lines
    assert card.blocks[0].loud
    assert card.marks == ("Your plan waits. Call your clinic today.",)
    assert "naloxone" in [block.id for block in card.blocks]
    assert {"missed", "slow", "feel", "stop"}.isdisjoint(block.id for block in card.blocks)
    page = card_page(report)
    assert 'id="steps"' not in page
    assert "Your plan waits" in page
    assert "Su plan está en espera" in card_page(report, language="es")


def test_a_sedative_that_waits_names_no_opioid_and_no_naloxone():
    plan = planned("lorazepam 1 mg tablet, 1 tablet four times daily")
    second = plan.steps[1].first_day
    back = revised(plan, Event(second + timedelta(days=8), Reverse(), "sleeps badly"), CDC)
    report = report_again(back, second + timedelta(days=8), CDC)
    assert back.goes_on.startswith("lorazepam")
    assert "naloxone" not in " ".join([text(report), *card_of(report).blocks[0].lines]).casefold()


def test_more_than_the_present_dose_while_a_plan_waits_is_said():
    same = revised(WAITING, Event(day(39), Taken(day(38), Fraction(150))), CDC)
    assert same.goes_on == "oxycodone 150 mg/d"
    assert "TAPER-114" not in codes(same, 39)
    assert "TAPER-114" in codes(revised(WAITING, Event(day(39), Taken(day(38), Fraction(180))), CDC), 39)


def test_a_restart_after_going_back_is_never_above_the_dose_before():
    with pytest.raises(NotPossible, match="above the last dose tolerated, 165 mg/d"):
        restarted(WAITING, 38, stated("oxycodone", 180))
    again = restarted(WAITING, 38, stated("oxycodone", 165))
    assert [step.total.value for step in again.steps[:4]] == [165, 150, 165, 150]
    assert again.steps[1].last_day == day(37)


def test_a_plan_that_waits_goes_on_by_resuming():
    plan = planned(OXYCODONE)
    resumed = revised(WAITING, Event(day(40), Resume(day(60)), "settled"), CDC)
    assert [step.total for step in resumed.steps] == [step.total for step in plan.steps]
    assert resumed.steps[2].first_day == day(60)


# --- other medicines --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sig", "sign"),
    [
        ("lorazepam 1 mg tablet, 1 tablet twice daily", "seizure"),
        ("baclofen 20 mg tablet, 1 tablet three times daily", "fever"),
        ("gabapentin 600 mg tablet, 1 tablet three times daily", "seizure"),
        ("pregabalin 150 mg capsule, 1 capsule twice daily", "seizure"),
        ("clonidine 0.2 mg tablet, 1 tablet three times daily", "blood pressure"),
    ],
)
def test_a_missed_day_of_a_medicine_that_is_dangerous_to_end_is_urgent(sig, sign):
    plan = missed(planned(sig), 2, 1)
    report = report_again(plan, day(3), CDC)
    (found,) = [each for each in report.cautions if each.code == "TAPER-113"]
    assert sign in found.text
    assert "calling today" in found.text
    assert not plan.awaits_restart
    assert any(line.startswith("Urgent: 1 day without") for line in text(report).splitlines())


@pytest.mark.parametrize("sig", ["amitriptyline 50 mg tablet, 1 tablet at bedtime", OXYCODONE])
def test_other_medicines_have_no_urgent_line(sig):
    assert "TAPER-113" not in codes(missed(planned(sig), 10, 1))


# --- more than planned, and the future --------------------------------------------------------------------------------


def took(plan, number, amount, on=None):
    return revised(plan, Event(day(number if on is None else on), Taken(day(number), Fraction(amount))), CDC)


def above(plan, number=20):
    return [each.text for each in report_again(plan, day(number), CDC).cautions if each.code == "TAPER-114"]


def test_more_than_planned_says_when_it_runs_out_and_names_naloxone():
    # 165 mg a day until 01-31; 60 mg more is less than a day's dose: 01-30
    (said,) = above(took(planned(OXYCODONE), 10, 225))
    assert "runs out on 2027-01-30 instead of 2027-01-31" in said
    assert "naloxone" in said
    assert "2027-01-14 225 mg/d was taken, and 165 mg/d is planned" in said


def test_days_above_the_plan_add_up_and_days_below_it_count_against_them():
    plan = took(took(planned(OXYCODONE), 10, 330), 11, 225)  # 165 + 60 = 225: two days
    assert "runs out on 2027-01-29" in above(plan)[0]
    plan = took(plan, 12, 60)  # 105 less: 120, one day
    assert "runs out on 2027-01-30" in above(plan)[0]
    assert "lasts until 2027-01-31, as planned" in above(took(took(planned(OXYCODONE), 10, 225), 11, 105))[0]


def test_as_planned_or_less_is_not_spoken_of():
    assert above(took(took(planned(OXYCODONE), 10, 165), 11, 100)) == []


def test_more_of_a_medicine_that_is_no_opioid_names_no_naloxone():
    (said,) = above(took(planned("lorazepam 1 mg tablet, 1 tablet twice daily", split=True), 10, 4))
    assert "runs out" in said
    assert "naloxone" not in said


def test_what_will_be_taken_is_refused():
    with pytest.raises(NotPossible, match=r"2027-01-15 is after 2027-01-14"):
        took(planned(OXYCODONE), 11, 0, on=10)
    dose = taken_on(planned(OXYCODONE), day(10), Amount(Fraction(165), Unit.MG))
    assert revised(planned(OXYCODONE), Event(day(10), dose), CDC).events[-1].what == dose
