"""FHIR resources a line to cases, gathered by patient in bounded memory.

In a stream of lines a Bundle is a case by itself and is answered at once. Loose resources belong together by the
patient they are about, wherever in the stream they stand; so they are gathered until its end, in memory while they are
few, and on disk beyond that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING, Any

from attrs import frozen

from medsteward.errors import UnreadableInput
from medsteward.model.problem import Problem
from medsteward.model.regimen import Case
from medsteward.readers.fhir.cases import READ_TYPES, Entry, Records, patient_key, tail_of
from medsteward.readers.fhir.decode import MAX_RESOURCE, decode
from medsteward.readers.fhir.element import shown
from medsteward.readers.fhir.orders import TYPES
from medsteward.readers.fhir.person import is_egfr

if TYPE_CHECKING:
    from sqlite3 import Connection

IN_MEMORY = 8_000_000
"""Bytes of loose resources that are gathered in memory; beyond them a file on disk is used."""
ON_DISK = 50_000_000_000
"""Bytes of loose resources that are gathered on disk."""

Tell = Callable[[str], None]


def read_lines(
    stream: IO[bytes],
    head: bytes,
    name: str,
    records: Records,
    *,
    as_of: date,
    tell: Tell | None = None,
    before: int = 0,
) -> Iterator[Case]:
    """The cases of a stream with a resource a line: of each Bundle as it comes, of loose resources at the end.

    ``head`` is the first line, as far as it was read, and ``before`` the number of lines ahead of it. A line that
    cannot be read gives a case that says so.
    """
    with closing(_Gathered(tell)) as gathered:
        found = False
        for number, line in _lines_of(stream, head, before):
            found = True
            where = f"input line {number}"
            if line is None:
                yield _unread(where, f"is longer than {MAX_RESOURCE:,} bytes", as_of)
                continue
            try:
                resource = decode(line, name)
            except UnreadableInput as error:
                yield _unread(where, f"cannot be read: {error.what}", as_of)
                continue
            if not isinstance(resource, Mapping) or not isinstance(resource.get("resourceType"), str):
                yield _unread(where, "is not a FHIR resource, which is an object with a resourceType", as_of)
                continue
            if resource["resourceType"] == "Bundle":
                yield from records.read(resource, as_of=as_of, at=where)
                continue
            lost = gathered.take(number, line, resource)
            if lost is not None:
                yield _unread(where, lost, as_of, "FHIR-006")
        if not found:
            raise UnreadableInput(name, "it is empty; each line is one FHIR resource as JSON")
        for entries in gathered.by_patient(name):
            yield from records.of_entries(entries, as_of=as_of)
        gathered.tell_what_was_left_out()


def _lines_of(stream: IO[bytes], head: bytes, before: int) -> Iterator[tuple[int, bytes | None]]:
    """Lines that hold something, with their number; None for one that is too long."""
    number = before
    waiting = head
    while True:
        line = waiting or stream.readline(MAX_RESOURCE + 1)
        if waiting and not line.endswith(b"\n"):
            line += stream.readline(MAX_RESOURCE + 1 - min(len(line), MAX_RESOURCE))
        waiting = b""
        if not line:
            return
        number += 1
        if len(line) > MAX_RESOURCE:
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_RESOURCE)
            yield number, None
        elif line.strip():
            yield number, line


def _unread(where: str, what: str, as_of: date, code: str = "CASE-001") -> Case:
    text = f"{where.removeprefix('input ')} {what}"
    return Case(as_of=as_of, problems=(Problem(code, where, text),), unread=(where,))


@frozen(eq=False)
class _Loose:
    """A loose resource: its place in the stream, its line as it stands, and what it is."""

    number: int
    line: bytes
    resource: Mapping[str, Any]

    @property
    def entry(self) -> Entry:
        """The resource with its place."""
        return Entry(self.resource, f"input line {self.number}")


class _Gathered:
    """Loose resources by patient, and Medications by their name. Closing it removes what was put on disk."""

    def __init__(self, tell: Tell | None) -> None:
        self._tell = tell
        self._left_out: Counter[str] = Counter()
        self._groups: dict[str, list[_Loose]] = {}
        self._bytes = 0
        self._disk: _Disk | None = None

    def take(self, number: int, line: bytes, resource: Mapping[str, Any]) -> str | None:
        """Keep a resource, if it is one that is read. What to say where nobody can tell whose it is."""
        kind = str(resource["resourceType"])
        if kind not in READ_TYPES:
            self._left_out[shown(kind)] += 1
            return None
        if kind == "Observation" and not is_egfr(resource):
            self._left_out["Observation other than eGFR"] += 1
            return None
        if kind == "Medication":
            own = resource.get("id")
            key = f"Medication/{own}" if isinstance(own, str) else None
            if key is None:
                return "is a Medication without an id, so nothing can refer to it"
        else:
            key = patient_key(resource)
            if key is None:
                return f"names no patient, so this {kind} can be joined to nothing"
        self._bytes += len(line)
        if self._disk is None and self._bytes <= IN_MEMORY:
            self._groups.setdefault(key, []).append(_Loose(number, line, resource))
            return None
        if self._disk is None:
            self._disk = self._to_disk()
        self._disk.add(key, number, line)
        if self._bytes > ON_DISK:
            what = f"more than {ON_DISK:,} bytes of loose resources; write one Bundle a line for each patient"
            raise UnreadableInput("the stream", what)
        return None

    def _to_disk(self) -> _Disk:
        if self._tell is not None:
            self._tell("many resources that are not in Bundles: they are sorted by patient on disk first")
        disk = _Disk()
        for key, group in self._groups.items():
            for loose in group:
                disk.add(key, loose.number, loose.line)
        self._groups.clear()
        return disk

    def by_patient(self, name: str) -> Iterator[list[Entry]]:
        """The resources of each patient, in the order of first mention, with the Medications they refer to."""
        if self._disk is not None:
            yield from self._disk.by_patient(name)
            return
        for key, group in self._groups.items():
            if key.startswith("Medication/"):
                continue
            entries = [loose.entry for loose in group]
            for wanted in _medications(entries):
                entries += [loose.entry for loose in self._groups.get(wanted, ())]
            yield entries

    def tell_what_was_left_out(self) -> None:
        """Say which resources were not read."""
        if self._tell is not None and self._left_out:
            listed = ", ".join(f"{count:,} {kind}" for kind, count in self._left_out.most_common(8))
            self._tell(f"not read: {listed}")

    def close(self) -> None:
        """Remove what was put on disk."""
        if self._disk is not None:
            self._disk.close()


def _medications(entries: list[Entry]) -> list[str]:
    """The names of the Medications that resources refer to."""
    found: dict[str, None] = {}
    for entry in entries:
        reference = entry.resource.get("medicationReference") if entry.kind in TYPES else None
        target = reference.get("reference") if isinstance(reference, dict) else None
        if isinstance(target, str):
            found[tail_of(target)] = None
    return list(found)


class _Disk:
    """Lines by key in a file of its own, readable by this user alone, which is removed at the end."""

    def __init__(self) -> None:
        import sqlite3

        self._folder = TemporaryDirectory(prefix="medsteward.")
        self._error = sqlite3.Error
        self._file: Connection = sqlite3.connect(str(Path(self._folder.name) / "resources"), isolation_level=None)
        self._file.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000; PRAGMA temp_store = FILE;"
            f"PRAGMA temp_store_directory = '{self._folder.name}';"
            "CREATE TABLE line (key TEXT NOT NULL, number INTEGER NOT NULL, text BLOB NOT NULL); BEGIN"
        )

    def add(self, key: str, number: int, line: bytes) -> None:
        """Keep a line."""
        try:
            self._file.execute("INSERT INTO line VALUES (?, ?, ?)", (key, number, line))
        except self._error:
            raise UnreadableInput("the stream", "there is no room on disk to sort it by patient") from None

    def by_patient(self, name: str) -> Iterator[list[Entry]]:
        """The resources of each patient, in the order of first mention."""
        try:
            self._file.execute("CREATE INDEX by_key ON line (key, number)")
            keys = self._file.execute(
                "SELECT key FROM line WHERE key NOT LIKE 'Medication/%' GROUP BY key ORDER BY min(number)"
            )
            for (key,) in keys:
                entries = self._of(key, name)
                for wanted in _medications(entries):
                    entries += self._of(wanted, name)
                yield entries
        except self._error:
            raise UnreadableInput("the stream", "there is no room on disk to sort it by patient") from None

    def _of(self, key: str, name: str) -> list[Entry]:
        found = self._file.execute("SELECT number, text FROM line WHERE key = ? ORDER BY number LIMIT 100000", (key,))
        return [Entry(decode(text, name), f"input line {number}") for number, text in found]

    def close(self) -> None:
        """Remove the file."""
        self._file.close()
        self._folder.cleanup()
