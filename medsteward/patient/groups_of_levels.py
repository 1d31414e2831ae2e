"""The groups that rules about levels of drugs name: what raises and lowers them, and further partners of pain drugs.

As there, names stand only where the rule, its label or its guideline is about the named drugs.
"""

from __future__ import annotations

from fractions import Fraction

from medsteward.model.drug import DrugClass
from medsteward.model.property import Property
from medsteward.patient.drug_group import DrugGroup, group
from medsteward.patient.groups import (
    BUPRENORPHINE,
    CYP3A4_INDUCER,
    CYP3A4_INHIBITOR,
    CYP3A4_STRONG,
    DOXEPIN_LOW,
    FENTANYL,
    HYDROCODONE,
    INDUCED_OPIOID,
    METHADONE,
    NSAID,
    OPIOIDS,
    OXYCODONE,
)

# --- the same thing twice, and what has ended -------------------------------------------------------------------
MEDICINE_NOT_OPIOID = group(
    "a medicine for the whole body, not an opioid or acetaminophen",
    *(each for each in DrugClass if not each.is_opioid_agonist and each is not DrugClass.ACETAMINOPHEN),
)
TRICYCLIC_RELAXANT_OR_ANTIHISTAMINE = group(
    "a tricyclic, muscle relaxant or sedating antihistamine",
    DrugClass.TCA,
    DrugClass.MUSCLE_RELAXANT,
    DrugClass.ANTIHISTAMINE_SEDATING,
    but=DOXEPIN_LOW,
)
SEIZURE_IF_STOPPED = group(
    "a benzodiazepine, barbiturate, antiepileptic (not a gabapentinoid) or alcohol",
    DrugClass.BENZODIAZEPINE,
    DrugClass.BARBITURATE,
    DrugClass.ANTICONVULSANT,
    DrugClass.ALCOHOL,
)
INDUCED_OPIOID_OR_METHADONE = DrugGroup(
    "fentanyl, oxycodone, hydrocodone, methadone, buprenorphine, tramadol, codeine or meperidine",
    any_of=(INDUCED_OPIOID, METHADONE),
)
INHIBITED_OPIOID = DrugGroup(
    "fentanyl, oxycodone, hydrocodone, methadone or buprenorphine",
    any_of=(FENTANYL, OXYCODONE, HYDROCODONE, METHADONE, BUPRENORPHINE),
)

# --- levels of opioids ------------------------------------------------------------------------------------------
GRAPEFRUIT = group("grapefruit", "grapefruit")
CYP3A4_INHIBITOR_NOT_FOOD = DrugGroup(
    "a strong or moderate CYP3A4 inhibitor", any_of=(CYP3A4_INHIBITOR,), but=(GRAPEFRUIT,)
)
METHADONE_INHIBITOR = DrugGroup(
    "an inhibitor of CYP3A4, 2B6, 2C19, 2C9 or 2D6",
    any_of=(
        group(
            "an enzyme inhibitor",
            Property.CYP3A4_STRONG_INHIBITOR,
            Property.CYP3A4_MODERATE_INHIBITOR,
            Property.CYP2C19_STRONG_INHIBITOR,
            Property.CYP2C9_INHIBITOR,
            Property.CYP2D6_STRONG_INHIBITOR,
        ),
        # Named: those of CYP2B6, and weaker ones that the rule lists.
        group(
            "clopidogrel, ticlopidine, thiotepa, amiodarone, cimetidine or omeprazole",
            "clopidogrel",
            "ticlopidine",
            "thiotepa",
            "amiodarone",
            "cimetidine",
            "omeprazole",
        ),
    ),
)
# Named, beside strong CYP3A4 inhibitors: those that block several of the enzymes.
METHADONE_STRONG_INHIBITOR = group(
    "a strong CYP3A4 inhibitor, fluconazole, voriconazole, fluvoxamine or ciprofloxacin",
    Property.CYP3A4_STRONG_INHIBITOR,
    "fluconazole",
    "voriconazole",
    "fluvoxamine",
    "ciprofloxacin",
)
CLOPIDOGREL = group("clopidogrel", "clopidogrel")
# Named as the rule lists them.
FENTANYL_OR_OXYCODONE = group("fentanyl or oxycodone", "fentanyl", "oxycodone")
MIFEPRISTONE = group("daily mifepristone", "mifepristone")
ATAZANAVIR = group("atazanavir", "atazanavir")
MORPHINE = group("morphine", "morphine")
# Named as the rule lists them: what blocks a transporter is no property here.
PGP_INHIBITOR = group(
    "a P-glycoprotein inhibitor (quinidine, amiodarone, verapamil, cyclosporine, ritonavir, clarithromycin, "
    "itraconazole)",
    "quinidine",
    "amiodarone",
    "verapamil",
    "cyclosporine",
    "ritonavir",
    "clarithromycin",
    "itraconazole",
)
CYP3A4_CHANGER = DrugGroup(
    "a strong or moderate CYP3A4 inhibitor or inducer", any_of=(CYP3A4_INHIBITOR, CYP3A4_INDUCER)
)
ZIDOVUDINE = group("zidovudine", "zidovudine")
# Named as the rule lists them.
ORAL_ANTIPLATELET = group("clopidogrel, ticagrelor or prasugrel", "clopidogrel", "ticagrelor", "prasugrel")
ALVIMOPAN = group("alvimopan", "alvimopan")
ELUXADOLINE = group("eluxadoline", "eluxadoline")
# Named as the rule lists them.
OPIOID_COUGH_OR_DIARRHEA_DRUG = group(
    "diphenoxylate, loperamide, eluxadoline, dihydrocodeine or codeine",
    "diphenoxylate",
    "loperamide",
    "eluxadoline",
    "dihydrocodeine",
    "codeine",
)
# Named as the rule lists them.
SUFENTANIL_OR_OLICERIDINE = group("sufentanil or oliceridine", "sufentanil", "oliceridine")
OLICERIDINE = group("oliceridine", "oliceridine")
CYP3A4_OR_2D6_INHIBITOR = group(
    "a strong or moderate inhibitor of CYP3A4 or CYP2D6",
    Property.CYP3A4_STRONG_INHIBITOR,
    Property.CYP3A4_MODERATE_INHIBITOR,
    Property.CYP2D6_STRONG_INHIBITOR,
    Property.CYP2D6_MODERATE_INHIBITOR,
)

# --- antiepileptics ---------------------------------------------------------------------------------------------
# Named, beside CYP3A4 inhibitors, as the label lists them.
CARBAMAZEPINE_RAISER = group(
    "a strong or moderate CYP3A4 inhibitor, fluoxetine, fluvoxamine, cimetidine, isoniazid or danazol",
    Property.CYP3A4_STRONG_INHIBITOR,
    Property.CYP3A4_MODERATE_INHIBITOR,
    "fluoxetine",
    "fluvoxamine",
    "cimetidine",
    "isoniazid",
    "danazol",
)
# Named as the label lists them.
INDUCER_OF_ANTICOAGULANT = group(
    "carbamazepine, phenytoin, phenobarbital, primidone or rifampin",
    "carbamazepine",
    "phenytoin",
    "phenobarbital",
    "primidone",
    "rifampin",
)
# Named as the rule lists them.
DIRECT_ANTICOAGULANT = group(
    "apixaban, rivaroxaban, dabigatran or edoxaban", "apixaban", "rivaroxaban", "dabigatran", "edoxaban"
)
# Named, beside barbiturates, as the rule lists them.
INDUCER_OF_WARFARIN = group(
    "carbamazepine, phenytoin or a barbiturate", DrugClass.BARBITURATE, "carbamazepine", "phenytoin"
)
INDUCER_OF_CONTRACEPTIVE = DrugGroup(
    "carbamazepine, oxcarbazepine, phenytoin, phenobarbital, primidone or topiramate from 200 mg a day",
    any_of=(
        # Named as the rule lists them.
        group(
            "an enzyme-inducing antiepileptic",
            "carbamazepine",
            "oxcarbazepine",
            "phenytoin",
            "phenobarbital",
            "primidone",
        ),
        group("topiramate from 200 mg a day", "topiramate", from_mg=Fraction(200)),
    ),
)
# Named: of the progestogens the one that is taken as a contraceptive pill.
HORMONAL_CONTRACEPTIVE = group("a hormonal contraceptive", DrugClass.HORMONAL_CONTRACEPTIVE, "norethindrone")
LAMOTRIGINE = group("lamotrigine", "lamotrigine")
ETHINYL_ESTRADIOL = group("ethinyl estradiol", "ethinyl estradiol")
VALPROATE = group("valproate", "valproate")
# Named: carbapenems, of which our classes of antibiotics know nothing.
CARBAPENEM = group(
    "a carbapenem (meropenem, ertapenem, imipenem, doripenem)", "meropenem", "ertapenem", "imipenem", "doripenem"
)
# Named as the label lists them.
RAISED_BY_VALPROATE = group(
    "amitriptyline, nortriptyline, aspirin or warfarin", "amitriptyline", "nortriptyline", "aspirin", "warfarin"
)
# Named as the rule lists them.
CARBONIC_ANHYDRASE_INHIBITOR = group(
    "acetazolamide, zonisamide or methazolamide", "acetazolamide", "zonisamide", "methazolamide"
)
# Named as the label lists them.
ANTACID = group("magnesium hydroxide or aluminum hydroxide", "magnesium hydroxide", "aluminum hydroxide")

# --- other drugs of pain care -----------------------------------------------------------------------------------
LEVOMILNACIPRAN = group("levomilnacipran", "levomilnacipran")
PRESSURE_DRUG = group(
    "an ACE inhibitor, ARB, beta blocker, calcium channel blocker or diuretic",
    DrugClass.ACEI,
    DrugClass.ARB,
    DrugClass.BETA_BLOCKER,
    DrugClass.CCB,
    DrugClass.DIURETIC_THIAZIDE,
    DrugClass.DIURETIC_LOOP,
    DrugClass.DIURETIC_K_SPARING,
)
CELECOXIB = group("celecoxib", "celecoxib")
CYP2C9_INHIBITOR = group("a CYP2C9 inhibitor", Property.CYP2C9_INHIBITOR)
# Named: injected for pain and cleared by CYP3A4.
STEROID_CLEARED_BY_CYP3A4 = group(
    "triamcinolone, dexamethasone, methylprednisolone or an epidural steroid",
    "triamcinolone",
    "dexamethasone",
    "methylprednisolone",
    "corticosteroid epidural",
)
LIDOCAINE_ON_SKIN = group("lidocaine on the skin", "lidocaine topical", topical=True)
# Named: the two that the label of suzetrigine lets pass.
CONTRACEPTIVE_WITH_SUZETRIGINE = group(
    "a hormonal contraceptive without levonorgestrel or norethindrone",
    DrugClass.HORMONAL_CONTRACEPTIVE,
    but=group("levonorgestrel", "levonorgestrel"),
)
# Named as the rule lists them.
PROGESTIN_LET_PASS = group("levonorgestrel or norethindrone", "levonorgestrel", "norethindrone")
CANNABIDIOL = group("cannabidiol", "cannabidiol")
# Named by the label of cannabidiol.
VALPROATE_OR_CLOBAZAM = group("valproate or clobazam", "valproate", "clobazam")
METHYL_SALICYLATE = group("methyl salicylate on the skin", "methyl salicylate", topical=True)
METAMIZOLE = group("metamizole", "metamizole")
# Named as the rule lists them.
MARROW_DRUG = group("methotrexate, clozapine or carbamazepine", "methotrexate", "clozapine", "carbamazepine")
DANTROLENE = group("dantrolene", "dantrolene")
# Named by the label of dantrolene.
VERAPAMIL_OR_ESTROGEN = group("verapamil or ethinyl estradiol", "verapamil", "ethinyl estradiol")

# --- NSAIDs and acetaminophen -----------------------------------------------------------------------------------
ANTIPLATELET_SSRI_OR_SNRI = group(
    "an antiplatelet, SSRI or SNRI", DrugClass.ANTIPLATELET, DrugClass.SSRI, DrugClass.SNRI
)
# Named by their labels.
KIDNEY_DRUG = group(
    "cyclosporine, tacrolimus, tenofovir disoproxil or pemetrexed",
    "cyclosporine",
    "tacrolimus",
    "tenofovir",
    "pemetrexed",
)
# Named, beside a class, as the rule lists them.
PRESSURE_DRUG_BLUNTED = group(
    "a beta blocker, hydralazine or digoxin", DrugClass.BETA_BLOCKER, "hydralazine", "digoxin"
)
# Named, those left out: they are infused, and do not touch the gullet.
ORAL_BISPHOSPHONATE = group(
    "a bisphosphonate by mouth",
    DrugClass.BISPHOSPHONATE,
    but=group("zoledronic acid or pamidronate", "zoledronic acid", "pamidronate"),
)
# Named as the rule lists them.
INDUCER_OF_ACETAMINOPHEN = group(
    "carbamazepine, phenytoin, phenobarbital, isoniazid or rifampin",
    "carbamazepine",
    "phenytoin",
    "phenobarbital",
    "isoniazid",
    "rifampin",
)
IBUPROFEN = group("ibuprofen", "ibuprofen")
LOW_ASPIRIN = group("low-dose aspirin", "aspirin", but=NSAID)

# --- migraine ---------------------------------------------------------------------------------------------------
RIMEGEPANT = group("rimegepant", "rimegepant")
# Named, beside moderate CYP3A4 inhibitors, as the label lists them.
RIMEGEPANT_RAISER = group(
    "a moderate CYP3A4 inhibitor, amiodarone, cyclosporine, quinidine or ranolazine",
    Property.CYP3A4_MODERATE_INHIBITOR,
    "amiodarone",
    "cyclosporine",
    "quinidine",
    "ranolazine",
)
# Named: what a drug is broken down by is no property here.
ORAL_GEPANT = group("rimegepant, ubrogepant or atogepant", "rimegepant", "ubrogepant", "atogepant")
ATOGEPANT = group("atogepant", "atogepant")
# Named, beside strong CYP3A4 inhibitors: the label's OATP inhibitor.
ATOGEPANT_RAISER = group("a strong CYP3A4 inhibitor or cyclosporine", Property.CYP3A4_STRONG_INHIBITOR, "cyclosporine")
UBROGEPANT = group("ubrogepant", "ubrogepant")
UBROGEPANT_RAISER = DrugGroup(
    "a moderate CYP3A4 inhibitor or a P-glycoprotein inhibitor",
    any_of=(group("a moderate CYP3A4 inhibitor", Property.CYP3A4_MODERATE_INHIBITOR), PGP_INHIBITOR),
    but=(CYP3A4_STRONG,),
)
ALMOTRIPTAN = group("almotriptan", "almotriptan")
# Named, beside beta blockers, as the rule lists them.
PULSE_DRUG_OR_DIGOXIN = group(
    "a beta blocker, diltiazem, verapamil or digoxin", DrugClass.BETA_BLOCKER, "diltiazem", "verapamil", "digoxin"
)
# Named: butalbital is the barbiturate that is sold for headache.
OPIOID_OR_BUTALBITAL = group("an opioid or butalbital", *OPIOIDS, "butalbital")
ERGOT = group("an ergot", DrugClass.ERGOT)
# Named by the label of ergotamine, beside strong inhibitors.
ERGOT_RAISER = group("erythromycin or a strong CYP3A4 inhibitor", Property.CYP3A4_STRONG_INHIBITOR, "erythromycin")
RIFAMPIN = group("rifampin", "rifampin")
