"""What speaks against an offer, as every document shows it."""

from __future__ import annotations

from medsteward.treatments.against import Found
from medsteward.writers.shared.json_text import Document
from medsteward.writers.shared.problems import source


def reason(found: Found) -> Document:
    """One reason: its effect on the offer, the rule that says so (null: a list of ours), and what shows it."""
    return {
        "effect": found.effect.name.casefold(),
        "rule": found.rule,
        "rules": list(found.rules),
        "severity": None if found.severity is None else found.severity.words,
        "drugs": list(found.about),
        "text": found.text,
        "shown": found.shown,
        "standing": found.source.standing.value,
        "source": source(found.source),
    }
