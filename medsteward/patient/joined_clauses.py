"""Clauses joined: not, one of, all of."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from medsteward.model.missing import Ask
from medsteward.patient.case_clause import CaseClause
from medsteward.patient.drug_clauses import Takes
from medsteward.patient.drug_group import DrugGroup
from medsteward.patient.form import (
    AllOf,
    Form,
    OneOf,
    Unless,
)
from medsteward.patient.picture import Picture
from medsteward.patient.taken import TakenDrug


@frozen
class Not(CaseClause):
    """A condition does not hold; one that is not known does not hold either."""

    one: CaseClause

    def __str__(self) -> str:
        return f"unless the patient {self.one}" if _about_patient(self.one) else f"unless {self.one}"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return not self.one.test(picture, items)

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        return self.one.groups

    @property
    def form(self) -> Form:
        return Unless(self.one.form)


@frozen
class AnyOf(CaseClause):
    """At least one of several conditions holds."""

    ones: tuple[CaseClause, ...]

    def __str__(self) -> str:
        return (
            f"either {' or '.join(f'({each})' if isinstance(each, All | AnyOf) else str(each) for each in self.ones)}"
        )

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        unknown = False
        for each in self.ones:
            found = each.test(picture, items)
            if found:
                return True
            unknown = unknown or found is None
        return None if unknown else False

    def seen(self, picture: Picture) -> tuple[str, ...]:
        told = (each for each in self.ones if not each.groups or isinstance(each, All))
        return tuple(word for each in told if each.test(picture) for word in each.seen(picture))

    def lacking(self, picture: Picture) -> tuple[Ask, ...]:
        return _lacking(self, self.ones, picture)

    def drugs(self, picture: Picture) -> tuple[TakenDrug, ...]:
        taken = [item for each in self.ones if isinstance(each, Takes) for item in picture.members(each.who)]
        return (*taken, *(item for each in self.ones for item in each.drugs(picture)))

    @property
    def only_with(self) -> tuple[DrugGroup | str, ...] | None:
        found: list[DrugGroup | str] = []
        for each in self.ones:
            if each.only_with is None:
                return None
            found += each.only_with
        return tuple(found)

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        return tuple(who for each in self.ones for who in each.groups)

    @property
    def asks(self) -> tuple[Ask, ...]:
        return tuple(ask for each in self.ones for ask in each.asks)

    @property
    def form(self) -> Form:
        return OneOf(tuple(each.form for each in self.ones))


@frozen
class All(CaseClause):
    """Several conditions hold together."""

    ones: tuple[CaseClause, ...]

    def __str__(self) -> str:
        return " and ".join(f"({each})" if isinstance(each, AnyOf) else str(each) for each in self.ones)

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        unknown = False
        for each in self.ones:
            found = each.test(picture, items)
            if found is False:
                return False
            unknown = unknown or found is None
        return None if unknown else True

    def seen(self, picture: Picture) -> tuple[str, ...]:
        return tuple(word for each in self.ones for word in each.seen(picture))

    def lacking(self, picture: Picture) -> tuple[Ask, ...]:
        return _lacking(self, self.ones, picture)

    @property
    def only_with(self) -> tuple[DrugGroup | str, ...] | None:
        return next((each.only_with for each in self.ones if each.only_with is not None), None)

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        return tuple(who for each in self.ones for who in each.groups)

    @property
    def asks(self) -> tuple[Ask, ...]:
        return tuple(ask for each in self.ones for ask in each.asks)

    @property
    def form(self) -> Form:
        return AllOf(tuple(each.form for each in self.ones))


def _lacking(joined: CaseClause, ones: Sequence[CaseClause], picture: Picture) -> tuple[Ask, ...]:
    if joined.test(picture) is not None:
        return ()
    return tuple(dict.fromkeys([ask for each in ones for ask in each.lacking(picture)]))


def _about_patient(one: CaseClause) -> bool:
    return str(one).split(" ", 1)[0] in ("takes", "has", "is", "either")
