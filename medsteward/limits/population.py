"""Whom a row is for: the words of its cell, and the clause about a patient that they stand for.

``age>=65 and crcl<30 or dialysis``: parts joined by ``and`` and ``or`` (``and`` binds tighter), with brackets. A part
is a figure with <, <=, >, >= or a range, a word of ``WORDS``, ``with`` and a drug or group that is also taken, or a
condition that we know. Nothing else is read: a row with another word does not load.

``crcl 30-59`` means from 30 to below 60, so that bands have no gap. ``age>75``, as a label writes "over 75", is met by
a whole age of 75: the lower ceiling is the safer reading. ``crcl``, ``egfr`` and ``gfr`` ask for kidney function as the
patient's picture has it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from medsteward.drugs.index import find
from medsteward.model.conditions import CONDITIONS
from medsteward.patient import groups
from medsteward.patient.care_clauses import Has, InContext, Palliative
from medsteward.patient.case_clause import CaseClause
from medsteward.patient.dose_clauses import (
    Assumed,
    DailyDose,
    IsOfSex,
    MmeBetween,
    PregnantBefore,
    TakenWithin,
    TreatmentDay,
    Weight,
)
from medsteward.patient.drug_clauses import Takes
from medsteward.patient.drug_group import DrugGroup, group
from medsteward.patient.figure_clauses import Age, ChildPugh, Kidney, Liver, OpioidTolerance, Pregnant
from medsteward.patient.joined_clauses import All, AnyOf
from medsteward.patient.picture import Tolerance

WITH: Mapping[str, DrugGroup] = MappingProxyType(
    {
        "an MAO inhibitor": groups.MAOI,
        "an opioid": groups.OPIOID,
        "a benzodiazepine": groups.BENZODIAZEPINE,
        "a strong CYP3A4 inhibitor": groups.CYP3A4_STRONG,
        "a moderate CYP3A4 inhibitor": groups.CYP3A4_MODERATE,
        "an NSAID": groups.NSAID,
        "an anticoagulant": groups.ANTICOAGULANT,
        "an antiplatelet": groups.ANTIPLATELET,
        "a corticosteroid": groups.CORTICOSTEROID,
    }
)
"""Groups that may stand after ``with``; else the name of a drug does."""

WORDS: Mapping[str, CaseClause] = MappingProxyType(
    {
        # dialysis is read as stage 5, so that who is near it gets the lower figure
        "dialysis": Has(("ckd stage 5",)),
        "esrd": Has(("ckd stage 5",)),
        "liver_disease": Liver(),
        "opioid_naive": OpioidTolerance(Tolerance.NAIVE),
        "not_opioid_tolerant": OpioidTolerance(Tolerance.NAIVE),
        "low_tolerance": OpioidTolerance(Tolerance.NAIVE),
        "lost_tolerance": Has(("lost opioid tolerance",)),
        "opioid_tolerant": OpioidTolerance(Tolerance.TOLERANT),
        "palliative": Palliative(),
        "pregnant": Pregnant(),
        "pregnant weeks unknown": PregnantBefore(None),
        "child_pugh A": ChildPugh("A"),
        "child_pugh B": ChildPugh("B"),
        "child_pugh C": ChildPugh("C"),
        "sex female": IsOfSex("female"),
        "sex male": IsOfSex("male"),
        "inpatient": InContext(("inpatient",)),
        "otp": InContext(("opioid treatment program",)),
        "prescribed": Assumed("takes it on prescription", True),
        "outpatient": Assumed("is not in hospital", True),
        "labor_and_delivery": Assumed("is in labor", None),
        "viral_illness": Assumed("has a viral illness", None),
        "oral_mucositis": Assumed("has a sore mouth from treatment", None),
        "self_care": Assumed("takes it without a prescription", None),
        "first rise": Assumed("has the dose raised for the first time", None),
        "later rises": Assumed("has had the dose raised before", None),
        "cyp2c9_poor": Assumed("breaks down little by CYP2C9", None),
        "cyp2c19_poor": Assumed("breaks down little by CYP2C19", None),
        "cyp2d6_ultrarapid": Assumed("breaks down very fast by CYP2D6", None),
    }
)
"""Words with a meaning of their own."""

_TOKEN = re.compile(r"\s*(\(|\)|\band\b|\bor\b)\s*")
_FIGURE = re.compile(r"(age|weight|crcl|egfr|gfr|pregnant weeks|daily)\s*(<=|>=|<|>)\s*(\d+(?:\.\d+)?)")
_RANGE = re.compile(r"(age|weight|crcl|egfr|gfr|daily)\s+(\d+)(?:-(<?)(\d+))?")
_DAY = re.compile(r"treatment_day (\d+)(?:-(\d+))?")
_MME = re.compile(r"opioid_dose\s*(?:(<|>)(\d+)|(\d+)-(\d+)) MME/d")
_WITH = re.compile(r"with (.+?)(?: within (\d+) d)?")


class NotRead(ValueError):
    """Words of a population that are not read."""


def population(words: str) -> CaseClause | None:
    """The clause that a population cell stands for; None: everybody. Raises ``NotRead``, naming the part."""
    if not words:
        return None
    tokens = [token.strip() for token in _TOKEN.split(words) if token.strip()]
    clause, rest = _either(tokens)
    if rest:
        raise NotRead(f'"{" ".join(rest)}" is not read')
    return clause


def _either(tokens: list[str]) -> tuple[CaseClause, list[str]]:
    first, rest = _both(tokens)
    ones = [first]
    while rest and rest[0] == "or":
        one, rest = _both(rest[1:])
        ones.append(one)
    return (ones[0] if len(ones) == 1 else AnyOf(tuple(ones))), rest


def _both(tokens: list[str]) -> tuple[CaseClause, list[str]]:
    first, rest = _one(tokens)
    ones = [first]
    while rest and rest[0] == "and":
        one, rest = _one(rest[1:])
        ones.append(one)
    return (ones[0] if len(ones) == 1 else All(tuple(ones))), rest


def _one(tokens: list[str]) -> tuple[CaseClause, list[str]]:
    if not tokens or tokens[0] in ("and", "or", ")"):
        raise NotRead('a part is missing beside "and", "or" or a bracket')
    if tokens[0] == "(":
        inner, rest = _either(tokens[1:])
        if not rest or rest[0] != ")":
            raise NotRead("a bracket is not closed")
        return inner, rest[1:]
    return _part(tokens[0]), tokens[1:]


def _part(words: str) -> CaseClause:
    if words in WORDS:
        return WORDS[words]
    for pattern, clause in ((_FIGURE, _figure), (_RANGE, _range), (_DAY, _day), (_MME, _mme), (_WITH, _with)):
        if (match := pattern.fullmatch(words)) is not None:
            return clause(match)
    name = words.replace("_", " ")
    if name not in CONDITIONS:
        raise NotRead(
            f'"{words}" is neither a figure, a word of this list, a medicine nor a condition that medsteward knows'
        )
    return Has((name,))


def _figure(match: re.Match[str]) -> CaseClause:
    what, sign, text = match.groups()
    number = Fraction(text)
    if what == "daily":
        if sign != ">":
            raise NotRead(f'a daily dose is read with ">" only, not "{sign}"')
        return DailyDose(over=number)
    whole = int(number)
    if what == "pregnant weeks":
        if sign not in (">=", "<"):
            raise NotRead(f'weeks of pregnancy are read with ">=" and "<" only, not "{sign}"')
        return Pregnant(whole) if sign == ">=" else PregnantBefore(whole)
    if what == "age":
        if sign == "<=":
            raise NotRead('an age is read with "<", ">" and ">=" only: ages are whole years')
        return Age(below=whole) if sign == "<" else Age(at_least=whole)
    below, up_to = (whole if sign == each else None for each in ("<", "<="))
    above, at_least = (whole if sign == each else None for each in (">", ">="))
    if what == "weight":
        return Weight(at_least=at_least, below=below, above=above, up_to=up_to)
    return Kidney(below=below, at_least=at_least, up_to=up_to, above=above)


def _range(match: re.Match[str]) -> CaseClause:
    what, low, open_end, high = match.groups()
    first, last = int(low), int(high or low)
    if what == "daily":
        return DailyDose(Fraction(first), Fraction(last))
    if what == "age":
        return Age(first, last + 1)
    if what == "weight":
        return Weight(at_least=first, below=last) if open_end else Weight(at_least=first, up_to=last)
    return Kidney(at_least=first, up_to=first) if high is None else Kidney(at_least=first, below=last + 1)


def _day(match: re.Match[str]) -> CaseClause:
    first, last = match.groups()
    return TreatmentDay(int(first), int(last or first))


def _mme(match: re.Match[str]) -> CaseClause:
    sign, limit, low, high = match.groups()
    if sign is None:
        return MmeBetween(int(low), up_to=int(high))
    return MmeBetween(below=int(limit)) if sign == "<" else MmeBetween(above=int(limit))


def _with(match: re.Match[str]) -> CaseClause:
    name, days = match.groups()
    who = WITH.get(name)
    if who is None:
        if find(name) is None:
            raise NotRead(f'"{name}" is no medicine that medsteward knows, and no group that may stand after "with"')
        who = group(name, name)
    return Takes(who) if days is None else TakenWithin(who, int(days))
