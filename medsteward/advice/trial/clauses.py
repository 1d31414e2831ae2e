"""Clauses about a trial that is asked for: what it is of, for what and how long, and what speaks against it.

They are of the one language of ``patient``: yes, no, or None where it is not known. ``trial_row`` says what each column
of their plain form holds.
"""

from __future__ import annotations

from attrs import frozen

from medsteward.advice.trial.asked import TrialAsked
from medsteward.drugs.index import drug_of
from medsteward.model.conditions import Indication
from medsteward.model.missing import OPIOID_FOR, Ask
from medsteward.model.oud import OudTreatment
from medsteward.patient.clause import Clause
from medsteward.patient.columns import Row, case_row
from medsteward.patient.form import AllOf, Among, Compare, Contains, Form, NotKnown, OneOf, Op
from medsteward.schedules.policies import policies_for, policy
from medsteward.treatments.against import Effect
from medsteward.treatments.pain import PainKind

TrialClause = Clause[TrialAsked]


@frozen
class IsTrialOf(TrialClause):
    """The trial is of this treatment."""

    treatment: str

    def __str__(self) -> str:
        return f"the trial is of {self.treatment}"

    def test(self, asked: TrialAsked, /) -> bool | None:
        return asked.is_of(self.treatment)

    @property
    def form(self) -> Form:
        return Among("treatment", (self.treatment,))


@frozen
class IsByDirections(TrialClause):
    """The trial is of an opioid by its directions."""

    def __str__(self) -> str:
        return "the trial is of an opioid by its directions"

    def test(self, asked: TrialAsked, /) -> bool | None:
        return asked.declared is None

    @property
    def form(self) -> Form:
        return Compare("by_directions", Op.IS, True)


@frozen
class IsForPain(TrialClause):
    """The trial is for this kind of pain."""

    kind: PainKind

    def __str__(self) -> str:
        return f"the trial is for {self.kind.value} pain"

    def test(self, asked: TrialAsked, /) -> bool | None:
        return asked.options.pain is self.kind

    @property
    def form(self) -> Form:
        return Among("for_pain", (self.kind.value,))


@frozen
class IsBlocked(TrialClause):
    """Something that is known of the patient speaks against every dose of the medicine."""

    def __str__(self) -> str:
        return "a rule or a list of medsteward says that the medicine is not for this patient"

    def test(self, asked: TrialAsked, /) -> bool | None:
        return any(each.effect is Effect.BLOCKS for each in asked.weighed.found)

    @property
    def form(self) -> Form:
        return Compare("is_blocked", Op.IS, True)


@frozen
class TreatsDisorder(TrialClause):
    """The medicine would treat opioid use disorder; not known where it may."""

    def __str__(self) -> str:
        return "the medicine treats opioid use disorder"

    def test(self, asked: TrialAsked, /) -> bool | None:
        return None if asked.oud is OudTreatment.UNCLEAR else asked.oud.goes_on

    @property
    def asks(self) -> tuple[Ask, ...]:
        return (OPIOID_FOR,)

    @property
    def form(self) -> Form:
        surely = Among("oud", tuple(sorted(each.name for each in OudTreatment if each.goes_on)))
        return OneOf((surely, AllOf((Among("oud", (OudTreatment.UNCLEAR.name,)), NotKnown()))))


@frozen
class IsTreatedFor(TrialClause):
    """The case or one of its lines states this indication."""

    indication: Indication

    def __str__(self) -> str:
        return f"the patient is treated for {self.indication.value}"

    def test(self, asked: TrialAsked, /) -> bool | None:
        return self.indication in asked.picture.indications

    @property
    def form(self) -> Form:
        return Contains("indications", (self.indication.value,))


@frozen
class TakesForDisorder(TrialClause):
    """A medicine that is taken treats opioid use disorder."""

    def __str__(self) -> str:
        return "a medicine that is taken treats opioid use disorder"

    def test(self, asked: TrialAsked, /) -> bool | None:
        return any(each.is_for_oud for each in asked.picture.opioids)

    @property
    def form(self) -> Form:
        return Compare("takes_for_disorder", Op.IS, True)


@frozen
class IsTolerant(TrialClause):
    """Opioid tolerance is stated."""

    def __str__(self) -> str:
        return "opioid tolerance is stated"

    def test(self, asked: TrialAsked, /) -> bool | None:
        return asked.is_tolerant

    @property
    def form(self) -> Form:
        return Compare("is_tolerant", Op.IS, True)


@frozen
class BeginsLongActing(TrialClause):
    """The opioid is methadone, an extended-release form or a patch."""

    def __str__(self) -> str:
        return "the opioid is methadone, an extended-release form or a patch"

    def test(self, asked: TrialAsked, /) -> bool | None:
        regimen = asked.by_directions
        product = None if regimen is None else regimen.product
        if product is None:
            return False
        return product.release == "ER" or product.form == "patch" or asked.drug == "methadone"

    @property
    def form(self) -> Form:
        return Compare("begins_long_acting", Op.IS, True)


@frozen
class LastsLonger(TrialClause):
    """The trial lasts more than so many days; not known where no days are stated."""

    days: int

    def __str__(self) -> str:
        return f"the trial lasts more than {self.days} days"

    def test(self, asked: TrialAsked, /) -> bool | None:
        return None if asked.options.days is None else asked.options.days > self.days

    @property
    def form(self) -> Form:
        return Compare("days", Op.ABOVE, self.days)


@frozen
class TakesItAlready(TrialClause):
    """The medicine is taken already, and not on the skin."""

    def __str__(self) -> str:
        return "the medicine is taken already"

    def test(self, asked: TrialAsked, /) -> bool | None:
        return any(each.ingredient == asked.drug and not each.is_topical for each in asked.picture.taken)

    @property
    def form(self) -> Form:
        return Compare("takes_it_already", Op.IS, True)


@frozen
class PolicyIsForAnother(TrialClause):
    """The policy that is asked for is not one for the medicine."""

    def __str__(self) -> str:
        return "the policy is not one for the medicine"

    def test(self, asked: TrialAsked, /) -> bool | None:
        named = asked.options.policy
        return named is not None and policy(named) not in policies_for(asked.drug, drug_of(asked.drug).drug_class)

    @property
    def form(self) -> Form:
        return Compare("policy_is_for_another", Op.IS, True)


def trial_row(asked: TrialAsked) -> Row:
    """The one row of a trial that is asked for: that of its case, and what is asked of the trial."""
    return case_row(asked.picture) | {
        "treatment": None if asked.treatment is None else asked.treatment.id,
        "by_directions": IsByDirections().test(asked),
        "for_pain": None if asked.options.pain is None else asked.options.pain.value,
        "is_blocked": IsBlocked().test(asked),
        "oud": asked.oud.name,
        "indications": frozenset(each.value for each in asked.picture.indications),
        "takes_for_disorder": TakesForDisorder().test(asked),
        "is_tolerant": asked.is_tolerant,
        "begins_long_acting": BeginsLongActing().test(asked),
        "days": asked.options.days,
        "takes_it_already": TakesItAlready().test(asked),
        "policy_is_for_another": PolicyIsForAnother().test(asked),
    }
