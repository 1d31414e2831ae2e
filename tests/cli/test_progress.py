"""Long jobs say on a terminal how far they are; nowhere else, and not where they are asked to be quiet."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from medsteward.progress import counted_off, far_in, is_heard, listening, told

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FILLS = EXAMPLES / "fills.csv"


def on_terminal(*words: str) -> tuple[int, str, str]:
    """Run a command with its errors on a terminal and its answer in a pipe."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "medsteward", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, stdin=subprocess.DEVNULL) as process:
        os.close(theirs)
        answer, _ = process.communicate()
    said = b""
    while True:
        try:
            piece = os.read(ours, 65_536)
        except OSError:
            break
        if not piece:
            break
        said += piece
    os.close(ours)
    return process.returncode, answer.decode(), said.decode()


@pytest.fixture(scope="module")
def bundles(tmp_path_factory) -> Path:
    """Resources of three patients, one a line."""
    lines = []
    for number in range(3):
        subject = f'"subject": {{"reference": "Patient/{number}"}}'
        lines += [
            f'{{"resourceType": "MedicationRequest", "id": "m{number}-{each}", "status": "active", "intent": "order", '
            f'{subject}, "medicationCodeableConcept": {{"text": "oxycodone 10 mg tablet"}}, '
            '"dosageInstruction": [{"text": "1 tablet every 6 hours"}]}'
            for each in range(60)
        ]
    path = tmp_path_factory.mktemp("fhir") / "orders.ndjson"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def long_jobs(tmp_path_factory, bundles) -> dict[str, tuple[str, ...]]:
    folder = tmp_path_factory.mktemp("population")
    run = ("population", "run", "--input", str(FILLS), "--output", str(folder / "out"))
    subprocess.run([sys.executable, "-m", "medsteward", *run], check=True, capture_output=True)
    found = str(folder / "found")
    return {
        "fills": ("fills", "--input", str(FILLS), "--format", "jsonl"),
        "review": ("review", "--input", str(bundles), "--format", "jsonl"),
        "check": ("check", "--input", str(EXAMPLES / "cases.jsonl"), "--format", "jsonl"),
        "population run": run,
        "population report": ("population", "report", str(folder / "out")),
        "population check": ("population", "check", "--input", str(FILLS), "--output", found, "--as-of", "2026-03-01"),
    }


SHOWN = {
    "fills": "reading records: 100 %",
    "review": "patients of the stream: ",
    "check": "cases: ",
    "population run": "adding days under cdc_2022: ",
    "population report": "tables of the report: ",
    "population check": "reading records: 100 %",
}


@pytest.mark.parametrize("job", SHOWN)
def test_a_long_job_shows_how_far_it_is_on_a_terminal(long_jobs, job):
    _, answer, said = on_terminal(*long_jobs[job])
    assert f"\r{SHOWN[job]}" in said
    assert answer
    assert "\r" not in answer.replace("\r\n", "\n")
    *_, last = said.rstrip("\n").split("\r")
    assert ": " not in last or last.startswith("medsteward: ")


@pytest.mark.parametrize("job", SHOWN)
def test_a_quiet_one_shows_nothing(long_jobs, job):
    _, answer, said = on_terminal(*long_jobs[job], "--quiet")
    assert answer
    assert all(line.startswith("medsteward: ") for line in said.splitlines() if line)
    assert SHOWN[job].partition(":")[0] not in said


@pytest.mark.parametrize("job", SHOWN)
def test_a_pipe_gets_none_of_it(run, long_jobs, job):
    done = run(*long_jobs[job])
    assert "\r" not in done.stderr
    assert SHOWN[job].partition(":")[0] not in done.stderr
    assert done.stdout == on_terminal(*long_jobs[job])[1]


def test_resources_that_are_read_are_shown_as_a_share_of_the_file(long_jobs):
    _, _, said = on_terminal(*long_jobs["review"])
    assert "\rreading resources: " in said


def test_a_sentence_takes_the_line_away_first(long_jobs):
    """Else it would be written behind it."""
    _, _, said = on_terminal(*long_jobs["population run"])
    before, _, _ = said.partition("medsteward: ")
    assert before.endswith("\r")


def test_who_listens_is_told_and_nobody_else():
    heard: list[tuple[str, int, int | None]] = []
    told("before", 1)
    assert far_in("before", 2) is None
    with listening(lambda *said: heard.append(said)):
        assert is_heard()
        assert list(counted_off("rows", "ab", 2)) == ["a", "b"]
        far = far_in("bytes", 9)
        assert far is not None
        far(3)
    told("after", 1)
    assert heard == [("rows", 1, 2), ("rows", 2, 2), ("bytes", 3, 9)]
