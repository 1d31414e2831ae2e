"""Made-up dispensing records of many patients, as CSV or parquet: ten fills a patient over a year.

Run by ``make demo-population`` and by ``bench_population.py``. The database makes them, ten million in a few seconds;
they are the same each time under one version of DuckDB.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import duckdb

FILLS = 10
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
_ROWS = """
SELECT printf('P%08d', patient) AS patient_key,
       CAST(DATE '2026-01-01' + CAST(draw(i, 2, 365) AS INTEGER) AS VARCHAR) AS filled_date,
       p.name AS drug_name,
       p.quantities[1 + draw(i, 3, len(p.quantities))] AS quantity,
       p.supplies[1 + draw(i, 4, len(p.supplies))] AS days_supply,
       'D' || ((patient + draw(i, 5, 3)) % 5000) AS prescriber_key,
       'S' || ((patient + draw(i, 6, 2)) % 800) AS pharmacy_key,
       (1930 + patient % 60) || '-0' || (1 + patient % 9) || '-1' || (patient % 10) AS birth_date,
       CASE WHEN patient % 50 = 0 THEN 'y' END AS hospice
FROM (SELECT i, draw(i, 1, {patients}) AS patient FROM range({rows}) t(i)) AS fills
JOIN product p ON p.number = (fills.patient * 7 + draw(i, 7, 3)) % {products}
"""


def write(path: Path, rows: int) -> None:
    """Write so many rows, in no order of patients. Each patient has a few drugs, prescribers and pharmacies."""
    kind = "FORMAT parquet" if path.suffix == ".parquet" else "FORMAT csv, HEADER"
    text = _ROWS.format(rows=rows, patients=max(rows // FILLS, 1), products=len(PRODUCTS))
    with duckdb.connect(config={"preserve_insertion_order": "false"}) as database:
        database.execute("CREATE MACRO draw(i, which, n) AS CAST(hash(i * 64 + which) % n AS BIGINT)")
        database.execute("CREATE TABLE product(number BIGINT, name VARCHAR, quantities BIGINT[], supplies BIGINT[])")
        database.executemany(
            "INSERT INTO product VALUES (?, ?, ?, ?)",
            [(number, name, list(some), list(days)) for number, (name, some, days) in enumerate(PRODUCTS)],
        )
        database.execute(f"COPY ({text}) TO '{path}' ({kind})")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write made-up dispensing records.")
    parser.add_argument("path", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    asked = parser.parse_args()
    asked.path.parent.mkdir(parents=True, exist_ok=True)
    write(asked.path, asked.rows)
