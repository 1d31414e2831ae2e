"""How much sooner ``population check`` answers with two processes than with one, on a machine with two cores.

Both check the same made-up patients, one after the other, and their answers are compared. At least 1.7 is asked for, by
the clock, on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.population_records import FILLS, write

AS_OF = "2026-12-01"


def checked(path: Path, output: Path, processes: int) -> float:
    """Run the command with so many processes; its seconds."""
    words = [sys.executable, "-m", "medsteward", "population", "check", "--input", str(path), "--output", str(output)]
    words += ["--as-of", AS_OF, "--threads", str(processes)]
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(words, check=True, capture_output=True)
    clock, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{processes} process{'es' * (processes > 1)}: {clock:.1f} s ({used:.1f} of the processors)", flush=True)
    return clock


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--patients", type=int, default=20_000)
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        path = Path(folder, "fills.csv")
        write(path, asked.patients * FILLS)
        print(f"population check of {asked.patients:,} patients, {asked.patients * FILLS:,} rows")
        seconds = [checked(path, Path(folder, str(processes)), processes) for processes in (1, 2)]
        answers = [Path(folder, str(processes), "findings.parquet").read_bytes() for processes in (1, 2)]
    said = "the same" if answers[0] == answers[1] else "OTHER"
    print(f"two processes: {seconds[0] / seconds[1]:.2f} x one, with {said} findings")


if __name__ == "__main__":
    main()
