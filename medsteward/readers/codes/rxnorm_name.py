"""A clinical drug name of RxNorm, taken apart, and the product it means.

The grammar, from right to left: ``[brand]``, dose form, then ``substance number unit`` joined by `` / ``, before them
``12 HR``, ``10 ML`` or ``80 ACTUAT`` and words such as ``Abuse-Deterrent``. Packs hold such names in braces, each with
its count. Counted on an extract of October 2020: 908 of 908 names and 4 of 4 packs have this shape.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve

from medsteward.caches import remembered
from medsteward.drugs.dose_forms import BY_NAME, DoseForm
from medsteward.drugs.index import find, name_of, opioids
from medsteward.drugs.matching import Description, match
from medsteward.drugs.salts import SALTS
from medsteward.drugs.suggest import suggestions
from medsteward.errors import NotANumber
from medsteward.model.amount import Amount
from medsteward.model.number import exact
from medsteward.model.problem import Caution, Problem
from medsteward.model.product import Component, Product, Role
from medsteward.model.rxnorm import NamedIngredient, NamedProduct, NamedStrength, PackItem, RxNormName
from medsteward.model.unit import Dimension, Unit

MAX_NAME = 4000
"""Characters of one name. The longest in RxNorm are vaccines and vitamins with dozens of components."""
MAX_DEPTH = 3
"""Packs within packs that are read. RxNorm has none within another."""
MAX_COMPONENTS = 100
"""Substances in one name."""
REMEMBERED = 50_000
"""How many different names are kept read."""

_ABOVE = {
    "mg": "mg",
    "mcg": "mcg",
    "ug": "mcg",
    "g": "g",
    "gm": "g",
    "ml": "mL",
    "l": "L",
    "unt": "units",
    "meq": "mEq",
    "mmol": "mmol",
    "mci": "mCi",
    "pnu": "PNU",
    "bau": "BAU",
    "au": "AU",
    "amb": "AMB",
    "ir": "IR",
    "cells": "cells",
    "%": "%",
}
_BELOW = {"ml": "mL", "l": "L", "mg": "mg", "g": "g", "gm": "g", "hr": "h", "actuat": "actuation", "sqcm": "cm2"}
_UNITS = _ABOVE | {
    f"{above}/{below}": f"{shown}/{per}" for above, shown in _ABOVE.items() for below, per in _BELOW.items()
}
"""The units of RxNorm in lower case, and how we write them."""

_AMOUNTS = {
    "mg": Unit.MG,
    "mcg": Unit.MCG,
    "g": Unit.G,
    "mg/mL": Unit.MG_PER_ML,
    "mcg/mL": Unit.MCG_PER_ML,
    "mg/h": Unit.MG_PER_H,
    "mcg/h": Unit.MCG_PER_H,
    "units": Unit.IU,
    "mEq": Unit.MEQ,
    "%": Unit.PERCENT,
}
_PER_ACTUATION = {"mg/actuation": Unit.MG, "mcg/actuation": Unit.MCG}

# words stand one space apart by then, so a substance ends where a space does; a plain space is what re skips to
_COMPONENT = re.compile(r"(?P<substance>.+) (?P<number>[\d.,]*\d) (?P<unit>[a-z%][a-z/%]*)(?: (?P<rest>.+))?")
_LEAD = re.compile(
    r"(?:(?P<number>\d[\d.,]*) (?P<unit>hr|ml|actuat|gm|g)|(?P<word>abuse-deterrent|matrix delivery|osmotic|"
    r"once-daily|twice-daily|once-weekly|biphasic|sensor|nda\d{6})) "
)
_PACK = re.compile(r"\{ ?(?P<items>.*?) ?\} ?pack", re.DOTALL | re.IGNORECASE)
_COUNT = re.compile(r"(?P<count>\d[\d.,]*) \(")
_SIZE = re.compile(r"\d[\d.,]* (?:ml|actuat|gm|g|mg|hr)")
_SHOWN = {"abuse-deterrent": "Abuse-Deterrent", "matrix delivery": "Matrix Delivery"}

_NO_BASE_WORDS = (
    "sodium potassium calcium magnesium lithium zinc ferrous ferric iron aluminum aluminium ammonium bismuth silver "
    "copper cupric manganese selenium barium strontium hydrogen ethyl methyl"
)
_NO_BASE = frozenset(_NO_BASE_WORDS.split())
"""What is left of ``potassium chloride`` without its last word is no base: such substances are kept whole."""
_SALT_EXTRAS = frozenset({"liposomal"})
_DETERRENTS = frozenset({"naloxone", "naltrexone", "samidorphan"})


def read_rxnorm_name(text: str) -> RxNormName:
    """Take a name of RxNorm apart: SCD, SBD, GPCK or BPCK, in any case.

    Nothing is converted and nothing left out: numbers and units are those printed, a salt stays with its strength.
    What was not understood is in ``problems`` (RXN-001 a part that is not understood, RXN-002 a part that is missing).
    Never raises for what a name may hold.

    >>> name = read_rxnorm_name("12 HR oxycodone hydrochloride 10 MG Extended Release Oral Tablet [OxyContin]")
    >>> name.ingredients[0].name, name.ingredients[0].salt, name.release, name.brand
    ('oxycodone', 'hydrochloride', 'ER', 'OxyContin')
    """
    if len(text) > MAX_NAME:
        what = f"this name has {len(text):,} characters; at most {MAX_NAME:,} are read"
        return RxNormName(text[:80], problems=(Problem("RXN-001", "", what),))
    return _kept(text)


@remembered(REMEMBERED)
def _kept(text: str) -> RxNormName:
    return _read(text, 0)


def _read(text: str, depth: int) -> RxNormName:
    plain = " ".join(text.split())
    body, brand, problems = _brand(plain)
    low = body.casefold()
    if low.startswith("{"):
        return _pack(text, body, brand, problems, depth)
    return _single(text, low, brand, problems)


def _brand(plain: str) -> tuple[str, str | None, list[Problem]]:
    """The text between the last ``[`` and a final ``]``, which may hold anything."""
    if not plain.endswith("]"):
        return plain, None, []
    start = plain.rfind("[")
    brand = plain[start + 1 : -1].strip()
    if start < 0 or not brand:
        return plain.rstrip("]").rstrip("["), None, [_odd("a brand stands in brackets, as in [OxyContin]")]
    return plain[:start].rstrip(), brand, []


def _odd(text: str) -> Problem:
    return Problem("RXN-001", "", text)


def _lacking(text: str) -> Problem:
    return Problem("RXN-002", "", text)


# --- one product --------------------------------------------------------------------------------------------------


def _single(text: str, low: str, brand: str | None, problems: list[Problem]) -> RxNormName:
    qualifiers: list[str] = []
    leads: dict[str, Fraction] = {}
    low = _leads(low, qualifiers, leads, problems)
    ingredients: list[NamedIngredient] = []
    tail = ""
    parts = low.split(" / ")
    if len(parts) > MAX_COMPONENTS:
        problems.append(_odd(f"this name has {len(parts)} parts; at most {MAX_COMPONENTS} are read"))
        return RxNormName(text, brand=brand, problems=tuple(problems))
    for number, part in enumerate(parts, start=1):
        found = _COMPONENT.fullmatch(part)
        if found is None:
            substance, tail = _without_strength(part, problems, last=number == len(parts))
            if substance:
                ingredients.append(NamedIngredient(*_base_and_salt(substance)))
            continue
        substance, value, unit, rest = found.groups()
        ingredient, wrong = _ingredient(substance, value, unit)
        ingredients.append(ingredient)
        problems += wrong
        tail = rest or ""
        if tail and number < len(parts):
            problems.append(_odd(f'not understood: "{tail[:60]}" after {substance[:60]}'))
    shown, form = _form(tail, problems)
    if not ingredients:
        problems.append(_odd("no substance is named here"))
    return RxNormName(
        text=text,
        ingredients=_with_roles(ingredients),
        form=shown,
        release=form.release if form else None,
        route=form.route if form else None,
        brand=brand,
        qualifiers=tuple(qualifiers),
        hours=leads.get("hr"),
        volume_ml=leads.get("ml"),
        actuations=leads.get("actuat"),
        problems=tuple(problems),
    )


def _leads(low: str, qualifiers: list[str], leads: dict[str, Fraction], problems: list[Problem]) -> str:
    """What stands before the first substance, and the rest."""
    while found := _LEAD.match(low):
        low = low[found.end() :]
        number, unit, word = found.groups()
        if word:
            qualifiers.append(_SHOWN.get(word, word.upper() if word.startswith("nda") else word.capitalize()))
            continue
        value = _number(number, problems)
        if unit in leads:
            problems.append(_odd(f'"{number} {unit}" stands here a second time'))
        elif value is not None:
            leads[unit] = value
    return low


@remembered(4096)
def _exact(text: str) -> Fraction | None:
    try:
        return exact(text)
    except NotANumber:
        return None


def _number(text: str, problems: list[Problem]) -> Fraction | None:
    value = _exact(text)
    if value is None:
        problems.append(_odd(f'"{text[:40]}" is not a number as RxNorm prints them, such as 0.025'))
    return value


def _odd_strength(number: str, unit: str, problems: list[Problem]) -> NamedStrength | None:
    """A strength with a number or a unit that cannot be meant, as far as it is understood."""
    value = _number(number, problems)
    shown = _UNITS.get(unit)
    if shown is None:
        problems.append(_odd(f'the unit "{unit[:40].upper()}" is not one we know'))
        shown = unit.upper()
    if value == 0:
        problems.append(_odd(f"a strength of 0 {shown} cannot be meant"))
    return NamedStrength(value, shown) if value is not None else None


def _without_strength(part: str, problems: list[Problem], *, last: bool) -> tuple[str, str]:
    """Substance and dose form of a component that states no strength."""
    words = part.split(" ") if part else []
    tail = ""
    if last:
        for start in range(len(words)):
            if " ".join(words[start:]) in BY_NAME:
                tail = " ".join(words[start:])
                words = words[:start]
                break
    substance = " ".join(words)
    if substance:
        problems.append(_lacking(f"{substance[:60]} has no strength here, such as 10 MG"))
    return substance, tail


def _form(tail: str, problems: list[Problem]) -> tuple[str | None, DoseForm | None]:
    if not tail:
        problems.append(_lacking("no dose form is named here, such as Oral Tablet"))
        return None, None
    known = BY_NAME.get(tail)
    if known is not None:
        return known
    words = tail.split(" ")
    for start in range(1, len(words)):
        known = BY_NAME.get(" ".join(words[start:]))
        if known is not None:
            problems.append(_odd(f'not understood: "{" ".join(words[:start])[:60]}" before {known[0]}'))
            return known
    problems.append(_odd(f'"{tail[:60]}" is not a dose form we know'))
    return tail, None


@remembered(REMEMBERED)
def _ingredient(substance: str, number: str, unit: str) -> tuple[NamedIngredient, tuple[Problem, ...]]:
    name, salt = _base_and_salt(substance)
    value, shown = _exact(number), _UNITS.get(unit)
    if value and shown is not None:
        return NamedIngredient(name, salt, NamedStrength(value, shown)), ()
    problems: list[Problem] = []
    return NamedIngredient(name, salt, _odd_strength(number, unit, problems)), tuple(problems)


@remembered(4096)
def _base_and_salt(substance: str) -> tuple[str, str]:
    """``morphine sulfate liposomal`` is morphine and its salt; ``potassium chloride`` is one substance."""
    words = substance.split(" ")
    for end in range(1, len(words) + 1):
        if end < len(words) and words[end - 1] in _NO_BASE:
            continue
        found = name_of(" ".join(words[:end]))
        if found is None or found.brand is not None or len(found.ingredients) > 1:
            continue
        if all(word in SALTS or word in _SALT_EXTRAS for word in words[end:]):
            return " ".join(words[:end]), " ".join(words[end:])
    end = len(words)
    while end > 1 and words[end - 1] in SALTS:
        end -= 1
    if end == len(words) or words[end - 1] in _NO_BASE:
        return substance, ""
    return " ".join(words[:end]), " ".join(words[end:])


def _with_roles(found: Sequence[NamedIngredient]) -> tuple[NamedIngredient, ...]:
    """Naloxone or naltrexone beside an opioid deters; alone it is the medicine."""
    if len(found) > 1 and any(each.name in _DETERRENTS for each in found) and any(map(_is_opioid, found)):
        return tuple(evolve(each, role=Role.DETERRENT) if each.name in _DETERRENTS else each for each in found)
    return tuple(found)


def _is_opioid(found: NamedIngredient) -> bool:
    known = name_of(found.name)
    return known is not None and not opioids().isdisjoint(known.ingredients)


# --- packs --------------------------------------------------------------------------------------------------------


def _pack(text: str, body: str, brand: str | None, problems: list[Problem], depth: int) -> RxNormName:
    found = _PACK.fullmatch(body)
    if depth >= MAX_DEPTH or (found is None and "}" not in body):
        problems.append(_odd("the brace of this pack is not closed, or it lies in too many others"))
        return RxNormName(text, brand=brand, form="Pack", problems=tuple(problems))
    if found is None:
        end = body.rindex("}")
        after = body[end + 1 :].strip()
        problems.append(_odd(f'after the braces of a pack stands Pack, not "{after[:60]}"'))
        inside = body[1:end].strip()
    else:
        inside = body[found.start("items") : found.end("items")]
    items: list[PackItem] = []
    for count, inner in _items(inside, problems):
        name = _read(inner, depth + 1)
        problems += [evolve(each, text=f"in the pack: {each.text}") for each in name.problems]
        items.append(PackItem(count, name))
    if not items:
        problems.append(_odd("nothing lies in this pack"))
    ingredients = tuple(dict.fromkeys(each for item in items for each in item.name.ingredients))
    routes = {item.name.route for item in items}
    releases = {item.name.release for item in items}
    return RxNormName(
        text=text,
        ingredients=ingredients,
        form="Pack",
        release=releases.pop() if len(releases) == 1 else None,
        route=routes.pop() if len(routes) == 1 else None,
        brand=brand,
        pack=tuple(items),
        problems=tuple(dict.fromkeys(problems)),
    )


def _items(inside: str, problems: list[Problem]) -> list[tuple[Fraction, str]]:
    """Count and name of each item: ``2 (name) / 5 (name)``, also with the size apart: ``1 (0.1 ML) (name)``."""
    found = []
    at = 0
    while at < len(inside):
        start = _COUNT.match(inside, at)
        end = _closing(inside, start.end() - 1) if start else -1
        if start is None or end < 0:
            problems.append(_odd(f'not understood in the pack: "{inside[at : at + 60]}"'))
            break
        count = _number(start["count"], problems)
        inner = inside[start.end() : end].strip()
        if _SIZE.fullmatch(inner.casefold()) and inside[end + 1 : end + 3] == " (":
            size, begin = inner, end + 3
            end = _closing(inside, begin - 1)
            if end < 0:
                problems.append(_odd(f'not understood in the pack: "{inside[at : at + 60]}"'))
                break
            inner = f"{size} {inside[begin:end].strip()}"
        if count is None or count == 0:
            problems.append(_odd(f'"{start["count"]}" cannot be the number of items in a pack'))
        else:
            found.append((count, inner))
        at = end + 1
        if at < len(inside) and not inside.startswith(" / ", at):
            problems.append(_odd(f'not understood in the pack: "{inside[at : at + 60].strip()}"'))
            break
        at += 3
    return found


def _closing(text: str, opening: int) -> int:
    """Where the bracket opened at ``opening`` is closed, or -1."""
    depth = 0
    for at in range(opening, len(text)):
        if text[at] == "(":
            depth += 1
        elif text[at] == ")":
            depth -= 1
            if depth == 0:
                return at
    return -1


# --- the product that is meant ------------------------------------------------------------------------------------


@remembered(REMEMBERED)
def product_of(name: RxNormName) -> NamedProduct:
    """The product that a name means, in our ingredients, forms and units.

    Strengths keep the substance printed: none is turned from a salt to its base. Per hour becomes mcg/h, per actuation
    the mass of one spray, a pack the item it holds, if it holds one kind. ``listed`` and ``rxcui`` are set when just
    one product of our list is meant. Problems: those of the name, DRUG-001 (no ingredient is known), RXN-003 (a
    product whose mg cannot be counted as those of its ingredient). An unknown ingredient beside a known one is a
    warning (RXN-102).
    """
    if name.pack:
        return _product_of_pack(name)
    problems = list(name.problems)
    cautions: list[Caution] = []
    components = _components(name, problems, cautions)
    if components is None:
        return NamedProduct(None, tuple(problems), tuple(cautions))
    form = BY_NAME[name.form.casefold()][1] if name.form and name.form.casefold() in BY_NAME else None
    per_actuation = any(each.strength and each.strength.unit in _PER_ACTUATION for each in name.ingredients)
    shape = Product(
        components=components,
        form=form.form if form else None,
        route=_route(form, components),
        release=form.release if form else None,
        unit=_counted(form, components) if form else None,
        brand=name.brand,
    )
    if per_actuation and form is not None and form.form == "patch":
        # Ionsys: a system that gives a dose at the press of a button, in hospital
        shape = evolve(shape, form="iontophoretic system", route="iontophoretic", release=None, unit=Unit.ACTUATION)
    if any(each.salt.endswith("liposomal") for each in name.ingredients):
        shape = evolve(shape, route="epidural")
    _check(name, problems)
    if problems or shape.route == "iontophoretic":
        return NamedProduct(shape, tuple(problems), tuple(cautions))
    return NamedProduct(_listed(shape, name.volume_ml), (), tuple(cautions))


def _product_of_pack(name: RxNormName) -> NamedProduct:
    inside = [product_of(item.name) for item in name.pack]
    cautions = tuple(dict.fromkeys(caution for each in inside for caution in each.cautions))
    problems = tuple(dict.fromkeys((*name.problems, *(p for each in inside for p in each.problems))))
    products = list(dict.fromkeys(evolve(each.product, brand=name.brand) for each in inside if each.product))
    if len(products) == 1 and all(each.product for each in inside):
        return NamedProduct(products[0], problems, cautions)
    several = Problem("RXN-003", "", "this pack holds several products; give each one a line of its own")
    if not products:
        return NamedProduct(None, problems or (several,), cautions)
    # what is in it is known, how much of each is taken is not
    components = tuple({c.ingredient: evolve(c, strength=None) for p in products for c in p.components}.values())
    routes = {product.route for product in products}
    mixed = Product(components, route=routes.pop() if len(routes) == 1 else None, brand=name.brand)
    return NamedProduct(mixed, (*problems, several), cautions)


def _components(name: RxNormName, problems: list[Problem], cautions: list[Caution]) -> tuple[Component, ...] | None:
    """Our ingredients with their strengths, each once; None where none of them is known."""
    found: dict[str, Component] = {}
    unknown: list[str] = []
    topical = name.route == "topical"
    for each in name.ingredients:
        known = name_of(each.substance) or name_of(each.name.removesuffix(", usp"))
        if known is None or known.brand is not None or len(known.ingredients) != 1:
            ingredient = each.name
            unknown.append(ingredient)
        else:
            ingredient = known.ingredients[0]
            if topical and find(f"{ingredient} topical") is not None:
                ingredient = f"{ingredient} topical"
        component = Component(ingredient, _amount(each, problems), each.salt, each.role)
        found[ingredient] = _added(found[ingredient], component, cautions) if ingredient in found else component
    if len(unknown) == len(name.ingredients):
        for one in dict.fromkeys(unknown):
            near = suggestions(one)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            problems.append(Problem("DRUG-001", "", f'"{one[:60]}" is not a drug we know{hint}', near))
        return None
    for one in dict.fromkeys(unknown):
        cautions.append(Caution("RXN-102", f'"{one[:60]}" is not a drug we know; it was not checked'))
    return tuple(found.values())


def _added(one: Component, other: Component, cautions: list[Caution]) -> Component:
    """Two salts of one ingredient in one product: their labelled mg together."""
    salt = " and ".join(dict.fromkeys(filter(None, (one.salt, other.salt))))
    if one.strength is None or other.strength is None or one.strength.unit is not other.strength.unit:
        return evolve(one, salt=salt, strength=None)
    total = one.strength + other.strength
    cautions.append(
        Caution("RXN-101", f"{one.ingredient}: {one.strength} and {other.strength} of two salts were added to {total}")
    )
    return evolve(one, salt=salt, strength=total)


def _amount(found: NamedIngredient, problems: list[Problem]) -> Amount | None:
    strength = found.strength
    if strength is None:
        return None
    if strength.unit == "mg/mg":
        return Amount(strength.value * 100, Unit.PERCENT)
    unit = _AMOUNTS.get(strength.unit) or _PER_ACTUATION.get(strength.unit)
    if unit is None:
        if _is_opioid(found) and not problems:
            problems.append(_odd(f"{found.substance}: a strength in {strength.unit} is not one we count with"))
        return None
    amount = Amount(strength.value, unit)
    if unit is Unit.MG_PER_H:
        return amount.to(Unit.MCG_PER_H)
    if unit is Unit.MCG_PER_ML:
        return amount.to(Unit.MG_PER_ML)
    return amount


def _route(form: DoseForm | None, components: Sequence[Component]) -> str | None:
    if form is None:
        return None
    if form.route == "transmucosal oral" and not any(each.ingredient in opioids() for each in components):
        return "oral"
    return form.route


def _check(name: RxNormName, problems: list[Problem]) -> None:
    """Products whose mg are not what a factor multiplies."""
    for each in name.ingredients:
        if each.substance == "opium tincture":
            problems.append(
                Problem(
                    "RXN-003", "", "the mg of opium tincture are of the tincture, not of opium; they are not counted"
                )
            )


def _counted(form: DoseForm, components: Sequence[Component]) -> Unit | None:
    """What the strength is per: the unit of the form, mL for a concentration; None where the two do not fit."""
    dimensions = {each.strength.unit.dimension for each in components if each.strength is not None}
    if Dimension.CONCENTRATION in dimensions:
        return Unit.ML
    if (Dimension.RATE in dimensions) != (form.unit is Unit.PATCH) and dimensions - {Dimension.SHARE}:
        return None
    return None if form.unit is Unit.ML and dimensions else form.unit


def _listed(shape: Product, volume: Fraction | None) -> Product:
    """``shape`` as the one product of our list that it is, or as it stands."""
    order = tuple(each.ingredient for each in shape.components)
    strengths = tuple(each.strength for each in shape.components if each.strength is not None)
    if len(strengths) != len(order) or any(find(each) is None for each in order):
        return shape
    form = "vial" if shape.form == "injection" else shape.form
    said = Description(order, shape.brand, form, shape.route, shape.release, strengths)
    found = match(said).fits
    if not found and shape.form == "nasal spray" and volume is not None and shape.unit is Unit.ML:
        # 0.1 ML naloxone 40 MG/ML: a device that gives all it holds in one spray, listed by the mass of the spray
        strengths = tuple(Amount(each.value * volume, Unit.MG) for each in strengths)
        found = match(evolve(said, strengths=strengths)).fits
        filled = zip(shape.components, strengths, strict=True)
        if len(found) == 1:
            shape = evolve(shape, components=tuple(evolve(each, strength=strength) for each, strength in filled))
    if len(found) != 1:
        return shape
    (one,) = found
    return evolve(
        shape,
        components=tuple(_as_listed(each, one.product) for each in shape.components),
        form=one.product.form,
        route=one.product.route,
        release=one.product.release,
        unit=one.product.unit,
        listed=one.product.listed,
        rxcui=one.product.rxcui,
        wear_hours=one.product.wear_hours,
    )


def _as_listed(mine: Component, listed: Product) -> Component:
    """The component in the unit of the list: 0.1 mg a spray is 100 mcg."""
    theirs = next(each for each in listed.components if each.ingredient == mine.ingredient)
    if mine.strength is None or theirs.strength is None:
        return mine
    return evolve(mine, strength=mine.strength.to(theirs.strength.unit))
