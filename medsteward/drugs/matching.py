"""Which listed products a description can mean, and what follows from that."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import permutations

from attrs import evolve, frozen

from medsteward.caches import made_once, remembered
from medsteward.drugs.index import opioids
from medsteward.drugs.products import listed_products
from medsteward.model.amount import Amount
from medsteward.model.drug import ListedProduct
from medsteward.model.product import Component, Product, Role
from medsteward.model.unit import Dimension, Unit

_LIQUIDS = frozenset({"solution", "suspension"})
_ROUNDING = Fraction(1, 100)
"""Concentrations are printed rounded (7.5 mg/15 mL is 0.5, 10 mg/15 mL is 0.667): 1 % counts as equal."""


@frozen
class Description:
    """What is said of a product: ingredients in the order named, and whatever else is stated (None: not stated).

    ``strengths`` are one per ingredient in the same order, or a single one, which is then the opioid's.
    """

    ingredients: tuple[str, ...]
    brand: str | None = None
    form: str | None = None
    route: str | None = None
    release: str | None = None
    strengths: tuple[Amount, ...] = ()

    @property
    def lead(self) -> str:
        """The ingredient a single strength means: the opioid, or else the first one."""
        return leading_ingredient(self.ingredients)

    @property
    def lead_strength(self) -> Amount:
        """The strength of the leading ingredient. For a description with strengths only."""
        if len(self.strengths) == len(self.ingredients):
            return self.strengths[self.ingredients.index(self.lead)]
        return self.strengths[0]


@frozen(cache_hash=True)
class Match:
    """What a description means.

    ``product`` holds what is stated and what all products that fit have in common. ``fits`` are the listed products
    that fit everything stated; ``alike`` those that fit all but the strength. ``thousandfold`` is set when the
    strength is off by a round thousand from every product: then it is the strength that was likely meant.
    ``swapped`` is set when strengths fit only in another order than the names.
    """

    product: Product
    fits: tuple[ListedProduct, ...]
    alike: tuple[ListedProduct, ...]
    thousandfold: Amount | None = None
    swapped: tuple[Amount, ...] | None = None


@remembered(1024)
def products_of(ingredients: frozenset[str]) -> tuple[ListedProduct, ...]:
    """Every listed product that holds exactly these ingredients."""
    return _by_ingredients().get(ingredients, ())


@made_once
def _by_ingredients() -> dict[frozenset[str], tuple[ListedProduct, ...]]:
    found: dict[frozenset[str], list[ListedProduct]] = {}
    for listed in listed_products():
        key = frozenset(component.ingredient for component in listed.product.components)
        found.setdefault(key, []).append(listed)
    return {key: tuple(group) for key, group in found.items()}


@remembered(1024)
def is_known_combination(ingredients: frozenset[str]) -> bool:
    """Whether a listed product or a combination brand holds exactly these ingredients."""
    from medsteward.drugs.declared.combinations import COMBINATIONS

    return ingredients in _by_ingredients() or any(frozenset(c.ingredients) == ingredients for c in COMBINATIONS)


@remembered(1024)
def leading_ingredient(ingredients: tuple[str, ...]) -> str:
    """The ingredient a single strength or mass of a combination means: its opioid, or else the first one."""
    known = opioids()
    return next((name for name in ingredients if name in known), ingredients[0])


def usual_number(brand: str | None) -> str:
    """How many units of a combination are usual at one time, in words; empty where one is, or where it is not known."""
    from medsteward.drugs.declared.combinations import COMBINATIONS

    return next((each.taken_at_once for each in COMBINATIONS if brand is not None and each.brand == brand), "")


@remembered(1024)
def is_listed_strengths(ingredients: tuple[str, ...], numbers: tuple[Fraction, ...]) -> bool:
    """Whether bare numbers are the strengths of a listed product of these ingredients, in this or another order."""
    strengths = tuple(Amount(number, Unit.MG) for number in numbers)
    said = Description(ingredients, strengths=strengths)
    products = products_of(frozenset(ingredients))
    return any(_strengths_fit(p, ingredients, strengths) for p in products) or _swapped(said, products) is not None


@remembered(1024)
def opioid_beside(ingredient: str, numbers: frozenset[Fraction]) -> str | None:
    """The opioid that a listed product holds with ``ingredient`` in just these strengths in mg; None: no product does.

    None too where the ingredient is an opioid itself.
    """
    for ingredients, products in _by_ingredients().items():
        lead = leading_ingredient(tuple(ingredients))
        if ingredient not in ingredients or lead == ingredient or lead not in opioids():
            continue
        for listed in products:
            strengths = [c.strength for c in listed.product.components if c.strength is not None]
            masses = [s.to(Unit.MG).value for s in strengths if s.unit.dimension is Dimension.MASS]
            if len(masses) == len(strengths) and frozenset(masses) == numbers:
                return lead
    return None


@remembered(1024)
def combinations_with(ingredient: str, numbers: frozenset[Fraction]) -> tuple[tuple[str, Fraction, Fraction], ...]:
    """The partners with which an ingredient is sold in just these strengths in mg: name, its own strength, theirs."""
    found: list[tuple[str, Fraction, Fraction]] = []
    for ingredients, products in _by_ingredients().items():
        if len(ingredients) != 2 or ingredient not in ingredients:
            continue
        for listed in products:
            by_name = {component.ingredient: component.strength for component in listed.product.components}
            own = by_name.pop(ingredient)
            ((partner, other),) = by_name.items()
            if own is None or other is None or {own.unit, other.unit} != {Unit.MG}:
                continue
            if {own.value, other.value} == numbers and (partner, own.value, other.value) not in found:
                found.append((partner, own.value, other.value))
    return tuple(found)


@remembered(4096)
def match(said: Description) -> Match:
    """Find the listed products that ``said`` can mean and what follows from them.

    Nothing is inferred on which the candidates differ, but for one convention: a drug that has oral products is taken
    by mouth unless form or route say otherwise.
    """
    alike = products_of(frozenset(said.ingredients))
    alike = _narrow(alike, said.brand is not None and (lambda p: _is_brand(p, said.brand)))
    alike = _narrow(alike, said.form is not None and (lambda p: form_fits(p.product.form, said.form)), strict=True)
    alike = _narrow(alike, said.route is not None and (lambda p: p.product.route == said.route), strict=True)
    alike = _narrow(alike, said.release is not None and (lambda p: p.product.release == said.release), strict=True)
    if said.form is None and said.route is None:
        alike = _narrow(alike, lambda p: p.product.route == "oral")
    fits = tuple(p for p in alike if _strengths_fit(p, said.ingredients, said.strengths)) if said.strengths else ()
    if said.brand is None and len(fits) > 1:
        fits = _narrow(fits, lambda p: not (p.product.listed or "").endswith("]"))
    basis = fits or alike
    swapped = _swapped(said, alike) if said.strengths and not fits else None
    return Match(
        product=_product(said, fits, basis),
        fits=fits,
        alike=alike,
        thousandfold=_thousandfold(said) if said.strengths and not fits and swapped is None else None,
        swapped=swapped,
    )


def _narrow(candidates: tuple[ListedProduct, ...], test: object, *, strict: bool = False) -> tuple[ListedProduct, ...]:
    """The candidates that pass; all of them when none does and the test is only a preference."""
    if not callable(test):
        return candidates
    passed = tuple(p for p in candidates if test(p))
    return passed if passed or strict else candidates


def _is_brand(listed: ListedProduct, brand: str | None) -> bool:
    return any(brand is not None and each.casefold() == brand.casefold() for each in listed.brands)


def form_fits(form: str | None, said: str | None) -> bool:
    """``tablet`` fits every kind of tablet, ``film`` every film; liquids fit one another."""
    if form is None or said is None:
        return False
    return form == said or form.endswith(f" {said}") or (form in _LIQUIDS and said in _LIQUIDS)


def _strengths_fit(listed: ListedProduct, order: tuple[str, ...], strengths: tuple[Amount, ...]) -> bool:
    by_name = {component.ingredient: component.strength for component in listed.product.components}
    if len(strengths) == 1:
        return same_strength(by_name.get(leading_ingredient(order)), strengths[0])
    if len(strengths) != len(order):
        return False
    return all(same_strength(by_name.get(name), strength) for name, strength in zip(order, strengths, strict=True))


def same_strength(listed: Amount | None, said: Amount) -> bool:
    """Whether a stated strength is a listed one. Concentrations are listed rounded, so they may differ by as much."""
    if listed is None or listed.unit.dimension is not said.unit.dimension:
        return False
    value = said.to(listed.unit).value
    if listed.unit is Unit.MG_PER_ML:
        return abs(value - listed.value) <= listed.value * _ROUNDING
    return value == listed.value


def _swapped(said: Description, alike: Iterable[ListedProduct]) -> tuple[Amount, ...] | None:
    if len(said.strengths) != len(said.ingredients) or len(said.strengths) < 2 or len(said.strengths) > 4:
        return None
    for order in permutations(said.strengths):
        if any(_strengths_fit(p, said.ingredients, order) for p in alike):
            return order
    return None


def _thousandfold(said: Description) -> Amount | None:
    """The strength a thousand (or a million) times smaller or larger that a product of the drug has, if one has."""
    if said.brand is not None and not any(_is_brand(p, said.brand) for p in listed_products()):
        return None  # a brand whose products we do not list, such as a depot injection
    said_strength = said.lead_strength
    listed = _listed_strengths(said.lead)
    if any(same_strength(strength, said_strength) for strength in listed):
        return None
    for power in (1000, Fraction(1, 1000), 10**6, Fraction(1, 10**6)):
        meant = said_strength * Fraction(power)
        for strength in listed:
            if same_strength(strength, meant):
                return strength
    return None


@remembered(1024)
def _listed_strengths(ingredient: str) -> tuple[Amount, ...]:
    """The strengths that an ingredient has in any listed product, each once."""
    components = (c for listed in listed_products() for c in listed.product.components)
    strengths = (c.strength for c in components if c.ingredient == ingredient)
    return tuple(dict.fromkeys(each for each in strengths if each is not None))


def _product(said: Description, fits: tuple[ListedProduct, ...], basis: tuple[ListedProduct, ...]) -> Product:
    one = fits[0] if len(fits) == 1 else None
    common = _common(tuple(p.product for p in basis))
    strengths = dict(zip(said.ingredients, said.strengths, strict=False))
    if len(said.strengths) == 1:
        strengths = {said.lead: said.strengths[0]}
    known = {c.ingredient: c for c in common.components} if common.components else {}
    has_opioid = not opioids().isdisjoint(said.ingredients)
    components = []
    for name in said.ingredients:
        found = known.get(name, Component(name))
        strength = strengths.get(name) or (found.strength if fits else None)
        role = found.role
        if role is Role.ACTIVE and has_opioid and name in ("naloxone", "naltrexone"):
            role = Role.DETERRENT
        components.append(evolve(found, strength=strength, role=role))
    return Product(
        components=tuple(components),
        form=(one.product.form if one else None) or said.form or common.form,
        route=said.route or common.route or (None if basis else _usual_route(said)),
        release=said.release or common.release,
        unit=common.unit,
        brand=said.brand,
        listed=one.product.listed if one else None,
        rxcui=one.product.rxcui if one else None,
        wear_hours=common.wear_hours,
        per_ml=one.product.per_ml if one else Fraction(1),
    )


_ROUTE_OF_FORM = {
    "suppository": "rectal",
    "patch": "transdermal",
    "sublingual tablet": "sublingual",
    "sublingual film": "sublingual",
    "buccal tablet": "buccal",
    "buccal film": "buccal",
    "nasal spray": "nasal",
}
"""Forms whose name says the route."""
_SWALLOWED = frozenset(
    {
        *_LIQUIDS,
        *("tablet", "capsule", "orally disintegrating tablet", "tablet for oral suspension", "chewable tablet"),
        "effervescent tablet",
    }
)
"""Forms that are swallowed where the drug has any product by mouth."""


def _usual_route(said: Description) -> str | None:
    """The route of a product outside the list: what its form says, or that of the leading ingredient's products."""
    if said.form in _ROUTE_OF_FORM:
        return _ROUTE_OF_FORM[said.form]
    routes = _routes_of(said.lead)
    if said.form in _SWALLOWED:
        return "oral" if "oral" in routes else None
    # without a form: of a combination its usual route, of one ingredient only where no product has another
    usual = "oral" in routes if said.brand is not None or len(said.ingredients) > 1 else routes == {"oral"}
    return "oral" if said.form is None and usual else None


@remembered(1024)
def _routes_of(ingredient: str) -> frozenset[str | None]:
    """The routes of the listed products that hold an ingredient, alone or with others."""
    products = (p for ingredients, group in _by_ingredients().items() if ingredient in ingredients for p in group)
    return frozenset(p.product.route for p in products)


@remembered(1024)
def _common(products: tuple[Product, ...]) -> Product:
    """What all of ``products`` have in common; parts they differ in are left open."""
    if not products:
        return Product(components=())
    first = products[0]

    def shared(values: Iterable[object]) -> bool:
        return len(set(values)) == 1

    components = tuple(
        component if shared(_component(p, component.ingredient) for p in products) else Component(component.ingredient)
        for component in first.components
    )
    return Product(
        components=components,
        form=first.form if shared(p.form for p in products) else None,
        route=first.route if shared(p.route for p in products) else None,
        release=first.release if shared(p.release for p in products) else None,
        unit=first.unit if shared(p.unit for p in products) else None,
        wear_hours=first.wear_hours if shared(p.wear_hours for p in products) else None,
    )


def _component(product: Product, ingredient: str) -> tuple[Amount | None, str, Role] | None:
    return next(((c.strength, c.salt, c.role) for c in product.components if c.ingredient == ingredient), None)
