"""A plan as a calendar (RFC 5545): its steps, checks and prescription days, and a reminder for each dose if asked.

Calendars travel to clouds: a title names no drug and no dose unless asked. Dates have no time zone, and dose times
float, so that eight in the morning stays eight in the morning wherever the phone is. A UID comes from the plan and the
place of an entry in it; when a revision moves an entry its SEQUENCE rises, and one that is gone is sent as cancelled.
So are those of a plan whose file this one took over. The doses of a step at one time are one entry that recurs; a plan
saved before that was so had an entry for each dose, and its calendar cancels them.
"""

from __future__ import annotations

import hashlib
import json
from calendar import day_abbr
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from attrs import astuple, evolve, frozen

from medsteward.advice.plan.report import Checkpoint, PlanSheet
from medsteward.errors import OneOnly, part_for
from medsteward.schedules.day_pattern import WEEK, DayPattern
from medsteward.schedules.moment import Moment
from medsteward.schedules.naming import line_names
from medsteward.schedules.plan import Plan, SentEntry
from medsteward.schedules.restart import waiting
from medsteward.schedules.sig_lines import daily_words, directions, dose_words, item_labels
from medsteward.schedules.step import Step, StepKind, TimedDose
from medsteward.writers.shared.exact_json import exact

if TYPE_CHECKING:
    from icalendar import Event

PRODID = "-//medsteward//plan//EN"
COMMAND = "pip install 'medsteward[calendar]'"
NEUTRAL = "Plan"
ALARM = timedelta(hours=9)
"""Nine in the morning of an all-day entry."""
_DOSE_LASTS = timedelta(minutes=15)


@frozen
class CalendarEntry:
    """One entry of the calendar.

    ``at`` None: all day, first to last. Else it is at that time, ``times`` times, ``every`` days apart, first to last.
    """

    key: str
    first_day: date
    last_day: date
    title: str
    detail: str = ""
    at: time | None = None
    every: int = 1
    times: int = 1


@frozen
class Sent:
    """An entry as it stands: its UID, when it last changed, by the plan's revisions, and whether it is gone.

    ``sequence`` is above that of any earlier time it was sent.
    """

    uid: str
    entry: CalendarEntry
    revision: int
    gone: bool
    sequence: int


def calendars(
    reports: Iterable[PlanSheet], *, name_drug: bool = False, dose_reminders: bool = False
) -> Iterator[bytes]:
    """The calendar of the one plan; nothing where there is none. Refuses (``OneOnly``) several."""
    found = [report for report in reports if report.plan is not None]
    if len(found) > 1:
        raise OneOnly("a calendar holds one plan; give one case")
    for report in found:
        yield calendar_bytes(report, name_drug=name_drug, doses=dose_reminders)


def calendar_bytes(report: PlanSheet, *, name_drug: bool = False, doses: bool = False) -> bytes:
    """The plan as a calendar file, the same bytes for the same plan.

    ``name_drug`` puts what is taken into titles and descriptions; ``doses`` adds a reminder for each time of the day.
    Raises ``MissingPart`` without icalendar, ``ValueError`` for a report without a plan.
    """
    with part_for("a calendar file", "icalendar", COMMAND):
        from icalendar import Calendar
    if report.plan is None:
        raise ValueError("a report without a plan has no calendar")
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", NEUTRAL)
    stamps = _stamps(report)
    for sent in history(report, name_drug=name_drug, doses=doses):
        calendar.add_component(_event(sent, stamps))
    return bytes(calendar.to_ical())


def plan_name(plan: Plan) -> str:
    """What a plan is known by in UIDs: from what was asked and planned first, and readable in no way."""
    base = json.dumps([exact(plan.origin), exact(plan.base)], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(base.encode()).hexdigest()[:24]


def history(report: PlanSheet, *, name_drug: bool = False, doses: bool = False) -> list[Sent]:
    """Every entry that was ever sent, as it stands now, in the order of its first day."""
    assert report.plan is not None
    name = plan_name(report.plan)
    before = {each.uid: each for each in report.plan.replaced if doses or each.hour is None}
    found: dict[str, Sent] = {}
    versions = [*report.earlier, report]
    for revision, version in enumerate(versions):
        now = {f"{name}-{entry.key}@medsteward": entry for entry in _entries(version, name_drug, doses)}
        for uid, entry in now.items():
            sent = found.get(uid)
            if sent is None or sent.entry != entry or sent.gone:
                found[uid] = Sent(uid, entry, revision, False, _after(before.get(uid), revision))
        for uid, sent in found.items():
            if uid not in now and not sent.gone:
                found[uid] = Sent(uid, sent.entry, revision, True, _after(before.get(uid), revision))
    gone = [_taken_back(each) for uid, each in before.items() if uid not in found]
    until = report.plan.single_until
    if doses and until is not None:
        gone += _singles(versions[: until + 1], until, name, before)
    return sorted([*found.values(), *gone], key=lambda each: (each.entry.first_day, each.entry.key, each.uid))


def _after(before: SentEntry | None, revision: int) -> int:
    """The SEQUENCE of an entry: its revision, counted on from where another plan that it replaces had left it."""
    return revision if before is None else before.sequence + 1 + revision


def _singles(versions: list[PlanSheet], until: int, name: str, before: Mapping[str, SentEntry]) -> list[Sent]:
    """The entries of single doses that earlier releases sent for these versions of a plan, each as cancelled."""
    found: dict[str, CalendarEntry] = {}
    for version in versions:
        assert version.plan is not None
        if version.plan.awaits_restart:
            continue
        for step in version.plan.steps:
            for series in _doses(step, _wear(version.plan), False):
                for number, day in enumerate(days_of(series), start=1):
                    entry = CalendarEntry(f"{series.key}-{number}", day, day, series.title, at=series.at)
                    found[f"{name}-{entry.key}@medsteward"] = entry
    return [Sent(uid, entry, until, True, _after(before.get(uid), until + 1)) for uid, entry in found.items()]


def days_of(entry: CalendarEntry) -> list[date]:
    """The days on which an entry begins."""
    return [entry.first_day + timedelta(days=number * entry.every) for number in range(entry.times)]


def _taken_back(before: SentEntry) -> Sent:
    at = None if before.hour is None else time(before.hour)
    entry = CalendarEntry(before.uid, before.first_day, before.last_day, before.title, at=at)
    return Sent(before.uid, entry, 0, True, before.sequence + 1)


def sent_entries(report: PlanSheet) -> tuple[SentEntry, ...]:
    """What the calendar of a plan has sent so far, reminders of doses too, so that another plan can take it back."""
    return tuple(
        SentEntry(
            each.uid,
            each.sequence,
            each.entry.first_day,
            each.entry.last_day,
            each.entry.title,
            None if each.entry.at is None else each.entry.at.hour,
        )
        for each in history(report, doses=True)
    )


def _stamps(report: PlanSheet) -> list[datetime]:
    """When each version of the plan was made: the case's day, then the day of each revision."""
    assert report.plan is not None
    request = report.plan.origin
    first = request.case.as_of if request.case is not None else request.start
    days = [first, *(event.on for event in report.plan.events)]
    return [datetime.combine(day, time(12), UTC) for day in days]


# --- what is in it ----------------------------------------------------------------------------------------------


def _entries(report: PlanSheet, name_drug: bool, doses: bool) -> Iterator[CalendarEntry]:
    plan = report.plan
    assert plan is not None
    for step in plan.steps:
        yield _step(step, plan, name_drug)
        if doses and not plan.awaits_restart:
            yield from _doses(step, _wear(plan), name_drug)
    if plan.awaits_restart:
        yield _waiting(plan, name_drug)
    yield from _checks(report.checkpoints)
    yield from _prescriptions(plan)


def _step(step: Step, plan: Plan, name_drug: bool) -> CalendarEntry:
    title = f"{NEUTRAL} step {step.number}"
    detail = "See your card for what to take"
    if plan.awaits_restart:
        detail = ""
    elif name_drug:
        title += f": {_daily_words(step)}"
        labels = item_labels(step.doses)
        timed = [dose for dose in step.doses if dose.time is not Moment.AS_NEEDED]
        lines = [" ".join(filter(None, (_dose_line(dose, labels), dose.days.words))) for dose in timed]
        if len(timed) < len(step.doses):
            needed = evolve(step, doses=tuple(dose for dose in step.doses if dose.time is Moment.AS_NEEDED))
            lines += [f"{name}: {sig}" for name, sig in directions(needed, plan.request_of(step).courses)]
        detail = "\n".join(lines)
    return CalendarEntry(f"step-{step.number}", step.first_day, step.last_day, title, detail)


def _dose_line(dose: TimedDose, labels: dict[str, str]) -> str:
    return f"{dose.time.value}: {dose.name}, {dose_words(dose, labels)}"


def _daily_words(step: Step) -> str:
    if step.kind is StepKind.STOP:
        return "none from this day"
    return daily_words(step)


def _wear(plan: Plan) -> Mapping[str, int]:
    """How many days the patches of a line stay on, by its name."""
    return {
        name: track.wear_days
        for request in plan.requests
        for course, names in zip(request.courses, line_names(request.courses), strict=True)
        for track, name in zip(course.tracks, names, strict=True)
        if track.wear_days
    }


def _doses(step: Step, wear: Mapping[str, int], name_drug: bool) -> Iterator[CalendarEntry]:
    """One entry that recurs for the doses of each time of day; for patches on the days they are changed.

    Nights of the week have an entry each, seven days apart: readers that count floating times by UTC put a rule that
    names days of the week on the day after.
    """
    for moment in Moment:
        at_once = [dose for dose in step.doses if dose.time is moment]
        if not at_once or moment in (Moment.BEFORE_THERAPY, Moment.AS_NEEDED):
            continue
        is_worn = moment is Moment.WORN
        kinds = sorted({_rhythm(dose, wear) for dose in at_once}, key=lambda each: (each[0], astuple(each[1])))
        for place, (every, pattern) in enumerate(kinds):
            taken = [dose for dose in at_once if _rhythm(dose, wear) == (every, pattern)]
            title = f"{NEUTRAL}: {'change of patch' if is_worn else 'dose'}"
            does = "Change the patch" if is_worn else "Take the doses"
            apart = every * pattern.every
            key = f"step-{step.number}-{moment.value.replace(' ', '-')}" + (f"-every-{apart}" if place else "")
            for name, days in _series(step, every, pattern):
                shift = timedelta(days=moment.hour // 24)
                yield CalendarEntry(
                    key=key + name,
                    first_day=days[0] + shift,
                    last_day=days[-1] + shift,
                    title=f"{NEUTRAL}: {_together(taken)}" if name_drug else title,
                    detail=f"{does} of step {step.number}: see your card",
                    at=time(moment.hour % 24),
                    every=WEEK if pattern.off else apart,
                    times=len(days),
                )


def _series(step: Step, every: int, pattern: DayPattern) -> Iterator[tuple[str, list[date]]]:
    """The days with a dose as series of one distance, each with what tells its key from others."""
    days = [step.first_day + timedelta(days=number) for number in range(0, step.days, every)]
    days = [day for day in days if pattern.is_on(day, step.first_day)]
    by_name = {f"-{day_abbr[number].casefold()}": [d for d in days if d.weekday() == number] for number in pattern.on}
    yield from ((name, found) for name, found in (by_name or {"": days}).items() if found)


def _rhythm(dose: TimedDose, wear: Mapping[str, int]) -> tuple[int, DayPattern]:
    """How many days a patch stays on, 1 for anything else, and on which days a dose is taken."""
    return wear.get(dose.name, 1) if dose.time is Moment.WORN else 1, dose.days


def _together(doses: list[TimedDose]) -> str:
    labels = item_labels(doses)
    return "; ".join(f"{dose.name} {dose_words(dose, labels)}" for dose in doses)


def _waiting(plan: Plan, name_drug: bool) -> CalendarEntry:
    """What stands in place of doses, on the day on which the plan began to wait. The drug is named only if asked."""
    said = waiting(plan if name_drug or not plan.goes_on else evolve(plan, goes_on="as it is taken now"))
    day = max(plan.last_day, plan.given_until or plan.last_day)
    return CalendarEntry("restart", day, day, f"{NEUTRAL}: call the clinic today", "\n".join(said))


def _checks(found: tuple[Checkpoint, ...]) -> Iterator[CalendarEntry]:
    count: dict[str, int] = {}
    for each in found:
        count[each.kind] = count.get(each.kind, 0) + 1
        yield CalendarEntry(
            f"check-{each.kind}-{count[each.kind]}", each.first_day, each.last_day, f"{NEUTRAL}: review"
        )


def _prescriptions(plan: Plan) -> Iterator[CalendarEntry]:
    days = {fill.first_day: fill.due or fill.first_day for fill in plan.fills}
    for number, (_, due) in enumerate(sorted(days.items()), start=1):
        yield CalendarEntry(f"prescription-{number}", due, due, f"{NEUTRAL}: new prescription due")


# --- how it is written ------------------------------------------------------------------------------------------


def _event(sent: Sent, stamps: list[datetime]) -> Event:
    from icalendar import Alarm, Event

    entry, stamp = sent.entry, stamps[min(sent.revision, len(stamps) - 1)]
    event = Event()
    event.add("uid", sent.uid)
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", sent.sequence)
    event.add("summary", entry.title)
    if entry.at is None:
        event.add("dtstart", entry.first_day)
        event.add("dtend", entry.last_day + timedelta(days=1))
    else:
        start = datetime.combine(entry.first_day, entry.at)
        event.add("dtstart", start)
        event.add("dtend", start + _DOSE_LASTS)
        if entry.times > 1 and not sent.gone:
            event.add("rrule", {"freq": "daily", "interval": entry.every, "count": entry.times})
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    if entry.detail:
        event.add("description", entry.detail)
    if sent.gone:
        event.add("status", "CANCELLED")
        return event
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.title)
    alarm.add("trigger", ALARM if entry.at is None else timedelta(0))
    event.add_component(alarm)
    return event
