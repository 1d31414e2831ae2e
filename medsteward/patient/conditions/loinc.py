"""Codes of LOINC for facts of a patient, and the units in which they come. Loaded when an Observation has one."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from enum import Enum
from fractions import Fraction

from attrs import frozen

from medsteward.caches import made_once, remembered
from medsteward.model.source import Standing
from medsteward.patient.conditions.rows import HERE


class LoincKind(Enum):
    """What an observation of a code tells."""

    NUMBER = "number"
    EGFR_OF_A_CHILD = "egfr of a child"
    WEEKS = "weeks"
    DAY_OF_BIRTH = "day of birth"
    LAST_MENSTRUATION = "last menstruation"
    PREGNANCY = "pregnancy"
    SCORE = "score"
    BODY_MASS_INDEX = "body mass index"
    ASK = "ask"
    RANGE = "range"
    NOTHING = "nothing"


@frozen
class LoincMeasure:
    """One code: its words, what it tells, and of which fact, score or conditions. ``unit`` is in UCUM."""

    code: str
    display: str
    kind: LoincKind
    about: tuple[str, ...]
    unit: str
    standing: Standing


@made_once
def measures() -> Mapping[str, LoincMeasure]:
    """Every code with what it tells."""
    with (HERE / "loinc.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: LoincMeasure(
                row["code"],
                row["display"],
                LoincKind(row["kind"]),
                tuple(filter(None, row["fact"].split(";"))),
                row["unit"],
                Standing(row["standing"]),
            )
            for row in csv.DictReader(file)
        }


@remembered(16)
def units_of(fact: str) -> Mapping[str, Fraction]:
    """By what a value of a fact is multiplied in each of its units (UCUM) to be in ours."""
    with (HERE / "loinc_units.csv").open(encoding="utf-8", newline="") as file:
        return {row["unit"]: Fraction(row["times"]) for row in csv.DictReader(file) if row["fact"] == fact}
