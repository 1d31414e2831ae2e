"""The day's amounts of one line: scheduled, expected and maximum, the working, and what is said where a part lacks.

Every figure and text was worked out by hand from the directions beside it.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from attrs import evolve

from medsteward.advice.case.mme import mme_per_day
from medsteward.doses.daily import Daily, IngredientDose, LineDoses, daily_doses
from medsteward.mme.result import CompleteTotal
from medsteward.model.problem import Caution, Problem
from medsteward.model.product import Component, Product, Role
from medsteward.model.regimen import Case, Regimen
from medsteward.model.sig import Dose, Sig, Span, Taking
from medsteward.model.unit import Unit
from medsteward.readers.directions.line import read_line
from medsteward.tables.load import factor_table
from tests.build import amount

UNITS = {unit.value: unit for unit in Unit}


def dose(text: str) -> Dose:
    return Dose(amount(text), amount(text))


def times(number: int | Fraction) -> Span:
    return Span(Fraction(number), Fraction(number))


def component(ingredient: str, strength: str | None, role: Role = Role.ACTIVE) -> Component:
    return Component(ingredient, None if strength is None else amount(strength), role=role)


def tablets(*components: Component, brand: str | None = None) -> Product:
    return Product(components, form="tablet", route="oral", unit=Unit.TABLET, brand=brand)


def patch(strength: str | None, wear: int | None = 72, ingredient: str = "fentanyl") -> Product:
    return Product((component(ingredient, strength),), "patch", "transdermal", "ER", Unit.PATCH, wear_hours=wear)


def worn(patches: str = "1 patch", hours: int | Fraction | None = 72, *, as_needed: bool = False) -> Sig:
    """So many patches worn at once, each for so many hours."""
    wear = None if hours is None else times(hours)
    often = None if hours is None else times(Fraction(24) / hours)
    return Sig((Taking(dose(patches), often),), as_needed=as_needed, wear_hours=wear)


def doses_of(text: str) -> LineDoses:
    line = read_line(text)
    assert line.regimen is not None
    assert line.problems == ()
    return daily_doses(line.regimen)


def of(doses: LineDoses, ingredient: str) -> IngredientDose:
    (found,) = [each for each in doses.ingredients if each.ingredient == ingredient]
    return found


def figures(found: IngredientDose) -> tuple[str | None, str | None, str | None]:
    """Scheduled, expected and maximum as printed."""
    daily = found.daily
    assert daily is not None
    return str(daily.scheduled), None if daily.expected is None else str(daily.expected), str(daily.maximum)


def lacking(regimen: Regimen) -> list[tuple[str, Role, str, str, str]]:
    """For each ingredient that cannot be counted: its name and role, and the code, place and words of what lacks."""
    found = daily_doses(regimen).ingredients
    assert all(each.daily is None and each.working == () for each in found if each.lacking)
    return [(e.ingredient, e.role, e.lacking.code, e.lacking.where, e.lacking.text) for e in found if e.lacking]


ONE_TABLET = Sig((Taking(dose("1 tablet"), times(4)),))


# --- scheduled, expected and maximum, with the working ----------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "drug", "figure", "working"),
    [
        (
            "oxycodone 5 mg tablet, 1 tablet every 6 hours",
            "oxycodone",
            ("20 mg/d", None, "20 mg/d"),
            ("maximum: 1 tablet (5 mg) x 4 a day = 20 mg/d",),
        ),
        (
            "oxycodone 5 mg, 1 to 2 tablets every 4 to 6 hours",
            "oxycodone",
            ("20 mg/d", None, "60 mg/d"),  # 1 x 5 x 4 and 2 x 5 x 6
            ("maximum: 2 tablets (10 mg) x 6 a day = 60 mg/d", "scheduled: low end = 20 mg/d"),
        ),
        (
            "oxycodone 5 mg, 1 to 2 tablets every 4 to 6 hours as needed",
            "oxycodone",
            ("0 mg/d", None, "60 mg/d"),
            ("maximum: 2 tablets (10 mg) x 6 a day = 60 mg/d", "scheduled: as needed = 0"),
        ),
        (
            "methadone 10 mg morning, 10 mg midday, 15 mg night",
            "methadone",
            ("35 mg/d", None, "35 mg/d"),
            ("maximum: 10 mg x 1 a day + 10 mg x 1 a day + 15 mg x 1 a day = 35 mg/d",),
        ),
        (
            "morphine 20 mg/mL, 0.25 mL every 4 hours",
            "morphine",
            ("30 mg/d", None, "30 mg/d"),
            ("maximum: 0.25 mL (5 mg) x 6 a day = 30 mg/d",),
        ),
        (
            "hydrocodone/acetaminophen 5/325, 1-2 tabs q4-6h prn, #90, 15 days",
            "acetaminophen",
            ("0 mg/d", "1,950 mg/d", "3,900 mg/d"),  # 325 x 90 / 15 and 650 x 6
            (
                "maximum: 2 tablets (650 mg) x 6 a day = 3900 mg/d",
                "scheduled: as needed = 0",
                "expected: 90 tablets for 15 days = 1950 mg/d",
            ),
        ),
        (
            "methadone 20.5 mg/d",
            "methadone",
            ("20.5 mg/d", None, "20.5 mg/d"),
            ("maximum: 20.5 mg a day = 20.5 mg/d",),
        ),
        (
            "methotrexate 2.5 mg, 4 tablets once a week",
            "methotrexate",
            ("1.428571 mg/d", None, "1.428571 mg/d"),  # 10 / 7
            ("maximum: 4 tablets (10 mg) x 1/7 a day = 1.428571 mg/d",),
        ),
    ],
)
def test_a_line_has_three_figures_and_shows_its_working(line, drug, figure, working):
    found = of(doses_of(line), drug)
    assert figures(found) == figure
    assert found.working == working


def test_a_mass_of_a_combination_is_of_its_opioid_and_brings_its_share_of_the_other():
    doses = doses_of("hydrocodone/acetaminophen 5/325, 10 mg every 6 hours")
    assert of(doses, "hydrocodone").working == ("maximum: 10 mg x 4 a day = 40 mg/d",)
    assert of(doses, "acetaminophen").working == ("maximum: 10 mg (650 mg) x 4 a day = 2600 mg/d",)
    assert figures(of(doses, "acetaminophen")) == ("2,600 mg/d", None, "2,600 mg/d")


def test_the_share_minds_the_units_of_both_strengths():
    product = tablets(component("hydrocodone", "5000 mcg"), component("acetaminophen", "13/40 g"))  # 5 mg and 325 mg
    doses = daily_doses(Regimen(product, Sig((Taking(dose("10 mg"), times(4)),))))
    assert figures(of(doses, "hydrocodone")) == ("40 mg/d", None, "40 mg/d")
    assert figures(of(doses, "acetaminophen")) == ("2,600 mg/d", None, "2,600 mg/d")


def test_a_whole_days_amount_adds_to_doses_at_their_times():
    taken = Taking(Dose(amount("5 mg"), amount("10 mg")), times(2))
    whole_day = Dose(amount("20 mg"), amount("30 mg"))
    sig = Sig((taken,), daily_total=whole_day)
    found = of(daily_doses(Regimen(tablets(component("oxycodone", None)), sig)), "oxycodone")
    assert figures(found) == ("30 mg/d", None, "50 mg/d")  # 5 x 2 + 20 and 10 x 2 + 30
    assert found.working == (
        "maximum: 10 mg x 2 a day + 20 mg to 30 mg a day = 50 mg/d",
        "scheduled: low end = 30 mg/d",
    )


# --- the most the directions allow ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "figure", "working"),
    [
        (  # a limit below what dose and times come to
            "oxycodone 5 mg, 1 to 2 tablets every 4 to 6 hours, max 8 tablets per day",
            ("20 mg/d", None, "40 mg/d"),
            ("maximum: 2 tablets (10 mg) x 6 a day = 60 mg/d; limited to 40 mg/d", "scheduled: low end = 20 mg/d"),
        ),
        (  # below the low end too
            "oxycodone 5 mg, 1 to 2 tablets every 4 to 6 hours, max 3 tablets per day",
            ("15 mg/d", None, "15 mg/d"),
            ("maximum: 2 tablets (10 mg) x 6 a day = 60 mg/d; limited to 15 mg/d",),
        ),
        (  # at what they come to: it limits nothing
            "oxycodone 5 mg tablet, 1 tablet every 6 hours, max 4 tablets per day",
            ("20 mg/d", None, "20 mg/d"),
            ("maximum: 1 tablet (5 mg) x 4 a day = 20 mg/d",),
        ),
        (
            "oxycodone 5 mg tablet, 1 tablet every 6 hours, max 10 tablets per day",
            ("20 mg/d", None, "20 mg/d"),
            ("maximum: 1 tablet (5 mg) x 4 a day = 20 mg/d",),
        ),
        (  # a number of doses, each at its high end
            "oxycodone 5 mg, 1-2 tablets every 6 hours as needed, up to 3 doses a day",
            ("0 mg/d", None, "30 mg/d"),
            ("maximum: 2 tablets (10 mg) x 4 a day = 40 mg/d; limited to 30 mg/d", "scheduled: as needed = 0"),
        ),
        (  # how often is not said: the limit alone counts
            "oxycodone 5 mg tablet, 1 tablet as needed, up to 4 tablets per day",
            ("0 mg/d", None, "20 mg/d"),
            ("maximum: at most 20 mg a day = 20 mg/d", "scheduled: as needed = 0"),
        ),
    ],
)
def test_a_limit(line, figure, working):
    found = of(doses_of(line), "oxycodone")
    assert figures(found) == figure
    assert found.working == working


@pytest.mark.parametrize(
    ("line", "drug", "scheduled", "most", "working"),
    [
        (
            "oxycodone every 4 hours as needed, max 30 mg a day",
            "oxycodone",
            "0 mg/d",
            "30 mg/d",
            ("maximum: at most 30 mg a day = 30 mg/d", "scheduled: as needed = 0"),
        ),
        (
            "morphine 20 mg/mL solution every 4 hours as needed, max 3 mL a day",
            "morphine",
            "0 mg/d",
            "60 mg/d",
            ("maximum: at most 60 mg a day = 60 mg/d", "scheduled: as needed = 0"),
        ),
        (
            "oxycodone every 4 hours, max 30 mg a day",
            "oxycodone",
            "0 mg/d",
            "30 mg/d",
            ("maximum: at most 30 mg a day = 30 mg/d", "scheduled: low end = 0 mg/d"),
        ),
    ],
)
def test_times_without_a_dose_count_at_the_limit_and_never_as_nothing(line, drug, scheduled, most, working):
    found = of(doses_of(line), drug)
    assert figures(found) == (scheduled, None, most)
    assert found.working == working


def test_mme_of_times_without_a_dose_is_that_of_the_limit():
    line = read_line("oxycodone every 4 hours as needed, max 30 mg a day")
    total = mme_per_day(Case(date(2026, 11, 23), (line,)), table=factor_table("cdc_2022")).total
    assert isinstance(total, CompleteTotal)
    assert str(total) == "45 MME/d"  # 30 x 1.5


# --- what quantity and days' supply imply -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("strength", "quantity", "days", "expected"),
    [
        ("5 mg", "90 tablet", 15, "30 mg/d"),
        ("5 mg", "90 tablet", None, None),
        ("5 mg", None, 15, None),
        ("5 mg", "90 tablet", 0, None),  # no days: nothing to divide by
        ("5 mg", "300 mL", 15, None),  # mL of a tablet say nothing
        ("2 mg/mL", "300 mL", 15, "40 mg/d"),
        ("2 mg/mL", "300 tablet", 15, None),  # and neither do tablets of a liquid
        (None, "90 tablet", 15, None),
    ],
)
def test_expected_is_strength_times_quantity_over_days(strength, quantity, days, expected):
    regimen = Regimen(
        Product((component("morphine", strength),), route="oral"),
        Sig((Taking(dose("10 mg"), times(4)),)),
        quantity=None if quantity is None else amount(quantity),
        days_supply=None if days is None else Fraction(days),
    )
    found = of(daily_doses(regimen), "morphine")
    assert figures(found) == ("40 mg/d", expected, "40 mg/d")
    assert any(step.startswith("expected: ") for step in found.working) is (expected is not None)


def test_the_days_of_the_directions_serve_where_no_days_supply_is_stated():
    sig = evolve(ONE_TABLET, duration_days=Fraction(3))
    regimen = Regimen(tablets(component("oxycodone", "5 mg")), sig, quantity=amount("12 tablet"))
    assert figures(of(daily_doses(regimen), "oxycodone")) == ("20 mg/d", "20 mg/d", "20 mg/d")
    longer = evolve(regimen, days_supply=Fraction(6))
    assert figures(of(daily_doses(longer), "oxycodone")) == ("20 mg/d", "10 mg/d", "20 mg/d")


def test_more_dispensed_than_the_directions_allow_is_said():
    doses = doses_of("oxycodone 5 mg tablet, 1 tablet every 6 hours, #90, 15 days")
    assert doses.cautions == (
        Caution(
            "DIR-105",
            "quantity and days' supply imply 30 mg/d of oxycodone, more than the 20 mg/d these directions allow",
        ),
    )
    assert doses_of("oxycodone 5 mg tablet, 1 tablet every 6 hours, #60, 15 days").cautions == ()


# --- worn patches -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "figure", "working"),
    [
        (
            "fentanyl patch 25 mcg/h, 1 patch every 72 hours",
            ("25 mcg/h", None, "25 mcg/h"),
            "1 patch of 25 mcg/h worn at once = 25 mcg/h",
        ),
        (
            "fentanyl patch 25 mcg/h, 2 patches every 72 hours, #20, 30 days",
            ("50 mcg/h", "50 mcg/h", "50 mcg/h"),
            "2 patches of 25 mcg/h worn at once = 50 mcg/h",
        ),
        (
            "buprenorphine patch 10 mcg/h every 7 days, #4, 28 days",
            ("10 mcg/h", "10 mcg/h", "10 mcg/h"),
            "1 patch of 10 mcg/h worn at once = 10 mcg/h",
        ),
    ],
)
def test_a_patch_counts_by_the_rate_worn(line, figure, working):
    doses = doses_of(line)
    (found,) = doses.ingredients
    assert figures(found) == figure
    assert found.working == (working,)
    assert doses.cautions == ()


@pytest.mark.parametrize(
    ("as_needed", "figure"),
    [(False, ("25 mcg/h", None, "50 mcg/h")), (True, ("0 mcg/h", None, "50 mcg/h"))],
)
def test_a_range_of_patches_and_patches_as_needed(as_needed, figure):
    one_or_two = Taking(Dose(amount("1 patch"), amount("2 patch")), times(Fraction(1, 3)))
    sig = Sig((one_or_two,), as_needed=as_needed, wear_hours=times(72))
    assert figures(of(daily_doses(Regimen(patch("25 mcg/h"), sig)), "fentanyl")) == figure


def test_patches_put_on_at_two_times_are_worn_together():
    sig = Sig((Taking(dose("1 patch"), None), Taking(dose("2 patch"), None)))
    assert figures(of(daily_doses(Regimen(patch("12 mcg/h"), sig)), "fentanyl")) == ("36 mcg/h", None, "36 mcg/h")


@pytest.mark.parametrize(
    ("sig", "said"),
    [
        (Sig((Taking(dose("10 mg"), times(Fraction(1, 3))),)), "10 mg"),
        (Sig((Taking(dose("0.5 mL"), times(Fraction(1, 3))),)), "0.5 mL"),
        (Sig((Taking(dose("1 patch"), None),), daily_total=dose("20 mg")), "20 mg"),
        (Sig((Taking(dose("1 patch"), None),), limit=amount("4 tablet")), "4 tablets"),
    ],
)
def test_patches_are_counted_and_never_measured(sig, said):
    text = f'{said}: patches are counted; write how many are worn, as in "1 patch every 72 hours"'
    assert lacking(Regimen(patch("25 mcg/h"), sig)) == [("fentanyl", Role.ACTIVE, "DIR-007", "", text)]


def test_a_patch_labelled_per_day_counts_per_day():
    regimen = Regimen(patch("19/2 mg/d", 24, "rivastigmine"), worn(hours=24))
    assert daily_doses(regimen).ingredients[0].daily == Daily(amount("19/2 mg/d"), None, amount("19/2 mg/d"))


UNUSUAL = (
    "changed every {} h, which is unusual: this patch is labelled for 72 h. "
    "The rate worn is counted, so the interval does not change the figure"
)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("fentanyl patch 25 mcg/h, 1 patch every 48 hours", "48"),
        ("fentanyl patch 25 mcg/h, 1 patch every 2 to 3 days", "48 to 72"),
        ("fentanyl patch 25 mcg/h, 1 patch every 3 to 4 days", "72 to 96"),
    ],
)
def test_another_interval_than_the_labels_is_said_and_changes_no_figure(line, shown):
    doses = doses_of(line)
    assert doses.cautions == (Caution("DIR-101", UNUSUAL.format(shown)),)
    assert figures(doses.ingredients[0]) == ("25 mcg/h", None, "25 mcg/h")


@pytest.mark.parametrize(
    ("sig", "quantity", "days", "said"),
    [
        # the label's 72 h: ten patches for thirty days, five for fifteen, twenty where two are worn
        (worn(), "10 patch", 30, None),
        (worn(hours=None), "10 patch", 30, None),
        (worn(hours=None), "5 patch", 15, None),
        (worn("2 patch"), "20 patch", 30, None),
        # another one
        (worn(), "15 patch", 30, "15 patches for 30 days imply a change every 48 h, not 72 h"),
        (worn(hours=None), "15 patch", 30, "15 patches for 30 days imply a change every 48 h, not 72 h"),
        (worn("2 patch"), "10 patch", 30, "10 patches for 30 days imply a change every 144 h, not 72 h"),
        (worn(), "1 patch", 7, "1 patch for 7 days imply a change every 168 h, not 72 h"),
        (worn(), "7 patch", 30, "7 patches for 30 days imply a change every 102.9 h, not 72 h"),  # 720 / 7
        (worn(), "2 patch", Fraction(15, 2), "2 patches for 7.5 days imply a change every 90 h, not 72 h"),
        (
            worn(hours=Fraction(200, 3)),
            "10 patch",
            30,
            "10 patches for 30 days imply a change every 72 h, not 66.7 h",
        ),
        # nothing to compare
        (worn(), "0 patch", 30, None),
        (worn(), "10 patch", None, None),
        (worn(), None, 30, None),
    ],
)
def test_patches_dispensed_that_imply_another_interval_are_said(sig, quantity, days, said):
    regimen = Regimen(
        patch("25 mcg/h"),
        sig,
        quantity=None if quantity is None else amount(quantity),
        days_supply=None if days is None else Fraction(days),
    )
    supply = [caution for caution in daily_doses(regimen).cautions if "imply" in caution.text]
    assert supply == ([] if said is None else [Caution("DIR-101", f"{said}; the rate worn is counted")])


def test_patches_changed_as_directed_are_not_held_against_the_label_twice():
    doses = doses_of("fentanyl patch 25 mcg/h, 1 patch every 48 hours, #15, 30 days")
    assert doses.cautions == (Caution("DIR-101", UNUSUAL.format("48")),)


@pytest.mark.parametrize("quantity", ["10 patch", "0 patch"])
def test_a_patch_without_a_labelled_wear_time_is_held_against_nothing(quantity):
    unlisted = Regimen(patch("25 mcg/h", wear=None), worn(hours=None), amount(quantity), Fraction(30))
    assert daily_doses(unlisted).cautions == ()
    assert daily_doses(evolve(unlisted, sig=worn(hours=48))).cautions == ()


# --- what lacks, and what to write ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("product", "sig", "code", "text"),
    [
        (
            patch("25 mcg/h"),
            Sig(),
            "DIR-001",
            'how many patches are worn, and how often they are changed, is missing; add it, as in "1 every 3 days"',
        ),
        (
            patch(None),
            worn(),
            "DIR-002",
            "the rate of the fentanyl patch is missing; write it, as in 25 mcg/h",
        ),
        (patch("100 mg"), worn(), "DIR-002", "100 mg is no rate of a patch; write it as in 25 mcg/h"),
        (
            tablets(component("fentanyl", None)),
            ONE_TABLET,
            "DIR-002",
            "the strength of fentanyl is missing, so 1 tablet cannot be counted; write it after fentanyl",
        ),
        (
            tablets(component("fentanyl", None), brand="Abstral"),
            ONE_TABLET,
            "DIR-002",
            "the strength of fentanyl is missing, so 1 tablet cannot be counted; write it after Abstral",
        ),
        (
            Product((component("fentanyl", None),)),
            Sig((Taking(dose("5 mL"), times(4)),)),
            "DIR-002",
            "the concentration of fentanyl is missing, so 5 mL cannot be counted; write it, as in 20 mg/mL",
        ),
        (
            Product((component("fentanyl", "10 mg"),)),
            Sig((Taking(dose("5 mL"), times(4)),)),
            "DIR-002",
            "5 mL of 10 mg cannot be counted; write the strength per mL",
        ),
        (
            tablets(component("fentanyl", "20 mg/mL")),
            ONE_TABLET,
            "DIR-002",
            "1 tablet of 20 mg/mL cannot be counted; write the strength per tablet",
        ),
        (
            tablets(component("fentanyl", "5 mg")),
            Sig(),
            "DIR-006",
            'how much is taken each time is missing; add it, as in "1 tablet" or "5 mg"',
        ),
        (
            tablets(component("fentanyl", "5 mg")),
            Sig((Taking(dose("1 tablet"), times(1)), Taking(None, times(1)))),
            "DIR-006",
            "one of the times has no dose; write the dose beside each time",
        ),
        (
            tablets(component("fentanyl", "5 mg")),
            Sig((Taking(dose("1 tablet"), None),)),
            "DIR-001",
            'how often is missing; add it, as in "every 6 hours" or "3 times daily"',
        ),
        (
            tablets(component("fentanyl", "5 mg")),
            Sig((Taking(dose("1 tablet"), None),), as_needed=True),
            "DIR-001",
            'as needed, but how often at most is missing; add a limit, such as "up to 4 per day"',
        ),
        (
            tablets(component("fentanyl", "5 mg")),
            Sig((Taking(dose("1 tablet"), times(1)), Taking(dose("1 tablet"), None)), limit=amount("4 tablet")),
            "DIR-001",
            "one of the doses has no schedule; write how often beside each dose",
        ),
    ],
)
def test_a_part_that_lacks_is_named_with_what_to_write(product, sig, code, text):
    assert lacking(Regimen(product, sig)) == [("fentanyl", Role.ACTIVE, code, "", text)]


@pytest.mark.parametrize(
    ("opioid", "other"),
    [
        ("5 mg", None),  # how much comes with 5 mg?
        (None, "325 mg"),  # 325 mg of how much?
        ("0 mg", "325 mg"),
        ("5 mg", "65 mg/mL"),
    ],
)
def test_a_mass_of_a_combination_whose_strengths_do_not_tell_the_share_counts_its_opioid_alone(opioid, other):
    product = tablets(component("hydrocodone", opioid), component("acetaminophen", other))
    doses = daily_doses(Regimen(product, Sig((Taking(dose("10 mg"), times(4)),))))
    assert figures(of(doses, "hydrocodone")) == ("40 mg/d", None, "40 mg/d")
    assert of(doses, "acetaminophen").daily is None


@pytest.mark.parametrize(
    ("other", "role", "ingredient", "text"),
    [
        (
            None,
            Role.ACTIVE,
            "acetaminophen",
            "how much acetaminophen comes with 10 mg is not stated; write both strengths, as in 5/325",
        ),
        (
            None,
            Role.DETERRENT,
            "naloxone",
            "how much naloxone comes with 10 mg is not stated; write both strengths, as in 5/325",
        ),
        (
            "65 mg/mL",
            Role.ACTIVE,
            "acetaminophen",
            "how much acetaminophen comes with 10 mg is not stated; write both strengths, as in 5/325",
        ),
    ],
)
def test_the_ingredient_beside_the_opioid_says_what_lacks(other, role, ingredient, text):
    product = tablets(component("hydrocodone", "5 mg"), component(ingredient, other, role))
    regimen = Regimen(product, Sig((Taking(dose("10 mg"), times(4)),)))
    assert lacking(regimen) == [(ingredient, role, "DIR-002", "", text)]


def test_a_count_names_the_ingredient_whose_strength_lacks():
    percocet = tablets(component("oxycodone", "5 mg"), component("acetaminophen", None), brand="Percocet")
    doses = daily_doses(Regimen(percocet, ONE_TABLET))
    assert figures(of(doses, "oxycodone")) == ("20 mg/d", None, "20 mg/d")
    assert of(doses, "acetaminophen").lacking == Problem(
        "DIR-002",
        "",
        "the strength of acetaminophen is missing, so 1 tablet cannot be counted; write it after Percocet",
    )


def test_a_dose_taken_less_often_than_daily_is_averaged_and_said():
    assert doses_of("methotrexate 2.5 mg, 4 tablets once a week").cautions == (
        Caution(
            "DIR-102",
            "taken every 7 days; the amount is averaged over days, and the day of the dose itself is higher",
        ),
    )
