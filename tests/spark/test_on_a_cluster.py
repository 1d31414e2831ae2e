"""The same text on Spark: a master and two workers as processes of their own, one of which dies on the way.

Run in an environment of its own (``make .venv-spark``), because pyspark needs what would slow the start of others.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb

from medsteward.fills.by_day import Mode
from medsteward.fills.measures import MEASURES
from medsteward.population import run
from medsteward.population.options import EngineName, PopulationRun
from medsteward.tables.load import factor_table
from tests.agreement.population_rows import as_csv, expected, made, without_a_figure


def asked(path: Path, output: Path, **more: Any) -> PopulationRun:
    return PopulationRun(
        inputs=(str(path),),
        output=output,
        tables=(factor_table("cms_2018"),),
        mode=Mode.SHIFTED,
        measures=MEASURES,
        days=True,
        **more,
    )


def rows_of(folder: Path, file: str) -> list[dict[str, Any]]:
    place = folder / file
    with duckdb.connect() as database:
        found = database.execute(
            f"SELECT * FROM read_parquet('{place}/*.parquet')" if place.is_dir() else f"FROM '{place}'"
        )
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def digest(folder: Path) -> str:
    """Of every value of every row of the answer, whatever the order of rows."""
    files = ("patients.parquet", "days.parquet", "prescriptions.parquet")
    rows = sorted(f"{file} {sorted(row.items())}" for file in files for row in rows_of(folder, file))
    return sha256("\n".join(rows).encode()).hexdigest()


def test_a_cluster_that_loses_a_worker_says_what_fills_and_duckdb_say(a_cluster, tmp_path):
    path = tmp_path / "fills.csv"
    path.write_text(as_csv(made(21, 500)), encoding="utf-8")
    here = run(asked(path, tmp_path / "here"))
    lost = []
    address, workers = a_cluster

    def say(said: str) -> None:
        if "rows read" in said:
            workers[0].kill()
            lost.append(workers[0].process.returncode)

    there = run(asked(path, tmp_path / "there", engine=EngineName.SPARK, master=address), say)
    assert lost == [-9]
    assert digest(tmp_path / "there") == digest(tmp_path / "here")
    assert there.read == here.read
    assert [(t.used, t.excluded, t.failed, t.patients) for t in there.tables] == [
        (t.used, t.excluded, t.failed, t.patients) for t in here.tables
    ]
    columns, _, _ = expected(path, factor_table("cms_2018"), Mode.SHIFTED, 90, MEASURES)
    found = {row["patient_key"]: row for row in rows_of(tmp_path / "there", "patients.parquet")}
    assert found.keys() == columns.keys()
    for key, wanted in columns.items():
        for name, value in wanted.items():
            assert without_a_figure(name) or found[key][name] == value
