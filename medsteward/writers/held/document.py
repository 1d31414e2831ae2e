"""A checked schedule as the document ``medsteward.plan_check/1``."""

from __future__ import annotations

from fractions import Fraction

from medsteward.advice.plan.held import ScheduleCheck
from medsteward.model.number import json_number
from medsteward.schedules.held_schedule import Excess, HeldStep, Irregular, excess_words
from medsteward.schedules.policy import Phase, Policy, Range
from medsteward.version import __version__
from medsteward.writers.held.words import NOT_FOR
from medsteward.writers.shared.json_text import Document
from medsteward.writers.shared.problems import problem, source, warning

SCHEMA = "medsteward.plan_check/1"


def document(report: ScheduleCheck) -> Document:
    """The check with its keys in a stable order."""
    held = report.held
    return {
        "schema": SCHEMA,
        "medsteward": __version__,
        "id": None,
        "as_of": report.as_of.isoformat(),
        "policy": policy_document(report.policy),
        "table": None if report.table is None else report.table.id,
        "within": report.is_within,
        "original": None
        if held is None
        else {"amount": json_number(held.original.value), "unit": held.original.unit.value},
        "steps": [] if held is None else [_step(each) for each in held.steps],
        "irregular": [_irregular(each) for each in report.irregular],
        "problems": [problem(each) for each in report.problems],
        "warnings": [warning(each) for each in report.cautions],
        "sources": [source(each) for each in report.policy.sources],
        "not_for": list(NOT_FOR),
    }


def policy_document(policy: Policy) -> Document:
    """What a policy asks for and at most allows."""
    return {
        "id": policy.id,
        "title": policy.title,
        "year": policy.year,
        "status": policy.status.value,
        "standing": policy.standing.value,
        "phases": [_phase(each) for each in policy.phases],
        "ceiling": {
            "percent_of_current": _figure(policy.ceiling.percent),
            "amounts": _amounts(policy.ceiling.amounts),
            "standing": policy.ceiling.standing.value,
            "note": policy.ceiling.note,
        },
        "notes": list(policy.notes),
    }


def _phase(phase: Phase) -> Document:
    return {
        "from_share": json_number(phase.share),
        "percent": _figure(phase.percent),
        "basis": None if phase.basis is None else phase.basis.value,
        "amounts": _amounts(phase.amounts),
        "every": str(phase.every),
        "percents": _range(phase.percents),
        "days": _range(phase.days),
        "standing": phase.standing.value,
        "note": phase.note,
    }


def _amounts(amounts: tuple[tuple[str, Fraction], ...]) -> list[Document]:
    return [{"drug": drug, "amount": json_number(amount), "unit": "mg/d"} for drug, amount in amounts]


def _range(given: Range | None) -> Document | None:
    if given is None:
        return None
    under = {"under": True} if given.under else {}
    return {"low": _figure(given.low), "high": _figure(given.high), **under}


def _figure(value: Fraction | None) -> int | float | None:
    return None if value is None else json_number(value)


def _step(step: HeldStep) -> Document:
    return {
        "number": step.number,
        "change": step.change.value,
        "first_day": step.first_day.isoformat(),
        "last_day": step.last_day.isoformat(),
        "days": step.days,
        "daily": [
            {"drug": day.drug, "amount": json_number(day.amount.value), "unit": day.amount.unit.value}
            for day in step.daily
        ],
        "total": json_number(step.total.value),
        "unit": step.total.unit.value,
        "percent_of_current": _figure(step.percent_of_current),
        "percent_of_original": _figure(step.percent_of_original),
        "forced": bool(step.forced),
        "within": step.is_within,
        "exceeds": [_excess(each) for each in step.exceeds],
        "gentler": [bound.value for bound in step.gentler],
    }


def _excess(each: Excess) -> Document:
    return {
        "bound": each.bound.value,
        "actual": json_number(each.actual),
        "allowed": json_number(each.allowed),
        "basis": None if each.basis is None else each.basis.value,
        "drug": each.drug or None,
        "planned": each.planned or None,
        "text": excess_words(each),
    }


def _irregular(each: Irregular) -> Document:
    return {
        "kind": each.kind.value,
        "first_day": each.first_day.isoformat(),
        "last_day": each.last_day.isoformat(),
        "drugs": list(each.drugs),
        "because": each.because,
        "consider": each.consider,
    }
