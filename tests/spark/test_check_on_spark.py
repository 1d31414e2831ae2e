"""Findings on a cluster: patients in groups on its workers, by ``mapInArrow``, are those that processes here find."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from medsteward.population.checking import checked
from medsteward.population.options import EngineName, PopulationCheck
from medsteward.tables.load import factor_table
from tests.agreement.population_rows import as_csv, made
from tests.spark.test_on_a_cluster import rows_of

PATIENTS = 150
BROKEN = '"a row of another width",2024-01-05\n,2024-01-05\n'


def findings(folder):
    rows = [tuple(sorted(row.items(), key=str)) for row in rows_of(folder, "findings.parquet")]
    return sorted(rows, key=str)


@pytest.fixture
def asked(tmp_path):
    path = tmp_path / "fills.csv"
    path.write_text(as_csv(made(31, PATIENTS)) + BROKEN, encoding="utf-8")
    return PopulationCheck(
        inputs=(str(path),), output=tmp_path / "here", table=factor_table("cdc_2022"), as_of=date(2024, 3, 1)
    )


def test_workers_of_a_cluster_find_what_is_found_here(asked, a_cluster, tmp_path):
    here = checked(asked)
    assert here.patients > PATIENTS // 2
    assert here.findings > PATIENTS // 2
    master = a_cluster[0]
    assert checked(evolve(asked, engine=EngineName.SPARK, master=master, output=tmp_path / "there")) == here
    assert findings(tmp_path / "there") == findings(tmp_path / "here")


def test_a_connect_server_finds_what_is_found_here(asked, a_server, tmp_path):
    here = checked(asked)
    assert checked(evolve(asked, engine=EngineName.SPARK, remote=a_server, output=tmp_path / "there")) == here
    assert findings(tmp_path / "there") == findings(tmp_path / "here")
