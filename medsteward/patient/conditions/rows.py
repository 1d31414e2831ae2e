"""Rows of the lists of phrases and codes: what each means here."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path

from attrs import frozen

from medsteward.model.conditions import CONDITIONS
from medsteward.model.source import Standing

HERE = Path(__file__).parent


class Action(Enum):
    """What is done with a phrase or a code."""

    COUNT = "count"
    COUNT_AND_ASK = "count and ask"
    ASK = "ask"
    HISTORY = "history"
    ACCEPT = "accept"
    REFUSE = "refuse"
    FIELD = "field"
    DROP = "drop"

    @property
    def counts(self) -> bool:
        """Whether the conditions of the row are the patient's."""
        return self in (Action.COUNT, Action.COUNT_AND_ASK, Action.ACCEPT, Action.FIELD)


@frozen
class ConditionMeaning:
    """What one row says. ``time`` is empty for now; ``meanings`` are those of an abbreviation that has several."""

    name: str
    conditions: tuple[str, ...]
    action: Action
    time: str
    context: str
    indication: str
    meanings: str
    ask: str
    title: str
    standing: Standing


def read_rows(name: str) -> Iterator[tuple[ConditionMeaning, Mapping[str, str]]]:
    """The rows of a list beside this module, each with its cells.

    Raises ``ValueError`` for a condition, an action or a standing that is none, and for a row that asks no question
    where it must.
    """
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        for cells in csv.DictReader(file):
            yield meaning_of(cells, name), cells


def meaning_of(cells: Mapping[str, str], where: str) -> ConditionMeaning:
    """One row (``ValueError``: see ``read_rows``). ``where`` names the list."""
    key = cells.get("phrase") or cells["code"]
    names = tuple(filter(None, cells["conditions"].split(";")))
    unknown = [each for each in names if each not in CONDITIONS]
    if unknown:
        raise ValueError(f"{where}, {key}: not conditions we know: {unknown}")
    action = Action(cells["action"])
    found = ConditionMeaning(
        name=key,
        conditions=names,
        action=action,
        time=cells.get("time", ""),
        context=cells.get("context", ""),
        indication=cells.get("indication", ""),
        meanings=cells.get("meanings", ""),
        ask=cells["ask"],
        title=cells.get("title") or cells.get("display") or "",
        standing=Standing(cells["standing"]),
    )
    if action in (Action.ASK, Action.COUNT_AND_ASK, Action.HISTORY) and not (found.ask or found.meanings):
        raise ValueError(f"{where}, {key}: a row that asks states its question")
    return found
