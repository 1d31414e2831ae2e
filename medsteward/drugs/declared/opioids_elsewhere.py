"""Opioids that are sold in other countries, given under anesthesia, investigational or illicit.

No factor table of ours rates them, so that a line with one is a gap in MME and never zero. Class and mechanism are
recalled.
"""

from __future__ import annotations

from medsteward.model.drug import Drug, DrugClass
from medsteward.model.property import Property
from medsteward.model.source import Standing

_SEDATIVE = frozenset({Property.CNS_DEPRESSANT})
_OTHERS = frozenset({Property.SEROTONERGIC, Property.ANTICHOLINERGIC, Property.LOWERS_SEIZURE_THRESHOLD})


def _opioid(name: str, mechanism: str, drug_class: DrugClass = DrugClass.OPIOID_FULL_AGONIST) -> Drug:
    """One of them: sedative by its class, the rest not judged."""
    return Drug(
        name=name,
        drug_class=drug_class,
        mechanisms=(mechanism,),
        properties=_SEDATIVE,
        not_judged=_OTHERS,
        identifiers=Standing.RECALLED,
    )


DRUGS: tuple[Drug, ...] = (
    _opioid("tilidine", "prodrug of nortilidine, mu agonist"),
    _opioid("pholcodine", "antitussive opioid"),
    _opioid("ethylmorphine", "mu agonist"),
    _opioid("ketobemidone", "mu agonist"),
    _opioid("levomethadone", "mu agonist; the active isomer of methadone"),
    _opioid("papaveretum", "opium alkaloids, mostly morphine"),
    _opioid("dipipanone", "mu agonist"),
    _opioid("piritramide", "mu agonist"),
    _opioid("nicomorphine", "mu agonist prodrug"),
    _opioid("alfentanil", "mu agonist"),
    _opioid("remifentanil", "mu agonist"),
    _opioid("carfentanil", "mu agonist"),
    _opioid("dextromoramide", "mu agonist"),
    _opioid("anileridine", "mu agonist"),
    _opioid("phenazocine", "mu agonist"),
    _opioid("cebranopadol", "mu and nociceptin agonist, investigational"),
    _opioid("dezocine", "mixed agonist-antagonist", DrugClass.OPIOID_MIXED),
    _opioid("nalfurafine", "kappa agonist", DrugClass.OPIOID_KAPPA),
    _opioid("difelikefalin", "peripheral kappa agonist", DrugClass.OPIOID_KAPPA),
    _opioid("illicit fentanyl", "mu agonist of unknown amount"),
    _opioid("nitazene", "mu agonist of unknown amount"),
    _opioid("novel synthetic opioid", "mu agonist of unknown amount"),
)
"""In the order of how often they are met, the illicit ones last."""
