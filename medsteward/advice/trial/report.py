"""A trial with what goes beside it: checkpoints, findings, reminders, stop rules and the way out."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from medsteward.advice.case.check import check_case
from medsteward.advice.case.remind import reminders_for
from medsteward.advice.plan.report import PlanReport, TrialBound
from medsteward.advice.plan.weights import scales_of
from medsteward.advice.taper.beside import case_at_start
from medsteward.advice.taper.track_line import line_of
from medsteward.advice.trial.directions import declared_in
from medsteward.advice.trial.measures import lines_of
from medsteward.advice.trial.parts import plan_checkpoints, stop_rules, supports
from medsteward.interactions.result import Finding
from medsteward.model.amount import Amount
from medsteward.model.problem import Caution, Problem
from medsteward.model.regimen import Case
from medsteward.model.source import Source
from medsteward.reminders.reminder import Reminder
from medsteward.schedules.avoid import avoided_days
from medsteward.schedules.plan import Plan
from medsteward.schedules.trial import Trial
from medsteward.schedules.trial_make import exit_plan, trial_of
from medsteward.tables.table import FactorTable
from medsteward.treatments import trial_places as s
from medsteward.treatments.index import TRIALS
from medsteward.treatments.trial import TrialDrug


def report_on(
    plan: Plan,
    case: Case,
    table: FactorTable,
    *,
    cautions: Sequence[Caution] = (),
    ceilings: tuple[TrialBound, ...] = (),
    sources: Sequence[Source] = (),
) -> PlanReport:
    """A trial with what goes beside it. Raises what ``make_plan`` does."""
    made = trial_of(plan.request)
    declared = TRIALS.get(made.of)
    declared = declared if isinstance(declared, TrialDrug) else None
    leaving = exit_plan(plan, scales_of(plan.request, table), avoided_days(plan.request.avoid))
    dates = plan_checkpoints(plan)
    findings, reminders = _with_the_drug(plan, case, table)
    notes = [note for each in _declared_for(made, declared) for note in each.notes]
    length = () if declared is None else (declared.length,)
    own = [*sources, *length, s.ESSAY, *plan.request.courses[0].policy.sources]
    return PlanReport(
        kind="trial",
        case_id=case.id,
        as_of=case.as_of,
        plan=plan,
        checkpoints=dates,
        supports=supports(plan, leaving, declared, notes),
        reminders=reminders,
        findings=findings,
        sources=tuple(dict.fromkeys(own)),
        not_for=plan.request.courses[0].policy.not_for,
        cautions=tuple(dict.fromkeys((*case.cautions, *cautions))),
        ceilings=ceilings or _kept_ceiling(plan),
        stop_rules=stop_rules(made, dates[-1].last_day, leaves=leaving is not None),
        measures=lines_of(made.baseline, plan.request.start, plan.events),
        exit=leaving,
    )


def without_plan(case: Case, problems: Sequence[Problem], cautions: Sequence[Caution]) -> PlanReport:
    """The report where no trial is planned, and why."""
    return PlanReport(
        "trial",
        case.id,
        case.as_of,
        None,
        problems=tuple(dict.fromkeys(problems)),
        cautions=tuple(dict.fromkeys((*case.cautions, *cautions))),
    )


def _kept_ceiling(plan: Plan) -> tuple[TrialBound, ...]:
    made, track = trial_of(plan.request), plan.request.courses[0].tracks[0]
    words = f"as set before the first dose ({made.label.upper()} label)"
    return (TrialBound(Amount(made.ceiling, track.daily_unit), words, s.ESSAY, holds=True),)


def _with_the_drug(plan: Plan, case: Case, table: FactorTable) -> tuple[tuple[Finding, ...], tuple[Reminder, ...]]:
    """What the drug adds to the findings of the present regimen, and the reminders it brings."""
    track = plan.request.courses[0].tracks[0]
    start = max(plan.request.start, case.as_of)
    before = case_at_start(case, start, drugs=(), tapers=False)
    line = trial_of(plan.request).written or line_of(track)
    after = evolve(before, lines=(*before.lines, line))
    known = {(each.id, each.drugs) for each in check_case(before, table=table).findings}
    found = tuple(each for each in check_case(after, table=table).findings if (each.id, each.drugs) not in known)
    reminders = reminders_for(after, table=table).reminders
    if not track.drug_class.is_opioid_agonist:
        open_before = {(each.kind, each.due) for each in reminders_for(before, table=table).reminders}
        reminders = tuple(each for each in reminders if (each.kind, each.due) not in open_before)
    return found, tuple(reminders)


def _declared_for(made: Trial, declared: TrialDrug | None) -> tuple[TrialDrug, ...]:
    """The declared trials whose notes hold: the trial's own, or those of what its directions name."""
    if declared is not None:
        return (declared,)
    regimen = None if made.written is None else made.written.regimen
    return () if regimen is None else declared_in(regimen)
