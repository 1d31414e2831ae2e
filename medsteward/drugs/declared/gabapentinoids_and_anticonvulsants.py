"""Gabapentinoids and other anticonvulsants."""

from __future__ import annotations

from medsteward.model.drug import Drug, DrugClass
from medsteward.model.property import Property
from medsteward.model.source import Standing

DRUGS: tuple[Drug, ...] = (
    Drug(
        name="gabapentin",
        drug_class=DrugClass.GABAPENTINOID,
        mechanisms=("alpha2delta ligand",),
        properties=(Property.CNS_DEPRESSANT,),
        without=(Property.ANTICHOLINERGIC,),
        brands=("Neurontin", "Gralise", "Gabarone"),
        schedule="not controlled federally; CV in some states",
        rxcui="25480",
        clinical=Standing.SECONDARY,
        sources=("PMC5291335 table opened", "FDA DSC 2019-12-19 opened"),
    ),
    Drug(
        name="gabapentin enacarbil",
        drug_class=DrugClass.GABAPENTINOID,
        mechanisms=("alpha2delta ligand prodrug",),
        properties=(Property.CNS_DEPRESSANT,),
        without=(Property.ANTICHOLINERGIC,),
        brands=("Horizant",),
        schedule="not controlled federally",
        identifiers=Standing.RECALLED,
        clinical=Standing.SECONDARY,
        sources=("FDA DSC 2019-12-19 opened",),
    ),
    Drug(
        name="mirogabalin",
        drug_class=DrugClass.GABAPENTINOID,
        mechanisms=("alpha2delta ligand",),
        properties=(Property.CNS_DEPRESSANT,),
        without=(Property.ANTICHOLINERGIC,),
        brands=("Tarlige",),
        schedule="not marketed in the US",
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="pregabalin",
        drug_class=DrugClass.GABAPENTINOID,
        mechanisms=("alpha2delta ligand",),
        properties=(Property.CNS_DEPRESSANT,),
        without=(Property.ANTICHOLINERGIC,),
        brands=("Lyrica", "Lyrica CR", "Alzain"),
        schedule="CV",
        rxcui="187832",
        clinical=Standing.SECONDARY,
        sources=("PMC5291335 opened", "FDA DSC 2019-12-19 opened"),
    ),
    Drug(
        name="carbamazepine",
        drug_class=DrugClass.ANTICONVULSANT,
        mechanisms=("Na channel blocker",),
        properties=(
            Property.SEROTONERGIC,
            Property.CNS_DEPRESSANT,
            Property.CYP3A4_STRONG_INDUCER,
        ),
        brands=("Tegretol", "Equetro"),
        rxcui="2002",
    ),
    Drug(
        name="lamotrigine",
        drug_class=DrugClass.ANTICONVULSANT,
        mechanisms=("Na channel blocker",),
        properties=(Property.CNS_DEPRESSANT,),
        brands=("Lamictal",),
        rxcui="28439",
    ),
    Drug(
        name="oxcarbazepine",
        drug_class=DrugClass.ANTICONVULSANT,
        mechanisms=("Na channel blocker",),
        properties=(Property.CNS_DEPRESSANT,),
        brands=("Trileptal",),
        rxcui="32624",
    ),
    Drug(
        name="phenytoin",
        drug_class=DrugClass.ANTICONVULSANT,
        mechanisms=("Na channel blocker",),
        properties=(
            Property.CNS_DEPRESSANT,
            Property.CYP3A4_STRONG_INDUCER,
        ),
        brands=("Dilantin",),
        rxcui="8183",
    ),
    Drug(
        name="topiramate",
        drug_class=DrugClass.ANTICONVULSANT,
        mechanisms=("Na/GABA-A/AMPA",),
        properties=(Property.CNS_DEPRESSANT,),
        brands=("Topamax",),
        rxcui="38404",
    ),
    Drug(
        name="valproate",
        drug_class=DrugClass.ANTICONVULSANT,
        mechanisms=("GABA, Na",),
        properties=(
            Property.CNS_DEPRESSANT,
            Property.BLEEDING_RISK,
        ),
        synonyms=("divalproex", "valproic acid"),
        brands=("Depakote", "Depakene", "Epilim"),
        rxcui="40254",
    ),
    Drug(
        name="zonisamide",
        drug_class=DrugClass.ANTICONVULSANT,
        mechanisms=("Na, Ca; carbonic anhydrase",),
        properties=(Property.CNS_DEPRESSANT,),
        brands=("Zonegran", "Zonisade"),
        rxcui="39998",
    ),
)
