"""Works and places that treatments cite, each under one name. The works themselves are rows of the bibliography."""

from __future__ import annotations

from medsteward.bibliography import OURS as OURS
from medsteward.bibliography import cite
from medsteward.bibliography import practice as practice
from medsteward.bibliography import recalled as recalled
from medsteward.bibliography import secondary as secondary

SEED = cite("SEED", "opioids and safety")
SEED_B = cite("SEED-B", "2 Feb 2026")
CDC_2022 = cite("CDC-2022", "p. 20")
VA_2016 = cite("VA-TAPER-2016", "taper")
VA_DOD_2017 = cite("VADOD-2017", "monitoring")
AGA_2019 = cite("AGA-2019", "recommendations")
TWYCROSS = cite("TWYCROSS-2012", "laxative doses")
OTC_LABEL = cite("LAXATIVE-OTC-LABELS", "directions")
WEST_MIDLANDS = cite("WEST-MIDLANDS", "laxatives")
IPAL = cite("IPAL", "laxatives")
ARGOFF = cite("ARGOFF-2015", "Bowel Function Index")
ROME = cite("ROME-IV", "red flags")
MEDICAL_LETTER = cite("MEDICAL-LETTER", "no tolerance")
NALOXEGOL_LABEL = cite("NALOXEGOL-LABEL", "dosage, contraindications")
NALDEMEDINE_LABEL = cite("NALDEMEDINE-LABEL", "dosage")
METHYLNALTREXONE_LABEL = cite("METHYLNALTREXONE-LABEL", "dosage")
METHYLNALTREXONE_METHADONE = cite("J-PAIN-RES-2018", "with methadone")
LUBIPROSTONE_LABEL = cite("LUBIPROSTONE-LABEL", "dosage, methadone")
PAMORA_LABELS = cite("PAMORA-LABELS", "warnings")
CLONIDINE_LABEL = cite("CLONIDINE-LABEL", "warnings")
LOFEXIDINE_LABEL = cite("LOFEXIDINE-LABEL", "safety")
TOPICAL_TABLE = cite("UPTODATE-TOPICAL", "topical")
NALTREXONE = cite("NALTREXONE-LABEL", "section 4, opioid analgesics")
VA_DOSES = cite("VA-TAPER-2016", "myalgia")
DRUG_LIST = practice("pain and mechanism fit of a drug")
SEED_33 = SEED.at("age 80 and heart failure")
