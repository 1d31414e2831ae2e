"""Amounts with the schedules that belong to them, and whether several of them in one line can be added up."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import Factory, define, evolve

from medsteward.model.sig import Span
from medsteward.model.unit import Dimension
from medsteward.readers.directions.kinds import (
    AmountPhrase,
    AsNeeded,
    AtTimes,
    BareNumber,
    Beside,
    GivenAt,
    Mark,
    MeasurePhrase,
    Multiplied,
    NamePhrase,
    Noise,
    Often,
    PerDay,
    Phrase,
    Quantity,
    ReasonPhrase,
    Route,
    SchedulePhrase,
    Wording,
)
from medsteward.readers.directions.notes import Notes
from medsteward.thresholds import whole

_SET_ASIDE = (Route, Noise, GivenAt)
"""What may stand between a dose and what belongs to it."""
_TELLING = (AmountPhrase, SchedulePhrase, Quantity, ReasonPhrase, AsNeeded, Mark)
"""What a dose is made of, or is parted or joined by."""
ONCE_A_DAY = Span(Fraction(1), Fraction(1))
_JOINING = frozenset({"and", "&", "+", "plus", "with", "w", "or"})
_ADDING = _JOINING - {"or"}
_SPANNING = frozenset({"or", "to", "thru", "through", "="})
"""Marks that tie a number to what follows: a range or a second writing that was not read as one."""
_ENDS = _SPANNING - {"="}
_JOINING_OR_ENDS = _JOINING | _ENDS
_FEW = whole("few_for_quantity")
"""A "quantity" up to this that stands before a schedule may be the dose."""


@define
class Segment:
    """One dose with its schedule, as its phrases stand in the line.

    ``joined`` says that a word such as "and" stands between two of its amounts; ``after`` is the joining word between
    the segment before and this one.
    """

    amounts: list[AmountPhrase] = Factory(list)
    schedules: list[SchedulePhrase] = Factory(list)
    joined: bool = False
    after: str = ""


def segments_of(flow: Sequence[Phrase], notes: Notes) -> list[Segment]:
    """Group amounts with the schedule that follows them."""
    segments = [Segment()]
    before: Phrase | None = None
    tied: AmountPhrase | None = None
    equal: AmountPhrase | None = None
    quantity: Quantity | None = None
    word = dangling = span = ""
    for phrase in flow:
        if isinstance(phrase, _SET_ASIDE):
            continue
        if not isinstance(phrase, _TELLING):
            before, span = phrase, ""
            continue
        here = segments[-1]
        mark = phrase.text if isinstance(phrase, Mark) else ""
        if mark == "=" and here.amounts and not here.schedules:
            equal = here.amounts[-1]
        match phrase:
            case AmountPhrase():
                if tied and here.amounts and not _is_equal(tied) and (before is tied or equal is None):
                    here.joined = here.joined or not here.schedules
                if here.schedules:
                    here = Segment(after=word)
                    segments.append(here)
                elif here.amounts and word in _JOINING_OR_ENDS:
                    here.joined = True
                if here.amounts and isinstance(before, ReasonPhrase | AsNeeded):
                    notes.problem("DIR-007", f'"{phrase.text}" after "{before.text}": write one line for each dose')
                if (
                    equal is not None
                    and before is not tied
                    and _is_open(equal)
                    and is_counted(phrase)
                    and not _is_one(phrase)
                ):
                    text = f'"{equal.text} = {phrase.text}": is {equal.text} each or in all? Write the strength'
                    notes.problem("DIR-004", text)
                tied = equal = None
                here.amounts.append(_beside_its_name(phrase) if isinstance(before, NamePhrase) else phrase)
                dangling = word = ""
            case SchedulePhrase():
                if tied is not None and before is tied:
                    asked = (
                        f'"{tied.text}" and "{phrase.text}": a range, or a dose and how often? Write the range in full'
                    )
                    notes.problem("DIR-007", asked)
                elif span and here.amounts and not here.schedules:
                    notes.problem(
                        "DIR-007", f'"{span} {phrase.text}": a range? Write it in full, or leave out "{span}"'
                    )
                per = isinstance(phrase, Often) and phrase.wording is Wording.PER
                named = isinstance(before, NamePhrase) and bool(here.amounts)  # 100 mg morphine a day
                if per and not (isinstance(before, AmountPhrase) or named):
                    notes.problem("DIR-005", f'not understood: "{phrase.text}"; write how often beside the dose')
                here.schedules.append(phrase)
                dangling = ""
                if quantity is not None and before is quantity:
                    asked = f'"{quantity.text} {phrase.text}": if this is the dose, leave out the word before it'
                    notes.problem("DIR-006", asked)
            case Quantity() | ReasonPhrase() | AsNeeded() if word == "or" and tied is not None and before is tied:
                asked = f'"{tied.text} or {phrase.text}": a range, or two ways? Write the range in full'
                notes.problem("DIR-007", asked)
            case Quantity():
                quantity = phrase if not here.amounts or phrase.number <= _FEW else None
            case ReasonPhrase() | AsNeeded() if dangling:
                asked = f'"{dangling} {phrase.text}": how much, and when? Write one line for each dose'
                notes.problem("DIR-007", asked)
                dangling = ""
            case Mark(text=text) if text in _SPANNING and isinstance(before, AmountPhrase):
                tied = before
                word = text if text in _JOINING else word
            case Mark(text=text) if text in _JOINING_OR_ENDS:
                word = text
                if text in _ADDING and here.schedules:
                    dangling = text
        span = mark if mark in _ENDS else ""
        if not isinstance(phrase, Mark):
            before = phrase
    if dangling:
        notes.problem("DIR-007", f'"{dangling}" leads to no other dose; leave it out or write one line for each dose')
    return [segment for segment in segments if segment.amounts or segment.schedules]


def _is_equal(phrase: AmountPhrase) -> bool:
    """Whether the amount behind it is known to be the same: "10 mg = 2 tablets"."""
    return isinstance(phrase, MeasurePhrase) and phrase.beside is Beside.EQUALS


def _is_open(phrase: AmountPhrase) -> bool:
    """Whether an equals sign somewhere behind a mass leaves open of what it is: "10 mg while awake = 2 tablets"."""
    return isinstance(phrase, MeasurePhrase) and not _is_equal(phrase) and phrase.low.unit.dimension is Dimension.MASS


def _is_one(phrase: AmountPhrase) -> bool:
    """Whether a counted amount is one unit: then each is in all."""
    match phrase:
        case BareNumber(low=low, high=high):
            return low == high == 1
        case MeasurePhrase(low=low):
            return phrase.is_one and low.value == 1
    return False


def _beside_its_name(phrase: AmountPhrase) -> AmountPhrase:
    if isinstance(phrase, MeasurePhrase) and phrase.beside is Beside.NOTHING:
        return MeasurePhrase(phrase.text, phrase.low, phrase.high, Beside.NAME, bracketed=phrase.bracketed)
    return phrase


def in_order(segments: list[Segment], *, strength_known: bool) -> list[Segment]:
    """Schedules that go before their doses: "every morning take 2 tablets"."""
    if len(segments) < 2 or segments[0].amounts or segments[-1].schedules:
        return segments
    amounts = [phrase for segment in segments for phrase in segment.amounts]
    if strength_known or any(phrase.bracketed or isinstance(phrase, BareNumber) for phrase in amounts):
        return segments
    schedules = [segment.schedules for segment in segments[:-1]]
    return [evolve(s, schedules=before) for s, before in zip(segments[1:], schedules, strict=True)]


def day_check(segment: Segment) -> MeasurePhrase | PerDay | None:
    """The mass in brackets that a segment is and nothing else, once a day; None: it is not that."""
    if not all(isinstance(phrase, Often) and phrase.times == ONCE_A_DAY for phrase in segment.schedules):
        return None
    match segment.amounts:
        case [MeasurePhrase(bracketed=True, high=high) as check] if segment.schedules:
            return check if high.unit.dimension is Dimension.MASS else None
        case [PerDay(bracketed=True, high=high) as check]:
            return check if high.unit.dimension is Dimension.MASS else None
    return None


def total_check(segment: Segment) -> MeasurePhrase | None:
    """The one mass in brackets, without a schedule, that a segment is and nothing else; None: it is not that."""
    match segment.amounts:
        case [MeasurePhrase(bracketed=True, low=low) as check] if not segment.schedules and check.is_one:
            return check if low.unit.dimension is Dimension.MASS else None
    return None


def is_counted(phrase: AmountPhrase) -> bool:
    """Whether an amount is a number of units of the product."""
    return isinstance(phrase, BareNumber) or (isinstance(phrase, MeasurePhrase) and phrase.low.unit.is_count)


def _is_checked(segment: Segment) -> bool:
    """Whether a segment is a counted dose and, in brackets, what it comes to: 3 capsules (900 mg)."""
    match segment.amounts:
        case [AmountPhrase(bracketed=False) as counted, MeasurePhrase(bracketed=True, low=low)]:
            return (is_counted(counted) or isinstance(counted, Multiplied)) and low.unit.dimension is Dimension.MASS
    return False


def one_mass(segment: Segment) -> MeasurePhrase | None:
    """The mass that a segment is and nothing else; None: it is not that."""
    match segment.amounts:
        case [MeasurePhrase(bracketed=False) as mass] if not segment.schedules and mass.is_one:
            return mass if mass.low.unit.dimension is Dimension.MASS else None
    return None


def are_clear(segments: Sequence[Segment], notes: Notes) -> bool:
    """Whether several doses in one line can be added without guessing."""
    if len(segments) < 2:
        return True
    first, *others = segments
    if sum(bool(s.amounts) and any(isinstance(each, Often) for each in s.schedules) for s in segments) > 1:
        notes.problem("DIR-007", "two doses each say how often; give each one a line of its own")
        return False
    loose = next((s for s in segments if not s.schedules), None)
    if loose is not None:
        text = " ".join(phrase.text for phrase in loose.amounts)
        notes.problem(
            "DIR-007",
            f'"{text}" has no schedule of its own; if it is a quantity say so before it (qty), if it is a dose write '
            "how often, otherwise leave it out",
        )
        return False
    bare = next((s for s in others if not s.amounts), None)
    if bare is not None or not first.amounts:
        empty = bare or first
        notes.problem("DIR-007", f'"{empty.schedules[0].text}" has no dose of its own; write how much is taken then')
        return False
    if any(segment.after == "or" for segment in others):
        notes.problem("DIR-007", "these are alternatives; write the one that is taken, or one line for the larger one")
        return False
    if any(not isinstance(phrase, AtTimes) for segment in others for phrase in segment.schedules):
        notes.problem("DIR-007", "two doses each say how often; give each one a line of its own")
        return False
    at = [phrase for segment in segments for phrase in segment.schedules if isinstance(phrase, AtTimes)]
    named = [moment for phrase in at for moment in phrase.moments]
    if len(set(named)) != len(named):
        notes.problem("DIR-007", "two doses at the same time of day; write the one that is taken")
        return False
    if any(isinstance(phrase, Often) and phrase.times.high < 1 for segment in segments for phrase in segment.schedules):
        notes.problem("DIR-007", "which of the doses on those days only? Give each dose a line of its own")
        return False
    kinds = {any(map(is_counted, segment.amounts)) for segment in segments}
    in_brackets = any(phrase.bracketed for segment in others if not _is_checked(segment) for phrase in segment.amounts)
    has_frequency = any(isinstance(phrase, Often) for phrase in first.schedules)
    unjoined = has_frequency and any(segment.after not in _ADDING for segment in others)
    if len(kinds) > 1 or in_brackets or unjoined:
        notes.problem("DIR-007", "is the dose at a time of day on top of the others, or the same? Write one line each")
        return False
    return True
