"""Findings of a check as FHIR R4 DetectedIssues. They offer and ask; none is an order."""

from __future__ import annotations

from medsteward.interactions.result import Acknowledged, CheckReport, Finding
from medsteward.interactions.rule import Severity
from medsteward.writers.shared.fhir_parts import RULES, cited, collection, concept, midnight, outcome, subject
from medsteward.writers.shared.json_text import Document

_SEVERITIES = {
    Severity.CONTRAINDICATED: "high",
    Severity.MAJOR: "high",
    Severity.MODERATE: "moderate",
}


def document(report: CheckReport) -> Document:
    """A Bundle: a DetectedIssue for each finding, how some were answered, what was not understood."""
    issues = [issue(each, report) for each in report.findings]
    return collection([*issues, outcome(report.problems, report.cautions)])


def issue(found: Finding, report: CheckReport) -> Document:
    """One finding."""
    answer = report.answer(found)
    words = [*([found.title] if found.pair else []), found.because, f"Consider: {found.consider}"]
    words += [f"Drugs: {', '.join(found.drugs)}"] if found.drugs else []
    words += [f"Conditions: {', '.join(found.conditions)}"] if found.conditions else []
    words.append(f"Severity: {found.severity.words}; tier {found.tier}")
    words += [f"Source: {each}" for each in cited(found.sources)]
    evidence = [{"code": [{"text": word}]} for word in (*found.drugs, *found.conditions)]
    return {
        "resourceType": "DetectedIssue",
        "status": "preliminary",
        "code": concept(RULES, found.id, found.rule.name),
        "severity": _SEVERITIES.get(found.severity, "low"),
        "patient": subject(report.case_id),
        "identifiedDateTime": midnight(report.as_of),
        **({"evidence": evidence} if evidence else {}),
        "detail": "\n".join(words),
        **({"mitigation": [_mitigation(answer)]} if answer is not None else {}),
    }


def _mitigation(answer: Acknowledged) -> Document:
    said = answer.acknowledgement
    text = said.reason.value if not said.note else f"{said.reason.value}: {said.note}"
    return {
        "action": {"text": text},
        "date": midnight(said.on),
        **({"author": {"display": said.by}} if said.by else {}),
    }
