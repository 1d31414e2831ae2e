"""For how long an order is said to be taken: words, codes and supply, which must not contradict each other."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import ceil

from medsteward.model.number import decimal_text
from medsteward.model.sig import Sig
from medsteward.readers.fhir.timing import When


def _days(number: Fraction) -> str:
    return f"{decimal_text(number, 3)} day{'' if number == 1 else 's'}"


def _coded(when: When, sig: Sig) -> list[tuple[Fraction, ...]]:
    """What the codes say, each as the numbers of days that fit it.

    A period ends on its last day or at its hour. A number of doses lasts so many days where each is taken.
    """
    found: list[tuple[Fraction, ...]] = []
    if when.days is not None:
        found.append((when.days,))
    if when.first is not None and when.last is not None:
        whole = Fraction((when.last - when.first).days + 1)
        found.append((whole, whole - 1))
    times = when.times
    if when.count is not None and times is not None and times.low == times.high != 0 and not sig.as_needed:
        found.append((Fraction(ceil(when.count / times.high)), when.count / times.high))
    return found


def against_codes(words: Fraction | None, when: When, sig: Sig) -> str | None:
    """How long the words and the codes of one instruction say that it is taken, where they differ."""
    said = [each for each in (words, when.code_days) if each is not None]
    coded = _coded(when, sig)
    if len(set(said)) > 1:
        return f"{_days(said[0])} and {_days(said[1])}"
    return next((f"{_days(each)} and {_days(fit[0])}" for each in said for fit in coded if each not in fit), None)


def against_supply(sig: Sig, supply: Fraction | None) -> str | None:
    """What is wrong where one supply is for more days than the directions last; a shorter one is a part of it."""
    lasts = sig.duration_days
    if lasts is None or supply is None or supply <= ceil(lasts):
        return None
    return f"the directions say {_days(lasts)}, and one supply is for {_days(supply)}; make them agree"


def against_period(sig: Sig, first: date | None, last: date | None) -> str | None:
    """What is wrong where something is said to be taken for longer than the directions last."""
    lasts = sig.duration_days
    if lasts is None or first is None or last is None or (last - first).days <= ceil(lasts):
        return None
    whole = Fraction((last - first).days + 1)
    return f"the directions say {_days(lasts)}, and its period is {_days(whole)}; make them agree"
