"""Clauses about the days on which something is taken: since when, after what, and what has ended."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from medsteward.model.missing import HOW_ENDED, Ask
from medsteward.model.regimen import HowEnded
from medsteward.patient.case_clause import CaseClause, now_of
from medsteward.patient.drug_group import DrugGroup
from medsteward.patient.form import AllOf, Among, AnyRow, Compare, Form, OneOf, Op, RowAfter, Rows, Unless
from medsteward.patient.marks import MARKS
from medsteward.patient.overlaps import Lasting
from medsteward.patient.picture import Picture
from medsteward.patient.taken import TakenDrug, begun


@frozen
class StartedWithin(CaseClause):
    """A drug of the finding that belongs to the group began, or was raised, at most so many days before the day.

    A refill is no start. ``or_undated``: also where its first day is not stated.
    """

    who: DrugGroup
    days: int
    or_undated: bool = False

    def __str__(self) -> str:
        undated = ", or its first day is not stated" if self.or_undated else ""
        return f"{self.who} was started or raised within {self.days} days, or is yet to start{undated}"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        earliest = picture.today - self.days
        since = [i for i in items or picture.every if i.since >= earliest or (self.or_undated and not i.since)]
        return any(i.belongs_to(self.who) and (not i.since or begun(picture.every, i) >= earliest) for i in since)

    @property
    def only_with(self) -> tuple[DrugGroup | str, ...] | None:
        return (self.who,)

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        return (self.who,)

    @property
    def form(self) -> Form:
        started: Form = Compare("days_since_new", Op.UP_TO, self.days)
        if self.or_undated:
            started = OneOf((started, Compare("since", Op.IS, 0)))
        return AnyRow(Rows.FOUND, AllOf((self.who.form, started)))


@frozen
class StartedAfter(CaseClause):
    """Of the drugs of the finding, one of ``later`` began after one of ``earlier``, which goes on."""

    later: DrugGroup
    earlier: DrugGroup

    def __str__(self) -> str:
        return f"{self.later} was added to {self.earlier} that was already taken"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        late = [item for item in items if item.belongs_to(self.later)]
        early = [item for item in items if item.belongs_to(self.earlier)]
        return any(a.since > b.since for a in late for b in early)

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        return (self.later, self.earlier)

    @property
    def form(self) -> Form:
        return RowAfter(Rows.FOUND, self.later.form, self.earlier.form)


@frozen
class TakenLonger(CaseClause):
    """A drug of a group is taken for more than so many days; a first day that is not stated counts as such."""

    who: DrugGroup
    days: int

    def __str__(self) -> str:
        return f"has taken {self.who} for more than {self.days} days, or since a day that is not stated"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return any(picture.today - item.since > self.days for item in picture.members(self.who))

    @property
    def only_with(self) -> tuple[DrugGroup | str, ...] | None:
        return (self.who,)

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        return (self.who,)

    @property
    def form(self) -> Form:
        return AnyRow(Rows.TAKEN, AllOf((now_of(self.who), Compare("days_since_start", Op.ABOVE, self.days))))


@frozen
class Ended(CaseClause):
    """A drug of a group has ended, and its effect wears off: the days that it lasts after its last day are not over.

    A drug that goes on in another line has not ended. With ``how``, only an end that is stated to be such counts; one
    that is not stated is not known.
    """

    who: DrugGroup
    within: Lasting
    how: HowEnded | None = None

    def __str__(self) -> str:
        suddenly = {None: "", HowEnded.SUDDENLY: " suddenly", HowEnded.TAPER: " by a taper"}[self.how]
        return f"has ended{suddenly}: {self.who} [{self.within}]"

    def lasts(self, item: TakenDrug) -> int:
        """How many days a drug that ended still counts."""
        return self.within.of(item.name, patch=item.part.form == "patch", depot=item.part.is_depot)[0]

    def over(self, picture: Picture) -> list[TakenDrug]:
        """The drugs that have ended, however they did, and still count."""
        today, mark = picture.today, MARKS.get(self.who)
        every = picture.every if mark is None else picture.of(mark)
        return [
            item
            for item in every
            if item.until < today <= item.until + self.lasts(item)
            and (mark is not None or self.who.holds(item.part))
            and not picture.goes_on(item)
        ]

    def drugs(self, picture: Picture) -> tuple[TakenDrug, ...]:
        return tuple(item for item in self.over(picture) if self.how is None or item.how_ended is self.how)

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        if not picture.has_dates:
            return False
        over = self.over(picture)
        if self.how is None:
            return bool(over)
        if any(item.how_ended is self.how for item in over):
            return True
        return None if any(item.how_ended is None for item in over) else False

    @property
    def asks(self) -> tuple[Ask, ...]:
        return () if self.how is None else (HOW_ENDED,)

    @property
    def only_with(self) -> tuple[DrugGroup | str, ...] | None:
        return (self.who,)

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        return (self.who,)

    @property
    def form(self) -> Form:
        own = tuple(name for name, _ in self.within.named)
        lasting: list[Form] = [
            AllOf((Among("ingredient", (name,)), Compare("days_since_end", Op.UP_TO, days)))
            for name, days in self.within.named
        ]
        lasting.append(AllOf((Unless(Among("ingredient", own)), Compare("days_since_end", Op.UP_TO, self.within.days))))
        where = AllOf((self.who.form, Compare("over", Op.IS, True), OneOf(tuple(lasting))))
        return AnyRow(Rows.TAKEN, where, AllOf(()) if self.how is None else Compare("how_ended", Op.IS, self.how.name))
