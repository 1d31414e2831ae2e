"""Conditions of gut, bile duct and bladder, and what slows, blocks or tears them."""

from __future__ import annotations

from medsteward.interactions.places import (
    ELUXADOLINE_TEXT,
    ER_MONOGRAPHS,
    EXPERT_MEMORY,
    FDA_2025_OPIOIDS,
    IMODIUM_TEXT,
    MOVANTIK_CHANGES,
    OURS,
    OXYCODONE_LABEL,
)
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.patient.clauses import has, takes
from medsteward.patient.groups import HYDROMORPHONE_ER, OPIOID, PAMORA
from medsteward.patient.groups_of_conditions import (
    ANTIDIARRHEAL_OPIOID,
    ELUXADOLINE,
    STOMACH_SLOWING,
)

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDC-285",
        name="opioid with biliary disease or pancreatitis",
        when=(takes(OPIOID), has("biliary disease", "pancreatitis")),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.BILE_DUCT,
        because="Opioids tighten the outlet of the bile duct and can worsen gallbladder pain or pancreatitis.",
        consider=(
            "Watch the pain and amylase after the first doses. Any opioid can do this, morphine not more than others."
        ),
        sources=(
            OXYCODONE_LABEL.at("5.12: biliary tract disease, acute pancreatitis"),
            EXPERT_MEMORY.at("morphine not more than others"),
        ),
    ),
    Rule(
        id="DDC-287",
        name="opioid with urinary retention",
        when=(takes(OPIOID), has("urinary retention")),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.URINE,
        because="Opioids tighten the bladder outlet and dull the urge to pass urine.",
        consider="Ask about the stream; treat constipation. No urine for several hours needs a catheter.",
        sources=(EXPERT_MEMORY.at("urinary retention in the adverse reactions of opioid labels"),),
    ),
    Rule(
        id="DDC-291",
        name="opioid with swallowing difficulty",
        when=(takes(OPIOID), has("swallowing difficulty")),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.BOWEL,
        because="Long-acting tablets can stick, and long use of an opioid can itself cause trouble with swallowing.",
        consider=(
            "Consider a liquid or a patch, and water with every tablet. Ask a gastroenterologist before operations on "
            "the gullet."
        ),
        sources=(
            FDA_2025_OPIOIDS.at("esophageal problems"),
            EXPERT_MEMORY.at("tablets that swell or stick"),
        ),
    ),
    Rule(
        id="DDC-301",
        name="eluxadoline without a gallbladder, with pancreatitis or with alcohol use disorder",
        when=(takes(ELUXADOLINE), has("no gallbladder", "pancreatitis", "alcohol use disorder")),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.BILE_DUCT,
        because="Without a gallbladder, or with heavy drinking, eluxadoline has caused fatal pancreatitis.",
        consider=(
            "Not to be used; choose another treatment for diarrhea. If it was taken, belly pain or vomiting needs "
            "emergency care."
        ),
        sources=(ELUXADOLINE_TEXT.at("contraindications"),),
    ),
    Rule(
        id="DDC-302",
        name="PAMORA with brain tumor or multiple sclerosis",
        when=(takes(PAMORA), has("brain tumor", "multiple sclerosis")),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.WITHDRAWAL,
        because="A damaged blood-brain barrier can let the drug reach the brain and bring on opioid withdrawal.",
        consider=(
            "Consider senna or polyethylene glycol first, and ask a specialist before a PAMORA. If it is taken, ask "
            "about sweating, cramps and more pain; the opioid goes on."
        ),
        sources=(EXPERT_MEMORY.at("labels of PAMORAs: disrupted blood-brain barrier"),),
    ),
    Rule(
        id="DDC-327",
        name="loperamide or diphenoxylate with infectious diarrhea",
        when=(takes(ANTIDIARRHEAL_OPIOID), has("infectious diarrhea")),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.BOWEL,
        because=(
            "Slowing the bowel in dysentery or C. difficile keeps the toxin inside; the bowel can swell dangerously."
        ),
        consider=(
            "Not to be used. If it was taken: take no more, give fluids, and have blood in the stool, fever or a "
            "swollen belly assessed today. An opioid for pain is not stopped suddenly for this."
        ),
        sources=(
            IMODIUM_TEXT.at("not in acute dysentery; megacolon in pseudomembranous colitis"),
            EXPERT_MEMORY.at("diphenoxylate"),
        ),
        absorbs=("DDC-328",),
    ),
    Rule(
        id="DDC-328",
        name="loperamide or diphenoxylate with inflammatory bowel disease",
        when=(takes(ANTIDIARRHEAL_OPIOID), has("inflammatory bowel disease")),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.BOWEL,
        because="In a severe flare of colitis, slowing the bowel can lead to a dangerous swelling of the bowel.",
        consider=(
            "Ask whether there is a flare now; in a flare take neither and ask the gut specialist. Outside a flare "
            "keep within the labelled dose."
        ),
        sources=(
            IMODIUM_TEXT.at("acute ulcerative colitis"),
            EXPERT_MEMORY.at("diphenoxylate"),
        ),
    ),
    Rule(
        id="DDC-343",
        name="hydromorphone ER with a narrowed gut",
        when=(takes(HYDROMORPHONE_ER), has("gastrointestinal narrowing")),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.BOWEL,
        because="The Exalgo tablet does not dissolve and can get stuck in a narrowed gut; its label forbids it.",
        consider=(
            "Not to be started; choose another opioid or form. If it is already taken, do not stop it suddenly: change "
            "over with the prescriber today. Vomiting or a swollen belly needs emergency care."
        ),
        sources=(ER_MONOGRAPHS.at("Exalgo: narrowing of the gut"),),
    ),
    Rule(
        id="DDC-349",
        name="PAMORA with a gut wall at risk",
        when=(takes(PAMORA), has("gut wall at risk")),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.BOWEL,
        because=(
            "A gut wall weakened by inflammation, tumor or diverticula can tear under this drug; deaths were reported."
        ),
        consider=(
            "Consider senna or polyethylene glycol, and ask a specialist first. If it is taken, severe or lasting "
            "belly pain needs emergency care; the opioid goes on."
        ),
        sources=(
            MOVANTIK_CHANGES.at(
                "5.3: infiltrative malignancy, gut surgery, diverticular disease, ischemic colitis, Crohn disease"
            ),
        ),
    ),
    Rule(
        id="DDC-351",
        name="opioid or anticholinergic drug with gastroparesis",
        when=(takes(STOMACH_SLOWING), has("gastroparesis")),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.BOWEL,
        because=(
            "Opioids and anticholinergic drugs slow the stomach further, so fullness, vomiting and poor absorption "
            "follow."
        ),
        consider=(
            "Look for a drug that does not slow the stomach. An opioid is reduced gradually, if at all; long-acting "
            "tablets may act late."
        ),
        sources=(
            EXPERT_MEMORY.at("slowed emptying of the stomach"),
            OURS.at("the severity"),
        ),
    ),
)
