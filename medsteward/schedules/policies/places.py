"""Works and places that the policies cite, each under one name. The works are rows of the bibliography."""

from __future__ import annotations

from medsteward.bibliography import OURS as OURS
from medsteward.bibliography import cite, practice
from medsteward.model.source import Standing

SEED = cite("SEED", "opioid taper: 5 to 10 % every 1 to 4 weeks, slower near the end")
CDC_2022 = cite("CDC-2022", "Recommendation 5, p. 17")
CDC_2022_REC_6 = cite("CDC-2022", "Recommendation 6, p. 18")
CDC_2022_REC_6_LAST_STEP = cite(
    "CDC-2022", "Recommendation 6, stopping after the two days at half the dose", Standing.RECALLED
)
CDC_2022_BOTTOM = cite(
    "CDC-2022", "the end of a taper: longer between doses, then stop (read in summaries)", Standing.SECONDARY
)
HHS_2019 = cite("HHS-2019", "tapering plan", Standing.RECALLED)
HHS_2019_ABRUPT = cite("HHS-2019", "p. 1: no abrupt reduction unless life is threatened")
ARIZONA_2018 = cite("ARIZONA-2018", "5 to 20 % of the MED every 4 weeks, pauses")
VA_2016 = cite("VA-TAPER-2016", "speeds of a taper; worked examples; follow-up")
VA_DOD_2017 = cite("VADOD-2017", "Module C: follow-up 1 week to 1 month after each change and after the end")
FDA_LABELS = cite(
    "FDA-DSC-20190409",
    "labels since then, dosage: ending treatment in a physically dependent patient (quoted in secondary texts)",
    Standing.SECONDARY,
)
METHADONE_LABEL = cite(
    "METHADONE-LABEL",
    "medically supervised withdrawal: less than 10 % of the established dose, 10 to 14 days apart (secondary texts)",
    Standing.SECONDARY,
)
FDA_2019 = cite("FDA-DSC-20190409", "no abrupt stop, agree a schedule, no standard schedule suits all")
RXFILES_2018 = cite("RXFILES-2018", "rates")
CANADA_2010 = cite("CANADA-2010", "Appendix B-12")
CANADA_2017 = cite("CANADA-2017", "Recommendation 9")
ASAM_2025 = cite("ASAM-BZD-2025", "key takeaways and recommendation 6 (pocket guide pp. 3, 7)")
ASAM_2025_LATER = cite(
    "ASAM-BZD-2025", "later steps of 5 to 10 % every 6 to 8 weeks or slower (read in a summary)", Standing.SECONDARY
)
BZRA_2018 = cite("POTTIE-2018", "algorithm; Table 2")
BZRA_HALVES = cite(
    "POTTIE-2018",
    "50 % steps with drug-free days where 25 % cannot be dispensed (read in a summary)",
    Standing.SECONDARY,
)
NHS_FIFE_2025 = cite("NHS-FIFE-2025", "pace")
GABAPENTINOID_LABELS = cite(
    "GABAPENTIN-LABEL", "ending treatment: over at least 1 week (pregabalin extended-release tablets say the same)"
)
NICE_NG222 = cite("NICE-NG222", "1.4.17, stopping antidepressant medication")
SCOTLAND_2024 = cite(
    "SCOTLAND-2024", "standard reduction: a step every 1 to 4 weeks; every 4 weeks may be more practical"
)
TCA_PRACTICE = practice("tricyclics over about 4 weeks")
CLONIDINE_LABEL = cite("CLONIDINE-LABEL", "warnings: reduce gradually; a beta blocker is ended several days earlier")
CLONIDINE_TWO_TO_FOUR_DAYS = cite("CLONIDINE-LABEL", "reduce over 2 to 4 days (secondary texts)", Standing.SECONDARY)
CLONIDINE_PRACTICE = practice("clonidine down by 0.1 to 0.2 mg every 1 to 2 days")
CLONIDINE_ER_LABEL = cite("CLONIDINE-ER-LABEL", "section 2.3")
LOFEXIDINE_LABEL = cite("LOFEXIDINE-LABEL", "section 2: 2 to 4 days, 1 tablet fewer per dose every 1 to 2 days")
VA_BACLOFEN = cite("VA-TAPER-2016", "baclofen is tapered off")
BACLOFEN_PRACTICE = practice("baclofen over 1 to 2 weeks or slower; sudden withdrawal can bring seizures")
VORTIOXETINE_LABEL = cite("LBL-TRINTELLIX", "discontinuing: 10 mg for 1 week (quoted)", Standing.SECONDARY)
BUPROPION_LABEL = cite("BUPROPION-LABEL", "XL 300 mg: 150 mg once daily before stopping (quoted)")
NO_STANDARD_WAY = cite("VERNACHIO-2015", "abstract: no standard way to end anticonvulsants in pain")
ANTICONVULSANT_PRACTICE = practice(
    "carbamazepine down by 100 to 200 mg every 1 to 2 weeks, oxcarbazepine by 300 mg a week"
)
LAMOTRIGINE_LABEL = cite(
    "LBL-LAMOTRIGINE", "2.1: over at least 2 weeks, about 50 % a week (quoted)", Standing.SECONDARY
)
TOPIRAMATE_LABEL = cite("TOPAMAX", "section 5: 25 to 50 mg a day less each week in migraine trials")
ENACARBIL_LABEL = cite("HORIZANT", "section 2: 600 mg once daily for 1 week before the end")
TIZANIDINE_LABEL = cite("ZANAFLEX", "from 20 mg a day and 9 weeks on by 2 to 4 mg a day")
CARISOPRODOL_PRACTICE = practice("carisoprodol over 4 or 9 days (Portland VA); slower after years")
GUANFACINE_LABEL = practice("guanfacine ER label, section 2: no more than 1 mg every 3 to 7 days")
CLONIDINE_PATCH = practice("Catapres-TTS label: the next lower patch each week")
