"""The quick way to hold what is taken against the limits: line by line, with what does not change kept.

Most lines are above no row whoever takes them. For those that are, which row holds is kept by the answers of the
populations: the same medicine in the next patient with the same answers asks nothing again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import floor

from attrs import field, frozen

from medsteward.caches import remembered
from medsteward.doses.daily import REMEMBERED
from medsteward.limits.hold import (
    FORBIDS,
    PER_KG,
    WORKED_OUT,
    HeldLimits,
    Passed,
    asked_by,
    bounds_a_course,
    bounds_any_stage,
    hold,
    is_passed,
    passed_alike,
    rows_alike,
    rows_of,
)
from medsteward.limits.limit import DoseLimit, LimitKind
from medsteward.limits.stated import CaseDose, stated_dose
from medsteward.model.missing import Ask
from medsteward.model.regimen import Regimen
from medsteward.patient.case_clause import CaseClause
from medsteward.patient.drug_group import Ingredient
from medsteward.patient.overlaps import EVER
from medsteward.patient.picture import Picture
from medsteward.patient.taken import TakenDrug

KEPT = 64
"""How many answers are kept for each group of rows of a line."""

Wanted = Callable[[DoseLimit], bool]
_Courses = tuple[tuple[DoseLimit, ...], ...]
_Held = tuple[Passed | None, Sequence[DoseLimit]]


@frozen(eq=False)
class _Group:
    """Rows that bound the same thing, and those of them that one line by itself is above, whoever takes it.

    ``populations`` are those of all rows; ``by_weight`` and ``by_kidney`` say of which figures of the patient a limit
    is worked out. ``kept``: what was passed before, by all that decides it; None where days of the line or the day's
    MME decide too.
    """

    rows: tuple[DoseLimit, ...]
    above: tuple[DoseLimit, ...]
    populations: tuple[CaseClause, ...]
    by_weight: bool
    by_kidney: bool
    kept: dict[object, _Held] | None = field(repr=False)

    def held(self, picture: Picture, item: TakenDrug) -> _Held:
        """What of the rows a line is above, and the rows that are passed and may hold."""
        items = (item,)
        if self.kept is None:
            if not any(_decides(row, picture, item) for row in self.above):
                return None, ()
            return passed_alike(picture, self.rows, dict.fromkeys(self.rows, items))
        answers = tuple([population.test(picture, items) for population in self.populations])
        key = (
            answers,
            picture.indications,
            picture.patient.indication,
            picture.patient.weight_kg if self.by_weight else None,
            picture.kidney if self.by_kidney else None,
        )
        found = self.kept.get(key)
        if found is None:
            passed, unknown = passed_alike(picture, self.rows, dict.fromkeys(self.rows, items))
            found = (None if passed is None else _here(passed, picture, ())), unknown
            if len(self.kept) < KEPT:
                self.kept[key] = found
        passed, unknown = found
        return (None if passed is None else _here(passed, picture, items)), unknown


def _here(passed: Passed, picture: Picture, items: tuple[TakenDrug, ...]) -> Passed:
    """What the same line passed before, as it is passed in this case."""
    seen = () if passed.row.population is None else passed.row.population.seen(picture)
    stated = CaseDose(passed.stated.value, passed.stated.unit, items)
    return Passed(passed.row, stated, passed.limit, passed.worked_out, seen)


@remembered(REMEMBERED)
def _groups(part: Ingredient, regimen: Regimen, wanted: Wanted) -> tuple[_Group, ...]:
    """The wanted rows, as far as a line by itself may be above one of them: for most lines none.

    A figure that depends on the patient may be any.
    """
    item = (TakenDrug(1, part, regimen),)
    found = []
    for rows in rows_alike([row for row in rows_of(part) if wanted(row)]):
        ceilings = [row for row in rows if row.kind is not LimitKind.DOSE_REDUCTION_PERCENT]
        highest = max((row.high for row in ceilings if row.high is not None), default=Fraction(0))
        above = [row for row in rows if _may_be_above(row, item, highest)]
        if above:
            populations = tuple(dict.fromkeys(row.population for row in rows if row.population is not None))
            by_weight = any(row.unit in PER_KG or row.kind is LimitKind.MAX_DAILY_PER_KG for row in rows)
            by_kidney = any(row.kind is LimitKind.MAX_DAILY_PER_CRCL for row in rows)
            kept: dict[object, _Held] = {}
            found.append(
                _Group(
                    tuple(rows),
                    tuple(above),
                    populations,
                    by_weight,
                    by_kidney,
                    None if any(row.unit == "MME/d" or row.kind is LimitKind.MAX_COURSE_DAYS for row in rows) else kept,
                )
            )
    return tuple(found)


def _may_be_above(row: DoseLimit, item: Sequence[TakenDrug], ceiling: Fraction) -> bool:
    figure = row.high if row.high is not None else row.low
    if row.kind in WORKED_OUT or row.kind in FORBIDS or row.unit in PER_KG or row.unit == "MME/d":
        return True
    if row.kind is LimitKind.DOSE_REDUCTION_PERCENT:
        stated = stated_dose(LimitKind.MAX_DAILY, "mg/d", item)
        return row.low is not None and stated is not None and stated.value > ceiling * (100 - row.low) / 100
    stated = stated_dose(row.kind, row.unit, item)
    return stated is not None and figure is not None and is_passed(row.kind, stated.value, figure)


def _decides(row: DoseLimit, picture: Picture, item: TakenDrug) -> bool:
    """Whether a row that a line may be above holds for the patient, or would if a fact that is not stated were so."""
    if row.population is None:
        return True
    answer = row.population.test(picture, (item,))
    return bool(answer) or (answer is None and bool(row.population.lacking(picture)))


def may_be_above(items: Sequence[TakenDrug], wanted: Wanted) -> bool:
    """Whether any of these medicines may be above a wanted row, whoever takes it."""
    names = [item.part.ingredient for item in items]
    return len(set(names)) < len(names) or any(_groups(item.part, item.regimen, wanted) for item in items)


def above_ceilings(picture: Picture) -> HeldLimits:
    """What is above a ceiling that holds at any stage: the same as ``hold`` of all that is taken, and quicker.

    A medicine on one line is held only against rows that the line may be above; what is on two lines, and courses with
    days, against all.
    """
    taken = picture.taken
    passed: list[Passed] = []
    lacking: dict[Ask, None] = {}
    several = len(picture.names) < len(taken)
    names = [each.part.ingredient for each in taken] if several else []
    rest: list[TakenDrug] = []
    courses: list[tuple[TakenDrug, _Courses]] = []

    def noted(held: _Held) -> None:
        found, unknown = held
        if found is not None:
            passed.append(found)
        for row in unknown:
            lacking.update(dict.fromkeys(asked_by(row, picture)))

    for item in taken:
        if several and names.count(item.part.ingredient) > 1:
            rest.append(item)
            continue
        plan = _plan(item.part, item.regimen)
        if plan is None:
            continue
        if plan.fewest_days is not None and item.since and item.since + plan.fewest_days <= item.until < EVER:
            courses.append((item, plan.courses))
        for group in plan.groups:
            noted(group.held(picture, item))
    if rest:
        held = hold(picture, rest, bounds_any_stage)
        passed += held.passed
        lacking.update(dict.fromkeys(held.lacking))
    for item, rows_of_courses in courses:
        for rows in rows_of_courses:
            noted(passed_alike(picture, rows, dict.fromkeys(rows, (item,))))
    return HeldLimits(tuple(passed), tuple(lacking))


@frozen(eq=False)
class _Plan:
    """What a line is held against: groups of rows, and rows that bound how long it is taken, if it has days.

    ``fewest_days`` is the shortest course of any of those; None: there are none.
    """

    groups: tuple[_Group, ...]
    courses: _Courses
    fewest_days: int | None


@remembered(REMEMBERED)
def _plan(part: Ingredient, regimen: Regimen) -> _Plan | None:
    """The plan of a line; None: nothing bounds it, as for most."""
    groups, courses = _groups(part, regimen, bounds_any_stage), _courses(part)
    days = [
        figure for rows in courses for row in rows if (figure := row.low if row.high is None else row.high) is not None
    ]
    return _Plan(groups, courses, floor(min(days)) if days else None) if groups or courses else None


def _courses(part: Ingredient) -> _Courses:
    """The rows that bound how long an ingredient is taken, those that bound the same thing together."""
    return tuple(tuple(rows) for rows in rows_alike([row for row in rows_of(part) if bounds_a_course(row)]))
