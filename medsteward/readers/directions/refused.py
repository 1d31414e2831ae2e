"""Phrases that are refused wherever they stand: one class for each, with its code and its sentence.

A new one is a class here and a row in ``phrases``; nothing else asks for it by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from attrs import frozen

from medsteward.readers.directions.kinds import Phrase


class RefusedPhrase(Phrase):
    """A phrase that is a problem by itself: under which code, and the sentence, with ``{}`` for its words."""

    __slots__ = ()
    code: ClassVar[str]
    sentence: ClassVar[str]

    @property
    def complaint(self) -> str:
        """The text of the problem."""
        return self.sentence.format(self.text)


def complaints(found: Iterable[RefusedPhrase]) -> Iterator[tuple[str, str]]:
    """The code and text of each problem: phrases of one class are one, which names the words of all."""
    by_class: dict[object, list[RefusedPhrase]] = {}
    for phrase in found:
        by_class.setdefault(phrase if isinstance(phrase, Unsafe) else type(phrase), []).append(phrase)
    for first, *others in by_class.values():
        if others:
            texts = dict.fromkeys(phrase.text for phrase in (first, *others))
            yield first.code, first.sentence.format('", "'.join(texts))
        else:
            yield first.code, first.complaint


@frozen
class Unsafe(RefusedPhrase):
    """MS, T3: an abbreviation with two meanings, which are named."""

    code = "DRUG-002"
    sentence = '"{}" could be {}; write the drug\'s name in full'
    meanings: str

    @property
    def complaint(self) -> str:
        """The text of the problem."""
        return self.sentence.format(self.text, self.meanings)


class StepPhrase(RefusedPhrase):
    """Then, taper, hold: doses that change, or orders about them."""

    __slots__ = ()
    code = "DIR-008"
    sentence = '"{}": directions or orders that change are not one line; write what is taken now, with dates'


class GivenPhrase(RefusedPhrase):
    """Given: a dose that a nurse gave, or part of an order. With its time it is passed over."""

    __slots__ = ()
    code = "DIR-008"
    sentence = '"{}": one dose that was given, or directions? Write the directions, as in "5 mg every 4 hours"'


class Habit(RefusedPhrase):
    """Usually: what is taken mostly, not what is allowed."""

    __slots__ = ()
    code = "DIR-005"
    sentence = '"{}" does not say the most that is taken; write that, as in "every 6 hours as needed, max 4 per day"'


class FewDoses(RefusedPhrase):
    """For 3 doses."""

    __slots__ = ()
    code = "DIR-008"
    sentence = '"{}" is a number of doses, not a daily schedule; write the days it is taken'


class FewBeforeRefills(RefusedPhrase):
    """3 tablets, 2 refills."""

    __slots__ = ()
    code = "DIR-007"
    sentence = '"{}": one dose, or what is dispensed? Write "qty" before what is dispensed'


class SeveralDispensed(RefusedPhrase):
    """Qty 8-2, refills 2-4: one number is dispensed; two are strengths or a range of doses."""

    __slots__ = ()
    code = "DIR-007"
    sentence = '"{}": what is dispensed, or a strength or dose? Leave out the word before the numbers if it is a dose'


class NumberOfThem(RefusedPhrase):
    """X 2, without what it counts."""

    __slots__ = ()
    code = "DIR-007"
    sentence = '"{}": how many at a time, how many times, or what is dispensed? Write it as in "2 tablets" or "qty 2"'


class Infusion(RefusedPhrase):
    """Drip, pump, PCA."""

    __slots__ = ()
    code = "DIR-011"
    sentence = '"{}": infusions and pumps are not read; this program is for doses people take at home'


class PerKilogram(RefusedPhrase):
    """A dose by body weight."""

    __slots__ = ()
    code = "DIR-011"
    sentence = '"{}": doses by body weight are not read; write the dose that is taken'


class Monthly(RefusedPhrase):
    """Every month."""

    __slots__ = ()
    code = "DIR-005"
    sentence = '"{}": a month has no fixed length; write the days from one dose to the next'


class Once(RefusedPhrase):
    """Once, without a day or a time."""

    __slots__ = ()
    code = "DIR-005"
    sentence = '"{}" alone could be a single dose or a dose each day; write which'


class Household(RefusedPhrase):
    """A teaspoon, 5 drops: a measure that differs from house to house."""

    __slots__ = ()
    code = "DIR-003"
    sentence = '"{}" is a household measure; write the volume in mL, as in "5 mL"'


class Untimed(RefusedPhrase):
    """A phrase that lacks its time. It is not complained of beside a word not understood, which may be the time."""

    __slots__ = ()


class UntimedEvery(Untimed):
    """Every 6."""

    __slots__ = ()
    code = "DIR-001"
    sentence = '"{}" of what? Write the unit, as in "every 6 hours"'


class OtherLimit(RefusedPhrase):
    """Max 10 per week."""

    __slots__ = ()
    code = "DIR-007"
    sentence = '"{}": only a limit per day is counted; write it as in "max 6 per day"'


class VagueClock(RefusedPhrase):
    """At 8."""

    __slots__ = ()
    code = "DIR-005"
    sentence = '"{}": write the time with am or pm, as in "at 8 am"'


class VagueTimes(RefusedPhrase):
    """Morning evening: times of day that nothing joins."""

    __slots__ = ()
    code = "DIR-007"
    sentence = '"{}": one dose or two? Join the times with "and" if there are two'


class MixedTimes(RefusedPhrase):
    """1 or three times a day: a range, or a count before how often."""

    __slots__ = ()
    code = "DIR-007"
    sentence = '"{}": how often, or how many and how often? Write a range in one way, as in "1 to 3 times a day"'


class Total(RefusedPhrase):
    """In total. In brackets it belongs to a check of the dose."""

    __slots__ = ()
    code = "DIR-005"
    sentence = 'not understood: "{}"; write a limit as in "max 8 per day"'
