"""Medicines whose end is no plan of steps: what is said of each instead, with its source.

They are rows of ``stopping.csv``: an ingredient or ``class:NAME``, the action, conditions with which the row holds
(empty: always), the highest day's mg it holds for (empty: any), the words, what may be felt, and the place in a work.
The first row that holds speaks. ``MEMORY`` is written from memory and needs a second source.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from enum import Enum
from fractions import Fraction
from pathlib import Path

from attrs import frozen

from medsteward.bibliography import cite
from medsteward.caches import made_once
from medsteward.model.drug import DrugClass
from medsteward.model.source import Source, Standing

_FILE = Path(__file__).with_name("stopping.csv")
_CLASS = "class:"


class EndAction(Enum):
    """What is done where the end of a medicine is asked for."""

    STOP_DIRECTLY = "stop_directly"
    CONVERSATION = "conversation"
    REFUSE = "refuse"
    NOT_OURS = "not_ours"


@frozen
class Stopping:
    """What is said of the end of a medicine: ``words`` with ``{name}`` for it, and what may be felt ``after``.

    ``conditions``: it holds with one of these alone; empty: always. ``up_to`` is the highest day's amount in mg that it
    holds for; None: any.
    """

    medicine: str
    action: EndAction
    conditions: tuple[str, ...]
    up_to: Fraction | None
    words: str
    after: str
    source: Source

    def said(self, name: str) -> str:
        """The words of a medicine, with what may be felt, and that they need a second source where they do."""
        parts = [self.words.replace("{name}", name)]
        if self.after:
            parts.append(f"What may be felt: {self.after}")
        text = ". ".join(parts)
        return f"{text} (needs a second source)" if self.source.standing is Standing.RECALLED else text


@made_once
def _rows() -> tuple[Stopping, ...]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Stopping(
                row["medicine"],
                EndAction(row["action"]),
                tuple(filter(None, row["with_conditions"].split(";"))),
                Fraction(row["up_to_mg"]) if row["up_to_mg"] else None,
                row["words"],
                row["after"],
                cite(row["source"], row["where"], Standing(row["standing"]) if row["standing"] else None),
            )
            for row in csv.DictReader(file)
        )


def stopping_of(
    name: str, drug_class: DrugClass, has: Callable[[str], bool], daily_mg: Fraction | None
) -> Stopping | None:
    """What is said of the end of a medicine, its own row before that of its class; None: nothing was read.

    ``has`` says whether the patient has a condition; ``daily_mg`` is the most of a day, None where it is not known.
    """
    for medicine in (name, f"{_CLASS}{drug_class.name.casefold()}"):
        for row in _rows():
            if row.medicine != medicine or (row.conditions and not any(map(has, row.conditions))):
                continue
            if row.up_to is None or (daily_mg is not None and daily_mg <= row.up_to):
                return row
    return None


def never_outpatient(name: str) -> Stopping | None:
    """What refuses every plan of a product that holds this ingredient; None: nothing does."""
    found = (row for row in _rows() if row.medicine == name and row.action is EndAction.REFUSE and not row.conditions)
    return next(found, None)
