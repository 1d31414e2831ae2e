"""Phrases that leave something open, where the rest of the line may make that of no account."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve

from medsteward.model.amount import Amount
from medsteward.model.product import Product
from medsteward.model.sig import Sig
from medsteward.model.unit import Dimension, Unit
from medsteward.readers.directions.found import Phrases
from medsteward.readers.directions.kinds import (
    AmountLimit,
    AmountPhrase,
    BareNumber,
    Beside,
    DosesLimited,
    Duration,
    LooseLimit,
    Mark,
    MeasurePhrase,
    Noise,
    NumberLimit,
    Often,
    Phrase,
    Quantity,
    Route,
    Wording,
)
from medsteward.readers.directions.notes import Notes
from medsteward.thresholds import whole

_SET_ASIDE = (Route, Noise)
_BRACKETS = frozenset("()[]")


def without_outer_brackets(found: Sequence[Phrase]) -> list[Phrase]:
    """Brackets around the whole of the directions set nothing aside: "co-codamol (30/500, two four times daily)"."""
    phrases = list(found)
    if _BRACKETS.isdisjoint([phrase.text for phrase in phrases]):
        return phrases
    opened = [i for i, phrase in enumerate(phrases) if isinstance(phrase, Mark) and phrase.text in ("(", "[")]
    closed = [i for i, phrase in enumerate(phrases) if isinstance(phrase, Mark) and phrase.text in (")", "]")]
    if len(opened) != 1 or len(closed) != 1 or closed[0] < opened[0]:
        return phrases
    inside, outside = phrases[opened[0] : closed[0]], phrases[: opened[0]] + phrases[closed[0] :]
    whole = any(isinstance(each, AmountPhrase) for each in inside) and any(isinstance(each, Often) for each in inside)
    if not whole or any(isinstance(each, AmountPhrase | Often) for each in outside):
        return phrases
    return [evolve(each, bracketed=False) if each.bracketed and not _is_total(each) else each for each in phrases]


def _is_total(phrase: Phrase) -> bool:
    return isinstance(phrase, MeasurePhrase) and phrase.beside is Beside.TOTAL


def with_quantity(found: Sequence[Phrase]) -> list[Phrase]:
    """A number of units in brackets behind how long it is taken is what is dispensed: "for 7 days (14 tablets)"."""
    phrases = list(found)
    for at, phrase in enumerate(phrases):
        if not phrase.bracketed:
            continue
        counted = isinstance(phrase, MeasurePhrase) and phrase.is_one and phrase.low.unit.is_count
        before = [each for each in phrases[:at] if not isinstance(each, Mark)]
        if counted and before and isinstance(before[-1], Duration):
            assert isinstance(phrase, MeasurePhrase)
            phrases[at] = Quantity(phrase.text, phrase.low.value, None, phrase.low.unit, bracketed=True)
    at = next((i for i in reversed(range(len(phrases))) if not isinstance(phrases[i], Mark | Noise)), 0)
    if _is_dispensed(phrases, at):
        end = phrases[at]
        assert isinstance(end, MeasurePhrase)
        phrases[at] = Quantity(end.text, end.low.value, None, end.low.unit)
    return phrases


_FEWEST_PACKED = {Unit.PATCH: whole("patches_packed_from"), Unit.ML: whole("ml_packed_from")}
_FEWEST_UNITS_PACKED = whole("units_packed_from")
"""From so many a number at the very end of a line is what is dispensed: "one twice a day - 56 tablets"."""


def _is_dispensed(phrases: Sequence[Phrase], at: int) -> bool:
    """Whether the last amount of a line is what is dispensed: many, and the dose and how often stand before it.

    Behind a comma it is asked about: "tid, 90 tabs".
    """
    end = phrases[at] if phrases else None
    if not isinstance(end, MeasurePhrase) or end.bracketed or not end.is_one or end.beside is not Beside.NOTHING:
        return False
    number, unit = end.low.value, end.low.unit
    if number.denominator != 1 or not (unit.is_count or unit is Unit.ML):
        return False
    before = phrases[:at]
    counted = any(isinstance(each, AmountPhrase) and not _is_mass(each) for each in before)
    after_comma = isinstance(before[-1], Mark) and before[-1].text == "," if before else True
    many = number >= _FEWEST_PACKED.get(unit, _FEWEST_UNITS_PACKED)
    return many and counted and not after_comma and any(isinstance(each, Often) for each in before)


def with_most_times(found: Sequence[Phrase]) -> list[Phrase]:
    """Behind an interval "up to 4 times a day" is the most of a day, where that is less: "every 4 hours up to qds"."""
    phrases = list(found)
    if [type(phrase) for phrase in phrases].count(Often) != 2:
        return phrases
    often = [i for i, phrase in enumerate(phrases) if isinstance(phrase, Often)]
    interval, most = phrases[often[0]], phrases[often[1]]
    assert isinstance(interval, Often)
    assert isinstance(most, Often)
    between = phrases[often[0] : often[1]]
    limits = most.wording is Wording.UP_TO and not _INTERVAL.search(most.text) and most.times.high.denominator == 1
    plain = interval.wording in (Wording.PLAIN, Wording.BARE) and _INTERVAL.search(interval.text)
    if limits and plain and most.times.high <= interval.times.high and not _has_amount(between):
        phrases[often[1]] = DosesLimited(most.text, most.times.high, bracketed=most.bracketed)
    return phrases


_INTERVAL = re.compile(r"\b(?:every|q) ?\.?\d|hour|hr|hly")


def _has_amount(phrases: Sequence[Phrase]) -> bool:
    return any(isinstance(each, AmountPhrase) for each in phrases)


_SPACED = re.compile(
    r"\b(?:one|two|three|four) - (?:two|three|four|five|six) (?:times|x)\b|\b\d - [a-z]+ (?:times|x)\b"
)


def check_spaced_words(found: Phrases, folded: str, notes: Notes) -> None:
    """Ask about "two - four times a day" where nothing else counts the dose: two, four times, or two to four times?"""
    spaced = _SPACED.search(folded) if " - " in folded else None
    if spaced is None or found.has(BareNumber):
        return
    if not any(each.low.unit.is_count for each in found.all(MeasurePhrase)):
        notes.problem("DIR-007", f'"{spaced[0]}": a range, or a dose and how often? Write the dose with its unit')


_OPEN = (AmountLimit, NumberLimit, LooseLimit, Often)


def check_loose(found: Phrases, sig: Sig, product: Product, notes: Notes) -> None:
    """Ask about a limit without its time where the doses of a day may come to more, and about "q4" of a patch.

    Elsewhere "q4" is read as hours, and said.
    """
    for at, phrase in enumerate(found):
        if not isinstance(phrase, _OPEN):
            continue
        match phrase:
            case AmountLimit() | NumberLimit() if _may_be_the_dose(found, at):
                notes.problem("DIR-007", f'"{phrase.text}": is that one dose, or the most of a day? Write both')
            case LooseLimit() if not _is_just(phrase, sig, product):
                notes.problem("DIR-001", f'"{phrase.text}" in what time? Write it as in "max 6 per day"')
            case Often(wording=Wording.BARE, times=times) if product.form == "patch" and times.high > 1:
                notes.problem("DIR-001", f'"{phrase.text}" of what? Write the unit, as in "every 72 hours"')
            case Often(wording=Wording.BARE):
                hours = phrase.text.removeprefix("q").strip()
                notes.caution("DIR-109", f'"{phrase.text}" was read as every {hours} hours')


def _may_be_the_dose(found: Sequence[Phrase], at: int) -> bool:
    """Whether a limit leads on to how often, and nothing else counts a dose: "max a day 1 tablet every 6 hours"."""
    after = next((each for each in found[at + 1 :] if not isinstance(each, _SET_ASIDE)), None)
    if not isinstance(after, Often) or after.times.high <= 1:
        return False
    amounts = (each for each in found if isinstance(each, AmountPhrase))
    return not any(isinstance(each, BareNumber) or not _is_mass(each) for each in amounts)


def _is_mass(phrase: AmountPhrase) -> bool:
    return isinstance(phrase, MeasurePhrase) and phrase.low.unit.dimension is Dimension.MASS


def _is_just(limit: LooseLimit, sig: Sig, product: Product) -> bool:
    """Whether a limit is just what the doses of a day come to, so that it means nothing else."""
    most = Fraction(0)
    strength = product.lead_component.strength
    for taking in sig.takings:
        if taking.dose is None or taking.times_per_day is None:
            return False
        one, often = taking.dose.high, taking.times_per_day.high
        if limit.unit is None:
            most += (one.value if one.unit.is_count else Fraction(1)) * often
        elif limit.unit.is_count and one.unit.is_count:
            most += one.value * often
        elif limit.unit.dimension is Dimension.MASS and len(product.components) == 1:
            each = _mg(one, strength)
            if each is None:
                return False
            most += each / Amount(Fraction(1), limit.unit).to(Unit.MG).value * often
        else:
            return False
    return bool(sig.takings) and limit.most == most


def _mg(dose: Amount, strength: Amount | None) -> Fraction | None:
    if dose.unit.dimension is Dimension.MASS:
        return dose.to(Unit.MG).value
    if strength is None or not dose.unit.is_count or strength.unit.dimension is not Dimension.MASS:
        return None
    return dose.value * strength.to(Unit.MG).value
