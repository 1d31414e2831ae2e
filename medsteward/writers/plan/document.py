"""A plan as the document ``medsteward.plan/1``, which is also the file it is kept in."""

from __future__ import annotations

from calendar import day_name
from fractions import Fraction

from medsteward.advice.plan.report import Alternative, Checkpoint, PlanReport, Support
from medsteward.model.number import json_number
from medsteward.schedules.dates import Interval
from medsteward.schedules.plan import Course, NeedsChoice, Outcome, Plan, PlannedFill
from medsteward.schedules.policy import Phase, Range, StepCeiling
from medsteward.schedules.saved import SCHEMA, digest
from medsteward.schedules.sig_lines import directions, products_of_line
from medsteward.schedules.step import DrugDay, Item, Step, StepDispensed, TimedDose
from medsteward.version import __version__
from medsteward.writers.check.document import finding
from medsteward.writers.plan.stated_json import stated_document
from medsteward.writers.plan.trial_json import trial_parts
from medsteward.writers.remind.document import reminder
from medsteward.writers.shared.exact_json import exact, exact_event
from medsteward.writers.shared.json_text import Document
from medsteward.writers.shared.offer_json import reason
from medsteward.writers.shared.problems import problem, source, warning


def document(report: PlanReport) -> Document:
    """The report with keys in the order of the contract.

    ``base`` and ``events`` are exact; everywhere else numbers are decimals of at most six places. ``digest`` is of
    what the plan follows from and of what is taken. Without a plan its parts are null or empty, and ``problems`` say
    why.
    """
    plan = report.plan
    base = None if plan is None else _base(plan)
    events = [] if plan is None else [exact_event(each) for each in plan.events]
    courses = () if plan is None else plan.request.courses
    found = {
        "schema": SCHEMA,
        "medsteward": __version__,
        "id": report.case_id,
        "as_of": report.as_of.isoformat(),
        "kind": report.kind,
        "table": None if plan is None else {"id": plan.request.table},
        "policy": _policy(courses[0]) if courses else None,
        "later_policies": [_policy(each) for each in courses[1:]],
        "stated": None if plan is None else stated_document(plan.request.stated),
        "faster_than": list(report.faster_than),
        "base": base,
        "events": events,
        **({"replaced": [exact(each) for each in plan.replaced]} if plan is not None and plan.replaced else {}),
        "single_until": None if plan is None else plan.single_until,
        "steps": [] if plan is None else [_step(each, plan) for each in plan.steps],
        "outcome": None if plan is None else _outcome(plan.outcome),
        "notes": [] if plan is None else list(plan.notes),
        "alternatives": [_alternative(each) for each in report.alternatives],
        "checkpoints": [_checkpoint(each) for each in report.checkpoints],
        "supports": [_support(each) for each in report.supports],
        "reminders": [reminder(each, report.as_of) for each in report.reminders],
        "findings": [finding(each) for each in report.findings],
        "fills": [] if plan is None else [_fill(each) for each in plan.fills],
        "dispensed_until": None if plan is None or plan.given_until is None else plan.given_until.isoformat(),
        "awaits_restart": plan is not None and plan.awaits_restart,
        **({"goes_on": plan.goes_on} if plan is not None and plan.goes_on else {}),
        "problems": [problem(each) for each in report.problems],
        "warnings": [warning(each) for each in report.cautions],
        "not_for": list(report.not_for),
        "sources": [source(each) for each in report.sources],
        **trial_parts(report),
        **({} if report.kind == "taper" else {"exit": None if report.exit is None else _exit(report.exit)}),
    }
    return found | {"digest": None if plan is None else digest(found)}


def _exit(plan: Plan) -> Document:
    return {
        "policy": _policy(plan.request.courses[0]),
        "first_day": plan.first_day.isoformat(),
        "last_day": plan.last_day.isoformat(),
        "steps": [_step(each, plan) for each in plan.steps],
        "outcome": _outcome(plan.outcome),
        "fills": [_fill(each) for each in plan.fills],
    }


def _base(plan: Plan) -> Document:
    return {"request": exact(plan.origin), "steps": exact(plan.base), "outcome": exact(plan.base_outcome)}


def _policy(course: Course) -> Document:
    policy = course.policy
    return {
        "id": policy.id,
        "title": policy.title,
        "year": policy.year,
        "status": policy.status.value,
        "standing": policy.standing.value,
        "drugs": [track.drug for track in course.tracks],
        "first_because": course.first_because,
        "total_unit": course.total_unit.value,
        "target": json_number(course.target),
        "overrides": list(course.overrides),
        "phases": [_phase(each) for each in policy.phases],
        "ceiling": {
            "percent": _number(policy.ceiling.percent),
            "amounts": _amounts(policy.ceiling.amounts),
            **_standing(policy.ceiling),
            "note": policy.ceiling.note,
        },
        "pauses": policy.pauses,
        "bottom": policy.bottom,
        "follow_up": {
            "words": policy.follow_up.words,
            "after_start_days": list(policy.follow_up.after_start_days),
            "after_days": list(policy.follow_up.after_days),
            "before_each_step": policy.follow_up.before_each_step,
            "after_stop_days": list(policy.follow_up.after_stop_days),
            "standing": policy.follow_up.standing.value,
        },
        "for_whom": list(policy.for_whom),
        "not_for": list(policy.not_for),
        "notes": list(policy.notes),
        "sources": [source(each) for each in policy.sources],
    }


def _phase(phase: Phase) -> Document:
    return {
        "share": json_number(phase.share),
        "percent": _number(phase.percent),
        "basis": None if phase.basis is None else phase.basis.value,
        "amounts": _amounts(phase.amounts),
        "every": _duration(phase.every),
        "percents": _range(phase.percents),
        "days": _range(phase.days),
        **_standing(phase),
        "note": phase.note,
    }


def _standing(found: Phase | StepCeiling) -> Document:
    """Whose figure it is: that of the policy with its standing, or that of who asked, which has none."""
    if found.as_asked:
        return {"standing": None, "as_asked": True}
    return {"standing": found.standing.value}


def _duration(every: Interval) -> str:
    return f"P{every.months}M" if every.months else f"P{every.days}D"


def _range(found: Range | None) -> Document | None:
    if found is None:
        return None
    under = {"under": True} if found.under else {}
    return {"low": _number(found.low), "high": _number(found.high), **under}


def _amounts(found: tuple[tuple[str, Fraction], ...]) -> list[Document]:
    return [{"drug": drug, "amount": json_number(amount)} for drug, amount in found]


def _number(value: Fraction | None) -> int | float | None:
    return None if value is None else json_number(value)


def _step(step: Step, plan: Plan) -> Document:
    return {
        "number": step.number,
        "kind": step.kind.value,
        "course": step.course,
        "first_day": step.first_day.isoformat(),
        "last_day": step.last_day.isoformat(),
        "days": step.days,
        "doses": [_dose(each, step) for each in step.doses],
        "directions": _directions(step, plan),
        "daily": [_day(each, step) for each in step.daily],
        "total": {"amount": json_number(step.total.value), "unit": step.total.unit.value},
        "on_its_day": _on_its_day(step) if step.is_on_fewer_days else None,
        "mme": None if step.mme is None else json_number(step.mme.value),
        "asked": _number(step.asked),
        "asked_percent": _number(step.asked_percent),
        "basis": step.basis,
        "percent_of_current": _number(step.percent_of_current),
        "percent_of_original": _number(step.percent_of_original),
        "ceiling": _number(step.ceiling),
        "forced": step.forced,
        "why_forced": step.why_forced,
        "dispense": [_dispensed(each, step, plan) for each in step.dispense],
        "notes": list(step.notes),
    }


def _on_its_day(step: Step) -> Document:
    """The total and the MME of a day with a dose, where not every day has one."""
    mme = None if step.mme is None else json_number(step.mme.value / step.pattern.share)
    return {"amount": json_number(step.on_its_day.value), "unit": step.total.unit.value, "mme": mme}


def _directions(step: Step, plan: Plan) -> list[Document]:
    lines = {dose.name: dose for dose in step.doses}
    return [
        {"drug": lines[name].drug, "release": lines[name].release, "sig": sig}
        for name, sig in directions(step, plan.request_of(step).courses)
    ]


def _day(day: DrugDay, step: Step) -> Document:
    return {
        "drug": day.drug,
        "release": day.release,
        "amount": json_number(day.amount.value),
        "unit": day.amount.unit.value,
        "products": list(products_of_line(step, day.name)),
    }


def _days(dose: TimedDose, step: Step) -> Document:
    """On which days a dose is taken: its words, the first of them, and every how many days or on which of the week."""
    days = dose.days
    return {
        "words": days.words,
        "first": days.first_on(step.first_day).isoformat(),
        "every": None if days.off else days.every,
        "weekdays": [day_name[day].casefold() for day in days.on],
    }


def _dose(dose: TimedDose, step: Step) -> Document:
    return {
        "drug": dose.drug,
        "release": dose.release,
        "time": dose.time.value,
        "amount": json_number(dose.amount.value),
        "unit": dose.amount.unit.value,
        "days": None if dose.days.is_daily else _days(dose, step),
        "items": [_item(each) for each in dose.items],
    }


def _item(item: Item) -> Document:
    return {
        "product": item.product,
        "strength": json_number(item.strength.value),
        "unit": item.strength.unit.value,
        "count": json_number(item.count),
        "counted": item.unit.value,
    }


def _dispensed(found: StepDispensed, step: Step, plan: Plan) -> Document:
    return {
        "product": found.product,
        "release": found.release,
        "quantity": json_number(found.quantity),
        "unit": found.unit.value,
        "taken": json_number(found.taken),
        "left_over": json_number(found.left_over),
        "schedule": found.schedule,
        "days_supply": step.days,
        "new_strength": any(
            each.new_strength and each.product == found.product and step.first_day <= each.first_day <= step.last_day
            for each in plan.fills
        ),
        "stock_before": json_number(max(Fraction(0), found.left_over + found.taken - found.quantity)),
    }


def _outcome(outcome: Outcome) -> Document:
    if isinstance(outcome, NeedsChoice):
        return {"kind": "needs_choice", "reason": outcome.reason}
    return {"kind": "reaches_target", "reason": None}


def _alternative(found: Alternative) -> Document:
    return {
        "option": found.option,
        "command": found.command,
        "steps": found.steps,
        "last_day": None if found.last_day is None else found.last_day.isoformat(),
        "largest_percent": _number(found.largest_percent),
        "forced": found.forced,
        "ends": found.ends or None,
        "first_percent": _number(found.first_percent),
        "forced_steps": found.forced_steps,
        "units_a_day": _number(found.units_a_day),
        "bottles": found.bottles,
        "strength_changes": found.strength_changes,
        "halves": found.halves,
        "note": found.note,
        "against": [reason(each) for each in found.against],
    }


def _checkpoint(found: Checkpoint) -> Document:
    return {
        "kind": found.kind,
        "from": found.first_day.isoformat(),
        "to": found.last_day.isoformat(),
        "decide": found.decide,
        "sources": [source(each) for each in found.sources],
    }


def _support(found: Support) -> Document:
    return {
        "kind": found.kind,
        "consider": found.consider,
        "limits": list(found.limits),
        "against": [reason(each) for each in found.against],
        "sources": [source(each) for each in found.sources],
    }


def _fill(found: PlannedFill) -> Document:
    return {
        "first_day": found.first_day.isoformat(),
        "last_day": found.last_day.isoformat(),
        "product": found.product,
        "release": found.release,
        "quantity": json_number(found.quantity),
        "unit": found.unit.value,
        "schedule": found.schedule,
        "sig": found.sig,
        "days_supply": found.days_supply,
        "new_strength": found.new_strength,
        "stock_before": json_number(found.stock_before),
        "due": None if found.due is None else found.due.isoformat(),
    }
