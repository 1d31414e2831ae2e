"""From phrases to doses and schedules: which amount is a strength, which a dose, and when it is taken.

A line is one product and one way of taking it. Several doses in one line are read only where nothing can be mistaken:
each at its own time of day, beside at most one dose with a frequency. Everything else that would have to be guessed
(a second frequency, an alternative, a number that belongs to nothing) is a problem.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from attrs import evolve

from medsteward import units
from medsteward.caches import remembered
from medsteward.errors import MedstewardError
from medsteward.model.amount import Amount
from medsteward.model.sig import Dose, Span
from medsteward.model.unit import Dimension, Unit
from medsteward.readers.directions.doses import dose_of
from medsteward.readers.directions.found import Phrases
from medsteward.readers.directions.kinds import (
    AmountPhrase,
    AtTimes,
    Concentration,
    Divided,
    FormPhrase,
    Joined,
    Mark,
    MeasurePhrase,
    Multiplied,
    NamePhrase,
    Noise,
    Often,
    Pair,
    PerDay,
    Phrase,
    Quantity,
    Rate,
    SchedulePhrase,
    Strength,
    Strengths,
    UnitAlone,
    Wording,
)
from medsteward.readers.directions.naming import is_opioid
from medsteward.readers.directions.notes import Notes
from medsteward.readers.directions.pairs import STRENGTH_ALONE, Listed, settle
from medsteward.readers.directions.segments import (
    ONCE_A_DAY,
    Segment,
    are_clear,
    day_check,
    in_order,
    is_counted,
    one_mass,
    segments_of,
    total_check,
)
from medsteward.readers.directions.understood import Planned, Understood
from medsteward.thresholds import whole

_UNSETTLED = (Pair, Joined)


def understand(phrases: Phrases, ingredients: tuple[str, ...], listed: Listed, notes: Notes) -> Understood:
    """Sort the amounts and schedules of ``phrases`` into strengths and takings.

    ``listed`` answers whether two bare numbers are the listed strengths of a product of these ingredients.
    """
    settled: list[Phrase | None] = list(phrases)
    if phrases.has(Pair, Joined):
        settled = [
            settle(phrase, ingredients, phrases, listed, notes) if isinstance(phrase, _UNSETTLED) else phrase
            for phrase in phrases
        ]
    settled, own = _strengths_by_name(settled, ingredients)
    found = Understood(strengths=own)
    flow = [phrase for phrase in settled if phrase is not None]
    if phrases.has(Pair, Strengths, Concentration, Strength, Rate):
        flow = [phrase for phrase in flow if not _take_strength(phrase, ingredients, found, listed, notes)]
    if phrases.has(Divided):
        flow = _as_whole_day(flow, notes)
    flow = _without_whole_of_half(flow, found, notes)
    flow = _without_rate_checks(flow, found)
    segments = segments_of(flow, notes)
    if phrases.has(Quantity):
        _check_quantity_first(phrases, segments, notes)
    segments = in_order(segments, strength_known=bool(found.strengths))
    segments = _without_day_checks(segments, found)
    segments = _without_trailing_strength(segments, found, notes)
    if not are_clear(segments, notes):
        return found
    for segment in segments:
        planned = _planned(segment, found, notes)
        if planned is not None:
            found.takings.append(planned)
    return found


_SAY_HOW_MUCH = (AmountPhrase, Pair, Joined, Strengths, Concentration, Strength, Rate, SchedulePhrase)
_FEW = whole("units_dispensed_from")


def _check_quantity_first(phrases: Phrases, segments: Sequence[Segment], notes: Notes) -> None:
    """Ask about "qty two 50 mcg/h patches": few, before every amount, where nothing else counts what is taken."""
    told = [each for each in phrases if isinstance(each, (*_SAY_HOW_MUCH, Quantity))]
    first = next((each for each in told if isinstance(each, Quantity | SchedulePhrase)), None)
    if not isinstance(first, Quantity) or first.number >= _FEW or len(told) == 1:
        return
    if first is phrases[0] and first.unit is None and first.text.startswith("#"):
        return  # the number of a line in a list
    amounts = [amount for segment in segments for amount in segment.amounts]
    if not any(is_counted(each) or isinstance(each, Multiplied) for each in amounts):
        asked = f'"{first.text}": dispensed, or taken each time? Write how many are taken, and "qty" behind that'
        notes.problem("DIR-006", asked)


# --- strengths --------------------------------------------------------------------------------------------------


def _strengths_by_name(
    phrases: Sequence[Phrase | None], ingredients: tuple[str, ...]
) -> tuple[list[Phrase | None], tuple[Amount, ...]]:
    """Strengths written beside each name: ``oxycodone 5 mg / acetaminophen 325 mg``."""
    if len(ingredients) < 2:
        return list(phrases), ()
    names = [i for i, phrase in enumerate(phrases) if isinstance(phrase, NamePhrase) and phrase.name.brand is None]
    if len(names) != len(ingredients):
        return list(phrases), ()
    taken: dict[int, Amount] = {}
    for here, there in zip(names, [*names[1:], len(phrases)], strict=True):
        for i in range(here + 1, there):
            match phrases[i]:
                case None | Mark() | Noise():
                    continue
                case MeasurePhrase(low=low) as measure if measure.is_one and low.unit.dimension is Dimension.MASS:
                    taken[i] = low
            break
    if len(taken) != len(ingredients):
        return list(phrases), ()
    return [None if i in taken else phrase for i, phrase in enumerate(phrases)], tuple(taken.values())


def _take_strength(
    phrase: Phrase, ingredients: tuple[str, ...], found: Understood, listed: Listed, notes: Notes
) -> bool:
    """Take a phrase that can only be a strength; tell whether it was one."""
    match phrase:
        case Strengths():
            _take_strengths(phrase, ingredients, found, listed, notes)
        case Concentration(strength=strength) | Strength(strength=strength):
            found.take_strengths((strength,), phrase.text, notes)
        case Rate(low=low, high=high):
            if low != high:
                notes.problem("DIR-007", f'"{phrase.text}": a patch has one rate; write the one that is worn')
            found.take_strengths((high,), phrase.text, notes)
        case _:
            return False
    return True


def _take_strengths(
    phrase: Strengths, ingredients: tuple[str, ...], found: Understood, listed: Listed, notes: Notes
) -> None:
    strengths = phrase.each
    bare = phrase.volume is None and not any(mark in phrase.text for mark in ("mg", "mcg", "g"))
    if len(strengths) == len(ingredients) == 2 and bare and is_opioid(ingredients):
        pair = (strengths[0].value, strengths[1].value)
        if not listed(pair) and max(pair) < STRENGTH_ALONE:
            notes.problem("DIR-005", f'"{phrase.text}": no listed product has these strengths; write them with mg')
            return
    if len(strengths) != len(ingredients):
        few = "one drug is named; name the others too" if len(ingredients) < 2 else "write one for each ingredient"
        notes.problem("DIR-007", f'"{phrase.text}" gives {len(strengths)} strengths, but {few}')
        return
    if phrase.volume is not None:
        try:
            strengths = tuple(units.per(each, phrase.volume) for each in strengths)
        except MedstewardError as error:
            notes.problem("UNIT-001", str(error))
            return
    found.take_strengths(strengths, phrase.text, notes)


def _as_whole_day(flow: list[Phrase], notes: Notes) -> list[Phrase]:
    """With "in divided doses" the mass is that of a day, and what follows says how it is divided."""
    at = next((i for i, phrase in enumerate(flow) if isinstance(phrase, Divided)), None)
    if at is None:
        return flow
    masses = [
        each for each in flow if isinstance(each, MeasurePhrase | PerDay) and each.low.unit.dimension is Dimension.MASS
    ]
    others = [each for each in flow if isinstance(each, AmountPhrase) and each not in masses]
    often = [each for each in flow[:at] if isinstance(each, Often)]
    a_day = bool(often) and all(each.times == ONCE_A_DAY for each in often)
    whole = [each for each in masses if isinstance(each, PerDay)]
    if len(masses) != 1 or others or not (a_day or whole):
        notes.problem("DIR-007", f'"{flow[at].text}": write the dose that is taken each time, and how often')
        return flow
    mass = masses[0]
    per_day = PerDay(mass.text, mass.low, mass.high)
    return [per_day if each is mass else each for each in flow if not isinstance(each, SchedulePhrase | Divided)]


# --- masses that are no dose --------------------------------------------------------------------------------------


def _without_day_checks(segments: list[Segment], found: Understood) -> list[Segment]:
    """A mass in brackets after a dose with its schedule is a check: "5 mg qid (20 mg/day)", "1 tab qid (5 mg)"."""
    kept: list[Segment] = []
    for segment in segments:
        check = day_check(segment)
        total = total_check(segment)
        if kept and check is not None:
            found.day_checks.append(check)
        elif kept and kept[-1].schedules and total is not None:
            found.total_checks.append(total)
        else:
            kept.append(segment)
    return kept


def _without_rate_checks(flow: list[Phrase], found: Understood) -> list[Phrase]:
    """A mass in brackets that is a patch's rate, times the patches worn, says nothing new: "1 patch (25 mcg total)"."""
    rate = next((each for each in found.strengths if each.unit.dimension is Dimension.RATE), None)
    if rate is None:
        return flow
    worn = [each.low.value for each in flow if isinstance(each, MeasurePhrase) and each.low.unit is Unit.PATCH]
    fits = {rate.value * number for number in (worn[:1] or [Fraction(1)])}
    return [each for each in flow if not _is_rate_again(each, fits)]


def _without_whole_of_half(flow: list[Phrase], found: Understood, notes: Notes) -> list[Phrase]:
    """The tablet of which half is taken: "5 mg tab 2.5 mg tid" is half a tablet of 5 mg, where it can be halved."""
    if found.strengths:
        return flow
    amounts = [each for each in flow if isinstance(each, AmountPhrase)]
    if len(amounts) != 2 or not all(map(_is_mass, amounts)):
        return flow
    whole = next(
        (
            mass
            for mass, form in pairwise(flow)
            if isinstance(mass, MeasurePhrase) and mass.is_one and isinstance(form, UnitAlone | FormPhrase)
        ),
        None,
    )
    if whole is None or whole.bracketed or whole.low.unit.dimension is not Dimension.MASS:
        return flow
    dose = next(each for each in amounts if each is not whole)
    if not isinstance(dose, MeasurePhrase) or dose.bracketed or dose.low.unit.dimension is not Dimension.MASS:
        return flow
    if not dose.is_one or 2 * dose.low.to(whole.low.unit).value != whole.low.value:
        return flow
    found.take_strengths((whole.low,), whole.text, notes)
    found.halved = (whole, dose)
    return [each for each in flow if each is not whole]


def _is_mass(phrase: Phrase) -> bool:
    return isinstance(phrase, MeasurePhrase) and phrase.low.unit.dimension is Dimension.MASS


def _is_rate_again(phrase: Phrase, values: set[Fraction]) -> bool:
    match phrase:
        case MeasurePhrase(bracketed=True, low=low) if phrase.is_one and low.unit is Unit.MCG:
            return low.value in values
    return False


def _without_trailing_strength(segments: list[Segment], found: Understood, notes: Notes) -> list[Segment]:
    """A mass at the very end of a line of counted doses is the strength: "2 tabs at night of morphine ER 15 mg"."""
    if len(segments) < 2 or found.strengths:
        return segments
    last = one_mass(segments[-1])
    if last is None or not all(any(map(is_counted, segment.amounts)) for segment in segments[:-1]):
        return segments
    found.take_strengths((last.low,), last.text, notes)
    return segments[:-1]


# --- doses ------------------------------------------------------------------------------------------------------


def _planned(segment: Segment, found: Understood, notes: Notes) -> Planned | None:
    times, moments, wear = _schedule(segment.schedules, notes)
    whole_day = [phrase for phrase in segment.amounts if isinstance(phrase, PerDay)]
    if whole_day:
        found.daily_total = Dose(whole_day[0].low, whole_day[0].high)
        rest = [phrase for phrase in segment.amounts if not isinstance(phrase, PerDay)]
        if any(map(is_counted, rest)):
            notes.problem("DIR-007", f'"{whole_day[0].text}" is a daily total; remove it or the number of tablets')
        elif len(whole_day) > 1 or (times is not None and times != ONCE_A_DAY) or len(rest) > 1:
            notes.problem("DIR-007", f'"{whole_day[0].text}" is a whole day\'s amount; another dose contradicts it')
        elif rest:
            dose_of(evolve(segment, amounts=rest), found, notes)
        return None
    return Planned(dose_of(segment, found, notes), times, moments, wear)


# --- schedules --------------------------------------------------------------------------------------------------


def _schedule(phrases: Sequence[SchedulePhrase], notes: Notes) -> tuple[Span | None, tuple[str, ...], Span | None]:
    """How often, at which moments, and how long between (for patches)."""
    often = [phrase for phrase in phrases if isinstance(phrase, Often)]
    if len(phrases) == len(often) == 1 and often[0].wording is not Wording.UP_TO and not often[0].moments:
        return often[0].times, (), _wear_of(often[0].times)  # as most schedules are
    at = [phrase for phrase in phrases if isinstance(phrase, AtTimes)]
    moments = tuple(moment for each in dict.fromkeys(phrase.moments for phrase in at) for moment in each)
    moments += tuple(moment for phrase in often for moment in phrase.moments)
    if any(phrase.wording is Wording.UP_TO for phrase in often):
        notes.caution("DIR-104", f'"{often[0].text}" gives only an upper end; the low end is counted as none')
    spans = {phrase.times for phrase in often}
    if len(spans) > 1 or (len(often) > 1 and any(phrase.wording is Wording.WEEKDAYS for phrase in often)):
        texts = " and ".join(f'"{phrase.text}"' for phrase in often)
        notes.problem("DIR-007", f"{texts} say how often in two ways; keep the one that is meant")
        return None, (), None
    if often:
        span = often[0].times
        wear = _wear_of(span)
        if moments and not _moments_fit(span, len(moments)):
            notes.problem(
                "DIR-007",
                f'"{often[0].text}" and {len(moments)} times of day ({", ".join(moments)}) do not agree',
            )
        return span, moments, wear
    if len({phrase.moments for phrase in at}) > 1:
        texts = " and ".join(f'"{phrase.text}"' for phrase in at)
        notes.problem(
            "DIR-007", f'{texts}: is this one dose or several? Join the times with "and" if there are several'
        )
        return None, (), None
    if moments:
        if len(set(moments)) != len(moments):
            notes.problem("DIR-007", f"a time of day is named twice ({', '.join(moments)})")
        number = Fraction(len(moments))
        return Span(number, number), moments, Span(24 / number, 24 / number)
    return None, (), None


@remembered(1024)
def _wear_of(times: Span) -> Span | None:
    """The hours from one dose to the next; None where the low end is none."""
    return Span(24 / times.high, 24 / times.low) if times.low > 0 else None


def _moments_fit(span: Span, number: int) -> bool:
    if span.high < 1:
        return number == 1
    return span.low == span.high == number
