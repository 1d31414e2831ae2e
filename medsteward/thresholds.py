"""Figures at which an answer changes that are no factor and no dose: each once, with its work and place, or "ours".

They are rows of ``thresholds.csv``: key, value, unit, what happens there, the key of a work in the bibliography, the
place in it, and a standing where it is lower than that of the work. ``OURS`` is a choice of this project.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

from attrs import frozen

from medsteward.bibliography import cite
from medsteward.caches import made_once
from medsteward.model.source import Source, Standing

_FILE = Path(__file__).with_name("thresholds.csv")


@frozen
class CutPoint:
    """One figure: its ``value`` in ``unit``, and what happens there."""

    key: str
    value: Fraction
    unit: str
    what: str
    work: str
    where: str
    standing: Standing | None

    @property
    def source(self) -> Source:
        """The place in the work that names it, or that it is ours."""
        return cite(self.work, self.where, self.standing)


@made_once
def thresholds() -> Mapping[str, CutPoint]:
    """Every threshold by its key (``ValueError`` for a key that is there twice)."""
    found: dict[str, CutPoint] = {}
    with _FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["key"] in found:
                raise ValueError(f"{_FILE.name} names {row['key']} twice")
            found[row["key"]] = CutPoint(
                row["key"],
                Fraction(row["value"]),
                row["unit"],
                row["what"],
                row["source"],
                row["where"],
                Standing(row["standing"]) if row["standing"] else None,
            )
    return MappingProxyType(found)


def figure(key: str) -> Fraction:
    """The value of a threshold (``KeyError`` for a key that is not in the list)."""
    return thresholds()[key].value


def whole(key: str) -> int:
    """The same where it is a whole number (``ValueError`` where it is not)."""
    value = figure(key)
    if value.denominator != 1:
        raise ValueError(f"{key} is {value}, which is no whole number")
    return int(value)
