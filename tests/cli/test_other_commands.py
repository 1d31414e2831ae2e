"""``medsteward`` itself, and its commands drugs, tables, schema and template."""

from __future__ import annotations

import csv
import io
import json

import jsonschema
import pytest

from medsteward.schemas import schema_names, schema_text
from medsteward.tables.load import table_ids


def test_help_reads_like_a_page(run):
    done = run("--help")
    assert done.returncode == 0
    for word in ("mme", "drugs", "tables", "schema", "template", "never", "Exit codes"):
        assert word in done.stdout
    assert run().returncode == 2


def test_version_prints_every_digest(run):
    lines = run("--version").stdout.splitlines()
    assert lines[0].startswith("medsteward ")
    assert [line.split()[0] for line in lines[1:]] == list(table_ids())
    assert all(line.split()[1].startswith("sha256:") for line in lines[1:])


@pytest.mark.parametrize("typo", ["mmme", "Drugs", "table"])
def test_an_unknown_command_offers_a_near_one(run, typo):
    done = run(typo)
    assert done.returncode == 2
    assert "did you mean" in done.stderr


@pytest.mark.parametrize("name", schema_names())
def test_schemas_are_schemas(run, name):
    done = run("schema", name)
    assert done.returncode == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(done.stdout))
    assert done.stdout == schema_text(name)


def test_the_template_is_a_case(run):
    case = json.loads(run("template", "case", "--format", "json").stdout)
    jsonschema.validate(case, json.loads(schema_text("case")))
    assert run("mme", "-i", "-", stdin=run("template", "case").stdout).returncode == 0


@pytest.mark.parametrize("style", ["text", "json", "csv", "md"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("drugs", "list"),
        ("drugs", "list", "--class", "opioid"),
        ("drugs", "show", "percocet"),
        ("drugs", "show", "197696"),
        ("drugs", "show", "benzodiazepine"),
        ("drugs", "search", "kappa"),
        ("tables", "list"),
        ("tables", "show", "cdc_2016_clinical"),
        ("tables", "diff", "cdc_2022", "uk_fpm"),
    ],
)
def test_every_format_of_every_list(run, arguments, style):
    done = run(*arguments, "--format", style)
    assert done.returncode == 0
    assert done.stdout.strip()
    if style == "csv":
        rows = list(csv.reader(io.StringIO(done.stdout, newline="")))
        assert len({len(row) for row in rows}) == 1
        assert len(rows) > 1
    if style == "json":
        document = json.loads(done.stdout)
        assert document["schema"].startswith("medsteward.")
        if arguments[0] == "drugs" or arguments[1] != "diff":
            jsonschema.validate(document, json.loads(schema_text(arguments[0])))


def test_unknown_names_are_suggested_not_chosen(run):
    done = run("drugs", "show", "oxycodne")
    assert done.returncode == 3
    assert done.stdout == ""
    assert "oxycodone" in done.stderr
    assert run("drugs", "list", "--class", "nonsense").returncode == 2
    assert run("tables", "show", "../../etc/passwd").returncode == 2
    assert run("drugs", "search", "zzzzzz").returncode == 3


def test_what_is_known_of_tramadol(run):
    (drug,) = json.loads(run("drugs", "show", "tramadol", "--format", "json").stdout)["drugs"]
    assert drug["class"] == "opioid, full agonist"
    assert drug["mechanisms"] == ["weak mu agonist", "SERT+NET reuptake inhibition"]
    assert (drug["schedule"], drug["rxcui"]) == ("CIV", "10689")


def test_a_table_compared_with_itself(run):
    done = run("tables", "diff", "cdc_2022", "cdc_2022")
    assert done.stdout.startswith("0 uses differ")
