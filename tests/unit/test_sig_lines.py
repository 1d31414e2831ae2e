"""Directions for the label, said so that count and amount check each other."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from medsteward.model.amount import Amount
from medsteward.model.unit import Unit
from medsteward.schedules.moment import Moment
from medsteward.schedules.sig_lines import count_words, label_line, sig_line
from medsteward.schedules.step import Item, TimedDose


def dose(drug, time, unit, *items):
    """A dose of (product, strength, unit counted, count) items; the amount is what they add up to."""
    made = tuple(
        Item(product, Amount(Fraction(strength), unit), counted, Fraction(count))
        for product, strength, counted, count in items
    )
    total = sum((item.strength.value * item.count for item in made), Fraction(0))
    return TimedDose(drug, time, Amount(total, unit), made)


def tablets(strength, count, time, drug="morphine", release="ER"):
    name = f"morphine sulfate {release} {strength} mg tablet"
    return dose(drug, time, Unit.MG, (name, strength, Unit.TABLET, count))


def test_count_and_amount_check_each_other():
    doses = [tablets(15, 2, Moment.MORNING), tablets(15, 3, Moment.BEDTIME)]
    said = "Take 2 tablets of 15 mg (30 mg) in the morning and 3 tablets (45 mg) at bedtime"
    assert sig_line(doses, "morphine") == said


def test_each_count_names_its_strength_where_there_are_several():
    both = dose(
        "morphine",
        Moment.MORNING,
        Unit.MG,
        ("morphine sulfate ER 30 mg tablet", 30, Unit.TABLET, 1),
        ("morphine sulfate ER 15 mg tablet", 15, Unit.TABLET, 1),
    )
    said = sig_line([tablets(30, 2, Moment.BEDTIME), both], "morphine")
    assert said == (
        "Take 1 tablet of 30 mg and 1 tablet of 15 mg (45 mg) in the morning and 2 tablets of 30 mg (60 mg) at bedtime"
    )


def test_a_label_speaks_of_its_own_bottle():
    large, small = "morphine sulfate ER 30 mg tablet", "morphine sulfate ER 15 mg tablet"
    both = dose("morphine", Moment.MORNING, Unit.MG, (large, 30, Unit.TABLET, 1), (small, 15, Unit.TABLET, 1))
    doses = [tablets(30, 2, Moment.BEDTIME), both]
    assert label_line(doses, "morphine", large) == (
        "Take 1 tablet of 30 mg, with 1 tablet of 15 mg from its own bottle (45 mg in all), in the morning; "
        "2 tablets of 30 mg (60 mg) at bedtime"
    )
    assert label_line(doses, "morphine", small) == (
        "Take 1 tablet of 15 mg, with 1 tablet of 30 mg from its own bottle (45 mg in all), in the morning"
    )


def test_a_label_of_tablets_taken_alone_is_the_plain_direction():
    doses = [tablets(15, 1, Moment.MORNING), tablets(30, 1, Moment.BEDTIME)]
    assert label_line(doses, "morphine", "morphine sulfate ER 30 mg tablet") == "Take 1 tablet (30 mg) at bedtime"


def test_a_label_of_one_of_two_patches_names_the_other():
    small, large = "fentanyl 12 mcg/h patch", "fentanyl 50 mcg/h patch"
    worn = dose("fentanyl", Moment.WORN, Unit.MCG_PER_H, (large, 50, Unit.PATCH, 1), (small, 12, Unit.PATCH, 1))
    assert label_line([worn], "fentanyl", small, wear_days=3) == (
        "Apply 1 patch of 12 mcg/h, with 1 patch of 50 mcg/h from its own box (62 mcg/h in all); "
        "change all every 72 hours"
    )


def test_products_of_one_strength_are_told_apart_by_name():
    doses = [tablets(15, 1, Moment.MORNING), tablets(15, 2, Moment.MORNING, release="IR")]
    assert sig_line(doses, "morphine") == (
        "Take 1 tablet of morphine sulfate ER 15 mg tablet and 2 tablets of morphine sulfate IR 15 mg tablet (45 mg) "
        "in the morning"
    )


def test_three_times_stand_in_the_order_of_the_day():
    doses = [tablets(15, 1, time) for time in (Moment.BEDTIME, Moment.MORNING, Moment.NOON)]
    assert sig_line(doses, "morphine") == (
        "Take 1 tablet (15 mg) in the morning, 1 tablet (15 mg) at noon and 1 tablet (15 mg) at bedtime"
    )


def test_a_liquid_is_said_in_ml():
    liquid = dose("oxycodone", Moment.NOON, Unit.MG, ("oxycodone 1 mg/mL solution", 1, Unit.ML, "2.5"))
    assert sig_line([liquid], "oxycodone") == "Take 2.5 mL of 1 mg/mL (2.5 mg) at noon"


def test_a_liquid_is_said_with_the_strength_of_its_label():
    item = Item("morphine 10 mg/5 mL solution", Amount(Fraction(2), Unit.MG), Unit.ML, Fraction(5, 2), Fraction(5))
    liquid = TimedDose("morphine", Moment.NOON, Amount(Fraction(5), Unit.MG), (item,))
    assert sig_line([liquid], "morphine") == "Take 2.5 mL of 10 mg/5 mL (5 mg) at noon"


def test_two_releases_of_a_drug_are_two_directions_that_name_theirs():
    long = evolve(tablets(30, 1, Moment.MORNING), release="ER", told="ER")
    short = evolve(tablets(15, 2, Moment.MORNING, release="sulfate"), release="IR", told="IR")
    assert sig_line([long, short], "morphine ER") == "Take 1 tablet of morphine ER 30 mg (30 mg) in the morning"
    assert sig_line([long, short], "morphine IR") == "Take 2 tablets of morphine IR 15 mg (30 mg) in the morning"
    label = label_line([long, short], "morphine IR", short.items[0].product)
    assert label == "Take 2 tablets of morphine IR 15 mg (30 mg) in the morning"


def test_what_is_counted_and_not_measured_has_no_strength_to_say():
    worn = dose("lidocaine", Moment.MORNING, Unit.PATCH, ("lidocaine 5 % patch", 1, Unit.PATCH, 2))
    assert sig_line([worn], "lidocaine") == "Use 2 patches in the morning"


@pytest.mark.parametrize(("days", "said"), [(2, "48 hours"), (3, "72 hours"), (7, "7 days")])
def test_a_patch_says_when_it_is_changed(days, said):
    patch = dose("fentanyl", Moment.WORN, Unit.MCG_PER_H, ("fentanyl 50 mcg/h patch", 50, Unit.PATCH, 1))
    assert sig_line([patch], "fentanyl", wear_days=days) == f"Apply 1 patch (50 mcg/h); change every {said}"


def test_several_patches_are_changed_together():
    worn = dose(
        "fentanyl",
        Moment.WORN,
        Unit.MCG_PER_H,
        ("fentanyl 50 mcg/h patch", 50, Unit.PATCH, 1),
        ("fentanyl 25 mcg/h patch", 25, Unit.PATCH, 1),
    )
    assert sig_line([worn], "fentanyl", wear_days=3) == (
        "Apply 1 patch of 50 mcg/h and 1 patch of 25 mcg/h (75 mcg/h); change all every 72 hours"
    )


def test_a_patch_and_a_lozenge_of_one_drug_are_two_sentences():
    worn = dose("fentanyl", Moment.WORN, Unit.MCG_PER_H, ("fentanyl 50 mcg/h patch", 50, Unit.PATCH, 1))
    other = dose("fentanyl", Moment.MORNING, Unit.MCG, ("fentanyl 200 mcg lozenge", 200, Unit.LOZENGE, 1))
    assert sig_line([other, worn], "fentanyl", wear_days=3) == (
        "Apply 1 patch of 50 mcg/h (50 mcg/h); change every 72 hours. Use 1 lozenge of 200 mcg (200 mcg) in the morning"
    )


def test_a_patch_without_its_days_is_refused():
    patch = dose("fentanyl", Moment.WORN, Unit.MCG_PER_H, ("fentanyl 50 mcg/h patch", 50, Unit.PATCH, 1))
    with pytest.raises(ValueError, match="how long it stays on"):
        sig_line([patch], "fentanyl")


def test_other_drugs_are_left_out_and_none_is_said():
    assert sig_line([tablets(15, 2, Moment.MORNING)], "oxycodone") == "Take no oxycodone"


@pytest.mark.parametrize(
    ("count", "unit", "said"),
    [
        ("1", Unit.TABLET, "1 tablet"),
        ("1/2", Unit.TABLET, "half a tablet"),
        ("3/2", Unit.TABLET, "1 and a half tablets"),
        ("5/2", Unit.TABLET, "2 and a half tablets"),
        ("1/4", Unit.TABLET, "a quarter of a tablet"),
        ("7/4", Unit.TABLET, "1 and three quarters tablets"),
        ("1/3", Unit.TABLET, "1/3 of a tablet"),
        ("4/3", Unit.TABLET, "1 and 1/3 tablets"),
        ("0.1", Unit.ML, "0.1 mL"),
        ("1000", Unit.ML, "1,000 mL"),
        ("2", Unit.PATCH, "2 patches"),
    ],
)
def test_counts_are_said_without_slashes_that_are_misread(count, unit, said):
    assert count_words(Fraction(count), unit) == said
