"""A scored scale as the document ``medsteward.score/1``."""

from __future__ import annotations

from fractions import Fraction

from medsteward.model.number import json_number
from medsteward.scales.scale import ScoreChange, ScoreReport
from medsteward.version import __version__
from medsteward.writers.shared.json_text import Document
from medsteward.writers.shared.problems import problem, source

SCHEMA = "medsteward.score/1"


def document(report: ScoreReport) -> Document:
    """The score with keys in a stable order; without figures where an item is missing or refused."""
    return {
        "schema": SCHEMA,
        "medsteward": __version__,
        "scale": report.scale,
        "title": report.title,
        "total": None if report.total is None else json_number(report.total),
        "range": _range(report),
        "band": report.band,
        "band_standing": None if report.band_source is None else report.band_source.standing.value,
        "items": {name: _signed(value) for name, value in report.items},
        "change": None if report.change is None else _change(report.change),
        "because": list(report.because),
        "notes": list(report.notes),
        "sources": [source(each) for each in report.sources],
        "problems": [problem(each) for each in report.problems],
        "warnings": [],
        "not_for": [],
    }


def _range(report: ScoreReport) -> Document | None:
    if report.low is None or report.high is None:
        return None
    return {"low": json_number(report.low), "high": json_number(report.high)}


def _signed(value: Fraction) -> int | float:
    return json_number(value) if value >= 0 else -json_number(-value)


def _change(found: ScoreChange) -> Document:
    return {
        "before": json_number(found.before),
        "after": json_number(found.after),
        "by": json_number(found.by),
        "better": found.is_better,
        "counts": found.counts,
        "because": list(found.because),
        "sources": [source(each) for each in found.sources],
    }
