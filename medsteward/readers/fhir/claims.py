"""Resources that state orders or dispensings in another shape, as the resources that are read, where that is certain.

A Parameters that gives back resources alone is those resources. A pharmacy's ExplanationOfBenefit, each item of which
states a drug, a quantity, a days' supply and a day, is a dispensing of each. Of an active CarePlan, an order that is
contained and carried out by an activity is an order. Anything else stays what it is, and is named as not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from medsteward.model.number import exact_number
from medsteward.readers.fhir.element import Table

RETURN = "return"
"""The name of what an operation gives back."""
PHARMACY = "pharmacy"
"""The type of a claim that is a pharmacy's, in HL7's codes of claim types."""
_DAYS_SUPPLY = "dayssupply"
"""The category of supporting information that is a days' supply, as CARIN's Blue Button has it."""
_DECIDED = "complete"
"""The outcome of a claim that was decided; one in error, in part or in a queue may be of nothing that was dispensed."""
_DENIED = "denialreason"
"""The category of an adjudication that says why a claim was denied. Needs a second source; it only leaves out."""
_MOST_ITEMS = 500


def carried(resource: Table) -> list[Any] | None:
    """The resources that a Parameters gives back and nothing else; None: it is none, or carries anything else."""
    if resource.get("resourceType") != "Parameters":
        return None
    listed = resource.get("parameter")
    if not isinstance(listed, list) or not listed:
        return None
    if not all(isinstance(each, Mapping) and each.keys() == {"name", "resource"} for each in listed):
        return None
    if any(each["name"] != RETURN for each in listed):
        return None
    found = [each.get("resource") for each in listed]
    return found if all(isinstance(each, Mapping) for each in found) else None


def as_read(resource: Table) -> list[tuple[Table, str]] | None:
    """The resources that one stands for, each with its place within it; None: it stays as it is."""
    kind = resource.get("resourceType")
    if kind == "ExplanationOfBenefit":
        return _dispensings(resource)
    return _orders_of_plan(resource) if kind == "CarePlan" else None


# --- a pharmacy's claims -----------------------------------------------------------------------------------------


def _dispensings(claim: Table) -> list[tuple[Table, str]] | None:
    if claim.get("status") != "active" or claim.get("use") != "claim" or PHARMACY not in set(_codes(claim.get("type"))):
        return None
    if claim.get("outcome", _DECIDED) != _DECIDED or "modifierExtension" in claim or _is_denied(claim):
        return None
    items = claim.get("item")
    if not isinstance(items, list) or not 0 < len(items) <= _MOST_ITEMS or "contained" in claim:
        return None
    found: list[tuple[Table, str]] = []
    for number, item in enumerate(items):
        made = _dispensing(claim, item, number) if isinstance(item, Mapping) else None
        if made is None:
            return None
        found.append((made, f".item[{number}]"))
    return found


def _is_denied(claim: Table) -> bool:
    """Whether the claim, or any item of it, says why it was denied."""
    items = claim.get("item")
    holders = [claim, *(items if isinstance(items, list) else ())]
    listed = [each.get("adjudication") for each in holders if isinstance(each, Mapping)]
    said = [one for each in listed if isinstance(each, list) for one in each if isinstance(one, Mapping)]
    return any(_DENIED in set(_codes(one.get("category"))) for one in said)


def _dispensing(claim: Table, item: Mapping[str, Any], number: int) -> Table | None:
    """A MedicationDispense of one item; None: it lacks a part."""
    drug, quantity = item.get("productOrService"), item.get("quantity")
    days = _days_supply(claim, item)
    day = item.get("servicedDate")
    period = item.get("servicedPeriod")
    if day is None and isinstance(period, Mapping):
        day = period.get("start")
    amount = exact_number(quantity.get("value")) if isinstance(quantity, Mapping) else None
    if not isinstance(drug, dict) or amount is None or not amount or days is None or not isinstance(day, str):
        return None
    assert isinstance(quantity, Mapping)
    dose = {key: value for key, value in quantity.items() if key in ("unit", "system", "code")}
    made: dict[str, Any] = {
        "resourceType": "MedicationDispense",
        "status": "completed",
        "medicationCodeableConcept": drug,
        "quantity": dict(quantity),
        "daysSupply": {"value": days, "unit": "d"},
        "whenHandedOver": day,
        "dosageInstruction": [
            {
                "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}},
                "doseAndRate": [{"doseQuantity": {**(dose or {"code": "{pill}"}), "value": amount / days}}],
            }
        ],
    }
    if isinstance(claim.get("id"), str):
        made["id"] = f"{claim['id']}-item-{number + 1}"
    if "patient" in claim:
        made["subject"] = claim["patient"]
    return made


def _days_supply(claim: Table, item: Mapping[str, Any]) -> Fraction | None:
    """The one days' supply that an item has by its supporting information."""
    wanted = item.get("informationSequence")
    said = claim.get("supportingInfo")
    found = {
        number
        for each in (said if isinstance(said, list) else ())
        if isinstance(each, Mapping)
        and (not isinstance(wanted, list) or each.get("sequence") in wanted)
        and _DAYS_SUPPLY in set(_codes(each.get("category")))
        and isinstance(each.get("valueQuantity"), Mapping)
        and (number := exact_number(each["valueQuantity"].get("value")))
    }
    return found.pop() if len(found) == 1 else None


def _codes(concept: Any) -> Iterator[str]:
    codings = concept.get("coding") if isinstance(concept, Mapping) else None
    for each in codings if isinstance(codings, list) else ():
        code = each.get("code") if isinstance(each, Mapping) else None
        if isinstance(code, str):
            yield code


# --- orders within a plan of care --------------------------------------------------------------------------------


def _orders_of_plan(plan: Table) -> list[tuple[Table, str]] | None:
    """The plan without the orders that its activities carry out, and these; None: it contains none of that kind."""
    contained = plan.get("contained")
    if plan.get("status") != "active" or not isinstance(contained, list):
        return None
    named = set(_activities(plan.get("activity")))
    orders = [n for n, each in enumerate(contained) if _is_order(each, plan) and f"#{each['id']}" in named]
    if not orders:
        return None
    rest = [each for number, each in enumerate(contained) if number not in orders]
    found: list[tuple[Table, str]] = [({**plan, "contained": rest}, "")]
    for number in orders:
        order = {"subject": plan.get("subject"), **contained[number], "contained": rest}
        order["id"] = f"{plan.get('id', 'plan')}-{contained[number]['id']}"
        found.append(({key: each for key, each in order.items() if each not in (None, [])}, f".contained[{number}]"))
    return found


def _is_order(resource: Any, plan: Table) -> bool:
    return (
        isinstance(resource, Mapping)
        and resource.get("resourceType") == "MedicationRequest"
        and isinstance(resource.get("id"), str)
        and resource.get("subject", plan.get("subject")) == plan.get("subject")
        and not resource.get("basedOn")
    )


def _activities(listed: Any) -> Sequence[str]:
    """The references of what is done in a plan."""
    references = [
        each.get("reference") for each in (listed if isinstance(listed, list) else ()) if isinstance(each, dict)
    ]
    targets = [each.get("reference") for each in references if isinstance(each, dict)]
    return [each for each in targets if isinstance(each, str)]
