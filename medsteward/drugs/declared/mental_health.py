"""Antipsychotics, mood stabilizers, anxiolytics and stimulants."""

from __future__ import annotations

from medsteward.model.drug import Drug, DrugClass
from medsteward.model.property import Property
from medsteward.model.source import Standing

DRUGS: tuple[Drug, ...] = (
    Drug(
        name="aripiprazole",
        drug_class=DrugClass.ANTIPSYCHOTIC,
        mechanisms=("D2 partial agonist",),
        properties=(Property.CNS_DEPRESSANT,),
        without=(Property.ANTICHOLINERGIC,),
        brands=("Abilify",),
        rxcui="89013",
    ),
    Drug(
        name="chlorpromazine",
        drug_class=DrugClass.ANTIPSYCHOTIC,
        mechanisms=("D2/H1/M/alpha1",),
        properties=(
            Property.CNS_DEPRESSANT,
            Property.ANTICHOLINERGIC,
            Property.LOWERS_SEIZURE_THRESHOLD,
            Property.LOWERS_PRESSURE_OR_PULSE,
            Property.QT_KNOWN_RISK,
        ),
        brands=("Thorazine", "Largactil"),
        rxcui="2403",
    ),
    Drug(
        name="clozapine",
        drug_class=DrugClass.ANTIPSYCHOTIC,
        mechanisms=("multi",),
        properties=(
            Property.CNS_DEPRESSANT,
            Property.ANTICHOLINERGIC,
            Property.LOWERS_SEIZURE_THRESHOLD,
            Property.LOWERS_PRESSURE_OR_PULSE,
        ),
        brands=("Clozaril",),
        rxcui="2626",
    ),
    Drug(
        name="haloperidol",
        drug_class=DrugClass.ANTIPSYCHOTIC,
        mechanisms=("D2 antagonist",),
        properties=(
            Property.CNS_DEPRESSANT,
            Property.QT_KNOWN_RISK,
        ),
        without=(Property.ANTICHOLINERGIC,),
        brands=("Haldol",),
        rxcui="5093",
    ),
    Drug(
        name="olanzapine",
        drug_class=DrugClass.ANTIPSYCHOTIC,
        mechanisms=("D2/5-HT2A/H1/M",),
        properties=(
            Property.CNS_DEPRESSANT,
            Property.ANTICHOLINERGIC,
        ),
        brands=("Zyprexa",),
        rxcui="61381",
    ),
    Drug(
        name="quetiapine",
        drug_class=DrugClass.ANTIPSYCHOTIC,
        mechanisms=("D2/5-HT2A/H1/alpha1 antagonist",),
        properties=(
            Property.CNS_DEPRESSANT,
            Property.ANTICHOLINERGIC,
            Property.LOWERS_PRESSURE_OR_PULSE,
        ),
        brands=("Seroquel",),
        rxcui="51272",
    ),
    Drug(
        name="risperidone",
        drug_class=DrugClass.ANTIPSYCHOTIC,
        mechanisms=("D2/5-HT2A antagonist",),
        properties=(Property.CNS_DEPRESSANT,),
        without=(Property.ANTICHOLINERGIC,),
        brands=("Risperdal",),
        rxcui="35636",
    ),
    Drug(
        name="ziprasidone",
        drug_class=DrugClass.ANTIPSYCHOTIC,
        mechanisms=("D2/5-HT2A",),
        properties=(Property.CNS_DEPRESSANT,),
        without=(Property.ANTICHOLINERGIC,),
        brands=("Geodon",),
        rxcui="115698",
    ),
    Drug(
        name="lithium",
        drug_class=DrugClass.MOOD_STABILIZER,
        properties=(
            Property.SEROTONERGIC,
            Property.LOWERS_SEIZURE_THRESHOLD,
        ),
        brands=("Lithobid",),
        rxcui="6448",
    ),
    Drug(
        name="buspirone",
        drug_class=DrugClass.ANXIOLYTIC_OTHER,
        mechanisms=("5-HT1A partial agonist",),
        properties=(Property.SEROTONERGIC,),
        brands=("BuSpar", "Bucapsol"),
        salts=("hydrochloride",),
        rxcui="1827",
    ),
    Drug(
        name="amphetamine",
        drug_class=DrugClass.STIMULANT,
        mechanisms=("monoamine release",),
        properties=(
            Property.SEROTONERGIC,
            Property.LOWERS_SEIZURE_THRESHOLD,
        ),
        synonyms=("dextroamphetamine",),
        brands=("Adderall",),
        schedule="CII",
        rxcui="725",
        sources=("CDC 2018 Stimulants sheet",),
    ),
    Drug(
        name="methylphenidate",
        drug_class=DrugClass.STIMULANT,
        mechanisms=("DAT/NET",),
        brands=("Ritalin", "Concerta"),
        schedule="CII",
        rxcui="6901",
        sources=("CDC 2018 Stimulants sheet",),
    ),
    Drug(
        name="phentermine",
        drug_class=DrugClass.ANORECTIC_STIMULANT,
        mechanisms=("monoamine release",),
        brands=("Adipex-P", "Lomaira"),
        schedule="CIV",
        rxcui="8152",
        clinical=Standing.SECONDARY,
        sources=("CDS CNS-depressant value set wrongly holds it (opened)",),
    ),
    Drug(
        name="caffeine",
        drug_class=DrugClass.STIMULANT_OTHER,
        mechanisms=("adenosine antagonist",),
        rxcui="1886",
    ),
    Drug(
        name="thioridazine",
        drug_class=DrugClass.ANTIPSYCHOTIC,
        mechanisms=("D2 antagonist",),
        properties=(
            Property.CNS_DEPRESSANT,
            Property.ANTICHOLINERGIC,
        ),
        identifiers=Standing.RECALLED,
    ),
)
