"""A kind of event, declared once: what refuses it, how it is replayed, how it says itself."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Generic, TypeVar

from attrs import frozen

from medsteward.schedules.event import Event
from medsteward.schedules.happens.replaying import Replay
from medsteward.schedules.plan import Plan

C = TypeVar("C")


class Waiting(Enum):
    """Whether a change may be made while a plan waits for a restart dose."""

    NEVER = "never"
    IF_THE_DOSE_GOES_ON = "if the dose goes on"
    ALWAYS = "always"


def _never(plan: Plan, event: Event, what: C) -> str:
    return ""


def _never_after(before: Plan, now: Plan, event: Event) -> str:
    return ""


@frozen
class EventKind(Generic[C]):
    """What one class of changes means. Its fields and its name in a file are those of the class ``of``.

    ``said`` is the change in words; of the plan it takes only what does not change, such as the unit of its total.
    ``refused`` says why it is not entered into a plan as it stands, and what to do instead, ``checked`` the same once
    it is known what it makes of the plan; both are asked when it is entered, never when a file is read. ``replayed``
    takes it into account, and raises ``NotPossible``. ``is_told``: it says what happened, so it is never taken back.
    ``fixes``: what was dispensed until its day is a fact from then on. ``in_order``: it is not entered before the last
    change. ``waiting`` and ``after_the_end`` say whether it
    may be entered while a plan waits for a restart dose, and once the plan has ended. ``keeps_the_dose``: it leaves the
    dose in force as it is, so it is made while safety comes first. ``plans_anew``: it plans later steps, so it is not
    made before a day from which they are to be planned anew already.
    """

    of: type[C]
    said: Callable[[C, Plan], str]
    replayed: Callable[[Replay, Event, C], None]
    refused: Callable[[Plan, Event, C], str] = _never
    checked: Callable[[Plan, Plan, Event], str] = _never_after
    is_told: bool = False
    fixes: bool = True
    in_order: bool = True
    waiting: Waiting = Waiting.NEVER
    after_the_end: bool = False
    keeps_the_dose: bool = False
    plans_anew: bool = False
