"""Text from outside made safe for where it is shown: terminals, spreadsheets, markdown."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)


def plain(text: str, width: int | None = None) -> str:
    """Text for a terminal: no control characters, cut to ``width``."""
    shown = text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)
    return shown if width is None or len(shown) <= width else shown[: width - 3] + "..."


def cell(text: str) -> str:
    """Text for a spreadsheet cell: what would be taken for a formula is quoted."""
    shown = plain(text)
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA_STARTS) else shown


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]], *, with_header: bool = True) -> str:
    """Rows as CSV with CRLF line ends, as spreadsheets expect; numbers and texts are given as text.

    Every text is made safe here, whatever column it stands in: no writer can forget one.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    if with_header:
        writer.writerow(header)
    writer.writerows([value if _NUMBER.fullmatch(value) else cell(value) for value in row] for row in rows)
    return out.getvalue()


def markdown(text: str) -> str:
    """Text for a markdown table: no markup of its own, one line."""
    shown = plain(text)
    for mark in "\\`*_{}[]<>#|~":
        shown = shown.replace(mark, f"\\{mark}")
    return shown


def markdown_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A markdown table; cells are already safe."""
    lines = [f"| {' | '.join(header)} |", f"|{'---|' * len(header)}"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines) + "\n"
