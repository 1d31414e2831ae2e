"""The table of formats: what was promised is there, what is there works, and nothing else lists formats."""

from __future__ import annotations

import inspect
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medsteward.cli import _group
from medsteward.cli.options import FormatName
from medsteward.cli.plan_options import row_of
from medsteward.cli.running import write
from medsteward.errors import OneOnly
from medsteward.writers import formats
from medsteward.writers.formats import ALL, PLAN, RHYTHM, SHEET, Format, Whom, Written
from medsteward.writers.shared import several
from tests.counts import examples

PROMISED = {
    "mme": "text json jsonl csv md",
    "check": "text json jsonl csv md fhir",
    "remind": "text json jsonl csv md ics",
    "review": "text json jsonl md html note",
    "score": "text json",
    "taper": "text json csv md ics html pdf fhir note",
    "trial": "text json csv md ics html pdf fhir note",
    "plan show": "text json csv md ics html pdf fhir note",
    "plan check": "text json csv md",
    "plan revise": "text json csv md ics html pdf fhir note",
    "plan decide": "text json csv md ics html pdf fhir note",
    "fills": "text json jsonl csv",
    "population report": "html md csv json",
    "codes load": "text json",
    "codes load-ndc": "text json",
    "codes show": "text json",
    "drugs list": "text json csv md",
    "drugs show": "text json csv md",
    "drugs search": "text json csv md",
    "doses list": "text json csv md",
    "doses show": "text json csv md",
    "tables list": "text json csv md",
    "tables show": "text json csv md",
    "tables diff": "text json csv md",
    "rules list": "text json md",
    "rules show": "text json md",
    "template": "toml json",
}
"""The formats of each command that others may rely on, the default first. More may be added, none taken away."""

FOR_WHOM = {
    Whom.PATIENT: "html pdf ics",
    Whom.CLINICIAN: "html pdf text md csv json note",
    Whom.PHARMACY: "html pdf text md csv",
}

ROWS = [
    pytest.param(kind, row, id=f"{kind.name}-{row.name}-{row.whom and row.whom.value}")
    for kind in ALL
    for row in kind.formats
]


def walked(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Every command that is no group, by its words."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from walked(inner, (*path, name))
    else:
        yield " ".join(path), command


COMMANDS = dict(walked(_group))


def format_of(command: str) -> click.Parameter | None:
    found = [each for each in COMMANDS[command].params if "--format" in each.opts]
    return found[0] if found else None


def test_every_command_that_answers_in_formats_was_promised_some():
    assert {name for name in COMMANDS if format_of(name)} == set(PROMISED)


@pytest.mark.parametrize("command", PROMISED)
def test_a_command_offers_what_was_promised_from_the_table_alone(command):
    option = format_of(command)
    assert option is not None
    kind = option.type
    assert isinstance(kind, FormatName)
    promised = PROMISED[command].split()
    assert set(promised) <= set(kind.choices)
    assert option.default == promised[0] == kind.choices[0]
    assert set(kind.choices) == {name for each in kind.kinds for name in each.names}
    # the first report is what the command answers; it has every format that is offered
    assert tuple(kind.choices) == kind.kinds[0].names


@pytest.mark.parametrize("whom", Whom)
def test_a_plan_is_made_for_everybody_it_was_promised_to(whom):
    assert set(FOR_WHOM[whom].split()) <= set(PLAN.names_for(whom))


@pytest.mark.parametrize("command", ["taper", "trial", "plan show", "plan revise", "plan decide"])
def test_the_help_says_which_formats_there_are_for_whom(command):
    (option,) = [each for each in COMMANDS[command].params if "--for" in each.opts]
    assert isinstance(option, click.Option)
    assert option.help is not None
    for whom in (Whom.PATIENT, Whom.PHARMACY):
        assert ", ".join(PLAN.names_for(whom)) in option.help
    assert isinstance(option.type, click.Choice)
    assert tuple(option.type.choices) == tuple(each.value for each in Whom)


@pytest.mark.parametrize("name", PLAN.names)
def test_a_plan_for_nobody_named_is_the_patients_where_there_is_a_page_for_patients(name):
    row = row_of(name, None)
    expected = Whom.PATIENT if name in PLAN.names_for(Whom.PATIENT) else Whom.CLINICIAN
    assert row.whom is (None if name == "fhir" else expected)


@pytest.mark.parametrize("whom", Whom)
@pytest.mark.parametrize("name", PLAN.names)
def test_a_pair_that_is_not_in_the_table_is_refused_with_those_that_are(name, whom):
    if name in PLAN.names_for(whom):
        assert row_of(name, whom).whom is whom
        return
    with pytest.raises(click.UsageError, match=f"--for {whom.value} is made as {', '.join(PLAN.names_for(whom))}, not"):
        row_of(name, whom)


@pytest.mark.parametrize(("kind", "row"), ROWS)
def test_a_writer_is_there_and_takes_the_options_of_its_row(kind: Written[Any], row: Format):
    write = row.loaded()
    parameters = inspect.signature(write).parameters
    assert {name for name, each in parameters.items() if each.kind is each.KEYWORD_ONLY} >= set(row.takes)
    assert ("with_header" in parameters) is (row.together is several.rows)


def test_every_report_is_in_the_table_and_answered_by_a_command():
    declared = {name for name, each in vars(formats).items() if isinstance(each, Written)}
    assert len(declared) == len(ALL) == len({each.name for each in ALL})
    options = [option for command in PROMISED if (option := format_of(command)) is not None]
    answered = {each.name for option in options if isinstance(option.type, FormatName) for each in option.type.kinds}
    assert answered == {each.name for each in ALL} - {SHEET.name}  # a sheet is a plan without what goes beside it


def test_what_is_written_as_a_plan_has_rows_of_a_plan():
    assert set(SHEET.formats) == {each for each in PLAN.formats if each.whom is Whom.PATIENT}
    assert set(PLAN.names) - set(RHYTHM.names) == {"ics"}


def test_a_format_is_there_once_for_each_reader():
    row = PLAN.formats[0]
    with pytest.raises(ValueError, match="twice"):
        Written("twice", "", (row, row))


def test_options_that_a_format_does_not_take_do_not_reach_its_writer():
    kind: Written[str] = Written("shout", "", (Format("text", several.below, "shared.cells:plain"),))
    assert list(kind.write("text", ["a", "b"], everything=True)) == ["a", "\nb"]
    with pytest.raises(KeyError):
        kind.write("pdf", ["a"])


def test_the_table_loads_no_writer():
    loaded = subprocess.run(
        [sys.executable, "-c", "import json, sys, medsteward.writers.formats; print(json.dumps(list(sys.modules)))"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    ours = {name for name in json.loads(loaded.stdout) if name.startswith("medsteward.")}
    assert ours <= {
        "medsteward.caches",
        "medsteward.errors",
        "medsteward.version",
        "medsteward.writers",
        "medsteward.writers.formats",
        "medsteward.writers.shared",
        "medsteward.writers.shared.json_text",
        "medsteward.writers.shared.several",
    }


# How several are put together.

REPORTS = st.lists(st.dictionaries(st.text("abc", max_size=3), st.integers(), max_size=3), max_size=5)


def whole(report: dict[str, int]) -> dict[str, int]:
    return report


@examples(50)
@given(REPORTS)
def test_lines_hold_one_document_each(reports):
    assert [json.loads(text) for text in several.lines(whole, reports)] == reports
    assert all(text.endswith("\n") and text.count("\n") == 1 for text in several.lines(whole, reports))


@examples(50)
@given(REPORTS.filter(bool))
def test_documents_are_one_or_an_array(reports):
    found = json.loads("".join(several.documents(whole, reports)))
    assert found == (reports[0] if len(reports) == 1 else reports)


@examples(50)
@given(REPORTS)
def test_bundles_are_a_line_each_and_one_alone_is_indented(reports):
    texts = list(several.bundles(whole, reports))
    assert [json.loads(text) for text in texts] == reports
    if len(reports) > 1:
        assert all(text.count("\n") == 1 for text in texts)
    elif reports and reports[0]:
        assert texts[0].count("\n") > 1


@examples(50)
@given(st.lists(st.text(max_size=3), max_size=5))
def test_texts_stand_apart_and_rows_have_one_header(reports):
    def row(report: str, *, with_header: bool) -> str:
        return f"{'header ' if with_header else ''}{report}"

    assert "".join(several.apart(str, reports)) == "\n\n".join(reports)
    assert "".join(several.below(str, reports)) == "\n".join(reports)
    assert [text.startswith("header ") for text in several.rows(row, reports)] == [n == 0 for n in range(len(reports))]


@pytest.mark.parametrize("together", [several.apart, several.below, several.rows, several.lines])
def test_a_stream_stays_a_stream(together):
    drawn = []

    def reports() -> Iterator[dict[str, int]]:
        for number in range(3):
            drawn.append(number)
            yield {"n": number}

    def write(report: dict[str, int], **_header: bool) -> Any:
        return report if together is several.lines else str(report)

    next(together(write, reports()))
    assert drawn == [0]


@pytest.mark.parametrize("reports", [[], ["a", "b"]])
def test_a_page_is_of_one_report(reports):
    assert list(several.one_page(str, ["a"])) == ["a"]
    with pytest.raises(OneOnly, match="one plan"):
        list(several.one_page(str, reports))


# What a terminal shows.


class Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("content", "is_shown"), [(b"BEGIN:VCALENDAR\r\n", True), (b"%PDF-1.7\n\xff\xfe", False)])
def test_a_terminal_shows_text_with_its_own_line_ends_and_no_other_bytes(monkeypatch, content, is_shown):
    kept = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", Terminal(kept, encoding="utf-8"))
    if is_shown:
        write([content], None)
    else:
        with pytest.raises(click.UsageError, match="not text"):
            write([content], None)
    assert kept.getvalue() == (content if is_shown else b"")
