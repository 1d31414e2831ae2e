"""The days of an order: stated, or reckoned from its supply; and those of its instructions one after another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from attrs import frozen

from medsteward.model.problem import Caution, Problem
from medsteward.readers.fhir.element import Remarks, Table, first_day, last_day, number_of, object_of
from medsteward.readers.fhir.part import OrderPart, length
from medsteward.readers.fhir.timing import days_of, period_of

_MOST_REPEATS = Fraction(1000)


@frozen
class OrderSupply:
    """What an order says of its supply: the day from which it is valid, and how long one supply and all of them last.

    Lengths are in days; None: not said. Places of ``problems`` and ``cautions`` are within the resource.
    """

    begins: date | None = None
    each: Fraction | None = None
    days: Fraction | None = None
    problems: tuple[Problem, ...] = ()
    cautions: tuple[Caution, ...] = ()


NO_SUPPLY = OrderSupply()


def supply_of(resource: Table, kind: str) -> OrderSupply:
    """The supply of a MedicationRequest or a MedicationDispense; a MedicationStatement has none."""
    remarks = Remarks()
    if kind == "MedicationDispense":
        lasts = object_of(resource, "daysSupply", "", remarks)
        if lasts is None:
            return OrderSupply(problems=tuple(remarks.problems)) if remarks.problems else NO_SUPPLY
        if not any(lasts.get(key) for key in ("unit", "code")):
            lasts = {**lasts, "unit": "d"}
        days = days_of(lasts, ".daysSupply", remarks)
        return OrderSupply(None, days, days, tuple(remarks.problems), tuple(remarks.cautions))
    dispense = object_of(resource, "dispenseRequest", "", remarks) if kind == "MedicationRequest" else None
    if dispense is None:
        return OrderSupply(problems=tuple(remarks.problems)) if remarks.problems else NO_SUPPLY
    at = ".dispenseRequest"
    validity = object_of(dispense, "validityPeriod", at, remarks)
    begins = None if validity is None else period_of(validity, f"{at}.validityPeriod", remarks)[0]
    lasts = object_of(dispense, "expectedSupplyDuration", at, remarks)
    each = None if lasts is None else days_of(lasts, f"{at}.expectedSupplyDuration", remarks)
    days = None
    if each is not None:
        repeats = number_of(dispense, "numberOfRepeatsAllowed", at, remarks) or Fraction(0)
        days = each * (1 + min(repeats, _MOST_REPEATS))
    return OrderSupply(begins, each, days, tuple(remarks.problems), tuple(remarks.cautions))


def order_days(
    resource: Table, kind: str, supply: OrderSupply, remarks: Remarks
) -> tuple[date | None, date | None, bool]:
    """First and last day of an order by itself, and whether the last one is stated rather than reckoned."""
    if kind == "MedicationStatement":
        period = object_of(resource, "effectivePeriod", "", remarks)
        if period is not None:
            return (*period_of(period, ".effectivePeriod", remarks), True)
        return first_day(resource, "effectiveDateTime", "", remarks), None, True
    if kind == "MedicationDispense":
        first = first_day(resource, "whenHandedOver", "", remarks) or first_day(resource, "whenPrepared", "", remarks)
    else:
        first = first_day(resource, "authoredOn", "", remarks)
    if supply is NO_SUPPLY:
        return first, None, False
    if kind == "MedicationRequest":  # what is dispensed does not undo a dose; without its days, the order goes on
        unused = [Caution("FHIR-102", f"{each.text}; it was not used", each.where) for each in supply.problems]
        remarks.add((), (*supply.cautions, *unused))
    else:
        remarks.add(supply.problems, supply.cautions)
    first = supply.begins or first
    return first, _after(first, supply.days), False


def covered_until(resource: Table) -> date | None:
    """The last day that a dispensing covers."""
    return order_days(resource, "MedicationDispense", supply_of(resource, "MedicationDispense"), Remarks())[1]


def ended_before(resource: Table, as_of: date, remarks: Remarks) -> bool:
    """Whether a statement is of what was taken until a day before the one asked about: history, and kept as such."""
    period = object_of(resource, "effectivePeriod", "", remarks)
    end = None if period is None else last_day(period, "end", ".effectivePeriod", remarks)
    return end is not None and end < as_of


def is_bounded(resource: Table) -> bool:
    """Whether an instruction says itself from when to when it holds."""
    dosages = resource.get("dosage" if resource["resourceType"] == "MedicationStatement" else "dosageInstruction")
    for dosage in dosages if isinstance(dosages, list) else ():
        timing = dosage.get("timing") if isinstance(dosage, dict) else None
        repeat = timing.get("repeat") if isinstance(timing, dict) else None
        if isinstance(repeat, dict) and any(key.startswith("bounds") or key == "count" for key in repeat):
            return True
        if isinstance(timing, dict) and timing.get("event"):
            return True
    return False


def _after(first: date | None, days: Fraction | None) -> date | None:
    """The last of so many days from the first."""
    if first is None or days is None:
        return None
    return first + timedelta(days=min(max(ceil(days), 1) - 1, (date.max - first).days))


# --- instructions one after another ------------------------------------------------------------------------------

Dated = tuple[OrderPart, date | None, date | None]
"""What an instruction says, and its first and last day."""


def dated(parts: Sequence[OrderPart], first: date | None, last: date | None, remarks: Remarks) -> list[Dated]:
    """Each part with its first and last day. Instructions of different sequence follow one another."""
    if len(parts) == 1:
        return [(parts[0], *_span(parts[0], first, last))]
    numbers = sorted({part.sequence for part in parts if part.sequence is not None})
    if len(numbers) < 2:
        return [(part, *_span(part, first, last)) for part in parts]
    found: list[Dated] = []
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


def with_all_supplies(each: Dated, supply: OrderSupply) -> Dated:
    """An instruction that says itself when it begins, and not when it ends: it lasts as long as all supplies do."""
    part, first, last = each
    return (part, first, _after(first, supply.days)) if last is None else each


def ended_on(lines: Sequence[Dated], day: date) -> date | None:
    """The last day of an order, if every instruction of it ended before a day; None: one goes on, or has no end."""
    ends = [end for _, _, end in lines]
    if not ends or any(end is None or end >= day for end in ends):
        return None
    return max(end for end in ends if end is not None)


def is_ended_by_itself(part: OrderPart) -> bool:
    """Whether an instruction ends by its own bounds or number of doses."""
    return part.when.last is not None or length(part.when) is not None


def _span(part: OrderPart, first: date | None, last: date | None) -> tuple[date | None, date | None]:
    when = part.when
    start = when.first or first
    if when.last is not None:
        return start, when.last
    days = length(when)
    if days is not None:
        return start, _after(start, days)
    return start, last if last is None or start is None or start <= last else None


def _cut(each: Dated, following: date, remarks: Remarks) -> Dated:
    """An instruction ends the day before the next begins. More than the one day in common is a contradiction."""
    part, first, last = each
    if last is None:
        return part, first, _before(following)
    if last == following:
        return part, first, _before(following) if first is None or first < following else last
    if last > following:
        text = f"instructions in sequence overlap: one ends on {last}, the next begins on {following}"
        remarks.problem("DIR-007", ".dosageInstruction", text)
    return each


def _before(day: date) -> date:
    return max(day, date.min + timedelta(days=1)) - timedelta(days=1)
