"""Many patients at once: run over the records beside this file, and ask the answer with DuckDB.

pip install "medsteward[population]"
python examples/population.py
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from medsteward.population import run
from medsteward.population.options import PopulationRun

RECORDS = Path(__file__).with_name("fills.csv")

if __name__ == "__main__":  # many prescriptions are read by processes of their own
    with TemporaryDirectory() as folder:
        summary = run(PopulationRun(inputs=(str(RECORDS),), output=Path(folder, "out")))
        print(f"{summary.read} rows, {summary.prescriptions} distinct prescriptions")
        patients = duckdb.read_parquet(f"{folder}/out/patients.parquet")
        print(patients.select("patient_key, maximum_day / 1e6 AS highest_day, days_at_or_above_90"))
