"""Folded text to pieces: numbers, words, marks, dates, before anything is known of what they mean."""

from __future__ import annotations

import re

from medsteward.caches import remembered
from medsteward.readers.directions.writing import fold, without_bullet

_TOKEN = re.compile(
    r"""(?P<date>\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d{2}-\d{2})(?!\d)
      | (?P<negative>(?<![^\s(,;:=])-(?=[\d.]))      # a minus sign that belongs to the number after it
      | (?P<number>\d(?:[\d.,]*\d)?|\.\d[\d.,]*)
      | (?P<diagnosis>[a-pr-wyz]\d\d(?:\.[\da-z]{1,4})?(?![\da-z.])|[clt]\d{1,2}(?:-[clst]?\d{1,2})?(?![\da-z]))
      | (?P<dotted>(?:(?:[a-z]\.){2,}[a-z]?|[a-z]\.[a-z])(?![a-z]))   # b.i.d., b.d
      | (?P<word>[^\W\d_]+(?:'[^\W\d_]+)?)
      | (?P<mark>\S)""",
    re.VERBOSE,
)

Piece = tuple[str, str]
"""The kind of a piece of text, a group of ``_TOKEN``, and the piece without the points of an abbreviation."""


def _pieces_of(text: str, start: int) -> tuple[Piece, ...]:
    """The pieces of a text from a place on."""
    found: list[Piece] = []
    for match in _TOKEN.finditer(text, start):
        kind = match.lastgroup or "mark"
        if kind == "number" and match.group().startswith(".") and match.start() and text[match.start() - 1].isalpha():
            kind = "after a word"
        found.append((kind, match.group().replace(".", "") if kind == "dotted" else match.group()))
    return tuple(found)


@remembered(8192)
def _pieces_of_word(word: str) -> tuple[Piece, ...]:
    """The pieces between two spaces: no pattern of ``_TOKEN`` looks beyond them. Lines are new, their words are not."""
    return _pieces_of(word, 0)


def pieces_of_line(folded: str) -> list[Piece]:
    """The pieces of a folded line behind the marks of a list."""
    start = without_bullet(folded)
    if start:
        return list(_pieces_of(folded, start))
    return [piece for word in folded.split() for piece in _pieces_of_word(word)]


def split(text: str) -> tuple[str, ...]:
    """The bare pieces of folded text, as lexemes and names are keyed."""
    if text.isascii() and text.islower() and text.replace(" ", "").isalpha():
        return tuple(text.split(" "))  # what most of them are: plain words, which are their own pieces
    return tuple(
        m.group().replace(".", "") if m.lastgroup == "dotted" else m.group() for m in _TOKEN.finditer(fold(text))
    )
