"""A factor with bands is chosen by the day's total of its ingredient, whichever rows of the table its lines fall under.

No packaged table has bands for two uses of one ingredient, so one is made: methadone rectally as by mouth, and in
micrograms a day.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from attrs import evolve

from medsteward.advice.case.mme import mme_per_day
from medsteward.advice.plan.weights import mme_over
from medsteward.fills.by_day import together
from medsteward.fills.supply import FillSupply, supply_of
from medsteward.mme.result import Status
from medsteward.model.drug import DrugClass
from medsteward.model.regimen import Case
from medsteward.model.unit import Unit
from medsteward.readers.directions.line import read_line
from medsteward.schedules.moment import Moment
from medsteward.schedules.supply import Track
from medsteward.tables.load import factor_table
from medsteward.tables.table import FactorTable
from tests.dispensings import dispensed, product

CLINICAL = factor_table("cdc_2016_clinical")
BY_MOUTH = [row for row in CLINICAL.factors if row.ingredient == "methadone"]
SUPPOSITORY = "methadone 20 mg suppository, 1 suppository rectally daily"
TABLET = "methadone 10 mg tablet, 2 tablets by mouth daily"
HALF = "methadone 10 mg tablet, 1 tablet by mouth daily"


def in_micrograms(bound: Fraction | None) -> Fraction | None:
    return None if bound is None else bound * 1000


RECTALLY = [evolve(row, route="rectal") for row in BY_MOUTH]
RECTALLY_IN_MCG = [
    evolve(
        row,
        per=Unit.MCG_PER_D,
        above=row.above * 1000,
        up_to=in_micrograms(row.up_to),
        value=None if row.value is None else row.value / 1000,
    )
    for row in RECTALLY
]


def table(rows: list) -> FactorTable:
    return evolve(CLINICAL, factors=(*CLINICAL.factors, *rows))


def track(route: str, form: str) -> Track:
    amounts = ((Moment.MORNING, Fraction(20)),)
    return Track("methadone", DrugClass.OPIOID_FULL_AGONIST, route, form, "IR", Unit.MG, amounts, ())


def figures(rows: list, *lines: str) -> list[Fraction | None]:
    report = mme_per_day(Case(date(2026, 11, 23), tuple(map(read_line, lines))), table=table(rows))
    assert all(entry.status is Status.COUNTED for entry in report.entries), report.problems
    return [None if entry.mme is None else entry.mme.maximum.value for entry in report.entries]


@pytest.mark.parametrize("rows", [RECTALLY, RECTALLY_IN_MCG], ids=["mg/d", "mcg/d"])
def test_two_uses_with_bands_of_their_own_share_the_total_that_chooses_them(rows):
    # 20 mg alone are in the first band (4 each); 20 + 20 mg are 40 in all, in the second (8 each)
    assert figures(rows, TABLET) == [80]
    assert figures(rows, SUPPOSITORY) == [80]
    assert figures(rows, TABLET, SUPPOSITORY) == [160, 160]
    assert figures(rows, SUPPOSITORY, TABLET) == [160, 160]


def test_a_use_with_one_factor_counts_towards_the_total_of_the_ingredient():
    flat = [evolve(RECTALLY[0], above=Fraction(0), up_to=None, value=Fraction(5))]
    # 10 + 20 mg are 30 in all: the tablets are in the second band, the suppository has its own factor
    assert figures(flat, HALF, SUPPOSITORY) == [80, 100]
    assert figures(flat, HALF) == [40]


def test_another_ingredient_never_counts_towards_it():
    assert figures(RECTALLY, TABLET, "morphine 30 mg tablet, 1 tablet by mouth every 12 hours") == [80, 60]


@pytest.mark.parametrize("rows", [RECTALLY, RECTALLY_IN_MCG], ids=["mg/d", "mcg/d"])
def test_dispensings_of_two_uses_share_the_total_as_lines_do(rows):
    oral, rectal = product("methadone", 10), product("methadone", 20, form="suppository", route="rectal")
    found = [supply_of(dispensed(each, number), table(rows)) for each, number in ((oral, 60), (rectal, 30))]
    supplies = [each for each in found if isinstance(each, FillSupply) and each.is_banded]
    assert len(supplies) == 2, found
    assert together(supplies[:1]) == together(supplies[1:]) == 80_000_000
    assert together(supplies) == 320_000_000


@pytest.mark.parametrize("rows", [RECTALLY, RECTALLY_IN_MCG], ids=["mg/d", "mcg/d"])
def test_a_day_of_a_plan_shares_the_total_as_lines_do(rows):
    tracks = [track(route, form) for route, form in (("oral", "tablet"), ("rectal", "suppository"))]
    weigh = mme_over(tracks, table(rows))
    assert weigh((Fraction(20), Fraction(0))) == weigh((Fraction(0), Fraction(20))) == 80
    assert weigh((Fraction(20), Fraction(20))) == 320
