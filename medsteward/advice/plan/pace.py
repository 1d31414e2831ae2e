"""How fast a plan is, held against the other policies for its drugs."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from medsteward.schedules.plan import Plan
from medsteward.schedules.policies import policies_for
from medsteward.schedules.policy import Basis, Policy, PolicyStatus


def faster_than(plan: Plan) -> tuple[str, ...]:
    """The policies for the same drugs whose widest pace a step of this plan exceeds, as far as they are in use.

    A step is compared by what it takes off per 28 days, as a percentage of what that policy counts from; steps of the
    bottom and other forced ones included, the last stop left out.
    """
    found = []
    for course_number, course in enumerate(plan.request.courses):
        track = course.tracks[0]
        for other in policies_for(track.drug, track.drug_class, track.release, track.route):
            if other.id == course.policy.id and not course.overrides:
                continue
            if other.status is PolicyStatus.CURRENT and _exceeds(plan, course_number, other):
                found.append(other.title)
    return tuple(dict.fromkeys(found))


def _exceeds(plan: Plan, course: int, other: Policy) -> bool:
    since = plan.stages[-1].number if plan.stages else 0
    own = [step for step in plan.steps if step.course == course and step.number >= since]
    steps = [step for step in own if step.percent_of_current is not None]
    for step, after in pairwise(steps):
        if step.percent_of_current is None or step.percent_of_original is None or step.forced:
            continue
        phase = other.phases[0]
        if phase.percent is None:
            continue
        most = phase.percents.high if phase.percents is not None and phase.percents.high else phase.percent
        least = phase.days.low if phase.days is not None and phase.days.low else Fraction(phase.every.least_days)
        taken = step.percent_of_original if phase.basis is Basis.ORIGINAL else step.percent_of_current
        days = (after.first_day - step.first_day).days
        if taken / days > most / least:
            return True
    return False
