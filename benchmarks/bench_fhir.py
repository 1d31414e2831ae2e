"""How fast FHIR is read: MedicationRequests a second, a line each, with msgspec and without.

"warm" is a stream as it comes, in which most prescriptions are like others. "cold": each is of another drug, dose or
schedule. "new": each says besides from when to when it holds, so that no instruction is like another. Every figure is
of a process of its own. The baseline is the standard library's json.loads of the warm lines. Seconds are of processor
time, so that a busy machine does not count.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from datetime import date, timedelta
from itertools import islice, product
from typing import Any

from medsteward.cli.running import collect_seldom
from medsteward.readers.fhir import decode
from medsteward.readers.fhir.cases import ResourceReader
from medsteward.readers.fhir.stream import read_lines

NUMBER = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
DAY = date(2027, 1, 4)
UCUM = "http://unitsofmeasure.org"
NAMES = ("oxycodone", "morphine", "tramadol", "hydromorphone")
DRUGS = [f"{name} {mg} mg tablet" for name in NAMES for mg in range(1, 60)]


def request(number: int, drug: str, dose: int, times: int, needed: bool = False, days: int = 0) -> dict[str, Any]:
    """An order of so many tablets so many times a day; ``days`` above 0 shift the period for which it holds."""
    repeat: dict[str, Any] = {"frequency": times, "period": 1, "periodUnit": "d"}
    if days:
        start = DAY - timedelta(days=days)
        repeat["boundsPeriod"] = {"start": start.isoformat(), "end": (DAY + timedelta(days=days % 50)).isoformat()}
    dosage: dict[str, Any] = {
        "timing": {"repeat": repeat},
        "doseAndRate": [{"doseQuantity": {"value": dose, "unit": "tablet", "system": UCUM, "code": "{tbl}"}}],
    }
    if needed:
        dosage["asNeededBoolean"] = True
    return {
        "resourceType": "MedicationRequest",
        "id": f"r{number}",
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": {"text": drug},
        "subject": {"reference": f"Patient/{number // 5}"},
        "authoredOn": "2026-12-20",
        "requester": {"reference": f"Practitioner/{number % 97}"},
        "dosageInstruction": [dosage],
    }


def lines(stream: str) -> bytes:
    """A stream of so many requests, by its name."""
    every = product(DRUGS, range(1, 6), range(1, 13), (False, True))
    if stream == "warm":
        every = product(DRUGS[:20], (1, 2), (2, 3, 4), (False,))
    kinds = list(islice(every, NUMBER))
    made = (request(n, *kinds[n % len(kinds)], days=n + 1 if stream == "new" else 0) for n in range(NUMBER))
    return b"".join(json.dumps(each).encode() + b"\n" for each in made)


def seconds(data: bytes) -> float:
    """Processor time of reading a stream."""
    start = time.process_time()
    read = sum(len(case.lines) for case in read_lines(io.BytesIO(data), b"", "bench", ResourceReader(), as_of=DAY))
    taken = time.process_time() - start
    assert read == NUMBER, read
    return taken


def one(stream: str, kind: str) -> None:
    """Measure one stream here: fast, plain, or by json.loads alone."""
    data = lines(stream)
    collect_seldom()  # as every command does
    if kind == "json":
        start = time.process_time()
        for line in data.splitlines():
            json.loads(line)
        print(time.process_time() - start)
        return
    if kind == "plain":
        decode.fast_decoder = lambda: None  # type: ignore[assignment]
    print(seconds(data))


def main() -> None:
    """Measure each stream in a process of its own."""

    def measured(stream: str, kind: str) -> float:
        call = [sys.executable, __file__, str(NUMBER), stream, kind]
        return float(subprocess.run(call, check=True, capture_output=True, encoding="utf-8").stdout)

    baseline = measured("warm", "json")
    print(f"baseline: json.loads {NUMBER / baseline:,.0f} a second")
    has_fast = decode.fast_decoder() is not None
    for stream in ("new", "cold", "warm"):
        for kind in ("plain", "fast") if has_fast else ("plain",):
            taken = measured(stream, kind)
            name = f"{stream}, {'with' if kind == 'fast' else 'without'} msgspec"
            print(f"{name}: {NUMBER / taken:,.0f} a second, {taken / baseline:.1f} x json.loads")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        one(sys.argv[2], sys.argv[3])
    else:
        main()
