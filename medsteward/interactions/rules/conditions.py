"""Conditions of the patient that change the risk of one drug."""

from __future__ import annotations

from medsteward.interactions.also import Also
from medsteward.interactions.places import (
    CDC_2022,
    CYCLOBENZAPRINE_LABEL,
    DULOXETINE_MONOGRAPH,
    ER_MONOGRAPHS,
    EXPERT_MEMORY,
    FDA_2019_GABAPENTINOIDS,
    FENTANYL_PATCH_LABELS,
    IMITREX,
    KAISER_COHORT,
    LABEL,
    MORPHINE_CONCENTRATE_LABEL,
    MORPHINE_LABEL,
    OURS,
)
from medsteward.interactions.rule import Hazard, Rule, Severity, Variant
from medsteward.interactions.rules.context import FOR_ALCOHOL_USE_DISORDER, NEW_START_DAYS, OUD_GOES_ON, OUD_UNCLEAR
from medsteward.limits.said import number, said
from medsteward.patient.clauses import (
    Includes,
    OpioidTolerance,
    StartedWithin,
    Takes,
    TreatsOud,
    both,
    has,
    takes,
    unless,
)
from medsteward.patient.groups import (
    CONCENTRATE,
    ER_OPIOID_OTHER,
    GLAUCOMA_DRUG,
    MISUSED_SEDATIVE,
    MORPHINE_CONCENTRATE,
    OPIOID,
    PREGABALIN_OR_GABAPENTIN,
    RETENTION_DRUG,
    TCA,
    TOLERANT_ONLY,
    TOLERANT_ONLY_OR_CONCENTRATE,
    TRIPTAN_OR_ERGOT,
)
from medsteward.patient.groups_of_conditions import OPIOID_OR_TRICYCLIC
from medsteward.patient.groups_of_pairs import PRESCRIBED_OPIOID
from medsteward.patient.picture import Tolerance

_FIRST_OF_LONG_ACTING = (
    "Some labels give a first dose for the naive. Every 12 hours: "
    f"OxyContin {said('DL-OXYCODONE-06')}, Nucynta ER {said('DL-TAPENTADOL-12')}, Zohydro "
    f"{said('DL-HYDROCODONE-05')}, oxymorphone ER {said('DL-OXYMORPHONE-05')}; MS Contin "
    f"{said('DL-MORPHINE-07')} (or every 8 hours), Xtampza {said('DL-OXYCODONE-12')} (needs a second source). "
    f"Every 24 hours: tramadol ER {number('DL-TRAMADOL-15')} mg, Hysingla {said('DL-HYDROCODONE-01')}. "
    f"Belbuca: {said('DL-BUPRENORPHINE-13')}; Butrans: {said('DL-BUPRENORPHINE-03')}. High "
    "strengths are for tolerant patients only."
)
"""First doses without tolerance of opioids that let go slowly, from the dose limits."""


RULES: tuple[Rule, ...] = (
    Rule(
        id="DDC-242",
        name="opioid or tricyclic with suicidality",
        when=(
            takes(OPIOID_OR_TRICYCLIC),
            has("suicidality"),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.SELF_HARM,
        because="Opioids are dangerous in overdose, and a person in crisis may act on what is within reach.",
        consider=(
            "Ask directly about suicidal thoughts and the plan. Keep supplies small and locked, give naloxone, and "
            "involve family and mental health care today. An opioid is never stopped suddenly: that raises the "
            "danger."
        ),
        sources=(
            LABEL.at("label"),
            EXPERT_MEMORY.at("overdose of a tricyclic"),
        ),
        variants=(
            Variant(
                unless(Includes(OPIOID)),
                because="An overdose of a tricyclic is dangerous, and a person in crisis may act on what is "
                "within reach.",
                consider=(
                    "Ask directly about suicidal thoughts and the plan. Keep supplies small and locked, and involve "
                    "family and mental health care today."
                ),
            ),
            Variant(
                Includes(TCA),
                add="A tricyclic overdose is dangerous: keep supplies small; it is tapered, not stopped suddenly.",
            ),
            OUD_GOES_ON,
            OUD_UNCLEAR,
        ),
    ),
    Rule(
        id="DDC-243",
        name="opioid with prior overdose",
        when=(
            takes(OPIOID),
            has("prior overdose"),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.OVERDOSE,
        because=(
            "A past overdose is a strong sign that another may follow, most of all when doses rise or sedatives are "
            "added."
        ),
        consider=(
            "Offer naloxone. Teach the household to give it. Talk openly about what happened, offer treatment for "
            "opioid use disorder where it fits, and change doses slowly."
        ),
        sources=(
            CDC_2022.at("CDC 2022"),
            KAISER_COHORT.at("Kaiser cohort risk factor"),
        ),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
        also=(Also.NALOXONE,),
    ),
    Rule(
        id="DDC-244",
        name="opioid for pain with substance or alcohol use disorder",
        when=(
            Takes(PRESCRIBED_OPIOID, not_for_oud=True),
            has(
                "substance use disorder",
                "alcohol use disorder",
                "opioid use disorder",
                "opioid use disorder in remission",
            ),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.OVERDOSE,
        because=(
            "A substance or alcohol use disorder makes overdose and a return to use more likely during opioid "
            "treatment for pain."
        ),
        consider=(
            "Plan structured care: small supplies, regular contact, naloxone, and medication for opioid use disorder "
            "where it fits. Do not stop an opioid suddenly."
        ),
        merged=("Plan structured care: small supplies and regular contact.",),
        sources=(
            CDC_2022.at("CDC 2022 p.20: SUD as overdose risk, offer naloxone"),
            EXPERT_MEMORY.at("avoid/structured wording recalled"),
        ),
    ),
    Rule(
        id="DDC-245",
        name="gabapentinoid or benzodiazepine with substance use disorder",
        when=(
            takes(MISUSED_SEDATIVE),
            has(
                "substance use disorder",
                "opioid use disorder",
                "opioid use disorder in remission",
                "alcohol use disorder",
            ),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.MISUSE,
        because=(
            "Gabapentinoids and benzodiazepines can cause dependence and overdose, more often in people with a "
            "substance use disorder."
        ),
        consider=(
            "Ask openly what helps and what worries the patient; agree on supply length and one pharmacy, offer "
            "naloxone, and reduce gradually if at all."
        ),
        absorbs=("DDI-022",),
        variants=(FOR_ALCOHOL_USE_DISORDER,),
        merged=("Ask openly what helps and what worries the patient; agree on supply length and one pharmacy.",),
        sources=(FDA_2019_GABAPENTINOIDS.at("FDA 2019"),),
    ),
    Rule(
        id="DDC-260",
        name="tricyclic, duloxetine or cyclobenzaprine with narrow-angle glaucoma",
        when=(
            takes(GLAUCOMA_DRUG),
            has("narrow-angle glaucoma"),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.EYE,
        because="The angle of the eye can close.",
        consider=("Avoid starting it; ask the eye specialist. An antidepressant is tapered, not stopped at once."),
        sources=(
            DULOXETINE_MONOGRAPH.at("MIMS duloxetine (uncontrolled narrow-angle)"),
            EXPERT_MEMORY.at("TCA recalled"),
        ),
    ),
    Rule(
        id="DDC-261",
        name="anticholinergic drug with urinary retention",
        when=(
            takes(RETENTION_DRUG),
            has("urinary retention"),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.URINE,
        because=(
            "The anticholinergic effect keeps the bladder from emptying, and an enlarged prostate makes complete "
            "retention likely."
        ),
        consider=(
            "Consider a drug without this effect; if it is already taken, ask about the stream and change over. No "
            "urine for several hours needs a catheter."
        ),
        sources=(
            CYCLOBENZAPRINE_LABEL.at("cyclobenzaprine label-type text: caution with urinary retention history"),
            EXPERT_MEMORY.at("others recalled"),
            LABEL.at("label says caution, not avoid"),
        ),
    ),
    Rule(
        id="DDC-263",
        name="triptan or ergot with vascular disease or hemiplegic migraine",
        when=(
            takes(TRIPTAN_OR_ERGOT),
            has("cardiovascular disease", "stroke", "uncontrolled hypertension", "hemiplegic migraine"),
        ),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.SPASM,
        because=(
            "Triptans and ergots narrow blood vessels and can cause a heart attack or stroke in people with these "
            "conditions."
        ),
        consider="Not to be used. Offer a gepant or lasmiditan, and review the last doses taken.",
        sources=(IMITREX.at("Imitrex label text"),),
    ),
    Rule(
        id="DDC-266",
        name="fentanyl patch, fentanyl for breakthrough pain or hydromorphone ER without tolerance",
        when=(
            takes(TOLERANT_ONLY),
            OpioidTolerance(Tolerance.NAIVE),
        ),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.BREATHING,
        because="Fatal slowing of breathing in someone who is not tolerant.",
        consider=(
            "Not to be started; an immediate-release opioid at a low dose first. Tolerant means for a week or more "
            "at least 60 mg oral morphine, 30 mg oxycodone or 8 mg hydromorphone a day, or the equal."
        ),
        merged=(
            "Such a product is not started without tolerance: a week or more of at least 60 mg oral morphine, 30 mg "
            "oxycodone or 8 mg hydromorphone a "
            "day, or the equal of it.",
        ),
        sources=(
            FENTANYL_PATCH_LABELS.at("fentanyl transdermal labels: contraindicated if not opioid-tolerant"),
            ER_MONOGRAPHS.at("Exalgo: opioid non-tolerant contraindicated"),
            EXPERT_MEMORY.at("TIRF labelling: opioid-tolerant patients only"),
        ),
    ),
    Rule(
        id="DDC-274",
        name="extended-release opioid without tolerance",
        when=(
            Takes(ER_OPIOID_OTHER, not_for_oud=True),
            OpioidTolerance(Tolerance.NAIVE),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.BREATHING,
        because="Slowed breathing in someone who is not tolerant.",
        consider=f"Begin with an immediate-release opioid. {_FIRST_OF_LONG_ACTING}",
        merged=(_FIRST_OF_LONG_ACTING,),
        sources=(
            CDC_2022.at("CDC 2022 p.12-13"),
            MORPHINE_LABEL.at("MS Contin label dosage text"),
            ER_MONOGRAPHS.at("Medscape hydrocodone ER, MPR Butrans"),
        ),
    ),
    Rule(
        id="HAZ-324",
        name="opioid tolerance not stated for a product that needs it",
        when=(
            takes(TOLERANT_ONLY_OR_CONCENTRATE),
            OpioidTolerance(Tolerance.UNKNOWN),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.BREATHING,
        because=("This product can kill someone who is not tolerant of opioids, and tolerance is not stated."),
        consider=(
            "Ask: has the patient taken at least 60 mg oral morphine a day, or the equal of it, for a week or more?"
        ),
        variants=(
            Variant(
                both(StartedWithin(TOLERANT_ONLY_OR_CONCENTRATE, NEW_START_DAYS), unless(TreatsOud())),
                severity=Severity.MAJOR,
                tier=1,
            ),
        ),
        absorbs=("HAZ-326",),
        sources=(
            FENTANYL_PATCH_LABELS.at("opioid-tolerant patients only"),
            OURS.at("asked, never assumed"),
        ),
    ),
    Rule(
        id="HAZ-325",
        name="concentrated oral opioid without tolerance",
        when=(
            takes(CONCENTRATE),
            OpioidTolerance(Tolerance.NAIVE),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.BREATHING,
        because="A small volume holds a large dose; deaths followed from mg taken for mL.",
        consider="A weaker solution or tablets. Write the dose in mg and in mL.",
        variants=(Variant(Includes(MORPHINE_CONCENTRATE), tier=1),),
        sources=(
            MORPHINE_CONCENTRATE_LABEL.at("boxed warning: opioid-tolerant patients only"),
            EXPERT_MEMORY.at(
                "boxed warning of concentrated oral morphine and oxycodone solutions: opioid-tolerant patients"
            ),
        ),
    ),
    Rule(
        id="HAZ-326",
        name="opioid tolerance not stated for a concentrate",
        when=(
            takes(CONCENTRATE),
            OpioidTolerance(Tolerance.UNKNOWN),
        ),
        severity=Severity.MINOR,
        tier=3,
        hazard=Hazard.BREATHING,
        because="The concentrate is for tolerant patients, and tolerance is not stated.",
        consider="Ask for tolerance. Write the dose in mg and in mL.",
        merged=("Write the dose of a concentrate in mg and in mL.",),
        sources=(EXPERT_MEMORY.at("boxed warning of concentrated oral solutions"),),
    ),
    Rule(
        id="DDC-270",
        name="gabapentinoid with heart failure",
        when=(
            takes(PREGABALIN_OR_GABAPENTIN),
            has("heart failure"),
        ),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.OEDEMA,
        because="Pregabalin and gabapentin make the body hold fluid, which can worsen heart failure.",
        consider=(
            "Weigh the patient at the start, watch ankle swelling, and consider a lower dose or a change if weight "
            "rises; it is reduced gradually."
        ),
        sources=(LABEL.at("pregabalin label"),),
    ),
    Rule(
        id="HAZ-327",
        name="short-term opioid tolerance lost",
        when=(
            takes(OPIOID),
            has("lost opioid tolerance"),
        ),
        severity=Severity.MAJOR,
        tier=1,
        hazard=Hazard.OVERDOSE,
        because="After a pause, detoxification or prison the former dose can kill.",
        consider="Begin again low; naloxone; explain it to the patient and household.",
        sources=(CDC_2022.at("p. 20: lost tolerance"),),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
)
