"""Who belongs to each group of drugs that rules name, as text: the golden file of groups is made of it.

``python -m tests.groups`` writes it anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from attrs import evolve

from medsteward.drugs.index import drugs, find
from medsteward.drugs.products import listed_products
from medsteward.model.drug import Drug
from medsteward.model.product import Role
from medsteward.patient.drug_group import DEPOTS, DrugGroup, Ingredient
from medsteward.patient.marks import MODULES

GOLDEN = Path(__file__).parent / "golden" / "groups.txt"
_DAYS = (None, Fraction(5), Fraction(1000))
_RATES = (None, Fraction(5), Fraction(50))


def parts() -> Iterator[Ingredient]:
    """Every drug in every form in which it is listed, in each role, in small and large doses, on the skin as well."""
    forms: dict[str, set[tuple[str | None, str | None, str | None]]] = defaultdict(set)
    for each in listed_products():
        for component in each.product.components:
            product = each.product
            forms[component.ingredient].add((product.form, product.route, product.release))
    for drug in (*drugs().values(), *named_everyday()):
        for form, route, release in sorted({*forms[drug.name], (None, None, None)}, key=str):
            part = Ingredient(
                drug.name, drug.drug_class, Role.ACTIVE, drug.properties, form=form, route=route, release=release
            )
            for role in Role:
                for day, rate in zip(_DAYS, _RATES, strict=True):
                    yield evolve(part, role=role, daily_mg=day, rate_mcg_h=rate)
            yield evolve(part, systemic=False)
            yield evolve(part, strength="20 mg/mL")
            for brand in sorted(DEPOTS):
                yield evolve(part, brand=brand)


def declared() -> dict[str, DrugGroup]:
    """Every group by its name."""
    found = (each for module in MODULES for each in vars(module).items())
    return {name: who for name, who in found if isinstance(who, DrugGroup) and not name.startswith("_")}


def named_everyday() -> Iterator[Drug]:
    """The everyday drugs that a group names."""

    def names(who: DrugGroup) -> Iterator[str]:
        yield from who.ingredients
        for inner in (*who.but, *who.any_of, *who.besides):
            yield from names(inner)

    for name in sorted({name for who in declared().values() for name in names(who)} - set(drugs())):
        found = find(name)
        if found is not None:
            yield found


def text() -> str:
    """A line for each group: its members; of one that belongs in part, how many of its forms and doses do."""
    every = list(parts())
    asked: dict[str, int] = defaultdict(int)
    for part in every:
        asked[part.ingredient] += 1
    lines = []
    for name, who in sorted(declared().items()):
        held: dict[str, int] = defaultdict(int)
        for part in every:
            held[part.ingredient] += who.holds(part)
        said = [
            drug if held[drug] == asked[drug] else f"{drug} {held[drug]}/{asked[drug]}"
            for drug in sorted(held)
            if held[drug]
        ]
        lines.append(f"{name}: {', '.join(said)}\n")
    return "".join(lines)


if __name__ == "__main__":
    GOLDEN.write_text(text(), encoding="utf-8", newline="")
