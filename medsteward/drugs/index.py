"""Every name a drug goes by, and what it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

from attrs import evolve

from medsteward.caches import made_once
from medsteward.drugs.declared.asked import ASKED
from medsteward.drugs.declared.combinations import COMBINATIONS
from medsteward.drugs.look_alikes import LOOK_ALIKES
from medsteward.drugs.name import Name
from medsteward.model.drug import Drug
from medsteward.model.product import Product, Role, opioids_are

if TYPE_CHECKING:
    from medsteward.drugs.everyday import Everyday

MODULES = (
    "opioids",
    "opioids_elsewhere",
    "opioid_antagonists",
    "sedatives",
    "gabapentinoids_and_anticonvulsants",
    "antidepressants",
    "muscle_relaxants",
    "nsaids_and_acetaminophen",
    "other_analgesics",
    "topicals_and_procedures",
    "migraine",
    "bowel",
    "stomach",
    "mental_health",
    "antihistamines_and_cough_cold",
    "heart_and_circulation",
    "anti_infectives",
    "other",
)
"""The modules of declarations, in the order in which drugs are listed."""


@made_once
def drugs() -> Mapping[str, Drug]:
    """Every declared drug by its name. Raises ``ValueError`` where two are declared under one name."""
    return by_name({module: import_module(f"medsteward.drugs.declared.{module}").DRUGS for module in MODULES})


def by_name(declared: Mapping[str, Iterable[Drug]]) -> Mapping[str, Drug]:
    """Drugs by their names, from the modules that declare them. Raises ``ValueError`` for two of one name."""
    found: dict[str, Drug] = {}
    module_of: dict[str, str] = {}
    for module, several in declared.items():
        for drug in several:
            key = drug.name.casefold()
            if key in module_of:
                raise ValueError(
                    f'two drugs are named "{drug.name}", in {module_of[key]} and in {module}. Delete one, or name the '
                    'entry for the skin by its route, as in "diclofenac topical"'
                )
            module_of[key] = module
            found[drug.name] = drug
    return MappingProxyType(found)


@made_once
def everyday() -> Everyday:
    """The everyday drugs and all further names, read from ``names/`` when the first unknown name is met."""
    from medsteward.drugs.everyday import read_everyday  # asked for by few runs

    return read_everyday(names(), drugs())


def find(name: str) -> Drug | None:
    """The drug of this name: declared, or else one of the everyday drugs. None: nobody has it."""
    found = drugs().get(name)
    return everyday().drug(name) if found is None else found


def drug_of(name: str) -> Drug:
    """The drug of a name that is known. Raises ``KeyError`` where it is not."""
    found = find(name)
    if found is None:
        raise KeyError(name)
    return found


def name_of(text: str) -> Name | None:
    """What a whole name stands for, in any case: declared, or else one of the further names; None: not known.

    None too for what is asked about, because it stands for several drugs.
    """
    low = text.strip().casefold()
    return names().get(low) or everyday().name(low)


@made_once
def opioids() -> frozenset[str]:
    """The names of all drugs that are opioids and not their antagonists."""
    return frozenset(drug.name for drug in drugs().values() if drug.drug_class.is_opioid_agonist)


opioids_are(opioids)


def opioids_in(product: Product) -> tuple[str, ...]:
    """The ingredients of a product that count as opioids, in the product's order; deterrents do not."""
    known = opioids()
    return tuple(
        component.ingredient
        for component in product.components
        if component.role is Role.ACTIVE and component.ingredient in known
    )


@made_once
def names() -> Mapping[str, Name]:
    """Every name in lower case: drug names first, then synonyms, then brands; the first holder keeps a name."""
    found: dict[str, Name] = {}

    def add(text: str, name: Name) -> None:
        low = text.casefold()
        found.setdefault(low, evolve(name, asks=ASKED[low]) if low in ASKED else name)

    for drug in drugs().values():
        add(drug.name, Name(drug.name, (drug.name,)))
    for drug in drugs().values():
        for synonym in drug.synonyms:
            add(synonym, Name(synonym, (drug.name,)))
    for combination in COMBINATIONS:
        for text in (combination.brand, *combination.synonyms):
            add(text, Name(text, combination.ingredients, combination.brand))
    for drug in drugs().values():
        for brand in drug.brands:
            add(brand, Name(brand, (drug.name,), brand))
    return MappingProxyType(found)


def drug_named(text: str) -> Drug | None:
    """The drug of a name, synonym or brand in any case; None for a combination and for what is not known."""
    found = name_of(text)
    return None if found is None or found.is_combination else find(found.ingredients[0])


def look_alikes(name: str) -> tuple[str, ...]:
    """Names that are known to be mistaken for ``name``."""
    low = name.casefold()
    return tuple(sorted({other for pair in LOOK_ALIKES if low in pair for other in pair if other != low}))
