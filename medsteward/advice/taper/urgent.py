"""Reasons that are no ordinary taper: oversedation and overdose are seen today."""

from __future__ import annotations

from medsteward.advice.plan.report import Support
from medsteward.advice.taper.asked import TaperAsked
from medsteward.advice.taper.clauses import ASSESSED, BecauseOf, WasAssessed
from medsteward.advice.taper.holds import NALOXONE
from medsteward.advice.taper.verdict import Condition, Holds, Urgent
from medsteward.model.answer import how_to_answer
from medsteward.model.drug import DrugClass
from medsteward.model.problem import Problem
from medsteward.model.source import Source
from medsteward.model.stated import Because
from medsteward.patient.clause import Every, Without
from medsteward.reminders import places as s
from medsteward.schedules.policies.places import HHS_2019_ABRUPT
from medsteward.thresholds import whole
from medsteward.treatments import taper_places as t

URGENT = BecauseOf((Because.OVERSEDATION, Because.OVERDOSE))
"""Somebody is oversedated or took an overdose."""
SEEN_FIRST = Every((URGENT, Without(WasAssessed())))
"""The same, and nobody says yet that the person was seen."""
CONTACT_DAYS = whole("contact_after_overdose")
"""Days within which there is contact after an overdose."""


def urgent(asked: TaperAsked, holds: Holds | None) -> Urgent | None:
    """What comes before any plan where somebody is oversedated or took an overdose; None: nothing, or it was answered.

    ``holds`` is what keeps the present dose besides: its supports go along.
    """
    because = asked.stated.because
    if because is None or not SEEN_FIRST.test(asked):
        return None
    text = (
        f"{because.words.capitalize()}: call today, before any dose is planned. Ask how awake the person is and how "
        "they breathe, or see them; confusion, sedation, slurred speech or slow breathing is for emergency care now "
        f"(911 in the US). Once they are assessed: {how_to_answer(ASSESSED)} (in a case: [taper] answers)"
    )
    supports = (*urgent_supports(asked), *(() if holds is None else holds.supports))
    return Urgent(
        problems=(Problem("TAPER-011", "taper.because", text),),
        supports=tuple({each.kind: each for each in supports}.values()),
        sources=_sources(asked),
        cautions=() if holds is None else holds.cautions,
    )


def urgent_supports(asked: TaperAsked) -> tuple[Support, ...]:
    """What is done now, what the sources allow, and naloxone."""
    found = [
        Support(
            "call_today",
            "Call today: ask how awake the person is and how they breathe, or see them. In danger the emergency "
            "number: 911 in the US, elsewhere the local one.",
            sources=(t.CDC_REC_5, s.OURS.at("assess the same day")),
        ),
        Support(
            "next_dose",
            "Ask the prescriber the same day whether the next dose is lowered or left out.",
            ("an opioid or a benzodiazepine is never ended at once by this plan",),
            (t.CDC_REC_5, HHS_2019_ABRUPT, s.OURS.at("lower or hold the next dose")),
        ),
        Support(
            "look_for",
            "Look for what adds to it: a benzodiazepine, alcohol, kidneys or liver, a new inhibitor, an inducer that "
            "ended.",
            sources=(s.OURS.at("causes to look for"),),
        ),
    ]
    if asked.opioids:
        found.append(
            Support(
                "what_sources_allow",
                "CDC 2022 makes signs of danger to life (confusion, sedation, slurred speech) the exception to no "
                "rapid cut. HHS 2019 allows an abrupt cut only where life is threatened, as in impending overdose. "
                "After an overdose a taper over 2 to 3 weeks may be needed; otherwise it is gradual.",
                sources=(t.CDC_REC_5, HHS_2019_ABRUPT, t.HHS_2019_RAPID),
            )
        )
    if asked.opioids and asked.stated.because is Because.OVERDOSE:
        found.append(
            Support(
                "opioid_use_disorder",
                "Assess for opioid use disorder; where it is found, offer buprenorphine or methadone.",
                sources=(t.CDC_REC_12, t.HHS_2019_OUD),
            )
        )
    if asked.of(DrugClass.BENZODIAZEPINE) or asked.picture.takes(DrugClass.BENZODIAZEPINE):
        found.append(
            Support(
                "benzodiazepine",
                "A benzodiazepine is never ended at once: seizures and death. With an opioid, one of the two is "
                "lowered at a time, with its reason stated.",
                sources=(t.VA_DOD_BENZODIAZEPINE,),
            )
        )
    found.append(
        Support(
            "contact",
            f"Agree on contact within {CONTACT_DAYS} days, on who watches the person until then, and on whom to call.",
            sources=(s.OURS.at(f"contact within {CONTACT_DAYS} days"),),
        )
    )
    return (*found, NALOXONE) if asked.takes_opioids else tuple(found)


def urgent_condition(asked: TaperAsked) -> Condition | None:
    """What is named on a plan that was made after an urgent reason; None: there was none."""
    because = asked.stated.because
    if because is None or not URGENT.test(asked):
        return None
    words = (
        f"{because.words}: planned after the person was assessed ({asked.answered(ASSESSED)}). Sources allow a faster "
        f"pace here, over 2 to 3 weeks after an overdose; contact within {CONTACT_DAYS} days, with naloxone "
        f"within reach"
        if asked.opioids
        else f"{because.words}: planned after the person was assessed ({asked.answered(ASSESSED)})"
    )
    return Condition("urgent", words, _sources(asked))


def _sources(asked: TaperAsked) -> tuple[Source, ...]:
    return (t.CDC_REC_5, HHS_2019_ABRUPT, t.HHS_2019_RAPID, s.OURS) if asked.opioids else (s.OURS,)
