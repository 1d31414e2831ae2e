"""The planner's choice against an exact solver (HiGHS): the lowest end, and the least distance from what was asked."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medsteward.model.drug import DrugClass
from medsteward.model.source import Source, Standing
from medsteward.model.unit import Unit
from medsteward.schedules.dates import Interval
from medsteward.schedules.dispensable import levels_below
from medsteward.schedules.moment import moments_for
from medsteward.schedules.plan import Course
from medsteward.schedules.planner import plan_course
from medsteward.schedules.policy import Basis, FollowUp, Phase, Policy, StepCeiling
from medsteward.schedules.supply import Supply, Track
from tests.counts import examples

highspy = pytest.importorskip("highspy")

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


def graph(course: Course):
    """Every place and every allowed step, told from the rules alone."""
    ladders = [[track.daily, *(level.daily for level in levels_below(track))] for track in course.tracks]
    ceiling = course.policy.ceiling.percent or Fraction(0)
    steps = {}
    todo = [tuple(0 for _ in ladders)]
    while todo:
        here = todo.pop()
        if here in steps:
            continue
        now = weigh(tuple(ladder[at] for ladder, at in zip(ladders, here, strict=True)))
        found = []
        for number, ladder in enumerate(ladders):
            for at in range(here[number] + 1, len(ladder)):
                there = (*here[:number], at, *here[number + 1 :])
                total = weigh(tuple(lad[n] for lad, n in zip(ladders, there, strict=True)))
                if 0 < now - total <= now * ceiling / 100:
                    found.append((there, total))
            if found:
                break  # the first drug in order that has a step is the one that changes
        steps[here] = (now, found)
        todo += [there for there, _ in found]
    return steps


def asked(course: Course, now: Fraction, whole: Fraction) -> Fraction:
    phase = course.policy.phases[1] if now * 3 <= whole else course.policy.phases[0]
    assert phase.percent is not None
    return (whole if phase.basis is Basis.ORIGINAL else now) * phase.percent / 100


_TOLERANCE = 1e-6


def beyond(now: Fraction, total: Fraction, wanted: Fraction, totals: list[Fraction]) -> Fraction:
    """How far a step goes beyond what is asked, where a smaller one that keeps to it could be taken instead."""
    return max(now - total - wanted, Fraction(0)) if now - max(totals) <= wanted else Fraction(0)


def solved(course: Course) -> tuple[Fraction, Fraction]:
    """The lowest end; the least that ways to it go beyond the pace; of those the least sum of |asked - actual|.

    By a mixed-integer programme, solved for one after the other.
    """
    steps = graph(course)
    start = tuple(0 for _ in course.tracks)
    whole = steps[start][0]
    low = min(now for now, found in steps.values() if not found)
    arcs = [
        (here, there, abs(asked(course, now, whole) - (now - total)))
        for here, (now, found) in steps.items()
        for there, total in found
    ]
    if not arcs:
        return low, Fraction(0)
    over = [
        beyond(now, total, asked(course, now, whole), [other for _, other in found])
        for now, found in steps.values()
        for _, total in found
    ]
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("mip_rel_gap", 0.0)
    chosen = [solver.addBinary() for _ in arcs]
    for place, (now, found) in steps.items():
        flow = sum(x for x, arc in zip(chosen, arcs, strict=True) if arc[0] == place)
        flow = flow - sum(x for x, arc in zip(chosen, arcs, strict=True) if arc[1] == place)
        if place == start:
            if found:
                solver.addConstr(flow == 1)
        elif not found and now == low:
            solver.addConstr(flow <= 0)
        else:
            solver.addConstr(flow == 0)
    solver.minimize(sum(float(far) * x for far, x in zip(over, chosen, strict=True)))
    least = sum((far for far, x in zip(over, chosen, strict=True) if solver.val(x) > 0.5), Fraction(0))
    solver.addConstr(sum(float(far) * x for far, x in zip(over, chosen, strict=True)) <= float(least) + _TOLERANCE)
    solver.minimize(sum(float(cost) * x for x, (_, _, cost) in zip(chosen, arcs, strict=True)))
    taken = [cost for x, (_, _, cost) in zip(chosen, arcs, strict=True) if solver.val(x) > 0.5]
    return low, sum(taken, Fraction(0))


@examples(150)
@given(courses())
def test_the_planner_finds_what_the_solver_finds(course):
    moves, _ = plan_course(course, weigh)
    whole = weigh(tuple(track.daily for track in course.tracks))
    within = [move for move in moves if not move.forced]
    end = within[-1].total if within else whole
    low, distance = solved(course)
    assert end == low
    assert sum((abs(move.asked - move.taken_off) for move in within), Fraction(0)) == distance
