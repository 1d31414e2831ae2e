"""Exposures of OMOP get the product of their concept: its own, or the one nearest above it; never by a guess."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from medsteward.errors import UnreadableInput
from medsteward.population import run
from medsteward.population.concepts import with_products
from medsteward.population.options import PopulationRun

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "research" / "omop"
OXYCODONE = "oxycodone hydrochloride 10 MG Oral Tablet"
EXPOSURE = {"person_id": "1", "drug_exposure_start_date": "2026-01-05", "quantity": "90", "days_supply": "30"}


def write(path: Path, rows: list[dict[str, str]], delimiter: str = "\t") -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        file.write("\n".join(delimiter.join(row) for row in (rows[0], *(each.values() for each in rows))) + "\n")


def concept(number: int, name: str, code: str, *, kind: str = "Clinical Drug", **more: str) -> dict[str, str]:
    plain = {"concept_id": str(number), "concept_name": name, "domain_id": "Drug", "vocabulary_id": "RxNorm"}
    plain |= {"concept_class_id": kind, "standard_concept": "S", "concept_code": code, "invalid_reason": ""}
    return plain | more


def above(upper: int, lower: int, levels: int) -> dict[str, str]:
    pair = {"ancestor_concept_id": str(upper), "descendant_concept_id": str(lower)}
    return pair | {"min_levels_of_separation": str(levels)}


CONCEPTS = [
    concept(1, OXYCODONE, "1049683"),
    concept(2, "oxycodone hydrochloride 5 MG Oral Tablet", "1049621"),
    concept(3, f"{OXYCODONE} [Made]", "OMOP3", kind="Branded Drug", vocabulary_id="RxNorm Extension"),
    concept(4, "between two", "OMOP4", kind="Branded Drug", vocabulary_id="RxNorm Extension"),
    concept(5, f"{OXYCODONE} Box of 30", "OMOP5", kind="Clinical Drug Box", vocabulary_id="RxNorm Extension"),
    concept(6, OXYCODONE, "1049683", invalid_reason="D"),
    concept(7, OXYCODONE, "1049683", standard_concept=""),
    concept(8, OXYCODONE, "1049683", domain_id="Measurement"),
    concept(9, "opioids", "N02A", kind="ATC 3rd", vocabulary_id="ATC", standard_concept="C"),
    concept(10, OXYCODONE, "1049683"),
    concept(10, OXYCODONE, "1049621"),
    concept(11, f'{OXYCODONE} [Mad"e]', "1049683", kind="Branded Drug"),
]
ANCESTORS = [
    above(1, 1, 0),
    above(1, 3, 1),
    above(2, 3, 2),  # farther away than 1
    above(1, 4, 2),
    above(2, 4, 2),  # as near as 1
    above(1, 5, 1),
    above(1, 6, 1),
]


def asked(text: str) -> list[tuple]:
    with duckdb.connect() as database:
        return database.execute(text).fetchall()


def mapped(folder: Path, exposures: list[dict[str, str]], delimiter: str = ",") -> list[tuple[str, str]]:
    (folder / "vocabulary").mkdir()
    write(folder / "vocabulary/CONCEPT.csv", CONCEPTS)
    write(folder / "vocabulary/concept_ancestor.csv", ANCESTORS)
    numbered = [{"drug_exposure_id": str(number), **each} for number, each in enumerate(exposures)]
    write(folder / "exposures.csv", numbered, delimiter)
    (copy,), said = with_products([str(folder / "exposures.csv")], str(folder / "vocabulary"), folder)
    assert "needs a second source" in said[0]
    return asked(f"SELECT rxcui, concept_name FROM '{copy}' ORDER BY CAST(drug_exposure_id AS INT)")


@pytest.mark.parametrize("delimiter", [",", "|"])
def test_each_concept_is_its_product_or_none(tmp_path, delimiter):
    exposures = [{**EXPOSURE, "drug_concept_id": str(n), "drug_source_value": "as sold"} for n in range(13)]
    found = mapped(tmp_path, exposures, delimiter)
    assert len(found) == len(exposures)
    assert found[1] == ("1049683", OXYCODONE)
    assert found[3] == ("1049683", f"{OXYCODONE} [Made]")
    assert found[4] == ("", "between two")
    assert found[5] == ("", f"{OXYCODONE} Box of 30")
    assert found[11] == ("1049683", f'{OXYCODONE} [Mad"e]')
    for number in (0, 6, 7, 8, 9, 10, 12):  # none, invalid, not standard, no drug, a class, ambiguous, not there
        assert found[number] == ("", "as sold")


def test_a_source_value_of_digits_is_a_code_where_there_is_no_concept(tmp_path):
    exposure = {**EXPOSURE, "drug_concept_id": "0", "drug_source_value": "1049621"}
    assert mapped(tmp_path, [exposure, {**exposure, "drug_source_value": ""}]) == [("1049621", ""), ("", "")]


def test_the_example_counts_what_it_understood(tmp_path):
    wanted = PopulationRun(inputs=(str(EXAMPLE / "DRUG_EXPOSURE.csv"),), output=tmp_path / "out", concepts=str(EXAMPLE))
    summary = run(wanted)
    (table,) = summary.tables
    assert (summary.read, table.used, dict(table.failed)) == (7, 4, {"DRUG-005": 1, "DIR-002": 1})
    assert "of 7 exposures 4 have a concept that is or belongs to one product" in " ".join(summary.notices)
    patients = f"SELECT patient_key, maximum_day / 1e6 FROM '{tmp_path}/out/patients.parquet' WHERE opioid_fills > 0"
    assert dict(asked(patients)) == {
        "11": 135,
        "12": 60,
        "14": 30,
    }  # 9 x 10 x 1.5, 4 x 10 x 1.5, 2 x 15


def test_a_folder_without_the_tables_is_refused(tmp_path):
    for folder, said in ((tmp_path, "0 files of the table concept"), (tmp_path / "none", "give the folder")):
        with pytest.raises(UnreadableInput, match=said):
            with_products([str(EXAMPLE / "DRUG_EXPOSURE.csv")], str(folder), tmp_path)
    write(tmp_path / "CONCEPT.csv", [{"concept_id": "1", "concept_name": "x"}])
    with pytest.raises(UnreadableInput, match="the table concept has no column domain_id"):
        with_products([str(EXAMPLE / "DRUG_EXPOSURE.csv")], str(tmp_path), tmp_path)
