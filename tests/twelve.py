"""Twelve plans as commands make them, one of each kind that a card is printed of. Made once for a run of the tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from attrs import evolve

import medsteward
from medsteward.advice.plan.report import PlanReport
from medsteward.advice.saved.revise import report_again
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.plan import taper
from medsteward.advice.trial.asked import TrialOptions
from medsteward.advice.trial.plan import trial
from medsteward.schedules.plan import WhenStuck
from medsteward.schedules.trial import Measure

CDC = medsteward.factor_table("cdc_2022")
START = date(2027, 1, 4)
BEFORE = date(2026, 12, 28)
MORPHINE = "morphine ER 60 mg tablet, 1 tablet every 12 hours"
OXYCODONE = "oxycodone IR 10 mg tablet, 1 tablet four times daily"


def tapered(*lines: str, **wishes: Any) -> PlanReport:
    """A taper of a person with chronic pain; ``wishes`` are those of ``TaperOptions``."""
    case = medsteward.case_of(*lines, as_of=BEFORE, patient={"age": 58, "indication": "chronic pain"})
    return taper(case, TaperOptions(START, **{"when_stuck": WhenStuck.SMALLEST_STEP, **wishes}), table=CDC)


NEEDED = "oxycodone IR 5 mg tablet, 1 tablet every 6 hours as needed"


def _trial(drug: str, **more: Any) -> PlanReport:
    case = medsteward.case_of(as_of=date(2026, 12, 1), patient={"age": 50, "egfr": 90})
    asked = TrialOptions(drug, date(2026, 12, 7), goal="walk 20 minutes", baseline=(Measure("PEG", Fraction(7)),))
    return trial(case, evolve(asked, **more), table=CDC)


def _reprint() -> PlanReport:
    plan = tapered(MORPHINE, OXYCODONE, first="er").plan
    assert plan is not None
    return report_again(plan, date(2027, 6, 1), CDC)


_MADE: Mapping[str, Callable[[], PlanReport]] = {
    "extended and immediate release": lambda: tapered(MORPHINE, OXYCODONE, first="er"),
    "benzodiazepine": lambda: tapered("clonazepam 0.5 mg tablet, 1 tablet twice daily"),
    "patch": lambda: tapered("fentanyl 75 mcg/h patch, 1 patch every 72 hours"),
    "liquid": lambda: tapered("oxycodone 5 mg/5 mL solution, 10 mL every 6 hours"),
    "gabapentinoid": lambda: tapered("gabapentin 600 mg tablet, 1 tablet three times daily"),
    "SNRI": lambda: tapered("duloxetine 60 mg capsule, 1 capsule once daily"),
    "combination": lambda: tapered("hydrocodone/acetaminophen 10-325 mg tablet, 1 tablet every 6 hours"),
    "beside another medicine": lambda: tapered(OXYCODONE, "gabapentin 600 mg tablet, 1 tablet three times daily"),
    "needs a choice": lambda: tapered(MORPHINE, when_stuck=WhenStuck.ASK),
    "trial": lambda: _trial("duloxetine"),
    "as needed": lambda: _trial(NEEDED, days=7, line=medsteward.case_of(NEEDED, as_of=BEFORE).lines[0]),
    "reprint": _reprint,
}
TWELVE = tuple(_MADE)


@cache
def twelve(name: str) -> PlanReport:
    """One of the twelve, by its name."""
    return _MADE[name]()
