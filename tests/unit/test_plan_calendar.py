"""A plan's calendar, read by four readers in several zones, and replayed revision on revision as a client would."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st
from icalendar import Calendar
from icalendar import Event as CalendarEvent

import medsteward
from medsteward.advice.saved.replan import AskedAnew
from medsteward.advice.saved.revise import changed, replanned, report_again, revised
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.plan import taper
from medsteward.readers.plan.document import read_plan
from medsteward.schedules.dates import Interval
from medsteward.schedules.event import Event, HoldAt, Pause, Resume, SlowTo, Undo
from medsteward.schedules.happens.replaying import NotPossible
from medsteward.schedules.moment import Moment
from medsteward.schedules.plan import WhenStuck
from medsteward.schedules.saved import digest
from medsteward.writers.plan.document import document
from medsteward.writers.plan.ics import calendar_bytes, history, plan_name, sent_entries
from tests.counts import examples

HERE = Path(__file__).resolve().parents[1] / "node"
NODE = shutil.which("node")
INSTALLED = all((HERE / "node_modules" / name).is_dir() for name in ("ical.js", "node-ical"))
KHAL = shutil.which("khal")
needs_node = pytest.mark.skipif(not (NODE and INSTALLED), reason='needs Node.js and "npm ci" in tests/node')
needs_khal = pytest.mark.skipif(not KHAL, reason="needs khal")
ZONES = ["America/New_York", "Pacific/Auckland", "Europe/London", "Pacific/Honolulu"]
CDC = medsteward.factor_table("cdc_2022")
START = date(2027, 1, 4)


def report():
    case = medsteward.case_of(
        "morphine ER 60 mg tablet, 1 tablet every 12 hours",
        "oxycodone IR 10 mg tablet, 1 tablet four times daily",
        as_of=date(2026, 12, 20),
        patient={"age": 58, "indication": "chronic pain"},
    )
    return taper(case, TaperOptions(START, first="er", when_stuck=WhenStuck.SMALLEST_STEP), table=CDC)


PLANNED = report()


def after(*events):
    plan = PLANNED.plan
    for event in events:
        plan = revised(plan, event, CDC)
    return report_again(plan, date(2027, 3, 1), CDC)


PAUSE = Event(date(2027, 3, 15), Pause(date(2027, 3, 15), date(2027, 4, 4)), "illness")


def events(data):
    return {str(event["uid"]).split("-", 1)[1]: event for event in Calendar.from_ical(data).walk("VEVENT")}


# --- what is in it ----------------------------------------------------------------------------------------------


def test_each_step_is_one_span_of_whole_days():
    found = events(calendar_bytes(PLANNED))
    for step in PLANNED.plan.steps:
        event = found[f"step-{step.number}@medsteward"]
        assert event.decoded("dtstart") == step.first_day
        assert event.decoded("dtend") == step.last_day + timedelta(days=1)
        assert event["transp"] == "TRANSPARENT"


def test_every_day_of_the_plan_is_in_one_step():
    spans = [
        (event.decoded("dtstart"), event.decoded("dtend"))
        for name, event in events(calendar_bytes(PLANNED)).items()
        if name.removesuffix("@medsteward").removeprefix("step-").isdigit()
    ]
    days = [first + timedelta(days=n) for first, end in spans for n in range((end - first).days)]
    total = (PLANNED.plan.last_day - PLANNED.plan.first_day).days + 1
    assert sorted(days) == [PLANNED.plan.first_day + timedelta(days=n) for n in range(total)]


def test_checks_and_prescription_days_are_there():
    found = events(calendar_bytes(PLANNED))
    assert sum(name.startswith("check-") for name in found) == len(PLANNED.checkpoints)
    first_fill = found["prescription-1@medsteward"]
    # the Friday before that Monday is New Year's Day
    assert first_fill.decoded("dtstart") == START - timedelta(days=4)


def test_titles_name_no_drug_unless_asked():
    plain = calendar_bytes(PLANNED, doses=True).decode().casefold()
    assert not [word for word in ("morphine", "oxycodone", "opioid", " mg") if word in plain]
    named = calendar_bytes(PLANNED, name_drug=True, doses=True).decode()
    assert "morphine" in named
    assert "1 tablet of 10 mg" in named or "1 tablet (10 mg)" in named


def test_the_same_plan_gives_the_same_bytes():
    assert calendar_bytes(PLANNED, doses=True) == calendar_bytes(report(), doses=True)
    saved = report_again(PLANNED.plan, date(2030, 1, 1), CDC)
    assert calendar_bytes(saved) == calendar_bytes(PLANNED)


def doses_of(plan):
    """Every dose of a plan that has a time, on its day."""
    return sorted(
        datetime.combine(step.first_day + timedelta(days=n + moment.hour // 24), time(moment.hour % 24))
        for step in plan.steps
        for moment in {dose.time for dose in step.doses}
        for n in range(step.days)
    )


def starts_of(data):
    """The start of each time that an entry with a time of day recurs, by the rule of RFC 5545 as it is written."""
    for event in Calendar.from_ical(data).walk("VEVENT"):
        start = event.decoded("dtstart")
        if isinstance(start, datetime) and event.get("status") != "CANCELLED":
            rule = event.get("rrule", {"FREQ": ["DAILY"], "COUNT": [1]})
            assert (rule["FREQ"], set(rule) - {"FREQ", "COUNT", "INTERVAL"}) == (["DAILY"], set())
            for number in range(rule["COUNT"][0]):
                yield start + timedelta(days=number * rule.get("INTERVAL", [1])[0])


def test_each_dose_is_on_the_plan_and_nothing_else():
    found = sorted(starts_of(calendar_bytes(PLANNED, doses=True)))
    assert found == doses_of(PLANNED.plan)
    assert all(moment.tzinfo is None for moment in found)


def test_the_doses_of_fifteen_months_are_some_sixty_entries():
    days = (PLANNED.plan.last_day - PLANNED.plan.first_day).days
    timed = [each for each in history(PLANNED, doses=True) if each.entry.at is not None]
    assert 440 <= days <= 540
    assert 40 <= len(timed) <= 64
    assert len(doses_of(PLANNED.plan)) > 1300


def test_a_reminder_says_neutrally_which_step_it_is_of_and_where_it_stands():
    found = events(calendar_bytes(PLANNED, doses=True))
    assert str(found["step-5-morning@medsteward"]["summary"]) == "Plan: dose"
    assert str(found["step-5-morning@medsteward"]["description"]) == "Take the doses of step 5: see your card"
    assert str(found["step-5@medsteward"]["description"]) == "See your card for what to take"


PATCH = "fentanyl 50 mcg/h patch, 1 patch every 72 hours"


def patches():
    case = medsteward.case_of(PATCH, as_of=date(2026, 12, 20), patient={"age": 58, "indication": "chronic pain"})
    return taper(case, TaperOptions(START, when_stuck=WhenStuck.SMALLEST_STEP), table=CDC)


def test_a_patch_has_a_reminder_on_the_days_it_is_changed():
    found = patches()
    data = calendar_bytes(found, doses=True)
    meant = sorted(
        datetime.combine(step.first_day + timedelta(days=n), time(8))
        for step in found.plan.steps
        if step.doses
        for n in range(0, step.days, 3)
    )
    assert sorted(starts_of(data)) == meant
    first = events(data)["step-1-worn@medsteward"]
    assert str(first["description"]) == "Change the patch of step 1: see your card"
    assert first["rrule"]["INTERVAL"] == [3]


@examples(12)
@given(
    st.sampled_from(
        [
            ["oxycodone IR 5 mg tablet, 1 tablet every 6 hours"],
            [
                "morphine ER 30 mg tablet, 1 tablet every 12 hours",
                "oxycodone IR 5 mg tablet, 1 tablet three times daily",
            ],
            ["gabapentin 600 mg tablet, 1 tablet three times daily"],
            [PATCH],
        ]
    ),
    st.dates(date(2027, 1, 1), date(2028, 12, 31)),
    st.lists(st.integers(5, 200), max_size=3),
)
def test_the_reminders_of_every_revision_expand_to_the_doses_and_its_steps_are_numbered_without_gaps(
    lines, day, pauses
):
    case = medsteward.case_of(*lines, as_of=day, patient={"age": 58, "indication": "chronic pain"})
    found = taper(case, TaperOptions(day, when_stuck=WhenStuck.SMALLEST_STEP), table=CDC)
    assert found.plan is not None
    plan = found.plan
    assume(plan.steps)
    client = Client()
    client.take(calendar_bytes(found, doses=True))
    for after in sorted(set(pauses)):
        on = day + timedelta(days=after)
        try:
            plan = revised(plan, Event(on, Pause(on, on + timedelta(days=13)), "illness"), CDC)
        except NotPossible:
            continue
        client.take(calendar_bytes(report_again(plan, on, CDC), doses=True))
    wear = 3 if lines == [PATCH] else 1
    meant = sorted(
        datetime.combine(step.first_day + timedelta(days=n + moment.hour // 24), time(moment.hour % 24))
        for step in plan.steps
        for moment in {dose.time for dose in step.doses} - {Moment.AS_NEEDED}
        for n in range(0, step.days, wear)
    )
    assert sorted(start for event in client.events() for start in starts_of(event.to_ical())) == meant
    titles = [str(event["summary"]) for event in client.events() if " step " in str(event["summary"])]
    assert sorted(titles, key=lambda each: int(each.split()[-1])) == [
        f"Plan step {number}" for number in range(1, len(plan.steps) + 1)
    ]


# --- plans of a release that wrote each dose --------------------------------------------------------------------


def singles_of(report, sequence):
    """The entries of single doses as earlier releases wrote them: UID, SEQUENCE and start."""
    name = plan_name(report.plan)
    for step in report.plan.steps:
        for moment in {dose.time for dose in step.doses}:
            for n in range(step.days):
                event = CalendarEvent()
                event.add("uid", f"{name}-step-{step.number}-{moment.value}-{n + 1}@medsteward")
                event.add("sequence", sequence)
                event.add("dtstart", datetime.combine(step.first_day + timedelta(days=n), time(moment.hour)))
                event.add("dtend", datetime.combine(step.first_day + timedelta(days=n), time(moment.hour, 15)))
                yield event


def older(report):
    """The report of a plan file that an earlier release wrote, after so many events."""
    return evolve(report, plan=evolve(report.plan, single_until=len(report.plan.events)))


def sent_by_an_earlier_release(report):
    calendar = Calendar()
    for event in singles_of(report, len(report.plan.events)):
        calendar.add_component(event)
    return calendar.to_ical()


@pytest.mark.parametrize("happened", [[], [PAUSE]], ids=["planned", "paused"])
@pytest.mark.parametrize("later", [[], [Event(date(2027, 3, 20), HoldAt(3))]], ids=["as it was", "then held"])
def test_the_first_calendar_of_an_older_plan_takes_its_single_doses_back(happened, later):
    client = Client()
    client.take(sent_by_an_earlier_release(PLANNED))
    old = after(*happened) if happened else PLANNED
    client.take(sent_by_an_earlier_release(old))
    now = after(*happened, *later) if happened or later else PLANNED
    now = evolve(now, plan=evolve(now.plan, single_until=len(happened)))
    client.take(calendar_bytes(now, doses=True))
    fresh = Client()
    fresh.take(calendar_bytes(evolve(now, plan=evolve(now.plan, single_until=None)), doses=True))
    assert client.entries() == fresh.entries()
    assert sorted(start for event in client.events() for start in starts_of(event.to_ical())) == doses_of(now.plan)


def test_a_plan_of_this_release_sends_no_single_doses_back():
    assert PLANNED.plan.single_until is None
    assert not [each for each in history(PLANNED, doses=True) if each.gone]


def test_single_doses_are_taken_back_only_where_doses_are_asked_for():
    assert not [each for each in history(older(PLANNED)) if each.gone]
    assert len([each for each in history(older(PLANNED), doses=True) if each.gone]) == len(doses_of(PLANNED.plan))


def test_a_plan_file_without_the_part_is_of_an_earlier_release_and_stays_so():
    found = document(PLANNED)
    earlier = {key: each for key, each in found.items() if key not in ("single_until", "digest")}
    earlier |= {"digest": digest(earlier)}
    saved, problems = read_plan(json.dumps(earlier).encode(), "plan.json")
    assert problems == ()
    assert saved is not None
    assert saved.plan.single_until == 0
    again, problems = read_plan(json.dumps(found).encode(), "plan.json")
    assert problems == ()
    assert again is not None
    assert again.plan.single_until is None
    assert revised(saved.plan, PAUSE, CDC).single_until == 0


@pytest.mark.parametrize("said", [1, -1, "0", True])
def test_a_number_of_events_that_the_plan_does_not_have_is_refused(said):
    found = document(PLANNED) | {"single_until": said}
    found |= {"digest": digest(found)}
    saved, (problem,) = read_plan(json.dumps(found).encode(), "plan.json")
    assert saved is None
    assert problem.code == "PLAN-003"
    assert "single_until" in problem.text


# --- revisions --------------------------------------------------------------------------------------------------


class Client:
    """What a calendar program keeps: the newest SEQUENCE of each UID wins, and cancelled entries go."""

    def __init__(self):
        self.kept = {}

    def take(self, data):
        for event in Calendar.from_ical(data).walk("VEVENT"):
            uid, sequence = str(event["uid"]), int(str(event["sequence"]))
            if uid not in self.kept or sequence >= self.kept[uid][0]:
                self.kept[uid] = (sequence, event)

    def events(self):
        return [event for _, event in self.kept.values() if event.get("status") != "CANCELLED"]

    def entries(self):
        return {
            str(event["uid"]): (event.decoded("dtstart"), event.decoded("dtend"), event.get("rrule"))
            for event in self.events()
        }


def test_a_pause_keeps_names_and_raises_what_moved():
    before, now = events(calendar_bytes(PLANNED)), events(calendar_bytes(after(PAUSE)))
    assert set(before) <= set(now)
    assert now["step-4@medsteward"].decoded("dtstart") == date(2027, 4, 19)
    assert int(now["step-4@medsteward"]["sequence"]) > int(before["step-4@medsteward"]["sequence"])
    assert int(now["step-1@medsteward"]["sequence"]) == int(before["step-1@medsteward"]["sequence"])


REVISIONS = [
    [PAUSE],
    [PAUSE, Event(date(2027, 5, 1), SlowTo(Fraction(5), Interval(days=56)))],
    [Event(date(2027, 3, 10), HoldAt(3))],
    [Event(date(2027, 3, 10), HoldAt(3)), Event(date(2027, 6, 1), Resume(date(2027, 6, 7)))],
]


@pytest.mark.parametrize("happened", REVISIONS)
def test_a_client_that_takes_every_export_ends_up_with_the_plan(happened):
    client = Client()
    client.take(calendar_bytes(PLANNED, doses=True))
    for number in range(1, len(happened) + 1):
        client.take(calendar_bytes(after(*happened[:number]), doses=True))
    fresh = Client()
    fresh.take(calendar_bytes(after(*happened), doses=True))
    assert client.entries() == fresh.entries()
    steps = {step.first_day for step in after(*happened).plan.steps}
    starts = {
        first
        for uid, (first, *_) in client.entries().items()
        if uid.split("-", 1)[1].removesuffix("@medsteward").removeprefix("step-").isdigit()
    }
    assert starts == steps


def test_what_a_hold_takes_away_is_sent_as_cancelled():
    found = events(calendar_bytes(after(Event(date(2027, 3, 10), HoldAt(3)))))
    assert found["step-4@medsteward"]["status"] == "CANCELLED"
    assert "status" not in found["step-3@medsteward"]


def planned_anew():
    """The plan with slower steps from 2027-03-29 on."""
    asked = AskedAnew(percent=Fraction(5), every=Interval(days=84))
    day = date(2027, 3, 29)
    make = [lambda now: replanned(now, day, asked, why="slower", table=CDC)]
    found, problems = changed(PLANNED.plan, make, on=date(2027, 3, 15), why="slower", table=CDC)
    assert not problems
    return report_again(found, date(2027, 3, 15), CDC)


def test_a_client_that_takes_the_calendar_of_a_plan_that_was_planned_anew_ends_up_with_it():
    client, fresh = Client(), Client()
    client.take(calendar_bytes(PLANNED, doses=True))
    client.take(calendar_bytes(planned_anew(), doses=True))
    fresh.take(calendar_bytes(planned_anew(), doses=True))
    assert client.entries() == fresh.entries()
    before, now = events(calendar_bytes(PLANNED)), events(calendar_bytes(planned_anew()))
    assert set(before) <= set(now)
    assert int(now["step-4@medsteward"]["sequence"]) == 1
    assert int(now["step-1@medsteward"]["sequence"]) == 0


@needs_node
@pytest.mark.parametrize("reader", ["ical.js", "node-ical"])
def test_node_readers_see_a_plan_that_was_planned_anew(reader):
    data = calendar_bytes(planned_anew())
    read = read_by_node(data, reader, "America/New_York")
    assert {uid: (each["start"], each["end"]) for uid, each in read.items()} == meant(data)
    assert {each["sequence"] for each in read.values()} == {0, 1}


def test_recurring_ical_events_sees_a_plan_that_was_planned_anew():
    events_between = pytest.importorskip("recurring_ical_events")
    data = calendar_bytes(planned_anew())
    found = events_between.of(Calendar.from_ical(data)).between(date(2026, 12, 1), date(2035, 1, 1))
    days = {str(e["uid"]): (e.decoded("dtstart").isoformat(), e.decoded("dtend").isoformat()) for e in found}
    assert days == meant(data)


@needs_khal
def test_khal_sees_the_steps_of_a_plan_that_was_planned_anew(tmp_path):
    khal = Khal(tmp_path, "America/New_York")
    khal.take(calendar_bytes(PLANNED))
    assert "Plan step 4" in khal.on("2027-03-29")
    khal.take(calendar_bytes(planned_anew()))
    fourth = next(step for step in planned_anew().plan.steps if step.number == 4)
    assert fourth.first_day > date(2027, 3, 29)
    assert "Plan step 4" not in khal.on("2027-03-29")
    assert "Plan step 4" in khal.on(fourth.first_day.isoformat())


# --- a plan whose file another one takes over ---------------------------------------------------------------------


def taking_over(old, new):
    return evolve(new, plan=evolve(new.plan, replaced=sent_entries(old)))


def another():
    case = medsteward.case_of(
        "oxycodone IR 10 mg tablet, 1 tablet four times daily",
        as_of=date(2027, 2, 20),
        patient={"age": 58, "indication": "chronic pain"},
    )
    return taper(case, TaperOptions(date(2027, 3, 1)), table=CDC)


@pytest.mark.parametrize("happened", [[], [PAUSE]], ids=["planned", "paused"])
@pytest.mark.parametrize("doses", [False, True])
def test_the_first_calendar_of_a_plan_that_takes_over_cancels_the_entries_of_the_other(happened, doses):
    old = after(*happened) if happened else PLANNED
    new = another()
    client = Client()
    client.take(calendar_bytes(PLANNED, doses=doses))
    client.take(calendar_bytes(old, doses=doses))
    client.take(calendar_bytes(taking_over(old, new), doses=doses))
    fresh = Client()
    fresh.take(calendar_bytes(new, doses=doses))
    assert client.entries() == fresh.entries()


def test_a_plan_that_comes_back_after_another_one_is_in_the_calendar_again():
    new = taking_over(PLANNED, another())
    back = taking_over(new, PLANNED)
    client = Client()
    for each in (PLANNED, new, back):
        client.take(calendar_bytes(each))
    fresh = Client()
    fresh.take(calendar_bytes(PLANNED))
    assert client.entries() == fresh.entries()


@needs_node
@pytest.mark.parametrize("reader", ["ical.js", "node-ical"])
def test_node_readers_see_what_is_taken_back(reader):
    new = another()
    read = read_by_node(calendar_bytes(taking_over(PLANNED, new)), reader, "America/New_York")
    gone = {uid for uid, each in read.items() if each["status"] == "CANCELLED"}
    own = set(read_by_node(calendar_bytes(new), reader, "America/New_York"))
    assert gone == set(read) - own == set(read_by_node(calendar_bytes(PLANNED), reader, "America/New_York"))
    assert all(read[uid]["sequence"] == 1 for uid in gone)


def undone():
    """The plan with a pause that was taken back."""
    return after(PAUSE, Event(PAUSE.on, Undo()))


@needs_node
@pytest.mark.parametrize("reader", ["ical.js", "node-ical"])
def test_node_readers_see_a_pause_that_was_taken_back(reader):
    data = calendar_bytes(undone())
    read = read_by_node(data, reader, "America/New_York")
    assert {uid: (each["start"], each["end"]) for uid, each in read.items()} == meant(data)
    fourth = next(each for uid, each in read.items() if uid.endswith("step-4@medsteward"))
    assert (fourth["start"], fourth["sequence"]) == ("2027-03-29", 2)


def test_recurring_ical_events_sees_what_is_taken_over_and_taken_back():
    events_between = pytest.importorskip("recurring_ical_events")
    for data in (calendar_bytes(undone()), calendar_bytes(taking_over(PLANNED, another()))):
        found = events_between.of(Calendar.from_ical(data)).between(date(2026, 12, 1), date(2035, 1, 1))
        days = {str(e["uid"]): (e.decoded("dtstart").isoformat(), e.decoded("dtend").isoformat()) for e in found}
        assert days == meant(data)


@needs_khal
def test_khal_sees_what_is_taken_over_and_taken_back(tmp_path):
    khal = Khal(tmp_path, "America/New_York")
    for report in (PLANNED, after(PAUSE), undone()):
        khal.take(calendar_bytes(report))
    assert "Plan step 4" in khal.on("2027-03-29")
    assert "Plan step 4" not in khal.on("2027-04-19")
    new = another()
    khal.take(calendar_bytes(taking_over(PLANNED, new)))
    shown = khal.on(new.plan.steps[1].first_day.isoformat())
    assert "Plan step 2" in shown


# --- other readers ------------------------------------------------------------------------------------------------


def read_by_node(data, reader, zone):
    done = subprocess.run(
        [str(NODE), "plan_ics.mjs", reader],
        cwd=HERE,
        input=data,
        capture_output=True,
        timeout=60,
        check=False,
        env={**os.environ, "TZ": zone},
    )
    assert done.returncode == 0, done.stderr
    return {each["uid"]: each for each in json.loads(done.stdout)}


def meant(data):
    return {
        str(event["uid"]): (event.decoded("dtstart").isoformat(), event.decoded("dtend").isoformat())
        for event in Calendar.from_ical(data).walk("VEVENT")
    }


def recurring(data):
    """The start of each time that each entry recurs, in words as the other readers print them."""
    found: dict[str, list[str]] = {}
    for event in Calendar.from_ical(data).walk("VEVENT"):
        one = Calendar()
        one.add_component(event)
        timed = [each.isoformat() for each in starts_of(one.to_ical())]
        found[str(event["uid"])] = timed or [event.decoded("dtstart").isoformat()]
    return found


@needs_node
@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("paused", [False, True], ids=["planned", "paused"])
def test_ical_js_sees_the_same_days_and_times(zone, paused):
    data = calendar_bytes(after(PAUSE) if paused else PLANNED, doses=True)
    read = read_by_node(data, "ical.js", zone)
    assert {uid: (each["start"], each["end"]) for uid, each in read.items()} == meant(data)
    assert {uid: each["starts"] for uid, each in read.items()} == recurring(data)
    fourth = next(each for uid, each in read.items() if uid.endswith("-step-4@medsteward"))
    assert fourth["start"] == ("2027-04-19" if paused else "2027-03-29")


@needs_node
@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("paused", [False, True], ids=["planned", "paused"])
def test_node_ical_sees_the_same_days_and_times_but_for_its_hour_when_the_clocks_change(zone, paused):
    """It recurs by UTC where no zone is stated, so a time can stand an hour off, never on another day."""
    data = calendar_bytes(after(PAUSE) if paused else PLANNED, doses=True)
    read = read_by_node(data, "node-ical", zone)
    assert {uid: (each["start"], each["end"]) for uid, each in read.items()} == meant(data)
    hours = set()
    for uid, starts in recurring(data).items():
        seen = read[uid]["starts"]
        assert [each[:10] for each in seen] == [each[:10] for each in starts]
        hours |= {
            (datetime.fromisoformat(one) - datetime.fromisoformat(other)).total_seconds() / 3600
            for one, other in zip(seen, starts, strict=True)
        }
    assert hours == ({0} if zone == "Pacific/Honolulu" else {-1, 0, 1})


@pytest.mark.parametrize("zone", ZONES)
def test_recurring_ical_events_sees_the_same_days_and_times(zone, monkeypatch):
    events_between = pytest.importorskip("recurring_ical_events")
    monkeypatch.setenv("TZ", zone)
    data = calendar_bytes(after(PAUSE), doses=True)
    found: dict[str, list[str]] = {}
    for each in events_between.of(Calendar.from_ical(data)).between(date(2026, 12, 1), date(2029, 1, 1)):
        found.setdefault(str(each["uid"]), []).append(each.decoded("dtstart").isoformat())
    assert {uid: sorted(starts) for uid, starts in found.items()} == recurring(data)


class Khal:
    """The calendar program, with a calendar of its own in one zone."""

    def __init__(self, folder, zone):
        self.folder = folder
        (folder / "cal").mkdir()
        (folder / "khal.conf").write_text(
            f"[calendars]\n[[plan]]\npath = {folder / 'cal'}\n"
            f"[locale]\nlocal_timezone = {zone}\ndefault_timezone = {zone}\n"
            "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
            f"[sqlite]\npath = {folder / 'khal.db'}\n",
            encoding="utf-8",
        )
        self.env = {**os.environ, "TZ": zone, "LC_ALL": "C.UTF-8", "HOME": str(folder)}

    def run(self, *words):
        done = subprocess.run(
            [str(KHAL), "-c", str(self.folder / "khal.conf"), *words],
            env=self.env,
            capture_output=True,
            timeout=120,
            check=False,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def take(self, data):
        file = self.folder / "plan.ics"
        file.write_bytes(data)
        self.run("import", "--batch", "-a", "plan", str(file))

    def on(self, day, span="1d"):
        shown = "{start-date} {start-time} {title}"
        return self.run("list", "--notstarted", "--format", shown, "--day-format", "", day, span)


@needs_khal
@pytest.mark.parametrize("zone", ZONES)
def test_khal_sees_the_moved_step_on_its_day(tmp_path, zone):
    khal = Khal(tmp_path, zone)
    khal.take(calendar_bytes(PLANNED))
    assert "Plan step 4" in khal.on("2027-03-29")
    khal.take(calendar_bytes(after(PAUSE)))
    assert "Plan step 4" not in khal.on("2027-03-29")
    assert "2027-04-19" in khal.on("2027-04-19")
    assert "Plan step 4" in khal.on("2027-04-19")


@needs_khal
def test_khal_keeps_eight_in_the_morning_when_the_clocks_change(tmp_path):
    khal = Khal(tmp_path, "America/New_York")
    khal.take(calendar_bytes(PLANNED, doses=True))
    for day in ("2027-03-13", "2027-03-14", "2027-03-15"):
        assert f"{day} 08:00 Plan: dose" in khal.on(day)


@needs_khal
@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Auckland"])
def test_khal_sees_every_dose_of_a_month_with_a_change_of_the_clocks(tmp_path, zone):
    khal = Khal(tmp_path, zone)
    khal.take(calendar_bytes(PLANNED, doses=True))
    shown = khal.on("2027-03-10", "28d").splitlines()
    seen = sorted(each.removesuffix(" Plan: dose") for each in shown if each.endswith(" Plan: dose"))
    days = {date(2027, 3, 10) + timedelta(days=n) for n in range(28)}
    assert seen == [f"{each:%Y-%m-%d %H:%M}" for each in doses_of(PLANNED.plan) if each.date() in days]


@needs_node
def test_eight_stays_eight_when_the_clocks_change():
    read = read_by_node(calendar_bytes(PLANNED, doses=True), "ical.js", "America/New_York")
    mornings = {start for uid, each in read.items() if "-morning@" in uid for start in each["starts"]}
    assert {f"2027-03-{day}T08:00:00" for day in range(10, 21)} <= mornings
