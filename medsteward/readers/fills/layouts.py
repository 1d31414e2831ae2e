"""Layouts of dispensing data: sets of headers that are known, each with what its columns mean. The table is a file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from attrs import field, frozen

from medsteward.caches import made_once
from medsteward.errors import UnreadableInput
from medsteward.readers.fills.cells import DateOrder
from medsteward.readers.fills.columns import COLUMNS, NOT_KEPT, plain

_FILE = Path(__file__).with_name("layouts.toml")
MAX_LAYOUTS = 1_000_000
"""Bytes of a file of layouts."""
NO_LAYOUT = "none"
"""In place of a layout's name: headers are read one by one."""


@frozen
class OnlyIf:
    """A header, the cells that a row must have there to be read, and what a row with another one is."""

    header: str
    values: frozenset[str]
    otherwise: str


@frozen
class RowKinds:
    """A header that tells dispensings from orders, and the cells of each."""

    header: str
    dispensings: frozenset[str]
    orders: frozenset[str]


@frozen
class Layout:
    """One layout. Headers are in the plain form.

    A file of it has all of ``known_by`` and none of ``lacks``. ``columns`` gives our column of each header, in the
    order of preference. ``refused`` is what it lacks to be read as dispensings at all, and ``instead`` what to do;
    ``may_lack`` are columns without which its rows fail. ``orders``: its rows are orders, not dispensings.
    ``second_source`` is what of it is known from memory alone.
    """

    id: str
    title: str
    known_by: frozenset[str]
    lacks: frozenset[str] = frozenset()
    columns: Mapping[str, str] = field(factory=dict)
    dates: DateOrder | None = None
    says: str = ""
    orders: bool = False
    may_lack: frozenset[str] = frozenset()
    refused: tuple[str, ...] = ()
    instead: str = ""
    units: Mapping[str, str] = field(factory=dict)
    only_if: tuple[OnlyIf, ...] = ()
    kinds: RowKinds | None = None
    rxcui_in: str = ""
    second_source: str = ""

    def fits(self, headers: Iterable[str]) -> bool:
        """Whether a file with these headers, in the plain form, has all that tell the layout and none it lacks."""
        there = set(headers)
        return self.known_by <= there and self.lacks.isdisjoint(there)


@made_once
def our_layouts() -> Mapping[str, Layout]:
    """Every layout that we bring, by its id."""
    return _read(tomllib.loads(_FILE.read_text(encoding="utf-8")), _FILE.name)


def layouts_with(data: bytes, name: str) -> Mapping[str, Layout]:
    """Our layouts and those of a file. Refuses (``UnreadableInput``) one that is none, or names one of ours."""
    try:
        if len(data) > MAX_LAYOUTS:
            raise UnreadableInput(name, f"a file of layouts has at most {MAX_LAYOUTS:,} bytes")
        table = tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableInput(name, f"not TOML: {str(error)[:160]}") from None
    theirs = _read(table, name)
    twice = sorted(theirs.keys() & our_layouts().keys())
    if twice:
        raise UnreadableInput(name, f"{twice[0]} is a layout of medsteward; give yours another name")
    return MappingProxyType({**our_layouts(), **theirs})


def chosen(
    cells: Sequence[str], name: str, *, wanted: str | None = None, known: Mapping[str, Layout] | None = None
) -> Layout | None:
    """The layout of a header: the one that is named, or else the only one that fits; None: none does, or several.

    Refuses (``UnreadableInput``) a name that is not known, and one whose headers the file does not have.
    """
    layouts = our_layouts() if known is None else known
    headers = {plain(cell) for cell in cells}
    if wanted is not None:
        if wanted.casefold() == NO_LAYOUT:
            return None
        found = layouts.get(wanted.casefold())
        if found is None:
            raise UnreadableInput(f'layout "{wanted[:40]}"', f"the layouts are {', '.join(layouts)}, {NO_LAYOUT}")
        lacking = sorted(found.known_by - headers)
        if lacking:
            raise UnreadableInput(name, f"it is not of the layout {found.id}: it has no column {', '.join(lacking)}")
        return found
    fitting = [each for each in layouts.values() if each.fits(headers)]
    return fitting[0] if len(fitting) == 1 else None


def refusal(layout: Layout) -> str:
    """What to say of a layout that is not read as dispensings."""
    return f"this is the layout {layout.id} ({layout.title}), which lacks {'; '.join(layout.refused)}. {layout.instead}"


def _read(table: Mapping[str, Any], name: str) -> Mapping[str, Layout]:
    found = {}
    for key, each in table.items():
        if not isinstance(each, dict):
            raise UnreadableInput(name, f"{key[:40]} is a table, as in [my_layout]")
        found[key.casefold()] = _layout(key.casefold(), each, name)
    return MappingProxyType(found)


_KEYS = frozenset(
    ("title", "known_by", "columns", "dates", "says", "orders", "may_lack", "refused", "instead", "units", "only_if")
) | {"kinds", "rxcui_in", "lacks", "second_source"}


def _layout(key: str, table: Mapping[str, Any], name: str) -> Layout:
    unknown = sorted(table.keys() - _KEYS)
    if unknown:
        raise UnreadableInput(
            name, f"{key}.{unknown[0][:40]} is no key of a layout; the keys are {', '.join(sorted(_KEYS))}"
        )
    known_by = frozenset(plain(each) for each in _texts(table.get("known_by"), f"{key}.known_by", name))
    if not known_by:
        raise UnreadableInput(name, f"{key}.known_by names the headers that tell the layout")
    columns = {plain(header): column for header, column in _table(table.get("columns", {}), f"{key}.columns", name)}
    for column in columns.values():
        if column not in COLUMNS and column != NOT_KEPT:
            raise UnreadableInput(
                name, f'{key}.columns: "{column[:40]}" is not a column of medsteward; see `fills --columns`'
            )
    dates = table.get("dates")
    if dates not in (None, "mdy", "dmy", "iso"):
        raise UnreadableInput(name, f"{key}.dates is mdy, dmy or iso")
    kinds = table.get("kinds")
    return Layout(
        id=key,
        title=str(table.get("title", key))[:80],
        known_by=known_by,
        lacks=frozenset(plain(each) for each in _texts(table.get("lacks", []), f"{key}.lacks", name)),
        columns=MappingProxyType(columns),
        dates=None if dates is None else DateOrder(dates),
        says=str(table.get("says", ""))[:300],
        orders=table.get("orders") is True,
        may_lack=frozenset(_texts(table.get("may_lack", []), f"{key}.may_lack", name)),
        refused=tuple(_texts(table.get("refused", []), f"{key}.refused", name)),
        instead=str(table.get("instead", ""))[:300],
        units=MappingProxyType(dict(_table(table.get("units", {}), f"{key}.units", name))),
        only_if=tuple(_only_if(each, key, name) for each in table.get("only_if", [])),
        kinds=None if kinds is None else _kinds(kinds, key, name),
        rxcui_in=plain(str(table.get("rxcui_in", ""))),
        second_source=str(table.get("second_source", ""))[:200],
    )


def _only_if(table: Any, key: str, name: str) -> OnlyIf:
    if not isinstance(table, dict) or not {"header", "values", "else"} <= table.keys():
        raise UnreadableInput(name, f"{key}.only_if has header, values and else")
    values = frozenset(_texts(table["values"], f"{key}.only_if.values", name))
    return OnlyIf(plain(str(table["header"])), values, str(table["else"])[:200])


def _kinds(table: Any, key: str, name: str) -> RowKinds:
    if not isinstance(table, dict) or not {"header", "dispensings", "orders"} <= table.keys():
        raise UnreadableInput(name, f"{key}.kinds has header, dispensings and orders")
    said = (frozenset(_texts(table[each], f"{key}.kinds.{each}", name)) for each in ("dispensings", "orders"))
    return RowKinds(plain(str(table["header"])), *said)


def _texts(value: Any, where: str, name: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise UnreadableInput(name, f"{where} is a list of texts")
    return value


def _table(value: Any, where: str, name: str) -> Iterable[tuple[str, str]]:
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        raise UnreadableInput(name, f"{where} is a table of texts")
    return value.items()
