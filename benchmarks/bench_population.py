"""How long a population run takes beside the least that a database must do: read the same rows and sort them.

Each is measured in the same call, one after the other, in seconds of the clock, so that what else the machine does
weighs on all alike. Ratios are what counts: days, definitions and marks at most 3, everything at most 6.
"""

from __future__ import annotations

import argparse
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from benchmarks.population_records import write
from medsteward.fills.measures import default_measures
from medsteward.fills.report import report
from medsteward.population import run
from medsteward.population.options import PopulationRun
from medsteward.readers.fills.records import open_records
from medsteward.tables.load import factor_table

FEW = 20_000
MEMORY = "4GB"


def sorted_plainly(path: Path) -> float:
    """Read the file into a table, sorted by patient and day."""
    began = time.perf_counter()
    with duckdb.connect(config={"memory_limit": MEMORY, "preserve_insertion_order": "false"}) as database:
        source = f"read_csv('{path}', all_varchar=true, header=true)"
        database.execute(f"CREATE TABLE sorted AS SELECT * FROM {source} ORDER BY patient_key, filled_date")
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    with TemporaryDirectory() as folder:
        path, few = Path(folder, "fills.csv"), Path(folder, "few.csv")
        write(path, rows)
        write(few, FEW)
        bare = sorted_plainly(path)
        print(f"{rows:,} rows; read and sorted by DuckDB alone: {bare:.1f} s")
        for words, measures in (("definitions, days, marks", ()), ("everything", default_measures())):
            began = time.perf_counter()
            asked = PopulationRun(inputs=(str(path),), output=Path(folder, "out"), measures=measures, memory=MEMORY)
            found = run(asked)
            took = time.perf_counter() - began
            peak = found.peak_memory / 1e9
            print(
                f"{words}: {took:.1f} s, {took / bare:.1f} x, {rows / took:,.0f} rows a second, at most {peak:.1f} GB"
            )
        table = factor_table("cdc_2022")
        began = time.perf_counter()
        with ExitStack() as desk:
            for history in open_records(str(few), None, desk).histories(lambda _: None):
                report(history, table=table, as_of=history.fills[0].filled, measures=default_measures())
        alone = FEW / (time.perf_counter() - began)
        print(f"fills, one process: {alone:,.0f} rows a second; everything here {rows / took / alone:.1f} x")


if __name__ == "__main__":
    main()
