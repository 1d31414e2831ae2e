"""What is printed of a plan: totals in one unit, options that lift what binds, products and lengths that are rare."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import medsteward
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.plan import taper
from medsteward.schedules.fill_days import fill_from
from medsteward.schedules.plan import WhenStuck
from medsteward.writers.plan.pharmacy import text as pharmacy_text
from medsteward.writers.plan.table import headline, step_header, step_rows, text
from tests.counts import examples

START = date(2027, 1, 4)
CDC = medsteward.factor_table("cdc_2022")


def report(*lines, **options):
    case = medsteward.case_of(*lines, as_of=START, patient={"age": 50, "indication": "chronic pain"})
    asked = {"start": START, "because": "risk", "when_stuck": WhenStuck.SMALLEST_STEP, **options}
    return taper(case, TaperOptions(**asked), table=CDC)


def said(found):
    return " ".join(f"{each.code} {each.text}" for each in found.cautions)


OXYCODONE = "oxycodone IR 10 mg tablet, 1 tablet every 6 hours"


def test_medicines_of_different_units_have_no_total():
    plan = report("fentanyl 25 mcg/h patch every 3 days", "buprenorphine 10 mcg/h patch every 7 days").plan
    assert "total" not in step_header(plan)
    assert len({len(row) for row in step_rows(plan, START)} | {len(step_header(plan))}) == 1


def test_an_opioid_before_a_benzodiazepine_has_its_mme_and_nothing_after_it_has_ended():
    plan = report(OXYCODONE, "lorazepam IR 1 mg tablet, 1 tablet twice daily", first="opioid").plan
    place = step_header(plan).index("MME")
    cells = [row[place] for row in step_rows(plan, START)]
    assert cells[0] == "52.5 MME/d"
    assert cells[-1] == ""
    assert all(cell.endswith("MME/d") or not cell for cell in cells)


def test_one_medicine_keeps_its_total():
    assert "total" in step_header(report(OXYCODONE).plan)


@pytest.mark.parametrize(("worn", "first"), [("37.5", 25), ("62.5", 50), ("87.5", 75)])
def test_patches_that_give_the_same_by_their_labels_are_no_step(worn, first):
    plan = report(f"fentanyl {worn} mcg/h patch every 3 days").plan
    assert plan.steps[0].total.value == first


def test_strengths_of_few_makers_between_the_usual_patches_are_named():
    named = " ".join(each.option for each in report("fentanyl 100 mcg/h patch every 3 days").alternatives)
    assert all(strength in named for strength in ("37.5", "62.5", "87.5"))


@pytest.mark.parametrize(
    ("line", "product"),
    [
        ("tramadol IR 50 mg tablet, 1 tablet four times daily", "tramadol hydrochloride 25 mg tablet"),
        (
            "clonazepam 1 mg orally disintegrating tablet, 1 tablet twice daily",
            "clonazepam 0.5 mg orally disintegrating tablet",
        ),
    ],
)
def test_a_plan_that_rests_on_few_makers_says_so(line, product):
    assert f"TAPER-128 {product} has few makers" in said(report(line))


def test_a_concentrate_names_the_command_of_its_weaker_solution():
    ways = [each for each in report("oxycodone 20 mg/mL solution, 1 mL every 6 hours").alternatives if each.command]
    weaker = next(each for each in ways if "1 mg/mL" in each.option)
    assert "oxycodone 1 mg/mL solution, 20 mL" in weaker.command


def test_a_ceiling_that_binds_names_the_option_that_lifts_it():
    found = report(OXYCODONE, when_stuck=WhenStuck.ASK)
    assert "(--ceiling 33.4 lifts it)" in headline(found)
    assert "--ceiling 33.4 lifts it, with --because" in said(found)
    lifted = report(OXYCODONE, when_stuck=WhenStuck.ASK, ceiling=Fraction("33.4"))
    assert "TAPER-133" not in said(lifted)
    assert "lifts it" not in headline(lifted)


def test_a_raised_ceiling_needs_no_reason_beside_a_because():
    assert report(OXYCODONE, ceiling=Fraction(25)).plan is not None


def test_steps_beyond_the_pace_of_the_source_are_named_by_their_numbers():
    text_of = said(report("oxycodone IR 5 mg tablet, 1 tablet every 6 hours", ceiling=Fraction(25)))
    assert "TAPER-129 step 1 of 4 goes beyond humane" in text_of


@pytest.mark.parametrize(("days", "told"), [(28, False), (30, True), (90, True)])
def test_a_longer_dispensing_of_a_controlled_medicine_is_spoken_of(days, told):
    assert ("TAPER-134" in said(report(OXYCODONE, fill_days=days))) is told
    assert "TAPER-134" not in said(report("duloxetine DR 60 mg capsule, 1 capsule daily", fill_days=days))


def test_a_long_plan_of_two_medicines_offers_its_pace_to_the_end_and_a_faster_policy():
    found = report(
        "oxycodone 5 mg/5 mL solution, 10 mL every 6 hours",
        "lorazepam IR 1 mg tablet, 1 tablet twice daily",
        first="opioid",
    )
    assert "more than 24 months (2 years" in headline(found)
    options = " ".join(each.option for each in found.alternatives)
    assert "10 % all the way" in options
    assert "policy va_" in options or "policy hhs_2019" in options or "policy cdc_" in options


def test_no_supports_or_sources_follow_a_plan_that_does_not_stand():
    waits = report(OXYCODONE, when_stuck=WhenStuck.ASK)
    assert not waits.supports
    assert not waits.sources
    assert "Supportive care" not in text(waits)
    assert report(OXYCODONE).supports


# --- from which day a dispensing is filled ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first_day", "holidays", "expected"),
    [
        (date(2027, 3, 4), (), date(2027, 3, 4)),  # a Thursday
        (date(2027, 3, 6), (), date(2027, 3, 5)),  # a Saturday
        (date(2027, 3, 7), (), date(2027, 3, 5)),  # a Sunday
        (date(2027, 7, 5), (date(2027, 7, 5),), date(2027, 7, 3)),  # a Monday off: the Saturday, not the Friday
        (date(2027, 7, 6), (date(2027, 7, 6),), date(2027, 7, 5)),
        (date(2026, 12, 25), (date(2026, 12, 25),), date(2026, 12, 24)),
        (date(2026, 12, 26), (date(2026, 12, 25), date(2026, 12, 26)), date(2026, 12, 24)),
    ],
)
def test_a_dispensing_on_a_day_off_is_filled_at_most_two_days_earlier(first_day, holidays, expected):
    assert fill_from(first_day, lambda day: day in holidays) == expected


@examples(200)
@given(day=st.dates(date(2026, 1, 1), date(2030, 1, 1)), off=st.sets(st.integers(-3, 1)))
def test_no_fill_is_more_than_two_days_early_nor_late(day, off):
    found = fill_from(day, lambda each: (each - day).days in off)
    assert 0 <= (day - found).days <= 2


def test_the_page_names_dispensings_that_begin_on_days_off_and_their_next_ones_stay():
    found = report(OXYCODONE, start=date(2027, 1, 2))
    # the Friday before that Saturday is New Year's Day
    assert "that of 2027-01-02 from 2026-12-31" in " ".join(pharmacy_text(found).split())
    first = [fill.first_day for fill in found.plan.fills][:2]
    assert (first[1] - first[0]).days == 28
