"""What refuses a taper, and what has to be stated first: each gate a clause, and what is said where it holds."""

from __future__ import annotations

from collections.abc import Iterable

from medsteward.advice.plan.clauses import OfPatient
from medsteward.advice.plan.gate import Gate, GateWords
from medsteward.advice.taper.asked import TaperAsked
from medsteward.advice.taper.at_home import ASKS, REFUSES
from medsteward.advice.taper.clauses import (
    AGONISTS,
    LOWERS_BENZODIAZEPINE,
    LOWERS_OPIOID,
    Answered,
    BecauseOf,
    ByPatient,
    Lowers,
    LowersOudTreatment,
    PolicyIsNotFor,
    PolicyIsOnlyFor,
    SaysOrder,
    SaysWhatFor,
    SaysWhy,
    SpecialCare,
    TakesBeside,
    TaperClause,
    special_care,
)
from medsteward.advice.taper.policy_fit import against, is_open, lacks
from medsteward.model.answer import how_to_answer
from medsteward.model.drug import DrugClass
from medsteward.model.oud import OudTreatment, question
from medsteward.model.source import Source
from medsteward.model.stated import Because
from medsteward.patient.clause import Every, Some, Without
from medsteward.patient.clauses import Age, Has
from medsteward.reminders import places as s
from medsteward.thresholds import whole
from medsteward.treatments import taper_places as t

ADULT_AGE = whole("adult_age")
DANGER = "acute respiratory depression"
BETA_BLOCKER = "beta-blocker"
"""The name of the question that a beta blocker beside clonidine asks."""
TOXIC = (Because.ADVERSE_EFFECTS, Because.OVERSEDATION, Because.OVERDOSE)
"""Reasons that are toxicity."""


def special_sources(asked: TaperAsked) -> tuple[Source, ...]:
    """The sources of what is asked in palliative care and the like."""
    return (t.CDC_SCOPE if asked.opioids else t.ASAM_PALLIATIVE, s.OURS.at("only on request or for toxicity"))


# --- refused ----------------------------------------------------------------------------------------------------


def _young(asked: TaperAsked) -> Iterable[GateWords]:
    age = asked.picture.patient.age
    text = f"age {age}: the tapers here are for adults; a plan for a young person belongs with a specialist"
    yield GateWords("patient.age", text)


def _treatment(asked: TaperAsked) -> Iterable[GateWords]:
    for name in (name for name in asked.names if asked.oud_of(name).goes_on):
        text = (
            f"{name} for opioid use disorder: continuing treatment is the recommendation, for as long as it helps. "
            "Lowering it brings a high risk of return to use and overdose; discuss with an addiction specialist what "
            "prompted the question"
        )
        yield GateWords(asked.where(name), text)


def _danger(asked: TaperAsked) -> Iterable[GateWords]:
    text = f"{DANGER} is on the list: that is for emergency care now, and no dated plan is made from it"
    yield GateWords("patient.conditions", text)


def _diverted(asked: TaperAsked) -> Iterable[GateWords]:
    text = (
        "diversion is not a taper: what is not taken is not lowered in steps. One test that is not confirmed shows "
        "nothing; where repeated, confirmed tests and your own check show that none is taken, talk about safe "
        "disposal. What is taken in part is lowered from there: state it with --taken-per-day, and another reason "
        "with --because (in a case: [taper] because)"
    )
    yield GateWords("taper.because", text)


_IS_YOUNG: TaperClause = OfPatient(Age(below=ADULT_AGE))

REFUSING = (
    Gate(
        "TAPER-001", _IS_YOUNG, _young, lambda _: (t.CDC_SCOPE.at("scope: adults"), s.OURS.at("tapers for adults only"))
    ),
    Gate("TAPER-002", LowersOudTreatment(), _treatment, lambda _: (t.CDC_REC_12,)),
    Gate(
        "TAPER-003",
        Every(
            (
                OfPatient(Has((DANGER,))),
                Lowers(
                    "an opioid, a benzodiazepine, a Z-drug or a gabapentinoid",
                    (*AGONISTS, DrugClass.BENZODIAZEPINE, DrugClass.Z_DRUG, DrugClass.GABAPENTINOID),
                ),
            )
        ),
        _danger,
        lambda _: (t.CDC_REC_5, s.OURS),
    ),
    Gate(
        "TAPER-012",
        BecauseOf((Because.DIVERSION,)),
        _diverted,
        lambda _: (t.CDC_DIVERSION, t.VA_DOD_DIVERSION, s.OURS),
    ),
    REFUSES,
)
"""Nothing is planned where one of these holds. All that hold are said."""


# --- asked ------------------------------------------------------------------------------------------------------


def _no_reason(asked: TaperAsked) -> Iterable[GateWords]:
    text = (
        "a taper is planned when it is indicated: say what the medicine is for (--indication; in a case: [patient] "
        "indication) or why it is lowered (--because; in a case: [taper] because)"
    )
    yield GateWords("indication", text)


def _unclear(asked: TaperAsked) -> Iterable[GateWords]:
    for name in (name for name in asked.names if asked.oud_of(name) is OudTreatment.UNCLEAR):
        yield GateWords(asked.where(name), question(name))


def _no_order(asked: TaperAsked) -> Iterable[GateWords]:
    benzodiazepines = asked.of(DrugClass.BENZODIAZEPINE)
    lacking = [
        *(() if SaysOrder().test(asked) else ("which comes first (--first)",)),
        *(() if asked.stated.says_why else ("why (--because; in a case: [taper] because)",)),
    ]
    text = (
        f"{', '.join(asked.opioids)} and {', '.join(benzodiazepines)} are never lowered in the same step; say "
        f"{' and '.join(lacking)}, agreed with every prescriber. One guide puts the opioid first in general, another "
        "leaves it to the patient's situation; the benzodiazepine's withdrawal is the more dangerous"
    )
    yield GateWords("first", text, (*asked.opioids, *benzodiazepines))


def _policy_not_for(asked: TaperAsked) -> Iterable[GateWords]:
    for policy in asked.policies:
        conditions = against(policy, asked)
        if conditions:
            text = (
                f"the policy {policy.id} is not for a patient with {', '.join(conditions)}: choose another one, or "
                "plan it with those who treat that"
            )
            yield GateWords("policy", text)


def _policy_only_for(asked: TaperAsked) -> Iterable[GateWords]:
    for policy in asked.policies:
        only = lacks(policy, asked)
        if only:
            text = (
                f"the policy {policy.id} is only for {', '.join(only)}, which is not stated: add it with --condition "
                "or --indication (in a case: [patient] conditions, indication), or choose another policy with --policy"
            )
            yield GateWords("policy", text)


def _policy_open(asked: TaperAsked) -> Iterable[GateWords]:
    for policy in asked.policies:
        if is_open(policy, asked):
            named = ", ".join(sorted(policy.conditions_against))
            text = f"the policy {policy.id} asks about {named}, and no conditions are stated: ask"
            yield GateWords("patient.conditions", text)


def _beta_blocker(asked: TaperAsked) -> Iterable[GateWords]:
    named = " and ".join(asked.picture.takes(DrugClass.BETA_BLOCKER))
    text = (
        f"{named} beside clonidine: blood pressure may rebound more when clonidine is lowered. A beta blocker ends "
        "several days before clonidine does, but only if it is to end, gradually, by its prescriber: ended "
        "abruptly it is dangerous itself. Ask its prescriber, and say what was agreed: "
        f"{how_to_answer(BETA_BLOCKER)}"
    )
    yield GateWords(asked.where("clonidine"), text)


def _special(asked: TaperAsked) -> Iterable[GateWords]:
    text = (
        f"{special_care(asked)}: lowering is planned only at the patient's own request or for toxicity. State which: "
        "--requested-by patient or --because adverse-effects (in a case: [taper] requested_by, because)"
    )
    yield GateWords("taper.requested_by", text)


BOTH_LOWERED = Every((LOWERS_OPIOID, LOWERS_BENZODIAZEPINE))
"""An opioid and a benzodiazepine are to be lowered."""

ASKING = (
    Gate(
        "TAPER-004",
        Every((Without(SaysWhy()), Without(SaysWhatFor()))),
        _no_reason,
        lambda _: (s.SEED.at("a taper is started only when indicated"),),
    ),
    Gate("TAPER-009", LowersOudTreatment(), _unclear, lambda _: (t.CDC_REC_12,), unknown=True),
    Gate(
        "TAPER-005",
        Every((BOTH_LOWERED, Some((Without(SaysOrder()), Without(SaysWhy()))))),
        _no_order,
        lambda _: (t.WASHINGTON_ORDER, t.ILLINOIS, t.VA_DOD_BENZODIAZEPINE),
    ),
    Gate(
        "TAPER-006",
        PolicyIsNotFor(),
        _policy_not_for,
        lambda asked: tuple(each for policy in asked.policies if against(policy, asked) for each in policy.sources),
    ),
    Gate(
        "TAPER-007",
        PolicyIsOnlyFor(),
        _policy_only_for,
        lambda asked: tuple(each for policy in asked.policies if lacks(policy, asked) for each in policy.sources),
    ),
    Gate(
        "TAPER-010",
        Every(
            (
                Lowers("clonidine", ingredients=("clonidine",)),
                TakesBeside("a beta blocker", (DrugClass.BETA_BLOCKER,)),
                Without(Answered(BETA_BLOCKER)),
            )
        ),
        _beta_blocker,
        lambda _: (s.CLONIDINE_LABEL, t.BETA_BLOCKER_END),
    ),
    ASKS,
    Gate(
        "TAPER-008",
        Every((SpecialCare(), Without(ByPatient()), Without(BecauseOf(TOXIC)))),
        _special,
        special_sources,
    ),
)
"""What has to be stated first where one of these holds. All that hold are asked."""

AGE_OPEN = Gate(
    "TAPER-106",
    _IS_YOUNG,
    lambda _: (GateWords("patient.age", "the age is not stated; the tapers here are for adults"),),
    unknown=True,
)
POLICY_OPEN = Gate("TAPER-108", PolicyIsNotFor(), _policy_open, unknown=True)
