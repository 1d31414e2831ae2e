"""What is always true of FHIR R4 as it is read and written: on resources and cases made up by hypothesis."""

from __future__ import annotations

import copy
import io
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from medsteward.advice.case.check import check_case
from medsteward.advice.case.mme import mme_per_day
from medsteward.advice.case.mme_report import MmeReport
from medsteward.errors import UnreadableInput
from medsteward.mme.result import CompleteTotal, NoTotal
from medsteward.model.regimen import Case
from medsteward.readers.case.files import read_cases
from medsteward.readers.case.table import read_case
from medsteward.readers.fhir import decode
from medsteward.readers.fhir.cases import ResourceReader
from medsteward.tables.load import factor_table
from medsteward.writers.case.fhir import case_bundle
from medsteward.writers.shared.json_text import pretty
from tests.fhir_parts import DAY, FENTANYL, RXNORM, bundle, cases, dosage, every, quantity, request

TABLE = factor_table("cdc_2022")


def report_of(case: Case) -> MmeReport:
    return mme_per_day(case, table=TABLE)


def figures(case: Case) -> tuple[Fraction, Fraction, bool]:
    """Scheduled, maximum, and whether the total is complete; nothing counted is 0, and not complete."""
    total = report_of(case).total
    if isinstance(total, NoTotal):
        return Fraction(0), Fraction(0), False
    return total.scheduled.value, total.maximum.value, isinstance(total, CompleteTotal)


def only(resource: Any) -> Case:
    (found,) = cases(resource)
    return found


# --- orders as a server gives them -------------------------------------------------------------------------------

PRODUCTS: list[tuple[dict[str, Any], list[tuple[str, str]], str | None]] = [
    # the drug, doses as (value, UCUM code), and the strength of one unit in mg where it is a solid
    ({"text": "oxycodone 5 mg tablet"}, [("1", "{tbl}"), ("2", "{tbl}"), ("0.5", "{tbl}"), ("5", "mg")], "5"),
    ({"text": "morphine ER 30 mg tablet"}, [("1", "{tbl}"), ("2", "{tbl}"), ("30", "mg")], "30"),
    ({"text": "hydromorphone 4 mg tablet"}, [("1", "{tbl}"), ("4", "mg")], "4"),
    ({"text": "tramadol 50 mg capsule"}, [("1", "{capsule}"), ("50", "mg")], "50"),
    ({"text": "oxycodone 5 mg / acetaminophen 325 mg tablet"}, [("1", "{tbl}"), ("2", "{tbl}")], "5"),
    ({"text": "morphine 10 mg/5 mL solution"}, [("5", "mL"), ("2.5", "mL"), ("10", "mg")], None),
    ({"text": "methadone 10 mg/mL concentrate"}, [("0.5", "mL"), ("1", "mL")], None),
    ({"coding": [{"system": RXNORM, "code": "197696"}]}, [("1", "{patch}"), ("2", "{patch}")], None),
    ({"text": "gabapentin 300 mg capsule"}, [("1", "{capsule}")], "300"),
]
PATCH_TIMES = [every(1, 3), every(1, 72, "h"), every(1, 2)]
TIMES = [
    every(1),
    every(2),
    every(3),
    every(1, 6, "h"),
    every(1, 8, "h"),
    every(1, 2),
    every(3, 1, "wk"),
    {"repeat": {"timeOfDay": ["08:00:00", "20:00:00"]}},
    {"repeat": {"when": ["MORN", "HS"]}},
    {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d", "dayOfWeek": ["mon", "wed", "fri"]}},
]


@st.composite
def dosages(draw: st.DrawFn, place: int) -> dict[str, Any]:
    _, doses, _ = PRODUCTS[place]
    is_patch = doses[0][1] == "{patch}"
    value, code = draw(st.sampled_from(doses))
    found = dosage(
        quantity(Decimal(value), code), copy.deepcopy(draw(st.sampled_from(PATCH_TIMES if is_patch else TIMES)))
    )
    if is_patch:
        return found
    kind = draw(st.sampled_from(["fixed", "as needed", "at most", "range"]))
    if kind == "range":
        low, high = quantity(Decimal(value), code), quantity(Decimal(value) * 2, code)
        found["doseAndRate"] = [{"doseRange": {"low": low, "high": high}}]
    if kind != "fixed":
        found["asNeededBoolean"] = True
    if kind == "at most":
        limit = {"numerator": quantity(Decimal(value) * 3, code), "denominator": quantity(1, "d")}
        found["maxDosePerPeriod"] = limit
    return found


@st.composite
def orders(draw: st.DrawFn) -> dict[str, Any]:
    place = draw(st.integers(0, len(PRODUCTS) - 1))
    more: dict[str, Any] = {}
    if draw(st.booleans()):
        more["requester"] = {"reference": f"Practitioner/{draw(st.sampled_from('abc'))}"}
    if draw(st.booleans()):
        more["authoredOn"] = draw(st.sampled_from(["2026-12-20", "2027-01-04", "2027-01"]))
    if draw(st.booleans()):
        more["reasonCode"] = [{"text": draw(st.sampled_from(["back pain", "cough", "pain"]))}]
    found = request(draw(dosages(place)), drug=PRODUCTS[place][0], **more)
    if draw(st.booleans()):
        repeat = found["dosageInstruction"][0]["timing"]["repeat"]
        repeat["boundsPeriod"] = {"start": "2026-12-01", "end": draw(st.sampled_from(["2027-01-03", "2027-03-01"]))}
    return found


def numbered(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**each, "id": f"o{number}"} for number, each in enumerate(found)]


some_orders = st.lists(orders(), min_size=1, max_size=4).map(numbered)


@given(some_orders, st.randoms(use_true_random=False))
def test_the_order_of_entries_changes_no_answer(found, shuffle):
    before = only(bundle(*found))
    again = list(found)
    shuffle.shuffle(again)
    after = only(bundle(*again))
    assert figures(after) == figures(before)
    key = lambda line: (line.written, str(line.start), str(line.end), str(line.prescriber))  # noqa: E731
    assert sorted(map(key, after.lines)) == sorted(map(key, before.lines))
    assert len(after.problems) == len(before.problems)


@given(some_orders)
def test_lines_and_a_bundle_say_the_same(found):
    text = b"".join(json.dumps(each, default=float).encode() + b"\n" for each in found)
    (lined,) = read_cases("-", io.BytesIO(text), as_of=DAY)
    assert figures(lined) == figures(only(bundle(*found)))


@given(some_orders)
def test_a_medication_inside_or_beside_is_the_same(found):
    plain = only(bundle(*found))
    beside: list[dict[str, Any]] = []
    inside = []
    for number, each in enumerate(found):
        rest = {key: value for key, value in each.items() if key != "medicationCodeableConcept"}
        medication = {"resourceType": "Medication", "id": f"m{number}", "code": each["medicationCodeableConcept"]}
        inside.append({**rest, "contained": [medication], "medicationReference": {"reference": f"#m{number}"}})
        beside += [{**rest, "medicationReference": {"reference": f"Medication/m{number}"}}, medication]
    assert figures(only(bundle(*inside))) == figures(plain)
    assert figures(only(bundle(*beside))) == figures(plain)
    assert figures(only(bundle(*reversed(beside)))) == figures(plain)


@given(st.sampled_from([each for each in PRODUCTS if each[2]]), st.integers(1, 3), st.sampled_from(TIMES))
def test_a_dose_in_any_unit_of_mass_is_the_same(product, count, timing):
    drug, _, strength = product
    mg = Decimal(strength) * count
    same = [(mg, "mg"), (mg * 1000, "ug"), (mg / 1000, "g"), (mg * 1000, "mcg")]
    assume("/" not in drug.get("text", ""))
    found = {figures(only(request(dosage(quantity(value, code), timing), drug=drug))) for value, code in same}
    assert len(found) == 1
    assert next(iter(found))[2]


OTHERS: list[dict[str, Any]] = [
    {"resourceType": "Encounter", "id": "x", "subject": {"reference": "Patient/1"}},
    {"resourceType": "Observation", "id": "x", "status": "final", "code": {"text": "pulse"}, "valueQuantity": {}},
    {"resourceType": "Observation", "id": "x", "status": 5, "code": 5, "subject": {"reference": "Patient/1"}},
    {"resourceType": "Organization", "id": "x"},
    {"resourceType": "AllergyIntolerance", "id": "x", "patient": {"reference": "Patient/1"}},
    {"resourceType": "MedicationKnowledge", "id": "x", "code": {"text": "oxycodone 5 mg tablet"}},
    {"resourceType": "Medication", "id": "x", "code": FENTANYL},
    {"resourceType": "OperationOutcome", "issue": [{"severity": "information", "code": "informational"}]},
    {"resourceType": "Patient", "id": "1"},
]


@given(some_orders, st.sampled_from(OTHERS), st.integers(0, 4))
def test_a_resource_of_another_type_changes_no_figure(found, other, place):
    before = only(bundle(*found))
    after = only(bundle(*found[:place], other, *found[place:]))
    assert figures(after) == figures(before)
    assert [line.written for line in after.lines] == [line.written for line in before.lines]


@given(some_orders, orders(), st.sampled_from(["stopped", "cancelled", "entered-in-error", "draft", "on-hold"]))
def test_what_has_ended_never_counts(found, other, status):
    before, after = only(bundle(*found)), only(bundle(*found, {**other, "id": "z", "status": status}))
    assert figures(after) == figures(before)
    assert "FHIR-101" in {caution.code for caution in after.cautions}
    for intent in ("proposal", "plan", "option"):
        assert figures(only(bundle(*found, {**other, "id": "z", "intent": intent}))) == figures(before)


@given(some_orders, orders())
def test_one_more_active_order_never_lowers_the_total(found, other):
    low, high, _ = figures(only(bundle(*found)))
    lower, higher, _ = figures(only(bundle(*found, {**other, "id": "z"})))
    assert lower >= low
    assert higher >= high


@given(orders())
def test_equal_orders_of_two_prescribers_both_count(order):
    one = {**order, "id": "a", "requester": {"reference": "Practitioner/1"}}
    other = {**order, "id": "b", "requester": {"reference": "Practitioner/2"}}
    scheduled, most, is_whole = figures(only(one))
    assert figures(only(bundle(one, other))) == (2 * scheduled, 2 * most, is_whole)


@given(orders(), st.data())
def test_without_a_timing_there_is_a_problem_and_no_smaller_total(order, data):
    """Of the timing as a whole, or of any part of it: less is counted only where that is said."""
    before = only(order)
    timing = order["dosageInstruction"][0]["timing"]
    path = data.draw(st.sampled_from([(), ("repeat",), *(("repeat", key) for key in timing["repeat"])]))
    changed = copy.deepcopy(order)
    holder = changed["dosageInstruction"][0]
    for key in ("timing", *path)[:-1]:
        holder = holder[key]
    del holder[("timing", *path)[-1]]
    after = only(changed)
    rerated = report_of(after)
    is_opioid = order["medicationCodeableConcept"] != PRODUCTS[-1][0]  # the last is gabapentin
    if len(path) < 2 and is_opioid and order["dosageInstruction"][0].get("maxDosePerPeriod") is None:
        assert rerated.problems or not after.lines[0].is_active_on(DAY)
    if figures(after)[1] < figures(before)[1]:
        assert rerated.problems or rerated.cautions


@given(
    st.integers(1, 4),
    st.integers(0, 3),
    st.sampled_from(["4", "6", "8", "12"]),
    st.sampled_from(["0", "2", "12"]),
    st.integers(1, 60),
    st.booleans(),
)
def test_a_span_counts_at_both_ends(low, more, period, longer, days, as_needed):
    repeat = {
        "frequency": low,
        "frequencyMax": low + more,
        "period": Decimal(period) * 4,
        "periodMax": Decimal(period) * 4 + Decimal(longer),
        "periodUnit": "h",
    }
    said = dosage(quantity(1, "{tbl}"), {"repeat": repeat}, asNeededBoolean=as_needed)
    least, most = Fraction(low * 24, int(period) * 4 + int(longer)), Fraction((low + more) * 24, int(period) * 4)
    supply = {"quantity": quantity(120, "{tbl}"), "expectedSupplyDuration": quantity(days, "d")}
    total = report_of(only(request(said, dispenseRequest=supply))).total
    assert isinstance(total, CompleteTotal)
    assert total.scheduled.value == (0 if as_needed else least * Fraction("7.5"))
    assert total.maximum.value >= most * Fraction("7.5")
    assert total.expected is not None
    assert total.scheduled.value <= total.maximum.value
    if least <= Fraction(120, days) <= most:
        assert total.scheduled.value <= total.expected.value <= total.maximum.value


# --- a case, and back --------------------------------------------------------------------------------------------

SIGS = [
    "oxycodone 10 mg tablet, {count} tablet{s} every {hours} hours",
    "oxycodone 5 mg tablet, 1-{count} tablets every 4 to {hours} hours as needed for pain, max 8 tablets per day",
    "oxycodone 5 mg tablet, {count} tablet{s} {times} times daily for {days} days",
    "oxycodone 5 mg tablet, {count} tablet{s} in the morning and 2 tablets at bedtime",
    "oxycodone 5 mg / acetaminophen 325 mg tablet, 1 tablet every {hours} hours as needed, max 6 tablets per day",
    "hydrocodone-acetaminophen 7.5-325 mg/15 mL solution, 15 mL every {hours} hours",
    "oxycodone 10 mg/15 mL solution, 15 mL every {hours} hours",
    "Percocet 5/325, 1 tablet every {hours} hours",
    "morphine ER 30 mg tablet, {count} tablet{s} every 12 hours, #60, {days} days",
    "morphine 20 mg/mL solution, 0.5 mL every {hours} hours",
    "morphine 10 mg/mL injection, 1 mL every {hours} hours",
    "hydromorphone 3 mg suppository, 1 every {hours} hours",
    "buprenorphine patch 10 mcg/h weekly",
    "buprenorphine 8 mg sublingual tablet, 1 tablet daily",
    "fentanyl patch {rate} mcg/h, {count} patch{es} every 72 hours",
    "fentanyl patch 25 mcg/h, 1 patch every 2 to 3 days",
    "fentanyl buccal tablet 200 mcg, 1 tablet up to {count} times daily as needed",
    "fentanyl nasal spray 100 mcg, 1 spray every {hours} hours",
    "methadone 10 mg tablet, 1 tablet {times} times daily",
    "tramadol 50 mg, 1 tablet every other day",
    "gabapentin 300 mg capsule, 1 capsule at bedtime",
    "oxycodone 10 mg",
    "oxycodone",
    "oxicodone 10 mg tid",
    "diazepam rectal gel 10 mg once",
]
DATES = st.sampled_from(["2026-12-01", "2027-01-04", "2027-01-05"])
NAMES = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x2FF, exclude_categories=("Cc", "Cs", "Zs")), min_size=1, max_size=12
)


@st.composite
def medications(draw: st.DrawFn) -> dict[str, Any]:
    count = draw(st.integers(1, 4))
    found: dict[str, Any] = {}
    if draw(st.booleans()):
        found["start"] = draw(DATES)
    if draw(st.booleans()):
        found["end"] = draw(st.sampled_from(["2027-01-05", "2027-06-30"]))
    stated = len(found) == 2  # "for 5 days" beside other days would contradict them, and is asked about in FHIR
    lasts = (date.fromisoformat(found["end"]) - date.fromisoformat(found["start"])).days + 1 if stated else None
    found["sig"] = draw(st.sampled_from(SIGS)).format(
        count=count,
        s="" if count == 1 else "s",
        es="" if count == 1 else "es",
        hours=draw(st.sampled_from([4, 6, 8, 12])),
        times=draw(st.integers(2, 4)),
        days=lasts or draw(st.integers(1, 40)),
        rate=draw(st.sampled_from(["12", "25", "75"])),
    )
    if draw(st.booleans()):
        found["prescriber"] = draw(NAMES)
    if draw(st.booleans()):
        found["indication"] = draw(st.sampled_from(["back pain", "opioid use disorder", "cough"]))
    return found


numbers = st.integers(1, 44).map(Decimal) | st.decimals("0.1", "40", places=2)
PATIENTS = st.fixed_dictionaries(
    {},
    optional={
        "age": st.integers(0, 130),
        "sex": st.sampled_from(["female", "male", "other", "intersex"]),
        "conditions": st.lists(st.sampled_from(["sleep apnea", "copd", "depression"]), unique=True),
        "egfr": numbers,
        "crcl": numbers,
        "weight_kg": numbers,
        "creatinine_mg_dl": numbers,
        "child_pugh": st.sampled_from("ABC"),
        "qtc_ms": numbers,
        "pregnant": st.booleans(),
        "gestational_weeks": numbers,
        "opioid_tolerant": st.booleans(),
        "indication": st.sampled_from(["chronic pain", "cancer pain", "opioid use disorder"]),
        "context": st.lists(st.sampled_from(["supervised taper", "perioperative"]), unique=True),
        "opioid_since": DATES,
        "household": st.lists(st.sampled_from(["children", "pets"]), unique=True),
        "scores": st.dictionaries(NAMES, numbers, max_size=3),
    },
)
CASES = st.fixed_dictionaries(
    {"medications": st.lists(medications(), max_size=4)},
    optional={
        "id": NAMES,
        "patient": PATIENTS,
        "done": st.dictionaries(NAMES, st.booleans() | DATES, max_size=3),
    },
)


def returned(case: Case) -> Case:
    """A case written, and read again."""
    text = json.loads(pretty(case_bundle(case)), parse_float=Decimal)
    (found,) = ResourceReader().read(text, as_of=case.as_of)
    return found


@given(CASES)
def test_a_case_written_as_fhir_comes_back(table):
    before = read_case(table, as_of=DAY)
    after = returned(before)
    assert after.id == before.id
    assert after.patient == before.patient
    assert after.done == before.done
    assert bool(after.unread) >= bool(before.unread)
    one, other = report_of(before), report_of(after)
    if any(line.problems for line in before.lines):
        assert other.problems  # a line that is not understood is said again
    else:
        assert not after.problems
        assert str(other.total) == str(one.total)
        assert [entry.daily for entry in other.entries] == [entry.daily for entry in one.entries]
        assert other.acetaminophen == one.acetaminophen
        assert other.exit_code == one.exit_code
        assert [each.id for each in check_case(after, table=TABLE).findings] == [
            each.id for each in check_case(before, table=TABLE).findings
        ]
    for here, there in zip(before.lines, after.lines, strict=True):
        assert (there.start, there.end, there.prescriber) == (here.start, here.end, here.prescriber)
        if here.regimen is None or here.problems:
            continue
        assert there.regimen is not None
        assert not there.problems
        assert [c.ingredient for c in there.regimen.product.components] == [
            c.ingredient for c in here.regimen.product.components
        ]
        assert there.regimen.product.route == here.regimen.product.route
        assert (there.regimen.quantity, there.regimen.days_supply) == (here.regimen.quantity, here.regimen.days_supply)
        assert there.regimen.sig.takings == here.regimen.sig.takings
        assert (there.regimen.sig.as_needed, there.regimen.sig.reason, there.regimen.sig.duration_days) == (
            here.regimen.sig.as_needed,
            here.regimen.sig.reason,
            here.regimen.sig.duration_days,
        )


def test_a_part_that_was_not_understood_is_not_dropped():
    table = {"patient": {"conditions": ["sleep apnoeaa"]}, "medications": [{"sig": "oxycodone 5 mg tablet tid"}]}
    after = returned(read_case(table, as_of=DAY))
    assert after.problems
    assert after.unread
    lost = returned(read_case({"medications": 5}, as_of=DAY))
    assert lost.unread


def test_facts_of_a_later_day_or_of_two_values_are_said():
    case = read_case({"patient": {"weight_kg": 80}, "done": {"pdmp": date(2026, 11, 2)}, "medications": []}, as_of=DAY)
    document = json.loads(pretty(case_bundle(case)), parse_float=Decimal)
    (early,) = ResourceReader().read(document, as_of=date(2026, 12, 1))
    assert early.patient.weight_kg is None
    assert {caution.code for caution in early.cautions} == {"FHIR-102"}
    twice = copy.deepcopy(document)
    twice["entry"].append(copy.deepcopy(document["entry"][1]))
    twice["entry"][-1]["resource"]["valueQuantity"]["value"] = 90
    (both,) = ResourceReader().read(twice, as_of=DAY)
    assert both.patient.weight_kg is None
    assert {problem.code for problem in both.problems} == {"CASE-003"}
    for changes in ({"value": 7000}, {"code": "[lb_av]"}, {"comparator": "<"}, {"value": "80"}):
        wrong = copy.deepcopy(document)
        wrong["entry"][1]["resource"]["valueQuantity"] |= changes
        (found,) = ResourceReader().read(wrong, as_of=DAY)
        assert found.patient.weight_kg is None
        assert found.problems


# --- anything in any place ---------------------------------------------------------------------------------------

MEDICATION = {
    "resourceType": "Medication",
    "id": "m",
    "status": "active",
    "code": FENTANYL,
    "form": {"text": "patch"},
    "ingredient": [
        {
            "itemCodeableConcept": {"text": "fentanyl"},
            "strength": {"numerator": quantity(75, "ug"), "denominator": quantity(1, "h")},
        }
    ],
}
RATE_TYPE = "http://terminology.hl7.org/CodeSystem/dose-rate-type"
FULL = dosage(
    quantity(1, "{tbl}"),
    every(
        2,
        frequencyMax=4,
        periodMax=2,
        boundsPeriod={"start": "2026-12-01", "end": "2027-02-01"},
        duration=1,
        durationMax=2,
        durationUnit="h",
        count=500,
        countMax=600,
    ),
    sequence=1,
    text="take",
    asNeededCodeableConcept={"coding": [{"system": "x", "code": "y", "display": "pain"}], "text": "pain"},
    maxDosePerPeriod={"numerator": quantity(6, "{tbl}"), "denominator": quantity(1, "d")},
    maxDosePerAdministration=quantity(2, "{tbl}"),
    additionalInstruction=[{"text": "at most 3"}],
    patientInstruction="stop after 3 days",
    route={"coding": [{"system": "http://snomed.info/sct", "code": "26643006", "display": "Oral"}]},
)
FULL["doseAndRate"].append(
    {
        "type": {"coding": [{"system": RATE_TYPE, "code": "ordered"}]},
        "doseRange": {"low": quantity(1, "{tbl}"), "high": quantity(2, "{tbl}")},
    }
)
CODED = dosage(
    quantity(1, "{tbl}"),
    {
        "repeat": {"when": ["MORN"], "dayOfWeek": ["mon"], "boundsDuration": quantity(5, "d")},
        "code": {
            "text": "daily",
            "coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation", "code": "QD"}],
        },
    },
    sequence=2,
    asNeededBoolean=False,
)
CLOCK = dosage(
    quantity(1, "{tbl}"),
    {
        "repeat": {"timeOfDay": ["08:00:00"], "boundsRange": {"low": quantity(1, "d"), "high": quantity(3, "d")}},
        "event": ["2027-01-04"],
    },
    sequence=3,
)
WHOSE = {"reference": "Patient/1"}
TABLETS = dosage(quantity(1, "{tbl}"), every(4))
DRUG = {"text": "oxycodone 5 mg tablet", "coding": [{"system": RXNORM, "code": "1", "display": "x"}]}
FACTS: list[tuple[str, str, dict[str, Any]]] = [
    ("fact", "weight_kg", {"valueQuantity": quantity(80, "kg")}),
    ("fact", "pregnant", {"valueBoolean": True}),
    ("fact", "child_pugh", {"valueString": "A"}),
    ("fact", "household", {"valueString": "children"}),
    ("fact", "opioid_since", {"valueDateTime": "2020-01-01"}),
    ("score", "PEG", {"valueQuantity": {"value": 7}}),
    ("done", "pdmp", {"valueDateTime": "2026-11-01"}),
]
VALID: list[dict[str, Any]] = [
    request(
        FULL,
        CODED,
        CLOCK,
        id="o1",
        drug=DRUG,
        authoredOn="2026-12-01",
        requester={"reference": "Practitioner/1", "identifier": {"value": "a"}},
        dispenseRequest={
            "quantity": quantity(60, "{tbl}"),
            "expectedSupplyDuration": quantity(30, "d"),
            "numberOfRepeatsAllowed": 1,
            "validityPeriod": {"start": "2026-12-01", "end": "2027-02-01"},
        },
        reasonCode=[{"text": "back pain", "coding": [{"display": "x"}]}],
        reasonReference=[{"reference": "Condition/c"}],
        doNotPerform=False,
        meta={"lastUpdated": "2027-01-01T00:00:00Z"},
        basedOn=[{"reference": "MedicationRequest/o0"}],
    ),
    request(TABLETS, id="o3"),
    {
        "resourceType": "MedicationRequest",
        "id": "o2",
        "status": "active",
        "intent": "filler-order",
        "subject": WHOSE,
        "contained": [MEDICATION],
        "medicationReference": {"reference": "#m", "display": "fentanyl"},
        "dosageInstruction": [dosage(quantity(1, "{patch}"), every(1, 3))],
        "basedOn": [{"reference": "MedicationRequest/o1"}],
    },
    {
        "resourceType": "MedicationStatement",
        "id": "s",
        "status": "stopped",
        "subject": WHOSE,
        "medicationCodeableConcept": DRUG,
        "dosage": [TABLETS],
        "effectivePeriod": {"start": "2026-01-01", "end": "2026-06-01"},
        "derivedFrom": [{"reference": "MedicationRequest/o9"}],
    },
    {
        "resourceType": "MedicationDispense",
        "id": "d",
        "status": "completed",
        "subject": {"identifier": {"system": "x", "value": "1"}},
        "medicationCodeableConcept": DRUG,
        "dosageInstruction": [TABLETS],
        "whenHandedOver": "2026-12-20",
        "whenPrepared": "2026-12-19",
        "daysSupply": quantity(30, "d"),
        "quantity": quantity(60, "{tbl}"),
        "authorizingPrescription": [{"reference": "MedicationRequest/o1"}],
    },
    {
        "resourceType": "MedicationAdministration",
        "id": "a",
        "status": "completed",
        "subject": WHOSE,
        "medicationCodeableConcept": DRUG,
        "effectiveDateTime": "2027-01-02T08:00:00Z",
        "effectivePeriod": {"start": "2027-01-01"},
    },
    {
        "resourceType": "Patient",
        "id": "1",
        "gender": "female",
        "birthDate": "1960-01-05",
        "extension": [{"url": "urn:medsteward:age", "valueInteger": 66}],
        "deceasedBoolean": False,
    },
    {
        "resourceType": "Condition",
        "id": "c",
        "subject": WHOSE,
        "clinicalStatus": {
            "coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]
        },
        "verificationStatus": {
            "coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": "confirmed"}]
        },
        "code": {"text": "sleep apnea", "coding": [{"display": "x"}]},
        "abatementDateTime": "2028-01-01",
    },
    {
        "resourceType": "Observation",
        "id": "e",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "98979-8"}]},
        "subject": WHOSE,
        "effectiveDateTime": "2026-01-01",
        "effectivePeriod": {"start": "2026-01-01"},
        "valueQuantity": quantity(50, "mL/min/{1.73_m2}", comparator=">"),
    },
    *(
        {
            "resourceType": "Observation",
            "id": name,
            "status": "final",
            "code": {"coding": [{"system": f"urn:medsteward:{system}", "code": name}]},
            "subject": WHOSE,
            "effectiveDateTime": "2026-01-01",
            **value,
        }
        for system, name, value in FACTS
    ),
    MEDICATION,
]
MEDICATIONS = ("MedicationRequest", "MedicationStatement", "MedicationDispense", "MedicationAdministration")

Path = tuple[str | int, ...]


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every place in a value."""
    yield path
    if isinstance(value, dict):
        for key in value:
            yield from places(value[key], (*path, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from places(each, (*path, number))


def put(value: Any, path: Path, other: Any) -> Any:
    """The value with another one in a place."""
    if not path:
        return other
    found = copy.copy(value)
    found[path[0]] = put(value[path[0]], path[1:], other)
    return found


PLACES = [(number, path) for number, resource in enumerate(VALID) for path in places(resource)]
LIKELY: list[Any] = [
    None,
    True,
    -1,
    10**30,
    10**400,
    Decimal("1E+999"),
    Decimal("1E-999"),
    Decimal("-0"),
    Decimal("1E+99999999"),
    "",
    "\x00",
    "0001-01-01",
    "9999-12-31",
    "2027-13",
    "a" * 5000,
    "#",
    "#m",
    "Patient/1",
    "\u0663",
    [],
    {},
    [None],
    [[[]]],
    ["x", "x"],
    {"coding": [None]},
    {"coding": 5},
    {"coding": [{"code": 5, "system": []}]},
    {"reference": []},
    {"value": Decimal("1E+999"), "unit": "mg"},
    {"resourceType": "MedicationRequest"},
]
KEYS = st.sampled_from(
    ["coding", "code", "system", "text", "value", "unit", "reference", "start", "low", "resourceType"]
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


def is_medication(value: Any) -> bool:
    return isinstance(value, dict) and value.get("resourceType") in MEDICATIONS


def answered(document: Any) -> list[Case]:
    """The cases, each of them counted and checked."""
    found = list(ResourceReader().read(document, as_of=DAY))
    for case in found:
        report_of(case)
    return found


@given(st.sampled_from(PLACES), st.sampled_from(LIKELY) | anything)
def test_anything_in_any_place_is_data(place, value):
    number, path = place
    changed = put(VALID[number], path, value)
    alone = answered(changed)
    if isinstance(changed, dict) and isinstance(changed.get("resourceType"), str) and is_medication(changed):
        assert any(case.lines or case.problems or case.cautions for case in alone)
    together = answered(bundle(*VALID[:number], changed, *VALID[number + 1 :]))
    if path:  # the others are still there: what cannot be read hides nothing else
        told = sum(len(case.lines) + len(case.problems) + len(case.cautions) for case in together)
        assert told >= sum(map(is_medication, VALID)) - 1


@pytest.mark.slow
def test_every_likely_nonsense_in_every_place_is_data():
    for number, path in PLACES:
        for value in LIKELY:
            answered(put(VALID[number], path, value))


@given(st.sampled_from(PLACES), st.sampled_from(LIKELY) | anything)
def test_a_stream_of_anything_is_data(place, value):
    number, path = place
    changed = put(VALID[number], path, value)
    try:
        text = json.dumps(changed, default=str)
    except ValueError:
        assume(False)
    data = b"".join(json.dumps(each).encode() + b"\n" for each in VALID) + text.encode() + b"\n"
    try:
        for case in read_cases("-", io.BytesIO(data), as_of=DAY):
            report_of(case)
    except UnreadableInput:
        pass


@given(st.sampled_from(PLACES), st.sampled_from(LIKELY) | anything)
def test_with_msgspec_and_without_the_answer_is_one(place, value):
    pytest.importorskip("msgspec")
    number, path = place
    data = json.dumps(put(VALID[number], path, value), default=str).encode()
    answers = []
    for decoder in (decode.fast_decoder, lambda: None):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(decode, "fast_decoder", decoder)
            try:
                found = decode.decode(data, "a")
                answers.append((repr(found), repr(list(ResourceReader().read(found, as_of=DAY)))))
            except UnreadableInput as error:
                answers.append((str(error), ""))
    assert answers[0] == answers[1]
