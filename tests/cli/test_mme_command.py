"""``medsteward mme``: formats, files, standard input, exit codes, and what happens to hostile input."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from medsteward.schemas import schema_text

DAY = ("--as-of", "2027-01-04")
MME_SCHEMA = json.loads(schema_text("mme"))


def test_text_names_figures_table_and_working(run):
    done = run("mme", "oxycodone 10 mg, 1 tablet every 6 hours as needed", *DAY, "--verbose")
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.startswith("MME per day: 60 maximum, 0 scheduled\ntable cdc_2022 (")
    for part in ("1 tablet (10 mg) x 4 a day = 40 mg/d", "40 mg/d x 1.5 = 60 MME/d", "not for", "2027-01-04"):
        assert part in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("morphine 15 mg q4h",), 0),
        (("hydromorhpone 4 mg q6h",), 3),
        (("fentanyl patch 50 mg/h",), 3),
        (("oxycodone 10 mg 1 tablet prn",), 4),
        (("butorphanol 1 mg nasal spray 1 spray q4h", "morphine 15 mg q4h"), 4),
        (("buprenorphine 8 mg sublingual film daily for opioid use disorder",), 5),
        (("buprenorphine 8 mg sublingual film daily for opioid use disorder", "hydromorhpone 4 mg q6h"), 3),
        ((), 2),
        (("--table", "nonsense", "morphine 15 mg q4h"), 2),
        (("--format", "xml", "morphine 15 mg q4h"), 2),
        (("--input", "missing.toml"), 2),
        (("--input", "missing.toml", "morphine 15 mg q4h"), 2),
        (("--as-of", "tomorrow", "morphine 15 mg q4h"), 2),
        (("--as-of", "2027-02-30", "morphine 15 mg q4h"), 2),
        (("--age", "-1", "morphine 15 mg q4h"), 2),
        (("--egfr", "nan", "morphine 15 mg q4h"), 2),
        (("--condition", "cirhosis", "morphine 15 mg q4h"), 3),
        (("--indication", "nonsense", "morphine 15 mg q4h"), 3),
    ],
)
def test_exit_codes(run, arguments, code):
    done = run("mme", *arguments)
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    if code:
        assert done.stderr.strip()
        assert len(done.stderr.splitlines()) <= 5


def test_json_holds_to_its_schema_and_redoes_the_sum(run):
    lines = (
        "fentanyl patch 75 mcg/h every 48 hours",
        "oxycodone/acetaminophen 10/325, 1-2 tabs q6h prn, #60, 10 days",
        "lorazepam 1 mg bid",
        "buprenorphine patch 10 mcg/h weekly",
        "methadone 10 mg morning, 15 mg night",
    )
    done = run("mme", *lines, "--table", "cdc_2016_clinical", "--format", "json", *DAY)
    document = json.loads(done.stdout)
    jsonschema.validate(document, MME_SCHEMA)
    counted = [entry for entry in document["lines"] if entry["status"] == "counted"]
    for figure in ("scheduled", "maximum"):
        total = sum(entry["daily_dose"][figure] * entry["factor"]["applied"][figure] for entry in counted)
        assert total == pytest.approx(document["total"][figure])
    assert [entry["input"] for entry in document["lines"]] == list(lines)
    assert document["total"]["complete"] is False
    assert document["total"]["missing"] == ["buprenorphine"]


def test_several_tables_give_an_array_or_a_line_each(run):
    tables = ("--table", "cdc_2022", "--table", "anzca_2021")
    array = json.loads(run("mme", "tramadol 50 mg qid", *tables, "--format", "json", *DAY).stdout)
    lines = run("mme", "tramadol 50 mg qid", *tables, "--format", "jsonl", *DAY).stdout.splitlines()
    assert [document["table"]["id"] for document in array] == ["cdc_2022", "anzca_2021"]
    assert [json.loads(line) for line in lines] == array


def test_csv_defuses_formulas_and_holds_the_total(run):
    done = run("mme", "morphine 15 mg q4h", '=cmd|"/c calc"!A0 morphine', "--format", "csv", *DAY)
    rows = list(csv.DictReader(io.StringIO(done.stdout, newline="")))
    assert [row["status"] for row in rows] == ["counted", "problem", "at least"]
    assert rows[-1]["mme_maximum"] == "90"
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_markdown_escapes_what_it_shows(run):
    done = run("mme", "morphine 15 mg q4h <script>alert(1)</script> | x", "--format", "md", *DAY)
    assert "<script>" not in done.stdout
    assert "\\|" in done.stdout


def test_markdown_holds_no_indentation_of_the_text_in_a_long_reason(run):
    done = run("mme", "oxycodone 5 mg q6h", "4.10 mg methadone tid", "--format", "md", *DAY)
    assert "begin the line with the drug's name" in done.stdout
    assert "  " not in done.stdout.split("### Working")[1].split("### Context")[0]


def test_control_characters_do_not_reach_the_terminal(run):
    done = run("mme", "morphine 15 mg q4h \x1b[31m\x07", *DAY)
    assert "\x1b" not in done.stdout + done.stderr
    assert "\x07" not in done.stdout + done.stderr


def test_standard_input_is_looked_at(run):
    toml = run("template", "case").stdout
    as_json = run("template", "case", "--format", "json").stdout
    one_line = json.dumps(json.loads(as_json)) + "\n"
    answers = [
        json.loads(run("mme", "--input", "-", "--format", "json", stdin=text).stdout)
        for text in (toml, as_json, one_line, "\ufeff" + toml)
    ]
    assert all(answer["total"] == answers[0]["total"] for answer in answers)
    assert answers[0]["total"]["maximum"] == 180
    many = run("mme", "--input", "-", "--format", "jsonl", stdin=one_line * 3)
    assert len(many.stdout.splitlines()) == 3


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.toml", b""),
        ("empty.jsonl", b""),
        ("latin1.toml", 'id = "caf\xe9"'.encode("latin-1")),
        ("utf16.toml", 'id = "a"'.encode("utf-16")),
        ("broken.json", b'{"medications": ['),
        ("twice.json", b'{"id": "a", "id": "b"}'),
        ("nan.json", b'{"patient": {"age": NaN}}'),
        ("deep.json", b"[" * 100_000),
        ("deep.toml", b"a = " + b"[" * 100_000),
        ("big.json", b'{"id": "' + b"x" * 5_000_000 + b'"}'),
        ("nul.toml", b'id = "\x00"'),
        ("number.json", b"5"),
        ("rows.csv", b"a,b\n1,2\n"),
        ("none", b"{}"),
    ],
)
def test_files_that_cannot_be_read_say_so_in_a_line(run, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    done = run("mme", "--input", name)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("medsteward: ")
    assert len(done.stderr.splitlines()) == 1


def test_one_bad_line_does_not_hide_the_others(run, tmp_path):
    good = json.dumps({"id": "good", "medications": [{"sig": "morphine 15 mg q4h"}]})
    long = json.dumps({"id": "x" * 4_100_000})
    lines = [good, "{broken", "5", '{"resourceType": "Bundle"}', long, "", good]
    (tmp_path / "cases.jsonl").write_text("\n".join(lines))
    done = run("mme", "--input", "cases.jsonl", "--format", "jsonl", *DAY)
    documents = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(documents) == 6
    assert [bool(document["problems"]) for document in documents] == [False, True, True, True, True, False]
    assert documents[-1]["total"]["maximum"] == 90
    assert done.returncode == 3


def test_a_case_keeps_its_day_unless_another_is_asked_for(run, tmp_path):
    (tmp_path / "case.toml").write_text(
        'as_of = 2027-01-10\n[[medications]]\nsig = "morphine 15 mg q4h"\nstart = 2027-01-05\ndays_supply = 10\n'
    )
    own = json.loads(run("mme", "-i", "case.toml", "--format", "json").stdout)
    after = json.loads(run("mme", "-i", "case.toml", "--format", "json", "--as-of", "2027-01-15").stdout)
    assert (own["as_of"], own["total"]["maximum"]) == ("2027-01-10", 90)
    assert after["lines"][0]["status"] == "inactive"
    assert after["total"] == {
        "scheduled": 0, "expected": None, "maximum": 0, "unit": "MME/d", "complete": True, "missing": [],
    }  # fmt: skip


def test_output_is_written_whole_or_not_at_all(run, tmp_path):
    target = tmp_path / "out.json"
    target.write_text("old")
    assert run("mme", "morphine 15 mg q4h", "--format", "json", "-o", "out.json").returncode == 0
    assert json.loads(target.read_text())["total"]["maximum"] == 90
    target.write_text("old")
    assert run("mme", "-i", "missing.toml", "-o", "out.json").returncode == 2
    assert target.read_text() == "old"
    assert run("mme", "morphine 15 mg q4h", "-o", "no/such/folder/x").returncode == 2
    assert run("mme", "morphine 15 mg q4h", "-o", ".").returncode == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.json"]


def test_same_input_same_bytes(run):
    calls = [run("mme", "percocet 5/325 1-2 tabs q4-6h prn", "--format", f, *DAY).stdout for f in ("json", "json")]
    assert calls[0] == calls[1]


def _listen_to_the_keyboard() -> None:
    """A run in the background is started with interrupts ignored, and what it starts would ignore them too."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(os.name == "nt", reason="signals differ")
@pytest.mark.parametrize(("ending", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_run_leaves_nothing_behind(tmp_path: Path, ending: signal.Signals, code: int):
    process = subprocess.Popen(
        [sys.executable, "-m", "medsteward", "mme", "-i", "-", "-o", "out.txt"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        preexec_fn=_listen_to_the_keyboard,
    )
    assert process.stdin is not None
    process.stdin.write(b'{"id": "a"}\n{"id": "b"}\n')
    process.stdin.flush()
    deadline = time.monotonic() + 20
    while not list(tmp_path.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(ending)
    out, err = process.communicate(timeout=20)
    assert process.returncode == code
    assert out == b""
    assert b"Traceback" not in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes differ")
def test_a_device_or_pipe_is_written_to_and_not_replaced(run, tmp_path: Path):
    told = subprocess.run(
        f'"{sys.executable}" -m medsteward mme "morphine 15 mg q4h" -o /dev/stdout | cat',
        shell=True,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert told.stdout.startswith(b"MME per day: 90 maximum")
    os.mkfifo(tmp_path / "pipe")
    with subprocess.Popen(["cat", str(tmp_path / "pipe")], stdout=subprocess.PIPE) as reader:
        assert run("mme", "morphine 15 mg q4h", "-o", "pipe").returncode == 0
        assert reader.communicate(timeout=20)[0].startswith(b"MME per day: 90 maximum")
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.skipif(os.name == "nt", reason="pipes differ")
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path):
    line = json.dumps({"medications": [{"sig": "morphine 15 mg q4h"}]}) + "\n"
    (tmp_path / "many.jsonl").write_text(line * 3000)
    done = subprocess.run(
        f'"{sys.executable}" -m medsteward mme -i many.jsonl --format jsonl | head -n 1',
        shell=True,
        capture_output=True,
        cwd=tmp_path,
        timeout=60,
        check=False,
    )
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == b""


def test_patient_facts_change_what_is_said_not_the_figure(run):
    def answer(*facts: str) -> dict:
        return json.loads(run("mme", "percocet 10/325 2 tabs q6h", *facts, "--format", "json", *DAY).stdout)

    plain, palliative, child, light = (
        answer(),
        answer("--indication", "palliative care"),
        answer("--age", "12"),
        answer("--weight", "40"),
    )
    assert {a["total"]["maximum"] for a in (plain, palliative, child, light)} == {120}
    assert plain["thresholds"][0]["maximum"] is True
    assert palliative["thresholds"] == []
    assert len(plain["acetaminophen"]["ceilings"]) == 3
    assert child["acetaminophen"]["ceilings"] == []
    assert [each["at"] for each in light["acetaminophen"]["ceilings"]] == [2400, 2000]
    assert answer("--condition", "cirrhosis")["acetaminophen"]["ceilings"][2]["applies"] is True
