"""Words that people type in short: they are understood, or what to write is said, ready to paste."""

from __future__ import annotations

import pytest

from tests.program import run


@pytest.mark.parametrize("typed", ["ddi-1", "DDI001", "ddi-001", "Ddi 1"])
def test_a_rule_is_found_however_its_number_is_typed(typed):
    assert run("rules", "show", typed).out.startswith(b"DDI-001 ")


def test_a_rule_that_there_is_not_is_said_as_it_was_typed():
    done = run("rules", "show", "ddi-9999")
    assert (done.code, "ddi-9999" in done.err) == (2, True)


def test_the_beginning_of_a_name_offers_the_names_and_chooses_none():
    done = run("drugs", "show", "oxy")
    assert done.code == 3
    assert "oxycodone or oxymorphone" in done.err
    assert run("drugs", "show", "me").err.count(" or ") <= 1, "a beginning of many names offers none of them"


def test_values_without_names_are_not_scored_but_told_how_to_write():
    done = run("score", "peg", "7", "6", "8")
    assert done.code == 2
    assert "medsteward score peg pain=7 enjoyment=6 general_activity=8" in done.err
    pasted = run("score", "peg", "pain=7", "enjoyment=6", "general_activity=8")
    assert b"7" in pasted.out
