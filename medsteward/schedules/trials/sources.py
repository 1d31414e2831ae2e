"""The sources of the trials, each once. A standing is that of the figures taken from it."""

from __future__ import annotations

from medsteward.model.source import Source, Standing


def _source(citation: str, where: str, standing: Standing = Standing.VERIFIED, year: int | None = None) -> Source:
    return Source(citation, where, year, None, standing)


def recalled(where: str) -> Source:
    """A figure written from memory: it needs a second source."""
    return _source("Common practice", where, Standing.RECALLED)


OURS = _source("medsteward", "a choice of this project", Standing.OURS)
ESSAY = _source(
    "Pain Management Practitioner: Integrating Rehab and Medication (clinic essay)",
    "first impression 2 to 4 weeks, fair trial 6 to 8 weeks with dose adjustments, ceiling and exit set first",
)
ESSAY_WINDOW = ESSAY.at("duloxetine: nausea in the first 1 to 2 weeks")
ESSAY_SHORT = ESSAY.at("naproxen for 2 weeks")
ESSAY_OLD = ESSAY.at("age 80 and heart failure: low-dose duloxetine")
ESSAY_SESSIONS = ESSAY.at("30 to 60 minutes before therapy, for the first two weeks, then down as endurance improves")
ESSAY_RELAXANT = ESSAY.at("muscle relaxants: brief, for spasm that blocks sleep")

DULOXETINE = _source("Duloxetine label (US)", "2.2 to 2.5: 30 mg for 1 week, then 60 mg; no added benefit above 60 mg")
DULOXETINE_OLD = _source(
    "Duloxetine label (Cymbalta concise text, MIMS Hong Kong)",
    "65 and over: 30 mg for 2 weeks (given for anxiety; none is given for pain)",
    Standing.SECONDARY,
)
DULOXETINE_LIMIT = DULOXETINE.at("120 mg is the safety limit")
BJSM = _source("BJSM Table 4, adjuvants (bjsm.bmj.com 108282)", "dose range")
WEEKS = recalled("weeks of a fair trial (Dworkin RH et al. Pain 2007;132:237, dosing table)")
TITRATION = recalled("how fast the dose is raised")
TCA_CAP = recalled("many keep tricyclics to 75 mg a day, lower in older people")
OLDER = recalled("older people: start at half, step slower")
GABAPENTIN = _source("Gabapentin label (US)", "2.1: 300, 600, 900 mg on days 1 to 3, then to 1,800 mg")
GABAPENTIN_MOST = GABAPENTIN.at("2.1: 3,600 mg a day in 3 doses; no added benefit was shown above 1,800 mg")
GABAPENTIN_KIDNEY = _source(
    "Gabapentin label (US), Neurontin 2.3 Table 1 (DailyMed 97935fd9 version 48)", "kidney table", year=2026
)
UK_KIDNEY = _source("Gabapentinoid table, PMC7265598 Table 1 (UK)", "kidney table")
PREGABALIN = _source("Pregabalin label (US)", "section 2: diabetic neuropathy 300 mg, after shingles 600 mg a day")
PREGABALIN_RECALLED = _source(
    "Pregabalin label (US)", "fibromyalgia 450 mg, spinal cord injury 600 mg a day", Standing.RECALLED
)
PREGABALIN_RAMP = PREGABALIN.at("section 2: 25 to 75 mg once or twice daily; to 300 mg")
DICLOFENAC = _source("Diclofenac 1 % gel label text (drugs.com)", "dosage: 4 g or 2 g four times daily")
TOPICAL = _source("UpToDate topical table (medilib.ir 112057)", "topical analgesics")
NAPROXEN_VA = _source("VA Opioid Taper Decision Tool (PBM)", "naproxen 375 to 500 mg twice daily", year=2016)
NAPROXEN_RAMP = recalled("naproxen 250 to 500 mg twice daily")
NAPROXEN_MOST = _source("Naproxen label (Medscape)", "1,000 mg a day in pain", Standing.SECONDARY)
NAPROXEN_ARTHRITIS = _source(
    "Naproxen label (openFDA extract)", "1,500 mg only where lower doses were tolerated, up to 6 months"
)
IBUPROFEN_VA = _source("VA Opioid Taper Decision Tool (PBM)", "ibuprofen 400 to 600 mg four times daily", year=2016)
IBUPROFEN_OTC = _source("Ibuprofen OTC label (openFDA extract)", "6 tablets of 200 mg in 24 hours")
IBUPROFEN_MOST = recalled("ibuprofen 3,200 mg a day as prescribed")
ACETAMINOPHEN_VA = _source("VA Opioid Taper Decision Tool (PBM)", "acetaminophen 650 mg every 6 hours", year=2016)
ACETAMINOPHEN_BOXED = _source(
    "Boxed warning of acetaminophen combination products (FDA labelling)", "4,000 mg a day over all products"
)
ACETAMINOPHEN_OTC = _source("OTC label of acetaminophen 500 mg (openFDA extract)", "6 tablets in 24 hours: 3,000 mg")
ACETAMINOPHEN_LIVER = recalled("acetaminophen 2,000 mg a day with liver disease or alcohol")
FLEXERIL = _source("Cyclobenzaprine label wording (Flexeril)", "5 mg three times daily, to 10 mg; 2 to 3 weeks")
LIDODERM = _source(
    "Lidocaine 5 % patch (MPR monograph empr 2847)", "up to 3 patches for 12 h in 24", Standing.SECONDARY
)
CAPSAICIN = _source("UpToDate topical table (medilib.ir 112057)", "cream: from week 1, full after about 4 weeks")
QUTENZA = _source(
    "Capsaicin 8 % patch label (Qutenza, prescriberpoint 3ffbbcb)", "2.1: given by health professionals only"
)
QUTENZA_NUMBERS = _source(
    "Capsaicin 8 % patch (MedlinePlus, Mayo, dovepress PPA 2016)",
    "up to 4 patches, 60 min after shingles, 30 min on the feet; not more often than every 3 months",
    Standing.SECONDARY,
)
LDN_RAMP = recalled("low-dose naltrexone: 0.5 to 1.5 mg at night, more every 1 to 2 weeks; 8 to 12 weeks")
LDN_MOST = _source("J Pain Res, doi 10.2147/JPR.S451183", "the best dose varies from 0.1 to 4.5 mg")
LDN_OPIOID_FREE = _source(
    "Naltrexone label (US), section 4; CDC Clinical Practice Guideline for Prescribing Opioids for Pain, MMWR Recomm "
    "Rep 2022;71(RR-3)",
    "p. 27: opioid-free for 7 to 10 days (given for doses in opioid use disorder)",
    year=2022,
)
LDN_DOSE_FINDING = _source(
    "Pain Med 2020;21:2253, doi 10.1093/pm/pnaa001",
    "fibromyalgia, 25 women: ED50 3.88 mg, ED95 5.40 mg, judged at 2 to 3 weeks",
    year=2020,
)
TRAMADOL = _source(
    "Tramadol label (Ultram and Ultram ER, rxlist)", "titration; 400 mg a day; CrCl below 30: 200 mg a day"
)
TRAMADOL_SECONDARY = _source(
    "Tramadol label (text on reseller pages)", "over 75: 300 mg a day; cirrhosis: 50 mg every 12 h", Standing.SECONDARY
)
STEROID = recalled("oral steroid: one course of 5 to 15 days, tapered")
CDC_3 = _source(
    "CDC Clinical Practice Guideline for Prescribing Opioids for Pain, MMWR Recomm Rep 2022;71(RR-3)",
    "Recommendation 3: immediate-release to begin with",
    year=2022,
)
CDC_4 = CDC_3.at("Recommendation 4: careful evaluation from 50 MME/d")
CDC_6 = CDC_3.at("Recommendation 6, p. 18: steps after use round the clock for more than a few days")
CDC_2 = CDC_3.at("Recommendation 2: how it will be ended is set before it begins")
CDC_7 = CDC_3.at("Recommendation 7, p. 19: within 1 to 4 weeks")
VA_DOD_2017 = _source(
    "VA/DoD CPG Opioid Therapy for Chronic Pain v3.0",
    "first prescription 1 week, at most 3 months in all; no better function above 20 to 50 MEDD",
    year=2017,
)
VA_DOD_2022 = _source("VA/DoD CPG Use of Opioids in Chronic Pain 2022 (summary)", "follow-up within 30 days", year=2022)
NAIVE_DOSE = recalled("opioid-naive: about 5 to 10 MME a dose, 20 to 30 MME/d")
