"""The groups that only rules about conditions of the patient name; the groups that many rules share are in ``groups``.

As there, names stand only where the rule, its label or its guideline is about the named drugs.
"""

from __future__ import annotations

from medsteward.model.drug import DrugClass
from medsteward.model.product import Role
from medsteward.model.property import Property
from medsteward.patient.drug_group import DrugGroup, group
from medsteward.patient.groups import (
    BUPRENORPHINE,
    CODEINE_OR_TRAMADOL,
    DOXEPIN_LOW,
    GABAPENTIN,
    KETOROLAC,
    METHADONE,
    MILD_SEDATIVE,
    MISUSED_SEDATIVE,
    NSAID,
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
OPIOID_OR_TRICYCLIC = group("any opioid or tricyclic", *OPIOIDS, DrugClass.TCA, but=DOXEPIN_LOW)
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
SEDATIVE_NOT_GABAPENTIN = DrugGroup(
    "another gabapentinoid, a benzodiazepine, muscle relaxant or orexin antagonist",
    any_of=(MISUSED_SEDATIVE, MILD_SEDATIVE),
    but=(GABAPENTIN,),
)
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
METOCLOPRAMIDE = group("metoclopramide", "metoclopramide")
# Named as the rule lists them.
DOPAMINE_BLOCKER = group(
    "metoclopramide, prochlorperazine, promethazine, haloperidol, olanzapine, risperidone or chlorpromazine",
    "metoclopramide",
    "prochlorperazine",
    "promethazine",
    "haloperidol",
    "olanzapine",
    "risperidone",
    "chlorpromazine",
)
# Named, beside barbiturates: those whose labels forbid it in porphyria.
PORPHYRIA_DRUG = group(
    "carisoprodol, a barbiturate or carbamazepine", DrugClass.BARBITURATE, "carisoprodol", "carbamazepine"
)
# Named: both make the urine less acid.
STONE_DRUG = group("topiramate or zonisamide", "topiramate", "zonisamide")
# Named as the rule lists them.
CARBAMAZEPINE_OR_OXCARBAZEPINE = group("carbamazepine or oxcarbazepine", "carbamazepine", "oxcarbazepine")
# Named as the rule lists them.
CLONIDINE_OR_LOFEXIDINE = group("clonidine or lofexidine", "clonidine", "lofexidine")

# --- NSAIDs -----------------------------------------------------------------------------------------------------
NSAID_NOT_KETOROLAC = DrugGroup("any NSAID taken by mouth or injected", any_of=(NSAID,), but=(KETOROLAC,))
# Named: the two of pain care whose labels forbid them after a reaction to a sulfonamide.
SULFONAMIDE = group("celecoxib or zonisamide", "celecoxib", "zonisamide")

# --- the unborn and the breastfed child -------------------------------------------------------------------------
MISOPROSTOL = group("misoprostol", "misoprostol")
MIFEPRISTONE = group("mifepristone", "mifepristone")
# Named as the rule lists them.
OLD_ANTIEPILEPTIC = group(
    "carbamazepine, phenytoin, phenobarbital or primidone", "carbamazepine", "phenytoin", "phenobarbital", "primidone"
)
# Named as the rule lists them; an ergot is never for seizures.
TERATOGEN_NOT_VALPROATE = group("methotrexate or an ergot", "methotrexate", DrugClass.ERGOT)
# Named as the rule lists them.
EARLY_HARM = group(
    "topiramate, carbamazepine, phenytoin, pregabalin or misoprostol",
    "topiramate",
    "carbamazepine",
    "phenytoin",
    "pregabalin",
    "misoprostol",
)
# Named as the rule lists them.
VALPROATE_OR_METHOTREXATE = group("valproate or methotrexate", "valproate", "methotrexate")
# Named, beside the classes: other anticoagulants are not known to harm so.
FETAL_HEART_DRUG = group("warfarin, an ACE inhibitor or an ARB", DrugClass.ACEI, DrugClass.ARB, "warfarin")
ALCOHOL_OR_CANNABINOID = group("alcohol or a cannabinoid", DrugClass.ALCOHOL, DrugClass.CANNABINOID)
# Named, those left out: for two another rule holds, and two are treatment during which breastfeeding is supported.
OPIOID_IN_MILK = DrugGroup("an opioid", any_of=(OPIOID,), but=(CODEINE_OR_TRAMADOL, BUPRENORPHINE, METHADONE))
# Named as the rule lists them.
BUPRENORPHINE_OR_METHADONE = group("buprenorphine or methadone", "buprenorphine", "methadone")
SEDATIVE_IN_MILK = group(
    "a benzodiazepine, barbiturate, gabapentinoid or muscle relaxant",
    DrugClass.BENZODIAZEPINE,
    DrugClass.BARBITURATE,
    DrugClass.GABAPENTINOID,
    DrugClass.MUSCLE_RELAXANT,
)

# --- doses ------------------------------------------------------------------------------------------------------
_INJECTED = frozenset({"parenteral", "intravenous", "intramuscular", "subcutaneous", "intrathecal"})
METHOTREXATE_BY_MOUTH = group(
    "methotrexate by mouth",
    "methotrexate",
    but=group("methotrexate that is injected", "methotrexate", routes=_INJECTED),
)
