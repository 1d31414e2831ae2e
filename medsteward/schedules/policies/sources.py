"""The sources of the policies, each once. A standing is that of the figures taken from it."""

from __future__ import annotations

from medsteward.model.source import Source, Standing

OURS = Source("medsteward", "", None, None, Standing.OURS)
SEED = Source(
    "Pain Management Practitioner: Integrating Rehab and Medication (clinic essay)",
    "opioid taper: 5 to 10 % every 1 to 4 weeks, slower near the end",
    None,
    None,
    Standing.VERIFIED,
)
CDC_2022 = Source(
    "CDC Clinical Practice Guideline for Prescribing Opioids for Pain, MMWR Recomm Rep 2022;71(RR-3)",
    "Recommendation 5, p. 17",
    2022,
    "https://doi.org/10.15585/mmwr.rr7103a1",
    Standing.VERIFIED,
)
CDC_2022_REC_6 = Source(
    "CDC Clinical Practice Guideline for Prescribing Opioids for Pain, MMWR Recomm Rep 2022;71(RR-3)",
    "Recommendation 6, p. 18",
    2022,
    "https://doi.org/10.15585/mmwr.rr7103a1",
    Standing.VERIFIED,
)
CDC_2022_REC_6_LAST_STEP = Source(
    "CDC Clinical Practice Guideline for Prescribing Opioids for Pain, MMWR Recomm Rep 2022;71(RR-3)",
    "Recommendation 6, stopping after the two days at half the dose",
    2022,
    "https://doi.org/10.15585/mmwr.rr7103a1",
    Standing.RECALLED,
)
CDC_2022_BOTTOM = Source(
    "CDC Clinical Practice Guideline for Prescribing Opioids for Pain, MMWR Recomm Rep 2022;71(RR-3)",
    "the end of a taper: longer between doses, then stop (read in summaries)",
    2022,
    "https://doi.org/10.15585/mmwr.rr7103a1",
    Standing.SECONDARY,
)
HHS_2019 = Source(
    "HHS Guide for Clinicians on the Appropriate Dosage Reduction or Discontinuation of Long-Term Opioid Analgesics",
    "tapering plan",
    2019,
    "https://www.hhs.gov/opioids/treatment/clinicians-guide-opioid-dosage-reduction",
    Standing.RECALLED,
)
HHS_2019_ABRUPT = Source(
    "HHS Guide for Clinicians on the Appropriate Dosage Reduction or Discontinuation of Long-Term Opioid Analgesics",
    "p. 1: no abrupt reduction unless life is threatened",
    2019,
    "https://www.hhs.gov/opioids/treatment/clinicians-guide-opioid-dosage-reduction",
    Standing.VERIFIED,
)
ARIZONA_2018 = Source(
    "Arizona Department of Health Services, opioid tapering (phoenixmed.arizona.edu)",
    "5 to 20 % of the MED every 4 weeks, pauses",
    2018,
    None,
    Standing.VERIFIED,
)
VA_2016 = Source(
    "VA Opioid Taper Decision Tool (PBM Academic Detailing)",
    "speeds of a taper; worked examples; follow-up",
    2016,
    None,
    Standing.VERIFIED,
)
VA_DOD_2017 = Source(
    "VA/DoD Clinical Practice Guideline for Opioid Therapy for Chronic Pain v3.0",
    "Module C: follow-up 1 week to 1 month after each change and after the end",
    2017,
    None,
    Standing.VERIFIED,
)
FDA_LABELS = Source(
    "Labels of opioid analgesics after the FDA Drug Safety Communication of 9 April 2019",
    "dosage: ending treatment in a physically dependent patient (quoted in secondary texts)",
    2019,
    None,
    Standing.SECONDARY,
)
FDA_2019 = Source(
    "FDA Drug Safety Communication, 9 April 2019: harm from sudden discontinuation of opioid pain medicines",
    "no abrupt stop, agree a schedule, no standard schedule suits all",
    2019,
    None,
    Standing.VERIFIED,
)
RXFILES_2018 = Source("RxFiles Opioid Tapering Template, June 2018", "rates", 2018, None, Standing.VERIFIED)
CANADA_2010 = Source(
    "Canadian guideline for safe and effective use of opioids for chronic non-cancer pain (NOUGG)",
    "Appendix B-12",
    2010,
    "https://nationalpaincentre.mcmaster.ca/opioid/cgop_b_app_b12.html",
    Standing.VERIFIED,
)
CANADA_2017 = Source(
    "Busse and others, guideline for opioid therapy and chronic noncancer pain, CMAJ 2017;189:E659",
    "Recommendation 9",
    2017,
    "https://doi.org/10.1503/cmaj.170363",
    Standing.VERIFIED,
)
ASAM_2025 = Source(
    "ASAM and 9 societies, joint guideline on benzodiazepine tapering, J Gen Intern Med 2025",
    "key takeaways and recommendation 6 (pocket guide pp. 3, 7)",
    2025,
    "https://doi.org/10.1007/s11606-025-09499-2",
    Standing.VERIFIED,
)
ASAM_2025_LATER = Source(
    "ASAM and 9 societies, joint guideline on benzodiazepine tapering, J Gen Intern Med 2025",
    "later steps of 5 to 10 % every 6 to 8 weeks or slower (read in a summary)",
    2025,
    "https://doi.org/10.1007/s11606-025-09499-2",
    Standing.SECONDARY,
)
BZRA_2018 = Source(
    "Pottie and others, deprescribing benzodiazepine receptor agonists, Can Fam Physician 2018;64:339",
    "algorithm; Table 2",
    2018,
    None,
    Standing.VERIFIED,
)
BZRA_HALVES = Source(
    "Summaries of the deprescribing.org algorithm (deprescribe.web.unc.edu)",
    "50 % steps with drug-free days where 25 % cannot be dispensed",
    None,
    None,
    Standing.SECONDARY,
)
NHS_FIFE_2025 = Source("NHS Fife, gabapentinoid reduction, March 2025", "pace", 2025, None, Standing.VERIFIED)
GABAPENTINOID_LABELS = Source(
    "Labels of gabapentin tablets and pregabalin extended-release tablets",
    "ending treatment: over at least 1 week",
    None,
    None,
    Standing.VERIFIED,
)
NICE_NG222 = Source(
    "NICE guideline NG222, Depression in adults: treatment and management",
    "1.4.17, stopping antidepressant medication",
    2022,
    "https://www.nice.org.uk/guidance/ng222",
    Standing.VERIFIED,
)
SCOTLAND_2024 = Source(
    "Scottish Government, Quality prescribing for antidepressants 2024 to 2027",
    "standard reduction: a step every 1 to 4 weeks; every 4 weeks may be more practical",
    2024,
    "https://www.gov.scot/publications/quality-prescribing-antidepressants-guide-improvement-2024-2027",
    Standing.VERIFIED,
)
TCA_PRACTICE = Source("Common practice", "tricyclics over about 4 weeks", None, None, Standing.RECALLED)
CLONIDINE_LABEL = Source(
    "Clonidine tablets label (openFDA c83e4e4f v11)",
    "warnings: reduce gradually; a beta blocker is ended several days earlier",
    2026,
    None,
    Standing.VERIFIED,
)
CLONIDINE_TWO_TO_FOUR_DAYS = Source(
    "Secondary texts on clonidine tablets", "reduce over 2 to 4 days", None, None, Standing.SECONDARY
)
CLONIDINE_PRACTICE = Source(
    "Common practice", "clonidine down by 0.1 to 0.2 mg every 1 to 2 days", None, None, Standing.RECALLED
)
CLONIDINE_ER_LABEL = Source(
    "Clonidine extended-release tablets label (a8e0edbe, a9180b38)", "section 2.3", None, None, Standing.VERIFIED
)
LOFEXIDINE_LABEL = Source(
    "Lofexidine label",
    "section 2: 2 to 4 days, 1 tablet fewer per dose every 1 to 2 days",
    2020,
    None,
    Standing.VERIFIED,
)
VA_BACLOFEN = Source(
    "VA Opioid Taper Decision Tool (PBM Academic Detailing)", "baclofen is tapered off", 2016, None, Standing.VERIFIED
)
BACLOFEN_PRACTICE = Source(
    "Common practice",
    "baclofen over 1 to 2 weeks or slower; sudden withdrawal can bring seizures",
    None,
    None,
    Standing.RECALLED,
)
