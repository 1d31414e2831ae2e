"""FHIR resources a line to cases, gathered by patient in bounded memory.

In a stream of lines a Bundle is a case by itself and is answered at once. Loose resources belong together by the
patient they are about, wherever in the stream they stand; so they are gathered until its end, in memory while they are
few, and on disk beyond that.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from typing import IO, TYPE_CHECKING, Any

from attrs import evolve

from medsteward.errors import UnreadableInput
from medsteward.model.problem import Caution, Problem
from medsteward.model.regimen import Case
from medsteward.progress import is_heard, told
from medsteward.readers.fhir.bundle import BundleEntry, patient_key, said_in, tail_of
from medsteward.readers.fhir.carriers import SERVER_ERROR, is_carrier, lists_orders, lost_carrier, says_error
from medsteward.readers.fhir.cases import READ_TYPES, ResourceReader, id_of
from medsteward.readers.fhir.claims import carried
from medsteward.readers.fhir.decode import MAX_RESOURCE, decode, writer
from medsteward.readers.fhir.element import shown
from medsteward.readers.fhir.kept import Kept, Text, key_of
from medsteward.readers.fhir.person import is_read
from medsteward.readers.fhir.status import APART, TYPES
from medsteward.readers.shared.by_key import ByKey

if TYPE_CHECKING:
    pass

IN_MEMORY = 8_000_000
"""Bytes of loose resources that are gathered in memory; beyond them a file on disk is used."""
ON_DISK = 50_000_000_000
"""Bytes of loose resources that are gathered on disk."""
OF_ONE = 64_000_000
"""Bytes of loose resources of one patient: they are in memory together."""

Tell = Callable[[str], None]


def read_lines(
    stream: IO[bytes],
    head: bytes,
    name: str,
    records: ResourceReader,
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
        of_anyone: list[Problem] = []
        answered = False
        for case in _as_they_come(_lines_of(stream, head, before), name, records, gathered, of_anyone, as_of):
            answered = True
            yield case
        loose = False
        for done, (key, theirs) in enumerate(gathered.by_patient(name), start=1):
            loose = True
            told("patients of the stream", done)
            if theirs is None:
                text = f"the resources of this patient have more than {OF_ONE:,} bytes; none was read"
                problem = Problem("CASE-004", "resources", text)
                yield _also(Case(as_of=as_of, id=id_of(key), problems=(problem,), unread=("resources",)), of_anyone)
            else:
                yield _also(records.of_patient(key, *theirs, as_of=as_of), of_anyone)
        if of_anyone and not loose:
            yield _also(Case(as_of=as_of), of_anyone)
        elif not answered and not loose:
            yield gathered.nothing_read(as_of)
        gathered.tell_what_was_left_out()


def _as_they_come(
    lines: Iterator[tuple[int, bytes | None]],
    name: str,
    records: ResourceReader,
    gathered: _Gathered,
    of_anyone: list[Problem],
    as_of: date,
) -> Iterator[Case]:
    """The cases of Bundles and of lines that cannot be read. Loose resources are gathered.

    ``of_anyone`` gets what may be of any patient in the stream: errors of the server, and carriers of medications that
    name no patient.
    """
    found = False
    for number, line in lines:
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
        if not isinstance(resource, dict) or not isinstance(resource.get("resourceType"), str):
            yield _unread(where, "is not a FHIR resource, which is an object with a resourceType", as_of)
            continue
        if resource["resourceType"] == "Bundle" or carried(resource) is not None:
            yield from records.read(resource, as_of=as_of, at=where, write=writer())
            continue
        if resource["resourceType"] == "OperationOutcome" and says_error(resource):
            of_anyone.append(Problem("FHIR-005", where, SERVER_ERROR))
            continue
        if _is_of_nobody(resource):
            of_anyone.append(lost_carrier(resource, where))
            continue
        lost = gathered.take(number, line, resource)
        if lost is not None:
            yield _unread(where, lost, as_of, "FHIR-006")
    if not found:
        raise UnreadableInput(name, "it is empty; each line is one FHIR resource as JSON")


def _also(case: Case, of_anyone: Sequence[Problem]) -> Case:
    """A case with what stands in the stream and may be of any patient in it: at most so many are named."""
    if not of_anyone:
        return case
    named = tuple(of_anyone[:_MANY])
    return evolve(case, problems=(*named, *case.problems), unread=(*(each.where for each in named), *case.unread))


def _is_of_nobody(resource: dict[str, Any]) -> bool:
    """Whether a resource carries medications, is of a kind that is not read, and names no patient."""
    return resource["resourceType"] not in READ_TYPES and patient_key(resource) is None and is_carrier(resource)


_MANY = 20


def _lines_of(stream: IO[bytes], head: bytes, before: int) -> Iterator[tuple[int, bytes | None]]:
    """Lines that hold something, with their number; None for one that is too long."""
    number = before
    waiting = head
    size = _size_of(stream)
    while True:
        if size is not None and number % _TELL_EVERY == 0:
            told("reading resources", stream.tell(), size)
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


_TELL_EVERY = 100


def _size_of(stream: IO[bytes]) -> int | None:
    """Bytes of a file; None where the stream is no file, or nobody waits for how far it is."""
    if not is_heard():
        return None
    try:
        found = os.fstat(stream.fileno())
    except (OSError, ValueError):
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) and stream.seekable() else None


def _unread(where: str, what: str, as_of: date, code: str = "CASE-001") -> Case:
    text = f"{where.removeprefix('input ')} {what}"
    return Case(as_of=as_of, problems=(Problem(code, where, text),), unread=(where,))


class _Gathered:
    """Loose resources by patient, and Medications by their name: the first of them in memory, the others on disk.

    Closing it removes what was put on disk.
    """

    def __init__(self, tell: Tell | None) -> None:
        self._tell = tell
        self._alike = _Alike()
        self._left_out: Counter[str] = Counter()
        self._groups: dict[str, list[BundleEntry]] = {}
        self._bytes = 0
        self._disk: ByKey | None = None

    def take(self, number: int, line: bytes, resource: dict[str, Any]) -> str | None:
        """Keep a resource, if it is one that is read. What to say where nobody can tell whose it is."""
        kind = resource["resourceType"]
        if kind not in READ_TYPES and not is_carrier(resource) and not lists_orders(resource):
            self._left_out[shown(kind)] += 1
            return None
        if kind == "Observation" and not is_read(resource) and "contained" not in resource:
            self._left_out["Observation of other kinds"] += 1
            return None
        if kind == "Medication":
            own = resource.get("id")
            key = f"Medication/{own}" if isinstance(own, str) else None
            if key is None:
                return "is a Medication without an id, so nothing can refer to it"
        else:
            key = patient_key(resource)
            if key is None or key.startswith(_MEDICATION):
                return f"names no patient, so this {kind} can be joined to nothing"
        self._bytes += len(line)
        if self._disk is None and self._bytes <= IN_MEMORY:
            entry = self._alike.entry(resource, number)
            group = self._groups.get(key)
            if group is None:
                self._groups[key] = [entry]
            else:
                group.append(entry)
            return None
        if self._disk is None:
            if self._tell is not None:
                self._tell("many resources that are not in Bundles: they are sorted by patient on disk first")
            self._disk = ByKey("the stream")
        self._disk.add(key, number, line)
        if self._bytes > ON_DISK:
            what = f"more than {ON_DISK:,} bytes of loose resources; write one Bundle a line for each patient"
            raise UnreadableInput("the stream", what)
        return None

    def by_patient(self, name: str) -> Iterator[tuple[str, tuple[list[BundleEntry], list[BundleEntry]] | None]]:
        """The key of each patient, in the order of first mention; the resources, and the Medications they refer to.

        None where they are more than ``OF_ONE``.
        """
        if self._disk is not None:
            self._disk.sort()
        for key in self._keys():
            if not key.startswith(_MEDICATION):
                yield key, self._within_bounds(key, name)

    def _within_bounds(self, key: str, name: str) -> tuple[list[BundleEntry], list[BundleEntry]] | None:
        room = OF_ONE - self._size(key)
        if room < 0:
            return None
        entries, medications = self._of(key, name), []
        for wanted in _medications(entries):
            room -= self._size(wanted)
            if room < 0:
                return None
            medications += self._of(wanted, name)
        return entries, medications

    def _keys(self) -> Iterator[str]:
        """What there is, in the order of first mention, which is in memory as long as there is room."""
        yield from self._groups
        if self._disk is not None:
            yield from (key for key in self._disk.mentioned() if key not in self._groups)

    def _size(self, key: str) -> int:
        """Bytes on disk under a key; what is in memory is little."""
        return 0 if self._disk is None else self._disk.size(key)

    def _of(self, key: str, name: str) -> list[BundleEntry]:
        found = list(self._groups.get(key, ()))
        if self._disk is not None:
            found += [self._alike.entry(decode(text, name), number) for number, text in self._disk.of(key)]
        return found

    def nothing_read(self, as_of: date) -> Case:
        """The case of a stream in which nothing is read: a notice of a server alone is no answer."""
        if "OperationOutcome" in self._left_out:
            return Case(as_of=as_of, problems=(Problem("FHIR-005", "resource", SERVER_ERROR),), unread=("resource",))
        if not self._left_out:
            return Case(as_of=as_of)
        return Case(as_of=as_of, cautions=(Caution("FHIR-106", f"not read: {self._what_was_left_out()}"),))

    def tell_what_was_left_out(self) -> None:
        """Say which resources were not read."""
        if self._tell is not None and self._left_out:
            self._tell(f"not read: {self._what_was_left_out()}")

    def _what_was_left_out(self) -> str:
        return ", ".join(f"{count:,} {kind}" for kind, count in self._left_out.most_common(8))

    def close(self) -> None:
        """Remove what was put on disk."""
        if self._disk is not None:
            self._disk.close()


_MEDICATION = "Medication/"


def _medications(entries: list[BundleEntry]) -> list[str]:
    """The names of the Medications that resources refer to."""
    found: dict[str, None] = {}
    for entry in entries:
        reference = entry.resource.get("medicationReference") if entry.kind in TYPES else None
        target = reference.get("reference") if isinstance(reference, dict) else None
        if isinstance(target, str) and (name := tail_of(target)).startswith(_MEDICATION):
            found[name] = None
    return list(found)


class _Alike:
    """Makes entries of resources. What many of them say alike is held in memory once."""

    def __init__(self) -> None:
        self._write = writer()
        self._held: Kept[tuple[Text, dict[str, Any]]] = Kept()

    def entry(self, resource: dict[str, Any], number: int) -> BundleEntry:
        """The entry of a resource and the number of its line."""
        kind = resource["resourceType"]
        text: Text | None = None
        if kind in APART:
            said = said_in(resource, kind)
            text = key_of(said, self._write)
            if text is not None:
                held = self._held.get(text)
                if held is None:
                    self._held.keep(text, (text, said))
                else:
                    text = held[0]
                    resource.update(held[1])
        return BundleEntry(resource, f"input line {number}", None, text)
