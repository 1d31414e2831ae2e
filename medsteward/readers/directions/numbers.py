"""Numbers of several tokens, which become one before the phrases are read: 1 1/2 tablets, half a tablet, 8 am."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction

from medsteward.model.unit import Unit
from medsteward.readers.directions.meanings import ONE, numbers_of, words_of
from medsteward.readers.directions.tokens import Token

_MOST_WHOLE = 9
"""The most whole tablets beside a part of one: more is a strength."""


def whole_and_half(tokens: Sequence[Token]) -> Token | None:
    """1 and a half."""
    whole = tokens[0].number
    if len(numbers_of(tokens)) == 2 and numbers_of(tokens)[1] != 1:
        return None
    if whole > _MOST_WHOLE or whole.denominator != 1:
        return None  # "10/325 and half a tablet"
    return Token("NUM", whole + tokens[-1].number, words_of(tokens))


def said_twice(tokens: Sequence[Token]) -> Token | None:
    """4 (four), one (1): the same number in two writings."""
    return tokens[0] if tokens[0].value == tokens[2].value else None


def small_fraction(above: Fraction, below: Fraction) -> Fraction | None:
    """A half, a third, a quarter; other fractions are none of a tablet."""
    return above / below if 0 < above < below and below in {2, 3, 4} else None


def fraction(tokens: Sequence[Token]) -> Token | None:
    """1/2 of a tablet."""
    above, below = numbers_of(tokens)
    value = small_fraction(above, below)
    return None if value is None else Token("NUM", value, words_of(tokens))


def mixed(tokens: Sequence[Token]) -> Token | None:
    """1 1/2 tablets."""
    whole, above, below = numbers_of(tokens)
    value = small_fraction(above, below)
    if value is None or whole > _MOST_WHOLE or whole.denominator != 1:
        return None
    return Token("NUM", whole + value, words_of(tokens))


def share(tokens: Sequence[Token]) -> Token | None:
    """Half a tablet."""
    whole = numbers_of(tokens) or [ONE]
    value = whole[0] * next(token.number for token in tokens if token.kind == "FRACTION")
    return Token("NUM", value, words_of(tokens)) if value < 1 and whole[0].denominator == 1 else None


def not_understood(tokens: Sequence[Token]) -> Token:
    """A number that could be a time of day or an amount."""
    return Token("UNKNOWN", None, words_of(tokens))


def clock(tokens: Sequence[Token]) -> Token | None:
    """A time of day: 8 am, 20:00. A dose time, never an amount."""
    numbers = numbers_of(tokens)
    if len(tokens) == 1:
        if not re.fullmatch(r"[0-2]\d[0-5]\d", tokens[0].text):
            return None
        numbers = [Fraction(int(tokens[0].text[:2])), Fraction(int(tokens[0].text[2:]))]
    afternoon = any(token.text.startswith("p") for token in tokens)
    limit = 12 if any(token.kind == "AMPM" for token in tokens) else 23
    if numbers[0] > limit or numbers[0].denominator != 1 or (numbers[1:] and numbers[1] > 59):
        return None
    hour = int(numbers[0]) % 12 + (12 if afternoon else 0) if limit == 12 else int(numbers[0])
    minutes = int(numbers[1]) if numbers[1:] else 0
    return Token("MOMENT", f"{hour:02d}:{minutes:02d}", words_of(tokens))


def roman(tokens: Sequence[Token]) -> Token:
    """i, ii, T, TT: a count as prescribers strike it, where a count can stand."""
    return Token("NUM", tokens[0].number, tokens[0].text)


def release_mark(tokens: Sequence[Token]) -> Token:
    """PR beside the name of a drug: prolonged release. Elsewhere it is read as the route."""
    return Token("RELEASE", "ER", tokens[0].text)


def pieces(tokens: Sequence[Token]) -> Token:
    """2 pills: two of the product, whatever it is."""
    return Token("NUM", tokens[0].number, words_of(tokens))


Join = Callable[[Sequence[Token]], Token | None]

_COUNTED_CODES = {
    "t": Unit.TABLET,
    "ts": Unit.TABLET,
    "tt": Unit.TABLET,
    "c": Unit.CAPSULE,
    "cs": Unit.CAPSULE,
}


def without_codes(tokens: Sequence[Token]) -> list[Token]:
    """The codes of pharmacies written out: "TK 1 T PO Q 6 H PRN P", where "TK" says that it is that, and "1T PO"."""
    texts = [token.text for token in tokens]
    coded = "tk" in texts
    if not coded and _COUNTED_CODES.keys().isdisjoint(texts):
        return list(tokens)
    plain: list[Token] = []
    for at, token in enumerate(tokens):
        last = plain[-1].kind if plain else ""
        by_mouth = texts[at + 1 : at + 2] == ["po"]
        if coded and token.text == "tk":
            token = Token("NOISE", None, token.text)
        elif last == "NUM" and token.text in _COUNTED_CODES and (coded or by_mouth):
            token = Token("COUNT", _COUNTED_CODES[token.text], token.text)
        elif coded and last in ("PRN", "FOR") and token.text == "p":
            token = Token("REASON", None, token.text)
        plain.append(token)
    return plain


_BEFORE_A_COUNT = "NAME|SALT|MASS|COUNT|FORM|RELEASE|NOISE|COMMA|RIGHT|COLON|SEMICOLON|ROUTE|DASH|TO|OR|STOP_MARK"
_AFTER_A_COUNT = "ROUTE|EVERY|FREQUENCY|DAILY|ONCE|NUM TIMES|NUM X|NUM? HOURLY|AT|IN|MOMENT|WITH"

NUMBERS: tuple[tuple[str, Join], ...] = (
    ("ROMAN (?=COUNT|PIECE)", roman),
    ("(?<=COUNT) ROMAN", roman),
    (f"(?<={_BEFORE_A_COUNT}) ROMAN (?={_AFTER_A_COUNT})", roman),
    (f"(?<=(?:DASH|SLASH) NUM) ROMAN (?={_AFTER_A_COUNT})", roman),
    (f"ROMAN (?=(?:DASH|TO|OR) NUM (?:COUNT|PIECE|{_AFTER_A_COUNT}))", roman),
    ("(?<=COUNT NUM (?:DASH|TO|OR)) ROMAN", roman),
    # "i" may be a person, "t" anything
    ("ROMAN", lambda t: Token("UNKNOWN", None, t[0].text)),
    ("(?<=NAME|SALT) PR", release_mark),
    ("NUM LEFT NUM RIGHT", said_twice),
    ("NUM AND NUM DASH? FRACTION", whole_and_half),
    ("NUM AND A? FRACTION", whole_and_half),
    ("NUM DASH FRACTION", share),
    ("(?<!SLASH)(?<!DASH) NUM (?:AND|DASH)? NUM SLASH NUM (?=A?(?:COUNT|PIECE)|(?:DASH|TO|OR)NUM)", mixed),
    ("NUM SLASH NUM (?=OF?A?(?:COUNT|PIECE)|(?:DASH|TO|OR)NUM)", fraction),
    ("NUM SLASH NUM OF? A (?=COUNT|PIECE)", fraction),
    ("(?<=MOMENT (?:AND|COMMA)) NUM SLASH NUM (?=AT|IN)", fraction),
    ("(?<!EVERY) NUM? FRACTION OF? A? (?=COUNT|PIECE)", share),
    ("(?<!EVERY) A? FRACTION OF? A? (?=COUNT|PIECE)", share),
    ("(?<!NUM) A? FRACTION (?=(?:DASH|TO|OR) NUM (?:COUNT|PIECE))", share),
    (f"(?<!NUM) A? FRACTION (?={_AFTER_A_COUNT})", share),
    ("A (?=COUNT|PIECE)", lambda t: Token("NUM", Fraction(1), "1")),
    ("NUM PIECE", pieces),
    ("NUM COLON NUM AMPM?", clock),
    ("(?<=GIVEN) NUM AMPM?", clock),
    # "1 AM, 2 PM" can be one in the morning and two in the evening: a clock follows "at", a dose or another clock
    ("(?<=AT) NUM AMPM?", clock),
    ("(?<=COUNT) NUM AMPM", clock),
    ("(?<=MOMENT) NUM AMPM", clock),
    ("(?<=MOMENT (?:AND|COMMA|SLASH|SEMICOLON|DASH|WITH)) NUM AMPM?", clock),
    ("(?<=MOMENT (?:AND|COMMA)) NUM (?=COMMA|AND|SLASH|MOMENT)", not_understood),
    ("(?<=MOMENT COMMA AND) NUM AMPM?", clock),
    ("(?<=AMPM (?:AND|COMMA)) NUM AMPM", not_understood),
    (
        "(?<=MASS|VOLUME) NUM AMPM",
        lambda t: clock(t) if t[0].number > 3 else not_understood(t),
    ),
    ("NUM AMPM", lambda t: clock(t) if t[0].number > 3 else None),
)
