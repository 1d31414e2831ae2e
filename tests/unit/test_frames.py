"""Tables of rows by the Arrow C stream, made by nanoarrow alone; pandas and polars are tried by ``tests/frames.py``."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import Any

import pytest

import medsteward
from medsteward import frames
from medsteward.errors import UnreadableInput

nanoarrow = pytest.importorskip("nanoarrow")
DAY = date(2027, 1, 4)
CDC = medsteward.factor_table("cdc_2022")
LINES = [
    ("a", "oxycodone 5 mg every 6 hours", 60.0),
    ("b", "morphine ER 15 mg bid", None),
    ("a", "alprazolam 0.5 mg bid", float("nan")),
]


def frame(rows: list[Any], **columns: str) -> Any:
    return frames._arrow(tuple(columns.items()), rows)


def listed(answer: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = nanoarrow.ArrayStream(answer).to_pylist()
    return found


def test_rows_become_cases_by_patient_in_whatever_order():
    table = frame(LINES, patient_key="string", sig="string", quantity="float64")
    found = list(frames.cases(table, as_of=DAY, patients={"b": {"age": 70}}))
    assert [(each.id, len(each.lines), each.patient.age) for each in found] == [("a", 2, None), ("b", 1, 70)]
    assert not any(each.problems or line.problems for each in found for line in each.lines)
    quantity: Any = found[0].lines[0].regimen
    assert quantity.quantity.value == 60


def test_all_rows_may_be_of_one_patient():
    (found,) = frames.cases(frame([(each[1],) for each in LINES], sig="string"), as_of=DAY, key=None)
    assert (found.id, len(found.lines)) == (None, 3)


def test_totals_and_findings_go_back_as_rows():
    cases = list(frames.cases(frame(LINES, patient_key="string", sig="string", quantity="float64"), as_of=DAY))
    rows = listed(frames.rows(medsteward.mme_per_day(each, table=CDC) for each in cases))
    assert [(row["id"], row["maximum"], row["complete"]) for row in rows] == [("a", 30.0, True), ("b", 30.0, True)]
    found = listed(frames.rows(medsteward.check_case(each, table=CDC) for each in cases))
    assert ("a", "DDI-001", 1) in [(row["id"], row["rule"], row["tier"]) for row in found]
    reviewed = listed(frames.rows(medsteward.review(each, table=CDC) for each in cases))
    assert [row["rule"] for row in reviewed] == [row["rule"] for row in found]


def test_reminders_and_steps_go_back_as_rows():
    case = medsteward.read_case(
        {
            "medications": [{"sig": "oxycodone IR 5 mg tablet, 3 tablets 4 times daily"}],
            "done": {"naloxone": True, "pdmp": date(2026, 12, 1)},
        },
        as_of=DAY,
    )
    report = medsteward.reminders_for(case, table=CDC)
    rows = listed(frames.rows([report]))
    said = medsteward.to_json(report)["reminders"]
    assert [(row["kind"], row["due"]) for row in rows] == [(each["kind"], each["due"]) for each in said]
    options = medsteward.TaperOptions(start=DAY, requested_by="patient", when_stuck="smallest-step")
    plan = medsteward.taper(case, options, table=CDC)
    steps = listed(frames.rows([plan]))
    assert [row["number"] for row in steps] == [each["number"] for each in medsteward.to_json(plan)["steps"]]
    assert (steps[0]["drug"], steps[0]["amount"], steps[0]["unit"], steps[0]["mme"]) == (
        "oxycodone",
        55.0,
        "mg/d",
        82.5,
    )
    refused = medsteward.taper(medsteward.case_of("oxycodone", as_of=DAY), options, table=CDC)
    assert listed(frames.rows([refused])) == []


def test_a_total_without_a_figure_is_an_empty_cell_that_is_not_complete():
    case = medsteward.case_of("levorphanol 2 mg tid", as_of=DAY)
    (row,) = listed(frames.rows([medsteward.mme_per_day(case, table=CDC)]))
    assert (row["maximum"], row["complete"]) == (None, False)


def test_proposed_orders_go_back_with_both_readings():
    case = medsteward.case_of("oxycodone 5 mg every 6 hours", as_of=DAY)
    found = medsteward.proposed(case, ["oxycodone 10 mg every 6 hours"], table=CDC, as_of=DAY)
    rows = listed(frames.rows([found]))
    assert [(row["way"], row["now"], row["with_it"]) for row in rows] == [
        ("added", 30.0, 90.0),
        ("replacing", 30.0, 60.0),
    ]


def test_records_of_a_frame_are_those_of_the_file():
    columns = {"patient_key": "string", "filled_date": "string", "drug_name": "string"}
    records = frame(
        [("A", "2026-01-01", "OXYCODONE HCL 5 MG TABLET", 120.0, 30)],
        **columns,
        quantity="float64",
        days_supply="int64",
    )
    with frames.fills(records) as found:
        answers = list(medsteward.fills_report(found, table=CDC, as_of=DAY))
    (row,) = listed(frames.rows(answers))
    assert (row["id"], row["maximum_day"], row["complete"]) == ("A", 30.0, True)


def test_no_answers_are_no_rows_and_several_kinds_are_refused():
    case = medsteward.case_of("oxycodone 5 mg every 6 hours", as_of=DAY)
    assert listed(frames.rows([])) == []
    with pytest.raises(TypeError, match="of one kind"):
        frames.rows([medsteward.mme_per_day(case, table=CDC), medsteward.check_case(case, table=CDC)])
    with pytest.raises(TypeError, match="of one kind"):
        frames.rows([case])


def test_what_is_no_frame_is_refused():
    with pytest.raises(UnreadableInput, match="no Arrow C stream"):
        list(frames.cases([("a", "oxycodone")], as_of=DAY))  # type: ignore[arg-type]
    with pytest.raises(UnreadableInput, match="key="):
        list(frames.cases(frame([("x",)], sig="string"), as_of=DAY))


def test_no_frame_library_is_imported():
    code = (
        "import sys, medsteward.frames as f, nanoarrow; from datetime import date; "
        "list(f.cases(f._arrow((('sig', 'string'),), [('oxycodone 5 mg daily',)]), as_of=date(2027, 1, 4), key=None)); "
        "print({'pandas', 'polars', 'pyarrow', 'numpy', 'duckdb'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
