"""What eases single symptoms of withdrawal from opioids."""

from __future__ import annotations

from medsteward.model.drug import DrugClass
from medsteward.model.property import Property
from medsteward.treatments import figures as f
from medsteward.treatments import places as s
from medsteward.treatments import taper_places as t
from medsteward.treatments.against import Against, Effect
from medsteward.treatments.declared.shared import ANTICHOLINERGIC, SEDATIVES, not_both_qt, older, va
from medsteward.treatments.symptoms import Symptom
from medsteward.treatments.treatment import Eases, Treatment

HYDROXYZINE = Treatment(
    id="hydroxyzine",
    title="hydroxyzine",
    drugs=("hydroxyzine",),
    against=(
        *not_both_qt("hydroxyzine"),
        older(Effect.LOWERS, f"65 and over: at most {f.HYDROXYZINE_OLD_MOST} (EMA)", "hydroxyzine in older people"),
        SEDATIVES,
        ANTICHOLINERGIC,
    ),
    eases=(
        Eases(
            Symptom.ANXIETY,
            10,
            ((f"{f.HYDROXYZINE_FIRST.number} to {f.HYDROXYZINE_FULL} three times daily as needed", va("hydroxyzine")),),
        ),
    ),
)


DIPHENHYDRAMINE = Treatment(
    id="diphenhydramine",
    title="diphenhydramine",
    drugs=("diphenhydramine",),
    against=(
        Against(Effect.BLOCKS, "not over 65", va("diphenhydramine, over 65"), age_over=65),
        SEDATIVES,
        ANTICHOLINERGIC,
    ),
    eases=(
        Eases(Symptom.ANXIETY, 20, ((f"{f.DIPHENHYDRAMINE_DOSE} every 6 hours as needed", va("diphenhydramine")),)),
    ),
)


TRAZODONE = Treatment(
    id="trazodone",
    title="trazodone",
    drugs=("trazodone",),
    against=(
        *not_both_qt("trazodone"),
        Against(
            Effect.BLOCKS,
            "not with an MAO inhibitor",
            s.practice("trazodone with MAO inhibitors"),
            classes=(DrugClass.MAOI,),
        ),
        SEDATIVES,
    ),
    eases=(
        Eases(
            Symptom.SLEEPLESSNESS,
            10,
            ((f"{f.TRAZODONE_LEAST.number} to {f.TRAZODONE_MOST} at bedtime", va("trazodone")),),
        ),
    ),
)


ONDANSETRON = Treatment(
    id="ondansetron",
    title="ondansetron",
    drugs=("ondansetron",),
    against=not_both_qt("ondansetron"),
    eases=(Eases(Symptom.NAUSEA, 10, ((f"{f.ONDANSETRON_DOSE} every 6 hours as needed", va("ondansetron")),)),),
)


PROCHLORPERAZINE = Treatment(
    id="prochlorperazine",
    title="prochlorperazine",
    drugs=("prochlorperazine",),
    against=(ANTICHOLINERGIC, SEDATIVES),
    eases=(
        Eases(
            Symptom.NAUSEA,
            20,
            (
                (
                    f"{f.PROCHLORPERAZINE_FIRST.number} to {f.PROCHLORPERAZINE_DOSE} every 4 hours as needed",
                    va("prochlorperazine"),
                ),
                (
                    f"usually at most {f.PROCHLORPERAZINE_MOST}; {f.PROCHLORPERAZINE_DOSE} every 4 hours would be "
                    f"{f.PROCHLORPERAZINE_DOSE.times(6).number} mg/d",
                    f.PROCHLORPERAZINE_MOST.source,
                ),
            ),
        ),
    ),
)


PROMETHAZINE = Treatment(
    id="promethazine",
    title="promethazine",
    drugs=("promethazine",),
    against=(ANTICHOLINERGIC, SEDATIVES),
    eases=(
        Eases(
            Symptom.NAUSEA,
            30,
            ((f"{f.PROMETHAZINE_DOSE} by mouth or rectum every 6 hours as needed", va("promethazine")),),
        ),
    ),
)


DICYCLOMINE = Treatment(
    id="dicyclomine",
    title="dicyclomine",
    drugs=("dicyclomine",),
    against=(
        older(Effect.BLOCKS, "avoid in older people", "dicyclomine in older people"),
        ANTICHOLINERGIC,
        Against(
            Effect.BLOCKS,
            "not in obstruction",
            s.practice("dicyclomine in obstruction"),
            conditions=("gastrointestinal obstruction",),
        ),
    ),
    eases=(Eases(Symptom.CRAMPS, 10, ((f"{f.DICYCLOMINE_DOSE} every 6 to 8 hours as needed", va("dicyclomine")),)),),
)


LOPERAMIDE = Treatment(
    id="loperamide",
    title="loperamide",
    drugs=("loperamide",),
    against=(
        Against(
            Effect.CAUTION,
            "keep strictly to the ceiling: another drug that prolongs QT is taken",
            t.LOPERAMIDE,
            properties=(Property.QT_KNOWN_RISK,),
        ),
        Against(
            Effect.CAUTION,
            "keep strictly to the ceiling: long QT interval",
            t.LOPERAMIDE,
            conditions=("long qt",),
        ),
        Against(
            Effect.BLOCKS,
            "not in obstruction",
            s.practice("loperamide in obstruction"),
            conditions=("gastrointestinal obstruction",),
        ),
    ),
    eases=(
        Eases(
            Symptom.DIARRHEA,
            10,
            (
                (f"{f.LOPERAMIDE_FIRST}, then {f.LOPERAMIDE_NEXT} after each loose stool", va("loperamide")),
                (
                    f"at most {f.LOPERAMIDE_MOST} as prescribed and {f.LOPERAMIDE_OTC_MOST} without prescription: more "
                    "harms the heart",
                    t.LOPERAMIDE,
                ),
            ),
        ),
    ),
)


BISMUTH = Treatment(
    id="bismuth-subsalicylate",
    title="bismuth subsalicylate",
    drugs=("bismuth subsalicylate",),
    against=(
        Against(
            Effect.BLOCKS,
            "not after a reaction to aspirin",
            s.practice("salicylates"),
            conditions=("aspirin-sensitive asthma",),
        ),
        Against(
            Effect.CAUTION,
            "a salicylate: bleeding",
            s.practice("salicylates"),
            classes=(DrugClass.ANTICOAGULANT,),
        ),
    ),
    eases=(
        Eases(
            Symptom.DIARRHEA,
            20,
            (
                (
                    f"{f.BISMUTH_DOSE} every 0.5 to 1 hour, at most {f.BISMUTH_DOSE.times(8).number} mg/d (8 doses)",
                    va("bismuth subsalicylate"),
                ),
            ),
        ),
    ),
)

TREATMENTS = (
    HYDROXYZINE,
    DIPHENHYDRAMINE,
    TRAZODONE,
    ONDANSETRON,
    PROCHLORPERAZINE,
    PROMETHAZINE,
    DICYCLOMINE,
    LOPERAMIDE,
    BISMUTH,
)
