"""Laxatives and other drugs of the bowel."""

from __future__ import annotations

from medsteward.model.drug import Drug, DrugClass
from medsteward.model.property import Property
from medsteward.model.source import Standing

DRUGS: tuple[Drug, ...] = (
    Drug(
        name="bisacodyl",
        drug_class=DrugClass.LAXATIVE_STIMULANT,
        mechanisms=("myenteric stimulant",),
        brands=("Dulcolax",),
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="senna",
        drug_class=DrugClass.LAXATIVE_STIMULANT,
        mechanisms=("myenteric stimulant",),
        synonyms=("sennosides",),
        brands=("Senokot", "Ex-Lax", "SenokotXtra"),
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="lactulose",
        drug_class=DrugClass.LAXATIVE_OSMOTIC,
        mechanisms=("osmotic",),
        brands=("Enulose", "Duphalac", "Constulose", "Kristalose"),
        rxcui="6218",
    ),
    Drug(
        name="magnesium citrate",
        drug_class=DrugClass.LAXATIVE_OSMOTIC,
        mechanisms=("osmotic",),
        brands=("Citroma",),
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="magnesium hydroxide",
        drug_class=DrugClass.LAXATIVE_OSMOTIC,
        mechanisms=("osmotic",),
        synonyms=("milk of magnesia",),
        brands=("Phillips", "Pedia-Lax"),
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="polyethylene glycol 3350",
        drug_class=DrugClass.LAXATIVE_OSMOTIC,
        mechanisms=("osmotic",),
        synonyms=("macrogol", "PEG 3350", "polyethylene glycol"),
        brands=("MiraLAX", "Movicol"),
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="methylcellulose",
        drug_class=DrugClass.LAXATIVE_BULK,
        mechanisms=("bulk",),
        brands=("Citrucel",),
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="psyllium",
        drug_class=DrugClass.LAXATIVE_BULK,
        mechanisms=("bulk",),
        synonyms=("ispaghula",),
        brands=("Metamucil", "Fybogel", "Konsyl", "Reguloid"),
        salts=("husk",),
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="docusate",
        drug_class=DrugClass.STOOL_SOFTENER,
        mechanisms=("surfactant",),
        synonyms=("docusate sodium",),
        brands=("Colace", "DOK", "Surfak"),
        salts=("sodium", "calcium"),
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="linaclotide",
        drug_class=DrugClass.SECRETAGOGUE,
        mechanisms=("GC-C agonist",),
        brands=("Linzess",),
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="lubiprostone",
        drug_class=DrugClass.SECRETAGOGUE,
        mechanisms=("ClC-2 activator",),
        brands=("Amitiza",),
        rxcui="623033",
    ),
    Drug(
        name="plecanatide",
        drug_class=DrugClass.SECRETAGOGUE,
        mechanisms=("GC-C agonist",),
        brands=("Trulance",),
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="prucalopride",
        drug_class=DrugClass.PROKINETIC_5HT4,
        mechanisms=("5-HT4 agonist",),
        properties=(Property.SEROTONERGIC,),
        brands=("Motegrity", "Resolor"),
        salts=("succinate",),
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="diphenoxylate",
        drug_class=DrugClass.PERIPHERAL_OPIOID_ANTIDIARRHOEAL,
        mechanisms=("mu agonist",),
        properties=(Property.CNS_DEPRESSANT,),
        salts=("hydrochloride",),
        schedule="CII alone; CV with atropine",
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="eluxadoline",
        drug_class=DrugClass.PERIPHERAL_OPIOID_ANTIDIARRHOEAL,
        mechanisms=("mu/kappa agonist, delta antagonist (gut)",),
        brands=("Viberzi",),
        schedule="CIV",
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="loperamide",
        drug_class=DrugClass.PERIPHERAL_OPIOID_ANTIDIARRHOEAL,
        mechanisms=("peripheral mu agonist",),
        brands=("Imodium",),
        rxcui="6468",
    ),
    Drug(
        name="kaolin",
        drug_class=DrugClass.ADSORBENT,
        identifiers=Standing.RECALLED,
    ),
)
