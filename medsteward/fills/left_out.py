"""Opioid products that the medication lists of measures leave out, by the product alone, whatever it is for."""

from __future__ import annotations

from attrs import frozen

from medsteward.bibliography import cite
from medsteward.drugs.index import find
from medsteward.model.drug import DrugClass
from medsteward.model.product import Product
from medsteward.model.source import Source

BUPRENORPHINE = "buprenorphine"
"""The opioid that the definitions are given with and without."""

_LISTS = cite("NCQA-TIPS", "medication lists: left out are cough and cold products, buprenorphine under the tongue")


@frozen
class LeftOutProduct:
    """Products of an opioid that are left out: every test that is set holds.

    ``beside`` are classes of which one is in the product, ``opioid`` and ``other`` ingredients that are in it.
    """

    words: str
    source: Source
    beside: frozenset[DrugClass] = frozenset()
    opioid: str = ""
    other: str = ""
    route: str = ""

    def holds(self, product: Product, opioids: tuple[str, ...]) -> bool:
        """Whether a product with these opioids is left out by it."""
        names = [component.ingredient for component in product.components]
        classes = {known.drug_class for name in names if (known := find(name)) is not None}
        return (
            bool(opioids)
            and (not self.beside or bool(classes & self.beside))
            and self.opioid in ("", *opioids)
            and self.other in ("", *names)
            and self.route in ("", product.route)
        )


LEFT_OUT = (
    LeftOutProduct(
        "cough and cold products",
        _LISTS,
        beside=frozenset(
            {
                DrugClass.ANTIHISTAMINE_SEDATING,
                DrugClass.ANTIHISTAMINE_NONSEDATING,
                DrugClass.EXPECTORANT,
                DrugClass.DECONGESTANT,
                DrugClass.ANTICHOLINERGIC,
            }
        ),
    ),
    LeftOutProduct("buprenorphine under the tongue", _LISTS, opioid=BUPRENORPHINE, route="sublingual"),
    LeftOutProduct("buprenorphine with naloxone", _LISTS, opioid=BUPRENORPHINE, other="naloxone"),
)


def is_left_out(product: Product, opioids: tuple[str, ...]) -> bool:
    """Whether measures leave a product with these opioids out."""
    return any(each.holds(product, opioids) for each in LEFT_OUT)
