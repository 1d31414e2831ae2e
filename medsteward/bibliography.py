"""Every work that a fact rests on, once, with how closely it was read. Facts cite a key and a place in the work.

The works are rows of ``bibliography.csv``: key, citation, publisher, year, link, the day on which it was last seen,
and standing. ``verified`` is for a primary text, or a true copy of one, that was read. A summary, a mirror or a
monograph is ``secondary``; what was written from memory is ``recalled``; ``ours`` is a choice of this project.
``bibliography_old_keys.csv`` maps keys of earlier lists.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from attrs import evolve, frozen

from medsteward.caches import made_once
from medsteward.model.source import Source, Standing

_WORKS = Path(__file__).with_name("bibliography.csv")
_OLD_KEYS = Path(__file__).with_name("bibliography_old_keys.csv")
_BY_CLOSENESS = (Standing.VERIFIED, Standing.SECONDARY, Standing.RECALLED)


@frozen
class Work:
    """A work. ``year``, ``url`` and ``seen`` are None where they are not known or were not recorded."""

    key: str
    citation: str
    publisher: str
    year: int | None
    url: str | None
    seen: date | None
    standing: Standing


@made_once
def works() -> Mapping[str, Work]:
    """Every work by its key."""
    return MappingProxyType({each.key: each for each in read_works(_WORKS)})


@made_once
def old_keys() -> Mapping[str, str]:
    """Keys of earlier lists, and what each is called here."""
    with _OLD_KEYS.open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["old"]: row["key"] for row in csv.DictReader(file)})


def read_works(path: Path) -> Iterator[Work]:
    """The works of a list, row by row (``ValueError`` for a year, day or standing that is none)."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Work(
                row["key"],
                row["citation"],
                row["publisher"],
                int(row["year"]) if row["year"] else None,
                row["url"] or None,
                date.fromisoformat(row["seen"]) if row["seen"] else None,
                Standing(row["standing"]),
            )


def cite(key: str, where: str = "", standing: Standing | None = None) -> Source:
    """A place in a work, by its key; without a place, the work as a whole.

    ``standing`` is how closely the place was read, where that is less closely than the work. Raises ``LookupError``
    for a key that is not in the list, and ``ValueError`` for a standing above that of the work.
    """
    work = works().get(old_keys().get(key, key))
    if work is None:
        raise LookupError(f"there is no work {key} in {_WORKS.name}")
    if standing is not None and _is_closer(standing, work.standing):
        raise ValueError(f"{key} is {work.standing.value}, so nothing taken from it is {standing.value}")
    return Source(work.citation, where, work.year, work.url, standing or work.standing, work.key)


def _is_closer(one: Standing, other: Standing) -> bool:
    if one not in _BY_CLOSENESS or other not in _BY_CLOSENESS:
        return one is not other
    return _BY_CLOSENESS.index(one) < _BY_CLOSENESS.index(other)


def recalled(source: Source, where: str) -> Source:
    """The same work for a figure that still needs to be looked up in it."""
    return evolve(source, where=where, standing=Standing.RECALLED)


def secondary(source: Source, where: str) -> Source:
    """The same work for a figure that was seen in a copy or summary only (``ValueError`` for a work that was not)."""
    if _is_closer(Standing.SECONDARY, source.standing):
        raise ValueError(f"{source.key} is {source.standing.value}, so nothing taken from it is secondary")
    return evolve(source, where=where, standing=Standing.SECONDARY)


def practice(where: str) -> Source:
    """Common practice, written from memory."""
    return cite("MEMORY", where)


OURS = cite("OURS", "medsteward's own rule")
"""Of what this project chose."""
