"""A trial taken before therapy, as its patient needs it told: what is taken before each session, and on no other day.

The plan of such a trial has a step for each session and one for the days up to the next. Told step by step it would
say "stop" on the day after each session; so the card folds what is taken at the same dose into one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction

from attrs import evolve

from medsteward.model.unit import Unit
from medsteward.schedules.moment import Moment
from medsteward.schedules.plan import Plan
from medsteward.schedules.step import Step
from medsteward.writers.card.language import Language
from medsteward.writers.card.words import amount_words


def is_before_therapy(plan: Plan) -> bool:
    """Whether a plan is taken before sessions of therapy and at no other time."""
    taken = [dose for step in plan.steps for dose in step.doses]
    return bool(taken) and all(dose.time is Moment.BEFORE_THERAPY for dose in taken)


def therapy_days(plan: Plan) -> frozenset[date]:
    """The days on which something is taken before therapy, by the steps as they stand."""
    return frozenset(
        step.first_day + timedelta(days=number)
        for step in plan.steps
        if any(dose.time is Moment.BEFORE_THERAPY for dose in step.doses)
        for number in range(step.days)
    )


def folded(plan: Plan) -> Plan:
    """The plan with one step for each dose that is taken before sessions, to the day before the next one."""
    if not is_before_therapy(plan):
        return plan
    found = list(_doses(plan.steps))
    lasts = [*(each.first_day - timedelta(days=1) for each in found[1:]), plan.last_day]
    steps = tuple(
        evolve(
            each,
            number=number,
            first_day=plan.first_day if number == 1 else each.first_day,
            last_day=last,
        )
        for number, (each, last) in enumerate(zip(found, lasts, strict=True), start=1)
    )
    return evolve(plan, steps=steps)


def _doses(steps: Sequence[Step]) -> Iterable[Step]:
    """The first step of each run of the same dose, the days without left out."""
    before = None
    for step in steps:
        if step.doses and step.doses != before:
            yield step
            before = step.doses


def taken_words(value: Fraction, unit: Unit, words: Language, *, before_therapy: bool) -> str:
    """What is taken in a day; before therapy, what is taken before each session."""
    if not before_therapy or unit is not Unit.MG_PER_D:
        return amount_words(value, unit, words)
    return words.say("{amount} mg before each therapy", amount=words.number(value))
