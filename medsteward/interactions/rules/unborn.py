"""Medicines in pregnancy, and where a pregnancy may begin. A text about one country names it."""

from __future__ import annotations

from medsteward.interactions.places import (
    ARTHROTEC_LABEL,
    EXPERT_MEMORY,
    FDA_2020_NSAIDS,
    METHOTREXATE_LABEL,
    MHRA_2022_PREGABALIN,
    MHRA_TOPIRAMATE,
    NICE_EPILEPSY,
)
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.model.missing import MISOPROSTOL_FOR
from medsteward.patient.clauses import InProductWith, MayBeFor, Pregnant, either, has, takes, unless
from medsteward.patient.groups import GABAPENTIN, NSAID_TOPICAL, PREGABALIN, SSRI_OR_SNRI, TOPIRAMATE
from medsteward.patient.groups_of_conditions import (
    ALCOHOL_OR_CANNABINOID,
    EARLY_HARM,
    FETAL_HEART_DRUG,
    MIFEPRISTONE,
    MISOPROSTOL,
    OLD_ANTIEPILEPTIC,
    VALPROATE_OR_METHOTREXATE,
)
from medsteward.patient.groups_of_levels import VALPROATE

TOPIRAMATE_FOR_SEIZURES = MayBeFor(TOPIRAMATE, ("seizure disorder",))
VALPROATE_FOR_BRAIN = MayBeFor(VALPROATE, ("seizure disorder", "bipolar disorder"))

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDC-310",
        name="misoprostol for the stomach in pregnancy",
        when=(
            takes(MISOPROSTOL),
            Pregnant(),
            either(
                InProductWith(MISOPROSTOL, ("diclofenac",)),
                MayBeFor(MISOPROSTOL, ("gastrointestinal ulcer or bleed",), MISOPROSTOL_FOR),
            ),
            unless(takes(MIFEPRISTONE)),
        ),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.UNBORN,
        because="Misoprostol makes the womb contract: miscarriage, rupture of the womb, birth defects.",
        consider=(
            "Not to be used for the stomach in pregnancy. If it is taken for that, take no more and call obstetrics "
            "today. Treatment of a miscarriage, or use with mifepristone, is another matter: ask."
        ),
        sources=(ARTHROTEC_LABEL,),
    ),
    Rule(
        id="DDC-311",
        name="older antiepileptic in pregnancy",
        when=(takes(OLD_ANTIEPILEPTIC), Pregnant()),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.UNBORN,
        because=(
            "These drugs cause malformations in early pregnancy, mostly of the heart and of the tube that becomes "
            "brain and spine."
        ),
        consider=(
            "Ask a specialist today. For seizures it is never stopped suddenly; for nerve pain consider changing over "
            "step by step. Before week 12 ask about high-dose folic acid (UK: 5 mg)."
        ),
        sources=(EXPERT_MEMORY.at("MHRA review of antiepileptics in pregnancy; NICE NG217"),),
    ),
    Rule(
        id="DDC-312",
        name="topiramate in pregnancy, not for epilepsy",
        when=(takes(TOPIRAMATE), Pregnant(), unless(TOPIRAMATE_FOR_SEIZURES)),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.UNBORN,
        because=(
            "Topiramate causes malformations and raises the risk of autism and intellectual disability two to three "
            "times. UK: contraindicated for migraine in pregnancy. US label: a warning."
        ),
        consider=(
            "Call the prescriber today. For migraine or pain consider changing to another drug; if it may be for "
            "seizures, it is never stopped suddenly. Before a start: contraception and a pregnancy test."
        ),
        sources=(
            MHRA_TOPIRAMATE.at("UK: contraindicated in pregnancy for migraine"),
            EXPERT_MEMORY.at("US label: a warning of oral clefts, no contraindication"),
        ),
    ),
    Rule(
        id="DDC-325",
        name="topiramate for epilepsy in pregnancy",
        when=(takes(TOPIRAMATE), Pregnant(), TOPIRAMATE_FOR_SEIZURES),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.UNBORN,
        because=(
            "Topiramate in pregnancy can cause oral clefts and learning problems, but a seizure also endangers mother "
            "and child."
        ),
        consider=(
            "It is never stopped suddenly. Call the epilepsy specialist today about dose, a change and folic acid. UK: "
            "only if nothing else works, with a pregnancy plan."
        ),
        sources=(
            MHRA_TOPIRAMATE.at("UK: epilepsy in pregnancy"),
            EXPERT_MEMORY.at("US label: fetal toxicity"),
        ),
    ),
    Rule(
        id="DDC-313",
        name="valproate in pregnancy, not for epilepsy or bipolar disorder",
        when=(takes(VALPROATE), Pregnant(), unless(VALPROATE_FOR_BRAIN)),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.UNBORN,
        because=(
            "About one in nine babies exposed to valproate has a malformation, and up to four in ten have learning or "
            "developmental problems."
        ),
        consider=(
            "Call the specialist today; if it may be for seizures, it is never stopped suddenly. For migraine or pain "
            "consider changing to another drug now. UK: two specialists and a pregnancy plan."
        ),
        sources=(
            NICE_EPILEPSY.at("valproate: two specialists under 55"),
            EXPERT_MEMORY.at("one in nine and four in ten"),
        ),
        absorbs=("DDC-222",),
    ),
    Rule(
        id="DDC-326",
        name="valproate for epilepsy or bipolar disorder in pregnancy",
        when=(takes(VALPROATE), Pregnant(), VALPROATE_FOR_BRAIN),
        severity=Severity.MAJOR,
        tier=1,
        hazard=Hazard.UNBORN,
        because=(
            "Valproate often causes malformations and learning problems, but a sudden end can bring on seizures that "
            "endanger mother and child."
        ),
        consider=(
            "It is never stopped suddenly. Call the specialist today about the lowest dose, a change and folic acid. "
            "UK: two specialists and a pregnancy plan."
        ),
        sources=(
            NICE_EPILEPSY.at("valproate in women and girls"),
            EXPERT_MEMORY.at("figures as in DDC-313"),
        ),
    ),
    Rule(
        id="DDC-314",
        name="pregabalin in pregnancy",
        when=(takes(PREGABALIN), Pregnant()),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.UNBORN,
        because=(
            "After pregabalin in early pregnancy 5.9 % of babies had a malformation, against 4.1 % without; the cause "
            "is not proven."
        ),
        consider=(
            "Consider going on only if it is clearly necessary, at the lowest dose; where it ends, it is tapered "
            "slowly. Otherwise effective contraception."
        ),
        sources=(
            MHRA_2022_PREGABALIN.at("Nordic study of 2,700 pregnancies"),
            EXPERT_MEMORY.at("the percentages; another copy says 5.6 %"),
        ),
    ),
    Rule(
        id="DDC-315",
        name="gabapentin in pregnancy",
        when=(takes(GABAPENTIN), Pregnant()),
        severity=Severity.MINOR,
        tier=3,
        hazard=Hazard.UNBORN,
        because=("Human data on gabapentin in pregnancy are few; late use can cause withdrawal in the newborn."),
        consider="Consider the lowest dose if it is needed, and tell the neonatal team.",
        sources=(EXPERT_MEMORY.at("MHRA review of antiepileptics in pregnancy"),),
    ),
    Rule(
        id="DDC-316",
        name="warfarin, ACE inhibitor or ARB in pregnancy",
        when=(takes(FETAL_HEART_DRUG), Pregnant()),
        severity=Severity.CONTRAINDICATED,
        tier=2,
        hazard=Hazard.UNBORN,
        because="These drugs harm the unborn child: malformation, kidney failure or bleeding.",
        consider=(
            "Call the specialist today about a change to a drug that is safe in pregnancy, with no gap in "
            "anticoagulation. A mechanical heart valve needs specialist anticoagulation."
        ),
        sources=(EXPERT_MEMORY.at("labels and boxed warnings: pregnancy"),),
    ),
    Rule(
        id="DDC-317",
        name="topical NSAID from week 20 of pregnancy",
        when=(takes(NSAID_TOPICAL), Pregnant(20)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.UNBORN,
        because="A gel still reaches the blood a little; from week 20 the warning about NSAIDs holds for it too.",
        consider=(
            "Acetaminophen or cooling is preferred. If the gel is used: small areas for a few days, not after week 30."
        ),
        sources=(
            FDA_2020_NSAIDS.at("from week 20, taken into the body"),
            EXPERT_MEMORY.at("labels of topical NSAIDs"),
        ),
    ),
    Rule(
        id="DDC-318",
        name="alcohol or a cannabinoid in pregnancy",
        when=(takes(ALCOHOL_OR_CANNABINOID), Pregnant()),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.UNBORN,
        because="Alcohol damages the developing brain and cannabis lowers birth weight; no safe amount is known.",
        consider="Ask without judgment and offer help today; treatment with an opioid is not stopped for this.",
        sources=(EXPERT_MEMORY.at("obstetric guidance on alcohol and cannabis"),),
    ),
    Rule(
        id="DDC-322",
        name="SSRI or SNRI near birth",
        when=(takes(SSRI_OR_SNRI), Pregnant(36)),
        severity=Severity.MINOR,
        tier=3,
        hazard=Hazard.UNBORN,
        because="Near birth they can make the newborn jittery and increase blood loss after delivery.",
        consider="It is not stopped suddenly; plan the birth with obstetrics.",
        sources=(EXPERT_MEMORY.at("MHRA 2021: bleeding after birth"),),
    ),
    Rule(
        id="DDC-305",
        name="drug that harms early pregnancy, where a pregnancy is possible",
        when=(takes(EARLY_HARM), has("childbearing potential"), unless(Pregnant())),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.UNBORN,
        because="This drug can harm an unborn child in the first weeks, often before pregnancy is noticed.",
        consider=(
            "Agree on effective contraception, test for pregnancy before a start, and plan a change before pregnancy. "
            "An antiepileptic is never stopped suddenly. UK: topiramate needs a Pregnancy Prevention Programme."
        ),
        sources=(
            MHRA_TOPIRAMATE.at("UK: Pregnancy Prevention Programme"),
            NICE_EPILEPSY.at("topiramate"),
            MHRA_2022_PREGABALIN.at("contraception"),
            ARTHROTEC_LABEL,
            EXPERT_MEMORY.at("carbamazepine and phenytoin"),
        ),
    ),
    Rule(
        id="DDC-324",
        name="valproate or methotrexate where a pregnancy is possible",
        when=(takes(VALPROATE_OR_METHOTREXATE), has("childbearing potential"), unless(Pregnant())),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.UNBORN,
        because=(
            "This drug can cause malformations or loss of a pregnancy in the first weeks, often before pregnancy is "
            "noticed."
        ),
        consider=(
            "Agree on highly effective contraception and test for pregnancy before each start. Valproate is never "
            "stopped suddenly: plan a change with the specialist. UK: Pregnancy Prevention Programme for valproate."
        ),
        sources=(
            METHOTREXATE_LABEL.at("boxed warning: embryo-fetal toxicity"),
            NICE_EPILEPSY.at("valproate: contraception"),
        ),
    ),
)
