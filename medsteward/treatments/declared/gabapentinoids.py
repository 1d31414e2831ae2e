"""Gabapentinoids for pain and, gabapentin, for restlessness in withdrawal."""

from __future__ import annotations

from fractions import Fraction

from medsteward.bibliography import cite, practice, recalled
from medsteward.model.drug import DrugClass
from medsteward.model.unit import Unit
from medsteward.schedules.moment import Moment
from medsteward.schedules.trial import Stage
from medsteward.treatments import trial_places as tr
from medsteward.treatments.against import Against, Effect
from medsteward.treatments.declared.shared import (
    NOT_CONTROL,
    SEDATIVES,
    fractions,
    va,
)
from medsteward.treatments.pain import PainKind
from medsteward.treatments.places import DRUG_LIST, SEED, SEED_B
from medsteward.treatments.symptoms import Symptom
from medsteward.treatments.treatment import Eases, ForPain, Treatment
from medsteward.treatments.trial import (
    EVERYBODY,
    Ceiling,
    Note,
    Ramp,
    TrialDrug,
    Who,
    once,
    thrice,
    twice,
)

GABAPENTIN_LABEL = cite("GABAPENTIN-LABEL", "2.3 Table 1; 2.1")


PREGABALIN_LABEL = cite("PREGABALIN-LABEL", "section 2")


GABAPENTINOID_KIDNEY = cite("PMC7265598", "kidney doses")


_MORNING, _BEDTIME = Moment.MORNING, Moment.BEDTIME


_FOGGY = Note(
    "ask about fogginess and swelling at each contact; the lowest dose that works", tr.ESSAY.at("gabapentinoids")
)


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


_AGAINST = (
    Against(
        Effect.CAUTION,
        "breathing at risk: lowest dose, watched",
        cite("FDA-DSC-20191219", "respiratory risk"),
        conditions=("sleep apnea",),
    ),
    Against(
        Effect.LOWERS,
        "65 and over: start at half, step slower",
        practice("older people: start half, step slower"),
        age_from=65,
    ),
    SEDATIVES,
)


GABAPENTIN = Treatment(
    id="gabapentin",
    title="gabapentin",
    drugs=("gabapentin",),
    drug_classes=(DrugClass.GABAPENTINOID,),
    against=(
        Against(
            Effect.LOWERS,
            "CrCl 30 to 59: 400 to 1,400 mg/d in 2 doses",
            GABAPENTIN_LABEL,
            kidney_below=60,
            kidney_above=30,
        ),
        Against(
            Effect.LOWERS,
            "CrCl 15 to 29: 200 to 700 mg/d in 1 dose",
            GABAPENTIN_LABEL,
            kidney_up_to=30,
            kidney_above=15,
        ),
        Against(
            Effect.LOWERS,
            "CrCl 15: 100 to 300 mg/d in 1 dose; below 15 less in proportion",
            GABAPENTIN_LABEL,
            kidney_up_to=15,
        ),
        *_AGAINST,
    ),
    daily_mg=100,
    first=(
        (
            "100 to 300 mg one to three times daily, then 100 to 300 mg more every 1 to 7 days",
            recalled(GABAPENTIN_LABEL, "slower start"),
        ),
        (
            "after shingles, label: 300 mg on day 1, 600 mg on day 2, 900 mg on day 3, then up to 1,800 mg/d",
            GABAPENTIN_LABEL,
        ),
    ),
    ceiling=(
        ("3,600 mg/d in 3 doses", GABAPENTIN_LABEL),
        ("no added benefit was shown above 1,800 mg/d after shingles", GABAPENTIN_LABEL),
    ),
    watch=(
        ("fogginess and oedema", SEED.at("gabapentinoids: lowest dose that works; fogginess and edema")),
        NOT_CONTROL,
    ),
    for_pain=(
        ForPain(
            PainKind.NEUROPATHIC,
            20,
            "a gabapentinoid for burning or electric pain; lowest dose that works",
            SEED.at("neuropathic pain: a gabapentinoid at the lowest dose that works"),
        ),
    ),
    eases=(
        Eases(
            Symptom.AUTONOMIC,
            20,
            (("100 to 300 mg first, up to 1,800 to 2,100 mg/d in 2 to 3 doses", va("gabapentin")),),
        ),
    ),
    trials=(
        TrialDrug(
            id="gabapentin",
            title="gabapentin",
            drug="gabapentin",
            route="oral",
            form="capsule",
            release="IR",
            unit=Unit.MG,
            strengths=fractions(100, 300, 400),
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
                    (tr.GABAPENTIN_KIDNEY, tr.OLDER, tr.TITRATION),
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
                    (tr.GABAPENTIN_KIDNEY, tr.OLDER, tr.TITRATION),
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
                    (tr.GABAPENTIN_KIDNEY, tr.TITRATION),
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
                    (tr.GABAPENTIN_KIDNEY, tr.TITRATION),
                ),
                Ramp(
                    Who(label="us", kidney_up_to=Fraction(15)),
                    (Stage(0, once(_BEDTIME, 100)), Stage(14, once(_BEDTIME, 200)), Stage(28, once(_BEDTIME, 300))),
                    (tr.GABAPENTIN_KIDNEY, tr.TITRATION),
                ),
                Ramp(
                    _uk(30, 50),
                    (Stage(0, thrice(100)), Stage(14, thrice(200)), Stage(28, thrice(300))),
                    (tr.UK_KIDNEY, tr.TITRATION),
                ),
                Ramp(
                    _uk(15, 30),
                    (Stage(0, thrice(100)), Stage(14, thrice(200))),
                    (tr.UK_KIDNEY, tr.TITRATION),
                ),
                Ramp(
                    Who(label="uk", kidney_below=Fraction(15)),
                    (Stage(0, once(_BEDTIME, 100)), Stage(14, twice(100)), Stage(28, thrice(100))),
                    (tr.UK_KIDNEY, tr.TITRATION),
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
                    (tr.OLDER, tr.TITRATION),
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
                    (tr.GABAPENTIN, tr.TITRATION),
                ),
            ),
            ceilings=(
                Ceiling(EVERYBODY, Fraction(3600), tr.GABAPENTIN_MOST, "no added benefit was shown above 1,800 mg/d"),
                Ceiling(_us(30, below=60), Fraction(1400), tr.GABAPENTIN_KIDNEY, "CrCl 30 to 59"),
                Ceiling(_us(15, up_to=30), Fraction(700), tr.GABAPENTIN_KIDNEY, "CrCl 15 to 29"),
                Ceiling(
                    Who(label="us", kidney_up_to=Fraction(15)),
                    Fraction(300),
                    tr.GABAPENTIN_KIDNEY,
                    "CrCl 15, and below it less in proportion",
                    per_kidney=Fraction(15),
                ),
                Ceiling(_uk(50, 80), Fraction(1800), tr.UK_KIDNEY, "CrCl 50 to 79"),
                Ceiling(_uk(30, 50), Fraction(900), tr.UK_KIDNEY, "CrCl 30 to 49"),
                Ceiling(_uk(15, 30), Fraction(600), tr.UK_KIDNEY, "CrCl 15 to 29"),
                Ceiling(Who(label="uk", kidney_below=Fraction(15)), Fraction(300), tr.UK_KIDNEY, "CrCl below 15"),
            ),
            exit="gabapentinoid_exit",
            length=tr.practice("gabapentin: 3 to 8 weeks of titration and 2 weeks at the highest dose"),
            notes=(_FOGGY,),
        ),
    ),
)


PREGABALIN = Treatment(
    id="pregabalin",
    title="pregabalin",
    drugs=("pregabalin",),
    drug_classes=(DrugClass.GABAPENTINOID,),
    against=(
        Against(
            Effect.LOWERS,
            "eGFR 30 to 60: start 75 mg/d, at most 300 mg/d",
            GABAPENTINOID_KIDNEY,
            kidney_below=60,
            kidney_above=30,
        ),
        Against(
            Effect.LOWERS,
            "eGFR 15 to 30: start 25 to 50 mg/d, at most 150 mg/d",
            GABAPENTINOID_KIDNEY,
            kidney_up_to=30,
            kidney_from=15,
        ),
        Against(
            Effect.LOWERS,
            "eGFR below 15: start 25 mg/d, at most 75 mg/d",
            GABAPENTINOID_KIDNEY,
            kidney_below=15,
        ),
        *_AGAINST,
    ),
    daily_mg=25,
    first=(("25 to 75 mg once or twice daily; to 300 mg/d in 3 to 7 days", recalled(PREGABALIN_LABEL, "start")),),
    ceiling=(
        ("diabetic neuropathy 300 mg/d, after shingles 600 mg/d", PREGABALIN_LABEL),
        ("fibromyalgia 450 mg/d, spinal cord injury 600 mg/d", recalled(PREGABALIN_LABEL, "by indication")),
    ),
    watch=(
        ("fogginess and oedema", SEED.at("gabapentinoids: lowest dose that works; fogginess and edema")),
        NOT_CONTROL,
    ),
    for_pain=(
        ForPain(
            PainKind.NEUROPATHIC,
            30,
            "a gabapentinoid for nerve pain; lowest dose that works",
            SEED.at("neuropathic pain: a gabapentinoid at the lowest dose that works"),
        ),
        ForPain(PainKind.NOCIPLASTIC, 20, "a gabapentinoid, for fibromyalgia", DRUG_LIST),
        ForPain(
            PainKind.CRPS,
            20,
            "CRPS and nerve pain",
            SEED_B.at("nerve pain and CRPS: duloxetine, gabapentin or pregabalin"),
        ),
    ),
    trials=(
        TrialDrug(
            id="pregabalin",
            title="pregabalin",
            drug="pregabalin",
            route="oral",
            form="capsule",
            release="IR",
            unit=Unit.MG,
            strengths=fractions(25, 50, 75, 100, 150),
            ramps=(
                Ramp(
                    Who(kidney_below=Fraction(15)),
                    (Stage(0, once(_BEDTIME, 25)), Stage(14, once(_BEDTIME, 50)), Stage(28, once(_BEDTIME, 75))),
                    (tr.UK_KIDNEY, tr.TITRATION),
                ),
                Ramp(
                    Who(kidney_up_to=Fraction(30)),
                    (Stage(0, once(_BEDTIME, 25)), Stage(7, twice(25)), Stage(14, twice(50)), Stage(28, twice(75))),
                    (tr.UK_KIDNEY, tr.TITRATION),
                ),
                Ramp(
                    Who(age_from=65),
                    (Stage(0, once(_BEDTIME, 25)), Stage(7, twice(25)), Stage(14, twice(50)), Stage(28, twice(75))),
                    (tr.PREGABALIN_RAMP, tr.OLDER, tr.TITRATION),
                ),
                Ramp(
                    EVERYBODY,
                    (Stage(0, once(_BEDTIME, 75)), Stage(7, twice(75)), Stage(14, twice(100)), Stage(21, twice(150))),
                    (tr.PREGABALIN_RAMP, tr.TITRATION),
                ),
            ),
            ceilings=(
                Ceiling(
                    Who(without_words=("herpe", "shingles", "zoster", "fibromyalgia", "spinal cord")),
                    Fraction(300),
                    tr.PREGABALIN,
                    "diabetic neuropathy, and where what it is for is not stated",
                ),
                Ceiling(Who(words=("herpe", "shingles", "zoster")), Fraction(600), tr.PREGABALIN, "after shingles"),
                Ceiling(Who(words=("fibromyalgia",)), Fraction(450), tr.PREGABALIN_RECALLED, "fibromyalgia"),
                Ceiling(Who(words=("spinal cord",)), Fraction(600), tr.PREGABALIN_RECALLED, "spinal cord injury"),
                Ceiling(
                    Who(kidney_above=Fraction(30), kidney_below=Fraction(60)),
                    Fraction(300),
                    tr.UK_KIDNEY,
                    "eGFR 30 to 60",
                ),
                Ceiling(
                    Who(kidney_from=Fraction(15), kidney_up_to=Fraction(30)),
                    Fraction(150),
                    tr.UK_KIDNEY,
                    "eGFR 15 to 30",
                ),
                Ceiling(Who(kidney_below=Fraction(15)), Fraction(75), tr.UK_KIDNEY, "eGFR below 15"),
            ),
            exit="gabapentinoid_exit",
            length=tr.practice("pregabalin: 4 weeks"),
            notes=(_FOGGY,),
        ),
    ),
)

TREATMENTS = (
    GABAPENTIN,
    PREGABALIN,
)
