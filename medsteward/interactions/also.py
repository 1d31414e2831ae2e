"""Clauses in the advice of many rules that a page may say once, by id."""

from __future__ import annotations

import re
from enum import Enum
from functools import cached_property

from medsteward.caches import remembered


class Also(Enum):
    """What the advice of a rule says besides, in a clause of its own. The value is the clause.

    It stands at the start of a sentence, and a full stop or a semicolon follows. A rule that says it names it
    (``Rule.also``).
    """

    NALOXONE = "Offer naloxone"
    NALOXONE_AND_PDMP = "Offer naloxone and look at the PDMP"

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The clause with its stop, and the first letter that follows a semicolon."""
        return re.compile(rf"{re.escape(self.value)}(?:\.|; (\w))")


@remembered(1024)
def without(advice: str, clauses: tuple[Also, ...]) -> str:
    """Advice without clauses that are said elsewhere; what follows a semicolon then begins a sentence."""
    for clause in clauses:
        advice = clause.pattern.sub(lambda found: (found[1] or "").upper(), advice)
    return " ".join(advice.split())
