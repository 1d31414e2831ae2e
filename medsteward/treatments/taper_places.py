"""Works and places cited by what goes beside a taper. Those that reminders cite as well are named there."""

from __future__ import annotations

from medsteward.bibliography import cite, practice
from medsteward.model.source import Standing
from medsteward.schedules.policies.places import HHS_2019
from medsteward.schedules.policies.places import OURS as OURS
from medsteward.treatments import places as s

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
HHS_2019_RAPID = HHS_2019.at("a taper over 2 to 3 weeks after a severe adverse event such as overdose")
HHS_2019_OUD = HHS_2019.at("after an overdose: assess for opioid use disorder, buprenorphine")
CDC_POCKET = cite("CDC-POCKET-2016", "pregnancy: consult expertise; no taper without it")
CANADA_2010 = cite("CANADA-2010", "tapering")
CANADA_LABOUR = CANADA_2010.at("acute withdrawal is linked to premature labor and spontaneous abortion")
CANADA_UNSTABLE = CANADA_2010.at("caution with unstable medical or psychiatric disease that anxiety can worsen")
CANADA_SEDATIVES = CANADA_2010.at("no sedative-hypnotics in the taper")
CEP = cite("CEP-TAPERING", "severe hypertension, unstable heart disease")
WASHINGTON_ORDER = cite("WASHINGTON-UNC", "opioid first in general")
ILLINOIS = cite("ILLINOIS-ADVANCE", "one agent at a time; the order is individual")
VA_DOD_BENZODIAZEPINE = s.VA_DOD_2017.at(
    "benzodiazepines: one or both, with specialty consultation; an abrupt end can cause seizures and death"
)
VA_CONSULT = s.VA_2016.at("active suicidality: mental health consultation before the taper")
VA_DOD_SUICIDE = s.VA_DOD_2017.at(
    "suicidality: involve behavioral health; an opioid is not continued merely to prevent suicide without it"
)
LIFELINE = cite("CCJBH-988", "call or text 988, day and night")
ASAM_2025 = cite("ASAM-BZD-2025", "key takeaways")
ASAM_INPATIENT = ASAM_2025.at("inpatient care with imminent harm, complicating disease or severe withdrawal")
ASAM_PALLIATIVE = cite(
    "ASAM-BZD-2025", "not for palliative care or the end of life (read in the GSAM summary)", Standing.SECONDARY
)
DEPRESCRIBING = cite("POTTIE-2018", "algorithm")
CATAPRES = cite("CLONIDINE-LABEL", "dosage (Catapres copies)")
BETA_BLOCKER_END = practice("labels of beta blockers: ended gradually, as an abrupt end can harm the heart")
CLONIDINE_ER = cite("CLONIDINE-ER-LABEL", "0.1 mg less every 3 to 7 days")
LOFEXIDINE_DOSE = cite("LOFEXIDINE-LABEL", "dosage; hepatic and renal impairment (label copies)")
LOPERAMIDE = cite("FDA-LOPERAMIDE", "16 and 8 mg/d")
FIFE = cite("NHS-FIFE-2025", "withdrawal")
UK_SHEET = cite("MHRA-GABA-UK-SHEET", "after more than 6 weeks or a high dose")
SNRI_REVIEW = cite("FAVA-2018", "within days, for weeks, even after a gradual taper")
CIWA_B = cite("CIWA-B", "20 scored items")
ANTICONVULSANT_EXITS = practice("labels of anticonvulsants: seizures after an abrupt end, boxed or warned of")
ANTIDEPRESSANT_EXITS = practice("antidepressants with mania, psychosis or seizures in the history")
BENZODIAZEPINE_INPATIENT = ASAM_2025.at("an inpatient setting with complicating disease or severe withdrawal before")
KIDNEY_EXITS = practice("gabapentinoids on dialysis: smaller steps")
BACLOFEN_EXITS = practice("baclofen with dialysis, kidney disease or seizures")
ALPHA2_EXITS = practice("tizanidine and guanfacine with a beta blocker or coronary disease")
CARISOPRODOL_EXITS = practice("carisoprodol: the withdrawal of meprobamate")
