"""Simulated charts of a pain clinic: how many go through whole, nothing set aside and nothing left unchecked."""

from __future__ import annotations

from datetime import date

import pytest

from medsteward import factor_table, mme_per_day
from medsteward.interactions.check import check
from medsteward.readers.case.table import case_of
from tests.charts import charts
from tests.counts import scaled

COUNT = scaled(250)
"""5,000 with ``make slow``."""
AIM = 0.95
CDC = factor_table("cdc_2022")


def outcome(chart):
    """Why a chart does not go through whole; empty: it does.

    That a table rates no buprenorphine, and that treatment of opioid use disorder has no MME, is an answer.
    """
    patient = {"age": chart.age, "egfr": chart.egfr, "conditions": list(chart.conditions)}
    case = case_of(*chart.lines, as_of=date(2027, 1, 4), patient=patient)
    report, checked = mme_per_day(case, table=CDC), check(case)
    said = [problem for problem in (*report.problems, *checked.problems) if not problem.code.startswith("MME")]
    asked = [caution for caution in case.cautions if caution.code.startswith("COND")]
    return [*(each.text for each in said), *(each.text for each in asked), *checked.not_understood]


@pytest.fixture(scope="module")
def found():
    return [outcome(chart) for chart in charts(COUNT)]


def test_medicines_and_conditions_of_nearly_every_chart_are_read_counted_and_checked(found, capsys):
    whole = sum(not each for each in found)
    with capsys.disabled():
        print(f"\n{whole / COUNT:.1%} of {COUNT:,} simulated charts go through whole (aim {AIM:.0%})")
    assert whole / COUNT >= AIM, sorted({text for each in found for text in each})[:20]


def test_the_same_seed_draws_the_same_charts_of_the_stated_size():
    drawn = list(charts(300))
    assert drawn == list(charts(300))
    assert 6 < sum(len(chart.lines) for chart in drawn) / 300 < 9
    assert all(25 <= chart.age <= 90 and 15 <= chart.egfr <= 110 for chart in drawn)
