"""Clauses about figures and grades of a patient: age, kidneys, liver, pregnancy, tolerance, MME, QTc."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from medsteward.model.missing import AGE, CHILD_PUGH, GESTATION, KIDNEY, Ask
from medsteward.model.number import decimal_text
from medsteward.patient.case_clause import CaseClause, all_of, negated, or_words
from medsteward.patient.drug_group import DrugGroup
from medsteward.patient.form import (
    AllOf,
    Among,
    Compare,
    CompareRange,
    Contains,
    Form,
    IsStated,
    Negated,
    NotKnown,
    OneOf,
    Op,
    Unless,
)
from medsteward.patient.picture import Picture, Tolerance
from medsteward.patient.taken import TakenDrug


def _graded(classes: Sequence[str]) -> Form:
    ungraded = AllOf((Negated(IsStated("liver_grade")), Contains("conditions", ("liver disease",)), NotKnown()))
    return OneOf((Among("liver_grade", tuple(classes)), ungraded))


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
        return self.holds_at(picture.patient.age)

    def holds_at(self, age: int | None) -> bool | None:
        """Whether it holds at an age in whole years; None: the age is not known."""
        if age is None:
            return None
        return (self.at_least is None or age >= self.at_least) and (self.below is None or age < self.below)

    def seen(self, picture: Picture) -> tuple[str, ...]:
        return (f"age {picture.patient.age}",)

    @property
    def asks(self) -> tuple[Ask, ...]:
        return (AGE,)

    @property
    def form(self) -> Form:
        limits = ((Op.AT_LEAST, self.at_least), (Op.BELOW, self.below))
        return AllOf(tuple(Compare("age", op, limit) for op, limit in limits if limit is not None))


@frozen
class Kidney(CaseClause):
    """Renal function, eGFR or creatinine clearance in mL/min, within limits.

    ``below`` and ``above`` do not include the limit, ``at_least`` and ``up_to`` do. ``brief``: the short name of the
    figure is told, and a stage as the range it stands for. ``stated``: what is not known does not hold, and nobody is
    asked for it.
    """

    below: int | Fraction | None = None
    at_least: int | Fraction | None = None
    up_to: int | Fraction | None = None
    above: int | Fraction | None = None
    brief: bool = False
    stated: bool = False

    def __str__(self) -> str:
        if self.below is not None and self.at_least is not None:
            within = f"of {self.at_least} to {self.below - 1}"
        else:
            limits = {"at least": self.at_least, "above": self.above, "below": self.below, "up to": self.up_to}
            within = " and ".join(f"{word} {limit}" for word, limit in limits.items() if limit is not None)
        figure = "a stated eGFR" if self.stated else "an eGFR"
        return f"has {figure} or creatinine clearance {within} mL/min"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        answer = self._test(picture)
        return bool(answer) if self.stated else answer

    def _test(self, picture: Picture) -> bool | None:
        kidney = picture.kidney
        if kidney is None:
            return None
        answers: list[bool | None] = []
        if self.below is not None:
            answers.append(kidney.is_below(self.below))
        if self.up_to is not None:
            answers.append(kidney.is_up_to(self.up_to))
        if self.at_least is not None:
            answers.append(negated(kidney.is_below(self.at_least)))
        if self.above is not None:
            answers.append(negated(kidney.is_up_to(self.above)))
        return answers[0] if len(answers) == 1 else all_of(answers)

    def seen(self, picture: Picture) -> tuple[str, ...]:
        if picture.kidney is None:
            return ()
        return (str(picture.kidney) if self.brief else picture.kidney.in_full,)

    @property
    def asks(self) -> tuple[Ask, ...]:
        return () if self.stated else (KIDNEY,)

    @property
    def form(self) -> Form:
        limits = (
            (Op.BELOW, self.below),
            (Op.AT_LEAST, self.at_least),
            (Op.UP_TO, self.up_to),
            (Op.ABOVE, self.above),
        )
        asked = AllOf(tuple(CompareRange("kidney", op, limit) for op, limit in limits if limit is not None))
        return Unless(Unless(asked)) if self.stated else asked


@frozen
class ChildPugh(CaseClause):
    """The patient's liver disease is graded, as one of these Child-Pugh classes."""

    classes: str

    def __str__(self) -> str:
        return f"is graded Child-Pugh {or_words(tuple(self.classes))}"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        if picture.liver_grade is not None:
            return picture.liver_grade in self.classes
        return None if "liver disease" in picture.conditions else False

    def seen(self, picture: Picture) -> tuple[str, ...]:
        return (f"Child-Pugh {picture.liver_grade}",)

    @property
    def only_with(self) -> tuple[DrugGroup | str, ...] | None:
        return ("liver disease",)

    @property
    def asks(self) -> tuple[Ask, ...]:
        return (CHILD_PUGH,)

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
        return f"has liver disease of Child-Pugh class {or_words(self.classes)}"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        if picture.liver_grade is not None:
            return picture.liver_grade in self.classes
        if "liver disease" not in picture.conditions:
            return False
        return True if self.classes == ("A", "B", "C") else None

    def seen(self, picture: Picture) -> tuple[str, ...]:
        graded = picture.liver_grade
        return (f"Child-Pugh {graded}",) if graded is not None else ("liver disease",)

    @property
    def only_with(self) -> tuple[DrugGroup | str, ...] | None:
        return ("liver disease",)

    @property
    def asks(self) -> tuple[Ask, ...]:
        return () if self.classes == ("A", "B", "C") else (CHILD_PUGH,)

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
    def only_with(self) -> tuple[DrugGroup | str, ...] | None:
        return ("pregnancy",)

    @property
    def asks(self) -> tuple[Ask, ...]:
        return () if self.from_week is None else (GESTATION,)

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
