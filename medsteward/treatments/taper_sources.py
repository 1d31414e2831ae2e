"""The sources of what goes beside a taper. Those that reminders cite as well are kept there."""

from __future__ import annotations

from attrs import evolve

from medsteward.model.source import Source, Standing
from medsteward.reminders import sources as s
from medsteward.schedules.policies.sources import HHS_2019, HHS_2019_ABRUPT

__all__ = ["HHS_2019_ABRUPT"]

_V = Standing.VERIFIED

CDC_PREGNANCY = s.CDC_2022.at("p. 21: expertise before a taper in pregnancy is considered")
CDC_MONTHLY = s.CDC_2022.at("p. 16: at least monthly in a taper")
CDC_REC_5 = s.CDC_2022.at("Recommendation 5: no rapid cut unless there are signs of danger to life")
CDC_REC_12 = s.CDC_2022.at(
    "Recommendation 12: treatment of opioid use disorder; detoxification alone is not recommended"
)
CDC_DIVERSION = s.CDC_2022.at(
    "p. 25: with repeated negative tests, confirmed, and verified that none is taken, it may end without a taper; "
    "discuss disposal"
)
VA_DOD_DIVERSION = s.VA_DOD_2017.at("diversion that is shown: discontinue")
CDC_SCOPE = s.CDC_2022.at("scope: not cancer pain, palliative care or sickle cell disease")
HHS_2019_RAPID = evolve(HHS_2019, where="a taper over 2 to 3 weeks after a severe adverse event such as overdose")
HHS_2019_OUD = evolve(HHS_2019, where="after an overdose: assess for opioid use disorder, buprenorphine")
CDC_POCKET = Source(
    "CDC pocket guide, Tapering Opioids for Chronic Pain (2016 guideline)",
    "pregnancy: consult expertise; no taper without it",
    2016,
    "https://docslib.org/doc/7575613",
    _V,
)
CANADA_2010 = Source(
    "Canadian Guideline for Safe and Effective Use of Opioids, 2010, App. B-12 (McMaster)", "tapering", 2010, None, _V
)
CANADA_LABOUR = CANADA_2010.at("acute withdrawal is linked to premature labour and spontaneous abortion")
CANADA_UNSTABLE = CANADA_2010.at("caution with unstable medical or psychiatric disease that anxiety can worsen")
CANADA_SEDATIVES = CANADA_2010.at("no sedative-hypnotics in the taper")
CEP = Source(
    "Centre for Effective Practice, Opioid Tapering Template",
    "severe hypertension, unstable heart disease",
    None,
    None,
    _V,
)
WASHINGTON_ORDER = Source(
    "Washington State, as quoted by UNC (deprescribe.web.unc.edu)",
    "opioid first in general",
    None,
    None,
    Standing.SECONDARY,
)
ILLINOIS = Source("Illinois ADVANCE guide", "one agent at a time; the order is individual", None, None, _V)
VA_DOD_BENZODIAZEPINE = s.VA_DOD_2017.at(
    "benzodiazepines: one or both, with specialty consultation; an abrupt end can cause seizures and death"
)
VA_CONSULT = s.VA_2016.at("active suicidality: mental health consultation before the taper")
VA_DOD_SUICIDE = s.VA_DOD_2017.at(
    "suicidality: involve behavioural health; an opioid is not continued merely to prevent suicide without it"
)
LIFELINE = Source(
    "California CCJBH, 19 Jul 2022: 988 Suicide & Crisis Lifeline (US)",
    "call or text 988, day and night",
    2022,
    "https://www.cdcr.ca.gov/ccjbh/2022/07/19/dial-988-to-access-24-hour-emotional-support-and-resources/",
    _V,
)
ASAM_2025 = Source(
    "Joint Clinical Practice Guideline on Benzodiazepine Tapering (ASAM and nine societies)",
    "key takeaways",
    2025,
    "https://doi.org/10.1007/s11606-025-09499-2",
    _V,
)
ASAM_INPATIENT = ASAM_2025.at("inpatient care with imminent harm, complicating disease or severe withdrawal")
ASAM_PALLIATIVE = Source(
    "Summary of the joint benzodiazepine guideline (GSAM)", "not for palliative care or the end of life", 2025, None, _V
)
DEPRESCRIBING = Source(
    "Pottie K et al. Deprescribing benzodiazepine receptor agonists. Can Fam Physician 2018;64:339",
    "algorithm",
    2018,
    None,
    _V,
)
CATAPRES = Source("Clonidine label (Catapres, set d7f569dc, copies)", "dosage", None, None, _V)
BETA_BLOCKER_END = s.practice("labels of beta blockers: ended gradually, as an abrupt end can harm the heart")
CLONIDINE_ER = Source("Clonidine ER tablets label, section 2.3", "0.1 mg less every 3 to 7 days", None, None, _V)
LOFEXIDINE_DOSE = Source(
    "Lofexidine label text (prescriberpoint.com, Medscape)", "dosage; hepatic and renal impairment", None, None, _V
)
LOPERAMIDE = Source(
    "FDA communications on loperamide and the heart, 2016 to 2019 (news copies)", "16 and 8 mg/d", 2019, None, _V
)
FIFE = Source("NHS Fife, gabapentinoid reduction (Mar 2025)", "withdrawal", 2025, None, _V)
UK_SHEET = Source(
    "UK regional sheet on gabapentinoids (docslib 9197801)", "after more than 6 weeks or a high dose", None, None, _V
)
SNRI_REVIEW = Source(
    "Review of withdrawal after SNRIs (Fava 2018)",
    "within days, for weeks, even after a gradual taper",
    2018,
    "https://doi.org/10.1159/000491524",
    _V,
)
CIWA_B = Source("CIWA-B (Busto 1989; bands as in WikEM)", "20 scored items", 1989, None, Standing.RECALLED)
