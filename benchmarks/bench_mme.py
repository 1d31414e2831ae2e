"""How many regimens a second one process counts, and how much memory it takes, JSON lines in and out.

A regimen is a case of three medication lines, drawn with a seed from some 1,300 different lines, in parts or as text.
Prescriptions repeat, and lines once read are kept, so three speeds are told apart: ``new`` (no line is seen twice),
``cold`` (all of the cases once, nothing kept before) and ``warm`` (all of them again). The baseline takes turns with
ours every few hundred cases: ``json.loads`` of the same cases and ``json.dumps`` of the same reports, the least that
any program must do. Times are of the processor; figures are medians over passes.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice, product
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any, NamedTuple

from medsteward.advice.case.mme import mme_per_day
from medsteward.caches import clear_caches
from medsteward.cli.running import collect_seldom
from medsteward.readers.case.files import read_cases
from medsteward.tables.load import factor_table
from medsteward.writers.mme.document import document
from medsteward.writers.shared.json_text import one_line

SEED = 1
LINES = 3
CHUNK = 500
TABLE = "cdc_2022"
DAY = date(2027, 1, 4)
TARGETS = {("parts", "warm"): 10_000, ("text", "warm"): 2_000, ("text", "cold"): 2_000}

# drug, strengths, form (None: the drug's name says it), how often
DRUGS: tuple[tuple[str, tuple[str, ...], str | None, tuple[str, ...]], ...] = (
    (
        "oxycodone",
        ("5 mg", "10 mg", "15 mg", "20 mg", "30 mg"),
        "tablet",
        ("every 4 hours", "every 6 hours", "4 times daily", "every 8 hours"),
    ),
    ("morphine ER", ("15 mg", "30 mg", "60 mg", "100 mg"), "tablet", ("every 12 hours", "every 8 hours")),
    (
        "hydrocodone/acetaminophen",
        ("5/325", "7.5/325", "10/325"),
        "tablet",
        ("every 4 to 6 hours", "every 6 hours", "every 8 hours"),
    ),
    ("tramadol", ("50 mg", "100 mg"), "tablet", ("every 6 hours", "every 8 hours")),
    ("methadone", ("5 mg", "10 mg"), "tablet", ("every 8 hours", "every 12 hours")),
    ("hydromorphone", ("2 mg", "4 mg", "8 mg"), "tablet", ("every 4 hours", "every 6 hours")),
    (
        "fentanyl patch",
        ("12 mcg/h", "25 mcg/h", "50 mcg/h", "75 mcg/h", "100 mcg/h"),
        None,
        ("every 72 hours", "every 48 hours"),
    ),
    ("gabapentin", ("300 mg", "400 mg"), "capsule", ("3 times daily", "at bedtime")),
    ("lorazepam", ("0.5 mg", "1 mg"), "tablet", ("twice daily", "at bedtime")),
    ("sertraline", ("50 mg", "100 mg"), "tablet", ("daily",)),
)
DOSES = ("1", "2", "1-2")
LIMITS = (None, 3, 4, 5, 6, 7, 8)
"""The most per day of an as-needed line; None: not as needed."""


# --- the cases --------------------------------------------------------------------------------------------------


def as_text(drug: str, strength: str, form: str | None, often: str, dose: str, limit: int | None) -> dict[str, Any]:
    """One medication as a person writes it."""
    if form is None:
        return {"sig": f"{drug} {strength} {often}"}
    needed = f" as needed for pain, max {limit} per day" if limit else ""
    return {"sig": f"{drug} {strength} {form}, {dose} {form}{'s' if dose != '1' else ''} {often}{needed}"}


def as_parts(drug: str, strength: str, form: str | None, often: str, dose: str, limit: int | None) -> dict[str, Any]:
    """One medication in fields."""
    if form is None:
        name, form = drug.split()
        return {"drug": name, "form": form, "strength": strength, "dose": f"1 {form}", "frequency": often}
    dose = f"{dose} {form}{'s' if dose != '1' else ''}"
    parts = {"drug": drug, "strength": strength, "form": form, "dose": dose, "frequency": often}
    return parts | ({"as_needed": True, "max_per_day": f"{limit} {form}s"} if limit else {})


KINDS: dict[str, Callable[..., dict[str, Any]]] = {"parts": as_parts, "text": as_text}


def drawn(kind: str, count: int) -> Iterator[str]:
    """Cases as lines of JSON: a drug, then each of its parts, four lines in ten as needed."""
    chance = random.Random(SEED)
    for number in range(count):
        medications = []
        for _ in range(LINES):
            drug, strengths, form, frequencies = chance.choice(DRUGS)
            strength, often, dose = chance.choice(strengths), chance.choice(frequencies), chance.choice(DOSES)
            limit = chance.choice(LIMITS[1:]) if chance.random() < 0.4 else None
            medications.append(KINDS[kind](drug, strength, form, often, dose, limit))
        yield _case(number, medications)


def all_different(kind: str) -> Iterator[str]:
    """Cases that hold every line there is once, mixed."""
    found = {
        json.dumps(KINDS[kind](drug, strength, form, often, dose, limit))
        for drug, strengths, form, frequencies in DRUGS
        for strength, often, dose, limit in product(strengths, frequencies, DOSES, LIMITS)
    }
    lines = sorted(found)
    random.Random(SEED).shuffle(lines)
    for number, start in enumerate(range(0, len(lines) - LINES + 1, LINES)):
        yield _case(number, [json.loads(line) for line in lines[start : start + LINES]])


def _case(number: int, medications: list[dict[str, Any]]) -> str:
    return json.dumps({"id": f"c{number}", "as_of": DAY.isoformat(), "medications": medications}) + "\n"


def different_lines(cases: list[str]) -> int:
    """How many different medication lines the cases hold."""
    return len({repr(line) for case in cases for line in json.loads(case)["medications"]})


# --- speed ------------------------------------------------------------------------------------------------------


class Speed(NamedTuple):
    """Regimens a second of one pass: ours, and those of the baseline that took turns with it."""

    ours: float
    baseline: float


def forget() -> None:
    """Empty everything that the package keeps from one call to the next."""
    gc.unfreeze()
    clear_caches()


def reports(path: Path) -> Iterator[str]:
    """What ``medsteward mme --input path --format jsonl`` writes, made with the same calls."""
    table = factor_table(TABLE)
    for case in read_cases(str(path), sys.stdin.buffer, as_of=DAY):
        report = mme_per_day(case, table=table)
        assert report.exit_code == 0, f"case {case.id}: {report.problems}"
        yield one_line(document(report))


def one_pass(path: Path) -> Speed:
    """Count every case of a file once, the baseline taking turns. The collector is set as the command sets it."""
    collect_seldom()
    cases = path.read_text(encoding="utf-8").splitlines()
    ours = baseline = 0.0
    done = 0
    stream = reports(path)
    while True:
        start = process_time()
        written = list(islice(stream, CHUNK))
        ours += process_time() - start
        if not written:
            return Speed(done / ours, done / baseline)
        documents = [json.loads(line) for line in written]
        start = process_time()
        for case, report in zip(cases[done : done + CHUNK], documents, strict=True):
            json.loads(case)
            json.dumps(report)
        baseline += process_time() - start
        done += len(written)
        del written, documents  # or the collector would walk through them on our time


def speeds(folder: Path, cases: int, passes: int) -> None:
    """Print a row for each kind of line and each state of what is kept."""
    print(
        f"{'':14}{'regimens/s':>12}{'(lowest':>10}{'highest)':>10}{'baseline/s':>12}{'of baseline':>13}{'target':>10}"
    )
    for kind in KINDS:
        lines, new = folder / f"{kind}.jsonl", folder / f"{kind}-new.jsonl"
        lines.write_text("".join(drawn(kind, cases)), encoding="utf-8")
        new.write_text("".join(all_different(kind)), encoding="utf-8")
        found: dict[str, list[Speed]] = {"new": [], "cold": [], "warm": []}
        for _ in range(passes):
            forget()
            found["new"].append(one_pass(new))
            forget()
            found["cold"].append(one_pass(lines))
            found["warm"].append(one_pass(lines))
        for state, measured in found.items():
            ours = [speed.ours for speed in measured]
            share = median(speed.ours / speed.baseline for speed in measured)
            print(
                f"{kind + ', ' + state:14}{median(ours):12,.0f}{min(ours):10,.0f}{max(ours):10,.0f}"
                f"{median(speed.baseline for speed in measured):12,.0f}{share:12.2f}x{_target(kind, state):>10}"
            )


def _target(kind: str, state: str) -> str:
    wanted = TARGETS.get((kind, state))
    return f"{wanted:,}" if wanted else ""


# --- memory -----------------------------------------------------------------------------------------------------

_PEAK = """
import resource, sys
from medsteward.cli import main
try:
    main()
finally:
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(used.ru_maxrss, used.ru_utime + used.ru_stime, file=sys.stderr)
"""


def memory(folder: Path, counts: tuple[int, ...]) -> None:
    """Print the most memory that the command takes over files of several lengths; flat if the stream is one."""
    # the folder of this process's package, so that the child measures the same one
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(each for each in sys.path[1:] if each)}
    print(f"{'whole command':14}{'cases':>12}{'most MiB':>10}{'cpu s':>10}{'regimens/s':>12}")
    for kind in KINDS:
        for count in counts:
            path = folder / f"{kind}-{count}.jsonl"
            with path.open("w", encoding="utf-8") as file:
                file.writelines(drawn(kind, count))
            call = [sys.executable, "-c", _PEAK, "mme", "--input", str(path), "--format", "jsonl"]
            run = subprocess.run(
                [*call, "--output", str(folder / "out.jsonl")],
                cwd=folder,
                env=environment,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                check=True,
            )
            size, seconds = run.stderr.split()[-2:]
            mebibytes = int(size) / (1024 * 1024 if sys.platform == "darwin" else 1024)
            print(f"{kind:14}{count:12,}{mebibytes:10.1f}{float(seconds):10.2f}{count / float(seconds):12,.0f}")
            path.unlink()


def main(cases: int, passes: int) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        memory(folder, (cases, 5 * cases))  # first: a child's peak is at least what this process takes by then
        print()
        drawn_lines = different_lines(list(drawn("parts", cases)))
        new_lines = different_lines(list(all_different("parts")))
        print(
            f"{cases:,} cases of {LINES} lines, {drawn_lines:,} different ({new_lines:,} in new), table {TABLE}, "
            f"medians of {passes} passes"
        )
        speeds(folder, cases, passes)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--cases", type=int, default=10_000)
    options.add_argument("--passes", type=int, default=5)
    chosen = options.parse_args()
    main(chosen.cases, chosen.passes)
