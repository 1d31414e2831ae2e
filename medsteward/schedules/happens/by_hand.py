"""Single steps by hand: one set to another dose, one left out, one put in between.

What follows keeps its doses as long as they go on falling, is held against the ceiling anew, and is marked where it
goes beyond it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from attrs import evolve, frozen

from medsteward.model.amount import Amount
from medsteward.schedules.dispensable import Level, level_of
from medsteward.schedules.drafting import State, course_amounts, draft_of, unchanged
from medsteward.schedules.event import Event, InsertStep, SetStep, SkipStep, StatedDay
from medsteward.schedules.happens.kind import EventKind
from medsteward.schedules.happens.replaying import NotPossible, Replay
from medsteward.schedules.make import originals
from medsteward.schedules.naming import line_names
from medsteward.schedules.plan import Plan
from medsteward.schedules.planner import Move
from medsteward.schedules.redraft import asked
from medsteward.schedules.restart import NoRestart, amount_in, level_at, line_of
from medsteward.schedules.step import StepKind
from medsteward.schedules.supply import Track, day_amount
from medsteward.schedules.timeline import Draft


@frozen
class _Lowered:
    """What a step does: the lines that it lowers, by their places, and their days then. ``by_hand`` is its note."""

    lines: tuple[tuple[int, Level | None], ...]
    course: int
    draft: Draft | None = None
    by_hand: str = ""


# --- the three changes ------------------------------------------------------------------------------------------


def _set(replay: Replay, event: Event, what: SetStep) -> None:
    place, before = _place(replay, event.on, what.step)
    now = _lowered(replay, place)
    line = _line(replay, now.course, what.day, what.step)
    if [number for number, _ in now.lines] != [line]:
        names = line_names(replay.request.courses)[now.course]
        own = " and ".join(names[number] for number, _ in now.lines)
        raise NotPossible(
            f"step {what.step} lowers {own}; set that, or put in a step for {names[line]}: "
            f'--insert {what.step}="{names[line]}=..."'
        )
    made = _made(replay, before, now.course, line, what.day, what.step)
    note = "set by hand" + (f": {event.why}" if event.why else "")
    _rehang(replay, place, before, [_Lowered(((line, made),), now.course, by_hand=note), *_after(replay, place)], event)


def _insert(replay: Replay, event: Event, what: InsertStep) -> None:
    place, before = _place(replay, event.on, what.step)
    course = replay.drafts[place].step.course
    line = _line(replay, course, what.day, what.step)
    made = _made(replay, before, course, line, what.day, what.step)
    note = "put in by hand" + (f": {event.why}" if event.why else "")
    mine = _Lowered(((line, made),), course, by_hand=note)
    _rehang(replay, place, before, [mine, _lowered(replay, place), *_after(replay, place)], event)


def _skip(replay: Replay, event: Event, what: SkipStep) -> None:
    place, before = _place(replay, event.on, what.step)
    now, later = _lowered(replay, place), list(_after(replay, place))
    names = line_names(replay.request.courses)[now.course]
    for line, _ in now.lines:
        if not any(each.course == now.course and line in dict(each.lines) for each in later):
            raise NotPossible(
                f"step {what.step} is the last one of {names[line]}, so what it takes off would stay; hold at an "
                "earlier step (--hold-at), or end the plan there (--end)"
            )
    _rehang(replay, place, before, later, event)


# --- what is stated ---------------------------------------------------------------------------------------------


def _place(replay: Replay, on: date, number: int) -> tuple[int, State]:
    """The place of a future step, and the state before it. Raises ``NotPossible`` for one that is not to be changed."""
    if replay.is_trial:
        raise NotPossible("the doses of a trial are not changed one by one; hold it, or go back a dose")
    if replay.parked is not None:
        raise NotPossible("the plan is held; --resume DATE goes on, and then its steps can be changed")
    steps = replay.live(on)
    place = next((at for at, step in enumerate(steps) if step.number == number), None)
    if place is None:
        known = f"the steps are {steps[0].number} to {steps[-1].number}" if steps else "the plan has no steps yet"
        raise NotPossible(f"there is no step {number}; {known}")
    step = steps[place]
    if step.first_day <= on:
        raise NotPossible(
            f"step {number} began on {step.first_day}; what is taken since then is stated with --present and --on"
        )
    if step.kind is StepKind.BRIDGE:
        raise NotPossible(
            f"step {number} changes what is dispensed and not the dose; it is planned anew with --replan-from"
        )
    if any(each.kind is StepKind.START for each in steps[place:]):
        raise NotPossible(f"the dose of step {number} was stated by a prescriber; state another with --present")
    return place, _before(replay, place)


def _before(replay: Replay, place: int) -> State:
    return replay.state_of(replay.drafts[place - 1].step) if place else unchanged(replay.request)


def _line(replay: Replay, course: int, stated: StatedDay, number: int) -> int:
    """The place of the line that is stated, in the course of the step. Raises ``NotPossible`` for another one."""
    names = line_names(replay.request.courses)
    try:
        return line_of(stated, replay.request.courses[course].tracks, names[course])
    except NoRestart as error:
        others = {track.drug for other in replay.request.courses for track in other.tracks}
        if stated.drug in others - {track.drug for track in replay.request.courses[course].tracks}:
            raise NotPossible(
                f"step {number} lowers {' and '.join(names[course])}; {stated.drug} is lowered in steps of its own, "
                "one course after the other"
            ) from None
        raise NotPossible(error.what.replace("state ", "write ")) from None


def _made(replay: Replay, before: State, course: int, line: int, stated: StatedDay, number: int) -> Level:
    """The day that is stated, out of the products. Raises ``NotPossible`` for one that they do not make, or a rise."""
    track = replay.request.courses[course].tracks[line]
    name = line_names(replay.request.courses)[course][line]
    try:
        wanted = amount_in(stated, track)
        level = (
            _at_times(track, stated)
            if stated.times
            else level_at(replay.request, track, wanted, _known(replay, course, line))
        )
    except NoRestart as error:
        raise NotPossible(error.what) from None
    was = _daily(track, before[course][line])
    if wanted >= was:
        raise NotPossible(
            f"{name} {track.daily_amount(wanted)} is not below the step before, {track.daily_amount(was)}; a step by "
            f"hand lowers, and --skip {number} leaves one out"
        )
    assert level is not None  # only the present dose is None, and nothing is below it
    state = (*before[:course], (*before[course][:line], level, *before[course][line + 1 :]), *before[course + 1 :])
    target = replay.request.courses[course].target
    if replay.scales.totals[course](course_amounts(replay.request, state, course)) < target:
        raise NotPossible(f"{name} {track.daily_amount(wanted)} is below the target of the plan")
    return level


def _at_times(track: Track, stated: StatedDay) -> Level:
    """Doses at their times. Raises ``NoRestart`` where the products do not make them, or the label forbids them."""
    doses = []
    for time, amount in stated.times:
        if amount.unit.dimension is not track.unit.dimension:
            raise NoRestart(f"{amount} is not a dose of {track.drug}; write it in {track.unit.value}")
        doses.append((time, amount.to(track.unit).value))
    most = max(amount for _, amount in track.doses)
    if any(amount > most for _, amount in doses):
        raise NoRestart(
            f"no single dose of {track.drug} is above the largest one before the plan, {Amount(most, track.unit)}"
        )
    if len({time for time, _ in doses}) < len(doses):
        raise NoRestart("each time of the day is written once")
    if len(doses) < track.fewest_times:
        raise NoRestart(
            f"{track.drug} {track.release or track.form} is taken at least {track.fewest_times} times a day; write a "
            "dose for each time"
        )
    level = level_of(track, sorted(doses, key=lambda dose: dose[0].hour))
    if level is None:
        said = " + ".join(f"{amount} {time.value}" for time, amount in stated.times)
        raise NoRestart(f"no product makes {track.drug} {said}; write the day's dose alone to see what they make")
    return level


def _known(replay: Replay, course: int, line: int) -> Iterator[Level | None]:
    """The days that the plan has of this line, and of no other one, whose tablets are of another drug."""
    for draft in replay.drafts:
        yield replay.amounts_of(draft.step)[course][line]


# --- what follows -----------------------------------------------------------------------------------------------


def _after(replay: Replay, place: int) -> Iterator[_Lowered]:
    return (_lowered(replay, each) for each in range(place + 1, len(replay.drafts)))


def _lowered(replay: Replay, place: int) -> _Lowered:
    draft = replay.drafts[place]
    course = draft.step.course
    before, now = _before(replay, place)[course], replay.state_of(draft.step)[course]
    tracks = replay.request.courses[course].tracks
    lines = tuple(
        (line, level)
        for line, (track, was, level) in enumerate(zip(tracks, before, now, strict=True))
        if _daily(track, was) != _daily(track, level)
    )
    return _Lowered(lines, course, draft)


def _rehang(replay: Replay, place: int, before: State, steps: Sequence[_Lowered], event: Event) -> None:
    """Take these steps from a place on. Raises ``NotPossible`` for one above the ceiling without a reason."""
    drafts = replay.drafts[:place]
    for each in steps:
        state = _with(replay, before, each)
        if state == before:
            continue
        number = (drafts[-1].step.number if drafts else replay.drafts[0].step.number - 1) + 1
        draft = each.draft
        if draft is not None and replay.state_of(draft.step) == state and _before_of(replay, draft) == before:
            drafts.append(evolve(draft, step=evolve(draft.step, number=number)))
        else:
            drafts.append(_draft(replay, number, each, before, state, event))
        before = state
    replay.drafts = drafts


def _before_of(replay: Replay, draft: Draft) -> State:
    return _before(replay, next(at for at, each in enumerate(replay.drafts) if each is draft))


def _with(replay: Replay, before: State, step: _Lowered) -> State:
    """The state after a step: each of its lines at its day then, unless that is no lower."""
    tracks = replay.request.courses[step.course].tracks
    levels = list(before[step.course])
    for line, level in step.lines:
        if _daily(tracks[line], level) < _daily(tracks[line], levels[line]):
            levels[line] = level
    return (*before[: step.course], tuple(levels), *before[step.course + 1 :])


def _draft(replay: Replay, number: int, step: _Lowered, before: State, state: State, event: Event) -> Draft:
    """A step that was not planned so: what it takes off, and whether that is beyond the ceiling."""
    request, course = replay.request, replay.request.courses[step.course]
    wholes, weigh = originals(request, replay.scales), replay.scales.totals[step.course]
    was, total = (weigh(course_amounts(request, each, step.course)) for each in (before, state))
    whole = wholes[step.course]
    phase, bottom = course.policy.phase_at(was / whole), was <= whole * course.policy.bottom_share
    forced = _is_beyond(replay, step, before, state, was - total, was)
    if forced and not event.why and (step.by_hand or not bottom):
        raise NotPossible(
            f"step {number} would go from {_total(was, replay, step)} to {_total(total, replay, step)}, above the "
            f"ceiling; state why it may: --why"
        )
    begins = "the bottom" if bottom else "beyond the ceiling"
    move = Move(
        levels=state[step.course],
        before=was,
        total=total,
        asked=asked(course, phase, was, whole),
        asked_percent=phase.percent,
        basis=phase.basis,
        forced=forced,
        bottom=forced and bottom,
        why_forced=f"{begins}, {step.by_hand or 'after a step that was changed by hand'}" if forced else "",
    )
    made = draft_of(request, replay.scales, number, step.course, move, state, wholes)
    notes = (*made.step.notes, *([step.by_hand] if step.by_hand else []))
    return evolve(made, step=evolve(made.step, notes=notes))


def _is_beyond(replay: Replay, step: _Lowered, before: State, state: State, off: Fraction, was: Fraction) -> bool:
    course = replay.request.courses[step.course]
    ceiling = course.policy.ceiling
    if ceiling.percent is not None:
        return off > was * ceiling.percent / 100
    most = dict(ceiling.amounts)
    return any(
        _daily(track, one) - _daily(track, other) > most.get(track.drug, Fraction(0))
        for track, one, other in zip(course.tracks, before[step.course], state[step.course], strict=True)
    )


def _total(value: Fraction, replay: Replay, step: _Lowered) -> str:
    return str(Amount(value, replay.request.courses[step.course].total_unit))


def _daily(track: Track, level: Level | None) -> Fraction:
    return track.daily if level is None else level.daily


# --- in words ---------------------------------------------------------------------------------------------------


def _stated_words(stated: StatedDay) -> str:
    name = f"{stated.drug} {stated.told}".strip()
    if stated.times:
        return f"{name} {' + '.join(f'{amount} {time.value}' for time, amount in stated.times)}"
    return f"{name} {day_amount(stated.amount)}"


def _set_words(what: SetStep, plan: Plan) -> str:
    return f"step {what.step} set to {_stated_words(what.day)}"


SET = EventKind(SetStep, said=_set_words, replayed=_set, plans_anew=True)
SKIP = EventKind(SkipStep, said=lambda what, plan: f"step {what.step} left out", replayed=_skip, plans_anew=True)
INSERT = EventKind(
    InsertStep,
    said=lambda what, plan: f"a step before step {what.step} put in: {_stated_words(what.day)}",
    replayed=_insert,
    plans_anew=True,
)
