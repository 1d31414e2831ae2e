"""How a plan is shown on a screen without ``--verbose``: the answer first, and so many lines of the rest as fit.

A section is cut between its sentences, never within one, and says how many are left out. Problems, decisions and
findings are never cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from medsteward.writers.shared.cells import plain
from medsteward.writers.shared.screen import folded

FINISHED, CHOICE = 80, 40
"""Lines of a plan at most: of one that stands, and of one that needs a choice first."""
ROWS = {
    FINISHED: ((40, 8), (40, 4), (30, 4), (20, 3), (14, 2), (10, 2), (8, 1)),
    CHOICE: ((8, 9), (6, 9), (6, 7), (4, 9), (4, 7), (4, 6), (4, 5), (4, 4), (4, 3), (3, 3), (3, 2), (3, 1)),
}
"""Steps and ways at most, in the order in which they are tried until all of it fits."""
MORE = {
    FINISHED: "More with --verbose: all directions, fills, visits, supportive care, sources.",
    CHOICE: "More with --verbose: all steps, what each way means, its command, sources.",
}
"""The last line, which says what is left out."""

_LEFT_OUT = frozenset({"Sources", "This is not for", "About the policy", "Reminders at the start"})
_WHOLE = frozenset({"Problems", "Decision", "Findings of the present regimen", "With the present regimen"})
"""Sections that are never cut: they say what stands in the way, or what is dangerous."""
_CHOOSING = frozenset({*_WHOLE, "What happened since", "To know"})
"""Sections of a plan that needs a choice first: the others belong to the plan that is chosen."""
_LINES = {"What to take": 10, "To dispense": 4, "Steps that need attention": 6, "Visits": 6}
"""Lines of a section at most where there is room; of any other ``_USUAL``."""
_USUAL = 6
_LEAST, _ALL = 1, 10**6
_FIRST = frozenset({"What to take", "Steps that need attention", "To dispense"})
"""Sections that are cut last."""

Section = tuple[str, Sequence[str]]


def shortened(found: Iterable[Section], room: int, most: int) -> list[str]:
    """The sections as lines, at most ``room`` where they can be cut so far; ``most`` is that of the plan."""
    kept = [
        (title, [folded(plain(each)).split("\n") for each in sentences])
        for title, sentences in found
        if title not in _LEFT_OUT and (most == FINISHED or title in _CHOOSING) and sentences
    ]
    caps = [_ALL if title in _WHOLE else _LINES.get(title, _USUAL) for title, _ in kept]
    first = {place for place, (title, _) in enumerate(kept) if title in _FIRST}
    while True:
        lines = [line for (title, each), cap in zip(kept, caps, strict=True) for line in _section(title, each, cap)]
        loose = [place for place, cap in enumerate(caps) if _LEAST < cap < _ALL]
        loose = [place for place in loose if place not in first] or loose
        if len(lines) <= room or not loose:
            return lines
        caps[max(loose, key=caps.__getitem__)] -= 1


def _section(title: str, sentences: Sequence[Sequence[str]], cap: int) -> list[str]:
    lines = [title]
    for number, each in enumerate(sentences):
        if number and len(lines) - 1 + len(each) > cap:
            lines.append(f"  ... and {len(sentences) - number} more")
            break
        lines += each
    return [*lines, ""]
