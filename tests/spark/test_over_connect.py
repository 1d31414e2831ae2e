"""A run over Spark Connect: the client has no Java, and its answer is DuckDB's."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from attrs import evolve

from medsteward.errors import UnreadableInput
from medsteward.fills.measures import measures_named
from medsteward.population import run
from medsteward.population.spark_session import connected
from tests.agreement.population_rows import as_csv, made
from tests.spark.cluster import free_port
from tests.spark.test_on_a_cluster import asked, digest

PATIENTS = 50
MEASURES = measures_named(("COB", "HDO"))


def test_an_answer_over_connect_is_that_of_duckdb(a_server, tmp_path):
    path = tmp_path / "fills.csv"
    path.write_text(as_csv(made(22, PATIENTS)), encoding="utf-8")
    run(evolve(asked(path, tmp_path / "here"), measures=MEASURES))
    words = ["population", "run", "--input", str(path), "--output", str(tmp_path / "there")]
    words += ["--table", "cms_2018", "--mode", "shifted", "--days", "--engine", "spark"]
    words += [word for each in MEASURES for word in ("--measure", each.id)]
    without_java = {name: value for name, value in os.environ.items() if name not in ("JAVA_HOME", "SPARK_HOME")}
    done = subprocess.run(
        [sys.executable, "-m", "medsteward", *words, "--remote", a_server],
        env={**without_java, "PATH": ""},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 4, done.stderr  # some rows of these patients fail
    assert "Warning" not in done.stderr
    assert digest(tmp_path / "there") == digest(tmp_path / "here")


def test_where_no_server_answers_the_address_is_not_said():
    for address in (f"sc://127.0.0.1:{free_port()}/;token=planted", "planted", "sc://127.0.0.1:planted"):
        with pytest.raises(UnreadableInput, match="no Spark Connect server answers") as said:
            connected(address, patience=2)
        assert "planted" not in str(said.value)
