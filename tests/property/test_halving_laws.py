"""A tablet is never halved where its half is sold whole among the products: no taper asks for a needless cut."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from medsteward.model.drug import DrugClass
from medsteward.model.unit import Unit
from medsteward.schedules import box
from medsteward.schedules.dispensable import level_of, levels_below, rungs_below
from medsteward.schedules.moment import moments_for
from medsteward.schedules.supply import Supply, Track

HALF = Fraction(1, 2)
STRENGTHS = ("2.5", "5", "7.5", "10", "15", "20", "30", "60")


def scored(doses, strengths, *, most_units=None):
    supplies = tuple(
        Supply(f"oxycodone {each} mg tablet", Fraction(each), Unit.TABLET, HALF, "CII", may_be_split=True)
        for each in strengths
    )
    taken = tuple(zip(moments_for(len(doses)), map(Fraction, doses), strict=True))
    return Track(
        "oxycodone",
        DrugClass.OPIOID_FULL_AGONIST,
        "oral",
        "tablet",
        "IR",
        Unit.MG,
        taken,
        supplies,
        most_units=most_units,
    )


def first_items(track):
    """The products of the first dose of the present day, by name, with their counts."""
    level = level_of(track, track.doses)
    assert level is not None
    return [(supply.product, count) for supply, count in level.doses[0].items]


def cut_for_nothing(level, strengths):
    """Tablets that a day halves although their half is one of the strengths."""
    whole = {Fraction(each) for each in strengths}
    return [
        supply.product
        for dose in level.doses
        for supply, count in dose.items
        if count.denominator != 1 and supply.strength / 2 in whole
    ]


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.sampled_from((5, 10, 15, 20, 30, 45, 60)), min_size=1, max_size=4),
    st.lists(st.sampled_from(STRENGTHS), min_size=1, max_size=5, unique=True),
)
def test_no_day_halves_a_tablet_whose_half_is_sold_whole(doses, strengths):
    for level in levels_below(scored(doses, strengths)):
        assert cut_for_nothing(level, strengths) == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from((5, 10, 15, 20, 30)), min_size=1, max_size=3),
    st.lists(st.sampled_from(STRENGTHS), min_size=1, max_size=4, unique=True),
)
def test_the_rule_takes_no_dose_away(doses, strengths):
    """The days are the same as with halves of every tablet: the half is there, as a whole one."""
    track = scored(doses, strengths)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(box, "_never_halved_for_a_whole", list)
        freely = rungs_below.__wrapped__(track)
    kept = rungs_below.__wrapped__(track)
    assert [rung.daily for rung in kept] == [rung.daily for rung in freely]


def test_one_tablet_of_15_mg_and_not_half_of_30_mg():
    assert first_items(scored((15,), ("15", "30"))) == [("oxycodone 15 mg tablet", 1)]


def test_the_smallest_strength_is_halved_all_the_same():
    track = scored((Fraction(15, 2),), ("15", "30"))
    assert first_items(track) == [("oxycodone 15 mg tablet", HALF)]


@pytest.mark.parametrize("most", [Fraction(1), HALF])
def test_half_of_a_combination_stays_as_its_partner_is_halved_too(most):
    track = evolve(scored((5,), ("5", "10")), most_units=most)
    assert first_items(track) == [("oxycodone 10 mg tablet", HALF)]
