"""The calendar of reminders, read back by icalendar and by ical.js."""

from __future__ import annotations

import builtins
import json
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from icalendar import Calendar

from medsteward.bibliography import OURS
from medsteward.errors import MissingPart
from medsteward.readers.case.table import read_case
from medsteward.reminders.remind import remind
from medsteward.reminders.reminder import Kind, Reminder, ReminderStatus, RemindReport
from medsteward.writers.remind.ics import calendar_bytes, uid

HERE = Path(__file__).resolve().parents[1] / "node"
NODE = shutil.which("node")
INSTALLED = (HERE / "node_modules" / "ical.js").is_dir()
needs_node = pytest.mark.skipif(
    not (NODE and INSTALLED), reason='needs Node.js and "npm ci" in tests/node, which installs ical.js'
)

DAY = date(2026, 1, 31)
STAMP = datetime(2026, 1, 31, 12, tzinfo=UTC)


def report_of(as_of=DAY, **more):
    return remind(
        read_case(
            {
                "id": "story",
                "patient": {"age": 71, "conditions": ["sleep apnea"], "indication": "chronic pain"},
                "medications": [
                    {"sig": "methadone 5 mg twice daily", "start": date(2026, 1, 30)},
                    {"sig": "alprazolam 0.5 mg bid"},
                ],
                "done": {"pdmp": date(2025, 11, 30)},
                **more,
            },
            as_of=as_of,
        )
    )


@pytest.fixture(scope="module")
def report():
    return report_of()


def one(due, repeat=None, until=None, as_of=DAY):
    found = Reminder(Kind.PDMP, due, ("because",), "consider", (OURS,), repeat=repeat, until=until)
    return RemindReport("one", as_of, (found,))


def events(data):
    return Calendar.from_ical(data).walk("VEVENT")


def test_every_open_reminder_is_one_all_day_event(report):
    found = events(calendar_bytes(report, stamp=STAMP))
    open_ones = [each for each in report.reminders if each.status(DAY) is not ReminderStatus.SETTLED]
    assert [event["uid"] for event in found] == [uid("story", each.kind) for each in open_ones]
    for event, each in zip(found, open_ones, strict=True):
        day = event.decoded("dtstart")
        assert type(day) is date
        assert day == max(each.due, DAY)
        assert event.decoded("dtend") == day + timedelta(days=1)
        assert event.decoded("dtstamp") == STAMP
        assert event["transp"] == "TRANSPARENT"


def test_settled_reminders_are_left_out():
    found = report_of(done={"screening": date(2026, 1, 30)})
    assert uid("story", Kind.SCREENING) not in {event["uid"] for event in events(calendar_bytes(found, stamp=STAMP))}


def test_titles_name_nothing_unless_asked(report):
    data = calendar_bytes(report, stamp=STAMP).decode()
    for word in ("methadone", "alprazolam", "naloxone", "PDMP", "urine", "opioid", "story"):
        assert word.casefold() not in data.casefold()
    assert "DESCRIPTION:Care reminder" in data
    titles = [str(event["summary"]) for event in events(calendar_bytes(report, stamp=STAMP, named=True))]
    assert "Prescription monitoring (PDMP)" in titles
    detailed = events(calendar_bytes(report, stamp=STAMP, detail=True))
    assert any("alprazolam" in str(event["description"]) for event in detailed)


def test_the_same_bytes_and_stable_names(report):
    assert calendar_bytes(report, stamp=STAMP) == calendar_bytes(report_of(), stamp=STAMP)
    later = calendar_bytes(report_of(as_of=date(2026, 3, 1)), stamp=datetime(2026, 3, 1, tzinfo=UTC), sequence=1)
    shared = {event["uid"] for event in events(later)} & {
        event["uid"] for event in events(calendar_bytes(report, stamp=STAMP))
    }
    assert uid("story", Kind.NALOXONE) in shared
    assert {event["sequence"] for event in events(later)} == {1}


def test_another_case_has_other_names():
    assert uid("a", Kind.PDMP) != uid("b", Kind.PDMP)
    assert uid(None, Kind.PDMP) != uid(None, Kind.ECG)


def test_lines_are_folded_and_end_as_they_should(report):
    data = calendar_bytes(report, stamp=STAMP, named=True, detail=True)
    assert data.endswith(b"END:VCALENDAR\r\n")
    lines = data.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert not [line for line in lines if b"\n" in line or b"\r" in line]


def test_a_stamp_has_a_time_zone_and_is_written_in_utc(report):
    with pytest.raises(ValueError, match="time zone"):
        calendar_bytes(report, stamp=datetime(2026, 1, 31))
    east = STAMP.astimezone(timezone(timedelta(hours=9)))
    assert calendar_bytes(report, stamp=east) == calendar_bytes(report, stamp=STAMP)


def test_the_missing_part_is_named_with_the_command(report, monkeypatch):
    real = builtins.__import__

    def without(name, *args, **more):
        if name == "icalendar":
            raise ImportError(name)
        return real(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingPart) as caught:
        calendar_bytes(report, stamp=STAMP)
    assert caught.value.command == "pip install 'medsteward[calendar]'"


def test_the_last_day_of_the_calendar():
    far = one(date.max, as_of=date.max, repeat="P1Y")
    assert len(events(calendar_bytes(far, stamp=STAMP))) == 1


# --- another reader ---------------------------------------------------------------------------------------------


def read_by_ical_js(data):
    done = subprocess.run([str(NODE), "ics.mjs"], cwd=HERE, input=data, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@needs_node
def test_ical_js_reads_the_same_events(report):
    data = calendar_bytes(report, stamp=STAMP, named=True, detail=True)
    read = read_by_ical_js(data)
    assert read["method"] == "PUBLISH"
    ours = events(data)
    assert [each["uid"] for each in read["events"]] == [str(event["uid"]) for event in ours]
    for each, event in zip(read["events"], ours, strict=True):
        assert each["allDay"] is True
        assert each["start"] == event.decoded("dtstart").isoformat()
        assert each["end"] == event.decoded("dtend").isoformat()
        assert each["summary"] == str(event["summary"])
        assert each["description"] == str(event["description"])


@needs_node
@pytest.mark.parametrize(
    ("due", "repeat", "until", "days"),
    [
        (DAY, None, None, ["2026-01-31"]),
        (DAY, "P3M", None, ["2026-01-31", "2026-04-30", "2026-07-31", "2026-10-31", "2027-01-31"]),
        (
            date(2026, 2, 28),
            "P3M",
            None,
            ["2026-02-28", "2026-05-28", "2026-08-28", "2026-11-28"],
        ),
        (date(2026, 11, 30), "P1M", None, ["2026-11-30", "2026-12-30", "2027-01-30"]),
        (date(2026, 11, 30), "P2M", None, ["2026-11-30", "2027-01-30"]),
        (DAY, "P1Y", None, ["2026-01-31", "2027-01-31"]),
        (DAY, "P3D", date(2026, 2, 7), ["2026-01-31", "2026-02-03", "2026-02-06"]),
        (DAY, "P2W", date(2026, 2, 28), ["2026-01-31", "2026-02-14", "2026-02-28"]),
        (date(2025, 10, 1), "P6M", None, ["2026-01-31", "2026-07-31", "2027-01-31"]),  # overdue: from today
        (date(2027, 1, 31), "P1Y", None, ["2027-01-31"]),
    ],
)
def test_ical_js_finds_the_days_we_mean(due, repeat, until, days):
    read = read_by_ical_js(calendar_bytes(one(due, repeat, until), stamp=STAMP))
    assert [each["days"] for each in read["events"]] == [days]


@needs_node
@pytest.mark.parametrize(
    ("as_of", "repeat", "days"),
    [
        (date(2026, 11, 30), "P3M", ["2026-11-30", "2027-02-28", "2027-05-30", "2027-08-30", "2027-11-30"]),
        (
            date(2026, 10, 29),
            "P2M",
            ["2026-10-29", "2026-12-29", "2027-02-28", "2027-04-29", "2027-06-29", "2027-08-29", "2027-10-29"],
        ),
        (
            date(2027, 12, 29),
            "P2M",
            ["2027-12-29", "2028-02-29", "2028-04-29", "2028-06-29", "2028-08-29", "2028-10-29", "2028-12-29"],
        ),
        (date(2028, 2, 29), "P1Y", ["2028-02-29", "2029-02-28"]),
    ],
)
def test_ical_js_finds_the_end_of_february(as_of, repeat, days):
    read = read_by_ical_js(calendar_bytes(one(as_of, repeat, as_of=as_of), stamp=STAMP))
    assert [sorted(each["days"]) for each in read["events"]] == [days]
