"""Clauses about what a medicine is for, for how long it has been taken, and what it shares its product with."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from medsteward.model.conditions import Indication
from medsteward.model.missing import Ask
from medsteward.patient.case_clause import CaseClause, now_of, or_words
from medsteward.patient.drug_group import DrugGroup
from medsteward.patient.form import AllOf, Among, AnyRow, Compare, Contains, Form, NotKnown, OneOf, Op, Rows
from medsteward.patient.picture import Picture
from medsteward.patient.taken import TakenDrug
from medsteward.patient.uses import indication_here, is_use_unclear, uses_of


@frozen
class IsFor(CaseClause):
    """A drug of a group is for one of these, by its own line or else by the patient's indication."""

    who: DrugGroup
    indications: tuple[Indication, ...]

    def __str__(self) -> str:
        return f"takes {self.who} for {or_words(tuple(each.value for each in self.indications))}"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return any(indication_here(each, picture) in self.indications for each in picture.members(self.who))

    def seen(self, picture: Picture) -> tuple[str, ...]:
        found = (indication_here(each, picture) for each in picture.members(self.who))
        return tuple(dict.fromkeys(each.value for each in found if each in self.indications and each is not None))

    @property
    def only_with(self) -> tuple[DrugGroup | str, ...] | None:
        return (self.who,)

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        return (self.who,)

    @property
    def form(self) -> Form:
        values = tuple(each.value for each in self.indications)
        return AnyRow(Rows.TAKEN, now_of(self.who), Among("indication_here", values))


@frozen
class MayBeFor(CaseClause):
    """A drug of a group may be for one of these conditions: its line says so, or the patient has one.

    ``ask``: what is asked where no use is stated, or one that is not understood; it is then not known. Without it the
    answer is no. ``own_line``: only what its line says counts.
    """

    who: DrugGroup
    conditions: tuple[str, ...]
    ask: Ask | None = None
    own_line: bool = False

    def __str__(self) -> str:
        if self.own_line:
            return f"takes {self.who} whose line says that it is for {or_words(self.conditions)}"
        return f"takes {self.who} that may be for {or_words(self.conditions)}"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        members = picture.members(self.who)
        if not members:
            return False
        if not self.own_line and not picture.conditions.isdisjoint(self.conditions):
            return True
        if any(not uses_of(each).isdisjoint(self.conditions) for each in members):
            return True
        unclear = self.ask is not None and any(is_use_unclear(each) for each in members)
        return None if unclear else False

    def seen(self, picture: Picture) -> tuple[str, ...]:
        named = picture.conditions.union(*(uses_of(each) for each in picture.members(self.who)))
        return tuple(each for each in self.conditions if each in named)

    @property
    def asks(self) -> tuple[Ask, ...]:
        return () if self.ask is None else (self.ask,)

    @property
    def only_with(self) -> tuple[DrugGroup | str, ...] | None:
        return (self.who,)

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        return (self.who,)

    @property
    def form(self) -> Form:
        now = now_of(self.who)
        ones: list[Form] = [AnyRow(Rows.TAKEN, now, Contains("uses", self.conditions))]
        if not self.own_line:
            ones.append(AllOf((AnyRow(Rows.TAKEN, now), Contains("conditions", self.conditions))))
        if self.ask is not None:
            ones.append(AnyRow(Rows.TAKEN, AllOf((now, Compare("use_unclear", Op.IS, True))), NotKnown()))
        return OneOf(tuple(ones))


@frozen
class BegunBefore(CaseClause):
    """A drug of a group began more than so many days ago, taken still or not; a first day has to be stated."""

    who: DrugGroup
    days: int

    def __str__(self) -> str:
        return f"has taken {self.who} since more than {self.days} days ago"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        earliest = picture.today - self.days
        return any(0 < each.since < earliest and each.belongs_to(self.who) for each in picture.every)

    @property
    def only_with(self) -> tuple[DrugGroup | str, ...] | None:
        return (self.who,)

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        return (self.who,)

    @property
    def form(self) -> Form:
        begun = (Compare("since", Op.ABOVE, 0), Compare("days_since_start", Op.ABOVE, self.days))
        return AnyRow(Rows.TAKEN, AllOf((self.who.form, *begun)))


@frozen
class InProductWith(CaseClause):
    """A drug of a group is taken within one product with one of these ingredients."""

    who: DrugGroup
    ingredients: tuple[str, ...]

    def __str__(self) -> str:
        return f"takes {self.who} in one product with {or_words(self.ingredients)}"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return any(not set(each.part.partners).isdisjoint(self.ingredients) for each in picture.members(self.who))

    @property
    def only_with(self) -> tuple[DrugGroup | str, ...] | None:
        return (self.who,)

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        return (self.who,)

    @property
    def form(self) -> Form:
        return AnyRow(Rows.TAKEN, now_of(self.who), Contains("partners", self.ingredients))
