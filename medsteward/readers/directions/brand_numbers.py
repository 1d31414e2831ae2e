"""A number right behind a drug's name that is its strength: "Duragesic-50", "Lortab 5, one to two every 4 hours"."""

from __future__ import annotations

from collections.abc import Sequence

from medsteward.drugs.matching import Description, leading_ingredient, match
from medsteward.drugs.name import Name
from medsteward.model.amount import Amount
from medsteward.model.number import decimal_text
from medsteward.model.unit import Dimension
from medsteward.readers.directions.kinds import (
    AmountPhrase,
    BareNumber,
    Mark,
    MeasurePhrase,
    NamePhrase,
    Phrase,
    Strength,
)

_STRENGTHS = (Dimension.MASS, Dimension.RATE)


def with_strengths(found: Sequence[Phrase], folded: str) -> list[Phrase]:
    """The phrases, with a number behind a name as the strength that it is.

    It is one where it is glued to a brand with a dash, or where the line counts the dose besides; and only where a
    product of that name has it. In any other place it may be a count, which is asked about elsewhere.
    """
    phrases = list(found)
    if BareNumber not in set(map(type, phrases)):
        return phrases
    for at, phrase in enumerate(phrases):
        if not isinstance(phrase, NamePhrase) or at + 1 >= len(phrases):
            continue
        dashed = isinstance(phrases[at + 1], Mark) and phrases[at + 1].text == "-"
        number = phrases[at + 1 + dashed] if at + 1 + dashed < len(phrases) else None
        if not isinstance(number, BareNumber) or number.low != number.high or not number.text.isdigit():
            continue
        if dashed and not (phrase.name.brand and f"{phrase.text}-{number.text}" in folded):
            continue
        others = [each for each in phrases[at + 2 :] if each is not number and _counts(each)]
        strength = _strength(phrase.name, number) if dashed or others else None
        if strength is not None:
            phrases[at + 1 : at + 2 + dashed] = [Strength(number.text, strength)]
    return phrases


def _counts(phrase: Phrase) -> bool:
    """Whether a phrase says how many are taken."""
    if isinstance(phrase, MeasurePhrase):
        return phrase.low.unit.is_count
    return isinstance(phrase, AmountPhrase) and isinstance(phrase, BareNumber)


def _strength(name: Name, number: BareNumber) -> Amount | None:
    """The one strength with this number among the products of a name; None: there is none, or several units of it."""
    lead = leading_ingredient(name.ingredients)
    products = match(Description(name.ingredients, name.brand)).alike
    if name.brand is not None:
        products = tuple(p for p in products if any(each.casefold() == name.brand.casefold() for each in p.brands))
    strengths = {
        component.strength
        for listed in products
        for component in listed.product.components
        if component.ingredient == lead and component.strength is not None
    }
    fitting = [
        each for each in strengths if each.unit.dimension in _STRENGTHS and decimal_text(each.value) == number.text
    ]
    return fitting[0] if len(fitting) == 1 else None
