"""Times of day as they stand in charts, written out: "0800 1400 2000" and "@ 8a and 8p"."""

from __future__ import annotations

import re

_HALF = r"(?:1[0-2]|[1-9])(?::[0-5]\d)?[ap]\b"
_HALVES = re.compile(rf"(?:@|\bat)\s?{_HALF}(?:(?:\s?(?:,|&|/|\band\b))+\s?(?:@|\bat\b)?\s?{_HALF})*")
_GLUED = re.compile(r"(?<=\d)[ap]\b")
_CLOCK = r"(?:[01]\d|2[0-3])(?:00|15|30|45)|2400"
_CLOCKS = re.compile(
    rf"(?<![\d.,/:#-])(?:{_CLOCK})(?:(?:\s?(?:[,/&]|\band\b))*\s?(?:{_CLOCK})){{2,}}(?![\d.,:/-]|\s?(?:mc?g|ml|g|tab|cap|%))"
)
_DIGITS = re.compile(r"\d{4}")
_END_OF_DAY = ("0000", "2400")


def with_clocks(plain: str) -> str:
    """A folded line with its times of day written out: ``08:00, 14:00, 20:00``, ``at 8am``.

    Three or more times without a colon are such only where each is later than the one before it.
    """
    if "@" in plain or "at" in plain:
        plain = _HALVES.sub(lambda found: _GLUED.sub(lambda half: f" {half[0]}m", found[0].replace("@", "at")), plain)
    return _CLOCKS.sub(_written_out, plain)


def _written_out(found: re.Match[str]) -> str:
    times = _DIGITS.findall(found[0])
    later = times[:-1] if times[-1] in _END_OF_DAY else times
    if later != sorted(set(later)) or "2400" in later:
        return found[0]
    return ", ".join(f"{each[:2].replace('24', '00')}:{each[2:]}" for each in times)
