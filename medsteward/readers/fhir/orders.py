"""Medication resources to lines: which of them count, on which days, and how what they say is followed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from attrs import evolve, frozen

from medsteward.model.problem import Caution, Problem
from medsteward.model.regimen import Line, Origin, Regimen
from medsteward.model.sig import Sig
from medsteward.readers.fhir.bundle import BundleEntry, Lookup
from medsteward.readers.fhir.conditions import words_or_title
from medsteward.readers.fhir.days import (
    NO_SUPPLY,
    Dated,
    OrderSupply,
    dated,
    ended_before,
    ended_on,
    is_bounded,
    is_ended_by_itself,
    order_days,
    supply_of,
    with_all_supplies,
)
from medsteward.readers.fhir.dosage import Instruction, read_dosage
from medsteward.readers.fhir.drug import Drugs, ResourceDrug, said_of, with_route
from medsteward.readers.fhir.element import (
    Remarks,
    Table,
    first_day,
    known_elements,
    object_of,
    objects_of,
    shown,
    text_of,
)
from medsteward.readers.fhir.kept import Kept, Text, key_of
from medsteward.readers.fhir.lasting import against_period
from medsteward.readers.fhir.part import (
    MOST_INSTRUCTIONS,
    OrderPart,
    by_event,
    is_unbounded,
    joined,
    length,
    on_the_same_day,
    part_of,
    with_supply,
)
from medsteward.readers.fhir.status import ELEMENTS, Verdict, how_ended, verdict_of
from medsteward.readers.fhir.timing import period_of

_GOES_ON = ("MedicationRequest", "MedicationStatement")
"""Resources whose status says that something goes on; that of a dispensing only says that it was handed over."""
_ORIGINS = {
    "MedicationRequest": Origin.ORDER,
    "MedicationStatement": Origin.STATEMENT,
    "MedicationDispense": Origin.DISPENSING,
}

_COUNTS, _BY_DATES, _OFF = Verdict.COUNTS, Verdict.BY_DATES, Verdict.NOT_COUNTED


@frozen
class OrderSaid:
    """What a resource says apart from whose it is and when it was written: the same for all that are alike.

    ``why`` says why it is not counted, or counts by its days alone.
    Places of ``problems`` and ``cautions`` are within the resource.
    """

    verdict: Verdict
    why: str
    is_bounded: bool = False
    supply: OrderSupply = NO_SUPPLY
    parts: tuple[OrderPart, ...] = ()
    problems: tuple[Problem, ...] = ()
    cautions: tuple[Caution, ...] = ()


@frozen
class Order:
    """The lines of one resource, or why it gives none; ``cautions`` are about the resource, not about a line."""

    lines: tuple[Line, ...] = ()
    cautions: tuple[Caution, ...] = ()
    verdict: Verdict = Verdict.COUNTS


class Orders:
    """Reads medication resources. What those that are alike have in common is read once."""

    def __init__(self, drugs: Drugs) -> None:
        """``drugs`` reads the drug of each."""
        self._drugs = drugs
        self._said: Kept[OrderSaid] = Kept()
        self._instructions: Kept[Instruction] = Kept()

    def read(self, entry: BundleEntry, lookup: Lookup, *, as_of: date, covered: date | None = None) -> Order:
        """The lines of a MedicationRequest, MedicationStatement or MedicationDispense.

        ``covered`` is the last day that its dispensings cover, where they are known.
        """
        resource, kind, at = entry.resource, entry.kind, entry.at
        said = self._said_by(entry, lookup)
        remarks = Remarks(list(said.problems), list(said.cautions))
        verdict = said.verdict
        if verdict is _OFF and _may_be_past(resource, kind) and ended_before(resource, as_of, remarks):
            verdict = _BY_DATES
        if verdict is _OFF:
            return Order((), (_not_counted(resource, at, said.why),), _OFF)
        first, last, stated = order_days(resource, kind, said.supply, remarks)
        if verdict is _BY_DATES and (first is None or last is None) and not said.is_bounded:
            return Order((), (_not_counted(resource, at, f"{said.why}, and its days are not stated"),), _OFF)
        if last is not None and not stated and covered is not None and covered > last:
            last = covered
        lines = dated(said.parts, first, last, remarks)
        if len(lines) == 1:
            lines = [with_all_supplies(lines[0], said.supply)]
            if verdict is _COUNTS:
                self._hold_period(lines[0], kind, remarks)
        over = ended_on(lines, as_of) if verdict is _COUNTS and kind in _GOES_ON else None
        if over is not None and covered is not None and covered >= as_of:
            lines, over = [(part, start, covered if end == over else end) for part, start, end in lines], None
        prescriber = prescriber_of(resource, remarks)
        origin = origin_of(resource, kind)
        made = [line_of(each, at, remarks, prescriber, origin) for each in lines]
        if "statusReason" in resource and (how := how_ended(resource)) is not None:
            made = [evolve(line, ended=how) for line in made]
        if over is None:
            return Order(tuple(made))
        lapsed = [end == over and (not stated or is_ended_by_itself(part)) for part, _, end in lines]
        made = [evolve(line, lapsed=over) if so else line for line, so in zip(made, lapsed, strict=True)]
        if any(lapsed):
            text = (
                f"its supply or its days ended on {over}, and its status says that it goes on; ask whether it is taken"
            )
        else:
            text = f"its status says that it goes on, and its period ended on {over}; it is not counted on {as_of}"
        return Order(tuple(made), (Caution("FHIR-103", f"{drug_words(resource)}: {text}", at),))

    @staticmethod
    def _hold_period(line: Dated, kind: str, remarks: Remarks) -> None:
        """A statement that is said to be followed for longer than its directions last contradicts them."""
        part, first, last = line
        if kind == "MedicationStatement" and part.regimen is not None:
            against = against_period(part.regimen.sig, first, last)
            if against is not None:
                remarks.problem("CASE-003", ".effectivePeriod", against)

    def given(self, entry: BundleEntry, lookup: Lookup, *, as_of: date) -> tuple[ResourceDrug, date] | Caution | None:
        """The drug and the day of a dose that was given; a caution where it is not history or is not known."""
        resource, at = entry.resource, entry.at
        remarks = Remarks()
        verdict, why = verdict_of(resource, "MedicationAdministration", remarks)
        if verdict is _OFF:
            return _not_counted(resource, at, why)
        day = first_day(resource, "effectiveDateTime", "", remarks)
        period = object_of(resource, "effectivePeriod", "", remarks)
        if period is not None:
            day = period_of(period, ".effectivePeriod", remarks)[0]
        drug = self._drug(resource, lookup)
        if day is None or drug.product is None or drug.problems:
            return Caution("FHIR-102", f"{drug_words(resource)}: a dose given, of which drug or day is not known", at)
        if day >= as_of:
            return Caution("FHIR-101", f"{drug_words(resource)}: a dose given on {day} is no prescription to count", at)
        return drug, day

    def _drug(self, resource: Table, lookup: Lookup) -> ResourceDrug:
        concept, reference = resource.get("medicationCodeableConcept"), resource.get("medicationReference")
        place = ".medicationReference"
        if concept is not None and reference is not None:
            text = "medicationCodeableConcept and medicationReference cannot stand together"
            return ResourceDrug("", problems=(Problem("FHIR-001", place, text),))
        if isinstance(concept, dict):
            return self._drugs.of_concept(concept, ".medicationCodeableConcept")
        if not isinstance(reference, dict):
            text = "no medication is named" if concept is None and reference is None else "medication is an object"
            return ResourceDrug("", problems=(Problem("DRUG-004", ".medicationCodeableConcept", text),))
        found = _target(reference, resource, lookup)
        if found is not None and found.get("resourceType") == "Medication":
            return self._drugs.of_medication(found, place)
        display = reference.get("display")
        if isinstance(display, str) and display.strip():
            drug = self._drugs.of_concept({"text": display}, place)
            if drug.product is not None:
                text = "the Medication that is referred to is not here; the words of the reference were used"
                return evolve(drug, cautions=(*drug.cautions, Caution("FHIR-104", text, place)))
        text = "the Medication that is referred to is not here; send it along in the Bundle, or contained"
        return ResourceDrug("", problems=(Problem("FHIR-004", place, text),))

    def _said_by(self, entry: BundleEntry, lookup: Lookup) -> OrderSaid:
        resource = entry.resource
        key: Text | tuple[Text, Text] | None = entry.alike
        if entry.alike is not None and ("medicationReference" in resource or "reasonReference" in resource):
            key = _with_references(entry.alike, resource, lookup)
        if key is None:
            return self._read(resource, entry.kind, lookup)
        return self._said.get(key) or self._said.keep(key, self._read(resource, entry.kind, lookup))

    def _read(self, resource: Table, kind: str, lookup: Lookup) -> OrderSaid:
        remarks = Remarks()
        known_elements(resource, ELEMENTS[kind], "", kind, remarks)
        if resource.get("implicitRules"):
            remarks.problem("FHIR-002", ".implicitRules", "it is written under rules of its own, which are not known")
        verdict, why = verdict_of(resource, kind, remarks)
        if verdict is _OFF and not _may_be_past(resource, kind):
            return OrderSaid(verdict, why)
        if verdict is _COUNTS and resource.get("intent") is None and kind == "MedicationRequest":
            remarks.caution("FHIR-101", "no intent is stated; it was counted as an order")
        supply = supply_of(resource, kind)
        parts = self.parts(resource, kind, supply, lookup)
        problems, cautions = tuple(remarks.problems), tuple(remarks.cautions)
        return OrderSaid(verdict, why, is_bounded(resource), supply, parts, problems, cautions)

    def parts(self, resource: Table, kind: str, supply: OrderSupply, lookup: Lookup) -> tuple[OrderPart, ...]:
        """What each instruction of a resource says of its drug, whether the resource counts or not."""
        drug = self._drug(resource, lookup)
        remarks = Remarks()
        name = "dosage" if kind == "MedicationStatement" else "dosageInstruction"
        dosages = objects_of(resource, name, "", remarks, MOST_INSTRUCTIONS)
        read = [(self._instruction(each, place), place) for n, each in enumerate(dosages) if (place := f".{name}[{n}]")]
        indication = _indication(resource, lookup, remarks)
        found = [
            part_of(instruction, with_route(drug, instruction.route, place), place, indication)
            for instruction, place in (read or [(Instruction(), f".{name}")])
        ]
        found = [single for part in joined(on_the_same_day(found)) for single in by_event(part)]
        if len(found) == 1:
            found = [with_supply(found[0], resource, kind, supply.each, remarks)]
        elif len({part.sequence for part in found}) == 1 and all(is_unbounded(part.when) for part in found):
            text = f"{len(found)} instructions without sequence or dates: counted as taken together"
            found[0] = evolve(found[0], cautions=(*found[0].cautions, Caution("FHIR-105", text)))
        problems, cautions = tuple(remarks.problems), tuple(remarks.cautions)
        if problems or cautions:
            found = [
                evolve(each, problems=(*each.problems, *problems), cautions=(*each.cautions, *cautions))
                for each in found
            ]
        return tuple(found)

    def _instruction(self, dosage: Table, place: str) -> Instruction:
        text = key_of(dosage)
        if text is None:
            return read_dosage(dosage, place)
        key = place, text
        return self._instructions.get(key) or self._instructions.keep(key, read_dosage(dosage, place))


def _may_be_past(resource: Table, kind: str) -> bool:
    """Whether a resource that is not counted can be history: what was taken, and is no more."""
    return kind == "MedicationStatement" and resource.get("status") == "stopped"


def _target(reference: Any, resource: Table, lookup: Lookup) -> Table | None:
    """The resource that a reference means."""
    target = reference.get("reference") if isinstance(reference, dict) else None
    return lookup(target, resource) if isinstance(target, str) else None


def _with_references(alike: Text, resource: Table, lookup: Lookup) -> tuple[Text, Text] | None:
    """What is said, with what the references to a Medication and to reasons stand for."""
    reference = resource.get("medicationReference")
    medication = _target(reference, resource, lookup)
    if isinstance(reference, dict):
        reference = {"display": reference.get("display")}
    text = key_of((reference, medication and said_of(medication), _reasons(resource, lookup)))
    return None if text is None else (alike, text)


def _not_counted(resource: Table, at: str, why: str) -> Caution:
    return Caution("FHIR-101", f"{drug_words(resource)}: {why}; it is not counted", at)


def drug_words(resource: Table) -> str:
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


def origin_of(resource: Table, kind: str) -> Origin:
    """What a line comes from. An order that was reported is a report."""
    if resource.get("reportedBoolean") is True or resource.get("reportedReference") is not None:
        return Origin.REPORT
    return _ORIGINS[kind]


def line_of(each: Dated, at: str, remarks: Remarks, prescriber: str | None, origin: Origin) -> Line:
    """The line of one instruction on its days; ``at`` is the place of its resource."""
    part, first, last = each
    problems, cautions = part.problems, part.cautions
    if remarks.problems or problems:
        problems = tuple(evolve(p, where=f"{at}{p.where}") for p in dict.fromkeys((*remarks.problems, *problems)))
    if remarks.cautions or cautions:
        everything = dict.fromkeys((*remarks.cautions, *cautions))
        cautions = tuple(evolve(c, where=f"{at}{c.where}" if c.where else "") for c in everything)
    regimen = part.regimen
    if last is None and first is None and length(part.when) is not None:
        cautions = (*cautions, Caution("FHIR-102", "it ends after some days, but its first day is not stated"))
    return Line(part.written, regimen, problems, cautions, part.candidates, first, last, prescriber, origin=origin)


def prescriber_of(resource: Table, remarks: Remarks) -> str | None:
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
        condition = _target(each, resource, lookup)
        if condition is not None and condition.get("resourceType") == "Condition":
            found.append(condition.get("code"))
    return found


def _indication(resource: Table, lookup: Lookup, remarks: Remarks) -> str | None:
    """What it is for, in words."""
    said = [
        words_or_title(concept, f".reasonCode[{n}]", remarks)
        for n, concept in enumerate(objects_of(resource, "reasonCode", "", remarks))
    ]
    for code in _reasons(resource, lookup):
        if isinstance(code, dict):
            said.append(words_or_title(code, ".reasonReference", remarks))
    return "; ".join(dict.fromkeys(filter(None, said))) or None


def history_of(given: Sequence[tuple[ResourceDrug, date]]) -> list[Line]:
    """Doses that were given, as lines that lie in the past: one for each run of days of a drug."""
    by_drug: dict[str, tuple[ResourceDrug, set[date]]] = {}
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
