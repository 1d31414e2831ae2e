"""The end of an extended-release opioid as immediate-release doses of the same drug: a bridge, then its smaller steps.

Labels give IR to ER at the same total (recalled). That ER may go on as IR at the same total, scheduled, from the dose
before the stop on, and for which drugs, is medsteward's own rule; the VA tool ends morphine so (an option there).
"""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from attrs import frozen

from medsteward.advice.plan.weights import scales_of
from medsteward.advice.saved.another_form import BRIDGED
from medsteward.advice.saved.replan import AskedAnew, replan
from medsteward.advice.taper.courses import PlanningStops
from medsteward.model.problem import Problem
from medsteward.schedules.avoid import avoided_days
from medsteward.schedules.event import Event
from medsteward.schedules.plan import Plan, WhenStuck
from medsteward.schedules.replay import NotPossible, with_events
from medsteward.schedules.step import StepKind
from medsteward.schedules.supply import OtherForm
from medsteward.tables.table import FactorTable

WHY = "the last doses as immediate-release ones"
"""Why the later steps are planned anew, in words."""


@frozen
class Tail:
    """How the end of a plan may be taken: in another form, with halves of scored tablets where ``split``."""

    form: OtherForm
    split: bool = False

    @property
    def form_words(self) -> str:
        """The form as the option says it."""
        return self.form.form if self.form.form in _LIQUID else f"IR {self.form.form}"

    @property
    def words(self) -> str:
        """The form in words."""
        name = self.form.form if self.form.form in _LIQUID else f"{self.form.form}s"
        return f"{'halves of ' if self.split else ''}immediate-release {name}"


_BEFORE = 7
"""Days before the plan on which its tail is entered, so that the first prescription is due as without it."""
_LIQUID = ("solution", "suspension")


TAILS = (
    Tail(OtherForm("tablet", "IR")),
    Tail(OtherForm("tablet", "IR"), split=True),
    Tail(OtherForm("solution", "IR")),
)
"""The ones that are looked at."""


def may_have_a_tail(plan: Plan) -> bool:
    """Whether a plan lowers one extended-release line by mouth of an opioid with an IR form of its own, to a stop."""
    courses = plan.request.courses
    if len(courses) > 1 or len(courses[0].tracks) > 1 or plan.events or not plan.steps:
        return False
    track = courses[0].tracks[0]
    extended = track.release == "ER" and track.wear_days is None and track.drug in BRIDGED
    return extended and plan.steps[-1].kind is StepKind.STOP


def with_tail(plan: Plan, tail: Tail, table: FactorTable) -> Plan | Problem:
    """The plan with its stop put off: the last dose goes on in the other form, and is lowered from there.

    A problem says why that cannot be: another drug, a form that is not sold, products that do not make the last dose or
    nothing below it.
    """
    if not may_have_a_tail(plan):
        text = "a tail follows the one extended-release opioid of a plan that ends in a stop, of a drug with an IR form"
        return Problem("TAPER-024", "tail", text)
    stop = plan.steps[-1].first_day
    asked = AskedAnew(forms=(tail.form,), split=tail.split, when_stuck=WhenStuck.SMALLEST_STEP)
    try:
        change = replan(plan, plan.request, stop, asked, why=WHY, table=table)
        event = Event(plan.request.start - timedelta(days=_BEFORE), change, WHY)
        found = with_events(plan, (event,), lambda each: scales_of(each, table), avoided_days(plan.origin.avoid))
    except PlanningStops as stopped:
        return stopped.problem
    except NotPossible as not_possible:
        return Problem("TAPER-024", "tail", not_possible.what)
    new = [step for step in found.steps if step.first_day >= stop]
    if not any(step.kind is StepKind.REDUCE for step in new):
        text = f"no {' '.join(filter(None, (tail.form.release, tail.form.form)))} makes less than the last dose"
        return Problem("TAPER-024", "tail", text)
    return found


ADVISED = frozenset({"hydromorphone"})
"""Drugs whose smallest extended-release tablet ends so much at once that a tail is advised: 8 mg of hydromorphone, 40
MME, is twice what any other leaves. Ours."""


def ended_at_once(plan: Plan) -> Fraction | None:
    """The MME a day that the stop of a plan ends, by its table: to compare, never a dose; None: not counted."""
    before = plan.steps[-2].mme if len(plan.steps) > 1 else None
    return None if before is None else before.value


@frozen
class Advised:
    """That doses after the last extended-release one are advised: of which drug, and what its end takes off at once.

    ``mme`` is MME a day, to compare, never a dose; None: not counted. ``may_follow``: the plan itself may have them.
    """

    drug: str
    mme: Fraction | None
    may_follow: bool


def advised(plan: Plan, table: FactorTable) -> Advised | None:
    """Whether doses after the end of an extended-release line are advised; None: of no line.

    Not where another line of the drug goes on, nor after a revision, such as the tail itself.
    """
    tracks = [track for course in plan.request.courses for track in course.tracks]
    for place, track in enumerate(tracks):
        extended = track.release == "ER" and track.wear_days is None and track.drug in ADVISED
        ends = next((n for n, step in enumerate(plan.steps) if not step.daily[place].amount.value), None)
        if not extended or ends is None or plan.events or sum(each.drug == track.drug for each in tracks) > 1:
            continue
        after = plan.steps[ends].mme
        if ends:
            now = plan.steps[ends - 1].mme
            before = None if now is None else now.value
        else:
            before = scales_of(plan.request, table).mme(tuple(each.daily for each in tracks))
        off = None if before is None or after is None else before - after.value
        return Advised(track.drug, off, may_have_a_tail(plan))
    return None
