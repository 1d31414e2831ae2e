"""Works and places that the trials cite, each under one name. The works are rows of the bibliography."""

from __future__ import annotations

from medsteward.bibliography import OURS as OURS
from medsteward.bibliography import cite
from medsteward.bibliography import practice as practice
from medsteward.model.source import Standing

ESSAY = cite(
    "SEED", "first impression 2 to 4 weeks, fair trial 6 to 8 weeks with dose adjustments, ceiling and exit set first"
)
ESSAY_WINDOW = ESSAY.at("duloxetine: nausea in the first 1 to 2 weeks")
ESSAY_SHORT = ESSAY.at("naproxen for 2 weeks")
ESSAY_OLD = ESSAY.at("age 80 and heart failure: low-dose duloxetine")
ESSAY_SESSIONS = ESSAY.at("30 to 60 minutes before therapy, for the first two weeks, then down as endurance improves")
ESSAY_RELAXANT = ESSAY.at("muscle relaxants: brief, for spasm that blocks sleep")

DULOXETINE = cite("DULOXETINE-LABEL", "2.2 to 2.5: 30 mg for 1 week, then 60 mg; no added benefit above 60 mg")
DULOXETINE_OLD = cite(
    "DULOXETINE-LABEL",
    "65 and over: 30 mg for 2 weeks, for anxiety; none is given for pain (Cymbalta text, MIMS Hong Kong)",
    Standing.SECONDARY,
)
DULOXETINE_LIMIT = DULOXETINE.at("120 mg is the safety limit")
BJSM = cite("BJSM-TABLE-4", "dose range")
WEEKS = practice("weeks of a fair trial (Dworkin RH et al. Pain 2007;132:237, dosing table)")
TITRATION = practice("how fast the dose is raised")
OLDER = practice("older people: start at half, step slower")
GABAPENTIN = cite("GABAPENTIN-LABEL", "2.1: 300, 600, 900 mg on days 1 to 3, then to 1,800 mg")
GABAPENTIN_MOST = GABAPENTIN.at("2.1: 3,600 mg a day in 3 doses; no added benefit was shown above 1,800 mg")
GABAPENTIN_KIDNEY = cite("GABAPENTIN-LABEL", "2.3 Table 1, kidney table")
UK_KIDNEY = cite("PMC7265598", "kidney table")
PREGABALIN = cite("PREGABALIN-LABEL", "section 2: diabetic neuropathy 300 mg, after shingles 600 mg a day")
PREGABALIN_RAMP = PREGABALIN.at("section 2: 25 to 75 mg once or twice daily; to 300 mg")
DICLOFENAC = cite("DICLOFENAC-GEL-LABEL", "dosage: 4 g or 2 g four times daily")
TOPICAL = cite("UPTODATE-TOPICAL", "topical analgesics")
NAPROXEN_VA = cite("VA-TAPER-2016", "naproxen 375 to 500 mg twice daily")
NAPROXEN_RAMP = practice("naproxen 250 to 500 mg twice daily")
NAPROXEN_MOST = cite("NAPROXEN-LABEL", "1,000 mg a day in pain (Medscape)")
IBUPROFEN_VA = cite("VA-TAPER-2016", "ibuprofen 400 to 600 mg four times daily")
IBUPROFEN_MOST = practice("ibuprofen 3,200 mg a day as prescribed")
ACETAMINOPHEN_VA = cite("VA-TAPER-2016", "acetaminophen 650 mg every 6 hours")
ACETAMINOPHEN_BOXED = cite("ACETAMINOPHEN-LABEL", "4,000 mg a day over all products")
ACETAMINOPHEN_OTC = cite("APAP-OTC500", "6 tablets in 24 hours: 3,000 mg")
ACETAMINOPHEN_LIVER = practice("acetaminophen 2,000 mg a day with liver disease or alcohol")
FLEXERIL = cite("CYCLOBENZAPRINE-LABEL", "5 mg three times daily, to 10 mg; 2 to 3 weeks")
LIDODERM = cite("LIDOCAINE-PATCH-MPR", "up to 3 patches for 12 h in 24")
CAPSAICIN = cite("UPTODATE-TOPICAL", "cream: from week 1, full after about 4 weeks")
QUTENZA = cite("QUTENZA-LABEL", "2.1: given by health professionals only")
QUTENZA_NUMBERS = cite(
    "QUTENZA-LABEL",
    "up to 4 patches, 60 min after shingles, 30 min on the feet; at most every 3 months (MedlinePlus, Mayo)",
)
LDN_RAMP = practice("low-dose naltrexone: 0.5 to 1.5 mg at night, more every 1 to 2 weeks; 8 to 12 weeks")
LDN_OPIOID_FREE = cite(
    "CDC-2022", "p. 27: opioid-free for 7 to 10 days, as the naltrexone label says too (doses in opioid use disorder)"
)
LDN_DOSE_FINDING = cite("LDN-2020", "fibromyalgia, 25 women: ED50 3.88 mg, ED95 5.40 mg, judged at 2 to 3 weeks")
TRAMADOL = cite("TRAMADOL-LABEL", "titration; 400 mg a day; CrCl below 30: 200 mg a day")
TRAMADOL_SECONDARY = cite("TRAMADOL-LABEL", "over 75: 300 mg a day; cirrhosis: 50 mg every 12 h", Standing.SECONDARY)
STEROID = practice("oral steroid: one course of 5 to 15 days, tapered")
CDC_3 = cite("CDC-2022", "Recommendation 3: immediate-release to begin with")
CDC_4 = CDC_3.at("Recommendation 4: careful evaluation from 50 MME/d")
CDC_6 = CDC_3.at("Recommendation 6, p. 18: steps after use round the clock for more than a few days")
CDC_2 = CDC_3.at("Recommendation 2: how it will be ended is set before it begins")
CDC_7 = CDC_3.at("Recommendation 7, p. 19: within 1 to 4 weeks")
VA_DOD_2017 = cite(
    "VADOD-2017", "first prescription 1 week, at most 3 months in all; no better function above 20 to 50 MEDD"
)
VA_DOD_2022 = cite("VADOD-2022", "follow-up within 30 days")
