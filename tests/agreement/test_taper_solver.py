"""The planner's choice against an exact solver (HiGHS): the same value of every wish, one after the other."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import ceil
from typing import Any

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

import medsteward
from medsteward.advice.plan.weights import scales_of
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.plan import prepared
from medsteward.model.drug import DrugClass
from medsteward.model.source import Source, Standing
from medsteward.model.unit import Unit
from medsteward.schedules.dates import Interval
from medsteward.schedules.dispensable import rungs_below
from medsteward.schedules.moment import moments_for
from medsteward.schedules.plan import Course
from medsteward.schedules.planner import plan_course
from medsteward.schedules.policy import Basis, FollowUp, Phase, Policy, StepCeiling
from medsteward.schedules.supply import Supply, Track
from tests.counts import examples
from tests.usual_plans import regimens

highspy = pytest.importorskip("highspy")

START = date(2027, 1, 4)
SOURCE = Source("a test", "", 2026, None, Standing.OURS)


def policy(percent: Fraction, late: Fraction, ceiling: Fraction, basis: Basis) -> Policy:
    return Policy(
        id="asked",
        title="",
        year=2026,
        phases=(
            Phase(Fraction(1), Interval(days=28), percent, basis),
            Phase(Fraction(1, 3), Interval(days=28), late, Basis.CURRENT),
        ),
        ceiling=StepCeiling(ceiling),
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
    strengths = draw(st.lists(st.sampled_from([5, 10, 15, 20, 30]), min_size=1, max_size=3, unique=True))
    times = draw(st.integers(1, 4 if release == "IR" else 3))
    dose = draw(st.integers(1, 4)) * strengths[0]
    return Track(
        drug=drug,
        drug_class=DrugClass.OPIOID_FULL_AGONIST,
        route="oral",
        form="tablet",
        release=release,
        unit=Unit.MG,
        doses=tuple((moment, Fraction(dose)) for moment in moments_for(times)),
        supplies=tuple(Supply(f"{drug} {s}", Fraction(s), Unit.TABLET) for s in strengths),
        fewest_times=1 if release == "IR" else min(2, times),
    )


@st.composite
def courses(draw):
    found = [draw(tracks("morphine", "ER"))]
    if draw(st.booleans()):
        found.append(draw(tracks("oxycodone", "IR")))
    percents = st.integers(3, 25).map(Fraction)
    asked = policy(draw(percents), draw(percents), draw(st.integers(5, 40).map(Fraction)), draw(st.sampled_from(Basis)))
    return Course(asked, tuple(found), Unit.MME_PER_D)


def weigh(amounts: tuple[Fraction, ...]) -> Fraction:
    factors = (Fraction(1), Fraction(3, 2))
    return sum((amount * factor for amount, factor in zip(amounts, factors, strict=False)), Fraction(0))


# --- the rules told again, over every way to make every day -------------------------------------------------------


@frozen
class Day:
    """One track at one of its days: its amount, doses by time, products; ``costs`` are those of the products."""

    daily: Fraction
    doses: dict[str, Fraction]
    products: frozenset[str]
    costs: dict[str, int]
    is_last: bool = False


def ladder(track: Track) -> list[list[Day]]:
    """The days of a track by their total, highest first: the present one, those below, nothing."""
    now = frozenset({track.present.product}) if track.present is not None else frozenset()
    found = [[Day(track.daily, {time.value: amount for time, amount in track.doses}, now, {})]]
    for rung in rungs_below(track):
        days = []
        for way in rung.ways:
            level = way.level()
            amounts = {taken.time.value: taken.amount for taken in level.doses if taken.amount}
            products = frozenset(supply.product for taken in level.doses for supply, _ in taken.items)
            costs = {"rare": way.rare, "uneven": way.uneven, "strengths": way.strengths, "units": way.units}
            days.append(Day(rung.daily, amounts, products, costs, rung.is_last))
        found.append(days or [Day(Fraction(0), {}, frozenset(), {})])
    return found


def rises(one: Day, other: Day) -> bool:
    return not other.is_last and any(amount > one.doses.get(time, 0) for time, amount in other.doses.items())


@frozen
class Step:
    """One step between two states: which day each track takes (its total, and which of its ways)."""

    before: tuple[tuple[int, int], ...]
    after: tuple[tuple[int, int], ...]
    costs: dict[str, int]
    began: frozenset[tuple[int, str]]
    left: frozenset[tuple[int, str]]


class Rules:
    """What may follow what, and what it costs, told from the rules alone."""

    def __init__(self, course: Course, weigh_) -> None:
        self.course, self.weigh = course, weigh_
        self.ladders = [ladder(track) for track in course.tracks]
        self.whole = self.total(tuple((0, 0) for _ in course.tracks))

    def total(self, state) -> Fraction:
        return self.weigh(tuple(self.ladders[n][at][way].daily for n, (at, way) in enumerate(state)))

    def asked(self, now: Fraction) -> tuple[Fraction, Fraction]:
        """What is asked for at a total, and the most of the source's pace."""
        phase = self.course.policy.phase_at(now / self.whole)
        if phase.percent is None:
            amounts = dict(phase.amounts)
            return min(next(amounts[t.drug] for t in self.course.tracks if t.drug in amounts), now), now
        base = self.whole if phase.basis is Basis.ORIGINAL else now
        high = phase.percents.high if phase.percents is not None and phase.percents.high else phase.percent
        return base * phase.percent / 100, base * max(phase.percent, high) / 100

    def within(self, state, number: int):
        """The lower totals of one track within the ceiling, as (total, state), the nearest first."""
        now, ceiling = self.total(state), self.course.policy.ceiling
        daily = self.ladders[number][state[number][0]][0].daily
        found = []
        for at in range(state[number][0] + 1, len(self.ladders[number])):
            there = (*state[:number], (at, 0), *state[number + 1 :])
            total = self.total(there)
            if ceiling.percent is not None and now - total > now * ceiling.percent / 100:
                continue
            off = daily - self.ladders[number][at][0].daily
            if ceiling.percent is None and off > dict(ceiling.amounts).get(self.course.tracks[number].drug, 0):
                continue
            if total < now:
                found.append((total, number, at))
        return found

    def must_rise(self, at: int, number: int, new: int) -> bool:
        return all(rises(one, other) for one in self.ladders[number][at] for other in self.ladders[number][new])

    def next_days(self, state):
        """Which totals may follow a state, each with its costs of pace."""
        now = self.total(state)
        asked, pace = self.asked(now)
        everything = [self.within(state, number) for number in range(len(state))]
        steady = [[e for e in found if not self.must_rise(state[e[1]][0], *e[1:])] for found in everything]
        found = next((each for each in steady if each), None) or next((each for each in everything if each), [])
        large = [each for each in found if now - each[0] >= asked / 4]
        found = large or found
        if not found:
            nearest = [
                (self.total((*state[:n], (state[n][0] + 1, 0), *state[n + 1 :])), -n, n, state[n][0] + 1)
                for n in range(len(state))
                if state[n][0] + 1 < len(self.ladders[n])
            ]
            if not nearest:
                return []  # another product has to take its place
            total, _, number, at = max(nearest)
            costs = {} if self.is_planned(state, total) else {"forced": 1, "excess": int((now - total) / now * 10**6)}
            return [(number, at, costs)]
        least = min(now - total for total, _, _ in found)
        result = []
        for total, number, at in found:
            off = now - total
            within = max(pace, least)
            beyond = ceil((off - within) * 4 / pace) if off > within else 0
            far = max(0, ceil(abs(off - asked) * 4 / asked) - 1) if asked else 0
            result.append((number, at, {"beyond": beyond, "off": far}))
        return result

    def is_planned(self, state, after: Fraction) -> bool:
        if self.total(state) <= self.whole * self.course.policy.bottom_share:
            return True
        left = [(n, at) for n, (at, _) in enumerate(state) if self.ladders[n][at][0].daily]
        if after or len(left) != 1 or left[0][1] != len(self.ladders[left[0][0]]) - 2:
            return False
        track = self.course.tracks[left[0][0]]
        least = track.least or min(supply.strength for supply in track.supplies)
        times = 1 if track.ends_at_bedtime else track.fewest_times
        return bool(track.floor) or self.ladders[left[0][0]][left[0][1]][0].daily <= least * times

    def steps(self, state) -> list[Step]:
        if not self.total(state):
            return []
        found = []
        for number, at, pace in self.next_days(state):
            old = self.ladders[number][state[number][0]][state[number][1]]
            for way, new in enumerate(self.ladders[number][at]):
                began, left = new.products - old.products, old.products - new.products
                costs = {**pace, **new.costs}
                costs["changes"] = int(bool(new.products) and bool(old.products) and new.products != old.products)
                costs["rises"] = int(bool(new.products) and rises(old, new))
                after = (*state[:number], (at, way), *state[number + 1 :])
                named = [frozenset((number, product) for product in each) for each in (began, left)]
                found.append(Step(state, after, costs, named[0], named[1]))
        return found


ORDER = ("forced", "excess", "rises", "beyond", "off", "changes", "rare", "uneven", "strengths", "units")


def solved(course: Course, weigh_) -> dict[str, int]:
    """The least of each wish, given those before it, by a mixed-integer programme for one after the other."""
    rules = Rules(course, weigh_)
    start = tuple((0, 0) for _ in course.tracks)
    steps, seen, todo = [], {start}, [start]
    while todo:
        for step in rules.steps(todo.pop()):
            steps.append(step)
            if step.after not in seen:
                seen.add(step.after)
                todo.append(step.after)
    return Programme(rules, steps, start).solved()


class Programme:
    """Which steps are taken, as a flow from the present dose to none."""

    def __init__(self, rules: Rules, steps: list[Step], start) -> None:
        self.rules, self.steps = rules, steps
        self.solver = highspy.Highs()
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("mip_rel_gap", 0.0)
        self.taken = [self.solver.addBinary() for _ in steps]
        # the flow of a path is whole of itself: only what is added up beside it asks for whole numbers
        out: dict[object, list[int]] = {}
        into: dict[object, list[int]] = {}
        for number, step in enumerate(steps):
            out.setdefault(step.before, []).append(number)
            into.setdefault(step.after, []).append(number)
        for state in {*out, *into}:
            if state in out:
                flow = sum(self.taken[n] for n in out[state]) - sum(self.taken[n] for n in into.get(state, []))
                self.solver.addConstr(flow == (1 if state == start else 0))
        self.again: dict[int, Any] = {}
        self.pairs: set[tuple[int, int]] = set()

    def path(self) -> list[int]:
        found = [number for number, x in enumerate(self.taken) if self.solver.val(x) > 0.5]
        return sorted(found, key=lambda number: -self.rules.total(self.steps[number].before))

    def cost(self, name: str):
        costs = [(step.costs.get(name, 0), x) for step, x in zip(self.steps, self.taken, strict=True)]
        found = sum(cost * x for cost, x in costs if cost)
        return found + sum(self.again.values()) if name == "changes" and self.again else found

    def value(self, name: str, path: list[int]) -> int:
        found = sum(self.steps[number].costs.get(name, 0) for number in path)
        return found + len(self.returns(path)) if name == "changes" else found

    def returns(self, path: list[int]) -> set[int]:
        """The steps of a path that take up a product which an earlier step left."""
        return {
            later
            for place, later in enumerate(path)
            if any(self.steps[earlier].left & self.steps[later].began for earlier in path[:place])
        }

    def price_returns(self, path: list[int]) -> bool:
        """Make the programme know of the returns of a path; False where it knew of all."""
        new = False
        for place, later in enumerate(path):
            for earlier in path[:place]:
                if self.steps[earlier].left & self.steps[later].began and (earlier, later) not in self.pairs:
                    self.pairs.add((earlier, later))
                    new = True
                    if later not in self.again:
                        self.again[later] = self.solver.addBinary()
                    self.solver.addConstr(self.again[later] - self.taken[earlier] - self.taken[later] >= -1)
        return new

    def solved(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for name in ORDER:
            if not any(step.costs.get(name) for step in self.steps):
                found[name] = 0
                continue
            while True:
                self.solver.minimize(self.cost(name))
                path = self.path()
                if ORDER.index(name) < ORDER.index("changes") or not self.price_returns(path):
                    break
                if "changes" in found:
                    self.solver.addConstr(self.cost("changes") <= found["changes"])
            found[name] = self.value(name, path)
            self.solver.addConstr(self.cost(name) <= found[name])
        return found


def told(moves, course: Course, weigh_) -> dict[str, int]:
    """What the planner's moves cost, counted by the rules told again."""
    rules = Rules(course, weigh_)
    state = tuple((0, 0) for _ in course.tracks)
    steps = []
    for move in moves:
        made = [step for step in rules.steps(state) if matches(rules, step, move)]
        assert len(made) == 1, (state, move)
        steps.append(made[0])
        state = made[0].after
    programme = Programme.__new__(Programme)
    programme.rules, programme.steps = rules, steps
    path = list(range(len(steps)))
    return {name: programme.value(name, path) for name in ORDER}


def matches(rules: Rules, step: Step, move) -> bool:
    for number, (at, way) in enumerate(step.after):
        level, day = move.levels[number], rules.ladders[number][at][way]
        if level is None:
            if at:
                return False
            continue
        products = frozenset(supply.product for taken in level.doses for supply, _ in taken.items)
        if (level.daily, products) != (day.daily, day.products):
            return False
    return True


@examples(30)
@given(courses())
def test_the_planner_finds_what_the_solver_finds(course):
    moves, _ = plan_course(course, weigh)
    if moves:
        assert told(moves, course, weigh) == solved(course, weigh)


# --- usual regimens -----------------------------------------------------------------------------------------------

SOLVED = 30
SMALL = 6000
"""Steps of a programme that is solved in a moment."""


def courses_of_usual_plans():
    table = medsteward.factor_table("cdc_2022")
    for regimen in regimens():
        if regimen.options:
            continue
        case = medsteward.case_of(*regimen.lines, as_of=START, patient={"age": 58, "indication": "chronic pain"})
        request = prepared(case, TaperOptions(START), table).request
        if request is not None and len(request.courses) == 1:
            yield regimen.name, request.courses[0], scales_of(request, table).totals[0]


def is_small(course: Course) -> bool:
    size = 1
    for track in course.tracks:
        size *= sum(max(1, len(rung.ways)) for rung in rungs_below(track))
    return size <= SMALL // 40


CASES = {name: (course, total) for name, course, total in courses_of_usual_plans() if is_small(course)}


def test_thirty_usual_regimens_are_small_enough_to_be_solved():
    assert len(CASES) >= SOLVED


@pytest.mark.parametrize("name", list(CASES)[:SOLVED])
def test_the_solver_agrees_on_usual_regimens(name):
    course, total = CASES[name]
    moves, _ = plan_course(course, total)
    assert moves
    assert told(moves, course, total) == solved(course, total)
