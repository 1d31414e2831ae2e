"""Whether a chosen policy is for a patient, by the conditions that the case or an indication names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from medsteward.advice.taper.asked import TaperAsked
from medsteward.patient.conditions.phrases import conditions_named
from medsteward.schedules.policy import Policy

_CLAUSES = re.compile(r"[.;,:\n]|\b(?:and|but|though|although|however)\b")
_DENIES = re.compile(
    r"\b(?:no|not|never|without|none|denie[sd]|denying|declin\w+|refus\w+|against|await\w*|pending|waiting|referr\w+|"
    r"rule[sd]? out|absent|resolved|\w+n't)\b"
)


def against(policy: Policy, asked: TaperAsked) -> tuple[str, ...]:
    """The patient's conditions that a policy is not for."""
    return tuple(sorted(policy.conditions_against & _present(asked)))


def lacks(policy: Policy, asked: TaperAsked) -> tuple[str, ...]:
    """The conditions of which a policy needs one, where none is there and nothing else speaks against it."""
    if against(policy, asked) or policy.conditions_only & _present(asked):
        return ()
    return tuple(sorted(policy.conditions_only))


def is_open(policy: Policy, asked: TaperAsked) -> bool:
    """Whether a policy names conditions that it is not for, and no conditions are stated."""
    return bool(policy.conditions_against) and not asked.picture.patient.conditions


def _present(asked: TaperAsked) -> frozenset[str]:
    return asked.picture.conditions | conditions_in(asked.indications)


def conditions_in(texts: Iterable[str]) -> frozenset[str]:
    """Conditions that an indication names: whole, or as one or two of its words."""
    found = set()
    for text in texts:
        for clause in _CLAUSES.split(text.casefold()):
            words = clause.split()
            if _DENIES.search(clause):
                continue
            spans = [clause, *words, *(f"{one} {two}" for one, two in pairwise(words))]
            found |= {name for span in spans for name in conditions_named(span)}
    return frozenset(found)
