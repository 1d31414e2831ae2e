"""Liver disease, and medicines that need both kidneys and liver."""

from __future__ import annotations

from medsteward.interactions.places import (
    CDC_2022,
    DOSE_LIMITS,
    DULOXETINE_LABEL,
    DULOXETINE_MONOGRAPH,
    EXPERT_MEMORY,
    GUIDELINE,
    LABEL,
)
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.interactions.rules.context import (
    OUD_GOES_ON,
    OUD_UNCLEAR,
    WITHIN_TWO_GRAMS,
)
from medsteward.limits.said import said
from medsteward.patient.clauses import Kidney, Liver, either, takes
from medsteward.patient.groups import (
    ACETAMINOPHEN,
    BUPRENORPHINE,
    BUPRENORPHINE_NALOXONE,
    DULOXETINE,
    HYDROCODONE,
    HYDROMORPHONE,
    MAGNESIUM,
    METHADONE,
    NSAID,
    OPIOID,
    OXYCODONE,
    OXYMORPHONE,
    TAPENTADOL,
    TIZANIDINE,
)

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDC-212",
        name="duloxetine with liver disease",
        when=(
            takes(DULOXETINE),
            Liver(),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.LIVER,
        because="Liver injury; in Child-Pugh B exposure rises five times.",
        consider="Avoid starting it; if already taken, taper with its prescriber.",
        sources=(
            DULOXETINE_LABEL.at("duloxetine label 8.9: Child-Pugh B clearance 15 % of normal, AUC x5"),
            DULOXETINE_MONOGRAPH.at("MIMS lists contraindicated"),
        ),
    ),
    Rule(
        id="DDC-213",
        name="acetaminophen with liver disease",
        when=(
            takes(ACETAMINOPHEN),
            Liver(),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.LIVER,
        because="The liver is injured at lower doses.",
        consider=f"At most {said('DL-ACETAMINOPHEN-22')}.",
        sources=(GUIDELINE.at("guideline"),),
        variants=(WITHIN_TWO_GRAMS,),
    ),
    Rule(
        id="DDC-214",
        name="opioid with liver disease",
        when=(
            takes(OPIOID),
            Liver(),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.LIVER_CLEARANCE,
        because="Opioids build up; confusion from the liver gets worse.",
        consider=(
            "Extra caution: lower dose, longer interval, closer monitoring, most of all for long-acting products."
        ),
        sources=(CDC_2022.at("CDC 2022 p.21 and p.13, renal or hepatic"),),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="DDC-215",
        name="NSAID with liver disease",
        when=(
            takes(NSAID),
            Liver(),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.BLEEDING,
        because="In liver disease an NSAID can cause bleeding from varices and kidney failure.",
        consider=(
            "Avoid all NSAIDs in cirrhosis; acetaminophen within its limit for liver disease is preferred. If an "
            "NSAID is taken, consider ending it, and check creatinine."
        ),
        sources=(GUIDELINE.at("guideline"),),
    ),
    Rule(
        id="DDC-216",
        name="tizanidine with liver disease",
        when=(
            takes(TIZANIDINE),
            Liver(),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.LIVER_CLEARANCE,
        because="Tizanidine builds up and can injure the liver.",
        consider="Avoid starting it; if already taken, reduce gradually.",
        sources=(LABEL.at("label"),),
    ),
    Rule(
        id="DDC-271",
        name="magnesium laxative with low kidney function",
        when=(
            takes(MAGNESIUM),
            Kidney(30),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.MAGNESIUM,
        because="Weak kidneys cannot clear magnesium, which can build up and slow the heart and breathing.",
        consider=(
            "Consider polyethylene glycol or senna instead, and check the magnesium level if it was used for days."
        ),
        sources=(LABEL.at("label"),),
    ),
    Rule(
        id="HAZ-313",
        name="tapentadol with severe kidney or liver disease",
        when=(
            takes(TAPENTADOL),
            either(Kidney(30), Liver(("C",))),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.ACCUMULATION,
        because="Tapentadol is not recommended below 30 mL/min or in Child-Pugh C.",
        consider="Choose another opioid, changing over gradually; in Child-Pugh B begin lower.",
        sources=(
            EXPERT_MEMORY.at("tapentadol labelling, dosage in renal and hepatic impairment"),
            DOSE_LIMITS.at("tapentadol: not recommended below 30 mL/min"),
        ),
    ),
    Rule(
        id="HAZ-314",
        name="oxycodone with low kidney function",
        when=(
            takes(OXYCODONE),
            Kidney(60),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.ACCUMULATION,
        because="Oxycodone rises with low kidney function.",
        consider="Begin low, rise slowly, lengthen the interval.",
        sources=(DOSE_LIMITS.at("oxycodone: begin low below 60 mL/min"),),
    ),
    Rule(
        id="HAZ-315",
        name="hydromorphone with low kidney function",
        when=(
            takes(HYDROMORPHONE),
            Kidney(60),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.ACCUMULATION,
        because="Hydromorphone and its metabolite build up.",
        consider="Begin with 25 to 50 % of the usual dose; watch for twitching and sedation.",
        sources=(DOSE_LIMITS.at("hydromorphone: reduce the first dose to 25-50 %"),),
    ),
    Rule(
        id="HAZ-316",
        name="methadone with severe kidney or liver disease",
        when=(
            takes(METHADONE),
            either(Kidney(15), Liver(("B", "C"))),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.ACCUMULATION,
        because="Methadone can build up with severe kidney or liver disease.",
        consider="Begin low, rise no sooner than every 5 to 7 days, watch closely.",
        sources=(DOSE_LIMITS.at("methadone: caution in severe impairment"),),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="HAZ-317",
        name="buprenorphine with naloxone and moderate or severe liver disease",
        when=(
            takes(BUPRENORPHINE),
            takes(BUPRENORPHINE_NALOXONE),
            Liver(("B", "C")),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.WITHDRAWAL,
        because=(
            "The liver clears naloxone less than buprenorphine: naloxone then rises and can bring on "
            "withdrawal or weaken the effect."
        ),
        consider=(
            "Not recommended to start in moderate or severe liver disease; buprenorphine alone is an "
            "alternative. Treatment is not given up for this."
        ),
        sources=(EXPERT_MEMORY.at("buprenorphine/naloxone labelling, hepatic impairment"),),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="HAZ-318",
        name="oxymorphone with kidney or liver disease",
        when=(
            takes(OXYMORPHONE),
            either(Kidney(60), Liver(("B", "C"))),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.ACCUMULATION,
        because=(
            "Oxymorphone rises by about 60 % in severe impairment; it is contraindicated in moderate or "
            "severe liver disease."
        ),
        consider="Begin low; choose another opioid in liver disease.",
        sources=(
            DOSE_LIMITS.at("oxymorphone: bioavailability up about 60 % in severe impairment"),
            EXPERT_MEMORY.at("oxymorphone labelling, liver"),
        ),
    ),
    Rule(
        id="HAZ-319",
        name="hydrocodone with severe kidney or liver disease",
        when=(
            takes(HYDROCODONE),
            either(Kidney(30), Liver(("C",))),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.ACCUMULATION,
        because="Hydrocodone rises in severe impairment.",
        consider="Begin low and watch.",
        sources=(DOSE_LIMITS.at("hydrocodone: begin low in severe impairment"),),
    ),
)
