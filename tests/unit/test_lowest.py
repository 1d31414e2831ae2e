"""What pyproject.toml promises and what tests/lowest.txt installs are the same versions."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_OURS = {"test", "dev"}
"""Extras of those who work on medsteward; they take what is newest."""
_LEFT_OUT = {"server", "cds", "spark", "spark-connect", "frames"}
"""Extras that are not among those installed at their lowest versions."""


def pins() -> dict[str, str]:
    lines = (ROOT / "tests" / "lowest.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines if line and not line.startswith("#"))


def promised() -> dict[str, str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"]]
    for name, parts in project["optional-dependencies"].items():
        asked += parts if name not in _OURS | _LEFT_OUT else []
    found = {}
    for each in asked:
        match = re.fullmatch(r"([\w.-]+)>=([\d.]+)(?:,<[\d.]+)?", each)
        assert match, f"{each} has no lowest version"
        found[match[1].lower()] = match[2]
    return found


def whole(version: str) -> tuple[int, ...]:
    parts = [int(part) for part in version.split(".")]
    while parts and not parts[-1]:
        parts.pop()
    return tuple(parts)


def test_the_lowest_versions_are_those_that_are_tried():
    assert {name: whole(version) for name, version in pins().items()} == {
        name: whole(version) for name, version in promised().items()
    }


def test_continuous_integration_tries_them():
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "--constraint tests/lowest.txt" in run
    assert "tests/lowest.py --exactly" in run
