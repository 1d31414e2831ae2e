"""A saved plan as it stands on a day: its events replayed, and the days on which something is decided."""

from __future__ import annotations

from datetime import date

from medsteward.advice.plan.checkpoints import checkpoints
from medsteward.advice.plan.pace import faster_than
from medsteward.advice.plan.report import Checkpoint, PlanSheet
from medsteward.advice.plan.weights import scales_of
from medsteward.advice.saved.recheck import recheck
from medsteward.schedules.avoid import avoided_days
from medsteward.schedules.event import last_change
from medsteward.schedules.plan import Plan
from medsteward.schedules.replay import with_events
from medsteward.tables.table import FactorTable


def replayed(plan: Plan, table: FactorTable, as_of: date | None = None) -> Plan:
    """The plan as it stands: its own events replayed on its base. Raises ``NotPossible``.

    A plan that is held lists its dispensings until after ``as_of``.
    """
    return _after(plan, len(plan.events), table, as_of)


def before_last_event(plan: Plan, table: FactorTable) -> Plan:
    """The plan as it stood before its last revision, all of it; or as planned first. Raises ``NotPossible``."""
    return _after(plan, len(plan.events) - len(last_change(plan.events)), table)


def sheet(plan: Plan, as_of: date, table: FactorTable) -> PlanSheet:
    """What a card and a calendar show of a plan that stands as replayed. Raises ``NotPossible``."""
    return _sheet(plan, as_of, earlier=earlier(plan, as_of, table))


def earlier(plan: Plan, as_of: date, table: FactorTable) -> tuple[PlanSheet, ...]:
    """Each version of the plan before its last revision, oldest first. Raises ``NotPossible``."""
    return tuple(_sheet(_after(plan, number, table), as_of) for number in range(len(plan.events)))


def _after(plan: Plan, number: int, table: FactorTable, as_of: date | None = None) -> Plan:
    """The plan after so many of its events. Raises ``NotPossible``, also for a base that does not add up."""
    recheck(plan, table)
    avoided = avoided_days(plan.origin.avoid)
    return with_events(plan, plan.events[:number], lambda request: scales_of(request, table), avoided, as_of=as_of)


def _sheet(plan: Plan, as_of: date, *, earlier: tuple[PlanSheet, ...] = ()) -> PlanSheet:
    is_trial = plan.request.trial is not None
    return PlanSheet(
        "trial" if is_trial else "taper",
        None if plan.request.case is None else plan.request.case.id,
        as_of,
        plan,
        checkpoints=_checkpoints(plan),
        faster_than=() if is_trial else faster_than(plan),
        earlier=earlier,
    )


def _checkpoints(plan: Plan) -> tuple[Checkpoint, ...]:
    if plan.request.trial is None:
        return checkpoints(plan)
    # a taper is shown without loading what a trial is made of
    from medsteward.advice.trial.parts import plan_checkpoints

    return plan_checkpoints(plan)
