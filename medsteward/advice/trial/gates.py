"""What refuses a trial, and what has to be stated or answered first: each gate a clause, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import frozen

from medsteward.advice.plan.clauses import OfPatient
from medsteward.advice.plan.gate import Gate, GateWords
from medsteward.advice.trial.asked import TrialAsked
from medsteward.advice.trial.asks import OPIOID_USE_DISORDER, TOLERANCE, asked_or_answered, with_source
from medsteward.advice.trial.clauses import (
    BeginsLongActing,
    IsBlocked,
    IsByDirections,
    IsForPain,
    IsTolerant,
    IsTreatedFor,
    IsTrialOf,
    LastsLonger,
    PolicyIsForAnother,
    TakesForDisorder,
    TakesItAlready,
    TreatsDisorder,
    TrialClause,
)
from medsteward.drugs.index import drug_of
from medsteward.model.conditions import Indication
from medsteward.model.oud import DISORDER, PROGRAM, question
from medsteward.model.problem import Caution, Problem
from medsteward.patient.clause import Every, Some
from medsteward.patient.clauses import Age, Has, InContext
from medsteward.schedules.policies import policies_for
from medsteward.thresholds import whole
from medsteward.treatments import trial_places as s
from medsteward.treatments.against import Effect
from medsteward.treatments.pain import NOTES, PainKind

ADULT_AGE = whole("adult_age")
MOST_OPIOID_DAYS = whole("opioid_trial")
LOW_DOSE_NALTREXONE = "low-dose-naltrexone"

Words = Iterable[GateWords]


# --- refused ----------------------------------------------------------------------------------------------------


def _young(asked: TrialAsked) -> Words:
    age = asked.picture.patient.age
    text = f"age {age}: the trials here are for adults; a young person's belongs with a specialist"
    yield GateWords("patient.age", text)


def _migraine(asked: TrialAsked) -> Words:
    yield GateWords("for_pain", NOTES[PainKind.MIGRAINE][0].text)


def _blocked(asked: TrialAsked) -> Words:
    for each in asked.weighed.found:
        if each.effect is Effect.BLOCKS:
            yield GateWords("patient", with_source(f"{asked.title}: {each.words}", each.source))


def _treatment(asked: TrialAsked) -> Words:
    text = f"{asked.drug} for opioid use disorder is no time-limited trial: treatment goes on as long as it helps"
    yield GateWords("drug", f"{text}; talk it over with an addiction specialist")


def _long_acting(asked: TrialAsked) -> Words:
    text = f"{asked.drug}: an opioid trial begins with an immediate-release one ({s.CDC_3.citation})"
    yield GateWords("drug", text)


def _long(asked: TrialAsked) -> Words:
    most = f"an opioid trial is at most {MOST_OPIOID_DAYS} days in all, not {asked.options.days}"
    yield GateWords("days", f"{most} ({s.VA_DOD_2017.citation})")


_LASTS_LONG = Every((IsByDirections(), LastsLonger(MOST_OPIOID_DAYS)))

REFUSING: tuple[Gate[TrialAsked], ...] = (
    Gate("TRIAL-002", OfPatient(Age(below=ADULT_AGE)), _young),
    Gate("TRIAL-002", IsForPain(PainKind.MIGRAINE), _migraine),
    Gate("TRIAL-001", IsBlocked(), _blocked),
    Gate("TRIAL-002", TreatsDisorder(), _treatment),
    Gate("TRIAL-001", BeginsLongActing(), _long_acting),
    Gate("TRIAL-002", _LASTS_LONG, _long),
)
"""Nothing is planned where one of these holds. All that hold are said."""


# --- stated first -----------------------------------------------------------------------------------------------


def _days(asked: TrialAsked) -> Words:
    yield GateWords("days", "an opioid trial has its days set before it begins; add --days, as in --days 7")


def _unclear(asked: TrialAsked) -> Words:
    yield GateWords("drug", question(asked.drug))


def _taken(asked: TrialAsked) -> Words:
    text = f"{asked.drug} is taken already; a trial is of something new (a way down is `medsteward taper`)"
    yield GateWords("drug", text)


def _policy(asked: TrialAsked) -> Words:
    fitting = policies_for(asked.drug, drug_of(asked.drug).drug_class)
    names = ", ".join(each.id for each in fitting) or "none"
    yield GateWords("policy", f"{asked.options.policy} is not a policy for {asked.drug}; those that are: {names}")


ASKING: tuple[Gate[TrialAsked], ...] = (
    Gate("TRIAL-006", _LASTS_LONG, _days, unknown=True),
    Gate("TRIAL-006", TreatsDisorder(), _unclear, unknown=True),
    Gate("TRIAL-006", TakesItAlready(), _taken),
    Gate("TAPER-023", PolicyIsForAnother(), _policy),
)
"""What has to be stated first where one of these holds. All that hold are asked."""


# --- answered first ---------------------------------------------------------------------------------------------


@frozen
class AnswerGate:
    """A question by its ``name`` where ``when`` holds; with an answer the trial goes on, and the answer is printed."""

    name: str
    where: str
    when: TrialClause
    says: Callable[[TrialAsked], str]

    def __str__(self) -> str:
        return f'"{self.name}" where {self.when}'

    def said(self, asked: TrialAsked) -> tuple[Problem | Caution, ...]:
        """The question, or what was answered; empty where the clause does not hold."""
        if not self.when.test(asked):
            return ()
        return (asked_or_answered(self.where, self.name, self.says(asked), asked.options.answers),)


def _disorder(_: TrialAsked) -> str:
    return (
        "opioid use disorder is stated: low doses do not treat it, with any opioid that is taken, prescribed "
        "or not, they bring on withdrawal, and its treatment belongs with who gives it"
    )


def _tolerance(_: TrialAsked) -> str:
    return (
        "opioid tolerance is stated, so an opioid is taken: naltrexone would bring on withdrawal. No opioid "
        "is taken for 7 to 10 days before it, longer after a long-acting one"
    )


_KNOWN_DISORDER = Some(
    (
        IsTreatedFor(Indication.OPIOID_USE_DISORDER),
        OfPatient(Has((DISORDER,))),
        TakesForDisorder(),
        OfPatient(InContext((PROGRAM,))),
    )
)

ANSWERED_FIRST = (
    AnswerGate(
        OPIOID_USE_DISORDER, "patient.indication", Every((IsTrialOf(LOW_DOSE_NALTREXONE), _KNOWN_DISORDER)), _disorder
    ),
    AnswerGate(TOLERANCE, "patient.opioid_tolerant", Every((IsTrialOf(LOW_DOSE_NALTREXONE), IsTolerant())), _tolerance),
)
"""What a trial of low-dose naltrexone has to answer first."""
