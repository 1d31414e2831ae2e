"""A case as the document that ``medsteward.readers.case.table`` reads: written and read again it is the same case."""

from __future__ import annotations

from medsteward.model.number import json_number
from medsteward.model.regimen import Case, Line, Patient
from medsteward.model.stated import Stated
from medsteward.writers.plan.stated_json import stated_document
from medsteward.writers.shared.json_text import Document

_PATIENT_PLAIN = ("age", "sex", "child_pugh", "pregnant", "opioid_tolerant", "indication")
_PATIENT_NUMBERS = ("egfr", "crcl", "weight_kg", "creatinine_mg_dl", "qtc_ms", "gestational_weeks")
_PATIENT_LISTS = ("conditions", "context", "household")


def case_document(case: Case) -> Document:
    """The case with its medications as written, and what belongs to them beside the words.

    Numbers have at most six decimal places. Fields that are not known are left out.
    """
    document: Document = {"schema": "medsteward.case/1"}
    if case.id is not None:
        document["id"] = case.id
    document["as_of"] = case.as_of.isoformat()
    if patient := _patient(case.patient):
        document["patient"] = patient
    if case.done:
        document["done"] = {name: day if isinstance(day, bool) else day.isoformat() for name, day in case.done}
    if case.stated != Stated():
        said = stated_document(case.stated).items()
        document["taper"] = {name: value for name, value in said if value not in (None, "", [], {})}
    document["medications"] = [medication(line) for line in case.lines if not line.replaced]
    return document


def _patient(patient: Patient) -> Document:
    found: Document = {}
    for name in _PATIENT_PLAIN:
        if (value := getattr(patient, name)) is not None:
            found[name] = value
    for name in _PATIENT_NUMBERS:
        if (value := getattr(patient, name)) is not None:
            found[name] = json_number(value)
    for name in _PATIENT_LISTS:
        if values := getattr(patient, name):
            found[name] = list(values)
    if patient.opioid_since is not None:
        found["opioid_since"] = patient.opioid_since.isoformat()
    if patient.scores:
        found["scores"] = {name: json_number(value) for name, value in patient.scores}
    return found


def medication(line: Line) -> Document:
    """A line as a medication of a case: its words, and what belongs to them beside those."""
    found: Document = {"sig": line.written}
    regimen = line.regimen
    if regimen is not None:
        if regimen.quantity is not None:
            found["quantity"] = json_number(regimen.quantity.value)
        if regimen.days_supply is not None and line.lapsed is None:
            found["days_supply"] = json_number(regimen.days_supply)
        if regimen.indication is not None and regimen.indication != regimen.sig.reason:
            found["indication"] = regimen.indication
    if line.start is not None:
        found["start"] = line.start.isoformat()
    if line.end is not None and line.lapsed is None:
        found["end"] = line.end.isoformat()
    if line.ended is not None:
        found["ended"] = line.ended.value
    if line.prescriber is not None:
        found["prescriber"] = line.prescriber
    return found
