"""How many rows of dispensing records a second one process takes, CSV to JSON lines, and how much memory.

Rows are made with a seed: eight fills of each patient, three drugs a patient, two thirds of the fills opioids, some
early. End to end is looking at the file, reading it, counting and writing every day of every patient. The baseline is
the least that any program must do: ``csv.reader`` over the same rows (twice, as we do, to see how days are written) and
``json.dumps`` of the same documents. Times are of the processor; figures are medians over passes.
"""

from __future__ import annotations

import argparse
import csv
import gc
import json
import os
import random
import subprocess
import sys
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

from medsteward.cli.running import collect_seldom
from medsteward.fills.measures import default_measures
from medsteward.fills.report import Tally, report
from medsteward.readers.fills.records import in_batches, open_records
from medsteward.tables.load import factor_table, table_ids
from medsteward.writers.fills.document import last_line, line

SEED = 1
FILLS = 8
TARGET = 20_000
TABLE = "cdc_2022"
DAY = date(2027, 1, 4)
_AT_ONCE = 1 << 20  # the command writes as much at a time
HEADER = (
    *("patient_key", "rx_number", "filled_date", "drug_name", "strength", "form", "quantity", "days_supply"),
    *("prescriber_key", "pharmacy_key", "reported_mme", "birth_date", "region"),
)
PRODUCTS = (
    ("oxycodone HCl", "10 mg", "tablet", "120", "30"),
    ("oxycodone HCl", "5 mg", "tablet", "60", "15"),
    ("hydrocodone/acetaminophen", "5-325 mg", "tablet", "20", "5"),
    ("morphine sulfate ER", "30 mg", "tablet", "60", "30"),
    ("fentanyl patch", "50 mcg/h", "", "10", "30"),
    ("tramadol", "50 mg", "tablet", "120", "30"),
    ("methadone", "10 mg", "tablet", "90", "30"),
    ("alprazolam", "1 mg", "tablet", "60", "30"),
    ("zolpidem", "10 mg", "tablet", "30", "30"),
    ("gabapentin", "300 mg", "capsule", "90", "30"),
)


def rows_of(patient: int) -> list[tuple[str, ...]]:
    """The fills of one patient, in order."""
    chance = random.Random(SEED * 10**9 + patient)
    day = date(2025, 1, 1) + timedelta(chance.randrange(200))
    products = chance.sample(PRODUCTS, 3)
    found: list[tuple[str, ...]] = []
    for number in range(FILLS):
        day += timedelta(chance.randrange(5, 40))
        who, where = f"D{chance.randrange(500)}", f"X{chance.randrange(80)}"
        prescription = str(patient * FILLS + number)
        drug = chance.choice(products)
        found.append((f"P{patient:07}", prescription, day.isoformat(), *drug, who, where, "", "1970-05-01", "north"))
    return found


def write_records(path: Path, rows: int, *, grouped: bool = True) -> None:
    """Records of ``rows / 8`` patients; not grouped: the first fill of every patient, then the second."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(1 if grouped else FILLS):
            for patient in range(rows // FILLS):
                found = rows_of(patient)
                writer.writerows(found if grouped else found[number : number + 1])


def ours(path: Path, out: Path) -> int:
    """Everything that the command does, in this process; the number of rows."""
    table, measures = factor_table(TABLE), default_measures()
    others = [factor_table(each) for each in table_ids()]
    tally = Tally(table, DAY, measures=measures)
    with ExitStack() as desk, out.open("w", encoding="utf-8", buffering=_AT_ONCE) as file:
        records = open_records(str(path), None, desk)
        for histories in in_batches(records.histories(lambda _: None)):
            found = [
                report(history, table=table, as_of=DAY, measures=measures, compare_with=others) for history in histories
            ]
            for each in found:
                tally.add(each)
                file.write(line(each))
        file.write(last_line(tally))
    return tally.read


def baseline(path: Path, documents: Path, out: Path) -> float:
    """Seconds of the processor that csv and json alone take."""
    with documents.open(encoding="utf-8") as file:
        found = [json.loads(each) for each in file]
    start = process_time()
    for _ in range(2):
        with path.open(encoding="utf-8", newline="") as rows:
            for _ in csv.reader(rows):
                pass
    with out.open("w", encoding="utf-8") as file:
        for each in found:
            file.write(json.dumps(each) + "\n")
    return process_time() - start


def speeds(folder: Path, rows: int, passes: int) -> None:
    """Print rows a second, ours and of the baseline."""
    out, least = folder / "ours.jsonl", folder / "least.jsonl"
    print(f"{'':14}{'rows/s':>12}{'(lowest':>10}{'highest)':>10}{'baseline/s':>12}{'of baseline':>13}{'target':>10}")
    for name, grouped in (("grouped", True), ("not grouped", False)):
        path = folder / f"{name}.csv"
        write_records(path, rows, grouped=grouped)
        mine, theirs = [], []
        for _ in range(passes):  # all of ours first: the baseline's documents leave the memory in pieces
            start = process_time()
            count = ours(path, out)
            mine.append(count / (process_time() - start))
            gc.collect()
        for _ in range(passes):
            theirs.append(count / baseline(path, out, least))
            gc.collect()
        share = median(one / other for one, other in zip(mine, theirs, strict=True))
        print(
            f"{name:14}{median(mine):12,.0f}{min(mine):10,.0f}{max(mine):10,.0f}{median(theirs):12,.0f}{share:12.2f}x"
            f"{TARGET if grouped else '':>10}"
        )


_PEAK = """
import resource, sys
from medsteward.cli import main
try:
    main()
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


def memory(folder: Path, counts: tuple[int, ...]) -> None:
    """Print the most memory that the command takes over files of several lengths; flat if the stream is one."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(each for each in sys.path[1:] if each)}
    print(f"{'whole command':14}{'rows':>12}{'most MiB':>10}")
    for name, grouped in (("grouped", True), ("not grouped", False)):
        for count in counts:
            path = folder / "records.csv"
            write_records(path, count, grouped=grouped)
            run = subprocess.run(
                [sys.executable, "-c", _PEAK, "fills", "--input", str(path), "--format", "jsonl", "-o", os.devnull],
                cwd=folder,
                env=environment,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                check=True,
            )
            size = int(run.stderr.split()[-1])
            print(f"{name:14}{count:12,}{size / (1024 * 1024 if sys.platform == 'darwin' else 1024):10.1f}")


def main(rows: int, passes: int) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        memory(folder, (rows, 5 * rows))  # first: a child's peak is at least what this process takes by then
        collect_seldom()
        print(f"\n{rows:,} rows, {FILLS} of each patient, table {TABLE}, medians of {passes} passes")
        speeds(folder, rows, passes)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rows", type=int, default=40_000)
    options.add_argument("--passes", type=int, default=3)
    chosen = options.parse_args()
    main(chosen.rows, chosen.passes)
