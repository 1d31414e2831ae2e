"""How long a population run takes beside the least that a database must do: read the same rows and sort them.

Each is measured in the same call, one after the other. Under load the processor's seconds are what can be compared, so
both are printed. Ratios are what counts: definitions, days and marks at most 3, everything at most 6, in 4 GB; parquet
no slower than CSV; at least 8 times the rows a second of ``fills``. ``--prescriptions 100000`` measures that many
distinct prescriptions, a row each, in at most 20 seconds.

The R package mmequiv is not measured beside it: it is on CRAN, which the machines of this project do not reach.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from attrs import frozen

from benchmarks.population_records import PRODUCTS, write
from medsteward.fills.measures import default_measures
from medsteward.fills.report import report
from medsteward.population import run
from medsteward.population.options import PopulationRun
from medsteward.readers.fills.records import open_records
from medsteward.tables.load import factor_table

FEW = 20_000


@frozen
class Cost:
    """Seconds of the clock and of the processors, and the most memory in bytes."""

    clock: float
    processor: float
    memory: int

    def line(self, rows: int, bare: Cost | None = None) -> str:
        """The cost in words, beside that of the bare sort."""
        said = f"{self.clock:.1f} s ({self.processor:.1f} of the processors), at most {self.memory / 1e9:.1f} GB"
        if bare is None:
            return said
        ratio = f"{self.clock / bare.clock:.2f} x ({self.processor / bare.processor:.2f} x)"
        return f"{said}: {ratio}, {rows / self.clock:,.0f} rows a second"


def measured(what: str, path: Path, memory: str) -> Cost:
    """One part in a process of its own, so that memory is its own too."""
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    words = [sys.executable, "-m", "benchmarks.bench_population", "--only", what, "--path", str(path)]
    done = subprocess.run([*words, "--memory", memory], check=True, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(time.perf_counter() - began, used, int(done.stdout.split()[-1]))


def only(what: str, path: Path, memory: str) -> None:
    """Do one part and print its memory."""
    with TemporaryDirectory(dir=path.parent) as folder:
        if what == "bare":
            config: dict[str, str | bool | int | float | list[str]] = {"memory_limit": memory}
            config |= {"preserve_insertion_order": "false", "temp_directory": folder}
            is_parquet = path.suffix == ".parquet"
            source = f"'{path}'" if is_parquet else f"read_csv('{path}', all_varchar=true, header=true)"
            with duckdb.connect(config=config) as database:
                database.execute(f"CREATE TABLE sorted AS FROM {source} ORDER BY patient_key, filled_date")
        else:
            measures = default_measures() if what == "everything" else ()
            output = Path(folder, "out")
            run(PopulationRun(inputs=(str(path),), output=output, measures=measures, days=True, memory=memory))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


def alone(path: Path) -> tuple[float, float]:
    """Rows of ``fills`` in one process, a second of the clock and of the processor."""
    table = factor_table("cdc_2022")
    began, before = time.perf_counter(), time.process_time()
    with ExitStack() as desk:
        for history in open_records(str(path), None, desk).histories(lambda _: None):
            report(history, table=table, as_of=history.fills[0].filled, measures=default_measures())
    return FEW / (time.perf_counter() - began), FEW / (time.process_time() - before)


def write_distinct(path: Path, many: int) -> None:
    """Rows of different prescriptions: products by days' supply and quantity."""
    with path.open("w", encoding="utf-8") as file:
        file.write("patient_key,filled_date,drug_name,quantity,days_supply\n")
        for n in range(many):
            days, quantity = divmod(n // len(PRODUCTS), 1_000)
            file.write(f"P{n // 10},2026-01-01,{PRODUCTS[n % len(PRODUCTS)][0]},{1 + quantity},{1 + days}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--memory", default="4GB")
    parser.add_argument("--only", choices=["bare", "few", "everything"])
    parser.add_argument("--path", type=Path)
    parser.add_argument("--prescriptions", type=int)
    asked = parser.parse_args()
    if asked.prescriptions is not None:
        with TemporaryDirectory() as folder:
            path = Path(folder, "distinct.csv")
            write_distinct(path, asked.prescriptions)
            cost = measured("everything", path, asked.memory)
            print(f"{asked.prescriptions:,} distinct prescriptions: {cost.line(asked.prescriptions)}")
        return
    if asked.only is not None:
        only(asked.only, asked.path, asked.memory)
        return
    with TemporaryDirectory() as folder:
        path, few = Path(folder, "fills.csv"), Path(folder, "few.csv")
        write(path, asked.rows)
        write(path.with_suffix(".parquet"), asked.rows)
        write(few, FEW)
        bare = measured("bare", path, asked.memory)
        print(f"{asked.rows:,} rows; read and sorted by DuckDB alone: {bare.line(asked.rows)}", flush=True)
        kinds = {"definitions, days, marks": ("few", path), "everything": ("everything", path)}
        kinds["everything, from parquet"] = ("everything", path.with_suffix(".parquet"))
        costs = {}
        for words, (what, file) in kinds.items():
            costs[words] = measured(what, file, asked.memory)
            print(f"{words}: {costs[words].line(asked.rows, bare)}", flush=True)
        (clock, processor), every = alone(few), costs["everything"]
        ratios = f"{asked.rows / every.clock / clock:.1f} x ({asked.rows / every.processor / processor:.1f} x)"
        print(f"fills, one process: {clock:,.0f} rows a second; everything here {ratios}")
        print("mmequiv (R) is not measured: it is on CRAN, which this project's machines do not reach")


if __name__ == "__main__":
    main()
