"""A word that may name another drug, as every form of the answer says it."""

from __future__ import annotations

import csv
import io
import json

import pytest

LINE = "gabapentin 300 mg tid, oxy 10 mg q6h"
KNOWN = "oxycodone 5 mg q6h"
ROWS = """patient_key,filled_date,drug_name,quantity,days_supply
p1,2026-03-17,ACETAMINOPHEN-HYDROCO TABLET,30,4
p1,2026-03-17,ALPRAZOLAM 1 MG TABLET,30,10
p2,2026-03-02,OXYCODONE-ACETAMINOPHEN 10-325 TAB,120,30
p2,2026-03-10,GUAIFENESIN/HC SYRUP,240,8
"""


def test_the_figure_is_at_least_in_json(run):
    done = run("mme", LINE, KNOWN, "--format", "json")
    total = json.loads(done.stdout)["total"]
    assert done.returncode == 3
    assert (total["maximum"], total["complete"], total["missing"]) == (30, False, [LINE])


def test_the_figure_is_at_least_in_text_and_csv(run):
    assert "AT LEAST 30" in run("mme", LINE, KNOWN).stdout
    rows = list(csv.DictReader(io.StringIO(run("mme", LINE, KNOWN, "--format", "csv").stdout)))
    assert (rows[-1]["status"], rows[-1]["reason"]) == ("at least", f"not counted: {LINE}")


@pytest.mark.parametrize("style", ["text", "md", "csv"])
def test_check_says_first_what_it_did_not_check(run, style):
    done = run("check", LINE, KNOWN, "--format", style)
    assert done.returncode == 3
    assert "oxy" in done.stdout
    if style != "csv":
        assert f"NOT CHECKED, as not understood: {LINE}" in done.stdout.replace("\\", "")


def test_check_names_it_in_json(run):
    assert json.loads(run("check", LINE, "--format", "json").stdout)["checked"]["not_understood"] == [LINE]


def test_the_figure_bears_a_comparator_in_fhir(run):
    bundle = json.loads(run("mme", LINE, KNOWN, "--format", "fhir").stdout)
    values = [entry["resource"].get("valueQuantity", {}) for entry in bundle["entry"]]
    assert [each.get("comparator") for each in values if each.get("value") == 30] == [">="]


def test_a_row_with_a_cut_off_name_fails_and_nothing_is_whole(run, tmp_path):
    (tmp_path / "rows.csv").write_text(ROWS, encoding="utf-8")
    done = run("fills", "--input", "rows.csv", "--format", "jsonl", "--as-of", "2027-01-04")
    first, second, last = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 4
    assert last["rows"] == {"read": 4, "used": 2, "excluded": 0, "failed": 2}
    for patient, code in ((first, "DRUG-005"), (second, "DRUG-002")):
        assert [each["code"] for each in patient["problems"]] == [code]
        assert all(measure.get("met") is not False for measure in patient["measures"])
    assert second["peak"] == 60
