"""From age 65: Beers criteria. Switched off when care is palliative."""

from __future__ import annotations

from medsteward.interactions.also import Also
from medsteward.interactions.places import BEERS_2023, BEERS_2023_RECALLED, BEERS_OLDER_SUMMARY, EXPERT_MEMORY
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.interactions.rules.context import (
    OUD_UNCLEAR,
    OUD_WITH_SEDATIVE,
    PATCH_TAIL,
)
from medsteward.patient.clauses import Age, Palliative, TakesSeveral, has, takes, unless
from medsteward.patient.groups import (
    BEERS_OLDER,
    BENZODIAZEPINE,
    CNS_ACTIVE,
    CNS_DEPRESSANT,
    DELIRIUM_DRUG,
    GABAPENTINOID,
    NSAID,
    OLDER_RELAXANT,
    OPIOID,
    TCA,
    TRAMADOL_OR_ANTIDEPRESSANT,
    Z_DRUG,
)

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDC-230",
        name="benzodiazepine from age 65",
        when=(
            takes(BENZODIAZEPINE),
            Age(at_least=65),
            unless(Palliative()),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.FALLS,
        because="Falls, fractures and delirium.",
        consider=("Avoid starting one; one that is taken for long is tapered gradually, not stopped at once."),
        sources=(BEERS_2023.at("Beers 2023"),),
    ),
    Rule(
        id="DDC-231",
        name="Z-drug from age 65",
        when=(
            takes(Z_DRUG),
            Age(at_least=65),
            unless(Palliative()),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.FALLS,
        because="Falls, fractures and delirium.",
        consider="Avoid; treat insomnia without drugs. One taken for long is tapered.",
        sources=(BEERS_2023.at("Beers 2023"),),
    ),
    Rule(
        id="DDC-232",
        name="muscle relaxant from age 65",
        when=(
            takes(OLDER_RELAXANT),
            Age(at_least=65),
            unless(Palliative()),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.FALLS,
        because="Sedation, anticholinergic effects, falls.",
        consider="Avoid; carisoprodol taken for long is tapered.",
        sources=(BEERS_2023_RECALLED.at("Beers 2023 (list excludes spasticity agents, recalled)"),),
    ),
    Rule(
        id="DDC-233",
        name="tricyclic from age 65",
        when=(
            takes(TCA),
            Age(at_least=65),
            unless(Palliative()),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.FALLS,
        because="Anticholinergic effects, low blood pressure on standing, falls.",
        consider="Avoid; a low dose of nortriptyline only with a reason. One that is taken is tapered.",
        sources=(
            BEERS_2023.at("Beers"),
            BEERS_OLDER_SUMMARY.at("Beers"),
            EXPERT_MEMORY.at("details of the list"),
        ),
    ),
    Rule(
        id="DDC-234",
        name="opioid with gabapentinoid from age 65",
        when=(
            takes(OPIOID, PATCH_TAIL),
            takes(GABAPENTINOID),
            Age(at_least=65),
            unless(Palliative()),
        ),
        severity=Severity.MAJOR,
        tier=1,
        hazard=Hazard.BREATHING,
        because="Slowed breathing and death.",
        consider=(
            "Avoid, except when moving from the opioid to the gabapentinoid or with a low, kidney-adjusted "
            "dose. Offer naloxone. Reduce gradually."
        ),
        sources=(BEERS_2023.at("Beers 2023"),),
        variants=(OUD_WITH_SEDATIVE, OUD_UNCLEAR),
        absorbs=("DDI-003",),
        also=(Also.NALOXONE,),
    ),
    Rule(
        id="DDC-235",
        name="opioid with benzodiazepine from age 65",
        when=(
            takes(OPIOID, PATCH_TAIL),
            takes(BENZODIAZEPINE),
            Age(at_least=65),
            unless(Palliative()),
        ),
        severity=Severity.MAJOR,
        tier=1,
        hazard=Hazard.BREATHING,
        because="Overdose.",
        consider=(
            "Avoid. If both are taken, one is chosen and the other tapered gradually; neither is stopped at "
            "once. Offer naloxone."
        ),
        sources=(BEERS_2023.at("Beers 2023 quality moderate/strong"),),
        variants=(OUD_WITH_SEDATIVE, OUD_UNCLEAR),
        absorbs=("DDI-001",),
        also=(Also.NALOXONE,),
    ),
    Rule(
        id="DDC-236",
        name="three or more drugs that act on the brain from age 65",
        when=(
            TakesSeveral(CNS_ACTIVE, 3),
            Age(at_least=65),
            unless(Palliative()),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.FALLS,
        because="Falls and fractures.",
        consider="Bring them down to two or fewer, one at a time and gradually.",
        sources=(BEERS_2023.at("Beers 2023 table 5"),),
        variants=(OUD_WITH_SEDATIVE, OUD_UNCLEAR),
        absorbs=("DDC-230", "DDC-231", "DDC-232", "DDC-233"),
        also=(Also.NALOXONE,),
    ),
    Rule(
        id="DDC-237",
        name="NSAID from age 65",
        when=(
            takes(NSAID),
            Age(at_least=65),
            unless(Palliative()),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.ULCER,
        because="Bleeding of the gut and kidney injury.",
        consider="Keep it short, add a PPI, or choose a topical. Avoid indomethacin and ketorolac.",
        sources=(BEERS_2023_RECALLED.at("Beers 2023"),),
    ),
    Rule(
        id="DDC-238",
        name="sedating antihistamine, barbiturate, meperidine or meprobamate from age 65",
        when=(
            takes(BEERS_OLDER),
            Age(at_least=65),
            unless(Palliative()),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.DELIRIUM,
        because="Anticholinergic or toxic to the nervous system: confusion, falls.",
        consider="Avoid; a barbiturate or meprobamate taken for long is tapered.",
        sources=(
            BEERS_OLDER_SUMMARY.at("Beers"),
            EXPERT_MEMORY.at("details of the list"),
        ),
    ),
    Rule(
        id="DDC-239",
        name="tramadol or antidepressant from age 65 with low sodium",
        when=(
            takes(TRAMADOL_OR_ANTIDEPRESSANT),
            Age(at_least=65),
            has("hyponatremia"),
            unless(Palliative()),
        ),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.SODIUM,
        because="Sodium can fall further.",
        consider="Check sodium.",
        sources=(BEERS_2023_RECALLED.at("Beers"),),
        absorbs=("HAZ-307",),
    ),
    Rule(
        id="DDC-267",
        name="sedative with falls",
        when=(
            takes(CNS_DEPRESSANT),
            has("falls"),
            unless(Palliative()),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.FALLS,
        because="Another fall, a fracture.",
        consider="Reduce sedatives one at a time and gradually.",
        sources=(BEERS_2023.at("Beers table 3 opioids-falls"),),
        absorbs=("DDC-230", "DDC-231", "DDC-232", "DDC-233"),
    ),
    Rule(
        id="DDC-268",
        name="opioid, benzodiazepine or anticholinergic with delirium or dementia",
        when=(
            takes(DELIRIUM_DRUG),
            has("delirium or dementia"),
            unless(Palliative()),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.DELIRIUM,
        because="More confusion.",
        consider="Avoid where possible; reduce gradually.",
        sources=(BEERS_2023.at("Beers table 3 opioids-delirium"),),
        absorbs=("DDC-238",),
    ),
)
