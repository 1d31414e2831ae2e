"""Short words about a plan, as options write them: ``28d``, ``5%/8w``, ``2027-03-15..2027-04-04``."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from attrs import evolve

from medsteward.drugs.index import drug_named
from medsteward.drugs.suggest import suggestions
from medsteward.model.amount import Amount
from medsteward.model.number import exact
from medsteward.model.unit import Dimension, Unit
from medsteward.readers.shared.days import day_of
from medsteward.schedules.dates import Interval
from medsteward.schedules.event import (
    MOST_DISPENSED,
    FillBecause,
    InsertStep,
    NotTaken,
    Pause,
    SetStep,
    SlowTo,
    StatedDay,
    StatedDose,
)
from medsteward.schedules.last_days import NIGHTS, LastDays
from medsteward.schedules.moment import MOST_TIMES, Moment
from medsteward.schedules.supply import OtherForm
from medsteward.schedules.trial import Measure
from medsteward.units import amount

_INTERVAL = re.compile(r"(\d{1,3})\s*(d|days?|w|weeks?|mo|months?)", re.IGNORECASE | re.ASCII)
_TIMED = re.compile(
    r"([\d.,]{1,12}\s*[a-zA-Z]{1,5}(?:/[a-zA-Z]{1,3})?)\s*(?:(?:in the|at)\s+)?([a-zA-Z ]{0,20})", re.ASCII
)
_RELEASES = ("ER", "IR")
_DISPENSED = re.compile(r"([^=]{1,20})=\s*(\d{1,4})\s*(?:d(?:ays?)?)?\s*(?::\s*(\w{1,20}))?", re.IGNORECASE | re.ASCII)
_MOST = {"d": 400, "w": 57, "m": 13}
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DOSES = (Dimension.MASS, Dimension.MASS_PER_DAY, Dimension.RATE, Dimension.MME, Dimension.MME_PER_DAY)


def interval_of(text: str) -> Interval:
    """``28d``, ``4w`` or ``1mo`` (``ValueError`` for anything else, nothing, and more than about a year)."""
    match = _INTERVAL.fullmatch(text.strip())
    if not match:
        raise ValueError(f'"{text[:20]}" is not an interval; write it as 28d, 4w or 1mo')
    number, kind = int(match[1]), match[2][0].casefold()
    if not 0 < number <= _MOST[kind]:
        raise ValueError(f'"{text[:20]}" is not between a day and a year')
    if kind == "m":
        return Interval(months=number)
    return Interval(days=number * 7 if kind == "w" else number)


def percent_of(text: str) -> Fraction:
    """``10`` or ``10%``: more than 0 and at most 100 (``ValueError``, ``NotANumber``)."""
    value = exact(text.strip().removesuffix("%").strip())
    if not 0 < value <= 100:
        raise ValueError(f'"{text[:20]}" is not more than 0 and at most 100')
    return value


def dose_of(text: str) -> Amount:
    """A day's dose, such as ``15 mg``, ``50 MME`` or ``25 mcg/h`` (``ValueError`` and errors of units)."""
    found = amount(text.strip())
    if found.unit.dimension not in _DOSES:
        raise ValueError(f"{found} is not a day's dose; write it as 15 mg, 50 MME or 25 mcg/h")
    return found


def drug_dose_of(text: str) -> tuple[str, Amount]:
    """``oxycodone=15 mg``: a drug by any of its names, and its dose a day (``ValueError`` and errors of units).

    What is taken may be counted as well: ``7 tablets``.
    """
    name, equals, dose = text.partition("=")
    if not equals:
        raise ValueError(f'"{text[:40]}" is not a drug and its dose; write it as oxycodone="15 mg"')
    drug = drug_named(name.strip().casefold())
    if drug is None:
        raise _not_known(name)
    counted = amount(dose.strip())
    return drug.name, counted if counted.unit in _COUNTED else dose_of(dose)


_APART = {"every-2nd": 2, "every-3rd": 3}


def last_days_of(text: str) -> LastDays:
    """Days without a dose before the stop (``ValueError``): ``every-2nd,every-3rd``, ``nights``, ``sat,tue``, ``none``.

    Nights are named by the day of the week, in the order in which they come free.
    """
    words = [word.strip().casefold() for word in text.split(",")]
    if words == ["none"]:
        return LastDays()
    days: list[int] = []
    nights: list[int] = []
    for word in words:
        if word in _APART:
            days.append(_APART[word])
        elif word in WEEKDAYS:
            nights.append(WEEKDAYS.index(word))
        elif word != "nights":
            raise ValueError(
                f'"{word[:20]}" is none of every-2nd, every-3rd, nights and {", ".join(WEEKDAYS)}; write none for none '
                "of them"
            )
    if "nights" in words and not nights:
        nights = list(NIGHTS)
    return LastDays(tuple(days), tuple(nights))


_COUNTED = (Unit.TABLET, Unit.CAPSULE)


def _not_known(name: str) -> ValueError:
    near = suggestions(name[:40])
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    return ValueError(f'"{name[:40]}" is not a drug we know{hint}')


def present_of(text: str) -> StatedDose:
    """``morphine ER=30 mg``: a drug, which of its lines, its dose a day (``ValueError``, errors of units).

    Or its doses at their times: ``methadone=5 mg morning + 10 mg bedtime``.
    """
    name, equals, dose = text.partition("=")
    if not equals:
        raise ValueError(f'"{text[:40]}" is not a drug and its dose; write it as oxycodone="15 mg"')
    if "+" in dose:
        stated, times = _doses_at_times(name, dose)
        return evolve(stated, times=times)
    words = name.split()
    for end in range(len(words), 0, -1):
        drug = drug_named(" ".join(words[:end]).casefold())
        if drug is None:
            continue
        if (
            end > 1
            and words[end - 1].upper() in _RELEASES
            and drug_named(" ".join(words[: end - 1]).casefold()) is drug
        ):
            end -= 1  # a release tells lines of one drug apart, also where it is part of a known name
        return StatedDose(drug.name, " ".join(words[end:])[:60], dose_of(dose))
    raise _not_known(name)


def day_dose_of(text: str) -> tuple[date, Fraction, Amount | None]:
    """``2027-03-15=0`` or ``2027-03-15=30 mg``: a day, the number, and the amount where a unit was given."""
    day, equals, dose = text.partition("=")
    if not equals:
        raise ValueError(f'"{text[:40]}" is not a day and a dose; write it as 2027-03-15=0 or 2027-03-15="30 mg"')
    try:
        found = day_of(day.strip())
    except ValueError:
        raise ValueError(f'"{day[:20]}" is not a day; write it as 2027-03-15') from None
    if re.fullmatch(r"[\d.,]+", dose.strip()):
        return found, exact(dose.strip()), None
    taken = dose_of(dose)
    return found, taken.value, taken


def measure_of(text: str) -> Measure:
    """``PEG=7``, ``NDI:50=20`` or ``sedation=yes``: a measure, its base if any, its value (``ValueError``)."""
    name, equals, value = text.partition("=")
    name, _, variant = name.partition(":")
    if not equals or not name.strip() or len(name) > 40 or len(variant) > 20:
        raise ValueError(f'"{text[:40]}" is not a measure and its value; write it as PEG=7, NDI:50=20 or sedation=yes')
    said = value.strip().casefold()
    number = {"yes": Fraction(1), "true": Fraction(1), "no": Fraction(0), "false": Fraction(0)}.get(said)
    found = exact(said) if number is None else number
    if found < 0:
        raise ValueError(f'"{text[:40]}": a score is not negative')
    return Measure(name.strip().casefold(), found, " ".join(variant.casefold().split()))


def sessions_of(text: str) -> tuple[date, ...]:
    """``2026-12-08,2026-12-10``: days of therapy (``ValueError`` for anything else)."""
    try:
        return tuple(sorted({day_of(part.strip()) for part in text.split(",")}))
    except ValueError:
        raise ValueError(f'"{text[:40]}" are not days of therapy; write them as 2026-12-08,2026-12-10') from None


_BETWEEN = re.compile(
    r"\s*\.{2,3}\s*|\s*[\u2013\u2026]\s*|\s+(?:to|until|through|-)\s+|(?<=\d-\d\d)-(?=\d{4}-)", re.IGNORECASE | re.ASCII
)
"""What stands between the first and the last of some days."""


def pause_of(text: str) -> Pause:
    """``2027-03-15..2027-04-04``, or one day (``ValueError`` for anything else)."""
    return Pause(*_range_of(text, "is not a pause; write it"))


def missed_of(text: str) -> NotTaken:
    """``2027-03-15..2027-03-16``, or one day (``ValueError`` for anything else, and more than a year)."""
    return NotTaken(*_range_of(text, "are not the days that were missed; write them"))


def _range_of(text: str, what: str) -> tuple[date, date]:
    """The first and the last of some days; of one day twice that (``ValueError``)."""
    sides = _BETWEEN.split(text.strip()[:80], maxsplit=1)
    if not all(any(letter.isdigit() for letter in side) for side in sides):
        raise ValueError(f'"{text[:40]}" {what} as 2027-03-15..2027-04-04')
    return day_of(sides[0].strip()), day_of(sides[-1].strip())


def dispense_of(text: str) -> tuple[date, int, str]:
    """``2027-03-15=7:lost``: a day, for how many days was dispensed, and why if it is said (``ValueError``)."""
    match = _DISPENSED.fullmatch(text.strip())
    if not match:
        raise ValueError(
            f'"{text[:40]}" is not a day, days and a reason; write it as 2027-03-15=7:lost, :early or :travel'
        )
    days, said = int(match[2]), (match[3] or "").casefold()
    why = _SAME_REASON.get(said, said)
    if not 0 < days <= MOST_DISPENSED:
        raise ValueError(f"a dispensing by hand is for 1 to {MOST_DISPENSED} days, not {days}")
    if why and why not in {each.value for each in FillBecause}:
        raise ValueError(f'"{why[:20]}" is not why it is dispensed; write lost, early or travel')
    try:
        return day_of(match[1].strip()), days, why
    except ValueError:
        raise ValueError(f'"{match[1][:20]}" is not a day; write it as 2027-03-15') from None


_SAME_REASON = {"stolen": "lost"}
"""Words for a reason of another name: what was stolen is gone as what was lost is."""


def slow_of(text: str) -> SlowTo:
    """``5%/8w``: a percentage of the current dose and an interval (``ValueError``)."""
    percent, slash, every = text.partition("/")
    if not slash:
        raise ValueError(f'"{text[:20]}" is not a pace; write it as 5%/8w')
    return SlowTo(percent_of(percent), interval_of(every))


def step_of(text: str) -> int:
    """The number of a step (``ValueError``)."""
    if not re.fullmatch(r"\d{1,4}", text.strip()) or not int(text):
        raise ValueError(f'"{text[:20]}" is not the number of a step')
    return int(text)


def set_of(text: str) -> SetStep:
    """``3=morphine ER=45 mg/d`` (``ValueError``, errors of units)."""
    return SetStep(*_step_day(text))


def insert_of(text: str) -> InsertStep:
    """``3=morphine ER=15 mg morning + 30 mg evening`` (``ValueError``, errors of units)."""
    return InsertStep(*_step_day(text))


def _step_day(text: str) -> tuple[int, StatedDay]:
    number, equals, day = text.partition("=")
    name, again, dose = day.partition("=")
    if not equals or not again:
        raise ValueError(
            f'"{text[:60]}" is not a step and its dose; write it as 3="morphine ER=45 mg/d" or '
            '3="morphine ER=15 mg morning + 30 mg evening"'
        )
    stated, times = _doses_at_times(name, dose)
    return step_of(number), StatedDay(stated.drug, stated.told, stated.amount, times)


def _doses_at_times(name: str, dose: str) -> tuple[StatedDose, tuple[tuple[Moment, Amount], ...]]:
    """A day's dose of a line, and its times where they are told."""
    parts = [_TIMED.fullmatch(part.strip()) for part in dose.split("+")]
    if len(parts) > MOST_TIMES or any(part is None for part in parts):
        raise ValueError(f'"{dose[:60]}" is not a dose; write it as 45 mg/d, or 15 mg morning + 30 mg evening')
    found = [(part[1], part[2]) for part in parts if part is not None]
    if len(found) == 1 and not found[0][1]:
        return present_of(f"{name}={dose}"), ()
    times = tuple((moment_of(time or "?"), dose_of(said)) for said, time in found)
    if any(each.unit.dimension is not Dimension.MASS or not each.value for _, each in times):
        raise ValueError(f'"{dose[:60]}": each dose is an amount, as in 15 mg morning')
    unit = times[0][1].unit
    total = Amount(sum((each.to(unit).value for _, each in times), Fraction(0)), unit)
    return evolve(present_of(f"{name}=1 {unit.value}"), amount=total), times


def moment_of(text: str) -> Moment:
    """A time of the day by name (``ValueError``)."""
    for moment in Moment:
        if moment.value == text.strip().casefold() and moment not in (Moment.WORN, Moment.AS_NEEDED):
            return moment
    raise ValueError(f'"{text[:20]}" is not a time of day; write morning, noon, evening or bedtime')


_FORM = re.compile(r"(?:(?P<release>IR|ER)\s+)?(?P<form>[a-z][a-z ]{2,40})", re.IGNORECASE | re.ASCII)


_SAME_FORM = {
    "liquid": "solution",
    "oral solution": "solution",
    "oral liquid": "solution",
    "tab": "tablet",
    "cap": "capsule",
}


def form_of(text: str) -> OtherForm:
    """``IR tablet`` or ``morphine=solution``: another form, and of which drug (``ValueError``)."""
    name, equals, said = text.partition("=")
    drug = drug_named(name.strip().casefold()) if equals else None
    if equals and drug is None:
        raise _not_known(name)
    match = _FORM.fullmatch((said if equals else text).strip())
    if match is None:
        raise ValueError(f'"{text[:40]}" is not a form; write it as "IR tablet" or morphine="IR tablet"')
    release = match["release"]
    form = match["form"].casefold().strip().removesuffix("s")
    form = _SAME_FORM.get(form, form)
    return OtherForm(form, release.upper() if release else None, "" if drug is None else drug.name)


def target_of(text: str) -> Amount:
    """``0`` or ``30 mg``: where to stay (``ValueError``, errors of units)."""
    return Amount(Fraction(0), Unit.MG_PER_D) if text.strip() in ("0", "zero", "stop") else dose_of(text)


def mark_of(text: str) -> Fraction:
    """``0.1`` or ``0.1 mL``: the finest mark of a syringe (``ValueError``, errors of units)."""
    found = amount(text if any(c.isalpha() for c in text) else f"{text} mL")
    if found.unit is not Unit.ML or not 0 < found.value <= 5:
        raise ValueError(f'"{text[:20]}" is not the mark of a syringe; write it as 0.1 mL')
    return found.value
