"""One dispensing, as a record of a pharmacy, a claim or a prescription monitoring programme states it."""

from __future__ import annotations

from datetime import date
from enum import Enum
from fractions import Fraction

from attrs import define, frozen

from medsteward.model.problem import Caution, Problem
from medsteward.model.product import Product


class QuantityUnit(Enum):
    """What a quantity counts: single units of the product, mL, grams, or bottles as they are sold."""

    EACH = "each"
    ML = "mL"
    GRAM = "g"
    BOTTLE = "bottle"


class ExclusionKind(Enum):
    """Care that the measures and the thresholds of guidelines leave out."""

    HOSPICE = "hospice"
    CANCER = "cancer"
    SICKLE_CELL = "sickle cell"
    PALLIATIVE = "palliative"

    __hash__ = object.__hash__


class WhyExcluded(Enum):
    """Why a row was set aside on purpose."""

    VETERINARY = "veterinary"
    INJECTABLE = "injectable"
    OPIOID_USE_DISORDER = "for opioid use disorder"
    ORDER = "an order, no dispensing"


@frozen(eq=False)
class Dispensed:
    """What was dispensed. Rows that state the same share one, so it is compared by identity.

    ``quantity`` counts what ``quantity_unit`` says (None: not stated); ``days`` is the days' supply. ``indication`` is
    the treatment type in the record's words, None where it states none.
    """

    written: str
    product: Product
    quantity: Fraction
    quantity_unit: QuantityUnit | None
    days: int
    cautions: tuple[Caution, ...] = ()
    indication: str | None = None


@frozen(eq=False)
class Reported:
    """The MME per day that the record itself states, and how many decimal places it states."""

    value: Fraction
    places: int


@define
class Fill:
    """One row that was understood. Never changed; not frozen, because there is one for every row.

    ``row`` is its place in the file; ``filled`` the day that drives supply; ``by_sold_date`` when that is the day of
    sale, because no other was stated. ``number`` is that of the prescription and refill, where stated. ``other`` are
    the columns that this program does not know, as written.
    """

    row: int
    filled: date
    dispensed: Dispensed
    prescriber: str | None = None
    pharmacy: str | None = None
    reported: Reported | None = None
    exclusions: tuple[ExclusionKind, ...] = ()
    by_sold_date: bool = False
    number: str | None = None
    cautions: tuple[Caution, ...] = ()
    other: tuple[str, ...] = ()


@frozen
class FailedRow:
    """One row that could not be used: its place, the column at fault, the problem, and the words of its drug.

    ``written`` is empty where the row does not say which of its cells is the drug.
    """

    row: int
    column: str
    problem: Problem
    written: str = ""

    @property
    def named(self) -> str:
        """What the row is called where what is missing is named."""
        return self.written or f"row {self.row}"


@frozen
class ExcludedRow:
    """One row that was set aside on purpose. ``fill`` is what it states, where it is of this patient's opioids."""

    row: int
    why: WhyExcluded
    fill: Fill | None = None


@define(eq=False)
class History:
    """Every row of one patient. ``patient`` is an opaque key; ``birth`` and ``age`` are None where not stated.

    ``age`` is the lowest that any row states. ``other_columns`` are the names of the columns that were passed through.
    """

    patient: str
    fills: tuple[Fill, ...]
    failed: tuple[FailedRow, ...] = ()
    excluded: tuple[ExcludedRow, ...] = ()
    birth: date | None = None
    age: int | None = None
    other_columns: tuple[str, ...] = ()
    cautions: tuple[Caution, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return len(self.fills) + len(self.failed) + len(self.excluded)
