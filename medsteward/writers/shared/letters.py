"""Which letters our fonts have, so that text from outside can be set in them: a PDF with a letter missing is refused.

The list, ``fonts/letters.txt``, is made from the fonts with ``make letters``. What they lack is set without its accents
where that helps, and else as a question mark, never as nothing.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

from medsteward.caches import remembered

MISSING = "?"
LIST = "letters.txt"


@remembered(1024)
def letters_in(folder: Path) -> frozenset[int]:
    """The code points that every font of a folder has, from the list beside them: a span of hexadecimals a line."""
    spans = (line.partition("-") for line in (folder / LIST).read_text(encoding="ascii").split())
    return frozenset(code for low, _, high in spans for code in range(int(low, 16), int(high or low, 16) + 1))


def set_in(text: str, folder: Path) -> str:
    """Text in letters that the fonts of a folder have."""
    known = letters_in(folder)
    composed = unicodedata.normalize("NFC", text)
    return "".join(each if ord(each) in known else _plainer(each, known) for each in composed)


def _plainer(letter: str, known: frozenset[int]) -> str:
    if letter.isspace() or not letter.isprintable():
        return " "
    if unicodedata.combining(letter):
        return ""
    base = "".join(each for each in unicodedata.normalize("NFKD", letter) if ord(each) in known)
    return base or MISSING


def all_set_in(value: Any, folder: Path) -> Any:
    """A document of JSON values with every text in letters that the fonts of a folder have; its keys stay."""
    if isinstance(value, str):
        return set_in(value, folder)
    if isinstance(value, list | tuple):
        return [all_set_in(each, folder) for each in value]
    if isinstance(value, dict):
        return {key: all_set_in(each, folder) for key, each in value.items()}
    return value
