"""Muscle relaxants."""

from __future__ import annotations

from medsteward.bibliography import cite
from medsteward.limits.load import dose_limit
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
from medsteward.treatments.trial import EVERYBODY, Note, Ramp, TrialDrug, Undosed, Who, once, thrice, twice

FLEXERIL = cite("CYCLOBENZAPRINE-LABEL", "dose and length")
_BEDTIME = Moment.BEDTIME
_LIVER = Who(conditions=("liver disease",))
CYCLOBENZAPRINE = Treatment(
    id="cyclobenzaprine",
    title="cyclobenzaprine, brief",
    drugs=("cyclobenzaprine",),
    drug_classes=(DrugClass.MUSCLE_RELAXANT,),
    against=(
        Against(
            Effect.LOWERS,
            f"mild liver disease (Child-Pugh A): begin with {f.CYCLOBENZAPRINE_FIRST_LOW} and go up slowly",
            f.CYCLOBENZAPRINE_FIRST_LOW.source,
            child_pugh="A",
        ),
        Against(
            Effect.LOWERS,
            "liver disease of a grade that is not stated: ask for the Child-Pugh class; not with B or C",
            f.CYCLOBENZAPRINE_FIRST_LOW.source,
            conditions=("liver disease",),
        ),
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
            exit=STOPS,
            ceiling_words="for 2 to 3 weeks at most",
            length=tr.practice("relaxants: 1 to 2 weeks"),
            notes=(Note("brief, for spasm that blocks sleep; never a long-term line", tr.ESSAY_RELAXANT),),
            safety=(2, 4),
            first_impression=(7, 7),
            fair_trial=(13, 13),
        ),
    ),
)


BACLOFEN = Treatment(
    id="baclofen",
    title="baclofen",
    drugs=("baclofen",),
    against=(SEDATIVES,),
    eases=(
        Eases(
            Symptom.AUTONOMIC,
            10,
            ((f"{f.BACLOFEN_FIRST} three times daily, up to {f.BACLOFEN_WITHDRAWAL_MOST}", va("baclofen")),),
        ),
    ),
    trials=(
        TrialDrug(
            id="baclofen",
            title="baclofen, for spasm",
            drug="baclofen",
            route="oral",
            form="tablet",
            release="IR",
            unit=Unit.MG,
            strengths=fractions(5, 10, 20),
            ramps=(
                Ramp(
                    Who(limit="DL-BACLOFEN-05"),
                    (Stage(0, once(_BEDTIME, f.BACLOFEN_FIRST.amount)), Stage(7, twice(f.BACLOFEN_FIRST.amount))),
                    (f.BACLOFEN_FIRST.source, dose_limit("DL-BACLOFEN-05").source, tr.OURS),
                ),
                Ramp(
                    Who(age_from=65),
                    (Stage(0, once(_BEDTIME, f.BACLOFEN_FIRST.amount)), Stage(14, twice(f.BACLOFEN_FIRST.amount))),
                    (f.BACLOFEN_FIRST.source, tr.OLDER),
                ),
                Ramp(
                    EVERYBODY,
                    (Stage(0, thrice(f.BACLOFEN_FIRST.amount)), Stage(7, thrice(f.BACLOFEN_FIRST.amount * 2))),
                    (f.BACLOFEN_FIRST.source, tr.TITRATION),
                ),
            ),
            exit="baclofen_exit",
            length=tr.practice("baclofen for spasm: 4 weeks"),
            notes=(Note("never stopped suddenly: that can bring seizures and high fever", va("baclofen")),),
            safety=(3, 7),
            first_impression=(14, 14),
            fair_trial=(28, 28),
        ),
    ),
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
        Eases(
            Symptom.AUTONOMIC,
            30,
            (
                (
                    f"{f.TIZANIDINE_FIRST} every 6 to 8 hours to begin with, at most {f.TIZANIDINE_TIMES} in 24 hours",
                    f.TIZANIDINE_FIRST.source,
                ),
                (f"up to {f.TIZANIDINE_WITHDRAWAL_MOST} in withdrawal", va("tizanidine")),
            ),
        ),
    ),
    trials=(
        Undosed(
            id="tizanidine",
            title="tizanidine, for spasm",
            drug="tizanidine",
            why=(
                f"the label begins with {f.TIZANIDINE_FIRST} a dose, at most {f.TIZANIDINE_TIMES} in 24 hours and "
                f"{f.TIZANIDINE_MOST}; it is never stopped suddenly, and no source that was read gives the steps of "
                "its exit"
            ),
            sources=(f.TIZANIDINE_FIRST.source, f.TIZANIDINE_MOST.source),
            safety=(3, 7),
            first_impression=(14, 14),
            fair_trial=(28, 28),
        ),
    ),
)

TREATMENTS = (
    CYCLOBENZAPRINE,
    BACLOFEN,
    TIZANIDINE,
)
