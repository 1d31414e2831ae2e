"""Orders as Epic and Cerner send them: the shapes are theirs, the orders are made up."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from medsteward.advice.case.mme import mme_per_day
from medsteward.tables.load import factor_table
from tests.fhir_parts import RXNORM, UCUM, bundle, case, request

AS_OF = date(2027, 1, 4)
TABLE = factor_table("cdc_2022")
PATIENT = {"resourceType": "Patient", "id": "1", "gender": "female", "birthDate": "1960-02-03"}
WORDS = "oxyCODONE (ROXICODONE) 5 MG immediate release tablet"


def report(*resources: dict[str, Any], **more: Any) -> Any:
    return mme_per_day(case(bundle(*resources, PATIENT, type="searchset", **more), AS_OF), table=TABLE)


def figures(found: Any) -> tuple[Any, Any, bool]:
    return found.total.scheduled.value, found.total.maximum.value, found.exit_code == 0


def codes(found: Any) -> list[str]:
    return sorted({each.code for each in (*found.problems, *found.cautions)})


# --- Epic --------------------------------------------------------------------------------------------------------


def epic_dose(kind: str, value: Any, code: str, unit: str) -> dict[str, Any]:
    kinds = [{"system": "http://epic.com/CodeSystem/dose-rate-type", "code": kind, "display": kind}]
    dose = {"value": value, "unit": unit, "system": UCUM, "code": code}
    return {"type": {"coding": kinds, "text": kind}, "doseQuantity": dose}


def epic_dosage(**more: Any) -> dict[str, Any]:
    """A Dosage with the dose as calculated, administered and ordered, and the schedule in words and parts."""
    words = "Take 1 tablet by mouth every 6 (six) hours as needed for pain."
    found = {
        "text": words,
        "patientInstruction": words,
        "asNeededBoolean": True,
        "timing": {
            "repeat": {
                "boundsPeriod": {"start": "2027-01-01", "end": "2027-01-31"},
                "frequency": 1,
                "period": 6,
                "periodUnit": "h",
            },
            "code": {"text": "Every 6 hours PRN"},
        },
        "route": {"coding": [{"system": "urn:oid:1.2.840.114350.1", "code": "15", "display": "Oral"}], "text": "Oral"},
        "method": {"coding": [{"system": "urn:oid:1.2.840.114350.2", "code": "11"}], "text": "Take"},
        "doseAndRate": [
            epic_dose("calculated", 5, "mg", "mg"),
            epic_dose("admin-amount", 1, "{tbl}", "tablet"),
            epic_dose("ordered", 5, "mg", "mg"),
        ],
    }
    return {key: value for key, value in (found | more).items() if value is not None}


MEDICATION = {
    "resourceType": "Medication",
    "id": "med",
    "identifier": [{"use": "usual", "system": "urn:oid:1.2", "value": "10814"}],
    "code": {
        "coding": [
            {"system": RXNORM, "code": "1049621", "display": "oxycodone hydrochloride 5 MG Oral Tablet"},
            {"system": "urn:oid:2.16.840.1.113883.6.208", "code": "3"},
        ],
        "text": WORDS,
    },
    "form": {"coding": [{"system": "urn:oid:1.2", "code": "TABS", "display": "Tablet"}], "text": "Tab"},
    "ingredient": [
        {
            "itemCodeableConcept": {"coding": [{"system": RXNORM, "code": "7804"}], "text": "oxycodone"},
            "strength": {
                "numerator": {"value": 5, "unit": "mg", "system": UCUM, "code": "mg"},
                "denominator": {"value": 1, "unit": "tablet"},
            },
        }
    ],
}


def epic(*dosages: dict[str, Any], **more: Any) -> dict[str, Any]:
    said: dict[str, Any] = {
        "id": "order",
        "medicationCodeableConcept": None,
        "medicationReference": {"reference": "Medication/med", "display": WORDS},
        "category": [{"coding": [{"code": "outpatient"}], "text": "Outpatient"}],
        "priority": "routine",
        "reportedBoolean": False,
        "encounter": {"reference": "Encounter/e", "display": "Office Visit"},
        "authoredOn": "2027-01-01",
        "requester": {"reference": "Practitioner/x", "type": "Practitioner", "display": "Jo Do"},
        "recorder": {"reference": "Practitioner/x"},
        "courseOfTherapyType": {"coding": [{"code": "acute"}], "text": "Short course (acute) therapy"},
        "dispenseRequest": {
            "validityPeriod": {"start": "2027-01-01"},
            "numberOfRepeatsAllowed": 0,
            "quantity": {"value": 120, "unit": "tablet"},
            "expectedSupplyDuration": {"value": 30, "unit": "Day", "system": UCUM, "code": "d"},
        },
        "substitution": {"allowedBoolean": True},
    }
    return request(*(dosages or (epic_dosage(),)), **(said | more))


@pytest.mark.parametrize(
    ("order", "others", "said"),
    [
        pytest.param(epic(), [MEDICATION], [], id="a Medication beside it"),
        pytest.param(epic(), [], ["FHIR-104"], id="a Medication that is not sent"),
        pytest.param(epic(medicationReference={"display": WORDS}), [], ["FHIR-104"], id="a display alone"),
        pytest.param(
            epic(medicationReference={"reference": "#in", "display": "x"}, contained=[{**MEDICATION, "id": "in"}]),
            [],
            [],
            id="a contained Medication",
        ),
        pytest.param(
            epic(extension=[{"url": "http://open.epic.com/x", "valueString": "x"}], _status={"extension": []}),
            [MEDICATION],
            [],
            id="extensions",
        ),
    ],
)
def test_an_order_of_epic_in_each_of_its_shapes(order, others, said):
    found = report(order, *others)
    assert figures(found) == (0, 30, True)
    assert codes(found) == said


SCHEDULES = {
    "Every 6 hours PRN": (0, 30),
    "Every 4 hours": (45, 45),
    "Every 4 to 6 hours": (30, 45),
    "Every 12 hours scheduled": (15, 15),
    "2 times daily": (15, 15),
    "2 times daily PRN": (0, 15),
    "3 times daily with meals": (22.5, 22.5),
    "3 times daily before meals": (22.5, 22.5),
    "4 times daily (before meals and nightly)": (30, 30),
    "4 times daily before meals and nightly": (30, 30),
    "BID (2 times a day)": (15, 15),
    "Nightly": (7.5, 7.5),
    "Nightly PRN": (0, 7.5),
    "Daily before breakfast": (7.5, 7.5),
    "Once a day (at bedtime)": (7.5, 7.5),
    "Every morning": (7.5, 7.5),
    "Every other day": (3.75, 3.75),
    "Every 6 hours for 5 days": (30, 30),
}


@pytest.mark.parametrize("words", SCHEDULES)
def test_the_schedule_may_stand_in_the_words_of_its_code_alone(words):
    said = epic_dosage(text=None, patientInstruction=None, asNeededBoolean=None, timing={"code": {"text": words}})
    found = report(epic(said, dispenseRequest=None, authoredOn="2027-01-03"), MEDICATION)
    assert (*map(float, figures(found)[:2]), found.exit_code) == (*SCHEDULES[words], 0)


@pytest.mark.parametrize(
    "words",
    ["Once", "See admin instructions", "Continuous", "2 times daily at bedtime", "Daily in the morning and at bedtime"],
)
def test_a_schedule_that_does_not_tell_is_shown_and_asked_about(words):
    said = epic_dosage(text=None, patientInstruction=None, asNeededBoolean=None, timing={"code": {"text": words}})
    found = report(epic(said, dispenseRequest=None), MEDICATION)
    assert found.exit_code == 3
    assert any(f'"{words}"' in each.text for each in found.problems)


def test_words_alone_as_needed_with_a_most():
    words = "Take 1-2 tablets by mouth every 4-6 hours as needed for pain, max 8 tablets per day"
    assert figures(report(epic({"text": words}, dispenseRequest=None), MEDICATION)) == (0, 60, True)


def test_a_range_of_doses_a_reason_for_need_and_a_most_per_day():
    low, high = ({"value": number, "unit": "tablet"} for number in (1, 2))
    said = epic_dosage(
        text=None,
        patientInstruction=None,
        asNeededBoolean=None,
        asNeededCodeableConcept={"coding": [{"system": "http://snomed.info/sct", "code": "22253000"}], "text": "pain"},
        doseAndRate=[{"doseRange": {"low": low, "high": high}}],
    )
    assert figures(report(epic(said), MEDICATION)) == (0, 60, True)
    for most, code, wanted in ((6, "{tbl}", 45), (20, "mg", 30)):
        above = {"value": most, "system": UCUM, "code": code}
        limit = {"numerator": above, "denominator": {"value": 24, "system": UCUM, "code": "h"}}
        assert figures(report(epic({**said, "maxDosePerPeriod": limit}), MEDICATION)) == (0, wanted, True)


def test_steps_in_sequence_follow_one_another():
    def step(number: int, tablets: int, words: str) -> dict[str, Any]:
        bounds = {"value": 5, "system": UCUM, "code": "d"}
        repeat = {"boundsDuration": bounds, "frequency": 4, "period": 1, "periodUnit": "d"}
        dose = [{"doseQuantity": {"value": tablets, "unit": "tablet"}}]
        return {"sequence": number, "text": words, "timing": {"repeat": repeat}, "doseAndRate": dose}

    steps = step(1, 2, "Take 2 tablets 4 times daily for 5 days"), step(2, 1, "then 1 tablet 4 times daily for 5 days")
    order = epic(*steps, dispenseRequest=None)
    assert [
        figures(mme_per_day(case(bundle(order, MEDICATION, PATIENT), date(2027, 1, day)), table=TABLE))[1]
        for day in (5, 6)
    ] == [60, 30]


def test_an_order_that_was_reported_counts_and_beside_an_order_is_said():
    reported = epic(id="r", reportedReference={"reference": "Patient/1"}, reportedBoolean=None)
    assert figures(report(reported, MEDICATION)) == (0, 30, True)
    found = report(reported, epic(), MEDICATION)
    assert figures(found)[1] == 60
    assert {"FHIR-103", "MME-105"} <= set(codes(found))


@pytest.mark.parametrize("severity", ["information", "warning", "error", "fatal"])
def test_a_notice_of_the_server_is_said_and_an_error_makes_it_incomplete(severity):
    issue = {"severity": severity, "code": "processing", "details": {"text": "See the help page"}}
    outcome = {"resourceType": "OperationOutcome", "id": "o", "issue": [issue]}
    found = report(epic(), MEDICATION, outcome)
    is_error = severity in ("error", "fatal")
    assert codes(found) == (["FHIR-005"] if is_error else ["FHIR-106"])
    assert found.exit_code == (4 if is_error else 0)


# --- Cerner ------------------------------------------------------------------------------------------------------


def cerner(words: str, *, coding: Any = None, **more: Any) -> dict[str, Any]:
    text = "1 tabs Oral every 6 hours as needed for pain for 7 days. Refills: 0."
    concept: dict[str, Any] = {"text": words} | ({} if coding is None else {"coding": coding})
    code = {
        "coding": [{"system": "https://fhir.cerner.com/x/codeSet/4003", "code": "6", "display": "q6hr"}],
        "text": "q6hr",
    }
    bounds = {"start": "2027-01-01T15:00:00.000Z", "end": "2027-01-08T15:00:00.000Z"}
    said: dict[str, Any] = {
        "extension": [{"url": "https://fhir-ehr.cerner.com/r4/x/clinical-instruction", "valueString": text}],
        "text": text,
        "timing": {"repeat": {"boundsPeriod": bounds, "frequency": 1, "period": 6, "periodUnit": "h"}, "code": code},
        "asNeededCodeableConcept": {"text": "as needed for pain"},
        "route": {"coding": [{"system": "http://snomed.info/sct", "code": "26643006"}], "text": "Oral"},
        "doseAndRate": [{"doseQuantity": {"value": 1, "unit": "tabs", "system": UCUM, "code": "{tbl}"}}],
    } | more
    supply = {
        "extension": [{"url": "https://fhir-ehr.cerner.com/r4/x/cost-center", "valueString": "x"}],
        "validityPeriod": bounds,
        "numberOfRepeatsAllowed": 0,
        "quantity": {"value": 28, "unit": "tabs"},
        "expectedSupplyDuration": {"value": 7, "unit": "days", "system": UCUM, "code": "d"},
    }
    return request(said, drug=concept, id="c", authoredOn="2027-01-01T15:00:00.000Z", dispenseRequest=supply)


SYNONYM = {"system": "https://fhir.cerner.com/ec2458f2/synonym", "code": "2752783", "userSelected": True}


@pytest.mark.parametrize("coding", [None, [SYNONYM], [{"system": RXNORM, "code": "1049621"}, SYNONYM]])
def test_an_order_of_cerner_by_its_words_and_by_its_codes(coding):
    found = report(cerner("oxyCODONE (oxyCODONE 5 mg oral tablet)", coding=coding))
    assert figures(found) == (0, 30, True)


@pytest.mark.parametrize(
    ("words", "each"),
    [
        ("oxyCODONE 5 mg oral tablet", 7.5),
        ("oxyCODONE (oxyCODONE 5 mg oral tablet)", 7.5),
        ("acetaminophen-oxycodone (Percocet 5/325 oral tablet)", 7.5),
        ("acetaminophen-oxycodone (Percocet 10 mg-325 mg oral tablet)", 15),
        ("acetaminophen-HYDROcodone (Norco 325 mg-5 mg oral tablet)", 5),
        ("acetaminophen-hydrocodone 325 mg-5 mg oral tablet", 5),
        ("HYDROmorphone (Dilaudid 2 mg oral tablet)", 10),
        ("traMADol (traMADol 50 mg oral tablet)", 10),
        ("HYDROcodone-acetaminophen (NORCO) 5-325 mg per tablet", 5),
        ("acetaminophen-codeine (TYLENOL #3) 300-30 mg per tablet", 4.5),
        ("morphine (MS CONTIN) 15 MG 12 hr tablet", 15),
    ],
)
def test_names_as_these_systems_write_them(words, each):
    found = report(cerner(words, text=None, extension=[]))
    assert (float(figures(found)[1]), found.exit_code) == (each * 4, 0)


@pytest.mark.parametrize(
    "words",
    [
        "acetaminophen-hydrocodone (Percocet 5/325 oral tablet)",
        "acetaminophen-oxycodone (something 5/325)",
    ],
)
def test_names_before_brackets_that_are_of_another_product_are_asked_about(words):
    found = report(cerner(words, text=None, extension=[]))
    assert found.exit_code == 3


def test_a_transdermal_film_is_a_patch():
    said = {
        "timing": {"repeat": {"frequency": 1, "period": 3, "periodUnit": "d"}},
        "doseAndRate": [{"doseQuantity": {"value": 1, "unit": "patch"}}],
    }
    drug = {"text": "fentaNYL 25 mcg/hr transdermal film, extended release"}
    assert figures(report(request(said, drug=drug)))[1] == 60
