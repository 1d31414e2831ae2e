"""A published set of conversion factors, valid once it exists: daily dose of an ingredient to MME per day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import Enum, StrEnum
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Any, NamedTuple
from weakref import WeakValueDictionary

from attrs import field, fields, frozen
from attrs.validators import instance_of, optional

from medsteward.errors import BadTable, WrongArgument
from medsteward.model.amount import Amount
from medsteward.model.number import decimal_text
from medsteward.model.source import Standing
from medsteward.model.unit import Dimension, Unit

ROUTES = (
    "oral",
    "sublingual",
    "buccal",
    "transmucosal oral",
    "nasal",
    "transdermal",
    "rectal",
    "parenteral",
)
"""The routes that a table may name."""

DOSE_FORMS = ("tablet", "film", "lozenge", "spray", "patch", "suppository")
"""The dose forms that a table may name, where one route has several factors."""

UNITS = (Unit.MG_PER_D, Unit.MCG_PER_D, Unit.MCG_PER_H)
"""What a factor may multiply: a day's mass, or the labelled rate of the patches worn."""

_NAME = re.compile(r"[a-z][a-z0-9]*(?:[ -][a-z0-9]+)*", re.ASCII)
_ID = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)


class Formula(Enum):
    """How a factor may be used: times a daily dose (or worn rate), or strength x quantity / days' supply."""

    DAILY = "daily"
    QUANTITY = "quantity"


class TableStatus(StrEnum):
    """Whether a table is in use, replaced by a later one, or meant for research only."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    RESEARCH = "research"


class Use(NamedTuple):
    """What a set of bands is for. ``dose_form`` None: any form by that route."""

    ingredient: str
    route: str
    dose_form: str | None
    formula: Formula

    def __str__(self) -> str:
        return " ".join(
            [self.ingredient, self.route, *([self.dose_form] if self.dose_form else []), self.formula.value]
        )


@frozen(kw_only=True)
class Factor:
    """One row of a table: the factor of one ingredient, route and form, within one band of the day's total.

    ``value`` is MME per day for each 1 of ``per``; None: the table lists the drug without a factor, and
    ``note`` says why. ``above`` (excluded) and ``up_to`` (included; None: no end) bound the day's total of
    the ingredient, in ``per``. ``row`` is the file and row it was read from, empty for one made in a
    program. Refused (``BadTable``): a route, form or unit outside the closed lists, a factor that is not
    positive, a band without width, a row without its place in the source, and a blank factor without a
    note.
    """

    ingredient: str
    route: str
    dose_form: str | None
    formula: Formula
    per: Unit
    above: Fraction = field(validator=instance_of(Fraction))
    up_to: Fraction | None = field(validator=optional(instance_of(Fraction)))
    value: Fraction | None = field(validator=optional(instance_of(Fraction)))
    where: str
    standing: Standing
    note: str
    row: str = field(default="", eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        for complaint in self._complaints():
            raise BadTable(self.row or str(self.use), complaint)

    def _complaints(self) -> list[str]:
        found = []
        if not _NAME.fullmatch(self.ingredient):
            found.append(f'"{self.ingredient}" is no ingredient name; write it in plain lower case, as in codeine')
        if self.route not in ROUTES:
            found.append(f'unknown route "{self.route}"; the routes are {", ".join(ROUTES)}')
        if self.dose_form is not None and self.dose_form not in DOSE_FORMS:
            found.append(f'unknown dose form "{self.dose_form}"; leave it blank or write {", ".join(DOSE_FORMS)}')
        if self.per not in UNITS:
            units = ", ".join(unit.value for unit in UNITS)
            found.append(f'a factor is not per "{self.per.value}"; the units are {units}')
        if self.above < 0:
            found.append("a band starts at 0 or above")
        if self.up_to is not None and self.up_to <= self.above:
            found.append("a band ends above where it starts")
        if self.value is not None and self.value <= 0:
            found.append("a factor is more than 0; for a drug without one leave it blank and say why in note")
        if not self.where:
            found.append("where is missing; name the place in the source")
        if self.value is None and not self.note:
            found.append("a row without a factor needs a note that says why")
        return found

    @property
    def use(self) -> Use:
        """What the row is for, its band set aside."""
        return Use(self.ingredient, self.route, self.dose_form, self.formula)

    @property
    def is_rate(self) -> bool:
        """Whether the factor multiplies a patch's rate, not a day's mass."""
        return self.per.dimension is Dimension.RATE

    def holds(self, daily: Fraction) -> bool:
        """Whether a day's total, in ``per``, is in the band: open below, closed above; 0 is in the first."""
        return (daily > self.above or daily == self.above == 0) and (self.up_to is None or daily <= self.up_to)


@frozen(cache_hash=True)
class Threshold:
    """A total, in MME per day, at which a guideline asks for thought; ``text`` says what it asks."""

    at: Fraction = field(validator=instance_of(Fraction))
    where: str
    text: str

    def __attrs_post_init__(self) -> None:
        if self.at <= 0 or not self.where or not self.text:
            raise BadTable("threshold", "a threshold needs a number above 0, its place in the source and its words")


def factor_for(bands: Sequence[Factor], daily: Amount) -> Factor:
    """The row whose band holds a day's total of the ingredient, all its lines and products together.

    The total is exact and unrounded, in any unit of the dimension of the bands' ``per``; another dimension
    is refused (``UnitMismatch``), and so is an empty ``bands`` (``ValueError``): a use without bands has no
    factor.
    """
    if not bands:
        raise ValueError("there are no bands to choose from: the table has no row for this use")
    total = daily.to(bands[0].per).value
    return next(band for band in bands if band.holds(total))


def _in_order(rows: Iterable[Factor]) -> tuple[Factor, ...]:
    return tuple(
        sorted(
            rows,
            key=lambda row: (row.ingredient, row.route, row.dose_form or "", row.formula.value, row.above),
        )
    )


@frozen(kw_only=True, eq=False)
class FactorTable:
    """One published set of factors: where it comes from, what it must not be used for, and its rows.

    Two tables are equal where they are one object: answers are kept by their table, and looking that up is to cost
    nothing. ``only_one`` sees to it that the same two files, read or unpickled again, give the same object.

    ``factors`` are in order of ingredient, route, form, formula and band. ``digest`` identifies the two
    files, ``checked_on`` is the day they were last compared with the source, ``year`` is None where the
    source has none. Refused (``BadTable``): duplicate rows, bands that leave a gap or overlap, bands in two
    units, no rows, and a table without a ``not_for`` line.
    """

    id: str
    title: str
    citation: str
    publisher: str
    year: int | None
    status: TableStatus
    region: str
    doi: str | None
    url: str | None
    checked_on: date
    not_for: tuple[str, ...]
    notes: tuple[str, ...]
    thresholds: tuple[Threshold, ...]
    factors: tuple[Factor, ...] = field(converter=_in_order, repr=False)
    digest: str
    _by_use: Mapping[Use, tuple[Factor, ...]] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise BadTable(f'table "{self.id}"', "an id is lower-case letters, digits and underscores, as in cdc_2022")
        if not self.not_for:
            raise BadTable(self.id, "not_for is empty; say what the table must not be used for")
        if not self.factors:
            raise BadTable(self.id, "the table has no rows")
        by_use = {use: tuple(rows) for use, rows in groupby(self.factors, key=lambda row: row.use)}
        for use, rows in by_use.items():
            _check_tiling(self.id, use, rows)
        object.__setattr__(self, "_by_use", by_use)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled or copied, it is the same table again: an answer that was kept by it is found, and no other."""
        return _same_table, ({each.alias: getattr(self, each.name) for each in fields(FactorTable) if each.init},)

    def bands(
        self, ingredient: str, route: str, dose_form: str | None, formula: Formula = Formula.DAILY
    ) -> tuple[Factor, ...]:
        """The rows for one use, lowest band first; empty if the table has none (which is not zero).

        Rows for the dose form go before rows for any form. Where no row is for ``Formula.QUANTITY``, the
        daily rows serve it as well, except a factor per rate: it counts a worn patch, and patches per day
        are not worn patches (2.4 for 10 patches in 30 days would give a third of the truth). For those, ask
        for the worn rate.
        """
        for form in (dose_form, None) if dose_form else (None,):
            if rows := self._by_use.get(Use(ingredient, route, form, formula)):
                return rows
            if formula is Formula.QUANTITY:
                rows = self._by_use.get(Use(ingredient, route, form, Formula.DAILY))
                if rows and all(not row.is_rate or row.value is None for row in rows):
                    return rows
        return ()

    def uses(self) -> Mapping[Use, tuple[Factor, ...]]:
        """Every use the table lists, with its bands, in order."""
        return dict(self._by_use)

    def rated_routes(self, ingredient: str) -> tuple[tuple[str, str | None], ...]:
        """The routes and forms (None: any form) by which an ingredient has a factor, in order."""
        rated = (row for row in self.factors if row.ingredient == ingredient and row.value is not None)
        return tuple(dict.fromkeys((row.route, row.dose_form) for row in rated))

    def lists(self, ingredient: str) -> bool:
        """Whether the table has any row for an ingredient, be it without a factor."""
        return any(row.ingredient == ingredient for row in self.factors)


def _check_tiling(table: str, use: Use, rows: tuple[Factor, ...]) -> None:
    """Bands start at 0, each where the last one ended, and the last is open, all in one unit."""

    def bad(row: Factor, what: str) -> BadTable:
        return BadTable(row.row or table, f"{use}: {what}")

    if rows[0].above != 0:
        raise bad(rows[0], f"the first band starts above {decimal_text(rows[0].above)}; it must start above 0")
    for last, row in pairwise(rows):
        if row.above == last.above:
            raise bad(row, "a second row for the same use and the same start of its band")
        if row.per is not last.per:
            raise bad(row, f"bands in two units, {last.per.value} and {row.per.value}")
        if last.up_to is None:
            raise bad(row, f"a band above {decimal_text(row.above)} follows one that has no end")
        if row.above != last.up_to:
            raise bad(
                row,
                f"above {decimal_text(row.above)} does not follow a band up to {decimal_text(last.up_to)}",
            )
    if rows[-1].up_to is not None:
        raise bad(rows[-1], f"the last band ends at {decimal_text(rows[-1].up_to)}; leave its up_to blank")


_MADE: WeakValueDictionary[tuple[object, ...], FactorTable] = WeakValueDictionary()
"""Every table that is in use, by its digest and rows."""


def only_one(table: FactorTable) -> FactorTable:
    """The table of these files and rows that there is already, or this one."""
    return _MADE.setdefault((table.id, table.digest, table.factors), table)


def _same_table(given: Mapping[str, Any]) -> FactorTable:
    return only_one(FactorTable(**given))


def a_table(table: FactorTable) -> FactorTable:
    """A table that a program gives. Raises ``WrongArgument`` for its id, or anything else."""
    if isinstance(table, FactorTable):
        return table
    said = f'"{table[:40]}"' if isinstance(table, str) else type(table).__name__
    raise WrongArgument(f'table is {said}; give the table itself, as in medsteward.factor_table("cdc_2022")')
