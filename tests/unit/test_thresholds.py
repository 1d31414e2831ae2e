"""Thresholds: each once, with a work and a place or as ours, each used, and none bare in the modules that use them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import medsteward
from medsteward.bibliography import works
from medsteward.model.source import Standing
from medsteward.thresholds import figure, thresholds, whole

PACKAGE = Path(medsteward.__file__).parent
MODULES = (
    *("readers/directions/plausible.py", "readers/directions/two_ways.py", "readers/directions/pairs.py"),
    *("readers/directions/list_numbers.py", "readers/directions/segments.py"),
    *("fills/supply.py", "fills/left_out.py", "fills/patches.py", "fills/report.py"),
    *(
        "reminders/bowel.py",
        "reminders/heart.py",
        "reminders/monitoring.py",
        "reminders/naloxone.py",
        "reminders/risks.py",
    ),
    *("reminders/remind.py", "advice/trial/asks.py"),
    *("advice/taper/gates.py", "advice/taper/holds.py", "advice/taper/urgent.py", "advice/taper/goes_with.py"),
    *("advice/plan/crisis.py", "advice/plan/checkpoints.py", "advice/pain/matching.py", "schedules/missed.py"),
)
NO_THRESHOLD = {
    "readers/directions/plausible.py": {3: "thirds"},
    "readers/directions/list_numbers.py": {3: "the fourth word", 4: "words that are looked at", 10: "a figure more"},
    "reminders/monitoring.py": {7: "days of a week"},
    "fills/supply.py": {24: "hours of a day", 1_000_000: "millionths"},
    "fills/patches.py": {24: "hours of a day"},
}
"""Numbers above 2 in code that are no threshold, and what they are."""


def numbers(text: str) -> Iterator[tuple[int, float]]:
    """Each number above 2 in code, with its line; not in decorators, where sizes of memories stand."""
    tree = ast.parse(text)
    skipped = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        for each in node.decorator_list
        for inner in ast.walk(each)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in skipped:
            value = node.value
            if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) > 2:
                yield node.lineno, value


@pytest.mark.parametrize("module", MODULES)
def test_no_threshold_is_bare(module):
    fine = NO_THRESHOLD.get(module, {})
    bare = [(line, number) for line, number in numbers((PACKAGE / module).read_text("utf-8")) if number not in fine]
    assert not bare, f"{module}: put each into thresholds.csv, with its work or as ours: {bare}"


def test_a_bare_number_would_be_found():
    text = "@lru_cache(maxsize=99)\ndef f(age, days=28):\n    return age >= 65 and age > 2"
    assert list(numbers(text)) == [(2, 28), (3, 65)]


def used() -> set[str]:
    """The keys that the code asks for."""
    texts = (path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    return {key for text in texts for key in re.findall(r"\b(?:whole|figure)\(\"(\w+)\"\)", text)}


def test_each_threshold_is_asked_for_and_each_that_is_asked_for_is_there():
    assert used() == set(thresholds())


@pytest.mark.parametrize("each", thresholds().values(), ids=lambda each: each.key)
def test_each_has_a_place_in_a_work_or_is_ours(each):
    assert each.work in works()
    assert each.source.where
    assert each.unit
    assert each.what
    assert (each.source.standing is Standing.OURS) == (each.work == "OURS")


def test_a_key_that_is_not_there_and_a_part_of_a_number_are_refused():
    with pytest.raises(KeyError):
        figure("no_such_threshold")
    with pytest.raises(ValueError, match="no whole number"):
        whole("near_a_third")
