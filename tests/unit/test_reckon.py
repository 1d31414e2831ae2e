"""Factor times daily dose: which factor and why none, bands at and beside their edges, the working, and the totals.

Every figure was worked out by hand from the factor of the table beside it.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from medsteward.doses.daily import Daily
from medsteward.errors import UnitMismatch
from medsteward.mme.reckon import (
    NoFactor,
    applied,
    bands_for,
    mme_from_quantity,
    mme_of,
    quantity_per_day,
    sum_daily,
    working,
)
from medsteward.mme.result import Applied, AtLeast, CompleteTotal, NoTotal, mme_amount, total_of
from medsteward.model.amount import Amount
from medsteward.model.product import Component, Product
from medsteward.model.unit import Dimension, Unit
from medsteward.tables.load import factor_table

UNITS = {unit.value: unit for unit in Unit}
MG, MCG, RATE = Unit.MG_PER_D, Unit.MCG_PER_D, Unit.MCG_PER_H


def daily(scheduled: int | str, expected: int | str | None, maximum: int | str, unit: Unit = MG) -> Daily:
    return Daily(
        Amount(Fraction(scheduled), unit),
        None if expected is None else Amount(Fraction(expected), unit),
        Amount(Fraction(maximum), unit),
    )


def mme(scheduled: int | str, expected: int | str | None, maximum: int | str) -> Daily:
    return daily(scheduled, expected, maximum, Unit.MME_PER_D)


def bands(table: str, ingredient: str, route: str | None, form: str | None):
    found = bands_for(factor_table(table), ingredient, route, form)
    assert not isinstance(found, NoFactor), found.reason
    return found


def factors(rows: Applied) -> list[Fraction | None]:
    """The factors of scheduled, expected and maximum."""
    return [row.value for row in (rows.scheduled, rows.expected, rows.maximum) if row is not None]


# --- which factor -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "ingredient", "route", "form", "factor", "per"),
    [
        ("cdc_2022", "oxycodone", "oral", "tablet", "1.5", MG),
        ("cdc_2022", "oxycodone", "oral", None, "1.5", MG),
        ("cdc_2022", "fentanyl", "transdermal", "patch", "2.4", RATE),
        ("cdc_2018_analytic", "fentanyl", "buccal", "buccal film", "0.18", MCG),
        ("cdc_2018_analytic", "fentanyl", "buccal", "buccal tablet", "0.13", MCG),
        ("cdc_2018_analytic", "fentanyl", "nasal", "nasal spray", "0.16", MCG),
        ("cdc_2018_analytic", "morphine", "rectal", "suppository", "1", MG),
    ],
)
def test_a_use_has_the_factor_of_its_route_and_form(table, ingredient, route, form, factor, per):
    (row,) = bands(table, ingredient, route, form)
    assert (row.value, row.per) == (Fraction(factor), per)


SUBLINGUAL = (
    "cdc_2022 gives no factor: Buprenorphine is left out of this table on purpose: it is a partial agonist with a "
    "ceiling effect, and these factors must not guide decisions in opioid use disorder treatment."
)
ANY_BUPRENORPHINE = (
    "cdc_2022 gives no factor: Buprenorphine is left out of this table on purpose: it is a partial agonist with a "
    "ceiling effect."
)


@pytest.mark.parametrize(
    ("table", "ingredient", "route", "form", "reason"),
    [
        # listed without a factor: the note of that very use, or else of the ingredient
        ("cdc_2022", "buprenorphine", "sublingual", "film", SUBLINGUAL),
        ("cdc_2022", "buprenorphine", "transdermal", "patch", ANY_BUPRENORPHINE),
        ("cdc_2022", "buprenorphine", "oral", "tablet", ANY_BUPRENORPHINE),
        ("cdc_2022", "buprenorphine", None, None, ANY_BUPRENORPHINE),
        (
            "uk_fpm",
            "methadone",
            "oral",
            "tablet",
            "uk_fpm gives no factor: This table gives no factor for methadone, because its equivalence varies and "
            "needs a specialist.",
        ),
        (
            "cms_2015",
            "buprenorphine",
            "transdermal",
            "patch",
            "cms_2015 gives no factor: The list gives a factor for quantity and days' supply only (12.6), and none for "
            "the rate of a worn patch.",
        ),
        # rated by other routes only
        (
            "cdc_2022",
            "fentanyl",
            "buccal",
            "tablet",
            "cdc_2022 does not rate fentanyl by the buccal route; it rates it as transdermal",
        ),
        (
            "cdc_2018_analytic",
            "fentanyl",
            "oral",
            None,
            "cdc_2018_analytic does not rate fentanyl by the oral route; it rates it as buccal, nasal, sublingual, "
            "transdermal, transmucosal oral",
        ),
        (  # blank by one route and rated by another: the blank says nothing of a third
            "cms_2015",
            "buprenorphine",
            "oral",
            "tablet",
            "cms_2015 does not rate buprenorphine by the oral route; it rates it as sublingual, transdermal",
        ),
        # not in the table at all
        (
            "cdc_2022",
            "levorphanol",
            "oral",
            "tablet",
            "cdc_2022 does not rate levorphanol by the oral route",
        ),
        ("cdc_2022", "levorphanol", None, None, "cdc_2022 does not rate levorphanol"),
    ],
)
def test_a_use_without_a_factor_says_why(table, ingredient, route, form, reason):
    assert bands_for(factor_table(table), ingredient, route, form) == NoFactor(reason)


def test_an_unknown_route_asks_for_the_form_where_that_decides():
    found = bands_for(factor_table("cdc_2018_analytic"), "hydromorphone", None, None)
    assert found == NoFactor(
        "the form or route of hydromorphone decides its factor (oral, rectal suppository); add it", form_decides=True
    )


def test_a_mass_of_a_drug_rated_as_a_patch_alone_is_not_that_patch():
    table = factor_table("cdc_2022")
    assert bands_for(table, "fentanyl", None, None, Dimension.MASS_PER_DAY) == NoFactor(
        "cdc_2022 rates fentanyl only as transdermal, which this is not"
    )
    assert bands_for(table, "fentanyl", None, None, Dimension.RATE) == NoFactor(
        "the form or route of fentanyl decides its factor (transdermal patch); add it", form_decides=True
    )


# --- bands and the multiplication -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dose", "factor", "equivalent"),
    [
        ("0", 4, "0"),
        ("20", 4, "80"),
        ("20.01", 8, "160.08"),
        ("40", 8, "320"),
        ("40.01", 10, "400.1"),
        ("60", 10, "600"),
        ("60.01", 12, "720.12"),
    ],
)
def test_methadone_in_bands_at_and_beside_their_edges(dose, factor, equivalent):
    total = daily(dose, dose, dose)
    rows = applied(bands("cdc_2016_clinical", "methadone", "oral", "tablet"), total)
    assert factors(rows) == [factor, factor, factor]
    assert mme_of(total, rows) == mme(equivalent, equivalent, equivalent)


def test_each_figure_has_the_band_of_its_own_total():
    # other lines bring the day's totals to 15, 35 and 70 mg: they choose, and this line's own figures are multiplied
    rows = applied(bands("cdc_2016_clinical", "methadone", "oral", "tablet"), daily(15, 35, 70))
    assert factors(rows) == [4, 8, 12]
    line = daily(5, 10, 20)
    equivalent = mme_of(line, rows)
    assert equivalent == mme(20, 80, 240)
    assert working(line, rows, equivalent) == (
        "maximum: 20 mg/d x 12 = 240 MME/d",
        "scheduled: 5 mg/d x 4 = 20 MME/d",
        "expected: 10 mg/d x 8 = 80 MME/d",
    )


@pytest.mark.parametrize(
    ("ingredient", "form", "figures", "equivalent", "steps"),
    [
        ("oxycodone", "tablet", daily(40, None, 40), mme(60, None, 60), ("maximum: 40 mg/d x 1.5 = 60 MME/d",)),
        (
            "oxycodone",
            "tablet",
            daily(0, None, 40),
            mme(0, None, 60),
            ("maximum: 40 mg/d x 1.5 = 60 MME/d", "scheduled: 0 mg/d x 1.5 = 0 MME/d"),
        ),
        (
            "oxycodone",
            "tablet",
            daily(40, 30, 40),
            mme(60, 45, 60),
            ("maximum: 40 mg/d x 1.5 = 60 MME/d", "expected: 30 mg/d x 1.5 = 45 MME/d"),
        ),
        ("methadone", "tablet", daily("20.5", None, "20.5"), mme("96.35", None, "96.35"), None),
        (  # 500 mcg/d is 0.5 mg/d
            "hydromorphone",
            "tablet",
            daily(500, None, 500, MCG),
            mme("2.5", None, "2.5"),
            ("maximum: 0.5 mg/d x 5 = 2.5 MME/d",),
        ),
    ],
)
def test_a_daily_dose_times_its_factor_with_the_working(ingredient, form, figures, equivalent, steps):
    rows = applied(bands("cdc_2022", ingredient, "oral", form), figures)
    assert mme_of(figures, rows) == equivalent
    if steps is not None:
        assert working(figures, rows, equivalent) == steps


def test_a_worn_patch_is_its_rate_times_the_factor():
    two_patches = daily(50, None, 50, RATE)
    rows = applied(bands("cdc_2022", "fentanyl", "transdermal", "patch"), two_patches)
    assert mme_of(two_patches, rows) == mme(120, None, 120)
    assert working(two_patches, rows, mme_of(two_patches, rows)) == ("maximum: 50 mcg/h x 2.4 = 120 MME/d",)


def test_a_mass_times_a_factor_of_a_patch_is_refused():
    patches = bands("cdc_2022", "fentanyl", "transdermal", "patch")
    with pytest.raises(UnitMismatch):
        applied(patches, daily(50, None, 50))


# --- several lines ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "total"),
    [
        ([daily(10, 15, 20)], daily(10, 15, 20)),
        ([daily(10, 15, 20), daily(5, 6, 7)], daily(15, 21, 27)),
        ([daily(10, 15, 20), daily(5, 6, 7), daily(0, 0, 1)], daily(15, 21, 28)),
        ([daily(10, None, 20), daily(5, 6, 7)], daily(15, None, 27)),
        ([daily(10, 15, 20), daily(5, None, 7)], daily(15, None, 27)),
        ([daily(10, 15, 20), daily(5, None, 7), daily(1, 1, 1)], daily(16, None, 28)),
        ([daily(10, None, 20), daily(5, None, 7)], daily(15, None, 27)),
        ([daily(1, 2, 3), daily(500, 600, 700, MCG)], daily("1.5", "2.6", "3.7")),
    ],
)
def test_the_days_total_of_an_ingredient_over_its_lines(lines, total):
    assert sum_daily(lines) == total


@pytest.mark.parametrize(
    ("lines", "missing", "expected", "text"),
    [
        ([], (), None, "0 MME/d"),
        ([mme(0, None, 60)], (), None, "60 MME/d"),
        ([mme(0, 30, 60), mme(5, 5, 5)], (), 35, "65 MME/d"),
        ([mme(0, 30, 60), mme(5, None, 5)], (), None, "65 MME/d"),
        ([mme(0, None, "1234.5"), mme(0, None, "0.25")], (), None, "1,234.75 MME/d"),
        ([mme(1200, None, 1200)], (), None, "1,200 MME/d"),
        (
            [mme(1200, None, 1200)],
            ("butorphanol",),
            None,
            "at least 1,200 MME/d; not counted: butorphanol",
        ),
        (
            [mme(0, None, "1234.75")],
            ("butorphanol", "levorphanol"),
            None,
            "at least 1,234.75 MME/d; not counted: butorphanol, levorphanol",
        ),
    ],
)
def test_a_total_says_what_it_leaves_out(lines, missing, expected, text):
    total = total_of(lines, missing)
    assert isinstance(total, AtLeast if missing else CompleteTotal)
    assert str(total) == text
    assert total.expected == (None if expected is None else mme_amount(Fraction(expected)))


def test_no_figure_says_why():
    assert str(NoTotal(("oxycodone",), "no opioid line could be counted")) == (
        "no figure: no opioid line could be counted"
    )


# --- from quantity and days' supply -----------------------------------------------------------------------------


def product(ingredient: str, strength: Amount, form: str | None, route: str | None) -> Product:
    return Product((Component(ingredient, strength),), form=form, route=route)


@pytest.mark.parametrize(
    ("table", "ingredient", "strength", "form", "route", "quantity", "days", "equivalent"),
    [
        ("cdc_2022", "oxycodone", "5 mg", "tablet", "oral", 120, 30, "30"),  # 5 x 120 / 30 x 1.5
        ("cdc_2022", "morphine", "2 mg/mL", "solution", "oral", 300, 15, "40"),  # 2 x 300 / 15 x 1
        ("cdc_2016_clinical", "methadone", "10 mg", "tablet", "oral", 60, 30, "80"),  # 20 x 4
        ("cdc_2016_clinical", "methadone", "10 mg", "tablet", "oral", 61, 30, "488/3"),  # 20.333 x 8
        ("cdc_2018_analytic", "fentanyl", "25 mcg/h", "patch", "transdermal", 10, 30, "60"),  # 25 x 10 / 30 x 7.2
        ("cdc_2018_analytic", "fentanyl", "200 mcg", "buccal film", "buccal", 30, 30, "36"),  # 200 x 0.18
        ("cms_2015", "buprenorphine", "10 mcg/h", "patch", "transdermal", 4, 28, "18"),  # 10 x 4 / 28 x 12.6
    ],
)
def test_strength_times_quantity_over_days(table, ingredient, strength, form, route, quantity, days, equivalent):
    number, unit = strength.split(" ")
    each = Amount(Fraction(number), UNITS[unit])
    found = mme_from_quantity(
        factor_table(table),
        product(ingredient, each, form, route),
        ingredient,
        each,
        Fraction(quantity),
        Fraction(days),
    )
    assert found == mme_amount(Fraction(equivalent))


@pytest.mark.parametrize(
    ("table", "ingredient", "form", "route", "found"),
    [
        ("cdc_2022", "buprenorphine", "film", "sublingual", NoFactor(SUBLINGUAL)),
        ("cdc_2022", "levorphanol", "tablet", "oral", NoFactor("cdc_2022 does not rate levorphanol by the oral route")),
        (
            "cdc_2022",
            "fentanyl",
            "lozenge",
            "transmucosal oral",
            NoFactor("cdc_2022 does not rate fentanyl by the transmucosal oral route; it rates it as transdermal"),
        ),
        (
            "cdc_2022",
            "oxycodone",
            None,
            None,
            NoFactor("the form or route of oxycodone is not known", form_decides=True),
        ),
    ],
)
def test_a_dispensing_without_a_factor_says_why(table, ingredient, form, route, found):
    each = Amount(Fraction(2), Unit.MG)
    dispensed = product(ingredient, each, form, route)
    assert mme_from_quantity(factor_table(table), dispensed, ingredient, each, Fraction(30), Fraction(30)) == found


@pytest.mark.parametrize("days", [0, -1])
def test_no_days_supply_is_refused(days):
    with pytest.raises(ValueError, match="days' supply is more than 0"):
        quantity_per_day(Amount(Fraction(5), Unit.MG), Fraction(30), Fraction(days))
