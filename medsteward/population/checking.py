"""Findings over a population: the check of each patient's dated fills, spread over processes."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from datetime import date
from itertools import islice
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path

from attrs import define, field, frozen

from medsteward.advice.case.check import check_case
from medsteward.advice.population.rates import CheckedPopulation, RuleRate
from medsteward.fills.by_day import days_in, joined
from medsteward.fills.case import case_of_fills
from medsteward.interactions.result import Finding
from medsteward.model.fill import History
from medsteward.population.columns import CHECK_COLUMNS
from medsteward.population.duckdb_engine import DuckDbEngine
from medsteward.population.engine import TYPES, SqlColumn, Value
from medsteward.population.options import Say
from medsteward.population.place import SUMMARY, workplace
from medsteward.readers.codes.resolving import resolver_for
from medsteward.readers.fills.records import open_records
from medsteward.tables.table import FactorTable
from medsteward.writers.population.rates import rates_text

_PIECE = 200
"""Patients that a process is given at a time."""
_WAITING = 4
"""Pieces for each process that are ready before they are needed."""


@frozen
class CheckedPatient:
    """One patient: each finding as a row, and whether the case was whole."""

    rows: tuple[tuple[Value, ...], ...]
    is_whole: bool


@frozen
class PopulationCheck:
    """What is asked for: the records of a file, the day asked about, the table for rules that ask for MME."""

    input: str
    output: Path = field(converter=Path)
    table: FactorTable
    as_of: date
    codes: str | None = None
    processes: int | None = None


@define
class _Counts:
    patients: int = 0
    incomplete: int = 0
    findings: int = 0
    by_rule: Counter[tuple[str, str, int]] = field(factory=Counter)

    def taken(self, found: Iterable[CheckedPatient]) -> Iterator[tuple[Value, ...]]:
        """The rows of patients, counted on their way."""
        for each in found:
            self.patients += 1
            self.incomplete += not each.is_whole
            self.findings += len(each.rows)
            self.by_rule.update({(str(row[1]), str(row[2]), int(row[3] or 0)) for row in each.rows})
            yield from each.rows


def checked(asked: PopulationCheck, say: Say = lambda _: None) -> CheckedPopulation:
    """Check every patient and write ``findings.parquet`` and ``summary.json``, whole or not at all.

    Raises what is derived from ``MedstewardError`` where the file cannot be read or there is no room.
    """
    counts = _Counts()
    with workplace(asked.output) as place, ExitStack() as desk:
        records = open_records(asked.input, None, desk, resolver=resolver_for(asked.codes))
        for notice in records.notices:
            say(notice)
        histories = (each for each in records.histories(say) if each.patient)
        engine = DuckDbEngine(place.work)
        desk.callback(engine.close)
        columns = [SqlColumn(each.name, TYPES[each.kind]) for each in CHECK_COLUMNS]
        engine.put("findings", columns, counts.taken(_spread(histories, asked)))
        text = "SELECT * FROM findings ORDER BY patient_key, tier, rule, overlap_days"
        engine.write(text, place.made / "findings.parquet", {})
        found = CheckedPopulation(
            asked.table,
            asked.as_of,
            counts.patients,
            counts.incomplete,
            counts.findings,
            tuple(RuleRate(*key, patients) for key, patients in sorted(counts.by_rule.items(), key=_by_tier)),
        )
        (place.made / SUMMARY).write_text(rates_text(found), encoding="utf-8")
    return found


def _by_tier(counted: tuple[tuple[str, str, int], int]) -> tuple[int, int, str]:
    (rule, _, tier), patients = counted
    return tier, -patients, rule


def _spread(histories: Iterator[History], asked: PopulationCheck) -> Iterator[CheckedPatient]:
    """Patients in the order of the file, checked by processes; by this one where there are few."""
    processes = asked.processes or cpu_count() or 1
    first = _piece(histories)
    if processes < 2 or len(first) < _PIECE:
        while first:
            yield from _check(first, asked.as_of, asked.table)
            first = _piece(histories)
        return
    waiting: deque[Future[list[CheckedPatient]]] = deque()
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        while first or waiting:
            while first and len(waiting) < _WAITING * processes:
                waiting.append(pool.submit(_check, first, asked.as_of, asked.table))
                first = _piece(histories)
            yield from waiting.popleft().result()


def _piece(histories: Iterator[History]) -> list[History]:
    return list(islice(histories, _PIECE))


def _check(histories: list[History], as_of: date, table: FactorTable) -> list[CheckedPatient]:
    return [check_patient(each, as_of, table) for each in histories]


def check_patient(history: History, as_of: date, table: FactorTable) -> CheckedPatient:
    """What `check` says of one patient's fills."""
    case = case_of_fills(history, as_of=as_of, table=table)
    report = check_case(case, table=table)
    rows = tuple(_row(history.patient, each) for each in report.findings)
    return CheckedPatient(rows, not case.problems and not case.unread)


def _row(patient: str, found: Finding) -> tuple[Value, ...]:
    spans = [
        (each.first_day.toordinal(), each.last_day.toordinal())
        for each in found.overlaps
        if each.first_day is not None and each.last_day is not None
    ]
    days = days_in(joined(spans)) if spans and len(spans) == len(found.overlaps) else None
    return patient, found.id, found.severity.name.lower(), found.tier, days, ", ".join(found.drugs)
