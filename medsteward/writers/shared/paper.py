"""How much room text takes on a sheet of paper, before a browser prints it: by the widths of one family of letters."""

from __future__ import annotations

FONTS = "Arial, 'Liberation Sans', 'Helvetica Neue', Helvetica, 'Noto Sans', sans-serif"
"""Letters of the same width on nearly every machine: how many lines a text takes is then known before it is printed."""

LETTER = (612, 792)
"""A letter page in points: across and down."""

MM = 72 / 25.4
"""A millimetre in points."""

_NARROW, _BROAD = frozenset("ijlftrI.,:;()[]/'| -"), frozenset("mwMW%@")
_USUAL = 0.56
"""The width of most letters and figures in ems, as in Arial; narrow ones take less, broad ones and capitals more."""

BOLD = 1.08
"""How much wider bold letters are."""


def ems(text: str) -> float:
    """How wide a text is, in ems."""
    return sum(
        0.34 if each in _NARROW else 0.9 if each in _BROAD else 0.72 if each.isupper() else _USUAL for each in text
    )


def lines(text: str, size: float, width: float) -> int:
    """How many lines a text takes in a width, broken between words; inside one that is wider than it."""
    count, used, room = 1, 0.0, max(width / size, 1.0)
    for word in text.split():
        wide = ems(word)
        if used and used + ems(" ") + wide > room:
            count, used = count + 1, 0.0
        count, used = count + int(wide / room), (used + ems(" ") if used else 0.0) + wide % room
    return count
