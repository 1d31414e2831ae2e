"""Which known name a name that is not known may be: one slip of typing away from exactly one of them, or none.

None is ever chosen for the user. A name that is cut off is not misspelled, and is never completed; likeness is measured
without salts; what is a word of its own, a medicine or not, is no misspelling of another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from medsteward.caches import made_once, remembered
from medsteward.drugs.index import everyday, names
from medsteward.drugs.salts import without_salts

FEWEST_LETTERS = 6
"""Letters from which a name may be a misspelling: shorter ones are one letter away from too many others. Ours."""
LETTERS_FOR_TWO = 9
"""Letters from which two slips may be. Ours."""
_LIKE = 0.8
"""Likeness (0 to 1, difflib) from which a word is not passed over, though nothing is suggested for it. Ours."""
CUT_OFF = 2
"""Letters missing at the end from which a name counts as cut off, not as misspelled. Ours."""


_WORD = re.compile(r"[a-z]+")


class _Known(NamedTuple):
    """One known name: the letters in it as bits, its spelling in lower case, what it stands for.

    One that is not ``offered`` (too short, asked about, no medicine) only keeps others from being so.
    """

    letters: int
    low: str
    ingredients: tuple[str, ...]
    offered: bool


@remembered(4096)
def suggestions(text: str) -> tuple[str, ...]:
    """The one known name that ``text`` may be, as one of its spellings; empty: none, or it may be several.

    At most one slip (a letter wrong, missing, doubled or exchanged with the next), two from nine letters on.
    """
    typed = " ".join(text.casefold().split())[:60]
    seen = everyday().further.get(typed)
    if seen is not None and seen.resolve == "suggest":
        return ("/".join(seen.ingredients),)
    bare = without_salts(typed)
    if any(each in names() or each in everyday().further for each in (typed, bare)):
        return ()
    size = _size(bare)
    if size < FEWEST_LETTERS or any(_is_cut(bare, each) for each in _first_words().get(bare[:4], ())):
        return ()
    most = 2 if size >= LETTERS_FOR_TWO else 1
    letters = _letters(bare)
    found: list[tuple[int, _Known]] = []
    for length in range(len(bare) - most, len(bare) + most + 1):
        for known in _by_length().get(length, ()):
            if (letters ^ known.letters).bit_count() > 2 * most:
                continue
            allowed = 2 if min(size, _size(known.low)) >= LETTERS_FOR_TWO else 1
            slips = slips_between(bare, known.low, allowed)
            if slips is not None:
                found.append((slips, known))
    if len({known.ingredients for _, known in found}) != 1 or not any(known.offered for _, known in found):
        return ()
    found = [each for each in found if each[1].offered]
    return (min(found, key=lambda each: (each[0], each[1].low not in names(), each[1].low))[1].low,)


def slips_between(one: str, other: str, most: int) -> int | None:
    """How many slips lie between two spellings, counting two letters exchanged as one; None: more than ``most``."""
    if abs(len(one) - len(other)) > most:
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, here in enumerate(one, start=1):
        last, row = row, [i]
        for j, there in enumerate(other, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (here != there))
            if i > 1 and j > 1 and here == other[j - 2] and one[i - 2] == there and here != there:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most and min(last) > most:
            return None
        before = last
    return row[-1] if row[-1] <= most else None


def _size(text: str) -> int:
    return sum(map(str.isalpha, text))


def _letters(text: str) -> int:
    bits = 0
    for char in set(text):
        bits |= 1 << (ord(char) & 63)
    return bits


def _is_cut(typed: str, known: str) -> bool:
    """Whether what is typed is a known word without its end."""
    return known.startswith(typed) and len(known) - len(typed) >= CUT_OFF


@made_once
def _first_words() -> Mapping[str, frozenset[str]]:
    """The words with which known names begin, by their first four letters."""
    found: dict[str, set[str]] = {}
    for low in (*names(), *everyday().further):
        word = _WORD.match(low)
        if word is not None and len(word.group()) >= FEWEST_LETTERS:
            found.setdefault(low[:4], set()).add(word.group())
    return {start: frozenset(group) for start, group in found.items()}


@made_once
def _by_length() -> Mapping[int, tuple[_Known, ...]]:
    """Every name without a salt, by its length."""
    found: dict[int, list[_Known]] = {}
    spelled = {low: (name.ingredients, not name.asks) for low, name in names().items()}
    for low, each in everyday().further.items():
        if each.resolve != "suggest" and not (each.resolve == "ask" and each.kind in ("fragment", "shortening")):
            spelled[low] = (each.ingredients or (low,), each.resolve == "yes")
    for low, (ingredients, is_read) in spelled.items():
        size = _size(low)
        if size >= FEWEST_LETTERS - 2 and without_salts(low) == low:
            offered = is_read and size >= FEWEST_LETTERS
            found.setdefault(len(low), []).append(_Known(_letters(low), low, tuple(sorted(ingredients)), offered))
    return {length: tuple(group) for length, group in found.items()}


def resembles_a_name(word: str) -> bool:
    """Whether a word may be a declared drug misspelled, by a looser likeness: a reason not to pass it over."""
    import difflib  # asked for by few runs

    return bool(difflib.get_close_matches(word.casefold()[:60], names(), n=1, cutoff=_LIKE))
