"""Numbers and words of a line that can be read in two ways, one of them an opioid or another dose: they are asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from medsteward.drugs.matching import Match, is_known_combination, leading_ingredient
from medsteward.model.amount import Amount
from medsteward.model.number import decimal_text
from medsteward.model.product import Product
from medsteward.model.unit import Dimension, Unit
from medsteward.readers.directions.list_numbers import Glued
from medsteward.readers.directions.meanings import Part
from medsteward.readers.directions.naming import is_opioid
from medsteward.readers.directions.notes import Notes
from medsteward.readers.directions.pairs import opioid_of_pair

_PIECES = 4
"""Tablets are given in quarters at the finest."""
_FEW = 3
"""How many tablets "2-5 mg" may mean: two of 5 mg. Ours."""
_COUNT_AND_STRENGTH = re.compile(r"[1-9] ?- ?\d")
_NUMBERED = re.compile(r"#[234]\b")


def check_glued(glued: Glued, product: Product, matched: Match, notes: Notes) -> None:
    """Ask about "4.10 mg methadone": 4.1 mg, or line 4 and 10 mg, where products hold the second but not the first."""
    listed = _listed(product, matched, glued.unit)
    if Fraction(glued.second) not in listed or _is_made(glued.value, listed, whole=glued.unit is Unit.MCG_PER_H):
        return
    unit = glued.unit.value
    notes.cautions = [caution for caution in notes.cautions if caution.code != "NUM-101"]
    notes.problem(
        "DIR-007",
        f'"{glued.text} {unit}" may be {decimal_text(glued.value)} {unit}, or line {glued.first} of a list and '
        f"{glued.second} {unit}: begin the line with the drug's name",
    )


def check_dash(parts: Sequence[Part], product: Product, matched: Match, notes: Notes) -> None:
    """Ask about "2-5 mg oxycodone": a range, or two of 5 mg, where products hold the second but not the first."""
    for part in parts:
        if part.kind != "pair" or part.extra not in (Unit.MG, Unit.MCG) or not _COUNT_AND_STRENGTH.match(part.text):
            continue
        listed = _listed(product, matched, part.extra)
        if part.low > _FEW or part.high not in listed or _is_made(part.low, listed):
            continue
        unit, high, count = part.extra.value, decimal_text(part.high), str(Amount(part.low, Unit.TABLET))
        notes.problem(
            "DIR-007",
            f'"{part.text}" may be a range, or {decimal_text(part.low)} of {high} {unit}. For a count write '
            f'"{high} {unit} tablet, {count}"; for a range write {unit} after both numbers',
        )


def check_numbered(parts: Sequence[Part], product: Product, notes: Notes) -> None:
    """Ask about "Fiorinal #3": with codeine, or three capsules, where a product with codeine is sold."""
    ingredients = frozenset(component.ingredient for component in product.components)
    part = next((p for p in parts if p.kind == "quantity" and _NUMBERED.match(p.text)), None)
    if part is None or is_opioid(tuple(ingredients)) or not is_known_combination(ingredients | {"codeine"}):
        return
    name = product.brand or " with ".join(component.ingredient for component in product.components)
    notes.problem(
        "DRUG-002",
        f'"{name} {part.text}" could be {name} with codeine or a number of tablets; write the drug\'s name in full',
    )


def strengths_of_others(parts: Sequence[Part], product: Product) -> tuple[str, ...]:
    """The numbers that may be strengths of more drugs than are named: "acetaminophen 300-30" may hide codeine."""
    ingredients = tuple(component.ingredient for component in product.components)
    return tuple(part.text for part in parts if _is_of_others(part, ingredients))


def _is_of_others(part: Part, ingredients: tuple[str, ...]) -> bool:
    if part.kind == "strengths":
        return len(part.low) > len(ingredients)
    if part.kind == "joined":
        return len(ingredients) == 1
    falls = part.kind == "pair" and part.low > part.high
    return (falls and len(ingredients) == 1) or opioid_of_pair(part, ingredients) is not None


def _listed(product: Product, matched: Match, unit: Unit) -> frozenset[Fraction]:
    """The strengths of the opioid of a product, in one unit, among the products like it; none where it has none."""
    ingredients = tuple(component.ingredient for component in product.components)
    if not is_opioid(ingredients):
        return frozenset()
    lead = leading_ingredient(ingredients)
    components = (c for each in matched.alike for c in each.product.components if c.ingredient == lead)
    strengths = (c.strength for c in components if c.strength is not None)
    kinds = (Dimension.MASS, Dimension.RATE)
    same = (s for s in strengths if s.unit.dimension is unit.dimension and s.unit.dimension in kinds)
    return frozenset(strength.to(unit).value for strength in same)


def _is_made(value: Fraction, listed: frozenset[Fraction], *, whole: bool = False) -> bool:
    """Whether products or, unless ``whole``, their quarters make an amount."""
    return value in listed or (not whole and any((value * _PIECES / each).denominator == 1 for each in listed))
