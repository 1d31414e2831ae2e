"""Rows laid out for a terminal. tabulate is loaded when the first table is drawn: most pages have none.

A table fits the terminal: columns without any figure or word are dropped, and where it is still too wide, the cells of
its widest columns are folded between words, and long words parted at a hyphen. No cell reaches under another heading.
"""

from __future__ import annotations

from collections.abc import Sequence

from medsteward.writers.shared.screen import cell_lines, longest_word, screen

_GAP = 2
_NOTHING = ("", "-")
_CUT = 16
"""Letters of a word that is cut where nothing else makes a table fit: no figure with its unit is that long."""


def text_table(
    header: Sequence[str], rows: Sequence[Sequence[str]], align: Sequence[str] | None = None, *, indent: str = ""
) -> str:
    """Rows under a header, without a last line end; cells are safe already.

    ``align`` is left or right for each column, all left where it is not given. ``indent`` stands before each line.
    """
    from tabulate import tabulate

    kept = [place for place in range(len(header)) if not rows or any(row[place] not in _NOTHING for row in rows)]
    columns = [(header[place], *(row[place] for row in rows)) for place in kept]
    widths = _widths(columns, screen().width - len(indent))
    folded = [
        [cell_lines(cell, width) if len(cell) > width else cell for cell in column]
        for column, width in zip(columns, widths, strict=True)
    ]
    shown = tabulate(
        list(zip(*folded, strict=True)),
        tablefmt="plain",
        disable_numparse=True,
        colalign=None if align is None else [align[place] for place in kept],
    ).split("\n")
    under = max(column[0].count("\n") + 1 for column in folded)
    rule = "  ".join("-" * max(len(line) for cell in column for line in cell.split("\n")) for column in folded)
    return "\n".join(f"{indent}{line}".rstrip() for line in (*shown[:under], rule, *shown[under:]))


def that_fits(*tables: tuple[Sequence[str], Sequence[Sequence[str]]]) -> str:
    """The first of several ways to lay the same rows out that no line of is too wide; else the last."""
    for header, rows in tables[:-1]:
        shown = text_table(header, rows)
        if max(map(len, shown.split("\n"))) <= screen().width:
            return shown
    return text_table(*tables[-1])


def _widths(columns: Sequence[Sequence[str]], room: int) -> list[int]:
    """The width of each column: that of its cells, the widest ones narrowed until all fit or no word gives way."""
    least = [max(map(longest_word, column)) for column in columns]
    widths = [max((len(cell) for cell in column[1:]), default=0) for column in columns]
    widths = [max(width, each) for width, each in zip(widths, least, strict=True)]
    left = room - _GAP * (len(columns) - 1)
    titles = [len(column[0]) for column in columns]
    whole = [max(width, title) for width, title in zip(widths, titles, strict=True)]
    if sum(whole) <= left:
        return whole
    if sum(least) > left:
        least = [max(longest_word(cell, parted=True) for cell in column) for column in columns]
    if sum(least) > left:
        least = [min(each, _CUT) for each in least]
    while sum(widths) > left:
        loose = [place for place in range(len(widths)) if widths[place] > least[place]]
        if not loose:
            break
        widths[max(loose, key=widths.__getitem__)] -= 1
    return widths
