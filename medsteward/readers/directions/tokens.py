"""Text to tokens: numbers, lexemes and drug names, longest lexeme first.

Declared names are part of the lexicon. All other names are read from data, once, when a word is not known.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from medsteward.caches import made_once, remembered
from medsteward.drugs.index import everyday, names
from medsteward.drugs.known_words import OF_KNOWN_WORDS
from medsteward.drugs.name import Name
from medsteward.drugs.salts import ALL_SALTS
from medsteward.errors import NotANumber
from medsteward.model.number import exact, has_trailing_zero
from medsteward.model.unit import Unit
from medsteward.readers.directions.lexicon import ERROR_PRONE, Meaning, lexemes
from medsteward.readers.directions.pieces import pieces_of_line, split
from medsteward.readers.directions.writing import fold
from medsteward.units import SPELLINGS

if TYPE_CHECKING:
    from medsteward.drugs.everyday import Further

MAX_LENGTH = 1000
"""Characters in one medication line. Directions are short; longer text is something else."""

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


@frozen(cache_hash=True)
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


class _Lexeme(NamedTuple):
    """Words as they stand in a line, the token that they are, and what to write instead where they are easily misread.

    The same token stands for them in every line.
    """

    words: list[str]
    width: int
    token: Token
    instead: str | None
    head: bool = False
    """Whether it is a name only where a line begins with it."""


@made_once
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


class _Beginning(NamedTuple):
    """The lexemes that begin with one piece: the one of that piece alone, and the longer ones by their second piece."""

    alone: _Lexeme | None
    longer: dict[str, list[_Lexeme]]


@made_once
def _beginnings() -> dict[str, _Beginning]:
    """The lexicon again, so that a piece which begins fifty names is not held against each of them."""
    found: dict[str, _Beginning] = {}
    for first, group in _lexicon().items():
        longer: dict[str, list[_Lexeme]] = {}
        for each in group:
            if each.width > 1:
                longer.setdefault(each.words[1], []).append(each)
        found[first] = _Beginning(next((each for each in group if each.width == 1), None), longer)
    return found


# --- names that are not declared --------------------------------------------------------------------------------

_PLAIN_FIRST = re.compile(r"[a-z]{2,}(?=[ ,/-]|$)(?!\.)")
_BEFORE_A_NAME = frozenset({"NUM", "STOP_MARK", "LEFT", "RIGHT", "HASH", "NOISE", "DASH", "COLON", "EQUALS"})
"""What may stand before the name with which a line begins: its number in a list, take, a bracket."""
_BETWEEN_NAMES = frozenset({"SLASH", "DASH", "WITH", "AND", "NAME", "SALT"})


@made_once
def _further_by_first() -> dict[str, tuple[str, ...]]:
    """Every further name by its first piece. Read when the first unknown word is met."""
    found: dict[str, list[str]] = {}
    for low in everyday().further:
        plain = _PLAIN_FIRST.match(low)
        pieces = (plain.group(),) if plain else split(low)
        if pieces:
            found.setdefault(pieces[0], []).append(low)
    return {first: tuple(group) for first, group in found.items()}


@remembered(4096)
def _further(first: str) -> tuple[_Lexeme, ...]:
    """The further names that begin with a piece, longest first."""
    found = [_lexeme_of(low, everyday().further[low]) for low in _further_by_first().get(first, ())]
    return tuple(sorted(found, key=lambda each: -each.width))


def _lexeme_of(low: str, further: Further) -> _Lexeme:
    pieces = list(split(low))
    name = further.name
    if name is not None:
        token = Token("NAME", name, " ".join(pieces))
    elif further.resolve == "ask":
        token = Token("UNSAFE", further.says, " ".join(pieces))
    else:
        token = Token("UNKNOWN", None, low)
    ordinary = _lexicon().get(pieces[0], ())
    is_word = any(each.width == 1 and each.token.kind not in ("NAME", "SALT", "UNSAFE") for each in ordinary)
    return _Lexeme(pieces, len(pieces), token, None, head=further.head or is_word)


def _may_begin(found: list[Token]) -> bool:
    """Whether a name may stand next: nothing but a list number or the like is before it, or it joins another name."""
    if all(token.kind in _BEFORE_A_NAME for token in found):
        return True
    return found[-1].kind in _BETWEEN_NAMES and all(t.kind in _BETWEEN_NAMES | _BEFORE_A_NAME for t in found)


def _is_unknown(token: Token) -> bool:
    return token.kind == "UNKNOWN" and token.text[:1].isalpha()


@made_once
def _of_known_words() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Those names of ``OF_KNOWN_WORDS``, in pieces, by their first piece."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for low in OF_KNOWN_WORDS:
        pieces = split(low)
        found.setdefault(pieces[0], []).append(pieces)
    return {first: tuple(group) for first, group in found.items()}


def _holds_known_words(pieces: tuple[str, ...], found: list[Token] | tuple[Token, ...]) -> bool:
    """Whether a line holds one of the names that are made of known words.

    One that begins with a word of directions counts where it is the line, or begins it before a number.
    """
    table = _of_known_words()
    if table.keys().isdisjoint(pieces):
        return False
    for at, piece in enumerate(pieces):
        for words in table.get(piece, ()):
            end = at + len(words)
            if pieces[at:end] != words:
                continue
            is_name = any(each.token.kind in ("NAME", "SALT") for each in _lexicon().get(piece, ()) if each.width == 1)
            is_cut = words[-1] == "-"
            named = is_name and len(words) > 1 and not is_cut
            if named or (at == 0 and (end == len(pieces) or (pieces[end][:1].isdigit() and not is_cut))):
                return any(token.text.partition(" ")[0] in table for token in found)
    return False


def tokens(text: str) -> tuple[tuple[Token, ...], tuple[Oddity, ...]]:
    """The tokens of one line and what is odd about its writing."""
    return tokens_of(fold(text))


def tokens_of(folded: str) -> tuple[tuple[Token, ...], tuple[Oddity, ...]]:
    """The tokens of a line that is folded already, and what is odd about its writing.

    Names that are not declared are looked up only for a line with a word that is not known, or with one of the few
    names that are made of known words.
    """
    found, odd, pieces = _tokens(folded, further=False)
    unknown = "UNKNOWN" in [token.kind for token in found] and any(map(_is_unknown, found))
    if unknown or _holds_known_words(pieces, found):
        return _tokens(folded, further=True)[:2]
    return found, odd


@made_once
def _strengths() -> frozenset[str]:
    """The units of strengths, as they are written."""
    return frozenset(spelling for spelling, unit in SPELLINGS.items() if not unit.is_count)


def _longest(longer: list[_Lexeme], bare: list[str], at: int) -> _Lexeme | None:
    """The first of some lexemes of several pieces that stands at a place."""
    for each in longer:
        if bare[at : at + each.width] == each.words:
            return each
    return None


def _fitting(ordinary: _Lexeme | None, bare: list[str], at: int, found: list[Token]) -> _Lexeme | None:
    """The longest name at a place, or ``ordinary``: a word of directions goes before a further name of its length."""
    piece = bare[at]
    begins = all(token.kind in _BEFORE_A_NAME for token in found)
    # potassium or water, with which a line begins, is what is taken
    least = 0 if ordinary is None or (begins and ordinary.token.kind in ("SALT", "FOOD")) else ordinary.width
    for each in _further(piece):
        if each.width <= least:
            break
        end = at + each.width
        if bare[at:end] != each.words or (each.head and not _may_begin(found)):
            continue
        # a number with a unit after it is a strength, not the end of a name: Gormel 10, and Gormel 10 mg
        if not (bare[end - 1].isdigit() and end < len(bare) and bare[end] in _strengths()):
            return each
    return ordinary


@remembered(256)
def _mark(piece: str) -> Token:
    return Token(_MARKS.get(piece, "UNKNOWN"), None, piece)


def _tokens(folded: str, *, further: bool) -> tuple[tuple[Token, ...], tuple[Oddity, ...], tuple[str, ...]]:
    """The tokens, what is odd, and the bare pieces."""
    beginnings = _beginnings()
    line = pieces_of_line(folded)
    bare = [piece for _, piece in line]
    found: list[Token] = []
    odd: list[Oddity] = []
    at = 0
    while at < len(line):
        kind, piece = line[at]
        lexeme = None
        if (beginning := beginnings.get(piece)) is not None:
            if beginning.longer and at + 1 < len(bare) and (longer := beginning.longer.get(bare[at + 1])):
                lexeme = _longest(longer, bare, at)
            lexeme = lexeme or beginning.alone
        if further:
            lexeme = _fitting(lexeme, bare, at, found)
        if lexeme is not None:
            at += lexeme.width
            found.append(lexeme.token)
            if lexeme.instead is not None:
                text = f'"{lexeme.token.text}" is easily misread; write "{lexeme.instead}"'
                odd.append(Oddity("UNIT-101", text))
            continue
        if kind == "number":
            token, oddity = _number(piece)
            found.append(token)
            if oddity is not None:
                odd.append(oddity)
        elif kind == "mark":
            found.append(_mark(piece))
        elif kind == "date":
            odd.append(Oddity("DIR-005", f'"{piece}" is a date; give days as start and end of the medication'))
        elif kind == "diagnosis":
            # L5 after "for" is a vertebra; T2 anywhere else may be "take 2"
            before = found[-1].kind if found else ""
            told = (before in _BEFORE_DIAGNOSIS or "." in piece) and not (
                before in _MARKS.values() and piece in _CODEINE
            )
            found.append(Token("REASON" if told else "UNKNOWN", None, piece))
        elif kind == "after a word":
            text = f'"{bare[at - 1]}{piece}": a full stop or a decimal point? Write the number after a space'
            odd.append(Oddity("NUM-001", text))
            found.append(Token("NUM", Fraction(0), piece))
        elif kind == "negative":
            odd.append(Oddity("NUM-002", f'"-{bare[at + 1] if at + 1 < len(bare) else ""}": no amount is negative'))
            found.append(Token("DASH", None, "-"))
        elif further and piece in ALL_SALTS and found and found[-1].kind in ("NAME", "SALT"):
            found.append(Token("SALT", piece, piece))
        else:
            found.append(Token("UNKNOWN", None, piece))
        at += 1
    return tuple(found), tuple(odd), tuple(bare)


@remembered(4096)
def _number(piece: str) -> tuple[Token, Oddity | None]:
    """The token of a number, and what is odd about its writing."""
    try:
        value = exact(piece)
    except NotANumber as error:
        naked = error.code == "NUM-001"
        text = f'"{piece}": a decimal point without a zero is easily missed' if naked else str(error)
        return Token("NUM", Fraction(0), piece), Oddity(error.code, text, piece, f"0{piece}" if naked else "")
    odd = None
    if has_trailing_zero(piece):
        plain = piece.rstrip("0").rstrip(".")
        odd = Oddity("NUM-101", f'"{piece}" is easily read tenfold; write "{plain}"')
    return Token("NUM", value, piece), odd
