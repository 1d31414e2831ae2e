"""Antiepileptics, metoclopramide and alpha-2 agonists: conditions that forbid or endanger them."""

from __future__ import annotations

from medsteward.interactions.places import (
    CARBAMAZEPINE_BOXED,
    DIVALPROEX_LABEL,
    EXPERT_MEMORY,
    METOCLOPRAMIDE_TEXT,
    OURS,
    TEGRETOL_UK,
    TOPIRAMATE_LABEL,
)
from medsteward.interactions.rule import Hazard, Rule, Severity, Variant
from medsteward.interactions.rules.context import NEW_START_DAYS
from medsteward.patient.clauses import Kidney, StartedWithin, either, has, takes, unless
from medsteward.patient.groups_of_conditions import (
    CARBAMAZEPINE_OR_OXCARBAZEPINE,
    CLONIDINE_OR_LOFEXIDINE,
    DOPAMINE_BLOCKER,
    METOCLOPRAMIDE,
    PORPHYRIA_DRUG,
    STONE_DRUG,
)
from medsteward.patient.groups_of_levels import VALPROATE
from medsteward.patient.groups_of_pairs import CARBAMAZEPINE

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDC-303",
        name="clonidine or lofexidine after a heart attack or stroke, or with failing kidneys",
        when=(
            takes(CLONIDINE_OR_LOFEXIDINE),
            either(
                has("recent myocardial infarction", "stroke", "acute kidney injury", "ckd stage 5"),
                Kidney(15, stated=True),
            ),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.LOW_PRESSURE,
        because="Low blood pressure from the drug can starve the heart, brain or kidneys of blood.",
        consider=(
            "Check pressure and pulse before each dose, hold a dose below 90/60 mmHg, and taper at the end. Clonidine "
            "is never stopped suddenly: blood pressure rebounds."
        ),
        sources=(EXPERT_MEMORY.at("labels of clonidine and lofexidine"),),
    ),
    Rule(
        id="DDC-330",
        name="metoclopramide with seizure disorder",
        when=(takes(METOCLOPRAMIDE), has("seizure disorder")),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.SEIZURE,
        because=("Metoclopramide can make seizures more frequent and more severe; its label forbids it in epilepsy."),
        consider=(
            "Consider another antiemetic, such as ondansetron after a look at the QT interval. If metoclopramide is "
            "taken, call the prescriber today; the antiepileptic goes on."
        ),
        sources=(METOCLOPRAMIDE_TEXT,),
    ),
    Rule(
        id="DDC-331",
        name="metoclopramide with tardive dyskinesia",
        when=(takes(METOCLOPRAMIDE), has("tardive dyskinesia")),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.TOXICITY,
        because=(
            "Metoclopramide can cause or worsen lasting involuntary movements; its label forbids it after tardive "
            "dyskinesia."
        ),
        consider=(
            "Not to be used: consider another antiemetic. If it is taken, call the prescriber today to change it, and "
            "have the movements examined."
        ),
        sources=(METOCLOPRAMIDE_TEXT,),
    ),
    Rule(
        id="DDC-332",
        name="metoclopramide with pheochromocytoma",
        when=(takes(METOCLOPRAMIDE), has("pheochromocytoma")),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.PRESSURE_CRISIS,
        because=(
            "With pheochromocytoma metoclopramide can release adrenaline and cause a dangerous rise in blood pressure."
        ),
        consider=(
            "Not to be used. If a dose was given, check blood pressure now; severe headache, chest pain or sweating "
            "needs emergency care."
        ),
        sources=(METOCLOPRAMIDE_TEXT,),
    ),
    Rule(
        id="DDC-333",
        name="dopamine blocker with Parkinson disease",
        when=(takes(DOPAMINE_BLOCKER), has("parkinson disease")),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.FALLS,
        because="These drugs block dopamine, so stiffness, slowness and falls get worse in Parkinson disease.",
        consider=(
            "For nausea consider ondansetron (not beside apomorphine), or domperidone where it is sold. An "
            "antipsychotic is changed with the neurologist, never stopped suddenly. Parkinson medicines are never "
            "missed."
        ),
        sources=(
            METOCLOPRAMIDE_TEXT,
            EXPERT_MEMORY.at("the list of drugs (Beers 2023)"),
        ),
    ),
    Rule(
        id="DDC-334",
        name="carisoprodol, barbiturate or carbamazepine with porphyria",
        when=(takes(PORPHYRIA_DRUG), has("porphyria")),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.TOXICITY,
        because=(
            "These drugs can set off an acute attack of porphyria: severe belly pain, weakness, confusion; their "
            "labels forbid it."
        ),
        consider=(
            "Not to be started. If it is already taken, do not stop it suddenly: call the prescriber today and change "
            "over. Belly pain, dark urine or confusion needs emergency care."
        ),
        sources=(
            TEGRETOL_UK.at("4.3: hepatic porphyrias"),
            EXPERT_MEMORY.at("carisoprodol, butalbital and other barbiturates"),
        ),
    ),
    Rule(
        id="DDC-344",
        name="carbamazepine with bone marrow depression",
        when=(takes(CARBAMAZEPINE), has("bone marrow depression")),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.TOXICITY,
        because=(
            "Carbamazepine can keep the bone marrow from making blood cells; after marrow depression its label "
            "forbids it."
        ),
        consider=(
            "Not to be started. If it is already taken, do not stop it suddenly: call the prescriber today, get a "
            "blood count and change over. Fever or bruising needs help the same day."
        ),
        sources=(
            TEGRETOL_UK.at("4.3: history of bone marrow depression"),
            EXPERT_MEMORY.at("the US label says the same"),
        ),
    ),
    Rule(
        id="DDC-345",
        name="valproate with a urea cycle or mitochondrial disorder",
        when=(takes(VALPROATE), has("urea cycle or mitochondrial disorder")),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.LIVER,
        because=(
            "In these inborn disorders valproate can cause fatal liver failure or coma from ammonia; its label "
            "forbids it."
        ),
        consider=(
            "Not to be started. If it is already taken, do not stop it suddenly: call the specialist today and check "
            "ammonia and liver tests. Vomiting or confusion needs emergency care."
        ),
        sources=(
            DIVALPROEX_LABEL.at("urea cycle disorders"),
            EXPERT_MEMORY.at("mitochondrial disease (POLG)"),
        ),
    ),
    Rule(
        id="DDC-346",
        name="valproate with pancreatitis",
        when=(takes(VALPROATE), has("pancreatitis")),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.TOXICITY,
        because="Valproate can itself cause life-threatening pancreatitis, at any time of treatment.",
        consider=(
            "Belly pain or vomiting: check lipase today and call the specialist about a change. It is not stopped "
            "suddenly."
        ),
        sources=(DIVALPROEX_LABEL.at("boxed warning: pancreatitis"),),
    ),
    Rule(
        id="DDC-347",
        name="topiramate or zonisamide with kidney stones",
        when=(takes(STONE_DRUG), has("kidney stones")),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.KIDNEY,
        because="These drugs change the urine so that kidney stones form more easily.",
        consider=(
            "Drink plenty, and avoid a second such drug. If stones return, ask about a change; the drug is not stopped "
            "suddenly."
        ),
        sources=(
            TOPIRAMATE_LABEL.at("5.11: kidney stones"),
            EXPERT_MEMORY.at("zonisamide"),
        ),
    ),
    Rule(
        id="HAZ-355",
        name="carbamazepine or oxcarbazepine newly started: HLA-B*15:02",
        when=(
            takes(CARBAMAZEPINE_OR_OXCARBAZEPINE),
            StartedWithin(CARBAMAZEPINE_OR_OXCARBAZEPINE, NEW_START_DAYS),
            unless(has("HLA-B*15:02 negative")),
        ),
        severity=Severity.INFO,
        tier=2,
        hazard=Hazard.RASH,
        because=(
            "In some Asian populations 1 to 6 in 1,000 new users get a life-threatening skin reaction; a blood test "
            "finds the risk."
        ),
        consider=(
            "Ask about Asian ancestry, and consider a test for HLA-B*15:02 before the first dose. Any rash or fever "
            "needs medical help the same day; the prescriber decides how the drug is ended."
        ),
        sources=(
            CARBAMAZEPINE_BOXED,
            OURS.at("newly started: within 14 days; how severe it is with a positive test"),
        ),
        variants=(
            Variant(
                has("HLA-B*15:02 positive"),
                severity=Severity.MAJOR,
                because="The test for HLA-B*15:02 is positive: a life-threatening skin reaction is much likelier.",
                consider=(
                    "Call the prescriber before the next dose, and ask for another drug. Any rash or fever needs "
                    "medical help the same day; for seizures it is never stopped without a replacement."
                ),
            ),
        ),
    ),
)
