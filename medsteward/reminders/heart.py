"""Methadone's first week and QT interval; blood pressure with clonidine and lofexidine."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from medsteward.doses.daily import daily_doses
from medsteward.limits.said import said
from medsteward.model.amount import Amount
from medsteward.model.number import decimal_text
from medsteward.model.point import Point
from medsteward.model.unit import Unit
from medsteward.patient.picture import Picture
from medsteward.patient.taken import TakenDrug
from medsteward.reminders import places as s
from medsteward.reminders.days import after
from medsteward.reminders.done import Done
from medsteward.reminders.reminder import Kind, Reminder
from medsteward.reminders.risks import prolongs_qt
from medsteward.thresholds import whole

METHADONE_WEEK_DAYS = whole("methadone_first_week")
METHADONE_REVIEW = "P3D"
_METHADONE = s.CDC_2022.at(
    "p. 19: every 2 to 3 days in the first week after starting or raising methadone, strongly considered"
)

QT_POINTS = (
    Point(
        "limits", "QTc above 450 to 500 ms: consider an alternative; above 500 ms: avoid", s.APS_HRS.at("expert panel")
    ),
)
PRESSURE_POINTS = (
    Point(
        "clonidine",
        f"test dose {said('DL-CLONIDINE-03')}, blood pressure 1 hour later; again after each rise",
        s.VA_2016.at("clonidine"),
    ),
    Point("clonidine", "hold a dose if blood pressure is below 90/60 mmHg", s.VA_2016.at("clonidine")),
    Point("clonidine", "hold a dose if the pulse is below 50 a minute", s.practice("clonidine and pulse")),
    Point("clonidine", "re-evaluate on day 3 to 7", s.VA_2016.at("clonidine")),
    Point(
        "clonidine",
        "it ends gradually, or pressure may rebound; only if a beta blocker is to end as well, gradually and by its "
        "prescriber, that goes several days before",
        s.CLONIDINE_LABEL,
    ),
)
LOFEXIDINE_POINTS = (
    Point(
        "lofexidine",
        "vital signs before dosing; reduce, delay or skip with low pressure or pulse; outpatients monitor themselves",
        s.secondary(s.LOFEXIDINE_LABEL, "monitoring"),
    ),
)


def amount_of(taken: TakenDrug) -> Amount | None:
    """The most a day of what is taken; None: not known."""
    doses = daily_doses(taken.regimen).ingredients
    return next((d.daily.maximum for d in doses if d.ingredient == taken.ingredient and d.daily is not None), None)


def _methadone(picture: Picture) -> tuple[TakenDrug, ...]:
    return tuple(each for each in picture.opioids if each.ingredient == "methadone")


def methadone_start(picture: Picture, done: Done) -> Reminder | None:
    """Close follow-up in the first week after methadone is started or raised."""
    starts = [each.first for each in _methadone(picture) if each.first is not None and not each.is_for_oud]
    if not starts:
        return None
    start = max(starts)
    since = picture.patient.opioid_since
    if (picture.on - start).days > METHADONE_WEEK_DAYS:
        return None
    record = done.of(Kind.METHADONE_START)
    last = record if isinstance(record, date) and record >= start else start
    again = f"; opioids since {since}" if since is not None and since < start else ""
    return Reminder(
        kind=Kind.METHADONE_START,
        due=after(last, METHADONE_REVIEW),
        because=(f"methadone from {start}, in its first week{again}", done.words(Kind.METHADONE_START)),
        consider="Consider contact every 2 to 3 days in this week: sedation and breathing lag behind the dose.",
        sources=(_METHADONE,),
        repeat=METHADONE_REVIEW,
        until=start + timedelta(days=METHADONE_WEEK_DAYS),
        done=record,
    )


_ECG_FOLLOW_UP = timedelta(days=whole("ecg_follow_up"))
_ECG_EARLIEST = timedelta(days=whole("ecg_earliest"))
_ECG_BASELINE = timedelta(days=whole("ecg_baseline"))
_ECG_DOSES = (whole("ecg_first_dose"), whole("ecg_second_dose"))
QTC_RISK_MS = whole("qtc_risk")
_QT_CONDITIONS = ("long qt", "arrhythmia", "heart failure", "heart block", "hypokalemia", "hypomagnesemia")


def ecg(picture: Picture, done: Done) -> Reminder | None:
    """Electrocardiograms with methadone: at the start with a QT risk, after 2 to 4 weeks, at 30 and at 100 mg/d."""
    lines = _methadone(picture)
    if not lines:
        return None
    record = done.of(Kind.ECG)
    starts = [each.first for each in lines if each.first is not None]
    start = min(starts, default=None)
    because = ["methadone prolongs the QT interval"]
    dues: list[date] = []
    risk = [*picture.has(*_QT_CONDITIONS), *prolongs_qt(picture)]
    qtc = picture.patient.qtc_ms
    if qtc is not None and qtc > QTC_RISK_MS:
        risk.append(f"QTc {decimal_text(qtc)} ms")
    if record is not True:
        day = record if isinstance(record, date) else None
        if risk and (day is None or (start is not None and day < start - _ECG_BASELINE)):
            because.append(f"QT risk: {', '.join(risk)}: a baseline within 3 months before the start")
            dues.append(start or picture.on)
        if start is not None and (day is None or day < start + _ECG_EARLIEST):
            because.append(f"methadone from {start}: after 2 to 4 weeks")
            dues.append(start + _ECG_FOLLOW_UP)
        reached = _dose_mark(lines)
        newest = max(starts, default=None)
        if reached is not None and (day is None or (newest is not None and day < newest)):
            because.append(f"{reached} mg/d or more{' (30 to 40)' if reached == _ECG_DOSES[0] else ''}")
            dues.append(newest or picture.on)
        if not dues and day is None:
            because.append("the start of methadone is not stated and nothing is recorded")
            dues.append(picture.on)
    because.append(done.words(Kind.ECG))
    settled = not dues
    return Reminder(
        kind=Kind.ECG,
        due=min(dues) if dues else record if isinstance(record, date) else picture.on,
        because=tuple(because),
        consider="Consider an electrocardiogram; correct low potassium and magnesium.",
        sources=(s.APS_HRS.at("baseline with QT risk, 2 to 4 weeks, at 30 to 40 and at 100 mg/d"),),
        done=record,
        settled=settled,
        points=QT_POINTS,
    )


def _dose_mark(lines: tuple[TakenDrug, ...]) -> int | None:
    """The highest dose mark reached by the day's methadone; None: none, or not known."""
    amounts = [amount_of(each) for each in lines]
    known = [amount.to(Unit.MG_PER_D).value for amount in amounts if amount is not None]
    total = sum(known, Fraction(0))
    return max((mark for mark in _ECG_DOSES if total >= mark), default=None)


def pressure(picture: Picture, done: Done) -> Reminder | None:
    """Blood pressure and pulse with clonidine or lofexidine."""
    lines = [each for each in picture.taken if each.ingredient in ("clonidine", "lofexidine")]
    if not lines:
        return None
    names = tuple(dict.fromkeys(each.ingredient for each in lines))
    record = done.of(Kind.BLOOD_PRESSURE)
    tapering = "supervised taper" in picture.contexts
    start = min((each.first for each in lines if each.first is not None), default=picture.on)
    repeat = "P1D" if tapering else None
    because = [
        f"takes {', '.join(names)}, which lowers blood pressure and pulse",
        done.words(Kind.BLOOD_PRESSURE),
    ]
    because.append("in a taper or withdrawal: daily" if tapering else "no taper or withdrawal is stated")
    points = [*(PRESSURE_POINTS if "clonidine" in names else ()), *(LOFEXIDINE_POINTS if "lofexidine" in names else ())]
    due = start
    if isinstance(record, date) and record >= start:
        due = after(record, repeat) if repeat else record
    elif record is True:
        due = after(picture.on, repeat) if repeat else picture.on
    return Reminder(
        kind=Kind.BLOOD_PRESSURE,
        due=due,
        because=tuple(because),
        consider="Measure blood pressure and pulse, and agree on when a dose is held.",
        sources=(s.VA_2016.at("clonidine: daily blood pressure"),),
        repeat=repeat,
        done=record,
        settled=bool(record) and not tapering and not (isinstance(record, date) and record < start),
        points=tuple(points),
    )
