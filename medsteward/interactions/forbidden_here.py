"""The finding about medicines that a label forbids or advises against for this patient, where no rule of its own does.

Rows of the dose limits that a rule says already, with its own advice, are not said twice: ``SAID_BY`` names the rules,
and a row speaks wherever none of them did. What speaks by a row alone is shown and does not interrupt: that needs a
rule, which a person has worded. This is ours.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from medsteward.interactions.result import Finding
from medsteward.interactions.rule import Severity
from medsteward.interactions.rules.doses import FORBIDDEN_HERE
from medsteward.limits.forbidden import forbidden
from medsteward.limits.hold import Passed
from medsteward.limits.limit import DoseLimit, LimitKind, Strictness
from medsteward.model.conditions import in_full
from medsteward.model.missing import Ask
from medsteward.model.source import Standing
from medsteward.patient.picture import Picture

SAID_BY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "DL-ACETAMINOPHEN-17": ("DDC-213",),
        "DL-CL-NSAID-ORAL-01": ("DDC-220",),
        "DL-CL-NSAID-ORAL-02": ("DDC-220",),
        "DL-CL-NSAID-ORAL-04": ("DDC-220", "HAZ-320"),
        "DL-CL-NSAID-ORAL-05": ("DDC-208",),
        "DL-CL-NSAID-ORAL-07": ("DDC-219",),
        "DL-CL-NSAID-ORAL-08": ("DDC-269",),
        "DL-CL-NSAID-ORAL-09": ("DDC-217",),
        "DL-NAPROXEN-08": ("DDC-208",),
        "DL-CELECOXIB-06": ("DDC-215",),
        "DL-KETOROLAC-10": ("DDC-208",),
        "DL-KETOROLAC-11": ("DDC-337",),
        "DL-KETOROLAC-12": ("DDI-129",),
        "DL-DICLOFENAC-TOPICAL-08": ("DDC-317", "DDC-220"),
        "DL-DULOXETINE-07": ("DDC-211",),
        "DL-DULOXETINE-08": ("DDC-212",),
        "DL-DULOXETINE-09": ("DDC-212",),
        "DL-BUPROPION-07": ("DDC-241",),
        "DL-NALOXEGOL-04": ("DDI-089",),
        "DL-ELETRIPTAN-04": ("DDI-088",),
        "DL-UBROGEPANT-04": ("DDI-088",),
        "DL-CL-ERGOT-01": ("DDI-298", "DDI-088"),
        "DL-TIZANIDINE-08": ("DDC-216",),
        "DL-TIZANIDINE-09": ("DDI-101",),
        "DL-CARBAMAZEPINE-05": ("DDC-344",),
        "DL-VALPROATE-04": ("DDC-345",),
        "DL-TRAMADOL-18": ("DDC-206",),
        "DL-TRAMADOL-20": ("DDC-250",),
        "DL-TRAMADOL-21": ("DDI-051",),
        "DL-TRAMADOL-ACETAMINOPHEN-04": ("DDC-213", "DDC-214"),
        "DL-TAPENTADOL-08": ("HAZ-313",),
        "DL-TAPENTADOL-09": ("HAZ-313",),
        "DL-TAPENTADOL-18": ("DDI-052",),
        "DL-CODEINE-05": ("DDC-250",),
        "DL-CODEINE-06": ("DDC-252",),
        "DL-CODEINE-07": ("DDC-253",),
        "DL-MEPERIDINE-09": ("DDI-050",),
        "DL-BUPRENORPHINE-09": ("DDC-292",),
        "DL-BUPRENORPHINE-10": ("DDC-214",),
        "DL-BUPRENORPHINE-NALOXONE-01": ("HAZ-317",),
        "DL-FENTANYL-02": ("DDC-293",),
        "DL-FENTANYL-08": ("DDC-294",),
        "DL-NALTREXONE-05": ("DDI-033",),
        "DL-SUZETRIGINE-05": ("DDI-088",),
    }
)
"""Rows by their ids, each with the rules that say the same of the same medicine. Some are held by a spec as well."""


def forbidden_here(picture: Picture, found: Collection[Finding], lacking: dict[Ask, list[str]]) -> list[Finding]:
    """The finding about what labels forbid here, as a list of one or none; ``found`` are those of the other rules."""
    held = forbidden(picture)
    for row, asks in held.unknown:
        if row.id not in SAID_BY:
            for ask in asks:
                lacking.setdefault(ask, []).append(FORBIDDEN_HERE.id)
    if not held.passed:
        return []
    told = {(finding.rule.id, drug) for finding in found for drug in finding.drugs}
    passed = [
        each
        for each in held.passed
        if not any((rule, each.stated.items[0].ingredient) in told for rule in SAID_BY.get(each.row.id, ()))
    ]
    if not passed:
        return []
    names = [name for each in passed for name in (each.stated.items[0].ingredient, *_partners(each, picture))]
    return [
        Finding(
            FORBIDDEN_HERE,
            max(_severity(each.row) for each in passed),
            FORBIDDEN_HERE.tier,
            tuple(dict.fromkeys(names)),
            tuple(dict.fromkeys(word for each in passed for word in each.seen)),
            " ".join(dict.fromkeys(_said(each, picture) for each in passed)),
            FORBIDDEN_HERE.consider,
            tuple(dict.fromkeys([*(each.row.source for each in passed), *FORBIDDEN_HERE.sources])),
        )
    ]


def _severity(row: DoseLimit) -> Severity:
    return Severity.MAJOR if row.strictness is Strictness.LABEL_MAXIMUM else Severity.MODERATE


def _partners(passed: Passed, picture: Picture) -> tuple[str, ...]:
    """The other medicines that make a row hold."""
    population, own = passed.row.population, passed.stated.items[0].ingredient
    if population is None:
        return ()
    names = (each.ingredient for who in population.groups for each in picture.members(who))
    return tuple(dict.fromkeys(name for name in names if name != own))


def _said(passed: Passed, picture: Picture) -> str:
    row, name = passed.row, passed.stated.items[0].ingredient
    verb = "advises against" if row.kind is LimitKind.AVOID else "forbids"
    label = "the label"
    if row.standing is Standing.RECALLED:
        label = "the label, as remembered (needs a second source),"
    whom = [*dict.fromkeys(map(in_full, passed.seen)), *(f"with {each}" for each in _partners(passed, picture))]
    if row.uses and not whom:
        whom = [f"for {each}" for each in row.uses]
    here = f" here ({', '.join(dict.fromkeys(whom))})" if whom else ""
    subject = "it" if str(row.subject) == name else str(row.subject)
    return f"{name.capitalize()}: {label} {verb} {subject}{here}."
