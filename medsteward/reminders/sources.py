"""The sources of reminders. Standing is that of the figure taken from them: see the helpers below."""

from __future__ import annotations

from attrs import evolve

from medsteward.model.source import Source, Standing


def recalled(source: Source, where: str) -> Source:
    """The same source for a figure that still needs to be looked up in it."""
    return evolve(source, where=where, standing=Standing.RECALLED)


def secondary(source: Source, where: str) -> Source:
    """The same source for a figure that was seen in a copy or summary only."""
    return evolve(source, where=where, standing=Standing.SECONDARY)


def practice(where: str) -> Source:
    """Common practice, written from memory."""
    return Source("Common practice", where, None, None, Standing.RECALLED)


def _source(citation: str, where: str, year: int | None = None, url: str | None = None) -> Source:
    return Source(citation, where, year, url, Standing.VERIFIED)


OURS = Source("medsteward", "a choice of this project", None, None, Standing.OURS)
SEED = _source("Pain Management Practitioner: Integrating Rehab and Medication (clinic essay)", "opioids and safety")
SEED_B = _source("Pain Management Therapy Options: PT, CBT, and More (clinic essay)", "2 Feb 2026", 2026)

CDC_2022 = _source(
    "CDC Clinical Practice Guideline for Prescribing Opioids for Pain, MMWR Recomm Rep 2022;71(RR-3)",
    "p. 20",
    2022,
    "https://doi.org/10.15585/mmwr.rr7103a1",
)
CDC_PAGE = _source(
    "CDC, Assess Risks of Opioid Use",
    "clinical page",
    2022,
    "https://www.cdc.gov/overdose-prevention/hcp/clinical-care/assess-risks-of-opioid-use.html",
)
FDA_2020 = _source(
    "FDA Drug Safety Communication 23 Jul 2020, discuss naloxone",
    "recommendations",
    2020,
    "https://www.fda.gov/drugs/drug-safety-and-availability/new-recommendations-naloxone",
)
HHS_2018 = evolve(
    _source("HHS naloxone co-prescribing guidance, Dec 2018 (summaries)", "recommendations", 2018),
    standing=Standing.SECONDARY,
)
UTAH = _source("Utah Admin. Code R384-210-2", "co-prescribing", None)
CALIFORNIA = _source("California AB 2760 (summary of the California Dental Association)", "90 MME or more", 2019)
VA_2016 = _source("VA Opioid Taper Decision Tool (PBM Academic Detailing)", "taper", 2016)
VA_DOD_2017 = _source("VA/DoD CPG Opioid Therapy for Chronic Pain v3.0", "monitoring", 2017)
VA_DOD_2022 = evolve(
    _source("VA/DoD CPG Use of Opioids in Chronic Pain 2022 (summary)", "follow-up", 2022), standing=Standing.VERIFIED
)
IHS_2020 = _source("IHS National Pharmacy and Therapeutics Committee, 23 Jul 2020", "naloxone", 2020)
AGA_2019 = _source("Crockett SD et al. AGA guideline. Gastroenterology 2019;156:218", "recommendations", 2019)
TWYCROSS = _source("Twycross R et al. J Pain Symptom Manage 2012;43:306", "laxative doses", 2012)
OTC_LABEL = _source("US OTC label (SPL copies)", "directions")
WEST_MIDLANDS = _source("West Midlands palliative care guide (wmcares.org.uk)", "laxatives")
IPAL = _source("ipalapp.com, constipation", "laxatives")
ARGOFF = _source(
    "Argoff CE et al. Consensus on opioid-induced constipation. Pain Med 2015;16:2324 (PMC4738423)",
    "Bowel Function Index",
    2015,
    "https://doi.org/10.1111/pme.12937",
)
ROME = _source("Rome IV (PMC7266404; MDCalc 10274)", "red flags", 2016)
MEDICAL_LETTER = _source("The Medical Letter, opioid-induced constipation", "no tolerance")
NALOXEGOL_LABEL = _source("Naloxegol label (Movantik)", "dosage, contraindications")
NALDEMEDINE_LABEL = _source("Naldemedine label (Symproic)", "dosage")
METHYLNALTREXONE_LABEL = _source("Methylnaltrexone label (Relistor)", "dosage")
METHYLNALTREXONE_METHADONE = _source("J Pain Res 2018;11:2509 (post hoc, n = 120)", "with methadone", 2018)
LUBIPROSTONE_LABEL = _source("Lubiprostone label (Amitiza); pooled class analysis", "dosage, methadone")
PAMORA_LABELS = _source("Labels of the peripherally acting opioid antagonists", "warnings")
ZIMHI = _source("Zimhi label (Medscape 343741)", "dosage")
KLOXXADO = _source("Kloxxado label", "dosage")
OPVEE = _source("Opvee label (drugs.com)", "dosage", 2023)
NARCAN = _source("FDA, naloxone nasal spray without prescription, Mar 2023", "OTC status", 2023)
SHELF_LIFE = _source("FDA, 17 Jan 2024, shelf life of Narcan", "48 months, newly made lots only", 2024)
ZURNAI = _source("Press reports on the approval of Zurnai (connecticutnewspress, aztimez)", "dose, route, age")
NALOXONE_INJECTION = _source("Naloxone injection label", "dosage")
WORST_PILLS = _source("Worst Pills, Best Pills 1618", "high-dose and nalmefene products")
APS_HRS = _source("APS/HRS advice on methadone, in VA/DoD CPG 2017", "electrocardiogram", 2017)
CLONIDINE_LABEL = _source("Clonidine tablets label (openFDA c83e4e4f v11)", "warnings", 2026)
LOFEXIDINE_LABEL = _source("Lofexidine label (hcp.lucemyra.com)", "safety", 2020)
