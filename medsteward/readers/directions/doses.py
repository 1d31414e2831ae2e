"""Which of the amounts of one segment is the dose, which the strength, and which a check of the other two."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from medsteward.model.sig import Dose
from medsteward.model.unit import Dimension
from medsteward.readers.directions.kinds import (
    AmountPhrase,
    BareNumber,
    Beside,
    MeasurePhrase,
    Multiplied,
)
from medsteward.readers.directions.notes import Notes
from medsteward.readers.directions.segments import Segment
from medsteward.readers.directions.understood import Count, Understood


def dose_of(segment: Segment, found: Understood, notes: Notes) -> Dose | Count | None:
    """Which of the amounts is the dose; the others are strength or check."""
    amounts = _each_once(segment.amounts) if not segment.joined else segment.amounts
    if segment.joined and len(amounts) > 1:
        texts = " and ".join(f'"{phrase.text}"' for phrase in amounts)
        notes.problem("DIR-007", f"{texts} are joined; give each product or dose a line of its own")
        return None
    counts: list[MeasurePhrase | BareNumber] = []
    volumes: list[MeasurePhrase] = []
    masses: list[MeasurePhrase] = []
    many: list[Multiplied] = []
    for phrase in amounts:
        match phrase:
            case BareNumber(up_to=up_to):
                counts.append(phrase)
            case MeasurePhrase(low=low, beside=beside):
                up_to = beside is Beside.UP_TO
                if low.unit.is_count:
                    counts.append(phrase)
                elif low.unit.dimension is Dimension.VOLUME:
                    volumes.append(phrase)
                elif low.unit.dimension is Dimension.MASS:
                    masses.append(phrase)
            case Multiplied():
                up_to = False
                many.append(phrase)
            case _:
                up_to = False
        if up_to:
            notes.caution("DIR-104", f'"{phrase.text}" gives only an upper end; the low end is counted as none')
    if many and len(amounts) == 2 and masses and (many[0].bracketed or masses[0].bracketed):
        # 10 mg (2 x 5 mg tablets), 2 tablets of 5 mg (10 mg)
        found.take_strengths((many[0].each,), many[0].text, notes)
        count = Count(many[0].number, many[0].number)
        found.checks.append((count, Dose(masses[0].low, masses[0].high)))
        return count
    if many and len(amounts) > 1:
        notes.problem("DIR-007", f'"{many[0].text}" beside another amount; write one dose')
        return None
    if many:
        found.take_strengths((many[0].each,), many[0].text, notes)
        return Count(many[0].number, many[0].number)
    if len(counts) > 1 or len(volumes) > 1:
        second = counts[-1].text if len(counts) > 1 else volumes[-1].text
        notes.problem("DIR-007", f'"{second}" is a second dose with no schedule of its own')
        return None
    if counts and counts[0].bracketed and len(amounts) == 1:
        notes.problem("DIR-007", f'"({counts[0].text})" alone is no dose; write it without brackets if it is meant')
        return None
    if counts:
        return _counted(counts[0], amounts, masses, volumes, found, notes)
    if volumes:
        dose = Dose(volumes[0].low, volumes[0].high)
        return _volume_and_mass(volumes[0], masses, found, notes) if masses else dose
    if len(masses) > 1:
        return _two_masses(masses, found, notes)
    return Dose(masses[0].low, masses[0].high) if masses else None


def _each_once(amounts: Sequence[AmountPhrase]) -> list[AmountPhrase]:
    """Amounts without word-for-word repetitions ("5 mg, 5 mg")."""
    if len(amounts) < 2:
        return list(amounts)
    by_meaning = {(type(phrase), phrase.ends, phrase.bracketed): phrase for phrase in reversed(amounts)}
    return list(by_meaning.values())[::-1]


def _two_masses(masses: Sequence[MeasurePhrase], found: Understood, notes: Notes) -> Dose | None:
    """Of "15 mg tablet, 30 mg every 12 hours" the first is the strength; in brackets a second would be neither."""
    first, second, *more = masses
    makes = first.low.value > 0 and (2 * second.low.to(first.low.unit).value / first.low.value).denominator == 1
    larger = second.low.to(first.low.unit).value >= first.low.value
    if more or second.bracketed or not first.is_one or second.beside is Beside.NAME or not (makes and larger):
        notes.problem("DIR-007", f'"{first.text}" and "{second.text}" cannot both be the dose')
        return None
    found.take_strengths((first.low,), first.text, notes)
    return Dose(second.low, second.high)


def _counted(
    counted: MeasurePhrase | BareNumber,
    amounts: Sequence[AmountPhrase],
    masses: Sequence[MeasurePhrase],
    volumes: Sequence[MeasurePhrase],
    found: Understood,
    notes: Notes,
) -> Dose | Count:
    """A dose counted in tablets and the like: a mass before it is the strength, one in brackets after it a check."""
    dose, is_one = _counted_dose(counted)
    if volumes:
        notes.problem("DIR-007", f'"{counted.text}" and "{volumes[0].text}" cannot both be the dose')
    place = list(amounts).index(counted)
    before = [mass for mass in masses if list(amounts).index(mass) < place]
    after = [mass for mass in masses if list(amounts).index(mass) > place]
    if before and (counted.bracketed or before[-1].beside is Beside.EQUALS):
        # "10 mg (2 tablets)", "10 mg = 2 tablets": the mass is the whole dose
        stated = before.pop()
        if stated.beside is Beside.EQUALS and not found.strengths and not before:
            return Dose(stated.low, stated.high)
        if not found.strengths and not before:
            notes.problem(
                "DIR-004", f'"{stated.text} {counted.text}": is {stated.text} each or in all? Write the strength'
            )
        found.checks.append((dose, Dose(stated.low, stated.high)))
    for mass in before:
        if not mass.is_one:
            notes.problem("DIR-007", f'"{mass.text}": a strength is one number; write the product that is meant')
        else:
            found.take_strengths((mass.low,), mass.text, notes)
    for mass in after:
        is_strength = mass.beside is Beside.NAME or (is_one and not found.strengths)
        if not mass.bracketed and mass.is_one and is_strength:
            found.take_strengths((mass.low,), mass.text, notes)
        elif mass.bracketed or is_one or found.strengths:
            found.checks.append((dose, Dose(mass.low, mass.high)))
        else:
            notes.problem(
                "DIR-004",
                f'"{counted.text} {mass.text}": is {mass.text} each or in all? Write the strength before the number '
                "taken, as in 5 mg tablet, 2 tablets",
            )
    return dose


def _counted_dose(counted: MeasurePhrase | BareNumber) -> tuple[Dose | Count, bool]:
    """The dose that a counted phrase says, and whether it is one of its units."""
    if isinstance(counted, BareNumber):
        return Count(counted.low, counted.high), _is_one(counted.low) and _is_one(counted.high)
    return Dose(counted.low, counted.high), _is_one(counted.low.value) and _is_one(counted.high.value)


def _is_one(number: Fraction) -> bool:
    return number.numerator == number.denominator


def _volume_and_mass(volume: MeasurePhrase, masses: Sequence[MeasurePhrase], found: Understood, notes: Notes) -> Dose:
    """0.25 mL (5 mg): the two must agree; without a concentration the mass is the dose."""
    mass = Dose(masses[0].low, masses[0].high)
    beside = volume.bracketed or masses[0].bracketed or masses[0].beside is Beside.EQUALS
    if len(masses) > 1 or not (found.strengths or beside):
        other = masses[1] if len(masses) > 1 else volume
        notes.problem("DIR-007", f'"{masses[0].text}" and "{other.text}" cannot both be the dose')
    if not found.strengths:
        return mass
    dose = Dose(volume.low, volume.high)
    found.checks.append((dose, mass))
    return dose
