"""Opioids and the brain: raised pressure in the head, injuries, waking, seizures."""

from __future__ import annotations

from medsteward.interactions.also import Also
from medsteward.interactions.places import EXPERT_MEMORY, OURS, OXYCODONE_LABEL
from medsteward.interactions.rule import Hazard, Rule, Severity, Variant
from medsteward.interactions.rules.context import END_OF_LIFE, OUD_GOES_ON, OUD_UNCLEAR
from medsteward.patient.clauses import has, takes
from medsteward.patient.groups import OPIOID
from medsteward.patient.groups_of_conditions import OPIOID_NOT_FOR_SEIZURES

_COMFORT = Variant(
    END_OF_LIFE,
    severity=Severity.MAJOR,
    tier=2,
    because="Sleepiness may be part of dying.",
    consider=(
        "Titrate to comfort, keep pain and breathlessness treated, and agree on the goal with the family. "
        "Ask the palliative team."
    ),
)

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDC-280",
        name="opioid with raised intracranial pressure",
        when=(takes(OPIOID), has("raised intracranial pressure")),
        severity=Severity.MAJOR,
        tier=1,
        hazard=Hazard.INTRACRANIAL,
        because="Slowed breathing raises carbon dioxide and with it the pressure in the head; coma can follow.",
        consider=(
            "Consider a non-opioid, or the lowest dose with close monitoring. If an opioid is already taken, watch "
            "sedation and breathing; do not stop it suddenly."
        ),
        sources=(OXYCODONE_LABEL.at("5.10 and 5.11: raised intracranial pressure"),),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="DDC-281",
        name="opioid with recent head injury",
        when=(takes(OPIOID), has("head injury")),
        severity=Severity.MAJOR,
        tier=1,
        hazard=Hazard.INTRACRANIAL,
        because="After a head injury the sedation of an opioid can hide a bleed, and breathing slows.",
        consider=(
            "Acetaminophen is preferred. If an opioid is needed, consider a short-acting one at a low dose with "
            "neurologic checks. One that is already taken for long is not stopped suddenly: watch waking and breathing."
        ),
        sources=(OXYCODONE_LABEL.at("5.11: may obscure the clinical course of a head injury"),),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="DDC-282",
        name="opioid with brain tumor",
        when=(takes(OPIOID), has("brain tumor")),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.INTRACRANIAL,
        because="A brain tumor leaves little room: carbon dioxide from slowed breathing raises pressure in the head.",
        consider=(
            "Start low and watch sedation, most of all at the start. In palliative care, titrate to comfort with the "
            "team. An opioid that is already taken is not stopped suddenly."
        ),
        sources=(OXYCODONE_LABEL.at("5.11: names brain tumors"),),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="DDC-283",
        name="opioid with an earlier brain injury",
        when=(takes(OPIOID), has("traumatic brain injury")),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.DELIRIUM,
        because="An earlier brain injury makes sedation, confusion and seizures more likely.",
        consider="Start low. Consider an opioid other than tramadol, meperidine and tapentadol.",
        sources=(
            OXYCODONE_LABEL.at("5.11: head injury"),
            OURS.at("the severity of a past injury"),
        ),
    ),
    Rule(
        id="DDC-284",
        name="opioid with coma or stupor",
        when=(takes(OPIOID), has("coma or stupor")),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.BREATHING,
        because="The label says to avoid opioids with impaired consciousness or coma: breathing can fail.",
        consider=(
            "Assess breathing at once, hold the next dose, and have naloxone within reach. Long-term treatment is not "
            "ended: plan the next dose with the prescriber."
        ),
        sources=(OXYCODONE_LABEL.at("5.11: avoid with impaired consciousness or coma"),),
        variants=(_COMFORT,),
        absorbs=("DDC-323",),
    ),
    Rule(
        id="DDC-286",
        name="opioid with seizure disorder",
        when=(takes(OPIOID_NOT_FOR_SEIZURES), has("seizure disorder")),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.SEIZURE,
        because="Any opioid can make seizures more frequent in someone with epilepsy.",
        consider=(
            "Start low and watch seizure control. Tramadol, meperidine and tapentadol are worse choices. An opioid "
            "that is already taken is not stopped suddenly."
        ),
        sources=(OXYCODONE_LABEL.at("5.13: seizure disorders"),),
    ),
    Rule(
        id="DDC-323",
        name="opioid with oversedation",
        when=(takes(OPIOID), has("oversedation")),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.BREATHING,
        because="Unusual sleepiness is often the first sign that an opioid is slowing the breathing.",
        consider=(
            "Hold the next dose and assess: breathing rate, waking, other sedatives, kidneys, infection. Offer "
            "naloxone. Treatment is not ended: consider restarting lower with the prescriber."
        ),
        sources=(
            OXYCODONE_LABEL.at("5.11: consciousness"),
            EXPERT_MEMORY.at("sedation comes before slowed breathing"),
            OURS.at("counted within 72 hours"),
        ),
        variants=(Variant(END_OF_LIFE, add="At the end of life, titrate to comfort."),),
        also=(Also.NALOXONE,),
    ),
)
