"""A case as a FHIR R4 Bundle that our reader takes back: the patient, what is known, a MedicationRequest a line.

What R4 has an element for stands there; every other fact is an Observation under a code of ours. What was not
understood is an OperationOutcome, and read again the case is incomplete.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import evolve

from medsteward.model.amount import Amount
from medsteward.model.number import decimal_text, json_number
from medsteward.model.patient_facts import (
    AGE,
    DAYS,
    DONE,
    ENDED,
    FACTS,
    FLAGS,
    LISTS,
    NUMBERS,
    SCORES,
    TEXTS,
    sex_named,
)
from medsteward.model.problem import Problem
from medsteward.model.product import Product
from medsteward.model.regimen import Case, HowEnded, Line, Patient
from medsteward.model.sig import Dose, Sig, Span, Taking
from medsteward.model.unit import Dimension, Unit
from medsteward.writers.shared.fhir_parts import UCUM, collection, concept, midnight, notes, outcome, subject
from medsteward.writers.shared.json_text import Document

RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"

_ENDED = {HowEnded.TAPER: "ended by a taper", HowEnded.SUDDENLY: "ended suddenly"}
_GENDERS = frozenset({"female", "male", "other"})
"""Our words for a sex that FHIR has too."""
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
    """The Bundle. Numbers have at most six decimal places; a line whose drug was not made out keeps its words."""
    whose = subject(case.id)
    said = [*case.problems, *(Problem("CASE-001", each, "this part could not be read") for each in case.unread)]
    said += [evolve(each, where=f"line {n}") for n, line in enumerate(case.lines, start=1) for each in line.problems]
    return collection(
        [
            _patient(case),
            *(_condition(each, case, whose) for each in case.patient.conditions),
            _egfr(case.patient, case, whose),
            *_facts(case, whose),
            *(request(line, whose, case.as_of) for line in case.lines),
            outcome(said, case.cautions),
        ]
    )


def _condition(name: str, case: Case, whose: Document) -> Document:
    """A condition as it was known on the day asked about, so that what is recent then is not recent for ever."""
    recorded = case.as_of.isoformat()
    remitted = {"clinicalStatus": _REMISSION} if name in case.patient.in_remission else {}
    return {"resourceType": "Condition", "subject": whose, **remitted, "code": {"text": name}, "recordedDate": recorded}


_REMISSION = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "remission"}]}


def _patient(case: Case) -> Document:
    found: Document = {"resourceType": "Patient"}
    whose = subject(case.id)
    if "reference" in whose:
        found["id"] = whose["reference"].removeprefix("Patient/")
    elif "identifier" in whose:
        found["identifier"] = [whose["identifier"]]
    if case.patient.age is not None:
        found["extension"] = [{"url": AGE, "valueInteger": case.patient.age}]
    gender = _gender(case.patient)
    if gender is not None:
        found["gender"] = gender
    return found


def _gender(patient: Patient) -> str | None:
    name = None if patient.sex is None else sex_named(patient.sex)
    return name if name in _GENDERS else None


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


def _facts(case: Case, whose: Document) -> Iterator[Document]:
    """An Observation for each fact that R4 has no element for, and for what was done."""

    def observed(system: str, name: str, words: str, value: Document) -> Document:
        return {
            "resourceType": "Observation",
            "status": "final",
            "code": concept(system, name, words),
            "subject": whose,
            "effectiveDateTime": midnight(case.as_of),
            **value,
        }

    patient = case.patient
    for name, (words, unit) in NUMBERS.items():
        if (number := getattr(patient, name)) is not None:
            value = {"value": json_number(number), "unit": unit, "system": UCUM, "code": unit}
            yield observed(FACTS, name, words, {"valueQuantity": value})
    for name, words in FLAGS.items():
        if (flag := getattr(patient, name)) is not None:
            yield observed(FACTS, name, words, {"valueBoolean": flag})
    for name, words in TEXTS.items():
        text = getattr(patient, name)
        if text is not None and not (name == "sex" and _gender(patient) is not None):
            yield observed(FACTS, name, words, {"valueString": text})
    for name, words in LISTS.items():
        for text in getattr(patient, name):
            yield observed(FACTS, name, words, {"valueString": text})
    for name, words in DAYS.items():
        if (day := getattr(patient, name)) is not None:
            yield observed(FACTS, name, words, {"valueDateTime": midnight(day)})
    for name, score in patient.scores:
        yield observed(SCORES, name, name, {"valueQuantity": {"value": json_number(score)}})
    for name, when in case.done:
        said = {"valueBoolean": when} if isinstance(when, bool) else {"valueDateTime": midnight(when)}
        yield observed(DONE, name, name, said)


def request(line: Line, whose: Document, as_of: date) -> Document:
    """One line. A line with problems has no directions, so that it is never complete; its notes say why.

    A line that ended before the day asked about is completed, one that was replaced is stopped.
    """
    found: Document = {"resourceType": "MedicationRequest", "status": _status(line, as_of), "intent": "order"}
    if line.ended is not None:
        found["statusReason"] = concept(ENDED, line.ended.value, _ENDED[line.ended])
    regimen = line.regimen
    if regimen is None or line.problems:
        words = line.written if regimen is None else product_words(regimen.product)
        found |= {"medicationCodeableConcept": {"text": words or "not stated"}, "subject": whose}
        if line.prescriber is not None:
            found["requester"] = {"identifier": {"value": line.prescriber}}
        if said := notes(each.text for each in line.problems):
            found["note"] = said
        days = _bounds(line)
        return {**found, "dosageInstruction": [{"timing": {"repeat": {"boundsPeriod": days}}}]} if days else found
    product, sig = regimen.product, regimen.sig
    named: Document = {"text": product_words(product)}
    if product.rxcui is not None:
        named["coding"] = [{"system": RXNORM, "code": product.rxcui}]
    found |= {"medicationCodeableConcept": named, "subject": whose}
    if line.prescriber is not None:
        found["requester"] = {"identifier": {"value": line.prescriber}}
    if regimen.indication is not None:
        found["reasonCode"] = [{"text": regimen.indication}]
    if dosages := _dosages(sig, line, product):
        found["dosageInstruction"] = dosages
    supply: Document = {}
    if regimen.quantity is not None:
        supply["quantity"] = _quantity(regimen.quantity)
    if regimen.days_supply is not None:
        supply["expectedSupplyDuration"] = _quantity(Amount(regimen.days_supply, Unit.D))
    if supply:
        found["dispenseRequest"] = supply
    return found


def _status(line: Line, as_of: date) -> str:
    if line.replaced:
        return "stopped"
    last = line.last_day
    return "active" if last is None or last >= as_of else "completed"


def product_words(product: Product) -> str:
    """A product as a line of directions names it."""
    names = "/".join(component.ingredient for component in product.components)
    strengths = [component.strength for component in product.components if component.strength is not None]
    form = product.form or (product.unit.value if product.unit is not None and product.unit.is_count else "")
    form = form or ("injection" if product.route == "parenteral" else "")
    release = product.release if product.release in ("ER", "DR") and form != "patch" else ""
    strength = ""
    if strengths and len({each.unit for each in strengths}) == 1:
        strength = _strength([each.value for each in strengths], strengths[0].unit)
    return " ".join(filter(None, (product.brand or names, release or "", strength, form)))


def _strength(values: list[Fraction], unit: Unit) -> str:
    """``5/325 mg``; a concentration in the smallest usual volume in which it is written without rounding."""
    volume = 1
    if unit.dimension is Dimension.CONCENTRATION:
        volume = next((each for each in _VOLUMES if all(_is_short(value * each) for value in values)), 1)
    numbers = "/".join(decimal_text(value * volume) for value in values)
    if volume == 1:
        return f"{numbers} {unit.value}"
    above, _, below = unit.value.partition("/")
    return f"{numbers} {above}/{volume} {below}"


_VOLUMES = (1, 5, 10, 15, 30)
"""Millilitres in which liquids are labelled."""


def _is_short(value: Fraction) -> bool:
    return (value * 1000).denominator == 1


def _quantity(amount: Amount) -> Document:
    code = _CODES.get(amount.unit)
    coded = {"system": UCUM, "code": code} if code is not None else {}
    return {"value": json_number(amount.value), "unit": amount.unit.value, **coded}


def _dosages(sig: Sig, line: Line, product: Product) -> list[Document]:
    takings = list(sig.takings)
    if sig.daily_total is not None and not takings:
        takings = [Taking(sig.daily_total, Span(Fraction(1), Fraction(1)))]
    bounds = _bounds(line)
    is_said = bounds or sig.limit is not None or sig.as_needed or sig.duration_days is not None
    found = []
    for taking in takings or ([Taking(None, None)] if is_said else []):
        dose = taking.dose
        dosage: Document = {"sequence": 1}
        repeat = _repeat(taking, sig)
        if bounds:
            repeat["boundsPeriod"] = bounds
        elif sig.duration_days is not None:
            repeat["boundsDuration"] = _quantity(Amount(sig.duration_days, Unit.D))
        if bounds and sig.duration_days is not None:
            dosage["text"] = f"for {decimal_text(sig.duration_days)} days"  # R4 has room for one kind of bounds
        if repeat:
            dosage["timing"] = {"repeat": repeat}
        if sig.while_awake:
            dosage["additionalInstruction"] = [{"text": "while awake"}]
        if sig.as_needed and sig.reason is not None:
            dosage["asNeededCodeableConcept"] = {"text": sig.reason}
        elif sig.as_needed:
            dosage["asNeededBoolean"] = True
        if product.route in _ROUTES:
            dosage["route"] = {"text": product.route}
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


_ROUTES = ("oral", "sublingual", "buccal", "transdermal", "nasal", "rectal", "topical", "parenteral")
"""Routes that are written in one word."""


def _dose(dose: Dose) -> Document:
    if dose.low == dose.high:
        return {"doseQuantity": _quantity(dose.high)}
    return {"doseRange": {"low": _quantity(dose.low), "high": _quantity(dose.high)}}


def _repeat(taking: Taking, sig: Sig) -> dict[str, Any]:
    """Frequency and period in days; a patch that is changed without more by the hours it is worn."""
    times = taking.times_per_day
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
        return {"frequency": low, "period": days, "periodUnit": "d", **_moments(taking.moments, low, days)}
    ends = {"frequencyMax": high} if low == 0 else {"frequency": low, "frequencyMax": high}
    return {**ends, "period": days, "periodUnit": "d"}


def _moments(named: tuple[str, ...], times: int, days: int) -> dict[str, Any]:
    """Times of the day, where there are as many as doses and FHIR has a code for each, or the clock says them."""
    if len(named) != times or days != 1:
        return {}
    if all(each in _WHEN for each in named):
        return {"when": [_WHEN[each] for each in named]}
    if all(_CLOCK.fullmatch(each) for each in named):
        return {"timeOfDay": [f"{each}:00" for each in named]}
    return {}


_WHEN = {"morning": "MORN", "noon": "NOON", "afternoon": "AFT", "evening": "EVE", "bedtime": "HS"}
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d", re.ASCII)


def _bounds(line: Line) -> Document:
    found = {}
    if line.start is not None:
        found["start"] = midnight(line.start)
    if line.end is not None:
        found["end"] = midnight(line.end)
    return found
