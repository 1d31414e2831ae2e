"""NSAIDs, and what shares their dangers, in a patient whose gut, blood or kidneys are at risk."""

from __future__ import annotations

from medsteward.interactions.places import (
    BEERS_2023_RECALLED,
    CELECOXIB_LABEL,
    CHIASSON_2019,
    EXPERT_MEMORY,
    KETOROLAC_LABEL,
    LABEL,
    ZONISAMIDE_TEXT,
)
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.patient.clauses import has, takes
from medsteward.patient.groups import KETOROLAC, NSAID
from medsteward.patient.groups_of_conditions import NSAID_NOT_KETOROLAC, SULFONAMIDE

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDC-217",
        name="NSAID with heart failure",
        when=(
            takes(NSAID),
            has("heart failure"),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.HEART,
        because="Fluid is held back; heart failure gets worse and leads to admission.",
        consider="Avoid; topical diclofenac or acetaminophen instead.",
        sources=(
            LABEL.at("heart failure"),
            BEERS_2023_RECALLED.at("heart failure"),
        ),
    ),
    Rule(
        id="DDC-295",
        name="NSAID after bariatric surgery",
        when=(takes(NSAID), has("bariatric surgery")),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.ULCER,
        because="After gastric bypass an NSAID can cause an ulcer at the join that bleeds or perforates.",
        consider=(
            "Consider acetaminophen or a topical NSAID. If one course is unavoidable, add a PPI and keep it short."
        ),
        sources=(EXPERT_MEMORY.at("guidance on drugs after bariatric surgery"),),
    ),
    Rule(
        id="DDC-329",
        name="NSAID with inflammatory bowel disease",
        when=(takes(NSAID), has("inflammatory bowel disease")),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.ULCER,
        because="NSAIDs can bring on a flare of inflammatory bowel disease and bleeding from the gut.",
        consider=(
            "Acetaminophen or a topical NSAID is preferred. If an NSAID is taken, ask about blood, cramps and weight, "
            "and tell the gut specialist."
        ),
        sources=(EXPERT_MEMORY.at("European product texts: flare of inflammatory bowel disease"),),
    ),
    Rule(
        id="DDC-336",
        name="celecoxib or zonisamide with sulfonamide allergy",
        when=(takes(SULFONAMIDE), has("sulfonamide allergy")),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.RASH,
        because=(
            "The label forbids this drug after an allergic reaction to a sulfonamide: a severe reaction can follow."
        ),
        consider=(
            "Ask what happened and with which drug. For pain consider acetaminophen or another NSAID. If it is already "
            "taken, call the prescriber today; zonisamide is never stopped suddenly. Rash or swelling needs help at "
            "once."
        ),
        sources=(
            CELECOXIB_LABEL.at("contraindications: allergic reaction to sulfonamides"),
            ZONISAMIDE_TEXT,
        ),
    ),
    Rule(
        id="DDC-337",
        name="ketorolac with a bleeding disorder, a brain bleed or an ulcer",
        when=(takes(KETOROLAC), has("bleeding disorder", "intracranial bleeding", "gastrointestinal ulcer or bleed")),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.BLEEDING,
        because=(
            "Ketorolac keeps platelets from working; with a bleeding disorder, a brain bleed or an ulcer its label "
            "forbids it."
        ),
        consider=(
            "Not to be given: consider acetaminophen or another pain medicine. If it was given: consider ending it "
            "now, look for bleeding and check a blood count. Low-dose aspirin is not stopped without its prescriber."
        ),
        sources=(KETOROLAC_LABEL.at("boxed warning: ulcer, bleeding, hemorrhagic diathesis"),),
        absorbs=("DDC-218",),
    ),
    Rule(
        id="DDC-338",
        name="ketorolac with dehydration or acute kidney injury",
        when=(takes(KETOROLAC), has("dehydration", "acute kidney injury")),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.KIDNEY,
        because="In dehydration or acute kidney injury ketorolac can shut the kidneys down; its label forbids it.",
        consider=(
            "Not to be given until fluids and creatinine are right: consider acetaminophen. If it was given: consider "
            "ending it now, correct fluids and check creatinine."
        ),
        sources=(KETOROLAC_LABEL.at("boxed warning: at risk of renal failure by volume depletion"),),
        absorbs=("DDC-341",),
    ),
    Rule(
        id="DDC-339",
        name="NSAID with a bleeding disorder",
        when=(takes(NSAID_NOT_KETOROLAC), has("bleeding disorder")),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.BLEEDING,
        because="NSAIDs keep platelets from working, so bleeding is more likely with a bleeding disorder.",
        consider=(
            "Acetaminophen or a topical NSAID is preferred. If an NSAID is taken, ask about bleeding and bruising, and "
            "ask the hematology team."
        ),
        sources=(EXPERT_MEMORY.at("NSAID class wording: coagulation disorders"),),
    ),
    Rule(
        id="DDC-340",
        name="NSAID with dehydration",
        when=(takes(NSAID_NOT_KETOROLAC), has("dehydration")),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.KIDNEY,
        because="When fluid is lost, an NSAID takes away the kidneys' last protection and can injure them.",
        consider=(
            "Consider pausing the NSAID until eating, drinking and urine are normal, with acetaminophen meanwhile. "
            "Check creatinine if it lasted more than a day."
        ),
        sources=(EXPERT_MEMORY.at("NSAID class wording: volume depletion"),),
    ),
    Rule(
        id="DDC-341",
        name="NSAID with acute kidney injury",
        when=(takes(NSAID), has("acute kidney injury")),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.KIDNEY,
        because=("Injured kidneys depend on substances that NSAIDs block, so an NSAID can make the injury permanent."),
        consider=(
            "Consider ending the NSAID now, with acetaminophen instead. Check creatinine and potassium, and review "
            "every drug that the kidneys clear."
        ),
        sources=(
            KETOROLAC_LABEL.at("renal failure by volume depletion"),
            EXPERT_MEMORY.at("NSAID class wording: acute kidney injury"),
        ),
    ),
    Rule(
        id="DDC-342",
        name="NSAID with a kidney transplant",
        when=(takes(NSAID), has("kidney transplant")),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.KIDNEY,
        because=(
            "NSAIDs reduce blood flow to the transplanted kidney and can injure it, more so beside tacrolimus or "
            "cyclosporine."
        ),
        consider=(
            "Avoid: consider acetaminophen. If an NSAID is taken, call the transplant team and check creatinine and "
            "the drug level."
        ),
        sources=(CHIASSON_2019.at("avoidance recommended; high-dose odds ratio 2.83, 1.55 to 5.19"),),
    ),
    Rule(
        id="DDC-348",
        name="NSAID with high potassium",
        when=(takes(NSAID), has("hyperkalemia")),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.KIDNEY,
        because=(
            "NSAIDs make the kidneys hold potassium, so a raised potassium can climb, more so with an ACE inhibitor "
            "or ARB."
        ),
        consider=(
            "Acetaminophen is preferred. If an NSAID is taken, check potassium within a week, and review potassium "
            "tablets and salt substitutes."
        ),
        sources=(EXPERT_MEMORY.at("NSAID labels: hyperkalemia"),),
    ),
)
