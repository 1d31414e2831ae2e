"""What is known of a name: a drug, a brand, a combination, a class or a product."""

from __future__ import annotations

from attrs import frozen

from medsteward.drugs.declared.combinations import COMBINATIONS
from medsteward.drugs.index import drug_of, drugs, everyday, find, look_alikes, name_of
from medsteward.drugs.products import listed_products
from medsteward.drugs.suggest import suggestions
from medsteward.model.drug import Combination, Drug, DrugClass, ListedProduct
from medsteward.model.problem import Problem

_PART, _FEW = 3, 6
"""Letters from which part of a name is taken for its beginning, and how many names are offered for it at most."""


@frozen
class About:
    """What a name stands for: its drugs, the combinations named, and the products that exist."""

    asked: str
    drugs: tuple[Drug, ...]
    combinations: tuple[Combination, ...]
    products: tuple[ListedProduct, ...]
    look_alikes: tuple[str, ...]
    problem: Problem | None = None


def about(text: str) -> About:
    """Look up a drug, brand, combination brand, class, listed product or RxCUI by its full name, any case.

    An unknown name gives a problem with suggestions; none is chosen.
    """
    asked = " ".join(text.casefold().split())
    listed = tuple(p for p in listed_products() if asked in (str(p.product.listed).casefold(), p.product.rxcui))
    if listed:
        return About(text, _drugs_of(listed), (), listed, ())
    declared = tuple(drugs().values()) if name_of(asked) is not None else all_drugs()
    of_class = tuple(drug for drug in declared if asked in _class_names(drug.drug_class))
    if of_class:
        return About(text, of_class, (), (), ())
    name = name_of(asked)
    if name is None:
        near = suggestions(asked) or _beginning_with(asked)
        hint = f"; did you mean {' or '.join(near)}?" if near else "; see `medsteward drugs list`"
        if drugs_of_class(asked) is not None:
            hint = f'; it is a kind of drug: `medsteward drugs list --class "{asked}"` has them'
        return About(text, (), (), (), (), Problem("DRUG-001", "", f'"{text[:60]}" is not a known name{hint}', near))
    combinations = tuple(c for c in COMBINATIONS if name.brand is not None and c.brand == name.brand)
    found = tuple(drug_of(each) for each in name.ingredients)
    return About(text, found, combinations, _products(name.ingredients, name.brand), look_alikes(asked))


def _beginning_with(asked: str) -> tuple[str, ...]:
    """Drugs of ours whose names begin with what was typed, where they are few; nothing is chosen."""
    found = tuple(sorted(name for name in drugs() if name.startswith(asked))) if len(asked) >= _PART else ()
    return found if len(found) <= _FEW else ()


def search(text: str) -> tuple[Drug, ...]:
    """Drugs whose names, brands, class or mechanisms hold the text, then those spelled like it."""
    asked = " ".join(text.casefold().split())
    found = [drug for drug in all_drugs() if any(asked in each for each in _words(drug))]
    named = [name_of(each) for each in (asked, *suggestions(asked))]
    found += [drug_of(each) for name in named if name is not None for each in name.ingredients]
    return tuple(dict.fromkeys(found))


def drugs_of_class(text: str) -> tuple[Drug, ...] | None:
    """The drugs of a class by its words or its name; None for an unknown class."""
    asked = " ".join(text.casefold().split())
    found = tuple(drug for drug in all_drugs() if asked in _class_names(drug.drug_class) or asked == _kind(drug))
    return found or None


def class_names() -> tuple[str, ...]:
    """Every class by its words, in order of the declarations."""
    return tuple(dict.fromkeys(drug.drug_class.value for drug in all_drugs()))


def all_drugs() -> tuple[Drug, ...]:
    """Every drug that has a class: those declared in their order, then the everyday drugs."""
    return (*drugs().values(), *everyday().drugs())


def product_count(drug: Drug) -> int:
    """How many listed products hold a drug."""
    return sum(any(c.ingredient == drug.name for c in p.product.components) for p in listed_products())


def _class_names(drug_class: DrugClass) -> tuple[str, ...]:
    return drug_class.value.casefold(), drug_class.name.casefold(), drug_class.name.casefold().replace("_", " ")


def _kind(drug: Drug) -> str:
    """The general word before the comma: ``opioid`` for every opioid class."""
    return drug.drug_class.value.casefold().partition(",")[0]


def _words(drug: Drug) -> tuple[str, ...]:
    texts = (drug.name, *drug.synonyms, *drug.brands, drug.drug_class.value, *drug.mechanisms)
    return tuple(text.casefold() for text in texts)


def _drugs_of(products: tuple[ListedProduct, ...]) -> tuple[Drug, ...]:
    found = [c.ingredient for p in products for c in p.product.components]
    return tuple(drug_of(each) for each in dict.fromkeys(found) if find(each) is not None)


def _products(ingredients: tuple[str, ...], brand: str | None) -> tuple[ListedProduct, ...]:
    """Listed products of a brand, or those that hold the ingredient, alone or in combination."""
    branded = tuple(
        p for p in listed_products() if brand is not None and brand.casefold() in (b.casefold() for b in p.brands)
    )
    if branded:
        return branded
    asked = set(ingredients)
    return tuple(p for p in listed_products() if asked <= {c.ingredient for c in p.product.components})
