"""A trial to a plan: its stages dated and counted out, what happened to it replayed, and the way out after it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from attrs import evolve

from medsteward.errors import MedstewardError
from medsteward.schedules.dates import Interval
from medsteward.schedules.dispensable import NOTHING, Level, level_of
from medsteward.schedules.drafting import Scales, start_draft
from medsteward.schedules.make import Avoided, dispensed, fills_for, finished, make_plan
from medsteward.schedules.plan import Course, Plan, ReachesTarget, Request, WhenStuck
from medsteward.schedules.policy import Policy
from medsteward.schedules.step import Step
from medsteward.schedules.supply import Track
from medsteward.schedules.timeline import Draft, paused_days
from medsteward.schedules.trial import Stage, Trial

EXIT_DAYS = 14
"""A way out by steps lasts at least so long where the products make steps small enough."""
LONG_ENOUGH = 28
"""Trials from so many days on have such a way out."""
"""Days from which a course as needed has a way out by steps. CDC 2022 names steps after use round the clock."""
EXIT_PARTS = 3
"""So it begins with no more than a third of the dose where its amounts are fixed. A choice of this project."""


class CannotBeMade(MedstewardError):
    """A dose of a trial that no product makes. ``drug`` names it."""

    def __init__(self, drug: str, amount: str) -> None:
        self.drug = drug
        super().__init__(f"no listed product makes {amount} of {drug}")


def trial_of(request: Request) -> Trial:
    """The trial of a request. Raises ``ValueError`` for a taper."""
    if request.trial is None:
        raise ValueError("the request is not that of a trial")
    return request.trial


def make_trial(request: Request, scales: Scales, avoided: Avoided) -> Plan:
    """Plan a trial. Raises ``CannotBeMade``, ``TooFine`` or ``NoSuchDay`` where it cannot be planned."""
    steps = finished(request, stage_drafts(request, scales), avoided)
    fills = fills_for(request, steps, avoided)
    steps = dispensed(request, steps, fills)
    return Plan(request, steps, ReachesTarget(), steps, ReachesTarget(), fills=fills)


def stage_drafts(request: Request, scales: Scales) -> list[Draft]:
    """The stages as drafts, each as long as until the next one; the last until the decision."""
    trial, track = trial_of(request), request.courses[0].tracks[0]
    ends = [*(stage.day for stage in trial.stages[1:]), trial.days]
    drafts = []
    for number, (stage, end) in enumerate(zip(trial.stages, ends, strict=True), start=1):
        draft = start_draft(
            request,
            scales,
            number,
            0,
            ((_level(track, stage),),),
            Interval(days=end - stage.day),
            *([stage.note] if stage.note else []),
        )
        drafts.append(evolve(draft, step=evolve(draft.step, ceiling=None)))
    return drafts


def _level(track: Track, stage: Stage) -> Level:
    if not stage.doses:
        return NOTHING
    made = None if track.present is None else level_of(evolve(track, supplies=(track.present,)), stage.doses)
    made = made or level_of(track, stage.doses)
    if made is None:
        raise CannotBeMade(track.drug, " and ".join(str(track.daily_amount(dose)) for _, dose in stage.doses))
    return made


def saved_drafts(steps: Sequence[Step]) -> list[Draft]:
    """The drafts behind the steps of a trial: each as long as it was planned first."""
    return [Draft(step, Interval(days=step.days)) for step in steps]


# --- days -------------------------------------------------------------------------------------------------------


def decision_day(plan: Plan) -> date:
    """The day of the fair-trial decision: the first after the last dose of the trial."""
    return plan.last_day + timedelta(days=1)


def on_day(plan: Plan, days: int) -> date:
    """So many days after the first day, moved by what the plan was paused or held for before it."""
    trial = trial_of(plan.request)
    if days >= trial.days:
        return decision_day(plan)
    first = plan.base[0].first_day
    nominal = first + timedelta(days=days)
    place = max(number for number, step in enumerate(plan.base) if step.first_day <= nominal)
    moved = nominal + (plan.steps[place].first_day - plan.base[place].first_day) if place < len(plan.steps) else nominal
    for first_paused, last_paused in paused_days(plan.standing).runs if place < len(plan.steps) else ():
        inside = plan.steps[place].first_day <= first_paused <= plan.steps[place].last_day
        if inside and moved >= first_paused:
            moved += last_paused - first_paused + timedelta(days=1)
    return min(moved, decision_day(plan))


# --- the way out ------------------------------------------------------------------------------------------------


def exit_request(request: Request, start: date, doses: Step) -> Request:
    """The request of the way out from the doses of a step, beginning on ``start``."""
    course = request.courses[0]
    track = at_doses(course.tracks[0], doses)
    leaving = evolve(course, policy=small_enough(course.policy, track), tracks=(track,))
    return evolve(
        request,
        start=start,
        courses=(leaving,),
        trial=None,
        first_fill_days=None,
        reason="the exit taper of the trial",
        when_stuck=WhenStuck.SMALLEST_STEP,
    )


def exit_plan(plan: Plan, scales: Scales, avoided: Avoided, *, start: date | None = None) -> Plan | None:
    """The dated way out of a trial from the day of the decision, or from ``start``; None: there is nothing to lower.

    So it is where nothing is taken then, and after a short course as needed. A longer one as needed has the most that
    may be taken lowered, and never a dose by the clock: nobody is brought to take more than before. Raises what
    ``make_plan`` does.
    """
    begins = decision_day(plan) if start is None else start
    last = _last_taken(plan, begins)
    if last is None:
        return None
    if plan.request.is_short_as_needed:
        return None
    request = exit_request(plan.request, begins, last)
    found = make_plan(request, scales, avoided)
    lowered = [step for step in found.steps if step.doses]
    short = sum(step.days for step in lowered) < EXIT_DAYS
    if not lowered or not short or trial_of(plan.request).days < LONG_ENOUGH:
        return found
    return make_plan(_slower(request, Interval(days=ceil(Fraction(EXIT_DAYS, len(lowered))))), scales, avoided)


def _slower(request: Request, every: Interval) -> Request:
    """The request with steps that last at least so long."""
    course = request.courses[0]
    phases = tuple(
        evolve(phase, every=max(phase.every, every, key=lambda each: each.least_days)) for phase in course.policy.phases
    )
    words = (*course.overrides, f"steps of at least {every}, so that the exit taper lasts two weeks")
    return evolve(request, courses=(evolve(course, policy=evolve(course.policy, phases=phases), overrides=words),))


def _last_taken(plan: Plan, before: date) -> Step | None:
    """The step whose doses are taken when the way out begins: none where nothing was taken in the step before."""
    step = plan.on(min(before - timedelta(days=1), plan.last_day)) or plan.on(before)
    return step if step is not None and step.doses else None


def at_doses(track: Track, step: Step) -> Track:
    """The track with the doses of a step as those taken now."""
    doses = tuple((dose.time, dose.amount.value) for dose in step.doses if dose.drug == track.drug)
    return evolve(track, doses=doses) if doses else track


def small_enough(policy: Policy, track: Track) -> Policy:
    """The policy with fixed amounts no larger than a third of the dose, so that it has steps at all."""
    most = track.daily / EXIT_PARTS
    phases = tuple(
        evolve(phase, amounts=_at_most(phase.amounts, most)) if phase.amounts else phase for phase in policy.phases
    )
    ceiling = policy.ceiling
    if ceiling.amounts:
        ceiling = evolve(ceiling, amounts=_at_most(ceiling.amounts, max(most, _smallest(track))))
    return evolve(policy, phases=phases, ceiling=ceiling)


def _at_most(amounts: tuple[tuple[str, Fraction], ...], most: Fraction) -> tuple[tuple[str, Fraction], ...]:
    return tuple((drug, min(amount, most)) for drug, amount in amounts)


def _smallest(track: Track) -> Fraction:
    return min((supply.strength * supply.part for supply in track.supplies), default=Fraction(0))


def course_of(policy: Policy, track: Track) -> Course:
    """The one course of a trial: its drug, under the policy of its way out."""
    return Course(policy=policy, tracks=(track,), total_unit=track.daily_unit, first_because="")
