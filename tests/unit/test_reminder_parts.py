"""The small parts of reminders: durations, what was done, kidneys, what speaks against an option."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from attrs import evolve

from medsteward.advice.case.mme import mme_per_day
from medsteward.advice.case.remind import day_mme, recommendations_for, reminders_for
from medsteward.model.amount import Amount
from medsteward.model.missing import KIDNEY
from medsteward.model.regimen import Case, Patient
from medsteward.model.source import Standing
from medsteward.model.unit import Unit
from medsteward.patient.kidneys import kidney_of
from medsteward.patient.picture import Picture
from medsteward.readers.case.table import read_case
from medsteward.reminders import monitoring, naloxone, places
from medsteward.reminders.days import after, before, in_words, shorter
from medsteward.reminders.done import read_done
from medsteward.reminders.remind import remind
from medsteward.reminders.reminder import Kind, Reminder, ReminderStatus
from medsteward.reminders.risks import LEVELS, Risk
from medsteward.tables.load import factor_table
from medsteward.treatments import laxatives
from medsteward.treatments.against import Against, Effect, weigh

DAY = date(2026, 1, 25)


@pytest.mark.parametrize(
    ("day", "duration", "later"),
    [
        (date(2026, 1, 31), "P1M", date(2026, 2, 28)),
        (date(2026, 11, 30), "P3M", date(2027, 2, 28)),
        (date(2028, 2, 29), "P1Y", date(2029, 2, 28)),
        (date(2026, 12, 31), "P2W", date(2027, 1, 14)),
        (date(2026, 1, 1), "P90D", date(2026, 4, 1)),
        (date(2026, 12, 15), "P12M", date(2027, 12, 15)),
        (date.max, "P1D", date.max),
        (date(9999, 6, 1), "P1Y", date.max),
    ],
)
def test_a_duration_after_a_day(day, duration, later):
    assert after(day, duration) == later


@pytest.mark.parametrize("text", ["", "P", "3M", "P0D", "PT1H", "P1M2D", "P-1D", "p1d"])
def test_other_durations_are_refused(text):
    with pytest.raises(ValueError, match="duration"):
        after(DAY, text)


def test_days_before():
    assert before(date(2026, 6, 30), 60) == date(2026, 5, 1)
    assert before(date.min, 1) == date.min


def test_durations_in_words():
    assert (in_words("P1Y"), in_words("P3M"), in_words("P2W")) == ("every year", "every 3 months", "every 2 weeks")
    assert shorter("P3M", "P2W") == "P2W"


@pytest.mark.parametrize(
    ("due", "settled", "status"),
    [
        (date(2026, 1, 24), False, ReminderStatus.OVERDUE),
        (DAY, False, ReminderStatus.DUE),
        (date(2026, 1, 26), False, ReminderStatus.COMING),
        (date(2020, 1, 1), True, ReminderStatus.SETTLED),
    ],
)
def test_status(due, settled, status):
    found = Reminder(Kind.PDMP, due, ("x",), "y", (places.OURS,), settled=settled)
    assert found.status(DAY) is status


def test_a_reminder_needs_a_reason_and_a_source():
    with pytest.raises(ValueError, match="reasons"):
        Reminder(Kind.PDMP, DAY, (), "y", (places.OURS,))
    with pytest.raises(ValueError, match="sources"):
        Reminder(Kind.PDMP, DAY, ("x",), "y", ())


# --- done -------------------------------------------------------------------------------------------------------


def test_two_names_of_one_thing_keep_the_later_day():
    case = Case(DAY, done=(("naloxone", date(2025, 1, 1)), ("naloxone_on_hand", True), ("Naloxone", date(2025, 2, 1))))
    assert read_done(case).of(Kind.NALOXONE) == date(2025, 2, 1)


def test_false_is_not_done():
    done = read_done(Case(DAY, done=(("pdmp", False),)))
    assert done.of(Kind.PDMP) is None
    assert done.denies(Kind.PDMP)


def test_an_expiry_is_a_day():
    done = read_done(Case(DAY, done=(("naloxone_expires", True),)))
    assert [each.code for each in done.problems] == ["CASE-002"]
    later = read_done(Case(DAY, done=(("naloxone_expires", date(2027, 1, 1)),)))
    assert not later.problems
    assert not later.cautions


# --- kidneys ----------------------------------------------------------------------------------------------------


def test_the_lower_of_two_figures_counts():
    kidney = kidney_of(Patient(egfr=Fraction(55), crcl=Fraction(61)))
    assert kidney is not None
    assert kidney.is_below(60)
    assert str(kidney) == "eGFR 55"


def test_cockcroft_and_gault():
    woman = Patient(age=80, sex="female", weight_kg=Fraction(60), creatinine_mg_dl=Fraction("1.2"))
    kidney = kidney_of(woman)
    assert kidney is not None
    assert kidney.low == Fraction(60 * 60 * 85, 72 * 100) / Fraction("1.2")
    assert kidney_of(evolve(woman, sex=" Woman ")) == kidney
    assert kidney_of(Patient(age=80, weight_kg=Fraction(60), creatinine_mg_dl=Fraction("1.2"))) is None


@pytest.mark.parametrize(
    ("condition", "below_60", "below_30", "up_to_30"),
    [
        ("CKD 4", True, True, True),
        ("ckd 3b", True, False, False),
        ("ckd", True, None, None),
        ("ckd 2", False, False, False),
    ],
)
def test_a_stage_is_a_range(condition, below_60, below_30, up_to_30):
    case = read_case({"patient": {"conditions": [condition]}}, as_of=DAY)
    kidney = kidney_of(case.patient)
    assert kidney is not None
    assert (kidney.is_below(60), kidney.is_below(30)) == (below_60, below_30)
    assert kidney.is_up_to(30) is up_to_30 or condition == "ckd 3b"


# --- what speaks against ----------------------------------------------------------------------------------------


def test_every_test_of_a_rule_must_hold():
    rule = Against(Effect.BLOCKS, "x", places.OURS, conditions=("heart failure",), age_from=80)
    case = read_case({"patient": {"age": 80, "conditions": ["heart failure"]}}, as_of=DAY)
    assert weigh((rule,), Picture(case)).is_blocked
    younger = read_case({"patient": {"age": 79, "conditions": ["heart failure"]}}, as_of=DAY)
    assert not weigh((rule,), Picture(younger)).found


def test_unknown_kidneys_are_asked_for_only_where_the_rest_holds():
    rule = Against(Effect.LOWERS, "x", places.OURS, conditions=("heart failure",), kidney_below=30)
    assert weigh((rule,), Picture(Case(DAY))).unknown == ()
    patient = Patient(conditions=("heart failure",))
    assert weigh((rule,), Picture(Case(DAY, patient=patient))).unknown == (KIDNEY,)


def test_what_rules_out_comes_first():
    rules = (
        Against(Effect.CAUTION, "c", places.OURS, conditions=("copd",)),
        Against(Effect.BLOCKS, "b", places.OURS, conditions=("copd",)),
    )
    found = weigh(rules, Picture(Case(DAY, patient=Patient(conditions=("copd",))))).found
    assert [each.text for each in found] == ["b", "c"]


# --- the picture ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sig", "topical"),
    [
        ("diclofenac 1% gel 4 g four times daily", True),
        ("Voltaren Arthritis Pain gel 4 g four times daily", True),
        ("diclofenac 50 mg twice daily", False),
        ("fentanyl patch 25 mcg/h every 3 days", False),
    ],
)
def test_topical_is_not_oral(sig, topical):
    picture = Picture(read_case({"medications": [{"sig": sig}]}, as_of=DAY))
    assert [each.is_topical for each in picture.taken] == [topical]


@pytest.mark.parametrize(
    ("sig", "name"),
    [
        ("aspirin 81 mg daily", "antiplatelet"),
        ("aspirin 325 mg daily", "antiplatelet"),
        ("aspirin 325 mg 2 tablets four times daily", "NSAID"),
        ("aspirin 81 mg", "antiplatelet"),
        ("aspirin 81 mg tablet", "antiplatelet"),
        ("aspirin 500 mg", "NSAID"),
        ("aspirin", "NSAID"),
    ],
)
def test_low_dose_aspirin_is_an_antiplatelet(sig, name):
    picture = Picture(read_case({"medications": [{"sig": sig}]}, as_of=DAY))
    assert [each.drug_class.value for each in picture.taken] == [name]


def test_mme_of_another_unit_is_refused():
    with pytest.raises(TypeError, match="MME/d"):
        remind(Case(DAY), mme=Amount(Fraction(50), Unit.MG_PER_D))


# --- with the MME counted -----------------------------------------------------------------------------------------


def test_reminders_with_the_day_counted():
    case = read_case({"medications": [{"sig": "oxycodone 10 mg tablet, 2 tablets 3 times daily"}]}, as_of=DAY)
    found = reminders_for(case, table=factor_table("cdc_2022"))
    naloxone_found = found.of(Kind.NALOXONE)
    assert naloxone_found is not None
    assert any("90 MME/d" in why for why in naloxone_found.because)
    assert recommendations_for(case, table=factor_table("cdc_2022"))[3].applies.value == "yes"


def test_a_day_without_a_figure_is_not_known():
    case = read_case({"medications": [{"sig": "Belbuca 300 mcg film twice daily"}]}, as_of=DAY)
    assert day_mme(mme_per_day(case, table=factor_table("cdc_2022"))) == (None, True)
    found = reminders_for(case, table=factor_table("cdc_2022"))
    assert any("day's MME" in text for text in found.unknown)


# --- the declarations -------------------------------------------------------------------------------------------


def test_each_risk_is_in_one_stratum_at_most():
    found = [risk for level in LEVELS for risk in level.risks]
    assert len(found) == len(set(found))
    assert set(naloxone.REASONS) <= set(Risk)


def test_every_source_has_a_place_or_is_ours():
    for agent in laxatives.AGENTS:
        for point in agent.treatment.laxative_points(agent.laxative):
            assert point.source.citation
            assert point.source.where
    for point in (*naloxone.PRODUCTS, *naloxone.HOUSEHOLD, *monitoring.UDT_POINTS):
        assert point.source.where


def test_what_is_written_from_memory_says_so():
    assert places.practice("x").standing is Standing.RECALLED
    assert places.recalled(places.CDC_2022, "x").standing is Standing.RECALLED
    assert places.secondary(places.CDC_2022, "x").standing is Standing.SECONDARY
