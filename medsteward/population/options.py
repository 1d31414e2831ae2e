"""What a run is asked to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import Enum
from pathlib import Path

from attrs import field, frozen

from medsteward.fills.by_day import Mode
from medsteward.fills.definitions import WINDOW_DAYS
from medsteward.fills.measure import QualityMeasure
from medsteward.fills.measures import default_measures
from medsteward.population.tables import Records
from medsteward.readers.fills.cells import DateOrder
from medsteward.tables.load import factor_table
from medsteward.tables.table import FactorTable

Say = Callable[[str], None]


class EngineName(Enum):
    """The databases that a run may use."""

    DUCKDB = "duckdb"
    SPARK = "spark"


def _default_tables() -> tuple[FactorTable, ...]:
    return (factor_table("cdc_2022"),)


@frozen(kw_only=True)
class PopulationRun:
    """What is asked for: which files, under which tables, and where the answer goes.

    ``inputs`` are paths, patterns and folders, tables (``claims.duckdb::fills``) and frames (``tables``); ``output``
    is a folder that is made whole or not at all. ``buckets``: patients are taken in so many parts, and a run that was
    ended goes on with those that are left. ``memory`` (such as "4GB") and ``threads`` bound the database. ``days``
    and ``rows`` ask for ``days.parquet`` and ``rows.parquet``. ``patients`` is a file of what is known of patients
    beside their records (``patients_file``). ``concepts`` is a folder with OMOP's tables concept and
    concept_ancestor. ``master`` is the address of a Spark cluster, ``remote`` of a Spark Connect server; without both
    Spark runs on this machine.
    """

    inputs: tuple[Records, ...]
    output: Path = field(converter=Path)
    tables: tuple[FactorTable, ...] = field(factory=_default_tables)
    mode: Mode = Mode.SUMMED
    window: int = WINDOW_DAYS
    measures: tuple[QualityMeasure, ...] = field(factory=default_measures)
    dates: DateOrder | None = None
    codes: str | None = None
    days: bool = False
    rows: bool = False
    patients: str | None = None
    buckets: int = 1
    engine: EngineName = EngineName.DUCKDB
    master: str | None = None
    remote: str | None = None
    concepts: str | None = None
    memory: str | None = None
    threads: int | None = None


@frozen(kw_only=True)
class PopulationCheck:
    """What is asked for: the records, the day asked about, the table for rules that ask for MME, where the answer goes.

    ``inputs``, ``output``, ``engine``, ``master``, ``remote``, ``concepts`` and ``memory`` as for a run. Beside
    DuckDB patients are checked by so many ``processes``; on Spark by the machines of the cluster, where medsteward is
    installed.
    """

    inputs: tuple[str, ...]
    output: Path = field(converter=Path)
    table: FactorTable
    as_of: date
    dates: DateOrder | None = None
    codes: str | None = None
    processes: int | None = None
    engine: EngineName = EngineName.DUCKDB
    master: str | None = None
    remote: str | None = None
    concepts: str | None = None
    memory: str | None = None
