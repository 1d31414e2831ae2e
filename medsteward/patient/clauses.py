"""The one language of what holds of a patient: every kind of clause, and short words for the most used.

A clause is data. It says itself in words, tests the picture of a case (yes, no, or None: not known), names the facts
and the groups of drugs it asks about, and writes itself as plain data for a database (``form``).
"""

from __future__ import annotations

from medsteward.patient.care_clauses import (
    AtHome,
    Has,
    HasNow,
    InContext,
    InHospice,
    NaloxoneOnHand,
    Palliative,
    TreatedFor,
)
from medsteward.patient.case_clause import CaseClause
from medsteward.patient.day_clauses import Ended, StartedAfter, StartedWithin, TakenLonger
from medsteward.patient.drug_clauses import (
    DailyAbove,
    Each,
    Includes,
    MayTreatOud,
    MoreThanDosesADay,
    SeveralPrescribers,
    Takes,
    TakesOnTheDay,
    TakesSeveral,
    TreatsOud,
    Within,
)
from medsteward.patient.drug_group import DrugGroup
from medsteward.patient.figure_clauses import Age, ChildPugh, DayMme, Kidney, Liver, OpioidTolerance, Pregnant, QtcAbove
from medsteward.patient.joined_clauses import All, AnyOf, Not
from medsteward.patient.overlaps import Lasting
from medsteward.patient.use_clauses import BegunBefore, InProductWith, IsFor, MayBeFor

__all__ = [
    "Age",
    "All",
    "AnyOf",
    "AtHome",
    "BegunBefore",
    "CaseClause",
    "ChildPugh",
    "DailyAbove",
    "DayMme",
    "Each",
    "Ended",
    "Has",
    "HasNow",
    "InContext",
    "InHospice",
    "InProductWith",
    "Includes",
    "IsFor",
    "Kidney",
    "Liver",
    "MayBeFor",
    "MayTreatOud",
    "MoreThanDosesADay",
    "NaloxoneOnHand",
    "Not",
    "OpioidTolerance",
    "Palliative",
    "Pregnant",
    "QtcAbove",
    "SeveralPrescribers",
    "StartedAfter",
    "StartedWithin",
    "TakenLonger",
    "Takes",
    "TakesOnTheDay",
    "TakesSeveral",
    "TreatedFor",
    "TreatsOud",
    "Within",
    "both",
    "either",
    "has",
    "takes",
    "unless",
]


def takes(who: DrugGroup, lasting: Lasting | None = None) -> Takes:
    """The patient takes a drug of a group."""
    return Takes(who, lasting)


def has(*names: str) -> Has:
    """The patient has one of these conditions."""
    return Has(names)


def both(*ones: CaseClause) -> All:
    """All of these hold."""
    return All(ones)


def either(*ones: CaseClause) -> AnyOf:
    """At least one of these holds."""
    return AnyOf(ones)


def unless(one: CaseClause) -> Not:
    """This does not hold."""
    return Not(one)
