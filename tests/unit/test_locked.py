"""What CI installs is held by its hash, and is what pyproject.toml asks for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKED = (ROOT / "tests" / "locked.txt").read_text(encoding="utf-8")
VERSIONS = dict(re.findall(r"^([a-z0-9.-]+)==([^ ;\\]+)", LOCKED, re.M))


def asked_for(lines: list[str]) -> Iterator[Requirement]:
    """Requirements, and those of the extras that they name."""
    for line in lines:
        found = Requirement(line)
        if found.name == "medsteward":
            for extra in found.extras:
                yield from asked_for(PROJECT["optional-dependencies"][extra])
        else:
            yield found


def test_every_part_is_locked_at_a_version_that_is_asked_for():
    for found in asked_for(PROJECT["dependencies"] + ["medsteward[dev]"]):
        version = VERSIONS.get(canonicalize_name(found.name))
        assert version, f"{found.name} is not locked: make lock"
        assert version in found.specifier, f"{found} is locked at {version}: make lock"


def test_every_locked_part_has_a_hash():
    for part in re.split(r"^(?=[a-z])", LOCKED, flags=re.M):
        assert not re.match(r"[a-z]", part) or "--hash=sha256:" in part, part[:60]
    assert "://" not in LOCKED
