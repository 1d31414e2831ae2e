"""What a run over the records of many patients says of itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from attrs import frozen

from medsteward.fills.by_day import Mode
from medsteward.fills.measure import QualityMeasure
from medsteward.tables.table import FactorTable


@frozen
class MeasureCount:
    """One measure over all patients: how many are outside, left out, not known, and of each rate."""

    measure: QualityMeasure
    counts: Mapping[str, int]


@frozen
class TableSummary:
    """What became of all rows under one table, and what each measure counts.

    ``incomplete`` patients have a row that failed or an opioid without a factor.
    """

    table: FactorTable
    patients: int
    incomplete: int
    used: int
    excluded: Counter[str]
    failed: Counter[str]
    measures: tuple[MeasureCount, ...]


@frozen
class RunSummary:
    """What a run says of itself. ``read`` is how many rows the files hold; ``seconds`` and ``peak_memory`` its cost."""

    engine: str
    mode: Mode
    window: int
    files: int
    read: int
    prescriptions: int
    tables: tuple[TableSummary, ...]
    notices: tuple[str, ...]
    seconds: float
    peak_memory: int

    @property
    def exit_code(self) -> int:
        """0 complete; 4 where a row failed or an opioid has no factor, as ``fills`` has it."""
        return 4 if any(each.incomplete or each.failed for each in self.tables) else 0
