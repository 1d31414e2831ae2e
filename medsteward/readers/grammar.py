"""The grammar of directions: phrases over kinds of words, and what each phrase means.

A phrase is a pattern in which every capital word is a kind of token (see ``lexicon``) and every small word is one of
``SHAPES``; ``?``, ``*``, ``+``, ``|`` and brackets mean what they mean in a regular expression. Phrases are tried in
the order of ``PHRASES``, the first that fits and does not decline is taken, and what no phrase takes is reported as
not understood. One pass, left to right, no backtracking over phrases: the time grows with the length of the line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from attrs import field, frozen

from medsteward import units
from medsteward.errors import MedstewardError
from medsteward.model.amount import Amount
from medsteward.model.sig import Span
from medsteward.model.unit import Unit
from medsteward.readers.tokens import Token

# --- parts: what phrases mean -----------------------------------------------------------------------------------


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


@frozen
class Phrase:
    """A pattern and what it means. ``build`` may decline by returning None: then the next phrase is tried."""

    name: str
    pattern: str
    build: Build


# --- builders ---------------------------------------------------------------------------------------------------


def _numbers(tokens: Sequence[Token]) -> list[Fraction]:
    return [token.value for token in tokens if token.kind == "NUM"]


def _values(tokens: Sequence[Token], *kinds: str) -> list[Any]:
    return [token.value for token in tokens if token.kind in kinds]


def _text(tokens: Sequence[Token]) -> str:
    words = " ".join(token.text for token in tokens)
    for mark in "/-":
        words = words.replace(f" {mark} ", mark)
    return words.replace("# ", "#").replace("( ", "(").replace(" )", ")").replace(" ,", ",").replace(" ;", ";")


def _plain(kind: str) -> Build:
    return lambda tokens: Part(kind, _text(tokens))


def _valued(kind: str, *kinds: str) -> Build:
    return lambda tokens: Part(kind, _text(tokens), _values(tokens, *kinds)[0])


def _measure(tokens: Sequence[Token]) -> Part | None:
    """A number or range with one unit: 10 mg, 1-2 tablets, 5 mL."""
    low, high = (_numbers(tokens) * 2)[:2]
    unit = _values(tokens, "MASS", "VOLUME", "COUNT")[0]
    if any(token.kind == "DASH" for token in tokens) and len(_numbers(tokens)) == 2:
        return Part("pair", _text(tokens), low, high, unit)
    if low > high:
        return None
    return Part("measure", _text(tokens), Amount(low, unit), Amount(high, unit))


def _measure_to_measure(tokens: Sequence[Token]) -> Part | None:
    """5 mg to 10 mg, 1 tablet or 2 tablets."""
    low, high = _numbers(tokens)
    first, second = _values(tokens, "MASS", "VOLUME", "COUNT")
    if first.dimension is not second.dimension:
        return None
    bottom, top = Amount(low, first), units.convert(Amount(high, second), first)
    return Part("measure", _text(tokens), bottom, top) if bottom <= top else None


def _strengths(tokens: Sequence[Token]) -> Part | None:
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
    return Part("strengths", _text(tokens), tuple(map(Amount, numbers, each)), extra=below)


def _concentration(tokens: Sequence[Token]) -> Part | None:
    """20 mg/mL, 10 mg per 5 mL."""
    numbers = _numbers(tokens)
    mass, volume = _values(tokens, "MASS")[0], _values(tokens, "VOLUME")[0]
    try:
        strength = units.per(Amount(numbers[0], mass), Amount(numbers[1] if numbers[1:] else Fraction(1), volume))
    except MedstewardError:
        return None
    return Part("concentration", _text(tokens), strength)


def _strength_said(tokens: Sequence[Token]) -> Part | None:
    """Strength 10 mg: never a dose."""
    return Part("strength", _text(tokens), Amount(_numbers(tokens)[0], _values(tokens, "MASS")[0]))


def _per_time(tokens: Sequence[Token]) -> Part | None:
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
        return Part("rate", _text(tokens), Amount(low * ratio, unit), Amount(high * ratio, unit))
    if time == 1:
        return Part("per_day", _text(tokens), Amount(low, mass), Amount(high, mass))
    return None


def _every(tokens: Sequence[Token]) -> Part | None:
    """Every 4 to 6 hours: the longer interval is the lower frequency."""
    numbers = _numbers(tokens) or [Fraction(1)]
    time = _values(tokens, "TIME")[0]
    short, long = min(numbers) * time, max(numbers) * time
    if short == 0:
        return None
    return Part("often", _text(tokens), Span(1 / long, 1 / short), extra="every")


def _times(tokens: Sequence[Token]) -> Part | None:
    """3 times a day, 2 to 3 times daily, 3x/day, twice a week, up to 3 times a day."""
    split = next(i for i, token in enumerate(tokens) if token.kind in {"TIMES", "X", "ONCE"})
    numbers = _values(tokens[: split + 1], "NUM", "ONCE")
    per = _numbers(tokens[split + 1 :]) or [Fraction(1)]
    time = 7 if any(t.kind == "WEEKLY" for t in tokens) else (_values(tokens, "TIME") or [Fraction(1)])[0]
    days = per[0] * time
    if days == 0 or min(numbers) > max(numbers):
        return None
    low, high = min(numbers) / days, max(numbers) / days
    if any(token.kind == "UPTO" for token in tokens):
        return Part("often", _text(tokens), Span(Fraction(0), high), extra="up to")
    moments = tuple(_values(tokens, "MOMENT"))
    return Part("often", _text(tokens), Span(low, high), high=moments)


def _per_unit_time(tokens: Sequence[Token]) -> Part | None:
    """4 tablets per day, 2/week: once in that time."""
    days = (_numbers(tokens) or [Fraction(1)])[0] * _values(tokens, "TIME")[0]
    if days < 1 or (tokens[0].kind == "IN" and days != 1):
        return None
    return Part("often", _text(tokens), Span(1 / days, 1 / days), extra="per")


def _rate_word(rate: Fraction) -> Build:
    return lambda tokens: Part("often", _text(tokens), Span(rate, rate))


def _frequency_word(tokens: Sequence[Token]) -> Part | None:
    rate = _values(tokens, "FREQUENCY")[0]
    return Part("often", _text(tokens), Span(rate, rate))


_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _weekdays(tokens: Sequence[Token]) -> Part | None:
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
    return Part("often", _text(tokens), Span(rate, rate), extra="weekdays")


def _frequency_span(tokens: Sequence[Token]) -> Part | None:
    """Bid to tid, once or twice daily."""
    rates = [Fraction(1) if t.kind == "DAILY" else t.value for t in tokens if t.kind in {"DAILY", "FREQUENCY", "ONCE"}]
    return Part("often", _text(tokens), Span(min(rates), max(rates)))


def _moments(tokens: Sequence[Token]) -> Part | None:
    moments = [t.value or t.text for t in tokens if t.kind in {"MOMENT", "AMPM"}]
    named = tuple({"am": "morning", "a m": "morning", "pm": "evening", "p m": "evening"}.get(m, m) for m in moments)
    if {"evening", "bedtime"} <= set(named) and not any(token.kind == "AND" for token in tokens):
        return Part("vague_moments", _text(tokens))
    return Part("at", _text(tokens), named)


def _every_other_moment(tokens: Sequence[Token]) -> Part | None:
    return Part("often", _text(tokens), Span(Fraction(1, 2), Fraction(1, 2)), high=tuple(_values(tokens, "MOMENT")))


def _limit(tokens: Sequence[Token]) -> Part | None:
    """At most so much in a day. Declines a limit over another time than a day: that is not one we count."""
    numbers = _numbers(tokens)
    days = Fraction(1)
    times = _values(tokens, "TIME")
    if times:
        days = (numbers[1] if numbers[1:] else Fraction(1)) * times[0]
    elif not any(token.kind in {"DAILY", "DAILY_LIMIT"} for token in tokens):
        return Part("untimed_limit", _text(tokens))
    if days != 1:
        return None
    found = _values(tokens, "MASS", "VOLUME", "COUNT")
    if any(token.kind in {"DOSES", "TIMES"} for token in tokens):
        return Part("limit", _text(tokens), numbers[0], extra="doses")
    if any(token.kind == "NAME" for token in tokens):
        names = [token.value for token in tokens if token.kind == "NAME"]
        return Part("limit", _text(tokens), Amount(numbers[0], found[0]), extra=names[0])
    return Part("limit", _text(tokens), Amount(numbers[0], found[0]) if found else numbers[0])


def _upto(tokens: Sequence[Token]) -> Part | None:
    number = _numbers(tokens)[-1]
    unit = _values(tokens, "MASS", "VOLUME", "COUNT")
    if unit:
        return Part("measure", _text(tokens), Amount(Fraction(0), unit[0]), Amount(number, unit[0]), extra="up to")
    return Part("count", _text(tokens), Fraction(0), number, extra="up to")


def _days(kind: str) -> Build:
    def build(tokens: Sequence[Token]) -> Part | None:
        if any(token.kind == "TIME" and token.value < 1 for token in tokens):
            return None
        days = max(_numbers(tokens) or [Fraction(1)]) * _values(tokens, "TIME")[0]
        return Part(kind, _text(tokens), days) if days >= 1 else None

    return build


def _quantity(tokens: Sequence[Token]) -> Part | None:
    unit, time = _values(tokens, "COUNT", "VOLUME"), _values(tokens, "TIME")
    days = _numbers(tokens)[-1] * time[0] if time else None
    if days is not None and days < 1:
        return None
    return Part("quantity", _text(tokens), _numbers(tokens)[0], days, unit[0] if unit else None)


def _reason(tokens: Sequence[Token]) -> Part | None:
    skip = {"PRN", "FOR", "INDICATION", "COLON", "IS", "EQUALS", "A", "THE", "OF"}
    start = next((i for i, token in enumerate(tokens) if token.kind not in skip), len(tokens))
    unknown = tuple(token.text for token in tokens if token.kind == "UNKNOWN")
    return Part("reason", _text(tokens[start:]), extra=unknown)


def _as_needed(tokens: Sequence[Token]) -> Part | None:
    reason = _reason(tokens)
    if reason is None or not reason.text:
        return Part("as_needed", _text(tokens))
    return Part("as_needed", _text(tokens), reason.text, extra=reason.extra)


def _strength_each(tokens: Sequence[Token]) -> Part | None:
    """2 tablets (5 mg each)."""
    if tokens[-1].text not in ("each", "ea", "apiece", "each one"):
        return None
    return Part("strength", _text(tokens), Amount(tokens[0].value, _values(tokens, "MASS")[0]))


def _dashed_masses(tokens: Sequence[Token]) -> Part | None:
    """8 mg-2 mg, 5 mg-10 mg: strengths of a combination or a range, decided later."""
    low, high = _numbers(tokens)
    first, second = _values(tokens, "MASS")
    return Part("pair", _text(tokens), low, high, first) if first is second else None


def _release_hours(tokens: Sequence[Token]) -> Part | None:
    """12 hr tablet, 72 hr patch: how the product is made, not how often it is taken."""
    hours = _numbers(tokens)[0] * _values(tokens, "TIME")[0] * 24
    return Part("noise", _text(tokens)) if hours in {8, 12, 24, 72, 168} else None


def _mass_that_equals(tokens: Sequence[Token]) -> Part | None:
    """10 mg = 2 tablets: the mass is the whole dose."""
    amount = Amount(tokens[0].value, tokens[1].value)
    return Part("measure", _text(tokens), amount, amount, "equals")


def _bare(tokens: Sequence[Token]) -> Part | None:
    low, high = (_numbers(tokens) * 2)[:2]
    if any(token.kind == "DASH" for token in tokens):
        return Part("pair", _text(tokens), low, high, None)
    return Part("count", _text(tokens), low, high) if low <= high else None


def _multiplied(tokens: Sequence[Token]) -> Part | None:
    """2 x 10 mg, 10 mg x 2 tablets."""
    count, strength = _numbers(tokens)
    if tokens[0].kind == "NUM" and tokens[1].kind in {"MASS", "DASH"}:
        count, strength = strength, count
    return Part("multiplied", _text(tokens), count, Amount(strength, _values(tokens, "MASS")[0]))


# --- the grammar ------------------------------------------------------------------------------------------------

SHAPES = {
    "amount": "MASS|VOLUME|COUNT",
    "span": "NUM (?:(?:DASH|TO|OR) NUM)?",
    "perday": "(?:(?:PER|A|IN|EVERY|SLASH)? (?:A|ANY|THE)? (?:NUM DASH?)? TIME PERIOD?|DAILY)",
    "inday": "(?:(?:PER|A|IN|EVERY|SLASH) (?:A|ANY|THE)? (?:NUM DASH?)? TIME PERIOD?|IN? DAILY)",
    "link": "(?:COMMA|AND|SLASH|WITH|OR)",
    "at": "(?:IN|AT|WITH|BEFORE|ON|EVERY|THE|A)",
    "small": "(?:AND|OR|A|THE|OF|WITH|SLASH|DASH|TO|ON|IN|AWAKE|AT)",
    # unknown words may lead up to a reason, but none may follow it: "for pain cancelled" is not a reason
    "why": "(?:(?:UNKNOWN|small)* (?:(?:REASON|SCORE) (?:REASON|SCORE|small)*)?)",
    # a pain score: "severe pain (7-10)", "pain scale 4-6"; a bare number after "pain" may be a dose and is none
    "score": "(?:LEFT SCORE* NUM (?:(?:DASH|TO) NUM)? (?:(?:SLASH|OF) NUM)? RIGHT"
    "|(?<=SCORE) NUM (?:(?:DASH|TO) NUM)? (?:SLASH NUM)? (?!amount))",
    "limit": "(?:LIMIT|UPTO)",
    "colon": "(?:COLON|OF|IS|EQUALS|HASH|X)",
}

PHRASES: tuple[Phrase, ...] = (
    Phrase("nostrils", "BOTH_NOSTRILS", _plain("twice")),
    # limits before doses: "max 6 per day" is not a dose of 6
    Phrase("up to times", "UPTO NUM (?:TIMES|X) (?:perday|WEEKLY)", _times),
    Phrase("daily limit", "DAILY_LIMIT colon* NUM (?:amount|DOSES)? (?:OF? NAME)? inday?", _limit),
    Phrase("daily limit", "LIMIT DAILY colon? DOSES? colon? NUM (?:amount)", _limit),
    Phrase("limit", "limit DOSES? colon* (?:A|THE)? NUM (?:amount|DOSES|TIMES)? (?:OF? NAME)? TOTAL? inday", _limit),
    Phrase("limit", "NUM (?:amount|DOSES)? inday LIMIT", _limit),
    Phrase("duration", "FOR? A? limit colon* (?:A|THE)? NUM DASH? TIME", _days("duration")),
    Phrase(
        "other limit",
        "LIMIT DOSES? colon* NUM (?:amount|DOSES)? (?:PER|A|IN|EVERY|SLASH)+ (?:NUM? (?:TIME|MONTH|DOSES)|WEEKLY)",
        _plain("other_limit"),
    ),
    Phrase("other limit", "LIMIT DOSES? colon* NUM (?:amount|DOSES)? (?:WEEKLY|MONTH)", _plain("other_limit")),
    Phrase("limit without a time", "LIMIT DOSES? colon* NUM (?:amount|DOSES)?", _plain("untimed_limit")),
    Phrase("up to", "UPTO NUM (?:(?:DASH|TO|OR) NUM)? (?:amount)?", _upto),
    # supply before doses: "30 day supply" is not a frequency
    Phrase("supply", "FOR? A? NUM DASH? TIME DASH? OF? SUPPLY", _days("supply")),
    Phrase("supply", "TIME DASH? SUPPLY colon* NUM", _days("supply")),
    Phrase("number of doses", "(?:X|TIMES|FOR) NUM DOSES", _plain("few_doses")),
    Phrase("duration", "FOR (?:UPTO|THE|A|ANY|OTHER)* span DASH? TIME", _days("duration")),
    Phrase("duration", "FOR A TIME", _days("duration")),
    Phrase("duration", "(?:X|TIMES) NUM DASH? TIME", _days("duration")),
    Phrase(
        "quantity",
        "(?:QUANTITY (?:colon|DASH)*|HASH) NUM (?:COUNT|VOLUME)? (?:(?:SLASH|FOR|PER) NUM DASH? TIME)?",
        _quantity,
    ),
    Phrase(
        "refills",
        "REFILL (?:X|COLON|TIMES|DASH)* NUM|NUM REFILL|NO REFILL|REFILL (?:IN|EVERY|BEFORE|ON) NUM? TIME|REFILL",
        _plain("noise"),
    ),
    # how a product is made
    Phrase("release hours", "NUM DASH? TIME (?=COUNT|FORM|RELEASE)", _release_hours),
    # strengths
    Phrase("strength said", "STRENGTH colon* NUM DASH? MASS (?!SLASH)", _strength_said),
    Phrase("strength said", "STRENGTH colon*", _plain("noise")),
    Phrase("strengths per volume", "NUM MASS? (?:(?:DASH|SLASH) NUM MASS?)+ (?:SLASH|PER|IN) NUM? VOLUME", _strengths),
    Phrase("concentration", "NUM MASS (?:SLASH|PER|IN) NUM? DASH? VOLUME", _concentration),
    Phrase("per time", "NUM (?:(?:DASH|TO) NUM)? (?:MASS|VOLUME) (?:SLASH|PER|A) TIME (?:SLASH NUM? TIME)?", _per_time),
    Phrase("strengths with units", "NUM MASS (?:SLASH NUM MASS)+", _strengths),
    Phrase("two masses", "NUM MASS DASH NUM MASS (?!DASH)", _dashed_masses),
    Phrase("strengths with units", "NUM MASS (?:DASH NUM MASS)+", _strengths),
    Phrase("strength each", "NUM DASH? MASS (?:EVERY|APIECE) (?!(?:NUM|TIME|MOMENT|OTHER|WEEKDAY))", _strength_each),
    Phrase("per unit", "PER COUNT", _plain("noise")),
    Phrase("strengths", "NUM (?:SLASH NUM)+ DASH? MASS?", _strengths),
    Phrase("strengths", "NUM DASH NUM (?:DASH NUM)+ DASH? MASS?", _strengths),
    # frequencies
    Phrase("times", "NUM (?:(?:DASH|TO|OR) NUM)? (?:TIMES|X) (?:perday|WEEKLY)", _times),
    Phrase("times", "ONCE (?:OR ONCE)? (?:perday|WEEKLY)", _times),
    Phrase("times", "ONCE (?:at)* MOMENT", _times),
    Phrase("every other moment", "EVERY OTHER MOMENT", _every_other_moment),
    Phrase("every", "EVERY span? DASH? TIME (?:(?:TO|DASH) (?:EVERY)? NUM TIME)?", _every),
    Phrase("every", "EVERY NUM (?:TO|DASH) EVERY NUM TIME", _every),
    Phrase("every without a time", "EVERY span", _plain("untimed_every")),
    Phrase("every other weekday", "EVERY OTHER WEEKDAY", _plain("step")),
    Phrase("weekdays", "(?:ON|EVERY)? WEEKDAY (?:(?:link|DASH|TO)* (?:ON|EVERY)? WEEKDAY)*", _weekdays),
    Phrase("frequencies", "(?:FREQUENCY|DAILY|ONCE) (?:DASH|TO|OR) (?:FREQUENCY|DAILY)", _frequency_span),
    Phrase("frequency", "FREQUENCY", _frequency_word),
    Phrase("weekly", "WEEKLY", _rate_word(Fraction(1, 7))),
    Phrase("daily", "DAILY", _rate_word(Fraction(1))),
    Phrase("per unit time", "(?:PER|A|SLASH|IN) (?:A|ANY)? NUM? TIME", _per_unit_time),
    Phrase("moments", "at* (?:MOMENT|AMPM) (?:link+ at* (?:MOMENT|AMPM))*", _moments),
    Phrase("awake", "AWAKE", _plain("awake")),
    # reasons
    Phrase("as needed", "PRN why score?", _as_needed),
    Phrase("indication", "INDICATION colon* FOR? why", _reason),
    Phrase("reason", "FOR (?=UNKNOWN|small|REASON|SCORE) why score?", _reason),
    Phrase("harm", "NO (?:HARM (?:link* HARM)*)", _plain("noise")),
    # doses
    Phrase("multiplied", "NUM X NUM DASH? MASS|NUM DASH? MASS X NUM COUNT", _multiplied),
    Phrase("two amounts with one unit", "NUM (?:AND|WITH) NUM (?:amount)", _plain("joined")),
    Phrase("range of measures", "NUM (?:amount) (?:TO|OR|DASH) NUM (?:amount)", _measure_to_measure),
    Phrase("mass that equals", "NUM MASS (?=EQUALS NUM)", _mass_that_equals),
    Phrase("measure", "span DASH? (?:amount)", _measure),
    Phrase("household", "span? DASH? HOUSEHOLD", _plain("household")),
    Phrase("international", "NUM INTERNATIONAL", _plain("international")),
    Phrase("percent", "NUM PERCENT", _plain("percent")),
    Phrase("supply", "NUM DASH? TIME", _days("supply")),
    Phrase("bare", "span", _bare),
    # names and what they are like
    Phrase("name", "NAME", _valued("name", "NAME")),
    Phrase("salt", "SALT", _plain("noise")),
    Phrase("form", "FORM", _valued("form", "FORM")),
    Phrase("unit as form", "COUNT", _valued("unit", "COUNT")),
    Phrase("release", "RELEASE", _valued("release", "RELEASE")),
    Phrase("route", "ROUTE", _valued("route", "ROUTE")),
    # what we will not read, and what carries nothing
    Phrase("unsafe name", "UNSAFE", _plain("unsafe")),
    Phrase("steps", "STEP", _plain("step")),
    Phrase("infusion", "INFUSION", _plain("infusion")),
    Phrase("month", "EVERY? NUM? MONTH", _plain("month")),
    Phrase("once", "ONCE", _plain("once")),
    Phrase("meals", "MEALS", _plain("meals")),
    Phrase("change", "CHANGE+", _plain("change")),
    Phrase("noise", "NOISE|APIECE", _plain("noise")),
    Phrase("total", "TOTAL", _plain("total")),
    Phrase("reason words", "(?:REASON|SCORE) (?:REASON|SCORE|small)* score?", _reason),
    Phrase(
        "small words", "AND|WITH|OF|TO|THE|A|IN|ON|AT|OR|COMMA|DASH|SLASH|COLON|STOP_MARK|EQUALS|FOR", _plain("mark")
    ),
    Phrase("semicolon", "SEMICOLON", _plain("mark")),
)

# numbers that take several tokens become one before the phrases are read
NUMBERS: tuple[tuple[str, Callable[[Sequence[Token]], Token | None]], ...] = (
    ("NUM LEFT NUM RIGHT", lambda t: _said_twice(t)),
    ("NUM AND NUM DASH? FRACTION", lambda t: _sum(t)),
    ("NUM AND A? FRACTION", lambda t: _sum(t)),
    ("NUM DASH FRACTION", lambda t: _share(t)),
    ("NUM (?:AND|DASH)? NUM SLASH NUM (?=A?COUNT|(?:DASH|TO|OR)NUM)", lambda t: _mixed(t)),
    ("NUM SLASH NUM (?=OF?A?COUNT|(?:DASH|TO|OR)NUM)", lambda t: _fraction(t)),
    ("NUM SLASH NUM OF? A (?=COUNT)", lambda t: _fraction(t)),
    ("NUM? FRACTION OF? A? (?=COUNT)", lambda t: _share(t)),
    ("A? FRACTION OF? A? (?=COUNT)", lambda t: _share(t)),
    ("A (?=COUNT)", lambda t: Token("NUM", Fraction(1), "1")),
    ("NUM COLON NUM AMPM?", lambda t: _clock(t)),
    # "1 AM, 2 PM" can be one in the morning and two in the evening: a clock follows "at", a dose or another clock
    ("(?<=AT) NUM AMPM?", lambda t: _clock(t)),
    ("(?<=COUNT) NUM AMPM", lambda t: _clock(t)),
    ("(?<=MOMENT (?:AND|COMMA)) NUM AMPM?", lambda t: _clock(t)),
    ("(?<=MOMENT COMMA AND) NUM AMPM?", lambda t: _clock(t)),
    ("(?<=MASS|VOLUME) NUM AMPM", lambda t: _clock(t) if t[0].value > 3 else Token("UNKNOWN", None, _text(t))),
    ("NUM AMPM", lambda t: _clock(t) if t[0].value > 3 else None),
)


def _sum(tokens: Sequence[Token]) -> Token | None:
    if len(_numbers(tokens)) == 2 and _numbers(tokens)[1] != 1:
        return None
    return Token("NUM", tokens[0].value + tokens[-1].value, _text(tokens))


def _said_twice(tokens: Sequence[Token]) -> Token | None:
    """4 (four), one (1): the same number in two writings."""
    return tokens[0] if tokens[0].value == tokens[2].value else None


def _small_fraction(above: Fraction, below: Fraction) -> Fraction | None:
    return above / below if 0 < above < below and below in {2, 3, 4} else None


def _fraction(tokens: Sequence[Token]) -> Token | None:
    above, below = _numbers(tokens)
    value = _small_fraction(above, below)
    return None if value is None else Token("NUM", value, _text(tokens))


def _mixed(tokens: Sequence[Token]) -> Token | None:
    whole, above, below = _numbers(tokens)
    value = _small_fraction(above, below)
    if value is None or whole > 9 or whole.denominator != 1:
        return None
    return Token("NUM", whole + value, _text(tokens))


def _share(tokens: Sequence[Token]) -> Token | None:
    whole = _numbers(tokens) or [Fraction(1)]
    value = whole[0] * _values(tokens, "FRACTION")[0]
    return Token("NUM", value, _text(tokens)) if value < 1 and whole[0].denominator == 1 else None


def _clock(tokens: Sequence[Token]) -> Token | None:
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
    return Token("MOMENT", f"{hour:02d}:{minutes:02d}", _text(tokens))


# --- compiling and reading --------------------------------------------------------------------------------------


@cache
def _letters() -> dict[str, str]:
    """One private character for each kind of token, so that patterns run as regular expressions over kinds."""
    kinds: dict[str, str] = {}
    shapes = " ".join(SHAPES.values())
    patterns = " ".join([*(p.pattern for p in PHRASES), *(pattern for pattern, _ in NUMBERS), shapes])
    for kind in re.findall(r"[A-Z_]+", patterns):
        kinds.setdefault(kind, chr(0xE000 + len(kinds)))
    return kinds


def _compiled(pattern: str) -> re.Pattern[str]:
    letters = _letters()

    def shape(match: re.Match[str]) -> str:
        body = SHAPES[match.group()]
        return f"(?:{body})"

    while re.search(r"[a-z]+", pattern):
        pattern = re.sub(r"[a-z]+", shape, pattern)
    return re.compile(re.sub(r"[A-Z_]+", lambda m: letters[m.group()], pattern).replace(" ", ""))


@cache
def _phrases() -> tuple[tuple[Phrase, re.Pattern[str]], ...]:
    return tuple((phrase, _compiled(phrase.pattern)) for phrase in PHRASES)


@cache
def _any_phrase() -> re.Pattern[str]:
    """All phrases in one expression: the first that fits, found in one call."""
    numbered = (f"(?P<p{i}>{pattern.pattern})" for i, (_, pattern) in enumerate(_phrases()))
    return re.compile("|".join(numbered))


@cache
def _number_patterns() -> tuple[tuple[re.Pattern[str], Callable[[Sequence[Token]], Token | None]], ...]:
    return tuple((_compiled(pattern), build) for pattern, build in NUMBERS)


def _kinds(tokens: Sequence[Token]) -> str:
    letters = _letters()
    return "".join(letters.get(token.kind, "\uffff") for token in tokens)


def join_numbers(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with numbers of several tokens made one: ``1 1/2`` tablets, half a tablet, 8 am."""
    joined = list(tokens)
    kinds = _kinds(joined)
    for pattern, build in _number_patterns():
        at = 0
        while (match := pattern.search(kinds, at)) is not None:
            token = build(joined[match.start() : match.end()])
            if token is not None:
                joined[match.start() : match.end()] = [token]
                kinds = _kinds(joined)
            at = match.start() + 1
    return joined


def parts(tokens: Sequence[Token]) -> list[Part]:
    """What the tokens say, phrase by phrase; what no phrase takes is a part of kind ``unknown``."""
    tokens = join_numbers(tokens)
    kinds = _kinds(tokens)
    found: list[Part] = []
    depth = at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind in {"LEFT", "RIGHT"}:
            depth += 1 if token.kind == "LEFT" else -1
            found.append(Part("mark", token.text))
            at += 1
            continue
        part, width = _phrase_at(tokens, kinds, at)
        if depth > 0 and part.kind != "mark":
            part = Part(part.kind, part.text, part.low, part.high, part.extra, bracketed=True)
        found.append(part)
        at += width
    return found


def _phrase_at(tokens: Sequence[Token], kinds: str, at: int) -> tuple[Part, int]:
    match = _any_phrase().match(kinds, at)
    if match is None or match.lastgroup is None:
        return Part("unknown", tokens[at].text), 1
    first = int(match.lastgroup[1:])
    for phrase, pattern in _phrases()[first:]:
        match = pattern.match(kinds, at)
        if match is not None and match.end() > at:
            part = phrase.build(tokens[at : match.end()])
            if part is not None:
                return part, match.end() - at
    return Part("unknown", tokens[at].text), 1
