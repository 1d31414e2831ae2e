"""What was changed when the page on adding a format was followed still applies, and the format is there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHANGE = ROOT / "tests" / "followed" / "add_a_format.diff"
ASKED = ("score", "peg", "pain=7", "enjoyment=6", "general_activity=8", "--format", "md")


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """A copy of the package with the change."""
    folder: Path = tmp_path_factory.mktemp("followed")
    unneeded = shutil.ignore_patterns("__pycache__", "*.ttf", "*.pyc")
    shutil.copytree(ROOT / "medsteward", folder / "medsteward", ignore=unneeded)
    shutil.copytree(ROOT / "data", folder / "data")
    subprocess.run(["git", "apply", "-C1", str(CHANGE)], cwd=folder, check=True, capture_output=True)
    return folder


def ran(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "-P", "-m", "medsteward", *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_a_new_format_is_a_module_and_a_row():
    changed = [line for line in CHANGE.read_text(encoding="utf-8").splitlines() if line.startswith("+++ ")]
    assert changed == ["+++ b/medsteward/writers/formats.py", "+++ b/medsteward/writers/known/score_markdown.py"]
    row = [line for line in CHANGE.read_text(encoding="utf-8").splitlines() if "Format(" in line and line[0] == "+"]
    assert len(row) == 1


def test_the_new_format_is_offered_and_written(copy):
    before = ran(ROOT, *ASKED)
    assert before.returncode == 2
    assert '"md" is not one of text, json' in before.stderr
    after = ran(copy, *ASKED)
    assert (after.returncode, after.stderr) == (0, "")
    header, _, row = after.stdout.splitlines()
    assert header.startswith("| scale | total |")
    assert "| 7 |" in row
    assert "[text|json|md]" in ran(copy, "score", "--help").stdout
