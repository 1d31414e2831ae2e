"""The examples on the help pages can be typed as they stand."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
COMMANDS = (
    "mme",
    "check",
    "remind",
    "review",
    "fills",
    "population run",
    "score",
    "drugs search",
    "rules list",
    "tables diff",
    "template",
    "plan check",
    "taper",
    "plan show",
    "plan revise",
)
INCOMPLETE = {"cases.jsonl"}
"""One of its cases has no figure, to show what that looks like."""
NEEDS_CHOICE = ("plan show", "plan revise")
"""Their example is a plan with tablets as they are, which may end in a choice."""


@pytest.fixture
def desk(tmp_path, run):
    for name in ("case.toml", "old.toml", "new.toml"):
        shutil.copy(EXAMPLES / "chronic-pain.toml", tmp_path / name)
    for name in ("cases.jsonl", "schedule.csv", "fills.csv"):
        shutil.copy(EXAMPLES / name, tmp_path / name)
    (tmp_path / "examples").mkdir()
    shutil.copy(EXAMPLES / "taper.toml", tmp_path / "examples")
    asked = ("--input", "case.toml", "--start", "2027-01-04", "--as-of", "2027-01-04")
    run("taper", *asked, "--when-stuck", "smallest-step", "--save", "plan.json")


def examples(page: str) -> list[list[str]]:
    whole = re.sub(r"\\\n\s*", "", page)
    return [shlex.split(line) for line in re.findall(r"^ {4}medsteward (.+)$", whole, re.MULTILINE)]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_example_answers(run, desk, command):
    found = examples(run(*command.split(), "--help").stdout)
    assert found or " " in command or command == "template"
    for arguments in found:
        done = run(*arguments)
        expected = {4} if INCOMPLETE & set(arguments) else {0, 3} if command in NEEDS_CHOICE else {0}
        assert done.returncode in expected, (arguments, done.stdout[-500:], done.stderr)
        assert not done.stderr.startswith("Traceback")
