"""Mutation: decorated functions are written without their decorator, and the page says what is covered."""

from __future__ import annotations

import importlib.util
import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("undecorated", ROOT / "benchmarks" / "undecorated.py")
assert SPEC is not None
assert SPEC.loader is not None
undecorated = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(undecorated)

TEXT = """\
from __future__ import annotations
from functools import cached_property

from medsteward.caches import remembered

class Dose:
    def __init__(self, mg):
        self.mg = mg

    @property
    def double(self):
        \"\"\"Twice.\"\"\"
        return self.mg * 2

    @cached_property
    def half(self):
        return self.mg / 2

    @double.setter
    def double(self, value):
        self.mg = value / 2

@remembered(2)
def times(a, b):
    return a * b
"""


@pytest.fixture
def module(monkeypatch):
    monkeypatch.setitem(sys.modules, "medsteward._by_mutant", undecorated)
    found: dict[str, object] = {}
    exec(undecorated.undecorated(TEXT), found)
    return found


def test_a_decorated_function_is_written_plain_and_means_the_same(module):
    text = undecorated.undecorated(TEXT)
    assert "    double = property(double)\n" in text
    assert "    half = cached_property(half)\n" in text
    assert "times = _by_mutant(remembered(2))(times)\n" in text
    assert "@property" not in text
    assert "    @double.setter\n" in text
    dose = module["Dose"](10)
    assert (dose.double, dose.half) == (20, 5)
    dose.double = 6
    assert dose.mg == 3
    assert module["Dose"].double.__doc__ == "Twice."
    assert module["times"](2, 3) == 6
    assert module["times"].cache_info().misses == 1


def test_what_was_remembered_without_a_mistake_does_not_hide_it(monkeypatch):
    factor = [2]
    remembered = undecorated.by_mutant(undecorated_cache)(lambda number: number * factor[0])
    assert remembered(3) == 6
    factor[0] = 5
    assert remembered(3) == 6
    monkeypatch.setenv("MUTANT_UNDER_TEST", "medsteward.x__mutmut_1")
    assert remembered(3) == 15


def undecorated_cache(function):
    kept: dict[int, int] = {}
    return lambda number: kept.setdefault(number, function(number))


def test_a_module_without_such_decorators_stays_as_it_is():
    text = "import click\n\n@click.command()\ndef run():\n    return 1\n"
    assert undecorated.undecorated(text) == text


def settings() -> dict[str, list[str]]:
    found: dict[str, list[str]] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]
    return found


def test_every_module_and_every_test_that_is_named_is_there():
    for pattern in settings()["only_mutate"]:
        assert list(ROOT.glob(pattern)), pattern
    for name in settings()["pytest_add_cli_args_test_selection"]:
        assert (ROOT / name).exists(), name


def test_the_page_says_what_is_covered():
    page = (ROOT / "docs" / "mutation.md").read_text("utf-8")
    table = [line for line in page.splitlines() if line.startswith("| ")]
    named = {f"medsteward/{each}" for each in re.findall(r"`([\w/*.]+)`", " ".join(table))}
    assert named == set(settings()["only_mutate"])
