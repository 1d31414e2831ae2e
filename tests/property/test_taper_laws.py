"""What is true of every taper, over generated regimens, products and policies; and of every revision of one."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from medsteward.model.amount import Amount
from medsteward.model.drug import DrugClass
from medsteward.model.source import Source, Standing
from medsteward.model.unit import Unit
from medsteward.schedules.dates import Interval
from medsteward.schedules.day_pattern import DayPattern
from medsteward.schedules.dispensable import NOTHING, levels_below
from medsteward.schedules.drafting import AT_BEDTIME, Scales
from medsteward.schedules.last_days import free_nights
from medsteward.schedules.make import make_plan
from medsteward.schedules.moment import Moment, moments_for
from medsteward.schedules.needs import Rhythm
from medsteward.schedules.plan import Course, NeedsChoice, Plan, Request, WhenStuck
from medsteward.schedules.policy import Basis, FollowUp, Phase, Policy, StepCeiling
from medsteward.schedules.quantities import fills_of, is_one_fill, with_quantities
from medsteward.schedules.step import Item, Step, StepKind, TimedDose
from medsteward.schedules.supply import Supply, Track
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


LAST_DAYS = [(), (), (DayPattern(every=2),), (DayPattern(every=2), DayPattern(every=3)), free_nights((0,))]


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
        last_days=draw(st.sampled_from(LAST_DAYS)) if release == "IR" else (),
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
            assert step.planned if planned else step.planned is step.is_of_the_end
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
            assert sum((dose.amount.value * dose.days.share for dose in doses), Fraction(0)) == day.amount.value
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
