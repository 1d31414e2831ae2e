"""Orders and dispensings in other shapes of FHIR: read where the meaning is certain, named where it is not."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

import medsteward
from medsteward.readers.case.files import read_cases
from tests.fhir_parts import DAY, OXYCODONE, bundle, case, cases, dosage, every, mme, quantity, request

TABLETS = dosage(quantity(1, "{tbl}"), every(4))


def claim(*items: dict[str, Any], days: Any = 30, **more: Any) -> dict[str, Any]:
    """A pharmacy's claim, as CARIN's Blue Button has it."""
    category = {"coding": [{"code": "dayssupply"}]}
    return {
        "resourceType": "ExplanationOfBenefit",
        "id": "eob1",
        "status": "active",
        "use": "claim",
        "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/claim-type", "code": "pharmacy"}]},
        "patient": {"reference": "Patient/1"},
        "supportingInfo": [{"sequence": 1, "category": category, "valueQuantity": {"value": days}}],
        "item": list(items),
        **more,
    }


def item(number: Any = 120, drug: Any = OXYCODONE, day: str = "2026-12-20", **more: Any) -> dict[str, Any]:
    return {"sequence": 1, "productOrService": drug, "servicedDate": day, "quantity": {"value": number}, **more}


@pytest.mark.parametrize("wrapped", [bundle, lambda resource: resource])
def test_a_claim_of_a_pharmacy_is_a_dispensing(wrapped):
    report = mme(wrapped(claim(item())))
    assert (str(report.total), report.problems) == ("30 MME/d", ())


def test_a_claim_that_was_decided_is_one_whatever_it_paid():
    paid = {"category": {"coding": [{"code": "paidtoprovider"}]}, "amount": {"value": 9}}
    assert str(mme(claim(item(adjudication=[paid]), outcome="complete")).total) == "30 MME/d"


def test_a_claim_of_several_drugs_is_several_dispensings():
    found = case(claim(item(), item(60, {"text": "alprazolam 0.5 mg tablet"})))
    assert [line.regimen is not None and line.regimen.product.lead for line in found.lines] == [
        "oxycodone",
        "alprazolam",
    ]


def test_a_claim_ends_with_its_supply():
    assert str(mme(claim(item(day="2026-10-01"))).total) == "0 MME/d"


@pytest.mark.parametrize(
    "said",
    [
        claim(item(), supportingInfo=[]),
        claim(item(), item(number=0)),
        claim({**item(), "servicedDate": None}),
        claim(item(), status="cancelled"),
        claim(item(), use="predetermination"),
        claim(item(), type={"coding": [{"code": "professional"}]}),
        claim(item(), outcome="error"),
        claim(item(), outcome="queued"),
        claim(item(), outcome="partial"),
        claim(item(), adjudication=[{"category": {"coding": [{"code": "denialreason"}]}}]),
        claim(item(adjudication=[{"category": {"coding": [{"code": "denialreason"}]}}])),
        claim(item(), modifierExtension=[{"url": "urn:x", "valueBoolean": True}]),
        claim(),
    ],
)
def test_a_claim_that_lacks_a_part_is_named_as_before(said):
    found = case(bundle(said))
    assert (list(found.lines), [each.code for each in found.problems]) == ([], ["FHIR-008"])


def test_claims_in_a_stream_are_read_as_in_a_bundle():
    lines = (json.dumps(each) for each in (claim(item()), request(TABLETS, id="m1")))
    (found,) = read_cases("-", io.BytesIO("\n".join(lines).encode()), as_of=DAY)
    (together,) = cases(bundle(claim(item()), request(TABLETS, id="m1")))
    assert [line.regimen for line in found.lines] == [line.regimen for line in together.lines]
    assert len(found.lines) == 2


def parameters(*listed: dict[str, Any]) -> dict[str, Any]:
    return {"resourceType": "Parameters", "parameter": list(listed)}


def test_parameters_that_only_carry_resources_are_those_resources():
    whole = parameters({"name": "return", "resource": bundle(request(TABLETS, id="m1"))})
    assert str(mme(whole).total) == "30 MME/d"
    (found,) = read_cases("-", io.BytesIO(json.dumps(whole).encode() + b"\n"), as_of=DAY)
    assert len(found.lines) == 1


@pytest.mark.parametrize(
    "more",
    [{"name": "count", "valueInteger": 1}, {"name": "part", "part": []}, {"name": "return", "valueString": "x"}],
)
def test_parameters_that_carry_anything_else_are_named_as_before(more):
    resource = {"name": "return", "resource": request(TABLETS, id="m1")}
    found = case(parameters(resource, more))
    assert [each.code for each in found.problems] == ["FHIR-008"]


def plan(**more: Any) -> dict[str, Any]:
    order = request(TABLETS, id="mr", subject=None)
    return {
        "resourceType": "CarePlan",
        "id": "p",
        "status": "active",
        "intent": "plan",
        "subject": {"reference": "Patient/1"},
        "contained": [order],
        "activity": [{"reference": {"reference": "#mr"}}],
        **more,
    }


def test_an_order_that_an_active_plan_contains_and_carries_out_counts():
    report = mme(bundle(plan()))
    assert (str(report.total), report.problems) == ("30 MME/d", ())


@pytest.mark.parametrize("more", [{"status": "draft"}, {"activity": []}])
def test_a_contained_order_of_which_that_is_not_certain_is_named(more):
    assert "FHIR-008" in [each.code for each in case(bundle(plan(**more))).problems]


def test_a_supply_that_is_not_understood_does_not_undo_a_dose():
    strange = {"expectedSupplyDuration": {"value": 30, "unit": "moons"}, "quantity": {"value": 60, "unit": "moons"}}
    report = mme(request(TABLETS, dispenseRequest=strange))
    assert (str(report.total), report.problems) == ("30 MME/d", ())
    assert [each.code for each in report.cautions if "not used" in each.text]


@pytest.mark.parametrize(("days", "fine"), [(7, True), (30, False)])
def test_words_and_codes_that_differ_in_days_are_a_problem(days, fine):
    bounds = {"value": days, "code": "d", "system": "http://unitsofmeasure.org"}
    said = dosage(quantity(1, "{tbl}"), every(4, boundsDuration=bounds), text="1 tablet 4 times daily for 7 days")
    found = case(request(said, authoredOn=DAY.isoformat()))
    codes = [each.code for each in found.lines[0].problems]
    assert codes == ([] if fine else ["CASE-003"])


@pytest.mark.parametrize("kind", ["Medication", "Practitioner"])
def test_a_file_without_a_patient_says_what_it_holds(kind):
    (found,) = medsteward.read_fhir({"resourceType": kind, "id": "x"}, as_of=DAY)
    (said,) = found.cautions
    assert said.code == "FHIR-106"
    assert f"only 1 {kind}" in said.text
