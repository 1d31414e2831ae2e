"""Made-up dispensing records of many patients, as CSV: ten fills a patient over a year, from a seed.

Run by ``make demo-population`` and by ``bench_population.py``.
"""

from __future__ import annotations

import argparse
import random
from datetime import date, timedelta
from pathlib import Path

SEED = 1
FILLS = 10
HEADER = "patient_key,filled_date,drug_name,quantity,days_supply,prescriber_key,pharmacy_key,birth_date,hospice\n"
PRODUCTS = (
    ("OXYCODONE HCL 10 MG TABLET", (60, 90, 120), (15, 30)),
    ("HYDROCODONE-ACETAMINOPHEN 5-325 MG TABLET", (20, 60, 90), (5, 15, 30)),
    ("MORPHINE SULFATE ER 30 MG TABLET", (60,), (30,)),
    ("TRAMADOL 50 MG TABLET", (30, 60), (10, 30)),
    ("METHADONE 10 MG TABLET", (90,), (30,)),
    ("FENTANYL 25 MCG/H PATCH", (10,), (30,)),
    ("ALPRAZOLAM 0.5 MG TABLET", (30, 60), (30,)),
    ("ZOLPIDEM 10 MG TABLET", (30,), (30,)),
    ("GABAPENTIN 300 MG CAPSULE", (90,), (30,)),
    ("LISINOPRIL 10 MG TABLET", (30, 90), (30, 90)),
)
DAYS = tuple((date(2026, 1, 1) + timedelta(day)).isoformat() for day in range(365))


def write(path: Path, rows: int) -> None:
    """Write so many rows, in no order of patients. Each patient has a few drugs, prescribers and pharmacies."""
    rnd = random.Random(SEED)
    patients = max(rows // FILLS, 1)
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER)
        for _ in range(rows):
            patient = rnd.randrange(patients)
            name, quantities, supplies = PRODUCTS[(patient * 7 + rnd.randrange(3)) % len(PRODUCTS)]
            prescriber, pharmacy = (patient + rnd.randrange(3)) % 5000, (patient + rnd.randrange(2)) % 800
            born = f"{1930 + patient % 60}-0{1 + patient % 9}-1{patient % 10}"
            file.write(
                f"P{patient:08d},{DAYS[rnd.randrange(365)]},{name},{rnd.choice(quantities)},{rnd.choice(supplies)},"
                f"D{prescriber},S{pharmacy},{born},{'y' if patient % 50 == 0 else ''}\n"
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write made-up dispensing records.")
    parser.add_argument("path", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    asked = parser.parse_args()
    asked.path.parent.mkdir(parents=True, exist_ok=True)
    write(asked.path, asked.rows)
