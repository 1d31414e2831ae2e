"""FHIR Timing: how often a day, at which times, from when to when. No timing is never read as once daily."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from attrs import frozen

from medsteward.caches import remembered
from medsteward.model.amount import Amount
from medsteward.model.number import decimal_text, exact_number
from medsteward.model.sig import Span
from medsteward.model.unit import Dimension, Unit
from medsteward.readers.fhir.element import (
    Remarks,
    Table,
    codes_in,
    count_of,
    first_day,
    known_elements,
    last_day,
    number_of,
    object_of,
    shown,
    span_of,
    text_of,
    texts_of,
)
from medsteward.readers.fhir.kept import kept
from medsteward.readers.fhir.quantity import quantity_of
from medsteward.readers.fhir.schedule_words import said_in, schedules_in

ABBREVIATIONS = frozenset(
    {"http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation", "http://hl7.org/fhir/v3/GTSAbbreviation"}
)
_PER_DAY: Mapping[str, Fraction] = MappingProxyType(
    {
        "BID": Fraction(2),
        "TID": Fraction(3),
        "QID": Fraction(4),
        "AM": Fraction(1),
        "PM": Fraction(1),
        "BED": Fraction(1),
        "QD": Fraction(1),
        "QOD": Fraction(1, 2),
        "WK": Fraction(1, 7),
        **{f"Q{hours}H": Fraction(24, hours) for hours in (1, 2, 3, 4, 6, 8)},
    }
)
"""Times a day by HL7's code of a schedule. MO, monthly, is not here: a month has no fixed length."""

_MOMENTS = {
    "MORN": "morning",
    "NOON": "noon",
    "AFT": "afternoon",
    "EVE": "evening",
    "NIGHT": "bedtime",
    "HS": "bedtime",
    "PHS": "morning",
    "WAKE": "morning",
    "CM": "morning",
    "ACM": "morning",
    "PCM": "morning",
    "CD": "noon",
    "ACD": "noon",
    "PCD": "noon",
    "CV": "evening",
    "ACV": "evening",
    "PCV": "evening",
}
_AT_MEALS = frozenset({"C", "AC", "PC"})
"""With, before, after meals: of which nobody says how many there are."""

HOURS: Mapping[str, Fraction] = MappingProxyType(
    {"s": Fraction(1, 3600), "min": Fraction(1, 60), "h": Fraction(1), "d": Fraction(24), "wk": Fraction(168)}
)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_TIMING = frozenset({"event", "repeat", "code"})
_REPEAT = frozenset(
    {
        "boundsDuration",
        "boundsRange",
        "boundsPeriod",
        "count",
        "countMax",
        "duration",
        "durationMax",
        "durationUnit",
        "frequency",
        "frequencyMax",
        "period",
        "periodMax",
        "periodUnit",
        "dayOfWeek",
        "timeOfDay",
        "when",
        "offset",
    }
)


@frozen
class When:
    """What a Timing says.

    ``times`` are times per day (None: not said). ``hours`` is the interval between two doses where there is one dose
    per interval, ``lasts`` how long one dose lasts, both in hours. ``first`` and ``last`` bound the days; ``days`` is
    how long from the first day, at most. ``count`` is the number of doses altogether, at most. ``events`` are single
    days, each as often as it is named. ``as_needed``: the code of the schedule says so, as "Every 6 hours PRN" does.
    ``code_days`` is how long the words of that code say, as "Every 6 hours for 5 days".
    """

    times: Span | None = None
    moments: tuple[str, ...] = ()
    hours: Span | None = None
    lasts: Span | None = None
    first: date | None = None
    last: date | None = None
    days: Fraction | None = None
    count: int | None = None
    events: tuple[date, ...] = ()
    as_needed: bool = False
    code_days: Fraction | None = None


NEVER_SAID = When()


@kept
def read_timing(table: Table, at: str, remarks: Remarks) -> When:
    """Read a Timing. What is missing stays None; what is wrong is a problem with its place."""
    known_elements(table, _TIMING, at, "Timing", remarks)
    repeat = object_of(table, "repeat", at, remarks)
    when = NEVER_SAID if repeat is None else _repeat(repeat, f"{at}.repeat", remarks)
    coded = _coded(table, at, remarks)
    times, moments, hours = when.times, when.moments, when.hours
    if coded is not None and coded.times is not None:
        if times is None:
            times, moments, hours = coded.times, coded.moments, coded.hours
        elif times != coded.times:
            text = f"the schedule's code says {_a_day(coded.times)}, its parts say {_a_day(times)}; make them agree"
            remarks.problem("DIR-007", f"{at}.code", text)
    events = _events(table, at, remarks)
    if events and times is not None:
        remarks.problem("DIR-007", f"{at}.event", "single days and a repeated schedule: which of them is meant?")
    needed = coded is not None and coded.as_needed
    said = None if coded is None else coded.code_days
    days = said if when.days is None and when.last is None else when.days
    return When(times, moments, hours, when.lasts, when.first, when.last, days, when.count, events, needed, said)


def _a_day(times: Span) -> str:
    low, high = (decimal_text(each, 3) for each in (times.low, times.high))
    return f"{low if low == high else f'{low} to {high}'} times a day"


def _events(table: Table, at: str, remarks: Remarks) -> tuple[date, ...]:
    found = []
    for number, text in enumerate(texts_of(table, "event", at, remarks)):
        span = span_of(text)
        if span is None or span[0] != span[1]:
            remarks.problem("FHIR-001", f"{at}.event[{number}]", f'"{shown(text)}" is not a day as in 2027-01-04')
        else:
            found.append(span[0])
    return tuple(sorted(found))


def _coded(table: Table, at: str, remarks: Remarks) -> When | None:
    """The schedule that Timing.code gives by HL7's abbreviation, or in words."""
    concept = object_of(table, "code", at, remarks)
    if concept is None:
        return None
    codes = codes_in(concept, ABBREVIATIONS)
    known = {_PER_DAY[code] for code in codes if code in _PER_DAY}
    if "MO" in codes:
        remarks.problem(
            "DIR-005", f"{at}.code", 'a month has no fixed length; write "every 28 days" or "every 30 days"'
        )
        return None
    if len(known) > 1:
        remarks.problem("DIR-007", f"{at}.code", "two codes of different schedules; keep the one that is meant")
        return None
    worded = worded_schedule(concept, f"{at}.code", remarks)
    if known:
        times = known.pop()
        hours = 24 / times
        needed, said = (False, None) if worded is None else (worded.as_needed, worded.code_days)
        return When(Span(times, times), hours=Span(hours, hours), as_needed=needed, code_days=said)
    if worded is None and "repeat" not in table:
        remarks.problem(
            "DIR-005", f"{at}.code", f'the schedule "{shown(said_in(concept))}" was not understood; add timing.repeat'
        )
    return worded


def worded_schedule(concept: Table, at: str, remarks: Remarks) -> When | None:
    """The schedule that the words of a code say, or else its letters. None: none of them is understood.

    Words and letters that say different schedules are a problem.
    """
    found = schedules_in(concept, at, remarks)
    if not found:
        return None
    if len({each.times for each in found}) > 1 or len({each.days for each in found if each.days is not None}) > 1:
        texts = " and ".join(f'"{shown(each.said)}"' for each in found[:2])
        remarks.problem("DIR-007", at, f"{texts} say two schedules; keep the one that is meant")
        return None
    first = found[0]
    if all(each.by_letters for each in found):
        remarks.caution("FHIR-104", f'the schedule was read from the letters of its code, "{shown(first.said)}"', at)
    moments = next((each.moments for each in found if each.moments), ())
    needed = any(each.as_needed for each in found)
    days = next((each.days for each in found if each.days is not None), None)
    return When(first.times, moments, first.hours, as_needed=needed, code_days=days)


def _repeat(table: Table, at: str, remarks: Remarks) -> When:
    known_elements(table, _REPEAT, at, "Timing.repeat", remarks)
    problems = len(remarks.problems)
    often = _often(table, at, remarks)
    clock = texts_of(table, "timeOfDay", at, remarks)
    events = texts_of(table, "when", at, remarks)
    weekdays = _weekdays(table, at, remarks)
    first, last, days = _bounds(table, at, remarks)
    lasts = _lasts(table, at, remarks)
    count = _count(table, at, remarks)
    if len(remarks.problems) > problems:
        return When(first=first, last=last, days=days)
    moments = _moments(clock, events, at, remarks)
    named = len(moments)
    times, hours = (None, None) if often is None else often
    if named and often is None:
        times = Span(Fraction(named), Fraction(named))
        if table.get("frequency", named) != named:
            remarks.problem("DIR-007", at, f"{named} times of day are named, and another frequency; make them agree")
    elif named and times is not None and not _fits(named, times, table, weekdays):
        text = f"{named} times of day are named, but the schedule is {_a_day(times)}; make them agree"
        remarks.problem("DIR-007", at, text)
    if weekdays:
        times, hours = _on_weekdays(times, hours, weekdays, table, at, remarks)
    if events and not moments and times is None and not remarks.problems:
        remarks.problem("DIR-001", f"{at}.when", "at meals: how many a day? Add frequency and period")
    if times is not None and times.high == 0:
        times = None
    return When(times, moments, hours, lasts, first, last, days, count)


def _often(table: Table, at: str, remarks: Remarks) -> tuple[Span, Span | None] | None:
    """Times per day and the interval in hours, from frequency and period."""
    low = count_of(table, "frequency", at, remarks)
    high = count_of(table, "frequencyMax", at, remarks)
    short, long = number_of(table, "period", at, remarks), number_of(table, "periodMax", at, remarks)
    unit = text_of(table, "periodUnit", at, remarks)
    if short is None:
        if long is not None or unit is not None:
            remarks.problem("DIR-001", f"{at}.period", "the period is missing: how often in what time?")
        elif (low is not None or high is not None) and not any(
            table.get(key) for key in ("timeOfDay", "when", "dayOfWeek")
        ):
            remarks.problem("DIR-001", f"{at}.period", "how often in what time? The period is missing")
        return None
    hours = _hours_of(unit, "periodUnit", at, remarks)
    if hours is None:
        return None
    if short == 0 or (long is not None and long < short):
        remarks.problem("NUM-002", f"{at}.period", "a period is more than 0, and its upper end not below its lower end")
        return None
    if low is None and high is None:
        clock, weekdays = table.get("timeOfDay") or table.get("when"), table.get("dayOfWeek")
        low = 1
        if isinstance(clock, list):
            low = max(len(clock), 1)
        if isinstance(weekdays, list) and unit == "wk":
            low *= max(len(weekdays), 1)
        elif not clock:
            remarks.caution("FHIR-102", "no frequency beside the period: read as once in each period", at)
    elif low is None:
        low = 0
    if high is not None and high < low:
        remarks.problem("NUM-002", f"{at}.frequencyMax", "frequencyMax is below frequency")
        return None
    most, longest = high if high is not None else low, long if long is not None else short
    return _rate(low, most, short, longest, hours)


@remembered(1024)
def _rate(low: int, most: int, short: Fraction, longest: Fraction, hours: Fraction) -> tuple[Span, Span]:
    """Times per day, and the interval in hours, of so many times in a period whose unit is so many hours."""
    often = Span(low * 24 / (longest * hours), most * 24 / (short * hours))
    return often, Span(short * hours / most, longest * hours / max(low, 1))


def _hours_of(unit: str | None, key: str, at: str, remarks: Remarks) -> Fraction | None:
    if unit in ("mo", "a"):
        name = "month" if unit == "mo" else "year"
        remarks.problem("DIR-005", f"{at}.{key}", f"a {name} has no fixed length; write it in days")
        return None
    found = HOURS.get(unit or "")
    if found is None:
        said = "is missing" if unit is None else f'is one of s, min, h, d, wk, not "{shown(unit)}"'
        remarks.problem("UNIT-001", f"{at}.{key}", f"{key} {said}")
    return found


def _fits(named: int, times: Span, table: Table, weekdays: tuple[str, ...]) -> bool:
    """Whether named times of day are as many as the frequency says: a day, or in the period where that is longer."""
    most = table.get("frequencyMax", table.get("frequency", named))
    return times.low <= named <= times.high or most == named or (bool(weekdays) and most == named * len(weekdays))


def _moments(clock: tuple[str, ...], events: tuple[str, ...], at: str, remarks: Remarks) -> tuple[str, ...]:
    if clock and events:
        remarks.problem("FHIR-001", at, "timeOfDay and when cannot stand together")
        return ()
    found = []
    for text in clock:
        hour, _, rest = text.partition(":")
        if not (hour.isascii() and hour.isdigit() and len(hour) == 2 and int(hour) < 24 and rest[:2].isdigit()):
            remarks.problem("FHIR-001", f"{at}.timeOfDay", f'"{shown(text)}" is not a time of day as in 08:00:00')
            return ()
        found.append(f"{hour}:{rest[:2]}")
    for text in events:
        base = text.partition(".")[0]
        if base in _MOMENTS:
            found.append(_MOMENTS[base])
        elif base not in _AT_MEALS:
            remarks.problem("FHIR-001", f"{at}.when", f'"{shown(text)}" is no code of a time of day')
            return ()
    return tuple(found)


def _weekdays(table: Table, at: str, remarks: Remarks) -> tuple[str, ...]:
    found = texts_of(table, "dayOfWeek", at, remarks)
    for day in found:
        if day not in _DAYS:
            remarks.problem("FHIR-001", f"{at}.dayOfWeek", f'"{shown(day)}" is not one of {", ".join(_DAYS)}')
            return ()
    return tuple(dict.fromkeys(found))


def _on_weekdays(
    times: Span | None, hours: Span | None, weekdays: tuple[str, ...], table: Table, at: str, remarks: Remarks
) -> tuple[Span | None, Span | None]:
    """Times a day, averaged over the week: the schedule of a day on some days, or so many times a week."""
    days = Fraction(len(weekdays))
    if times is None:
        frequency = table.get("frequency")
        if frequency is not None and frequency != 1 and frequency != days:
            text = "a frequency without a period beside days of the week: how often on each day?"
            remarks.problem("DIR-001", f"{at}.frequency", text)
            return None, None
        share = Span(days / 7, days / 7)
    elif table.get("periodUnit") == "wk":
        often = exact_number(table.get("frequencyMax", table.get("frequency")))
        if often is not None and often % days:
            text = f"{decimal_text(often)} times in the period, on {len(weekdays)} days of the week; make them agree"
            remarks.problem("DIR-007", f"{at}.dayOfWeek", text)
        share = times
    elif times.high < 1:
        remarks.problem("DIR-007", f"{at}.dayOfWeek", "every so many days, and on days of the week: which is meant?")
        return None, None
    else:
        share = Span(times.low * days / 7, times.high * days / 7)
    if len(weekdays) < 7 and share.high >= 1:
        text = "not taken every day of the week; the amount is averaged over the week, and a day of a dose is higher"
        remarks.caution("DIR-102", text)
    return share, Span(168 / days, 168 / days)


def _bounds(table: Table, at: str, remarks: Remarks) -> tuple[date | None, date | None, Fraction | None]:
    period = object_of(table, "boundsPeriod", at, remarks)
    length = object_of(table, "boundsDuration", at, remarks)
    range_ = object_of(table, "boundsRange", at, remarks)
    if sum(each is not None for each in (period, length, range_)) > 1:
        remarks.problem("FHIR-001", at, "bounds are given in more than one way; keep one")
        return None, None, None
    if period is not None:
        return (*period_of(period, f"{at}.boundsPeriod", remarks), None)
    if length is not None:
        return None, None, days_of(length, f"{at}.boundsDuration", remarks)
    if range_ is not None:
        known_elements(range_, frozenset({"low", "high"}), f"{at}.boundsRange", "Range", remarks)
        high = object_of(range_, "high", f"{at}.boundsRange", remarks)
        if high is None:
            return None, None, None
        days = days_of(high, f"{at}.boundsRange.high", remarks)
        if days is not None:
            remarks.caution("FHIR-102", f"how long is a range; its upper end, {decimal_text(days)} days, was used", at)
        return None, None, days
    return None, None, None


def period_of(table: Table, at: str, remarks: Remarks) -> tuple[date | None, date | None]:
    """First and last day of a Period."""
    known_elements(table, frozenset({"start", "end"}), at, "Period", remarks)
    first, last = first_day(table, "start", at, remarks), last_day(table, "end", at, remarks)
    if first is not None and last is not None and last < first:
        remarks.problem("CASE-003", at, f"the end ({last}) is before the start ({first})")
        return None, None
    return first, last


def days_of(table: Table, at: str, remarks: Remarks) -> Fraction | None:
    """A Duration in days. Months and years have no fixed length and are refused."""
    if table.get("code") in ("mo", "a") or table.get("unit") in ("mo", "a", "month", "months", "year", "years"):
        remarks.problem("DIR-005", at, "a month or a year has no fixed length; write it in days")
        return None
    amount = quantity_of(table, at, remarks)
    if amount is None:
        return None
    if not isinstance(amount, Amount) or amount.unit.dimension is not Dimension.TIME:
        remarks.problem("UNIT-001", at, 'a length of time has a unit of time, as in "d" of UCUM')
        return None
    days = amount.to(Unit.D).value
    if not 0 < days <= 36600:
        remarks.problem("NUM-002", at, "a length of time is more than 0 and less than a hundred years")
        return None
    return days


def _lasts(table: Table, at: str, remarks: Remarks) -> Span | None:
    """How long each dose lasts, in hours: how long a patch stays on."""
    low, high = number_of(table, "duration", at, remarks), number_of(table, "durationMax", at, remarks)
    if low is None:
        return None
    hours = _hours_of(text_of(table, "durationUnit", at, remarks), "durationUnit", at, remarks)
    if hours is None:
        return None
    return Span(low * hours, max(low, high if high is not None else low) * hours)


def _count(table: Table, at: str, remarks: Remarks) -> int | None:
    low, high = count_of(table, "count", at, remarks), count_of(table, "countMax", at, remarks)
    return high if high is not None else low
