"""Constipation, the anticholinergic load and the bowel."""

from __future__ import annotations

from medsteward.interactions.places import (
    BEERS_2023_RECALLED,
    CDC_2022,
    GUIDELINE,
    LABEL,
    MOVANTIK,
    WEST_MIDLANDS,
)
from medsteward.interactions.rule import REASON, Hazard, Rule, Severity, Variant
from medsteward.interactions.rules.context import OBSTRUCTION_PALLIATIVE
from medsteward.patient.clauses import (
    DayMme,
    InHospice,
    NaloxoneOnHand,
    Palliative,
    TakesSeveral,
    either,
    has,
    takes,
    unless,
)
from medsteward.patient.groups import (
    ALCOHOL,
    ANTICHOLINERGIC,
    BARBITURATE,
    BENZODIAZEPINE,
    BULK_LAXATIVE,
    CARISOPRODOL_OR_MEPROBAMATE,
    ERENUMAB,
    GABAPENTINOID,
    LAXATIVE,
    LUBIPROSTONE,
    METHADONE,
    MUSCLE_RELAXANT,
    OPIOID,
    OPIOID_OR_PAMORA,
    RESCUE,
    Z_DRUG,
)

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDI-140",
        name="opioid with anticholinergic",
        when=(
            takes(OPIOID),
            takes(ANTICHOLINERGIC),
        ),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.ANTICHOLINERGIC,
        because="Together they cause constipation, ileus and urinary retention.",
        consider="Keep up the bowel regimen; reduce the anticholinergic where possible.",
        sources=(LABEL.at("opioid class label"),),
    ),
    Rule(
        id="DDI-141",
        name="opioid without a bowel regimen",
        when=(
            takes(OPIOID),
            unless(takes(LAXATIVE)),
            unless(has("diarrhea", "ileostomy", "gastrointestinal obstruction")),
        ),
        severity=Severity.MINOR,
        tier=3,
        hazard=Hazard.CONSTIPATION,
        because="Opioids slow the bowel for as long as they are taken; constipation does not wear off.",
        consider="Offer senna, with polyethylene glycol if needed, from the first day of a scheduled opioid.",
        sources=(
            CDC_2022.at("constipation"),
            WEST_MIDLANDS.at("bowel regimen from the first day of an opioid"),
        ),
    ),
    Rule(
        id="DDI-142",
        name="opioid with bulk laxative",
        when=(
            takes(OPIOID),
            takes(BULK_LAXATIVE),
        ),
        severity=Severity.MINOR,
        tier=3,
        hazard=Hazard.CONSTIPATION,
        because="Bulk can impact when the bowel is slowed.",
        consider="Change to an osmotic or stimulant laxative.",
        sources=(GUIDELINE.at("guideline"),),
    ),
    Rule(
        id="DDI-143",
        name="methadone with lubiprostone",
        when=(
            takes(METHADONE),
            takes(LUBIPROSTONE),
        ),
        severity=Severity.MINOR,
        tier=3,
        hazard=Hazard.CONSTIPATION,
        because="Methadone blocks the effect of lubiprostone.",
        consider="Choose another laxative.",
        sources=(LABEL.at("Amitiza label"),),
    ),
    Rule(
        id="DDI-144",
        name="opioid with erenumab",
        when=(
            takes(OPIOID),
            takes(ERENUMAB),
        ),
        severity=Severity.MINOR,
        tier=3,
        hazard=Hazard.CONSTIPATION,
        because="Erenumab and the opioid both slow the bowel, and constipation can become severe.",
        consider=(
            "Offer a laxative early and ask about stools at each visit; consider another preventive if it persists."
        ),
        sources=(LABEL.at("label"),),
    ),
    Rule(
        id="DDI-145",
        name="several anticholinergics",
        when=(TakesSeveral(ANTICHOLINERGIC, 2),),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.ANTICHOLINERGIC,
        because="The anticholinergic effects add up: confusion, constipation, retention.",
        consider="Review which is needed; reduce one at a time.",
        sources=(BEERS_2023_RECALLED.at("Beers 2023"),),
    ),
    Rule(
        id="DDC-265",
        name="opioid or PAMORA with bowel obstruction",
        when=(
            takes(OPIOID_OR_PAMORA),
            has("gastrointestinal obstruction"),
        ),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.BOWEL,
        because="An opioid or PAMORA in a blocked bowel can let the wall tear or stay blocked.",
        consider=(
            "Neither is to be started. If an opioid is already taken, call a surgeon or the palliative team today. "
            "It is not stopped suddenly; a patch or injection may replace it."
        ),
        sources=(MOVANTIK.at("Movantik label"),),
        variants=(OBSTRUCTION_PALLIATIVE,),
    ),
    Rule(
        id="GAP-001",
        name="naloxone not on the list",
        when=(
            takes(OPIOID),
            either(
                DayMme(50),
                takes(BENZODIAZEPINE),
                takes(Z_DRUG),
                takes(GABAPENTINOID),
                takes(MUSCLE_RELAXANT),
                takes(CARISOPRODOL_OR_MEPROBAMATE),
                takes(ALCOHOL),
                takes(BARBITURATE),
                has(
                    "alcohol use",
                    "prior overdose",
                    "substance use disorder",
                    "opioid use disorder",
                    "opioid use disorder in remission",
                    "alcohol use disorder",
                    "sleep apnea",
                    "copd",
                    "lost opioid tolerance",
                ),
            ),
            unless(NaloxoneOnHand(RESCUE)),
            unless(InHospice()),
        ),
        severity=Severity.INFO,
        tier=2,
        hazard=Hazard.OVERDOSE,
        because=f"Reason found: {REASON}. Naloxone can reverse an opioid overdose, and none is on the list.",
        consider="Offer naloxone today, and show the household how to use it. Name the reason in the record.",
        sources=(
            CDC_2022.at(
                "CDC 2022 p.20 list: overdose history, SUD, sleep-disordered breathing, >=50 MME/day, "
                "benzodiazepine, lost tolerance"
            ),
        ),
        variants=(Variant(Palliative(), add="In palliative care ask about goals first."),),
    ),
)
