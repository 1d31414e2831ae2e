"""How fast FHIR is read: MedicationRequests a second, a line each, with msgspec and without.

"cold" has a different dose, drug and schedule in every resource as far as they go round, read by a fresh process;
"warm" is a stream as it comes, in which most prescriptions are like others. The baseline is the standard library's
json.loads of the same lines in the same run. Seconds are of processor time, so that a busy machine does not count.
"""

from __future__ import annotations

import io
import json
import sys
import time
from datetime import date
from itertools import islice, product
from typing import Any

from medsteward.cli.running import collect_seldom
from medsteward.readers.fhir import decode
from medsteward.readers.fhir.cases import Records
from medsteward.readers.fhir.stream import read_lines

NUMBER = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
DAY = date(2027, 1, 4)
UCUM = "http://unitsofmeasure.org"
NAMES = ("oxycodone", "morphine", "tramadol", "hydromorphone")
DRUGS = [f"{name} {mg} mg tablet" for name in NAMES for mg in range(1, 60)]


def request(number: int, drug: str, dose: int, times: int) -> dict[str, Any]:
    return {
        "resourceType": "MedicationRequest",
        "id": f"r{number}",
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": {"text": drug},
        "subject": {"reference": f"Patient/{number // 5}"},
        "authoredOn": "2026-12-20",
        "requester": {"reference": f"Practitioner/{number % 97}"},
        "dosageInstruction": [
            {
                "timing": {"repeat": {"frequency": times, "period": 1, "periodUnit": "d"}},
                "doseAndRate": [{"doseQuantity": {"value": dose, "unit": "tablet", "system": UCUM, "code": "{tbl}"}}],
            }
        ],
    }


def lines(*, different: bool) -> bytes:
    drugs = DRUGS if different else DRUGS[:20]
    every = product(drugs, range(1, 6), range(1, 13)) if different else product(drugs, (1, 2), (2, 3, 4))
    kinds = list(islice(every, NUMBER))
    made = (request(n, *kinds[n % len(kinds)]) for n in range(NUMBER))
    return b"".join(json.dumps(each).encode() + b"\n" for each in made)


def seconds(data: bytes) -> float:
    start = time.process_time()
    read = sum(len(case.lines) for case in read_lines(io.BytesIO(data), b"", "bench", Records(), as_of=DAY))
    taken = time.process_time() - start
    assert read == NUMBER, read
    return taken


def main() -> None:
    streams = {"cold": lines(different=True), "warm": lines(different=False)}
    start = time.process_time()
    for line in streams["warm"].splitlines():
        json.loads(line)
    baseline = time.process_time() - start
    print(f"baseline: json.loads {NUMBER / baseline:,.0f} a second")
    fast = decode.fast_decoder
    collect_seldom()  # as every command does
    for name, data in streams.items():
        for kind in ("without", "with") if fast() is not None else ("without",):
            decode.fast_decoder = fast if kind == "with" else lambda: None  # type: ignore[assignment]
            taken = seconds(data)
            print(f"{name}, {kind} msgspec: {NUMBER / taken:,.0f} a second, {taken / baseline:.1f} x json.loads")


if __name__ == "__main__":
    main()
