"""A clause as plain data, which a writer for a database can render: a small language that is closed.

Three values as in SQL: yes, no, not known (NULL). ``AllOf``, ``OneOf`` and ``Negated`` are AND, OR and NOT of SQL,
``Unless`` is NOT COALESCE(x, FALSE). Figures and names stand as values beside the columns, so that a writer hands them
over as parameters and no query text holds a clinical number. ``columns`` says what each column holds.
"""

from __future__ import annotations

from enum import Enum
from fractions import Fraction

from attrs import frozen

Value = bool | int | Fraction | str


class Op(Enum):
    """How a column is held against a value."""

    IS = "="
    BELOW = "<"
    UP_TO = "<="
    AT_LEAST = ">="
    ABOVE = ">"


class Form:
    """One expression: yes, no or not known."""

    __slots__ = ()


@frozen
class NotKnown(Form):
    """Not known, whatever the case."""


@frozen
class IsStated(Form):
    """A column holds a value: yes or no, never not known."""

    column: str


@frozen
class Compare(Form):
    """A column against a value; not known where the column holds none."""

    column: str
    op: Op
    value: Value


@frozen
class CompareRange(Form):
    """A range against a value: yes where all of it holds, no where none does, else not known.

    The range is two columns, ``_low`` and ``_high`` after its name, and a third, ``_high_included``. No low end: the
    figure is not known. No high end: it is open.
    """

    column: str
    op: Op
    value: int | Fraction


@frozen
class Among(Form):
    """A column holds one of these values; no where it holds none. Without values: no."""

    column: str
    values: tuple[str, ...]


@frozen
class Contains(Form):
    """A column that is a set of names holds one of these."""

    column: str
    names: tuple[str, ...]


@frozen
class Mentions(Form):
    """A column of text, in small letters, holds one of these parts of words."""

    column: str
    words: tuple[str, ...]


@frozen
class AllOf(Form):
    """All of these: no where one is no, else not known where one is not known. None at all: yes."""

    ones: tuple[Form, ...]


@frozen
class OneOf(Form):
    """One of these: yes where one is yes, else not known where one is not known. None at all: no."""

    ones: tuple[Form, ...]


@frozen
class Negated(Form):
    """Not this; not known where it is not known."""

    one: Form


@frozen
class Unless(Form):
    """Not surely this: yes where it is no or not known."""

    one: Form


@frozen
class Reaches(Form):
    """A figure that is reckoned of dispensing records, by its name and settings, against a mark.

    The figure comes with whether it may be more, and whether it may be less, than the records show. Reached, and it may
    be less: not known; not reached, and it may be more: not known. The figures are those of ``fills.measure``.
    """

    figure: str
    settings: tuple[tuple[str, Value], ...]
    op: Op
    mark: int


class Rows(Enum):
    """A table with more than one row for a case."""

    TAKEN = "taken"
    """Every ingredient of every line."""
    FOUND = "found"
    """Those of a finding."""
    LOWERED = "lowered"
    """Every ingredient that a taper is asked for."""


@frozen
class AnyRow(Form):
    """For one row of those that are surely ``where``, ``holds``; as ``OneOf`` over the rows."""

    rows: Rows
    where: Form
    holds: Form = AllOf(())


@frozen
class Distinct(Form):
    """So many different values of some columns among the rows that are surely ``where``.

    Rows without a value in one of the columns are not counted. ``within`` names a column of which one value must have
    so many; empty: all rows together.
    """

    rows: Rows
    where: Form
    columns: tuple[str, ...]
    at_least: int
    within: str = ""


@frozen
class SumAbove(Form):
    """The sum of a column over the rows that are surely ``where`` is above a limit, or with ``or_equal`` at it.

    Not known where it is not above, and a row holds no value: it may be more.
    """

    rows: Rows
    where: Form
    column: str
    limit: Fraction
    or_equal: bool = False


@frozen
class RowAfter(Form):
    """A row of ``later`` began after a row of ``earlier``."""

    rows: Rows
    later: Form
    earlier: Form
