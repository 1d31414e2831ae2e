"""Slowed breathing and sedation: sleep apnea and lung disease, driving, kratom and tianeptine."""

from __future__ import annotations

from medsteward.interactions.also import Also
from medsteward.interactions.places import (
    CDC_2022,
    EXPERT_MEMORY,
    FDA_2019_GABAPENTINOIDS,
    OURS,
    TRAMADOL_BOXED,
)
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.interactions.rules.context import (
    ACUTE_RESPIRATORY,
    BREATHLESSNESS,
    OUD_GOES_ON,
    OUD_UNCLEAR,
    OUD_WITH_SEDATIVE,
    PATCH_TAIL,
)
from medsteward.patient.clauses import StartedWithin, has, takes
from medsteward.patient.groups import (
    CNS_DEPRESSANT,
    GABAPENTINOID,
    OPIOID,
    OPIOID_LIKE,
)

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDC-201",
        name="opioid with sleep apnea",
        when=(
            takes(OPIOID),
            has("sleep apnea"),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.BREATHING,
        because="Opioids reduce the drive to breathe, most of all in sleep.",
        consider=(
            "Mild sleep apnea: titrate carefully and watch closely. Moderate or severe: avoid opioids "
            "whenever possible. Make sure CPAP is used. Offer naloxone. An opioid that is already taken is "
            "reduced gradually, if at all."
        ),
        sources=(CDC_2022.at("CDC 2022 p.21"),),
        variants=(
            OUD_GOES_ON,
            OUD_UNCLEAR,
            BREATHLESSNESS,
        ),
        also=(Also.NALOXONE,),
    ),
    Rule(
        id="DDC-202",
        name="opioid with lung disease",
        when=(
            takes(OPIOID),
            has("copd", "acute respiratory depression"),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.BREATHING,
        because="Opioids can push limited breathing into failure.",
        consider=(
            "Use the lowest dose and watch breathing; severe respiratory depression is a contraindication. "
            "Offer naloxone. An opioid that is already taken is reduced gradually, if at all."
        ),
        sources=(TRAMADOL_BOXED.at("PDR tramadol boxed summary"),),
        variants=(
            ACUTE_RESPIRATORY,
            OUD_GOES_ON,
            OUD_UNCLEAR,
            BREATHLESSNESS,
        ),
        also=(Also.NALOXONE,),
    ),
    Rule(
        id="DDC-203",
        name="gabapentinoid with lung disease",
        when=(
            takes(GABAPENTINOID),
            has("copd"),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.BREATHING,
        because="Gabapentinoids can slow breathing when the lungs are limited.",
        consider="Use the lowest dose; raise it slowly.",
        sources=(FDA_2019_GABAPENTINOIDS.at("FDA 2019"),),
    ),
    Rule(
        id="HAZ-301",
        name="opioid with central sleep apnea",
        when=(
            takes(OPIOID),
            has("central sleep apnea"),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.BREATHING,
        because="Long opioid use can itself cause central sleep apnea, and a CPAP device alone may not correct it.",
        consider=(
            "Consider a sleep study, a gradual dose reduction and the sleep specialist. The opioid is not stopped "
            "suddenly."
        ),
        sources=(EXPERT_MEMORY.at("opioid class labelling and sleep medicine reviews"),),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
        absorbs=("DDC-201",),
    ),
    Rule(
        id="HAZ-302",
        name="driving after a change of sedating medicine",
        when=(
            takes(CNS_DEPRESSANT),
            StartedWithin(CNS_DEPRESSANT, 14),
        ),
        severity=Severity.INFO,
        tier=3,
        hazard=Hazard.DRIVING,
        because="A sedating medicine that was just started, raised or added slows reactions.",
        consider=("Advise not to drive or use machines until the effect is known, and after every rise in dose."),
        sources=(
            EXPERT_MEMORY.at("opioid and sedative labelling on driving"),
            OURS.at("within 14 days"),
        ),
    ),
    Rule(
        id="HAZ-303",
        name="opioid with kratom or tianeptine",
        when=(
            takes(OPIOID, PATCH_TAIL),
            takes(OPIOID_LIKE),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.BREATHING,
        because=(
            "Kratom and tianeptine act like opioids, so sedation and slowed breathing add up, and missing a dose "
            "brings on withdrawal. Products with 7-hydroxymitragynine count as kratom. Tianeptine can cause seizures."
        ),
        consider="Ask the amount without judgment. Reduce gradually under care. Offer naloxone.",
        sources=(EXPERT_MEMORY.at("FDA warnings on kratom and tianeptine"),),
        variants=(OUD_WITH_SEDATIVE, OUD_UNCLEAR),
        also=(Also.NALOXONE,),
    ),
    Rule(
        id="HAZ-304",
        name="kratom or tianeptine",
        when=(takes(OPIOID_LIKE),),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.OVERDOSE,
        because=(
            "Kratom and tianeptine act on opioid receptors; dependence, withdrawal and slowed breathing follow, and "
            "products vary. Tianeptine can cause seizures."
        ),
        consider=(
            "Ask why and how much, without judgment; look for pain, withdrawal or opioid use disorder. Reduce "
            "gradually. Offer naloxone."
        ),
        sources=(EXPERT_MEMORY.at("FDA warnings on kratom and tianeptine"),),
        also=(Also.NALOXONE,),
    ),
)
