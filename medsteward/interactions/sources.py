"""The sources that rules cite, each once, with how closely it was read.

Recalled ones need a second source; they are shown as such wherever a rule rests on them.
"""

from __future__ import annotations

from medsteward.model.source import Source, Standing

FDA_2016 = Source(
    "FDA Drug Safety Communication, 31 August 2016: boxed warnings on opioids and benzodiazepines",
    "",
    2016,
    None,
    Standing.SECONDARY,
)
CDC_2022_REC_11 = Source(
    "CDC Clinical Practice Guideline for Prescribing Opioids for Pain, MMWR Recomm Rep 2022;71(RR-3)",
    "",
    2022,
    None,
    Standing.VERIFIED,
)
BEERS_2023 = Source(
    "American Geriatrics Society Beers Criteria, 2023 update (formulary tables)", "", 2023, None, Standing.SECONDARY
)
MHRA_2020 = Source(
    "MHRA Drug Safety Update, March 2020: benzodiazepines and opioids", "", 2020, None, Standing.VERIFIED
)
SUN_2017 = Source("Sun and others, BMJ 2017;356:j760", "", 2017, None, Standing.VERIFIED)
FDA_2017_OUD = Source(
    "FDA Drug Safety Communication, 20 September 2017: buprenorphine and methadone with benzodiazepines",
    "",
    2017,
    None,
    Standing.VERIFIED,
)
Z_DRUG_COHORT = Source(
    "Cohort of opioids with Z-drugs, Am J Psychiatry 2021, doi 10.1176/appi.ajp.2020.20071038",
    "",
    2021,
    None,
    Standing.VERIFIED,
)
KAISER_COHORT = Source(
    "Cohort of 2,241,530 new opioid users, PubMed 31919729 (abstract)", "", 2020, None, Standing.VERIFIED
)
FDA_2019_GABAPENTINOIDS = Source(
    "FDA Drug Safety Communication, 19 December 2019: gabapentinoids", "", 2019, None, Standing.VERIFIED
)
GOMES_2017 = Source(
    "Gomes and others, PLoS Med 2017 (PMC5626029; design read, effect sizes recalled)",
    "",
    2017,
    None,
    Standing.VERIFIED,
)
WANG_2019 = Source("Wang and others, Drug Alcohol Depend 2019;205:107693 (abstract)", "", 2019, None, Standing.VERIFIED)
CDS_VALUE_SETS = Source(
    "CDC opioid decision support, value sets of 24 February 2025", "", 2025, None, Standing.VERIFIED
)
PREGABALIN_TEXT = Source("Pregabalin product text (Maxgalin)", "", None, None, Standing.SECONDARY)
LUCEMYRA = Source("Lucemyra (lofexidine) prescribing facts", "", None, None, Standing.VERIFIED)
NALTREXONE_MONOGRAPHS = Source("Naltrexone monographs", "", None, None, Standing.SECONDARY)
CONTRAVE = Source("Contrave table of contraindications", "", None, None, Standing.SECONDARY)
MIXED_AGONISTS = Source(
    "Hoskin and Hanks 1991 and Zola 1983 (abstracts): mixed agonist-antagonists", "", None, None, Standing.VERIFIED
)
MOVANTIK = Source("Movantik (naloxegol) label text", "", None, None, Standing.SECONDARY)
NALOXONE_VALUE_SET = Source(
    "CDC opioid decision support, value set of naloxone medications", "", 2025, None, Standing.VERIFIED
)
MEPERIDINE_LABEL = Source("Meperidine label text, boxed warning", "", None, None, Standing.SECONDARY)
TRAMADOL_TEXT = Source("Tramadol product text (Nutram, Tramicet)", "", None, None, Standing.SECONDARY)
MAOI_TABLES = Source(
    "Interaction tables on MAO inhibitors (linezolid, MAO-B inhibitors)", "", None, None, Standing.SECONDARY
)
IMITREX = Source("Imitrex (sumatriptan) label text", "", None, None, Standing.SECONDARY)
SEROTONIN_OPIOIDS = Source(
    "FDA Drug Safety Communication, 22 March 2016, and Baldo 2018 (abstract): opioids and serotonin",
    "",
    2018,
    None,
    Standing.VERIFIED,
)
TRAMADOL_2D6 = Source("Interaction text on tramadol and CYP2D6 inhibitors (FDB)", "", None, None, Standing.SECONDARY)
AHS_TRIPTANS = Source(
    "American Headache Society position paper on triptans with SSRIs or SNRIs", "", None, None, Standing.SECONDARY
)
CYP2D6_LIST = Source("Lists of CYP2D6 inhibitors after FDA's guidance table", "", None, None, Standing.SECONDARY)
METHADONE_MONOGRAPH = Source("Methadone monograph (PDR Diskets) and Leavitt 2005", "", 2005, None, Standing.SECONDARY)
CREDIBLEMEDS = Source(
    "CredibleMeds definitions of QT risk categories (which drugs are in them is recalled)",
    "",
    None,
    None,
    Standing.VERIFIED,
)
OPIOID_LABELS = Source("Boxed warnings of oxycodone and tramadol labels (openFDA)", "", None, None, Standing.VERIFIED)
JOURNAVX = Source("Journavx (suzetrigine) label facts", "", None, None, Standing.SECONDARY)
CPIC_2021 = Source(
    "CPIC guideline for opioids and CYP2D6, 2021, table 4 (PMC8249478)", "", 2021, None, Standing.VERIFIED
)
DULOXETINE_MONOGRAPH = Source("Duloxetine label highlights and monographs", "", None, None, Standing.SECONDARY)
TIZANIDINE_TEXT = Source("Tizanidine and fluvoxamine label texts on CYP1A2", "", None, None, Standing.SECONDARY)
FDA_ACETAMINOPHEN = Source(
    "FDA limit of 325 mg acetaminophen per unit, asked for in 2011, in force in 2014",
    "",
    2014,
    None,
    Standing.SECONDARY,
)
SSRI_NSAID_BLEEDING = Source(
    "Anglin 2014 and later meta-analyses on SSRI, NSAID and bleeding (abstracts)", "", 2014, None, Standing.VERIFIED
)
TRIPLE_WHAMMY = Source("Lapi, BMJ 2013, and Dreischulte 2015 (abstracts)", "", 2013, None, Standing.VERIFIED)
TRAMADOL_BOXED = Source("Tramadol ER boxed warning, summary", "", None, None, Standing.SECONDARY)
TRAMADOL_MEDSCAPE = Source("Tramadol dosing, Medscape", "", None, None, Standing.SECONDARY)
GABAPENTINOID_RENAL = Source(
    "Renal maxima of gabapentin and pregabalin, PMC5291335, table 1", "", None, None, Standing.VERIFIED
)
FDA_2020_NSAIDS = Source(
    "FDA Drug Safety Communication, 15 October 2020: NSAIDs from week 20 of pregnancy",
    "",
    2020,
    None,
    Standing.VERIFIED,
)
BEERS_OLDER_SUMMARY = Source("Beers Criteria, summary of an earlier edition", "", None, None, Standing.SECONDARY)
FDA_2017_CHILDREN = Source(
    "FDA Drug Safety Communication, 20 April 2017: codeine and tramadol in children and breastfeeding",
    "",
    2017,
    None,
    Standing.VERIFIED,
)
CDC_2022 = Source(
    "CDC Clinical Practice Guideline for Prescribing Opioids for Pain, MMWR Recomm Rep 2022;71(RR-3)",
    "",
    2022,
    None,
    Standing.VERIFIED,
)
LABEL_SECTIONS = Source(
    "Label sections 4, 7 and boxed warnings as quoted from DailyMed, 2026", "", 2026, None, Standing.SECONDARY
)
CLONIDINE_LABEL = Source(
    "Clonidine tablets label (openFDA c83e4e4f, version 11, 30 April 2026)", "", 2026, None, Standing.VERIFIED
)
XYREM_LABEL = Source("Xyrem label, sections 4 and 5.1, revision of 2020", "", 2020, None, Standing.SECONDARY)
NUCYNTA_LABELS = Source("Nucynta and Nucynta ER labels", "", None, None, Standing.SECONDARY)
MORPHINE_LABELS = Source("Morphine and meperidine labels", "", None, None, Standing.SECONDARY)
LYBALVI = Source("Lybalvi contraindications", "", None, None, Standing.SECONDARY)
NAPROXEN_LABELS = Source("Naproxen and Vimovo labels", "", None, None, Standing.SECONDARY)
KETOROLAC_LABEL = Source(
    "Ketorolac tablets: boxed warning and contraindications (DailyMed 19300bc5)", "", None, None, Standing.SECONDARY
)
ULTRAM_LABELS = Source("Ultram and Ultram ER labels, dosage sections (about 2013)", "", 2013, None, Standing.SECONDARY)
FENTANYL_PATCH_LABELS = Source("Fentanyl transdermal labels", "", None, None, Standing.SECONDARY)
ER_MONOGRAPHS = Source("Exalgo, Butrans and hydrocodone ER monographs", "", None, None, Standing.SECONDARY)
TCA_LABELS = Source("Amitriptyline and cyclobenzaprine label texts", "", None, None, Standing.SECONDARY)
DULOXETINE_LABEL = Source("Duloxetine label 8.9, 8.10 and concise prescribing text", "", None, None, Standing.SECONDARY)
NEURONTIN_LABEL = Source(
    "Neurontin label 2.3, table 1 (DailyMed 97935fd9, version 48, 12 May 2026)", "", 2026, None, Standing.VERIFIED
)
SUVOREXANT_LABEL = Source("Suvorexant label summary", "", None, None, Standing.SECONDARY)
HYDROCODONE_LABEL = Source(
    "Hydrocodone with acetaminophen, boxed warning (638c8369)", "", None, None, Standing.SECONDARY
)
LABEL = Source("Product labelling, from memory", "", None, None, Standing.RECALLED)
GUIDELINE = Source("Guideline advice, from memory", "", None, None, Standing.RECALLED)
BEERS_2023_RECALLED = Source(
    "American Geriatrics Society Beers Criteria, 2023 update, from memory", "", 2023, None, Standing.RECALLED
)
EXPERT_MEMORY = Source("Expert knowledge, from memory", "", None, None, Standing.RECALLED)
OURS = Source("A choice of this project", "", None, None, Standing.OURS)
FDA_LOPERAMIDE = Source(
    "FDA communications on loperamide and the heart, 2016 and 2018 (news copies)", "", 2018, None, Standing.SECONDARY
)
PROJECT_SEED = Source(
    "The case this project began with: age 80, heart failure, topical diclofenac instead", "", None, None, Standing.OURS
)
DOSE_LIMITS = Source("Daily maxima by drug, gathered from labels", "", None, None, Standing.RECALLED)
FDA_2020_NALOXONE = Source("FDA Drug Safety Communication, 23 July 2020: naloxone", "", 2020, None, Standing.VERIFIED)
