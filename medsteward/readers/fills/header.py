"""The header of a dispensing record: which of its columns are ours, by its layout or by the names of its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import field, frozen

from medsteward.errors import UnreadableInput
from medsteward.readers.fills.columns import COLUMNS, NOT_KEPT, aliases, plain
from medsteward.readers.fills.layouts import NO_LAYOUT, Layout, chosen, refusal

MOST_COLUMNS = 500


@frozen
class HeaderReading:
    """How a header is read beside what it says itself.

    ``layout`` is the name of one; ``layouts`` are those that are known (None: ours). ``columns`` gives headers of
    columns of ours: ``{"days_supply": "Tage"}``. ``patient`` is the key of the one patient of a report without such a
    column. ``orders``: rows that are orders are counted as well.
    """

    layout: str | None = None
    layouts: Mapping[str, Layout] | None = None
    columns: Mapping[str, str] = field(factory=dict)
    patient: str | None = None
    orders: bool = False


PLAIN_READING = HeaderReading()
ONE_BY_ONE = HeaderReading(layout=NO_LAYOUT)
"""Headers by their names alone: for an engine that does not ask what a layout asks of each row."""


@frozen
class Header:
    """The columns of a file. ``at`` gives the place of each of ours; ``other`` are passed through as they stand.

    ``not_kept`` are columns with names of people, which are left out. ``layout`` is the layout that the file is of.
    ``patient`` is the key of the one patient of the file; None: a column has the keys. ``places`` gives the place of
    each header in the plain form.
    """

    width: int
    at: Mapping[str, int]
    other: tuple[tuple[int, str], ...]
    not_kept: tuple[str, ...]
    layout: Layout | None = None
    patient: str | None = None
    places: Mapping[str, int] = field(factory=dict)
    orders: bool = False

    def cell(self, column: str) -> int:
        """The place of a column, or -1: an empty cell stands at the end of every row."""
        return self.at.get(column, -1)


def read_header(cells: Sequence[str], name: str, how: HeaderReading = PLAIN_READING) -> Header:
    """Read a header. Refuses (``UnreadableInput``) one without the columns that are needed, or with one twice.

    Columns that are given go first, then those of the layout, then the names that we know. Messages show no cell that
    is not a name we know: a file without a header begins with a patient's row.
    """
    if len(cells) > MOST_COLUMNS:
        raise UnreadableInput(name, f"the header has {len(cells):,} columns; at most {MOST_COLUMNS} are read")
    layout = chosen(cells, name, wanted=how.layout, known=how.layouts)
    if layout is not None and layout.refused:
        raise UnreadableInput(name, refusal(layout))
    places: dict[str, int] = {}
    for place, text in enumerate(cells):
        key = plain(text)
        if key and key in places:
            raise UnreadableInput(
                name, f"columns {places[key] + 1} and {place + 1} have the same name; keep one of them"
            )
        places[key] = place
    at = _given(how.columns, places, name)
    if layout is not None:
        taken = set(at.values())
        for header, column in layout.columns.items():
            if header in places and column not in at and column != NOT_KEPT and places[header] not in taken:
                at[column] = places[header]
    other: list[tuple[int, str]] = []
    dropped: list[str] = []
    mine = set(at.values())
    for key, place in places.items():
        text = cells[place]
        if place in mine:
            continue
        ours = aliases().get(key) if layout is None else layout.columns.get(key, _beside(key))
        if ours == NOT_KEPT:
            dropped.append(text.strip())
        elif ours is None or (ours in at and (layout is not None or ours in how.columns)):
            other.append((place, text.strip() or f"column_{place + 1}"))
        elif ours in at:
            first = _short(cells[at[ours]])
            raise UnreadableInput(
                name,
                f'"{first}" and "{_short(text)}" are both read as {ours}; keep one, rename the other, '
                f"or name the one to read: --column {ours}={_short(text)}",
            )
        else:
            at[ours] = place
    if how.patient is not None:
        if "patient_key" in at:
            column_of = _short(cells[at["patient_key"]])
            raise UnreadableInput(name, f'the column "{column_of}" has a key for each patient; leave --patient out')
        if not how.patient.strip():
            raise UnreadableInput(name, "--patient is an opaque key, as in --patient P1")
    _check(at, cells, name, how, layout)
    return Header(len(cells), at, tuple(other), tuple(dropped), layout, how.patient, places, how.orders)


_BESIDE = frozenset(
    (NOT_KEPT, "treatment_type", "hospice", "cancer", "sickle_cell", "palliative", "birth_date", "age")
) | {"animal_name", "species"}
"""Columns of ours that are read beside those of a layout: who a row is about, and what is never kept."""


def _beside(key: str) -> str | None:
    """Our column of a header that a layout does not have."""
    column = aliases().get(key)
    return column if column in _BESIDE else None


def _given(columns: Mapping[str, str], places: Mapping[str, int], name: str) -> dict[str, int]:
    """The places of the columns that are given by their headers. Refuses (``UnreadableInput``) what is not there."""
    at: dict[str, int] = {}
    for column, header in columns.items():
        if column not in COLUMNS:
            raise UnreadableInput(f'--column "{column[:40]}"', f"the columns are {', '.join(COLUMNS)}")
        place = places.get(plain(header))
        if place is None:
            raise UnreadableInput(name, f'it has no column "{header[:40]}", which --column names')
        if place in at.values():
            raise UnreadableInput(name, f'the column "{header[:40]}" is given twice; name each column once')
        at[column] = place
    return at


_NEEDED: tuple[tuple[tuple[str, ...], str], ...] = (
    (("patient_key",), "patient_key (an opaque key, never a name)"),
    (("filled_date", "sold_date"), "filled_date"),
    (("drug_name", "ndc", "rxcui"), "drug_name (or ndc, or rxcui)"),
    (("quantity",), "quantity"),
    (("days_supply",), "days_supply"),
)


def _check(at: Mapping[str, int], cells: Sequence[str], name: str, how: HeaderReading, layout: Layout | None) -> None:
    may_lack = {"patient_key"} if how.patient is not None else set()
    if layout is not None:
        may_lack |= layout.may_lack
    lacking = [words for columns, words in _NEEDED if not any(column in at or column in may_lack for column in columns)]
    if not lacking:
        return
    if lacking == [_NEEDED[0][1]]:
        what = "no column has a key for each patient; name it, as in --column patient_key=Member"
        raise UnreadableInput(name, f"{what}; for a report of one patient give --patient KEY (never a name)")
    if not at:
        what = f"the first line does not name the columns {', '.join(words for _, words in _NEEDED)}"
        raise UnreadableInput(name, f"{what}; see `medsteward fills --columns`")
    what = f"the header lacks {', '.join(lacking)}; name what it calls them, as in --column days_supply=Days"
    raise UnreadableInput(name, f"{what}; see `medsteward fills --columns`")


def _short(text: str) -> str:
    return " ".join(text.split())[:40]
