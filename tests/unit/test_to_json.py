"""Every answer as plain data: the document of the command that prints it, which its schema describes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from attrs import evolve

import medsteward
from medsteward.library.to_json import LISTS, PARTS, WRITERS, NoDocument
from medsteward.model.amount import Amount
from medsteward.schemas import schema_names, schema_text
from tests.program import run

DAY = date(2027, 1, 4)
CDC = medsteward.factor_table("cdc_2022")
LINES = ("oxycodone IR 5 mg tablet, 3 tablets 4 times daily", "alprazolam 0.5 mg tablet, 1 tablet at bedtime")
AS_TYPED = (*LINES, "--as-of", DAY.isoformat())
FILLS = "examples/fills.csv"


def case() -> medsteward.Case:
    return medsteward.case_of(*LINES, as_of=DAY)


def taper() -> Any:
    asked = medsteward.TaperOptions(start=DAY, requested_by="patient", when_stuck="smallest-step")
    one = medsteward.case_of(LINES[0], as_of=DAY, patient={"age": 58, "indication": "chronic pain"})
    return medsteward.taper(one, asked, table=CDC)


def trial() -> Any:
    asked = medsteward.TrialOptions(
        drug="duloxetine",
        start=DAY,
        goal="walk 20 minutes",
        pain=medsteward.PainKind.NEUROPATHIC,
        baseline=(medsteward.Measure("PEG", Fraction(7)),),
    )
    return medsteward.trial(medsteward.case_of(as_of=DAY, patient={"age": 58}), asked, table=CDC)


def fills() -> list[Any]:
    with medsteward.open_fills(FILLS) as records:
        return list(medsteward.fills_report(records, table=CDC, as_of=DAY))


TAPER_WORDS = (
    *("taper", LINES[0], "--age", "58", "--indication", "chronic pain", "--requested-by", "patient"),
    *("--start", DAY.isoformat(), "--when-stuck", "smallest-step", "--as-of", DAY.isoformat()),
)
SAME: dict[str, tuple[Callable[[], Any], tuple[str, ...]]] = {
    "mme": (lambda: medsteward.mme_per_day(case(), table=CDC), ("mme", *AS_TYPED)),
    "check": (lambda: medsteward.check_case(case(), table=CDC), ("check", *AS_TYPED)),
    "remind": (lambda: medsteward.reminders_for(case(), table=CDC), ("remind", *AS_TYPED)),
    "review": (lambda: medsteward.review(case(), table=CDC), ("review", *AS_TYPED)),
    "proposed": (
        lambda: medsteward.proposed(case(), ["methadone 5 mg tid"], table=CDC, as_of=DAY),
        ("mme", *AS_TYPED, "--draft", "methadone 5 mg tid"),
    ),
    "score": (lambda: medsteward.score("peg", {"pain": 7, "enjoyment": 6, "general_activity": 8}), ("score", "peg")),
    "fills": (fills, ("fills", "--input", FILLS, "--as-of", DAY.isoformat())),
    "drugs show": (lambda: medsteward.about("Percocet"), ("drugs", "show", "Percocet")),
    "drugs search": (lambda: medsteward.search("morphine"), ("drugs", "search", "morphine")),
    "drugs search --for-pain": (
        lambda: medsteward.offers(medsteward.case_of(as_of=DAY, patient={"age": 58}), "neuropathic"),
        ("drugs", "search", "--for-pain", "neuropathic", "--age", "58", "--as-of", DAY.isoformat()),
    ),
    "tables show": (lambda: CDC, ("tables", "show", "cdc_2022")),
    "tables list": (
        lambda: [medsteward.factor_table(name) for name in medsteward.table_ids()],
        ("tables", "list"),
    ),
    "taper": (taper, TAPER_WORDS),
}


def without_words(document: Any) -> Any:
    """A plan's document without the words of the command it was asked for with, and what those change."""
    if isinstance(document, dict) and "base" in document:
        asked = document["base"]["request"]["asked"] if document["base"] else {}
        asked.clear()
        return {
            key: [{**a, "command": ""} for a in value] if key == "alternatives" else value
            for key, value in document.items()
            if key != "digest"
        }
    return document


@pytest.mark.parametrize("name", SAME)
def test_a_call_gives_the_document_that_the_command_prints(name):
    call, words = SAME[name]
    if name == "score":
        words = (*words, "pain=7", "enjoyment=6", "general_activity=8")
    done = run(*words, "--format", "json")
    assert done.code in (0, 3, 4), done.err
    assert without_words(json.loads(json.dumps(medsteward.to_json(call())))) == without_words(json.loads(done.out))


@pytest.mark.parametrize("name", SAME)
def test_every_document_is_plain_data_that_fits_its_schema(name):
    found = medsteward.to_json(SAME[name][0]())
    for document in found if isinstance(found, list) else [found]:
        kind, _, version = document["schema"].partition("/")
        assert (version, kind.startswith("medsteward.")) == ("1", True)
        jsonschema.validate(document, json.loads(schema_text(kind.removeprefix("medsteward."))))
    assert kinds(found) <= {dict, list, str, int, float, bool, type(None)}


def kinds(value: Any) -> set[type]:
    """The classes of everything in a document."""
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return {type(value)}.union(*(kinds(each) for each in inner))


def test_a_schema_of_each_kind_of_answer_is_reached():
    reached = {
        document["schema"].removeprefix("medsteward.").partition("/")[0]
        for call, _ in SAME.values()
        for document in [medsteward.to_json(call())]
        if isinstance(document, dict)
    }
    assert reached == {
        *("mme", "check", "remind", "review", "proposed", "score", "drugs", "matching", "tables", "plan"),
    }
    assert reached <= set(schema_names())


def test_a_trial_is_a_plan_too():
    document = medsteward.to_json(trial())
    assert (document["schema"], document["kind"]) == ("medsteward.plan/1", "trial")
    jsonschema.validate(document, json.loads(schema_text("plan")))


def test_a_case_comes_back_as_it_was():
    before = medsteward.case_of(*LINES, as_of=DAY, patient={"age": 58, "weight_kg": Fraction(161, 2)})
    document = json.loads(json.dumps(medsteward.to_json(before)))
    jsonschema.validate(document, json.loads(schema_text("case")))
    assert medsteward.from_json(document) == before
    assert medsteward.from_json(json.dumps(document)) == before


@pytest.mark.parametrize("made", [taper, trial])
def test_a_plan_comes_back_and_says_the_same(made):
    before = made()
    saved = medsteward.from_json(json.loads(json.dumps(medsteward.to_json(before))))
    assert isinstance(saved, medsteward.SavedPlan)
    again = medsteward.plan_report(saved, as_of=before.as_of)
    assert again.plan == before.plan
    assert medsteward.to_json(again)["digest"] == medsteward.to_json(before)["digest"]


def test_several_answers_are_an_array_and_parts_are_as_in_the_whole():
    report: Any = medsteward.mme_per_day(case(), table=CDC)
    whole = medsteward.to_json(report)
    assert medsteward.to_json([report, report]) == [whole, whole]
    assert medsteward.to_json({"now": report.total}) == {"now": whole["total"]}
    assert medsteward.to_json(report.cautions) == whole["warnings"]
    assert medsteward.to_json(report.total.maximum) == {"value": 90, "unit": "MME/d"}
    assert medsteward.to_json(medsteward.mme_of_dose("levorphanol", "6 mg/d", table=CDC)) is None


@pytest.mark.parametrize("value", [object(), {1, 2}, b"bytes"])
def test_what_is_no_answer_is_refused(value):
    with pytest.raises(NoDocument):
        medsteward.to_json(value)
    with pytest.raises(TypeError):
        medsteward.to_json([value])


@pytest.mark.parametrize("document", [{"schema": "medsteward.mme/1"}, {}, "[]", '{"schema": "medsteward.case/1"}'])
def test_what_is_neither_a_case_nor_a_plan_is_refused(document):
    with pytest.raises(medsteward.MedstewardError):
        medsteward.from_json(document)


def test_each_writer_that_is_named_is_there():
    for where in (*WRITERS.values(), *PARTS.values(), *LISTS.values()):
        module, _, function = where.partition(":")
        found = __import__(f"medsteward.writers.{module}", fromlist=[function])
        assert callable(getattr(found, function)), where


# --- plans and records -------------------------------------------------------------------------------------------


def test_a_plan_is_read_revised_checked_and_decided_by_calls(tmp_path):
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(medsteward.to_json(taper())))
    saved = medsteward.read_plan(path)
    pause = medsteward.Pause(date(2027, 2, 1), date(2027, 2, 14))
    options = medsteward.RevisionOptions(why="illness")
    paused = medsteward.revise(saved, [pause], on=date(2027, 1, 20), options=options)
    assert paused.plan is not None
    assert (paused.plan.events[-1].what, paused.plan.events[-1].why) == (pause, "illness")
    assert paused.plan.last_day > taper().plan.last_day
    (held,) = medsteward.plan_check(paused, as_of=DAY)
    assert medsteward.to_json(held)["schema"] == "medsteward.plan_check/1"
    decided = medsteward.decide(trial(), [medsteward.Measure("PEG", Fraction(4))], on=date(2027, 3, 1))
    assert decided.plan is not None


def test_a_plan_that_was_changed_by_hand_is_refused_with_its_problem():
    document = medsteward.to_json(taper())
    document["steps"][0]["doses"][0]["amount"] += 5
    with pytest.raises(medsteward.PlanRefused) as refused:
        medsteward.read_plan(document)
    assert [each.code for each in refused.value.problems] == ["PLAN-002"]


def test_a_report_without_a_plan_cannot_be_revised():
    report = evolve(taper(), plan=None)
    with pytest.raises(medsteward.PlanRefused):
        medsteward.revise(report, [medsteward.Undo()], on=DAY)


def test_records_are_read_from_a_stream_as_from_a_file(tmp_path):
    with open(FILLS, "rb") as stream, medsteward.open_fills(stream) as records:
        found = list(medsteward.fills_report(records, table=CDC, as_of=DAY))
    assert medsteward.to_json(found) == medsteward.to_json(fills())


def test_an_amount_alone_has_its_unit():
    assert medsteward.to_json(Amount(Fraction(5, 2), medsteward.Unit.MG)) == {"value": 2.5, "unit": "mg"}


def test_every_public_name_is_on_its_page():
    page = Path("docs/python.md").read_text(encoding="utf-8")
    table = page[page.index("## All public names") : page.index("## Errors")]
    assert set(re.findall(r"`([^`]+)`", table)) - COMMANDS == set(medsteward.__all__)


COMMANDS = {"mme", "check", "remind", "review"} - set(medsteward.__all__)
