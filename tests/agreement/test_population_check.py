"""Findings over a population are those of `check`, patient by patient."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from medsteward.advice.case.check import check_case
from medsteward.errors import MedstewardError
from medsteward.fills.case import case_of_fills
from medsteward.population.checking import checked
from medsteward.population.columns import CHECK_COLUMNS
from medsteward.population.faults import out_of_room
from medsteward.population.options import PopulationCheck
from medsteward.readers.fills.records import MOST_ROWS, open_records
from medsteward.schemas import schema_text
from medsteward.tables.load import factor_table
from medsteward.writers.population.rates import rate_lines
from tests.agreement.population_rows import as_csv, made
from tests.agreement.test_population import rows_of
from tests.counts import PROFILE, scaled

AS_OF = date(2024, 3, 1)
TABLE = factor_table("cdc_2022")
BROKEN = '"a row of another width",2024-01-05\n,2024-01-05\n'
PATIENTS = scaled(2000) * (3 if PROFILE == "slow" else 1)


def asked(path: Path, output: Path, processes: int) -> PopulationCheck:
    return PopulationCheck(inputs=(str(path),), output=output, table=TABLE, as_of=AS_OF, processes=processes)


@pytest.mark.parametrize("processes", [1, 2])
def test_findings_are_those_of_check(tmp_path, processes):
    """Two thousand patients by several processes, a tenth of them by one."""
    path = tmp_path / "fills.csv"
    path.write_text(as_csv(made(31, PATIENTS if processes > 1 else PATIENTS // 10)) + BROKEN, encoding="utf-8")
    found = checked(asked(path, tmp_path / "out", processes))
    rows = rows_of(tmp_path / "out", "findings.parquet")
    assert list(rows[0]) == [each.name for each in CHECK_COLUMNS]
    wanted: Counter[tuple[object, ...]] = Counter()
    wanted_days: Counter[tuple[object, ...]] = Counter()
    patients = incomplete = nobody = 0
    with ExitStack() as desk:
        for history in open_records(str(path), None, desk).histories(lambda _: None):
            if not history.patient:
                nobody += history.rows
                continue
            case = case_of_fills(history, as_of=AS_OF, table=TABLE)
            patients += 1
            incomplete += bool(case.problems or case.unread)
            for each in check_case(case, table=TABLE).findings:
                key = (history.patient, each.id, each.severity.name.lower(), each.tier, ", ".join(each.drugs))
                wanted[key] += 1
                days = {
                    day
                    for overlap in each.overlaps
                    if overlap.first_day and overlap.last_day
                    for day in range(overlap.first_day.toordinal(), overlap.last_day.toordinal() + 1)
                }
                wanted_days[key] += len(days) if all(o.first_day and o.last_day for o in each.overlaps) else 0
    assert wanted == Counter(
        (row["patient_key"], row["rule"], row["severity"], row["tier"], row["drugs"]) for row in rows
    )
    told_days: Counter[tuple[object, ...]] = Counter()
    for row in rows:
        key = (row["patient_key"], row["rule"], row["severity"], row["tier"], row["drugs"])
        told_days[key] += row["overlap_days"] or 0
    assert told_days == wanted_days
    assert (found.patients, found.incomplete, found.findings) == (patients, incomplete, len(rows))
    assert found.rows_of_no_patient == nobody > 0
    for rate in found.rates:
        same = {key[0] for key in wanted if key[1:4] == (rate.rule, rate.severity, rate.tier)}
        assert rate.patients == len(same)
    summary = json.loads((tmp_path / "out/summary.json").read_text("utf-8"))
    jsonschema.validate(summary, json.loads(schema_text("population_check")))


@pytest.mark.parametrize("processes", [1, 2])
def test_rows_of_no_patient_are_counted_and_make_the_answer_incomplete(tmp_path, processes):
    """Without a key, or with one that more rows have than a patient can."""
    rows = [dict(each) for each in made(34, 400)]
    shared = [{**rows[0], "patient_key": "shared"}] * (MOST_ROWS + 1)
    path = tmp_path / "fills.csv"
    path.write_text(as_csv([{**rows[1], "patient_key": " "}] * 3 + shared + rows), encoding="utf-8")
    found = checked(asked(path, tmp_path / "out", processes))
    keyless = sum(not row["patient_key"].strip() for row in rows)
    assert found.rows_of_no_patient == 3 + len(shared) + keyless
    assert found.patients == len({row["patient_key"].strip() for row in rows} - {""})
    assert found.exit_code == 4
    assert any("belong to no patient" in line for line in rate_lines(found))


def test_a_file_that_cannot_be_read_leaves_nothing(tmp_path):
    (tmp_path / "fills.csv").write_text("a,b\n1,2\n")
    with pytest.raises(MedstewardError):
        checked(asked(tmp_path / "fills.csv", tmp_path / "out", 1))
    assert [each.name for each in tmp_path.iterdir()] == ["fills.csv"]


def test_several_files_are_refused_here_and_so_are_two_layouts(tmp_path):
    rows = list(made(32, 10))
    for name, some in (("one", rows[:9]), ("two", rows[9:])):
        (tmp_path / f"{name}.csv").write_text(as_csv(some), encoding="utf-8")
    with pytest.raises(MedstewardError, match="one file is checked here at a time"):
        checked(asked(tmp_path / "*.csv", tmp_path / "out", 1))
    (tmp_path / "one.csv").write_text("patient_key,filled_date,drug_name,quantity,days_supply\n1,,,,\n")
    with pytest.raises(MedstewardError, match="check one layout"):
        checked(asked(tmp_path / "*.csv", tmp_path / "out", 1))


def test_a_packed_file_is_checked_as_it_is_plain(tmp_path):
    text = as_csv(made(33, 20))
    (tmp_path / "fills.csv").write_text(text, encoding="utf-8")
    (tmp_path / "fills.csv.gz").write_bytes(gzip.compress(text.encode()))
    plain = checked(asked(tmp_path / "fills.csv", tmp_path / "plain", 1))
    assert plain.findings > 0
    assert checked(asked(tmp_path / "fills.csv.gz", tmp_path / "packed", 1)) == plain


def test_what_the_pythons_of_a_cluster_lack_is_named():
    error = out_of_room(ValueError("... ModuleNotFoundError: No module named 'medsteward.population' ..."), "")
    assert "medsteward is not installed there" in str(error)
