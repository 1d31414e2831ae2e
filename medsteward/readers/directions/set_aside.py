"""Numbers that were set aside, ranges that were broken, intervals that lost their number: each is asked about.

"One of it each time" and "10 mg each time" are read where the words leave nothing else. A number that was set aside
right there (refills, a score, the number of a line) may be the dose after all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from medsteward.model.unit import Dimension
from medsteward.readers.directions.found import Phrases
from medsteward.readers.directions.kinds import (
    AmountPhrase,
    AsNeeded,
    BareNumber,
    Concentration,
    FormPhrase,
    Mark,
    MeasurePhrase,
    NamePhrase,
    Noise,
    Often,
    Pair,
    Phrase,
    Quantity,
    Rate,
    ReasonPhrase,
    SchedulePhrase,
    Strength,
    Strengths,
    UnitAlone,
)
from medsteward.readers.directions.notes import Notes

_ADDING = frozenset({"and", "&", "with", "w", "plus", "+"})
_SPANNING = frozenset({"to", "or", "thru", "through"})
_BETWEEN_ENDS = _SPANNING | {"-"}
_STRENGTHS = (Strength, Strengths, Concentration, Rate, Pair)
_TELLING = (AmountPhrase, *_STRENGTHS, Quantity)
_HOURLY = frozenset({"hourly", "hrly", "hly"})
_A_NUMBER = re.compile(r"\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b")
_EACH = re.compile(r"\b(?:each|ea|apiece)$")
_OF_A_LIST = frozenset({".", ":", ")", "]", "/", ";", ",", '"'})


def check_set_aside(found: Phrases, notes: Notes) -> None:
    """Ask where a number that was set aside, or a strength, may be the dose or an end of its range: once a line."""
    before = len(notes.problems)
    for check in (_check_number_before_name, _check_hourly, _check_ranges, _check_parts, _check_each, _check_swallowed):
        check(found, notes)
        if len(notes.problems) > before:
            return


def _check_number_before_name(found: Phrases, notes: Notes) -> None:
    """Ask about a number with the marks of a list right before a name, wherever it stands: it is no sure dose."""
    if not found.has(BareNumber) or not _has_mark(found, _OF_A_LIST):
        return
    for at, number in enumerate(found):
        if not isinstance(number, BareNumber) or not number.text.isdigit():
            continue
        end = at + 1
        while end < len(found) and _is_mark(found[end], _OF_A_LIST):
            end += 1
        if end > at + 1 and end < len(found) and isinstance(found[end], NamePhrase):
            marks = "".join(mark.text for mark in found[at + 1 : end])
            asked = f'"{number.text}{marks}": the number of a line, or a dose? Begin the line with the drug\'s name'
            notes.problem("DIR-005", asked)


def _has_mark(found: Phrases, texts: frozenset[str]) -> bool:
    return not texts.isdisjoint([mark.text for mark in found.all(Mark)])


def _is_mark(phrase: Phrase, texts: frozenset[str]) -> bool:
    return isinstance(phrase, Mark) and phrase.text in texts


_MAY_SET_ASIDE: tuple[type[Phrase], ...] = (Noise, ReasonPhrase, AsNeeded)


def _is_set_aside(phrase: Phrase) -> bool:
    """Whether a number in it was taken for no dose, and no brackets say so."""
    if phrase.bracketed:
        return False
    match phrase:
        case Noise(numbered=number) | ReasonPhrase(scored=number) | AsNeeded(scored=number):
            return number
    return False


def _is_mass(phrase: Phrase) -> bool:
    return isinstance(phrase, MeasurePhrase) and phrase.low.unit.dimension is Dimension.MASS


def _check_swallowed(found: Phrases, notes: Notes) -> None:
    """Ask about "two refills q6h": refills, or the dose? Nothing else counts it, and how often is still to come."""
    if not any(_is_set_aside(each) for kind in _MAY_SET_ASIDE for each in found.all(kind)):
        return
    last = max((i for i, phrase in enumerate(found) if isinstance(phrase, SchedulePhrase)), default=0)
    counted = any(isinstance(each, AmountPhrase) and not _is_mass(each) for each in found)
    for aside, after in pairwise(found[: last + 1]):
        glued = isinstance(aside, Noise) and isinstance(after, AmountPhrase)
        if _is_set_aside(aside) and (glued or not counted):
            text = f'"{aside.text}" before how often: is the number the dose? Write the dose with its unit before that'
            notes.problem("DIR-007", text)


def _check_hourly(found: Phrases, notes: Notes) -> None:
    """Ask about "hourly" alone behind a number without a unit: every hour, or every so many?"""
    if _HOURLY.isdisjoint([each.text for each in found.all(Often)]):
        return
    for at, phrase in enumerate(found):
        if not isinstance(phrase, Often) or phrase.text not in _HOURLY:
            continue
        loose = (isinstance(each, BareNumber | Quantity) or _is_set_aside(each) for each in found[:at])
        if any(loose) or found.has(BareNumber):
            asked = f'"{phrase.text}": every hour, or every so many? Write it as in "every 6 hours"'
            notes.problem("DIR-007", asked)


def _check_ranges(found: Phrases, notes: Notes) -> None:
    """Ask about a range whose ends are parted by other words: "5 mg each to 10 mg", "two to apply 3 times a day"."""
    if not _has_mark(found, _BETWEEN_ENDS):
        return
    for at, mark in enumerate(found):
        if _is_mark(mark, _SPANNING):
            before, after = _told(reversed(found[:at])), _told(found[at + 1 :])
        elif _is_mark(mark, frozenset("-")) and 0 < at < len(found) - 1:
            before, after = found[at - 1], found[at + 1]
            if not (isinstance(before, Strength) and _is_mass(after)):
                continue
        else:
            continue
        ends = isinstance(before, _TELLING) or _is_set_aside(before)
        if ends and (isinstance(after, AmountPhrase | Pair) or _is_numbered(found, at, after)):
            asked = f'"{before.text} ... {mark.text} ... {after.text}": a range? Write both ends together'
            notes.problem("DIR-007", asked)


def _check_parts(found: Phrases, notes: Notes) -> None:
    """Ask about "10/325 and half a tablet": half of one, or one and a half?"""
    if not found.has(*_STRENGTHS) or not _has_mark(found, _ADDING):
        return
    for strength, mark, part in zip(found, found[1:], found[2:], strict=False):
        is_part = isinstance(part, MeasurePhrase) and part.low.unit.is_count and part.high.value < 1
        if isinstance(strength, _STRENGTHS) and _is_mark(mark, _ADDING) and is_part:
            asked = f'"{mark.text} {part.text}": that alone, or one and that? Write it as in "1 and a half tablets"'
            notes.problem("DIR-007", asked)


def _is_numbered(found: Sequence[Phrase], at: int, after: Phrase) -> bool:
    """Whether a schedule that begins with a number stands behind a mark, with the other end of a range right before."""
    is_schedule = isinstance(after, SchedulePhrase) and bool(_A_NUMBER.match(after.text))
    return is_schedule and at > 0 and isinstance(found[at - 1], AmountPhrase)


def _told(phrases: Iterator[Phrase] | Sequence[Phrase]) -> Phrase:
    """The first phrase that says an amount, how often or what is dispensed; an empty mark where there is none."""
    told = (each for each in phrases if isinstance(each, (*_TELLING, SchedulePhrase)) or _is_set_aside(each))
    return next(told, Mark(""))


def _check_each(found: Phrases, notes: Notes) -> None:
    """Ask about "5 mg each" without a count beside it, and about two strengths in words: "5 mg tablets, 10 mg ea"."""
    said = [each for each in found.all(Strength) if not each.bracketed]
    if not said:
        return
    counted = any(isinstance(each, AmountPhrase) and not _is_mass(each) for each in found)
    loose = next((each for each in said if _EACH.search(each.text)), None)
    if loose is not None and not counted:
        notes.problem("DIR-007", f'"{loose.text}": of how many? Write how many are taken each time')
        return
    for mass, form in pairwise(found):
        if isinstance(mass, MeasurePhrase) and _is_mass(mass) and isinstance(form, UnitAlone | FormPhrase):
            other = next((each for each in said if each.strength != mass.low), None)
            if other is not None and mass.is_one:
                text = f'"{mass.text}" and "{other.text}": two strengths; give each product a line of its own'
                notes.problem("DIR-007", text)
