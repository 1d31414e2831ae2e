"""Conditions of FHIR records: codes without words, what is over, what is denied, what was not read."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import medsteward
from medsteward.advice.case.check import check_case as check_with
from medsteward.model.conditions import CONDITIONS, implied
from medsteward.patient.conditions.codes import System, read_code
from medsteward.patient.conditions.rows import read_rows
from medsteward.patient.conditions.stated import read_stated
from medsteward.patient.picture import Picture
from medsteward.writers.check.table import headline
from tests.build import there
from tests.counts import examples

AS_OF = date(2027, 1, 4)
CM = "http://hl7.org/fhir/sid/icd-10-cm"
WHO = "http://hl7.org/fhir/sid/icd-10"
CM9 = "http://hl7.org/fhir/sid/icd-9-cm"
SNOMED = "http://snomed.info/sct"
OXYCODONE = "oxycodone 5 mg tablet, 1 tablet every 6 hours"


def coded(code: str, system: str = CM, display: str | None = None, **more: Any) -> dict[str, Any]:
    coding = {"system": system, "code": code} | ({} if display is None else {"display": display})
    return condition({"coding": [coding]}, **more)


def condition(code: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"resourceType": "Condition", "subject": {"reference": "Patient/1"}, "code": code, **more}


def status(clinical: str) -> dict[str, Any]:
    system = "http://terminology.hl7.org/CodeSystem/condition-clinical"
    return {"clinicalStatus": {"coding": [{"system": system, "code": clinical}]}}


def verification(word: str) -> dict[str, Any]:
    system = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
    return {"verificationStatus": {"coding": [{"system": system, "code": word}]}}


def observed(code: str, **value: Any) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
        "subject": {"reference": "Patient/1"},
        "effectiveDateTime": "2027-01-01",
        **value,
    }


def amount(value: float, unit: str) -> dict[str, Any]:
    return {"valueQuantity": {"value": Decimal(str(value)), "system": "http://unitsofmeasure.org", "code": unit}}


def case_of(*resources: dict[str, Any], born: str = "1967-01-01", sex: str = "female") -> Any:
    patient = {"resourceType": "Patient", "id": "1", "gender": sex, "birthDate": born}
    bundle = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"resource": each} for each in (patient, *resources)],
    }
    (found,) = medsteward.read_fhir(bundle, as_of=AS_OF)
    return found


def check_case(case: Any) -> Any:
    return check_with(case, table=medsteward.factor_table("cdc_2022"))


def said(case: Any) -> str:
    return " ".join(each.text for each in case.cautions)


def order(*reasons: dict[str, Any]) -> dict[str, Any]:
    return {
        "resourceType": "MedicationRequest",
        "status": "active",
        "intent": "order",
        "subject": {"reference": "Patient/1"},
        "authoredOn": "2027-01-02",
        "medicationCodeableConcept": {"text": "oxycodone 5 mg tablet"},
        "dosageInstruction": [{"text": "1 tablet every 6 hours"}],
        "reasonCode": list(reasons),
    }


# --- codes -------------------------------------------------------------------------------------------------------


def test_codes_count_with_and_without_their_words():
    found = case_of(coded("C79.51", display="Secondary malignant neoplasm of bone"), coded("G47.33"), coded("N18.4"))
    assert found.patient.conditions == ("cancer", "sleep apnea", "ckd stage 4")
    picture = Picture(found)
    assert picture.is_outside is not None
    kidney = there(picture.kidney)
    assert kidney.low == 15
    assert kidney.high == 30
    assert not found.problems


def test_a_coded_condition_brings_its_findings_and_turns_thresholds_off():
    order_ = order()
    rules = {each.id for each in check_case(case_of(order_, coded("G47.33"))).findings}
    assert "DDC-201" in rules
    plain, cancer = (
        medsteward.mme_per_day(case_of(order_, *more), table=medsteward.factor_table("cdc_2022"))
        for more in ((), (coded("C79.51"),))
    )
    assert plain.thresholds != cancer.thresholds


@pytest.mark.parametrize(
    ("resource", "conditions"),
    [
        (coded("F11.21"), ("opioid use disorder in remission",)),
        (coded("F11.21", WHO), ("opioid use disorder",)),
        (coded("25000", CM9), ("diabetes",)),
        (coded("44054006", SNOMED), ("diabetes",)),
        (coded("999999999999", SNOMED, "Epilepsy (disorder)"), ("seizure disorder",)),
        (coded("T40.2X2A"), ("prior overdose", "suicidality")),
        (coded("T402X1D"), ("prior overdose",)),
        (coded("T40.2X6A"), ()),
        (coded("D57.3"), ()),
        (coded("Z85.3"), ()),
        (coded("S06.0X0S"), ("traumatic brain injury",)),
        (coded("J44.9", "urn:oid:2.16.840.1.113883.6.90"), ("copd",)),
        (condition({"text": "Alcoholism in remission"}), ("alcohol use disorder",)),
    ],
)
def test_a_code_is_read_by_its_system(resource, conditions):
    assert case_of(resource).patient.conditions == conditions


def test_several_codes_of_one_condition_are_taken_together_and_one_that_is_not_read_is_no_matter():
    codes = [{"system": "urn:local", "code": "7"}, {"system": CM, "code": "J44.9"}, {"system": SNOMED, "code": "1"}]
    found = case_of(condition({"coding": codes}))
    assert (found.patient.conditions, found.cautions) == (("copd",), ())


def test_a_code_and_words_that_disagree_ask():
    found = case_of(coded("G47.33", display="Epilepsy"))
    assert found.patient.conditions == ()
    assert "neither was counted" in said(found)


def test_reasons_of_an_order_are_read_by_code():
    found = case_of(order({"coding": [{"system": CM, "code": "C79.51"}]}))
    assert found.patient.conditions == ("cancer",)
    assert found.lines[0].regimen.indication == "Secondary malignant neoplasm of bone"
    assert Picture(found).is_outside is not None
    ended = {**order({"coding": [{"system": CM, "code": "G47.33"}]}), "status": "entered-in-error"}
    assert case_of(ended).patient.conditions == ()


def test_the_words_of_a_reason_are_an_indication_and_no_condition():
    found = case_of(order({"text": "for pain after a sprain"}))
    assert (found.patient.conditions, found.cautions) == ((), ())


# --- what is over, denied or not read ----------------------------------------------------------------------------


@pytest.mark.parametrize("over", [status("resolved"), status("inactive"), status("remission")])
@pytest.mark.parametrize(
    ("code", "conditions", "asks"),
    [
        ("G40.909", ("seizure disorder",), False),
        ("K25.4", ("gastrointestinal ulcer or bleed",), False),
        ("I63.9", ("stroke",), False),
        ("T14.91XA", ("suicidality",), False),
        ("F11.20", ("opioid use disorder in remission",), False),
        ("I21.9", ("cardiovascular disease",), False),
        ("C50.919", (), True),
        ("G47.33", ("sleep apnea",), True),
        ("N17.9", (), False),
        ("O09.90", (), False),
        ("E87.6", (), False),
    ],
)
def test_what_is_over_stays_as_far_as_it_matters(over, code, conditions, asks):
    found = case_of(coded(code, **over))
    assert found.patient.conditions == conditions
    assert ("COND-102" in {each.code for each in found.cautions}) == asks


def test_a_day_of_end_ends_as_a_status_does():
    ended = case_of(coded("F11.20", abatementDateTime="2024-03-01"))
    assert ended.patient.conditions == ("opioid use disorder in remission",)
    assert case_of(coded("F11.20", abatementDateTime="2029-03-01")).patient.conditions == ("opioid use disorder",)


def test_a_disorder_in_remission_makes_no_opioid_for_pain_treatment():
    case = medsteward.case_of(
        "methadone 5 mg tablet, 1 tablet every 8 hours for pain",
        as_of=AS_OF,
        patient={"conditions": ["F11.21"]},
    )
    assert {each.value for each in Picture(case).answers_oud} == {"not for opioid use disorder"}
    assert "prior" in str(case) or "opioid use disorder in remission" in case.patient.conditions


def test_what_is_refuted_is_set_aside_but_suicidality_is_asked_about():
    found = case_of(coded("J44.9", **verification("refuted")), coded("R45.851", **verification("refuted")))
    assert found.patient.conditions == ()
    assert [each.code for each in found.cautions] == ["COND-102"]
    assert "before any taper" in said(found)


def test_words_that_deny_are_set_aside_in_silence():
    for words in ("No history of seizures", "Family history of breast cancer", "Patient denies drug use (finding)"):
        found = case_of(condition({"text": words}))
        assert (found.patient.conditions, found.cautions, found.problems) == ((), (), ())


def test_what_was_not_read_is_named_first_and_never_dropped():
    found = case_of(order(), condition({"text": "Ingrowing nail of the left great toe, second occurrence (disorder)"}))
    report = check_case(found)
    name = "Ingrowing nail of the left great toe, second occurrence"
    assert headline(report).startswith(f'NOT CHECKED, as not understood: condition "{name}". Of the rest: ')
    assert {each.code for each in found.cautions} >= {"COND-101"}
    assert "condition without words" not in headline(report)
    assert 'condition "X9"' in headline(check_case(case_of(order(), coded("X9", "urn:local"))))


# --- days --------------------------------------------------------------------------------------------------------


def test_weeks_of_pregnancy_are_those_of_the_code_and_the_days_since():
    found = case_of(coded("Z3A.20", recordedDate="2026-12-14"))
    assert (found.patient.conditions, found.patient.gestational_weeks) == (("pregnancy",), 23)
    assert case_of(coded("O24.410")).patient.gestational_weeks is None


def test_a_pregnancy_of_long_ago_asks():
    for resource in (coded("Z3A.20", recordedDate="2026-01-01"), coded("Z33.1", recordedDate="2025-01-01")):
        found = case_of(resource)
        assert (found.patient.conditions, found.patient.gestational_weeks) == ((), None)
        assert "42 weeks" in said(found)


@given(st.integers(0, 400))
@examples(40)
def test_an_infarction_is_recent_for_four_weeks(days):
    found = case_of(coded("I21.9", onsetDateTime=(AS_OF - timedelta(days=days)).isoformat()))
    recent = "recent myocardial infarction" in found.patient.conditions
    assert recent == (days <= 28)
    assert "cardiovascular disease" in implied(found.patient.conditions)


def test_coma_is_present_for_72_hours():
    now, past, undated = (
        case_of(coded("R40.20", **more))
        for more in ({"onsetDateTime": "2027-01-03"}, {"onsetDateTime": "2026-12-01"}, {})
    )
    assert now.patient.conditions == ("coma or stupor",)
    assert (past.patient.conditions, undated.patient.conditions) == ((), ())
    assert "72 hours" in said(past)
    assert "72 hours" in said(undated)


@pytest.mark.parametrize("name", sorted(set(CONDITIONS) - {"opioid tolerant"}))
def test_every_condition_comes_back_from_a_bundle_of_ours(name):
    case = medsteward.case_of(OXYCODONE, as_of=AS_OF, patient={"conditions": [name]})
    (back,) = medsteward.read_fhir(medsteward.case_bundle(case), as_of=AS_OF)
    assert name in case.patient.conditions
    assert back.patient.conditions == case.patient.conditions


# --- laws --------------------------------------------------------------------------------------------------------

COUNTED = [
    (system, meaning)
    for name, system in (("icd10cm.csv", System.ICD10CM), ("snomed.csv", System.SNOMED))
    for meaning, _ in read_rows(name)
    if meaning.conditions and meaning.action.value == "count" and not meaning.time and "-" not in meaning.name
]
LINES = (OXYCODONE, "tramadol 50 mg tablet, 1 tablet daily", "ibuprofen 600 mg tablet, 1 tablet 3 times daily")


@given(st.sampled_from(COUNTED))
@examples(40)
def test_a_condition_by_its_code_and_by_its_name_brings_the_same_findings(row):
    system, meaning = row
    code = {"coding": [{"system": CM if system is System.ICD10CM else SNOMED, "code": meaning.name}]}
    by_code = case_of(condition(code))
    names = list(read_code(system, meaning.name).conditions)
    by_code = medsteward.case_of(*LINES, as_of=AS_OF, patient={"conditions": list(by_code.patient.conditions)})
    typed = medsteward.case_of(*LINES, as_of=AS_OF, patient={"conditions": [f"{system.value}:{meaning.name}"]})
    by_name = medsteward.case_of(*LINES, as_of=AS_OF, patient={"conditions": names})
    findings = [[each.id for each in check_case(case).findings] for case in (by_code, typed, by_name)]
    assert findings[0] == findings[1] == findings[2]


REFUSED = [
    meaning.name for meaning, _ in read_rows("words.csv") if meaning.action.value in ("refuse", "ask", "history")
]


@given(st.sampled_from(REFUSED))
@examples(60)
def test_a_phrase_that_is_refused_or_asked_about_never_adds_a_finding(phrase):
    plain = medsteward.case_of(*LINES, as_of=AS_OF, patient={})
    more = medsteward.case_of(*LINES, as_of=AS_OF, patient={"conditions": [phrase]})
    assert [each.id for each in check_case(more).findings] == [each.id for each in check_case(plain).findings]
    assert not read_stated(phrase).reading.is_silent


# --- measures ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("resource", "fact", "value"),
    [
        (observed("70969-1", **amount(44, "mL/min/{1.73_m2}")), "egfr", 44),
        (observed("2160-0", **amount(1.2, "mg/dL")), "creatinine_mg_dl", 1.2),
        (observed("14682-9", **amount(88.4, "umol/L")), "creatinine_mg_dl", 1),
        (observed("29463-7", **amount(80, "kg")), "weight_kg", 80),
        (observed("29463-7", **amount(100, "[lb_av]")), "weight_kg", 45.359237),
        (observed("8636-3", **amount(0.43, "s")), "qtc_ms", 430),
        (observed("11884-4", **amount(20, "wk"), effectiveDateTime="2026-12-28"), "gestational_weeks", 21),
        (observed("11778-8", valueDateTime="2027-02-01"), "gestational_weeks", 36),
    ],
)
def test_a_measure_is_read_by_its_code_in_our_unit(resource, fact, value):
    found = case_of(resource)
    assert float(getattr(found.patient, fact)) == pytest.approx(value)
    assert not found.problems


@pytest.mark.parametrize("code", ["8634-8", "8637-1", "45066-8", "59408-5"])
def test_a_measure_that_is_none_of_our_facts_is_left_alone(code):
    found = case_of(observed(code, **amount(400, "ms")))
    assert found.patient.qtc_ms is None
    assert found.cautions == ()


def test_an_estimate_for_children_counts_below_18_only():
    schwartz = observed("50384-7", **amount(50, "mL/min/{1.73_m2}"))
    assert case_of(schwartz, born="2015-01-01").patient.egfr == 50
    assert case_of(schwartz).patient.egfr is None
    assert "children" in said(case_of(schwartz))


def test_pregnancy_by_its_status():
    def answer(code: str) -> dict[str, Any]:
        return observed("82810-3", valueCodeableConcept={"coding": [{"system": SNOMED, "code": code}]})

    assert case_of(answer("77386006")).patient.pregnant is True
    assert case_of(answer("60001007")).patient.pregnant is False
    assert case_of(answer("146799005")).patient.pregnant is None
    assert "Is the patient pregnant?" in said(case_of(answer("146799005")))


def test_a_body_mass_index_counts_in_adults():
    assert case_of(observed("39156-5", **amount(31, "kg/m2"))).patient.conditions == ("obesity",)
    assert case_of(observed("39156-5", **amount(18, "kg/m2"))).patient.conditions == ("frailty or wasting",)
    assert case_of(observed("39156-5", **amount(25, "kg/m2"))).patient.conditions == ()
    assert case_of(observed("39156-5", **amount(31, "kg/m2")), born="2015-01-01").patient.conditions == ()


@pytest.mark.parametrize(
    ("resource", "words"),
    [
        (observed("44260-8", valueInteger=2), "suicidality"),
        (observed("75626-2", valueInteger=3), "alcohol use"),
        (observed("82667-7", valueInteger=3), "substance use disorder"),
        (observed("2823-3", **amount(2.9, "mmol/L"), interpretation=[{"coding": [{"code": "L"}]}]), "hypokalemia"),
    ],
)
def test_a_score_or_a_value_out_of_range_asks_and_does_not_count(resource, words):
    found = case_of(resource)
    assert found.patient.conditions == ()
    assert words in said(found)


def test_a_score_below_its_limit_says_nothing():
    for resource in (observed("44260-8", valueInteger=0), observed("75626-2", valueInteger=2)):
        assert case_of(resource).cautions == ()


def test_of_two_values_of_one_day_the_worse_counts():
    found = case_of(observed("2160-0", **amount(1, "mg/dL")), observed("2160-0", **amount(2, "mg/dL")))
    assert found.patient.creatinine_mg_dl == 2
    assert "the highest was taken" in said(found)
