"""What is written as FHIR, held against two independent validators: fhir.resources, and npm fhir on Node.js."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest

from medsteward.advice.case.check import check_case
from medsteward.advice.case.mme import mme_per_day
from medsteward.advice.case.remind import reminders_for
from medsteward.advice.case.review import review
from medsteward.interactions.check import acknowledge
from medsteward.model.acknowledgement import Reason
from medsteward.model.regimen import Case, Patient
from medsteward.readers.case.table import read_case
from medsteward.readers.fhir.cases import read_fhir
from medsteward.tables.load import factor_table
from medsteward.writers.case import fhir as fhir_case
from medsteward.writers.check import fhir as fhir_check
from medsteward.writers.mme import fhir as fhir_mme
from medsteward.writers.remind import fhir as fhir_remind
from medsteward.writers.review import fhir as fhir_review

HERE = Path(__file__).resolve().parents[1] / "node"
NODE = shutil.which("node")
INSTALLED = (HERE / "node_modules" / "fhir").is_dir()
DAY = date(2027, 1, 4)
TABLE = factor_table("cdc_2022")

LINES: list[list[str]] = [
    [],
    ["oxycodone 10 mg, 1 tablet every 6 hours"],
    ["oxycodone 10 mg, 1 tablet every 6 hours", "alprazolam 0.5 mg bid", "buprenorphine 8 mg sublingual tablet daily"],
    ["oxycodone 10 mg", "fentanyl patch 75 mcg/h"],
    ["oxicodone 10 mg tid"],
    [
        "morphine 15 mg, 1-2 tablets every 4 hours as needed, #60, 10 days",
        "phenelzine 15 mg tid",
        "ibuprofen 400 mg tid",
    ],
]
PATIENT: dict[str, Any] = {
    "age": 71,
    "sex": "intersex",
    "conditions": ["copd", "sleep apnea", "alcohol use disorder in remission"],
    "egfr": 72,
    "crcl": 70,
    "weight_kg": 80,
    "creatinine_mg_dl": 1,
    "child_pugh": "A",
    "qtc_ms": 430,
    "pregnant": False,
    "gestational_weeks": 24,
    "opioid_tolerant": True,
    "indication": "chronic pain",
    "context": ["supervised taper"],
    "opioid_since": "2021-02-01",
    "household": ["children", "pets"],
    "scores": {"PEG": 7, "ORT": 4},
}
DONE = {"pdmp": "2026-11-02", "naloxone_on_hand": True}


def case(lines: list[str], **more: Any) -> Case:
    return read_case({"medications": [{"sig": sig} for sig in lines], **more}, as_of=DAY)


def documents() -> list[dict[str, Any]]:
    found = []
    for number, lines in enumerate(LINES):
        each = case(lines, id=["p-1", "with space", None][number % 3], patient=PATIENT, done=DONE)
        found.append(fhir_mme.document(mme_per_day(each, table=TABLE)))
        report = check_case(each, table=TABLE)
        said = [acknowledge(each, f.id, Reason.WILL_MONITOR, on=DAY, note="seen") for f in report.findings[:1]]
        found.append(fhir_check.document(check_case(each, table=TABLE, acknowledged=said)))
        found.append(fhir_remind.document(reminders_for(each, table=TABLE)))
        found.append(fhir_case.case_bundle(each))
        found.append(fhir_review.document(review(each, table=TABLE)))
    return found


def resources() -> list[dict[str, Any]]:
    return [entry["resource"] for document in documents() for entry in document["entry"]]


def observation(*lines: str) -> dict[str, Any]:
    found: dict[str, Any] = fhir_mme.document(mme_per_day(case(list(lines), id="p"), table=TABLE))["entry"][0][
        "resource"
    ]
    return found


def test_mme_is_an_observation_whose_method_names_the_table():
    found = observation("oxycodone 10 mg, 1 tablet every 6 hours")
    assert found["resourceType"] == "Observation"
    assert found["valueQuantity"] == {
        "value": 60,
        "unit": "MME/d",
        "system": "http://unitsofmeasure.org",
        "code": "{MME}/d",
    }
    assert found["method"]["coding"][0]["code"] == "cdc_2022"
    assert found["subject"] == {"reference": "Patient/p"}
    assert found["effectiveDateTime"] == "2027-01-04"


def test_an_incomplete_total_says_so():
    found = observation("oxycodone 10 mg, 1 tablet every 6 hours", "butorphanol nasal spray 1 mg prn")
    assert found["valueQuantity"]["comparator"] == ">="
    assert "at least" in found["note"][0]["text"]
    none = observation("oxycodone 10 mg")
    assert "valueQuantity" not in none
    assert none["dataAbsentReason"]["coding"][0]["code"] == "unknown"


def test_findings_and_reminders_have_their_resources():
    kinds = {each["resourceType"] for each in resources()}
    assert kinds - {"Patient", "Condition", "MedicationRequest"} == {
        "Observation",
        "DetectedIssue",
        "Task",
        "OperationOutcome",
    }
    assert any("mitigation" in each for each in resources())


def test_nothing_known_of_a_patient_is_left_out():
    """Every field that a case has is filled above, so that a new one cannot be forgotten here."""
    before = case(LINES[1], id="p-1", patient=PATIENT, done=DONE)
    unset = [each.name for each in attrs.fields(Patient) if getattr(before.patient, each.name) in (None, ())]
    assert unset == []
    (after,) = read_fhir(json.loads(json.dumps(fhir_case.case_bundle(before)), parse_float=Decimal), as_of=DAY)
    assert after.patient == before.patient
    assert after.done == before.done


def test_an_injection_stays_one():
    """Read back by mouth it would have a factor."""
    before = case(["morphine 10 mg/mL injection, 1 mL every 4 hours"])
    (after,) = read_fhir(json.loads(json.dumps(fhir_case.case_bundle(before)), parse_float=Decimal), as_of=DAY)
    assert str(mme_per_day(after, table=TABLE).total) == str(mme_per_day(before, table=TABLE).total)
    assert after.lines[0].regimen
    assert after.lines[0].regimen.product.route == "parenteral"


def test_fhir_resources_finds_no_fault():
    fhir = pytest.importorskip("fhir.resources.R4B")
    for document in documents():
        fhir.get_fhir_model_class("Bundle").model_validate_json(json.dumps(document))
    for resource in resources():
        fhir.get_fhir_model_class(resource["resourceType"]).model_validate_json(json.dumps(resource))


@pytest.mark.skipif(not (NODE and INSTALLED), reason='needs Node.js and "npm ci" in tests/node, which installs fhir')
def test_npm_fhir_finds_no_fault():
    wrong = {"resourceType": "Observation", "status": "done"}
    everything = [*documents(), *resources(), wrong]
    done = subprocess.run(
        [str(NODE), "fhir.mjs"],
        cwd=HERE,
        input=json.dumps(everything),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    *answers, last = json.loads(done.stdout)
    assert [answer["messages"] for answer in answers if answer["messages"]] == []
    assert last["messages"]


@pytest.mark.parametrize(
    "sig",
    [
        "oxycodone 10 mg, 1 tablet every 6 hours",
        "oxycodone 5 mg, 1-2 tablets every 4 to 6 hours as needed for pain, max 8 tablets per day",
        "fentanyl patch 75 mcg/h, 1 patch every 72 hours",
        "morphine ER 30 mg tablet, 1 tablet every 12 hours, #60, 30 days",
        "morphine 20 mg/mL solution, 0.5 mL every 4 hours",
        "Percocet 5/325, 1 tablet every 6 hours",
        "methadone 10 mg tablet, 1 tablet 3 times daily",
        "hydromorphone 2 mg, 1 tablet every other day",
        "fentanyl buccal tablet 200 mcg, 1 tablet up to 4 times daily as needed",
        "gabapentin 300 mg capsule, 1 capsule at bedtime",
        "tramadol 50 mg, 1 tablet in the morning and 2 tablets at bedtime",
    ],
)
def test_a_case_comes_back(sig):
    medication = {"sig": sig, "start": "2027-01-01", "end": "2027-03-01", "prescriber": "a"}
    patient = {"age": 58, "sex": "female", "conditions": ["sleep apnea"], "egfr": 72}
    before = read_case({"id": "p-1", "patient": patient, "medications": [medication]}, as_of=DAY)
    text = json.loads(json.dumps(fhir_case.case_bundle(before)), parse_float=Decimal)
    (after,) = read_fhir(text, as_of=DAY)
    assert (after.id, after.patient) == (before.id, before.patient)
    here, there = before.lines[0], after.lines[0]
    assert (there.start, there.end, there.prescriber) == (here.start, here.end, here.prescriber)
    one, other = (mme_per_day(each, table=TABLE) for each in (before, after))
    assert str(one.total) == str(other.total)
    assert one.acetaminophen == other.acetaminophen
    assert [entry.daily for entry in one.entries] == [entry.daily for entry in other.entries]
    assert [f.id for f in check_case(before, table=TABLE).findings] == [
        f.id for f in check_case(after, table=TABLE).findings
    ]


@pytest.mark.parametrize(("written", "found"), [("taper", {"DDI-196": False}), ("suddenly", {"DDI-196": True})])
def test_how_a_medicine_ended_comes_back(written, found):
    medications = [
        {"sig": "bupropion 150 mg tablet, 1 tablet daily"},
        {"sig": "clonazepam 1 mg tablet, 1 tablet twice daily", "start": "2026-06-01", "end": "2027-01-01"},
    ]
    medications[1]["ended"] = written
    before = read_case({"id": "p-1", "medications": medications}, as_of=DAY)
    (after,) = read_fhir(json.loads(json.dumps(fhir_case.case_bundle(before)), parse_float=Decimal), as_of=DAY)
    assert [line.ended for line in after.lines] == [line.ended for line in before.lines]
    told = {finding.id for finding in check_case(after, table=TABLE).findings}
    assert {rule: rule in told for rule in found} == found
