"""What is true of every taper, over generated regimens, products and policies; and of every revision of one."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from attrs import evolve
from hypothesis import HealthCheck, assume, given, note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from medsteward.model.amount import Amount
from medsteward.model.drug import DrugClass
from medsteward.model.source import Source, Standing
from medsteward.model.unit import Unit
from medsteward.readers.shared.exact_json import built
from medsteward.schedules.dates import Interval
from medsteward.schedules.dispensable import NOTHING, levels_below
from medsteward.schedules.drafting import AT_BEDTIME, Scales
from medsteward.schedules.event import (
    Dispense,
    End,
    Event,
    FillBecause,
    HoldAt,
    InsertStep,
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
from medsteward.schedules.make import make_plan
from medsteward.schedules.moment import Moment, moments_for
from medsteward.schedules.plan import Course, NeedsChoice, Plan, Request, WhenStuck
from medsteward.schedules.policy import Basis, FollowUp, Phase, Policy, StepCeiling
from medsteward.schedules.quantities import Rhythm, fills_of, is_one_fill, with_quantities
from medsteward.schedules.replay import NotPossible, request_in_force, with_event, with_events
from medsteward.schedules.step import Item, Step, StepKind, TimedDose
from medsteward.schedules.supply import Supply, Track
from medsteward.writers.shared.exact_json import exact
from tests.counts import examples

START = date(2027, 1, 4)
SOURCE = Source("a test", "", 2026, None, Standing.OURS)
FACTORS = (Fraction(1), Fraction(3, 2))
STRENGTHS = [Fraction(s) for s in (5, 10, 15, 20, 30)] + [Fraction(15, 2)]


@st.composite
def policies(draw):
    percents = st.integers(2, 30).map(Fraction)
    return Policy(
        id="generated",
        title="",
        year=2026,
        phases=(
            Phase(Fraction(1), Interval(days=draw(st.integers(1, 60))), draw(percents), draw(st.sampled_from(Basis))),
            Phase(Fraction(1, 3), Interval(days=draw(st.integers(1, 60))), draw(percents), Basis.CURRENT),
        ),
        ceiling=StepCeiling(draw(st.integers(5, 60).map(Fraction))),
        pauses="",
        bottom="",
        follow_up=FollowUp(""),
        for_whom=(),
        not_for=(),
        sources=(SOURCE,),
        classes=frozenset({DrugClass.OPIOID_FULL_AGONIST}),
    )


@st.composite
def tracks(draw, drug: str, release: str):
    kind = draw(st.sampled_from(["tablet", "solution"] if release == "IR" else ["tablet", "patch"]))
    strengths = draw(st.lists(st.sampled_from(STRENGTHS), min_size=1, max_size=3, unique=True))
    part = {"tablet": Fraction(1, draw(st.sampled_from([1, 2]))) if release == "IR" else Fraction(1)}.get(
        kind, Fraction(1)
    )
    unit = {"tablet": Unit.TABLET, "solution": Unit.ML, "patch": Unit.PATCH}[kind]
    if kind == "solution":
        strengths, part = [Fraction(2)], Fraction(1, draw(st.sampled_from([2, 5])))
    supplies = tuple(Supply(f"{drug} {release} {s}", s, unit, part) for s in sorted(strengths))
    if kind == "patch":
        doses: tuple[tuple[Moment, Fraction], ...] = ((Moment.WORN, draw(st.sampled_from(strengths))),)
    else:
        amount = draw(st.integers(1, 4)) * supplies[0].strength
        doses = tuple((moment, amount) for moment in moments_for(draw(st.integers(1, 4 if release == "IR" else 3))))
    return Track(
        drug=drug,
        drug_class=DrugClass.OPIOID_FULL_AGONIST,
        route="oral",
        form=kind,
        release=release,
        unit=Unit.MCG_PER_H if kind == "patch" else Unit.MG,
        doses=doses,
        supplies=supplies,
        fewest_times=min(2, len(doses)) if release == "ER" else 1,
        ends_at_bedtime=release == "ER" and kind != "patch" and draw(st.booleans()),
        wear_days=3 if kind == "patch" else None,
    )


@st.composite
def requests(draw):
    found = draw(st.sampled_from([("ER",), ("IR",), ("ER", "IR"), ("IR", "ER")]))
    chosen = tuple(draw(tracks(name, release)) for name, release in zip(("morphine", "oxycodone"), found, strict=False))
    course = Course(draw(policies()), chosen, Unit.MME_PER_D)
    return Request(
        start=START,
        courses=(course,),
        table="cdc_2022",
        indication="chronic pain",
        when_stuck=draw(st.sampled_from(WhenStuck)),
        larger=draw(st.sampled_from([None, Moment.MORNING, Moment.NOON])),
        weekday=draw(st.sampled_from([None, 0, 3])),
        fill_days=draw(st.sampled_from([None, 7, 28])),
    )


def weigh(amounts: tuple[Fraction, ...]) -> Fraction:
    return sum((a * f for a, f in zip(amounts, FACTORS, strict=False)), Fraction(0))


SCALES = Scales((weigh,), weigh)


def weighed(request: Request) -> Scales:
    return SCALES


def weekend(day: date) -> bool:
    return day.weekday() >= 5


def never(day: date) -> bool:
    return False


def plan_of(request: Request, avoided=never) -> Plan:
    return make_plan(request, SCALES, avoided)


# --- every plan -------------------------------------------------------------------------------------------------


@examples(150)
@given(requests())
def test_a_taper_never_rises_and_keeps_its_ceiling(request_):
    plan = plan_of(request_)
    course = request_.courses[0]
    before = weigh(tuple(track.daily for track in course.tracks))
    whole = before
    for step in plan.steps:
        assert step.total.value < before
        assert step.percent_of_current == (before - step.total.value) / before * 100
        assert step.percent_of_original == (before - step.total.value) / whole * 100
        if not step.forced:
            assert before - step.total.value <= before * course.policy.ceiling.percent / 100
        assert step.starts_within(course.policy.bottom_share) is (before <= whole * course.policy.bottom_share)
        if step.forced:
            planned = step.starts_within(course.policy.bottom_share)
            assert step.planned if planned else step.planned is (step.kind is StepKind.STOP and step.is_last_dose)
        before = step.total.value


@examples(150)
@given(requests())
def test_one_drug_changes_at_a_time_and_none_rises(request_):
    plan = plan_of(request_)
    before = [track.daily for track in request_.courses[0].tracks]
    for step in plan.steps:
        now = [day.amount.value for day in step.daily]
        changed = [old != new for old, new in zip(before, now, strict=True)]
        assert sum(changed) == 1
        assert all(new <= old for old, new in zip(before, now, strict=True))
        before = now


@examples(150)
@given(requests())
def test_units_add_to_doses_and_doses_to_the_day(request_):
    plan = plan_of(request_)
    tracks_by_drug = {track.drug: track for track in request_.courses[0].tracks}
    for step in plan.steps:
        for day in step.daily:
            doses = [dose for dose in step.doses if dose.drug == day.drug]
            assert sum((dose.amount.value for dose in doses), Fraction(0)) == day.amount.value
        for dose in step.doses:
            track = tracks_by_drug[dose.drug]
            assert sum((i.count * i.strength.value for i in dose.items), Fraction(0)) == dose.amount.value
            parts = {supply.product: supply.part for supply in track.supplies}
            assert all((item.count / parts[item.product]).denominator == 1 for item in dose.items)
            if AT_BEDTIME not in step.notes:
                assert dose.amount.value <= dict(track.doses).get(dose.time, max(dict(track.doses).values()))
            if track.release == "ER":
                assert all(item.count.denominator == 1 for item in dose.items)
        for drug, track in tracks_by_drug.items():
            times = [dose for dose in step.doses if dose.drug == drug]
            if len(times) == 1 < track.fewest_times and track.ends_at_bedtime:
                # one smallest dose at bedtime, and after it nothing but the stop
                assert times[0].time is Moment.BEDTIME
                assert times[0].amount.value == min(supply.strength for supply in track.supplies)
                later = [day.amount.value for each in plan.steps for day in each.daily if day.drug == drug]
                assert set(later[step.number :]) <= {times[0].amount.value, Fraction(0)}
            else:
                assert not times or len(times) >= track.fewest_times


@examples(150)
@given(requests(), st.booleans())
def test_every_day_is_covered_once(request_, avoids):
    avoided = weekend if avoids and request_.weekday != 5 else never
    plan = plan_of(request_, avoided)
    day = None
    for step in plan.steps:
        assert day is None or step.first_day == day
        assert not avoided(step.first_day)
        assert step.first_day >= START
        assert step.days >= 1
        day = step.last_day + timedelta(days=1)
    assert [step.number for step in plan.steps] == list(range(1, len(plan.steps) + 1))


@examples(150)
@given(requests())
def test_what_is_dispensed_is_enough_and_little_more(request_):
    plan = plan_of(request_)
    home: dict[str, Fraction] = {}
    for step in plan.steps:
        for each in step.dispense:
            before = home.get(each.product, Fraction(0))
            assert each.quantity.denominator == 1
            assert each.left_over == before + each.quantity - each.taken >= 0
            assert each.left_over < 1 or not each.quantity or is_one_fill(plan.steps, request_.fill_days)
            home[each.product] = each.left_over
    fills: dict[str, Fraction] = {}
    for fill in plan.fills:
        fills[fill.product] = fills.get(fill.product, Fraction(0)) + fill.quantity
    taken: dict[str, Fraction] = {}
    for step in plan.steps:
        for each in step.dispense:
            taken[each.product] = taken.get(each.product, Fraction(0)) + each.taken
    assert all(fills.get(product, Fraction(0)) >= amount for product, amount in taken.items())


@st.composite
def _forms(draw):
    """A step of a product of any form, its days, and how its patches are worn."""
    unit, wear = draw(st.sampled_from([(Unit.TABLET, None), (Unit.CAPSULE, None), (Unit.ML, None), (Unit.PATCH, 3)]))
    wear = draw(st.sampled_from([1, 2, 3, 4, 7])) if wear else None
    times = (Moment.WORN,) if wear else moments_for(draw(st.integers(1, 4)))
    counts = st.integers(1, 4) if unit in (Unit.PATCH, Unit.CAPSULE) else st.fractions(min_value="1/10", max_value=20)
    steps, day = [], START
    for number in range(1, draw(st.integers(1, 3)) + 1):
        items = tuple(Item("a product", Amount(Fraction(5), Unit.MG), unit, Fraction(draw(counts))) for _ in times)
        doses = tuple(
            TimedDose("a drug", time, Amount(Fraction(5), Unit.MG), (item,))
            for time, item in zip(times, items, strict=True)
        )
        length = draw(st.integers(1, 70))
        last = day + timedelta(days=length - 1)
        steps.append(Step(number, StepKind.REDUCE, day, last, doses, (), Amount(Fraction(5), Unit.MG_PER_D)))
        day = last + timedelta(days=1)
    return steps, {"a drug": Rhythm(wear)}


@examples(200)
@given(_forms(), st.none() | st.integers(1, 100))
def test_the_fills_of_a_step_add_up_to_what_it_dispenses(forms, fill_days):
    steps, rhythms = forms
    assume(not is_one_fill(steps, fill_days))
    fills = fills_of(steps, rhythms, fill_days)
    for step in with_quantities(steps, rhythms):
        within = [fill for fill in fills if step.first_day <= fill.first_day <= step.last_day]
        assert all(fill.quantity and fill.last_day <= step.last_day for fill in within)
        assert sum(fill.quantity for fill in within) == sum(each.quantity for each in step.dispense)
        wear = rhythms["a drug"].wear_days
        if wear is not None:
            for fill in within:
                days = range((fill.first_day - step.first_day).days, (fill.last_day - step.first_day).days + 1)
                changes = sum(day % wear == 0 for day in days)
                assert fill.quantity == changes * step.doses[0].items[0].count


@examples(100)
@given(requests(), st.integers(1, 60))
def test_a_shifted_start_shifts_everything(request_, weeks):
    days = timedelta(days=7 * weeks)
    one, other = plan_of(request_), plan_of(evolve(request_, start=START + days))
    assert [(s.first_day + days, s.last_day + days, s.doses) for s in one.steps] == [
        (s.first_day, s.last_day, s.doses) for s in other.steps
    ]


@examples(100)
@given(requests())
def test_a_plan_ends_at_zero_or_says_why_not(request_):
    plan = plan_of(request_)
    if isinstance(plan.outcome, NeedsChoice):
        assert plan.outcome.reason
        forced = [step for step in plan.steps if step.forced]
        assert not plan.steps or not all(is_planned(step, plan) for step in forced)
    if plan.steps:
        assert plan.steps[-1].total.value == 0
        assert plan.steps[-1].kind is StepKind.STOP
    else:
        # one dose larger than the smallest, and nothing between it and none
        assert isinstance(plan.outcome, NeedsChoice)


def is_planned(step, plan):
    share = plan.request.courses[0].policy.bottom_share
    return step.planned or step.starts_within(share)


@examples(60)
@given(requests())
def test_the_same_request_gives_the_same_plan(request_):
    assert plan_of(request_) == plan_of(request_)


@examples(60)
@given(tracks("morphine", "ER") | tracks("morphine", "IR"))
def test_days_fall_and_end_with_nothing(track):
    found = [level.daily for level in levels_below(track)]
    assert found == sorted(set(found), reverse=True)
    assert levels_below(track)[-1] == NOTHING
    assert all(level < track.daily for level in found)


# --- every revision ---------------------------------------------------------------------------------------------


def facts(fills, today):
    return [fill for fill in fills if fill.first_day <= today]


def dispensed_until(fills, day):
    found: dict[str, Fraction] = {}
    for fill in fills:
        if fill.first_day <= day:
            found[fill.product] = found.get(fill.product, Fraction(0)) + fill.quantity
    return found


def ways(track):
    """What a line may be dispensed out of: as before, one strength alone, and the same strengths of another maker."""
    return [track.supplies, track.supplies[:1], tuple(evolve(s, product=f"{s.product} other") for s in track.supplies)]


def taken_until(plan, day, not_taken):
    """What the steps take of each product until a day, that day included, but for days on which nothing was taken."""
    wear = {track.drug: track.wear_days or 1 for request in plan.requests for track in request.courses[0].tracks}
    found: dict[str, Fraction] = {}
    for step in plan.steps:
        days = [
            number
            for number in range((min(day, step.last_day) - step.first_day).days + 1)
            if step.first_day + timedelta(days=number) not in not_taken
        ]
        for dose in step.doses:
            times = sum(number % wear[dose.drug] == 0 for number in days)
            for item in dose.items:
                found[item.product] = found.get(item.product, Fraction(0)) + item.count * times
    return found


class Revisions(RuleBasedStateMachine):
    """A plan and what may happen to it, in any order."""

    @initialize(request_=requests())
    def planned(self, request_):
        self.plan = plan_of(request_)
        self.base = self.plan.base
        self.today = START
        self.not_taken = set()
        self.before_each = []
        self.lost = []

    def try_event(self, what, why="why"):
        before = self.plan
        try:
            self.plan = with_event(before, Event(self.today, what, why), weighed, never)
        except NotPossible as refused:
            note(str(refused))
            return False
        if isinstance(what, Undo):
            self.before_each.pop()
        else:
            self.before_each.append(before)
        known = with_events(before, before.events, weighed, never, as_of=self.today)
        before_it, after_it = facts(known.fills, self.today), facts(self.plan.fills, self.today)
        assert after_it[: len(before_it)] == before_it
        # what is missing today is dispensed today
        assert all(fill.first_day == self.today for fill in after_it[len(before_it) :])
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
        return before

    @rule(days=st.integers(0, 40))
    def time_passes(self, days):
        # most changes are of a plan that goes on
        self.today = min(self.today + timedelta(days=days), max(self.today, self.plan.last_day))

    @rule(ahead=st.integers(0, 30), length=st.integers(1, 40))
    def pause(self, ahead, length):
        first = self.today + timedelta(days=ahead)
        before = self.try_event(Pause(first, first + timedelta(days=length - 1)))
        if before:
            assert [s.number for s in self.plan.steps] == [s.number for s in before.steps]
            assert all(a.first_day >= b.first_day for a, b in zip(self.plan.steps, before.steps, strict=True))
            assert all(a.daily == b.daily for a, b in zip(self.plan.steps, before.steps, strict=True))

    @rule(percent=st.integers(1, 30).map(Fraction), days=st.integers(1, 90))
    def slow(self, percent, days):
        before = self.try_event(SlowTo(percent, Interval(days=days)))
        if before:
            past = [s for s in before.steps if s.last_day < self.today]
            assert list(self.plan.steps[: len(past)]) == past

    @rule(step=st.integers(1, 12))
    def hold(self, step):
        step = 1 + (step - 1) % max(1, len(self.plan.steps))
        if self.try_event(HoldAt(step)):
            assert isinstance(self.plan.outcome, NeedsChoice)
            assert self.plan.steps[-1].number == step

    @rule(ahead=st.integers(0, 90))
    def resume(self, ahead):
        self.try_event(Resume(self.today + timedelta(days=ahead)))

    @rule(amount=st.sampled_from([Fraction(0), Fraction(10)]))
    def took(self, amount):
        self.try_event(Taken(self.today, amount))

    @rule(first=st.integers(0, 9), number=st.integers(1, 6))
    def missed_days(self, first, number):
        for ago in range(first + number - 1, first - 1, -1):
            self.try_event(Taken(self.today - timedelta(days=ago), Fraction(0)))

    @precondition(lambda self: self.plan.awaits_restart)
    @rule(ahead=st.integers(1, 9), share=st.sampled_from([Fraction(1), Fraction(1), Fraction(1, 2)]))
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

    @rule(first=st.integers(0, 9), number=st.integers(1, 6))
    def missed_in_a_run(self, first, number):
        last = self.today - timedelta(days=first)
        self.try_event(NotTaken(last - timedelta(days=number - 1), last))

    @precondition(lambda self: self.plan.base and not self.plan.awaits_restart and not self.plan.regimen_from)
    @rule(ahead=st.integers(0, 9), data=st.data())
    def somebody_changes_the_dose(self, ahead, data):
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

    @precondition(lambda self: self.plan.base)
    @rule(ahead=st.integers(0, 60), data=st.data(), policy=st.none() | policies())
    def plan_anew(self, ahead, data, policy):
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

    @precondition(lambda self: self.plan.base)
    @rule(ahead=st.integers(1, 9), data=st.data())
    def another_regimen(self, ahead, data):
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

    @rule(days=st.integers(1, 40), because=st.sampled_from(FillBecause))
    def dispense_by_hand(self, days, because):
        before = with_events(self.plan, self.plan.events, weighed, never, as_of=self.today)
        eve = self.today - timedelta(days=1)
        taken, given = taken_until(before, eve, self.not_taken), dispensed_until(before.fills, eve)
        lost = {each: given[each] - taken.get(each, 0) - self.lost_until(each, eve) for each in given}
        if not self.try_event(Dispense(self.today, days, because)):
            return
        last = self.today + timedelta(days=days - 1)
        if because is FillBecause.LOST:
            self.lost += [(self.today, product, amount) for product, amount in lost.items() if amount]
        fresh = dispensed_until(self.plan.fills, self.today)
        home = taken_until(self.plan, eve, self.not_taken)
        for product, amount in taken_until(self.plan, last, self.not_taken).items():
            needed = amount - home.get(product, 0)
            there = fresh.get(product, 0) - home.get(product, 0) - self.lost_until(product, self.today)
            assert there >= needed or self.plan.held_at is not None or last > self.plan.last_day
        assert self.plan.steps[-1].last_day == before.steps[-1].last_day or before.held_at is not None

    def lost_until(self, product, day):
        return sum((amount for gone, name, amount in self.lost if name == product and gone <= day), Fraction(0))

    @rule(ahead=st.integers(0, 60))
    def end(self, ahead):
        day = self.today + timedelta(days=ahead)
        before = self.try_event(End(day))
        if before:
            assert self.plan.last_day == self.plan.ended_on == day
            here = before.on(day)
            assert here is None or self.plan.steps[-1].doses == here.doses
            assert all(fill.first_day <= day for fill in self.plan.fills)
            assert not self.try_event(HoldAt(1))

    @precondition(lambda self: self.plan.base)
    @rule(number=st.integers(1, 12), data=st.data(), how=st.sampled_from([SetStep, InsertStep]))
    def change_a_step(self, number, data, how):
        tracks = self.plan.request.courses[0].tracks
        track = data.draw(st.sampled_from(tracks))
        levels = [level.daily for level in levels_below(track, self.plan.request.larger)]
        amount = data.draw(st.sampled_from(levels))
        stated = StatedDay(track.drug, "", Amount(amount, track.unit))
        before = self.try_event(how(number, stated))
        if before:
            assert self.plan.steps[number - 1].first_day > self.today
            line = [each.drug for each in tracks].index(track.drug)
            assert self.plan.steps[number - 1].daily[line].amount.value == amount
            self.only_falls_or_says_so(before, number)

    @rule(number=st.integers(1, 12))
    def leave_a_step_out(self, number):
        before = self.try_event(SkipStep(number))
        if before:
            assert self.plan.steps[-1].total == before.steps[-1].total
            self.only_falls_or_says_so(before, number)

    def only_falls_or_says_so(self, before, number):
        assert self.plan.steps[: number - 1] == before.steps[: number - 1]
        course = self.plan.request.courses[0]
        amounts = [track.daily for track in course.tracks]
        if number > 1:
            amounts = [day.amount.value for day in self.plan.steps[number - 2].daily]
        for step in self.plan.steps[number - 1 :]:
            now = [day.amount.value for day in step.daily]
            assert all(one >= other for one, other in zip(amounts, now, strict=True))
            was = weigh(tuple(amounts))
            assert step.percent_of_current == (was - step.total.value) / was * 100 > 0
            most = course.policy.ceiling.percent
            assert step.forced or most is None or step.percent_of_current <= most
            amounts = now

    @precondition(lambda self: self.before_each)
    @rule()
    def undo(self):
        known = self.before_each[-1] if self.before_each else None
        if self.try_event(Undo()):
            assert known is not None
            as_it_was = with_events(known, known.events, weighed, never, as_of=self.today)
            assert (self.plan.steps, self.plan.fills) == (as_it_was.steps, as_it_was.fills)
            assert (self.plan.outcome, self.plan.standing) == (as_it_was.outcome, as_it_was.standing)
            assert len(self.plan.events) > len(as_it_was.events)

    @rule()
    def go_back(self):
        before = self.try_event(Reverse())
        if before:
            here = before.on(self.today)
            if here is not None and (self.today - here.first_day).days >= 7:
                assert self.plan.awaits_restart
                assert self.plan.goes_on
                assert all(step.last_day < self.today for step in self.plan.steps)
                assert all(fill.first_day <= self.today for fill in self.plan.fills)
                return
            back = self.plan.on(self.today)
            assert back is not None
            whole = weigh(tuple(t.daily for t in self.plan.request.courses[0].tracks))
            assert back.total.value <= whole

    @invariant()
    def it_holds_together(self):
        if not hasattr(self, "plan"):
            return
        assert self.plan.base == self.base
        day = None
        restarts = {event.what.day for event in self.plan.events if isinstance(event.what, Present)}
        for step in self.plan.steps:
            assert day is None or step.first_day == day or (step.first_day in restarts and step.first_day > day)
            assert step.last_day >= step.first_day
            day = step.last_day + timedelta(days=1)
        assert [step.number for step in self.plan.steps] == list(range(1, len(self.plan.steps) + 1))
        rises = [
            now
            for before, now in zip(self.plan.steps, self.plan.steps[1:], strict=False)
            if now.total.value > before.total.value
        ]
        assert all(step.kind is StepKind.START for step in rises)

    @invariant()
    def what_is_taken_was_dispensed_and_little_more(self):
        if not hasattr(self, "plan"):
            return
        fills = self.plan.fills
        assert [each.first_day for each in fills] == sorted(each.first_day for each in fills)
        ends = {each.first_day - timedelta(days=1) for each in fills} | {self.plan.last_day, self.today}
        for day in ends:
            given = dispensed_until(fills, day)
            taken = taken_until(self.plan, day, self.not_taken)
            assert all(
                given.get(product, 0) - self.lost_until(product, day) >= amount for product, amount in taken.items()
            )
        for fill in fills:
            if self.plan.is_given(fill):
                continue
            eve = fill.first_day - timedelta(days=1)
            before = taken_until(self.plan, eve, self.not_taken).get(fill.product, 0)
            home = dispensed_until(fills, eve).get(fill.product, 0) - before
            home -= self.lost_until(fill.product, fill.first_day)
            assert fill.stock_before == home
            needed = taken_until(self.plan, fill.last_day, self.not_taken)[fill.product] - before
            assert home + fill.quantity < needed + 1
            assert fill.due is not None
            assert fill.due <= fill.first_day
            assert fill.due.weekday() < 5 or fill.due in (self.plan.given_until, fill.first_day)

    @invariant()
    def a_plan_reads_back_and_replays_to_the_same(self):
        if hasattr(self, "plan") and self.plan.events:
            text = json.dumps(exact(self.plan.events))
            events = built(json.loads(text, parse_float=Decimal), tuple[Event, ...], "events")
            fresh = Plan(self.plan.origin, self.base, self.plan.base_outcome, self.base, self.plan.base_outcome)
            assert with_events(fresh, events, weighed, never) == self.plan

    @invariant()
    def replaying_gives_the_same(self):
        if hasattr(self, "plan") and self.plan.events:
            fresh = evolve(self.plan, steps=self.base, outcome=self.plan.base_outcome, events=(), notes=(), fills=())
            assert with_events(fresh, self.plan.events, weighed, never) == self.plan


Revisions.TestCase.settings = examples(60, stateful_step_count=12, suppress_health_check=list(HealthCheck))
TestRevisions = Revisions.TestCase


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
