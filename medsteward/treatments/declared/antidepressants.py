"""Antidepressants for pain: tricyclics and SNRIs."""

from __future__ import annotations

from fractions import Fraction

from medsteward.bibliography import cite, practice, recalled, secondary
from medsteward.model.drug import DrugClass
from medsteward.model.source import Standing
from medsteward.model.unit import Unit
from medsteward.schedules.moment import Moment
from medsteward.schedules.trial import Stage
from medsteward.treatments import trial_places as tr
from medsteward.treatments.against import Against, Effect
from medsteward.treatments.declared.shared import (
    APNEA,
    NOT_CONTROL,
    SEDATIVES,
    fractions,
)
from medsteward.treatments.pain import PainKind
from medsteward.treatments.places import DRUG_LIST, SEED, SEED_33, SEED_B
from medsteward.treatments.treatment import ForPain, Treatment
from medsteward.treatments.trial import (
    EVERYBODY,
    Ceiling,
    Note,
    Ramp,
    TrialDrug,
    Who,
    Window,
    once,
)
from medsteward.treatments.trial_places import BJSM

DULOXETINE_LABEL = cite("DULOXETINE-LABEL", "dosage for pain")


BEERS = cite("BEERS2023", "65 and over", Standing.RECALLED)


_MORNING, _BEDTIME = Moment.MORNING, Moment.BEDTIME


TRICYCLIC_RAMPS = (
    Ramp(
        Who(age_from=65),
        (Stage(0, once(_BEDTIME, 10)), Stage(14, once(_BEDTIME, 20)), Stage(28, once(_BEDTIME, 30))),
        (tr.BJSM.at("10 to 20 mg to begin with"), tr.TITRATION, tr.OLDER),
    ),
    Ramp(
        EVERYBODY,
        (Stage(0, once(_BEDTIME, 10)), Stage(7, once(_BEDTIME, 25)), Stage(14, once(_BEDTIME, 50))),
        (tr.BJSM.at("10 to 20 mg to begin with"), tr.TITRATION),
    ),
)
TRICYCLIC_CEILINGS = (
    Ceiling(EVERYBODY, Fraction(75), tr.TCA_CAP),
    Ceiling(EVERYBODY, Fraction(150), tr.BJSM.at("up to 150 mg a day")),
)
_TRICYCLIC_WEEKS = tr.practice("tricyclics: 6 to 8 weeks with at least 2 weeks at the highest tolerated dose")


TRICYCLIC = Treatment(
    id="tca",
    title="low-dose tricyclic at night",
    drugs=("nortriptyline", "amitriptyline"),
    drug_classes=(DrugClass.TCA,),
    against=(
        Against(
            Effect.LOWERS, "65 and over: half the first dose, slower; nortriptyline is preferred", BEERS, age_from=65
        ),
        Against(Effect.CAUTION, "over 40: electrocardiogram before it", practice("tricyclics over 40"), age_over=40),
        SEDATIVES,
        APNEA,
    ),
    first=(
        ("10 to 20 mg at night", BJSM),
        ("10 to 25 mg at night, then 10 to 25 mg more every 3 to 7 days", recalled(BJSM, "titration")),
    ),
    ceiling=(
        ("150 mg/d", BJSM),
        ("many keep to 75 mg/d, lower in older people", practice("tricyclic ceiling")),
    ),
    watch=(NOT_CONTROL,),
    for_pain=(
        ForPain(
            PainKind.NEUROPATHIC,
            10,
            "low dose in the evening; helps sleep disturbed by pain",
            SEED.at("neuropathic pain: low-dose tricyclic in the evening"),
        ),
        ForPain(PainKind.NOCIPLASTIC, 30, "low dose in the evening", DRUG_LIST),
    ),
    trials=(
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
        ),
        TrialDrug(
            id="amitriptyline",
            title="amitriptyline at night",
            drug="amitriptyline",
            route="oral",
            form="tablet",
            release="IR",
            unit=Unit.MG,
            strengths=fractions(10, 25, 50, 75),
            ramps=TRICYCLIC_RAMPS,
            ceilings=TRICYCLIC_CEILINGS,
            exit="tca_exit",
            length=_TRICYCLIC_WEEKS,
            notes=(Note("65 and over: nortriptyline is preferred", tr.practice("AGS Beers criteria")),),
        ),
    ),
)


DULOXETINE = Treatment(
    id="duloxetine",
    title="duloxetine",
    drugs=("duloxetine",),
    drug_classes=(DrugClass.SNRI,),
    against=(
        Against(
            Effect.BLOCKS,
            "avoid with CrCl below 30: it and its metabolites accumulate",
            secondary(DULOXETINE_LABEL, "8.10; avoid below 30"),
            kidney_below=30,
        ),
        Against(
            Effect.BLOCKS,
            "avoid with chronic liver disease or cirrhosis",
            secondary(DULOXETINE_LABEL, "8.9"),
            conditions=("liver disease",),
        ),
        Against(Effect.LOWERS, "age 80 and over: low dose (30 mg is the first step)", SEED_33, age_from=80),
        Against(
            Effect.LOWERS,
            "65 and over: 30 mg for 2 weeks before 60 mg (given for anxiety; none is given for pain)",
            secondary(DULOXETINE_LABEL, "older people"),
            age_from=65,
        ),
    ),
    first=(("30 mg daily for 1 week, then 60 mg", DULOXETINE_LABEL),),
    ceiling=(
        ("60 mg/d for pain: no added benefit above, more adverse effects", DULOXETINE_LABEL),
        ("120 mg/d is the safety limit", DULOXETINE_LABEL),
        ("another table goes up to 120 mg/d for neuropathic and nociplastic pain", BJSM),
    ),
    watch=(
        (
            "nausea in the first 1 to 2 weeks is no failure by itself before day 14",
            SEED.at("duloxetine: nausea in the first 1 to 2 weeks"),
        ),
        (
            "sedation or dizziness often limits the dose: ask at each contact",
            SEED_B.at("duloxetine and gabapentin: sedation or dizziness"),
        ),
        NOT_CONTROL,
    ),
    for_pain=(
        ForPain(
            PainKind.NOCICEPTIVE,
            40,
            "chronic musculoskeletal pain; low dose is left where age and heart failure rule NSAIDs out",
            SEED_33,
        ),
        ForPain(
            PainKind.NEUROPATHIC,
            40,
            "an SNRI: preferred where there is depression or myofascial pain as well",
            SEED.at("neuropathic pain: low-dose tricyclic, gabapentinoid or SNRI"),
        ),
        ForPain(PainKind.NOCIPLASTIC, 10, "an SNRI, for fibromyalgia", DRUG_LIST),
        ForPain(
            PainKind.MYOFASCIAL,
            20,
            "an SNRI is preferred where there is myofascial pain",
            SEED.at("neuropathic pain: low-dose tricyclic, gabapentinoid or SNRI"),
        ),
        ForPain(
            PainKind.CRPS,
            10,
            "CRPS and nerve pain",
            SEED_B.at("nerve pain and CRPS: duloxetine, gabapentin or pregabalin"),
        ),
    ),
    trials=(
        TrialDrug(
            id="duloxetine",
            title="duloxetine",
            drug="duloxetine",
            route="oral",
            form="capsule",
            release="DR",
            unit=Unit.MG,
            strengths=fractions(20, 30, 60),
            ramps=(
                Ramp(Who(age_from=80), (Stage(0, once(_MORNING, 30)),), (tr.ESSAY_OLD, tr.OURS)),
                Ramp(
                    Who(age_from=65),
                    (Stage(0, once(_MORNING, 30)), Stage(14, once(_MORNING, 60))),
                    (tr.DULOXETINE, tr.DULOXETINE_OLD),
                ),
                Ramp(EVERYBODY, (Stage(0, once(_MORNING, 30)), Stage(7, once(_MORNING, 60))), (tr.DULOXETINE,)),
            ),
            ceilings=(Ceiling(EVERYBODY, Fraction(60), tr.DULOXETINE, "no added benefit for pain above it"),),
            exit="snri_exit",
            length=tr.WEEKS,
            windows=(
                Window(
                    "nausea",
                    14,
                    "nausea in the first two weeks is expected in some people and usually passes; it is no failure by "
                    "itself before day 14 unless it is severe",
                    tr.ESSAY_WINDOW,
                ),
            ),
            notes=(
                Note("sources differ: another table goes up to 120 mg/d for neuropathic and nociplastic pain", tr.BJSM),
                Note("120 mg/d is the label's safety limit, not an aim", tr.DULOXETINE_LIMIT),
                Note(
                    "ask about sedation and dizziness at each contact: they often limit the dose",
                    tr.ESSAY.at("duloxetine"),
                ),
                Note(
                    "diabetic neuropathy: the label begins with 60 mg, lower where kidneys or tolerance ask",
                    tr.DULOXETINE,
                ),
            ),
        ),
    ),
)


VENLAFAXINE = Treatment(
    id="venlafaxine",
    title="venlafaxine XR",
    drugs=("venlafaxine",),
    drug_classes=(DrugClass.SNRI,),
    against=(
        Against(
            Effect.LOWERS,
            "65 and over: start at half, step slower",
            practice("older people: start half, step slower"),
            age_from=65,
        ),
    ),
    first=(("37.5 to 75 mg daily", BJSM), ("then 75 mg more each week", recalled(BJSM, "titration"))),
    ceiling=(("225 mg/d", BJSM),),
    watch=(NOT_CONTROL,),
    for_pain=(
        ForPain(
            PainKind.NEUROPATHIC,
            50,
            "another SNRI",
            SEED.at("neuropathic pain: low-dose tricyclic, gabapentinoid or SNRI"),
        ),
    ),
    trials=(
        TrialDrug(
            id="venlafaxine",
            title="venlafaxine XR",
            drug="venlafaxine",
            route="oral",
            form="capsule",
            release="ER",
            unit=Unit.MG,
            strengths=fractions("37.5", 75, 150),
            ramps=(
                Ramp(
                    Who(age_from=65),
                    (Stage(0, once(_MORNING, "37.5")), Stage(14, once(_MORNING, 75))),
                    (tr.BJSM, tr.TITRATION, tr.OLDER),
                ),
                Ramp(
                    EVERYBODY,
                    (Stage(0, once(_MORNING, "37.5")), Stage(7, once(_MORNING, 75)), Stage(14, once(_MORNING, 150))),
                    (tr.BJSM, tr.TITRATION),
                ),
            ),
            ceilings=(Ceiling(EVERYBODY, Fraction(225), tr.BJSM.at("up to 225 mg a day")),),
            exit="snri_exit",
            length=tr.WEEKS,
            names=("venlafaxine xr", "venlafaxine er"),
        ),
    ),
)

TREATMENTS = (
    TRICYCLIC,
    DULOXETINE,
    VENLAFAXINE,
)
