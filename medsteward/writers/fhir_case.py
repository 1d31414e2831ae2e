"""A case as a FHIR R4 Bundle that our reader takes back: patient, conditions, eGFR, a MedicationRequest a line."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from medsteward.model.amount import Amount
from medsteward.model.number import decimal_text, json_number
from medsteward.model.product import Product
from medsteward.model.regimen import Case, Line, Patient
from medsteward.model.sig import Dose, Sig, Span
from medsteward.model.unit import Unit
from medsteward.writers.fhir_parts import UCUM, collection, midnight, subject
from medsteward.writers.json_text import Document

AGE = "urn:medsteward:age"
"""The extension that holds an age in whole years: a day of birth would be an invention."""
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"

_GENDERS = {"f": "female", "m": "male", "female": "female", "male": "male", "other": "other"}
_CODES = {
    Unit.MG: "mg",
    Unit.MCG: "ug",
    Unit.G: "g",
    Unit.ML: "mL",
    Unit.H: "h",
    Unit.D: "d",
    Unit.MCG_PER_H: "ug/h",
    Unit.MG_PER_H: "mg/h",
    Unit.IU: "[iU]",
    Unit.MEQ: "meq",
    Unit.TABLET: "{tbl}",
    Unit.CAPSULE: "{capsule}",
    Unit.PATCH: "{patch}",
    Unit.FILM: "{film}",
    Unit.LOZENGE: "{lozenge}",
    Unit.SPRAY: "{spray}",
    Unit.ACTUATION: "{actuat}",
    Unit.SUPPOSITORY: "{suppository}",
    Unit.PACKET: "{packet}",
    Unit.SYRINGE: "{syringe}",
    Unit.VIAL: "{vial}",
}


def case_bundle(case: Case) -> Document:
    """The Bundle. What our reader does not take back from FHIR is left out: scores, weight, what was done."""
    whose = subject(case.id)
    return collection(
        [
            _patient(case),
            *(
                {"resourceType": "Condition", "subject": whose, "code": {"text": each}}
                for each in case.patient.conditions
            ),
            _egfr(case.patient, case, whose),
            *(request(line, whose) for line in case.lines),
        ]
    )


def _patient(case: Case) -> Document:
    found: Document = {"resourceType": "Patient"}
    reference = subject(case.id).get("reference")
    if reference is not None:
        found["id"] = reference.removeprefix("Patient/")
    if case.patient.age is not None:
        found["extension"] = [{"url": AGE, "valueInteger": case.patient.age}]
    gender = _GENDERS.get((case.patient.sex or "").casefold())
    if gender is not None:
        found["gender"] = gender
    return found


def _egfr(patient: Patient, case: Case, whose: Document) -> Document | None:
    if patient.egfr is None:
        return None
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "98979-8"}], "text": "eGFR"},
        "subject": whose,
        "effectiveDateTime": midnight(case.as_of),
        "valueQuantity": {
            "value": json_number(patient.egfr),
            "unit": "mL/min/{1.73_m2}",
            "system": UCUM,
            "code": "mL/min/{1.73_m2}",
        },
    }


def request(line: Line, whose: Document) -> Document:
    """One line. A line whose drug was not made out keeps its words."""
    found: Document = {"resourceType": "MedicationRequest", "status": "active", "intent": "order"}
    regimen = line.regimen
    if regimen is None or line.problems:
        return {**found, "medicationCodeableConcept": {"text": line.written or "not stated"}, "subject": whose}
    product, sig = regimen.product, regimen.sig
    concept: Document = {"text": product_words(product)}
    if product.rxcui is not None:
        concept["coding"] = [{"system": RXNORM, "code": product.rxcui}]
    found |= {"medicationCodeableConcept": concept, "subject": whose}
    if line.prescriber is not None:
        found["requester"] = {"identifier": {"value": line.prescriber}}
    if regimen.indication is not None:
        found["reasonCode"] = [{"text": regimen.indication}]
    if dosages := _dosages(sig, line):
        found["dosageInstruction"] = dosages
    supply: Document = {}
    if regimen.quantity is not None:
        supply["quantity"] = _quantity(regimen.quantity)
    if regimen.days_supply is not None:
        supply["expectedSupplyDuration"] = _quantity(Amount(regimen.days_supply, Unit.D))
    if supply:
        found["dispenseRequest"] = supply
    return found


def product_words(product: Product) -> str:
    """A product as a line of directions names it."""
    names = "/".join(component.ingredient for component in product.components)
    strengths = [component.strength for component in product.components if component.strength is not None]
    form = product.form or (product.unit.value if product.unit is not None and product.unit.is_count else "")
    release = product.release if product.release in ("ER", "DR") and form != "patch" else ""
    strength = str(strengths[0]) if len(strengths) == 1 else ""
    if len(strengths) > 1 and len({each.unit for each in strengths}) == 1:
        strength = f"{'/'.join(decimal_text(each.value) for each in strengths)} {strengths[0].unit.value}"
    return " ".join(filter(None, (product.brand or names, release or "", strength, form)))


def _quantity(amount: Amount) -> Document:
    code = _CODES.get(amount.unit)
    coded = {"system": UCUM, "code": code} if code is not None else {}
    return {"value": json_number(amount.value), "unit": amount.unit.value, **coded}


def _dosages(sig: Sig, line: Line) -> list[Document]:
    takings = [(taking.dose, taking.times_per_day) for taking in sig.takings]
    if sig.daily_total is not None and not takings:
        takings = [(sig.daily_total, Span(Fraction(1), Fraction(1)))]
    found = []
    for dose, times in takings or ([(None, None)] if sig.limit is not None else []):
        dosage: Document = {"sequence": 1}
        repeat = _repeat(times, sig)
        if repeat and (bounds := _bounds(line)):
            repeat["boundsPeriod"] = bounds
        if repeat:
            dosage["timing"] = {"repeat": repeat}
        if sig.as_needed and sig.reason is not None:
            dosage["asNeededCodeableConcept"] = {"text": sig.reason}
        elif sig.as_needed:
            dosage["asNeededBoolean"] = True
        if dose is not None:
            dosage["doseAndRate"] = [_dose(dose)]
        limits = [sig.limit] if sig.limit is not None else []
        if sig.limit_doses is not None and dose is not None:
            limits.append(dose.high * sig.limit_doses)
        if limits:
            dosage["maxDosePerPeriod"] = {
                "numerator": _quantity(limits[-1]),
                "denominator": _quantity(Amount(Fraction(1), Unit.D)),
            }
        found.append(dosage)
    return found


def _dose(dose: Dose) -> Document:
    if dose.low == dose.high:
        return {"doseQuantity": _quantity(dose.high)}
    return {"doseRange": {"low": _quantity(dose.low), "high": _quantity(dose.high)}}


def _repeat(times: Span | None, sig: Sig) -> dict[str, Any]:
    """Frequency and period in days; a patch that is changed without more by the hours it is worn."""
    if times is None:
        wear = sig.wear_hours
        if wear is None:
            return {}
        found: dict[str, Any] = {"frequency": 1, "period": json_number(wear.low), "periodUnit": "h"}
        return found if wear.low == wear.high else {**found, "periodMax": json_number(wear.high)}
    days = times.low.denominator * times.high.denominator
    low, high = int(times.low * days), int(times.high * days)
    if low == high:
        days, low = times.high.denominator, times.high.numerator
        return {"frequency": low, "period": days, "periodUnit": "d"}
    ends = {"frequencyMax": high} if low == 0 else {"frequency": low, "frequencyMax": high}
    return {**ends, "period": days, "periodUnit": "d"}


def _bounds(line: Line) -> Document:
    found = {}
    if line.start is not None:
        found["start"] = midnight(line.start)
    if line.end is not None:
        found["end"] = midnight(line.end)
    return found
