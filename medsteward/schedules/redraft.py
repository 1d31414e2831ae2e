"""Parts of a replay: the drafts behind a base, a slower request, steps that end early."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from attrs import evolve

from medsteward.schedules.dates import Interval
from medsteward.schedules.drafting import Scales, in_cartons, interval_of
from medsteward.schedules.make import originals
from medsteward.schedules.plan import Course, Plan, Request
from medsteward.schedules.policy import Basis, Phase
from medsteward.schedules.step import Step, StepKind
from medsteward.schedules.timeline import Draft


def stops(draft: Draft) -> bool:
    """Whether a draft is the last stop."""
    return draft.step.kind is StepKind.STOP


def step_on(steps: Sequence[Step], day: date) -> Step | None:
    """The step in force on a day; after the last one that."""
    found = next((step for step in steps if step.first_day <= day <= step.last_day), None)
    return steps[-1] if found is None and steps else found


def ended_on(steps: tuple[Step, ...], day: date) -> tuple[Step, ...]:
    """The steps up to the day on which the plan ended."""
    kept = [step for step in steps if step.first_day <= day]
    return (*kept[:-1], evolve(kept[-1], last_day=min(kept[-1].last_day, day))) if kept else ()


def drafts_of(plan: Plan, scales: Scales) -> list[Draft]:
    """The drafts behind the base steps: the same steps, each with its interval by the policy."""
    wholes = originals(plan.request, scales)
    before = list(wholes)
    drafts = []
    for step in plan.base:
        policy, whole = plan.request.courses[step.course].policy, wholes[step.course]
        bottom = step.forced and (step.planned or before[step.course] <= whole * policy.bottom_share)
        forced = step.forced and not step.is_on_fewer_days
        interval = interval_of(policy, step.total.value / whole, forced=forced, bottom=bottom)
        drafts.append(Draft(step, in_cartons(interval, plan.request, step.doses)))
        before[step.course] = step.total.value
    return drafts


def asked(course: Course, phase: Phase, total: Fraction, whole: Fraction) -> Fraction:
    """What a phase of a course asks for at a total, in its unit; ``whole`` is the total before the first step."""
    if phase.percent is None:
        names = {track.drug for track in course.tracks}
        return max((amount for drug, amount in phase.amounts if drug in names), default=Fraction(0))
    return (whole if phase.basis is Basis.ORIGINAL else total) * phase.percent / 100


def slowed(request: Request, course: int, percent: Fraction, every: Interval) -> Request:
    """The request with one course's policy asking for no more than ``percent`` of the current dose, ``every``."""
    chosen = request.courses[course]
    phases = tuple(
        evolve(
            phase,
            percent=percent if phase.percent is None else min(percent, phase.percent),
            basis=Basis.CURRENT,
            amounts=(),
            every=longer(phase.every, every),
            hold=longer(phase.forced_hold, every),
            as_asked=True,
        )
        for phase in chosen.policy.phases
    )
    slower = evolve(chosen, policy=evolve(chosen.policy, phases=phases))
    return evolve(request, courses=(*request.courses[:course], slower, *request.courses[course + 1 :]))


def longer(one: Interval, other: Interval) -> Interval:
    """The longer of two intervals."""
    return max(one, other, key=lambda interval: interval.least_days)
