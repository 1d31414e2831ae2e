"""Orders beside orders: renewals, replaced orders, orders past their end, and what carries medications unread."""

from __future__ import annotations

import io
import json
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from medsteward.advice.case.check import check_case
from medsteward.advice.case.mme import mme_per_day
from medsteward.advice.case.mme_report import MmeReport
from medsteward.advice.case.recommendations import Applies
from medsteward.advice.case.remind import recommendations_for, reminders_for
from medsteward.advice.case.review import review
from medsteward.mme.result import AtLeast, CompleteTotal, NoTotal, Status
from medsteward.model.regimen import Case
from medsteward.readers.case.files import read_cases
from medsteward.readers.case.table import case_of, read_case
from medsteward.reminders.reminder import Kind
from medsteward.tables.load import factor_table
from medsteward.writers.mme import document as mme_json
from medsteward.writers.mme import fhir as fhir_mme
from medsteward.writers.mme import table as mme_table
from medsteward.writers.review import screen as review_screen
from tests.build import there, total_of
from tests.fhir_parts import DAY, FENTANYL, PATCH, TABLETS, bundle, case, dosage, every, mme, quantity, request

CDC = factor_table("cdc_2022")
DUPLICATE = "DDI-300"
MORPHINE = "morphine ER 30 mg tablet, 1 tablet every 12 hours"
ER60 = {"text": "oxycodone hydrochloride 60 MG 12 hour Extended Release Oral Tablet"}
TWICE = dosage(quantity(1, "{tbl}"), every(2))


def typed(*sigs: str, **patient: Any) -> Case:
    return case_of(*sigs, as_of=DAY, patient=patient)


def figures(report: MmeReport) -> tuple[Any, Any]:
    """The maximum and the lower figure of a whole total."""
    assert isinstance(report.total, CompleteTotal), report.total
    lower = report.total.if_renewals
    return report.total.maximum.value, None if lower is None else lower.value


def counted(found: Case) -> MmeReport:
    return mme_per_day(found, table=CDC)


def codes(report: Any) -> set[str]:
    return {each.code for each in report.cautions}


def renewals(number: int = 4) -> dict[str, Any]:
    days = ["2026-10-01", "2026-11-01", "2026-12-01", "2027-01-01"]
    return bundle(*(request(TWICE, drug=ER60, id=f"m{n}", authoredOn=days[n]) for n in range(number)))


# --- renewals ----------------------------------------------------------------------------------------------------


def test_monthly_orders_of_one_regimen_have_two_figures_and_a_warning():
    report = mme(renewals())
    assert figures(report) == (720, 180)
    assert report.exit_code == 0
    assert "MME-105" in codes(report)
    said = next(each.text for each in report.cautions if each.code == "MME-105")
    assert "720" in said
    assert "180" in said


@pytest.mark.parametrize(
    ("sigs", "both"),
    [
        ((MORPHINE, MORPHINE), (120, 60)),
        ((MORPHINE, "morphine ER 30 mg tablet, 30 mg twice daily"), (120, 60)),
        (("oxycodone 5 mg, 1 tablet every 6 hours as needed",) * 3, (90, 30)),
        (("fentanyl patch 25 mcg/h, 1 patch every 72 hours",) * 2, (120, 60)),
        (("methadone 10 mg three times daily", "methadone 10 mg three times daily"), (282, 141)),
        ((MORPHINE, MORPHINE, "oxycodone 5 mg every 6 hours", "oxycodone 5 mg every 6 hours"), (180, 90)),
    ],
)
def test_equal_lines_that_were_typed_have_two_figures(sigs, both):
    report = counted(typed(*sigs))
    assert figures(report) == both
    assert (report.exit_code, "MME-105" in codes(report)) == (0, True)


@pytest.mark.parametrize(
    "sigs",
    [
        (MORPHINE, "morphine ER 15 mg tablet, 1 tablet every 12 hours"),
        (MORPHINE, "morphine ER 30 mg tablet, 2 tablets every 12 hours"),
        (MORPHINE, "morphine IR 30 mg tablet, 1 tablet every 12 hours"),
        (MORPHINE, "morphine 30 mg tablet, 1 tablet every 12 hours"),
        (MORPHINE, "morphine ER 30 mg tablet, 1 tablet daily"),
        ("morphine 15 mg tablet, 1 tablet in the morning", "morphine 15 mg tablet, 1 tablet at bedtime"),
        ("oxycodone 5 mg, 1 tablet every 6 hours", "oxycodone 5 mg, 1 tablet every 6 hours as needed"),
        ("fentanyl patch 25 mcg/h, 1 patch every 72 hours", "fentanyl patch 12 mcg/h, 1 patch every 72 hours"),
    ],
)
def test_a_usual_regimen_of_several_products_is_summed_without_a_warning(sigs):
    report = counted(typed(*sigs))
    assert figures(report)[1] is None
    assert "MME-105" not in codes(report)
    assert DUPLICATE not in {each.id for each in check_case(typed(*sigs), table=CDC).findings}


def test_lines_that_do_not_overlap_are_no_renewal_of_one_another():
    def on(start: str, end: str) -> dict[str, str]:
        return {"sig": MORPHINE, "start": start, "end": end}

    apart = [on("2026-12-01", "2026-12-31"), on("2027-01-01", "2027-01-31")]
    together = [on("2026-12-01", "2027-01-10"), on("2027-01-01", "2027-01-31")]
    assert figures(counted(read_case({"medications": apart}, as_of=DAY))) == (60, None)
    assert figures(counted(read_case({"medications": together}, as_of=DAY))) == (120, 60)


def test_the_band_of_the_lower_figure_is_chosen_by_the_lower_dose():
    banded = factor_table("cdc_2016_clinical")
    report = mme_per_day(typed(*["methadone 10 mg twice daily"] * 2), table=banded)
    alone = mme_per_day(typed("methadone 10 mg twice daily"), table=banded)
    assert total_of(report).if_renewals == total_of(alone).maximum


def test_a_gap_beside_renewals_keeps_the_lower_figure():
    report = counted(typed(MORPHINE, MORPHINE, "oxycodone 5 mg tablet"))
    assert isinstance(report.total, AtLeast)
    assert report.total.maximum.value == 120
    assert report.total.if_renewals is not None
    assert report.total.if_renewals.value == 60


# --- nothing rests on the higher figure alone ----------------------------------------------------------------------

LOW = "oxycodone 5 mg, 1 tablet every 6 hours"
"""30 MME a day: below 50 once, above it twice."""


def test_no_finding_rests_on_the_higher_figure_alone():
    once, twice = typed(LOW, age=50), typed(LOW, LOW, age=50)
    alone = {each.id for each in check_case(once, table=CDC).findings}
    found = {each.id for each in check_case(twice, table=CDC).findings}
    assert found - alone == {DUPLICATE}


def test_naloxone_does_not_give_a_dose_that_only_the_sum_reaches_as_its_reason():
    for lines, reached in ((1, False), (2, False)):
        reminder = there(reminders_for(typed(*[LOW] * lines), table=CDC).of(Kind.NALOXONE))
        assert any("50 MME/d" in why for why in reminder.because) is reached
    said = reminders_for(typed(MORPHINE, MORPHINE), table=CDC).of(Kind.NALOXONE)
    assert said is not None
    (why,) = [each for each in said.because if "50 MME/d" in each]
    assert "60 MME/d" in why
    assert "120" in why


def test_reminders_say_both_figures_where_the_lower_does_not_decide():
    unknown = reminders_for(typed(LOW, LOW), table=CDC).unknown
    (said,) = [each for each in unknown if each.startswith("the day's MME")]
    assert "30 MME/d" in said
    assert "60" in said


def test_a_recommendation_that_only_the_higher_figure_reaches_is_not_known():
    def fourth(*sigs: str) -> Any:
        return recommendations_for(typed(*sigs), table=CDC)[3]

    assert fourth(LOW).applies is Applies.NO
    assert fourth(LOW, LOW).applies is Applies.UNKNOWN
    assert "60" in " ".join(fourth(LOW, LOW).lacking)
    assert fourth(MORPHINE, MORPHINE).applies is Applies.YES
    assert "120" in " ".join(fourth(MORPHINE, MORPHINE).because)


def test_acetaminophen_is_held_against_its_ceiling_once_and_said_twice():
    line = "acetaminophen 500 mg tablet, 2 tablets every 8 hours"
    assert {each.id for each in check_case(typed(line, line), table=CDC).findings} == {DUPLICATE}
    report = counted(typed(line, line))
    assert report.acetaminophen is not None
    assert report.acetaminophen.daily.maximum.value == 6000
    assert report.acetaminophen.if_renewals is not None
    assert report.acetaminophen.if_renewals.value == 3000
    (said,) = [each.text for each in report.cautions if each.code == "APAP-101"]
    assert "6,000 mg/d" in said
    assert "3,000 mg/d" in said


def test_every_form_of_the_answer_has_both_figures():
    report = mme(renewals())
    document = json.loads(json.dumps(mme_json.document(report), default=str))
    assert (document["total"]["maximum"], document["total"]["if_renewals"]) == (720, 180)
    assert all("if_renewals" in each for each in document["thresholds"])
    assert all("720 MME/d" in each["text"] and "180 MME/d" in each["text"] for each in document["thresholds"])
    observation = fhir_mme.observation(report)
    assert any("180 MME/d" in note["text"] for note in observation["note"])
    for words in (
        mme_table.text(report),
        mme_table.markdown_text(report),
        mme_table.csv_rows(report, with_header=True),
        review_screen.text(review(case(renewals()), table=CDC)),
    ):
        assert "720" in words
        assert "180" in words
    for threshold in (line for line in mme_table.text(report).split("\n\n") if line.startswith("Context")):
        assert "720 MME/d" in threshold
        assert "180 MME/d" in threshold
    assert (
        "if_renewals" not in json.loads(json.dumps(mme_json.document(counted(typed(MORPHINE))), default=str))["total"]
    )


def test_a_threshold_says_which_of_the_figures_reaches_it():
    (check,) = counted(typed(LOW, LOW)).thresholds
    assert (check.maximum, check.if_renewals) == (True, False)


# --- orders that replace one another -------------------------------------------------------------------------------


def pair(**second: Any) -> dict[str, Any]:
    first = request(TABLETS, id="m1", authoredOn="2026-12-01")
    return bundle(first, request(*second.pop("said", [TABLETS]), id="m2", **{"authoredOn": "2027-01-01", **second}))


PRIOR = {"priorPrescription": {"reference": "MedicationRequest/m1"}}
BASED = {"basedOn": [{"reference": "MedicationRequest/m1"}]}


@pytest.mark.parametrize(
    ("second", "maximum"),
    [
        (PRIOR, 30),
        ({**PRIOR, "said": [dosage(quantity(2, "{tbl}"), every(4))]}, 60),
        ({**PRIOR, "drug": {"text": "oxycodone 10 mg tablet"}}, 60),
        (BASED, 30),
        ({**BASED, "authoredOn": "2026-12-01"}, 30),
        ({**PRIOR, "authoredOn": None}, 30),
    ],
)
def test_a_replaced_order_is_an_inactive_line_and_said(second, maximum):
    report = mme(pair(**second))
    assert figures(report) == (maximum, None)
    assert [each.status for each in report.entries] == [Status.INACTIVE, Status.COUNTED]
    assert "replaced" in (report.entries[0].reason or "")
    assert "FHIR-103" in codes(report)
    assert report.exit_code == 0


def test_an_order_is_replaced_from_the_first_day_of_the_newer_one():
    assert figures(mme(pair(**PRIOR, said=[TWICE]), date(2026, 12, 31))) == (30, None)
    assert figures(mme(pair(**PRIOR, said=[TWICE]), date(2027, 1, 1))) == (15, None)


@pytest.mark.parametrize("status", ["stopped", "cancelled", "draft", "entered-in-error"])
def test_an_order_that_is_not_counted_replaces_none(status):
    assert figures(mme(pair(**PRIOR, status=status))) == (30, None)


@pytest.mark.parametrize("status", ["stopped", "completed", "cancelled"])
def test_an_order_that_is_over_by_itself_is_not_said_to_be_replaced(status):
    first, second = (each["resource"] for each in pair(**PRIOR)["entry"])
    report = mme(bundle({**first, "status": status}, second))
    assert figures(report) == (30, None)
    assert "FHIR-103" not in codes(report)


def test_a_chain_of_replacements_leaves_the_last():
    orders = [request(TABLETS, id="m0", authoredOn="2026-10-01")]
    for n in (1, 2, 3):
        prior = {"reference": f"MedicationRequest/m{n - 1}"}
        orders.append(request(TABLETS, id=f"m{n}", authoredOn=f"2026-1{n - 1}-02", priorPrescription=prior))
    assert figures(mme(bundle(*orders))) == (30, None)


def test_orders_that_replace_one_another_in_a_circle_all_count_and_are_said():
    def order(own: str, other: str) -> dict[str, Any]:
        return request(TABLETS, id=own, priorPrescription={"reference": f"MedicationRequest/{other}"})

    report = mme(bundle(order("a", "b"), order("b", "a")))
    assert figures(report) == (60, 30)
    assert "FHIR-103" in codes(report)
    assert figures(mme(order("a", "a"))) == (30, None)


def test_where_it_cannot_be_told_both_figures_are_given():
    more = {**BASED, "said": [dosage(quantity(2, "{tbl}"), every(4))]}
    assert figures(mme(pair(**more))) == (90, 60)
    other_drug = {**PRIOR, "said": [PATCH], "drug": FENTANYL}
    assert figures(mme(pair(**other_drug))) == (210, 180)
    assert "FHIR-103" in codes(mme(pair(**other_drug)))


def test_an_order_on_the_ground_of_one_for_another_drug_counts_beside_it():
    assert figures(mme(pair(**BASED, said=[PATCH], drug=FENTANYL))) == (210, None)


@pytest.mark.parametrize(
    "second",
    [
        {"reportedBoolean": True},
        {"reportedReference": {"reference": "Patient/1"}},
        {"reportedBoolean": True, "said": [TWICE]},
    ],
)
def test_an_order_that_is_reported_beside_one_that_is_ordered_has_both_figures(second):
    report = mme(pair(**second))
    assert figures(report)[1] == 30
    assert report.exit_code == 0
    assert "FHIR-103" in codes(report)


def test_a_dispensing_or_a_statement_beside_an_order_has_both_figures():
    handed = {
        "resourceType": "MedicationDispense",
        "status": "completed",
        "subject": {"reference": "Patient/1"},
        "medicationCodeableConcept": {"text": "oxycodone 5 mg tablet"},
        "dosageInstruction": [TABLETS],
        "whenHandedOver": "2026-12-20",
        "daysSupply": quantity(30, "d"),
    }
    report = mme(bundle(request(TABLETS, id="o"), handed))
    assert figures(report) == (60, 30)
    assert {"FHIR-103", "MME-105"} <= codes(report)


def test_a_dispensing_under_an_order_that_carries_out_another_counts_once():
    first = request(TABLETS, id="o")
    filler = request(TABLETS, id="f", intent="filler-order", basedOn=[{"reference": "MedicationRequest/o"}])
    handed = {
        "resourceType": "MedicationDispense",
        "status": "completed",
        "subject": {"reference": "Patient/1"},
        "medicationCodeableConcept": {"text": "oxycodone 5 mg tablet"},
        "dosageInstruction": [TABLETS],
        "whenHandedOver": "2027-01-01",
        "authorizingPrescription": [{"reference": "MedicationRequest/f"}],
    }
    assert figures(mme(bundle(first, filler, handed))) == (30, None)


def test_resources_of_a_case_replace_one_another():
    first, second = (each["resource"] for each in pair(**PRIOR)["entry"])
    lines = [{"sig": MORPHINE}, first, second, {"sig": "gabapentin 300 mg three times daily"}]
    report = counted(read_case({"medications": lines}, as_of=DAY))
    assert figures(report) == (90, None)
    assert [each.status for each in report.entries] == [
        Status.COUNTED,
        Status.INACTIVE,
        Status.COUNTED,
        Status.NOT_AN_OPIOID,
    ]


# --- active after its reckoned end ---------------------------------------------------------------------------------

SUPPLY = {"dispenseRequest": {"expectedSupplyDuration": quantity(30, "d")}}
ENDED: dict[str, dict[str, Any]] = {
    "supply": request(TABLETS, authoredOn="2026-11-01", **SUPPLY),
    "validity": request(
        TABLETS,
        dispenseRequest={
            "validityPeriod": {"start": "2026-11-01"},
            "expectedSupplyDuration": quantity(10, "d"),
            "numberOfRepeatsAllowed": 2,
        },
    ),
    "count": request(dosage(quantity(1, "{tbl}"), every(4, count=20)), authoredOn="2026-12-01"),
    "duration": request(
        dosage(quantity(1, "{tbl}"), every(4, boundsDuration=quantity(7, "d"))), authoredOn="2026-12-01"
    ),
    "period": request(
        dosage(quantity(1, "{tbl}"), every(4, boundsPeriod={"start": "2026-11-01", "end": "2026-11-30"}))
    ),
    "start and supply": request(dosage(quantity(1, "{tbl}"), every(4, boundsPeriod={"start": "2026-11-01"})), **SUPPLY),
}


@pytest.mark.parametrize("name", ENDED)
def test_an_active_order_after_its_reckoned_end_is_a_question_and_not_zero(name):
    report = mme(ENDED[name])
    assert isinstance(report.total, NoTotal)
    assert report.exit_code == 4
    assert "0 by supply, 30 if it goes on" in next(each.text for each in report.problems if each.code == "FHIR-007")
    assert "FHIR-103" in codes(report)
    assert report.total.missing == ("oxycodone",)


def test_what_goes_on_beside_it_is_at_least():
    report = mme(bundle(ENDED["supply"], request(PATCH, drug=FENTANYL)))
    assert isinstance(report.total, AtLeast)
    assert report.total.maximum.value == 180
    assert report.total.missing == ("oxycodone",)


def test_no_text_says_that_it_ended():
    found = case(bundle(ENDED["supply"]))
    page = review_screen.text(review(found, table=CDC))
    assert "last opioid" not in page.casefold()
    assert "opioid ended" not in page.casefold()
    (taken,) = review(found, table=CDC).medicines
    assert taken.active
    assert Kind.BOWEL_REGIMEN in {each.kind for each in reminders_for(found, table=CDC).reminders}


def test_what_it_meets_is_still_found():
    sedative = request(dosage(quantity(1, "{tbl}"), every(3)), drug={"text": "alprazolam 1 mg tablet"})
    found = {each.id for each in check_case(case(bundle(ENDED["count"], sedative)), table=CDC).findings}
    assert "DDI-001" in found


def test_its_problems_stay():
    unread = request({"text": "as directed by the moon"}, authoredOn="2026-11-01", **SUPPLY)
    report = mme(unread)
    assert len({each.code for each in report.problems} - {"FHIR-007"}) >= 1
    assert report.exit_code == 4 or report.exit_code == 3
    unknown = request(TABLETS, drug={"text": "oxycodnoe 5 mg tablet"}, authoredOn="2026-11-01", **SUPPLY)
    assert {"DRUG-001", "FHIR-007"} <= {each.code for each in mme(unknown).problems}


def test_a_dispensing_that_covers_the_day_carries_it_on():
    handed = {
        "resourceType": "MedicationDispense",
        "status": "completed",
        "subject": {"reference": "Patient/1"},
        "medicationCodeableConcept": {"text": "oxycodone 5 mg tablet"},
        "dosageInstruction": [TABLETS],
        "whenHandedOver": "2026-12-20",
        "daysSupply": quantity(30, "d"),
        "authorizingPrescription": [{"reference": "MedicationRequest/o"}],
    }
    for name in ("supply", "count"):
        assert figures(mme(bundle({**ENDED[name], "id": "o"}, handed))) == (30, None)


def test_a_renewal_carries_it_on_and_both_figures_are_given():
    newer = request(TABLETS, authoredOn="2026-12-20", **SUPPLY)
    report = mme(bundle(ENDED["supply"], newer))
    assert figures(report) == (60, 30)
    assert "FHIR-103" in codes(report)


def test_one_instruction_of_several_that_is_over_is_over():
    first = dosage(quantity(2, "{tbl}"), every(4, boundsPeriod={"start": "2026-12-01", "end": "2026-12-31"}))
    second = dosage(quantity(1, "{tbl}"), every(4, boundsPeriod={"start": "2027-01-01"}))
    assert figures(mme(request({**first, "sequence": 1}, {**second, "sequence": 2}))) == (30, None)


def test_what_is_stated_as_ended_is_ended():
    stated = {
        "resourceType": "MedicationStatement",
        "status": "completed",
        "subject": {"reference": "Patient/1"},
        "medicationCodeableConcept": {"text": "oxycodone 5 mg tablet"},
        "dosage": [TABLETS],
        "effectivePeriod": {"start": "2026-11-01", "end": "2026-11-30"},
    }
    assert figures(mme(stated)) == (0, None)
    assert figures(mme({**ENDED["period"], "status": "completed"})) == (0, None)


def test_what_is_no_opioid_leaves_the_count_whole():
    ended = request(TABLETS, drug={"text": "ibuprofen 400 mg tablet"}, authoredOn="2026-11-01", **SUPPLY)
    report = mme(bundle(ended, request(TABLETS)))
    assert figures(report) == (30, None)
    assert "FHIR-103" in codes(report)


# --- what carries medications and is not read ----------------------------------------------------------------------

WHOSE = {"reference": "Patient/1"}
ORDER = request(TABLETS, id="inner")
CARRIERS: dict[str, dict[str, Any]] = {
    "DSTU2 order": {"resourceType": "MedicationOrder", "patient": WHOSE, "medicationCodeableConcept": {"text": "x"}},
    "DSTU1 order": {"resourceType": "MedicationPrescription", "patient": WHOSE},
    "R5 usage": {"resourceType": "MedicationUsage", "subject": WHOSE},
    "benefit": {"resourceType": "ExplanationOfBenefit", "patient": WHOSE, "item": []},
    "claim": {"resourceType": "Claim", "patient": WHOSE},
    "parameters": {"resourceType": "Parameters", "parameter": [{"name": "a", "resource": ORDER}]},
    "empty parameters": {"resourceType": "Parameters"},
    "a plan that names a product": {
        "resourceType": "CarePlan",
        "subject": WHOSE,
        "activity": [{"detail": {"productCodeableConcept": {"text": "oxycodone"}}}],
    },
    "an order in a list": {"resourceType": "List", "subject": WHOSE, "contained": [ORDER]},
    "a list of orders that are not here": {
        "resourceType": "List",
        "subject": WHOSE,
        "entry": [{"item": {"reference": "https://example.org/fhir/MedicationRequest/absent/_history/2"}}],
    },
    "a document of orders that are not here": {
        "resourceType": "Composition",
        "subject": WHOSE,
        "section": [{"section": [{"entry": [{"reference": "urn:uuid:1", "type": "MedicationStatement"}]}]}],
    },
    "an order in an encounter": {"resourceType": "Encounter", "subject": WHOSE, "contained": [ORDER]},
    "an order in a condition": {
        "resourceType": "Condition",
        "subject": WHOSE,
        "code": {"text": "hypertension"},
        "contained": [ORDER],
    },
    "an order in an observation": {
        "resourceType": "Observation",
        "status": "final",
        "code": {"text": "pain"},
        "subject": WHOSE,
        "contained": [ORDER],
    },
    "an order in an order": request(TABLETS, id="outer", contained=[ORDER]),
    "an error of the server": {"resourceType": "OperationOutcome", "issue": [{"severity": "fatal", "code": "login"}]},
    "an outcome without an issue": {"resourceType": "OperationOutcome"},
}
NAMED = {name: resource["resourceType"] for name, resource in CARRIERS.items()}


def is_whole(found: Case) -> bool:
    return isinstance(counted(found).total, CompleteTotal)


def of_stream(data: bytes) -> list[Case]:
    return list(read_cases("-", io.BytesIO(data), as_of=DAY))


@pytest.mark.parametrize("name", CARRIERS)
@pytest.mark.parametrize("beside", [True, False])
def test_a_carrier_makes_every_way_in_incomplete(tmp_path, name, beside):
    carrier = CARRIERS[name]
    resources = [request(TABLETS, id="o"), carrier] if beside else [carrier]
    one = bundle(*resources) if beside else carrier
    path = tmp_path / "a.json"
    path.write_text(json.dumps(one))
    lines = "".join(json.dumps(each) + "\n" for each in resources)
    (tmp_path / "a.ndjson").write_text(lines)
    ways = {
        "file": list(read_cases(str(path), None, as_of=DAY)),
        "stdin": of_stream(json.dumps(one).encode()),
        "indented": of_stream(json.dumps(one, indent=1).encode()),
        "list": of_stream(json.dumps(resources, indent=1).encode()),
        "ndjson": list(read_cases(str(tmp_path / "a.ndjson"), None, as_of=DAY)),
        "lines": of_stream(lines.encode()),
        "in a case": [read_case({"medications": resources}, as_of=DAY)],
    }
    for way, found in ways.items():
        assert len(found) == 1, way
        assert not is_whole(found[0]), way
        report = counted(found[0])
        assert report.exit_code == 4, way
        assert {"FHIR-005", "FHIR-008"} & {each.code for each in report.problems}, way
        if "OperationOutcome" not in NAMED[name]:
            assert NAMED[name] in " ".join(each.text for each in report.problems), way


def test_what_carries_no_medication_is_only_named():
    visit = {"resourceType": "Encounter", "subject": WHOSE}
    plan = {"resourceType": "CarePlan", "subject": WHOSE, "activity": [{"detail": {"code": {"text": "walk"}}}]}
    notice = {"resourceType": "OperationOutcome", "issue": [{"severity": "information", "code": "informational"}]}
    report = mme(bundle(request(TABLETS), visit, plan, notice))
    assert figures(report) == (30, None)
    assert "FHIR-106" in codes(report)


def test_a_list_of_orders_that_are_here_or_were_deleted_is_only_named():
    entries = [
        {"item": {"reference": "MedicationRequest/o"}},
        {"deleted": True, "item": {"reference": "MedicationRequest/gone"}},
        {"item": {"reference": "Condition/1"}},
    ]
    listed = {"resourceType": "List", "subject": WHOSE, "entry": entries}
    resources = [request(TABLETS, id="o"), listed]
    (found,) = of_stream("".join(json.dumps(each) + "\n" for each in resources).encode())
    for report in (mme(bundle(*resources)), counted(found)):
        assert figures(report) == (30, None)
        assert "FHIR-106" in codes(report)


def test_a_notice_alone_is_no_whole_answer():
    notice = {"resourceType": "OperationOutcome", "issue": [{"severity": "warning", "code": "suppressed"}]}
    for way in (json.dumps(notice), json.dumps(notice, indent=1), json.dumps(bundle(notice))):
        (found,) = of_stream(way.encode())
        assert not is_whole(found)


def test_a_contained_medication_and_the_order_that_is_carried_out_are_read():
    medication = {"resourceType": "Medication", "id": "m", "code": {"text": "oxycodone 5 mg tablet"}}
    order = request(TABLETS, contained=[medication], medicationReference={"reference": "#m"})
    del order["medicationCodeableConcept"]
    assert figures(mme(order)) == (30, None)
    handed = {
        "resourceType": "MedicationDispense",
        "status": "completed",
        "subject": WHOSE,
        "medicationCodeableConcept": {"text": "oxycodone 5 mg tablet"},
        "dosageInstruction": [TABLETS],
        "whenHandedOver": "2026-12-20",
        "daysSupply": quantity(30, "d"),
        "contained": [ORDER],
        "authorizingPrescription": [{"reference": "#inner"}],
    }
    assert figures(mme(handed)) == (30, None)
    assert not is_whole(case({**handed, "status": "cancelled"}))


def test_a_carrier_of_one_patient_leaves_another_whole():
    other = request(TABLETS, subject={"reference": "Patient/2"})
    one = {**CARRIERS["claim"], "patient": {"reference": "Patient/1"}}
    found = {each.id: each for each in read_cases("-", _stream(bundle(one, other)), as_of=DAY)}
    assert (is_whole(found["1"]), is_whole(found["2"])) == (False, True)
    nobody_s = {"resourceType": "Parameters"}
    for each in read_cases("-", _stream(bundle(nobody_s, request(TABLETS), other)), as_of=DAY):
        assert not is_whole(each)


def _stream(resource: Any) -> io.BytesIO:
    return io.BytesIO(json.dumps(resource).encode())


# --- one dose said in several ways ---------------------------------------------------------------------------------


def several(*doses: dict[str, Any]) -> dict[str, Any]:
    return request({**TWICE, "doseAndRate": [{"doseQuantity": each} for each in doses]})


@pytest.mark.parametrize(
    "doses",
    [
        (quantity(5, "mg"), quantity(1, "{tbl}"), quantity(5, "mg")),
        (quantity(1, "{tbl}"), quantity(5, "mg")),
        (quantity(5000, "ug"), quantity(5, "mg")),
    ],
)
def test_doses_that_agree_are_one_dose(doses):
    assert figures(mme(several(*doses))) == (15, None)


@pytest.mark.parametrize(
    "doses",
    [
        (quantity(5, "mg"), quantity(2, "{tbl}")),
        (quantity(5, "mg"), quantity(10, "mg")),
        (quantity(1, "{tbl}"), quantity(2, "{tbl}")),
    ],
)
def test_doses_that_differ_are_asked_about(doses):
    assert "DIR-007" in {each.code for each in mme(several(*doses)).problems}


@pytest.mark.parametrize(("mass", "mme_of_day", "is_said"), [(5, 15, False), (7, 21, True)])
def test_a_count_of_tablets_without_a_strength_leaves_the_milligrams(mass, mme_of_day, is_said):
    # one tablet of 5 mg is sold, so the two agree; of 7 mg none is, so the count that was left out is said
    order = request(
        {**TWICE, "doseAndRate": [{"doseQuantity": quantity(1, "{tbl}")}, {"doseQuantity": quantity(mass, "mg")}]},
        drug={"text": "oxycodone tablet"},
    )
    report = mme(order)
    assert figures(report) == (Fraction(mme_of_day), None)
    assert ("FHIR-102" in codes(report)) is is_said


def numbered(number: str, **more: Any) -> dict[str, Any]:
    return request(TABLETS, identifier=[{"system": "urn:pharmacy", "value": number}], **more)


@pytest.mark.parametrize(
    ("said", "maximum"),
    [
        ({"system": "urn:pharmacy", "value": "7"}, 30),
        ({"system": "urn:pharmacy", "value": "8"}, 60),  # nobody's
        ({"system": "urn:another", "value": "7"}, 60),
        ({"value": "7"}, 60),
        ("7", 60),
    ],
)
def test_the_order_before_may_be_named_by_its_identifier(said, maximum):
    first = numbered("7", id="m1", authoredOn="2026-12-01")
    second = request(TABLETS, id="m2", authoredOn="2027-01-01", priorPrescription={"identifier": said})
    assert str(mme(bundle(first, second)).total) == f"{maximum} MME/d"


def test_an_identifier_that_two_orders_bear_names_neither():
    orders = [numbered("7", id=f"m{n}", authoredOn="2026-12-01") for n in (1, 2)]
    third = request(
        TABLETS,
        id="m3",
        authoredOn="2027-01-01",
        priorPrescription={"identifier": {"system": "urn:pharmacy", "value": "7"}},
    )
    assert str(mme(bundle(*orders, third)).total) == "90 MME/d"


def test_a_dispensing_may_name_its_order_by_an_identifier():
    said = {"authorizingPrescription": [{"identifier": {"system": "urn:pharmacy", "value": "7"}}]}
    handed = {
        "resourceType": "MedicationDispense",
        "id": "d",
        "status": "completed",
        "subject": {"reference": "Patient/1"},
        "medicationCodeableConcept": {"text": "oxycodone 5 mg tablet"},
        "whenHandedOver": "2027-01-01",
        "dosageInstruction": [TABLETS],
        **said,
    }
    assert str(mme(bundle(numbered("7", id="m1"), handed)).total) == "30 MME/d"
    assert str(mme(bundle(numbered("8", id="m1"), handed)).total) == "60 MME/d"
