"""The calendar of a plan with days without a dose, read by every reader that reads the calendars of plans."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from icalendar import Calendar

from medsteward.readers.plan.words import last_days_of
from medsteward.schedules.plan import WhenStuck
from medsteward.writers.plan.ics import calendar_bytes, days_of, history
from tests.build import plan_of, tapered, there
from tests.unit.test_plan_calendar import ZONES, Khal, needs_khal, needs_node, read_by_node

SLEEP = {"age": 58, "indication": "chronic pain", "conditions": ["insomnia"]}
PLANS = {
    "nights": tapered("zolpidem IR 5 mg tablet, 1 tablet at bedtime", patient=SLEEP),
    "days between": tapered(
        "oxycodone IR 5 mg tablet, 1 tablet twice daily",
        last_days=last_days_of("every-2nd,every-3rd"),
        when_stuck=WhenStuck.SMALLEST_STEP,
    ),
    # 02:00 of a night is on the day after it
    "in the night": tapered(
        "zolpidem IR 5 mg tablet, 1 tablet at 02:00", patient=SLEEP, last_days=last_days_of("sun,mon")
    ),
}


def doses_of(plan):
    """The start of every dose, by the days of the plan alone."""
    return sorted(
        datetime.combine(step.first_day + timedelta(days=n + dose.time.hour // 24), time(dose.time.hour % 24))
        for step in plan.steps
        for dose in step.doses
        for n in range(step.days)
        if dose.days.is_on(step.first_day + timedelta(days=n), step.first_day)
    )


def rules_of(data):
    """The rules by which entries recur."""
    return (event["rrule"] for event in Calendar.from_ical(data).walk("VEVENT") if "rrule" in event)


@pytest.fixture(params=sorted(PLANS))
def planned(request):
    return PLANS[request.param]


def test_the_days_of_its_entries_are_those_with_a_dose(planned):
    timed = [each.entry for each in history(planned, doses=True) if each.entry.at is not None]
    assert len({each.key for each in timed}) == len(timed)
    found = sorted(datetime.combine(day, there(entry.at)) for entry in timed for day in days_of(entry))
    assert found == doses_of(plan_of(planned))


def test_each_night_of_the_week_is_an_entry_and_days_between_are_one():
    # a rule that names days of the week stands on the day after in readers that count floating times by UTC
    rules = {name: list(rules_of(calendar_bytes(each, doses=True))) for name, each in PLANS.items()}
    assert {(rule["FREQ"][0], rule["INTERVAL"][0]) for rule in rules["nights"]} == {("DAILY", 7)}
    assert len(rules["nights"]) == 6 + 5 + 4 + 3 + 2 + 1
    assert [(rule["FREQ"], rule["INTERVAL"]) for rule in rules["days between"]] == [
        (["DAILY"], [1]),
        (["DAILY"], [2]),
        (["DAILY"], [3]),
    ]


@pytest.mark.parametrize("zone", ZONES)
def test_recurring_ical_events_sees_the_doses(planned, zone, monkeypatch):
    events_between = pytest.importorskip("recurring_ical_events")
    monkeypatch.setenv("TZ", zone)
    data = calendar_bytes(planned, doses=True)
    found = events_between.of(Calendar.from_ical(data)).between(date(2026, 12, 1), date(2029, 1, 1))
    starts = [each.decoded("dtstart") for each in found]
    assert sorted(start for start in starts if isinstance(start, datetime)) == doses_of(plan_of(planned))


@needs_node
@pytest.mark.parametrize("reader", ["ical.js", "node-ical"])
@pytest.mark.parametrize("zone", ZONES)
def test_node_readers_see_the_days(planned, reader, zone):
    read = read_by_node(calendar_bytes(planned, doses=True), reader, zone)
    seen = sorted(start[:10] for each in read.values() for start in each["starts"] if "T" in start)
    assert seen == [start.date().isoformat() for start in doses_of(plan_of(planned))]


@needs_khal
def test_khal_sees_a_dose_on_each_of_its_days_and_none_on_others(planned, tmp_path):
    khal = Khal(tmp_path, "America/New_York")
    khal.take(calendar_bytes(planned, doses=True))
    days = {start.date() for start in doses_of(plan_of(planned))}
    first = plan_of(planned).steps[-3].first_day
    for number in range(8):
        day = first + timedelta(days=number)
        assert ("Plan: dose" in khal.on(day.isoformat())) is (day in days), day
