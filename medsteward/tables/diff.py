"""How two factor tables differ, row by row."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from attrs import frozen

from medsteward.tables.table import Factor, FactorTable, Formula, Use


class DifferenceKind(Enum):
    """In what two tables differ for one use."""

    ONLY_IN_A = "only in the first"
    ONLY_IN_B = "only in the second"
    FACTOR = "factor differs"
    UNIT = "unit differs"

    @property
    def swapped(self) -> DifferenceKind:
        """The same difference seen from the other table."""
        return _SWAPPED.get(self, self)


_SWAPPED = {
    DifferenceKind.ONLY_IN_A: DifferenceKind.ONLY_IN_B,
    DifferenceKind.ONLY_IN_B: DifferenceKind.ONLY_IN_A,
}


@frozen
class Difference:
    """One use that two tables treat differently, with the bands of each; empty where a table lacks the use.

    With ``kind`` UNIT the numbers of the two cannot be compared as they stand: one is per mg, one per mcg.
    """

    ingredient: str
    route: str
    dose_form: str | None
    formula: Formula
    kind: DifferenceKind
    a: tuple[Factor, ...]
    b: tuple[Factor, ...]

    @property
    def swapped(self) -> Difference:
        """The same difference with the tables the other way round."""
        return Difference(self.ingredient, self.route, self.dose_form, self.formula, self.kind.swapped, self.b, self.a)


@frozen
class Comparison:
    """Two tables, every use in which they differ, and how many uses are the same."""

    a: FactorTable
    b: FactorTable
    differences: tuple[Difference, ...]
    same: int


def compared(a: FactorTable, b: FactorTable) -> Comparison:
    """Two tables held against one another."""
    return Comparison(a, b, diff(a, b), same_count(a, b))


def diff(a: FactorTable, b: FactorTable) -> tuple[Difference, ...]:
    """Every use in which the units, bands or factors of two tables differ, in order.

    A row listed without a factor differs from a row with one. Notes, standing and place in the source are not
    compared.
    """
    found = []
    for use, left, right in _paired(a, b):
        kind = _kind(left, right)
        if kind is not None:
            found.append(Difference(*use, kind, left, right))
    return tuple(found)


def same_count(a: FactorTable, b: FactorTable) -> int:
    """How many uses both tables list with the same unit, bands and factors."""
    return sum(_kind(left, right) is None for _, left, right in _paired(a, b))


def _paired(a: FactorTable, b: FactorTable) -> Iterable[tuple[Use, tuple[Factor, ...], tuple[Factor, ...]]]:
    in_a, in_b = a.uses(), b.uses()
    for use in sorted(in_a.keys() | in_b.keys(), key=str):
        yield use, in_a.get(use, ()), in_b.get(use, ())


def _kind(left: tuple[Factor, ...], right: tuple[Factor, ...]) -> DifferenceKind | None:
    if not right:
        return DifferenceKind.ONLY_IN_A
    if not left:
        return DifferenceKind.ONLY_IN_B
    if left[0].per is not right[0].per:
        return DifferenceKind.UNIT
    if [(row.above, row.up_to, row.value) for row in left] != [(row.above, row.up_to, row.value) for row in right]:
        return DifferenceKind.FACTOR
    return None
