"""From phrases to doses and schedules: which amount is a strength, which a dose, and when it is taken.

A line is one product and one way of taking it. Several doses in one line are read only where nothing can be mistaken:
each at its own time of day, beside at most one dose with a frequency. Everything else that would have to be guessed
(a second frequency, an alternative, a number that belongs to nothing) is a problem.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import Factory, define, evolve, frozen

from medsteward import units
from medsteward.errors import MedstewardError
from medsteward.model.amount import Amount
from medsteward.model.sig import Dose, Span
from medsteward.model.unit import Dimension
from medsteward.readers.directions.meanings import Part
from medsteward.readers.directions.naming import is_opioid
from medsteward.readers.directions.notes import Notes
from medsteward.readers.directions.pairs import STRENGTH_ALONE, Listed, settle

_SCHEDULES = frozenset({"often", "at"})
_AMOUNTS = frozenset({"measure", "count", "multiplied", "per_day"})
_JOINING = frozenset({"and", "&", "+", "plus", "with", "w", "or"})
_FEW = 6
"""A "quantity" up to this that stands before a schedule may be the dose."""
_ADDING = frozenset({"and", "&", "+", "plus", "with", "w"})


@define
class Segment:
    """One dose with its schedule, as its phrases stand in the line.

    ``joined`` says that a word such as "and" stands between two of its amounts; ``after`` is the joining word between
    the segment before and this one.
    """

    amounts: list[Part] = Factory(list)
    schedules: list[Part] = Factory(list)
    joined: bool = False
    after: str = ""


@frozen
class Count:
    """A number of units of the product whose unit is not written: ``2`` in "500 mg, 2 three times daily"."""

    low: Fraction
    high: Fraction


@frozen
class Planned:
    """One dose with its schedule: what is taken and, where the line says it, how often and when."""

    dose: Dose | Count | None
    times_per_day: Span | None
    moments: tuple[str, ...]
    wear: Span | None = None


@define
class Understood:
    """What the amounts of a line mean, before the product is known.

    ``strengths`` are one per ingredient, or one alone. ``checks`` are a dose and the mass it is said to come to,
    low end and high end; ``day_checks`` masses that a whole day is said to come to.
    """

    strengths: tuple[Amount, ...] = ()
    takings: list[Planned] = Factory(list)
    daily_total: Dose | None = None
    checks: list[tuple[Dose | Count, Dose]] = Factory(list)
    day_checks: list[Part] = Factory(list)


def understand(parts: Sequence[Part], ingredients: tuple[str, ...], listed: Listed, notes: Notes) -> Understood:
    """Sort the amounts and schedules of ``parts`` into strengths and takings.

    ``listed`` answers whether two bare numbers are the listed strengths of a product of these ingredients.
    """
    settled = [settle(part, ingredients, parts, listed, notes) for part in parts]
    settled, own = _strengths_by_name(settled, ingredients)
    found = Understood(strengths=own)
    flow = [
        part for part in settled if part is not None and not _take_strength(part, ingredients, found, listed, notes)
    ]
    segments = _in_order(_segments(flow, notes), found)
    segments = _without_day_checks(segments, found)
    segments = _without_trailing_strength(segments, found, notes)
    if not _are_clear(segments, notes):
        return found
    for segment in segments:
        planned = _planned(segment, found, notes)
        if planned is not None:
            found.takings.append(planned)
    return found


# --- strengths --------------------------------------------------------------------------------------------------


def _strengths_by_name(
    parts: Sequence[Part | None], ingredients: tuple[str, ...]
) -> tuple[list[Part | None], tuple[Amount, ...]]:
    """Strengths written beside each name: ``oxycodone 5 mg / acetaminophen 325 mg``."""
    if len(ingredients) < 2 or sum(1 for p in parts if p is not None and p.kind == "name") != len(ingredients):
        return list(parts), ()
    taken: dict[int, Amount] = {}
    names = [i for i, part in enumerate(parts) if part is not None and part.kind == "name"]
    for here, there in zip(names, [*names[1:], len(parts)], strict=True):
        for i in range(here + 1, there):
            part = parts[i]
            if part is None or part.kind in {"mark", "noise"}:
                continue
            if part.kind == "measure" and part.low == part.high and part.low.unit.dimension is Dimension.MASS:
                taken[i] = part.low
            break
    if len(taken) != len(ingredients):
        return list(parts), ()
    return [None if i in taken else part for i, part in enumerate(parts)], tuple(taken.values())


def _take_strength(part: Part, ingredients: tuple[str, ...], found: Understood, listed: Listed, notes: Notes) -> bool:
    """Take a phrase that can only be a strength; tell whether it was one."""
    if part.kind == "strengths":
        strengths = part.low
        bare = part.extra is None and not any(mark in part.text for mark in ("mg", "mcg", "g"))
        if len(strengths) == len(ingredients) == 2 and bare and part.high is None and is_opioid(ingredients):
            pair = (strengths[0].value, strengths[1].value)
            if not listed(pair) and max(pair) < STRENGTH_ALONE:
                notes.problem("DIR-005", f'"{part.text}": no listed product has these strengths; write them with mg')
                return True
        if len(strengths) != len(ingredients):
            few = "one drug is named; name the others too" if len(ingredients) < 2 else "write one for each ingredient"
            notes.problem("DIR-007", f'"{part.text}" gives {len(strengths)} strengths, but {few}')
            return True
        if part.extra is not None:
            try:
                strengths = tuple(units.per(each, part.extra) for each in strengths)
            except MedstewardError as error:
                notes.problem("UNIT-001", str(error))
                return True
        _set_strengths(found, strengths, part.text, notes)
        return True
    if part.kind in {"concentration", "strength"}:
        _set_strengths(found, (part.low,), part.text, notes)
        return True
    if part.kind == "rate":
        if part.low != part.high:
            notes.problem("DIR-007", f'"{part.text}": a patch has one rate; write the one that is worn')
        _set_strengths(found, (part.high,), part.text, notes)
        return True
    return False


def _set_strengths(found: Understood, strengths: tuple[Amount, ...], text: str, notes: Notes) -> None:
    if found.strengths and found.strengths != strengths:
        notes.problem("DIR-007", f'"{text}" is a second strength in one line; give each product a line of its own')
        return
    found.strengths = strengths


# --- segments ---------------------------------------------------------------------------------------------------


def _segments(flow: Sequence[Part], notes: Notes) -> list[Segment]:
    """Group amounts with the schedule that follows them."""
    segments = [Segment()]
    before: Part | None = None
    quantity: Part | None = None
    word = dangling = ""
    for part in flow:
        if part.kind in _AMOUNTS:
            if segments[-1].schedules:
                segments.append(Segment(after=word))
            elif segments[-1].amounts and word in _JOINING:
                segments[-1].joined = True
            named = before is not None and before.kind == "name" and part.kind == "measure"
            if segments[-1].amounts and before is not None and before.kind in ("reason", "as_needed"):
                notes.problem("DIR-007", f'"{part.text}" after "{before.text}": write one line for each dose')
            segments[-1].amounts.append(evolve(part, extra="named") if named and part.extra is None else part)
            dangling = ""
        elif part.kind in _SCHEDULES:
            if part.extra == "per" and (before is None or before.kind not in _AMOUNTS):
                notes.problem("DIR-005", f'not understood: "{part.text}"; write how often beside the dose')
            segments[-1].schedules.append(part)
            dangling = ""
        elif part.kind == "quantity":
            quantity = part if not segments[-1].amounts or part.low <= _FEW else None
        elif part.kind in ("reason", "as_needed") and dangling:
            notes.problem("DIR-007", f'"{dangling} {part.text}": how much, and when? Write one line for each dose')
            dangling = ""
        if part.kind in _SCHEDULES and quantity is not None and before is quantity:
            notes.problem(
                "DIR-006", f'"{quantity.text} {part.text}": if this is the dose, leave out the word before it'
            )
        if part.kind == "mark" and part.text in _ADDING and segments[-1].schedules:
            dangling = part.text
        word = _joining_word(part, word)
        if part.kind not in {"mark", "route", "noise"}:
            before = part
    if dangling:
        notes.problem("DIR-007", f'"{dangling}" leads to no other dose; leave it out or write one line for each dose')
    return [segment for segment in segments if segment.amounts or segment.schedules]


def _joining_word(part: Part, word: str) -> str:
    """The last joining word since an amount."""
    if part.kind == "mark":
        return part.text if part.text in _JOINING else word
    return "" if part.kind in _AMOUNTS else word


def _in_order(segments: list[Segment], found: Understood) -> list[Segment]:
    """Schedules that go before their doses: "every morning take 2 tablets"."""
    if len(segments) < 2 or segments[0].amounts or segments[-1].schedules:
        return segments
    amounts = [part for segment in segments for part in segment.amounts]
    if found.strengths or any(part.bracketed or part.kind == "count" for part in amounts):
        return segments
    schedules = [segment.schedules for segment in segments[:-1]]
    return [evolve(s, schedules=before) for s, before in zip(segments[1:], schedules, strict=True)]


def _without_day_checks(segments: list[Segment], found: Understood) -> list[Segment]:
    """A whole day's mass in brackets after a dose with its schedule is a check: "5 mg qid (20 mg/day)"."""
    kept: list[Segment] = []
    for segment in segments:
        whole = segment.amounts[0] if len(segment.amounts) == 1 else None
        once = all(part.kind == "often" and part.low == Span(Fraction(1), Fraction(1)) for part in segment.schedules)
        is_mass = whole is not None and (whole.kind == "per_day" or (whole.kind == "measure" and segment.schedules))
        if (
            kept
            and whole is not None
            and is_mass
            and once
            and whole.bracketed
            and whole.high.unit.dimension is Dimension.MASS
        ):
            found.day_checks.append(whole)
        else:
            kept.append(segment)
    return kept


def _without_trailing_strength(segments: list[Segment], found: Understood, notes: Notes) -> list[Segment]:
    """A mass at the very end of a line of counted doses is the strength: "2 tabs at night of morphine ER 15 mg"."""
    if len(segments) < 2 or found.strengths or not _is_one_mass(segments[-1]):
        return segments
    if not all(any(_is_counted(part) for part in segment.amounts) for segment in segments[:-1]):
        return segments
    last = segments[-1].amounts[0]
    _set_strengths(found, (last.low,), last.text, notes)
    return segments[:-1]


def _is_counted(part: Part) -> bool:
    return part.kind == "count" or (part.kind == "measure" and part.low.unit.is_count)


def _is_one_mass(segment: Segment) -> bool:
    part = segment.amounts[0] if len(segment.amounts) == 1 and not segment.schedules else None
    return (
        part is not None
        and part.kind == "measure"
        and not part.bracketed
        and part.low == part.high
        and part.low.unit.dimension is Dimension.MASS
    )


def _are_clear(segments: Sequence[Segment], notes: Notes) -> bool:
    """Whether several doses in one line can be added without guessing."""
    if len(segments) < 2:
        return True
    first, *others = segments
    loose = next((s for s in segments if not s.schedules), None)
    if loose is not None:
        text = " ".join(part.text for part in loose.amounts)
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
    if any(part.kind != "at" for segment in others for part in segment.schedules):
        notes.problem("DIR-007", "two doses each say how often; give each one a line of its own")
        return False
    named = [moment for segment in segments for part in segment.schedules if part.kind == "at" for moment in part.low]
    if len(set(named)) != len(named):
        notes.problem("DIR-007", "two doses at the same time of day; write the one that is taken")
        return False
    kinds = {any(map(_is_counted, segment.amounts)) for segment in segments}
    in_brackets = any(part.bracketed for segment in others for part in segment.amounts)
    has_frequency = any(part.kind == "often" for part in first.schedules)
    unjoined = has_frequency and any(segment.after not in _ADDING for segment in others)
    if len(kinds) > 1 or in_brackets or unjoined:
        notes.problem("DIR-007", "is the dose at a time of day on top of the others, or the same? Write one line each")
        return False
    return True


# --- doses ------------------------------------------------------------------------------------------------------


def _planned(segment: Segment, found: Understood, notes: Notes) -> Planned | None:
    times, moments, wear = _schedule(segment.schedules, notes)
    whole_day = [part for part in segment.amounts if part.kind == "per_day"]
    if whole_day:
        found.daily_total = Dose(whole_day[0].low, whole_day[0].high)
        rest = [part for part in segment.amounts if part.kind != "per_day"]
        once = Span(Fraction(1), Fraction(1))
        if any(_is_counted(part) for part in rest):
            notes.problem(
                "DIR-007", f'"{whole_day[0].text}" is a whole day\'s amount; a count beside it contradicts it'
            )
        elif len(whole_day) > 1 or (times is not None and times != once) or len(rest) > 1:
            notes.problem("DIR-007", f'"{whole_day[0].text}" is a whole day\'s amount; another dose contradicts it')
        elif rest:
            _dose(evolve(segment, amounts=rest), found, notes)
        return None
    return Planned(_dose(segment, found, notes), times, moments, wear)


def _dose(segment: Segment, found: Understood, notes: Notes) -> Dose | Count | None:
    """Which of the amounts is the dose; the others are strength or check."""
    amounts = _each_once(segment.amounts) if not segment.joined else segment.amounts
    if segment.joined and len(amounts) > 1:
        texts = " and ".join(f'"{part.text}"' for part in amounts)
        notes.problem("DIR-007", f"{texts} are joined; give each product or dose a line of its own")
        return None
    counts = [p for p in amounts if _is_counted(p)]
    volumes = [p for p in amounts if p.kind == "measure" and p.low.unit.dimension is Dimension.VOLUME]
    masses = [p for p in amounts if p.kind == "measure" and p.low.unit.dimension is Dimension.MASS]
    many = [p for p in amounts if p.kind == "multiplied"]
    for part in amounts:
        if part.extra == "up to":
            notes.caution("DIR-104", f'"{part.text}" gives only an upper end; the low end is counted as none')
    if many and many[0].bracketed and len(amounts) == 2 and masses:
        # 10 mg (2 x 5 mg tablets)
        _set_strengths(found, (many[0].high,), many[0].text, notes)
        count = Count(many[0].low, many[0].low)
        found.checks.append((count, Dose(masses[0].low, masses[0].high)))
        return count
    if many and len(amounts) > 1:
        notes.problem("DIR-007", f'"{many[0].text}" beside another amount; write one dose')
        return None
    if many:
        _set_strengths(found, (many[0].high,), many[0].text, notes)
        return Count(many[0].low, many[0].low)
    if len(counts) > 1 or len(volumes) > 1:
        second = counts[-1].text if len(counts) > 1 else volumes[-1].text
        notes.problem("DIR-007", f'"{second}" is a second dose with no schedule of its own')
        return None
    if counts and counts[0].bracketed and len(amounts) == 1:
        notes.problem("DIR-007", f'"({counts[0].text})" alone is no dose; write it without brackets if it is meant')
        return None
    if counts:
        return _counted(counts[0], amounts, masses, volumes, found, notes)
    if volumes:
        dose = Dose(volumes[0].low, volumes[0].high)
        return _volume_and_mass(volumes[0], masses, found, notes) if masses else dose
    if len(masses) > 1:
        return _two_masses(masses, found, notes)
    return Dose(masses[0].low, masses[0].high) if masses else None


def _each_once(amounts: Sequence[Part]) -> list[Part]:
    """Amounts without word-for-word repetitions ("5 mg, 5 mg")."""
    return list({(part.kind, part.low, part.high, part.bracketed): part for part in reversed(amounts)}.values())[::-1]


def _two_masses(masses: Sequence[Part], found: Understood, notes: Notes) -> Dose | None:
    """Of "15 mg tablet, 30 mg every 12 hours" the first is the strength; in brackets a second would be neither."""
    first, second, *more = masses
    makes = first.low.value > 0 and (2 * second.low.to(first.low.unit).value / first.low.value).denominator == 1
    larger = second.low.to(first.low.unit).value >= first.low.value
    if more or second.bracketed or first.low != first.high or second.extra == "named" or not (makes and larger):
        notes.problem("DIR-007", f'"{first.text}" and "{second.text}" cannot both be the dose')
        return None
    _set_strengths(found, (first.low,), first.text, notes)
    return Dose(second.low, second.high)


def _counted(
    part: Part,
    amounts: Sequence[Part],
    masses: Sequence[Part],
    volumes: Sequence[Part],
    found: Understood,
    notes: Notes,
) -> Dose | Count:
    """A dose counted in tablets and the like: a mass before it is the strength, one in brackets after it a check."""
    dose: Dose | Count = Count(part.low, part.high) if part.kind == "count" else Dose(part.low, part.high)
    if volumes:
        notes.problem("DIR-007", f'"{part.text}" and "{volumes[0].text}" cannot both be the dose')
    place = list(amounts).index(part)
    before = [mass for mass in masses if list(amounts).index(mass) < place]
    after = [mass for mass in masses if list(amounts).index(mass) > place]
    if before and (part.bracketed or before[-1].extra == "equals"):
        # "10 mg (2 tablets)", "10 mg = 2 tablets": the mass is the whole dose
        stated = before.pop()
        if stated.extra == "equals" and not found.strengths and not before:
            return Dose(stated.low, stated.high)
        if not found.strengths and not before:
            notes.problem(
                "DIR-004", f'"{stated.text} {part.text}": is {stated.text} each or in all? Write the strength'
            )
        found.checks.append((dose, Dose(stated.low, stated.high)))
    for mass in before:
        if mass.low != mass.high:
            notes.problem("DIR-007", f'"{mass.text}": a strength is one number; write the product that is meant')
        else:
            _set_strengths(found, (mass.low,), mass.text, notes)
    for mass in after:
        if (
            not mass.bracketed
            and mass.low == mass.high
            and (mass.extra == "named" or (part.low == part.high == _one(part) and not found.strengths))
        ):
            _set_strengths(found, (mass.low,), mass.text, notes)
        elif mass.bracketed or part.low == part.high == _one(part):
            found.checks.append((dose, Dose(mass.low, mass.high)))
        else:
            notes.problem(
                "DIR-004",
                f'"{part.text} {mass.text}": is {mass.text} each or in all? Write the strength before the number '
                "taken, as in 5 mg tablet, 2 tablets",
            )
    return dose


def _one(part: Part) -> Fraction | Amount:
    return Fraction(1) if part.kind == "count" else Amount(Fraction(1), part.low.unit)


def _volume_and_mass(volume: Part, masses: Sequence[Part], found: Understood, notes: Notes) -> Dose:
    """0.25 mL (5 mg): the two must agree; without a concentration the mass is the dose."""
    mass = Dose(masses[0].low, masses[0].high)
    beside = volume.bracketed or masses[0].bracketed or masses[0].extra == "equals"
    if len(masses) > 1 or not (found.strengths or beside):
        other = masses[1] if len(masses) > 1 else volume
        notes.problem("DIR-007", f'"{masses[0].text}" and "{other.text}" cannot both be the dose')
    if not found.strengths:
        return mass
    dose = Dose(volume.low, volume.high)
    found.checks.append((dose, mass))
    return dose


# --- schedules --------------------------------------------------------------------------------------------------


def _schedule(parts: Sequence[Part], notes: Notes) -> tuple[Span | None, tuple[str, ...], Span | None]:
    """How often, at which moments, and how long between (for patches)."""
    often = [part for part in parts if part.kind == "often"]
    at = [part for part in parts if part.kind == "at"]
    moments = tuple(moment for part in {part.low: part for part in at}.values() for moment in part.low)
    moments += tuple(moment for part in often if part.high for moment in part.high)
    if any(part.extra == "up to" for part in often):
        notes.caution("DIR-104", f'"{often[0].text}" gives only an upper end; the low end is counted as none')
    spans = {part.low for part in often}
    if len(spans) > 1 or (len(often) > 1 and any(part.extra == "weekdays" for part in often)):
        texts = " and ".join(f'"{part.text}"' for part in often)
        notes.problem("DIR-007", f"{texts} say how often in two ways; keep the one that is meant")
        return None, (), None
    if often:
        span = often[0].low
        wear = Span(24 / span.high, 24 / span.low) if span.low > 0 else None
        if moments and not _moments_fit(span, len(moments)):
            notes.problem(
                "DIR-007",
                f'"{often[0].text}" and {len(moments)} times of day ({", ".join(moments)}) do not agree',
            )
        return span, moments, wear
    if len({part.low for part in at}) > 1:
        texts = " and ".join(f'"{part.text}"' for part in at)
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


def _moments_fit(span: Span, number: int) -> bool:
    if span.high < 1:
        return number == 1
    return span.low == span.high == number
