"""The dated checkpoints of a plan: few enough to be kept, each with what it is to decide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from attrs import evolve, frozen

from medsteward.advice.plan.report import Checkpoint
from medsteward.model.drug import DrugClass
from medsteward.model.source import Source, Standing
from medsteward.reminders import places as s
from medsteward.scales.declared import COWS, SOWS
from medsteward.schedules.plan import Course, NeedsChoice, Plan
from medsteward.schedules.policy import FollowUp
from medsteward.schedules.step import Step
from medsteward.thresholds import whole
from medsteward.treatments import taper_places as t

AFTER_DAYS = (whole("follow_up_first"), whole("follow_up_last"))
"""Follow-up after the first step, and after the last dose, where the policy names no days."""
BEFORE_DAYS = whole("talk_before_step")
"""A step is talked over within so many days before it."""
SETTLES_DAYS = (whole("settles_from"), whole("settles_by"))
"""Early symptoms usually settle so many days after a step."""
HOLD_FIRST_DAYS = whole("hold_first")
HOLD_EVERY_DAYS = whole("contact_every")
"""A hold is looked at within a week, then every 4 weeks."""
CALL_EVERY_DAYS = whole("contact_every")
MOST_DAYS = whole("no_contact_longer_than")
"""Within a step without another contact there is a call every 4 weeks."""
FEWEST_FOR_MIDDLE = whole("steps_with_a_middle")
"""Steps from which there is a middle to review."""

_ABOUT = {True: "pain, function, sleep and mood", False: "symptoms, function, sleep and mood"}
"""What is talked over, with an opioid and without."""
_AFTER_CHANGE = s.VA_DOD_2017.at("1 week to 1 month after each change and after the end")
_SETTLES = s.VA_2016.at("early symptoms usually settle 5 to 10 days after a step")


def _restart(plan: Plan) -> str:
    """What is decided where the plan waits for a restart dose."""
    if not plan.goes_on:
        return "Meet before any further dose: agree on a restart dose, or on going on without it. Offer naloxone."
    tracks = [track for course in plan.request.courses for track in course.tracks]
    naloxone = " Offer naloxone." if any(track.drug_class.is_opioid_agonist for track in tracks) else ""
    return f"Meet today: agree on a restart dose, or on staying at the present one, which goes on.{naloxone}"


def checkpoints(plan: Plan) -> tuple[Checkpoint, ...]:
    """The checkpoints of a plan as it stands, in order of their first day.

    Each step but the first has at most one before it; the first has its follow-up as well, and the end of each course
    one. Where the policy asks for a contact so many days after each step, there is one where the step lasts longer.
    Between two contacts lie no more than ``MOST_DAYS``: a longer step has calls every 4 weeks. Steps less than a week
    apart share one, but for the last. A hold plan has reviews.
    """
    if not plan.steps:
        return ()
    if plan.awaits_restart:
        day = max(plan.last_day, plan.given_until or plan.last_day)
        return (Checkpoint("restart", day, day, _restart(plan)),)
    if plan.request.hold:
        return tuple(_hold_reviews(plan))
    marks = _marks(plan)
    found = [*_first(plan, marks), *_after(marks), *_before(plan, marks), *_ends(plan, marks)]
    found += _monthly(plan, marks, [each.last_day for each in found])
    return tuple(sorted(found, key=lambda each: (each.first_day, each.last_day)))


@frozen
class _Mark:
    """A step with its course; ``ends``: nothing of the course's drugs is taken from this step on."""

    step: Step
    course: Course
    ends: bool


def _marks(plan: Plan) -> tuple[_Mark, ...]:
    """Each step with its course."""
    found: list[_Mark] = []
    for step in plan.steps:
        course = plan.course_of(step)
        own = {track.drug for track in course.tracks}
        found.append(_Mark(step, course, not any(day.amount.value for day in step.daily if day.drug in own)))
    return tuple(found)


def _first(plan: Plan, marks: tuple[_Mark, ...]) -> Iterator[Checkpoint]:
    """The first follow-up after the start; with steps of a week it is also that before the second step."""
    mark, step = marks[0], marks[0].step
    if mark.ends:
        return
    low, high = _start_span(mark.course.policy.follow_up)
    first, last = step.first_day + timedelta(days=low), step.first_day + timedelta(days=high)
    share = len(marks) > 1 and _window(marks[1].step, step)[0] <= first
    last = min(last, step.last_day)
    first = min(first, last)
    if len(marks) > 1 and not share:
        last = max(first, min(last, _window(marks[1].step, step)[0] - timedelta(days=1)))
    decide = _decide(mark, "how the first step is felt, and whether the pace fits")
    if share:
        decide = f"{decide} Before {marks[1].step.first_day}: go on, stay longer or slow down."
    yield Checkpoint("first_follow_up", first, last, decide, _sources(mark.course))


def _after(marks: tuple[_Mark, ...]) -> Iterator[Checkpoint]:
    """The contact after each later step, where the policy names its days and they lie before that of the next step."""
    for mark, following in pairwise(marks[1:]):
        days = mark.course.policy.follow_up.after_days
        if mark.ends or not days:
            continue
        first, last = (mark.step.first_day + timedelta(days=number) for number in _span(days))
        before = _window(following.step, mark.step)[0] - timedelta(days=1)
        if first <= before:
            decide = _decide(mark, "how this step is felt, and whether the pace fits; a call may be enough")
            yield Checkpoint("after_step", first, min(last, before), decide, _sources(mark.course))


def _monthly(plan: Plan, marks: tuple[_Mark, ...], contacts: list[date]) -> Iterator[Checkpoint]:
    """Calls within steps so long that a month would pass without any contact."""
    before = plan.first_day
    for contact in sorted(contacts):
        while (contact - before).days > MOST_DAYS:
            before += timedelta(days=CALL_EVERY_DAYS)
            mark = next((each for each in marks if each.step.first_day <= before <= each.step.last_day), None)
            if mark is None or not any(day.amount.value for day in mark.step.daily):
                continue
            first = max(before - timedelta(days=BEFORE_DAYS - 1), mark.step.first_day)
            if mark.ends:  # what is still taken is lowered next
                mark = next((each for each in marks if each.step.first_day > before), mark)
            decide = _decide(mark, f"{_ABOUT[_is_opioid(mark.course)]}; a call may be enough")
            sources: tuple[Source, ...] = (t.CDC_MONTHLY, s.OURS) if _is_opioid(mark.course) else (s.OURS,)
            yield Checkpoint("monthly", first, before, decide, sources)
        before = max(before, contact)


def _before(plan: Plan, marks: tuple[_Mark, ...]) -> Iterator[Checkpoint]:
    """One before each step; steps less than a week apart share one. The middle one asks about the aim."""
    low, _ = _start_span(marks[0].course.policy.follow_up)
    shared = marks[0].step.first_day + timedelta(days=low)
    middle = len(marks) // 2 if len(marks) >= FEWEST_FOR_MIDDLE else None
    last_day: date | None = None
    asked_middle = False
    for number in range(1, len(marks)):
        mark, before = marks[number], marks[number - 1]
        first, last = _window(mark.step, before.step)
        if number == 1 and first <= shared:
            last_day = last
            continue
        if last_day is not None and (last - last_day).days < BEFORE_DAYS and not mark.ends:
            continue
        is_middle = middle is not None and number >= middle and not asked_middle
        asked_middle = asked_middle or is_middle
        yield _step_check(mark, before, first, last, is_middle=is_middle)
        last_day = last


def _step_check(mark: _Mark, before: _Mark, first: date, last: date, *, is_middle: bool) -> Checkpoint:
    sources = _sources(before.course)
    if is_middle:
        decide = _decide(
            before,
            "what has changed since the start, and whether the aim still fits: on, a lower dose that holds, "
            "or another way",
        )
    else:
        decide = _decide(before, _ABOUT[_is_opioid(before.course)])
    if _is_opioid(before.course) and not before.ends:
        on, off = (before.step.first_day + timedelta(days=days) for days in SETTLES_DAYS)
        if off <= before.step.last_day:
            decide = f"{decide} The same scores also from {on} to {off}, when symptoms of a step usually settle."
            sources = (*sources, _SETTLES)
    names = " and ".join(dict.fromkeys(track.drug for track in mark.course.tracks))
    last_dose = f" From then on {names} is no longer taken." if mark.ends else ""
    decide = f"{decide} Before {mark.step.first_day}: go on, stay longer or slow down.{last_dose}"
    return Checkpoint("middle_review" if is_middle else "before_step", first, last, decide, sources)


def _ends(plan: Plan, marks: tuple[_Mark, ...]) -> Iterator[Checkpoint]:
    """After the last dose of each course, after the last step of one that keeps a dose, or where a choice is due."""
    for number, mark in enumerate(marks):
        is_last = number + 1 == len(marks)
        changes = not is_last and marks[number + 1].course is not mark.course
        if not (mark.ends or changes or is_last):
            continue
        if mark.ends and number and marks[number - 1].ends and marks[number - 1].course is mark.course:
            continue
        if is_last and not mark.ends and isinstance(plan.outcome, NeedsChoice):
            first = max(mark.step.first_day, mark.step.last_day - timedelta(days=BEFORE_DAYS - 1))
            decide = "Choose how to go on from here; until then the dose stays."
            yield Checkpoint("choice", first, mark.step.last_day, decide, (s.OURS,))
            continue
        follow_up = mark.course.policy.follow_up
        low, high = _span(follow_up.after_stop_days)
        # without a dose from the first day of the step on, so the last one was on the day before
        since = mark.step.first_day - timedelta(days=1) if mark.ends else mark.step.first_day
        first, last = since + timedelta(days=low), since + timedelta(days=high)
        if mark.ends:
            yield Checkpoint("after_stop", first, last, _after_stop(mark), _sources(mark.course))
        else:
            decide = _decide(mark, "whether this dose holds, and what to aim for from here")
            yield Checkpoint("after_last_step", first, last, decide, _sources(mark.course))


def _after_stop(mark: _Mark) -> str:
    decide = _decide(mark, f"how the time without it is; {_ABOUT[_is_opioid(mark.course)]}")
    if _is_opioid(mark.course):
        decide += " Naloxone stays within reach: tolerance is lost, and the former dose would now be too much."
    return decide


def _hold_reviews(plan: Plan) -> Iterator[Checkpoint]:
    """Reviews of a hold: within a week, then every 4 weeks, as long as the plan speaks of days."""
    decide = "Is the reason for the hold still there? Who is involved, is naloxone within reach, what is needed next?"
    sources: tuple[Source, ...] = (t.CDC_MONTHLY, s.OURS)
    if not any(_is_opioid(course) for course in plan.request.courses):
        decide = "Is the reason for the hold still there? Who is involved, what is needed next?"
        sources = (s.OURS,)
    start, end = plan.first_day, plan.last_day
    first, last = start + timedelta(days=1), start + timedelta(days=HOLD_FIRST_DAYS)
    while True:
        yield Checkpoint("hold_review", min(first, end), min(last, end), decide, sources)
        last = (start if last == start + timedelta(days=HOLD_FIRST_DAYS) else last) + timedelta(days=HOLD_EVERY_DAYS)
        first = last - timedelta(days=BEFORE_DAYS)
        if first > end:
            return


def _window(step: Step, before: Step) -> tuple[date, date]:
    """The days in which a step is talked over: the last week before it, within the step before."""
    last = step.first_day - timedelta(days=1)
    first = max(before.first_day + timedelta(days=1), step.first_day - timedelta(days=BEFORE_DAYS))
    return min(first, last), last


def _span(days: tuple[int, ...]) -> tuple[int, int]:
    """From the fewest to the most days after something; those of VA/DoD where a policy names none."""
    return (min(days), max(days)) if days else AFTER_DAYS


def _start_span(follow_up: FollowUp) -> tuple[int, int]:
    """The days after the start in which the first follow-up falls."""
    return _span(follow_up.after_start_days or follow_up.after_days)


def _is_opioid(course: Course) -> bool:
    return any(track.drug_class.is_opioid_agonist for track in course.tracks)


def _decide(mark: _Mark, what: str) -> str:
    scale = ""
    if _is_opioid(mark.course):
        scale = " SOWS or COWS."
    elif any(track.drug_class is DrugClass.BENZODIAZEPINE for track in mark.course.tracks):
        scale = " CIWA-B."
    return f"Talk about {what}.{scale}"


def _sources(course: Course) -> tuple[Source, ...]:
    """The policy's sources, with the standing of its follow-up; those of the scales with an opioid."""
    follow_up = course.policy.follow_up
    found = [_with_standing(source, follow_up) for source in course.policy.sources]
    if not (follow_up.after_start_days or follow_up.after_days) or not follow_up.after_stop_days:
        found.append(_AFTER_CHANGE)
    if _is_opioid(course):
        found += [COWS.source, SOWS.source]
    return tuple(dict.fromkeys(found))


def _with_standing(source: Source, follow_up: FollowUp) -> Source:
    if source.standing is not Standing.VERIFIED or follow_up.standing is Standing.VERIFIED:
        return source.at(follow_up.words)
    return evolve(source, where=follow_up.words, standing=follow_up.standing)
