"""From a resolved code to the product it means."""

from __future__ import annotations

from attrs import evolve

from medsteward.caches import remembered
from medsteward.drugs.index import everyday
from medsteward.model.code import Coded
from medsteward.model.product import Component, Product
from medsteward.model.rxnorm import NamedProduct
from medsteward.readers.codes.rxnorm_name import REMEMBERED, product_of, read_rxnorm_name
from medsteward.readers.directions.line import read_line

INGREDIENTS = frozenset({"IN", "PIN", "MIN"})
"""Term types that name ingredients without strength and form."""
GROUPS = frozenset({"SCDC", "SCDF", "SCDG", "SCDFP", "SCDGP", "SBDC", "SBDF", "SBDG", "SBDFP"})
"""Term types that name ingredients with part of the rest."""


LABEL = "LABEL"
"""The kind of a name put together from the columns of an NDC file: read as a label, not as an RxNorm name."""


@remembered(REMEMBERED)
def product_of_code(found: Coded) -> NamedProduct:
    """The product that a code means; its ``rxcui`` is the code itself.

    A code of an ingredient gives a product without strength and form: what is missing is for the command to report
    that needs it. Problems as ``product_of`` has them.
    """
    if found.product is not None:
        return NamedProduct(evolve(found.product, rxcui=found.rxcui or found.product.rxcui))
    if found.ingredient is not None:
        return NamedProduct(Product((Component(found.ingredient),), rxcui=found.rxcui))
    if found.kind == LABEL:
        line = read_line(found.name)
        known = line.regimen is not None and not line.may_hide_a_drug
        return NamedProduct(line.regimen.product if known and line.regimen else None, line.problems, line.cautions)
    name = read_rxnorm_name(found.name)
    if found.kind in INGREDIENTS or found.kind in GROUPS:
        name = evolve(name, problems=tuple(p for p in name.problems if p.code != "RXN-002"))
    meant = product_of(name)
    if meant.product is None:
        # the release may spell an ingredient in another way than our files, which have its code
        ingredient = everyday().ingredient_of(found.rxcui or "") if found.kind in INGREDIENTS else None
        return meant if ingredient is None else NamedProduct(Product((Component(ingredient),), rxcui=found.rxcui))
    return evolve(meant, product=evolve(meant.product, rxcui=found.rxcui or meant.product.rxcui))
