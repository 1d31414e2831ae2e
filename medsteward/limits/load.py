"""Sets of dose limits from their two files: rows in ``<id>.csv``, what the set is in ``<id>.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

from attrs import field, frozen

from medsteward.bibliography import cite
from medsteward.caches import made_once
from medsteward.errors import BadTable
from medsteward.limits.limit import DoseLimit, LimitKind, Strictness
from medsteward.limits.population import NotRead, population
from medsteward.limits.subject import COMBINED, GROUPS, subject, unknown_drugs
from medsteward.model.source import Source, Standing
from medsteward.tables.files import choice, data_folder, decoded, digest, number, read, rows

FOLDER = "dose_limits"
"""The folder of the packaged dose limits, in ``data``."""

COLUMNS = (
    "id",
    "drug",
    "route",
    "release",
    "form",
    "brand",
    "strength",
    "indication",
    "population",
    "kind",
    "value",
    "unit",
    "strictness",
    "standing",
    "source",
    "where",
    "region",
    "note",
)
"""The header of the CSV file of a set, exactly. ``form``, ``brand`` and ``strength`` hold several joined by ``|``."""

REGIONS = ("US", "UK", "EU")
"""Whose labels and guidelines a row may be from."""

_RANGE = re.compile(r"(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)")
_TEXTS = ("id", "title")
_KEYS = {*_TEXTS, "notes", "checked_on"}


@frozen
class LimitSet:
    """The limits of one theme. ``digest`` tells two versions apart; ``notes`` say how to read them."""

    id: str
    title: str
    notes: tuple[str, ...]
    checked_on: date
    limits: tuple[DoseLimit, ...]
    digest: str


@frozen
class DoseLimits:
    """Every packaged limit, in the order of the sets. Each id stands once."""

    sets: tuple[LimitSet, ...]
    rows: tuple[DoseLimit, ...] = field(init=False)
    by_id: Mapping[str, DoseLimit] = field(init=False, eq=False, repr=False)
    of_groups: tuple[DoseLimit, ...] = field(init=False, eq=False, repr=False)
    """The rows about a group of drugs."""
    _named: Mapping[str, tuple[DoseLimit, ...]] = field(init=False, eq=False, repr=False)

    @rows.default
    def _all_rows(self) -> tuple[DoseLimit, ...]:
        return tuple(row for each in self.sets for row in each.limits)

    @by_id.default
    def _each_once(self) -> Mapping[str, DoseLimit]:
        found: dict[str, DoseLimit] = {}
        for row in self.rows:
            if row.id in found:
                raise BadTable(row.row, f"{row.id} is also the id of {found[row.id].row}; an id is never used twice")
            found[row.id] = row
        return MappingProxyType(found)

    @of_groups.default
    def _about_groups(self) -> tuple[DoseLimit, ...]:
        return tuple(row for row in self.rows if row.subject.drug in GROUPS)

    @_named.default
    def _by_name(self) -> Mapping[str, tuple[DoseLimit, ...]]:
        found: dict[str, list[DoseLimit]] = {}
        for row in self.rows:
            for name in row.subject.drug.split(COMBINED):
                found.setdefault(name, []).append(row)
        return MappingProxyType({name: tuple(of_it) for name, of_it in found.items()})

    def of(self, ingredient: str) -> tuple[DoseLimit, ...]:
        """The rows that name an ingredient, by itself or in a combination; rows of its class are not among them."""
        return self._named.get(ingredient, ())


@made_once
def dose_limits() -> DoseLimits:
    """The packaged dose limits. A damaged file raises ``BadTable``, which names the file and the row."""
    paths = sorted(data_folder(FOLDER).glob("*.csv"))
    return DoseLimits(tuple(_load(path, path.with_suffix(".toml")) for path in paths))


def dose_limit(id_: str) -> DoseLimit:
    """The row of an id, as in ``DL-TRAMADOL-01``. Raises ``LookupError`` for one that is not in the data."""
    found = dose_limits().by_id.get(id_)
    if found is None:
        raise LookupError(f'no dose limit has the id "{id_}"; `medsteward doses list` names them')
    return found


def load_limits(csv_path: Path, toml_path: Path) -> LimitSet:
    """One set from two files.

    Refuses files that cannot be read (``UnreadableInput``) and files that break the format (``BadTable``): a drug,
    group, route, population, kind, unit, strictness or standing outside the closed lists, a source that is not in the
    bibliography or that was read less closely than the row says.
    """
    loaded = _load(csv_path, toml_path)
    for limit in loaded.limits:
        if unknown := unknown_drugs(limit.subject.drug):
            raise BadTable(limit.row, f'"{unknown[0]}" is no drug that medsteward knows, and no group of this list')
    return loaded


def _load(csv_path: Path, toml_path: Path) -> LimitSet:
    csv_bytes, toml_bytes = read(csv_path), read(toml_path)
    title, notes, checked_on = _head(toml_path, decoded(toml_path, toml_bytes))
    limits = tuple(_limit(where, cells) for where, cells in rows(csv_path.name, decoded(csv_path, csv_bytes), COLUMNS))
    return LimitSet(csv_path.stem, title, notes, checked_on, limits, digest(csv_bytes, toml_bytes))


def _head(path: Path, text: str) -> tuple[str, tuple[str, ...], date]:
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError, ArithmeticError) as error:
        raise BadTable(path.name, f"not readable as TOML ({error})") from None
    if unknown := sorted(data.keys() - _KEYS):
        raise BadTable(path.name, f"unknown field {', '.join(unknown)}")
    title, notes, checked_on = data.get("title"), data.get("notes", []), data.get("checked_on")
    if data.get("id") != path.stem:
        raise BadTable(path.name, f'its id is "{data.get("id")}"; it must be the name of the file')
    if not isinstance(title, str) or not title:
        raise BadTable(path.name, "title is missing or is not text")
    if not isinstance(notes, list) or not all(isinstance(line, str) and line for line in notes):
        raise BadTable(path.name, "notes is not a list of sentences")
    if not isinstance(checked_on, date) or isinstance(checked_on, datetime):
        raise BadTable(path.name, "checked_on is missing or is not a day, as in 2026-11-23")
    return title, tuple(notes), checked_on


def _limit(where: str, cells: Mapping[str, str]) -> DoseLimit:
    low, high = _value(where, cells["value"])
    if cells["region"] not in REGIONS:
        raise BadTable(where, f'unknown region "{cells["region"]}"; the regions are {", ".join(REGIONS)}')
    try:
        about = subject(
            cells["drug"],
            cells["route"],
            cells["release"],
            _several(cells["form"]),
            _several(cells["brand"]),
            _several(cells["strength"]),
        )
        clause = population(cells["population"])
    except NotRead as error:
        raise BadTable(where, f"population: {error}") from None
    except LookupError as error:
        raise BadTable(where, error.args[0]) from None
    return DoseLimit(
        id=cells["id"],
        subject=about,
        indication=cells["indication"],
        population=clause,
        population_words=cells["population"],
        kind=choice(where, "kind", LimitKind, cells["kind"]),
        low=low,
        high=high,
        unit=cells["unit"],
        strictness=choice(where, "strictness", Strictness, cells["strictness"]),
        source=_source(where, cells),
        region=cells["region"],
        note=cells["note"],
        row=where,
    )


def _several(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


def _value(where: str, text: str) -> tuple[Fraction | None, Fraction | None]:
    if not text:
        return None, None
    if text.startswith(">="):
        return number(where, "value", text[2:]), None
    if (match := _RANGE.fullmatch(text)) is not None:
        return number(where, "value", match[1]), number(where, "value", match[2])
    value = number(where, "value", text)
    return value, value


def _source(where: str, cells: Mapping[str, str]) -> Source:
    standing = choice(where, "standing", Standing, cells["standing"])
    try:
        return cite(cells["source"], cells["where"], standing)
    except (LookupError, ValueError) as error:
        raise BadTable(where, str(error.args[0])) from None
