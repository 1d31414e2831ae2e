"""What a row's drug, route and form cells mean: an ingredient, a fixed combination, or a group of drugs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from medsteward.drugs.index import find
from medsteward.limits.limit import Subject
from medsteward.model.drug import DrugClass
from medsteward.patient import groups
from medsteward.patient.drug_group import DrugGroup, group

COMBINED = " + "
"""Between the ingredients of a fixed combination."""

GROUPS: Mapping[str, DrugGroup] = MappingProxyType(
    {
        "any opioid": groups.OPIOID,
        "an extended-release or long-acting opioid": groups.ER_OPIOID,
        "any benzodiazepine": groups.BENZODIAZEPINE,
        "any Z-drug": groups.Z_DRUG,
        "any NSAID by mouth": group("any NSAID by mouth", DrugClass.NSAID_ORAL),
        "any tricyclic": groups.TCA,
        "an older muscle relaxant": groups.OLDER_RELAXANT,
        "any triptan": groups.TRIPTAN,
        "any ergot": group("any ergot", DrugClass.ERGOT),
    }
)
"""The groups of drugs that a row may be about, by the words of its drug cell."""

ROUTES = (
    "any",
    "oral",
    "sublingual",
    "buccal",
    "transmucosal",
    "nasal",
    "transdermal",
    "topical",
    "rectal",
    "intravenous",
    "intramuscular",
    "subcutaneous",
    "intrathecal",
    "injection",
    "injection into a muscle or vein",
    "injection under the skin or into a muscle",
    "injection of any kind",
    "into the whole body",
)
"""The routes that a row may name."""


def subject(
    drug: str, route: str, release: str, forms: tuple[str, ...], brands: tuple[str, ...], strengths: tuple[str, ...]
) -> Subject:
    """The medicines that a row is about. Raises ``LookupError`` for a route that we do not know.

    Whether a name is that of a drug is asked by ``unknown_drugs``: the everyday drugs take time to load.
    """
    if route not in ROUTES:
        raise LookupError(f'unknown route "{route}"; the routes are {", ".join(ROUTES)}')
    partners: frozenset[str] | None = None
    who = GROUPS.get(drug)
    if who is None:
        names = drug.split(COMBINED)
        who = group(drug, names[0], topical=route == "topical")
        if len(names) > 1:
            partners = frozenset(names[1:])
    return Subject(drug, who, partners, route, release or None, forms, brands, strengths)


def unknown_drugs(drug: str) -> list[str]:
    """The names in a drug cell that are neither a drug that we know nor a group of the list."""
    return [] if drug in GROUPS else [name for name in drug.split(COMBINED) if find(name) is None]
