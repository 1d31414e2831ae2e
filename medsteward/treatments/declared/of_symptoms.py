"""What eases single symptoms of withdrawal from opioids."""

from __future__ import annotations

from medsteward.model.drug import DrugClass
from medsteward.model.property import Property
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
        older(Effect.LOWERS, "65 and over: at most 50 mg/d (EMA)", "hydroxyzine in older people"),
        SEDATIVES,
        ANTICHOLINERGIC,
    ),
    eases=(Eases(Symptom.ANXIETY, 10, (("25 to 50 mg three times daily as needed", va("hydroxyzine")),)),),
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
    eases=(Eases(Symptom.ANXIETY, 20, (("25 mg every 6 hours as needed", va("diphenhydramine")),)),),
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
    eases=(Eases(Symptom.SLEEPLESSNESS, 10, (("25 to 300 mg at bedtime", va("trazodone")),)),),
)


ONDANSETRON = Treatment(
    id="ondansetron",
    title="ondansetron",
    drugs=("ondansetron",),
    against=not_both_qt("ondansetron"),
    eases=(Eases(Symptom.NAUSEA, 10, (("4 mg every 6 hours as needed", va("ondansetron")),)),),
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
                ("5 to 10 mg every 4 hours as needed", va("prochlorperazine")),
                (
                    "usually at most 40 mg/d; 10 mg every 4 hours would be 60 mg/d",
                    s.practice("prochlorperazine maximum"),
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
    eases=(Eases(Symptom.NAUSEA, 30, (("25 mg by mouth or rectum every 6 hours as needed", va("promethazine")),)),),
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
    eases=(Eases(Symptom.CRAMPS, 10, (("20 mg every 6 to 8 hours as needed", va("dicyclomine")),)),),
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
                ("4 mg, then 2 mg after each loose stool", va("loperamide")),
                (
                    "at most 16 mg/d as prescribed and 8 mg/d without prescription: more harms the heart",
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
            (("524 mg every 0.5 to 1 hour, at most 4,192 mg/d (8 doses)", va("bismuth subsalicylate")),),
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
