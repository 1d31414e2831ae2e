"""More taken than planned: until when what was dispensed lasts then."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from attrs import frozen

from medsteward.model.amount import Amount
from medsteward.model.problem import Caution
from medsteward.schedules.missed import reported, since_restart
from medsteward.schedules.plan import Plan
from medsteward.schedules.step import Step

_ONE = timedelta(days=1)


@frozen
class _Day:
    """What was taken on a day of a step."""

    day: date
    taken: Fraction
    step: Step

    @property
    def over(self) -> Fraction:
        """How much more than planned; below 0: less."""
        return self.taken - self.planned.value

    @property
    def planned(self) -> Amount:
        """What is planned for the day."""
        return self.step.total_on(self.day)


def taken_above(plan: Plan) -> tuple[Caution, ...]:
    """A warning for each dispensing of which more was taken on some day than planned, with the day it runs out.

    What was taken above the plan, less what was taken below it, is counted as days of the planned dose, rounded up.
    Only days of which something is reported count.
    """
    return tuple(_caution(plan, ends, days) for ends, days in _by_supply(plan) if any(day.over > 0 for day in days))


def _by_supply(plan: Plan) -> Iterator[tuple[date, list[_Day]]]:
    """The days of which something is reported, by the dispensing that they are taken from, with its last day."""
    begins = sorted({plan.first_day, *(fill.first_day for fill in plan.fills)})
    found: dict[int, list[_Day]] = {}
    for day, amount in sorted(reported(since_restart(plan.standing)).items()):
        step = plan.on(day)
        if step is None and plan.goes_on and day > plan.last_day:
            step = plan.steps[-1]  # its dose goes on, though it is not planned
        if step is not None:
            found.setdefault(bisect_right(begins, day), []).append(_Day(day, amount, step))
    last = plan.last_day
    if plan.goes_on:
        last = max([last, *(fill.last_day for fill in plan.fills)])
    for following, days in found.items():
        yield begins[following] - _ONE if following < len(begins) else last, days


def _caution(plan: Plan, ends: date, days: list[_Day]) -> Caution:
    latest = days[-1].step.total.value
    lost = ceil(max(Fraction(0), sum((day.over for day in days), Fraction(0))) / latest) if latest else 0
    runs_out = ends - timedelta(days=lost)
    more = "; ".join(
        f"on {day.day} {Amount(day.taken, day.step.total.unit)} was taken, and {day.planned} is planned"
        for day in days
        if day.over > 0
    )
    supply = f"what was dispensed lasts until {ends}, as planned"
    if lost:
        supply = f"at the planned dose what was dispensed runs out on {runs_out} instead of {ends}"
    opioid = any(track.drug_class.is_opioid_agonist for course in plan.request.courses for track in course.tracks)
    naloxone = ", and offer naloxone: more than the planned dose can stop breathing" if opioid else ""
    text = f"more than planned: {more}; {supply}. Consider asking why, before a new prescription is due{naloxone}"
    return Caution("TAPER-114", text, str(next(day.day for day in days if day.over > 0)))
