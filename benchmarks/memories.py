"""What each memory of the package saves: the work in which it helps most, with it and with it switched off.

    python benchmarks/memories.py

Prints a row for each memory of a function with arguments: how often it helped in that work, and the time without it
over the time with it (1.00: it saves nothing). Times are of the processor, each the least of several processes.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

ROOT = Path(__file__).parents[1]
DAY = date(2027, 1, 4)
TABLE = "cdc_2022"


# --- the work ---------------------------------------------------------------------------------------------------


def _cases(text: str) -> Path:
    path = Path("cases.jsonl")
    path.write_text(text, encoding="utf-8")
    return path


def counting() -> Callable[[], object]:
    """MME of cases whose lines repeat, read, counted and written."""
    from benchmarks.bench_mme import drawn, reports

    path = _cases("".join(drawn("parts", 1500)))
    return lambda: [list(reports(path)) for _ in range(2)]


def reading() -> Callable[[], object]:
    """MME of lines as text, none of which was seen before."""
    from benchmarks.bench_mme import all_different, reports

    path = _cases("".join(islice(all_different("text"), 300)))
    return lambda: list(reports(path))


def checking() -> Callable[[], object]:
    """Checks of cases of ten drugs."""
    from benchmarks.against import check_cases
    from medsteward.interactions.check import check
    from medsteward.readers.case.files import read_cases

    cases = list(read_cases(str(_cases("".join(check_cases(300)))), None, as_of=DAY))
    return lambda: [check(case) for _ in range(3) for case in cases]


def reviewing() -> Callable[[], object]:
    """Reviews of cases of ten drugs, written."""
    from benchmarks.against import check_cases
    from medsteward.advice.case.review import review
    from medsteward.readers.case.files import read_cases
    from medsteward.tables.load import factor_table
    from medsteward.writers.review.document import document

    cases = list(read_cases(str(_cases("".join(check_cases(40)))), None, as_of=DAY))
    table = factor_table(TABLE)
    return lambda: [document(review(case, table=table)) for case in cases]


def tapering() -> Callable[[], object]:
    """Tapers with everything beside them, written, and a patient card."""
    import medsteward
    from medsteward.advice.taper.options import TaperOptions
    from medsteward.advice.taper.plan import taper
    from medsteward.tables.load import factor_table
    from medsteward.writers.card.days import card_of
    from medsteward.writers.plan.document import document

    table = factor_table(TABLE)

    def run() -> bool:
        for sigs in (["morphine ER 60 mg tablet, 1 tablet every 12 hours"], ["oxycodone 5 mg tablet every 6 hours"]):
            case = medsteward.case_of(*sigs, as_of=DAY, patient={"age": 58, "indication": "chronic pain"})
            report = taper(case, TaperOptions(start=DAY), table=table)
            document(report)
            if report.plan is not None and report.plan.steps:
                card_of(report)
        return True

    return lambda: [run() for _ in range(2)]


def dispensing() -> Callable[[], object]:
    """Dispensing records, a document a patient."""
    from benchmarks.bench_fills import ours, write_records

    path = Path("fills.csv")
    write_records(path, 6000)
    return lambda: ours(path, Path("out.jsonl"))


def fhir() -> Callable[[], object]:
    """MedicationRequests, a line each: like others, and each of another kind."""
    sys.argv = ["bench_fhir", "2500"]
    from benchmarks import bench_fhir

    streams = [bench_fhir.lines(kind) for kind in ("warm", "cold")]
    return lambda: [bench_fhir.seconds(each) for each in streams]


def names() -> Callable[[], object]:
    """Names of RxNorm, each twice."""
    from benchmarks.bench_codes import names as drawn
    from medsteward.readers.codes.rxnorm_name import read_rxnorm_name

    found = drawn(2500)
    return lambda: [read_rxnorm_name(each) for _ in range(2) for each in found]


WORK = {each.__name__: each for each in (counting, reading, checking, reviewing, tapering, dispensing, fhir, names)}


# --- the measure ------------------------------------------------------------------------------------------------


def measured(what: str, without: str = "") -> tuple[float, dict[str, int]]:
    """The seconds of a work in a process of its own, and how often each memory helped."""
    with TemporaryDirectory() as folder:
        run = subprocess.run(
            [sys.executable, __file__, "--work", what, "--without", without],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=True,
        )
    seconds, helped = json.loads(run.stdout.splitlines()[-1])
    return seconds, helped


def one(what: str, without: str) -> None:
    """Do one work here and print what was measured."""
    from medsteward import caches

    if without:
        caches.switched_off.add(without)
    from medsteward.cli.running import collect_seldom

    work = WORK[what]()
    collect_seldom()
    start = process_time()
    work()
    seconds = process_time() - start
    helped = {name: info.hits for name, info in caches.caches().items() if info.maxsize is not None}
    print(json.dumps([seconds, helped]))


def main() -> None:
    """Print a row for each memory, those that save most first."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--work", choices=WORK)
    options.add_argument("--without", default="")
    options.add_argument("--runs", type=int, default=2)
    chosen = options.parse_args()
    if chosen.work:
        one(chosen.work, chosen.without)
        return
    whole: dict[str, float] = {}
    most: dict[str, tuple[int, str]] = {}
    for what in WORK:
        runs = [measured(what) for _ in range(chosen.runs + 1)]
        whole[what] = min(seconds for seconds, _ in runs)
        for name, hits in runs[0][1].items():
            most[name] = max(most.get(name, (0, "")), (hits, what))
    rows = []
    for name, (hits, what) in most.items():
        if not hits:
            rows.append((1.0, 0, "", name))
            continue
        rows.append((min(measured(what, name)[0] for _ in range(chosen.runs)) / whole[what], hits, what, name))
    for ratio, hits, what, name in sorted(rows, reverse=True):
        print(f"{ratio:6.2f} {hits:8,} {what:11} {name}", flush=True)


if __name__ == "__main__":
    main()
