"""Slowed breathing and sedation: an opioid with another sedative."""

from __future__ import annotations

from medsteward.interactions.also import Also
from medsteward.interactions.places import (
    BEERS_2023,
    BEERS_2023_RECALLED,
    CDC_2022_REC_11,
    CDS_VALUE_SETS,
    EXPERT_MEMORY,
    FDA_2016,
    FDA_2017_OUD,
    FDA_2019_GABAPENTINOIDS,
    GOMES_2017,
    MHRA_2020,
    MORPHINE_LABEL,
    NUCYNTA_LABELS,
    OURS,
    SUN_2017,
    SUVOREXANT_LABEL,
    WANG_2019,
    Z_DRUG_COHORT,
)
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.interactions.rules.context import (
    ANTICHOLINERGIC_FROM_65,
    DRINKS,
    GABAPENTINOID_HIGH_RISK,
    HOSPICE_SEDATION,
    IN_ANESTHESIA,
    OUD_GOES_ON,
    OUD_UNCLEAR,
    OUD_WITH_SEDATIVE,
    OUD_WITHOUT_BOXED_WARNING,
    PALLIATIVE_SEDATION,
    PATCH_TAIL,
)
from medsteward.patient.clauses import either, takes
from medsteward.patient.groups import (
    ANTIHISTAMINE_OR_ANTIEMETIC,
    ANTIPSYCHOTIC,
    BARBITURATE,
    BENZODIAZEPINE,
    CARISOPRODOL,
    CARISOPRODOL_OR_MEPROBAMATE,
    GABAPENTINOID,
    MUSCLE_RELAXANT_OTHER,
    OPIOID,
    OREXIN_ANTAGONIST,
    Z_DRUG,
)

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDI-001",
        name="opioid with benzodiazepine",
        when=(
            takes(OPIOID, PATCH_TAIL),
            takes(BENZODIAZEPINE),
        ),
        severity=Severity.MAJOR,
        tier=1,
        hazard=Hazard.BREATHING,
        because="Both slow breathing; together they can cause coma and death.",
        consider=(
            "Ask every prescriber involved. Avoid the pair where possible; if both are needed, the lowest "
            "dose for the shortest time. Offer naloxone. Neither is ever stopped at once: of the two, one is "
            "chosen and the other tapered gradually; tapering the opioid first may be safer."
        ),
        merged=("Ask every prescriber involved.",),
        sources=(
            FDA_2016.at("FDA boxed 2016"),
            CDC_2022_REC_11.at("CDC 2022 rec 11 cat B type 3"),
            BEERS_2023.at("Beers 2023 avoid"),
            MHRA_2020.at("MHRA 2020"),
            SUN_2017.at("Sun BMJ 2017 OR 2.14"),
            FDA_2017_OUD.at("FDA 2017 MOUD"),
        ),
        variants=(
            PALLIATIVE_SEDATION,
            HOSPICE_SEDATION,
            OUD_WITH_SEDATIVE,
            OUD_WITHOUT_BOXED_WARNING,
            OUD_UNCLEAR,
            IN_ANESTHESIA,
        ),
        also=(Also.NALOXONE,),
    ),
    Rule(
        id="DDI-002",
        name="opioid with Z-drug",
        when=(
            takes(OPIOID, PATCH_TAIL),
            takes(Z_DRUG),
        ),
        severity=Severity.MAJOR,
        tier=1,
        hazard=Hazard.BREATHING,
        because="Together they slow breathing more and raise the risk of overdose and falls.",
        consider=(
            "Avoid the pair; treat insomnia without drugs first. If it goes on, the lowest dose. Offer "
            "naloxone. A Z-drug taken for long is tapered, not stopped at once."
        ),
        merged=("Treat insomnia without drugs first; a Z-drug taken for long is tapered.",),
        sources=(
            FDA_2016.at("FDA boxed 'other CNS depressants' 2016"),
            Z_DRUG_COHORT.at("cohort aHR 2.29 (1.79-2.91)"),
            MHRA_2020.at("MHRA 'benzodiazepine-like'"),
        ),
        variants=(
            PALLIATIVE_SEDATION,
            HOSPICE_SEDATION,
            OUD_WITH_SEDATIVE,
            OUD_WITHOUT_BOXED_WARNING,
            OUD_UNCLEAR,
        ),
        also=(Also.NALOXONE,),
    ),
    Rule(
        id="DDI-003",
        name="opioid with gabapentinoid",
        when=(
            takes(OPIOID, PATCH_TAIL),
            takes(GABAPENTINOID),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.BREATHING,
        because=(
            "Together they can slow breathing and sedate. The risk is highest with lung or sleep disease, low kidney "
            "function, a new start or high doses."
        ),
        consider=(
            "Start with the lowest dose and raise it slowly; watch for sedation and breathing. Fit the "
            "gabapentinoid to kidney function. Offer naloxone. Reduce either one only gradually."
        ),
        merged=("Fit the gabapentinoid to kidney function; reduce it only gradually.",),
        sources=(
            FDA_2019_GABAPENTINOIDS.at("FDA 2019-12-19"),
            GOMES_2017.at("Gomes 2017 nested case-control"),
            BEERS_2023.at("Beers 2023 (avoid except when moving off opioid)"),
            BEERS_2023_RECALLED.at("the exception when moving off an opioid"),
        ),
        variants=(
            GABAPENTINOID_HIGH_RISK,
            HOSPICE_SEDATION,
            OUD_WITH_SEDATIVE,
            OUD_UNCLEAR,
        ),
        also=(Also.NALOXONE,),
    ),
    Rule(
        id="DDI-004",
        name="opioid with muscle relaxant",
        when=(
            takes(OPIOID, PATCH_TAIL),
            takes(MUSCLE_RELAXANT_OTHER),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.BREATHING,
        because="Together they add to sedation, slowed breathing and falls.",
        consider=(
            "Keep the muscle relaxant to a short course; avoid it at night together with other sedatives. "
            "Baclofen taken for long is tapered."
        ),
        merged=("Keep the muscle relaxant to a short course; baclofen taken for long is tapered.",),
        sources=(
            NUCYNTA_LABELS.at(
                "tapentadol and morphine ER labels section 7 name muscle relaxants among CNS depressants"
            ),
            MORPHINE_LABEL.at(
                "tapentadol and morphine ER labels section 7 name muscle relaxants among CNS depressants"
            ),
            CDC_2022_REC_11.at("CDC rec 11"),
        ),
        variants=(OUD_WITH_SEDATIVE, OUD_UNCLEAR),
        also=(Also.NALOXONE,),
    ),
    Rule(
        id="DDI-005",
        name="opioid with carisoprodol or meprobamate",
        when=(
            takes(OPIOID, PATCH_TAIL),
            takes(CARISOPRODOL_OR_MEPROBAMATE),
        ),
        severity=Severity.MAJOR,
        tier=1,
        hazard=Hazard.BREATHING,
        because=(
            "Carisoprodol becomes meprobamate, which acts like a barbiturate: marked sedation, overdose and dependence."
        ),
        consider=("Avoid the pair. Carisoprodol or meprobamate taken for long is tapered slowly. Offer naloxone."),
        merged=("Carisoprodol or meprobamate taken for long is tapered slowly.",),
        sources=(
            FDA_2016.at("FDA boxed 2016"),
            WANG_2019.at("Wang 2019"),
        ),
        variants=(
            PALLIATIVE_SEDATION,
            HOSPICE_SEDATION,
            OUD_WITH_SEDATIVE,
            OUD_UNCLEAR,
        ),
        also=(Also.NALOXONE,),
    ),
    Rule(
        id="DDI-006",
        name="opioid with alcohol",
        when=(
            takes(OPIOID, PATCH_TAIL),
            either(*DRINKS),
        ),
        severity=Severity.MAJOR,
        tier=1,
        hazard=Hazard.BREATHING,
        because=(
            "Alcohol adds to slowed breathing, and some extended-release products release their dose faster with it."
        ),
        consider=(
            "Advise no alcohol with it. Avoid extended-release products that release faster with "
            "alcohol. Offer naloxone. Someone who drinks daily needs help to cut down safely."
        ),
        merged=(
            "Advise no alcohol with it.",
            "Avoid extended-release products that release faster with alcohol.",
            "Someone who drinks daily needs help to cut down safely.",
        ),
        sources=(
            FDA_2016.at("FDA boxed 2016"),
            NUCYNTA_LABELS.at("Nucynta ER boxed warning: alcohol taken with it can give fatal plasma levels"),
        ),
        variants=(PALLIATIVE_SEDATION, HOSPICE_SEDATION, OUD_GOES_ON, OUD_UNCLEAR),
        also=(Also.NALOXONE,),
    ),
    Rule(
        id="DDI-007",
        name="opioid with barbiturate",
        when=(
            takes(OPIOID, PATCH_TAIL),
            takes(BARBITURATE),
        ),
        severity=Severity.MAJOR,
        tier=1,
        hazard=Hazard.BREATHING,
        because=("Barbiturates, the butalbital hidden in headache products included, slow breathing further."),
        consider=(
            "Avoid the pair; look for butalbital in combination products. A barbiturate taken regularly is "
            "tapered. Offer naloxone."
        ),
        merged=("Look for butalbital in combination products; a barbiturate taken regularly is tapered.",),
        sources=(
            FDA_2016.at("FDA class label"),
            CDS_VALUE_SETS.at("CDS barbiturate value set"),
        ),
        variants=(
            PALLIATIVE_SEDATION,
            HOSPICE_SEDATION,
            OUD_WITH_SEDATIVE,
            OUD_UNCLEAR,
        ),
        also=(Also.NALOXONE,),
    ),
    Rule(
        id="DDI-008",
        name="opioid with antipsychotic",
        when=(
            takes(OPIOID, PATCH_TAIL),
            takes(ANTIPSYCHOTIC),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.BREATHING,
        because="Together they add to sedation and low blood pressure.",
        consider="Use the lowest doses that work. With methadone, look at the QT interval as well.",
        merged=("With methadone and an antipsychotic, look at the QT interval as well.",),
        sources=(
            NUCYNTA_LABELS.at(
                "tapentadol and morphine ER labels section 7 name antipsychotics and tranquilizers in the "
                "CNS-depressant row of the boxed warning"
            ),
            MORPHINE_LABEL.at(
                "tapentadol and morphine ER labels section 7 name antipsychotics and tranquilizers in the "
                "CNS-depressant row of the boxed warning"
            ),
            OURS.at("severity moderate is medsteward's own rule"),
        ),
        variants=(OUD_WITH_SEDATIVE, OUD_UNCLEAR),
        also=(Also.NALOXONE,),
    ),
    Rule(
        id="DDI-009",
        name="opioid with sedating antihistamine or phenothiazine antiemetic",
        when=(
            takes(OPIOID, PATCH_TAIL),
            takes(ANTIHISTAMINE_OR_ANTIEMETIC),
        ),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.BREATHING,
        because="Together they add to sedation, urinary retention and constipation.",
        consider="Prefer a non-sedating antihistamine.",
        merged=("Prefer a non-sedating antihistamine.",),
        sources=(
            FDA_2019_GABAPENTINOIDS.at("FDA 2019 lists antihistamines as CNS depressants"),
            EXPERT_MEMORY.at("details of the list"),
            BEERS_2023_RECALLED.at("anticholinergic from age 65"),
        ),
        variants=(ANTICHOLINERGIC_FROM_65, OUD_WITH_SEDATIVE, OUD_UNCLEAR),
        also=(Also.NALOXONE,),
    ),
    Rule(
        id="DDI-010",
        name="opioid with orexin antagonist",
        when=(
            takes(OPIOID, PATCH_TAIL),
            takes(OREXIN_ANTAGONIST),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.BREATHING,
        because="Sedation adds up and can last into the next day.",
        consider="Adjust both doses; avoid further sedatives, and do not use a second sleeping drug.",
        merged=("Do not use a second sleeping drug.",),
        sources=(
            SUVOREXANT_LABEL.at(
                "suvorexant label summary: other CNS depressants incl. opioids add up, adjust both doses, second "
                "hypnotic not recommended"
            ),
        ),
        variants=(OUD_WITH_SEDATIVE, OUD_UNCLEAR),
        also=(Also.NALOXONE,),
    ),
    Rule(
        id="DDI-011",
        name="opioid with benzodiazepine and carisoprodol",
        when=(
            takes(OPIOID, PATCH_TAIL),
            takes(BENZODIAZEPINE),
            takes(CARISOPRODOL),
        ),
        severity=Severity.MAJOR,
        tier=1,
        hazard=Hazard.BREATHING,
        because="These three together carry the highest overdose signal of all sedative combinations.",
        consider=(
            "Do not start the third of them. If all three are taken, plan a staged taper, one drug at a time; "
            "none is stopped at once. Offer naloxone and look at the PDMP."
        ),
        sources=(
            WANG_2019.at("Wang 2019 (~17,000 Floridians 2017)"),
            OURS.at("hard stop suggested"),
        ),
        variants=(
            PALLIATIVE_SEDATION,
            HOSPICE_SEDATION,
            OUD_WITH_SEDATIVE,
            OUD_UNCLEAR,
        ),
        also=(
            Also.NALOXONE,
            Also.NALOXONE_AND_PDMP,
        ),
    ),
)
