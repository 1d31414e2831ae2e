"""FHIR R4 as it comes: what counts, how often, from when to when, and what is refused with its place."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from medsteward.mme.result import AtLeast, CompleteTotal, NoTotal
from tests.build import there, total_of
from tests.fhir_parts import (
    DAY,
    FENTANYL,
    NDC,
    OXYCODONE,
    PATCH,
    RXNORM,
    TABLETS,
    UCUM,
    bundle,
    case,
    cases,
    dosage,
    every,
    mme,
    quantity,
    request,
)

ABBREVIATION = "http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation"


def total(resource: Any, day: date = DAY) -> Fraction:
    report = mme(resource, day)
    assert not isinstance(report.total, NoTotal), report.problems
    assert not isinstance(report.total, AtLeast), report.problems
    return report.total.maximum.value


def codes(resource: Any) -> set[str]:
    return {problem.code for problem in mme(resource).problems}


def said(resource: Any) -> set[str]:
    return {caution.code for caution in mme(resource).cautions}


# --- the examples that must hold ---------------------------------------------------------------------------------


def test_fentanyl_75_patch_every_three_days_is_180():
    assert total(request(PATCH, drug=FENTANYL)) == 180


def test_no_dosage_instruction_is_incomplete():
    for drug in (FENTANYL, OXYCODONE):
        report = mme(request(drug=drug))
        assert report.exit_code == 4
        assert isinstance(report.total, NoTotal)


@pytest.mark.parametrize(
    "said",
    [
        dosage(quantity(1, "{patch}")),
        dosage(quantity(1, "{patch}"), asNeededBoolean=False),
        {"doseAndRate": [{"rateQuantity": quantity(75, "ug/h")}]},
        {"asNeededBoolean": True},
    ],
)
def test_no_timing_is_neither_once_daily_nor_zero(said):
    report = mme(request(said, drug=FENTANYL))
    assert report.exit_code == 4
    assert isinstance(report.total, NoTotal)


def test_a_dose_without_a_timing_is_incomplete():
    assert mme(request(dosage(quantity(1, "{tbl}")))).exit_code == 4
    assert mme(request({"timing": every(4)})).exit_code == 4


def in_sequence() -> dict[str, Any]:
    def step(number: int, times: int, first: str, last: str) -> dict[str, Any]:
        bounds = {"start": first, "end": last}
        return {**dosage(quantity(1, "{tbl}"), every(times, boundsPeriod=bounds)), "sequence": number}

    return request(step(2, 3, "2027-01-01", "2027-01-31"), step(1, 4, "2026-12-01", "2026-12-31"))


def test_two_instructions_in_sequence_count_by_date():
    assert total(in_sequence(), date(2026, 12, 31)) == 30
    assert total(in_sequence(), date(2027, 1, 1)) == Fraction(45, 2)
    assert asks_whether_it_goes_on(in_sequence(), date(2027, 2, 1), "0 by supply, 22.5 if it goes on")


def asks_whether_it_goes_on(resource: Any, day: date, words: str) -> bool:
    """An active order after its reckoned end: no figure that looks whole, the words, a warning, and exit 4."""
    report = mme(resource, day)
    problem = next(each for each in report.problems if each.code == "FHIR-007")
    return (
        not isinstance(report.total, CompleteTotal)
        and report.exit_code == 4
        and words in problem.text
        and "FHIR-103" in {each.code for each in report.cautions}
    )


def test_equal_orders_of_two_prescribers_both_count():
    orders = [request(PATCH, drug=FENTANYL, id=f"o{n}", requester={"reference": f"Practitioner/{n}"}) for n in (1, 2)]
    assert total(bundle(*orders)) == 360
    assert [line.prescriber for line in case(bundle(*orders)).lines] == ["Practitioner/1", "Practitioner/2"]


def test_one_resource_sent_twice_counts_once():
    assert total(bundle(request(TABLETS, id="a"), request(TABLETS, id="a"))) == 30


def test_two_versions_of_one_resource():
    old = request(TABLETS, id="a", meta={"lastUpdated": "2026-12-01T08:00:00Z"})
    new = request(dosage(quantity(1, "{tbl}"), every(2)), id="a", meta={"lastUpdated": "2027-01-01T08:00:00Z"})
    assert total(bundle(old, new)) == total(bundle(new, old)) == 15
    for each in (old, new):
        del each["meta"]
    assert "FHIR-006" in codes(bundle(old, new))


def test_dose_in_micrograms():
    assert total(request(dosage(quantity(10000, "ug"), every(4)))) == 60


def test_a_crumb_of_a_tablet_is_a_slip_of_the_unit():
    # an extended-release tablet of 10 mg: 10 mg is one, 100 ug is a hundredth
    assert total(request(dosage(quantity(10, "mg"), every(2)))) == 30
    assert codes(request(dosage(quantity(100, "ug"), every(2)))) == {"DIR-007"}


def test_rate_of_a_patch():
    rates = (
        {"rateQuantity": quantity(75, "ug/h")},
        {"rateRatio": {"numerator": quantity(75, "ug"), "denominator": quantity(1, "h")}},
        {"doseQuantity": quantity(1, "{patch}"), "rateQuantity": quantity(75, "ug/h")},
    )
    for rate in rates:
        assert total(request({"timing": every(1, 72, "h"), "doseAndRate": [rate]}, drug=FENTANYL)) == 180
    two = {"doseQuantity": quantity(2, "{patch}"), "rateQuantity": quantity(75, "ug/h")}
    assert codes(request({"timing": every(1, 72, "h"), "doseAndRate": [two]}, drug=FENTANYL)) == {"DIR-007"}
    measured = {"timing": every(1, 72, "h"), "doseAndRate": [{"doseQuantity": quantity(10, "mg")}]}
    assert codes(request(measured, drug=FENTANYL)) == {"DIR-007"}  # not ten patches
    infusion = {"timing": every(1, 1), "doseAndRate": [{"rateQuantity": quantity(2, "mg/h")}]}
    assert codes(request(infusion, drug={"text": "morphine 10 mg/mL injection"})) == {"DIR-011"}


@pytest.mark.parametrize("status", ["stopped", "cancelled", "entered-in-error", "draft", "on-hold"])
def test_status_that_does_not_count(status):
    assert total(request(TABLETS, status=status)) == 0
    assert "FHIR-101" in said(request(TABLETS, status=status))


@pytest.mark.parametrize("status", ["unknown", "running", None, 7])
def test_status_that_does_not_tell(status):
    report = mme(request(TABLETS, status=status))
    assert {problem.code for problem in report.problems} == {"FHIR-003"}
    assert report.exit_code == 3
    assert report.problems[0].where == "line 1, .status"


@pytest.mark.parametrize("intent", ["proposal", "plan", "option"])
def test_intent_that_does_not_count(intent):
    assert total(request(TABLETS, intent=intent)) == 0
    assert "FHIR-101" in said(request(TABLETS, intent=intent))


def test_do_not_perform_is_no_drug():
    assert total(request(TABLETS, doNotPerform=True)) == 0


def test_a_completed_order_counts_on_its_days():
    bounds = {"start": "2027-01-01", "end": "2027-01-10"}
    order = request(dosage(quantity(1, "{tbl}"), every(4, boundsPeriod=bounds)), status="completed")
    assert total(order) == 30
    assert total(order, date(2027, 1, 11)) == 0
    assert total(request(TABLETS, status="completed")) == 0


# --- how often ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("timing", "times"),
    [
        (every(1, 6, "h"), 4),
        (every(1, 8, "h", periodMax=12), 3),
        (every(1, frequencyMax=3), 3),
        (every(3, 1, "wk"), Fraction(3, 7)),
        (every(1, 1440, "min"), 1),
        ({"repeat": {"timeOfDay": ["08:00:00", "20:00:00"]}}, 2),
        ({"repeat": {"frequency": 2, "period": 1, "periodUnit": "d", "timeOfDay": ["08:00", "20:00"]}}, 2),
        ({"repeat": {"when": ["MORN", "HS"]}}, 2),
        ({"repeat": {"when": ["ACM", "ACD", "ACV"], "frequency": 3, "period": 1, "periodUnit": "d"}}, 3),
        (every(3, when=["AC"]), 3),
        ({"repeat": {"period": 12, "periodUnit": "h"}}, 2),
        (
            {"repeat": {"dayOfWeek": ["mon", "wed", "fri"], "frequency": 2, "period": 1, "periodUnit": "d"}},
            Fraction(6, 7),
        ),
        (
            {"repeat": {"dayOfWeek": ["mon", "wed", "fri"], "frequency": 3, "period": 1, "periodUnit": "wk"}},
            Fraction(3, 7),
        ),
        ({"repeat": {"dayOfWeek": ["mon"], "frequency": 1, "period": 2, "periodUnit": "wk"}}, Fraction(1, 14)),
        ({"repeat": {"dayOfWeek": ["mon", "thu"]}}, Fraction(2, 7)),
        ({"repeat": {"dayOfWeek": ["mon", "thu"], "timeOfDay": ["08:00", "20:00"]}}, Fraction(4, 7)),
        ({"code": {"coding": [{"system": ABBREVIATION, "code": "BID"}]}}, 2),
        ({"code": {"coding": [{"system": ABBREVIATION, "code": "QOD"}]}}, Fraction(1, 2)),
        ({"code": {"text": "every 6 hours"}}, 4),
        ({**every(2), "code": {"text": "twice daily"}}, 2),
        ({"event": ["2027-01-04T08:00:00Z", "2027-01-04T20:00:00Z"]}, 2),
    ],
)
def test_times_per_day(timing, times):
    assert total(request(dosage(quantity(1, "{tbl}"), timing))) == Fraction(15, 2) * times


@pytest.mark.parametrize(
    ("timing", "code", "place"),
    [
        ({"repeat": {"frequency": 2}}, "DIR-001", "repeat.period"),
        ({"repeat": {"frequency": 2, "periodUnit": "d"}}, "DIR-001", "repeat.period"),
        ({"repeat": {"frequency": 2, "period": 1}}, "UNIT-001", "repeat.periodUnit"),
        (every(1, 1, "mo"), "DIR-005", "repeat.periodUnit"),
        (every(1, 1, "day"), "UNIT-001", "repeat.periodUnit"),
        (every(1, 0), "NUM-002", "repeat.period"),
        (every(0), "FHIR-001", "repeat.frequency"),
        (every(3, frequencyMax=2), "NUM-002", "repeat.frequencyMax"),
        ({"repeat": {"frequency": "2", "period": 1, "periodUnit": "d"}}, "FHIR-001", "repeat.frequency"),
        ({"repeat": {"when": ["AC"]}}, "DIR-001", "repeat.when"),
        ({"repeat": {"when": ["LUNCH"]}}, "FHIR-001", "repeat.when"),
        ({"repeat": {"when": ["MORN"], "timeOfDay": ["08:00"]}}, "FHIR-001", "repeat"),
        (every(3, timeOfDay=["08:00", "20:00"]), "DIR-007", "repeat"),
        (every(1, 1, "wk", dayOfWeek=["mon", "wed"]), "DIR-007", "repeat.dayOfWeek"),
        ({"repeat": {"dayOfWeek": ["Monday"]}}, "FHIR-001", "repeat.dayOfWeek"),
        ({"repeat": {"count": 10}}, "DIR-008", "repeat.count"),
        ({"repeat": {"interval": 3}}, "FHIR-002", "repeat.interval"),
        ({**every(2), "code": {"text": "every 6 hours"}}, "DIR-007", "code"),
        ({"code": {"text": "when the moon is full"}}, "DIR-005", "code"),
        (every(1, boundsPeriod={"start": "2027-02-01", "end": "2027-01-01"}), "CASE-003", "repeat.boundsPeriod"),
        ({"event": ["2027-01"]}, "FHIR-001", "event[0]"),
        ("every day", "FHIR-001", ""),
    ],
)
def test_timing_that_is_refused_names_its_place(timing, code, place):
    report = mme(request(dosage(quantity(1, "{tbl}"), timing)))
    problem = report.problems[0]
    assert problem.code == code
    assert problem.where == f"line 1, .dosageInstruction[0].timing{'.' if place else ''}{place}"
    assert not getattr(report.total, "maximum", None)


# --- how much ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dose", "mg"),
    [
        (quantity(2, "{tbl}"), 10),
        (quantity(1, "{tablet}"), 5),
        (quantity(1, "{Tablet}"), 5),
        (quantity(5, "mg"), 5),
        (quantity(1, unit="tablet(s)"), 5),
        (quantity(2), 10),
        (quantity(1, unit="TAB", system="http://terminology.hl7.org/CodeSystem/v3-orderableDrugForm", code="TAB"), 5),
        (quantity(1, unit="Tablet", system="http://snomed.info/sct", code="428673006"), 5),
        (quantity(5, "mg", unit="milligrams"), 5),
        (quantity(5000, "mcg"), 5),
        (quantity(5, "MG"), 5),
        (quantity(1, "1", unit="tablet"), 5),
    ],
)
def test_doses(dose, mg):
    assert total(request(dosage(dose, every(1)))) == mg * Fraction(3, 2)


@pytest.mark.parametrize(
    ("dose", "code"),
    [
        (quantity(5, "mg", unit="mcg"), "UNIT-001"),
        (quantity(1, "[tsp_us]"), "DIR-003"),
        (quantity(20, "[drp]"), "DIR-003"),
        (quantity(5, "[arb'U]"), "UNIT-001"),
        (quantity(5, unit="pinch"), "UNIT-001"),
        ({"value": 1, "system": "http://snomed.info/sct", "code": "428673006"}, "UNIT-001"),
        (quantity(1, "{patch}"), "DIR-007"),
        (quantity(5, "mL"), "DIR-007"),
        (quantity(5, "h"), "UNIT-001"),
        (quantity(0, "mg"), "NUM-002"),
        (quantity(-1, "mg"), "FHIR-001"),
        (quantity("5", "mg"), "FHIR-001"),
        (quantity(5, "mg", comparator="<"), "FHIR-001"),
        ({"system": UCUM, "code": "mg"}, "FHIR-001"),
        (quantity(5000, "mg"), "NUM-002"),
        ([], "FHIR-001"),
    ],
)
def test_doses_that_are_refused(dose, code):
    report = mme(request(dosage(dose, every(1))))
    assert {problem.code for problem in report.problems} & {code}, report.problems
    assert report.problems[0].where.startswith("line 1, .dosageInstruction[0]")
    assert report.exit_code in (3, 4)


def test_a_range_of_doses():
    said_ = {
        "timing": every(4),
        "doseAndRate": [{"doseRange": {"low": quantity(1, "{tbl}"), "high": quantity(2, "{tbl}")}}],
    }
    report = mme(request(said_))
    assert total_of(report).scheduled.value == 30
    assert total_of(report).maximum.value == 60


def test_as_needed_and_the_most_a_day():
    limit = {"numerator": quantity(3, "{tbl}"), "denominator": quantity(24, "h")}
    said_ = dosage(quantity(1, "{tbl}"), every(1, 4, "h"), asNeededBoolean=True, maxDosePerPeriod=limit)
    report = mme(request(said_))
    assert total_of(report).scheduled.value == 0
    assert total_of(report).maximum.value == Fraction(45, 2)
    concept = dosage(quantity(1, "{tbl}"), every(4), asNeededCodeableConcept={"text": "pain"})
    assert there(case(request(concept)).lines[0].regimen).sig.reason == "pain"
    weekly = {"numerator": quantity(3, "{tbl}"), "denominator": quantity(1, "wk")}
    assert codes(request(dosage(quantity(1, "{tbl}"), every(4), maxDosePerPeriod=weekly))) == {"DIR-007"}


def test_the_ordered_dose_of_several():
    system = "http://terminology.hl7.org/CodeSystem/dose-rate-type"
    entries = [
        {"type": {"coding": [{"system": system, "code": "calculated"}]}, "doseQuantity": quantity(3, "{tbl}")},
        {"type": {"coding": [{"system": system, "code": "ordered"}]}, "doseQuantity": quantity(1, "{tbl}")},
    ]
    assert total(request({"timing": every(4), "doseAndRate": entries})) == 30
    for entry in entries:
        del entry["type"]
    assert codes(request({"timing": every(4), "doseAndRate": entries})) == {"DIR-007"}


# --- words -------------------------------------------------------------------------------------------------------


def test_words_alone_are_read():
    assert total(request({"text": "1 tablet every 6 hours"})) == 30
    assert total(request({"text": "apply 1 patch every 3 days"}, drug=FENTANYL)) == 180
    assert mme(request({"text": "as directed"})).exit_code in (3, 4)


def test_words_complete_the_parts_and_must_not_contradict_them():
    assert total(request({**dosage(quantity(1, "{tbl}")), "text": "1 tablet every 6 hours"})) == 30
    assert total(request({**TABLETS, "text": "Take 1 tablet by mouth 4 times daily"})) == 30
    assert codes(request({**TABLETS, "text": "1 tablet every 12 hours"})) == {"CASE-003"}
    assert total(request({**TABLETS, "text": "selon le plan remis"})) == 30


def test_instructions_that_may_matter_are_said():
    assert "FHIR-102" in said(request({**TABLETS, "patientInstruction": "stop after 3 days"}))
    assert "FHIR-102" not in said(request({**TABLETS, "additionalInstruction": [{"text": "with food"}]}))


# --- the drug ----------------------------------------------------------------------------------------------------


def test_code_and_words_beside_it():
    both = {"coding": [{"system": RXNORM, "code": "197696"}], "text": "fentanyl 75 mcg/h patch"}
    assert total(request(PATCH, drug=both)) == 180
    other = {**both, "text": "fentanyl 25 mcg/h patch"}
    assert codes(request(PATCH, drug=other)) == {"CASE-003"}
    unknown = {"coding": [{"system": RXNORM, "code": "1"}], **OXYCODONE}
    assert total(request(TABLETS, drug=unknown)) == 30
    assert "PROD-105" in said(request(TABLETS, drug=unknown))


def test_a_concentration_as_labelled_agrees_with_the_rounded_one_of_its_code():
    """RxNorm gives 7.5 mg and 325 mg in 15 mL as 0.5 mg/mL and 21.7 mg/mL; the words are the exact ones."""
    drug = {
        "coding": [{"system": RXNORM, "code": "856940"}],
        "text": "hydrocodone/acetaminophen 7.5/325 mg/15 mL solution",
    }
    order = request(dosage(quantity(15, "mL"), every(4)), drug=drug)
    assert total(order) == 30
    (line,) = case(order).lines
    assert line.regimen is not None
    assert [str(each.strength) for each in line.regimen.product.components] == ["0.5 mg/mL", "21.666667 mg/mL"]
    other = {**drug, "text": "hydrocodone/acetaminophen 10/325 mg/15 mL solution"}
    assert codes(request(dosage(quantity(15, "mL"), every(4)), drug=other)) == {"CASE-003"}


@pytest.mark.parametrize(
    ("drug", "code"),
    [
        ({"coding": [{"system": RXNORM, "code": "1"}]}, "DRUG-001"),
        ({"coding": [{"system": NDC, "code": "0406055201"}]}, "NDC-002"),
        ({"coding": [{"system": NDC, "code": "00406055201"}]}, "DRUG-001"),
        ({"coding": [{"system": "http://snomed.info/sct", "code": "1"}]}, "DRUG-004"),
        ({"text": "oxicodone 5 mg tablet"}, "DRUG-001"),
        ({}, "DRUG-004"),
        ({"text": 5}, "FHIR-001"),
    ],
)
def test_drugs_that_are_not_known(drug, code):
    report = mme(request(TABLETS, drug=drug))
    assert code in {problem.code for problem in report.problems}
    assert report.exit_code in (3, 4)
    assert "medicationCodeableConcept" in report.problems[0].where


def test_medication_contained_or_in_the_bundle():
    held = {"resourceType": "Medication", "id": "m", "code": FENTANYL}
    contained = request(PATCH, contained=[held], medicationReference={"reference": "#m"})
    del contained["medicationCodeableConcept"]
    assert total(contained) == 180
    beside = request(PATCH, medicationReference={"reference": "Medication/m"})
    del beside["medicationCodeableConcept"]
    assert total(bundle(held, beside)) == 180
    addressed = {
        "resourceType": "Bundle",
        "entry": [
            {"fullUrl": "urn:uuid:m", "resource": {**held, "id": "other"}},
            {"fullUrl": "urn:uuid:p", "resource": {"resourceType": "Patient"}},
            {
                "fullUrl": "urn:uuid:o",
                "resource": {
                    **beside,
                    "subject": {"reference": "urn:uuid:p"},
                    "medicationReference": {"reference": "urn:uuid:m"},
                },
            },
        ],
    }
    assert total(addressed) == 180
    report = mme(beside)
    assert {problem.code for problem in report.problems} == {"FHIR-004"}
    assert report.exit_code == 4


def test_medication_by_its_ingredients():
    strength = {"numerator": quantity(5, "mg"), "denominator": quantity(1, "{tbl}")}
    medication = {
        "resourceType": "Medication",
        "id": "m",
        "form": {"text": "tablet"},
        "ingredient": [{"itemCodeableConcept": {"text": "oxycodone"}, "strength": strength}],
    }
    order = request(TABLETS, contained=[medication], medicationReference={"reference": "#m"})
    del order["medicationCodeableConcept"]
    assert total(order) == 30


def test_route_is_held_against_the_product():
    intravenous = {"route": {"coding": [{"system": "http://snomed.info/sct", "code": "47625008"}]}}
    vague = {"text": "morphine"}
    by_mouth = dosage(quantity(10, "mg"), every(4), route={"text": "Oral route"})
    injected = dosage(quantity(10, "mg"), every(4), **intravenous)
    assert total(request(by_mouth, drug=vague)) == 40
    assert mme(request(injected, drug=vague)).exit_code == 4
    assert codes(request({**PATCH, "route": {"text": "oral"}}, drug=FENTANYL)) == {"DIR-007"}


# --- days --------------------------------------------------------------------------------------------------------


def test_supply_ends_an_order_aloud():
    supply = {"expectedSupplyDuration": quantity(30, "d"), "quantity": quantity(120, "{tbl}")}
    order = request(TABLETS, authoredOn="2026-12-10", dispenseRequest=supply)
    report = mme(order)
    assert there(total_of(report).expected).value == 30
    assert total(order, date(2026, 12, 9)) == 0
    assert asks_whether_it_goes_on(order, date(2027, 1, 9), "0 by supply, 30 if it goes on")
    more = {**supply, "numberOfRepeatsAllowed": 1}
    assert total(request(TABLETS, authoredOn="2026-12-10", dispenseRequest=more), date(2027, 2, 7)) == 30


def test_lengths_in_sequence():
    def step(number: int, times: int, days: int | None) -> dict[str, Any]:
        bounds: dict[str, Any] = {} if days is None else {"boundsDuration": quantity(days, "d")}
        return {**dosage(quantity(1, "{tbl}"), every(times, **bounds)), "sequence": number}

    order = request(step(1, 4, 7), step(2, 3, 7), step(3, 2, None), authoredOn="2027-01-01")
    figures = [total(order, date(2027, 1, day)) for day in (1, 7, 8, 14, 15, 31)]
    assert figures == [30, 30, Fraction(45, 2), Fraction(45, 2), 15, 15]
    del order["authoredOn"]
    assert "DIR-008" in codes(order)


def test_instructions_side_by_side():
    morning = dosage(quantity(1, "{tbl}"), {"repeat": {"when": ["MORN"]}})
    night = dosage(quantity(2, "{tbl}"), {"repeat": {"when": ["HS"]}})
    assert total(request(morning, night)) == Fraction(45, 2)
    assert len(case(request(morning, night)).lines) == 1
    assert "FHIR-105" not in said(request({**morning, "sequence": 1}, {**night, "sequence": 1}))
    needed = {**TABLETS, "asNeededBoolean": True}
    assert "FHIR-105" in said(request(morning, needed))
    assert len(case(request(morning, needed)).lines) == 2


def test_sequence_that_overlaps_is_refused_but_for_one_day():
    def step(number: int, first: str, last: str) -> dict[str, Any]:
        return {
            **dosage(quantity(1, "{tbl}"), every(4, boundsPeriod={"start": first, "end": last})),
            "sequence": number,
        }

    touching = request(step(1, "2026-12-01", "2027-01-04"), step(2, "2027-01-04", "2027-01-31"))
    assert total(touching) == 30
    assert codes(request(step(1, "2026-12-01", "2027-01-10"), step(2, "2027-01-01", "2027-01-31"))) == {"DIR-007"}


def test_a_number_of_doses_ends_it():
    order = request(dosage(quantity(1, "{tbl}"), every(4, count=20)), authoredOn="2027-01-01")
    assert total(order, date(2027, 1, 5)) == 30
    assert asks_whether_it_goes_on(order, date(2027, 1, 6), "0 by supply, 30 if it goes on")


# --- other resources ---------------------------------------------------------------------------------------------


def statement(**more: Any) -> dict[str, Any]:
    return {
        "resourceType": "MedicationStatement",
        "status": "active",
        "subject": {"reference": "Patient/1"},
        "medicationCodeableConcept": OXYCODONE,
        "dosage": [TABLETS],
        **more,
    }


def dispense(**more: Any) -> dict[str, Any]:
    return {
        "resourceType": "MedicationDispense",
        "status": "completed",
        "subject": {"reference": "Patient/1"},
        "medicationCodeableConcept": OXYCODONE,
        "dosageInstruction": [TABLETS],
        "whenHandedOver": "2026-12-20",
        "daysSupply": quantity(30, "d"),
        **more,
    }


def test_statements():
    assert total(statement()) == 30
    assert total(statement(effectivePeriod={"start": "2026-01-01", "end": "2026-12-31"})) == 0
    assert total(statement(status="not-taken")) == 0
    assert total(statement(status="completed", effectivePeriod={"start": "2027-01-01", "end": "2027-01-09"})) == 30
    past = case(statement(status="stopped", effectivePeriod={"start": "2026-12-01", "end": "2026-12-31"}))
    assert past.lines[0].end == date(2026, 12, 31)


def test_dispenses():
    assert total(dispense()) == 30
    assert total(dispense(), date(2027, 1, 19)) == 0
    assert total(dispense(status="in-progress")) == 0


def test_a_dispensing_of_an_order_counts_once():
    order = request(TABLETS, id="o")
    linked = dispense(authorizingPrescription=[{"reference": "MedicationRequest/o"}])
    assert total(bundle(order, linked)) == 30
    assert total(bundle(order, dispense())) == 60
    assert "FHIR-103" in said(bundle(order, dispense()))
    assert total(bundle({**order, "status": "stopped"}, linked)) == 0
    assert total(bundle({**order, "status": "completed"}, linked)) == 30
    assert total(bundle(order, statement(basedOn=[{"reference": "MedicationRequest/o"}]))) == 30


def test_an_order_that_carries_out_another_counts_once():
    first = request(TABLETS, id="o")
    filler = request(TABLETS, id="f", intent="filler-order", basedOn=[{"reference": "MedicationRequest/o"}])
    assert total(bundle(filler, first)) == 30


def test_administrations_are_history():
    given = {
        "resourceType": "MedicationAdministration",
        "status": "completed",
        "subject": {"reference": "Patient/1"},
        "medicationCodeableConcept": {"text": "phenelzine 15 mg tablet"},
        "effectiveDateTime": "2027-01-02T08:00:00Z",
    }
    found = case(bundle(given, {**given, "effectiveDateTime": "2027-01-03"}, request(TABLETS)))
    assert [(line.start, line.end) for line in found.lines[1:]] == [(date(2027, 1, 2), date(2027, 1, 3))]
    assert total(bundle(given, request(TABLETS))) == 30
    assert "FHIR-101" in said(bundle({**given, "effectiveDateTime": "2027-01-04"}))


@pytest.mark.parametrize(
    ("gender", "sex", "noted"), [("Male", "male", set()), ("unknown", None, set()), ("weiblich", None, {"CASE-002"})]
)
def test_a_gender_that_is_not_read_is_a_problem(gender, sex, noted):
    found = case(bundle({"resourceType": "Patient", "id": "1", "gender": gender}))
    assert (found.patient.sex, {each.code for each in found.problems}) == (sex, noted)


@pytest.mark.parametrize("status", ["remission", "resolved", "inactive"])
def test_opioid_use_disorder_that_is_over_is_kept_as_in_remission(status):
    clinical = {"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": status}
    over = {
        "resourceType": "Condition",
        "subject": {"reference": "Patient/1"},
        "code": {"text": "Opioid dependence (disorder)"},
        "clinicalStatus": {"coding": [clinical]},
    }
    found = case(bundle({"resourceType": "Patient", "id": "1"}, over))
    assert found.patient.conditions == ("opioid use disorder in remission",)


def test_the_patient():
    patient = {"resourceType": "Patient", "id": "1", "gender": "female", "birthDate": "1960-01-05"}
    confirmed = [{"system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": "refuted"}]
    over = [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "resolved"}]

    def condition(text: str, **more: Any) -> dict[str, Any]:
        return {"resourceType": "Condition", "subject": {"reference": "Patient/1"}, "code": {"text": text}, **more}

    def egfr(value: int, day: str) -> dict[str, Any]:
        return {
            "resourceType": "Observation",
            "status": "final",
            "code": {"coding": [{"system": "http://loinc.org", "code": "98979-8"}]},
            "subject": {"reference": "Patient/1"},
            "effectiveDateTime": day,
            "valueQuantity": quantity(value, "mL/min/{1.73_m2}"),
        }

    found = case(
        bundle(
            patient,
            condition("Obstructive sleep apnea (disorder)"),
            condition("Essential hypertension"),
            condition("copd", verificationStatus={"coding": confirmed}),
            condition("epilepsy", clinicalStatus={"coding": over}),
            condition("Ingrowing nail"),
            egfr(50, "2026-01-01"),
            egfr(40, "2026-12-01"),
            egfr(90, "2027-06-01"),
            {"resourceType": "Observation", "status": "final", "code": {}, "subject": {"reference": "Patient/1"}},
            {"resourceType": "Encounter", "subject": {"reference": "Patient/1"}},
        )
    )
    assert (found.id, found.patient.age, found.patient.sex) == ("1", 66, "female")
    assert found.patient.conditions == ("sleep apnea", "hypertension", "seizure disorder")
    assert found.patient.egfr == 40
    assert {caution.code for caution in found.cautions} == {"COND-101", "FHIR-102", "FHIR-106"}
    assert not found.problems


def test_a_misspelled_condition_is_a_problem():
    near = {"resourceType": "Condition", "subject": {"reference": "Patient/1"}, "code": {"text": "sleep apnoeaa"}}
    assert "COND-001" in {problem.code for problem in case(near).problems}


# --- Bundles -----------------------------------------------------------------------------------------------------


def test_one_case_for_each_patient():
    other = request(PATCH, drug=FENTANYL, subject={"reference": "Patient/2"})
    found = cases(bundle(request(TABLETS), other, request(TABLETS)))
    assert [(each.id, len(each.lines)) for each in found] == [("1", 2), ("2", 1)]


def test_one_patient_by_reference_and_by_identifier():
    """A person known here by an id and elsewhere by a record number is one, and so is the total."""
    mrn = {"system": "urn:oid:1.2", "value": "MRN-7"}
    patient = {"resourceType": "Patient", "id": "1", "identifier": [mrn]}
    other = request(TABLETS, subject={"identifier": mrn})
    for resources in ([patient, request(TABLETS), other], [other, request(TABLETS), patient]):
        (found,) = cases(bundle(*resources))
        assert (found.id, len(found.lines)) == ("1", 2)
    nameless = {"resourceType": "Patient", "identifier": [mrn], "gender": "female"}
    (found,) = cases(bundle(nameless, other))
    assert (found.id, found.patient.sex) == ("MRN-7", "female")
    addressed = bundle(nameless, request(TABLETS, subject={"reference": "urn:uuid:p"}), other)
    addressed["entry"][0]["fullUrl"] = "urn:uuid:p"
    assert [len(each.lines) for each in cases(addressed)] == [2]
    (alone,) = cases(bundle({"resourceType": "Patient"}, request(TABLETS, subject=None)))
    assert alone.id is None


def test_what_names_no_patient():
    homeless = request(TABLETS, subject=None)
    assert total(bundle({"resourceType": "Patient", "id": "1"}, homeless)) == 30
    several = cases(bundle(request(TABLETS), request(TABLETS, subject={"reference": "Patient/2"}), homeless))
    assert "FHIR-006" in {problem.code for problem in several[0].problems}
    assert several[0].unread


def test_a_page_of_several_is_incomplete():
    page = bundle(request(TABLETS), link=[{"relation": "next", "url": "x"}])
    report = mme(page)
    assert isinstance(report.total, AtLeast)
    assert report.exit_code == 4
    outcome = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "timeout"}]}
    assert isinstance(mme(bundle(request(TABLETS), outcome)).total, AtLeast)


def test_bundles_within_bundles():
    assert total(bundle(bundle(request(TABLETS)))) == 30
    deep = request(TABLETS)
    for _ in range(9):
        deep = bundle(deep)
    assert mme(deep).exit_code == 3


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"modifierExtension": [{"url": "x"}]}, "FHIR-002"),
        ({"implicitRules": "http://x"}, "FHIR-002"),
        ({"medication": {"concept": {"text": "x"}}}, "FHIR-002"),
        ({"dosageInstruction": [{**TABLETS, "asNeeded": True}]}, "FHIR-002"),
        ({"dosageInstruction": [{"doseQuantity": quantity(1, "{tbl}"), "timing": every(4)}]}, "FHIR-002"),
        ({"dosageInstruction": {}}, "FHIR-001"),
        ({"dosageInstruction": [TABLETS] * 501}, "FHIR-001"),
        ({"authoredOn": "yesterday"}, "FHIR-001"),
        ({"authoredOn": "2027-02-30"}, "FHIR-001"),
        ({"intent": []}, "FHIR-003"),
        ({"status": {}}, "FHIR-003"),
        ({"dosageInstruction": [{**TABLETS, "route": {"coding": 5}}]}, "FHIR-001"),
    ],
)
def test_what_is_not_r4_is_a_problem(changes, code):
    report = mme(request(TABLETS, **changes))
    assert code in {problem.code for problem in report.problems}
    assert report.exit_code == 3


def test_other_versions_are_named_in_the_answer():
    r5 = {**request(), "medication": {"concept": OXYCODONE}}
    del r5["medicationCodeableConcept"]
    assert "FHIR-002" in codes(r5)
