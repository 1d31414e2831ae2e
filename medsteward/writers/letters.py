"""Which letters a font of ours has, so that text from outside can be set in it: a PDF with a letter missing is refused.

What the font lacks is set without its accents where that helps, and else as a question mark, never as nothing.
"""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

MISSING = "?"
_UNICODE = {(3, 1), (0, 3), (0, 4), (3, 10)}
"""Platform and encoding of the character maps that are by Unicode."""


@cache
def letters_of(font: Path) -> frozenset[int]:
    """The code points that a TrueType font has, by its character map of format 4 (the basic multilingual plane)."""
    data = font.read_bytes()
    (count,) = struct.unpack_from(">H", data, 4)
    tables = {data[at : at + 4]: struct.unpack_from(">I", data, at + 8)[0] for at in range(12, 12 + 16 * count, 16)}
    start = tables[b"cmap"]
    (maps,) = struct.unpack_from(">H", data, start + 2)
    for number in range(maps):
        platform, encoding, offset = struct.unpack_from(">HHI", data, start + 4 + 8 * number)
        at = start + offset
        if (platform, encoding) in _UNICODE and struct.unpack_from(">H", data, at)[0] == 4:
            return frozenset(_of_format_4(data, at))
    raise ValueError(f"{font.name} has no character map of format 4")


def _of_format_4(data: bytes, at: int) -> set[int]:
    """The code points of a character map whose segments have an end, a start, a delta and an offset each."""
    count = struct.unpack_from(">H", data, at + 6)[0] // 2

    def column(place: int) -> tuple[int, ...]:
        return struct.unpack_from(f">{count}H", data, at + 14 + 2 * count * place + (2 if place else 0))

    found = set()
    for place, (end, first, delta, offset) in enumerate(zip(*map(column, range(4)), strict=True)):
        for code in range(first, min(end, 0xFFFE) + 1):
            glyph = code
            if offset:
                where = at + 16 + 2 * (3 * count + place) + offset + 2 * (code - first)
                (glyph,) = struct.unpack_from(">H", data, where)
            if (glyph + delta) % 0x10000 if glyph or not offset else 0:
                found.add(code)
    return found


def set_in(text: str, font: Path) -> str:
    """Text in letters that a font has."""
    known = letters_of(font)
    composed = unicodedata.normalize("NFC", text)
    return "".join(each if ord(each) in known else _plainer(each, known) for each in composed)


def _plainer(letter: str, known: frozenset[int]) -> str:
    if letter.isspace() or not letter.isprintable():
        return " "
    if unicodedata.combining(letter):
        return ""
    base = "".join(each for each in unicodedata.normalize("NFKD", letter) if ord(each) in known)
    return base or MISSING


def all_set_in(value: Any, font: Path) -> Any:
    """A document of JSON values with every text in letters that a font has; its keys stay."""
    if isinstance(value, str):
        return set_in(value, font)
    if isinstance(value, list | tuple):
        return [all_set_in(each, font) for each in value]
    if isinstance(value, dict):
        return {key: all_set_in(each, font) for key, each in value.items()}
    return value
