"""What a clause of a measure looks at, and what its kinds share."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import ClassVar

from attrs import define, field, fields, frozen

from medsteward.fills.by_day import DaySegment, Placed
from medsteward.fills.supply import DrugKind
from medsteward.model.fill import ExclusionKind
from medsteward.model.source import Standing
from medsteward.patient.clause import Clause
from medsteward.patient.form import Form, Op, Reaches

NOBODY = frozenset({None})


class Operator(Enum):
    """How a number is compared. It decides on the mark itself, so it is always stated."""

    AT_LEAST = ">="
    MORE_THAN = ">"

    def holds(self, number: int, mark: int) -> bool:
        """Whether ``number`` is at, or above, ``mark``. Exact."""
        return number >= mark if self is Operator.AT_LEAST else number > mark


@define(eq=False)
class Facts:
    """What measures look at: a patient's fills on the calendar, products that measures leave out set aside.

    Fills are in order. ``opioid_days`` are the days with an opioid, as spans. ``uncounted`` is True where an opioid has
    no factor, so that MME is at least what the segments say; ``lacking`` where rows failed, so that every number is at
    least what is known and an average is not known at all. ``earliest`` is the patient's first day in the records, of
    whatever drug.
    """

    age: int | None
    opioids: Sequence[Placed]
    opioid_days: Sequence[tuple[int, int]]
    benzodiazepines: Sequence[Placed]
    segments: Sequence[DaySegment]
    uncounted: bool
    lacking: bool
    exclusions: frozenset[ExclusionKind]
    earliest: int
    prescribers: list[str | None] = field(init=False)
    pharmacies: list[str | None] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.prescribers = [each.fill.prescriber for each in self.opioids]
        self.pharmacies = [each.fill.pharmacy for each in self.opioids]

    def fills(self, kind: DrugKind) -> Sequence[Placed]:
        """The fills of one kind of drug."""
        return self.benzodiazepines if kind is DrugKind.BENZODIAZEPINE else self.opioids


Answer = tuple[bool | None, int | None]
"""Whether a clause is met (None: not known) and the number that decided, where there is one.

MME are whole millionths, half up; the comparison itself is exact.
"""


@frozen(kw_only=True, eq=False)
class FillsClause(Clause[Facts]):
    """One condition of a measure. ``standing`` is that of the condition in the measure's sources.

    ``in_mme``: the number that decides is MME, in millionths. ``figure`` names that number for a database.
    """

    standing: Standing = Standing.VERIFIED
    in_mme: ClassVar[bool] = False
    figure: ClassVar[str] = ""
    marked_by: ClassVar[str] = "at_least"

    @property
    def words(self) -> str:
        """The clause as a sentence would say it."""
        raise NotImplementedError

    def answer(self, facts: Facts) -> Answer:
        """Whether a patient meets it."""
        raise NotImplementedError

    def __str__(self) -> str:
        return self.words

    def test(self, facts: Facts, /) -> bool | None:
        """Whether a patient meets it; None: not known."""
        return self.answer(facts)[0]

    @property
    def form(self) -> Form:
        """The figure that decides, with its settings, against its mark."""
        own = {each.name: getattr(self, each.name) for each in fields(type(self)) if each.name != "standing"}
        mark = own.pop(self.marked_by)
        op = _OPS[own.pop("operator")] if self.in_mme else Op.AT_LEAST
        settings = tuple(sorted((name, _plain(value)) for name, value in own.items()))
        return Reaches(self.figure, settings, op, mark)


_OPS = {Operator.AT_LEAST: Op.AT_LEAST, Operator.MORE_THAN: Op.ABOVE}


def _plain(value: object) -> int | str:
    if isinstance(value, Enum):
        return str(value.value)
    return value if isinstance(value, int) else str(value)


def reaches(facts: Facts, number: int, mark: int, *, could_be_more: bool = False) -> Answer:
    """Whether a number is at or above a mark; below it, nothing is known where rows failed."""
    if number >= mark:
        return True, number
    return None if could_be_more or facts.lacking else False, number
