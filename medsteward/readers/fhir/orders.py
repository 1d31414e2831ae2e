"""Medication resources to lines: which of them count, on which days, and how what they say is followed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction
from itertools import groupby
from math import ceil
from types import MappingProxyType
from typing import Any

from attrs import evolve, frozen

from medsteward.model.amount import Amount
from medsteward.model.number import decimal_text
from medsteward.model.problem import Caution, Problem
from medsteward.model.regimen import Candidate, Line, Regimen
from medsteward.model.sig import Sig, Span
from medsteward.model.unit import Dimension, Unit
from medsteward.readers.fhir.dosage import Instruction, Meaning, meaning_of, read_dosage, together
from medsteward.readers.fhir.drug import Drug, Drugs, with_route
from medsteward.readers.fhir.element import (
    Remarks,
    Table,
    first_day,
    flag_of,
    known_elements,
    last_day,
    number_of,
    object_of,
    objects_of,
    shown,
    text_of,
    words_of,
)
from medsteward.readers.fhir.quantity import quantity_of
from medsteward.readers.fhir.timing import NEVER_SAID, When, days_of, period_of
from medsteward.readers.sig_text import REMEMBERED

MOST_INSTRUCTIONS = 500
"""Instructions of one order."""


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

Lookup = Callable[[str, Table], Table | None]
"""Finds the resource that a reference means, with the one that holds it."""


@frozen
class _Part:
    """What one instruction, or several followed together, say of a drug: the same for equal resources."""

    regimen: Regimen | None
    written: str
    when: When = NEVER_SAID
    sequence: int | None = None
    problems: tuple[Problem, ...] = ()
    cautions: tuple[Caution, ...] = ()
    candidates: tuple[Candidate, ...] = ()


@frozen
class Order:
    """The lines of one resource, or why it gives none; ``cautions`` are about the resource, not about a line."""

    lines: tuple[Line, ...] = ()
    cautions: tuple[Caution, ...] = ()
    verdict: Verdict = Verdict.COUNTS


class Orders:
    """Reads medication resources. What equal resources have in common is read once."""

    def __init__(self, drugs: Drugs) -> None:
        """``drugs`` reads the drug of each."""
        self._drugs = drugs
        self._kept: dict[str, tuple[_Part, ...]] = {}

    def read(self, resource: Table, at: str, lookup: Lookup, *, as_of: date, covered: date | None = None) -> Order:
        """The lines of a MedicationRequest, MedicationStatement or MedicationDispense.

        ``at`` is its place in the input. ``covered`` is the last day that its dispensings cover, where they are known.
        """
        kind = resource["resourceType"]
        remarks = Remarks()
        known_elements(resource, ELEMENTS[kind], "", kind, remarks)
        if resource.get("implicitRules"):
            remarks.problem("FHIR-002", ".implicitRules", "it is written under rules of its own, which are not known")
        verdict, why = _verdict(resource, kind, remarks)
        if verdict is _OFF and kind == "MedicationStatement" and resource.get("status") == "stopped":
            verdict = _past(resource, as_of, remarks) or _OFF
        if verdict is _OFF:
            return Order((), (_not_counted(resource, at, why),), _OFF)
        if not why and verdict is _COUNTS and resource.get("intent") is None and kind == "MedicationRequest":
            remarks.caution("FHIR-101", "no intent is stated; it was counted as an order")
        first, last, stated = _days(resource, kind, remarks)
        if verdict is _BY_DATES and (first is None or last is None) and not _is_bounded(resource):
            return Order((), (_not_counted(resource, at, f"{why}, and its days are not stated"),), _OFF)
        parts = self._parts(resource, kind, lookup)
        cautions: list[Caution] = []
        if covered is not None and last is not None and covered > last and not stated:
            last = covered
        if last is not None and last < as_of and not stated and verdict is _COUNTS and not _is_bounded(resource):
            text = f"{_drug_words(resource)}: its supply ended on {last}, although its status says it goes on"
            cautions.append(Caution("FHIR-103", f"{text}; it is not counted on {as_of}", at))
        lines = _dated(parts, first, last, remarks)
        prescriber = _prescriber(resource, remarks)
        return Order(
            tuple([_line(each, at, remarks, prescriber) for each in lines]),
            tuple(cautions),
            Verdict.COUNTS,
        )

    def given(self, resource: Table, at: str, lookup: Lookup, *, as_of: date) -> tuple[Drug, date] | Caution | None:
        """The drug and the day of a dose that was given; a caution where it is not history or is not known."""
        remarks = Remarks()
        verdict, why = _verdict(resource, "MedicationAdministration", remarks)
        if verdict is _OFF:
            return _not_counted(resource, at, why)
        day = first_day(resource, "effectiveDateTime", "", remarks)
        period = object_of(resource, "effectivePeriod", "", remarks)
        if period is not None:
            day = period_of(period, ".effectivePeriod", remarks)[0]
        drug = self._drug(resource, lookup, "")
        if day is None or drug.product is None or drug.problems:
            return Caution("FHIR-102", f"{_drug_words(resource)}: a dose given, of which drug or day is not known", at)
        if day >= as_of:
            return Caution(
                "FHIR-101", f"{_drug_words(resource)}: a dose given on {day} is no prescription to count", at
            )
        return drug, day

    def _drug(self, resource: Table, lookup: Lookup, at: str) -> Drug:
        concept, reference = resource.get("medicationCodeableConcept"), resource.get("medicationReference")
        if concept is not None and reference is not None:
            text = "medicationCodeableConcept and medicationReference cannot stand together"
            return Drug("", problems=(Problem("FHIR-001", f"{at}.medicationReference", text),))
        if isinstance(concept, dict):
            return self._drugs.of_concept(concept, f"{at}.medicationCodeableConcept")
        if not isinstance(reference, dict):
            text = "no medication is named" if concept is None and reference is None else "medication is an object"
            return Drug("", problems=(Problem("DRUG-004", f"{at}.medicationCodeableConcept", text),))
        target = reference.get("reference")
        found = lookup(target, resource) if isinstance(target, str) else None
        place = f"{at}.medicationReference"
        if found is not None and found.get("resourceType") == "Medication":
            return self._drugs.of_medication(found, place)
        display = reference.get("display")
        if isinstance(display, str) and display.strip():
            drug = self._drugs.of_concept({"text": display}, place)
            if drug.product is not None:
                text = "the Medication that is referred to is not here; the words of the reference were used"
                return evolve(drug, cautions=(*drug.cautions, Caution("FHIR-104", text, place)))
        text = "the Medication that is referred to is not here; send it along in the Bundle, or contained"
        return Drug("", problems=(Problem("FHIR-004", place, text),))

    def _parts(self, resource: Table, kind: str, lookup: Lookup) -> tuple[_Part, ...]:
        dosages = resource.get("dosage" if kind == "MedicationStatement" else "dosageInstruction")
        medication = resource.get("medicationCodeableConcept")
        if medication is None:
            reference = resource.get("medicationReference")
            target = reference.get("reference") if isinstance(reference, dict) else None
            medication = (reference, lookup(target, resource) if isinstance(target, str) else None)
        supply = resource.get("dispenseRequest") or (resource.get("quantity"), resource.get("daysSupply"))
        reasons = resource.get("reasonCode"), _reasons(resource, lookup)
        key = f"{medication!r}{dosages!r}{supply!r}{reasons!r}{kind}"
        parts = self._kept.get(key)
        if parts is None:
            parts = self._read_parts(resource, kind, lookup)
            if len(key) <= _WORTH_KEEPING:
                if len(self._kept) >= REMEMBERED:
                    self._kept.clear()
                self._kept[key] = parts
        return parts

    def _read_parts(self, resource: Table, kind: str, lookup: Lookup) -> tuple[_Part, ...]:
        drug = self._drug(resource, lookup, "")
        remarks = Remarks()
        name = "dosage" if kind == "MedicationStatement" else "dosageInstruction"
        dosages = objects_of(resource, name, "", remarks, MOST_INSTRUCTIONS)
        read = [(read_dosage(each, f".{name}[{n}]"), f".{name}[{n}]") for n, each in enumerate(dosages)]
        indication = _indication(resource, lookup, remarks)
        found = [
            _part(said, with_route(drug, said.route, place), place, indication)
            for said, place in (read or [(Instruction(), f".{name}")])
        ]
        found = [single for part in _joined(found) for single in _by_event(part)]
        if len(found) == 1:
            found = [_with_supply(found[0], resource, kind, remarks)]
        elif len({part.sequence for part in found}) == 1 and all(_is_unbounded(part.when) for part in found):
            text = f"{len(found)} instructions without sequence or dates: counted as taken together"
            found[0] = evolve(found[0], cautions=(*found[0].cautions, Caution("FHIR-105", text)))
        problems = tuple(remarks.problems)
        if problems or remarks.cautions:
            found = [
                evolve(each, problems=(*each.problems, *problems), cautions=(*each.cautions, *remarks.cautions))
                for each in found
            ]
        return tuple(found)


_WORTH_KEEPING = 8000


# --- what counts -------------------------------------------------------------------------------------------------


def _verdict(resource: Table, kind: str, remarks: Remarks) -> tuple[Verdict, str]:
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


def _not_counted(resource: Table, at: str, why: str) -> Caution:
    return Caution("FHIR-101", f"{_drug_words(resource)}: {why}; it is not counted", at)


def _drug_words(resource: Table) -> str:
    """The drug of a resource in its own words, for a message; no more than is needed to find it."""
    concept = resource.get("medicationCodeableConcept")
    if isinstance(concept, dict):
        coding = concept.get("coding")
        first = coding[0] if isinstance(coding, list) and coding and isinstance(coding[0], dict) else {}
        for words in (concept.get("text"), first.get("display"), first.get("code")):
            if isinstance(words, str) and words.strip():
                return shown(words)
    reference = resource.get("medicationReference")
    words = reference.get("display") if isinstance(reference, dict) else None
    return shown(words) if isinstance(words, str) else "a medication"


def _past(resource: Table, as_of: date, remarks: Remarks) -> Verdict | None:
    """A statement of what was taken until a day before the one asked about is history, and is kept as such."""
    period = object_of(resource, "effectivePeriod", "", remarks)
    end = None if period is None else last_day(period, "end", ".effectivePeriod", remarks)
    return _BY_DATES if end is not None and end < as_of else None


# --- days --------------------------------------------------------------------------------------------------------


def _days(resource: Table, kind: str, remarks: Remarks) -> tuple[date | None, date | None, bool]:
    """First and last day of an order by itself, and whether the last one is stated rather than reckoned."""
    if kind == "MedicationStatement":
        period = object_of(resource, "effectivePeriod", "", remarks)
        if period is not None:
            return (*period_of(period, ".effectivePeriod", remarks), True)
        day = first_day(resource, "effectiveDateTime", "", remarks)
        return day, None, True
    if kind == "MedicationDispense":
        first = first_day(resource, "whenHandedOver", "", remarks) or first_day(resource, "whenPrepared", "", remarks)
        days = _supply_days(resource, kind, remarks)
        return first, _after(first, days), False
    dispense = resource.get("dispenseRequest")
    first = first_day(resource, "authoredOn", "", remarks)
    if not isinstance(dispense, dict):
        return first, None, False
    validity = object_of(dispense, "validityPeriod", ".dispenseRequest", remarks)
    if validity is not None:
        first = period_of(validity, ".dispenseRequest.validityPeriod", remarks)[0] or first
    days = _supply_days(resource, kind, remarks)
    if days is None:
        return first, None, False
    repeats = number_of(dispense, "numberOfRepeatsAllowed", ".dispenseRequest", remarks) or Fraction(0)
    return first, _after(first, days * (1 + min(repeats, Fraction(1000)))), False


def _supply_days(resource: Table, kind: str, remarks: Remarks) -> Fraction | None:
    """The days that one supply is meant for."""
    if kind == "MedicationRequest":
        dispense = object_of(resource, "dispenseRequest", "", remarks)
        length = (
            None if dispense is None else object_of(dispense, "expectedSupplyDuration", ".dispenseRequest", remarks)
        )
        return None if length is None else days_of(length, ".dispenseRequest.expectedSupplyDuration", remarks)
    length = object_of(resource, "daysSupply", "", remarks)
    if length is None:
        return None
    if not any(length.get(key) for key in ("unit", "code")):
        length = {**length, "unit": "d"}
    return days_of(length, ".daysSupply", remarks)


def covered_until(resource: Table) -> date | None:
    """The last day that a dispensing covers."""
    return _days(resource, "MedicationDispense", Remarks())[1]


def _after(first: date | None, days: Fraction | None) -> date | None:
    """The last of so many days from the first."""
    if first is None or days is None:
        return None
    return first + timedelta(days=min(max(ceil(days), 1) - 1, (date.max - first).days))


def _is_bounded(resource: Table) -> bool:
    """Whether an instruction says itself from when to when it holds."""
    name = "dosage" if resource["resourceType"] == "MedicationStatement" else "dosageInstruction"
    for dosage in resource.get(name) or ():
        timing = dosage.get("timing") if isinstance(dosage, dict) else None
        repeat = timing.get("repeat") if isinstance(timing, dict) else None
        if isinstance(repeat, dict) and any(key.startswith("bounds") or key == "count" for key in repeat):
            return True
        if isinstance(timing, dict) and timing.get("event"):
            return True
    return False


def _is_unbounded(when: When) -> bool:
    return when.first is None and when.last is None and when.days is None and when.count is None


def _length(part: _Part) -> Fraction | None:
    """How many days an instruction is followed at most, by its bounds or by its number of doses."""
    when = part.when
    if when.days is not None or when.count is None or when.times is None or when.times.high == 0:
        return when.days
    return Fraction(ceil(when.count / (when.times.low or when.times.high)))


def _dated(
    parts: Sequence[_Part], first: date | None, last: date | None, remarks: Remarks
) -> list[tuple[_Part, date | None, date | None]]:
    """Each part with its first and last day. Instructions of different sequence follow one another."""
    if len(parts) == 1:
        return [(parts[0], *_span(parts[0], first, last))]
    numbers = sorted({part.sequence for part in parts if part.sequence is not None})
    if len(numbers) < 2:
        return [(part, *_span(part, first, last)) for part in parts]
    found: list[tuple[_Part, date | None, date | None]] = []
    start, groups = first, [[part for part in parts if part.sequence == number] for number in numbers]
    groups[0] += [part for part in parts if part.sequence is None]
    for group in groups:
        stated = min((part.when.first for part in group if part.when.first is not None), default=None)
        if stated is not None and found:
            found = [_cut(each, stated, remarks) for each in found]
        elif stated is None and found and start is None:
            text = "instructions follow one another, but it is not said when one ends and the next begins; add dates"
            remarks.problem("DIR-008", ".dosageInstruction", text)
        begin = stated or start
        is_last = group is groups[-1]
        spans = [(part, *_span(part, begin, last if is_last else None)) for part in group]
        found += spans
        ends = [end for _, _, end in spans]
        latest = None if any(end is None for end in ends) else max(end for end in ends if end is not None)
        start = None if latest is None or latest == date.max else latest + timedelta(days=1)
    return found


def _span(part: _Part, first: date | None, last: date | None) -> tuple[date | None, date | None]:
    start = part.when.first or first
    if part.when.last is not None:
        return start, part.when.last
    length = _length(part)
    if length is not None:
        return start, _after(start, length)
    return start, last if last is None or start is None or start <= last else None


def _cut(
    dated: tuple[_Part, date | None, date | None], following: date, remarks: Remarks
) -> tuple[_Part, date | None, date | None]:
    """An instruction ends the day before the next begins. More than the one day in common is a contradiction."""
    part, first, last = dated
    if last is None:
        return part, first, following - timedelta(days=1)
    if last == following:
        return part, first, following - timedelta(days=1) if first is None or first < following else last
    if last > following:
        text = f"instructions in sequence overlap: one ends on {last}, the next begins on {following}"
        remarks.problem("DIR-007", ".dosageInstruction", text)
    return dated


# --- lines -------------------------------------------------------------------------------------------------------


def _line(dated: tuple[_Part, date | None, date | None], at: str, remarks: Remarks, prescriber: str | None) -> Line:
    part, first, last = dated
    problems, cautions = part.problems, part.cautions
    if remarks.problems or problems:
        problems = tuple(evolve(p, where=f"{at}{p.where}") for p in dict.fromkeys((*remarks.problems, *problems)))
    if remarks.cautions or cautions:
        everything = dict.fromkeys((*remarks.cautions, *cautions))
        cautions = tuple(evolve(c, where=f"{at}{c.where}" if c.where else "") for c in everything)
    regimen = part.regimen
    if last is None and first is None and _length(part) is not None:
        cautions = (*cautions, Caution("FHIR-102", "it ends after some days, but its first day is not stated"))
    return Line(part.written, regimen, problems, cautions, part.candidates, first, last, prescriber)


def _part(said: Instruction, drug: Drug, place: str, indication: str | None) -> _Part:
    if drug.product is None or drug.matched is None:
        words = drug.words if said.text is None else f"{drug.words}, {said.text}"
        return _Part(
            None,
            words,
            said.when,
            said.sequence,
            (*drug.problems, *said.problems),
            (*drug.cautions, *said.cautions),
            drug.candidates,
        )
    meaning = meaning_of(said, drug.product, drug.matched, place)
    written = f"{drug.words}, {directions}" if (directions := said.text or _in_words(meaning.sig)) else drug.words
    regimen = Regimen(drug.product, meaning.sig, indication=indication or meaning.sig.reason)
    return _Part(
        regimen,
        written,
        said.when,
        said.sequence,
        (*drug.problems, *meaning.problems),
        (*drug.cautions, *meaning.cautions),
    )


def _in_words(sig: Sig) -> str:
    """Directions as a line writes them."""
    said = []
    for taking in sig.takings:
        dose = "" if taking.dose is None else str(taking.dose)
        often = "" if taking.times_per_day is None else _often(taking.times_per_day)
        said.append(" ".join(filter(None, (dose, often))))
    if sig.as_needed:
        said.append("as needed")
    if sig.limit is not None:
        said.append(f"at most {sig.limit} a day")
    return ", ".join(filter(None, said))


def _often(times: Span) -> str:
    if times.low == times.high and times.high < 1 and (1 / times.high).denominator == 1:
        return f"every {decimal_text(1 / times.high)} days"
    low, high = decimal_text(times.low, 3), decimal_text(times.high, 3)
    number = high if low == high else f"{low} to {high}"
    return "daily" if number == "1" else f"{number} times daily"


def _joined(parts: Sequence[_Part]) -> list[_Part]:
    """Instructions for the same days as one, where they differ in dose and schedule alone."""
    if len(parts) < 2 or any(part.problems or part.regimen is None for part in parts):
        return list(parts)
    found: list[_Part] = []
    for _, group in groupby(
        sorted(parts, key=_days_key), key=lambda part: (part.sequence, part.when.first, part.when.last, part.when.days)
    ):
        same = list(group)
        regimens = [part.regimen for part in same if part.regimen is not None]
        sig = together([regimen.sig for regimen in regimens])
        if sig is None or any(part.when.count or part.when.events for part in same) or len(same) == 1:
            found += same
            continue
        cautions = tuple(dict.fromkeys(caution for part in same for caution in part.cautions))
        written = f"{same[0].written}; " + "; ".join(_in_words(r.sig) for r in regimens[1:])
        found.append(evolve(same[0], regimen=evolve(regimens[0], sig=sig), written=written, cautions=cautions))
    return found


def _days_key(part: _Part) -> tuple[Any, ...]:
    when = part.when
    return (
        -1 if part.sequence is None else part.sequence,
        when.first or date.min,
        when.last or date.max,
        when.days or Fraction(0),
    )


def _by_event(part: _Part) -> list[_Part]:
    """One part for each run of days on which single doses are named."""
    if not part.when.events or part.regimen is None or part.problems:
        return [part]
    days = [(day, len(list(same))) for day, same in groupby(part.when.events)]
    if len(days) > MOST_INSTRUCTIONS:
        text = f"{len(days)} single days; at most {MOST_INSTRUCTIONS} are read"
        return [evolve(part, problems=(Problem("CASE-004", ".timing.event", text),))]
    found = []
    for day, number in days:
        times = Span(Fraction(number), Fraction(number))
        sig = part.regimen.sig
        sig = evolve(sig, takings=tuple(evolve(taking, times_per_day=times) for taking in sig.takings))
        when = When(times=times, first=day, last=day)
        found.append(evolve(part, regimen=evolve(part.regimen, sig=sig), when=when))
    return found


def _with_supply(part: _Part, resource: Table, kind: str, remarks: Remarks) -> _Part:
    """Quantity and days' supply of the one instruction there is."""
    if part.regimen is None:
        return part
    holder, at = resource, ""
    if kind == "MedicationRequest":
        holder, at = object_of(resource, "dispenseRequest", "", Remarks()) or {}, ".dispenseRequest"
    length = _supply_days(resource, kind, remarks) if kind != "MedicationStatement" else None
    table = object_of(holder, "quantity", at, remarks)
    quantity: Amount | None = None
    if table is not None:
        found = quantity_of(table, f"{at}.quantity", remarks)
        quantity = _quantity(found, part, f"{at}.quantity", remarks)
    return evolve(part, regimen=evolve(part.regimen, quantity=quantity, days_supply=length))


def _quantity(found: Amount | Fraction | None, part: _Part, at: str, remarks: Remarks) -> Amount | None:
    """What was dispensed, in units of the product."""
    if found is None or part.regimen is None:
        return None
    unit = part.regimen.product.unit
    if not isinstance(found, Amount):
        if unit is None:
            remarks.caution("FHIR-102", f"a quantity of {decimal_text(found)} has no unit; it was not used", at)
            return None
        return Amount(found, unit)
    if found.unit.dimension is Dimension.VOLUME:
        return found.to(Unit.ML)
    if unit is not None and found.unit is not unit:
        text = f"a quantity of {found} does not fit a product counted in {unit.counted(Fraction(2))}; it was not used"
        remarks.caution("FHIR-102", text, at)
        return None
    return found


def _prescriber(resource: Table, remarks: Remarks) -> str | None:
    """An opaque key of who ordered it; never a name."""
    requester = resource.get("requester")
    if not isinstance(requester, dict):
        return None
    reference = text_of(requester, "reference", ".requester", remarks)
    if reference is not None:
        return reference
    identifier = requester.get("identifier")
    value = identifier.get("value") if isinstance(identifier, dict) else None
    return value if isinstance(value, str) else None


def _reasons(resource: Table, lookup: Lookup) -> list[Any]:
    """The codes of the conditions that a resource gives as its reasons."""
    references = resource.get("reasonReference")
    found: list[Any] = []
    for each in references if isinstance(references, list) else ():
        target = each.get("reference") if isinstance(each, dict) else None
        condition = lookup(target, resource) if isinstance(target, str) else None
        if condition is not None and condition.get("resourceType") == "Condition":
            found.append(condition.get("code"))
    return found


def _indication(resource: Table, lookup: Lookup, remarks: Remarks) -> str | None:
    """What it is for, in words."""
    said = [
        words_of(concept, f".reasonCode[{n}]", remarks)
        for n, concept in enumerate(objects_of(resource, "reasonCode", "", remarks))
    ]
    for code in _reasons(resource, lookup):
        if isinstance(code, dict):
            said.append(words_of(code, ".reasonReference", remarks))
    return "; ".join(dict.fromkeys(filter(None, said))) or None


def history_of(given: Sequence[tuple[Drug, date]]) -> list[Line]:
    """Doses that were given, as lines that lie in the past: one for each run of days of a drug."""
    by_drug: dict[str, tuple[Drug, set[date]]] = {}
    for drug, day in given:
        by_drug.setdefault(drug.words, (drug, set()))[1].add(day)
    found = []
    for drug, days in by_drug.values():
        assert drug.product is not None
        regimen = Regimen(drug.product, Sig())
        run: list[date] = []
        for day in sorted(days):
            if run and day - run[-1] > timedelta(days=1):
                found.append(Line(f"{drug.words}, given", regimen, start=run[0], end=run[-1]))
                run = []
            run.append(day)
        found.append(Line(f"{drug.words}, given", regimen, start=run[0], end=run[-1]))
    return found


__all__ = ["INTENTS", "STATUSES", "TYPES", "Meaning", "Order", "Orders", "Verdict"]
