"""What a run over the records of many patients says of itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

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

    ``incomplete`` patients have a row that failed or an opioid without a factor. ``filled``: the first and the last day
    of filling of the rows that are used, None where there is none.
    """

    table: FactorTable
    patients: int
    incomplete: int
    used: int
    excluded: Counter[str]
    failed: Counter[str]
    measures: tuple[MeasureCount, ...]
    filled: tuple[date, date] | None


@frozen
class RunSummary:
    """What a run says of itself. ``read`` is how many rows the files hold; ``seconds`` and ``peak_memory`` its cost.

    ``ran`` is the day of the run.
    """

    engine: str
    mode: Mode
    window: int
    files: int
    read: int
    prescriptions: int
    tables: tuple[TableSummary, ...]
    notices: tuple[str, ...]
    ran: date
    seconds: float
    peak_memory: int

    @property
    def exit_code(self) -> int:
        """0 complete; 4 where a row failed or an opioid has no factor, as ``fills`` has it."""
        return 4 if any(each.incomplete or each.failed for each in self.tables) else 0
