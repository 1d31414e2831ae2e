"""What a revision changed in a plan, in words and as JSON."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from medsteward.advice.trial.measures import Sort, named
from medsteward.model.number import decimal_text, json_number
from medsteward.schedules.changes import ChangeKind, StepChange, step_changes
from medsteward.schedules.event import Event, Measured, last_change
from medsteward.schedules.happens.index import event_words
from medsteward.schedules.plan import NeedsChoice, Plan
from medsteward.schedules.sig_lines import day_words, products_of_line
from medsteward.schedules.step import Step
from medsteward.schedules.trial import Measure
from medsteward.version import __version__
from medsteward.writers.shared.cells import plain
from medsteward.writers.shared.exact_json import exact_event
from medsteward.writers.shared.json_text import Document

SCHEMA = "medsteward.plan_changes/1"


def text(before: Plan, now: Plan) -> str:
    """What happened last, and a line for each step that it changed."""
    if not now.events:
        return "The plan was never revised.\n"
    lines = [f"{each.on}: {change_words(each, now)}" for each in last_change(now.events)]
    happened = len(lines)
    lines += [f"  step {each.number}: {step_words(each)}" for each in step_changes(before, now)]
    if now.outcome != before.outcome:
        lines.append(f"  how it ends: {_outcome(now)}")
    if len(lines) == happened:
        lines.append("  no step changes")
    return "".join(f"{plain(line)}\n" for line in lines)


def document(before: Plan, now: Plan, *, case_id: str | None, as_of: date) -> Document:
    """The same as ``medsteward.plan_changes/1``."""
    event = now.events[-1] if now.events else None
    return {
        "schema": SCHEMA,
        "medsteward": __version__,
        "id": case_id,
        "as_of": as_of.isoformat(),
        "event": None if event is None else _event(event, now),
        "events": [_event(each, now) for each in last_change(now.events)],
        "changes": [_change(each) for each in step_changes(before, now)],
        "outcome": None if now.outcome == before.outcome else _outcome(now),
        "problems": [],
        "warnings": [],
        "not_for": [],
    }


def _event(event: Event, now: Plan) -> Document:
    return {**exact_event(event), "words": change_words(event, now)}


@frozen
class Revision:
    """A plan before its last revision and after it, as of a day."""

    before: Plan
    now: Plan
    case_id: str | None
    as_of: date


def revision_text(found: Revision) -> str:
    """What a revision changed, in words."""
    return text(found.before, found.now)


def revision_document(found: Revision) -> Document:
    """What a revision changed, as ``medsteward.plan_changes/1``."""
    return document(found.before, found.now, case_id=found.case_id, as_of=found.as_of)


def _change(found: StepChange) -> Document:
    return {
        "step": found.number,
        "change": found.kind.value,
        "before": None if found.old is None else _state(found.old),
        "after": None if found.new is None else _state(found.new),
        "text": step_words(found),
    }


def _state(step: Step) -> Document:
    return {
        "first_day": step.first_day.isoformat(),
        "last_day": step.last_day.isoformat(),
        "days": step.days,
        "daily": [
            {
                "drug": each.drug,
                "release": each.release,
                "amount": json_number(each.amount.value),
                "unit": each.amount.unit.value,
                "products": list(products_of_line(step, each.name)),
            }
            for each in step.daily
        ],
    }


def _outcome(plan: Plan) -> str:
    return plan.outcome.reason if isinstance(plan.outcome, NeedsChoice) else "reaches its target"


def step_words(found: StepChange) -> str:
    """One change in words: ``moves from 2027-03-29 to 2027-04-19``."""
    match found:
        case StepChange(old=Step() as old, new=None):
            return f"no longer planned (was from {old.first_day})"
        case StepChange(old=None, new=Step() as new):
            return f"new: {_dose(new)} from {new.first_day}"
        case StepChange(ChangeKind.DOSE, old=Step() as old, new=Step() as new):
            if old.daily == new.daily:
                return f"the same {_dose(new)}, taken in another way"
            return f"{_dose(old)} becomes {_dose(new)}"
        case StepChange(ChangeKind.MOVED, old=Step() as old, new=Step() as new):
            return f"moves from {old.first_day} to {new.first_day}"
        case StepChange(old=Step() as old, new=Step() as new):
            return f"lasts {new.days} days instead of {old.days}, until {new.last_day}"
    raise ValueError("a change is of a step that was, or that is")


def _dose(step: Step) -> str:
    return ", ".join(f"{day.name} {day_words(step, day)}" for day in step.daily if day.amount.value) or "none"


def measure_words(measure: Measure) -> str:
    """A measure and its value: ``PEG 4``, ``NDI (50) 12``, ``sedation: yes``."""
    known = named(measure)
    if known is not None and known.sort is Sort.YES_NO:
        return f"{measure.name}: {'yes' if measure.value else 'no'}"
    name = measure.name.upper() if len(measure.name) <= 4 else measure.name
    variant = f" ({measure.variant})" if measure.variant else ""
    return f"{name}{variant} {decimal_text(measure.value)}"


def change_words(event: Event, plan: Plan) -> str:
    """What happened to a plan, in words, and why. A measure is named as its scale names it."""
    if isinstance(event.what, Measured):
        said = f"measured {measure_words(event.what.measure)}"
        return f"{said} ({event.why_words})" if event.why_words else said
    return event_words(event, plan)
