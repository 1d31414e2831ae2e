"""The groups of drugs that rules name, each declared once.

A group says what its drugs are or do: a class, a property, a class narrowed by a property. Names stand only where the
rule, its label or its guideline is about the named drugs; a new drug of the class then does not belong by itself.
Groups of one drug are named after it.
"""

from __future__ import annotations

from fractions import Fraction

from medsteward.model.drug import DrugClass
from medsteward.model.product import Role
from medsteward.model.property import Property
from medsteward.patient.drug_group import CONCENTRATES, DrugGroup, group

SAID_TWICE = DrugGroup("the same drug, product and directions on two or more lines", said_twice=True)
"""Lines that may be one prescription. It is told from the lines, not from the drug: see ``doses.renewals``."""
RENEWED = DrugGroup("a prescription that follows another of the same product and directions", renewed=True)
"""Two lines of which one begins about when the other ends. Told from the lines too."""

# --- opioids ----------------------------------------------------------------------------------------------------
OPIOIDS = tuple(each for each in DrugClass if each.is_opioid_agonist)
OPIOID = group("any opioid", *OPIOIDS)
FULL_AGONIST = group("a full opioid agonist", DrugClass.OPIOID_FULL_AGONIST)
MIXED_OPIOID = group("a mixed agonist-antagonist opioid", DrugClass.OPIOID_MIXED)
BUPRENORPHINE = group("buprenorphine", "buprenorphine")
FENTANYL_PATCH = group("a fentanyl patch", "fentanyl", forms=frozenset({"patch"}))
_TRANSMUCOSAL = frozenset({"buccal", "sublingual", "nasal", "transmucosal oral", "transmucosal"})
TIRF = group("fentanyl for breakthrough pain (buccal, sublingual, nasal or lozenge)", "fentanyl", routes=_TRANSMUCOSAL)
HYDROMORPHONE_ER = group("hydromorphone ER", "hydromorphone", long_acting=True)
_FEW_MCG_H = Fraction(5)
BUPRENORPHINE_LOW = DrugGroup(
    "a low-dose buprenorphine patch (5 mcg/h) or buccal film",
    ingredients=frozenset({"buprenorphine"}),
    forms=frozenset({"patch", "buccal film"}),
    up_to_mcg_h=_FEW_MCG_H,
)
BUPRENORPHINE_BUCCAL = group(
    "buprenorphine buccal film for pain", "buprenorphine", forms=frozenset({"buccal film"}), long_acting=True
)
ER_OPIOID = group(
    "an extended-release or long-acting opioid",
    *OPIOIDS,
    long_acting=True,
)
IR_OPIOID = group(
    "an immediate-release opioid",
    DrugClass.OPIOID_FULL_AGONIST,
    long_acting=False,
)
ER_OPIOID_OTHER = group(
    "an extended-release or long-acting opioid",
    *OPIOIDS,
    long_acting=True,
    but=(FENTANYL_PATCH, HYDROMORPHONE_ER, BUPRENORPHINE_LOW, BUPRENORPHINE_BUCCAL),
)
CONCENTRATE = group(
    "a concentrated oral opioid solution (morphine or oxycodone 20 mg/mL, methadone 10 mg/mL)",
    *CONCENTRATES,
    concentrate=True,
)
MORPHINE_CONCENTRATE = group("concentrated morphine solution (20 mg/mL)", "morphine", concentrate=True)
OPIOID_PATCH = group("an opioid patch", *OPIOIDS, forms=frozenset({"patch"}))
# Named, those left out: methadone is long-acting by itself, and buprenorphine is not swallowed.
SWALLOWED_ER_OPIOID = group(
    "an extended-release opioid that is swallowed",
    *OPIOIDS,
    long_acting=True,
    but=(OPIOID_PATCH, group("methadone or buprenorphine", "methadone", "buprenorphine")),
)
# Named by their labels: buprenorphine for opioid use disorder has no boxed warning about sedatives.
OPIOID_BOXED_WITH_SEDATIVES = group(
    "an opioid whose label has a boxed warning about sedatives",
    *OPIOIDS,
    but=group(
        "buprenorphine other than a patch or buccal film for pain",
        "buprenorphine",
        but=(group("a buprenorphine patch", "buprenorphine", forms=frozenset({"patch"})), BUPRENORPHINE_BUCCAL),
    ),
)
# Named: the two with which serotonin toxicity is of the major kind (FDA 2016); what others do is less.
SEROTONERGIC_STRONG_OPIOID = group("tramadol or meperidine", "tramadol", "meperidine")
SEROTONERGIC_OPIOID = DrugGroup(
    "methadone, tapentadol, fentanyl or levorphanol",
    any_of=(group("an opioid that acts on serotonin", *OPIOIDS, doing=frozenset({Property.SEROTONERGIC})),),
    # Withdrawn in 2010; the sources of the rule do not name it.
    besides=(SEROTONERGIC_STRONG_OPIOID, group("propoxyphene", "propoxyphene")),
)
# Named as the rule lists them: phenanthrenes that hardly act on serotonin.
OTHER_OPIOID_WITH_SSRI = group(
    "morphine, oxycodone, hydrocodone, hydromorphone, oxymorphone, codeine or buprenorphine",
    "morphine",
    "oxycodone",
    "hydrocodone",
    "hydromorphone",
    "oxymorphone",
    "codeine",
    "buprenorphine",
)
# Named, those left out: each has a rule of its own.
OPIOID_REMAINING_WITH_MAOI = group(
    "any opioid",
    *OPIOIDS,
    but=group(
        "meperidine, tramadol, tapentadol, methadone or morphine",
        "meperidine",
        "tramadol",
        "tapentadol",
        "methadone",
        "morphine",
    ),
)
TRAMADOL = group("tramadol", "tramadol")
TRAMADOL_ER = group("tramadol ER", "tramadol", long_acting=True)
CODEINE = group("codeine", "codeine")
# Named as the rule lists them.
CODEINE_OR_TRAMADOL = group("codeine or tramadol", "codeine", "tramadol")
METHADONE = group("methadone", "methadone")
MEPERIDINE = group("meperidine", "meperidine")
# Named as the rule lists them.
MORPHINE_OR_CODEINE = group("morphine or codeine", "morphine", "codeine")
SEIZURE_OPIOID = group(
    "tramadol, meperidine or tapentadol", *OPIOIDS, doing=frozenset({Property.LOWERS_SEIZURE_THRESHOLD})
)
TAPENTADOL = group("tapentadol", "tapentadol")
OXYCODONE = group("oxycodone", "oxycodone")
HYDROMORPHONE = group("hydromorphone", "hydromorphone")
# Named: benzhydrocodone becomes hydrocodone.
HYDROCODONE = group("hydrocodone or benzhydrocodone", "hydrocodone", "benzhydrocodone")
FENTANYL = group("fentanyl", "fentanyl")
BUPRENORPHINE_NALOXONE = group("naloxone within buprenorphine/naloxone", "naloxone", roles=frozenset({Role.DETERRENT}))
SUBLINGUAL_BUPRENORPHINE = group(
    "buprenorphine dissolved in the mouth", "buprenorphine", routes=frozenset({"sublingual", "buccal"})
)
INDUCED_OPIOID = group(
    # Named as the rule lists them: what an opioid is broken down by is no property here.
    "fentanyl, oxycodone, hydrocodone, buprenorphine, tramadol, codeine or meperidine",
    "fentanyl",
    "oxycodone",
    "hydrocodone",
    "benzhydrocodone",
    "buprenorphine",
    "tramadol",
    "codeine",
    "meperidine",
)
OPIOID_LIKE = group("kratom or tianeptine", DrugClass.OPIOID_LIKE_SUPPLEMENT)

# --- antagonists ------------------------------------------------------------------------------------------------
NALTREXONE = group("naltrexone, in any dose, not as a co-formulated deterrent", "naltrexone")
ORAL_NALTREXONE = group(
    "naltrexone by mouth", "naltrexone", but=group("depot naltrexone", "naltrexone", brands=frozenset({"Vivitrol"}))
)
SAMIDORPHAN = group("samidorphan", "samidorphan")
PAMORA = group("a peripherally acting opioid antagonist (PAMORA)", DrugClass.PAMORA)
# Named as the rule lists them.
PAMORA_OR_NALTREXONE = group("naltrexone or another PAMORA", DrugClass.PAMORA, "naltrexone")
NALOXEGOL = group("naloxegol", "naloxegol")
NALDEMEDINE = group("naldemedine", "naldemedine")
# Named as the rule lists them.
NALOXEGOL_OR_NALDEMEDINE = group("naloxegol or naldemedine", "naloxegol", "naldemedine")
# Named: antagonists that are given in an overdose.
RESCUE = group("a rescue antagonist (naloxone or nalmefene)", "naloxone", "nalmefene", roles=frozenset({Role.RESCUE}))
# Named as the rule lists them.
SAFE_NALOXONE = group(
    "naloxone as rescue or co-formulated",
    "naloxone",
    "nalmefene",
    roles=frozenset({Role.RESCUE, Role.DETERRENT}),
)

# --- sedatives --------------------------------------------------------------------------------------------------
BENZODIAZEPINE = group("any benzodiazepine", DrugClass.BENZODIAZEPINE)
# Named: those that are sold for sleep; which use a benzodiazepine is for follows neither from class nor property.
HYPNOTIC_BENZODIAZEPINE = group(
    "temazepam, triazolam, flurazepam, estazolam or quazepam",
    "temazepam",
    "triazolam",
    "flurazepam",
    "estazolam",
    "quazepam",
)
Z_DRUG = group("any Z-drug (zolpidem and its kind)", DrugClass.Z_DRUG)
GABAPENTINOID = group("any gabapentinoid", DrugClass.GABAPENTINOID)
# Named: a prodrug and what it becomes.
GABAPENTIN = group("gabapentin", "gabapentin", "gabapentin enacarbil")
PREGABALIN = group("pregabalin", "pregabalin")
CARISOPRODOL = group("carisoprodol", "carisoprodol")
# Named: carisoprodol becomes meprobamate.
CARISOPRODOL_OR_MEPROBAMATE = group("carisoprodol or meprobamate", "carisoprodol", "meprobamate")
MUSCLE_RELAXANT = group("any muscle relaxant", DrugClass.MUSCLE_RELAXANT)
MUSCLE_RELAXANT_OTHER = group("a muscle relaxant", DrugClass.MUSCLE_RELAXANT, but=CARISOPRODOL)
ALCOHOL = group("alcohol", DrugClass.ALCOHOL)
BARBITURATE = group("any barbiturate (butalbital included)", DrugClass.BARBITURATE)
ANTIPSYCHOTIC = group("any antipsychotic", DrugClass.ANTIPSYCHOTIC)
ANTIHISTAMINE_OR_ANTIEMETIC = group(
    "a sedating antihistamine or phenothiazine antiemetic",
    DrugClass.ANTIHISTAMINE_SEDATING,
    DrugClass.ANTIEMETIC_PHENOTHIAZINE,
)
OREXIN_ANTAGONIST = group("any orexin antagonist", DrugClass.OREXIN_ANTAGONIST)
OXYBATE = group("sodium oxybate", "sodium oxybate")
OPIOID_OR_OTHER_BENZODIAZEPINE = group(
    "any opioid or a benzodiazepine",
    *OPIOIDS,
    DrugClass.BENZODIAZEPINE,
    but=HYPNOTIC_BENZODIAZEPINE,
)
HYPNOTIC = DrugGroup(
    "a hypnotic benzodiazepine, Z-drug, barbiturate, orexin antagonist or alcohol",
    any_of=(
        HYPNOTIC_BENZODIAZEPINE,
        group(
            "a Z-drug, barbiturate, orexin antagonist or alcohol",
            DrugClass.Z_DRUG,
            DrugClass.BARBITURATE,
            DrugClass.ALCOHOL,
            DrugClass.OREXIN_ANTAGONIST,
        ),
    ),
)
CNS_DEPRESSANT = group("a sedative", Property.CNS_DEPRESSANT)
GABA_SEDATIVE = group(
    "a benzodiazepine, Z-drug or barbiturate", DrugClass.BENZODIAZEPINE, DrugClass.Z_DRUG, DrugClass.BARBITURATE
)
MILD_SEDATIVE = group(
    "a gabapentinoid, muscle relaxant or orexin antagonist",
    DrugClass.GABAPENTINOID,
    DrugClass.MUSCLE_RELAXANT,
    DrugClass.OREXIN_ANTAGONIST,
)
# Named, the one left out: at the doses of supplements it sedates little.
CANNABINOID = group("a cannabinoid that sedates", DrugClass.CANNABINOID, but=group("cannabidiol", "cannabidiol"))
ALPHA2 = group("any alpha-2 agonist (clonidine, lofexidine, guanfacine)", DrugClass.ALPHA2_AGONIST)
# Named as the rule lists them.
ALPHA2_OR_TIZANIDINE = group("an alpha-2 agonist or tizanidine", DrugClass.ALPHA2_AGONIST, "tizanidine")
CLONIDINE = group("clonidine", "clonidine")
LOFEXIDINE = group("lofexidine", "lofexidine")
TIZANIDINE = group("tizanidine", "tizanidine")
BACLOFEN = group("baclofen", "baclofen")
DOXEPIN_LOW = DrugGroup(
    "doxepin up to 6 mg a day",
    any_of=(
        group("doxepin up to 6 mg a day", "doxepin", up_to_mg=Fraction(6)),
        # The tablets of 3 and 6 mg are sold for sleep alone, one a night; no other product is so weak.
        group("doxepin up to 6 mg at one time", "doxepin", up_to_single_mg=Fraction(6)),
    ),
)
TCA = group("any tricyclic antidepressant", DrugClass.TCA, but=DOXEPIN_LOW)
# Named as the rule lists them; no source of the rule names nefazodone.
SEDATING_ANTIDEPRESSANT = group(
    "a tricyclic, mirtazapine or trazodone", DrugClass.TCA, "mirtazapine", "trazodone", but=DOXEPIN_LOW
)
# Named where the class does not decide: which members sedate enough to count is ours.
COUNTED_SEDATIVE = DrugGroup(
    "a sedative that counts beside an opioid (tricyclic, mirtazapine, trazodone, sedating antihistamine, phenothiazine "
    "antiemetic, muscle relaxant, orexin antagonist, sedating antipsychotic, cannabinoid and the like)",
    any_of=(
        SEDATING_ANTIDEPRESSANT,
        ANTIHISTAMINE_OR_ANTIEMETIC,
        MUSCLE_RELAXANT,
        OREXIN_ANTAGONIST,
        CANNABINOID,
        group(
            "another sedative that counts",
            "quetiapine",
            "olanzapine",
            "clozapine",
            "chlorpromazine",
            "thioridazine",
            "risperidone",
            "haloperidol",
            "ziprasidone",
            "dexmedetomidine",
            "ketamine",
            "lasmiditan",
            "phenytoin",
            "carbamazepine",
            "valproate",
        ),
        group("topiramate from 200 mg a day", "topiramate", from_mg=Fraction(200)),
    ),
    besides=(group("dantrolene or meclizine", "dantrolene", "meclizine"),),
)
COUNTED_NOT_CANNABINOID = DrugGroup(
    "another sedative that counts beside an opioid", any_of=(COUNTED_SEDATIVE,), besides=(CANNABINOID,)
)
COUNTED_OR_GABAPENTINOID = DrugGroup(
    "a gabapentinoid or another sedative that counts beside an opioid", any_of=(GABAPENTINOID, COUNTED_SEDATIVE)
)
CNS_ACTIVE = group(
    "a drug that acts on the brain (antidepressant, antipsychotic, antiepileptic, benzodiazepine, Z-drug, opioid, "
    "muscle relaxant)",
    DrugClass.TCA,
    DrugClass.SSRI,
    DrugClass.SNRI,
    DrugClass.ANTIPSYCHOTIC,
    DrugClass.ANTICONVULSANT,
    DrugClass.GABAPENTINOID,
    DrugClass.BENZODIAZEPINE,
    DrugClass.Z_DRUG,
    *OPIOIDS,
    DrugClass.MUSCLE_RELAXANT,
    but=DOXEPIN_LOW,
)
# Named, those left out, as the rule lists them.
OLDER_RELAXANT = group(
    "a muscle relaxant",
    DrugClass.MUSCLE_RELAXANT,
    but=group("baclofen, tizanidine or dantrolene", "baclofen", "tizanidine", "dantrolene"),
)

# --- serotonin and antidepressants ------------------------------------------------------------------------------
MAOI = group("any MAO inhibitor (linezolid and methylene blue included)", DrugClass.MAOI)
# Named: procarbazine, a cancer drug, inhibits MAO weakly.
MAOI_OR_PROCARBAZINE = group(
    "any MAO inhibitor (linezolid, methylene blue and procarbazine included)", DrugClass.MAOI, "procarbazine"
)
SNRI = group("any SNRI", DrugClass.SNRI)
SSRI_OR_SNRI = group("any SSRI or SNRI", DrugClass.SSRI, DrugClass.SNRI)
SSRI_SNRI_TCA = group("an SSRI, SNRI or tricyclic", DrugClass.SSRI, DrugClass.SNRI, DrugClass.TCA, but=DOXEPIN_LOW)
SEROTONERGIC_ANTIDEPRESSANT = DrugGroup(
    "an SSRI, SNRI, tricyclic, mirtazapine, trazodone or St. John's wort",
    any_of=(
        group(
            "an antidepressant or supplement that acts on serotonin",
            DrugClass.SSRI,
            DrugClass.SNRI,
            DrugClass.TCA,
            DrugClass.ATYPICAL_ANTIDEPRESSANT,
            DrugClass.SUPPLEMENT,
            doing=frozenset({Property.SEROTONERGIC}),
        ),
    ),
    but=(DOXEPIN_LOW,),
    # No source of the rules names it, and none about it was seen.
    besides=(group("nefazodone", "nefazodone"),),
)
# Named, beside the classes, as labels of MAO inhibitors list them: not all of these act on serotonin.
NOT_WITH_MAOI = group(
    "an SSRI, SNRI, tricyclic, cyclobenzaprine, bupropion, dextromethorphan, buspirone, stimulant or St. John's wort",
    DrugClass.SSRI,
    DrugClass.SNRI,
    DrugClass.TCA,
    DrugClass.STIMULANT,
    "cyclobenzaprine",
    "bupropion",
    "dextromethorphan",
    "buspirone",
    "st. john's wort",
)
# Named by their labels: those that MAO-A breaks down.
MAOI_TRIPTAN = group("sumatriptan, rizatriptan or zolmitriptan", "sumatriptan", "rizatriptan", "zolmitriptan")
TRIPTAN = group("any triptan", DrugClass.TRIPTAN)
TRIPTAN_OR_DITAN = group("any triptan or ditan", DrugClass.TRIPTAN, DrugClass.DITAN)
TRIPTAN_OR_ERGOT = group("any triptan or ergot", DrugClass.TRIPTAN, DrugClass.ERGOT)
BUPROPION = group("bupropion", "bupropion")
SEIZURE_LOWERING = group(
    "an antipsychotic or another drug that lowers the seizure threshold",
    DrugClass.ANTIPSYCHOTIC,
    Property.LOWERS_SEIZURE_THRESHOLD,
    but=(
        group("an opioid", DrugClass.OPIOID_FULL_AGONIST),
        group("an SSRI, SNRI or tricyclic", DrugClass.SSRI, DrugClass.SNRI, DrugClass.TCA),
        group("bupropion", "bupropion"),
    ),
)
# Named by the rule's sources.
TRAMADOL_OR_ANTIDEPRESSANT = group(
    "tramadol, an SSRI, SNRI or tricyclic", "tramadol", DrugClass.SSRI, DrugClass.SNRI, DrugClass.TCA
)

# --- heart rhythm -----------------------------------------------------------------------------------------------
QT_KNOWN_OTHER = group("a drug of known QT risk", Property.QT_KNOWN_RISK, but=METHADONE)
LOPERAMIDE_HIGH = group("loperamide above 16 mg a day", "loperamide", above_mg=Fraction(16))
QT_OTHER = DrugGroup(
    "hydroxyzine, trazodone, a tricyclic or loperamide above 16 mg a day",
    any_of=(group("another drug that may prolong QT", Property.QT_OTHER, but=DOXEPIN_LOW), LOPERAMIDE_HIGH),
)

# --- enzymes ----------------------------------------------------------------------------------------------------
CYP3A4_INHIBITOR = group(
    "a strong or moderate CYP3A4 inhibitor", Property.CYP3A4_STRONG_INHIBITOR, Property.CYP3A4_MODERATE_INHIBITOR
)
CYP3A4_STRONG = group("a strong CYP3A4 inhibitor", Property.CYP3A4_STRONG_INHIBITOR)
CYP3A4_MODERATE = group("a moderate CYP3A4 inhibitor", Property.CYP3A4_MODERATE_INHIBITOR)
CYP3A4_INDUCER = group(
    "a strong or moderate CYP3A4 inducer", Property.CYP3A4_STRONG_INDUCER, Property.CYP3A4_MODERATE_INDUCER
)
CYP3A4_STRONG_INDUCER = group("a strong CYP3A4 inducer", Property.CYP3A4_STRONG_INDUCER)
METHADONE_INDUCER = group(
    "a strong or moderate CYP3A4 inducer or a CYP2B6 inducer",
    Property.CYP3A4_STRONG_INDUCER,
    Property.CYP3A4_MODERATE_INDUCER,
    Property.CYP2B6_INDUCER,
)
CYP3A4_MODERATE_INHIBITOR_OR_INDUCER = group(
    "a moderate CYP3A4 inhibitor or a strong or moderate inducer",
    Property.CYP3A4_MODERATE_INHIBITOR,
    Property.CYP3A4_STRONG_INDUCER,
    Property.CYP3A4_MODERATE_INDUCER,
)
CYP2D6_INHIBITOR = group(
    "a strong or moderate CYP2D6 inhibitor", Property.CYP2D6_STRONG_INHIBITOR, Property.CYP2D6_MODERATE_INHIBITOR
)
CYP2D6_STRONG = group("a strong CYP2D6 inhibitor", Property.CYP2D6_STRONG_INHIBITOR)
CYP1A2_STRONG = group(
    "a strong CYP1A2 inhibitor (fluvoxamine, ciprofloxacin, enoxacin)", Property.CYP1A2_STRONG_INHIBITOR
)
# Named: what a drug is broken down by is no property here; each label has its own words on CYP3A4.
CYP3A4_VICTIM = group(
    "an ergot, ubrogepant, suzetrigine or eletriptan", DrugClass.ERGOT, "ubrogepant", "suzetrigine", "eletriptan"
)
SUZETRIGINE = group("suzetrigine", "suzetrigine")
# Named: what a drug is broken down by is no property here.
CYP3A4_BENZODIAZEPINE = group("alprazolam, triazolam or midazolam", "alprazolam", "triazolam", "midazolam")
DULOXETINE = group("duloxetine", "duloxetine")
RAMELTEON = group("ramelteon", "ramelteon")
FLUVOXAMINE = group("fluvoxamine", "fluvoxamine")
# Named: the two that the label of tizanidine rules out.
TIZANIDINE_BLOCKER = group("fluvoxamine or ciprofloxacin", "fluvoxamine", "ciprofloxacin")
# Named as the rule lists them.
TIZANIDINE_RAISER = group(
    "ethinyl estradiol, cimetidine, famotidine, amiodarone, verapamil, norfloxacin, acyclovir, mexiletine, "
    "propafenone, zileuton or ticlopidine",
    "ethinyl estradiol",
    "cimetidine",
    "famotidine",
    "amiodarone",
    "verapamil",
    "norfloxacin",
    "acyclovir",
    "mexiletine",
    "propafenone",
    "zileuton",
    "ticlopidine",
)
BETA_BLOCKER = group("any beta blocker", DrugClass.BETA_BLOCKER)
RIZATRIPTAN = group("rizatriptan", "rizatriptan")
PROPRANOLOL = group("propranolol", "propranolol")

# --- NSAIDs, acetaminophen and partners -------------------------------------------------------------------------
NSAID = group("any NSAID taken by mouth or injected (not low-dose aspirin)", DrugClass.NSAID_ORAL)
NSAID_TOPICAL = group("a topical NSAID", DrugClass.NSAID_TOPICAL, topical=True)
KETOROLAC = group("ketorolac", "ketorolac")
# Named as the rule lists them.
KETOROLAC_BARRED = group(
    "another NSAID, aspirin, probenecid or pentoxifylline",
    DrugClass.NSAID_ORAL,
    "aspirin",
    "probenecid",
    "pentoxifylline",
    but=group("ketorolac", "ketorolac"),
)
ANTICOAGULANT = group("any anticoagulant", DrugClass.ANTICOAGULANT)
WARFARIN = group("warfarin", "warfarin")
ANTIPLATELET = group("an antiplatelet, low-dose aspirin included", DrugClass.ANTIPLATELET)
ANTICOAGULANT_OR_ANTIPLATELET = group(
    "an anticoagulant or antiplatelet", DrugClass.ANTICOAGULANT, DrugClass.ANTIPLATELET
)
ACEI_OR_ARB = group("an ACE inhibitor or ARB", DrugClass.ACEI, DrugClass.ARB)
DIURETIC = group("any diuretic", DrugClass.DIURETIC_THIAZIDE, DrugClass.DIURETIC_LOOP, DrugClass.DIURETIC_K_SPARING)
ACEI_ARB_OR_DIURETIC = group(
    "an ACE inhibitor, ARB or diuretic",
    DrugClass.ACEI,
    DrugClass.ARB,
    DrugClass.DIURETIC_THIAZIDE,
    DrugClass.DIURETIC_LOOP,
    DrugClass.DIURETIC_K_SPARING,
)
LITHIUM = group("lithium", "lithium")
METHOTREXATE = group("methotrexate", "methotrexate")
CORTICOSTEROID = group("a corticosteroid", DrugClass.CORTICOSTEROID)
SYSTEMIC_STEROID = group(
    "a corticosteroid for the whole body",
    DrugClass.CORTICOSTEROID,
    but=group("injected triamcinolone", "triamcinolone"),
)
ACETAMINOPHEN = group("acetaminophen", "acetaminophen")

# --- bowel, bladder and the rest --------------------------------------------------------------------------------
ANTICHOLINERGIC = group("a drug with anticholinergic effect", Property.ANTICHOLINERGIC, but=DOXEPIN_LOW)
LAXATIVE = group(
    "a laxative, PAMORA or secretagogue",
    DrugClass.LAXATIVE_STIMULANT,
    DrugClass.LAXATIVE_OSMOTIC,
    DrugClass.LAXATIVE_BULK,
    DrugClass.PAMORA,
    DrugClass.SECRETAGOGUE,
    DrugClass.PROKINETIC_5HT4,
)
BULK_LAXATIVE = group("a bulk-forming laxative", DrugClass.LAXATIVE_BULK)
LUBIPROSTONE = group("lubiprostone", "lubiprostone")
ERENUMAB = group("erenumab", "erenumab")
OPIOID_OR_PAMORA = group(
    "any opioid or PAMORA",
    *OPIOIDS,
    DrugClass.PAMORA,
)
# Named, beside ergots: no property here says what harms an unborn child.
TERATOGEN = group("valproate, methotrexate or an ergot", "valproate", "methotrexate", DrugClass.ERGOT)
TOPIRAMATE = group("topiramate", "topiramate")
# Named: salts of magnesium.
MAGNESIUM = group("magnesium hydroxide or magnesium citrate", "magnesium hydroxide", "magnesium citrate")
MISUSED_SEDATIVE = group("a gabapentinoid or benzodiazepine", DrugClass.GABAPENTINOID, DrugClass.BENZODIAZEPINE)
# Named as the rule lists them.
BEERS_OLDER = group(
    "a sedating antihistamine, barbiturate, meperidine or meprobamate",
    DrugClass.ANTIHISTAMINE_SEDATING,
    DrugClass.BARBITURATE,
    "meperidine",
    "meprobamate",
)
# Named as the rule lists them.
GLAUCOMA_DRUG = group("a tricyclic, duloxetine or cyclobenzaprine", DrugClass.TCA, "duloxetine", "cyclobenzaprine")
RETENTION_DRUG = group(
    "a tricyclic, sedating antihistamine, cyclobenzaprine or orphenadrine",
    DrugClass.TCA,
    DrugClass.ANTIHISTAMINE_SEDATING,
    DrugClass.MUSCLE_RELAXANT,
    doing=frozenset({Property.ANTICHOLINERGIC}),
)
# Named as the rule lists them.
TCA_OR_CYCLOBENZAPRINE = group("a tricyclic or cyclobenzaprine", DrugClass.TCA, "cyclobenzaprine", but=DOXEPIN_LOW)
CYCLOBENZAPRINE = group("cyclobenzaprine", "cyclobenzaprine")
DELIRIUM_DRUG = group(
    "an opioid, a benzodiazepine or a drug with anticholinergic effect",
    *OPIOIDS,
    DrugClass.BENZODIAZEPINE,
    Property.ANTICHOLINERGIC,
)
# Named as the rule lists them.
PREGABALIN_OR_GABAPENTIN = group("pregabalin or gabapentin", "pregabalin", "gabapentin", "gabapentin enacarbil")
GLUCOSE_LOWERING = group("a glucose-lowering drug", DrugClass.ANTIDIABETIC)

# Named by the rule's sources.
TRAMADOL_OR_MORPHINE = group("tramadol or morphine", "tramadol", "morphine")
BUPRENORPHINE_OR_MIXED = group(
    "buprenorphine or a mixed agonist-antagonist opioid", DrugClass.OPIOID_PARTIAL_AGONIST, DrugClass.OPIOID_MIXED
)
THIORIDAZINE = group("thioridazine", "thioridazine")
OXYMORPHONE = group("oxymorphone", "oxymorphone")
TRIAZOLAM = group("triazolam", "triazolam")
ALPRAZOLAM = group("alprazolam", "alprazolam")
# Named as the rule lists them.
AZOLE = group("ketoconazole or itraconazole", "ketoconazole", "itraconazole")
TOLERANT_ONLY = DrugGroup(
    "a fentanyl patch, fentanyl for breakthrough pain or hydromorphone ER",
    any_of=(FENTANYL_PATCH, TIRF, HYDROMORPHONE_ER),
)
AROUND_THE_CLOCK = ER_OPIOID
TOLERANT_ONLY_OR_CONCENTRATE = DrugGroup(
    "a fentanyl patch, fentanyl for breakthrough pain, hydromorphone ER or a concentrated oral opioid solution",
    any_of=(TOLERANT_ONLY, CONCENTRATE),
)
OPIOID_OR_GABAPENTINOID = group(
    "the opioid or the gabapentinoid",
    *OPIOIDS,
    DrugClass.GABAPENTINOID,
)
