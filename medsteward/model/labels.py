"""The strength of a liquid as its label says it: for the volume of a dose (10 mg/5 mL), where we count in mg/mL."""

from __future__ import annotations

import math
import re
from fractions import Fraction

from medsteward.model.amount import Amount
from medsteward.model.number import decimal_text
from medsteward.model.unit import Unit

_PER_ML = re.compile(r"(\d[\d.]*) (mg|mcg|g)/(?:(\d[\d.]*) )?mL")
LISTED_WITHIN = Fraction(3, 2000)
"""How far a strength for one mL may be from that on its label: products are listed with three figures (0.667 mg/mL)."""


def as_labelled(name: str, per_ml: Fraction) -> str:
    """A product's name with its strengths for the volume that its label states: ``morphine 10 mg/5 mL solution``."""
    if per_ml == 1:
        return name
    return _PER_ML.sub(lambda found: f"{_label_mass(_per_one(found), per_ml)} {found[2]}/{_volume(per_ml)}mL", name)


def label_volume(text: str) -> Fraction:
    """The volume for which a text states the strength of a liquid, in mL: 5 for ``10 mg/5 mL``; 1 where it has none."""
    found = _PER_ML.search(text)
    return Fraction(found[3] or 1) if found else Fraction(1)


def _per_one(found: re.Match[str]) -> Fraction:
    return Fraction(found[1]) / Fraction(found[3] or 1)


def _volume(per_ml: Fraction) -> str:
    return "" if per_ml == 1 else f"{decimal_text(per_ml)} "


def _label_mass(strength: Fraction, per_ml: Fraction) -> str:
    """How much the stated volume holds: to two figures where that is what the list of products rounded from."""
    exact = strength * per_ml
    places = 1 - math.floor(math.log10(exact))
    short = round(exact * Fraction(10) ** places) / Fraction(10) ** places
    return decimal_text(short if abs(exact - short) <= exact * LISTED_WITHIN else exact)


def strength_words(strength: Amount, unit: Unit, per_ml: Fraction) -> str:
    """A strength for the unit it is of, as a label says it: ``30 mg``, ``10 mg/5 mL``, ``25 mcg/h``."""
    if unit is not Unit.ML or "/" in strength.unit.value:
        return str(strength)
    return f"{_label_mass(strength.value, per_ml)} {strength.unit.value}/{_volume(per_ml)}mL"
