"""The kinds of phrases that directions are made of: one frozen class for each, with what it says.

A new kind of phrase is a class here and a row in ``phrases``; a class without values of its own inherits all it needs.
What is refused wherever it stands is in ``refused``.
"""

from __future__ import annotations

from enum import Enum, auto
from fractions import Fraction

from attrs import field, frozen

from medsteward.drugs.name import Name
from medsteward.model.amount import Amount
from medsteward.model.sig import Span
from medsteward.model.unit import Unit


@frozen
class Phrase:
    """One understood phrase: its words, and whether it stood in brackets."""

    text: str
    bracketed: bool = field(default=False, kw_only=True)


# --- amounts ----------------------------------------------------------------------------------------------------


class Beside(Enum):
    """What stands beside a measure and says more of it."""

    NOTHING = auto()
    UP_TO = auto()
    """``up to``: the low end is none."""
    NAME = auto()
    """The drug's name, right before it."""
    EQUALS = auto()
    """``=`` and a count, right after it: it is the whole dose."""
    TOTAL = auto()
    """``total``: it is what the dose, or the doses of a day, come to."""


class AmountPhrase(Phrase):
    """Any phrase that may be the dose."""

    __slots__ = ()

    @property
    def ends(self) -> tuple[Amount | Fraction, Amount | Fraction]:
        """Its low and its high end; of a multiplied dose the number and what each is."""
        raise NotImplementedError


@frozen
class MeasuredAmount(AmountPhrase):
    """An amount with its unit, low end to high end."""

    low: Amount
    high: Amount

    @property
    def ends(self) -> tuple[Amount, Amount]:
        """Its low and its high end."""
        return self.low, self.high


@frozen
class MeasurePhrase(MeasuredAmount):
    """A mass, a volume or a count of units: 10 mg, 5 mL, 1-2 tablets."""

    beside: Beside = Beside.NOTHING

    @property
    def is_one(self) -> bool:
        """Whether it is a single amount, not a range."""
        return self.low is self.high or self.low == self.high


@frozen
class BareNumber(AmountPhrase):
    """A number, low end to high end, without a unit: ``2`` in "500 mg, 2 three times daily"."""

    low: Fraction
    high: Fraction
    up_to: bool = False

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        """Its low and its high end."""
        return self.low, self.high


@frozen
class Multiplied(AmountPhrase):
    """2 x 10 mg: a number of units and the strength of each."""

    number: Fraction
    each: Amount

    @property
    def ends(self) -> tuple[Fraction, Amount]:
        """The number of units, and the strength of each."""
        return self.number, self.each


class PerDay(MeasuredAmount):
    """20.5 mg/d: a whole day's amount."""

    __slots__ = ()


@frozen
class Pair(Phrase):
    """5-325, 8 mg-2 mg: two strengths or a range. Which of them is decided once the drug is known (``pairs``)."""

    first: Fraction
    second: Fraction
    unit: Unit | None


class Joined(Phrase):
    """1 5 mg, 1 and 2 tablets: two numbers that run into one another."""

    __slots__ = ()


# --- strengths --------------------------------------------------------------------------------------------------


@frozen
class Strengths(Phrase):
    """5/325, 8 mg/2 mg, 7.5-325 mg/15 mL: one strength for each ingredient, per unit of product or per ``volume``."""

    each: tuple[Amount, ...]
    volume: Amount | None = None


@frozen
class Concentration(Phrase):
    """20 mg/mL, 10 mg per 5 mL: mass per mL, and the volume for which it is written."""

    strength: Amount
    volume: Amount


@frozen
class Strength(Phrase):
    """Strength 10 mg, 5 mg each: never a dose."""

    strength: Amount


@frozen
class Rate(Phrase):
    """75 mcg/h: the rate of a patch."""

    low: Amount
    high: Amount


@frozen
class Percent(Phrase):
    """5 %: the strength of a cream and the like."""

    strength: Amount


# --- when -------------------------------------------------------------------------------------------------------


class SchedulePhrase(Phrase):
    """Any phrase that says when a dose is taken."""

    __slots__ = ()


class Wording(Enum):
    """How a frequency is worded, where that matters for what may stand beside it."""

    PLAIN = auto()
    UP_TO = auto()
    """``up to 3 times a day``: the low end is none."""
    PER = auto()
    """``4 tablets per day``: only beside an amount."""
    WEEKDAYS = auto()
    """Named days, or a number of days a week."""
    BARE = auto()
    """``q4`` without its hours."""


@frozen
class Often(SchedulePhrase):
    """How often a day, and at which times of day where the same words name them: every other night."""

    times: Span
    wording: Wording = Wording.PLAIN
    moments: tuple[str, ...] = ()


@frozen
class AtTimes(SchedulePhrase):
    """In the morning and at 22:00: each named time of day is one dose."""

    moments: tuple[str, ...]


class Divided(Phrase):
    """In divided doses: the amount is that of a whole day."""

    __slots__ = ()


class Awake(Phrase):
    """While awake."""

    __slots__ = ()


class Meals(Phrase):
    """With meals."""

    __slots__ = ()


class Limit(Phrase):
    """Any limit of a day."""

    __slots__ = ()


@frozen
class AmountLimit(Limit):
    """Max 40 mg per day, at most 4 g of acetaminophen a day."""

    most: Amount
    of: Name | None = None


@frozen
class NumberLimit(Limit):
    """Max 8 per day: of what it is a number depends on the doses."""

    most: Fraction


@frozen
class DosesLimited(Limit):
    """No more than 4 doses in 24 hours."""

    most: Fraction


@frozen
class LooseLimit(Phrase):
    """Max 6: without its time. It is asked about where it may be less than the doses of a day."""

    most: Fraction
    unit: Unit | None = None


@frozen
class Duration(Phrase):
    """For 5 days: how long it is taken."""

    days: Fraction


@frozen
class SupplyPhrase(Phrase):
    """30 day supply: how long what is dispensed should last."""

    days: Fraction


@frozen
class Quantity(Phrase):
    """#90, qty 90 tablets, #120/30 days: what is dispensed, and for how many days."""

    number: Fraction
    days: Fraction | None = None
    unit: Unit | None = None


@frozen
class ReasonPhrase(Phrase):
    """For pain: ``text`` is what it is taken for, ``unknown`` the words of it that are not known."""

    unknown: tuple[str, ...] = ()
    scored: bool = False
    """Whether a number without brackets was taken for how bad it is: pain scale 4."""


@frozen
class AsNeeded(Phrase):
    """As needed for pain; ``reason`` is empty where none follows."""

    reason: str = ""
    unknown: tuple[str, ...] = ()
    scored: bool = False


@frozen
class NamePhrase(Phrase):
    """The name of a drug, a brand or a combination."""

    name: Name


@frozen
class FormPhrase(Phrase):
    """Oral solution, buccal film: a dose form."""

    form: str


@frozen
class UnitAlone(Phrase):
    """Tablet, patch: a unit of a product without a number, which is a form."""

    unit: Unit


@frozen
class Release(Phrase):
    """ER, extended release: how fast a product lets go."""

    release: str


@frozen
class Route(Phrase):
    """By mouth, under the tongue."""

    route: str


class ReleaseOrRoute(Phrase):
    """PR away from the name: prolonged release or the rectum, which the products tell."""

    __slots__ = ()


class International(Phrase):
    """100 units, 20 mEq: a number in units that no opioid is dosed in."""

    __slots__ = ()


class BothNostrils(Phrase):
    """In each nostril: twice what is said."""

    __slots__ = ()


class Wear(Phrase):
    """Apply, worn at once: what is said of patches."""

    __slots__ = ()


class MayRepeat(Phrase):
    """May repeat once after 2 hours: a further dose where it is needed. How many a day, only a limit says."""

    __slots__ = ()


class WornInPart(Phrase):
    """12 hours on, 12 hours off; for up to 12 hours."""

    __slots__ = ()


class Change(Phrase):
    """Change, replace, remove the old one: what is done with patches."""

    __slots__ = ()


class Mark(Phrase):
    """A comma, a bracket, a small word: it joins or parts other phrases."""

    __slots__ = ()


@frozen
class Noise(Phrase):
    """Words that are known to change nothing: take, with food, refills."""

    numbered: bool = False
    """Whether a number in it was set aside: 2 refills."""


class GivenAt(Phrase):
    """Last given at 8 am: a dose of the past; beside another time of day it may be one of each day."""

    __slots__ = ()


class UnknownWord(Phrase):
    """A word that is not understood."""

    __slots__ = ()
