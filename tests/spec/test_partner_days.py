"""What the products of a step hold beside the drug that is lowered, and where it is said."""

from __future__ import annotations

from datetime import date

import pytest

import medsteward
from medsteward.advice.taper.options import CombinationKind, TaperOptions
from medsteward.advice.taper.plan import taper
from medsteward.model.stated import Because
from medsteward.schedules.partner_days import partner_days
from medsteward.schedules.plan import WhenStuck
from medsteward.writers.card.html import page as card_html
from medsteward.writers.plan.table import text

START = date(2027, 1, 4)
CDC = medsteward.factor_table("cdc_2022")


def report(*sigs, **options):
    case = medsteward.case_of(*sigs, as_of=START, patient={"age": 50, "indication": "chronic pain"})
    asked = {"start": START, "because": Because.PATIENT_WISH, "when_stuck": WhenStuck.SMALLEST_STEP, **options}
    return taper(case, TaperOptions(**asked), table=CDC)


def held(found):
    return [{name: int(each.value) for name, each in partner_days(step).items()} for step in found.plan.steps]


@pytest.mark.parametrize(
    ("sig", "first", "last"),
    [
        (
            "hydrocodone/acetaminophen 10/325 mg tablet, 1 tablet four times daily",
            {"acetaminophen": 1300},
            {"acetaminophen": 325},
        ),
        (
            "codeine/acetaminophen 30/300 mg tablet, 2 tablets three times daily",
            {"acetaminophen": 1800},
            {"acetaminophen": 300},
        ),
        ("hydrocodone/ibuprofen 7.5/200 mg tablet, 1 tablet three times daily", {"ibuprofen": 600}, {"ibuprofen": 200}),
        ("oxycodone IR 10 mg tablet, 1 tablet every 6 hours", {}, {}),
        ("morphine 10 mg/5 mL solution, 5 mL every 4 hours", {}, {}),
    ],
)
def test_each_step_knows_what_its_tablets_hold_beside_the_opioid(sig, first, last):
    days = held(report(sig, combination=CombinationKind.KEEP if "/" in sig.split()[0] else None))
    assert (days[0], days[-2], days[-1]) == (first, last, {})


def test_the_partner_of_a_combination_never_rises():
    for sig in (
        "hydrocodone/acetaminophen 10/325 mg tablet, 1 tablet four times daily",
        "codeine/acetaminophen 60/300 mg tablet, 1 tablet four times daily",
    ):
        amounts = [day.get("acetaminophen", 0) for day in held(report(sig, combination=CombinationKind.KEEP))]
        assert amounts == sorted(amounts, reverse=True)


def test_the_clinician_and_the_card_read_the_mg_of_each_day():
    found = report("hydrocodone/acetaminophen 10/325 mg tablet, 1 tablet four times daily")
    said = " ".join(text(found).split())
    assert "acetaminophen in these products: 1,300 mg/d in steps 1 to" in said
    assert "325 mg/d in step" in said
    assert "Acetaminophen is in it too: 1,300 mg a day." in card_html(found)


def test_a_plain_opioid_says_nothing_of_a_partner():
    found = report("oxycodone IR 10 mg tablet, 1 tablet every 6 hours")
    assert "in these products" not in text(found)
    assert "is in it too" not in card_html(found)


def test_the_end_of_a_patch_that_is_counted_in_mg_a_day_is_its_removal():
    found = card_html(report("clonidine 0.2 mg/24 h patch, 1 patch every 7 days"))
    assert "Clonidine: stop. Take every old patch off, and put no new one on." in found
    assert "Take no more of it" not in found
    assert "Forgot to change it?" in found
    assert "skip the dose" not in found
    tablets = card_html(report("clonidine 0.2 mg tablet, 1 tablet twice daily"))
    assert "Clonidine: stop. Take no more of it from this day on." in tablets


@pytest.mark.parametrize(
    ("hours", "says", "not_said"), [(72, "each 3 days", "in your list, at"), (48, "in your list, at", "3 days (72")]
)
def test_a_fentanyl_patch_is_changed_as_its_directions_say(hours, says, not_said):
    found = card_html(report(f"fentanyl 50 mcg/h patch, 1 patch every {hours} hours"))
    assert says in found
    assert not_said not in found
