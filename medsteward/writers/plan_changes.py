"""What a revision changed in a plan, in words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from medsteward.advice.measures import Sort, named
from medsteward.model.number import decimal_text
from medsteward.schedules.event import Event, HoldAt, Measured, Pause, Resume, Reverse, SlowTo, Taken
from medsteward.schedules.plan import NeedsChoice, Plan
from medsteward.schedules.step import Step
from medsteward.schedules.trial import Measure
from medsteward.writers.json_text import pretty


def written(before: Plan, now: Plan, style: str) -> str:
    """What changed from one version of a plan to the next: JSON, or a line for each change."""
    found = list(changes(before, now))
    if style == "json":
        said = now.events[-1] if now.events else None
        return pretty(
            {
                "schema": "medsteward.plan_changes/1",
                "event": None if said is None else {"on": said.on.isoformat(), "what": change_words(said)},
                "changes": [{"step": number, "change": kind, "text": text} for number, kind, text in found],
            }
        )
    head = f"{now.events[-1].on}: {change_words(now.events[-1])}\n" if now.events else "The plan was never revised.\n"
    body = "".join(f"  step {number}: {text}\n" for number, _, text in found)
    return head + (body or ("  nothing else changes\n" if now.events else ""))


def changes(before: Plan, now: Plan) -> Iterator[tuple[int, str, str]]:
    """Each change as the step's number, its kind (moved, longer, shorter, dose, added, removed) and words."""
    old, new = ({step.number: step for step in plan.steps} for plan in (before, now))
    for number in sorted(old.keys() | new.keys()):
        if number not in new:
            yield number, "removed", f"no longer planned (was from {old[number].first_day})"
        elif number not in old:
            yield number, "added", f"new: {_dose(new[number])} from {new[number].first_day}"
        else:
            yield from _differences(old[number], new[number])
    if now.outcome != before.outcome:
        last = now.steps[-1].number if now.steps else 0
        yield last, "outcome", now.outcome.reason if isinstance(now.outcome, NeedsChoice) else "reaches its target"


def _differences(old: Step, new: Step) -> Iterator[tuple[int, str, str]]:
    if old.doses != new.doses:
        yield new.number, "dose", f"{_dose(old)} becomes {_dose(new)}"
    if old.first_day != new.first_day:
        yield new.number, "moved", f"moves from {old.first_day} to {new.first_day}"
    if old.days != new.days:
        kind = "longer" if new.days > old.days else "shorter"
        yield new.number, kind, f"lasts {new.days} days instead of {old.days}, until {new.last_day}"


def _dose(step: Step) -> str:
    return ", ".join(f"{day.drug} {day.amount}" for day in step.daily if day.amount.value) or "none"


def measure_words(measure: Measure) -> str:
    """A measure and its value: ``PEG 4``, ``NDI (50) 12``, ``sedation: yes``."""
    known = named(measure)
    if known is not None and known.sort is Sort.YES_NO:
        return f"{measure.name}: {'yes' if measure.value else 'no'}"
    name = measure.name.upper() if len(measure.name) <= 4 else measure.name
    variant = f" ({measure.variant})" if measure.variant else ""
    return f"{name}{variant} {decimal_text(measure.value)}"


def change_words(event: Event) -> str:
    """What happened, in words, and why."""
    match event.what:
        case Pause(first, last):
            said = f"paused from {first} to {last}"
        case SlowTo(percent, every):
            said = f"slowed to {decimal_text(percent)} % every {every}"
        case HoldAt(step):
            said = f"held at step {step}"
        case Resume(day):
            said = f"resumed on {day}"
        case Taken(day, amount):
            said = f"on {day} {decimal_text(amount) if amount else 'nothing'} was taken"
        case Measured(measure):
            said = f"measured {measure_words(measure)}"
        case Reverse():
            said = "back to the last tolerated dose"
    return f"{said} ({event.why})" if event.why else said
