"""A proposed order beside what is taken: the day's MME now and with it, and what it brings.

Whether a proposed order continues a medicine that is taken or comes on top of it is often not said. Then both are
counted, and neither is chosen: the one who signs knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import Enum
from fractions import Fraction

from attrs import evolve, frozen

from medsteward.advice.case.check import check_case
from medsteward.advice.case.mme import mme_per_day
from medsteward.advice.case.mme_report import MmeReport
from medsteward.advice.case.review import merged_problems
from medsteward.errors import DraftOfAnother
from medsteward.interactions.result import CheckReport, Finding
from medsteward.mme.result import CompleteTotal, NoTotal
from medsteward.model.acknowledgement import Acknowledgement
from medsteward.model.problem import Caution, Problem
from medsteward.model.product import Product
from medsteward.model.regimen import Case, Line, ProposedOrder
from medsteward.tables.table import FactorTable

ON_ITS_DAY = "its days lie elsewhere, so it was counted as if taken on {}"


class Wholeness(Enum):
    """Whether a figure counts every opioid."""

    COMPLETE = "complete"
    AT_LEAST = "at_least"
    NONE = "none"


@frozen
class Counted:
    """The day's MME and the findings of one list of medicines."""

    mme: MmeReport
    check: CheckReport

    @property
    def whole(self) -> Wholeness:
        """Whether every opioid is in the figure."""
        if isinstance(self.mme.total, NoTotal):
            return Wholeness.NONE
        return Wholeness.COMPLETE if isinstance(self.mme.total, CompleteTotal) else Wholeness.AT_LEAST


@frozen
class MmeDifference:
    """How much more a day it is, in MME/d; less than zero: it is less."""

    scheduled: Fraction
    maximum: Fraction


@frozen
class ListWith:
    """The list of medicines with proposed orders on it. ``difference`` is None where a figure is not whole."""

    counted: Counted
    difference: MmeDifference | None


@frozen
class WithIt:
    """What proposed orders make of the list.

    ``added`` has them beside everything else, ``replacing`` in the place of what they may renew. One that is known to
    replace something has no ``added``; one that renews nothing has no ``replacing``. Nothing that counts: neither.
    ``replaces`` and ``possible_renewal_of`` are numbers of lines of the case.
    """

    added: ListWith | None = None
    replacing: ListWith | None = None
    replaces: tuple[int, ...] = ()
    possible_renewal_of: tuple[int, ...] = ()

    @property
    def ways(self) -> tuple[ListWith, ...]:
        """The ways in which they may be taken."""
        return tuple(way for way in (self.added, self.replacing) if way is not None)

    @property
    def findings_new(self) -> tuple[Finding, ...]:
        """What they bring in either way, each once, the most urgent first."""
        return _merged(way.counted.check.findings for way in self.ways)

    @property
    def findings_known(self) -> tuple[Finding, ...]:
        """What was there before and stays."""
        return _merged(way.counted.check.known for way in self.ways)

    @property
    def interrupting(self) -> tuple[Finding, ...]:
        """What they bring that interrupts now."""
        return _merged(way.counted.check.interrupting for way in self.ways)


@frozen
class DraftAnswer:
    """One proposed order by itself. ``draft`` has its lines on the days on which they were counted."""

    draft: ProposedOrder
    with_it: WithIt


@frozen
class Proposed:
    """A case as it is and with proposed orders: each of them by itself in ``drafts``, all together in ``with_it``.

    ``drafts`` is empty where they were not looked at one by one.
    """

    case: Case
    table: FactorTable
    now: Counted
    with_it: WithIt
    drafts: tuple[DraftAnswer, ...]
    problems: tuple[Problem, ...]
    cautions: tuple[Caution, ...]

    @property
    def case_id(self) -> str | None:
        """The opaque key of the case."""
        return self.case.id

    @property
    def as_of(self) -> date:
        """The day asked about."""
        return self.case.as_of

    @property
    def interrupts(self) -> bool:
        """Whether something that they bring interrupts now."""
        return bool(self.with_it.interrupting)

    @property
    def exit_code(self) -> int:
        """0 complete, 3 needs confirmation, 4 a part is missing, 5 refused; the highest wins."""
        return max((problem.exit_code for problem in self.problems), default=0)


def proposed_with(
    case: Case,
    drafts: Sequence[ProposedOrder],
    *,
    table: FactorTable,
    as_of: date,
    acknowledged: Sequence[Acknowledgement] = (),
    one_by_one: bool = True,
) -> Proposed:
    """Hold proposed orders against a case on a day: all together and, unless it is switched off, ``one_by_one``.

    An order that has the id of one of the case, or names it as the one before and is of the same ingredients, replaces
    it. Else lines of the same ingredients, route and release may be renewed by it, and both ways are counted. A draft
    without a dose adds no figure, and its interactions are looked at. Raises ``DraftOfAnother`` for a draft that is for
    another patient.
    """
    for draft in drafts:
        if draft.patient is not None and case.id is not None and draft.patient != case.id:
            raise DraftOfAnother(draft.name)
    apart = {("FHIR-101", draft.where) for draft in drafts if draft.where}
    case = evolve(case, as_of=as_of, cautions=tuple(c for c in case.cautions if (c.code, c.where) not in apart))
    drafts, moved = _on_the_day(drafts, as_of)
    look = _Look(case, table, acknowledged)
    alone = drafts if one_by_one else ()
    answers = tuple(DraftAnswer(draft, look.with_drafts([draft])) for draft in alone)
    together = answers[0].with_it if len(answers) == 1 else look.with_drafts(drafts)
    now = (look.now.mme, look.now.check)
    problems = [*merged_problems(each.problems for each in now)]
    cautions = sorted((c for each in now for c in each.cautions), key=lambda each: each.code != _REPEATED)
    for some, with_it in (*(([each.draft], each.with_it) for each in answers), (drafts, together)):
        problems += look.problems_of(some, with_it)
        cautions += look.cautions_of(some, with_it)
    return Proposed(
        case=case,
        table=table,
        now=look.now,
        with_it=together,
        drafts=answers,
        problems=tuple(dict.fromkeys(problems)),
        cautions=tuple(dict.fromkeys((*cautions, *moved, *_about_links(drafts, case)))),
    )


# --- which lines -------------------------------------------------------------------------------------------------


def _on_the_day(drafts: Sequence[ProposedOrder], day: date) -> tuple[list[ProposedOrder], list[Caution]]:
    """The drafts with lines that are taken on the day asked about, and what to say where their days were moved.

    Lines of one draft that follow one another keep their days where one of them is taken on the day.
    """
    found, said = [], []
    for draft in drafts:
        where = _named(draft)
        if draft.not_counted:
            said.append(Caution("DRAFT-101", f"{draft.not_counted}; it adds nothing", where))
        lines = [evolve(line, lapsed=None, replaced="", link="") for line in draft.lines]
        if lines and not any(line.is_active_on(day) for line in lines):
            first = min((line.start for line in lines if line.start is not None), default=None)
            lines = [_moved(line, first, day) for line in lines]
            said.append(Caution("DRAFT-102", ON_ITS_DAY.format(day), where))
        found.append(evolve(draft, lines=tuple(lines)))
    return found, said


def _moved(line: Line, first: date | None, day: date) -> Line:
    """A line as if the first of its draft began on a day."""
    if first is None or line.start is None:
        return evolve(line, start=None, end=None)
    shift = day - first
    last = line.last_day
    return evolve(line, start=line.start + shift, end=None if last is None else last + shift)


def _replaced_by(draft: ProposedOrder, case: Case) -> list[int]:
    """The lines that a draft is known to replace: those of the order with its id, or of the one before it."""
    own, prior = set(draft.order), set(draft.replaces)
    names = {line.regimen.product.ingredients for line in draft.lines if line.regimen is not None}
    found: list[int] = []
    for order in case.orders:
        if own.isdisjoint(order.names):
            before = [case.lines[number - 1].regimen for number in order.lines]
            alike = all(each is not None and each.product.ingredients in names for each in before)
            if prior.isdisjoint(order.names) or not alike:
                continue
        found += order.lines
    return [number for number in found if case.lines[number - 1].is_active_on(case.as_of)]


def _without_replaced(drafts: Sequence[ProposedOrder]) -> list[ProposedOrder]:
    """The drafts that no other of them replaces: one names the other as the one before, of the same ingredients."""

    def ingredients(draft: ProposedOrder) -> set[frozenset[str]]:
        return {line.regimen.product.ingredients for line in draft.lines if line.regimen is not None}

    return [
        draft
        for draft in drafts
        if not any(
            other is not draft
            and not set(other.replaces).isdisjoint(draft.order)
            and set(draft.replaces).isdisjoint(other.order)
            and ingredients(draft) == ingredients(other)
            for other in drafts
        )
    ]


def _perhaps_renewed_by(draft: ProposedOrder, case: Case, replaced: Iterable[int]) -> list[int]:
    """The other lines that a draft may renew: of the order it names, or of the same ingredients, route and release."""
    named = {
        number for order in case.orders if not set(draft.replaces).isdisjoint(order.names) for number in order.lines
    }
    products = [line.regimen.product for line in draft.lines if line.regimen is not None]
    return [
        number
        for number, line in enumerate(case.lines, start=1)
        if number not in replaced
        and line.is_active_on(case.as_of)
        and line.regimen is not None
        and (number in named or any(_alike(line.regimen.product, each) for each in products))
    ]


def _alike(one: Product, other: Product) -> bool:
    """Whether two products are of the same ingredients, and no stated route or release tells them apart."""
    return (
        one.ingredients == other.ingredients
        and (one.route is None or other.route is None or one.route == other.route)
        and (one.release is None or other.release is None or one.release == other.release)
    )


# --- counting ----------------------------------------------------------------------------------------------------


class _Look:
    """Counts and checks a case with drafts on it; what it is without any is done once."""

    def __init__(self, case: Case, table: FactorTable, acknowledged: Sequence[Acknowledgement]) -> None:
        self.case, self.table, self.acknowledged = case, table, acknowledged
        self.now = self._counted(case, None)
        self._known_problems = {
            _key(each) for each in merged_problems((self.now.mme.problems, self.now.check.problems))
        }
        self._known_cautions = {*self.now.mme.cautions, *self.now.check.cautions}

    def _counted(self, case: Case, before: Case | None) -> Counted:
        check = check_case(case, table=self.table, acknowledged=self.acknowledged, new_since=before)
        return Counted(mme_per_day(case, table=self.table), check)

    def with_drafts(self, drafts: Sequence[ProposedOrder]) -> WithIt:
        """The case with drafts, in the ways in which they may be meant."""
        counting = _without_replaced([draft for draft in drafts if not draft.not_counted])
        if not counting:
            return WithIt()
        replaced = sorted({number for draft in counting for number in _replaced_by(draft, self.case)})
        perhaps = sorted({n for draft in counting for n in _perhaps_renewed_by(draft, self.case, replaced)})
        added = self._with(counting, replaced) if perhaps or not replaced else None
        replacing = self._with(counting, [*replaced, *perhaps]) if perhaps or replaced else None
        return WithIt(added, replacing, tuple(replaced), tuple(perhaps))

    def _with(self, drafts: Sequence[ProposedOrder], without: Sequence[int]) -> ListWith:
        lines = [
            evolve(line, replaced="a proposed order is in its place") if number in without else line
            for number, line in enumerate(self.case.lines, start=1)
        ]
        case = evolve(
            self.case,
            lines=(*lines, *(line for draft in drafts for line in draft.lines)),
            problems=(*self.case.problems, *(each for draft in drafts for each in draft.problems)),
            cautions=(*self.case.cautions, *(each for draft in drafts for each in draft.cautions)),
            unread=(*self.case.unread, *(each for draft in drafts for each in draft.unread)),
        )
        counted = self._counted(case, self.case)
        return ListWith(counted, _difference(self.now, counted))

    def problems_of(self, drafts: Sequence[ProposedOrder], with_it: WithIt) -> list[Problem]:
        """The problems that drafts bring, each at the name of its draft instead of a line's number."""
        return [
            evolve(problem, where=self._place(problem.where, drafts))
            for way in with_it.ways
            for problem in merged_problems((way.counted.mme.problems, way.counted.check.problems))
            if _key(problem) not in self._known_problems
        ]

    def cautions_of(self, drafts: Sequence[ProposedOrder], with_it: WithIt) -> list[Caution]:
        """The warnings that drafts bring. That one may be a renewal is said by ``possible_renewal_of``."""
        return [
            evolve(caution, where=self._place(caution.where, drafts))
            for way in with_it.ways
            for caution in (*way.counted.mme.cautions, *way.counted.check.cautions)
            if caution not in self._known_cautions and caution.code != _REPEATED
        ]

    def _place(self, where: str, drafts: Sequence[ProposedOrder]) -> str:
        number, _, rest = where.removeprefix("line ").partition(",")
        if not where.startswith("line ") or not number.isdigit() or int(number) <= len(self.case.lines):
            return where
        counting = _without_replaced([draft for draft in drafts if not draft.not_counted])
        of_line = [draft for draft in counting for _ in draft.lines]
        named = _named(of_line[int(number) - len(self.case.lines) - 1])
        return f"{named},{rest}" if rest else named


_REPEATED = "MME-105"
"""The warning that lines may be one prescription."""


def _difference(now: Counted, then: Counted) -> MmeDifference | None:
    """How much more a day; None where one of the figures is not whole."""
    before, after = now.mme.total, then.mme.total
    if not isinstance(before, CompleteTotal) or not isinstance(after, CompleteTotal):
        return None
    return MmeDifference(after.scheduled.value - before.scheduled.value, after.maximum.value - before.maximum.value)


def _key(problem: Problem) -> tuple[str, str, str]:
    return problem.code, problem.where, problem.text


def _named(draft: ProposedOrder) -> str:
    return f'draft "{draft.name[:60]}"'


def _merged(several: Iterable[Iterable[Finding]]) -> tuple[Finding, ...]:
    """Findings of several answers, each rule once: that of the first answer, the most urgent first."""
    found: dict[str, Finding] = {}
    for findings in several:
        for each in findings:
            found.setdefault(each.id, each)
    return tuple(sorted(found.values(), key=lambda each: (each.tier, -each.severity)))


def _about_links(drafts: Sequence[ProposedOrder], case: Case) -> list[Caution]:
    """What to say of drafts whose links to orders of the case decide nothing."""
    said = []
    for draft in drafts:
        mine = [n for order in case.orders if not set(draft.order).isdisjoint(order.names) for n in order.lines]
        if draft.not_counted and mine:
            said.append(Caution("DRAFT-103", f"line {mine[0]} has its id and goes on counting", _named(draft)))
        if not draft.replaces or draft.not_counted:
            continue
        prior = [n for order in case.orders if not set(draft.replaces).isdisjoint(order.names) for n in order.lines]
        if not prior:
            text = "the order that it names as the one before is not among those of the input"
            said.append(Caution("DRAFT-103", text, _named(draft)))
        elif not set(prior) & set(_replaced_by(draft, case)):
            text = f"line {prior[0]}, which it names as the one before, is of another drug or not active"
            said.append(Caution("DRAFT-103", f"{text}; whether it ends is not known", _named(draft)))
    return said
