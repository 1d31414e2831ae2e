"""What a record sends ahead with a hook (prefetch), in every shape that records use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from medsteward.readers.fhir.bundle import tail_of
from medsteward.service.answer import HttpAnswer, NotAnswered, json_bytes, problem

TEMPLATES = {
    "patient": "Patient/{{context.patientId}}",
    "medications": "MedicationRequest?patient={{context.patientId}}&status=active",
    "conditions": "Condition?patient={{context.patientId}}&clinical-status=active",
}
"""What is asked for, by key."""
NEEDED = "medications"
_LISTED = frozenset({"MedicationRequest", "MedicationStatement", "MedicationDispense"})
_DEPTH = 5
"""How deeply wrappers and Bundles are looked into."""

Placed = tuple[Any, str]
"""A resource and its place in the request."""


@frozen
class Prefetched:
    """The resources that came, each with its place; ``lacking`` are keys that did not come.

    ``is_partial``: the list of medications came under another key, so there may be more of them.
    """

    resources: tuple[Placed, ...]
    lacking: tuple[str, ...]
    is_partial: bool = False


def read_prefetch(prefetch: Mapping[str, Any], patient: str) -> Prefetched:
    """What came. Raises ``NotAnswered``: 412 without the list of medications, 400 where one is another patient's."""
    found: list[Placed] = []
    lacking: list[str] = []
    for key in dict.fromkeys((*TEMPLATES, *prefetch)):
        came = list(_resources(prefetch[key], f"prefetch.{key}", 0)) if key in prefetch else [None]
        if key in TEMPLATES and None in came:
            lacking.append(key)
        found += [each for each in came if each is not None]
    for resource, at in found:
        _of_this_patient(resource, patient, at)
    elsewhere = any(kind in _LISTED for resource, _ in found for kind in kinds_in(resource))
    if NEEDED in lacking and not elsewhere:
        raise NotAnswered(_NOT_SENT)
    return Prefetched(tuple(found), tuple(lacking), is_partial=NEEDED in lacking)


def _resources(value: Any, at: str, depth: int) -> Iterator[Placed | None]:
    """The resources that a value of prefetch is, wraps or lists; None for one that could not be had."""
    if value is None:
        return  # the record says that there is nothing
    if isinstance(value, list) and depth < _DEPTH:
        for number, each in enumerate(value):
            yield from _resources(each, f"{at}[{number}]", depth + 1)
        return
    if not isinstance(value, Mapping) or depth >= _DEPTH:
        yield None
        return
    kind = value.get("resourceType")
    if isinstance(kind, str):
        yield None if kind == "OperationOutcome" else (value, at)
    elif "resource" in value:
        yield from _resources(value["resource"], f"{at}.resource", depth + 1)
    else:
        yield None


def kinds_in(resource: Any, depth: int = 0) -> Iterator[str]:
    """The types of a resource and of those inside it, where it is a Bundle."""
    for each in held_in(resource, depth):
        yield str(each["resourceType"])


def held_in(resource: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """A resource, or those of a Bundle and of Bundles in it."""
    if not isinstance(resource, Mapping) or not isinstance(resource.get("resourceType"), str):
        return
    if resource["resourceType"] != "Bundle":
        yield resource
        return
    entries = resource.get("entry")
    for entry in entries if isinstance(entries, list) and depth < _DEPTH else ():
        if isinstance(entry, Mapping):
            yield from held_in(entry.get("resource"), depth + 1)


def _of_this_patient(resource: Any, patient: str, at: str) -> None:
    for each in held_in(resource):
        refuse_another(each, patient, at)


def refuse_another(resource: Mapping[str, Any], patient: str, at: str) -> None:
    """Raises ``NotAnswered`` (400) for a resource that names another patient than the hook does."""
    named = patient_of(resource)
    if named is not None and named != patient:
        raise NotAnswered(problem(400, f"{at}: a {str(resource['resourceType'])[:40]} is of another patient"))


def patient_of(resource: Mapping[str, Any]) -> str | None:
    """The id of the patient that a resource names; None where it names none."""
    if resource.get("resourceType") == "Patient":
        own = resource.get("id")
        return own if isinstance(own, str) else None
    about = resource.get("subject", resource.get("patient"))
    reference = about.get("reference") if isinstance(about, Mapping) else None
    tail = tail_of(reference) if isinstance(reference, str) else ""
    return tail.removeprefix("Patient/") if tail.startswith("Patient/") else None


_WHY = f'prefetch "{NEEDED}" is needed ({TEMPLATES[NEEDED]}); this service asks no server'
_NOT_SENT = HttpAnswer(
    412,
    json_bytes(
        {
            "resourceType": "OperationOutcome",
            "issue": [
                {
                    "severity": "error",
                    "code": "required",
                    "diagnostics": _WHY,
                }
            ],
        }
    ),
)
