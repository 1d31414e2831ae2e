"""The ways to go on from a plan in their order: equal plans are told once, the gentlest comes first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import evolve, frozen

from medsteward.advice.plan.figures import is_planned_end
from medsteward.advice.plan.report import Alternative
from medsteward.advice.taper.alternatives_held import rank
from medsteward.schedules.plan import Plan, Request
from medsteward.schedules.step import StepKind


@frozen
class WayOn:
    """An alternative with the plan that it tells in short; None: a plan that is not compared with others."""

    found: Alternative
    plan: Plan | None = None


def ranked(ways: Sequence[WayOn], request: Request) -> list[Alternative]:
    """The ways in their order, equal plans told once, by the first of their names and commands.

    What is contraindicated comes last, and before it what ends above none; then few steps beyond the ceiling of
    ``request``, also where a way asks for a higher one; then small ones, few changes of strength, few bottles.
    """
    first: dict[object, WayOn] = {}
    for way in ways:
        key = _doses(way.plan) if way.plan is not None and way.found.command is not None else id(way)
        if key in first:
            same = first[key]
            option = f"{same.found.option}; or {way.found.option}"
            first[key] = evolve(same, found=evolve(same.found, option=option))
        else:
            first[key] = way

    def merit(way: WayOn) -> tuple[Any, ...]:
        each = way.found
        return (
            each.command is None,
            rank(each),
            way.plan is not None and bool(way.plan.steps[-1].total.value),
            each.forced_steps or 0 if way.plan is None else _beyond(way.plan, request),
            way.plan is None or not any(step.kind is StepKind.BRIDGE for step in way.plan.steps),
            each.largest_percent or 0,
            each.strength_changes or 0,
            each.bottles or 0,
        )

    return [way.found for way in sorted(first.values(), key=merit)]


def _beyond(plan: Plan, request: Request) -> int:
    """Steps beyond the ceiling that was asked for first, those left out for which the end of the policy plans.

    Steps after the last dose went on in another form stand in place of a stop, and count as little as that.
    """
    found = 0
    for step in plan.steps:
        if step.kind is StepKind.BRIDGE:
            break
        course = request.courses[min(step.course, len(request.courses) - 1)]
        most, percent = course.policy.ceiling.percent, step.percent_of_current
        above = most is not None and percent is not None and percent > most
        planned = step.planned or step.starts_within(course.policy.bottom_share) or is_planned_end(step, plan)
        found += (above or step.forced) and not planned
    return found


def _doses(plan: Plan) -> tuple[object, ...]:
    return tuple((step.first_day, step.last_day, step.doses) for step in plan.steps)
