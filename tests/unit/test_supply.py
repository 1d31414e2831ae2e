"""One dispensing to its MME per day, word for word: what counts, what has no factor, what cannot be reckoned."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from medsteward.fills.by_day import Mode, place
from medsteward.fills.patches import Worn, worn
from medsteward.fills.supply import DrugKind, FillStatus, FillSupply, Unusable, supply_of
from medsteward.model.amount import Amount
from medsteward.model.fill import QuantityUnit
from medsteward.model.problem import Caution
from medsteward.model.unit import Unit
from medsteward.tables.load import factor_table
from tests.dispensings import both, dispensed, filled, patch, product

EACH, ML, GRAM = QuantityUnit.EACH, QuantityUnit.ML, QuantityUnit.GRAM
MG_PER_ML, RATE = Unit.MG_PER_ML, Unit.MCG_PER_H


def supply(what, quantity, days=30, unit=None, *, table="cdc_2022", cautions=()):
    return supply_of(dispensed(what, quantity, days, unit, cautions), factor_table(table))


OXYCODONE = product("oxycodone", 5)
MORPHINE_LIQUID = product("morphine", 2, MG_PER_ML, form="solution")
FENTANYL = patch("fentanyl", 25, 72)


# --- tablets and liquids ----------------------------------------------------------------------------------------


def test_tablets_are_reckoned_with_the_working():
    known = Caution("FILL-103", "by the day of sale")
    found = supply(OXYCODONE, 120, 30, cautions=(known,))
    assert isinstance(found, FillSupply)
    assert (found.status, found.mme, found.drug) == (FillStatus.COUNTED, 30_000_000, "oxycodone")
    assert found.dose == Amount(Fraction(20), Unit.MG_PER_D)
    assert found.working == "5 mg x 120 / 30 days x 1.5 = 30 MME/d"
    assert found.cautions == (known,)
    assert (found.is_opioid, found.is_counted, found.is_banded, found.bands) == (True, True, False, ())


def test_a_third_of_a_millionth_is_rounded_half_up_once():
    assert supply(product("hydrocodone", 1), 1, 3).mme == 333_333
    assert supply(product("hydrocodone", 1), 2, 3).mme == 666_667


def test_a_factor_by_bands_keeps_them():
    found = supply(product("methadone", 10), 120, 30, table="cdc_2016_clinical")
    assert (found.is_banded, len(found.bands), found.mme) == (True, 4, 320_000_000)


@pytest.mark.parametrize("unit", [None, ML])
def test_millilitres_are_counted_as_they_are(unit):
    found = supply(MORPHINE_LIQUID, 300, 30, unit)
    assert (found.mme, found.working) == (20_000_000, "2 mg/mL x 300 / 30 days x 1 = 20 MME/d")
    assert found.cautions == ()


@pytest.mark.parametrize(
    ("what", "quantity", "unit", "text"),
    [
        (OXYCODONE, 30, ML, "a quantity in mL does not fit a strength of 5 mg; check quantity and its unit"),
        (OXYCODONE, 30, GRAM, "a quantity in g does not fit a strength of 5 mg; check quantity and its unit"),
        (MORPHINE_LIQUID, 30, GRAM, "a quantity in grams does not fit 2 mg/mL; write it in mL"),
        (
            MORPHINE_LIQUID,
            4,
            None,
            "4 of a liquid of 2 mg/mL: bottles or mL? Write mL, with mL as the unit of quantity",
        ),
        (
            MORPHINE_LIQUID,
            6,
            EACH,
            "6 of a liquid of 2 mg/mL: bottles or mL? Write mL, with mL as the unit of quantity",
        ),
        (FENTANYL, 10, ML, "patches are counted one by one; check quantity and its unit"),
    ],
)
def test_a_quantity_that_does_not_fit_is_named(what, quantity, unit, text):
    found = supply(what, quantity, 30, unit)
    assert isinstance(found, Unusable)
    assert (found.column, found.problem.code, found.problem.where, found.problem.text) == (
        "quantity",
        "FILL-005",
        "",
        text,
    )


def test_five_of_a_liquid_are_millilitres_and_so_is_a_part():
    assert supply(MORPHINE_LIQUID, 5, 1).mme == 10_000_000
    assert supply(MORPHINE_LIQUID, "2.5", 1).mme == 5_000_000


NASAL = product("butorphanol", 10, MG_PER_ML, form="spray", route="nasal")


@pytest.mark.parametrize(("quantity", "word", "ml"), [(1, "bottle", "2.5"), (2, "bottles", "5")])
def test_bottles_of_a_spray_are_turned_into_millilitres(quantity, word, ml):
    found = supply(NASAL, quantity, 30, EACH, table="cdc_2018_analytic")
    assert isinstance(found, FillSupply)
    assert found.dose == Amount(Fraction(ml) * 10 / 30, Unit.MG_PER_D)
    assert [(each.code, each.text) for each in found.cautions] == [
        ("FILL-102", f"{quantity} {word} of butorphanol counted as {ml} mL")
    ]


def test_whole_bottles_in_millilitres_stay_millilitres():
    found = supply(NASAL, 5, 30, None, table="cdc_2018_analytic")
    assert (found.dose, found.cautions) == (Amount(Fraction(50, 30), Unit.MG_PER_D), ())


def test_a_strength_that_is_missing_is_asked_for():
    found = supply(product("oxycodone", None), 30)
    assert (found.column, found.problem.code, found.problem.where) == ("strength", "DIR-002", "")
    assert found.problem.text == "the strength of oxycodone is missing; add it, as in 10 mg, 20 mg/mL or 25 mcg/h"


def test_a_strength_that_fits_no_factor_is_named():
    found = supply(product("morphine", 5, Unit.PERCENT), 30)
    assert isinstance(found, Unusable)
    assert (found.column, found.problem.code) == ("strength", "UNIT-001")
    assert found.problem.where == ""
    assert "of morphine does not fit a factor per mg" in found.problem.text


def test_without_a_factor_the_dose_is_kept_and_the_reason_said():
    found = supply(product("buprenorphine", 8, form="film", route="sublingual"), 60)
    assert isinstance(found, FillSupply)
    assert (found.status, found.mme, found.dose) == (FillStatus.NO_FACTOR, None, Amount(Fraction(16), Unit.MG_PER_D))
    assert found.reason
    assert not found.is_counted
    assert found.is_opioid


def test_where_the_form_decides_it_is_asked_for():
    found = supply(product("fentanyl", 200, Unit.MCG, form=None, route=None, release=None), 30)
    assert isinstance(found, Unusable)
    assert (found.column, found.problem.code, found.problem.where) == ("form", "DIR-010", "")
    assert found.problem.text


def test_what_holds_no_opioid_is_no_opioid():
    found = supply(product("gabapentin", 300), 90)
    assert (found.status, found.mme, found.is_opioid, found.measured) == (FillStatus.NOT_AN_OPIOID, None, False, True)


def test_a_figure_that_few_people_take_is_pointed_at_above_a_thousand():
    just = supply(product("morphine", 1000), 30)
    assert just.cautions == ()
    over = supply(product("morphine", 100), 375, 30)
    assert [(each.code, each.text) for each in over.cautions] == [
        ("FILL-109", "this fill alone comes to 1,250 MME a day; check strength, quantity and days' supply")
    ]


@pytest.mark.parametrize(("quantity", "shown"), [(3001, "1,000.3"), (3002, "1,000.7")])
def test_the_figure_pointed_at_is_shown_to_one_place(quantity, shown):
    # 10 mg x 3001 / 30 days x 1 is 1000.33... a day
    (caution,) = supply(product("morphine", 10), quantity, 30).cautions
    assert caution.text.startswith(f"this fill alone comes to {shown} MME a day;")


# --- what kind of drug, and which measures look at it -----------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "kinds"),
    [
        (product("oxycodone", 5), {DrugKind.OPIOID}),
        (product("alprazolam", 1), {DrugKind.BENZODIAZEPINE}),
        (product("zolpidem", 10), {DrugKind.Z_DRUG}),
        (product("gabapentin", 300, form="capsule"), {DrugKind.GABAPENTINOID}),
        (product("ibuprofen", 400), set()),
        (product("a herb nobody knows", 1), set()),
        (both(product("oxycodone", 5), product("a herb nobody knows", 1)), {DrugKind.OPIOID}),
        (both(product("oxycodone", 5), product("alprazolam", 1)), {DrugKind.OPIOID, DrugKind.BENZODIAZEPINE}),
    ],
)
def test_the_kinds_of_what_a_product_holds(what, kinds):
    assert supply(what, 30).kinds == kinds


@pytest.mark.parametrize(
    ("what", "measured"),
    [
        (product("oxycodone", 5), True),
        (product("buprenorphine", 8, route="sublingual"), False),
        (product("buprenorphine", 450, Unit.MCG, form="buccal film", route="buccal"), True),
        (patch("buprenorphine", 10, 168), True),
        (product("fentanyl", 100, Unit.MCG, route="sublingual"), True),
        (
            both(product("codeine", 2, MG_PER_ML, form="solution"), product("guaifenesin", 20, MG_PER_ML)),
            False,
        ),
        (product("guaifenesin", 200), True),
    ],
)
def test_measures_leave_out_opioids_for_coughs_and_sublingual_buprenorphine(what, measured):
    assert supply(what, 30, 210, table="nih_heal_2025").measured is measured


def test_two_bands_are_enough_for_the_days_total_to_choose():
    found = supply(product("methadone", 10), 60, 30, table="cdc_2016_clinical")
    assert isinstance(found, FillSupply)
    assert evolve(found, bands=found.bands[:2]).is_banded


# --- which dispensings continue one another ---------------------------------------------------------------------


def continues(first, second):
    """Whether a second fill after 20 of 30 days is early, which it is for the same drug alone."""
    supplies = [(filled(1 + 20 * n, what), supply(what, 30)) for n, what in enumerate((first, second))]
    _, early = place(supplies, Mode.SUMMED)
    return bool(early)


SPRAY = product("fentanyl", 100, Unit.MCG, form="sublingual spray", route="sublingual")


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (product("oxycodone", 5), product("oxycodone", 5, form="capsule"), True),
        (product("oxycodone", 5), product("oxycodone", 5, form=None), True),
        (product("oxycodone", 5, release="IR"), product("oxycodone", 5, release=None), True),
        (product("oxycodone", 5), product("oxycodone", 10), False),
        (product("oxycodone", 20, release="ER"), product("oxycodone", 20, release="ER"), True),
        (product("oxycodone", 20, release="IR"), product("oxycodone", 20, release="ER"), False),
        (product("morphine", 30, release="IR"), product("morphine", 30, release="DR"), False),
        (product("morphine", 30, release="ER"), product("morphine", 30, release="DR"), False),
        (product("morphine", 10), product("morphine", 10, form="suppository", route="rectal"), False),
        (
            product("fentanyl", 100, Unit.MCG, route="buccal"),
            product("fentanyl", 100, Unit.MCG, route="sublingual"),
            False,
        ),
        (
            product("fentanyl", 200, Unit.MCG, form="film", route="buccal"),
            product("fentanyl", 200, Unit.MCG, form="tablet", route="buccal"),
            False,
        ),
        (
            product("fentanyl", 200, Unit.MCG, form="film", route="buccal"),
            product("fentanyl", 200, Unit.MCG, form="buccal film", route="buccal"),
            True,
        ),
        (SPRAY, SPRAY, True),
        (
            both(product("oxycodone", 5), product("acetaminophen", 325)),
            both(product("acetaminophen", 325), product("oxycodone", 5)),
            True,
        ),
        (
            both(product("oxycodone", 5), product("acetaminophen", 325)),
            both(product("oxycodone", 5), product("acetaminophen", None)),
            False,
        ),
        (product("alprazolam", None), product("alprazolam", None), True),
    ],
)
def test_only_the_same_drug_in_the_same_strength_form_and_release_runs_on(first, second, same):
    assert continues(first, second) is same


# --- two opioids in one product ---------------------------------------------------------------------------------


def test_two_opioids_in_one_product_are_summed():
    found = supply(both(OXYCODONE, product("codeine", 30)), 60, 30, cautions=(Caution("FILL-103", "sold"),))
    assert (found.drug, found.status, found.mme) == ("oxycodone / codeine", FillStatus.COUNTED, 15_000_000 + 9_000_000)
    assert found.working == "5 mg x 60 / 30 days x 1.5 = 15 MME/d; 30 mg x 60 / 30 days x 0.15 = 9 MME/d"
    assert found.cautions == (Caution("FILL-103", "sold"),)


def test_one_of_two_without_a_factor_leaves_the_sum_open():
    known = Caution("FILL-103", "sold")
    alone = supply(product("butorphanol", 1), 60, 30)
    found = supply(both(OXYCODONE, product("butorphanol", 1)), 60, 30, cautions=(known,))
    assert (found.status, found.mme, found.reason, found.cautions) == (
        FillStatus.NO_FACTOR,
        None,
        alone.reason,
        (known,),
    )


# --- patches ----------------------------------------------------------------------------------------------------


def test_a_patch_counts_the_rate_worn():
    found = supply(FENTANYL, 10, 30)
    assert (found.status, found.mme, found.dose) == (FillStatus.COUNTED, 60_000_000, Amount(Fraction(25), RATE))
    assert found.working == "1 x 25 mcg/h worn x 2.4 = 60 MME/d"
    assert found.cautions == ()


def test_another_wear_time_is_said_and_the_days_stand():
    found = supply(FENTANYL, 15, 30, cautions=(Caution("FILL-103", "sold"),))
    assert (found.mme, found.working) == (60_000_000, "1 x 25 mcg/h worn x 2.4 = 60 MME/d")
    assert [each.code for each in found.cautions] == ["FILL-103", "FILL-101"]
    assert found.cautions[1].text == (
        "15 patches for 30 days imply a change every 48 h, not 72 h as labelled: counted as 1 worn at a time, "
        "25 mcg/h; the days' supply was not reset"
    )


def test_several_at_once_add():
    found = supply(FENTANYL, 20, 30)
    assert (found.mme, found.dose) == (120_000_000, Amount(Fraction(50), RATE))
    assert found.working == "2 x 25 mcg/h worn x 2.4 = 120 MME/d"


def test_the_quantity_formula_stands_beside_the_rate_where_the_table_has_one():
    found = supply(FENTANYL, 10, 30, table="cdc_2018_analytic")
    assert found.mme == 60_000_000
    assert found.formula_mme == 60_000_000
    fewer = supply(FENTANYL, 15, 30, table="cdc_2018_analytic")
    assert (fewer.mme, fewer.formula_mme) == (60_000_000, 90_000_000)
    assert supply(FENTANYL, 10, 30, table="cdc_2022").formula_mme in (None, 60_000_000)


@pytest.mark.parametrize(
    ("what", "quantity", "days", "text"),
    [
        (
            FENTANYL,
            11,
            60,
            "11 patches for 60 days fit neither a wear of 72 h nor 48 h; check quantity and days' supply",
        ),
        (
            patch("buprenorphine", 10, 168),
            11,
            28,
            "11 patches for 28 days do not fit a wear of 168 h; check quantity and days' supply",
        ),
    ],
)
def test_patches_that_fit_no_wear_are_refused(what, quantity, days, text):
    found = supply(what, quantity, days, table="cdc_2016_analytic")
    assert isinstance(found, Unusable)
    assert (found.column, found.problem.code, found.problem.where, found.problem.text) == (
        "quantity",
        "FILL-006",
        "",
        text,
    )


def test_a_patch_without_a_rate_or_a_wear_is_refused():
    found = supply(patch("fentanyl", 25, 72, Unit.MG), 10)
    assert (found.column, found.problem.code, found.problem.where, found.problem.text) == (
        "strength",
        "UNIT-001",
        "",
        "25 mg is no rate of a fentanyl patch; write it as in 25 mcg/h",
    )
    found = supply(patch("fentanyl", 25, None), 10)
    assert (found.column, found.problem.code, found.problem.where, found.problem.text) == (
        "drug_name",
        "FILL-006",
        "",
        "how long this fentanyl patch is worn is not known to us, so no rate worn can be told",
    )


def test_a_patch_whose_route_is_not_said_is_asked_for_among_the_patches_of_the_table():
    found = supply(evolve(patch("fentanyl", 25, 72), route=None), 10, table="cdc_2018_analytic")
    assert isinstance(found, Unusable)
    assert (found.column, found.problem.code, found.problem.where, found.problem.text) == (
        "form",
        "DIR-010",
        "",
        "the form or route of fentanyl decides its factor (transdermal patch); add it",
    )


def test_a_patch_without_a_factor_keeps_its_rate():
    found = supply(patch("buprenorphine", 10, 168), 4, 28)
    assert (found.status, found.mme, found.dose) == (FillStatus.NO_FACTOR, None, Amount(Fraction(10), RATE))
    assert found.reason


@pytest.mark.parametrize(
    ("quantity", "days", "labelled", "others", "meant"),
    [
        (10, 30, 72, (48,), Worn(1, 72)),
        (9, 28, 72, (), Worn(1, 72)),
        (11, 30, 72, (), None),
        (20, 30, 72, (48,), Worn(2, 72)),
        (15, 30, 72, (48,), Worn(1, 48)),
        (30, 30, 72, (48,), Worn(3, 72)),
        (18, 28, 72, (), Worn(2, 72)),
        (0, 30, 72, (), None),
        (Fraction(1, 2), 1, 72, (), None),
        (0, 1, 72, (), None),
        (1, 4, 72, (96,), Worn(1, 72)),
    ],
)
def test_how_patches_are_worn(quantity, days, labelled, others, meant):
    assert worn(Fraction(quantity), days, labelled, others) == meant
