"""The named policies, one module per class of drug. Adding one is a declaration in its module, and nothing else."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from types import MappingProxyType

from medsteward.errors import UnknownPolicy
from medsteward.model.drug import DrugClass
from medsteward.schedules.policies import (
    anticonvulsants,
    antidepressants,
    exits,
    opioids,
    opioids_published,
    sedatives,
)
from medsteward.schedules.policy import Policy

POLICIES: Mapping[str, Policy] = MappingProxyType(
    {
        each.id: each
        for each in (
            *opioids.POLICIES,
            *opioids_published.POLICIES,
            *sedatives.POLICIES,
            *exits.POLICIES,
            *antidepressants.POLICIES,
            *anticonvulsants.POLICIES,
        )
    }
)
"""Every policy by its id. Among those for one drug the first is used where none is asked for."""


def policy(name: str) -> Policy:
    """The policy of this id (``UnknownPolicy``, with those that are spelled like it)."""
    try:
        return POLICIES[name]
    except KeyError:
        near = difflib.get_close_matches(name[:40].casefold(), POLICIES, n=3, cutoff=0.5)
        raise UnknownPolicy(name, tuple(near), tuple(POLICIES)) from None


def policies_for(
    drug: str, drug_class: DrugClass, release: str | None = None, route: str | None = None
) -> tuple[Policy, ...]:
    """The policies for a drug, the usual one first; empty: no source that was read gives a pace for it.

    ``release`` (IR, ER) and ``route`` narrow the choice; None where they are not known.
    """
    return tuple(each for each in POLICIES.values() if each.is_for(drug, drug_class, release, route))
