"""What a change may not be when it is entered. A replay is more lenient: what was once kept is read back."""

from __future__ import annotations

from medsteward.schedules.event import Event, Undo, last_change
from medsteward.schedules.happens.index import event_words, kind_of
from medsteward.schedules.plan import Plan


def refused(plan: Plan, event: Event) -> str:
    """Why a change is not entered into a plan as it stands, and what to do instead; empty: it may be.

    The past is not rewritten: what was dispensed for it is with the patient, and what was told of it is corrected by
    telling it again.
    """
    kind = kind_of(event.what)
    last = max((each.on for each in plan.events if kind_of(each.what).in_order), default=None)
    if last is not None and event.on < last and kind.in_order:
        return (
            f"the plan was last changed on {last}, after {event.on}; changes are entered in their order: "
            f"use --as-of {last} or a later day"
        )
    if isinstance(event.what, Undo):
        return _not_taken_back(plan)
    return kind.refused(plan, event, event.what)


def _not_taken_back(plan: Plan) -> str:
    group = last_change(plan.standing)
    if not group:
        return "the plan was not changed, so there is nothing to take back"
    told = [event for event in group if kind_of(event.what).is_told]
    if told:
        return (
            f"{event_words(told[-1], plan)}: what happened is not taken back; tell it again as it was, which counts "
            "from then on"
        )
    return ""
