"""Texts of cards: short enough, plain, and as GitHub markdown in which no text of a request can become a mark."""

from __future__ import annotations

import re
from collections.abc import Sequence

from medsteward.interactions.result import Finding
from medsteward.model.source import Source

MOST_SUMMARY = 139
"""Characters: a summary has less than 140."""
MOST_LABEL = 100
_MARKS = re.compile(r"([\\`*_\[\]<>#|~])")


def shortened(text: str, most: int) -> str:
    """A text of at most so many characters, cut at a word."""
    plain = " ".join(text.split())
    if len(plain) <= most:
        return plain
    return f"{plain[: most - 1].rsplit(' ', 1)[0].rstrip(' ,;:(')}\u2026"


def escaped(text: str) -> str:
    """A text in which nothing is a mark of markdown or HTML."""
    return _MARKS.sub(r"\\\1", " ".join(text.split())).replace("&", "&amp;")


def summary(finding: Finding) -> str:
    """The name of a rule and the drugs that it is about: as many of them as there is room for."""
    name = finding.rule.name[:1].upper() + finding.rule.name[1:]
    for count in range(len(finding.drugs), 0, -1):
        left = len(finding.drugs) - count
        drugs = ", ".join(finding.drugs[:count]) + (f" and {left} more" if left else "")
        text = f"{name}: {drugs}"
        if len(text) <= MOST_SUMMARY:
            return text
    return shortened(name, MOST_SUMMARY)


def label(sources: Sequence[Source]) -> str:
    """What a card rests on, in short."""
    return shortened(sources[0].citation if sources else "medsteward", MOST_LABEL)


def cited(sources: Sequence[Source], most: int = 3) -> str:
    """Sources with place and standing, and links."""
    found = []
    for each in sources[:most]:
        place = f"{each.citation}, {each.where}" if each.where else each.citation
        text = f"{escaped(place)} ({each.standing.words})"
        found.append(f"[{text}]({each.url})" if each.url and re.fullmatch(r"https?://[^\s()<>]+", each.url) else text)
    return "; ".join(found)
