"""A plan that ends before its last step."""

from __future__ import annotations

from attrs import evolve

from medsteward.schedules.event import End, Event
from medsteward.schedules.happens.kind import EventKind
from medsteward.schedules.happens.replaying import NotPossible, Replay
from medsteward.schedules.plan import NeedsChoice, Plan, ReachesTarget
from medsteward.schedules.sig_lines import daily_words


def _refused(plan: Plan, event: Event, what: End) -> str:
    if what.day < event.on:
        return f"{what.day} lies before {event.on}, and its days are past; end it on {event.on} or later"
    return ""


def _end(replay: Replay, event: Event, what: End) -> None:
    if replay.is_trial:
        raise NotPossible("a trial ends with its decision, and with steps down; `medsteward plan decide` ends it")
    place = replay.in_force(what.day)
    here = replay.live(what.day)[place]
    course = replay.request.courses[here.course]
    kept = evolve(replay.drafts[place], until=what.day)
    replay.drafts, replay.parked, replay.ended = [*replay.drafts[:place], kept], None, what.day
    is_last = here.course == len(replay.request.courses) - 1
    goes_on = (
        f"the plan ends on {what.day}: {daily_words(here)} goes on unchanged, prescribed outside this plan; nothing "
        "is stopped at once"
    )
    is_reached = is_last and here.total.value <= course.target
    replay.outcome = ReachesTarget() if is_reached else NeedsChoice(goes_on)


END = EventKind(
    End,
    said=lambda what, plan: f"ends on {what.day}; the dose then in force goes on outside the plan",
    refused=_refused,
    replayed=_end,
)
