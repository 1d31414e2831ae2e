"""What is dispensed, as text, markdown and rows: each dispensing once, its marks with it, any words safe."""

from __future__ import annotations

import csv
import io

from attrs import evolve

from medsteward.model.problem import Problem
from medsteward.writers.plan.pharmacy import csv_rows, markdown_text, text
from tests.unit.test_card import MADE, hostile, plan_of

MARKED = evolve(MADE["opioids"], faster_than=("a source",))


def rows(report, **more):
    return list(csv.DictReader(io.StringIO(csv_rows(report, **more), newline="")))


def test_each_dispensing_is_a_row_with_its_days_and_directions():
    plan = plan_of("opioids")
    for row, fill in zip(rows(MARKED), plan.fills, strict=True):
        assert (row["first_day"], row["last_day"]) == (str(fill.first_day), str(fill.last_day))
        assert int(row["days"]) == (fill.last_day - fill.first_day).days + 1
        assert (row["product"], row["directions"]) == (fill.product, fill.sig)
        assert (row["quantity"], row["unit"]) == (str(fill.quantity), fill.unit.value)
        assert row["new_prescription"] == "no"
        assert row["marks"].endswith("Faster than: a source")
    second = evolve(plan, fills=tuple(evolve(each, schedule="CII") for each in plan.fills))
    assert {row["new_prescription"] for row in rows(evolve(MARKED, plan=second))} == {"yes"}


def test_text_and_markdown_have_each_of_them_and_the_marks():
    plan = plan_of("opioids")
    shown = text(MARKED)
    assert "Faster than: a source" in shown
    assert [line.split()[0] for line in shown.splitlines() if line[:1].isdigit()] == [
        f"{number + 1}." for number in range(len(plan.fills))
    ]
    shown = markdown_text(MARKED)
    assert "Faster than: a source" in shown
    for number, fill in enumerate(plan.fills, start=1):
        product = f"NEW STRENGTH: {fill.product}" if fill.new_strength else fill.product
        assert f"| {number} | {fill.first_day} | {fill.days_supply} | {product} |" in shown
        assert fill.sig in shown


def test_without_a_plan_the_problem_is_said_and_there_is_no_row():
    empty = evolve(MADE["opioids"], plan=None, problems=(Problem("TAPER-001", "line 1", "out of scope"),))
    for shown in (text(empty), markdown_text(empty)):
        assert "out of scope" in shown
    assert rows(empty) == []
    assert csv_rows(empty, with_header=False) == ""


def test_hostile_text_stays_text():
    made = hostile(evolve(MADE["opioids"], case_id="=1+1"))
    assert "\u202e" not in text(made) + markdown_text(made) + csv_rows(made)
    assert "<script>" not in markdown_text(made).replace("\\<script\\>", "")
    assert all(row["id"].startswith(("'", "\u202e", " ")) for row in rows(evolve(MADE["opioids"], case_id="=1+1")))
