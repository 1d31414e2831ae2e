"""The schedule that a code says by its words or letters: "Every 6 hours PRN", Q6H, BID; read as directions are."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from medsteward.model.codes import CODES
from medsteward.model.sig import Span
from medsteward.readers.directions.grammar import phrases
from medsteward.readers.directions.kinds import AsNeeded, AtTimes, Duration, Mark, Meals, Noise, Often
from medsteward.readers.directions.tokens import MAX_LENGTH, tokens
from medsteward.readers.fhir.element import Remarks, Table, codings, text_of


@frozen
class Schedule:
    """How often a day, at which times of day, the hours between two doses, and the words or letters that say it.

    ``days`` is how long, where they say it.
    """

    said: str
    times: Span
    moments: tuple[str, ...] = ()
    hours: Span | None = None
    as_needed: bool = False
    by_letters: bool = False
    days: Fraction | None = None


def schedules_in(concept: Table, at: str, remarks: Remarks) -> tuple[Schedule, ...]:
    """What the text, the displays and the codes of a concept say, as far as they are understood.

    Codes are asked only where no words are understood.
    """
    listed = codings(concept, at, remarks)
    words = [text_of(concept, "text", at, remarks)]
    words += [text_of(coding, "display", f"{at}.coding[{n}]", remarks) for n, coding in enumerate(listed)]
    found = tuple(each for text in dict.fromkeys(words) if text and (each := _schedule(text, False)))
    if found:
        return found
    codes = [text_of(coding, "code", f"{at}.coding[{n}]", remarks) for n, coding in enumerate(listed)]
    return tuple(each for text in dict.fromkeys(codes) if text and (each := _schedule(text, True)))


def said_in(concept: Table) -> str:
    """The words of a concept, or else its codes: what to show where neither is understood."""
    listed = codings(concept, "", Remarks())
    words = [concept.get("text"), *(coding.get("display") for coding in listed)]
    said = next((each for each in words if isinstance(each, str) and each.strip()), None)
    return said or ", ".join(code for coding in listed if isinstance(code := coding.get("code"), str))


def _schedule(words: str, by_letters: bool) -> Schedule | None:
    """A schedule, with or without "as needed" and how long, and nothing else: anything more is not understood here."""
    if len(words) > MAX_LENGTH:
        return None
    found, odd = tokens(words)
    if any(CODES[oddity.code].exit_code for oddity in odd):
        return None
    everything = phrases(found)
    said = [phrase for phrase in everything if not isinstance(phrase, Noise | Mark | Meals)]
    at_meals = any(isinstance(phrase, Meals) for phrase in everything)
    needed = [phrase for phrase in said if isinstance(phrase, AsNeeded) and not phrase.unknown]
    lasting = [phrase for phrase in said if isinstance(phrase, Duration)]
    if len(lasting) > 1:
        return None
    match [phrase for phrase in said if phrase not in needed and phrase not in lasting]:
        case [Often(times=times, moments=moments)]:
            hours = Span(24 / times.high, 24 / times.low) if times.low > 0 else None
        case [Often(times=times), Often(times=again)] if times == again:  # said twice: BID (2 times a day)
            moments, hours = (), Span(24 / times.high, 24 / times.low) if times.low > 0 else None
        case [Often(times=times), AtTimes(moments=named)] if times.low == times.high and times.high >= 1:
            hours = None
            if times.high == len(named):
                moments = named
            elif at_meals and times.high > len(named):  # 4 times daily, before meals and nightly
                moments = ()
            else:
                return None
        case [AtTimes(moments=moments)] if moments:
            times, hours = Span(Fraction(len(moments)), Fraction(len(moments))), None
        case _:
            return None
    days = lasting[0].days if lasting else None
    return Schedule(words, times, moments, hours, bool(needed), by_letters, days)
