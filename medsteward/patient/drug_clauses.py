"""Clauses about what is taken."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from fractions import Fraction
from functools import cached_property

from attrs import frozen

from medsteward.model.drug import DrugClass
from medsteward.model.number import decimal_text
from medsteward.model.oud import OudTreatment
from medsteward.patient.case_clause import CaseClause, now_of
from medsteward.patient.drug_group import FOR_ITSELF, DrugGroup
from medsteward.patient.form import (
    AllOf,
    Among,
    AnyRow,
    Compare,
    Distinct,
    Form,
    IsStated,
    Negated,
    OneOf,
    Op,
    Rows,
    SumAbove,
)
from medsteward.patient.marks import MARKS
from medsteward.patient.overlaps import Lasting
from medsteward.patient.picture import Picture
from medsteward.patient.taken import TakenDrug

_FOR_ITSELF = tuple(sorted(each.value for each in FOR_ITSELF))


@frozen
class Takes(CaseClause):
    """The patient takes a drug of a group.

    ``lasting`` is how long it counts after it was stopped. ``not_for_oud`` leaves out what treats opioid use disorder
    or may do so; it is for rules with one group.
    """

    who: DrugGroup
    lasting: Lasting | None = None
    not_for_oud: bool = False

    def __str__(self) -> str:
        if self.not_for_oud:
            return f"takes {self.who} that is not treatment of opioid use disorder"
        if self.lasting is None:
            return f"takes {self.who}"
        return f"takes {self.who} [{self.lasting}]"

    @cached_property
    def mark(self) -> int | None:
        """The bit of the group; None: it is not a declared one."""
        return MARKS.get(self.who)

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        if self.mark is None:
            return bool(picture.members(self.who))
        return bool(picture.present & self.mark and picture.current(self.mark))

    @property
    def only_with(self) -> tuple[DrugGroup | str, ...] | None:
        return (self.who,)

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        return (self.who,)

    @property
    def form(self) -> Form:
        return AnyRow(Rows.TAKEN, now_of(self.who))


@frozen
class TakesOnTheDay(CaseClause):
    """A drug of a group is taken on the day asked about, not only before or after it."""

    who: DrugGroup

    def __str__(self) -> str:
        return f"takes {self.who} on the day"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return bool(picture.on_the_day(self.who))

    def seen(self, picture: Picture) -> tuple[str, ...]:
        return tuple(dict.fromkeys([each.name for each in picture.on_the_day(self.who)]))

    @property
    def only_with(self) -> tuple[DrugGroup | str, ...] | None:
        return (self.who,)

    @property
    def form(self) -> Form:
        today = (
            self.who.form,
            Compare("begun", Op.IS, True),
            Compare("ended", Op.IS, False),
            Among("role", _FOR_ITSELF),
        )
        return AnyRow(Rows.TAKEN, AllOf(today))


class Each(Enum):
    """What is counted once when several are asked for."""

    INGREDIENT = "ingredients"
    CLASS = "classes"
    LINE = "products"
    INGREDIENT_OR_PRESCRIBER = "ingredients or prescribers"
    LINE_OR_PRESCRIBER = "lines or prescribers"
    PRESCRIBER = "prescribers"
    RELEASE = "releases"


class Within(Enum):
    """What those that are counted have in common, by the column that says it."""

    INGREDIENT = "ingredient"
    CLASS = "drug_class"


@frozen
class TakesSeveral(CaseClause):
    """The patient takes several of a group at the same time, each kind counted once.

    With ``within``, those of one ingredient, or of one class, are counted by themselves.
    """

    who: DrugGroup
    at_least: int
    each: Each = Each.INGREDIENT
    within: Within | None = None

    def __str__(self) -> str:
        number = {2: "two", 3: "three", 4: "four"}[self.at_least]
        within = "" if self.within is None else f" of one {self.within.value.replace('drug_class', 'class')}, it being"
        return f"takes {number} or more different {self.each.value}{within or ' of:'} {self.who}"

    def those(self, items: Sequence[TakenDrug]) -> Sequence[TakenDrug]:
        """The drugs of which there are enough; empty: there are not."""
        if self.each is Each.PRESCRIBER:
            items = [item for item in items if item.prescriber is not None]
            if len(items) < self.at_least:
                return ()
        if self.within is None:
            return items if self._counted(items) >= self.at_least else ()
        apart: dict[str | DrugClass, list[TakenDrug]] = {}
        for item in items:
            key = item.name if self.within is Within.INGREDIENT else item.part.drug_class
            apart.setdefault(key, []).append(item)
        return [
            item
            for alike in apart.values()
            if len(alike) >= self.at_least and self._counted(alike) >= self.at_least
            for item in alike
        ]

    def _counted(self, items: Sequence[TakenDrug]) -> int:
        if self.each is Each.INGREDIENT:
            return len({item.part.ingredient for item in items})
        if self.each is Each.CLASS:
            return len({item.part.drug_class for item in items})
        if self.each is Each.LINE:
            return len({item.line for item in items if not (item.again and item.part.daily_mg is not None)})
        if self.each is Each.RELEASE:
            return len({item.part.long_acting for item in items})
        if self.each in (Each.PRESCRIBER, Each.LINE_OR_PRESCRIBER):
            prescribers = len({item.prescriber for item in items if item.prescriber is not None})
            if self.each is Each.PRESCRIBER:
                return prescribers
            return max(prescribers, len({item.line for item in items if not item.again}))
        found = len({item.part.ingredient for item in items})
        if self.each is Each.INGREDIENT_OR_PRESCRIBER:
            known = {(item.name, item.prescriber) for item in items if item.prescriber is not None}
            return max(found, len(known))
        return found

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return bool(self.those(picture.members(self.who)))

    @property
    def only_with(self) -> tuple[DrugGroup | str, ...] | None:
        return (self.who,)

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        return (self.who,)

    @property
    def form(self) -> Form:
        where = now_of(self.who)
        once = AllOf((where, Compare("again", Op.IS, False)))
        repeated = AllOf((Compare("again", Op.IS, True), IsStated("daily_mg")))
        not_repeated = AllOf((where, Negated(repeated)))
        counts: tuple[tuple[Form, tuple[str, ...]], ...] = {
            Each.INGREDIENT: ((where, ("ingredient",)),),
            Each.CLASS: ((where, ("drug_class",)),),
            Each.LINE: ((not_repeated, ("line",)),),
            Each.INGREDIENT_OR_PRESCRIBER: ((where, ("ingredient",)), (where, ("ingredient", "prescriber"))),
            Each.LINE_OR_PRESCRIBER: ((once, ("line",)), (where, ("prescriber",))),
            Each.PRESCRIBER: ((where, ("prescriber",)),),
            Each.RELEASE: ((where, ("long_acting",)),),
        }[self.each]
        within = "" if self.within is None else self.within.value
        found = tuple(Distinct(Rows.TAKEN, rows, columns, self.at_least, within) for rows, columns in counts)
        return found[0] if len(found) == 1 else OneOf(found)


@frozen
class DailyAbove(CaseClause):
    """The day's total of one ingredient over all lines is above a limit, in mg. ``or_unknown``: also if not known.

    ``or_equal``: at the limit too.

    Lines that may be one prescription are added once.
    """

    who: DrugGroup
    limit_mg: Fraction
    or_unknown: bool = False
    or_equal: bool = False

    def __str__(self) -> str:
        unknown = ", or a dose that is not stated" if self.or_unknown else ""
        than = "at least" if self.or_equal else "more than"
        return f"has {than} {decimal_text(self.limit_mg, thousands=True)} mg of {self.who} a day in all{unknown}"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        begun = [item for item in picture.members(self.who) if item.since <= picture.today and not item.again]
        known = [item.part.daily_mg for item in begun if item.part.daily_mg is not None]
        total = known[0] if len(known) == 1 else sum(known, Fraction(0))
        if total > self.limit_mg or (self.or_equal and total == self.limit_mg):
            return True
        return (self.or_unknown or None) if len(known) < len(begun) else False

    @property
    def only_with(self) -> tuple[DrugGroup | str, ...] | None:
        return (self.who,)

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        return (self.who,)

    @property
    def form(self) -> Form:
        where = AllOf((now_of(self.who), Compare("begun", Op.IS, True), Compare("again", Op.IS, False)))
        above = SumAbove(Rows.TAKEN, where, "daily_mg", self.limit_mg, self.or_equal)
        return OneOf((above, AnyRow(Rows.TAKEN, where, Negated(IsStated("daily_mg"))))) if self.or_unknown else above


@frozen
class MoreThanDosesADay(CaseClause):
    """A drug of the finding is taken more often in a day than a number of times."""

    who: DrugGroup
    times: int

    def __str__(self) -> str:
        return f"takes {self.who} more than {self.times} times a day"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        known = [item.part.times_a_day for item in picture.members(self.who)]
        if any(times is not None and times > self.times for times in known):
            return True
        return None if any(times is None for times in known) else False

    @property
    def only_with(self) -> tuple[DrugGroup | str, ...] | None:
        return (self.who,)

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        return (self.who,)

    @property
    def form(self) -> Form:
        return AnyRow(Rows.TAKEN, now_of(self.who), Compare("times_a_day", Op.ABOVE, self.times))


@frozen
class Includes(CaseClause):
    """A drug of the finding belongs to a group."""

    who: DrugGroup

    def __str__(self) -> str:
        return f"{self.who} is among them"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return any(item.belongs_to(self.who) for item in items)

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        return (self.who,)

    @property
    def form(self) -> Form:
        return AnyRow(Rows.FOUND, self.who.form)


_TREATMENT_NAMES = tuple(sorted(each.name for each in OudTreatment if each.goes_on))


@frozen
class TreatsOud(CaseClause):
    """An opioid of the finding is treatment of opioid use disorder."""

    def __str__(self) -> str:
        return "the opioid is treatment of opioid use disorder"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        if not any(answer.goes_on for answer in picture.answers_oud):
            return False
        return any(item.oud.goes_on for item in items or picture.every)

    @property
    def form(self) -> Form:
        return AnyRow(Rows.FOUND, Among("oud", _TREATMENT_NAMES))


@frozen
class MayTreatOud(CaseClause):
    """It is not clear whether an opioid of the finding is treatment of opioid use disorder, and none surely is."""

    def __str__(self) -> str:
        return "it is not clear whether the opioid is treatment of opioid use disorder"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        if OudTreatment.UNCLEAR not in picture.answers_oud:
            return False
        found = [item.oud for item in items or picture.every]
        return OudTreatment.UNCLEAR in found and not any(each.goes_on for each in found)

    @property
    def form(self) -> Form:
        unclear = AnyRow(Rows.FOUND, Among("oud", (OudTreatment.UNCLEAR.name,)))
        return AllOf((unclear, Negated(AnyRow(Rows.FOUND, Among("oud", _TREATMENT_NAMES)))))


@frozen
class SeveralPrescribers(CaseClause):
    """The drugs of the finding have more than one prescriber."""

    def __str__(self) -> str:
        return "more than one prescriber is involved"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return len({item.prescriber for item in items if item.prescriber is not None}) > 1

    @property
    def form(self) -> Form:
        return Distinct(Rows.FOUND, AllOf(()), ("prescriber",), 2)
