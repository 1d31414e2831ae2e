"""Rows of a frame: medications from pandas, polars, DuckDB or Arrow, and totals back as Arrow."""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

import medsteward
from medsteward import frames

CDC = medsteward.factor_table("cdc_2022")


def totals(frame: frames.Frame, day: date) -> Any:
    """A row for each patient, for ``polars.DataFrame(...)`` or ``pandas.DataFrame.from_arrow(...)``."""
    return frames.rows(medsteward.mme_per_day(case, table=CDC) for case in frames.cases(frame, as_of=day))


if __name__ == "__main__":
    import polars  # type: ignore[import-not-found,unused-ignore]  # the reader's own, as pandas would be

    read = polars.read_csv(sys.argv[1], try_parse_dates=True)
    print(polars.DataFrame(totals(read, date(2027, 1, 4))).write_csv())
