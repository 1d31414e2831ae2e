"""No decision is taken from the words of a message: reasons, points and cautions go by id."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import medsteward

PACKAGE = Path(medsteward.__file__).parent
DECIDE = ("advice", "treatments", "reminders", "interactions", "schedules", "writers/plan", "writers/review")
"""Where decisions about a patient are taken, and where a review or a plan is put together."""
MESSAGES = {
    "text",
    "consider",
    "because",
    "why",
    "why_forced",
    "reason",
    "note",
    "notes",
    "fact",
    "said",
    "shown",
    "title",
    "decide",
    "unknown",
    "lacking",
    "limits",
    "remark",
    "mark",
    "mme_words",
    "words",
}
"""Attributes that hold what is said to people."""
STRING_TESTS = {
    *("startswith", "endswith", "find", "index", "count"),
    *("partition", "rpartition", "split", "removeprefix", "removesuffix"),
}
ALLOWED: dict[str, str] = {
    "interactions/result.py": "advice that is taken in is said once; nothing is decided by it",
    "advice/trial/measures.py": "the title of a measure is that of its rule, without the joint",
}
"""Modules that read what a person wrote, and why they may."""


def decisions_from_words(source: str) -> Iterator[tuple[int, str]]:
    """Every comparison with, search in, or test of the words of a message: its line and its source."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Compare(left=left, ops=ops, comparators=comparators):
                for op, one, other in zip(ops, [left, *comparators], comparators, strict=False):
                    searched = isinstance(op, ast.In | ast.NotIn) and is_message(other)
                    compared = isinstance(op, ast.Eq | ast.NotEq) and any(
                        is_message(each) and is_words(against) for each, against in ((one, other), (other, one))
                    )
                    looked_up = isinstance(op, ast.In | ast.NotIn) and is_message(one) and holds_words(other)
                    if searched or compared or looked_up:
                        yield node.lineno, ast.unparse(node)
            case ast.Call(func=ast.Attribute(value=value, attr=attr)) if attr in STRING_TESTS and is_message(value):
                yield node.lineno, ast.unparse(node)
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=_), args=args):
                if any(is_message(each) for each in args):
                    yield node.lineno, ast.unparse(node)


def is_message(node: ast.expr) -> bool:
    """Whether an expression is the words of a message, or those in small letters."""
    match node:
        case ast.Attribute(attr=attr):
            return attr in MESSAGES
        case ast.Call(func=ast.Attribute(value=value, attr="casefold" | "lower" | "strip" | "upper")):
            return is_message(value)
    return False


def is_words(node: ast.expr) -> bool:
    """Whether an expression is a text that is not empty: whether there is a message may be asked."""
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and bool(node.value))


def holds_words(node: ast.expr) -> bool:
    """Whether an expression lists texts."""
    return isinstance(node, ast.Tuple | ast.List | ast.Set) and any(is_words(each) for each in node.elts)


FOUND = {
    path.relative_to(PACKAGE).as_posix(): found
    for room in DECIDE
    for path in sorted((PACKAGE / room).rglob("*.py"))
    if (found := list(decisions_from_words(path.read_text("utf-8"))))
}


def test_no_module_that_decides_compares_the_words_of_a_message():
    assert {path: found for path, found in FOUND.items() if path not in ALLOWED} == {}


def test_every_exception_is_needed():
    assert set(ALLOWED) <= set(FOUND)


@pytest.mark.parametrize(
    "source",
    [
        'kept = [each for each in points if "opioid antagonist" not in each.text]',
        'step.why_forced.startswith("the bottom")',
        'each.text.partition(":")[0]',
        'if fact.text == "eGFR": pass',
        'if "kidney" in unknown.fact.casefold(): pass',
        'if each.fact in ("eGFR", "CrCl"): pass',
        're.search("naloxone", finding.consider)',
        'if f"line {number}" == each.text: pass',
    ],
)
def test_the_search_finds_decisions_from_words(source):
    assert list(decisions_from_words(source))


@pytest.mark.parametrize(
    "source",
    [
        'if each.code == "TAPER-113": pass',
        "if each.text == other.text: pass",
        'if each.why == "": pass',
        "said = each.text.casefold()",
        "if each.text not in seen: pass",
        "if point is ANTAGONIST_ENDS: pass",
    ],
)
def test_the_search_lets_ids_pass(source):
    assert list(decisions_from_words(source)) == []
