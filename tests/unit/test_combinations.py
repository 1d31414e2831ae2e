"""A combination whose opioid is sold alone: kept, fewer of it each step, or left for the opioid alone."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest

import medsteward
from medsteward.advice.taper.options import CombinationKind, TaperOptions
from medsteward.advice.taper.plan import taper
from medsteward.schedules.last_days import LastDays
from medsteward.schedules.plan import WhenStuck

START = date(2027, 1, 4)
CDC = medsteward.factor_table("cdc_2022")
PERCOCET = "oxycodone/acetaminophen 5/325 mg tablet, 1 tablet every 4 hours"
TYLENOL_3 = "codeine/acetaminophen 30/300 mg tablet, 1 tablet every 6 hours"


def report(line, conditions=(), **options):
    facts = {"age": 58, "indication": "chronic pain", "conditions": conditions}
    case = medsteward.case_of(line, as_of=START, patient=facts)
    return taper(case, TaperOptions(**{"start": START, **options}), table=CDC)


def holds_acetaminophen(found):
    return {"acetaminophen" in item.product for step in found.plan.steps for dose in step.doses for item in dose.items}


def other(found):
    return [way.command for way in found.alternatives if "--combination" in (way.command or "")]


def wide(line, **options):
    return report(line, ceiling=Fraction(25), reason="asked for", **options)


def test_it_is_kept_where_its_plan_keeps_the_ceiling_and_the_opioid_alone_is_a_way():
    found = wide(PERCOCET)
    assert holds_acetaminophen(found) == {True}
    assert not any(step.forced and not step.planned for step in found.plan.steps)
    (command,) = other(found)
    assert "--combination leave" in command


def test_it_is_left_where_it_does_not_keep_the_ceiling_and_keeping_it_is_a_way():
    found = report(PERCOCET)
    assert holds_acetaminophen(found) == {False}
    (command,) = other(found)
    assert "--combination keep" in command


@pytest.mark.parametrize("line", [PERCOCET, TYLENOL_3])
def test_what_is_asked_for_is_done(line):
    kept = report(line, combination=CombinationKind.KEEP, when_stuck=WhenStuck.SMALLEST_STEP)
    assert holds_acetaminophen(kept) == {True}
    left = wide(line, combination=CombinationKind.LEAVE)
    assert holds_acetaminophen(left) == {False}


@pytest.mark.parametrize("line", [PERCOCET, TYLENOL_3])
def test_never_more_units_at_once_than_now_and_never_more_a_day(line):
    kept = report(line, combination=CombinationKind.KEEP, when_stuck=WhenStuck.SMALLEST_STEP)
    counts = [[sum(item.count for item in dose.items) for dose in step.doses] for step in kept.plan.steps]
    assert max(max(each, default=0) for each in counts) == 1
    assert all(sum(later) <= sum(earlier) for earlier, later in pairwise(counts))


def test_the_partner_that_falls_away_is_said_of_each_kind():
    (kept,) = [each for each in wide(PERCOCET).cautions if each.code == "TAPER-125"]
    assert "325 mg acetaminophen falls away" in kept.text
    (left,) = [each for each in report(PERCOCET).cautions if each.code == "TAPER-125"]
    assert "counts oxycodone alone" in left.text


@pytest.mark.parametrize(
    "line",
    [
        "butalbital/acetaminophen/caffeine/codeine 50/325/40/30 mg capsule, 1 capsule every 6 hours",
        "hydrocodone/acetaminophen 5/325 mg tablet, 1 tablet every 6 hours",
        "oxycodone IR 5 mg tablet, 1 tablet every 6 hours",
    ],
)
def test_without_a_choice_between_kinds_none_is_offered(line):
    assert not other(report(line))


def test_nights_without_a_z_drug_are_named_where_its_plan_has_none_and_no_other_medicine_is_stretched():
    def named(line, **options):
        found = report(line, conditions=("insomnia",), **options)
        return [way.option for way in found.alternatives if "nights" in way.option]

    assert named("zolpidem IR 10 mg tablet, 1 tablet at bedtime", last_days=LastDays())
    assert not named("zolpidem IR 10 mg tablet, 1 tablet at bedtime")
    assert not named("clonazepam 1 mg tablet, 1 tablet twice daily")
    assert not named("oxycodone IR 5 mg tablet, 1 tablet every 6 hours")
