"""The same medicine twice, and what only looks like it."""

from __future__ import annotations

from medsteward.interactions.places import EXPERT_MEMORY, LABEL, OURS
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.interactions.rules.context import OUD_GOES_ON, OUD_UNCLEAR, PLANNED_SWITCH
from medsteward.patient.clauses import Each, TakesSeveral, Within, takes
from medsteward.patient.groups import ER_OPIOID, OPIOID, RENEWED
from medsteward.patient.groups_of_levels import MEDICINE_NOT_OPIOID, TRICYCLIC_RELAXANT_OR_ANTIHISTAMINE

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDI-210",
        name="the same long-acting opioid twice",
        when=(TakesSeveral(ER_OPIOID, 2, Each.LINE_OR_PRESCRIBER, Within.INGREDIENT),),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.DUPLICATION,
        because="The same long-acting opioid is on the list twice; if both are taken the dose is doubled.",
        consider=(
            "Ask which line is current. If one is old, end it on the list. If both are taken, add up the "
            "dose and watch breathing; neither is stopped suddenly."
        ),
        sources=(LABEL.at("opioid label"), EXPERT_MEMORY.at("practice")),
        variants=(PLANNED_SWITCH, OUD_GOES_ON, OUD_UNCLEAR),
        absorbs=("DDI-030", "DDI-300"),
    ),
    Rule(
        id="DDI-211",
        name="a prescription that renews another",
        when=(takes(RENEWED),),
        severity=Severity.INFO,
        tier=3,
        hazard=Hazard.SAFEGUARD,
        because="A renewal of the same prescription, not a second medicine.",
        consider="No alarm; count the days once.",
        sources=(OURS.at("a start within 7 days of the end of the same prescription"),),
    ),
    Rule(
        id="DDI-212",
        name="the same medicine from two prescribers",
        when=(TakesSeveral(MEDICINE_NOT_OPIOID, 2, Each.PRESCRIBER, Within.INGREDIENT),),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.DUPLICATION,
        because="The same medicine is on the list twice; if both are taken the dose is doubled.",
        consider=(
            "Ask which line is current and correct the list; otherwise add up the daily dose against its "
            "limit. Neither is stopped suddenly."
        ),
        sources=(OURS.at("one ingredient from two prescribers; see the dose limits"),),
        absorbs=("DDI-300",),
    ),
    Rule(
        id="DDI-213",
        name="two tricyclics, muscle relaxants or sedating antihistamines",
        when=(TakesSeveral(TRICYCLIC_RELAXANT_OR_ANTIHISTAMINE, 2, Each.INGREDIENT, Within.CLASS),),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.DUPLICATION,
        because="Two medicines of the same kind add side effects without added benefit.",
        consider="Consider choosing one. A tricyclic, baclofen or carisoprodol is tapered, not stopped suddenly.",
        sources=(EXPERT_MEMORY.at("class duplication"),),
    ),
    Rule(
        id="DDI-214",
        name="a long-acting opioid with the same for breakthrough pain",
        when=(TakesSeveral(OPIOID, 2, Each.RELEASE, Within.INGREDIENT),),
        severity=Severity.INFO,
        tier=3,
        hazard=Hazard.SAFEGUARD,
        because=(
            "A long-acting opioid with the same short-acting one for breakthrough pain is expected, not a duplicate."
        ),
        consider="No alarm; both count in the daily MME.",
        sources=(EXPERT_MEMORY.at("practice"),),
    ),
)
