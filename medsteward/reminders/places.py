"""Works and places that reminders cite, each under one name. Those that treatments cite as well are named there."""

from __future__ import annotations

from medsteward.bibliography import OURS as OURS
from medsteward.bibliography import cite
from medsteward.bibliography import practice as practice
from medsteward.bibliography import recalled as recalled
from medsteward.bibliography import secondary as secondary
from medsteward.model.source import Standing
from medsteward.treatments.places import ARGOFF as ARGOFF
from medsteward.treatments.places import CDC_2022 as CDC_2022
from medsteward.treatments.places import CLONIDINE_LABEL as CLONIDINE_LABEL
from medsteward.treatments.places import IPAL as IPAL
from medsteward.treatments.places import LOFEXIDINE_LABEL as LOFEXIDINE_LABEL
from medsteward.treatments.places import PAMORA_LABELS as PAMORA_LABELS
from medsteward.treatments.places import SEED as SEED
from medsteward.treatments.places import SEED_B as SEED_B
from medsteward.treatments.places import TWYCROSS as TWYCROSS
from medsteward.treatments.places import VA_2016 as VA_2016
from medsteward.treatments.places import VA_DOD_2017 as VA_DOD_2017
from medsteward.treatments.places import WEST_MIDLANDS as WEST_MIDLANDS

CDC_PAGE = cite("CDC-ASSESS-RISKS", "clinical page")
FDA_2020 = cite("FDA-DSC-20200723", "recommendations")
HHS_2018 = cite("HHS-2018", "recommendations")
UTAH = cite("UTAH-R384", "co-prescribing")
CALIFORNIA = cite("CALIFORNIA-AB-2760", "90 MME or more")
VA_DOD_2022 = cite("VADOD-2022", "follow-up")
IHS_2020 = cite(
    "FDA-DSC-20200723", "naloxone, as IHS gives it (Pharmacy and Therapeutics Committee)", Standing.SECONDARY
)
ZIMHI = cite("ZIMHI-LABEL", "dosage")
KLOXXADO = cite("KLOXXADO-LABEL", "dosage")
OPVEE = cite("OPVEE-LABEL", "dosage")
NARCAN = cite("FDA-NARCAN-OTC", "OTC status")
SHELF_LIFE = cite("FDA-NARCAN-SHELF-LIFE", "48 months, newly made lots only")
ZURNAI = cite("ZURNAI-PRESS", "dose, route, age")
NALOXONE_INJECTION = cite("NALOXONE-INJECTION-LABEL", "dosage")
WORST_PILLS = cite("WORST-PILLS", "high-dose and nalmefene products")
APS_HRS = cite("APS-HRS-2014", "electrocardiogram, as quoted by VA/DoD 2017")
