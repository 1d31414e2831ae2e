"""Muscle relaxants."""

from __future__ import annotations

from medsteward.bibliography import cite
from medsteward.model.drug import DrugClass
from medsteward.model.property import Property
from medsteward.model.unit import Unit
from medsteward.schedules.moment import Moment
from medsteward.schedules.trial import Stage
from medsteward.treatments import figures as f
from medsteward.treatments import places as s
from medsteward.treatments import trial_places as tr
from medsteward.treatments.against import Against, Effect
from medsteward.treatments.declared.shared import APNEA, NOT_CONTROL, SEDATIVES, fractions, va
from medsteward.treatments.exits import STOPS
from medsteward.treatments.pain import PainKind
from medsteward.treatments.places import SEED
from medsteward.treatments.symptoms import Symptom
from medsteward.treatments.treatment import Eases, ForPain, Treatment
from medsteward.treatments.trial import EVERYBODY, Ceiling, Note, Ramp, TrialDrug, Who, once, thrice

FLEXERIL = cite("CYCLOBENZAPRINE-LABEL", "dose and length")
_BEDTIME = Moment.BEDTIME
_LIVER = Who(conditions=("liver disease",))
CYCLOBENZAPRINE = Treatment(
    id="cyclobenzaprine",
    title="cyclobenzaprine, brief",
    drugs=("cyclobenzaprine",),
    drug_classes=(DrugClass.MUSCLE_RELAXANT,),
    against=(
        Against(Effect.LOWERS, "less often in liver disease", FLEXERIL, conditions=("liver disease",)),
        SEDATIVES,
        APNEA,
    ),
    first=(
        (
            f"{f.CYCLOBENZAPRINE_FIRST} three times daily, may go to {f.CYCLOBENZAPRINE_FULL} three times daily",
            FLEXERIL,
        ),
    ),
    ceiling=((f"{f.CYCLOBENZAPRINE_MOST} for 2 to 3 weeks", FLEXERIL),),
    watch=(NOT_CONTROL,),
    for_pain=(
        ForPain(
            PainKind.MYOFASCIAL,
            30,
            "brief, for spasm that blocks sleep; never a long-term line",
            SEED.at("muscle relaxants: brief, for spasm that blocks sleep"),
        ),
    ),
    trials=(
        TrialDrug(
            id="cyclobenzaprine",
            title="cyclobenzaprine, brief",
            drug="cyclobenzaprine",
            route="oral",
            form="tablet",
            release="IR",
            unit=Unit.MG,
            strengths=fractions(5, 10),
            ramps=(
                Ramp(
                    _LIVER,
                    (Stage(0, once(_BEDTIME, f.CYCLOBENZAPRINE_FIRST.amount)),),
                    (tr.FLEXERIL.at("liver: less often"), tr.OURS),
                ),
                Ramp(
                    Who(age_from=65),
                    (Stage(0, once(_BEDTIME, f.CYCLOBENZAPRINE_FIRST.amount)),),
                    (tr.FLEXERIL.at("older people: less often"), tr.OURS),
                ),
                Ramp(EVERYBODY, (Stage(0, thrice(f.CYCLOBENZAPRINE_FIRST.amount)),), (tr.FLEXERIL,)),
            ),
            ceilings=(Ceiling(EVERYBODY, f.CYCLOBENZAPRINE_MOST.amount, tr.FLEXERIL, "for 2 to 3 weeks at most"),),
            exit=STOPS,
            length=tr.practice("relaxants: 1 to 2 weeks"),
            notes=(Note("brief, for spasm that blocks sleep; never a long-term line", tr.ESSAY_RELAXANT),),
            safety=(2, 4),
            first_impression=(7, 7),
            fair_trial=(14, 14),
        ),
    ),
)


BACLOFEN = Treatment(
    id="baclofen",
    title="baclofen",
    drugs=("baclofen",),
    against=(SEDATIVES,),
    eases=(Eases(Symptom.AUTONOMIC, 10, (("5 mg three times daily, up to 40 mg/d", va("baclofen")),)),),
)


TIZANIDINE = Treatment(
    id="tizanidine",
    title="tizanidine",
    drugs=("tizanidine",),
    against=(
        Against(
            Effect.CAUTION,
            "lowers blood pressure as clonidine and lofexidine do: not beside them",
            s.OURS,
            properties=(Property.LOWERS_PRESSURE_OR_PULSE,),
        ),
        SEDATIVES,
    ),
    eases=(
        Eases(Symptom.AUTONOMIC, 30, (("4 mg three times daily, up to 8 mg three times daily", va("tizanidine")),)),
    ),
)

TREATMENTS = (
    CYCLOBENZAPRINE,
    BACLOFEN,
    TIZANIDINE,
)
