"""What a phrase means: from the tokens it took to what they say. A builder may decline (None)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from medsteward import units
from medsteward.errors import MedstewardError
from medsteward.model.amount import Amount
from medsteward.model.sig import Span
from medsteward.model.unit import Unit
from medsteward.readers.directions import kinds, refused
from medsteward.readers.directions.kinds import Beside, Phrase, Wording
from medsteward.readers.directions.tokens import Token

Build = Callable[[Sequence[Token]], Phrase | None]

ONE = Fraction(1)
_AMOUNTS = frozenset({"MASS", "VOLUME", "COUNT"})
_VOLUME = frozenset({"VOLUME"})


def numbers_of(tokens: Sequence[Token]) -> list[Fraction]:
    """The values of the numbers among tokens."""
    return [token.number for token in tokens if token.kind == "NUM"]


def _times(tokens: Sequence[Token]) -> list[Fraction]:
    """Units of time, in days."""
    return [token.number for token in tokens if token.kind in {"TIME", "HOURLY"}]


def _masses(tokens: Sequence[Token]) -> list[Unit]:
    return [token.unit for token in tokens if token.kind == "MASS"]


def _units(tokens: Sequence[Token], of: frozenset[str] = _AMOUNTS) -> list[Unit]:
    return [token.unit for token in tokens if token.kind in of]


def _moments(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(token.word for token in tokens if token.kind == "MOMENT")


def words_of(tokens: Sequence[Token]) -> str:
    """The words of tokens as they are shown."""
    words = " ".join(token.text for token in tokens)
    for mark in "/-":
        words = words.replace(f" {mark} ", mark)
    return words.replace("# ", "#").replace("( ", "(").replace(" )", ")").replace(" ,", ",").replace(" ;", ";")


def plain(kind: Callable[[str], Phrase]) -> Build:
    """A phrase that is nothing but its kind."""
    return lambda tokens: kind(words_of(tokens))


def worded(kind: Callable[[str, str], Phrase], token_kind: str) -> Build:
    """A phrase with the word that its first token of a kind stands for."""
    return lambda tokens: kind(words_of(tokens), next(t.word for t in tokens if t.kind == token_kind))


def named(tokens: Sequence[Token]) -> Phrase:
    """The name of a drug."""
    return kinds.NamePhrase(words_of(tokens), tokens[0].name)


def unit_alone(tokens: Sequence[Token]) -> Phrase:
    """A unit without a number."""
    return kinds.UnitAlone(words_of(tokens), tokens[0].unit)


def measure(tokens: Sequence[Token]) -> Phrase | None:
    """A number or range with one unit: 10 mg, 1-2 tablets, 5 mL."""
    low, high = (numbers_of(tokens) * 2)[:2]
    unit = _units(tokens)[0]
    if any(token.kind == "DASH" for token in tokens) and len(numbers_of(tokens)) == 2:
        return kinds.Pair(words_of(tokens), low, high, unit)
    if low > high:
        return None
    return kinds.MeasurePhrase(words_of(tokens), Amount(low, unit), Amount(high, unit))


def measure_to_measure(tokens: Sequence[Token]) -> Phrase | None:
    """5 mg to 10 mg, 1 tablet or 2 tablets."""
    low, high = numbers_of(tokens)
    first, second = _units(tokens)
    if first.dimension is not second.dimension:
        return None
    bottom, top = Amount(low, first), units.convert(Amount(high, second), first)
    return kinds.MeasurePhrase(words_of(tokens), bottom, top) if bottom <= top else None


def strengths(tokens: Sequence[Token]) -> Phrase | None:
    """5/325, 50-325-40 mg, 8 mg/2 mg: one strength for each ingredient, per unit of product or per volume."""
    volume = [i for i, token in enumerate(tokens) if token.kind == "VOLUME"]
    below = None
    body = tokens
    if volume:
        split = max(i for i, token in enumerate(tokens[: volume[0]]) if token.kind in {"SLASH", "PER", "IN"})
        amounts = numbers_of(tokens[split:])
        below = Amount(amounts[0] if amounts else ONE, tokens[volume[0]].unit)
        body = tokens[:split]
    numbers, masses = numbers_of(body), _masses(body)
    if below is not None and below.value == 0:
        return None
    each = masses if len(masses) == len(numbers) else [masses[-1] if masses else Unit.MG] * len(numbers)
    return kinds.Strengths(words_of(tokens), tuple(map(Amount, numbers, each)), below)


def concentration(tokens: Sequence[Token]) -> Phrase | None:
    """20 mg/mL, 10 mg per 5 mL."""
    numbers = numbers_of(tokens)
    mass, volume = _masses(tokens)[0], _units(tokens, _VOLUME)[0]
    try:
        below = Amount(numbers[1] if numbers[1:] else ONE, volume)
        strength = units.per(Amount(numbers[0], mass), below)
    except MedstewardError:
        return None
    return kinds.Concentration(words_of(tokens), strength, below)


def strength_said(tokens: Sequence[Token]) -> Phrase | None:
    """Strength 10 mg: never a dose."""
    return kinds.Strength(words_of(tokens), Amount(numbers_of(tokens)[0], _masses(tokens)[0]))


def per_time(tokens: Sequence[Token]) -> Phrase | None:
    """75 mcg/h is a rate; 20.5 mg/d is a whole day's dose."""
    head = numbers_of(tokens)[:2] if any(t.kind in {"DASH", "TO"} for t in tokens) else numbers_of(tokens)[:1] * 2
    mass, time = _units(tokens)[0], _times(tokens)[0]
    low, high = head
    if low > high:
        return None
    if time == Fraction(1, 24) and mass.dimension is Unit.MG.dimension:
        if mass is Unit.G:
            return None
        ratio, unit = units.compound_factor(mass, Unit.H)
        return kinds.Rate(words_of(tokens), Amount(low * ratio, unit), Amount(high * ratio, unit))
    if time == 1:
        return kinds.PerDay(words_of(tokens), Amount(low, mass), Amount(high, mass))
    return None


def every(tokens: Sequence[Token]) -> Phrase | None:
    """Every 4 to 6 hours: the longer interval is the lower frequency."""
    numbers = numbers_of(tokens) or [ONE]
    time = _times(tokens)[0]
    short, long = min(numbers) * time, max(numbers) * time
    if short == 0:
        return None
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
    days = (numbers_of(tokens[_place(tokens, "DOSES") :]) or [ONE])[0] * (_times(tokens) or [ONE])[0]
    numbers = numbers_of(tokens[: _place(tokens, "DOSES")])
    if days != 1 or numbers != sorted(numbers):
        return None
    return kinds.Often(words_of(tokens), Span(numbers[0], numbers[-1]))


def times_after(tokens: Sequence[Token]) -> Phrase | None:
    """X4 daily, x 2-3/day."""
    numbers = numbers_of(tokens)
    if any(time != 1 for time in _times(tokens)) or numbers != sorted(numbers):
        return None
    return kinds.Often(words_of(tokens), Span(numbers[0], numbers[-1]))


def _place(tokens: Sequence[Token], kind: str) -> int:
    return next(i for i, token in enumerate(tokens) if token.kind == kind)


def times_a_day(tokens: Sequence[Token]) -> Phrase | None:
    """3 times a day, 2 to 3 times daily, 3x/day, twice a week, up to 3 times a day."""
    split = next(i for i, token in enumerate(tokens) if token.kind in {"TIMES", "X", "ONCE"})
    numbers = [token.number for token in tokens[: split + 1] if token.kind in {"NUM", "ONCE"}]
    per = numbers_of(tokens[split + 1 :]) or [ONE]
    time = Fraction(7) if any(t.kind == "WEEKLY" for t in tokens) else (_times(tokens) or [ONE])[0]
    connected = any(t.kind in {"PER", "A", "IN", "EVERY", "SLASH"} for t in tokens[split + 1 :])
    if numbers_of(tokens[split + 1 :]) and not connected:
        return None  # "1 x 7 days" is no frequency
    days = per[0] * time
    if days == 0 or min(numbers) > max(numbers):
        return None
    low, high = min(numbers) / days, max(numbers) / days
    if any(token.kind == "UPTO" for token in tokens):
        return kinds.Often(words_of(tokens), Span(Fraction(0), high), Wording.UP_TO)
    return kinds.Often(words_of(tokens), Span(low, high), moments=_moments(tokens))


def per_unit_time(tokens: Sequence[Token]) -> Phrase | None:
    """4 tablets per day, 2/week: once in that time."""
    days = (numbers_of(tokens) or [ONE])[0] * _times(tokens)[0]
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
    rate = Fraction(len(days), 7)
    return kinds.Often(words_of(tokens), Span(rate, rate), Wording.WEEKDAYS)


def days_a_week(tokens: Sequence[Token]) -> Phrase | None:
    """3 days a week."""
    times = _times(tokens)
    if times[0] != 1 or times[1:] not in ([], [7]) or not 0 < tokens[0].number <= 7:
        return None
    rate = tokens[0].number / 7
    return kinds.Often(words_of(tokens), Span(rate, rate), Wording.WEEKDAYS)


def frequency_span(tokens: Sequence[Token]) -> Phrase | None:
    """Bid to tid, once or twice daily."""
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
    if not any(token.kind in _LINKS for token in tokens) and not all(":" in moment for moment in found):
        if len(set(found)) > 1:
            return refused.VagueTimes(words_of(tokens))
        found = found[:1]
    if {"evening", "bedtime"} <= set(found) and not any(token.kind == "AND" for token in tokens):
        return refused.VagueTimes(words_of(tokens))
    return kinds.AtTimes(words_of(tokens), found)


def every_other_moment(tokens: Sequence[Token]) -> Phrase | None:
    """Every other night."""
    return kinds.Often(words_of(tokens), Span(Fraction(1, 2), Fraction(1, 2)), moments=_moments(tokens))


def daily_limit(tokens: Sequence[Token]) -> Phrase | None:
    """At most so much in a day. Declines a limit over another time than a day: that is not one we count."""
    numbers = numbers_of(tokens)
    times = _times(tokens)
    days = (numbers[1] if numbers[1:] else ONE) * times[0] if times else ONE
    if days <= 0 or days > 1 or (1 / days).denominator != 1:
        return None
    if days < 1:
        numbers = [numbers[0] / days]  # max 5 in 12 hours is 10 in a day
    if not times and not any(token.kind in {"DAILY", "DAILY_LIMIT"} for token in tokens):
        return refused.UntimedLimit(words_of(tokens))
    found = _units(tokens)
    if any(token.kind in {"DOSES", "TIMES"} for token in tokens):
        return kinds.DoseLimit(words_of(tokens), numbers[0])
    if not found:
        return kinds.NumberLimit(words_of(tokens), numbers[0])
    name = next((token.name for token in tokens if token.kind == "NAME"), None)
    return kinds.AmountLimit(words_of(tokens), Amount(numbers[0], found[0]), name)


def upto(tokens: Sequence[Token]) -> Phrase | None:
    """Up to 2 tablets: a range from none."""
    number = numbers_of(tokens)[-1]
    unit = _units(tokens)
    none = Fraction(0)
    if unit:
        return kinds.MeasurePhrase(words_of(tokens), Amount(none, unit[0]), Amount(number, unit[0]), Beside.UP_TO)
    return kinds.BareNumber(words_of(tokens), none, number, up_to=True)


def days_of(kind: Callable[[str, Fraction], Phrase]) -> Build:
    """A builder of a number of whole days: duration, supply."""

    def build(tokens: Sequence[Token]) -> Phrase | None:
        times = _times(tokens)
        if any(time < 1 for time in times):
            return None
        days = max(numbers_of(tokens) or [ONE]) * times[0]
        return kind(words_of(tokens), days) if days >= 1 else None

    return build


def quantity(tokens: Sequence[Token]) -> Phrase | None:
    """#90, qty 90 tablets, #120/30 days."""
    unit, time = _units(tokens), _times(tokens)
    days = numbers_of(tokens)[-1] * time[0] if time else None
    if days is not None and days < 1:
        return None
    return kinds.Quantity(words_of(tokens), numbers_of(tokens)[0], days, unit[0] if unit else None)


_FEWEST = 10
"""From so many units "for 90 tablets" is what is dispensed; below, it may be a dose. Ours."""


def large_quantity(tokens: Sequence[Token]) -> Phrase | None:
    """For 90 tablets, x 30 tabs: too many for a dose."""
    number = numbers_of(tokens)[0]
    if number < _FEWEST or number.denominator != 1:
        return None
    return kinds.Quantity(words_of(tokens), number, None, _units(tokens)[0])


def day_total(tokens: Sequence[Token]) -> Phrase:
    """Total daily dose 40 mg: what the doses of a day come to."""
    amount = Amount(numbers_of(tokens)[0], _masses(tokens)[0])
    return kinds.PerDay(words_of(tokens), amount, amount, bracketed=True)


def in_total(tokens: Sequence[Token]) -> Phrase:
    """5 mg total, total of 10 mg: what the dose, or the day, comes to."""
    number, unit = numbers_of(tokens)[0], _masses(tokens)[0]
    return kinds.MeasurePhrase(
        words_of(tokens), Amount(number, unit), Amount(number, unit), Beside.TOTAL, bracketed=True
    )


def with_food(tokens: Sequence[Token]) -> Phrase | None:
    """With food and water, on an empty stomach: nothing of how much or how often, unless it names meals alone."""
    if tokens[0].kind in {"MEALS", "FOR", "OR", "AND"} and tokens[-1].kind != "FOOD":
        return None
    return (
        kinds.Noise(words_of(tokens))
        if any(token.kind == "FOOD" for token in tokens)
        else kinds.Meals(words_of(tokens))
    )


def release_or_route(tokens: Sequence[Token]) -> Phrase:
    """PR away from the drug's name: the rectum, unless the line says otherwise (``line``)."""
    return kinds.Route(words_of(tokens), "rectal")


def reason(tokens: Sequence[Token]) -> kinds.ReasonPhrase:
    """What it is for, with the words we do not know."""
    skip = {"PRN", "FOR", "INDICATION", "COLON", "IS", "EQUALS", "A", "THE", "OF"}
    start = next((i for i, token in enumerate(tokens) if token.kind not in skip), len(tokens))
    unknown = tuple(token.text for token in tokens if token.kind == "UNKNOWN")
    return kinds.ReasonPhrase(words_of(tokens[start:]), unknown)


def as_needed(tokens: Sequence[Token]) -> Phrase | None:
    """As needed, with its reason where one follows."""
    why = reason(tokens)
    return kinds.AsNeeded(words_of(tokens), why.text, why.unknown if why.text else ())


def strength_each(tokens: Sequence[Token]) -> Phrase | None:
    """2 tablets (5 mg each)."""
    if tokens[-1].text not in ("each", "ea", "apiece", "each one"):
        return None
    return kinds.Strength(words_of(tokens), Amount(tokens[0].number, _masses(tokens)[0]))


def dashed_masses(tokens: Sequence[Token]) -> Phrase | None:
    """8 mg-2 mg, 5 mg-10 mg: strengths of a combination or a range, decided later."""
    low, high = numbers_of(tokens)
    first, second = _masses(tokens)
    return kinds.Pair(words_of(tokens), low, high, first) if first is second else None


def release_hours(tokens: Sequence[Token]) -> Phrase | None:
    """12 hr tablet, 72 hr patch: how the product is made, not how often it is taken."""
    hours = numbers_of(tokens)[0] * _times(tokens)[0] * 24
    return kinds.Noise(words_of(tokens)) if hours in {8, 12, 24, 72, 168} else None


def patch_hours(tokens: Sequence[Token]) -> Phrase | None:
    """Patch 72 hr: how long it is made to be worn."""
    hours = numbers_of(tokens)[0] * _times(tokens)[0] * 24
    return kinds.Noise(words_of(tokens)) if hours in {72, 168} else None


def mass_that_equals(tokens: Sequence[Token]) -> Phrase | None:
    """10 mg = 2 tablets: the mass is the whole dose."""
    amount = Amount(tokens[0].number, tokens[1].unit)
    return kinds.MeasurePhrase(words_of(tokens), amount, amount, Beside.EQUALS)


def percent(tokens: Sequence[Token]) -> Phrase | None:
    """A strength in percent, such as of a cream."""
    return kinds.Percent(words_of(tokens), Amount(tokens[0].number, Unit.PERCENT))


def bare_number(tokens: Sequence[Token]) -> Phrase | None:
    """A number, or a range of numbers, without a unit."""
    low, high = (numbers_of(tokens) * 2)[:2]
    if any(token.kind == "DASH" for token in tokens):
        return kinds.Pair(words_of(tokens), low, high, None)
    return kinds.BareNumber(words_of(tokens), low, high) if low <= high else None


def multiplied(tokens: Sequence[Token]) -> Phrase | None:
    """2 x 10 mg, 10 mg x 2 tablets."""
    count, strength = numbers_of(tokens)
    if tokens[0].kind == "NUM" and tokens[1].kind in {"MASS", "DASH"}:
        count, strength = strength, count
    return kinds.Multiplied(words_of(tokens), count, Amount(strength, _masses(tokens)[0]))
