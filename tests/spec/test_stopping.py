"""Medicines whose end is no plan of steps: what is said, by which code, and what it ends with."""

from __future__ import annotations

from datetime import date

import pytest

import medsteward
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.plan import taper

START = date(2027, 1, 4)
CDC = medsteward.factor_table("cdc_2022")


def report(*lines, conditions=()):
    case = medsteward.case_of(*lines, as_of=START, patient={"age": 50, "conditions": list(conditions)})
    return taper(case, TaperOptions(start=START, because="patient-wish"), table=CDC)


def said(found):
    return [each.code for each in (*found.problems, *found.cautions) if each.code.startswith(("TAPER-03", "TAPER-131"))]


STOPPED, TALKED, REFUSED, OTHERS = "TAPER-131", "TAPER-032", "TAPER-033", "TAPER-034"


@pytest.mark.parametrize(
    ("line", "code", "exit_code"),
    [
        ("methocarbamol 750 mg tablet, 1 tablet 4 times daily", STOPPED, 0),
        ("metaxalone 800 mg tablet, 1 tablet 3 times daily", STOPPED, 0),
        ("cyclobenzaprine 10 mg tablet, 1 tablet at bedtime", STOPPED, 0),
        ("hydroxyzine 25 mg tablet, 1 tablet at bedtime", STOPPED, 0),
        ("buspirone 10 mg tablet, 1 tablet twice daily", STOPPED, 0),
        ("naproxen 500 mg tablet, 1 tablet twice daily", STOPPED, 0),
        ("sumatriptan 50 mg tablet, 1 tablet daily", STOPPED, 0),
        ("naltrexone 4.5 mg capsule, 1 capsule daily", STOPPED, 0),
        ("naltrexone 50 mg tablet, 1 tablet daily", TALKED, 3),
        ("quetiapine 50 mg tablet, 1 tablet at bedtime", TALKED, 3),
        ("propranolol 40 mg tablet, 1 tablet twice daily", TALKED, 3),
        ("memantine 10 mg tablet, 1 tablet twice daily", TALKED, 3),
        ("lithium carbonate 300 mg capsule, 1 capsule twice daily", REFUSED, 5),
        ("prednisone 10 mg tablet, 1 tablet daily", REFUSED, 5),
        ("phenobarbital 30 mg tablet, 1 tablet twice daily", REFUSED, 5),
        ("metoprolol tartrate 50 mg tablet, 1 tablet twice daily", OTHERS, 5),
        ("omeprazole 20 mg capsule, 1 capsule daily", OTHERS, 5),
        ("methylphenidate 10 mg tablet, 1 tablet twice daily", OTHERS, 5),
    ],
)
def test_each_medicine_without_steps_is_said_to_be_stopped_talked_over_refused_or_anothers(line, code, exit_code):
    found = report(line)
    assert said(found) == [code]
    assert found.plan is None
    assert max((each.exit_code for each in found.problems), default=0) == exit_code


@pytest.mark.parametrize(
    ("line", "condition"),
    [
        ("quetiapine 50 mg tablet, 1 tablet at bedtime", "bipolar disorder"),
        ("olanzapine 5 mg tablet, 1 tablet at bedtime", "schizophrenia"),
        ("naltrexone 4.5 mg capsule, 1 capsule daily", "opioid use disorder"),
    ],
)
def test_what_it_is_for_can_refuse(line, condition):
    assert said(report(line, conditions=[condition])) == [REFUSED]


@pytest.mark.parametrize(
    "line",
    [
        "Fioricet with codeine capsule, 1 capsule every 4 hours",
        "butalbital-acetaminophen-caffeine 50-325-40 mg tablet, 1 tablet every 4 hours",
    ],
)
def test_butalbital_is_refused_also_in_a_product_with_an_opioid(line):
    found = report(line)
    assert said(found) == [REFUSED]
    assert "barbiturate" in found.problems[0].text
    assert found.plan is None
    assert found.sources


def test_a_row_from_memory_says_that_it_needs_a_second_source():
    assert "needs a second source" in report("methocarbamol 750 mg tablet, 1 tablet 4 times daily").cautions[0].text
    lithium = report("lithium carbonate 300 mg capsule, 1 capsule twice daily").problems[0].text
    assert "needs a second source" not in lithium


def test_beside_an_opioid_that_is_lowered_nothing_is_said_of_them():
    found = report(
        "oxycodone IR 10 mg tablet, 1 tablet every 6 hours", "methocarbamol 750 mg tablet, 1 tablet 4 times daily"
    )
    assert said(found) == []
