"""Usual regimens: what a prescriber gets at the first command, in figures that are kept and aims that they meet."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import chain
from statistics import median

import pytest

from tests.usual_plans import GOLDEN, MANY, lines, measured, regimens

USUAL = {regimen.name: regimen for regimen in regimens()}
FIRST_SIXTY = list(USUAL)[:60]


@pytest.fixture(scope="module")
def plans():
    return {name: measured(regimen) for name, regimen in USUAL.items()}


def share(found: Iterable[bool]) -> Fraction:
    each = list(found)
    return Fraction(sum(each), len(each))


def test_the_list_has_at_least_sixty_regimens_of_different_names():
    assert len(USUAL) == len(list(regimens())) >= 60


def test_every_usual_regimen_is_read_and_gets_an_answer(plans):
    assert not {name: each.problems for name, each in plans.items() if each.problems}
    assert {each.exit_code for each in plans.values()} <= {0, 3}


def test_the_plans_are_those_of_the_golden_file(plans):
    found = [line.rstrip() for line in lines(plans.values())]
    assert found == GOLDEN.read_text(encoding="utf-8").splitlines(), "look at the change, then write it: make plans"


def test_of_sixty_regimens_57_get_a_whole_plan_at_the_first_command(plans):
    assert sum(plans[name].is_whole for name in FIRST_SIXTY) >= 57
    assert share(each.is_whole for each in plans.values()) >= Fraction(57, 60)


def test_plans_change_strengths_twice_or_less_in_the_median(plans):
    assert median(plans[name].changes for name in FIRST_SIXTY) <= 2
    assert median(each.changes for each in plans.values()) <= 2


def test_95_of_100_doses_are_at_most_four_units(plans):
    assert share(units <= MANY for units in chain.from_iterable(each.doses for each in plans.values())) >= Fraction(
        95, 100
    )


def test_no_tablet_is_halved_whose_half_is_sold_whole(plans):
    assert not [name for name, each in plans.items() if each.halves]


def test_no_dispensing_lasts_longer_than_usual(plans):
    assert not [name for name, each in plans.items() if each.long_fills]


def test_a_plan_of_more_than_24_months_says_so_in_its_first_line(plans):
    long = {name: each for name, each in plans.items() if each.is_long}
    assert long, "no regimen of the list takes that long any more: add one, so that the words are tried"
    assert all(each.says_long for each in long.values())
