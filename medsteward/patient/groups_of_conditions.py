"""The groups that only rules about conditions of the patient name; the groups that many rules share are in ``groups``.

As there, names stand only where the rule, its label or its guideline is about the named drugs.
"""

from __future__ import annotations

from medsteward.model.drug import DrugClass
from medsteward.model.product import Role
from medsteward.model.property import Property
from medsteward.patient.drug_group import DrugGroup, group
from medsteward.patient.groups import (
    OPIOID,
    OPIOIDS,
    SEIZURE_OPIOID,
    SEROTONERGIC_OPIOID,
    SEROTONERGIC_STRONG_OPIOID,
)

# --- opioids ----------------------------------------------------------------------------------------------------
OPIOID_NOT_FOR_SEIZURES = DrugGroup("an opioid", any_of=(OPIOID,), but=(SEIZURE_OPIOID,))
BREATHING_MUSCLE_DRUG = group(
    "an opioid, a benzodiazepine or a gabapentinoid",
    *OPIOIDS,
    DrugClass.BENZODIAZEPINE,
    DrugClass.GABAPENTINOID,
)
STOMACH_SLOWING = group("an opioid or a drug with anticholinergic effect", *OPIOIDS, Property.ANTICHOLINERGIC)
RAISES_SEROTONIN = DrugGroup(
    "an opioid that raises serotonin, an SSRI, an SNRI or an MAO inhibitor",
    any_of=(
        SEROTONERGIC_STRONG_OPIOID,
        SEROTONERGIC_OPIOID,
        group("an SSRI, SNRI or MAO inhibitor", DrugClass.SSRI, DrugClass.SNRI, DrugClass.MAOI),
    ),
)

# --- sedatives and what reverses opioids ------------------------------------------------------------------------
DIAZEPAM = group("diazepam", "diazepam")
ANTIEPILEPTIC = group("an antiepileptic or gabapentinoid", DrugClass.ANTICONVULSANT, DrugClass.GABAPENTINOID)
RESCUE_NALOXONE = group("naloxone for an overdose", "naloxone", roles=frozenset({Role.RESCUE}))
# Named, beside the classes: a sedative for animals that is found in illegally made opioids.
NOT_REVERSED_BY_NALOXONE = group(
    "a benzodiazepine, alcohol or xylazine", DrugClass.BENZODIAZEPINE, DrugClass.ALCOHOL, "xylazine"
)

# --- the gut ----------------------------------------------------------------------------------------------------
ELUXADOLINE = group("eluxadoline", "eluxadoline")
# Named: opioids that act on the bowel alone at their labeled doses.
ANTIDIARRHEAL_OPIOID = group("loperamide or diphenoxylate", "loperamide", "diphenoxylate")

# --- what is for nerves -----------------------------------------------------------------------------------------
# Two ways to know it: its release is stated, or its brand is only sold so.
TOPIRAMATE_ER = DrugGroup(
    "topiramate ER",
    any_of=(
        group("topiramate ER", "topiramate", long_acting=True),
        group("topiramate ER", "topiramate", brands=frozenset({"Trokendi", "Trokendi XR", "Qudexy", "Qudexy XR"})),
    ),
)
