"""A plan that goes on by other products, another form, pace or policy: its later steps are planned anew."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from attrs import evolve, frozen

from medsteward.schedules.dates import Interval, add_months
from medsteward.schedules.drafting import State, in_cartons, interval_of, start_draft, unchanged
from medsteward.schedules.event import Event, Relabeled, Replan
from medsteward.schedules.happens.kind import EventKind
from medsteward.schedules.happens.replaying import NotPossible, Replay
from medsteward.schedules.happens.restarting import begin_anew
from medsteward.schedules.make import drafts_from, originals
from medsteward.schedules.naming import line_names
from medsteward.schedules.plan import Plan, Request
from medsteward.schedules.redraft import longer
from medsteward.schedules.step import Step, StepKind
from medsteward.schedules.timeline import Draft

OTHER_FORM = (
    "form changes, dose does not: the first dose is taken when the next one of the form before would be due. What is "
    "left of that one is brought back or counted"
)
"""The note of a step that gives the same dose as another form."""
HIGHER_PEAK = "; its peak is higher than that of the extended-release form"
OTHER_PRODUCT = "products change, dose does not"
"""The note of a step that gives the same dose out of other products."""


def _refused(plan: Plan, event: Event, what: Replan) -> str:
    if what.day < event.on:
        return (
            f"{what.day} lies before {event.on}, and its steps are past; give --replan-from {event.on} or a later day"
        )
    return ""


@frozen
class _Here:
    """The dose from which is planned anew: its place (-1: the one before the plan), and since when it is taken."""

    place: int
    step: Step | None
    since: date
    course: int


def _replan(replay: Replay, event: Event, what: Replan) -> None:
    if replay.is_trial:
        raise NotPossible("a trial is not planned anew; plan a new one with `medsteward trial`")
    if replay.parked is not None:
        raise NotPossible("the plan is held; --resume DATE goes on, and then it can be planned anew")
    if replay.request.hold:
        raise NotPossible(f"the present dose stays for now ({replay.request.hold}), so no step is planned yet")
    before = replay.request
    if what.relabeled is None:
        _same_lines(before, what)
    request = evolve(
        before,
        courses=what.courses,
        when_stuck=what.when_stuck,
        larger=what.larger,
        split=what.split,
        mark=what.mark,
        fill_days=what.fill_days,
        avoid=before.avoid if what.avoid is None else what.avoid,
        weekday=before.weekday if what.weekday is None else what.weekday,
    )
    here = _here(replay, what.day)
    if what.relabeled is not None:
        _relabel(replay, event, what, request, here, what.relabeled)
        return
    number = replay.drafts[max(here.place, 0)].step.number + (here.place >= 0)
    due = what.day if here.step is None else max(what.day, _due(replay, request, here, here.step))
    replay.begin(number, request)
    note = _note(before, request, here.step)
    bridged = note == OTHER_FORM or (note == OTHER_PRODUCT and due > what.day)
    if here.step is None:
        _same_dose(before, request)
    state = _state(replay, here, strict=bridged or not _is_alone(here.step))
    first: list[Draft] = []
    if bridged:
        every = _every(replay, request, here)
        lasts = every if note == OTHER_FORM else Interval(days=(due - what.day).days)
        words = note + _peak(before, request) if note == OTHER_FORM else note
        said = f"{words}: {event.why}" if event.why else words
        made = start_draft(request, replay.scales, number, here.course, state, lasts, said)
        first = [evolve(made, step=evolve(made.step, kind=StepKind.BRIDGE))]
        due = what.day
    later, outcome = drafts_from(request, replay.scales, state, first=here.course, number=number + len(first))
    kept = replay.drafts[: here.place + 1]
    if here.step is not None:
        kept[-1] = _until(replay, kept[-1], here.step, due)
    replay.drafts, replay.outcome = [*kept, *first, *later], outcome


def _relabel(replay: Replay, event: Event, what: Replan, request: Request, here: _Here, told: Relabeled) -> None:
    """Go on at the same dose from a label that writes it in other mg: a stage of its own, counted in those."""
    before, now = replay.request.courses, request.courses
    lines = [[(t.drug, t.route, t.unit) for course in courses for t in course.tracks] for courses in (before, now)]
    if len(lines[0]) != 1 or lines[0] != lines[1]:
        raise NotPossible("another label is planned for the one line of a plan; another regimen is stated")
    own, track = before[0].tracks[0], now[0].tracks[0]
    dose = own.daily if here.step is None else here.step.daily[0].amount.value
    if dose * told.share != track.daily:
        raise NotPossible(
            f"on {what.day} the dose is another one than when another label was entered; take that back (--undo), and "
            "enter it again last"
        )
    left, number = replay.request, begin_anew(replay, what.day)
    replay.begin(number, request, is_regimen=True)
    course = replay.request.courses[0]
    whole = track.daily if course.original is None else course.original
    every = course.policy.phase_at(track.daily / whole).every
    left_over = 0 if here.step is None else (here.step.last_day - what.day).days + 1
    if left_over > every.least_days:
        every = Interval(days=left_over)
    note = f"{OTHER_FORM}{_peak(left, request)}; {told.words}" + (f": {event.why}" if event.why else "")
    made = start_draft(replay.request, replay.scales, number, 0, unchanged(replay.request), every, note)
    replay.drafts = [evolve(made, step=evolve(made.step, kind=StepKind.BRIDGE))]
    replay.plan_on(0)


def _same_lines(before: Request, what: Replan) -> None:
    """Refuse (``NotPossible``) courses of other drugs or routes: that is a rotation, which nobody plans by a factor."""
    known = [[(t.drug, t.route, t.unit, t.wear_days) for t in course.tracks] for course in before.courses]
    asked = [[(t.drug, t.route, t.unit, t.wear_days) for t in course.tracks] for course in what.courses]
    wholes = [sum(t.daily for t in course.tracks) for course in before.courses]
    if known != asked or any(
        sum((t.daily for t in course.tracks), Fraction(0)) > whole
        for course, whole in zip(what.courses, wholes, strict=True)
    ):
        raise NotPossible("a plan is planned anew for the same drugs, routes and doses; another regimen is stated")


def _same_dose(before: Request, request: Request) -> None:
    """Refuse (``NotPossible``) another form that does not make the dose from which the plan begins."""
    for one, other in zip(before.courses, request.courses, strict=True):
        for old, new in zip(one.tracks, other.tracks, strict=True):
            if old.daily != new.daily:
                what = " ".join(filter(None, (new.drug, new.release, new.form)))
                least = new.daily_amount(new.daily)
                raise NotPossible(
                    f"no product of {what} makes the dose in force, {old.daily_amount(old.daily)}; the next lower dose "
                    f"that they make is {least}"
                )


def _here(replay: Replay, day: date) -> _Here:
    """The dose in force before a day. Raises ``NotPossible`` outside the plan."""
    steps = replay.live(day)
    if not steps:
        raise NotPossible("the plan has no steps, so it is asked for anew with `medsteward taper`")
    if day < steps[0].first_day:
        raise NotPossible(f"the steps begin on {steps[0].first_day}; give --replan-from {steps[0].first_day} or later")
    if steps[-1].kind is StepKind.STOP and steps[-1].first_day == day:
        place = len(steps) - 1  # in place of the stop, the dose before it goes on
    else:
        place = replay.in_force(day)
    stated = steps[place].kind is StepKind.START
    if steps[place].first_day == day and not stated and (place or not replay.history):
        place -= 1
    if place < 0:
        return _Here(-1, None, day, steps[0].course)
    since = place
    while since and steps[since - 1].total == steps[place].total and steps[since - 1].daily == steps[place].daily:
        since -= 1
    return _Here(place, steps[place], steps[since].first_day, steps[place].course)


def _every(replay: Replay, request: Request, here: _Here) -> Interval:
    """How long the dose in force is taken at least: by the policy from now on, no longer than a slower pace asks."""
    policy = request.courses[here.course].policy
    if here.step is None:
        return policy.phases[0].every
    whole = originals(request, replay.weigh(request))[here.course]
    share = here.step.total.value / whole if whole else Fraction(1)
    bottom = here.step.forced and share <= policy.bottom_share
    own = interval_of(policy, share, forced=here.step.forced, bottom=bottom)
    own = in_cartons(own, request, here.step.doses)
    slower = longer(replay.drafts[here.place].interval, policy.phase_at(share).every)
    return min(own, slower, key=lambda each: each.least_days)


def _due(replay: Replay, request: Request, here: _Here, step: Step) -> date:
    """The first day of the next lower dose: never sooner than the policy says, days of a pause not counted."""
    every = _every(replay, request, here)
    day = add_months(here.since, every.months) + timedelta(days=every.days)
    more = 0
    while (paused := replay.paused.within(here.since, day + timedelta(days=more - 1))) != more:
        more = paused
    return day + timedelta(days=more)


def _note(before: Request, request: Request, step: Step | None) -> str:
    """What changes of what is dispensed for the lines that are taken: the form, the products, or nothing (empty)."""
    taken = [day.amount.value for day in step.daily] if step is not None else None
    lines = [
        (name, old, new)
        for names, one, other in zip(line_names(before.courses), before.courses, request.courses, strict=True)
        for name, old, new in zip(names, one.tracks, other.tracks, strict=True)
    ]
    found = ""
    for place, (name, old, new) in enumerate(lines):
        if taken is not None and not taken[place]:
            continue
        if (old.form, old.release) != (new.form, new.release):
            return OTHER_FORM
        if step is not None and _products(step, name) - {supply.product for supply in new.supplies}:
            found = OTHER_PRODUCT
    return found


def _peak(before: Request, request: Request) -> str:
    """What is said beside where an extended-release form becomes an immediate-release one."""
    old, new = ([track.release for course in each.courses for track in course.tracks] for each in (before, request))
    return HIGHER_PEAK if any(one == "ER" != other for one, other in zip(old, new, strict=True)) else ""


def _products(step: Step, name: str) -> set[str]:
    return {item.product for dose in step.doses if dose.name == name for item in dose.items}


def _is_alone(step: Step | None) -> bool:
    """Whether one line alone is taken: the next step is one of its own, whatever makes the dose before it."""
    return step is not None and sum(bool(day.amount.value) for day in step.daily) == 1


def _state(replay: Replay, here: _Here, *, strict: bool) -> State:
    if here.step is None:
        return unchanged(replay.request)
    return replay.state_of(here.step) if strict else replay.amounts_of(here.step)


def _until(replay: Replay, draft: Draft, step: Step, day: date) -> Draft:
    """The step in force, which lasts until the day before; pauses that are entered later lengthen it.

    On a day within a pause nothing is lowered: it lasts until that is over.
    """
    days = (day - step.first_day).days - replay.paused.within(step.first_day, day - timedelta(days=1))
    return evolve(draft, interval=Interval(days=max(days, 1)), not_before=day, is_exact=False, until=None)


def _words(what: Replan, plan: Plan) -> str:
    return f"planned anew from {what.day}" + (f": {'; '.join(what.said)}" if what.said else "")


REPLAN = EventKind(Replan, said=_words, refused=_refused, replayed=_replan, plans_anew=True)
