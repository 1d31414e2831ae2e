"""Numbers and words that can be read in two ways, one of them an opioid or another dose, are asked about."""

from __future__ import annotations

import csv
import json
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from medsteward import case_of, factor_table, mme_per_day
from medsteward.mme.result import AtLeast, CompleteTotal, Status
from tests.program import run

DAY = date(2027, 1, 4)
CDC = factor_table("cdc_2022")
KNOWN = "morphine ER 15 mg tablet, 1 tablet every 12 hours"


def asked(line: str) -> bool:
    """Whether a line is asked about, and the total says that it is missing."""
    report = mme_per_day(case_of(line, KNOWN, as_of=DAY), table=CDC)
    return (
        report.entries[0].status is Status.PROBLEM
        and bool(report.problems)
        and isinstance(report.total, AtLeast)
        and report.total.maximum.value == 30
    )


@pytest.mark.parametrize(
    "line",
    [
        "4.10 mg methadone tid",
        "3.10mg methadone bid",
        "2.30 mg oxycodone ER bid",
        "1.15 mg morphine q6h",
        "3.5 mg oxycodone q6h",
        "4.8 mg hydromorphone q4h",
        "2.25 mcg/h fentanyl patch q72h",
        "1.100 mcg/hr fentanyl patch q72h",
        "3.50 mcg per hour fentanyl patch q72h",
        "take 4.10 mg methadone tid",
        "4.2 tabs oxycodone 5 mg q6h",
        "2.1 oxycodone 5 mg q6h",
        "oxycodone 5 mg, 1.2 tablets q6h",
        "1/ 2 tablets oxycodone 5 mg q6h",
    ],
)
def test_a_list_number_that_is_glued_to_an_amount_is_asked_about(line: str) -> None:
    assert asked(line)


@pytest.mark.parametrize(
    ("line", "most"),
    [
        ("2.5 mg oxycodone q6h", "15"),
        ("7.5 mg oxycodone q6h", "45"),
        ("0.5 mg hydromorphone q4h", "15"),
        ("12.5 mg oxycodone q6h", "75"),
        ("1.2 mg hydromorphone oral solution q4h", "36"),
        ("37.5 mcg/h fentanyl patch q72h", "90"),
        ("methadone 4.1 mg tid", "57.81"),
        ("1.5 tablets oxycodone 5 mg q6h", "45"),
        ("0.33 tablet oxycodone 15 mg q6h", "29.7"),
        ("1/2 tablet oxycodone 10 mg q6h", "30"),
    ],
)
def test_amounts_that_products_or_their_pieces_make_are_counted(line: str, most: str) -> None:
    report = mme_per_day(case_of(line, as_of=DAY), table=CDC)
    assert isinstance(report.total, CompleteTotal), report.problems
    assert report.total.maximum.value == Fraction(most)


@pytest.mark.parametrize(
    "line",
    ["take 2- 5 mg oxycodone q6h", "2 - 5 mg oxycodone tabs q6h", "oxycodone 1- 5 mg tab q6h", "methadone 3-10 mg tid"],
)
def test_a_few_tablets_with_a_dash_are_no_range(line: str) -> None:
    assert asked(line)


@pytest.mark.parametrize(
    ("line", "low", "most"),
    [
        ("oxycodone 5-10 mg q6h", 30, 60),
        ("hydromorphone 2-4 mg q4h", 60, 120),
        ("hydromorphone 1-2 mg q4h", 30, 60),
        ("oxycodone 2 mg to 5 mg q6h", 12, 30),
        ("oxycodone oral solution 5 mg/5 mL, 2-5 mg q6h", 12, 30),
    ],
)
def test_ranges_that_are_clear_stay_ranges(line: str, low: int, most: int) -> None:
    report = mme_per_day(case_of(line, as_of=DAY), table=CDC)
    assert isinstance(report.total, CompleteTotal), report.problems
    assert report.total.scheduled.value == low
    assert report.total.maximum.value == most


HIDDEN = [
    "GUAIFENESIN AC SYRUP",
    "GUAIFENESIN-AC 100-10 MG/5 ML",
    "FIORINAL #3 CAPSULE",
    "FIORICET NO 3",
    "ASPIRIN #4 TABLET",
    "ACETAMINOPHEN 300-30 MG TABLET",
    "ACETAMINOPHEN 30-300 MG TABLET",
    "ACETAMINOPHEN 300/30 TABLET",
    "ACETAMINOPHEN 5-325 TAB",
    "IBUPROFEN 200-7.5 MG TABLET",
    "NALOXONE 2-8 MG FILM",
]


@pytest.mark.parametrize("name", HIDDEN)
def test_a_name_with_codeine_behind_a_number_or_letters_is_asked_about(name: str) -> None:
    assert asked(f"{name} 1 every 6 hours")


@pytest.mark.parametrize("name", HIDDEN)
def test_a_dispensing_of_such_a_name_is_a_failed_row(name: str, tmp_path: Path) -> None:
    path = tmp_path / "fills.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("patient_key", "filled_date", "drug_name", "quantity", "days_supply"))
        rows.writerow(("P", "2026-03-01", name, 60, 30))
        rows.writerow(("P", "2026-03-01", "OXYCODONE HCL 5 MG TABLET", 40, 10))
    done = run("fills", "--input", path, "--format", "json", "--as-of", "2026-06-01")
    patient, counts = json.loads(done.out)
    assert done.code in (3, 4)
    assert not patient["complete"]
    assert counts["rows"]["failed"] == 1


@pytest.mark.parametrize(
    "line",
    ["ibuprofen 400-800 mg tid", "gabapentin 300-600 mg tid", "acetaminophen 325-650 mg q6h", "guaifenesin 400 mg q4h"],
)
def test_other_drugs_with_a_range_stay_no_opioids(line: str) -> None:
    report = mme_per_day(case_of(line, as_of=DAY), table=CDC)
    assert isinstance(report.total, CompleteTotal)
    assert report.entries[0].status is Status.NOT_AN_OPIOID
