"""Moves of the planner to drafts of steps: doses at their times, totals, what was asked and what it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

from attrs import evolve, frozen

from medsteward.model.amount import Amount
from medsteward.model.unit import Unit
from medsteward.schedules.dates import Interval
from medsteward.schedules.day_pattern import EVERY_DAY
from medsteward.schedules.dispensable import NOTHING, Level, TakenAtOnce, level_of
from medsteward.schedules.fill_days import whole_cartons
from medsteward.schedules.last_days import note_of
from medsteward.schedules.moment import Moment
from medsteward.schedules.naming import line_names
from medsteward.schedules.plan import Request, Weigh
from medsteward.schedules.planner import Move
from medsteward.schedules.policies.places import VA_2016
from medsteward.schedules.policy import Policy
from medsteward.schedules.step import DrugDay, Item, Step, StepKind, TimedDose
from medsteward.schedules.supply import Track
from medsteward.schedules.timeline import Draft

AT_BEDTIME = (
    "one dose at bedtime, longer apart than its label says: only as the last step before the stop "
    f"({VA_2016.citation}, for morphine ER 15 mg: every 8 hours, every 12 hours, at bedtime, stop; for other opioids "
    "and strengths medsteward's own rule)"
)
"""The note of a step that leaves one extended-release dose of an opioid a day."""
OTHERS_AT_BEDTIME = (
    "one dose at bedtime, longer apart than its label says: only as the last step before the stop, as the label's "
    "steps of 0.1 mg leave one tablet (medsteward's own rule)"
)
"""The same of clonidine."""
SOURCE_AT_BEDTIME = VA_2016
"""Who leaves one extended-release dose of an opioid at bedtime."""
A_DOSE_RISES = (
    "one dose is larger than at that time before, though the day's dose is lower: the step could not be made otherwise"
)
"""The note of a step on which a single dose rises."""
ON_A_CHANGE_DAY = "begin on a day when the patch is due to be changed; every change day is counted from there"
"""The note of the first step of a plan with patches."""


@frozen
class Scales:
    """How a plan's days are weighed: each course's total, and the MME over all tracks of all courses (None: none)."""

    totals: tuple[Weigh, ...]
    mme: Callable[[tuple[Fraction, ...]], Fraction | None]


State = tuple[tuple[Level | None, ...], ...]
"""By course and track: the day now, None where the present dose is unchanged."""


def unchanged(request: Request) -> State:
    """The state before the first step."""
    return tuple((None,) * len(course.tracks) for course in request.courses)


def draft_of(
    request: Request,
    scales: Scales,
    number: int,
    course: int,
    move: Move,
    state: State,
    originals: Sequence[Fraction],
) -> Draft:
    """One move as a draft. ``state`` is that after the move."""
    doses, daily = _day(request, state)
    amounts = _amounts(request, state)
    unit = request.courses[course].total_unit
    policy = request.courses[course].policy
    forced = move.forced and all(dose.days.is_daily for dose in doses)
    interval = interval_of(policy, move.total / originals[course], forced=forced, bottom=move.bottom)
    interval = in_cartons(interval, request, doses)
    mme = scales.mme(amounts)
    why = move.why_forced
    if why and any(amounts) and interval.least_days > policy.phase_at(move.total / originals[course]).every.least_days:
        why += f", and held longer: at least {interval}"
    step = Step(
        number=number,
        kind=StepKind.REDUCE if any(amounts) else StepKind.STOP,
        first_day=date.min,
        last_day=date.min,
        doses=doses,
        daily=daily,
        total=Amount(move.total, unit),
        mme=None if mme is None else Amount(mme, Unit.MME_PER_D),
        asked=move.asked,
        asked_percent=move.asked_percent,
        basis=None if move.basis is None else move.basis.value,
        percent_of_current=move.taken_off / move.before * 100,
        percent_of_original=move.taken_off / originals[course] * 100,
        ceiling=policy.ceiling.percent,
        forced=move.forced,
        why_forced=why,
        planned=move.bottom,
        notes=_notes(request, number, course, move),
        course=course,
    )
    return Draft(step, interval)


def _notes(request: Request, number: int, course: int, move: Move) -> tuple[str, ...]:
    """What is to be known about one step."""
    found = [ON_A_CHANGE_DAY] if number == 1 and _wears_patches(request) else []
    if move.rises:
        found.append(A_DOSE_RISES)
    if any(level is not None and level.is_last for level in move.levels):
        opioid = all(track.drug_class.is_opioid_agonist for track in request.courses[course].tracks)
        found.append(AT_BEDTIME if opioid else OTHERS_AT_BEDTIME)
    for track, level in zip(request.courses[course].tracks, move.levels, strict=True):
        if level is not None and not level.days.is_daily and level.days == track.last_days[0]:
            found.append(note_of(track))
    return tuple(found)


def leaves_a_dose_at_bedtime(request: Request, step: Step) -> bool:
    """Whether a step leaves one extended-release dose of an opioid a day, longer apart than its label says."""
    for course, names in zip(request.courses, line_names(request.courses), strict=True):
        if not all(track.drug_class.is_opioid_agonist for track in course.tracks):
            continue
        for track, name in zip(course.tracks, names, strict=True):
            times = [dose.time for dose in step.doses if dose.name == name]
            may_end = track.ends_at_bedtime and track.fewest_times > 1 and len(track.doses) > 1
            if may_end and times == [Moment.BEDTIME]:
                return True
    return False


def _wears_patches(request: Request) -> bool:
    return any((track.wear_days or 1) > 1 for course in request.courses for track in course.tracks)


def interval_of(policy: Policy, share: Fraction, *, forced: bool, bottom: bool) -> Interval:
    """How long a step lasts at least, by the share of the original that it leaves.

    A step beyond the ceiling is held twice as long as others of its phase, or as long as the phase says; at the bottom
    also no shorter than the policy's late phase. On fewer days each is as long as a step, and none is ``forced`` here.
    """
    phase = policy.phase_at(share)
    if not forced:
        return phase.every
    held = [phase.forced_hold, *([policy.phases[-1].every] if bottom else [])]
    return max(held, key=lambda each: each.least_days)


def in_cartons(interval: Interval, request: Request, doses: Sequence[TimedDose]) -> Interval:
    """How long a step of these doses lasts: where they are patches alone, as long as whole cartons of them do."""
    if not interval.days or not doses or any(dose.time is not Moment.WORN for dose in doses):
        return interval
    tracks = [track for course in request.courses for track in course.tracks if track.form == "patch"]
    drugs = {dose.drug for dose in doses}
    return Interval(days=whole_cartons(interval.days, [each.wear_days for each in tracks if each.drug in drugs]))


def start_draft(
    request: Request, scales: Scales, number: int, course: int, state: State, interval: Interval, *notes: str
) -> Draft:
    """A step at the dose of ``state`` that lowers nothing: a hold, or a way back."""
    doses, daily = _day(request, state)
    amounts = _amounts(request, state)
    mme = scales.mme(amounts)
    total = scales.totals[course](course_amounts(request, state, course))
    step = Step(
        number=number,
        kind=StepKind.START,
        first_day=date.min,
        last_day=date.min,
        doses=doses,
        daily=daily,
        total=Amount(total, request.courses[course].total_unit),
        mme=None if mme is None else Amount(mme, Unit.MME_PER_D),
        ceiling=request.courses[course].policy.ceiling.percent,
        notes=notes,
        course=course,
    )
    return Draft(step, interval)


def course_amounts(request: Request, state: State, course: int) -> tuple[Fraction, ...]:
    """The day's amounts of one course's drugs."""
    pairs = zip(request.courses[course].tracks, state[course], strict=True)
    return tuple(track.daily if level is None else level.daily for track, level in pairs)


def _amounts(request: Request, state: State) -> tuple[Fraction, ...]:
    return tuple(amount for course in range(len(request.courses)) for amount in course_amounts(request, state, course))


def state_of(request: Request, step: Step) -> State:
    """The state that a step stands for, from its doses."""
    amounts = iter(day.amount.value for day in step.daily)
    return tuple(tuple(_level_in(step, track, next(amounts)) for track in course.tracks) for course in request.courses)


def _level_in(step: Step, track: Track, amount: Fraction) -> Level | None:
    if amount == track.daily:
        return None
    if not amount:
        return NOTHING
    known = {supply.product: supply for supply in (track.present, *track.supplies) if supply is not None}
    doses = tuple(
        TakenAtOnce(dose.time, dose.amount.value, tuple((known[item.product], item.count) for item in dose.items))
        for dose in step.doses
        if dose.drug == track.drug and dose.items and all(item.product in known for item in dose.items)
    )
    products = {supply.product for dose in doses for supply, _ in dose.items}
    units = sum((count for dose in doses for _, count in dose.items), Fraction(0))
    days = next((dose.days for dose in step.doses if dose.drug == track.drug), EVERY_DAY)
    return Level(amount, doses, len(products), units, days=days)


def _day(request: Request, state: State) -> tuple[tuple[TimedDose, ...], tuple[DrugDay, ...]]:
    """What is taken when, by the clock, and the day's amount of each line (0 where a drug has ended)."""
    doses: list[TimedDose] = []
    daily: list[DrugDay] = []
    for course, levels in zip(request.courses, state, strict=True):
        for track, level in zip(course.tracks, levels, strict=True):
            doses += _doses(track, level)
            amount = track.daily if level is None else level.daily
            daily.append(DrugDay(track.drug, track.daily_amount(amount)))
    return tuple(sorted(doses, key=lambda dose: dose.time.hour)), tuple(daily)


def _doses(track: Track, level: Level | None) -> list[TimedDose]:
    if level is None:
        level = present_level(track)
    if level is None:
        return [
            TimedDose(track.drug, time, Amount(amount, track.unit), (), track.days)
            for time, amount in track.doses
            if amount
        ]
    return [
        TimedDose(
            track.drug,
            taken.time,
            Amount(taken.amount, track.unit),
            tuple(Item(s.product, Amount(s.strength, track.unit), s.unit, count, s.per_ml) for s, count in taken.items),
            level.days,
        )
        for taken in level.doses
        if taken.amount
    ]


def present_level(track: Track) -> Level | None:
    """The present doses out of the supplies, or else of the product as written; None where neither makes them."""
    doses = tuple((time, amount) for time, amount in track.doses if amount)
    if not doses:
        return None
    for supplies in (track.supplies, (track.present,) if track.present else ()):
        found = level_of(evolve(track, supplies=supplies), doses) if supplies else None
        if found is not None:
            return found.on(track.days)
    return None
