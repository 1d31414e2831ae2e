"""``medsteward doses``, as it is typed."""

from __future__ import annotations

import csv
import io
import json

import jsonschema

from medsteward.limits.load import dose_limits
from medsteward.schemas import schema_text


def test_the_limits_of_a_drug_with_source_and_standing(run):
    done = run("doses", "show", "gabapentin")
    assert done.returncode == 0
    assert "1,400 mg/d" in done.stdout
    assert "verified" in done.stdout
    assert "Sources" in done.stdout


def test_a_brand_finds_its_drug_and_groups(run):
    done = run("doses", "show", "Percocet", "--format", "json")
    document = json.loads(done.stdout)
    jsonschema.validate(document, json.loads(schema_text("doses")))
    drugs = {each["drug"] for each in document["limits"]}
    assert {"oxycodone + acetaminophen", "oxycodone", "acetaminophen", "any opioid"} <= drugs
    assert document["limits"][0]["drug"] == "oxycodone + acetaminophen"


def test_the_list_by_standing_is_part_of_the_whole(run):
    done = run("doses", "list", "--standing", "recalled", "--format", "json")
    recalled = json.loads(done.stdout)["limits"]
    jsonschema.validate(json.loads(done.stdout), json.loads(schema_text("doses")))
    assert {each["source"]["standing"] for each in recalled} == {"recalled"}
    assert not any(each["labelled_maximum"] for each in recalled)
    assert 0 < len(recalled) < len(dose_limits().rows)


def test_every_row_is_in_the_csv(run):
    done = run("doses", "list", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["id"] for row in rows] == [row.id for row in dose_limits().rows]


def test_an_unknown_name_is_a_problem_with_suggestions(run):
    done = run("doses", "show", "gabapentn")
    assert done.returncode == 3
    assert "gabapentin" in done.stderr
    assert done.stdout == ""


def test_a_medicine_without_a_limit_says_so(run):
    done = run("doses", "show", "lisinopril", "--format", "json")
    assert done.returncode == 4
    assert json.loads(done.stdout)["problems"][0]["code"] == "LIMIT-001"
