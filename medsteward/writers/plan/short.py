"""The sections of a plan in a text that is to be read at once: how much of each is shown without ``--verbose``.

A section is cut between its sentences, never within one, and says how many are left out. Problems, decisions and
findings are never cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from medsteward.schedules.plan import NeedsChoice, Plan

MORE = "More with --verbose: all directions, fills, visits and supports, sources, what the plan is not for."

_LEFT_OUT = frozenset({"Sources", "This is not for", "About the policy", "Reminders at the start"})
_WHOLE = frozenset({"Problems", "Decision", "Findings of the present regimen", "With the present regimen"})
"""Sections that are never cut: they say what stands in the way, or what is dangerous."""
_LINES = {
    "What to take": 10,
    "To dispense": 3,
    "Steps that need attention": 4,
    "To meet and decide": 4,
    "Supportive care": 5,
    "Other ways on": 10,
    "Alternatives": 24,
}
"""Lines of a section at most; of any other ``_USUAL``."""
_USUAL = 5
_CHOICE = 1
"""Lines of a section, besides the alternatives, of a plan that needs a choice."""
_BESIDE = frozenset({"To dispense", "To know about the plan", "Steps that need attention"})
"""Sections that a plan without an end has no use for yet."""
_WIDTH = 96


def shortened(found: Iterable[tuple[str, Sequence[str]]], plan: Plan | None) -> Iterator[tuple[str, list[str]]]:
    """The sections with as many sentences of each as its lines allow."""
    chooses = plan is not None and isinstance(plan.outcome, NeedsChoice)
    for title, sentences in found:
        if title in _LEFT_OUT or (chooses and title in _BESIDE):
            continue
        if title in _WHOLE:
            yield title, list(sentences)
            continue
        most = _LINES.get(title, _USUAL)
        if chooses and title not in ("Other ways on", "Alternatives"):
            most = _CHOICE
        yield title, list(_cut(sentences, most))


def _cut(sentences: Sequence[str], most: int) -> Iterator[str]:
    used = 0
    for number, sentence in enumerate(sentences):
        used += -(-len(sentence) // _WIDTH)
        if used > most and number:
            yield f"... and {len(sentences) - number} more"
            return
        yield sentence
