"""Sentences of pages and texts, and how long they are.

A sentence ends with a point, a question mark, an exclamation mark or a colon; in a cell of a table and in a message,
where parts are listed, with a semicolon too. Code, links and titles count as a word; a row of names counts as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST = 25
"""Words of a sentence."""

_ENDS = re.compile(r"(?<=[.?!])[\")]?\s+(?=medsteward|[A-Z\"`(0-9x-])|(?<=:)\s+")
_PARTS = re.compile(_ENDS.pattern + r"|(?<=;)\s+")
_CODES = re.compile(r"(?:\b(?:DDI-|DDC-|HAZ-)?\d{3}\b(?:, | and | to )?)+")
_NAMES = re.compile(r"\b[\w./-]+(?:, [\w./-]+){5,}(?: (?:and|or) [\w./-]+)?")


def blocks(text: str) -> Iterator[tuple[str, bool]]:
    """Paragraphs, points, headings and cells of a Markdown page, each with whether it is a cell."""
    text = re.sub(r"<!--.*?-->", "", re.sub(r"```.*?```", "\n\n", text, flags=re.DOTALL), flags=re.DOTALL)
    kept: list[str] = []
    for line in [*text.splitlines(), ""]:
        said = line.strip()
        point = re.match(r"(?:[-*]|\d+\.) ", said)
        if (not said or said[0] in "|#" or point) and kept:
            yield " ".join(kept), False
            kept = []
        if said.startswith("|"):
            yield from ((cell.strip(), True) for cell in re.split(r"(?<!\\)\|", said) if cell.strip(" :-"))
        elif said.startswith("#"):
            yield said.lstrip("# "), False
        elif said:
            kept.append(said[point.end() :] if point else said.removeprefix("> "))


def _plain(text: str) -> str:
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", " ".join(text.split()))
    text = re.sub(r"``?[^`]+``?", "x", text).replace("*", "")
    if re.search("DDI-|DDC-|HAZ-", text):
        text = _CODES.sub("x ", text)
    return _NAMES.sub("x", re.sub(r"(\d) %", r"\1%", re.sub(r"x(?:, x)+(?: and x)?", "x", text)))


def long_sentences(text: str, *, is_listed: bool = False) -> list[str]:
    """The sentences of a text that are too long. ``is_listed``: a semicolon ends one."""
    found = (_PARTS if is_listed else _ENDS).split(_plain(text))
    return [each for each in found if each and len(each.split()) > MOST]
