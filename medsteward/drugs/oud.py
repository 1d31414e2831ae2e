"""Whether a product by itself is treatment of opioid use disorder, whoever the patient is."""

from __future__ import annotations

from medsteward.drugs.index import drugs, opioids_in
from medsteward.model.oud import NOTHING_KNOWN, OudTreatment, decide, line_signs
from medsteward.model.product import Product


def oud_treatments(product: Product, indication: str | None) -> dict[str, OudTreatment]:
    """The answer for each opioid of a product, by the product and its own indication (None: not stated)."""
    known = drugs()
    return {
        name: decide(line_signs(name, known[name].drug_class, product, indication), NOTHING_KNOWN)
        for name in opioids_in(product)
    }


def is_oud_treatment(product: Product, indication: str | None) -> bool:
    """Whether every opioid of a product is treatment of opioid use disorder alone; False where it holds none."""
    found = oud_treatments(product, indication)
    return bool(found) and all(each is OudTreatment.YES for each in found.values())
