"""Clauses of a patient by example: three values, the words they say, what they need, their plain form."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import partial

import pytest

import medsteward
from medsteward.model.missing import CHILD_PUGH, GESTATION, KIDNEY
from medsteward.model.regimen import Case, Patient
from medsteward.patient.clauses import (
    Age,
    All,
    AnyOf,
    ChildPugh,
    DailyAbove,
    Has,
    Kidney,
    Not,
    Pregnant,
    TakesOnTheDay,
    has,
)
from medsteward.patient.form import AllOf, Compare, CompareRange, Contains, Op, Unless
from medsteward.patient.groups import ACETAMINOPHEN, OPIOID
from medsteward.patient.picture import Picture
from tests import build

DAY = date(2026, 3, 4)
picture = partial(build.picture, as_of=DAY)


def at_kidney(value):
    return Picture(Case(as_of=DAY, patient=Patient(egfr=Fraction(value))))


YES, NO, UNKNOWN = Age(at_least=18), Age(below=18), Kidney(30)


@pytest.mark.parametrize(
    ("clause", "answer"),
    [
        (All((YES, UNKNOWN)), None),
        (All((NO, UNKNOWN)), False),
        (All((UNKNOWN, NO)), False),
        (All(()), True),
        (AnyOf((YES, UNKNOWN)), True),
        (AnyOf((UNKNOWN, YES)), True),
        (AnyOf((NO, UNKNOWN)), None),
        (AnyOf(()), False),
        (Not(UNKNOWN), True),
        (Not(YES), False),
    ],
)
def test_what_is_not_known_decides_only_where_nothing_else_does(clause, answer):
    assert clause.test(picture(age=50)) is answer


@pytest.mark.parametrize(
    ("clause", "below", "at", "above"),
    [
        (Kidney(below=30), True, False, False),
        (Kidney(up_to=30), True, True, False),
        (Kidney(at_least=30), False, True, True),
        (Kidney(above=30), False, False, True),
    ],
)
def test_each_limit_of_the_kidneys_says_whether_it_is_included(clause, below, at, above):
    found = [clause.test(at_kidney(value)) for value in ("29.9", "30", "30.1")]
    assert found == [below, at, above]


@pytest.mark.parametrize(
    ("clause", "answer"),
    [
        (Kidney(below=30), True),
        (Kidney(at_least=15), True),
        (Kidney(below=20), None),
        (Kidney(above=15), None),
        (Kidney(above=30), False),
        (Kidney(up_to=30, above=14), True),
    ],
)
def test_a_stage_decides_what_all_of_its_range_decides(clause, answer):
    assert clause.test(picture(conditions=["CKD stage 4"])) is answer  # 15 to below 30


def test_liver_disease_without_a_class_leaves_the_class_open():
    severe = ChildPugh("C")
    assert severe.test(picture(child_pugh="C")) is True
    assert severe.test(picture(child_pugh="B")) is False
    assert severe.test(picture(conditions=["cirrhosis"])) is None
    assert severe.test(picture()) is False
    assert severe.lacking(picture(conditions=["cirrhosis"])) == (CHILD_PUGH,)


def test_a_class_alone_is_liver_disease_and_is_told_as_it_was_stated():
    graded = picture(child_pugh="B")
    assert has("liver disease").test(graded) is True
    assert has("liver disease").seen(graded) == ("Child-Pugh B",)


def test_pregnancy_that_is_not_stated_is_taken_for_none_and_its_week_is_asked_for():
    assert Pregnant().test(picture()) is False
    assert Pregnant().test(picture(pregnant=False)) is False
    assert Pregnant(30).test(picture(pregnant=True)) is None
    assert Pregnant(30).test(picture(gestational_weeks=31)) is True


def test_a_day_that_is_not_stated_may_be_above_a_limit():
    above = DailyAbove(ACETAMINOPHEN, Fraction(4000))
    assert above.test(picture("acetaminophen")) is None
    assert above.test(picture("acetaminophen 500 mg tablet, 2 tablets every 4 hours")) is True
    assert above.test(picture("acetaminophen 500 mg tablet, 1 tablet daily")) is False


def test_on_the_day_leaves_out_what_is_yet_to_start():
    line = {"sig": "morphine 15 mg tablet daily", "start": date(2026, 4, 1)}
    later = Picture(medsteward.read_case({"medications": [line]}, as_of=DAY))
    assert TakesOnTheDay(OPIOID).test(later) is False
    assert TakesOnTheDay(OPIOID).test(picture("morphine 15 mg tablet daily")) is True


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        (Kidney(30), "has an eGFR or creatinine clearance below 30 mL/min"),
        (Kidney(60, 30), "has an eGFR or creatinine clearance of 30 to 59 mL/min"),
        (Kidney(above=15, up_to=30), "has an eGFR or creatinine clearance above 15 and up to 30 mL/min"),
        (ChildPugh("BC"), "is graded Child-Pugh B or C"),
        (TakesOnTheDay(OPIOID), "takes any opioid on the day"),
        (Not(Has(("asthma",))), "unless the patient has asthma"),
    ],
)
def test_a_clause_says_itself(clause, words):
    assert str(clause) == words


def test_what_is_lacking_of_several_is_only_what_is_undecided():
    joined = All((YES, UNKNOWN, Pregnant(30)))
    assert joined.lacking(picture(age=50, pregnant=True)) == (KIDNEY, GESTATION)
    assert joined.lacking(picture(age=50, pregnant=True, egfr=20)) == (GESTATION,)
    assert joined.lacking(picture(age=10)) == ()


def test_the_plain_form_holds_figures_as_values():
    assert Age(at_least=65).form == AllOf((Compare("age", Op.AT_LEAST, 65),))
    assert Kidney(below=30).form == AllOf((CompareRange("kidney", Op.BELOW, 30),))
    assert Not(has("asthma")).form == Unless(Contains("conditions", ("asthma",)))
