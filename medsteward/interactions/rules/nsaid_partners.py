"""NSAIDs and acetaminophen with further partners."""

from __future__ import annotations

from medsteward.interactions.places import EXPERT_MEMORY, FDA_IBUPROFEN_ASPIRIN, LABEL, OTC_NSAID_LABELS
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.interactions.rules.context import DRINKS, INDUCER_OFFSET
from medsteward.limits.said import said
from medsteward.patient.clauses import Age, either, has, takes
from medsteward.patient.groups import ACETAMINOPHEN, ANTICOAGULANT, NSAID, SYSTEMIC_STEROID
from medsteward.patient.groups_of_levels import (
    ANTIPLATELET_SSRI_OR_SNRI,
    IBUPROFEN,
    INDUCER_OF_ACETAMINOPHEN,
    KIDNEY_DRUG,
    LOW_ASPIRIN,
    ORAL_BISPHOSPHONATE,
    PRESSURE_DRUG_BLUNTED,
)

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDI-280",
        name="NSAID with alcohol",
        when=(takes(NSAID), either(*DRINKS)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.ULCER,
        because="Alcohol injures the stomach lining and adds to the bleeding risk of the NSAID.",
        consider=(
            f"Advise against three or more drinks a day; consider acetaminophen within {said('DL-ACETAMINOPHEN-11')}, "
            "or a topical NSAID."
        ),
        sources=(OTC_NSAID_LABELS.at("3 or more drinks a day"),),
    ),
    Rule(
        id="DDI-281",
        name="NSAID with anticoagulant and antiplatelet, SSRI or SNRI",
        when=(takes(NSAID), takes(ANTICOAGULANT), takes(ANTIPLATELET_SSRI_OR_SNRI)),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.BLEEDING,
        because="An NSAID on top of two other drugs that promote bleeding makes serious bleeding much more likely.",
        consider=(
            "Consider ending the NSAID now, with acetaminophen or a topical NSAID instead. The others are "
            "not stopped without their prescribers."
        ),
        sources=(EXPERT_MEMORY.at("triple combination; severity is medsteward's own rule"),),
        absorbs=("DDI-120", "DDI-121", "DDI-128", "DDI-131"),
    ),
    Rule(
        id="DDI-282",
        name="NSAID with a drug that is toxic to the kidney or cleared by it",
        when=(takes(NSAID), takes(KIDNEY_DRUG)),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.KIDNEY,
        because="The NSAID lowers kidney blood flow and can raise the other drug to toxic levels.",
        consider="Avoid the pair; consider acetaminophen. If both were taken, check creatinine and the drug level.",
        sources=(LABEL.at("labels"),),
    ),
    Rule(
        id="DDI-283",
        name="NSAID with beta blocker, hydralazine or digoxin",
        when=(takes(NSAID), takes(PRESSURE_DRUG_BLUNTED)),
        severity=Severity.MINOR,
        tier=3,
        hazard=Hazard.HIGH_PRESSURE,
        because="NSAIDs blunt blood pressure treatment a little, and digoxin may rise.",
        consider="Check blood pressure after one to two weeks.",
        sources=(LABEL.at("class knowledge"),),
    ),
    Rule(
        id="DDI-284",
        name="NSAID with a bisphosphonate by mouth",
        when=(takes(NSAID), takes(ORAL_BISPHOSPHONATE)),
        severity=Severity.MINOR,
        tier=3,
        hazard=Hazard.ULCER,
        because="Both irritate the gullet and stomach.",
        consider="Prefer a topical NSAID or consider a PPI.",
        sources=(LABEL.at("label"),),
    ),
    Rule(
        id="DDI-285",
        name="acetaminophen with an enzyme inducer",
        when=(takes(ACETAMINOPHEN), takes(INDUCER_OF_ACETAMINOPHEN, INDUCER_OFFSET)),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.LIVER,
        because="The inducer turns more acetaminophen into its toxic metabolite.",
        consider="Keep regular acetaminophen at or below 2,000 to 3,000 mg a day.",
        sources=(LABEL.at("label-type text"),),
    ),
    Rule(
        id="DDI-286",
        name="ibuprofen with low-dose aspirin",
        when=(takes(IBUPROFEN), takes(LOW_ASPIRIN)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.HEART,
        because="Ibuprofen taken before aspirin blocks its protection of the heart.",
        consider=(
            "Occasional use: ibuprofen 30 minutes or more after plain aspirin, or 8 hours or more before it; "
            "no safe gap is known for coated aspirin. Regular ibuprofen: consider changing it. Low-dose "
            "aspirin is not stopped without its prescriber."
        ),
        sources=(FDA_IBUPROFEN_ASPIRIN,),
        absorbs=("DDI-128",),
    ),
    Rule(
        id="DDI-287",
        name="NSAID with corticosteroid from age 65 or after an ulcer",
        when=(takes(NSAID), takes(SYSTEMIC_STEROID), either(Age(at_least=65), has("gastrointestinal ulcer or bleed"))),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.ULCER,
        because="Steroid and NSAID together raise the ulcer risk several times, more in older people or after a bleed.",
        consider=(
            "Avoid the NSAID, or consider a PPI and a short course. A steroid taken for long is not stopped suddenly."
        ),
        sources=(LABEL.at("class knowledge"),),
        absorbs=("DDI-127",),
    ),
)
