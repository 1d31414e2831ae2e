"""National Drug Codes: the ways they are written, and the one way of eleven digits that claims use.

A label prints ten digits in three segments, 4-4-2, 5-3-2 or 5-4-1; claims use eleven, 5-4-2, the short segment filled
with a zero. Without hyphens ten digits can be any of three codes. Six-digit labelers are foreseen in 21 CFR 207.33;
until they are given out, only those that begin with 0 are read.
"""

from __future__ import annotations

import re

from attrs import frozen

SEGMENTS = (5, 4, 2)
"""Digits of labeler, product and package in the form of eleven digits."""
DIGITS = sum(SEGMENTS)

_MAX = 40
_HYPHENATED = re.compile(r"([\d*]{1,6})-([\d*]{1,4})-([\d*]{1,2})", re.ASCII)
_PLAIN = re.compile(r"[\d*]+", re.ASCII)
_FEWEST = 7
"""Digits that a code of eleven keeps when a spreadsheet drops its leading zeros: labelers begin at 00002."""


@frozen
class Ndc:
    """What a written NDC stands for.

    ``code`` are its eleven digits, None where it cannot be told; ``wrong`` then says why, and ``candidates`` what it
    could be. ``filled``: zeros were added that the usual ways of writing do not leave out.
    """

    written: str
    code: str | None
    wrong: str = ""
    candidates: tuple[str, ...] = ()
    filled: bool = False


def read_ndc(text: str) -> Ndc:
    """Read an NDC: ``0574-4072-05``, ``51655-089-52``, ``58118-1397-3``, ``00574-4072-05``, ``00574407205``.

    An asterisk stands for a zero that fills a segment. A segment that lost zeros is filled again (``filled``), and so
    is a number of 7 or 8 digits. Refused, with candidates: ten or nine digits without hyphens.

    >>> read_ndc("0574-4072-05").code
    '00574407205'
    >>> read_ndc("5744072051").candidates
    ('05744072051', '57440072051', '57440720501')
    """
    plain = text.strip()
    shown = plain[:_MAX]
    if len(plain) > _MAX:
        return Ndc(shown, None, "an NDC has ten or eleven digits")
    segments = _HYPHENATED.fullmatch(plain)
    if segments:
        return _of_segments(shown, segments.groups())
    if not _PLAIN.fullmatch(plain):
        return Ndc(shown, None, "an NDC is digits in three groups, as in 0574-4072-05, or eleven digits")
    return _of_digits(shown, plain)


def _of_segments(written: str, segments: tuple[str, ...]) -> Ndc:
    if any("*" in segment[1:] for segment in segments):
        return Ndc(written, None, "an asterisk stands only at the front of a group, in place of a zero")
    labeler, product, package = (segment.replace("*", "0") for segment in segments)
    if len(labeler) == SEGMENTS[0] + 1:
        if labeler[0] != "0":
            return Ndc(written, None, "labelers of six digits are not in use yet; check the number")
        labeler = labeler[1:]
    lengths = (len(labeler), len(product), len(package))
    usual = lengths in {(4, 4, 2), (5, 3, 2), (5, 4, 1), SEGMENTS}
    code = labeler.zfill(SEGMENTS[0]) + product.zfill(SEGMENTS[1]) + package.zfill(SEGMENTS[2])
    return _checked(written, code, filled=not usual)


def _of_digits(written: str, plain: str) -> Ndc:
    starred = [at for at, character in enumerate(plain) if character == "*"]
    if starred and not (len(plain) == DIGITS and set(starred) <= {0, SEGMENTS[0], DIGITS - SEGMENTS[2]}):
        return Ndc(written, None, "an asterisk stands only in place of a zero that fills a group; write eleven digits")
    digits = plain.replace("*", "0")
    if len(digits) == DIGITS:
        return _checked(written, digits)
    if len(digits) == DIGITS + 1 and digits[0] == "0":
        return _checked(written, digits[1:])
    if len(digits) == DIGITS - 1:
        ways = (f"0{digits}", f"{digits[:5]}0{digits[5:]}", f"{digits[:9]}0{digits[9:]}")
        wrong = "ten digits without hyphens can be several codes; write the hyphens or eleven digits"
        return Ndc(written, None, wrong, tuple(dict.fromkeys(ways)))
    if len(digits) == DIGITS - 2:
        wrong = "nine digits are a product without its package, or lost two zeros; write eleven digits"
        return Ndc(written, None, wrong, (f"00{digits}",))
    if _FEWEST <= len(digits) < DIGITS - 2:
        return _checked(written, digits.zfill(DIGITS), filled=True)
    return Ndc(written, None, f"an NDC has ten or eleven digits, not {len(digits)}")


def _checked(written: str, code: str, *, filled: bool = False) -> Ndc:
    if set(code[: SEGMENTS[0]]) == {"0"}:
        return Ndc(written, None, "a labeler of zeros is none")
    return Ndc(written, code, filled=filled)
