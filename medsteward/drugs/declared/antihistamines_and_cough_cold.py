"""Antihistamines and drugs for cough, cold and airways."""

from __future__ import annotations

from medsteward.model.drug import Drug, DrugClass
from medsteward.model.property import Property
from medsteward.model.source import Standing

DRUGS: tuple[Drug, ...] = (
    Drug(
        name="brompheniramine",
        drug_class=DrugClass.ANTIHISTAMINE_SEDATING,
        mechanisms=("H1 antagonist",),
        properties=(
            Property.CNS_DEPRESSANT,
            Property.ANTICHOLINERGIC,
        ),
        salts=("maleate",),
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="chlorpheniramine",
        drug_class=DrugClass.ANTIHISTAMINE_SEDATING,
        mechanisms=("H1/M antagonist",),
        properties=(
            Property.CNS_DEPRESSANT,
            Property.ANTICHOLINERGIC,
        ),
        synonyms=("chlorphenamine",),
        brands=("Chlor-Trimeton",),
        salts=("maleate", "polistirex"),
        rxcui="2400",
    ),
    Drug(
        name="cyproheptadine",
        drug_class=DrugClass.ANTIHISTAMINE_SEDATING,
        mechanisms=("H1/5-HT2 antagonist",),
        properties=(
            Property.CNS_DEPRESSANT,
            Property.ANTICHOLINERGIC,
        ),
        brands=("Periactin",),
        rxcui="3013",
    ),
    Drug(
        name="diphenhydramine",
        drug_class=DrugClass.ANTIHISTAMINE_SEDATING,
        mechanisms=("H1/M antagonist",),
        properties=(
            Property.CNS_DEPRESSANT,
            Property.ANTICHOLINERGIC,
        ),
        brands=("Benadryl",),
        rxcui="3498",
    ),
    Drug(
        name="doxylamine",
        drug_class=DrugClass.ANTIHISTAMINE_SEDATING,
        mechanisms=("H1/M antagonist",),
        properties=(
            Property.CNS_DEPRESSANT,
            Property.ANTICHOLINERGIC,
        ),
        brands=("Unisom",),
        rxcui="3642",
    ),
    Drug(
        name="hydroxyzine",
        drug_class=DrugClass.ANTIHISTAMINE_SEDATING,
        mechanisms=("H1 antagonist",),
        properties=(
            Property.CNS_DEPRESSANT,
            Property.ANTICHOLINERGIC,
            Property.QT_OTHER,
        ),
        brands=("Vistaril", "Atarax"),
        salts=("hydrochloride", "pamoate"),
        rxcui="5553",
    ),
    Drug(
        name="meclizine",
        drug_class=DrugClass.ANTIHISTAMINE_SEDATING,
        mechanisms=("H1 antagonist",),
        properties=(
            Property.CNS_DEPRESSANT,
            Property.ANTICHOLINERGIC,
        ),
        brands=("Antivert", "Bonine"),
        rxcui="6676",
        clinical=Standing.SECONDARY,
        sources=("CDS CNS-depressant value set opened",),
    ),
    Drug(
        name="promethazine",
        drug_class=DrugClass.ANTIHISTAMINE_SEDATING,
        mechanisms=("H1/M/D2 antagonist",),
        properties=(
            Property.CNS_DEPRESSANT,
            Property.ANTICHOLINERGIC,
        ),
        brands=("Phenergan",),
        rxcui="8745",
    ),
    Drug(
        name="pyrilamine",
        drug_class=DrugClass.ANTIHISTAMINE_SEDATING,
        mechanisms=("H1 antagonist",),
        properties=(
            Property.CNS_DEPRESSANT,
            Property.ANTICHOLINERGIC,
        ),
        synonyms=("mepyramine",),
        salts=("maleate",),
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="triprolidine",
        drug_class=DrugClass.ANTIHISTAMINE_SEDATING,
        mechanisms=("H1 antagonist",),
        properties=(
            Property.CNS_DEPRESSANT,
            Property.ANTICHOLINERGIC,
        ),
        salts=("hydrochloride",),
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="cetirizine",
        drug_class=DrugClass.ANTIHISTAMINE_NONSEDATING,
        mechanisms=("H1",),
        brands=("Zyrtec",),
        rxcui="20610",
    ),
    Drug(
        name="fexofenadine",
        drug_class=DrugClass.ANTIHISTAMINE_NONSEDATING,
        mechanisms=("H1",),
        brands=("Allegra",),
        rxcui="87636",
    ),
    Drug(
        name="loratadine",
        drug_class=DrugClass.ANTIHISTAMINE_NONSEDATING,
        mechanisms=("H1",),
        brands=("Claritin",),
        rxcui="28889",
    ),
    Drug(
        name="guaifenesin",
        drug_class=DrugClass.EXPECTORANT,
        brands=("Mucinex",),
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="potassium guaiacolsulfonate",
        drug_class=DrugClass.EXPECTORANT,
        synonyms=("guaiacolsulfonate",),
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="phenylephrine",
        drug_class=DrugClass.DECONGESTANT,
        brands=("Sudafed PE",),
        salts=("hydrochloride",),
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="pseudoephedrine",
        drug_class=DrugClass.DECONGESTANT,
        brands=("Sudafed",),
        salts=("hydrochloride",),
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="albuterol",
        drug_class=DrugClass.BRONCHODILATOR,
        mechanisms=("beta2",),
        synonyms=("salbutamol",),
        brands=("Ventolin",),
        rxcui="435",
    ),
)
