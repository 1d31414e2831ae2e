"""What a run over a population says of itself: ``medsteward.population/1``."""

from __future__ import annotations

import json
from collections.abc import Iterator

from medsteward.fills.definitions import DEFINITIONS
from medsteward.fills.population import MeasureCount, RunSummary, TableSummary
from medsteward.version import __version__
from medsteward.writers.fills.document import declaration
from medsteward.writers.shared.json_text import Document
from medsteward.writers.shared.problems import source

SCHEMA = "medsteward.population/1"


def summary_text(summary: RunSummary) -> str:
    """The summary as text. Its day and cost are in it, so that it differs from run to run; the rest does not."""
    return json.dumps(summary_document(summary), ensure_ascii=False, indent=2) + "\n"


def summary_document(summary: RunSummary) -> Document:
    """The summary as plain data."""
    return {
        "schema": SCHEMA,
        "medsteward": __version__,
        "engine": summary.engine,
        "ran": summary.ran.isoformat(),
        "mode": summary.mode.value,
        "window": summary.window,
        "files": summary.files,
        "prescriptions": summary.prescriptions,
        "tables": [_table(each, summary.read) for each in summary.tables],
        "definitions": [
            {
                "name": each.name,
                "title": each.title,
                "denominator": each.denominator.value,
                "suited_to": each.suited_to,
                "sources": [source(each.source)],
            }
            for each in DEFINITIONS
        ],
        "notices": list(summary.notices),
        "cost": {"seconds": round(summary.seconds, 1), "peak_memory_bytes": summary.peak_memory},
    }


def _table(found: TableSummary, read: int) -> Document:
    return {
        "table": {
            "id": found.table.id,
            "title": found.table.title,
            "citation": found.table.citation,
            "digest": found.table.digest,
        },
        "patients": found.patients,
        "patients_incomplete": found.incomplete,
        "filled_from": None if found.filled is None else found.filled[0].isoformat(),
        "filled_to": None if found.filled is None else found.filled[1].isoformat(),
        "rows": {
            "read": read,
            "used": found.used,
            "excluded": found.excluded.total(),
            "failed": found.failed.total(),
        },
        "excluded_because": dict(sorted(found.excluded.items())),
        "failed_because": dict(sorted(found.failed.items())),
        "measures": [{**declaration(each.measure), "patients": dict(each.counts)} for each in found.measures],
        "not_for": list(found.table.not_for),
    }


def summary_lines(summary: RunSummary) -> Iterator[str]:
    """The summary in a few lines for a terminal."""
    for each in summary.tables:
        rows = f"{each.used:,} used, {each.excluded.total():,} excluded, {each.failed.total():,} failed"
        yield f"{each.table.id}: {each.patients:,} patients; of {summary.read:,} rows {rows}"
        if each.failed:
            yield "  failed: " + ", ".join(f"{code} {count:,}" for code, count in each.failed.most_common())
        for found in each.measures:
            yield f"  {_counted(found)}"


def _counted(found: MeasureCount) -> str:
    counts = found.counts
    inside = counts.get("denominator", 0)
    rates = ", ".join(f"{rate.name} {counts.get(rate.name, 0):,}" for rate in found.measure.rates)
    return (
        f"{found.measure.id}: of {inside:,} in the denominator: {rates}; "
        f"left out {counts.get('excluded', 0):,}, not known {counts.get('unknown', 0):,}"
    )
