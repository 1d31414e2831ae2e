"""Antibiotics, antifungals and antivirals."""

from __future__ import annotations

from medsteward.model.drug import Drug, DrugClass
from medsteward.model.source import Standing

DRUGS: tuple[Drug, ...] = (
    Drug(
        name="amoxicillin",
        drug_class=DrugClass.ANTIBIOTIC,
        mechanisms=("beta-lactam",),
        brands=("Amoxil",),
        rxcui="723",
    ),
    Drug(
        name="azithromycin",
        drug_class=DrugClass.ANTIBIOTIC,
        mechanisms=("macrolide",),
        brands=("Zithromax",),
        rxcui="18631",
    ),
    Drug(
        name="ciprofloxacin",
        drug_class=DrugClass.ANTIBIOTIC,
        mechanisms=("fluoroquinolone",),
        brands=("Cipro",),
        rxcui="2551",
        clinical=Standing.SECONDARY,
        sources=("vibore + Zanaflex label text opened",),
    ),
    Drug(
        name="clarithromycin",
        drug_class=DrugClass.ANTIBIOTIC,
        mechanisms=("macrolide",),
        brands=("Biaxin",),
        rxcui="21212",
    ),
    Drug(
        name="erythromycin",
        drug_class=DrugClass.ANTIBIOTIC,
        mechanisms=("macrolide",),
        brands=("Ery-Tab",),
        rxcui="4053",
    ),
    Drug(
        name="levofloxacin",
        drug_class=DrugClass.ANTIBIOTIC,
        mechanisms=("fluoroquinolone",),
        brands=("Levaquin",),
        rxcui="82122",
    ),
    Drug(
        name="moxifloxacin",
        drug_class=DrugClass.ANTIBIOTIC,
        mechanisms=("fluoroquinolone",),
        brands=("Avelox",),
        rxcui="139462",
    ),
    Drug(
        name="rifampin",
        drug_class=DrugClass.ANTIBIOTIC,
        synonyms=("rifampicin",),
        brands=("Rifadin",),
        rxcui="9384",
    ),
    Drug(
        name="fluconazole",
        drug_class=DrugClass.ANTIFUNGAL,
        mechanisms=("azole",),
        brands=("Diflucan",),
        rxcui="4450",
    ),
    Drug(
        name="itraconazole",
        drug_class=DrugClass.ANTIFUNGAL,
        mechanisms=("azole",),
        brands=("Sporanox",),
        rxcui="28031",
    ),
    Drug(
        name="ketoconazole",
        drug_class=DrugClass.ANTIFUNGAL,
        mechanisms=("azole",),
        brands=("Nizoral",),
        rxcui="6135",
    ),
    Drug(
        name="terbinafine",
        drug_class=DrugClass.ANTIFUNGAL,
        brands=("Lamisil",),
        rxcui="37801",
    ),
    Drug(
        name="voriconazole",
        drug_class=DrugClass.ANTIFUNGAL,
        mechanisms=("azole",),
        brands=("Vfend",),
        rxcui="121243",
    ),
    Drug(
        name="efavirenz",
        drug_class=DrugClass.ANTIRETROVIRAL,
        mechanisms=("NNRTI",),
        brands=("Sustiva",),
        rxcui="195085",
    ),
    Drug(
        name="lopinavir",
        drug_class=DrugClass.ANTIRETROVIRAL,
        mechanisms=("protease inhibitor",),
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="ritonavir",
        drug_class=DrugClass.ANTIRETROVIRAL,
        mechanisms=("PI booster",),
        brands=("Norvir",),
        rxcui="85762",
    ),
    Drug(
        name="nirmatrelvir",
        drug_class=DrugClass.ANTIVIRAL,
        mechanisms=("protease inhibitor",),
        identifiers=Standing.RECALLED,
    ),
)
