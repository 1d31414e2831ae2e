"""``medsteward fills`` as a user runs it: formats, side file, exit codes, and what is never said."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest

from medsteward.schemas import schema_text

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
HEADER = "patient_key,filled_date,drug_name,strength,form,quantity,days_supply"
ONE, TWO = "K-secret-1,2026-01-01,oxycodone,10 mg,tablet,120,30", "K-secret-2,2026-01-01,oxycodone,5 mg,tablet,60,30"
GOOD = f"{HEADER}\n{ONE}\n{TWO}\n"
BAD = f"{GOOD}K-secret-3,2026-01-01,=oxycodon+1,10 mg,tablet,120,30\nK-secret-3,2026-01-01,oxycodone,10 mg,tablet,,30\n"
VALIDATOR = jsonschema.Draft202012Validator(json.loads(schema_text("fills")))


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "good.csv").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.csv").write_text(BAD, encoding="utf-8")
    return tmp_path


def documents(text: str) -> list[dict]:
    found = [json.loads(each) for each in text.splitlines()]
    for each in found:
        VALIDATOR.validate(each)
    return found


def test_a_document_of_each_patient_and_one_of_the_file(run, desk):
    done = run("fills", "--input", "good.csv", "--format", "jsonl", "--as-of", "2027-01-04")
    assert done.returncode == 0
    *patients, last = documents(done.stdout)
    assert [each["id"] for each in patients] == ["K-secret-1", "K-secret-2"]
    assert patients[0]["definitions"]["total_days_supply"] == {"value": 60, "numerator": 1800, "denominator": 30}
    assert patients[0]["days"][0] == {"day": "2026-01-01", "mme": 60}
    assert len(patients[0]["days"]) == 30
    assert patients[0]["mode"] == "summed"
    assert (patients[0]["peak"], patients[0]["peak_days"]) == (60, 30)
    assert last["id"] is None
    assert last["rows"] == {"read": 2, "used": 2, "excluded": 0, "failed": 0}
    assert [(each["name"], each["status"]) for each in last["measures"]] == [
        ("OHD", "in use"),
        ("COB", "in use"),
        ("OMP", "retired"),
        ("CMS460", "in use"),
        ("UOP", "in use"),
    ]


def test_json_is_one_array_of_the_same_documents(run, desk):
    lines = documents(run("fills", "-i", "good.csv", "--format", "jsonl", "--as-of", "2027-01-04").stdout)
    whole = json.loads(run("fills", "-i", "good.csv", "--format", "json", "--as-of", "2027-01-04").stdout)
    assert whole == lines


def test_the_same_input_gives_the_same_bytes(run, desk):
    first, second = (run("fills", "-i", "bad.csv", "--format", "jsonl", "--as-of", "2027-01-04") for _ in range(2))
    assert first.stdout == second.stdout


def test_failed_rows_go_to_the_side_file_with_place_column_and_reason(run, desk):
    done = run("fills", "-i", "bad.csv", "--failed", "failed.csv", "--format", "jsonl")
    assert done.returncode == 4
    rows = list(csv.DictReader((desk / "failed.csv").open(encoding="utf-8", newline="")))
    assert [(row["row"], row["column"], row["code"]) for row in rows] == [
        ("4", "drug_name", rows[0]["code"]),
        ("5", "quantity", "FILL-001"),
    ]
    assert all(row["reason"] for row in rows)
    last = documents(done.stdout)[-1]
    assert last["rows"] == {"read": 4, "used": 2, "excluded": 0, "failed": 2}
    assert "2 failed" in done.stderr


def test_without_a_side_file_the_option_is_named(run, desk):
    assert "--failed FILE" in run("fills", "-i", "bad.csv").stderr
    assert "--failed FILE" not in run("fills", "-i", "good.csv").stderr


def test_nothing_that_a_spreadsheet_would_take_for_a_formula(run, tmp_path):
    (tmp_path / "x.csv").write_text(
        GOOD.replace("K-secret-1", "=cmd|' /C calc'!A0").replace("K-secret-2", "+1") + "@x,,=1+1,,,,\n",
        encoding="utf-8",
    )
    done = run("fills", "-i", "x.csv", "--format", "csv", "--failed", "failed.csv")
    for text in (done.stdout, (tmp_path / "failed.csv").read_text(encoding="utf-8")):
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert cells
        assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in cells)


@pytest.mark.parametrize("style", ["text", "json", "jsonl", "csv"])
def test_no_patient_key_in_messages(run, desk, style):
    content = BAD.replace("K-secret-2,2026-01-01", "K-secret-2,01/02/2026") + "K-secret-1,2026-01-09,x,,,1,1\n"
    (desk / "mixed.csv").write_text(content, encoding="utf-8")
    for name in ("bad.csv", "mixed.csv"):
        done = run("fills", "-i", name, "--format", style, "--failed", "f.csv")
        assert "secret" not in done.stderr
    assert "secret" not in (desk / "f.csv").read_text(encoding="utf-8")


def test_rows_that_are_not_grouped_are_sorted_and_it_is_said(run, tmp_path):
    rows = GOOD + "K-secret-1,2026-02-01,oxycodone,10 mg,tablet,120,30\n"
    (tmp_path / "x.csv").write_text(rows, encoding="utf-8")
    done = run("fills", "-i", "x.csv", "--format", "jsonl")
    assert "not sorted by patient" in done.stderr
    assert [len(each["fills"]) for each in documents(done.stdout)[:-1]] == [2, 1]


def test_csv_has_one_row_of_each_patient(run, desk):
    done = run("fills", "-i", "good.csv", "--format", "csv", "--output", "out.csv", "--window", "30")
    assert (done.returncode, done.stdout) == (0, "")
    rows = list(csv.DictReader((desk / "out.csv").open(encoding="utf-8", newline="")))
    assert [(row["id"], row["fixed_window"], row["maximum_day"]) for row in rows] == [
        ("K-secret-1", "60", "60"),
        ("K-secret-2", "15", "15"),
    ]


def test_several_tables_give_a_document_each(run, desk):
    done = run("fills", "-i", "good.csv", "--format", "jsonl", "--table", "cdc_2022", "--table", "nih_heal_2025")
    found = documents(done.stdout)
    assert [(each["id"] is None, each["table"]["id"]) for each in found] == [
        (False, "cdc_2022"),
        (False, "nih_heal_2025"),
        (False, "cdc_2022"),
        (False, "nih_heal_2025"),
        (True, "cdc_2022"),
        (True, "nih_heal_2025"),
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("fills",), 2, "--input"),
        (("fills", "-i", "no.csv"), 2, "no such file"),
        (("fills", "-i", "."), 2, "folder"),
        (("fills", "-i", "good.csv", "--measure", "XYZ"), 2, "the measures are OHD"),
        (("fills", "-i", "good.csv", "--window", "0"), 2, "--window"),
        (("fills", "-i", "good.csv", "--dates", "ymd"), 2, "--dates"),
        (("fills", "-i", "good.csv", "--mode", "both"), 2, "--mode"),
        (("fills", "-i", "good.csv", "--failed", "a", "--output", "./a"), 2, "--failed and --output are the same file"),
        (("fills", "-i", "good.csv", "--output", "good.csv"), 2, "good.csv is the file being read; give another one"),
        (("fills", "-i", "good.csv", "-i", "bad.csv"), 2, "more than once"),
        (("fills", "-i", "good.csv", "--failed", "no/such/f.csv"), 2, "a folder that exists"),
        (("fills", "-i", "good.csv", "--failed", "."), 2, "give a file"),
        (("fills", "-i", "dates.csv"), 2, "--dates mdy"),
        (("fills", "-i", "dates.csv", "--dates", "mdy"), 0, "1 patient"),
        (("fills", "-i", "bad.csv"), 4, "2 failed"),
    ],
)
def test_exit_codes_and_one_clear_sentence(run, desk, arguments, code, says):
    (desk / "dates.csv").write_text(f"{HEADER}\np,01/02/2026,oxycodone,10 mg,tablet,120,30\n", encoding="utf-8")
    done = run(*arguments)
    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) <= 4


def test_a_refused_file_leaves_nothing_behind(run, desk):
    before = sorted(path.name for path in desk.iterdir())
    done = run("fills", "-i", "no.csv", "--output", "out.jsonl", "--failed", "f.csv", "--format", "jsonl")
    assert done.returncode == 2
    assert sorted(path.name for path in desk.iterdir()) == before


def test_standard_input_and_named_measures(run):
    done = run("fills", "-i", "-", "--format", "jsonl", "--measure", "hdo", stdin=GOOD)
    *patients, last = documents(done.stdout)
    assert [each["standing"] for each in last["measures"]] == ["recalled"]
    assert [each["name"] for each in patients[0]["measures"]] == ["HDO"]


def test_the_examples_are_what_the_page_says(run):
    done = run("fills", "-i", str(EXAMPLES / "fills.csv"), "--format", "jsonl")
    assert done.returncode == 0
    documents(done.stdout)
    done = run("fills", "-i", str(EXAMPLES / "fills-export.csv"), "--format", "jsonl")
    assert done.returncode == 4
    assert documents(done.stdout)[-1]["rows"] == {"read": 6, "used": 2, "excluded": 2, "failed": 2}


# --- the other commands over the same records -------------------------------------------------------------------


def test_a_check_runs_over_dated_fills(run):
    done = run("check", "--input", str(EXAMPLES / "fills.csv"), "--format", "jsonl", "--as-of", "2026-03-01")
    found = {each["id"]: each for each in map(json.loads, done.stdout.splitlines())}
    assert list(found) == ["A01", "A02", "A03", "A04"]
    (finding,) = [each for each in found["A01"]["findings"] if each["rule"] == "DDI-001"]
    assert finding["overlaps"] == [
        {"drugs": ["oxycodone", "alprazolam"], "first_day": "2026-02-25", "last_day": "2026-03-26", "days": 30}
    ]
    # a refill before the supply has run out is no second prescription
    assert not [each for each in found["A01"]["findings"] if "duplicate" in each["hazard"]]


def test_fills_on_standard_input_are_told_from_a_case(run):
    text = (EXAMPLES / "fills.csv").read_text(encoding="utf-8")
    done = run("check", "--input", "-", "--format", "jsonl", stdin=text)
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["A01", "A02", "A03", "A04"]
    done = run("mme", "--input", "-", "--format", "jsonl", "--as-of", "2026-01-03", stdin=text)
    assert [json.loads(line)["total"]["maximum"] for line in done.stdout.splitlines()] == [60, 180, 0, 0]


def test_a_case_of_fills_is_counted_under_any_table(run):
    text = "patient_key,filled_date,drug_name,quantity,days_supply\np,2026-01-01,buprenorphine 5 mcg/h patch,4,28\n"
    done = run(
        "mme", "--input", "-", "--format", "jsonl", "--as-of", "2026-01-03", "--table", "nih_heal_2025", stdin=text
    )
    assert json.loads(done.stdout)["total"]["maximum"] == 11


def test_rows_that_fail_are_problems_of_the_check(run, desk):
    done = run("check", "--input", "bad.csv", "--format", "jsonl")
    assert done.returncode == 4
    last = json.loads(done.stdout.splitlines()[-1])
    assert [each["where"] for each in last["problems"]] == ["row 4, drug_name", "row 5, quantity"]
