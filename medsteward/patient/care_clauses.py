"""Clauses about conditions, indication, context of care and household."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import field, frozen

from medsteward.model.conditions import CONDITIONS, CONTEXTS, Indication
from medsteward.patient.case_clause import CaseClause, now_of, or_words
from medsteward.patient.drug_group import DrugGroup
from medsteward.patient.form import (
    Among,
    AnyRow,
    Compare,
    Contains,
    Form,
    Mentions,
    OneOf,
    Op,
    Rows,
)
from medsteward.patient.picture import Picture
from medsteward.patient.taken import TakenDrug


@frozen
class Has(CaseClause):
    """The patient has one of these conditions."""

    names: tuple[str, ...] = field()

    @names.validator
    def _known(self, _: object, names: tuple[str, ...]) -> None:
        unknown = [name for name in names if name not in CONDITIONS]
        if unknown:
            raise ValueError(f"not conditions we know: {unknown}")

    def __str__(self) -> str:
        return f"has {or_words(self.names)}"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return not picture.conditions.isdisjoint(self.names)

    def seen(self, picture: Picture) -> tuple[str, ...]:
        return tuple(picture.as_stated(name) for name in self.names if name in picture.conditions)

    @property
    def only_with(self) -> tuple[DrugGroup | str, ...] | None:
        return self.names

    @property
    def form(self) -> Form:
        return Contains("conditions", self.names)


@frozen
class HasNow(Has):
    """The patient has one of these conditions, and it is not in remission."""

    def __str__(self) -> str:
        return f"has {or_words(self.names)}, not in remission"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return not picture.active_conditions.isdisjoint(self.names)

    def seen(self, picture: Picture) -> tuple[str, ...]:
        return tuple(name for name in self.names if name in picture.active_conditions)

    @property
    def form(self) -> Form:
        return Contains("active_conditions", self.names)


@frozen
class TreatedFor(CaseClause):
    """The patient's indication is one of these."""

    indications: tuple[Indication, ...]

    def __str__(self) -> str:
        return f"is treated for {or_words(tuple(each.value for each in self.indications))}"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return picture.indication in self.indications

    def seen(self, picture: Picture) -> tuple[str, ...]:
        return () if picture.indication is None else (picture.indication.value,)

    @property
    def form(self) -> Form:
        return Among("indication", tuple(each.value for each in self.indications))


@frozen
class Palliative(CaseClause):
    """Care is palliative or at the end of life, by indication, condition or context."""

    def __str__(self) -> str:
        return "care is palliative or at the end of life"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return picture.is_palliative

    def seen(self, picture: Picture) -> tuple[str, ...]:
        return ("palliative care",)

    @property
    def form(self) -> Form:
        return Compare("palliative", Op.IS, True)


@frozen
class InHospice(CaseClause):
    """Hospice or the end of life is stated; palliative care alone is neither."""

    def __str__(self) -> str:
        return "is in hospice or at the end of life"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return picture.is_hospice

    def seen(self, picture: Picture) -> tuple[str, ...]:
        return ("hospice or end of life",)

    @property
    def form(self) -> Form:
        return Compare("hospice", Op.IS, True)


@frozen
class InContext(CaseClause):
    """The context of care is one of these."""

    names: tuple[str, ...] = field()

    @names.validator
    def _known(self, _: object, names: tuple[str, ...]) -> None:
        unknown = [name for name in names if name not in CONTEXTS]
        if unknown:
            raise ValueError(f"not contexts we know: {unknown}")

    def __str__(self) -> str:
        return f"the context of care is {or_words(self.names)}"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return not picture.contexts.isdisjoint(self.names)

    def seen(self, picture: Picture) -> tuple[str, ...]:
        return tuple(name for name in self.names if name in picture.contexts)

    @property
    def form(self) -> Form:
        return Contains("contexts", self.names)


@frozen
class AtHome(CaseClause):
    """Someone of these lives in or visits the household."""

    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"has {or_words(self.words)} at home"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return any(word in text.casefold() for text in picture.patient.household for word in self.words)

    def seen(self, picture: Picture) -> tuple[str, ...]:
        return tuple(picture.patient.household)

    @property
    def form(self) -> Form:
        return Mentions("household", self.words)


@frozen
class NaloxoneOnHand(CaseClause):
    """Naloxone is on the list or recorded as on hand."""

    who: DrugGroup

    def __str__(self) -> str:
        return f"has {self.who} on the list or on hand"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return picture.has_naloxone_recorded or bool(picture.members(self.who))

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        return (self.who,)

    @property
    def form(self) -> Form:
        return OneOf((Compare("naloxone_recorded", Op.IS, True), AnyRow(Rows.TAKEN, now_of(self.who))))
