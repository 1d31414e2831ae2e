"""The phrases of charts that are known, and what a past condition means. Loaded when a condition is first read."""

from __future__ import annotations

import csv
from collections.abc import Mapping

from attrs import frozen

from medsteward.caches import made_once
from medsteward.model.conditions import CONDITIONS
from medsteward.patient.conditions.rows import HERE, Action, ConditionMeaning, meaning_of, read_rows
from medsteward.patient.conditions.spelling import plain

_LIST = "words.csv"


@made_once
def _as_listed() -> Mapping[str, Mapping[str, str]]:
    """The cells of each phrase as the list spells it."""
    with (HERE / _LIST).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
        return {cells[0]: dict(zip(header, cells, strict=True)) for cells in rows}


def phrase_as_listed(text: str) -> ConditionMeaning | None:
    """The row of a phrase that is spelled as the list has it, in any case: found without loading every spelling."""
    cells = _as_listed().get(" ".join(text.casefold().split()))
    return None if cells is None else meaning_of(cells, _LIST)


@made_once
def known_phrases() -> Mapping[str, ConditionMeaning]:
    """Every phrase in its plain spelling. Raises ``ValueError`` where one is listed with two meanings."""
    found: dict[str, ConditionMeaning] = {}
    for meaning, _ in read_rows(_LIST):
        before = found.setdefault(plain(meaning.name), meaning)
        if before.conditions != meaning.conditions or before.action is not meaning.action:
            raise ValueError(f'{_LIST}: "{meaning.name}" and "{before.name}" are one phrase with two meanings')
    return found


@frozen
class Past:
    """What a condition means once it is over: ``becomes`` counts, where ``action`` counts."""

    action: Action
    becomes: str


@made_once
def past_meanings() -> Mapping[str, Past]:
    """What each condition means in the past. Raises ``ValueError`` for a name that is none, or one that is missing."""
    with (HERE / "history.csv").open(encoding="utf-8", newline="") as file:
        found = {row["condition"]: Past(Action(row["action"]), row["becomes"]) for row in csv.DictReader(file)}
    wrong = set(CONDITIONS) ^ set(found) | {each.becomes for each in found.values() if each.becomes} - set(CONDITIONS)
    if wrong:
        raise ValueError(f"history.csv: {', '.join(sorted(wrong))}")
    return found


def conditions_named(text: str) -> tuple[str, ...]:
    """The conditions that a whole phrase counts as, or nothing."""
    meaning = known_phrases().get(plain(text))
    return meaning.conditions if meaning is not None and meaning.action.counts else ()
