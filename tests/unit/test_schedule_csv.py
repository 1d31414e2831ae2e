"""Schedules from CSV: what is read, what is a problem with its row, what is no schedule at all."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from medsteward.errors import UnreadableInput
from medsteward.model.amount import Amount
from medsteward.model.dated import DatedAmount
from medsteward.model.unit import Unit
from medsteward.readers.plan.schedule_csv import MAX_BYTES, MAX_ROWS, read_schedule

HEAD = "first_day,last_day,drug,amount,unit\n"
ROW = "2027-01-04,2027-01-31,morphine,90,mg/d\n"


def read(text: str):
    return read_schedule(text.encode(), "plan.csv")


def one(row: str):
    """The one problem of a row."""
    found = read(HEAD + row + "\n")
    assert found.rows == ()
    (problem,) = found.problems
    assert problem.where == "row 2"
    return problem


def test_a_row():
    (row,) = read(HEAD + ROW).rows
    assert row == DatedAmount(date(2027, 1, 4), date(2027, 1, 31), "morphine", Amount(Fraction(90), Unit.MG_PER_D))


@pytest.mark.parametrize(
    ("cell", "unit", "daily"),
    [
        ("4 x 100 mg + 2 x 30 mg", "", "460"),
        ("4x100mg+2x30mg", "mg/d", "460"),
        ("1.5 x 15 mg", "mg", "22.5"),
        ("2 \u00d7 500 mcg", "", "1"),
        ("0 x 30 mg", "", "0"),
    ],
)
def test_a_day_may_be_counted_out(cell, unit, daily):
    (row,) = read(f"{HEAD}2027-01-04,2027-01-31,morphine,{cell},{unit}\n").rows
    assert row.amount == Amount(Fraction(daily), Unit.MG_PER_D)


@pytest.mark.parametrize(
    ("cell", "unit", "code", "said"),
    [
        ("4 x 100", "", "SCHED-001", "is not counted as we read it"),
        ("4 x 100 mg and 2 x 30 mg", "", "SCHED-001", "4 x 100 mg + 2 x 30 mg"),
        ("4 x 100 mg + 30 mg", "", "SCHED-001", "is not counted as we read it"),
        ("4 x 100 mg +", "mg", "SCHED-001", "is not counted as we read it"),
        (" + ".join(["1 x 5 mg"] * 13), "", "SCHED-001", "is not counted as we read it"),
        ("1 x 25 mg", "mcg/h", "UNIT-001", "leave it empty or write mg/d"),
    ],
)
def test_counts_that_are_not_read_are_a_problem(cell, unit, code, said):
    problem = one(f"2027-01-04,2027-01-31,morphine,{cell},{unit}")
    assert problem.code == code
    assert said in problem.text


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + HEAD + ROW,
        HEAD.replace("\n", "\r\n") + ROW.replace("\n", "\r\n"),
        HEAD + "\n\n" + ROW + ",,,,\n",
        (HEAD + ROW).replace(",", ";"),
        "Unit,Amount,DRUG,Last day,First-Day\nmg/d,90,Morphine,2027-01-31,2027-01-04\n",
        HEAD + ROW.replace("90", '" 90 "').rstrip("\n"),
    ],
)
def test_ways_to_write_the_same(text):
    assert read(text).rows == read(HEAD + ROW).rows
    assert read(text).problems == ()


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [
        ("90", "mg/d", "90 mg/d"),
        ("90", "mg/day", "90 mg/d"),
        ("90", "MG", "90 mg/d"),
        ("2.5", "mg", "2.5 mg/d"),
        ("1", "g/d", "1,000 mg/d"),
        ("900", "mcg", "900 mcg/d"),
        ("900", "mcg/d", "900 mcg/d"),
        ("25", "mcg/hr", "25 mcg/h"),
        ("0", "mg/d", "0 mg/d"),
    ],
)
def test_units_of_a_daily_amount(amount, unit, expected):
    (row,) = read(f"{HEAD}2027-01-04,2027-01-31,fentanyl,{amount},{unit}\n").rows
    assert str(row.amount) == expected


@pytest.mark.parametrize(
    ("row", "code", "said"),
    [
        ("2027-01-04,2027-01-31,morhpine,90,mg/d", "DRUG-001", "morphine"),
        ("2027-01-04,2027-01-31,,90,mg/d", "DRUG-004", "no drug"),
        ("2027-01-04,2027-01-31,Percocet,90,mg/d", "DRUG-003", "oxycodone"),
        ("2027-01-04,2027-01-31,morphine,.5,mg/d", "NUM-001", "0.5"),
        ('2027-01-04,2027-01-31,morphine,"2,5",mg/d', "NUM-002", "point"),
        ("2027-01-04,2027-01-31,morphine,-5,mg/d", "NUM-002", "digits"),
        ("2027-01-04,2027-01-31,morphine,1e3,mg/d", "NUM-002", "digits"),
        ("2027-01-04,2027-01-31,morphine,,mg/d", "SCHED-001", "write 0"),
        ("2027-01-04,2027-01-31,morphine,90,", "UNIT-001", "unit"),
        ("2027-01-04,2027-01-31,morphine,90,tablets", "UNIT-001", "mg/d"),
        ("2027-01-04,2027-01-31,morphine,90,mL", "UNIT-001", "mg/d"),
        ("2027-01-04,2027-01-31,morphine,90,mg/mg", "UNIT-001", "unit"),
        ("2027-01-04,2027-01-31,morphine,90,mgs per fortnight", "UNIT-001", "unit"),
        ("01/04/2027,2027-01-31,morphine,90,mg/d", "SCHED-001", "2027-01-04"),
        ("20270104,2027-01-31,morphine,90,mg/d", "SCHED-001", "2027-01-04"),
        ("2027-02-30,2027-03-31,morphine,90,mg/d", "SCHED-001", "calendar"),
        ("9999-12-31,9999-12-31,morphine,90,mg/d", "SCHED-001", "2027-01-04"),
        (",2027-03-31,morphine,90,mg/d", "SCHED-001", "empty"),
        ("2027-02-01,2027-01-31,morphine,90,mg/d", "SCHED-001", "before"),
        ("2027-02-01,2027-01-31,morphine", "SCHED-001", "cells"),
    ],
)
def test_a_row_that_cannot_be_read(row, code, said):
    problem = one(row)
    assert problem.code == code
    assert said in problem.text


def test_one_bad_row_hides_no_other():
    found = read(HEAD + ROW + "x,x,x,x,x\n" + ROW.replace("morphine", "oxycodone"))
    assert [row.drug for row in found.rows] == ["morphine", "oxycodone"]
    assert [row.where for row in found.rows] == ["row 2", "row 4"]
    assert [problem.where for problem in found.problems] == ["row 3"]


def test_a_column_that_is_not_read_is_named():
    found = read("first_day,last_day,drug,amount,unit,note\n" + ROW.rstrip() + ",hello\n")
    assert [each.code for each in found.cautions] == ["SCHED-101"]
    assert "note" in found.cautions[0].text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (HEAD.encode(), "no row"),
        (b"first_day,drug,amount,unit\n2027-01-04,morphine,5,mg\n", "last_day is missing"),
        (b"first_day,last_day,drug,amount,unit,unit\n", "twice"),
        ((HEAD + ROW).encode("utf-16"), "UTF-16"),
        (HEAD.encode() + b"\xff\n", "not UTF-8"),
        (HEAD.encode() + b"a\x00b\n", "not text"),
        (b"x" * (MAX_BYTES + 1), "at most"),
        (HEAD.encode() + b'"2027', "not CSV"),
        (HEAD.encode() + b"2027-01-04,2027-01-31," + b"m" * 200_000 + b",5,mg\n", "not CSV"),
    ],
)
def test_no_schedule_at_all(data, said):
    with pytest.raises(UnreadableInput, match=said) as caught:
        read_schedule(data, "plan.csv")
    assert len(str(caught.value)) < 200


def test_too_many_rows():
    found = read(HEAD + ROW * (MAX_ROWS + 3))
    assert len(found.rows) == MAX_ROWS
    assert [problem.code for problem in found.problems] == ["SCHED-002"]


def test_text_at_fault_is_cut():
    assert len(one(f"2027-01-04,2027-01-31,{'x' * 5000},90,mg/d").text) < 150
