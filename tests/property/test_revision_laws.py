"""What is true of every revision of a taper, whatever happens to it and in whatever order it is told."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, get_args

from attrs import evolve
from hypothesis import HealthCheck, assume, given, note
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from medsteward.model.amount import Amount
from medsteward.model.unit import Unit
from medsteward.readers.shared.exact_json import built
from medsteward.schedules.dates import Interval
from medsteward.schedules.dispensable import levels_below
from medsteward.schedules.event import (
    Change,
    Dispense,
    End,
    Event,
    FillBecause,
    HoldAt,
    InsertStep,
    Measured,
    NotTaken,
    Pause,
    Present,
    Replan,
    Resume,
    Reverse,
    SetStep,
    SkipStep,
    SlowTo,
    StatedDay,
    StatedDose,
    Taken,
    Undo,
)
from medsteward.schedules.happens.index import kind_of
from medsteward.schedules.plan import Course, NeedsChoice, Plan, WhenStuck
from medsteward.schedules.replay import NotPossible, request_in_force, with_event, with_events
from medsteward.schedules.step import StepKind
from medsteward.schedules.trial import Measure
from medsteward.writers.shared.exact_json import exact
from tests.counts import examples, scaled
from tests.property.test_taper_laws import START, never, plan_of, policies, requests, tracks, weigh, weighed

ONE = timedelta(days=1)
LATER = st.sampled_from([0, 0, 0, 1, 2, 5, 9, 16, 30])
"""Days that pass before a change."""
AGO = st.sampled_from([0, 0, 1, 2, 4, 8, 20])
"""How many days before a change is told it happened."""


def facts(fills, today, what):
    """What was dispensed. What is taken back takes with it how late a prescription was due when it was entered."""
    found = [fill for fill in fills if fill.first_day <= today]
    return [evolve(fill, due=None) for fill in found] if isinstance(what, Undo) else found


def dispensed_until(fills, day):
    found: dict[str, Fraction] = {}
    for fill in fills:
        if fill.first_day <= day:
            found[fill.product] = found.get(fill.product, Fraction(0)) + fill.quantity
    return found


def ways(track):
    """What a line may be dispensed out of: as before, one strength alone, and the same strengths of another maker."""
    return [track.supplies, track.supplies[:1], tuple(evolve(s, product=f"{s.product} other") for s in track.supplies)]


def doses_a_day(plan, not_taken):
    """What each day of the steps takes of each product; nothing on the days on which nothing was taken."""
    wear = {track.drug: track.wear_days or 1 for request in plan.requests for track in request.courses[0].tracks}
    for step in plan.steps:
        for number in range(step.days):
            day, needs = step.first_day + timedelta(days=number), Counter[str]()
            for dose in step.doses if day not in not_taken else ():
                due = number % wear[dose.drug] == 0 and dose.days.is_on(day, step.first_day)
                for item in dose.items if due else ():
                    needs[item.product] += item.count
            yield day, needs


class AtHome:
    """What is at home of each product, told day by day: what is lost goes first, then what comes, then what is taken.

    Nothing is ever less than nothing: ``short`` are the days on which a product did not last.
    """

    def __init__(self, plan, not_taken, lost):
        needs = dict(doses_a_day(plan, not_taken))
        known = {*needs, *(fill.first_day for fill in plan.fills), *(day for day, _, _ in lost)}
        home: dict[str, Fraction] = {}
        self.mornings: dict[date, dict[str, Fraction]] = {}
        self.short: dict[str, list[date]] = {}
        day, last = min(known, default=START), max(known, default=START)
        while day <= last:
            for _, product, amount in (each for each in lost if each[0] == day):
                home[product] = max(Fraction(0), home.get(product, Fraction(0)) - amount)
            self.mornings[day] = dict(home)
            for fill in plan.fills:
                if fill.first_day == day:
                    home[fill.product] = home.get(fill.product, Fraction(0)) + fill.quantity
            for product, count in needs.get(day, {}).items():
                if home.get(product, Fraction(0)) < count:
                    self.short.setdefault(product, []).append(day)
                home[product] = max(Fraction(0), home.get(product, Fraction(0)) - count)
            day += ONE
        self.mornings[day] = home

    def on(self, day, product):
        """What is at home in the morning of a day, once what was lost by then is gone."""
        known = min(max(day, min(self.mornings)), max(self.mornings))
        return self.mornings[known].get(product, Fraction(0)) if day >= min(self.mornings) else Fraction(0)


def always(run):
    return True


def goes_on(run):
    """A step is in force or ahead, and nothing is waited for."""
    plan = run.plan
    return bool(plan.steps) and plan.ended_on is None and not plan.awaits_restart and run.today <= plan.last_day


def has_a_future_step(run):
    return goes_on(run) and run.plan.held_at is None and run.plan.steps[-1].first_day > run.today


def may_be_taken_back(run):
    last = run.plan.standing[-1:]
    return bool(run.before_each) and not any(kind_of(event.what).is_told for event in last)


HAPPENINGS: list[tuple[Callable[..., bool], dict[str, st.SearchStrategy], Callable[..., None]]] = []
"""What may happen to a plan, when, and with what is drawn for it."""


def may_happen(when=always, often=1, **drawn):
    """One of the things that happen, all alike often where they can: hypothesis itself leaves rules out of its runs."""

    def kept(method):
        HAPPENINGS.extend([(when, drawn, method)] * often)
        return method

    return kept


class Revisions(RuleBasedStateMachine):
    """A plan and what may happen to it, in any order. ``made`` counts the changes of all runs."""

    made: ClassVar[Counter[type]] = Counter()

    @initialize(request_=requests(), begun=st.sampled_from([-3, 0, 3, 10, 40]))
    def planned(self, request_, begun):
        self.plan = plan_of(request_)
        assume(self.plan.base)
        self.base = self.plan.base
        self.today = max(START, self.plan.first_day) + timedelta(days=begun)
        self.not_taken = set()
        self.before_each = []
        self.lost = []
        self.told_late = set()
        self.looked_at = None

    # --- how it is told -----------------------------------------------------------------------------------------

    def try_event(self, what, why="why"):
        before = self.plan
        try:
            self.plan = with_event(before, Event(self.today, what, why), weighed, never)
        except NotPossible as refused:
            note(str(refused))
            return False
        self.made[type(what)] += 1
        if isinstance(what, Undo):
            self.before_each.pop()
        else:
            self.before_each.append(before)
        known = with_events(before, before.events, weighed, never, as_of=self.today)
        before_it, after_it = (Counter(facts(each.fills, self.today, what)) for each in (known, self.plan))
        assert not before_it - after_it
        # what is missing today is dispensed today; what was dispensed by hand, on its day
        days = {self.today, what.day} if isinstance(what, Dispense) else {self.today}
        assert all(fill.first_day in days for fill in after_it - before_it)
        if isinstance(what, Present):
            said: dict[date, Fraction] = {}
            for event in before.events:
                if isinstance(event.what, Present):
                    said = {}
                elif isinstance(event.what, Taken | NotTaken):
                    each_day = (event.what,) if isinstance(event.what, Taken) else event.what.each
                    said |= {each.day: each.amount for each in each_day}
            # on its own day the stated dose is taken, whatever was told of that day before
            self.not_taken |= {day for day, amount in said.items() if not amount and day < what.day}
        if isinstance(what, Present | Dispense):
            # what was dispensed on days that are past is not what is taken as it is told now
            self.told_late |= {what.day + timedelta(days=each) for each in range((self.today - what.day).days)}
        return before

    def later(self, days):
        """Time passes before a change. Most changes are of a plan that goes on."""
        self.today = min(self.today + timedelta(days=days), max(self.today, self.plan.last_day))

    def ago(self, days):
        """A day that is past, on which the plan was under way."""
        return max(self.today - timedelta(days=days), min(self.today, self.plan.steps[0].first_day))

    @rule(data=st.data())
    def something_happens(self, data):
        possible = [each for each in HAPPENINGS if each[0](self)]
        _, drawn, method = data.draw(st.sampled_from(possible), label="what")
        method(self, **{name: data.draw(strategy, label=name) for name, strategy in drawn.items()})

    @may_happen(always, days=st.integers(1, 40))
    def time_passes(self, days):
        self.later(days)

    # --- it goes on more slowly ----------------------------------------------------------------------------------

    @may_happen(goes_on, later=LATER, ahead=st.integers(0, 30), length=st.integers(1, 40))
    def pause(self, later, ahead, length):
        self.later(later)
        first = self.today + timedelta(days=ahead)
        before = self.try_event(Pause(first, first + timedelta(days=length - 1)))
        if before:
            assert [s.number for s in self.plan.steps] == [s.number for s in before.steps]
            assert all(a.first_day >= b.first_day for a, b in zip(self.plan.steps, before.steps, strict=True))
            assert all(a.daily == b.daily for a, b in zip(self.plan.steps, before.steps, strict=True))

    @may_happen(
        goes_on, later=LATER, percent=st.sampled_from([1, 2, 3, 5, 10, 30]).map(Fraction), days=st.integers(20, 120)
    )
    def slow(self, later, percent, days):
        self.later(later)
        before = self.try_event(SlowTo(percent, Interval(days=days)))
        if before:
            past = [s for s in before.steps if s.last_day < self.today]
            assert list(self.plan.steps[: len(past)]) == past

    @may_happen(goes_on, later=LATER, data=st.data())
    def hold(self, later, data):
        self.later(later)
        steps = [step for step in self.plan.steps if step.last_day >= self.today and step.kind is not StepKind.STOP]
        step = data.draw(st.sampled_from(steps)).number if steps else 1
        before = self.try_event(HoldAt(step))
        if before:
            assert isinstance(self.plan.outcome, NeedsChoice)
            assert self.plan.steps[-1].number == step
            assert [each.first_day for each in self.plan.steps] == [
                s.first_day for s in before.steps[: len(self.plan.steps)]
            ]

    @may_happen(lambda self: self.plan.held_at is not None, often=4, later=LATER, ahead=st.integers(0, 90))
    def resume(self, later, ahead):
        self.later(later)
        held = self.before_each[-1] if isinstance(self.plan.standing[-1].what, HoldAt) else None
        begins = max(self.today, self.plan.steps[-1].first_day)
        before = self.try_event(Resume(begins + timedelta(days=ahead)))
        if before and held is not None and held.held_at is None:
            assert [each.daily for each in self.plan.steps] == [each.daily for each in held.steps]
            assert all(a.first_day >= b.first_day for a, b in zip(self.plan.steps, held.steps, strict=True))

    # --- what was taken ------------------------------------------------------------------------------------------

    @may_happen(
        later=LATER, ago=AGO, amount=st.sampled_from([Fraction(0), Fraction(10)]), score=st.none() | st.just("PEG")
    )
    def took(self, later, ago, amount, score):
        self.later(later)
        self.try_event(Taken(self.ago(ago), amount) if score is None else Measured(Measure(score, Fraction(7))))

    @may_happen(
        later=LATER,
        ago=AGO,
        number=st.sampled_from([1, 2, 2, 3, 5, 6]),
        how=st.sampled_from(["in a run", "one by one"]),
    )
    def missed(self, later, ago, number, how):
        self.later(later)
        last = self.ago(ago)
        first = max(last - timedelta(days=number - 1), min(last, self.plan.first_day))
        if how == "in a run":
            self.try_event(NotTaken(first, last))
        else:
            for each in range((last - first).days + 1):
                self.try_event(Taken(first + timedelta(days=each), Fraction(0)))

    # --- a dose that is stated -----------------------------------------------------------------------------------

    @may_happen(
        lambda self: self.plan.awaits_restart,
        ahead=st.integers(0, 9),
        share=st.sampled_from([Fraction(1), Fraction(1), Fraction(1, 2)]),
    )
    def restart(self, ahead, share):
        tracks = self.plan.request.courses[0].tracks
        last = self.plan.steps[-1].daily if self.plan.steps else ()
        doses = tuple(
            StatedDose(track.drug, "", Amount(day.amount.value * share, track.unit))
            for track, day in zip(tracks, last, strict=False)
        )
        before = doses and self.try_event(Present(self.today + timedelta(days=ahead), doses))
        if before:
            assert before.awaits_restart
            assert not self.plan.awaits_restart
            later = [step for step in self.plan.steps if step.first_day >= self.today + timedelta(days=ahead)]
            assert all(step.total.value <= before.steps[-1].total.value for step in later)

    @may_happen(
        lambda self: goes_on(self) and not self.plan.regimen_from,
        later=LATER,
        ahead=st.sampled_from([-20, -7, -2, -1, 0, 0, 1, 3, 9]),
        data=st.data(),
    )
    def somebody_changes_the_dose(self, later, ahead, data):
        self.later(later)
        step = data.draw(st.sampled_from(self.base))
        tracks = self.plan.request.courses[0].tracks
        doses = tuple(
            StatedDose(track.drug, "", Amount(day.amount.value, track.unit))
            for track, day in zip(tracks, step.daily, strict=True)
        )
        day = self.today + timedelta(days=ahead)
        if self.try_event(Present(day, doses)):
            stated = self.plan.on(day)
            assert stated is not None
            assert (stated.first_day, stated.total, stated.kind) == (day, step.total, StepKind.START)
            assert all(each.total.value < step.total.value for each in self.plan.steps if each.first_day > day)

    @may_happen(goes_on, later=LATER, ahead=st.integers(1, 9), data=st.data())
    def another_regimen(self, later, ahead, data):
        self.later(later)
        track = data.draw(tracks("hydromorphone", "IR"))
        course = Course(data.draw(policies()), (track,), Unit.MME_PER_D)
        day = self.today + timedelta(days=ahead)
        stated = (StatedDose(track.drug, "", Amount(track.daily, track.unit)),)
        if self.try_event(Present(day, stated, (course,)), why="rotated"):
            here = self.plan.on(day)
            assert here is not None
            assert (here.first_day, here.kind) == (day, StepKind.START)
            assert [(each.drug, each.amount.value) for each in here.daily] == [(track.drug, track.daily)]
            assert self.plan.request.courses == (course,)

    @may_happen(
        lambda self: goes_on(self) and self.plan.steps[0].first_day < self.today,
        often=2,
        into=st.integers(1, 11),
        data=st.data(),
    )
    def go_back(self, into, data):
        """Mostly within the first days of a step, when pain is worse."""
        begun = [step.first_day for step in self.plan.steps if step.last_day >= self.today and step.doses]
        if begun:
            self.later((data.draw(st.sampled_from(begun[:3])) + timedelta(days=into) - self.today).days)
        before = self.try_event(Reverse())
        if before:
            here = before.on(self.today)
            assert here is not None
            if self.plan.awaits_restart:
                assert self.plan.goes_on
                assert all(step.last_day < self.today for step in self.plan.steps)
                assert all(fill.first_day <= self.today for fill in self.plan.fills)
                return
            tracks = self.plan.request.courses[0].tracks
            back = next(step for step in self.plan.steps if step.number == here.number + 1)
            assert (back.first_day - here.first_day).days < 7
            # a patch is worn until it is changed next
            worn = max((track.wear_days or 1 for track in tracks), default=1)
            assert 0 <= (back.first_day - self.today).days < worn
            assert here.total.value < back.total.value <= weigh(tuple(track.daily for track in tracks))

    # --- it is planned anew --------------------------------------------------------------------------------------

    @may_happen(goes_on, later=LATER, ahead=st.integers(0, 60), data=st.data(), policy=st.none() | policies())
    def plan_anew(self, later, ahead, data, policy):
        self.later(later)
        request = request_in_force(self.plan, weighed, never)
        course = request.courses[0]
        chosen = tuple(evolve(track, supplies=data.draw(st.sampled_from(ways(track)))) for track in course.tracks)
        courses = (evolve(course, tracks=chosen, policy=policy or course.policy),)
        day = self.today + timedelta(days=ahead)
        before = self.try_event(Replan(day, courses, when_stuck=data.draw(st.sampled_from(WhenStuck))))
        if not before:
            return
        first = self.plan.stages[-1].number
        assert self.plan.origin == before.origin
        past = max(first - 2, 0)
        assert self.plan.steps[:past] == before.steps[:past]
        later = self.plan.steps[first - 1 :]
        assert all(step.first_day >= day for step in later)
        assert [step.total for step in later if step.kind is StepKind.BRIDGE] == [
            self.plan.steps[first - 2].total for step in later if step.kind is StepKind.BRIDGE
        ]
        most = courses[0].policy.ceiling.percent or Fraction(100)
        assert all(step.forced or (step.percent_of_current or 0) <= most for step in later)
        known = {supply.product for track in chosen for supply in track.supplies}
        assert all(item.product in known for step in later for dose in step.doses for item in dose.items)
        assert all(dose.items for step in later for dose in step.doses)

    # --- what is dispensed by hand --------------------------------------------------------------------------------

    @may_happen(goes_on, often=2, later=LATER, ago=AGO, days=st.integers(1, 40), because=st.sampled_from(FillBecause))
    def dispense_by_hand(self, later, ago, days, because):
        self.later(later)
        day = self.ago(ago)
        before = with_events(self.plan, self.plan.events, weighed, never, as_of=self.today)
        home = AtHome(before, self.not_taken, self.lost)
        lost = [(day, each, home.on(day, each)) for each in dict.fromkeys(fill.product for fill in before.fills)]
        if not self.try_event(Dispense(day, days, because)):
            return
        if because is FillBecause.LOST:
            self.lost += [each for each in lost if each[2]]
        last = day + timedelta(days=days - 1)
        short = AtHome(self.plan, self.not_taken, self.lost).short
        assert not [each for found in short.values() for each in found if day <= each <= last and self.lasts(each)]
        assert self.plan.steps[-1].last_day == before.steps[-1].last_day or before.held_at is not None

    def lasts(self, day):
        """Whether what is at home has to last on a day: not on one of which was told late."""
        return day not in self.told_late

    # --- it ends --------------------------------------------------------------------------------------------------

    @may_happen(lambda self: goes_on(self) and len(self.plan.events) > 1, later=LATER, ahead=st.integers(0, 60))
    def end(self, later, ahead):
        self.later(later)
        day = self.today + timedelta(days=ahead)
        before = self.try_event(End(day))
        if before:
            assert self.plan.last_day == self.plan.ended_on == day
            here = before.on(day)
            assert here is None or self.plan.steps[-1].doses == here.doses
            assert all(fill.first_day <= day for fill in self.plan.fills)
            assert not self.try_event(HoldAt(1))

    # --- steps by hand --------------------------------------------------------------------------------------------

    @may_happen(has_a_future_step, often=3, data=st.data(), how=st.sampled_from([SetStep, InsertStep, SkipStep]))
    def change_a_step(self, data, how):
        future = [step.number for step in self.plan.steps if step.first_day > self.today]
        number = data.draw(st.sampled_from(future))
        if how is SkipStep:
            self.leave_a_step_out(number)
            return
        tracks = self.plan.request.courses[0].tracks
        step = self.plan.steps[number - self.plan.steps[0].number]
        now = self.amounts_before(number)
        lowered = [
            track.drug
            for track, was, day in zip(tracks, now, step.daily, strict=False)
            if how is InsertStep or was != day.amount.value
        ]
        track = data.draw(st.sampled_from([track for track in tracks if track.drug in lowered] or list(tracks)))
        line = [each.drug for each in tracks].index(track.drug)
        levels = [level.daily for level in levels_below(track, self.plan.request.larger) if level.daily < now[line]]
        amount = data.draw(st.sampled_from(levels[:6] or [Fraction(0)]))
        stated = StatedDay(track.drug, "", Amount(amount, track.unit))
        before = self.try_event(how(number, stated))
        if before:
            assert self.plan.steps[number - 1].first_day > self.today
            assert self.plan.steps[number - 1].daily[line].amount.value == amount
            self.only_falls_or_says_so(before, number)

    def leave_a_step_out(self, number):
        before = self.try_event(SkipStep(number))
        if before:
            assert self.plan.steps[-1].total == before.steps[-1].total
            self.only_falls_or_says_so(before, number)

    def amounts_before(self, number):
        """The day's dose of each line before a step."""
        if number > 1:
            return [day.amount.value for day in self.plan.steps[number - 2].daily]
        return [track.daily for track in self.plan.request.courses[0].tracks]

    def only_falls_or_says_so(self, before, number):
        assert self.plan.steps[: number - 1] == before.steps[: number - 1]
        course, amounts = self.plan.request.courses[0], self.amounts_before(number)
        for step in self.plan.steps[number - 1 :]:
            now = [day.amount.value for day in step.daily]
            assert all(one >= other for one, other in zip(amounts, now, strict=True))
            was = weigh(tuple(amounts))
            assert step.percent_of_current == (was - step.total.value) / was * 100 > 0
            most = course.policy.ceiling.percent
            assert step.forced or most is None or step.percent_of_current <= most
            amounts = now

    # --- it is taken back, or asked at a wrong time ---------------------------------------------------------------

    @may_happen(may_be_taken_back, often=2)
    def undo(self):
        known = self.before_each[-1]
        if self.try_event(Undo()):
            as_it_was = with_events(known, known.events, weighed, never, as_of=self.today)
            assert (self.plan.steps, self.plan.fills) == (as_it_was.steps, as_it_was.fills)
            assert (self.plan.outcome, self.plan.standing) == (as_it_was.outcome, as_it_was.standing)
            assert len(self.plan.events) > len(as_it_was.events)

    @may_happen(
        what=st.sampled_from([Reverse(), Undo(), HoldAt(1), SkipStep(1), End(START), Resume(START)])
        | st.integers(0, 500).map(lambda days: Resume(START + timedelta(days=days)))
        | st.integers(0, 500).map(lambda days: Pause(START, START + timedelta(days=days)))
        | st.integers(0, 500).map(lambda days: Dispense(START + timedelta(days=days), 7, FillBecause.EARLY))
    )
    def asked_at_any_time(self, what):
        """Whether or not it can be made: it is made whole, or refused, and then the plan is as it was."""
        try:
            made = with_event(self.plan, Event(self.today, what, "why"), weighed, never)
        except NotPossible as refused:
            note(str(refused))
            return
        assert with_events(made, made.events, weighed, never) == made

    # --- what holds always ----------------------------------------------------------------------------------------

    @invariant()
    def its_laws_hold(self):
        """Looked at once for each change: nothing else changes what a plan is."""
        if getattr(self, "plan", None) is None or self.looked_at is self.plan:
            return
        self.looked_at = self.plan
        self.it_holds_together()
        self.what_is_taken_was_dispensed_and_little_more()
        self.a_plan_reads_back_and_replays_to_the_same()

    def it_holds_together(self):
        assert self.plan.base == self.base
        day = None
        restarts = {event.what.day for event in self.plan.events if isinstance(event.what, Present)}
        for step in self.plan.steps:
            assert day is None or step.first_day == day or (step.first_day in restarts and step.first_day > day)
            assert step.last_day >= step.first_day
            day = step.last_day + ONE
            # a drug is never made of another one's products
            assert all(item.product.startswith(f"{dose.drug} ") for dose in step.doses for item in dose.items)
        assert [step.number for step in self.plan.steps] == list(range(1, len(self.plan.steps) + 1))
        for before, now in zip(self.plan.steps, self.plan.steps[1:], strict=False):
            if now.kind is StepKind.START:
                continue
            was, total = before.total.value, now.total.value
            assert (total == was) if now.kind is StepKind.BRIDGE else (total < was)
            most = self.plan.course_of(now).policy.ceiling.percent
            assert now.forced or most is None or (was - total) * 100 <= most * was

    def what_is_taken_was_dispensed_and_little_more(self):
        fills, known = self.plan.fills, AtHome(self.plan, self.not_taken, self.lost)
        assert [each.first_day for each in fills] == sorted(each.first_day for each in fills)
        assert not [day for found in known.short.values() for day in found if self.lasts(day)]
        needs = dict(doses_a_day(self.plan, self.not_taken))
        for fill in fills:
            if self.plan.is_given(fill):
                continue
            home = known.on(fill.first_day, fill.product)
            assert fill.stock_before == home
            days = range((fill.last_day - fill.first_day).days + 1)
            needed = sum(needs[fill.first_day + timedelta(days=each)][fill.product] for each in days)
            assert home + fill.quantity < needed + 1
            assert fill.due is not None
            assert fill.due <= fill.first_day
            assert fill.due.weekday() < 5 or fill.due in (self.plan.given_until, fill.first_day)

    def a_plan_reads_back_and_replays_to_the_same(self):
        if not self.plan.events:
            return
        text = json.dumps(exact(self.plan.events))
        events = built(json.loads(text, parse_float=Decimal), tuple[Event, ...], "events")
        fresh = Plan(self.plan.origin, self.base, self.plan.base_outcome, self.base, self.plan.base_outcome)
        assert with_events(fresh, events, weighed, never) == self.plan


class TestRevisions:
    """The machine of revisions; a longer run (``make fuzz``) makes every kind of change."""

    def test_whatever_happens_to_a_plan_its_laws_hold(self):
        Revisions.made.clear()
        several = examples(60, stateful_step_count=12, suppress_health_check=list(HealthCheck))
        run_state_machine_as_test(Revisions, settings=several)
        if scaled(60) > 60:
            # a quick run is too short for all of them
            made = {each.__name__: Revisions.made[each] for each in get_args(Change)}
            assert {name: number for name, number in made.items() if not number} == {}


@examples(60)
@given(requests(), st.integers(0, 400), st.integers(1, 10))
def test_slowing_is_planning_from_that_day(request_, after, weeks):
    """From the step in force on, a slowed plan is what planning from its dose with the slower policy gives."""
    plan = plan_of(request_)
    day = START + timedelta(days=after)
    step = plan.on(day)
    assume(step is not None and step.kind is not StepKind.STOP and step.number < len(plan.steps))
    change = SlowTo(Fraction(2), Interval(days=60 + 7 * weeks))
    slower = with_event(plan, Event(day, change), weighed, never)
    again = with_event(slower, Event(day, change), weighed, never)
    assert [s.daily for s in again.steps] == [s.daily for s in slower.steps]
