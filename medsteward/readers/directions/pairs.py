"""What two numbers with a dash between them are: the strengths of a combination, or the ends of a range."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from attrs import evolve

from medsteward.drugs.matching import opioid_beside
from medsteward.model.amount import Amount
from medsteward.model.unit import Dimension, Unit
from medsteward.readers.directions.meanings import Part
from medsteward.readers.directions.naming import is_opioid
from medsteward.readers.directions.notes import Notes

STRENGTH_ALONE = Fraction(160)
"""In a pair such as 5-325, a number from here on is that of a partner such as acetaminophen, not of a range."""

Listed = Callable[[tuple[Fraction, Fraction]], bool]


def settle(
    part: Part, ingredients: tuple[str, ...], parts: Sequence[Part], listed: Listed, notes: Notes
) -> Part | None:
    """The part with ``5-325`` decided: two strengths of a combination, or a range; None, with a problem, if neither.

    ``listed`` answers whether two bare numbers are the listed strengths of a product of these ingredients.
    """
    if part.kind == "joined":
        notes.problem("DIR-007", f'"{part.text}" joins two amounts; give each product a line of its own')
        return None
    if part.kind != "pair":
        return part
    low, high, unit = part.low, part.high, part.extra
    several = len(ingredients) == 2 and not any(other.kind == "strengths" for other in parts)
    mass = unit is None or unit.dimension is Dimension.MASS
    if several and (listed((low, high)) or (mass and max(low, high) >= STRENGTH_ALONE)):
        return _strengths(part, mass=mass)
    if several and mass and (unit is not None or low > high) and _each_is_named(ingredients, parts):
        # two strengths of two named ingredients, in the order of the names; those of an opioid are never guessed
        if not is_opioid(ingredients):
            return _strengths(part, mass=mass)
        if low > high:
            name = " with ".join(ingredients)
            notes.problem("DIR-005", f'"{part.text}": no listed product of {name} has these strengths; check them')
            return None
    partner = opioid_of_pair(part, ingredients)
    if partner is not None:
        text = f"may be the strengths of {partner} with {ingredients[0]}: name each drug"
        notes.problem("DIR-007", f'"{part.text}" {text}')
        return None
    if low > high and mass and len(ingredients) == 1 and not is_opioid(ingredients):
        text = "may be two strengths: name each drug, or write the smaller number of a range first"
        notes.problem("DIR-007", f'"{part.text}" {text}')
        return None
    if low > high:
        notes.problem("NUM-002", f'"{part.text}" runs from a larger to a smaller number; write the smaller one first')
        return None
    if unit is None:
        return evolve(part, kind="count", extra=None)
    return evolve(part, kind="measure", low=Amount(low, unit), high=Amount(high, unit), extra=None)


def opioid_of_pair(part: Part, ingredients: Sequence[str]) -> str | None:
    """The opioid whose product with the one named ingredient has these two strengths: "acetaminophen 5-325"."""
    if part.kind != "pair" or len(ingredients) != 1:
        return None
    counted = part.extra is not None and part.extra.is_count and max(part.low, part.high) >= STRENGTH_ALONE
    if not counted and part.extra not in (None, Unit.MG):
        return None
    return opioid_beside(ingredients[0], frozenset((part.low, part.high)))


def _strengths(part: Part, *, mass: bool) -> Part:
    each = part.extra if part.extra is not None and mass else Unit.MG
    return evolve(part, kind="strengths", low=(Amount(part.low, each), Amount(part.high, each)), high=None, extra=None)


def _each_is_named(ingredients: tuple[str, ...], parts: Sequence[Part]) -> bool:
    return sum(1 for part in parts if part.kind == "name") == len(ingredients)
