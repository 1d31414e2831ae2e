"""The groups that only rules about pairs of drugs name; the groups that many rules share are in ``groups``.

As there, names stand only where the rule, its label or its guideline is about the named drugs.
"""

from __future__ import annotations

from medsteward.model.drug import DrugClass
from medsteward.model.property import Property
from medsteward.patient.drug_group import DrugGroup, group
from medsteward.patient.groups import (
    DOXEPIN_LOW,
    MAOI_OR_PROCARBAZINE,
    NOT_WITH_MAOI,
    OPIOIDS,
    QT_KNOWN_OTHER,
    SEROTONERGIC_OPIOID,
    SEROTONERGIC_STRONG_OPIOID,
)

# --- opioids, sedatives and what is made illegally --------------------------------------------------------------
# Named as the rule lists them.
BARBITURATE_OR_CARISOPRODOL = group(
    "a barbiturate, carisoprodol or meprobamate", DrugClass.BARBITURATE, "carisoprodol", "meprobamate"
)
SLEEP_MEDICINE = group("an orexin antagonist or Z-drug", DrugClass.OREXIN_ANTAGONIST, DrugClass.Z_DRUG)
LEMBOREXANT = group("lemborexant", "lemborexant")
# Named: the S form of ketamine is a drug of its own.
KETAMINE_OR_ESKETAMINE = group("ketamine or esketamine", "ketamine", "esketamine")
KETAMINE = group("ketamine", "ketamine")
# Named as the rule lists them.
SEDATIVE_WITH_GABAPENTINOID = group(
    "a Z-drug, barbiturate, carisoprodol, meprobamate or sodium oxybate",
    DrugClass.Z_DRUG,
    DrugClass.BARBITURATE,
    "carisoprodol",
    "meprobamate",
    "sodium oxybate",
)
LASMIDITAN = group("lasmiditan", "lasmiditan")
DEXMEDETOMIDINE = group("dexmedetomidine", "dexmedetomidine")
XYLAZINE = group("xylazine", "xylazine")
# Named: the two that are made and sold illegally.
ILLICIT_OPIOID = group("heroin or illegally made fentanyl", "diamorphine", "illicit fentanyl")
PRESCRIBED_OPIOID = group("a prescribed opioid", *OPIOIDS, but=ILLICIT_OPIOID)
# Named as the rule lists them.
ILLICIT_STIMULANT = group("cocaine, methamphetamine or MDMA", "cocaine", "methamphetamine", "MDMA")
SEDATIVE_WITH_KRATOM = group(
    "a benzodiazepine, Z-drug, barbiturate or gabapentinoid",
    DrugClass.BENZODIAZEPINE,
    DrugClass.Z_DRUG,
    DrugClass.BARBITURATE,
    DrugClass.GABAPENTINOID,
)
# Named, beside mixed opioids: what pushes an opioid off its receptor, in whole or in part.
OPIOID_BLOCKER = group(
    "naltrexone, buprenorphine or a mixed agonist-antagonist opioid",
    DrugClass.OPIOID_MIXED,
    "naltrexone",
    "buprenorphine",
)

# --- MAO inhibitors ---------------------------------------------------------------------------------------------
RASAGILINE = group("rasagiline", "rasagiline")
# Named: the two that block MAO-B alone at their labeled doses, by their labels.
MAO_B_INHIBITOR = group("rasagiline or safinamide", "rasagiline", "safinamide")
MAOI_NOT_B = DrugGroup("an MAO inhibitor", any_of=(MAOI_OR_PROCARBAZINE,), but=(MAO_B_INHIBITOR,))
# Named, those left out: for linezolid another rule holds, and methylene blue is given once.
MAOI_LASTING = group(
    "an MAO inhibitor",
    DrugClass.MAOI,
    but=group(
        "rasagiline, safinamide, linezolid or methylene blue",
        "rasagiline",
        "safinamide",
        "linezolid",
        "methylene blue",
    ),
)
SAFINAMIDE = group("safinamide", "safinamide")
MAOI_NOT_SAFINAMIDE = DrugGroup(
    "an MAO inhibitor other than safinamide", any_of=(MAOI_OR_PROCARBAZINE,), but=(SAFINAMIDE,)
)
NOT_WITH_MAOI_BUT_ANTIDEPRESSANT = DrugGroup(
    "a drug that no MAO inhibitor goes with, other than an antidepressant",
    any_of=(NOT_WITH_MAOI,),
    but=(group("an SSRI, SNRI or tricyclic", DrugClass.SSRI, DrugClass.SNRI, DrugClass.TCA),),
)
NOT_WITH_MAOI_BUT_SSRI = DrugGroup(
    "a drug that no MAO inhibitor goes with, other than an SSRI",
    any_of=(NOT_WITH_MAOI,),
    but=(group("an SSRI", DrugClass.SSRI),),
)
# Named: phenylpiperidines, and buprenorphine as the rule adds it.
FENTANYL_KIND_OR_BUPRENORPHINE = group(
    "fentanyl and its kind, or buprenorphine", "fentanyl", "sufentanil", "alfentanil", "remifentanil", "buprenorphine"
)
# Named as the rule lists them.
MAOI_WITH_DECONGESTANT = group("rasagiline, safinamide or linezolid", "rasagiline", "safinamide", "linezolid")
TRANYLCYPROMINE = group("tranylcypromine", "tranylcypromine")
METHYLENE_BLUE = group("methylene blue", "methylene blue")
# Named as the labels list them.
OTHER_ANTIDEPRESSANT_WITH_MAOI = group("mirtazapine, trazodone or nefazodone", "mirtazapine", "trazodone", "nefazodone")
CARBAMAZEPINE = group("carbamazepine", "carbamazepine")
OXCARBAZEPINE = group("oxcarbazepine", "oxcarbazepine")
# Named as the label lists them, beside appetite suppressants.
DECONGESTANT_OR_DIET_PILL = group(
    "a decongestant (pseudoephedrine, phenylephrine, ephedrine) or an appetite suppressant",
    DrugClass.ANORECTIC_STIMULANT,
    "pseudoephedrine",
    "phenylephrine",
    "ephedrine",
)
# Named as the rule lists them.
DECONGESTANT_OR_PHENTERMINE = group(
    "pseudoephedrine, phenylephrine or phentermine", "pseudoephedrine", "phenylephrine", "phentermine"
)
METAXALONE = group("metaxalone", "metaxalone")
# Named as the label lists them.
SEROTONIN_SUPPLEMENT = group("tryptophan, 5-HTP or SAMe", "tryptophan", "5-HTP", "SAMe")
# Named as the labels list them.
OPIOID_WITH_MAO_B = group(
    "methadone, meperidine, tramadol or propoxyphene", "methadone", "meperidine", "tramadol", "propoxyphene"
)
# Named, beside two classes, as the label lists them.
NOT_WITH_TRANYLCYPROMINE = group(
    "a triptan, sedating antihistamine, levodopa, methyldopa, reserpine, tetrabenazine or dopamine",
    DrugClass.TRIPTAN,
    DrugClass.ANTIHISTAMINE_SEDATING,
    "levodopa",
    "methyldopa",
    "reserpine",
    "tetrabenazine",
    "dopamine",
)
# Named as the rule lists them.
MONOAMINE_RAISER = group(
    "atomoxetine, tetrabenazine or deutetrabenazine", "atomoxetine", "tetrabenazine", "deutetrabenazine"
)
VALBENAZINE = group("valbenazine", "valbenazine")
NEFOPAM = group("nefopam", "nefopam")

PROCARBAZINE = group("procarbazine", "procarbazine")
MAOI_NOT_RASAGILINE = DrugGroup(
    "an MAO inhibitor other than rasagiline", any_of=(MAOI_OR_PROCARBAZINE,), but=(RASAGILINE,)
)

# --- serotonin and seizures -------------------------------------------------------------------------------------
SEROTONERGIC_OPIOID_ANY = DrugGroup(
    "an opioid that acts on serotonin (tramadol, meperidine, methadone, tapentadol, fentanyl, levorphanol)",
    any_of=(SEROTONERGIC_STRONG_OPIOID, SEROTONERGIC_OPIOID),
)
DEXTROMETHORPHAN = group("dextromethorphan", "dextromethorphan")
# Named as the rule lists them.
BUSPIRONE_OR_LITHIUM = group("buspirone or lithium", "buspirone", "lithium")
# Named as the rule lists them.
AMPHETAMINE = group(
    "amphetamine, methamphetamine, lisdexamfetamine or MDMA",
    "amphetamine",
    "methamphetamine",
    "lisdexamfetamine",
    "MDMA",
)
NEFAZODONE = group("nefazodone", "nefazodone")
OPIOID_WITH_NEFAZODONE = DrugGroup(
    "an opioid that acts on serotonin, oxycodone or buprenorphine",
    # Named: the two that the rule adds because of CYP3A4.
    any_of=(SEROTONERGIC_OPIOID_ANY, group("oxycodone or buprenorphine", "oxycodone", "buprenorphine")),
)
# Named as the rule lists them.
METAXALONE_OR_CYCLOBENZAPRINE = group("metaxalone or cyclobenzaprine", "metaxalone", "cyclobenzaprine")
MIGRAINE_SEROTONIN_DRUG = group("a triptan, ditan or ergot", DrugClass.TRIPTAN, DrugClass.DITAN, DrugClass.ERGOT)
ANTIEMETIC_5HT3 = group("a 5-HT3 antiemetic (ondansetron and its kind)", DrugClass.ANTIEMETIC_5HT3)
# Named as the rule lists them.
MILD_SEROTONIN_DRUG = group(
    "buspirone, mirtazapine, trazodone, amphetamine or methylphenidate",
    "buspirone",
    "mirtazapine",
    "trazodone",
    "amphetamine",
    "methylphenidate",
)
# Named, beside two classes, as the rule lists them.
SSRI_SNRI_OR_TRAMADOL = group("an SSRI, SNRI or tramadol", DrugClass.SSRI, DrugClass.SNRI, "tramadol")
# Named as the label lists them.
SEROTONIN_SUPPLEMENT_ANY = group(
    "St. John's wort, tryptophan, 5-HTP or SAMe", "st. john's wort", "tryptophan", "5-HTP", "SAMe"
)
STRONG_SEROTONERGIC = DrugGroup(
    "opioids that act on serotonin, SSRIs, SNRIs, tricyclics, mirtazapine, trazodone, buspirone, lithium, "
    "dextromethorphan, amphetamine, metaxalone, cyclobenzaprine and St. John's wort",
    any_of=(
        SEROTONERGIC_OPIOID_ANY,
        # Named, beside three classes, as the rule lists them.
        group(
            "a drug that raises serotonin",
            DrugClass.SSRI,
            DrugClass.SNRI,
            DrugClass.TCA,
            "mirtazapine",
            "trazodone",
            "buspirone",
            "lithium",
            "dextromethorphan",
            "amphetamine",
            "metaxalone",
            "cyclobenzaprine",
            "st. john's wort",
            but=DOXEPIN_LOW,
        ),
    ),
)
# Named as the advice of MHRA lists them: classes.
THRESHOLD_DRUG_WITH_TAPENTADOL = group(
    "an SSRI, SNRI, tricyclic or antipsychotic",
    DrugClass.SSRI,
    DrugClass.SNRI,
    DrugClass.TCA,
    DrugClass.ANTIPSYCHOTIC,
)
# Named, beside classes: the label of bupropion speaks of theophylline.
THRESHOLD_DRUG_WITH_BUPROPION = group(
    "a tricyclic, antipsychotic, stimulant, theophylline or a corticosteroid for the whole body",
    DrugClass.TCA,
    DrugClass.ANTIPSYCHOTIC,
    DrugClass.STIMULANT,
    DrugClass.CORTICOSTEROID,
    "theophylline",
    but=group("injected triamcinolone", "triamcinolone"),
)
# Named by the label of ketamine, with its other salt.
THEOPHYLLINE = group("theophylline or aminophylline", "theophylline", "aminophylline")

# --- heart rhythm -----------------------------------------------------------------------------------------------
# Named: those whose labels forbid other drugs that prolong QT.
QT_LABEL_FORBIDS = group(
    "thioridazine, ziprasidone, pimozide, dofetilide or dronedarone",
    "thioridazine",
    "ziprasidone",
    "pimozide",
    "dofetilide",
    "dronedarone",
)
# Named: the classes of Vaughan Williams are finer than ours.
ANTIARRHYTHMIC_IA_III = group(
    "quinidine, disopyramide, procainamide, sotalol, amiodarone or dofetilide",
    "quinidine",
    "disopyramide",
    "procainamide",
    "sotalol",
    "amiodarone",
    "dofetilide",
)
# Named: each by its own label's warning of QT.
QT_BY_OWN_LABEL = group(
    "quetiapine, risperidone, olanzapine, venlafaxine, mirtazapine, hydroxychloroquine, donepezil, prochlorperazine, "
    "promethazine, voriconazole or domperidone",
    "quetiapine",
    "risperidone",
    "olanzapine",
    "venlafaxine",
    "mirtazapine",
    "hydroxychloroquine",
    "donepezil",
    "prochlorperazine",
    "promethazine",
    "voriconazole",
    "domperidone",
)
SALT_LOSER = group(
    "a loop or thiazide diuretic or a stimulant laxative",
    DrugClass.DIURETIC_LOOP,
    DrugClass.DIURETIC_THIAZIDE,
    DrugClass.LAXATIVE_STIMULANT,
)
BUPRENORPHINE_FOR_PAIN = group(
    "buprenorphine as a patch or buccal film", "buprenorphine", forms=frozenset({"patch", "buccal film"})
)
LOPERAMIDE = group("loperamide", "loperamide")
# Named by a study of loperamide and by FDA, beside strong CYP3A4 inhibitors.
LOPERAMIDE_RAISER = group(
    "a strong CYP3A4 inhibitor, gemfibrozil, quinidine or cimetidine",
    Property.CYP3A4_STRONG_INHIBITOR,
    "cimetidine",
    "gemfibrozil",
    "quinidine",
)
RHYTHM_DRUG = DrugGroup(
    "an antiarrhythmic or a drug of known QT risk",
    any_of=(group("an antiarrhythmic", DrugClass.ANTIARRHYTHMIC), QT_KNOWN_OTHER),
)
# Named as the rule lists them.
CLASS_I_ANTIARRHYTHMIC = group(
    "mexiletine, quinidine, flecainide, disopyramide or amiodarone",
    "mexiletine",
    "quinidine",
    "flecainide",
    "disopyramide",
    "amiodarone",
)
