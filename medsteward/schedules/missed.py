"""What was taken otherwise than planned: when to call, when the plan no longer holds, what is urgent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction

from attrs import evolve, frozen

from medsteward.bibliography import cite
from medsteward.model.drug import DrugClass
from medsteward.model.problem import Caution
from medsteward.model.source import Source
from medsteward.schedules.day_pattern import MOST_APART
from medsteward.schedules.event import Event, Present, Taken, day_by_day
from medsteward.schedules.plan import Course
from medsteward.schedules.sig_lines import day_words
from medsteward.schedules.step import Step
from medsteward.schedules.supply import Track
from medsteward.thresholds import whole

CALL_FROM = whole("call_after_missed")
"""Consecutive days without the opioid from which the plan says to call."""
ENDS_FROM = whole("plan_ends_after_missed")
"""Consecutive days from which the plan no longer holds."""
ENDS_FROM_LONG_ACTING = whole("plan_ends_after_missed_long_acting")
"""The same for methadone, extended-release forms, patches and liquids, whose former dose is dangerous sooner."""
_LONG_ACTING = frozenset({"methadone"})
NOT_TOLERANT_FROM = whole("tolerance_lost_after")
"""Days without a dose from which nobody counts as used to it: labels ask for a week or longer, and the VA names one
week."""

SOURCES = (
    cite("OURS", "call from the 2nd day, plan ends from the 5th (methadone, ER, patch and liquid from the 3rd)"),
    cite("VA-TAPER-2016", "tolerance can be lost within a week"),
)


@frozen
class Missed:
    """Consecutive days, first to last, on which nothing of the opioid was taken.

    ``call``: long enough to talk before the next dose. ``ends``: so long that the plan no longer holds, from
    ``ends_on`` on; nobody goes back to a dose of it without being seen. ``last_dose`` is the last dose tolerated, in
    words.
    """

    first_day: date
    last_day: date
    call: bool
    ends: bool
    ends_on: date | None
    last_dose: str = ""
    sources: tuple[Source, ...] = SOURCES

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last_day - self.first_day).days + 1

    @property
    def consider(self) -> str:
        """What to offer; empty for a single missed day below the limits."""
        span = f"{self.days} days without the opioid ({self.first_day} to {self.last_day})"
        if self.ends:
            most = f" ({self.last_dose})" if self.last_dose else ""
            week = "After 7 days nobody counts as used to it. " if self.days >= NOT_TOLERANT_FROM else ""
            return (
                f"{span}: tolerance may be lost, and the former dose can be dangerous. {week}This plan no longer "
                "holds, and no dose is planned until the prescriber states a restart dose, never above the last dose "
                f"tolerated{most}. Consider meeting before any further dose, and offering naloxone. Withdrawal that "
                "has passed need not be gone through again."
            )
        if self.call:
            return (
                f"{span}: ask to call before the next dose, discuss what happened, and make sure that naloxone "
                f"is within "
                "reach. Missed doses are not made up for."
            )
        return ""

    @property
    def caution(self) -> Caution | None:
        """The same as a warning with its code; None below the limits."""
        if not self.call:
            return None
        return Caution("TAPER-112" if self.ends else "TAPER-111", self.consider, str(self.first_day))


def missed_in(
    course_of: Callable[[Step], Course], steps: Sequence[Step], events: Iterable[Event]
) -> tuple[Missed, ...]:
    """The runs of missed days of a plan: of its opioids, on days that its steps give them a dose.

    What is reported while another course is under way is about that one's drugs, and days after a planned last dose are
    not missed. A plan that ended early keeps counting from its last step on. Days before a restart are settled by it.
    ``course_of`` says which course a step belongs to, also where the plan was planned anew since.
    """

    def step_on(day: date) -> Step | None:
        step = next((each for each in steps if each.first_day <= day <= each.last_day), None)
        return steps[-1] if step is None and steps and day > steps[-1].last_day else step

    def opioids_on(day: date) -> tuple[Track, ...]:
        step = step_on(day)
        return () if step is None else _opioids(course_of(step))

    def is_due(day: date) -> bool:
        step, own = step_on(day), {track.drug for track in opioids_on(day)}
        return step is not None and any(each.drug in own and each.amount.value > 0 for each in step.daily)

    def limit_on(day: date) -> int:
        return min(map(_limit, opioids_on(day)), default=ENDS_FROM_LONG_ACTING)

    def is_off(day: date) -> bool:
        step = step_on(day)
        return step is not None and is_due(day) and not step.total_on(day).value

    due = [event for event in since_restart(events) if not isinstance(event.what, Taken) or is_due(event.what.day)]
    runs = []
    for run in missed_days(due, limit=limit_on, is_off=is_off):
        step = step_on(run.first_day)
        daily = [] if step is None else [(step, each) for each in step.daily if each.amount.value]
        words = [f"{each.name} {day_words(here, each)}" for here, each in daily]
        runs.append(evolve(run, last_dose=" and ".join(words)))
    return tuple(runs)


def _opioids(course: Course) -> tuple[Track, ...]:
    return tuple(track for track in course.tracks if track.drug_class.is_opioid_agonist)


def _limit(track: Track) -> int:
    """From how many days without an opioid the plan no longer holds."""
    supplies = track.supplies if track.present is None else (track.present,)
    liquid = any(supply.is_liquid for supply in supplies)
    long_acting = track.drug in _LONG_ACTING or track.is_extended or liquid
    return ENDS_FROM_LONG_ACTING if long_acting else ENDS_FROM


def since_restart(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events after the last restart, of which it is one, missed days day by day; all of them without any."""
    found = day_by_day(events)
    last = max((place for place, event in enumerate(found) if isinstance(event.what, Present)), default=0)
    return found[last:]


def missed_days(
    events: Iterable[Event],
    *,
    drugs: Collection[str] = (),
    limit: Callable[[date], int] | None = None,
    is_off: Callable[[date], bool] = lambda _: False,
) -> tuple[Missed, ...]:
    """The runs of consecutive days of which it is reported that nothing was taken, oldest first.

    ``drugs`` are the opioids that the plan's total is made of; ``limit`` is from how many days the plan no longer
    holds, by the first of them, where more than their names decides. A day that is reported twice counts as reported
    last. A day of which nothing is reported is not missed, and ends a run; but days without a dose by the plan
    (``is_off``) are no missed ones, and lengthen a run that they stand in.
    """
    told = reported(events)
    nothing = sorted(day for day, amount in told.items() if not amount and not is_off(day))
    days = _with_days_between(nothing, lambda day: is_off(day) and not told.get(day))
    by_name = ENDS_FROM_LONG_ACTING if _LONG_ACTING & set(drugs) else ENDS_FROM
    found = []
    for run in _runs(days):
        most = by_name if limit is None else limit(run[0])
        ends = run[most - 1] if len(run) >= most else None
        found.append(Missed(run[0], run[-1], call=len(run) >= CALL_FROM, ends=ends is not None, ends_on=ends))
    return tuple(found)


def reported(events: Iterable[Event]) -> dict[date, Fraction]:
    """What was taken on each day of which it is reported; a day that is reported twice counts as reported last."""
    return {event.what.day: event.what.amount for event in day_by_day(events) if isinstance(event.what, Taken)}


def _with_days_between(days: Sequence[date], is_off: Callable[[date], bool]) -> list[date]:
    """Missed days with those between them on which none was due."""
    found: list[date] = []
    for day in days:
        between = [found[-1] + timedelta(days=n) for n in range(1, MOST_APART)] if found else []
        between = [each for each in between if each < day]
        if between and (day - between[-1]).days == 1 and all(map(is_off, between)):
            found += between
        found.append(day)
    return found


def _runs(days: Iterable[date]) -> list[list[date]]:
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


# --- other medicines that are dangerous to miss -----------------------------------------------------------------------

_SIGNS_OF_CLASS = {
    DrugClass.BENZODIAZEPINE: "a seizure, confusion or seeing things that are not there",
    DrugClass.GABAPENTINOID: "a seizure or confusion",
}
_SIGNS = {
    "baclofen": "fever, stiff muscles, confusion or a seizure",
    "clonidine": "a severe headache, chest pain or confusion; blood pressure can rise within a day: measure it",
}


def urgent_in(courses: Sequence[Course], steps: Sequence[Step], events: Iterable[Event]) -> tuple[Caution, ...]:
    """A warning for each run of missed days of a benzodiazepine, baclofen, a gabapentinoid or clonidine.

    Which days and which signs: choices of this project; that an abrupt end is dangerous stands in their labels.
    """
    found = []
    nothing = {day for day, amount in reported(events).items() if not amount}
    for number, course in enumerate(courses):
        for track in course.tracks:
            signs = _SIGNS.get(track.drug) or _SIGNS_OF_CLASS.get(track.drug_class)
            if signs is None:
                continue
            missed = sorted(day for day in nothing if _is_due(steps, number, track.drug, day))
            for run in _runs(missed):
                days = f"{len(run)} day{'s' if len(run) > 1 else ''}"
                span = str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}"
                text = (
                    f"{days} without {track.drug} ({span}): an abrupt end can be dangerous. Consider calling today "
                    f"and agreeing on the next dose. An emergency is {signs}. Missed doses are not made up for."
                )
                found.append(Caution("TAPER-113", text, str(run[0]), mark=f"Urgent: {text}"))
    return tuple(found)


def _is_due(steps: Sequence[Step], course: int, drug: str, day: date) -> bool:
    """Whether a step of a course gives the drug a dose on a day."""
    step = next((each for each in steps if each.first_day <= day <= each.last_day), None)
    if step is None or step.course != course or not step.total_on(day).value:
        return False
    return any(each.drug == drug and each.amount.value > 0 for each in step.daily)
