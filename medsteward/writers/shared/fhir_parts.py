"""What FHIR resources that are written share: subject, sources, codes, text, and the Bundle around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from medsteward.model.problem import Caution, Problem
from medsteward.model.source import Source
from medsteward.version import __version__
from medsteward.writers.shared.json_text import Document

UCUM = "http://unitsofmeasure.org"
TABLES = "urn:medsteward:table"
"""Namespace of our factor tables; rules and reminders have their own."""
RULES = "urn:medsteward:rule"
REMINDERS = "urn:medsteward:reminder"
PROBLEMS = "urn:medsteward:problem"

_ID = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.")


def subject(case_id: str | None) -> Document:
    """Whose a resource is: a reference where the case's id can be one, else the id as an identifier, else unknown."""
    if case_id is None:
        return {"display": "the patient of this record"}
    if len(case_id) <= 64 and case_id and set(case_id) <= _ID:
        return {"reference": f"Patient/{case_id}"}
    return {"identifier": {"value": case_id}}


def concept(system: str, code: str, text: str) -> Document:
    """A concept of ours: its code, and the words for it."""
    return {"coding": [{"system": system, "code": code, "display": text}], "text": text}


def midnight(day: date) -> str:
    """A day as a FHIR dateTime."""
    return day.isoformat()


def notes(texts: Iterable[str]) -> list[Document]:
    """Annotations, each once."""
    return [{"text": text} for text in dict.fromkeys(texts) if text.strip()]


def cited(sources: Iterable[Source]) -> list[str]:
    """Sources as texts, each with its standing."""
    return [f"{s.citation}, {s.where} ({s.standing.words})" for s in sources]


def outcome(problems: Sequence[Problem], cautions: Sequence[Caution]) -> Document | None:
    """Problems and warnings as an OperationOutcome; None: there are none."""
    if not problems and not cautions:
        return None
    issues: list[Document] = [_issue("error", p.code, p.text, p.where) for p in problems]
    issues += [_issue("warning", c.code, c.text, c.where) for c in cautions]
    return {"resourceType": "OperationOutcome", "issue": issues}


def _issue(severity: str, code: str, text: str, where: str) -> Document:
    found: Document = {
        "severity": severity,
        "code": "incomplete" if severity == "error" else "informational",
        "details": concept(PROBLEMS, code, text),
    }
    if where:
        found["diagnostics"] = where
    return found


def collection(resources: Iterable[Document | None]) -> Document:
    """A Bundle of resources. They have no ids: whoever stores them gives them."""
    return {
        "resourceType": "Bundle",
        "meta": {"tag": [{"system": "urn:medsteward", "code": "version", "display": __version__}]},
        "type": "collection",
        "entry": [
            {"fullUrl": f"urn:uuid:{_uuid(number)}", "resource": resource}
            for number, resource in enumerate(each for each in resources if each is not None)
        ],
    }


def _uuid(number: int) -> str:
    """A name inside this one Bundle: the same file for the same answer."""
    return f"00000000-0000-4000-8000-{number:012x}"


def quantity(value: Any, code: str, unit: str) -> Document:
    """A quantity by UCUM code."""
    return {"value": value, "unit": unit, "system": UCUM, "code": code}
