"""Amounts for people: MME has one decimal at most, and what is more than nothing is never shown as 0."""

from __future__ import annotations

from fractions import Fraction

from medsteward.model.amount import Amount
from medsteward.model.number import decimal_text

_MME = "MME"


def mme_figure(value: Fraction) -> str:
    """A figure in MME: ``67.5``; ``<0.1`` for less than would be shown."""
    shown = decimal_text(value, 1, thousands=True)
    return "<0.1" if shown == "0" and value else shown


def amount_words(amount: Amount) -> str:
    """An amount with its unit: any other than MME as exact as it is."""
    unit = amount.unit.value
    return f"{mme_figure(amount.value)} {unit}" if unit.startswith(_MME) else str(amount)


def figure(amount: Amount) -> str:
    """An amount without its unit, where a heading says it."""
    if amount.unit.value.startswith(_MME):
        return mme_figure(amount.value)
    return decimal_text(amount.value, thousands=True)
