"""Where each word of a PDF stands, as poppler reads it: what lies over what, and what runs into the margin."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from html import unescape

from attrs import frozen

PDFTOTEXT = shutil.which("pdftotext")
_PAGE = re.compile(r"<page .*?</page>", re.S)
_WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
_SHARED = 2.0
"""Points that two words may share: letters lean over, and boxes of words are as high as the type."""


@frozen
class Word:
    """A word with its box, in points from the top left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def words_of_pdf(data: bytes) -> list[list[Word]]:
    """The words of each page."""
    assert PDFTOTEXT
    done = subprocess.run([PDFTOTEXT, "-bbox", "-", "-"], input=data, capture_output=True, check=True, timeout=60)
    return [
        [Word(unescape(text), *map(float, place)) for *place, text in _WORD.findall(page)]
        for page in _PAGE.findall(done.stdout.decode())
    ]


def overlapping(words: Sequence[Word]) -> Iterator[tuple[Word, Word]]:
    """Pairs of words of which one is set over the other."""
    for place, one in enumerate(words):
        for other in words[place + 1 :]:
            across = min(one.right, other.right) - max(one.left, other.left)
            down = min(one.bottom, other.bottom) - max(one.top, other.top)
            if across > _SHARED and down > 0.45 * min(one.bottom - one.top, other.bottom - other.top):
                yield one, other
