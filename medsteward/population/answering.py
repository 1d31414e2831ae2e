"""One run: files in, distinct prescriptions read, one text over all rows, parquet out."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextvars import copy_context
from datetime import date
from functools import partial
from os import cpu_count
from pathlib import Path
from queue import SimpleQueue
from threading import Lock

from attrs import define, field

from medsteward.errors import EngineFailed
from medsteward.fills.by_day import Mode, together
from medsteward.fills.left_out import BUPRENORPHINE
from medsteward.fills.measure import QualityMeasure
from medsteward.fills.population import MeasureCount, RunSummary, TableSummary
from medsteward.fills.report import rates_buprenorphine
from medsteward.model.fill import ExclusionKind
from medsteward.population.columns import (
    column_name,
    exclusion_column,
    measure_columns,
    rate_column,
)
from medsteward.population.engine import PART, Running, SqlColumn, SqlEngine, SqlType, Value, Values
from medsteward.population.facts import RowFacts, gathered
from medsteward.population.figures import RunText, text_of
from medsteward.population.listing import write_prescriptions, write_rows
from medsteward.population.options import PopulationRun, Say
from medsteward.population.packing import PackedRuns
from medsteward.population.prescriptions import ReadSupply
from medsteward.population.records import RecordFiles
from medsteward.population.sweep import Shape, day_segments
from medsteward.progress import told
from medsteward.tables.table import FactorTable

_ORDERS: dict[str, tuple[str, ...]] = {"patients": (), "days": ("first_day",), "rows": ()}
"""The files that are put together from parts, and what orders the rows of a patient in each."""


def processes_of(asked: PopulationRun) -> int:
    """How many processes read prescriptions."""
    return asked.threads or cpu_count() or 1


def answered(
    engine: SqlEngine,
    files: tuple[RecordFiles, ...],
    asked: PopulationRun,
    folder: Path,
    work: Path,
    say: Say,
    notices: tuple[str, ...] = (),
) -> RunSummary:
    """Read the files and write every result into ``folder``; ``work`` is for what goes with the run."""
    began = time.monotonic()
    told("reading records", 0)
    facts = gathered(engine, files, asked, processes_of(asked), work)
    say(f"{facts.read:,} rows read; {len(facts.prescriptions):,} distinct prescriptions")
    fates = []
    parts: dict[str, list[Path]] = {"patients": [], "days": [], "rows": []}
    for number, table in enumerate(asked.tables):
        for name, made in _under(engine, facts, table, number, asked, folder, say).items():
            parts[name] += made
        fates.append(_fates(engine, facts, {}))
        if asked.rows:
            parts["rows"].append(folder / f"{PART}rows-{number}.parquet")
            write_rows(engine, facts, table, parts["rows"][-1])
    patients = folder / "patients.parquet"
    for name, order in _ORDERS.items():
        if parts[name]:
            engine.gather(parts[name], folder / f"{name}.parquet", ("table_id", "patient_key", *order))
    engine.see_file("answered", patients)
    found = tuple(_counted(engine, asked, table, fate) for table, fate in zip(asked.tables, fates, strict=True))
    write_prescriptions(engine, facts, asked, folder / "prescriptions.parquet")
    return RunSummary(
        engine.name,
        asked.mode,
        asked.window,
        sum(len(each.paths) for each in files),
        facts.read,
        len(facts.prescriptions),
        found,
        (*notices, *facts.notices),
        date.today(),
        time.monotonic() - began,
        _peak_memory(),
    )


def _peak_memory() -> int:
    """The most memory, in bytes, that this process has held; 0 where the system does not say."""
    try:
        import resource
        import sys
    except ImportError:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


# --- one table --------------------------------------------------------------------------------------------------


def _under(
    engine: SqlEngine, facts: RowFacts, table: FactorTable, number: int, asked: PopulationRun, folder: Path, say: Say
) -> dict[str, list[Path]]:
    """Every patient under one table, part by part; those that an earlier run has written are left as they are."""
    shape = _put_supplies(engine, facts, table, number, asked)
    text = text_of(shape, asked.measures, asked.window, engine.running)
    parts = engine.parts(asked.buckets)
    desks: SimpleQueue[SqlEngine] = SimpleQueue()
    for desk in (several := engine.side_by_side(len(parts))):
        desks.put(desk)
    stays = asked.buckets > 1
    stages = len(text.before_bands) + len(text.after_bands)
    way = _Way(f"adding days under {table.id}", stages * len(parts))

    def take(values: Values, patients: Path, days: Path) -> None:
        if patients.exists():
            way.goes_on(stages)
            return
        desk = desks.get()
        try:
            desk.see("fact", f"SELECT * FROM facts WHERE {desk.in_part}", values)
            _make(desk, text, shape, facts, number, values, way)
            if asked.days:
                desk.make("segments", day_segments(desk.running).text, values)
                desk.write_part(_days(desk.running), days, values, stays=stays)
            desk.write_part(text.patients, patients, values, stays=stays)
        finally:
            desks.put(desk)

    found: dict[str, list[Path]] = {
        name: [folder / f"{PART}{name}-{number}-{part:05}.parquet" for part in range(len(parts))]
        for name in ("patients", "days")
    }
    each_values = [{**text.settings, **settings, "table_id": table.id} for settings in parts]
    works = [partial(take, *each) for each in zip(each_values, found["patients"], found["days"], strict=True)]
    for part, _ in enumerate(_at_once(works, len(several)), 1):
        if len(parts) > 1:
            say(f"{table.id}: part {part} of {len(parts)} is done")
    for desk in several:
        desk.rest()
    return found if asked.days else {"patients": found["patients"]}


def _at_once(works: Sequence[Callable[[], None]], many: int) -> Iterator[None]:
    """Do each, so many at a time; one that fails ends the others that have not begun."""
    if many == 1:
        for work in works:
            yield work()
        return
    with ThreadPoolExecutor(many) as pool:
        waiting = [pool.submit(copy_context().run, work) for work in works]
        try:
            for done in as_completed(waiting):
                yield done.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _days(running: Running) -> str:
    return f"""
SELECT :table_id AS table_id, k.key AS patient_key, s.first_day, s.last_day, s.mme
FROM segments s JOIN numbered_patient_key k ON k.number = s.patient{running.ordered("s.patient", "s.day")}
"""


@define
class _Way:
    """How far all parts together have come."""

    words: str
    of: int
    done: int = 0
    lock: Lock = field(factory=Lock)

    def goes_on(self, steps: int = 1) -> None:
        """So many stages more are done."""
        with self.lock:
            self.done += steps
            told(self.words, self.done, self.of)


def _make(
    engine: SqlEngine, text: RunText, shape: Shape, facts: RowFacts, number: int, values: Values, way: _Way
) -> None:
    """Run the stages, with the combinations of banded fills asked of the scalar engine between them."""
    for stage in text.before_bands:
        engine.make(stage.name, stage.text, values)
        way.goes_on()
    if shape.bands:
        names = ["banded_days", "banded_at_once", *(["measured_banded_days"] if shape.own_bands else [])]
        union = " UNION ".join(f"SELECT together FROM {name}" for name in names)
        rows = [(str(found), _together(str(found), facts, number)) for (found,) in engine.ask(union, values)]
        engine.put("combination", _COMBINATION, rows)
    for stage in text.after_bands:
        engine.make(stage.name, stage.text, values)
        way.goes_on()
    for name in ("stock", "spans"):
        if any(engine.ask(f"SELECT 1 FROM {name} WHERE out_of_order LIMIT 1", {})):
            raise EngineFailed("rows came out of order")


_COMBINATION = (SqlColumn("together", SqlType.TEXT), SqlColumn("mme", SqlType.WHOLE))


def _together(numbers: str, facts: RowFacts, number: int) -> int:
    """What fills of these prescriptions come to on one day, the total choosing the factor."""
    supplies = [facts.prescriptions[int(each)].supplies[number] for each in numbers.split(",")]
    return together(each.banded for each in supplies if isinstance(each, ReadSupply) and each.banded is not None)


# --- what each prescription comes to ----------------------------------------------------------------------------

_FLAGS = (
    *("is_looked_at", "is_opioid", "is_measured", "is_counted", "is_missing", "has_buprenorphine"),
    *("is_benzodiazepine", *(exclusion_column(kind) for kind in ExclusionKind)),
)


def _supply_columns(runs: PackedRuns) -> list[SqlColumn]:
    small = ("prescription", "fate", "days", "same_drug")
    wholes = [SqlColumn(name, SqlType.SMALL) for name in small]
    wholes += [SqlColumn("mme", SqlType.WHOLE), SqlColumn("banded", SqlType.SMALL)]
    wholes += [SqlColumn(name, SqlType.WHOLE) for name in runs.names]
    return [*wholes, *(SqlColumn(name, SqlType.TRUTH) for name in _FLAGS)]


_GROUP = (SqlColumn("banded", SqlType.WHOLE), SqlColumn("has_buprenorphine", SqlType.TRUTH))


def _put_supplies(engine: SqlEngine, facts: RowFacts, table: FactorTable, number: int, asked: PopulationRun) -> Shape:
    """Put what each prescription comes to under a table where the text finds it, and say what of it there is."""
    same_drug: dict[str, int] = {}
    groups: dict[object, int] = {}
    rows: list[tuple[Value, ...]] = []
    plain: dict[int, bool] = {}
    apart = own_bands = without = False
    supplies = (each.supplies[number] for each in facts.prescriptions)
    runs = PackedRuns.of((each.runs for each in supplies if isinstance(each, ReadSupply)), facts.most)
    for place, each in enumerate(facts.prescriptions):
        kinds = [kind in each.exclusions for kind in ExclusionKind]
        supply = each.supplies[number]
        if not isinstance(supply, ReadSupply):
            fate = None if supply is None else facts.fates.number(supply)
            rows.append((place, fate, *([None] * (4 + len(runs.names))), *([False] * 7), *kinds))
            continue
        group = None
        if supply.banded is not None:
            group = groups.setdefault(supply.banded.total_of, len(groups))
            plain[group] = BUPRENORPHINE in supply.drug
            own_bands = own_bands or not supply.is_measured
        counted = supply.status == "counted"
        apart = apart or (counted and not supply.is_measured)
        without = without or (counted and BUPRENORPHINE in supply.drug)
        rows.append(
            (
                place,
                None,
                supply.days,
                same_drug.setdefault(supply.same_drug, len(same_drug)),
                supply.mme or 0,
                group,
                *runs.packed(supply.runs),
                bool(supply.kinds),
                "opioid" in supply.kinds,
                supply.is_measured,
                counted,
                supply.is_missing,
                BUPRENORPHINE in supply.drug,
                "benzodiazepine" in supply.kinds,
                *kinds,
            )
        )
    engine.put("supply", _supply_columns(runs), rows)
    engine.put("band_group", _GROUP, list(plain.items()))
    without = without or any(plain.values())
    rates = rates_buprenorphine(table)
    stated = asked.patients is not None
    return Shape(asked.mode is Mode.SHIFTED, bool(groups), apart or own_bands, own_bands, rates, without, stated, runs)


# --- counts -----------------------------------------------------------------------------------------------------


def _counted(engine: SqlEngine, asked: PopulationRun, table: FactorTable, fates: _Fates) -> TableSummary:
    """How many patients there are, and how many each measure counts, as ``fills`` counts them."""
    columns = {"patients": "TRUE", "incomplete": "NOT complete"}
    for measure in asked.measures:
        inside, out = measure_columns(measure)
        columns[f"{measure.id}|unknown"] = f"{inside} IS NULL AND fills > 0"
        columns[f"{measure.id}|outside"] = f"NOT {inside}"
        columns[f"{measure.id}|excluded"] = f"{inside} AND {out}"
        columns[f"{measure.id}|denominator"] = f"{inside} AND NOT {out}"
        for rate in measure.rates:
            met = rate_column(measure, rate)
            columns[f"{measure.id}|{rate.name}"] = f"{inside} AND NOT {out} AND {met}"
            columns[f"{measure.id}|{rate.name}: unknown"] = f"{inside} AND NOT {out} AND {met} IS NULL"
    selected = ", ".join(f"count(CASE WHEN {test} THEN 1 END) AS {column_name(name)}" for name, test in columns.items())
    ((*found,),) = engine.ask(f"SELECT {selected} FROM answered WHERE table_id = :table_id", {"table_id": table.id})
    counts = Counter({name: int(count or 0) for name, count in zip(columns, found, strict=True)})
    measured = _measure_counts(asked.measures, counts)
    failed, excluded, used, span = fates
    return TableSummary(table, counts["patients"], counts["incomplete"], used, excluded, failed, measured, span)


def _measure_counts(measures: Sequence[QualityMeasure], counts: Counter[str]) -> tuple[MeasureCount, ...]:
    return tuple(
        MeasureCount(
            measure,
            {
                name.partition("|")[2]: count
                for name, count in sorted(counts.items())
                if count and name.partition("|")[0] == measure.id
            },
        )
        for measure in measures
    )


_FATES = """
SELECT COALESCE(f.fate, s.fate) AS fate, count(*) AS rows_of,
       min(f.filled) AS first_filled, max(f.filled) AS last_filled
FROM facts f LEFT JOIN supply s ON f.prescription = s.prescription
GROUP BY COALESCE(f.fate, s.fate)
"""


_Fates = tuple[Counter[str], Counter[str], int, tuple[date, date] | None]


def _fates(engine: SqlEngine, facts: RowFacts, values: dict[str, Value]) -> _Fates:
    """What became of all rows: failed by code, excluded by reason, used; and the days of those that are used."""
    failed: Counter[str] = Counter()
    excluded: Counter[str] = Counter()
    used = 0
    span = None
    for number, rows, first, last in engine.ask(_FATES, values):
        if number is None:
            used = int(rows or 0)
            span = (date.fromordinal(int(first or 1)), date.fromordinal(int(last or 1)))
            continue
        fate = facts.fates.of(int(number))
        (failed if fate.failed else excluded)[fate.because] += int(rows or 0)
    return failed, excluded, used, span
