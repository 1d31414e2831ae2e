"""The declared trials. Adding one is a declaration in its module, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from medsteward.treatments import nerve_trials as nerve
from medsteward.treatments import other_trials as others
from medsteward.treatments.trial import TrialDrug, Undosed

_ALL: tuple[TrialDrug | Undosed, ...] = (*nerve.TRIALS, *others.TRIALS, *others.UNDOSED)
TRIALS: Mapping[str, TrialDrug | Undosed] = MappingProxyType({each.id: each for each in _ALL})
"""Every declared trial by its id."""


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
