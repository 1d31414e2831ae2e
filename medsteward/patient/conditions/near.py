"""What a phrase that is not known may have been meant to be: one known phrase, a slip of typing away."""

from __future__ import annotations

import re

from medsteward.caches import made_once, remembered
from medsteward.patient.conditions.phrases import known_phrases
from medsteward.patient.conditions.spelling import plain

SHORTEST = 6
"""Letters from which something is suggested."""
TWO_SLIPS = 9
"""Letters from which two slips are looked for."""
LONGEST = 60
"""Letters of a phrase for which something is suggested."""
_WORDS_APART = re.compile(
    r"\b(?:no|not|non|none|denie[sd]|deny|negative|without|never|free|ruled?|r/o|possible|probable|query|screen\w*|"
    r"prevention|education|counsel\w*|vaccin\w*|family|fhx?|mother|father|sister|brother|son|daughter|wife|husband|spouse|"
    r"partner|parents?|if|risk|precautions?|suspected|history|hx|h/o|past|prior|previous|former|remission|resolved)\b|\?"
)
_OPPOSITES = (
    ("hyper", "hypo"),
    ("uncontrolled", "controlled"),
    ("acute", "chronic"),
    ("unstable", "stable"),
    ("mild", "severe"),
)
_NUMBERS = re.compile(r"\d+|\b(?:i{1,3}|iv|v)\b|\b[ab]\b")


@made_once
def _by_length() -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    for phrase in known_phrases():
        found.setdefault(len(phrase), []).append(phrase)
    return {length: tuple(each) for length, each in found.items()}


@remembered(2048)
def near_phrases(text: str) -> tuple[str, ...]:
    """The one known phrase that is a slip away, as a list writes it, or nothing.

    A slip is one letter more, less or other, or two that changed places; two slips from nine letters on. Nothing for
    short phrases, where two phrases are as near, where a word denies, or where an opposite would be suggested.
    """
    said = plain(text)
    if not SHORTEST <= len(said) <= LONGEST or said in known_phrases() or _WORDS_APART.search(said):
        return ()
    most = 2 if len(said) >= TWO_SLIPS else 1
    near = [
        phrase
        for length in range(len(said) - most, len(said) + most + 1)
        for phrase in _by_length().get(length, ())
        if slips(said, phrase, most) <= most
    ]
    if len(near) != 1 or _is_apart(said, near[0]):
        return ()
    return (known_phrases()[near[0]].name,)


def _is_apart(said: str, phrase: str) -> bool:
    """Whether a suggestion would cross between opposites, stages or denials."""
    if _WORDS_APART.search(phrase) or len(phrase) < SHORTEST:
        return True
    if _NUMBERS.findall(said) != _NUMBERS.findall(phrase):
        return True
    return any((one in said) != (one in phrase) and (two in said) != (two in phrase) for one, two in _OPPOSITES)


def slips(one: str, two: str, most: int) -> int:
    """The slips between two texts; where they are more than ``most``, some number above it.

    Neighbors that change places are one slip (Damerau).
    """
    if abs(len(one) - len(two)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, letter in enumerate(one, start=1):
        previous, before, row = before, row, [i]
        for j, other in enumerate(two, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == two[j - 2] and one[i - 2] == other:
                cost = min(cost, previous[j - 2] + 1)
            row.append(cost)
        if min(row) > most and (i == 1 or min(before) > most):
            return most + 1
    return row[-1]
