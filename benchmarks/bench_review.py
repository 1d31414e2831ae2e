"""How long FHIR patients take through ``review`` in one process: read, reviewed and written, a document each.

    PYTHONPATH=. python benchmarks/bench_review.py [patients]

Prints seconds of processor time, and how many times as long that is as json.loads of the same lines: both grow alike on
a slow or busy machine. 1 if it is more than 170 times as long. 12 seconds are asked for 5,000 patients (34 were taken
when that was asked), on a machine that parses their lines in 0.07 s. Every figure is of a process of its own.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from time import process_time

from benchmarks.fhir_patients import DAY, patients

PATIENTS = 5_000
MOST = 170
"""How many times as long as json.loads it may take."""


def reviewed(lines: bytes) -> tuple[float, int]:
    """Seconds of the processor for the review of every patient, and how many there were."""
    from medsteward.advice.case.review import review
    from medsteward.cli.running import collect_seldom
    from medsteward.readers.fhir.cases import ResourceReader
    from medsteward.readers.fhir.stream import read_lines
    from medsteward.tables.load import factor_table
    from medsteward.writers.review.document import document
    from medsteward.writers.shared.json_text import one_line

    collect_seldom()
    table, number = factor_table("cdc_2022"), 0
    start = process_time()
    for case in read_lines(io.BytesIO(lines), b"", "stream", ResourceReader(), as_of=DAY):
        one_line(document(review(case, table=table)))
        number += 1
    return process_time() - start, number


def parsed(lines: bytes) -> float:
    """Seconds of the processor for the parser of the standard library alone."""
    start = process_time()
    for line in lines.splitlines():
        json.loads(line)
    return process_time() - start


def main() -> int:
    """Measure both, each in a process of its own."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else PATIENTS

    def measured(what: str) -> list[float]:
        call = [sys.executable, __file__, str(wanted), what]
        done = subprocess.run(call, check=True, capture_output=True, encoding="utf-8")
        return [float(each) for each in done.stdout.split()]

    (baseline,), (seconds, number) = measured("json"), measured("review")
    if number != wanted:
        raise SystemExit(f"{number:,.0f} of {wanted:,} patients were reviewed")
    ratio = seconds / baseline
    print(f"review of {wanted:,} FHIR patients: {seconds:.1f} s of processor time, {ratio:.0f} x json.loads")
    print(f"asked: at most {MOST} x")
    return int(ratio > MOST)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        stream = "".join(patients(int(sys.argv[1]))).encode()
        print(parsed(stream) if sys.argv[2] == "json" else " ".join(map(str, reviewed(stream))))
    else:
        raise SystemExit(main())
