"""A plan after something happened: one more event, and what goes beside it made anew."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from medsteward.advice.as_it_stands import earlier
from medsteward.advice.avoid import avoided_days
from medsteward.advice.plan_report import PlanReport
from medsteward.advice.taper import report_on
from medsteward.advice.weights import scales_of
from medsteward.advice.who_tapers import Holds, who_tapers
from medsteward.model.amount import Amount
from medsteward.model.regimen import Case
from medsteward.schedules.event import Event, Taken
from medsteward.schedules.missed import missed_in
from medsteward.schedules.plan import Plan
from medsteward.schedules.replay import NotPossible, with_event
from medsteward.schedules.supply import day_amount
from medsteward.tables.table import FactorTable


def revised(plan: Plan, event: Event, table: FactorTable) -> Plan:
    """The plan with one more event. Raises ``NotPossible`` for a change that it does not allow."""
    return with_event(plan, event, scales_of(plan.request, table), avoided_days(plan.request.avoid))


def taken_on(plan: Plan, day: date, dose: Amount) -> Taken:
    """What was taken on a day, in the unit of the plan's total. Raises ``NotPossible`` where its unit does not fit."""
    unit, asked = plan.total_unit_on(day), day_amount(dose)
    if asked.unit.dimension is not unit.dimension:
        raise NotPossible(f"{dose} does not fit the day's total, which is in {unit.value}")
    return Taken(day, asked.to(unit).value)


def report_again(plan: Plan, as_of: date, table: FactorTable) -> PlanReport:
    """A saved plan as it stands on a day, with what goes beside it.

    Holding an existing plan always works: nobody is asked again whether there should be one.
    """
    if plan.request.trial is not None:
        # a taper is shown without loading what a trial is chosen and made by
        from medsteward.advice.trial import report_again as report_trial_again

        return evolve(report_trial_again(plan, as_of, table), earlier=earlier(plan, as_of, table))
    case = evolve(plan.request.case or Case(as_of=as_of), as_of=as_of)
    drugs = dict.fromkeys(track.drug for course in plan.request.courses for track in course.tracks)
    policies = [course.policy for course in plan.request.courses]
    verdict = who_tapers(case, drugs=drugs, reason=plan.request.reason or plan.request.indication, policies=policies)
    if not isinstance(verdict, Holds) and plan.request.hold:
        verdict = Holds((), (), ())
    missed = missed_in(plan.request.courses, plan.steps, plan.events)
    cautions = [found.caution for found in missed if found.caution is not None]
    report = report_on(plan, case, verdict, table, cautions=cautions)
    return evolve(report, earlier=earlier(plan, as_of, table))
