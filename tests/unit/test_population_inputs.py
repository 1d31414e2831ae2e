"""Records that are no plain files: tables of DuckDB, frames, and folders whose names hold columns."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest

from medsteward.errors import UnreadableInput
from medsteward.population import run
from medsteward.population.options import PopulationRun
from medsteward.population.reporting import reported
from tests.agreement.population_rows import as_csv, made
from tests.agreement.test_population import rows_of


class OneLook:
    """A frame that gives its stream once, as a generator would."""

    def __init__(self, relation: duckdb.DuckDBPyRelation) -> None:
        self._relation: duckdb.DuckDBPyRelation | None = relation

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        relation, self._relation = self._relation, None
        assert relation is not None
        return relation.__arrow_c_stream__(requested_schema)


def found(folder: Path, *inputs: object) -> list[dict[str, object]]:
    run(PopulationRun(inputs=inputs, output=folder))  # type: ignore[arg-type]
    return sorted(rows_of(folder), key=lambda row: str(row["patient_key"]))


@pytest.fixture
def records(tmp_path):
    path = tmp_path / "fills.csv"
    path.write_text(as_csv(made(2, 80)), encoding="utf-8")
    return path


@pytest.fixture
def whole(tmp_path, records):
    return found(tmp_path / "whole", str(records))


def test_a_table_of_duckdb_is_read_and_left_as_it_is(tmp_path, records, whole):
    place = tmp_path / "cl'aims.duckdb"
    with duckdb.connect(str(place)) as database:
        database.execute("CREATE SCHEMA plan")
        database.execute(
            f"""CREATE TABLE plan."my fills" AS FROM read_csv('{records}', all_varchar=true, nullstr='')"""
        )
    before = place.read_bytes()
    assert found(tmp_path / "out", f"{place}::plan.my fills") == whole
    assert place.read_bytes() == before
    for name, said in ((f"{place}::none", "cannot be read"), (f"{tmp_path}/none.duckdb::fills", "no such file")):
        with pytest.raises(UnreadableInput, match=said):
            found(tmp_path / "other", name)
    assert not (tmp_path / "other").exists()


def test_frames_are_looked_at_once_and_stand_beside_files(tmp_path, records, whole):
    with duckdb.connect() as database:
        table = database.sql(f"FROM read_csv('{records}', all_varchar=true, nullstr='')")
        assert found(tmp_path / "out", OneLook(table)) == whole
        half = [table.filter(f"patient_key {sign} 'p000040'") for sign in ("<", ">=")]
        half[1].write_csv(str(tmp_path / "half.csv"))
        assert found(tmp_path / "halves", OneLook(half[0]), str(tmp_path / "half.csv")) == whole
    with pytest.raises(UnreadableInput, match="no Arrow C stream"):
        found(tmp_path / "other", 7)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_column_may_stand_in_the_names_of_folders(tmp_path, records, whole, kind):
    with duckdb.connect() as database:
        source = f"read_csv('{records}', all_varchar=true, nullstr='')"
        head = ", HEADER" if kind == "csv" else ""
        database.execute(
            f"COPY (SELECT *, 'TX' AS state FROM {source}) TO '{tmp_path}/lake' "
            f"(FORMAT {kind}, PARTITION_BY (state, days_supply){head})"
        )
    assert not list((tmp_path / "lake").glob("*.*"))
    assert found(tmp_path / "out", str(tmp_path / "lake")) == whole


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_key_in_the_name_of_a_folder_stays_the_text_that_it_is(tmp_path, kind):
    """007 is not 7, and the folder of the answer says nothing of the records."""
    fills = "SELECT key AS patient_key, DATE '2026-01-05' AS filled_date, 'OXYCODONE HCL 10 MG TABLET' AS drug_name, "
    fills += "120 AS quantity, 30 AS days_supply FROM (VALUES ('007'), ('7'), ('2026-01-05')) AS keys (key)"
    head = ", HEADER" if kind == "csv" else ""
    with duckdb.connect() as database:
        database.execute(f"COPY ({fills}) TO '{tmp_path}/lake' (FORMAT {kind}, PARTITION_BY (patient_key){head})")
    output = tmp_path / "patient_key=nobody" / "fills=0" / "out"
    output.parent.mkdir(parents=True)
    run(PopulationRun(inputs=(str(tmp_path / "lake"),), output=output))
    with duckdb.connect() as database:
        text = f"SELECT patient_key, fills FROM read_parquet('{output}/patients.parquet', hive_partitioning=false)"
        assert database.execute(f"{text} ORDER BY ALL").fetchall() == [("007", 1), ("2026-01-05", 1), ("7", 1)]
    with TemporaryDirectory() as work:
        assert reported(output, table=None, suppress=0, by=None, work=Path(work)).tables[0].rows[0][1][0].value == 3
