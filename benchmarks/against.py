"""Whether this tree is slower than another: the same work in both, in turns, each run in a process of its own.

    git worktree add /tmp/before 6b4b647
    python benchmarks/against.py --tree /tmp/before

Prints the median time of the processor in each tree and their ratio: reading, counting and writing a case of three
kept lines (``mme``), checking a case of ten drugs (``check``), reviewing it and writing that (``review``), and reading
a line that was never seen (``read``). Both trees get the same cases, written to a file by this one. Of cases everything
is kept from an earlier pass, as in a run over many patients; of lines nothing is, and no two are the same. 1 if a ratio
is above ``--at-most``.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
DAY = date(2027, 1, 4)
MME_CASES = 3000
CHECK_CASES = 400

# Runs in either tree: modules moved, so each is looked for at the places that it has had.
WORKER = """
import gc, sys
from datetime import date
from functools import _lru_cache_wrapper
from importlib import import_module
from time import process_time

def found(name, *homes):
    for home in homes:
        try:
            return getattr(import_module("medsteward." + home), name)
        except ModuleNotFoundError:
            pass
    raise SystemExit(f"{name} is in none of {homes}")

def memories():
    '''What is kept of a call; not what is made once, such as the lexicon.'''
    every = [each for each in gc.get_objects() if isinstance(each, _lru_cache_wrapper)]
    ours = [each for each in every if (each.__module__ or "").startswith("medsteward")]
    return [each for each in ours if each.cache_parameters()["maxsize"] is not None]

what, path, passes = sys.argv[1], sys.argv[2], int(sys.argv[3])
read_cases = found("read_cases", "readers.case.files", "readers.files")
day = date(2027, 1, 4)
kept = ()
found("collect_seldom", "cli.running")()
if what == "read":
    read_line = found("read_line", "readers.directions.line", "readers.sig_text")
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    def run():
        for line in lines:
            read_line(line)
    run()
    gc.unfreeze()  # or the memories would not be among the objects
    kept = memories()
elif what == "mme":
    mme_per_day = found("mme_per_day", "advice.case.mme", "advice.mme")
    document = found("document", "writers.mme.document", "writers.mme_json")
    one_line = found("one_line", "writers.shared.json_text", "writers.json_text")
    table = found("factor_table", "tables.load")("cdc_2022")
    def run():
        for case in read_cases(path, None, as_of=day):
            one_line(document(mme_per_day(case, table=table)))
elif what == "review":
    review = found("review", "advice.case.review", "advice.review")
    document = found("document", "writers.review.document", "writers.review_json")
    one_line = found("one_line", "writers.shared.json_text", "writers.json_text")
    table = found("factor_table", "tables.load")("cdc_2022")
    cases = list(read_cases(path, None, as_of=day))
    def run():
        for case in cases:
            one_line(document(review(case, table=table)))
else:
    check = found("check", "interactions.check")
    cases = list(read_cases(path, None, as_of=day))
    def run():
        for case in cases:
            check(case)
run()
times = []
for _ in range(passes):
    for each in kept:
        each.cache_clear()
    start = process_time()
    run()
    times.append(process_time() - start)
print(min(times))
"""


def check_cases(count: int) -> Iterator[str]:
    """Cases of ten drugs as lines of JSON, half of them with days, as in dispensing records."""
    from benchmarks.bench_check import CONDITIONS, OPIOIDS, OTHERS, one_of, share

    chance = random.Random(7)
    for number in range(count):
        rest = [what for what, _ in OTHERS]
        chance.shuffle(rest)
        lines: list[dict[str, object]] = [{"sig": sig} for sig in (one_of(chance, OPIOIDS) + rest)[:10]]
        if chance.random() < 0.5:
            for line in lines:
                line["start"] = date.fromordinal(DAY.toordinal() - chance.randint(0, 90)).isoformat()
                line["days_supply"] = chance.choice((10, 30, 90))
        patient = {
            "age": chance.randint(19, 95),
            "egfr": chance.randint(15, 120),
            "conditions": share(chance, CONDITIONS),
        }
        case = {"id": f"c{number}", "as_of": DAY.isoformat(), "patient": patient, "medications": lines}
        yield json.dumps(case) + "\n"


def write_cases(folder: Path) -> dict[str, tuple[Path, int]]:
    """The files of cases, with how many each holds."""
    from benchmarks.bench_mme import all_different, drawn

    mme, check, read = folder / "mme.jsonl", folder / "check.jsonl", folder / "lines.txt"
    mme.write_text("".join(drawn("parts", MME_CASES)), encoding="utf-8")
    check.write_text("".join(check_cases(CHECK_CASES)), encoding="utf-8")
    lines = [line["sig"] for case in all_different("text") for line in json.loads(case)["medications"]]
    read.write_text("\n".join(lines), encoding="utf-8")
    return {
        "read": (read, len(lines)),
        "mme": (mme, MME_CASES),
        "check": (check, CHECK_CASES),
        "review": (check, CHECK_CASES),
    }


def seconds(tree: Path, what: str, path: Path, passes: int) -> float:
    """The time that one run of the work takes in one tree."""
    run = subprocess.run(
        [sys.executable, "-c", WORKER, what, str(path), str(passes)],
        cwd=path.parent,
        env={**os.environ, "PYTHONPATH": str(tree)},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return float(run.stdout)


def main() -> int:
    """Print a row for each kind of work."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--tree", type=Path, required=True, help="the other tree, checked out somewhere")
    options.add_argument("--runs", type=int, default=10, help="alternating runs of each")
    options.add_argument("--passes", type=int, default=3, help="passes in one run; the best counts")
    options.add_argument("--only", choices=("read", "mme", "check", "review"))
    options.add_argument("--at-most", type=float, default=1.05, help="the highest ratio that is fine")
    chosen = options.parse_args()
    slowest = 0.0
    with TemporaryDirectory() as name:
        print(f"{'us of each':10}{'other':>9}{'this':>9}{'ratio':>8}   of {chosen.runs} runs each, alternating")
        for what, (path, count) in write_cases(Path(name)).items():
            if chosen.only not in (None, what):
                continue
            pairs = []
            for _ in range(chosen.runs):
                other = seconds(chosen.tree.resolve(), what, path, chosen.passes)
                pairs.append((other, seconds(ROOT, what, path, chosen.passes)))
            other, this = (median(times) / count * 1e6 for times in zip(*pairs, strict=True))
            ratio = this / other
            slowest = max(slowest, ratio)
            print(f"{what:10}{other:9.1f}{this:9.1f}{ratio:8.2f}")
    return 0 if slowest <= chosen.at_most else 1


if __name__ == "__main__":
    sys.exit(main())
