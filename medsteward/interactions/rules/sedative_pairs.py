"""Sedatives with one another, with kratom and tianeptine, and what is made illegally."""

from __future__ import annotations

from medsteward.interactions.also import Also
from medsteward.interactions.places import (
    BENZODIAZEPINE_BOXED,
    CDC_2022,
    EXPERT_MEMORY,
    FDA_2017_OUD,
    FDA_2019_GABAPENTINOIDS,
    LABEL,
    LABEL_SECTIONS,
    MHRA_2021,
    REYVOW_LABEL,
    SUVOREXANT_LABEL,
    TIANEPTINE_WARNING,
    XYLAZINE_WARNING,
)
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.interactions.rules.context import CYP_OFFSET, DRINKS, PATCH_TAIL
from medsteward.patient.clauses import either, has, takes
from medsteward.patient.groups import (
    BENZODIAZEPINE,
    CYP3A4_INHIBITOR,
    CYP3A4_STRONG,
    GABA_SEDATIVE,
    GABAPENTINOID,
    OPIOID,
    OPIOID_LIKE,
    OREXIN_ANTAGONIST,
)
from medsteward.patient.groups_of_pairs import (
    BARBITURATE_OR_CARISOPRODOL,
    DEXMEDETOMIDINE,
    ILLICIT_OPIOID,
    ILLICIT_STIMULANT,
    KETAMINE_OR_ESKETAMINE,
    LASMIDITAN,
    LEMBOREXANT,
    OPIOID_BLOCKER,
    PRESCRIBED_OPIOID,
    SEDATIVE_WITH_GABAPENTINOID,
    SEDATIVE_WITH_KRATOM,
    SLEEP_MEDICINE,
    XYLAZINE,
)

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDI-146",
        name="benzodiazepine with barbiturate, carisoprodol or meprobamate",
        when=(takes(BENZODIAZEPINE), takes(BARBITURATE_OR_CARISOPRODOL)),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.BREATHING,
        because="Both act on the same brain receptor, so sedation and slowed breathing add up even without an opioid.",
        consider=(
            "Avoid adding one to the other. If both are already taken, ask the prescribers which one to "
            "taper first, slowly; neither is ever stopped suddenly."
        ),
        merged=("Ask the prescribers which of the sedatives to taper first, slowly.",),
        sources=(BENZODIAZEPINE_BOXED.at("other CNS depressants; severity is medsteward's own rule"),),
    ),
    Rule(
        id="DDI-147",
        name="two benzodiazepines",
        when=(takes(BENZODIAZEPINE), takes(BENZODIAZEPINE)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.DUPLICATION,
        because="Two benzodiazepines double the sedation and fall risk without added benefit.",
        consider=(
            "Ask whether one is a rescue medicine or a switch is under way. If both are taken regularly, "
            "consider choosing one and tapering the other gradually."
        ),
        sources=(EXPERT_MEMORY.at("class duplication, practice"),),
    ),
    Rule(
        id="DDI-148",
        name="two sleep medicines",
        when=(takes(SLEEP_MEDICINE), takes(SLEEP_MEDICINE)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.DUPLICATION,
        because=(
            "Two sleep medicines together add next-day sedation, falls and sleepwalking; the suvorexant "
            "label advises against a second one."
        ),
        consider=(
            "Consider keeping one sleep medicine, and offer behavioral therapy for insomnia. A Z-drug used "
            "for long is tapered, not stopped suddenly."
        ),
        sources=(
            SUVOREXANT_LABEL.at("second hypnotic not recommended; the pair of Z-drugs is medsteward's own rule"),
            EXPERT_MEMORY.at("Z-drugs"),
        ),
    ),
    Rule(
        id="DDI-149",
        name="orexin antagonist with CYP3A4 inhibitor",
        when=(
            takes(OREXIN_ANTAGONIST),
            takes(CYP3A4_INHIBITOR, CYP_OFFSET),
            either(takes(CYP3A4_STRONG), takes(LEMBOREXANT)),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.RAISED_LEVEL,
        because="The inhibitor raises the sleep medicine, so sedation is deeper and lasts into the next day.",
        consider=(
            "Consider another sleep aid or another anti-infective while the inhibitor is needed. If both are "
            "already taken, consider pausing the sleep medicine until the inhibitor has worn off."
        ),
        sources=(
            LABEL_SECTIONS.at(
                "Belsomra 7.2: not recommended with strong inhibitors; Dayvigo 2.2: avoid with strong or "
                "moderate inhibitors"
            ),
            EXPERT_MEMORY.at("daridorexant"),
        ),
    ),
    Rule(
        id="DDI-150",
        name="opioid with ketamine or esketamine",
        when=(takes(OPIOID, PATCH_TAIL), takes(KETAMINE_OR_ESKETAMINE)),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.BREATHING,
        because=(
            "Ketamine adds to opioid sedation and can slow breathing; the ketamine label warns of coma and "
            "death with opioids."
        ),
        consider=(
            "Use them together only with monitoring or a supervised plan. If both are taken at home: lowest "
            "doses, no driving, one prescriber for both. Offer naloxone."
        ),
        merged=("Ketamine beside an opioid needs monitoring or a supervised plan.",),
        sources=(LABEL_SECTIONS.at("Ketalar 7.3; Spravato 7.1"),),
        also=(Also.NALOXONE,),
    ),
    Rule(
        id="DDI-151",
        name="gabapentinoid with another sedative",
        when=(takes(GABAPENTINOID), takes(SEDATIVE_WITH_GABAPENTINOID)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.BREATHING,
        because=(
            "Gabapentinoids slow breathing more when another sedative is taken, most of all with lung "
            "disease, older age or weak kidneys."
        ),
        consider=(
            "Keep both doses as low as possible and fit the gabapentinoid to kidney function. Consider "
            "tapering the one that helps least; neither is stopped suddenly."
        ),
        sources=(
            FDA_2019_GABAPENTINOIDS.at("CNS depressants"),
            MHRA_2021.at("pregabalin with other CNS depressants, over 65, renal or respiratory disease"),
        ),
    ),
    Rule(
        id="DDI-152",
        name="opioid with lasmiditan",
        when=(takes(OPIOID, PATCH_TAIL), takes(LASMIDITAN)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.BREATHING,
        because="Lasmiditan causes sedation of its own and adds to that of the opioid.",
        consider=(
            "Consider another migraine treatment. If both are used: no driving for at least 8 hours, and no "
            "other sedative that day."
        ),
        merged=("After lasmiditan: no driving for at least 8 hours.",),
        sources=(REYVOW_LABEL.at("CNS depressants, 8 hours before driving"),),
    ),
    Rule(
        id="DDI-153",
        name="lasmiditan with another sedative or alcohol",
        when=(takes(LASMIDITAN), either(takes(GABA_SEDATIVE), *DRINKS)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.BREATHING,
        because="Lasmiditan with alcohol or another sedative adds to drowsiness and makes driving dangerous.",
        consider=(
            "Advise no alcohol and no other sedative on days of lasmiditan, where that is possible, and no "
            "driving for at least 8 hours. A sedative taken daily is not stopped for this."
        ),
        merged=("After lasmiditan: no driving for at least 8 hours.",),
        sources=(REYVOW_LABEL.at("CNS depressants"),),
    ),
    Rule(
        id="DDI-154",
        name="opioid with dexmedetomidine",
        when=(takes(OPIOID, PATCH_TAIL), takes(DEXMEDETOMIDINE)),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.BREATHING,
        because="Dexmedetomidine deepens opioid sedation and lowers blood pressure and pulse.",
        consider="Give them together only where breathing and blood pressure are monitored.",
        merged=("Dexmedetomidine is given only where breathing and blood pressure are monitored.",),
        sources=(LABEL.at("class warning"),),
        absorbs=("DDI-020",),
    ),
    Rule(
        id="DDI-155",
        name="opioid with xylazine",
        when=(takes(OPIOID, PATCH_TAIL), either(takes(XYLAZINE), has("xylazine exposure"))),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.BREATHING,
        because=(
            "Xylazine in illegally made drugs deepens sedation; naloxone does not reverse xylazine but still "
            "reverses the opioid."
        ),
        consider=(
            "Give naloxone all the same, support breathing and call for help. Ask about skin wounds without "
            "judgment and offer treatment of opioid use disorder."
        ),
        sources=(XYLAZINE_WARNING,),
    ),
    Rule(
        id="DDI-156",
        name="prescribed opioid with illegally made opioids",
        when=(takes(PRESCRIBED_OPIOID, PATCH_TAIL), either(takes(ILLICIT_OPIOID), has("illicit opioid use"))),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.OVERDOSE,
        because=(
            "Illegally made opioids are of unknown strength and add to the prescribed one, so overdose is more likely."
        ),
        consider=(
            "Ask openly and without judgment. Offer or continue buprenorphine or methadone, and keep the "
            "patient in care; treatment of opioid use disorder goes on. Offer naloxone."
        ),
        sources=(
            FDA_2017_OUD.at("do not withhold treatment"),
            CDC_2022.at("Recommendation 12; the wording is medsteward's own rule"),
            EXPERT_MEMORY.at("that overdose is more likely"),
        ),
        absorbs=("DDI-031",),
        also=(Also.NALOXONE,),
    ),
    Rule(
        id="DDI-157",
        name="opioid with an illegal stimulant",
        when=(takes(OPIOID, PATCH_TAIL), either(takes(ILLICIT_STIMULANT), has("stimulant use"))),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.OVERDOSE,
        because=(
            "A stimulant can hide opioid sedation until it wears off, and illegally made stimulants often "
            "contain fentanyl."
        ),
        consider=(
            "Ask without judgment. Offer naloxone; offer fentanyl test strips where legal, and treatment of "
            "stimulant use. The opioid is not stopped suddenly for this."
        ),
        sources=(EXPERT_MEMORY.at("CDC pages on preventing overdose"),),
        also=(Also.NALOXONE,),
    ),
    Rule(
        id="DDI-158",
        name="kratom or tianeptine with a sedative or alcohol",
        when=(takes(OPIOID_LIKE), either(takes(SEDATIVE_WITH_KRATOM), *DRINKS)),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.BREATHING,
        because=(
            "Kratom and tianeptine act on opioid receptors, so a sedative on top can slow breathing as with any opioid."
        ),
        consider=(
            "Ask how much is taken and why. Offer naloxone. Consider reducing gradually, and look for opioid "
            "use disorder or untreated pain. The sedative is not stopped suddenly."
        ),
        sources=(TIANEPTINE_WARNING.at("tianeptine"), EXPERT_MEMORY.at("kratom")),
        also=(Also.NALOXONE,),
    ),
    Rule(
        id="DDI-159",
        name="kratom or tianeptine with an opioid blocker",
        when=(takes(OPIOID_LIKE), takes(OPIOID_BLOCKER)),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.WITHDRAWAL,
        because=(
            "Regular kratom or tianeptine use causes opioid dependence, so an antagonist or partial agonist "
            "can bring on withdrawal."
        ),
        consider=(
            "Treat it as an opioid: wait for early withdrawal before buprenorphine, and 7 to 10 days or "
            "longer before naltrexone. If both are already taken, treat withdrawal; buprenorphine for opioid "
            "use disorder goes on."
        ),
        sources=(EXPERT_MEMORY.at("analogy to full agonists; case reports"),),
    ),
)
