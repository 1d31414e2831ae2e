"""What is different between two versions of a plan, step by step. Numbers of steps are kept, so steps are the same."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from attrs import frozen

from medsteward.schedules.plan import Plan
from medsteward.schedules.step import Step


class ChangeKind(Enum):
    """How a step differs from what it was."""

    DOSE = "dose"
    MOVED = "moved"
    LONGER = "longer"
    SHORTER = "shorter"
    ADDED = "added"
    REMOVED = "removed"


@frozen
class StepChange:
    """One difference of one step. ``old`` is None for a step that was added, ``new`` for one that was removed."""

    kind: ChangeKind
    number: int
    old: Step | None
    new: Step | None


def step_changes(before: Plan, now: Plan) -> tuple[StepChange, ...]:
    """Every difference, in the order of the steps; of one step, dose before days."""
    old, new = ({step.number: step for step in plan.steps} for plan in (before, now))
    return tuple(
        StepChange(kind, number, old.get(number), new.get(number))
        for number in sorted(old.keys() | new.keys())
        for kind in _kinds(old.get(number), new.get(number))
    )


def _kinds(old: Step | None, new: Step | None) -> Iterator[ChangeKind]:
    if old is None or new is None:
        yield ChangeKind.ADDED if old is None else ChangeKind.REMOVED
        return
    if old.doses != new.doses:
        yield ChangeKind.DOSE
    if old.first_day != new.first_day:
        yield ChangeKind.MOVED
    if old.days != new.days:
        yield ChangeKind.LONGER if new.days > old.days else ChangeKind.SHORTER
