"""How products are sold and worn, where a dispensing record needs it to be understood."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from medsteward.bibliography import cite
from medsteward.model.amount import Amount
from medsteward.model.source import Source, Standing
from medsteward.model.unit import Unit

_CDC_2018 = cite("CDC-2018", "Documentation sheet, worked examples")
_OURS = Standing.OURS


@frozen
class Bottle:
    """A liquid that records may count in bottles: its ingredient, route and concentration, and what a bottle holds."""

    ingredient: str
    route: str
    strength: Amount
    holds: Amount
    source: Source


BOTTLES = (
    Bottle(
        "butorphanol",
        "nasal",
        Amount(Fraction(10), Unit.MG_PER_ML),
        Amount(Fraction(5, 2), Unit.ML),
        _CDC_2018,
    ),
)
"""Bottles whose volume we know. Any other must be recorded in mL."""


@frozen
class OtherWear:
    """A wear time, in hours, that patches of an ingredient are prescribed for beside that of the label."""

    ingredient: str
    hours: int
    source: Source


OTHER_WEAR = (
    OtherWear(
        "fentanyl",
        48,
        cite("OURS", "fentanyl patches changed every 48 hours are common enough to expect"),
    ),
)
"""Wear times beside the label's. The rate that is worn stays the same; only how long supply lasts differs."""
