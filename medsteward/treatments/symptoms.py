"""The groups of symptoms in withdrawal from opioids, in the order of the VA tool, and what is said of each first."""

from __future__ import annotations

from enum import Enum

from attrs import frozen


class Symptom(Enum):
    """What a medicine eases. The value is the kind of the support that offers it."""

    AUTONOMIC = "other_autonomic"
    ANXIETY = "anxiety_tears_and_runny_nose"
    ACHES = "aches"
    SLEEPLESSNESS = "sleeplessness"
    NAUSEA = "nausea"
    CRAMPS = "cramps"
    DIARRHEA = "diarrhea"


@frozen
class SymptomGroup:
    """One group: its words, and what is said before any medicine."""

    symptom: Symptom
    words: str
    first: str = ""


GROUPS: tuple[SymptomGroup, ...] = (
    SymptomGroup(
        Symptom.AUTONOMIC,
        "Where neither clonidine nor lofexidine fits, other choices for restlessness and aches",
        "each is looked at again on day 3 to 7 and ends gradually",
    ),
    SymptomGroup(Symptom.ANXIETY, "Anxiety, tears and runny nose"),
    SymptomGroup(Symptom.ACHES, "Aches"),
    SymptomGroup(
        Symptom.SLEEPLESSNESS,
        "Sleeplessness that sleep habits alone do not settle",
        "no sedative-hypnotics in the taper (Canada 2010)",
    ),
    SymptomGroup(Symptom.NAUSEA, "Nausea"),
    SymptomGroup(Symptom.CRAMPS, "Cramps"),
    SymptomGroup(Symptom.DIARRHEA, "Diarrhea, which in a taper is a sign of withdrawal", "hold laxatives first"),
)
