"""The parts of a plan document that only a trial has."""

from __future__ import annotations

from medsteward.advice.plan.report import Decision, MeasureLine, PlanReport
from medsteward.model.number import json_number
from medsteward.writers.shared.json_text import Document
from medsteward.writers.shared.problems import source


def trial_parts(report: PlanReport) -> Document:
    """What is tried, its ceilings, rules, measures and decision. Empty for a taper."""
    if report.kind == "taper":
        return {}
    return {
        "trial": _trial(report),
        "ceilings": [
            {
                "amount": json_number(each.amount.value),
                "unit": each.amount.unit.value,
                "words": each.words,
                "holds": each.holds,
                "source": source(each.source),
            }
            for each in report.ceilings
        ],
        "stop_rules": [
            {"kind": each.kind, "words": each.words, "sources": [source(one) for one in each.sources]}
            for each in report.stop_rules
        ],
        "measures": [_measure(each) for each in report.measures],
        "decision": None if report.decision is None else _decision(report.decision),
    }


def _trial(report: PlanReport) -> Document | None:
    trial = None if report.plan is None else report.plan.request.trial
    if trial is None:
        return None
    return {
        "of": trial.of,
        "goal": trial.goal,
        "baseline": [
            {"measure": each.name, "variant": each.variant or None, "value": json_number(each.value)}
            for each in trial.baseline
        ],
        "pain": trial.pain or None,
        "site": trial.site or None,
        "label": trial.label,
        "sessions": [day.isoformat() for day in trial.sessions],
    }


def _measure(line: MeasureLine) -> Document:
    return {
        "measure": line.name,
        "variant": line.variant or None,
        "title": line.title,
        "unit": line.unit,
        "better": line.better or None,
        "change": line.change,
        "series": [{"day": day.isoformat(), "value": json_number(value)} for day, value in line.series],
        "sources": [source(each) for each in line.sources],
    }


def _decision(found: Decision) -> Document:
    return {
        "kind": found.kind,
        "on": found.on.isoformat(),
        "because": list(found.because),
        "consider": list(found.consider),
        "sources": [source(each) for each in found.sources],
    }
