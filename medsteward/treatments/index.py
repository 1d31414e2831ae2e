"""Every treatment, by what it is offered for. Adding one is a declaration in its module, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from attrs import frozen

from medsteward.treatments.declared import (
    analgesics,
    antidepressants,
    autonomic,
    by_prescription,
    gabapentinoids,
    laxatives,
    of_symptoms,
    on_the_skin,
    opioid_antagonists_of_the_gut,
    others,
    relaxants,
)
from medsteward.treatments.pain import PainKind
from medsteward.treatments.symptoms import GROUPS, Symptom, SymptomGroup
from medsteward.treatments.treatment import Eases, ForPain, Treatment
from medsteward.treatments.trial import TrialDrug, Undosed

TREATMENTS: tuple[Treatment, ...] = (
    *antidepressants.TREATMENTS,
    *gabapentinoids.TREATMENTS,
    *analgesics.TREATMENTS,
    *relaxants.TREATMENTS,
    *on_the_skin.TREATMENTS,
    *others.TREATMENTS,
    *by_prescription.TREATMENTS,
    *autonomic.TREATMENTS,
    *of_symptoms.TREATMENTS,
    *laxatives.TREATMENTS,
    *opioid_antagonists_of_the_gut.TREATMENTS,
)


@frozen
class PainOption:
    """A treatment as an option for a kind of pain."""

    treatment: Treatment
    for_pain: ForPain


@frozen
class Remedy:
    """A treatment as one of those that ease a group of symptoms."""

    treatment: Treatment
    eases: Eases


@frozen
class Relief:
    """A group of symptoms and the remedies for it."""

    group: SymptomGroup
    remedies: tuple[Remedy, ...]


def _options(kind: PainKind) -> tuple[PainOption, ...]:
    found = [PainOption(each, one) for each in TREATMENTS for one in each.for_pain if one.kind is kind]
    _refuse_twice(f"{kind.value} pain", [str(each.for_pain.place) for each in found])
    return tuple(sorted(found, key=lambda each: each.for_pain.place))


def _relief(group: SymptomGroup) -> Relief:
    found = [Remedy(each, one) for each in TREATMENTS for one in each.eases if one.symptom is group.symptom]
    _refuse_twice(group.symptom.value, [str(each.eases.place) for each in found])
    return Relief(group, tuple(sorted(found, key=lambda each: each.eases.place)))


def _refuse_twice(where: str, names: list[str]) -> None:
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise ValueError(f"{where}: {', '.join(twice)} stands twice among the treatments. Give one of them another")


_refuse_twice("ids", [each.id for each in TREATMENTS])

OPTIONS: Mapping[PainKind, tuple[PainOption, ...]] = MappingProxyType({kind: _options(kind) for kind in PainKind})
"""What fits each kind of pain, in the order of the essays."""

_RELIEF = tuple(_relief(group) for group in GROUPS)
ALTERNATIVES: Relief = next(each for each in _RELIEF if each.group.symptom is Symptom.AUTONOMIC)
"""What may be given where neither clonidine nor lofexidine fits."""
RELIEF: tuple[Relief, ...] = tuple(each for each in _RELIEF if each is not ALTERNATIVES)
"""Symptom groups in the order of the VA tool."""

_TRIALS: tuple[TrialDrug | Undosed, ...] = tuple(trial for each in TREATMENTS for trial in each.trials)
_refuse_twice("trials", [each.id for each in _TRIALS])
TRIALS: Mapping[str, TrialDrug | Undosed] = MappingProxyType(
    {each.id: each for each in sorted(_TRIALS, key=lambda each: isinstance(each, Undosed))}
)
"""Every declared trial by its id, those without doses last."""
TREATMENT_OF_TRIAL: Mapping[str, Treatment] = MappingProxyType(
    {trial.id: each for each in TREATMENTS for trial in each.trials}
)
"""The treatment whose trial this is."""


def trial_named(name: str) -> TrialDrug | Undosed | None:
    """The trial of this id or of one of its other names, any case; None: there is none."""
    plain = _plain(name)
    return next((each for each in TRIALS.values() if plain in map(_plain, (each.id, *each.names))), None)


def trial_by_mouth(ingredient: str) -> TrialDrug | None:
    """The declared trial of an ingredient that is swallowed; None: there is none."""
    found = (each for each in TRIALS.values() if isinstance(each, TrialDrug) and each.route == "oral")
    return next((each for each in found if each.drug == ingredient), None)


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").replace("%", " % ").split())
