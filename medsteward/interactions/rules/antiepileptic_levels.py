"""Antiepileptics taken for pain: what raises and lowers them, and what they lower."""

from __future__ import annotations

from medsteward.interactions.places import (
    CARBAMAZEPINE_LABEL,
    EXPERT_MEMORY,
    LABEL,
    LABEL_SECTIONS,
    LAMOTRIGINE_LABEL,
    MHRA_TOPIRAMATE,
    VALPROATE_LABEL,
)
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.interactions.rules.context import CYP_OFFSET, INDUCER_OFFSET
from medsteward.patient.clauses import takes
from medsteward.patient.groups import GABAPENTIN, TOPIRAMATE, WARFARIN
from medsteward.patient.groups_of_levels import (
    ANTACID,
    CANNABIDIOL,
    CARBAMAZEPINE_RAISER,
    CARBAPENEM,
    CARBONIC_ANHYDRASE_INHIBITOR,
    DIRECT_ANTICOAGULANT,
    ETHINYL_ESTRADIOL,
    HORMONAL_CONTRACEPTIVE,
    INDUCER_OF_ANTICOAGULANT,
    INDUCER_OF_CONTRACEPTIVE,
    INDUCER_OF_WARFARIN,
    LAMOTRIGINE,
    RAISED_BY_VALPROATE,
    VALPROATE,
    VALPROATE_OR_CLOBAZAM,
)
from medsteward.patient.groups_of_pairs import CARBAMAZEPINE, NEFAZODONE

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDI-250",
        name="carbamazepine with a drug that raises it",
        when=(takes(CARBAMAZEPINE), takes(CARBAMAZEPINE_RAISER, CYP_OFFSET)),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.TOXICITY,
        because="The inhibitor raises carbamazepine within days: dizziness, double vision, drowsiness.",
        consider=(
            "Consider another antibiotic or drug; otherwise lower carbamazepine and check its level within a "
            "week. It is not stopped suddenly."
        ),
        sources=(
            CARBAMAZEPINE_LABEL.at("interactions: macrolides, azoles, diltiazem, verapamil, fluoxetine, fluvoxamine"),
        ),
    ),
    Rule(
        id="DDI-251",
        name="carbamazepine with nefazodone",
        when=(takes(CARBAMAZEPINE), takes(NEFAZODONE)),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.LOST_EFFECT,
        because="Carbamazepine lowers nefazodone so far that it cannot work; the label forbids the pair.",
        consider="Consider another antidepressant, changing over gradually; carbamazepine is not stopped suddenly.",
        sources=(CARBAMAZEPINE_LABEL.at("contraindications"),),
    ),
    Rule(
        id="DDI-252",
        name="enzyme inducer with a direct oral anticoagulant",
        when=(takes(INDUCER_OF_ANTICOAGULANT, INDUCER_OFFSET), takes(DIRECT_ANTICOAGULANT)),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.LOST_EFFECT,
        because="The inducer lowers the anticoagulant, so clots and stroke are no longer prevented.",
        consider=(
            "Avoid the pair: consider gabapentin, pregabalin or an SNRI for nerve pain, or warfarin with INR "
            "checks. If both are taken, ask both prescribers; an antiepileptic is not stopped suddenly."
        ),
        sources=(LABEL_SECTIONS.at("Eliquis 7.2: avoid rifampin, carbamazepine, phenytoin"),),
    ),
    Rule(
        id="DDI-253",
        name="enzyme inducer with warfarin",
        when=(takes(INDUCER_OF_WARFARIN, INDUCER_OFFSET), takes(WARFARIN)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.BLEEDING,
        because="The inducer lowers the INR over two weeks; when it stops the INR rises and bleeding can follow.",
        consider="Check the INR weekly at the start, at dose changes and for four weeks after the inducer ends.",
        sources=(LABEL.at("class knowledge"),),
    ),
    Rule(
        id="DDI-254",
        name="enzyme-inducing antiepileptic with hormonal contraception",
        when=(takes(INDUCER_OF_CONTRACEPTIVE, INDUCER_OFFSET), takes(HORMONAL_CONTRACEPTIVE)),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.CONTRACEPTION,
        because="The antiepileptic speeds up contraceptive hormones, so the pill, patch, ring or implant may fail.",
        consider=(
            "Offer an IUD or depot injection, or condoms meanwhile; emergency contraception may need a "
            "copper IUD. The antiepileptic is not stopped suddenly."
        ),
        sources=(
            MHRA_TOPIRAMATE.at("topiramate reduces the contraceptive effect"),
            EXPERT_MEMORY.at("the other antiepileptics"),
        ),
    ),
    Rule(
        id="DDI-255",
        name="lamotrigine with ethinyl estradiol",
        when=(takes(LAMOTRIGINE), takes(ETHINYL_ESTRADIOL)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.LOST_EFFECT,
        because="Estrogen lowers lamotrigine by about half; when the pill ends the level rebounds.",
        consider="Consider adjusting lamotrigine when the pill starts or ends; a progestin-only method avoids this.",
        sources=(
            LAMOTRIGINE_LABEL.at("adjust in most patients starting or stopping estrogen pills; the half from a copy"),
        ),
    ),
    Rule(
        id="DDI-256",
        name="lamotrigine with valproate",
        when=(takes(LAMOTRIGINE), takes(VALPROATE)),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.RASH,
        because="Valproate doubles lamotrigine, and a fast start can cause a dangerous skin reaction.",
        consider=(
            "Halve the starting dose and the steps of lamotrigine. If both are taken, ask about rash and "
            "check doses; neither is stopped suddenly, unless a rash appears: then call the prescriber "
            "today."
        ),
        sources=(LAMOTRIGINE_LABEL.at("boxed warning, and dosing with valproate"),),
    ),
    Rule(
        id="DDI-257",
        name="lamotrigine with an enzyme inducer",
        when=(takes(LAMOTRIGINE), takes(INDUCER_OF_ANTICOAGULANT, INDUCER_OFFSET)),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.LOST_EFFECT,
        because="The inducer lowers lamotrigine; when it ends, lamotrigine rises.",
        consider="Use the lamotrigine dosing for inducers, and check again when the inducer ends.",
        sources=(
            LAMOTRIGINE_LABEL.at("dosing with concomitant drugs"),
            EXPERT_MEMORY.at("that the level rises when the inducer ends"),
        ),
    ),
    Rule(
        id="DDI-258",
        name="valproate with topiramate",
        when=(takes(VALPROATE), takes(TOPIRAMATE)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.DELIRIUM,
        because="Together they can raise ammonia and cause drowsiness or confusion, even with normal liver tests.",
        consider=(
            "Check ammonia if the patient is drowsy, vomiting or confused. If one has to go, change over gradually."
        ),
        sources=(VALPROATE_LABEL.at("5.11 and 7.3"),),
    ),
    Rule(
        id="DDI-259",
        name="valproate with a carbapenem",
        when=(takes(VALPROATE), takes(CARBAPENEM)),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.LOST_EFFECT,
        because="Carbapenem antibiotics lower valproate within a day or two, and seizures can return.",
        consider=(
            "Consider another antibiotic. If both are taken, check the valproate level and ask about adding "
            "another antiepileptic."
        ),
        sources=(VALPROATE_LABEL.at("7.1: carbapenems, monitor"),),
    ),
    Rule(
        id="DDI-260",
        name="valproate with carbamazepine",
        when=(takes(VALPROATE), takes(CARBAMAZEPINE)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.TOXICITY,
        because="Valproate raises the active epoxide of carbamazepine, so toxicity can appear at a normal level.",
        consider="Look for dizziness and double vision rather than the level alone.",
        sources=(CARBAMAZEPINE_LABEL.at("inhibitors of epoxide hydrolase such as valproate"),),
    ),
    Rule(
        id="DDI-261",
        name="valproate with amitriptyline, nortriptyline, aspirin or warfarin",
        when=(takes(VALPROATE), takes(RAISED_BY_VALPROATE)),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.RAISED_LEVEL,
        because="Valproate can raise the tricyclic or the INR, and aspirin can raise free valproate.",
        consider="Consider a lower tricyclic dose; check the INR.",
        sources=(VALPROATE_LABEL.at("7.1 and 7.2"),),
    ),
    Rule(
        id="DDI-262",
        name="two carbonic anhydrase inhibitors",
        when=(takes(TOPIRAMATE), takes(CARBONIC_ANHYDRASE_INHIBITOR)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.KIDNEY,
        because="Two carbonic anhydrase inhibitors make kidney stones and acidosis more likely.",
        consider=(
            "Avoid the pair. If both are taken, drink enough and check bicarbonate; an antiepileptic is not "
            "stopped suddenly."
        ),
        sources=(LABEL.at("topiramate label"),),
    ),
    Rule(
        id="DDI-263",
        name="gabapentin with an antacid",
        when=(takes(GABAPENTIN), takes(ANTACID)),
        severity=Severity.MINOR,
        tier=3,
        hazard=Hazard.ACTIVATION,
        because="The antacid lowers gabapentin absorption by about a fifth.",
        consider="Take gabapentin 2 hours after the antacid.",
        sources=(LABEL.at("Neurontin label 7"),),
    ),
    Rule(
        id="DDI-272",
        name="cannabidiol with valproate or clobazam",
        when=(takes(CANNABIDIOL), takes(VALPROATE_OR_CLOBAZAM)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.LIVER,
        because="Cannabidiol with valproate raises liver enzymes, and with clobazam its active form rises threefold.",
        consider=(
            "Check liver tests at 1, 3 and 6 months; consider a lower clobazam dose if drowsy. Neither is "
            "stopped suddenly."
        ),
        sources=(LABEL.at("Epidiolex label"),),
    ),
)
