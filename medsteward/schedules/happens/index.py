"""Every kind of event. A new one is a class in ``event.py`` and a declaration that stands here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from medsteward.schedules.event import Change, Event, Undo, taken_back
from medsteward.schedules.happens.by_hand import INSERT, SET, SKIP
from medsteward.schedules.happens.dispensing import DISPENSE
from medsteward.schedules.happens.ending import END
from medsteward.schedules.happens.going_back import REVERSE
from medsteward.schedules.happens.kind import EventKind
from medsteward.schedules.happens.pausing import HOLD, PAUSE, RESUME, SLOW
from medsteward.schedules.happens.replanning import REPLAN
from medsteward.schedules.happens.restarting import PRESENT
from medsteward.schedules.happens.taking import MEASURED, MISSED, TAKEN
from medsteward.schedules.happens.undoing import UNDO
from medsteward.schedules.plan import Plan

KINDS: Mapping[type, EventKind[Any]] = MappingProxyType(
    {
        each.of: each
        for each in (
            PAUSE,
            SLOW,
            HOLD,
            RESUME,
            TAKEN,
            MISSED,
            REVERSE,
            PRESENT,
            MEASURED,
            DISPENSE,
            END,
            SET,
            SKIP,
            INSERT,
            REPLAN,
            UNDO,
        )
    }
)


def kind_of(what: Change) -> EventKind[Any]:
    """What is declared of a change."""
    return KINDS[type(what)]


def event_words(event: Event, plan: Plan) -> str:
    """An event in words, and why."""
    said = kind_of(event.what).said(event.what, plan)
    if isinstance(event.what, Undo):
        said += "".join(f": {event_words(each, plan)}" for each in taken_back(plan.events, event))
    return f"{said} ({event.why_words})" if event.why_words else said
