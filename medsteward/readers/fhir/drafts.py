"""Proposed orders of a record: read as if they were signed, and kept apart from what is taken."""

from __future__ import annotations

from collections.abc import Collection

from attrs import evolve

from medsteward.model.problem import Caution
from medsteward.model.regimen import ProposedOrder
from medsteward.readers.fhir.bundle import BundleEntry, Lookup, tail_of
from medsteward.readers.fhir.days import dated, order_days, supply_of, with_all_supplies
from medsteward.readers.fhir.element import Remarks, Table, flag_of, known_elements, shown
from medsteward.readers.fhir.orders import Orders, drug_words, line_of, origin_of, prescriber_of
from medsteward.readers.fhir.status import ELEMENTS, NEVER_PROPOSED

KIND = "MedicationRequest"


def names_of(entry: BundleEntry) -> tuple[str, ...]:
    """What an order may be called: its type and id, its id alone, and its address."""
    own = entry.resource.get("id")
    if isinstance(own, str) and entry.url is None:
        return entry.name, own
    found = (entry.name, own if isinstance(own, str) else "", entry.url or "", tail_of(entry.url or ""))
    return tuple(dict.fromkeys(filter(None, found)))


def is_draft(entry: BundleEntry, named: Collection[str] | None) -> bool:
    """Whether an order is a proposed one: by its status, or because it is named as one. None: every order is."""
    if entry.kind != KIND:
        return False
    if named is None or entry.resource.get("status") == "draft":
        return True
    return bool(named) and not set(names_of(entry)).isdisjoint(named)


def read_draft(entry: BundleEntry, orders: Orders, lookup: Lookup, *, patient: str | None) -> ProposedOrder:
    """A MedicationRequest as a proposed order, whatever its status.

    One that is cancelled, stopped, completed or entered in error has no lines and says why; so has one that asks not to
    give the drug. Its days stay as they are written.
    """
    resource, at = entry.resource, entry.at
    remarks = Remarks()
    made = ProposedOrder(
        name=entry.name if entry.name != at else drug_words(resource),
        order=names_of(entry),
        replaces=prior_of(resource),
        patient=patient,
        where=at,
    )
    status = resource.get("status")
    if isinstance(status, str) and status in NEVER_PROPOSED:
        return evolve(made, not_counted=f"its status is {shown(status)}")
    if flag_of(resource, "doNotPerform", "", remarks):
        return evolve(made, not_counted="it asks not to give the drug")
    known_elements(resource, ELEMENTS[KIND], "", KIND, remarks)
    if resource.get("implicitRules"):
        remarks.problem("FHIR-002", ".implicitRules", "it is written under rules of its own, which are not known")
    supply = supply_of(resource, KIND)
    parts = orders.parts(resource, KIND, supply, lookup)
    first, last, _ = order_days(resource, KIND, supply, remarks)
    days = dated(parts, first, last, remarks)
    if len(days) == 1:
        days = [with_all_supplies(days[0], supply)]
    prescriber, origin = prescriber_of(resource, remarks), origin_of(resource, KIND)
    return evolve(made, lines=tuple(line_of(each, at, remarks, prescriber, origin) for each in days))


def prior_of(resource: Table) -> tuple[str, ...]:
    """The order that this one says it replaces, as others name it."""
    prior = resource.get("priorPrescription")
    target = prior.get("reference") if isinstance(prior, dict) else None
    return tuple(dict.fromkeys((target, tail_of(target)))) if isinstance(target, str) else ()


def unnamed(entry: BundleEntry) -> Caution:
    """What is said of a proposed order in every answer that does not ask for it."""
    return Caution("FHIR-101", f"{drug_words(entry.resource)}: its status is draft; it is not counted", entry.at)
