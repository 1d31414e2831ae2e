"""What two numbers with a dash between them are: the strengths of a combination, or the ends of a range."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from medsteward.drugs.matching import opioid_beside
from medsteward.model.amount import Amount
from medsteward.model.unit import Dimension, Unit
from medsteward.readers.directions.kinds import BareNumber, Joined, MeasurePhrase, NamePhrase, Pair, Phrase, Strengths
from medsteward.readers.directions.naming import is_opioid
from medsteward.readers.directions.notes import Notes
from medsteward.thresholds import figure

STRENGTH_ALONE = figure("partner_from")
"""In a pair such as 5-325, a number from here on is that of a partner such as acetaminophen, not of a range."""

Listed = Callable[[tuple[Fraction, Fraction]], bool]


def settle(
    phrase: Phrase, ingredients: tuple[str, ...], phrases: Sequence[Phrase], listed: Listed, notes: Notes
) -> Phrase | None:
    """The phrase with ``5-325`` decided: two strengths of a combination, or a range; None, with a problem, if neither.

    ``listed`` answers whether two bare numbers are the listed strengths of a product of these ingredients.
    """
    match phrase:
        case Joined(text=text):
            notes.problem("DIR-007", f'"{text}" joins two amounts; give each product a line of its own')
            return None
        case Pair():
            return _settled(phrase, ingredients, phrases, listed, notes)
    return phrase


def _settled(
    pair: Pair, ingredients: tuple[str, ...], phrases: Sequence[Phrase], listed: Listed, notes: Notes
) -> Strengths | BareNumber | MeasurePhrase | None:
    low, high, unit = pair.first, pair.second, pair.unit
    falls = low > high
    several = len(ingredients) == 2 and not any(isinstance(other, Strengths) for other in phrases)
    mass = unit is None or unit.dimension is Dimension.MASS
    if several and (listed((low, high)) or (mass and max(low, high) >= STRENGTH_ALONE)):
        return _strengths(pair, mass=mass)
    if several and mass and (unit is not None or falls) and _each_is_named(ingredients, phrases):
        # two strengths of two named ingredients, in the order of the names; those of an opioid are never guessed
        if not is_opioid(ingredients):
            return _strengths(pair, mass=mass)
        if falls:
            name = " with ".join(ingredients)
            notes.problem("DIR-005", f'"{pair.text}": no listed product of {name} has these strengths; check them')
            return None
    partner = opioid_of_pair(pair, ingredients)
    if partner is not None:
        text = f"may be the strengths of {partner} with {ingredients[0]}: name each drug"
        notes.problem("DIR-007", f'"{pair.text}" {text}')
        return None
    if falls and mass and len(ingredients) == 1 and not is_opioid(ingredients):
        text = "may be two strengths: name each drug, or write the smaller number of a range first"
        notes.problem("DIR-007", f'"{pair.text}" {text}')
        return None
    if falls:
        notes.problem("NUM-002", f'"{pair.text}" runs from a larger to a smaller number; write the smaller one first')
        return None
    if unit is None:
        return BareNumber(pair.text, low, high, bracketed=pair.bracketed)
    return MeasurePhrase(pair.text, Amount(low, unit), Amount(high, unit), bracketed=pair.bracketed)


def opioid_of_pair(pair: Pair, ingredients: Sequence[str]) -> str | None:
    """The opioid whose product with the one named ingredient has these two strengths: "acetaminophen 5-325"."""
    if len(ingredients) != 1:
        return None
    counted = pair.unit is not None and pair.unit.is_count and max(pair.first, pair.second) >= STRENGTH_ALONE
    if not counted and pair.unit not in (None, Unit.MG):
        return None
    return opioid_beside(ingredients[0], frozenset((pair.first, pair.second)))


def _strengths(pair: Pair, *, mass: bool) -> Strengths:
    unit = pair.unit if pair.unit is not None and mass else Unit.MG
    return Strengths(pair.text, (Amount(pair.first, unit), Amount(pair.second, unit)), bracketed=pair.bracketed)


def _each_is_named(ingredients: tuple[str, ...], phrases: Sequence[Phrase]) -> bool:
    return sum(1 for phrase in phrases if isinstance(phrase, NamePhrase)) == len(ingredients)
