"""Heavy drinking, eating disorders, suicidality and serotonin toxicity in the past; how CYP2D6 works in the patient."""

from __future__ import annotations

from medsteward.interactions.places import (
    BUPROPION_LABEL,
    CPIC_2021,
    DULOXETINE_LABEL,
    EXPERT_MEMORY,
    OURS,
)
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.patient.clauses import either, has, takes
from medsteward.patient.groups import ALCOHOL, BUPROPION, CODEINE_OR_TRAMADOL, DULOXETINE
from medsteward.patient.groups_of_conditions import ANTIEPILEPTIC, RAISES_SEROTONIN, TOPIRAMATE_ER

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDC-296",
        name="codeine or tramadol in an ultrarapid metabolizer",
        when=(takes(CODEINE_OR_TRAMADOL), has("CYP2D6 ultrarapid metabolizer")),
        severity=Severity.CONTRAINDICATED,
        tier=2,
        hazard=Hazard.BREATHING,
        because="Ultrarapid metabolizers turn the drug into its strong form quickly: overdose at usual doses.",
        consider=(
            "Not to be started. Consider morphine, hydromorphone or a non-opioid; oxycodone and hydrocodone use CYP2D6 "
            "too. If it is already taken, look for sleepiness today and change over with the prescriber."
        ),
        sources=(
            CPIC_2021,
            EXPERT_MEMORY.at("boxed warnings of codeine and tramadol: ultrarapid metabolizers"),
        ),
    ),
    Rule(
        id="DDC-297",
        name="codeine or tramadol in a poor metabolizer",
        when=(takes(CODEINE_OR_TRAMADOL), has("CYP2D6 poor metabolizer")),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.ACTIVATION,
        because="Poor metabolizers get little or no relief from codeine or tramadol.",
        consider="Consider another analgesic rather than a higher dose.",
        sources=(
            CPIC_2021,
            EXPERT_MEMORY.at("poor metabolizers and tramadol"),
        ),
    ),
    Rule(
        id="DDC-298",
        name="bupropion with an eating disorder or alcohol withdrawal",
        when=(takes(BUPROPION), has("eating disorder", "alcohol withdrawal")),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.SEIZURE,
        because="Bulimia, anorexia and sudden alcohol withdrawal make seizures with bupropion likely.",
        consider=(
            "Not to be started. If it is already taken, call the prescriber today. Someone who drinks heavily does "
            "not stop alcohol suddenly."
        ),
        sources=(BUPROPION_LABEL.at("contraindications"),),
        absorbs=("DDC-304",),
    ),
    Rule(
        id="DDC-304",
        name="bupropion with heavy drinking",
        when=(takes(BUPROPION), has("alcohol use disorder", "alcohol use")),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.SEIZURE,
        because=(
            "Bupropion lowers the seizure threshold, and a sudden end of heavy drinking then makes a seizure likely."
        ),
        consider=(
            "Ask how much is drunk and about seizures in past withdrawal. Consider another drug if drinking is heavy. "
            "Do not stop alcohol suddenly without help."
        ),
        sources=(EXPERT_MEMORY.at("bupropion label: excessive use of alcohol as a risk factor"),),
    ),
    Rule(
        id="DDC-299",
        name="duloxetine with heavy drinking",
        when=(takes(DULOXETINE), has("alcohol use", "alcohol use disorder")),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.LIVER,
        because="Duloxetine with heavy drinking can injure the liver; the label says not to prescribe it then.",
        consider=(
            "Consider another drug for pain or depression. If it is already taken, taper it and check liver tests."
        ),
        sources=(DULOXETINE_LABEL.at("5.2: hepatotoxicity"),),
    ),
    Rule(
        id="DDC-300",
        name="topiramate ER with alcohol",
        when=(takes(TOPIRAMATE_ER), either(takes(ALCOHOL), has("alcohol use", "alcohol use disorder"))),
        severity=Severity.CONTRAINDICATED,
        tier=2,
        hazard=Hazard.RAISED_LEVEL,
        because="The extended-release capsule must not be taken within 6 hours of alcohol.",
        consider=(
            "Consider immediate-release topiramate or another drug; topiramate that is taken is not stopped suddenly."
        ),
        sources=(EXPERT_MEMORY.at("Trokendi XR label"),),
    ),
    Rule(
        id="DDC-352",
        name="serotonergic drug after serotonin toxicity",
        when=(takes(RAISES_SEROTONIN), has("serotonin syndrome")),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.SEROTONIN,
        because=(
            "After serotonin toxicity, a drug that raises serotonin can bring it back, most of all with a second one."
        ),
        consider=(
            "Ask which drugs caused it. Consider keeping to one such drug at a low dose, and teach the signs: "
            "agitation, sweating, tremor, fever. Antidepressants and opioids are tapered, not stopped suddenly."
        ),
        sources=(
            EXPERT_MEMORY.at("serotonin toxicity comes back"),
            OURS.at("the severity"),
        ),
    ),
    Rule(
        id="HAZ-354",
        name="antiepileptic or gabapentinoid with suicidality",
        when=(takes(ANTIEPILEPTIC), has("suicidality")),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.SELF_HARM,
        because="All antiepileptics carry a class warning for suicidal thoughts.",
        consider=("Ask about mood at each visit; keep supplies small. A drug for seizures is not stopped suddenly."),
        sources=(EXPERT_MEMORY.at("FDA class warning of 2008"),),
    ),
)
