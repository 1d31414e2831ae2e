"""From phrases to doses and schedules: which amount is a strength, which a dose, and when it is taken."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from attrs import Factory, define, frozen

from medsteward import units
from medsteward.errors import MedstewardError
from medsteward.model.amount import Amount
from medsteward.model.sig import Dose, Span
from medsteward.model.unit import Dimension, Unit
from medsteward.readers.grammar import Part
from medsteward.readers.notes import Notes

_SCHEDULES = frozenset({"often", "at"})
_AMOUNTS = frozenset({"measure", "count", "multiplied", "per_day"})


@define
class Segment:
    """One dose with its schedule, as its phrases stand in the line."""

    amounts: list[Part] = Factory(list)
    schedules: list[Part] = Factory(list)


@frozen
class Count:
    """A number of units of the product whose unit is not written: ``2`` in "500 mg, 2 three times daily"."""

    low: Fraction
    high: Fraction


@frozen
class Planned:
    """One dose with its schedule: what is taken and, where the line says it, how often and when."""

    dose: Dose | Count | None
    times_per_day: Span | None
    moments: tuple[str, ...]
    wear: Span | None = None


@define
class Understood:
    """What the amounts of a line mean, before the product is known.

    ``strengths`` are one per ingredient, or one alone; ``assumed`` says that the one strength is the dose itself.
    """

    strengths: tuple[Amount, ...] = ()
    takings: list[Planned] = Factory(list)
    daily_total: Dose | None = None
    checks: list[tuple[Dose | Count, Amount]] = Factory(list)


def understand(parts: Sequence[Part], ingredients: tuple[str, ...], listed: Any, notes: Notes) -> Understood:
    """Sort the amounts and schedules of ``parts`` into strengths and takings.

    ``listed`` answers whether a tuple of bare numbers is a listed set of strengths of these ingredients.
    """
    settled = [_settle(part, ingredients, parts, listed, notes) for part in parts]
    settled, own = _strengths_by_name(settled, ingredients)
    found = Understood(strengths=own)
    flow = [part for part in settled if part is not None and not _take_strength(part, ingredients, found, notes)]
    segments = _segments(flow)
    counted = any(_is_counted(part) for segment in segments for part in segment.amounts)
    for segment in segments:
        if counted and not segment.schedules and len(segments) > 1 and _is_one_mass(segment):
            # "2 tabs in the morning and 3 at night of morphine ER 15 mg": the strength comes last
            _set_strengths(found, (segment.amounts[0].low,), segment.amounts[0].text, notes)
            continue
        planned = _planned(segment, found, notes)
        if planned is not None:
            found.takings.append(planned)
    return found


def _settle(
    part: Part, ingredients: tuple[str, ...], parts: Sequence[Part], listed: Any, notes: Notes
) -> Part | None:
    """Decide what ``5-325`` is: two strengths of a combination, or a range."""
    if part.kind != "pair":
        return part
    low, high, unit = part.low, part.high, part.extra
    several = len(ingredients) > 1 and not any(other.kind == "strengths" for other in parts)
    mass = unit is None or unit.dimension is Dimension.MASS
    if several and (
        listed((low, high)) or (mass and unit is not None) or (unit is None and max(low, high) >= 50)
    ):
        each = unit if unit is not None and mass else Unit.MG
        return Part("strengths", part.text, (Amount(low, each), Amount(high, each)), bracketed=part.bracketed)
    if low > high:
        notes.problem("NUM-002", f'"{part.text}" runs from a larger to a smaller number; write the smaller one first')
        return None
    if unit is None:
        return Part("count", part.text, low, high, bracketed=part.bracketed)
    return Part("measure", part.text, Amount(low, unit), Amount(high, unit), bracketed=part.bracketed)


def _strengths_by_name(
    parts: Sequence[Part | None], ingredients: tuple[str, ...]
) -> tuple[list[Part | None], tuple[Amount, ...]]:
    """Strengths written beside each name: ``oxycodone 5 mg / acetaminophen 325 mg``."""
    if len(ingredients) < 2 or sum(1 for p in parts if p is not None and p.kind == "name") != len(ingredients):
        return list(parts), ()
    taken: dict[int, Amount] = {}
    names = [i for i, part in enumerate(parts) if part is not None and part.kind == "name"]
    for here, there in zip(names, [*names[1:], len(parts)], strict=True):
        for i in range(here + 1, there):
            part = parts[i]
            if part is None or part.kind in {"mark", "noise"}:
                continue
            if part.kind == "measure" and part.low == part.high and part.low.unit.dimension is Dimension.MASS:
                taken[i] = part.low
            break
    if len(taken) != len(ingredients):
        return list(parts), ()
    return [None if i in taken else part for i, part in enumerate(parts)], tuple(taken.values())


def _take_strength(part: Part, ingredients: tuple[str, ...], found: Understood, notes: Notes) -> bool:
    """Take a phrase that can only be a strength; tell whether it was one."""
    if part.kind == "strengths":
        if len(ingredients) < 2:
            notes.problem(
                "DIR-007",
                f'"{part.text}" gives several strengths but one drug is named; name the other ones too',
            )
            return True
        strengths = part.low
        if part.extra is not None:
            try:
                strengths = tuple(units.per(each, part.extra) for each in strengths)
            except MedstewardError as error:
                notes.problem("UNIT-001", str(error))
                return True
        _set_strengths(found, strengths, part.text, notes)
        return True
    if part.kind in {"concentration", "strength"}:
        _set_strengths(found, (part.low,), part.text, notes)
        return True
    if part.kind == "rate":
        if part.low != part.high:
            notes.problem("DIR-007", f'"{part.text}": a patch has one rate; write the one that is worn')
        _set_strengths(found, (part.high,), part.text, notes)
        return True
    return False


def _set_strengths(found: Understood, strengths: tuple[Amount, ...], text: str, notes: Notes) -> None:
    if found.strengths and found.strengths != strengths:
        notes.problem("DIR-007", f'"{text}" is a second strength in one line; give each product a line of its own')
        return
    found.strengths = strengths


def _segments(flow: Sequence[Part]) -> list[Segment]:
    """Group amounts with the schedule that follows them, or that goes before them throughout the line."""
    segments = [Segment()]
    for part in flow:
        if part.kind in _AMOUNTS:
            if segments[-1].schedules:
                segments.append(Segment())
            segments[-1].amounts.append(part)
        elif part.kind in _SCHEDULES:
            segments[-1].schedules.append(part)
    first, last = segments[0], segments[-1]
    if len(segments) > 1 and not first.amounts and not last.schedules:
        schedules = [segment.schedules for segment in segments[:-1]]
        return [Segment(s.amounts, before) for s, before in zip(segments[1:], schedules, strict=True)]
    return [segment for segment in segments if segment.amounts or segment.schedules]


def _is_counted(part: Part) -> bool:
    return part.kind == "count" or (part.kind == "measure" and part.low.unit.is_count)


def _is_one_mass(segment: Segment) -> bool:
    return len(segment.amounts) == 1 and (
        segment.amounts[0].kind == "measure"
        and segment.amounts[0].low.unit.dimension is Dimension.MASS
        and segment.amounts[0].low == segment.amounts[0].high
    )


def _planned(segment: Segment, found: Understood, notes: Notes) -> Planned | None:
    times, moments, wear = _schedule(segment.schedules, notes)
    whole_day = [part for part in segment.amounts if part.kind == "per_day"]
    if whole_day:
        found.daily_total = Dose(whole_day[0].low, whole_day[0].high)
        rest = [part for part in segment.amounts if part.kind != "per_day"]
        if rest:
            _dose(rest, found, notes)
        if len(whole_day) > 1 or times is not None and times != Span(Fraction(1), Fraction(1)):
            notes.problem("DIR-007", f'"{whole_day[0].text}" is a whole day\'s amount; another schedule contradicts it')
        return None
    return Planned(_dose(segment.amounts, found, notes), times, moments, wear)


def _dose(amounts: Sequence[Part], found: Understood, notes: Notes) -> Dose | Count | None:
    """Which of the amounts is the dose; the others are strength or check."""
    counts = [p for p in amounts if _is_counted(p)]
    volumes = [p for p in amounts if p.kind == "measure" and p.low.unit.dimension is Dimension.VOLUME]
    masses = [p for p in amounts if p.kind == "measure" and p.low.unit.dimension is Dimension.MASS]
    many = [p for p in amounts if p.kind == "multiplied"]
    for part in amounts:
        if part.extra == "up to":
            notes.caution("DIR-104", f'"{part.text}" gives only an upper end; the low end is counted as none')
    if many:
        _set_strengths(found, (many[0].high,), many[0].text, notes)
        return Count(many[0].low, many[0].low)
    if len(counts) > 1 or len(volumes) > 1:
        notes.problem("DIR-007", f'"{counts[-1].text if counts else volumes[-1].text}" is a second dose with no schedule of its own')
        return None
    if counts:
        return _counted(counts[0], amounts, masses, volumes, found, notes)
    if volumes:
        dose = Dose(volumes[0].low, volumes[0].high)
        if masses:
            return _volume_and_mass(dose, masses, found, notes)
        return dose
    if len(masses) > 1:
        if masses[1].bracketed or len(masses) > 2:
            notes.problem("DIR-007", f'"{masses[0].text}" and "{masses[1].text}" cannot both be the dose')
            return None
        if masses[0].low == masses[0].high:
            _set_strengths(found, (masses[0].low,), masses[0].text, notes)
        return Dose(masses[1].low, masses[1].high)
    return Dose(masses[0].low, masses[0].high) if masses else None


def _counted(
    part: Part,
    amounts: Sequence[Part],
    masses: Sequence[Part],
    volumes: Sequence[Part],
    found: Understood,
    notes: Notes,
) -> Dose | Count:
    """A dose counted in tablets and the like: a mass before it is the strength, one in brackets after it a check."""
    dose: Dose | Count = (
        Count(part.low, part.high) if part.kind == "count" else Dose(part.low, part.high)
    )
    if volumes:
        notes.problem("DIR-007", f'"{part.text}" and "{volumes[0].text}" cannot both be the dose')
    place = list(amounts).index(part)
    for mass in masses:
        before = list(amounts).index(mass) < place
        if mass.low != mass.high and (before or not mass.bracketed):
            notes.problem("DIR-007", f'"{mass.text}": a strength is one number; write the product that is meant')
        elif before or mass.extra == "each":
            if not found.strengths or not mass.bracketed:
                _set_strengths(found, (mass.low,), mass.text, notes)
        elif mass.bracketed or part.low == part.high == 1:
            found.checks.append((dose, mass.high))
        else:
            notes.problem(
                "DIR-004",
                f'"{part.text} {mass.text}": is {mass.text} each or in all? Write "{mass.text} tablet, {part.text}" '
                f'or "{part.text} ({mass.text})"',
            )
    return dose


def _volume_and_mass(dose: Dose, masses: Sequence[Part], found: Understood, notes: Notes) -> Dose:
    """0.25 mL (5 mg): the two must agree; without a concentration the mass is the dose."""
    mass = Dose(masses[0].low, masses[0].high)
    if len(masses) > 1:
        notes.problem("DIR-007", f'"{masses[0].text}" and "{masses[1].text}" cannot both be the dose')
    if not found.strengths:
        return mass
    found.checks.append((dose, mass.high))
    return dose


def _schedule(
    parts: Sequence[Part], notes: Notes
) -> tuple[Span | None, tuple[str, ...], Span | None]:
    """How often, at which moments, and how long between (for patches)."""
    often = [part for part in parts if part.kind == "often"]
    moments = tuple(moment for part in parts if part.kind == "at" for moment in part.low)
    moments += tuple(moment for part in often if part.high for moment in part.high)
    if any(part.extra == "up to" for part in often):
        notes.caution("DIR-104", f'"{often[0].text}" gives only an upper end; the low end is counted as none')
    wear = None
    spans = {part.low for part in often}
    if len(spans) > 1:
        texts = " and ".join(f'"{part.text}"' for part in often)
        notes.problem("DIR-007", f"{texts} say how often in two ways; keep the one that is meant")
        return None, (), None
    if often:
        span = often[0].low
        wear = Span(24 / span.high, 24 / span.low) if span.low > 0 else None
        if moments and not _moments_fit(span, len(moments)):
            notes.problem(
                "DIR-007",
                f'"{often[0].text}" and {len(moments)} times of day ({", ".join(moments)}) do not agree',
            )
        return span, moments, wear
    if moments:
        if len(set(moments)) != len(moments):
            notes.problem("DIR-007", f"a time of day is named twice ({', '.join(moments)})")
        number = Fraction(len(moments))
        return Span(number, number), moments, Span(24 / number, 24 / number)
    return None, (), None


def _moments_fit(span: Span, number: int) -> bool:
    if span.high < 1:
        return number == 1
    return span.low == span.high == number
