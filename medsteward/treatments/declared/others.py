"""A short course of a steroid, low-dose naltrexone, and opioids for a time."""

from __future__ import annotations

from medsteward.bibliography import cite, practice
from medsteward.model.drug import DrugClass
from medsteward.model.unit import Unit
from medsteward.schedules.moment import Moment
from medsteward.schedules.trial import Stage
from medsteward.treatments import figures as f
from medsteward.treatments import trial_places as tr
from medsteward.treatments.against import Against, Effect
from medsteward.treatments.declared.shared import fractions
from medsteward.treatments.exits import STOPS
from medsteward.treatments.pain import PainKind
from medsteward.treatments.places import NALTREXONE, SEED
from medsteward.treatments.treatment import ForPain, Treatment
from medsteward.treatments.trial import (
    EVERYBODY,
    Note,
    Ramp,
    TrialDrug,
    Undosed,
    Who,
    four_times,
    once,
    thrice,
    twice,
)

LDN_DOSES = cite("J-PAIN-RES-S451183", "0.1 to 4.5 mg")
_BEDTIME = Moment.BEDTIME
_LIVER = Who(conditions=("liver disease",))
STEROID = Treatment(
    id="oral-steroid",
    title="short course of an oral steroid",
    drugs=("prednisone", "methylprednisolone"),
    drug_classes=(DrugClass.CORTICOSTEROID,),
    first=(("a taper of 5 to 15 days; no dose is given", practice("oral steroid burst")),),
    ceiling=(("one course", practice("oral steroid burst")),),
    for_pain=(
        ForPain(
            PainKind.INFLAMMATORY,
            30,
            "selected patients with radiculopathy only",
            SEED.at("oral steroid: short, in selected radiculopathy"),
        ),
    ),
    trials=(
        Undosed(
            id="oral-steroid",
            title="a course of an oral steroid",
            drug="prednisone",
            why="sources name one course of 5 to 15 days in selected radiculopathy and no dose",
            sources=(tr.STEROID,),
            names=("prednisone", "oral steroid", "methylprednisolone", "steroid burst"),
            safety=(3, 5),
            first_impression=(7, 7),
            fair_trial=(14, 14),
            notes=(Note("its way down is part of the course", tr.STEROID),),
        ),
    ),
)


NALTREXONE_LOW = Treatment(
    id="low-dose-naltrexone",
    title="low-dose naltrexone",
    drugs=("naltrexone",),
    drug_classes=(DrugClass.OPIOID_ANTAGONIST,),
    first=(
        (
            f"{f.NALTREXONE_LEAST.number} to {f.NALTREXONE_FIRST} nightly, more every 1 to 2 weeks",
            f.NALTREXONE_FIRST.source,
        ),
    ),
    ceiling=((f"{f.NALTREXONE_MOST} usually; the best dose varies from 0.1 to {f.NALTREXONE_MOST}", LDN_DOSES),),
    for_pain=(
        ForPain(
            PainKind.NOCIPLASTIC,
            40,
            "emerging evidence only; discuss what is not known",
            SEED.at("low-dose naltrexone in CRPS"),
        ),
        ForPain(
            PainKind.CRPS,
            30,
            "emerging evidence only; discuss what is not known",
            SEED.at("low-dose naltrexone in CRPS"),
        ),
    ),
    trials=(
        TrialDrug(
            id="low-dose-naltrexone",
            title="low-dose naltrexone",
            drug="naltrexone",
            route="oral",
            form="capsule",
            release="IR",
            unit=Unit.MG,
            strengths=(),
            ramps=(
                Ramp(
                    EVERYBODY,
                    (
                        Stage(0, once(_BEDTIME, f.NALTREXONE_FIRST.amount)),
                        Stage(14, once(_BEDTIME, 3)),
                        Stage(28, once(_BEDTIME, f.NALTREXONE_MOST.amount)),
                    ),
                    (tr.LDN_RAMP,),
                ),
            ),
            exit=STOPS,
            length=tr.LDN_RAMP,
            names=("ldn", "low dose naltrexone", "naltrexone"),
            fair_trial=(56, 84),
            notes=(
                Note("made by a compounding pharmacy; no product of these strengths is licensed", tr.LDN_RAMP),
                Note(
                    "no opioid at all before it, tramadol, buprenorphine and methadone included: the first dose is 7 "
                    "to 10 "
                    "days after the last opioid at the earliest, longer after a long-acting one, or it brings on "
                    "withdrawal (no source gives an interval for low doses)",
                    tr.LDN_OPIOID_FREE,
                ),
                Note("emerging evidence only: discuss what is not known", tr.ESSAY.at("low-dose naltrexone in CRPS")),
                Note("dose finding in fibromyalgia judged at 2 to 3 weeks", tr.LDN_DOSE_FINDING),
            ),
        ),
    ),
)


_ANTAGONIST = Against(
    Effect.BLOCKS,
    "takes an opioid antagonist: the opioid would not work, and forcing it is dangerous",
    NALTREXONE,
    classes=(DrugClass.OPIOID_ANTAGONIST,),
)

AGAINST_OPIOIDS: tuple[Against, ...] = (
    _ANTAGONIST,
    Against(
        Effect.CAUTION,
        "kidneys: lower and less often, and not morphine or codeine below 30",
        practice("opioids with eGFR below 30"),
        kidney_below=30,
    ),
)


TRAMADOL = Treatment(
    id="tramadol",
    title="tramadol",
    drugs=("tramadol",),
    against=(_ANTAGONIST,),
    trials=(
        TrialDrug(
            id="tramadol",
            title="tramadol",
            drug="tramadol",
            route="oral",
            form="tablet",
            release="IR",
            unit=Unit.MG,
            strengths=fractions(25, 50, 100),
            ramps=(
                Ramp(
                    Who(limit=f.TRAMADOL_SEVERE),
                    (Stage(0, once(Moment.MORNING, 25)), Stage(3, twice(25)), Stage(9, twice(50))),
                    (tr.TRAMADOL, tr.OURS),
                ),
                Ramp(
                    _LIVER,
                    (Stage(0, once(Moment.MORNING, 25)), Stage(3, twice(25)), Stage(9, twice(50))),
                    (tr.TRAMADOL_SECONDARY, tr.OURS),
                ),
                Ramp(
                    EVERYBODY,
                    (
                        Stage(0, once(Moment.MORNING, 25)),
                        Stage(3, twice(25)),
                        Stage(6, thrice(25)),
                        Stage(9, four_times(25)),
                        Stage(12, four_times(50, 25, 25, 50)),
                        Stage(15, four_times(50)),
                    ),
                    (tr.TRAMADOL,),
                ),
            ),
            exit="brief_exposure",
            ceiling_words="immediate-release",
            length=tr.practice("tramadol: 4 weeks"),
            safety=(3, 7),
            first_impression=(7, 14),
            fair_trial=(21, 28),
            notes=(Note("serotonergic; raises the risk of seizures", tr.practice("tramadol, warnings")),),
        ),
    ),
)

TREATMENTS = (
    STEROID,
    NALTREXONE_LOW,
    TRAMADOL,
)
