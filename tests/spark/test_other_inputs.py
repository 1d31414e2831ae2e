"""Records on Spark that are no plain files: a table of the catalog, and columns in the names of parquet's folders."""

from __future__ import annotations

import duckdb
from attrs import evolve

from medsteward.fills.measures import measures_named
from medsteward.population import run
from medsteward.population.options import EngineName
from medsteward.population.spark_session import connected
from tests.agreement.population_rows import as_csv, made
from tests.spark.test_on_a_cluster import asked, rows_of

PATIENTS = 30


def test_a_table_a_lake_and_a_file_of_an_odd_name_are_read_as_their_rows_in_one_file(a_server, tmp_path):
    """A third of the patients in each. A key of digits keeps its zeros in the name of a folder."""
    rows = [dict(row) for row in made(23, PATIENTS)]
    for row in rows:
        row["patient_key"] = row["patient_key"].replace("p", "0")
    path = tmp_path / "fills.csv"
    path.write_text(as_csv(rows), encoding="utf-8")
    question = evolve(asked(path, tmp_path / "here"), measures=measures_named(("COB",)))
    run(question)
    third = ("0000010", "0000020")
    parts = (
        [row for row in rows if row["patient_key"] < third[0]],
        [row for row in rows if third[0] <= row["patient_key"] < third[1]],
        [row for row in rows if third[1] <= row["patient_key"]],
    )
    odd = tmp_path / "it's a = {file} 100%.csv"
    odd.write_text(as_csv(parts[2]), encoding="utf-8")
    with duckdb.connect() as database:
        for number, some in enumerate(parts[:2]):
            (tmp_path / f"{number}.txt").write_text(as_csv(some), encoding="utf-8")
            source = f"SELECT *, 'TX' AS state FROM read_csv('{tmp_path}/{number}.txt', all_varchar=true, nullstr='')"
            more = ", PARTITION_BY (state, patient_key)" if number else ""
            database.execute(f"COPY ({source}) TO '{tmp_path}/part{number}' (FORMAT parquet{more})")
    session = connected(a_server)
    session.sql(f"CREATE TABLE claims USING parquet AS SELECT * FROM parquet.`{tmp_path}/part0`")
    session.stop()
    inputs = ("::spark_catalog.default.claims", str(tmp_path / "part1"), str(odd))
    run(evolve(question, inputs=inputs, output=tmp_path / "there", engine=EngineName.SPARK, remote=a_server))
    for file in ("patients.parquet", "days.parquet"):  # prescriptions have other numbers
        here, there = (sorted(map(str, rows_of(tmp_path / name, file))) for name in ("here", "there"))
        assert len(here) > PATIENTS // 2
        assert there == here
