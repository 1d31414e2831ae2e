"""The published factors, table by table, written by hand from the sources and not from our files.

Each row: ingredient, route, dose form, a day's dose or the rate of the patches worn, and MME per day; None
where the table has no factor, be the drug unlisted or listed without one.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from medsteward.errors import UnitMismatch
from medsteward.model.amount import Amount
from medsteward.model.number import exact
from medsteward.model.source import Standing
from medsteward.model.unit import Unit
from medsteward.tables.load import factor_table, table_ids
from medsteward.tables.table import Formula, factor_for
from tests.build import amount

LOZENGE = ("fentanyl", "transmucosal oral", "lozenge")
BUCCAL_TABLET = ("fentanyl", "buccal", "tablet")
SUBLINGUAL_TABLET = ("fentanyl", "sublingual", "tablet")
BUCCAL_FILM = ("fentanyl", "buccal", "film")
ORAL_SPRAY = ("fentanyl", "sublingual", "spray")
NASAL_SPRAY = ("fentanyl", "nasal", "spray")
PATCH = ("fentanyl", "transdermal", "patch")
BUPRENORPHINE_PATCH = ("buprenorphine", "transdermal", "patch")
BELBUCA = ("buprenorphine", "buccal", "film")

DAILY: dict[str, list[tuple[str, str, str | None, str, str | None]]] = {
    "cdc_2022": [
        ("codeine", "oral", "tablet", "100 mg/d", "15"),
        ("hydrocodone", "oral", "tablet", "20 mg/d", "20"),  # 5 mg four times a day, the guideline's example
        ("hydromorphone", "oral", "tablet", "10 mg/d", "50"),
        ("methadone", "oral", "tablet", "10 mg/d", "47"),
        ("methadone", "oral", "tablet", "20.5 mg/d", "96.35"),
        ("methadone", "oral", "tablet", "100 mg/d", "470"),
        ("morphine", "oral", "tablet", "30 mg/d", "30"),
        ("oxycodone", "oral", "tablet", "20 mg/d", "30"),  # 10 mg twice a day, the guideline's example
        ("oxymorphone", "oral", "tablet", "10 mg/d", "30"),
        ("tapentadol", "oral", "tablet", "100 mg/d", "40"),
        ("tramadol", "oral", "tablet", "100 mg/d", "20"),
        (*PATCH, "12 mcg/h", "28.8"),
        (*PATCH, "25 mcg/h", "60"),
        (*PATCH, "75 mcg/h", "180"),
        (*PATCH, "100 mcg/h", "240"),  # also two of 50 mcg/h at once
        (*BUPRENORPHINE_PATCH, "10 mcg/h", None),
        (*BELBUCA, "300 mcg/d", None),
        ("buprenorphine", "sublingual", "tablet", "8 mg/d", None),
        ("buprenorphine", "sublingual", "film", "8 mg/d", None),
        ("butorphanol", "nasal", "spray", "1 mg/d", None),
        ("dihydrocodeine", "oral", "tablet", "10 mg/d", None),
        ("levorphanol", "oral", "tablet", "2 mg/d", None),
        ("meperidine", "oral", "tablet", "50 mg/d", None),
        ("opium", "rectal", "suppository", "30 mg/d", None),
        ("pentazocine", "oral", "tablet", "50 mg/d", None),
        ("benzhydrocodone", "oral", "tablet", "10 mg/d", None),
        (*LOZENGE, "400 mcg/d", None),
        (*BUCCAL_TABLET, "400 mcg/d", None),
        (*SUBLINGUAL_TABLET, "400 mcg/d", None),
        (*NASAL_SPRAY, "400 mcg/d", None),
        ("morphine", "parenteral", None, "10 mg/d", None),
        ("morphine", "rectal", "suppository", "10 mg/d", None),
    ],
    "cdc_2016_clinical": [
        ("codeine", "oral", None, "100 mg/d", "15"),
        ("hydrocodone", "oral", None, "10 mg/d", "10"),
        ("hydromorphone", "oral", None, "10 mg/d", "40"),
        ("morphine", "oral", None, "10 mg/d", "10"),
        ("oxycodone", "oral", None, "10 mg/d", "15"),
        ("oxymorphone", "oral", None, "10 mg/d", "30"),
        (*PATCH, "25 mcg/h", "60"),
        ("methadone", "oral", "tablet", "0.5 mg/d", "2"),
        ("methadone", "oral", "tablet", "20 mg/d", "80"),
        ("methadone", "oral", "tablet", "20.5 mg/d", "164"),
        ("methadone", "oral", "tablet", "21 mg/d", "168"),
        ("methadone", "oral", "tablet", "40 mg/d", "320"),
        ("methadone", "oral", "tablet", "40.5 mg/d", "405"),
        ("methadone", "oral", "tablet", "60 mg/d", "600"),
        ("methadone", "oral", "tablet", "60.5 mg/d", "726"),
        ("methadone", "oral", "tablet", "61 mg/d", "732"),
        ("methadone", "oral", "tablet", "100 mg/d", "1200"),
        ("tapentadol", "oral", None, "100 mg/d", None),
        ("tramadol", "oral", None, "100 mg/d", None),
        ("dihydrocodeine", "oral", None, "10 mg/d", None),
        ("levorphanol", "oral", None, "2 mg/d", None),
        ("meperidine", "oral", None, "50 mg/d", None),
        ("pentazocine", "oral", None, "50 mg/d", None),
        ("butorphanol", "nasal", None, "1 mg/d", None),
        (*BUPRENORPHINE_PATCH, "10 mcg/h", None),
        ("buprenorphine", "sublingual", None, "8 mg/d", None),
    ],
    "cdc_2018_analytic": [
        ("butorphanol", "nasal", "spray", "10 mg/d", "70"),
        ("codeine", "oral", None, "100 mg/d", "15"),
        ("dihydrocodeine", "oral", None, "100 mg/d", "25"),
        (*BUCCAL_TABLET, "100 mcg/d", "13"),
        (*SUBLINGUAL_TABLET, "100 mcg/d", "13"),
        (*LOZENGE, "400 mcg/d", "52"),
        (*LOZENGE, "0.4 mg/d", "52"),  # the same lozenge, its strength in mg
        (*BUCCAL_FILM, "2400 mcg/d", "432"),  # 1.2 mg twice
        (*ORAL_SPRAY, "300 mcg/d", "54"),
        (*NASAL_SPRAY, "1200 mcg/d", "192"),  # 0.4 mg three times
        (*PATCH, "25 mcg/h", "60"),  # a worn rate: never 25 x 7.2 = 180
        ("hydrocodone", "oral", None, "10 mg/d", "10"),
        ("hydromorphone", "oral", None, "10 mg/d", "40"),
        ("hydromorphone", "rectal", "suppository", "10 mg/d", "40"),
        ("levomethadyl", "oral", None, "10 mg/d", "80"),
        ("levorphanol", "oral", None, "10 mg/d", "110"),
        ("meperidine", "oral", None, "100 mg/d", "10"),
        ("methadone", "oral", None, "10 mg/d", "30"),
        ("methadone", "oral", None, "100 mg/d", "300"),
        ("morphine", "oral", None, "10 mg/d", "10"),
        ("morphine", "rectal", "suppository", "10 mg/d", "10"),
        ("opium", "rectal", "suppository", "10 mg/d", "10"),
        ("opium", "oral", None, "10 mg/d", None),
        ("oxycodone", "oral", None, "10 mg/d", "15"),
        ("oxymorphone", "oral", None, "10 mg/d", "30"),
        ("oxymorphone", "rectal", "suppository", "10 mg/d", "30"),
        ("pentazocine", "oral", None, "100 mg/d", "37"),
        ("propoxyphene", "oral", None, "100 mg/d", "23"),
        ("tapentadol", "oral", None, "100 mg/d", "40"),
        ("tramadol", "oral", None, "100 mg/d", "10"),
        (*BUPRENORPHINE_PATCH, "10 mcg/h", None),
        (*BELBUCA, "300 mcg/d", None),
        ("buprenorphine", "sublingual", "tablet", "8 mg/d", None),
        ("buprenorphine", "sublingual", "film", "8 mg/d", None),
        ("nalbuphine", "parenteral", None, "10 mg/d", None),
        ("fentanyl", "parenteral", None, "100 mcg/d", None),
    ],
    "cdc_2016_analytic": [
        ("butorphanol", "nasal", None, "10 mg/d", "70"),
        ("codeine", "oral", None, "100 mg/d", "15"),
        ("dihydrocodeine", "oral", None, "100 mg/d", "25"),
        (*BUCCAL_TABLET, "100 mcg/d", "13"),
        (*SUBLINGUAL_TABLET, "100 mcg/d", "13"),
        (*LOZENGE, "100 mcg/d", "13"),
        (*BUCCAL_FILM, "100 mcg/d", "18"),
        (*ORAL_SPRAY, "100 mcg/d", "18"),
        (*NASAL_SPRAY, "100 mcg/d", "16"),
        (*PATCH, "25 mcg/h", "60"),
        ("hydrocodone", "oral", None, "10 mg/d", "10"),
        ("hydromorphone", "oral", None, "10 mg/d", "40"),
        ("hydromorphone", "rectal", "suppository", "10 mg/d", "40"),
        ("levomethadyl", "oral", None, "10 mg/d", "80"),
        ("levorphanol", "oral", None, "10 mg/d", "110"),
        ("meperidine", "oral", None, "100 mg/d", "10"),
        ("methadone", "oral", None, "100 mg/d", "300"),
        ("morphine", "oral", None, "10 mg/d", "10"),
        ("morphine", "rectal", "suppository", "10 mg/d", "10"),
        ("opium", "rectal", "suppository", "10 mg/d", "10"),
        ("oxycodone", "oral", None, "10 mg/d", "15"),
        ("oxymorphone", "oral", None, "10 mg/d", "30"),
        ("oxymorphone", "rectal", "suppository", "10 mg/d", "30"),
        ("pentazocine", "oral", None, "100 mg/d", "37"),
        ("propoxyphene", "oral", None, "100 mg/d", "23"),
        ("tapentadol", "oral", None, "100 mg/d", "40"),
        ("tramadol", "oral", None, "100 mg/d", "10"),
        (*BUPRENORPHINE_PATCH, "5 mcg/h", "9"),
        (*BELBUCA, "300 mcg/d", "9"),
        ("buprenorphine", "sublingual", "tablet", "8 mg/d", "240"),
        ("buprenorphine", "sublingual", "film", "8 mg/d", "240"),
    ],
    "nih_heal_2025": [
        (*BELBUCA, "100 mcg/d", "3.9"),  # 50 mcg twice a day, an answer of the tool
        (*BUPRENORPHINE_PATCH, "10 mcg/h", "22"),
        ("buprenorphine", "sublingual", "tablet", "8 mg/d", "310.4"),
        ("buprenorphine", "sublingual", "film", "8 mg/d", "310.4"),
        ("butorphanol", "nasal", None, "10 mg/d", "70"),
        ("codeine", "oral", None, "100 mg/d", "15"),
        ("dihydrocodeine", "oral", None, "100 mg/d", "25"),
        (*BUCCAL_TABLET, "100 mcg/d", "13"),
        (*SUBLINGUAL_TABLET, "100 mcg/d", "13"),
        (*LOZENGE, "100 mcg/d", "13"),
        (*NASAL_SPRAY, "100 mcg/d", "16"),
        (*BUCCAL_FILM, "100 mcg/d", "18"),
        (*ORAL_SPRAY, "100 mcg/d", "18"),
        (*PATCH, "25 mcg/h", "60"),
        ("hydrocodone", "oral", None, "225 mg/d", "225"),  # 75 mg three times a day, an answer of the tool
        ("hydromorphone", "oral", None, "10 mg/d", "50"),
        ("levorphanol", "oral", None, "10 mg/d", "110"),
        ("meperidine", "oral", None, "100 mg/d", "10"),
        ("methadone", "oral", None, "10 mg/d", "47"),
        ("morphine", "oral", None, "10 mg/d", "10"),
        ("opium", "oral", None, "10 mg/d", "10"),
        ("oxycodone", "oral", None, "10 mg/d", "15"),
        ("oxymorphone", "oral", None, "10 mg/d", "30"),
        ("pentazocine", "oral", None, "100 mg/d", "37"),
        ("tapentadol", "oral", None, "100 mg/d", "30"),
        ("tramadol", "oral", None, "100 mg/d", "20"),
        ("propoxyphene", "oral", None, "100 mg/d", None),
        ("morphine", "parenteral", None, "10 mg/d", None),
    ],
    "cms_2015": [
        (*BUPRENORPHINE_PATCH, "5 mcg/h", None),  # 12.6 is for quantity and days' supply only
        ("buprenorphine", "sublingual", "tablet", "8 mg/d", "80"),
        ("buprenorphine", "sublingual", "film", "8 mg/d", "80"),
        (*BELBUCA, "300 mcg/d", None),
        ("butorphanol", "nasal", None, "10 mg/d", "70"),
        ("codeine", "oral", None, "100 mg/d", "15"),
        ("dihydrocodeine", "oral", None, "100 mg/d", "25"),
        (*BUCCAL_TABLET, "100 mcg/d", "13"),
        (*SUBLINGUAL_TABLET, "100 mcg/d", "13"),
        (*LOZENGE, "100 mcg/d", "13"),
        (*BUCCAL_FILM, "100 mcg/d", "18"),
        (*ORAL_SPRAY, "100 mcg/d", "18"),
        (*NASAL_SPRAY, "100 mcg/d", "16"),
        (*PATCH, "25 mcg/h", "60"),
        ("hydrocodone", "oral", None, "10 mg/d", "10"),
        ("hydromorphone", "oral", None, "10 mg/d", "40"),
        ("levorphanol", "oral", None, "10 mg/d", "110"),
        ("meperidine", "oral", None, "100 mg/d", "10"),
        ("methadone", "oral", None, "100 mg/d", "300"),
        ("morphine", "oral", None, "10 mg/d", "10"),
        ("nalbuphine", "parenteral", None, "10 mg/d", "10"),
        ("opium", "rectal", "suppository", "10 mg/d", "10"),
        ("oxycodone", "oral", None, "10 mg/d", "15"),
        ("oxymorphone", "oral", None, "10 mg/d", "30"),
        ("pentazocine", "oral", None, "100 mg/d", "37"),
        ("tapentadol", "oral", None, "100 mg/d", "40"),
        ("tramadol", "oral", None, "100 mg/d", "10"),
        ("levomethadyl", "oral", None, "10 mg/d", None),
        ("propoxyphene", "oral", None, "100 mg/d", None),
    ],
    "cms_2018": [
        (*BUPRENORPHINE_PATCH, "5 mcg/h", None),
        ("buprenorphine", "sublingual", "tablet", "8 mg/d", None),
        (*BELBUCA, "300 mcg/d", None),
        ("butorphanol", "nasal", None, "10 mg/d", "70"),
        ("codeine", "oral", None, "100 mg/d", "15"),
        ("dihydrocodeine", "oral", None, "100 mg/d", "25"),
        (*BUCCAL_TABLET, "100 mcg/d", "13"),
        (*SUBLINGUAL_TABLET, "100 mcg/d", "13"),
        (*LOZENGE, "100 mcg/d", "13"),
        (*BUCCAL_FILM, "100 mcg/d", "18"),
        (*ORAL_SPRAY, "100 mcg/d", "18"),
        (*NASAL_SPRAY, "100 mcg/d", "16"),
        (*PATCH, "25 mcg/h", "60"),
        ("hydrocodone", "oral", None, "10 mg/d", "10"),
        ("hydromorphone", "oral", None, "10 mg/d", "40"),
        ("levorphanol", "oral", None, "10 mg/d", "110"),
        ("meperidine", "oral", None, "100 mg/d", "10"),
        ("methadone", "oral", None, "0.5 mg/d", "2"),
        ("methadone", "oral", None, "20 mg/d", "80"),
        ("methadone", "oral", None, "20.5 mg/d", "164"),
        ("methadone", "oral", None, "40 mg/d", "320"),
        ("methadone", "oral", None, "40.5 mg/d", "405"),
        ("methadone", "oral", None, "60 mg/d", "600"),
        ("methadone", "oral", None, "60.5 mg/d", "726"),
        ("methadone", "oral", None, "100 mg/d", "1200"),
        ("morphine", "oral", None, "10 mg/d", "10"),
        ("opium", "rectal", "suppository", "10 mg/d", "10"),
        ("oxycodone", "oral", None, "10 mg/d", "15"),
        ("oxymorphone", "oral", None, "10 mg/d", "30"),
        ("pentazocine", "oral", None, "100 mg/d", "37"),
        ("tapentadol", "oral", None, "100 mg/d", "40"),
        ("tramadol", "oral", None, "100 mg/d", "10"),
        ("levomethadyl", "oral", None, "10 mg/d", None),
        ("propoxyphene", "oral", None, "100 mg/d", None),
        ("nalbuphine", "parenteral", None, "10 mg/d", None),
    ],
    "vonkorff_2008": [
        ("propoxyphene", "oral", None, "100 mg/d", "23"),
        ("codeine", "oral", None, "100 mg/d", "15"),
        ("hydrocodone", "oral", None, "10 mg/d", "10"),
        ("tramadol", "oral", None, "100 mg/d", "10"),
        ("dihydrocodeine", "oral", None, "100 mg/d", "25"),
        ("pentazocine", "oral", None, "100 mg/d", "37"),
        ("morphine", "oral", None, "10 mg/d", "10"),
        ("oxycodone", "oral", None, "10 mg/d", "15"),
        ("hydromorphone", "oral", None, "10 mg/d", "40"),
        ("meperidine", "oral", None, "100 mg/d", "10"),
        (*LOZENGE, "100 mcg/d", "12.5"),
        (*BUCCAL_TABLET, "100 mcg/d", "12.5"),
        (*SUBLINGUAL_TABLET, "100 mcg/d", "12.5"),
        (*NASAL_SPRAY, "100 mcg/d", None),
        ("oxymorphone", "oral", None, "10 mg/d", "30"),
        (*PATCH, "25 mcg/h", "60"),
        ("levorphanol", "oral", None, "10 mg/d", "110"),
        ("methadone", "oral", None, "10 mg/d", "30"),
        ("tapentadol", "oral", None, "100 mg/d", None),
        ("buprenorphine", "sublingual", None, "8 mg/d", None),
        ("morphine", "rectal", "suppository", "10 mg/d", None),
        ("morphine", "parenteral", None, "10 mg/d", None),
    ],
    "nougg_2010": [
        ("morphine", "oral", None, "10 mg/d", "10"),
        ("codeine", "oral", None, "100 mg/d", "15"),
        ("oxycodone", "oral", None, "10 mg/d", "15"),
        ("hydromorphone", "oral", None, "10 mg/d", "50"),
        ("meperidine", "oral", None, "100 mg/d", "10"),
        ("methadone", "oral", None, "10 mg/d", None),
        ("tramadol", "oral", None, "100 mg/d", None),
        (*PATCH, "25 mcg/h", None),
        ("hydrocodone", "oral", None, "10 mg/d", None),
        ("tapentadol", "oral", None, "100 mg/d", None),
        ("oxymorphone", "oral", None, "10 mg/d", None),
    ],
    "uk_fpm": [
        ("codeine", "oral", None, "100 mg/d", "10"),
        ("dihydrocodeine", "oral", None, "100 mg/d", "10"),
        ("hydromorphone", "oral", None, "2 mg/d", "10"),
        ("morphine", "oral", None, "10 mg/d", "10"),
        ("oxycodone", "oral", None, "10 mg/d", "15"),
        ("tapentadol", "oral", None, "25 mg/d", "10"),
        ("tramadol", "oral", None, "100 mg/d", "10"),
        ("methadone", "oral", None, "10 mg/d", None),
        (*BUPRENORPHINE_PATCH, "5 mcg/h", "12"),
        (*BUPRENORPHINE_PATCH, "10 mcg/h", "24"),
        (*BUPRENORPHINE_PATCH, "20 mcg/h", "48"),
        (*BUPRENORPHINE_PATCH, "35 mcg/h", "84"),
        (*BUPRENORPHINE_PATCH, "52.5 mcg/h", "126"),
        (*BUPRENORPHINE_PATCH, "70 mcg/h", "168"),
        (*PATCH, "12 mcg/h", "28.8"),  # printed as 30, because it delivers 12.5
        (*PATCH, "25 mcg/h", "60"),
        (*PATCH, "50 mcg/h", "120"),
        (*PATCH, "75 mcg/h", "180"),
        (*PATCH, "100 mcg/h", "240"),
        ("buprenorphine", "sublingual", None, "8 mg/d", None),
        ("hydrocodone", "oral", None, "10 mg/d", None),
        ("meperidine", "oral", None, "100 mg/d", None),
    ],
    "anzca_2021": [
        ("morphine", "oral", None, "10 mg/d", "10"),
        ("oxycodone", "oral", None, "40 mg/d", "60"),  # the document's example
        ("hydromorphone", "oral", None, "10 mg/d", "50"),
        ("codeine", "oral", None, "100 mg/d", "13"),
        ("propoxyphene", "oral", None, "100 mg/d", "10"),
        ("tramadol", "oral", None, "100 mg/d", "20"),
        ("tapentadol", "oral", None, "100 mg/d", "30"),
        ("buprenorphine", "sublingual", "tablet", "8 mg/d", "320"),
        ("oxycodone", "rectal", "suppository", "30 mg/d", "45"),
        (*BUPRENORPHINE_PATCH, "10 mcg/h", "20"),
        (*PATCH, "25 mcg/h", "75"),
        ("morphine", "parenteral", None, "10 mg/d", "30"),
        ("oxycodone", "parenteral", None, "10 mg/d", "30"),
        ("hydromorphone", "parenteral", None, "10 mg/d", "150"),
        ("codeine", "parenteral", None, "100 mg/d", "25"),
        ("meperidine", "parenteral", None, "100 mg/d", "40"),
        ("fentanyl", "parenteral", None, "100 mcg/d", "20"),
        ("fentanyl", "parenteral", None, "0.1 mg/d", "20"),  # per mcg: 0.2 per mg would be a thousandth
        ("sufentanil", "parenteral", None, "10 mcg/d", "20"),
        ("methadone", "oral", None, "10 mg/d", None),
        ("hydrocodone", "oral", None, "10 mg/d", None),
        (*LOZENGE, "100 mcg/d", None),
    ],
}

UNITS = {"mg/d": Unit.MG_PER_D, "mcg/d": Unit.MCG_PER_D, "mcg/h": Unit.MCG_PER_H}

CASES = [(table, *row) for table, rows in DAILY.items() for row in rows]


def mme(table: str, ingredient: str, route: str, form: str | None, daily: Amount, formula: Formula) -> Fraction | None:
    bands = factor_table(table).bands(ingredient, route, form, formula)
    if not bands:
        return None
    factor = factor_for(bands, daily)
    return None if factor.value is None else daily.to(factor.per).value * factor.value


@pytest.mark.parametrize(("table", "ingredient", "route", "form", "dose", "expected"), CASES)
def test_daily_dose(table, ingredient, route, form, dose, expected):
    found = mme(table, ingredient, route, form, amount(dose), Formula.DAILY)
    assert found == (None if expected is None else Fraction(expected))


def test_every_table_and_every_row_is_in_this_list():
    assert set(DAILY) == set(table_ids())
    for table_id in table_ids():
        table = factor_table(table_id)
        tried = {
            (table.id, *band.use)
            for ingredient, route, form, _, _ in DAILY[table_id]
            for formula in Formula
            for band in table.bands(ingredient, route, form, formula)
        }
        assert tried == {(table.id, *row.use) for row in table.factors}


# Strength x quantity / days' supply x factor. The first three are examples printed by CDC.
@pytest.mark.parametrize(
    ("table", "ingredient", "route", "form", "strength", "unit", "quantity", "days", "expected"),
    [
        ("cdc_2018_analytic", "oxycodone", "oral", "tablet", "10", Unit.MG_PER_D, "120", 30, Fraction(60)),
        ("cdc_2018_analytic", *PATCH, "25", Unit.MCG_PER_H, "10", 30, Fraction(60)),
        (
            "cdc_2018_analytic",
            "butorphanol",
            "nasal",
            "spray",
            "10",
            Unit.MG_PER_D,
            "2.5",
            30,
            Fraction(35, 6),
        ),
        ("cdc_2016_analytic", *PATCH, "25", Unit.MCG_PER_H, "10", 30, Fraction(60)),
        ("cdc_2016_analytic", *BUPRENORPHINE_PATCH, "5", Unit.MCG_PER_H, "4", 28, Fraction(9)),
        ("cms_2015", *PATCH, "25", Unit.MCG_PER_H, "10", 30, Fraction(60)),
        ("cms_2015", *BUPRENORPHINE_PATCH, "5", Unit.MCG_PER_H, "4", 28, Fraction(9)),
        ("cms_2018", *PATCH, "25", Unit.MCG_PER_H, "10", 30, Fraction(60)),
        ("cms_2018", "methadone", "oral", "tablet", "10", Unit.MG_PER_D, "300", 30, Fraction(300)),
        ("cms_2018", *BUPRENORPHINE_PATCH, "5", Unit.MCG_PER_H, "4", 28, None),
        ("cdc_2018_analytic", *BUPRENORPHINE_PATCH, "5", Unit.MCG_PER_H, "4", 28, None),
        ("cdc_2022", "oxycodone", "oral", "tablet", "10", Unit.MG_PER_D, "120", 30, Fraction(60)),
        # 2.4 is for a worn rate: 25 x 10 / 30 x 2.4 would be 20, a third of the truth.
        ("cdc_2022", *PATCH, "25", Unit.MCG_PER_H, "10", 30, None),
        ("anzca_2021", *PATCH, "25", Unit.MCG_PER_H, "10", 30, None),
    ],
)
def test_quantity_and_days_supply(table, ingredient, route, form, strength, unit, quantity, days, expected):
    daily = Amount(exact(strength) * exact(quantity) / days, unit)
    assert mme(table, ingredient, route, form, daily, Formula.QUANTITY) == expected


def test_the_cliff_of_the_tiers():
    tiers = factor_table("cdc_2016_clinical").bands("methadone", "oral", None)
    assert [tier.above for tier in tiers] == [0, 20, 40, 60]
    assert [tier.up_to for tier in tiers] == [20, 40, 60, None]
    assert [tier.value for tier in tiers] == [4, 8, 10, 12]
    just_above = Amount(20 + Fraction(1, 10**9), Unit.MG_PER_D)
    assert factor_for(tiers, just_above).value == 8
    assert factor_for(tiers, Amount(Fraction(20000), Unit.MCG_PER_D)).value == 4


def test_a_patch_rate_is_no_daily_mass():
    patch = factor_table("cdc_2022").bands(*PATCH)
    with pytest.raises(UnitMismatch):
        factor_for(patch, Amount(Fraction(600), Unit.MCG_PER_D))


# Listed without a factor (the reason is shown) is another answer than not listed.
LISTED_WITHOUT = {
    "cdc_2022": {"buprenorphine"},
    "cdc_2016_clinical": {"tapentadol", "tramadol"},
    "cdc_2018_analytic": {"buprenorphine"},
    "cms_2018": {"buprenorphine"},
    "nougg_2010": {"fentanyl", "methadone", "tramadol"},
    "uk_fpm": {"methadone"},
}


@pytest.mark.parametrize("table_id", sorted(DAILY))
def test_listed_without_a_factor(table_id):
    table = factor_table(table_id)
    without = {row.ingredient for row in table.factors if not table.rated_routes(row.ingredient)}
    assert without == LISTED_WITHOUT.get(table_id, set())
    assert all(row.note for row in table.factors if row.value is None)


@pytest.mark.parametrize(
    ("table_id", "ingredient"),
    [
        ("cdc_2022", "levorphanol"),
        ("cdc_2022", "nalbuphine"),
        ("anzca_2021", "methadone"),
        ("uk_fpm", "pethidine"),
    ],
)
def test_not_listed(table_id, ingredient):
    assert not factor_table(table_id).lists(ingredient)


def test_no_recalled_factor_ships():
    for table_id in table_ids():
        for row in factor_table(table_id).factors:
            assert row.standing is not Standing.RECALLED or row.value is None, row.row


def test_secondary_and_own_factors_are_marked():
    assert {row.standing for row in factor_table("uk_fpm").factors} == {Standing.SECONDARY}
    ours = [(t, *row.use) for t in table_ids() for row in factor_table(t).factors if row.standing is Standing.OURS]
    assert ours == [("cms_2015", *PATCH, Formula.DAILY), ("cms_2018", *PATCH, Formula.DAILY)]


def test_thresholds():
    found = {t: [threshold.at for threshold in factor_table(t).thresholds] for t in table_ids()}
    assert {t: at for t, at in found.items() if at} == {
        "cdc_2022": [50],
        "cdc_2016_clinical": [50, 90],
        "uk_fpm": [120],
    }


@pytest.mark.parametrize(
    ("table_id", "status"),
    [
        ("anzca_2021", "current"),
        ("cdc_2016_analytic", "superseded"),
        ("cdc_2016_clinical", "superseded"),
        ("cdc_2018_analytic", "research"),
        ("cdc_2022", "current"),
        ("cms_2015", "superseded"),
        ("cms_2018", "superseded"),
        ("nih_heal_2025", "research"),
        ("nougg_2010", "superseded"),
        ("uk_fpm", "current"),
        ("vonkorff_2008", "research"),
    ],
)
def test_status_and_the_warning_that_goes_with_it(table_id, status):
    table = factor_table(table_id)
    assert table.status == status
    warnings = " ".join(table.not_for)
    assert status == "current" or status in warnings


def test_what_the_2022_table_is_not_for():
    lines = " | ".join(factor_table("cdc_2022").not_for)
    for words in (
        "new opioid",
        "opioid use disorder",
        "taper by itself",
        "under 18",
        "cancer",
        "palliative",
        "sickle cell",
    ):
        assert words in lines
