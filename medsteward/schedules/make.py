"""A request to a plan: the best way down, dated, with what is dispensed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import lcm

from attrs import evolve

from medsteward.drugs.index import drug_of
from medsteward.schedules.avoid import closed_days
from medsteward.schedules.dates import Calendar
from medsteward.schedules.dispensable import Level
from medsteward.schedules.drafting import Scales, State, draft_of, start_draft, unchanged
from medsteward.schedules.naming import line_names, named
from medsteward.schedules.needs import Rhythm
from medsteward.schedules.plan import Course, NeedsChoice, Outcome, Plan, PlannedFill, ReachesTarget, Request
from medsteward.schedules.planner import Weigh, plan_course
from medsteward.schedules.quantities import fills_of, is_one_fill, usual_days, with_quantities
from medsteward.schedules.step import Step
from medsteward.schedules.stock import AlreadyDispensed, Lost, with_fills
from medsteward.schedules.supply import Track
from medsteward.schedules.timeline import Draft, dated
from medsteward.schedules.trial import ENDS_WITHOUT_STEPS, Trial

Avoided = Callable[[date], bool]
"""Whether a day is one to avoid, such as a holiday."""


def make_plan(request: Request, scales: Scales, avoided: Avoided) -> Plan:
    """Plan a request.

    Raises ``TooFine``, ``TooManyDays`` or ``NoSuchDay`` where it cannot be planned at all.
    """
    drafts, outcome = _first_drafts(request, scales)
    steps = finished(request, drafts, avoided)
    fills = fills_for(request, steps, avoided)
    if is_one_fill(steps, request.fill_days):
        steps = dispensed(request, steps, fills)
    return Plan(request, steps, outcome, steps, outcome, fills=fills)


def originals(request: Request, scales: Scales) -> list[Fraction]:
    """The total of each course before the first step."""
    return [
        weigh(tuple(track.daily for track in course.tracks)) if course.original is None else course.original
        for course, weigh in zip(request.courses, scales.totals, strict=True)
    ]


def _first_drafts(request: Request, scales: Scales) -> tuple[list[Draft], Outcome]:
    state = unchanged(request)
    if request.hold:
        every = request.courses[0].policy.phases[0].every
        return [start_draft(request, scales, 1, 0, state, every, request.hold)], NeedsChoice(request.hold)
    return drafts_from(request, scales, state, first=0, number=1)


def drafts_from(
    request: Request, scales: Scales, state: State, *, first: int, number: int
) -> tuple[list[Draft], Outcome]:
    """The drafts of the courses from ``first`` on, from ``state`` down, the first of them numbered ``number``.

    A course that cannot begin leaves those after it out. The outcome is that of the first course that needs a choice.
    """
    drafts: list[Draft] = []
    outcome: Outcome = ReachesTarget()
    wholes, names = originals(request, scales), line_names(request.courses)
    for place in range(first, len(request.courses)):
        start, order = state[place], _order(request.courses[place])
        moves, ends = plan_course(
            _in_order(_standing(request.courses[place], start), order),
            _weighed_in(scales.totals[place], order),
            names=tuple(names[place][each] for each in order),
            original=wholes[place],
            larger=request.larger,
            when_stuck=request.when_stuck,
        )
        for found in moves:
            move = evolve(found, levels=tuple(found.levels[order.index(each)] for each in range(len(order))))
            levels = tuple(new or old for new, old in zip(move.levels, start, strict=True))
            state = (*state[:place], levels, *state[place + 1 :])
            drafts.append(draft_of(request, scales, number + len(drafts), place, move, state, wholes))
        if isinstance(outcome, ReachesTarget):
            outcome = ends
        if isinstance(ends, NeedsChoice) and not moves:
            break
    return drafts, outcome


def _order(course: Course) -> tuple[int, ...]:
    """The places of the tracks in the order in which they are lowered."""
    return course.lowered or tuple(range(len(course.tracks)))


def _in_order(course: Course, order: Sequence[int]) -> Course:
    return evolve(course, tracks=tuple(course.tracks[each] for each in order), lowered=())


def _weighed_in(weigh: Weigh, order: Sequence[int]) -> Weigh:
    """The weighing of amounts that come in an order of their own."""
    return lambda amounts: weigh(tuple(amounts[order.index(each)] for each in range(len(order))))


def _standing(course: Course, levels: Sequence[Level | None]) -> Course:
    """The course with the doses that are taken now in place of those of its beginning."""
    tracks = []
    for track, level in zip(course.tracks, levels, strict=True):
        if level is not None:
            doses = tuple((taken.time, taken.amount) for taken in level.doses)
            track = evolve(track, doses=doses or ((track.doses[0][0], Fraction(0)),), days=level.days)
        tracks.append(track)
    return evolve(course, tracks=tuple(tracks))


# --- dates and quantities ---------------------------------------------------------------------------------------


def finished(request: Request, drafts: Sequence[Draft], avoided: Avoided) -> tuple[Step, ...]:
    """The drafts with their days and what is dispensed."""
    days = dated(drafts, request.start, calendar_of(request, avoided, request.start))
    return with_quantities(named(days, request), rhythms_of(request))


AFTER_DECISION_DAYS = 7
"""Days after that of the decision for which a trial without an exit taper is dispensed: nobody runs out. Ours."""


def covering(request: Request, steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps as they are dispensed for: the last of a trial that ends without an exit taper is longer.

    An exit taper has fills of its own from the day of the decision on. An opioid is not dispensed beyond its course,
    nor what is taken before sessions of therapy only.
    """
    trial = request.trial
    if trial is None or trial.sessions or not steps or not steps[-1].doses:
        return tuple(steps)
    is_opioid = any(track.drug_class.is_opioid_agonist for course in request.courses for track in course.tracks)
    if is_opioid or any(course.policy.id != ENDS_WITHOUT_STEPS for course in request.courses):
        return tuple(steps)
    last = steps[-1]
    return (*steps[:-1], evolve(last, last_day=last.last_day + timedelta(days=1 + AFTER_DECISION_DAYS)))


def calendar_of(request: Request, avoided: Avoided, start: date) -> Calendar:
    """The days on which a step may begin; patches are changed on days counted from ``start``."""
    calendar = Calendar(avoided, request.weekday)
    wear = [track.wear_days for course in request.courses for track in course.tracks if track.wear_days]
    return evolve(calendar, anchor=calendar.first_from(start), every=lcm(*wear)) if wear else calendar


def fills_for(
    request: Request,
    steps: Sequence[Step],
    avoided: Avoided,
    *,
    usual: Sequence[int] = (),
    given: AlreadyDispensed | None = None,
    last: date | None = None,
    before: Sequence[Request] = (),
) -> tuple[PlannedFill, ...]:
    """Each dispensing of the steps, those that begin after ``last`` left out; what is ``given`` stays as it is.

    ``before`` is what earlier steps follow from, where the plan was planned anew.
    """
    courses = [course for each in (*before, request) for course in each.courses]
    present = {track.present.product for course in courses for track in course.tracks if track.present is not None}
    covered = covering(request, steps)
    if usual and covered[-1].days > steps[-1].days:
        usual = (*usual[:-1], usual[-1] + covered[-1].days - steps[-1].days)
    return fills_of(
        covered,
        rhythms_of(*before, request),
        request.fill_days,
        first_days=request.first_fill_days,
        usual=usual,
        given=given,
        known=present,
        avoided=closed_days(request.avoid, avoided),
        last=last,
    )


def days_of_a_fill(request: Request, step: Step, days: int, before: Sequence[Request] = ()) -> int:
    """How long one dispensing of a step of so many days lasts: as asked, or what is usual for what it gives."""
    return request.fill_days or usual_days(step, rhythms_of(*before, request), days)


def dispensed(
    request: Request,
    steps: Sequence[Step],
    fills: Sequence[PlannedFill],
    not_taken: Collection[date] = (),
    lost: Sequence[Lost] = (),
    before: Sequence[Request] = (),
) -> tuple[Step, ...]:
    """The steps with what the fills dispense in each; on days ``not_taken`` nothing is used of it."""
    return with_fills(steps, rhythms_of(*before, request), fills, not_taken, lost)


def rhythms_of(*requests: Request) -> dict[str, Rhythm]:
    """By the name of a line: how long its patches stay on, its schedule, the hours between doses as needed, its use."""
    found: dict[str, Rhythm] = {}
    for request in requests:
        for course, names in zip(request.courses, line_names(request.courses), strict=True):
            for track, name in zip(course.tracks, names, strict=True):
                schedule = next((supply.schedule for supply in track.supplies if supply.schedule), "")
                use = "" if request.trial is None else _use_of(request.trial, track)
                found[name] = Rhythm(track.wear_days, schedule, track.hours_apart, use)
    return found


def _use_of(trial: Trial, track: Track) -> str:
    """How what is tried is used, for the label: where on the skin, and what its form asks for."""
    site = f"on the {trial.site}" if trial.site and track.route == "topical" else ""
    return "; ".join(filter(None, (site, drug_of(track.drug).use_of(track.form))))
