"""Plans of any shape, for what must hold of every plan: they are well made, and need not be wise."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from medsteward.advice.plan.report import Alternative, Checkpoint, PlanReport, Support
from medsteward.model.amount import Amount
from medsteward.model.drug import DrugClass
from medsteward.model.regimen import Case
from medsteward.model.source import Source, Standing
from medsteward.model.stated import Because, RequestedBy, Stated, Supervisor, SupervisorRole
from medsteward.model.unit import Unit
from medsteward.schedules.dates import Interval
from medsteward.schedules.event import (
    Dispense,
    End,
    Event,
    FillBecause,
    HoldAt,
    InsertStep,
    Measured,
    NotTaken,
    Pause,
    Resume,
    Reverse,
    SetStep,
    SkipStep,
    SlowTo,
    StatedDay,
    Taken,
    Undo,
)
from medsteward.schedules.moment import Moment, moments_for
from medsteward.schedules.plan import (
    Asked,
    Course,
    NeedsChoice,
    Plan,
    PlannedFill,
    ReachesTarget,
    Request,
    WhenStuck,
)
from medsteward.schedules.policy import Basis, FollowUp, Phase, Policy, PolicyStatus, Range, StepCeiling
from medsteward.schedules.step import DrugDay, Item, Step, StepDispensed, StepKind, TimedDose
from medsteward.schedules.supply import Supply, Track
from medsteward.schedules.trial import Measure

numbers = st.fractions(min_value=Fraction(1, 97), max_value=4000, max_denominator=97)
percents = st.fractions(min_value=Fraction(1, 97), max_value=100, max_denominator=97)
shares = st.fractions(min_value=Fraction(1, 97), max_value=Fraction(96, 97), max_denominator=97)
days = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31))
words = st.text(max_size=8)
few = st.integers(min_value=1, max_value=60)
sources = st.builds(
    Source,
    citation=words,
    where=words,
    year=st.none() | st.integers(1990, 2030),
    url=st.none() | words,
    standing=st.sampled_from(Standing),
)
intervals = few.map(lambda n: Interval(days=n)) | few.map(lambda n: Interval(months=n))
amounts = st.lists(st.tuples(words, numbers), min_size=1, max_size=2).map(tuple)

_DONE = (("pdmp", date(2026, 1, 2)), ("naloxone_on_hand", True))


@st.composite
def ranges(draw):
    low, high = sorted((draw(numbers), draw(numbers)))
    open_end = draw(st.sampled_from(("low", "high", "")))
    return Range(None if open_end == "low" else low, None if open_end == "high" else high)


@st.composite
def phases(draw, share):
    by_percent = draw(st.booleans())
    return Phase(
        share=share,
        every=draw(intervals),
        percent=draw(percents) if by_percent else None,
        basis=draw(st.sampled_from(Basis)) if by_percent else None,
        amounts=() if by_percent else draw(amounts),
        percents=draw(st.none() | ranges()),
        days=draw(st.none() | ranges()),
        standing=draw(st.sampled_from(Standing)),
        note=draw(words),
    )


@st.composite
def policies(draw):
    later = draw(st.lists(shares, max_size=2, unique=True).map(lambda found: sorted(found, reverse=True)))
    by_percent = draw(st.booleans())
    return Policy(
        id=draw(words),
        title=draw(words),
        year=draw(st.integers(1990, 2030)),
        phases=tuple(draw(phases(share)) for share in (Fraction(1), *later)),
        ceiling=StepCeiling(
            percent=draw(percents) if by_percent else None,
            amounts=() if by_percent else draw(amounts),
            standing=draw(st.sampled_from(Standing)),
            note=draw(words),
        ),
        pauses=draw(words),
        bottom=draw(words),
        follow_up=FollowUp(words=draw(words), after_days=tuple(draw(st.lists(few, max_size=2)))),
        for_whom=tuple(draw(st.lists(words, max_size=2))),
        not_for=tuple(draw(st.lists(words, max_size=2))),
        sources=tuple(draw(st.lists(sources, min_size=1, max_size=2))),
        classes=draw(st.frozensets(st.sampled_from(DrugClass), min_size=1, max_size=3)),
        drugs=draw(st.frozensets(words, max_size=3)),
        release=draw(words),
        route=draw(words),
        notes=tuple(draw(st.lists(words, max_size=2))),
        conditions_against=draw(st.frozensets(words, max_size=2)),
        status=draw(st.sampled_from(PolicyStatus)),
        intervals_only=draw(st.none() | ranges()),
        stops_at_bottom=draw(st.booleans()),
    )


@st.composite
def tracks(draw, drug):
    worn = draw(st.booleans())
    unit = Unit.MCG_PER_H if worn else draw(st.sampled_from((Unit.MG, Unit.MCG)))
    moments = (Moment.WORN,) if worn else moments_for(draw(st.integers(1, 6)))
    counted = st.just(Unit.PATCH) if worn else st.sampled_from((Unit.TABLET, Unit.CAPSULE, Unit.ML))
    supply = st.builds(
        Supply, product=words, strength=numbers, unit=counted, part=percents, schedule=words, few_makers=st.booleans()
    )
    return Track(
        drug=drug,
        drug_class=draw(st.sampled_from(DrugClass)),
        route=draw(words),
        form=draw(words),
        release=draw(st.none() | words),
        unit=unit,
        doses=tuple((moment, draw(numbers)) for moment in moments),
        supplies=tuple(draw(st.lists(supply, max_size=3))),
        fewest_times=draw(few),
        ends_at_bedtime=draw(st.booleans()),
        wear_days=draw(few) if worn else None,
        present=draw(st.none() | supply),
        written=draw(words),
    )


def stateds():
    """What may be stated about a plan: everything but the patient's wish beside a clinician who asks."""
    supervisors = st.builds(Supervisor, role=st.sampled_from(SupervisorRole), name=words)
    answers = st.lists(st.tuples(words, words), max_size=2).map(tuple)
    pairs = st.tuples(st.none() | st.sampled_from(RequestedBy), st.none() | st.sampled_from(Because)).filter(
        lambda pair: pair != (RequestedBy.CLINICIAN, Because.PATIENT_WISH)
    )
    people = st.lists(supervisors, max_size=2).map(tuple)
    return st.builds(
        lambda pair, people, reason, answers: Stated(pair[0], pair[1], people, reason, answers),
        pairs,
        people,
        words,
        answers,
    )


@st.composite
def requests(draw):
    names = draw(st.lists(words, min_size=1, max_size=2, unique=True))
    courses = tuple(
        Course(
            policy=draw(policies()),
            tracks=(draw(tracks(name)),),
            total_unit=draw(st.sampled_from((Unit.MME_PER_D, Unit.MG_PER_D))),
            target=draw(numbers),
            overrides=tuple(draw(st.lists(words, max_size=2))),
            first_because=draw(words),
        )
        for name in names
    )
    return Request(
        start=draw(days),
        courses=courses,
        table=draw(words),
        indication=draw(words),
        reason=draw(words),
        stated=draw(stateds()),
        hold=draw(words),
        when_stuck=draw(st.sampled_from(WhenStuck)),
        larger=draw(st.none() | st.sampled_from(Moment)),
        avoid=draw(words),
        weekday=draw(st.none() | st.integers(0, 6)),
        fill_days=draw(st.none() | few),
        split=draw(st.booleans()),
        mark=draw(percents),
        asked=draw(st.builds(Asked, lines=st.tuples(words), options=st.tuples(words, words), source=st.none() | words)),
        case=draw(st.none() | st.builds(Case, as_of=days, id=st.none() | words, done=st.just(_DONE))),
    )


@st.composite
def doses(draw, track):
    moment = draw(st.sampled_from([moment for moment, _ in track.doses]))
    made = [
        Item(supply.product, Amount(supply.strength, track.unit), supply.unit, draw(numbers))
        for supply in {supply.product: supply for supply in track.supplies}.values()
    ]
    total = sum((item.strength.value * item.count for item in made), Fraction(0))
    return TimedDose(track.drug, moment, Amount(total, track.unit), tuple(made))


@st.composite
def step_lists(draw, request):
    first, made = draw(days), []
    unit = request.courses[0].total_unit
    for number in range(1, draw(st.integers(1, 3)) + 1):
        last = first + timedelta(days=draw(few) - 1)
        found = tuple(draw(doses(track)) for course in request.courses for track in course.tracks)
        forced = draw(st.booleans())
        made.append(
            Step(
                number=number,
                kind=draw(st.sampled_from(StepKind)),
                first_day=first,
                last_day=last,
                doses=found,
                daily=tuple(DrugDay(dose.drug, dose.amount) for dose in found),
                total=Amount(draw(numbers), unit),
                mme=draw(st.none() | numbers.map(lambda n: Amount(n, Unit.MME_PER_D))),
                asked=draw(st.none() | numbers),
                asked_percent=draw(st.none() | percents),
                basis=draw(st.none() | st.sampled_from([each.value for each in Basis])),
                percent_of_current=draw(st.none() | percents),
                percent_of_original=draw(st.none() | percents),
                ceiling=draw(st.none() | percents),
                forced=forced,
                course=draw(st.integers(0, len(request.courses) - 1)),
                why_forced=draw(words) if forced else "",
                dispense=tuple(
                    StepDispensed(item.product, item.unit, item.count + 1, item.count, Fraction(1), draw(words))
                    for dose in found
                    for item in dose.items
                ),
                notes=tuple(draw(st.lists(words, max_size=2))),
            )
        )
        first = last + timedelta(days=1)
    return tuple(made)


_masses = numbers.map(lambda number: Amount(number, Unit.MG))
_stated_days = st.builds(
    StatedDay, words, words, _masses, st.lists(st.tuples(st.sampled_from(Moment), _masses), max_size=2).map(tuple)
)


@st.composite
def changes(draw):
    return draw(
        st.tuples(days, days).map(lambda both: Pause(min(both), max(both)))
        | st.builds(SlowTo, percents, intervals)
        | st.builds(HoldAt, few)
        | st.builds(Resume, days)
        | st.builds(Taken, days, numbers)
        | st.just(Reverse())
        | st.just(Undo())
        | st.builds(End, days)
        | st.builds(SkipStep, few)
        | st.builds(SetStep, few, _stated_days)
        | st.builds(InsertStep, few, _stated_days)
        | st.builds(Dispense, days, st.integers(1, 90), st.sampled_from(FillBecause))
        | st.tuples(days, st.integers(0, 365)).map(lambda run: NotTaken(run[0], run[0] + timedelta(days=run[1])))
        | st.builds(Measured, st.builds(Measure, words.filter(bool), numbers, words))
    )


outcomes = st.just(ReachesTarget()) | st.builds(NeedsChoice, words)


@st.composite
def plans(draw):
    """A plan whose steps are its base: what happened to it is written down and not yet replayed."""
    request = draw(requests())
    steps = draw(step_lists(request))
    outcome = draw(outcomes)
    return Plan(
        request=request,
        base=steps,
        base_outcome=outcome,
        steps=steps,
        outcome=outcome,
        events=tuple(draw(st.lists(st.builds(Event, on=days, what=changes(), why=words), max_size=3))),
    )


fills = st.builds(
    PlannedFill,
    first_day=days,
    last_day=days,
    product=words,
    unit=st.sampled_from((Unit.TABLET, Unit.ML)),
    quantity=numbers,
    schedule=words,
    sig=words,
)


@st.composite
def reports(draw):
    """A plan with everything that goes beside it."""
    few_sources = st.lists(sources, max_size=2).map(tuple)
    return PlanReport(
        kind=draw(st.sampled_from(("taper", "trial"))),
        case_id=draw(st.none() | words),
        as_of=draw(days),
        plan=draw(plans()),
        alternatives=tuple(
            draw(
                st.lists(
                    st.builds(
                        Alternative,
                        option=words,
                        command=st.none() | words,
                        steps=st.none() | few,
                        last_day=st.none() | days,
                        largest_percent=st.none() | percents,
                        forced=st.none() | st.booleans(),
                        note=words,
                    ),
                    max_size=2,
                )
            )
        ),
        checkpoints=tuple(
            draw(st.lists(st.builds(Checkpoint, words, first_day=days, last_day=days, decide=words), max_size=2))
        ),
        supports=tuple(
            draw(st.lists(st.builds(Support, words, words, st.lists(words, max_size=2).map(tuple)), max_size=2))
        ),
        faster_than=tuple(draw(st.lists(words, max_size=2))),
        sources=draw(few_sources),
        not_for=tuple(draw(st.lists(words, max_size=2))),
    )
