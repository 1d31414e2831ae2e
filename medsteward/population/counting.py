"""Counting patients of an answer in groups, for a report. The same question is one count, however often printed."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field, frozen

from medsteward.advice.population.cells import SmallCounts
from medsteward.advice.population.counts import ReportCount
from medsteward.fills.report import MARKS
from medsteward.fills.supply import MILLIONTHS
from medsteward.population.duckdb_engine import DuckDbEngine

DAYS = (1, 30)
"""Days with a sedative: at least one, at least so many as the measure of concurrent use asks for."""

DAY_WORDS = ("no day", f"1 to {DAYS[1] - 1} days", f"{DAYS[1]} days or more")
"""What ``day_bins`` are called."""


@frozen
class Bin:
    """A group of patients: its words, and what holds of its rows."""

    words: str
    test: str


Question = tuple[str, str]
"""Of which patients (a condition), and what is asked of them (another)."""


@define
class CountDesk:
    """Counts the rows of one table's answer, in ``source``. ``known`` are the counts so far, by their question.

    ``inside`` are counts of which the first holds the second by what they mean, where the second is no question.
    """

    engine: DuckDbEngine
    table: str
    small: SmallCounts
    columns: frozenset[str]
    source: str = "patients"
    known: dict[Question, ReportCount] = field(factory=dict)
    inside: list[tuple[ReportCount, ReportCount]] = field(factory=list)

    def counts(self, tests: Sequence[str], where: str = "TRUE") -> list[ReportCount]:
        """How many patients hold each test; what was counted before is the same count."""
        new = [test for test in tests if (where, test) not in self.known]
        if new:
            selected = ", ".join(f"count(CASE WHEN {test} THEN 1 END)" for test in new)
            text = f"SELECT {selected} FROM {self.source} WHERE table_id = :table AND ({where})"
            ((*found,),) = self.engine.ask(text, {"table": self.table})
            self.known |= {(where, test): self.small.count(int(n or 0)) for test, n in zip(new, found, strict=True)}
        return [self.known[where, test] for test in tests]

    def parts(self, bins: Sequence[Bin], total: ReportCount, where: str = "TRUE") -> tuple[ReportCount, ...]:
        """How many patients are in each of some groups that are everybody."""
        found = self.counts([each.test for each in bins], where)
        self.small.whole(total, found)
        return tuple(found)


def everybody(desk: CountDesk) -> ReportCount:
    """All patients."""
    return desk.counts(["TRUE"])[0]


NOTHING = Bin("none, or not known", "maximum_day IS NULL OR maximum_day = 0")
"""By every definition the same patients have no MME, so that this is one count however it is printed."""

COUNTED = "maximum_day > 0"
"""Holds of the others."""


def mme_bins(column: str, some: str = "maximum_day") -> list[Bin]:
    """Nobody's, then between marks. ``some`` is more than 0 where there is an MME at all."""
    bins = [NOTHING] if some == "maximum_day" else []
    edges = [mark * MILLIONTHS for mark in MARKS]
    bins.append(Bin(f"under {MARKS[0]}", f"{some} > 0 AND {column} < {edges[0]}"))
    for number, mark in enumerate(MARKS):
        last = number + 1 == len(MARKS)
        words = f"{mark} or more" if last else f"{mark} to under {MARKS[number + 1]}"
        upper = "" if last else f" AND {column} < {edges[number + 1]}"
        bins.append(Bin(words, f"{some} > 0 AND {column} >= {edges[number]}{upper}"))
    return bins


def day_bins(column: str) -> list[Bin]:
    """By days: none, fewer than the measure of concurrent use asks for, as many."""
    return [
        Bin("none", f"{column} = 0"),
        Bin("", f"{column} >= {DAYS[0]} AND {column} < {DAYS[1]}"),
        Bin("", f"{column} >= {DAYS[1]}"),
    ]
