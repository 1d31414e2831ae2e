"""A call of a hook: what of the request is used. Everything else in it is left alone, tokens above all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import evolve, frozen

from medsteward.readers.fhir.bundle import tail_of
from medsteward.service.answer import NotAnswered, problem
from medsteward.service.body import medications_in, parsed
from medsteward.service.bounds import Bounds
from medsteward.service.cds.prefetch import held_in, refuse_another

PATIENT_VIEW = "patient-view"
ORDER_SELECT = "order-select"
ORDER_SIGN = "order-sign"
_LONGEST_INSTANCE = 200
_LONGEST_ID = 1_000
_NOT_READ = ("fhirServer", "fhirAuthorization")

Resource = Mapping[str, Any]


@frozen
class HookCall:
    """One call. ``drafts`` are the medication orders of the draft, ``beside`` the Medications that they refer to.

    ``selected`` are those of them that the user has just chosen, by place among the drafts.
    """

    hook: str
    instance: str
    patient: str
    prefetch: Mapping[str, Any]
    drafts: tuple[Resource, ...] = ()
    beside: tuple[Resource, ...] = ()
    selected: tuple[int, ...] = ()


def read_call(data: bytes, hook: str, bounds: Bounds) -> HookCall:
    """The call in a body. Raises ``NotAnswered`` (400, 413) for one that is none, or of another hook."""
    found = parsed(data, evolve(bounds, lines=2 * bounds.lines))
    if not isinstance(found, dict):
        raise _wrong("the body is a request of CDS Hooks, an object")
    for name in _NOT_READ:
        found.pop(name, None)
    if found.get("hook") != hook:
        raise _wrong(f"this service is for the hook {hook}")
    instance = found.get("hookInstance")
    if not isinstance(instance, str) or not 0 < len(instance) <= _LONGEST_INSTANCE:
        raise _wrong("hookInstance is a UUID as a text")
    context = _object(found, "context")
    patient = context.get("patientId")
    if not isinstance(patient, str) or not 0 < len(patient) <= _LONGEST_ID:
        raise _wrong("context.patientId is the id of the patient as a text")
    patient = tail_of(patient).removeprefix("Patient/")
    prefetch = _object(found, "prefetch") if found.get("prefetch") is not None else {}
    for part in (prefetch, context):
        if medications_in(part) > bounds.lines:
            text = f"at most {bounds.lines} medications, and as many draft orders, are read"
            raise NotAnswered(problem(413, text))
    if hook == PATIENT_VIEW:
        return HookCall(hook, instance, patient, prefetch)
    return _with_drafts(HookCall(hook, instance, patient, prefetch), context)


def _with_drafts(call: HookCall, context: Mapping[str, Any]) -> HookCall:
    orders = context.get("draftOrders")
    if not isinstance(orders, Mapping) or orders.get("resourceType") != "Bundle":
        raise _wrong("context.draftOrders is a Bundle")
    if not isinstance(orders.get("entry", []), list):
        raise _wrong("context.draftOrders.entry is a list")
    held = list(held_in(orders))
    for each in held:
        refuse_another(each, call.patient, "context.draftOrders")
    drafts = tuple(each for each in held if each["resourceType"] == "MedicationRequest" and _names_a_drug(each))
    beside = tuple(each for each in held if each["resourceType"] == "Medication")
    selected = tuple(range(len(drafts)))
    if call.hook == ORDER_SELECT:
        chosen = context.get("selections")
        if not isinstance(chosen, list) or not all(isinstance(each, str) for each in chosen):
            raise _wrong('context.selections is a list of references, as in ["MedicationRequest/103"]')
        names = {tail_of(each) for each in chosen}
        ids = [str(each.get("id")) for each in drafts]
        selected = tuple(n for n, own in enumerate(ids) if own in names or f"MedicationRequest/{own}" in names)
    return evolve(call, drafts=drafts, beside=beside, selected=selected)


def _names_a_drug(order: Resource) -> bool:
    """Whether an order has got as far as a medication; the first draft of an order may not."""
    return any(order.get(key) for key in ("medicationCodeableConcept", "medicationReference", "medication"))


def _object(found: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = found.get(name)
    if not isinstance(value, dict):
        raise _wrong(f"{name} is an object")
    return value


def _wrong(text: str) -> NotAnswered:
    return NotAnswered(problem(400, text))
