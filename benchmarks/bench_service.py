"""Speed and memory of the service on the loopback, beside a route that does nothing, in the same run.

python benchmarks/bench_service.py                    # speed; memory over 2,000 requests
python benchmarks/bench_service.py --requests 100000  # memory over 100,000
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import quantiles
from typing import Any

DRUGS = (
    *("oxycodone 10 mg tablet", "gabapentin 300 mg capsule", "duloxetine 60 mg capsule", "lisinopril 10 mg tablet"),
    *("metformin 500 mg tablet", "omeprazole 20 mg capsule", "sertraline 50 mg tablet", "diazepam 5 mg tablet"),
    *("naproxen 500 mg tablet", "furosemide 40 mg tablet", "apixaban 5 mg tablet", "senna 8.6 mg tablet"),
    *("tizanidine 4 mg tablet", "zolpidem 5 mg tablet", "ondansetron 4 mg tablet", "warfarin 5 mg tablet"),
    *(
        "metoprolol 50 mg tablet",
        "amitriptyline 25 mg tablet",
        "clonidine 0.1 mg tablet",
        "acetaminophen 500 mg tablet",
    ),
)
CASE = {
    "patient": {"age": 58, "conditions": ["sleep apnea"]},
    "medications": [{"sig": "oxycodone 10 mg, 1 tablet every 6 hours"}, {"sig": "morphine ER 30 mg, 1 every 12 hours"}],
}
TEN = {"patient": {"age": 71, "egfr": 44}, "medications": [{"sig": f"{drug}, 1 twice daily"} for drug in DRUGS[:10]]}


def order(number: int, drug: str, status: str) -> dict[str, Any]:
    """A MedicationRequest."""
    return {
        "resource": {
            "resourceType": "MedicationRequest",
            "id": f"m{number}",
            "status": status,
            "intent": "order",
            "subject": {"reference": "Patient/1"},
            "medicationCodeableConcept": {"text": drug},
            "dosageInstruction": [{"text": "1 twice daily"}],
        }
    }


SIGN = {
    "hook": "order-sign",
    "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
    "context": {
        "userId": "Practitioner/1",
        "patientId": "1",
        "draftOrders": {"resourceType": "Bundle", "entry": [order(99, "morphine ER 30 mg tablet", "draft")]},
    },
    "prefetch": {
        "patient": {"resourceType": "Patient", "id": "1", "gender": "female", "birthDate": "1958-03-01"},
        "medications": {"resourceType": "Bundle", "entry": [order(n, drug, "active") for n, drug in enumerate(DRUGS)]},
        "conditions": None,
    },
}
ROUTES: dict[str, tuple[str, str, Any]] = {
    "hello (/health)": ("GET", "/health", None),
    "mme, 2 lines": ("POST", "/api/mme", CASE),
    "check, 10 drugs": ("POST", "/api/check", TEN),
    "review, 10 drugs": ("POST", "/api/review", TEN),
    "order-sign, 20 medications": ("POST", "/cds-services/medsteward-order-sign", SIGN),
}
WANTED = {
    "mme, 2 lines": (1.0, 10.0),
    "check, 10 drugs": (None, 20.0),
    "order-sign, 20 medications": (None, 50.0),
}
"""Milliseconds aimed at: the middle, and one in a hundred."""


@contextmanager
def served() -> Iterator[tuple[int, int]]:
    """A service of its own process: its port and process id."""
    command = [sys.executable, "-m", "medsteward", "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        port = int(process.stderr.readline().partition("127.0.0.1:")[2].partition(";")[0])
        drain = threading.Thread(target=process.stderr.read, daemon=True)
        drain.start()
        try:
            yield port, process.pid
        finally:
            process.terminate()
            drain.join()


def asker(port: int, method: str, path: str, body: Any) -> Callable[[], float]:
    """Asks one route on a kept connection, and gives the milliseconds that it took."""
    connection = HTTPConnection("127.0.0.1", port)
    connection.connect()
    data = None if body is None else json.dumps(body).encode()
    headers = {} if data is None else {"Content-Type": "application/json"}

    def ask() -> float:
        began = time.perf_counter()
        connection.request(method, path, data, headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}")
        return (time.perf_counter() - began) * 1000

    return ask


def middle_and_worst(times: list[float]) -> tuple[float, float]:
    """The median, and what one in a hundred is above."""
    cuts = quantiles(times, n=100)
    return cuts[49], cuts[98]


def memory(process: int) -> float:
    """Megabytes that a process holds."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def in_sequence(port: int, count: int) -> None:
    """One client, one request after another."""
    print(f"{'one client':28} {'p50 ms':>8} {'p99 ms':>8} {'x hello':>8}  aim")
    hello = 0.0
    for name, (method, path, body) in ROUTES.items():
        ask = asker(port, method, path, body)
        for _ in range(20):
            ask()
        middle, worst = middle_and_worst([ask() for _ in range(count)])
        hello = hello or middle
        aim = WANTED.get(name)
        words = "" if aim is None else f"p50 < {aim[0] or '-'}, p99 < {aim[1]}"
        print(f"{name:28} {middle:8.2f} {worst:8.2f} {middle / hello:8.1f}  {words}")


def at_once(port: int, clients: int, count: int) -> None:
    """Several clients at once."""
    method, path, body = ROUTES["mme, 2 lines"]
    times: list[float] = []

    def client() -> None:
        ask = asker(port, method, path, body)
        times.extend([ask() for _ in range(count)])

    threads = [threading.Thread(target=client) for _ in range(clients)]
    began = time.perf_counter()
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    rate = clients * count / (time.perf_counter() - began)
    middle, worst = middle_and_worst(times)
    print(f"{clients} clients, mme: {rate:.0f} a second (aim 300), p50 {middle:.1f}, p99 {worst:.1f}, ", end="")
    print(f"longest {max(times):.0f} ms (aim 250)")


def over_many(port: int, process: int, count: int) -> None:
    """Memory before and after many requests of each kind."""
    asks = [asker(port, *route) for route in ROUTES.values()]
    for ask in asks:
        for _ in range(50):
            ask()
    before = memory(process)
    for number in range(count):
        asks[number % len(asks)]()
    print(f"memory: {before:.1f} MB, and after {count:,} more requests {memory(process):.1f} MB")


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--requests", type=int, default=2_000)
    asked = options.parse_args()
    began = time.perf_counter()
    with served() as (port, process):
        print(f"listens after {time.perf_counter() - began:.2f} s, {memory(process):.1f} MB")
        in_sequence(port, 400)
        at_once(port, 8, 150)
        over_many(port, process, asked.requests)


if __name__ == "__main__":
    main()
