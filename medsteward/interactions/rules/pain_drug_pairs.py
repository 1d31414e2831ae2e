"""Other drugs of pain care, pair by pair."""

from __future__ import annotations

from medsteward.interactions.places import CELECOXIB_LABEL, EXPERT_MEMORY, FETZIMA_LABEL, JOHN_2013, LABEL
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.interactions.rules.context import CYP_OFFSET, DRINKS
from medsteward.limits.said import said
from medsteward.patient.clauses import either, takes, unless
from medsteward.patient.groups import CLONIDINE, CYP3A4_STRONG, SUZETRIGINE, TCA, TIZANIDINE, WARFARIN
from medsteward.patient.groups_of_levels import (
    CELECOXIB,
    CONTRACEPTIVE_WITH_SUZETRIGINE,
    CYP2C9_INHIBITOR,
    DANTROLENE,
    LEVOMILNACIPRAN,
    MARROW_DRUG,
    METAMIZOLE,
    METHYL_SALICYLATE,
    PRESSURE_DRUG,
    PROGESTIN_LET_PASS,
    STEROID_CLEARED_BY_CYP3A4,
    VERAPAMIL_OR_ESTROGEN,
)

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDI-264",
        name="levomilnacipran with alcohol",
        when=(takes(LEVOMILNACIPRAN), either(*DRINKS)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.RAISED_LEVEL,
        because="Alcohol can release the extended-release capsule too fast.",
        consider="Advise against alcohol with it.",
        sources=(FETZIMA_LABEL.at("alcohol and the extended-release capsule"),),
    ),
    Rule(
        id="DDI-265",
        name="tizanidine with a drug that lowers blood pressure",
        when=(takes(TIZANIDINE), takes(PRESSURE_DRUG)),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.LOW_PRESSURE,
        because="Tizanidine lowers blood pressure further, most on the first doses.",
        consider=f"Consider beginning with {said('DL-TIZANIDINE-03')} at night, and check standing blood pressure.",
        sources=(LABEL.at("Zanaflex label"),),
    ),
    Rule(
        id="DDI-266",
        name="celecoxib with CYP2C9 inhibitor",
        when=(takes(CELECOXIB), takes(CYP2C9_INHIBITOR, CYP_OFFSET)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.RAISED_LEVEL,
        because="A CYP2C9 inhibitor raises celecoxib (fluconazole doubles it): more stomach, kidney and heart risk.",
        consider="Consider the lowest celecoxib dose or another analgesic while the inhibitor is taken.",
        sources=(CELECOXIB_LABEL.at("twofold with fluconazole 200 mg; lowest dose"),),
    ),
    Rule(
        id="DDI-267",
        name="injected steroid with a booster or strong CYP3A4 inhibitor",
        when=(takes(STEROID_CLEARED_BY_CYP3A4), takes(CYP3A4_STRONG, CYP_OFFSET)),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.STEROID_EXCESS,
        because=(
            "The booster stops the steroid from being cleared: Cushing syndrome and adrenal failure for "
            "months, often after one epidural injection."
        ),
        consider=(
            "Ask about HIV, hepatitis C and COVID treatment before injecting. Avoid triamcinolone; ask the "
            "HIV clinic. If it was already injected, check cortisol."
        ),
        sources=(JOHN_2013.at("24 cases, 11 after epidural injection; recovery in a median of 23 weeks"),),
    ),
    Rule(
        id="DDI-269",
        name="suzetrigine with a hormonal contraceptive",
        when=(takes(SUZETRIGINE), takes(CONTRACEPTIVE_WITH_SUZETRIGINE), unless(takes(PROGESTIN_LET_PASS))),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.CONTRACEPTION,
        because="Suzetrigine may weaken some contraceptive pills.",
        consider="Offer condoms during treatment and for 28 days after, or a levonorgestrel or norethindrone product.",
        sources=(LABEL.at("Journavx label"),),
    ),
    Rule(
        id="DDI-270",
        name="tricyclic with clonidine",
        when=(takes(TCA), takes(CLONIDINE)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.HIGH_PRESSURE,
        because="A tricyclic can cancel clonidine's blood pressure effect.",
        consider=(
            "Consider another drug for one of the two, or check blood pressure weekly; clonidine is tapered if it ends."
        ),
        sources=(LABEL.at("tricyclic label"),),
    ),
    Rule(
        id="DDI-273",
        name="methyl salicylate on the skin with warfarin",
        when=(takes(METHYL_SALICYLATE), takes(WARFARIN)),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.BLEEDING,
        because="Salicylate rubs over large areas are absorbed and can raise the INR.",
        consider="Consider small areas or another topical; check the INR.",
        sources=(EXPERT_MEMORY.at("case reports"),),
    ),
    Rule(
        id="DDI-274",
        name="metamizole with methotrexate, clozapine or carbamazepine",
        when=(takes(METAMIZOLE), takes(MARROW_DRUG)),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.TOXICITY,
        because="Both can lower white blood cells; with metamizole life-threatening infection is possible.",
        consider=(
            "Avoid the pair; consider acetaminophen. If both are taken, fever or sore throat needs a blood "
            "count the same day."
        ),
        sources=(LABEL.at("European product texts"),),
    ),
    Rule(
        id="DDI-275",
        name="dantrolene with verapamil or estrogen",
        when=(takes(DANTROLENE), takes(VERAPAMIL_OR_ESTROGEN)),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.LIVER,
        because=(
            "Dantrolene can injure the liver, more often in women over 35 and with estrogen; injected with "
            "verapamil it can raise potassium."
        ),
        consider="Check liver tests before and during treatment.",
        sources=(LABEL.at("dantrolene label"),),
    ),
)
