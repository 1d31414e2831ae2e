"""A plan's sheet: what a card and a calendar show, the same as in the full report, and made without the rest."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from fractions import Fraction

import attrs
import pytest

import medsteward
from medsteward.advice.plan.report import PlanReport, PlanSheet
from medsteward.advice.saved.as_it_stands import sheet
from medsteward.advice.saved.revise import report_again, revised
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.plan import taper
from medsteward.advice.trial.asked import TrialOptions
from medsteward.advice.trial.plan import trial
from medsteward.schedules.event import Event, Pause
from medsteward.schedules.trial import Measure
from medsteward.writers.card import html as card_html
from medsteward.writers.plan import ics as plan_ics

CDC = medsteward.factor_table("cdc_2022")
START, AS_OF, LATER = date(2027, 1, 4), date(2026, 12, 20), date(2027, 3, 20)
PAUSE = Event(date(2027, 3, 15), Pause(date(2027, 3, 15), date(2027, 4, 4)), "illness")


def a_taper(**asked):
    case = medsteward.case_of(
        "morphine ER 60 mg tablet, 1 tablet every 12 hours",
        "oxycodone IR 10 mg tablet, 1 tablet four times daily",
        as_of=AS_OF,
        patient={"age": 58, "indication": "chronic pain"},
    )
    return taper(case, TaperOptions(START, first="er", **asked), table=CDC).plan


def a_trial():
    case = medsteward.case_of(as_of=AS_OF, patient={"age": 50, "egfr": 90})
    options = TrialOptions("duloxetine", START, "walk 20 minutes", (Measure("PEG", Fraction(7)),))
    return trial(case, options, table=CDC).plan


PLANS = {
    "taper": a_taper(),
    "paused": revised(a_taper(), PAUSE, CDC),
    "faster": a_taper(percent=Fraction(20), policy="fda_label_ceiling"),
    "trial": a_trial(),
}


@pytest.mark.parametrize("name", PLANS)
def test_a_sheet_says_what_the_report_says(name):
    short, full = sheet(PLANS[name], LATER, CDC), report_again(PLANS[name], LATER, CDC)
    assert type(short) is PlanSheet
    assert type(full) is PlanReport
    for each in attrs.fields(PlanSheet):
        assert getattr(short, each.name) == getattr(full, each.name), each.name
    assert short.exit_code == full.exit_code


def test_the_plans_have_what_a_sheet_can_say():
    assert sheet(PLANS["faster"], LATER, CDC).faster_than
    assert len(sheet(PLANS["paused"], LATER, CDC).earlier) == 1
    assert sheet(PLANS["trial"], LATER, CDC).checkpoints


@pytest.mark.parametrize("name", PLANS)
def test_calendar_and_card_are_the_same_bytes(name):
    short, full = sheet(PLANS[name], LATER, CDC), report_again(PLANS[name], LATER, CDC)
    assert plan_ics.calendar_bytes(short) == plan_ics.calendar_bytes(full)
    assert card_html.page(short) == card_html.page(full)


def test_a_sheet_loads_nothing_that_it_does_not_show():
    wanted = "medsteward.advice.saved.as_it_stands, medsteward.writers.card.days, medsteward.readers.plan.document"
    code = f"import json, sys, {wanted}; "
    done = subprocess.run(
        [sys.executable, "-c", code + "print(json.dumps(list(sys.modules)))"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    others = (
        "medsteward.interactions",
        "medsteward.advice.trial.plan",
        "medsteward.readers.case.medication",
        "tabulate",
        "pint",
    )
    assert [name for name in json.loads(done.stdout) if name.startswith(others)] == []
