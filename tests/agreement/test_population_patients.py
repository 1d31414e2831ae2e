"""What a file says of patients counts as though each of their rows said so; and what became of each row."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from medsteward.errors import UnreadableInput
from medsteward.fills.measures import MEASURES
from medsteward.model.fill import ExclusionKind
from medsteward.population import run
from medsteward.population.columns import ENROLLED, ROW_COLUMNS, exclusion_column
from medsteward.population.options import PopulationRun
from tests.agreement.population_rows import FIRST, as_csv, made
from tests.agreement.test_population import rows_of

CARE = tuple(exclusion_column(kind) for kind in ExclusionKind)
HEADER = ("patient_key", "filled_date", "drug_name", "quantity", "days_supply", "birth_date", "age", *CARE)


def answer(path: Path, folder: Path, patients: Path | None = None) -> dict[str, dict[str, object]]:
    run(
        PopulationRun(
            inputs=(str(path),),
            output=folder,
            measures=MEASURES,
            patients=None if patients is None else str(patients),
        )
    )
    return {str(each.pop("patient_key")): each for each in rows_of(folder)}


def write(path: Path, header: Iterable[str], rows: Iterable[Mapping[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(header), restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def stated(key: str, number: int) -> dict[str, str]:
    """What a file says of one patient; of some only a part, of some nothing."""
    found = {"patient_key": key}
    if number % 5:
        found["birth_date"] = (FIRST - timedelta(6000 + 137 * number % 25_000)).isoformat()
    if number % 4 == 1:
        found[CARE[number // 4 % len(CARE)]] = "yes"
    return found


def test_patients_of_a_file_are_as_though_each_row_said_so(tmp_path):
    rows = [{**dict.fromkeys(CARE, ""), **row} for row in made(7, 400) if row["patient_key"].strip()]
    keys = sorted({row["patient_key"] for row in rows})
    known = {key: stated(key, number) for number, key in enumerate(keys) if number % 7}
    bare = write(tmp_path / "bare.csv", HEADER, rows)
    said = [{**row, **known.get(row["patient_key"], {})} for row in rows]
    by_row = answer(write(tmp_path / "said.csv", HEADER, said), tmp_path / "by_row")
    beside = answer(bare, tmp_path / "beside", write(tmp_path / "who.csv", HEADER, reversed(known.values())))
    without = answer(bare, tmp_path / "without")
    assert beside.keys() == by_row.keys()
    changed: Counter[str] = Counter()
    for key, row in by_row.items():
        assert beside[key].pop(ENROLLED.name) is None
        for name, value in row.items():
            if row["fills"] or name not in CARE:
                assert beside[key][name] == value, (key, name)
        changed.update(name for name, value in row.items() if value != without[key][name])
    assert changed.keys() >= {"age", "ohd_in_denominator", "ohd_excluded", *CARE}


def test_enrolment_is_that_of_every_day_from_the_first_opioid_fill_to_the_last(tmp_path):
    row = {"drug_name": "OXYCODONE HCL 10 MG TABLET", "quantity": "30", "days_supply": "10"}
    keys = "abcdefg"
    rows = [{**row, "patient_key": key, "filled_date": day} for key in keys for day in ("2026-01-10", "2026-03-10")]
    rows.append({**row, "patient_key": "h", "filled_date": "2026-01-10", "drug_name": "lisinopril 10 mg tablet"})
    spans = (
        ("a", "2026-01-10", "2026-03-10"),
        ("b", "2026-01-11", "2026-03-10"),
        ("c", "2026-01-01", "2026-03-09"),
        ("d", "2026-02-01", "2026-12-31"),
        ("d", "2025-01-01", "2026-01-31"),
        ("e", "2025-01-01", "2026-01-31"),
        ("e", "2026-02-02", "2026-12-31"),
        ("f", "2025-01-01", ""),
        ("h", "2025-01-01", ""),
    )
    header = ("patient_key", "enrolled_from", "enrolled_to")
    who = write(tmp_path / "who.csv", header, [dict(zip(header, each, strict=True)) for each in spans])
    found = answer(write(tmp_path / "fills.csv", HEADER, rows), tmp_path / "out", who)
    assert {key: row[ENROLLED.name] for key, row in found.items()} == {
        **dict.fromkeys("adf", True),
        **dict.fromkeys("bce", False),
        **dict.fromkeys("gh"),
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("patient_key\nSECRET\n", "at least one of"),
        ("birth_date\n1950-01-01\n", "has patient_key"),
        ("patient_key,birth_date\nSECRET,1950-02-30\n", "row 2: birth_date is no day"),
        ("patient_key,birth_date\nSECRET,1950-02-03\nSECRET,1950-02-04\n", "row 3: birth_date differs"),
        ("patient_key,birth_date\n,1950-02-03\n", "row 2 has no patient_key"),
        ("patient_key,birth_date\nSECRET,03/04/1950\n", "the day or the month first"),
        ("patient_key,hospice\nSECRET,perhaps\n", "row 2: hospice is neither yes nor no"),
        ("patient_key,enrolled_from,enrolled_to\nSECRET,2026-02-01,2026-01-01\n", "enrolled_to is before"),
        ("patient_key,enrolled_from,enrolled_to\nSECRET,,2026-01-01\n", "without enrolled_from"),
        ("patient_key,birth_date,birth_date\nSECRET,1950-01-01,1950-01-01\n", "two columns"),
        ("patient_key,hospice,birth_date\nSECRET,y\n", "fewer cells"),
    ],
)
def test_a_file_of_patients_that_cannot_be_read_is_refused_without_a_key(tmp_path, text, said):
    rows = write(tmp_path / "fills.csv", HEADER, made(1, 2))
    (tmp_path / "who.csv").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableInput, match=said) as error:
        answer(rows, tmp_path / "out", tmp_path / "who.csv")
    assert "SECRET" not in str(error.value)
    assert not (tmp_path / "out").exists()


def test_every_row_has_its_fate(tmp_path):
    path = tmp_path / "fills.csv"
    path.write_text(as_csv([dict(each) for each in made(11, 300)]), encoding="utf-8")
    summary = run(PopulationRun(inputs=(str(path),), output=tmp_path / "out", rows=True, buckets=3))
    (told,) = summary.tables
    rows = rows_of(tmp_path / "out", "rows.parquet")
    assert list(rows[0]) == [each.name for each in ROW_COLUMNS]
    assert len(rows) == summary.read
    assert Counter(each["because"] for each in rows if each["outcome"] == "failed") == told.failed
    assert Counter(each["because"] for each in rows if each["outcome"] == "excluded") == told.excluded
    assert sum(each["outcome"] == "used" for each in rows) == told.used
    read = {each["prescription"]: each["as_written_drug_name"] for each in prescriptions(tmp_path / "out")}
    with path.open(encoding="utf-8", newline="") as file:
        written = Counter(
            (each["patient_key"].strip(), each["filled_date"] or each["sold_date"], each["drug_name"])
            for each in csv.DictReader(file)
        )
    assert written == Counter(
        (each["patient_key"] or "", each["filled_as_written"], read[each["prescription"]]) for each in rows
    )
    assert {each["filled"] for each in rows if each["filled_as_written"] == "2024-02-29"} == {date(2024, 2, 29)}
    assert all(each["filled"] is None for each in rows if each["because"] == "FILL-002")


def prescriptions(folder: Path) -> list[dict[str, object]]:
    return rows_of(folder, "prescriptions.parquet")
