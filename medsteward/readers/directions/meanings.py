"""What a phrase means: from the tokens it took to what they say. A builder may decline (None)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from medsteward import units
from medsteward.drugs.index import opioids
from medsteward.errors import MedstewardError
from medsteward.model.amount import Amount
from medsteward.model.unit import Unit
from medsteward.readers.directions import kinds
from medsteward.readers.directions.kinds import Beside, Phrase
from medsteward.readers.directions.site_words import PARTS
from medsteward.readers.directions.tokens import Token
from medsteward.thresholds import whole

Build = Callable[[Sequence[Token]], Phrase | None]

ONE = Fraction(1)
_AMOUNTS = frozenset({"MASS", "VOLUME", "COUNT"})
_VOLUME = frozenset({"VOLUME"})


def numbers_of(tokens: Sequence[Token]) -> list[Fraction]:
    """The values of the numbers among tokens."""
    return [token.number for token in tokens if token.kind == "NUM"]


def times_of(tokens: Sequence[Token]) -> list[Fraction]:
    """Units of time, in days."""
    return [token.number for token in tokens if token.kind in {"TIME", "HOURLY"}]


def masses_of(tokens: Sequence[Token]) -> list[Unit]:
    """The units of mass among tokens."""
    return [token.unit for token in tokens if token.kind == "MASS"]


def units_of(tokens: Sequence[Token], of: frozenset[str] = _AMOUNTS) -> list[Unit]:
    """The units of amounts among tokens."""
    return [token.unit for token in tokens if token.kind in of]


def moments_of(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The times of day among tokens."""
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
    unit = units_of(tokens)[0]
    if not unit.is_count and len({token.text.isalpha() for token in tokens if token.kind == "NUM"}) > 1:
        return None  # "two to 5 mg": two of them, or a range?
    if any(token.kind == "DASH" for token in tokens) and len(numbers_of(tokens)) == 2:
        return kinds.Pair(words_of(tokens), low, high, unit)
    if low > high:
        return None
    bottom = Amount(low, unit)
    return kinds.MeasurePhrase(words_of(tokens), bottom, bottom if low is high else Amount(high, unit))


_SPOON = Fraction(5)


def spoonful(tokens: Sequence[Token]) -> Phrase | None:
    """Two 5 mL spoonfuls: 10 mL."""
    low, high = ((numbers_of(tokens) or [ONE]) * 2)[:2]
    if low > high:
        return None
    return kinds.MeasurePhrase(words_of(tokens), Amount(low * _SPOON, Unit.ML), Amount(high * _SPOON, Unit.ML))


def measure_to_measure(tokens: Sequence[Token]) -> Phrase | None:
    """5 mg to 10 mg, 1 tablet or 2 tablets."""
    low, high = numbers_of(tokens)
    first, second = units_of(tokens)
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
    numbers, masses = numbers_of(body), masses_of(body)
    if below is not None and below.value == 0:
        return None
    each = masses if len(masses) == len(numbers) else [masses[-1] if masses else Unit.MG] * len(numbers)
    return kinds.Strengths(words_of(tokens), tuple(map(Amount, numbers, each)), below)


def concentration(tokens: Sequence[Token]) -> Phrase | None:
    """20 mg/mL, 10 mg per 5 mL."""
    numbers = numbers_of(tokens)
    mass, volume = masses_of(tokens)[0], units_of(tokens, _VOLUME)[0]
    try:
        below = Amount(numbers[1] if numbers[1:] else ONE, volume)
        strength = units.per(Amount(numbers[0], mass), below)
    except MedstewardError:
        return None
    return kinds.Concentration(words_of(tokens), strength, below)


def strength_said(tokens: Sequence[Token]) -> Phrase | None:
    """Strength 10 mg: never a dose."""
    return kinds.Strength(words_of(tokens), Amount(numbers_of(tokens)[0], masses_of(tokens)[0]))


def per_time(tokens: Sequence[Token]) -> Phrase | None:
    """75 mcg/h is a rate; 20.5 mg/d is a whole day's dose."""
    head = numbers_of(tokens)[:2] if any(t.kind in {"DASH", "TO"} for t in tokens) else numbers_of(tokens)[:1] * 2
    mass, time = units_of(tokens)[0], times_of(tokens)[0]
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


def place_of(tokens: Sequence[Token], kind: str) -> int:
    """Where the first token of a kind stands."""
    return next(i for i, token in enumerate(tokens) if token.kind == kind)


def upto(tokens: Sequence[Token]) -> Phrase | None:
    """Up to 2 tablets: a range from none."""
    number = numbers_of(tokens)[-1]
    unit = units_of(tokens)
    none = Fraction(0)
    if unit:
        return kinds.MeasurePhrase(words_of(tokens), Amount(none, unit[0]), Amount(number, unit[0]), Beside.UP_TO)
    return kinds.BareNumber(words_of(tokens), none, number, up_to=True)


def days_of(kind: Callable[[str, Fraction], Phrase]) -> Build:
    """A builder of a number of whole days: duration, supply."""

    def build(tokens: Sequence[Token]) -> Phrase | None:
        times = times_of(tokens)
        if any(time < 1 for time in times):
            return None
        days = max(numbers_of(tokens) or [ONE]) * times[0]
        return kind(words_of(tokens), days) if days >= 1 else None

    return build


def worn_in_part(tokens: Sequence[Token]) -> Phrase | None:
    """For up to 12 hours, remove after 12 hours: less than a day."""
    (number,), (time,) = numbers_of(tokens), times_of(tokens)
    return kinds.WornInPart(words_of(tokens)) if number * time < 1 else None


def quantity(tokens: Sequence[Token]) -> Phrase | None:
    """#90, qty 90 tablets, #120/30 days."""
    unit, time = units_of(tokens), times_of(tokens)
    days = numbers_of(tokens)[-1] * time[0] if time else None
    if days is not None and days < 1:
        return None
    return kinds.Quantity(words_of(tokens), numbers_of(tokens)[0], days, unit[0] if unit else None)


def refills(tokens: Sequence[Token]) -> Phrase | None:
    """2 refills, refill every 30 days; None for "refill every 6 hours", which is how often it is taken."""
    if any(time < 1 for time in times_of(tokens)):
        return None
    numbered = not times_of(tokens) and any(number > 0 for number in numbers_of(tokens))
    return kinds.Noise(words_of(tokens), numbered)


_FEWEST = whole("units_dispensed_from")
"""From so many units "for 90 tablets" is what is dispensed; below, it may be a dose."""


def large_quantity(tokens: Sequence[Token]) -> Phrase | None:
    """For 90 tablets, x 30 tabs: too many for a dose."""
    number = numbers_of(tokens)[0]
    if number < _FEWEST or number.denominator != 1:
        return None
    return kinds.Quantity(words_of(tokens), number, None, units_of(tokens)[0])


def day_total(tokens: Sequence[Token]) -> Phrase:
    """Total daily dose 40 mg: what the doses of a day come to."""
    amount = Amount(numbers_of(tokens)[0], masses_of(tokens)[0])
    return kinds.PerDay(words_of(tokens), amount, amount, bracketed=True)


def in_total(tokens: Sequence[Token]) -> Phrase:
    """5 mg total, total of 10 mg: what the dose, or the day, comes to."""
    number, unit = numbers_of(tokens)[0], masses_of(tokens)[0]
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


_NO_REASONS = frozenset(
    ["needed", "required", "necessary", "req", "reqd", "ii", "iii", "iiii", "iv", "vi", "i", "t", "tt", "ttt"]
)
"""What is left of "as needed" and of a count of prescribers where another word stands in it."""


def reason_or_none(tokens: Sequence[Token]) -> Phrase | None:
    """What it is for; None where a word of it is left of something else: "when for required", "tab for iii"."""
    found = reason(tokens)
    return None if _NO_REASONS.intersection(found.unknown) else found


def reason(tokens: Sequence[Token]) -> kinds.ReasonPhrase:
    """What it is for, with the words we do not know."""
    skip = {"PRN", "IF", "FOR", "INDICATION", "COLON", "IS", "EQUALS", "A", "THE", "OF"}
    start = next((i for i, token in enumerate(tokens) if token.kind not in skip), len(tokens))
    unknown = tuple(token.text for token in tokens if token.kind == "UNKNOWN")
    return kinds.ReasonPhrase(words_of(tokens[start:]), unknown, _is_scored(tokens))


def _is_scored(tokens: Sequence[Token]) -> bool:
    """Whether a number stands among tokens outside of brackets."""
    depth = 0
    for token in tokens:
        depth += (token.kind == "LEFT") - (token.kind == "RIGHT")
        if token.kind == "NUM" and not depth:
            return True
    return False


def as_needed(tokens: Sequence[Token]) -> Phrase | None:
    """As needed, with its reason where one follows."""
    why = reason(tokens)
    return kinds.AsNeeded(words_of(tokens), why.text, why.unknown if why.text else (), why.scored)


_RELEASED_OVER = frozenset(map(Fraction, (12, 24)))


def strength_in_hours(tokens: Sequence[Token]) -> Phrase | None:
    """15 mg/12 hours tablet: the strength of a product that lets it go in so many hours."""
    number, hours = numbers_of(tokens)
    if hours * times_of(tokens)[0] * 24 not in _RELEASED_OVER:
        return None
    return kinds.Strength(words_of(tokens), Amount(number, masses_of(tokens)[0]))


_TEN = 10


def score_of_ten(tokens: Sequence[Token]) -> Phrase | None:
    """Pain 7-10/10: how bad it is."""
    *said, most = numbers_of(tokens)
    return kinds.Noise(words_of(tokens)) if most == _TEN and max(said) <= _TEN else None


def counted_product(tokens: Sequence[Token]) -> Phrase | None:
    """Two 5 mg oxycodone tablets; two numbers in digits may be one that is broken."""
    count, strength = numbers_of(tokens)
    if not tokens[0].text.isalpha():
        return None
    return kinds.Multiplied(words_of(tokens), count, Amount(strength, masses_of(tokens)[0]))


def site(kind: Callable[[str], Phrase]) -> Build:
    """A place on the body: to the left knee, to the area of pain. "To severe pain" is none."""

    def build(tokens: Sequence[Token]) -> Phrase | None:
        return kind(words_of(tokens)) if any(token.text in PARTS for token in _before_of(tokens)[-1:]) else None

    return build


def _before_of(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens up to an "of"."""
    return tokens[: next((at for at, token in enumerate(tokens) if token.kind == "OF"), len(tokens))]


def units_of_a_strength(tokens: Sequence[Token]) -> Phrase:
    """2 tablets of 15 mg: each of them is of that."""
    count, strength = numbers_of(tokens)
    return kinds.Multiplied(words_of(tokens), count, Amount(strength, masses_of(tokens)[0]))


def not_relieved(tokens: Sequence[Token]) -> Phrase | None:
    """Not relieved by acetaminophen: part of the reason, no second drug; of an opioid it is asked about."""
    named = (token.name for token in tokens if token.kind == "NAME")
    return (
        None
        if any(not opioids().isdisjoint(name.ingredients) for name in named)
        else kinds.ReasonPhrase(words_of(tokens))
    )


def strength_each(tokens: Sequence[Token]) -> Phrase | None:
    """2 tablets (5 mg each)."""
    if tokens[-1].text not in ("each", "ea", "apiece"):
        return None
    return kinds.Strength(words_of(tokens), Amount(tokens[0].number, masses_of(tokens)[0]))


def dashed_masses(tokens: Sequence[Token]) -> Phrase | None:
    """8 mg-2 mg, 5 mg-10 mg: strengths of a combination or a range, decided later."""
    low, high = numbers_of(tokens)
    first, second = masses_of(tokens)
    return kinds.Pair(words_of(tokens), low, high, first) if first is second else None


def release_hours(tokens: Sequence[Token]) -> Phrase | None:
    """12 hr tablet, 72 hr patch: how the product is made, not how often it is taken."""
    hours = numbers_of(tokens)[0] * times_of(tokens)[0] * 24
    return kinds.Noise(words_of(tokens)) if hours in {8, 12, 24, 72, 168} else None


def patch_hours(tokens: Sequence[Token]) -> Phrase | None:
    """Patch 72 hr: how long it is made to be worn."""
    hours = numbers_of(tokens)[0] * times_of(tokens)[0] * 24
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
    return kinds.Multiplied(words_of(tokens), count, Amount(strength, masses_of(tokens)[0]))
