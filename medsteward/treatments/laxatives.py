"""The steps of a bowel regimen: agents, doses, maxima, and what no rule says against each. Declarations only."""

from __future__ import annotations

from attrs import frozen

from medsteward.model.drug import DrugClass
from medsteward.model.point import Point
from medsteward.model.property import Property
from medsteward.model.source import Source
from medsteward.treatments import places as s
from medsteward.treatments.against import Against, Effect, Offered

OBSTRUCTION = "gastrointestinal obstruction"

_STIMULANT_OBSTRUCTION = Against(
    Effect.BLOCKS,
    "no stimulant laxative in known or suspected obstruction: evaluate first",
    s.practice("stimulant laxatives in obstruction"),
    conditions=(OBSTRUCTION,),
)
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


@frozen
class Agent:
    """One agent of the bowel regimen.

    ``ingredients`` are its names in our drug list; ``facts`` are its dose, its maximum and their sources. ``against``
    holds what no rule says: the rules are asked anyway. ``among`` are the medicines of an agent that has no one name.
    """

    step: str
    name: str
    ingredients: tuple[str, ...]
    facts: tuple[tuple[str, Source], ...]
    against: tuple[Against, ...] = ()
    among: tuple[str, ...] = ()

    @property
    def offered(self) -> tuple[Offered, ...]:
        """Its medicines as the rules are asked about them."""
        return tuple(Offered(name) for name in (*self.ingredients, *self.among))

    @property
    def points(self) -> tuple[Point, ...]:
        """The facts as they are shown."""
        return tuple(Point(self.step, f"{self.name}: {text}", source) for text, source in self.facts)


FIRST = "step 1"
SECOND = "step 2"
THIRD = "step 3"
FOURTH = "step 4, after laxatives have failed"
FIFTH = "step 5"
GENERAL = "step 0"

AGENTS: tuple[Agent, ...] = (
    Agent(
        FIRST,
        "senna",
        ("senna",),
        (
            ("17.2 mg (2 tablets of 8.6 mg) nightly; with an opioid 17.2 mg twice daily", s.TWYCROSS),
            (
                "US OTC label: at most 4 tablets of 8.6 mg twice daily (68.8 mg/d), not longer than a week unless "
                "directed",
                s.OTC_LABEL,
            ),
            ("palliative care goes up to 34.4 mg three times daily (103.2 mg/d); the OTC label differs", s.TWYCROSS),
        ),
        (_STIMULANT_OBSTRUCTION,),
    ),
    Agent(
        FIRST,
        "polyethylene glycol 3350",
        ("polyethylene glycol 3350",),
        (
            ("17 g daily; at most 34 g/d (17 g twice daily)", s.secondary(s.IPAL, "17 to 34 g")),
            ("the OTC label sets a limit of 7 days", s.recalled(s.OTC_LABEL, "7 days")),
        ),
    ),
    Agent(
        FIRST,
        "bisacodyl",
        ("bisacodyl",),
        (
            ("10 to 20 mg nightly; palliative care up to 20 mg three times daily (60 mg/d)", s.TWYCROSS),
            (
                "US OTC label: 5 to 15 mg in a single daily dose, not longer than a week; this differs",
                s.OTC_LABEL,
            ),
        ),
        (_STIMULANT_OBSTRUCTION,),
    ),
    Agent(
        SECOND,
        "a stimulant and an osmotic laxative together",
        (),
        (("a sensible choice even at the first step", s.WEST_MIDLANDS),),
        (_STIMULANT_OBSTRUCTION,),
        ("senna", "polyethylene glycol 3350"),
    ),
    Agent(
        SECOND,
        "lactulose",
        ("lactulose",),
        (
            ("15 to 30 mL once or twice daily", s.practice("lactulose")),
            ("at most 60 mL/d", s.practice("lactulose maximum")),
        ),
    ),
    Agent(
        SECOND,
        "sodium picosulfate (UK)",
        ("sodium picosulfate",),
        (("5 to 10 mg nightly, 10 mg with an opioid; then 5 mg/d more to effect", s.TWYCROSS),),
        (_STIMULANT_OBSTRUCTION,),
    ),
    Agent(
        SECOND,
        "magnesium hydroxide",
        ("magnesium hydroxide", "magnesium citrate"),
        (("30 to 60 mL/d", s.practice("magnesium hydroxide")),),
        (
            Against(
                Effect.BLOCKS,
                "magnesium is avoided with CrCl below 30: it accumulates",
                s.practice("magnesium laxatives and kidneys"),
                kidney_below=30,
                said_by=("DDC-271",),
            ),
            Against(
                Effect.CAUTION,
                "many avoid magnesium with CrCl below 60",
                s.practice("magnesium laxatives and kidneys"),
                kidney_below=60,
                kidney_from=30,
            ),
        ),
    ),
    Agent(
        THIRD,
        "by rectum",
        (),
        (
            ("bisacodyl 10 mg, glycerin, or a saline enema", s.practice("rectal step")),
            ("no sodium phosphate enema with kidney disease or in older people", s.practice("phosphate enema")),
        ),
        (_STIMULANT_OBSTRUCTION,),
        ("bisacodyl",),
    ),
    Agent(
        FOURTH,
        "naldemedine",
        ("naldemedine",),
        (
            ("0.2 mg daily with or without food; no change for kidneys", s.secondary(s.NALDEMEDINE_LABEL, "dosage")),
            ("AGA 2019: strong recommendation, high certainty", s.AGA_2019),
        ),
        (
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
    ),
    Agent(
        FOURTH,
        "naloxegol",
        ("naloxegol",),
        (
            (
                "25 mg in the morning on an empty stomach (1 hour before or 2 hours after the first meal); 12.5 mg if "
                "not tolerated; no grapefruit",
                s.NALOXEGOL_LABEL,
            ),
            ("AGA 2019: strong recommendation, moderate certainty", s.AGA_2019),
        ),
        (
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
    ),
    Agent(
        FOURTH,
        "methylnaltrexone",
        ("methylnaltrexone",),
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
        (
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
    ),
    Agent(
        FIFTH,
        "lubiprostone",
        ("lubiprostone",),
        (
            ("24 mcg twice daily with food", s.LUBIPROSTONE_LABEL),
            ("AGA 2019: no recommendation, the evidence has a gap", s.AGA_2019),
        ),
        (
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
                Effect.LOWERS, "Child-Pugh B: lubiprostone 16 mcg twice daily", s.LUBIPROSTONE_LABEL, child_pugh="B"
            ),
            Against(
                Effect.LOWERS,
                "Child-Pugh C: lubiprostone 8 mcg twice daily, then titrate",
                s.LUBIPROSTONE_LABEL,
                child_pugh="C",
            ),
        ),
    ),
    Agent(
        FIFTH,
        "prucalopride",
        ("prucalopride",),
        (("AGA 2019: no recommendation, the evidence has a gap", s.AGA_2019),),
    ),
)
"""The steps, in their order."""

GENERAL_POINTS = (
    Point(
        GENERAL,
        "fluids, activity, toilet routine, footstool; look for other constipating drugs (anticholinergics, "
        "antiemetics, iron, calcium channel blockers)",
        s.practice("general measures"),
    ),
)
GOAL_POINTS = (
    Point("goal", "one unforced stool every 1 to 2 days", s.practice("goal of a bowel regimen")),
    Point("goal", "raise the laxative when the opioid is raised", s.practice("bowel regimen")),
    Point("goal", "there is no tolerance to the constipation of opioids", s.MEDICAL_LETTER),
)
AVOID_POINTS = (
    Point("avoid", "docusate alone: not supported; no proven benefit beside a stimulant either", s.IPAL),
    Point("avoid", "bulk fibre (psyllium): not with opioids or advanced disease; it needs much fluid", s.WEST_MIDLANDS),
    Point("avoid", "mineral oil: aspiration", s.practice("mineral oil")),
)
ASSESS_POINTS = (
    Point("assess", "Bowel Function Index above 28.8 is constipation (score it with: bfi)", s.ARGOFF),
    Point(
        "assess",
        "next step when the index stays at 30 or more despite laxatives of two classes for 4 days to 2 weeks",
        s.recalled(s.ARGOFF, "inadequate response"),
    ),
    Point("assess", '"are you constipated?" alone is not enough', s.ROME),
)
RED_FLAGS = (
    Point(
        "red flags: evaluate, do not just step up",
        "bleeding, unexplained iron deficiency anaemia, weight loss, a mass or enlarged nodes, family colon cancer, "
        "age 50 or over without screening, sudden change before the opioid was started or changed",
        s.ROME,
    ),
    Point(
        "red flags: evaluate, do not just step up",
        "signs of obstruction: vomiting, distension, no wind",
        s.practice("signs of obstruction"),
    ),
)
PAMORA_POINTS = (
    Point(
        FOURTH,
        "laxatives first (strong recommendation, moderate certainty)",
        s.AGA_2019,
    ),
    Point(
        FOURTH,
        "naloxegol and methylnaltrexone: maintenance laxatives are paused before, and resumed as needed after 3 days "
        "if the effect is not enough",
        s.PAMORA_LABELS,
    ),
    Point(FOURTH, "avoid where the blood-brain barrier may be disrupted", s.PAMORA_LABELS),
    Point(FOURTH, "look again when the opioid regimen changes", s.PAMORA_LABELS),
)
ANTAGONIST_ENDS = Point("at the end", "a peripheral opioid antagonist ends on the day the opioid ends", s.PAMORA_LABELS)
END_POINTS = (
    Point("at the end", "keep it through a taper, and reduce it in step with the dose", s.OURS),
    ANTAGONIST_ENDS,
    Point(
        "at the end",
        "the laxative ends when stools loosen, usually days to 2 weeks after the last dose; diarrhea in a taper is a "
        "sign of withdrawal: hold the laxative first, then loperamide",
        s.OURS,
    ),
)

EFFECTIVE = (
    DrugClass.LAXATIVE_STIMULANT,
    DrugClass.LAXATIVE_OSMOTIC,
    DrugClass.PAMORA,
    DrugClass.SECRETAGOGUE,
    DrugClass.PROKINETIC_5HT4,
)
"""Classes that count as a bowel regimen. Stool softeners and bulk fibre alone do not."""
NOT_ENOUGH = (DrugClass.STOOL_SOFTENER, DrugClass.LAXATIVE_BULK)
