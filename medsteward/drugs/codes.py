"""The codes we bring: those of our products and of our ingredients."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import frozen

from medsteward.caches import made_once
from medsteward.drugs.index import drugs, everyday
from medsteward.drugs.products import listed_products
from medsteward.model.code import Coded

SOURCE = "the list of this program"


@frozen
class ListedCodes:
    """Resolves the RxNorm codes of the listed products and of all ingredients that are known. It holds no NDC."""

    def rxcui(self, code: str) -> Coded | None:
        """What an RxNorm code stands for, if it is one of ours; else an ingredient of the files of names."""
        found = _by_rxcui().get(code)
        ingredient = None if found is not None or not code.isdigit() else everyday().ingredient_of(code)
        return found if ingredient is None else Coded(ingredient, code, SOURCE, "IN", ingredient=ingredient)

    def ndc(self, code: str) -> Coded | None:
        """Nothing: NDCs come from a release that the user loads."""
        return None


@made_once
def _by_rxcui() -> Mapping[str, Coded]:
    found: dict[str, Coded] = {}
    for drug in drugs().values():
        if drug.rxcui and drug.route_scope == "systemic":
            found.setdefault(drug.rxcui, Coded(drug.name, drug.rxcui, SOURCE, "IN", ingredient=drug.name))
    # of two products with one code, one with brand in its name and one without, the plain one is meant
    for listed in sorted(listed_products(), key=lambda each: str(each.product.listed).endswith("]")):
        product = listed.product
        if product.rxcui is not None:
            kind = "GPCK" if product.form == "tablet dose pack" else "SCD"
            coded = Coded(str(product.listed), product.rxcui, SOURCE, kind, product=product)
            if found.get(product.rxcui, coded).product is None or product.rxcui not in found:
                found[product.rxcui] = coded
    return MappingProxyType(found)
