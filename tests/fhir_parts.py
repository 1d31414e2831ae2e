"""Small FHIR resources that tests are made of."""

from __future__ import annotations

from datetime import date
from typing import Any

from medsteward.advice.case.mme import mme_per_day
from medsteward.advice.case.mme_report import MmeReport
from medsteward.model.regimen import Case
from medsteward.readers.fhir.cases import ResourceReader
from medsteward.tables.load import factor_table

DAY = date(2027, 1, 4)
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
NDC = "http://hl7.org/fhir/sid/ndc"
UCUM = "http://unitsofmeasure.org"
OXYCODONE = {"text": "oxycodone 5 mg tablet"}
FENTANYL = {"coding": [{"system": RXNORM, "code": "197696"}]}


def quantity(value: Any, code: str | None = None, **more: Any) -> dict[str, Any]:
    """A quantity, by UCUM code where one is given."""
    coded = {"system": UCUM, "code": code} if code is not None else {}
    return {"value": value, **coded, **more}


def every(frequency: int, period: Any = 1, unit: str = "d", **more: Any) -> dict[str, Any]:
    """A Timing."""
    return {"repeat": {"frequency": frequency, "period": period, "periodUnit": unit, **more}}


def dosage(dose: dict[str, Any] | None = None, timing: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """A Dosage of a dose and a timing."""
    found: dict[str, Any] = {}
    if timing is not None:
        found["timing"] = timing
    if dose is not None:
        found["doseAndRate"] = [{"doseQuantity": dose}]
    return {**found, **more}


TABLETS = dosage(quantity(1, "{tbl}"), every(4))
PATCH = dosage(quantity(1, "{patch}"), every(1, 3))


def request(*dosages: dict[str, Any], drug: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """A MedicationRequest of oxycodone 5 mg tablets, or of another drug."""
    found: dict[str, Any] = {
        "resourceType": "MedicationRequest",
        "status": "active",
        "intent": "order",
        "subject": {"reference": "Patient/1"},
        "medicationCodeableConcept": OXYCODONE if drug is None else drug,
    }
    if dosages:
        found["dosageInstruction"] = list(dosages)
    found |= more
    return {key: value for key, value in found.items() if value is not None}


def bundle(*resources: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A Bundle."""
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"resource": resource} for resource in resources],
        **more,
    }


def cases(resource: Any, day: date = DAY) -> list[Case]:
    """Every case of a resource."""
    return list(ResourceReader().read(resource, as_of=day))


def case(resource: Any, day: date = DAY) -> Case:
    """The one case of a resource."""
    (found,) = cases(resource, day)
    return found


def mme(resource: Any, day: date = DAY) -> MmeReport:
    """The MME of the one case of a resource, by CDC 2022."""
    return mme_per_day(case(resource, day), table=factor_table("cdc_2022"))
