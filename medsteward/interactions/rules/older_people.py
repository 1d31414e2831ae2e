"""From age 65: Beers criteria. Switched off when care is palliative."""

from __future__ import annotations

from medsteward.interactions.also import Also
from medsteward.interactions.places import BEERS_2023, BEERS_2023_RECALLED, BEERS_OLDER_SUMMARY, EXPERT_MEMORY
from medsteward.interactions.rule import Hazard, Rule, Severity, Variant
from medsteward.interactions.rules.context import (
    OUD_UNCLEAR,
    OUD_WITH_SEDATIVE,
    PATCH_TAIL,
)
from medsteward.patient.clauses import Age, Palliative, TakesSeveral, TreatsOud, has, takes, unless
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
        because=("From age 65 benzodiazepines stay longer in the body and cause falls, fractures and confusion."),
        consider=(
            "Ask why it is taken. Avoid starting one; taper a long-used one over weeks to months, never suddenly."
        ),
        merged=("Ask why the benzodiazepine is taken; a long-used one is tapered over weeks to months.",),
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
        because=(
            "From age 65 sleep medicines such as zolpidem cause falls, fractures and confusion about as often as "
            "benzodiazepines."
        ),
        consider="Offer behavioral therapy for insomnia and taper a long-used one over weeks.",
        merged=("Offer behavioral therapy for insomnia.",),
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
        because="From age 65 most muscle relaxants sedate and dry the mouth and bladder, and cause falls.",
        consider=("Prefer heat, exercise or a short course at a low dose; taper carisoprodol if it was used for long."),
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
        tier=2,
        hazard=Hazard.BREATHING,
        because=(
            "From age 65 opioid and gabapentinoid together slow breathing more than either alone, and more so with "
            "weak kidneys."
        ),
        consider=(
            "Avoid unless moving off the opioid. If both are taken, lower the gabapentinoid to kidney function, give "
            "naloxone and taper one gradually."
        ),
        merged=("From age 65 Beers 2023 says: avoid, except when moving off the opioid.",),
        sources=(BEERS_2023.at("Beers 2023"),),
        variants=(OUD_WITH_SEDATIVE, OUD_UNCLEAR, Variant(TreatsOud(), merged=())),
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
        because=(
            "From age 65 the opioid and the benzodiazepine together slow breathing and cause falls, and older people "
            "are more sensitive to both."
        ),
        consider=(
            "Ask every prescriber. Keep the lowest doses for the shortest time; tapering the opioid first may be "
            "safer. Never stop either suddenly. Offer naloxone."
        ),
        merged=("From age 65 the pair also causes falls, and older people are more sensitive to both.",),
        sources=(BEERS_2023.at("Beers 2023 quality moderate/strong"),),
        variants=(OUD_WITH_SEDATIVE, OUD_UNCLEAR),
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
        because="Three or more drugs that act on the brain add up to falls and fractures in older people.",
        consider="Review the reason for each and bring them down to two or fewer, one at a time and gradually.",
        merged=("Bring the drugs that act on the brain down to two or fewer, one at a time and gradually.",),
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
        because=("These drugs can lower sodium further, and low sodium causes confusion, falls and seizures."),
        consider="Check sodium in the first two weeks and with any confusion or fall.",
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
        because="Sedating drugs make another fall, and a broken hip, more likely.",
        consider=(
            "Review each sedative after a fall and reduce them one at a time; taper where they were used for long."
        ),
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
        because=(
            "Opioids, benzodiazepines and anticholinergic drugs worsen confusion in people with delirium or dementia."
        ),
        consider=(
            "Look for pain, infection and constipation first. Consider acetaminophen, and reduce these drugs gradually."
        ),
        sources=(BEERS_2023.at("Beers table 3 opioids-delirium"),),
        absorbs=("DDC-238",),
    ),
)
