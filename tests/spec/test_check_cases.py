"""The check against labelled regimens: tables that a pharmacist can read and correct."""

from __future__ import annotations

from pathlib import Path

import pytest

from medsteward.drugs.declared.asked import ASKED
from medsteward.interactions.check import rules
from medsteward.interactions.rule import Severity
from tests.spec.check_language import case_of, checked, told

HERE = Path(__file__).parent


def lines(name: str) -> list[str]:
    text = (HERE / name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in f"{line} ".split(" |")]


CASES = [cells(line) for line in lines("check_cases.txt")]
CLEAN = lines("check_clean.txt")
CONTEXTS = [cells(line) for line in lines("check_contexts.txt")]


def test_there_are_enough():
    positive = {fires for _, fires, _ in CASES} | {regimen for regimen, _, _ in CONTEXTS}
    assert len(CASES) >= 600
    assert len(positive) >= 550
    assert len(set(CLEAN)) >= 100
    assert len(positive) + len(set(CLEAN)) >= 250


def test_every_rule_has_a_case_that_makes_it_true_and_one_that_nearly_does():
    assert {rule for rule, _, _ in CASES} == {rule.id for rule in rules()}
    assert all(fires and nearly and fires != nearly for _, fires, nearly in CASES)


def test_no_pair_stands_twice():
    assert len({(rule, fires) for rule, fires, _ in CASES}) == len(CASES)


TEXTS = sorted({text for _, *both in CASES for text in both} | {row[0] for row in CONTEXTS} | set(CLEAN))


@pytest.mark.parametrize("text", TEXTS)
def test_every_word_of_the_tables_is_understood(text):
    case = case_of(text)
    assert [problem.text for problem in case.problems] == []
    said = [problem for line in case.lines for problem in line.problems]
    assert [problem.text for problem in said if text.casefold() not in ASKED] == []


@pytest.mark.parametrize(("rule", "fires", "nearly"), CASES, ids=[f"{rule}: {fires}" for rule, fires, _ in CASES])
def test_each_rule(rule, fires, nearly):
    assert rule in told(checked(fires))
    assert rule not in told(checked(nearly))


@pytest.mark.parametrize("text", CLEAN)
def test_nothing_to_say(text):
    found = checked(text).findings
    loud = [f"{f.id} {f.severity.words} {f.tier}" for f in found if f.severity > Severity.MINOR or f.tier < 3]
    assert loud == []


@pytest.mark.parametrize(("regimen", "expected", "words"), CONTEXTS, ids=[f"{row[1]}: {row[0]}" for row in CONTEXTS])
def test_context_changes_the_advice(regimen, expected, words):
    rule, severity, tier = expected.split()
    finding = next(f for f in checked(regimen).findings if f.id == rule)
    assert (finding.severity.words, finding.tier) == (severity, int(tier))
    said = f"{finding.because} {finding.consider}"
    for each in filter(None, words.split(" & ")):
        if each.startswith("not do "):
            assert each.removeprefix("not ") not in said
        else:
            assert each in said
