"""Duplicate opioids, antagonists and precipitated withdrawal."""

from __future__ import annotations

from medsteward.interactions.places import (
    CDC_2022,
    CONTRAVE,
    EXPERT_MEMORY,
    HOSKIN_1991,
    LABEL,
    LABEL_SECTIONS,
    LYBALVI,
    MOVANTIK,
    NALOXONE_VALUE_SET,
    NALTREXONE_MONOGRAPHS,
    ZOLA_1983,
)
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.interactions.rules.context import (
    ADDED_TO_BUPRENORPHINE,
    BEFORE_BUPRENORPHINE,
    DELIBERATE_BUPRENORPHINE,
    FENTANYL_LINGERS,
    NALTREXONE_LASTS,
    NEW_START_DAYS,
    OPIOID_FREE,
    OPIOID_FREE_LONG,
    OPIOID_FREE_SAMIDORPHAN,
    OUD_GOES_ON,
    OUD_UNCLEAR,
    PLANNED_SWITCH,
)
from medsteward.patient.clauses import BegunBefore, Each, TakesSeveral, either, has, takes, unless
from medsteward.patient.groups import (
    BUPRENORPHINE,
    BUPRENORPHINE_OR_MIXED,
    ER_OPIOID,
    FULL_AGONIST,
    IR_OPIOID,
    MIXED_OPIOID,
    NALTREXONE,
    OPIOID,
    PAMORA,
    PAMORA_OR_NALTREXONE,
    SAFE_NALOXONE,
    SAMIDORPHAN,
)
from medsteward.patient.groups_of_pairs import ILLICIT_OPIOID

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDI-030",
        name="two long-acting opioids",
        when=(TakesSeveral(ER_OPIOID, 2, Each.INGREDIENT_OR_PRESCRIBER),),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.DUPLICATION,
        because=("Two long-acting opioids stack up, often through a switch in which the first was left on the list."),
        consider=(
            "Confirm whether this is a switch or a duplicate. If it is a duplicate, choose one; the other is "
            "converted or tapered with care."
        ),
        sources=(
            LABEL.at("opioid label"),
            EXPERT_MEMORY.at("PDMP practice"),
        ),
        variants=(
            PLANNED_SWITCH,
            OUD_GOES_ON,
            OUD_UNCLEAR,
        ),
    ),
    Rule(
        id="DDI-031",
        name="two short-acting opioids",
        when=(TakesSeveral(IR_OPIOID, 2, Each.INGREDIENT_OR_PRESCRIBER),),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.DUPLICATION,
        because="Two short-acting opioids, or one from two prescribers, stack up.",
        consider="Agree on one of them and one prescriber; look at the PDMP.",
        sources=(EXPERT_MEMORY.at("PDMP practice"),),
        variants=(PLANNED_SWITCH,),
    ),
    Rule(
        id="DDI-033",
        name="naltrexone with a full opioid agonist",
        when=(
            takes(FULL_AGONIST, OPIOID_FREE),
            takes(NALTREXONE, NALTREXONE_LASTS),
        ),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.WITHDRAWAL,
        because=(
            "Naltrexone forces the opioid off its receptors: sudden severe withdrawal, no pain relief, and "
            "overdose when the block is overcome (Contrave and low doses included)."
        ),
        consider=(
            "Do not start naltrexone until 7 to 10 days after the last opioid, longer after methadone. If "
            "both are taken now: hold naltrexone, treat withdrawal, and plan with both prescribers. The opioid is not "
            "stopped suddenly."
        ),
        sources=(
            LABEL_SECTIONS.at(
                "naltrexone tablets and Vivitrol labels section 4: opioid analgesics, opioid agonist or "
                "buprenorphine maintenance"
            ),
            CDC_2022.at("CDC 2022 p.27: 7-10 days opioid-free"),
            CONTRAVE.at("Contrave table"),
        ),
    ),
    Rule(
        id="DDI-034",
        name="mixed agonist-antagonist with a full opioid agonist",
        when=(
            takes(FULL_AGONIST),
            takes(MIXED_OPIOID),
        ),
        severity=Severity.MAJOR,
        tier=1,
        hazard=Hazard.WITHDRAWAL,
        because=(
            "Nalbuphine, butorphanol and pentazocine block part of the opioid effect, so withdrawal and pain "
            "can follow."
        ),
        consider=(
            "Consider a full agonist or a non-opioid instead. If both were given, treat withdrawal and give "
            "no more of the mixed opioid."
        ),
        sources=(
            LABEL_SECTIONS.at("methadone label section 7: avoid butorphanol, nalbuphine, pentazocine, buprenorphine"),
            HOSKIN_1991,
        ),
    ),
    Rule(
        id="DDI-035",
        name="buprenorphine with a full opioid agonist",
        when=(
            takes(FULL_AGONIST, BEFORE_BUPRENORPHINE),
            takes(BUPRENORPHINE),
        ),
        severity=Severity.MAJOR,
        tier=1,
        hazard=Hazard.WITHDRAWAL,
        because=(
            "Buprenorphine binds tighter than a full opioid: started on top of it, it can bring on "
            "withdrawal; added later, the full opioid works less."
        ),
        consider=(
            "Start only after withdrawal has begun, or by a low-dose overlap. That is 8 to 12 hours after a "
            "short-acting and 12 to 24 after a long-acting opioid, longer after methadone or fentanyl. "
            "Around surgery established buprenorphine goes on."
        ),
        sources=(
            LABEL_SECTIONS.at("methadone label section 7 (avoid)"),
            CDC_2022.at(
                "CDC 2022 p.17: wait 8-12 h after short-acting, 12-24 h after ER/LA, longer after methadone, or "
                "low-dose start"
            ),
            ZOLA_1983.at("Zola 1983 grouping"),
        ),
        variants=(
            ADDED_TO_BUPRENORPHINE,
            DELIBERATE_BUPRENORPHINE,
            FENTANYL_LINGERS,
        ),
        absorbs=("HAZ-353",),
    ),
    Rule(
        id="HAZ-353",
        name="buprenorphine start after illegally made opioids",
        when=(
            takes(BUPRENORPHINE),
            either(takes(ILLICIT_OPIOID), has("illicit opioid use")),
            unless(BegunBefore(BUPRENORPHINE, NEW_START_DAYS)),
        ),
        severity=Severity.INFO,
        tier=2,
        hazard=Hazard.WITHDRAWAL,
        because=(
            "Illegally made fentanyl lingers in fat, so buprenorphine started by the clock can bring on sudden "
            "withdrawal."
        ),
        consider=(
            "Consider a start at clear withdrawal (COWS 13 or more) or with a low-dose overlap; offer clonidine or "
            "lofexidine, and reassure. Treatment goes on."
        ),
        sources=(EXPERT_MEMORY.at("SAMHSA and ASAM advice on starts after fentanyl"),),
    ),
    Rule(
        id="DDI-036",
        name="naltrexone with buprenorphine or a mixed opioid",
        when=(
            takes(BUPRENORPHINE_OR_MIXED, OPIOID_FREE_LONG),
            takes(NALTREXONE, NALTREXONE_LASTS),
        ),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.WITHDRAWAL,
        because="Naltrexone forces buprenorphine or the mixed opioid off its receptors: withdrawal within minutes.",
        consider=(
            "Wait 7 to 14 days after the last dose before naltrexone. If both are taken, hold naltrexone and "
            "treat withdrawal; buprenorphine for opioid use disorder goes on."
        ),
        sources=(
            LABEL_SECTIONS.at("naltrexone label section 4 names buprenorphine"),
            NALTREXONE_MONOGRAPHS.at("naltrexone"),
        ),
    ),
    Rule(
        id="DDI-037",
        name="samidorphan with any opioid",
        when=(
            takes(OPIOID, OPIOID_FREE_SAMIDORPHAN),
            takes(SAMIDORPHAN),
        ),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.WITHDRAWAL,
        because="Samidorphan in Lybalvi blocks opioid receptors: withdrawal within minutes and no pain relief.",
        consider=(
            "Consider olanzapine alone; Lybalvi not until 7 days after a short-acting and 14 days after a "
            "long-acting opioid. If Lybalvi is already taken, ask the prescriber today; the opioid "
            "is not stopped suddenly for it."
        ),
        sources=(
            LYBALVI.at("Lybalvi label section 4: patients using opioids or in acute opioid withdrawal"),
            EXPERT_MEMORY.at("the 7/14-day interval recalled"),
        ),
    ),
    Rule(
        id="DDI-038",
        name="PAMORA with naltrexone or a second PAMORA",
        when=(
            takes(PAMORA),
            takes(PAMORA_OR_NALTREXONE),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.WITHDRAWAL,
        because="The block of opioid receptors adds up and can bring on withdrawal.",
        consider="Avoid; choose one PAMORA.",
        sources=(MOVANTIK.at("PDR Movantik (alvimopan/other antagonists)"),),
    ),
    Rule(
        id="DDI-039",
        name="naloxone for rescue or within a product",
        when=(
            takes(OPIOID),
            takes(SAFE_NALOXONE),
        ),
        severity=Severity.NONE,
        tier=0,
        hazard=Hazard.SAFEGUARD,
        because=(
            "Naloxone for rescue protects; naloxone within buprenorphine or pentazocine products is hardly "
            "absorbed by mouth."
        ),
        consider="No alarm. Check that the household knows where rescue naloxone is and when it expires.",
        sources=(NALOXONE_VALUE_SET.at("design rule from naloxone value set contents"),),
    ),
)
