"""What reaches the breastfed child."""

from __future__ import annotations

from medsteward.interactions.places import CDC_2022, EXPERT_MEMORY
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.patient.clauses import has, takes
from medsteward.patient.groups_of_conditions import BUPRENORPHINE_OR_METHADONE, OPIOID_IN_MILK, SEDATIVE_IN_MILK

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDC-319",
        name="opioid while breastfeeding",
        when=(takes(OPIOID_IN_MILK), has("breastfeeding")),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.INFANT,
        because="Opioids reach breast milk; oxycodone and hydrocodone have made babies sleepy.",
        consider=(
            "A new opioid: consider the lowest dose for a few days, and feeding before the dose. A long-term opioid is "
            "not stopped suddenly: ask the care team. Teach the signs: sleepy, hard to wake, poor feeding."
        ),
        sources=(
            EXPERT_MEMORY.at("opioids in milk, as LactMed describes them"),
            CDC_2022.at("breastfeeding"),
        ),
    ),
    Rule(
        id="DDC-320",
        name="buprenorphine or methadone while breastfeeding",
        when=(takes(BUPRENORPHINE_OR_METHADONE), has("breastfeeding")),
        severity=Severity.INFO,
        tier=3,
        hazard=Hazard.SAFEGUARD,
        because="Breastfeeding is encouraged during treatment of opioid use disorder if the mother is stable.",
        consider="Treatment goes on; support feeding and watch the baby for sedation.",
        sources=(
            CDC_2022.at("breastfeeding during treatment"),
            EXPERT_MEMORY.at("SAMHSA advice"),
        ),
    ),
    Rule(
        id="DDC-321",
        name="sedative while breastfeeding",
        when=(takes(SEDATIVE_IN_MILK), has("breastfeeding")),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.INFANT,
        because="These drugs reach milk and can make the baby sleepy.",
        consider=(
            "Consider the lowest dose and a short-acting drug, and watch the baby. A drug taken for long is not "
            "stopped suddenly."
        ),
        sources=(EXPERT_MEMORY.at("sedatives in milk, as LactMed describes them"),),
    ),
)
