"""Planning a taper: a year of two drugs, and what else a plan is asked for, beside reading its own file back as JSON.

Prints milliseconds of process time, the best of several runs, and the ratio to ``json.loads`` of the saved plan.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import medsteward
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.plan import planned, prepared, taper
from medsteward.model.amount import Amount
from medsteward.model.unit import Unit
from medsteward.schedules.dispensable import rungs_below
from medsteward.schedules.plan import WhenStuck
from medsteward.schedules.supply import OwnProduct
from medsteward.writers.plan.document import document
from medsteward.writers.shared.json_text import pretty

TABLE = medsteward.factor_table("cdc_2022")
START = date(2027, 1, 4)
TWO_DRUGS = (
    "morphine ER 60 mg tablet, 1 tablet every 12 hours",
    "oxycodone IR 10 mg tablet, 1 tablet four times daily",
)
LIQUID = ("morphine ER 60 mg tablet, 1 tablet every 12 hours", "oxycodone 1 mg/mL solution, 10 mL four times daily")


def best(task: Callable[[], Any], runs: int = 5) -> float:
    """The least process time of several runs, in milliseconds; nothing is kept between them."""
    found = []
    for _ in range(runs):
        rungs_below.cache_clear()
        start = time.process_time()
        task()
        found.append((time.process_time() - start) * 1000)
    return min(found)


def request(*sigs: str, **options: Any) -> Any:
    case = medsteward.case_of(*sigs, as_of=START, patient={"age": 58, "indication": "chronic pain"})
    return prepared(case, TaperOptions(START, **options), TABLE).request


def main() -> None:
    own = tuple(
        OwnProduct(name, "oral", "tablet", release, Amount(Fraction(mg), Unit.MG), Unit.TABLET, "no")
        for name, release, mg in (
            ("morphine", "ER", 15),
            ("morphine", "ER", 30),
            ("morphine", "ER", 60),
            ("oxycodone", "IR", 5),
        )
    )
    case = medsteward.case_of(*TWO_DRUGS, as_of=START, patient={"age": 58, "indication": "chronic pain"})
    whole = taper(case, TaperOptions(START, when_stuck=WhenStuck.SMALLEST_STEP), table=TABLE)
    saved = pretty(document(whole))
    baseline = best(lambda: json.loads(saved))
    rows = [
        ("json.loads of the saved plan (baseline)", baseline),
        ("a year of two drugs, own products", best(lambda: planned(request(*TWO_DRUGS, products=own), TABLE))),
        ("a year of two drugs, all listed products", best(lambda: planned(request(*TWO_DRUGS), TABLE))),
        ("a tablet and a liquid to the 0.1 mL mark", best(lambda: planned(request(*LIQUID), TABLE))),
        ("a plan with everything beside it", best(lambda: taper(case, TaperOptions(START), table=TABLE), 3)),
        ("the document of a plan", best(lambda: pretty(document(whole)), 3)),
    ]
    for name, figure in rows:
        print(f"{name:<45}{figure:>9.1f} ms{figure / baseline:>9.1f} x")


if __name__ == "__main__":
    main()
