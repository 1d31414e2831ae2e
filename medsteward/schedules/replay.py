"""A plan with its events: base and events replayed. A plan is only ever slowed; numbers never change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from attrs import evolve, frozen

from medsteward.errors import MedstewardError
from medsteward.model.number import decimal_text
from medsteward.schedules.dates import Interval
from medsteward.schedules.drafting import Scales, State, start_draft, state_of, unchanged
from medsteward.schedules.entry import refused
from medsteward.schedules.event import (
    Event,
    HoldAt,
    Measured,
    Pause,
    Present,
    Resume,
    Reverse,
    SlowTo,
    StatedDose,
    Taken,
)
from medsteward.schedules.make import Avoided, calendar_of, dispensed, drafts_from, fills_for, originals
from medsteward.schedules.missed import NOT_TOLERANT_FROM, missed_in, reported
from medsteward.schedules.naming import named
from medsteward.schedules.plan import NeedsChoice, Outcome, Plan, PlannedFill
from medsteward.schedules.quantities import AlreadyDispensed
from medsteward.schedules.redraft import asked, drafts_of, ended_on, longer, slowed, step_on, stops
from medsteward.schedules.restart import NoRestart, bound_of, restart_state
from medsteward.schedules.sig_lines import daily_words
from medsteward.schedules.step import Step, StepKind
from medsteward.schedules.timeline import NEVER_PAUSED, Draft, with_usual_days
from medsteward.schedules.trial_make import saved_drafts


class NotPossible(MedstewardError):
    """A change that a plan does not allow. ``what`` says why and what to do instead."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


def with_event(plan: Plan, event: Event, scales: Scales, avoided: Avoided) -> Plan:
    """The plan with one more event. Raises ``NotPossible`` for a change that it does not allow."""
    why_not = refused(with_events(plan, plan.events, scales, avoided), event)
    if why_not:
        raise NotPossible(why_not)
    return with_events(plan, (*plan.events, event), scales, avoided)


def with_events(
    plan: Plan, events: Sequence[Event], scales: Scales, avoided: Avoided, *, as_of: date | None = None
) -> Plan:
    """The plan with these events instead of its own, replayed from the base in the order they were entered.

    What was dispensed until the day of an event stays as it is. A plan that is held is dispensed for until after the
    last event, and after ``as_of`` where that is later.
    """
    replay = _Replay(plan, scales, avoided)
    for event in events:
        replay.apply(event)
    if not events:
        return evolve(plan, events=(), **replay.parts(plan.request.start))
    until = max(event.on for event in events)
    return evolve(plan, events=tuple(events), **replay.parts(until if as_of is None else max(until, as_of)))


@frozen
class _Parked:
    """Steps that wait while a plan is held at the step of a number."""

    drafts: tuple[Draft, ...]
    outcome: Outcome
    number: int


@frozen
class _Waits:
    """What a restart dose may not exceed, and of which course; ``why`` it is to be stated.

    After a gap the plan ended on ``ends_on``. Otherwise the present dose ``goes_on``, in words, and the plan is broken
    off ``before`` a day.
    """

    most: State
    course: int
    why: str
    ends_on: date | None = None
    goes_on: str = ""
    before: date | None = None


class _Replay:
    """The drafts of a plan as its events change them."""

    def __init__(self, plan: Plan, scales: Scales, avoided: Avoided) -> None:
        self.request, self.scales, self.avoided = plan.request, scales, avoided
        self.is_trial = plan.request.trial is not None
        self.drafts = saved_drafts(plan.base) if self.is_trial else drafts_of(plan, scales)
        self.outcome = plan.base_outcome
        self.base = plan.base
        self.paused = NEVER_PAUSED
        self.parked: _Parked | None = None
        self.taken: list[Event] = []
        self.waits: _Waits | None = None
        self.history: tuple[Step, ...] = ()
        self.restart: date | None = None
        self.not_taken: frozenset[date] = frozenset()
        self.given: AlreadyDispensed | None = None

    # --- the steps as they stand ---------------------------------------------------------------------------------

    def live(self, until: date | None = None) -> tuple[Step, ...]:
        """The steps since the last restart; the one that is held lasts until after ``until``."""
        return tuple(step for step, _ in self._timed(self._held_until(until)))

    def steps(self, until: date | None = None) -> tuple[Step, ...]:
        """All steps; after a gap those before it."""
        if self.waits is not None and self.waits.ends_on is not None:
            return ended_on((*self.history, *self.live()), self.waits.ends_on)
        return (*self.history, *self.live(until))

    def parts(self, until: date) -> dict[str, Any]:
        """What a plan holds beside its request, base and events. Held, it has fills until after ``until``."""
        given = self.given
        steps, fills = self._with_fills(until)
        waits = self.waits
        if waits is not None and waits.before is not None:
            steps, fills = ended_on(steps, waits.before - timedelta(days=1)), () if given is None else given.fills
        outcome = self.outcome if waits is None else NeedsChoice(waits.why)
        return {
            "steps": dispensed(self.request, steps, fills, self.not_taken),
            "outcome": outcome,
            "fills": fills,
            "notes": (),
            "given_until": None if given is None else given.until,
            "awaits_restart": waits is not None,
            "goes_on": "" if waits is None else waits.goes_on,
        }

    def _with_fills(self, until: date, *, last: date | None = None) -> tuple[tuple[Step, ...], tuple[PlannedFill, ...]]:
        """The steps and their fills, those of steps after ``last`` left out."""
        if self.waits is not None and self.waits.ends_on is not None:
            return self.steps(), () if self.given is None else self.given.fills
        steps, fills = self._filled(self._held_until(until), last)
        cut = self._cut_short(steps, fills)
        return self._filled(self._held_until(until, longer_by=cut), last) if cut else (steps, fills)

    def _filled(self, drafts: Sequence[Draft], last: date | None) -> tuple[tuple[Step, ...], tuple[PlannedFill, ...]]:
        timed = [*((step, step.days) for step in self.history), *self._timed(drafts)]
        steps, usual = tuple(step for step, _ in timed), [days for _, days in timed]
        return steps, fills_for(self.request, steps, self.avoided, usual=usual, given=self.given, last=last)

    def _cut_short(self, steps: Sequence[Step], fills: Sequence[PlannedFill]) -> int:
        """By how many days the end of a step that is held cuts its last fill short: it is planned whole."""
        if self.parked is None or not steps or not self.drafts:
            return 0
        held = [fill for fill in fills if steps[-1].first_day <= fill.first_day <= steps[-1].last_day]
        if not held:
            return 0
        whole = self.request.fill_days or self._timed(self.drafts)[-1][1]
        begins = max(fill.first_day for fill in held)
        return max(0, whole - (steps[-1].last_day - begins).days - 1)

    def _timed(self, drafts: Sequence[Draft]) -> list[tuple[Step, int]]:
        start = self.restart or self.request.start
        calendar = calendar_of(self.request, self.avoided, start)
        if self.restart is not None and calendar.anchor is not None:
            calendar = evolve(calendar, anchor=self.restart)
        timed = with_usual_days(drafts, start, calendar, self.paused, is_restart=self.restart is not None)
        steps = named((step for step, _ in timed), self.request)
        return list(zip(steps, (days for _, days in timed), strict=True))

    def _held_until(self, until: date | None, *, longer_by: int = 0) -> list[Draft]:
        """The drafts; the last one, where it is held, with days for the dispensing that follows ``until``."""
        if self.parked is None or not self.drafts or until is None:
            return self.drafts
        step, usual = self._timed(self.drafts)[-1]
        days, ends = self.request.fill_days or usual, step.last_day + timedelta(days=1)
        fills = 1 + max(0, (until - ends).days // days + 1)
        return [*self.drafts[:-1], evolve(self.drafts[-1], not_before=ends + timedelta(days=fills * days + longer_by))]

    # --- one event -----------------------------------------------------------------------------------------------

    def apply(self, event: Event) -> None:
        """Take one event into account. Raises ``NotPossible``."""
        if not isinstance(event.what, Taken | Measured):
            self._fix(event.on)
        if self.waits is not None and not isinstance(event.what, Taken | Present | Measured):
            if self.waits.ends_on is not None:
                raise NotPossible(f"the plan no longer holds since {self.waits.ends_on}: {self.waits.why}")
            if not isinstance(event.what, Resume):
                raise NotPossible(f"{self.waits.why}. Or --resume DATE goes on with the plan")
        match event.what:
            case Pause(first, last):
                self._in_force(first)
                self.paused = self.paused.with_run(first, last)
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
            case Present(day, doses):
                self._restart(day, doses, event.why)
            case Measured():
                pass

    def _fix(self, day: date) -> None:
        """What was dispensed until a day is a fact from then on."""
        until = day if self.given is None else max(day, self.given.until)
        _, fills = self._with_fills(until, last=until)
        self.given = AlreadyDispensed(tuple(fill for fill in fills if fill.first_day <= until), until, self.not_taken)

    def _in_force(self, day: date) -> int:
        """The place of the step in force on a day. Raises ``NotPossible`` outside the plan."""
        steps = self.live(day)
        for place, step in enumerate(steps):
            if step.first_day <= day <= step.last_day and step.kind is not StepKind.STOP:
                return place
        if not steps:
            raise NotPossible("the plan has no steps yet, so there is nothing to change")
        raise NotPossible(
            f"no step is in force on {day}: the plan runs from {steps[0].first_day} to {steps[-1].last_day}"
        )

    def _hold(self, on: date, number: int) -> None:
        place = next((p for p, draft in enumerate(self.drafts) if draft.step.number == number), None)
        if place is None:
            numbers = [draft.step.number for draft in self.drafts]
            steps = f"the steps are {numbers[0]} to {numbers[-1]}" if numbers else "the plan has no steps yet"
            raise NotPossible(f"there is no step {number}; {steps}")
        step = self.live(on)[place]
        if step.kind is StepKind.STOP:
            raise NotPossible(f"step {number} is the stop; hold at an earlier step")
        if step.last_day < on:
            raise NotPossible(f"step {number} ended on {step.last_day}; only the step in force or a later one is held")
        after = (*self.drafts[place + 1 :], *(self.parked.drafts if self.parked is not None else ()))
        self._park(place, after, self.outcome if self.parked is None else self.parked.outcome)

    def _park(self, place: int, after: Sequence[Draft], outcome: Outcome) -> None:
        """Stay at the step of a place until resumed; what is ``after`` it waits."""
        number = self.drafts[place].step.number
        self.parked = _Parked(tuple(after), outcome, number)
        self.drafts = self.drafts[: place + 1]
        self.outcome = NeedsChoice(f"held at step {number} until it is resumed")

    def _resume(self, day: date) -> None:
        if self.parked is None:
            raise NotPossible("the plan is not held, so there is nothing to resume")
        held = self.live()[-1]
        if day <= held.first_day:
            raise NotPossible(f"the step held began on {held.first_day}; resume on a later day")
        self.drafts = [*self.drafts[:-1], evolve(self.drafts[-1], not_before=day), *self.parked.drafts]
        self.outcome, self.parked, self.waits = self.parked.outcome, None, None

    def _slow(self, on: date, percent: Fraction, every: Interval) -> None:
        if self.is_trial:
            raise NotPossible("a trial has no percentage to slow; pause it, hold it at a step, or go back a dose")
        begins = self.live()[0].first_day if self.drafts else None
        place = self._in_force(on) if begins is None or on >= begins else None
        if place is None and self.restart is not None:
            place = 0
        course = 0 if place is None else self.drafts[place].step.course
        whole = originals(self.request, self.scales)[course]
        total = whole if place is None else self.drafts[place].step.total.value
        phase = self.request.courses[course].policy.phase_at(total / whole)
        if total * percent / 100 > asked(phase, total, whole):
            raise NotPossible(f"{decimal_text(percent)} % is faster than what is asked for now; a plan is only slowed")
        if every.least_days < phase.every.least_days:
            raise NotPossible(f"every {every} is sooner than every {phase.every} now; a plan is only slowed")
        self.request = slowed(self.request, course, percent, every)
        if place is None:
            state = unchanged(self.request)
            number = self.drafts[0].step.number if self.drafts else 1
            self._hold_again(*drafts_from(self.request, self.scales, state, first=0, number=number))
            return
        now = self.drafts[place]
        self.drafts = [*self.drafts[:place], evolve(now, interval=longer(now.interval, every))]
        self._plan_on(place)

    def _plan_on(self, place: int) -> None:
        """Plan again from the dose of the step at ``place``; its own and earlier steps stay."""
        number = self.drafts[place].step.number + 1
        course = self.drafts[place].step.course
        state = state_of(self.request, self.drafts[place].step)
        drafts, outcome = drafts_from(self.request, self.scales, state, first=course, number=number)
        self._hold_again([*self.drafts[: place + 1], *drafts], outcome, least=place)

    def _hold_again(self, drafts: list[Draft], outcome: Outcome, *, least: int = 0) -> None:
        """Take new drafts. A plan that was held stays held: at the same step, or at the place of ``least``."""
        parked, self.parked = self.parked, None
        self.drafts, self.outcome = drafts, outcome
        if parked is None or not drafts:
            return
        same = [place for place, draft in enumerate(drafts) if draft.step.number <= parked.number and not stops(draft)]
        place = max(least, same[-1] if same else 0)
        self._park(place, drafts[place + 1 :], outcome)

    def _take(self, event: Event) -> None:
        self.taken.append(event)
        steps = (*self.history, *self.live(event.what.day if isinstance(event.what, Taken) else None))
        runs = missed_in(self.request.courses, steps, self.taken)
        ended = next((run for run in runs if run.ends), None)
        if ended is None:
            self.waits = self.waits if self.waits is not None and self.waits.ends_on is None else None
            return
        self._fix(event.on)
        step = step_on(steps, ended.first_day)
        most = unchanged(self.request) if step is None else state_of(self.request, step)
        self.waits = _Waits(most, 0 if step is None else step.course, ended.consider, ended.ends_on)

    def _reverse(self, on: date, why: str) -> None:
        if not why:
            raise NotPossible("going back needs a reason; add --why")
        place = self._in_force(on)
        here = self.live(on)[place]
        days = reported(self.taken)
        if any(not amount and day >= here.first_day for day, amount in days.items()):
            raise NotPossible(
                "days without the medicine are recorded: tolerance may be lost, so the dose is not raised"
            )
        if self.is_trial:
            self._back_in_trial(place, on, why)
            return
        if here.kind is StepKind.START:
            raise NotPossible("this step is already a way back or a hold; there is no further way back")
        if on <= here.first_day:
            raise NotPossible(f"step {here.number} begins on {here.first_day}; go back on a later day")
        before = self.drafts[place - 1].step if place else None
        state = state_of(self.request, before) if before is not None else unchanged(self.request)
        if (on - here.first_day).days >= NOT_TOLERANT_FROM:
            self._ask(place, on, here, state)
            return
        draft = self.drafts[place]
        course = here.course
        interval = self.request.courses[course].policy.phases[0].every
        back = start_draft(
            self.request, self.scales, here.number + 1, course, state, interval, f"back to the dose before: {why}"
        )
        short = Interval(days=(on - here.first_day).days)
        self.drafts = [*self.drafts[:place], evolve(draft, interval=short, not_before=None, is_exact=True), back]
        self._plan_on(place + 1)

    def _ask(self, place: int, on: date, here: Step, most: State) -> None:
        """The dose before was not taken for so long that it is not gone back to: no dose is planned until then.

        The present one goes on meanwhile, and the plan says so. It stays among the drafts, held: a restart or going on
        finds it as it was taken.
        """
        days = (on - here.first_day).days
        bound = bound_of(self.request, most, here.course)
        opioid = any(track.drug_class.is_opioid_agonist for track in self.request.courses[here.course].tracks)
        naloxone = ", and naloxone is offered" if opioid else ""
        why = (
            f"{bound} was not taken for {days} days, since {here.first_day}: tolerance may be lost. Nobody goes back "
            "to it without being seen: the prescriber states a restart dose first, never above that last dose "
            f"tolerated{naloxone}. Until then the dose of step {here.number} goes on unchanged, and no dose is "
            "planned: do not stop it at once, and call the clinic today"
        )
        parked = self.parked.drafts if self.parked is not None else ()
        outcome = self.outcome if self.parked is None else self.parked.outcome
        self._park(place, (*self.drafts[place + 1 :], *parked), outcome)
        self.waits = _Waits(most, here.course, why, goes_on=daily_words(here), before=on)

    def _restart(self, day: date, doses: tuple[StatedDose, ...], why: str) -> None:
        """Go on from the dose that the clinician states, as of ``day``."""
        if self.waits is None:
            raise NotPossible("no restart dose is asked for; --pause, --hold-at or --slow-to change a plan under way")
        if self.is_trial:
            raise NotPossible("a trial that ended early is not restarted; plan a new one with `medsteward trial`")
        waits, nothing = self.waits, sorted(each for each, amount in reported(self.taken).items() if not amount)
        last = waits.ends_on or self.live()[-1].first_day
        gap = [each for each in nothing if waits.ends_on is not None and each > waits.ends_on]
        if day <= max([last, *gap]):
            raise NotPossible(f"a restart is after {max([last, *gap])}; give a later day with --on")
        before = self.steps(day)
        try:
            state = restart_state(self.request, waits.most, waits.course, doses, (*self.base, *before))
        except NoRestart as error:
            raise NotPossible(error.what) from None
        self.history = before if waits.ends_on is not None else ended_on(before, day - timedelta(days=1))
        self.not_taken |= frozenset(nothing)
        self.given = None if self.given is None else evolve(self.given, not_taken=self.not_taken)
        self.restart, self.parked, self.waits, self.taken = day, None, None, []
        number = max((step.number for step in self.history), default=0) + 1
        interval = self.request.courses[waits.course].policy.phases[0].every
        note = "restart at the dose that the prescriber stated" + (f": {why}" if why else "")
        self.drafts = [start_draft(self.request, self.scales, number, waits.course, state, interval, note)]
        self._plan_on(0)

    def _back_in_trial(self, place: int, on: date, why: str) -> None:
        """The dose before, until the day of the decision, which stays."""
        steps = self.live(on)
        here = steps[place]
        lower = [number for number in range(place) if 0 < steps[number].total.value < here.total.value]
        if not lower:
            raise NotPossible("this is the lowest dose of the trial; `medsteward plan decide` says how to go on")
        if on <= here.first_day:
            raise NotPossible(f"step {here.number} begins on {here.first_day}; go back on a later day")
        short = Interval(days=(on - here.first_day).days)
        kept = evolve(self.drafts[place], interval=short, not_before=None, is_exact=True)
        note = f"back to the dose before: {why}"
        step = evolve(self.drafts[lower[-1]].step, number=here.number + 1, notes=(note,))
        left = Interval(days=(steps[-1].last_day - on).days + 1)
        self.drafts = [*self.drafts[:place], kept, Draft(step, left, is_exact=True)]
        self.parked = None
