"""Plans to print, made by the planner from tracks written by hand; and trials, whose steps are written out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from attrs import evolve

from medsteward.advice.plan.report import Checkpoint, PlanReport
from medsteward.model.amount import Amount
from medsteward.model.drug import DrugClass
from medsteward.model.unit import Unit
from medsteward.schedules.dates import Interval
from medsteward.schedules.drafting import Scales
from medsteward.schedules.event import Event, Pause
from medsteward.schedules.make import make_plan
from medsteward.schedules.moment import Moment, moments_for
from medsteward.schedules.plan import Course, Plan, ReachesTarget, Request, WhenStuck
from medsteward.schedules.policies import policy
from medsteward.schedules.policy import Policy
from medsteward.schedules.replay import with_events
from medsteward.schedules.step import DrugDay, Item, Step, StepKind, TimedDose
from medsteward.schedules.supply import DAILY_UNITS, Supply, Track

START = date(2027, 1, 4)
HALF = Fraction(1, 2)


def track(
    drug: str,
    drug_class: DrugClass,
    amounts: Sequence[int | Fraction],
    strengths: Sequence[str],
    *,
    release: str | None = "IR",
    part: Fraction = Fraction(1),
    fewest: int = 1,
    unit: Unit = Unit.TABLET,
    form: str = "tablet",
) -> Track:
    """A line with ``amounts`` in mg over the day and products of ``strengths``."""
    name = f"{drug}{' ER' if release == 'ER' else ''}"
    supplies = tuple(
        Supply(
            f"{name} {strength} mg{'/mL solution' if unit is Unit.ML else f' {form}'}",
            Fraction(strength),
            unit,
            part,
            "II",
        )
        for strength in strengths
    )
    doses = tuple(zip(moments_for(len(amounts)), map(Fraction, amounts), strict=True))
    return Track(drug, drug_class, "oral", form, release, Unit.MG, doses, supplies, fewest, None, drug, supplies[-1])


def patch(strengths: Sequence[int], now: int) -> Track:
    """A fentanyl patch, changed every three days."""
    supplies = tuple(
        Supply(f"fentanyl {rate} mcg/h patch", Fraction(rate), Unit.PATCH, schedule="II") for rate in strengths
    )
    return Track(
        "fentanyl",
        DrugClass.OPIOID_FULL_AGONIST,
        "transdermal",
        "patch",
        "ER",
        Unit.MCG_PER_H,
        ((Moment.WORN, Fraction(now)),),
        supplies,
        1,
        3,
        "fentanyl patch",
        supplies[-1],
    )


MORPHINE = track("morphine", DrugClass.OPIOID_FULL_AGONIST, (60, 60), ("15", "30", "60"), release="ER", fewest=2)
OXYCODONE = track("oxycodone", DrugClass.OPIOID_FULL_AGONIST, (10, 10, 10, 10), ("5",))
CLONAZEPAM = track("clonazepam", DrugClass.BENZODIAZEPINE, (HALF, HALF), ("0.5",), part=HALF)
GABAPENTIN = track(
    "gabapentin", DrugClass.GABAPENTINOID, (600, 600, 600), ("100", "300"), form="capsule", unit=Unit.CAPSULE
)
SOLUTION = track(
    "oxycodone",
    DrugClass.OPIOID_FULL_AGONIST,
    (10, 10, 10),
    ("1",),
    part=Fraction(1, 10),
    unit=Unit.ML,
    form="solution",
)
FENTANYL = patch((12, 25, 37, 50, 62, 75), 75)

FACTORS = {"morphine": Fraction(1), "oxycodone": Fraction(3, 2), "fentanyl": Fraction(12, 5)}


def course(*tracks: Track, named: str | Policy = "humane", **more: Any) -> Course:
    """Tracks under a policy; several opioids are weighed in MME."""
    total = Unit.MME_PER_D if len(tracks) > 1 else tracks[0].daily_unit
    chosen = policy(named) if isinstance(named, str) else named
    return evolve(Course(chosen, tracks, total), **more)


def plan(*courses: Course, start: date = START, stuck: WhenStuck = WhenStuck.SMALLEST_STEP, **more: Any) -> Plan:
    """The planner's plan for these courses."""
    request = evolve(Request(start, courses, "cdc_2022", "chronic pain", when_stuck=stuck), **more)
    return make_plan(request, scales(request), never)


def scales(request: Request) -> Scales:
    """How the test plans are weighed."""

    def weigher(one: Course):
        def weigh(amounts: tuple[Fraction, ...]) -> Fraction:
            if one.of_one_drug:
                return sum(amounts, Fraction(0))
            return sum((FACTORS[t.drug] * a for t, a in zip(one.tracks, amounts, strict=True)), Fraction(0))

        return weigh

    every = [each for one in request.courses for each in one.tracks]

    def mme(amounts: tuple[Fraction, ...]) -> Fraction | None:
        return sum((FACTORS.get(t.drug, Fraction(0)) * a for t, a in zip(every, amounts, strict=True)), Fraction(0))

    return Scales(tuple(weigher(one) for one in request.courses), mme)


def never(day: date) -> bool:
    """No day is avoided."""
    return False


def report(made: Plan | None, **more: Any) -> PlanReport:
    """A plan as a report of 2026-12-28."""
    return evolve(PlanReport("taper", "story-a4", date(2026, 12, 28), made), **more)


def paused(made: Plan, first: date, last: date) -> Plan:
    """A plan with a pause."""
    event = Event(first, Pause(first, last), "illness")
    return with_events(made, (event,), scales, never)


def trial() -> PlanReport:
    """Duloxetine from 2026-12-07: a week of 30 mg, then 60 mg to day 56, with its check days."""
    supplies = (
        Supply("duloxetine 30 mg capsule", Fraction(30), Unit.CAPSULE),
        Supply("duloxetine 60 mg capsule", Fraction(60), Unit.CAPSULE),
    )
    own = Track(
        "duloxetine",
        DrugClass.SNRI,
        "oral",
        "capsule",
        None,
        Unit.MG,
        ((Moment.MORNING, Fraction(30)),),
        supplies,
    )
    first, second = date(2026, 12, 7), date(2026, 12, 14)
    steps = (
        _started(1, first, second - timedelta(days=1), supplies[0], own),
        _started(2, second, date(2027, 2, 1), supplies[1], own),
    )
    one = evolve(course(OXYCODONE), tracks=(own,), total_unit=Unit.MG_PER_D)
    request = Request(first, (one,), "cdc_2022", "neuropathic pain")
    made = Plan(request, steps, ReachesTarget(), steps, ReachesTarget())
    points = (
        Checkpoint("safety_check", date(2026, 12, 21), date(2026, 12, 21), "side effects"),
        Checkpoint("first_impression", date(2026, 12, 21), date(2027, 1, 4), "a first impression"),
        Checkpoint("fair_trial", date(2027, 1, 18), date(2027, 2, 1), "whether to go on"),
    )
    return PlanReport("trial", "story-d1", date(2026, 12, 1), made, checkpoints=points)


def _started(number: int, first: date, last: date, supply: Supply, own: Track) -> Step:
    amount = Amount(supply.strength, Unit.MG)
    items = (Item(supply.product, amount, supply.unit, Fraction(1)),)
    total = Amount(supply.strength, DAILY_UNITS[Unit.MG])
    return Step(
        number,
        StepKind.START,
        first,
        last,
        (TimedDose(own.drug, Moment.MORNING, amount, items),),
        (DrugDay(own.drug, total),),
        total,
    )


def sessions() -> PlanReport:
    """Acetaminophen before therapy from 2026-12-07: 650 mg before four sessions, 325 mg before two later ones."""
    supply = Supply("acetaminophen 325 mg tablet", Fraction(325), Unit.TABLET)
    own = evolve(
        track("acetaminophen", DrugClass.ACETAMINOPHEN, (650,), ("325",)),
        doses=((Moment.BEFORE_THERAPY, Fraction(650)),),
        supplies=(supply,),
    )
    days = {
        date(2026, 12, 8): 2,
        date(2026, 12, 10): 2,
        date(2026, 12, 15): 2,
        date(2026, 12, 17): 2,
        date(2026, 12, 22): 1,
        date(2027, 1, 5): 1,
    }
    steps: list[Step] = []
    begin, last = date(2026, 12, 7), date(2027, 1, 17)
    for day in (*days, None):
        until = last if day is None else day - timedelta(days=1)
        if begin <= until:
            steps.append(_before_therapy(len(steps) + 1, begin, until, 0, supply))
        if day is not None:
            steps.append(_before_therapy(len(steps) + 1, day, day, days[day], supply))
            begin = day + timedelta(days=1)
    one = evolve(course(OXYCODONE), tracks=(own,), total_unit=Unit.MG_PER_D)
    request = Request(steps[0].first_day, (one,), "cdc_2022", "chronic pain")
    made = Plan(request, tuple(steps), ReachesTarget(), tuple(steps), ReachesTarget())
    return PlanReport("trial", "story-s1", date(2026, 12, 1), made)


def _before_therapy(number: int, first: date, last: date, count: int, supply: Supply) -> Step:
    amount, total = Amount(325 * Fraction(count), Unit.MG), Amount(325 * Fraction(count), Unit.MG_PER_D)
    items = (Item(supply.product, Amount(Fraction(325), Unit.MG), Unit.TABLET, Fraction(count)),)
    doses = (TimedDose("acetaminophen", Moment.BEFORE_THERAPY, amount, items),) if count else ()
    return Step(number, StepKind.START, first, last, doses, (DrugDay("acetaminophen", total),), total)


def weekly(named: str = "humane") -> Policy:
    """A policy with weekly steps."""
    chosen = policy(named)
    return evolve(chosen, phases=tuple(evolve(each, every=Interval(days=7)) for each in chosen.phases))
