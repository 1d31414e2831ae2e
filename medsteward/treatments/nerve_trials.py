"""Trials of antidepressants and gabapentinoids for pain."""

from __future__ import annotations

from fractions import Fraction

from medsteward.model.unit import Unit
from medsteward.schedules.moment import Moment
from medsteward.schedules.trial import Stage
from medsteward.treatments import trial_places as s
from medsteward.treatments.trial import (
    EVERYBODY,
    Ceiling,
    Note,
    Ramp,
    TrialDrug,
    Who,
    Window,
    once,
    thrice,
    twice,
)

_MORNING, _BEDTIME = Moment.MORNING, Moment.BEDTIME
_FOGGY = Note(
    "ask about fogginess and swelling at each contact; the lowest dose that works", s.ESSAY.at("gabapentinoids")
)


def _f(*numbers: str | int) -> tuple[Fraction, ...]:
    return tuple(Fraction(number) for number in numbers)


def _us(above: int, up_to: int | None = None, below: int | None = None, age_from: int | None = None) -> Who:
    """A band of the US kidney table. A clearance between two bands belongs to the lower one."""
    return Who(
        age_from=age_from,
        label="us",
        kidney_above=Fraction(above),
        kidney_up_to=None if up_to is None else Fraction(up_to),
        kidney_below=None if below is None else Fraction(below),
    )


def _uk(low: int, below: int) -> Who:
    """A band of the UK table: from its low end, up to the next band."""
    return Who(label="uk", kidney_from=Fraction(low), kidney_below=Fraction(below))


TRICYCLIC_RAMPS = (
    Ramp(
        Who(age_from=65),
        (Stage(0, once(_BEDTIME, 10)), Stage(14, once(_BEDTIME, 20)), Stage(28, once(_BEDTIME, 30))),
        (s.BJSM.at("10 to 20 mg to begin with"), s.TITRATION, s.OLDER),
    ),
    Ramp(
        EVERYBODY,
        (Stage(0, once(_BEDTIME, 10)), Stage(7, once(_BEDTIME, 25)), Stage(14, once(_BEDTIME, 50))),
        (s.BJSM.at("10 to 20 mg to begin with"), s.TITRATION),
    ),
)
TRICYCLIC_CEILINGS = (
    Ceiling(EVERYBODY, Fraction(75), s.TCA_CAP),
    Ceiling(EVERYBODY, Fraction(150), s.BJSM.at("up to 150 mg a day")),
)
_TRICYCLIC_WEEKS = s.practice("tricyclics: 6 to 8 weeks with at least 2 weeks at the highest tolerated dose")

TRIALS: tuple[TrialDrug, ...] = (
    TrialDrug(
        id="duloxetine",
        title="duloxetine",
        drug="duloxetine",
        route="oral",
        form="capsule",
        release="DR",
        unit=Unit.MG,
        strengths=_f(20, 30, 60),
        ramps=(
            Ramp(Who(age_from=80), (Stage(0, once(_MORNING, 30)),), (s.ESSAY_OLD, s.OURS)),
            Ramp(
                Who(age_from=65),
                (Stage(0, once(_MORNING, 30)), Stage(14, once(_MORNING, 60))),
                (s.DULOXETINE, s.DULOXETINE_OLD),
            ),
            Ramp(EVERYBODY, (Stage(0, once(_MORNING, 30)), Stage(7, once(_MORNING, 60))), (s.DULOXETINE,)),
        ),
        ceilings=(Ceiling(EVERYBODY, Fraction(60), s.DULOXETINE, "no added benefit for pain above it"),),
        exit="snri_exit",
        length=s.WEEKS,
        option="duloxetine",
        windows=(
            Window(
                "nausea",
                14,
                "nausea in the first two weeks is expected in some people and usually passes; it is no failure by "
                "itself before day 14 unless it is severe",
                s.ESSAY_WINDOW,
            ),
        ),
        notes=(
            Note("sources differ: another table goes up to 120 mg/d for neuropathic and nociplastic pain", s.BJSM),
            Note("120 mg/d is the label's safety limit, not an aim", s.DULOXETINE_LIMIT),
            Note(
                "ask about sedation and dizziness at each contact: they often limit the dose", s.ESSAY.at("duloxetine")
            ),
            Note(
                "diabetic neuropathy: the label begins with 60 mg, lower where kidneys or tolerance ask", s.DULOXETINE
            ),
        ),
    ),
    TrialDrug(
        id="venlafaxine",
        title="venlafaxine XR",
        drug="venlafaxine",
        route="oral",
        form="capsule",
        release="ER",
        unit=Unit.MG,
        strengths=_f("37.5", 75, 150),
        ramps=(
            Ramp(
                Who(age_from=65),
                (Stage(0, once(_MORNING, "37.5")), Stage(14, once(_MORNING, 75))),
                (s.BJSM, s.TITRATION, s.OLDER),
            ),
            Ramp(
                EVERYBODY,
                (Stage(0, once(_MORNING, "37.5")), Stage(7, once(_MORNING, 75)), Stage(14, once(_MORNING, 150))),
                (s.BJSM, s.TITRATION),
            ),
        ),
        ceilings=(Ceiling(EVERYBODY, Fraction(225), s.BJSM.at("up to 225 mg a day")),),
        exit="snri_exit",
        length=s.WEEKS,
        option="venlafaxine",
        names=("venlafaxine xr", "venlafaxine er"),
    ),
    TrialDrug(
        id="nortriptyline",
        title="nortriptyline at night",
        drug="nortriptyline",
        route="oral",
        form="capsule",
        release="IR",
        unit=Unit.MG,
        strengths=(),
        ramps=TRICYCLIC_RAMPS,
        ceilings=TRICYCLIC_CEILINGS,
        exit="tca_exit",
        length=_TRICYCLIC_WEEKS,
        option="tca",
    ),
    TrialDrug(
        id="amitriptyline",
        title="amitriptyline at night",
        drug="amitriptyline",
        route="oral",
        form="tablet",
        release="IR",
        unit=Unit.MG,
        strengths=_f(10, 25, 50, 75),
        ramps=TRICYCLIC_RAMPS,
        ceilings=TRICYCLIC_CEILINGS,
        exit="tca_exit",
        length=_TRICYCLIC_WEEKS,
        option="tca",
        notes=(Note("65 and over: nortriptyline is preferred", s.practice("AGS Beers criteria")),),
    ),
    TrialDrug(
        id="gabapentin",
        title="gabapentin",
        drug="gabapentin",
        route="oral",
        form="capsule",
        release="IR",
        unit=Unit.MG,
        strengths=_f(100, 300, 400),
        ramps=(
            Ramp(
                _us(30, below=60, age_from=65),
                (
                    Stage(0, twice(100)),
                    Stage(7, twice(200)),
                    Stage(14, twice(300)),
                    Stage(21, twice(400)),
                    Stage(28, twice(500)),
                    Stage(35, twice(700)),
                ),
                (s.GABAPENTIN_KIDNEY, s.OLDER, s.TITRATION),
            ),
            Ramp(
                _us(15, up_to=30, age_from=65),
                (
                    Stage(0, once(_BEDTIME, 100)),
                    Stage(7, once(_BEDTIME, 200)),
                    Stage(14, once(_BEDTIME, 300)),
                    Stage(21, once(_BEDTIME, 400)),
                    Stage(28, once(_BEDTIME, 500)),
                    Stage(35, once(_BEDTIME, 700)),
                ),
                (s.GABAPENTIN_KIDNEY, s.OLDER, s.TITRATION),
            ),
            Ramp(
                _us(30, below=60),
                (
                    Stage(0, twice(200)),
                    Stage(7, twice(300)),
                    Stage(14, twice(400)),
                    Stage(21, twice(500)),
                    Stage(28, twice(700)),
                ),
                (s.GABAPENTIN_KIDNEY, s.TITRATION),
            ),
            Ramp(
                _us(15, up_to=30),
                (
                    Stage(0, once(_BEDTIME, 200)),
                    Stage(7, once(_BEDTIME, 300)),
                    Stage(14, once(_BEDTIME, 400)),
                    Stage(21, once(_BEDTIME, 500)),
                    Stage(28, once(_BEDTIME, 700)),
                ),
                (s.GABAPENTIN_KIDNEY, s.TITRATION),
            ),
            Ramp(
                Who(label="us", kidney_up_to=Fraction(15)),
                (Stage(0, once(_BEDTIME, 100)), Stage(14, once(_BEDTIME, 200)), Stage(28, once(_BEDTIME, 300))),
                (s.GABAPENTIN_KIDNEY, s.TITRATION),
            ),
            Ramp(
                _uk(30, 50),
                (Stage(0, thrice(100)), Stage(14, thrice(200)), Stage(28, thrice(300))),
                (s.UK_KIDNEY, s.TITRATION),
            ),
            Ramp(
                _uk(15, 30),
                (Stage(0, thrice(100)), Stage(14, thrice(200))),
                (s.UK_KIDNEY, s.TITRATION),
            ),
            Ramp(
                Who(label="uk", kidney_below=Fraction(15)),
                (Stage(0, once(_BEDTIME, 100)), Stage(14, twice(100)), Stage(28, thrice(100))),
                (s.UK_KIDNEY, s.TITRATION),
            ),
            Ramp(
                Who(age_from=65),
                (
                    Stage(0, once(_BEDTIME, 100)),
                    Stage(7, twice(100)),
                    Stage(14, thrice(100)),
                    Stage(21, thrice(200)),
                    Stage(28, thrice(300)),
                ),
                (s.OLDER, s.TITRATION),
            ),
            Ramp(
                EVERYBODY,
                (
                    Stage(0, once(_BEDTIME, 300)),
                    Stage(1, twice(300)),
                    Stage(2, thrice(300)),
                    Stage(9, thrice(300, 600)),
                    Stage(16, ((_MORNING, Fraction(300)), (Moment.NOON, Fraction(600)), (_BEDTIME, Fraction(600)))),
                    Stage(23, thrice(600)),
                ),
                (s.GABAPENTIN, s.TITRATION),
            ),
        ),
        ceilings=(
            Ceiling(EVERYBODY, Fraction(3600), s.GABAPENTIN_MOST, "no added benefit was shown above 1,800 mg/d"),
            Ceiling(_us(30, below=60), Fraction(1400), s.GABAPENTIN_KIDNEY, "CrCl 30 to 59"),
            Ceiling(_us(15, up_to=30), Fraction(700), s.GABAPENTIN_KIDNEY, "CrCl 15 to 29"),
            Ceiling(
                Who(label="us", kidney_up_to=Fraction(15)),
                Fraction(300),
                s.GABAPENTIN_KIDNEY,
                "CrCl 15, and below it less in proportion",
                per_kidney=Fraction(15),
            ),
            Ceiling(_uk(50, 80), Fraction(1800), s.UK_KIDNEY, "CrCl 50 to 79"),
            Ceiling(_uk(30, 50), Fraction(900), s.UK_KIDNEY, "CrCl 30 to 49"),
            Ceiling(_uk(15, 30), Fraction(600), s.UK_KIDNEY, "CrCl 15 to 29"),
            Ceiling(Who(label="uk", kidney_below=Fraction(15)), Fraction(300), s.UK_KIDNEY, "CrCl below 15"),
        ),
        exit="gabapentinoid_exit",
        length=s.practice("gabapentin: 3 to 8 weeks of titration and 2 weeks at the highest dose"),
        option="gabapentin",
        notes=(_FOGGY,),
    ),
    TrialDrug(
        id="pregabalin",
        title="pregabalin",
        drug="pregabalin",
        route="oral",
        form="capsule",
        release="IR",
        unit=Unit.MG,
        strengths=_f(25, 50, 75, 100, 150),
        ramps=(
            Ramp(
                Who(kidney_below=Fraction(15)),
                (Stage(0, once(_BEDTIME, 25)), Stage(14, once(_BEDTIME, 50)), Stage(28, once(_BEDTIME, 75))),
                (s.UK_KIDNEY, s.TITRATION),
            ),
            Ramp(
                Who(kidney_up_to=Fraction(30)),
                (Stage(0, once(_BEDTIME, 25)), Stage(7, twice(25)), Stage(14, twice(50)), Stage(28, twice(75))),
                (s.UK_KIDNEY, s.TITRATION),
            ),
            Ramp(
                Who(age_from=65),
                (Stage(0, once(_BEDTIME, 25)), Stage(7, twice(25)), Stage(14, twice(50)), Stage(28, twice(75))),
                (s.PREGABALIN_RAMP, s.OLDER, s.TITRATION),
            ),
            Ramp(
                EVERYBODY,
                (Stage(0, once(_BEDTIME, 75)), Stage(7, twice(75)), Stage(14, twice(100)), Stage(21, twice(150))),
                (s.PREGABALIN_RAMP, s.TITRATION),
            ),
        ),
        ceilings=(
            Ceiling(
                Who(without_words=("herpe", "shingles", "zoster", "fibromyalgia", "spinal cord")),
                Fraction(300),
                s.PREGABALIN,
                "diabetic neuropathy, and where what it is for is not stated",
            ),
            Ceiling(Who(words=("herpe", "shingles", "zoster")), Fraction(600), s.PREGABALIN, "after shingles"),
            Ceiling(Who(words=("fibromyalgia",)), Fraction(450), s.PREGABALIN_RECALLED, "fibromyalgia"),
            Ceiling(Who(words=("spinal cord",)), Fraction(600), s.PREGABALIN_RECALLED, "spinal cord injury"),
            Ceiling(
                Who(kidney_above=Fraction(30), kidney_below=Fraction(60)), Fraction(300), s.UK_KIDNEY, "eGFR 30 to 60"
            ),
            Ceiling(
                Who(kidney_from=Fraction(15), kidney_up_to=Fraction(30)), Fraction(150), s.UK_KIDNEY, "eGFR 15 to 30"
            ),
            Ceiling(Who(kidney_below=Fraction(15)), Fraction(75), s.UK_KIDNEY, "eGFR below 15"),
        ),
        exit="gabapentinoid_exit",
        length=s.practice("pregabalin: 4 weeks"),
        option="pregabalin",
        notes=(_FOGGY,),
    ),
)
