"""A checked schedule as document, text, markdown and CSV."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from fractions import Fraction

import jsonschema
import pytest

from medsteward.advice.plan.held import check_schedule
from medsteward.readers.plan.schedule_csv import read_schedule
from medsteward.schedules.held_schedule import Bound, Excess, excess_words
from medsteward.schedules.policies import POLICIES, policy
from medsteward.schedules.policy import Basis
from medsteward.schemas import schema_text
from medsteward.tables.load import factor_table
from medsteward.writers.held import document as plan_check_json
from medsteward.writers.held import table as plan_check_table
from medsteward.writers.plan.policy import policy_lines
from medsteward.writers.shared.json_text import pretty

SCHEMA = json.loads(schema_text("plan_check"))
FILE = """\
first_day,last_day,drug,amount,unit
2027-01-04,2027-01-31,morphine,90,mg/d
2027-02-01,2027-02-10,morphine,60,mg/d
2027-02-13,2027-03-31,morphine,57,mg/d
2027-04-01,2027-04-30,morphine,60,mg/d
2027-05-01,2027-05-31,morphine,25,mg/d
2027-06-01,2027-06-01,morphine,0,mg/d
2027-06-01,2027-06-01,=cmd|' /C calc'!A0,0,mg/d
"""


def check(text: str = FILE, name: str = "humane"):
    found = read_schedule(text.encode(), "plan.csv")
    return check_schedule(
        found.rows,
        policy=policy(name),
        table=factor_table("cdc_2022"),
        as_of=date(2027, 1, 1),
        problems=found.problems,
        cautions=found.cautions,
    )


@pytest.mark.parametrize("name", [*POLICIES])
def test_every_document_is_as_its_schema_says(name):
    document = plan_check_json.document(check(name=name))
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(pretty(document)))
    assert document["sources"]


def test_the_document():
    document = plan_check_json.document(check())
    assert document["original"] == {"amount": 90, "unit": "mg/d"}
    assert [step["change"] for step in document["steps"]] == ["start", "reduce", "reduce", "rise", "reduce", "stop"]
    assert document["steps"][1]["percent_of_current"] == 33.333333
    assert [each["bound"] for each in document["steps"][1]["exceeds"]] == ["ceiling", "asked range"]
    assert document["steps"][5]["exceeds"][0]["planned"]
    assert [each["kind"] for each in document["irregular"]] == ["gap", "rise"]
    assert document["within"] is False
    assert pretty(document) == pretty(plan_check_json.document(check()))


def test_text_says_what_exceeds_and_what_the_policy_asks():
    text = plan_check_table.text(check())
    assert text.startswith(
        "1 problem first; of the rest: steps 1 and 4 of 4 go beyond humane; 2 irregularities of days\n"
    )
    assert "step 1: 33.3 % of the current dose, over the ceiling of 10 %" in text
    assert "planned: the last stop" in text
    said = " ".join(text.split())
    assert "10 % of the current dose every 4 weeks (source: 5 to 10 %, 7 to 28 days) [medsteward's own rule]" in said
    assert "from 1/3 of the original dose down: 5 % of the current dose" in said
    assert all(len(line) <= 130 for line in text.splitlines())


def test_markdown_has_no_markup_from_outside():
    text = plan_check_table.markdown_text(check(FILE.replace("=cmd|' /C calc'!A0", "<b>|*x*")))
    assert "<b>" not in text
    assert "\\<b\\>\\|\\*x\\*" in text


def test_csv_is_defused_and_complete():
    rows = list(csv.DictReader(io.StringIO(plan_check_table.csv_rows(check()))))
    steps = ["within", "exceeds", "within", "within", "exceeds", "within"]
    assert [row["status"] for row in rows] == [*steps, "gap", "rise", "problem"]
    assert not [value for row in rows for value in row.values() if value.startswith(("=", "+", "-", "@"))]


def test_figures_that_differ_are_shown_to_differ():
    close = Excess(Bound.CEILING, Fraction(2001, 200), Fraction(10), Basis.CURRENT)
    assert excess_words(close) == "10.01 % of the current dose, over the ceiling of 10 %"


def test_a_schedule_that_is_within():
    found = check(FILE.splitlines()[0] + "\n2027-01-04,2027-01-31,morphine,90,mg/d\n")
    assert found.exit_code == 0
    assert plan_check_table.text(found).startswith("no step to check against humane: the dose is not lowered\n")


def test_nothing_held():
    found = check(name="gabapentinoid_exit")
    assert plan_check_table.text(found).startswith("NOT HELD against gabapentinoid_exit")
    assert plan_check_json.document(found)["original"] is None


@pytest.mark.parametrize("name", [*POLICIES])
def test_lines_about_a_policy_name_basis_and_standing(name):
    lines = " ".join(policy_lines(policy(name)))
    assert "current dose" in lines or "original dose" in lines or "mg/d" in lines
    assert "ceiling: " in lines


# --- bounds that are not in the range, and steps below it ---------------------------------------------------------


HEAD = "first_day,last_day,drug,amount,unit\n"


def methadone(before: str, then: str):
    """A dose of methadone lowered once, held against its label: less than 10 % of the established dose."""
    rows = f"2027-01-01,2027-01-28,methadone,{before},mg/d\n2027-01-29,2027-02-28,methadone,{then},mg/d\n"
    return check(f"{HEAD}{rows}", "methadone_label")


@pytest.mark.parametrize(("then", "exceeds"), [("72", True), ("72.01", False), ("71.9", True), ("73", False)])
def test_less_than_ten_percent_is_not_ten_percent(then, exceeds):
    step = methadone("80", then).held.steps[-1]
    assert [each.bound for each in step.exceeds] == ([Bound.ASKED] if exceeds else [])


def test_a_step_at_a_bound_that_is_not_in_the_range_says_so():
    report = methadone("80", "72")
    assert "10 % of the original dose, and the range asked is less than 10 %" in plan_check_table.text(report)
    phase = plan_check_json.document(report)["policy"]["phases"][0]
    assert phase["percents"] == {"low": None, "high": 10, "under": True}
    assert any("source: less than 10 %, 10 days or more" in line for line in policy_lines(report.policy))


def test_other_ranges_hold_their_high_end():
    rows = "2027-01-01,2027-01-28,morphine,100,mg/d\n2027-01-29,2027-02-28,morphine,80,mg/d\n"
    step = check(f"{HEAD}{rows}", "va_slower").held.steps[-1]
    assert step.exceeds == ()


def test_a_step_below_the_band_of_a_policy_is_said_with_both_figures():
    rows = "2027-01-01,2027-01-28,morphine,4 x 100 mg + 2 x 30 mg,\n2027-01-29,2027-02-28,morphine,450,mg/d\n"
    report = check(f"{HEAD}{rows}", "va_slower")
    assert report.held.original.value == 460
    assert report.exit_code == 0
    said = " ".join(plan_check_table.text(report).split())
    assert "step 1: 2.2 % of the original dose, smaller than the range of 5 to 20 %, which is allowed" in said
