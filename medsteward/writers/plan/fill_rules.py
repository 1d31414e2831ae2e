"""What federal rules of the United States say of the prescriptions behind a plan's dispensings. No legal advice.

Sources: 21 CFR 1306.12 (Schedule II: no refills; several prescriptions at once), 1306.13 (partial fills), 1306.22 and
1306.23 (III to V). Packages: openFDA NDC pages of fentanyl and buprenorphine patches.
"""

from __future__ import annotations

from collections.abc import Iterator

from medsteward.model.unit import Unit
from medsteward.schedules.avoid import avoided_days, closed_days
from medsteward.schedules.event import MOST_DISPENSED
from medsteward.schedules.fill_days import CARTON, EARLY_DAYS, WEEKLY_CARTON, fill_from, is_controlled
from medsteward.schedules.plan import Plan, PlannedFill
from medsteward.thresholds import whole

_SECOND = "CII"
_REFILLED = ("CIII", "CIV")
_REFILLS = whole("most_refills")
_MONTHS = whole("refill_months")
_PARTS_WITHIN = whole("partial_fill")
_SHORT = whole("short_supply")
_WEEK = 7


def rule_words(plan: Plan) -> Iterator[str]:
    """Sentences on the prescriptions of what is still to be dispensed; none where nothing of it is controlled."""
    fills = [fill for fill in plan.fills if not plan.is_given(fill)]
    schedules = {fill.schedule for fill in fills}
    if _SECOND in schedules:
        yield (
            "Schedule II: one prescription for each dispensing and strength, with the earliest day to fill it written "
            f"on it; those of one visit cover at most {MOST_DISPENSED} days together"
        )
        if any(fill.days_supply <= _SHORT for fill in fills if fill.schedule == _SECOND):
            yield (
                f"dispensings within {_PARTS_WITHIN} days of writing may be one prescription filled in parts, "
                "with the amount of each part on it"
            )
    if schedules.intersection(_REFILLED):
        yield (
            "Schedule III and IV: a new dose is a new prescription; refills only within a step, at most "
            f"{_REFILLS}, none later than {_MONTHS} months after writing"
        )
    if "CV" in schedules:
        yield "Schedule V: a new dose is a new prescription; refills within a step as the prescriber writes"
    if any(map(is_controlled, schedules)):
        yield "these are federal rules of the United States; your state or payer may be stricter"
    yield from _early(plan, fills)
    yield from _cartons(plan, fills)


def _early(plan: Plan, fills: list[PlannedFill]) -> Iterator[str]:
    """Which dispensings begin on a weekend or holiday, and from when they may be filled; the first few of them."""
    avoided = closed_days(plan.request.avoid, avoided_days(plan.request.avoid))
    days = {fill.first_day: fill_from(fill.first_day, avoided) for fill in fills if is_controlled(fill.schedule)}
    early = [f"that of {day} from {since}" for day, since in sorted(days.items()) if since != day]
    if early:
        more = f" and {len(early) - _SHOWN} more" if len(early) > _SHOWN else ""
        yield (
            f"a dispensing that begins on a weekend or holiday may be filled at most {EARLY_DAYS} days earlier, and "
            f"the next one stays on its day: {', '.join(early[:_SHOWN])}{more}"
        )


_SHOWN = 4


def _cartons(plan: Plan, fills: list[PlannedFill]) -> Iterator[str]:
    worn = {
        supply.product: track.wear_days
        for request in plan.requests
        for course in request.courses
        for track in course.tracks
        for supply in track.supplies
        if track.wear_days
    }
    days = {worn[fill.product] for fill in fills if fill.unit is Unit.PATCH and fill.product in worn}
    if _WEEK in days:
        yield f"weekly patches come {WEEKLY_CARTON} in a carton"
    if any(each and each < _WEEK for each in days):
        yield f"these patches come {CARTON} in a carton; ask the pharmacy whether it opens one for fewer"
