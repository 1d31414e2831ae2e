"""Patients of a pain clinic as FHIR: a Bundle a line, the same for the same seed. Drawn as ``bench_check`` draws them.

Prescriptions are like others (the same drugs and directions come again), as in real records; no two patients are alike:
each has his own drugs, conditions, age, kidney function and days.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from benchmarks.bench_check import CONDITIONS, OPIOIDS, OTHERS, WITH_AN_OPIOID, one_of, share

DAY = date(2027, 1, 4)
TIMES = {"daily": 1, "nightly": 1, "twice daily": 2, "3 times daily": 3, "4 times daily": 4}
UCUM = "http://unitsofmeasure.org"


def patients(count: int) -> Iterator[str]:
    """So many patients, each a Bundle as a line of JSON."""
    chance = random.Random(2027)
    for number in range(count):
        yield json.dumps(_bundle(chance, f"p{number}")) + "\n"


def _bundle(chance: random.Random, name: str) -> dict[str, Any]:
    age = min(max(round(chance.gauss(57, 16)), 19), 95)
    opioid = one_of(chance, OPIOIDS)
    sigs = opioid + share(chance, OTHERS) + (share(chance, WITH_AN_OPIOID) if opioid else [])
    born = DAY - timedelta(days=round(age * 365.25) + chance.randint(0, 300))
    resources: list[dict[str, Any]] = [
        {
            "resourceType": "Patient",
            "id": name,
            "gender": chance.choice(("female", "male")),
            "birthDate": born.isoformat(),
        }
    ]
    if chance.random() < 0.7:
        egfr = min(max(round(chance.gauss(105 - 0.55 * age, 16)), 8), 130)
        resources.append(_egfr(chance, name, egfr))
    resources += [_condition(name, place, text) for place, text in enumerate(share(chance, CONDITIONS))]
    resources += [_order(chance, name, place, sig) for place, sig in enumerate(sigs or ["acetaminophen 500 mg tablet"])]
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": each} for each in resources]}


def _egfr(chance: random.Random, name: str, value: int) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "id": f"{name}-egfr",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "98979-8"}]},
        "subject": {"reference": f"Patient/{name}"},
        "effectiveDateTime": (DAY - timedelta(days=chance.randint(1, 300))).isoformat(),
        "valueQuantity": {"value": value, "unit": "mL/min/{1.73_m2}", "system": UCUM, "code": "mL/min/{1.73_m2}"},
    }


def _condition(name: str, place: int, text: str) -> dict[str, Any]:
    active = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]}
    return {
        "resourceType": "Condition",
        "id": f"{name}-c{place}",
        "clinicalStatus": active,
        "code": {"text": text},
        "subject": {"reference": f"Patient/{name}"},
    }


def _order(chance: random.Random, name: str, place: int, sig: str) -> dict[str, Any]:
    drug, _, directions = sig.partition(", ")
    order: dict[str, Any] = {
        "resourceType": "MedicationRequest",
        "id": f"{name}-m{place}",
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": {"text": drug},
        "subject": {"reference": f"Patient/{name}"},
        "authoredOn": (DAY - timedelta(days=chance.randint(0, 60))).isoformat(),
        "requester": {"reference": f"Practitioner/{chance.randint(1, 400)}"},
    }
    if directions:
        order["dosageInstruction"] = [_dosage(directions)]
    if chance.random() < 0.5:
        days = chance.choice((7, 30, 90))
        order["dispenseRequest"] = {"expectedSupplyDuration": {"value": days, "unit": "d", "system": UCUM, "code": "d"}}
    return order


def _dosage(directions: str) -> dict[str, Any]:
    """Directions in words, and in parts as well where they are simple."""
    dosage: dict[str, Any] = {"text": directions}
    count, _, rest = directions.partition(" ")
    unit, _, often = rest.partition(" ")
    needed = often.endswith(" as needed")
    often = often.removesuffix(" as needed")
    if count.isdigit() and unit in ("tablet", "tablets") and often in TIMES:
        dosage["doseAndRate"] = [
            {"doseQuantity": {"value": int(count), "unit": "tablet", "code": "{tbl}", "system": UCUM}}
        ]
        dosage["timing"] = {"repeat": {"frequency": TIMES[often], "period": 1, "periodUnit": "d"}}
        dosage["asNeededBoolean"] = needed
    return dosage
