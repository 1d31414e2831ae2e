"""The last dose of an extended-release opioid going on as immediate-release doses of the same drug."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

import medsteward
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.plan import taper
from medsteward.schedules.plan import NeedsChoice, WhenStuck
from medsteward.schedules.step import StepKind
from medsteward.schedules.supply import OtherForm

START = date(2027, 1, 4)
CDC = medsteward.factor_table("cdc_2022")
TABLET, SOLUTION = OtherForm("tablet", "IR"), OtherForm("solution")
HYDROMORPHONE = "hydromorphone ER 16 mg tablet, 1 tablet once daily in the morning"


def report(line, **options):
    case = medsteward.case_of(line, as_of=START, patient={"age": 58, "indication": "chronic pain"})
    asked = {"start": START, "when_stuck": WhenStuck.SMALLEST_STEP, **options}
    return taper(case, TaperOptions(**asked), table=CDC)


def told(found):
    return [(step.kind.value, float(step.total.value), len(step.doses)) for step in found.plan.steps]


def test_the_last_tablet_goes_on_as_the_same_dose_four_times_a_day_and_is_lowered_from_there():
    assert told(report(HYDROMORPHONE, tail=TABLET)) == [
        ("reduce", 12, 1),
        ("reduce", 8, 1),
        ("bridge", 8, 4),
        ("reduce", 6, 3),
        ("reduce", 4, 2),
        ("reduce", 2, 1),
        ("stop", 0, 0),
    ]


def test_morphine_ends_as_in_the_tool_of_the_va_with_halves_of_scored_tablets_twice_a_day():
    found = report("morphine ER 15 mg tablet, 1 tablet every 12 hours", tail=TABLET, split=True)
    assert told(found) == [("reduce", 15, 1), ("bridge", 15, 2), ("reduce", 7.5, 1), ("stop", 0, 0)]


def test_the_tail_begins_on_the_day_of_the_stop_and_never_above_the_last_dose():
    plain, tailed = report(HYDROMORPHONE).plan, report(HYDROMORPHONE, tail=TABLET).plan
    (bridge,) = [step for step in tailed.steps if step.kind is StepKind.BRIDGE]
    assert bridge.first_day == plain.steps[-1].first_day
    assert all(step.total.value <= plain.steps[-2].total.value for step in tailed.steps[bridge.number - 1 :])
    assert tailed.steps[: bridge.number - 1] == plain.steps[: bridge.number - 1]


def test_what_was_to_be_dispensed_before_the_tail_stays_as_it_was():
    plain, tailed = report(HYDROMORPHONE).plan, report(HYDROMORPHONE, tail=TABLET).plan
    assert tailed.fills[: len(plain.fills)] == plain.fills


def test_a_liquid_tail_ends_at_its_floor():
    last = report("oxycodone ER 10 mg tablet, 1 tablet every 12 hours", tail=SOLUTION).plan.steps[-2]
    assert last.total.value == 5  # the smallest usual tablet


@pytest.mark.parametrize(
    "line",
    [
        "methadone 5 mg tablet, 1 tablet every 12 hours",
        "hydrocodone ER 20 mg tablet, 1 tablet once daily in the morning",
        "oxycodone IR 5 mg tablet, 1 tablet every 6 hours",
        "tapentadol ER 50 mg tablet, 1 tablet every 12 hours",
    ],
)
def test_without_an_immediate_release_form_that_makes_less_there_is_no_tail(line):
    found = report(line, tail=TABLET)
    assert found.plan is None
    assert [problem.where for problem in found.problems] in (["tail"], ["form"], ["replan"])
    assert not any("last dose as" in way.option for way in report(line).alternatives)


@pytest.mark.parametrize(
    ("line", "ways"),
    [
        (HYDROMORPHONE, 2),
        ("morphine ER 15 mg tablet, 1 tablet every 12 hours", 1),
        ("oxycodone ER 10 mg tablet, 1 tablet every 12 hours", 3),
        ("oxymorphone ER 5 mg tablet, 1 tablet every 12 hours", 1),
        ("tramadol ER 100 mg tablet, 1 tablet once daily in the morning", 3),
    ],
)
@pytest.mark.parametrize("when_stuck", list(WhenStuck))
def test_a_tail_is_among_the_ways_with_its_command(line, ways, when_stuck):
    found = [way for way in report(line, when_stuck=when_stuck).alternatives if "last dose as" in way.option]
    assert len(found) == ways
    assert all(way.command is not None and "--tail" in way.command for way in found)


def test_a_plan_that_needs_a_choice_first_is_shown_with_its_ways_and_without_the_tail():
    found = report(HYDROMORPHONE, tail=TABLET, when_stuck=WhenStuck.ASK)
    assert isinstance(found.plan.outcome, NeedsChoice)
    assert not any(step.kind is StepKind.BRIDGE for step in found.plan.steps)
    assert any("--tail" in (way.command or "") for way in found.alternatives)


def test_beside_another_line_of_the_drug_there_is_no_tail():
    case = medsteward.case_of(
        "morphine ER 30 mg tablet, 1 tablet every 12 hours",
        "morphine IR 15 mg tablet, 1 tablet every 6 hours",
        as_of=START,
        patient={"age": 58, "indication": "chronic pain"},
    )
    found = taper(case, TaperOptions(START), table=CDC)
    assert not any("last dose as" in way.option for way in found.alternatives)
    assert any(way.option == "IR lines first" for way in found.alternatives)


def test_the_stop_that_a_tail_spares_is_told_in_figures_to_compare():
    (way, *_) = [way for way in report(HYDROMORPHONE).alternatives if "last dose as" in way.option]
    assert f"{Fraction(40)} MME/d at once" in way.note
