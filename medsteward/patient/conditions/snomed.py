"""Codes of SNOMED CT that open sources print, and the tags at the end of its terms."""

from __future__ import annotations

import re
from collections.abc import Mapping

from medsteward.caches import made_once
from medsteward.patient.conditions.rows import ConditionMeaning, read_rows

_TAGS = (
    "disorder|finding|situation|event|procedure|regime/therapy|morphologic abnormality|person|observable entity|"
    "product|substance|physical object|record artifact|qualifier value|context-dependent category|"
    "situation with explicit context|body structure|specimen|clinical drug|medicinal product"
)
_NEVER = frozenset(
    {
        "product",
        "substance",
        "physical object",
        "record artifact",
        "qualifier value",
        "observable entity",
        "body structure",
        "specimen",
        "clinical drug",
        "medicinal product",
    }
)
_TAG = re.compile(rf"\s*\(({_TAGS})\)\s*$", re.IGNORECASE)
_TIMES = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
    (1, 2, 3, 4, 0, 6, 7, 8, 9, 5),
    (2, 3, 4, 0, 1, 7, 8, 9, 5, 6),
    (3, 4, 0, 1, 2, 8, 9, 5, 6, 7),
    (4, 0, 1, 2, 3, 9, 5, 6, 7, 8),
    (5, 9, 8, 7, 6, 0, 4, 3, 2, 1),
    (6, 5, 9, 8, 7, 1, 0, 4, 3, 2),
    (7, 6, 5, 9, 8, 2, 1, 0, 4, 3),
    (8, 7, 6, 5, 9, 3, 2, 1, 0, 4),
    (9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
)
_TURN = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)


@made_once
def known_codes() -> Mapping[str, ConditionMeaning]:
    """Every code with its row. Loaded when the first code of the system is met."""
    return {meaning.name: meaning for meaning, _ in read_rows("snomed.csv")}


def without_tag(term: str) -> tuple[str, str]:
    """A term without the tag in brackets at its end, and the tag in small letters; empty: it has none."""
    found = _TAG.search(term)
    return (term, "") if found is None else (term[: found.start()], found[1].lower())


def can_be_a_condition(tag: str) -> bool:
    """Whether what bears this tag can be a condition of a patient."""
    return tag not in _NEVER


def is_code(text: str) -> bool:
    """Whether digits are an identifier of a concept: their length, their partition and their check digit (Verhoeff)."""
    if re.fullmatch(r"[1-9]\d{5,17}", text, re.ASCII) is None or text[-3:-1] not in ("00", "10"):
        return False
    check = 0
    for place, digit in enumerate(reversed(text)):
        turned = int(digit)
        for _ in range(place % 8):
            turned = _TURN[turned]
        check = _TIMES[check][turned]
    return check == 0
