"""An MME report as the document ``medsteward.mme/1``: enough, alone, to redo the sum by hand."""

from __future__ import annotations

from typing import Any

from medsteward.advice.case.mme_report import Acetaminophen, MmeReport, ThresholdCheck
from medsteward.caches import remembered
from medsteward.doses.acetaminophen import CeilingCheck
from medsteward.doses.daily import Daily
from medsteward.mme.result import Applied, AtLeast, CompleteTotal, Entry, NoTotal
from medsteward.model.number import json_number
from medsteward.model.product import Product
from medsteward.tables.table import Factor, FactorTable
from medsteward.version import __version__
from medsteward.writers.shared.json_text import Document, KeptList, KeptText
from medsteward.writers.shared.problems import problem, source, warning

SCHEMA = "medsteward.mme/1"


def document(report: MmeReport) -> Document:
    """The report with keys in the order of the contract; numbers as exact decimals of at most six places."""
    twice = report.is_said_twice
    return {
        "schema": SCHEMA,
        "medsteward": __version__,
        "id": report.case_id,
        "as_of": report.as_of.isoformat(),
        "table": table_head(report.table),
        "total": None if isinstance(report.total, NoTotal) else total_figures(report.total),
        "lines": [entry_line(entry) for entry in report.entries],
        "acetaminophen": None if report.acetaminophen is None else _acetaminophen(report.acetaminophen),
        "thresholds": [_threshold(check, twice) for check in report.thresholds],
        "problems": [problem(each) for each in report.problems],
        "warnings": [warning(each) for each in report.cautions],
        "not_for": not_for(report.table),
    }


@remembered(64)
def table_head(table: FactorTable) -> Document:
    """The table that a figure was counted with."""
    return KeptText({"id": table.id, "title": table.title, "citation": table.citation, "digest": table.digest})


@remembered(64)
def not_for(table: FactorTable) -> KeptList:
    """What a table is not for."""
    return KeptList(table.not_for)


@remembered(8192)
def total_figures(total: CompleteTotal | AtLeast) -> KeptText:
    """The figures of a total."""
    missing = getattr(total, "missing", ())
    once = {} if total.if_renewals is None else {"if_renewals": json_number(total.if_renewals.value)}
    return KeptText(
        {
            "scheduled": json_number(total.scheduled.value),
            "expected": None if total.expected is None else json_number(total.expected.value),
            "maximum": json_number(total.maximum.value),
            **once,
            "unit": "MME/d",
            "complete": not missing,
            "missing": list(missing),
        }
    )


def _figures(daily: Daily, *, unit: bool) -> Document:
    figures: Document = {
        "scheduled": json_number(daily.scheduled.value),
        "expected": None if daily.expected is None else json_number(daily.expected.value),
        "maximum": json_number(daily.maximum.value),
    }
    if unit:
        figures["unit"] = daily.unit.value
    return figures


@remembered(65536)
def entry_line(entry: Entry) -> KeptText:
    """One opioid of a line, or a line without any."""
    product = entry.product
    return KeptText(
        {
            "line": entry.line,
            "input": entry.written,
            "status": entry.status.value,
            "drug": entry.drug,
            "route": product.route if product else None,
            "form": product.form if product else None,
            "release": product.release if product else None,
            "strength": _strength(product, entry.drug) if product else None,
            "product": product.listed if product else None,
            "rxcui": product.rxcui if product else None,
            "as_needed": entry.as_needed,
            "daily_dose": None if entry.daily is None else _figures(entry.daily, unit=True),
            "factor": None if entry.applied is None else _factors(entry.applied),
            "mme": None if entry.mme is None else _figures(entry.mme, unit=False),
            "working": list(entry.working),
            "reason": entry.reason,
        }
    )


def _strength(product: Product, drug: str | None) -> str | None:
    found = [str(c.strength) for c in product.components if c.ingredient == drug and c.strength is not None]
    return found[0] if found else None


def _factors(applied: Applied) -> Document:
    headline = applied.maximum
    return {
        "value": _value(headline),
        "per": headline.per.value,
        "where": headline.where,
        "standing": headline.standing.value,
        "applied": {
            "scheduled": _value(applied.scheduled),
            "expected": None if applied.expected is None else _value(applied.expected),
            "maximum": _value(headline),
        },
        "note": headline.note or None,
    }


def _value(factor: Factor) -> Any:
    return None if factor.value is None else json_number(factor.value)


@remembered(4096)
def _acetaminophen(found: Acetaminophen) -> KeptText:
    return KeptText(
        {
            **_figures(found.daily, unit=True),
            **({} if found.if_renewals is None else {"if_renewals": json_number(found.if_renewals.value)}),
            "complete": not found.missing,
            "missing": list(found.missing),
            "ceilings": [_ceiling(check) for check in found.ceilings],
        }
    )


@remembered(64)
def _ceiling(check: CeilingCheck) -> KeptText:
    return KeptText(
        {
            "at": json_number(check.ceiling.at.value),
            "for": check.ceiling.whose.value,
            "applies": check.applies,
            "scheduled": check.scheduled_above,
            "maximum": check.maximum_above,
            "sources": [source(check.ceiling.source)],
        }
    )


@remembered(256)
def _threshold(check: ThresholdCheck, twice: bool) -> KeptText:
    return KeptText(
        {
            "at": json_number(check.threshold.at),
            "scheduled": check.scheduled,
            "maximum": check.maximum,
            **({"if_renewals": check.if_renewals} if twice else {}),
            "text": check.text,
            "sources": [source(check.source)],
        }
    )
