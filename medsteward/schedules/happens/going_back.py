"""Going back to the last tolerated dose."""

from __future__ import annotations

from datetime import date, timedelta

from attrs import evolve

from medsteward.schedules.dates import Interval
from medsteward.schedules.drafting import start_draft, unchanged
from medsteward.schedules.event import Event, Reverse
from medsteward.schedules.happens.kind import EventKind
from medsteward.schedules.happens.replaying import NotPossible, Replay, Waits
from medsteward.schedules.make import originals
from medsteward.schedules.missed import NOT_TOLERANT_FROM, reported
from medsteward.schedules.plan import Plan
from medsteward.schedules.restart import bound_of
from medsteward.schedules.sig_lines import daily_words
from medsteward.schedules.step import Step
from medsteward.schedules.timeline import Draft


def _refused(plan: Plan, event: Event, what: Reverse) -> str:
    if plan.request.trial is not None and plan.held_at is not None:
        return "the trial is held; --resume DATE goes on, and then it can go back a dose"
    return ""


def _back(replay: Replay, event: Event, what: Reverse) -> None:
    on, why = event.on, event.why
    if not why:
        raise NotPossible("going back needs a reason; add --why")
    place = replay.in_force(on)
    steps = replay.live(on)
    here = steps[place]
    days = reported(replay.taken)
    if any(not amount and day >= here.first_day for day, amount in days.items()):
        raise NotPossible("days without the medicine are recorded: tolerance may be lost, so the dose is not raised")
    if on <= here.first_day and not replay.is_trial:
        raise NotPossible(f"step {here.number} begins on {here.first_day}; go back on a later day")
    if replay.is_trial:
        _back_in_trial(replay, place, on, why)
        return
    higher = _before(replay, steps[: place + 1])
    left = next(each.first_day for each in steps if higher is None or each.first_day > higher.last_day)
    begins = replay.change_day(on)
    if (begins - left).days >= NOT_TOLERANT_FROM:
        _ask(replay, place, on, here, higher, left)
        return
    state = replay.state_of(higher) if higher is not None else unchanged(replay.request)
    draft = replay.drafts[place]
    interval = replay.request.courses[here.course].policy.phases[0].every
    back = start_draft(
        replay.request, replay.scales, here.number + 1, here.course, state, interval, f"back to the dose before: {why}"
    )
    replay.drafts = [*replay.drafts[:place], _until(draft, here, begins), back]
    replay.plan_on(place + 1)


def _until(draft: Draft, here: Step, day: date) -> Draft:
    """A step that ends the day before, whatever weekday the plan keeps to: nobody waits for a Monday."""
    short = Interval(days=(day - here.first_day).days)
    return evolve(draft, interval=short, not_before=None, is_exact=True, until=day - timedelta(days=1))


def _before(replay: Replay, steps: tuple[Step, ...]) -> Step | None:
    """The last step of these that had a higher dose than the last of them; None: the original dose had.

    Raises ``NotPossible`` where no dose was higher, and after a restart, whose dose was stated.
    """
    here = steps[-1]
    for step in reversed(steps[:-1]):
        if step.course != here.course:
            break
        if step.total.value > here.total.value:
            return step
    if here.total.value >= originals(replay.request, replay.scales)[here.course]:
        raise NotPossible("this is the original dose, and nobody goes back above it")
    other = [step for step in steps if step.course != here.course]
    if other:
        return other[-1]
    if replay.restart is not None:
        raise NotPossible(
            f"there is no higher dose since {replay.restart}, when the dose was stated; a prescriber who wants another "
            'states it: --present "DRUG=DOSE" --on DATE'
        )
    return None


def _ask(replay: Replay, place: int, on: date, here: Step, higher: Step | None, left: date) -> None:
    """The dose before was not taken for so long that it is not gone back to: no dose is planned until then.

    A patch is counted until it is changed next.

    The present one goes on meanwhile, and the plan says so. It stays among the drafts, held: a restart or going on
    finds it as it was taken.
    """
    most = replay.amounts_of(higher) if higher is not None else unchanged(replay.request)
    bound = bound_of(replay.request, most, here.course)
    opioid = any(track.drug_class.is_opioid_agonist for track in replay.request.courses[here.course].tracks)
    naloxone = ", and naloxone is offered" if opioid else ""
    begins, days = replay.change_day(on), (on - left).days
    gone = f"for {days} days, since {left}"
    if days < NOT_TOLERANT_FROM:
        gone = (
            f"since {left}, and will not be until the patch is changed on {begins}, after {(begins - left).days} days"
        )
    why = (
        f"{bound} was not taken {gone}: tolerance may be lost. Nobody goes back "
        "to it without being seen: the prescriber states a restart dose first, never above that last dose "
        f"tolerated{naloxone}. Until then the dose of step {here.number} goes on unchanged, and no dose is "
        "planned: do not stop it at once, and call the clinic today"
    )
    parked = replay.parked.drafts if replay.parked is not None else ()
    outcome = replay.outcome if replay.parked is None else replay.parked.outcome
    replay.park(place, (*replay.drafts[place + 1 :], *parked), outcome)
    replay.waits = replay.asks = Waits(most, here.course, why, goes_on=daily_words(here), before=on)


def _back_in_trial(replay: Replay, place: int, on: date, why: str) -> None:
    """The dose before, until the day of the decision, which stays."""
    steps = replay.live(on)
    here = steps[place]
    lower = [number for number in range(place) if 0 < steps[number].total.value < here.total.value]
    if not lower:
        raise NotPossible("this is the lowest dose of the trial; `medsteward plan decide` says how to go on")
    if on <= here.first_day:
        raise NotPossible(f"step {here.number} begins on {here.first_day}; go back on a later day")
    kept = _until(replay.drafts[place], here, replay.change_day(on))
    note = f"back to the dose before: {why}"
    step = evolve(replay.drafts[lower[-1]].step, number=here.number + 1, notes=(note,))
    left = Interval(days=(steps[-1].last_day - on).days + 1)
    replay.drafts = [*replay.drafts[:place], kept, Draft(step, left, is_exact=True)]
    replay.parked = None


REVERSE = EventKind(
    Reverse,
    said=lambda what, plan: "back to the last tolerated dose",
    refused=_refused,
    replayed=_back,
    plans_anew=True,
)
