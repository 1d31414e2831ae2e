"""The small words that rules are made of.

Every condition is data. It can say itself in words, test one case, and name the groups of drugs it asks about; a
database can later be asked the same from the same fields. A test answers True, False or None: not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from fractions import Fraction

from attrs import field, frozen

from medsteward.model.conditions import CONDITIONS, CONTEXTS, Indication
from medsteward.model.number import decimal_text
from medsteward.model.oud import OudTreatment
from medsteward.patient.clause import Clause
from medsteward.patient.drug_group import FOR_ITSELF, DrugGroup
from medsteward.patient.form import (
    AllOf,
    Among,
    AnyRow,
    Compare,
    CompareRange,
    Contains,
    Distinct,
    Form,
    IsStated,
    Mentions,
    Negated,
    NotKnown,
    OneOf,
    Op,
    RowAfter,
    Rows,
    SumAbove,
    Unless,
)
from medsteward.patient.overlaps import Lasting
from medsteward.patient.picture import Picture, Tolerance
from medsteward.patient.taken import TakenDrug


class CaseClause(Clause[Picture]):
    """One clause about a case."""

    __slots__ = ()

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        """Whether it holds for the case, or for ``items``, where it is about the drugs of a finding."""
        raise NotImplementedError

    def seen(self, picture: Picture) -> tuple[str, ...]:
        """The facts of the patient that made it true, in words."""
        return ()

    def drugs(self, picture: Picture) -> tuple[TakenDrug, ...]:
        """The drugs that belong to the finding because of it, beside those that the rule chooses."""
        return ()

    def lacking(self, picture: Picture) -> tuple[str, ...]:
        """The facts that would decide it, in words; empty where it is decided."""
        return self.asks if self.test(picture) is None else ()

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        """The groups of drugs it asks about."""
        return ()


def _current(who: DrugGroup) -> Form:
    """What of a group is taken now or will be."""
    return AllOf((who.form, Compare("ended", Op.IS, False)))


def _graded(classes: Sequence[str]) -> Form:
    ungraded = AllOf((Negated(IsStated("liver_grade")), Contains("conditions", ("liver disease",)), NotKnown()))
    return OneOf((Among("liver_grade", tuple(classes)), ungraded))


_FOR_ITSELF = tuple(sorted(each.value for each in FOR_ITSELF))


# --- drugs ------------------------------------------------------------------------------------------------------


@frozen
class Takes(CaseClause):
    """The patient takes a drug of a group.

    ``lasting`` is how long it counts after it was stopped. ``not_for_oud`` leaves out what treats opioid use disorder
    or may do so; it is for rules with one group.
    """

    who: DrugGroup
    lasting: Lasting | None = None
    not_for_oud: bool = False

    def __str__(self) -> str:
        if self.not_for_oud:
            return f"takes {self.who} that is not treatment of opioid use disorder"
        if self.lasting is None:
            return f"takes {self.who}"
        return f"takes {self.who} [{self.lasting}]"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return bool(picture.members(self.who))

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        return (self.who,)

    @property
    def form(self) -> Form:
        return AnyRow(Rows.TAKEN, _current(self.who))


@frozen
class TakesOnTheDay(CaseClause):
    """A drug of a group is taken on the day asked about, not only before or after it."""

    who: DrugGroup

    def __str__(self) -> str:
        return f"takes {self.who} on the day"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return bool(picture.on_the_day(self.who))

    def seen(self, picture: Picture) -> tuple[str, ...]:
        return tuple(dict.fromkeys([each.name for each in picture.on_the_day(self.who)]))

    @property
    def form(self) -> Form:
        today = (
            self.who.form,
            Compare("begun", Op.IS, True),
            Compare("ended", Op.IS, False),
            Among("role", _FOR_ITSELF),
        )
        return AnyRow(Rows.TAKEN, AllOf(today))


class Each(Enum):
    """What is counted once when several are asked for."""

    INGREDIENT = "ingredients"
    CLASS = "classes"
    LINE = "products"
    INGREDIENT_OR_PRESCRIBER = "ingredients or prescribers"


@frozen
class TakesSeveral(CaseClause):
    """The patient takes several of a group at the same time, each kind counted once."""

    who: DrugGroup
    at_least: int
    each: Each = Each.INGREDIENT

    def __str__(self) -> str:
        number = {2: "two", 3: "three", 4: "four"}[self.at_least]
        return f"takes {number} or more different {self.each.value} of: {self.who}"

    def counted(self, items: Sequence[TakenDrug]) -> int:
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

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return self.counted(picture.members(self.who)) >= self.at_least

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        return (self.who,)

    @property
    def form(self) -> Form:
        where = _current(self.who)
        if self.each is Each.CLASS:
            return Distinct(Rows.TAKEN, where, ("drug_class",), self.at_least)
        if self.each is Each.LINE:
            repeated = AllOf((Compare("again", Op.IS, True), IsStated("daily_mg")))
            return Distinct(Rows.TAKEN, AllOf((where, Negated(repeated))), ("line",), self.at_least)
        ingredients = Distinct(Rows.TAKEN, where, ("ingredient",), self.at_least)
        if self.each is Each.INGREDIENT:
            return ingredients
        return OneOf((ingredients, Distinct(Rows.TAKEN, where, ("ingredient", "prescriber"), self.at_least)))


@frozen
class DailyAbove(CaseClause):
    """The day's total of one ingredient over all lines is above a limit, in mg. ``or_unknown``: also if not known.

    Lines that may be one prescription are added once.
    """

    who: DrugGroup
    limit_mg: Fraction
    or_unknown: bool = False

    def __str__(self) -> str:
        unknown = ", or a dose that is not stated" if self.or_unknown else ""
        return f"has more than {decimal_text(self.limit_mg, thousands=True)} mg of {self.who} a day in all{unknown}"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        today = picture.today
        total, unknown = Fraction(0), False
        for item in picture.members(self.who):
            if item.since <= today and not item.again:
                if item.part.daily_mg is None:
                    unknown = True
                else:
                    total += item.part.daily_mg
        if total > self.limit_mg:
            return True
        return (self.or_unknown or None) if unknown else False

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        return (self.who,)

    @property
    def form(self) -> Form:
        where = AllOf((_current(self.who), Compare("begun", Op.IS, True), Compare("again", Op.IS, False)))
        above = SumAbove(Rows.TAKEN, where, "daily_mg", self.limit_mg)
        return OneOf((above, AnyRow(Rows.TAKEN, where, Negated(IsStated("daily_mg"))))) if self.or_unknown else above


@frozen
class MoreThanDosesADay(CaseClause):
    """A drug of the finding is taken more often in a day than a number of times."""

    who: DrugGroup
    times: int

    def __str__(self) -> str:
        return f"takes {self.who} more than {self.times} times a day"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        known = [item.part.times_a_day for item in picture.members(self.who)]
        if any(times is not None and times > self.times for times in known):
            return True
        return None if any(times is None for times in known) else False

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        return (self.who,)

    @property
    def form(self) -> Form:
        return AnyRow(Rows.TAKEN, _current(self.who), Compare("times_a_day", Op.ABOVE, self.times))


@frozen
class StartedWithin(CaseClause):
    """A drug of the finding that belongs to the group began at most so many days before the day asked about."""

    who: DrugGroup
    days: int

    def __str__(self) -> str:
        return f"{self.who} was started within {self.days} days, or is yet to start"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        earliest = picture.today - self.days
        return any(item.since >= earliest and item.belongs_to(self.who) for item in items or picture.every)

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        return (self.who,)

    @property
    def form(self) -> Form:
        return AnyRow(Rows.FOUND, AllOf((self.who.form, Compare("days_since_start", Op.UP_TO, self.days))))


@frozen
class Includes(CaseClause):
    """A drug of the finding belongs to a group."""

    who: DrugGroup

    def __str__(self) -> str:
        return f"{self.who} is among them"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return any(item.belongs_to(self.who) for item in items)

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        return (self.who,)

    @property
    def form(self) -> Form:
        return AnyRow(Rows.FOUND, self.who.form)


@frozen
class StartedAfter(CaseClause):
    """Of the drugs of the finding, one of ``later`` began after one of ``earlier``, which goes on."""

    later: DrugGroup
    earlier: DrugGroup

    def __str__(self) -> str:
        return f"{self.later} was added to {self.earlier} that was already taken"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        late = [item for item in items if item.belongs_to(self.later)]
        early = [item for item in items if item.belongs_to(self.earlier)]
        return any(a.since > b.since for a in late for b in early)

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        return (self.later, self.earlier)

    @property
    def form(self) -> Form:
        return RowAfter(Rows.FOUND, self.later.form, self.earlier.form)


_TREATMENT = frozenset(each for each in OudTreatment if each.goes_on)
_TREATMENT_NAMES = tuple(sorted(each.name for each in _TREATMENT))


@frozen
class TreatsOud(CaseClause):
    """An opioid of the finding is treatment of opioid use disorder."""

    def __str__(self) -> str:
        return "the opioid is treatment of opioid use disorder"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        if picture.answers_oud.isdisjoint(_TREATMENT):
            return False
        return any(item.oud in _TREATMENT for item in items or picture.every)

    @property
    def form(self) -> Form:
        return AnyRow(Rows.FOUND, Among("oud", _TREATMENT_NAMES))


@frozen
class MayTreatOud(CaseClause):
    """It is not clear whether an opioid of the finding is treatment of opioid use disorder, and none surely is."""

    def __str__(self) -> str:
        return "it is not clear whether the opioid is treatment of opioid use disorder"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        if OudTreatment.UNCLEAR not in picture.answers_oud:
            return False
        found = [item.oud for item in items or picture.every]
        return OudTreatment.UNCLEAR in found and not any(each.goes_on for each in found)

    @property
    def form(self) -> Form:
        unclear = AnyRow(Rows.FOUND, Among("oud", (OudTreatment.UNCLEAR.name,)))
        return AllOf((unclear, Negated(AnyRow(Rows.FOUND, Among("oud", _TREATMENT_NAMES)))))


@frozen
class SeveralPrescribers(CaseClause):
    """The drugs of the finding have more than one prescriber."""

    def __str__(self) -> str:
        return "more than one prescriber is involved"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return len({item.prescriber for item in items if item.prescriber is not None}) > 1

    @property
    def form(self) -> Form:
        return Distinct(Rows.FOUND, AllOf(()), ("prescriber",), 2)


# --- the patient ------------------------------------------------------------------------------------------------


@frozen
class Has(CaseClause):
    """The patient has one of these conditions."""

    names: tuple[str, ...] = field()

    @names.validator
    def _known(self, _: object, names: tuple[str, ...]) -> None:
        unknown = [name for name in names if name not in CONDITIONS]
        if unknown:
            raise ValueError(f"not conditions we know: {unknown}")

    def __str__(self) -> str:
        return f"has {_either(self.names)}"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return not picture.conditions.isdisjoint(self.names)

    def seen(self, picture: Picture) -> tuple[str, ...]:
        return tuple(picture.as_stated(name) for name in self.names if name in picture.conditions)

    @property
    def form(self) -> Form:
        return Contains("conditions", self.names)


@frozen
class Age(CaseClause):
    """The patient's age in whole years is at least ``at_least`` and below ``below``."""

    at_least: int | None = None
    below: int | None = None

    def __str__(self) -> str:
        if self.below is None:
            return f"is {self.at_least} or older"
        if self.at_least is None:
            return f"is younger than {self.below}"
        return f"is {self.at_least} to {self.below - 1}"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        age = picture.patient.age
        if age is None:
            return None
        return (self.at_least is None or age >= self.at_least) and (self.below is None or age < self.below)

    def seen(self, picture: Picture) -> tuple[str, ...]:
        return (f"age {picture.patient.age}",)

    @property
    def asks(self) -> tuple[str, ...]:
        return ("age",)

    @property
    def form(self) -> Form:
        limits = ((Op.AT_LEAST, self.at_least), (Op.BELOW, self.below))
        return AllOf(tuple(Compare("age", op, limit) for op, limit in limits if limit is not None))


@frozen
class Kidney(CaseClause):
    """Renal function, eGFR or creatinine clearance in mL/min, within limits.

    ``below`` and ``above`` do not include the limit, ``at_least`` and ``up_to`` do. ``brief``: the short name of the
    figure is told, and a stage as the range it stands for.
    """

    below: int | Fraction | None = None
    at_least: int | Fraction | None = None
    up_to: int | Fraction | None = None
    above: int | Fraction | None = None
    brief: bool = False

    def __str__(self) -> str:
        if self.below is not None and self.at_least is not None:
            within = f"of {self.at_least} to {self.below - 1}"
        else:
            limits = {"at least": self.at_least, "above": self.above, "below": self.below, "up to": self.up_to}
            within = " and ".join(f"{word} {limit}" for word, limit in limits.items() if limit is not None)
        return f"has an eGFR or creatinine clearance {within} mL/min"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        kidney = picture.kidney
        if kidney is None:
            return None
        return _all(
            (
                self.below is None or kidney.is_below(self.below),
                self.up_to is None or kidney.is_up_to(self.up_to),
                self.at_least is None or _not(kidney.is_below(self.at_least)),
                self.above is None or _not(kidney.is_up_to(self.above)),
            )
        )

    def seen(self, picture: Picture) -> tuple[str, ...]:
        if picture.kidney is None:
            return ()
        return (str(picture.kidney) if self.brief else picture.kidney.in_full,)

    @property
    def asks(self) -> tuple[str, ...]:
        return ("eGFR",)

    @property
    def form(self) -> Form:
        limits = (
            (Op.BELOW, self.below),
            (Op.AT_LEAST, self.at_least),
            (Op.UP_TO, self.up_to),
            (Op.ABOVE, self.above),
        )
        return AllOf(tuple(CompareRange("kidney", op, limit) for op, limit in limits if limit is not None))


@frozen
class ChildPugh(CaseClause):
    """The patient's liver disease is graded, as one of these Child-Pugh classes."""

    classes: str

    def __str__(self) -> str:
        return f"is graded Child-Pugh {_either(tuple(self.classes))}"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        if picture.liver_grade is not None:
            return picture.liver_grade in self.classes
        return None if "liver disease" in picture.conditions else False

    def seen(self, picture: Picture) -> tuple[str, ...]:
        return (f"Child-Pugh {picture.liver_grade}",)

    @property
    def asks(self) -> tuple[str, ...]:
        return ("Child-Pugh class",)

    @property
    def form(self) -> Form:
        return _graded(self.classes)


@frozen
class Liver(CaseClause):
    """The patient has liver disease, or a Child-Pugh class of those named."""

    classes: tuple[str, ...] = ("A", "B", "C")

    def __str__(self) -> str:
        if self.classes == ("A", "B", "C"):
            return "has liver disease"
        return f"has liver disease of Child-Pugh class {_either(self.classes)}"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        if picture.liver_grade is not None:
            return picture.liver_grade in self.classes
        if "liver disease" not in picture.conditions:
            return False
        return True if self.classes == ("A", "B", "C") else None

    def seen(self, picture: Picture) -> tuple[str, ...]:
        graded = picture.patient.child_pugh
        return (f"Child-Pugh {graded}",) if graded is not None else ("liver disease",)

    @property
    def asks(self) -> tuple[str, ...]:
        return () if self.classes == ("A", "B", "C") else ("Child-Pugh class",)

    @property
    def form(self) -> Form:
        return Contains("conditions", ("liver disease",)) if self.classes == ("A", "B", "C") else _graded(self.classes)


@frozen
class Pregnant(CaseClause):
    """The patient is pregnant, from a week on where one is named; without a known week: not known.

    Pregnancy that is not stated is taken for none, as a condition is that is not listed: nobody is asked for it.
    """

    from_week: int | None = None

    def __str__(self) -> str:
        return "is pregnant" if self.from_week is None else f"is pregnant, {self.from_week} weeks or more"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        if not picture.is_pregnant or self.from_week is None:
            return bool(picture.is_pregnant)
        weeks = picture.patient.gestational_weeks
        return None if weeks is None else weeks >= self.from_week

    def seen(self, picture: Picture) -> tuple[str, ...]:
        weeks = picture.patient.gestational_weeks
        return ("pregnancy",) if weeks is None else (f"pregnancy, {decimal_text(weeks)} weeks",)

    @property
    def asks(self) -> tuple[str, ...]:
        return () if self.from_week is None else ("gestational weeks",)

    @property
    def form(self) -> Form:
        pregnant = Unless(Unless(Compare("pregnant", Op.IS, True)))
        if self.from_week is None:
            return pregnant
        return AllOf((pregnant, Compare("gestational_weeks", Op.AT_LEAST, self.from_week)))


@frozen
class OpioidTolerance(CaseClause):
    """What is stated of the patient's tolerance of opioids. It is asked for, never assumed."""

    is_: Tolerance

    def __str__(self) -> str:
        return self.is_.value

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return picture.tolerance is self.is_

    def seen(self, picture: Picture) -> tuple[str, ...]:
        words = {
            Tolerance.NAIVE: "opioid naive",
            Tolerance.UNKNOWN: "opioid tolerance not stated",
            Tolerance.TOLERANT: "opioid tolerant",
        }
        return (words[self.is_],)

    @property
    def form(self) -> Form:
        return Among("tolerance", (self.is_.name,))


@frozen
class DayMme(CaseClause):
    """The day's MME, at the most the directions allow, reaches a figure.

    An incomplete total below it: not known. So is one that reaches it only if lines that may be one prescription are
    all taken.
    """

    at_least: int

    def __str__(self) -> str:
        return f"takes {self.at_least} MME a day or more"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return picture.reaches(self.at_least)

    def seen(self, picture: Picture) -> tuple[str, ...]:
        once = decimal_text(Fraction(0) if picture.mme is None else picture.mme.value)
        if picture.mme_if_all is not None:
            every = decimal_text(picture.mme_if_all.value)
            return (f"{once} MME a day ({every} if all lines that say the same are taken)",)
        return (f"{once} MME a day",)

    @property
    def form(self) -> Form:
        return CompareRange("mme", Op.AT_LEAST, self.at_least)


@frozen
class QtcAbove(CaseClause):
    """The QTc is above a number of milliseconds."""

    ms: int

    def __str__(self) -> str:
        return f"has a QTc above {self.ms} ms"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        qtc = picture.patient.qtc_ms
        return None if qtc is None else qtc > self.ms

    def seen(self, picture: Picture) -> tuple[str, ...]:
        return (f"QTc {decimal_text(picture.patient.qtc_ms or Fraction(0))} ms",)

    @property
    def form(self) -> Form:
        return Compare("qtc_ms", Op.ABOVE, self.ms)


@frozen
class TreatedFor(CaseClause):
    """The patient's indication is one of these."""

    indications: tuple[Indication, ...]

    def __str__(self) -> str:
        return f"is treated for {_either(tuple(each.value for each in self.indications))}"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return picture.indication in self.indications

    def seen(self, picture: Picture) -> tuple[str, ...]:
        return () if picture.indication is None else (picture.indication.value,)

    @property
    def form(self) -> Form:
        return Among("indication", tuple(each.value for each in self.indications))


@frozen
class Palliative(CaseClause):
    """Care is palliative or at the end of life, by indication, condition or context."""

    def __str__(self) -> str:
        return "care is palliative or at the end of life"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return picture.is_palliative

    def seen(self, picture: Picture) -> tuple[str, ...]:
        return ("palliative care",)

    @property
    def form(self) -> Form:
        return Compare("palliative", Op.IS, True)


@frozen
class InContext(CaseClause):
    """The context of care is one of these."""

    names: tuple[str, ...] = field()

    @names.validator
    def _known(self, _: object, names: tuple[str, ...]) -> None:
        unknown = [name for name in names if name not in CONTEXTS]
        if unknown:
            raise ValueError(f"not contexts we know: {unknown}")

    def __str__(self) -> str:
        return f"the context of care is {_either(self.names)}"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return not picture.contexts.isdisjoint(self.names)

    def seen(self, picture: Picture) -> tuple[str, ...]:
        return tuple(name for name in self.names if name in picture.contexts)

    @property
    def form(self) -> Form:
        return Contains("contexts", self.names)


@frozen
class Says(CaseClause):
    """The patient's indication or a condition, as it is written, holds one of these parts of words."""

    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"has {_either(self.words)} named in the indication or a condition"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return any(word in picture.said for word in self.words)

    def seen(self, picture: Picture) -> tuple[str, ...]:
        return tuple(word for word in self.words if word in picture.said)

    @property
    def form(self) -> Form:
        return Mentions("said", self.words)


@frozen
class AtHome(CaseClause):
    """Someone of these lives in or visits the household."""

    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"has {_either(self.words)} at home"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return any(word in text.casefold() for text in picture.patient.household for word in self.words)

    def seen(self, picture: Picture) -> tuple[str, ...]:
        return tuple(picture.patient.household)

    @property
    def form(self) -> Form:
        return Mentions("household", self.words)


@frozen
class NaloxoneOnHand(CaseClause):
    """Naloxone is on the list or recorded as on hand."""

    who: DrugGroup

    def __str__(self) -> str:
        return f"has {self.who} on the list or on hand"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return picture.has_naloxone_recorded or bool(picture.members(self.who))

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        return (self.who,)

    @property
    def form(self) -> Form:
        return OneOf((Compare("naloxone_recorded", Op.IS, True), AnyRow(Rows.TAKEN, _current(self.who))))


# --- joined -----------------------------------------------------------------------------------------------------


@frozen
class Not(CaseClause):
    """A condition does not hold; one that is not known does not hold either."""

    one: CaseClause

    def __str__(self) -> str:
        return f"unless the patient {self.one}" if _about_patient(self.one) else f"unless {self.one}"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        return not self.one.test(picture, items)

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        return self.one.groups

    @property
    def form(self) -> Form:
        return Unless(self.one.form)


@frozen
class AnyOf(CaseClause):
    """At least one of several conditions holds."""

    ones: tuple[CaseClause, ...]

    def __str__(self) -> str:
        return (
            f"either {' or '.join(f'({each})' if isinstance(each, All | AnyOf) else str(each) for each in self.ones)}"
        )

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        unknown = False
        for each in self.ones:
            found = each.test(picture, items)
            if found:
                return True
            unknown = unknown or found is None
        return None if unknown else False

    def seen(self, picture: Picture) -> tuple[str, ...]:
        return tuple(
            word for each in self.ones if not each.groups and each.test(picture) for word in each.seen(picture)
        )

    def lacking(self, picture: Picture) -> tuple[str, ...]:
        return _lacking(self, self.ones, picture)

    def drugs(self, picture: Picture) -> tuple[TakenDrug, ...]:
        return tuple(item for each in self.ones if isinstance(each, Takes) for item in picture.members(each.who))

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        return tuple(who for each in self.ones for who in each.groups)

    @property
    def asks(self) -> tuple[str, ...]:
        return tuple(ask for each in self.ones for ask in each.asks)

    @property
    def form(self) -> Form:
        return OneOf(tuple(each.form for each in self.ones))


@frozen
class All(CaseClause):
    """Several conditions hold together."""

    ones: tuple[CaseClause, ...]

    def __str__(self) -> str:
        return " and ".join(f"({each})" if isinstance(each, AnyOf) else str(each) for each in self.ones)

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        unknown = False
        for each in self.ones:
            found = each.test(picture, items)
            if found is False:
                return False
            unknown = unknown or found is None
        return None if unknown else True

    def seen(self, picture: Picture) -> tuple[str, ...]:
        return tuple(word for each in self.ones for word in each.seen(picture))

    def lacking(self, picture: Picture) -> tuple[str, ...]:
        return _lacking(self, self.ones, picture)

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        return tuple(who for each in self.ones for who in each.groups)

    @property
    def asks(self) -> tuple[str, ...]:
        return tuple(ask for each in self.ones for ask in each.asks)

    @property
    def form(self) -> Form:
        return AllOf(tuple(each.form for each in self.ones))


def _not(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def _all(answers: Iterable[bool | None]) -> bool | None:
    """No where one is no, else not known where one is not known."""
    known: bool | None = True
    for each in answers:
        if each is False:
            return False
        known = None if each is None else known
    return known


def _lacking(joined: CaseClause, ones: Sequence[CaseClause], picture: Picture) -> tuple[str, ...]:
    if joined.test(picture) is not None:
        return ()
    return tuple(dict.fromkeys([ask for each in ones for ask in each.lacking(picture)]))


def _about_patient(one: CaseClause) -> bool:
    return str(one).split(" ", 1)[0] in ("takes", "has", "is", "either")


def _either(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


# --- shorter to write -------------------------------------------------------------------------------------------


def takes(who: DrugGroup, lasting: Lasting | None = None) -> Takes:
    """The patient takes a drug of a group."""
    return Takes(who, lasting)


def has(*names: str) -> Has:
    """The patient has one of these conditions."""
    return Has(names)


def both(*ones: CaseClause) -> All:
    """All of these hold."""
    return All(ones)


def either(*ones: CaseClause) -> AnyOf:
    """At least one of these holds."""
    return AnyOf(ones)


def unless(one: CaseClause) -> Not:
    """This does not hold."""
    return Not(one)
