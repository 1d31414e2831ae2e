"""What a scale is made of, and what scoring gives."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction

from attrs import frozen

from medsteward.model.number import decimal_text
from medsteward.model.problem import Problem
from medsteward.model.source import Source


def integers(low: int, high: int) -> tuple[Fraction, ...]:
    """Every whole number from ``low`` to ``high``, both included."""
    return tuple(Fraction(number) for number in range(low, high + 1))


def values(*numbers: int) -> tuple[Fraction, ...]:
    """A list of allowed values."""
    return tuple(Fraction(number) for number in numbers)


YES_NO = values(0, 1)
"""0 is no, 1 is yes."""


@frozen
class ScaleItem:
    """One item: its name, what it is about in our words, and its values.

    ``allowed`` is the list of values it can have, or None where it is a measurement between ``low`` and ``high``
    (in ``unit``). An item that is not ``needed`` may be left out.
    """

    name: str
    about: str
    allowed: tuple[Fraction, ...] | None = None
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(0)
    unit: str = ""
    needed: bool = True

    def takes(self, value: Fraction) -> bool:
        """Whether the item can have this value."""
        if self.allowed is not None:
            return value in self.allowed
        return self.low <= value <= self.high

    @property
    def range_text(self) -> str:
        """The values in words: ``0, 1, 3 or 5``; ``0 to 10``."""
        if self.allowed is None:
            return f"{decimal_text(self.low)} to {decimal_text(self.high)}{' ' + self.unit if self.unit else ''}"
        if len(self.allowed) > 3 and self.allowed == integers(int(self.allowed[0]), int(self.allowed[-1])):
            return f"a whole number from {decimal_text(self.allowed[0])} to {decimal_text(self.allowed[-1])}"
        shown = [decimal_text(value) for value in self.allowed]
        return f"{', '.join(shown[:-1])} or {shown[-1]}"


@frozen
class Band:
    """A stretch of totals with its name. It begins where the one before ends; ``up_to`` None: open at the top."""

    name: str
    up_to: Fraction | None
    source: Source


def banded(bands: tuple[Band, ...], total: Fraction) -> Band | None:
    """The band a total lies in: the first whose upper end it does not pass."""
    return next((band for band in bands if band.up_to is None or total <= band.up_to), None)


class Better(Enum):
    """Which way is better."""

    LOWER = "lower"
    HIGHER = "higher"


@frozen
class Scale:
    """A scale that is added up or averaged.

    ``id`` is its name on the command line. ``notes`` say what to know about every total. ``mean`` averages the items
    instead of adding them.
    """

    id: str
    title: str
    items: tuple[ScaleItem, ...]
    low: Fraction
    high: Fraction
    source: Source
    bands: tuple[Band, ...] = ()
    mean: bool = False
    better: Better = Better.LOWER
    notes: tuple[str, ...] = ()


@frozen
class ScoreChange:
    """A change between two scores, held against what counts as one.

    ``by`` is how much better (worse: ``is_better`` False). ``counts`` is None where no minimal important change is
    known; ``because`` says what it was held against.
    """

    before: Fraction
    after: Fraction
    by: Fraction
    is_better: bool
    counts: bool | None
    because: tuple[str, ...]
    sources: tuple[Source, ...]


@frozen
class ScoreReport:
    """A scale filled in. ``total`` is None where an item is missing or refused; ``problems`` say which.

    ``items`` are the values used, in the scale's order. ``low`` and ``high`` None: the measure has no ends.
    """

    scale: str
    title: str
    total: Fraction | None
    low: Fraction | None
    high: Fraction | None
    band: str | None
    band_source: Source | None
    items: tuple[tuple[str, Fraction], ...] = ()
    change: ScoreChange | None = None
    because: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 complete, 3 needs confirmation, 4 an item is missing; the highest wins."""
        return max((problem.exit_code for problem in self.problems), default=0)
