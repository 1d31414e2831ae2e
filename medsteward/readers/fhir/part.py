"""What one instruction says of one drug, alone and beside the others of its order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby
from math import ceil
from typing import Any

from attrs import evolve, frozen

from medsteward.model.amount import Amount
from medsteward.model.number import decimal_text
from medsteward.model.problem import Caution, Problem
from medsteward.model.regimen import Candidate, Regimen
from medsteward.model.sig import Span
from medsteward.model.unit import Dimension, Unit
from medsteward.readers.fhir.dosage import Instruction
from medsteward.readers.fhir.drug import ResourceDrug
from medsteward.readers.fhir.element import Remarks, Table, object_of
from medsteward.readers.fhir.lasting import against_supply
from medsteward.readers.fhir.meaning import in_words, meaning_of, together
from medsteward.readers.fhir.quantity import quantity_of
from medsteward.readers.fhir.timing import NEVER_SAID, When

MOST_INSTRUCTIONS = 500
"""Instructions of one order."""


@frozen
class OrderPart:
    """What one instruction, or several followed together, say of a drug: the same for equal resources."""

    regimen: Regimen | None
    written: str
    when: When = NEVER_SAID
    sequence: int | None = None
    problems: tuple[Problem, ...] = ()
    cautions: tuple[Caution, ...] = ()
    candidates: tuple[Candidate, ...] = ()


def length(when: When) -> Fraction | None:
    """How many days an instruction is followed at most, by its bounds or by its number of doses."""
    if when.days is not None or when.count is None or when.times is None or when.times.high == 0:
        return when.days
    return Fraction(ceil(when.count / (when.times.low or when.times.high)))


def is_unbounded(when: When) -> bool:
    """Whether an instruction does not say itself from when to when it holds."""
    return when.first is None and when.last is None and when.days is None and when.count is None


def part_of(said: Instruction, drug: ResourceDrug, place: str, indication: str | None) -> OrderPart:
    """What an instruction says of a drug, in directions for its product. ``place`` is that of the instruction."""
    if drug.product is None or drug.matched is None:
        words = drug.words if said.text is None else f"{drug.words}, {said.text}"
        return OrderPart(
            None,
            words,
            said.when,
            said.sequence,
            (*drug.problems, *said.problems),
            (*drug.cautions, *said.cautions),
            drug.candidates,
        )
    meaning = meaning_of(said, drug, place)
    written = f"{drug.words}, {meaning.words}" if meaning.words else drug.words
    regimen = Regimen(drug.product, meaning.sig, indication=indication or meaning.sig.reason)
    return OrderPart(
        regimen,
        written,
        said.when,
        said.sequence,
        (*drug.problems, *meaning.problems),
        (*drug.cautions, *meaning.cautions),
    )


def on_the_same_day(parts: Sequence[OrderPart]) -> list[OrderPart]:
    """Instructions in sequence that cannot follow one another, as those of one day.

    None of them ends, and each is for other times of day: a morning and a bedtime dose.
    """
    moments = [_moments(part) for part in parts]
    named = [moment for each in moments for moment in each]
    if (
        len({part.sequence for part in parts if part.sequence is not None}) < 2
        or not all(moments)
        or len(set(named)) != len(named)
        or not all(is_unbounded(part.when) and not part.when.events for part in parts)
    ):
        return list(parts)
    text = "instructions in sequence, none of which ends, at different times of day: counted as taken on the same day"
    first, *others = (evolve(part, sequence=None) for part in parts)
    return [evolve(first, cautions=(*first.cautions, Caution("FHIR-105", text))), *others]


def _moments(part: OrderPart) -> tuple[str, ...]:
    """The times of day of an instruction; none where a dose of it has none."""
    takings = () if part.regimen is None or part.problems else part.regimen.sig.takings
    return tuple(m for t in takings for m in t.moments) if all(t.moments for t in takings) else ()


def joined(parts: Sequence[OrderPart]) -> list[OrderPart]:
    """Instructions for the same days as one, where they differ in dose and schedule alone."""
    if len(parts) < 2 or any(part.problems or part.regimen is None for part in parts):
        return list(parts)
    found: list[OrderPart] = []
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
        written = f"{same[0].written}; " + "; ".join(in_words(r.sig) for r in regimens[1:])
        found.append(evolve(same[0], regimen=evolve(regimens[0], sig=sig), written=written, cautions=cautions))
    return found


def _days_key(part: OrderPart) -> tuple[Any, ...]:
    when = part.when
    return (
        -1 if part.sequence is None else part.sequence,
        when.first or date.min,
        when.last or date.max,
        when.days or Fraction(0),
    )


def by_event(part: OrderPart) -> list[OrderPart]:
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


def with_supply(part: OrderPart, resource: Table, kind: str, days: Fraction | None, remarks: Remarks) -> OrderPart:
    """The one instruction there is, with the quantity, and the days that one supply is meant for."""
    if part.regimen is None:
        return part
    holder, at, lasts = resource, "", ".daysSupply"
    if kind == "MedicationRequest":
        holder, at = object_of(resource, "dispenseRequest", "", Remarks()) or {}, ".dispenseRequest"
        lasts = f"{at}.expectedSupplyDuration"
    table = object_of(holder, "quantity", at, remarks)
    if table is None and days is None:
        return part
    quantity: Amount | None = None
    if table is not None:
        own = Remarks()
        found = quantity_of(table, f"{at}.quantity", own)
        unused = [Caution("FHIR-102", f"{each.text}; it was not used", each.where) for each in own.problems]
        remarks.add(() if kind == "MedicationRequest" else own.problems, own.cautions)
        if kind == "MedicationRequest":
            remarks.add((), unused)
        quantity = _quantity(found, part, f"{at}.quantity", remarks)
    against = against_supply(part.regimen.sig, days)
    if against is not None:
        remarks.problem("CASE-003", lasts, against)
    return evolve(part, regimen=evolve(part.regimen, quantity=quantity, days_supply=days))


def _quantity(found: Amount | Fraction | None, part: OrderPart, at: str, remarks: Remarks) -> Amount | None:
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
