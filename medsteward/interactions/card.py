"""The one finding of a case about slowed breathing: the most dangerous pair gives it its name, the rest goes into it.

An opioid with several sedatives makes many pairs true at once. They are one thing to decide, so they are one card: the
first of ``HOSTS`` that holds names its pair, takes in the other rules of the family whatever their drugs, and lists
every other sedative that is taken. Which rule comes first, and who belongs to the family, is ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from medsteward.drugs.index import find
from medsteward.interactions.result import Finding, with_absorbed
from medsteward.interactions.rules.context import DRINKING
from medsteward.model.drug import DrugClass
from medsteward.patient.groups import CNS_DEPRESSANT
from medsteward.patient.picture import Picture

HOSTS = ("DDI-013", "DDI-011", "DDI-001", "DDI-006", "DDI-007", "DDI-005", "DDI-012", "DDI-002")
"""Pairs that are a card by themselves, the one that names it first."""
WITH_RISK = "DDI-003"
"""A card as well where a risk makes it tier 1; else it belongs to the several sedatives, if there are several."""
SEVERAL = "DDI-014"
SEDATIVE_WITH_ALCOHOL = "DDI-021"
"""Without an opioid: the card of a sedative with alcohol."""

_SEDATION = (
    *("DDI-003", "DDI-004", "DDI-008", "DDI-009", "DDI-010", "DDI-014", "DDI-015", "DDI-016", "DDI-018", "DDI-019"),
    *("DDI-146", "DDI-150", "DDI-151", "DDI-152", "DDI-153", "DDI-154"),
    *("DDC-230", "DDC-231", "DDC-234", "DDC-235", "DDC-236"),
)
_ALCOHOL = ("DDI-021", "DDI-022", "DDI-111", "DDC-244", "DDC-245")
_ONLY_FOR_ALCOHOL = frozenset({"DDC-244", "DDC-245"})
"""Rules about substances in general: a card takes them in where nothing but alcohol makes them true."""
_DRINKING = frozenset(DRINKING)
TAKES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(HOSTS, (*HOSTS, *_SEDATION, *_ALCOHOL)),
    WITH_RISK: _SEDATION,
    SEVERAL: _SEDATION,
    SEDATIVE_WITH_ALCOHOL: _ALCOHOL,
}
"""What each card takes in, of whatever drugs."""
OF_A_CARD = frozenset(TAKES).union(*TAKES.values())
"""Every rule that is a card or may be taken in by one."""


def one_card(here: Mapping[str, Finding], picture: Picture) -> list[Finding]:
    """The findings, by the ids of their rules, with those about slowed breathing as one.

    Alcohol with a sedative and no opioid is one as well.
    """
    host = _host(here)
    if host is None:
        return list(here.values())
    family = [here[id_] for id_ in TAKES[host.rule.id] if id_ in here]
    taken = [each for each in family if each is not host and _belongs(each)]
    gone = {each.rule.id for each in taken}
    card = _card(host, taken, picture)
    return [card if each is host else each for id_, each in here.items() if id_ not in gone]


def _host(here: Mapping[str, Finding]) -> Finding | None:
    for id_ in HOSTS:
        if id_ in here:
            return here[id_]
    risky = here.get(WITH_RISK)
    if risky is not None and risky.tier == 1:
        return risky
    return next((here[id_] for id_ in (SEVERAL, WITH_RISK, SEDATIVE_WITH_ALCOHOL) if id_ in here), None)


def _belongs(finding: Finding) -> bool:
    return finding.rule.id not in _ONLY_FOR_ALCOHOL or _DRINKING.issuperset(finding.conditions)


def _card(host: Finding, taken: Sequence[Finding], picture: Picture) -> Finding:
    drugs = tuple(dict.fromkeys([name for finding in (host, *taken) for name in finding.drugs]))
    sedatives = {item.part.ingredient for item in picture.members(CNS_DEPRESSANT) if not item.is_opioid} - {"alcohol"}
    others = dict.fromkeys([name for name in (*drugs, *sorted(sedatives)) if name in sedatives])
    pair = _pair(host)
    if "alcohol" in drugs and "alcohol" not in host.drugs:
        pair = f"{pair} and alcohol"
    elif not _drinking(host) and (drinking := [word for each in taken for word in _drinking(each)]):
        pair = f"{pair} and {drinking[0]}"
    beside = tuple([name for name in others if name not in host.drugs])
    return with_absorbed(host, taken, drugs=drugs, pair=pair, beside=beside)


def _drinking(finding: Finding) -> list[str]:
    """What of its facts is drinking."""
    return [word for word in finding.conditions if word in _DRINKING]


def _pair(host: Finding) -> str:
    """The drugs of the card in words: "oxycodone with lorazepam (benzodiazepine)"."""
    first = [name for name in host.drugs if _class(name).is_opioid_agonist]
    lead = first or list(host.drugs[:1])
    rest = [_said(name) for name in host.drugs if name not in lead]
    rest = rest or _drinking(host)[:1]
    return f"{_joined(lead)} with {_joined(rest)}" if rest else _joined(lead)


def _said(name: str) -> str:
    known = _class(name)
    return name if known in (DrugClass.ALCOHOL, DrugClass.SEDATIVE_OTHER) else f"{name} ({known.value})"


def _class(name: str) -> DrugClass:
    known = find(name)
    return DrugClass.NOT_CLASSIFIED if known is None else known.drug_class


def _joined(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
