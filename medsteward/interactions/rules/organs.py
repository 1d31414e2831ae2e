"""Low kidney function and liver disease."""

from __future__ import annotations

from fractions import Fraction

from medsteward.interactions.places import (
    BEERS_2023_RECALLED,
    CDC_2022,
    DOSE_LIMITS,
    DULOXETINE_LABEL,
    DULOXETINE_MONOGRAPH,
    EXPERT_MEMORY,
    GABAPENTINOID_RENAL,
    GUIDELINE,
    KETOROLAC_LABEL,
    LABEL,
    MEPERIDINE_LABEL,
    MORPHINE_LABEL,
    NAPROXEN_LABELS,
    NEURONTIN_LABEL,
    TRAMADOL_MEDSCAPE,
    ULTRAM_LABELS,
)
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.interactions.rules.context import (
    KETOROLAC_KIDNEY,
    OUD_GOES_ON,
    OUD_UNCLEAR,
    WITHIN_TWO_GRAMS,
)
from medsteward.patient.clauses import DailyAbove, Kidney, Liver, both, either, takes, unless
from medsteward.patient.groups import (
    ACETAMINOPHEN,
    BACLOFEN,
    BUPRENORPHINE,
    BUPRENORPHINE_NALOXONE,
    DULOXETINE,
    GABAPENTIN,
    GABAPENTINOID,
    HYDROCODONE,
    HYDROMORPHONE,
    MAGNESIUM,
    MEPERIDINE,
    METHADONE,
    MORPHINE_OR_CODEINE,
    NSAID,
    OPIOID,
    OXYCODONE,
    OXYMORPHONE,
    PREGABALIN,
    TAPENTADOL,
    TIZANIDINE,
    TRAMADOL,
    TRAMADOL_ER,
)

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDC-204",
        name="morphine or codeine with low kidney function",
        when=(
            takes(MORPHINE_OR_CODEINE),
            Kidney(30),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.ACCUMULATION,
        because="Active metabolites (M6G, M3G) build up: sedation, slowed breathing, twitching.",
        consider=(
            "Reduce the dose or lengthen the interval, or change gradually to hydromorphone at a low dose, "
            "fentanyl or buprenorphine."
        ),
        sources=(
            EXPERT_MEMORY.at("UpToDate ER table: avoid or dose less often"),
            MORPHINE_LABEL.at("skyscape: CrCl 10-50 -25 %, <10 -50 %"),
            EXPERT_MEMORY.at("no opened text forbids below 30: that cut-off is recalled"),
        ),
    ),
    Rule(
        id="DDC-205",
        name="meperidine with low kidney function",
        when=(
            takes(MEPERIDINE),
            Kidney(60),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.SEIZURE,
        because="Normeperidine builds up: seizures.",
        consider="Not to be used; choose another opioid.",
        sources=(
            MEPERIDINE_LABEL.at("Demerol label: seizures as normeperidine builds up with extended use"),
            BEERS_2023_RECALLED.at("the renal cut-off recalled (Beers)"),
        ),
    ),
    Rule(
        id="DDC-206",
        name="tramadol with low kidney function",
        when=(
            takes(TRAMADOL),
            Kidney(30),
            either(DailyAbove(TRAMADOL, Fraction(200), or_unknown=True), takes(TRAMADOL_ER)),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.ACCUMULATION,
        because="Tramadol and its active form build up.",
        consider=(
            "At most 200 mg a day of the immediate-release form, every 12 hours; not the extended-release "
            "form (nor in Child-Pugh C)."
        ),
        sources=(
            ULTRAM_LABELS.at("Ultram and Ultram ER label dosage sections"),
            TRAMADOL_MEDSCAPE.at("Medscape"),
        ),
    ),
    Rule(
        id="DDC-207",
        name="gabapentinoid above its dose for kidney function",
        when=(
            takes(GABAPENTINOID),
            either(
                both(
                    Kidney(60, 30),
                    either(
                        DailyAbove(GABAPENTIN, Fraction(1400), or_unknown=True),
                        DailyAbove(PREGABALIN, Fraction(300), or_unknown=True),
                    ),
                ),
                both(
                    Kidney(30, 15),
                    either(
                        DailyAbove(GABAPENTIN, Fraction(700), or_unknown=True),
                        DailyAbove(PREGABALIN, Fraction(150), or_unknown=True),
                    ),
                ),
                both(
                    Kidney(15),
                    either(
                        DailyAbove(GABAPENTIN, Fraction(300), or_unknown=True),
                        DailyAbove(PREGABALIN, Fraction(75), or_unknown=True),
                    ),
                ),
                both(
                    Kidney(60),
                    unless(Kidney(60, 30)),
                    unless(Kidney(30, 15)),
                    unless(Kidney(15)),
                    either(
                        DailyAbove(GABAPENTIN, Fraction(300), or_unknown=True),
                        DailyAbove(PREGABALIN, Fraction(75), or_unknown=True),
                    ),
                ),
            ),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.ACCUMULATION,
        because=("Gabapentinoids leave only through the kidneys: sedation and confusion when they build up."),
        consider=(
            "Most a day: gabapentin 1,400 mg at 30-59 mL/min, 700 mg at 15-29, 300 mg below 15; pregabalin "
            "300, 150 and 75 mg. Bring the dose down gradually."
        ),
        sources=(
            NEURONTIN_LABEL.at("Neurontin label (DailyMed 97935fd9 v48, 2.3 Table 1, keyed on CrCl)"),
            GABAPENTINOID_RENAL.at("pregabalin PMC5291335"),
        ),
    ),
    Rule(
        id="DDC-208",
        name="NSAID with low kidney function",
        when=(
            takes(NSAID),
            Kidney(30),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.KIDNEY,
        because="Kidney injury and high potassium.",
        consider="Avoid; ketorolac is contraindicated. Acetaminophen or a topical instead.",
        sources=(
            NAPROXEN_LABELS.at("naproxen: not recommended at CrCl <30 (Medscape)"),
            KETOROLAC_LABEL.at("ketorolac label: contraindicated in advanced renal impairment"),
        ),
        variants=(KETOROLAC_KIDNEY,),
        absorbs=("DDI-123",),
    ),
    Rule(
        id="DDC-209",
        name="NSAID with reduced kidney function",
        when=(
            takes(NSAID),
            Kidney(60),
            unless(Kidney(30)),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.KIDNEY,
        because="Kidney injury.",
        consider="Keep it short and check creatinine, or choose a topical.",
        sources=(GUIDELINE.at("KDIGO"),),
        absorbs=("DDI-123",),
    ),
    Rule(
        id="DDC-210",
        name="baclofen with low kidney function",
        when=(
            takes(BACLOFEN),
            Kidney(60),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.ACCUMULATION,
        because="Baclofen builds up: confusion, deep sedation.",
        consider=("Avoid starting it. If it is already taken, reduce it gradually: stopping it at once is dangerous."),
        sources=(BEERS_2023_RECALLED.at("Beers 2023 addition"),),
    ),
    Rule(
        id="DDC-211",
        name="duloxetine with low kidney function",
        when=(
            takes(DULOXETINE),
            Kidney(30),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.ACCUMULATION,
        because="Exposure doubles, metabolites rise seven to nine times.",
        consider="Avoid starting it; if already taken, change over gradually.",
        sources=(DULOXETINE_LABEL.at("avoid <30 mL/min in fpnotebook and skyscape"),),
    ),
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
        consider="At most 2,000 mg a day.",
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
        because="Bleeding and kidney injury.",
        consider="Avoid in cirrhosis.",
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
        because="Magnesium builds up.",
        consider="Use polyethylene glycol or senna instead.",
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
