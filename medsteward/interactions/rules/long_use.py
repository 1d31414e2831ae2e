"""Patches, breakthrough fentanyl, methadone, and what long use of opioids brings."""

from __future__ import annotations

from medsteward.interactions.places import (
    CDC_2022,
    EXPERT_MEMORY,
    FDA_2016_SEROTONIN,
    FENTANYL_PATCH_LABELS,
    OXYCODONE_LABEL,
    TRAMADOL_MEDSCAPE,
    ULTRAM_LABELS,
)
from medsteward.interactions.rule import Hazard, Rule, Severity, Variant
from medsteward.interactions.rules.context import (
    NEW_START_DAYS,
    OUD_GOES_ON,
    OUD_UNCLEAR,
)
from medsteward.limits.said import figure, number, population_of, said
from medsteward.patient.clauses import (
    DailyAbove,
    MoreThanDosesADay,
    StartedWithin,
    both,
    either,
    has,
    takes,
    unless,
)
from medsteward.patient.groups import (
    AROUND_THE_CLOCK,
    METHADONE,
    OPIOID,
    OPIOID_PATCH,
    SUBLINGUAL_BUPRENORPHINE,
    SWALLOWED_ER_OPIOID,
    TIRF,
    TRAMADOL,
    TRAMADOL_ER,
)

RULES: tuple[Rule, ...] = (
    Rule(
        id="HAZ-330",
        name="opioid patch: heat, fever and old patches",
        when=(takes(OPIOID_PATCH),),
        severity=Severity.INFO,
        tier=3,
        hazard=Hazard.HEAT,
        because="Heat releases the drug faster; a used patch still holds a dangerous dose.",
        consider=(
            "No heating pad, sauna or hot bath on the patch. Take the old patch off before the next. Fold "
            "used patches and dispose of them at once, away from children."
        ),
        variants=(Variant(StartedWithin(OPIOID_PATCH, NEW_START_DAYS), tier=2),),
        sources=(
            FENTANYL_PATCH_LABELS.at("boxed warning: heat; accidental exposure"),
            EXPERT_MEMORY.at("buprenorphine patch labelling"),
        ),
    ),
    Rule(
        id="HAZ-331",
        name="opioid patch with fever",
        when=(
            takes(OPIOID_PATCH),
            has("fever"),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.HEAT,
        because="Fever raises the level from a patch: slowed breathing.",
        consider="Watch closely; a lower dose may be needed while the fever lasts.",
        sources=(FENTANYL_PATCH_LABELS.at("fever and external heat"),),
        absorbs=("HAZ-330",),
    ),
    Rule(
        id="HAZ-332",
        name="breakthrough fentanyl more than four times a day",
        when=(
            takes(TIRF),
            MoreThanDosesADay(TIRF, 4),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.OVERDOSE,
        because="Breakthrough fentanyl is limited to four doses a day.",
        consider="If more are needed, adjust the round-the-clock opioid instead.",
        sources=(EXPERT_MEMORY.at("TIRF labelling: at most four doses a day"),),
    ),
    Rule(
        id="HAZ-333",
        name="breakthrough fentanyl without a round-the-clock opioid",
        when=(
            takes(TIRF),
            unless(takes(AROUND_THE_CLOCK)),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.OVERDOSE,
        because="Breakthrough fentanyl is meant on top of a round-the-clock opioid in tolerant patients.",
        consider="Ask what else is taken.",
        sources=(EXPERT_MEMORY.at("TIRF labelling: with around-the-clock opioid"),),
    ),
    Rule(
        id="HAZ-334",
        name="methadone newly started: build-up",
        when=(
            takes(METHADONE),
            StartedWithin(METHADONE, 7),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.BREATHING,
        because=(
            "Methadone builds up over days: the peak effect on breathing comes later and lasts longer than pain relief."
        ),
        consider=(
            "No rise before 5 to 7 days (the label of the tablets: steps of 3 to 5 days). See the patient every 2 to 3 "
            "days in the first week. Another opioid is not started in its place."
        ),
        sources=(
            CDC_2022.at("p. 19: every 2-3 days in the first week"),
            EXPERT_MEMORY.at("methadone labelling: no rise before 5-7 days"),
        ),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="HAZ-335",
        name="methadone: slow build-up",
        when=(
            takes(METHADONE),
            unless(StartedWithin(METHADONE, 7)),
        ),
        severity=Severity.INFO,
        tier=3,
        hazard=Hazard.BREATHING,
        because="Methadone stays for days, and its effect on breathing outlasts pain relief.",
        consider="After any rise wait 5 to 7 days before the next.",
        sources=(EXPERT_MEMORY.at("methadone labelling"),),
    ),
    Rule(
        id="HAZ-336",
        name="opioid with adrenal insufficiency",
        when=(
            takes(OPIOID),
            has("adrenal insufficiency"),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.HORMONES,
        because="Opioids can cause or worsen adrenal insufficiency.",
        consider="Test cortisol; replace steroids. Consider a gradual opioid reduction; it is not stopped suddenly.",
        sources=(
            OXYCODONE_LABEL.at("5.8: adrenal insufficiency"),
            FDA_2016_SEROTONIN.at("adrenal insufficiency"),
        ),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="HAZ-337",
        name="opioid with hypogonadism",
        when=(
            takes(OPIOID),
            has("hypogonadism"),
        ),
        severity=Severity.MINOR,
        tier=3,
        hazard=Hazard.HORMONES,
        because="Long use of opioids lowers sex hormones.",
        consider="Test and treat; consider a gradual reduction.",
        sources=(EXPERT_MEMORY.at("opioid class labelling, androgen deficiency"),),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="HAZ-338",
        name="opioid with hyperalgesia",
        when=(
            takes(OPIOID),
            has("opioid-induced hyperalgesia"),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.HYPERALGESIA,
        because="Opioids can make nerves more sensitive, so pain spreads and a higher dose makes it worse.",
        consider=(
            "Consider a slow dose reduction or a change of opioid rather than a rise; tell the patient that this is "
            "the drug and not a failure."
        ),
        sources=(EXPERT_MEMORY.at("opioid class labelling, hyperalgesia"),),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="HAZ-339",
        name="buprenorphine dissolved in the mouth: teeth",
        when=(takes(SUBLINGUAL_BUPRENORPHINE),),
        severity=Severity.INFO,
        tier=3,
        hazard=Hazard.TEETH,
        because=("Tooth decay, infection and loss of teeth were reported with buprenorphine dissolved in the mouth."),
        consider=(
            "After it has dissolved, swish water and swallow; wait an hour before brushing; see a dentist. "
            "Treatment goes on."
        ),
        sources=(EXPERT_MEMORY.at("FDA communication of January 2022 on buprenorphine and teeth"),),
    ),
    Rule(
        id="HAZ-340",
        name="opioid in complex regional pain syndrome",
        when=(
            takes(OPIOID),
            has("crps"),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.PAIN_RELIEF,
        because="High-dose opioids may worsen the outcome of complex regional pain syndrome.",
        consider=("Avoid raising the dose; prefer other treatment and rehabilitation. Any reduction is gradual."),
        sources=(EXPERT_MEMORY.at("complex regional pain syndrome: no guideline was opened"),),
    ),
    Rule(
        id="HAZ-341",
        name="tramadol above its daily maximum",
        when=(
            takes(TRAMADOL),
            either(
                DailyAbove(TRAMADOL, figure("DL-TRAMADOL-01")),
                both(takes(TRAMADOL_ER), DailyAbove(TRAMADOL, figure("DL-TRAMADOL-14"))),
                both(population_of("DL-TRAMADOL-04"), DailyAbove(TRAMADOL, figure("DL-TRAMADOL-04"))),
            ),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.SEIZURE,
        because=(
            f"Above {said('DL-TRAMADOL-01')} ({number('DL-TRAMADOL-14')} mg of the extended-release form, "
            f"{number('DL-TRAMADOL-04')} mg from age 75) seizures and serotonin toxicity become more likely."
        ),
        consider="Bring the dose down gradually to its maximum.",
        sources=(
            ULTRAM_LABELS.at("dosage"),
            TRAMADOL_MEDSCAPE.at("maximum 400 mg, ER 300 mg"),
        ),
    ),
    Rule(
        id="HAZ-342",
        name="long-acting opioid crushed or through a tube",
        when=(
            takes(SWALLOWED_ER_OPIOID),
            has("swallowing difficulty"),
        ),
        severity=Severity.MAJOR,
        tier=1,
        hazard=Hazard.OVERDOSE,
        because="Crushing an extended-release product releases the whole dose at once.",
        consider="Use a liquid, a product labelled to be opened, or a patch.",
        sources=(OXYCODONE_LABEL.at("boxed warning and instructions: swallow whole"),),
    ),
)
