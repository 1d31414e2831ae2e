"""Reminders as a calendar (RFC 5545): one all-day event for each that is open, with neutral titles.

Calendars travel to clouds: a title names nothing, and details are left out unless asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from medsteward.errors import OneOnly, part_for
from medsteward.reminders.days import after
from medsteward.reminders.reminder import Kind, Reminder, ReminderStatus, RemindReport

if TYPE_CHECKING:
    from icalendar import Calendar, Event

PRODID = "-//medsteward//reminders//EN"
COMMAND = "pip install 'medsteward[calendar]'"
NEUTRAL = "Care reminder"
AHEAD = "P1Y"
ALARM = timedelta(hours=9)
"""Nine in the morning of the day."""
_FREQUENCY = {"D": "DAILY", "W": "WEEKLY", "M": "MONTHLY", "Y": "YEARLY"}


def calendars(reports: Iterable[RemindReport], *, name_drug: bool = False) -> Iterator[bytes]:
    """The calendar of the one report, as of its day. Refuses (``OneOnly``) several, and none."""
    found = list(reports)
    if len(found) != 1:
        raise OneOnly("a calendar file is of one case under one table")
    (report,) = found
    stamp = datetime(report.as_of.year, report.as_of.month, report.as_of.day, tzinfo=UTC)
    yield calendar_bytes(report, stamp=stamp, named=name_drug)


def calendar_bytes(
    report: RemindReport, *, stamp: datetime, named: bool = False, detail: bool = False, sequence: int = 0
) -> bytes:
    """The open reminders as a calendar file, the same bytes for the same arguments.

    ``stamp`` (with a time zone) is written as DTSTAMP. ``named`` puts what a reminder is about into its title,
    ``detail`` its reasons into the description. ``sequence`` is raised when a calendar is sent again after a change:
    the UID of a reminder depends on the case's id and the kind alone, so a later file replaces an earlier one. What is
    overdue is put on the day asked about; repeats end a year after that day. Raises ``MissingPart`` without icalendar.
    """
    with part_for("a calendar file", "icalendar", COMMAND):
        from icalendar import Calendar
    if stamp.tzinfo is None:
        raise ValueError("the stamp of a calendar has a time zone")
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{NEUTRAL}s")
    _fill(calendar, report, stamp.astimezone(UTC).replace(microsecond=0), named, detail, sequence)
    return bytes(calendar.to_ical())


def uid(case_id: str | None, kind: Kind) -> str:
    """The name of a reminder that stays: from the case's id (which is not readable in it) and the kind."""
    digest = hashlib.sha256(f"{case_id or ''}/{kind.value}".encode()).hexdigest()[:24]
    return f"{digest}@medsteward"


def _fill(calendar: Calendar, report: RemindReport, stamp: datetime, named: bool, detail: bool, sequence: int) -> None:
    for each in report.reminders:
        if each.status(report.as_of) is not ReminderStatus.SETTLED:
            calendar.add_component(_event(each, report, stamp, named, detail, sequence))


def _event(each: Reminder, report: RemindReport, stamp: datetime, named: bool, detail: bool, sequence: int) -> Event:
    from icalendar import Alarm, Event

    day = max(each.due, report.as_of)
    title = (
        each.kind.words[:1].upper() + each.kind.words[1:] if named else f"{NEUTRAL} {list(Kind).index(each.kind) + 1}"
    )
    event = Event()
    event.add("uid", uid(report.case_id, each.kind))
    event.add("dtstamp", stamp)
    event.add("sequence", sequence)
    event.add("summary", title)
    event.add("dtstart", day)
    if day < date.max:
        event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    rule, beside = recurrence(each, day, report.as_of)
    if rule is not None:
        event.add("rrule", rule)
    for other in beside:
        event.add("rdate", [other])
    if detail:
        event.add("description", "\n".join((*each.because, each.consider)))
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", ALARM)
    event.add_component(alarm)
    return event


def recurrence(each: Reminder, day: date, as_of: date) -> tuple[dict[str, Any] | None, tuple[date, ...]]:
    """How the event repeats: a rule, or None, and days beside it.

    A rule by month skips months that have no such day. The 31st is therefore the last day of the month, and where
    February lacks the 29th or 30th its last day is named beside the rule. Only what real readers know is used.
    """
    if each.repeat is None:
        return None, ()
    last = after(as_of, AHEAD)
    if each.until is not None:
        last = min(last, each.until)
    if after(day, each.repeat) > last:
        return None, ()
    number, unit = int(each.repeat[1:-1]), each.repeat[-1]
    rule: dict[str, Any] = {"freq": _FREQUENCY[unit], "interval": number, "until": last}
    if unit in "DW" or day.day <= 28:
        return rule, ()
    if unit == "M" and day.day == 31:
        return {**rule, "bymonthday": -1}, ()
    times = range(1, 13)
    repeats = (after(day, f"P{number * time}{unit}") for time in times)
    short = tuple(dict.fromkeys(found for found in repeats if found <= last and found.day != day.day))
    return rule, short
