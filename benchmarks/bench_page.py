"""The screens of the page: how long each takes, beside the command's own answer; and the weight of a page.

    PYTHONPATH=. .venv/bin/python benchmarks/bench_page.py

Each screen is asked 200 times with the example list; a taper 30 times. The baseline is the MME of the same list
without a page, in the same run.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from statistics import median, quantiles
from time import perf_counter

from medsteward.advice.case.mme import mme_per_day
from medsteward.page.addresses import STATIC
from medsteward.page.form import SentForm, form_of
from medsteward.page.index import answer
from medsteward.page.start import EXAMPLE
from medsteward.readers.case.medication_list import read_list
from medsteward.tables.load import factor_table

DAY = date(2027, 1, 4)
LIST = form_of([("medicines", EXAMPLE), ("age", "68"), ("indication", "chronic pain")])
TAPER = form_of(
    [
        ("medicines", "morphine ER 30 mg tablet, 1 tablet every 12 hours\nmorphine IR 15 mg tablet, 1 twice daily"),
        ("start", "2027-01-04"),
        ("requested_by", "patient"),
        ("indication", "chronic pain"),
    ]
)


def timed(work: Callable[[], object], times: int) -> list[float]:
    """Milliseconds of each call, the first left out."""
    work()
    found = []
    for _ in range(times):
        begin = perf_counter()
        work()
        found.append((perf_counter() - begin) * 1000)
    return found


def main() -> None:
    """Time, and print with the ratio to the baseline."""
    table = factor_table("cdc_2022")
    base = median(timed(lambda: mme_per_day(read_list(EXAMPLE, as_of=DAY), table=table), 200))
    print(f"baseline: MME of the list without a page {base:.2f} ms")
    asked: list[tuple[str, SentForm, int]] = [
        (name, LIST, 200) for name in ("", "medicines", "mme", "safety", "look-up")
    ]
    asked.append(("taper", TAPER, 30))
    for name, form, times in asked:
        found = timed(partial(answer, name, form, today=DAY), times)
        p99 = quantiles(found, n=100)[98]
        print(f"{name or 'start':<10} p50 {median(found):7.2f} ms   p99 {p99:7.2f} ms   {median(found) / base:6.1f} x")
    weight = sum(file.stat().st_size for file in STATIC.rglob("*") if file.is_file())
    shown = len(answer("safety", LIST, today=DAY).body)
    print(f"weight: {weight / 1000:.0f} kB of style and script, a page of findings {shown / 1000:.0f} kB")


if __name__ == "__main__":
    main()
