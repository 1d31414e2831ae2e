"""What a run lists beside the figures: every prescription as it was understood, and what became of each row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from medsteward.population.columns import prescription_columns
from medsteward.population.engine import TYPES, SqlColumn, SqlEngine, SqlType, Value
from medsteward.population.facts import RowFacts
from medsteward.population.options import PopulationRun
from medsteward.population.prescriptions import Fate, ReadSupply
from medsteward.tables.table import FactorTable


def write_prescriptions(engine: SqlEngine, facts: RowFacts, asked: PopulationRun, path: Path) -> None:
    """Every product understood, and every one not."""
    columns = [SqlColumn(each.name, TYPES[each.kind]) for each in prescription_columns(facts.deciding)]
    engine.put("listed", columns, _listed(facts, asked.tables))
    engine.write("SELECT * FROM listed ORDER BY table_id, prescription", path, {})
    engine.drop("listed")


def _listed(facts: RowFacts, tables: Sequence[FactorTable]) -> Iterator[tuple[Value, ...]]:
    for number, table in enumerate(tables):
        for place, each in enumerate(facts.prescriptions):
            supply = each.supplies[number]
            head: tuple[Value, ...] = (table.id, place, each.rows, *each.cells)
            if isinstance(supply, ReadSupply) and each.fate is None:
                yield (*head, "used", None, None, *_said(supply))
                continue
            fate = each.fate or supply
            assert isinstance(fate, Fate)
            outcome = "failed" if fate.failed else "excluded"
            yield (*head, outcome, fate.because, fate.column or None, fate.text or None, *([None] * 9))


def _said(supply: ReadSupply) -> tuple[Value, ...]:
    kinds = ", ".join(supply.kinds) or None
    what = (supply.reason, supply.drug, kinds, supply.status, supply.days, supply.mme, supply.banded is not None)
    return (*what, supply.is_measured, supply.same_drug, supply.working or None)


# --- each row's fate --------------------------------------------------------------------------------------------

_ROWS = """
SELECT :table_id AS table_id, n.key AS patient_key,
       CASE WHEN strip(d.filled_text) = '' THEN d.sold_text ELSE d.filled_text END AS filled_as_written,
       day_of(d.filled) AS filled, CAST(f.prescription AS BIGINT) AS prescription,
       COALESCE(x.outcome, 'used') AS outcome, x.because, x.at_fault
FROM facts f
LEFT JOIN supply s ON s.prescription = f.prescription
LEFT JOIN fates x ON x.number = COALESCE(f.fate, s.fate)
LEFT JOIN day_cells d ON d.day = f.day
LEFT JOIN numbered_patient_key n ON n.number = f.owner
"""


def write_rows(engine: SqlEngine, facts: RowFacts, table: FactorTable, path: Path) -> None:
    """What became of each row under the table whose ``supply`` the engine holds."""
    text = [SqlColumn(name, SqlType.TEXT) for name in ("outcome", "because", "at_fault")]
    rows = (
        (number, "failed" if fate.failed else "excluded", fate.because, fate.column or None)
        for number, fate in facts.fates.all()
    )
    engine.put("fates", [SqlColumn("number", SqlType.WHOLE), *text], rows)
    engine.write(_ROWS, path, {"table_id": table.id})
