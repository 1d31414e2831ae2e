"""Medication resources that belong together: which carries out, repeats or replaces which, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from attrs import evolve

from medsteward.doses.renewals import renewals
from medsteward.model.problem import Caution
from medsteward.model.regimen import Line, Origin
from medsteward.readers.fhir.bundle import BundleEntry, Index
from medsteward.readers.fhir.days import covered_until
from medsteward.readers.fhir.status import Verdict, carries_out_another

_LINKS = {
    "MedicationDispense": ("authorizingPrescription",),
    "MedicationStatement": ("derivedFrom", "basedOn"),
    "MedicationRequest": ("basedOn",),
}
_MANY = 10


def _linked(entry: BundleEntry, index: Index, keys: Sequence[str]) -> list[str]:
    """The names of the resources that an entry refers to by these elements."""
    found = []
    for key in keys:
        references = entry.resource.get(key)
        for each in references if isinstance(references, list) else (references,):
            if not isinstance(each, dict):
                continue
            target = each.get("reference")
            other = index.entry(target) if isinstance(target, str) else index.order_identified(each.get("identifier"))
            if other is not None and other is not entry:
                found.append(other.name)
    return found


def under(entry: BundleEntry, index: Index, outcome: Mapping[str, Verdict]) -> tuple[str, Verdict] | None:
    """Why an entry is not counted beside the one that it carries out, and what became of that; None: it is counted."""
    if entry.kind == "MedicationRequest" and not carries_out_another(entry.resource):
        return None
    said = {"MedicationDispense": "dispensed under", "MedicationStatement": "repeats"}.get(entry.kind, "carries out")
    for name in _linked(entry, index, _LINKS[entry.kind]):
        verdict = outcome.get(name)
        if verdict is Verdict.COUNTS:
            return f"this {entry.kind} {said} another resource that is counted; it is not counted again", verdict
        if verdict is Verdict.NOT_COUNTED and entry.kind != "MedicationStatement" and not _is_done(index, name):
            return f"this {entry.kind} {said} another resource that is not counted; neither is it", verdict
    return None


def _is_done(index: Index, name: str) -> bool:
    """Whether an order is not counted only because it is complete: what was dispensed under it may still be taken."""
    found = index.entry(name)
    return found is not None and found.resource.get("status") == "completed"


def covered_by(dispenses: Sequence[BundleEntry], index: Index) -> dict[str, date]:
    """The last day that dispensings under each order cover."""
    found: dict[str, date] = {}
    for entry in dispenses:
        if entry.resource.get("status") != "completed":
            continue
        last = covered_until(entry.resource)
        for name in _linked(entry, index, _LINKS["MedicationDispense"]):
            if last is not None and last > found.get(name, date.min):
                found[name] = last
    return found


# --- orders that replace one another -------------------------------------------------------------------------------


def replaced(
    lines: Sequence[Line], of: Mapping[str, tuple[BundleEntry, range]], index: Index, as_of: date
) -> tuple[list[Line], list[Caution]]:
    """The lines, with the orders that another one replaces as replaced, and what to say of it.

    ``of`` has the entry of each order by its name, and the places of its lines. An order is replaced by one that names
    it as its ``priorPrescription`` and is of the same ingredients, or that is ``basedOn`` it and says the same, from
    the first day of the newer one. Where that cannot be decided, both stay and are linked.
    """
    found: list[Line] = list(lines)
    cautions: list[Caution] = []
    if not any("priorPrescription" in entry.resource or "basedOn" in entry.resource for entry, _ in of.values()):
        return found, cautions
    edges = {
        name: (
            _linked(entry, index, ("priorPrescription",)),
            _linked(entry, index, ("basedOn",)),
        )
        for name, (entry, _) in of.items()
        if entry.kind == "MedicationRequest"
    }
    for name, (prior, based) in edges.items():
        entry, places = of[name]
        newer = [lines[place] for place in places]
        if not any(line.is_active_on(as_of) for line in newer):
            continue
        for other in dict.fromkeys((*prior, *based)):
            if other not in of or of[other][0].kind != "MedicationRequest":
                continue
            older_entry, older_places = of[other]
            older = [lines[place] for place in older_places]
            if not any(line.is_active_on(as_of) for line in older):
                continue  # it is over by itself
            decided = _same_ingredients(newer, older) and (other in prior or _says_the_same(newer, older, as_of))
            if _goes_round(name, other, edges):
                decided = False
            if not decided and other not in prior and not _same_ingredients(newer, older):
                continue  # an order of another drug on the ground of this one: both are taken
            if decided:
                first = min((line.start for line in newer if line.start is not None), default=None)
                words = "names it as the one before" if other in prior else "is based on it"
                why = f"replaced{'' if first is None else f' on {first}'}: a newer order {words}"
                for place in older_places:
                    found[place] = _ended(lines[place], first, why)
                cautions.append(
                    Caution("FHIR-103", f"this order was {why} ({entry.at}); it is not counted", older_entry.at)
                )
            else:
                for place in (*places, *older_places):
                    found[place] = evolve(found[place], link=found[place].link or other)
                text = "this order names another one, and it cannot be told whether it replaces it; both were counted"
                cautions.append(Caution("FHIR-103", text, entry.at))
    return found, cautions


def _ended(line: Line, first: date | None, why: str) -> Line:
    """A line that another one replaced, with the day before the other one as its last, where that is known."""
    if first is None or line.start is None or line.start >= first:
        return evolve(line, replaced=why)
    last = first - timedelta(days=1)
    ended = last if line.end is None else min(line.end, last)
    return evolve(line, replaced=why, end=ended, lapsed=None)


def _same_ingredients(some: Sequence[Line], others: Sequence[Line]) -> bool:
    found = []
    for lines in (some, others):
        names = {c.ingredient for line in lines if line.regimen is not None for c in line.regimen.product.components}
        if not names or any(line.regimen is None for line in lines):
            return False
        found.append(names)
    return found[0] == found[1]


def _says_the_same(some: Sequence[Line], others: Sequence[Line], as_of: date) -> bool:
    """Whether each line of one order may be a line of the other, and the other way round."""
    active = [line for line in (*some, *others) if line.is_active_on(as_of)]
    if len(some) != len(others) or len(active) != 2 * len(some):
        return False
    groups = renewals([evolve(line, lapsed=None, end=None) for line in (*some, *others)], as_of)
    together = {tuple(sorted(group)) for group in groups}
    return len(together) == len(some) and all(len(group) == 2 and group[1] > len(some) for group in together)


def _goes_round(name: str, other: str, edges: Mapping[str, tuple[list[str], list[str]]]) -> bool:
    """Whether an order is replaced, by others in between, by the one that it replaces."""
    waiting, seen = [other], {other}
    while waiting:
        for further in (each for some in edges.get(waiting.pop(), ((), ())) for each in some):
            if further == name:
                return True
            if further not in seen:
                seen.add(further)
                waiting.append(further)
    return False


def perhaps_twice(lines: Sequence[Line], as_of: date) -> list[Caution]:
    """Say so where an order, a report, a dispensing or a statement of one product stand side by side without a link."""
    found = []
    for group in renewals(lines, as_of):
        origins = {lines[number - 1].origin for number in group}
        if len(origins) < 2 or Origin.STATED in origins:
            continue
        listed = f"{', '.join(map(str, group[:-1]))} and {group[-1]}"
        kinds = " and ".join(sorted(origin.value for origin in origins))
        text = (
            f"lines {listed} are of one product, {kinds}, and no link says whether they are the same; all were counted"
        )
        found.append(Caution("FHIR-103", text))
    return found[:_MANY]
