"""A plan as FHIR R4: a CarePlan with its steps, a MedicationRequest for each product, and the plan's own file beside.

Everything is a draft and a proposal: a plan is not an order. One MedicationRequest holds the directions of one product
in the sequence of the steps, each with its first and last day; a dose of several products is in several.
"""

from __future__ import annotations

import base64
from calendar import day_abbr
from collections.abc import Iterator, Sequence
from fractions import Fraction

from attrs import evolve, frozen

from medsteward.advice.plan.report import PlanReport
from medsteward.drugs.products import listed_products
from medsteward.model.labels import as_labelled, label_volume
from medsteward.model.number import json_number
from medsteward.model.unit import Unit
from medsteward.schedules.moment import Moment
from medsteward.schedules.naming import lines_of_plan
from medsteward.schedules.plan import NeedsChoice, Plan
from medsteward.schedules.sig_lines import daily_words, product_words, sig_line
from medsteward.schedules.step import Item, Step, TimedDose
from medsteward.schedules.supply import Track
from medsteward.writers.plan.document import document as plan_document
from medsteward.writers.plan.table import headline, marks
from medsteward.writers.shared.fhir_parts import collection, midnight, notes, outcome, quantity, subject
from medsteward.writers.shared.json_text import Document, pretty

ATTACHED = "application/json"
_RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
_WHEN = {Moment.MORNING: "MORN", Moment.NOON: "NOON", Moment.EVENING: "EVE", Moment.BEDTIME: "HS"}
"""Times of the day that FHIR has a code for; the others are written by the clock."""
_COUNTED = {
    Unit.ML: "mL",
    Unit.TABLET: "{tbl}",
    Unit.CAPSULE: "{capsule}",
    Unit.PATCH: "{patch}",
    Unit.FILM: "{film}",
}
_NEW_PRESCRIPTION = "CII"


def document(report: PlanReport) -> Document:
    """A Bundle of CarePlan, MedicationRequests, the plan's own document, and what was not understood."""
    plan = report.plan
    if plan is None:
        return collection([outcome(report.problems, report.cautions)])
    requests = [] if plan.awaits_restart else list(_requests(report, plan))
    return collection(
        [_care_plan(report, plan), *requests, _own_file(report), outcome(report.problems, report.cautions)]
    )


def _care_plan(report: PlanReport, plan: Plan) -> Document:
    said = [headline(report), *marks(report)]
    if isinstance(plan.outcome, NeedsChoice):
        said.append(f"Needs a choice: {plan.outcome.reason}")
    return {
        "resourceType": "CarePlan",
        "status": "draft",
        "intent": "proposal",
        "title": f"{report.kind.capitalize()} by {plan.request.courses[0].policy.id}",
        "description": headline(report),
        "subject": subject(report.case_id),
        "period": {"start": midnight(plan.first_day), "end": midnight(plan.last_day)},
        "created": midnight(report.as_of),
        "activity": [_activity(step) for step in plan.steps],
        "note": notes(said),
    }


def _activity(step: Step) -> Document:
    forced = ", forced" if step.forced else ""
    return {
        "detail": {
            "kind": "MedicationRequest",
            "status": "not-started",
            "scheduledPeriod": {"start": midnight(step.first_day), "end": midnight(step.last_day)},
            "description": f"Step {step.number} ({step.kind.value}{forced}): "
            f"{daily_words(step, with_products=True) or 'none'}",
        }
    }


@frozen
class _Line:
    """One medication line of the plan, by its name, which tells it from other lines of the drug."""

    track: Track
    name: str

    def doses(self, step: Step) -> list[TimedDose]:
        """Its doses in a step."""
        return [dose for dose in step.doses if dose.name == self.name]


def _requests(report: PlanReport, plan: Plan) -> Iterator[Document]:
    """One request for each product, its directions in the sequence of the steps."""
    for (drug, told), track in lines_of_plan(plan).items():
        line = _Line(track, f"{drug} {told}" if told else drug)
        for product in dict.fromkeys(
            item.product for step in plan.steps for dose in line.doses(step) for item in dose.items
        ):
            yield _request(report, plan, line, product)


def _request(report: PlanReport, plan: Plan, line: _Line, product: str) -> Document:
    directions = [
        each for step in plan.steps for each in _directions(step, line, product) if step.first_day <= step.last_day
    ]
    schedule = next((supply.schedule for supply in line.track.supplies if supply.product == product), "")
    found: Document = {
        "resourceType": "MedicationRequest",
        "status": "draft",
        "intent": "proposal",
        "medicationCodeableConcept": _medication(product, line),
        "subject": subject(report.case_id),
        "authoredOn": midnight(report.as_of),
        "dosageInstruction": directions,
    }
    if schedule == _NEW_PRESCRIPTION:
        found["dispenseRequest"] = {"numberOfRepeatsAllowed": 0}
    return found


def _medication(product: str, line: _Line) -> Document:
    """The product by its code where it is listed, and in words: as on its label, with its release where that tells."""
    text = product_words(product, line.track.drug, line.track.release, line.name)
    volume = label_volume(product)
    listed = next(
        (each.product for each in listed_products() if as_labelled(each.product.listed or "", volume) == product), None
    )
    if listed is None or listed.rxcui is None:
        return {"text": text}
    return {"coding": [{"system": _RXNORM, "code": listed.rxcui, "display": listed.listed}], "text": text}


def _directions(step: Step, line: _Line, product: str) -> Iterator[Document]:
    """The doses of one product in one step: equal ones together, all with the step's sequence."""
    track = line.track
    by_count: dict[Fraction, list[tuple[TimedDose, Item]]] = {}
    for dose in line.doses(step):
        for item in dose.items:
            if item.product == product:
                by_count.setdefault(item.count, []).append((dose, item))
    for found in by_count.values():
        for by_clock in (False, True):
            alike = [(dose, item) for dose, item in found if _is_by_clock(dose) is by_clock]
            if alike:
                shares = [_alone(dose, item) for dose, item in alike]
                yield {
                    "sequence": step.number,
                    "text": sig_line(shares, line.name, wear_days=track.wear_days, hours_apart=track.hours_apart),
                    **({"asNeededBoolean": True} if alike[0][0].time is Moment.AS_NEEDED else {}),
                    "timing": {"repeat": {"boundsPeriod": _bounds(step, shares), **_times(shares, track)}},
                    "doseAndRate": [{"doseQuantity": _counted(alike[0][1])}],
                }


def _is_by_clock(dose: TimedDose) -> bool:
    """Whether FHIR has no code for the time of the day."""
    return dose.time not in (Moment.WORN, Moment.AS_NEEDED) and dose.time not in _WHEN


def _alone(dose: TimedDose, item: Item) -> TimedDose:
    """The share of a dose that one product makes."""
    return evolve(dose, amount=item.strength * item.count, items=(item,))


def _bounds(step: Step, doses: Sequence[TimedDose]) -> Document:
    """The days of a step, from the first with a dose on: a period of several days counts from there."""
    first = step.first_day if doses[0].days.off else doses[0].days.first_on(step.first_day)
    return {"start": midnight(first), "end": midnight(step.last_day)}


def _times(doses: list[TimedDose], track: Track) -> Document:
    if doses[0].time is Moment.WORN:
        return {"frequency": 1, "period": track.wear_days, "periodUnit": "d"}
    days = doses[0].days
    often: Document = {"frequency": len(doses), "period": days.every, "periodUnit": "d"}
    if days.off:
        often["dayOfWeek"] = [day_abbr[day].casefold() for day in days.on]
    if doses[0].time is Moment.AS_NEEDED:
        return often
    if _is_by_clock(doses[0]):
        return {**often, "timeOfDay": [f"{dose.time.hour % 24:02d}:00:00" for dose in doses]}
    return {**often, "when": [_WHEN[dose.time] for dose in doses]}


def _counted(item: Item) -> Document:
    return quantity(json_number(item.count), _COUNTED.get(item.unit, f"{{{item.unit.value}}}"), item.unit.value)


def _own_file(report: PlanReport) -> Document:
    """The plan as `medsteward plan` reads it, so that nothing of it is lost on the way."""
    data = base64.b64encode(pretty(plan_document(report)).encode()).decode()
    return {
        "resourceType": "DocumentReference",
        "status": "current",
        "subject": subject(report.case_id),
        "description": "The plan as a file of medsteward, for: medsteward plan show",
        "content": [{"attachment": {"contentType": ATTACHED, "title": "plan.json", "data": data}}],
    }
