"""``medsteward plan check`` as a user runs it."""

from __future__ import annotations

import csv
import io
import json

import jsonschema
import pytest

from medsteward.schemas import schema_text

HEAD = "first_day,last_day,drug,amount,unit\n"
GENTLE = HEAD + "2027-01-04,2027-01-31,morphine,100,mg/d\n2027-02-01,2027-02-28,morphine,90,mg/d\n"
STEEP = HEAD + "2027-01-04,2027-01-31,morphine,100,mg/d\n2027-02-01,2027-02-28,morphine,60,mg/d\n"


@pytest.fixture
def file(tmp_path):
    def written(text: str) -> str:
        path = tmp_path / "schedule.csv"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return written


def test_within(run, file):
    done = run("plan", "check", file(GENTLE), "--policy", "humane")
    assert done.returncode == 0
    assert done.stdout.startswith("no step exceeds humane\n")
    assert done.stderr == ""


def test_exceeding(run, file):
    done = run("plan", "check", file(STEEP), "--policy", "HUMANE")
    assert done.returncode == 3
    assert "step 1: 40 % of the current dose, over the ceiling of 10 %" in done.stdout
    assert "a bound is exceeded" in done.stderr


@pytest.mark.parametrize("style", ["text", "json", "jsonl", "csv", "md"])
def test_every_format_from_standard_input(run, style):
    done = run("plan", "check", "-", "--policy", "humane", "--as-of", "2027-01-01", "--format", style, stdin=STEEP)
    assert done.returncode == 3
    if style.startswith("json"):
        document = json.loads(done.stdout)
        jsonschema.validate(document, json.loads(schema_text("plan_check")))
        assert document["as_of"] == "2027-01-01"
    elif style == "csv":
        assert [row["status"] for row in csv.DictReader(io.StringIO(done.stdout))] == ["within", "exceeds"]
    else:
        assert "40 %" in done.stdout


def test_one_document_for_each_table(run, file):
    both = HEAD + "2027-01-04,2027-01-31,morphine,30,mg/d\n2027-01-04,2027-01-31,hydromorphone,8,mg/d\n"
    tables = ("--table", "cdc_2022", "--table", "cdc_2016_clinical")
    done = run("plan", "check", file(both), "--policy", "humane", *tables, "--format", "json")
    assert [each["original"]["amount"] for each in json.loads(done.stdout)] == [70, 62]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "name the policy"),
        (("--policy", "humain"), "did you mean humane"),
        (("--policy", "humane", "--as-of", "soon"), "2027-01-04"),
    ],
)
def test_wrong_usage(run, file, words, said):
    done = run("plan", "check", file(GENTLE), *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) <= 3


@pytest.mark.parametrize("text", ["", HEAD, "a,b\n1,2\n", "{}", "{", '{"schema": "medsteward.mme/1"}'])
def test_what_is_no_schedule(run, file, text):
    done = run("plan", "check", file(text), "--policy", "humane")
    assert done.returncode in (2, 3)
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert 1 <= len(done.stderr.splitlines()) <= 3


def test_a_bad_row_is_named_and_the_others_stand(run, file):
    done = run("plan", "check", file(GENTLE + "2027-03-01,2027-03-28,morphne,81,mg/d\n"), "--policy", "humane")
    assert done.returncode == 3
    assert done.stdout.startswith("1 problem first; of the rest: no step exceeds humane")
    assert "row 4: " in done.stdout
    assert "morphine" in done.stdout
