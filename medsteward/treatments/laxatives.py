"""The bowel regimen: its agents step by step, and what is said beside them."""

from __future__ import annotations

from functools import cached_property

from attrs import frozen

from medsteward.model.drug import DrugClass
from medsteward.model.point import Point
from medsteward.treatments import places as s
from medsteward.treatments.declared import laxatives as steps_one_to_three
from medsteward.treatments.declared import opioid_antagonists_of_the_gut as later
from medsteward.treatments.steps import FOURTH, GENERAL
from medsteward.treatments.treatment import Laxative, Treatment


@frozen
class Agent:
    """A treatment as a step of the bowel regimen."""

    treatment: Treatment
    laxative: Laxative

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """Its doses in a bowel regimen, as they are shown."""
        return self.treatment.laxative_points(self.laxative)


AGENTS: tuple[Agent, ...] = tuple(
    Agent(each, each.laxative)
    for each in (*steps_one_to_three.TREATMENTS, *later.TREATMENTS)
    if each.laxative is not None
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
    Point("avoid", "bulk fiber (psyllium): not with opioids or advanced disease; it needs much fluid", s.WEST_MIDLANDS),
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
        "bleeding, unexplained iron deficiency anemia, weight loss, a mass or enlarged nodes, family colon cancer; "
        "age 50 or over without screening; sudden change before the opioid was started or changed",
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
"""Classes that count as a bowel regimen. Stool softeners and bulk fiber alone do not."""
NOT_ENOUGH = (DrugClass.STOOL_SOFTENER, DrugClass.LAXATIVE_BULK)
