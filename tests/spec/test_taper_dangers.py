"""Tapers that a pharmacist worked out by hand beside the program: each case is one where a wrong line could do harm."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from attrs import evolve

import medsteward
from medsteward.advice.plan.held import check_plan
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.plan import taper
from medsteward.model.amount import Amount
from medsteward.model.unit import Unit
from medsteward.schedules import drafting
from medsteward.schedules.drafting import AT_BEDTIME, ON_A_CHANGE_DAY, OTHERS_AT_BEDTIME, leaves_a_dose_at_bedtime
from medsteward.schedules.held_schedule import exceeding_words, excess_words
from medsteward.schedules.moment import Moment
from medsteward.schedules.plan import NeedsChoice, WhenStuck
from medsteward.schedules.policies import policy
from medsteward.schedules.supply import OwnProduct
from medsteward.writers.card import html as card_html
from medsteward.writers.plan.table import csv_rows, text

START = date(2027, 1, 4)
CDC = medsteward.factor_table("cdc_2022")


def report(*sigs, patient=None, **options):
    facts = {"age": 58, "indication": "chronic pain", **(patient or {})}
    case = medsteward.case_of(*sigs, as_of=date(2026, 12, 20), patient=facts)
    asked = {"start": START, "when_stuck": WhenStuck.SMALLEST_STEP, **options}
    return taper(case, TaperOptions(**asked), table=CDC)


def daily(found):
    return [float(step.total.value) for step in found.plan.steps]


# --- patches cut into fills ----------------------------------------------------------------------------------------


def test_a_fill_of_patches_holds_the_changes_that_fall_within_it():
    plan = report("fentanyl patch 75 mcg/h every 72 hours", fill_days=28).plan
    first = plan.steps[0]
    assert first.total.value == 62  # 50 and 12 together
    assert (first.days, first.dispense[0].quantity) == (57, 19)
    product = first.dispense[0].product
    within = [fill for fill in plan.fills if fill.first_day <= first.last_day and fill.product == product]
    # days 0, 3 ... 27, then 30 ... 54; the fill of day 56 alone holds no change
    assert [fill.quantity for fill in within] == [10, 9]


def test_weekly_patches_in_fills_of_thirty_days():
    plan = report("buprenorphine patch 20 mcg/h every 7 days", fill_days=30).plan
    first = plan.steps[0]
    assert sum(fill.quantity for fill in plan.fills if fill.first_day <= first.last_day) == first.dispense[0].quantity
    assert first.dispense[0].quantity == -(-first.days // 7)


# --- one direction on two bottles ----------------------------------------------------------------------------------


def own(ingredient, release, *strengths):
    return tuple(
        OwnProduct(ingredient, "oral", "tablet", release, Amount(Fraction(s), Unit.MG), Unit.TABLET, "no")
        for s in strengths
    )


def test_each_label_says_its_own_tablets_and_what_is_taken_with_them():
    products = own("oxycodone", "IR", "5", "20")
    found = report("oxycodone IR 30 mg tablet, 1 tablet every 4 hours", products=products)
    step = found.plan.steps[0]
    labels = {fill.product: fill.sig for fill in found.plan.fills if fill.first_day == step.first_day}
    small, large = labels["oxycodone 5 mg tablet"], labels["oxycodone 20 mg tablet"]
    assert "; 2 tablets of 5 mg, with 1 tablet of 20 mg from its own bottle (30 mg in all), at bedtime" in small
    assert "1 tablet of 20 mg, with 2 tablets of 5 mg from its own bottle (30 mg in all), at bedtime" in large
    assert " and 1 tablet" not in small + large
    rows = [row for row in csv.DictReader(io.StringIO(csv_rows(found))) if row["step"] == str(step.number)]
    assert sum(Fraction(row["amount"]) for row in rows) == step.total.value


# --- the end of an extended-release opioid -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sigs", "expected"),
    [
        # the VA tool: 15 mg every 8 hours, every 12 hours, at bedtime, stop
        (("morphine ER 15 mg tablet, 1 tablet every 8 hours",), [30, 15, 0]),
        (("morphine ER 30 mg tablet, 1 tablet every 12 hours",), [45, 30, 15, 0]),
        (("oxycodone ER 20 mg tablet, 1 tablet every 12 hours",), [35, 30, 25, 20, 10, 0]),
        (("tapentadol ER 100 mg tablet, 1 tablet every 12 hours",), [150, 100, 50, 0]),
        (("hydrocodone ER 10 mg capsule, 1 capsule every 12 hours",), [10, 0]),
        # the extended-release one first, as the plan says of its order
        (
            ("morphine ER 15 mg tablet, 1 tablet every 12 hours", "morphine IR 15 mg tablet, 1 tablet once daily"),
            [30, 15, 0],
        ),
    ],
)
def test_an_extended_release_opioid_ends_with_one_dose_at_bedtime(sigs, expected):
    found = report(*sigs)
    assert daily(found) == expected
    at_bedtime = [step for step in found.plan.steps if AT_BEDTIME in step.notes]
    assert len(at_bedtime) == 1
    assert [step for step in found.plan.steps if leaves_a_dose_at_bedtime(found.plan.request, step)] == at_bedtime
    own = [dose for dose in at_bedtime[0].doses if "ER" in dose.items[0].product]
    assert [dose.time for dose in own] == [Moment.BEDTIME]
    assert sum(item.count for item in own[0].items) == 1
    assert any("VA Opioid Taper Decision Tool" in source.citation for source in found.sources)


def test_words_of_a_note_decide_no_source(monkeypatch):
    before = report("morphine ER 15 mg tablet, 1 tablet every 8 hours")
    monkeypatch.setattr(drafting, "AT_BEDTIME", "other words")
    after = report("morphine ER 15 mg tablet, 1 tablet every 8 hours")
    assert "other words" in [note for step in after.plan.steps for note in step.notes]
    assert after.sources == before.sources
    assert drafting.SOURCE_AT_BEDTIME in after.sources


def test_a_dose_at_bedtime_is_none_to_stay_at():
    found = report("morphine ER 15 mg tablet, 1 tablet every 8 hours", target=Amount(Fraction(15), Unit.MG))
    assert daily(found) == [30]


def test_clonidine_goes_down_by_its_labels_step_to_one_tablet_at_bedtime():
    found = report("clonidine ER 0.1 mg tablet, 2 tablets twice daily")
    assert daily(found) == [0.3, 0.2, 0.1, 0]
    last = found.plan.steps[-2]
    assert len(last.doses) == 1
    assert OTHERS_AT_BEDTIME in last.notes
    assert all(AT_BEDTIME not in step.notes for step in found.plan.steps)
    assert not any(leaves_a_dose_at_bedtime(found.plan.request, step) for step in found.plan.steps)


def test_other_extended_release_drugs_keep_their_labelled_interval():
    found = report("gabapentin ER 600 mg tablet, 2 tablets daily")
    assert all(OTHERS_AT_BEDTIME not in step.notes for step in found.plan.steps)


# --- more taken than the directions allow --------------------------------------------------------------------------

AS_NEEDED = "oxycodone IR 10 mg tablet, 1 tablet every 6 hours as needed, max 2 tablets per day"


def taken(milligrams):
    return (("oxycodone", Amount(Fraction(milligrams), Unit.MG)),)


def test_more_taken_than_the_directions_allow_is_asked_about():
    found = report(AS_NEEDED, taken_per_day=taken(60))
    assert found.plan is None
    assert found.exit_code == 3
    assert [problem.code for problem in found.problems] == ["TAPER-025"]
    text = found.problems[0].text
    assert "60 mg/d" in text
    assert "20 mg/d" in text
    assert "slip of the pen" in text
    assert "--answer more-taken=" in text


def test_the_limit_itself_is_no_contradiction():
    assert report(AS_NEEDED, taken_per_day=taken(20)).plan is not None


def test_an_answer_lets_the_plan_start_from_what_is_taken():
    found = report(AS_NEEDED, taken_per_day=taken(60), answers=(("more-taken", "relief did not last"),))
    assert found.plan is not None
    assert any(each.code == "TAPER-127" and "relief did not last" in each.text for each in found.cautions)
    for reason in ("takes more than prescribed", "he takes more on bad days but within the limit", "more exercise"):
        assert report(AS_NEEDED, taken_per_day=taken(60), reason=reason).plan is None


def test_quantity_over_the_limit_is_the_same_contradiction():
    case = medsteward.case_of(AS_NEEDED, as_of=date(2026, 12, 20), patient={"age": 58, "indication": "chronic pain"})
    line = case.lines[0]
    assert line.regimen is not None
    regimen = evolve(line.regimen, quantity=Amount(Fraction(180), Unit.TABLET), days_supply=Fraction(30))
    case = evolve(case, lines=(evolve(line, regimen=regimen),))
    found = taper(case, TaperOptions(start=START), table=CDC)
    assert [problem.code for problem in found.problems] == ["TAPER-025"]


def test_use_of_a_drug_on_two_lines_is_that_of_the_one_left_open():
    found = report("oxycodone ER 20 mg tablet, 1 tablet every 12 hours", AS_NEEDED, taken_per_day=taken(15), first="ir")
    scheduled = found.plan.request.courses[0].tracks
    assert sorted(track.daily for track in scheduled) == [15, 40]


# --- products that few pharmacies have -----------------------------------------------------------------------------


def strengths(found):
    return {
        item.strength.value for step in found.plan.steps for dose in step.doses for item in dose.items if item.count
    }


def test_a_taper_rests_on_tablets_that_a_pharmacy_has():
    found = report("oxycodone IR 20 mg tablet, 1 tablet every 6 hours")
    assert strengths(found) <= {5, 10, 15, 20, 30}
    assert not any("Oxaydo" in item for fill in found.plan.fills for item in (fill.product, fill.sig))
    halves = report("gabapentin 600 mg tablet, 1 tablet three times daily", split=True)
    # capsules of 300 mg are sold: no tablet of 600 mg is halved
    assert strengths(halves) <= {100, 300, 400, 600, 800}


def test_a_strength_of_few_makers_is_named_where_it_would_help():
    found = report("oxycodone IR 20 mg tablet, 1 tablet every 6 hours", when_stuck=WhenStuck.ASK)
    assert isinstance(found.plan.outcome, NeedsChoice)
    named = [each for each in found.alternatives if "7.5 mg tablet (Oxaydo)" in each.option]
    assert len(named) == 1
    assert named[0].command is None
    assert "ask the pharmacy" in named[0].note


def test_a_line_written_for_a_product_of_few_makers_keeps_it_with_a_word():
    found = report("oxycodone IR 7.5 mg tablet, 2 tablets every 6 hours")
    assert Fraction("7.5") in strengths(found)
    assert any(caution.code == "TAPER-128" and "Oxaydo" in caution.text for caution in found.cautions)


# --- clonidine beside a plan, and clonidine itself -----------------------------------------------------------------


def test_clonidine_is_at_hand_from_the_start_only_where_steps_are_short():
    slow = report("oxycodone IR 10 mg tablet, 1 tablet every 6 hours")
    assert slow.plan.steps[-1].days == 1
    assert "from the start" not in clonidine(slow)
    fast = report(
        "oxycodone IR 10 mg tablet, 1 tablet every 6 hours",
        policy="cdc_2022_shorter",
        patient={"opioid_since": date(2026, 9, 1)},
    )
    assert "Have ready from the start" in clonidine(fast)


def clonidine(found):
    return next(each.consider for each in found.supports if each.kind == "clonidine")


TWO = ("clonidine IR 0.1 mg tablet, 2 tablets three times daily", "metoprolol 50 mg tablet, 1 tablet twice daily")


def test_clonidine_beside_a_beta_blocker_is_asked_about():
    found = report(*TWO)
    assert found.plan is None
    assert [(problem.code, found.exit_code) for problem in found.problems] == [("TAPER-010", 3)]
    assert "only if it is to end, gradually, by its prescriber" in found.problems[0].text


def test_what_was_agreed_about_the_beta_blocker_lets_clonidine_go_down():
    assert report(*TWO, reason="metoprolol stops today").plan is None
    assert report(*TWO, answers=(("beta-blocker", "cardiology keeps metoprolol as it is"),)).plan is not None


# --- what a policy is for ------------------------------------------------------------------------------------------


def test_a_policy_for_insomnia_hears_the_condition_and_never_the_reason():
    line = "zolpidem 10 mg tablet, 1 tablet at bedtime"
    assert report(line, patient={"indication": None, "conditions": ["insomnia"]}, because="risk").plan is not None
    other = report(line, patient={"indication": None}, because="risk", reason="insomnia, falls")
    assert [problem.code for problem in other.problems] == ["TAPER-007"]
    assert "--condition" in other.problems[0].text


# --- the pace of the source ----------------------------------------------------------------------------------------


def test_a_smaller_step_within_the_pace_of_the_source_is_preferred():
    shorter = {"policy": "cdc_2022_shorter", "patient": {"opioid_since": date(2026, 9, 1)}, "split": True}
    found = report("oxycodone IR 10 mg tablet, 1 tablet every 6 hours", **shorter)
    early = [step for step in found.plan.steps if not step.forced and step.basis == "original"]
    # 10 % of 40 mg/d is 4 mg/d: 2.5 mg/d is within it, 5 mg/d is 12.5 %
    assert daily(found)[0] == 37.5
    assert all(step.percent_of_original <= 10 for step in early)


@pytest.mark.parametrize(
    ("line", "options"),
    [
        ("clonazepam 1 mg tablet, 1 tablet twice daily", {"split": True}),
        ("oxycodone IR 10 mg tablet, 1 tablet every 6 hours", {"policy": "cdc_2022_shorter"}),
    ],
)
def test_steps_beyond_the_pace_of_the_source_are_said_in_the_words_of_the_check(line, options):
    found = report(line, **options)
    name = found.plan.request.courses[0].policy.id
    checked = check_plan(found.plan, policy=policy(name), table=CDC, as_of=date(2026, 12, 20))
    assert checked.held is not None
    assert checked.held.exceeding
    said = next(caution.text for caution in found.cautions if caution.code == "TAPER-129")
    assert said.startswith(exceeding_words(checked.held))
    assert excess_words(checked.held.exceeding[0].exceeds[0]) in said


def test_a_taper_within_the_pace_of_its_source_says_nothing_of_it():
    found = report("morphine 2 mg/mL solution, 10 mL every 6 hours")
    assert "TAPER-129" not in {caution.code for caution in found.cautions}


# --- a few days of use ---------------------------------------------------------------------------------------------


def test_after_a_few_days_of_use_the_step_after_the_half_dose_is_the_stop():
    found = report("oxycodone IR 10 mg tablet, 1 tablet every 6 hours", policy="brief_exposure_days")
    assert daily(found) == [20, 0]
    assert found.plan.steps[0].days == 2
    assert found.exit_code == 0


# --- the first and the last day of patches -------------------------------------------------------------------------


def test_a_plan_of_patches_begins_on_a_change_day_and_ends_with_the_old_patch_off():
    found = report("fentanyl patch 75 mcg/h every 72 hours")
    assert ON_A_CHANGE_DAY in found.plan.steps[0].notes
    assert all(ON_A_CHANGE_DAY not in step.notes for step in found.plan.steps[1:])
    said = text(found)
    assert "Take every old patch off, and put no new one on." in " ".join(card_html.page(found).split())
    assert "fentanyl: take the old patch off, and put no new one on" in " ".join(said.split())
    assert "begin on a day when the patch is due to be changed" in " ".join(said.split())


def test_tablets_have_no_change_day():
    found = report("oxycodone IR 10 mg tablet, 1 tablet every 6 hours")
    assert all(ON_A_CHANGE_DAY not in step.notes for step in found.plan.steps)
    assert "patch off" not in text(found)


# --- contact within long steps -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    ["fentanyl patch 75 mcg/h every 72 hours", "methadone 10 mg tablet, 1 tablet every 8 hours"],
)
def test_there_is_a_contact_every_month_and_a_week_after_each_step(line):
    found = report(line, reason="pain clinic supervises")
    contacts = sorted(each.last_day for each in found.checkpoints)
    assert all((later - one).days <= 31 for one, later in pairwise(contacts))
    for step in found.plan.steps[:-1]:
        if step.days > 28:
            week_after = step.first_day + timedelta(days=7)
            assert any(each.first_day <= week_after <= each.last_day for each in found.checkpoints)
