"""The header of a dispensing record: which of its columns are ours, by a table of names that anyone can add to."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import frozen

from medsteward.caches import made_once
from medsteward.errors import UnreadableInput

_FILE = Path(__file__).with_name("headers.csv")

NOT_KEPT = "not_kept"
"""Columns that name people: never read, never passed through."""

MOST_COLUMNS = 500


@made_once
def aliases() -> Mapping[str, str]:
    """Our name of a column by each header it goes by, in the plain form of ``plain``."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {plain(row["header"]): row["column"] for row in csv.DictReader(file)}


def plain(header: str) -> str:
    """A header in lower case, anything but letters and digits turned into single underscores."""
    return re.sub(r"[^a-z0-9]+", "_", header.strip().casefold()).strip("_")


@frozen
class Header:
    """The columns of a file. ``at`` gives the place of each of ours; ``other`` are passed through as they stand.

    ``not_kept`` are columns with names of people, which are left out.
    """

    width: int
    at: Mapping[str, int]
    other: tuple[tuple[int, str], ...]
    not_kept: tuple[str, ...]

    def cell(self, column: str) -> int:
        """The place of a column, or -1: an empty cell stands at the end of every row."""
        return self.at.get(column, -1)


def read_header(cells: Sequence[str], name: str) -> Header:
    """Read a header. Refuses (``UnreadableInput``) one without the columns that are needed, or with one twice.

    Messages show no cell that is not a name we know: a file without a header begins with a patient's row.
    """
    if len(cells) > MOST_COLUMNS:
        raise UnreadableInput(name, f"the header has {len(cells):,} columns; at most {MOST_COLUMNS} are read")
    at: dict[str, int] = {}
    other: list[tuple[int, str]] = []
    dropped: list[str] = []
    seen: dict[str, int] = {}
    for place, text in enumerate(cells):
        key = plain(text)
        if key and key in seen:
            raise UnreadableInput(name, f"columns {seen[key] + 1} and {place + 1} have the same name; keep one of them")
        seen[key] = place
        column = aliases().get(key)
        if column is None:
            other.append((place, text.strip() or f"column_{place + 1}"))
        elif column == NOT_KEPT:
            dropped.append(text.strip())
        elif column in at:
            first = _short(cells[at[column]])
            raise UnreadableInput(
                name, f'"{first}" and "{_short(text)}" are both read as {column}; keep one, or rename the other'
            )
        else:
            at[column] = place
    _check(at, cells, name)
    return Header(len(cells), at, tuple(other), tuple(dropped))


_NEEDED: tuple[tuple[tuple[str, ...], str], ...] = (
    (("patient_key",), "patient_key (an opaque key, never a name)"),
    (("filled_date", "sold_date"), "filled_date"),
    (("drug_name", "ndc", "rxcui"), "drug_name (or ndc, or rxcui)"),
    (("quantity",), "quantity"),
    (("days_supply",), "days_supply"),
)


def _check(at: Mapping[str, int], cells: Sequence[str], name: str) -> None:
    lacking = [words for columns, words in _NEEDED if not any(column in at for column in columns)]
    if not lacking:
        return
    if not at:
        what = "the first line must name the columns, and it has no name we know"
        raise UnreadableInput(name, f"{what}; needed are {', '.join(words for _, words in _NEEDED)}")
    shown = ", ".join(f'"{_short(cells[place])}"' for place in at.values())
    raise UnreadableInput(name, f"the header lacks {' and '.join(lacking)}; of its names we know {shown}")


def _short(text: str) -> str:
    return " ".join(text.split())[:40]
