"""How often findings interrupt, held against the aims. ``make rates`` prints both rates over 4,000 charts."""

from __future__ import annotations

import pytest

from tests.counts import scaled
from tests.rates import first_look, monthly

FIRST, YEAR = scaled(500), scaled(60)


@pytest.fixture(scope="module")
def first():
    return first_look(FIRST)


def test_findings_of_the_first_tier_at_a_first_look_are_few(first):
    assert first.per_100() <= 40, first.by_rule


def test_a_boxed_pair_interrupts_at_a_first_look(first):
    """The noise is not lowered by what a boxed warning names; only buprenorphine for the disorder is demoted."""
    assert first.boxed - first.interrupted <= 0.02 * FIRST
    assert first.per_100(first.boxed) > 20


def test_monthly_reviews_are_rarely_interrupted():
    found = monthly(YEAR)
    assert found.per_100() <= 16, found.by_rule
    assert found.by_rule
