"""Topical and local anesthetics, counterirritants, corticosteroids and what is injected at a procedure."""

from __future__ import annotations

from medsteward.model.drug import Drug, DrugClass
from medsteward.model.source import Standing

DRUGS: tuple[Drug, ...] = (
    Drug(
        name="bupivacaine",
        drug_class=DrugClass.TOPICAL_ANESTHETIC,
        mechanisms=("Na channel blocker",),
        brands=("Marcaine", "Exparel"),
        rxcui="1815",
        route_scope="injection",
    ),
    Drug(
        name="capsaicin",
        drug_class=DrugClass.TOPICAL_ANESTHETIC,
        mechanisms=("TRPV1 agonist",),
        brands=("Qutenza", "Zostrix", "Capzasin"),
        rxcui="1992",
        route_scope="topical",
    ),
    Drug(
        name="lidocaine topical",
        drug_class=DrugClass.TOPICAL_ANESTHETIC,
        mechanisms=("Na channel blocker",),
        synonyms=("lidocaine", "lignocaine"),
        brands=("Lidoderm", "ZTlido", "Versatis", "Salonpas Lidocaine", "Aspercreme", "LMX 4", "AneCream"),
        rxcui="6387",
        route_scope="topical",
        uses=(("patch", "on for up to 12 hours, then off for 12; on intact skin"),),
    ),
    Drug(
        name="ropivacaine",
        drug_class=DrugClass.TOPICAL_ANESTHETIC,
        mechanisms=("Na channel blocker",),
        brands=("Naropin",),
        salts=("hydrochloride",),
        route_scope="injection",
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="menthol",
        drug_class=DrugClass.COUNTERIRRITANT_TOPICAL,
        mechanisms=("TRPM8",),
        brands=("Biofreeze", "Icy Hot"),
        rxcui="6750",
        route_scope="topical",
    ),
    Drug(
        name="methyl salicylate",
        drug_class=DrugClass.COUNTERIRRITANT_TOPICAL,
        mechanisms=("salicylate counterirritant",),
        synonyms=("trolamine salicylate",),
        brands=("Bengay", "Salonpas", "Aspercreme"),
        route_scope="topical",
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="dexamethasone",
        drug_class=DrugClass.CORTICOSTEROID,
        mechanisms=("glucocorticoid receptor",),
        brands=("Decadron",),
        rxcui="3264",
    ),
    Drug(
        name="methylprednisolone",
        drug_class=DrugClass.CORTICOSTEROID,
        mechanisms=("glucocorticoid receptor",),
        brands=("Medrol", "Solu-Medrol", "Medrol Dosepak"),
        rxcui="6902",
    ),
    Drug(
        name="prednisone",
        drug_class=DrugClass.CORTICOSTEROID,
        mechanisms=("glucocorticoid receptor",),
        brands=("Deltasone", "Rayos", "Prednisone Intensol"),
        rxcui="8640",
    ),
    Drug(
        name="triamcinolone",
        drug_class=DrugClass.CORTICOSTEROID,
        mechanisms=("glucocorticoid receptor",),
        brands=("Kenalog",),
        rxcui="10759",
        route_scope="injection",
    ),
    Drug(
        name="hyaluronic acid",
        drug_class=DrugClass.VISCOSUPPLEMENT,
        mechanisms=("joint",),
        synonyms=("hyaluronan",),
        brands=("Synvisc", "Euflexxa"),
        route_scope="injection",
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="platelet-rich plasma",
        drug_class=DrugClass.BIOLOGIC_INJECTION,
        synonyms=("PRP",),
        route_scope="injection",
        identifiers=Standing.RECALLED,
    ),
    Drug(
        name="corticosteroid epidural",
        drug_class=DrugClass.PROCEDURE_DRUG,
        mechanisms=("glucocorticoid",),
        synonyms=("epidural steroid",),
        route_scope="injection",
        identifiers=Standing.RECALLED,
    ),
)
