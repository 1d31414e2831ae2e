"""Schedules, units and as needed as real servers write them: read by their words and letters, shown where not."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medsteward.mme.result import AtLeast, CompleteTotal, NoTotal
from tests.counts import examples
from tests.fhir_parts import UCUM, dosage, every, mme, quantity, request

ONE = quantity(1, "{tbl}")
FORMS = "http://terminology.hl7.org/CodeSystem/v3-orderableDrugForm"
LOCAL = "http://example.org/frequency"


def maximum(resource: Any) -> Fraction:
    report = mme(resource)
    assert isinstance(report.total, CompleteTotal), report.problems
    return report.total.maximum.value


def scheduled(resource: Any) -> Fraction:
    report = mme(resource)
    assert isinstance(report.total, CompleteTotal), report.problems
    return report.total.scheduled.value


def codes(resource: Any) -> list[str]:
    return [problem.code for problem in mme(resource).problems]


def said(resource: Any) -> list[str]:
    return [caution.code for caution in mme(resource).cautions]


def coded(code: str | None = None, display: str | None = None, text: str | None = None) -> dict[str, Any]:
    coding = {"system": LOCAL} | ({"code": code} if code else {}) | ({"display": display} if display else {})
    return {"code": ({"coding": [coding]} if code or display else {}) | ({"text": text} if text else {})}


# --- the schedule in words and letters -----------------------------------------------------------------------------

# 7.5 MME each time
LETTERS = {
    "Q6H": 30,
    "Q6": 30,
    "q4h": 45,
    "BID": 15,
    "tid": Fraction(45, 2),
    "QHS": Fraction(15, 2),
    "DAILY": Fraction(15, 2),
    "QAM": Fraction(15, 2),
}


@pytest.mark.parametrize("letters", LETTERS)
def test_a_code_that_reads_as_directions_is_read_with_a_warning(letters):
    resource = request(dosage(ONE, coded(letters)))
    assert maximum(resource) == LETTERS[letters]
    assert said(resource) == ["FHIR-104"]


@pytest.mark.parametrize(
    ("timing", "most"),
    [
        (coded(text="Every 6 hours"), 30),
        (coded(display="Every 6 hours"), 30),
        (coded(text="every 12 (twelve) hours"), 15),
        (coded(text="Nightly"), Fraction(15, 2)),
        (coded(text="2 times daily"), 15),
        (coded("1234", "Every 8 Hours"), Fraction(45, 2)),
    ],
)
def test_words_of_a_schedule_are_read_without_one(timing, most):
    resource = request(dosage(ONE, timing))
    assert (maximum(resource), scheduled(resource)) == (most, most)
    assert said(resource) == []


@pytest.mark.parametrize(
    "timing", [coded(text="Every 6 hours PRN"), coded("Q6H PRN"), coded(display="every 6 hours as needed")]
)
def test_as_needed_in_the_schedule_counts_as_needed(timing):
    resource = request(dosage(ONE, timing))
    assert (maximum(resource), scheduled(resource)) == (30, 0)  # type: ignore[comparison-overlap]


def test_as_needed_beside_the_code_of_hl7():
    abbreviation = {"system": "http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation", "code": "Q6H"}
    resource = request(dosage(ONE, {"code": {"coding": [abbreviation], "text": "Every 6 hours PRN"}}))
    assert (maximum(resource), scheduled(resource)) == (30, 0)  # type: ignore[comparison-overlap]


def test_as_needed_in_the_schedule_against_the_flag_is_asked_about():
    assert codes(request(dosage(ONE, coded(text="Every 6 hours PRN"), asNeededBoolean=False))) == ["CASE-003"]


@pytest.mark.parametrize("code", ["XQ7", "0815", "EVERY6", "TWICE"])
def test_a_code_that_says_nothing_is_shown(code):
    (problem,) = mme(request(dosage(ONE, coded(code)))).problems
    assert (problem.code, f'"{code}"' in problem.text) == ("DIR-005", True)


def test_words_and_another_display_that_say_two_schedules_are_asked_about():
    assert "DIR-007" in codes(request(dosage(ONE, coded(display="every 6 hours", text="every 8 hours"))))


def test_words_go_before_letters():
    assert maximum(request(dosage(ONE, coded("BID", text="every 6 hours")))) == 30


@examples(40)
@given(
    st.sampled_from([2, 3, 4, 6, 8, 12, 24]),
    st.sampled_from(["Q{}H", "q{}h", "Every {} hours", "every {} hrs"]),
    st.booleans(),
)
def test_a_schedule_by_words_is_the_schedule_by_parts(hours, form, by_text):
    words = form.format(hours)
    by_words = maximum(request(dosage(ONE, coded(text=words) if by_text else coded(words))))
    assert by_words == maximum(request(dosage(ONE, every(1, hours, "h"))))


# --- as needed in words ----------------------------------------------------------------------------------------------


def test_as_needed_in_the_words_alone_is_as_needed():
    resource = request(dosage(ONE, every(1, 6, "h"), text="1 tablet every 6 hours as needed for pain"))
    assert (maximum(resource), scheduled(resource), said(resource)) == (30, 0, ["FHIR-104"])  # type: ignore[comparison-overlap]


def test_as_needed_in_the_words_against_the_flag_is_asked_about():
    resource = request(dosage(ONE, every(1, 6, "h"), text="1 tablet every 6 hours as needed", asNeededBoolean=False))
    assert codes(resource) == ["CASE-003"]


def test_as_needed_in_words_hides_no_other_contradiction():
    resource = request(dosage(ONE, every(1, 6, "h"), text="2 tablets every 6 hours as needed"))
    assert codes(resource) == ["CASE-003"]


# --- units and doses -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["TAB", "tab", "Tab", "ERTab12"])
def test_form_codes_in_any_case(code):
    resource = request(dosage({"value": 1, "system": FORMS, "code": code}, every(1, 6, "h")))
    assert maximum(resource) == 30


@pytest.mark.parametrize("unit", ["{pill}", "{dose}", "{Dose}"])
def test_a_pill_or_a_dose_counts_what_the_product_is_counted_in(unit):
    resource = request(dosage(quantity(1, unit), every(1, 6, "h")))
    assert (maximum(resource), said(resource)) == (30, ["FHIR-104"])  # type: ignore[comparison-overlap]


@pytest.mark.parametrize("unit", ["pill", "Pill(s)", "dose", "dose(s)", "tbl", "TBL", "each"])
def test_the_same_in_words_without_a_code(unit):
    assert maximum(request(dosage({"value": 1, "unit": unit}, every(1, 6, "h")))) == 30


def test_a_dose_of_a_liquid_says_no_amount():
    liquid = {"text": "morphine 10 mg/5 mL oral solution"}
    assert "UNIT-001" in codes(request(dosage({"value": 1, "unit": "dose"}, every(1, 6, "h")), drug=liquid))


def each(value: Any, code: str) -> dict[str, Any]:
    return {"doseQuantity": quantity(value, code)}


@pytest.mark.parametrize(
    ("doses", "most"),
    [
        ([each(5, "mg"), each(1, "{tbl}"), each(5, "mg")], 30),
        ([each(2, "{tablet}"), each(10, "mg")], 60),
        ([each(1, "{pill}"), each(5, "mg")], 30),
    ],
)
def test_a_dose_said_several_times_is_one(doses, most):
    assert maximum(request({"doseAndRate": doses, **dosage(None, every(1, 6, "h"))})) == most


@pytest.mark.parametrize(("mg", "tablets", "cautions"), [(80, 1, []), (40, 2, []), (35, 1, ["FHIR-102"])])
def test_mg_beside_a_number_of_tablets_that_are_sold_so_need_no_word(mg, tablets, cautions):
    drug = {"text": "OxyContin 12 hr tablet"}
    doses = [each(mg, "mg"), each(tablets, "{tbl}")]
    assert said(request({"doseAndRate": doses, **dosage(None, every(1, 12, "h"))}, drug=drug)) == cautions


def test_doses_that_differ_are_asked_about():
    doses = [each(5, "mg"), each(2, "{tbl}")]
    assert "DIR-007" in codes(request({"doseAndRate": doses, **dosage(None, every(1, 6, "h"))}))


def test_the_same_words_twice_need_no_word():
    words = "Take 1 tablet every 6 hours, at most 4 a day"
    resource = request(dosage(ONE, every(1, 6, "h"), text=words, patientInstruction=f"{words.upper()}."))
    assert said(resource) == []
    other = request(dosage(ONE, every(1, 6, "h"), text=words, patientInstruction="stop after 3 days"))
    assert said(other) == ["FHIR-102"]


# --- rows of one day ------------------------------------------------------------------------------------------------


def row(number: int, tablets: int, when: str, **more: Any) -> dict[str, Any]:
    repeat = {"frequency": 1, "period": 1, "periodUnit": "d", "when": [when], **more}
    return {"sequence": number, **dosage(quantity(tablets, "{tbl}"), {"repeat": repeat})}


def test_morning_and_bedtime_rows_that_never_end_are_one_day():
    resource = request(row(1, 1, "MORN"), row(2, 2, "HS"))
    assert (maximum(resource), said(resource)) == (Fraction(45, 2), ["FHIR-105"])


def test_rows_for_the_same_time_of_day_are_not_joined():
    report = mme(request(row(1, 1, "MORN"), row(2, 2, "MORN")))
    assert isinstance(report.total, AtLeast | NoTotal) or "FHIR-105" not in {c.code for c in report.cautions}


def test_rows_that_follow_one_another_stay_so():
    first, then = (
        {"boundsPeriod": {"start": "2026-12-01", "end": "2027-01-10"}},
        {"boundsPeriod": {"start": "2027-01-11"}},
    )
    assert maximum(request(row(1, 1, "MORN", **first), row(2, 2, "HS", **then))) == Fraction(15, 2)


# --- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tag", ["(product)", "(medicinal product)", "(clinical drug)", "(real clinical drug)", "(virtual clinical drug)"]
)
def test_a_tag_of_snomed_ct_is_no_word_of_the_name(tag):
    assert maximum(request(dosage(ONE, every(1, 6, "h")), drug={"text": f"Oxycodone 5 mg oral tablet {tag}"})) == 30


def test_other_words_in_brackets_stay():
    assert codes(request(dosage(ONE, every(1, 6, "h")), drug={"text": "Oxycodone 5 mg oral tablet (banana)"})) != []


def test_a_medication_that_is_not_sent_is_read_by_its_display():
    resource = request(
        dosage(ONE, every(1, 6, "h")),
        medicationReference={"reference": "Medication/9", "display": "Oxycodone 5 mg tablet"},
    )
    del resource["medicationCodeableConcept"]
    assert (maximum(resource), said(resource)) == (30, ["FHIR-104"])  # type: ignore[comparison-overlap]


def test_the_unit_of_a_code_system_that_is_not_known_is_ucum_of_nothing():
    resource = request(dosage({"value": 1, "system": UCUM, "code": "foo"}, every(1, 6, "h")))
    assert codes(resource) == ["UNIT-001"]
