"""What was told of a plan's days: what was taken, and what was measured."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from medsteward.model.amount import Amount
from medsteward.schedules.drafting import unchanged
from medsteward.schedules.event import Event, Measured, NotTaken, Taken
from medsteward.schedules.happens.kind import EventKind, Waiting
from medsteward.schedules.happens.replaying import Replay, Waits
from medsteward.schedules.missed import missed_in
from medsteward.schedules.plan import Plan
from medsteward.schedules.redraft import step_on


def _later(event: Event, day: date) -> str:
    if day > event.on:
        return f"{day} is after {event.on}: what was taken is entered on its day or later"
    return ""


def _taken_words(what: Taken, plan: Plan) -> str:
    return f"on {what.day} {Amount(what.amount, plan.total_unit_on(what.day)) if what.amount else 'nothing'} was taken"


def _take(replay: Replay, event: Event, what: Taken) -> None:
    replay.in_force(what.day)
    replay.taken.append(event)
    steps = (*replay.history, *replay.live(what.day))
    runs = missed_in(replay.course_of, steps, replay.taken)
    ended = next((run for run in runs if run.ends), None)
    if ended is None:
        replay.waits = replay.asks  # a gap that was none after all; what was asked before it is still asked
        return
    replay.fix(event.on)
    step = step_on(steps, ended.first_day)
    most = unchanged(replay.request) if step is None else replay.amounts_of(step)
    replay.waits = Waits(most, 0 if step is None else step.course, ended.consider, ended.ends_on)


def _take_none(replay: Replay, event: Event, what: NotTaken) -> None:
    for day in what.each:
        _take(replay, evolve(event, what=day), day)


TAKEN = EventKind(
    Taken,
    said=_taken_words,
    refused=lambda plan, event, what: _later(event, what.day),
    replayed=_take,
    keeps_the_dose=True,
    is_told=True,
    fixes=False,
    waiting=Waiting.ALWAYS,
    after_the_end=True,
)
MISSED = EventKind(
    NotTaken,
    said=lambda what, plan: (
        f"nothing was taken on {what.first}"
        if what.first == what.last
        else f"nothing was taken from {what.first} to {what.last}"
    ),
    refused=lambda plan, event, what: _later(event, what.last),
    replayed=_take_none,
    keeps_the_dose=True,
    is_told=True,
    fixes=False,
    waiting=Waiting.ALWAYS,
    after_the_end=True,
)
MEASURED = EventKind(
    Measured,
    said=lambda what, plan: f"measured {what.measure.name}",
    replayed=lambda replay, event, what: None,
    is_told=True,
    fixes=False,
    in_order=False,
    waiting=Waiting.ALWAYS,
    after_the_end=True,
)
