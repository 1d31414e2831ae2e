"""Codes to names: the built-in resolver, a chain of several, and the product a code means."""

from __future__ import annotations

import pytest

from medsteward.drugs.codes import ListedCodes
from medsteward.drugs.index import drugs
from medsteward.drugs.products import listed_products
from medsteward.model.code import Chain, Coded
from medsteward.readers.codes.coded import product_of_code


class Table:
    """A resolver over two dictionaries."""

    def __init__(self, rxcui=None, ndc=None):
        self.by_rxcui, self.by_ndc = rxcui or {}, ndc or {}

    def rxcui(self, code):
        return self.by_rxcui.get(code)

    def ndc(self, code):
        return self.by_ndc.get(code)


def test_every_listed_code_is_its_product():
    for each in listed_products():
        if each.product.rxcui is None:
            continue
        found = ListedCodes().rxcui(each.product.rxcui)
        assert found is not None
        assert found.product is not None
        assert found.product.rxcui == each.product.rxcui
        meant = product_of_code(found)
        assert meant.product == found.product
        assert not meant.problems


def test_every_ingredient_code_is_its_drug():
    for drug in drugs().values():
        if drug.rxcui and drug.route_scope == "systemic":
            found = ListedCodes().rxcui(drug.rxcui)
            assert found is not None
            meant = product_of_code(found).product
            assert meant is not None
            assert [each.ingredient for each in meant.components] == [drug.name]


def test_what_is_not_ours_is_none():
    assert ListedCodes().rxcui("999999999") is None
    assert ListedCodes().ndc("00574407205") is None


def test_the_first_one_that_knows_answers():
    one, two = Coded("one", "1", "a"), Coded("two", "1", "b")
    chain = Chain((Table({"1": one}), Table({"1": two, "2": two}, {"00574407205": two})))
    assert chain.rxcui("1") is one
    assert chain.rxcui("2") is two
    assert chain.rxcui("3") is None
    assert chain.ndc("00574407205") is two
    assert chain.ndc("00574407206") is None


@pytest.mark.parametrize(
    ("name", "kind", "ingredients", "listed"),
    [
        ("oxycodone hydrochloride 5 MG Oral Tablet", "SCD", ["oxycodone"], "oxycodone hydrochloride 5 mg tablet"),
        ("lisinopril", "IN", ["lisinopril"], None),
        ("acetaminophen / oxycodone", "MIN", ["acetaminophen", "oxycodone"], None),
        ("oxycodone hydrochloride", "PIN", ["oxycodone"], None),
        ("oxycodone Oral Tablet", "SCDF", ["oxycodone"], None),
        ("oxycodone hydrochloride 5 MG", "SCDC", ["oxycodone"], None),
    ],
)
def test_the_code_stays_with_the_product(name, kind, ingredients, listed):
    meant = product_of_code(Coded(name, "4711", "a release", kind))
    assert meant.problems == ()
    assert meant.product is not None
    assert [each.ingredient for each in meant.product.components] == ingredients
    assert (meant.product.rxcui, meant.product.listed) == ("4711", listed)


def test_a_product_name_without_its_parts_is_a_problem():
    assert [each.code for each in product_of_code(Coded("oxycodone", "4711", "a release", "SCD")).problems] == [
        "RXN-002",
        "RXN-002",
    ]
    assert product_of_code(Coded("strangeamine 5 MG Oral Tablet", "1", "a release")).product is None
