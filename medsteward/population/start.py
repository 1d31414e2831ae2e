"""A run from its files to its folder, on the engine that was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from medsteward.fills.population import RunSummary
from medsteward.population.answering import answered
from medsteward.population.engine import SqlEngine
from medsteward.population.files import found, looked_at
from medsteward.population.options import EngineName, PopulationCheck, PopulationRun, Say
from medsteward.population.place import SUMMARY, question_of_run, workplace
from medsteward.population.records import RecordFiles
from medsteward.population.tables import paths_among, written_out
from medsteward.writers.population.summary import summary_text


@contextmanager
def engine_for(asked: PopulationRun | PopulationCheck, folder: Path, threads: int | None) -> Iterator[SqlEngine]:
    """The database that was asked for, working in ``folder``; it is let go at the end."""
    if asked.engine is EngineName.DUCKDB:
        from medsteward.population.duckdb_engine import DuckDbEngine

        database = DuckDbEngine(folder, memory=asked.memory, threads=threads)
        try:
            yield database
        finally:
            database.close()
        return
    from medsteward.population.spark_engine import SparkEngine
    from medsteward.population.spark_session import connected, session_of

    if asked.remote is not None:
        session = connected(asked.remote)
    else:
        session = session_of(asked.master, memory=asked.memory, threads=threads)
    try:
        yield SparkEngine(session, folder)
    finally:
        session.stop()


def looked_at_with(
    paths: tuple[str, ...], concepts: str | None, work: Path
) -> tuple[tuple[RecordFiles, ...], tuple[str, ...]]:
    """The files, and what deserves a word; exposures have the products of their concepts where asked."""
    if concepts is None:
        return looked_at(paths, work)
    from medsteward.population.concepts import with_products

    copies, said = with_products(paths, concepts, work)
    files, notices = looked_at(copies, work)
    return files, (*said, *notices)


def started(asked: PopulationRun, say: Say) -> RunSummary:
    """Find the files, run, write."""
    named = paths_among(asked.inputs)
    paths = found(named)
    in_parts = asked.buckets > 1 and len(named) == len(asked.inputs)  # a table may be another when it is asked again
    with workplace(asked.output, question_of_run(asked, paths), in_parts=in_parts) as place:
        with engine_for(asked, place.work, asked.threads) as engine:
            every = (*paths, *written_out(asked.inputs, engine, place.work))
            files, notices = looked_at_with(every, asked.concepts, place.work)
            summary = answered(engine, files, asked, place.made, place.work, say, notices)
        (place.made / SUMMARY).write_text(summary_text(summary), encoding="utf-8")
    return summary
