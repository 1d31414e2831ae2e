"""Dispensing records whose drug is known and no opioid: the patient stays complete, and no figure moves."""

from __future__ import annotations

import json

import pytest

ROWS = "patient_key,filled_date,drug_name,quantity,days_supply\np1,2026-03-01,OXYCODONE HCL 15 MG TABLET,180,30\n"
NO_OPIOIDS = (
    "SILODRATE 100 MG TABLET",
    "ROSUVASTATIN CALCIUM 10 MG TAB",
    "LANTUS SOLOSTAR 100 UNIT/ML",
    "ZESTORETIC 20-25 MG",
    "ALBUTEROL HFA 90 MCG INHALER",
)


def fills(run, tmp_path, text):
    (tmp_path / "rows.csv").write_text(text, encoding="utf-8")
    return run("fills", "--input", "rows.csv", "--format", "jsonl", "--as-of", "2027-01-04")


@pytest.mark.parametrize("drug", NO_OPIOIDS)
def test_a_row_that_is_surely_no_opioid_leaves_the_patient_complete_and_the_figures_as_they_were(run, tmp_path, drug):
    alone = fills(run, tmp_path, ROWS)
    beside = fills(run, tmp_path, f"{ROWS}p1,2026-03-05,{drug},30,30\n")
    assert (alone.returncode, beside.returncode) == (0, 0)
    before, after = (json.loads(each.stdout.splitlines()[0]) for each in (alone, beside))
    assert after["definitions"] == before["definitions"]
    assert after["problems"] == before["problems"] == []


def test_a_row_that_nobody_knows_is_still_loud(run, tmp_path):
    done = fills(run, tmp_path, f"{ROWS}p1,2026-03-05,ZZYZZAMAB 10 MG TABLET,30,30\n")
    assert done.returncode != 0
    assert json.loads(done.stdout.splitlines()[0])["problems"]


@pytest.mark.parametrize(
    ("drug", "mme"),
    [
        ("ACETAMINOPHEN-COD #3 TABLET", 33.75),
        ("ACETAMINOPHEN-COD #4 TABLET", 67.5),
        ("BUTALB-APAP-CAFF-COD 50-325-40-30", 33.75),
    ],
)
def test_names_as_pharmacies_write_them_are_counted(run, tmp_path, drug, mme):
    head = ROWS.splitlines()[0]
    done = fills(run, tmp_path, f"{head}\np4,2026-03-17,{drug},30,4\n")
    assert done.returncode == 0
    assert json.loads(done.stdout.splitlines()[0])["definitions"]["maximum_day"]["value"] == mme
