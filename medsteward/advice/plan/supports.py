"""What is offered beside a taper, class by class, for this patient. Nothing of one class is said for another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from medsteward.advice.plan.report import Support
from medsteward.advice.plan.supports_opioids import of_opioids
from medsteward.advice.plan.supports_others import (
    of_baclofen,
    of_benzodiazepines,
    of_clonidine,
    of_gabapentinoids,
    of_lofexidine,
    of_snris,
    of_tcas,
    of_z_drugs,
)
from medsteward.advice.plan.supports_shared import Tapered
from medsteward.drugs.index import drug_of
from medsteward.interactions.offer import Offers
from medsteward.model.drug import DrugClass
from medsteward.model.regimen import Case
from medsteward.patient.picture import Picture

FAST_DAYS = 7
"""Steps as short as this are fast: what eases withdrawal is at hand from the start."""


def supports_for(case: Case, *, drugs: Iterable[str], every_days: int | None = None) -> tuple[Support, ...]:
    """What to offer beside a taper of ``drugs`` (ingredients by our names), for a case on its day.

    ``every_days`` is how long the shortest step lasts. Each kind is said once. A drug of a class that has no list here
    adds nothing. Raises ``KeyError`` for a drug that is not known.
    """
    picture = Picture(case)
    names = tuple(dict.fromkeys(drugs))
    taper = Tapered(picture, names, Offers(picture), fast=every_days is not None and every_days <= FAST_DAYS)
    found: dict[str, Support] = {}
    for is_its, offered in _BY_CLASS.items():
        if any(is_its(name) for name in names):
            for each in offered(taper):
                found.setdefault(each.kind, each)
    return tuple(found.values())


_Offered = Callable[[Tapered], tuple[Support, ...]]


def _of(*classes: DrugClass) -> Callable[[str], bool]:
    return lambda name: drug_of(name).drug_class in classes


def _named(drug: str) -> Callable[[str], bool]:
    return lambda name: name == drug


_BY_CLASS: Mapping[Callable[[str], bool], _Offered] = MappingProxyType(
    {
        _of(*(each for each in DrugClass if each.is_opioid_agonist)): of_opioids,
        _of(DrugClass.BENZODIAZEPINE): of_benzodiazepines,
        _of(DrugClass.Z_DRUG): of_z_drugs,
        _of(DrugClass.GABAPENTINOID): of_gabapentinoids,
        _of(DrugClass.SNRI): of_snris,
        _of(DrugClass.TCA): of_tcas,
        _named("clonidine"): of_clonidine,
        _named("lofexidine"): of_lofexidine,
        _named("baclofen"): of_baclofen,
    }
)
"""Which list a tapered drug brings."""
