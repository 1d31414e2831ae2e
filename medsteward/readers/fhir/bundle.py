"""Resources that lie together: taken out of Bundles, found by their references, and by the patient they are about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from attrs import define, field

from medsteward.model.problem import Caution, Problem
from medsteward.readers.fhir.carriers import SERVER_ERROR, is_carrier, lost_carrier, says_error
from medsteward.readers.fhir.claims import as_read, carried
from medsteward.readers.fhir.element import Table, shown
from medsteward.readers.fhir.kept import Text, key_of
from medsteward.readers.fhir.pages import AnswerPages
from medsteward.readers.fhir.status import APART, TYPES

DEPTH = 4
"""Bundles within Bundles that are read."""
MANY_PATIENTS = 10_000
"""Patients in one Bundle."""

_SUBJECT = ("subject", "patient")
_NO_ONE = ("Medication", "Practitioner", "PractitionerRole", "Organization", "Location")
"""Resources that are about no patient."""

_READ_APART = frozenset({"Patient", "Condition", "Observation"})
"""Resources that are read, and carry no medication."""

Lookup = Callable[[str, Table], Table | None]
"""Finds the resource that a reference means, with the one that holds it."""


@define(eq=False)
class BundleEntry:
    """A resource, its place in the input, and the address it has there.

    ``alike`` is the text of what a medication resource says, equal for those that say the same; None: not known.
    ``name`` stands for the entry: its type and id, or else its address or place.
    """

    resource: Table
    at: str
    url: str | None = None
    alike: Text | None = None
    kind: str = field(init=False)
    name: str = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.kind = self.resource["resourceType"]
        own = self.resource.get("id")
        self.name = f"{self.kind}/{own}" if isinstance(own, str) else self.url or self.at


def said_in(resource: Table, kind: str) -> dict[str, Any]:
    """The elements of a medication resource apart from whose it is and when it was written."""
    apart = APART[kind]
    return {name: value for name, value in resource.items() if name not in apart}


def expanded(entry: BundleEntry) -> Iterator[BundleEntry]:
    """An entry, or those that it stands for: a pharmacy's claim is dispensings, a plan of care may contain orders."""
    inside = as_read(entry.resource)
    if inside is None:
        yield entry
        return
    for each, place in inside:
        where = f"{entry.at}{place}" if entry.at else place.removeprefix(".")
        yield BundleEntry(each, where, None if place else entry.url)


_TABLES = (dict, Mapping)
"""Objects of JSON; a dict, as nearly all are, is told first."""


class Loose:
    """Takes Bundles apart, and notes what in them cannot be read."""

    def __init__(self, write: Callable[[Any], Text] = repr) -> None:
        """Nothing noted yet. ``write`` gives a value as a text that no other value has."""
        self._write = write
        self._pages = AnswerPages()
        self.problems: list[Problem] = []
        self.unread: list[str] = []
        self.cautions: list[Caution] = []

    def entries(self, resource: Any, at: str, url: str | None = None, depth: int = 0) -> Iterator[BundleEntry]:
        """The resources of a Bundle and of Bundles within it, each with its place; of any other, itself."""
        kind = resource.get("resourceType") if isinstance(resource, _TABLES) else None
        if not isinstance(kind, str):
            self._lost(at, "FHIR-001", "this is not a FHIR resource: it has no resourceType")
            return
        if kind in APART:  # a medication, as most resources are
            yield BundleEntry(resource, at, url, key_of(said_in(resource, kind), self._write))
            return
        if kind == "OperationOutcome":
            self._outcome(resource, at)
            return
        if kind != "Bundle":
            inside = carried(resource)
            if inside is not None and depth < DEPTH:
                for number, each in enumerate(inside):
                    place = f"{at}.parameter[{number}].resource".removeprefix(".")
                    yield from self.entries(each, place, None, depth + 1)
                return
            yield from expanded(BundleEntry(resource, at, url))
            return
        if depth >= DEPTH:
            self._lost(at, "FHIR-001", f"Bundles within more than {DEPTH} Bundles are not read")
            return
        self._pages.look(resource, at)
        listed = resource.get("entry")
        if listed is None:
            return
        if not isinstance(listed, list):
            self._lost(f"{at}.entry".removeprefix("."), "FHIR-001", "entry is a list")
            return
        beginning = f"{at}.entry[" if at else "entry["
        for number, entry in enumerate(listed):
            place = f"{beginning}{number}]"
            if not isinstance(entry, _TABLES):
                self._lost(place, "FHIR-001", "an entry of a Bundle is an object")
                continue
            request = entry.get("request")
            if isinstance(request, Mapping) and request.get("method") == "DELETE":
                continue
            inner = entry.get("resource")
            if inner is None:
                self._lost(place, "FHIR-004", "this entry only points to a resource; send the resource itself")
                continue
            address = entry.get("fullUrl")
            yield from self.entries(inner, place, address if isinstance(address, str) else None, depth + 1)

    def hold_pages(self) -> None:
        """Note what is missing of an answer of several pages, once all that is here was taken apart."""
        for place, text in self._pages.missing():
            self._lost(place, "FHIR-005", text)

    def _outcome(self, outcome: Table, at: str) -> None:
        if says_error(outcome):
            self._lost(at, "FHIR-005", SERVER_ERROR)
        elif not self.cautions:
            self.cautions.append(Caution("FHIR-106", "not read: a notice of the server (OperationOutcome)", at))

    def _lost(self, at: str, code: str, text: str) -> None:
        place = at or "resource"
        if len(self.problems) < 20:
            self.problems.append(Problem(code, place, text))
        if len(self.unread) < 20:
            self.unread.append(place)


def tail_of(reference: str) -> str:
    """``Type/id`` of a reference, without a server's address and a version; other references as they stand."""
    if ":" not in reference and "/_history/" not in reference:
        return reference
    plain = reference.partition("/_history/")[0]
    if plain.startswith(("http://", "https://")):
        parts = plain.rsplit("/", 2)
        return "/".join(parts[-2:]) if len(parts) == 3 and parts[1][:1].isupper() else plain
    return plain


class Index:
    """Finds resources by the references to them."""

    def __init__(self, entries: Sequence[BundleEntry]) -> None:
        """``entries`` lie together: references among them can be followed."""
        self.entries = entries
        self._by_name: dict[str, BundleEntry] = {}
        self._twins: set[str] = set()
        self._patients: dict[str, str] = {}
        self._orders: dict[str, BundleEntry | None] | None = None
        for entry in entries:
            if entry.kind == "Patient":
                for identifier in _identifiers(entry.resource):
                    self._patients.setdefault(identifier, self.key(entry))
            before = self._by_name.setdefault(entry.name, entry)
            if before is not entry and before.resource != entry.resource:
                newer = _newer(before, entry)
                if newer is None:
                    self._twins.add(entry.name)
                else:
                    self._by_name[entry.name] = newer
            if entry.url is not None:
                self._by_name.setdefault(entry.url, entry)

    def key(self, entry: BundleEntry) -> str:
        """What stands for a patient: the id, or else an identifier, or else address or place; of others their name."""
        own = patient_key(entry.resource) if entry.kind == "Patient" else None
        return own or entry.name

    def is_first(self, entry: BundleEntry) -> bool:
        """Whether an entry is the one that counts of those with its name."""
        return self._by_name[entry.name] is entry

    def contradicts(self, entry: BundleEntry) -> str | None:
        """What to say where two resources bear one id and it cannot be told which is newer."""
        if entry.name not in self._twins:
            return None
        return "two different resources have this id, and neither says when it was updated; keep one"

    def identified(self, identifier: str) -> str:
        """The key of the Patient here who bears an identifier; the identifier itself where none does."""
        return self._patients.get(identifier, identifier)

    def order_identified(self, identifier: Any) -> BundleEntry | None:
        """The one medication resource here that bears an identifier; None: none does, or several do."""
        wanted = _identifier(identifier)
        if wanted is None:
            return None
        if self._orders is None:
            self._orders = {}
            for entry in self.entries:
                for each in _identifiers(entry.resource) if entry.kind in TYPES else ():
                    other = self._orders.setdefault(each, entry)
                    if other is None or other.name != entry.name:
                        self._orders[each] = None
        return self._orders.get(wanted)

    def entry(self, reference: str) -> BundleEntry | None:
        """The entry that a reference means."""
        return self._by_name.get(reference) or self._by_name.get(tail_of(reference))

    def lookup(self, reference: str, holder: Table) -> Table | None:
        """The resource that a reference means: one contained in ``holder`` (``#id``), or one that lies beside it."""
        if reference.startswith("#"):
            contained = holder.get("contained")
            for each in contained if isinstance(contained, list) else ():
                if isinstance(each, dict) and f"#{each.get('id')}" == reference:
                    return each
            return None
        found = self.entry(reference)
        return None if found is None else found.resource


def _newer(one: BundleEntry, other: BundleEntry) -> BundleEntry | None:
    """The later of two versions, by the time of their last update."""
    times = []
    for entry in (one, other):
        meta = entry.resource.get("meta")
        time = meta.get("lastUpdated") if isinstance(meta, dict) else None
        times.append(time if isinstance(time, str) else None)
    here, there = times
    if here is None or there is None or here == there or here[-1:] != there[-1:]:
        return None
    return one if here > there else other


def patient_key(resource: Table, index: Index | None = None) -> str | None:
    """The key of the patient that a resource is about, as ``Patient/1`` where it can be; None: it names none."""
    if resource.get("resourceType") == "Patient":
        own = resource.get("id")
        return f"Patient/{own}" if isinstance(own, str) else next(_identifiers(resource), None)
    for name in _SUBJECT:
        subject = resource.get(name)
        if not isinstance(subject, dict):
            continue
        reference = subject.get("reference")
        if isinstance(reference, str) and reference:
            found = None if index is None else index.entry(reference)
            return index.key(found) if index is not None and found is not None else tail_of(reference)
        identifier = _identifier(subject.get("identifier"))
        if identifier is not None:
            return identifier if index is None else index.identified(identifier)
    return None


def _identifier(identifier: Any) -> str | None:
    """An Identifier as ``system|value``."""
    if not isinstance(identifier, dict) or not isinstance(identifier.get("value"), str):
        return None
    return f"{identifier.get('system', '')}|{identifier['value']}"


def _identifiers(patient: Table) -> Iterator[str]:
    """What a resource, such as a Patient, is called elsewhere."""
    listed = patient.get("identifier")
    for each in listed if isinstance(listed, list) else ():
        if (found := _identifier(each)) is not None:
            yield found


def by_patient(index: Index) -> tuple[dict[str, list[BundleEntry]], list[Problem]]:
    """Entries by patient in the order of first mention. What names no patient is the only patient's, or is lost."""
    groups: dict[str, list[BundleEntry]] = {}
    homeless: list[BundleEntry] = []
    for entry in index.entries:
        if entry.kind == "Patient":
            groups.setdefault(index.key(entry), []).append(entry)
            continue
        key = patient_key(entry.resource, index)
        if key is not None:
            groups.setdefault(key, []).append(entry)
        elif entry.kind not in _NO_ONE:
            homeless.append(entry)
    if len(groups) <= 1:
        if homeless:
            groups.setdefault(next(iter(groups), ""), []).extend(homeless)
        return groups, []
    lost = [
        Problem("FHIR-006", entry.at, f"this {shown(entry.kind)} names no patient, and there are several here")
        if entry.kind in TYPES
        else lost_carrier(entry.resource, entry.at)
        for entry in homeless
        if entry.kind in TYPES or (entry.kind not in _READ_APART and is_carrier(entry.resource))
    ]
    if len(groups) > MANY_PATIENTS:
        text = f"more than {MANY_PATIENTS:,} patients in one Bundle; write one Bundle a line (.ndjson)"
        return {}, [Problem("CASE-004", "entry", text)]
    return groups, lost[:20]
