"""Text to tokens: numbers, lexemes and drug names, longest lexeme first."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from attrs import frozen

from medsteward.drugs.index import Name, names
from medsteward.errors import NotANumber
from medsteward.model.number import exact, has_trailing_zero
from medsteward.model.unit import Unit
from medsteward.readers.directions.lexicon import ERROR_PRONE, Meaning, lexemes
from medsteward.readers.directions.writing import fold, without_bullet

MAX_LENGTH = 1000
"""Characters in one medication line. Directions are short; longer text is something else."""

_TOKEN = re.compile(
    r"""(?P<date>\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d{2}-\d{2})(?!\d)
      | (?P<negative>(?<![^\s(,;:=])-(?=[\d.]))      # a minus sign that belongs to the number after it
      | (?P<number>\d(?:[\d.,]*\d)?|\.\d[\d.,]*)
      | (?P<diagnosis>[a-pr-wyz]\d\d(?:\.[\da-z]{1,4})?(?![\da-z.])|[clt]\d{1,2}(?:-[clst]?\d{1,2})?(?![\da-z]))
      | (?P<dotted>(?:[a-z]\.){2,}[a-z]?(?![a-z]))   # b.i.d.
      | (?P<word>[^\W\d_]+(?:'[^\W\d_]+)?)
      | (?P<mark>\S)""",
    re.VERBOSE,
)
_BEFORE_DIAGNOSIS = frozenset({"FOR", "INDICATION", "REASON", "COLON", "LEFT"})
_CODEINE = frozenset({"t2", "t3", "t4"})
"""Tylenol with Codeine or a vertebra, where nothing says which."""
_MARKS = {
    "/": "SLASH",
    "-": "DASH",
    ",": "COMMA",
    ";": "SEMICOLON",
    ":": "COLON",
    "(": "LEFT",
    ")": "RIGHT",
    "[": "LEFT",
    "]": "RIGHT",
    "#": "HASH",
    ".": "STOP_MARK",
    "=": "EQUALS",
    "*": "X",
    "%": "PERCENT",
    ">": "THAN",
    "<": "THAN",
    '"': "STOP_MARK",
}


Value = Meaning | Name
"""What a token may stand for: a number, a unit, a name, a word for others, or nothing but its kind."""


@frozen
class Token:
    """One lexeme: its kind, its value, its text as written (in lower case)."""

    kind: str
    value: Value
    text: str

    @property
    def number(self) -> Fraction:
        """The value of a token that stands for a number: of things, of days, of times a day."""
        assert isinstance(self.value, Fraction), self
        return self.value

    @property
    def unit(self) -> Unit:
        """The value of a token that stands for a unit."""
        assert isinstance(self.value, Unit), self
        return self.value

    @property
    def word(self) -> str:
        """The value of a token that stands for a word: a form, a route, a time of day."""
        assert isinstance(self.value, str), self
        return self.value

    @property
    def name(self) -> Name:
        """The value of a token that stands for a drug's name."""
        assert isinstance(self.value, Name), self
        return self.value


@frozen
class Oddity:
    """Something about the writing itself: a code and its text. Codes of problems stop the line, others warn.

    ``instead`` is what to write for ``said``, where that can be told.
    """

    code: str
    text: str
    said: str = ""
    instead: str = ""


def split(text: str) -> tuple[str, ...]:
    """The bare pieces of folded text, as lexemes and names are keyed."""
    if text.isascii() and text.islower() and text.replace(" ", "").isalpha():
        return tuple(text.split(" "))  # what most of them are: plain words, which are their own pieces
    return tuple(
        m.group().replace(".", "") if m.lastgroup == "dotted" else m.group() for m in _TOKEN.finditer(fold(text))
    )


class _Lexeme(NamedTuple):
    """Words as they stand in a line, the token that they are, and what to write instead where they are easily misread.

    The same token stands for them in every line.
    """

    words: list[str]
    width: int
    token: Token
    instead: str | None


@cache
def _lexicon() -> dict[str, tuple[_Lexeme, ...]]:
    """Lexemes by first piece, longest first. Drug names come before other words of the same length."""
    found: dict[tuple[str, ...], tuple[str, Value]] = {}
    for spelling, name in names().items():
        found.setdefault(split(spelling), ("NAME", name))
    for words, kind, meaning in lexemes():
        found.setdefault(split(words), (kind, meaning))
    by_first: dict[str, list[_Lexeme]] = {}
    for pieces, (kind, value) in found.items():
        text = " ".join(pieces)
        lexeme = _Lexeme(list(pieces), len(pieces), Token(kind, value, text), ERROR_PRONE.get(text))
        by_first.setdefault(pieces[0], []).append(lexeme)
    return {first: tuple(sorted(group, key=lambda each: -each.width)) for first, group in by_first.items()}


def tokens(text: str) -> tuple[tuple[Token, ...], tuple[Oddity, ...]]:
    """The tokens of one line and what is odd about its writing."""
    lexicon = _lexicon()
    pieces: list[tuple[str, str]] = []
    folded = fold(text)
    for match in _TOKEN.finditer(folded, without_bullet(folded)):
        kind = match.lastgroup or "mark"
        if kind == "number" and match.group().startswith(".") and match.start() and folded[match.start() - 1].isalpha():
            kind = "after a word"
        pieces.append((kind, match.group().replace(".", "") if kind == "dotted" else match.group()))
    bare = [piece for _, piece in pieces]
    found: list[Token] = []
    odd: list[Oddity] = []
    at = 0
    while at < len(pieces):
        kind, piece = pieces[at]
        for lexeme in lexicon.get(piece, ()):
            width = lexeme.width
            if width == 1 or bare[at : at + width] == lexeme.words:
                found.append(lexeme.token)
                if lexeme.instead is not None:
                    text = f'"{lexeme.token.text}" is easily misread; write "{lexeme.instead}"'
                    odd.append(Oddity("UNIT-101", text))
                break
        else:
            width = 1
            if kind == "date":
                odd.append(Oddity("DIR-005", f'"{piece}" is a date; give days as start and end of the medication'))
            elif kind == "diagnosis":
                # L5 after "for" is a vertebra; T2 anywhere else may be "take 2"
                before = found[-1].kind if found else ""
                told = (before in _BEFORE_DIAGNOSIS or "." in piece) and not (
                    before in _MARKS.values() and piece in _CODEINE
                )
                found.append(Token("REASON" if told else "UNKNOWN", None, piece))
            elif kind == "number":
                found.append(_number(piece, odd))
            elif kind == "after a word":
                text = f'"{bare[at - 1]}{piece}": a full stop or a decimal point? Write the number after a space'
                odd.append(Oddity("NUM-001", text))
                found.append(Token("NUM", Fraction(0), piece))
            elif kind == "negative":
                odd.append(Oddity("NUM-002", f'"-{bare[at + 1] if at + 1 < len(bare) else ""}": no amount is negative'))
                found.append(Token("DASH", None, "-"))
            elif kind == "mark":
                found.append(Token(_MARKS.get(piece, "UNKNOWN"), None, piece))
            else:
                found.append(Token("UNKNOWN", None, piece))
        at += width
    return tuple(found), tuple(odd)


def _number(piece: str, odd: list[Oddity]) -> Token:
    try:
        value = exact(piece)
    except NotANumber as error:
        naked = error.code == "NUM-001"
        text = f'"{piece}": a decimal point without a zero is easily missed' if naked else str(error)
        odd.append(Oddity(error.code, text, piece, f"0{piece}" if naked else ""))
        return Token("NUM", Fraction(0), piece)
    if has_trailing_zero(piece):
        plain = piece.rstrip("0").rstrip(".")
        odd.append(Oddity("NUM-101", f'"{piece}" is easily read tenfold; write "{plain}"'))
    return Token("NUM", value, piece)
