"""Charts of a pain clinic as they might be: drawn at random by the shares in ``data/chart_mix.csv``.

The shares are estimates of a clinician. One opioid a chart; every other medicine and every condition by its own
probability; then age, and a kidney function that falls with it. The same seed draws the same charts.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

_FILE = Path(__file__).with_name("data") / "chart_mix.csv"
_FALLS_FROM, _FALLS_BY, _YOUNG = 50, 0.8, 90
"""Kidney function is around 90 up to 50 years and falls by 0.8 mL/min/1.73 m2 a year."""


@dataclass(frozen=True)
class Chart:
    """One chart: medication lines, conditions in words, age in whole years, eGFR in mL/min/1.73 m2."""

    lines: tuple[str, ...]
    conditions: tuple[str, ...]
    age: int
    egfr: int


def charts(count: int, seed: int = 2026) -> Iterator[Chart]:
    """So many charts."""
    random = Random(seed)
    rows = _rows()
    opioids = [row for row in rows if row["kind"] == "opioid"]
    weights = [float(row["probability"]) for row in opioids]
    age_row = next(row for row in rows if row["kind"] == "age")
    egfr_row = next(row for row in rows if row["kind"] == "egfr")
    for _ in range(count):
        (opioid,) = random.choices(opioids, weights)
        medicines = _drawn(rows, "medicine", random)
        age = _normal(random, float(age_row["mean"]), age_row)
        conditions = _drawn(rows, "condition", random)
        mean = _YOUNG - _FALLS_BY * max(0, age - _FALLS_FROM)
        yield Chart((opioid["text"], *medicines), conditions, age, _normal(random, mean, egfr_row))


def medicines() -> list[tuple[str, float]]:
    """Every medicine of the mix beside the opioid, with its share of charts."""
    return [(row["text"], float(row["probability"])) for row in _rows() if row["kind"] == "medicine"]


def _rows() -> list[dict[str, str]]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _drawn(rows: list[dict[str, str]], kind: str, random: Random) -> tuple[str, ...]:
    return tuple(row["text"] for row in rows if row["kind"] == kind and random.random() < float(row["probability"]))


def _normal(random: Random, mean: float, row: dict[str, str]) -> int:
    return int(min(max(random.gauss(mean, float(row["sd"])), float(row["least"])), float(row["most"])))
