"""``medsteward population`` as it is typed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import nanoarrow

from tests.agreement.population_rows import as_csv, made
from tests.agreement.test_population import rows_of

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def test_a_run_writes_its_folder_and_says_what_it_found(run, tmp_path):
    done = run("population", "run", "--input", str(EXAMPLES / "fills.csv"), "--output", "out", "--days")
    assert done.returncode == 0
    assert done.stdout.startswith("cdc_2022: 4 patients; of 8 rows 8 used, 0 excluded, 0 failed\n")
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == [
        "days.parquet",
        "patients.parquet",
        "prescriptions.parquet",
        "summary.json",
    ]
    summary = json.loads((tmp_path / "out/summary.json").read_text("utf-8"))
    assert summary["tables"][0]["rows"] == {"read": 8, "used": 8, "excluded": 0, "failed": 0}


def test_a_row_that_failed_makes_it_incomplete_and_no_key_is_said(run, tmp_path):
    (tmp_path / "fills.csv").write_text(as_csv(made(3, 30)), encoding="utf-8")
    done = run("population", "run", "--input", "*.csv", "--output", "out", "--table", "cms_2018", "--table", "cdc_2022")
    assert done.returncode == 4
    keys = {each["patient_key"] for each in rows_of(tmp_path / "out")}
    assert len(keys) > 25
    assert not [key for key in keys if key in done.stdout + done.stderr]
    assert {each["table_id"] for each in rows_of(tmp_path / "out")} == {"cms_2018", "cdc_2022"}


def test_what_is_wrong_with_the_options_is_said_in_a_line(run, tmp_path):
    (tmp_path / "fills.csv").write_text(as_csv(made(3, 3)), encoding="utf-8")
    for words, said in (
        (("--memory", "much"), "no amount of memory"),
        (("--measure", "XYZ"), "no measure"),
        (("--input", "none.csv"), "no such file"),
        (("--buckets", "0"), "not a whole number"),
    ):
        done = run("population", "run", "--input", "fills.csv", "--output", "out", *words)
        assert done.returncode == 2
        assert said in done.stderr
        assert done.stderr.count("\n") <= 3
        assert not (tmp_path / "out").exists()


def test_a_report_and_a_check_of_the_examples(run, tmp_path):
    (tmp_path / "fills.csv").write_bytes((EXAMPLES / "fills.csv").read_bytes())
    run("population", "run", "--input", "fills.csv", "--output", "out", "--days")
    done = run("population", "report", "out", "--suppress", "0", "--format", "csv")
    assert done.returncode == 0
    assert "definitions,maximum daily dose,90 or more,2,no\r\n" in done.stdout
    hidden = run("population", "report", "out", "--format", "md")
    assert re.search(r"\| maximum daily dose: [^|]+ \| hidden \|", hidden.stdout)
    checked = run("population", "check", "--input", "fills.csv", "--output", "found", "--as-of", "2026-03-01")
    assert checked.returncode == 0
    assert checked.stdout.startswith("4 patients, ")
    assert sorted(each.name for each in (tmp_path / "found").iterdir()) == ["findings.parquet", "summary.json"]
    assert run("population", "report", "found").returncode == 2


def test_the_example_of_a_program_runs_and_its_answer_is_an_arrow_stream(run, tmp_path):
    """What ``docs/population.md`` says of it: a relation of DuckDB, which other programs take as it is."""
    done = subprocess.run(
        [sys.executable, EXAMPLES / "population.py"], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert done.stdout.startswith("8 rows, 6 distinct prescriptions\n")
    assert re.search(r"A02 +│ +180\.0 │ +30 ", done.stdout)
    assert not list(tmp_path.iterdir())
    run("population", "run", "--input", str(EXAMPLES / "fills.csv"), "--output", "out")
    relation = duckdb.read_parquet(str(tmp_path / "out" / "patients.parquet")).select("patient_key, peak").order("1")
    (batch,) = nanoarrow.ArrayStream(relation).read_all().iter_chunks()
    assert [tuple(row) for row in batch.iter_tuples()] == relation.fetchall()
