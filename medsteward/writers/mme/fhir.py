"""The day's MME as FHIR R4 Observations: {MME}/d, the method naming the factor table.

A total that is incomplete says so: its value bears the comparator ``>=``, and where nothing could be counted there is
no value but the reason for its absence.
"""

from __future__ import annotations

from medsteward.advice.case.mme_report import MmeReport
from medsteward.mme.result import AtLeast, Entry, NoTotal, Status
from medsteward.model.amount import Amount
from medsteward.model.number import json_number
from medsteward.writers.shared.fhir_parts import (
    TABLES,
    collection,
    concept,
    midnight,
    notes,
    outcome,
    quantity,
    subject,
)
from medsteward.writers.shared.json_text import Document

MEASURES = "urn:medsteward:measure"
_ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"


def document(report: MmeReport) -> Document:
    """A Bundle: the Observation of the day, and what stands in the way or deserves a word as an OperationOutcome."""
    return collection([observation(report), outcome(report.problems, report.cautions)])


def observation(report: MmeReport) -> Document:
    """The day's MME. The value is the maximum; scheduled, expected and each line are components."""
    total, table = report.total, report.table
    text = "morphine milligram equivalents per day, the most the directions allow"
    found: Document = {
        "resourceType": "Observation",
        "status": "final",
        "code": concept(MEASURES, "mme-maximum", text),
        "subject": subject(report.case_id),
        "effectiveDateTime": midnight(report.as_of),
        "method": concept(TABLES, table.id, f"{table.title} ({table.digest})"),
    }
    said = [f"Factors: {table.citation}", *(f"Not for {each}" for each in table.not_for)]
    if isinstance(total, NoTotal):
        found["dataAbsentReason"] = {"coding": [{"system": _ABSENT, "code": "unknown"}], "text": total.reason}
        said.insert(0, f"No figure: {total.reason}")
    else:
        found["valueQuantity"] = _value(total.maximum, total)
        if isinstance(total, AtLeast):
            said.insert(0, f"Incomplete: at least this. Not counted: {', '.join(total.missing)}")
        if total.if_renewals is not None:
            said.insert(0, f"{total.maximum} if all lines are taken, {total.if_renewals} if each prescription is once")
    found["note"] = notes(said)
    components = [_line(entry) for entry in report.entries]
    if not isinstance(total, NoTotal):
        components = [
            _component("mme-scheduled", "as-needed doses as none, ranges at their low end", total.scheduled, total),
            *(
                []
                if total.expected is None
                else [_component("mme-expected", "what quantity and days' supply imply", total.expected, total)]
            ),
            *(
                []
                if total.if_renewals is None
                else [_component("mme-if-renewals", "the most, with each prescription once", total.if_renewals, total)]
            ),
            *components,
        ]
    if components:
        found["component"] = components
    return found


def _value(amount: Amount, total: object) -> Document:
    value = quantity(json_number(amount.value), "{MME}/d", "MME/d")
    return {"value": value.pop("value"), "comparator": ">=", **value} if isinstance(total, AtLeast) else value


def _component(code: str, text: str, amount: Amount, total: object) -> Document:
    return {"code": concept(MEASURES, code, text), "valueQuantity": _value(amount, total)}


_REASONS = {
    Status.NOT_AN_OPIOID: "not-applicable",
    Status.EXCLUDED: "not-applicable",
    Status.INACTIVE: "not-applicable",
    Status.NO_FACTOR: "unsupported",
    Status.PROBLEM: "unknown",
}


def _line(entry: Entry) -> Document:
    """One opioid of a line, or a line that holds none: its MME, or why there is none."""
    found: Document = {"code": concept(MEASURES, "mme-line", f"line {entry.line}: {entry.written or 'not read'}")}
    if entry.mme is not None:
        found["valueQuantity"] = quantity(json_number(entry.mme.maximum.value), "{MME}/d", "MME/d")
    else:
        reason = entry.reason or entry.status.value
        found["dataAbsentReason"] = {"coding": [{"system": _ABSENT, "code": _REASONS[entry.status]}], "text": reason}
    return found
