"""The small words that rules are made of.

Every condition is data. It can say itself in words, test one case, and name the groups of drugs it asks about; a
database can later be asked the same from the same fields. A test answers True, False or None: not known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from fractions import Fraction

from attrs import field, frozen

from medsteward.model.conditions import CONDITIONS, CONTEXTS, Indication
from medsteward.model.number import decimal_text
from medsteward.model.oud import OudTreatment
from medsteward.patient.expand import Item
from medsteward.patient.facts import Facts
from medsteward.patient.overlaps import Lasting
from medsteward.patient.who import Who

Bits = Callable[[Who], int]
"""Gives the bit that marks the members of a group."""


class Condition:
    """One clause of a rule."""

    __slots__ = ()

    def test(self, facts: Facts, items: Sequence[Item], bits: Bits) -> bool | None:
        """Whether it holds for the case, or for ``items``, where it is about the drugs of a finding."""
        raise NotImplementedError

    def seen(self, facts: Facts) -> tuple[str, ...]:
        """The facts of the patient that made it true, in words."""
        return ()

    def drugs(self, facts: Facts, bits: Bits) -> tuple[Item, ...]:
        """The drugs that belong to the finding because of it, beside those that the rule chooses."""
        return ()

    @property
    def groups(self) -> tuple[Who, ...]:
        """The groups of drugs it asks about."""
        return ()

    @property
    def asks(self) -> tuple[str, ...]:
        """The patient facts it needs, in words."""
        return ()


# --- drugs ------------------------------------------------------------------------------------------------------


@frozen
class Takes(Condition):
    """The patient takes a drug of a group.

    ``lasting`` is how long it counts after it was stopped. ``not_for_oud`` leaves out what treats opioid use disorder
    or may do so; it is for rules with one group.
    """

    who: Who
    lasting: Lasting | None = None
    not_for_oud: bool = False

    def __str__(self) -> str:
        if self.not_for_oud:
            return f"takes {self.who} that is not treatment of opioid use disorder"
        if self.lasting is None:
            return f"takes {self.who}"
        return f"takes {self.who} [{self.lasting}]"

    def test(self, facts: Facts, items: Sequence[Item], bits: Bits) -> bool | None:
        return bool(facts.current(bits(self.who)))

    @property
    def groups(self) -> tuple[Who, ...]:
        return (self.who,)


class Each(Enum):
    """What is counted once when several are asked for."""

    INGREDIENT = "ingredients"
    CLASS = "classes"
    LINE = "products"
    INGREDIENT_OR_PRESCRIBER = "ingredients or prescribers"


@frozen
class TakesSeveral(Condition):
    """The patient takes several of a group at the same time, each kind counted once."""

    who: Who
    at_least: int
    each: Each = Each.INGREDIENT

    def __str__(self) -> str:
        number = {2: "two", 3: "three", 4: "four"}[self.at_least]
        return f"takes {number} or more different {self.each.value} of: {self.who}"

    def counted(self, items: Sequence[Item]) -> int:
        """How many different ones there are."""
        if self.each is Each.CLASS:
            return len({item.part.drug_class for item in items})
        if self.each is Each.LINE:
            return len({item.line for item in items if not (item.again and item.part.daily_mg is not None)})
        found = len({item.name for item in items})
        if self.each is Each.INGREDIENT_OR_PRESCRIBER:
            known = {(item.name, item.prescriber) for item in items if item.prescriber is not None}
            return max(found, len(known))
        return found

    def test(self, facts: Facts, items: Sequence[Item], bits: Bits) -> bool | None:
        return self.counted(facts.current(bits(self.who))) >= self.at_least

    @property
    def groups(self) -> tuple[Who, ...]:
        return (self.who,)


@frozen
class DailyAbove(Condition):
    """The day's total of one ingredient over all lines is above a limit, in mg. ``or_unknown``: also if not known.

    Lines that may be one prescription are added once.
    """

    who: Who
    limit_mg: Fraction
    or_unknown: bool = False

    def __str__(self) -> str:
        unknown = ", or a dose that is not stated" if self.or_unknown else ""
        return f"has more than {decimal_text(self.limit_mg, thousands=True)} mg of {self.who} a day in all{unknown}"

    def test(self, facts: Facts, items: Sequence[Item], bits: Bits) -> bool | None:
        bit, today = bits(self.who), facts.today
        total, unknown = Fraction(0), False
        for item in facts.of(bit):
            if item.first <= today <= item.last and not item.again:
                if item.part.daily_mg is None:
                    unknown = True
                else:
                    total += item.part.daily_mg
        if total > self.limit_mg:
            return True
        return self.or_unknown if unknown else False

    @property
    def groups(self) -> tuple[Who, ...]:
        return (self.who,)


@frozen
class MoreThanDosesADay(Condition):
    """A drug of the finding is taken more often in a day than a number of times."""

    who: Who
    times: int

    def __str__(self) -> str:
        return f"takes {self.who} more than {self.times} times a day"

    def test(self, facts: Facts, items: Sequence[Item], bits: Bits) -> bool | None:
        bit = bits(self.who)
        known = [item.part.times_a_day for item in facts.items if item.bits & bit and item.last >= facts.today]
        if any(times is not None and times > self.times for times in known):
            return True
        return None if any(times is None for times in known) else False

    @property
    def groups(self) -> tuple[Who, ...]:
        return (self.who,)


@frozen
class StartedWithin(Condition):
    """A drug of the finding that belongs to the group began at most so many days before the day asked about."""

    who: Who
    days: int

    def __str__(self) -> str:
        return f"{self.who} was started within {self.days} days, or is yet to start"

    def test(self, facts: Facts, items: Sequence[Item], bits: Bits) -> bool | None:
        bit, earliest = bits(self.who), facts.today - self.days
        return any(item.bits & bit and item.first >= earliest for item in items or facts.items)

    @property
    def groups(self) -> tuple[Who, ...]:
        return (self.who,)


@frozen
class Includes(Condition):
    """A drug of the finding belongs to a group."""

    who: Who

    def __str__(self) -> str:
        return f"{self.who} is among them"

    def test(self, facts: Facts, items: Sequence[Item], bits: Bits) -> bool | None:
        bit = bits(self.who)
        return any(item.bits & bit for item in items)

    @property
    def groups(self) -> tuple[Who, ...]:
        return (self.who,)


@frozen
class StartedAfter(Condition):
    """Of the drugs of the finding, one of ``later`` began after one of ``earlier``, which goes on."""

    later: Who
    earlier: Who

    def __str__(self) -> str:
        return f"{self.later} was added to {self.earlier} that was already taken"

    def test(self, facts: Facts, items: Sequence[Item], bits: Bits) -> bool | None:
        late, early = bits(self.later), bits(self.earlier)
        return any(b.bits & early and a.bits & late and a.first > b.first for a in items for b in items)

    @property
    def groups(self) -> tuple[Who, ...]:
        return (self.later, self.earlier)


@frozen
class TreatsOud(Condition):
    """An opioid of the finding is treatment of opioid use disorder."""

    def __str__(self) -> str:
        return "the opioid is treatment of opioid use disorder"

    def test(self, facts: Facts, items: Sequence[Item], bits: Bits) -> bool | None:
        return facts.treats_oud and any(facts.oud_treatment(item).goes_on for item in items or facts.items)


@frozen
class MayTreatOud(Condition):
    """It is not clear whether an opioid of the finding is treatment of opioid use disorder, and none surely is."""

    def __str__(self) -> str:
        return "it is not clear whether the opioid is treatment of opioid use disorder"

    def test(self, facts: Facts, items: Sequence[Item], bits: Bits) -> bool | None:
        if not facts.unclear:
            return False
        found = [facts.oud_treatment(item) for item in items or facts.items]
        return OudTreatment.UNCLEAR in found and not any(each.goes_on for each in found)


@frozen
class SeveralPrescribers(Condition):
    """The drugs of the finding have more than one prescriber."""

    def __str__(self) -> str:
        return "more than one prescriber is involved"

    def test(self, facts: Facts, items: Sequence[Item], bits: Bits) -> bool | None:
        return len({item.prescriber for item in items if item.prescriber is not None}) > 1


# --- the patient ------------------------------------------------------------------------------------------------


@frozen
class Has(Condition):
    """The patient has one of these conditions."""

    names: tuple[str, ...] = field()

    @names.validator
    def _known(self, _: object, names: tuple[str, ...]) -> None:
        unknown = [name for name in names if name not in CONDITIONS]
        if unknown:
            raise ValueError(f"not conditions we know: {unknown}")

    def __str__(self) -> str:
        return f"has {_either(self.names)}"

    def test(self, facts: Facts, items: Sequence[Item], bits: Bits) -> bool | None:
        return not facts.conditions.isdisjoint(self.names)

    def seen(self, facts: Facts) -> tuple[str, ...]:
        return tuple(name for name in self.names if name in facts.conditions)


@frozen
class Age(Condition):
    """The patient's age in whole years is at least ``at_least`` and below ``below``."""

    at_least: int | None = None
    below: int | None = None

    def __str__(self) -> str:
        if self.below is None:
            return f"is {self.at_least} or older"
        if self.at_least is None:
            return f"is younger than {self.below}"
        return f"is {self.at_least} to {self.below - 1}"

    def test(self, facts: Facts, items: Sequence[Item], bits: Bits) -> bool | None:
        age = facts.patient.age
        if age is None:
            return None
        return (self.at_least is None or age >= self.at_least) and (self.below is None or age < self.below)

    def seen(self, facts: Facts) -> tuple[str, ...]:
        return (f"age {facts.patient.age}",)

    @property
    def asks(self) -> tuple[str, ...]:
        return ("age",)


@frozen
class Kidney(Condition):
    """Renal function, eGFR or creatinine clearance in mL/min, is at least ``at_least`` and below ``below``."""

    below: int
    at_least: int = 0

    def __str__(self) -> str:
        if self.at_least:
            return f"has an eGFR or creatinine clearance of {self.at_least} to {self.below - 1} mL/min"
        return f"has an eGFR or creatinine clearance below {self.below} mL/min"

    def test(self, facts: Facts, items: Sequence[Item], bits: Bits) -> bool | None:
        if facts.kidney is None:
            return None
        low, high = facts.kidney
        if low >= self.below or high <= self.at_least:
            return False
        if low >= self.at_least and (high <= self.below or high - low < 1):
            return True
        return None

    def seen(self, facts: Facts) -> tuple[str, ...]:
        return (facts.shown_kidney,)

    @property
    def asks(self) -> tuple[str, ...]:
        return ("eGFR",)


@frozen
class Liver(Condition):
    """The patient has liver disease, or a Child-Pugh class of those named."""

    classes: tuple[str, ...] = ("A", "B", "C")

    def __str__(self) -> str:
        if self.classes == ("A", "B", "C"):
            return "has liver disease"
        return f"has liver disease of Child-Pugh class {_either(self.classes)}"

    def test(self, facts: Facts, items: Sequence[Item], bits: Bits) -> bool | None:
        graded = facts.patient.child_pugh
        if graded is not None:
            return graded.strip().upper()[-1:] in self.classes
        if "liver disease" not in facts.conditions:
            return False
        return True if self.classes == ("A", "B", "C") else None

    def seen(self, facts: Facts) -> tuple[str, ...]:
        graded = facts.patient.child_pugh
        return (f"Child-Pugh {graded}",) if graded is not None else ("liver disease",)

    @property
    def asks(self) -> tuple[str, ...]:
        return () if self.classes == ("A", "B", "C") else ("Child-Pugh class",)


@frozen
class Pregnant(Condition):
    """The patient is pregnant, from a week on where one is named. ``from_week`` without a known week: not known."""

    from_week: int | None = None

    def __str__(self) -> str:
        return "is pregnant" if self.from_week is None else f"is pregnant, {self.from_week} weeks or more"

    def test(self, facts: Facts, items: Sequence[Item], bits: Bits) -> bool | None:
        pregnant = facts.is_pregnant
        if not pregnant or self.from_week is None:
            return bool(pregnant)
        weeks = facts.patient.gestational_weeks
        return None if weeks is None else weeks >= self.from_week

    def seen(self, facts: Facts) -> tuple[str, ...]:
        weeks = facts.patient.gestational_weeks
        return ("pregnancy",) if weeks is None else (f"pregnancy, {decimal_text(weeks)} weeks",)

    @property
    def asks(self) -> tuple[str, ...]:
        return () if self.from_week is None else ("gestational weeks",)


class Tolerance(Enum):
    """What is known of a patient's tolerance of opioids."""

    NAIVE = "is not tolerant of opioids"
    UNKNOWN = "may or may not be tolerant of opioids: it is not stated"
    TOLERANT = "is tolerant of opioids"


@frozen
class OpioidTolerance(Condition):
    """What is stated of the patient's tolerance of opioids. It is asked for, never assumed."""

    is_: Tolerance

    def __str__(self) -> str:
        return self.is_.value

    def test(self, facts: Facts, items: Sequence[Item], bits: Bits) -> bool | None:
        stated = facts.patient.opioid_tolerant
        if "opioid naive" in facts.conditions or "lost opioid tolerance" in facts.conditions or stated is False:
            found = Tolerance.NAIVE
        elif stated is True or "opioid tolerant" in facts.conditions:
            found = Tolerance.TOLERANT
        else:
            found = Tolerance.UNKNOWN
        return found is self.is_

    def seen(self, facts: Facts) -> tuple[str, ...]:
        words = {
            Tolerance.NAIVE: "opioid naive",
            Tolerance.UNKNOWN: "opioid tolerance not stated",
            Tolerance.TOLERANT: "opioid tolerant",
        }
        return (words[self.is_],)


@frozen
class DayMme(Condition):
    """The day's MME, at the most the directions allow, reaches a figure.

    An incomplete total below it: not known. So is one that reaches it only if lines that may be one prescription are
    all taken.
    """

    at_least: int

    def __str__(self) -> str:
        return f"takes {self.at_least} MME a day or more"

    def test(self, facts: Facts, items: Sequence[Item], bits: Bits) -> bool | None:
        if facts.mme is None:
            return None
        if facts.mme >= self.at_least:
            return True
        if facts.mme_if_all is not None and facts.mme_if_all >= self.at_least:
            return None
        return False if facts.mme_is_complete else None

    def seen(self, facts: Facts) -> tuple[str, ...]:
        if facts.mme_if_all is not None:
            once, every = decimal_text(facts.mme or Fraction(0)), decimal_text(facts.mme_if_all)
            return (f"{once} MME a day ({every} if all lines that say the same are taken)",)
        return (f"{decimal_text(facts.mme or Fraction(0))} MME a day",)


@frozen
class QtcAbove(Condition):
    """The QTc is above a number of milliseconds."""

    ms: int

    def __str__(self) -> str:
        return f"has a QTc above {self.ms} ms"

    def test(self, facts: Facts, items: Sequence[Item], bits: Bits) -> bool | None:
        qtc = facts.patient.qtc_ms
        return None if qtc is None else qtc > self.ms

    def seen(self, facts: Facts) -> tuple[str, ...]:
        return (f"QTc {decimal_text(facts.patient.qtc_ms or Fraction(0))} ms",)


@frozen
class TreatedFor(Condition):
    """The patient's indication is one of these."""

    indications: tuple[Indication, ...]

    def __str__(self) -> str:
        return f"is treated for {_either(tuple(each.value for each in self.indications))}"

    def test(self, facts: Facts, items: Sequence[Item], bits: Bits) -> bool | None:
        return facts.indication in self.indications

    def seen(self, facts: Facts) -> tuple[str, ...]:
        return (facts.indication.value,) if facts.indication is not None else ()


@frozen
class Palliative(Condition):
    """Care is palliative or at the end of life, by indication, condition or context."""

    def __str__(self) -> str:
        return "care is palliative or at the end of life"

    def test(self, facts: Facts, items: Sequence[Item], bits: Bits) -> bool | None:
        return facts.is_palliative

    def seen(self, facts: Facts) -> tuple[str, ...]:
        return ("palliative care",)


@frozen
class InContext(Condition):
    """The context of care is one of these."""

    names: tuple[str, ...] = field()

    @names.validator
    def _known(self, _: object, names: tuple[str, ...]) -> None:
        unknown = [name for name in names if name not in CONTEXTS]
        if unknown:
            raise ValueError(f"not contexts we know: {unknown}")

    def __str__(self) -> str:
        return f"the context of care is {_either(self.names)}"

    def test(self, facts: Facts, items: Sequence[Item], bits: Bits) -> bool | None:
        return not facts.contexts.isdisjoint(self.names)

    def seen(self, facts: Facts) -> tuple[str, ...]:
        return tuple(name for name in self.names if name in facts.contexts)


@frozen
class AtHome(Condition):
    """Someone of these lives in or visits the household."""

    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"has {_either(self.words)} at home"

    def test(self, facts: Facts, items: Sequence[Item], bits: Bits) -> bool | None:
        return any(word in text.casefold() for text in facts.patient.household for word in self.words)

    def seen(self, facts: Facts) -> tuple[str, ...]:
        return tuple(facts.patient.household)


@frozen
class NaloxoneOnHand(Condition):
    """Naloxone is on the list or recorded as on hand."""

    who: Who

    def __str__(self) -> str:
        return f"has {self.who} on the list or on hand"

    def test(self, facts: Facts, items: Sequence[Item], bits: Bits) -> bool | None:
        return facts.safe_at_home or bool(facts.current(bits(self.who)))

    @property
    def groups(self) -> tuple[Who, ...]:
        return (self.who,)


# --- joined -----------------------------------------------------------------------------------------------------


@frozen
class Not(Condition):
    """A condition does not hold; one that is not known does not hold either."""

    one: Condition

    def __str__(self) -> str:
        return f"unless the patient {self.one}" if _about_patient(self.one) else f"unless {self.one}"

    def test(self, facts: Facts, items: Sequence[Item], bits: Bits) -> bool | None:
        return not self.one.test(facts, items, bits)

    @property
    def groups(self) -> tuple[Who, ...]:
        return self.one.groups


@frozen
class AnyOf(Condition):
    """At least one of several conditions holds."""

    ones: tuple[Condition, ...]

    def __str__(self) -> str:
        return (
            f"either {' or '.join(f'({each})' if isinstance(each, All | AnyOf) else str(each) for each in self.ones)}"
        )

    def test(self, facts: Facts, items: Sequence[Item], bits: Bits) -> bool | None:
        unknown = False
        for each in self.ones:
            found = each.test(facts, items, bits)
            if found:
                return True
            unknown = unknown or found is None
        return None if unknown else False

    def seen(self, facts: Facts) -> tuple[str, ...]:
        return tuple(
            word
            for each in self.ones
            if not each.groups and each.test(facts, (), _no_bits)
            for word in each.seen(facts)
        )

    def drugs(self, facts: Facts, bits: Bits) -> tuple[Item, ...]:
        return tuple(item for each in self.ones if isinstance(each, Takes) for item in facts.current(bits(each.who)))

    @property
    def groups(self) -> tuple[Who, ...]:
        return tuple(who for each in self.ones for who in each.groups)

    @property
    def asks(self) -> tuple[str, ...]:
        return tuple(ask for each in self.ones for ask in each.asks)


@frozen
class All(Condition):
    """Several conditions hold together."""

    ones: tuple[Condition, ...]

    def __str__(self) -> str:
        return " and ".join(f"({each})" if isinstance(each, AnyOf) else str(each) for each in self.ones)

    def test(self, facts: Facts, items: Sequence[Item], bits: Bits) -> bool | None:
        unknown = False
        for each in self.ones:
            found = each.test(facts, items, bits)
            if found is False:
                return False
            unknown = unknown or found is None
        return None if unknown else True

    def seen(self, facts: Facts) -> tuple[str, ...]:
        return tuple(word for each in self.ones for word in each.seen(facts))

    @property
    def groups(self) -> tuple[Who, ...]:
        return tuple(who for each in self.ones for who in each.groups)

    @property
    def asks(self) -> tuple[str, ...]:
        return tuple(ask for each in self.ones for ask in each.asks)


def _no_bits(who: Who) -> int:
    return 0


def _about_patient(one: Condition) -> bool:
    return str(one).split(" ", 1)[0] in ("takes", "has", "is", "either")


def _either(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


# --- shorter to write -------------------------------------------------------------------------------------------


def takes(who: Who, lasting: Lasting | None = None) -> Takes:
    """The patient takes a drug of a group."""
    return Takes(who, lasting)


def has(*names: str) -> Has:
    """The patient has one of these conditions."""
    return Has(names)


def both(*ones: Condition) -> All:
    """All of these hold."""
    return All(ones)


def either(*ones: Condition) -> AnyOf:
    """At least one of these holds."""
    return AnyOf(ones)


def unless(one: Condition) -> Not:
    """This does not hold."""
    return Not(one)
