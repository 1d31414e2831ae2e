"""Resources that carry medications and are not read: each makes an answer incomplete, and is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from medsteward.model.problem import Problem
from medsteward.readers.fhir.element import Table, shown
from medsteward.readers.fhir.status import TYPES

CARRIERS = frozenset({"ExplanationOfBenefit", "Claim", "ClaimResponse", "Parameters"})
"""Resources that may carry medications whatever is in them. So may every kind whose name begins with Medication."""

_NO_PATIENT = frozenset({"Medication", "MedicationKnowledge", "ActivityDefinition", "PlanDefinition"})
"""What describes a drug or a way of care, and says nothing of a patient."""
_NAMES_A_DRUG = frozenset(
    {
        "medicationCodeableConcept",
        "medicationReference",
        "medication",
        "productCodeableConcept",
        "productReference",
    }
)
"""Elements, of any resource, that name what is taken."""
_LINKS = ("basedOn", "priorPrescription", "authorizingPrescription", "derivedFrom", "request", "partOf")
"""Elements by which a resource refers to an order that it carries out, repeats or replaces."""
_ORDERS = frozenset(TYPES) - {"MedicationAdministration"}
_LOOKED_AT = 20_000
"""Values of one resource that are looked at; one with more counts as a carrier."""
_LISTS = frozenset({"List", "Composition", "CarePlan", "RequestGroup"})
"""Resources that list others, among them orders."""
_NOT_AN_ERROR = frozenset({"information", "warning", "success"})
_CUT_SHORT = frozenset({"incomplete", "timeout", "throttled", "too-costly", "too-long", "no-store"})
"""Issue codes that say, with any severity, that an answer is not whole."""


def is_carrier(resource: Table) -> bool:
    """Whether a resource of a kind that is not read carries medications: by its kind, or by what is in it."""
    kind = resource["resourceType"]
    return kind not in _NO_PATIENT and (_is_carrier_kind(kind) or next(_drugs_in(resource), None) is not None)


def unread_in(resource: Table, *, reads: bool, counts: bool) -> str | None:
    """What to say of a resource that carries medications which are not read; None: it carries none.

    ``reads``: its kind is read, so only what is contained in it is looked at; ``counts``: it counts itself, so an
    order that it refers to within itself is the one that it carries out.
    """
    if not reads:
        if not is_carrier(resource):
            return None
        return f"{shown(resource['resourceType'])} carries medications and is not read; {_INSTEAD}"
    contained = resource.get("contained")
    if not isinstance(contained, list):
        return None
    own = set(_own_references(resource)) if counts else set()
    kinds = [
        each["resourceType"]
        for each in contained
        if isinstance(each, Mapping) and isinstance(each.get("resourceType"), str) and f"#{each.get('id')}" not in own
    ]
    kinds = [kind for kind in kinds if kind in _ORDERS or _is_carrier_kind(kind)]
    if not kinds:
        return None
    return f"{shown(kinds[0])}, contained in a {shown(resource['resourceType'])}, is not read; send it as a resource"


_INSTEAD = "send its medications as R4 MedicationRequest, MedicationStatement or MedicationDispense"


def lost_carrier(resource: Table, at: str) -> Problem:
    """The problem of a carrier that names no patient."""
    return Problem("FHIR-008", at, f"{shown(resource['resourceType'])} carries medications and is not read; {_INSTEAD}")


def _is_carrier_kind(kind: str) -> bool:
    if kind in TYPES or kind in _NO_PATIENT:
        return False
    return kind in CARRIERS or kind.casefold().startswith("medication")


def _drugs_in(value: Any) -> Iterator[str]:
    """The elements within a resource that name a drug, and the resources within it that carry medications."""
    waiting, looked = [value], 0
    while waiting:
        here = waiting.pop()
        looked += 1
        if looked > _LOOKED_AT:
            yield "more than is looked at"
            return
        if isinstance(here, Mapping):
            kind = here.get("resourceType")
            if here is not value and isinstance(kind, str) and (kind in _ORDERS or _is_carrier_kind(kind)):
                yield kind
            yield from (key for key in here if key in _NAMES_A_DRUG and isinstance(here[key], Mapping | str))
            waiting += [each for key, each in here.items() if key not in ("text", "extension")]
        elif isinstance(here, list):
            waiting += here


def lists_orders(resource: Table) -> bool:
    """Whether a resource of a kind that is not read names orders which lie elsewhere."""
    return resource["resourceType"] in _LISTS and next(_orders_named(resource), None) is not None


def absent_orders(resource: Table, is_here: Callable[[str], bool]) -> str | None:
    """What to say of a list of resources that names orders which are not sent; None: it names none, or all are here.

    ``is_here`` answers whether a reference leads to a resource that was sent.
    """
    if resource["resourceType"] not in _LISTS:
        return None
    absent = sorted({each for each in _orders_named(resource) if not is_here(each)})
    if not absent:
        return None
    return f"{shown(resource['resourceType'])} names {shown(absent[0])}, which is not here; send it too"


def _orders_named(resource: Table) -> Iterator[str]:
    """The references to orders within a resource, but for what is marked as deleted and what lies within itself."""
    waiting: list[Any] = [resource]
    looked = 0
    while waiting and looked < _LOOKED_AT:
        here = waiting.pop()
        looked += 1
        if isinstance(here, list):
            waiting += here
        elif isinstance(here, Mapping) and here.get("deleted") is not True:
            target, kind = here.get("reference"), here.get("type")
            if isinstance(target, str) and not target.startswith("#"):
                named = {kind, *target.partition("/_history/")[0].split("/")}
                if named & _ORDERS:
                    yield target
            waiting += [each for key, each in here.items() if key not in ("text", "extension", "contained")]


def _own_references(resource: Table) -> Iterator[str]:
    for name in _LINKS:
        references = resource.get(name)
        for each in references if isinstance(references, list) else (references,):
            target = each.get("reference") if isinstance(each, Mapping) else None
            if isinstance(target, str) and target.startswith("#"):
                yield target


def says_error(outcome: Table) -> bool:
    """Whether an OperationOutcome says that the answer is not whole. One that says nothing at all does."""
    issues = outcome.get("issue")
    found = [issue for issue in issues if isinstance(issue, Mapping)] if isinstance(issues, list) else []
    if not found:
        return True
    return any(issue.get("severity") not in _NOT_AN_ERROR or issue.get("code") in _CUT_SHORT for issue in found)


SERVER_ERROR = "the server says that something went wrong, so medications may be missing"
