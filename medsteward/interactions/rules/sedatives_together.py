"""Slowed breathing and sedation: several sedatives, oxybate, alcohol, and milder ones beside an opioid."""

from __future__ import annotations

from medsteward.interactions.also import Also
from medsteward.interactions.places import (
    BEERS_2023,
    CDC_2022_REC_11,
    EXPERT_MEMORY,
    FDA_2019_GABAPENTINOIDS,
    LABEL,
    LABEL_SECTIONS,
    LUCEMYRA,
    OURS,
    PREGABALIN_TEXT,
    XYREM_LABEL,
)
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.interactions.rules.context import (
    OUD_UNCLEAR,
    OUD_WITH_SEDATIVE,
    PALLIATIVE_SEDATION,
    PATCH_TAIL,
    STACK_INTERRUPTS,
    TAPER_EXPECTED,
)
from medsteward.patient.clauses import Each, TakesSeveral, either, has, takes
from medsteward.patient.groups import (
    ALCOHOL,
    ALPHA2,
    BENZODIAZEPINE,
    CANNABINOID,
    GABA_SEDATIVE,
    GABAPENTIN,
    GABAPENTINOID,
    HYPNOTIC,
    MILD_SEDATIVE,
    OPIOID,
    OPIOID_OR_OTHER_BENZODIAZEPINE,
    OXYBATE,
    PREGABALIN,
    SAID_TWICE,
    SEDATING_ANTIDEPRESSANT,
    SEDATIVE_NOT_OPIOID,
    Z_DRUG,
)

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDI-012",
        name="sodium oxybate with opioid or benzodiazepine",
        when=(
            takes(OPIOID_OR_OTHER_BENZODIAZEPINE, PATCH_TAIL),
            takes(OXYBATE),
        ),
        severity=Severity.MAJOR,
        tier=1,
        hazard=Hazard.BREATHING,
        because="Profound sedation and slowed breathing.",
        consider=(
            "Avoid the pair. If both are needed, reduce the dose of one gradually. For a short opioid course, "
            "such as after surgery, consider interrupting oxybate."
        ),
        sources=(
            XYREM_LABEL.at(
                "Xyrem label 5.1 (FDA text 2020): opioids, benzodiazepines and other CNS depressants are a "
                "warning with dose reduction, not a contraindication"
            ),
        ),
        absorbs=("DDI-014",),
    ),
    Rule(
        id="DDI-013",
        name="sodium oxybate with hypnotic or alcohol",
        when=(
            takes(OXYBATE),
            takes(HYPNOTIC),
        ),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.BREATHING,
        because="Coma and slowed breathing.",
        consider=(
            "Do not start one with the other. Ask the prescriber of oxybate; a sedative taken for long is "
            "tapered, and oxybate is held meanwhile."
        ),
        sources=(
            LABEL_SECTIONS.at(
                "Xyrem label section 4: sedative hypnotics and alcohol (class wording; which drugs are hypnotics "
                "is our mapping)"
            ),
            XYREM_LABEL.at(
                "Xyrem label section 4: sedative hypnotics and alcohol (class wording; which drugs are hypnotics "
                "is our mapping)"
            ),
        ),
    ),
    Rule(
        id="DDI-014",
        name="opioid with several sedatives",
        when=(
            takes(OPIOID, PATCH_TAIL),
            TakesSeveral(SEDATIVE_NOT_OPIOID, 2, Each.CLASS),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.BREATHING,
        because="Several sedatives with an opioid add up to slowed breathing, overdose and falls.",
        consider=(
            "Look at every sedative on the list and reduce the easiest first, one at a time and gradually; "
            "none is stopped at once. Offer naloxone."
        ),
        sources=(
            CDC_2022_REC_11.at("CDC rec 11"),
            BEERS_2023.at("Beers >=3 CNS-active"),
        ),
        variants=(
            STACK_INTERRUPTS,
            OUD_WITH_SEDATIVE,
            OUD_UNCLEAR,
            PALLIATIVE_SEDATION,
        ),
        absorbs=(
            "DDI-146",
            "DDI-151",
            "DDI-001",
            "DDI-002",
            "DDI-003",
            "DDI-004",
            "DDI-005",
            "DDI-007",
            "DDI-008",
            "DDI-009",
            "DDI-010",
            "DDI-011",
            "DDI-015",
            "DDI-016",
            "DDI-018",
            "DDI-019",
            "DDI-020",
            "DDI-022",
            "DDC-234",
            "DDC-235",
            "DDC-236",
        ),
        also=(Also.NALOXONE,),
    ),
    Rule(
        id="DDI-015",
        name="benzodiazepine with gabapentinoid",
        when=(
            takes(BENZODIAZEPINE),
            takes(GABAPENTINOID),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.BREATHING,
        because="Together they add to sedation and slowed breathing.",
        consider="Keep both at the lowest dose that works; reduce either one gradually.",
        sources=(FDA_2019_GABAPENTINOIDS.at("FDA 2019 names benzodiazepines"),),
    ),
    Rule(
        id="DDI-016",
        name="benzodiazepine with Z-drug",
        when=(
            takes(BENZODIAZEPINE),
            takes(Z_DRUG),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.BREATHING,
        because="Two drugs that act on the same receptor: sedation, falls, complex behaviour in sleep.",
        consider="Choose one of the two and taper the other gradually.",
        sources=(EXPERT_MEMORY.at("class duplication"),),
    ),
    Rule(
        id="DDI-017",
        name="gabapentin with pregabalin",
        when=(
            takes(GABAPENTIN),
            takes(PREGABALIN),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.DUPLICATION,
        because="The same mechanism twice; no benefit of adding one to the other is known.",
        consider="Choose one and change over gradually.",
        sources=(PREGABALIN_TEXT.at("no data for combination (Maxgalin text: not studied)"),),
    ),
    Rule(
        id="DDI-300",
        name="the same prescription on several lines",
        when=(takes(SAID_TWICE),),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.DUPLICATION,
        because=(
            "The same drug, product and directions stand on two or more lines. Either it is one prescription that was "
            "renewed or reported again, or all of them are taken and the amounts add up."
        ),
        consider="Ask the patient which are taken, and correct the list, so that each stands on it once.",
        sources=(OURS.at("lines of one product with the same directions, active on one day"),),
    ),
    Rule(
        id="DDI-018",
        name="opioid with cannabinoid",
        when=(
            takes(OPIOID, PATCH_TAIL),
            takes(CANNABINOID),
        ),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.BREATHING,
        because="Together they add to sedation.",
        consider="Advise on sedation and driving.",
        sources=(EXPERT_MEMORY.at("class"),),
        variants=(OUD_WITH_SEDATIVE, OUD_UNCLEAR),
        also=(Also.NALOXONE,),
    ),
    Rule(
        id="DDI-019",
        name="opioid with tricyclic, mirtazapine or trazodone",
        when=(
            takes(OPIOID, PATCH_TAIL),
            takes(SEDATING_ANTIDEPRESSANT),
        ),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.BREATHING,
        because="Together they add to sedation and constipation; some opioids also act on serotonin.",
        consider="Usually acceptable with monitoring; keep a tricyclic at a low dose.",
        sources=(LABEL.at("label"),),
        variants=(OUD_WITH_SEDATIVE, OUD_UNCLEAR),
        also=(Also.NALOXONE,),
    ),
    Rule(
        id="DDI-020",
        name="opioid with alpha-2 agonist",
        when=(
            takes(OPIOID, PATCH_TAIL),
            takes(ALPHA2),
        ),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.LOW_PRESSURE,
        because="Together they add to sedation, low blood pressure and slow pulse.",
        consider="Check blood pressure and pulse, sitting and standing. Clonidine is reduced gradually.",
        sources=(LUCEMYRA.at("Lucemyra label"),),
        variants=(TAPER_EXPECTED,),
    ),
    Rule(
        id="DDI-021",
        name="benzodiazepine, Z-drug or barbiturate with alcohol",
        when=(
            takes(GABA_SEDATIVE),
            either(takes(ALCOHOL), has("alcohol use")),
        ),
        severity=Severity.MAJOR,
        tier=1,
        hazard=Hazard.OVERDOSE,
        because="Alcohol on top of these drugs slows breathing and causes blackouts.",
        consider=(
            "Advise no alcohol. Someone who drinks daily needs help to cut down safely; the sedative is not "
            "stopped at once."
        ),
        sources=(LABEL.at("label"),),
    ),
    Rule(
        id="DDI-022",
        name="gabapentinoid, muscle relaxant or orexin antagonist with alcohol",
        when=(
            takes(MILD_SEDATIVE),
            either(takes(ALCOHOL), has("alcohol use")),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.BREATHING,
        because="Alcohol adds to sedation and impairment.",
        consider="Advise against alcohol with it.",
        sources=(LABEL.at("label"),),
    ),
)
