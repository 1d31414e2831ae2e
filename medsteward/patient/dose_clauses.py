"""Clauses that dose limits ask: body weight, sex, day of treatment, today's dose, and how a medicine is had."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from operator import ge, gt, le, lt

from attrs import frozen

from medsteward.model.missing import DAILY_DOSE, FIRST_DAY, GESTATION, SEX, WEIGHT, Ask
from medsteward.model.number import decimal_text
from medsteward.patient.case_clause import CaseClause, all_of, any_of
from medsteward.patient.drug_group import DrugGroup
from medsteward.patient.form import (
    AllOf,
    AnyRow,
    Compare,
    CompareRange,
    Form,
    IsStated,
    Negated,
    NotKnown,
    Op,
    Rows,
    SumAbove,
    Unless,
)
from medsteward.patient.picture import Picture
from medsteward.patient.taken import TakenDrug


@frozen
class Weight(CaseClause):
    """The patient weighs at least, or less than, so many kg; ``above`` and ``up_to`` say which side holds the limit."""

    at_least: int | None = None
    below: int | None = None
    above: int | None = None
    up_to: int | None = None

    def __str__(self) -> str:
        limits = {"at least": self.at_least, "more than": self.above, "less than": self.below, "up to": self.up_to}
        return f"weighs {' and '.join(f'{word} {limit}' for word, limit in limits.items() if limit is not None)} kg"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        weight = picture.patient.weight_kg
        if weight is None:
            return None
        return (
            (self.at_least is None or weight >= self.at_least)
            and (self.below is None or weight < self.below)
            and (self.above is None or weight > self.above)
            and (self.up_to is None or weight <= self.up_to)
        )

    def seen(self, picture: Picture) -> tuple[str, ...]:
        weight = picture.patient.weight_kg
        return () if weight is None else (f"weight {decimal_text(weight)} kg",)

    @property
    def asks(self) -> tuple[Ask, ...]:
        return (WEIGHT,)

    @property
    def form(self) -> Form:
        limits = (
            (Op.AT_LEAST, self.at_least),
            (Op.BELOW, self.below),
            (Op.ABOVE, self.above),
            (Op.UP_TO, self.up_to),
        )
        return AllOf(tuple(Compare("weight_kg", op, limit) for op, limit in limits if limit is not None))


@frozen
class IsOfSex(CaseClause):
    """The patient's sex, as stated."""

    sex: str

    def __str__(self) -> str:
        return f"is {self.sex}"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        stated = picture.patient.sex
        return None if stated not in ("female", "male") else stated == self.sex

    def seen(self, picture: Picture) -> tuple[str, ...]:
        return (f"{self.sex} sex",)

    @property
    def asks(self) -> tuple[Ask, ...]:
        return (SEX,)

    @property
    def form(self) -> Form:
        return Compare("sex", Op.IS, self.sex)


@frozen
class TreatmentDay(CaseClause):
    """The drug of the limit is in its first days: from day ``first`` to day ``last``, counted from 1.

    Not known where no line of it states its first day.
    """

    first: int
    last: int

    def __str__(self) -> str:
        days = f"{self.first}" if self.first == self.last else f"{self.first} to {self.last}"
        return f"is on day {days} of this treatment"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return any_of(
            self.first <= picture.today - item.since + 1 <= self.last if item.since else None
            for item in items or picture.every
        )

    @property
    def asks(self) -> tuple[Ask, ...]:
        return (FIRST_DAY,)

    @property
    def form(self) -> Form:
        within = (Compare("treatment_day", Op.AT_LEAST, self.first), Compare("treatment_day", Op.UP_TO, self.last))
        return AnyRow(Rows.FOUND, AllOf(()), AllOf(within))


@frozen
class PregnantBefore(CaseClause):
    """The patient is pregnant, before a week; ``None``: pregnant, and the week is not stated."""

    week: int | None

    def __str__(self) -> str:
        return "is pregnant, week not stated" if self.week is None else f"is pregnant, less than {self.week} weeks"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        weeks = picture.patient.gestational_weeks
        if not picture.is_pregnant:
            return False
        if self.week is None:
            return weeks is None
        return None if weeks is None else weeks < self.week

    def seen(self, picture: Picture) -> tuple[str, ...]:
        weeks = picture.patient.gestational_weeks
        return ("pregnancy, week not stated" if weeks is None else f"pregnancy, week {weeks}",)

    @property
    def asks(self) -> tuple[Ask, ...]:
        return () if self.week is None else (GESTATION,)

    @property
    def form(self) -> Form:
        pregnant = Unless(Unless(Compare("pregnant", Op.IS, True)))
        if self.week is None:
            return AllOf((pregnant, Negated(IsStated("gestational_weeks"))))
        return AllOf((pregnant, Compare("gestational_weeks", Op.BELOW, self.week)))


@frozen
class TakenWithin(CaseClause):
    """A drug of a group is taken now, or was until at most so many days ago."""

    who: DrugGroup
    days: int

    def __str__(self) -> str:
        return f"takes {self.who}, or took it within {self.days} days"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        since = picture.today - self.days
        return any(item.until >= since and item.belongs_to(self.who) for item in picture.every)

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        return (self.who,)

    @property
    def form(self) -> Form:
        return AnyRow(Rows.TAKEN, AllOf((self.who.form, Compare("days_since_end", Op.UP_TO, self.days))))


@frozen
class MmeBetween(CaseClause):
    """The day's MME is at least ``at_least``, and below ``below`` or up to ``up_to``."""

    at_least: int = 0
    below: int | None = None
    up_to: int | None = None
    above: int | None = None

    def __str__(self) -> str:
        if self.above is not None:
            return f"takes more than {self.above} MME a day"
        if self.below is not None:
            return f"takes less than {self.below} MME a day"
        return f"takes {self.at_least} to {self.up_to} MME a day"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        if picture.mme is None:
            return None
        low = picture.mme.value
        most = picture.mme if picture.mme_if_all is None else picture.mme_if_all
        high = most.value if picture.mme_complete else None
        asked = ((self.at_least, ge), (self.below, lt), (self.up_to, le), (self.above, gt))
        return all_of(_of_range(low, high, limit, holds) for limit, holds in asked if limit is not None)

    @property
    def form(self) -> Form:
        limits = (
            (Op.AT_LEAST, self.at_least),
            (Op.BELOW, self.below),
            (Op.UP_TO, self.up_to),
            (Op.ABOVE, self.above),
        )
        return AllOf(tuple(CompareRange("mme", op, limit) for op, limit in limits if limit is not None))


def _of_range(
    low: Fraction, high: Fraction | None, limit: int, holds: Callable[[Fraction, Fraction], bool]
) -> bool | None:
    """Whether all of a range is on one side of a limit; None: part of it. Without a high end it is open."""
    rises = holds(Fraction(limit + 1), Fraction(limit))
    at_high = rises if high is None else holds(high, Fraction(limit))
    at_low = holds(low, Fraction(limit))
    return at_low if at_low is at_high else None


@frozen
class DailyDose(CaseClause):
    """A line of the drug of the limit is of a day's dose of so many mg, from ``low`` to ``high``.

    ``over`` instead: all its lines together are more than that.
    """

    low: Fraction = Fraction(0)
    high: Fraction | None = None
    over: Fraction | None = None

    def __str__(self) -> str:
        if self.over is not None:
            return f"takes more than {decimal_text(self.over)} mg of it a day"
        if self.high is None or self.high == self.low:
            return f"takes {decimal_text(self.low)} mg of it a day"
        return f"takes {decimal_text(self.low)} to {decimal_text(self.high)} mg of it a day"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        doses = [item.part.daily_mg for item in items or picture.every]
        if self.over is None:
            high = self.low if self.high is None else self.high
            return any_of(None if dose is None else self.low <= dose <= high for dose in doses)
        known = [dose for dose in doses if dose is not None]
        if sum(known, Fraction(0)) > self.over:
            return True
        return None if len(known) < len(doses) else False

    @property
    def asks(self) -> tuple[Ask, ...]:
        return (DAILY_DOSE,)

    @property
    def form(self) -> Form:
        if self.over is not None:
            return SumAbove(Rows.FOUND, AllOf(()), "daily_mg", self.over)
        high = self.low if self.high is None else self.high
        within = (Compare("daily_mg", Op.AT_LEAST, self.low), Compare("daily_mg", Op.UP_TO, high))
        return AnyRow(Rows.FOUND, AllOf(()), AllOf(within))


@frozen
class Assumed(CaseClause):
    """How a medicine is had, which a list seldom says: ``answer`` is taken until something is stated.

    None: a row that needs it never decides, it is only shown.
    """

    words: str
    answer: bool | None

    def __str__(self) -> str:
        return self.words

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return self.answer

    @property
    def form(self) -> Form:
        if self.answer is None:
            return NotKnown()
        return AllOf(()) if self.answer else Negated(AllOf(()))
