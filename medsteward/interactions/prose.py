"""A rule as a sentence that a pharmacist reads."""

from __future__ import annotations

from collections.abc import Iterable

from medsteward.interactions.rule import REASON, Rule, Variant
from medsteward.patient.clauses import CaseClause

_ABOUT_PATIENT = ("takes", "has", "is", "may", "either")


def when_text(clauses: Iterable[CaseClause]) -> str:
    """The clauses of a rule as the first part of a sentence."""
    parts = [str(each) for each in clauses]
    patient = [part for part in parts if part.split(" ", 1)[0] in _ABOUT_PATIENT]
    others = [part for part in parts if part not in patient]
    unless = [part for part in others if part.startswith("unless ")]
    said = [f"the patient {' and '.join(patient)}"] if patient else []
    said += [part for part in others if part not in unless]
    return f"When {', '.join([', and '.join(said), *unless])}"


def variant_text(variant: Variant) -> str:
    """What a variant changes, as a sentence."""
    changes = []
    if variant.severity is not None:
        changes.append(variant.severity.words)
    if variant.tier is not None:
        changes.append(f"tier {variant.tier}")
    texts = [text for text in (variant.because, variant.consider, variant.add) if text]
    when = str(variant.when)
    when = f"the patient {when}" if when.split(" ", 1)[0] in ("takes", "has", "is", "either") else when
    head = f"Where {when}: {', '.join(changes)}" if changes else f"Where {when}:"
    return f"{head}{'.' if changes else ''} {' '.join(texts)}".rstrip()


def because_text(rule: Rule) -> str:
    """Why, where it is said of no patient."""
    return rule.because.replace(REASON, "what made it true")


def rule_text(rule: Rule) -> str:
    """A rule in full: name, severity, tier, hazard, sentence, advice, context, sources with their standing."""
    lines = [f"{rule.id} {rule.name} [{rule.severity.words}, tier {rule.tier}; {rule.hazard.value}]"]
    lines.append(f"  {when_text(rule.when)}: {rule.severity.words}. {because_text(rule)}")
    lines.append(f"  Consider: {rule.consider}")
    lines += [f"  {variant_text(variant)}" for variant in rule.variants]
    if rule.merged:
        lines.append(f"  Covered by another rule, it adds: {' '.join(rule.merged)}")
    if rule.absorbs:
        lines.append(f"  Also covers, where they name no further drug: {', '.join(rule.absorbs)}.")
    lines += [
        f"  Source: {each.citation}{': ' + each.where if each.where else ''} ({each.standing.words})"
        for each in rule.sources
    ]
    return "\n".join(lines)
