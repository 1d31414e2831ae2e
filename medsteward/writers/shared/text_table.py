"""Rows laid out for a terminal. tabulate is loaded when the first table is drawn: most pages have none."""

from __future__ import annotations

from collections.abc import Sequence


def text_table(header: Sequence[str], rows: Sequence[Sequence[str]], align: Sequence[str] | None = None) -> str:
    """Rows under a header, without a last line end; cells are safe already, and stay as they are written.

    ``align`` is left or right for each column, all left where it is not given.
    """
    from tabulate import tabulate

    return tabulate(rows, headers=header, tablefmt="simple", disable_numparse=True, colalign=align)
