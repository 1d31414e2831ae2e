"""The grammar of directions: phrases over kinds of words, read in one pass.

Phrases are tried in the order of ``PHRASES``, the first that fits and does not decline is taken, and what no phrase
takes is reported as not understood. Left to right, no backtracking over phrases: the time grows with the length of
the line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import evolve

from medsteward.caches import made_once, remembered
from medsteward.readers.directions.kinds import Mark, Phrase, UnknownWord
from medsteward.readers.directions.numbers import NUMBERS, Join, without_codes
from medsteward.readers.directions.phrases import PHRASES, SHAPES
from medsteward.readers.directions.tokens import Token


@made_once
def _letters() -> dict[str, str]:
    """One private character for each kind of token, so that patterns run as regular expressions over kinds."""
    kinds: dict[str, str] = {}
    shapes = " ".join(SHAPES.values())
    patterns = " ".join([*(p.pattern for p in PHRASES), *(pattern for pattern, _ in NUMBERS), shapes])
    for kind in re.findall(r"[A-Z_]+", patterns):
        kinds.setdefault(kind, chr(0xE000 + len(kinds)))
    return kinds


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(_spelled(pattern))


def _spelled(pattern: str) -> str:
    """The pattern with its shapes written out, over the private characters."""
    letters = _letters()

    def shape(match: re.Match[str]) -> str:
        body = SHAPES[match.group()]
        return f"(?:{body})"

    while re.search(r"[a-z]+", pattern):
        pattern = re.sub(r"[a-z]+", shape, pattern)
    return re.sub(r"[A-Z_]+", lambda m: letters[m.group()], pattern).replace(" ", "")


@made_once
def _phrase_patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(_compiled(row.pattern) for row in PHRASES)


@made_once
def _any_phrase() -> re.Pattern[str]:
    """All phrases in one expression: the first that fits, found in one call."""
    numbered = (f"(?P<p{i}>{_spelled(row.pattern)})" for i, row in enumerate(PHRASES))
    return re.compile("|".join(numbered))


@made_once
def _number_patterns() -> tuple[tuple[re.Pattern[str], Join], ...]:
    return tuple((_compiled(pattern), build) for pattern, build in NUMBERS)


def _kinds(tokens: Sequence[Token]) -> str:
    letter = _letters().get
    return "".join([letter(token.kind, "\uffff") for token in tokens])


@remembered(20_000)
def _holds_numbers_to_join(kinds: str) -> bool:
    """Whether any pattern of numbers stands in a line of these kinds. Lines of one shape are many."""
    return any(pattern.search(kinds) for pattern, _ in _number_patterns())


@remembered(100_000)
def _first_phrase(kinds: str, at: int) -> tuple[int, int]:
    """The first phrase that fits at a place of a line of these kinds, and where it ends; (-1, 0): none does."""
    match = _any_phrase().match(kinds, at)
    if match is None or match.lastgroup is None:
        return -1, 0
    return int(match.lastgroup[1:]), match.end()


@remembered(20_000)
def _built(row: int, tokens: tuple[Token, ...]) -> Phrase | None:
    """What a row makes of the tokens that its pattern took. Lines are new, their phrases are not."""
    return PHRASES[row].build(tokens)


def join_numbers(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with numbers of several tokens made one: ``1 1/2`` tablets, half a tablet, 8 am."""
    return _joined(tokens)[0]


def _joined(tokens: Sequence[Token]) -> tuple[list[Token], str]:
    """The tokens with numbers made one, and the kinds of them all."""
    joined = without_codes(tokens)
    kinds = _kinds(joined)
    if not _holds_numbers_to_join(kinds):
        return joined, kinds
    for pattern, build in _number_patterns():
        at = 0
        while (match := pattern.search(kinds, at)) is not None:
            token = build(joined[match.start() : match.end()])
            if token is not None:
                joined[match.start() : match.end()] = [token]
                kinds = _kinds(joined)
            at = match.start() + 1
    return joined, kinds


_BRACKET, _OTHER = -1, -2


@remembered(20_000)
def _plan(kinds: str, at: int, depth: int) -> tuple[tuple[int, int, int, int], ...]:
    """The rows that take a line of these kinds from a place on, as if none declined what its pattern took.

    With each its place, its end, and how deep in brackets it is. ``_BRACKET`` is a bracket, ``_OTHER`` has no row.
    """
    letters = _letters()
    deeper = {letters.get("LEFT"): 1, letters.get("RIGHT"): -1}
    rows: list[tuple[int, int, int, int]] = []
    while at < len(kinds):
        row, end = _BRACKET, at + 1
        if kinds[at] in deeper:
            depth += deeper[kinds[at]]
        else:
            row, end = _first_phrase(kinds, at)
            if row < 0 or end <= at:
                row, end = _OTHER, at + 1
        rows.append((row, at, end, depth))
        at = end
    return tuple(rows)


def phrases(tokens: Sequence[Token]) -> list[Phrase]:
    """What the tokens say, phrase by phrase; what no phrase takes is ``UnknownWord``, word by word.

    No two of them are one object, so that each may be told from the others by what it is.
    """
    joined, kinds = _joined(tokens)
    line = tuple(joined)
    found: list[Phrase] = []
    there: set[int] = set()
    start = depth = 0
    while start < len(line):
        for row, at, end, deep in _plan(kinds, start, depth):
            start, depth = end, deep
            if row == _BRACKET:
                found.append(Mark(line[at].text))
                continue
            phrase = _built(row, line[at:end]) if row >= 0 else None
            if phrase is None:
                phrase, width = _phrase_at(line, kinds, at)
                start = at + width
            if deep > 0 and not isinstance(phrase, Mark):
                phrase = evolve(phrase, bracketed=True)
            elif id(phrase) in there:
                phrase = Mark(phrase.text) if type(phrase) is Mark else evolve(phrase)
            there.add(id(phrase))
            found.append(phrase)
            if start != end:
                break
    return found


def _phrase_at(tokens: tuple[Token, ...], kinds: str, at: int) -> tuple[Phrase, int]:
    first, end = _first_phrase(kinds, at)
    if first >= 0:
        phrase = _built(first, tokens[at:end]) if end > at else None
        if phrase is not None:
            return phrase, end - at
        for row, pattern in enumerate(_phrase_patterns()[first + 1 :], first + 1):
            match = pattern.match(kinds, at)
            if match is not None and match.end() > at:
                phrase = _built(row, tokens[at : match.end()])
                if phrase is not None:
                    return phrase, match.end() - at
    return UnknownWord(tokens[at].text), 1
