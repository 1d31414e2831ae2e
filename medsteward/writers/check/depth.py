"""How much of each finding is shown where a report is to fit a screen: the least urgent ones give way first."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

RECALLED_MARK, RECALLED_NOTE = "*", "* needs a second source"
"""Stands behind the title of a finding whose rule was written from memory, and says so below."""


class Depth(IntEnum):
    """How much of a finding is shown: its title; what to consider; why, and with what."""

    TITLE = 0
    CONSIDER = 1
    WHY = 2


Block = tuple[Sequence[str], Sequence[str], Sequence[str]]
"""The lines of a finding at each depth."""


def fitted(blocks: Sequence[Block], urgent: int, room: int) -> tuple[list[str], int]:
    """The findings as lines, at most ``room`` where they can be shortened so far, and how many are left out.

    The first ``urgent`` need a decision first: they are shortened last, the most urgent one says always what to
    consider, and none of them is left out.
    """
    depths = [Depth.WHY] * len(blocks)
    others, first = range(len(blocks) - 1, urgent - 1, -1), range(urgent - 1, -1, -1)
    for places, depth in ((others, Depth.CONSIDER), (others, Depth.TITLE), (first, Depth.CONSIDER)):
        for place in places:
            if _count(blocks, depths) <= room:
                return _lines(blocks, depths), 0
            depths[place] = depth
    shown = len(blocks)
    while shown > max(urgent, 1) and _count(blocks[:shown], depths[:shown]) > room - (shown < len(blocks)):
        shown -= 1
    for place in first[:-1]:
        if _count(blocks[:shown], depths[:shown]) <= room - (shown < len(blocks)):
            break
        depths[place] = Depth.TITLE
    return _lines(blocks[:shown], depths[:shown]), len(blocks) - shown


def _count(blocks: Sequence[Block], depths: Sequence[Depth]) -> int:
    return len(_lines(blocks, depths))


def _lines(blocks: Sequence[Block], depths: Sequence[Depth]) -> list[str]:
    """The lines of findings, with an empty line after each that is more than a title, and after the last."""
    lines: list[str] = []
    for place, (block, depth) in enumerate(zip(blocks, depths, strict=True)):
        if place and depth > Depth.TITLE and lines[-1]:
            lines.append("")
        lines += block[depth]
        if depth > Depth.TITLE or place == len(blocks) - 1:
            lines.append("")
    return lines
