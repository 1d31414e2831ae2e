"""A generated population in Synthea's shape: every order of every patient is read, or named."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any

from medsteward.advice.case.mme import mme_per_day
from medsteward.readers.fhir.cases import ResourceReader
from medsteward.tables.load import factor_table
from tests.fhir_examples import became, orders_in

DAY = date(2026, 6, 1)
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
DRUGS = (
    ("1049621", "Oxycodone Hydrochloride 5 MG Oral Tablet"),
    ("1049221", "Acetaminophen 325 MG / Oxycodone Hydrochloride 5 MG Oral Tablet"),
    ("856987", "Acetaminophen 300 MG / Hydrocodone Bitartrate 5 MG Oral Tablet"),
    ("314076", "lisinopril 10 MG Oral Tablet"),
    ("310965", "Ibuprofen 200 MG Oral Tablet"),
    ("313782", "Acetaminophen 325 MG Oral Tablet"),
    ("999999999", "Something New 5 MG Oral Tablet"),
)
STATUSES = ("active", "active", "stopped", "completed", "cancelled", "unknown")


def patient_bundle(random: Random, number: int) -> dict[str, Any]:
    """One patient as Synthea exports one: a transaction with urn:uuid addresses, encounters, claims and orders."""

    def uuid(kind: int, n: int = 0) -> str:
        return f"urn:uuid:{kind:08d}-0000-4000-8000-{number * 1000 + n:012d}"

    who = uuid(1)
    entries: list[dict[str, Any]] = [
        {
            "resourceType": "Patient",
            "id": who[9:],
            "gender": random.choice(["male", "female"]),
            "birthDate": "1960-02-03",
        },
        {"resourceType": "Encounter", "id": uuid(2)[9:], "status": "finished", "subject": {"reference": who}},
    ]
    for n in range(random.randint(1, 6)):
        code, display = random.choice(DRUGS)
        written = DAY - timedelta(days=random.randint(0, 900))
        order: dict[str, Any] = {
            "resourceType": "MedicationRequest",
            "id": uuid(3, n)[9:],
            "status": random.choice(STATUSES),
            "intent": "order",
            "medicationCodeableConcept": {
                "coding": [{"system": RXNORM, "code": code, "display": display}],
                "text": display,
            },
            "subject": {"reference": who},
            "encounter": {"reference": uuid(2)},
            "authoredOn": f"{written}T08:12:31-05:00",
            "requester": {"reference": "Practitioner?identifier=x|1", "display": "Dr. A"},
        }
        if random.random() < 0.7:
            timing = {"repeat": {"frequency": random.randint(1, 4), "period": 1.0, "periodUnit": "d"}}
            dose = {"type": {"coding": [{"code": "ordered"}]}, "doseQuantity": {"value": 1.0}}
            needed = random.random() < 0.3
            order["dosageInstruction"] = [
                {"sequence": 1, "timing": timing, "asNeededBoolean": needed, "doseAndRate": [dose]}
            ]
        entries.append(order)
    return {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [
            {"fullUrl": f"urn:uuid:{each['id']}", "resource": each, "request": {"method": "POST", "url": "x"}}
            for each in entries
        ],
    }


def test_no_order_of_a_population_is_lost():
    random, kept, orders = Random(20261130), Counter[str](), 0
    for number in range(60):
        bundle = patient_bundle(random, number)
        orders += orders_in(bundle)
        (case,) = ResourceReader().read(bundle, as_of=DAY)
        left_out = sum(each.code == "FHIR-101" and "not counted" in each.text for each in case.cautions)
        named = sum(bool(line.problems) for line in case.lines)
        read = len(case.lines) - named
        assert read + named + left_out == orders_in(bundle)
        kept.update(read=read, named=named, left_out=left_out)
        report = mme_per_day(case, table=factor_table("cdc_2022"))
        assert (report.exit_code == 0) or report.problems
        for entry in bundle["entry"]:
            if entry["resource"]["resourceType"] == "MedicationRequest":
                assert became(entry["resource"]) != "lost"
    assert sum(kept.values()) == orders
    assert min(kept.values()) > 10, kept
