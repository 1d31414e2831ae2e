"""The steps of a plan as its events change them, one after another. What each event does stands beside its kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from attrs import evolve, frozen

from medsteward.errors import MedstewardError
from medsteward.schedules.avoid import avoided_days
from medsteward.schedules.course import Course
from medsteward.schedules.dates import Calendar
from medsteward.schedules.drafting import Scales, State, state_of
from medsteward.schedules.event import Event
from medsteward.schedules.make import Avoided, calendar_of, days_of_a_fill, dispensed, drafts_from, fills_for
from medsteward.schedules.naming import named
from medsteward.schedules.plan import NeedsChoice, Outcome, Plan, PlannedFill, PlanStage, Request
from medsteward.schedules.redraft import drafts_of, ended_on, stops
from medsteward.schedules.restart import NoRestart
from medsteward.schedules.restated import as_amounts, restated
from medsteward.schedules.step import Step, StepKind
from medsteward.schedules.stock import AlreadyDispensed
from medsteward.schedules.timeline import NEVER_PAUSED, Draft, with_usual_days
from medsteward.schedules.trial_make import saved_drafts


class NotPossible(MedstewardError):
    """A change that a plan does not allow. ``what`` says why and what to do instead."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


@frozen
class Parked:
    """Steps that wait while a plan is held at the step of a number."""

    drafts: tuple[Draft, ...]
    outcome: Outcome
    number: int


@frozen
class Waits:
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


class Replay:
    """The drafts of a plan as its events change them."""

    def __init__(self, plan: Plan, weigh: Callable[[Request], Scales], avoided: Avoided) -> None:
        self.request, self.weigh, self.avoided = plan.request, weigh, avoided
        self.scales = weigh(plan.request)
        self.is_trial = plan.request.trial is not None
        self.drafts = saved_drafts(plan.base) if self.is_trial else drafts_of(plan, self.scales)
        self.outcome = plan.base_outcome
        self.base = plan.base
        self.paused = NEVER_PAUSED
        self.parked: Parked | None = None
        self.taken: list[Event] = []
        self.waits: Waits | None = None
        self.asks: Waits | None = None
        self.history: tuple[Step, ...] = ()
        self.restart: date | None = None
        self.not_taken: frozenset[date] = frozenset()
        self.given: AlreadyDispensed | None = None
        self.ended: date | None = None
        self.stages = [PlanStage(0, plan.request)]
        self.left: list[Request] = []

    # --- what the steps follow from ------------------------------------------------------------------------------

    def begin(self, number: int, request: Request, *, is_regimen: bool = False) -> None:
        """From the step of a number on, the steps follow from another request."""
        self.left.append(self.request)
        self.stages.append(PlanStage(number, request, is_regimen))
        self.request, self.scales = request, self.weigh(request)

    def drop_stage(self) -> None:
        """What was to be planned anew is not: the request before it holds again."""
        self.stages.pop()
        self.request = self.left.pop()
        self.scales = self.weigh(self.request)

    @property
    def before(self) -> tuple[Request, ...]:
        """What earlier steps follow from."""
        return tuple(stage.request for stage in self.stages[:-1])

    def is_ahead(self, day: date) -> bool:
        """Whether a day lies before the steps that were planned anew."""
        stage = self.stages[-1]
        if len(self.stages) == 1 or stage.is_regimen:
            return False
        first = next((step for step in self.live(day) if step.number >= stage.number), None)
        return first is not None and day < first.first_day

    def state_of(self, step: Step) -> State:
        """The state that a step stands for, out of the products of now. Raises ``NotPossible`` where they make none."""
        if step.number >= self.stages[-1].number:
            return state_of(self.request, step)
        before = next(stage.request for stage in reversed(self.stages[:-1]) if stage.number <= step.number)
        try:
            return restated(self.request, step, before)
        except NoRestart as error:
            raise NotPossible(error.what) from None

    def amounts_of(self, step: Step) -> State:
        """The same for a bound or a beginning, whatever makes it."""
        try:
            return self.state_of(step)
        except NotPossible:
            return as_amounts(self.request, step)

    def of_regimen(self, steps: Sequence[Step]) -> tuple[Step, ...]:
        """Those of these steps that lower what is lowered now."""
        first = max((stage.number for stage in self.stages if stage.is_regimen), default=0)
        return tuple(step for step in steps if step.number >= first)

    # --- the steps as they stand ---------------------------------------------------------------------------------

    def live(self, until: date | None = None) -> tuple[Step, ...]:
        """The steps since the last restart; the one that is held lasts until after ``until``."""
        return tuple(step for step, _ in self.timed(self._held_until(until)))

    def steps(self, until: date | None = None) -> tuple[Step, ...]:
        """All steps; after a gap those before it."""
        if self.waits is not None and self.waits.ends_on is not None:
            return ended_on((*self.history, *self.live()), self.waits.ends_on)
        return self.all_steps(until)

    def all_steps(self, until: date | None) -> tuple[Step, ...]:
        """The steps before the last restart and those since; the one that is held lasts until after ``until``."""
        return (*self.history, *self.live(until))

    def parts(self, until: date) -> dict[str, Any]:
        """What a plan holds beside its request, base and events. Held, it has fills until after ``until``."""
        given = self.given
        steps, fills = self.with_fills(until)
        waits = self.waits
        if waits is not None and waits.before is not None:
            steps, fills = ended_on(steps, waits.before - timedelta(days=1)), () if given is None else given.fills
        outcome = self.outcome if waits is None else NeedsChoice(waits.why)
        lost = () if given is None else given.lost
        return {
            "request": self.stages[-1].request,
            "stages": tuple(self.stages) if len(self.stages) > 1 else (),
            "steps": dispensed(self.request, steps, fills, self.not_taken, lost, self.before),
            "outcome": outcome,
            "fills": fills,
            "notes": (),
            "given_until": None if given is None else given.until,
            "awaits_restart": waits is not None,
            "goes_on": "" if waits is None else waits.goes_on,
        }

    def with_fills(self, until: date, *, last: date | None = None) -> tuple[tuple[Step, ...], tuple[PlannedFill, ...]]:
        """The steps and their fills, those of steps after ``last`` left out."""
        if self.waits is not None and self.waits.ends_on is not None:
            return self.steps(), () if self.given is None else self.given.fills
        steps, fills = self._filled(self._held_until(until), last)
        cut = self._cut_short(steps, fills)
        return self._filled(self._held_until(until, longer_by=cut), last) if cut else (steps, fills)

    def _filled(self, drafts: Sequence[Draft], last: date | None) -> tuple[tuple[Step, ...], tuple[PlannedFill, ...]]:
        timed = [*((step, step.days) for step in self.history), *self.timed(drafts)]
        steps, usual = tuple(step for step, _ in timed), [days for _, days in timed]
        return steps, fills_for(
            self.request,
            steps,
            self._avoided_by(self.request),
            usual=usual,
            given=self.given,
            last=last,
            before=self.before,
        )

    def _cut_short(self, steps: Sequence[Step], fills: Sequence[PlannedFill]) -> int:
        """By how many days the end of a step that is held cuts its last fill short: it is planned whole."""
        if self.parked is None or not steps or not self.drafts:
            return 0
        held = [fill for fill in fills if steps[-1].first_day <= fill.first_day <= steps[-1].last_day]
        if not held:
            return 0
        whole = days_of_a_fill(self.request, *self.timed(self.drafts)[-1], self.before)
        begins = max(fill.first_day for fill in held)
        return max(0, whole - (steps[-1].last_day - begins).days - 1)

    def timed(self, drafts: Sequence[Draft]) -> list[tuple[Step, int]]:
        """Drafts since the last restart with their days, each with how many it would have without pauses and holds."""
        start = self.restart or self.request.start
        calendars = {stage.number: self._calendar_of(stage.request, start) for stage in self.stages}

        def of(number: int) -> Calendar:
            return calendars[max(each for each in calendars if each <= number)]

        restart = self.restart is not None
        timed = with_usual_days(drafts, start, of(0), self.paused, is_restart=restart, later=of)
        return [(named((step,), self._request_of(step))[0], days) for step, days in timed]

    def _calendar_of(self, request: Request, start: date) -> Calendar:
        """On which days the steps of a request begin; patches go on being changed on their own days."""
        calendar = calendar_of(request, self._avoided_by(request), start)
        if calendar.anchor is None:
            return calendar
        first = self.stages[0].request
        anchor = calendar_of(first, self.avoided, start).anchor if self.restart is None else self.restart
        return evolve(calendar, anchor=anchor or calendar.anchor)

    def change_day(self, day: date) -> date:
        """The first day from ``day`` on for another dose: that day, or the one on which patches are changed next."""
        calendar = self._calendar_of(self.request, self.restart or self.request.start)
        return evolve(calendar, avoided=lambda _: False, weekday=None).first_from(day)

    def _avoided_by(self, request: Request) -> Avoided:
        return self.avoided if request.avoid == self.stages[0].request.avoid else avoided_days(request.avoid)

    def course_of(self, step: Step) -> Course:
        """The course that a step belongs to."""
        return self._request_of(step).courses[step.course]

    def _request_of(self, step: Step) -> Request:
        """What a step follows from, as far as its names go."""
        return next(stage.request for stage in reversed(self.stages) if stage.number <= step.number)

    def _held_until(self, until: date | None, *, longer_by: int = 0) -> list[Draft]:
        """The drafts; the last one, where it is held, with days for the dispensing that follows ``until``."""
        if self.parked is None or not self.drafts or until is None:
            return self.drafts
        step, usual = self.timed(self.drafts)[-1]
        days, ends = days_of_a_fill(self.request, step, usual, self.before), step.last_day + timedelta(days=1)
        fills = 1 + max(0, (until - ends).days // days + 1)
        return [*self.drafts[:-1], evolve(self.drafts[-1], not_before=ends + timedelta(days=fills * days + longer_by))]

    def fix(self, day: date) -> None:
        """What was dispensed until a day is a fact from then on."""
        until = day if self.given is None else max(day, self.given.until)
        _, fills = self.with_fills(until, last=until)
        facts = tuple(fill for fill in fills if fill.first_day <= until)
        known = AlreadyDispensed((), until) if self.given is None else self.given
        self.given = evolve(known, fills=facts, until=until, not_taken=self.not_taken)

    def in_force(self, day: date) -> int:
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

    def park(self, place: int, after: Sequence[Draft], outcome: Outcome) -> None:
        """Stay at the step of a place until resumed; what is ``after`` it waits."""
        number = self.drafts[place].step.number
        self.parked = Parked(tuple(after), outcome, number)
        self.drafts = self.drafts[: place + 1]
        self.outcome = NeedsChoice(f"held at step {number} until it is resumed")

    def plan_on(self, place: int) -> None:
        """Plan again from the dose of the step at ``place``; its own and earlier steps stay."""
        number = self.drafts[place].step.number + 1
        course = self.drafts[place].step.course
        state = self.state_of(self.drafts[place].step)
        drafts, outcome = drafts_from(self.request, self.scales, state, first=course, number=number)
        self.hold_again([*self.drafts[: place + 1], *drafts], outcome, least=place)

    def hold_again(self, drafts: list[Draft], outcome: Outcome, *, least: int = 0) -> None:
        """Take new drafts. A plan that was held stays held: at the same step, or at the place of ``least``."""
        parked, self.parked = self.parked, None
        self.drafts, self.outcome = drafts, outcome
        if parked is None or not drafts:
            return
        same = [place for place, draft in enumerate(drafts) if draft.step.number <= parked.number and not stops(draft)]
        place = max(least, same[-1] if same else 0)
        self.park(place, drafts[place + 1 :], outcome)
