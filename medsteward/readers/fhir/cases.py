"""FHIR resources that lie together to cases: one for each patient, each medication once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from datetime import date
from typing import Any

from attrs import evolve

from medsteward.drugs.codes import ListedCodes
from medsteward.model.code import Resolver
from medsteward.model.given import asked_day
from medsteward.model.patient_facts import UNNAMED
from medsteward.model.problem import Caution, Problem
from medsteward.model.regimen import MAX_LINES, Case, Line, ProposedOrder, RecordedOrder
from medsteward.readers.fhir.bundle import BundleEntry, Index, Loose, by_patient, expanded, patient_key
from medsteward.readers.fhir.carriers import SERVER_ERROR, absent_orders, unread_in
from medsteward.readers.fhir.drafts import is_draft, names_of, prior_of, read_draft, unnamed
from medsteward.readers.fhir.drug import Drugs, ResourceDrug
from medsteward.readers.fhir.element import shown
from medsteward.readers.fhir.kept import Text
from medsteward.readers.fhir.links import covered_by, perhaps_twice, replaced, under
from medsteward.readers.fhir.orders import Orders, history_of
from medsteward.readers.fhir.person import NOBODY, is_read, read_person
from medsteward.readers.fhir.status import TYPES, Verdict, carries_out_another

READ_TYPES = frozenset({*TYPES, "Medication", "Patient", "Condition", "Observation", "Bundle"})
"""The resources that are read; others are named in a warning."""


class ResourceReader:
    """Reads resources to cases, with one resolver; what equal resources have in common is read once."""

    def __init__(self, resolver: Resolver | None = None, *, drafts: Collection[str] | None = ()) -> None:
        """``resolver`` looks codes up; left out: only the codes that we bring.

        ``drafts`` names orders that are proposed, whatever their status; None: every order is.
        """
        self._drafts = drafts
        self._orders = Orders(Drugs(ListedCodes() if resolver is None else resolver))

    def read(self, resource: Any, *, as_of: date, at: str = "", write: Callable[[Any], Text] = repr) -> Iterator[Case]:
        """The cases of a Bundle, of one resource, or of a list of resources.

        ``at`` is its place in the input. ``write`` gives any part of it as a text that no other value has.
        """
        loose = Loose(write)
        entries = [
            entry
            for number, each in enumerate(resource if isinstance(resource, list) else [resource])
            for entry in loose.entries(each, f"{at}[{number}]" if isinstance(resource, list) else at)
        ]
        loose.hold_pages()
        index = Index(entries)
        groups, lost = by_patient(index)
        problems, unread, cautions = tuple(loose.problems), tuple(loose.unread), tuple(loose.cautions)
        if not groups and (problems or lost or not entries):
            if cautions and not problems and not lost:
                problems, unread = (Problem("FHIR-005", at or "resource", SERVER_ERROR),), (at or "resource",)
            left = tuple(p.where for p in lost)
            yield Case(as_of=as_of, problems=(*problems, *lost), unread=(*unread, *left), cautions=cautions)
            return
        if not groups:
            kinds = ", ".join(f"{number} {shown(kind)}" for kind, number in Counter(e.kind for e in entries).items())
            text = f"it holds only {kinds}: no patient, and nothing that is taken"
            yield Case(as_of=as_of, cautions=(*cautions, Caution("FHIR-106", text)))
            return
        for key, group in groups.items():
            case = self._case(key, group, index, as_of)
            if problems or unread or cautions:
                case = evolve(
                    case,
                    problems=(*problems, *case.problems),
                    unread=(*unread, *case.unread),
                    cautions=(*cautions, *case.cautions),
                )
            if lost:  # it may be this patient's
                case = evolve(case, problems=(*case.problems, *lost), unread=(*case.unread, *(p.where for p in lost)))
            yield case

    def of_one(self, resources: Sequence[tuple[Any, str]], *, as_of: date) -> Case:
        """The case of resources that are all of one patient, whatever they say: each with its place in the input."""
        loose = Loose()
        entries = [entry for resource, at in resources for entry in loose.entries(resource, at)]
        loose.hold_pages()
        case = self._case("", entries, Index(entries), as_of)
        return evolve(
            case,
            problems=(*loose.problems, *case.problems),
            unread=(*loose.unread, *case.unread),
            cautions=(*loose.cautions, *case.cautions),
        )

    def of_patient(
        self, key: str, entries: Sequence[BundleEntry], medications: Sequence[BundleEntry], *, as_of: date
    ) -> Case:
        """The case of the patient whose key the entries have, and of the Medications that they refer to."""
        mine = [each for entry in entries for each in expanded(entry)]
        return self._case(key, mine, Index([*mine, *medications]), as_of)

    def _case(self, key: str, group: Sequence[BundleEntry], index: Index, as_of: date) -> Case:
        problems: list[Problem] = []
        cautions: list[Caution] = []
        unread: list[str] = []
        lines: list[Line] = []
        drafts: list[ProposedOrder] = []
        made: dict[str, tuple[BundleEntry, range]] = {}
        outcome: dict[str, Verdict] = {}
        by_kind: dict[str, list[BundleEntry]] = {}
        for entry in group:
            by_kind.setdefault(entry.kind, []).append(entry)
        dispenses = by_kind.get("MedicationDispense", [])
        covered = covered_by(dispenses, index)
        ordered = sorted(by_kind.get("MedicationRequest", []), key=lambda each: carries_out_another(each.resource))
        for entry in (*ordered, *dispenses, *by_kind.get("MedicationStatement", [])):
            if not index.is_first(entry):
                continue
            twin = index.contradicts(entry)
            if twin:
                problems.append(Problem("FHIR-006", entry.at, twin))
                unread.append(entry.at)
                continue
            if is_draft(entry, self._drafts):
                drafts.append(read_draft(entry, self._orders, index.lookup, patient=id_of(key)))
                if entry.resource.get("status") == "draft":
                    cautions.append(unnamed(entry))
                continue
            carried_out = under(entry, index, outcome)
            if carried_out is not None:
                why, outcome[entry.name] = carried_out
                cautions.append(Caution("FHIR-101", why, entry.at))
                continue
            order = self._orders.read(entry, index.lookup, as_of=as_of, covered=covered.get(entry.name))
            outcome[entry.name] = order.verdict
            made[entry.name] = entry, range(len(lines), len(lines) + len(order.lines))
            lines += order.lines
            cautions += order.cautions
        if len(lines) > 1:
            lines, said = replaced(lines, made, index, as_of)
            cautions += said
            cautions += perhaps_twice(lines, as_of)
        numbered = ((entry, [place + 1 for place in places]) for entry, places in made.values())
        orders = tuple(
            RecordedOrder(names_of(entry), tuple(numbers), prior_of(entry.resource))
            for entry, numbers in numbered
            if numbers
        )
        carriers: set[str] = set()
        for entry in group:
            counts = outcome.get(entry.name) in (Verdict.COUNTS, Verdict.BY_DATES)
            what = unread_in(entry.resource, reads=entry.kind in READ_TYPES, counts=counts)
            what = what or absent_orders(entry.resource, lambda reference: index.entry(reference) is not None)
            if what is not None:
                carriers.add(entry.at)
                problems.append(Problem("FHIR-008", entry.at or "resource", what))
                unread.append(f"{shown(entry.kind)} ({entry.at})" if entry.at else shown(entry.kind))
        past, said = self._history(by_kind.get("MedicationAdministration", []), index, as_of)
        lines += past
        cautions += said
        if len(lines) > MAX_LINES:
            text = f"{len(lines):,} medication lines; at most {MAX_LINES} are read, so none was"
            problems.append(Problem("CASE-004", "medications", text))
            lines, unread, orders = [], [*unread, "medications"], ()
        people, observed = by_kind.get("Patient", []), by_kind.get("Observation", [])
        told = [each for each in observed if is_read(each.resource)]
        conditions = by_kind.get("Condition", [])
        reasons = [
            reason
            for entry in (*ordered, *dispenses, *by_kind.get("MedicationStatement", []))
            if outcome.get(entry.name) in (Verdict.COUNTS, Verdict.BY_DATES)
            for reason in _reasons(entry)
        ]
        person = NOBODY
        if people or observed or conditions or reasons:
            person = read_person(
                (people[0].resource, people[0].at) if people else None,
                [(each.resource, each.at) for each in conditions if index.is_first(each)],
                [(each.resource, each.at) for each in told],
                as_of,
                reasons,
            )
            cautions += person.cautions
        cautions += _not_read(by_kind, carriers, len(observed) - len(told))
        return Case(
            as_of=as_of,
            lines=tuple(lines),
            patient=person.patient,
            id=None if any(_is_unnamed(each) for each in people) else id_of(key),
            done=person.done,
            problems=(*problems, *person.problems),
            cautions=tuple(dict.fromkeys(cautions)),
            unread=tuple(unread),
            orders=orders,
            drafts=tuple(drafts),
        )

    def _history(self, given: Sequence[BundleEntry], index: Index, as_of: date) -> tuple[list[Line], list[Caution]]:
        doses: list[tuple[ResourceDrug, date]] = []
        cautions: list[Caution] = []
        for entry in given:
            if not index.is_first(entry):
                continue
            found = self._orders.given(entry, index.lookup, as_of=as_of)
            if isinstance(found, Caution):
                cautions.append(found)
            elif found is not None:
                doses.append(found)
        if len(cautions) > _MANY:
            more = f"and {len(cautions) - _MANY} more doses that were given and are not counted"
            cautions = [*cautions[:_MANY], Caution("FHIR-101", more)]
        return history_of(doses), cautions


_MANY = 10


def read_fhir(
    resource: Any, *, as_of: date, resolver: Resolver | None = None, drafts: Collection[str] = ()
) -> tuple[Case, ...]:
    """The cases of a FHIR R4 Bundle, of one resource, or of a list of resources: one for each patient.

    Numbers must come as int or Decimal. ``resolver`` looks codes up; left out: only the codes that we bring. ``drafts``
    are ids of orders that are proposed, whatever their status: they are ``case.drafts`` and count in nothing. Never
    raises for the content: what cannot be understood is a problem with its place.
    """
    return tuple(ResourceReader(resolver, drafts=drafts).read(resource, as_of=asked_day(as_of)))


def _is_unnamed(entry: BundleEntry) -> bool:
    """Whether a Patient bears no id, and its address is none but a place in the input."""
    return patient_key(entry.resource) is None and (entry.url is None or entry.url.startswith(UNNAMED))


def _reasons(entry: BundleEntry) -> Iterator[tuple[Mapping[str, Any], str]]:
    """The coded reasons of an order, each with its place. What is wrong with them is said where the order is read."""
    reasons = entry.resource.get("reasonCode")
    for number, each in enumerate(reasons if isinstance(reasons, list) else ()):
        if isinstance(each, dict) and isinstance(each.get("coding"), list):
            yield each, f"{entry.at}.reasonCode[{number}]"


def id_of(key: str) -> str | None:
    """The patient's own id, for the result alone."""
    if "|" in key:
        return key.partition("|")[2] or None
    return key.removeprefix("Patient/").removeprefix("urn:uuid:") or None


def _not_read(
    by_kind: Mapping[str, Sequence[BundleEntry]], carriers: Set[str], other_observations: int
) -> list[Caution]:
    """Name the resources that were not read, but for those that carry medications, which are problems."""
    if not other_observations and by_kind.keys() <= READ_TYPES:
        return []
    found = Counter(
        kind
        for kind, entries in by_kind.items()
        if kind not in READ_TYPES
        for each in entries
        if each.at not in carriers
    )
    listed = [f"{count} {shown(kind)}" for kind, count in sorted(found.items())][:_MANY]
    if other_observations:
        listed.append(f"{other_observations} Observation of other kinds")
    if not listed:
        return []
    return [Caution("FHIR-106", f"not read: {', '.join(listed)}; give facts of the patient that matter as options")]
