"""Low kidney function."""

from __future__ import annotations

from medsteward.interactions.places import (
    BEERS_2023_RECALLED,
    DULOXETINE_LABEL,
    EXPERT_MEMORY,
    GABAPENTINOID_RENAL,
    GUIDELINE,
    KETOROLAC_LABEL,
    MEPERIDINE_LABEL,
    MORPHINE_LABEL,
    NAPROXEN_LABELS,
    NEURONTIN_LABEL,
    TRAMADOL_MEDSCAPE,
    ULTRAM_LABELS,
)
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.interactions.rules.context import BACLOFEN_BELOW_65, KETOROLAC_KIDNEY, above_for_kidneys
from medsteward.limits.said import figure, number, population_of, said
from medsteward.patient.clauses import DailyAbove, Kidney, both, either, takes, unless
from medsteward.patient.groups import (
    BACLOFEN,
    DULOXETINE,
    GABAPENTIN,
    GABAPENTINOID,
    MEPERIDINE,
    MORPHINE_OR_CODEINE,
    NSAID,
    PREGABALIN,
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
        because=(
            "Normeperidine, a breakdown product of meperidine, builds up when the kidneys are weak and causes seizures."
        ),
        consider=(
            "Consider another opioid, such as low-dose hydromorphone or fentanyl. If meperidine is taken now, "
            "change over gradually."
        ),
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
            population_of("DL-TRAMADOL-05"),
            either(DailyAbove(TRAMADOL, figure("DL-TRAMADOL-05"), or_unknown=True), takes(TRAMADOL_ER)),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.ACCUMULATION,
        because="Tramadol and its active form build up.",
        consider=(
            f"At most {said('DL-TRAMADOL-05')} of the immediate-release form, every {said('DL-TRAMADOL-06')}; not the "
            "extended-release form (nor in Child-Pugh C)."
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
                *above_for_kidneys(or_unknown=True),
                both(
                    Kidney(60),
                    unless(Kidney(60, 30)),
                    unless(Kidney(30, 15)),
                    unless(Kidney(15)),
                    either(
                        DailyAbove(GABAPENTIN, figure("DL-GABAPENTIN-06"), or_unknown=True),
                        DailyAbove(PREGABALIN, figure("DL-PREGABALIN-17"), or_unknown=True),
                    ),
                ),
            ),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.ACCUMULATION,
        because=("Gabapentinoids leave only through the kidneys: sedation and confusion when they build up."),
        consider=(
            f"Most a day: gabapentin {number('DL-GABAPENTIN-04')} mg at 30-59 mL/min, "
            f"{number('DL-GABAPENTIN-05')} mg at 15-29, {number('DL-GABAPENTIN-06')} mg at 15, and below it "
            f"{number('DL-GABAPENTIN-07')} mg for each mL/min. Pregabalin: {number('DL-PREGABALIN-15')}, "
            f"{number('DL-PREGABALIN-16')} and {number('DL-PREGABALIN-17')} mg, less in diabetic neuropathy and "
            "fibromyalgia. Bring the dose down gradually."
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
        because="NSAIDs reduce blood flow to kidneys that are already weak, and can injure them further.",
        consider=(
            "Acetaminophen or a topical NSAID is preferred. If an NSAID is used, keep it short and check creatinine "
            "in two weeks."
        ),
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
        sources=(
            BEERS_2023_RECALLED.at("Beers 2023 addition"),
            EXPERT_MEMORY.at("half the dose below 65 with an eGFR of 30 to 59"),
        ),
        variants=(BACLOFEN_BELOW_65,),
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
)
