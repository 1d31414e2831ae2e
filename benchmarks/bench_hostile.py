"""How long the slowest of many hostile lines takes to read and count, beside a plain one: no line can stop a run.

Prints milliseconds of process time, the best of three, and the ratio to a plain line that is read afresh.
"""

from __future__ import annotations

import time
from datetime import date

from medsteward.advice.case.mme import mme_per_day
from medsteward.model.regimen import Case
from medsteward.readers.directions.line import _kept, read_line
from medsteward.tables.load import factor_table
from tests.hostile import LINES

PLAIN = "oxycodone 10 mg tablet, 1 tablet every 6 hours as needed for pain"
TABLE = factor_table("cdc_2022")


def milliseconds(text: str) -> float:
    """The least process time of three readings, nothing kept between them."""
    found = []
    for _ in range(3):
        _kept.cache_clear()
        start = time.process_time()
        mme_per_day(Case(date(2027, 1, 4), (read_line(text),)), table=TABLE)
        found.append((time.process_time() - start) * 1000)
    return min(found)


def main() -> None:
    """Print the plain line, and the five slowest of the others."""
    milliseconds(PLAIN)
    plain = milliseconds(PLAIN)
    print(f"{plain:10.2f} ms {1:8.1f} x  a plain line")
    for spent, text in sorted(((milliseconds(text), text) for text in LINES), reverse=True)[:5]:
        print(f"{spent:10.2f} ms {spent / plain:8.1f} x  {len(text):,} characters: {text[:40]!a}")


if __name__ == "__main__":
    main()
