"""How many patches a record means to be worn at once: patches, days' supply and wear time must fit together."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil

from attrs import frozen

from medsteward.thresholds import whole

MOST_AT_ONCE = whole("patches_at_once")
"""Patches worn at one time beyond which a record is taken for a slip."""


@frozen
class Worn:
    """Patches worn at one time, and how many hours each stays on."""

    patches: int
    hours: int


def worn(quantity: Fraction, days: int, labelled: int, others: Iterable[int] = ()) -> Worn | None:
    """What a quantity of patches for some days means, or None where no wear time fits.

    One patch at the labelled wear time comes first; then several at once at the labelled time, where the number of
    changes is just what the days need; then another known wear time; and last, several at the labelled time within
    one change of what the days need.
    """
    if quantity.denominator != 1 or quantity <= 0:
        return None
    count = int(quantity)
    at_once = [number for number in range(1, MOST_AT_ONCE + 1) if count % number == 0]
    if _is_near(count, days, labelled):
        return Worn(1, labelled)
    for number in at_once:
        if _is_exact(count // number, days, labelled):
            return Worn(number, labelled)
    for hours in others:
        for number in at_once:
            if _is_exact(count // number, days, hours):
                return Worn(number, hours)
    for number in at_once:
        if _is_near(count // number, days, labelled):
            return Worn(number, labelled)
    return None


def _is_exact(changes: int, days: int, hours: int) -> bool:
    """Whether ``changes`` patches one after the other are the fewest that cover the days."""
    return changes == ceil(Fraction(24 * days, hours))


def _is_near(changes: int, days: int, hours: int) -> bool:
    """Whether they come within one change of it."""
    return abs(changes - Fraction(24 * days, hours)) < 1
