"""Published schedules held against their policies: within, or the bound they exceed, as their sources' figures say."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from medsteward.advice.plan.held import check_schedule
from medsteward.model.amount import Amount
from medsteward.model.dated import DatedAmount
from medsteward.model.unit import Unit
from medsteward.schedules.held_schedule import Bound, HeldStep, TotalChange
from medsteward.schedules.policies import policy
from medsteward.tables.load import factor_table

START = date(2027, 1, 4)


def schedule(drug: str, totals: list[str], days: int, unit: Unit = Unit.MG_PER_D) -> list[DatedAmount]:
    return [
        DatedAmount(
            START + timedelta(days=days * at),
            START + timedelta(days=days * (at + 1) - 1),
            drug,
            Amount(Fraction(total), unit),
        )
        for at, total in enumerate(totals)
    ]


def held(name: str, rows: list[DatedAmount]) -> list[HeldStep]:
    found = check_schedule(rows, policy=policy(name), table=factor_table("cdc_2022"), as_of=START)
    assert found.held is not None
    assert found.irregular == ()
    return [step for step in found.held.steps if step.number]


def breaks(name: str, rows: list[DatedAmount], bound: Bound) -> list[int]:
    """The numbers of the steps that exceed a bound without having been planned to."""
    return [
        step.number for step in held(name, rows) for each in step.exceeds if each.bound is bound and not each.planned
    ]


W1 = schedule("morphine", ["270", "225", "180", "135", "90", "45", "30", "15", "0"], 30)
"""VA 2016, slower: morphine SR 90 mg q8h, monthly."""


def test_w1_percentages():
    steps = held("va_slower", W1)
    of_original = [round(float(step.percent_of_original or 0), 1) for step in steps]
    of_current = [round(float(step.percent_of_current or 0), 1) for step in steps]
    assert of_original == [16.7, 16.7, 16.7, 16.7, 16.7, 5.6, 5.6, 5.6]
    assert of_current == [16.7, 20, 25, 33.3, 50, 33.3, 50, 100]
    assert steps[-1].change is TotalChange.STOP
    assert all(each.planned for each in steps[-1].exceeds)


def test_w1_meets_its_range_only_of_the_original_dose():
    assert breaks("va_slower", W1, Bound.ASKED) == []
    assert breaks("va_slower", W1, Bound.INTERVAL) == []
    assert breaks("va_slower", W1, Bound.CEILING) == [3, 4, 5, 6, 7]


def test_w1_exceeds_the_labels_from_the_fourth_step():
    assert breaks("fda_label_ceiling", W1, Bound.CEILING) == [4, 5, 6, 7]


def test_w2_is_faster_than_the_slower_taper_of_its_own_source():
    rows = schedule("morphine", ["180", "165", "150", "135"], 10)
    assert [round(float(step.percent_of_original or 0), 1) for step in held("va_slower", rows)] == [8.3, 8.3, 8.3]
    assert breaks("va_slower", rows, Bound.CEILING) == []
    assert breaks("va_slower", rows, Bound.ASKED) == []
    assert breaks("va_slower", rows, Bound.INTERVAL) == [1, 2]
    first = held("va_slower", rows)[0].exceeds[0]
    assert (first.actual, first.allowed) == (Fraction(10), Fraction(28))


def test_w3_patches_exceed_the_labels_at_every_step():
    rows = schedule("fentanyl", ["100", "50", "25", "12", "0"], 6, Unit.MCG_PER_H)
    assert breaks("fda_label_ceiling", rows, Bound.CEILING) == [1, 2, 3]
    assert breaks("fda_label_ceiling", rows, Bound.INTERVAL) == [1, 2, 3]
    assert held("fda_label_ceiling", rows)[2].percent_of_current == 52


def test_w4_is_one_dose_and_no_change():
    rows = schedule("morphine", ["460"], 14)
    assert held("rxfiles_2018", rows) == []


@pytest.mark.parametrize(
    ("totals", "broken"), [(["20", "15", "11.25", "8.4375"], []), (["20", "15", "10", "5"], [2, 3])]
)
def test_w5_a_quarter_every_2_weeks(totals, broken):
    """Within the policy, read of the current dose; a quarter of the first dose is more from the second step."""
    assert breaks("deprescribing_bzra", schedule("temazepam", totals, 14), Bound.CEILING) == broken
    assert breaks("deprescribing_bzra", schedule("temazepam", totals, 14), Bound.INTERVAL) == []


@pytest.mark.parametrize(
    ("drug", "totals"),
    [
        ("gabapentin", ["1800", "1500", "1200", "900", "600", "300", "0"]),
        ("pregabalin", ["300", "225", "150", "75", "0"]),
    ],
)
def test_w6_gabapentinoids_by_fixed_amounts(drug, totals):
    steps = held("gabapentinoid_exit", schedule(drug, totals, 7))
    assert len(steps) == len(totals) - 1
    assert all(step.exceeds == () for step in steps)


def test_w6_a_larger_amount_is_seen():
    steps = held("gabapentinoid_exit", schedule("gabapentin", ["1800", "1400"], 7))
    (excess,) = steps[0].exceeds
    assert (excess.bound, excess.actual, excess.allowed, excess.drug) == (
        Bound.CEILING,
        Fraction(400),
        Fraction(300),
        "gabapentin",
    )


W7 = ["90", "81", "72", "63", "54", "45", "36", "27"]


def test_w7_canada_to_one_third_and_then_half_the_step():
    rows = schedule("morphine", [*W7, "22.5", "18", "13.5"], 14)
    steps = held("canada_2010", rows)
    assert all(step.exceeds == () for step in steps)
    assert [step.phase.percent for step in steps if step.phase] == [Fraction(10)] * 7 + [Fraction(5)] * 3


def test_w7_the_full_step_below_one_third_is_seen():
    rows = schedule("morphine", [*W7, "18"], 14)
    assert breaks("canada_2010", rows, Bound.ASKED) == [8]


def test_cdc_shorter_reaches_its_second_phase_within_its_ceiling():
    rows = schedule("morphine", ["100", "90", "80", "70", "60", "50", "40", "30", "27", "24.3", "21.87"], 7)
    steps = held("cdc_2022_shorter", rows)
    assert all(step.exceeds == () for step in steps)
    assert steps[6].percent_of_current == 25


def test_half_then_stop_after_a_few_days():
    steps = held("brief_exposure_days", schedule("oxycodone", ["30", "15", "0"], 2))
    assert all(step.is_within for step in steps)
