"""Peripheral opioid antagonists and what comes after them, once laxatives have failed."""

from __future__ import annotations

from medsteward.model.property import Property
from medsteward.treatments import figures as f
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
        "perforation has been reported where the wall of the gut is weak (ulcer, diverticular disease, tumor)",
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
            (
                f"{f.NALDEMEDINE_MOST} daily with or without food; no change for kidneys",
                s.secondary(s.NALDEMEDINE_LABEL, "dosage"),
            ),
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
            f"CrCl below 60: naloxegol {f.NALOXEGOL_KIDNEY}, which may rise to {f.NALOXEGOL_MOST}",
            s.NALOXEGOL_LABEL,
            kidney_below=60,
        ),
        Against(Effect.BLOCKS, "avoid naloxegol in Child-Pugh C", s.NALOXEGOL_LABEL, child_pugh="C"),
    ),
    laxative=Laxative(
        FOURTH,
        (
            (
                f"{f.NALOXEGOL_MOST} in the morning on an empty stomach (1 hour before or 2 hours after the first "
                f"meal); {f.NALOXEGOL_KIDNEY} if not tolerated; no grapefruit",
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
            f"CrCl below 60: methylnaltrexone tablets {f.METHYLNALTREXONE_LOW}; under the skin half "
            f"({f.METHYLNALTREXONE_SKIN_LOW}; in advanced illness {f.METHYLNALTREXONE_PER_KG.share(2)}, "
            f"{f.METHYLNALTREXONE_ILL.share(2)} or {f.METHYLNALTREXONE_ILL_HEAVY.share(2)})",
            s.METHYLNALTREXONE_LABEL,
            kidney_below=60,
        ),
        Against(
            Effect.LOWERS,
            f"Child-Pugh B or C: methylnaltrexone tablets {f.METHYLNALTREXONE_LOW}",
            s.METHYLNALTREXONE_LABEL,
            child_pugh="BC",
        ),
    ),
    laxative=Laxative(
        FOURTH,
        (
            (
                f"chronic non-cancer pain: {f.METHYLNALTREXONE_MOST} by mouth in the morning, 30 minutes before food",
                s.METHYLNALTREXONE_LABEL,
            ),
            (f"chronic non-cancer pain: {f.METHYLNALTREXONE_SKIN} under the skin daily", s.METHYLNALTREXONE_LABEL),
            (
                f"advanced illness, under the skin every other day: below 38 kg {f.METHYLNALTREXONE_PER_KG}; 38 to "
                f"below 62 kg {f.METHYLNALTREXONE_ILL}; 62 to 114 kg {f.METHYLNALTREXONE_ILL_HEAVY}; above 114 kg "
                f"{f.METHYLNALTREXONE_PER_KG}; at most one dose in 24 hours",
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
        Against(
            Effect.LOWERS,
            f"Child-Pugh B: lubiprostone {f.LUBIPROSTONE_B} twice daily",
            s.LUBIPROSTONE_LABEL,
            child_pugh="B",
        ),
        Against(
            Effect.LOWERS,
            f"Child-Pugh C: lubiprostone {f.LUBIPROSTONE_C} twice daily, then titrate",
            s.LUBIPROSTONE_LABEL,
            child_pugh="C",
        ),
    ),
    laxative=Laxative(
        FIFTH,
        (
            (f"{f.LUBIPROSTONE_DOSE} twice daily with food", s.LUBIPROSTONE_LABEL),
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
