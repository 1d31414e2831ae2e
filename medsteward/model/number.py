"""Exact numbers at the edges: text to ``Fraction`` and back. Floats never enter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Real
from typing import Any

from medsteward.errors import NotANumber

_PLAIN = re.compile(r"(?P<whole>\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.(?P<decimals>\d{1,9}))?", re.ASCII)
_NAKED_POINT = re.compile(r"\.\d+", re.ASCII)
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}|\d+,\d{4,}|\d{1,3}(?:\.\d{3})+,\d+", re.ASCII)

Ratio = tuple[int, int]
"""A numerator over a denominator."""
ZERO: Ratio = (0, 1)

PLACES = 6
"""Decimal places of every printed number; comparisons use the exact value."""

_LARGEST_EXPONENT = 9
"""Powers of ten in a number from a document; beyond it is no dose."""

_EXACT_AS_FLOAT = 10**15
"""A decimal of up to fifteen digits comes back from a float as it was."""


def is_absent(value: Any) -> bool:
    """Whether a value of another program says that there is none: None, NaN, and what pandas has in their place."""
    if value is None:
        return True
    if isinstance(value, Real):
        return bool(value != value)  # NaN is the one number that is not itself
    kind = type(value).__name__
    return kind in ("NAType", "NaTType") or (kind in ("datetime64", "timedelta64") and str(value) == "NaT")


def why_no_number(value: Any) -> str:
    """What is wrong with a value that ``exact_number`` does not take, and what to write."""
    if isinstance(value, Decimal) and value.is_infinite():
        return _INFINITE
    if isinstance(value, Real) and not isinstance(value, int | Fraction):
        if value in (float("inf"), float("-inf")):
            return _INFINITE
        if float(value) > 0 and len(Decimal(str(value)).as_tuple().digits) > _DIGITS_OF_A_FLOAT:
            return f"is a quotient or a sum with noise; round it, as in {float(value):.6g}"
    return "is a number that is not negative, as in 72 or 0.5"


_INFINITE = "is infinite; leave it out, or write a number, as in 72 or 0.5"
_DIGITS_OF_A_FLOAT = 15
"""Significant digits that a decimal may have and come back from a float as it was."""


def exact(text: str) -> Fraction:
    """Read a number as printed on a prescription: ``5``, ``0.25``, ``1,000``.

    Refuses (``NotANumber``) a naked decimal point, a decimal comma, signs, exponents, words, and more than nine
    digits on either side of the point.
    """
    match = _PLAIN.fullmatch(text)
    if match:
        whole, decimals = match.groups()
        if decimals is None:
            return Fraction(int(whole.replace(",", "")))
        return Fraction(int(whole.replace(",", "") + decimals), 10 ** len(decimals))
    if _NAKED_POINT.fullmatch(text):
        raise NotANumber(text, f'a decimal point without a zero is easily missed; write "0{text}"', "NUM-001")
    if _DECIMAL_COMMA.fullmatch(text):
        raise NotANumber(text, "a comma here could be a decimal or a thousands mark; write a point, as in 2.5")
    raise NotANumber(text, "not a number this program reads; write digits, as in 5 or 0.25")


def exact_number(value: Any) -> Fraction | None:
    """A number of a parser or another program as an exact number that is not negative, or None.

    A float counts by its shortest decimal, as JSON has it: 0.1 is a tenth. One of more than fifteen digits is none that
    anyone wrote, but a quotient that was cut off or a sum with noise: None.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return Fraction(value) if 0 <= value < 10 ** (_LARGEST_EXPONENT + 1) else None
    if isinstance(value, Fraction):
        return value if 0 <= value < 10 ** (_LARGEST_EXPONENT + 1) else None
    if not isinstance(value, Decimal):
        if isinstance(value, Integral):  # of numpy or pandas
            return exact_number(int(value))
        if not isinstance(value, Real):
            return None
        value = Decimal(str(value))  # the shortest decimal
        if value.is_finite() and len(value.as_tuple().digits) > _DIGITS_OF_A_FLOAT:
            return None
    if isinstance(value, Decimal) and value.is_finite() and value >= 0:
        digits = len(value.as_tuple().digits)
        if abs(value.adjusted()) <= _LARGEST_EXPONENT and digits <= 2 * _LARGEST_EXPONENT:
            return Fraction(value)
    return None


def has_trailing_zero(text: str) -> bool:
    """Whether a number ends in a needless zero after the point (``5.0`` is easily read as 50)."""
    return "." in text and text.endswith("0")


def rounded(value: Fraction, places: int = PLACES) -> Fraction:
    """``value`` (not negative) rounded half up to ``places`` decimal places, still exact."""
    return Fraction(_last_places(value, places), 10**places)


def _last_places(value: Fraction, places: int) -> int:
    """How many of the last decimal place ``value`` is, half up: 96350000 at six places for 96.35."""
    numerator, denominator = value.as_integer_ratio()
    scale: int = 10**places
    return (2 * numerator * scale + denominator) // (2 * denominator)


def added(values: Iterable[Ratio]) -> Ratio:
    """The exact sum, not reduced: ``sum`` of fractions would reduce at every step."""
    top, bottom = 0, 1
    for numerator, denominator in values:
        if denominator == bottom:
            top += numerator
        else:
            top, bottom = top * denominator + numerator * bottom, bottom * denominator
    return top, bottom


def decimal_text(value: Fraction, places: int = PLACES, *, thousands: bool = False) -> str:
    """``value`` (not negative) as decimal text, half up, no trailing zeros: ``96.35``, ``0.5``, ``5``."""
    if value.denominator == 1:
        return f"{value.numerator:,}" if thousands else str(value.numerator)
    whole, decimals = divmod(_last_places(value, places), 10**places)
    head = f"{whole:,}" if thousands else str(whole)
    tail = f"{decimals:0{places}d}".rstrip("0") if decimals else ""
    return f"{head}.{tail}" if tail else head


def json_number(value: Fraction) -> int | float:
    """``value`` as the JSON number nearest to its exact decimal of at most six places, half up."""
    scale: int = 10**PLACES
    places = _last_places(value, PLACES)
    return places / scale if places % scale else places // scale


def exact_json(value: Fraction) -> int | float | str:
    """``value`` for JSON without loss: a number where it is a decimal of at most six places, else ``"1/3"``.

    A float is given only where its shortest text is the decimal itself, so reading it as a decimal gives ``value``.
    """
    if value.denominator == 1:
        return value.numerator
    millionths = value * 10**PLACES
    if millionths.denominator == 1 and abs(millionths) < _EXACT_AS_FLOAT:
        return float(value)
    return f"{value.numerator}/{value.denominator}"
