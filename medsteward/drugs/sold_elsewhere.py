"""Opioid products of other countries that the list of products, which is American, does not hold.

They only tell that a strength exists: a line that names one is no slip. No plan is made of them.
"""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

from attrs import frozen

from medsteward.bibliography import cite
from medsteward.caches import made_once, remembered
from medsteward.drugs.matching import Description, form_fits, same_strength
from medsteward.model.amount import Amount
from medsteward.model.number import exact
from medsteward.model.source import Source
from medsteward.model.unit import Unit

_FILE = Path(__file__).with_name("sold_elsewhere.csv")
_UNITS = {unit.value: unit for unit in Unit}


@frozen
class SoldElsewhere:
    """One product: its ingredients with their strengths, its form and release ("" where it has none), its source."""

    ingredients: tuple[str, ...]
    strengths: tuple[Amount, ...]
    form: str
    release: str
    country: str
    source: Source


@made_once
def sold_elsewhere() -> tuple[SoldElsewhere, ...]:
    """Every product of the list, in the order of the file."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            SoldElsewhere(
                tuple(row["ingredients"].split(" + ")),
                tuple(_amount(each) for each in row["strengths"].split(" + ")),
                row["form"],
                row["release"],
                row["country"],
                cite(row["work"], row["place"]),
            )
            for row in csv.DictReader(file)
        )


def _amount(text: str) -> Amount:
    number, unit = text.split(" ")
    return Amount(exact(number), _UNITS[unit])


@remembered(1024)
def is_sold_elsewhere(said: Description) -> bool:
    """Whether a product of another country is what is said: its strengths, and form and release where they are said."""
    return bool(said.strengths) and any(_is(said, each) for each in sold_elsewhere())


def releases_elsewhere(said: Description) -> frozenset[str]:
    """How fast the products of other countries that are what is said let go: "IR", "ER", "" where none is said."""
    return frozenset(each.release for each in sold_elsewhere() if said.strengths and _is(said, each))


def are_sold_elsewhere(ingredients: tuple[str, ...], numbers: tuple[Fraction, ...]) -> bool:
    """Whether bare numbers are the strengths in mg, in the order of the names, of a product of another country."""
    return is_sold_elsewhere(Description(ingredients, strengths=tuple(Amount(each, Unit.MG) for each in numbers)))


def _is(said: Description, sold: SoldElsewhere) -> bool:
    if set(said.ingredients) != set(sold.ingredients):
        return False
    if said.form is not None and not form_fits(sold.form, said.form):
        return False
    if said.release is not None and sold.release and said.release != sold.release:
        return False
    strengths = dict(zip(sold.ingredients, sold.strengths, strict=True))
    if len(said.strengths) == len(said.ingredients):
        stated = zip(said.ingredients, said.strengths, strict=True)
        return all(same_strength(strengths[name], strength) for name, strength in stated)
    return len(said.strengths) == 1 and same_strength(strengths[said.lead], said.strengths[0])
