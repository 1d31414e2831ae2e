"""A check as the document ``medsteward.check/1``."""

from __future__ import annotations

from medsteward.caches import remembered
from medsteward.interactions.result import Acknowledged, CheckReport, Finding, title_of
from medsteward.interactions.rule import Rule, Severity
from medsteward.model.acknowledgement import Acknowledgement, AnsweredMedicine
from medsteward.model.number import json_number
from medsteward.model.source import Source, Standing
from medsteward.patient.overlaps import Overlap, Washout
from medsteward.version import __version__
from medsteward.writers.shared.json_text import Document, KeptText, Pieced
from medsteward.writers.shared.problems import problem, sources, warning

SCHEMA = "medsteward.check/1"


def document(report: CheckReport) -> Document:
    """The report with keys in the order of the contract. All findings of every tier are in it."""
    answered = bool(report.acknowledged)
    return {
        "schema": SCHEMA,
        "medsteward": __version__,
        "id": report.case_id,
        "as_of": report.as_of.isoformat(),
        "findings": [finding(each, report.answer(each) if answered else None) for each in report.findings],
        "acknowledged": [_acknowledged(each) for each in report.acknowledged],
        "returned": [{"rule": each.rule, "why": each.why} for each in report.returned],
        "known": [{"rule": each.id, "drugs": list(each.drugs)} for each in report.known],
        "safeguards": [
            {"rule": each.id, "drugs": list(each.drugs), "because": each.because} for each in report.safeguards
        ],
        "undated": list(report.undated),
        "unknown": [{"fact": each.fact, "rules": list(each.rules)} for each in report.unknown],
        "checked": {
            "drugs": len(report.drugs),
            "rules": report.rules,
            "names": list(report.drugs),
            "not_understood": list(report.not_understood),
            "recognized": list(report.recognized),
        },
        "interrupts": report.interrupts,
        "problems": [problem(each) for each in report.problems],
        "warnings": [warning(each) for each in report.cautions],
        "not_for": list(NOT_FOR),
    }


NOT_FOR = (
    "deciding without a clinician: every finding is to be weighed against the patient",
    "concluding that a regimen is safe because nothing was found",
)


def finding(found: Finding, answer: Acknowledged | None = None) -> Document:
    """A finding as every document shows it; ``answer`` is that by which it rests."""
    said: Document = _said(
        found.rule,
        found.pair,
        found.beside,
        found.severity,
        found.tier,
        found.drugs,
        found.conditions,
        found.because,
        found.consider,
        found.sources,
    )
    if answer is not None:
        said = {**said, "interrupts": False, "answered": _answer(answer)}
    return Pieced(said, _days(found), _beside(found.undated, found.beside, found.absorbed, found.rule.standing))


@remembered(8192)
def _said(
    rule: Rule,
    pair: str,
    also: tuple[str, ...],
    severity: Severity,
    tier: int,
    drugs: tuple[str, ...],
    conditions: tuple[str, ...],
    because: str,
    consider: str,
    said_by: tuple[Source, ...],
) -> KeptText:
    """What a finding says: without days it is the same for every patient who has these drugs and facts."""
    return KeptText(
        {
            "rule": rule.id,
            "name": rule.name,
            "title": title_of(rule, drugs, pair, also),
            "hazard": rule.hazard.value,
            "severity": severity.words,
            "tier": tier,
            "interrupts": tier == 1,
            "answered": None,
            "drugs": list(drugs),
            "conditions": list(conditions),
            "because": because,
            "consider": consider,
            "sources": sources(said_by),
        }
    )


def _days(found: Finding) -> Document:
    if not found.overlaps and not found.washouts:
        return _NO_DAYS
    return {
        "overlaps": [_overlap(each) for each in found.overlaps],
        "washouts": [_washout(each) for each in found.washouts],
    }


_NO_DAYS = KeptText({"overlaps": [], "washouts": []})


@remembered(1024)
def _beside(
    undated: tuple[str, ...], beside: tuple[str, ...], absorbed: tuple[str, ...], standing: Standing
) -> KeptText:
    return KeptText(
        {
            "undated": list(undated),
            "beside": list(beside),
            "absorbed": list(absorbed),
            "standing": standing.value,
        }
    )


def _overlap(found: Overlap) -> Document:
    return {
        "drugs": list(found.drugs),
        "first_day": None if found.first_day is None else found.first_day.isoformat(),
        "last_day": None if found.last_day is None else found.last_day.isoformat(),
        "days": found.days,
    }


def _washout(found: Washout) -> Document:
    return {
        "drug": found.drug,
        "other": found.other,
        "ended": found.ended.isoformat(),
        "days": found.days,
        "until": found.until.isoformat(),
        "standing": found.standing.value,
    }


def _answer(found: Acknowledged) -> Document:
    said = found.acknowledgement
    return {
        "on": said.on.isoformat(),
        "by": said.by or None,
        "reason": said.reason.code,
        "text": said.reason.value,
        "rests_until": found.until.isoformat(),
    }


def _acknowledged(found: Acknowledged) -> Document:
    return {**acknowledgement(found.acknowledgement), "rests_until": found.until.isoformat()}


def acknowledgement(said: Acknowledgement) -> Document:
    """An answer with the state that it answered, so that it can be kept and held against a later case."""
    state = said.state
    drugs = state.drugs if state.medicines is None else [_medicine(each) for each in state.medicines]
    return {
        "rule": said.rule,
        "reason": said.reason.code,
        "text": said.reason.value,
        "note": said.note or None,
        "on": said.on.isoformat(),
        "until": None if said.until is None else said.until.isoformat(),
        "by": said.by or None,
        "drugs": None if drugs is None else list(drugs),
        "conditions": None if state.conditions is None else list(state.conditions),
        "age_band": state.age_band,
        "egfr_band": state.kidney_band,
        "prescribers": None if state.prescribers is None else list(state.prescribers),
        "severity": state.severity,
        "tier": state.tier,
    }


def _medicine(then: AnsweredMedicine) -> Document:
    return {
        "drug": then.drug,
        "daily": None if then.daily is None else json_number(then.daily),
        "unit": "mcg/h" if then.is_rate else "mg/d",
        "route": then.route,
        "release": then.release,
        "last_day": None if then.last_day is None else then.last_day.isoformat(),
    }
