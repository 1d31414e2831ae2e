"""The ceilings of acetaminophen over all products, asked of the dose limits."""

from __future__ import annotations

from fractions import Fraction

from medsteward.caches import made_once
from medsteward.doses.acetaminophen import AcetaminophenCeiling, Adult, CeilingCheck, Whose, adult_of
from medsteward.doses.daily import Daily
from medsteward.limits.load import dose_limit
from medsteward.limits.said import figure
from medsteward.model.amount import Amount
from medsteward.model.regimen import Patient
from medsteward.model.unit import Unit

_ROWS = (
    ("DL-ACETAMINOPHEN-01", Whose.EVERYONE),
    ("DL-ACETAMINOPHEN-03", Whose.SELF_CARE),
    ("DL-ACETAMINOPHEN-22", Whose.LIVER_OR_ALCOHOL),
)
_PER_KG, _SMALL = "DL-ACETAMINOPHEN-12", "DL-ACETAMINOPHEN-20"
"""Below 50 kg: so much for each kg, and at most so much."""


@made_once
def ceilings() -> tuple[AcetaminophenCeiling, ...]:
    """The ceilings of adults of at least 50 kg, highest first. The lowest is recalled and needs a second source."""
    return tuple(_ceiling(id_, figure(id_), whose) for id_, whose in _ROWS)


def _ceiling(id_: str, at: Fraction, whose: Whose) -> AcetaminophenCeiling:
    return AcetaminophenCeiling(Amount(at, Unit.MG_PER_D), whose, dose_limit(id_).source)


def _of(adult: Adult) -> tuple[AcetaminophenCeiling, ...]:
    if adult.small_kg is None:
        return ceilings()
    by_weight, most = figure(_PER_KG) * adult.small_kg, figure(_SMALL)
    own = _ceiling(_PER_KG if by_weight < most else _SMALL, min(by_weight, most), Whose.SMALL_ADULT)
    return (own, *(each for each in ceilings() if each.whose is Whose.LIVER_OR_ALCOHOL and each.at < own.at))


def lowest_of(patient: Patient) -> Amount | None:
    """The lowest ceiling that is known to be a patient's, in mg/d; None for children, for whom none is named."""
    adult = adult_of(patient)
    if adult is None:
        return None
    return min((each.at for each in _of(adult) if _applies(each.whose, adult)), key=lambda most: most.value)


def ceilings_for(patient: Patient, daily: Daily) -> tuple[CeilingCheck, ...]:
    """Each ceiling held against a day's total; none for children, for whom none is named."""
    return ceilings_where(adult_of(patient), daily)


def ceilings_where(adult: Adult | None, daily: Daily) -> tuple[CeilingCheck, ...]:
    """Each ceiling held against a day's total, for patients of whom ``adult_of`` answers the same."""
    if adult is None:
        return ()
    return tuple(
        CeilingCheck(each, _applies(each.whose, adult), each.at < daily.scheduled, each.at < daily.maximum)
        for each in _of(adult)
    )


def _applies(whose: Whose, adult: Adult) -> bool | None:
    """Whether a ceiling is the patient's; None: not known from what is stated."""
    if whose in (Whose.EVERYONE, Whose.SMALL_ADULT):
        return True
    if whose is Whose.SELF_CARE:
        return None
    return adult.is_lower or None
