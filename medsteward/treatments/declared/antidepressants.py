"""Antidepressants for pain: tricyclics and SNRIs."""

from __future__ import annotations

from medsteward.bibliography import cite, practice, recalled, secondary
from medsteward.model.drug import DrugClass
from medsteward.model.unit import Unit
from medsteward.schedules.moment import Moment
from medsteward.schedules.trial import Stage
from medsteward.treatments import figures as f
from medsteward.treatments import trial_places as tr
from medsteward.treatments.against import Against, Effect
from medsteward.treatments.declared.shared import APNEA, NOT_CONTROL, SEDATIVES, fractions
from medsteward.treatments.pain import PainKind
from medsteward.treatments.places import DRUG_LIST, SEED, SEED_33, SEED_B
from medsteward.treatments.treatment import ForPain, Treatment
from medsteward.treatments.trial import EVERYBODY, Note, Ramp, TrialDrug, Who, Window, once
from medsteward.treatments.trial_places import BJSM

DULOXETINE_LABEL = cite("DULOXETINE-LABEL", "dosage for pain")
_MORNING, _BEDTIME = Moment.MORNING, Moment.BEDTIME
TRICYCLIC_RAMPS = (
    Ramp(
        Who(age_from=65),
        (
            Stage(0, once(_BEDTIME, f.TRICYCLIC_FIRST.amount)),
            Stage(14, once(_BEDTIME, f.TRICYCLIC_FIRST_UP_TO.amount)),
            Stage(28, once(_BEDTIME, 30)),
        ),
        (tr.BJSM.at("10 to 20 mg to begin with"), tr.TITRATION, tr.OLDER),
    ),
    Ramp(
        EVERYBODY,
        (
            Stage(0, once(_BEDTIME, f.TRICYCLIC_FIRST.amount)),
            Stage(7, once(_BEDTIME, f.TRICYCLIC_STEP.amount)),
            Stage(14, once(_BEDTIME, 50)),
        ),
        (tr.BJSM.at("10 to 20 mg to begin with"), tr.TITRATION),
    ),
)
_TRICYCLIC_WEEKS = tr.practice("tricyclics: 6 to 8 weeks with at least 2 weeks at the highest tolerated dose")
TRICYCLIC = Treatment(
    id="tca",
    title="low-dose tricyclic at night",
    drugs=("nortriptyline", "amitriptyline"),
    drug_classes=(DrugClass.TCA,),
    against=(
        Against(
            Effect.LOWERS,
            "65 and over: half the first dose, slower, where one is taken at all",
            practice("older people: start at half, step slower"),
            age_from=65,
        ),
        Against(Effect.CAUTION, "over 40: electrocardiogram before it", practice("tricyclics over 40"), age_over=40),
        SEDATIVES,
        APNEA,
    ),
    first=(
        (f"{f.TRICYCLIC_FIRST.number} to {f.TRICYCLIC_FIRST_UP_TO} at night", BJSM),
        (
            f"{f.TRICYCLIC_FIRST.number} to {f.TRICYCLIC_STEP} at night, then {f.TRICYCLIC_FIRST.number} to "
            f"{f.TRICYCLIC_STEP} more every 3 to 7 days",
            recalled(BJSM, "titration"),
        ),
    ),
    ceiling=(
        (str(f.TRICYCLIC_MOST), BJSM),
        (f"many keep to {f.TRICYCLIC_USUAL_MOST}, lower in older people", practice("tricyclic ceiling")),
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
            exit="tca_exit",
            length=_TRICYCLIC_WEEKS,
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
        Against(
            Effect.LOWERS, f"age 80 and over: low dose ({f.DULOXETINE_FIRST} is the first step)", SEED_33, age_from=80
        ),
        Against(
            Effect.LOWERS,
            f"65 and over: {f.DULOXETINE_FIRST} for 2 weeks before {f.DULOXETINE_FULL} (given for anxiety; none "
            "is given for pain)",
            secondary(DULOXETINE_LABEL, "older people"),
            age_from=65,
        ),
    ),
    first=((f"{f.DULOXETINE_FIRST} daily for 1 week, then {f.DULOXETINE_FULL}", DULOXETINE_LABEL),),
    ceiling=(
        (f"{f.DULOXETINE_MOST} for pain: no added benefit above, more adverse effects", DULOXETINE_LABEL),
        (f"{f.DULOXETINE_SAFETY_LIMIT} is the safety limit", DULOXETINE_LABEL),
        (f"another table goes up to {f.DULOXETINE_OTHER_TABLE} for neuropathic and nociplastic pain", BJSM),
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
                Ramp(Who(age_from=80), (Stage(0, once(_MORNING, f.DULOXETINE_FIRST.amount)),), (tr.ESSAY_OLD, tr.OURS)),
                Ramp(
                    Who(age_from=65),
                    (
                        Stage(0, once(_MORNING, f.DULOXETINE_FIRST.amount)),
                        Stage(14, once(_MORNING, f.DULOXETINE_FULL.amount)),
                    ),
                    (tr.DULOXETINE, tr.DULOXETINE_OLD),
                ),
                Ramp(
                    EVERYBODY,
                    (
                        Stage(0, once(_MORNING, f.DULOXETINE_FIRST.amount)),
                        Stage(7, once(_MORNING, f.DULOXETINE_FULL.amount)),
                    ),
                    (tr.DULOXETINE,),
                ),
            ),
            exit="snri_exit",
            ceiling_words="no added benefit for pain above it",
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
                Note(
                    f"sources differ: another table goes up to {f.DULOXETINE_OTHER_TABLE} for neuropathic and "
                    "nociplastic pain",
                    tr.BJSM,
                ),
                Note(f"{f.DULOXETINE_SAFETY_LIMIT} is the label's safety limit, not an aim", tr.DULOXETINE_LIMIT),
                Note(
                    "ask about sedation and dizziness at each contact: they often limit the dose",
                    tr.ESSAY.at("duloxetine"),
                ),
                Note(
                    f"diabetic neuropathy: the label begins with {f.DULOXETINE_FULL}, lower where kidneys or "
                    "tolerance ask",
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
    first=(
        (f"{f.VENLAFAXINE_FIRST.number} to {f.VENLAFAXINE_FIRST_UP_TO} daily", BJSM),
        (f"then {f.VENLAFAXINE_FIRST_UP_TO} more each week", recalled(BJSM, "titration")),
    ),
    ceiling=((str(f.VENLAFAXINE_MOST), BJSM),),
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
                    (
                        Stage(0, once(_MORNING, f.VENLAFAXINE_FIRST.amount)),
                        Stage(14, once(_MORNING, f.VENLAFAXINE_FIRST_UP_TO.amount)),
                    ),
                    (tr.BJSM, tr.TITRATION, tr.OLDER),
                ),
                Ramp(
                    EVERYBODY,
                    (
                        Stage(0, once(_MORNING, f.VENLAFAXINE_FIRST.amount)),
                        Stage(7, once(_MORNING, f.VENLAFAXINE_FIRST_UP_TO.amount)),
                        Stage(14, once(_MORNING, 150)),
                    ),
                    (tr.BJSM, tr.TITRATION),
                ),
            ),
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
