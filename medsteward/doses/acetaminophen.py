"""Acetaminophen over all products: a ceiling held against a day's total, and for whom one is."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction

from attrs import frozen

from medsteward.model.amount import Amount
from medsteward.model.conditions import implied
from medsteward.model.regimen import Patient
from medsteward.model.source import Source
from medsteward.thresholds import whole

INGREDIENT = "acetaminophen"
ADULT_AGE = whole("adult_age")
SMALL_BELOW_KG = whole("small_adult_kg")
"""Adults below this weight have a ceiling of their own."""
_LOWER = frozenset({"liver disease", "alcohol use", "alcohol use disorder"})


class Whose(Enum):
    """For which adults a ceiling is."""

    EVERYONE = "adults of at least 50 kg, as prescribed"
    SELF_CARE = "adults of at least 50 kg who take it on their own"
    SMALL_ADULT = "adults below 50 kg"
    LIVER_OR_ALCOHOL = "adults with liver disease or regular alcohol use"


@frozen
class AcetaminophenCeiling:
    """A daily ceiling in mg/d, for whom it is, and its source."""

    at: Amount
    whose: Whose
    source: Source


@frozen(cache_hash=True)
class CeilingCheck:
    """A ceiling held against a day's total. ``applies`` None: it is not known whether it is this patient's."""

    ceiling: AcetaminophenCeiling
    applies: bool | None
    scheduled_above: bool
    maximum_above: bool


@frozen(cache_hash=True)
class Adult:
    """What decides which ceilings are an adult's: a liver or drinking that lowers it, a weight in kg below 50."""

    is_lower: bool
    small_kg: Fraction | None = None


def adult_of(patient: Patient) -> Adult | None:
    """What decides the ceilings of a patient; None: a child, for whom none is named."""
    if patient.age is not None and patient.age < ADULT_AGE:
        return None
    weight = patient.weight_kg
    small = weight if weight is not None and weight < SMALL_BELOW_KG else None
    return Adult(patient.child_pugh is not None or not _LOWER.isdisjoint(implied(patient.conditions)), small)
