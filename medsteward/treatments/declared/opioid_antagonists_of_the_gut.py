"""Peripheral opioid antagonists and what comes after them, once laxatives have failed."""

from __future__ import annotations

from medsteward.model.property import Property
from medsteward.treatments import places as s
from medsteward.treatments.against import Against, Effect
from medsteward.treatments.steps import FIFTH, FOURTH, OBSTRUCTION
from medsteward.treatments.treatment import Laxative, Treatment

_PAMORA = (
    Against(
        Effect.BLOCKS,
        "contraindicated in known or suspected gastrointestinal obstruction or a risk of its recurrence",
        s.PAMORA_LABELS.at("contraindications"),
        conditions=(OBSTRUCTION,),
        said_by=("DDC-265",),
    ),
    Against(
        Effect.CAUTION,
        "perforation has been reported where the wall of the gut is weak (ulcer, diverticular disease, tumour)",
        s.PAMORA_LABELS,
        conditions=("gastrointestinal ulcer or bleed", "cancer"),
    ),
    Against(
        Effect.CAUTION,
        "more withdrawal symptoms were seen with methadone",
        s.PAMORA_LABELS,
        drugs=("methadone",),
    ),
)


NALDEMEDINE = Treatment(
    id="naldemedine",
    title="naldemedine",
    drugs=("naldemedine",),
    against=(
        *_PAMORA,
        Against(
            Effect.BLOCKS,
            "avoid in severe liver disease",
            s.secondary(s.NALDEMEDINE_LABEL, "hepatic"),
            child_pugh="C",
        ),
        Against(
            Effect.BLOCKS,
            "avoid with strong CYP3A inducers",
            s.secondary(s.NALDEMEDINE_LABEL, "interactions"),
            properties=(Property.CYP3A4_STRONG_INDUCER,),
            said_by=("DDI-091",),
        ),
    ),
    laxative=Laxative(
        FOURTH,
        (
            ("0.2 mg daily with or without food; no change for kidneys", s.secondary(s.NALDEMEDINE_LABEL, "dosage")),
            ("AGA 2019: strong recommendation, high certainty", s.AGA_2019),
        ),
    ),
)


NALOXEGOL = Treatment(
    id="naloxegol",
    title="naloxegol",
    drugs=("naloxegol",),
    against=(
        *_PAMORA,
        Against(
            Effect.BLOCKS,
            "naloxegol is not recommended with strong CYP3A4 inducers",
            s.NALOXEGOL_LABEL,
            properties=(Property.CYP3A4_STRONG_INDUCER,),
            said_by=("DDI-091",),
        ),
        Against(
            Effect.LOWERS,
            "CrCl below 60: naloxegol 12.5 mg, which may rise to 25 mg",
            s.NALOXEGOL_LABEL,
            kidney_below=60,
        ),
        Against(Effect.BLOCKS, "avoid naloxegol in Child-Pugh C", s.NALOXEGOL_LABEL, child_pugh="C"),
    ),
    laxative=Laxative(
        FOURTH,
        (
            (
                "25 mg in the morning on an empty stomach (1 hour before or 2 hours after the first meal); 12.5 mg if "
                "not tolerated; no grapefruit",
                s.NALOXEGOL_LABEL,
            ),
            ("AGA 2019: strong recommendation, moderate certainty", s.AGA_2019),
        ),
    ),
)


METHYLNALTREXONE = Treatment(
    id="methylnaltrexone",
    title="methylnaltrexone",
    drugs=("methylnaltrexone",),
    against=(
        *_PAMORA,
        Against(
            Effect.LOWERS,
            "CrCl below 60: methylnaltrexone tablets 150 mg; under the skin half (6 mg; in advanced illness "
            "0.075 mg/kg, 4 mg or 6 mg)",
            s.METHYLNALTREXONE_LABEL,
            kidney_below=60,
        ),
        Against(
            Effect.LOWERS,
            "Child-Pugh B or C: methylnaltrexone tablets 150 mg",
            s.METHYLNALTREXONE_LABEL,
            child_pugh="BC",
        ),
    ),
    laxative=Laxative(
        FOURTH,
        (
            (
                "chronic non-cancer pain: 450 mg by mouth in the morning, 30 minutes before food",
                s.METHYLNALTREXONE_LABEL,
            ),
            ("chronic non-cancer pain: 12 mg under the skin daily", s.METHYLNALTREXONE_LABEL),
            (
                "advanced illness, under the skin every other day: below 38 kg 0.15 mg/kg; 38 to below 62 kg 8 mg; 62 "
                "to 114 kg 12 mg; above 114 kg 0.15 mg/kg; at most one dose in 24 hours",
                s.METHYLNALTREXONE_LABEL,
            ),
            ("AGA 2019: conditional recommendation, low certainty", s.AGA_2019),
            ("oral methylnaltrexone works with methadone (post hoc)", s.METHYLNALTREXONE_METHADONE),
        ),
    ),
)


LUBIPROSTONE = Treatment(
    id="lubiprostone",
    title="lubiprostone",
    drugs=("lubiprostone",),
    against=(
        Against(
            Effect.BLOCKS,
            "not in gastrointestinal obstruction",
            s.LUBIPROSTONE_LABEL,
            conditions=(OBSTRUCTION,),
        ),
        Against(
            Effect.CAUTION,
            "lubiprostone is not established to work with methadone; oral methylnaltrexone is preferred there",
            s.LUBIPROSTONE_LABEL,
            drugs=("methadone",),
            said_by=("DDI-143",),
        ),
        Against(Effect.LOWERS, "Child-Pugh B: lubiprostone 16 mcg twice daily", s.LUBIPROSTONE_LABEL, child_pugh="B"),
        Against(
            Effect.LOWERS,
            "Child-Pugh C: lubiprostone 8 mcg twice daily, then titrate",
            s.LUBIPROSTONE_LABEL,
            child_pugh="C",
        ),
    ),
    laxative=Laxative(
        FIFTH,
        (
            ("24 mcg twice daily with food", s.LUBIPROSTONE_LABEL),
            ("AGA 2019: no recommendation, the evidence has a gap", s.AGA_2019),
        ),
    ),
)


PRUCALOPRIDE = Treatment(
    id="prucalopride",
    title="prucalopride",
    drugs=("prucalopride",),
    laxative=Laxative(FIFTH, (("AGA 2019: no recommendation, the evidence has a gap", s.AGA_2019),)),
)

TREATMENTS = (
    NALDEMEDINE,
    NALOXEGOL,
    METHYLNALTREXONE,
    LUBIPROSTONE,
    PRUCALOPRIDE,
)
