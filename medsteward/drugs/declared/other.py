"""Anticholinergics, supplements and what fits no other list."""

from __future__ import annotations

from medsteward.model.drug import Drug, DrugClass
from medsteward.model.source import Standing

DRUGS: tuple[Drug, ...] = (
    Drug(
        name="atropine",
        drug_class=DrugClass.ANTICHOLINERGIC,
        mechanisms=("M antagonist",),
        salts=("sulfate",),
        rxcui="1223",
    ),
    Drug(
        name="belladonna",
        drug_class=DrugClass.ANTICHOLINERGIC,
        mechanisms=("M antagonist",),
        synonyms=("belladonna alkaloids",),
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="benztropine",
        drug_class=DrugClass.ANTICHOLINERGIC,
        mechanisms=("M antagonist",),
        synonyms=("benzatropine",),
        brands=("Cogentin",),
        rxcui="1424",
    ),
    Drug(
        name="clidinium",
        drug_class=DrugClass.ANTICHOLINERGIC,
        mechanisms=("M antagonist",),
        synonyms=("clidinium bromide",),
        salts=("bromide",),
        rxcui="21232",
    ),
    Drug(
        name="homatropine",
        drug_class=DrugClass.ANTICHOLINERGIC,
        mechanisms=("M antagonist",),
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="hyoscyamine",
        drug_class=DrugClass.ANTICHOLINERGIC,
        mechanisms=("M antagonist",),
        brands=("Levsin",),
        salts=("sulfate",),
        rxcui="153970",
    ),
    Drug(
        name="oxybutynin",
        drug_class=DrugClass.ANTICHOLINERGIC,
        mechanisms=("M antagonist",),
        brands=("Ditropan",),
        rxcui="32675",
    ),
    Drug(
        name="scopolamine",
        drug_class=DrugClass.ANTICHOLINERGIC,
        mechanisms=("M antagonist",),
        synonyms=("hyoscine",),
        brands=("Transderm Scop",),
        salts=("hydrobromide",),
        rxcui="9601",
    ),
    Drug(
        name="tolterodine",
        drug_class=DrugClass.ANTICHOLINERGIC,
        mechanisms=("M antagonist",),
        brands=("Detrol",),
        rxcui="119565",
    ),
    Drug(
        name="magnesium glycinate",
        drug_class=DrugClass.SUPPLEMENT,
        mechanisms=("NMDA Mg block",),
        synonyms=("magnesium supplement",),
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="omega-3",
        drug_class=DrugClass.SUPPLEMENT,
        mechanisms=("anti-inflammatory",),
        synonyms=("fish oil",),
        brands=("Lovaza",),
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="st. john's wort",
        drug_class=DrugClass.SUPPLEMENT,
        mechanisms=("SERT/NET/DAT",),
        synonyms=("hypericum",),
        rxcui="258326",
    ),
    Drug(
        name="vitamin d",
        drug_class=DrugClass.SUPPLEMENT,
        synonyms=("cholecalciferol",),
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="methotrexate",
        drug_class=DrugClass.DMARD,
        mechanisms=("antifolate",),
        brands=("Trexall", "Otrexup"),
        rxcui="6851",
    ),
    Drug(
        name="metformin",
        drug_class=DrugClass.ANTIDIABETIC,
        brands=("Glucophage",),
        rxcui="6809",
    ),
    Drug(
        name="levothyroxine",
        drug_class=DrugClass.THYROID,
        brands=("Synthroid",),
        rxcui="10582",
    ),
    Drug(
        name="ethinyl estradiol",
        drug_class=DrugClass.HORMONAL_CONTRACEPTIVE,
        rxcui="4124",
    ),
    Drug(
        name="kratom",
        drug_class=DrugClass.OPIOID_LIKE_SUPPLEMENT,
        mechanisms=("mu partial agonist (mitragynine, 7-hydroxymitragynine)",),
        synonyms=("mitragynine", "mitragyna speciosa"),
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="tianeptine",
        drug_class=DrugClass.OPIOID_LIKE_SUPPLEMENT,
        mechanisms=("mu agonist; sold as a supplement in the US",),
        synonyms=("tianeptine sodium", "tianeptine sulfate"),
        brands=("Coaxil", "Stablon"),
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="probenecid",
        drug_class=DrugClass.URICOSURIC,
        mechanisms=("uric acid transport inhibitor",),
        identifiers=Standing.RECALLED,
    ),
)
