"""What a medical director reads of a population: tables of counts, each with what it says and does not say."""

from __future__ import annotations

from attrs import frozen

from medsteward.advice.population.cells import ReportCount
from medsteward.tables.table import FactorTable


@frozen
class CountTable:
    """A table of counts. ``of``: each row's whole, for percentages, where it has one. ``is_drawn``: with a picture."""

    id: str
    title: str
    note: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[ReportCount, ...]], ...]
    is_drawn: bool = False


@frozen
class PopulationReport:
    """The report of one table's answer. Counts from 1 to below ``suppressed`` are hidden: ``hidden`` in all."""

    table: FactorTable
    mode: str
    window: int
    suppressed: int
    tables: tuple[CountTable, ...]
    notices: tuple[str, ...]
    hidden: int
