"""Little reserve: frailty, low blood pressure, weak breathing muscles, a curved spine, an overdose in the past."""

from __future__ import annotations

from medsteward.interactions.places import (
    DIAZEPAM_LABEL,
    EXPERT_MEMORY,
    FDA_2025_OPIOIDS,
    MHRA_2021,
    OXYCODONE_LABEL,
    XYLAZINE_WARNING,
)
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.interactions.rules.context import OUD_GOES_ON, OUD_UNCLEAR
from medsteward.patient.clauses import either, has, takes
from medsteward.patient.groups import OPIOID
from medsteward.patient.groups_of_conditions import (
    BREATHING_MUSCLE_DRUG,
    DIAZEPAM,
    NOT_REVERSED_BY_NALOXONE,
    RESCUE_NALOXONE,
)

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDC-288",
        name="opioid with frailty or wasting",
        when=(takes(OPIOID), has("frailty or wasting")),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.BREATHING,
        because=(
            "People who are frail or have lost much weight clear opioids differently and have little breathing reserve."
        ),
        consider=(
            "Consider a lower first dose and non-opioids, and watch closely at each rise. An opioid that is already "
            "taken is not stopped suddenly."
        ),
        sources=(OXYCODONE_LABEL.at("5.7: elderly, cachectic or debilitated patients"),),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="DDC-289",
        name="opioid with low blood pressure",
        when=(takes(OPIOID), has("hypotension")),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.LOW_PRESSURE,
        because=(
            "Opioids widen blood vessels and can lower blood pressure severely; the label says to avoid them in shock."
        ),
        consider=(
            "Correct fluid loss first, consider small doses while sitting or lying, and check blood pressure. An "
            "opioid that is already taken is not stopped suddenly."
        ),
        sources=(OXYCODONE_LABEL.at("5.9: severe hypotension"),),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="DDC-290",
        name="opioid, benzodiazepine or gabapentinoid with weak breathing muscles",
        when=(takes(BREATHING_MUSCLE_DRUG), has("neuromuscular disease")),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.BREATHING,
        because="Weak breathing muscles cannot make up for slowed breathing.",
        consider=(
            "Consider the lowest dose, watch carbon dioxide or sleepiness, and ask the neurologist. A drug that is "
            "taken for long is reduced gradually, if at all, and never stopped suddenly."
        ),
        sources=(
            MHRA_2021.at("pregabalin: neurological disease, compromised respiratory function"),
            EXPERT_MEMORY.at("codeine and tramadol labels: neuromuscular disease"),
        ),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="DDC-335",
        name="diazepam with myasthenia gravis",
        when=(takes(DIAZEPAM), has("myasthenia gravis")),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.BREATHING,
        because=(
            "Diazepam relaxes muscles that are already weak in myasthenia gravis, and breathing can fail; its label "
            "forbids it."
        ),
        consider=(
            "Not to be started. If it is already taken, do not stop it suddenly: call the neurologist today, watch "
            "breathing and plan a taper."
        ),
        sources=(DIAZEPAM_LABEL.at("contraindications"),),
        absorbs=("DDC-290",),
    ),
    Rule(
        id="DDC-350",
        name="opioid with kyphoscoliosis",
        when=(takes(OPIOID), has("kyphoscoliosis")),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.BREATHING,
        because="A strongly curved spine leaves little room to breathe, so an opioid slows breathing sooner.",
        consider=(
            "Start low, raise slowly and watch sleepiness. A dose that is already taken stays unless breathing "
            "suffers; any reduction is gradual."
        ),
        sources=(EXPERT_MEMORY.at("older special-risk wording of opioid labels"),),
    ),
    Rule(
        id="HAZ-356",
        name="brain harm that shows late after an overdose",
        when=(takes(OPIOID), has("prior overdose")),
        severity=Severity.INFO,
        tier=3,
        hazard=Hazard.OVERDOSE,
        because="After an overdose with little oxygen a delayed disease of the brain can appear days later.",
        consider="After any overdose keep watching memory, balance and behavior for weeks.",
        sources=(FDA_2025_OPIOIDS.at("toxic leukoencephalopathy after overdose"),),
    ),
    Rule(
        id="HAZ-357",
        name="naloxone beside what it does not reverse",
        when=(
            takes(RESCUE_NALOXONE),
            either(takes(NOT_REVERSED_BY_NALOXONE), has("xylazine exposure", "alcohol use", "alcohol use disorder")),
        ),
        severity=Severity.INFO,
        tier=3,
        hazard=Hazard.SAFEGUARD,
        because="Naloxone reverses the opioid alone; breathing may still be weak from the other substance.",
        consider="Teach the household to give rescue breaths and to call for help even after naloxone works.",
        sources=(XYLAZINE_WARNING,),
    ),
)
