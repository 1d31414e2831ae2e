"""Findings over a population: the check of each patient's dated fills, by processes or on a cluster."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack

from medsteward.advice.population.rates import CheckedPopulation, RuleRate
from medsteward.errors import UnreadableInput
from medsteward.population.checking_pieces import SpreadCheck
from medsteward.population.checking_rows import CHECKED, RowsCheck
from medsteward.population.columns import CHECK_COLUMNS
from medsteward.population.engine import SqlEngine
from medsteward.population.files import PACKED
from medsteward.population.files import found as files_found
from medsteward.population.options import PopulationCheck, Say
from medsteward.population.place import SUMMARY, Workplace, workplace
from medsteward.population.records import COLUMNS, KEY, RecordFiles
from medsteward.population.spark_engine import SparkEngine
from medsteward.population.start import engine_for, looked_at_with
from medsteward.population.stated import DAYS_OF, NUMBERS_OF, habits
from medsteward.progress import told
from medsteward.readers.codes.resolving import resolver_for
from medsteward.readers.fills.records import MOST_ROWS, open_records
from medsteward.writers.population.rates import rates_text

_ROWS_A_TASK = 5_000
_FEWEST_TASKS, _MOST_TASKS = 8, 10_000


def checked(asked: PopulationCheck, say: Say = lambda _: None) -> CheckedPopulation:
    """Check every patient and write ``findings.parquet`` and ``summary.json``, whole or not at all.

    Raises what is derived from ``MedstewardError`` where files cannot be read, are of several layouts, or there is no
    room.
    """
    paths = files_found(asked.inputs)
    with workplace(asked.output) as place:
        files, notices = looked_at_with(paths, asked.concepts, place.work)
        if len(files) > 1:
            raise UnreadableInput(files[1].paths[0], f"its header is not that of {files[0].paths[0]}; check one layout")
        with engine_for(asked, place.work, None) as engine:
            if isinstance(engine, SparkEngine):
                for notice in notices:
                    say(notice)
                lost = _on_spark(engine, files[0], asked, say)
            else:
                lost = _by_processes(engine, paths, files[0], asked, say)
            named = ", ".join(each.name for each in CHECK_COLUMNS)
            text = f"SELECT {named} FROM checked WHERE rule IS NOT NULL ORDER BY patient_key, tier, rule, overlap_days"
            engine.write(text, place.made / "findings.parquet", {})
            found = _counted(engine, asked, lost)
        _write_summary(place, found)
    return found


def _write_summary(place: Workplace, found: CheckedPopulation) -> None:
    (place.made / SUMMARY).write_text(rates_text(found), encoding="utf-8")


def _counted(engine: SqlEngine, asked: PopulationCheck, lost: int) -> CheckedPopulation:
    whole = "count(CASE WHEN rule IS NULL THEN 1 END), count(CASE WHEN rule IS NULL AND NOT is_whole THEN 1 END)"
    ((patients, incomplete, findings),) = engine.ask(f"SELECT {whole}, count(rule) FROM checked", {})
    kinds = "rule, severity, tier"
    text = f"SELECT {kinds}, count(DISTINCT patient_key) FROM checked WHERE rule IS NOT NULL GROUP BY {kinds}"
    rates = [
        RuleRate(str(rule), str(severity), int(tier or 0), int(count or 0))
        for rule, severity, tier, count in engine.ask(text, {})
    ]
    rates.sort(key=lambda each: (each.tier, -each.patients, each.rule))
    counts = (int(patients or 0), int(incomplete or 0), int(findings or 0))
    return CheckedPopulation(asked.table, asked.as_of, *counts, tuple(rates), lost)


# --- on a cluster -----------------------------------------------------------------------------------------------


def _on_spark(engine: SparkEngine, files: RecordFiles, asked: PopulationCheck, say: Say) -> int:
    """Patients in groups, each on a machine of the cluster. Rows of no patient."""
    columns = tuple(column for column in COLUMNS if files.has(column))
    engine.read([files], columns)
    texts = [
        f"SELECT DISTINCT '{column}', {column} FROM records WHERE NOT wrong_width"
        for column in (*DAYS_OF, *NUMBERS_OF)
        if column in columns
    ]
    spellings = engine.ask(" UNION ALL ".join(texts), {})
    looked = habits(files, ((str(column), str(cell)) for column, cell in spellings), asked.dates)
    for notice in looked.habits.notices:
        say(notice)
    ((rows,),) = engine.ask("SELECT count(*) FROM records", {})
    told("rows to check on Spark", int(rows or 0))
    parts = min(max(int(rows or 0) // _ROWS_A_TASK, _FEWEST_TASKS), _MOST_TASKS)
    shown = ", ".join(f"strip({KEY}) AS {KEY}" if column == KEY else column for column in columns)
    text = f"SELECT wrong_width, {shown}, arrived FROM records WHERE strip({KEY}) <> ''"
    cells = " || ".join(columns)
    keys = f"SELECT strip({KEY}) AS key, count(*) AS rows_of FROM records WHERE strip({cells}) <> '' GROUP BY 1"
    lost = f"SELECT CAST(sum(rows_of) AS BIGINT) FROM ({keys}) AS keys WHERE key = '' OR rows_of > :most"
    ((nobody,),) = engine.ask(lost, {"most": MOST_ROWS})
    engine.spread("checked", text, CHECKED, RowsCheck(looked, columns, asked.as_of, asked.table, asked.codes), parts)
    return int(nobody or 0)


# --- by processes -----------------------------------------------------------------------------------------------


def _by_processes(engine: SqlEngine, paths: Sequence[str], files: RecordFiles, asked: PopulationCheck, say: Say) -> int:
    """Patients of one file in the order of its rows, which decides between fills of one day. Rows of no patient."""
    if len(paths) > 1:
        raise UnreadableInput(paths[1], "one file is checked here at a time; --engine spark takes several")
    is_copy = asked.concepts is not None or paths[0].casefold().endswith(PACKED)
    path = files.paths[0] if is_copy else paths[0]
    with ExitStack() as desk:
        records = open_records(path, None, desk, dates=asked.dates, resolver=resolver_for(asked.codes))
        for notice in records.notices:
            say(notice)
        check = SpreadCheck(asked)
        engine.put("checked", CHECKED, check.rows(records, say))
    return check.lost
