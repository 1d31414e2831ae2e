"""How much room a sheet to tick has on paper, so that its rows of boxes are as high as they may be.

Heights are in letters of the text (1 is its size); they are those of the style sheet and the template of the card. The
paper is that of the PDF, whose foot is higher than that of the page, so that one height fits both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from medsteward.writers.card.sheet import CardRow, SheetPart
from medsteward.writers.shared.paper import BOLD, LETTER, MM, ems, lines

SMALL, LARGE = 14, 18
"""Sizes of the text in points: usual, and large print."""

MOST, ROOMY, LEAST = 1.6, 1.2, 0.94
"""The height of a row of boxes: as it is liked, from where on there is room for notes, and the least: 4 mm of box."""

_RULE = 0.05
"""The rule below each row."""

_SPARE = 2.3
"""What browsers need more than reckoned on a sheet at its fullest."""

MOST_NOTES, ONE_NOTE, NO_NOTE = 3, 1, 0
"""Rows of lines for notes on a sheet: three of two lines, one of three, or none."""

_NOTES = {MOST_NOTES: 4.9, ONE_NOTE: 1.8, NO_NOTE: 0.0}
"""Their heights."""

PATCH_ROW = 1.45
"""A line of the list of patches, in which a time and a side are written."""
_PATCH_ROW_LARGE = 2.5
"""The same in large print, where the day takes two lines."""
_PATCH_NAME, _PATCH_NAMES = 0.88, 0.25
"""The size of the names of patches, and the share of the width that they have; several patches take several lines."""

_ACROSS = LETTER[0] - 2 * 15 * MM
_DOWN = LETTER[1] - 10 * MM
_FOOT = 18.5 * MM
"""The foot with its line for the phone, and a line for each mark."""
_MARK = 16
_LINE = 1.25
_NAMES = 0.31
"""The share of the width that the names of the rows have."""
_NAME_LINE = 1.3
"""A further line of a name."""
_PARTLY_BOLD = 1.03
"""How much wider a line is that begins in bold letters."""
_BESIDE = 7.5
"""The width that times need beside a dose; else they stand below it."""


def row_height(
    parts: Sequence[SheetPart], more: Iterable[str], points: int, marks: int, *, notes: int = MOST_NOTES
) -> float:
    """The height of each row of boxes with which these parts fit on a sheet; below ``LEAST`` they do not.

    ``more`` are the lines around them: days of talks and the next change. ``marks`` is how many stand at the foot;
    ``notes`` is how many rows of lines for notes stand below them.
    """
    room = (_DOWN - _FOOT - marks * _MARK) / points
    wide = _ACROSS / points
    used = 1.0 + sum(lines(text, BOLD, wide) * _LINE + 0.3 for text in more if text) + _NOTES[notes]
    several = len(parts) > 1
    rows = 0
    for part in parts:
        used += _fixed(part, wide, titled=several, is_large=points > SMALL)
        used += len(part.weeks) * sum(_NAME_LINE * (each.lines - 1) for each in part.boxes)
        rows += len(part.weeks) * sum(2 if each.timed else 1 for each in part.boxes)
    left = room - used
    if not rows:
        return MOST if left >= _SPARE else LEAST if left >= 0 else 0.0
    easy = (left - _SPARE) / rows - _RULE
    # what is spared on other sheets is used where the rows would not fit without it
    return min(MOST, easy) if easy >= LEAST else min(LEAST, left / rows - _RULE)


def name_lines(name: str, points: int) -> int:
    """How many lines the name of a row of boxes takes."""
    return lines(name, 1, _ACROSS / points * _NAMES * 0.95)


def _fixed(part: SheetPart, wide: float, *, titled: bool, is_large: bool) -> float:
    """What of a part has its own height: all but the rows of boxes."""
    height = 2.4 if titled else 0.3
    if part.new or part.change_day:
        height += 1.2 + sum(lines(text, BOLD, wide - 2) * _LINE for text in part.new)
    if part.change_day:
        height += lines(" ".join((part.change_day, *part.changes)), _PARTLY_BOLD, wide - 2) * _LINE
    if part.rows:
        height += 0.6 + sum(_row(part.rows, row, wide) for row in part.rows)
    if part.totals:
        height += lines("; ".join(part.totals), BOLD, wide - 6) * _LINE + 0.5
    height += sum(lines(note, 1, wide) * _LINE + 0.35 for note in part.notes)
    if part.boxes:
        height += 1.4 + (1.4 * len(part.weeks) if is_large or len(part.weeks) > 1 else 0.0)
    if part.patches:
        height += 4.6 if is_large else 3.2
        least = _PATCH_ROW_LARGE if is_large else PATCH_ROW
        names = [lines(each.patch, _PATCH_NAME, wide * _PATCH_NAMES) for each in part.patches]
        height += sum(max(least, _PATCH_NAME * _LINE * count + 0.2) for count in names)
    return height


def _row(rows: Sequence[CardRow], row: CardRow, wide: float) -> float:
    """A dose: three columns that break into lines where they are wider than the sheet."""
    product = max(ems(each.product) for each in rows) * BOLD
    take = max(ems(each.take) for each in rows) * BOLD
    beside = wide - product - take - 1.2
    if beside < _BESIDE:
        first = lines(f"{row.product} {row.take}", BOLD, wide - 1)
        return (first + lines(row.time, 1, wide - 1)) * _LINE + 0.3
    return lines(row.time, 1, beside) * _LINE + 0.2
