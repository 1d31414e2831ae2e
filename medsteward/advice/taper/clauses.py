"""Clauses about a taper that is asked for: what is lowered, why, by whose wish, under whom, and for which patient.

They are of the one language of ``patient``: yes, no, or None where it is not known. ``asked_row`` says what each column
of their plain form holds.
"""

from __future__ import annotations

import re

from attrs import frozen

from medsteward.advice.plan.crisis import asked_about, texts_of_stated
from medsteward.advice.taper.asked import TaperAsked, class_of
from medsteward.advice.taper.policy_fit import against, conditions_in, is_open, lacks
from medsteward.model.answer import plain
from medsteward.model.conditions import Indication
from medsteward.model.drug import DrugClass
from medsteward.model.missing import CONDITIONS, OPIOID_FOR, Ask
from medsteward.model.oud import OudTreatment
from medsteward.model.problem import Caution, Problem
from medsteward.model.stated import Because, SupervisorRole
from medsteward.patient.case_clause import or_words
from medsteward.patient.clause import Clause
from medsteward.patient.columns import Row, case_row
from medsteward.patient.drug_group import FOR_ITSELF
from medsteward.patient.form import AllOf, Among, AnyRow, Compare, Contains, Form, IsStated, NotKnown, OneOf, Op, Rows

TaperClause = Clause[TaperAsked]

AGONISTS = tuple(each for each in DrugClass if each.is_opioid_agonist)
"""The classes of opioids."""


@frozen
class Lowers(TaperClause):
    """A drug of these classes, or one of these ingredients, is to be lowered."""

    words: str
    classes: tuple[DrugClass, ...] = ()
    ingredients: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.words} is lowered"

    def test(self, asked: TaperAsked, /) -> bool | None:
        return bool(asked.of(*self.classes)) or any(name in self.ingredients for name in asked.names)

    @property
    def form(self) -> Form:
        either = (
            Among("drug_class", tuple(each.value for each in self.classes)),
            Among("ingredient", self.ingredients),
        )
        return AnyRow(Rows.LOWERED, OneOf(either))


LOWERS_OPIOID = Lowers("an opioid", AGONISTS)
LOWERS_BENZODIAZEPINE = Lowers("a benzodiazepine", (DrugClass.BENZODIAZEPINE,))


@frozen
class LowersOudTreatment(TaperClause):
    """A drug to be lowered treats opioid use disorder; not known where none surely does and one may."""

    def __str__(self) -> str:
        return "treatment of opioid use disorder is lowered"

    def test(self, asked: TaperAsked, /) -> bool | None:
        found = [asked.oud_of(name) for name in asked.names]
        if any(each.goes_on for each in found):
            return True
        return None if OudTreatment.UNCLEAR in found else False

    @property
    def asks(self) -> tuple[Ask, ...]:
        return (OPIOID_FOR,)

    @property
    def form(self) -> Form:
        surely = Among("oud", tuple(sorted(each.name for each in OudTreatment if each.goes_on)))
        unclear = AllOf((Among("oud", (OudTreatment.UNCLEAR.name,)), NotKnown()))
        return AnyRow(Rows.LOWERED, AllOf(()), OneOf((surely, unclear)))


@frozen
class TakesBeside(TaperClause):
    """A drug of these classes is taken on the day, on the skin or otherwise."""

    words: str
    classes: tuple[DrugClass, ...]

    def __str__(self) -> str:
        return f"{self.words} is taken"

    def test(self, asked: TaperAsked, /) -> bool | None:
        return bool(asked.picture.takes(*self.classes))

    @property
    def form(self) -> Form:
        today = (
            Among("drug_class", tuple(each.value for each in self.classes)),
            Compare("begun", Op.IS, True),
            Compare("ended", Op.IS, False),
            Among("role", tuple(sorted(each.value for each in FOR_ITSELF))),
        )
        return AnyRow(Rows.TAKEN, AllOf(today))


@frozen
class BecauseOf(TaperClause):
    """The reason that is stated is one of these."""

    reasons: tuple[Because, ...]

    def __str__(self) -> str:
        return f"the reason is {or_words(tuple(each.words for each in self.reasons))}"

    def test(self, asked: TaperAsked, /) -> bool | None:
        return asked.stated.because in self.reasons

    @property
    def form(self) -> Form:
        return Among("because", tuple(each.value for each in self.reasons))


@frozen
class ByPatient(TaperClause):
    """The patient asks for it."""

    def __str__(self) -> str:
        return "the patient asks for it"

    def test(self, asked: TaperAsked, /) -> bool | None:
        return asked.stated.is_by_patient

    @property
    def form(self) -> Form:
        return Compare("by_patient", Op.IS, True)


@frozen
class SaysWhy(TaperClause):
    """A field says why."""

    def __str__(self) -> str:
        return "a field says why it is lowered"

    def test(self, asked: TaperAsked, /) -> bool | None:
        return asked.stated.says_why

    @property
    def form(self) -> Form:
        return OneOf((Compare("by_patient", Op.IS, True), IsStated("because")))


@frozen
class SaysWhatFor(TaperClause):
    """A line or the case says what the medicine is for, in whatever words."""

    def __str__(self) -> str:
        return "it is stated what the medicine is for"

    def test(self, asked: TaperAsked, /) -> bool | None:
        return bool(asked.indications)

    @property
    def form(self) -> Form:
        return Compare("says_what_for", Op.IS, True)


@frozen
class SaysOrder(TaperClause):
    """What comes first names one side: an opioid or a benzodiazepine that is lowered, or its class."""

    def __str__(self) -> str:
        return "it is stated which of the two comes first"

    def test(self, asked: TaperAsked, /) -> bool | None:
        sides = (*asked.opioids, *asked.of(DrugClass.BENZODIAZEPINE))
        words = {"opioid", "opioids", "benzodiazepine", "benzodiazepines"}
        return asked.first in words or any(asked.first == name.casefold() for name in sides)

    @property
    def form(self) -> Form:
        return Compare("says_order", Op.IS, True)


@frozen
class SupervisedFrom(TaperClause):
    """Somebody supervises from one of these fields."""

    roles: tuple[SupervisorRole, ...]

    def __str__(self) -> str:
        return f"it is supervised from {or_words(tuple(each.words for each in self.roles))}"

    def test(self, asked: TaperAsked, /) -> bool | None:
        return asked.stated.supervised_from(*self.roles) is not None

    @property
    def form(self) -> Form:
        return Contains("supervised_from", tuple(each.value for each in self.roles))


@frozen
class Answered(TaperClause):
    """A question has an answer, whatever it says."""

    name: str

    def __str__(self) -> str:
        return f'the question "{self.name}" is answered'

    def test(self, asked: TaperAsked, /) -> bool | None:
        return bool(asked.answered(self.name))

    @property
    def form(self) -> Form:
        return Contains("answered", (self.name,))


ASSESSED = "assessed"
"""The name of the question whether the person was seen."""
_NO = frozenset({"n", "none", "false", "never", "nobody", "no one", "negative"})
"""Answers that say that nobody was assessed."""
_NO_FIRST = re.compile(r"(?:not?|nobody|cannot|could not|unable|will|to be|tomorrow|later)\b")
"""How an answer begins that says so, whatever follows: on the safe side, "no, tomorrow" is a no."""


@frozen
class WasAssessed(TaperClause):
    """Somebody says that the person was seen, and not only that nobody has seen them."""

    def __str__(self) -> str:
        return "it is answered that the person was assessed"

    def test(self, asked: TaperAsked, /) -> bool | None:
        said = plain(asked.answered(ASSESSED))
        return bool(said) and said not in _NO and not _NO_FIRST.match(said)

    @property
    def form(self) -> Form:
        return Compare("was_assessed", Op.IS, True)


@frozen
class SpecialCare(TaperClause):
    """An opioid is lowered in care that CDC's guideline leaves out, or a benzodiazepine in palliative care."""

    def __str__(self) -> str:
        return "an opioid is lowered in care that CDC 2022 leaves out, or a benzodiazepine in palliative care"

    def test(self, asked: TaperAsked, /) -> bool | None:
        return bool(special_care(asked))

    @property
    def form(self) -> Form:
        outside = IsStated("care_outside")
        palliative = Contains("indications", (Indication.PALLIATIVE_CARE.value,))
        return OneOf((AllOf((outside, LOWERS_OPIOID.form)), AllOf((palliative, LOWERS_BENZODIAZEPINE.form))))


def special_care(asked: TaperAsked) -> str:
    """The care in which lowering needs the patient's request or toxicity; empty: none."""
    outside = asked.picture.is_outside
    if outside is None:
        return ""
    if asked.opioids:
        return outside.value
    if asked.of(DrugClass.BENZODIAZEPINE) and Indication.PALLIATIVE_CARE in asked.picture.indications:
        return Indication.PALLIATIVE_CARE.value
    return ""


@frozen
class PolicyIsNotFor(TaperClause):
    """A chosen policy is not for a condition of the patient; not known where it names some and none is stated."""

    def __str__(self) -> str:
        return "a chosen policy is not for a patient with one of the conditions"

    def test(self, asked: TaperAsked, /) -> bool | None:
        if any(against(policy, asked) for policy in asked.policies):
            return True
        return None if any(is_open(policy, asked) for policy in asked.policies) else False

    @property
    def asks(self) -> tuple[Ask, ...]:
        return (CONDITIONS,)

    @property
    def form(self) -> Form:
        return Compare("policy_is_not_for", Op.IS, True)


@frozen
class LineTreats(TaperClause):
    """The lowered line or the patient's indication names one of these conditions."""

    names: tuple[str, ...]

    def __str__(self) -> str:
        return f"it is for {or_words(self.names)}"

    def test(self, asked: TaperAsked, /) -> bool | None:
        return not conditions_in(asked.indications).isdisjoint(self.names)

    @property
    def form(self) -> Form:
        return Contains("is_for", self.names)


@frozen
class PolicyIsOnlyFor(TaperClause):
    """A chosen policy is only for a condition that is not stated."""

    def __str__(self) -> str:
        return "a chosen policy is only for a condition that is not stated"

    def test(self, asked: TaperAsked, /) -> bool | None:
        return any(lacks(policy, asked) for policy in asked.policies)

    @property
    def form(self) -> Form:
        return Compare("policy_is_only_for", Op.IS, True)


@frozen
class SpeaksOfSuicide(TaperClause):
    """A free text speaks of suicide, and neither the condition nor an answer is stated."""

    def __str__(self) -> str:
        return "a text speaks of suicide, and neither the condition nor an answer is stated"

    def test(self, asked: TaperAsked, /) -> bool | None:
        return bool(words_of_suicide_in(asked)[0])

    @property
    def form(self) -> Form:
        return Compare("speaks_of_suicide", Op.IS, True)


def words_of_suicide_in(asked: TaperAsked) -> tuple[tuple[Problem, ...], tuple[Caution, ...]]:
    """What words of suicide in what is asked for have to answer, or what was answered."""
    said = (("first", asked.first), *((place, text) for place, text in texts_of_stated(asked.stated)))
    return asked_about(asked.picture.case, asked.answers, said)


def asked_row(asked: TaperAsked) -> Row:
    """The one row of a taper that is asked for: that of its case, and what is stated of the taper."""
    stated, picture = asked.stated, asked.picture
    return case_row(picture) | {
        "because": None if stated.because is None else stated.because.value,
        "by_patient": stated.is_by_patient,
        "says_what_for": SaysWhatFor().test(asked),
        "says_order": SaysOrder().test(asked),
        "supervised_from": frozenset(each.role.value for each in stated.supervised_by),
        "answered": frozenset(name for name, _ in asked.answers if asked.answered(name)),
        "was_assessed": WasAssessed().test(asked),
        "care_outside": None if picture.is_outside is None else picture.is_outside.value,
        "indications": frozenset(each.value for each in picture.indications),
        "is_for": conditions_in(asked.indications),
        "policy_is_not_for": PolicyIsNotFor().test(asked),
        "policy_is_only_for": PolicyIsOnlyFor().test(asked),
        "speaks_of_suicide": SpeaksOfSuicide().test(asked),
    }


def lowered_rows(asked: TaperAsked) -> tuple[Row, ...]:
    """One row for each ingredient that is to be lowered."""
    return tuple(
        {
            "ingredient": name,
            "drug_class": class_of(name, asked.lines).value,
            "oud": asked.oud_of(name).name,
        }
        for name in asked.names
    )
