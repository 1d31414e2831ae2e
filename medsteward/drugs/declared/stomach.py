"""Antiemetics and drugs that protect the stomach."""

from __future__ import annotations

from medsteward.model.drug import Drug, DrugClass
from medsteward.model.property import Property

DRUGS: tuple[Drug, ...] = (
    Drug(
        name="metoclopramide",
        drug_class=DrugClass.ANTIEMETIC,
        mechanisms=("D2",),
        properties=(
            Property.SEROTONERGIC,
            Property.CNS_DEPRESSANT,
        ),
        brands=("Reglan",),
        rxcui="6915",
    ),
    Drug(
        name="ondansetron",
        drug_class=DrugClass.ANTIEMETIC_5HT3,
        mechanisms=("5-HT3",),
        properties=(
            Property.SEROTONERGIC,
            Property.QT_KNOWN_RISK,
        ),
        brands=("Zofran",),
        rxcui="26225",
    ),
    Drug(
        name="prochlorperazine",
        drug_class=DrugClass.ANTIEMETIC_PHENOTHIAZINE,
        mechanisms=("D2 antagonist",),
        properties=(Property.CNS_DEPRESSANT,),
        brands=("Compazine", "Stemetil"),
        rxcui="8704",
    ),
    Drug(
        name="cimetidine",
        drug_class=DrugClass.H2RA,
        mechanisms=("H2",),
        brands=("Tagamet",),
        rxcui="2541",
    ),
    Drug(
        name="famotidine",
        drug_class=DrugClass.H2RA,
        mechanisms=("H2",),
        brands=("Pepcid",),
        rxcui="4278",
    ),
    Drug(
        name="esomeprazole",
        drug_class=DrugClass.PPI,
        brands=("Nexium",),
        rxcui="283742",
    ),
    Drug(
        name="omeprazole",
        drug_class=DrugClass.PPI,
        brands=("Prilosec",),
        rxcui="7646",
    ),
    Drug(
        name="pantoprazole",
        drug_class=DrugClass.PPI,
        brands=("Protonix",),
        rxcui="40790",
    ),
    Drug(
        name="misoprostol",
        drug_class=DrugClass.PROSTAGLANDIN_ANALOGUE,
        mechanisms=("PGE1",),
        brands=("Cytotec",),
        rxcui="42331",
    ),
)
