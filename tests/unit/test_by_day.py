"""Fills on the calendar, day by day: where each one lies, what every day comes to, and what a window holds of it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from medsteward.fills.by_day import (
    DaySegment,
    Mode,
    both,
    covered,
    days_in,
    joined,
    place,
    segments,
    together,
    total_of,
    within,
)
from medsteward.fills.definitions import exposure
from medsteward.fills.supply import FillSupply, supply_of
from medsteward.tables.load import factor_table
from tests.dispensings import filled, numbered, ordinal, patch, product

MORPHINE = product("morphine", 10)
OXYCODONE = product("oxycodone", 10)
METHADONE = product("methadone", 10)


def supplies(*fills, table="cdc_2022"):
    found = [(each, supply_of(each.dispensed, factor_table(table))) for each in fills]
    assert all(isinstance(supply, FillSupply) for _, supply in found)
    return found


def placed_on(*fills, mode=Mode.SUMMED, table="cdc_2022"):
    """The days that each fill covers, by number."""
    placed, _ = place(supplies(*fills, table=table), mode)
    return [numbered((each.first, each.last)) for each in placed]


def early_days(*fills, mode=Mode.SUMMED):
    """Of each early fill, its day, and how many days early it is alone and with what was left over."""
    _, early = place(supplies(*fills), mode)
    return [(numbered(each.fill.filled.toordinal()), each.days, each.days_with_stock) for each in early]


def days_of(*fills, mode=Mode.SUMMED, table="cdc_2022"):
    """Runs of days: the first, the last, and millionths of an MME on each."""
    placed, _ = place(supplies(*fills, table=table), mode)
    return [(*numbered((each.first, each.last)), each.mme) for each in segments(placed)]


# --- where fills lie --------------------------------------------------------------------------------------------


def test_a_fill_covers_its_days_supply_from_the_day_it_was_filled():
    assert placed_on(filled(1, MORPHINE, 30, 30), filled(40, MORPHINE, 1, 1)) == [(1, 30), (40, 40)]
    placed, _ = place(supplies(filled(5, MORPHINE, 30, 30)), Mode.SUMMED)
    assert [(numbered(each.filled), each.days) for each in placed] == [(5, 30)]


def test_fills_lie_in_order_of_day_and_row():
    fills = [filled(9, MORPHINE, 3, 3, row=2), filled(1, MORPHINE, 2, 2, row=4), filled(1, MORPHINE, 1, 1, row=3)]
    assert placed_on(*fills) == [(1, 1), (1, 2), (9, 11)]


@pytest.mark.parametrize(
    ("fills", "summed", "shifted"),
    [
        # the second begins when the first has run out, and the third when both have
        ([(1, 30), (21, 30), (55, 30)], [(1, 30), (21, 50), (55, 84)], [(1, 30), (31, 60), (61, 90)]),
        # filled on the day after the last covered one
        ([(1, 30), (31, 30)], [(1, 30), (31, 60)], [(1, 30), (31, 60)]),
        # a gap stays a gap
        ([(1, 30), (40, 30)], [(1, 30), (40, 69)], [(1, 30), (40, 69)]),
        # two fills of one day begin together, and the longer one says when the drug has run out
        ([(1, 10), (1, 30), (21, 10)], [(1, 10), (1, 30), (21, 30)], [(1, 10), (1, 30), (31, 40)]),
        ([(1, 30), (1, 10), (21, 10)], [(1, 30), (1, 10), (21, 30)], [(1, 30), (1, 10), (31, 40)]),
    ],
)
def test_what_a_mode_does_to_fills_of_one_drug(fills, summed, shifted):
    rows = [filled(day, MORPHINE, days, days, row=row) for row, (day, days) in enumerate(fills)]
    assert placed_on(*rows) == summed
    assert placed_on(*rows, mode=Mode.SHIFTED) == shifted


def test_several_drugs_shift_each_by_itself():
    fills = (filled(1, MORPHINE), filled(11, OXYCODONE), filled(21, MORPHINE), filled(31, OXYCODONE))
    assert placed_on(*fills, mode=Mode.SHIFTED) == [(1, 30), (11, 40), (31, 60), (41, 70)]


# --- early fills ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize(
    ("fills", "early"),
    [
        ([(1, 30), (30, 30)], [(30, 1, 1)]),
        ([(1, 30), (31, 30)], []),
        ([(1, 30), (32, 30)], []),
        # 10 days early; what is left over then lasts to day 60, though the second fill alone ends on day 50
        ([(1, 30), (21, 30), (55, 30)], [(21, 10, 10), (55, 0, 6)]),
        ([(1, 30), (21, 30), (60, 30)], [(21, 10, 10), (60, 0, 1)]),
        ([(1, 30), (21, 30), (61, 30)], [(21, 10, 10)]),
        # after a gap nothing is left over
        ([(1, 30), (41, 30), (61, 30)], [(61, 10, 10)]),
        # the longer of two fills of one day counts, whichever is written first
        ([(1, 10), (1, 30), (21, 10)], [(21, 10, 10)]),
        ([(1, 30), (1, 10), (21, 10)], [(21, 10, 10)]),
        # both fills of one day are as early
        ([(1, 30), (21, 10), (21, 30)], [(21, 10, 10), (21, 10, 10)]),
    ],
)
def test_how_early_a_fill_is(fills, early, mode):
    rows = [filled(day, MORPHINE, days, days, row=row) for row, (day, days) in enumerate(fills)]
    assert early_days(*rows, mode=mode) == early


def test_an_early_fill_brings_its_supply():
    fills = supplies(filled(1, MORPHINE, row=2), filled(21, MORPHINE, row=3))
    _, (early,) = place(fills, Mode.SUMMED)
    assert (early.fill, early.supply) == fills[1]


def test_early_fills_are_looked_for_in_opioids_and_sedatives_alone():
    for name, strength, is_looked_at in (("alprazolam", 1, True), ("gabapentin", 300, True), ("ibuprofen", 400, False)):
        drug = product(name, strength)
        assert bool(early_days(filled(1, drug), filled(21, drug))) is is_looked_at
    assert early_days(filled(1, MORPHINE), filled(21, OXYCODONE)) == []


# --- what every day comes to ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fills", "expected"),
    [
        ([], []),
        ([filled(1, MORPHINE, 60, 30)], [(1, 30, 20_000_000)]),
        # 20 from day 1 to 30 and 30 x 1.5 from day 21 to 50: 65 on the days of both
        (
            [filled(1, MORPHINE, 60, 30), filled(21, OXYCODONE, 90, 30)],
            [(1, 20, 20_000_000), (21, 30, 65_000_000), (31, 50, 45_000_000)],
        ),
        # the same MME on the day after is the same run
        ([filled(1, MORPHINE, 60, 30), filled(31, MORPHINE, 60, 30)], [(1, 60, 20_000_000)]),
        # ... and after a day without supply it is not
        ([filled(1, MORPHINE, 60, 30), filled(32, MORPHINE, 60, 30)], [(1, 30, 20_000_000), (32, 61, 20_000_000)]),
        # one ends as another of the same MME begins
        ([filled(1, MORPHINE, 60, 30), filled(31, OXYCODONE, 40, 30)], [(1, 60, 20_000_000)]),
        # one day
        ([filled(7, MORPHINE, 1, 1)], [(7, 7, 10_000_000)]),
        # a third of a tablet a day is rounded once for each fill
        ([filled(1, MORPHINE, 1, 3), filled(1, MORPHINE, 1, 3)], [(1, 3, 6_666_666)]),
        # benzodiazepines, and opioids without a factor, cover days with no MME
        ([filled(1, patch("buprenorphine", 10, 168), 4, 28)], [(1, 28, 0)]),
        (
            [filled(1, product("alprazolam", 1)), filled(11, MORPHINE, 10, 10)],
            [(1, 10, 0), (11, 20, 10_000_000), (21, 30, 0)],
        ),
    ],
)
def test_the_mme_of_every_day(fills, expected):
    assert days_of(*fills) == expected


@pytest.mark.parametrize(
    ("fills", "expected"),
    [
        # 20 mg/d is in the band of 4, and 10 more in that of 8
        ([filled(1, METHADONE, 60, 30)], [(1, 30, 80_000_000)]),
        (
            [filled(1, METHADONE, 60, 30), filled(11, METHADONE, 10, 10)],
            [(1, 10, 80_000_000), (11, 20, 240_000_000), (21, 30, 80_000_000)],
        ),
        # on its first and its last day alone
        (
            [filled(1, METHADONE, 20, 10), filled(10, METHADONE, 20, 10)],
            [(1, 9, 80_000_000), (10, 10, 320_000_000), (11, 19, 80_000_000)],
        ),
        # another drug is added, and chooses no band: 20 x 4 + 40 x 1.5
        ([filled(1, METHADONE, 60, 30), filled(1, OXYCODONE, 120, 30)], [(1, 30, 140_000_000)]),
        # 40 mg/d is still in the band of 8, 60 in that of 10, and above it the factor is 12
        ([filled(1, METHADONE, 120, 30)], [(1, 30, 320_000_000)]),
        ([filled(1, METHADONE, 180, 30)], [(1, 30, 600_000_000)]),
        ([filled(1, METHADONE, 90, 30), filled(1, METHADONE, 120, 30)], [(1, 30, 840_000_000)]),
        # each fill's part is rounded by itself: 10/3 mg/d x 4 twice
        ([filled(1, METHADONE, 1, 3), filled(1, METHADONE, 1, 3)], [(1, 3, 26_666_666)]),
    ],
)
def test_the_days_total_of_methadone_chooses_the_factor(fills, expected):
    assert days_of(*fills, table="cdc_2016_clinical") == expected


def test_each_of_two_drugs_with_bands_has_a_total_of_its_own():
    fills = supplies(filled(1, METHADONE, 60, 30), filled(1, METHADONE, 60, 30), table="cdc_2016_clinical")
    other = [(fill, evolve(supply, drug="another drug")) for fill, supply in fills[1:]]
    apart, _ = place([*fills[:1], *other], Mode.SUMMED)
    # 20 x 4 of each; of one drug they were 40 x 8
    assert [each.mme for each in segments(apart)] == [160_000_000]


def test_what_is_taken_together_is_in_the_band_of_the_sum():
    (_, twenty), (_, five) = supplies(
        filled(1, METHADONE, 60, 30), filled(1, METHADONE, 15, 30), table="cdc_2016_clinical"
    )
    assert together([twenty]) == 80_000_000
    assert together([twenty, five]) == 200_000_000
    assert together([five, twenty]) == 200_000_000


# --- windows ----------------------------------------------------------------------------------------------------

RUNS = (DaySegment(1, 10, 50), DaySegment(11, 20, 100), DaySegment(31, 40, 20))


@pytest.mark.parametrize(
    ("first", "last", "mme"),
    [
        (1, 40, 10 * 50 + 10 * 100 + 10 * 20),
        (1, 10, 500),
        (1, 11, 600),
        (10, 11, 150),
        (5, 7, 150),
        (6, 15, 5 * 50 + 5 * 100),
        (20, 20, 100),
        (21, 30, 0),
        (21, 31, 20),
        (40, 90, 20),
        (41, 90, 0),
        (-9, 0, 0),
        (-9, 1, 50),
    ],
)
def test_the_mme_within_a_window(first, last, mme):
    assert within(RUNS, first, last) == mme


def test_the_mme_of_all_days():
    assert total_of(RUNS) == 1700
    assert total_of([]) == 0
    assert [each.days for each in RUNS] == [10, 10, 10]


@pytest.mark.parametrize(
    ("window", "mme"), [(1, 20), (20, 400), (30, 20 * 20 + 10 * 65), (40, 1500), (50, 1950), (51, 1950), (90, 1950)]
)
def test_a_window_is_cut_from_the_first_covered_day(window, mme):
    placed, _ = place(supplies(filled(1, MORPHINE, 60, 30), filled(21, OXYCODONE, 90, 30)), Mode.SUMMED)
    found = exposure(placed, segments(placed), window=window)
    # 20 a day for 20 days, 65 for 10, 45 for 20
    assert found.total == 1950 * 1_000_000
    assert found.window == (ordinal(1), ordinal(window))
    value = found.values[2]
    assert (value.definition.name, value.mme, value.days) == ("fixed_window", mme * 1_000_000, window)
    assert value.value == Fraction(mme, window)


def test_nothing_on_the_calendar_has_no_window():
    found = exposure([], [], window=90)
    assert (found.window, found.peak, found.peak_days, found.total) == (None, None, 0, 0)
    assert [each.value for each in found.values] == [None, 0, 0, 0]


def test_the_peak_is_the_first_of_the_highest_runs():
    placed, _ = place(
        supplies(filled(1, MORPHINE, 10, 10), filled(21, MORPHINE, 20, 5), filled(41, MORPHINE, 8, 2)), Mode.SUMMED
    )
    found = exposure(placed, segments(placed), window=90)
    assert found.peak == DaySegment(ordinal(21), ordinal(25), 40_000_000)
    assert found.peak_days == 7


# --- spans of days ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], []),
        ([(1, 5)], [(1, 5)]),
        ([(1, 5), (6, 9)], [(1, 9)]),
        ([(1, 5), (7, 9)], [(1, 5), (7, 9)]),
        ([(7, 9), (1, 5)], [(1, 5), (7, 9)]),
        ([(1, 9), (2, 3), (4, 12)], [(1, 12)]),
        ([(1, 9), (2, 3), (10, 10)], [(1, 10)]),
    ],
)
def test_spans_that_touch_are_one(spans, expected):
    assert joined(spans) == expected
    assert days_in(joined(spans)) == len({day for first, last in spans for day in range(first, last + 1)})


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ([(1, 30)], [], []),
        ([(1, 30)], [(31, 40)], []),
        ([(1, 30)], [(30, 40)], [(30, 30)]),
        ([(1, 30)], [(5, 6), (8, 9)], [(5, 6), (8, 9)]),
        ([(1, 10), (21, 30)], [(5, 25)], [(5, 10), (21, 25)]),
        ([(1, 10), (21, 30)], [(1, 10), (25, 30)], [(1, 10), (25, 30)]),
        ([(1, 10), (12, 13)], [(1, 10), (11, 11), (13, 20)], [(1, 10), (13, 13)]),
    ],
)
def test_days_in_both(ours, theirs, expected):
    assert both(ours, theirs) == expected
    assert both(theirs, ours) == expected


def test_the_days_that_any_fill_covers():
    placed, _ = place(
        supplies(filled(1, MORPHINE, 10, 10), filled(5, OXYCODONE, 10, 10), filled(20, MORPHINE, 1, 1)), Mode.SUMMED
    )
    assert numbered(tuple(covered(placed))) == ((1, 14), (20, 20))
