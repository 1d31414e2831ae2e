"""What a phrase means: from the tokens it took to a part of the directions. A builder may decline (None)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from medsteward import units
from medsteward.errors import MedstewardError
from medsteward.model.amount import Amount
from medsteward.model.sig import Span
from medsteward.model.unit import Unit
from medsteward.readers.directions.tokens import Token


@frozen
class Part:
    """One understood phrase: its kind, its values, its words, and whether it stood in brackets."""

    kind: str
    text: str
    low: Any = None
    high: Any = None
    extra: Any = None
    bracketed: bool = field(default=False, kw_only=True)


Build = Callable[[Sequence[Token]], Part | None]


def _numbers(tokens: Sequence[Token]) -> list[Fraction]:
    return [token.value for token in tokens if token.kind == "NUM"]


def _values(tokens: Sequence[Token], *kinds: str) -> list[Any]:
    return [token.value for token in tokens if token.kind in kinds]


def words_of(tokens: Sequence[Token]) -> str:
    """The words of tokens as they are shown."""
    words = " ".join(token.text for token in tokens)
    for mark in "/-":
        words = words.replace(f" {mark} ", mark)
    return words.replace("# ", "#").replace("( ", "(").replace(" )", ")").replace(" ,", ",").replace(" ;", ";")


def plain(kind: str) -> Build:
    """A part that is nothing but its kind."""
    return lambda tokens: Part(kind, words_of(tokens))


def valued(kind: str, *kinds: str) -> Build:
    """A part with the value of its first token of the given kinds."""
    return lambda tokens: Part(kind, words_of(tokens), _values(tokens, *kinds)[0])


def measure(tokens: Sequence[Token]) -> Part | None:
    """A number or range with one unit: 10 mg, 1-2 tablets, 5 mL."""
    low, high = (_numbers(tokens) * 2)[:2]
    unit = _values(tokens, "MASS", "VOLUME", "COUNT")[0]
    if any(token.kind == "DASH" for token in tokens) and len(_numbers(tokens)) == 2:
        return Part("pair", words_of(tokens), low, high, unit)
    if low > high:
        return None
    return Part("measure", words_of(tokens), Amount(low, unit), Amount(high, unit))


def measure_to_measure(tokens: Sequence[Token]) -> Part | None:
    """5 mg to 10 mg, 1 tablet or 2 tablets."""
    low, high = _numbers(tokens)
    first, second = _values(tokens, "MASS", "VOLUME", "COUNT")
    if first.dimension is not second.dimension:
        return None
    bottom, top = Amount(low, first), units.convert(Amount(high, second), first)
    return Part("measure", words_of(tokens), bottom, top) if bottom <= top else None


def strengths(tokens: Sequence[Token]) -> Part | None:
    """5/325, 50-325-40 mg, 8 mg/2 mg: one strength for each ingredient, per unit of product or per volume."""
    volume = [i for i, token in enumerate(tokens) if token.kind == "VOLUME"]
    below = None
    body = tokens
    if volume:
        split = max(i for i, token in enumerate(tokens[: volume[0]]) if token.kind in {"SLASH", "PER", "IN"})
        amounts = _numbers(tokens[split:])
        below = Amount(amounts[0] if amounts else Fraction(1), tokens[volume[0]].value)
        body = tokens[:split]
    numbers, masses = _numbers(body), _values(body, "MASS")
    if below is not None and below.value == 0:
        return None
    each = masses if len(masses) == len(numbers) else [masses[-1] if masses else Unit.MG] * len(numbers)
    return Part("strengths", words_of(tokens), tuple(map(Amount, numbers, each)), extra=below)


def concentration(tokens: Sequence[Token]) -> Part | None:
    """20 mg/mL, 10 mg per 5 mL."""
    numbers = _numbers(tokens)
    mass, volume = _values(tokens, "MASS")[0], _values(tokens, "VOLUME")[0]
    try:
        below = Amount(numbers[1] if numbers[1:] else Fraction(1), volume)
        strength = units.per(Amount(numbers[0], mass), below)
    except MedstewardError:
        return None
    return Part("concentration", words_of(tokens), strength, extra=below)


def strength_said(tokens: Sequence[Token]) -> Part | None:
    """Strength 10 mg: never a dose."""
    return Part("strength", words_of(tokens), Amount(_numbers(tokens)[0], _values(tokens, "MASS")[0]))


def per_time(tokens: Sequence[Token]) -> Part | None:
    """75 mcg/h is a rate; 20.5 mg/d is a whole day's dose."""
    head = _numbers(tokens)[:2] if any(t.kind in {"DASH", "TO"} for t in tokens) else _numbers(tokens)[:1] * 2
    mass, time = _values(tokens, "MASS", "VOLUME")[0], _values(tokens, "TIME")[0]
    low, high = head
    if low > high:
        return None
    if time == Fraction(1, 24) and mass.dimension is Unit.MG.dimension:
        if mass is Unit.G:
            return None
        ratio, unit = units.compound_factor(mass, Unit.H)
        return Part("rate", words_of(tokens), Amount(low * ratio, unit), Amount(high * ratio, unit))
    if time == 1:
        return Part("per_day", words_of(tokens), Amount(low, mass), Amount(high, mass))
    return None


def every(tokens: Sequence[Token]) -> Part | None:
    """Every 4 to 6 hours: the longer interval is the lower frequency."""
    numbers = _numbers(tokens) or [Fraction(1)]
    time = _values(tokens, "TIME")[0]
    short, long = min(numbers) * time, max(numbers) * time
    if short == 0:
        return None
    return Part("often", words_of(tokens), Span(1 / long, 1 / short), extra="every")


def times_a_day(tokens: Sequence[Token]) -> Part | None:
    """3 times a day, 2 to 3 times daily, 3x/day, twice a week, up to 3 times a day."""
    split = next(i for i, token in enumerate(tokens) if token.kind in {"TIMES", "X", "ONCE"})
    numbers = _values(tokens[: split + 1], "NUM", "ONCE")
    per = _numbers(tokens[split + 1 :]) or [Fraction(1)]
    time = 7 if any(t.kind == "WEEKLY" for t in tokens) else (_values(tokens, "TIME") or [Fraction(1)])[0]
    connected = any(t.kind in {"PER", "A", "IN", "EVERY", "SLASH"} for t in tokens[split + 1 :])
    if _numbers(tokens[split + 1 :]) and not connected:
        return None  # "1 x 7 days" is no frequency
    days = per[0] * time
    if days == 0 or min(numbers) > max(numbers):
        return None
    low, high = min(numbers) / days, max(numbers) / days
    if any(token.kind == "UPTO" for token in tokens):
        return Part("often", words_of(tokens), Span(Fraction(0), high), extra="up to")
    moments = tuple(_values(tokens, "MOMENT"))
    return Part("often", words_of(tokens), Span(low, high), high=moments)


def per_unit_time(tokens: Sequence[Token]) -> Part | None:
    """4 tablets per day, 2/week: once in that time."""
    days = (_numbers(tokens) or [Fraction(1)])[0] * _values(tokens, "TIME")[0]
    if days < 1 or (tokens[0].kind == "IN" and days != 1):
        return None
    return Part("often", words_of(tokens), Span(1 / days, 1 / days), extra="per")


def rate_word(rate: Fraction) -> Build:
    """A word that says how often: daily, weekly."""
    return lambda tokens: Part("often", words_of(tokens), Span(rate, rate))


def frequency_word(tokens: Sequence[Token]) -> Part | None:
    """bid, every other day: the value of the word."""
    rate = _values(tokens, "FREQUENCY")[0]
    return Part("often", words_of(tokens), Span(rate, rate))


_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def weekdays(tokens: Sequence[Token]) -> Part | None:
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
    rate = Fraction(len(days), 7)
    return Part("often", words_of(tokens), Span(rate, rate), extra="weekdays")


def days_a_week(tokens: Sequence[Token]) -> Part | None:
    """3 days a week."""
    times = _values(tokens, "TIME")
    if times[0] != 1 or times[1:] not in ([], [7]) or not 0 < tokens[0].value <= 7:
        return None
    rate = tokens[0].value / 7
    return Part("often", words_of(tokens), Span(rate, rate), extra="weekdays")


def frequency_span(tokens: Sequence[Token]) -> Part | None:
    """Bid to tid, once or twice daily."""
    rates = [Fraction(1) if t.kind == "DAILY" else t.value for t in tokens if t.kind in {"DAILY", "FREQUENCY", "ONCE"}]
    return Part("often", words_of(tokens), Span(min(rates), max(rates)))


_LINKS = frozenset({"COMMA", "AND", "SLASH", "WITH", "DASH", "SEMICOLON"})


def moments(tokens: Sequence[Token]) -> Part | None:
    """In the morning and at night: each named time is one dose."""
    found = [t.value or t.text for t in tokens if t.kind in {"MOMENT", "AMPM"}]
    named = tuple({"am": "morning", "a m": "morning", "pm": "evening", "p m": "evening"}.get(m, m) for m in found)
    if not any(token.kind in _LINKS for token in tokens) and not all(":" in moment for moment in named):
        if len(set(named)) > 1:
            return Part("vague_moments", words_of(tokens))
        named = named[:1]
    if {"evening", "bedtime"} <= set(named) and not any(token.kind == "AND" for token in tokens):
        return Part("vague_moments", words_of(tokens))
    return Part("at", words_of(tokens), named)


def every_other_moment(tokens: Sequence[Token]) -> Part | None:
    """Every other night."""
    return Part("often", words_of(tokens), Span(Fraction(1, 2), Fraction(1, 2)), high=tuple(_values(tokens, "MOMENT")))


def daily_limit(tokens: Sequence[Token]) -> Part | None:
    """At most so much in a day. Declines a limit over another time than a day: that is not one we count."""
    numbers = _numbers(tokens)
    days = Fraction(1)
    times = _values(tokens, "TIME")
    if times:
        days = (numbers[1] if numbers[1:] else Fraction(1)) * times[0]
    elif not any(token.kind in {"DAILY", "DAILY_LIMIT"} for token in tokens):
        return Part("untimed_limit", words_of(tokens))
    if days != 1:
        return None
    found = _values(tokens, "MASS", "VOLUME", "COUNT")
    if any(token.kind in {"DOSES", "TIMES"} for token in tokens):
        return Part("limit", words_of(tokens), numbers[0], extra="doses")
    names = [token.value for token in tokens if token.kind == "NAME"]
    if names and found:
        return Part("limit", words_of(tokens), Amount(numbers[0], found[0]), extra=names[0])
    return Part("limit", words_of(tokens), Amount(numbers[0], found[0]) if found else numbers[0])


def upto(tokens: Sequence[Token]) -> Part | None:
    """Up to 2 tablets: a range from none."""
    number = _numbers(tokens)[-1]
    unit = _values(tokens, "MASS", "VOLUME", "COUNT")
    if unit:
        return Part("measure", words_of(tokens), Amount(Fraction(0), unit[0]), Amount(number, unit[0]), extra="up to")
    return Part("count", words_of(tokens), Fraction(0), number, extra="up to")


def days_of(kind: str) -> Build:
    """A builder of a number of whole days: duration, supply."""

    def build(tokens: Sequence[Token]) -> Part | None:
        if any(token.kind == "TIME" and token.value < 1 for token in tokens):
            return None
        days = max(_numbers(tokens) or [Fraction(1)]) * _values(tokens, "TIME")[0]
        return Part(kind, words_of(tokens), days) if days >= 1 else None

    return build


def quantity(tokens: Sequence[Token]) -> Part | None:
    """#90, qty 90 tablets, #120/30 days."""
    unit, time = _values(tokens, "COUNT", "VOLUME"), _values(tokens, "TIME")
    days = _numbers(tokens)[-1] * time[0] if time else None
    if days is not None and days < 1:
        return None
    return Part("quantity", words_of(tokens), _numbers(tokens)[0], days, unit[0] if unit else None)


def reason(tokens: Sequence[Token]) -> Part | None:
    """What it is for, with the words we do not know."""
    skip = {"PRN", "FOR", "INDICATION", "COLON", "IS", "EQUALS", "A", "THE", "OF"}
    start = next((i for i, token in enumerate(tokens) if token.kind not in skip), len(tokens))
    unknown = tuple(token.text for token in tokens if token.kind == "UNKNOWN")
    return Part("reason", words_of(tokens[start:]), extra=unknown)


def as_needed(tokens: Sequence[Token]) -> Part | None:
    """As needed, with its reason where one follows."""
    why = reason(tokens)
    if why is None or not why.text:
        return Part("as_needed", words_of(tokens))
    return Part("as_needed", words_of(tokens), why.text, extra=why.extra)


def strength_each(tokens: Sequence[Token]) -> Part | None:
    """2 tablets (5 mg each)."""
    if tokens[-1].text not in ("each", "ea", "apiece", "each one"):
        return None
    return Part("strength", words_of(tokens), Amount(tokens[0].value, _values(tokens, "MASS")[0]))


def dashed_masses(tokens: Sequence[Token]) -> Part | None:
    """8 mg-2 mg, 5 mg-10 mg: strengths of a combination or a range, decided later."""
    low, high = _numbers(tokens)
    first, second = _values(tokens, "MASS")
    return Part("pair", words_of(tokens), low, high, first) if first is second else None


def release_hours(tokens: Sequence[Token]) -> Part | None:
    """12 hr tablet, 72 hr patch: how the product is made, not how often it is taken."""
    hours = _numbers(tokens)[0] * _values(tokens, "TIME")[0] * 24
    return Part("noise", words_of(tokens)) if hours in {8, 12, 24, 72, 168} else None


def mass_that_equals(tokens: Sequence[Token]) -> Part | None:
    """10 mg = 2 tablets: the mass is the whole dose."""
    amount = Amount(tokens[0].value, tokens[1].value)
    return Part("measure", words_of(tokens), amount, amount, "equals")


def percent(tokens: Sequence[Token]) -> Part | None:
    """A strength in percent, such as of a cream."""
    return Part("percent", words_of(tokens), Amount(tokens[0].value, Unit.PERCENT))


def bare_number(tokens: Sequence[Token]) -> Part | None:
    """A number, or a range of numbers, without a unit."""
    low, high = (_numbers(tokens) * 2)[:2]
    if any(token.kind == "DASH" for token in tokens):
        return Part("pair", words_of(tokens), low, high, None)
    return Part("count", words_of(tokens), low, high) if low <= high else None


def multiplied(tokens: Sequence[Token]) -> Part | None:
    """2 x 10 mg, 10 mg x 2 tablets."""
    count, strength = _numbers(tokens)
    if tokens[0].kind == "NUM" and tokens[1].kind in {"MASS", "DASH"}:
        count, strength = strength, count
    return Part("multiplied", words_of(tokens), count, Amount(strength, _values(tokens, "MASS")[0]))


# --- numbers of several tokens ---


def whole_and_half(tokens: Sequence[Token]) -> Token | None:
    """1 and a half."""
    if len(_numbers(tokens)) == 2 and _numbers(tokens)[1] != 1:
        return None
    return Token("NUM", tokens[0].value + tokens[-1].value, words_of(tokens))


def said_twice(tokens: Sequence[Token]) -> Token | None:
    """4 (four), one (1): the same number in two writings."""
    return tokens[0] if tokens[0].value == tokens[2].value else None


def small_fraction(above: Fraction, below: Fraction) -> Fraction | None:
    """A half, a third, a quarter; other fractions are none of a tablet."""
    return above / below if 0 < above < below and below in {2, 3, 4} else None


def fraction(tokens: Sequence[Token]) -> Token | None:
    """1/2 of a tablet."""
    above, below = _numbers(tokens)
    value = small_fraction(above, below)
    return None if value is None else Token("NUM", value, words_of(tokens))


def mixed(tokens: Sequence[Token]) -> Token | None:
    """1 1/2 tablets."""
    whole, above, below = _numbers(tokens)
    value = small_fraction(above, below)
    if value is None or whole > 9 or whole.denominator != 1:
        return None
    return Token("NUM", whole + value, words_of(tokens))


def share(tokens: Sequence[Token]) -> Token | None:
    """Half a tablet."""
    whole = _numbers(tokens) or [Fraction(1)]
    value = whole[0] * _values(tokens, "FRACTION")[0]
    return Token("NUM", value, words_of(tokens)) if value < 1 and whole[0].denominator == 1 else None


def not_understood(tokens: Sequence[Token]) -> Token:
    """A number that could be a time of day or an amount."""
    return Token("UNKNOWN", None, words_of(tokens))


def clock(tokens: Sequence[Token]) -> Token | None:
    """A time of day: 8 am, 20:00. A dose time, never an amount."""
    numbers = _numbers(tokens)
    if len(tokens) == 1:
        if not re.fullmatch(r"[0-2]\d[0-5]\d", tokens[0].text):
            return None
        numbers = [Fraction(int(tokens[0].text[:2])), Fraction(int(tokens[0].text[2:]))]
    afternoon = any(token.text.startswith("p") for token in tokens)
    limit = 12 if any(token.kind == "AMPM" for token in tokens) else 23
    if numbers[0] > limit or numbers[0].denominator != 1 or (numbers[1:] and numbers[1] > 59):
        return None
    hour = int(numbers[0]) % 12 + (12 if afternoon else 0) if limit == 12 else int(numbers[0])
    minutes = int(numbers[1]) if numbers[1:] else 0
    return Token("MOMENT", f"{hour:02d}:{minutes:02d}", words_of(tokens))
