"""Reminders as FHIR R4 Tasks: proposals with the day they are due, never orders."""

from __future__ import annotations

from medsteward.reminders.reminder import Reminder, ReminderStatus, RemindReport
from medsteward.writers.shared.fhir_parts import (
    REMINDERS,
    cited,
    collection,
    concept,
    midnight,
    notes,
    outcome,
    subject,
)
from medsteward.writers.shared.json_text import Document


def document(report: RemindReport) -> Document:
    """A Bundle: a Task for each reminder, and what was not understood."""
    return collection([*(task(each, report) for each in report.reminders), outcome(report.problems, report.cautions)])


def task(found: Reminder, report: RemindReport) -> Document:
    """One reminder. What is settled is a completed Task."""
    settled = found.status(report.as_of) is ReminderStatus.SETTLED
    said = [*found.because, *(f"Source: {each}" for each in cited(found.sources))]
    said += [f"Repeats: {found.repeat}"] if found.repeat is not None else []
    return {
        "resourceType": "Task",
        "status": "completed" if settled else "draft",
        "intent": "proposal",
        "code": concept(REMINDERS, found.kind.value, found.kind.words),
        "description": found.consider or found.kind.words,
        "for": subject(report.case_id),
        "authoredOn": midnight(report.as_of),
        "restriction": {"period": {"end": midnight(found.due)}},
        "note": notes(said),
    }
