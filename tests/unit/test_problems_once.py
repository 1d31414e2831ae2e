"""A mistake that stands in many places is said once, with its places."""

from __future__ import annotations

import pytest

from medsteward.model.problem import Problem
from medsteward.readers.directions.line import read_line
from medsteward.writers.shared.problems import problem_sentences


def found(*places: str, text: str = "x is missing") -> list[Problem]:
    return [Problem("DIR-001", place, text) for place in places]


@pytest.mark.parametrize(
    ("places", "said"),
    [
        (("line 1",), "line 1: x is missing. [DIR-001]"),
        (("line 1", "line 4"), "lines 1 and 4: x is missing. [DIR-001]"),
        (("line 1", "line 2", "line 4"), "lines 1, 2 and 4: x is missing. [DIR-001]"),
        (
            ("line 1, list line 2", "line 2, list line 5"),
            "line 1, list line 2; line 2, list line 5: x is missing. [DIR-001]",
        ),
        (("",), "x is missing. [DIR-001]"),
        (
            tuple(f"line {n}" for n in range(1, 31)),
            "lines 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 18 more: x is missing. [DIR-001]",
        ),
    ],
)
def test_one_problem_names_its_places(places, said):
    assert problem_sentences(found(*places)) == [said]


def test_problems_that_differ_are_said_each_in_their_order():
    problems = [*found("line 1"), *found("line 2", text="y is missing"), *found("line 3")]
    assert problem_sentences(problems) == ["lines 1 and 3: x is missing. [DIR-001]", "line 2: y is missing. [DIR-001]"]


ORDERS = "directions or orders that change are not one line; write what is taken now, with dates"
WORDS = "write it another way, and each drug on a line of its own"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("oxycodone 5 mg q6h then 10 mg taper hold", f'"then", "taper", "hold": {ORDERS}'),
        ("oxycodone 5 mg q6h blorp flarp blorp", f'not understood: "blorp", "flarp"; {WORDS}'),
        (
            "oxycodone 5 mg q6h aaa bbb ccc ddd eee fff ggg hhh",
            f'not understood: "aaa", "bbb", "ccc", "ddd", "eee", "fff" and 2 more; {WORDS}',
        ),
    ],
)
def test_mistakes_of_one_kind_in_a_line_are_one_problem(line, text):
    assert [problem.text for problem in read_line(line).problems] == [text]
