"""The columns of what a population run writes: as tables of docs/population.md, and in the schema ``population``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from medsteward.fills.measures import MEASURES
from medsteward.population.columns import (
    CHECK_COLUMNS,
    DAY_COLUMNS,
    ROW_COLUMNS,
    ColumnKind,
    OutColumn,
    patient_columns,
    prescription_columns,
)
from medsteward.population.records import DECIDING
from medsteward.writers.shared.cells import markdown_table

FILES: dict[str, tuple[OutColumn, ...]] = {
    "patients.parquet": patient_columns(MEASURES, enrolment=True),
    "days.parquet": DAY_COLUMNS,
    "rows.parquet": ROW_COLUMNS,
    "prescriptions.parquet": prescription_columns(DECIDING),
    "findings.parquet": CHECK_COLUMNS,
}
ABOUT = {
    "patients.parquet": "A row of each patient and table. Columns of measures are there for the measures asked for.",
    "days.parquet": "With `--days`. A row of each span of days with the same MME.",
    "rows.parquet": "With `--rows`. A row of each row that was read, in no order.",
    "findings.parquet": "Of `population check`. A row of each finding.",
    "prescriptions.parquet": "A row of each distinct prescription and table: every product understood, and every one "
    "not. `as_written_` columns are those that the files have.",
}
_JSON: dict[ColumnKind, dict[str, Any]] = {
    ColumnKind.TEXT: {"type": "string"},
    ColumnKind.WHOLE: {"type": "integer"},
    ColumnKind.MME: {"type": "integer", "description": "millionths of an MME"},
    ColumnKind.TRUTH: {"type": "boolean"},
    ColumnKind.DAY: {"type": "string", "format": "date"},
}


def tables() -> str:
    """Every file with its columns."""
    parts = []
    for name, columns in FILES.items():
        rows = [(f"`{each.name}`", each.kind.value, each.words) for each in columns]
        parts.append(f"## `{name}`\n\n{ABOUT[name]}\n\n{markdown_table(('column', 'holds', 'of what'), rows)}\n")
    return "\n".join(parts)


def schema_text(folder: Path) -> str:
    """The schema with its columns written anew."""
    schema = json.loads((folder / "population.json").read_text(encoding="utf-8"))
    for name, columns in FILES.items():
        schema["$defs"][name.partition(".")[0]] = _rows(name, columns)
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _rows(name: str, columns: Sequence[OutColumn]) -> dict[str, Any]:
    properties = {}
    for each in columns:
        said = dict(_JSON[each.kind])
        if each.may_lack:
            said["type"] = [said["type"], "null"]
        said["description"] = each.words + ("; millionths of an MME" if each.kind is ColumnKind.MME else "")
        properties[each.name] = said
    return {
        "description": f"a row of {name}",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
