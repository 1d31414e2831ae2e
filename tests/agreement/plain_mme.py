"""MME per day reckoned a second time, on purpose plainly, from the files of the factor tables alone.

Nothing here comes from the package: a case is dictionaries, a table is what the csv module reads, numbers are
Fractions. It knows the tables' columns, bands, as-needed, ranges, limits, patches and combinations, and no text.

A line is ``{"ingredient", "route", "form", "patch", "takings", "as_needed", "limit", "expected"}``: ``takings`` are
``(low, high, times_low, times_high)`` with the amounts in mg of the opioid each time, or, for a patch, the mcg/h worn
(times 1); ``limit`` is the most mg per day or None; ``expected`` is quantity x strength / days or None.
"""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "data" / "conversion_tables"


def table_names():
    return sorted(path.stem for path in FOLDER.glob("*.csv"))


def read_table(name):
    """The daily rows of a table: (ingredient, route, form) to a list of (above, up to, factor, per)."""
    rows: dict = {}
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["formula"] != "daily":
                continue
            key = (row["ingredient"], row["route"], row["dose_form"])
            band = (
                Fraction(row["above"]),
                Fraction(row["up_to"]) if row["up_to"] else None,
                Fraction(row["factor"]) if row["factor"] else None,
                row["per"],
            )
            rows.setdefault(key, []).append(band)
    return rows


def rows_for(table, line):
    """The key and bands that rate a line: those for its form, or else those for any form; None if there are none."""
    form = line["form"].split()[-1]
    for key in ((line["ingredient"], line["route"], form), (line["ingredient"], line["route"], "")):
        if key in table:
            bands = table[key]
            return None if any(band[2] is None for band in bands) else (key, bands)
    return None


def day(line):
    """Scheduled, expected and maximum of one line: mg a day, or the mcg/h that are worn."""
    low = sum((a * t for a, _, t, _ in line["takings"]), Fraction(0))
    high = sum((a * t for _, a, _, t in line["takings"]), Fraction(0))
    if line["limit"] is not None:
        low, high = min(low, line["limit"]), min(high, line["limit"])
    if line["as_needed"]:
        low = Fraction(0)
    return low, line["expected"], high


def in_unit(value, per):
    """A line's amount in the unit of the factor: mg/d as it is, mcg/d a thousandfold, mcg/h as it is."""
    return value * 1000 if per == "mcg/d" else value


def factor(bands, total):
    """The factor of the band that holds a total; 0 lies in the first."""
    for above, up_to, value, _ in bands:
        if (total > above or above == 0) and (up_to is None or total <= up_to):
            return value
    raise AssertionError(f"no band holds {total}")


def reckon(table, lines):
    """``{"scheduled", "expected", "maximum", "unrated"}`` of a day; the figures are None where nothing is rated.

    ``unrated`` are the numbers (from 1) of the lines that the table does not rate.
    """
    rated, unrated = [], []
    totals: dict = {}
    for number, line in enumerate(lines, start=1):
        found = rows_for(table, line)
        if found is None:
            unrated.append(number)
            continue
        key, bands = found
        figures = tuple(None if each is None else in_unit(each, bands[0][3]) for each in day(line))
        rated.append((key, bands, figures))
        before = totals.get(key, (Fraction(0), Fraction(0), Fraction(0)))
        totals[key] = tuple(None if a is None or b is None else a + b for a, b in zip(before, figures, strict=True))
    sums = [None if lines and not rated else Fraction(0)] * 3
    for key, bands, figures in rated:
        for i in range(3):
            if figures[i] is None or sums[i] is None or totals[key][i] is None:
                sums[i] = None
            else:
                sums[i] += figures[i] * factor(bands, totals[key][i])
    return {"scheduled": sums[0], "expected": sums[1], "maximum": sums[2], "unrated": unrated}
