"""FHIR resources that lie together to cases: one for each patient, each medication once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from attrs import evolve, frozen

from medsteward.drugs.codes import ListedCodes
from medsteward.model.code import Resolver
from medsteward.model.patient_facts import UNNAMED
from medsteward.model.problem import Caution, Problem
from medsteward.model.product import Product
from medsteward.model.regimen import MAX_LINES, Case, Line
from medsteward.readers.fhir.drug import Drug, Drugs
from medsteward.readers.fhir.element import Table, shown
from medsteward.readers.fhir.orders import (
    TYPES,
    Orders,
    Verdict,
    carries_out_another,
    covered_until,
    history_of,
)
from medsteward.readers.fhir.person import is_read, read_person

DEPTH = 4
"""Bundles within Bundles that are read."""
MANY_PATIENTS = 10_000
"""Patients in one Bundle."""

READ_TYPES = frozenset({*TYPES, "Medication", "Patient", "Condition", "Observation", "Bundle"})
"""The resources that are read; others are named in a warning."""

_SUBJECT = ("subject", "patient")


@frozen(eq=False)
class Entry:
    """A resource, its place in the input, and the address it has there."""

    resource: Table
    at: str
    url: str | None = None

    @property
    def kind(self) -> str:
        """The type of the resource."""
        return str(self.resource["resourceType"])


class Records:
    """Reads resources to cases, with one resolver; what equal resources have in common is read once."""

    def __init__(self, resolver: Resolver | None = None) -> None:
        """``resolver`` looks codes up; left out: only the codes that we bring."""
        self._orders = Orders(Drugs(ListedCodes() if resolver is None else resolver))

    def read(self, resource: Any, *, as_of: date, at: str = "") -> Iterator[Case]:
        """The cases of a Bundle, of one resource, or of a list of resources. ``at`` is its place in the input."""
        loose = Loose()
        entries = [
            entry
            for number, each in enumerate(resource if isinstance(resource, list) else [resource])
            for entry in loose.entries(each, f"{at}[{number}]" if isinstance(resource, list) else at)
        ]
        yield from self.of_entries(entries, as_of=as_of, loose=loose)

    def of_entries(self, entries: Iterable[Entry], *, as_of: date, loose: Loose | None = None) -> Iterator[Case]:
        """The cases of resources that lie together, in the order in which patients come up."""
        found = list(entries)
        problems = () if loose is None else tuple(loose.problems)
        unread = () if loose is None else tuple(loose.unread)
        index = Index(found)
        groups, lost = _by_patient(index)
        if not groups and (problems or lost or not found):
            yield Case(as_of=as_of, problems=(*problems, *lost), unread=(*unread, *(p.where for p in lost)))
            return
        for number, (key, group) in enumerate(groups.items()):
            case = self._case(key, group, index, as_of)
            if problems or unread:
                case = evolve(case, problems=(*problems, *case.problems), unread=(*unread, *case.unread))
            if number == 0 and lost:
                case = evolve(case, problems=(*case.problems, *lost), unread=(*case.unread, *(p.where for p in lost)))
            yield case

    def _case(self, key: str, group: Sequence[Entry], index: Index, as_of: date) -> Case:
        problems: list[Problem] = []
        cautions: list[Caution] = []
        unread: list[str] = []
        lines: list[Line] = []
        sources: list[str] = []
        outcome: dict[str, Verdict] = {}
        by_kind: dict[str, list[Entry]] = {}
        for entry in group:
            by_kind.setdefault(entry.kind, []).append(entry)
        dispenses = by_kind.get("MedicationDispense", [])
        covered = _covered(dispenses, index)
        ordered = sorted(by_kind.get("MedicationRequest", []), key=lambda each: carries_out_another(each.resource))
        for entry in (*ordered, *dispenses, *by_kind.get("MedicationStatement", [])):
            if not index.is_first(entry):
                continue
            twin = index.contradicts(entry)
            if twin:
                problems.append(Problem("FHIR-006", entry.at, twin))
                unread.append(entry.at)
                continue
            under = _under(entry, index, outcome)
            if under is not None:
                cautions.append(Caution("FHIR-101", under, entry.at))
                continue
            order = self._orders.read(
                entry.resource, entry.at, index.lookup, as_of=as_of, covered=covered.get(index.name(entry))
            )
            outcome[index.name(entry)] = order.verdict
            lines += order.lines
            sources += [entry.kind] * len(order.lines)
            cautions += order.cautions
        cautions += _perhaps_twice(lines, sources, as_of)
        past, said = self._history(by_kind.get("MedicationAdministration", []), index, as_of)
        lines += past
        cautions += said
        if len(lines) > MAX_LINES:
            text = f"{len(lines):,} medication lines; at most {MAX_LINES} are read, so none was"
            problems.append(Problem("CASE-004", "medications", text))
            lines, unread = [], [*unread, "medications"]
        people = by_kind.get("Patient", [])
        observed = by_kind.get("Observation", [])
        person = read_person(
            (people[0].resource, people[0].at) if people else None,
            [(each.resource, each.at) for each in by_kind.get("Condition", []) if index.is_first(each)],
            [(each.resource, each.at) for each in observed if is_read(each.resource)],
            as_of,
        )
        cautions += person.cautions
        cautions += _not_read(by_kind, sum(not is_read(each.resource) for each in observed))
        return Case(
            as_of=as_of,
            lines=tuple(lines),
            patient=person.patient,
            id=None if any(_is_unnamed(each) for each in people) else id_of(key),
            done=person.done,
            problems=(*problems, *person.problems),
            cautions=tuple(dict.fromkeys(cautions)),
            unread=tuple(unread),
        )

    def _history(self, given: Sequence[Entry], index: Index, as_of: date) -> tuple[list[Line], list[Caution]]:
        doses: list[tuple[Drug, date]] = []
        cautions: list[Caution] = []
        for entry in given:
            if not index.is_first(entry):
                continue
            found = self._orders.given(entry.resource, entry.at, index.lookup, as_of=as_of)
            if isinstance(found, Caution):
                cautions.append(found)
            elif found is not None:
                doses.append(found)
        if len(cautions) > _MANY:
            more = f"and {len(cautions) - _MANY} more doses that were given and are not counted"
            cautions = [*cautions[:_MANY], Caution("FHIR-101", more)]
        return history_of(doses), cautions


_MANY = 10


def read_fhir(resource: Any, *, as_of: date, resolver: Resolver | None = None) -> tuple[Case, ...]:
    """The cases of a FHIR R4 Bundle, of one resource, or of a list of resources: one for each patient.

    Numbers must come as int or Decimal. ``resolver`` looks codes up; left out: only the codes that we bring. Never
    raises for the content: what cannot be understood is a problem with its place.
    """
    return tuple(Records(resolver).read(resource, as_of=as_of))


# --- what lies together ------------------------------------------------------------------------------------------


class Loose:
    """Takes Bundles apart, and notes what in them cannot be read."""

    def __init__(self) -> None:
        """Nothing noted yet."""
        self.problems: list[Problem] = []
        self.unread: list[str] = []

    def entries(self, resource: Any, at: str, url: str | None = None, depth: int = 0) -> Iterator[Entry]:
        """The resources of a Bundle and of Bundles within it, each with its place; of any other, itself."""
        if not isinstance(resource, Mapping) or not isinstance(resource.get("resourceType"), str):
            self._lost(at, "FHIR-001", "this is not a FHIR resource: it has no resourceType")
            return
        if resource["resourceType"] != "Bundle":
            if resource["resourceType"] == "OperationOutcome":
                self._outcome(resource, at)
                return
            yield Entry(resource, at, url)
            return
        if depth >= DEPTH:
            self._lost(at, "FHIR-001", f"Bundles within more than {DEPTH} Bundles are not read")
            return
        self._pages(resource, at)
        listed = resource.get("entry")
        if listed is None:
            return
        if not isinstance(listed, list):
            self._lost(f"{at}.entry".removeprefix("."), "FHIR-001", "entry is a list")
            return
        for number, entry in enumerate(listed):
            place = f"{at}.entry[{number}]".removeprefix(".")
            if not isinstance(entry, Mapping):
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

    def _pages(self, bundle: Table, at: str) -> None:
        links = bundle.get("link")
        for link in links if isinstance(links, list) else ():
            if isinstance(link, Mapping) and link.get("relation") == "next":
                text = "this Bundle is one page of several; ask for all pages, or medications may be missing"
                self._lost(f"{at}.link".removeprefix("."), "FHIR-005", text)

    def _outcome(self, outcome: Table, at: str) -> None:
        issues = outcome.get("issue")
        for issue in issues if isinstance(issues, list) else ():
            severity = issue.get("severity") if isinstance(issue, Mapping) else None
            if severity in ("fatal", "error"):
                self._lost(at, "FHIR-005", "the server says that something went wrong, so medications may be missing")
                return

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

    def __init__(self, entries: Sequence[Entry]) -> None:
        """``entries`` lie together: references among them can be followed."""
        self.entries = entries
        self._by_name: dict[str, Entry] = {}
        self._names: dict[int, str] = {}
        self._twins: dict[str, Entry] = {}
        self._patients: dict[str, str] = {}
        for entry in entries:
            own = entry.resource.get("id")
            name = f"{entry.kind}/{own}" if isinstance(own, str) else entry.url or entry.at
            self._names[id(entry)] = name
            if entry.kind == "Patient":
                for identifier in _identifiers(entry.resource):
                    self._patients.setdefault(identifier, self.key(entry))
            before = self._by_name.get(name)
            if before is not None and before.resource != entry.resource:
                newer = _newer(before, entry)
                if newer is None:
                    self._twins[name] = entry
                else:
                    self._by_name[name] = newer
            self._by_name.setdefault(name, entry)
            if entry.url is not None:
                self._by_name.setdefault(entry.url, entry)

    def name(self, entry: Entry) -> str:
        """The name that stands for an entry: its type and id, or else its address or place."""
        return self._names[id(entry)]

    def key(self, entry: Entry) -> str:
        """What stands for a patient: the id, or else an identifier, or else address or place; of others their name."""
        own = patient_key(entry.resource) if entry.kind == "Patient" else None
        return own or self.name(entry)

    def is_first(self, entry: Entry) -> bool:
        """Whether an entry is the one that counts of those with its name."""
        return self._by_name[self.name(entry)] is entry

    def contradicts(self, entry: Entry) -> str | None:
        """What to say where two resources bear one id and it cannot be told which is newer."""
        if self.name(entry) not in self._twins:
            return None
        return "two different resources have this id, and neither says when it was updated; keep one"

    def identified(self, identifier: str) -> str:
        """The key of the Patient here who bears an identifier; the identifier itself where none does."""
        return self._patients.get(identifier, identifier)

    def entry(self, reference: str) -> Entry | None:
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


def _newer(one: Entry, other: Entry) -> Entry | None:
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


# --- whose it is -------------------------------------------------------------------------------------------------


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
    """What a Patient is called elsewhere."""
    listed = patient.get("identifier")
    for each in listed if isinstance(listed, list) else ():
        if (found := _identifier(each)) is not None:
            yield found


def _by_patient(index: Index) -> tuple[dict[str, list[Entry]], list[Problem]]:
    """Entries by patient in the order of first mention. What names no patient is the only patient's, or is lost."""
    groups: dict[str, list[Entry]] = {}
    homeless: list[Entry] = []
    for entry in index.entries:
        if entry.kind == "Patient":
            groups.setdefault(index.key(entry), []).append(entry)
            continue
        key = patient_key(entry.resource, index)
        if key is not None:
            groups.setdefault(key, []).append(entry)
        elif entry.kind not in ("Medication", "Practitioner", "PractitionerRole", "Organization", "Location"):
            homeless.append(entry)
    if len(groups) <= 1:
        if homeless:
            groups.setdefault(next(iter(groups), ""), []).extend(homeless)
        return groups, []
    lost = [
        Problem("FHIR-006", entry.at, f"this {shown(entry.kind)} names no patient, and there are several here")
        for entry in homeless
        if entry.kind in TYPES
    ]
    if len(groups) > MANY_PATIENTS:
        text = f"more than {MANY_PATIENTS:,} patients in one Bundle; write one Bundle a line (.ndjson)"
        return {}, [Problem("CASE-004", "entry", text)]
    return groups, lost[:20]


def _is_unnamed(entry: Entry) -> bool:
    """Whether a Patient bears no id, and its address is none but a place in the input."""
    return patient_key(entry.resource) is None and (entry.url is None or entry.url.startswith(UNNAMED))


def id_of(key: str) -> str | None:
    """The patient's own id, for the result alone."""
    if "|" in key:
        return key.partition("|")[2] or None
    return key.removeprefix("Patient/").removeprefix("urn:uuid:") or None


# --- each medication once ----------------------------------------------------------------------------------------


_LINKS = {
    "MedicationDispense": ("authorizingPrescription",),
    "MedicationStatement": ("derivedFrom", "basedOn"),
    "MedicationRequest": ("basedOn",),
}


def _linked(entry: Entry, index: Index) -> list[str]:
    """The names of the resources that an entry carries out or repeats."""
    found = []
    for key in _LINKS[entry.kind]:
        references = entry.resource.get(key)
        for each in references if isinstance(references, list) else (references,):
            target = each.get("reference") if isinstance(each, dict) else None
            other = index.entry(target) if isinstance(target, str) else None
            if other is not None:
                found.append(index.name(other))
    return found


def _under(entry: Entry, index: Index, outcome: Mapping[str, Verdict]) -> str | None:
    """Why an entry is not counted beside the one that it carries out; None: it is counted."""
    if entry.kind == "MedicationRequest" and not carries_out_another(entry.resource):
        return None
    said = {"MedicationDispense": "dispensed under", "MedicationStatement": "repeats"}.get(entry.kind, "carries out")
    for name in _linked(entry, index):
        verdict = outcome.get(name)
        if verdict is Verdict.COUNTS:
            return f"this {entry.kind} {said} another resource that is counted; it is not counted again"
        if verdict is Verdict.NOT_COUNTED and entry.kind != "MedicationStatement" and not _is_done(index, name):
            return f"this {entry.kind} {said} another resource that is not counted; neither is it"
    return None


def _is_done(index: Index, name: str) -> bool:
    """Whether an order is not counted only because it is complete: what was dispensed under it may still be taken."""
    found = index.entry(name)
    return found is not None and found.resource.get("status") == "completed"


def _covered(dispenses: Sequence[Entry], index: Index) -> dict[str, date]:
    """The last day that dispensings under each order cover."""
    found: dict[str, date] = {}
    for entry in dispenses:
        if entry.resource.get("status") != "completed":
            continue
        last = covered_until(entry.resource)
        for name in _linked(entry, index):
            if last is not None and last > found.get(name, date.min):
                found[name] = last
    return found


def _perhaps_twice(lines: Sequence[Line], sources: Sequence[str], as_of: date) -> list[Caution]:
    """Say so where an order, a dispensing or a statement of one product stand side by side without a link."""
    if len(set(sources)) < 2:
        return []  # the usual case, and the keys below are costly
    first: dict[tuple[tuple[str, object], ...], tuple[int, str]] = {}
    found = []
    for number, (line, source) in enumerate(zip(lines, sources, strict=True), start=1):
        if line.regimen is None or not line.is_active_on(as_of):
            continue
        key = _key(line.regimen.product)
        before = first.setdefault(key, (number, source))
        if before[1] != source:
            text = (
                f"lines {before[0]} and {number} are of one product, a {before[1]} and a {source} that name no link; "
                "both were counted: check whether they are the same"
            )
            found.append(Caution("FHIR-103", text))
    return found[:_MANY]


def _key(product: Product) -> tuple[tuple[str, object], ...]:
    return tuple(sorted((c.ingredient, None if c.strength is None else str(c.strength)) for c in product.components))


def _not_read(by_kind: Mapping[str, Sequence[Entry]], other_observations: int) -> list[Caution]:
    """Name the resources that were not read."""
    if not other_observations and by_kind.keys() <= READ_TYPES:
        return []
    found = Counter({kind: len(entries) for kind, entries in by_kind.items() if kind not in READ_TYPES})
    listed = [f"{count} {shown(kind)}" for kind, count in sorted(found.items())][:_MANY]
    if other_observations:
        listed.append(f"{other_observations} Observation other than eGFR")
    if not listed:
        return []
    return [Caution("FHIR-106", f"not read: {', '.join(listed)}; give facts of the patient that matter as options")]
