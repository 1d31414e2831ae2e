"""Numbers that come in and go out: exact, bounded, and rounded half up where they are shown."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction

import pytest

from medsteward.errors import UnitMismatch
from medsteward.model.amount import Amount
from medsteward.model.number import decimal_text, exact_json, exact_number, json_number, rounded
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


@pytest.mark.parametrize(
    ("value", "exact"),
    [
        (0, Fraction(0)),
        (1, Fraction(1)),
        (1200, Fraction(1200)),
        (9_999_999_999, Fraction(9_999_999_999)),  # ten digits are the most
        (10_000_000_000, None),
        (10_000_000_001, None),
        (10**400, None),
        (-1, None),
        (Decimal(0), Fraction(0)),
        (Decimal("0.25"), Fraction(1, 4)),
        (Decimal("20.5"), Fraction(41, 2)),
        (Decimal("1E+9"), Fraction(10**9)),
        (Decimal("1E+10"), None),
        (Decimal("1E-9"), Fraction(1, 10**9)),
        (Decimal("1E-10"), None),
        (Decimal("1E+999999"), None),
        (Decimal("1E-999999"), None),
        (Decimal("0.123456789012345678"), Fraction("0.123456789012345678")),  # eighteen digits are the most
        (Decimal("0.1234567890123456789"), None),
        (Decimal("-0.5"), None),
        (Decimal("NaN"), None),
        (Decimal("Infinity"), None),
        (0.5, Fraction(1, 2)),
        (0.1, Fraction(1, 10)),  # by its shortest decimal, as JSON has it
        (30.0, Fraction(30)),
        (1e-7, Fraction(1, 10**7)),
        (2 / 3, None),  # a quotient that was cut off
        (0.1 + 0.2, None),  # a sum with noise
        (-0.5, None),
        (1e300, None),
        (float("nan"), None),
        (float("inf"), None),
        (Fraction(2, 3), Fraction(2, 3)),
        (Fraction(-1, 3), None),
        (Fraction(10**11), None),
        (True, None),
        ("5", None),
        (None, None),
    ],
)
def test_a_number_of_a_document_is_exact_or_none(value, exact):
    assert exact_number(value) == exact


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(5), "5"),
        (Fraction(1, 2), "0.5"),
        (Fraction("96.35"), "96.35"),
        (Fraction(1, 3), "0.333333"),
        (Fraction(2, 3), "0.666667"),
        (Fraction(2_999_999_999, 10**9), "3"),  # rounded to a whole number, it is one
    ],
)
def test_a_json_number_is_whole_where_it_can_be(value, text):
    assert json.dumps(json_number(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(5), "5"),
        (Fraction(10**20), "100000000000000000000"),
        (Fraction(1, 2), "0.5"),
        (Fraction(1, 4), "0.25"),
        (Fraction("96.35"), "96.35"),
        (Fraction(1, 10**6), "1e-06"),
        (Fraction("999999999.999999"), "999999999.999999"),  # fifteen digits are the most a float gives back
        (Fraction("1000000000.000001"), '"1000000000000001/1000000"'),
        (Fraction(1, 2 * 10**6), '"1/2000000"'),  # seven places
        (Fraction(1, 3), '"1/3"'),
        (Fraction(1, 11), '"1/11"'),
        (Fraction(-5, 2), "-2.5"),
        (Fraction("-1000000000.000001"), '"-1000000000000001/1000000"'),
    ],
)
def test_a_number_for_json_loses_nothing(value, text):
    written = json.dumps(exact_json(value))
    assert written == text
    assert Fraction(json.loads(written, parse_float=Decimal)) == value


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
