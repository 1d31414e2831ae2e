"""Trials worked by hand: ramps, days, ceilings, refusals, decisions."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

import medsteward
from medsteward.advice.plan.report import PlanReport
from medsteward.advice.saved.revise import revised
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.plan import taper
from medsteward.advice.trial.asked import TrialOptions
from medsteward.advice.trial.decide import NotATrial, decided, measured
from medsteward.advice.trial.plan import report_again, trial
from medsteward.advice.trial.rhythm import rhythm
from medsteward.interactions.rule import Severity
from medsteward.reminders.reminder import Kind
from medsteward.schedules.dates import Interval
from medsteward.schedules.event import Event, Pause, Reverse, SlowTo
from medsteward.schedules.replay import NotPossible
from medsteward.schedules.step import StepKind
from medsteward.schedules.trial import Measure
from medsteward.treatments.index import TRIALS
from medsteward.treatments.pain import PainKind
from medsteward.treatments.trial import Undosed
from medsteward.writers.plan import table as plan_table

START, AS_OF = date(2026, 12, 7), date(2026, 12, 1)
CDC = medsteward.factor_table("cdc_2022")
PEG = Measure("PEG", Fraction(7))


def asked(drug: str, *sigs: str, patient: dict | None = None, **options) -> PlanReport:
    case = medsteward.case_of(*sigs, as_of=AS_OF, patient={"age": 50, "egfr": 90} if patient is None else patient)
    line = medsteward.case_of(drug, as_of=AS_OF).lines[0] if "," in drug else None
    given = {"drug": drug, "start": START, "goal": "walk 20 minutes", "baseline": (PEG,), "line": line, **options}
    return trial(case, TrialOptions(**given), table=CDC)


def stages(found: PlanReport) -> list[tuple[date, str]]:
    assert found.plan is not None
    return [(step.first_day, str(step.total)) for step in found.plan.steps]


def codes(found: PlanReport) -> set[str]:
    return {each.code for each in found.problems}


def holds(found: PlanReport) -> str:
    return str(next(each.amount for each in found.ceilings if each.holds))


def quantities(found: PlanReport) -> dict[str, int]:
    assert found.plan is not None
    return {each.product: int(each.quantity) for step in found.plan.steps for each in step.dispense}


# --- the examples ---


def test_duloxetine_has_its_ramp_its_days_and_its_counts():
    found = asked("duloxetine", pain=PainKind.NEUROPATHIC)
    assert found.exit_code == 0
    assert stages(found) == [(date(2026, 12, 7), "30 mg/d"), (date(2026, 12, 14), "60 mg/d")]
    days = {each.kind: each.last_day for each in found.checkpoints}
    assert days == {
        "safety_check": date(2026, 12, 21),
        "first_impression": date(2027, 1, 4),
        "fair_trial": date(2027, 2, 1),
    }
    assert quantities(found) == {"duloxetine DR 30 mg capsule": 7, "duloxetine DR 60 mg capsule": 49}
    assert found.plan is not None
    assert found.plan.last_day == date(2027, 1, 31)
    assert holds(found) == "60 mg/d"


def test_duloxetine_leaves_by_steps_from_the_day_of_the_decision():
    leaving = asked("duloxetine").exit
    assert leaving is not None
    assert leaving.first_day == date(2027, 2, 1)
    assert [str(step.total) for step in leaving.steps] == ["40 mg/d", "20 mg/d", "0 mg/d"]
    assert (leaving.steps[-1].first_day - leaving.first_day).days >= 14
    assert leaving.steps[-1].kind is StepKind.STOP


def test_duloxetine_beside_tramadol_is_a_serotonergic_finding():
    found = asked("duloxetine", "tramadol 50 mg tablet, 1 tablet every 6 hours")
    assert any("seroton" in each.rule.name and set(each.drugs) == {"tramadol", "duloxetine"} for each in found.findings)


def test_duloxetine_with_failing_kidneys_is_refused_with_the_reason():
    found = asked("duloxetine", patient={"age": 50, "egfr": 25})
    assert (found.plan, found.exit_code) == (None, 5)
    assert "below 30" in found.problems[0].text
    assert "eGFR 25" in found.problems[0].text


@pytest.mark.parametrize(
    ("label", "ceiling", "other"), [("us", "1,400 mg/d", "1,800 mg/d"), ("uk", "1,800 mg/d", "1,400 mg/d")]
)
def test_gabapentin_at_55_follows_the_label_and_names_the_other(label, ceiling, other):
    found = asked("gabapentin", patient={"age": 50, "crcl": 55}, label=label)
    assert holds(found) == ceiling
    said = next(each.text for each in found.cautions if each.code == "TRIAL-104")
    assert ceiling in said
    assert other in said
    assert stages(found)[-1][1] == ceiling


def test_a_knee_at_80_with_heart_failure_is_offered_the_gel_and_no_naproxen():
    patient = {"age": 80, "conditions": ["heart failure"]}
    gel = asked("topical diclofenac", patient=patient, site="knee")
    assert gel.exit_code == 0
    assert stages(gel) == [(START, "16 g/d")]
    assert holds(gel) == "16 g/d"
    assert "32 g/d" in gel.ceilings[0].words
    naproxen = asked("naproxen", patient=patient)
    assert naproxen.exit_code == 5
    assert "heart failure" in naproxen.problems[0].text


# --- required parts ---


@pytest.mark.parametrize(
    "goal", ["", "less pain", "reduce pain by 50%", "pain 3/10", "feel better", "pain-free life", "be more comfortable"]
)
def test_a_goal_that_is_no_task_is_answered_with_tasks(goal):
    found = asked("duloxetine", goal=goal)
    assert (found.plan, found.exit_code, codes(found)) == (None, 3, {"TRIAL-003"})
    assert "walk 20 minutes" in found.problems[0].text


@pytest.mark.parametrize(
    "goal", ["walk 20 minutes", "sit 90 min with one break", "hold my granddaughter", "bake bread"]
)
def test_a_task_is_a_goal(goal):
    assert asked("duloxetine", goal=goal).exit_code == 0


def test_a_baseline_is_required_and_answers_are_no_baseline():
    for baseline in ((), (Measure("sedation", Fraction(1)),)):
        found = asked("duloxetine", baseline=baseline)
        assert (found.exit_code, codes(found)) == (3, {"TRIAL-004"})


def test_every_question_comes_at_once():
    found = asked("topical diclofenac", goal="", baseline=())
    assert codes(found) == {"TRIAL-003", "TRIAL-004", "TRIAL-006"}


def test_the_neck_index_needs_its_base():
    assert codes(asked("duloxetine", baseline=(Measure("ndi", Fraction(20)),))) == {"TRIAL-004"}
    assert asked("duloxetine", baseline=(Measure("ndi", Fraction(20), "50"),)).exit_code == 0


# --- refusals and ceilings ---


@pytest.mark.parametrize(
    ("drug", "sigs", "patient", "because"),
    [
        ("naproxen", (), {"egfr": 25}, "below 30"),
        ("naproxen", (), {"conditions": ["recent coronary bypass"]}, "bypass"),
        ("naproxen", (), {"conditions": ["aspirin-sensitive asthma"]}, "aspirin"),
        ("nortriptyline", (), {"conditions": ["recent myocardial infarction"]}, "infarction"),
        ("low-dose naltrexone", ("oxycodone 5 mg tablet, 1 tablet every 6 hours",), {}, "opioid"),
        ("ldn", ("buprenorphine 8 mg sublingual tablet, 1 tablet daily",), {}, "opioid"),
        ("ldn", ("tramadol 50 mg tablet, 1 tablet every 6 hours",), {}, "opioid"),
        ("duloxetine", (), {"conditions": ["cirrhosis"]}, "liver"),
        ("duloxetine", ("phenelzine 15 mg tablet, 1 tablet 3 times daily",), {}, "MAO"),
        ("cyclobenzaprine", (), {"conditions": ["heart failure"]}, "heart failure"),
    ],
)
def test_what_rules_a_medicine_out_refuses_it(drug, sigs, patient, because):
    found = asked(drug, *sigs, patient={"age": 50, **patient})
    assert (found.plan, found.exit_code) == (None, 5)
    assert because.casefold() in " ".join(each.text for each in found.problems).casefold()


@pytest.mark.parametrize(
    ("drug", "patient", "options", "ceiling", "last"),
    [
        ("gabapentin", {"crcl": 60}, {}, "3,600 mg/d", "1,800 mg/d"),
        ("gabapentin", {"crcl": Decimal("59.9")}, {}, "1,400 mg/d", "1,400 mg/d"),
        ("gabapentin", {"crcl": 30}, {}, "700 mg/d", "700 mg/d"),
        ("gabapentin", {"crcl": 15}, {}, "300 mg/d", "300 mg/d"),
        ("gabapentin", {"crcl": Decimal("7.5")}, {}, "150 mg/d", "100 mg/d"),
        ("gabapentin", {"crcl": 80}, {"label": "uk"}, "3,600 mg/d", "1,800 mg/d"),
        ("gabapentin", {"crcl": 30}, {"label": "uk"}, "900 mg/d", "900 mg/d"),
        ("gabapentin", {"crcl": 20}, {"label": "uk"}, "600 mg/d", "600 mg/d"),
        ("gabapentin", {"crcl": 10}, {"label": "uk"}, "300 mg/d", "300 mg/d"),
        ("pregabalin", {"egfr": 45}, {}, "150 mg/d", "150 mg/d"),
        ("pregabalin", {"egfr": 20}, {}, "75 mg/d", "50 mg/d"),
        ("pregabalin", {"egfr": 10}, {}, "50 mg/d", "50 mg/d"),
        ("pregabalin", {"crcl": 45, "conditions": ["postherpetic neuralgia"]}, {}, "300 mg/d", "300 mg/d"),
        ("pregabalin", {"crcl": 45, "conditions": ["fibromyalgia"]}, {}, "225 mg/d", "200 mg/d"),
        ("pregabalin", {"crcl": 60}, {}, "300 mg/d", "300 mg/d"),
        ("venlafaxine", {"crcl": 90}, {}, "225 mg/d", "150 mg/d"),
        ("venlafaxine", {"crcl": 45}, {}, "112.5 mg/d", "75 mg/d"),
        ("venlafaxine", {"crcl": 20}, {}, "112.5 mg/d", "75 mg/d"),
        ("venlafaxine", {"crcl": 95, "child_pugh": "B"}, {}, "112.5 mg/d", "75 mg/d"),
        ("tramadol", {"age": 75, "crcl": 90}, {}, "300 mg/d", "200 mg/d"),
        ("tramadol", {"crcl": 90, "child_pugh": "C"}, {}, "100 mg/d", "100 mg/d"),
        ("gabapentin", {"crcl": 7}, {}, "140 mg/d", "100 mg/d"),
        ("acetaminophen", {"weight_kg": 40}, {}, "2,400 mg/d", "2,000 mg/d"),
        ("pregabalin", {"conditions": ["pain after shingles"]}, {}, "600 mg/d", "300 mg/d"),
        ("tramadol", {"crcl": 25}, {}, "200 mg/d", "100 mg/d"),
        ("tramadol", {"age": 76}, {}, "300 mg/d", "200 mg/d"),
        ("acetaminophen", {"conditions": ["liver disease"]}, {}, "2,000 mg/d", "2,000 mg/d"),
        ("topical diclofenac", {}, {"site": "wrist"}, "8 g/d", "8 g/d"),
        ("duloxetine", {"age": 82}, {}, "60 mg/d", "30 mg/d"),
    ],
)
def test_kidneys_age_liver_and_joint_set_the_ceiling(drug, patient, options, ceiling, last):
    found = asked(drug, patient={"age": 50, **patient}, **options)
    assert found.exit_code == 0, [each.text for each in found.problems]
    assert (holds(found), stages(found)[-1][1]) == (ceiling, last)


def test_kidneys_too_weak_for_any_dose_refuse():
    assert codes(asked("gabapentin", patient={"age": 50, "crcl": 3})) == {"TRIAL-008"}


def test_a_stage_that_does_not_tell_is_asked_about():
    assert codes(asked("gabapentin", patient={"age": 50, "conditions": ["ckd"]})) == {"TRIAL-006"}
    assert asked("gabapentin", patient={"age": 50, "conditions": ["ckd stage 3a"]}).exit_code == 0


def test_older_people_begin_lower_and_slower():
    assert stages(asked("duloxetine", patient={"age": 70})) == [(START, "30 mg/d"), (date(2026, 12, 21), "60 mg/d")]
    assert stages(asked("gabapentin", patient={"age": 70}))[0] == (START, "100 mg/d")
    assert stages(asked("gabapentin", patient={"age": 70, "crcl": 25}))[0] == (START, "100 mg/d")
    assert stages(asked("gabapentin", patient={"age": 70, "crcl": 45}))[0] == (START, "200 mg/d")


def test_the_gel_has_no_dose_for_the_spine():
    for site in ("spine", "hip", "shoulder"):
        assert codes(asked("topical diclofenac", site=site)) == {"TRIAL-006"}


def test_tramadol_climbs_as_its_label_says():
    found = asked("tramadol")
    assert [total for _, total in stages(found)] == [f"{n} mg/d" for n in (25, 50, 75, 100, 150, 200)]
    assert {(later - first).days for (first, _), (later, _) in zip(stages(found), stages(found)[1:], strict=False)} == {
        3
    }
    kinds = {each.kind for each in found.reminders}
    assert {Kind.NALOXONE, Kind.BOWEL_REGIMEN, Kind.REASSESS} <= kinds
    assert found.exit is not None
    assert (found.exit.steps[-1].first_day - found.exit.first_day).days >= 14


def test_medicines_without_a_dose_have_their_dates():
    for each in TRIALS.values():
        if isinstance(each, Undosed):
            found = asked(each.id)
            assert (found.plan, found.exit_code, codes(found)) == (None, 4, {"TRIAL-007"})
            assert [one.kind for one in found.checkpoints] == ["safety_check", "first_impression", "fair_trial"]


def test_figures_from_memory_say_so():
    assert any("needs a second source" in each.text for each in asked("low-dose naltrexone").cautions)


def test_migraine_is_referred():
    assert codes(asked("amitriptyline", pain=PainKind.MIGRAINE)) == {"TRIAL-002"}


def test_children_are_not_planned_for():
    assert asked("gabapentin", patient={"age": 12}).exit_code == 5


def test_a_contraindicated_pair_refuses_even_where_no_option_names_it():
    found = asked("tramadol", "phenelzine 15 mg tablet, 1 tablet 3 times daily")
    assert found.exit_code == 5
    assert all(each.severity is not Severity.NONE for each in found.findings)


# --- opioids for a time, and before therapy ---

OXYCODONE = "oxycodone IR 5 mg tablet, 1 tablet every 6 hours"


def test_an_opioid_has_days_a_target_naloxone_bowels_and_a_way_out():
    found = asked(OXYCODONE, days=5)
    assert found.exit_code == 0
    assert found.plan is not None
    assert (found.plan.last_day, str(found.plan.steps[0].mme)) == (date(2026, 12, 11), "30 MME/d")
    assert quantities(found) == {"oxycodone hydrochloride 5 mg tablet": 20}
    assert {Kind.NALOXONE, Kind.BOWEL_REGIMEN, Kind.REASSESS} <= {each.kind for each in found.reminders}
    assert found.exit is not None
    assert found.exit.first_day == date(2026, 12, 12)
    assert found.exit.request.courses[0].policy.id == "brief_exposure_days"


def test_a_longer_opioid_trial_is_reassessed_every_four_weeks():
    found = asked(OXYCODONE, days=84)
    assert [each.last_day for each in found.checkpoints if each.kind == "reassess"] == [
        date(2027, 1, 4),
        date(2027, 2, 1),
    ]


@pytest.mark.parametrize(
    ("drug", "options", "exit_code"),
    [
        (OXYCODONE, {}, 3),
        (OXYCODONE, {"days": 91}, 5),
        ("oxycodone ER 10 mg tablet, 1 tablet every 12 hours", {"days": 5}, 5),
        ("fentanyl patch 25 mcg/h, every 3 days", {"days": 9}, 5),
    ],
)
def test_opioids_without_an_end_or_long_acting_are_not_begun(drug, options, exit_code):
    found = asked(drug, **options)
    assert (found.plan, found.exit_code) == (None, exit_code)


def test_before_therapy_it_is_taken_for_two_weeks_and_then_less():
    sessions = (date(2026, 12, 8), date(2026, 12, 9), date(2026, 12, 20), date(2026, 12, 21), date(2027, 1, 5))
    found = asked("acetaminophen", sessions=sessions)
    assert found.plan is not None
    taken = {day: found.plan.on(day) for day in sessions}
    assert [str(step.total) for step in taken.values() if step] == ["650 mg/d"] * 3 + ["325 mg/d"] * 2
    assert all(dose.time.value == "before therapy" for step in taken.values() if step for dose in step.doses)
    others = [step for step in found.plan.steps if step.first_day not in sessions]
    assert all(not step.total.value for step in others)
    assert (
        quantities(found) == {"acetaminophen 325 mg tablet": 1}
        or sum(each.quantity for step in found.plan.steps for each in step.dispense) == 8
    )


def test_sessions_outside_the_six_weeks_and_other_medicines_are_asked_about():
    assert codes(asked("acetaminophen", sessions=(date(2026, 12, 1),))) == {"TRIAL-006"}
    assert codes(asked("acetaminophen", sessions=(date(2027, 1, 18),))) == {"TRIAL-006"}
    assert codes(asked("duloxetine", sessions=(date(2026, 12, 8),))) == {"TRIAL-006"}


# --- what happens to it ---


def test_a_pause_lengthens_the_dose_in_force_and_moves_every_day_after_it():
    plan = asked("duloxetine").plan
    assert plan is not None
    paused = revised(plan, Event(date(2026, 12, 10), Pause(date(2026, 12, 10), date(2026, 12, 16)), "cold"), CDC)
    assert [step.days for step in paused.steps] == [14, 49]
    found = report_again(paused, AS_OF, CDC)
    assert [each.last_day for each in found.checkpoints] == [date(2026, 12, 28), date(2027, 1, 11), date(2027, 2, 8)]
    assert found.exit is not None
    assert found.exit.first_day == date(2027, 2, 8)


def test_pauses_that_overlap_move_the_checks_once_for_each_day():
    plan = asked("duloxetine").plan
    assert plan is not None
    for first, last in ((10, 16), (12, 18)):  # 9 days together
        plan = revised(plan, Event(date(2026, 12, 10), Pause(date(2026, 12, first), date(2026, 12, last)), "cold"), CDC)
    days = [each.last_day for each in report_again(plan, AS_OF, CDC).checkpoints]
    assert days == [date(2026, 12, 30), date(2027, 1, 13), date(2027, 2, 10)]


def test_a_late_pause_leaves_earlier_days():
    plan = asked("duloxetine").plan
    assert plan is not None
    paused = revised(plan, Event(date(2027, 1, 10), Pause(date(2027, 1, 10), date(2027, 1, 12)), "travel"), CDC)
    days = [each.last_day for each in report_again(paused, AS_OF, CDC).checkpoints]
    assert days == [date(2026, 12, 21), date(2027, 1, 4), date(2027, 2, 4)]


def test_going_back_keeps_the_day_of_the_decision():
    plan = asked("duloxetine").plan
    assert plan is not None
    back = revised(plan, Event(date(2026, 12, 28), Reverse(), "too drowsy"), CDC)
    assert [(str(step.total), step.days) for step in back.steps] == [("30 mg/d", 7), ("60 mg/d", 14), ("30 mg/d", 35)]
    assert back.last_day == plan.last_day
    with pytest.raises(NotPossible, match="lowest dose"):
        revised(plan, Event(date(2026, 12, 10), Reverse(), "drowsy"), CDC)
    with pytest.raises(NotPossible, match="percentage"):
        revised(plan, Event(date(2026, 12, 10), SlowTo(Fraction(5), Interval(days=56))), CDC)


# --- decisions ---


def decision(on: date = date(2027, 2, 1), drug: str = "duloxetine", **scores: object) -> PlanReport:
    plan = asked(drug, pain=PainKind.NEUROPATHIC, baseline=(PEG, Measure("nrs", Fraction(6)))).plan
    assert plan is not None
    given = [Measure(name, Fraction(str(value))) for name, value in scores.items()]
    kept, wrong = measured(plan, given, on)
    assert not wrong
    return decided(kept, on, CDC)


@pytest.mark.parametrize(
    ("scores", "kind"),
    [
        ({"peg": 4}, "helping"),
        ({"peg": "4.9"}, "helping"),
        ({"peg": 5}, "not_helping"),
        ({"nrs": 4}, "helping"),
        ({"goal": 1}, "helping"),
        ({"peg": 4, "sedation": 1}, "helping"),
        ({"peg": 6, "sedation": 1}, "sedation_without_activity"),
        ({"sedation": 1}, "sedation_without_activity"),
        ({"peg": 7, "activity": 0}, "not_helping"),
        ({"nrs": 6}, "measure_function"),
        ({"nrs": 8}, "measure_function"),
        ({"nrs": 8, "goal": 0}, "not_helping"),
        ({}, "measure_function"),
        ({"peg": 3, "serious": 1}, "end_now"),
        ({"peg": 3, "intolerable": 1}, "intolerable"),
        ({"contraindication": 1}, "contraindicated"),
    ],
)
def test_the_rules_decide_and_always_name_a_next_step(scores, kind):
    found = decision(**scores)
    assert found.decision is not None
    assert found.decision.kind == kind
    assert found.decision.because
    assert found.decision.consider


def test_a_success_offers_the_lowest_dose_that_keeps_it():
    found = decision(peg=4)
    assert found.decision is not None
    assert "60 mg/d, then 30 mg/d" in found.decision.consider[0]
    assert '--target "30 mg"' in (found.alternatives[0].command or "")


def test_not_helping_names_the_way_out_and_what_else_fits():
    found = decision(peg=7)
    assert found.decision is not None
    said = " ".join(found.decision.consider)
    assert "2027-02-01" in said
    assert "gabapentin" in said
    assert "duloxetine" not in said


def test_nausea_in_the_second_week_is_no_failure():
    found = decision(on=date(2026, 12, 20), nausea=1)
    assert found.decision is not None
    assert found.decision.kind == "go_on"
    assert any("nausea" in each for each in found.decision.because)


def test_a_taper_is_not_decided():
    case = medsteward.case_of("duloxetine 60 mg capsule, 1 capsule daily", as_of=AS_OF, patient={"age": 50})
    plan = taper(case, TaperOptions(start=START, because="patient-wish"), table=CDC).plan
    assert plan is not None
    with pytest.raises(NotATrial):
        decided(plan, START, CDC)


# --- the clinic's rhythm ---


def test_the_rhythm_has_its_weeks():
    found = rhythm(medsteward.case_of(as_of=AS_OF), START, "walk 20 minutes", (PEG,))
    assert [(each.kind, (each.last_day - START).days) for each in found.checkpoints] == [
        ("week_1", 7),
        ("weeks_2_to_4", 28),
        ("weeks_4_to_6", 42),
        ("weeks_8_to_12", 84),
    ]
    assert found.exit_code == 0
    assert rhythm(medsteward.case_of(as_of=AS_OF), START, "less pain", ()).exit_code == 3


# --- supply over the decision, and what is offered beside it ---


@pytest.mark.parametrize(
    ("drug", "last_fill"),
    [
        ("naproxen", date(2026, 12, 28)),  # decided on 21 December, and seven days more
        ("acetaminophen", date(2026, 12, 28)),
        ("meloxicam", date(2026, 12, 28)),
        ("cyclobenzaprine", date(2026, 12, 27)),  # 21 days in all: its label goes no further
        ("lidocaine patch", date(2027, 1, 4)),
    ],
)
def test_the_last_fill_covers_the_day_of_the_decision_and_a_week_more_where_no_exit_taper_follows(drug, last_fill):
    found = asked(drug)
    assert found.plan is not None
    decision = max(each.last_day for each in found.checkpoints)
    assert max(fill.last_day for fill in found.plan.fills) == last_fill == decision + timedelta(days=7)
    assert found.plan.last_day == decision - timedelta(days=1)


@pytest.mark.parametrize("drug", ["duloxetine", "gabapentin", "nortriptyline", "baclofen", "milnacipran"])
def test_an_exit_taper_is_dispensed_from_the_day_of_the_decision_on(drug):
    found = asked(drug)
    assert found.exit is not None
    assert min(fill.first_day for fill in found.exit.fills) == max(each.last_day for each in found.checkpoints)


def test_an_opioid_is_not_dispensed_beyond_its_course():
    found = asked("oxycodone IR 5 mg tablet, 1 tablet every 6 hours", days=5)
    assert found.plan is not None
    assert max(fill.last_day for fill in found.plan.fills) == found.plan.last_day


def test_supportive_care_holds_what_is_offered_and_notes_are_to_know():
    text = plan_table.text(asked("naproxen"))
    offered, known = text.split("Supportive care")[1].split("To know")
    assert "ramp, not a switch" in offered
    assert "Dispensed to last" not in offered
    assert "Dispensed to last until 2026-12-28" in known
    assert "4 weeks are a fair trial" in known


@pytest.mark.parametrize(
    ("drug", "because"),
    [
        ("carbamazepine", "no product"),
        ("topiramate", "no product"),
        ("desipramine", "first dose"),
        ("tizanidine", "never stopped suddenly"),
    ],
)
def test_what_cannot_be_tried_is_refused_with_its_reason(drug, because):
    found = asked(drug)
    assert found.plan is None
    assert because in found.problems[0].text


@pytest.mark.parametrize(
    ("drug", "patient", "ceiling", "last"),
    [
        ("celecoxib", {}, "200 mg/d", "200 mg/d"),
        ("celecoxib", {"child_pugh": "B"}, "100 mg/d", "100 mg/d"),
        ("meloxicam", {}, "15 mg/d", "7.5 mg/d"),
        ("baclofen", {}, "40 mg/d", "30 mg/d"),
        ("baclofen", {"crcl": 45}, "20 mg/d", "10 mg/d"),
        ("methocarbamol", {}, "4,500 mg/d", "4,500 mg/d"),
        ("milnacipran", {}, "200 mg/d", "100 mg/d"),
        ("milnacipran", {"crcl": 20}, "100 mg/d", "50 mg/d"),
    ],
)
def test_medicines_that_no_list_offers_are_tried_within_their_limits(drug, patient, ceiling, last):
    answers = (("ddc-210", "asked nephrology"), ("ddc-215", "asked hepatology"))
    found = asked(drug, patient={"age": 50, "crcl": 90, **patient}, answers=answers)
    assert found.exit_code == 0, [each.text for each in found.problems]
    assert (holds(found), stages(found)[-1][1]) == (ceiling, last)


@pytest.mark.parametrize("weeks", [None, 22])
def test_an_nsaid_is_asked_about_from_week_20_and_where_the_week_is_not_stated(weeks):
    patient = {"age": 30, "egfr": 90, "pregnant": True, "gestational_weeks": weeks}
    found = asked("naproxen", patient=patient)
    assert (found.plan, codes(found)) == (None, {"TRIAL-011"})
    assert codes(asked("naproxen", patient={**patient, "gestational_weeks": 31})) >= {"TRIAL-001"}


def test_dialysis_is_spoken_of_in_a_trial():
    found = asked("gabapentin", patient={"age": 50, "crcl": 10, "conditions": ["ckd stage 5"]})
    assert any("125 mg more after each dialysis" in each.text for each in found.cautions)


@pytest.mark.parametrize("drug", ["etodolac", "metaxalone", "orphenadrine", "ketorolac"])
def test_a_medicine_of_the_limits_without_a_trial_is_refused_with_where_its_limits_are(drug):
    found = asked(drug)
    assert codes(found) == {"TRIAL-005"}
    assert f"medsteward doses show {drug}" in found.problems[0].text
