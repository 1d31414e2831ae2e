"""The last dose on fewer and fewer days before the stop: who may, who may not, and what each page says of it.

Opioids by mouth of immediate release, where the prescriber asks: every second day, every third, stop. Z-drugs: one
night a week without it, then two, and so on. Fluoxetine: alternate days, where asked. Nothing else.
"""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from itertools import pairwise

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import medsteward
from medsteward.advice.saved.as_it_stands import replayed
from medsteward.advice.saved.replan import AskedAnew
from medsteward.advice.saved.revise import changed, replanned, report_again, revised
from medsteward.doses.daily import daily_doses
from medsteward.mme.result import CompleteTotal
from medsteward.model.amount import Amount
from medsteward.model.unit import Unit
from medsteward.readers.directions.line import read_line
from medsteward.readers.fhir.cases import ResourceReader
from medsteward.readers.plan.document import read_plan
from medsteward.readers.plan.words import last_days_of
from medsteward.schedules.dates import Interval
from medsteward.schedules.event import Event, HoldAt, NotTaken, Pause, Present, Resume, Reverse, StatedDose, Taken
from medsteward.schedules.happens.replaying import NotPossible
from medsteward.schedules.missed import missed_in
from medsteward.schedules.plan import WhenStuck
from medsteward.schedules.step import StepKind
from medsteward.schedules.supply import OtherForm
from medsteward.schemas import schema_text
from medsteward.writers.card.days import card_of
from medsteward.writers.formats import PLAN
from medsteward.writers.plan.document import document
from medsteward.writers.plan.fhir import document as fhir_document
from medsteward.writers.plan.page import fill_rows
from medsteward.writers.shared.json_text import pretty
from tests.build import plan_of, tapered, there
from tests.counts import examples

START = date(2027, 1, 4)
CDC = medsteward.factor_table("cdc_2022")
SLEEP = {"age": 58, "indication": "chronic pain", "conditions": ["insomnia"]}
asked = partial(tapered, when_stuck=WhenStuck.SMALLEST_STEP)
ZOLPIDEM = "zolpidem IR 5 mg tablet, 1 tablet at bedtime"
TWICE = "oxycodone IR 5 mg tablet, 1 tablet twice daily"
BOTH = last_days_of("every-2nd,every-3rd")
nights = partial(asked, patient=SLEEP)
opioid = partial(asked, last_days=BOTH)


def on(found):
    """On which days each step has a dose, in words; empty: every day."""
    return [step.pattern.words for step in plan_of(found).steps]


def mme_of(case):
    """The most of a day in MME, by the command."""
    total = medsteward.mme_per_day(case, table=CDC).total
    assert isinstance(total, CompleteTotal)
    return total.maximum.value


def taken_by_day(plan):
    """What a day has, in the unit of the total, counted by its own days."""
    found = {}
    for step in plan.steps:
        for n in range(step.days):
            day = step.first_day + timedelta(days=n)
            of_the_day = [
                dose.amount.value
                for dose in step.doses
                if (day.weekday() not in dose.days.off if dose.days.off else (n + 1) % dose.days.every == 0)
            ]
            found[day] = sum(of_the_day, Fraction(0))
    return found


# --- who may ------------------------------------------------------------------------------------------------------


def test_an_opioid_goes_to_every_second_day_every_third_and_stops_each_as_long_as_a_step():
    plan = plan_of(opioid(TWICE))
    assert [(s.pattern.words, s.days, s.total.value, s.kind) for s in plan.steps] == [
        ("", 56, 5, StepKind.REDUCE),
        ("every second day", 28, Fraction(5, 2), StepKind.REDUCE),
        ("every third day", 28, Fraction(5, 3), StepKind.REDUCE),
        ("", 1, 0, StepKind.STOP),
    ]
    assert [step.planned for step in plan.steps] == [False, True, True, True]
    # a dose of 5 mg is 7.5 MME on its day, whatever the average is
    assert [step.on_its_day.value for step in plan.steps[:3]] == [5, 5, 5]
    assert [there(step.mme).value for step in plan.steps] == [Fraction(15, 2), Fraction(15, 4), Fraction(5, 2), 0]


def test_only_where_it_is_asked_for():
    assert not any(
        on(
            asked(
                TWICE,
            )
        )
    )
    assert on(
        asked(
            TWICE,
            last_days=last_days_of("every-2nd"),
        )
    ) == ["", "every second day", ""]
    assert not any(on(nights(ZOLPIDEM, last_days=last_days_of("none"))))


@pytest.mark.parametrize(
    "line",
    [
        "oxycodone IR 5 mg tablet, 1 tablet at bedtime",
        "oxycodone 5 mg/5 mL solution, 5 mL twice daily",
        "morphine IR 15 mg tablet, 1 tablet twice daily",
        "hydromorphone IR 2 mg tablet, 1 tablet twice daily",
        "codeine IR 15 mg tablet, 1 tablet twice daily",
        "hydrocodone-acetaminophen 5/325 mg tablet, 1 tablet twice daily",
        "tapentadol IR 50 mg tablet, 1 tablet twice daily",
        "oxymorphone IR 5 mg tablet, 1 tablet twice daily",
        "oxycodone IR 5 mg capsule, 1 capsule twice daily",
    ],
)
def test_tablets_capsules_and_liquids_of_opioids_may(line):
    found = opioid(line)
    assert on(found)[-3:] == ["every second day", "every third day", ""]
    assert any("CDC 2022" in note for step in plan_of(found).steps for note in step.notes)


@pytest.mark.parametrize(
    "line", [ZOLPIDEM, "eszopiclone 1 mg tablet, 1 tablet at bedtime", "zaleplon 5 mg capsule, 1 capsule at bedtime"]
)
def test_a_z_drug_has_one_more_night_without_it_every_two_weeks(line):
    plan = plan_of(nights(line))
    counts = [7 - len(step.pattern.off) for step in plan.steps if step.doses]
    assert counts == [6, 5, 4, 3, 2, 1]
    assert {step.days for step in plan.steps if step.doses} == {14}
    assert all(set(one.pattern.off) < set(other.pattern.off) for one, other in pairwise(plan.steps[:-1]))


def test_the_nights_that_are_named_come_free_first():
    found = nights(ZOLPIDEM, last_days=last_days_of("fri,sun"))
    assert [step.pattern.off for step in plan_of(found).steps[:3]] == [(4,), (4, 6), (4, 5, 6)]


def test_fluoxetine_goes_to_20_mg_on_alternate_days_in_place_of_10_mg_each_day():
    found = asked(
        "fluoxetine 40 mg capsule, 1 capsule daily",
        last_days=last_days_of("every-2nd"),
    )
    assert [str(step.total.value) for step in plan_of(found).steps] == ["30", "20", "10", "0"]
    assert on(found) == ["", "", "every second day", ""]
    smallest = asked(
        "fluoxetine 10 mg capsule, 1 capsule daily",
        last_days=last_days_of("every-2nd"),
    )
    assert [step.total.value for step in plan_of(smallest).steps] == [5, 0]
    assert any("NG222" in note for note in plan_of(smallest).steps[0].notes)
    assert [
        step.total.value
        for step in plan_of(
            asked(
                "fluoxetine 20 mg capsule daily",
            )
        ).steps
    ] == [10, 0]


REFUSED = {
    "alprazolam IR 0.5 mg tablet, 1 tablet at bedtime": "a benzodiazepine",
    "gabapentin 300 mg capsule, 1 capsule 3 times daily": "a gabapentinoid",
    "duloxetine 20 mg capsule, 1 capsule daily": "an SNRI",
    "sertraline 50 mg tablet, 1 tablet daily": "an SSRI other than fluoxetine",
    "amitriptyline 25 mg tablet, 1 tablet at bedtime": "a tricyclic",
    "clonidine IR 0.1 mg tablet, 1 tablet twice daily": "no source",
    "baclofen 10 mg tablet, 1 tablet 3 times daily": "no source",
    "tizanidine 4 mg tablet, 1 tablet 3 times daily": "no source",
    "fentanyl 12 mcg/h patch, change every 72 hours": "patch",
    "buprenorphine 5 mcg/h patch, change every 7 days": "patch",
    "morphine ER 15 mg tablet, 1 tablet every 12 hours": "extended-release",
    "tramadol IR 50 mg tablet, 1 tablet twice daily": "seizure",
    "buprenorphine 75 mcg buccal film, 1 film every 12 hours": "label",
}


@pytest.mark.parametrize(("line", "why"), REFUSED.items(), ids=[each.split()[0] for each in REFUSED])
def test_nothing_else_is_stretched_and_the_reason_is_named(line, why):
    found = opioid(line)
    (problem,) = [each for each in found.problems if each.code == "TAPER-037"]
    assert found.plan is None
    assert found.exit_code == 5
    assert why in problem.text


def test_methadone_is_lowered_each_day_instead():
    case = {"age": 58, "indication": "chronic pain"}
    found = opioid("methadone 5 mg tablet, 1 tablet twice daily", patient=case)
    assert any(each.code == "TAPER-037" and "builds up" in each.text for each in found.problems)


def test_tapentadol_beside_an_snri_ends_by_a_plain_stop():
    line = "tapentadol IR 50 mg tablet, 1 tablet twice daily"
    found = opioid(line, "duloxetine 30 mg capsule, 1 capsule daily")
    assert [each.code for each in found.problems] == ["TAPER-037"]
    assert "SNRI" in found.problems[0].text


def test_nights_are_for_z_drugs_and_days_between_doses_are_not():
    assert (
        "Z-drugs alone"
        in asked(
            TWICE,
            last_days=last_days_of("sat"),
        )
        .problems[0]
        .text
    )
    assert "--last-days sat,tue" in nights(ZOLPIDEM, last_days=BOTH).problems[0].text


@pytest.mark.parametrize("text", ["every-3rd", "every-4th", "someday", "every-2nd,none", "sat,sat"])
def test_other_words_are_refused(text):
    with pytest.raises(ValueError, match=r"every|night"):
        last_days_of(text)


def test_what_ends_before_another_opioid_is_taken_every_day_and_that_is_said():
    found = opioid("morphine ER 15 mg tablet, 1 tablet every 12 hours", TWICE)
    assert not any(on(found))
    assert any(each.code == "TAPER-135" for each in found.cautions)
    assert not any(each.code == "TAPER-135" for each in opioid(TWICE).cautions)
    target = opioid(TWICE, target=Amount(Fraction(5), Unit.MG))
    assert any(each.code == "TAPER-135" for each in target.cautions)
    assert not any(on(target))


def test_two_opioids_end_so_with_the_last_of_them():
    found = opioid(TWICE, "hydromorphone IR 2 mg tablet, 1 tablet twice daily")
    assert on(found)[-3:] == ["every second day", "every third day", ""]
    assert [sum(bool(day.amount.value) for day in step.daily) for step in plan_of(found).steps[-3:-1]] == [1, 1]
    assert plan_of(found).steps[-2].total.unit is Unit.MME_PER_D


def test_a_tail_ends_so_where_it_is_asked_for():
    line = "morphine ER 15 mg tablet, 1 tablet every 12 hours"
    found = opioid(line, tail=OtherForm("tablet", "IR"), split=True)
    assert on(found)[-3:] == ["every second day", "every third day", ""]
    assert plan_of(found).steps[-2].doses[0].release == "IR"


# --- every day of it ----------------------------------------------------------------------------------------------

PLANS = {
    "opioid": partial(opioid, TWICE),
    "four times": partial(opioid, "oxycodone IR 5 mg tablet, 1 tablet every 6 hours"),
    "liquid": partial(opioid, "oxycodone 5 mg/5 mL solution, 5 mL at bedtime"),
    "nights": partial(nights, "zolpidem IR 10 mg tablet, 1 tablet at bedtime"),
    "fluoxetine": partial(asked, "fluoxetine 40 mg capsule, 1 capsule daily", last_days=last_days_of("every-2nd")),
}


@examples(24)
@given(
    st.sampled_from(sorted(PLANS)),
    st.integers(0, 60),
    st.lists(st.tuples(st.integers(5, 300), st.integers(1, 20)), max_size=2),
)
def test_no_day_is_above_the_days_before_and_what_is_dispensed_is_enough(kind, shift, pauses):
    start = START + timedelta(days=shift)
    plan = plan_of(PLANS[kind](start=start))
    for after, lasts in sorted(set(pauses)):
        day = start + timedelta(days=after)
        if day < plan.last_day and not any(s.first_day == day for s in plan.steps):
            plan = revised(plan, Event(day, Pause(day, day + timedelta(days=lasts)), "illness"), CDC)
    taken = taken_by_day(plan)
    totals = [step.total.value for step in plan.steps]
    assert all(later < earlier for earlier, later in pairwise(totals))
    assert all(later.on_its_day.value <= one.on_its_day.value for one, later in pairwise(plan.steps))
    # the time since the dose before is never shorter than the step says, also across the change
    doses = [day for day in sorted(taken) if taken[day]]
    for one, other in pairwise(doses):
        step = plan.on(other)
        assert step is not None
        assert (other - one).days >= step.pattern.every
    # by every day, what came covers what is taken, and no fill is of more than it needs and a whole unit
    unit = {item.product: item.strength.value for s in plan.steps for d in s.doses for item in d.items}
    for day in sorted(taken):
        came = sum((f.quantity * unit[f.product] for f in plan.fills if f.first_day <= day), Fraction(0))
        assert came >= sum(taken[each] for each in taken if each <= day)
    everything = sum((f.quantity * unit[f.product] for f in plan.fills), Fraction(0))
    assert everything - sum(taken.values()) <= sum(unit.values())


def test_what_is_dispensed_is_for_the_days_with_a_dose():
    found = plan_of(nights(ZOLPIDEM))
    assert [fill.quantity for fill in found.fills] == [12, 10, 8, 6, 4, 2]
    assert [fill.quantity for fill in plan_of(opioid(TWICE)).fills] == [28, 28, 14, 9]
    assert all(fill.days_supply <= 28 for fill in found.fills)
    assert found.fills[3].sig == "Take 1 tablet (5 mg) at bedtime on Monday, Wednesday and Friday"


def test_a_saved_plan_comes_back_and_stands_by_itself():
    for make in PLANS.values():
        report = make()
        saved, problems = read_plan(pretty(document(report)).encode(), "plan.json")
        assert problems == ()
        assert saved is not None
        assert saved.plan.base == plan_of(report).base
        assert replayed(saved.plan, CDC, START).steps == plan_of(report).steps


def test_a_saved_plan_with_other_days_is_refused():
    told = json.loads(pretty(document(nights(ZOLPIDEM))))
    assert told["base"]["steps"][0]["doses"][0]["days"] == {"every": 1, "off": [5]}
    told["base"]["steps"][0]["doses"][0]["days"] = {"every": 1, "off": [5, 6]}
    _, problems = read_plan(json.dumps(told).encode(), "plan.json")
    assert [each.code for each in problems] == ["PLAN-002"]


# --- what happens on such steps -----------------------------------------------------------------------------------

OPIOID = plan_of(opioid(TWICE))
SECOND = OPIOID.steps[1]  # every second day from 2027-03-01: the first dose is on 03-02


def told_missed(*days):
    events = [Event(day, Taken(day, Fraction(0)), "told") for day in days]
    return missed_in(OPIOID.course_of, OPIOID.steps, events)


def march(day):
    return date(2027, 3, day)


def test_a_day_without_a_dose_by_the_plan_is_not_missed():
    assert told_missed(march(3), march(5)) == ()


def test_days_between_missed_doses_count_as_days_without_it():
    (run,) = told_missed(march(2), march(4), march(6))
    assert (run.first_day, run.last_day, run.days, run.ends) == (march(2), march(6), 5, True)
    assert [each.call for each in told_missed(march(2))] == [False]
    (two,) = told_missed(march(2), march(4))
    assert (two.days, two.call, two.ends) == (3, True, False)
    assert run.last_dose == "oxycodone 5 mg every second day (on average 2.5 mg/d)"


def test_missed_days_that_are_told_together_end_the_plan_as_others_do():
    event = Event(march(12), NotTaken(march(2), march(10)), "told")
    assert revised(OPIOID, event, CDC).awaits_restart


def test_more_than_planned_is_told_by_the_day():
    plan = revised(OPIOID, Event(march(3), Taken(march(3), Fraction(5)), "pain"), CDC)
    (caution,) = [each for each in report_again(plan, march(3), CDC).cautions if each.code == "TAPER-114"]
    assert "on 2027-03-03 5 mg/d was taken, and 0 mg/d is planned" in caution.text
    asked = revised(OPIOID, Event(march(4), Taken(march(4), Fraction(5)), "as planned"), CDC)
    assert not [each for each in report_again(asked, march(4), CDC).cautions if each.code == "TAPER-114"]


def test_a_hold_and_a_way_back_keep_the_days():
    held = revised(OPIOID, Event(march(10), HoldAt(2), "rest"), CDC)
    assert held.steps[-1].pattern.words == "every second day"
    gone_on = revised(held, Event(date(2027, 4, 20), Resume(date(2027, 5, 3)), "go on"), CDC)
    assert [step.pattern.words for step in gone_on.steps[1:]] == ["every second day", "every third day", ""]
    back = revised(OPIOID, Event(date(2027, 4, 2), Reverse(), "pain"), CDC)
    assert [step.pattern.words for step in back.steps[2:]] == [
        "every third day",
        "every second day",
        "every third day",
        "",
    ]


def test_a_dose_each_day_is_above_one_every_second_day():
    change = Present(march(20), (StatedDose("oxycodone", "", Amount(Fraction(5), Unit.MG)),))
    with pytest.raises(NotPossible, match="above the last dose tolerated"):
        revised(OPIOID, Event(march(20), change, "raised"), CDC)
    answers = (("above-tolerated", "seen today, awake"),)
    plan = revised(OPIOID, Event(march(20), change, "raised", answers), CDC)
    assert there(plan.on(march(20))).pattern.is_daily
    assert [step.pattern.words for step in plan.steps[-3:]] == ["every second day", "every third day", ""]


def test_the_end_may_be_asked_for_later():
    plain = plan_of(
        asked(
            TWICE,
        )
    )
    day = date(2027, 2, 1)
    make = [lambda now: replanned(now, day, AskedAnew(last_days=BOTH), why="asked", table=CDC)]
    found, problems = changed(plain, make, on=date(2027, 1, 20), why="asked", table=CDC)
    assert not problems
    assert [step.pattern.words for step in found.steps[-3:]] == ["every second day", "every third day", ""]


@pytest.mark.parametrize("first", ["sun", "sun,mon", "thu,wed,mon", "nights"])
def test_a_night_that_is_free_stays_free_whatever_nights_are_named_later(first):
    plan = plan_of(nights(ZOLPIDEM))
    day = date(2027, 2, 1)
    make = [lambda now: replanned(now, day, AskedAnew(last_days=last_days_of(first)), why="asked", table=CDC)]
    found, problems = changed(plan, make, on=date(2027, 1, 20), why="asked", table=CDC)
    assert not problems
    frees = [set(step.pattern.off) for step in found.steps if step.doses]
    assert [len(each) for each in frees] == [1, 2, 3, 4, 5, 6]
    assert all(one < other for one, other in pairwise(frees))
    named = {
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].index(each) for each in first.split(",") if each != "nights"
    }
    assert named <= frees[2] | frees[3] | frees[4]


# --- what is written ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(PLANS))
def test_the_directions_are_read_back_as_the_average_of_the_plan(kind):
    report = PLANS[kind]()
    for step in plan_of(report).steps:
        for each in document(report)["steps"][step.number - 1]["directions"]:
            product = f"{each['drug']} IR" if " of " in each["sig"] else step.doses[0].items[0].product
            line = read_line(f"{product}. {each['sig']}")
            assert not line.problems, each["sig"]
            assert line.regimen is not None
            (dose,) = daily_doses(line.regimen).ingredients
            assert dose.daily is not None
            assert (dose.daily.scheduled, dose.daily.maximum) == (step.total, step.total)


def test_the_document_says_days_and_keeps_its_schema():
    told = json.loads(pretty(document(opioid(TWICE))))
    jsonschema.validate(told, json.loads(schema_text("plan")))
    dose = told["steps"][1]["doses"][0]
    assert dose["days"] == {"words": "every second day", "first": "2027-03-02", "every": 2, "weekdays": []}
    assert told["steps"][1]["on_its_day"] == {"amount": 5, "unit": "mg/d", "mme": 7.5}
    assert told["steps"][0]["doses"][0]["days"] is None
    assert told["steps"][0]["on_its_day"] is None
    z = json.loads(pretty(document(nights(ZOLPIDEM))))
    jsonschema.validate(z, json.loads(schema_text("plan")))
    assert z["steps"][3]["doses"][0]["days"]["weekdays"] == ["monday", "wednesday", "friday"]


def test_the_table_for_a_spreadsheet_names_the_days():
    rows = list(csv.DictReader(io.StringIO("".join(map(str, PLAN.write("csv", [opioid(TWICE)]))))))
    assert [(row["amount"], row["taken_on"], row["total"]) for row in rows] == [
        ("5", "", "5"),
        ("5", "every second day", "2.5"),
        ("5", "every third day", "1.666667"),
        ("", "", "0"),
    ]


def test_the_text_says_what_an_amount_a_day_means_and_when_the_first_dose_is():
    said = " ".join("".join(map(str, PLAN.write("text", [opioid(TWICE)]))).split())
    assert "Where not every day has a dose, amounts are the average of a day." in said
    assert "steps 2 and 3: 5 mg/d, 7.5 MME" in said
    assert "Take 1 tablet (5 mg) in the evening every second day; first on 2027-03-02" in said


@pytest.mark.parametrize("kind", ["opioid", "nights", "fluoxetine"])
def test_fhir_gives_the_same_days(kind):
    report = PLANS[kind]()
    entries = [each["resource"] for each in fhir_document(report)["entry"]]
    instructions = [
        each
        for resource in entries
        if resource["resourceType"] == "MedicationRequest"
        for each in resource["dosageInstruction"]
    ]
    plan = plan_of(report)
    for each in instructions:
        step, repeat = plan.steps[each["sequence"] - 1], each["timing"]["repeat"]
        first, last = (date.fromisoformat(repeat["boundsPeriod"][end][:10]) for end in ("start", "end"))
        assert (repeat["frequency"], repeat["periodUnit"]) == (1, "d")
        days = [first + timedelta(days=n) for n in range(0, (last - first).days + 1, repeat["period"])]
        if "dayOfWeek" in repeat:
            names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
            days = [day for day in days if names[day.weekday()] in repeat["dayOfWeek"]]
        taken = taken_by_day(plan)
        assert days == [day for day in sorted(taken) if step.first_day <= day <= step.last_day and taken[day]]


def test_our_own_reader_of_fhir_reads_the_average():
    report = PLANS["opioid"]()
    orders = [
        {"resource": {**each["resource"], "status": "active", "intent": "order"}}
        for each in fhir_document(report)["entry"]
        if each["resource"]["resourceType"] == "MedicationRequest"
    ]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": json.loads(pretty(orders))}
    for step in plan_of(report).steps[1:3]:
        day = step.pattern.first_on(step.first_day)
        (case,) = ResourceReader().read(bundle, as_of=day)
        assert mme_of(case) == there(step.mme).value


def test_the_card_shows_nights_without_it():
    card = card_of(nights(ZOLPIDEM), sheets="all")
    (row, *_) = there(card.steps).rows
    assert row.note == "Only on Mon, Tue, Wed, Thu, Fri, Sun"
    part = card.sheets[0].parts[0]
    assert "Zolpidem: none on Saturday." in part.notes
    cells = {cell.day: (cell.boxes, cell.none) for week in part.weeks for cell in week if cell}
    assert cells[date(2027, 1, 9)] == ((False,), ("none tonight",))
    assert cells[date(2027, 1, 10)] == ((True,), ("",))


def test_the_card_says_the_first_days_of_every_second_day_also_in_spanish():
    found = opioid(TWICE)
    part = next(p for sheet in card_of(found, sheets="all").sheets for p in sheet.parts if p.step == 2)
    assert any("take it every second day: Tue, Mar 2, Thu, Mar 4" in note for note in part.notes)
    assert any("5 mg a day to 5 mg every second day" in each for each in part.changes)
    spanish = next(p for s in card_of(found, sheets="all", language_code="es").sheets for p in s.parts if p.step == 2)
    assert any("cada dos días" in note for note in spanish.notes)


def test_the_card_of_a_day_without_a_dose_says_so():
    card = card_of(report_again(OPIOID, march(3), CDC))
    assert "None today. The next day with a dose is Thursday, March 4, 2027." in there(card.now).notes


def test_the_pharmacy_is_told_the_first_day_of_each_dispensing():
    found = opioid(TWICE, every=Interval(days=42))
    rows = [row[-1] for row in fill_rows(plan_of(found))[1]]
    assert rows[3:5] == [
        "Take 1 tablet (5 mg) in the evening every second day; first on 2027-03-22",
        "Take 1 tablet (5 mg) in the evening every third day; first on 2027-04-14",
    ]


def test_alternate_days_of_fluoxetine_are_named_among_the_ways():
    line = "fluoxetine 20 mg capsule, 1 capsule daily"
    assert any("alternate days" in way.option for way in asked(line).alternatives)
    chosen = asked(line, last_days=last_days_of("every-2nd"))
    assert not any("alternate days" in way.option for way in chosen.alternatives)
    assert not any("alternate days" in way.option for way in asked("sertraline 50 mg tablet daily").alternatives)
