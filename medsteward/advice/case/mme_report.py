"""What an answer of MME per day holds: lines, total, thresholds, acetaminophen."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from medsteward.doses.acetaminophen import CeilingCheck
from medsteward.doses.daily import Daily
from medsteward.mme.result import Entry, NoTotal, Total
from medsteward.model.amount import Amount
from medsteward.model.problem import Caution, Problem
from medsteward.model.source import Source
from medsteward.tables.table import FactorTable, Threshold
from medsteward.tables.table import TableStatus as TableStatus


@frozen(cache_hash=True)
class ThresholdCheck:
    """A threshold of the table held against the total. None: the total is incomplete and below, so it is not known.

    ``if_renewals`` is the same for the figure with each prescription once, and ``figures`` names both; of no meaning,
    and empty, where the total has one figure.
    """

    threshold: Threshold
    source: Source
    scheduled: bool | None
    maximum: bool | None
    if_renewals: bool | None = None
    figures: str = ""

    @property
    def text(self) -> str:
        """What the table's guideline says at this figure; with both figures, where lines may be one prescription."""
        return f"{self.figures}: {self.threshold.text}" if self.figures else self.threshold.text


@frozen(cache_hash=True)
class Acetaminophen:
    """The day's acetaminophen over all products; ``missing`` names lines that hold some which cannot be counted.

    ``if_renewals`` is the most a day with each prescription once, where lines may be one prescription; else None.
    """

    daily: Daily
    ceilings: tuple[CeilingCheck, ...]
    missing: tuple[str, ...]
    if_renewals: Amount | None = None


@frozen
class MmeReport:
    """The day's MME of a case under one table.

    ``entries`` hold one row per opioid per line and one per line without any; ``problems`` stand in the way of a
    complete answer; ``cautions`` do not. ``acetaminophen`` is None when no line holds any. ``once`` are the entries
    with each prescription once, where lines may be one prescription and that is another figure; else None.
    """

    case_id: str | None
    as_of: date
    table: FactorTable
    total: Total
    entries: tuple[Entry, ...]
    acetaminophen: Acetaminophen | None
    thresholds: tuple[ThresholdCheck, ...]
    problems: tuple[Problem, ...]
    cautions: tuple[Caution, ...]
    once: tuple[Entry, ...] | None = None

    @property
    def edition(self) -> str:
        """The id of the table that made this report."""
        return self.table.id

    @property
    def is_said_twice(self) -> bool:
        """Whether the total has a second, lower figure, because lines may be one prescription."""
        return not isinstance(self.total, NoTotal) and self.total.if_renewals is not None

    @property
    def exit_code(self) -> int:
        """0 complete, 3 needs confirmation, 4 a part is missing, 5 refused; the highest wins."""
        return max((problem.exit_code for problem in self.problems), default=0)
