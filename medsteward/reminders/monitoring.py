"""Monitoring of opioids for pain: screening, PDMP, urine drug test, agreement, reassessment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import Enum
from types import MappingProxyType

from attrs import frozen

from medsteward.model.conditions import Indication
from medsteward.model.drug import DrugClass
from medsteward.model.missing import Missing
from medsteward.model.point import Point
from medsteward.model.source import Source
from medsteward.patient.picture import Picture
from medsteward.reminders import places as s
from medsteward.reminders.days import after, shorter
from medsteward.reminders.done import Done
from medsteward.reminders.heart import amount_of, ecg, methadone_start, pressure
from medsteward.reminders.reminder import Kind, LeftOut, Reminder, Stratum, StratumReport
from medsteward.reminders.risks import Risk, reason
from medsteward.thresholds import whole

ADULT_AGE, OLDER_AGE = whole("adult_age"), whole("older_age")
ACUTE_UP_TO_DAYS = whole("acute_up_to")
"""A supply or course of so many days and more is subacute or chronic."""


class Length(Enum):
    """How long an opioid is taken for."""

    ACUTE = "acute"
    LONGER = "subacute or chronic"


@frozen
class Cadence:
    """The intervals of a stratum; ``each_prescription``: the PDMP is checked with each prescription."""

    reassess: str
    urine_drug_test: str
    pdmp: str
    each_prescription: bool


CADENCES: Mapping[Stratum, Cadence] = MappingProxyType(
    {
        Stratum.LOW: Cadence("P3M", "P1Y", "P3M", False),
        Stratum.MODERATE: Cadence("P2M", "P6M", "P3M", True),
        Stratum.HIGH: Cadence("P1M", "P3M", "P3M", True),
    }
)
"""A choice of this project within the published limits: every 3 months or more often, a urine test at least yearly."""

FIRST_REVIEW_DAYS = whole("first_review")
FIRST_REVIEW_DAYS_HIGHER = whole("first_review_higher")
ACUTE_REVIEW = "P2W"
AGREEMENT = "P1Y"

_OURS_CADENCE = s.OURS.at("cadence by stratum")
_REVIEW = s.CDC_2022.at(
    "Recommendation 7, p. 19: within 1 to 4 weeks of starting or raising, then every 3 months or more often"
)
_REVIEW_VA = s.VA_DOD_2017.at("every 3 months or more often; 1 to 4 weeks after a change")
_FIRST_HIGHER = s.recalled(s.CDC_2022, "1 to 2 weeks with ER/LA opioids or 50 MME/d and more")
_ACUTE = s.CDC_2022.at("p. 18: acute pain, at least every 2 weeks")
_PDMP = s.CDC_2022.at("Recommendation 9: before the first prescription and at least every 3 months, ideally with each")
_UDT = s.CDC_2022.at("Recommendation 10, p. 23: before starting and at least yearly; weigh benefits and risks")
_UDT_VA = s.VA_2016.at("at least yearly")

REASSESS_POINTS = (
    Point(
        "ask",
        "benefits and harms; pain and function (PEG): 30 % in both is a clinically meaningful gain",
        s.CDC_2022.at("p. 20"),
    ),
    Point(
        "ask",
        "benefit weighed against harm, with measurable goals; no single answer is a reason to taper by itself",
        s.CDC_2022.at("Recommendations 5 and 7"),
    ),
    Point("ask", "suicide risk: at the start, at each phase and in a taper", s.VA_DOD_2017.at("suicide risk")),
    Point(
        "ask",
        "a chronic opioid has a weaning plan or a dated next review",
        s.SEED_B.at("a weaning plan or a dated review"),
    ),
    Point("ask", "after a new prescription: within 30 days", s.VA_DOD_2022),
    Point("ask", "beyond 90 days: an explicit decision to go on", s.VA_DOD_2017.at("re-evaluation at 90 days")),
    Point(
        "ask",
        "a high dose without clear benefit or safeguards is a red flag",
        s.SEED.at("high dose without clear benefit"),
    ),
)
OLDER_POINTS = (
    Point("ask", "age 65 and over: falls, cognition, bowels at each review", s.CDC_PAGE.at("older adults")),
)
UDT_POINTS = (
    Point(
        "caution",
        "immunoassays miss synthetic opioids (methadone, fentanyl, tramadol) and may miss oxycodone, hydrocodone and "
        "hydromorphone",
        s.CDC_2022.at("p. 24"),
    ),
    Point(
        "caution",
        "confirm by mass spectrometry before acting where a result matters, the drug is not on the screen, or a "
        "result is unexplained",
        s.CDC_2022.at("p. 24"),
    ),
    Point("caution", "never dismiss a patient on a test alone", s.recalled(s.VA_DOD_2017, "urine drug test")),
)
AGREEMENT_POINTS = (
    Point("content", "safety and communication, not punishment", s.SEED.at("agreement: safety and communication")),
    Point("content", "the evidence for agreements is weak", s.VA_DOD_2017.at("agreements")),
    Point("content", "risk factors are discussed and recorded with the opioid", s.SEED_B.at("risk factors")),
)
SCREENING_QUESTIONS: Mapping[str, tuple[tuple[str, ...], tuple[DrugClass, ...]]] = MappingProxyType(
    {
        "sleep apnea": (("sleep apnea",), ()),
        "benzodiazepine use": ((), (DrugClass.BENZODIAZEPINE,)),
        "prior overdose": (("prior overdose",), ()),
        "alcohol": (("alcohol use", "alcohol use disorder"), (DrugClass.ALCOHOL,)),
    }
)
"""What is asked at a first visit, and what on a chart answers it: a condition, or a drug of a class."""
_SCREENED = s.SEED.at("first visit: sleep apnea, benzodiazepines, overdose, alcohol")
_SCALES = Point("ask", "ORT-OUD, and STOP-BANG where sleep apnea is possible", s.OURS)


@frozen
class Monitoring:
    """Reminders of monitoring and what was left out."""

    reminders: tuple[Reminder, ...]
    left_out: tuple[LeftOut, ...] = ()
    missing: tuple[Missing, ...] = ()


def monitoring(picture: Picture, done: Done, risks: Mapping[Risk, str], stratum: StratumReport | None) -> Monitoring:
    """What to monitor and when."""
    always = tuple(each for each in (ecg(picture, done), pressure(picture, done)) if each is not None)
    if not picture.opioids_for_pain or stratum is None:
        return Monitoring(always, _not_for_pain(picture))
    why = _outside(picture)
    if why is not None:
        kinds = (Kind.PDMP, Kind.URINE_DRUG_TEST, Kind.AGREEMENT, Kind.REASSESS)
        source = s.CDC_2022.at("scope of the guideline")
        return Monitoring(always, tuple(LeftOut(kind, why, (source,)) for kind in kinds))
    length, missing = length_of(picture)
    early = methadone_start(picture, done)
    found = [_screening(picture, done), _pdmp(picture, done, stratum), _reassess(picture, done, risks, stratum, length)]
    left_out = []
    if length is Length.ACUTE:
        text = "acute pain: the recommendation is about subacute and chronic pain"
        left_out = [LeftOut(Kind.URINE_DRUG_TEST, text, (_UDT,)), LeftOut(Kind.AGREEMENT, text, (s.OURS,))]
    else:
        found += [_urine(picture, done, stratum), _agreement(picture, done)]
    return Monitoring((*found, *([early] if early else ()), *always), tuple(left_out), missing)


def _outside(picture: Picture) -> str | None:
    if picture.is_outside is not None:
        return f"{picture.is_outside.value}: CDC 2022 does not cover it; its intervals are not applied"
    if picture.patient.age is not None and picture.patient.age < ADULT_AGE:
        return "under 18: CDC 2022 does not cover it; its intervals are not applied"
    return None


def _not_for_pain(picture: Picture) -> tuple[LeftOut, ...]:
    """Why no interval of opioids for pain is applied, where opioids are taken and none of them is surely for pain."""
    found = []
    if any(each.is_for_oud for each in picture.opioids):
        text = "treatment of opioid use disorder: the intervals here are about opioids for pain and are not applied"
        found.append(LeftOut(Kind.REASSESS, text, (s.OURS,)))
    if picture.unclear:
        text = f"{' and '.join(picture.unclear)} may be treatment of opioid use disorder: ask before intervals are set"
        found.append(LeftOut(Kind.REASSESS, text, (s.OURS,)))
    return tuple(found)


def length_of(picture: Picture) -> tuple[Length | None, tuple[Missing, ...]]:
    """Whether pain is acute or longer, as far as known; else what is lacking."""
    if Indication.CHRONIC_PAIN in picture.indications:
        return Length.LONGER, ()
    first = picture.first_day(picture.opioids_for_pain)
    if first is not None and (picture.on - first).days >= ACUTE_UP_TO_DAYS:
        return Length.LONGER, ()
    supplies = [each.regimen.days_supply for each in picture.opioids_for_pain]
    if any(supply is not None and supply >= ACUTE_UP_TO_DAYS for supply in supplies):
        return Length.LONGER, ()
    if Indication.ACUTE_PAIN in picture.indications:
        return Length.ACUTE, ()
    if first is not None and picture.opioids_for_pain and all(supply is not None for supply in supplies):
        return Length.ACUTE, ()
    return None, (Missing("how long the opioid is taken for (indication, start and days' supply)"),)


def _next(record: date | bool | None, repeat: str, start: date, today: date) -> tuple[date, str | None]:
    """The next day, and what to say where the last one is not stated."""
    if isinstance(record, date):
        return after(record, repeat), None
    if record:
        return after(today, repeat), f"done, the day is not stated: counted from {today}"
    return start, None


def _start(picture: Picture) -> date:
    return picture.first_day(picture.opioids_for_pain) or picture.on


def _stratum_words(stratum: StratumReport) -> str:
    why = f" ({'; '.join(stratum.because)})" if stratum.because else " (no factor known that raises it)"
    return f"{stratum.level.value} stratum, medsteward's own rule{why}"


def _screening(picture: Picture, done: Done) -> Reminder:
    record = done.of(Kind.SCREENING)
    open_ones = [
        name
        for name, (conditions, classes) in SCREENING_QUESTIONS.items()
        if not picture.has(*conditions) and not picture.takes(*classes)
    ]
    because = ["an opioid is taken for pain", done.words(Kind.SCREENING)]
    if not open_ones:
        because.append("the chart answers every question")
    asked = ", ".join(open_ones[:-1]) + (" and " if len(open_ones) > 1 else "") + "".join(open_ones[-1:])
    return Reminder(
        kind=Kind.SCREENING,
        due=_start(picture),
        because=tuple(because),
        consider=f"Ask about {asked}, and note the answers as conditions of the case." if asked else "Nothing to ask.",
        sources=(s.SEED.at("sleep apnea, benzodiazepine use, prior overdose, alcohol at the first visit"),),
        done=record,
        settled=bool(record) or not open_ones,
        points=(*([Point("ask", ", ".join(open_ones), _SCREENED)] if open_ones else []), _SCALES),
    )


def _pdmp(picture: Picture, done: Done, stratum: StratumReport) -> Reminder:
    cadence = CADENCES[stratum.level]
    record = done.of(Kind.PDMP)
    due, note = _next(record, cadence.pdmp, _start(picture), picture.on)
    because = ["an opioid is taken for pain", done.words(Kind.PDMP), *filter(None, (note,))]
    newest = max((each.first for each in picture.opioids_for_pain if each.first is not None), default=None)
    if cadence.each_prescription:
        because.append(f"with each prescription in the {stratum.level.value} stratum (medsteward's own rule)")
        if isinstance(record, date) and newest is not None and newest > record:
            due = min(due, newest)
            because.append(f"a prescription began on {newest}, after the last check")
    return Reminder(
        kind=Kind.PDMP,
        due=due,
        because=tuple(because),
        consider="Check the prescription monitoring program, and discuss what it shows.",
        sources=(_PDMP, *((_OURS_CADENCE,) if cadence.each_prescription else ())),
        repeat=cadence.pdmp,
        done=record,
    )


def _urine(picture: Picture, done: Done, stratum: StratumReport) -> Reminder:
    repeat = CADENCES[stratum.level].urine_drug_test
    record = done.of(Kind.URINE_DRUG_TEST)
    due, note = _next(record, repeat, _start(picture), picture.on)
    because = [
        "an opioid is taken for subacute or chronic pain",
        done.words(Kind.URINE_DRUG_TEST),
        *filter(None, (note,)),
        f"interval of the {stratum.level.value} stratum (medsteward's own rule)",
    ]
    return Reminder(
        kind=Kind.URINE_DRUG_TEST,
        due=due,
        because=tuple(because),
        consider="Weigh benefits and risks of a urine drug test; explain it beforehand as part of safety.",
        sources=(_UDT, _UDT_VA, _OURS_CADENCE),
        repeat=repeat,
        done=record,
        points=UDT_POINTS,
    )


def _agreement(picture: Picture, done: Done) -> Reminder:
    record = done.of(Kind.AGREEMENT)
    due, note = _next(record, AGREEMENT, _start(picture), picture.on)
    return Reminder(
        kind=Kind.AGREEMENT,
        due=due,
        because=("an opioid is taken for pain", done.words(Kind.AGREEMENT), *filter(None, (note,))),
        consider="Consider an agreement about safety and communication, looked at again each year and on change.",
        sources=(
            s.practice("agreement at the start, yearly or on change"),
            s.SEED.at("agreement: safety and communication"),
        ),
        repeat=AGREEMENT,
        done=record,
        points=AGREEMENT_POINTS,
    )


def _reassess(
    picture: Picture, done: Done, risks: Mapping[Risk, str], stratum: StratumReport, length: Length | None
) -> Reminder:
    record = done.of(Kind.REASSESS)
    repeat = CADENCES[stratum.level].reassess
    sources: list[Source] = [_REVIEW, _REVIEW_VA, _OURS_CADENCE]
    because = [done.words(Kind.REASSESS)]
    if length is Length.ACUTE:
        repeat = shorter(repeat, ACUTE_REVIEW)
        because.append("acute pain: at least every 2 weeks while the opioid goes on")
        sources.append(_ACUTE)
    because.append(f"interval: {_stratum_words(stratum)}")
    due, note = _next(record, repeat, after(_start(picture), repeat), picture.on)
    because += filter(None, (note,))
    event = _last_event(picture)
    if event is not None and not (isinstance(record, date) and record > event[0]) and record is not True:
        days = FIRST_REVIEW_DAYS
        if length is Length.ACUTE:
            days = FIRST_REVIEW_DAYS_HIGHER
        higher = [risk for risk in (Risk.DOSE_50, Risk.LONG_ACTING) if risk in risks]
        if higher:
            days = FIRST_REVIEW_DAYS_HIGHER
            because.append(f"{'; '.join(reason(risk, risks) for risk in higher)}: first review within 2 weeks")
            sources.append(_FIRST_HIGHER)
        due = min(due, event[0] + timedelta(days=days)) if isinstance(record, date) else event[0] + timedelta(days=days)
        because.append(f"{event[1]} on {event[0]}: review 1 to {days // 7} weeks after it")
    elif event is None and record is None:
        due = picture.on
        because.append("the start is not stated")
    older = picture.patient.age is not None and picture.patient.age >= OLDER_AGE
    return Reminder(
        kind=Kind.REASSESS,
        due=due,
        because=tuple(because),
        consider="Review pain, function, benefits and harms together; any lowering of an opioid is gradual.",
        sources=tuple(sources),
        repeat=repeat,
        done=record,
        points=(*REASSESS_POINTS, *(OLDER_POINTS if older else ())),
    )


def _last_event(picture: Picture) -> tuple[date, str] | None:
    """The last start or change of an opioid for pain, as far as it is known; a refill of the same is neither.

    A line that begins after the day the case says opioids began, with no earlier line beside it, is taken as a refill.
    """
    events: list[tuple[date, str]] = []
    since = picture.patient.opioid_since
    if since is not None and since <= picture.on:
        events.append((since, "opioids began"))
    lines = (*picture.past, *picture.taken)
    for each in picture.opioids_for_pain:
        if each.first is None:
            continue
        before = [
            other
            for other in lines
            if other.is_opioid and other.first is not None and other.first < each.first and other.line != each.line
        ]
        same = [other for other in before if other.ingredient == each.ingredient]
        if same:
            last = max(same, key=lambda other: other.first or date.min)
            if amount_of(last) != amount_of(each):
                events.append((each.first, f"the dose of {each.ingredient} changed"))
            else:
                events.append((last.first or each.first, f"{each.ingredient} began"))
        elif before:
            events.append((each.first, f"{each.ingredient} was added or changed to"))
        elif since is None or since >= each.first:
            events.append((each.first, f"{each.ingredient} began"))
    return max(events, default=None)
