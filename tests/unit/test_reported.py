"""The MME that a record states, held against ours: when it agrees, and what explains that it does not."""

from __future__ import annotations

from fractions import Fraction

import pytest

from medsteward.fills.reported import Cause, ReportedDifference, difference
from medsteward.fills.supply import FillSupply, supply_of
from medsteward.model.fill import Reported
from medsteward.model.unit import Unit
from medsteward.tables.load import factor_table
from tests.dispensings import filled, patch, product

TABLES = tuple(
    factor_table(each)
    for each in ("cdc_2016_analytic", "cdc_2016_clinical", "cdc_2018_analytic", "cdc_2022", "nih_heal_2025")
)
OXYCODONE, HYDROMORPHONE, CODEINE = product("oxycodone", 10), product("hydromorphone", 2), product("codeine", 30)
FENTANYL = patch("fentanyl", 75, 72)
BUPRENORPHINE_PATCH = patch("buprenorphine", 5, 168)
LEVORPHANOL = product("levorphanol", 2)
BUCCAL = product("buprenorphine", 450, Unit.MCG, form="buccal film", route="buccal")


def stated(text):
    """What a record states: the number and how many places it is printed with."""
    return Reported(Fraction(text), len(text.partition(".")[2]))


def held(what, quantity, days, text, *, table="cdc_2022", others=TABLES):
    fill = filled(1, what, quantity, days, reported=None if text is None else stated(text))
    supply = supply_of(fill.dispensed, factor_table(table))
    assert isinstance(supply, FillSupply)
    return difference(fill, supply, factor_table(table), others)


@pytest.mark.parametrize(
    ("what", "quantity", "days", "text"),
    [
        (OXYCODONE, 120, 30, None),
        (OXYCODONE, 120, 30, "60"),
        (OXYCODONE, 120, 30, "60.00"),
        # 10 mg x 1 x 1.5 / 2 days = 7.5: a half is printed up, and some print it down
        (OXYCODONE, 1, 2, "7.5"),
        (OXYCODONE, 1, 2, "8"),
        (OXYCODONE, 1, 2, "7"),
        # 10 mg x 1 x 1.5 / 8 days = 1.875
        (OXYCODONE, 1, 8, "1.9"),
        (OXYCODONE, 1, 8, "1.88"),
        (OXYCODONE, 1, 8, "1.87"),
        # 10 mg x 17 x 1.5 / 20 days = 12.75, off by all that one place allows
        (OXYCODONE, 17, 20, "12.8"),
        (OXYCODONE, 17, 20, "12.7"),
        # where we have no figure, none stated agrees, to the last place
        (BUPRENORPHINE_PATCH, 4, 28, "0"),
        (BUPRENORPHINE_PATCH, 4, 28, "0.000000"),
        (product("alprazolam", 1), 30, 30, "0.000000"),
    ],
)
def test_it_agrees_as_far_as_it_is_printed(what, quantity, days, text):
    assert held(what, quantity, days, text) is None


@pytest.mark.parametrize(
    ("text", "quantity", "days"), [("61", 120, 30), ("59", 120, 30), ("60.01", 120, 30), ("1.7", 1, 8), ("2.0", 1, 8)]
)
def test_beyond_what_is_printed_it_differs(text, quantity, days):
    found = held(OXYCODONE, quantity, days, text)
    assert found is not None
    assert found.reported == Fraction(text)


@pytest.mark.parametrize(
    ("what", "quantity", "days", "text", "expected"),
    [
        # 2 mg x 120 / 30 days is 40 by the factor 5 of 2022, and 32 by the 4 of those before it
        (
            HYDROMORPHONE,
            120,
            30,
            "32",
            ReportedDifference(
                Fraction(32), 40_000_000, Cause.TABLE, ("cdc_2016_analytic", "cdc_2016_clinical", "cdc_2018_analytic")
            ),
        ),
        (HYDROMORPHONE, 120, 30, "33", ReportedDifference(Fraction(33), 40_000_000, Cause.UNKNOWN)),
        # 75 mcg/h x 15 / 30 days x 7.2, patches that were worn for 48 hours: 270, where 75 x 2.4 are worn
        (FENTANYL, 15, 30, "270", ReportedDifference(Fraction(270), 180_000_000, Cause.PATCH_WEAR)),
        (FENTANYL, 15, 30, "271", ReportedDifference(Fraction(271), 180_000_000, Cause.UNKNOWN)),
        # 5 mcg/h worn x 1.8, and x 2.2
        (
            BUPRENORPHINE_PATCH,
            4,
            28,
            "9",
            ReportedDifference(Fraction(9), None, Cause.BUPRENORPHINE, ("cdc_2016_analytic",)),
        ),
        (
            BUPRENORPHINE_PATCH,
            4,
            28,
            "11",
            ReportedDifference(Fraction(11), None, Cause.BUPRENORPHINE, ("nih_heal_2025",)),
        ),
        (BUPRENORPHINE_PATCH, 4, 28, "10", ReportedDifference(Fraction(10), None, Cause.BUPRENORPHINE)),
        # 5 mcg/h x 5 / 30 days x 12.6, which is more than the 9 of the one that is worn
        (
            BUPRENORPHINE_PATCH,
            5,
            30,
            "10.5",
            ReportedDifference(Fraction("10.5"), None, Cause.BUPRENORPHINE, ("cdc_2016_analytic",)),
        ),
        # 450 mcg x 60 / 30 days x 0.03
        (BUCCAL, 60, 30, "27", ReportedDifference(Fraction(27), None, Cause.BUPRENORPHINE, ("cdc_2016_analytic",))),
        # 2 mg x 60 / 30 days x 11; the table of 2022 does not rate it
        (
            LEVORPHANOL,
            60,
            30,
            "44",
            ReportedDifference(
                Fraction(44), None, Cause.NO_FACTOR, ("cdc_2016_analytic", "cdc_2018_analytic", "nih_heal_2025")
            ),
        ),
        (LEVORPHANOL, 60, 30, "45", ReportedDifference(Fraction(45), None, Cause.NO_FACTOR)),
        (product("alprazolam", 1), 30, 30, "5", ReportedDifference(Fraction(5), None, Cause.NOT_AN_OPIOID)),
        (product("gabapentin", 300), 90, 30, "1.5", ReportedDifference(Fraction("1.5"), None, Cause.NOT_AN_OPIOID)),
    ],
)
def test_what_explains_a_difference(what, quantity, days, text, expected):
    assert held(what, quantity, days, text) == expected


def test_the_tables_own_formula_explains_it_without_any_other_table():
    found = held(FENTANYL, 15, 30, "270", table="cdc_2018_analytic", others=())
    assert found == ReportedDifference(Fraction(270), 180_000_000, Cause.PATCH_WEAR)
    assert held(FENTANYL, 15, 30, "271", table="cdc_2018_analytic", others=()) == ReportedDifference(
        Fraction(271), 180_000_000, Cause.UNKNOWN
    )


def test_without_other_tables_nothing_is_explained_by_them():
    assert held(HYDROMORPHONE, 120, 30, "32", others=()) == ReportedDifference(Fraction(32), 40_000_000, Cause.UNKNOWN)
    assert held(LEVORPHANOL, 60, 30, "44", others=()) == ReportedDifference(Fraction(44), None, Cause.NO_FACTOR)


def test_no_other_table_gives_what_all_have_the_same():
    # codeine 30 mg x 60 / 30 days x 0.15
    assert held(CODEINE, 60, 30, "10") == ReportedDifference(Fraction(10), 9_000_000, Cause.UNKNOWN)


def test_a_table_whose_factor_does_not_fit_the_strength_explains_nothing():
    # the table of 2022 has no factor for it at all, the others one per mg
    percent = product("levorphanol", 2, Unit.PERCENT)
    assert held(percent, 60, 30, "44") == ReportedDifference(Fraction(44), None, Cause.NO_FACTOR)


@pytest.mark.parametrize(
    ("cause", "tables", "words"),
    [
        (
            Cause.BUPRENORPHINE,
            ("cdc_2016_analytic", "cms_2015"),
            "buprenorphine: tables differ on whether it has MME; cdc_2016_analytic, cms_2015 would give it",
        ),
        (Cause.PATCH_WEAR, (), "patch wear: strength x quantity / days' supply was not corrected for it"),
        (Cause.TABLE, ("cms_2015",), "table vintage: another edition's factor; cms_2015 would give it"),
        (Cause.NO_FACTOR, (), "the table used has no factor for it"),
        (Cause.NOT_AN_OPIOID, (), "this is not an opioid, so it has no MME"),
        (
            Cause.UNKNOWN,
            (),
            "no factor table here gives the reported figure; check strength, quantity and days' supply",
        ),
    ],
)
def test_a_difference_in_words(cause, tables, words):
    assert ReportedDifference(Fraction(1), None, cause, tables).words == words
