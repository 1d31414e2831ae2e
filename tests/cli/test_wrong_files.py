"""A file for another command: what it is and where it belongs, in a line or two, whatever its name says."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from medsteward.readers.shared.kinds import A_CASE, FileKind, kind_of, said_other

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
LINE = "oxycodone 10 mg tablet, 1 tablet every 6 hours"
MOST = 240
"""Characters of an answer: three lines of a terminal."""


def _zip(member: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(member, "<x/>")
    return made.getvalue()


def _example(name: str) -> bytes:
    return (EXAMPLES / name).read_bytes()


MADE = {
    "bundle.json": (FileKind.FHIR, _example("fhir-bundle.json")),
    "case.toml": (FileKind.CASE, _example("chronic-pain.toml")),
    "cases.jsonl": (FileKind.CASE, _example("cases.jsonl")),
    "records.csv": (FileKind.FILLS, _example("fills.csv")),
    "products.csv": (FileKind.PRODUCTS, _example("products.csv")),
    "schedule.csv": (FileKind.SCHEDULE, _example("schedule.csv")),
    "plan.json": (FileKind.PLAN, b'{"schema": "medsteward.plan/1", "id": null}'),
    "answer.json": (FileKind.ANSWER, b'{\n  "schema": "medsteward.mme/1",\n  "id": null}'),
    "page.html": (FileKind.PAGE, b"<!DOCTYPE html><html lang=en><title>x</title>"),
    "plan.ics": (FileKind.CALENDAR, b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"),
    "scan.pdf": (FileKind.PDF, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
    "photo.png": (FileKind.PICTURE, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
    "photo.jpg": (FileKind.PICTURE, b"\xff\xd8\xff\xe0\0\x10JFIF"),
    "list.xlsx": (FileKind.SHEET, _zip("xl/workbook.xml")),
    "list.xls": (FileKind.SHEET, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 40),
    "letter.docx": (FileKind.DOCUMENT, _zip("word/document.xml")),
    "letter.rtf": (FileKind.DOCUMENT, rb"{\rtf1\ansi oxycodone}"),
    "packed.gz": (FileKind.PACKED, gzip.compress(b"oxycodone")),
    "bytes.dat": (FileKind.BYTES, b"a\0b\0\0\xff\xfe"),
}
TAKES = {
    "mme": (("mme", "--input"), {FileKind.FHIR, FileKind.CASE, FileKind.FILLS}),
    "review": (("review", "--input"), {FileKind.FHIR, FileKind.CASE, FileKind.FILLS}),
    "taper": (("taper", "--start", "2027-01-04", "--input"), {FileKind.FHIR, FileKind.CASE, FileKind.FILLS}),
    "plan show": (("plan", "show"), {FileKind.PLAN}),
    "plan revise": (("plan", "revise", "--undo"), {FileKind.PLAN}),
    "plan check": (("plan", "check"), {FileKind.PLAN, FileKind.SCHEDULE}),
    "fills": (("fills", "--input"), {FileKind.FILLS}),
    "population run": (("population", "run", "--output", "out", "--input"), {FileKind.FILLS, FileKind.PACKED}),
    "products": (("taper", LINE, "--start", "2027-01-04", "--products"), {FileKind.PRODUCTS}),
}
SENT_TO = {
    FileKind.PLAN: "medsteward plan show",
    FileKind.FHIR: "medsteward review --input",
    FileKind.CASE: "medsteward review --input",
    FileKind.FILLS: "medsteward fills --input",
    FileKind.PRODUCTS: "--products",
    FileKind.SCHEDULE: "medsteward plan check",
}


@pytest.mark.parametrize("name", MADE)
def test_a_file_is_recognized_by_how_it_begins(name):
    kind, data = MADE[name]
    assert kind_of(data) is kind


@pytest.mark.parametrize(
    ("command", "name"),
    [(command, name) for command, (_, takes) in TAKES.items() for name in MADE if MADE[name][0] not in takes],
)
def test_a_file_for_another_command_is_sent_where_it_belongs(run, tmp_path, command, name):
    words, _ = TAKES[command]
    kind, data = MADE[name]
    (tmp_path / name).write_bytes(data)
    done = run(*words, name)
    assert done.returncode == 2
    assert done.stdout == ""
    (said,) = done.stderr.splitlines()
    assert said.startswith(f"medsteward: {name}: ")
    assert len(said) <= MOST
    assert "; " in said  # what it is; what to do
    if kind in SENT_TO and not (kind is FileKind.FHIR and words[0] == "plan"):
        assert SENT_TO[kind] in said


@pytest.mark.parametrize("name", ["records.csv", "bundle.json", "case.toml"])
def test_where_it_is_sent_it_is_read(run, tmp_path, name):
    kind, data = MADE[name]
    (tmp_path / name).write_bytes(data)
    words = run("plan", "check", name, "--policy", "humane").stderr.partition("with `medsteward ")[2]
    if kind is FileKind.FHIR:
        words = run("fills", "--input", name).stderr.partition("with `medsteward ")[2]
    assert run(*words.partition("`")[0].split()).returncode == 0


@pytest.mark.parametrize("name", ["scan.pdf", "photo.png", "folder/list"])
def test_a_file_in_place_of_a_line_is_read_with_input(run, tmp_path, name):
    (tmp_path / "folder").mkdir()
    (tmp_path / name).write_bytes(b"x")
    done = run("mme", name)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"to read a file: --input {name}" in done.stderr


def test_a_line_that_is_no_file_is_a_line(run):
    assert run("mme", "oxycodone/acetaminophen 5/325 mg, 1 tablet every 6 hours").returncode == 0


def test_no_file_that_medsteward_made_itself_is_named(run, tmp_path):
    """A run copies what a database reads otherwise; the file that was given is the one at fault."""
    (tmp_path / "notes.txt").write_text("a, b\nc\n\n\n", encoding="utf-8")
    said = run("population", "run", "--input", "notes.txt", "--output", "out").stderr
    assert said.startswith("medsteward: notes.txt: the first line does not name the columns ")


def test_a_case_that_holds_such_words_stays_a_case():
    case = b'{"schema": "medsteward.case/1", "medications": ["oxycodone 5 mg"], "note": "%PDF"}'
    assert kind_of(case) is FileKind.CASE
    assert said_other(case, "case.json", A_CASE) is None
    assert kind_of(b"BMI is 24\noxycodone 5 mg tid\n") is None
    assert kind_of("oxycodone 5 mg tid".encode("utf-16")) is None
    assert kind_of(b"") is None
