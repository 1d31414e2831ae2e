"""The number of a line in a list ("4.", "(3)", "Rx 4:"), which is no dose: it is set aside, or asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from medsteward.model.unit import Unit
from medsteward.readers.directions.tokens import Token
from medsteward.thresholds import whole

_LONGEST = whole("list_number_up_to")
"""The highest number of a line in a list that is set aside without asking."""
_LEADS = frozenset({"rx", "med", "meds", "medication", "drug", "item", "order", "line", "prescription", "script", "nr"})
"""Words that may stand before the number of a line."""
_MARKS = frozenset({"STOP_MARK", "RIGHT", "COLON", "SLASH", "COMMA", "SEMICOLON", "DASH"})
_BETWEEN_NUMBERS = frozenset({"STOP_MARK", "RIGHT", "COLON"})
"""Marks that end the number of a line even where another number follows: "2. 5 mg"."""
_ASKED = frozenset({",", ";", "&", "+", "*", "=", "~", "°", "(", "[", "|", "_", "^", "·", "•"})
_OF_A_DOSE = frozenset(
    {
        *("MASS", "VOLUME", "COUNT", "TIME", "TIMES", "X", "DAILY", "WEEKLY", "FREQUENCY", "AMPM", "FRACTION", "DOSES"),
        *("PERCENT", "MONTH", "INTERNATIONAL", "HOUSEHOLD", "TO", "OR", "A", "PER", "MOMENT", "WEEKDAY", "NUM", "FORM"),
    }
)
"""What may follow a number and a mark where the number is a dose after all: "2-tablets", "12-hour", "1, at night"."""
_OF_A_SCHEDULE = frozenset({"EVERY", "PRN", "AT", "IN", "ROUTE", "MEALS", "UPTO", "LIMIT", "SUPPLY", "REFILL"})
"""After "2," these may belong to a dose as well as to a line of a list: that is asked about."""
_OF_A_NAME = frozenset({"NAME", "SALT", "RELEASE", "NOISE", "UNSAFE"})
_BEFORE_A_NAME = frozenset({"FORM", "TO", "OR", "A", "PER"})
"""Words that make no dose of a number where a name follows them: "4, cream oxycodone"."""
_MINUTES = frozenset({"00", "15", "30", "45"})
_AFTER_AN_AMOUNT = frozenset({"MASS", "COUNT", "VOLUME", "DASH", "SLASH", "TIME"})
_HOLDING = frozenset({"containing", "which contain"})
_TENFOLD = 10
_OTHER = "other words"

_TWO_NUMBERS = re.compile(r"([1-9]\d?)\.(\d{1,3})")
GLUED = re.compile(r"\s*\d{1,3}[a-z]")
"""A number that is glued to a word."""
SPACED_DASH = re.compile(r"\s*\d{1,2}-\s+(?=\d)")
"""A number with a dash that is glued to it and parted from the next number: "2- 30 mg"."""
SPACED_SLASH = re.compile(r"\s*\d{1,2}/\s+(?=\d)")
"""The same with a slash: "1/ 2 tablets" may be half a tablet, or line 1 and two tablets."""


@frozen
class Glued:
    """An amount that may be the number of a line and an amount: its text, both numbers, its value and its unit.

    ``likely``: how it is written speaks for the number of a line, "4.20 mg" and "4.3-5 mg".
    """

    text: str
    first: int
    second: int
    value: Fraction
    unit: Unit
    likely: bool = False


def without_list_number(tokens: Sequence[Token], folded: str) -> tuple[tuple[Token, ...], str]:
    """The tokens of a folded line without its number, and that number where it could be meant for a count of doses.

    A number with a mark before a name is the number of a line, or else a word that is not understood; it is never a
    dose.
    """
    found = tuple(tokens)
    rest, lead = _after_lead(found)
    if lead is None:
        return found, ""
    before = found[: len(found) - len(rest)]
    width, marks = _numbered(rest)
    after = rest[width:]
    clear = set(marks) <= _MARKS and _is_number_of_line(rest) and lead != _OTHER
    if not width:
        led = lead not in ("", _OTHER) and len(rest) > 1 and rest[1].kind not in _OF_A_DOSE
        lettered = len(rest) > 2 and rest[1].text == "a" and rest[2].kind in _OF_A_NAME
        glued = bool(GLUED.match(folded)) and not lead and len(rest) > 1 and rest[1].kind in _OF_A_NAME
        if rest[0].kind == "NUM" and (led or glued or lettered):
            return (*before, _asked(rest[: 1 + lettered]), *rest[1 + lettered :]), ""
        return found, ""
    if marks == ["DASH"] and not lead and SPACED_DASH.match(folded):
        return _spaced(rest, after)
    if marks == ["SLASH"] and not lead and SPACED_SLASH.match(folded):
        return (_asked(rest[:width]), *after), ""
    second = _numbered(after)[0]
    if second and _is_number_of_line(after) and after[second:] and after[second].kind not in _OF_A_DOSE:
        return (*before, _asked((*rest[:width], *after[:second])), *after[second:]), ""
    if not after or after[0].kind in _OF_A_DOSE:
        amount_next = len(after) > 1 and after[0].kind == "NUM" and after[1].kind in _AFTER_AN_AMOUNT
        amount_next |= len(after) > 1 and after[0].text.isalpha() and after[0].kind == after[1].kind == "NUM"
        if amount_next and clear and marks[-1] in _BETWEEN_NUMBERS and "DASH" not in marks and rest[0].kind != "LEFT":
            return after, ""
        if amount_next and marks in (["COMMA"], ["SEMICOLON"]):
            return (*before, _asked(rest[:width]), *after), ""
        held = len(after) > 1 and after[0].kind in ("COUNT", "FORM") and after[1].text in _HOLDING
        if held and marks and marks[-1] in _BETWEEN_NUMBERS:
            return (*before, _asked(rest[:width]), *after), ""  # "4. tablets containing ..." is no dose of 4
        if after and _is_marked_as_of_a_list(rest, marks, after, lead):
            return (*before, _asked(rest[:width]), *after), ""
        return found, ""
    if clear and not (marks == ["COMMA"] and after[0].kind in _OF_A_SCHEDULE):
        return after, ""
    return (*before, _asked(rest[:width]), *after), ""


def glued_amount(tokens: Sequence[Token]) -> Glued | None:
    """The amount that begins a line where it may be two numbers: "4.10 mg" may be line 4, and 10 mg.

    None: there is none. A number that begins with 0 or has no unit, and one behind a name, is none.
    """
    if next((token.kind for token in tokens if token.kind != "NOISE"), "") != "NUM":
        return None
    said = [token for token in tokens if token.kind != "NOISE"][:4]
    if len(said) < 2 or said[0].kind != "NUM" or not (found := _TWO_NUMBERS.fullmatch(said[0].text)):
        return None
    ranged = len(said) > 3 and said[1].kind in ("DASH", "TO") and said[2].kind == "NUM"
    likely = ranged or found[2].endswith("0")
    if ranged:
        said = [said[0], *said[3:]]
    unit = said[1].unit if said[1].kind == "MASS" else None
    if unit is not Unit.MG and unit is not Unit.MCG:
        return None
    if unit is Unit.MCG and len(said) == 4 and (said[2].kind, said[3].text[:1]) in (("SLASH", "h"), ("PER", "h")):
        return Glued(said[0].text, int(found[1]), int(found[2]), said[0].number, Unit.MCG_PER_H)
    return Glued(said[0].text, int(found[1]), int(found[2]), said[0].number, unit, likely)


def _after_lead(tokens: tuple[Token, ...]) -> tuple[tuple[Token, ...], str | None]:
    """The tokens from the first number on, and what leads up to it: nothing, a word of lists, or ``_OTHER``.

    None: no number leads the line.
    """
    at, lead = 0, ""
    while at < len(tokens) and tokens[at].kind not in ("NUM", "LEFT"):
        token = tokens[at]
        if token.text in _LEADS or (token.kind == "HASH" and lead):
            lead = lead or token.text
        elif token.kind == "NOISE":
            lead = _OTHER
        else:
            return tokens, None
        at += 1
    return tokens[at:], lead if at < len(tokens) else None


def _numbered(tokens: Sequence[Token]) -> tuple[int, list[str]]:
    """How many tokens are a number with its marks, and the kinds of the marks; 0: they are not."""
    at = 0
    opened = bool(tokens) and tokens[0].kind == "LEFT"
    at += opened
    if at >= len(tokens) or tokens[at].kind != "NUM":
        return 0, []
    at += 1
    if at + 1 < len(tokens) and _is_letter(tokens[at]) and tokens[at + 1].kind in _MARKS:
        at += 1  # "2a." and "2b)"
    marks: list[str] = []
    while at < len(tokens) and (tokens[at].kind in _MARKS or (tokens[at].text in _ASKED and not opened)):
        if tokens[at].text in ("(", "[") and (at + 1 >= len(tokens) or tokens[at + 1].kind != "NAME"):
            break
        marks.append(tokens[at].kind)
        at += 1
    if not marks or (opened and "RIGHT" not in marks):
        return 0, []
    return at, marks


def _is_letter(token: Token) -> bool:
    return len(token.text) == 1 and token.text.isalpha() and token.kind in ("A", "UNKNOWN")


def _is_number_of_line(tokens: Sequence[Token]) -> bool:
    number = tokens[1 if tokens[0].kind == "LEFT" and len(tokens) > 1 else 0]
    return number.text.isdigit() and number.number <= _LONGEST


def _asked(tokens: Sequence[Token]) -> Token:
    """A number that could be a dose or the number of a line: a word that is not understood."""
    return Token("UNKNOWN", None, "".join(token.text for token in tokens))


def _is_marked_as_of_a_list(rest: Sequence[Token], marks: Sequence[str], after: Sequence[Token], lead: str) -> bool:
    """Whether a number is marked as that of a line, although words of a dose follow: "4. cream", "(3) films", "6: to".

    Behind "take", and with a dash or a comma, only small words or a form before a name tell that: "2-tablets" and
    "take (2) tablets" are doses, "1, at night" may be one. "8:00" is a time.
    """
    if lead != _OTHER and marks[-1] in _BETWEEN_NUMBERS:
        return not (marks == ["COLON"] and after[0].text in _MINUTES)
    at = 0
    while at < len(after) and after[at].kind in _BEFORE_A_NAME:
        at += 1
    return 0 < at < len(after) and after[at].kind in _OF_A_NAME and "RIGHT" not in marks


def _spaced(rest: tuple[Token, ...], after: tuple[Token, ...]) -> tuple[tuple[Token, ...], str]:
    """A dash that is glued to the number: "2- 30 mg" is the second line of a list, "5- 10 mg" may be a range."""
    if len(after) < 2 or after[0].kind != "NUM" or after[1].kind != "MASS":
        return rest, ""
    first, second = rest[0].number, after[0].number
    if _is_number_of_line(rest) and second >= first * _TENFOLD:
        return after, f"{rest[0].text}-"
    return (_asked((*rest[:2], after[0])), *after[1:]), ""
