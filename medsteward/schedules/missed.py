"""Days on which the opioid under a plan was not taken at all: when to call, when the plan no longer holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from attrs import frozen

from medsteward.model.problem import Caution
from medsteward.model.source import Source, Standing
from medsteward.schedules.event import Event, Taken
from medsteward.schedules.plan import Course
from medsteward.schedules.step import Step

CALL_FROM = 2
"""Consecutive days without the opioid from which the plan says to call. A choice of this project."""
ENDS_FROM = 5
"""Consecutive days from which the plan no longer holds. A choice of this project."""
ENDS_FROM_LONG_ACTING = {"methadone": 3}
"""The same for opioids whose former dose is dangerous sooner. A choice of this project."""

SOURCES = (
    Source(
        "medsteward",
        "call from the 2nd day, plan ends from the 5th (methadone from the 3rd)",
        None,
        None,
        Standing.OURS,
    ),
    Source(
        "VA Opioid Taper Decision Tool (PBM Academic Detailing)",
        "tolerance can be lost within a week",
        2016,
        None,
        Standing.VERIFIED,
    ),
)


@frozen
class Missed:
    """Consecutive days, first to last, on which nothing of the opioid was taken.

    ``call``: long enough to talk before the next dose. ``ends``: so long that the plan no longer holds, from
    ``ends_on`` on; nobody goes back to a dose of it without being seen.
    """

    first_day: date
    last_day: date
    call: bool
    ends: bool
    ends_on: date | None
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
            return (
                f"{span}: tolerance may be lost, and the former dose can be dangerous. This plan no longer holds; "
                "consider to meet before any further dose, to agree on a new start from what is safe now, and to offer "
                "naloxone. Withdrawal that has passed need not be gone through again."
            )
        if self.call:
            return (
                f"{span}: ask to call before the next dose, talk over what happened, and make sure that naloxone is at "
                "hand. Missed doses are not made up for."
            )
        return ""

    @property
    def caution(self) -> Caution | None:
        """The same as a warning with its code; None below the limits."""
        if not self.call:
            return None
        return Caution("TAPER-112" if self.ends else "TAPER-111", self.consider, str(self.first_day))


def missed_in(plan_courses: Sequence[Course], steps: Sequence[Step], events: Iterable[Event]) -> tuple[Missed, ...]:
    """The runs of missed days of a plan: of its opioids, on days that its steps give them a dose.

    What is reported while another course is under way is about that one's drugs, and days after a planned last dose are
    not missed. A plan that ended early keeps counting from its last step on.
    """
    opioids = {
        number: frozenset(track.drug for track in course.tracks if track.drug_class.is_opioid_agonist)
        for number, course in enumerate(plan_courses)
    }

    def is_due(day: date) -> bool:
        step = next((each for each in steps if each.first_day <= day <= each.last_day), None)
        if step is None and steps and day > steps[-1].last_day:
            step = steps[-1]
        own = opioids.get(step.course, frozenset()) if step is not None else frozenset()
        return step is not None and any(each.drug in own and each.amount.value > 0 for each in step.daily)

    drugs = frozenset(drug for own in opioids.values() for drug in own)
    if not drugs:
        return ()
    due = [event for event in events if not isinstance(event.what, Taken) or is_due(event.what.day)]
    return missed_days(due, drugs=drugs)


def missed_days(events: Iterable[Event], *, drugs: Collection[str]) -> tuple[Missed, ...]:
    """The runs of consecutive days of which it is reported that nothing was taken, oldest first.

    ``drugs`` are the opioids that the plan's total is made of. A day that is reported twice counts as reported last. A
    day of which nothing is reported is not missed, and ends a run.
    """
    reported: dict[date, bool] = {}
    for event in events:
        if isinstance(event.what, Taken):
            reported[event.what.day] = event.what.amount == 0
    limit = min((ENDS_FROM_LONG_ACTING.get(drug, ENDS_FROM) for drug in drugs), default=ENDS_FROM)
    days = sorted(day for day, nothing in reported.items() if nothing)
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return tuple(
        Missed(
            run[0],
            run[-1],
            call=len(run) >= CALL_FROM,
            ends=len(run) >= limit,
            ends_on=run[limit - 1] if len(run) >= limit else None,
        )
        for run in runs
    )
