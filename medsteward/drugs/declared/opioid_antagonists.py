"""Opioid antagonists, central and peripheral."""

from __future__ import annotations

from medsteward.model.drug import Drug, DrugClass
from medsteward.model.source import Standing

DRUGS: tuple[Drug, ...] = (
    Drug(
        name="nalmefene",
        drug_class=DrugClass.OPIOID_ANTAGONIST,
        mechanisms=("mu antagonist, kappa partial",),
        brands=("Opvee", "Zurnai", "Selincro"),
        salts=("hydrochloride",),
        rxcui="31479",
    ),
    Drug(
        name="naloxone",
        drug_class=DrugClass.OPIOID_ANTAGONIST,
        mechanisms=("mu antagonist short-acting", "negligible oral/SL bioavailability"),
        brands=("Narcan", "Kloxxado", "Zimhi", "RiVive", "Rextovy", "Rezenopy"),
        salts=("hydrochloride",),
        rxcui="7242",
        clinical=Standing.SECONDARY,
        sources=("naloxone value set opened",),
    ),
    Drug(
        name="naltrexone",
        drug_class=DrugClass.OPIOID_ANTAGONIST,
        mechanisms=("mu antagonist long-acting", "low dose: glial/TLR4 hypothesis"),
        synonyms=("LDN", "low-dose naltrexone"),
        brands=("ReVia", "Vivitrol"),
        salts=("hydrochloride",),
        rxcui="7243",
        clinical=Standing.SECONDARY,
        sources=("Renal & Urology News monograph opened (7-10 d opioid-free, contraindicated with opioids)",),
    ),
    Drug(
        name="samidorphan",
        drug_class=DrugClass.OPIOID_ANTAGONIST,
        mechanisms=("mu antagonist",),
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="alvimopan",
        drug_class=DrugClass.PAMORA,
        mechanisms=("peripheral mu antagonist",),
        brands=("Entereg",),
        rxcui="480639",
    ),
    Drug(
        name="methylnaltrexone",
        drug_class=DrugClass.PAMORA,
        mechanisms=("peripheral mu antagonist",),
        brands=("Relistor",),
        salts=("bromide",),
        rxcui="29899",
    ),
    Drug(
        name="naldemedine",
        drug_class=DrugClass.PAMORA,
        mechanisms=("peripheral mu antagonist",),
        brands=("Symproic", "Rizmoic"),
        salts=("tosylate",),
        rxcui="1876597",
    ),
    Drug(
        name="naloxegol",
        drug_class=DrugClass.PAMORA,
        mechanisms=("peripheral mu antagonist (pegylated naloxone)",),
        brands=("Movantik", "Moventig"),
        salts=("oxalate",),
        identifiers=Standing.RECALLED,
        clinical=Standing.SECONDARY,
        sources=("PDR Movantik opened (25 mg; strong 3A4 contraindicated; 3.4x moderate)",),
    ),
)
