"""Trials that would harm if they were planned in silence: each is refused, or asked about and named."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

import jsonschema
import pytest

import medsteward
from medsteward.advice.plan.report import PlanReport
from medsteward.advice.saved.revise import revised
from medsteward.advice.trial.asked import TrialOptions
from medsteward.advice.trial.plan import report_again, trial
from medsteward.model.regimen import Case
from medsteward.readers.case.table import read_case
from medsteward.readers.plan.document import read_plan
from medsteward.schedules.event import Event, Pause
from medsteward.schedules.moment import Moment
from medsteward.schedules.trial import Measure
from medsteward.schemas import schema_text
from medsteward.writers.card import html as card_html
from medsteward.writers.plan import fhir as fhir_plan
from medsteward.writers.plan import html as plan_html
from medsteward.writers.plan import table as plan_table
from medsteward.writers.plan.document import document
from medsteward.writers.plan.ics import calendar_bytes
from medsteward.writers.shared.json_text import pretty

START, AS_OF = date(2026, 12, 7), date(2026, 12, 1)
CDC = medsteward.factor_table("cdc_2022")
HEALTHY = {"age": 50, "egfr": 90}
OXYCODONE = "oxycodone IR 5 mg tablet, 1 tablet every 6 hours"
TRAMADOL_50 = "tramadol 50 mg tablet, 1 tablet every 6 hours"
WHY = "other ways were tried with the specialist"


def asked(drug: str, *sigs: str, patient: dict | None = None, **options) -> PlanReport:
    case = medsteward.case_of(*sigs, as_of=AS_OF, patient=HEALTHY if patient is None else patient)
    return asked_of(case, drug, **options)


def asked_of(case: Case, drug: str, **options) -> PlanReport:
    line = medsteward.case_of(drug, as_of=AS_OF).lines[0] if "," in drug else None
    given = {
        "drug": drug,
        "start": START,
        "goal": "walk 20 minutes",
        "baseline": (Measure("PEG", Fraction(7)),),
        "line": line,
        **({"days": 7} if line is not None else {}),
        **options,
    }
    return trial(case, TrialOptions(**given), table=CDC)


def codes(found: PlanReport) -> set[str]:
    return {each.code for each in found.problems}


def said(found: PlanReport) -> str:
    return " ".join([*(each.text for each in found.problems), *(each.text for each in found.cautions)])


# --- every ingredient of what is written is bounded ---


@pytest.mark.parametrize(
    ("drug", "sigs", "patient", "total", "most"),
    [
        ("hydrocodone/acetaminophen 10/325 tablet, 3 tablets every 4 hours", (), {}, "5,850 mg/d", "4,000 mg/d"),
        (
            "hydrocodone/acetaminophen 10/325 tablet, 2 tablets every 4 hours",
            (),
            {"conditions": ["cirrhosis"]},
            "3,900 mg/d",
            "2,000 mg/d",
        ),
        (
            "hydrocodone/acetaminophen 10/325 tablet, 2 tablets every 6 hours",
            ("acetaminophen 500 mg tablet, 2 tablets every 6 hours",),
            {},
            "6,600 mg/d",
            "4,000 mg/d",
        ),
        (
            "hydrocodone/acetaminophen 10/325 tablet, 3 tablets every 4 hours as needed",
            (),
            {},
            "5,850 mg/d",
            "4,000 mg/d",
        ),
    ],
)
def test_the_partner_of_an_opioid_keeps_its_ceiling_over_all_products(drug, sigs, patient, total, most):
    found = asked(drug, *sigs, patient={**HEALTHY, **patient}, reason=WHY)
    assert (found.plan, found.exit_code, codes(found)) == (None, 5, {"TRIAL-012"})
    assert total in said(found)
    assert most in said(found)


def test_a_partner_within_its_ceiling_is_planned_and_stands_in_the_check_when_shown_again():
    drug = "hydrocodone/acetaminophen 5/325 tablet, 2 tablets every 6 hours"
    found = asked(drug, "warfarin 5 mg tablet daily", patient={**HEALTHY, "opioid_tolerant": True})
    assert found.exit_code == 0
    assert any("acetaminophen" in each.drugs for each in found.findings)
    assert found.plan is not None
    again = report_again(found.plan, AS_OF, CDC)
    assert {each.id for each in again.findings} == {each.id for each in found.findings}


def test_a_partner_without_its_strength_is_asked_about():
    found = asked("hydrocodone/acetaminophen 10 mg tablet, 3 tablets every 4 hours", reason=WHY)
    assert (found.plan, found.exit_code, codes(found)) == (None, 3, {"TRIAL-006"})
    assert "every strength" in said(found)


def test_the_partner_of_an_opioid_keeps_what_blocks_it():
    found = asked(
        "hydrocodone/ibuprofen 7.5/200 tablet, 1 tablet every 6 hours",
        patient={**HEALTHY, "conditions": ["heart failure"]},
        reason=WHY,
    )
    assert (found.exit_code, codes(found)) == (5, {"TRIAL-001"})
    assert "heart failure" in said(found)


# --- the size of a start ---


@pytest.mark.parametrize(
    ("drug", "sigs", "patient", "answer", "exit_code"),
    [
        ("oxycodone IR 30 mg tablet, 2 tablets every 4 hours", (), {}, "", 3),
        ("oxycodone IR 10 mg tablet, 1 tablet every 6 hours", (), {}, "", 3),  # 60 MME/d
        ("oxycodone IR 10 mg tablet, 1 tablet every 6 hours", (), {}, WHY, 0),
        ("oxycodone IR 10 mg tablet, 1 tablet every 6 hours", (), {"opioid_tolerant": True}, "", 0),
        ("oxycodone IR 10 mg tablet, 1 tablet every 6 hours", (), {"conditions": ["opioid tolerant"]}, "", 3),
        (
            "oxycodone IR 10 mg tablet, 1 tablet every 6 hours",
            ("morphine ER 30 mg tablet, 1 tablet every 12 hours",),  # as much is taken already: 120 in all
            {},
            "",
            3,
        ),
        (
            "oxycodone IR 10 mg tablet, 1 tablet every 6 hours",
            ("hydrocodone/acetaminophen 5/325 tablet, 1 tablet daily",),
            {},
            "",
            3,
        ),
        (OXYCODONE, (), {}, "", 0),  # 30 MME/d
    ],
)
def test_a_start_from_50_mme_is_asked_about(drug, sigs, patient, answer, exit_code):
    answers = (("size", answer),) if answer else ()
    found = asked(drug, *sigs, patient={**HEALTHY, **patient}, reason="pain after shingles", answers=answers)
    assert (found.exit_code, found.plan is None) == (exit_code, exit_code == 3)
    if exit_code == 3:
        assert codes(found) == {"TRIAL-011"}
        assert "Recommendation 4" in said(found)
        assert '--answer size="why"' in said(found)
    if answer:
        assert any(each.code == "TRIAL-108" and WHY in each.text for each in found.cautions)


def test_what_is_taken_already_counts_towards_the_size():
    found = asked(OXYCODONE, "hydrocodone/acetaminophen 5/325 tablet, 1 tablet every 6 hours")  # 30 with 20
    assert codes(found) == {"TRIAL-011"}
    assert "20 MME/d" in said(found)


def test_an_opioid_without_a_factor_is_asked_about():
    assert "no factor for meperidine" in said(asked("meperidine 50 mg tablet, 1 tablet every 6 hours"))


# --- a declared trial binds the directions of its drug ---


@pytest.mark.parametrize(
    ("sig", "patient", "exit_code", "because"),
    [
        ("2 tablets every 6 hours", {"age": 80, "crcl": 20}, 5, "200 mg/d"),
        ("1 tablet every 6 hours", {"crcl": 20}, 5, "every 12 hours"),
        ("1 tablet every 12 hours", {"crcl": 20}, 0, "begins with 25 mg/d"),
        ("2 tablets every 6 hours", {"age": 75}, 5, "300 mg/d"),
        ("1 tablet every 8 hours", {"conditions": ["cirrhosis"]}, 5, "50 mg every 12 hours"),
        ("1 tablet every 12 hours", {"conditions": ["cirrhosis"]}, 0, "begins with 25 mg/d"),
        ("2 tablets every 6 hours", {"age": 50, "opioid_tolerant": True}, 0, "begins with 25 mg/d"),
        ("3 tablets every 6 hours", {}, 5, "400 mg/d"),
    ],
)
def test_tramadol_by_directions_keeps_the_ceilings_of_its_trial(sig, patient, exit_code, because):
    found = asked(f"tramadol IR 50 mg tablet, {sig}", patient={"age": 50, "egfr": 90, **patient})
    assert found.exit_code == exit_code, said(found)
    assert because in said(found)
    if not exit_code:
        assert any("seizures" in each.consider for each in found.supports)


def test_tramadol_by_directions_keeps_what_blocks_its_trial():
    found = asked("tramadol IR 50 mg tablet, 1 tablet daily", "phenelzine 15 mg tablet, 1 tablet 3 times daily")
    assert (found.exit_code, codes(found)) == (5, {"TRIAL-001"})


# --- what a finding says of the start ---


@pytest.mark.parametrize(
    ("drug", "sigs", "patient", "rule"),
    [
        ("morphine IR 15 mg tablet, 1 tablet every 12 hours", (), {"egfr": 20}, "DDC-204"),
        ("meperidine 50 mg tablet, 1 tablet every 6 hours", (), {"age": 70, "egfr": 40}, "DDC-205"),
        (OXYCODONE, ("buprenorphine/naloxone 8/2 mg film, 1 film daily",), {}, "DDI-035"),
        (OXYCODONE, ("lorazepam 1 mg tablet, 1 tablet daily",), {}, "DDI-001"),
        ("amitriptyline", (), {"age": 75}, "DDC-233"),
        ("amitriptyline", (), {"conditions": ["narrow-angle glaucoma"]}, "DDC-260"),
        ("amitriptyline", (), {"conditions": ["urinary retention"]}, "DDC-261"),
        ("tramadol", (), {"conditions": ["seizure disorder"]}, "DDC-240"),
        ("tramadol", ("duloxetine 60 mg capsule daily",), {}, "DDI-057"),
        ("naproxen", ("ibuprofen 400 mg tablet, 1 tablet 3 times daily",), {}, "DDI-126"),
    ],
)
def test_what_is_to_be_avoided_is_asked_about_and_its_own_answer_answers(drug, sigs, patient, rule):
    found = asked(drug, *sigs, patient={**HEALTHY, **patient})
    assert (found.plan, found.exit_code, codes(found)) == (None, 3, {"TRIAL-011"})
    assert rule in said(found)
    for_pain = asked(drug, *sigs, patient={**HEALTHY, **patient}, reason="pain after shingles")
    assert codes(for_pain) == {"TRIAL-011"}
    names = re.findall(r"--answer ([a-z0-9-]+)=", said(found))
    assert rule.casefold() in names
    answered = asked(drug, *sigs, patient={**HEALTHY, **patient}, answers=tuple((name, WHY) for name in names))
    assert answered.exit_code == 0, said(answered)
    assert any(each.code == "TRIAL-108" and rule in each.text for each in answered.cautions)
    assert any(rule in (each.id, *each.absorbed) for each in answered.findings)


def test_the_same_opioid_is_not_tried_twice():
    found = asked(OXYCODONE, "Percocet 5/325, 1 tablet every 6 hours")
    assert (found.exit_code, codes(found)) == (3, {"TRIAL-006"})
    assert "taken already" in said(found)


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        (("duloxetine", "duloxetine 60 mg capsule daily"), ("tramadol", TRAMADOL_50), "DDI-057"),
        (("duloxetine", "duloxetine 60 mg capsule daily"), ("tramadol", TRAMADOL_50), "DDI-096"),
        (("gabapentin", "gabapentin 300 mg three times daily"), (OXYCODONE, OXYCODONE), "DDI-003"),
        (("amitriptyline", "amitriptyline 25 mg nightly"), ("duloxetine", "duloxetine 30 mg daily"), "DDI-098"),
        (("naproxen", "naproxen 500 mg twice daily"), ("ibuprofen", "ibuprofen 400 mg 3 times daily"), "DDI-126"),
    ],
)
def test_a_pair_is_asked_about_whichever_of_its_medicines_the_trial_is_of(one, other, rule):
    for (drug, _), (_, taken) in ((one, other), (other, one)):
        found = asked(drug, taken)
        assert (found.plan, found.exit_code, codes(found)) == (None, 3, {"TRIAL-011"}), drug
        assert rule in said(found), drug
        names = re.findall(r"--answer ([a-z0-9-]+)=", said(found))
        answered = asked(drug, taken, answers=tuple((name, WHY) for name in names))
        assert answered.exit_code == 0, said(answered)
        assert any(rule in (each.id, *each.absorbed) for each in answered.findings)


@pytest.mark.parametrize(
    ("drug", "sigs", "patient", "rule"),
    [
        ("oral-steroid", ("fluconazole 200 mg daily",), {"conditions": ["diabetes"]}, "DDC-272"),
        ("low-dose-naltrexone", (OXYCODONE,), {}, "DDI-033"),
        ("cyclobenzaprine", (), {"conditions": ["long QT"]}, "DDC-262"),
        ("amitriptyline", ("phenelzine 15 mg three times daily",), {}, "DDI-055"),
        ("naproxen", (), {"conditions": ["NSAID allergy"]}, "DDC-269"),
    ],
)
def test_what_a_rule_says_of_the_medicine_is_named_by_its_rule(drug, sigs, patient, rule):
    found = asked(drug, *sigs, patient={**HEALTHY, **patient})
    words = [*(each.text for each in found.problems), *(each.text for each in found.cautions)]
    assert any(rule in each for each in words)


def test_a_washout_that_still_runs_refuses_a_trial():
    ended = {"sig": "phenelzine 15 mg three times daily", "start": "2026-01-01", "end": "2026-11-25"}
    found = asked_of(read_case({"patient": HEALTHY, "medications": [ended]}, as_of=AS_OF), "amitriptyline")
    assert (found.plan, found.exit_code) == (None, 5)
    assert "DDI-055" in said(found)


# --- as needed stays as needed ---

AS_NEEDED = f"{OXYCODONE} as needed"
LABEL = "Take 1 tablet (5 mg) as needed, at least 6 hours apart, at most 4 tablets (20 mg) in 24 hours"


def pages(found: PlanReport) -> dict[str, str]:
    assert found.plan is not None
    return {
        "text": plan_table.text(found),
        "csv": plan_table.csv_rows(found),
        "ics": calendar_bytes(found, name_drug=True, doses=True).decode().replace("\r\n ", ""),
        "card": card_html.page(found),
        "clinician": plan_html.clinician_page(found),
        "pharmacy": plan_html.pharmacy_page(found),
    }


def test_an_opioid_as_needed_says_so_wherever_it_is_printed():
    found = asked(AS_NEEDED, days=5)
    assert found.exit_code == 0
    assert found.plan is not None
    assert [(fill.sig, int(fill.quantity)) for fill in found.plan.fills] == [(LABEL, 20)]
    printed = pages(found)
    for page in ("text", "pharmacy", "clinician"):
        assert LABEL in " ".join(printed[page].split()), page
    assert LABEL.replace(",", "\\,") in printed["ics"]
    assert "as needed" in printed["csv"]
    assert not any(f",{time}," in printed["csv"] for time in ("morning", "noon", "evening", "bedtime"))
    assert "Only if you need it" in printed["card"]
    assert "wait at least 6 hours between two doses" in printed["card"]
    assert "at most 4 doses in 24 hours" in printed["card"]
    assert 'class="boxes timed"' in printed["card"]
    assert "Skip it. Take the next one" not in printed["card"]
    assert "Stay at the last dose" not in printed["card"]


def test_a_dose_as_needed_has_no_time_in_the_calendar():
    assert "20261207T" not in pages(asked(AS_NEEDED, days=5))["ics"]


def test_a_short_course_as_needed_ends_without_doses_by_the_clock():
    found = asked(AS_NEEDED, days=6)
    assert found.exit is None
    assert any("no steps are planned at its end" in each.consider for each in found.supports)
    assert not any("dated way out" in each.words for each in found.stop_rules if each.kind == "no_gain")


def test_the_way_out_of_a_longer_course_as_needed_lowers_what_may_be_taken():
    found = asked(AS_NEEDED, days=14)
    assert found.plan is not None
    assert found.exit is not None
    totals = [step.total.value for step in found.exit.steps]
    assert totals == sorted(totals, reverse=True)
    assert totals[0] < 20
    assert {dose.time for step in found.exit.steps for dose in step.doses} == {Moment.AS_NEEDED}
    assert any("needs fewer steps" in each.consider for each in found.supports)


def test_a_trial_as_needed_is_read_back_and_paused():
    found = asked(AS_NEEDED, days=14)
    text = pretty(document(found))
    jsonschema.validate(json.loads(text), json.loads(schema_text("plan")))
    saved, problems = read_plan(text.encode(), "trial.json")
    assert not problems
    assert saved is not None
    assert found.plan is not None
    assert saved.plan.request == found.plan.request
    paused = revised(found.plan, Event(date(2026, 12, 9), Pause(date(2026, 12, 9), date(2026, 12, 10)), "away"), CDC)
    assert paused.steps[0].days == 16
    assert {dose.time for dose in paused.steps[0].doses} == {Moment.AS_NEEDED}


def test_a_range_that_is_no_limit_is_asked_about_in_words_of_a_trial():
    found = asked("oxycodone IR 5 mg tablet, 1 to 2 tablets every 6 hours")
    assert (found.exit_code, codes(found)) == (3, {"TRIAL-006"})
    assert "--taken-per-day" not in said(found)


def test_the_request_of_a_trial_as_needed_goes_out_as_needed():
    bundle = fhir_plan.document(asked(AS_NEEDED, days=5))
    requests = [each["resource"] for each in bundle["entry"] if each["resource"]["resourceType"] == "MedicationRequest"]
    said = [each for request in requests for each in request["dosageInstruction"]]
    assert [(each["text"], each["asNeededBoolean"]) for each in said] == [(LABEL, True)]
    assert said[0]["timing"]["repeat"]["frequency"] == 4
    assert "timeOfDay" not in said[0]["timing"]["repeat"]


# --- what is dispensed ---


def test_an_opioid_is_dispensed_for_a_week_first_and_then_for_30_days_at_most():
    found = asked(OXYCODONE, days=60)
    assert found.plan is not None
    assert [(fill.first_day, int(fill.quantity)) for fill in found.plan.fills] == [
        (date(2026, 12, 7), 28),
        (date(2026, 12, 14), 120),
        (date(2027, 1, 13), 92),
    ]
    short = asked(OXYCODONE, days=60, fill_days=3)
    assert short.plan is not None
    assert {fill.quantity for fill in short.plan.fills} == {12}


@pytest.mark.parametrize(
    ("drug", "product", "count"),
    [
        ("oxycodone IR 10 mg tablet, 2 tablets daily", "oxycodone hydrochloride 10 mg tablet", 2),
        (
            "oxycodone/acetaminophen 5/325 tablet, 1 tablet every 6 hours",
            "oxycodone hydrochloride 5 mg / acetaminophen 325 mg tablet",
            1,
        ),
    ],
)
def test_the_product_as_written_is_what_is_dispensed(drug, product, count):
    found = asked(drug)
    assert found.plan is not None, said(found)
    items = {(item.product, item.count) for step in found.plan.steps for dose in step.doses for item in dose.items}
    assert items == {(product, count)}
    assert found.exit is not None
    left = {item.product for step in found.exit.steps for dose in step.doses for item in dose.items}
    assert all(("acetaminophen" in each) == ("acetaminophen" in product) for each in left)


# --- kidneys and liver without a figure ---


@pytest.mark.parametrize(
    ("drug", "patient", "exit_code"),
    [
        ("nortriptyline", {"conditions": ["cirrhosis"]}, 3),
        ("nortriptyline", {"egfr": 45}, 0),
        ("nortriptyline", {"egfr": 20}, 3),
        ("pregabalin", {"conditions": ["cirrhosis"]}, 3),
        ("low-dose naltrexone", {"child_pugh": "B"}, 3),
        ("lidocaine patch", {"egfr": 20}, 0),
        (OXYCODONE, {"egfr": 20}, 3),
        (OXYCODONE, {"conditions": ["cirrhosis"]}, 3),
    ],
)
def test_impaired_organs_without_a_figure_are_never_planned_for_in_silence(drug, patient, exit_code):
    found = asked(drug, patient={**HEALTHY, **patient})
    assert found.exit_code == exit_code, said(found)
    assert "no figure for that was read" in said(found)
    names = re.findall(r"--answer ([a-z0-9-]+)=", said(found))
    answered = asked(drug, patient={**HEALTHY, **patient}, answers=tuple((name, WHY) for name in names))
    assert answered.exit_code == 0
    assert "no figure for that was read" in said(answered)


@pytest.mark.parametrize(
    ("drug", "patient"),
    [
        ("venlafaxine", {}),
        ("venlafaxine", {"egfr": 25}),
        ("venlafaxine", {"conditions": ["cirrhosis"]}),
        ("gabapentin", {"crcl": 25}),
        ("tramadol", {"crcl": 25}),
        ("acetaminophen", {"conditions": ["cirrhosis"]}),
        ("lidocaine patch", {"conditions": ["cirrhosis"]}),
    ],
)
def test_organs_that_have_a_figure_or_are_well_bring_no_such_word(drug, patient):
    assert "no figure for that was read" not in said(asked(drug, patient={**HEALTHY, **patient}))


# --- ceilings that are this patient's ---


@pytest.mark.parametrize(
    ("drug", "patient", "shown"),
    [
        ("gabapentin", {"crcl": 25}, ["700 mg/d"]),
        ("gabapentin", {"crcl": Decimal("7.5")}, ["150 mg/d"]),
        ("gabapentin", {"crcl": 90}, ["3,600 mg/d"]),
        ("pregabalin", {"egfr": 10}, ["50 mg/d", "75 mg/d"]),
        ("acetaminophen", {"conditions": ["cirrhosis"]}, ["2,000 mg/d"]),
        ("acetaminophen", {}, ["3,000 mg/d", "4,000 mg/d"]),
        ("tramadol", {"crcl": 25}, ["200 mg/d"]),
        ("tramadol", {"age": 80, "crcl": 25}, ["200 mg/d", "300 mg/d"]),
    ],
)
def test_only_figures_of_this_patient_stand_under_the_ceiling(drug, patient, shown):
    assert [str(each.amount) for each in asked(drug, patient={**HEALTHY, **patient}).ceilings] == shown


def test_the_other_label_is_named_by_the_band_of_this_patient():
    found = asked("gabapentin", patient={"age": 50, "crcl": 25}, label="uk")
    other = next(each.text for each in found.cautions if each.code == "TRIAL-104")
    assert "700 mg/d" in other
    assert "1,400" not in other


# --- low-dose naltrexone ---


def test_no_opioid_before_naltrexone_is_said_to_everybody():
    printed = pages(asked("low-dose naltrexone"))
    for page in ("text", "clinician"):
        assert "7 to 10 days after the last opioid" in " ".join(printed[page].split()), page
    assert "took no opioid for 7 to 10 days" in " ".join(printed["card"].split())


def test_naltrexone_in_low_doses_is_no_treatment_of_opioid_use_disorder():
    found = asked("naltrexone", patient={**HEALTHY, "indication": "opioid use disorder"})
    assert (found.exit_code, codes(found)) == (3, {"TRIAL-011"})
    assert "opioid use disorder" in said(found)


# --- a medicine that is tried in one form ---


@pytest.mark.parametrize(
    ("name", "offered"),
    [("diclofenac", "diclofenac-gel"), ("lidocaine", "lidocaine-patch"), ("Cymbalta", "duloxetine")],
)
def test_a_name_alone_is_answered_with_the_trial_of_it(name, offered):
    line = medsteward.case_of(name, as_of=AS_OF).lines[0]
    found = asked(name, line=line, days=None)
    assert (found.exit_code, codes(found)) == (3, {"TRIAL-005"})
    assert found.problems[0].suggestions == (offered,)
    assert offered in said(found)


def test_naltrexone_is_asked_about_where_tolerance_of_opioids_is_stated():
    found = asked("low-dose naltrexone", patient={**HEALTHY, "opioid_tolerant": True})
    assert (found.plan, found.exit_code) == (None, 3)
    assert "would bring on withdrawal" in said(found)


def test_two_strengths_as_needed_are_one_direction():
    found = asked(
        "hydrocodone 10 mg/acetaminophen 325 mg tablet, 1-2 tablets every 6 hours as needed, max 4 tablets per day",
        days=10,
        answers=(("size", WHY),),
    )
    assert found.exit is not None
    by_day: dict[date, list[str]] = {}
    for fill in found.exit.fills:
        by_day.setdefault(fill.first_day, []).append(fill.sig)
    shared = [sig for sigs in by_day.values() if len(sigs) > 1 for sig in sigs]
    assert shared
    assert all("one direction for all its bottles together, not for each" in sig for sig in shared)
