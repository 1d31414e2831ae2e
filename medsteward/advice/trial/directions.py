"""An opioid by its directions held against what binds each of its ingredients: declared ceilings, and what blocks.

A combination is bounded by its partner as well: the ceiling of acetaminophen is over all products.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from medsteward.advice.trial.choice import For, ceilings_for
from medsteward.doses.daily import daily_doses
from medsteward.model.amount import Amount
from medsteward.model.number import decimal_text
from medsteward.model.problem import Caution, Problem
from medsteward.model.product import Role
from medsteward.model.regimen import Line, Regimen
from medsteward.model.source import Standing
from medsteward.model.unit import Dimension, Unit
from medsteward.treatments.index import trial_by_mouth
from medsteward.treatments.limited import Ceiling
from medsteward.treatments.trial import TrialDrug


def ingredients_of(regimen: Regimen) -> tuple[str, ...]:
    """The active ingredients of a regimen."""
    return tuple(each.ingredient for each in regimen.product.components if each.role is Role.ACTIVE)


def declared_in(regimen: Regimen) -> tuple[TrialDrug, ...]:
    """The declared trials of a regimen's ingredients."""
    found = (trial_by_mouth(name) for name in ingredients_of(regimen))
    return tuple(each for each in found if each is not None)


def above_ceilings(regimen: Regimen, present: Iterable[Line], whom: For) -> Iterator[Problem]:
    """The directions of a trial above a ceiling of one of its ingredients, over what is taken already as well.

    An ingredient with a ceiling that cannot be counted is asked about.
    """
    lines = [line.regimen for line in present if line.regimen is not None]
    for declared in declared_in(regimen):
        ceilings = [each for each in ceilings_for(declared, whom) if not (each.self_care or each.is_caution)]
        if not ceilings:
            continue
        own = most_of(regimen, declared.drug)
        if own is None:
            text = f"how much {declared.drug} it comes to cannot be counted; write every strength, as in 5 mg/325 mg"
            yield Problem("TRIAL-006", "drug", text)
            continue
        already = sum((most_of(each, declared.drug) or Fraction(0) for each in lines), Fraction(0))
        if own + already > ceilings[0].amount:
            taken = f" with the {_mg(already)} that is taken already" if already else ""
            text = f"{declared.drug} would come to {_mg(own + already)}{taken}, {_at_most(ceilings[0])}"
            yield Problem("TRIAL-012", "drug", text)
        yield from _too_often(regimen, declared, ceilings)


def _too_often(regimen: Regimen, declared: TrialDrug, ceilings: Iterable[Ceiling]) -> Iterator[Problem]:
    for each in ceilings:
        if each.most_times is None:
            continue
        times = sum((taking.times_per_day.high for taking in regimen.sig.takings if taking.times_per_day), Fraction(0))
        if regimen.sig.limit_doses is not None:
            times = min(times, regimen.sig.limit_doses)
        single = max(_single(regimen, declared.drug), default=Fraction(0))
        share = each.amount / each.most_times
        if times > each.most_times or single > share:
            text = (
                f"{declared.drug}: the directions are {_mg_once(single)} {decimal_text(times)} times a day; here it is "
                f"at most {_mg_once(share)} {each.most_times} times a day ({each.words}). {_source(each)}"
            )
            yield Problem("TRIAL-012", "drug", text)


def begins_lower(regimen: Regimen) -> list[Caution]:
    """Where a declared trial of the opioid begins lower and climbs, it is named."""
    lead = regimen.product.lead
    declared, own = trial_by_mouth(lead), most_of(regimen, lead)
    if declared is None or own is None:
        return []
    first = sum((amount for _, amount in declared.ramps[-1].stages[0].doses), Fraction(0))
    if own <= first:
        return []
    source = declared.ramps[-1].sources[0]
    text = (
        f"{declared.title} by its label begins with {_mg(first)} and climbs by days ({source.citation}); "
        f"`medsteward trial {declared.id}` plans that"
    )
    return [Caution("TRIAL-102", text)]


def most_of(regimen: Regimen, ingredient: str) -> Fraction | None:
    """The most of an ingredient in mg/d that the directions allow; None: it is not there, or cannot be counted."""
    for dose in daily_doses(regimen).ingredients:
        if dose.ingredient == ingredient and dose.daily is not None:
            most = dose.daily.maximum
            return most.to(Unit.MG_PER_D).value if most.unit.dimension is Dimension.MASS_PER_DAY else None
    return None


def _single(regimen: Regimen, ingredient: str) -> list[Fraction]:
    """Single doses in mg."""
    strength = next((each.strength for each in regimen.product.components if each.ingredient == ingredient), None)
    found = []
    for taking in regimen.sig.takings:
        dose = None if taking.dose is None else taking.dose.high
        if dose is not None and dose.unit.dimension is Dimension.MASS:
            found.append(dose.to(Unit.MG).value)
        elif dose is not None and strength is not None and strength.unit.dimension is Dimension.MASS:
            found.append(strength.to(Unit.MG).value * dose.value)
    return found


def _at_most(ceiling: Ceiling) -> str:
    words = f" ({ceiling.words})" if ceiling.words else ""
    return f"and the most here is {_mg(ceiling.amount)}{words}. {_source(ceiling)}"


def _source(ceiling: Ceiling) -> str:
    source = ceiling.source
    standing = "" if source.standing is Standing.VERIFIED else f"; {source.standing.words}"
    return f"Source: {source.citation}, {source.where}{standing}"


def _mg(value: Fraction) -> str:
    return str(Amount(value, Unit.MG_PER_D))


def _mg_once(value: Fraction) -> str:
    return str(Amount(value, Unit.MG))
