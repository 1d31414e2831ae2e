"""What goes beside a plan: checkpoints, supports, reminders and findings, each from the rest of the program."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from attrs import evolve, frozen

from medsteward.advice.case.check import check_case
from medsteward.advice.case.remind import reminders_for
from medsteward.advice.plan.checkpoints import checkpoints
from medsteward.advice.plan.report import Checkpoint, Support
from medsteward.advice.plan.supports import supports_for
from medsteward.advice.taper.verdict import Holds, Verdict
from medsteward.interactions.result import Finding
from medsteward.model.drug import DrugClass
from medsteward.model.regimen import Case, Line
from medsteward.patient.picture import Picture
from medsteward.reminders import places as s
from medsteward.reminders.reminder import Kind, Reminder
from medsteward.schedules.plan import Plan
from medsteward.schedules.step import StepKind
from medsteward.tables.table import FactorTable
from medsteward.treatments.laxatives import END_POINTS

OPIOID_WITH_BENZODIAZEPINE = "DDI-001"
TAPER_CONTEXT = "supervised taper"
_ONLY_WITH_OPIOID = (Kind.PDMP, Kind.URINE_DRUG_TEST, Kind.AGREEMENT, Kind.REASSESS, Kind.SCREENING)
"""Reminders that end with the last opioid."""


@frozen
class BesidePlan:
    """Everything that goes beside a plan."""

    checkpoints: tuple[Checkpoint, ...]
    supports: tuple[Support, ...]
    reminders: tuple[Reminder, ...]
    findings: tuple[Finding, ...]


def beside(plan: Plan, case: Case, *, verdict: Verdict, table: FactorTable) -> BesidePlan:
    """What goes beside a plan of a case; ``verdict`` is what was said about who is tapered, ``table`` that of the MME.

    A hold plan brings the supports of its reasons, not those of a taper.
    """
    drugs = tapered_drugs(plan)
    start = case_at_start(case, plan.request.start, drugs=drugs, tapers=not plan.request.hold)
    if isinstance(verdict, Holds):
        supports = verdict.supports
    else:
        # the step that stops is written as one day, whatever the pace
        lasting = [step.days for step in plan.steps if step.kind is not StepKind.STOP]
        supports = supports_for(start, drugs=drugs, every_days=min(lasting, default=None))
    return BesidePlan(
        checkpoints(plan),
        supports,
        reminders_beside(plan, start, table=table),
        findings_beside(start, table=table),
    )


def tapered_drugs(plan: Plan) -> tuple[str, ...]:
    """The drugs of a plan, in its order."""
    return tuple(dict.fromkeys(track.drug for course in plan.request.courses for track in course.tracks))


def case_at_start(case: Case, start: date, *, drugs: Collection[str], tapers: bool = True) -> Case:
    """The case as it is on the plan's first day, with the regimen that is taken now.

    A supply that runs out before then is taken as refilled: it is no end of treatment. A stated last day is an end, but
    for a drug of the plan, which is taken until the plan begins. ``tapers`` with an opioid puts the case into the
    context of a supervised taper.
    """
    lines = tuple(
        _carried(line, start, drugs) if line.is_active_on(case.as_of) and case.as_of < start else line
        for line in case.lines
    )
    patient = case.patient
    moved = evolve(case, as_of=start, lines=lines)
    if tapers and any(each.is_opioid and each.ingredient in drugs for each in Picture(moved).taken):
        patient = evolve(patient, context=tuple(dict.fromkeys((*patient.context, TAPER_CONTEXT))))
    return evolve(moved, patient=patient)


def _carried(line: Line, start: date, drugs: Collection[str]) -> Line:
    last = line.last_day
    if last is None or last >= start:
        return line
    regimen = line.regimen
    is_tapered = regimen is not None and any(each.ingredient in drugs for each in regimen.product.components)
    return evolve(line, end=start) if line.end is None or is_tapered else line


# --- reminders --------------------------------------------------------------------------------------------------


def reminders_beside(plan: Plan, start: Case, *, table: FactorTable) -> tuple[Reminder, ...]:
    """The reminders of the case on the plan's first day, and what a taper adds to them.

    Nothing is due before the plan begins: what has been open longer says since when. Naloxone is talked over at the
    start of an opioid taper even where it is at hand. Where the plan takes the last opioid away, what is only asked for
    with an opioid ends that day, and so does the bowel regimen.
    """
    picture = Picture(start)
    drugs = tapered_drugs(plan)
    found = [_from_start(each, start.as_of) for each in reminders_for(start, table=table).reminders]
    if plan.request.hold:
        return tuple(found)
    opioids = {each.ingredient for each in picture.opioids}
    if opioids & set(drugs):
        found = [_naloxone_now(each, start.as_of) if each.kind is Kind.NALOXONE else each for each in found]
    if "clonidine" in drugs or "lofexidine" in drugs:
        found = [_daily_pressure(each) if each.kind is Kind.BLOOD_PRESSURE else each for each in found]
    ended = _opioid_free(plan) if opioids and opioids <= set(drugs) else None
    if ended is not None:
        found = [_until(each, ended) for each in found if each.kind not in _ONLY_WITH_OPIOID or each.due < ended]
        found = [each for each in found if each.kind is not Kind.BOWEL_END] + [_bowel_end(picture, ended)]
    order = list(Kind)
    return tuple(sorted(found, key=lambda each: order.index(each.kind)))


def _from_start(reminder: Reminder, start: date) -> Reminder:
    if reminder.due >= start or reminder.settled:
        return reminder
    return evolve(reminder, due=start, because=(*reminder.because, f"open since {reminder.due}"))


def _naloxone_now(reminder: Reminder, start: date) -> Reminder:
    why = "a taper begins: tolerance will be lower from now on"
    taught = reminder.done == start
    return evolve(reminder, due=reminder.due if taught else start, because=(*reminder.because, why))


def _daily_pressure(reminder: Reminder) -> Reminder:
    why = "it is lowered: pressure may rebound"
    return evolve(
        reminder, repeat="P1D", because=(*reminder.because, why), sources=(*reminder.sources, s.CLONIDINE_LABEL)
    )


def _until(reminder: Reminder, ended: date) -> Reminder:
    if reminder.kind not in _ONLY_WITH_OPIOID or reminder.repeat is None or reminder.until is not None:
        return reminder
    return evolve(reminder, until=ended)


def _bowel_end(picture: Picture, ended: date) -> Reminder:
    antagonists = picture.takes(DrugClass.PAMORA)
    names = ", ".join(antagonists)
    consider = "Consider stopping the laxative when stools loosen, usually days to 2 weeks after the last dose."
    if antagonists:
        consider = f"Consider ending {names} on the day the opioid ends; laxatives may go on until stools loosen."
    return Reminder(
        kind=Kind.BOWEL_END,
        due=ended,
        because=(f"no opioid from {ended} on, by this plan",),
        consider=consider,
        sources=(s.PAMORA_LABELS.at("ends with the opioid"), s.OURS) if antagonists else (s.OURS,),
        points=END_POINTS,
    )


def _opioid_free(plan: Plan) -> date | None:
    """The first day without any opioid of the plan; None: the plan keeps a dose."""
    opioids = {
        track.drug for course in plan.request.courses for track in course.tracks if track.drug_class.is_opioid_agonist
    }
    free = None
    for step in plan.steps:
        if any(daily.drug in opioids and daily.amount.value for daily in step.daily):
            free = None
        elif free is None:
            free = step.first_day
    return free


# --- findings ---------------------------------------------------------------------------------------------------


def findings_beside(start: Case, *, table: FactorTable) -> tuple[Finding, ...]:
    """The findings of the regimen that the plan starts from, an opioid with a benzodiazepine first."""
    found = check_case(start, table=table).findings
    return tuple(sorted(found, key=lambda each: OPIOID_WITH_BENZODIAZEPINE not in (each.id, *each.absorbed)))
