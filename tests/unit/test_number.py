"""Numbers that are shown: rounded half up, and exact until then."""

from __future__ import annotations

from fractions import Fraction

import pytest

from medsteward.errors import UnitMismatch
from medsteward.model.amount import Amount
from medsteward.model.number import decimal_text, rounded
from medsteward.model.unit import Unit


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (Fraction(1, 3), 2, Fraction(33, 100)),
        (Fraction(2, 3), 2, Fraction(67, 100)),
        (Fraction(5, 1000), 2, Fraction(1, 100)),
        (Fraction(1, 3), 6, Fraction(333_333, 1_000_000)),
        (Fraction(7), 0, Fraction(7)),
    ],
)
def test_rounded_is_half_up_and_exact(value, places, shown):
    assert rounded(value, places) == shown
    assert decimal_text(value, places) == decimal_text(shown)


def test_rounded_has_six_places_unless_told():
    assert rounded(Fraction(1, 7)) == Fraction(142_857, 1_000_000)


def test_amounts_of_one_unit_are_ordered():
    less, more = Amount(Fraction(5), Unit.MG), Amount(Fraction(6), Unit.MG)
    assert less <= less
    assert less <= more
    assert not more <= less


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda one, two: one + two, "cannot add mcg and mg"),
        (lambda one, two: one < two, "cannot compare mcg and mg"),
        (lambda one, two: one <= two, "cannot compare mcg and mg"),
    ],
)
def test_amounts_of_two_units_are_refused_in_words(act, said):
    with pytest.raises(UnitMismatch, match=said):
        act(Amount(Fraction(5), Unit.MG), Amount(Fraction(5), Unit.MCG))
