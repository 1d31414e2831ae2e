"""Qualifiers that change what a condition is: a stage of kidney disease, high blood pressure that is not controlled."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import evolve

from medsteward.patient.conditions.reading import Reading

_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}
_STAGE = re.compile(r"\bstages? (?P<stage>[1-5][ab]?|i{1,3}|iv|v)\b")
_UNCONTROLLED = re.compile(r"\b(?:uncontrolled|poorly controlled|not well controlled|malignant|severe|resistant)\b")
_UNSTABLE = re.compile(r"\b(?:unstable|decompensated)\b")
_KIDNEY = "low kidney function"
_BY_SEVERITY = {"moderate": "ckd stage 3", "severe": "ckd stage 4", "end stage": "ckd stage 5"}
_WHEN_UNSTABLE = {
    "heart failure": "unstable heart disease",
    "cardiovascular disease": "unstable heart disease",
    "bipolar disorder": "unstable bipolar disorder",
    "schizophrenia": "acute psychosis",
    "depression": "unstable psychiatric disease",
}


def by_qualifiers(found: Reading, rest: str, taken: Sequence[str]) -> Reading:
    """What a known phrase means with the qualifiers that were taken off it."""
    said = " ".join(taken)
    names = list(found.conditions)
    asks = found.asks
    if _KIDNEY in names and "failure" not in rest:
        stage = _STAGE.search(said)
        if stage is not None:
            names = [_stage(stage["stage"]) if each == _KIDNEY else each for each in names]
            asks = ()
        else:
            named = next((name for word, name in _BY_SEVERITY.items() if word in said), None)
            if named is not None:
                names = [named if each == _KIDNEY else each for each in names]
                asks = ()
    if _KIDNEY in names and "failure" in rest:
        if re.search(r"\bacute\b", said):
            names = ["acute kidney injury" if each == _KIDNEY else each for each in names]
            asks = ()
        elif "end stage" in said:
            names = ["ckd stage 5" if each == _KIDNEY else each for each in names]
            asks = ()
    if "hypertension" in names and _UNCONTROLLED.search(said):
        names = ["uncontrolled hypertension" if each == "hypertension" else each for each in names]
        if "resistant" in said:
            asks = (*asks, "Resistant hypertension was counted as uncontrolled. What is the blood pressure now?")
    if _UNSTABLE.search(said):
        names += [_WHEN_UNSTABLE[each] for each in found.conditions if each in _WHEN_UNSTABLE]
    if "end stage" in said and names and _KIDNEY not in found.conditions:
        asks = (*asks, f"End-stage {names[0]}: is care palliative?")
    return evolve(found, conditions=tuple(dict.fromkeys(names)), asks=asks)


def _stage(text: str) -> str:
    number = _ROMAN.get(text, text)
    return "ckd stage 1 or 2" if number in ("1", "2") else f"ckd stage {number}"
