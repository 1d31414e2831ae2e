"""A run from its files to its folder, on the engine that was asked for."""

from __future__ import annotations

from medsteward.fills.population import RunSummary
from medsteward.population.answering import answered
from medsteward.population.duckdb_engine import DuckDbEngine
from medsteward.population.files import found, looked_at
from medsteward.population.options import PopulationRun, Say
from medsteward.population.place import SUMMARY, workplace
from medsteward.writers.population.summary import summary_text


def started(asked: PopulationRun, say: Say) -> RunSummary:
    """Find the files, run, write."""
    paths = found(asked.inputs)
    with workplace(asked, paths) as place:
        files, notices = looked_at(paths, place.work)
        engine = DuckDbEngine(place.work, memory=asked.memory, threads=asked.threads)
        try:
            summary = answered(engine, files, asked, place.made, say, notices)
        finally:
            engine.close()
        (place.made / SUMMARY).write_text(summary_text(summary), encoding="utf-8")
    return summary
