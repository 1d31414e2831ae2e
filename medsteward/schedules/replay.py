"""A plan with its events: base and events replayed. A plan is only ever slowed; numbers never change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from attrs import evolve, frozen

from medsteward.errors import MedstewardError
from medsteward.model.number import decimal_text
from medsteward.schedules.dates import Interval
from medsteward.schedules.drafting import Scales, interval_of, start_draft, state_of, unchanged
from medsteward.schedules.event import Event, HoldAt, Measured, Pause, Resume, Reverse, SlowTo, Taken
from medsteward.schedules.make import Avoided, drafts_from, fills_for, finished, originals
from medsteward.schedules.missed import Missed, missed_in
from medsteward.schedules.plan import NeedsChoice, Outcome, Plan, Request
from medsteward.schedules.policy import Basis, Phase
from medsteward.schedules.step import Step, StepKind
from medsteward.schedules.timeline import Draft
from medsteward.schedules.trial_make import saved_drafts


class NotPossible(MedstewardError):
    """A change that a plan does not allow. ``what`` says why and what to do instead."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


def with_event(plan: Plan, event: Event, scales: Scales, avoided: Avoided) -> Plan:
    """The plan with one more event. Raises ``NotPossible`` for a change that it does not allow."""
    return with_events(plan, (*plan.events, event), scales, avoided)


def with_events(plan: Plan, events: Sequence[Event], scales: Scales, avoided: Avoided) -> Plan:
    """The plan with these events instead of its own, replayed from the base in the order they were entered."""
    replay = _Replay(plan, scales, avoided)
    for event in events:
        replay.apply(event)
    steps, outcome = replay.steps(), replay.outcome
    if replay.ended is not None and replay.ended.ends_on is not None:
        steps, outcome = _ended(steps, replay.ended.ends_on), NeedsChoice(replay.ended.consider)
    return evolve(
        plan,
        events=tuple(events),
        steps=steps,
        outcome=outcome,
        fills=fills_for(plan.request, steps),
        notes=tuple(replay.notes),
    )


@frozen
class _Parked:
    """Steps that wait while a plan is held."""

    drafts: tuple[Draft, ...]
    outcome: Outcome


class _Replay:
    """The drafts of a plan as its events change them."""

    def __init__(self, plan: Plan, scales: Scales, avoided: Avoided) -> None:
        self.request, self.scales, self.avoided = plan.request, scales, avoided
        self.is_trial = plan.request.trial is not None
        self.drafts = saved_drafts(plan.base) if self.is_trial else _drafts_of(plan, scales)
        self.outcome = plan.base_outcome
        self.parked: _Parked | None = None
        self.taken: list[Event] = []
        self.ended: Missed | None = None
        self.notes: list[str] = []

    def steps(self) -> tuple[Step, ...]:
        return finished(self.request, self.drafts, self.avoided)

    def apply(self, event: Event) -> None:
        """Take one event into account. Raises ``NotPossible``."""
        if self.ended is not None and not isinstance(event.what, Taken):
            raise NotPossible(f"the plan no longer holds since {self.ended.ends_on}: {self.ended.consider}")
        match event.what:
            case Pause(first, last):
                self._pause(first, last)
            case SlowTo(percent, every):
                self._slow(event.on, percent, every)
            case HoldAt(step):
                self._hold(event.on, step)
            case Resume(day):
                self._resume(day)
            case Taken(day, _):
                self._in_force(day)
                self._take(event)
            case Reverse():
                self._reverse(event.on, event.why)
            case Measured():
                pass

    def _in_force(self, day: date) -> int:
        """The place of the step in force on a day. Raises ``NotPossible`` outside the plan."""
        steps = self.steps()
        for place, step in enumerate(steps):
            if step.first_day <= day <= step.last_day and step.kind is not StepKind.STOP:
                return place
        if not steps:
            raise NotPossible("the plan has no steps yet, so there is nothing to change")
        raise NotPossible(
            f"no step is in force on {day}: the plan runs from {steps[0].first_day} to {steps[-1].last_day}"
        )

    def _pause(self, first: date, last: date) -> None:
        place = self._in_force(first)
        days = (last - first).days + 1
        self.drafts[place] = evolve(self.drafts[place], held=self.drafts[place].held + days)

    def _hold(self, on: date, number: int) -> None:
        place = next((p for p, draft in enumerate(self.drafts) if draft.step.number == number), None)
        if place is None:
            raise NotPossible(f"there is no step {number}; the steps are 1 to {len(self.drafts)}")
        step = self.steps()[place]
        if step.kind is StepKind.STOP:
            raise NotPossible(f"step {number} is the stop; hold at an earlier step")
        if step.last_day < on:
            raise NotPossible(f"step {number} ended on {step.last_day}; only the step in force or a later one is held")
        self.parked = _Parked(tuple(self.drafts[place + 1 :]), self.outcome)
        self.drafts = self.drafts[: place + 1]
        self.outcome = NeedsChoice(f"held at step {number} until it is resumed")

    def _resume(self, day: date) -> None:
        if self.parked is None:
            raise NotPossible("the plan is not held, so there is nothing to resume")
        if day <= self.steps()[-1].first_day:
            raise NotPossible(f"the step held began on {self.steps()[-1].first_day}; resume on a later day")
        self.drafts[-1] = evolve(self.drafts[-1], not_before=day)
        self.drafts += self.parked.drafts
        self.outcome, self.parked = self.parked.outcome, None

    def _slow(self, on: date, percent: Fraction, every: Interval) -> None:
        if self.is_trial:
            raise NotPossible("a trial has no percentage to slow; pause it, hold it at a step, or go back a dose")
        begins = self.steps()[0].first_day if self.drafts else None
        place = None if begins is not None and on < begins else self._in_force(on)
        course = 0 if place is None else self.drafts[place].step.course
        whole = originals(self.request, self.scales)[course]
        total = whole if place is None else self.drafts[place].step.total.value
        phase = self.request.courses[course].policy.phase_at(total / whole)
        if total * percent / 100 > _asked(phase, total, whole):
            raise NotPossible(f"{decimal_text(percent)} % is faster than what is asked for now; a plan is only slowed")
        if every.least_days < phase.every.least_days:
            raise NotPossible(f"every {every} is sooner than every {phase.every} now; a plan is only slowed")
        self.request = _slowed(self.request, course, percent, every)
        if place is None:
            state = unchanged(self.request)
            self.drafts, self.outcome = drafts_from(self.request, self.scales, state, first=0, number=1)
            return
        now = self.drafts[place]
        self.drafts = [*self.drafts[:place], evolve(now, interval=_longer(now.interval, every))]
        self._plan_on(place)

    def _plan_on(self, place: int) -> None:
        """Plan again from the dose of the step at ``place``; its own and earlier steps stay."""
        number = self.drafts[place].step.number + 1
        course = self.drafts[place].step.course
        state = state_of(self.request, self.drafts[place].step)
        drafts, self.outcome = drafts_from(self.request, self.scales, state, first=course, number=number)
        self.drafts = self.drafts[: place + 1] + drafts
        self.parked = None

    def _take(self, event: Event) -> None:
        self.taken.append(event)
        runs = missed_in(self.request.courses, self.steps(), self.taken)
        self.ended = next((run for run in runs if run.ends), None)

    def _reverse(self, on: date, why: str) -> None:
        if not why:
            raise NotPossible("going back needs a reason; add --why")
        place = self._in_force(on)
        steps = self.steps()
        days = {each.what.day: each.what.amount for each in self.taken if isinstance(each.what, Taken)}
        if any(not amount and day >= steps[place].first_day for day, amount in days.items()):
            raise NotPossible(
                "days without the medicine are recorded: tolerance may be lost, so the dose is not raised"
            )
        if self.is_trial:
            self._back_in_trial(place, on, why)
            return
        if steps[place].kind is StepKind.START:
            raise NotPossible("this step is already a way back or a hold; there is no further way back")
        if on <= steps[place].first_day:
            raise NotPossible(f"step {steps[place].number} begins on {steps[place].first_day}; go back on a later day")
        before = self.drafts[place - 1].step if place else None
        state = state_of(self.request, before) if before is not None else unchanged(self.request)
        here = self.drafts[place]
        course = here.step.course
        interval = self.request.courses[course].policy.phases[0].every
        back = start_draft(
            self.request, self.scales, here.step.number + 1, course, state, interval, f"back to the dose before: {why}"
        )
        short = (on - steps[place].first_day).days
        self.drafts = [*self.drafts[:place], evolve(here, interval=Interval(days=short), held=0, not_before=None), back]
        self._plan_on(place + 1)

    def _back_in_trial(self, place: int, on: date, why: str) -> None:
        """The dose before, until the day of the decision, which stays."""
        steps = self.steps()
        here = steps[place]
        lower = [number for number in range(place) if 0 < steps[number].total.value < here.total.value]
        if not lower:
            raise NotPossible("this is the lowest dose of the trial; `medsteward plan decide` says how to go on")
        if on <= here.first_day:
            raise NotPossible(f"step {here.number} begins on {here.first_day}; go back on a later day")
        kept = evolve(self.drafts[place], interval=Interval(days=(on - here.first_day).days), held=0, not_before=None)
        note = f"back to the dose before: {why}"
        step = evolve(self.drafts[lower[-1]].step, number=here.number + 1, notes=(note,))
        left = Interval(days=(steps[-1].last_day - on).days + 1)
        self.drafts = [*self.drafts[:place], kept, Draft(step, left)]
        self.parked = None


def _ended(steps: tuple[Step, ...], day: date) -> tuple[Step, ...]:
    """The steps up to the day on which the plan ended."""
    kept = [step for step in steps if step.first_day <= day]
    return (*kept[:-1], evolve(kept[-1], last_day=min(kept[-1].last_day, day))) if kept else ()


def _drafts_of(plan: Plan, scales: Scales) -> list[Draft]:
    """The drafts behind the base steps: the same steps, each with its interval by the policy."""
    wholes = originals(plan.request, scales)
    before = list(wholes)
    drafts = []
    for step in plan.base:
        policy, whole = plan.request.courses[step.course].policy, wholes[step.course]
        bottom = step.forced and before[step.course] <= whole * policy.bottom_share
        interval = interval_of(policy, step.total.value / whole, forced=step.forced, bottom=bottom)
        drafts.append(Draft(step, interval))
        before[step.course] = step.total.value
    return drafts


def _asked(phase: Phase, total: Fraction, whole: Fraction) -> Fraction:
    if phase.percent is None:
        return max(amount for _, amount in phase.amounts)
    return (whole if phase.basis is Basis.ORIGINAL else total) * phase.percent / 100


def _slowed(request: Request, course: int, percent: Fraction, every: Interval) -> Request:
    """The request with one course's policy asking for no more than ``percent`` of the current dose, ``every``."""
    chosen = request.courses[course]
    phases = tuple(
        evolve(
            phase,
            percent=percent if phase.percent is None else min(percent, phase.percent),
            basis=Basis.CURRENT,
            amounts=(),
            every=_longer(phase.every, every),
        )
        for phase in chosen.policy.phases
    )
    slower = evolve(chosen, policy=evolve(chosen.policy, phases=phases))
    return evolve(request, courses=(*request.courses[:course], slower, *request.courses[course + 1 :]))


def _longer(one: Interval, other: Interval) -> Interval:
    return max(one, other, key=lambda interval: interval.least_days)
