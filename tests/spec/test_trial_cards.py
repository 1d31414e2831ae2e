"""The card of a trial says when it is decided, whether it may be stopped at once, and how what is tried is used."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

import medsteward
from medsteward.advice.plan.report import PlanReport
from medsteward.advice.trial.asked import TrialOptions
from medsteward.advice.trial.plan import trial
from medsteward.schedules.plan import PlannedFill
from medsteward.schedules.trial import Measure
from medsteward.writers.card.days import card_of
from medsteward.writers.card.language import language
from medsteward.writers.card.sheet import Card
from medsteward.writers.plan import pharmacy as pharmacy_table
from medsteward.writers.plan.page import pharmacy
from tests.cards import parts

IN_STEPS = ("duloxetine", "gabapentin", "amitriptyline", "venlafaxine")
AT_ONCE = ("naproxen", "acetaminophen", "lidocaine patch", "diclofenac gel", "low-dose naltrexone")


def tried(drug: str, *, site: str = "") -> PlanReport:
    case = medsteward.case_of(as_of=date(2026, 12, 1), patient={"age": 50, "egfr": 90})
    options = TrialOptions(
        drug, date(2026, 12, 7), goal="walk 20 minutes", baseline=(Measure("PEG", Fraction(7)),), site=site
    )
    return trial(case, options, table=medsteward.factor_table("cdc_2022"))


def last_day(found: PlanReport) -> date:
    assert found.plan is not None
    return found.plan.last_day


def fills(found: PlanReport) -> tuple[PlannedFill, ...]:
    assert found.plan is not None
    return found.plan.fills


def words(card: Card) -> str:
    return "\n".join([card.ending, *(line for block in card.blocks for line in (block.title, *block.lines))])


@pytest.mark.parametrize("code", ["en", "es"])
@pytest.mark.parametrize("drug", [*IN_STEPS, *AT_ONCE])
def test_every_check_day_stands_on_the_card_the_decision_among_them(drug, code):
    found = tried(drug, site="left knee" if "gel" in drug else "")
    card = card_of(found, language_code=code, sheets="all")
    points = found.checkpoints
    said = " ".join(check for sheet in card.sheets for check in sheet.checks)
    for point in points:
        assert language(code).near_day(point.last_day) in said
    decision = next(each for each in found.checkpoints if each.kind == "fair_trial")
    assert decision.last_day > last_day(found)
    assert str(decision.last_day.year) in card.ending


@pytest.mark.parametrize("drug", IN_STEPS)
def test_what_needs_steps_is_not_stopped_all_at_once(drug):
    said = words(card_of(tried(drug)))
    assert "Do not stop all at once" in said
    assert "you go down step by step" in said


@pytest.mark.parametrize("drug", AT_ONCE)
def test_what_needs_no_steps_may_be_stopped(drug):
    said = words(card_of(tried(drug, site="left knee" if "gel" in drug else "")))
    assert "Do not stop all at once" not in said
    assert "Stay at the last dose" not in said
    assert "If you want to stop" in said
    assert "call us at once, or call 911" in said


def test_a_lidocaine_patch_is_on_and_off_on_card_and_label():
    found = tried("lidocaine patch")
    said = words(card_of(found))
    assert "12 hours" in said
    assert all("on for up to 12 hours, then off for 12" in fill.sig for fill in fills(found))


def test_a_gel_is_put_on_the_joint_that_was_asked_for():
    found = tried("diclofenac gel", site="left knee")
    notes = {note for part in parts(card_of(found)) for note in part.notes}
    assert "Where to put it: left knee." in notes
    assert "card" in words(card_of(found))
    assert all("on the left knee" in fill.sig for fill in fills(found))


def test_what_is_swallowed_is_not_put_on_a_joint():
    found = tried("naproxen", site="left knee")
    assert fills(found)
    assert not any("knee" in fill.sig for fill in fills(found))


def test_the_pharmacy_reads_what_the_way_out_would_need_and_not_to_dispense_it():
    found = tried("duloxetine")
    (said,) = (line for line in pharmacy(found).lead if line.startswith("not to dispense before"))
    assert said.startswith("not to dispense before 2027-02-01, and only if the trial ends then: ")
    assert found.exit is not None
    for fill in found.exit.fills:
        assert fill.product in said
    assert "not to dispense before 2027-02-01" in " ".join(pharmacy_table.text(found).split())
    assert "not to dispense before" not in " ".join(pharmacy(tried("naproxen")).lead)
