"""The 12 recommendations of CDC 2022 as published, in our words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import frozen

from medsteward.advice.case import recommendation_facts as of


@frozen(eq=False)
class StatedRecommendation:
    """One recommendation as published: its number, what it is about, grading, what it asks for and its facts."""

    number: int
    about: str
    category: str
    evidence: int
    asks: str
    facts: tuple[Callable[[of.View], of.Fact], ...]


STATED: Sequence[StatedRecommendation] = (
    StatedRecommendation(
        1,
        "acute pain: non-opioid treatment first",
        "B",
        3,
        "Go over non-opioid options, benefits and risks.",
        (of.takes_opioid, of.is_acute, of.is_naive),
    ),
    StatedRecommendation(
        2,
        "subacute and chronic pain: goals and an exit taper before starting",
        "A",
        2,
        "Set goals for pain and function, and how the opioid would be ended if it does not help.",
        (
            of.takes_opioid,
            of.is_longer,
            of.is_naive,
            of.without("pain_procedure", of.QUARTER_DAYS, "a pain procedure"),
            of.without("treatment_plan", of.QUARTER_DAYS, "a treatment plan"),
        ),
    ),
    StatedRecommendation(
        3,
        "start with immediate-release opioids",
        "A",
        4,
        "Consider immediate-release instead of extended-release or long-acting.",
        (of.takes_opioid, of.is_naive, of.is_long_acting),
    ),
    StatedRecommendation(
        4,
        "lowest effective dose",
        "A",
        3,
        "Weigh benefit and risk again at this dose; keep to the lowest that works.",
        (of.takes_opioid, of.reaches_50),
    ),
    StatedRecommendation(
        5,
        "changing a dose that is already taken",
        "B",
        4,
        "Weigh benefit and risk of going on and of changing; any lowering is gradual and agreed, never abrupt.",
        (of.takes_opioid, of.reaches_50, of.is_already_on),
    ),
    StatedRecommendation(
        6,
        "acute pain: no more than is needed",
        "A",
        4,
        "Fit the quantity to the expected length of severe pain (the 7 days are those of the published logic).",
        (of.takes_opioid, of.is_acute, of.has_long_supply),
    ),
    StatedRecommendation(
        7,
        "weigh benefit and risk within 1 to 4 weeks, then regularly",
        "A",
        4,
        "Weigh benefit and risk with the patient now.",
        (of.takes_opioid, of.is_longer, of.not_assessed),
    ),
    StatedRecommendation(
        8,
        "lower the risk of harm; offer naloxone",
        "A",
        4,
        "Offer naloxone and teach patient and household.",
        (of.takes_opioid, of.has_no_naloxone, of.has_harm_risk),
    ),
    StatedRecommendation(9, "prescription monitoring data", "B", 4, "Check the PDMP.", (of.takes_opioid, of.no_pdmp)),
    StatedRecommendation(
        10,
        "toxicology testing",
        "B",
        4,
        "Weigh benefits and risks of a test; discuss an unexpected result, confirm it, never dismiss for it.",
        (of.takes_opioid, of.is_longer, of.no_urine),
    ),
    StatedRecommendation(
        11,
        "opioid with a benzodiazepine or other sedative",
        "B",
        3,
        "Take particular care; weigh whether both are needed. Any change of either is gradual.",
        (of.takes_opioid, of.takes_depressant),
    ),
    StatedRecommendation(
        12,
        "treatment of opioid use disorder",
        "A",
        1,
        "Offer buprenorphine or methadone, or arrange it; withdrawal management alone is not recommended.",
        (of.has_oud, of.has_no_treatment),
    ),
)
"""The recommendations in order. Grading and statements are those of the guideline, in our words."""
