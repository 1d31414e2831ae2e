"""What a phrase about times means: how often, when, and how much at most in a day. A builder may decline (None)."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction

from medsteward.model.amount import Amount
from medsteward.model.sig import Span
from medsteward.readers.directions import kinds, refused
from medsteward.readers.directions.kinds import Phrase, Wording
from medsteward.readers.directions.meanings import (
    ONE,
    Build,
    moments_of,
    numbers_of,
    place_of,
    times_of,
    units_of,
    words_of,
)
from medsteward.readers.directions.tokens import Token


def every(tokens: Sequence[Token]) -> Phrase | None:
    """Every 4 to 6 hours: the longer interval is the lower frequency."""
    numbers = numbers_of(tokens) or [ONE]
    time = times_of(tokens)[0]
    short, long = min(numbers) * time, max(numbers) * time
    if short == 0 or (time >= 1 and min(numbers) < 1):
        return None  # "every half a day" is likelier half a tablet
    return kinds.Often(words_of(tokens), Span(1 / long, 1 / short))


_HOURS_MEANT = frozenset(map(Fraction, (2, 3, 4, 6, 8, 12, 24, 48, 72)))
"""Numbers after a bare "q" that can only be hours; 1, 5 and 7 are asked about."""


def every_bare(tokens: Sequence[Token]) -> Phrase | None:
    """Q4, q 4-6, q8 prn: hours, in the abbreviation that is used for nothing else. "Every 6" is not it."""
    numbers = numbers_of(tokens)
    if tokens[0].text != "q" or not _HOURS_MEANT.issuperset(numbers) or numbers != sorted(numbers):
        return None
    low, high = Fraction(24) / max(numbers), Fraction(24) / min(numbers)
    return kinds.Often(words_of(tokens), Span(low, high), Wording.BARE)


def doses_a_day(tokens: Sequence[Token]) -> Phrase | None:
    """4 doses a day: as often as 4 times a day."""
    days = (numbers_of(tokens[place_of(tokens, "DOSES") :]) or [ONE])[0] * (times_of(tokens) or [ONE])[0]
    numbers = numbers_of(tokens[: place_of(tokens, "DOSES")])
    if days != 1 or numbers != sorted(numbers):
        return None
    return kinds.Often(words_of(tokens), Span(numbers[0], numbers[-1]))


def times_after(tokens: Sequence[Token]) -> Phrase | None:
    """X4 daily, x 2-3/day."""
    numbers = numbers_of(tokens)
    if any(time != 1 for time in times_of(tokens)) or numbers != sorted(numbers):
        return None
    return kinds.Often(words_of(tokens), Span(numbers[0], numbers[-1]))


_SEVERAL = frozenset({"days", "hours", "weeks"})


def _is_broken(tokens: Sequence[Token]) -> bool:
    """Whether days stand without their number, which may be the one before: "up to 5 per days"."""
    pairs = itertools.pairwise(tokens)
    return any(time.kind == "TIME" and time.text in _SEVERAL and one.kind not in ("NUM", "DASH") for one, time in pairs)


def times_a_day(tokens: Sequence[Token]) -> Phrase | None:
    """3 times a day, 2 to 3 times daily, 3x/day, twice a week, up to 3 times a day."""
    if _is_broken(tokens):
        return refused.MixedTimes(words_of(tokens))
    split = next(i for i, token in enumerate(tokens) if token.kind in {"TIMES", "X", "ONCE"})
    numbers = [token.number for token in tokens[: split + 1] if token.kind in {"NUM", "ONCE"}]
    per = numbers_of(tokens[split + 1 :]) or [ONE]
    time = Fraction(7) if any(t.kind == "WEEKLY" for t in tokens) else (times_of(tokens) or [ONE])[0]
    connected = any(t.kind in {"PER", "A", "IN", "EVERY", "SLASH"} for t in tokens[split + 1 :])
    if numbers_of(tokens[split + 1 :]) and not connected:
        return None  # "1 x 7 days" is no frequency
    if len({token.text.isalpha() for token in tokens[:split] if token.kind == "NUM"}) > 1:
        return refused.MixedTimes(words_of(tokens))  # "1 or three times a day": a count and how often?
    if any(token.kind == "OR" for token in tokens[:split]) and max(numbers) > min(numbers) + 1:
        return refused.MixedTimes(words_of(tokens))
    days = per[0] * time
    if days < 1 and max(numbers) > 1:
        return None  # "twice every 4 hours": two, or every 4 hours?
    if days == 0 or min(numbers) > max(numbers):
        return None
    low, high = min(numbers) / days, max(numbers) / days
    if any(token.kind == "UPTO" for token in tokens):
        return kinds.Often(words_of(tokens), Span(Fraction(0), high), Wording.UP_TO)
    return kinds.Often(words_of(tokens), Span(low, high), moments=moments_of(tokens))


def count_hourly(tokens: Sequence[Token]) -> Phrase | None:
    """6 tablets hourly: every 6 hours, or 6 each hour? One each hour is not asked about."""
    return None if tokens[0].number <= 1 else refused.MixedTimes(words_of(tokens))


def once_every(tokens: Sequence[Token]) -> Phrase:
    """Once every 12 hours; "twice every 4 hours" is asked about."""
    return kinds.Noise(words_of(tokens)) if tokens[0].number == 1 else refused.Once(words_of(tokens))


def per_unit_time(tokens: Sequence[Token]) -> Phrase | None:
    """4 tablets per day, 2/week: once in that time."""
    days = (numbers_of(tokens) or [ONE])[0] * times_of(tokens)[0]
    if days < 1 or (tokens[0].kind == "IN" and days != 1):
        return None
    return kinds.Often(words_of(tokens), Span(1 / days, 1 / days), Wording.PER)


def rate_word(rate: Fraction) -> Build:
    """A word that says how often: daily, weekly."""
    return lambda tokens: kinds.Often(words_of(tokens), Span(rate, rate))


def frequency_word(tokens: Sequence[Token]) -> Phrase | None:
    """bid, every other day: the value of the word."""
    rate = tokens[0].number
    return kinds.Often(words_of(tokens), Span(rate, rate))


_BROKEN = (
    *("COMMA DASH", "AND DASH", "DASH AND", "DASH COMMA"),
    *("COMMA TO", "AND TO", "TO AND", "TO COMMA"),
)
"""Kinds of words that do not stand side by side between days."""
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def weekdays(tokens: Sequence[Token]) -> Phrase | None:
    """Monday, Wednesday and Friday; Monday to Friday."""
    days: set[int] = set()
    last: int | None = None
    through = False
    for token in tokens:
        if token.kind == "WEEKDAY":
            day = _WEEK.index(token.text[:3])
            if through and last is not None:
                days.update((last + i) % 7 for i in range((day - last) % 7))
            days.add(day)
            last, through = day, False
        elif token.kind in {"DASH", "TO"}:
            through = True
    marks = " ".join(token.kind for token in tokens)
    if any(both in marks for both in _BROKEN):
        return None
    rate = Fraction(len(days), 7)
    return kinds.Often(words_of(tokens), Span(rate, rate), Wording.WEEKDAYS)


def days_a_week(tokens: Sequence[Token]) -> Phrase | None:
    """3 days a week."""
    times = times_of(tokens)
    if times[0] != 1 or times[1:] not in ([], [7]) or not 0 < tokens[0].number <= 7:
        return None
    rate = tokens[0].number / 7
    return kinds.Often(words_of(tokens), Span(rate, rate), Wording.WEEKDAYS)


def frequency_span(tokens: Sequence[Token]) -> Phrase | None:
    """Bid to tid, once or twice daily."""
    if tokens[-1].kind == "DAILY" and " " in tokens[-1].text:
        return None  # "twice - a day" is no range
    if tokens[0].kind == "ONCE" and tokens[-1].kind == "DAILY" and tokens[0].number > 1:
        return refused.MixedTimes(words_of(tokens))  # "twice or daily"
    rates = [ONE if t.kind == "DAILY" else t.number for t in tokens if t.kind in {"DAILY", "FREQUENCY", "ONCE"}]
    return kinds.Often(words_of(tokens), Span(min(rates), max(rates)))


_HALVES = {"am": "morning", "a m": "morning", "pm": "evening", "p m": "evening"}


_LINKS = frozenset({"COMMA", "AND", "SLASH", "WITH", "DASH", "SEMICOLON"})


def moments(tokens: Sequence[Token]) -> Phrase | None:
    """In the morning and at night: each named time is one dose."""
    found = tuple(
        _HALVES[token.text] if token.kind == "AMPM" else token.word
        for token in tokens
        if token.kind in {"MOMENT", "AMPM"}
    )
    for at, token in enumerate(tokens[:-2]):
        half = next((i for i, each in enumerate(tokens[at + 1 :]) if each.kind in {"MOMENT", "AMPM", *_LINKS}), -1)
        if token.kind == "MOMENT" and ":" in token.word and half > 0 and tokens[at + 1 + half].kind == "AMPM":
            return refused.VagueTimes(words_of(tokens))  # "at 6:30 in a.m."
    threes = zip(tokens, tokens[1:], tokens[2:], strict=False)
    if any(":" in str(one.value) and link.kind in _LINKS and half.kind == "AMPM" for one, link, half in threes):
        return refused.VagueTimes(words_of(tokens))  # "at 6:30, a.m."
    if not any(token.kind in _LINKS for token in tokens) and not all(":" in moment for moment in found):
        if len(set(found)) > 1:
            return refused.VagueTimes(words_of(tokens))
        found = found[:1]
    if {"evening", "bedtime"} <= set(found) and not any(token.kind == "AND" for token in tokens):
        return refused.VagueTimes(words_of(tokens))
    return kinds.AtTimes(words_of(tokens), found)


def every_other_moment(tokens: Sequence[Token]) -> Phrase | None:
    """Every other night."""
    return kinds.Often(words_of(tokens), Span(Fraction(1, 2), Fraction(1, 2)), moments=moments_of(tokens))


_DOSES = frozenset({"doses", "applications"})
""""Max dose 12 tablets a day" limits tablets, "max 4 doses a day" doses."""


def daily_limit(tokens: Sequence[Token]) -> Phrase | None:
    """At most so much in a day. Declines a limit over another time than a day: that is not one we count."""
    if _is_broken(tokens):
        return refused.OtherLimit(words_of(tokens))
    numbers = numbers_of(tokens)
    times = times_of(tokens)
    days = (numbers[1] if numbers[1:] else ONE) * times[0] if times else ONE
    if days <= 0 or days > 1 or (1 / days).denominator != 1:
        return None
    if days < 1 and any(token.kind in {"DAILY", "DAILY_LIMIT"} for token in tokens):
        return refused.OtherLimit(words_of(tokens))
    if days < 1:
        numbers = [numbers[0] / days]  # max 5 in 12 hours is 10 in a day
    if not times and not any(token.kind in {"DAILY", "DAILY_LIMIT"} for token in tokens):
        return loose_limit(tokens)
    found = units_of(tokens)
    behind = {token.kind for token in tokens[place_of(tokens, "NUM") :]}
    plural = any(token.kind == "DOSES" and token.text in _DOSES for token in tokens)
    if behind & {"TIMES", "DOSES"} or (plural and not found):
        return kinds.DosesLimited(words_of(tokens), numbers[0])
    if not found:
        return kinds.NumberLimit(words_of(tokens), numbers[0])
    name = next((token.name for token in tokens if token.kind == "NAME"), None)
    return kinds.AmountLimit(words_of(tokens), Amount(numbers[0], found[0]), name)


def loose_limit(tokens: Sequence[Token]) -> Phrase:
    """Max 6 tablets: in what time is not said, which only matters below what the directions come to."""
    unit = units_of(tokens)
    text, number = words_of(tokens), numbers_of(tokens)[0]
    return kinds.LooseLimit(text, number, unit[0] if unit else None)


def up_to_frequency(tokens: Sequence[Token]) -> Phrase | None:
    """Up to qid: no more often than that."""
    most = tokens[-1].number
    return kinds.Often(words_of(tokens), Span(Fraction(0), most), Wording.UP_TO) if most >= 1 else None


def up_to_every(tokens: Sequence[Token]) -> Phrase | None:
    """Up to 4 hourly, up to every 6 hours: no more often than that."""
    often = every(tokens)
    if not isinstance(often, kinds.Often):
        return None
    return kinds.Often(often.text, Span(Fraction(0), often.times.high), Wording.UP_TO)


_FEWEST_AND_BEDTIME = 3
"""From so many times a day a dose "and at bedtime" comes on top; of two it may be the second. Ours."""


def times_and_moment(tokens: Sequence[Token]) -> Phrase | None:
    """Three times a day and at bedtime: one dose more."""
    moments, place = moments_of(tokens), next(i for i, t in enumerate(tokens) if t.kind in {"AND", "WITH"})
    before = tokens[:place]
    often = frequency_word(before) if before[0].kind == "FREQUENCY" else times_a_day(before)
    if moments != ("bedtime",) or not isinstance(often, kinds.Often) or often.times.low < _FEWEST_AND_BEDTIME:
        return None
    times = often.times.low + 1
    return kinds.Often(words_of(tokens), Span(times, times)) if often.times.low.denominator == 1 else None
