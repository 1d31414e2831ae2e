"""What holds of every trial: under its ceiling, every day once, enough to take, dates that move together."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

import medsteward
from medsteward.advice.plan.report import PlanReport
from medsteward.advice.saved.as_it_stands import replayed
from medsteward.advice.saved.revise import revised
from medsteward.advice.trial.asked import TrialOptions
from medsteward.advice.trial.decide import decided, measured
from medsteward.advice.trial.goals import goal_problem
from medsteward.advice.trial.measures import MEASURES
from medsteward.advice.trial.plan import report_again, trial
from medsteward.readers.plan.document import read_plan
from medsteward.schedules.avoid import avoided_days
from medsteward.schedules.event import Event, Pause
from medsteward.schedules.make import AFTER_DECISION_DAYS
from medsteward.schedules.step import Step
from medsteward.schedules.trial import Measure
from medsteward.treatments.exits import STOPS
from medsteward.treatments.index import TRIALS
from medsteward.treatments.trial import TrialDrug
from medsteward.writers.plan.document import document
from medsteward.writers.shared.json_text import pretty
from tests.counts import examples

CDC = medsteward.factor_table("cdc_2022")
DOSED = [each for each in TRIALS.values() if isinstance(each, TrialDrug)]
starts = st.dates(min_value=date(2026, 12, 1), max_value=date(2030, 12, 31))
patients = st.fixed_dictionaries(
    {"age": st.integers(18, 100)},
    optional={
        "egfr": st.integers(5, 120),
        "conditions": st.lists(
            st.sampled_from(["liver disease", "alcohol use", "heart failure", "diabetes", "fibromyalgia"]), max_size=2
        ),
    },
)


@st.composite
def trials(draw):
    declared = draw(st.sampled_from(DOSED))
    patient = draw(patients)
    start = draw(starts)
    given_options = {
        "drug": declared.id,
        "start": start,
        "goal": "walk 20 minutes",
        "baseline": (Measure("peg", Fraction(7)),),
        "label": draw(st.sampled_from(["us", "uk"])),
        "site": draw(st.sampled_from(["knee", "hand"])),
        "fill_days": draw(st.none() | st.integers(7, 30)),
    }
    case = medsteward.case_of(as_of=date(2026, 11, 1), patient=patient)
    return trial(case, TrialOptions(**given_options), table=CDC)


def steps_and_exit(found: PlanReport) -> list[Step]:
    assert found.plan is not None
    return [*found.plan.steps, *(found.exit.steps if found.exit is not None else ())]


@examples(150)
@given(found=trials())
def test_a_refusal_has_no_plan_and_a_plan_no_refusal(found):
    assert (found.plan is None) == (found.exit_code in (3, 4, 5))
    if found.plan is None:
        assert found.problems


@examples(150)
@given(found=trials())
def test_no_dose_is_above_the_ceiling_that_holds(found):
    if found.plan is None:
        return
    (most,) = [each.amount.value for each in found.ceilings if each.holds]
    assert most == min(each.amount.value for each in found.ceilings)
    assert all(step.total.value <= most for step in steps_and_exit(found))


@examples(150)
@given(found=trials())
def test_every_day_stands_once_from_the_first_dose_to_the_last_of_the_way_out(found):
    if found.plan is None:
        return
    steps = steps_and_exit(found)
    days = Counter(step.first_day + timedelta(days=n) for step in steps for n in range(step.days))
    whole = (steps[-1].last_day - steps[0].first_day).days + 1
    assert len(days) == whole
    assert set(days.values()) == {1}


def _is_covered_beyond(plan):
    """Whether the last fill reaches beyond the decision: a trial that ends without an exit taper, of no opioid."""
    made, course = plan.request.trial, plan.request.courses[0]
    return (
        made is not None
        and not made.sessions
        and course.policy.id == "ends_without_steps"
        and not course.tracks[0].drug_class.is_opioid_agonist
    )


@examples(150)
@given(found=trials())
def test_what_is_dispensed_is_what_is_taken_and_a_week_after_the_decision_where_no_taper_follows(found):
    if found.plan is None:
        return
    for plan in (found.plan, *([found.exit] if found.exit is not None else [])):
        needed: Counter[str] = Counter()
        for step in plan.steps:
            for dose in step.doses:
                assert sum(item.count * item.strength.value for item in dose.items) == dose.amount.value
                for item in dose.items:
                    needed[item.product] += item.count * step.days
        for dose in plan.steps[-1].doses if _is_covered_beyond(plan) else ():
            for item in dose.items:
                needed[item.product] += item.count * (1 + AFTER_DECISION_DAYS)
        dispensed: Counter[str] = Counter()
        for fill in plan.fills:
            dispensed[fill.product] += fill.quantity
        assert needed.keys() == dispensed.keys()
        assert all(0 <= dispensed[name] - needed[name] < 1 for name in needed)


@examples(150)
@given(found=trials())
def test_the_way_out_begins_on_the_day_of_the_decision_and_never_rises(found):
    if found.plan is None or found.exit is None:
        return
    fair = next(each for each in found.checkpoints if each.kind == "fair_trial")
    assert found.exit.first_day == fair.last_day == found.plan.last_day + timedelta(days=1)
    totals = [found.plan.steps[-1].total.value, *(step.total.value for step in found.exit.steps)]
    assert all(later < earlier for earlier, later in itertools.pairwise(totals))
    assert totals[-1] == 0
    if found.plan.request.courses[0].policy.id != STOPS.id and len(found.exit.steps) > 1:
        assert (found.exit.steps[-1].first_day - found.exit.first_day).days >= 14


@examples(60)
@given(data=st.data(), by=st.integers(1, 400))
def test_a_later_start_moves_everything_by_as_much(data, by):
    start = data.draw(starts)
    declared, patient = data.draw(st.sampled_from(DOSED)), data.draw(patients)
    case = medsteward.case_of(as_of=date(2026, 11, 1), patient=patient)

    def made(day: date) -> PlanReport:
        options = TrialOptions(
            declared.id, day, goal="walk 20 minutes", baseline=(Measure("peg", Fraction(7)),), site="knee"
        )
        return trial(case, options, table=CDC)

    one, other = made(start), made(start + timedelta(days=by))
    assert [each.code for each in one.problems] == [each.code for each in other.problems]
    if one.plan is None or other.plan is None:
        return
    moved = timedelta(days=by)
    assert [(s.first_day + moved, s.last_day + moved, s.doses) for s in steps_and_exit(one)] == [
        (s.first_day, s.last_day, s.doses) for s in steps_and_exit(other)
    ]
    assert [(c.kind, c.first_day + moved, c.last_day + moved) for c in one.checkpoints] == [
        (c.kind, c.first_day, c.last_day) for c in other.checkpoints
    ]


@examples(60)
@given(found=trials(), at=st.integers(0, 90), days=st.integers(1, 30))
def test_a_pause_moves_the_decision_by_its_days_and_no_dose(found, at, days):
    if found.plan is None or at >= (found.plan.last_day - found.plan.first_day).days:
        return
    first = found.plan.first_day + timedelta(days=at)
    event = Event(first, Pause(first, first + timedelta(days=days - 1)), "life")
    paused = report_again(revised(found.plan, event, CDC), first, CDC)
    assert paused.plan is not None
    assert [step.doses for step in paused.plan.steps] == [step.doses for step in found.plan.steps]
    for before, after in zip(found.checkpoints, paused.checkpoints, strict=True):
        assert before.kind == after.kind
        shift = timedelta(days=days if before.last_day >= first else 0)
        assert after.last_day == before.last_day + shift


@examples(40)
@given(found=trials(), peg=st.integers(0, 10))
def test_a_saved_trial_comes_back_exactly(found, peg):
    if found.plan is None:
        return
    kept, _ = measured(found.plan, [Measure("peg", Fraction(peg))], found.plan.first_day)
    written = pretty(document(report_again(kept, found.as_of, CDC)))
    saved, problems = read_plan(written.encode(), "plan.json")
    assert saved is not None
    assert not problems
    again = replayed(saved.plan, CDC)
    assert again == kept
    assert pretty(document(report_again(again, found.as_of, CDC))) == written


answers = st.dictionaries(st.sampled_from(list(MEASURES)), st.integers(0, 1) | st.integers(0, 10), max_size=5)


@examples(80)
@given(found=trials(), scores=answers, at=st.integers(0, 100))
def test_a_decision_always_has_a_reason_and_a_next_step(found, scores, at):
    if found.plan is None:
        return
    given_scores = [Measure(name, Fraction(value)) for name, value in scores.items()]
    day = found.plan.first_day + timedelta(days=at)
    kept, wrong = measured(found.plan, given_scores, day)
    if wrong:
        return
    made = decided(kept, day, CDC).decision
    assert made is not None
    assert all(made.because)
    assert all(made.consider)
    pain_only = not any(MEASURES[name].sort.value == "function" for name in scores)
    if (
        pain_only
        and not scores.keys() & {"activity", "goal"}
        and not scores.keys() & {"serious", "intolerable", "contraindication"}
    ):
        assert made.kind != "not_helping"


@given(goal=st.text(max_size=80))
def test_any_goal_is_read_without_an_error(goal):
    found = goal_problem(goal)
    assert found is None or found.code == "TRIAL-003"


def test_no_step_begins_on_a_day_to_avoid():
    case = medsteward.case_of(as_of=date(2026, 11, 1), patient={"age": 50, "egfr": 90})
    away = avoided_days("weekends")
    for declared in DOSED:
        options = TrialOptions(
            declared.id,
            date(2026, 12, 5),
            goal="walk 20 minutes",
            baseline=(Measure("peg", Fraction(7)),),
            site="knee",
            avoid="weekends",
        )
        found = trial(case, options, table=CDC)
        assert found.plan is not None
        assert not any(away(step.first_day) for step in steps_and_exit(found))
