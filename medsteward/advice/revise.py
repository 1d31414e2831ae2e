"""A plan after something happened: its events replayed, and what goes beside it made anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import evolve

from medsteward.advice.avoid import avoided_days
from medsteward.advice.checkpoints import checkpoints
from medsteward.advice.plan_report import PlanReport
from medsteward.advice.taper import report_on
from medsteward.advice.trial import report_again as report_trial_again
from medsteward.advice.trial_parts import plan_checkpoints
from medsteward.advice.weights import scales_of
from medsteward.advice.who_tapers import Holds, who_tapers
from medsteward.model.amount import Amount
from medsteward.model.regimen import Case
from medsteward.schedules.event import Event, Taken
from medsteward.schedules.missed import missed_in
from medsteward.schedules.plan import Plan
from medsteward.schedules.replay import NotPossible, with_event, with_events
from medsteward.schedules.supply import day_amount
from medsteward.tables.table import FactorTable


def replayed(plan: Plan, table: FactorTable) -> Plan:
    """The plan as it stands: its own events replayed on its base. Raises ``NotPossible``."""
    return with_events(plan, plan.events, scales_of(plan.request, table), avoided_days(plan.request.avoid))


def revised(plan: Plan, event: Event, table: FactorTable) -> Plan:
    """The plan with one more event. Raises ``NotPossible`` for a change that it does not allow."""
    return with_event(plan, event, scales_of(plan.request, table), avoided_days(plan.request.avoid))


def taken_on(plan: Plan, day: date, dose: Amount) -> Taken:
    """What was taken on a day, in the unit of the plan's total. Raises ``NotPossible`` where its unit does not fit."""
    unit, asked = plan.total_unit_on(day), day_amount(dose)
    if asked.unit.dimension is not unit.dimension:
        raise NotPossible(f"{dose} does not fit the day's total, which is in {unit.value}")
    return Taken(day, asked.to(unit).value)


def before_last_event(plan: Plan, table: FactorTable) -> Plan:
    """The plan as it stood before its last revision; without any, as it was planned first. Raises ``NotPossible``."""
    return with_events(plan, plan.events[:-1], scales_of(plan.request, table), avoided_days(plan.request.avoid))


def report_again(plan: Plan, as_of: date, table: FactorTable) -> PlanReport:
    """A saved plan as it stands on a day, with what goes beside it.

    Holding an existing plan always works: nobody is asked again whether there should be one.
    """
    if plan.request.trial is not None:
        return evolve(report_trial_again(plan, as_of, table), earlier=tuple(_earlier(plan, as_of, table)))
    case = evolve(plan.request.case or Case(as_of=as_of), as_of=as_of)
    drugs = dict.fromkeys(track.drug for course in plan.request.courses for track in course.tracks)
    policies = [course.policy for course in plan.request.courses]
    verdict = who_tapers(case, drugs=drugs, reason=plan.request.reason or plan.request.indication, policies=policies)
    if not isinstance(verdict, Holds) and plan.request.hold:
        verdict = Holds((), (), ())
    missed = missed_in(plan.request.courses, plan.steps, plan.events)
    cautions = [found.caution for found in missed if found.caution is not None]
    report = report_on(plan, case, verdict, table, cautions=cautions)
    return evolve(report, earlier=tuple(_earlier(plan, as_of, table)))


def _earlier(plan: Plan, as_of: date, table: FactorTable) -> Iterator[PlanReport]:
    """Each version of the plan before its last revision, with its checkpoints alone."""
    case_id = None if plan.request.case is None else plan.request.case.id
    is_trial = plan.request.trial is not None
    for number in range(len(plan.events)):
        version = with_events(
            plan, plan.events[:number], scales_of(plan.request, table), avoided_days(plan.request.avoid)
        )
        dates = plan_checkpoints(version) if is_trial else checkpoints(version)
        yield PlanReport("trial" if is_trial else "taper", case_id, as_of, version, checkpoints=dates)
