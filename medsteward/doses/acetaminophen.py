"""Acetaminophen over all products, beside its ceilings."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction

from attrs import frozen

from medsteward.bibliography import cite, practice
from medsteward.doses.daily import Daily
from medsteward.model.amount import Amount
from medsteward.model.conditions import implied
from medsteward.model.regimen import Patient
from medsteward.model.source import Source
from medsteward.model.unit import Unit
from medsteward.thresholds import whole

INGREDIENT = "acetaminophen"
ADULT_AGE = whole("adult_age")
ADULT_WEIGHT_KG = Fraction(50)
_LOWER = frozenset({"liver disease", "alcohol use", "alcohol use disorder"})


class Whose(Enum):
    """For whom a ceiling is, among adults of at least 50 kg."""

    EVERYONE = "adults of at least 50 kg, as prescribed"
    SELF_CARE = "adults of at least 50 kg who take it on their own"
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


CEILINGS = (
    AcetaminophenCeiling(
        Amount(Fraction(4000), Unit.MG_PER_D),
        Whose.EVERYONE,
        cite("ACETAMINOPHEN-LABEL", "liver injury, mostly above 4,000 mg/d"),
    ),
    AcetaminophenCeiling(
        Amount(Fraction(3000), Unit.MG_PER_D),
        Whose.SELF_CARE,
        cite("APAP-OTC500", "directions: 6 tablets in 24 hours"),
    ),
    AcetaminophenCeiling(
        Amount(Fraction(2000), Unit.MG_PER_D),
        Whose.LIVER_OR_ALCOHOL,
        practice("liver disease or alcohol"),
    ),
)
"""The ceilings we name, highest first. The lowest is recalled and needs a second source."""


def ceilings_for(patient: Patient, daily: Daily) -> tuple[CeilingCheck, ...]:
    """Each ceiling held against a day's total; none for children and adults under 50 kg, for whom none is named."""
    return ceilings_where(is_lower_for(patient), daily)


def is_lower_for(patient: Patient) -> bool | None:
    """Whether the ceiling of liver disease and regular alcohol use is this patient's; None: no ceiling is named."""
    if patient.age is not None and patient.age < ADULT_AGE:
        return None
    if patient.weight_kg is not None and patient.weight_kg < ADULT_WEIGHT_KG:
        return None
    return patient.child_pugh is not None or not _LOWER.isdisjoint(implied(patient.conditions))


def ceilings_where(is_lower: bool | None, daily: Daily) -> tuple[CeilingCheck, ...]:
    """Each ceiling held against a day's total, for patients of whom ``is_lower_for`` answers the same."""
    if is_lower is None:
        return ()
    return tuple(
        CeilingCheck(each, _applies(each.whose, is_lower), each.at < daily.scheduled, each.at < daily.maximum)
        for each in CEILINGS
    )


def _applies(whose: Whose, is_lower: bool) -> bool | None:
    """Whether a ceiling is the patient's; None: not known from what is stated."""
    if whose is Whose.EVERYONE:
        return True
    if whose is Whose.SELF_CARE:
        return None
    return is_lower or None
