"""A plan in figures, so that several can be compared: how long, how large its steps, how many tablets and bottles."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import ceil

from attrs import frozen

from medsteward.model.unit import Unit
from medsteward.schedules.naming import line_names
from medsteward.schedules.plan import Plan
from medsteward.schedules.step import Item, Step, StepKind

LONG_MONTHS = 24
"""Months above which the length of a plan is said first. Ours: no source has a maximum."""
_DAYS_A_YEAR, _MONTHS_A_YEAR, _WEEK = 365, 12, 7
_FEW_MONTHS = 2
_WHOLE = 100


@frozen
class PlanFigures:
    """A plan in figures.

    ``first`` and ``largest`` are steps in percent of the dose before, the planned end of a medicine left out;
    None without one. ``is_long``: it takes more than ``LONG_MONTHS``. ``forced`` are steps beyond the ceiling that the
    end of the policy does not plan for. ``units_a_day`` is the most of any day in tablets, capsules, films or patches,
    None where a liquid is taken. ``bottles`` are dispensings; ``changes`` the steps with other strengths than the step
    before; ``halves`` the steps with halves of tablets.
    """

    steps: int
    last_day: date | None
    length: str
    months: int
    is_long: bool
    first: Fraction | None
    largest: Fraction | None
    forced: int
    units_a_day: Fraction | None
    bottles: int
    changes: int
    halves: int


def figures_of(plan: Plan) -> PlanFigures:
    """The figures of a plan as it stands."""
    steps = plan.steps
    percents = [
        step.percent_of_current
        for step in steps
        if step.percent_of_current is not None
        and step.kind is not StepKind.STOP
        and step.total.value
        and not step.is_of_the_end
    ]
    days = (steps[-1].last_day - steps[0].first_day).days if steps else 0
    items = [item for step in steps for item in items_of(step)]
    counts = [sum((item.count for item in items_of(step)), Fraction(0)) for step in steps]
    return PlanFigures(
        steps=len(steps),
        last_day=steps[-1].last_day if steps else None,
        length=length_words(days),
        months=_months(days),
        is_long=days * _MONTHS_A_YEAR > LONG_MONTHS * _DAYS_A_YEAR,
        first=percents[0] if percents else None,
        largest=max(percents, default=None),
        forced=len(forced_steps(plan)),
        units_a_day=None if any(item.unit is Unit.ML for item in items) else max(counts, default=Fraction(0)),
        bottles=len(plan.fills),
        changes=sum(one != other for one, other in pairwise(_strengths(plan))),
        halves=sum(any(item.count.denominator > 1 and item.unit is not Unit.ML for item in items_of(s)) for s in steps),
    )


def items_of(step: Step) -> list[Item]:
    """What is taken of each product at each time of a step."""
    return [item for dose in step.doses for item in dose.items]


def forced_steps(plan: Plan) -> list[Step]:
    """The steps beyond the ceiling that the end of their policy does not plan for."""
    return [step for step in plan.steps if step.forced and not is_planned_end(step, plan)]


def lifting_ceiling(plan: Plan, course: int) -> Fraction | None:
    """The ceiling, in percent, under which no step of a course is forced; None where none is, or none would help.

    None too where several medicines are lowered one after the other: the option would raise the ceiling of them all;
    and where a plan waits, is held or has ended: no ceiling is what is decided then.
    """
    if plan.awaits_restart or plan.held_at is not None or plan.ended_on is not None:
        return None
    needed = [
        step.percent_of_current
        for step in forced_steps(plan)
        if step.course == course and step.percent_of_current is not None and step.percent_of_current < _WHOLE
    ]
    if not needed or len(plan.request.courses) > 1 or plan.request.courses[course].policy.ceiling.percent is None:
        return None
    return Fraction(ceil(max(needed) * 10), 10)


def is_planned_end(step: Step, plan: Plan) -> bool:
    """Whether a forced step is one of the last, smallest ones, for which a stop is planned."""
    if not step.forced:
        return False
    policy = plan.course_of(step).policy
    return step.planned or step.starts_within(policy.bottom_share)


def length_words(days: int) -> str:
    """A length in words: ``6 weeks``, ``15 months``."""
    months = _months(days)
    if months < _FEW_MONTHS:
        weeks = max(1, round(days / _WEEK)) if days else 0
        return f"{weeks} week{'' if weeks == 1 else 's'}" if days else "1 day"
    return f"{months} months"


def in_years(months: int) -> str:
    """Months of more than a year in words: ``2 years and 4 months``."""
    years, more = divmod(months, _MONTHS_A_YEAR)
    rest = f" and {more} month{'' if more == 1 else 's'}" if more else ""
    return f"{years} year{'' if years == 1 else 's'}{rest}"


def _months(days: int) -> int:
    return round(Fraction(days * _MONTHS_A_YEAR, _DAYS_A_YEAR))


def _strengths(plan: Plan) -> list[frozenset[tuple[str, str]]]:
    """The products of each line, now and on each step; a line that has ended keeps its last ones: that is no change."""
    request = plan.request
    now: dict[str, frozenset[str]] = {}
    for course, names in zip(request.courses, line_names(request.courses), strict=True):
        for track, name in zip(course.tracks, names, strict=True):
            now[name] = frozenset({track.present.product}) if track.present is not None else frozenset()
    found = [_pairs(now)]
    for step in plan.steps:
        taken: dict[str, set[str]] = {}
        for dose in step.doses:
            taken.setdefault(dose.name, set()).update(item.product for item in dose.items)
        now = now | {name: frozenset(products) for name, products in taken.items()}
        found.append(_pairs(now))
    return found


def _pairs(now: dict[str, frozenset[str]]) -> frozenset[tuple[str, str]]:
    return frozenset((name, product) for name, products in now.items() for product in products)
