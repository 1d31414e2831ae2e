"""More taken than directed: counted in tablets, spread over the day, and never above 4 g of acetaminophen."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

import medsteward
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.plan import taper
from medsteward.model.amount import Amount
from medsteward.model.unit import Unit
from medsteward.readers.plan.words import drug_dose_of
from medsteward.schedules.plan import WhenStuck

START = date(2027, 1, 4)
CDC = medsteward.factor_table("cdc_2022")
PERCOCET = "oxycodone-acetaminophen 5-325 mg tablet, 1 tablet every 6 hours as needed, max 4 tablets a day"


def report(taken, *, line=PERCOCET, answered=True):
    case = medsteward.case_of(line, as_of=START, patient={"age": 50, "indication": "chronic pain"})
    answers = (("more-taken", "asked: pain by day"),) if answered else ()
    options = TaperOptions(
        start=START,
        because="patient-wish",
        when_stuck=WhenStuck.SMALLEST_STEP,
        taken_per_day=(drug_dose_of(taken),),
        answers=answers,
    )
    return taper(case, options, table=CDC)


@pytest.mark.parametrize(
    ("taken", "mg"), [("oxycodone=7 tablets", 35), ("oxycodone=35 mg", 35), ("oxycodone=12 tablets", 60)]
)
def test_what_is_taken_is_planned_from_and_spread_evenly(taken, mg):
    found = report(taken)
    doses = [amount for _, amount in found.plan.request.courses[0].tracks[0].doses]
    assert sum(doses) == mg
    assert len(doses) == 6
    assert max(doses) - min(doses) <= 5
    assert {fill.days_supply for fill in found.plan.fills} == {7}
    assert any(each.code == "TAPER-127" and "planned as scheduled" in each.text for each in found.cautions)


def test_it_is_asked_about_first():
    assert [each.code for each in report("oxycodone=7 tablets", answered=False).problems] == ["TAPER-025"]


@pytest.mark.parametrize(("taken", "refused"), [("12 tablets", False), ("13 tablets", True), ("65 mg", True)])
def test_no_plan_begins_above_4_g_of_acetaminophen(taken, refused):
    codes = [each.code for each in report(f"oxycodone={taken}").problems]
    assert ("TAPER-028" in codes) is refused


def test_tablets_without_acetaminophen_are_not_refused_for_it():
    line = "oxycodone IR 5 mg tablet, 1 tablet every 6 hours as needed, max 4 tablets a day"
    assert report("oxycodone=13 tablets", line=line).plan.request.courses[0].tracks[0].daily == 65


def test_far_more_than_the_directions_is_checked():
    line = "oxycodone IR 5 mg tablet, 1 tablet every 6 hours as needed, max 4 tablets a day"
    assert [each.code for each in report("oxycodone=25 tablets", line=line).problems] == ["TAPER-022"]


def test_a_count_is_read_as_tablets():
    assert drug_dose_of("oxycodone=7 tablets") == ("oxycodone", Amount(Fraction(7), Unit.TABLET))
