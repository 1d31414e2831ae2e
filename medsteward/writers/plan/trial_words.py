"""A trial in words: what is tried and why, its rules, its measures, what was decided, its way out."""

from __future__ import annotations

from datetime import timedelta

from medsteward.advice.plan.report import Decision, PlanReport
from medsteward.model.source import Standing
from medsteward.schedules.plan import Plan
from medsteward.schedules.sig_lines import count_words, day_words, directions
from medsteward.schedules.step import StepKind
from medsteward.schedules.trial import Measure
from medsteward.writers.plan.changes import measure_words
from medsteward.writers.plan.slope import slope_words
from medsteward.writers.remind.table import Section, cited
from medsteward.writers.shared.cells import plain

MEASURED = "Measures"
"""The title of the measures, which pages draw."""

STEP_HEADER = ("step", "first day", "last day", "days", "a day")
_KINDS = {
    "end_now": "a serious effect: get help, and end it safely",
    "contraindicated": "a new contraindication",
    "intolerable": "an intolerable side effect",
    "sedation_without_activity": "sedated without better function is not a response",
    "helping": "it helps",
    "go_on": "go on to the fair-trial day",
    "measure_function": "measure function before deciding",
    "not_helping": "not helping: change the plan",
}


def headline(report: PlanReport) -> str:
    """The answer in one line: what is tried, from when, and when it is decided."""
    case = f"case {plain(report.case_id, 60)}, " if report.case_id else ""
    if report.kind == "rhythm":
        first, last = report.checkpoints[0].first_day, report.checkpoints[-1].last_day
        return f"Clinic rhythm: {case}{len(report.checkpoints)} contacts from {first} to {last}"
    plan = report.plan
    if plan is None:
        dates = "; its dates stand" if report.checkpoints else ""
        return f"Trial: {case}no doses are planned{dates}; see the problems"
    drug = plan.request.courses[0].tracks[0].drug
    count = f"{len(plan.steps)} step{'s' if len(plan.steps) != 1 else ''}"
    decision = plan.last_day + timedelta(days=1)
    return f"Trial: {case}{drug}, {count} from {plan.first_day}, decision on {decision}"


def facts(plan: Plan) -> list[str]:
    """What the trial is for and measured by."""
    trial = plan.request.trial
    assert trial is not None
    said = [f"goal: {trial.goal}", f"baseline: {', '.join(baseline_words(each) for each in trial.baseline)}"]
    said += [f"for: {trial.pain} pain"] if trial.pain else []
    said += [f"indication: {plan.request.indication}"] if plan.request.indication not in ("", trial.pain) else []
    said += [f"reason: {plan.request.reason}"] if plan.request.reason else []
    said += [f"joint: {trial.site}"] if trial.site else []
    said += [f"sessions: {', '.join(day.isoformat() for day in trial.sessions)}"] if trial.sessions else []
    return said


def baseline_words(measure: Measure) -> str:
    """A baseline: ``PEG 7``."""
    return measure_words(measure)


def step_rows(plan: Plan) -> list[tuple[str, ...]]:
    """The rows of the steps' table."""
    return [
        (
            str(step.number),
            step.first_day.isoformat(),
            step.last_day.isoformat(),
            str(step.days),
            ", ".join(day_words(step, day) for day in step.daily if day.amount.value) or "none",
        )
        for step in plan.steps
    ]


def decision_section(report: PlanReport) -> list[Section]:
    """What was decided, where it was."""
    return [] if report.decision is None else [("Decision", decision_words(report.decision))]


def sections(report: PlanReport) -> list[Section]:
    """What a trial has beside any other plan."""
    found: list[Section] = []
    if report.ceilings:
        found.append(("Ceiling", ceiling_words(report)))
    if report.stop_rules:
        found.append(("Rules set before the first dose", [each.words for each in report.stop_rules]))
    if report.measures:
        found.append((MEASURED, [slope_words(each) for each in report.measures]))
    if report.exit is not None:
        found.append((f"The exit taper, from {report.exit.first_day}", exit_words(report.exit)))
    return found


def decision_words(decision: Decision) -> list[str]:
    """The decision, why, and what to consider."""
    source = f" ({cited(decision.sources)})" if decision.sources else ""
    return [
        f"{decision.on}: {_KINDS[decision.kind]}{source}",
        *(f"because: {each}" for each in decision.because),
        *decision.consider,
    ]


def ceiling_words(report: PlanReport) -> list[str]:
    """Every ceiling that fits, the one that holds first."""
    said = []
    for each in report.ceilings:
        standing = "" if each.source.standing is Standing.VERIFIED else f"; {each.source.standing.words}"
        words = f" ({each.words})" if each.words else ""
        kept = "at most " if each.holds else "another figure: "
        said.append(f"{kept}{each.amount}{words}: {each.source.citation}, {each.source.where}{standing}")
    return said


def exit_words(leaving: Plan) -> list[str]:
    """The way out, step by step, and what is dispensed for it."""
    said = []
    for step in leaving.steps:
        if step.kind is StepKind.STOP:
            said.append(f"from {step.first_day}: take none")
        else:
            sigs = "; ".join(sig for _, sig in directions(step, leaving.request.courses))
            said.append(f"{step.first_day} to {step.last_day}: {sigs}")
    said += [
        f"to dispense {each.first_day}: {count_words(each.quantity, each.unit)}, {each.product}"
        for each in leaving.fills
    ]
    policy = leaving.request.courses[0].policy
    return [*said, f"by {policy.id}: {policy.title}; it may be slowed or paused at any step"]
