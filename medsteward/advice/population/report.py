"""What a medical director reads of a population: tables of counts, each with what it says and does not say."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import frozen

from medsteward.advice.population.counts import ReportCount
from medsteward.tables.table import FactorTable


@frozen
class CountTable:
    """A table of counts. A row's first count is the whole of the others, for percentages. ``is_drawn``: with a picture.

    ``meanings``: what the names of rows mean, where they do not say it.
    """

    id: str
    title: str
    note: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[ReportCount, ...]], ...]
    is_drawn: bool = False
    meanings: Mapping[str, str] = MappingProxyType({})


@frozen
class PopulationReport:
    """The report of one table's answer. Counts from 1 to below ``suppressed`` are hidden: ``hidden`` in all.

    ``months`` are the first and the last month of filling, as 2027-01; ``ran`` is the day of the run, as 2027-01-04.
    """

    table: FactorTable
    mode: str
    window: int
    suppressed: int
    tables: tuple[CountTable, ...]
    notices: tuple[str, ...]
    hidden: int
    months: tuple[str, str] | None
    ran: str
