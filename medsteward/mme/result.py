"""What a count of MME says: entry by entry, and a total that knows whether it is whole."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from typing import Any

from attrs import frozen

from medsteward.caches import remembered
from medsteward.doses.daily import Daily
from medsteward.model.amount import Amount
from medsteward.model.number import ZERO, Ratio, added, decimal_text
from medsteward.model.oud import OudTreatment
from medsteward.model.product import Product
from medsteward.model.unit import Unit
from medsteward.tables.table import Factor


class Status(Enum):
    """What became of a line, or of one opioid of it."""

    COUNTED = "counted"
    NOT_AN_OPIOID = "not_an_opioid"
    NO_FACTOR = "no_factor"
    EXCLUDED = "excluded"
    INACTIVE = "inactive"
    PROBLEM = "problem"


class _Figures:
    """``maximum`` is the headline; each figure is an ``Amount`` in MME/d, or None where it is not stated."""

    __slots__ = ()
    scheduled: Amount
    expected: Amount | None
    maximum: Amount
    if_renewals: Amount | None

    @property
    def quantity(self) -> Any:
        """The maximum as a pint quantity of ``medsteward.units.registry``."""
        from medsteward import units

        return units.quantity(self.maximum)


@frozen(cache_hash=True)
class CompleteTotal(_Figures):
    """The day's MME with every opioid counted.

    ``if_renewals`` is the maximum with each prescription once, where lines may be one prescription; else None.
    """

    scheduled: Amount
    expected: Amount | None
    maximum: Amount
    if_renewals: Amount | None = None

    def __str__(self) -> str:
        return f"{decimal_text(self.maximum.value, thousands=True)} MME/d"


@frozen(cache_hash=True)
class AtLeast(_Figures):
    """The day's MME of what could be counted; ``missing`` names what could not, so the truth is this or more.

    ``if_renewals`` is the maximum with each prescription once, where lines may be one prescription; else None.
    """

    scheduled: Amount
    expected: Amount | None
    maximum: Amount
    missing: tuple[str, ...]
    if_renewals: Amount | None = None

    def __str__(self) -> str:
        number = decimal_text(self.maximum.value, thousands=True)
        return f"at least {number} MME/d; not counted: {', '.join(self.missing)}"


@frozen
class NoTotal:
    """No figure at all: nothing could be counted. ``missing`` names what is missing, ``reason`` says why."""

    missing: tuple[str, ...]
    reason: str

    def __str__(self) -> str:
        return f"no figure: {self.reason}"


Total = CompleteTotal | AtLeast | NoTotal


@frozen
class Applied:
    """The factors that made each figure. They differ only where a band decides and the figures lie in two bands."""

    scheduled: Factor
    expected: Factor | None
    maximum: Factor


@frozen(cache_hash=True)
class Entry:
    """One opioid of one line, or a line that holds none.

    ``line`` counts from 1. ``daily`` is the day's amount, ``mme`` the same in MME/d, ``applied`` the factors used.
    ``working`` shows the reckoning in words and numbers; ``reason`` says why there is no figure, where there is none.
    ``oud`` says whether it is treatment of opioid use disorder: thresholds are about what is for pain alone.
    """

    line: int
    written: str
    status: Status
    drug: str | None = None
    product: Product | None = None
    as_needed: bool = False
    daily: Daily | None = None
    applied: Applied | None = None
    mme: Daily | None = None
    reason: str | None = None
    working: tuple[str, ...] = ()
    oud: OudTreatment = OudTreatment.NO


def mme_amount(value: Fraction) -> Amount:
    """A number of MME per day as an amount."""
    return Amount(value, Unit.MME_PER_D)


def total_of(figures: list[Daily], missing: tuple[str, ...], if_renewals: Amount | None = None) -> Total:
    """Add up entries' MME. ``expected`` is None unless every counted entry has it."""
    ratios = [each.ratios for each in figures] or [(ZERO, None, ZERO)]
    scheduled, expected, maximum = zip(*ratios, strict=True)
    return _total(added(scheduled), None if None in expected else added(expected), added(maximum), missing, if_renewals)


@remembered(8192)
def _total(
    scheduled: Ratio, expected: Ratio | None, maximum: Ratio, missing: tuple[str, ...], if_renewals: Amount | None
) -> Total:
    """The same total is the same object, so that what follows from it is found again without reckoning."""
    figures = (
        mme_amount(Fraction(*scheduled)),
        mme_amount(Fraction(*expected)) if expected is not None else None,
        mme_amount(Fraction(*maximum)),
    )
    if missing:
        return AtLeast(*figures, missing, if_renewals)
    return CompleteTotal(*figures, if_renewals)
