"""Who keeps the present dose for now: pregnancy, suicidality, unstable disease; what goes beside it."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from medsteward.advice.plan.clauses import OfPatient
from medsteward.advice.plan.crisis import BEHAVIORAL_NOW, CRISIS, SHORT_SUPPLIES, SHORT_SUPPLY_DAYS, SUICIDALITY
from medsteward.advice.plan.report import Support
from medsteward.advice.taper.asked import TaperAsked
from medsteward.advice.taper.clauses import SupervisedFrom, TaperClause
from medsteward.advice.taper.verdict import Holds
from medsteward.model.problem import Caution
from medsteward.model.source import Source
from medsteward.model.stated import SupervisorRole
from medsteward.patient.clause import Every, Without
from medsteward.patient.clauses import Has
from medsteward.reminders import places as s
from medsteward.treatments import taper_places as t

UNSTABLE = (
    "uncontrolled hypertension",
    "recent myocardial infarction",
    "unstable heart disease",
    "unstable bipolar disorder",
    "acute psychosis",
    "unstable psychiatric disease",
    "unstable disease",
)
"""Conditions taken as unstable disease by our names: severe hypertension, unstable heart and psychiatric disease."""
FOR_PREGNANCY = (SupervisorRole.OBSTETRICS, SupervisorRole.MATERNAL_FETAL_MEDICINE, SupervisorRole.ADDICTION_MEDICINE)
"""Whose supervision lets a taper in pregnancy be planned. Ours: the sources say expertise."""


@frozen
class Hold:
    """Why the present dose stays where ``when`` holds; ``lifts`` says which field lifts it, in ``place``."""

    code: str
    when: TaperClause
    ground: Callable[[TaperAsked], str]
    lifts: str
    place: str
    supports: Callable[[TaperAsked], tuple[Support, ...]]
    sources: Callable[[TaperAsked], tuple[Source, ...]]

    def __str__(self) -> str:
        return f"{self.code} where {self.when}"


_NEWBORN = Support(
    "newborn_planning",
    "Plan for the newborn with the obstetric and newborn teams: a birth where withdrawal of the newborn is recognized "
    "and treated.",
    sources=(s.recalled(s.CDC_2022, "pregnancy: care of the newborn"),),
)
NALOXONE = Support(
    "naloxone",
    "Offer naloxone, and teach patient and household how to use it.",
    sources=(s.VA_2016.at("naloxone and overdose education"), s.FDA_2020.at("discuss with everyone")),
)


# --- pregnancy --------------------------------------------------------------------------------------------------


def _pregnancy(asked: TaperAsked) -> str:
    because = (
        "acute withdrawal is linked to premature labor and loss of the pregnancy"
        if asked.opioids
        else "what lowering means for mother and child is for somebody with experience to weigh"
    )
    return f"Pregnancy: {because}. The present dose stays until a specialist supervises it."


def _pregnancy_sources(asked: TaperAsked) -> tuple[Source, ...]:
    return (t.CDC_PREGNANCY, t.CDC_POCKET, t.CANADA_LABOUR) if asked.opioids else (s.OURS,)


def _pregnancy_supports(asked: TaperAsked) -> tuple[Support, ...]:
    expertise = Support(
        "expertise",
        "Ask obstetric and, where it fits, addiction or pain expertise before any change of dose.",
        sources=_pregnancy_sources(asked),
    )
    return (expertise, _NEWBORN) if asked.takes_opioids else (expertise,)


# --- suicidality, unstable disease --------------------------------------------------------------------------------

_CONDITION_GOES = "The condition (--condition; in a case: [patient] conditions) then goes."


def _suicidality(asked: TaperAsked) -> str:
    return (
        "Suicidality: safety comes first and the present dose stays for now, in supplies of at most "
        f"{SHORT_SUPPLY_DAYS} days. Plan again once behavioral health is involved and the crisis has passed."
    )


def _unstable(asked: TaperAsked) -> str:
    return (
        f"Unstable disease ({', '.join(asked.picture.has(*UNSTABLE))}): withdrawal and its anxiety can make it worse. "
        "The present dose stays until it is stable."
    )


def _unstable_sources(asked: TaperAsked) -> tuple[Source, ...]:
    return (t.CANADA_UNSTABLE, t.CEP, s.OURS) if asked.opioids else (s.OURS,)


def _unstable_supports(asked: TaperAsked) -> tuple[Support, ...]:
    text = "Treat what is unstable first; ask those who treat it when to plan again."
    return (Support("stabilize", text, sources=_unstable_sources(asked)), *_IN_CRISIS)


_IN_CRISIS = (CRISIS, BEHAVIORAL_NOW, SHORT_SUPPLIES)

HOLDS = (
    Hold(
        "TAPER-101",
        Every((OfPatient(Has(("pregnancy",))), Without(SupervisedFrom(FOR_PREGNANCY)))),
        _pregnancy,
        "Name who supervises: --supervised-by ROLE:NAME (in a case: [taper] supervised_by), the role one of "
        f"{', '.join(each.value for each in FOR_PREGNANCY)}.",
        "taper.supervised_by",
        _pregnancy_supports,
        _pregnancy_sources,
    ),
    Hold(
        "TAPER-102",
        OfPatient(Has((SUICIDALITY,))),
        _suicidality,
        _CONDITION_GOES,
        "patient.conditions",
        lambda _: _IN_CRISIS,
        lambda _: (t.VA_CONSULT, t.VA_DOD_SUICIDE, s.OURS.at(f"supplies of at most {SHORT_SUPPLY_DAYS} days")),
    ),
    Hold(
        "TAPER-103",
        OfPatient(Has(UNSTABLE)),
        _unstable,
        _CONDITION_GOES,
        "patient.conditions",
        _unstable_supports,
        _unstable_sources,
    ),
)
"""What keeps the present dose for now. Every one that holds is named."""


def held(asked: TaperAsked) -> Holds | None:
    """Why the present dose stays for now, every reason; None: nothing holds it. Conditions and fields decide alone."""
    holding = [each for each in HOLDS if each.when.test(asked)]
    if not holding:
        return None
    grounds = tuple(each.ground(asked) for each in holding)
    supports = [support for each in holding for support in each.supports(asked)]
    if asked.takes_opioids:
        supports.append(NALOXONE)
    return Holds(
        cautions=tuple(
            Caution(each.code, f"{ground} {each.lifts}", each.place)
            for each, ground in zip(holding, grounds, strict=True)
        ),
        supports=tuple({each.kind: each for each in supports}.values()),
        sources=tuple(dict.fromkeys(source for each in holding for source in each.sources(asked))),
        grounds=grounds,
    )
