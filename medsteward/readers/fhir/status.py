"""Medication resources of R4: the elements they have, and whether one counts by its status and intent."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from medsteward.model.patient_facts import ENDED
from medsteward.model.regimen import HowEnded
from medsteward.readers.fhir.element import Remarks, Table, codes_in, flag_of, shown


class Verdict(Enum):
    """What the status of a resource means for the day asked about."""

    COUNTS = "counts on its days"
    BY_DATES = "counts on its days, if both ends are known"
    NOT_COUNTED = "is not counted"
    UNSURE = "cannot be told"


_COUNTS, _BY_DATES, _OFF, _UNSURE = Verdict.COUNTS, Verdict.BY_DATES, Verdict.NOT_COUNTED, Verdict.UNSURE

STATUSES: Mapping[str, Mapping[str, Verdict]] = MappingProxyType(
    {
        "MedicationRequest": {
            "active": _COUNTS,
            "completed": _BY_DATES,
            "on-hold": _OFF,
            "cancelled": _OFF,
            "stopped": _OFF,
            "entered-in-error": _OFF,
            "draft": _OFF,
            "unknown": _UNSURE,
        },
        "MedicationStatement": {
            "active": _COUNTS,
            "completed": _BY_DATES,
            "stopped": _OFF,
            "on-hold": _OFF,
            "intended": _OFF,
            "not-taken": _OFF,
            "entered-in-error": _OFF,
            "unknown": _UNSURE,
        },
        "MedicationDispense": {
            "completed": _COUNTS,
            "in-progress": _OFF,
            "preparation": _OFF,
            "cancelled": _OFF,
            "on-hold": _OFF,
            "stopped": _OFF,
            "declined": _OFF,
            "entered-in-error": _OFF,
            "unknown": _UNSURE,
        },
        "MedicationAdministration": {
            "completed": _COUNTS,
            "in-progress": _COUNTS,
            "stopped": _COUNTS,
            "on-hold": _OFF,
            "not-done": _OFF,
            "entered-in-error": _OFF,
            "unknown": _UNSURE,
        },
    }
)
"""Every status of R4 and what it means here."""

INTENTS: Mapping[str, Verdict] = MappingProxyType(
    {
        **dict.fromkeys(("order", "original-order", "reflex-order", "filler-order", "instance-order"), _COUNTS),
        **dict.fromkeys(("proposal", "plan", "option"), _OFF),
    }
)
"""Orders count; proposals, plans and options do not."""

_CARRIED_OUT = frozenset({"filler-order", "instance-order"})
"""Intents of orders that carry out another one."""

_COMMON = (
    "resourceType id extension meta implicitRules language text contained identifier status statusReason category "
    "medicationCodeableConcept medicationReference subject context note partOf supportingInformation eventHistory "
)
ELEMENTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "MedicationRequest": frozenset(
            (
                _COMMON + "intent priority doNotPerform reportedBoolean reportedReference encounter authoredOn "
                "requester performer performerType recorder reasonCode reasonReference instantiatesCanonical "
                "instantiatesUri basedOn groupIdentifier courseOfTherapyType insurance dosageInstruction "
                "dispenseRequest substitution priorPrescription detectedIssue"
            ).split()
        ),
        "MedicationStatement": frozenset(
            (
                _COMMON + "basedOn effectiveDateTime effectivePeriod dateAsserted informationSource derivedFrom "
                "reasonCode reasonReference dosage"
            ).split()
        ),
        "MedicationDispense": frozenset(
            (
                _COMMON + "statusReasonCodeableConcept statusReasonReference performer location "
                "authorizingPrescription type quantity daysSupply whenPrepared whenHandedOver destination receiver "
                "dosageInstruction substitution detectedIssue"
            ).split()
        ),
        "MedicationAdministration": frozenset(
            (
                _COMMON + "instantiates effectiveDateTime effectivePeriod performer reasonCode reasonReference "
                "request device dosage"
            ).split()
        ),
    }
)
"""The elements that R4 has in each resource."""

TYPES = tuple(ELEMENTS)
"""The resources that say what is taken."""

NEVER_PROPOSED = frozenset({"cancelled", "stopped", "completed", "entered-in-error"})
"""Statuses of an order that adds nothing to what is taken, even where it is named as a proposed one."""

_SAID = frozenset(
    {
        "resourceType",
        "implicitRules",
        "status",
        "intent",
        "doNotPerform",
        "medicationCodeableConcept",
        "reasonCode",
        "dosage",
        "dosageInstruction",
        "dispenseRequest",
        "quantity",
        "daysSupply",
    }
)
APART: Mapping[str, frozenset[str]] = MappingProxyType({kind: known - _SAID for kind, known in ELEMENTS.items()})
"""The elements that tell one resource from others that say the same: whose it is, who wrote it and when, what it
refers to. What R4 does not know is not among them."""


def verdict_of(resource: Table, kind: str, remarks: Remarks) -> tuple[Verdict, str]:
    """Whether a resource counts by its status and intent, and why not."""
    status, intent = resource.get("status"), resource.get("intent")
    verdict = STATUSES[kind].get(status) if isinstance(status, str) else None
    if verdict is None:
        said = "is missing" if status is None else f'"{shown(status)}" is no status of {kind} in R4'
        remarks.problem("FHIR-003", ".status", f"the status {said}: is it taken?")
        return _UNSURE, ""
    if verdict is _UNSURE:
        remarks.problem("FHIR-003", ".status", "the status is unknown: is it taken?")
        return _UNSURE, ""
    why = f"its status is {status}"
    if verdict is _OFF:
        return _OFF, why
    if intent is not None and kind == "MedicationRequest":
        meant = INTENTS.get(intent) if isinstance(intent, str) else None
        if meant is None:
            remarks.problem("FHIR-003", ".intent", f'"{shown(intent)}" is no intent of R4: is it an order?')
            return _UNSURE, ""
        if meant is _OFF:
            return _OFF, f"its intent is {intent}, which is no order"
    if flag_of(resource, "doNotPerform", "", remarks):
        return _OFF, "it asks not to give the drug"
    return verdict, why if verdict is _BY_DATES else ""


def carries_out_another(resource: Table) -> bool:
    """Whether a request carries out another one, so that both together are one."""
    intent = resource.get("intent")
    return isinstance(intent, str) and intent in _CARRIED_OUT


def how_ended(resource: Table) -> HowEnded | None:
    """How a medicine ended, where the reason for its status says it under a code of ours; None: not stated."""
    reason = resource.get("statusReason")
    codes = codes_in(reason, ENDED) if isinstance(reason, dict) else ()
    return next((each for each in HowEnded if each.value in codes), None)
