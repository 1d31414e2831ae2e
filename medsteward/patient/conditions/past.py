"""Conditions that are over: what of them stays, by ``history.csv``."""

from __future__ import annotations

from attrs import evolve

from medsteward.patient.conditions.phrases import past_meanings
from medsteward.patient.conditions.reading import REMITS, Reading
from medsteward.patient.conditions.rows import Action

SUICIDALITY = "suicidality"


def past(reading: Reading, said: str) -> Reading:
    """What a reading means where its conditions are over. ``said`` is how a message calls what was read."""
    stays: list[str] = []
    asks: list[str] = []
    over: list[str] = []
    for name in reading.conditions:
        meaning = past_meanings()[name]
        if meaning.becomes:
            stays.append(meaning.becomes)
        if meaning.action is Action.ASK:
            asks.append(_question(said, name))
        elif meaning.action is Action.COUNT_AND_ASK:
            asks.append(f"{said} was counted as {meaning.becomes}, as it may stay. Is it still so?")
        elif meaning.action is Action.DROP:
            over.append(f"{said} is past: {name} was not counted")
    return evolve(
        reading,
        conditions=tuple(dict.fromkeys(stays)),
        in_remission=tuple(REMITS.intersection(stays)),
        asks=tuple(dict.fromkeys((*reading.asks, *asks))),
        refused=(*reading.refused, *over),
        contexts=(),
        indications=(),
        gestational_weeks=None,
    )


def _question(said: str, name: str) -> str:
    if name == "cancer":
        return (
            f"{said} is past, so cancer was not counted and thresholds stay on. Are the opioids for cancer or its "
            'treatment? If so, write "active cancer"'
        )
    return f'{said} is past: {name} was not counted. Does it still matter? If so, write "{name}"'
