"""Numbers and words of a line that can be read in two ways, one of them an opioid or another dose: they are asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from medsteward.drugs.matching import Match, is_known_combination
from medsteward.model.amount import Amount
from medsteward.model.number import decimal_text
from medsteward.model.product import Product
from medsteward.model.unit import Dimension, Unit
from medsteward.readers.directions.found import Phrases
from medsteward.readers.directions.kinds import Joined, Pair, Phrase, Quantity, Strengths
from medsteward.readers.directions.list_numbers import Glued
from medsteward.readers.directions.notes import Notes
from medsteward.readers.directions.pairs import opioid_of_pair
from medsteward.thresholds import whole

_PIECES = whole("pieces")
"""Tablets are given in quarters at the finest."""
_FEW = whole("few_tablets")
"""How many tablets "2-5 mg" may mean: two of 5 mg."""
_COUNT_AND_STRENGTH = re.compile(r"(?:[1-9]|one|two|three) ?- ?\d")
_NUMBERED = re.compile(r"#[234]\b")


def check_glued(glued: Glued, product: Product, matched: Match, notes: Notes) -> None:
    """Ask about "4.10 mg methadone": 4.1 mg, or line 4 and 10 mg, where products hold the second but not the first."""
    listed = _listed(product, matched, glued.unit)
    if not (glued.likely or Fraction(glued.second) in listed) or _is_made(
        glued.value, listed, whole=glued.unit is Unit.MCG_PER_H
    ):
        return
    unit = glued.unit.value
    notes.cautions = [caution for caution in notes.cautions if caution.code != "NUM-101"]
    notes.problem(
        "DIR-007",
        f'"{glued.text} {unit}" may be {decimal_text(glued.value)} {unit}, or line {glued.first} of a list and '
        f"{glued.second} {unit}: begin the line with the drug's name",
    )


def check_dash(phrases: Phrases, product: Product, matched: Match, notes: Notes) -> None:
    """Ask about "2-5 mg oxycodone": a range, or two of 5 mg, where products hold the second but not the first."""
    for pair in phrases.all(Pair):
        if pair.unit not in (Unit.MG, Unit.MCG):
            continue
        listed = _listed(product, matched, pair.unit)
        is_count = _COUNT_AND_STRENGTH.match(pair.text) and pair.first <= _FEW
        if not is_count or pair.second not in listed or _is_made(pair.first, listed):
            continue
        unit, high, count = pair.unit.value, decimal_text(pair.second), str(Amount(pair.first, Unit.TABLET))
        notes.problem(
            "DIR-007",
            f'"{pair.text}" may be a range, or {decimal_text(pair.first)} of {high} {unit}. For a count write '
            f'"{high} {unit} tablet, {count}"; for a range write {unit} after both numbers',
        )


def check_numbered(phrases: Phrases, product: Product, notes: Notes) -> None:
    """Ask about "Fiorinal #3": with codeine, or three capsules, where a product with codeine is sold."""
    numbered = next((quantity for quantity in phrases.all(Quantity) if _NUMBERED.match(quantity.text)), None)
    if numbered is None:
        return
    ingredients = product.ingredients
    if product.is_opioid or not is_known_combination(ingredients | {"codeine"}):
        return
    name = product.brand or " with ".join(component.ingredient for component in product.components)
    notes.problem(
        "DRUG-002",
        f'"{name} {numbered.text}" could be {name} with codeine or a number of tablets; write the drug\'s name in full',
    )


def strengths_of_others(phrases: Sequence[Phrase], product: Product) -> tuple[str, ...]:
    """The numbers that may be strengths of more drugs than are named: "acetaminophen 300-30" may hide codeine."""
    ingredients = tuple(component.ingredient for component in product.components)
    return tuple(phrase.text for phrase in phrases if _is_of_others(phrase, ingredients))


def _is_of_others(phrase: Phrase, ingredients: tuple[str, ...]) -> bool:
    match phrase:
        case Strengths(each=each):
            return len(each) > len(ingredients)
        case Joined():
            return len(ingredients) == 1
        case Pair(first=first, second=second):
            return (first > second and len(ingredients) == 1) or opioid_of_pair(phrase, ingredients) is not None
    return False


def _listed(product: Product, matched: Match, unit: Unit) -> frozenset[Fraction]:
    """The strengths of the opioid of a product, in one unit, among the products like it; none where it has none."""
    if not product.is_opioid:
        return frozenset()
    lead = product.lead
    components = (c for each in matched.alike for c in each.product.components if c.ingredient == lead)
    strengths = (c.strength for c in components if c.strength is not None)
    kinds = (Dimension.MASS, Dimension.RATE)
    same = (s for s in strengths if s.unit.dimension is unit.dimension and s.unit.dimension in kinds)
    return frozenset(strength.to(unit).value for strength in same)


def _is_made(value: Fraction, listed: frozenset[Fraction], *, whole: bool = False) -> bool:
    """Whether products or, unless ``whole``, their quarters make an amount."""
    return value in listed or (not whole and any((value * _PIECES / each).denominator == 1 for each in listed))
