"""Cases from tables: words and parts, contradictions, wrong fields, and the way back to a document."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from decimal import Decimal
from fractions import Fraction

import jsonschema
import pytest

from medsteward import case_document, case_of, factor_table, mme_per_day, read_case
from medsteward.doses.daily import daily_doses
from medsteward.mme.result import CompleteTotal
from medsteward.readers.case.table import read_table
from medsteward.schemas import schema_text

DAY = date(2027, 1, 4)


def maximum(table: dict) -> Fraction | None:
    line = read_table(table)
    if line.problems or line.regimen is None:
        return None
    (dose, *_) = daily_doses(line.regimen).ingredients
    return dose.daily.maximum.value if dose.daily else None


OXYCODONE = {"drug": "oxycodone", "strength": "10 mg", "form": "tablet"}


@pytest.mark.parametrize(
    ("table", "mg"),
    [
        ({**OXYCODONE, "dose": "1 tablet", "frequency": "every 6 hours"}, 40),
        ({**OXYCODONE, "dose": "1-2 tablets", "frequency": "4 times daily", "max_per_day": "6 tablets"}, 60),
        ({**OXYCODONE, "dose": "10 mg", "frequency": "every 8 hours", "as_needed": True}, 30),
        ({**OXYCODONE, "sig": "take 1 tab by mouth q6h prn pain"}, 40),
        ({"sig": "oxycodone 10 mg tablet, 1 tablet", "frequency": "every 6 hours"}, 40),
        ({"sig": "oxycodone 10 mg tablet, 1 tablet every 6 hours", **OXYCODONE, "frequency": "4 times daily"}, 40),
        ({"drug": "morphine", "strength": "20 mg/mL", "dose": "0.25 mL", "frequency": "every 4 hours"}, 30),
        ({"drug": "fentanyl", "form": "patch", "strength": "75 mcg/h", "frequency": "every 72 hours"}, 75),
        ({"drug": "Percocet", "strength": "5/325", "dose": "2 tablets", "frequency": "every 6 hours"}, 40),
        ({"rxcui": "197696", "frequency": "every 3 days"}, 75),
        ({"rxcui": 1049683, "dose": "1 tablet", "frequency": "every 6 hours"}, 40),
        ({"rxcui": "1049683", "sig": "oxycodone 10 mg, 1 tablet q6h"}, 40),
    ],
)
def test_words_and_parts(table, mg):
    assert maximum(table) == mg


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        ({**OXYCODONE, "sig": "oxycodone 5 mg tablet, 1 tablet q6h"}, {"CASE-003"}),
        ({**OXYCODONE, "sig": "morphine 15 mg tablet, 1 tablet q6h"}, {"CASE-003"}),
        ({"sig": "oxycodone 10 mg, 1 tablet q6h", "frequency": "every 4 hours"}, {"CASE-003"}),
        ({"sig": "oxycodone 10 mg, 1 tablet q6h", "dose": "2 tablets"}, {"CASE-003"}),
        ({"sig": "oxycodone 10 mg, 1 tablet q6h, max 4 per day", "max_per_day": "6 tablets"}, {"CASE-003"}),
        ({"sig": "oxycodone 10 mg, 1 tablet q6h, #60", "quantity": 90}, {"CASE-003"}),
        ({"sig": "oxycodone 10 mg, 1 tablet q6h, 15 days", "days_supply": 30}, {"CASE-003"}),
        ({"sig": "oxycodone 10 mg q6h for chronic pain", "indication": "cancer pain"}, {"CASE-003"}),
        ({"rxcui": "1049683", "sig": "oxycodone 5 mg tablet, 1 tablet q6h"}, {"CASE-003"}),
        ({"rxcui": "1049683", "sig": "hydrocodone 10 mg q6h"}, {"CASE-003"}),
        ({"rxcui": "999999999"}, {"DRUG-001"}),
        ({"sig": "morphine 15 mg q4h", "start": date(2027, 2, 1), "end": date(2027, 1, 1)}, {"CASE-003"}),
        ({"strength": "5 mg"}, {"DRUG-004"}),
        ({}, {"DRUG-004"}),
        ({"sig": 5}, {"CASE-002", "DRUG-004"}),
        ({"sig": ["morphine 15 mg q4h"]}, {"CASE-002", "DRUG-004"}),
        ({"sig": "morphine 15 mg q4h", "quantity": -1}, {"CASE-002"}),
        ({"sig": "morphine 15 mg q4h", "quantity": Decimal("NaN")}, {"CASE-002"}),
        ({"sig": "morphine 15 mg q4h", "quantity": Decimal("1E+999999")}, {"CASE-002"}),
        ({"sig": "morphine 15 mg q4h", "quantity": True}, {"CASE-002"}),
        ({"sig": "morphine 15 mg q4h", "days_supply": 0}, {"CASE-002"}),
        ({"sig": "morphine 15 mg q4h", "start": "tomorrow"}, {"CASE-002"}),
        ({"sig": "morphine 15 mg q4h", "as_needed": "yes"}, {"CASE-002"}),
        ({"sig": "morphine 15 mg q4h", "dosis": "x"}, {"CASE-001"}),
        ({"ndc": "00054017613"}, {"DRUG-001"}),
    ],
)
def test_what_is_wrong_is_a_problem(table, codes):
    assert {problem.code for problem in read_table(table).problems} == codes


def test_a_strength_is_never_taken_for_a_dose():
    line = read_table({"drug": "oxycodone", "strength": "10 mg", "frequency": "every 6 hours"})
    (dose,) = daily_doses(line.regimen).ingredients
    assert dose.lacking is not None
    assert dose.lacking.code == "DIR-006"


@pytest.mark.parametrize(
    ("patient", "codes"),
    [
        ({"age": 58, "conditions": ["OSA", "CKD 4"], "egfr": Decimal("28.5")}, []),
        ({"conditions": ["cirhosis"]}, ["COND-001"]),
        ({"age": 58.5}, ["CASE-002"]),
        ({"age": Decimal("58.5")}, ["CASE-002"]),
        ({"age": 200}, ["CASE-002"]),
        ({"weight": 80}, ["CASE-001"]),
        ({"name": "somebody"}, ["CASE-001"]),
        ({"indication": "gout"}, ["CASE-002"]),
        ({"pregnant": "no"}, ["CASE-002"]),
        ({"conditions": "OSA"}, ["CASE-002"]),
        ({"scores": {"PEG": "seven"}}, ["CASE-002"]),
        ("nobody", ["CASE-002"]),
    ],
)
def test_patient_facts(patient, codes):
    case = read_case({"patient": patient, "medications": []}, as_of=DAY)
    assert [problem.code for problem in case.problems] == codes


def test_a_case_that_is_none():
    assert [p.code for p in read_case({"medications": "morphine"}, as_of=DAY).problems] == ["CASE-001"]
    assert [p.code for p in read_case({"medications": [{}] * 501}, as_of=DAY).problems] == ["CASE-004"]
    assert [p.code for p in read_case({"medication": []}, as_of=DAY).problems] == ["CASE-001"]


def test_the_way_back_is_the_same_case():
    text = """
        id = "x"
        as_of = 2027-01-04
        [patient]
        age = 58
        conditions = ["OSA"]
        egfr = 72.5
        indication = "chronic pain"
        scores = { PEG = 7 }
        opioid_since = 2021-02-01
        [done]
        naloxone_on_hand = true
        pdmp = 2026-11-02
        [[medications]]
        sig = "morphine ER 60 mg tablet, 1 tablet every 12 hours"
        start = 2026-12-05
        quantity = 60
        days_supply = 30
        prescriber = "a"
        [[medications]]
        drug = "oxycodone/acetaminophen"
        strength = "10/325"
        dose = "1-2 tablets"
        frequency = "every 6 hours"
        as_needed = true
        max_per_day = "4 tablets"
        indication = "acute pain"
        [[medications]]
        sig = "hydromorhpone 4 mg q6h"
    """
    case = read_case(tomllib.loads(text, parse_float=Decimal), as_of=DAY)
    document = json.loads(json.dumps(case_document(case)), parse_float=Decimal)
    jsonschema.validate(json.loads(json.dumps(case_document(case))), json.loads(schema_text("case")))
    assert read_case(document, as_of=date(1999, 1, 1)) == case


def test_a_table_read_twice_is_read_alike_and_types_count():
    assert read_table({"sig": "morphine 15 mg q4h", "quantity": 1}) == read_table(
        {"sig": "morphine 15 mg q4h", "quantity": 1}
    )
    assert read_table({"sig": "morphine 15 mg q4h", "quantity": True}).problems


def test_patient_indication_of_opioid_use_disorder_covers_lines_without_their_own():
    def total(*sigs: str):
        case = case_of(*sigs, as_of=DAY, patient={"indication": "opioid use disorder"})
        return mme_per_day(case, table=factor_table("cdc_2022"))

    assert total("methadone 40 mg daily").exit_code == 5
    beside = total("methadone 40 mg daily", "oxycodone 5 mg q6h for postoperative pain")
    assert isinstance(beside.total, CompleteTotal)
    assert beside.total.maximum.value == 30
