"""Sedation and slowed breathing: opioids with other sedatives, and sedatives with one another."""

from __future__ import annotations

from medsteward.interactions.also import Also
from medsteward.interactions.places import (
    BEERS_2023,
    BEERS_2023_RECALLED,
    CDC_2022,
    CDC_2022_REC_11,
    CDS_VALUE_SETS,
    EXPERT_MEMORY,
    FDA_2016,
    FDA_2017_OUD,
    FDA_2019_GABAPENTINOIDS,
    GOMES_2017,
    LABEL,
    LABEL_SECTIONS,
    LUCEMYRA,
    MHRA_2020,
    MORPHINE_LABEL,
    NUCYNTA_LABELS,
    OURS,
    PREGABALIN_TEXT,
    SUN_2017,
    SUVOREXANT_LABEL,
    TRAMADOL_BOXED,
    WANG_2019,
    XYREM_LABEL,
    Z_DRUG_COHORT,
)
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.interactions.rules.context import (
    ACUTE_RESPIRATORY,
    BREATHLESSNESS,
    GABAPENTINOID_HIGH_RISK,
    IN_ANESTHESIA,
    OUD_GOES_ON,
    OUD_UNCLEAR,
    OUD_WITH_SEDATIVE,
    PALLIATIVE_SEDATION,
    PATCH_TAIL,
    STACK_INTERRUPTS,
    TAPER_EXPECTED,
)
from medsteward.patient.clauses import Each, StartedWithin, TakesSeveral, either, has, takes
from medsteward.patient.groups import (
    ALCOHOL,
    ALPHA2,
    ANTIHISTAMINE_OR_ANTIEMETIC,
    ANTIPSYCHOTIC,
    BARBITURATE,
    BENZODIAZEPINE,
    CANNABINOID,
    CARISOPRODOL,
    CARISOPRODOL_OR_MEPROBAMATE,
    CNS_DEPRESSANT,
    GABA_SEDATIVE,
    GABAPENTIN,
    GABAPENTINOID,
    HYPNOTIC,
    MILD_SEDATIVE,
    MUSCLE_RELAXANT_OTHER,
    OPIOID,
    OPIOID_LIKE,
    OPIOID_OR_OTHER_BENZODIAZEPINE,
    OREXIN_ANTAGONIST,
    OXYBATE,
    PREGABALIN,
    SAID_TWICE,
    SEDATING_ANTIDEPRESSANT,
    SEDATIVE_NOT_OPIOID,
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
        sources=(
            FDA_2016.at("FDA boxed 2016"),
            CDC_2022_REC_11.at("CDC 2022 rec 11 cat B type 3"),
            BEERS_2023.at("Beers 2023 avoid"),
            MHRA_2020.at("MHRA 2020"),
            SUN_2017.at("Sun BMJ 2017 OR 2.14"),
            FDA_2017_OUD.at("FDA 2017 MOUD"),
        ),
        variants=(
            OUD_WITH_SEDATIVE,
            OUD_UNCLEAR,
            PALLIATIVE_SEDATION,
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
        sources=(
            FDA_2016.at("FDA boxed 'other CNS depressants' 2016"),
            Z_DRUG_COHORT.at("cohort aHR 2.29 (1.79-2.91)"),
            MHRA_2020.at("MHRA 'benzodiazepine-like'"),
        ),
        variants=(
            OUD_WITH_SEDATIVE,
            OUD_UNCLEAR,
            PALLIATIVE_SEDATION,
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
            "Together they can slow breathing and sedate. The risk is highest from age 65, with lung or sleep "
            "disease and with low kidney function."
        ),
        consider=(
            "Start with the lowest dose and raise it slowly; watch for sedation and breathing. Fit the "
            "gabapentinoid to kidney function. Offer naloxone. Reduce either one only gradually."
        ),
        sources=(
            FDA_2019_GABAPENTINOIDS.at("FDA 2019-12-19"),
            GOMES_2017.at("Gomes 2017 nested case-control"),
            BEERS_2023.at("Beers 2023 (avoid except when moving off opioid)"),
            BEERS_2023_RECALLED.at("the exception when moving off an opioid"),
        ),
        variants=(
            GABAPENTINOID_HIGH_RISK,
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
        sources=(
            FDA_2016.at("FDA boxed 2016"),
            WANG_2019.at("Wang 2019"),
        ),
        variants=(OUD_WITH_SEDATIVE, OUD_UNCLEAR),
        also=(Also.NALOXONE,),
    ),
    Rule(
        id="DDI-006",
        name="opioid with alcohol",
        when=(
            takes(OPIOID, PATCH_TAIL),
            either(takes(ALCOHOL), has("alcohol use")),
        ),
        severity=Severity.MAJOR,
        tier=1,
        hazard=Hazard.BREATHING,
        because=(
            "Alcohol adds to slowed breathing, and some extended-release products release their dose faster with it."
        ),
        consider=(
            "Advise no alcohol with the opioid. Avoid extended-release products that release faster with "
            "alcohol. Offer naloxone. Someone who drinks daily needs help to cut down safely."
        ),
        sources=(
            FDA_2016.at("FDA boxed 2016"),
            NUCYNTA_LABELS.at("Nucynta ER boxed warning: alcohol taken with it can give fatal plasma levels"),
        ),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
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
        sources=(
            FDA_2016.at("FDA class label"),
            CDS_VALUE_SETS.at("CDS barbiturate value set"),
        ),
        variants=(OUD_WITH_SEDATIVE, OUD_UNCLEAR),
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
        sources=(
            NUCYNTA_LABELS.at(
                "tapentadol and morphine ER labels section 7 name antipsychotics and tranquilizers in the "
                "CNS-depressant row of the boxed warning"
            ),
            MORPHINE_LABEL.at(
                "tapentadol and morphine ER labels section 7 name antipsychotics and tranquilizers in the "
                "CNS-depressant row of the boxed warning"
            ),
            OURS.at("severity moderate is ours"),
        ),
        variants=(OUD_WITH_SEDATIVE, OUD_UNCLEAR),
        also=(Also.NALOXONE,),
    ),
    Rule(
        id="DDI-009",
        name="opioid with sedating antihistamine or antiemetic",
        when=(
            takes(OPIOID, PATCH_TAIL),
            takes(ANTIHISTAMINE_OR_ANTIEMETIC),
        ),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.BREATHING,
        because="Together they add to sedation, urinary retention and constipation.",
        consider="Prefer a non-sedating antihistamine.",
        sources=(
            FDA_2019_GABAPENTINOIDS.at("FDA 2019 lists antihistamines as CNS depressants"),
            EXPERT_MEMORY.at("details of the list"),
        ),
        variants=(OUD_WITH_SEDATIVE, OUD_UNCLEAR),
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
        variants=(OUD_WITH_SEDATIVE, OUD_UNCLEAR),
        absorbs=("DDI-001", "DDI-004", "DDI-005", "DDI-014", "DDC-235", "DDC-236"),
        also=(
            Also.NALOXONE,
            Also.NALOXONE_AND_PDMP,
        ),
    ),
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
        id="DDI-150",
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
        because=(
            "Long use of opioids can itself cause central sleep apnea, more with higher doses and with methadone."
        ),
        consider="Consider a sleep study and a gradual dose reduction; CPAP alone may not be enough.",
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
            "Kratom and tianeptine act on opioid receptors: sedation and slowed breathing add up, and "
            "withdrawal can follow when they are missed."
        ),
        consider=(
            "Ask about the amount without judgment. Avoid adding them to an opioid; reduce them gradually, as "
            "withdrawal occurs. Offer naloxone."
        ),
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
            "They act on opioid receptors and can cause dependence, withdrawal and slowed breathing; products "
            "vary and are not controlled. Tianeptine can also cause seizures."
        ),
        consider=(
            "Ask why it is taken and for how long; look for pain, withdrawal or opioid use disorder behind "
            "it. Reduce it gradually. Offer naloxone."
        ),
        sources=(EXPERT_MEMORY.at("FDA warnings on kratom and tianeptine"),),
        also=(Also.NALOXONE,),
    ),
)
