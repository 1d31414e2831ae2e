"""``drugs show --rxnorm-name`` from outside."""

from __future__ import annotations

import json

import jsonschema
import pytest

from medsteward.schemas import schema_text

PERCOCET = "acetaminophen 325 MG / oxycodone hydrochloride 5 MG Oral Tablet [Percocet]"
SUBSYS = "{2 (fentanyl 0.6 MG/ACTUAT Mucosal Spray) } Pack [Subsys 1200 MCG]"


def show(run, text, *more):
    return run("drugs", "show", "--rxnorm-name", text, *more)


@pytest.mark.parametrize("text", [PERCOCET, SUBSYS, "opium tincture 100 MG/ML Oral Solution", "nothing", ""])
def test_the_document_fits_its_schema(run, text):
    document = json.loads(show(run, text, "--format", "json").stdout)
    jsonschema.validate(document, json.loads(schema_text("rxnorm_name")))


def test_a_name_as_json(run):
    done = show(run, PERCOCET.upper(), "--format", "json")
    assert done.returncode == 0
    document = json.loads(done.stdout)
    assert document["ingredients"] == [
        {"name": "acetaminophen", "salt": None, "strength": 325, "unit": "mg", "role": "active"},
        {"name": "oxycodone", "salt": "hydrochloride", "strength": 5, "unit": "mg", "role": "active"},
    ]
    assert (document["form"], document["release"], document["brand"], document["pack"]) == (
        "Oral Tablet",
        "IR",
        "PERCOCET",
        [],
    )
    assert document["product"]["rxcui"] == "1049221"


def test_a_pack_as_json(run):
    document = json.loads(show(run, SUBSYS, "--format", "json").stdout)
    (item,) = document["pack"]
    assert (item["count"], item["form"]) == (2, "Mucosal Spray")
    assert item["ingredients"] == document["ingredients"]
    assert document["ingredients"][0]["strength"] == 0.6
    assert document["product"]["ingredients"][0]["strength"] == "600 mcg"


@pytest.mark.parametrize("style", ["text", "md", "csv"])
def test_a_name_for_people(run, style):
    done = show(run, PERCOCET, "--format", style)
    assert done.returncode == 0
    assert "oxycodone" in done.stdout
    assert "hydrochloride" in done.stdout


@pytest.mark.parametrize("style", ["text", "md", "csv", "json"])
def test_what_is_not_understood_is_said(run, style):
    done = show(run, "oxycodone 5 MGG Oral Tablet", "--format", style)
    assert done.returncode == 3
    assert "MGG" in done.stdout + done.stderr
    assert show(run, "oxycodone Oral Tablet", "--format", style).returncode == 4


def test_usage(run):
    assert run("drugs", "show").returncode == 2
    assert run("drugs", "show", "percocet", "--rxnorm-name", "x").returncode == 2
    assert show(run, "=cmd()|'1' 5 MG Oral Tablet", "--format", "csv").stdout.splitlines()[1].startswith("'=")
