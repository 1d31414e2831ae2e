"""Days without the opioid: what counts, from when to call, from when the plan no longer holds."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medsteward.model.source import Standing
from medsteward.schedules.event import Event, Pause, Taken
from medsteward.schedules.missed import CALL_FROM, ENDS_FROM, missed_days, missed_in
from medsteward.schedules.plan import WhenStuck
from tests import build

DAY = date(2027, 3, 1)


def taken(*offsets, amount=0):
    return [Event(DAY, Taken(DAY + timedelta(days=each), Fraction(amount))) for each in offsets]


def runs(events, *drugs):
    return [(run.days, run.call, run.ends) for run in missed_days(events, drugs=drugs or ("morphine",))]


@pytest.mark.parametrize(
    ("days", "drug", "call", "ends"),
    [
        (1, "morphine", False, False),
        (2, "morphine", True, False),
        (4, "morphine", True, False),
        (5, "morphine", True, True),
        (9, "morphine", True, True),
        (1, "methadone", False, False),
        (2, "methadone", True, False),
        (3, "methadone", True, True),
    ],
)
def test_limits(days, drug, call, ends):
    assert runs(taken(*range(days)), drug) == [(days, call, ends)]


def test_the_stricter_limit_of_several_opioids_holds():
    assert runs(taken(0, 1, 2), "oxycodone", "methadone") == [(3, True, True)]


def test_the_plan_ends_on_the_day_the_limit_is_reached():
    (run,) = missed_days(taken(*range(8)), drugs=("morphine",))
    assert (run.first_day, run.ends_on, run.last_day) == (DAY, DAY + timedelta(days=4), DAY + timedelta(days=7))


def test_days_that_were_taken_or_not_reported_part_the_runs():
    assert runs([*taken(0, 1), *taken(2, amount=30), *taken(3, 5)]) == [
        (2, True, False),
        (1, False, False),
        (1, False, False),
    ]


def test_the_last_report_of_a_day_counts():
    assert runs([*taken(0, 1), *taken(1, amount=30)]) == [(1, False, False)]


def test_some_is_not_nothing_and_other_events_are_not_reports():
    assert runs([*taken(0, 1, 2, 3, 4, amount=1), Event(DAY, Pause(DAY, DAY))]) == []


def test_one_day_is_not_spoken_of():
    (run,) = missed_days(taken(0), drugs=("morphine",))
    assert run.consider == ""
    assert run.caution is None


def test_words_offer_and_name_naloxone_and_lost_tolerance():
    (call,) = missed_days(taken(0, 1), drugs=("morphine",))
    (ends,) = missed_days(taken(*range(5)), drugs=("morphine",))
    assert call.caution is not None
    assert ends.caution is not None
    assert (call.caution.code, ends.caution.code) == ("TAPER-111", "TAPER-112")
    assert "naloxone" in call.consider
    assert "not made up for" in call.consider
    assert "tolerance may be lost" in ends.consider
    assert "naloxone" in ends.consider
    assert ends.sources[0].standing is Standing.OURS


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 2)), max_size=25))
def test_runs_cover_the_days_reported_as_nothing_and_do_not_touch(reports):
    events = [event for offset, amount in reports for event in taken(offset, amount=amount)]
    nothing = {DAY + timedelta(days=offset) for offset, amount in dict(reports).items() if amount == 0}
    found = missed_days(events, drugs=("morphine",))
    covered = [run.first_day + timedelta(days=n) for run in found for n in range(run.days)]
    assert sorted(covered) == sorted(nothing)
    for one, other in pairwise(found):
        assert (other.first_day - one.last_day).days > 1
    assert all(run.call is (run.days >= CALL_FROM) and run.ends is (run.days >= ENDS_FROM) for run in found)


# --- of a plan ------------------------------------------------------------------------------------------------------

START = date(2027, 1, 4)


def plan_of(*sigs, **options):
    return build.plan_of(build.tapered(*sigs, as_of=START, **options))


def missed_of(plan, *days):
    events = [Event(day, Taken(day, Fraction(0))) for day in days]
    return [run.days for run in missed_in(plan.course_of, plan.steps, events)]


def test_days_of_another_course_and_after_the_last_dose_are_not_missed_opioid_days():
    plan = plan_of(
        "hydrocodone/acetaminophen 5/325 mg tablet, 1 tablet twice daily",
        "lorazepam 1 mg tablet, 1 tablet twice daily",
        first="hydrocodone",
        because="other",
        reason="agreed with all prescribers",
        split=True,
        when_stuck=WhenStuck.SMALLEST_STEP,
    )
    opioid = [step for step in plan.steps if step.course == 0]
    last_dose = max(
        step.last_day for step in opioid if any(d.drug == "hydrocodone" and d.amount.value for d in step.daily)
    )
    assert missed_of(plan, START, START + timedelta(days=1)) == [2]
    after = [last_dose + timedelta(days=n) for n in range(1, 8)]
    assert missed_of(plan, *after) == []
    assert missed_of(plan, last_dose, *after) == [1]


def test_a_plan_without_an_opioid_has_none():
    plan = plan_of("lorazepam 1 mg tablet, 1 tablet twice daily", split=True)
    assert missed_of(plan, *(START + timedelta(days=n) for n in range(6))) == []
