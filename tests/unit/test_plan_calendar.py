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
from icalendar import Calendar

import medsteward
from medsteward.advice.saved.replan import AskedAnew
from medsteward.advice.saved.revise import changed, replanned, report_again, revised
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.plan import taper
from medsteward.schedules.dates import Interval
from medsteward.schedules.event import Event, HoldAt, Pause, Resume, SlowTo, Undo
from medsteward.schedules.plan import WhenStuck
from medsteward.writers.plan.ics import calendar_bytes, sent_entries

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
    assert first_fill.decoded("dtstart") == START - timedelta(days=3)


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


def test_each_dose_is_on_the_plan_and_nothing_else():
    found = [
        event.decoded("dtstart")
        for event in events(calendar_bytes(PLANNED, doses=True)).values()
        if isinstance(event.decoded("dtstart"), datetime)
    ]
    meant = [
        datetime.combine(step.first_day + timedelta(days=n), time(moment.hour))
        for step in PLANNED.plan.steps
        for moment in {dose.time for dose in step.doses}
        for n in range(step.days)
    ]
    assert sorted(found) == sorted(meant)
    assert all(moment.tzinfo is None for moment in found)


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

    def entries(self):
        return {
            uid: (event.decoded("dtstart"), event.decoded("dtend"))
            for uid, (_, event) in self.kept.items()
            if event.get("status") != "CANCELLED"
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
        for uid, (first, _) in client.entries().items()
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


@needs_node
@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("reader", ["ical.js", "node-ical"])
@pytest.mark.parametrize("paused", [False, True], ids=["planned", "paused"])
def test_node_readers_see_the_same_days_and_times(reader, zone, paused):
    data = calendar_bytes(after(PAUSE) if paused else PLANNED, doses=True)
    read = read_by_node(data, reader, zone)
    assert {uid: (each["start"], each["end"]) for uid, each in read.items()} == meant(data)
    fourth = next(each for uid, each in read.items() if uid.endswith("-step-4@medsteward"))
    assert fourth["start"] == ("2027-04-19" if paused else "2027-03-29")


@pytest.mark.parametrize("zone", ZONES)
def test_recurring_ical_events_sees_the_same_days_and_times(zone):
    events_between = pytest.importorskip("recurring_ical_events")
    data = calendar_bytes(after(PAUSE), doses=True)
    found = events_between.of(Calendar.from_ical(data)).between(date(2026, 12, 1), date(2029, 1, 1))
    assert {str(e["uid"]): (e.decoded("dtstart").isoformat(), e.decoded("dtend").isoformat()) for e in found} == meant(
        data
    )


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

    def on(self, day):
        shown = "{start-date} {start-time} {title}"
        return self.run("list", "--notstarted", "--format", shown, "--day-format", "", day, "1d")


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


@needs_node
@pytest.mark.parametrize("reader", ["ical.js", "node-ical"])
def test_eight_stays_eight_when_the_clocks_change(reader):
    read = read_by_node(calendar_bytes(PLANNED, doses=True), reader, "America/New_York")
    mornings = {each["start"] for uid, each in read.items() if "-morning-" in uid}
    assert {f"2027-03-{day}T08:00:00" for day in range(10, 21)} <= mornings
