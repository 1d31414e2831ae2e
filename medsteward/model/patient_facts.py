"""Facts of a patient that FHIR R4 has no element for: how each is named, and in which unit, in Observations of ours.

The codes are our own. A code of another system stands nowhere here: none is taken from memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

AGE = "urn:medsteward:age"
"""The extension that holds an age in whole years: a day of birth would be an invention."""
FACTS = "urn:medsteward:fact"
"""Code system of the facts below, by the names that a case file has for them."""
SCORES = "urn:medsteward:score"
"""Code system of scores, by the name that the case gives each."""
DONE = "urn:medsteward:done"
"""Code system of what was done, by the name that the case gives each."""
ENDED = "urn:medsteward:ended"
"""Code system of how a medicine ended, in the reason for the status of an order: ``taper``, ``suddenly``."""
UNNAMED = "urn:uuid:00000000-0000-4000-8000-"
"""How the addresses of resources in a Bundle of ours begin: they name a place in it, and no patient."""

NUMBERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "weight_kg": ("body weight", "kg"),
        "crcl": ("creatinine clearance", "mL/min"),
        "creatinine_mg_dl": ("creatinine in serum", "mg/dL"),
        "qtc_ms": ("QTc interval", "ms"),
        "gestational_weeks": ("weeks of pregnancy", "wk"),
    }
)
"""Facts that are numbers: their words, and the UCUM code of their unit. The eGFR has a code of LOINC."""
FLAGS: Mapping[str, str] = MappingProxyType({"pregnant": "pregnant", "opioid_tolerant": "opioid tolerant"})
"""Facts that are true or false, with their words."""
TEXTS: Mapping[str, str] = MappingProxyType(
    {"sex": "sex", "child_pugh": "Child-Pugh class", "indication": "what opioids are for"}
)
"""Facts that are one text, with their words. The sex stands here only where FHIR has no word for it."""
LISTS: Mapping[str, str] = MappingProxyType({"context": "context of care", "household": "in the household"})
"""Facts of which there may be several, each an Observation, with their words."""
DAYS: Mapping[str, str] = MappingProxyType({"opioid_since": "first day of opioids"})
"""Facts that are a day, with their words."""

HIGHEST: Mapping[str, int] = MappingProxyType(
    {
        "age": 130,
        "weight_kg": 700,
        "egfr": 300,
        "crcl": 400,
        "qtc_ms": 1000,
        "gestational_weeks": 45,
    }
)
"""The most that a number of a patient can be; more is a slip of the pen."""
_SEXES: Mapping[str, str] = MappingProxyType(
    {
        "female": "female",
        "woman": "female",
        "f": "female",
        "male": "male",
        "man": "male",
        "m": "male",
        "intersex": "intersex",
        "other": "other",
        "unknown": "unknown",
    }
)


def sex_named(text: str) -> str | None:
    """Our word for a sex as a chart writes it, any case; None: a word that is not read."""
    return _SEXES.get(" ".join(text.casefold().split()))


def unread_sex(text: str) -> str:
    """What to say of a word for a sex that is not read."""
    return f'sex "{text[:60]}" is not read; write female or male (the creatinine clearance needs it)'


CHILD_PUGH = ("A", "B", "C")
"""Classes of liver function."""
