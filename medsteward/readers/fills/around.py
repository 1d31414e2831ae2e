"""What stands around the records of a file and is none: lines before the header, totals and notes at the end.

Everything else that is not understood is a row that fails. Nothing here can be a dispensing: a row that is left out
begins with a word that no record has, and states no drug, no day in words and no key beside it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

from medsteward.readers.fills.columns import aliases, plain
from medsteward.readers.fills.layouts import chosen

LINES_BEFORE = 30
"""Lines of a title that may stand before the header."""
LINES_AFTER = 20
"""Totals and notes that may stand at the end; those before so many are rows, and fail."""

_DELIMITERS = (",", ";", "\t", "|")
_LONGEST = 100_000
_TOTAL = re.compile(
    r"(?:(?:grand|report|overall) |sub[- ]?)?totals?\b.*"
    r"|\(?\d[\d,]{0,11} (?:rows?|records?|prescriptions?)\b.*"
    r"|end of (?:report|file|data|records)\b.*"
    r"|page \d.*",
    re.IGNORECASE | re.ASCII,
)
"""How a line begins that sums up or closes a report."""
_NOTE = re.compile(r"\*+ ?[A-Za-z].*|notes?:.*", re.IGNORECASE | re.ASCII)
"""How a footnote begins: none has as many cells as a record."""
_BEGINS = re.compile(rf"{_TOTAL.pattern}|{_NOTE.pattern}", re.IGNORECASE | re.ASCII)
_FIGURE = re.compile(r"[\d.,%$ ]*(?:MME|LME|mg|days?)?", re.IGNORECASE | re.ASCII)


def delimiter_of(line: str) -> str:
    """The mark that most often stands between the cells of a header."""
    outside = "".join(line.split('"')[::2])
    best = max(_DELIMITERS, key=outside.count)
    return best if best in outside else ","


def names_columns(line: str) -> bool:
    """Whether a line is the header of dispensing records: that of a layout, or one with names of columns we know."""
    if line.lstrip()[:1] in ("{", "["):
        return False  # JSON
    try:
        cells = next(csv.reader([line[:_LONGEST]], delimiter=delimiter_of(line)), [])
    except csv.Error:
        return False
    if len(cells) < 2:
        return False
    if chosen(cells, "the header") is not None:
        return True
    known = {aliases().get(plain(cell)) for cell in cells}
    return "quantity" in known and "days_supply" in known


def before_header(lines: Iterable[str]) -> tuple[str, int]:
    """The header's line, and how many lines stand before it: none where no line is a header that we know."""
    first = ""
    for number, line in enumerate(lines):
        if number >= LINES_BEFORE:
            break
        if not line.strip():
            continue
        if names_columns(line):
            return line, number if first else 0
        first = first or line
    return first, 0


def is_empty(cells: Sequence[str]) -> bool:
    """Whether a row states nothing at all, as spreadsheets write rows that were cleared."""
    return not any(cell.strip() for cell in cells)


def is_closing(cells: Sequence[str], width: int) -> bool:
    """Whether a row, if it stands at the end, is a total or a note and no record.

    A total is its word and figures. ``width`` is how many cells the header has.
    """
    first = (cells[0].strip() if cells else "") or next((text for cell in cells if (text := cell.strip())), "")
    if not _BEGINS.match(first):  # of most rows nothing more is asked
        return False
    if len(cells) != width and _NOTE.fullmatch(first):
        return True
    stated = [text for cell in cells if (text := cell.strip())]
    return _TOTAL.fullmatch(first) is not None and all(_FIGURE.fullmatch(text) for text in stated[1:])


def begins_to_close(text: str) -> bool:
    """Whether a line begins as a total or a note does."""
    return _BEGINS.match(text) is not None


def without_formulas(cells: Sequence[str]) -> list[str]:
    """Cells that were written as formulas to keep them as text: ``="00406051201"`` is 00406051201."""
    return [cell[2:-1] if cell.startswith('="') and cell.endswith('"') else cell for cell in cells]


def until_the_end(
    rows: Iterator[tuple[int, list[str]]], width: int, found: list[int]
) -> Iterator[tuple[int, list[str]]]:
    """Rows without the totals and notes at the end, whose places are added to ``found``."""
    held: list[tuple[int, list[str]]] = []
    for numbered in rows:
        if len(held) < LINES_AFTER and is_closing(numbered[1], width):
            held.append(numbered)
            continue
        if held:
            yield from held
            held.clear()
        yield numbered
    found.extend(number for number, _ in held)
