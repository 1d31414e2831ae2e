"""Slowed breathing and sedation: several sedatives, oxybate, alcohol, and milder ones beside an opioid."""

from __future__ import annotations

from medsteward.interactions.also import Also
from medsteward.interactions.places import (
    BEERS_2023,
    CDC_2022_REC_11,
    EXPERT_MEMORY,
    FDA_2019_GABAPENTINOIDS,
    FDA_2025_OPIOIDS,
    LABEL,
    LABEL_SECTIONS,
    LUCEMYRA,
    NUCYNTA_LABELS,
    OURS,
    PREGABALIN_TEXT,
    XYREM_LABEL,
)
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.interactions.rules.context import (
    BESIDE_ITS_TREATMENT,
    DRINKS,
    HOSPICE_SEDATION,
    OUD_GOES_ON,
    OUD_UNCLEAR,
    OUD_WITH_SEDATIVE,
    PALLIATIVE_SEDATION,
    PATCH_TAIL,
    SEDATES_MORE,
    TAPER_EXPECTED,
)
from medsteward.patient.clauses import Each, TakesSeveral, either, takes
from medsteward.patient.groups import (
    ALPHA2,
    BENZODIAZEPINE,
    CANNABINOID,
    COUNTED_OR_GABAPENTINOID,
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
        because=(
            "Sodium oxybate and an opioid or benzodiazepine each slow breathing; together deep sedation and coma have "
            "occurred."
        ),
        consider=(
            "Avoid the pair. If both are needed, reduce one gradually with both prescribers; for a short opioid course "
            "consider pausing oxybate."
        ),
        merged=("For a short opioid course consider pausing oxybate.",),
        sources=(
            XYREM_LABEL.at(
                "Xyrem label 5.1 (FDA text 2020): opioids, benzodiazepines and other CNS depressants are a "
                "warning with dose reduction, not a contraindication"
            ),
        ),
        variants=(PALLIATIVE_SEDATION, HOSPICE_SEDATION, OUD_GOES_ON, OUD_UNCLEAR),
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
        because=(
            "Sodium oxybate with a sleep medicine or alcohol can cause deep sedation, breathing that fails and coma; "
            "its label forbids the pair."
        ),
        consider=(
            "Do not take them on the same night. If both are on the list, ask the oxybate prescriber today; hold "
            "oxybate while a long-used sleep medicine is tapered."
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
        name="opioid with several further sedatives",
        when=(
            takes(OPIOID, PATCH_TAIL),
            TakesSeveral(COUNTED_OR_GABAPENTINOID, 2, Each.CLASS),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.BREATHING,
        because="Several sedating drugs with an opioid add up to slowed breathing, overdose and falls.",
        consider=(
            "Review every sedative and reduce the easiest first, one at a time. None is stopped suddenly. Offer "
            "naloxone."
        ),
        merged=("Review every sedative and reduce the easiest first, one at a time.",),
        sources=(
            CDC_2022_REC_11.at("CDC rec 11"),
            BEERS_2023.at("Beers >=3 CNS-active"),
            NUCYNTA_LABELS.at("section 7 names the classes that depress the nervous system"),
            FDA_2025_OPIOIDS.at("gabapentinoids among them"),
            OURS.at("which members count"),
        ),
        variants=(
            PALLIATIVE_SEDATION,
            OUD_WITH_SEDATIVE,
            OUD_UNCLEAR,
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
        because="Two drugs that act on the same receptor: sedation, falls, complex behavior in sleep.",
        consider="Choose one of the two and taper the other gradually.",
        merged=("Of a benzodiazepine and a Z-drug choose one, and taper the other gradually.",),
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
        merged=("Advise on sedation and driving.",),
        sources=(EXPERT_MEMORY.at("class"),),
        variants=(SEDATES_MORE, OUD_WITH_SEDATIVE, OUD_UNCLEAR),
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
            either(*DRINKS),
        ),
        severity=Severity.MAJOR,
        tier=1,
        hazard=Hazard.OVERDOSE,
        because="Alcohol on top of these drugs slows breathing and causes blackouts.",
        consider=(
            "Advise no alcohol. Someone who drinks daily needs help to cut down safely; the sedative is not "
            "stopped at once."
        ),
        merged=("Someone who drinks daily needs help to cut down safely.",),
        sources=(LABEL.at("label"),),
    ),
    Rule(
        id="DDI-022",
        name="gabapentinoid, muscle relaxant or orexin antagonist with alcohol",
        when=(
            takes(MILD_SEDATIVE),
            either(*DRINKS),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.BREATHING,
        because="Alcohol adds to sedation and impairment.",
        consider="Advise against alcohol with it.",
        merged=("Advise no alcohol with it.",),
        sources=(LABEL.at("label"),),
        variants=(BESIDE_ITS_TREATMENT,),
    ),
)
