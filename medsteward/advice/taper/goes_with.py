"""What goes with a taper that is planned: conditions that are named on it, and warnings, each with its clause."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from medsteward.advice.plan.clauses import OfPatient
from medsteward.advice.plan.gate import Gate, GateWords
from medsteward.advice.taper.asked import TaperAsked
from medsteward.advice.taper.at_home import SAYS
from medsteward.advice.taper.clauses import (
    LOWERS_OPIOID,
    BecauseOf,
    Lowers,
    SpecialCare,
    SupervisedFrom,
    TaperClause,
    special_care,
)
from medsteward.advice.taper.gates import AGE_OPEN, BOTH_LOWERED, special_sources
from medsteward.advice.taper.holds import FOR_PREGNANCY
from medsteward.advice.taper.urgent import urgent_condition
from medsteward.advice.taper.verdict import Condition
from medsteward.model.oud import DISORDER
from medsteward.model.source import Source
from medsteward.model.stated import Because, SupervisorRole
from medsteward.patient.clause import Every, Without
from medsteward.patient.clauses import Has
from medsteward.reminders import places as s
from medsteward.treatments import taper_places as t

METHADONE_EXPERTS = (SupervisorRole.PAIN_MEDICINE, SupervisorRole.ADDICTION_MEDICINE, SupervisorRole.PALLIATIVE_CARE)
"""Who may be an expert in methadone for pain. Ours."""


@frozen
class Named:
    """A condition that is named on the plan where ``when`` holds; ``met`` by a clause, or by itself."""

    kind: str
    when: TaperClause
    words: Callable[[TaperAsked], str]
    sources: Callable[[TaperAsked], tuple[Source, ...]]
    met: TaperClause | None = None

    def __str__(self) -> str:
        met = "" if self.met is None else f", met where {self.met}"
        return f"{self.kind} where {self.when}{met}"

    def condition(self, asked: TaperAsked) -> Condition:
        """The condition as it is named on the plan."""
        met = self.met is None or self.met.test(asked) is True
        return Condition(self.kind, self.words(asked), self.sources(asked), met)


def _special(asked: TaperAsked) -> str:
    why = "the patient's request" if asked.stated.is_by_patient else "toxicity"
    return f"{special_care(asked)}: planned because of {why}, as is stated; the patient may pause it at any time"


def _supervised(asked: TaperAsked) -> str:
    supervisor = asked.stated.supervised_from(*FOR_PREGNANCY)
    words = "" if supervisor is None else supervisor.words
    also = ", with naloxone and newborn care planned" if asked.opioids else ""
    return f"pregnancy: supervised by {words}{also}"


def _expert(asked: TaperAsked) -> str:
    named = asked.stated.supervised_from(*METHADONE_EXPERTS)
    if named is None:
        return "methadone for pain: name an expert in methadone who goes along"
    return f"methadone for pain: supervised by {named.words}"


_METHADONE = Lowers("methadone", ingredients=("methadone",))
_EXPERT = SupervisedFrom(METHADONE_EXPERTS)
_DISORDER = Every((LOWERS_OPIOID, OfPatient(Has((DISORDER,)))))
_DISORDER_SAID = (
    "opioid use disorder is on the list: offer treatment with buprenorphine or methadone; lowering the opioid alone is "
    "not recommended"
)

NAMED = (
    Named("special_care", SpecialCare(), _special, special_sources),
    Named(
        "pregnancy",
        Every((OfPatient(Has(("pregnancy",))), SupervisedFrom(FOR_PREGNANCY))),
        _supervised,
        lambda asked: (t.CDC_PREGNANCY, t.CDC_POCKET) if asked.opioids else (s.OURS,),
    ),
    Named(
        "slow_steps",
        _METHADONE,
        lambda _: (
            "methadone for pain: small steps, far apart; symptoms come later and last longer than with other opioids"
        ),
        lambda _: (s.VA_2016.at("symptoms last longer with a long half-life (methadone)"), s.OURS),
    ),
    Named(
        "ecg",
        _METHADONE,
        lambda _: (
            "methadone for pain: an electrocardiogram, and again when a drug that prolongs the QT interval is added"
        ),
        lambda _: (s.APS_HRS, s.OURS),
    ),
    Named("expert", _METHADONE, _expert, lambda _: (s.OURS,), met=_EXPERT),
    Named(
        "order",
        BOTH_LOWERED,
        lambda asked: f"one drug at a time, {asked.first} first, as every prescriber agrees",
        lambda _: (t.ILLINOIS, t.WASHINGTON_ORDER, t.VA_DOD_BENZODIAZEPINE),
    ),
    Named("opioid_use_disorder", _DISORDER, lambda _: _DISORDER_SAID, lambda _: (t.CDC_REC_12,)),
)
"""The conditions of a plan, in order; that after an urgent reason comes before them."""


def _no_expert(asked: TaperAsked) -> tuple[GateWords, ...]:
    roles = ", ".join(each.value for each in METHADONE_EXPERTS)
    text = (
        "methadone for pain: its effect is long and varies much. Name an expert in methadone: --supervised-by "
        f"ROLE:NAME (in a case: [taper] supervised_by), the role one of {roles}"
    )
    return (GateWords(asked.where("methadone"), text),)


WARNING = (
    SAYS,
    AGE_OPEN,
    Gate("TAPER-105", Every((_METHADONE, Without(_EXPERT))), _no_expert),
    Gate("TAPER-104", _DISORDER, lambda _: (GateWords("patient.conditions", _DISORDER_SAID),)),
    Gate(
        "TAPER-107",
        Every((LOWERS_OPIOID, BecauseOf((Because.RISK,)))),
        lambda _: (
            GateWords(
                "taper.because",
                "CDC 2022 makes no dose figure by itself a reason to lower an opioid; weigh benefit and risk",
            ),
        ),
    ),
)
"""Warnings beside a plan, in order."""


def conditions_of(asked: TaperAsked) -> tuple[Condition, ...]:
    """Everything that is named on the plan."""
    after = urgent_condition(asked)
    found = tuple(each.condition(asked) for each in NAMED if each.when.test(asked))
    return found if after is None else (after, *found)
